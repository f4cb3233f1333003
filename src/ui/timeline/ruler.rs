//! The ruler: two rows of labels, the selected range, the time under the pointer.

use super::super::theme::{self, Face, size, space};
use super::canvas::Canvas;
use super::{focus_ring, titles};
use crate::date::{Instant, Precision, duration_words, format_instant};
use crate::number::plural;
use crate::timeline::{Ruler, ruler};
use egui::{
    Align2, Color32, Mesh, Painter, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};
use std::ops::Range;

/// Both rows.
pub(super) const HEIGHT_PX: f32 = theme::timeline::RULER_HEIGHT_PX;

const ROW_PX: f32 = 0.5 * HEIGHT_PX;

/// A label at the window's edge has faded when so much of it would be cut.
const CUT_FADE_PX: f32 = theme::timeline::RULER_CUT_FADE_PX;

/// The ticks of this frame.
pub(super) fn rule(ui: &Ui, canvas: &Canvas<'_>) -> Ruler {
    let font = titles::font();
    ui.fonts_mut(|fonts| {
        ruler(
            &canvas.axis,
            canvas.zone,
            canvas.state.settings.weeks,
            &mut |text| {
                let letters = text.chars().map(|letter| fonts.glyph_width(&font, letter));
                letters.sum()
            },
        )
    })
}

pub(super) fn show(ui: &Ui, canvas: &Canvas<'_>, ruled: &Ruler) -> Response {
    let response = ui.interact(
        canvas.ruler,
        canvas.id.with("ruler"),
        Sense::click_and_drag(),
    );
    response.widget_info(|| {
        let seen = canvas.axis.visible();
        let words = |instant| format_instant(instant, precision(canvas), canvas.zone);
        let mut name = format!("Ruler, {} to {}", words(seen.start), words(seen.end));
        if let Some(range) = &canvas.state.timeline.range {
            name += &format!(", range of {}", range_words(canvas, range));
        }
        WidgetInfo::labeled(Role::Canvas, true, name)
    });
    let painter = ui.painter_at(canvas.ruler);
    let colors = canvas.colors;
    painter.rect_filled(canvas.ruler, 0.0, colors.panel);
    paint_ticks(&painter, canvas, ruled);
    paint_majors(&painter, canvas, ruled);
    let bottom = canvas.ruler.bottom() - 0.5;
    let hairline = Stroke::new(space::HAIRLINE_PX, colors.outline);
    painter.hline(canvas.ruler.x_range(), bottom, hairline);
    paint_now(ui, canvas);
    paint_length(&painter, canvas);
    paint_pointer(ui, canvas);
    if response.has_focus() {
        focus_ring(ui, canvas.ruler.shrink(2.0));
    }
    response.on_hover_cursor(egui::CursorIcon::ResizeHorizontal)
}

fn paint_ticks(painter: &Painter, canvas: &Canvas<'_>, ruled: &Ruler) {
    let colors = canvas.colors;
    let left = canvas.ruler.left();
    let middle = canvas.ruler.top() + ROW_PX;
    let bottom = canvas.ruler.bottom();
    let mut mesh = Mesh::default();
    for tick in &ruled.ticks {
        let x = painter.round_to_pixel_center(left + tick.x);
        let height_px = if tick.label.is_some() { 6.0 } else { 3.0 };
        let rect = Rect::from_min_max(pos2(x - 0.5, bottom - height_px), pos2(x + 0.5, bottom));
        mesh.add_colored_rect(rect, colors.outline.gamma_multiply(tick.alpha));
        if let Some(label) = &tick.label {
            let galley = painter.layout_no_wrap(label.text.clone(), titles::font(), colors.text);
            let center = pos2(x, middle + 0.5 * (ROW_PX - 6.0));
            let rect = Align2::CENTER_CENTER.anchor_size(center, galley.size());
            // A label that would be cut fades out instead.
            let cut_px =
                (canvas.ruler.left() - rect.left()).max(rect.right() - canvas.ruler.right());
            let whole = 1.0 - (cut_px / CUT_FADE_PX).clamp(0.0, 1.0);
            let color = colors.text.gamma_multiply(label.alpha * whole);
            painter.galley_with_override_text_color(rect.min, galley, color);
        }
    }
    painter.add(Shape::mesh(mesh));
}

