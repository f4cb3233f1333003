//! From time to pixels and back, from 500 million years across the window down to one second.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "moments of 64 bits in 128, and levels of the zoom, which are held to a range"
)]

use super::gaps::Gaps;
use crate::date::Instant;
use std::ops::Range;

/// Steps of zoom an octave. Two neighboring levels differ by less than a millionth, far below what a pixel shows.
const LEVELS_PER_OCTAVE: f64 = (1_u32 << 20) as f64;

/// The least time that can be spread over the whole window: one second.
const MIN_SPAN_MS: f64 = 1_000.0;

/// The most time that can be spread over the whole window: all of it.
const MAX_SPAN_MS: f64 = u64::MAX as f64;

/// Which stretch of time the window shows.
///
/// **It does not drift.** The left edge is a whole number of milliseconds and a fraction, and the zoom
/// is a whole number of tiny steps, so the inverse of a step takes away exactly what the step added.
/// A sum of `f64` would lose whole days after zooming out to a geological age and in again.
///
/// Every method returns a new view. Times are *shown* times; without collapsed [`Gaps`] these are the real ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    left_ms: i64,
    /// Part of a millisecond right of `left_ms`, in `0.0..1.0`.
    left_fraction_ms: f64,
    /// Zoom: the binary logarithm of milliseconds a pixel, times [`LEVELS_PER_OCTAVE`].
    level: i32,
    width_px: f64,
}

impl View {
    /// A view `width_px` wide whose window holds the whole range.
    pub fn new(range_ms: Range<i64>, width_px: f64) -> Self {
        Self::fit(range_ms, width_px, 0.0)
    }

    /// A view that holds the whole range with `margin_px` free on either side.
    ///
    /// An empty range lands in the middle of a sensible span: a day.
    pub fn fit(range_ms: Range<i64>, width_px: f64, margin_px: f64) -> Self {
        let width_px = sane_width(width_px);
        let margin_px = margin_px.clamp(0.0, width_px * 0.4);
        let (first, last) = (range_ms.start, range_ms.end.max(range_ms.start));
        let (first, last) = if first == last {
            const HALF_DAY_MS: i64 = 43_200_000;
            (
                first.saturating_sub(HALF_DAY_MS),
                last.saturating_add(HALF_DAY_MS),
            )
        } else {
            (first, last)
        };
        let span_ms = difference(last, first);
        let ms_per_px = span_ms / (width_px - 2.0 * margin_px);
        // Rounded up, so that the range is never cut.
        let level = clamp_level((ms_per_px.log2() * LEVELS_PER_OCTAVE).ceil(), width_px);
        let view = Self {
            left_ms: first,
            left_fraction_ms: 0.0,
            level,
            width_px,
        };
        let spare_ms = width_px * view.ms_per_px() - span_ms;
        view.shifted(-0.5 * spare_ms)
    }

    /// Milliseconds a pixel.
    pub fn ms_per_px(self) -> f64 {
        ms_per_px(self.level)
    }

    /// The width of the window in pixels (points).
    pub fn width_px(self) -> f64 {
        self.width_px
    }

    /// The time across the window, in milliseconds.
    pub fn span_ms(self) -> f64 {
        self.width_px * self.ms_per_px()
    }

    /// The zoom in steps of √2, rounded to the coarser side: what was laid out without overlap at
    /// [`quantized_ms_per_px`] has none at this view either.
    pub fn quantized_zoom(self) -> i32 {
        let step = (LEVELS_PER_OCTAVE / 2.0) as i32;
        self.level.div_euclid(step) + i32::from(self.level.rem_euclid(step) > 0)
    }

    /// The position of a shown time, in pixels from the left edge of the window. May lie far outside.
    #[inline]
    pub fn x_from_ms(self, ms: i64) -> f64 {
        (difference(ms, self.left_ms) - self.left_fraction_ms) / self.ms_per_px()
    }

    /// The nearest shown millisecond to a position; held to what `i64` can say.
    pub fn ms_from_x(self, x: f64) -> i64 {
        let offset = self.left_fraction_ms + x * self.ms_per_px();
        saturate(i128::from(self.left_ms) + to_whole(offset.round()))
    }

    /// The shown time in the window: from the first millisecond that may be seen to the first that cannot.
    pub fn visible_ms(self) -> Range<i64> {
        let right = (self.left_fraction_ms + self.span_ms()).ceil();
        self.left_ms..saturate(i128::from(self.left_ms) + to_whole(right))
    }

    /// Moves the window by so many pixels: positive toward later times.
    pub fn pan(self, px: f64) -> Self {
        self.shifted(px * self.ms_per_px())
    }

