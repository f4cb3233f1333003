//! The lanes: their grounds, names at the left, density strips, collapsed stretches.

use super::super::theme::{self, Face, size, space};
use super::canvas::Canvas;
use super::hands::{Drag, Hands};
use super::ink::Ink;
use super::{focus_ring, icons, menus, send, titles};
use crate::date::{Instant, duration_words, format_instant};
use crate::model::Item;
use crate::number::plural;
use crate::state::{Action, TimelineAction};
use crate::timeline::{Frame, LaneFrame, LaneKind, LaneTree, Ruler};
use egui::{
    Align2, FontId, Mesh, Painter, Rangef, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

const INDENT_PX: f32 = theme::timeline::LANES_INDENT_PX;

/// How wide the names of lanes are, kept until they change.
#[derive(Default)]
pub(super) struct Gutter {
    /// The lanes they are of.
    of: Option<u64>,
    wanted_px: f32,
}

impl Gutter {
    /// As wide as the longest name, within a share of the pane.
    pub(super) fn width_px(&mut self, ui: &Ui, tree: &LaneTree, pane_px: f32) -> f32 {
        const LEAST_PX: f32 = theme::timeline::GUTTER_PX;
        let most_px = (pane_px * theme::timeline::GUTTER_SHARE)
            .clamp(LEAST_PX, theme::timeline::GUTTER_MOST_PX);
        let revision = tree.revision();
        if self.of != Some(revision) {
            self.of = Some(revision);
            self.wanted_px = LEAST_PX;
            ui.fonts_mut(|fonts| {
                for node in tree.nodes() {
                    let font = name_font(!node.children.is_empty());
                    let text = titles::head(&node.name, MAX_NAME_CHARS);
                    let letters = text.chars().map(|letter| fonts.glyph_width(&font, letter));
                    let name_px: f32 = letters.sum();
                    let whole_px = name_left_px(node.depth) + name_px + space::SMALL_PX;
                    self.wanted_px = self.wanted_px.max(whole_px.ceil());
                    // There may be thousands of lanes, and no more room than this.
                    if self.wanted_px >= theme::timeline::GUTTER_MOST_PX {
                        break;
                    }
                }
            });
        }
        self.wanted_px.min(most_px).min(0.3 * pane_px)
    }
}

/// No more of a name asks for room.
const MAX_NAME_CHARS: usize = 80;

/// Where a name begins in the gutter.
fn name_left_px(depth: u16) -> f32 {
    space::SMALL_PX + f32::from(depth) * INDENT_PX + INDENT_PX + 2.0
}

fn name_font(is_group: bool) -> FontId {
    let face = match is_group {
        true => Face::SansSemibold,
        false => Face::SansMedium,
    };
    face.at(size::CAPTION_PX)
}

/// Every second lane has a ground of its own; hairlines stand at labeled ticks.
pub(super) fn paint_grounds(painter: &Painter, canvas: &Canvas<'_>, frame: &Frame, ruled: &Ruler) {
    let (colors, plot) = (canvas.colors, canvas.plot);
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(plot, colors.panel);
    for lane in &frame.lanes {
        let y = lane_y(canvas, lane);
        if lane.node % 2 == 1 || lane.kind == LaneKind::Heading {
            mesh.add_colored_rect(Rect::from_x_y_ranges(plot.x_range(), y), colors.lane);
        }
        let below = Rangef::new(y.max - 1.0, y.max);
        mesh.add_colored_rect(Rect::from_x_y_ranges(plot.x_range(), below), colors.rule);
    }
    let mut line = |x: f32, alpha: f32| {
        let x = painter.round_to_pixel_center(plot.left() + x);
        let rect = Rect::from_x_y_ranges(Rangef::new(x - 0.5, x + 0.5), plot.y_range());
        mesh.add_colored_rect(rect, colors.grid.gamma_multiply(alpha));
    };
    for tick in &ruled.ticks {
        if let Some(label) = &tick.label {
            line(tick.x, 0.7 * label.alpha);
        }
    }
    for x in ruled.majors.iter().filter_map(|major| major.x) {
        line(x, 1.0);
    }
    painter.add(Shape::mesh(mesh));
}

fn lane_y(canvas: &Canvas<'_>, lane: &LaneFrame) -> Rangef {
    let top = canvas.plot.top();
    Rangef::new(top + lane.y.min, top + lane.y.max)
}

pub(super) fn paint_density(ink: &mut Ink, canvas: &Canvas<'_>, frame: &Frame) {
    let offset = canvas.offset();
    // What goes on is a calm ground; what begins stands out from it.
    let going_on = canvas
        .colors
        .mark
        .gamma_multiply(theme::timeline::GOING_ON_SHARE);
    let beyond = canvas
        .colors
        .mark
        .gamma_multiply(theme::timeline::BEYOND_SHARE);
    let begun = canvas
        .colors
        .mark
        .gamma_multiply(theme::timeline::BEGUN_SHARE);
    for lane in &frame.lanes {
        let Some(strip) = lane.strip else { continue };
        let range = lane.density.start as usize..lane.density.end as usize;
        for column in frame.density.get(range).unwrap_or_default() {
            let x = Rangef::new(column.x.min + offset.x, column.x.max + offset.x);
            let bottom = strip.max + offset.y;
            let begun_px = strip.span() * column.begun_level;
            let height_px = (strip.span() * column.level).max(1.0);
            let color = if column.is_beyond { beyond } else { going_on };
            let going_on_y = Rangef::new(bottom - height_px, bottom - begun_px);
            ink.rect(x, going_on_y, color);
            if begun_px > 0.0 {
                ink.rect(x, Rangef::new(bottom - begun_px, bottom), begun);
            }
        }
        paint_hits(ink, canvas, lane, strip);
        paint_selected(ink, canvas, frame, lane, strip);
    }
}

/// The selected event, where a strip stands for it: a line through it.
fn paint_selected(
    ink: &mut Ink,
    canvas: &Canvas<'_>,
    frame: &Frame,
    lane: &LaneFrame,
    strip: Rangef,
) {
    let is_event = |item: &Item| matches!(item, Item::Event(..));
    let selected = canvas.state.selection.filter(is_event).into_iter();
    let entries = selected.flat_map(|item| canvas.data.entries_of(item));
    let marks = lane.marks.start as usize..lane.marks.end as usize;
    let marks = frame.marks.get(marks).unwrap_or_default();
    let lanes = canvas.lanes_of(lane);
    let index = &canvas.data.index;
    for entry in entries {
        let is_here = index
            .locate(entry)
            .is_some_and(|(of, _)| lanes.contains(&of));
        let is_drawn = marks.iter().any(|mark| mark.item == entry);
        let Some(event) = index.get(entry).filter(|_| is_here && !is_drawn) else {
            continue;
        };
        let x = canvas.x_of(Instant(event.start_ms));
        let half_px = 0.5 * theme::space::LINE_BOLD_PX;
        let y = strip.translated(canvas.plot.top());
        let around = Rangef::new(x - half_px - 1.0, x + half_px + 1.0);
        ink.rect(around, y, canvas.colors.panel);
        ink.rect(
            Rangef::new(x - half_px, x + half_px),
            y,
            canvas.colors.accent,
        );
    }
}

/// What a search has found within a strip: ticks above it.
fn paint_hits(ink: &mut Ink, canvas: &Canvas<'_>, lane: &LaneFrame, strip: Rangef) {
    const COLUMN_PX: f32 = theme::timeline::LANES_COLUMN_PX;
    const TICK_PX: f32 = theme::timeline::LANES_TICK_PX;
    let hits = &canvas.state.timeline.hits;
    if hits.is_empty() {
        return;
    }
    let top = canvas.plot.top() + strip.min;
    let columns = hits.columns(&canvas.lanes_of(lane), &canvas.axis, COLUMN_PX.into());
    for (count, at) in columns.into_iter().zip(0_u16..) {
        if count > 0 {
            let left = canvas.plot.left() + f32::from(at) * COLUMN_PX;
            let x = Rangef::new(left, left + COLUMN_PX);
            ink.rect(x, Rangef::new(top, top + TICK_PX), canvas.colors.found);
        }
    }
}

/// One node a strip for those who cannot see it.
pub(super) fn show_density(ui: &Ui, canvas: &Canvas<'_>, frame: &Frame) {
    for lane in &frame.lanes {
        let Some(strip) = lane.strip else { continue };
        let rect =
            Rect::from_x_y_ranges(canvas.plot.x_range(), strip.translated(canvas.plot.top()))
                .intersect(canvas.plot);
        let id = canvas.id.with(("density", lane.node));
        let response = ui.interact(rect, id, Sense::hover());
        response.widget_info(|| {
            let events = plural(lane.counts.in_density as usize, "event");
            let name = name(canvas, lane.node);
            WidgetInfo::labeled(
                Role::Image,
                true,
                format!("{name}: {events}, too dense to tell apart; zoom in"),
            )
        });
        if let Some(words) = response
            .hover_pos()
            .and_then(|at| density_words(canvas, frame, lane, at))
        {
            response.on_hover_text_at_pointer(words);
        }
    }
}

/// How many events the column under the pointer holds, and when.
fn density_words(
    canvas: &Canvas<'_>,
    frame: &Frame,
    lane: &LaneFrame,
    at: egui::Pos2,
) -> Option<String> {
    let columns = lane.density.start as usize..lane.density.end as usize;
    let x = at.x - canvas.plot.left();
    let columns = frame.density.get(columns)?;
    let column = columns.iter().find(|column| column.x.contains(x))?;
    let start = canvas.axis.instant_from_x(f64::from(column.x.min));
    let when = format_instant(start, super::ruler::precision(canvas), canvas.zone);
    let count = plural(column.count as usize, "event");
    Some(if column.is_beyond {
        format!("{count} going on, {when}")
    } else {
        format!("{count}, {when}; double click to zoom in")
    })
}

trait Translated {
    fn translated(self, by: f32) -> Self;
}

impl Translated for Rangef {
    fn translated(self, by: f32) -> Self {
        Self::new(self.min + by, self.max + by)
    }
}

/// Collapsed stretches: a zigzag, and how long they really are.
pub(super) fn paint_gaps(painter: &Painter, canvas: &Canvas<'_>) {
    /// Half the width of a tooth, and the height of one.
    const TOOTH_PX: (f32, f32) = theme::timeline::TOOTH_PX;
    let (colors, plot) = (canvas.colors, canvas.plot);
    for gap in canvas.axis.gaps.iter() {
        let left = canvas.axis.view.x_from_ms(gap.shown_start_ms);
        let right = canvas.axis.view.x_from_ms(gap.shown_end_ms);
        if right < 0.0 || left > f64::from(plot.width()) {
            continue;
        }
        let x = plot.left() + (0.5 * (left + right)) as f32;
        let mut points = Vec::new();
        let mut y = plot.top();
        while y < plot.bottom() {
            let side = if points.len() % 2 == 0 { -1.0 } else { 1.0 };
            points.push(pos2(x + side * TOOTH_PX.0, y));
            y += TOOTH_PX.1;
        }
        painter.add(Shape::line(
            points,
            Stroke::new(theme::space::HAIRLINE_PX, colors.outline),
        ));
        let words = duration_words(gap.real_length_ms());
        let at = pos2(x + 2.0 * TOOTH_PX.0, plot.bottom() - space::SMALL_PX);
        painter.text(
            at,
            Align2::LEFT_BOTTOM,
            words,
            titles::font(),
            colors.text_weak,
        );
    }
}

/// The last part of a lane's path.
fn name<'a>(canvas: &'a Canvas<'_>, node: u32) -> &'a str {
    let node = canvas.state.timeline.tree.node(node);
    node.map_or("", |node| node.name.as_str())
}

pub(super) fn show_names(
    ui: &mut Ui,
    canvas: &Canvas<'_>,
    frame: &Frame,
    hands: &mut Hands,
    actions: &mut Vec<Action>,
) {
    let (colors, gutter) = (canvas.colors, canvas.gutter);
    // Beside minimap and ruler, too.
    let whole = gutter.with_min_y(canvas.minimap.top());
    ui.painter().rect_filled(whole, 0.0, colors.panel);
    grouping(ui, whole.with_max_y(canvas.plot.top()), canvas, actions);
    for lane in &frame.lanes {
        show_name(ui, canvas, lane, hands, actions);
    }
    let hairline = Stroke::new(space::HAIRLINE_PX, colors.rule);
    let painter = ui.painter();
    painter.vline(whole.right() - 0.5, whole.y_range(), hairline);
    painter.hline(
        gutter.x_range(),
        canvas.plot.top() - 0.5,
        Stroke::new(space::HAIRLINE_PX, colors.outline),
    );
    reorder(ui, canvas, frame, hands, actions);
}

/// The corner above the names: what the lanes stand for.
fn grouping(ui: &mut Ui, area: Rect, canvas: &Canvas<'_>, actions: &mut Vec<Action>) {
    let inner = area.shrink2(vec2(space::MEDIUM_PX, space::SMALL_PX));
    let mut corner = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(inner)
            .layout(egui::Layout::left_to_right(egui::Align::Max)),
    );
    let timeline = &canvas.state.timeline;
    egui::ComboBox::from_id_salt("group by")
        .selected_text(format!("By {}", timeline.grouping.name().to_lowercase()))
        .width(inner.width() - space::LARGE_PX)
        .show_ui(&mut corner, |ui| {
            for grouping in crate::state::Grouping::ALL {
                let is_now = timeline.grouping == grouping;
                if ui.selectable_label(is_now, grouping.name()).clicked() {
                    send(actions, TimelineAction::SetGrouping(grouping));
                }
            }
        })
        .response
        .accessible_name("Group lanes by");
}

