//! Greatest end and greatest weight over blocks of a lane, and over blocks of blocks.
//!
//! Answers in logarithmic time what a lane's sorted starts alone cannot: which events that began
//! earlier still go on, and which of many is the most important.

#![expect(
    clippy::indexing_slicing,
    reason = "every level is as long as the one below asks for, and children are counted within it"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within the levels of a tree over one lane"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

/// Children a node.
const FAN: usize = 16;

#[derive(Clone, Debug, Default)]
pub(super) struct Pyramid {
    /// From blocks of [`FAN`] events up to a single node.
    levels: Vec<Level>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    greatest_end: Vec<i64>,
    greatest_weight: Vec<u16>,
}

impl Pyramid {
    pub(super) fn new(ends: &[i64], weights: &[u16]) -> Self {
        let mut levels: Vec<Level> = Vec::new();
        let mut level = Level::over(ends, weights);
        loop {
            let done = level.greatest_end.len() <= 1;
            let above = Level::over(&level.greatest_end, &level.greatest_weight);
            levels.push(std::mem::replace(&mut level, above));
            if done {
                return Self { levels };
            }
        }
    }

    /// The weightiest position of a range; of equals, the first.
    pub(super) fn heaviest(&self, weights: &[u16], range: Range<usize>) -> Option<usize> {
        let (mut from, mut to) = (range.start, range.end.min(weights.len()));
        if from >= to {
            return None;
        }
        // The best so far: weight, first position below, level (0: the events themselves), index there.
        let mut best: Option<(u16, Reverse<usize>, usize, usize)> = None;
        let mut values = weights;
        let mut width = 1;
        for depth in 0.. {
            let mut look = |range: Range<usize>| {
                for at in range {
                    let found = (values[at], Reverse(at * width), depth, at);
                    if best.is_none_or(|best| (found.0, found.1) > (best.0, best.1)) {
                        best = Some(found);
                    }
                }
            };
            let (inner_from, inner_to) = (from.div_ceil(FAN), to / FAN);
            if inner_from >= inner_to || depth >= self.levels.len() {
                look(from..to);
                break;
            }
            look(from..inner_from * FAN);
            look(inner_to * FAN..to);
            (from, to) = (inner_from, inner_to);
            values = &self.levels[depth].greatest_weight;
            width *= FAN;
        }
        let (weight, _, mut depth, mut at) = best?;
        while depth > 0 {
            depth -= 1;
            let below = match depth {
                0 => weights,
                _ => &self.levels[depth - 1].greatest_weight,
            };
            let children = at * FAN..((at + 1) * FAN).min(below.len());
            at = children.clone().find(|&child| below[child] == weight)?;
        }
        Some(at)
    }

    /// Calls `found` for each position below `limit` whose end lies after `ms`, in order.
    pub(super) fn each_ending_after(
        &self,
        ends: &[i64],
        ms: i64,
        limit: usize,
        found: &mut impl FnMut(usize),
    ) {
        let Some(top) = self.levels.len().checked_sub(1) else {
            return;
        };
        for at in 0..self.levels[top].greatest_end.len() {
            self.descend(ends, ms, limit.min(ends.len()), top, at, found);
        }
    }

    fn descend(
        &self,
        ends: &[i64],
        ms: i64,
        limit: usize,
        level: usize,
        at: usize,
        found: &mut impl FnMut(usize),
    ) {
        if self.levels[level].greatest_end[at] <= ms {
            return;
        }
        let Some(below) = level.checked_sub(1) else {
            let block = at * FAN..((at + 1) * FAN).min(limit);
            block
                .filter(|&position| ends[position] > ms)
                .for_each(found);
            return;
        };
        let width = FAN.pow(level as u32);
        let children = at * FAN..((at + 1) * FAN).min(self.levels[below].greatest_end.len());
        for child in children.take_while(|child| child * width < limit) {
            self.descend(ends, ms, limit, below, child, found);
        }
    }

    /// Up to `wanted` of the weightiest positions below `limit` whose end lies after `ms`.
    ///
    /// Looks at no more than `budget` nodes: on hostile data, where heavy events that are over hide the light ones
    /// that go on, it may return fewer.
    pub(super) fn heaviest_ending_after(
        &self,
        ends: &[i64],
        weights: &[u16],
        ms: i64,
        limit: usize,
        wanted: usize,
        budget: usize,
    ) -> Vec<usize> {
        let limit = limit.min(ends.len());
        let mut found = Vec::new();
        // Weight, first position below, level + 1 (0: an event), index there.
        let mut open = BinaryHeap::new();
        if let Some((top, level)) = self.levels.iter().enumerate().next_back() {
            for (at, &weight) in level.greatest_weight.iter().enumerate() {
                open.push((weight, Reverse(at * FAN.pow(top as u32 + 1)), top + 1, at));
            }
        }
        for _ in 0..budget {
            if found.len() >= wanted {
                break;
            }
            let Some((_, _, depth, at)) = open.pop() else {
                break;
            };
            if depth == 0 {
                found.push(at);
                continue;
            }
            let below = depth - 1;
            let (below_ends, below_weights): (&[i64], &[u16]) = match below.checked_sub(1) {
                None => (ends, weights),
                Some(level) => (
                    &self.levels[level].greatest_end,
                    &self.levels[level].greatest_weight,
                ),
            };
            let width = FAN.pow(below as u32);
            for child in at * FAN..((at + 1) * FAN).min(below_ends.len()) {
                if child * width < limit && below_ends[child] > ms {
                    open.push((below_weights[child], Reverse(child * width), below, child));
                }
            }
        }
        found
    }

    pub(super) fn heap_bytes(&self) -> usize {
        let bytes = |level: &Level| {
            level.greatest_end.capacity() * size_of::<i64>()
                + level.greatest_weight.capacity() * size_of::<u16>()
        };
        self.levels.iter().map(bytes).sum()
    }
}

impl Level {
    fn over(ends: &[i64], weights: &[u16]) -> Self {
        let greatest = |block: &[i64]| block.iter().copied().max().unwrap_or(i64::MIN);
        Self {
            greatest_end: ends.chunks(FAN).map(greatest).collect(),
            greatest_weight: weights
                .chunks(FAN)
                .map(|block| block.iter().copied().max().unwrap_or(0))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn answers_as_a_plain_scan_does(
            events in prop::collection::vec((0_i64..100, 0_u16..6), 0..700),
            ms in -1_i64..101,
            limit in 0_usize..800,
            from in 0_usize..700,
            length in 0_usize..700,
        ) {
            let (ends, weights): (Vec<i64>, Vec<u16>) = events.into_iter().unzip();
            let pyramid = Pyramid::new(&ends, &weights);

            let range = from.min(ends.len())..(from + length).min(ends.len());
            let heaviest = range.clone().max_by_key(|&at| (weights[at], Reverse(at)));
            prop_assert_eq!(pyramid.heaviest(&weights, range), heaviest);

            let expected: Vec<usize> = (0..limit.min(ends.len())).filter(|&at| ends[at] > ms).collect();
            let mut found = Vec::new();
            pyramid.each_ending_after(&ends, ms, limit, &mut |at| found.push(at));
            prop_assert_eq!(&found, &expected);

            let mut best = expected;
            best.sort_by_key(|&at| (Reverse(weights[at]), at));
            best.truncate(5);
            let found = pyramid.heaviest_ending_after(&ends, &weights, ms, limit, 5, usize::MAX);
            prop_assert_eq!(found, best);
        }
    }
}
