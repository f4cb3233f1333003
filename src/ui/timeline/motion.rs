//! Leaps of the view, softened: the eye keeps its place.

use crate::timeline::View;
use crate::ui::theme::motion;
use egui::Ui;

/// How the shown view follows the wanted one, and how far the lanes have come.
#[derive(Default)]
pub(super) struct Motion {
    leap: u64,
    shown: Option<View>,
    /// Where a leap began, and when.
    from: Option<(View, f64)>,
    lanes: Option<Lanes>,
}

/// Lanes on their way up or down.
struct Lanes {
    from_px: f32,
    to_px: f32,
    began_s: f64,
    /// How far they were scrolled in the last frame; if that is no longer so, a hand has moved them.
    shown_px: f32,
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
                .map(|shown| (shown.near(target), now));
        }
        let view = match self.from {
            Some((from, began)) if now - began < motion::LEAP_S => {
                ui.request_repaint();
                from.toward(target, eased(now - began))
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

    /// Sends the lanes on their way; the scroll to begin with is returned.
    pub(super) fn scroll_lanes(&mut self, ui: &Ui, from_px: f32, to_px: f32) -> f32 {
        if ui.style().animation_time <= 0.0 {
            self.lanes = None;
            return to_px;
        }
        self.lanes = Some(Lanes {
            from_px,
            to_px,
            began_s: ui.input(|input| input.time),
            shown_px: from_px,
        });
        ui.request_repaint();
        from_px
    }

    /// How far the lanes are scrolled in this frame, when they were at `shown_px` in the last.
    pub(super) fn lanes_px(&mut self, ui: &Ui, shown_px: f32) -> f32 {
        let Some(lanes) = &mut self.lanes else {
            return shown_px;
        };
        let age_s = ui.input(|input| input.time) - lanes.began_s;
        if lanes.shown_px != shown_px {
            self.lanes = None;
            return shown_px;
        }
        let (from_px, to_px) = (lanes.from_px, lanes.to_px);
        if age_s >= motion::LEAP_S {
            self.lanes = None;
            return to_px;
        }
        ui.request_repaint();
        // Whole points: the text of a name is sharp at each of them.
        lanes.shown_px = egui::lerp(from_px..=to_px, eased(age_s) as f32).round();
        lanes.shown_px
    }
}

/// How far a leap has come that is so old.
fn eased(age_s: f64) -> f64 {
    motion::eased(age_s / motion::LEAP_S)
}
