//! Every key, by what it is for.

use super::{heading, list_height_px, set_width};
use crate::command::{Command, Group};
use crate::state::Action;
use crate::ui::theme::{self, Face, pane, size, space};
use egui::{Frame, Grid, RichText, ScrollArea, Stroke, Ui};

pub(super) fn show(ui: &mut Ui, actions: &mut Vec<Action>) {
    set_width(ui, pane::SHEET_WIDE_PX);
    heading(ui, "All keys", actions);
    let colors = theme::palette(ui);
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
                Grid::new(group.title())
                    .num_columns(3)
                    .spacing([space::LARGE_PX, space::SMALL_PX])
                    .min_col_width(pane::KEYS_PX)
                    .show(ui, |ui| {
                        for command in Command::ALL.into_iter().filter(has_keys) {
                            ui.horizontal(|ui| {
                                for shortcut in command.shortcuts() {
                                    let key = ui.format_shortcut(shortcut);
                                    cap(ui, &key);
                                }
                            });
                            ui.label(command.name());
                            let words = RichText::new(command.tooltip()).color(colors.text_weak);
                            ui.add(egui::Label::new(words).wrap());
                            ui.end_row();
                        }
                    });
                ui.add_space(space::LARGE_PX);
            }
            hands(ui);
        });
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
    let colors = theme::palette(ui);
    ui.label(RichText::new("Mouse and touchpad").font(Face::SansSemibold.at(size::UI_PX)));
    ui.add_space(space::SMALL_PX);
    Grid::new("hands")
        .num_columns(2)
        .spacing([space::LARGE_PX, space::SMALL_PX])
        .show(ui, |ui| {
            for (hand, does) in HANDS {
                ui.label(hand);
                ui.label(RichText::new(does).color(colors.text_weak));
                ui.end_row();
            }
        });
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
            ui.add(egui::Label::new(text).selectable(false).extend());
        });
}
