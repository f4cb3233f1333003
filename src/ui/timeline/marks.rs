//! Marks of events: how each kind looks, and what the pointer does to them.
//!
//! Form and status are told by shape, never by color alone: a disc is a moment, a framed bar some time
//! within a unit, a bar with a strong foot all the time of a range; a ring was announced, a ring with a dot
//! planned, half a disc claimed, a crossed ring cancelled, a broken disc disputed.

use super::super::theme::{self, Face, size, space};
use super::canvas::Canvas;
use super::ink::Ink;
use super::{TimelineView, card, focus_ring, menus, send, titles};
use crate::command::Command;
use crate::state::{Action, TimelineAction};
use crate::timeline::{Body, Edge, Frame, Label, MarkShape, PlacedMark, StatusLook};
use egui::{
    Align2, Color32, EventFilter, Painter, Pos2, Rangef, Rect, Role, Sense, Shape, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

const RADIUS_PX: f32 = theme::timeline::MARKS_RADIUS_PX;
const SOFT_PX: f32 = theme::timeline::MARKS_SOFT_PX;
const OPEN_FADE_PX: f32 = theme::timeline::MARKS_OPEN_FADE_PX;
const LIFT_PX: f32 = theme::timeline::MARKS_LIFT_PX;

/// Inks of one mark.
#[derive(Clone, Copy)]
pub(super) struct Tone {
    pub(super) mark: Color32,
    /// What lies behind it, for holes.
    pub(super) ground: Color32,
}

/// Draws all marks and their titles.
pub(super) fn paint(ui: &Ui, ink: &mut Ink, canvas: &Canvas<'_>, frame: &Frame) {
    let painter = ui.painter();
    let colors = canvas.colors;
    let (selected, hovered) = (&canvas.state.selected, &canvas.state.hovered);
    let hits = &canvas.state.timeline.hits;
    for mark in &frame.marks {
        let rect = mark.rect.translate(canvas.offset());
        let item = canvas.data.item_of(mark.item);
        let is_chosen = item.is_some() && item == canvas.state.selection;
        let is_related = item.is_some_and(|item| selected.contains(item));
        let is_hovered = item.is_some_and(|item| hovered.contains(item));
        let mut tone = Tone {
            mark: match mark.shape.status {
                StatusLook::Occurred | StatusLook::Disputed | StatusLook::Other => colors.mark,
                _ => colors.mark_weak,
            },
            ground: colors.panel,
        };
        if mark.shape.superseded {
            tone.mark = colors.mark_weak;
        }
        let ground = match (is_chosen, is_related, is_hovered) {
            (true, _, _) => Some(colors.selected),
            (_, true, _) => Some(colors.related),
            (_, _, true) => Some(colors.hovered),
            _ => None,
        };
        if let Some(ground) = ground {
            tone.ground = ground;
            let around = whole(canvas, mark).expand2(theme::timeline::MARK_GROUND_PX);
            ink.grounds
                .push(Shape::rect_filled(around, space::RADIUS_PX, ground));
            if is_chosen {
                let stroke = Stroke::new(theme::space::LINE_MEDIUM_PX, colors.accent);
                let kind = egui::StrokeKind::Outside;
                ink.grounds
                    .push(Shape::rect_stroke(around, space::RADIUS_PX, stroke, kind));
            }
        }
        if hits.contains(mark.item) {
            let around = whole(canvas, mark).expand2(theme::timeline::MARK_FOUND_PX);
            found(ink, around, canvas);
        }
        if is_chosen || is_related {
            tone.mark = colors.accent;
        }
        let inside = mark.label.filter(|label| label.x < mark.rect.right());
        let title_end = inside.map(|label| label.x + label.width_px);
        let title_end = title_end.map(|end| end + canvas.offset().x);
        draw(painter, ink, rect, canvas.plot, mark.shape, tone, title_end);
        // A title stands clear of the foot of its bar.
        let lift = if inside.is_some() { -LIFT_PX } else { 0.0 };
        let rect = rect.translate(vec2(0.0, lift));
        if let Some(label) = mark.label {
            let is_weak = mark.shape.superseded || mark.shape.status == StatusLook::Cancelled;
            let color = if is_weak {
                colors.text_weak
            } else {
                colors.text
            };
            let struck = mark.shape.status == StatusLook::Cancelled;
            title(painter, ink, canvas, mark.item, rect, label, color, struck);
        }
    }
}

/// Marks a place as found by a search: a tinted ground with an outline, as a highlighter leaves it.
pub(super) fn found(ink: &mut Ink, around: Rect, canvas: &Canvas<'_>) {
    let color = canvas.colors.found;
    let ground = color.gamma_multiply(0.22);
    ink.grounds
        .push(Shape::rect_filled(around, space::RADIUS_PX, ground));
    let stroke = Stroke::new(theme::space::HAIRLINE_PX, color);
    let kind = egui::StrokeKind::Inside;
    ink.grounds
        .push(Shape::rect_stroke(around, space::RADIUS_PX, stroke, kind));
}

/// A mark and its title together, in the window's coordinates.
pub(super) fn whole(canvas: &Canvas<'_>, mark: &PlacedMark) -> Rect {
    let mut rect = mark.rect;
    if let Some(label) = mark.label {
        rect.max.x = rect.max.x.max(label.x + label.width_px);
    }
    rect.translate(canvas.offset())
}

#[expect(
    clippy::too_many_arguments,
    reason = "a title has a place, an ink and words"
)]
pub(super) fn title(
    painter: &Painter,
    ink: &mut Ink,
    canvas: &Canvas<'_>,
    entry: u32,
    beside: Rect,
    label: Label,
    color: Color32,
    struck: bool,
) {
    let text = titles::title(&canvas.state.library, canvas.data, entry);
    let max_px = label.elided.then_some(label.width_px);
    let mut job = titles::line(text, titles::font(), color, max_px);
    if struck {
        for section in &mut job.sections {
            section.format.strikethrough = Stroke::new(theme::space::HAIRLINE_PX, color);
        }
    }
    let galley = painter.layout_job(job);
    let x = canvas.plot.left() + label.x;
    let at = pos2(x, beside.center().y - 0.5 * galley.size().y);
    ink.texts.push(Shape::galley(at, galley, color));
}

