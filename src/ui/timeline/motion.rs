//! Leaps of the view, softened: the eye keeps its place.

use crate::timeline::View;
use egui::Ui;

/// A leap takes so long at most.
const LEAP_SECONDS: f64 = 0.18;

/// How the shown view follows the wanted one.
#[derive(Default)]
pub(super) struct Motion {
    leap: u64,
    shown: Option<View>,
    /// Where a leap began, and when.
    from: Option<(View, f64)>,
}

impl Motion {
    /// The view to draw on the way to `target`; `leap` grows with each leap.
    pub(super) fn follow(&mut self, ui: &Ui, target: View, leap: u64) -> View {
        let now = ui.input(|input| input.time);
        if self.leap != leap {
            self.leap = leap;
            let is_still = ui.style().animation_time <= 0.0;
            self.from = self
                .shown
                .filter(|shown| {
                    !is_still && *shown != target && shown.width_px() == target.width_px()
                })
                .map(|shown| (shown, now));
        }
        let view = match self.from {
            Some((from, began)) if now - began < LEAP_SECONDS => {
                ui.request_repaint();
                let t = ((now - began) / LEAP_SECONDS).clamp(0.0, 1.0);
                from.toward(target, 1.0 - (1.0 - t).powi(3))
            }
            _ => {
                self.from = None;
                target
            }
        };
        self.shown = Some(view);
        view
    }

    /// A hand takes over.
    pub(super) fn stop(&mut self) {
        self.from = None;
    }
}
