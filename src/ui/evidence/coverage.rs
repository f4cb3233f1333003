//! How a whole file is borne out, and the walk through what deserves a second look.

use super::mark::{MARK_PX, paint_level};
use super::pages::{self, sentence_case};
use super::{caption, group_title, level_mark};
use crate::command::Command;
use crate::evidence::Standing;
use crate::model::FileId;
use crate::number::grouped;
use crate::span::Span;
use crate::state::{Action, Concerns, StandingPlace, State};
use crate::ui::menu::{is_enabled, tooltip};
use crate::ui::theme::{self, Face, palette, size, space};
use crate::ui::{as_list, place_in_list};
use egui::{Atom, Button, Response, RichText, Role, Ui, WidgetInfo};

/// At most this many statements are listed; the walk reaches all.
const MAX_LISTED: usize = 200;

/// The places that the walk stops at in one file; found once for a state of the checks and a choice of standings.
#[derive(Default)]
pub(super) struct Stops {
    found_for: Option<(FileId, u64, Option<Standing>, Concerns)>,
    places: Vec<StandingPlace>,
}

impl Stops {
    fn of(&mut self, state: &State, file: FileId) -> &[StandingPlace] {
        let concerns = state.settings.concerns;
        let wanted = Some((
            file,
            state.checks_revision(),
            state.standing_filter,
            concerns,
        ));
        if self.found_for != wanted {
            self.found_for = wanted;
            self.places = state.concerns_of(file);
        }
        &self.places
    }
}

/// "31 of 34 statements sourced, 2 unquoted, 1 disputed, 1 altered"; below it the standings, each a filter.
pub(super) fn of_file(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    stops: &mut Stops,
    actions: &mut Vec<Action>,
) {
    let Some(checks) = state.checks(file) else {
        caption(ui, "Quotations are being checked");
        return;
    };
    let coverage = &checks.coverage;
    ui.label(sentence_case(&coverage.to_string()));
    ui.horizontal_wrapped(|ui| {
        for standing in Standing::ALL.into_iter().rev() {
            let count = coverage.of(standing);
            // What is chosen can be let go of also where there is none of it.
            if count > 0 || state.standing_filter == Some(standing) {
                filter_button(ui, state, count, standing, actions);
            }
        }
    });
    if state.standing_filter.is_some() {
        list(ui, state, file, stops.of(state, file), actions);
    }
}

/// How the whole library is borne out, as far as it has been checked.
pub(super) fn of_library(ui: &mut Ui, state: &State) {
    let sums = state.check_sums();
    if state.library.len() < 2 {
        return;
    }
    group_title(ui, "All briefings");
    ui.label(sentence_case(&sums.coverage.to_string()));
    if sums.files < state.library.len() {
        let words = format!(
            "{} of {} briefings checked so far",
            grouped(sums.files as u64),
            grouped(state.library.len() as u64)
        );
        caption(ui, words);
    }
}

fn filter_button(
    ui: &mut Ui,
    state: &State,
    count: usize,
    standing: Standing,
    actions: &mut Vec<Action>,
) {
    let words = format!(
        "{} {}",
        grouped(count as u64),
        standing.label().to_lowercase()
    );
    let is_on = state.standing_filter == Some(standing);
    let level = standing.level();
    let mark = Atom::paint(egui::Vec2::splat(MARK_PX), move |ui, args| {
        paint_level(ui.painter(), args.rect, level, palette(ui));
    });
    let button = ui
        .add(Button::new((mark, words.as_str())).selected(is_on))
        .on_hover_text(if is_on {
            "List and walk through all kinds of statements again"
        } else {
            "List these statements, and walk through them alone"
        });
    button.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, &words));
    if button.clicked() {
        actions.push(Action::FilterStanding((!is_on).then_some(standing)));
    }
}

/// The statements of the standing that was chosen, as links.
fn list(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    places: &[StandingPlace],
    actions: &mut Vec<Action>,
) {
    if places.is_empty() {
        caption(ui, "None in this briefing");
    }
    ui.scope(|ui| {
        as_list(ui, egui::accesskit::Role::List, "Statements", places.len());
        for (at, place) in places.iter().take(MAX_LISTED).enumerate() {
            let row = match place.statement {
                Some(statement) => pages::statement_row(ui, state, file, statement, actions),
                None => Some(unsourced_row(ui, state, file, place, actions)),
            };
            if let Some(row) = row {
                place_in_list(ui, &row, at);
            }
        }
    });
    pages::further(ui, places.len(), MAX_LISTED);
}

/// A sentence that names no source, as a link to it.
fn unsourced_row(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    place: &StandingPlace,
    actions: &mut Vec<Action>,
) -> Response {
    let briefing = state.library.briefing(file);
    let words = briefing.map_or("", |briefing| briefing.words(place.span));
    let words = crate::parse::readable(words);
    let mark = |ui: &mut Ui| {
        level_mark(ui, place.standing.level());
    };
    let response = pages::beside_mark(ui, mark, |ui| pages::link(ui, &words, false));
    if response.clicked() {
        actions.push(Action::ShowUnsourced(file, place.span));
    }
    response
}

/// Where the walk stands, above the statement that it has stopped at: "2 of 5, altered", and the way on.
pub(super) fn walk_bar(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    stops: &mut Stops,
    actions: &mut Vec<Action>,
) {
    let places = stops.of(state, file);
    let Some(at) = state.concern_at(places, file) else {
        return;
    };
    ui.add_space(space::SMALL_PX);
    ui.horizontal_wrapped(|ui| {
        steps(ui, state, actions);
        let kind = match state.standing_filter {
            Some(standing) => standing.label().to_lowercase(),
            None => "that need a second look".to_owned(),
        };
        caption(ui, format!("{} of {} {kind}", at + 1, places.len()));
    });
}

/// The steps of the walk, and what it stops at.
pub(super) fn walk(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    group_title(ui, "Walk through what needs a second look");
    ui.horizontal_wrapped(|ui| {
        steps(ui, state, actions);
        if let Some(standing) = state.standing_filter {
            let kind = standing.label().to_lowercase();
            caption(ui, format!("Only statements of one kind: {kind}"));
        }
    });
    if state.standing_filter.is_some() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        caption(ui, "Stops at");
        for standing in Concerns::CHOICES {
            let mut wanted = state.settings.concerns.contains(standing);
            if theme::checkbox(ui, &mut wanted, standing.label()).changed() {
                let concerns = state.settings.concerns.with(standing, wanted);
                actions.push(Action::SetConcerns(concerns));
            }
        }
    });
}

fn steps(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    for (command, words) in [
        (Command::PreviousConcern, "Previous"),
        (Command::NextConcern, "Next"),
    ] {
        let button = ui
            .add_enabled(is_enabled(state, command), Button::new(words))
            .on_hover_text(tooltip(ui, command));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, command.name()));
        if button.clicked() {
            actions.push(Action::Run(command));
        }
    }
}

/// A sentence without a source, at which the walk has stopped: why, and what the author can do.
pub(super) fn unsourced_page(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    span: Span,
    stops: &mut Stops,
    actions: &mut Vec<Action>,
) {
    let Some(briefing) = state.library.briefing(file) else {
        return;
    };
    walk_bar(ui, state, file, stops, actions);
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
}
