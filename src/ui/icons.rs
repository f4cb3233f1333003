//! Icons, drawn from lines and circles: no font has to have them.

use super::theme::space;
use crate::model::Alert;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// An `i` in a circle.
    Info,
    /// A lamp.
    Tip,
    /// An exclamation mark in a speech bubble.
    Important,
    /// An exclamation mark in a triangle.
    Warning,
    /// An exclamation mark in an octagon.
    Caution,
    /// An empty check box.
    Box,
    BoxChecked,
    /// A sheet with a folded corner.
    Document,
    /// A sheet with lines and a picture.
    Article,
    Book,
    /// A speech bubble with lines.
    Post,
    /// A globe.
    Web,
    /// A screen with a triangle.
    Video,
    /// A microphone.
    Speech,
    /// A pair of scales.
    Law,
    /// A small flag: something is disputed.
    Flag,
    /// From left to right.
    Arrow,
}

impl Icon {
    pub(crate) fn of_alert(alert: Alert) -> Self {
        match alert {
            Alert::Note => Self::Info,
            Alert::Tip => Self::Tip,
            Alert::Important => Self::Important,
            Alert::Warning => Self::Warning,
            Alert::Caution => Self::Caution,
        }
    }
}

/// How thick the lines of an icon are, as a share of its size.
const LINE: f32 = 0.09;

