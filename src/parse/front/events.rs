//! The events of a briefing: those under `events`, or the file itself.

#![expect(
    clippy::indexing_slicing,
    reason = "events and sources are numbered by the list that they were put into"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "lengths of a bounded title, and the numbers of bounded events"
)]

use super::PendingPassages;
use super::keys::{EVENT, Fields, Key};
use super::pool::Pool;
use super::sources::source;
use super::values::{Split, Values, first_line};
use crate::date::Date;
use crate::model::{Event, EventDetails, Evidence, Few, Relation, SourceOrigin, Status};
use crate::parse::bounds::{MAX_EVENTS, MAX_LANE_LEVELS, MAX_LIST_ENTRIES, MAX_SOURCES};
use crate::parse::yaml::{Entry, Kind, Node, quoted};
use crate::parse::{evidence_line, slug};
use crate::problem::Code;
use crate::span::Span;
use crate::text::Text;
use std::collections::{HashMap, HashSet};

/// Reads the list under `events`. A bad one is told and passed over; the others stay.
pub fn events(
    entry: &Entry,
    pool: &mut Pool,
    passages: &mut PendingPassages,
    values: &mut Values,
) -> Vec<Event> {
    let items = match &entry.value.kind {
        Kind::Sequence(items) => items.as_slice(),
        _ if entry.value.is_null() => return Vec::new(),
        _ => {
            values.wrong_kind(
                &entry.value,
                "a list of events",
                "begin every event with `- ` and indent its further lines by two more spaces",
            );
            return Vec::new();
        }
    };
    if let Some(first) = items.get(MAX_EVENTS) {
        values.problem(
            Code::TooManyEvents,
            first_line(values.file, first.span),
            format!(
                "expected at most {MAX_EVENTS} events in a file, found {}",
                items.len()
            ),
            "split the file; the events before this one were read",
        );
    }
    let mut ids = Ids::default();
    let mut events = Vec::with_capacity(items.len().min(MAX_EVENTS));
    let mut overtaken = Vec::new();
    for item in items.iter().take(MAX_EVENTS) {
        let Some(entries) = item.as_mapping() else {
            values.wrong_kind(
                item,
                "an event with a `date` and a `title`",
                "write `- date: 2025-03-18` and, below the `d`, `title: …`",
            );
            continue;
        };
        let fields = Fields::of(entries, &EVENT, values, |_| {});
        let at = Span::at(events.len()).start;
        let mut event = event(&fields, item.span, values);
        event.evidence = evidence(fields[Key::Sources], pool, values);
        if event.title.is_empty() {
            untitled(&mut event, values);
        }
        ids.note(at, fields[Key::Id], &mut event, values);
        if let Some(entry) = fields[Key::SupersededBy] {
            overtaken.push((at, entry.value.span));
        }
        pending_passages(at, fields[Key::In], passages, values);
        events.push(event);
    }
    ids.derive(&mut events);
    let known: HashSet<&str> = if overtaken.is_empty() {
        HashSet::new()
    } else {
        events.iter().map(|event| event.id.as_str()).collect()
    };
    for (at, span) in overtaken {
        let Some(id) = events[at as usize].details.superseded_by.as_deref() else {
            continue;
        };
        if !known.contains(id) {
            values.problem(
                Code::EventUnknown,
                span,
                format!(
                    "expected the id of an event in this file, found {}",
                    quoted(id)
                ),
                "write the `id` of the event that overtook this one",
            );
        }
    }
    events
}

/// The event that a file with a date and no `events` is, without its id. Its title, if it has none of its own,
/// is `heading`; what it rests on stands under `sources`.
pub fn file_as_event(
    fields: &Fields,
    sources: Option<&Entry>,
    heading: Option<&str>,
    span: Span,
    pool: &mut Pool,
    values: &mut Values,
) -> Event {
    let mut event = event(fields, span, values);
    if fields[Key::Title].is_none_or(|entry| entry.value.is_null())
        && let Some(heading) = heading
    {
        event.title = values.file.part(heading);
    }
    event.evidence = evidence(sources, pool, values);
    event
}

