//! The shapes of verdicts. Each level has a shape of its own, so that color is never alone.

use crate::evidence::Level;
use crate::ui::theme::{self, Palette, palette};
use egui::{Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

/// Width and height of a mark.
pub(super) const MARK_PX: f32 = theme::evidence::MARK_MARK_PX;
const STROKE_PX: f32 = theme::evidence::MARK_STROKE_PX;

/// The color of a level.
pub(crate) fn level_color(colors: &Palette, level: Level) -> Color32 {
    match level {
        Level::Good => colors.good,
        Level::Note => colors.note,
        Level::Grey => colors.text_weak,
        Level::Warn => colors.warn,
        Level::Bad => colors.bad,
    }
}

/// Puts the mark of a level into a row.
pub(crate) fn level_mark(ui: &mut Ui, level: Level) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(MARK_PX, MARK_PX), Sense::hover());
    let colors = palette(ui);
    paint_level(ui.painter(), rect, level, colors);
    response
}

/// Good: a disk with a hook. Note: a ring with a dot. Grey: a ring. Warn: a triangle with a bar. Bad: a square with a cross.
pub(crate) fn paint_level(painter: &Painter, rect: Rect, level: Level, colors: &Palette) {
    let color = level_color(colors, level);
    let stroke = Stroke::new(STROKE_PX, color);
    let on_color = Stroke::new(STROKE_PX, colors.card);
    let center = rect.center();
    let radius = rect.width().min(rect.height()) / 2.0 - 1.0;
    let at = |x: f32, y: f32| -> Pos2 { pos2(center.x + x * radius, center.y + y * radius) };
    match level {
        Level::Good => {
            painter.circle_filled(center, radius, color);
            painter.add(Shape::line(
                vec![at(-0.45, 0.05), at(-0.1, 0.4), at(0.5, -0.35)],
                on_color,
            ));
        }
        Level::Note => {
            painter.circle_stroke(center, radius - STROKE_PX / 2.0, stroke);
            painter.circle_filled(center, radius * 0.35, color);
        }
        Level::Grey => {
            painter.circle_stroke(center, radius - STROKE_PX / 2.0, stroke);
        }
        Level::Warn => {
            let corners = vec![at(0.0, -1.0), at(1.0, 0.85), at(-1.0, 0.85)];
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
            painter.line_segment([at(0.0, -0.35), at(0.0, 0.25)], on_color);
            painter.circle_filled(at(0.0, 0.58), STROKE_PX / 2.0, colors.card);
        }
        Level::Bad => {
            painter.rect_filled(
                Rect::from_center_size(center, vec2(radius, radius) * 1.8),
                2.0,
                color,
            );
            painter.line_segment([at(-0.4, -0.4), at(0.4, 0.4)], on_color);
            painter.line_segment([at(0.4, -0.4), at(-0.4, 0.4)], on_color);
        }
    }
}