/// Draws one mark without its title; `window` is what of it can be seen. `title_end` is where a title inside of it ends.
pub(super) fn draw(
    painter: &Painter,
    ink: &mut Ink,
    rect: Rect,
    window: Rect,
    shape: MarkShape,
    tone: Tone,
    title_end: Option<f32>,
) {
    match shape.body {
        Body::Point => point(painter, ink, rect, shape, tone),
        Body::OneOf => one_of(ink, rect, window, tone),
        Body::Unit | Body::Range => bar(ink, rect, window, shape, tone, title_end),
    }
    if shape.uncertain && shape.body != Body::Point {
        let at = pos2(rect.left().max(window.left()) - 1.0, rect.top() + 3.0);
        question(painter, ink, at, tone.mark);
    }
}

fn question(painter: &Painter, ink: &mut Ink, at: Pos2, color: Color32) {
    let font = Face::SansSemibold.at(size::CAPTION_PX - 2.0);
    let galley = painter.layout_no_wrap("?".to_owned(), font, color);
    let at = at - 0.5 * galley.size();
    ink.texts.push(Shape::galley(at, galley, color));
}

fn point(painter: &Painter, ink: &mut Ink, rect: Rect, shape: MarkShape, tone: Tone) {
    let half = 0.5 * rect.height();
    let center = match (shape.left, shape.right) {
        (Edge::Beyond | Edge::Unknown | Edge::Open, _) => {
            pos2(rect.right() - half, rect.center().y)
        }
        (_, Edge::Beyond | Edge::Unknown | Edge::Open) => pos2(rect.left() + half, rect.center().y),
        _ => rect.center(),
    };
    if shape.left == Edge::Beyond {
        arrow(ink, center, pos2(rect.left(), center.y), tone.mark);
    }
    if shape.right == Edge::Beyond {
        arrow(ink, center, pos2(rect.right(), center.y), tone.mark);
    }
    let is_soft = shape.left == Edge::Soft || shape.right == Edge::Soft;
    let mut radius_px = RADIUS_PX;
    if is_soft {
        for (radius_px, strength) in [(8.0, 0.2), (6.5, 0.35)] {
            let color = tone.mark.gamma_multiply(strength);
            ink.shapes
                .push(Shape::circle_filled(center, radius_px, color));
        }
        radius_px = 4.0;
    }
    status_disc(ink, center, radius_px, shape.status, tone);
    if shape.uncertain {
        let at = center + vec2(RADIUS_PX + 1.0, -RADIUS_PX);
        ink.shapes.push(Shape::circle_filled(at, 5.0, tone.ground));
        question(painter, ink, at, tone.mark);
    }
}

/// A shaft with a head, to where the moment may lie.
fn arrow(ink: &mut Ink, from: Pos2, to: Pos2, color: Color32) {
    let back = (from.x - to.x).signum() * 5.0;
    ink.stroke(from, to, 2.0, color);
    let points = vec![
        to,
        pos2(to.x + back, to.y - 4.0),
        pos2(to.x + back, to.y + 4.0),
    ];
    ink.shapes
        .push(Shape::convex_polygon(points, color, Stroke::NONE));
}

