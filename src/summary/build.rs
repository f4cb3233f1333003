//! Makes the [`Summary`]: which events, statements and sources are in it, in which order, with which numbers.

#![expect(clippy::indexing_slicing, reason = "files are numbered by the inputs")]

use super::brief::Brief;
use super::choice::{Options, SIDE_MARGIN_PT};
use super::citation::{self, Citer};
use super::content::{
    ComparisonCell, ComparisonHead, ComparisonRow, ComparisonTable, EventRow, Part, StatementRow,
    Summary,
};
use super::figure::{self, Mark};
use super::notes::Notes;
use super::prose;
use super::selection::Selection;
use super::sources::Sources;
use super::unchecked::unchecked;
use crate::date::{CivilTime, Date, Instant, Precision, Zone, month_name, year_words};
use crate::evidence::{Assessment, Checked, CopyText, Coverage, Level, Lock, Standing};
use crate::model::{Briefing, EvidenceOwner, Statement, Status};
use crate::number::grouped;
use crate::problem::Problem;
use crate::text::Text;
use crate::timeline::Entry;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One briefing with what is known of its evidence, and its chosen events.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// As the reader of the export should see it.
    pub path: String,
    pub briefing: &'a Briefing,
    /// Indexes of the chosen events.
    pub events: Vec<u32>,
    /// The outcomes of the checks, by what the evidence hangs on and its place there.
    pub outcomes: &'a BTreeMap<(EvidenceOwner, u32), Checked>,
    /// One a statement, in the briefing's order.
    pub assessments: &'a [Assessment],
    /// The copies that could be read, by source.
    pub copies: &'a BTreeMap<u32, Arc<CopyText>>,
    /// What kept the checks from being made.
    pub obstacles: &'a [Problem],
    /// Why the check does not agree with the author's reading, by comparison and row.
    pub disputes: &'a BTreeMap<(u32, u32), String>,
    /// What its lock says, where there is one.
    pub lock: Option<&'a Lock>,
}

/// At most about this many key statements in all, and of one briefing: what one can keep in mind.
const MAX_KEY_STATEMENTS: usize = 12;
const MAX_KEY_STATEMENTS_OF_ONE: usize = 7;

/// From here on a summary is long: it has more than five pages, whatever else is in it.
const LONG_EVENTS: usize = 150;

impl Summary {
    /// # Errors
    ///
    /// A sentence, when the citation style is unknown.
    pub fn new(
        inputs: &[Input<'_>],
        selection: &Selection,
        options: &Options,
    ) -> Result<Self, String> {
        let lang = common(inputs.iter().map(|it| it.briefing.lang.as_deref()))
            .unwrap_or("en")
            .to_owned();
        let citer = Citer::new(&options.style, Some(&lang))?;
        let kept: Vec<Vec<u32>> = inputs
            .iter()
            .map(|input| kept_statements(input, selection))
            .collect();
        let order = in_order_of_time(inputs);
        let sources = Sources::collect(inputs, &order, &kept, &citer);
        let mut notes = Notes::new(inputs, &sources);
        let events = event_rows(inputs, &order, &sources, &mut notes);
        let parts = inputs
            .iter()
            .zip(&kept)
            .enumerate()
            .map(|(file, (input, kept))| part(file, input, kept, selection, &sources, &mut notes))
            .collect();
        let marks = marks(inputs, &order);
        let width_pt = options.paper.width_pt() - 2.0 * SIDE_MARGIN_PT;
        let unchecked = unchecked(inputs, &kept, &order, &notes, &sources, selection);
        let all_events = inputs.iter().map(|it| it.briefing.events.len()).sum();
        let date = document_date(inputs, options);
        let mut summary = Self {
            lang,
            marking: marking(inputs),
            date: date.map(|(civil, _)| civil),
            date_words: date.map(|(_, instant)| day_words(instant)),
            selection: selection.words(events.len(), all_events),
            paper: options.paper.name().to_owned(),
            figure: figure::build(&marks, width_pt),
            parts,
            notes: notes.done,
            style: citer.title.to_owned(),
            unchecked,
            ..Self::default()
        };
        summary.long = events.len() >= LONG_EVENTS;
        summary.extent = extent(&events, &sources, &summary);
        summary.events = events;
        summary.sources = sources.entries;
        summary.set_head(inputs, options);
        summary.brief = Brief::of(&summary, &marks, width_pt);
        Ok(summary)
    }

    /// Whether anything was chosen.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.parts.iter().all(|part| part.statements.is_empty())
    }

