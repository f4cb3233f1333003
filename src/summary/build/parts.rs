//! What each briefing adds besides its events: statements and comparisons.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a constant divided by the number of briefings, of which there is at least one"
)]

use crate::date::Date;
use crate::evidence::{Coverage, Level, Standing};
use crate::model::{EvidenceOwner, Statement};
use crate::span::Span;
use crate::summary::content::{
    ComparisonCell, ComparisonHead, ComparisonRow, ComparisonTable, Part, StatementRow,
};
use crate::summary::input::{Input, with_names};
use crate::summary::notes::Notes;
use crate::summary::prose::{self, one_line};
use crate::summary::selection::Selection;
use crate::summary::sources::Sources;
use crate::text::Text;

/// At most about this many key statements in all, and of one briefing: what one can keep in mind.
const MAX_KEY_STATEMENTS: usize = 12;

const MAX_KEY_STATEMENTS_OF_ONE: usize = 7;

/// Without a restriction all statements; else those in the passages of the chosen events.
pub(super) fn kept_statements(input: &Input<'_>, selection: &Selection) -> Vec<u32> {
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

pub(super) fn part(
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

fn kept_table(input: &Input<'_>, span: Span) -> bool {
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
