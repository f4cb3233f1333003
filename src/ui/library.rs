//! The pane at the left: the files of the library and the outline of the open one.

use super::theme::{self, Face, palette, pane, size, space};
use super::{as_list, menu, place_in_list, reach};
use crate::command::Command;
use crate::library::File;
use crate::model::{FileId, Item};
use crate::problem::Severity;
use crate::state::{Action, LibraryTab, State};
use egui::{Align, Layout, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct LibraryView {
    /// The selection that the outline was last scrolled to.
    scrolled_to: Option<Item>,
    /// The open file that the list of files was last scrolled to, and how high the list was.
    open: Option<FileId>,
    height_px: f32,
}

/// What the pane can show; the search only while something is sought.
pub(super) fn tabs(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let filters = match state.filter.criteria.count() {
        0 => "Filters".to_owned(),
        count => format!("Filters {count}"),
    };
    let tabs = [
        (
            LibraryTab::Files,
            "Briefings".to_owned(),
            "The files of the library, and the headings of the open one".to_owned(),
            true,
        ),
        (
            LibraryTab::Filters,
            filters,
            menu::tooltip(ui, Command::Filters),
            true,
        ),
        (
            LibraryTab::Hits,
            "Found".to_owned(),
            menu::with_keys(ui, "What the search has found", Command::Find),
            state.search.is_on(),
        ),
    ];
    ui.add_space(space::SMALL_PX);
    ui.horizontal_wrapped(|ui| {
        // Three stand side by side in the narrowest pane.
        ui.spacing_mut().item_spacing.x = space::TIGHT_PX;
        if ui.available_width() < pane::TABS_NARROW_PX {
            ui.spacing_mut().button_padding.x = space::SMALL_PX;
        }
        for (tab, label, tooltip, is_there) in tabs {
            let is_open = state.library_tab == tab;
            if !is_there && !is_open {
                continue;
            }
            let label = ui.selectable_label(is_open, label).on_hover_text(tooltip);
            if label.clicked() {
                actions.push(Action::ShowTab(tab));
            }
        }
    });
}

/// What can be done with a file without opening it.
fn file_menu(response: &Response, file: &File, actions: &mut Vec<Action>) {
    menu::context(response, |ui| {
        if ui.button(Command::RevealFile.name()).clicked() {
            actions.push(Action::RevealPath(file.path.clone()));
        }
        if ui.button("Copy path").clicked() {
            actions.push(Action::CopyText(file.path.display().to_string()));
        }
    });
}

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut LibraryView, actions: &mut Vec<Action>) {
    if state.library.is_empty() {
        let text = match state.loading {
            Some(_) => "Reading briefings",
            None => "There are no briefings",
        };
        ui.add_space(space::SMALL_PX);
        ui.label(
            egui::RichText::new(text)
                .small()
                .color(palette(ui).text_weak),
        );
        return;
    }
    let open = state.document.as_ref().map(|open| open.file);
    let with_outline = open
        .and_then(|open| state.library.file(open))
        .filter(|file| !file.briefing.headings.is_empty());
    let outline_px = with_outline.map_or(0.0, |_| 0.5 * ui.available_height());
    ScrollArea::vertical()
        .id_salt("files")
        .min_scrolled_height(0.0)
        .auto_shrink([false, true])
        .max_height(ui.available_height() - outline_px)
        .show_rows(ui, space::ROW_PX, state.library.len(), |ui, rows| {
            as_list(ui, Role::List, "Briefings", state.library.len());
            // A file that was opened from elsewhere is shown among the others, also when other panes take its room.
            let height_px = ui.clip_rect().height();
            if view.open != open || view.height_px > height_px {
                view.open = open;
                let at = state.library.files().position(|file| Some(file.id) == open);
                if let Some(at) = at {
                    let pitch_px = space::ROW_PX + ui.spacing().item_spacing.y;
                    // Counts of files are exact in `f32` far beyond any library.
                    let down_px = (at as f32 - rows.start as f32) * pitch_px;
                    let top = ui.max_rect().left_top() + vec2(0.0, down_px);
                    let row = Rect::from_min_size(top, vec2(1.0, space::ROW_PX));
                    ui.scroll_to_rect(row, None);
                }
            }
            view.height_px = height_px;
            let files = state.library.files().skip(rows.start).take(rows.len());
            for (at, file) in rows.clone().zip(files) {
                let entry = Entry {
                    label: &file.briefing.title,
                    depth: 0,
                    selected: open == Some(file.id),
                    detail: file_detail(file),
                };
                let response = entry.show(ui, state, Item::File(file.id), actions);
                place_in_list(ui, &response, at);
                file_menu(&response, file, actions);
                let coverage = state.checks(file.id).map(|checks| checks.coverage);
                let title = &file.briefing.title;
                response.on_hover_text(match coverage {
                    Some(coverage) => format!("{title}\n{}\n{coverage}", file.name),
                    None => format!("{title}\n{}", file.name),
                });
            }
            reach::follow_focus(ui);
        });
    let Some(file) = with_outline else {
        return;
    };
    ui.add_space(space::MEDIUM_PX);
    title(ui, "Outline");
    ScrollArea::vertical()
        .id_salt("outline")
        .min_scrolled_height(0.0)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            as_list(ui, Role::List, "Outline", file.briefing.headings.len());
            for (at, heading) in (0..).zip(&file.briefing.headings) {
                let item = Item::Heading(file.id, at);
                let entry = Entry {
                    label: &heading.text,
                    depth: heading.level.saturating_sub(1),
                    selected: state.selection == Some(item),
                    detail: None,
                };
                let response = entry.show(ui, state, item, actions);
                place_in_list(ui, &response, at as usize);
                let response = response.on_hover_text(&*heading.text);
                if state.selection == Some(item) && view.scrolled_to != Some(item) {
                    response.scroll_to_me(None);
                    view.scrolled_to = Some(item);
                }
            }
            reach::follow_focus(ui);
        });
}

