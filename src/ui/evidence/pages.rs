//! What the pane says of each kind of selection.

use super::coverage::{self, Stops};
use super::source_page::{self, Quoted};
use super::{caption, card, group_title, level_mark};
use crate::command::Command;
use crate::model::{
    Briefing, Event, EvidenceOwner, FileId, Grade, GradeKind, Item, Statement, Status,
};
use crate::parse;
use crate::state::{Action, Comparing, State, statements_of_event};
use crate::ui::document::broken;
use crate::ui::menu::tooltip;
use crate::ui::theme::{Face, palette, size, space};
use crate::ui::{as_list, place_in_list};
use egui::accesskit::Role;
use egui::{Button, Label, Response, RichText, Sense, Ui};
use std::sync::Arc;

/// What the pages remember between frames.
#[derive(Default)]
pub(super) struct Remembered {
    /// How much of the selected source's copy is quoted.
    quoted: Quoted,
    stops: Stops,
    about: AboutEvent,
}

/// The statements about one event; found once for a reading of its file.
#[derive(Default)]
struct AboutEvent {
    found_for: Option<(u32, Arc<Briefing>)>,
    statements: Vec<u32>,
}

impl AboutEvent {
    fn of(&mut self, briefing: &Arc<Briefing>, event: u32) -> &[u32] {
        let is_current = self
            .found_for
            .as_ref()
            .is_some_and(|(at, of)| *at == event && Arc::ptr_eq(of, briefing));
        if !is_current {
            self.found_for = Some((event, Arc::clone(briefing)));
            self.statements = statements_of_event(briefing, event);
        }
        &self.statements
    }
}

/// At most this many lines of a kind are listed: more would be no list to read, and every frame lays them out.
const MAX_LISTED: usize = 200;

/// What a list leaves out.
pub(super) fn further(ui: &mut Ui, all: usize, listed: usize) {
    if all > listed {
        caption(ui, format!("And {} more", all - listed));
    }
}

/// The page of the selection.
pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    remembered: &mut Remembered,
    actions: &mut Vec<Action>,
) {
    let Remembered {
        quoted,
        stops,
        about,
    } = remembered;
    if let Some((file, span)) = state.unsourced {
        coverage::unsourced_page(ui, state, file, span, stops, actions);
        return;
    }
    match state.selection {
        Some(Item::Statement(file, at)) => {
            if let Some(statement) = state.library.statement(file, at) {
                coverage::walk_bar(ui, state, file, stops, actions);
                statement_page(ui, state, file, at, statement, actions);
            }
        }
        Some(Item::Event(file, at)) => {
            if let Some(event) = state.library.event(file, at) {
                event_page(ui, state, (file, at), event, about, actions);
            }
        }
        Some(Item::Source(file, at)) => {
            if let Some(source) = state.library.source(file, at) {
                source_page::show(ui, state, (file, at), source, quoted, actions);
            }
        }
        Some(Item::Heading(..) | Item::File(_)) | None => file_page(ui, state, stops, actions),
    }
}

/// Nothing is selected: what to do, and how the whole file stands.
fn file_page(ui: &mut Ui, state: &State, stops: &mut Stops, actions: &mut Vec<Action>) {
    group_title(ui, "Evidence");
    let colors = palette(ui);
    ui.label(
        RichText::new("Click an event or an underlined statement to see what it rests on")
            .color(colors.text_weak),
    );
    let Some(open) = &state.document else { return };
    let file = open.file;
    group_title(ui, "This briefing");
    coverage::of_file(ui, state, file, stops, actions);
    if let Some(checks) = state.checks(file) {
        for problem in &checks.problems {
            ui.label(RichText::new(&problem.message).color(colors.warn));
            caption(ui, &problem.hint);
        }
    }
    let Some(briefing) = state.library.briefing(file) else {
        return;
    };
    if !briefing.statements.is_empty() {
        coverage::walk(ui, state, actions);
    }
    coverage::of_library(ui, state);
    if !briefing.comparisons.is_empty() {
        ui.add_space(space::MEDIUM_PX);
        compare_button(ui, Comparing::Table(file, 0), actions);
    }
    if briefing.sources.is_empty() {
        return;
    }
    group_title(ui, "Sources");
    ui.scope(|ui| {
        as_list(ui, Role::List, "Sources", briefing.sources.len());
        for (at, source) in (0..).zip(briefing.sources.iter().take(MAX_LISTED)) {
            // What belongs together stands together.
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = space::TIGHT_PX;
                let row = item_row(ui, state, Item::Source(file, at), source.label(), actions);
                place_in_list(ui, &row, at as usize);
                let words = card::source_caption(source);
                if !words.is_empty() {
                    caption(ui, words);
                }
            });
            ui.add_space(space::SMALL_PX);
        }
    });
    further(ui, briefing.sources.len(), MAX_LISTED);
}

fn statement_page(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    at: u32,
    statement: &Statement,
    actions: &mut Vec<Action>,
) {
    group_title(ui, "Statement");
    ui.label(RichText::new(&statement.text).font(Face::Serif.at(size::UI_TITLE_PX)));
    if let Some(assessment) = state.assessment(file, at) {
        ui.horizontal_wrapped(|ui| {
            level_mark(ui, assessment.standing.level());
            ui.label(
                RichText::new(assessment.standing.label()).font(Face::SansSemibold.at(size::UI_PX)),
            );
            caption(ui, &assessment.explanation);
        });
    }
    // That the author calls it disputed is told with the standing already.
    let told = |grade: &Grade| {
        grade.kind == GradeKind::Disputed
            && grade.likelihood.is_none()
            && grade.confidence.is_none()
    };
    if let Some(grade) = statement
        .footnote
        .grade
        .as_ref()
        .filter(|grade| !told(grade))
    {
        let words = [
            Some(grade.kind.as_str()),
            grade.likelihood.as_deref(),
            grade.confidence.as_deref(),
        ];
        let label = ["", "", "confidence "];
        let words: Vec<String> = words
            .iter()
            .zip(label)
            .filter_map(|(word, label)| Some(format!("{label}{}", (*word)?)))
            .collect();
        caption(ui, format!("The author calls it {}", words.join(", ")));
    }
    if let Some(note) = statement
        .footnote
        .note
        .as_deref()
        .filter(|note| !note.is_empty())
    {
        ui.label(parse::readable(note));
    }
    if statement.evidence.is_empty() {
        caption(ui, "No evidence was given");
    }
    card::cards(ui, state, file, EvidenceOwner::Statement(at), actions);
}

