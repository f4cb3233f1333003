//! What the user has done to the lanes, by path, so that it survives new files and other groupings.

use super::build::Grouping;
use crate::timeline::LaneTree;
use std::collections::{BTreeMap, BTreeSet};

/// Lanes that are closed, hidden or moved.
#[derive(Clone, Debug, Default)]
pub(super) struct LaneChoices {
    closed: BTreeSet<(Grouping, String)>,
    hidden: BTreeSet<(Grouping, String)>,
    /// Place among its siblings.
    ranks: BTreeMap<(Grouping, String), usize>,
}

impl LaneChoices {
    pub(super) fn set_closed(&mut self, grouping: Grouping, path: String, closed: bool) {
        set(&mut self.closed, (grouping, path), closed);
    }

    pub(super) fn set_hidden(&mut self, grouping: Grouping, path: String, hidden: bool) {
        set(&mut self.hidden, (grouping, path), hidden);
    }

    pub(super) fn show_all(&mut self, grouping: Grouping) {
        self.hidden.retain(|(other, _)| *other != grouping);
    }

    /// Remembers where siblings stand now.
    pub(super) fn keep_order(&mut self, grouping: Grouping, tree: &LaneTree, node: u32) {
        let Some(parent) = tree.node(node).map(|node| node.parent) else {
            return;
        };
        for (&sibling, rank) in tree.children(parent).iter().zip(0..) {
            self.ranks.insert((grouping, tree.path(sibling)), rank);
        }
    }

    /// Does the same to a new tree.
    pub(super) fn apply(&self, grouping: Grouping, tree: &mut LaneTree) {
        if self.closed.is_empty() && self.hidden.is_empty() && self.ranks.is_empty() {
            return;
        }
        let paths: Vec<(Grouping, String)> = (0..tree.nodes().len() as u32)
            .map(|node| (grouping, tree.path(node)))
            .collect();
        for (key, node) in paths.iter().zip(0..) {
            if self.closed.contains(key) {
                tree.set_collapsed(node, true);
            }
            if self.hidden.contains(key) {
                tree.set_hidden(node, true);
            }
        }
        let mut ranked: Vec<(usize, u32)> = paths
            .iter()
            .zip(0..)
            .filter_map(|(key, node)| Some((*self.ranks.get(key)?, node)))
            .collect();
        ranked.sort_unstable();
        for (_, node) in ranked {
            tree.move_before(node, None);
        }
    }
}

fn set<T: Ord>(set: &mut BTreeSet<T>, key: T, present: bool) {
    if present {
        set.insert(key);
    } else {
        set.remove(&key);
    }
}
