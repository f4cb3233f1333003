//! The ruler: two rows of labels, the selected range, the time under the pointer.

use super::super::theme::{self, Face, size, space};
use super::canvas::Canvas;
use super::{focus_ring, titles};
use crate::date::{Instant, Precision, duration_words, format_instant};
use crate::number::plural;
use crate::timeline::{Ruler, ruler};
use egui::{
    Align2, Color32, Galley, Id, Mesh, Painter, Pos2, Rangef, Rect, Response, Role, Sense, Shape,
    Stroke, Ui, WidgetInfo, pos2, vec2,
};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Both rows.
pub(super) const HEIGHT_PX: f32 = theme::timeline::RULER_HEIGHT_PX;

const ROW_PX: f32 = 0.5 * HEIGHT_PX;

/// Height of a tick that has a name.
const TICK_PX: f32 = theme::timeline::RULER_TICK_PX;

/// So near to the window's edge a label begins to fade, and is gone before the edge cuts it; below a chip it has faded when so much of it
/// is covered.
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
    let majors = majors(&painter, canvas, ruled);
    let chips = chips(ui, &painter, canvas, &majors);
    let labels = labels(ui, &painter, canvas, ruled, &chips);
    paint_range_ground(&painter, canvas);
    let hairline = Stroke::new(space::HAIRLINE_PX, colors.rule);
    for x in ruled.majors.iter().filter_map(|major| major.x) {
        upright(
            &painter,
            canvas,
            canvas.ruler.left() + x,
            hairline,
            [&majors, &labels],
        );
    }
    if let Some(x) = range_x(canvas) {
        let bold = Stroke::new(theme::space::LINE_BOLD_PX, colors.accent);
        upright(&painter, canvas, x.min, bold, [&majors, &labels]);
        upright(&painter, canvas, x.max, bold, [&majors, &labels]);
    }
    paint_ticks(&painter, canvas, ruled);
    for written in labels.into_iter().chain(majors) {
        let Written {
            rect,
            galley,
            color,
        } = written;
        painter.galley_with_override_text_color(rect.min, galley, color);
    }
    let bottom = canvas.ruler.bottom() - 0.5;
    let hairline = Stroke::new(space::HAIRLINE_PX, colors.outline);
    painter.hline(canvas.ruler.x_range(), bottom, hairline);
    for chip in chips {
        chip.paint(&painter);
    }
    paint_lines(ui, canvas);
    if response.has_focus() {
        focus_ring(ui, canvas.ruler.shrink(theme::space::FOCUS_RING_PX));
    }
    response.on_hover_cursor(egui::CursorIcon::ResizeHorizontal)
}

/// A name on the ruler and where it stands.
struct Written {
    rect: Rect,
    galley: Arc<Galley>,
    color: Color32,
}

/// The names of the lower row. One that an edge of the window or a chip would cut fades out instead.
fn labels(
    ui: &Ui,
    painter: &Painter,
    canvas: &Canvas<'_>,
    ruled: &Ruler,
    chips: &[Chip],
) -> Vec<Written> {
    let colors = canvas.colors;
    let mut strengths = BTreeMap::new();
    let mut written = Vec::new();
    for tick in &ruled.ticks {
        let Some(label) = &tick.label else { continue };
        let strength = *(strengths.entry(label.group))
            .or_insert_with(|| settled(ui, canvas.id.with(("labels", label.group)), label.alpha));
        if strength <= 0.0 {
            continue;
        }
        let x = painter.round_to_pixel_center(canvas.ruler.left() + tick.x);
        let galley = painter.layout_no_wrap(label.text.clone(), titles::font(), colors.text);
        let center = pos2(x, canvas.ruler.bottom() - 0.5 * (ROW_PX + TICK_PX));
        let rect = Align2::CENTER_CENTER.anchor_size(center, galley.size());
        let free_px = (rect.left() - canvas.ruler.left()).min(canvas.ruler.right() - rect.right());
        let covered_px = chips.iter().map(|chip| chip.covered_px(rect));
        let cut_px = covered_px.fold(0.0, f32::max);
        let whole = (free_px / CUT_FADE_PX).min(1.0 - cut_px / CUT_FADE_PX);
        let whole = whole.clamp(0.0, 1.0);
        if whole > 0.0 {
            written.push(Written {
                rect,
                galley,
                color: colors.text.gamma_multiply(strength * whole),
            });
        }
    }
    written
}