fn event_page(
    ui: &mut Ui,
    state: &State,
    (file, at): (FileId, u32),
    event: &Event,
    about: &mut AboutEvent,
    actions: &mut Vec<Action>,
) {
    group_title(ui, "Event");
    let title = RichText::new(&event.title).font(Face::SansSemibold.at(size::UI_TITLE_PX));
    broken::label(ui, title, |label| label);
    let when = event
        .date
        .as_ref()
        .map_or_else(|| "No date".to_owned(), |date| date.in_words());
    ui.label(when);
    if event.status != Status::Occurred {
        let colors = palette(ui);
        ui.label(RichText::new(sentence_case(event.status.as_str())).color(colors.warn));
    }
    if let Some(overtaken) = &event.details.superseded_by {
        let later = state
            .library
            .briefing(file)
            .and_then(|briefing| briefing.event_by_id(overtaken));
        if let Some(later) = later {
            let item = Item::Event(file, later);
            let label = state.library.label(item).unwrap_or_default();
            caption(ui, "Overtaken by");
            item_row(ui, state, item, &label, actions);
        }
    }
    let facts = [
        ("Who", event.actors.join(", ")),
        (
            "Where",
            event
                .details
                .place
                .as_deref()
                .unwrap_or_default()
                .to_owned(),
        ),
        ("Lane", event.lane.as_deref().unwrap_or_default().to_owned()),
        ("Tags", event.details.tags.join(", ")),
    ];
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        ui.horizontal_wrapped(|ui| {
            caption(ui, *name);
            ui.label(value);
        });
    }
    if let Some(summary) = event.summary.as_deref().filter(|text| !text.is_empty()) {
        ui.add_space(space::SMALL_PX);
        ui.label(parse::readable(summary));
    }
    let statements = match state.library.briefing(file) {
        Some(briefing) => about.of(briefing, at),
        None => &[],
    };
    if event.evidence.is_empty() && statements.is_empty() {
        caption(ui, "No source was given");
    }
    if !event.evidence.is_empty() || !statements.is_empty() {
        ui.add_space(space::SMALL_PX);
        compare_button(ui, Comparing::Event(file, at), actions);
    }
    if !event.evidence.is_empty() {
        group_title(ui, "Sources of the event");
        card::cards(ui, state, file, EvidenceOwner::Event(at), actions);
    }
    if !statements.is_empty() {
        group_title(ui, "Statements about it");
        ui.scope(|ui| {
            as_list(ui, Role::List, "Statements about it", statements.len());
            for (at, &statement) in statements.iter().take(MAX_LISTED).enumerate() {
                let row = statement_row(ui, state, file, statement, actions);
                if let Some(row) = row {
                    place_in_list(ui, &row, at);
                }
            }
        });
        further(ui, statements.len(), MAX_LISTED);
    }
}

fn compare_button(ui: &mut Ui, comparing: Comparing, actions: &mut Vec<Action>) {
    let button = ui
        .add(Button::new("Compare accounts"))
        .on_hover_text(tooltip(ui, Command::Compare));
    if button.clicked() {
        actions.push(Action::Compare(comparing));
    }
}

/// A statement as one clickable line, with its standing.
pub(super) fn statement_row(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    at: u32,
    actions: &mut Vec<Action>,
) -> Option<Response> {
    let item = Item::Statement(file, at);
    let statement = state.library.statement(file, at)?;
    let mark = |ui: &mut Ui| {
        if let Some(assessment) = state.assessment(file, at) {
            level_mark(ui, assessment.standing.level()).on_hover_text(&assessment.explanation);
        }
    };
    let words = |ui: &mut Ui| item_row(ui, state, item, &statement.text, actions);
    Some(beside_mark(ui, mark, words))
}

/// A link with the mark of how it stands before it.
pub(super) fn beside_mark(
    ui: &mut Ui,
    mark: impl FnOnce(&mut Ui),
    words: impl FnOnce(&mut Ui) -> Response,
) -> Response {
    let row = ui.horizontal_top(|ui| {
        mark(ui);
        ui.vertical(words).inner
    });
    row.inner
}

/// Words of the window's own that lead somewhere.
pub(super) fn link(ui: &mut Ui, label: &str, is_underlined: bool) -> Response {
    let mut text = RichText::new(label).color(palette(ui).accent);
    if is_underlined {
        text = text.underline();
    }
    let as_link = |label: Label| label.sense(Sense::click()).selectable(false);
    let response = broken::label(ui, text, as_link).on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, label));
    response
}

/// Words that lead to an item.
pub(super) fn item_row(
    ui: &mut Ui,
    state: &State,
    item: Item,
    label: &str,
    actions: &mut Vec<Action>,
) -> Response {
    let response = link(ui, label, state.hovered.contains(item));
    if response.hovered() {
        actions.push(Action::Hover(Some(item)));
    }
    if response.clicked() {
        actions.push(Action::Select(item));
    }
    response
}

pub(super) fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