fn show_name(
    ui: &Ui,
    canvas: &Canvas<'_>,
    lane: &LaneFrame,
    hands: &mut Hands,
    actions: &mut Vec<Action>,
) {
    let (colors, gutter) = (canvas.colors, canvas.gutter);
    let tree = &canvas.state.timeline.tree;
    let Some(node) = tree.node(lane.node) else {
        return;
    };
    let y = lane_y(canvas, lane);
    let rect = Rect::from_x_y_ranges(gutter.x_range(), y).intersect(gutter);
    if !rect.is_positive() {
        return;
    }
    let id = canvas.id.with(("lane", lane.node));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let is_group = !node.children.is_empty();
    response.widget_info(|| {
        let count = lane.counts.dated;
        let events = plural(count as usize, "event");
        WidgetInfo::labeled(
            Role::Button,
            true,
            match lane.kind {
                LaneKind::Heading => format!("Lane {}, open", node.name),
                LaneKind::Collapsed => format!("Lane {}, closed, {events}", node.name),
                LaneKind::Lane => format!("Lane {}, {events}", node.name),
            },
        )
    });
    let painter = ui.painter_at(gutter);
    if response.hovered() || response.dragged() {
        painter.rect_filled(rect.shrink(1.0), space::RADIUS_PX, colors.hovered);
    }
    let below = Stroke::new(space::HAIRLINE_PX, colors.rule);
    painter.hline(gutter.x_range(), y.max - 0.5, below);

    let row = name_row(rect, y.max);
    let left = row.left() + name_left_px(lane.depth);
    if is_group {
        let at = Rect::from_center_size(
            pos2(left + 4.0 - INDENT_PX, row.center().y),
            theme::timeline::TRIANGLE_PX,
        );
        painter.add(icons::triangle(at, !node.collapsed, colors.text_weak));
    }
    let room_px = row.right() - space::SMALL_PX - left;
    let font = name_font(is_group);
    // It has faded before too little of it is seen to read.
    let seen = ((row.bottom() - gutter.top()) / row.height()).clamp(0.5, 1.0);
    let color = colors.text.gamma_multiply(2.0 * seen - 1.0);
    let galley = painter.layout_job(titles::line(&node.name, font, color, Some(room_px)));
    let at = pos2(left, row.center().y - 0.5 * galley.size().y);
    let is_cut = galley.elided;
    painter.galley(at, galley, color);
    if lane.counts.hidden > 0 && rect.height() > 2.0 * row.height() {
        let text = format!("+{} hidden", lane.counts.hidden);
        let at = pos2(left, row.bottom() + 1.0);
        painter.text(at, Align2::LEFT_TOP, text, titles::font(), colors.text_weak);
    }
    if response.has_focus() {
        focus_ring(ui, rect.shrink(space::FOCUS_RING_PX));
    }
    if response.clicked() && is_group {
        let action = TimelineAction::SetCollapsed(lane.node, !node.collapsed);
        send(actions, action);
    }
    if response.drag_started() {
        hands.drag = Some(Drag::Lane { node: lane.node });
    }
    menus::lane(&response, canvas, lane.node, actions);
    if is_cut {
        response.on_hover_text(tree.path(lane.node));
    }
}

