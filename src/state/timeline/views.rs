//! Which stretch of time is shown, and which was before.

use super::build::TimelineData;
use crate::date::{Instant, MS_PER_DAY, MS_PER_HOUR};
use crate::timeline::minimap::widened;
use crate::timeline::{Axis, View};
use std::ops::Range;

/// Free space at both sides of what is fitted, in pixels.
const FIT_MARGIN_PX: f64 = 40.0;

/// Free space for the titles of the last events when all are shown.
const TITLE_PX: f64 = 150.0;

/// How many views are remembered.
const MAX_VIEWS: usize = 200;

/// What the window shows. All but [`Target::At`] stay fitted when the window changes its width.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Target {
    /// All events.
    #[default]
    All,
    Span(Range<Instant>),
    At(View),
}

impl Target {
    pub(super) fn view(&self, data: &TimelineData, width_px: f64) -> View {
        match self {
            Self::All => {
                let span = data.index.span();
                let range = span.unwrap_or(Instant(0)..Instant(MS_PER_DAY));
                // The last events have titles, too: they stand right of their marks.
                let title_px = TITLE_PX.min(0.15 * width_px);
                let view = fit(data, widened(range, MS_PER_DAY), width_px - title_px);
                let whole = view.with_width(width_px);
                whole.pan(whole.x_from_ms(view.visible_ms().start))
            }
            Self::Span(range) => fit(data, widened(range.clone(), MS_PER_HOUR), width_px),
            Self::At(view) => view.with_width(width_px),
        }
    }
}

fn fit(data: &TimelineData, range: Range<Instant>, width_px: f64) -> View {
    let shown = data.gaps.shown_from_real(range.start.0)..data.gaps.shown_from_real(range.end.0);
    View::fit(shown, width_px, FIT_MARGIN_PX)
}

/// The view, moved so that it still shows something of the data.
pub(super) fn near_data(data: &TimelineData, view: View) -> View {
    match data.index.span() {
        Some(span) => view.keep_near(
            data.gaps.shown_from_real(span.start.0)..data.gaps.shown_from_real(span.end.0),
        ),
        None => view,
    }
}

/// The same zoom with a stretch in the middle.
pub(super) fn centered(data: &TimelineData, view: View, span: &Range<Instant>) -> View {
    let axis = Axis::new(view, &data.gaps);
    let middle_px = 0.5 * (axis.x_from_instant(span.start) + axis.x_from_instant(span.end));
    view.pan(middle_px - 0.5 * view.width_px())
}

/// The real time in a view.
pub(super) fn seen(data: &TimelineData, view: View) -> Range<Instant> {
    Axis::new(view, &data.gaps).visible()
}

/// The view and those before it. Steps that follow one another are one stop.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    target: Target,
    before: Vec<Target>,
    is_stepping: bool,
}

impl History {
    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    pub(super) fn can_go_back(&self) -> bool {
        !self.before.is_empty()
    }

    /// One of many small moves: a pan, a turn of the wheel.
    pub(super) fn step_to(&mut self, target: Target) {
        if !self.is_stepping {
            self.remember();
            self.is_stepping = true;
        }
        self.target = target;
    }

    pub(super) fn leap_to(&mut self, target: Target) {
        self.is_stepping = false;
        if self.target != target {
            self.remember();
            self.target = target;
        }
    }

    /// The same view in other words.
    pub(super) fn replace(&mut self, target: Target) {
        self.target = target;
        // The views before speak of a scale that is gone.
        self.before.clear();
    }

    /// Returns whether there was a view to go back to.
    pub(super) fn go_back(&mut self) -> bool {
        self.is_stepping = false;
        let Some(target) = self.before.pop() else {
            return false;
        };
        self.target = target;
        true
    }

    fn remember(&mut self) {
        if self.before.len() == MAX_VIEWS {
            self.before.remove(0);
        }
        self.before.push(self.target.clone());
    }
}
