//! The drawn timeline: where its parts stand, and the order in which they are drawn.

use super::super::fade::Fade;
use super::super::theme::{self, Palette, palette};
use super::ink::Ink;
use super::{TimelineView, begin, clusters, hands, lanes, links, marks, minimap, ruler, send};
use crate::date::Zone;
use crate::state::{Action, State, TimelineAction, TimelineData};
use crate::timeline::{Axis, Counts, Frame, LaneFrame, LaneKind, Scene};
use egui::{Id, Pos2, Rect, Sense, Ui, Vec2, pos2};
use std::sync::Arc;

pub(super) const MINIMAP_PX: f32 = theme::timeline::MINIMAP_PX;

/// What all parts of the drawn timeline need.
pub(super) struct Canvas<'a> {
    pub(super) state: &'a State,
    pub(super) data: &'a TimelineData,
    pub(super) zone: &'a Zone,
    pub(super) colors: &'static Palette,
    /// The time on screen; 0 is the left edge of `plot`.
    pub(super) axis: Axis<'a>,
    pub(super) gutter: Rect,
    pub(super) minimap: Rect,
    pub(super) ruler: Rect,
    /// The lanes' area.
    pub(super) plot: Rect,
    pub(super) id: Id,
}

/// What the line at the bottom says of a frame.
pub(super) struct Status {
    pub(super) counts: Counts,
    /// Of the hidden, those in lanes that are scrolled out of sight.
    pub(super) out_of_sight: u32,
    /// Real time across the window.
    pub(super) span_ms: u64,
}

impl Canvas<'_> {
    /// From a frame's position to the window's.
    pub(super) fn offset(&self) -> Vec2 {
        self.plot.min.to_vec2()
    }

    /// The position of a point on the time axis.
    pub(super) fn axis_x(&self, at: Pos2) -> f64 {
        f64::from(at.x - self.plot.left())
    }

    /// The leaf lanes whose events a line of the timeline shows.
    pub(super) fn lanes_of(&self, lane: &LaneFrame) -> Vec<u32> {
        let tree = &self.state.timeline.tree;
        match lane.kind {
            LaneKind::Heading => Vec::new(),
            LaneKind::Lane => {
                let node = tree.node(lane.node);
                node.and_then(|node| node.lane).into_iter().collect()
            }
            LaneKind::Collapsed => tree.lanes_within(lane.node),
        }
    }

    /// Where an instant stands in the window, held to just outside of it.
    pub(super) fn x_of(&self, instant: crate::date::Instant) -> f32 {
        let x = self.axis.x_from_instant(instant);
        self.plot.left() + crate::timeline::scale::paintable_px(x, self.axis.view.width_px())
    }
}

