//! What an event is, beside the pointer.

use super::super::evidence::level_mark;
use super::super::theme::{self, Face, palette, size, space};
use super::titles;
use crate::date::Zone;
use crate::evidence::Standing;
use crate::model::{FileId, Status};
use crate::number::plural;
use crate::state::{State, ZoneChoice, statements_of_event};
use egui::{RichText, Ui};

const WIDTH_PX: f32 = theme::timeline::CARD_WIDTH_PX;
const MAX_CHARS: usize = 300;

/// How many sources are named.
const MAX_SOURCES: usize = 3;

pub(super) fn show(ui: &mut Ui, state: &State, zone: &Zone, entry: u32) {
    let data = &state.timeline.data;
    let Some(((file, at), event)) =
        data.event_of(entry)
            .zip(titles::event(&state.library, data, entry))
    else {
        return;
    };
    let colors = palette(ui);
    ui.set_max_width(WIDTH_PX);
    ui.spacing_mut().item_spacing.y = space::SMALL_PX;
    let weak = |text: String| RichText::new(text).small().color(colors.text_weak);
    let written = titles::date_words(event, ZoneChoice::AsWritten, zone);
    let shown = titles::date_words(event, state.settings.zone, zone);
    ui.label(weak(written.clone()));
    if shown != written {
        ui.label(weak(shown));
    }
    ui.label(
        RichText::new(titles::shortened(&event.title, MAX_CHARS))
            .font(Face::SansSemibold.at(size::UI_PX)),
    );
    if let Some(summary) = &event.summary {
        ui.label(titles::shortened(summary, MAX_CHARS));
    }
    if !event.actors.is_empty() {
        ui.label(weak(event.actors.join(", ")));
    }
    if let Some(place) = &event.details.place {
        ui.label(weak(place.to_string()));
    }
    let mut facts = Vec::new();
    if event.status != Status::Occurred {
        facts.push(event.status.as_str().to_owned());
    }
    if let Some(by) = &event.details.superseded_by {
        let title = state.library.briefing(file).and_then(|briefing| {
            let mut events = briefing.events.iter();
            events.find(|other| other.id == *by)
        });
        let by = title.map_or(by.to_string(), |event| titles::shortened(&event.title, 80));
        facts.push(format!("overtaken by {by}"));
    }
    if !facts.is_empty() {
        ui.label(weak(facts.join(" · ")));
    }
    sources(ui, state, file, at);
    standing(ui, state, file, at);
    if state.library.len() > 1
        && let Some(briefing) = state.library.briefing(file)
    {
        ui.label(weak(briefing.title.to_string()));
    }
}

/// What it rests on.
fn sources(ui: &mut Ui, state: &State, file: FileId, at: u32) {
    let colors = palette(ui);
    let sources = titles::sources(&state.library, file, at);
    let text = if sources.is_empty() {
        "no sources".to_owned()
    } else {
        let named = sources.iter().take(MAX_SOURCES);
        let named = named.filter_map(|&source| state.library.source(file, source));
        let names: Vec<String> = named
            .map(|source| titles::shortened(source.label(), 60))
            .collect();
        let rest = match sources.len().saturating_sub(MAX_SOURCES) {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        let count = plural(sources.len(), "source");
        format!("{count}: {}{rest}", names.join("; "))
    };
    ui.label(RichText::new(text).small().color(colors.text_weak));
}

/// How well the statements of its passages are borne out, the worst first. Until they are checked, nothing is said.
fn standing(ui: &mut Ui, state: &State, file: FileId, at: u32) {
    let Some(briefing) = state.library.briefing(file) else {
        return;
    };
    let statements = statements_of_event(briefing, at);
    let found: Vec<Standing> = statements
        .iter()
        .filter_map(|&statement| Some(state.assessment(file, statement)?.standing))
        .collect();
    let kinds = Standing::ALL.into_iter().rev();
    for kind in kinds.filter(|kind| found.contains(kind)) {
        let count = found.iter().filter(|&other| *other == kind).count();
        ui.horizontal(|ui| {
            level_mark(ui, kind.level());
            let text = format!(
                "{} {}",
                plural(count, "statement"),
                kind.label().to_lowercase()
            );
            ui.label(RichText::new(text).small());
        });
    }
}
