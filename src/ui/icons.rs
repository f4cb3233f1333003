//! Icons: one drawn set of lines, in `assets/icons/`, and buttons that carry them. No font has to have them.
//!
//! The files are plain SVG, so that any editor for drawings opens them; of SVG they use paths alone. They are read
//! once, flattened, and drawn as lines at the size that is asked for, so they are as sharp as the text beside them.

mod set;

pub(crate) use set::Icon;

use super::theme::{self, palette, space};
use crate::model::Alert;
use egui::epaint::PathShape;
use egui::{
    Atom, Color32, Painter, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use kurbo::{BezPath, PathEl};
use std::sync::LazyLock;

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

/// The grid that icons are drawn on.
const GRID: f64 = 24.0;

/// How far a flattened curve may be off, on the grid: a tenth of a pixel in an icon four times as large.
const TOLERANCE: f64 = 0.05;

/// One line of an icon, from (0, 0) at the left top to (1, 1).
#[derive(Clone, Debug, PartialEq)]
struct Line {
    points: Vec<(f32, f32)>,
    closed: bool,
    filled: bool,
}

static DRAWINGS: LazyLock<Vec<Vec<Line>>> =
    LazyLock::new(|| Icon::ALL.iter().map(|icon| lines_of(icon.svg())).collect());

/// The lines of a drawing; a path that cannot be read is left out (a test holds that there is none).
fn lines_of(svg: &str) -> Vec<Line> {
    let paths = svg.split("<path").skip(1);
    paths
        .filter_map(|path| {
            let filled = path.contains(r#"fill="currentColor""#);
            let data = path.split_once(r#" d=""#)?.1.split_once('"')?.0;
            Some(flattened(&BezPath::from_svg(data).ok()?, filled))
        })
        .flatten()
        .collect()
}

fn flattened(path: &BezPath, filled: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // On a grid of 24, the narrowing to `f32` is exact enough for any screen.
    let at = |point: kurbo::Point| ((point.x / GRID) as f32, (point.y / GRID) as f32);
    kurbo::flatten(path, TOLERANCE, |element| match element {
        PathEl::MoveTo(point) => lines.push(Line {
            points: vec![at(point)],
            closed: false,
            filled,
        }),
        PathEl::LineTo(point) => {
            if let Some(line) = lines.last_mut() {
                line.points.push(at(point));
            }
        }
        PathEl::ClosePath => {
            if let Some(line) = lines.last_mut() {
                line.closed = true;
                // The last point is the first again.
                if line.points.len() > 1 && line.points.first() == line.points.last() {
                    line.points.pop();
                }
            }
        }
        // Flattening leaves no curves.
        PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
    });
    lines
}

/// Draws an icon into the largest square in the middle of `rect`.
pub(crate) fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let side = rect.width().min(rect.height());
    let rect = Rect::from_center_size(rect.center(), vec2(side, side));
    let stroke = Stroke::new((side * space::ICON_LINE).max(space::HAIRLINE_PX), color);
    let Some(lines) = DRAWINGS.get(icon as usize) else {
        return;
    };
    painter.extend(lines.iter().map(|line| {
        let points = line.points.iter();
        let points = points
            .map(|&(x, y)| pos2(rect.left() + x * side, rect.top() + y * side))
            .collect();
        match (line.filled, line.closed) {
            (true, _) => Shape::Path(PathShape {
                points,
                closed: true,
                fill: color,
                stroke: egui::epaint::PathStroke::NONE,
            }),
            (false, true) => Shape::closed_line(points, stroke),
            (false, false) => Shape::line(points, stroke),
        }
    }));
}

/// A button that is an icon, with the name that screen readers say and a tooltip that says more.
pub(crate) fn button(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    tooltip: &str,
    selected: bool,
) -> Response {
    let side = vec2(space::ICON_BUTTON_PX, space::ICON_BUTTON_PX);
    let (rect, response) = ui.allocate_exact_size(side, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, name));
    let colors = palette(ui);
    let ground = match (selected, response.hovered()) {
        (true, false) => Some(colors.related),
        (_, true) => Some(colors.hovered),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        let rect = rect.shrink(space::HAIRLINE_PX);
        ui.painter().rect_filled(rect, space::RADIUS_PX, ground);
    }
    if response.has_focus() {
        theme::focus_ring(ui.painter(), rect.shrink(space::FOCUS_RING_PX + 1.0));
    }
    let color = match (enabled, selected) {
        (false, _) => colors.text_weak.gamma_multiply(ui.visuals().disabled_alpha),
        (true, true) => colors.accent,
        (true, false) => colors.text,
    };
    let inner = Rect::from_center_size(rect.center(), vec2(space::ICON_PX, space::ICON_PX));
    paint(ui.painter(), inner, icon, color);
    response.on_hover_text(tooltip)
}

/// An icon as a part of a button, in the color of the button's words.
pub(crate) fn atom<'a>(icon: Icon) -> Atom<'a> {
    Atom::paint(vec2(space::ICON_PX, space::ICON_PX), move |ui, args| {
        paint(ui.painter(), args.rect, icon, args.fallback_text_color);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_drawn_of_paths_alone_and_inside_its_square() {
        for &icon in Icon::ALL {
            let svg = icon.svg();
            let lines = lines_of(svg);
            let paths = svg.matches("<path").count();
            assert!(paths > 0 && lines.len() >= paths, "{icon:?}");
            let elements = svg.matches('<').count();
            assert_eq!(elements, paths + 2, "{icon:?} holds more than paths");
            for (x, y) in lines.iter().flat_map(|line| &line.points) {
                let inside = 0.0..=1.0;
                assert!(inside.contains(x) && inside.contains(y), "{icon:?}");
            }
        }
    }

    #[test]
    fn every_file_of_the_set_is_an_icon() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icons");
        let files = std::fs::read_dir(folder).expect("the folder of icons");
        assert_eq!(files.count(), Icon::ALL.len());
    }

    #[test]
    fn a_closed_curve_comes_back_to_where_it_began_once() {
        let lines = lines_of(r#"<path d="M12 12h6a3 3 0 1 1 -6 0z"/>"#);
        let [line] = lines.as_slice() else {
            panic!("one line, not {}", lines.len());
        };
        assert!(line.closed && !line.filled);
        assert_eq!(line.points.first(), Some(&(0.5, 0.5)));
        assert_ne!(line.points.first(), line.points.last());
        assert!(line.points.len() > 8, "a curve of several pieces");
    }
}
