//! What a search has found, so that it can be marked where it stands.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts and places of hits, and columns of the screen"
)]

use super::index::Index;
use super::item_set::ItemSet;
use super::scale::Axis;
use std::ops::Range;

/// The items of an index that were found. A bar is marked where it begins.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    items: ItemSet,
    /// By lane, in order.
    times_ms: Vec<Vec<i64>>,
    len: usize,
}

impl Hits {
    /// Items that the index does not hold (undated, filtered out) are passed over. The work follows the number of hits.
    pub fn new(index: &Index, items: impl IntoIterator<Item = u32>) -> Self {
        let mut hits = Self::empty(index);
        for item in items {
            if hits.items.contains(item) {
                continue;
            }
            let Some((lane, at)) = index.locate(item) else {
                continue;
            };
            let event = index.lane(lane).and_then(|lane| lane.get(at));
            let times = hits.times_ms.get_mut(lane as usize);
            if let Some((event, times)) = event.zip(times) {
                hits.items.insert(item);
                hits.len += 1;
                times.push(marked_at(event.start_ms, || event.end_ms));
            }
        }
        for times in &mut hits.times_ms {
            times.sort_unstable();
        }
        hits
    }

    /// The same by walking along all lanes, whose events are in order already: less work where many were found.
    pub fn of_many(index: &Index, items: &ItemSet) -> Self {
        let mut hits = Self::empty(index);
        for (lane, times) in index.lanes().iter().zip(&mut hits.times_ms) {
            for ((&item, &start_ms), at) in lane.items().iter().zip(lane.starts()).zip(0..) {
                if items.contains(item) {
                    hits.items.insert(item);
                    let end_ms = || lane.get(at).map_or(i64::MAX, |event| event.end_ms);
                    times.push(marked_at(start_ms, end_ms));
                }
            }
            hits.len += times.len();
            // Those that are open at their start stood first.
            times.sort_unstable();
        }
        hits
    }

