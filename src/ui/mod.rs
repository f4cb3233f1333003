//! The views: each reads the state, draws, and returns what the user wants as [`Action`]s.
//!
//! Views keep nothing but what only drawing needs (heights, scroll positions, text being typed); that
//! lives in [`Views`].

mod document;
mod edges;
mod evidence;
mod fade;
pub mod failure;
mod filters;
mod icons;
mod keys;
mod library;
pub mod link;
mod menu;
mod presentation;
mod problems;
mod reach;
mod search;
mod sheets;
mod status;
pub mod theme;
mod timeline;

use crate::command::Command;
use crate::state::{Action, LibraryTab, Room, State};
use edges::Grows;
use egui::{CentralPanel, Frame, Panel, Rangef, Rect, UiBuilder, UiKind, UiStackInfo};
use theme::{pane, space};
pub use timeline::TitleWidths;

/// What the views remember between frames.
#[derive(Default)]
pub struct Views {
    pub(crate) document: document::DocumentView,
    pub(crate) evidence: evidence::EvidenceView,
    pub(crate) library: library::LibraryView,
    pub(crate) filters: filters::FiltersView,
    pub(crate) search: search::SearchView,
    pub(crate) problems: problems::ProblemsView,
    pub(crate) timeline: timeline::TimelineView,
    pub(crate) sheets: sheets::SheetsView,
    pub(crate) presentation: presentation::PresentationView,
    pub(crate) edges: edges::EdgesView,
    pub(crate) fade: fade::WindowFade,
}

/// Draws the whole window.
pub fn show(ui: &mut egui::Ui, state: &State, views: &mut Views, actions: &mut Vec<Action>) {
    views.evidence.take_keys(ui, state);
    views.document.take_keys(ui);
    edges::take_keys(ui, &mut views.edges);
    keys::consume(ui, state, views.search.has_focus, actions);
    if state.presentation.is_some() {
        presentation::show(ui, state, views, actions);
    } else {
        panes(ui, state, views, actions);
    }
    sheets::show(ui, state, &mut views.sheets, actions);
    views.fade.end(ui, actions);
    settle_hover(state, actions);
}