fn paint_majors(painter: &Painter, canvas: &Canvas<'_>, ruled: &Ruler) {
    let colors = canvas.colors;
    let left = canvas.ruler.left();
    let top = canvas.ruler.top();
    let hairline = Stroke::new(space::HAIRLINE_PX, colors.rule);
    for major in &ruled.majors {
        if let Some(x) = major.x {
            painter.vline(left + x, canvas.ruler.y_range(), hairline);
        }
        let at = pos2(left + major.label_x, top + 0.5 * ROW_PX + 1.0);
        let font = Face::SansSemibold.at(size::CAPTION_PX);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            &major.label,
            font,
            colors.text_weak,
        );
    }
}

/// The selected range over the lanes.
pub(super) fn paint_range(painter: &Painter, canvas: &Canvas<'_>) {
    let Some(x) = range_x(canvas) else { return };
    let accent = canvas.colors.accent;
    let rect = Rect::from_x_y_ranges(x, canvas.plot.y_range());
    painter.rect_filled(rect, 0.0, accent.gamma_multiply(0.10));
    let stroke = Stroke::new(theme::space::HAIRLINE_PX, accent.gamma_multiply(0.7));
    painter.vline(x.min, canvas.plot.y_range(), stroke);
    painter.vline(x.max, canvas.plot.y_range(), stroke);
}

/// Where the edges of the range stand in the window.
pub(super) fn range_x(canvas: &Canvas<'_>) -> Option<Rangef> {
    let range = canvas.state.timeline.range.as_ref()?;
    Some(Rangef::new(
        canvas.x_of(range.start),
        canvas.x_of(range.end),
    ))
}

/// How long a range is, and how many events lie in it: `2 days · 1,204 events`.
fn range_words(canvas: &Canvas<'_>, range: &Range<Instant>) -> String {
    let inside = canvas.data.index.count_in(range.start.0..range.end.0);
    let length = duration_words(range.end.0.abs_diff(range.start.0));
    format!("{length} · {}", plural(inside, "event"))
}

/// The range on the ruler, with its length in words and its events in number.
fn paint_length(painter: &Painter, canvas: &Canvas<'_>) {
    let Some((x, range)) = range_x(canvas).zip(canvas.state.timeline.range.as_ref()) else {
        return;
    };
    let colors = canvas.colors;
    let rect = Rect::from_x_y_ranges(x, canvas.ruler.y_range());
    painter.rect_filled(rect, 0.0, colors.accent.gamma_multiply(0.18));
    for edge in [x.min, x.max] {
        painter.vline(
            edge,
            canvas.ruler.y_range(),
            Stroke::new(theme::space::LINE_BOLD_PX, colors.accent),
        );
    }
    let words = range_words(canvas, range);
    let seen = rect.intersect(canvas.ruler);
    if seen.width() > 0.0 {
        let at = pos2(seen.center().x, canvas.ruler.top() + 0.5 * ROW_PX);
        chip(
            painter,
            canvas.ruler,
            at,
            &words,
            colors.accent,
            colors.on_accent,
        );
    }
}