    /// Zooms about a position, which keeps its time. A factor above 1 shows less time.
    pub fn zoom_at(self, x: f64, factor: f64) -> Self {
        if !(factor.is_finite() && factor > 0.0 && x.is_finite()) {
            return self;
        }
        let steps = (factor.log2() * LEVELS_PER_OCTAVE).round();
        let level = clamp_level(f64::from(self.level) - steps, self.width_px);
        // Two products, each a function of a level alone, so that the inverse subtracts the very same numbers.
        let shift_ms = x * self.ms_per_px() - x * ms_per_px(level);
        Self { level, ..self }.shifted(shift_ms)
    }

    /// The same left edge and zoom in a window of another width.
    pub fn with_width(self, width_px: f64) -> Self {
        let width_px = sane_width(width_px);
        let level = clamp_level(f64::from(self.level), width_px);
        Self {
            width_px,
            level,
            ..self
        }
        .shifted(0.0)
    }

    /// The nearest view that still shows something of the range: its middle stays inside it.
    pub fn keep_near(self, range_ms: Range<i64>) -> Self {
        let middle = self.ms_from_x(0.5 * self.width_px);
        let target = middle.clamp(range_ms.start, range_ms.end.max(range_ms.start));
        if target == middle {
            self
        } else {
            self.shifted(difference(target, middle))
        }
    }

    /// The view at `t` (0 to 1) of the way to another one, for an animated jump: even steps of zoom about the point that both hold.
    pub fn toward(self, other: Self, t: f64) -> Self {
        if t <= 0.0 {
            return self;
        }
        if t >= 1.0 || self.width_px != other.width_px {
            return other;
        }
        let level = f64::from(self.level) + (f64::from(other.level) - f64::from(self.level)) * t;
        let level = clamp_level(level, self.width_px);
        // The left edge moves in step with the scale, so that the path is a straight zoom where it can be one.
        let (from, to, now) = (self.ms_per_px(), other.ms_per_px(), ms_per_px(level));
        let part = if (to - from).abs() > f64::EPSILON * from {
            (now - from) / (to - from)
        } else {
            t
        };
        let whole = difference(other.left_ms, self.left_ms);
        let shift_ms = (whole + other.left_fraction_ms - self.left_fraction_ms) * part;
        Self { level, ..self }.shifted(shift_ms)
    }

    /// This view, brought so near to another one that it lies within a window's width of it: on a longer way nothing
    /// could be recognized, and the last window's width still shows the direction.
    #[must_use]
    pub fn near(self, other: Self) -> Self {
        let far_ms = difference(self.left_ms, other.left_ms);
        let most_ms = self.span_ms().max(other.span_ms());
        if far_ms.abs() <= most_ms {
            return self;
        }
        let near_ms = far_ms.clamp(-most_ms, most_ms);
        self.shifted(near_ms - far_ms)
    }

    /// Moves the left edge, within what `i64` can say.
    fn shifted(self, delta_ms: f64) -> Self {
        if !delta_ms.is_finite() {
            return self;
        }
        let whole = delta_ms.floor();
        let mut left = i128::from(self.left_ms) + to_whole(whole);
        let mut left_fraction_ms = self.left_fraction_ms + (delta_ms - whole);
        if left_fraction_ms >= 1.0 {
            left_fraction_ms -= 1.0;
            left += 1;
        }
        let last_left = i128::from(i64::MAX) - to_whole(self.span_ms().ceil());
        let clamped = left.min(last_left).max(i128::from(i64::MIN));
        if clamped != left {
            left_fraction_ms = 0.0;
        }
        Self {
            left_ms: saturate(clamped),
            left_fraction_ms,
            ..self
        }
    }
}

/// Milliseconds a pixel at a step of [`View::quantized_zoom`].
pub fn quantized_ms_per_px(zoom: i32) -> f64 {
    (f64::from(zoom) * 0.5).exp2()
}

/// A [`View`] joined to the stretches that are collapsed: from real instants to positions and back.
#[derive(Clone, Copy, Debug)]
pub struct Axis<'a> {
    pub view: View,
    pub gaps: &'a Gaps,
}

impl<'a> Axis<'a> {
    pub fn new(view: View, gaps: &'a Gaps) -> Self {
        Self { view, gaps }
    }

    /// The position of an instant, in pixels from the left edge of the window. May lie far outside.
    pub fn x_from_instant(&self, instant: Instant) -> f64 {
        self.x_from_ms(instant.0)
    }

    /// [`Axis::x_from_instant`] for bare milliseconds.
    #[inline]
    pub fn x_from_ms(&self, ms: i64) -> f64 {
        self.view.x_from_ms(self.gaps.shown_from_real(ms))
    }