/// Draws an icon into the largest square in the middle of `rect`.
pub(crate) fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let side = rect.width().min(rect.height());
    let rect = Rect::from_center_size(rect.center(), vec2(side, side));
    let stroke = Stroke::new((side * LINE).max(space::HAIRLINE_PX), color);
    let drawing = Drawing {
        painter,
        rect,
        stroke,
    };
    match icon {
        Icon::Info => {
            drawing.circle((0.5, 0.5), 0.44);
            drawing.dot((0.5, 0.3));
            drawing.line(&[(0.5, 0.45), (0.5, 0.72)]);
        }
        Icon::Tip => {
            drawing.circle((0.5, 0.38), 0.3);
            drawing.line(&[(0.38, 0.78), (0.62, 0.78)]);
            drawing.line(&[(0.42, 0.92), (0.58, 0.92)]);
        }
        Icon::Important => {
            drawing.closed(&[
                (0.08, 0.1),
                (0.92, 0.1),
                (0.92, 0.72),
                (0.5, 0.72),
                (0.3, 0.92),
                (0.3, 0.72),
                (0.08, 0.72),
            ]);
            drawing.line(&[(0.5, 0.22), (0.5, 0.44)]);
            drawing.dot((0.5, 0.58));
        }
        Icon::Warning => {
            drawing.closed(&[(0.5, 0.08), (0.95, 0.9), (0.05, 0.9)]);
            drawing.line(&[(0.5, 0.38), (0.5, 0.6)]);
            drawing.dot((0.5, 0.75));
        }
        Icon::Caution => {
            drawing.closed(&[
                (0.3, 0.06),
                (0.7, 0.06),
                (0.94, 0.3),
                (0.94, 0.7),
                (0.7, 0.94),
                (0.3, 0.94),
                (0.06, 0.7),
                (0.06, 0.3),
            ]);
            drawing.line(&[(0.5, 0.26), (0.5, 0.56)]);
            drawing.dot((0.5, 0.72));
        }
        Icon::Box => drawing.square(),
        Icon::BoxChecked => {
            drawing.square();
            drawing.line(&[(0.24, 0.52), (0.43, 0.71), (0.77, 0.3)]);
        }
        Icon::Document => {
            drawing.closed(&[
                (0.18, 0.06),
                (0.6, 0.06),
                (0.84, 0.3),
                (0.84, 0.94),
                (0.18, 0.94),
            ]);
            drawing.line(&[(0.6, 0.06), (0.6, 0.3), (0.84, 0.3)]);
            drawing.line(&[(0.34, 0.54), (0.68, 0.54)]);
            drawing.line(&[(0.34, 0.72), (0.68, 0.72)]);
        }
        Icon::Article => {
            drawing.closed(&[(0.06, 0.12), (0.94, 0.12), (0.94, 0.88), (0.06, 0.88)]);
            drawing.line(&[(0.2, 0.3), (0.8, 0.3)]);
            drawing.closed(&[(0.2, 0.48), (0.44, 0.48), (0.44, 0.72), (0.2, 0.72)]);
            drawing.line(&[(0.58, 0.5), (0.8, 0.5)]);
            drawing.line(&[(0.58, 0.7), (0.8, 0.7)]);
        }
        Icon::Book => {
            drawing.closed(&[(0.18, 0.06), (0.84, 0.06), (0.84, 0.94), (0.18, 0.94)]);
            drawing.line(&[(0.34, 0.06), (0.34, 0.94)]);
            drawing.line(&[(0.5, 0.28), (0.7, 0.28)]);
        }
        Icon::Post => {
            drawing.closed(&[
                (0.06, 0.1),
                (0.94, 0.1),
                (0.94, 0.72),
                (0.5, 0.72),
                (0.3, 0.92),
                (0.3, 0.72),
                (0.06, 0.72),
            ]);
            drawing.line(&[(0.24, 0.32), (0.76, 0.32)]);
            drawing.line(&[(0.24, 0.51), (0.6, 0.51)]);
        }
        Icon::Web => {
            drawing.circle((0.5, 0.5), 0.44);
            drawing.line(&[(0.06, 0.5), (0.94, 0.5)]);
            drawing.line(&[
                (0.5, 0.06),
                (0.3, 0.28),
                (0.26, 0.5),
                (0.3, 0.72),
                (0.5, 0.94),
                (0.7, 0.72),
                (0.74, 0.5),
                (0.7, 0.28),
                (0.5, 0.06),
            ]);
        }
        Icon::Video => {
            drawing.closed(&[(0.06, 0.16), (0.94, 0.16), (0.94, 0.84), (0.06, 0.84)]);
            drawing.closed(&[(0.4, 0.34), (0.68, 0.5), (0.4, 0.66)]);
        }
        Icon::Speech => {
            drawing.closed(&[
                (0.38, 0.12),
                (0.5, 0.06),
                (0.62, 0.12),
                (0.62, 0.5),
                (0.5, 0.58),
                (0.38, 0.5),
            ]);
            drawing.line(&[
                (0.2, 0.42),
                (0.26, 0.64),
                (0.5, 0.76),
                (0.74, 0.64),
                (0.8, 0.42),
            ]);
            drawing.line(&[(0.5, 0.76), (0.5, 0.94)]);
        }
        Icon::Law => {
            drawing.line(&[(0.5, 0.08), (0.5, 0.9)]);
            drawing.line(&[(0.3, 0.92), (0.7, 0.92)]);
            drawing.line(&[(0.14, 0.2), (0.86, 0.2)]);
            drawing.closed(&[(0.14, 0.24), (0.28, 0.58), (0.02, 0.58)]);
            drawing.closed(&[(0.86, 0.24), (0.98, 0.58), (0.72, 0.58)]);
        }
        Icon::Flag => {
            drawing.line(&[(0.2, 0.06), (0.2, 0.96)]);
            drawing.closed(&[
                (0.2, 0.1),
                (0.88, 0.1),
                (0.68, 0.32),
                (0.88, 0.54),
                (0.2, 0.54),
            ]);
        }
        Icon::Arrow => {
            drawing.line(&[(0.06, 0.5), (0.92, 0.5)]);
            drawing.line(&[(0.64, 0.24), (0.92, 0.5), (0.64, 0.76)]);
        }
    }
}

/// A square to draw in, from (0, 0) at the left top to (1, 1).
struct Drawing<'a> {
    painter: &'a Painter,
    rect: Rect,
    stroke: Stroke,
}

impl Drawing<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        pos2(
            self.rect.left() + x * self.rect.width(),
            self.rect.top() + y * self.rect.height(),
        )
    }

    fn line(&self, points: &[(f32, f32)]) {
        let points = points.iter().map(|&point| self.at(point)).collect();
        self.painter.add(Shape::line(points, self.stroke));
    }

    fn closed(&self, points: &[(f32, f32)]) {
        let points = points.iter().map(|&point| self.at(point)).collect();
        self.painter.add(Shape::closed_line(points, self.stroke));
    }

    fn circle(&self, center: (f32, f32), radius: f32) {
        let radius_px = radius * self.rect.width();
        self.painter
            .circle_stroke(self.at(center), radius_px, self.stroke);
    }

    fn dot(&self, center: (f32, f32)) {
        self.painter
            .circle_filled(self.at(center), self.stroke.width * 0.75, self.stroke.color);
    }

    fn square(&self) {
        let radius = space::RADIUS_PX / 2;
        self.painter
            .rect_stroke(self.rect, radius, self.stroke, StrokeKind::Inside);
    }
}
