//! Which statements speak of which events of a briefing.

use crate::model::Briefing;
use crate::span::Span;

/// The statements in the passages of an event. A statement that stands in the narrower passage of
/// another event belongs to that one.
pub fn statements_of_event(briefing: &Briefing, event: u32) -> Vec<u32> {
    let Some(found) = briefing.events.get(event as usize) else {
        return Vec::new();
    };
    (0..)
        .zip(&briefing.statements)
        .filter(|(_, statement)| {
            let inside = |span: &Span| span.covers(statement.span) || statement.span.covers(*span);
            found.passages.iter().any(inside)
                && events_at(briefing, statement.span).contains(&event)
        })
        .map(|(at, _)| at)
        .collect()
}

/// The events that the passage at `span` speaks of: those with the narrowest passage around it, and those
/// with a passage inside it.
pub fn events_at(briefing: &Briefing, span: Span) -> Vec<u32> {
    let passages = || {
        (0..)
            .zip(&briefing.events)
            .flat_map(|(at, event)| event.passages.iter().map(move |&passage| (at, passage)))
    };
    let narrowest = passages()
        .filter(|(_, passage)| passage.covers(span))
        .map(|(_, passage)| passage.len())
        .min();
    let mut events: Vec<u32> = passages()
        .filter(|(_, passage)| {
            span.covers(*passage) || passage.covers(span) && Some(passage.len()) == narrowest
        })
        .map(|(at, _)| at)
        .collect();
    events.sort_unstable();
    events.dedup();
    events
}
