//! The line at the bottom: loading, notices, problems.

use super::theme::{self, palette, pane};
use crate::command::Command;
use crate::state::{Action, State};
use egui::{Align, Layout, ProgressBar, RichText, Ui};

pub(super) fn show(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    theme::quiet(ui);
    ui.horizontal(|ui| {
        if let Some(loading) = state.loading {
            let share = match loading.found {
                Some(found) if found > 0 => loading.read as f32 / found as f32,
                _ => 0.0,
            };
            ui.add(
                ProgressBar::new(share)
                    .desired_width(pane::PROGRESS_PX)
                    .text(format!("{} read", loading.read)),
            );
            if ui.button("Cancel").clicked() {
                actions.push(Action::CancelLoad);
            }
        }
        for notice in &state.notices {
            let response = ui.button(&notice.text).on_hover_text("Click to dismiss");
            if response.clicked() {
                actions.push(Action::DismissNotice(notice.serial));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (errors, warnings) = state.errors_and_warnings();
            let (text, color) = match (errors, warnings) {
                (0, 0) => ("No problems".to_owned(), colors.text_weak),
                (0, n) => (plural(n, "warning"), colors.warn),
                (n, _) => (plural(n, "error"), colors.bad),
            };
            let response = ui
                .button(RichText::new(text).color(color))
                .on_hover_text(Command::ToggleProblems.tooltip());
            if response.clicked() {
                actions.push(Action::Run(Command::ToggleProblems));
            }
            let files = state.library.len();
            let events = state.library.totals().events;
            let text = format!("{}, {}", plural(files, "briefing"), plural(events, "event"));
            ui.label(RichText::new(text).color(colors.text_weak));
        });
    });
}

/// `1 event`, `2 events`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