/// Where a lane has its name: at the top of what is seen of it, so that it stays in view while the lane is scrolled half out, and
/// out of the window with the lane's end, so that it never comes upon the next.
fn name_row(seen: Rect, end_px: f32) -> Rect {
    let row_px = theme::timeline::METRICS.heading_px;
    let top_px = seen.top().min(end_px - row_px);
    let top_left = pos2(seen.left(), top_px + 2.0);
    Rect::from_min_size(top_left, vec2(seen.width(), row_px))
}

/// A lane is moved by its name: a line shows where it would go.
fn reorder(
    ui: &Ui,
    canvas: &Canvas<'_>,
    frame: &Frame,
    hands: &mut Hands,
    actions: &mut Vec<Action>,
) {
    let Some(Drag::Lane { node }) = hands.drag else {
        return;
    };
    let (at, released) = ui.input(|input| {
        let pointer = &input.pointer;
        (pointer.latest_pos(), !pointer.any_down())
    });
    let tree = &canvas.state.timeline.tree;
    let parent = tree.node(node).and_then(|node| node.parent);
    let siblings: Vec<&LaneFrame> = frame
        .lanes
        .iter()
        .filter(|lane| {
            tree.node(lane.node)
                .is_some_and(|found| found.parent == parent)
        })
        .collect();
    if let Some(at) = at {
        let before = siblings
            .iter()
            .find(|lane| lane_y(canvas, lane).center() > at.y);
        let y = match (before, frame.lanes.last()) {
            (Some(lane), _) => lane_y(canvas, lane).min,
            (None, Some(last)) => lane_y(canvas, last).max,
            (None, None) => return,
        };
        let stroke = Stroke::new(theme::space::LINE_BOLD_PX, canvas.colors.accent);
        ui.painter().hline(canvas.gutter.x_range(), y, stroke);
        if released {
            let before = before.map(|lane| lane.node).filter(|&other| other != node);
            send(actions, TimelineAction::MoveLane(node, before));
        }
    }
    if released {
        hands.drag = None;
    }
}

