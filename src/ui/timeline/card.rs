//! What an event is, beside the pointer.

use super::super::theme::{Face, palette, size};
use super::titles;
use crate::date::Zone;
use crate::model::Status;
use crate::state::State;
use egui::{RichText, Ui};

const WIDTH_PX: f32 = 340.0;
const MAX_CHARS: usize = 300;

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
    let weak = |text: String| RichText::new(text).small().color(colors.text_weak);
    let date = titles::date_words(event, state.settings.zone, zone);
    ui.label(weak(date));
    ui.label(
        RichText::new(titles::head(&event.title, MAX_CHARS))
            .font(Face::SansSemibold.at(size::UI_PX)),
    );
    if let Some(summary) = &event.summary {
        ui.label(titles::head(summary, MAX_CHARS));
    }
    if !event.actors.is_empty() {
        ui.label(weak(event.actors.join(", ")));
    }
    if let Some(place) = &event.place {
        ui.label(weak(place.clone()));
    }
    let mut facts = Vec::new();
    if event.status != Status::Occurred {
        facts.push(event.status.as_str().to_owned());
    }
    if let Some(by) = &event.superseded_by {
        let title = state.library.briefing(file).and_then(|briefing| {
            let mut events = briefing.events.iter();
            events.find(|other| other.id == *by)
        });
        let by = title.map_or(by.as_str(), |event| titles::head(&event.title, 80));
        facts.push(format!("overtaken by {by}"));
    }
    facts.push(match titles::source_count(&state.library, file, at) {
        0 => "no sources".to_owned(),
        count => super::super::status::plural(count, "source"),
    });
    ui.label(weak(facts.join(" · ")));
    if state.library.len() > 1
        && let Some(briefing) = state.library.briefing(file)
    {
        ui.label(weak(briefing.title.clone()));
    }
}