    /// The nearest instant to a position.
    pub fn instant_from_x(&self, x: f64) -> Instant {
        Instant(self.gaps.real_from_shown(self.view.ms_from_x(x)))
    }

    /// The real time in the window, half open.
    pub fn visible(&self) -> Range<Instant> {
        let shown = self.view.visible_ms();
        let end = self.gaps.real_from_shown(shown.end);
        Instant(self.gaps.real_from_shown(shown.start))..Instant(end)
    }

    /// The view that shows a stretch of real time with a margin on either side.
    pub fn fit(&self, range: Range<Instant>, margin_px: f64) -> View {
        let shown = self.gaps.shown_from_real(range.start.0)
            ..self.gaps.shown_from_real(range.end.0.max(range.start.0));
        View::fit(shown, self.view.width_px, margin_px)
    }
}

/// A position as the `f32` that painting wants: held to a little outside the window, where `f32` is still exact enough.
///
/// At deep zoom a bar's true end may be 10^15 pixels away, and `f32` would place it off by thousands.
pub fn paintable_px(x: f64, width_px: f64) -> f32 {
    const OUTSIDE_PX: f64 = 4_096.0;
    x.clamp(-OUTSIDE_PX, width_px + OUTSIDE_PX) as f32
}

fn ms_per_px(level: i32) -> f64 {
    (f64::from(level) / LEVELS_PER_OCTAVE).exp2()
}

fn sane_width(width_px: f64) -> f64 {
    if width_px.is_finite() {
        width_px.clamp(1.0, 1.0e6)
    } else {
        1.0
    }
}

fn clamp_level(level: f64, width_px: f64) -> i32 {
    let least = (MIN_SPAN_MS / width_px).log2() * LEVELS_PER_OCTAVE;
    let most = (MAX_SPAN_MS / width_px).log2() * LEVELS_PER_OCTAVE;
    // Truncation toward the inside; both ends are far within `i32`.
    level.clamp(least.ceil(), most.floor()) as i32
}

/// `a - b`, without overflow.
#[inline]
pub(super) fn difference(a: i64, b: i64) -> f64 {
    match a.checked_sub(b) {
        Some(difference) => difference as f64,
        None => (i128::from(a) - i128::from(b)) as f64,
    }
}

/// A whole `f64` as an integer. `as` saturates, and takes a NaN for 0.
fn to_whole(value: f64) -> i128 {
    value as i128
}