/// Everything but the id and the evidence.
fn event(fields: &Fields, span: Span, values: &mut Values) -> Event {
    let summary = values.summary(fields[Key::Summary]);
    let date = date(fields, span, values);
    let title = values
        .title(fields[Key::Title])
        .or_else(|| Some(first_words(summary.as_ref()?)));
    let superseded_by = values.text(fields[Key::SupersededBy]);
    let details = EventDetails {
        place: values.joined(fields[Key::Place], ", "),
        tags: values.list(fields[Key::Tags], Split::Commas),
        kind: values.joined(fields[Key::Kind], ", "),
        url: first(fields[Key::Url], values),
        image: first(fields[Key::Image], values),
        as_of: values.date(fields[Key::AsOf]),
        superseded_by: superseded_by.map(|id| values.file.part(id.trim_start_matches('#'))),
    };
    Event {
        id: Text::default(),
        title: title.unwrap_or_default(),
        date,
        summary,
        lane: lane(fields[Key::Lane], values),
        actors: values.list(fields[Key::Actors], Split::Commas),
        status: values
            .text(fields[Key::Status])
            .map_or(Status::Occurred, |word| Status::from_word(&word)),
        importance: importance(fields[Key::Importance], values),
        evidence: Few::new(),
        passages: Few::new(),
        span,
        details: details.into(),
    }
}

/// A path of names. What lies too deep is one name.
fn lane(entry: Option<&Entry>, values: &mut Values) -> Option<Text> {
    let lane = values.joined(entry, "/")?;
    if lane.matches('/').count() < MAX_LANE_LEVELS {
        return Some(lane);
    }
    let span = entry.map_or(Span::default(), |entry| entry.value.span);
    values.problem(
        Code::ValueTooLong,
        first_line(values.file, span),
        format!("expected at most {MAX_LANE_LEVELS} levels of lanes, found more"),
        "write the lane flatter; its first levels are used",
    );
    let levels: Vec<&str> = lane.split('/').take(MAX_LANE_LEVELS).collect();
    Some(levels.join("/").into())
}

/// `date`; or `start` and `end`; or `date` and `end`, which is as clear.
fn date(fields: &Fields, span: Span, values: &mut Values) -> Option<Date> {
    let written = |key: Key| fields[key].filter(|entry| !entry.value.is_null());
    let (date, start, end) = (written(Key::Date), written(Key::Start), written(Key::End));
    if let (Some(date), Some(start)) = (date, start) {
        values.problem(
            Code::KeyTwice,
            start.key_span,
            format!(
                "expected one of `{}` and `{}`, found both",
                date.key, start.key
            ),
            format!("remove one of the two; `{}` is used", date.key),
        );
    }
    match (date.or(start), end) {
        (Some(start), None) => values.date(Some(start)),
        (Some(start), Some(end)) => {
            let first = values.date_words(start);
            let last = values.date_words(end);
            let (first, first_span) = first?;
            let Some((last, last_span)) = last else {
                return values.date_of(&first, first_span);
            };
            match Date::between(&first, &last, values.zone.as_ref()) {
                Ok(date) => Some(date),
                Err(error) => {
                    values.date_problem(error, first_span.union(last_span));
                    None
                }
            }
        }
        (None, Some(end)) => {
            values.problem(
                Code::EventNoDate,
                end.key_span,
                "expected `start` beside `end`, found none",
                "write when it began as `start`, or `date: ../2025-03-18` if that is not known",
            );
            None
        }
        (None, None) => {
            values.problem(
                Code::EventNoDate,
                first_line(values.file, span),
                "expected a `date`, found none",
                "write `date: 2025-03-18`, or `start` and `end`; a month, a year, or a year with `~` will do",
            );
            None
        }
    }
}

fn importance(entry: Option<&Entry>, values: &mut Values) -> Option<u8> {
    let entry = entry?;
    let text = values.text(Some(entry))?;
    let number: Option<f64> = text.parse().ok();
    match number {
        // Whole numbers; `7.0` is one.
        Some(number) if (1.0..=10.0).contains(&number) && number.fract() == 0.0 => {
            Some(number as u8)
        }
        _ => {
            values.problem(
                if number.is_some() {
                    Code::ValueUnknown
                } else {
                    Code::ValueType
                },
                entry.value.span,
                format!(
                    "expected a whole number from 1 to 10 as `{}`, found {}",
                    entry.key,
                    quoted(&text)
                ),
                "write 1 for what matters least and 10 for what matters most, or leave the key out",
            );
            None
        }
    }
}

