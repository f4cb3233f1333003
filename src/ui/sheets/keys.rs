//! Every key, by what it is for.

use super::{heading, list_height_px, set_width};
use crate::command::{Command, Group};
use crate::state::Action;
use crate::ui::reach;
use crate::ui::theme::{self, Face, pane, size, space};
use egui::{Frame, Label, RichText, ScrollArea, Stroke, Ui};

pub(super) fn show(ui: &mut Ui, just_opened: bool, actions: &mut Vec<Action>) {
    set_width(ui, pane::SHEET_WIDE_PX);
    let close = heading(ui, "All keys", actions);
    if just_opened {
        close.request_focus();
    }
    ScrollArea::vertical()
        .max_height(list_height_px(ui))
        .show(ui, |ui| {
            for group in Group::ALL {
                let has_keys =
                    |command: &Command| command.group() == group && !command.shortcuts().is_empty();
                if !Command::ALL.iter().any(has_keys) {
                    continue;
                }
                ui.label(RichText::new(group.title()).font(Face::SansSemibold.at(size::UI_PX)));
                ui.add_space(space::SMALL_PX);
                for command in Command::ALL.into_iter().filter(has_keys) {
                    row(
                        ui,
                        |ui| {
                            for shortcut in command.shortcuts().iter().filter(is_on_keyboards) {
                                let key = crate::ui::keys::words(ui, shortcut);
                                cap(ui, &key);
                            }
                        },
                        command.name(),
                        command.tooltip(),
                    );
                }
                ui.add_space(space::LARGE_PX);
            }
            in_focus(ui);
            hands(ui);
            reach::scroll_by_keys(ui);
        });
}

/// Keys, the name of what they do, and more words on it: three columns at the same places in every group.
fn row(ui: &mut Ui, keys: impl FnOnce(&mut Ui), name: &str, words: &str) {
    let colors = theme::palette(ui);
    ui.horizontal(|ui| {
        let width = |px| egui::vec2(px, space::ROW_PX);
        let left = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(width(pane::KEYS_PX), left, |ui| {
            ui.set_min_width(pane::KEYS_PX);
            keys(ui);
        });
        ui.allocate_ui_with_layout(width(pane::COMMAND_PX), left, |ui| {
            ui.set_min_width(pane::COMMAND_PX);
            ui.label(name);
        });
        ui.add(Label::new(RichText::new(words).color(colors.text_weak)).wrap());
    });
}

/// Some keys are on few keyboards only; they work, but nobody has to learn them.
fn is_on_keyboards(shortcut: &&egui::KeyboardShortcut) -> bool {
    !matches!(shortcut.logical_key, egui::Key::BrowserBack)
}

/// What keys do with the one thing that has the focus; these are no commands either.
fn in_focus(ui: &mut Ui) {
    const KEYS: [(&str, &str); 10] = [
        (
            "Tab, Shift+Tab",
            "To the next, the previous thing that can be used",
        ),
        ("Enter, Space", "Press what has the focus"),
        (
            "Shift+F10",
            "The menu of the event, the lane or the copy that has the focus",
        ),
        (
            "Arrows on the edge of a pane",
            "Make it wider, narrower, higher, lower",
        ),
        ("Arrows on the bar of a table", "Move the table sideways"),
        (
            "Arrows in a copy",
            "Move the caret; with Ctrl by words and paragraphs",
        ),
        (
            "Home, End, Page keys in a copy",
            "To the edges of the row, by pages; with Ctrl to the ends",
        ),
        ("Shift with these", "Select words"),
        (
            "Ctrl+C, Ctrl+A in a copy",
            "Copy what is selected; select all",
        ),
        ("Enter in a copy", "Show who quotes the words at the caret"),
    ];
    table(ui, "What has the focus", &KEYS);
}

/// What the mouse does; it has no commands.
fn hands(ui: &mut Ui) {
    const HANDS: [(&str, &str); 8] = [
        ("Ctrl with the wheel, pinch", "Zoom at the pointer"),
        ("Shift with the wheel", "Move in time"),
        ("Drag, middle button", "Move in time and over lanes"),
        ("Shift with a drag", "Zoom to the rectangle"),
        ("Drag on the ruler", "Select a range; with Alt, freely"),
        ("Double click", "Fit the event; on empty ground, all"),
        ("Right click", "What can be done with it"),
        ("Ctrl with plus, minus, zero", "Scale the whole window"),
    ];
    table(ui, "Mouse and touchpad", &HANDS);
}

fn table(ui: &mut Ui, title: &str, rows: &[(&str, &str)]) {
    let colors = theme::palette(ui);
    ui.label(RichText::new(title).font(Face::SansSemibold.at(size::UI_PX)));
    ui.add_space(space::SMALL_PX);
    for (hand, does) in rows {
        ui.horizontal(|ui| {
            let size = egui::vec2(pane::KEYS_PX + pane::COMMAND_PX, space::ROW_PX);
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(size, left, |ui| {
                ui.set_min_width(size.x);
                ui.label(*hand);
            });
            let does = RichText::new(*does).color(colors.text_weak);
            ui.add(Label::new(does).wrap());
        });
    }
    ui.add_space(space::LARGE_PX);
}

/// A key as it looks on a keyboard.
fn cap(ui: &mut Ui, key: &str) {
    let colors = theme::palette(ui);
    Frame::NONE
        .fill(colors.panel)
        .stroke(Stroke::new(space::HAIRLINE_PX, colors.outline))
        .corner_radius(space::RADIUS_PX)
        .inner_margin(egui::Margin::symmetric(
            space::SMALL_PX as i8 + 1,
            space::HAIRLINE_PX as i8,
        ))
        .show(ui, |ui| {
            let text = RichText::new(key).font(Face::SansMedium.at(size::CAPTION_PX));
            ui.add(Label::new(text).selectable(false).extend());
        });
}
