//! What is shown when something has gone wrong inside the program: that it was caught, and how to report it.
//!
//! Knows nothing of the state, which may be what has failed.

use super::theme::{self, Face, pane, size, space};
use egui::{Context, Frame, Id, Modal, RichText, TextEdit};

/// What the question remembers between frames.
#[derive(Debug)]
pub struct FailureView {
    path: String,
    /// Whether the report was saved, or why not.
    pub is_saved: Option<Result<(), String>>,
}

impl Default for FailureView {
    fn default() -> Self {
        Self {
            path: "~/sourceline-report.txt".to_owned(),
            is_saved: None,
        }
    }
}

/// What the user wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    GoOn,
    StartOver,
    Quit,
    Copy,
    Save(String),
}

/// Asks. `is_stuck` says that the window cannot be drawn as it is.
pub fn show(context: &Context, view: &mut FailureView, is_stuck: bool) -> Option<Choice> {
    let mut choice = None;
    let frame = Frame::popup(&context.global_style()).inner_margin(theme::margin(space::XLARGE_PX));
    Modal::new(Id::unique("failure")).frame(frame).show(context, |ui| {
        ui.set_width(pane::SHEET_SMALL_PX);
        let title = "Something went wrong inside Sourceline";
        let words = RichText::new(title).font(Face::SansSemibold.at(size::SHEET_TITLE_PX));
        let words = ui.label(words);
        super::as_heading(ui, &words, title);
        ui.add_space(space::MEDIUM_PX);
        ui.label(if is_stuck {
            "This view cannot be drawn. Your files are as they were."
        } else {
            "It was caught, and the rest goes on. Your files are as they were."
        });
        ui.label("A report says where in the program it happened, and holds nothing of your briefings.");
        ui.add_space(space::LARGE_PX);
        let label = ui.label("Save the report as");
        theme::field(ui, TextEdit::singleline(&mut view.path)
                .desired_width(f32::INFINITY)
                .margin(theme::margin(space::MEDIUM_PX)),
        )
        .labelled_by(label.id);
        match &view.is_saved {
            None => {}
            Some(Ok(())) => {
                ui.label("The report is saved");
            }
            Some(Err(reason)) => {
                ui.label(RichText::new(reason).color(theme::palette(ui).warn));
            }
        }
        ui.add_space(space::LARGE_PX);
        ui.horizontal(|ui| {
            let (words, meant) = if is_stuck {
                ("Start over", Choice::StartOver)
            } else {
                ("Go on", Choice::GoOn)
            };
            if theme::main_button(ui, true, words).clicked() {
                choice = Some(meant);
            }
            if ui.button("Save report").clicked() {
                choice = Some(Choice::Save(view.path.clone()));
            }
            if ui.button("Copy report").clicked() {
                choice = Some(Choice::Copy);
            }
            if is_stuck && ui.button("Quit").clicked() {
                choice = Some(Choice::Quit);
            }
        });
    });
    choice
}