/// The first of a list of texts.
fn first(entry: Option<&Entry>, values: &mut Values) -> Option<Text> {
    values
        .list::<Few<_>>(entry, Split::Never)
        .into_iter()
        .next()
}

fn pending_passages(
    event: u32,
    entry: Option<&Entry>,
    passages: &mut PendingPassages,
    values: &mut Values,
) {
    let Some(entry) = entry else { return };
    let nodes = match &entry.value.kind {
        Kind::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    for node in nodes.iter().take(MAX_LIST_ENTRIES) {
        if let Some(text) = values.text_of(node, &entry.key) {
            passages.push((event, text, node.words_span(values.file)));
        }
    }
}

/// What an event rests on: keys, addresses, evidence lines, sources defined on the spot.
fn evidence(entry: Option<&Entry>, pool: &mut Pool, values: &mut Values) -> Few<Evidence> {
    let Some(entry) = entry else {
        return Few::new();
    };
    let mut found: Few<Evidence> = match &entry.value.kind {
        Kind::Sequence(items) => items
            .iter()
            .take(items.len().min(MAX_SOURCES))
            .filter_map(|item| match &item.kind {
                _ if !values.left.take(1, item.span) => None,
                Kind::Scalar { .. } => evidence_of_text(item, pool, values),
                Kind::Mapping(entries) => evidence_of_mapping(item, entries, pool, values),
                Kind::Sequence(_) => {
                    values.wrong_kind(
                        item,
                        "a source's key, an address, or an evidence line",
                        "write one source an entry; put an evidence line in quotation marks",
                    );
                    None
                }
            })
            .collect(),
        Kind::Scalar { .. } => evidence_of_words(&entry.value, pool, values),
        Kind::Mapping(entries) => evidence_of_mapping(&entry.value, entries, pool, values)
            .into_iter()
            .collect(),
    };
    // A source that is merely named twice supports the event once.
    if found.len() < 2 {
        return found;
    }
    let mut named = HashSet::new();
    found.retain(|evidence| {
        let is_bare = evidence.relation == Relation::Supports
            && evidence.quote.is_none()
            && evidence.locator.is_none();
        !is_bare || evidence.source.is_none_or(|source| named.insert(source))
    });
    found
}

/// `sources: wh, kremlin` where one text stands instead of a list; else one piece of evidence.
fn evidence_of_words(node: &Node, pool: &mut Pool, values: &mut Values) -> Few<Evidence> {
    let text = node.as_text().unwrap_or_default();
    let keys: Vec<&str> = text.split(',').map(str::trim).collect();
    let are_keys = keys.len() > 1 && keys.iter().all(|key| pool.by_key(key).is_some());
    if !are_keys {
        return evidence_of_text(node, pool, values).into_iter().collect();
    }
    let span = node.words_span(values.file);
    keys.into_iter()
        .map(|key| supports(values.file.part(key), pool.by_key(key), span))
        .collect()
}

fn evidence_of_text(node: &Node, pool: &mut Pool, values: &mut Values) -> Option<Evidence> {
    let text = node.as_text()?.trim();
    let span = node.words_span(values.file);
    if text.is_empty() {
        return None;
    }
    if let Some(source) = pool.by_key(text) {
        return Some(supports(values.file.part(text), Some(source), span));
    }
    if is_address(text) {
        let source = pool.by_address(text).unwrap_or_else(|| {
            pool.add_inline(crate::model::Source {
                url: Some(values.file.part(text)),
                origin: SourceOrigin::Inline,
                span,
                ..Default::default()
            })
        });
        let key = pool.sources[source as usize].key.clone();
        return Some(supports(key, Some(source), span));
    }
    if text.contains('@') {
        pool.bring_in_mentioned(text);
        let pool = &*pool;
        let told = values.problems.len();
        let scope = evidence_line::Scope {
            file: values.file,
            resolve: &|key| pool.known_key(key),
            suggest: &|key| pool.nearest_key(key, told).map(str::to_owned),
            zone: values.zone.as_ref(),
            left: values.left,
        };
        return Some(evidence_line::parse(text, span, &scope, values.problems));
    }
    pool.tell_unknown(text, span, values);
    Some(supports(values.file.part(text), None, span))
}

/// A source defined on the spot; or, with nothing but a key, one that is defined elsewhere.
fn evidence_of_mapping(
    node: &Node,
    entries: &[Entry],
    pool: &mut Pool,
    values: &mut Values,
) -> Option<Evidence> {
    let source = source(None, entries, node.span, SourceOrigin::Inline, values);
    let bare = source.title.is_none()
        && source.url.is_none()
        && source.details.via.is_none()
        && source.publisher.is_none();
    let at = match (source.key.is_empty(), bare) {
        (true, true) => {
            values.wrong_kind(
                node,
                "a source with a `title` or a `url`",
                "write at least one of `title`, `url` and `publisher`; put an evidence line in quotation marks",
            );
            return None;
        }
        (true, false) => pool.add_inline(source),
        (false, true) => match pool.by_key(&source.key) {
            Some(at) => at,
            None => {
                pool.tell_unknown(&source.key, node.span, values);
                return Some(supports(source.key, None, node.span));
            }
        },
        (false, false) => pool.define(source, first_line(values.file, node.span), values),
    };
    let key = pool.sources[at as usize].key.clone();
    Some(supports(key, Some(at), node.span))
}

/// Evidence that says no more than that the source supports it.
pub fn supports(key: Text, source: Option<u32>, span: Span) -> Evidence {
    Evidence::of_source(key, source, span)
}

pub fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    }) && !text.contains(char::is_whitespace)
}

