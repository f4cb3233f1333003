//! The views: each reads the state, draws, and returns what the user wants as [`Action`]s.
//!
//! Views keep nothing but what only drawing needs (heights, scroll positions, text being typed); that
//! lives in [`Views`].

mod document;
mod evidence;
mod icons;
mod keys;
mod library;
pub mod link;
mod menu;
mod presentation;
mod problems;
mod sheets;
mod status;
pub mod theme;
mod timeline;

use crate::command::Command;
use crate::state::{Action, Room, State};
use egui::{CentralPanel, Frame, Panel, Rangef};
use theme::{pane, space};

/// What the views remember between frames.
#[derive(Default)]
pub struct Views {
    pub(crate) document: document::DocumentView,
    pub(crate) evidence: evidence::EvidenceView,
    pub(crate) library: library::LibraryView,
    pub(crate) problems: problems::ProblemsView,
    pub(crate) timeline: timeline::TimelineView,
    pub(crate) sheets: sheets::SheetsView,
    pub(crate) presentation: presentation::PresentationView,
}

/// Draws the whole window.
pub fn show(ui: &mut egui::Ui, state: &State, views: &mut Views, actions: &mut Vec<Action>) {
    keys::consume(ui, state, actions);
    if state.presentation.is_some() {
        presentation::show(ui, state, views, actions);
    } else {
        panes(ui, state, views, actions);
    }
    sheets::show(ui, state, &mut views.sheets, actions);
    settle_hover(state, actions);
}

/// Bars and panes around the text.
fn panes(ui: &mut egui::Ui, state: &State, views: &mut Views, actions: &mut Vec<Action>) {
    let colors = theme::palette(ui);
    let bar = Frame::side_top_panel(ui.style()).fill(colors.panel);
    Panel::top("menu")
        .frame(bar)
        .show(ui, |ui| menu::show(ui, state, actions));
    Panel::bottom("status")
        .frame(bar)
        .show(ui, |ui| status::show(ui, state, actions));

    let window = ui.available_size();
    let room = room_in(window.x);
    if room != state.room {
        actions.push(Action::SetRoom(room));
    }
    let before = state.shown_panes();
    let mut shown = before;
    let problems_px = at_most(window.y, &pane::PROBLEMS);
    Panel::bottom("problems")
        .resizable(true)
        .default_size(pane::PROBLEMS.usual_px)
        .size_range(problems_px)
        .show_collapsible(ui, &mut shown.problems, |ui| {
            problems::show(ui, state, &mut views.problems, actions);
        });
    let timeline_px = at_most(window.y, &pane::TIMELINE);
    Panel::bottom("timeline")
        .resizable(true)
        .default_size(pane::TIMELINE.usual_px.min(timeline_px.max))
        .size_range(timeline_px)
        .frame(Frame::NONE.fill(colors.panel))
        .show_collapsible(ui, &mut shown.timeline, |ui| {
            timeline::show(ui, state, &mut views.timeline, actions);
        });
    Panel::left("library")
        .resizable(true)
        .default_size(pane::LIBRARY.usual_px)
        .size_range(at_most(window.x, &pane::LIBRARY))
        .show_collapsible(ui, &mut shown.library, |ui| {
            first_steps(ui, state, actions);
            library::show(ui, state, &mut views.library, actions);
        });
    Panel::right("evidence")
        .resizable(true)
        .default_size(pane::EVIDENCE.usual_px)
        .size_range(at_most(window.x, &pane::EVIDENCE))
        .show_collapsible(ui, &mut shown.evidence, |ui| {
            evidence::show(ui, state, &mut views.evidence, actions);
        });
    if shown != before {
        actions.push(Action::SetPanes(shown));
    }
    CentralPanel::default()
        .frame(Frame::NONE.fill(colors.page))
        .show(ui, |ui| match state.comparing {
            Some(comparing) => {
                let view = &mut views.evidence.compare;
                evidence::compare::show(ui, state, comparing, view, actions);
            }
            None => document::show(ui, state, &mut views.document, actions),
        });
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
    if !state.is_shipped {
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
