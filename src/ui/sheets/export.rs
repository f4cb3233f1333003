//! The export sheet: choices at the left, the pages as they will be at the right.

use super::{heading, set_width};
use crate::library::Picture;
use crate::number::grouped;
use crate::state::{Action, Export, ExportAction, PagesInfo, Preview, State, Writing};
use crate::summary::{Form, Paper, Standard, Template, citation};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Face, export, palette, size, space};
use crate::ui::{reach, tell};
use egui::accesskit::Live;
use egui::text::LayoutJob;
use egui::{
    Align, Button, ColorImage, ComboBox, Grid, Key, Layout, Rect, RichText, Role, ScrollArea,
    Sense, Spinner, StrokeKind, TextEdit, TextureHandle, TextureOptions, Ui, WidgetInfo, pos2,
    vec2,
};
use std::sync::Arc;

/// What the sheet remembers between frames.
#[derive(Default)]
pub(crate) struct ExportView {
    /// The page on screen, and the picture that it was made from.
    texture: Option<(Arc<Picture>, TextureHandle)>,
    path: String,
    /// Name and title of every citation style; there are many, and each has to be read to have its title.
    styles: Option<Vec<(&'static str, &'static str)>>,
}

impl ExportView {
    /// Lets go of what takes memory while the sheet is closed.
    pub(super) fn give_back(&mut self) {
        self.texture = None;
    }
}

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    view: &mut ExportView,
    just_opened: bool,
    actions: &mut Vec<Action>,
) {
    set_width(ui, export::SHEET_PX);
    heading(ui, "Export", actions);
    let height_px = (ui.ctx().content_rect().height() - export::AROUND_PX)
        .clamp(export::LEAST_PX, export::MOST_PX);
    let choices_px = export::CHOICES_PX.min(ui.available_width() / 2.0);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            vec2(choices_px, height_px),
            Layout::top_down(Align::Min),
            |ui| {
                ui.set_min_size(vec2(choices_px, height_px));
                ScrollArea::vertical()
                    .max_height(height_px - foot_px(&state.export))
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        choices(ui, state, view, just_opened, actions);
                        reach::follow_focus(ui);
                    });
                foot(ui, state, view, actions);
            },
        );
        ui.add_space(space::LARGE_PX);
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), height_px),
            Layout::top_down(Align::Center),
            |ui| pages(ui, &state.export, view, height_px, actions),
        );
    });
    keys(ui, &state.export, actions);
}

// Choices.

fn choices(
    ui: &mut Ui,
    state: &State,
    view: &mut ExportView,
    just_opened: bool,
    actions: &mut Vec<Action>,
) {
    let current = &state.export;
    let options = &current.options;
    title(ui, "Form");
    Grid::new("forms").num_columns(2).show(ui, |ui| {
        for (at, form) in Form::ALL.into_iter().enumerate() {
            let choice =
                theme::radio(ui, current.form == form, form.label()).on_hover_text(form.meaning());
            if just_opened && current.form == form {
                choice.request_focus();
            }
            if choice.clicked() {
                actions.push(ExportAction::SetForm(form).into());
            }
            if at % 2 == 1 {
                ui.end_row();
            }
        }
    });
    let has_pages = matches!(
        current.form,
        Form::Pdf | Form::Html | Form::Markdown | Form::Typst
    );
    if has_pages {
        title(ui, "How much it says");
        for (template, label, meaning) in [
            (Template::Full, "Full", "All of it, with notes and sources"),
            (Template::Brief, "Brief", "Abstract, figure and chronology"),
        ] {
            let choice =
                theme::radio(ui, options.template == template, label).on_hover_text(meaning);
            if choice.clicked() {
                actions.push(ExportAction::SetTemplate(template).into());
            }
        }
    }
    if matches!(current.form, Form::Pdf | Form::Typst) {
        title(ui, "Paper");
        ui.horizontal(|ui| {
            for paper in Paper::ALL {
                if theme::radio(ui, options.paper == paper, paper.label()).clicked() {
                    actions.push(ExportAction::SetPaper(paper).into());
                }
            }
        });
    }
    if current.form == Form::Pdf {
        title(ui, "What the file promises");
        for standard in Standard::ALL {
            let choice = theme::radio(ui, options.standard == standard, standard.label());
            if choice.clicked() {
                actions.push(ExportAction::SetStandard(standard).into());
            }
        }
    }
    if has_pages && options.template == Template::Full {
        title(ui, "Citation style");
        styles(ui, view, &options.style, actions);
    }
    if state.has_choice() {
        title(ui, "Events");
        for (whole, label) in [(false, "Those shown, in the selected range"), (true, "All")] {
            if theme::radio(ui, current.whole == whole, label).clicked() {
                actions.push(ExportAction::SetWhole(whole).into());
            }
        }
    }
}

fn title(ui: &mut Ui, text: &str) {
    ui.add_space(space::WIDE_PX);
    let text = RichText::new(text).font(Face::SansSemibold.at(size::UI_PX));
    ui.label(text);
}