/// The beginning of a summary as a title: its first line, to the end of the sentence or about ten words.
fn first_words(summary: &Text) -> Text {
    const LONGEST_CHARS: usize = 70;
    let line = summary.trim().lines().next().unwrap_or_default().trim();
    let sentence = line.split_once(". ").map_or(line, |(first, _)| first);
    if sentence.chars().count() <= LONGEST_CHARS {
        return summary.part(sentence.trim_end_matches('.'));
    }
    let mut title = String::new();
    for word in sentence.split_whitespace() {
        if title.chars().count() + word.chars().count() >= LONGEST_CHARS {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    if title.is_empty() {
        title = sentence.chars().take(LONGEST_CHARS).collect();
    }
    title.push('…');
    title.into()
}

/// The id that a title gives.
pub fn id_of(title: &str) -> Text {
    let id = slug(title);
    if id.is_empty() {
        "event".into()
    } else {
        id.into()
    }
}

/// Gives every event an id of its own. An id that an author wrote stands before one made of a title.
#[derive(Default)]
struct Ids {
    taken: HashSet<Text>,
    /// The next number to try for an id that is taken.
    suffixes: HashMap<Text, u32>,
    /// Events without an id of their own.
    without: Vec<u32>,
}

impl Ids {
    fn note(&mut self, at: u32, entry: Option<&Entry>, event: &mut Event, values: &mut Values) {
        let Some((entry, id)) = entry.and_then(|entry| Some((entry, values.text(Some(entry))?)))
        else {
            self.without.push(at);
            return;
        };
        event.id = values.file.part(id.trim_start_matches('#'));
        if !self.taken.insert(event.id.clone()) {
            let id = std::mem::take(&mut event.id);
            event.id = self.free(id.clone());
            values.problem(
                Code::EventDuplicateId,
                entry.value.span,
                format!("expected an id of its own, found {} again", quoted(&id)),
                format!(
                    "give one of the two events another id; this one is called `{}` for now",
                    event.id
                ),
            );
        }
    }

    fn derive(&mut self, events: &mut [Event]) {
        for at in std::mem::take(&mut self.without) {
            let event = &mut events[at as usize];
            let id = id_of(&event.title);
            event.id = if self.taken.insert(id.clone()) {
                id
            } else {
                self.free(id)
            };
        }
    }

    /// `base-2`, `base-3`, …: the first that nobody has.
    fn free(&mut self, base: Text) -> Text {
        let mut number = self.suffixes.get(&base).copied().unwrap_or(2);
        let id = loop {
            let id = Text::from(format!("{base}-{number}"));
            number += 1;
            if self.taken.insert(id.clone()) {
                break id;
            }
        };
        self.suffixes.insert(base, number);
        id
    }
}

/// An event must be called something: it is called by its date.
fn untitled(event: &mut Event, values: &mut Values) {
    values.problem(
        Code::EventNoTitle,
        first_line(values.file, event.span),
        "expected a `title` or a `summary`, found neither",
        "write in a few words what happened as `title`",
    );
    event.title = event
        .date
        .as_ref()
        .map_or("Untitled", |date| date.written())
        .into();
}
