//! Statements, comparisons, and the evidence of both with what the checks found.

use super::{File, Places, written};
use crate::evidence::Checked;
use crate::model::{Comparison, ComparisonRow, Evidence, EvidenceOwner, MarkKind, Statement};
use crate::text::Text;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct StatementJson<'a> {
    id: &'a str,
    /// As a reader sees it, without Markdown.
    text: &'a str,
    line: u32,
    column: u32,
    /// `link`, `citation` or `footnote`.
    mark: &'static str,
    /// What the author says it is, with what likelihood and confidence.
    grade: Option<&'a str>,
    likelihood: Option<&'a str>,
    confidence: Option<&'a str>,
    /// The author's note. Markdown.
    note: Option<&'a str>,
    /// How well its evidence bears it out.
    standing: Option<&'a str>,
    evidence: Vec<EvidenceJson<'a>>,
}

impl<'a> StatementJson<'a> {
    pub(super) fn of(file: &File<'a>, places: &Places<'_>, at: u32, of: &'a Statement) -> Self {
        let assessment = file.assessments.get(at as usize);
        let footnote = &*of.footnote;
        let grade = footnote.grade.as_ref();
        let place = places.of(of.span.start);
        Self {
            id: &of.id,
            text: &of.text,
            line: place.line,
            column: place.column,
            mark: match of.mark_kind {
                MarkKind::Link => "link",
                MarkKind::Citation => "citation",
                MarkKind::Footnote => "footnote",
            },
            grade: grade.map(|grade| grade.kind.as_str()),
            likelihood: grade.and_then(|grade| grade.likelihood.as_deref()),
            confidence: grade.and_then(|grade| grade.confidence.as_deref()),
            note: footnote.note.as_deref(),
            standing: assessment.map(|assessment| assessment.standing.as_str()),
            evidence: EvidenceJson::all(file, places, EvidenceOwner::Statement(at), &of.evidence),
        }
    }
}

/// A table that lays accounts side by side.
#[derive(Serialize)]
pub(super) struct ComparisonJson<'a> {
    /// What the rows are.
    points: &'a str,
    columns: Vec<ColumnJson<'a>>,
    rows: Vec<RowJson<'a>>,
    line: u32,
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    title: &'a str,
    /// The source's key.
    source: &'a str,
}

#[derive(Serialize)]
struct RowJson<'a> {
    point: &'a str,
    /// One a column.
    cells: Vec<CellJson<'a>>,
    /// The author's own.
    reading: Option<&'a str>,
    line: u32,
}

#[derive(Serialize)]
struct CellJson<'a> {
    text: &'a str,
    evidence: Vec<EvidenceJson<'a>>,
}

impl<'a> ComparisonJson<'a> {
    pub(super) fn of(file: &File<'a>, places: &Places<'_>, at: u32, of: &'a Comparison) -> Self {
        let row = |(row, of): (u32, &'a ComparisonRow)| {
            let cells = (0..).zip(&of.cells).map(|(column, cell)| {
                let owner = EvidenceOwner::Cell {
                    comparison: at,
                    row,
                    column,
                };
                CellJson {
                    text: &cell.text,
                    evidence: EvidenceJson::all(file, places, owner, &cell.evidence),
                }
            });
            RowJson {
                point: &of.point,
                cells: cells.collect(),
                reading: of.reading.as_deref(),
                line: places.line(of.span.start),
            }
        };
        let columns = of.columns.iter().map(|column| ColumnJson {
            title: &column.title,
            source: &column.key,
        });
        Self {
            points: &of.points_label,
            columns: columns.collect(),
            rows: (0..).zip(&of.rows).map(row).collect(),
            line: places.line(of.span.start),
        }
    }
}

#[derive(Serialize)]
pub(super) struct EvidenceJson<'a> {
    /// The source's key, as written.
    source: &'a str,
    relation: &'a str,
    locator: Option<&'a str>,
    quote: Option<&'a str>,
    translation: Option<&'a str>,
    /// Language of the quote, and who translated it.
    lang: Option<&'a str>,
    translator: Option<&'a str>,
    silent_on: &'a [Text],
    /// Who said it, to whom, on what day, and what was known then.
    by: Option<&'a str>,
    to: Option<&'a str>,
    on: Option<&'a str>,
    as_of: Option<&'a str>,
    grade: Option<&'a str>,
    /// What the check of the quotation or the silence says (FORMAT, "Verdicts").
    verdict: Option<&'a str>,
    /// The words that stand in the copy; `null` when none were found.
    found: Option<&'a str>,
    /// The first code point of `found` in the copy's text, from 0.
    start: Option<usize>,
    /// The code point after `found`.
    end: Option<usize>,
    line: u32,
    column: u32,
}

impl<'a> EvidenceJson<'a> {
    /// All that hangs on one statement, event or cell.
    pub(super) fn all(
        file: &File<'a>,
        places: &Places<'_>,
        owner: EvidenceOwner,
        evidence: &'a [Evidence],
    ) -> Vec<Self> {
        (0..)
            .zip(evidence)
            .map(|(at, evidence)| Self::of(places, evidence, file.outcomes.get(&(owner, at))))
            .collect()
    }

    fn of(places: &Places<'_>, evidence: &'a Evidence, checked: Option<&'a Checked>) -> Self {
        let details = &*evidence.details;
        let quote = evidence.quote.as_ref();
        let words = quote.map(|quote| &*quote.details);
        let place = places.of(evidence.span.start);
        Self {
            source: &evidence.key,
            relation: evidence.relation.as_str(),
            locator: evidence.locator.as_deref(),
            quote: quote.map(|quote| quote.text.as_str()),
            translation: words.and_then(|words| words.translation.as_deref()),
            lang: words.and_then(|words| words.lang.as_deref()),
            translator: words.and_then(|words| words.translator.as_deref()),
            silent_on: &details.silent_on,
            by: details.by.as_deref(),
            to: details.to.as_deref(),
            on: written(details.on.as_ref()),
            as_of: written(details.as_of.as_ref()),
            grade: details.grade.as_deref(),
            verdict: checked.map(|checked| checked.verdict.as_str()),
            found: checked.and_then(|checked| checked.found_words.as_deref()),
            start: checked.and_then(|checked| checked.start),
            end: checked.and_then(|checked| checked.end),
            line: place.line,
            column: place.column,
        }
    }
}
