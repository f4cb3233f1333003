//! The whole model as JSON: a documented contract (README, "Command line").
//!
//! Additions are new keys; a key that is there keeps its meaning. What is not known is `null` or an
//! empty list, never left out.

use crate::date::{Date, Instant};
use crate::evidence::{Assessment, Checked};
use crate::model::{Briefing, Event, Evidence, EvidenceOwner, Source, Statement};
use crate::problem::{Problem, Severity};
use crate::span::LineIndex;
use crate::text::Text;
use serde::Serialize;
use std::collections::BTreeMap;

/// One file to export.
#[derive(Clone, Debug)]
pub struct File<'a> {
    /// As the reader of the export should see it.
    pub path: String,
    pub briefing: &'a Briefing,
    /// Indexes of the events to list.
    pub events: &'a [u32],
    pub problems: &'a [Problem],
    /// The outcomes of the checks, by what the evidence hangs on and its place there.
    pub outcomes: &'a BTreeMap<(EvidenceOwner, u32), Checked>,
    /// One a statement, in the briefing's order.
    pub assessments: &'a [Assessment],
    /// What became of its lock file, in a word.
    pub lock: &'a str,
}

#[derive(Serialize)]
struct ModelJson<'a> {
    briefings: Vec<BriefingJson<'a>>,
    totals: TotalsJson,
}

#[derive(Serialize)]
struct BriefingJson<'a> {
    path: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    date: Option<&'a str>,
    as_of: Option<&'a str>,
    authors: &'a [Text],
    lang: Option<&'a str>,
    marking: Option<&'a str>,
    tags: &'a [Text],
    /// `absent`, `read` or `unreadable`; without a lock that was read, no changed copy can be noticed.
    lock: &'a str,
    events: Vec<EventJson<'a>>,
    sources: Vec<SourceJson<'a>>,
    statements: Vec<StatementJson<'a>>,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct EventJson<'a> {
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
    summary: Option<&'a str>,
    lane: Option<&'a str>,
    actors: &'a [Text],
    place: Option<&'a str>,
    tags: &'a [Text],
    status: &'a str,
    as_of: Option<&'a str>,
    superseded_by: Option<&'a str>,
    importance: Option<u8>,
    /// Keys, each once.
    sources: Vec<&'a str>,
    line: u32,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    key: &'a str,
    #[serde(rename = "type")]
    entry_type: &'a str,
    title: Option<&'a str>,
    authors: &'a [Text],
    publisher: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    via: Option<&'a str>,
    copy: Option<&'a str>,
    kind: Option<&'a str>,
    reliability: Option<char>,
}

#[derive(Serialize)]
struct StatementJson<'a> {
    id: &'a str,
    /// As a reader sees it, without Markdown.
    text: &'a str,
    line: u32,
    grade: Option<&'a str>,
    /// How well its evidence bears it out.
    standing: Option<&'a str>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    /// The source's key.
    source: &'a str,
    relation: &'a str,
    locator: Option<&'a str>,
    quote: Option<&'a str>,
    translation: Option<&'a str>,
    silent_on: &'a [Text],
    by: Option<&'a str>,
    to: Option<&'a str>,
    grade: Option<&'a str>,
    /// What the check of the quotation or the silence says (FORMAT, "Verdicts").
    verdict: Option<&'a str>,
    /// The words that stand in the copy; `null` when none were found.
    found: Option<&'a str>,
    /// The first code point of `found` in the copy's text, from 0.
    start: Option<usize>,
    /// The code point after `found`.
    end: Option<usize>,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    hint: &'a str,
    line: u32,
    column: u32,
}

#[derive(Default, Serialize)]
struct TotalsJson {
    briefings: usize,
    events: usize,
    undated_events: usize,
    sources: usize,
    statements: usize,
    evidence: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The model of these files, with a line break at the end.
pub fn model(files: &[File<'_>]) -> String {
    let mut totals = TotalsJson {
        briefings: files.len(),
        ..TotalsJson::default()
    };
    for file in files {
        let briefing = file.briefing;
        let count = |severity| {
            let of_it = file
                .problems
                .iter()
                .filter(|problem| problem.severity == severity);
            of_it.count()
        };
        totals.events += listed(file).count();
        totals.undated_events += listed(file).filter(|event| event.date.is_none()).count();
        totals.sources += briefing.sources.len();
        totals.statements += briefing.statements.len();
        totals.evidence += briefing.all_evidence().count();
        totals.errors += count(Severity::Error);
        totals.warnings += count(Severity::Warning);
        totals.notes += count(Severity::Note);
    }
    let model = ModelJson {
        briefings: files.iter().map(briefing_json).collect(),
        totals,
    };
    // Maps with text keys and no floats: there is nothing in it that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&model).unwrap_or_default();
    text.push('\n');
    text
}

fn listed<'a>(file: &File<'a>) -> impl Iterator<Item = &'a Event> {
    let all = &file.briefing.events;
    file.events.iter().filter_map(|&at| all.get(at as usize))
}

