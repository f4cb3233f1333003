//! What the checks of a file found, as problems; what the briefing expects is a note.

use super::FileChecks;
use crate::evidence::{Checked, Reading, Verdict, dispute, problem_of, problem_of_reading};
use crate::model::{Briefing, EvidenceOwner};
use crate::problem::{Code, Problem, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// The most verdicts of one file that are told as problems: nobody reads more, and a hostile file may hold millions.
const MAX_TOLD: usize = 5_000;

impl FileChecks {
    pub(super) fn tell_findings(&mut self, briefing: &Briefing) {
        let expected: BTreeSet<Verdict> = briefing
            .expected_verdicts
            .iter()
            .filter_map(|expected| Verdict::from_name(&expected.name))
            .collect();
        let mut given = BTreeSet::new();
        let mut findings = Vec::new();
        for (evidence, checked) in self.in_order(briefing) {
            given.insert(checked.verdict);
            if checked.copy_changed {
                given.insert(Verdict::CopyChanged);
            }
            let Some(mut problem) = problem_of(evidence, checked) else {
                continue;
            };
            if expected.contains(&checked.verdict) {
                problem.severity = Severity::Note;
                problem.hint = format!(
                    "nothing to mend while `expect` names `{}`; else {}",
                    checked.verdict, problem.hint
                );
            }
            findings.push(problem);
        }
        findings.extend(missing_verdicts(briefing, &given));
        self.disputes = self.disputed_readings(briefing);
        for (&(comparison, row), reason) in &self.disputes {
            let rows = briefing.comparisons.get(comparison as usize);
            if let Some(row) = rows.and_then(|table| table.rows.get(row as usize)) {
                let reading = row.reading.as_deref().unwrap_or_default();
                findings.push(problem_of_reading(row.span, reading, reason));
            }
        }
        findings.sort_by_key(|problem| problem.span);
        if findings.len() > MAX_TOLD {
            findings.truncate(MAX_TOLD);
            if let Some(last) = findings.last_mut() {
                last.message.push_str("; further findings are not listed");
            }
        }
        self.findings = findings;
    }

    fn disputed_readings(&self, briefing: &Briefing) -> BTreeMap<(u32, u32), String> {
        let mut disputes = BTreeMap::new();
        for (comparison, table) in (0..).zip(&briefing.comparisons) {
            for (row, cells) in (0..).zip(&table.rows) {
                let Some(reading) = cells.reading.as_deref().and_then(Reading::from_words) else {
                    continue;
                };
                let outcomes: Vec<Vec<&Checked>> = (0..)
                    .zip(&cells.cells)
                    .map(|(column, cell)| {
                        let owner = EvidenceOwner::Cell {
                            comparison,
                            row,
                            column,
                        };
                        let outcomes = self.with_outcomes(owner, &cell.evidence);
                        outcomes.map(|(_, checked)| checked).collect()
                    })
                    .collect();
                let cells: Vec<_> = cells
                    .cells
                    .iter()
                    .zip(outcomes.iter().map(Vec::as_slice))
                    .collect();
                if let Some(reason) = dispute(reading, &cells) {
                    disputes.insert((comparison, row), reason);
                }
            }
        }
        disputes
    }
}

/// Tells which names under `expect` are no verdicts, and which verdicts no quotation was given.
fn missing_verdicts(briefing: &Briefing, given: &BTreeSet<Verdict>) -> Vec<Problem> {
    let missing = briefing.expected_verdicts.iter().filter_map(|expected| {
        let name = &expected.name;
        match Verdict::from_name(name) {
            None => {
                let known: Vec<_> = Verdict::ALL
                    .iter()
                    .map(|verdict| format!("`{verdict}`"))
                    .collect();
                Some(Problem::new(
                    Code::ValueUnknown,
                    expected.span,
                    format!(
                        "expected a verdict under `expect`, found `{}`",
                        name.escape_debug()
                    ),
                    format!("write one of {}", known.join(", ")),
                ))
            }
            Some(verdict) if given.contains(&verdict) => None,
            Some(verdict) => Some(Problem::new(
                Code::VerdictMissing,
                expected.span,
                format!(
                    "expected a quotation whose verdict is `{verdict}`, found none in this file"
                ),
                "take the verdict from `expect`, or bring back the quotation that earned it",
            )),
        }
    });
    missing.take(MAX_TOLD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Library, load};
    use std::fs;
    use std::path::Path;

    fn checks(folder: &Path) -> (FileChecks, Vec<(Code, Severity)>) {
        let mut library = Library::default();
        let id = library.add([load::reload(&folder.join("a.md"), folder)])[0];
        let file = library.file(id).expect("the file");
        let checks = FileChecks::of(file);
        let problems = checks.all_problems(file);
        let told = problems.iter().map(|it| (it.code, it.severity)).collect();
        (checks, told)
    }

    #[test]
    fn an_expected_verdict_is_a_note_and_a_missing_one_a_warning() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(
            folder.path().join("a.txt"),
            "They freed 22 wounded men in all.",
        )
        .expect("written");
        for (expect, told) in [
            ("", vec![(Code::QuoteAltered, Severity::Error)]),
            (
                "expect: [altered]\n",
                vec![(Code::QuoteAltered, Severity::Note)],
            ),
            (
                "expect: altered, near\n",
                vec![
                    (Code::VerdictMissing, Severity::Warning),
                    (Code::QuoteAltered, Severity::Note),
                ],
            ),
            (
                "expect: [verdict]\n",
                vec![
                    (Code::ValueUnknown, Severity::Warning),
                    (Code::QuoteAltered, Severity::Error),
                ],
            ),
        ] {
            let text = format!(
                "---\ntitle: A\n{expect}sources: {{s: {{title: S, copy: a.txt}}}}\n---\nSo [@s, \"freed 23 wounded men in all\"].\n"
            );
            fs::write(folder.path().join("a.md"), text).expect("written");
            assert_eq!(checks(folder.path()).1, told, "{expect}");
        }
    }

    #[test]
    fn a_reading_that_its_cells_do_not_bear_out_is_told_at_its_row() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.txt", "b.txt"] {
            fs::write(folder.path().join(name), "A pause on energy targets.").expect("written");
        }
        let text = "---\ntitle: A\nsources:\n  x: {title: X, copy: a.txt}\n  y: {title: Y, copy: b.txt}\n---\n\n| Point | One [@x] | Other [@y] | Reading |\n|---|---|---|---|\n| scope | \"energy targets\" | \"energy targets\" | differs |\n";
        fs::write(folder.path().join("a.md"), text).expect("written");
        let (checks, told) = checks(folder.path());
        assert_eq!(told, [(Code::ReadingDisputed, Severity::Warning)]);
        assert!(
            checks.disputes.contains_key(&(0, 0)),
            "{:?}",
            checks.disputes
        );
    }
}
