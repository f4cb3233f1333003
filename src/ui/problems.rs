//! What is wrong with the files, and how to mend it.

use super::icons::{self, Icon};
use super::theme::{self, Face, palette, size, space};
use super::{as_list, place_in_list, reach};
use crate::library::load::Trouble;
use crate::model::FileId;
use crate::problem::{Problem, Severity};
use crate::span::Place;
use crate::state::{Action, State};
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Color32, Label, Layout, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    vec2,
};

/// What the panel remembers between frames.
#[derive(Default)]
pub(crate) struct ProblemsView {
    /// The revisions of the library and of its checks that `rows` were made from.
    revisions: Option<(u64, u64)>,
    /// The problems of files, in the order of the files.
    rows: Vec<Row>,
}

/// A problem of a file, by its place in a list.
#[derive(Clone, Copy)]
enum Row {
    /// Found when the file was read.
    Reading(FileId, usize),
    /// Found when its quotations were checked.
    Check(FileId, usize),
}

impl Row {
    fn file(self) -> FileId {
        match self {
            Self::Reading(file, _) | Self::Check(file, _) => file,
        }
    }

    fn problem(self, state: &State) -> Option<(Place, &Problem)> {
        match self {
            Self::Reading(id, at) => state.library.file(id)?.placed_problems().nth(at),
            Self::Check(id, at) => state.checks(id)?.placed_problems().nth(at),
        }
    }
}

/// The problems of all files: those of a file's reading and those of its checks together, in the order of the file.
fn rows(state: &State) -> Vec<Row> {
    let mut rows = Vec::new();
    for file in state.library.files() {
        let id = file.id;
        let reading = (file.placed_problems().enumerate())
            .map(|(at, (_, problem))| (problem.span, Row::Reading(id, at)));
        let checks = state.checks(id).into_iter();
        let checks = checks
            .flat_map(|checks| checks.placed_problems().enumerate())
            .map(|(at, (_, problem))| (problem.span, Row::Check(id, at)));
        let mut of_file: Vec<_> = reading.chain(checks).collect();
        of_file.sort_by_key(|&(span, _)| span);
        rows.extend(of_file.into_iter().map(|(_, row)| row));
    }
    rows
}

/// Two lines: what is wrong, and what to do.
const ROW_PX: f32 = 2.0 * space::ROW_PX;

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut ProblemsView, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    let revisions = (state.library.revision(), state.checks_revision());
    if view.revisions != Some(revisions) {
        view.revisions = Some(revisions);
        view.rows = rows(state);
    }
    let outside = state.troubles.len();
    let count = outside + view.rows.len();
    ui.add_space(space::SMALL_PX);
    let title = if count == 0 {
        "Problems".to_owned()
    } else {
        format!("Problems, {count}")
    };
    ui.label(
        RichText::new(title)
            .font(Face::SansSemibold.at(size::CAPTION_PX))
            .color(colors.text_weak),
    );
    if count == 0 {
        let text = if state.library.is_empty() {
            "No file has been read yet"
        } else if state.check_sums().files < state.library.len() {
            "All files were read without a problem; quotations are being checked"
        } else {
            "All files were read without a problem, and all quotations are as they should be"
        };
        ui.label(RichText::new(text).color(colors.text_weak));
        return;
    }
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW_PX, count, |ui, rows| {
            as_list(ui, egui::accesskit::Role::List, "Problems", count);
            for row in rows {
                let at = row;
                match row.checked_sub(outside) {
                    None => {
                        if let Some(trouble) = state.troubles.get(row) {
                            trouble_row(ui, trouble, at);
                        }
                    }
                    Some(row) => {
                        if let Some(&row) = view.rows.get(row) {
                            problem_row(ui, state, row, at, actions);
                        }
                    }
                }
            }
            reach::follow_focus(ui);
        });
}

/// A path that could not be read at all.
fn trouble_row(ui: &mut Ui, trouble: &Trouble, at: usize) {
    let place = trouble.path.display().to_string();
    entry(ui, &trouble.problem, &place, at);
}