/// Bars and panes around the text.
///
/// First every pane takes its place, then each is filled, in the order in which they are read: the keyboard and a
/// screen reader go from the files over the text to what it rests on, and on to the timeline below.
fn panes(ui: &mut egui::Ui, state: &State, views: &mut Views, actions: &mut Vec<Action>) {
    let colors = theme::palette(ui);
    let bar = Frame::side_top_panel(ui.style()).fill(colors.panel);
    Panel::top("menu")
        .frame(bar)
        .show(ui, |ui| menu::show(ui, state, &mut views.search, actions));
    let status = Panel::bottom("status")
        .frame(bar)
        .exact_size(pane::STATUS_PX)
        .show(ui, take_place)
        .inner;

    let window = ui.available_size();
    let room = room_in(window.x);
    if room != state.room {
        actions.push(Action::SetRoom(room));
    }
    let before = state.shown_panes();
    let mut shown = before;
    // A window that was low for a while is as it was before when it is high again.
    let is_low = window.y < pane::LOW_WINDOW_PX;
    let problems = Panel::bottom(("problems", is_low))
        .resizable(true)
        .default_size(pane::PROBLEMS.usual_px)
        .size_range(low_at_most(
            window.y,
            &pane::PROBLEMS,
            pane::LOW_PROBLEMS_SHARE,
        ))
        .show_collapsible(ui, &mut shown.problems, take_place);
    let timeline = Panel::bottom(("timeline", is_low))
        .resizable(true)
        .default_size(first_timeline_px(window.y))
        .size_range(low_at_most(window.y, &pane::TIMELINE, pane::LOW_SHARE))
        .frame(Frame::NONE.fill(colors.panel))
        .show_collapsible(ui, &mut shown.timeline, take_place);
    let library = Panel::left(("library", room))
        .resizable(true)
        .default_size(pane::LIBRARY.usual_px)
        .size_range(at_most(window.x, &pane::LIBRARY))
        .show_collapsible(ui, &mut shown.library, take_place);
    let evidence = Panel::right(("evidence", room))
        .resizable(true)
        .default_size(pane::EVIDENCE.usual_px)
        .size_range(at_most(window.x, &pane::EVIDENCE))
        .show_collapsible(ui, &mut shown.evidence, take_place);
    if shown != before {
        actions.push(Action::SetPanes(shown));
    }
    let edges = &mut views.edges;
    let edge = |pane: &str| format!("Height of the {pane} pane");
    edges::show(
        ui,
        edges,
        ("problems", is_low),
        &edge("problems"),
        Grows::Up,
    );
    edges::show(
        ui,
        edges,
        ("timeline", is_low),
        &edge("timeline"),
        Grows::Up,
    );
    let edge = |pane: &str| format!("Width of the {pane} pane");
    edges::show(ui, edges, ("library", room), &edge("library"), Grows::Right);
    edges::show(
        ui,
        edges,
        ("evidence", room),
        &edge("evidence"),
        Grows::Left,
    );

    let place = |pane: Option<egui::InnerResponse<Place>>| pane.map(|pane| pane.inner);
    fill(ui, "library pane", place(library), |ui| {
        first_steps(ui, state, actions);
        library::tabs(ui, state, actions);
        match state.library_tab {
            LibraryTab::Files => library::show(ui, state, &mut views.library, actions),
            LibraryTab::Filters => filters::show(ui, state, &mut views.filters, actions),
            LibraryTab::Hits => search::hits(ui, state, &mut views.search, actions),
        }
    });
    // The scroll bar of the text keeps clear of the edge that is drawn to make the pane beside it wider.
    let grab_px = ui.style().interaction.resize_grab_radius_side;
    let clear_px = if evidence.is_some() { grab_px } else { 0.0 };
    let page = Frame::NONE.fill(colors.page).inner_margin(egui::Margin {
        right: theme::margin(clear_px).right,
        ..egui::Margin::ZERO
    });
    CentralPanel::default()
        .frame(page)
        .show(ui, |ui| match state.comparing {
            Some(comparing) => {
                let view = &mut views.evidence.compare;
                evidence::compare::show(ui, state, comparing, view, actions);
            }
            None => document::show(ui, state, &mut views.document, actions),
        });
    fill(ui, "evidence pane", place(evidence), |ui| {
        evidence::show(ui, state, &mut views.evidence, actions);
    });
    fill(ui, "timeline pane", place(timeline), |ui| {
        timeline::show(ui, state, &mut views.timeline, actions);
    });
    fill(ui, "problems pane", place(problems), |ui| {
        problems::show(ui, state, &mut views.problems, actions);
    });
    fill(ui, "status line", Some(status), |ui| {
        status::show(ui, state, actions);
    });
}

/// Where a pane is, and what of it is seen: less than all while it slides.
#[derive(Clone, Copy)]
struct Place {
    rect: Rect,
    seen: Rect,
}

/// Keeps the room of a pane, to be filled later in the frame.
fn take_place(ui: &mut egui::Ui) -> Place {
    let place = Place {
        rect: ui.max_rect(),
        seen: ui.clip_rect(),
    };
    ui.set_min_size(ui.available_size());
    place
}

fn fill(ui: &mut egui::Ui, name: &str, place: Option<Place>, content: impl FnOnce(&mut egui::Ui)) {
    let Some(place) = place else { return };
    // Where a list runs on, it fades into the ground that it stands on, so that ground must be known here.
    let ground = Frame::NONE.fill(theme::palette(ui).panel);
    let ground = UiStackInfo::new(UiKind::Frame).with_frame(ground);
    let builder = UiBuilder::new()
        .id_salt(name)
        .max_rect(place.rect)
        .ui_stack_info(ground);
    let mut pane = ui.new_child(builder);
    pane.set_clip_rect(place.seen);
    content(&mut pane);
}

