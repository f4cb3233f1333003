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
mod problems;
mod sheets;
mod status;
pub mod theme;
mod timeline;

use crate::state::{Action, State};
use egui::{CentralPanel, Frame, Panel};

/// What the views remember between frames.
#[derive(Default)]
pub struct Views {
    pub(crate) document: document::DocumentView,
    pub(crate) evidence: evidence::EvidenceView,
    pub(crate) library: library::LibraryView,
    pub(crate) problems: problems::ProblemsView,
    pub(crate) timeline: timeline::TimelineView,
    pub(crate) sheets: sheets::SheetsView,
}

/// Draws the whole window.
pub fn show(ui: &mut egui::Ui, state: &State, views: &mut Views, actions: &mut Vec<Action>) {
    keys::consume(ui, state, actions);
    let colors = theme::palette(ui);
    let bar = Frame::side_top_panel(ui.style()).fill(colors.panel);
    Panel::top("menu")
        .frame(bar)
        .show(ui, |ui| menu::show(ui, state, actions));
    Panel::bottom("status")
        .frame(bar)
        .show(ui, |ui| status::show(ui, state, actions));

    let window = ui.available_size();
    let before = state.settings.panes;
    let mut panes = before;
    Panel::bottom("problems")
        .resizable(true)
        .default_size(180.0)
        .size_range(80.0..=at_most(window.y, 0.5, 500.0, 80.0))
        .show_collapsible(ui, &mut panes.problems, |ui| {
            problems::show(ui, state, &mut views.problems, actions);
        });
    Panel::bottom("timeline")
        .resizable(true)
        .default_size(330.0)
        .size_range(120.0..=at_most(window.y, 0.6, 900.0, 120.0))
        .frame(Frame::NONE.fill(colors.panel))
        .show_collapsible(ui, &mut panes.timeline, |ui| {
            timeline::show(ui, state, &mut views.timeline, actions);
        });
    // In a narrow window the text comes first, then the evidence: the library is a key away.
    let narrow = window.x < NARROW_PX && panes.evidence;
    if !narrow {
        Panel::left("library")
            .resizable(true)
            .default_size(250.0)
            .size_range(160.0..=at_most(window.x, 0.3, 480.0, 160.0))
            .show_collapsible(ui, &mut panes.library, |ui| {
                library::show(ui, state, &mut views.library, actions);
            });
    }
    Panel::right("evidence")
        .resizable(true)
        .default_size(360.0)
        .size_range(220.0..=at_most(window.x, 0.45, 720.0, 220.0))
        .show_collapsible(ui, &mut panes.evidence, |ui| {
            evidence::show(ui, state, &mut views.evidence, actions);
        });
    if panes != before {
        actions.push(Action::SetPanes(panes));
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
    sheets::show(ui, state, &mut views.sheets, actions);

    settle_hover(state, actions);
}

/// A window narrower than this has no room for three panes.
const NARROW_PX: f32 = 900.0;

/// The most a pane may take: a share of the window, within its own bounds.
fn at_most(window_px: f32, share: f32, most_px: f32, least_px: f32) -> f32 {
    (window_px * share).min(most_px).max(least_px)
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
