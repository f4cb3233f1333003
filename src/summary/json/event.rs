//! Events, with the bounds of their dates.

use super::evidence::EvidenceJson;
use super::{File, Places, written};
use crate::date::{Date, Instant};
use crate::model::{Event, EvidenceOwner};
use crate::span::Span;
use crate::text::Text;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct EventJson<'a> {
    id: &'a str,
    title: &'a str,
    /// As written.
    date: Option<&'a str>,
    /// ISO 8601 in UTC; `null` when open, unknown or undated.
    earliest: Option<String>,
    /// As `earliest`, exclusive.
    latest: Option<String>,
    precision: Option<&'a str>,
    approximate: bool,
    uncertain: bool,
    /// Markdown.
    summary: Option<&'a str>,
    lane: Option<&'a str>,
    actors: &'a [Text],
    place: Option<&'a str>,
    tags: &'a [Text],
    kind: Option<&'a str>,
    url: Option<&'a str>,
    image: Option<&'a str>,
    status: &'a str,
    as_of: Option<&'a str>,
    superseded_by: Option<&'a str>,
    importance: Option<u8>,
    /// Keys, each once.
    sources: Vec<&'a str>,
    /// What the event itself names as its sources, with what was found of it.
    evidence: Vec<EvidenceJson<'a>>,
    /// Where the body speaks of it.
    passages: Vec<LinesJson>,
    line: u32,
}

/// Lines of the file, the first and the last.
#[derive(Serialize)]
struct LinesJson {
    line: u32,
    end_line: u32,
}

impl<'a> EventJson<'a> {
    pub(super) fn of(file: &File<'a>, places: &Places<'_>, at: u32, event: &'a Event) -> Self {
        let date = event.date.as_ref();
        let details = &*event.details;
        let mut sources: Vec<&str> = Vec::new();
        for evidence in &event.evidence {
            if !sources.contains(&evidence.key.as_str()) {
                sources.push(&evidence.key);
            }
        }
        let lines = |span: &Span| LinesJson {
            line: places.line(span.start),
            // A section reaches to the next heading, so its last byte decides.
            end_line: places.line(span.end.saturating_sub(1).max(span.start)),
        };
        Self {
            id: &event.id,
            title: &event.title,
            date: written(date),
            earliest: date.and_then(Date::earliest).map(Instant::to_iso_utc),
            latest: date.and_then(Date::latest).map(Instant::to_iso_utc),
            precision: date.map(|date| date.precision().as_str()),
            approximate: date.is_some_and(Date::approximate),
            uncertain: date.is_some_and(Date::uncertain),
            summary: event.summary.as_deref(),
            lane: event.lane.as_deref(),
            actors: &event.actors,
            place: details.place.as_deref(),
            tags: &details.tags,
            kind: details.kind.as_deref(),
            url: details.url.as_deref(),
            image: details.image.as_deref(),
            status: event.status.as_str(),
            as_of: written(details.as_of.as_ref()),
            superseded_by: details.superseded_by.as_deref(),
            importance: event.importance,
            sources,
            evidence: EvidenceJson::all(file, places, EvidenceOwner::Event(at), &event.evidence),
            passages: event.passages.iter().map(lines).collect(),
            line: places.line(event.span.start),
        }
    }
}
