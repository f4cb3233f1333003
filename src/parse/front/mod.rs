//! The front-matter half of a briefing: metadata, sources and events.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

mod events;
mod heading;
pub(super) mod keys;
mod pool;
pub(super) mod sources;
mod split;
pub(super) mod values;

use super::bounds::{self, EvidenceLeft, MAX_KEY_BYTES, MAX_LIST_ENTRIES, MAX_SOURCES};
use super::yaml::{self, Entry, Kind, Node, quoted};
use super::{BibliographyFault, Context, SourceIndex};
use crate::date::Zone;
use crate::model::{Briefing, Event, ExpectedVerdict, Source, SourceOrigin};
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;
use keys::{BRIEFING, Fields, Key};
use pool::Pool;
use values::{Split, Values};

/// Passages that events name under `in`: the event's index, the value as written, and where it stands.
pub type PendingPassages = Vec<(u32, Text, Span)>;

/// The front matter, read.
pub struct Front {
    /// The body is still to be read into it.
    pub briefing: Briefing,
    /// Where its sources stand.
    pub index: SourceIndex,
    pub passages: PendingPassages,
    /// Whether the file is itself its one event, so that the whole body speaks of it.
    pub is_event: bool,
}

/// Reads the front matter into a briefing whose body is still to be read.
#[expect(
    clippy::indexing_slicing,
    reason = "sources are numbered by the pool that they were put into"
)]
pub fn read(
    text: Text,
    context: &Context,
    left: &EvidenceLeft,
    problems: &mut Vec<Problem>,
) -> Front {
    let mut split = split::split(&text, problems);
    if let Some(yaml) = split.yaml {
        let (read, cut) = bounds::readable_front(&text, yaml);
        split.yaml = Some(read);
        problems.extend(cut);
    }
    let (body, cut) = bounds::readable_body(&text, split.yaml, split.body);
    split.body = body;
    problems.extend(cut);
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        problems.push(Problem::new(
            Code::FileEmpty,
            split.body,
            "expected a briefing, found an empty file",
            "write a title and a first sentence, or remove the file",
        ));
    }
    let root = split
        .yaml
        .and_then(|yaml| yaml::read(&text, yaml, problems));
    let entries: &[Entry] = match &root {
        None => &[],
        Some(root) => match &root.kind {
            Kind::Mapping(entries) => entries,
            _ => {
                problems.push(Problem::new(
                    Code::FrontMatterNotMapping,
                    values::first_line(&text, root.span),
                    format!("expected lines `key: value`, found {}", root.description()),
                    "write `title: …`, `date: …` and so on between the lines `---`",
                ));
                &[]
            }
        },
    };

    let mut values = Values {
        file: &text,
        zone: None,
        left,
        guesses_left: bounds::MAX_KEYS_GUESSED,
        problems,
    };
    let fields = Fields::of(entries, &BRIEFING, &mut values, |_| {});
    let mut timezone = values.text(fields[Key::Timezone]);
    if let (Some(name), Some(entry)) = (&timezone, fields[Key::Timezone]) {
        match Zone::named(name) {
            Ok(zone) => values.zone = Some(zone),
            Err(error) => {
                values.date_problem(error, entry.value.span);
                timezone = None;
            }
        }
    }

    let mut pool = Pool::new(context.shared);
    bibliographies(fields[Key::Bibliography], context, &mut pool, &mut values);
    let is_event = fields[Key::Events].is_none()
        && [Key::Date, Key::Start]
            .iter()
            .any(|&key| fields[key].is_some_and(|entry| !entry.value.is_null()));
    let mut defined = Vec::new();
    if let Some(entry) = fields[Key::Sources] {
        // Without definitions to come first, a list under an event's `sources` is its evidence.
        let is_list = !matches!(entry.value.kind, Kind::Mapping(_));
        if !(is_event && is_list) {
            defined = define_sources(entry, &mut pool, &mut values);
        }
    }

    let body = split.body;
    let mut passages = PendingPassages::new();
    let mut events = Vec::new();
    if is_event {
        let heading = heading::first(body.of(&text));
        let span = split.yaml.map_or(body, |yaml| trimmed(&text, yaml));
        let own_sources = fields[Key::Sources].filter(|_| defined.is_empty());
        let mut event = events::file_as_event(
            &fields,
            own_sources,
            heading.as_deref(),
            span,
            &mut pool,
            &mut values,
        );
        if event.title.is_empty() {
            event.title = super::title_of_file(context.file_name).into();
        }
        event.id = events::id_of(&event.title);
        for (at, span) in defined {
            let key = pool.sources[at as usize].key.clone();
            event.evidence.push(events::supports(key, Some(at), span));
        }
        events.push(event);
    } else if let Some(entry) = fields[Key::Events] {
        events = events::events(entry, &mut pool, &mut passages, &mut values);
    }

    // The event has read these already, and what is wrong with them is told once.
    let (date, as_of) = match events.first() {
        Some(Event { date, details, .. }) if is_event => (date.clone(), details.as_of.clone()),
        _ => (
            values.date(fields[Key::Date]),
            values.date(fields[Key::AsOf]),
        ),
    };
    let told = values.problems.len();
    let title = values.title(fields[Key::Title]).unwrap_or_default();
    let subtitle = values.text(fields[Key::Subtitle]);
    let summary = values.summary(fields[Key::Summary]);
    let authors = values.list(fields[Key::Authors], Split::Semicolons);
    let organization = values.joined(fields[Key::Organization], ", ");
    let lang = values.text(fields[Key::Lang]);
    let marking = values.joined(fields[Key::Marking], ", ");
    let status = values.text(fields[Key::Status]);
    let tags = values.list(fields[Key::Tags], Split::Commas);
    let expected_verdicts = expected_verdicts(fields[Key::Expect], &mut values);
    if is_event {
        forget_repeated(values.problems, told);
    }
    pool.bring_in_mentioned(body.of(&text));
    pool.bring_in_bases(&mut values);
    let Pool { sources, index, .. } = pool;

    drop(root);
    let briefing = Briefing {
        title,
        subtitle,
        summary,
        date,
        as_of,
        authors,
        organization,
        lang,
        timezone,
        marking,
        status,
        tags,
        events,
        sources,
        expected_verdicts,
        ..Briefing::unread(text, body)
    };
    Front {
        briefing,
        index,
        passages,
        is_event,
    }
}