/// How strong labels are that have come so far with the zoom: they fade while the zoom changes, but none rests half faded, where it
/// could hardly be read.
fn settled(ui: &Ui, group: Id, alpha: f32) -> f32 {
    const COME_AT: f32 = 0.5;
    const GONE_AT: f32 = 0.25;
    let time_s = ui.style().animation_time;
    let shown = ui
        .ctx()
        .animate_bool_with_time(group, alpha >= COME_AT, time_s);
    // However fast the zoom: what is about to leave the ruler is all but invisible.
    shown * (alpha / GONE_AT).min(1.0)
}

/// The names of the upper row.
fn majors(painter: &Painter, canvas: &Canvas<'_>, ruled: &Ruler) -> Vec<Written> {
    let color = canvas.colors.text_weak;
    let seen = ruled.majors.iter().filter(|major| major.alpha > 0.0);
    seen.map(|major| {
        let font = Face::SansSemibold.at(size::CAPTION_PX);
        let galley = painter.layout_no_wrap(major.label.clone(), font, color);
        let at = pos2(
            canvas.ruler.left() + major.label_x,
            canvas.ruler.top() + 0.5 * ROW_PX + 1.0,
        );
        Written {
            rect: Align2::LEFT_CENTER.anchor_size(at, galley.size()),
            galley,
            color: color.gamma_multiply(major.alpha),
        }
    })
    .filter(|major| !major.galley.is_empty())
    .collect()
}

/// A line through both rows, which leaves out the names that it would strike through.
fn upright(painter: &Painter, canvas: &Canvas<'_>, x: f32, stroke: Stroke, names: [&[Written]; 2]) {
    let y = canvas.ruler.y_range();
    let [upper, lower] = names.map(|names| {
        names
            .iter()
            .any(|name| name.rect.expand(stroke.width).x_range().contains(x))
    });
    let middle = y.min + ROW_PX;
    if !upper {
        painter.vline(x, Rangef::new(y.min, middle), stroke);
    }
    let from = if lower { y.max - TICK_PX } else { middle };
    painter.vline(x, Rangef::new(from, y.max), stroke);
}

