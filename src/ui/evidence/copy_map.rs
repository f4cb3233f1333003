//! The marks of a copy as a narrow map beside its scroll bar, in their colors and places.

use super::mark::level_color;
use crate::evidence::Level;
use crate::state::CopyMark;
use crate::ui::theme::{self, palette, space};
use egui::{CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

pub(super) const WIDTH_PX: f32 = theme::evidence::COPY_MAP_WIDTH_PX;
const TICK_PX: f32 = theme::evidence::COPY_MAP_TICK_PX;

/// One mark of the map.
pub(super) struct Tick<'a> {
    pub mark: &'a CopyMark,
    pub level: Level,
    pub present: bool,
    /// Where it stands in the copy, 0 at the top to 1.
    pub share: f32,
}

/// Draws the map; the mark that was clicked, or that lies closest to the click.
pub(super) fn show<'a>(ui: &mut Ui, rect: Rect, ticks: &[Tick<'a>]) -> Option<&'a CopyMark> {
    let colors = palette(ui);
    let response = ui
        .interact(rect, ui.scope_id().with("map of marks"), Sense::click())
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text("Where the quotes stand in this copy; click to go to the closest");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Map of marks"));
    let painter = ui.painter();
    painter.rect_filled(rect, space::RADIUS_PX, colors.lane);
    let y_of = |share: f32| rect.top() + share * (rect.height() - TICK_PX);
    for tick in ticks {
        let height_px = if tick.present { 2.0 * TICK_PX } else { TICK_PX };
        let width_px = if tick.present {
            rect.width()
        } else {
            rect.width() - 4.0
        };
        let middle = pos2(rect.center().x, y_of(tick.share) + TICK_PX / 2.0);
        let at = Rect::from_center_size(middle, vec2(width_px, height_px));
        painter.rect_filled(at, 1.0, level_color(colors, tick.level));
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(theme::space::LINE_BOLD_PX, colors.accent);
        painter.rect_stroke(rect, space::RADIUS_PX, ring, egui::StrokeKind::Inside);
    }
    if !response.clicked() {
        return None;
    }
    let Some(pointer) = response.interact_pointer_pos() else {
        // Pressed by key or by a screen reader: from mark to mark, and after the last to the first again.
        let after = ticks.iter().rposition(|tick| tick.present);
        let next = ticks.get(after.map_or(0, |at| at + 1)).or(ticks.first());
        return next.map(|tick| tick.mark);
    };
    ticks
        .iter()
        .min_by(|one, other| {
            let away = |tick: &Tick<'_>| (y_of(tick.share) - pointer.y).abs();
            away(one).total_cmp(&away(other))
        })
        .map(|tick| tick.mark)
}
