//! What is drawn of the lanes, gathered: one mesh for all that has straight edges, shapes for the rest.

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Painter, Pos2, Rangef, Rect, Shape, pos2};

/// Gathers what is to be painted, from back to front: grounds, mesh, shapes, texts.
#[derive(Default)]
pub(super) struct Ink {
    pub(super) grounds: Vec<Shape>,
    pub(super) mesh: Mesh,
    pub(super) shapes: Vec<Shape>,
    pub(super) texts: Vec<Shape>,
}

impl Ink {
    pub(super) fn paint(self, painter: &Painter) {
        painter.extend(self.grounds);
        if !self.mesh.is_empty() {
            painter.add(Shape::mesh(self.mesh));
        }
        painter.extend(self.shapes);
        painter.extend(self.texts);
    }

    pub(super) fn rect(&mut self, x: Rangef, y: Rangef, color: Color32) {
        self.mesh
            .add_colored_rect(Rect::from_x_y_ranges(x, y), color);
    }

    /// A rectangle that fades out over so many pixels at its left and right.
    pub(super) fn band(&mut self, x: Rangef, y: Rangef, color: Color32, fade_px: (f32, f32)) {
        let (left, right) = (x.min, x.max.max(x.min));
        let half = 0.5 * (right - left);
        let inner = (
            left + fade_px.0.clamp(0.0, half),
            right - fade_px.1.clamp(0.0, half),
        );
        let none = Color32::TRANSPARENT;
        if inner.0 > left {
            self.gradient(Rangef::new(left, inner.0), y, none, color);
        }
        if inner.1 > inner.0 {
            self.rect(Rangef::new(inner.0, inner.1), y, color);
        }
        if right > inner.1 {
            self.gradient(Rangef::new(inner.1, right), y, color, none);
        }
    }

    fn gradient(&mut self, x: Rangef, y: Rangef, left: Color32, right: Color32) {
        let corners = [
            (pos2(x.min, y.min), left),
            (pos2(x.max, y.min), right),
            (pos2(x.max, y.max), right),
            (pos2(x.min, y.max), left),
        ];
        self.quad(corners);
    }

    /// A straight line as a quad: four vertices, no soft edge.
    pub(super) fn stroke(&mut self, from: Pos2, to: Pos2, width_px: f32, color: Color32) {
        let along = (to - from).normalized();
        let across = along.rot90() * (0.5 * width_px);
        self.quad([
            (from - across, color),
            (to - across, color),
            (to + across, color),
            (from + across, color),
        ]);
    }

    fn quad(&mut self, corners: [(Pos2, Color32); 4]) {
        let first = self.mesh.vertices.len() as u32;
        for (pos, color) in corners {
            self.mesh.vertices.push(Vertex::untextured(pos, color));
        }
        self.mesh.add_triangle(first, first + 1, first + 2);
        self.mesh.add_triangle(first, first + 2, first + 3);
    }

    /// Pieces of a horizontal line, `on` and `off` pixels by turns.
    pub(super) fn dashes(&mut self, x: Rangef, y: Rangef, color: Color32, on: f32, off: f32) {
        let mut at = x.min;
        while at < x.max {
            self.rect(Rangef::new(at, (at + on).min(x.max)), y, color);
            at += on + off;
        }
    }
}
