//! Rows that are computed beside the window.
//!
//! When the zoom steps, all lanes in view are due at once. Where that is little work, the frame does it; where it is much, the frame
//! draws what it has and says what is due ([`Frame::due`](super::Frame::due)). Another thread places the marks, with the rows they had
//! as its starting point, and a later frame takes them up, if they still fit what is seen then.

use super::decision::{Decision, DecisionKey};
use super::index::{Index, Lane};
use std::ops::Range;
use std::sync::Arc;

/// Lanes whose marks are to be placed anew: too many for one frame.
#[derive(Clone, Debug)]
pub struct DueRows {
    /// Of the [`Layout`](super::Layout) that asks: another font makes another round.
    pub(super) round: u64,
    /// In shown time.
    pub(super) seen: Range<i64>,
    pub(super) lanes: Vec<DueLane>,
}

#[derive(Clone, Debug)]
pub(super) struct DueLane {
    pub(super) node: u32,
    pub(super) events: Source,
    pub(super) key: DecisionKey,
    pub(super) before: Arc<Decision>,
}

/// Where the events of a line come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A lane of the index.
    Leaf(u32),
    /// The lanes of a closed group as one.
    Merged(Arc<Lane>),
}

/// Lanes with their marks in place.
#[derive(Clone, Debug)]
pub struct PlacedRows {
    pub(super) round: u64,
    pub(super) lanes: Vec<PlacedLane>,
}

#[derive(Clone, Debug)]
pub(super) struct PlacedLane {
    pub(super) node: u32,
    pub(super) events: Source,
    pub(super) decision: Arc<Decision>,
}

impl Source {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Leaf(one), Self::Leaf(other)) => one == other,
            (Self::Merged(one), Self::Merged(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl DueRows {
    /// Whether the same is asked for, so that the answer to one serves the other.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_same_lane = |(one, other): (&DueLane, &DueLane)| {
            one.node == other.node
                && one.key == other.key
                && one.events.is_same(&other.events)
                && Arc::ptr_eq(&one.before, &other.before)
        };
        self.round == other.round
            && self.lanes.len() == other.lanes.len()
            && self.lanes.iter().zip(&other.lanes).all(is_same_lane)
    }

    /// Whether it is about this index.
    pub fn is_of(&self, index: &Index) -> bool {
        self.lanes.iter().all(|lane| lane.key.index == index.id())
    }

    /// Does the work. `label_width` is asked as by [`Layout::frame`](super::Layout::frame).
    pub fn place(&self, index: &Index, label_width: &mut dyn FnMut(u32) -> f32) -> PlacedRows {
        let placed = self.lanes.iter().filter_map(|due| {
            let lane = match &due.events {
                Source::Leaf(lane) => index.lane(*lane)?,
                Source::Merged(lane) => lane,
            };
            let key = due.key.clone();
            let before = Some(&*due.before);
            let decision = Decision::new(lane, key, &self.seen, before, label_width);
            Some(PlacedLane {
                node: due.node,
                events: due.events.clone(),
                decision: Arc::new(decision),
            })
        });
        PlacedRows {
            round: self.round,
            lanes: placed.collect(),
        }
    }
}
