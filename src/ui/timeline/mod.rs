//! The timeline pane: minimap, ruler, lanes, and the same events as a list.
//!
//! A frame goes from the state's view to a [`Frame`](crate::timeline::Frame) of plain positions, and from there
//! to few large meshes: vertices are what costs. Hands become [`TimelineAction`]s.

mod begin;
mod canvas;
mod card;
mod clusters;
mod hands;
mod icons;
mod ink;
mod lanes;
mod legend;
mod links;
mod list;
mod marks;
mod menus;
mod minimap;
mod motion;
mod ruler;
#[cfg(test)]
mod tests;
mod titles;
mod toolbar;

pub use titles::TitleWidths;

use super::fade::Fade;
use super::theme::{Face, palette, size, space};
use crate::date::Zone;
use crate::number::plural;
use crate::state::{Action, State, TimelineAction, ZoneChoice};
use crate::timeline::Layout;
use egui::{Align2, Rect, Ui, vec2};

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct TimelineView {
    layout: Layout,
    titles: titles::Titles,
    motion: motion::Motion,
    fade: Fade,
    minimap: minimap::MinimapView,
    list: list::ListView,
    hands: hands::Hands,
    /// How far the lanes are scrolled down.
    scroll_px: f32,
    begin: begin::Begin,
    gutter: lanes::Gutter,
    /// The reveal that was answered last.
    revealed: Option<u64>,
    /// The entry whose menu is open.
    menu: Option<u32>,
    /// The cluster whose list is open.
    cluster: Option<clusters::Key>,
    zone: Option<(ZoneChoice, u64, Zone)>,
}

impl TimelineView {
    /// The zone of ruler and dates; found once, since the system is slow to say which is its own.
    fn zone(&mut self, state: &State) -> Zone {
        let (choice, index) = (state.settings.zone, state.timeline.data.index.id());
        match &self.zone {
            Some((known, of, zone)) if *known == choice && *of == index => zone.clone(),
            _ => {
                let zone = state.timeline.zone();
                self.zone = Some((choice, index, zone.clone()));
                zone
            }
        }
    }
}

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut TimelineView, actions: &mut Vec<Action>) {
    let sent = actions.len();
    let outer = ui.available_rect_before_wrap();
    ui.allocate_rect(outer, egui::Sense::hover());
    let zone = view.zone(state);
    let bar = outer.with_min_y((outer.bottom() - toolbar::HEIGHT_PX).max(outer.top()));
    let main = outer.with_max_y(bar.top());
    if state.timeline.list {
        list::show(ui, main, state, &zone, &mut view.list, actions);
        if state.timeline.listing.rows.is_empty() {
            say_empty(ui, main, state);
        }
        toolbar::show(ui, bar, state, &zone, None, actions);
    } else if state.timeline.data.index.is_empty() {
        say_empty(ui, main, state);
        toolbar::show(ui, bar, state, &zone, None, actions);
    } else {
        let status = canvas::show(ui, main, state, &zone, view, actions);
        toolbar::show(ui, bar, state, &zone, Some(&status), actions);
    }
    legend::show(ui, main, state, actions);
    // What was asked for is seen in the next frame.
    let is_news = |action: &Action| match action {
        Action::Hover(item) => *item != state.hover,
        _ => true,
    };
    if actions.iter().skip(sent).any(is_news) {
        ui.request_repaint();
    }
}

fn say_empty(ui: &Ui, area: Rect, state: &State) {
    let colors = palette(ui);
    let text = match state.timeline.data.undated {
        _ if state.timeline.is_indexing() => "Sorting events in…".to_owned(),
        _ if state.library.is_empty() => {
            "Open a briefing, and its events stand here in time".to_owned()
        }
        0 => "No events here".to_owned(),
        1 => "One event, but it has no date; the list shows it".to_owned(),
        count => format!(
            "{}, but none has a date; the list shows them",
            plural(count as usize, "event")
        ),
    };
    ui.painter_at(area).text(
        area.center(),
        Align2::CENTER_CENTER,
        &text,
        Face::Sans.at(size::UI_PX),
        colors.text_weak,
    );
    let response = ui.interact(
        area.shrink(space::LARGE_PX),
        ui.scope_id().with("empty"),
        egui::Sense::hover(),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
}

/// Sends an action of the timeline.
fn send(actions: &mut Vec<Action>, action: TimelineAction) {
    actions.push(Action::Timeline(action));
}

/// Marks what has the keyboard's focus.
fn focus_ring(ui: &Ui, rect: Rect) {
    let stroke = egui::Stroke::new(space::FOCUS_RING_PX, palette(ui).accent);
    let grown = rect.expand2(vec2(1.0, 1.0));
    ui.painter()
        .rect_stroke(grown, space::RADIUS_PX, stroke, egui::StrokeKind::Outside);
}
