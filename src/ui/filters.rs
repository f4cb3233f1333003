//! Filters: what is shown, by lane, actor, tag, source, standing and briefing, with how much there is of each; and saved views.

#![expect(
    clippy::indexing_slicing,
    reason = "an array with a place for each field"
)]

use super::icons::{self, Icon};
use super::theme::{self, Face, palette, pane, size, space};
use super::{menu, reach};
use crate::command::Command;
use crate::library::filter::{Facet, Field};
use crate::number::{grouped, plural};
use crate::state::{Action, FilterAction, SearchAction, State, ViewAction};
use egui::{Align, Frame, Layout, Panel, RichText, ScrollArea, TextEdit, Ui};

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct FiltersView {
    /// How many values of each field are listed.
    listed: [usize; Field::ALL.len()],
    /// Narrows down the values that are listed.
    sought: String,
    /// How high the list of what is asked for was.
    asked_px: Option<f32>,
}

/// So many values of a field are listed at first, and so many more each time.
const LISTED: usize = 6;
const MORE: usize = 40;

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut FiltersView, actions: &mut Vec<Action>) {
    asked(ui, state, view, actions);
    ScrollArea::vertical()
        .id_salt("filters")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            summary(ui, state);
            views(ui, state, actions);
            let colors = palette(ui);
            let Some(selected) = &state.filter.selected else {
                ui.label(RichText::new("Nothing to filter yet").color(colors.text_weak));
                return;
            };
            ui.add_space(space::MEDIUM_PX);
            let name = ui.label(
                RichText::new("Find a filter")
                    .small()
                    .color(colors.text_weak),
            );
            theme::field(
                ui,
                TextEdit::singleline(&mut view.sought)
                    .desired_width(f32::INFINITY)
                    .hint_text("Lane, actor, tag…"),
            )
            .labelled_by(name.id);
            for field in Field::ALL {
                let facets = selected.facets.of(field);
                one_field(ui, state, view, field, facets, actions);
            }
            reach::follow_focus(ui);
        });
}

/// How much is shown: one line, whatever is asked for, so that nothing below it moves.
fn summary(ui: &mut Ui, state: &State) {
    let colors = palette(ui);
    ui.add_space(space::SMALL_PX);
    let (text, color) = match state.shown() {
        Some(shown) => {
            let shown_count = grouped(shown.events.len() as u64);
            let total = plural(shown.events.total(), "event");
            (format!("{shown_count} of {total} shown"), colors.text)
        }
        None => {
            let text = match state.library.totals().events {
                0 => "There are no events".to_owned(),
                1 => "The one event is shown".to_owned(),
                count => format!("All {} are shown", plural(count, "event")),
            };
            (text, colors.text_weak)
        }
    };
    ui.label(RichText::new(text).small().color(color));
}

/// What is asked for, and the way back, at the foot of the pane: if it came above the lists, the box that was just
/// ticked would slip away from below the pointer.
fn asked(ui: &mut Ui, state: &State, view: &mut FiltersView, actions: &mut Vec<Action>) {
    if state.shown().is_none() {
        view.asked_px = None;
        return;
    }
    let most_px = ui.available_height() * pane::ASKED_SHARE;
    let list = Panel::bottom("asked for")
        .frame(Frame::NONE.inner_margin(theme::margin(space::SMALL_PX)))
        .resizable(false)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("asked for")
                .max_height(most_px)
                .auto_shrink([false, true])
                .show(ui, |ui| chips(ui, state, actions))
        });
    // The pane takes the height that its list had in the frame before; it must not be seen to grow.
    let height_px = list.inner.content_size.y;
    if view.asked_px.replace(height_px) != Some(height_px) {
        ui.request_discard("what is asked for takes more or less room than before");
    }
}

/// Each part can be taken away by itself, and all at once.
fn chips(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        for field in Field::ALL {
            for value in state.filter.criteria.values(field) {
                let label = label_of(state, field, value);
                if chip(
                    ui,
                    &label,
                    &format!("{}, no longer asked for", field.label()),
                ) {
                    let none = FilterAction::Set(field, value.to_owned(), false);
                    actions.push(Action::Filter(none));
                }
            }
        }
        if state.search.narrows && state.search.found.is_some() {
            let label = format!("“{}”", state.search.text.trim());
            if chip(ui, &label, "The search marks again, and hides nothing") {
                actions.push(Action::Search(SearchAction::Narrow(false)));
            }
        }
        if ui.button(Command::ShowEverything.name()).clicked() {
            actions.push(Action::Run(Command::ShowEverything));
        }
    });
}