fn problem_row(ui: &mut Ui, state: &State, row: Row, at: usize, actions: &mut Vec<Action>) {
    let id = row.file();
    let Some(file) = state.library.file(id) else {
        return;
    };
    let Some((place, problem)) = row.problem(state) else {
        return;
    };
    let response = entry(ui, problem, &format!("{}:{place}", file.name), at);
    if response.clicked() {
        actions.push(Action::ShowPlace(id, problem.span));
    }
}

fn entry(ui: &mut Ui, problem: &Problem, place: &str, at: usize) -> egui::Response {
    let colors = palette(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::click());
    response.widget_info(|| {
        let label = format!(
            "{}: {}, {place}. {}",
            problem.severity, problem.message, problem.hint
        );
        WidgetInfo::labeled(Role::Button, true, label)
    });
    place_in_list(ui, &response, at);
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, space::RADIUS_PX, colors.hovered);
    }
    if response.has_focus() {
        theme::focus_ring(ui.painter(), rect.shrink(space::FOCUS_RING_PX));
    }
    let inner = rect.shrink2(vec2(space::MEDIUM_PX, space::SMALL_PX));
    let lines = Layout::top_down(Align::Min);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(lines));
    child.horizontal(|ui| {
        let color = severity_color(colors, problem.severity);
        // A shape for each, beside its color and its word.
        let icon = match problem.severity {
            Severity::Error => Icon::Caution,
            Severity::Warning => Icon::Warning,
            Severity::Note => Icon::Info,
        };
        let side = vec2(space::ICON_PX, space::ICON_PX);
        let (place_of_icon, _) = ui.allocate_exact_size(side, Sense::hover());
        icons::paint(ui.painter(), place_of_icon, icon, color);
        let severity = RichText::new(problem.severity.as_str()).color(color);
        ui.add(Label::new(severity).selectable(false));
        let place = RichText::new(place)
            .font(Face::Mono.at(size::CAPTION_PX))
            .color(colors.text_weak);
        ui.add(Label::new(place).selectable(false));
        let message = with_code(&problem.message, colors.text);
        ui.add(Label::new(message).truncate().selectable(false));
    });
    child.horizontal(|ui| {
        // Below the words, not below the shape, so that the shapes stand in a column of their own.
        ui.add_space(space::ICON_PX + ui.spacing().item_spacing.x);
        let hint = with_code(&problem.hint, colors.text_weak);
        ui.add(Label::new(hint).truncate().selectable(false));
    });
    response.on_hover_ui(|ui| {
        ui.label(with_code(&problem.message, colors.text));
        ui.label(with_code(&problem.hint, colors.text));
        ui.label(RichText::new(problem.code.meaning()).color(colors.text_weak));
    })
}

/// A message as it is read in a window: what stands in backticks is set as code, without them.
fn with_code(text: &str, color: Color32) -> LayoutJob {
    let format = |font| TextFormat::simple(font, color);
    let words = format(Face::Sans.at(size::UI_PX));
    let code = format(Face::Mono.at(size::CAPTION_PX));
    let mut job = LayoutJob::default();
    let parts: Vec<&str> = text.split('`').collect();
    // Without its partner, a backtick is a letter like any other.
    if parts.len().is_multiple_of(2) {
        job.append(text, 0.0, words);
        return job;
    }
    for (at, part) in parts.into_iter().enumerate() {
        let is_code = !at.is_multiple_of(2);
        let format = if is_code { &code } else { &words };
        job.append(part, 0.0, format.clone());
    }
    job
}

fn severity_color(colors: &super::theme::Palette, severity: Severity) -> Color32 {
    match severity {
        Severity::Error => colors.bad,
        Severity::Warning => colors.warn,
        Severity::Note => colors.note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_set_code_and_one_alone_stays() {
        let job = with_code("the words of `one` and `two`", Color32::BLACK);
        assert_eq!(job.text, "the words of one and two");
        let code = Face::Mono.at(size::CAPTION_PX);
        let set: Vec<&str> = (job.sections.iter())
            .filter(|section| section.format.font_id == code)
            .filter_map(|section| {
                let range = &section.byte_range;
                job.text.get(range.start.0..range.end.0)
            })
            .collect();
        assert_eq!(set, ["one", "two"]);
        assert_eq!(with_code("a ` alone", Color32::BLACK).text, "a ` alone");
    }
}
