//! The evidence pane: what the selection rests on, and the copies themselves.

mod accounts;
mod card;
pub(super) mod compare;
mod copy_body;
mod copy_caret;
mod copy_map;
mod copy_text;
mod copy_view;
mod coverage;
mod kind;
mod mark;
mod pages;
mod passage;
mod source_page;
#[cfg(test)]
mod tests;

use super::reach;
use super::theme::{Face, palette, size, space};
use crate::state::{Action, State};
use egui::{Response, RichText, ScrollArea, Ui};

pub(crate) use card::source_who;
pub(crate) use mark::level_mark;

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct EvidenceView {
    copy: copy_view::CopyView,
    pub(super) compare: compare::CompareView,
    pages: pages::Remembered,
}

impl EvidenceView {
    /// Takes the keys that move the caret, while the words of a copy have the focus.
    pub(super) fn take_keys(&mut self, ui: &Ui, state: &State) {
        let is_covered = state.sheet.is_some() || egui::Popup::is_any_open(ui.ctx());
        if state.open_copy.is_some() && !is_covered {
            self.copy.take_keys(ui);
        }
    }
}

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut EvidenceView, actions: &mut Vec<Action>) {
    if let Some(open) = state.open_copy {
        copy_view::show(ui, state, open, &mut view.copy, actions);
        return;
    }
    ScrollArea::vertical()
        .id_salt(("evidence", state.selection))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            // Cards keep clear of the scroll bar.
            ui.set_max_width(ui.available_width() - space::SMALL_PX);
            pages::show(ui, state, &mut view.pages, actions);
            ui.add_space(space::LARGE_PX);
            reach::follow_focus(ui);
        });
}

/// The small title above a group.
fn group_title(ui: &mut Ui, text: &str) {
    let colors = palette(ui);
    ui.add_space(space::MEDIUM_PX);
    ui.label(
        RichText::new(text)
            .font(Face::SansSemibold.at(size::CAPTION_PX))
            .color(colors.text_weak),
    );
}

/// A line that steps back.
fn caption(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colors = palette(ui);
    let text = RichText::new(text).font(Face::Sans.at(size::CAPTION_PX));
    ui.label(text.color(colors.text_weak))
}