/// Whether an entry beside the sources of a folder is its list of events.
pub(super) fn is_events(entry: &Entry) -> bool {
    entry.key == "events" && matches!(entry.value.kind, Kind::Sequence(_))
}

/// Reads the events of a folder's file of sources; the sources themselves are those that the context shares.
pub fn read_folder(
    text: Text,
    context: &Context,
    left: &EvidenceLeft,
    problems: &mut Vec<Problem>,
) -> Front {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let whole = Span::new(start, text.len());
    // What is wrong with the whole is told where the sources are read.
    let (read, _) = bounds::readable_front(&text, whole);
    let root = yaml::read(&text, read, &mut Vec::new());
    let entries = root.as_ref().and_then(Node::as_mapping).unwrap_or_default();
    let mut values = Values {
        file: &text,
        zone: None,
        left,
        guesses_left: bounds::MAX_KEYS_GUESSED,
        problems,
    };
    let mut pool = Pool::new(context.shared);
    let mut passages = PendingPassages::new();
    let mut listed = Vec::new();
    if let Some(entry) = entries.iter().find(|entry| is_events(entry)) {
        listed = events::events(entry, &mut pool, &mut passages, &mut values);
    }
    pool.bring_in_bases(&mut values);
    let Pool { sources, index, .. } = pool;
    drop(root);
    let body = Span::at(text.len());
    let briefing = Briefing {
        events: listed,
        sources,
        ..Briefing::unread(text, body)
    };
    Front {
        briefing,
        index,
        passages,
        is_event: false,
    }
}