/// The present moment: a dashed line over the lanes, named on the ruler.
fn paint_now(ui: &Ui, canvas: &Canvas<'_>) {
    /// The line need not move by less than a pixel; nor is anybody waiting for it by the frame.
    const MIN_WAIT_MS: f64 = 1_000.0;
    const MAX_WAIT_MS: f64 = 60_000.0;
    let now = canvas.state.now.filter(|_| canvas.state.settings.now_line);
    let Some(now) = now else { return };
    let wait_ms = canvas.axis.view.ms_per_px().clamp(MIN_WAIT_MS, MAX_WAIT_MS);
    ui.request_repaint_after_secs((wait_ms / 1_000.0) as f32);
    let x = canvas.axis.x_from_instant(now);
    if x < 0.0 || x > canvas.axis.view.width_px() {
        return;
    }
    let (colors, x) = (canvas.colors, canvas.x_of(now));
    let line = [pos2(x, canvas.plot.top()), pos2(x, canvas.plot.bottom())];
    let stroke = Stroke::new(theme::space::LINE_MEDIUM_PX, colors.text_weak);
    ui.painter_at(canvas.plot)
        .extend(Shape::dashed_line(&line, stroke, 6.0, 4.0));
    let painter = ui.painter_at(canvas.ruler);
    let at = pos2(x, canvas.ruler.top() + 0.5 * ROW_PX);
    chip(
        &painter,
        canvas.ruler,
        at,
        "Now",
        colors.text_weak,
        colors.panel,
    );
}

/// A hairline at the pointer and its time on the ruler.
fn paint_pointer(ui: &Ui, canvas: &Canvas<'_>) {
    let area = canvas.ruler.union(canvas.plot);
    if !ui.rect_contains_pointer(area) {
        return;
    }
    let Some(at) = ui.input(|input| input.pointer.hover_pos()) else {
        return;
    };
    let colors = canvas.colors;
    let stroke = Stroke::new(
        theme::space::HAIRLINE_PX,
        colors.outline.gamma_multiply(0.6),
    );
    ui.painter_at(area)
        .vline(at.x, canvas.plot.y_range(), stroke);
    let instant = canvas.axis.instant_from_x(canvas.axis_x(at));
    let words = format_instant(instant, precision(canvas), canvas.zone);
    let at = pos2(at.x, canvas.ruler.bottom() - 0.5 * ROW_PX);
    let painter = ui.painter_at(canvas.ruler);
    chip(
        &painter,
        canvas.ruler,
        at,
        &words,
        colors.text,
        colors.panel,
    );
}

/// Text on a ground of its own, held inside an area.
fn chip(painter: &Painter, area: Rect, at: Pos2, text: &str, ground: Color32, color: Color32) {
    let galley = painter.layout_no_wrap(text.to_owned(), titles::font(), color);
    let wanted = Rect::from_center_size(at, galley.size() + vec2(space::MEDIUM_PX, 0.0));
    let shift = (area.left() + 2.0 - wanted.left()).max(0.0)
        - (wanted.right() - area.right() + 2.0).max(0.0);
    let rect = wanted.translate(vec2(shift, 0.0));
    painter.rect_filled(rect, space::RADIUS_PX, ground);
    let at = rect.center() - 0.5 * galley.size();
    painter.galley(at, galley, color);
}

/// The finest unit that a pixel still tells apart.
pub(super) fn precision(canvas: &Canvas<'_>) -> Precision {
    const UNITS: [(f64, Precision); 5] = [
        (100.0, Precision::Millisecond),
        (20_000.0, Precision::Second),
        (3_600_000.0, Precision::Minute),
        (86_400_000.0 * 5.0, Precision::Day),
        (86_400_000.0 * 60.0, Precision::Month),
    ];
    let ms_per_px = canvas.axis.view.ms_per_px();
    UNITS
        .iter()
        .find(|(most, _)| ms_per_px < *most)
        .map_or(Precision::Year, |(_, precision)| *precision)
}

/// The instant under a position, snapped to an edge of an event when one is near.
pub(super) fn instant_at(canvas: &Canvas<'_>, at: Pos2, snaps: bool) -> Instant {
    use crate::timeline::snap::{SNAP_PX, snap};
    let x = canvas.axis_x(at);
    let snapped = snaps.then(|| {
        let lanes = canvas.state.timeline.tree.shown_lanes();
        snap(&canvas.data.index, &lanes, &canvas.axis, x, SNAP_PX)
    });
    snapped
        .flatten()
        .unwrap_or_else(|| canvas.axis.instant_from_x(x))
}
