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

    let before = state.settings.panes;
    let mut panes = before;
    Panel::bottom("problems")
        .resizable(true)
        .default_size(180.0)
        .size_range(80.0..=500.0)
        .show_collapsible(ui, &mut panes.problems, |ui| {
            problems::show(ui, state, &mut views.problems, actions);
        });
    Panel::bottom("timeline")
        .resizable(true)
        .default_size(280.0)
        .size_range(140.0..=900.0)
        .frame(Frame::NONE.fill(colors.panel))
        .show_collapsible(ui, &mut panes.timeline, |ui| {
            timeline::show(ui, state, &mut views.timeline, actions);
        });
    Panel::left("library")
        .resizable(true)
        .default_size(250.0)
        .size_range(160.0..=480.0)
        .show_collapsible(ui, &mut panes.library, |ui| {
            library::show(ui, state, &mut views.library, actions);
        });
    Panel::right("evidence")
        .resizable(true)
        .default_size(360.0)
        .size_range(240.0..=720.0)
        .show_collapsible(ui, &mut panes.evidence, |ui| {
            evidence::show(ui, state, &mut views.evidence, actions);
        });
    if panes != before {
        actions.push(Action::SetPanes(panes));
    }
    CentralPanel::default()
        .frame(Frame::NONE.fill(colors.page))
        .show(ui, |ui| {
            document::show(ui, state, &mut views.document, actions);
        });
    sheets::show(ui, state, &mut views.sheets, actions);

    // Whoever was hovered said so above; when nobody did, nothing is.
    let hovered = actions
        .iter()
        .any(|action| matches!(action, Action::Hover(_)));
    if !hovered && state.hover.is_some() {
        actions.push(Action::Hover(None));
    }
}