/// Removes problems from `start` on that were told before: the file and its one event share their keys.
fn forget_repeated(problems: &mut Vec<Problem>, start: usize) {
    let later = problems.split_off(start);
    for problem in later {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// The verdicts named under `expect`, each where it stands.
fn expected_verdicts(entry: Option<&Entry>, values: &mut Values) -> Vec<ExpectedVerdict> {
    let Some(entry) = entry else {
        return Vec::new();
    };
    let nodes = match &entry.value.kind {
        Kind::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    let mut expected: Vec<ExpectedVerdict> = Vec::new();
    for node in nodes.iter().take(MAX_LIST_ENTRIES) {
        let text = values.text_of(node, &entry.key).unwrap_or_default();
        for name in text.split([',', ';']).map(str::trim) {
            if !name.is_empty() {
                expected.push(ExpectedVerdict {
                    name: name.to_lowercase().replace([' ', '_'], "-"),
                    span: node.words_span(values.file),
                });
            }
        }
    }
    expected
}

/// Asks for every bibliography that the briefing names.
fn bibliographies(entry: Option<&Entry>, context: &Context, pool: &mut Pool, values: &mut Values) {
    let Some(entry) = entry else { return };
    let nodes = match &entry.value.kind {
        Kind::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    for node in nodes.iter().take(MAX_LIST_ENTRIES) {
        let Some(path) = values.text_of(node, &entry.key) else {
            continue;
        };
        match (context.bibliography)(&path) {
            Ok(bibliography) => {
                if let Some(faults) = &bibliography.faults {
                    values.problem(
                        Code::BibliographyFaults,
                        node.span,
                        format!(
                            "expected a bibliography without faults at {}, found {faults}",
                            quoted(&path)
                        ),
                        "mend the bibliography; the rest of it is used",
                    );
                }
                pool.add_bibliography(&path, bibliography);
            }
            Err(fault) => {
                let (code, hint) = match fault {
                    BibliographyFault::Missing => (
                        Code::FileUnreadable,
                        "write the path relative to the briefing, with `/` between folders",
                    ),
                    BibliographyFault::Outside => (
                        Code::FileOutside,
                        "copy the bibliography into the library and name it there",
                    ),
                    BibliographyFault::Unreadable(_) => (
                        Code::BibliographySyntax,
                        "mend the bibliography, or name another",
                    ),
                };
                values.problem(
                    code,
                    node.span,
                    format!(
                        "expected a bibliography at {}, found none that can be read: {fault}",
                        quoted(&path)
                    ),
                    hint,
                );
            }
        }
    }
}

/// Reads what stands under `sources`: a mapping from keys, or a list. Gives where each stands in the pool and
/// where it is written, in the order of the file.
fn define_sources(entry: &Entry, pool: &mut Pool, values: &mut Values) -> Vec<(u32, Span)> {
    match &entry.value.kind {
        Kind::Mapping(entries) => {
            let entries = bounded(entries, |entry| entry.value.span, values);
            pool.sources.reserve(entries.len());
            entries
                .iter()
                .filter_map(|entry| {
                    let (source, key_span) =
                        define_under_key(entry, SourceOrigin::Briefing, values)?;
                    let span = source.span;
                    Some((pool.define(source, key_span, values), span))
                })
                .collect()
        }
        Kind::Sequence(items) => bounded(items, |item| item.span, values)
            .iter()
            .filter_map(|item| define_in_list(item, pool, values))
            .collect(),
        Kind::Scalar { .. } => {
            if !entry.value.is_null() {
                values.wrong_kind(
                    &entry.value,
                    "sources by their keys",
                    "write `key:` on a line of its own, indented, and `title:`, `url:` and so on below it",
                );
            }
            Vec::new()
        }
    }
}

/// The first of a list of sources, as many as are read.
pub(super) fn bounded<'l, T>(
    list: &'l [T],
    span: impl Fn(&T) -> Span,
    values: &mut Values,
) -> &'l [T] {
    let Some(first) = list.get(MAX_SOURCES) else {
        return list;
    };
    values.problem(
        Code::TooManySources,
        values::first_line(values.file, span(first)),
        format!(
            "expected at most {MAX_SOURCES} sources in a file, found {}",
            list.len()
        ),
        "split the file; the sources before this one were read",
    );
    list.get(..MAX_SOURCES).unwrap_or(list)
}

/// `key: {…}`; also `key: https://…` and `key: Title`, the shortest a source can be.
pub(super) fn define_under_key(
    entry: &Entry,
    origin: SourceOrigin,
    values: &mut Values,
) -> Option<(Source, Span)> {
    let key = entry.key.trim();
    if key.len() > MAX_KEY_BYTES {
        values.problem(
            Code::ValueTooLong,
            values::first_line(values.file, entry.key_span),
            format!(
                "expected a short word as the key of a source, found one of {} bytes",
                key.len()
            ),
            "write a short word before the colon, and cite the source by it",
        );
        return None;
    }
    let span = entry.key_span.union(entry.value.span);
    let source = match &entry.value.kind {
        Kind::Mapping(fields) => sources::source(Some(key), fields, span, origin, values),
        Kind::Scalar { .. } => {
            let text = entry.value.as_text().map(str::trim);
            let address = text.is_some_and(events::is_address);
            Source {
                key: values.file.part(key),
                url: text.filter(|_| address).map(|text| values.file.part(text)),
                title: text.filter(|_| !address).map(|text| values.file.part(text)),
                origin,
                span,
                ..Source::default()
            }
        }
        Kind::Sequence(_) => {
            values.wrong_kind(
                &entry.value,
                &format!("the fields of the source `{key}`"),
                "write `title:`, `url:` and so on, indented below the key",
            );
            return None;
        }
    };
    if key.is_empty() {
        values.problem(
            Code::ValueType,
            entry.key_span,
            "expected the key of a source, found nothing",
            "write a short word before the colon, and cite the source by it",
        );
        return None;
    }
    Some((source, entry.key_span))
}

/// An entry of a list of sources: a mapping with or without a `key`, an address, or a bibliography's key.
fn define_in_list(item: &Node, pool: &mut Pool, values: &mut Values) -> Option<(u32, Span)> {
    match &item.kind {
        // `- wh: {title: …}`: a list of mappings from keys.
        Kind::Mapping(entries) if matches!(entries.as_slice(), [only] if only.value.as_mapping().is_some()) =>
        {
            let (source, key_span) =
                define_under_key(entries.first()?, SourceOrigin::Briefing, values)?;
            Some((pool.define(source, key_span, values), item.span))
        }
        Kind::Mapping(entries) => {
            let source = sources::source(None, entries, item.span, SourceOrigin::Briefing, values);
            let at = if source.key.is_empty() {
                pool.add_inline(source)
            } else {
                pool.define(source, values::first_line(values.file, item.span), values)
            };
            Some((at, item.span))
        }
        Kind::Scalar { .. } => {
            let text = item.as_text()?.trim();
            if let Some(at) = pool.by_key(text).or_else(|| pool.by_address(text)) {
                return Some((at, item.span));
            }
            if events::is_address(text) {
                let source = Source {
                    url: Some(values.file.part(text)),
                    origin: SourceOrigin::Inline,
                    span: item.span,
                    ..Source::default()
                };
                return Some((pool.add_inline(source), item.span));
            }
            pool.tell_unknown(text, item.span, values);
            None
        }
        Kind::Sequence(_) => {
            values.wrong_kind(
                item,
                "a source",
                "write `- key: wh` and, below the `k`, `title:`, `url:` and so on",
            );
            None
        }
    }
}

/// A span without the white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start as usize + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests;
