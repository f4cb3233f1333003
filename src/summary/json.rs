//! The whole model as JSON: a documented contract (`docs/JSON.md`).
//!
//! Additions are new keys; a key that is there keeps its meaning. What is not known is `null` or an
//! empty list, never left out.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of what is held in memory"
)]

mod event;
mod evidence;
mod source;

use crate::date::Date;
use crate::evidence::{Assessment, Outcomes};
use crate::model::{Briefing, Event};
use crate::problem::{Problem, Severity};
use crate::span::{LineIndex, Place, Span};
use crate::text::Text;
use event::EventJson;
use evidence::{ComparisonJson, StatementJson};
use serde::Serialize;
use source::SourceJson;
use std::sync::Arc;

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
    pub outcomes: &'a Outcomes,
    /// One a statement, in the briefing's order.
    pub assessments: &'a [Arc<Assessment>],
    /// What became of its lock file, in a word.
    pub lock: &'a str,
}

/// Where offsets of a briefing's text stand.
struct Places<'a> {
    lines: LineIndex,
    text: &'a str,
}

impl Places<'_> {
    fn of(&self, offset: u32) -> Place {
        self.lines.place(self.text, offset as usize)
    }

    fn line(&self, offset: u32) -> u32 {
        self.of(offset).line
    }
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
    /// Markdown.
    summary: Option<&'a str>,
    date: Option<&'a str>,
    as_of: Option<&'a str>,
    authors: &'a [Text],
    organization: Option<&'a str>,
    lang: Option<&'a str>,
    timezone: Option<&'a str>,
    marking: Option<&'a str>,
    status: Option<&'a str>,
    tags: &'a [Text],
    /// `absent`, `read` or `unreadable`; without a lock that was read, no changed copy can be noticed.
    lock: &'a str,
    headings: Vec<HeadingJson<'a>>,
    events: Vec<EventJson<'a>>,
    sources: Vec<SourceJson<'a>>,
    statements: Vec<StatementJson<'a>>,
    comparisons: Vec<ComparisonJson<'a>>,
    /// Sentences without a mark, a link or a citation.
    unsourced: Vec<SentenceJson<'a>>,
    /// Sentences for which the author says why they need none.
    exempt: Vec<SentenceJson<'a>>,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct HeadingJson<'a> {
    level: u8,
    id: &'a str,
    text: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct SentenceJson<'a> {
    /// As written.
    text: &'a str,
    /// Why it needs no source; `null` where the author does not say so.
    reason: Option<&'a str>,
    line: u32,
    column: u32,
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
        totals.undated_events += listed(file)
            .filter(|(_, event)| event.date.is_none())
            .count();
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

fn listed<'a>(file: &File<'a>) -> impl Iterator<Item = (u32, &'a Event)> {
    let all = &file.briefing.events;
    file.events
        .iter()
        .filter_map(|&at| Some((at, all.get(at as usize)?)))
}

fn briefing_json<'a>(file: &'a File<'a>) -> BriefingJson<'a> {
    let briefing = file.briefing;
    let places = Places {
        lines: LineIndex::new(&briefing.text),
        text: &briefing.text,
    };
    let sentence = |span: Span, reason: Option<&'a str>| {
        let place = places.of(span.start);
        SentenceJson {
            text: span.of(&briefing.text),
            reason,
            line: place.line,
            column: place.column,
        }
    };
    let exempt = briefing.exempt.iter();
    BriefingJson {
        path: &file.path,
        title: &briefing.title,
        subtitle: briefing.subtitle.as_deref(),
        summary: briefing.summary.as_deref(),
        date: written(briefing.date.as_ref()),
        as_of: written(briefing.as_of.as_ref()),
        authors: &briefing.authors,
        organization: briefing.organization.as_deref(),
        lang: briefing.lang.as_deref(),
        timezone: briefing.timezone.as_deref(),
        marking: briefing.marking.as_deref(),
        status: briefing.status.as_deref(),
        tags: &briefing.tags,
        lock: file.lock,
        headings: briefing
            .headings
            .iter()
            .map(|heading| HeadingJson {
                level: heading.level,
                id: &heading.id,
                text: &heading.text,
                line: places.line(heading.span.start),
            })
            .collect(),
        events: listed(file)
            .map(|(at, event)| EventJson::of(file, &places, at, event))
            .collect(),
        sources: briefing
            .sources
            .iter()
            .map(|source| SourceJson::of(source))
            .collect(),
        statements: (0..)
            .zip(&briefing.statements)
            .map(|(at, statement)| StatementJson::of(file, &places, at, statement))
            .collect(),
        comparisons: (0..)
            .zip(&briefing.comparisons)
            .map(|(at, comparison)| ComparisonJson::of(file, &places, at, comparison))
            .collect(),
        unsourced: briefing
            .unsourced
            .iter()
            .map(|&span| sentence(span, None))
            .collect(),
        exempt: exempt
            .map(|exempt| sentence(exempt.span, Some(&exempt.reason)))
            .collect(),
        problems: file
            .problems
            .iter()
            .map(|problem| {
                let place = places.of(problem.span.start);
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
