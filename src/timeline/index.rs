//! All events of a timeline, sorted once so that no frame ever has to look at each of them.
//!
//! Each lane keeps its events by start as parallel arrays, its ends sorted by themselves, and a pyramid
//! over both. How many events overlap any stretch is then *started before its end, less ended by its
//! start*: two look-ups, exact, also where hundreds of ranges overlap.

#![expect(
    clippy::indexing_slicing,
    reason = "lanes and items are counted when the index is built, and its columns have one length"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places of events; moments are kept off the ends of time before one is added or taken"
)]

mod lane;

pub use lane::{Lane, Stored};

use super::item_set::ItemSet;
use super::look::Entry;
use crate::date::{Form, Instant};
use lane::Raw;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// Above this many events, the rest of a list is passed over; positions are 32 bits wide.
const MAX_EVENTS: usize = u32::MAX as usize - 1;

/// So many events are sorted in by the thread that asks, without the help of others.
const MAX_EVENTS_ALONE: usize = 10_000;

/// Marks an item that no lane holds.
const NOWHERE: u32 = u32::MAX;

/// All dated events, by lane.
#[derive(Clone, Debug)]
pub struct Index {
    /// Tells indices apart, for caches.
    id: u64,
    lanes: Vec<Lane>,
    /// For each lane, how many events the lanes before it hold; one more entry closes the last.
    offsets: Vec<u32>,
    /// For each item, its place in all lanes one after another, or [`NOWHERE`].
    places: Vec<u32>,
    undated: u32,
    span: Option<Range<i64>>,
}

impl Index {
    /// Sorts the events in. An event's place in `entries` is its item; an entry without any bound is counted as undated
    /// and left out; one that names a lane beyond `lane_count` goes to the last.
    ///
    /// A million events take about a tenth of a second: above some ten thousand, call it off the window's thread.
    pub fn build(entries: &[Entry], lane_count: usize) -> Self {
        let entries = entries.get(..MAX_EVENTS).unwrap_or(entries);
        let last_lane = lane_count.saturating_sub(1);
        let lane_of = |entry: &Entry| (entry.lane as usize).min(last_lane);
        let mut sizes = vec![0_usize; lane_count.max(1)];
        let mut undated = 0;
        for entry in entries {
            match extent(entry) {
                Some(_) => sizes[lane_of(entry)] += 1,
                None => undated += 1,
            }
        }
        let mut raw: Vec<Vec<Raw>> = sizes.into_iter().map(Vec::with_capacity).collect();
        for (entry, item) in entries.iter().zip(0_u32..) {
            if let Some((start_ms, end_ms)) = extent(entry) {
                raw[lane_of(entry)].push(Raw {
                    start_ms,
                    end_ms,
                    item,
                    weight: entry.weight,
                    look: entry.look.pack(),
                });
            }
        }
        // The window sorts few events in by itself, and then never waits for threads that are busy with something else.
        let lanes = if entries.len() <= MAX_EVENTS_ALONE {
            raw.into_iter().map(Lane::sort).collect()
        } else {
            raw.into_par_iter().map(Lane::sort).collect()
        };
        Self::of_lanes(lanes, entries.len(), undated)
    }

    /// The same index with only the items of a set: a filter, a search, what was known as of a day.
    ///
    /// Nothing else needs to know of a filter: counts, density and rows all follow from what the index holds.
    /// A million events take less than a tenth of a second: above some ten thousand, call it off the window's thread.
    pub fn filtered(&self, keep: &ItemSet) -> Self {
        let filter = |lane: &Lane| {
            let kept = (0..lane.len()).filter(|&at| keep.contains(lane.items()[at]));
            Lane::of_sorted(&kept.map(|at| lane.raw(at)).collect::<Vec<_>>())
        };
        let lanes = if self.places.len() <= MAX_EVENTS_ALONE {
            self.lanes.iter().map(filter).collect()
        } else {
            self.lanes.par_iter().map(filter).collect()
        };
        Self::of_lanes(lanes, self.places.len(), self.undated)
    }

    fn of_lanes(lanes: Vec<Lane>, item_count: usize, undated: u32) -> Self {
        static NEXT_ID: AtomicU64 = AtomicU64::new(1);
        let mut places = vec![NOWHERE; item_count];
        let mut offsets = Vec::with_capacity(lanes.len() + 1);
        let mut place = 0;
        let mut span: Option<Range<i64>> = None;
        for lane in &lanes {
            offsets.push(place);
            for &item in lane.items() {
                places[item as usize] = place;
                place += 1;
            }
            if let Some(lane) = lane.span_ms() {
                span = Some(match span {
                    Some(span) => span.start.min(lane.start)..span.end.max(lane.end),
                    None => lane,
                });
            }
        }
        offsets.push(place);
        Self {
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            lanes,
            offsets,
            places,
            undated,
            span,
        }
    }