    fn set_head(&mut self, inputs: &[Input<'_>], options: &Options) {
        if let [only] = inputs {
            let briefing = only.briefing;
            self.title = briefing.title.to_string();
            self.subtitle = briefing.subtitle.as_ref().map(Text::to_string);
            self.status = briefing.status.as_ref().map(Text::to_string);
        } else {
            self.title = format!("Summary of {} briefings", inputs.len());
            self.subtitle = joined_titles(inputs);
        }
        if let Some(title) = &options.title {
            self.title.clone_from(title);
        }
        self.title = one_line(&self.title);
        self.organization =
            common(inputs.iter().map(|it| it.briefing.organization.as_deref())).map(str::to_owned);
        for author in inputs.iter().flat_map(|it| &it.briefing.authors) {
            if !self.authors.iter().any(|known| author == known) {
                self.authors.push(author.to_string());
            }
        }
        self.as_of =
            newest(inputs.iter().filter_map(|it| it.briefing.as_of.as_ref())).map(Date::in_words);
    }
}

/// The value that all have.
fn common<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Option<&'a str> {
    let mut values = values;
    let first = values.next()??;
    values.all(|value| value == Some(first)).then_some(first)
}

/// A title is one line, whatever its author wrote.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The titles of a few briefings; of many, the first ones.
fn joined_titles(inputs: &[Input<'_>]) -> Option<String> {
    const SHOWN: usize = 6;
    let titles: Vec<&str> = inputs
        .iter()
        .take(SHOWN)
        .map(|it| it.briefing.title.as_str())
        .collect();
    let more = inputs.len().saturating_sub(SHOWN);
    let joined = titles.join(" · ");
    match more {
        0 => Some(joined).filter(|joined| !joined.is_empty()),
        more => Some(format!("{joined} · and {more} more")),
    }
}

fn newest<'a>(dates: impl Iterator<Item = &'a Date>) -> Option<&'a Date> {
    dates.max_by(|a, b| a.compare(b))
}