fn status_disc(ink: &mut Ink, center: Pos2, radius_px: f32, status: StatusLook, tone: Tone) {
    let Tone { mark, ground } = tone;
    let disc = |radius_px: f32, color: Color32| Shape::circle_filled(center, radius_px, color);
    let ring = [disc(radius_px + 0.5, mark), disc(radius_px - 1.25, ground)];
    let line = |from: egui::Vec2, to: egui::Vec2, width_px: f32, color: Color32| {
        Shape::line_segment([center + from, center + to], Stroke::new(width_px, color))
    };
    match status {
        StatusLook::Occurred => ink.shapes.push(disc(radius_px, mark)),
        StatusLook::Announced => ink.shapes.extend(ring),
        StatusLook::Planned => {
            ink.shapes.extend(ring);
            ink.shapes.push(disc(1.75, mark));
        }
        StatusLook::Claimed => {
            ink.shapes.extend(ring);
            let half = (0..=8_u8).map(|step| {
                let angle = std::f32::consts::PI * (0.5 + f32::from(step) / 8.0);
                center + radius_px * vec2(angle.cos(), angle.sin())
            });
            let half = half.collect();
            ink.shapes
                .push(Shape::convex_polygon(half, mark, Stroke::NONE));
        }
        StatusLook::Disputed => {
            ink.shapes.push(disc(radius_px + 0.5, mark));
            let reach = vec2(radius_px, -radius_px);
            ink.shapes.push(line(-reach, reach, 2.5, ground));
        }
        StatusLook::Cancelled => {
            ink.shapes.extend(ring);
            let reach = vec2(radius_px + 1.0, -radius_px - 1.0);
            ink.shapes.push(line(-reach, reach, 1.75, mark));
        }
        StatusLook::Other => {
            let square = Rect::from_center_size(center, theme::timeline::MARK_SQUARE_PX);
            ink.rect(square.x_range(), square.y_range(), mark);
        }
    }
}

/// Brackets at the earliest and the latest, dots between.
fn one_of(ink: &mut Ink, rect: Rect, window: Rect, tone: Tone) {
    let color = tone.mark;
    let inner = rect.shrink2(vec2(0.0, 1.0));
    for (x, way) in [(inner.left(), 1.0), (inner.right(), -1.0)] {
        ink.stroke(pos2(x, inner.top()), pos2(x, inner.bottom()), 2.0, color);
        for y in [inner.top() + 0.75, inner.bottom() - 0.75] {
            ink.stroke(pos2(x, y), pos2(x + way * 4.0, y), 1.5, color);
        }
    }
    let seen = Rangef::new(
        (rect.left() + 4.0).max(window.left()),
        (rect.right() - 4.0).min(window.right()),
    );
    let bottom = Rangef::new(inner.bottom() - 2.0, inner.bottom());
    ink.dashes(seen, bottom, color, 2.0, 4.0);
}

fn bar(
    ink: &mut Ink,
    rect: Rect,
    window: Rect,
    shape: MarkShape,
    tone: Tone,
    title_end: Option<f32>,
) {
    let title_end = title_end.unwrap_or(f32::NEG_INFINITY);
    let color = tone.mark;
    let fade_px = |edge: Edge| match edge {
        Edge::Sharp | Edge::Beyond => 0.0,
        Edge::Soft => SOFT_PX,
        Edge::Open => OPEN_FADE_PX,
        Edge::Unknown => crate::timeline::TAIL_PX,
    };
    // An edge without end fades where the window ends.
    let left = match shape.left {
        Edge::Open => rect.left().max(window.left()),
        _ => rect.left(),
    };
    let right = match shape.right {
        Edge::Open => rect.right().min(window.right()),
        _ => rect.right(),
    };
    let x = Rangef::new(left, right);
    let seen = Rangef::new(
        x.min.max(window.left() - 8.0),
        x.max.min(window.right() + 8.0),
    );
    let fades = (fade_px(shape.left), fade_px(shape.right));
    let y = rect.y_range();
    let is_range = shape.body == Body::Range;
    let (top, foot) = (
        Rangef::new(y.min, y.min + 1.0),
        Rangef::new(y.max - if is_range { 3.0 } else { 1.0 }, y.max),
    );
    let fill = color.gamma_multiply(if is_range { 0.28 } else { 0.16 });
    match shape.status {
        StatusLook::Announced | StatusLook::Planned | StatusLook::Cancelled => {}
        _ => ink.band(x, y, fill, fades),
    }
    match shape.status {
        StatusLook::Planned => {
            ink.dashes(seen, top, color, 5.0, 4.0);
            ink.dashes(seen, foot, color, 5.0, 4.0);
        }
        StatusLook::Claimed => ink.dashes(seen, foot, color, 2.0, 3.0),
        _ => ink.band(x, foot, color, fades),
    }
    let is_framed = !is_range
        || matches!(
            shape.status,
            StatusLook::Announced | StatusLook::Cancelled | StatusLook::Other
        );
    if is_framed && shape.status != StatusLook::Planned {
        ink.band(x, top, color, fades);
    }
    if shape.status == StatusLook::Cancelled {
        let middle = Rangef::new(rect.center().y - 0.75, rect.center().y + 0.75);
        ink.band(x, middle, color, fades);
    }
    if shape.status == StatusLook::Disputed {
        let mut at = seen.min;
        while at < seen.max {
            let to = pos2((at + 7.0).min(x.max), y.min);
            // Under its title the hatching steps back.
            let strength = if at < title_end { 0.2 } else { 0.7 };
            ink.stroke(pos2(at, y.max), to, 1.0, color.gamma_multiply(strength));
            at += 9.0;
        }
    }
    for (edge, at) in [(shape.left, x.min), (shape.right, x.max)] {
        if matches!(edge, Edge::Sharp) {
            let width_px = if is_range { 2.0 } else { 1.0 };
            let inside = if at == x.min { at } else { at - width_px };
            ink.rect(Rangef::new(inside, inside + width_px), y, color);
        }
    }
    if shape.right == Edge::Open {
        chevron(ink, pos2(x.max - 4.0, rect.center().y), -4.0, color);
    }
    if shape.left == Edge::Open {
        chevron(ink, pos2(x.min + 4.0, rect.center().y), 4.0, color);
    }
}

