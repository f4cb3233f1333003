//! The line at the bottom: loading, notices, problems.

use super::icons::{self, Icon};
use super::menu;
use super::tell;
use super::theme::{self, palette, pane};
use crate::command::Command;
use crate::number::{grouped, plural};
use crate::state::{Action, Loading, Notice, State};
use egui::accesskit::Live;
use egui::{Align, Button, Label, Layout, ProgressBar, RichText, Ui};

pub(super) fn show(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    theme::quiet(ui);
    ui.style_mut().override_text_style = Some(egui::TextStyle::Small);
    ui.horizontal(|ui| {
        // From the right, so that a long notice is cut and not what stands beside it.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            problems(ui, state, actions);
            counts(ui, state);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(loading) = state.loading {
                    progress(ui, loading, actions);
                }
                hidden(ui, state, actions);
                // The newest first; what has no room waits until one before it has gone.
                for notice in state.notices.iter().rev() {
                    if ui.available_width() > pane::NOTICE_LEAST_PX {
                        show_notice(ui, notice, actions);
                    }
                }
                if ui.available_width() > pane::NOTICE_LEAST_PX {
                    time_between(ui, state);
                }
            });
        });
    });
}

fn progress(ui: &mut Ui, loading: Loading, actions: &mut Vec<Action>) {
    // Counts of files are exact in `f32` far beyond any library.
    let share = match loading.found {
        Some(found) if found > 0 => loading.read as f32 / found as f32,
        _ => 0.0,
    };
    let words = match loading.found {
        Some(found) => format!(
            "{} of {} read",
            grouped(loading.read as u64),
            grouped(found as u64)
        ),
        None => format!("{} read", grouped(loading.read as u64)),
    };
    let bar = ProgressBar::new(share)
        .desired_width(pane::PROGRESS_PX)
        .desired_height(theme::space::MEDIUM_PX);
    let response = ui.add(bar);
    let label = format!("Reading briefings, {words}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &label));
    tell(ui, &response, Live::Polite);
    ui.label(RichText::new(words).color(palette(ui).text_weak));
    if ui.button("Cancel").clicked() {
        actions.push(Action::CancelLoad);
    }
}

/// One line that goes away when it is pressed.
fn show_notice(ui: &mut Ui, notice: &Notice, actions: &mut Vec<Action>) {
    let button = Button::new((
        icons::atom(Icon::Info),
        notice.text.as_str(),
        icons::atom(Icon::Close),
    ));
    let response = ui
        .add(button.truncate())
        .on_hover_text(format!("{}\nClick to dismiss", notice.text));
    tell(ui, &response, Live::Polite);
    if response.clicked() {
        actions.push(Action::DismissNotice(notice.serial));
    }
}

/// What filter and search hide.
fn hidden(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    if let Some(shown) = state.shown() {
        let text = format!("{} hidden", plural(shown.hidden_events(), "event"));
        let button = Button::new((icons::atom(Icon::Filter), text.as_str()));
        let response = ui
            .add(button)
            .on_hover_text("Hidden by filter or search; click to see which");
        tell(ui, &response, Live::Polite);
        if response.clicked() {
            actions.push(Action::Run(Command::Filters));
        }
    }
}

/// How far the selected events are apart.
fn time_between(ui: &mut Ui, state: &State) {
    if let Some(between) = state.time_between() {
        let text = RichText::new(between).color(palette(ui).text_weak);
        ui.add(Label::new(text).truncate().selectable(false));
    }
}

/// How much is wrong; never by color alone.
fn problems(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    let (errors, warnings) = state.errors_and_warnings();
    let (icon, text, color) = match (errors, warnings) {
        // What is worth knowing and no fault is listed as well, so it is not nothing.
        (0, 0) if state.notes() > 0 => {
            (Icon::Info, plural(state.notes(), "note"), colors.text_weak)
        }
        (0, 0) => (Icon::Check, "No problems".to_owned(), colors.text_weak),
        (0, n) => (Icon::Warning, plural(n, "warning"), colors.warn),
        (n, 0) => (Icon::Caution, plural(n, "error"), colors.bad),
        (n, m) => {
            let text = format!("{}, {}", plural(n, "error"), plural(m, "warning"));
            (Icon::Caution, text, colors.bad)
        }
    };
    let button = Button::new((icons::atom(icon), RichText::new(text)))
        .selected(state.settings.panes.problems);
    ui.scope(|ui| {
        ui.visuals_mut().override_text_color = Some(color);
        let response = ui
            .add(button)
            .on_hover_text(menu::tooltip(ui, Command::ToggleProblems));
        tell(ui, &response, Live::Polite);
        if response.clicked() {
            actions.push(Action::Run(Command::ToggleProblems));
        }
    });
}

fn counts(ui: &mut Ui, state: &State) {
    let files = state.library.len();
    let events = state.library.totals().events;
    let text = format!("{}, {}", plural(files, "briefing"), plural(events, "event"));
    let text = RichText::new(text).color(palette(ui).text_weak);
    ui.add(Label::new(text).selectable(false));
}