    /// No events at all.
    pub fn empty() -> Self {
        Self::build(&[], 0)
    }

    /// A number that no other index of this run has; what was computed from an index is kept under it.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// How many lanes it has, with events or without.
    pub fn lane_count(&self) -> usize {
        self.lanes.len()
    }

    /// How many dated events it holds.
    pub fn len(&self) -> usize {
        self.offsets.last().map_or(0, |&count| count as usize)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many entries had no date, and so cannot be drawn. A filter does not change it.
    pub fn undated(&self) -> u32 {
        self.undated
    }

    /// From the first known bound to the last; `None` without dated events.
    pub fn span(&self) -> Option<Range<Instant>> {
        let span = self.span.clone()?;
        Some(Instant(span.start)..Instant(span.end))
    }

    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    pub fn lane(&self, lane: u32) -> Option<&Lane> {
        self.lanes.get(lane as usize)
    }

    /// The lane of an item and its position there.
    pub fn locate(&self, item: u32) -> Option<(u32, usize)> {
        let place = *self.places.get(item as usize)?;
        if place == NOWHERE {
            return None;
        }
        let lane = self.offsets.partition_point(|&offset| offset <= place) - 1;
        Some((lane as u32, (place - self.offsets[lane]) as usize))
    }

    /// The event behind an item.
    pub fn get(&self, item: u32) -> Option<Stored> {
        let (lane, at) = self.locate(item)?;
        self.lane(lane)?.get(at)
    }

    /// How many events overlap a stretch of time, over all lanes.
    pub fn count_in(&self, range: Range<i64>) -> usize {
        self.lanes
            .iter()
            .map(|lane| lane.count_in(range.clone()))
            .sum()
    }

    /// One lane with the events of several: what a collapsed group shows.
    ///
    /// A million events take about a twentieth of a second.
    pub fn merged(&self, lanes: &[u32]) -> Lane {
        let mut raw = Vec::new();
        for lane in lanes.iter().filter_map(|&lane| self.lane(lane)) {
            raw.extend((0..lane.len()).map(|at| lane.raw(at)));
        }
        Lane::sort(raw)
    }

    /// Memory on the heap.
    pub fn heap_bytes(&self) -> usize {
        let lanes: usize = self.lanes.iter().map(Lane::heap_bytes).sum();
        lanes
            + self.lanes.capacity() * size_of::<Lane>()
            + (self.offsets.capacity() + self.places.capacity()) * size_of::<u32>()
    }
}

/// The time an entry takes in the index: at least a millisecond, so that half-open arithmetic never loses a moment.
fn extent(entry: &Entry) -> Option<(i64, i64)> {
    match (entry.start_ms, entry.end_ms) {
        (None, None) => None,
        // The last millisecond of all is kept free, so that each start has a later end.
        (Some(start), Some(end)) => {
            let start = start.min(i64::MAX - 1);
            Some((start, end.max(start + 1)))
        }
        (Some(start), None) => {
            let start = start.min(i64::MAX - 1);
            let is_open = entry.look.form == Form::OpenEnd;
            Some((start, if is_open { i64::MAX } else { start + 1 }))
        }
        (None, Some(end)) => {
            let end = end.max(i64::MIN + 1);
            let is_open = entry.look.form == Form::OpenStart;
            Some((if is_open { i64::MIN } else { end - 1 }, end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Look;
    use proptest::prelude::*;

    fn entry(start_ms: impl Into<Option<i64>>, end_ms: impl Into<Option<i64>>, lane: u32) -> Entry {
        Entry {
            start_ms: start_ms.into(),
            end_ms: end_ms.into(),
            lane,
            weight: 1,
            look: Look::default(),
        }
    }

    fn of_form(form: Form, entry: Entry) -> Entry {
        let look = Look { form, ..entry.look };
        Entry { look, ..entry }
    }

    #[test]
    fn open_sides_reach_to_the_ends_of_time_and_unknown_ones_do_not() {
        let cases = [
            (Form::Single, Some(5), Some(9), Some((5, 9))),
            (Form::Single, Some(5), Some(5), Some((5, 6))),
            (Form::Range, Some(9), Some(5), Some((9, 10))),
            (Form::OpenEnd, Some(5), None, Some((5, i64::MAX))),
            (Form::OpenStart, None, Some(5), Some((i64::MIN, 5))),
            (Form::UnknownEnd, Some(5), None, Some((5, 6))),
            (Form::After, Some(5), None, Some((5, 6))),
            (Form::Before, None, Some(5), Some((4, 5))),
            (Form::UnknownStart, None, Some(5), Some((4, 5))),
            (
                Form::After,
                Some(i64::MAX),
                None,
                Some((i64::MAX - 1, i64::MAX)),
            ),
            (
                Form::Before,
                None,
                Some(i64::MIN),
                Some((i64::MIN, i64::MIN + 1)),
            ),
            (Form::Single, None, None, None),
        ];
        for (form, start, end, expected) in cases {
            let index = Index::build(&[of_form(form, entry(start, end, 0))], 1);
            let stored = index.get(0).map(|event| (event.start_ms, event.end_ms));
            assert_eq!(stored, expected, "{form:?} {start:?} {end:?}");
            assert_eq!(index.undated(), u32::from(expected.is_none()));
        }
    }

    #[test]
    fn the_span_is_of_known_bounds() {
        let open = [
            of_form(Form::OpenStart, entry(None, 70, 0)),
            of_form(Form::OpenEnd, entry(30, None, 1)),
        ];
        let span = |entries: &[Entry]| Index::build(entries, 2).span();
        assert_eq!(span(&open), Some(Instant(30)..Instant(70)));
        assert_eq!(span(&open[..1]), Some(Instant(70)..Instant(70)));
        assert_eq!(span(&[entry(None, None, 0)]), None);
        assert_eq!(
            span(&[entry(4, 6, 1), entry(1, 2, 0)]),
            Some(Instant(1)..Instant(6))
        );
    }

    #[test]
    fn odd_lanes_lose_no_event() {
        let index = Index::build(&[entry(1, 2, u32::MAX), entry(3, 4, 1), entry(5, 6, 0)], 2);
        assert_eq!(index.len(), 3);
        assert_eq!(index.locate(0), Some((1, 0)));
        assert_eq!(index.locate(1), Some((1, 1)));
        assert_eq!(index.locate(2), Some((0, 0)));
        assert_eq!(index.locate(3), None);
        assert_eq!(Index::build(&[entry(1, 2, 7)], 0).len(), 1);
        assert!(Index::empty().is_empty());
    }

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let bound = || prop_oneof![3 => (-40_i64..40).prop_map(Some), 1 => Just(None)];
        let forms = prop_oneof![
            Just(Form::Single),
            Just(Form::OpenEnd),
            Just(Form::OpenStart)
        ];
        let one = (bound(), bound(), 0_u32..3, 0_u16..4, forms);
        let entry = one.prop_map(|(start, end, lane, weight, form)| Entry {
            weight,
            ..of_form(form, entry(start, end, lane))
        });
        prop::collection::vec(entry, 0..200)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn counts_what_overlaps(entries in entries(), from in -45_i64..45, length in 0_i64..30) {
            let index = Index::build(&entries, 3);
            let to = from + length;
            let overlaps = |event: &Stored| event.start_ms < to && event.end_ms > from;
            for lane in 0..3 {
                let all = (0..).zip(&entries).filter(|(_, entry)| entry.lane == lane);
                let expected = all
                    .filter_map(|(item, _)| index.get(item))
                    .filter(|event| length > 0 && overlaps(event))
                    .count();
                prop_assert_eq!(index.lanes()[lane as usize].count_in(from..to), expected);
            }
        }

        #[test]
        fn every_item_is_found_where_it_lies(entries in entries()) {
            let index = Index::build(&entries, 3);
            prop_assert_eq!(index.len() + index.undated() as usize, entries.len());
            for (entry, item) in entries.iter().zip(0..) {
                let Some(event) = index.get(item) else {
                    prop_assert_eq!((entry.start_ms, entry.end_ms), (None, None));
                    continue;
                };
                prop_assert_eq!(event.item, item);
                prop_assert_eq!(event.weight, entry.weight);
                prop_assert_eq!(event.look, entry.look);
                prop_assert_eq!(index.locate(item).map(|(lane, _)| lane), Some(entry.lane));
            }
            let merged = index.merged(&[0, 1, 2]);
            prop_assert_eq!(merged.len(), index.len());
            prop_assert!(merged.starts().is_sorted());
        }

        #[test]
        fn a_filter_is_as_if_the_rest_had_no_date(entries in entries(), kept in prop::collection::vec(any::<bool>(), 200)) {
            let keep: ItemSet = (0..entries.len() as u32).filter(|&item| kept[item as usize]).collect();
            let filtered = Index::build(&entries, 3).filtered(&keep);
            let undated = |(entry, item): (&Entry, u32)| match keep.contains(item) {
                true => *entry,
                false => Entry { start_ms: None, end_ms: None, ..*entry },
            };
            let rest: Vec<Entry> = entries.iter().zip(0..).map(undated).collect();
            let rest = Index::build(&rest, 3);
            prop_assert_eq!(filtered.len(), rest.len());
            prop_assert_eq!(filtered.span(), rest.span());
            for item in 0..entries.len() as u32 {
                prop_assert_eq!(filtered.locate(item), rest.locate(item));
                prop_assert_eq!(filtered.get(item), rest.get(item));
            }
        }
    }
}