/// An open arrow head whose tip is at a point.
fn chevron(ink: &mut Ink, tip: Pos2, back_px: f32, color: Color32) {
    for side in [-4.0, 4.0] {
        let end = pos2(tip.x + back_px, tip.y + side);
        let stroke = Stroke::new(theme::space::LINE_MEDIUM_PX, color);
        ink.shapes.push(Shape::line_segment([end, tip], stroke));
    }
}

/// Lets the marks be pointed at, selected, and found without eyes.
pub(super) fn show(
    ui: &Ui,
    canvas: &Canvas<'_>,
    frame: &Frame,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    let state = canvas.state;
    // When the selection walks on, the keyboard's focus goes with it.
    let walked = view.hands.selection != state.selection && view.hands.focus.is_some();
    view.hands.selection = state.selection;
    let had_focus = view.hands.focus.take();
    for mark in &frame.marks {
        let rect = whole(canvas, mark)
            .expand2(theme::timeline::MARK_REACH_PX)
            .intersect(canvas.plot);
        let Some(item) = canvas
            .data
            .item_of(mark.item)
            .filter(|_| rect.is_positive())
        else {
            continue;
        };
        let id = canvas.id.with(("event", mark.item));
        let response = ui.interact(rect, id, Sense::click());
        let is_selected = state.selection == Some(item);
        response.widget_info(|| {
            let mut name = view.titles.name(state, canvas.zone, mark.item);
            if state.timeline.hits.contains(mark.item) {
                name.push_str(", found");
            }
            WidgetInfo::selected(Role::Button, true, is_selected, name)
        });
        if walked && is_selected && had_focus != Some(mark.item) {
            response.request_focus();
        }
        if response.has_focus() {
            view.hands.focus = Some(mark.item);
            focus_ring(ui, rect);
            // The arrows walk in time, not among widgets.
            let filter = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        if response.double_clicked() {
            send(actions, TimelineAction::Fit(vec![item]));
        } else if response.clicked() {
            let by_key = !ui.input(|input| input.pointer.any_click());
            actions.push(match is_selected && by_key {
                true => Action::Run(Command::OpenSource),
                false => Action::Select(item),
            });
        }
        if response.secondary_clicked() || response.has_focus() {
            view.menu = Some(mark.item);
        }
        if view.menu == Some(mark.item) {
            menus::event(&response, canvas.state, canvas.zone, item, actions);
        }
        if response.hovered() {
            actions.push(Action::Hover(Some(item)));
            let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
            response.on_hover_ui_at_pointer(|ui| card::show(ui, state, canvas.zone, mark.item));
        }
    }
}

/// A short text in the middle of a place, for clusters.
pub(super) fn centered(painter: &Painter, ink: &mut Ink, at: Pos2, text: &str, color: Color32) {
    let font = Face::SansSemibold.at(size::CAPTION_PX);
    let galley = painter.layout_no_wrap(text.to_owned(), font, color);
    let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size());
    ink.texts.push(Shape::galley(rect.min, galley, color));
}