fn saturate(ms: i128) -> i64 {
    ms.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// From a day to all of time.
    fn views() -> impl Strategy<Value = View> {
        let spans = prop_oneof![1_000_i64..100_000_000, 1_i64 << 40..1 << 62];
        (any::<i64>(), spans, 200.0..4_000.0_f64)
            .prop_map(|(at, span, width_px)| View::new(at / 4..at / 4 + span, width_px))
    }

    #[derive(Clone, Debug)]
    enum Step {
        Pan(f64),
        Zoom(f64, f64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (-3_000.0..3_000.0_f64).prop_map(Step::Pan),
            (0.0..2_000.0_f64, 0.3..3.0_f64).prop_map(|(x, factor)| Step::Zoom(x, factor)),
        ];
        prop::collection::vec(step, 1_000)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_thousand_steps_and_back_lead_to_the_same_view(view in views(), steps in steps()) {
            let mut now = view;
            let mut done = Vec::new();
            for step in steps {
                let then = match step {
                    Step::Pan(px) => now.pan(px),
                    Step::Zoom(x, factor) => now.zoom_at(x, factor),
                };
                // A step that runs into the limits of time or zoom has no inverse.
                let back = match step {
                    Step::Pan(px) => then.pan(-px),
                    Step::Zoom(x, factor) => then.zoom_at(x, 1.0 / factor),
                };
                if back.level == now.level && back.left_ms.abs_diff(now.left_ms) <= 1 {
                    done.push(step);
                    now = then;
                }
            }
            for step in done.iter().rev() {
                now = match *step {
                    Step::Pan(px) => now.pan(-px),
                    Step::Zoom(x, factor) => now.zoom_at(x, 1.0 / factor),
                };
            }
            prop_assert_eq!(now.level, view.level);
            prop_assert!(now.x_from_ms(view.left_ms).abs() < 0.5, "{:?} {:?}", now, view);
        }

        #[test]
        fn a_leap_begins_at_most_a_window_away(view in views(), other in views()) {
            let near = view.near(other);
            prop_assert_eq!(near.level, view.level);
            let far_ms = |view: View| difference(view.left_ms, other.left_ms);
            let most_ms = view.span_ms().max(other.span_ms());
            // Of a way of geological ages, `f64` does not tell the seconds.
            let unsure_ms = 2.0 + far_ms(view).abs() * 4.0 * f64::EPSILON;
            prop_assert!(far_ms(near).abs() <= most_ms + unsure_ms);
            if far_ms(view).abs() <= most_ms {
                prop_assert_eq!(near, view);
            } else {
                prop_assert_eq!(far_ms(near) < 0.0, far_ms(view) < 0.0, "on the same side");
            }
        }

        #[test]
        fn positions_and_times_agree(view in views(), x in -500.0..4_500.0_f64) {
            let view = view.zoom_at(x, 0.7);
            let ms = view.ms_from_x(x);
            prop_assume!(ms > i64::MIN && ms < i64::MAX);
            // A millisecond may be wider than a pixel.
            let tolerance_px = 0.5_f64.max(0.5 / view.ms_per_px()) + 1.0e-3;
            prop_assert!((view.x_from_ms(ms) - x).abs() <= tolerance_px);
        }

        #[test]
        fn the_point_under_the_pointer_stays(view in views(), x in 0.0..2_000.0_f64, factor in 0.5..2.0_f64) {
            let ms = view.ms_from_x(x);
            let zoomed = view.zoom_at(view.x_from_ms(ms), factor);
            // At the ends of time the window stops, and the point with it.
            let seen = zoomed.visible_ms();
            prop_assume!(seen.start > i64::MIN && seen.end < i64::MAX);
            prop_assert!((zoomed.x_from_ms(ms) - view.x_from_ms(ms)).abs() < 0.01);
        }

        #[test]
        fn a_fitted_range_is_in_view(start in any::<i64>(), length in 0_i64..i64::MAX / 2, margin_px in 0.0..300.0_f64) {
            let end = start.saturating_add(length);
            let view = View::fit(start..end, 1_000.0, margin_px);
            let seen = view.visible_ms();
            prop_assert!(seen.start <= start && end <= seen.end);
        }
    }

    #[test]
    fn zoom_reaches_from_all_of_time_to_one_second() {
        let mut view = View::new(i64::MIN..i64::MAX, 1_600.0);
        assert!(view.span_ms() > 1.8e19);
        for _ in 0..2_000 {
            view = view.zoom_at(700.0, 1.5);
        }
        assert!((view.span_ms() - 1_000.0).abs() < 1.0, "{}", view.span_ms());
        for _ in 0..2_000 {
            view = view.zoom_at(700.0, 0.5).pan(1.0e9);
        }
        let seen = view.visible_ms();
        assert!(view.span_ms() > 1.8e19 && seen.start < seen.end);
    }

    #[test]
    fn odd_numbers_change_nothing_and_panic_nowhere() {
        let view = View::new(0..1_000_000, 800.0);
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -3.0] {
            assert_eq!(view.zoom_at(10.0, odd), view, "{odd}");
        }
        assert_eq!(view.pan(f64::NAN), view);
        assert_eq!(view.zoom_at(f64::NAN, 2.0), view);
        for width_px in [f64::NAN, -1.0, 0.0, 1.0e300] {
            assert!(view.with_width(width_px).span_ms() > 0.0);
            assert!(View::fit(5..5, width_px, 1.0e9).span_ms() > 0.0);
        }
        let backward = Range { start: 9, end: 1 };
        assert_eq!(
            View::new(backward, 100.0).visible_ms(),
            View::new(9..9, 100.0).visible_ms()
        );
    }

    #[test]
    fn quantized_zoom_is_the_next_coarser_step() {
        let mut view = View::new(0..1_000_000_000, 1_000.0);
        for _ in 0..200 {
            view = view.zoom_at(0.0, 1.07);
            let coarse = quantized_ms_per_px(view.quantized_zoom());
            let ratio = coarse / view.ms_per_px();
            assert!((0.999_999..1.414_22).contains(&ratio), "{ratio}");
        }
    }

    #[test]
    fn a_jump_starts_and_ends_where_it_should() {
        let from = View::new(0..1_000_000, 1_000.0);
        let to = View::new(600_000..601_000, 1_000.0);
        assert_eq!(from.toward(to, 0.0), from);
        assert_eq!(from.toward(to, 1.0), to);
        let mut last = f64::INFINITY;
        for step in 1..10 {
            let span = from.toward(to, f64::from(step) / 10.0).span_ms();
            assert!(span < last);
            last = span;
        }
    }

    #[test]
    fn a_view_is_held_near_its_data() {
        let view = View::new(0..1_000, 1_000.0).pan(1.0e7).keep_near(0..1_000);
        let middle = view.ms_from_x(500.0);
        assert!((999..=1_001).contains(&middle), "{middle}");
        assert_eq!(view.keep_near(0..1_000), view);
    }
}