/// The strictest of the markings: of several files together, nothing may be handed on further than the strictest allows.
fn marking(inputs: &[Input<'_>]) -> Option<String> {
    const TLP: [&str; 6] = [
        "TLP:RED",
        "TLP:AMBER+STRICT",
        "TLP:AMBER",
        "TLP:GREEN",
        "TLP:CLEAR",
        "TLP:WHITE",
    ];
    let mut found: Vec<&str> = Vec::new();
    for marking in inputs
        .iter()
        .filter_map(|it| it.briefing.marking.as_deref())
    {
        if !marking.trim().is_empty() && !found.contains(&marking) {
            found.push(marking);
        }
    }
    let rank = |marking: &str| {
        let plain: String = marking.to_uppercase().split_whitespace().collect();
        TLP.iter().position(|known| *known == plain)
    };
    let strictest = found.iter().filter_map(|it| rank(it)).min();
    let mut kept: Vec<&str> = found
        .iter()
        .copied()
        .filter(|it| rank(it).is_none_or(|rank| Some(rank) == strictest))
        .collect();
    kept.dedup_by(|a, b| rank(a).is_some() && rank(a) == rank(b));
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// The date of the document: from outside, else what the briefings speak of, else their newest event or source.
fn document_date(inputs: &[Input<'_>], options: &Options) -> Option<([i32; 3], Instant)> {
    let outside = options.date_s.and_then(|date_s| date_s.checked_mul(1000));
    let of = |date: &Date| date.earliest();
    let briefings = || inputs.iter().map(|it| it.briefing);
    let instant = outside
        .map(Instant)
        .or_else(|| briefings().filter_map(|it| of(it.as_of.as_ref()?)).max())
        .or_else(|| briefings().filter_map(|it| of(it.date.as_ref()?)).max())
        .or_else(|| {
            let events = briefings()
                .flat_map(|it| it.events.iter().filter_map(|it| of(it.date.as_ref()?)));
            let sources = briefings()
                .flat_map(|it| it.sources.iter().filter_map(|it| of(it.date.as_ref()?)));
            events.chain(sources).max()
        })?;
    let civil = CivilTime::from_ms(instant.0).date;
    let year = i32::try_from(civil.year)
        .ok()
        .filter(|year| (1..=9999).contains(year))?;
    Some((
        [year, i32::from(civil.month), i32::from(civil.day)],
        instant,
    ))
}

fn day_words(instant: Instant) -> String {
    let civil = CivilTime::from_ms(instant.0).date;
    format!(
        "{} {} {}",
        civil.day,
        month_name(civil.month),
        year_words(civil.year)
    )
}

/// File and event, in the order in which the chronology has them; undated ones last.
fn in_order_of_time(inputs: &[Input<'_>]) -> Vec<(usize, u32)> {
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

/// Without a restriction all statements; else those in the passages of the chosen events.
fn kept_statements(input: &Input<'_>, selection: &Selection) -> Vec<u32> {
    let briefing = input.briefing;
    let all = 0..u32::try_from(briefing.statements.len()).unwrap_or(u32::MAX);
    if selection.is_all() {
        return all.collect();
    }
    let passages: Vec<_> = input
        .events
        .iter()
        .filter_map(|&at| briefing.events.get(at as usize))
        .flat_map(|event| event.passages.iter().copied())
        .collect();
    let is_kept = |statement: &Statement| passages.iter().any(|it| it.overlaps(statement.span));
    all.filter(|&at| briefing.statements.get(at as usize).is_some_and(is_kept))
        .collect()
}

fn event_rows(
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

fn marks(inputs: &[Input<'_>], order: &[(usize, u32)]) -> Vec<Mark> {
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

fn part(
    file: usize,
    input: &Input<'_>,
    kept: &[u32],
    selection: &Selection,
    sources: &Sources,
    notes: &mut Notes<'_>,
) -> Part {
    let briefing = input.briefing;
    let statements: Vec<StatementRow> = kept
        .iter()
        .filter_map(|&at| statement_row(file, input, at, notes))
        .collect();
    let most_key_statements =
        (MAX_KEY_STATEMENTS / notes.briefings()).clamp(1, MAX_KEY_STATEMENTS_OF_ONE);
    let comparisons = briefing
        .comparisons
        .iter()
        .zip(0..)
        .filter(|(table, _)| selection.is_all() || kept_table(input, table.span));
    let comparisons = comparisons
        .map(|(_, at)| comparison(file, input, at, sources))
        .collect();
    Part {
        title: one_line(&briefing.title),
        subtitle: briefing.subtitle.as_ref().map(Text::to_string),
        authors: briefing.authors.iter().map(Text::to_string).collect(),
        as_of: briefing.as_of.as_ref().map(Date::in_words),
        lang: briefing.lang.as_ref().map(Text::to_string),
        summary: briefing
            .summary
            .as_deref()
            .map(prose::paragraphs)
            .unwrap_or_default(),
        key_statements: key_statements(&statements, most_key_statements),
        coverage: coverage(input, kept, selection),
        statements,
        comparisons,
    }
}

fn kept_table(input: &Input<'_>, span: crate::span::Span) -> bool {
    let chosen = input.events.iter();
    let mut events = chosen.filter_map(|&at| input.briefing.events.get(at as usize));
    events.any(|event| event.passages.iter().any(|it| it.overlaps(span)))
}

fn coverage(input: &Input<'_>, kept: &[u32], selection: &Selection) -> String {
    let sourced = kept
        .iter()
        .filter_map(|&at| input.assessments.get(at as usize))
        .map(|assessment| assessment.standing);
    let whole = selection.is_all();
    let unsourced = input.briefing.unsourced.iter().filter(|_| whole);
    let exempt = input.briefing.exempt.iter().filter(|_| whole);
    let coverage: Coverage = sourced
        .chain(unsourced.map(|_| Standing::Unsourced))
        .chain(exempt.map(|_| Standing::Exempt))
        .collect();
    match coverage.total() {
        0 => String::new(),
        _ => coverage.to_string(),
    }
}

fn statement_row(
    file: usize,
    input: &Input<'_>,
    at: u32,
    notes: &mut Notes<'_>,
) -> Option<StatementRow> {
    let briefing = input.briefing;
    let statement = briefing.statements.get(at as usize)?;
    let assessment = input.assessments.get(at as usize);
    let section = briefing
        .headings
        .iter()
        .filter(|heading| heading.section.covers(statement.span))
        .max_by_key(|heading| heading.level);
    let standing = assessment.map_or(Standing::Unsourced, |assessment| assessment.standing);
    Some(StatementRow {
        text: with_names(&one_line(&statement.text), briefing),
        section: section.map(|heading| heading.text.to_string()),
        grade: statement.footnote.grade.as_ref().map(grade_words),
        standing: standing.as_str().to_owned(),
        standing_label: standing.label().to_owned(),
        level: standing.level().as_str().to_owned(),
        explanation: assessment
            .map(|it| it.explanation.clone())
            .unwrap_or_default(),
        note: notes.of_statement(file, at),
    })
}

/// A bare citation reads as a key; on paper its source has a name.
pub(super) fn with_names(text: &str, briefing: &Briefing) -> String {
    let is_of_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        named.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        let end = after.find(|c| !is_of_key(c)).unwrap_or(after.len());
        let key = after
            .get(..end)
            .unwrap_or_default()
            .trim_end_matches(['.', ':']);
        let in_word = before
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        let source = briefing
            .source_by_key(key)
            .and_then(|at| briefing.sources.get(at as usize))
            .filter(|_| !in_word);
        match source {
            Some(source) => {
                named.push_str(citation::short_name(source));
                rest = after.get(key.len()..).unwrap_or_default();
            }
            None => {
                named.push('@');
                rest = after;
            }
        }
    }
    named.push_str(rest);
    named
}

fn grade_words(grade: &crate::model::Grade) -> String {
    let mut words = grade.kind.as_str().to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if let Some(likelihood) = &grade.likelihood {
        words.push_str("; ");
        words.push_str(likelihood);
    }
    if let Some(confidence) = &grade.confidence {
        words.push_str("; confidence ");
        words.push_str(confidence);
    }
    words
}

/// Those that the author graded, and those that fail; without any, those that most sources bear out. In the order of the text.
fn key_statements(statements: &[StatementRow], most: usize) -> Vec<StatementRow> {
    let weight = |row: &StatementRow| {
        let worrying = matches!(row.standing.as_str(), "altered" | "disputed");
        let corroborated = row.standing == "corroborated";
        (worrying, row.grade.is_some(), corroborated)
    };
    let mut ranked: Vec<(usize, &StatementRow)> = statements
        .iter()
        .enumerate()
        .filter(|(_, row)| row.text.chars().count() >= 20 && (weight(row) != (false, false, false)))
        .collect();
    ranked.sort_by(|a, b| weight(b.1).cmp(&weight(a.1)).then(a.0.cmp(&b.0)));
    ranked.truncate(most);
    ranked.sort_by_key(|(at, _)| *at);
    ranked.into_iter().map(|(_, row)| row.clone()).collect()
}

fn comparison(file: usize, input: &Input<'_>, at: u32, sources: &Sources) -> ComparisonTable {
    let briefing = input.briefing;
    let Some(table) = briefing.comparisons.get(at as usize) else {
        return ComparisonTable::default();
    };
    let section = briefing
        .headings
        .iter()
        .filter(|heading| heading.section.covers(table.span))
        .max_by_key(|heading| heading.level);
    let columns = table.columns.iter().map(|column| ComparisonHead {
        title: one_line(&column.title),
        source: sources.number(file, column.source),
    });
    let rows = (0..).zip(&table.rows).map(|(row, cells)| ComparisonRow {
        point: cells.point.clone(),
        cells: (0..)
            .zip(&cells.cells)
            .map(|(column, cell)| {
                let owner = EvidenceOwner::Cell {
                    comparison: at,
                    row,
                    column,
                };
                let worst = (0..)
                    .zip(&cell.evidence)
                    .filter_map(|(index, _)| input.outcomes.get(&(owner, index)))
                    .max_by_key(|checked| checked.level());
                // That there is nothing to check need not be said in every cell.
                let worst = worst.filter(|checked| checked.level() != Level::Grey);
                ComparisonCell {
                    text: cell.text.clone(),
                    verdict: worst
                        .map(|it| it.verdict.as_str().to_owned())
                        .unwrap_or_default(),
                    verdict_label: worst
                        .map(|it| it.verdict.label().to_owned())
                        .unwrap_or_default(),
                    level: worst
                        .map(|it| it.level().as_str().to_owned())
                        .unwrap_or_default(),
                }
            })
            .collect(),
        reading: cells.reading.clone(),
        dispute: input.disputes.get(&(at, row)).cloned(),
    });
    ComparisonTable {
        section: section.map(|heading| heading.text.to_string()),
        points_label: table.points_label.clone(),
        columns: columns.collect(),
        has_reading: table.has_reading,
        rows: rows.collect(),
    }
}

/// "31 events · 24 sources · 58 statements, …".
fn extent(events: &[EventRow], sources: &Sources, summary: &Summary) -> String {
    let statements = summary.parts.iter().map(|part| part.statements.len()).sum();
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{} {many}", grouped(count as u64))),
    };
    let parts = [
        counted(events.len(), "event", "events"),
        counted(statements, "statement", "statements"),
        counted(sources.entries.len(), "source", "sources"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The zone of the figure's ruler.
pub(super) fn zone() -> Zone {
    Zone::utc()
}