fn briefing_json<'a>(file: &'a File<'a>) -> BriefingJson<'a> {
    let briefing = file.briefing;
    let lines = LineIndex::new(&briefing.text);
    let place = |offset: u32| lines.place(&briefing.text, offset as usize);
    BriefingJson {
        path: &file.path,
        title: &briefing.title,
        subtitle: briefing.subtitle.as_deref(),
        date: written(briefing.date.as_ref()),
        as_of: written(briefing.as_of.as_ref()),
        authors: &briefing.authors,
        lang: briefing.lang.as_deref(),
        marking: briefing.marking.as_deref(),
        tags: &briefing.tags,
        lock: file.lock,
        events: listed(file)
            .map(|event| event_json(event, place(event.span.start).line))
            .collect(),
        sources: briefing
            .sources
            .iter()
            .map(|source| source_json(source))
            .collect(),
        statements: briefing
            .statements
            .iter()
            .zip(0..)
            .map(|(statement, at)| {
                statement_json(file, statement, at, place(statement.span.start).line)
            })
            .collect(),
        problems: file
            .problems
            .iter()
            .map(|problem| {
                let place = place(problem.span.start);
                ProblemJson {
                    code: problem.code.as_str(),
                    severity: problem.severity.as_str(),
                    message: &problem.message,
                    hint: &problem.hint,
                    line: place.line,
                    column: place.column,
                }
            })
            .collect(),
    }
}

fn written(date: Option<&Date>) -> Option<&str> {
    date.map(Date::written)
}

fn event_json(event: &Event, line: u32) -> EventJson<'_> {
    let date = event.date.as_ref();
    let mut sources: Vec<&str> = Vec::new();
    for evidence in &event.evidence {
        if !sources.contains(&evidence.key.as_str()) {
            sources.push(&evidence.key);
        }
    }
    EventJson {
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
        place: event.details.place.as_deref(),
        tags: &event.details.tags,
        status: event.status.as_str(),
        as_of: written(event.details.as_of.as_ref()),
        superseded_by: event.details.superseded_by.as_deref(),
        importance: event.importance,
        sources,
        line,
    }
}

fn source_json(source: &Source) -> SourceJson<'_> {
    SourceJson {
        key: &source.key,
        entry_type: &source.entry_type,
        title: source.title.as_deref(),
        authors: &source.authors,
        publisher: source.publisher.as_deref(),
        date: written(source.date.as_deref()),
        url: source.url.as_deref(),
        via: source.details.via.as_deref(),
        copy: source.copy.as_ref().map(|copy| copy.file.as_str()),
        kind: source.kind.map(|kind| kind.as_str()),
        reliability: source.reliability,
    }
}

fn statement_json<'a>(
    file: &File<'a>,
    statement: &'a Statement,
    at: u32,
    line: u32,
) -> StatementJson<'a> {
    let assessment = file.assessments.get(at as usize);
    let evidence = statement.evidence.iter().zip(0..);
    StatementJson {
        id: &statement.id,
        text: &statement.text,
        line,
        grade: statement
            .footnote
            .grade
            .as_ref()
            .map(|grade| grade.kind.as_str()),
        standing: assessment.map(|assessment| assessment.standing.as_str()),
        evidence: evidence
            .map(|(evidence, index)| {
                let outcome = file.outcomes.get(&(EvidenceOwner::Statement(at), index));
                evidence_json(evidence, outcome)
            })
            .collect(),
    }
}

fn evidence_json<'a>(evidence: &'a Evidence, checked: Option<&'a Checked>) -> EvidenceJson<'a> {
    let quote = evidence.quote.as_ref();
    EvidenceJson {
        source: &evidence.key,
        relation: evidence.relation.as_str(),
        locator: evidence.locator.as_deref(),
        quote: quote.map(|quote| quote.text.as_str()),
        translation: quote.and_then(|quote| quote.details.translation.as_deref()),
        silent_on: &evidence.details.silent_on,
        by: evidence.details.by.as_deref(),
        to: evidence.details.to.as_deref(),
        grade: evidence.details.grade.as_deref(),
        verdict: checked.map(|checked| checked.verdict.as_str()),
        found: checked.and_then(|checked| checked.found_words.as_deref()),
        start: checked.and_then(|checked| checked.start),
        end: checked.and_then(|checked| checked.end),
    }
}
