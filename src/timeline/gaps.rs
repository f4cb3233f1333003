//! Empty stretches that are collapsed, as a piecewise map between real and shown time.

#![expect(clippy::indexing_slicing, reason = "windows of two have two")]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "64 bits times 64 bits in 128"
)]

use super::index::{Index, Lane};
use std::ops::Range;

/// A collapsed stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The empty real time, half open.
    pub real_start_ms: i64,
    pub real_end_ms: i64,
    /// Where it stands in shown time.
    pub shown_start_ms: i64,
    pub shown_end_ms: i64,
}

impl Gap {
    /// Its true length, to be written on it.
    pub fn real_length_ms(&self) -> u64 {
        self.real_end_ms.abs_diff(self.real_start_ms)
    }
}

/// The collapsed stretches in order. The default collapses nothing, and costs nothing.
///
/// The map rises strictly outside the gaps and never falls inside them, so order on the screen is order in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    gaps: Vec<Gap>,
}

/// How many stretches are collapsed at most; more would make the scale unreadable.
const MAX_GAPS: usize = 20;

/// A stretch is collapsed when it takes more than this share of the time that is left.
const MIN_SHARE: f64 = 0.35;

/// A collapsed stretch is shown as long as this share of the time that is left.
const SHOWN_SHARE: f64 = 0.04;

impl Gaps {
    /// Collapses nothing.
    pub const NONE: Self = Self { gaps: Vec::new() };

    /// What to collapse of the time that some lanes cover. See [`Gaps::find`].
    ///
    /// An event that is open on a side counts where it is known: what has gone on since 2022 does not fill the years since.
    /// Looks at each event; above some ten thousand, call it off the window's thread.
    pub fn of(index: &Index, lanes: &[u32]) -> Self {
        let Some(span) = index.span().map(|span| span.start.0..span.end.0) else {
            return Self::NONE;
        };
        // Shorter ones are never collapsed, and need not be kept apart.
        let least_ms = span.end.abs_diff(span.start) / 1_000;
        let mut runs: Vec<Range<i64>> = lanes
            .iter()
            .filter_map(|&lane| index.lane(lane))
            .flat_map(|lane| covered_runs(lane, least_ms))
            .collect();
        runs.sort_unstable_by_key(|run| run.start);
        let runs = join(runs.into_iter(), least_ms);
        let empty: Vec<Range<i64>> = runs
            .windows(2)
            .map(|pair| pair[0].end..pair[1].start)
            .collect();
        Self::find(&empty, span)
    }

    /// Finds what to collapse: of the empty stretches, the longest first, each that takes more than
    /// 35 % of what is left; at most 20, and at most a third of all stretches (but one is always allowed).
    ///
    /// `empty` are stretches without events, in order and disjoint; `span` is the whole time of the data.
    pub fn find(empty: &[Range<i64>], span: Range<i64>) -> Self {
        let mut longest: Vec<(u64, usize)> = empty
            .iter()
            .map(|gap| gap.end.max(gap.start).abs_diff(gap.start))
            .zip(0..)
            .collect();
        longest.sort_unstable_by_key(|&(length, at)| (std::cmp::Reverse(length), at));
        let limit = MAX_GAPS.min((empty.len() / 3).max(1));
        let mut left = span.end.max(span.start).abs_diff(span.start) as f64;
        let mut chosen = Vec::new();
        for &(length, at) in longest.iter().take(limit) {
            if (length as f64) < MIN_SHARE * left || length < 2 {
                break;
            }
            left -= length as f64;
            chosen.push(at);
        }
        // Shown lengths follow what is really there. When nothing is (two instants an age apart), the stretch stays a small part of itself.
        let longest_ms = longest.first().map_or(0.0, |&(length, _)| length as f64);
        let shown_ms = (left * SHOWN_SHARE).max(longest_ms * 1.0e-6).max(1.0);
        chosen.sort_unstable();
        Self::collapse(
            chosen.iter().filter_map(|&at| empty.get(at).cloned()),
            shown_ms as i64,
        )
    }

    /// Collapses these stretches, in order and disjoint, each to `shown_ms` (or less, where it is shorter).
    pub fn collapse(stretches: impl IntoIterator<Item = Range<i64>>, shown_ms: i64) -> Self {
        let mut gaps: Vec<Gap> = Vec::new();
        for stretch in stretches {
            let previous = gaps.last();
            let real_start_ms =
                previous.map_or(stretch.start, |gap| stretch.start.max(gap.real_end_ms));
            if stretch.end <= real_start_ms {
                continue;
            }
            let shown_start_ms = previous.map_or(real_start_ms, |gap| {
                gap.shown_end_ms
                    .saturating_add_unsigned(real_start_ms.abs_diff(gap.real_end_ms))
            });
            let length = stretch.end.abs_diff(real_start_ms);
            let shown_length = shown_ms.max(1).unsigned_abs().min(length);
            gaps.push(Gap {
                real_start_ms,
                real_end_ms: stretch.end,
                shown_start_ms,
                shown_end_ms: shown_start_ms.saturating_add_unsigned(shown_length),
            });
        }
        Self { gaps }
    }

