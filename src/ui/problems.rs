//! What is wrong with the files, and how to mend it.

use super::theme::{Face, Palette, palette, size, space};
use crate::problem::{Problem, Severity};
use crate::state::{Action, State};
use egui::{Color32, Label, RichText, ScrollArea, Sense, Ui};

pub(super) fn show(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    ui.add_space(space::SMALL_PX);
    ui.label(
        RichText::new("Problems")
            .font(Face::SansSemibold.at(size::CAPTION_PX))
            .color(colors.text_weak),
    );
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let mut any = false;
            for trouble in &state.troubles {
                any = true;
                let place = trouble.path.display().to_string();
                problem_row(ui, colors, &trouble.problem, &place, None, actions);
            }
            for file in state.library.files() {
                for (place, problem) in file.placed_problems() {
                    any = true;
                    let place = format!("{}:{place}", file.name);
                    let action = Action::ShowPlace(file.id, problem.span);
                    problem_row(ui, colors, problem, &place, Some(action), actions);
                }
            }
            if !any {
                ui.label(
                    RichText::new("All files were read without a problem").color(colors.text_weak),
                );
            }
        });
}

fn problem_row(
    ui: &mut Ui,
    colors: &Palette,
    problem: &Problem,
    place: &str,
    action: Option<Action>,
    actions: &mut Vec<Action>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::MEDIUM_PX;
        let severity = RichText::new(problem.severity.as_str())
            .color(severity_color(colors, problem.severity));
        ui.label(severity);
        let row = ui.add(Label::new(&problem.message).sense(Sense::click()));
        ui.label(RichText::new(&problem.hint).color(colors.text_weak));
        ui.label(
            RichText::new(place)
                .font(Face::Mono.at(size::CAPTION_PX))
                .color(colors.text_weak),
        );
        if row.clicked()
            && let Some(action) = action
        {
            actions.push(action);
        }
    });
}

pub(super) fn severity_color(colors: &Palette, severity: Severity) -> Color32 {
    match severity {
        Severity::Error => colors.bad,
        Severity::Warning => colors.warn,
        Severity::Note => colors.note,
    }
}