fn styles(ui: &mut Ui, view: &mut ExportView, current: &str, actions: &mut Vec<Action>) {
    let styles = view.styles.get_or_insert_with(citation::style_names);
    let shown = styles
        .iter()
        .find(|(name, _)| *name == current)
        .map_or(current, |(_, title)| *title);
    let combo = ComboBox::from_id_salt("citation style")
        .selected_text(shown)
        .width(ui.available_width() - space::LARGE_PX)
        .truncate()
        .show_ui(ui, |ui| {
            for (name, title) in styles.iter() {
                if ui.selectable_label(*name == current, *title).clicked() {
                    actions.push(ExportAction::SetStyle((*name).to_owned()).into());
                }
            }
        });
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Citation style"));
}

// Buttons, and how far the writing has come.

/// How high the buttons are, with what stands above them.
fn foot_px(current: &Export) -> f32 {
    let told = match current.writing {
        Writing::Idle => 0.0,
        Writing::Running(_) | Writing::Done(_) => space::ROW_PX,
        Writing::Failed(_) => export::MESSAGE_PX,
    };
    let asked = if current.asks_path {
        export::PATH_PX
    } else {
        0.0
    };
    export::FOOT_PX + told + asked
}

fn foot(ui: &mut Ui, state: &State, view: &mut ExportView, actions: &mut Vec<Action>) {
    let current = &state.export;
    let colors = palette(ui);
    ui.add_space(space::WIDE_PX);
    match &current.writing {
        Writing::Idle => {}
        Writing::Running(path) => {
            ui.horizontal(|ui| {
                ui.add(Spinner::new().size(space::ICON_PX));
                let words = format!("Writing {}", file_name(path));
                let told = ui.add(egui::Label::new(words).truncate());
                tell(ui, &told, Live::Polite);
            });
        }
        Writing::Done(path) => {
            ui.horizontal(|ui| {
                let (mark, _) =
                    ui.allocate_exact_size(vec2(space::ICON_PX, space::ICON_PX), Sense::hover());
                icons::paint(ui.painter(), mark, Icon::Check, colors.good);
                let words = format!("Written: {}", file_name(path));
                let told = ui.add(egui::Label::new(words).truncate());
                tell(ui, &told, Live::Polite);
            });
        }
        Writing::Failed(message) => {
            let words = RichText::new(message).color(colors.warn);
            let told = ui.add(egui::Label::new(words).wrap());
            tell(ui, &told, Live::Assertive);
        }
    }
    if current.asks_path && !matches!(current.writing, Writing::Running(_)) {
        let label = ui.label("Path");
        let hint = format!("~/summary.{}", current.form.ending());
        theme::field(
            ui,
            TextEdit::singleline(&mut view.path)
                .desired_width(f32::INFINITY)
                .margin(theme::margin(space::MEDIUM_PX))
                .hint_text(hint),
        )
        .labelled_by(label.id);
        ui.add_space(space::MEDIUM_PX);
    }
    ui.horizontal(|ui| match &current.writing {
        Writing::Running(_) => {
            if ui.button("Cancel").clicked() {
                actions.push(ExportAction::Cancel.into());
            }
        }
        other => {
            let can_write =
                !state.library.is_empty() && (!current.asks_path || !view.path.trim().is_empty());
            let save = theme::main_button(ui, can_write, "Save…");
            if save.clicked() {
                actions.push(if current.asks_path {
                    ExportAction::SaveTo(view.path.trim().into()).into()
                } else {
                    ExportAction::Save.into()
                });
            }
            if let Writing::Done(path) = other {
                if ui.button("Show in folder").clicked() {
                    actions.push(Action::RevealPath(path.clone()));
                }
            } else {
                let copy = Button::new((icons::atom(Icon::Copy), "Copy chronology"));
                let copy = ui.add_enabled(!state.library.is_empty(), copy);
                if copy.clicked() {
                    let command = crate::command::Command::CopyChronology;
                    actions.push(Action::Run(command));
                }
            }
        }
    });
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

// Pages.

fn pages(
    ui: &mut Ui,
    current: &Export,
    view: &mut ExportView,
    height_px: f32,
    actions: &mut Vec<Action>,
) {
    let colors = palette(ui);
    let room = vec2(ui.available_width(), height_px - export::PAGER_PX);
    let (area, _) = ui.allocate_exact_size(room, Sense::hover());
    ui.painter()
        .rect_filled(area, space::RADIUS_LARGE_PX, colors.lane);
    match &current.preview {
        Preview::None => {}
        Preview::Setting => {
            let spinner =
                Rect::from_center_size(area.center(), vec2(space::HUGE_PX, space::HUGE_PX));
            ui.put(spinner, Spinner::new().size(space::XLARGE_PX))
                .widget_info(|| {
                    WidgetInfo::labeled(Role::ProgressIndicator, true, "Setting pages")
                });
        }
        Preview::Failed(message) => {
            words(ui, area, message);
        }
        Preview::Large(estimate) => {
            let text = format!(
                "{} events will be about {} pages",
                grouped(estimate.events as u64),
                grouped(estimate.pages as u64)
            );
            let said = words(ui, area, &text);
            let button = Rect::from_center_size(
                pos2(said.center().x, said.bottom() + space::XLARGE_PX),
                vec2(export::CHOICES_PX / 2.0, space::HUGE_PX),
            );
            if ui.put(button, Button::new("Set the pages")).clicked() {
                actions.push(ExportAction::Preview.into());
            }
        }
        Preview::Ready(info) => page(ui, current, view, *info, area),
    }
    if let Preview::Ready(info) = current.preview {
        ui.add_space(space::MEDIUM_PX);
        pager(ui, current.page, info.count, actions);
    }
}

/// Words in the middle of an area, of several lines where it is narrow, and where they stand.
fn words(ui: &mut Ui, area: Rect, text: &str) -> Rect {
    let colors = palette(ui);
    let room = area.shrink(space::XLARGE_PX);
    let font = Face::Sans.at(size::UI_PX);
    let mut job = LayoutJob::simple(text.to_owned(), font, colors.text_weak, room.width());
    job.halign = Align::Center;
    let galley = ui.painter().layout_job(job);
    let said = Rect::from_center_size(room.center(), galley.size());
    ui.painter()
        .galley(said.center_top(), galley, colors.text_weak);
    let id = ui.scope_id().with("words");
    ui.interact(said, id, Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    said
}

fn page(ui: &mut Ui, current: &Export, view: &mut ExportView, info: PagesInfo, area: Rect) {
    let colors = palette(ui);
    let room = area.shrink(space::LARGE_PX);
    let scale = (room.width() / info.width_pt).min(room.height() / info.height_pt);
    let sheet = Rect::from_center_size(
        room.center(),
        vec2(info.width_pt * scale, info.height_pt * scale),
    );
    if let Some(picture) = current.pictures.get(&current.page) {
        let is_current = |(made_from, _): &(Arc<Picture>, _)| Arc::ptr_eq(made_from, picture);
        if !view.texture.as_ref().is_some_and(is_current) {
            let image = ColorImage::from_rgba_unmultiplied(
                [picture.width_px, picture.height_px],
                &picture.rgba,
            );
            let options =
                TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
            let texture = ui.ctx().load_texture("export page", image, options);
            view.texture = Some((Arc::clone(picture), texture));
        }
        if let Some((_, texture)) = &view.texture {
            let whole = Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
            ui.painter()
                .image(texture.id(), sheet, whole, theme::UNTINTED);
        }
    } else {
        ui.painter().rect_filled(sheet, 0, theme::UNTINTED);
    }
    let edge = egui::Stroke::new(space::HAIRLINE_PX, colors.rule);
    ui.painter()
        .rect_stroke(sheet, 0, edge, StrokeKind::Outside);
    let label = format!("Page {} of {}", current.page + 1, info.count);
    let id = ui.scope_id().with("page");
    ui.interact(sheet, id, Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
}

fn pager(ui: &mut Ui, page: usize, count: usize, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let text = format!("Page {} of {}", page + 1, grouped(count as u64));
        // The words in the middle, a button at either side.
        let side_px = (ui.available_width() - export::PAGER_WORDS_PX) / 2.0;
        ui.add_space(side_px.max(0.0));
        ui.add_enabled_ui(page > 0, |ui| {
            let tooltip = "The page before (Page up)";
            if icons::button(ui, Icon::ChevronLeft, "Page before", tooltip, false).clicked() {
                actions.push(ExportAction::ShowPage(page - 1).into());
            }
        });
        ui.label(text);
        ui.add_enabled_ui(page + 1 < count, |ui| {
            let tooltip = "The next page (Page down)";
            if icons::button(ui, Icon::ChevronRight, "Next page", tooltip, false).clicked() {
                actions.push(ExportAction::ShowPage(page + 1).into());
            }
        });
    });
}

fn keys(ui: &Ui, current: &Export, actions: &mut Vec<Action>) {
    let Preview::Ready(info) = current.preview else {
        return;
    };
    if ui.text_edit_focused() {
        return;
    }
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    if pressed(Key::PageDown) && current.page + 1 < info.count {
        actions.push(ExportAction::ShowPage(current.page + 1).into());
    } else if pressed(Key::PageUp) && current.page > 0 {
        actions.push(ExportAction::ShowPage(current.page - 1).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Estimate;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    #[test]
    fn what_is_said_of_many_pages_stands_above_its_button_at_any_width() {
        let estimate = Estimate {
            events: 50_000,
            pages: 2_500,
        };
        let mut current = Export::default();
        current.preview = Preview::Large(estimate);
        for width_px in [200.0, 264.0, 600.0] {
            let mut view = ExportView::default();
            let window = Harness::builder()
                .with_size(vec2(width_px, 300.0))
                .build_ui(|ui| pages(ui, &current, &mut view, 260.0, &mut Vec::new()));
            let words = window.get_by_label("50,000 events will be about 2,500 pages");
            let button = window.get_by_label("Set the pages");
            assert!(words.rect().bottom() <= button.rect().top(), "{width_px}");
        }
    }
}
