//! What the pane says when there is nothing to read.

use crate::command::Command;
use crate::state::{Action, Loading, State};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Face, page, palette, size, space};
use crate::ui::{as_heading, keys, menu, reach};
use egui::{Align, Button, Label, Layout, RichText, ScrollArea, Ui, UiBuilder, vec2};

pub(super) fn show(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let room = ui.available_rect_before_wrap();
    let width_px = page::EMPTY_PX.min(room.width() - 2.0 * space::LARGE_PX);
    let column = egui::Rect::from_min_max(
        egui::pos2(room.center().x - width_px / 2.0, room.top()),
        egui::pos2(room.center().x + width_px / 2.0, room.bottom()),
    );
    let layout = Layout::top_down(Align::Min);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(column).layout(layout));
    ScrollArea::vertical()
        .id_salt("nothing to read")
        .auto_shrink([false, false])
        .show(&mut ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::MEDIUM_PX;
            // A little above the middle looks like the middle. In a low pane everything is to be seen first of all.
            let is_low = room.height() < page::EMPTY_LOW_PX;
            ui.add_space(if is_low {
                space::MEDIUM_PX
            } else {
                room.height() * page::EMPTY_TOP_SHARE
            });
            match &state.loading {
                Some(loading) => reading(ui, loading),
                None => nothing(ui, state, is_low, actions),
            }
            reach::follow_focus(ui);
        });
}

/// A way to something to read, as a button; where there is room with its keys.
fn way(
    ui: &mut Ui,
    icon: Icon,
    command: Command,
    width_px: f32,
    with_keys: bool,
    actions: &mut Vec<Action>,
) {
    let mut button = Button::new((icons::atom(icon), command.name(), egui::Atom::grow()))
        .min_size(vec2(width_px, space::HUGE_PX));
    if let Some(keys) = keys::of(ui, command).filter(|_| with_keys) {
        button = button.shortcut_text(keys);
    }
    let button = ui.add(button);
    if button.on_hover_text(menu::tooltip(ui, command)).clicked() {
        actions.push(Action::Run(command));
    }
}

fn title(ui: &mut Ui, text: &str) {
    let colors = palette(ui);
    let words = RichText::new(text)
        .font(Face::SerifBold.at(size::HEADINGS_PX[1]))
        .color(colors.text);
    let title = ui.add(Label::new(words).wrap());
    as_heading(ui, &title, text);
}

fn reading(ui: &mut Ui, loading: &Loading) {
    title(ui, "Reading briefings");
    let words = match loading.found {
        Some(found) => format!("{} of {found} files", loading.read),
        None => format!("{} files so far", loading.read),
    };
    ui.label(RichText::new(words).color(palette(ui).text_weak));
}

fn nothing(ui: &mut Ui, state: &State, is_low: bool, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    // A folder that is open but holds no briefing is another case than no folder.
    let (head, words) = match state.opened.first() {
        Some(path) => (
            "No briefings here yet",
            format!(
                "{} holds no file that ends in .md or .markdown. A new one shows here as soon as it is saved.",
                path.display()
            ),
        ),
        None => (
            "Open a folder of briefings",
            "A briefing is a Markdown file. Its events appear on the timeline, and its statements lead to their sources."
                .to_owned(),
        ),
    };
    title(ui, head);
    ui.add(Label::new(RichText::new(words).color(colors.text_weak)).wrap());
    ui.add_space(space::MEDIUM_PX);
    let mut ways = [
        (Icon::FolderOpen, Command::OpenFolder),
        (Icon::Document, Command::OpenFile),
        (Icon::NewDocument, Command::NewBriefing),
        (Icon::Library, Command::OpenShipped),
    ];
    // A folder that was opened and is empty waits for its first briefing.
    if !state.opened.is_empty() {
        ways.swap(0, 2);
    }
    let a_row = if is_low { 2 } else { 1 };
    let gap_px = space::MEDIUM_PX;
    let width_px = match a_row {
        1 => ui.available_width(),
        _ => (ui.available_width() - gap_px) / 2.0,
    };
    for ways in ways.chunks(a_row) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap_px;
            for &(icon, command) in ways {
                way(ui, icon, command, width_px, !is_low, actions);
            }
        });
    }
    ui.add_space(space::MEDIUM_PX);
    let drop = "Or drop a file or a folder here, or paste its path";
    ui.label(RichText::new(drop).small().color(colors.text_weak));
    let mut recent = state.settings.recent.iter();
    let shown = state.opened.first();
    let recent: Vec<_> = recent
        .by_ref()
        .filter(|path| Some(*path) != shown)
        .take(page::EMPTY_RECENT)
        .collect();
    if recent.is_empty() {
        return;
    }
    ui.add_space(space::LARGE_PX);
    ui.label(RichText::new("Recent").font(Face::SansSemibold.at(size::CAPTION_PX)));
    for path in recent {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let open = ui
            .link(name.to_string_lossy())
            .on_hover_text(path.display().to_string());
        if open.clicked() {
            actions.push(Action::OpenPaths(vec![path.clone()]));
        }
    }
}