    pub fn is_empty(&self) -> bool {
        self.gaps.is_empty()
    }

    /// The collapsed stretches, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Gap> {
        self.gaps.iter()
    }

    /// The gap that a real time lies inside; not one that it only bounds.
    pub fn around(&self, ms: i64) -> Option<&Gap> {
        let at = self.gaps.partition_point(|gap| gap.real_end_ms <= ms);
        self.gaps.get(at).filter(|gap| gap.real_start_ms < ms)
    }

    #[inline]
    pub fn shown_from_real(&self, ms: i64) -> i64 {
        if self.gaps.is_empty() {
            return ms;
        }
        let at = self.gaps.partition_point(|gap| gap.real_start_ms <= ms);
        let Some(gap) = at.checked_sub(1).and_then(|at| self.gaps.get(at)) else {
            return ms;
        };
        if ms >= gap.real_end_ms {
            return gap
                .shown_end_ms
                .saturating_add_unsigned(ms.abs_diff(gap.real_end_ms));
        }
        let inside = scale(
            ms.abs_diff(gap.real_start_ms),
            gap.shown_end_ms.abs_diff(gap.shown_start_ms),
            gap.real_length_ms(),
        );
        gap.shown_start_ms.saturating_add_unsigned(inside)
    }

    pub fn real_from_shown(&self, ms: i64) -> i64 {
        if self.gaps.is_empty() {
            return ms;
        }
        let at = self.gaps.partition_point(|gap| gap.shown_start_ms <= ms);
        let Some(gap) = at.checked_sub(1).and_then(|at| self.gaps.get(at)) else {
            return ms;
        };
        if ms >= gap.shown_end_ms {
            return gap
                .real_end_ms
                .saturating_add_unsigned(ms.abs_diff(gap.shown_end_ms));
        }
        let inside = scale(
            ms.abs_diff(gap.shown_start_ms),
            gap.real_length_ms(),
            gap.shown_end_ms.abs_diff(gap.shown_start_ms),
        );
        gap.real_start_ms.saturating_add_unsigned(inside)
    }
}

/// The stretches that a lane's events cover, with holes of less than `least_ms` filled.
fn covered_runs(lane: &Lane, least_ms: u64) -> Vec<Range<i64>> {
    let events = (0..lane.len()).filter_map(|at| lane.get(at));
    let known = events.map(|event| match (event.start_ms, event.end_ms) {
        (i64::MIN, end) => end.saturating_sub(1)..end,
        (start, i64::MAX) => start..start.saturating_add(1),
        (start, end) => start..end,
    });
    // Only events open at their start leave the order, and those come first.
    let (mut open, mut rest): (Vec<Range<i64>>, Vec<Range<i64>>) = (Vec::new(), Vec::new());
    let opening = lane.started_before(i64::MIN + 1);
    for (at, known) in known.enumerate() {
        if at < opening {
            open.push(known);
        } else {
            rest.push(known);
        }
    }
    open.sort_unstable_by_key(|run| run.start);
    let mut runs = join(open.into_iter(), least_ms);
    runs.extend(join(rest.into_iter(), least_ms));
    runs
}

/// Joins stretches, given by rising start, that overlap or lie nearer than `least_ms`.
fn join(stretches: impl Iterator<Item = Range<i64>>, least_ms: u64) -> Vec<Range<i64>> {
    let mut joined: Vec<Range<i64>> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last)
                if stretch.start <= last.end || stretch.start.abs_diff(last.end) < least_ms =>
            {
                last.end = last.end.max(stretch.end);
            }
            _ => joined.push(stretch),
        }
    }
    joined
}

