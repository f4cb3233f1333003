//! Drags and wheels over minimap, ruler and lanes.

use super::canvas::Canvas;
use super::{TimelineView, menus, minimap, ruler, send};
use crate::command::Command;
use crate::date::Instant;
use crate::model::Item;
use crate::state::{Action, TimelineAction, Wheel};
use crate::timeline::hit::{Hit, hit};
use crate::timeline::{Frame, View};
use crate::ui::theme;
use egui::{PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui, Vec2, pos2};

/// An edge of the range, or of the minimap's box, can be taken hold of this near.
const GRAB_PX: f32 = theme::timeline::HANDS_GRAB_PX;

/// The wheel turned by so many points doubles the zoom about one and a half times.
const WHEEL_PX_PER_E: f64 = 200.0;

/// Two fingers that have moved sideways mean nothing up or down for so long.
const SIDEWAYS_SECONDS: f64 = 0.2;

/// A rectangle narrower than this was not meant.
const MIN_RECTANGLE_PX: f32 = theme::timeline::HANDS_MIN_RECTANGLE_PX;

/// What a hand is doing.
pub(super) struct Hands {
    pub(super) drag: Option<Drag>,
    /// The entry that had the keyboard's focus in the frame before.
    pub(super) focus: Option<u32>,
    /// The selection of the frame before.
    pub(super) selection: Option<Item>,
    /// When two fingers last moved sideways.
    sideways_at: f64,
    /// The width that the state was told last.
    pub(super) width_px: f64,
}

impl Default for Hands {
    fn default() -> Self {
        Self {
            drag: None,
            focus: None,
            selection: None,
            sideways_at: f64::NEG_INFINITY,
            width_px: 0.0,
        }
    }
}

/// A drag, with what it began from.
pub(super) enum Drag {
    Pan {
        from: Pos2,
        view: View,
        scroll_px: f32,
    },
    Rectangle {
        from: Pos2,
        to: Pos2,
    },
    Range {
        anchor: Instant,
    },
    /// The minimap's box, held so many pixels right of its left edge.
    Window {
        held_px: f32,
    },
    WindowLeft,
    WindowRight,
    Lane {
        node: u32,
    },
}

/// What the pointer can act on.
pub(super) struct Places {
    pub(super) ground: Response,
    pub(super) ruler: Response,
    pub(super) minimap: Response,
}

pub(super) fn act(
    ui: &mut Ui,
    canvas: &Canvas<'_>,
    frame: &Frame,
    places: &Places,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    begin(ui, canvas, places, view, actions);
    go_on(ui, canvas, places, view, actions);
    clicks(canvas, frame, places, view, actions);
    menus::ground(&places.ground, canvas, actions);
    wheel(ui, canvas, frame, places, view, actions);
}

fn begin(
    ui: &Ui,
    canvas: &Canvas<'_>,
    places: &Places,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    let (origin, modifiers) = ui.input(|input| (input.pointer.press_origin(), input.modifiers));
    let Some(from) = origin else { return };
    let Places {
        ground,
        ruler,
        minimap,
    } = places;
    let pan = Drag::Pan {
        from,
        view: canvas.axis.view,
        scroll_px: view.scroll_px,
    };
    let with_middle = [ground, ruler, minimap]
        .into_iter()
        .any(|place| place.drag_started_by(PointerButton::Middle));
    let begun = if with_middle {
        pan
    } else if ground.drag_started_by(PointerButton::Primary) {
        match modifiers.shift {
            true => Drag::Rectangle { from, to: from },
            false => pan,
        }
    } else if ruler.drag_started_by(PointerButton::Primary) {
        Drag::Range {
            anchor: anchor(canvas, from, !modifiers.alt),
        }
    } else if minimap.drag_started_by(PointerButton::Primary) {
        let window = minimap::window(canvas);
        if (from.x - window.min).abs() <= GRAB_PX {
            Drag::WindowLeft
        } else if (from.x - window.max).abs() <= GRAB_PX {
            Drag::WindowRight
        } else if window.contains(from.x) {
            Drag::Window {
                held_px: from.x - window.min,
            }
        } else {
            center_on(canvas, from, view, actions);
            Drag::Window {
                held_px: 0.5 * window.span(),
            }
        }
    } else {
        return;
    };
    view.hands.drag = Some(begun);
}