fn title(ui: &mut Ui, text: &str) {
    let colors = palette(ui);
    let text = egui::RichText::new(text)
        .font(Face::SansSemibold.at(size::CAPTION_PX))
        .color(colors.text_weak);
    ui.add_space(space::SMALL_PX);
    ui.label(text);
}

/// The number of errors and warnings of a file, when there are any.
fn file_detail(file: &File) -> Option<(String, Severity)> {
    let errors = file.problem_count(Severity::Error);
    let warnings = file.problem_count(Severity::Warning) - errors;
    match (errors, warnings) {
        (0, 0) => None,
        (0, warnings) => Some((warnings.to_string(), Severity::Warning)),
        (errors, _) => Some((errors.to_string(), Severity::Error)),
    }
}

/// One line of a list.
struct Entry<'a> {
    label: &'a str,
    depth: u8,
    selected: bool,
    detail: Option<(String, Severity)>,
}

impl Entry<'_> {
    fn show(
        self,
        ui: &mut Ui,
        state: &State,
        item: Item,
        actions: &mut Vec<Action>,
    ) -> egui::Response {
        let colors = palette(ui);
        let width_px = ui.available_width();
        let (rect, response) =
            ui.allocate_exact_size(vec2(width_px, space::ROW_PX), Sense::click());
        response
            .widget_info(|| WidgetInfo::selected(Role::ListItem, true, self.selected, self.label));
        let ground = if self.selected {
            Some(colors.selected)
        } else if state.selected.contains(item) {
            Some(colors.related)
        } else if response.hovered() || state.hovered.contains(item) || response.has_focus() {
            Some(colors.hovered)
        } else {
            None
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, space::RADIUS_PX, ground);
        }
        if response.has_focus() {
            let inner = rect.shrink(space::FOCUS_RING_PX);
            theme::focus_ring(ui.painter(), inner);
        }
        let indent_px = space::MEDIUM_PX + f32::from(self.depth) * space::LARGE_PX * 0.75;
        let inner = rect
            .shrink2(vec2(space::MEDIUM_PX, 0.0))
            .with_min_x(rect.left() + indent_px);
        let mut row = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(inner)
                .layout(Layout::right_to_left(Align::Center)),
        );
        if let Some((text, severity)) = self.detail {
            let color = match severity {
                Severity::Error => colors.bad,
                Severity::Warning => colors.warn,
                Severity::Note => colors.note,
            };
            row.add(
                egui::Label::new(egui::RichText::new(text).small().color(color)).selectable(false),
            );
        }
        row.with_layout(Layout::left_to_right(Align::Center), |ui| {
            // What is cut is told by the tooltip of the whole line.
            let label = egui::Label::new(self.label).truncate().selectable(false);
            ui.add(label.show_tooltip_when_elided(false));
        });
        if response.clicked() {
            actions.push(Action::Select(item));
        }
        if response.hovered() {
            actions.push(Action::Hover(Some(item)));
        }
        response
    }
}
