//! Small painted icons, and buttons that carry them. No font is asked for them.

use super::super::theme::{self, palette, space};
use egui::{
    Color32, Painter, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icon {
    FitAll,
    ZoomIn,
    ZoomOut,
    Back,
    Gaps,
    Legend,
    List,
    Options,
}

const BUTTON_PX: f32 = theme::timeline::ICONS_BUTTON_PX;

/// A button with a painted icon and a name; the tooltip says more.
pub(super) fn button(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    tooltip: &str,
    selected: bool,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(BUTTON_PX, BUTTON_PX), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, name));
    let colors = palette(ui);
    let ground = match (selected, response.hovered()) {
        (true, _) => Some(colors.selected),
        (false, true) => Some(colors.hovered),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        ui.painter()
            .rect_filled(rect.shrink(1.0), space::RADIUS_PX, ground);
    }
    if response.has_focus() {
        super::focus_ring(ui, rect.shrink(2.0));
    }
    let color = if enabled {
        colors.text
    } else {
        colors.text_weak
    };
    paint(ui.painter(), icon, rect.shrink(6.0), color);
    response.on_hover_text(tooltip)
}

fn paint(painter: &Painter, icon: Icon, rect: Rect, color: Color32) {
    let stroke = Stroke::new(theme::space::LINE_MEDIUM_PX, color);
    let line = |x0: f32, y0: f32, x1: f32, y1: f32| {
        let at = |x: f32, y: f32| rect.min + vec2(x * rect.width(), y * rect.height());
        painter.line_segment([at(x0, y0), at(x1, y1)], stroke);
    };
    match icon {
        Icon::FitAll => {
            line(0.0, 0.1, 0.0, 0.9);
            line(1.0, 0.1, 1.0, 0.9);
            line(0.1, 0.5, 0.9, 0.5);
            line(0.1, 0.5, 0.3, 0.3);
            line(0.1, 0.5, 0.3, 0.7);
            line(0.9, 0.5, 0.7, 0.3);
            line(0.9, 0.5, 0.7, 0.7);
        }
        Icon::ZoomIn => {
            line(0.5, 0.05, 0.5, 0.95);
            line(0.05, 0.5, 0.95, 0.5);
        }
        Icon::ZoomOut => line(0.05, 0.5, 0.95, 0.5),
        Icon::Back => {
            line(0.1, 0.5, 0.95, 0.5);
            line(0.1, 0.5, 0.45, 0.15);
            line(0.1, 0.5, 0.45, 0.85);
        }
        Icon::Gaps => {
            line(0.0, 0.5, 0.3, 0.5);
            line(0.3, 0.5, 0.42, 0.15);
            line(0.42, 0.15, 0.58, 0.85);
            line(0.58, 0.85, 0.7, 0.5);
            line(0.7, 0.5, 1.0, 0.5);
        }
        Icon::Legend => {
            let radius_px = 0.14 * rect.width();
            for y in [0.2, 0.8] {
                let center = rect.min + vec2(radius_px, y * rect.height());
                painter.circle_filled(center, radius_px, color);
                line(0.45, y, 1.0, y);
            }
        }
        Icon::Options => {
            for (y, x) in [(0.15, 0.65), (0.5, 0.3), (0.85, 0.75)] {
                line(0.0, y, 1.0, y);
                let center = rect.min + vec2(x * rect.width(), y * rect.height());
                painter.circle_filled(center, 2.5, color);
            }
        }
        Icon::List => {
            for y in [0.15, 0.5, 0.85] {
                line(0.0, y, 1.0, y);
            }
        }
    }
}

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
