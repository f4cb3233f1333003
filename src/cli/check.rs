//! `sourceline check`: problems as compilers print them, or for other programs.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of what is held in memory"
)]

mod github;
mod human;
mod json;
mod sarif;

use super::output::{plain_json, print, shown_path};
use super::{read_library, run_checks};
use crate::evidence::{Checked, Coverage};
use crate::problem::{Problem, Severity};
use crate::span::{LineIndex, Place};
use crate::text::Text;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to check.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to print the problems.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Let warnings, too, end with exit code 1.
    #[arg(long)]
    strict: bool,
    /// List every piece of evidence with its verdict, not only those that ask for a look (in JSON they are always there).
    #[arg(long)]
    verdicts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the place in the file, as compilers do.
    Human,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for services that show the results of analyzers.
    Sarif,
    /// Workflow commands, which GitHub shows beside the lines.
    Github,
}

/// All that is told, for every format the same.
struct Report {
    briefings: usize,
    told: Vec<Told>,
    /// The verdicts on all evidence, in the order of the files.
    verdicts: Vec<VerdictAt>,
    coverage: Coverage,
}

/// The verdict on one piece of evidence, and where that stands.
struct VerdictAt {
    /// As the user would type it.
    path: String,
    place: Place,
    /// The key of the source.
    key: String,
    /// What is quoted, or the words that are said not to occur; empty for a paraphrase.
    words: String,
    checked: Checked,
}

/// A problem, and where it stands.
struct Told {
    /// As the user would type it.
    path: String,
    /// The file's text; empty when it could not be read.
    text: Text,
    problem: Problem,
    start: Place,
    /// The place after its last character.
    end: Place,
}

impl Report {
    fn count(&self, severity: Severity) -> usize {
        let of_it = self
            .told
            .iter()
            .filter(|told| told.problem.severity == severity);
        of_it.count()
    }
}

/// # Errors
///
/// A sentence, when nothing could be read or nothing can be written.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let report = report(&arguments.paths)?;
    let text = match arguments.format {
        Format::Human => human::print(&report, arguments.verdicts),
        Format::Json => plain_json(json::print(&report)?),
        Format::Sarif => plain_json(sarif::print(&report)?),
        Format::Github => github::print(&report),
    };
    print(&text)?;
    let fails_from = if arguments.strict {
        Severity::Warning
    } else {
        Severity::Error
    };
    let failed = report
        .told
        .iter()
        .any(|told| told.problem.severity >= fails_from);
    Ok(ExitCode::from(u8::from(failed)))
}

fn report(paths: &[PathBuf]) -> Result<Report, String> {
    let (library, troubles) = read_library(paths)?;
    let start = Place { line: 1, column: 1 };
    let mut told: Vec<Told> = troubles
        .into_iter()
        .map(|trouble| Told {
            path: shown_path(&trouble.path),
            text: Text::default(),
            problem: trouble.problem,
            start,
            end: start,
        })
        .collect();
    let mut verdicts = Vec::new();
    let mut coverage = Coverage::default();
    for (file, checks) in run_checks(&library) {
        let path = shown_path(&file.path);
        let text = &file.briefing.text;
        let lines = LineIndex::new(text);
        coverage += checks.coverage;
        let of_file = checks.in_order(&file.briefing);
        verdicts.extend(of_file.map(|(evidence, checked)| {
            let quote = evidence.quote.as_ref();
            let span = quote.map_or(evidence.span, |quote| quote.span);
            VerdictAt {
                path: path.clone(),
                place: lines.place(text, span.start as usize),
                key: evidence.key.to_string(),
                words: quote.map_or_else(
                    || evidence.details.silent_on.join(", "),
                    |it| it.text.to_string(),
                ),
                checked: checked.clone(),
            }
        }));
        let problems = checks.all_problems(file);
        told.extend(problems.into_iter().map(|problem| Told {
            path: path.clone(),
            text: text.clone(),
            start: lines.place(text, problem.span.start as usize),
            end: lines.place(text, problem.span.end as usize),
            problem,
        }));
    }
    Ok(Report {
        briefings: library.len(),
        told,
        verdicts,
        coverage,
    })
}

#[cfg(test)]
fn told(path: &str, problem: Problem, start: (u32, u32), end: (u32, u32)) -> Told {
    let place = |(line, column)| Place { line, column };
    Told {
        path: path.to_owned(),
        text: Text::default(),
        problem,
        start: place(start),
        end: place(end),
    }
}
