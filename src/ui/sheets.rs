//! Sheets over the window: palette, keys, about, a path to open, where a link leads.

mod palette;

use super::link;
use super::theme::{self, Face, size, space};
use crate::command::{Command, Group};
use crate::state::{Action, Sheet, State};
use egui::{Grid, Id, Modal, RichText, ScrollArea, TextEdit, Ui};

/// What the sheets remember between frames.
#[derive(Default)]
pub(crate) struct SheetsView {
    path: String,
    palette: palette::PaletteView,
    /// The sheet that was open in the frame before; its first frame takes the focus.
    shown: Option<Sheet>,
}

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut SheetsView, actions: &mut Vec<Action>) {
    let Some(sheet) = &state.sheet else {
        view.shown = None;
        return;
    };
    let just_opened = view.shown.as_ref() != Some(sheet);
    view.shown = Some(sheet.clone());
    let modal = Modal::new(Id::unique("sheet")).show(ui.ctx(), |ui| match sheet {
        Sheet::Palette => palette::show(ui, state, &mut view.palette, just_opened, actions),
        Sheet::Keys => keys(ui),
        Sheet::About => about(ui),
        Sheet::OpenPath => open_path(ui, &mut view.path, just_opened, actions),
        Sheet::Address(address) => ask_address(ui, address, actions),
    });
    if modal.should_close() {
        actions.push(Action::CloseSheet);
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(Face::SansSemibold.at(size::UI_TITLE_PX)));
    ui.add_space(space::MEDIUM_PX);
}

fn keys(ui: &mut Ui) {
    ui.set_width(620.0);
    heading(ui, "All keys");
    let colors = theme::palette(ui);
    ScrollArea::vertical().max_height(520.0).show(ui, |ui| {
        for group in Group::ALL {
            ui.label(RichText::new(group.title()).strong());
            Grid::new(group.title())
                .num_columns(3)
                .spacing([space::LARGE_PX, space::SMALL_PX])
                .show(ui, |ui| {
                    for command in Command::ALL {
                        if command.group() != group || command.shortcuts().is_empty() {
                            continue;
                        }
                        let keys: Vec<String> = command
                            .shortcuts()
                            .iter()
                            .map(|shortcut| ui.format_shortcut(shortcut))
                            .collect();
                        ui.label(
                            RichText::new(keys.join(" or ")).font(Face::Mono.at(size::CAPTION_PX)),
                        );
                        ui.label(command.name());
                        ui.label(RichText::new(command.tooltip()).color(colors.text_weak));
                        ui.end_row();
                    }
                });
            ui.add_space(space::MEDIUM_PX);
        }
    });
}

fn about(ui: &mut Ui) {
    ui.set_width(440.0);
    heading(ui, concat!("Sourceline ", env!("CARGO_PKG_VERSION")));
    ui.label(env!("CARGO_PKG_DESCRIPTION"));
    ui.add_space(space::MEDIUM_PX);
    ui.label("Licensed under MIT or Apache-2.0, at your choice. The fonts Source Serif 4, IBM Plex Sans and JetBrains Mono stand under the SIL Open Font License 1.1.");
}

fn open_path(ui: &mut Ui, path: &mut String, just_opened: bool, actions: &mut Vec<Action>) {
    ui.set_width(520.0);
    heading(ui, "Open a file or a folder");
    let label = ui.label("Path");
    let field = ui
        .add(
            TextEdit::singleline(path)
                .desired_width(f32::INFINITY)
                .hint_text("~/briefings"),
        )
        .labelled_by(label.id);
    if just_opened {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let named = !path.trim().is_empty();
    ui.add_space(space::MEDIUM_PX);
    ui.horizontal(|ui| {
        let open = ui.add_enabled(named, egui::Button::new("Open"));
        if open.clicked() || entered && named {
            actions.push(Action::OpenWritten(path.clone()));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::CloseSheet);
        }
    });
}

fn ask_address(ui: &mut Ui, address: &str, actions: &mut Vec<Action>) {
    ui.set_width(520.0);
    heading(ui, "Open in the browser");
    let may = link::may_be_opened(address);
    // Control and bidirectional characters could make an address look like another one.
    let plain: String = address.escape_debug().collect();
    ui.label("This link leads to");
    ui.label(RichText::new(plain).font(Face::Mono.at(size::CODE_PX)));
    if !may {
        ui.label(
            RichText::new("Only http, https and mailto addresses are opened")
                .color(theme::palette(ui).warn),
        );
    }
    ui.add_space(space::MEDIUM_PX);
    ui.horizontal(|ui| {
        if ui.add_enabled(may, egui::Button::new("Open")).clicked() {
            actions.push(Action::OpenAddress(address.to_owned()));
        }
        if ui.button("Copy address").clicked() {
            actions.push(Action::CopyText(address.to_owned()));
            actions.push(Action::CloseSheet);
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::CloseSheet);
        }
    });
}