    fn empty(index: &Index) -> Self {
        Self {
            times_ms: vec![Vec::new(); index.lanes().len()],
            ..Self::default()
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    pub fn contains(&self, item: u32) -> bool {
        self.items.contains(item)
    }

    /// How many hits of these lanes begin in a stretch of time.
    pub fn count_in(&self, lanes: &[u32], range: Range<i64>) -> usize {
        if self.is_empty() {
            return 0;
        }
        let count = |times: &Vec<i64>| {
            let start = times.partition_point(|&ms| ms < range.start);
            let end = times.partition_point(|&ms| ms < range.end);
            end.saturating_sub(start)
        };
        let lanes = lanes.iter();
        let times = lanes.filter_map(|&lane| self.times_ms.get(lane as usize));
        times.map(count).sum()
    }

    /// How many hits of these lanes begin in each column of `column_px`, over the width of a view. The work follows the columns.
    pub fn columns(&self, lanes: &[u32], axis: &Axis<'_>, column_px: f64) -> Vec<u32> {
        let column_px = column_px.max(1.0);
        let count = (axis.view.width_px() / column_px).ceil().max(1.0) as usize;
        let mut columns = vec![0_u32; count];
        if self.is_empty() {
            return columns;
        }
        let edge = |at: usize| axis.instant_from_x(at as f64 * column_px).0;
        let lanes = lanes.iter();
        for times in lanes.filter_map(|&lane| self.times_ms.get(lane as usize)) {
            let mut at = times.partition_point(|&ms| ms < edge(0));
            // From hit to hit, so that a few hits cost little; within a column all at once, so that many do too.
            while let Some(&ms) = times.get(at) {
                let x = axis.x_from_ms(ms);
                let column = (x / column_px).floor().max(0.0) as usize;
                let Some(found) = columns.get_mut(column) else {
                    break;
                };
                let next = edge(column + 1).max(ms.saturating_add(1));
                let rest = times.get(at..).unwrap_or_default();
                let inside = rest.partition_point(|&ms| ms < next).max(1);
                *found += inside as u32;
                at += inside;
            }
        }
        columns
    }
}

/// Where an event is marked: where it begins, or when that is open, at the last that is known.
#[inline]
fn marked_at(start_ms: i64, end_ms: impl FnOnce() -> i64) -> i64 {
    match start_ms {
        i64::MIN => end_ms().saturating_sub(1),
        start_ms => start_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Entry, Gaps, Look, View};
    use proptest::prelude::*;

    fn entry(start_ms: i64, lane: u32) -> Entry {
        Entry {
            start_ms: Some(start_ms),
            end_ms: Some(start_ms + 1),
            lane,
            weight: 0,
            look: Look::default(),
        }
    }

    #[test]
    fn hits_are_found_by_item_by_time_and_by_column() {
        let undated = Entry {
            start_ms: None,
            end_ms: None,
            ..entry(0, 0)
        };
        let open = Entry {
            start_ms: None,
            ..entry(95_000, 1)
        };
        let entries = [
            entry(10_000, 0),
            entry(50_500, 0),
            entry(55_000, 1),
            undated,
            open,
        ];
        let index = Index::build(&entries, 2);
        let hits = Hits::new(&index, [0, 2, 2, 3, 4, 77]);
        assert_eq!(hits.len(), 3);
        assert!(hits.contains(2) && !hits.contains(1) && !hits.contains(3));
        assert_eq!(hits.count_in(&[0, 1], 0..56_000), 2);
        assert_eq!(hits.count_in(&[1], 0..1_000_000), 2);
        let gaps = Gaps::NONE;
        let axis = Axis::new(View::new(0..100_000, 100.0), &gaps);
        let columns = hits.columns(&[0, 1], &axis, 10.0);
        assert_eq!(columns, [0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
        assert!(Hits::default().is_empty());
        assert_eq!(Hits::default().count_in(&[0], 0..9), 0);
    }

    proptest! {
        #[test]
        fn both_ways_to_the_hits_find_the_same(
            events in prop::collection::vec((prop::option::of(0_i64..50), prop::option::of(50_i64..99), 0_u32..3), 0..60),
            wanted in prop::collection::vec(0_u32..80, 0..60),
        ) {
            let entries: Vec<Entry> = events
                .iter()
                .map(|&(start_ms, end_ms, lane)| Entry { start_ms, end_ms, ..entry(0, lane) })
                .collect();
            let index = Index::build(&entries, 3);
            let by_item = Hits::new(&index, wanted.clone());
            let by_lane = Hits::of_many(&index, &wanted.into_iter().collect());
            prop_assert_eq!(by_item.items, by_lane.items);
            prop_assert_eq!(by_item.times_ms, by_lane.times_ms);
            prop_assert_eq!(by_item.len, by_lane.len);
        }

        #[test]
        fn every_hit_in_view_is_in_one_column(
            starts in prop::collection::vec(0_i64..5_000, 0..200),
            from in 0_i64..4_000,
            length in 100_i64..3_000,
        ) {
            let entries: Vec<Entry> = starts.iter().map(|&start| entry(start, 0)).collect();
            let index = Index::build(&entries, 1);
            let hits = Hits::new(&index, 0..entries.len() as u32);
            let view = View::new(from..from + length, 300.0);
            let gaps = Gaps::NONE;
            let axis = Axis::new(view, &gaps);
            let columns = hits.columns(&[0], &axis, 2.0);
            let sum: u32 = columns.iter().sum();
            let seen = axis.visible();
            let least = hits.count_in(&[0], seen.start.0 + 12..seen.end.0 - 12);
            let most = hits.count_in(&[0], seen.start.0 - 12..seen.end.0 + 12);
            prop_assert!((least..=most).contains(&(sum as usize)), "{least} {sum} {most}");
        }
    }
}
