//! For programs: one JSON object, a documented contract.

use super::Report;
use crate::evidence::Standing;
use crate::problem::Severity;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct ReportJson<'a> {
    problems: Vec<ProblemJson<'a>>,
    verdicts: Vec<VerdictJson<'a>>,
    coverage: CoverageJson,
    totals: TotalsJson,
}

/// The verdict on one piece of evidence.
#[derive(Serialize)]
struct VerdictJson<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    source: &'a str,
    /// What is quoted, or the words that are said not to occur; `null` for a paraphrase.
    words: Option<&'a str>,
    verdict: &'a str,
    level: &'a str,
    /// The words that stand in the copy.
    found: Option<&'a str>,
}

#[derive(Serialize)]
struct CoverageJson {
    /// Statements that need a source, and those of them that have one.
    statements: usize,
    sourced: usize,
    /// How many have each standing, by its name.
    standings: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    path: &'a str,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    hint: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct TotalsJson {
    briefings: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// # Errors
///
/// A sentence, when the report cannot be said in JSON.
pub(super) fn print(report: &Report) -> Result<String, String> {
    let problems = report.told.iter().map(|told| ProblemJson {
        path: &told.path,
        code: told.problem.code.as_str(),
        severity: told.problem.severity.as_str(),
        message: &told.problem.message,
        hint: &told.problem.hint,
        line: told.start.line,
        column: told.start.column,
    });
    let verdicts = report.verdicts.iter().map(|at| VerdictJson {
        path: &at.path,
        line: at.place.line,
        column: at.place.column,
        source: &at.key,
        words: Some(at.words.as_str()).filter(|words| !words.is_empty()),
        verdict: at.checked.verdict.as_str(),
        level: at.checked.level().as_str(),
        found: at.checked.found_words.as_deref(),
    });
    let coverage = &report.coverage;
    let standings = Standing::ALL
        .into_iter()
        .map(|standing| (standing.as_str(), coverage.of(standing)));
    let json = ReportJson {
        problems: problems.collect(),
        verdicts: verdicts.collect(),
        coverage: CoverageJson {
            statements: coverage.total(),
            sourced: coverage.sourced(),
            standings: standings.collect(),
        },
        totals: TotalsJson {
            briefings: report.briefings,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
        },
    };
    let mut text = serde_json::to_string_pretty(&json)
        .map_err(|error| format!("the report could not be written as JSON: {error}"))?;
    text.push('\n');
    Ok(text)
}
