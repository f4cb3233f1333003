//! For programs: one JSON object, a documented contract.

use super::Report;
use crate::problem::Severity;
use serde::Serialize;

#[derive(Serialize)]
struct ReportJson<'a> {
    problems: Vec<ProblemJson<'a>>,
    totals: TotalsJson,
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
    let json = ReportJson {
        problems: problems.collect(),
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
