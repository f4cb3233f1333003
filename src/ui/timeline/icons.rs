//! Triangles that open and close.

use egui::{Color32, Rect, Shape, Stroke, pos2};

/// A triangle that points right, or down when what it stands for is open.
pub(super) fn triangle(rect: Rect, open: bool, color: Color32) -> Shape {
    let center = rect.center();
    let points = if open {
        vec![
            pos2(center.x - 4.0, center.y - 2.5),
            pos2(center.x + 4.0, center.y - 2.5),
            pos2(center.x, center.y + 3.0),
        ]
    } else {
        vec![
            pos2(center.x - 2.5, center.y - 4.0),
            pos2(center.x + 3.0, center.y),
            pos2(center.x - 2.5, center.y + 4.0),
        ]
    };
    Shape::convex_polygon(points, color, Stroke::NONE)
}