fn paint_ticks(painter: &Painter, canvas: &Canvas<'_>, ruled: &Ruler) {
    let (left, bottom) = (canvas.ruler.left(), canvas.ruler.bottom());
    let mut mesh = Mesh::default();
    for tick in &ruled.ticks {
        let x = painter.round_to_pixel_center(left + tick.x);
        let height_px = TICK_PX * if tick.label.is_some() { 1.0 } else { 0.5 };
        let rect = Rect::from_min_max(pos2(x - 0.5, bottom - height_px), pos2(x + 0.5, bottom));
        mesh.add_colored_rect(rect, canvas.colors.outline.gamma_multiply(tick.alpha));
    }
    painter.add(Shape::mesh(mesh));
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

/// How long a range is, and how much lies in it: `2 days · 1,204 events · 3,310 statements`.
fn range_words(canvas: &Canvas<'_>, range: &Range<Instant>) -> String {
    let length = duration_words(range.end.0.abs_diff(range.start.0));
    let mut words = format!(
        "{length} · {}",
        plural(canvas.state.events_in_range(), "event")
    );
    if let Some(within) = canvas.state.within_range() {
        words += &format!(" · {}", plural(within.statements, "statement"));
    }
    words
}

/// The ground of the range on the ruler.
fn paint_range_ground(painter: &Painter, canvas: &Canvas<'_>) {
    if let Some(x) = range_x(canvas) {
        let rect = Rect::from_x_y_ranges(x, canvas.ruler.y_range());
        painter.rect_filled(rect, 0.0, canvas.colors.accent.gamma_multiply(0.18));
    }
}

/// Words on a ground of their own, which stand before the names of the ruler.
struct Chip {
    rect: Rect,
    galley: Arc<Galley>,
    ground: Color32,
}

impl Chip {
    /// Lays it out about a place, held inside an area.
    fn new(
        painter: &Painter,
        area: Rect,
        at: Pos2,
        text: String,
        inks: (Color32, Color32),
    ) -> Self {
        let (ground, color) = inks;
        let galley = painter.layout_no_wrap(text, titles::font(), color);
        let wanted = Rect::from_center_size(at, galley.size() + vec2(space::MEDIUM_PX, 0.0));
        let shift = (area.left() + 2.0 - wanted.left()).max(0.0)
            - (wanted.right() - area.right() + 2.0).max(0.0);
        Self {
            rect: wanted.translate(vec2(shift, 0.0)),
            galley,
            ground,
        }
    }

    fn paint(self, painter: &Painter) {
        painter.rect_filled(self.rect, space::RADIUS_PX, self.ground);
        let at = self.rect.center() - 0.5 * self.galley.size();
        painter.galley(at, self.galley, self.ground);
    }

    /// By how much it, and the free space about it, reach over a name; below 0 when they do not.
    fn covered_px(&self, name: Rect) -> f32 {
        let around = self.rect.expand2(vec2(space::SMALL_PX, 0.0));
        if !around.y_range().intersects(name.y_range()) {
            return f32::NEG_INFINITY;
        }
        (around.right() - name.left()).min(name.right() - around.left())
    }
}

/// What stands before the names of the ruler: the present moment, the length of the range, the time at the pointer.
fn chips(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, majors: &[Written]) -> Vec<Chip> {
    let (colors, ruler) = (canvas.colors, canvas.ruler);
    let lower = ruler.bottom() - 0.5 * (ROW_PX + TICK_PX);
    let mut chips = Vec::new();
    // The day's name is what no other place tells: of the two rows, the present moment stands on the lower.
    if let Some(now) = now_x(canvas) {
        let inks = (colors.text_weak, colors.panel);
        let at = pos2(now, lower);
        chips.push(Chip::new(painter, ruler, at, "Now".to_owned(), inks));
    }
    chips.extend(length(painter, canvas, majors));
    if let Some(at) = pointer(ui, canvas) {
        let instant = canvas.axis.instant_from_x(canvas.axis_x(at));
        let words = format_instant(instant, precision(canvas), canvas.zone);
        let inks = (colors.text, colors.panel);
        chips.push(Chip::new(painter, ruler, pos2(at.x, lower), words, inks));
    }
    chips
}

/// The length of the range in words and its events in number: in the middle of what is seen of it, or beside the names of the
/// upper row, or, when they leave no room, on the lower row.
fn length(painter: &Painter, canvas: &Canvas<'_>, majors: &[Written]) -> Option<Chip> {
    let (x, range) = range_x(canvas).zip(canvas.state.timeline.range.as_ref())?;
    let (colors, ruler) = (canvas.colors, canvas.ruler);
    let seen = Rect::from_x_y_ranges(x, ruler.y_range()).intersect(ruler);
    if seen.width() <= 0.0 {
        return None;
    }
    let (upper, lower) = (
        ruler.top() + 0.5 * ROW_PX,
        ruler.bottom() - 0.5 * (ROW_PX + TICK_PX),
    );
    let inks = (colors.accent, colors.on_accent);
    let words = range_words(canvas, range);
    let mut chip = Chip::new(painter, ruler, pos2(seen.center().x, upper), words, inks);
    let is_free = |chip: &Chip| majors.iter().all(|name| chip.covered_px(name.rect) <= 0.0);
    if is_free(&chip) {
        return Some(chip);
    }
    let below = chip.rect.translate(vec2(0.0, lower - upper));
    let room = seen.shrink2(vec2(space::SMALL_PX, 0.0));
    let beside = majors.iter().map(|name| {
        let left = name.rect.right() + space::MEDIUM_PX;
        Rect::from_min_size(pos2(left, chip.rect.top()), chip.rect.size())
    });
    let middle = |rect: &Rect| (rect.center().x - seen.center().x).abs();
    let places =
        beside.filter(|rect| room.x_range().contains(rect.left()) && rect.right() <= room.right());
    let mut places: Vec<Rect> = places.collect();
    places.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    for rect in places {
        chip.rect = rect;
        if is_free(&chip) {
            return Some(chip);
        }
    }
    chip.rect = below;
    Some(chip)
}

/// Where the present moment stands, if it is shown and in view.
fn now_x(canvas: &Canvas<'_>) -> Option<f32> {
    let now = canvas
        .state
        .now
        .filter(|_| canvas.state.settings.now_line)?;
    let x = canvas.axis.x_from_instant(now);
    let is_seen = (0.0..=canvas.axis.view.width_px()).contains(&x);
    is_seen.then(|| canvas.x_of(now))
}

/// Where the pointer is, if it points at a time.
fn pointer(ui: &Ui, canvas: &Canvas<'_>) -> Option<Pos2> {
    let area = canvas.ruler.union(canvas.plot);
    let is_here = ui.rect_contains_pointer(area);
    let at = ui.input(|input| input.pointer.hover_pos());
    at.filter(|_| is_here)
}

/// The present moment and the time at the pointer as lines over the lanes.
fn paint_lines(ui: &Ui, canvas: &Canvas<'_>) {
    /// The line need not move by less than a pixel; nor is anybody waiting for it by the frame.
    const MIN_WAIT_MS: f64 = 1_000.0;
    const MAX_WAIT_MS: f64 = 60_000.0;
    let (colors, plot) = (canvas.colors, canvas.plot);
    if canvas.state.settings.now_line && canvas.state.now.is_some() {
        let wait_ms = canvas.axis.view.ms_per_px().clamp(MIN_WAIT_MS, MAX_WAIT_MS);
        ui.request_repaint_after_secs((wait_ms / 1_000.0) as f32);
    }
    if let Some(x) = now_x(canvas) {
        let line = [pos2(x, plot.top()), pos2(x, plot.bottom())];
        let stroke = Stroke::new(theme::space::LINE_MEDIUM_PX, colors.text_weak);
        ui.painter_at(plot)
            .extend(Shape::dashed_line(&line, stroke, 6.0, 4.0));
    }
    if let Some(at) = pointer(ui, canvas) {
        let color = colors.outline.gamma_multiply(0.6);
        let stroke = Stroke::new(theme::space::HAIRLINE_PX, color);
        ui.painter_at(plot).vline(at.x, plot.y_range(), stroke);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_on_the_ruler_rests_half_faded() {
        let context = egui::Context::default();
        let mut at_s = 0.0;
        for step in (0..=20).chain((0..20).rev()) {
            let alpha = 0.05 * step as f32;
            let mut strength = 0.5;
            // A quarter of a second, then the zoom goes on.
            for _ in 0..16 {
                at_s += 1.0 / 60.0;
                let input = egui::RawInput {
                    time: Some(at_s),
                    ..Default::default()
                };
                let mut output = context.run_ui(input, |ui| {
                    strength = settled(ui, Id::unique("labels"), alpha);
                });
                // Nothing is painted.
                output.textures_delta.clear();
            }
            assert!(strength == 0.0 || strength == 1.0, "{alpha}: {strength}");
            assert_eq!(strength == 1.0, alpha >= 0.5, "{alpha}");
        }
    }
}
