//! How many of a sorted list of times lie before a moment, in nearly constant time.

#![expect(
    clippy::indexing_slicing,
    reason = "cells are those of the grid, which has one more place than cells"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within the grid, which has one cell more than its times"
)]

/// Sorted times with a coarse grid over them, so that a search looks at a few values instead of twenty levels.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    values: Vec<i64>,
    /// Where the grid begins; earlier values fall into its first cell.
    grid_start: i64,
    /// A cell is `2^shift` milliseconds long.
    shift: u32,
    /// For each cell, how many values lie before it; one more entry closes the last.
    grid: Vec<u32>,
}

/// Values a grid cell, on average. Half a byte an event for the grid.
const VALUES_PER_CELL: usize = 8;

impl Ranks {
    /// `values` must be in rising order.
    pub(super) fn new(values: Vec<i64>) -> Self {
        debug_assert!(values.is_sorted(), "ranks need sorted values");
        let count = values.len();
        // The outermost values do not stretch the grid: one event in deep time must not put all others into one cell.
        let outside = count / 64;
        let (Some(&grid_start), Some(&grid_end)) = (
            values.get(outside),
            values.get(count.wrapping_sub(1 + outside)),
        ) else {
            return Self::default();
        };
        let span = grid_end.abs_diff(grid_start);
        let wanted = (count / VALUES_PER_CELL).max(1) as u64;
        let shift = (span / wanted)
            .checked_ilog2()
            .map_or(0, |bits| (bits + 1).min(63));
        let mut ranks = Self {
            values,
            grid_start,
            shift,
            grid: Vec::new(),
        };
        let cells = (span >> shift) as usize + 2;
        let mut grid = Vec::with_capacity(cells + 1);
        for (&value, rank) in ranks.values.iter().zip(0_u32..) {
            let cell = ranks.cell(value).min(cells - 1);
            while grid.len() <= cell {
                grid.push(rank);
            }
        }
        grid.resize(cells + 1, count as u32);
        grid.shrink_to_fit();
        ranks.grid = grid;
        ranks
    }

    #[inline]
    fn cell(&self, value: i64) -> usize {
        if value < self.grid_start {
            0
        } else {
            ((value.abs_diff(self.grid_start) >> self.shift) as usize).saturating_add(1)
        }
    }

    /// How many values are less than `ms`.
    #[inline]
    pub(super) fn before(&self, ms: i64) -> usize {
        if self.grid.is_empty() {
            return 0;
        }
        let cell = self.cell(ms).min(self.grid.len() - 2);
        let (from, to) = (self.grid[cell] as usize, self.grid[cell + 1] as usize);
        from + self.values[from..to].partition_point(|&value| value < ms)
    }

    /// How many values are at most `ms`.
    #[inline]
    pub(super) fn up_to(&self, ms: i64) -> usize {
        match ms.checked_add(1) {
            Some(next) => self.before(next),
            None => self.values.len(),
        }
    }

    pub(super) fn values(&self) -> &[i64] {
        &self.values
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.values.capacity() * size_of::<i64>() + self.grid.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn counts_as_a_plain_search_does(
            mut values in prop::collection::vec(prop_oneof![any::<i64>(), -50_i64..50, Just(i64::MIN), Just(i64::MAX)], 0..300),
            asked in prop::collection::vec(prop_oneof![any::<i64>(), -60_i64..60], 1..40),
        ) {
            values.sort_unstable();
            let ranks = Ranks::new(values.clone());
            for ms in asked.into_iter().chain(values.iter().copied()).chain([i64::MIN, i64::MAX]) {
                prop_assert_eq!(ranks.before(ms), values.partition_point(|&value| value < ms));
                prop_assert_eq!(ranks.up_to(ms), values.partition_point(|&value| value <= ms));
            }
        }
    }

    #[test]
    fn one_outlier_does_not_coarsen_the_grid() {
        let mut values: Vec<i64> = (0..10_000).map(|at| at * 1_000).collect();
        values.insert(0, i64::MIN);
        values.push(i64::MAX);
        let ranks = Ranks::new(values);
        let fullest = ranks.grid.windows(2).skip(1).map(|cell| cell[1] - cell[0]);
        let fullest = fullest.rev().skip(1).max();
        assert!(fullest.is_some_and(|most| most <= 32), "{fullest:?}");
    }
}
