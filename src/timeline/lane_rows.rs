//! How many rows each lane would fill with all its titles, all of time in the window.
//!
//! It follows from the events and the width of the window alone, so lanes keep their heights while panning and zooming. Events are looked
//! at, if few of each lane: of thousands of lanes that is long work, and then done beside the window.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums over the events of a few lanes, which are far fewer than the numbers hold"
)]

use super::index::{Index, Lane};
use rayon::prelude::*;

/// About what a mark and its title take.
const EVENT_PX: f64 = 200.0;

/// Of so many events in a lane it is looked at where they stand; of more, it is reckoned.
const MAX_LAID_OUT: usize = 256;

/// So many events are looked at by the thread that asks, without the help of others.
const MAX_WORK_ALONE: usize = 10_000;

/// The rows that the leaf lanes of one index want at one width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaneRows {
    index: u64,
    width_px: f64,
    /// By leaf lane.
    wanted: Vec<u16>,
}

impl LaneRows {
    /// For all lanes. The work is [`Self::work`]: where that is much, call it off the window's thread.
    pub fn of(index: &Index, width_px: f64) -> Self {
        let lanes = 0..index.lane_count() as u32;
        // As with the index: for little work the window does not wait for busy threads.
        let wanted = |lane: u32| rows_wanted(index, &[lane], width_px);
        Self {
            index: index.id(),
            width_px,
            wanted: if Self::work(index) <= MAX_WORK_ALONE {
                lanes.map(wanted).collect()
            } else {
                lanes.into_par_iter().map(wanted).collect()
            },
        }
    }

    /// How many events are looked at for it.
    pub fn work(index: &Index) -> usize {
        let lanes = (0..index.lane_count() as u32).filter_map(|lane| index.lane(lane));
        let looked_at = lanes.map(Lane::len).filter(|&len| len <= MAX_LAID_OUT);
        looked_at.sum()
    }

    /// Whether it is about this index.
    pub fn is_of(&self, index: &Index) -> bool {
        self.index == index.id()
    }

    /// The width of the window that it was made for.
    pub fn width_px(&self) -> f64 {
        self.width_px
    }

    /// What a leaf lane wants.
    pub fn wanted(&self, lane: u32) -> u16 {
        self.wanted.get(lane as usize).copied().unwrap_or(1)
    }
}

/// How many rows some lanes shown as one would fill.
pub(super) fn rows_wanted(index: &Index, lanes: &[u32], width_px: f64) -> u16 {
    let numbers = lanes;
    let lanes = lanes.iter().filter_map(|&lane| index.lane(lane));
    let (events, peak) = lanes.fold((0, 0), |(events, peak), lane| {
        (events + lane.len(), peak + u64::from(lane.peak()))
    });
    // One more than if they were spread evenly, since they never are; but no more than there are events.
    let for_titles = (events as f64 * EVENT_PX / width_px.max(1.0)).ceil() as u64 + 1;
    let for_titles = for_titles.min(events as u64);
    let for_titles = match events {
        ..=MAX_LAID_OUT => for_titles.min(rows_at_whole_span(index, numbers, width_px)),
        _ => for_titles,
    };
    for_titles.max(peak).clamp(1, u64::from(u16::MAX)) as u16
}

/// How many rows some events fill when all of time is in the window: no zoom needs more, since it only takes them apart.
fn rows_at_whole_span(index: &Index, lanes: &[u32], width_px: f64) -> u64 {
    let Some(span) = index.span() else { return 0 };
    let span_ms = (span.end.0 as f64 - span.start.0 as f64).max(1.0);
    let px = |ms: i64| (ms as f64 - span.start.0 as f64) / span_ms * width_px;
    let lanes = lanes.iter().filter_map(|&lane| index.lane(lane));
    let mut taken: Vec<(f64, f64)> = lanes
        .flat_map(|lane| (0..lane.len()).filter_map(|at| lane.get(at)))
        .map(|event| {
            let start = px(event.start_ms);
            (start, px(event.end_ms).max(start + EVENT_PX))
        })
        .collect();
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Where each row is free again.
    let mut rows: Vec<f64> = Vec::new();
    for (start, end) in taken {
        match rows.iter_mut().find(|free| **free <= start) {
            Some(free) => *free = end,
            None => rows.push(end),
        }
    }
    rows.len() as u64
}
