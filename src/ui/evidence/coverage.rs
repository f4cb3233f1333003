//! How a whole file is borne out, and the walk through what deserves a second look.

use super::{caption, group_title, level_mark};
use crate::command::Command;
use crate::evidence::{Coverage, Standing};
use crate::model::FileId;
use crate::span::Span;
use crate::state::{Action, Concerns, Sought, State};
use crate::ui::menu::{is_enabled, tooltip};
use crate::ui::theme::{Face, palette, size, space};
use egui::{Button, CursorIcon, Label, RichText, Role, Sense, Ui, WidgetInfo};

/// "31 of 34 statements sourced", and the kinds of statements; a click on a kind goes to its next one.
pub(super) fn line(ui: &mut Ui, coverage: &Coverage, actions: &mut Vec<Action>) {
    if coverage.total() == 0 {
        caption(ui, "No statements to source");
        return;
    }
    let noun = if coverage.total() == 1 {
        "statement"
    } else {
        "statements"
    };
    ui.label(format!(
        "{} of {} {noun} sourced",
        coverage.sourced(),
        coverage.total()
    ));
    ui.horizontal_wrapped(|ui| {
        for (count, standing) in [
            (coverage.altered, Standing::Altered),
            (coverage.disputed, Standing::Disputed),
            (coverage.unsourced, Standing::Unsourced),
            (coverage.single_source, Standing::SingleSource),
            (coverage.unquoted, Standing::Unquoted),
            (coverage.corroborated, Standing::Corroborated),
        ] {
            if count > 0 {
                part(ui, count, standing, actions);
            }
        }
    });
}

fn part(ui: &mut Ui, count: usize, standing: Standing, actions: &mut Vec<Action>) {
    let words = format!("{count} {}", standing.label().to_lowercase());
    level_mark(ui, standing.level());
    let text = RichText::new(&words).color(palette(ui).accent);
    let response = ui
        .add(Label::new(text).sense(Sense::click()).selectable(false))
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text("Go to the next of these");
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
    if response.clicked() {
        actions.push(Action::WalkConcerns(Sought::Only(standing)));
    }
    ui.add_space(space::SMALL_PX);
}

/// The steps of the walk, and what it stops at.
pub(super) fn walk(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    group_title(ui, "Walk through what needs a second look");
    steps(ui, state, actions);
    ui.horizontal_wrapped(|ui| {
        caption(ui, "Stops at");
        for standing in Concerns::CHOICES {
            let mut wanted = state.settings.concerns.contains(standing);
            if ui.checkbox(&mut wanted, standing.label()).changed() {
                let concerns = state.settings.concerns.with(standing, wanted);
                actions.push(Action::SetConcerns(concerns));
            }
        }
    });
}

fn steps(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        for command in [Command::PreviousConcern, Command::NextConcern] {
            let button = ui
                .add_enabled(is_enabled(state, command), Button::new(command.name()))
                .on_hover_text(tooltip(ui, command));
            if button.clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}

/// A sentence without a source, at which the walk has stopped: why, and what the author can do.
pub(super) fn unsourced_page(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    span: Span,
    actions: &mut Vec<Action>,
) {
    let Some(briefing) = state.library.briefing(file) else {
        return;
    };
    group_title(ui, "Sentence without a source");
    let words = crate::parse::readable(briefing.words(span));
    ui.label(RichText::new(words).font(Face::Serif.at(size::UI_TITLE_PX)));
    ui.horizontal_wrapped(|ui| {
        level_mark(ui, Standing::Unsourced.level());
        ui.label(
            RichText::new(Standing::Unsourced.label()).font(Face::SansSemibold.at(size::UI_PX)),
        );
        caption(
            ui,
            "No link, citation or footnote says where this comes from",
        );
    });
    ui.add_space(space::SMALL_PX);
    caption(
        ui,
        "Add a mark behind it, or a comment that says why it needs none: <!-- no source: reason -->",
    );
    walk(ui, state, actions);
}
