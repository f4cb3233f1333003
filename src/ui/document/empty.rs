//! What the pane says when there is nothing to read.

use crate::command::Command;
use crate::state::{Action, Loading, State};
use crate::ui::theme::{Face, page, palette, size, space};
use egui::{Align, Button, Layout, RichText, Ui, UiBuilder, vec2};

pub(super) fn show(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    let room = ui.available_rect_before_wrap();
    // A little above the middle looks like the middle.
    let top_px = room.top() + room.height() * 0.32;
    let width_px = page::EMPTY_PX.min(room.width());
    let column = egui::Rect::from_min_size(
        egui::pos2(room.center().x - width_px / 2.0, top_px),
        vec2(width_px, (room.bottom() - top_px).max(0.0)),
    );
    let layout = Layout::top_down(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(column).layout(layout));
    ui.spacing_mut().item_spacing.y = space::MEDIUM_PX;
    let title = |text: &str| {
        RichText::new(text)
            .font(Face::SerifBold.at(size::HEADINGS_PX[1]))
            .color(colors.text)
    };
    let weak = |text: String| RichText::new(text).color(colors.text_weak);
    if let Some(loading) = &state.loading {
        ui.label(title("Reading briefings"));
        ui.label(weak(progress(loading)));
        return;
    }
    ui.label(title("Open a folder of briefings"));
    ui.label(weak(
        "A briefing is a Markdown file. Its events appear on the timeline, and its statements lead to their sources."
            .to_owned(),
    ));
    ui.add_space(space::MEDIUM_PX);
    for command in [Command::OpenFolder, Command::OpenFile, Command::OpenShipped] {
        let mut button = Button::new(command.name()).min_size(vec2(width_px * 0.6, space::HUGE_PX));
        if let Some(shortcut) = command.shortcuts().first() {
            button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
        }
        if ui.add(button).on_hover_text(command.tooltip()).clicked() {
            actions.push(Action::Run(command));
        }
    }
}

fn progress(loading: &Loading) -> String {
    match loading.found {
        Some(found) => format!("{} of {found} files", loading.read),
        None => format!("{} files so far", loading.read),
    }
}
