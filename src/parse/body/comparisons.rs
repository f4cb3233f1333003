//! Tables that lay accounts side by side: two or more header cells cite a source.

#![expect(
    clippy::string_slice,
    reason = "citations lie in the text of the cell they were found in; other places are ends of what was found in it"
)]
#![expect(clippy::arithmetic_side_effects, reason = "the columns of one table")]

use super::citations;
use crate::model::{
    Comparison, ComparisonCell, ComparisonColumn, ComparisonRow, Evidence, EvidenceDetails, Few,
    Relation, Source,
};
use crate::parse::SourceIndex;
use crate::parse::bounds::MAX_LIST_ENTRIES;
use crate::parse::evidence_line::{Scope, Words, cell_quotes, silences, trimmed};
use crate::parse::prose::{InlineKind, Prose};
use crate::problem::Problem;
use crate::span::Span;
use crate::text::Text;
use smallvec::smallvec;
use std::sync::Arc;

/// How a cell begins that says what a source is silent on.
const SILENCES: [&str; 4] = ["not mentioned", "not named", "no mention of", "silent on"];

/// A table as it stands in the file.
#[derive(Debug, Default)]
pub struct Table<'a> {
    pub span: Span,
    pub header: Vec<Prose<'a>>,
    pub rows: Vec<(Span, Vec<Prose<'a>>)>,
}

/// The cited source of each header cell; `None` when the table is no comparison.
pub fn columns(
    table: &Table,
    file: &Text,
    sources: &[Arc<Source>],
    index: &SourceIndex,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Option<ComparisonColumn>>> {
    // Problems of a header are told by whoever reads the table in the end.
    let mut found = Vec::new();
    let columns: Vec<_> = table
        .header
        .iter()
        .map(|cell| column(cell, file, sources, index, scope, &mut found))
        .collect();
    if columns.iter().flatten().count() < 2 {
        return None;
    }
    problems.append(&mut found);
    Some(columns)
}

fn column(
    cell: &Prose,
    file: &Text,
    sources: &[Arc<Source>],
    index: &SourceIndex,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Option<ComparisonColumn> {
    let citations = citations::find(cell, file, scope, problems);
    let mut title = String::new();
    let mut from = 0;
    for citation in &citations {
        title.push_str(&cell.text[from..citation.text.start]);
        from = citation.text.end;
    }
    title.push_str(&cell.text[from..]);
    let linked = || {
        cell.inlines.iter().find_map(|inline| match &inline.kind {
            InlineKind::Link { address, .. } => index.link_evidence(address, inline.span, sources),
            _ => None,
        })
    };
    let cited = citations
        .into_iter()
        .find_map(|citation| citation.evidence.into_iter().next())
        .or_else(linked)?;
    let title = title.trim();
    let label = cited
        .source
        .and_then(|at| sources.get(at as usize))
        .map(|source| source.label());
    Some(ComparisonColumn {
        title: match label {
            Some(label) if title.is_empty() => label.to_owned(),
            _ => title.to_owned(),
        },
        key: cited.key,
        source: cited.source,
        span: cell.span,
    })
}

/// Reads the rows of a comparison.
pub fn read(
    table: &Table,
    columns: Vec<Option<ComparisonColumn>>,
    file: &Text,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Comparison {
    let point_at = columns
        .first()
        .is_some_and(Option::is_none)
        .then_some(0_usize);
    let has_reading = columns.len() > 1 && columns.last().is_some_and(Option::is_none);
    let reading_at = has_reading.then_some(columns.len() - 1);
    let words = |cell: Option<&Prose>| {
        cell.map(|cell| cell.text.trim().to_owned())
            .unwrap_or_default()
    };
    let rows = table
        .rows
        .iter()
        .map(|(span, cells)| ComparisonRow {
            point: words(point_at.and_then(|at| cells.get(at))),
            cells: columns
                .iter()
                .zip(cells)
                .filter_map(|(column, cell)| {
                    let column = column.as_ref()?;
                    Some(ComparisonCell {
                        text: cell.text.trim().to_owned(),
                        evidence: evidence(cell, column, file, scope, problems),
                        span: cell.span,
                    })
                })
                .collect(),
            reading: reading_at
                .map(|at| words(cells.get(at)))
                .filter(|words| !words.is_empty()),
            span: *span,
        })
        .collect();
    Comparison {
        span: table.span,
        points_label: words(point_at.and_then(|at| table.header.get(at))),
        columns: columns.into_iter().flatten().collect(),
        rows,
        has_reading,
    }
}

/// What a cell claims of its column's source.
fn evidence(
    cell: &Prose,
    column: &ComparisonColumn,
    file: &Text,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Few<Evidence> {
    let text = cell.text.as_str();
    let all = trimmed(text, 0..text.len());
    let blank = Evidence {
        relation: Relation::Says,
        ..Evidence::of_source(column.key.clone(), column.source, cell.span_of(all.clone()))
    };
    if !text.contains(char::is_alphanumeric) || !scope.left.take(1, cell.span) {
        return Few::new();
    }
    if let Some(list) = silence(&text[all.clone()]) {
        let silent_on: Vec<Text> = silences(list).take(MAX_LIST_ENTRIES).collect();
        if silent_on.is_empty() {
            return Few::new();
        }
        return smallvec![Evidence {
            relation: Relation::Silent,
            details: EvidenceDetails {
                silent_on,
                ..EvidenceDetails::default()
            }
            .into(),
            ..blank
        }];
    }
    // A cell may cite another source as well; what it quotes there is not the column's.
    let mut words = cell.copy();
    let cited = citations::find(cell, file, scope, problems);
    let ranges: Vec<_> = cited.iter().map(|citation| citation.text.clone()).collect();
    words.cut(&ranges);
    let others = cited.into_iter().flat_map(|citation| citation.evidence);
    let mut found = cell_quotes(
        &Words::in_prose(&words, file, 0..words.text.len()),
        &blank,
        scope,
        problems,
    );
    if found.is_empty() && words.text.contains(char::is_alphanumeric) {
        found.push(blank);
    }
    found.extend(others);
    found
}

/// The list behind `not mentioned:`; empty when nothing is listed.
fn silence(text: &str) -> Option<&str> {
    let start = SILENCES.iter().find(|words| {
        text.get(..words.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(words))
    })?;
    let rest = text[start.len()..].trim_start();
    if rest.is_empty() {
        return Some("");
    }
    rest.strip_prefix(':')
}
