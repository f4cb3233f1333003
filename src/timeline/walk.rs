//! From event to event by the keyboard.
//!
//! The order over all lanes is by start, then by lane as they stand from top to bottom, then as the lane keeps them. Walking
//! from one end to the other by it meets each event once.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places in lists of lanes and events"
)]

use super::index::Index;
use crate::date::Instant;
use std::ops::Range;

/// The event after an item in time, over these lanes (from top to bottom); with `None`, the first.
pub fn next(index: &Index, lanes: &[u32], item: Option<u32>) -> Option<u32> {
    let Some(from) = item.and_then(|item| key(index, lanes, item)) else {
        return first(index, lanes);
    };
    let candidates = lanes.iter().enumerate().filter_map(|(rank, &number)| {
        let lane = index.lane(number)?;
        let at = if rank == from.1 {
            from.2 + 1
        } else if rank > from.1 {
            lane.started_before(from.0)
        } else {
            lane.started_before(from.0.checked_add(1)?)
        };
        let event = lane.get(at)?;
        Some(((event.start_ms, rank, at), event.item))
    });
    candidates.min_by_key(|&(key, _)| key).map(|(_, item)| item)
}

/// The event before an item in time, over these lanes; with `None`, the last.
pub fn previous(index: &Index, lanes: &[u32], item: Option<u32>) -> Option<u32> {
    let Some(from) = item.and_then(|item| key(index, lanes, item)) else {
        return last(index, lanes);
    };
    let candidates = lanes.iter().enumerate().filter_map(|(rank, &number)| {
        let lane = index.lane(number)?;
        let after = if rank == from.1 {
            from.2
        } else if rank > from.1 {
            lane.started_before(from.0)
        } else {
            from.0
                .checked_add(1)
                .map_or(lane.len(), |ms| lane.started_before(ms))
        };
        let at = after.checked_sub(1)?;
        let event = lane.get(at)?;
        Some(((event.start_ms, rank, at), event.item))
    });
    candidates.max_by_key(|&(key, _)| key).map(|(_, item)| item)
}

pub fn first(index: &Index, lanes: &[u32]) -> Option<u32> {
    let candidates = lanes.iter().filter_map(|&lane| index.lane(lane)?.get(0));
    candidates
        .min_by_key(|event| event.start_ms)
        .map(|event| event.item)
}

pub fn last(index: &Index, lanes: &[u32]) -> Option<u32> {
    let candidates = lanes.iter().filter_map(|&lane| {
        let lane = index.lane(lane)?;
        lane.get(lane.len().checked_sub(1)?)
    });
    candidates
        .max_by_key(|event| event.start_ms)
        .map(|event| event.item)
}

/// The first event that begins in a stretch of time, in the order of walking.
pub fn first_within(index: &Index, lanes: &[u32], range: &Range<Instant>) -> Option<u32> {
    let candidates = lanes.iter().enumerate().filter_map(|(rank, &number)| {
        let lane = index.lane(number)?;
        let event = lane.get(lane.started_before(range.start.0))?;
        (event.start_ms < range.end.0).then_some(((event.start_ms, rank), event.item))
    });
    candidates.min_by_key(|&(key, _)| key).map(|(_, item)| item)
}

/// The last event that begins in a stretch of time, in the order of walking.
pub fn last_within(index: &Index, lanes: &[u32], range: &Range<Instant>) -> Option<u32> {
    let candidates = lanes.iter().enumerate().filter_map(|(rank, &number)| {
        let lane = index.lane(number)?;
        let event = lane.get(lane.started_before(range.end.0).checked_sub(1)?)?;
        (event.start_ms >= range.start.0).then_some(((event.start_ms, rank), event.item))
    });
    candidates.max_by_key(|&(key, _)| key).map(|(_, item)| item)
}

/// The event after (or before, backward) an item within its lane.
pub fn within_lane(index: &Index, item: u32, forward: bool) -> Option<u32> {
    let (lane, at) = index.locate(item)?;
    let at = if forward { at + 1 } else { at.checked_sub(1)? };
    Some(index.lane(lane)?.get(at)?.item)
}

/// The event nearest in time in the next lane below (or above) that has any, of these lanes from top to bottom.
pub fn across_lanes(index: &Index, lanes: &[u32], item: u32, down: bool) -> Option<u32> {
    let (lane, _) = index.locate(item)?;
    let rank = lanes.iter().position(|&other| other == lane)?;
    let start = Instant(index.get(item)?.start_ms);
    let nearest = |&number: &u32| {
        let lane = index.lane(number)?;
        Some(lane.get(lane.nearest(start)?)?.item)
    };
    if down {
        lanes.get(rank + 1..)?.iter().find_map(nearest)
    } else {
        lanes.get(..rank)?.iter().rev().find_map(nearest)
    }
}

/// Start, rank of the lane, position: the order of the walk. `None` for an item that is in none of the lanes.
fn key(index: &Index, lanes: &[u32], item: u32) -> Option<(i64, usize, usize)> {
    let (lane, at) = index.locate(item)?;
    let rank = lanes.iter().position(|&other| other == lane)?;
    let start_ms = index.lane(lane)?.get(at)?.start_ms;
    Some((start_ms, rank, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Entry, Look};
    use proptest::prelude::*;

    fn entry(start: i64, lane: u32) -> Entry {
        Entry {
            start_ms: Some(start),
            end_ms: Some(start + 10),
            lane,
            weight: 0,
            look: Look::default(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_walk_meets_each_event_once_in_order(events in prop::collection::vec((0_i64..20, 0_u32..4), 0..60)) {
            let entries: Vec<Entry> = events.iter().map(|&(start, lane)| entry(start, lane)).collect();
            let index = Index::build(&entries, 4);
            // The lanes stand in another order than they are numbered, and one is hidden.
            let lanes = [3, 0, 2];
            let mut met = Vec::new();
            let mut at = next(&index, &lanes, None);
            while let Some(item) = at {
                met.push(item);
                prop_assert!(met.len() <= entries.len());
                at = next(&index, &lanes, Some(item));
            }
            prop_assert_eq!(met.len(), entries.iter().filter(|entry| entry.lane != 1).count());
            prop_assert!(met.is_sorted_by_key(|&item| entries[item as usize].start_ms));
            let mut back = Vec::new();
            let mut at = previous(&index, &lanes, None);
            while let Some(item) = at {
                back.push(item);
                prop_assert!(back.len() <= entries.len());
                at = previous(&index, &lanes, Some(item));
            }
            back.reverse();
            prop_assert_eq!(back, met);
        }
    }

    #[test]
    fn lanes_without_events_are_stepped_over() {
        let index = Index::build(&[entry(0, 0), entry(50, 2), entry(7, 2), entry(9, 0)], 3);
        let lanes = [0, 1, 2];
        assert_eq!(across_lanes(&index, &lanes, 0, true), Some(2));
        assert_eq!(across_lanes(&index, &lanes, 1, false), Some(3));
        assert_eq!(across_lanes(&index, &lanes, 0, false), None);
        assert_eq!(across_lanes(&index, &[0, 1], 0, true), None);
        assert_eq!(within_lane(&index, 0, true), Some(3));
        assert_eq!(within_lane(&index, 0, false), None);
        assert_eq!(within_lane(&index, 77, true), None);
    }
}