/// `value * numerator / denominator`, rounded down.
fn scale(value: u64, numerator: u64, denominator: u64) -> u64 {
    let scaled = u128::from(value) * u128::from(numerator) / u128::from(denominator.max(1));
    u64::try_from(scaled).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_stretches_that_take_a_large_share_are_collapsed() {
        type Stretches = &'static [(i64, i64)];
        let cases: &[(&str, Stretches, Stretches)] = &[
            ("nothing empty", &[], &[]),
            ("a small gap stays", &[(40, 60)], &[]),
            ("more than 35 % goes", &[(200, 800)], &[(200, 800)]),
            (
                "each below the share",
                &[(10, 300), (310, 600), (610, 900)],
                &[],
            ),
            (
                "of three gaps, one may go",
                &[(0, 500), (510, 900), (910, 911)],
                &[(0, 500)],
            ),
            (
                "what is left is the measure of the next",
                &[
                    (10, 900),
                    (910, 960),
                    (962, 963),
                    (970, 971),
                    (980, 981),
                    (990, 991),
                ],
                &[(10, 900), (910, 960)],
            ),
        ];
        for (what, empty, expected) in cases {
            let empty: Vec<Range<i64>> = empty.iter().map(|&(from, to)| from..to).collect();
            let found: Vec<(i64, i64)> = Gaps::find(&empty, 0..1_000)
                .iter()
                .map(|gap| (gap.real_start_ms, gap.real_end_ms))
                .collect();
            assert_eq!(found, *expected, "{what}");
        }
    }

    #[test]
    fn gaps_lie_between_the_events_of_all_lanes() {
        use crate::date::Form;
        use crate::timeline::{Entry, Look};
        let entry = |start_ms, end_ms, lane, form| Entry {
            start_ms,
            end_ms,
            lane,
            weight: 0,
            look: Look {
                form,
                ..Look::default()
            },
        };
        let entries = [
            entry(Some(0), Some(100), 0, Form::Range),
            entry(Some(50), Some(120), 1, Form::Range),
            entry(Some(9_000), Some(9_010), 0, Form::Single),
            entry(Some(110), None, 1, Form::OpenEnd),
            entry(None, Some(9_900), 0, Form::OpenStart),
            entry(Some(9_990), Some(10_000), 1, Form::Single),
        ];
        let found = |lanes: &[u32]| -> Vec<(i64, i64)> {
            let gaps = Gaps::of(&Index::build(&entries, 2), lanes);
            let pairs = gaps.iter().map(|gap| (gap.real_start_ms, gap.real_end_ms));
            pairs.collect()
        };
        assert_eq!(found(&[0, 1]), [(120, 9_000)]);
        assert_eq!(found(&[1]), [(120, 9_990)]);
        assert!(found(&[]).is_empty());
        assert_eq!(Gaps::of(&Index::empty(), &[0]), Gaps::NONE);
    }

    #[test]
    fn two_instants_an_age_apart_come_together() {
        let age = 200_000_000 * 31_556_952_000_i64;
        let empty = 1..age;
        let gaps = Gaps::find(std::slice::from_ref(&empty), 0..age + 1);
        let shown = gaps.shown_from_real(age) - gaps.shown_from_real(0);
        assert!(shown < age / 1_000 && shown > 1, "{shown}");
    }

    #[test]
    fn inside_and_outside() {
        let gaps = Gaps::collapse([100..1_100, 2_000..3_000], 10);
        let cases = [
            (0, 0),
            (100, 100),
            (600, 105),
            (1_100, 110),
            (1_200, 210),
            (2_000, 1_010),
            (2_500, 1_015),
            (3_000, 1_020),
            (4_000, 2_020),
        ];
        for (real, shown) in cases {
            assert_eq!(gaps.shown_from_real(real), shown, "{real}");
            assert_eq!(gaps.real_from_shown(shown), real, "{shown}");
        }
        assert_eq!(gaps.around(100), None);
        assert_eq!(gaps.around(101).map(Gap::real_length_ms), Some(1_000));
        assert_eq!(gaps.around(1_100), None);
    }

    proptest! {
        #[test]
        fn order_is_kept_and_times_outside_come_back(
            mut bounds in prop::collection::vec(any::<i64>(), 0..20),
            shown_ms in 1_i64..1_000_000_000,
            mut asked in prop::collection::vec(any::<i64>(), 2..20),
        ) {
            bounds.sort_unstable();
            let stretches = bounds.chunks_exact(2).map(|pair| pair[0]..pair[1]);
            let gaps = Gaps::collapse(stretches, shown_ms);
            asked.extend(&bounds);
            asked.sort_unstable();
            let shown: Vec<i64> = asked.iter().map(|&ms| gaps.shown_from_real(ms)).collect();
            prop_assert!(shown.is_sorted());
            for (&real, &shown) in asked.iter().zip(&shown) {
                if gaps.around(real).is_none() {
                    prop_assert_eq!(gaps.real_from_shown(shown), real);
                }
            }
        }
    }
}
