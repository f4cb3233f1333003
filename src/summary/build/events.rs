//! The chosen events in the order of time: rows of the chronology, and marks of the figure.

use crate::date::{Date, Instant, Precision};
use crate::model::Status;
use crate::summary::content::EventRow;
use crate::summary::figure::Mark;
use crate::summary::input::Input;
use crate::summary::notes::Notes;
use crate::summary::prose::{self, one_line};
use crate::summary::sources::Sources;
use crate::text::Text;
use crate::timeline::Entry;

/// File and event, in the order in which the chronology has them; undated ones last.
pub(super) fn in_order_of_time(inputs: &[Input<'_>]) -> Vec<(usize, u32)> {
    let mut order: Vec<(usize, u32)> = inputs
        .iter()
        .enumerate()
        .flat_map(|(file, input)| input.events.iter().map(move |&event| (file, event)))
        .collect();
    let date_of = |&(file, event): &(usize, u32)| {
        let events = &inputs[file].briefing.events;
        events
            .get(event as usize)
            .and_then(|event| event.date.as_ref())
    };
    // Stable: what has one date stays in the order of the file.
    order.sort_by(|a, b| match (date_of(a), date_of(b)) {
        (Some(a), Some(b)) => a.sort_key().cmp(&b.sort_key()),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => std::cmp::Ordering::Equal,
    });
    order
}

pub(super) fn event_rows(
    inputs: &[Input<'_>],
    order: &[(usize, u32)],
    sources: &Sources,
    notes: &mut Notes<'_>,
) -> Vec<EventRow> {
    let mut rows = Vec::with_capacity(order.len());
    for (number, &(file, at)) in (1..).zip(order) {
        let briefing = inputs[file].briefing;
        let Some(event) = briefing.events.get(at as usize) else {
            continue;
        };
        let date = event.date.as_ref();
        rows.push(EventRow {
            number,
            id: event.id.to_string(),
            briefing: briefing.title.to_string(),
            title: one_line(&event.title),
            summary: event
                .summary
                .as_deref()
                .map(prose::one_paragraph)
                .unwrap_or_default(),
            date: date.map(Date::in_words).unwrap_or_default(),
            written: date.map(|date| date.written().to_owned()),
            earliest: date.and_then(Date::earliest).map(Instant::to_iso_utc),
            latest: date.and_then(Date::latest).map(Instant::to_iso_utc),
            whole_days: date.is_some_and(|date| date.precision() <= Precision::Day),
            lane: event.lane.as_ref().map(Text::to_string),
            actors: event.actors.iter().map(Text::to_string).collect(),
            place: event.details.place.as_ref().map(Text::to_string),
            tags: event.details.tags.iter().map(Text::to_string).collect(),
            status: match &event.status {
                Status::Occurred => String::new(),
                other => other.as_str().to_owned(),
            },
            superseded_by: event
                .details
                .superseded_by
                .as_deref()
                .and_then(|id| briefing.event_by_id(id))
                .and_then(|at| briefing.events.get(at as usize))
                .map(|event| event.title.to_string()),
            url: event
                .details
                .url
                .as_ref()
                .filter(|url| prose::is_outward(url))
                .map(Text::to_string),
            sources: sources.refs(file, &event.evidence),
            note: notes.of_event(file, at, number),
        });
    }
    rows
}

pub(super) fn marks(inputs: &[Input<'_>], order: &[(usize, u32)]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (number, &(file, at)) in (1..).zip(order) {
        let briefing = inputs[file].briefing;
        let Some(event) = briefing.events.get(at as usize) else {
            continue;
        };
        let entry = Entry::from_event(event, 0);
        marks.push(Mark {
            number,
            title: one_line(&event.title),
            start_ms: entry.start_ms,
            end_ms: entry.end_ms,
            lane: event.lane.as_ref().unwrap_or(&briefing.title).to_string(),
            look: entry.look,
            weight: entry.weight,
        });
    }
    marks
}