/// The end of the range that stays while the other is dragged.
fn anchor(canvas: &Canvas<'_>, from: Pos2, snaps: bool) -> Instant {
    if let Some((x, range)) = ruler::range_x(canvas).zip(canvas.state.timeline.range.as_ref()) {
        if (from.x - x.min).abs() <= GRAB_PX {
            return range.end;
        }
        if (from.x - x.max).abs() <= GRAB_PX {
            return range.start;
        }
    }
    ruler::instant_at(canvas, from, snaps)
}

fn go_on(
    ui: &Ui,
    canvas: &Canvas<'_>,
    places: &Places,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    let (at, is_down, snaps) = ui.input(|input| {
        let pointer = &input.pointer;
        (
            pointer.latest_pos(),
            pointer.any_down(),
            !input.modifiers.alt,
        )
    });
    let Some(at) = at else { return };
    let mut moved = None;
    match &mut view.hands.drag {
        None | Some(Drag::Lane { .. }) => return,
        Some(Drag::Pan {
            from,
            view: start,
            scroll_px,
        }) => {
            moved = Some(start.pan(f64::from(from.x - at.x)));
            view.scroll_px = (*scroll_px + from.y - at.y).max(0.0);
            ui.set_cursor_icon(egui::CursorIcon::Grabbing);
        }
        Some(Drag::Rectangle { from, to }) => {
            *to = at;
            let rect = Rect::from_two_pos(*from, at).intersect(canvas.plot);
            let accent = canvas.colors.accent;
            let painter = ui.painter_at(canvas.plot);
            painter.rect_filled(rect, 0.0, accent.gamma_multiply(0.12));
            let stroke = Stroke::new(theme::space::HAIRLINE_PX, accent);
            painter.rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
            if !is_down && rect.width() >= MIN_RECTANGLE_PX {
                let edge = |x: f32| canvas.axis.view.ms_from_x(canvas.axis_x(pos2(x, at.y)));
                let range = edge(rect.left())..edge(rect.right());
                let target = View::new(range, canvas.axis.view.width_px());
                send(actions, TimelineAction::LeapTo(target));
            }
        }
        Some(Drag::Range { anchor }) => {
            let other = ruler::instant_at(canvas, at, snaps);
            let range = (*anchor).min(other)..other.max(*anchor);
            if canvas.state.timeline.range.as_ref() != Some(&range) {
                send(actions, TimelineAction::SelectRange(Some(range)));
            }
        }
        Some(Drag::Window { held_px }) => {
            let whole = minimap::axis(canvas);
            let left = f64::from(at.x - *held_px - canvas.minimap.left());
            let shown = whole.view.ms_from_x(left);
            moved = Some(canvas.axis.view.pan(canvas.axis.view.x_from_ms(shown)));
        }
        Some(edge @ (Drag::WindowLeft | Drag::WindowRight)) => {
            let whole = minimap::axis(canvas);
            let seen = canvas.axis.view.visible_ms();
            let shown = whole
                .view
                .ms_from_x(f64::from(at.x - canvas.minimap.left()));
            let range = match edge {
                Drag::WindowLeft => shown.min(seen.end - 1)..seen.end,
                _ => seen.start..shown.max(seen.start.saturating_add(1)),
            };
            moved = Some(View::new(range, canvas.axis.view.width_px()));
        }
    }
    if let Some(moved) = moved.filter(|moved| *moved != canvas.axis.view) {
        view.motion.stop();
        send(actions, TimelineAction::SetView(moved));
    }
    let dragged = [&places.ground, &places.ruler, &places.minimap]
        .into_iter()
        .any(Response::dragged);
    if !is_down || !dragged {
        view.hands.drag = None;
    }
}

/// Brings the time under a position of the minimap to the middle.
fn center_on(canvas: &Canvas<'_>, at: Pos2, view: &mut TimelineView, actions: &mut Vec<Action>) {
    let whole = minimap::axis(canvas);
    let shown = whole
        .view
        .ms_from_x(f64::from(at.x - canvas.minimap.left()));
    let now = canvas.axis.view;
    let centered = now.pan(now.x_from_ms(shown) - 0.5 * now.width_px());
    view.motion.stop();
    send(actions, TimelineAction::LeapTo(centered));
}