/// A word with a cross; true when it was pressed.
fn chip(ui: &mut Ui, label: &str, tooltip: &str) -> bool {
    let button = egui::Button::new((label, icons::atom(Icon::Close))).truncate();
    ui.add(button).on_hover_text(tooltip).clicked()
}

fn label_of(state: &State, field: Field, value: &str) -> String {
    let facets = state
        .filter
        .selected
        .as_ref()
        .map(|found| found.facets.of(field));
    let facet = facets.and_then(|facets| facets.iter().find(|facet| facet.value == value));
    facet.map_or_else(|| value.to_owned(), |facet| facet.label.clone())
}

/// Saved views, and how to make one.
fn views(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    title(ui, "Views");
    if let Some(fault) = &state.views.fault {
        ui.label(RichText::new(fault).small().color(colors.warn));
    }
    let now = state.shown_view().map(|view| view.name.as_str());
    for view in &state.views.list {
        ui.horizontal(|ui| {
            let is_now = now == Some(view.name.as_str());
            if ui.selectable_label(is_now, &view.name).clicked() {
                actions.push(Action::View(ViewAction::Show(view.name.clone())));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("Delete the view {}", view.name);
                if icons::button(ui, Icon::Close, &name, &name, false).clicked() {
                    actions.push(Action::View(ViewAction::Delete(view.name.clone())));
                }
            });
        });
    }
    if let Some(deleted) = state.views.deleted() {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let undo = ui.button("Undo").on_hover_text("Put the view back");
                if undo.clicked() {
                    actions.push(Action::View(ViewAction::Restore));
                }
                let told = RichText::new(format!("{deleted} was deleted"));
                let told = egui::Label::new(told.color(colors.text_weak)).truncate();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(told));
            });
        });
    }
    ui.horizontal_wrapped(|ui| {
        for command in [Command::SaveView, Command::CopyViewCommand] {
            let enabled = menu::is_enabled(state, command);
            let words = if command == Command::CopyViewCommand {
                "Copy command line"
            } else {
                command.name()
            };
            let button = ui.add_enabled(enabled, egui::Button::new(words));
            if button.on_hover_text(menu::tooltip(ui, command)).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}

fn one_field(
    ui: &mut Ui,
    state: &State,
    view: &mut FiltersView,
    field: Field,
    facets: &[Facet],
    actions: &mut Vec<Action>,
) {
    let wanted = state.filter.criteria.values(field);
    if facets.is_empty() && wanted.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        title(ui, field.label());
        if !wanted.is_empty() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let any = ui
                    .small_button("Any")
                    .on_hover_text("Ask for nothing of this kind");
                if any.clicked() {
                    actions.push(Action::Filter(FilterAction::Clear(field)));
                }
            });
        }
    });
    let sought = view.sought.trim().to_lowercase();
    let listed = &mut view.listed[field as usize];
    *listed = (*listed).max(LISTED);
    // What is asked for stays in sight, however few are listed, and where it is: a box that was ticked goes nowhere.
    let found = facets
        .iter()
        .filter(|facet| sought.is_empty() || facet.label.to_lowercase().contains(&sought));
    let mut more = 0;
    for (at, facet) in found.enumerate() {
        let is_wanted = wanted.contains(&facet.value.as_str());
        if at < *listed || is_wanted {
            value_row(ui, field, facet, is_wanted, actions);
        } else {
            more += 1;
        }
    }
    if more > 0 && ui.small_button(format!("{more} more")).clicked() {
        *listed += MORE;
    }
}

fn value_row(ui: &mut Ui, field: Field, facet: &Facet, is_wanted: bool, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    ui.horizontal(|ui| {
        let mut wanted = is_wanted;
        // The count has its room first, the name takes the rest.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let count = RichText::new(grouped(facet.count as u64)).small();
            ui.label(count.color(colors.text_weak));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (indent, label) = match field {
                    Field::Lane => {
                        let depth = facet.value.matches('/').count();
                        let last = facet.label.rsplit('/').next().unwrap_or(&facet.label);
                        (depth, last)
                    }
                    _ => (0, facet.label.as_str()),
                };
                ui.add_space(indent as f32 * space::LARGE_PX);
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                let response = theme::checkbox(ui, &mut wanted, label);
                if response.on_hover_text(&facet.value).changed() {
                    let set = FilterAction::Set(field, facet.value.clone(), wanted);
                    actions.push(Action::Filter(set));
                }
            });
        });
    });
}

fn title(ui: &mut Ui, text: &str) {
    let colors = palette(ui);
    let text = RichText::new(text)
        .font(Face::SansSemibold.at(size::CAPTION_PX))
        .color(colors.text_weak);
    ui.add_space(space::MEDIUM_PX);
    ui.label(text);
}
