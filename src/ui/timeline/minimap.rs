//! The whole span in one strip, with the window as a box that can be taken hold of.

use super::super::theme::{self, space};
use super::canvas::Canvas;
use super::focus_ring;
use crate::date::MS_PER_DAY;
use crate::model::Item;
use crate::timeline::minimap::{density, widened, window_box};
use crate::timeline::{Axis, Gaps, View};
use egui::{
    Mesh, Rangef, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
};
use std::sync::Arc;

const COLUMN_PX: f32 = theme::timeline::MINIMAP_COLUMN_PX;
const MARGIN_PX: f64 = theme::timeline::MINIMAP_MARGIN_PX;

/// The box is at least so wide.
pub(super) const MIN_BOX_PX: f32 = theme::timeline::MINIMAP_MIN_BOX_PX;

/// Density of the whole span, kept until it changes.
#[derive(Default)]
pub(super) struct MinimapView {
    key: Option<(u64, u64, f64)>,
    columns: Vec<u32>,
    mesh: Option<(Rect, egui::Color32, Arc<Mesh>)>,
    /// Columns that hold what a search has found, of these hits in this strip.
    found: Vec<u16>,
    found_key: Option<(u64, (u64, u64, f64))>,
}

/// The axis of the minimap: all events, whatever the window shows.
pub(super) fn axis<'a>(canvas: &Canvas<'a>) -> Axis<'a> {
    let gaps: &'a Gaps = canvas.axis.gaps;
    let width_px = f64::from(canvas.minimap.width().max(1.0));
    let span = canvas.data.index.span();
    let shown = span.map_or(0..0, |span| {
        let span = widened(span, MS_PER_DAY);
        gaps.shown_from_real(span.start.0)..gaps.shown_from_real(span.end.0)
    });
    Axis::new(View::fit(shown, width_px, MARGIN_PX), gaps)
}

/// Where the window stands, in the window's coordinates.
pub(super) fn window(canvas: &Canvas<'_>) -> Rangef {
    let left = canvas.minimap.left();
    let x = window_box(&axis(canvas), &canvas.axis, MIN_BOX_PX);
    Rangef::new(left + x.min, left + x.max)
}

pub(super) fn show(ui: &Ui, canvas: &Canvas<'_>, view: &mut MinimapView) -> Response {
    let area = canvas.minimap;
    // The edge of the pane can be taken hold of from both sides.
    let held = area.with_min_y((area.top() + theme::timeline::EDGE_PX).min(area.bottom()));
    let id = canvas.id.with("minimap");
    if !area.is_positive() {
        return ui.interact(held, id, Sense::hover());
    }
    let response = ui.interact(held, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Overview of all events"));
    let painter = ui.painter_at(area);
    let colors = canvas.colors;
    painter.rect_filled(area, 0.0, colors.panel);
    painter.add(Shape::mesh(columns(canvas, view)));

    // What was found and what is selected can be seen from anywhere.
    for &column in found(canvas, view) {
        let left = area.left() + f32::from(column) * COLUMN_PX;
        let x = Rangef::new(left, left + COLUMN_PX);
        let rect = Rect::from_x_y_ranges(x, area.y_range());
        painter.rect_filled(rect, 0.0, colors.found);
    }
    let whole = axis(canvas);
    for item in canvas.state.selected.iter() {
        let event = canvas
            .data
            .drawn_entry(item)
            .and_then(|entry| canvas.data.index.get(entry));
        if let Some(event) = event.filter(|_| matches!(item, Item::Event(..))) {
            let x = area.left() + whole.x_from_ms(event.start_ms).clamp(0.0, 1.0e5) as f32;
            painter.vline(
                x,
                area.y_range(),
                Stroke::new(theme::space::LINE_BOLD_PX, colors.accent),
            );
        }
    }

    let x = window(canvas);
    let inside = Rect::from_x_y_ranges(x, area.y_range()).shrink2(egui::vec2(0.0, 1.0));
    let veil = colors.panel.gamma_multiply(0.55);
    painter.rect_filled(area.with_max_x(inside.left()), 0.0, veil);
    painter.rect_filled(area.with_min_x(inside.right()), 0.0, veil);
    let stroke = Stroke::new(theme::space::HAIRLINE_PX, colors.accent);
    painter.rect_stroke(inside, space::RADIUS_PX / 2, stroke, StrokeKind::Inside);
    for edge in [inside.left(), inside.right()] {
        let (width_px, height_px) = theme::timeline::MINIMAP_HANDLE_PX;
        // Whole also at the ends of the strip.
        let within = area.x_range().shrink(0.5 * width_px);
        let at = pos2(within.clamp(edge), area.center().y);
        let handle = Rect::from_center_size(at, egui::vec2(width_px, height_px));
        painter.rect_filled(handle, 2, colors.accent);
    }
    let hairline = Stroke::new(space::HAIRLINE_PX, colors.rule);
    painter.hline(area.x_range(), area.bottom() - 0.5, hairline);
    if response.has_focus() {
        focus_ring(ui, area.shrink(theme::space::FOCUS_RING_PX));
    }
    response
}

/// The columns that hold something found.
fn found<'a>(canvas: &Canvas<'_>, view: &'a mut MinimapView) -> &'a [u16] {
    let timeline = &canvas.state.timeline;
    let key = (timeline.hits_revision, key(canvas));
    if view.found_key != Some(key) {
        view.found_key = Some(key);
        let lanes = timeline.tree.shown_lanes();
        let columns = timeline
            .hits
            .columns(&lanes, &axis(canvas), COLUMN_PX.into());
        let found = columns.into_iter().zip(0_u16..);
        view.found = found
            .filter(|(count, _)| *count > 0)
            .map(|(_, at)| at)
            .collect();
    }
    &view.found
}

/// What the columns depend on.
fn key(canvas: &Canvas<'_>) -> (u64, u64, f64) {
    let index = canvas.data.index.id();
    let tree = canvas.state.timeline.tree.revision();
    (index, tree, f64::from(canvas.minimap.width()))
}

/// The density as one mesh.
fn columns(canvas: &Canvas<'_>, view: &mut MinimapView) -> Arc<Mesh> {
    let index = &canvas.data.index;
    let tree = &canvas.state.timeline.tree;
    let area = canvas.minimap;
    let color = canvas.colors.mark;
    let key = key(canvas);
    if view.key != Some(key) {
        view.key = Some(key);
        let lanes = tree.shown_lanes();
        view.columns = density(index, &lanes, &axis(canvas), f64::from(COLUMN_PX));
        view.mesh = None;
    }
    if let Some((of, with, mesh)) = &view.mesh
        && *of == area
        && *with == color
    {
        return Arc::clone(mesh);
    }
    // A few events are few, also where there are no more: they do not fill the strip.
    let most = view.columns.iter().copied().max().unwrap_or(0).max(4);
    let scale = 1.0 / (most as f32).sqrt();
    let room_px = area.height() - 6.0;
    let mut mesh = Mesh::default();
    for (&count, at) in view.columns.iter().zip(0_u16..) {
        if count == 0 {
            continue;
        }
        let left = area.left() + f32::from(at) * COLUMN_PX;
        let height_px = (room_px * (count as f32).sqrt() * scale).max(2.0);
        let top = area.bottom() - 3.0 - height_px;
        let rect = Rect::from_min_max(pos2(left, top), pos2(left + COLUMN_PX, area.bottom() - 3.0));
        mesh.add_colored_rect(rect, color);
    }
    let mesh = Arc::new(mesh);
    view.mesh = Some((area, color, Arc::clone(&mesh)));
    mesh
}
