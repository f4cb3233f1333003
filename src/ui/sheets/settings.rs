//! What can be set, all on one sheet; every change shows at once behind it.

use super::{heading, list_height_px, set_width};
use crate::state::{Action, Motion, Reading, State, Theme, Wheel, ZoneChoice};
use crate::ui::reach;
use crate::ui::theme::{self, Face, pane, size, space};
use egui::{Grid, RichText, Role, ScrollArea, Slider, Ui, WidgetInfo};
use std::ops::RangeInclusive;

pub(super) fn show(ui: &mut Ui, state: &State, just_opened: bool, actions: &mut Vec<Action>) {
    set_width(ui, pane::SHEET_PX);
    let close = heading(ui, "Settings", actions);
    if just_opened {
        close.request_focus();
    }
    // As wide as the sheet, so that its bar stands at the edge and not on what is set.
    ScrollArea::vertical()
        .auto_shrink([false, true])
        .max_height(list_height_px(ui))
        .min_scrolled_height(list_height_px(ui))
        .show(ui, |ui| {
            all(ui, state, actions);
            reach::follow_focus(ui);
        });
}

fn all(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let settings = &state.settings;
    Grid::new("settings")
        .num_columns(2)
        .spacing([space::XLARGE_PX, space::WIDE_PX])
        .min_col_width(pane::SETTING_NAME_PX)
        .show(ui, |ui| {
            group(ui, "Looks");
            choice(
                ui,
                "Theme",
                settings.theme,
                &[
                    (Theme::System, "System"),
                    (Theme::Light, "Light"),
                    (Theme::Dark, "Dark"),
                ],
                |theme| actions.push(Action::SetTheme(theme)),
            );
            ui.label("Contrast");
            let mut high = settings.high_contrast;
            let high_box = theme::checkbox(ui, &mut high, "High contrast");
            if high_box.changed() {
                actions.push(Action::SetHighContrast(high));
            }
            ui.end_row();
            choice(
                ui,
                "Motion",
                settings.motion,
                &[
                    (Motion::System, "System"),
                    (Motion::On, "On"),
                    (Motion::Off, "Off"),
                ],
                |motion| actions.push(Action::SetMotion(motion)),
            );

            group(ui, "Text");
            let reading = settings.reading;
            number(
                ui,
                ("Size", "%"),
                reading.size_percent,
                Reading::SIZES_PERCENT,
                |size_percent| {
                    let reading = Reading {
                        size_percent,
                        ..reading
                    };
                    actions.push(Action::SetReading(reading));
                },
            );
            number(
                ui,
                ("Length of lines", " characters"),
                reading.measure_chars,
                Reading::MEASURES_CHARS,
                |measure_chars| {
                    let reading = Reading {
                        measure_chars,
                        ..reading
                    };
                    actions.push(Action::SetReading(reading));
                },
            );

            group(ui, "Timeline");
            choice(
                ui,
                "The wheel",
                settings.wheel,
                &[
                    (Wheel::Auto, "Scrolls or zooms"),
                    (Wheel::Zoom, "Zooms"),
                    (Wheel::Scroll, "Scrolls"),
                ],
                |wheel| actions.push(Action::SetWheel(wheel)),
            );
            choice(
                ui,
                "Times of day",
                settings.zone,
                &[
                    (ZoneChoice::AsWritten, "As written"),
                    (ZoneChoice::Local, "Local"),
                    (ZoneChoice::Utc, "UTC"),
                ],
                |zone| actions.push(Action::SetZone(zone)),
            );
        });
    ui.add_space(space::LARGE_PX);
    let colors = theme::palette(ui);
    let scale = "Ctrl with plus, minus and zero scales the whole window";
    ui.label(RichText::new(scale).small().color(colors.text_weak));
}

fn group(ui: &mut Ui, name: &str) {
    ui.label(RichText::new(name).font(Face::SansSemibold.at(size::UI_PX)));
    ui.end_row();
}

/// A row of buttons, of which one is pressed.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    now: T,
    choices: &[(T, &str)],
    mut set: impl FnMut(T),
) {
    ui.label(name);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT_PX;
        for &(value, words) in choices {
            let response = ui.selectable_label(value == now, words);
            let enabled = ui.is_enabled();
            response.widget_info(|| {
                let label = format!("{name}: {words}");
                WidgetInfo::selected(Role::RadioButton, enabled, value == now, label)
            });
            if response.clicked() {
                set(value);
            }
        }
    });
    ui.end_row();
}

/// A number that is drawn by hand or typed.
fn number(
    ui: &mut Ui,
    (name, unit): (&str, &str),
    mut now: u16,
    bounds: RangeInclusive<u16>,
    mut set: impl FnMut(u16),
) {
    let label = ui.label(name);
    ui.spacing_mut().slider_width = pane::SLIDER_PX;
    let slider = Slider::new(&mut now, bounds).suffix(unit);
    let response = ui.add(slider).labelled_by(label.id);
    if response.changed() {
        set(now);
    }
    ui.end_row();
}
