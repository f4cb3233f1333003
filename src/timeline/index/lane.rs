//! The events of one lane, as parallel arrays.

#![expect(clippy::indexing_slicing, reason = "a lane's columns have one length")]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of events: those that are over have started"
)]

use super::super::look::Look;
use super::super::pyramid::Pyramid;
use super::super::ranks::Ranks;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::ops::Range;

/// Lanes above this size are sorted by all threads together.
const PARALLEL_SORT_LEN: usize = 50_000;

/// The events of one lane, by start; of equal starts, the longest first.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    starts: Ranks,
    /// Not aligned with the rest: the ends by themselves, sorted.
    sorted_ends: Ranks,
    ends: Vec<i64>,
    items: Vec<u32>,
    weights: Vec<u16>,
    looks: Vec<u16>,
    pyramid: Pyramid,
    /// How many events overlap where most do.
    peak: u32,
}

/// An event as a lane keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    pub item: u32,
    /// `i64::MIN` when it is open at its start.
    pub start_ms: i64,
    /// `i64::MAX` when it is open at its end. Always after the start: a moment takes one millisecond.
    pub end_ms: i64,
    pub weight: u16,
    pub look: Look,
}

/// What is sorted.
#[derive(Clone, Copy)]
pub(super) struct Raw {
    pub start_ms: i64,
    pub end_ms: i64,
    pub item: u32,
    pub weight: u16,
    pub look: u16,
}

impl Raw {
    fn order(&self) -> (i64, Reverse<i64>, u32) {
        (self.start_ms, Reverse(self.end_ms), self.item)
    }
}

impl Lane {
    pub(super) fn sort(mut raw: Vec<Raw>) -> Self {
        if raw.len() > PARALLEL_SORT_LEN {
            raw.par_sort_unstable_by_key(Raw::order);
        } else {
            raw.sort_unstable_by_key(Raw::order);
        }
        Self::of_sorted(&raw)
    }

    pub(super) fn of_sorted(raw: &[Raw]) -> Self {
        let ends: Vec<i64> = raw.iter().map(|event| event.end_ms).collect();
        let mut sorted_ends = ends.clone();
        if raw.len() > PARALLEL_SORT_LEN {
            sorted_ends.par_sort_unstable();
        } else {
            sorted_ends.sort_unstable();
        }
        let starts: Vec<i64> = raw.iter().map(|event| event.start_ms).collect();
        let weights: Vec<u16> = raw.iter().map(|event| event.weight).collect();
        Self {
            peak: peak(&starts, &sorted_ends),
            pyramid: Pyramid::new(&ends, &weights),
            starts: Ranks::new(starts),
            sorted_ends: Ranks::new(sorted_ends),
            ends,
            items: raw.iter().map(|event| event.item).collect(),
            weights,
            looks: raw.iter().map(|event| event.look).collect(),
        }
    }

    pub(super) fn raw(&self, at: usize) -> Raw {
        Raw {
            start_ms: self.starts.values()[at],
            end_ms: self.ends[at],
            item: self.items[at],
            weight: self.weights[at],
            look: self.looks[at],
        }
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many events overlap where most do.
    pub fn peak(&self) -> u32 {
        self.peak
    }

    /// The event at a position.
    pub fn get(&self, at: usize) -> Option<Stored> {
        Some(Stored {
            item: *self.items.get(at)?,
            start_ms: *self.starts.values().get(at)?,
            end_ms: *self.ends.get(at)?,
            weight: *self.weights.get(at)?,
            look: Look::unpack(*self.looks.get(at)?),
        })
    }

    /// How many events start before a moment: also the position of the first that does not.
    #[inline]
    pub fn started_before(&self, ms: i64) -> usize {
        self.starts.before(ms)
    }

    /// How many events are over at a moment.
    #[inline]
    pub fn ended_by(&self, ms: i64) -> usize {
        self.sorted_ends.up_to(ms)
    }

    /// How many events overlap a stretch of time.
    #[inline]
    pub fn count_in(&self, range: Range<i64>) -> usize {
        if range.start < range.end {
            self.started_before(range.end) - self.ended_by(range.start)
        } else {
            0
        }
    }

    /// From the first known bound to the last.
    pub fn span_ms(&self) -> Option<Range<i64>> {
        let known = |ms: i64| ms != i64::MIN && ms != i64::MAX;
        let (starts, ends) = (self.starts.values(), self.sorted_ends.values());
        // An event that is open on one side is known on the other, so one of each pair is always there.
        let first = [starts, ends]
            .into_iter()
            .filter_map(|times| {
                times
                    .get(times.partition_point(|&ms| ms == i64::MIN))
                    .copied()
            })
            .filter(|&ms| known(ms))
            .min()?;
        let last = [starts, ends]
            .into_iter()
            .filter_map(|times| {
                let open = times.partition_point(|&ms| ms < i64::MAX);
                times.get(open.checked_sub(1)?).copied()
            })
            .filter(|&ms| known(ms))
            .max()?;
        Some(first..last)
    }

    /// The position of the weightiest event of a range of positions; of equals, the first.
    pub fn heaviest(&self, range: Range<usize>) -> Option<usize> {
        self.pyramid.heaviest(&self.weights, range)
    }

    /// The positions of events that start before `ms` and are not over then: all of them, or when there are more than
    /// `wanted`, the weightiest (of equals, the first). Also returns how many there are.
    pub(in crate::timeline) fn going_on_at(&self, ms: i64, wanted: usize) -> (Vec<usize>, usize) {
        /// Up to here all are looked at; above, the search is for the weightiest alone.
        const LOOK_AT_ALL: usize = 4_096;
        const BUDGET: usize = 4_096;
        let limit = self.started_before(ms);
        // `ms` itself belongs to what comes after: over by `ms` is over.
        let count = limit - self.ended_by(ms);
        if count == 0 {
            return (Vec::new(), 0);
        }
        let mut found = Vec::new();
        if count <= LOOK_AT_ALL {
            self.pyramid
                .each_ending_after(&self.ends, ms, limit, &mut |at| found.push(at));
            if found.len() > wanted {
                let rank = |&at: &usize| (Reverse(self.weights[at]), at);
                found.select_nth_unstable_by_key(wanted, rank);
                found.truncate(wanted);
            }
        } else {
            found = self.pyramid.heaviest_ending_after(
                &self.ends,
                &self.weights,
                ms,
                limit,
                wanted,
                BUDGET,
            );
        }
        found.sort_unstable();
        (found, count)
    }

    /// The starts, in order.
    pub(in crate::timeline) fn starts(&self) -> &[i64] {
        self.starts.values()
    }

    /// The ends by themselves, in order.
    pub(in crate::timeline) fn sorted_ends(&self) -> &[i64] {
        self.sorted_ends.values()
    }

    /// The items, by start.
    pub(in crate::timeline) fn items(&self) -> &[u32] {
        &self.items
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.starts.heap_bytes()
            + self.sorted_ends.heap_bytes()
            + self.pyramid.heap_bytes()
            + self.ends.capacity() * size_of::<i64>()
            + self.items.capacity() * size_of::<u32>()
            + (self.weights.capacity() + self.looks.capacity()) * size_of::<u16>()
    }
}

/// How many overlap where most do: a walk along both sorted lists.
fn peak(starts: &[i64], sorted_ends: &[i64]) -> u32 {
    let mut ended = 0;
    let mut peak = 0;
    for (started, &start) in starts.iter().enumerate() {
        while sorted_ends.get(ended).is_some_and(|&end| end <= start) {
            ended += 1;
        }
        peak = peak.max(started + 1 - ended);
    }
    peak as u32
}