fn clicks(
    canvas: &Canvas<'_>,
    frame: &Frame,
    places: &Places,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    let Places {
        ground,
        ruler,
        minimap,
    } = places;
    if let Some(at) = ground
        .interact_pointer_pos()
        .filter(|_| ground.double_clicked())
    {
        let local = at - canvas.offset();
        let dense = match hit(frame, local, 0.0) {
            Hit::Density(column) => frame.density.get(column as usize),
            _ => None,
        };
        let selected: Vec<Item> = canvas
            .state
            .selected
            .iter()
            .filter(|&item| canvas.data.drawn_entry(item).is_some())
            .collect();
        if let Some(column) = dense {
            // Wide enough that what is there comes apart.
            const REACH_PX: f64 = theme::timeline::HANDS_REACH_PX;
            let edge = |x: f64| canvas.axis.instant_from_x(x);
            let (left, right) = (f64::from(column.x.min), f64::from(column.x.max));
            let span = TimelineAction::ShowSpan(edge(left - REACH_PX), edge(right + REACH_PX));
            send(actions, span);
        } else if selected.is_empty() {
            actions.push(Action::Run(Command::FitAll));
        } else {
            send(actions, TimelineAction::Fit(selected));
        }
    }
    if ruler.clicked() && canvas.state.timeline.range.is_some() {
        send(actions, TimelineAction::SelectRange(None));
    }
    if minimap.clicked()
        && let Some(at) = minimap.interact_pointer_pos()
        && !minimap::window(canvas).contains(at.x)
    {
        center_on(canvas, at, view, actions);
    }
}

fn wheel(
    ui: &Ui,
    canvas: &Canvas<'_>,
    frame: &Frame,
    places: &Places,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    let over_axis = places.ruler.contains_pointer() || places.minimap.contains_pointer();
    let over_names = ui.rect_contains_pointer(canvas.gutter);
    if !(over_axis || over_names || places.ground.contains_pointer()) {
        return;
    }
    let Some(at) = ui.input(|input| input.pointer.hover_pos()) else {
        return;
    };
    let (zoom, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
    if zoom == 1.0 && scroll == Vec2::ZERO {
        return;
    }
    ui.input_mut(|input| input.smooth_scroll_delta = Vec2::ZERO);
    // A finger that means to go sideways always strays a little.
    let now = ui.input(|input| input.time);
    if scroll.x.abs() > scroll.y.abs() {
        view.hands.sideways_at = now;
    }
    let is_sideways = now - view.hands.sideways_at < SIDEWAYS_SECONDS;
    let scroll = Vec2::new(scroll.x, if is_sideways { 0.0 } else { scroll.y });
    let before = canvas.axis.view;
    let width_px = before.width_px();
    // Over the minimap, the time under the pointer, as far as it is in the window.
    let x = if places.minimap.contains_pointer() {
        let whole = minimap::axis(canvas);
        let shown = whole
            .view
            .ms_from_x(f64::from(at.x - canvas.minimap.left()));
        before.x_from_ms(shown).clamp(0.0, width_px)
    } else {
        canvas.axis_x(at).clamp(0.0, width_px)
    };
    let overflow_px = frame.most_scroll_px;
    let zooms = over_axis
        || match canvas.state.settings.wheel {
            Wheel::Auto => overflow_px < 1.0,
            Wheel::Zoom => true,
            Wheel::Scroll => false,
        };
    let mut after = before.zoom_at(x, f64::from(zoom));
    after = after.pan(-f64::from(scroll.x));
    if zooms {
        after = after.zoom_at(x, (f64::from(scroll.y) / WHEEL_PX_PER_E).exp());
    } else {
        view.scroll_px = (view.scroll_px - scroll.y).clamp(0.0, overflow_px);
        ui.request_repaint();
    }
    if after != before {
        view.motion.stop();
        send(actions, TimelineAction::SetView(after));
    }
}