pub(super) fn show(
    ui: &mut Ui,
    area: Rect,
    state: &State,
    zone: &Zone,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) -> Status {
    let gutter_px = view.gutter.width_px(ui, &state.timeline.tree, area.width());
    let left = area.left() + gutter_px;
    let minimap_px = match area.height() < theme::timeline::LOW_PX {
        true => 0.0,
        false => MINIMAP_PX,
    };
    let minimap = Rect::from_min_max(
        pos2(left, area.top()),
        pos2(area.right(), (area.top() + minimap_px).min(area.bottom())),
    );
    let ruler = Rect::from_min_max(
        minimap.left_bottom(),
        pos2(
            area.right(),
            (minimap.bottom() + ruler::HEIGHT_PX).min(area.bottom()),
        ),
    );
    let plot = Rect::from_min_max(ruler.left_bottom(), area.max);
    let width_px = f64::from(plot.width().max(1.0));
    if view.hands.width_px != width_px {
        view.hands.width_px = width_px;
        send(actions, TimelineAction::Resize(width_px));
    }

    let timeline = &state.timeline;
    let target = timeline.view(width_px);
    let shown = view.motion.follow(ui, target, timeline.leap);
    let canvas = Canvas {
        state,
        data: &timeline.data,
        zone,
        colors: palette(ui),
        axis: Axis::new(shown, &timeline.data.gaps),
        gutter: Rect::from_min_max(pos2(area.left(), plot.top()), plot.left_bottom()),
        minimap,
        ruler,
        plot,
        id: ui.scope_id().with("canvas"),
    };

    // What lies below takes the pointer only where nothing lies above.
    let ground = ui.interact(
        plot,
        canvas.id.with("ground"),
        Sense::click_and_drag() - Sense::FOCUSABLE,
    );
    view.scroll_px = view.motion.lanes_px(ui, view.scroll_px);
    scroll_to_revealed(ui, &canvas, view);
    let mut frame = lay_out(ui, &canvas, view, actions);
    let is_kept = begin::keep_revealed(&canvas, view);
    if begin::scroll(&canvas, view, frame.most_scroll_px) || is_kept {
        frame = lay_out(ui, &canvas, view, actions);
    }

    let drawn = Fade::begin(ui);
    let painter = ui.painter_at(plot);
    let ruled = ruler::rule(ui, &canvas);
    lanes::paint_grounds(&painter, &canvas, &frame, &ruled);
    ruler::paint_range(&painter, &canvas);
    links::paint(&painter, &canvas, &frame);
    let mut ink = Ink::default();
    lanes::paint_density(&mut ink, &canvas, &frame);
    clusters::paint(ui, &mut ink, &canvas, &frame);
    marks::paint(ui, &mut ink, &canvas, &frame);
    ink.paint(&painter);
    lanes::paint_gaps(&painter, &canvas);

    lanes::show_density(ui, &canvas, &frame);
    clusters::show(ui, &canvas, &frame, view, actions);
    marks::show(ui, &canvas, &frame, view, actions);
    lanes::show_names(ui, &canvas, &frame, &mut view.hands, actions);
    lanes::show_scroll_bar(ui, &canvas, &frame, &mut view.scroll_px);
    let whole = minimap::show(ui, &canvas, &mut view.minimap);
    view.fade.end(ui, drawn, canvas.data.index.id(), area);
    let rule = ruler::show(ui, &canvas, &ruled);
    let places = hands::Places {
        ground,
        ruler: rule,
        minimap: whole,
    };
    hands::act(ui, &canvas, &frame, &places, view, actions);

    let seen = canvas.axis.visible();
    let hidden_here: u32 = frame.lanes.iter().map(|lane| lane.counts.hidden).sum();
    Status {
        counts: frame.counts,
        out_of_sight: frame.counts.hidden.saturating_sub(hidden_here),
        span_ms: seen.end.0.abs_diff(seen.start.0),
    }
}

fn lay_out(
    ui: &Ui,
    canvas: &Canvas<'_>,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) -> Frame {
    let TimelineView {
        layout,
        titles,
        scroll_px,
        ..
    } = view;
    titles.update(canvas.state);
    let timeline = &canvas.state.timeline;
    let scene = Scene {
        index: &canvas.data.index,
        tree: &timeline.tree,
        axis: canvas.axis,
        height_px: canvas.plot.height().max(0.0),
        scroll_px: *scroll_px,
        metrics: &theme::timeline::METRICS,
        supersessions: &canvas.data.supersessions,
        merged: &timeline.merged,
        rows: &timeline.rows,
        placed: timeline.placed.as_ref(),
    };
    let font = super::titles::font();
    let frame = ui.fonts_mut(|fonts| {
        layout.frame(&scene, &mut |entry| {
            titles.width_px(fonts, &font, canvas.state, entry)
        })
    });
    // The answer wakes the window.
    if let Some(due) = frame.due.as_ref().filter(|due| !timeline.is_placing(due)) {
        send(actions, TimelineAction::PlaceRows(Arc::clone(due)));
    }
    if *scroll_px > frame.most_scroll_px {
        *scroll_px = frame.most_scroll_px;
        ui.request_repaint();
    }
    frame
}

/// Scrolls the lane of what was revealed into view, once.
fn scroll_to_revealed(ui: &Ui, canvas: &Canvas<'_>, view: &mut TimelineView) {
    let Some((serial, entry)) = canvas.state.timeline.revealed else {
        return;
    };
    if view.revealed == Some(serial) {
        return;
    }
    if view.layout.slots().is_empty() {
        ui.request_repaint();
        return;
    }
    view.revealed = Some(serial);
    let lane = canvas.data.index.locate(entry).map(|(lane, _)| lane);
    let node = lane.and_then(|lane| canvas.state.timeline.tree.shown_node(lane));
    let height_px = canvas.plot.height();
    if let Some(scroll_px) =
        node.and_then(|node| view.layout.scroll_to(node, view.scroll_px, height_px))
    {
        let (from_px, to_px) = (view.scroll_px, scroll_px.max(0.0));
        view.scroll_px = view.motion.scroll_lanes(ui, from_px, to_px);
    }
}
