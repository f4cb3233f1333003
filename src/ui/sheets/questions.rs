//! Short questions: a path to open, a path to write to, whether an address may be opened.

use super::{heading, set_width};
use crate::state::{Action, State, ViewAction};
use crate::ui::link;
use crate::ui::search::select_all;
use crate::ui::theme::{self, Face, pane, size, space};
use egui::{Button, Key, RichText, TextEdit, Ui};

pub(super) fn open_path(
    ui: &mut Ui,
    path: &mut String,
    just_opened: bool,
    actions: &mut Vec<Action>,
) {
    set_width(ui, pane::SHEET_PX);
    heading(ui, "Open a file or a folder", actions);
    if let Some(path) = ask_path(
        ui,
        path,
        "Open",
        "For example ~/briefings",
        just_opened,
        actions,
    ) {
        actions.push(Action::OpenWritten(path));
    }
}

pub(super) fn new_briefing(
    ui: &mut Ui,
    path: &mut String,
    just_opened: bool,
    actions: &mut Vec<Action>,
) {
    set_width(ui, pane::SHEET_PX);
    heading(ui, "New briefing", actions);
    let hint = "For example ~/briefings/briefing.md";
    if let Some(path) = ask_path(ui, path, "Write", hint, just_opened, actions) {
        actions.push(Action::WriteNewBriefing(path.into()));
        actions.push(Action::CloseSheet);
    }
}

/// A field for a path, and what is to be done with it; `Some` when it is to be done.
fn ask_path(
    ui: &mut Ui,
    path: &mut String,
    verb: &str,
    hint: &str,
    just_opened: bool,
    actions: &mut Vec<Action>,
) -> Option<String> {
    let label = ui.label("Path");
    let field = theme::field(
        ui,
        TextEdit::singleline(path)
            .desired_width(f32::INFINITY)
            .margin(theme::margin(space::MEDIUM_PX))
            .hint_text(hint),
    )
    .labelled_by(label.id);
    if just_opened {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let named = !path.trim().is_empty();
    ui.add_space(space::LARGE_PX);
    let mut wanted = None;
    ui.horizontal(|ui| {
        if theme::main_button(ui, named, verb).clicked() || entered && named {
            wanted = Some(path.clone());
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::CloseSheet);
        }
    });
    wanted
}

pub(super) fn address(ui: &mut Ui, address: &str, just_opened: bool, actions: &mut Vec<Action>) {
    set_width(ui, pane::SHEET_PX);
    heading(ui, "Open in the browser", actions);
    let may = link::may_be_opened(address);
    match link::site(address) {
        Some(site) => ui.label(format!("This link leads to {}", link::plain(site))),
        None => ui.label("This link leads to"),
    };
    ui.add_space(space::SMALL_PX);
    let plain = link::plain(address);
    ui.label(RichText::new(plain).font(Face::Mono.at(size::CODE_PX)));
    for trick in link::tricks(address) {
        ui.add_space(space::SMALL_PX);
        ui.label(RichText::new(trick).color(theme::palette(ui).warn));
    }
    if !may {
        ui.add_space(space::SMALL_PX);
        ui.label(
            RichText::new("Only http, https and mailto addresses are opened")
                .color(theme::palette(ui).warn),
        );
    }
    ui.add_space(space::LARGE_PX);
    ui.horizontal(|ui| {
        if theme::main_button(ui, may, "Open").clicked() {
            actions.push(Action::OpenAddress(address.to_owned()));
        }
        if ui.add(Button::new("Copy address")).clicked() {
            actions.push(Action::CopyText(address.to_owned()));
            actions.push(Action::CloseSheet);
        }
        let cancel = ui.button("Cancel");
        if just_opened {
            // A key that is held down must not open what nobody has read.
            cancel.request_focus();
        }
        if cancel.clicked() {
            actions.push(Action::CloseSheet);
        }
    });
}

/// Asks for the name of a view to save. The field takes the name of the view that is shown, if it is one.
pub(super) fn save_view(
    ui: &mut Ui,
    state: &State,
    name: &mut String,
    just_opened: bool,
    actions: &mut Vec<Action>,
) {
    if just_opened {
        *name = state
            .shown_view()
            .map_or_else(String::new, |view| view.name.clone());
    }
    set_width(ui, pane::SHEET_PX);
    heading(ui, "Save view", actions);
    let label = ui.label("Name");
    let field = theme::field(
        ui,
        TextEdit::singleline(name)
            .desired_width(f32::INFINITY)
            .margin(theme::margin(space::MEDIUM_PX))
            .hint_text("Ceasefire talks"),
    )
    .labelled_by(label.id);
    if just_opened {
        field.request_focus();
        select_all(ui, field.id, name);
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let is_named = !name.trim().is_empty();
    let is_known = state.views.list.iter().any(|view| view.name == name.trim());
    ui.add_space(space::SMALL_PX);
    let colors = theme::palette(ui);
    let told = if is_known {
        "A view of this name is there and will be replaced"
    } else {
        "Filters, search, range and lanes are kept in .sourceline/views.toml in the library"
    };
    ui.label(RichText::new(told).small().color(colors.text_weak));
    ui.add_space(space::LARGE_PX);
    ui.horizontal(|ui| {
        let verb = if is_known { "Replace" } else { "Save" };
        if theme::main_button(ui, is_named, verb).clicked() || entered && is_named {
            actions.push(Action::View(ViewAction::Save(name.clone())));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::CloseSheet);
        }
    });
}
