//! Sheets over the window: palette, keys, about, settings, a path to open, where a link leads.
//!
//! Each closes by Esc, by a press beside it and by a button, and gives the focus back to what had it.

mod about;
mod export;
mod keys;
mod palette;
mod questions;
mod settings;

use super::icons::{self, Icon};
use super::theme::{self, Face, pane, size, space};
use crate::state::{Action, Sheet, State};
use egui::{Align, Context, Frame, Id, Layout, Modal, Response, RichText, Ui};

/// What the sheets remember between frames.
#[derive(Default)]
pub(crate) struct SheetsView {
    path: String,
    palette: palette::PaletteView,
    about: about::AboutView,
    export: export::ExportView,
    /// The sheet that was open in the frame before; its first frame takes the focus.
    shown: Option<Sheet>,
    /// What had the focus before.
    focused: Option<Id>,
}

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut SheetsView, actions: &mut Vec<Action>) {
    if state.sheet != Some(Sheet::Export) {
        view.export.give_back();
    }
    let Some(sheet) = &state.sheet else {
        if view.shown.take().is_some()
            && let Some(focused) = view.focused.take()
        {
            ui.memory_mut(|memory| memory.request_focus(focused));
        }
        return;
    };
    let just_opened = view.shown.as_ref() != Some(sheet);
    if view.shown.is_none() {
        view.focused = ui.memory(|memory| memory.focused());
    }
    view.shown = Some(sheet.clone());
    let frame = Frame::popup(ui.style()).inner_margin(theme::margin(space::XLARGE_PX));
    let modal = Modal::new(Id::unique("sheet")).frame(frame);
    let window_px = ui.ctx().content_rect().height();
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_max_height(window_px - 2.0 * space::HUGE_PX);
        match sheet {
            Sheet::Palette => palette::show(ui, state, &mut view.palette, just_opened, actions),
            Sheet::Keys => keys::show(ui, just_opened, actions),
            Sheet::About => about::show(ui, &mut view.about, actions),
            Sheet::Export => {
                export::show(ui, state, &mut view.export, just_opened, actions);
            }
            Sheet::Settings => settings::show(ui, state, just_opened, actions),
            Sheet::SaveView => {
                questions::save_view(ui, state, &mut view.path, just_opened, actions);
            }
            Sheet::OpenPath => questions::open_path(ui, &mut view.path, just_opened, actions),
            Sheet::NewBriefing => questions::new_briefing(ui, &mut view.path, just_opened, actions),
            Sheet::Address(address) => questions::address(ui, address, just_opened, actions),
        }
    });
    if modal.should_close() {
        actions.push(Action::CloseSheet);
    }
}

/// The title of a sheet, and the button that closes it, which takes the focus where nothing else does: only what has it is
/// read out, and only from there the keyboard goes on.
fn heading(ui: &mut Ui, text: &str, actions: &mut Vec<Action>) -> Response {
    let row = ui.horizontal(|ui| {
        let title = RichText::new(text).font(Face::SansSemibold.at(size::SHEET_TITLE_PX));
        let title = ui.label(title);
        super::as_heading(ui, &title, text);
        let right = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = icons::button(ui, Icon::Close, "Close", "Close (Esc)", false);
            if close.clicked() {
                actions.push(Action::CloseSheet);
            }
            close
        });
        right.inner
    });
    ui.add_space(space::WIDE_PX);
    row.inner
}

/// As wide as wanted, and no wider than the window.
fn set_width(ui: &mut Ui, wanted_px: f32) {
    let window_px = ui.ctx().content_rect().width();
    ui.set_width(wanted_px.min(window_px - 2.0 * space::HUGE_PX));
}

/// The most that a list in a sheet may take.
fn list_height_px(context: &Context) -> f32 {
    (context.content_rect().height() * pane::SHEET_SHARE).min(pane::SHEET_LIST_PX)
}