/// A thin bar at the right edge when the lanes overflow.
pub(super) fn show_scroll_bar(ui: &Ui, canvas: &Canvas<'_>, frame: &Frame, scroll_px: &mut f32) {
    const BAR_PX: f32 = theme::timeline::LANES_BAR_PX;
    let plot = canvas.plot;
    let most_px = frame.most_scroll_px;
    if most_px <= 0.5 || plot.height() < 20.0 {
        return;
    }
    let track = plot.with_min_x(plot.right() - BAR_PX);
    let response = ui.interact(track, canvas.id.with("scroll"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Scroll the lanes"));
    let length_px = (plot.height() * plot.height() / (plot.height() + most_px)).max(20.0);
    let room_px = (track.height() - length_px).max(1.0);
    if let Some(at) = response.interact_pointer_pos() {
        let share = (at.y - track.top() - 0.5 * length_px) / room_px;
        *scroll_px = share.clamp(0.0, 1.0) * most_px;
        ui.request_repaint();
    }
    let top = track.top() + room_px * (*scroll_px / most_px).clamp(0.0, 1.0);
    let thumb = Rect::from_min_size(pos2(track.left() + 2.0, top), vec2(BAR_PX - 4.0, length_px));
    let is_active = response.hovered() || response.dragged();
    let strength = if is_active { 1.0 } else { 0.6 };
    let color = canvas.colors.outline.gamma_multiply(strength);
    ui.painter_at(plot).rect_filled(thumb, 2, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_lane_goes_out_of_view_with_it() {
        let plot = Rect::from_min_size(pos2(0.0, 100.0), vec2(150.0, 300.0));
        let row = |start_px: f32, end_px: f32| {
            let lane = Rect::from_x_y_ranges(plot.x_range(), start_px..=end_px);
            name_row(lane.intersect(plot), end_px)
        };
        let whole = row(100.0, 160.0);
        // Half out, it stays where it was.
        assert_eq!(row(60.0, 130.0), whole);
        // At the end it goes with the lane, as far from the next one as it is at rest.
        let next = row(110.0, 170.0);
        assert!(row(50.0, 110.0).bottom() - 2.0 <= 110.0);
        assert!(row(50.0, 110.0).top() < whole.top());
        assert!(next.top() > row(50.0, 110.0).bottom() - 2.0);
    }
}