/// Makes a text known as a heading of this name.
fn as_heading(ui: &egui::Ui, text: &egui::Response, name: &str) {
    ui.accesskit_node_builder(text.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.clear_value();
        node.set_label(name);
    });
}

/// Makes what is drawn in `ui` known as a list of so many entries, of which only a part may be drawn.
///
/// The number stands here and not at the entries, because readers look for it at what holds them.
fn as_list(ui: &egui::Ui, role: egui::accesskit::Role, name: &str, count: usize) {
    ui.accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
        node.set_size_of_set(count);
    });
}

/// Has a screen reader say what changes here: when it has time to, or at once.
fn tell(ui: &egui::Ui, told: &egui::Response, live: egui::accesskit::Live) {
    ui.accesskit_node_builder(told.id, |node| node.set_live(live));
}

/// Tells a screen reader which entry of its list this is, from 0.
fn place_in_list(ui: &egui::Ui, entry: &egui::Response, at: usize) {
    ui.accesskit_node_builder(entry.id, |node| node.set_position_in_set(at));
}

/// How many panes have room side by side in a window so wide.
fn room_in(window_px: f32) -> Room {
    if window_px < pane::TWO_PANES_PX {
        Room::One
    } else if window_px < pane::THREE_PANES_PX {
        Room::Two
    } else {
        Room::Three
    }
}

/// Below the files of the shipped library: how to get to one's own.
fn first_steps(ui: &mut egui::Ui, state: &State, actions: &mut Vec<Action>) {
    // In a low window the files themselves come first.
    if !state.is_shipped || ui.available_height() < pane::FIRST_STEPS_FROM_PX {
        return;
    }
    let colors = theme::palette(ui);
    let frame = Frame::NONE.inner_margin(theme::margin(space::MEDIUM_PX));
    Panel::bottom("first steps")
        .frame(frame)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            let text = "These briefings come with Sourceline";
            ui.label(egui::RichText::new(text).small().color(colors.text_weak));
            let own = ui
                .link("Open your own folder…")
                .on_hover_text(menu::tooltip(ui, Command::OpenFolder));
            if own.clicked() {
                actions.push(Action::Run(Command::OpenFolder));
            }
        });
}

/// What a pane may take: up to a share of the window, within its own bounds.
fn at_most(window_px: f32, pane: &pane::Size) -> Rangef {
    let most_px = (window_px * pane.share)
        .min(pane.most_px)
        .max(pane.least_px);
    Rangef::new(pane.least_px, most_px)
}

/// The same for what stands below the text: in a low window the text needs the room more.
fn low_at_most(window_px: f32, pane: &pane::Size, low_share: f32) -> Rangef {
    let mut bounds = at_most(window_px, pane);
    if window_px < pane::LOW_WINDOW_PX {
        let most_px = (window_px * low_share).max(bounds.min);
        bounds.max = most_px.min(bounds.max);
    }
    bounds
}

/// How high the timeline is at first: its usual height, in a low window less, and in a high one more, so that lanes are
/// not out of sight while there is room for them.
fn first_timeline_px(window_px: f32) -> f32 {
    pane::TIMELINE
        .usual_px
        .min(window_px * pane::TIMELINE_FIRST_SHARE)
        .max(window_px * pane::TIMELINE_LEAST_SHARE)
}

/// Facts in one line. None begins with a dot where it is broken: the dot stays with what it follows.
fn dotted(facts: &[String]) -> String {
    facts.join("\u{a0}· ")
}

/// Of all that lies under the pointer, what was drawn last lies on top. When nothing does, nothing is hovered.
fn settle_hover(state: &State, actions: &mut Vec<Action>) {
    let hovered = actions.iter().rev().find_map(|action| match action {
        Action::Hover(item) => Some(*item),
        _ => None,
    });
    actions.retain(|action| !matches!(action, Action::Hover(_)));
    let hovered = hovered.flatten();
    if hovered != state.hover {
        actions.push(Action::Hover(hovered));
    }
}
