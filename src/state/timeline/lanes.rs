//! What the user has done to the lanes, by path, so that it survives new files and other groupings.

use super::MAX_INLINE_EVENTS;
use super::build::{Grouping, TimelineData};
use crate::timeline::{Lane, LaneTree, MergedLanes};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

/// Which groups are closed, so that what they show can be made together with a new index: until it were there, they would be empty.
#[derive(Clone, Debug)]
pub struct ClosedGroups {
    pub(super) grouping: Grouping,
    pub(super) choices: LaneChoices,
}

impl ClosedGroups {
    /// What those show that are too large for the window to merge.
    pub fn merge(&self, data: &TimelineData) -> MergedLanes {
        if self.choices.closed.is_empty() {
            return MergedLanes::new();
        }
        let mut tree = data.tree.clone();
        self.choices.apply(self.grouping, &mut tree);
        let len = |&lane: &u32| data.index.lane(lane).map_or(0, Lane::len);
        let nodes = tree.nodes().iter().zip(0_u32..);
        nodes
            .filter(|(node, _)| node.collapsed)
            .map(|(_, number)| (number, tree.lanes_within(number)))
            .filter(|(_, lanes)| lanes.iter().map(len).sum::<usize>() > MAX_INLINE_EVENTS)
            .map(|(number, lanes)| {
                let merged = Arc::new(data.index.merged(&lanes));
                (number, (lanes, merged))
            })
            .collect()
    }
}

fn set<T: Ord>(set: &mut BTreeSet<T>, key: T, present: bool) {
    if present {
        set.insert(key);
    } else {
        set.remove(&key);
    }
}
