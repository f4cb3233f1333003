//! Threads from what was overtaken to what overtook it.

use super::canvas::Canvas;
use crate::timeline::Frame;
use crate::ui::theme;
use egui::epaint::CubicBezierShape;
use egui::{Color32, Painter, Shape, Stroke, pos2};

/// More would be a thicket.
const MAX_LINKS: usize = 200;

pub(super) fn paint(painter: &Painter, canvas: &Canvas<'_>, frame: &Frame) {
    let offset = canvas.offset();
    let color = canvas.colors.mark_weak;
    for link in frame.links.iter().take(MAX_LINKS) {
        let mark = |at: u32| frame.marks.get(at as usize).map(|mark| mark.rect);
        let Some((from, to)) = mark(link.overtaken).zip(mark(link.by)) else {
            continue;
        };
        let from = from.translate(offset).center_bottom();
        let to = to.translate(offset).left_center();
        let bend = (0.5 * (to.x - from.x)).clamp(12.0, 80.0);
        let drop = pos2(from.x, from.y + 0.6 * (to.y - from.y));
        let points = [from, drop, pos2(to.x - bend, to.y), to];
        let stroke = Stroke::new(theme::space::LINE_MEDIUM_PX, color);
        painter.add(CubicBezierShape::from_points_stroke(
            points,
            false,
            Color32::TRANSPARENT,
            stroke,
        ));
        let head = vec![
            to,
            pos2(to.x - 6.0, to.y - 3.5),
            pos2(to.x - 6.0, to.y + 3.5),
        ];
        painter.add(Shape::convex_polygon(head, color, Stroke::NONE));
    }
}
