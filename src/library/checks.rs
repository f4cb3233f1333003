//! Checks all evidence of a file against the copies of its sources.

use super::File;
use super::copies::Copies;
use super::locks::{self, LockState};
use crate::evidence::{
    Assessment, Checked, CopyText, Coverage, Lock, Origins, Reading, Standing, Verdict, assess,
    check_evidence, dispute, problem_of, problem_of_reading,
};
use crate::model::{Briefing, Evidence, EvidenceOwner};
use crate::problem::{Code, Problem, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most verdicts of one file that are told as problems: nobody reads more, and a hostile file may hold millions.
const MAX_TOLD: usize = 5_000;

/// The outcomes of a file's checks, by what the evidence hangs on and its place there.
pub type Outcomes = BTreeMap<(EvidenceOwner, u32), Checked>;

/// What the checks of one file have found.
#[derive(Clone, Debug, Default)]
pub struct FileChecks {
    outcomes: Outcomes,
    /// One a statement, in the briefing's order.
    pub statements: Vec<Assessment>,
    pub coverage: Coverage,
    /// The copies, by source; those that could not be read are told in `problems`.
    pub copies: BTreeMap<u32, Arc<CopyText>>,
    /// What kept the checks from being made: copies, and the lock, that could not be read.
    pub problems: Vec<Problem>,
    /// What the checks found, in the order of the file; what the briefing expects is a note.
    pub findings: Vec<Problem>,
    /// Why the check does not agree with the author's reading, by comparison and row.
    pub disputes: BTreeMap<(u32, u32), String>,
    pub lock: LockState,
}

impl FileChecks {
    /// Reads the copies that the file's sources name, and checks every piece of evidence. Touches the disk and may take long.
    pub fn of(file: &File) -> Self {
        Self::sharing(file, &Copies::default())
    }

    /// As [`FileChecks::of`], with copies that other files of the library read too.
    pub fn sharing(file: &File, copies: &Copies) -> Self {
        match locks::read(file) {
            Ok(None) => Self::with_lock(file, copies, &Lock::default()),
            Ok(Some(lock)) => {
                let mut found = Self::with_lock(file, copies, &lock);
                found.lock = LockState::Read;
                found
            }
            Err(problem) => {
                let mut found = Self::with_lock(file, copies, &Lock::default());
                found.lock = LockState::Unreadable;
                found.problems.insert(0, problem);
                found
            }
        }
    }

    /// Checks against a lock at hand. A lock without sources only tells where quotations stood.
    pub fn with_lock(file: &File, copies: &Copies, lock: &Lock) -> Self {
        let briefing = &file.briefing;
        let lock = lock.index();
        let mut found = Self::default();
        for (at, source) in (0..).zip(&briefing.sources) {
            match copies.read(file, source) {
                Ok(Some(copy)) => {
                    found.copies.insert(at, copy);
                }
                Ok(None) => {}
                Err(problem) => found.problems.push(problem),
            }
        }
        for (place, evidence) in placed_evidence(briefing) {
            let source = evidence
                .source
                .and_then(|at| briefing.sources.get(at as usize));
            let copy = evidence.source.and_then(|at| found.copies.get(&at));
            let outcome = check_evidence(
                evidence,
                source,
                copy.map(Arc::as_ref),
                source.and_then(|source| lock.sha256_of(&source.key)),
                &lock.context_of(evidence),
            );
            found.outcomes.insert(place, outcome);
        }
        let origins = Origins::new(&briefing.sources);
        found.statements = (0..)
            .zip(&briefing.statements)
            .map(|(at, statement)| {
                let outcomes =
                    found.with_outcomes(EvidenceOwner::Statement(at), &statement.evidence);
                assess(outcomes, statement.grade.as_ref(), &origins)
            })
            .collect();
        let sourced = found
            .statements
            .iter()
            .map(|assessment| assessment.standing);
        let unsourced = briefing.unsourced.iter().map(|_| Standing::Unsourced);
        let exempt = briefing.exempt.iter().map(|_| Standing::Exempt);
        found.coverage = sourced.chain(unsourced).chain(exempt).collect();
        found.tell_findings(briefing);
        found
    }

    fn with_outcomes<'a>(
        &'a self,
        owner: EvidenceOwner,
        evidence: &'a [Evidence],
    ) -> impl Iterator<Item = (&'a Evidence, &'a Checked)> {
        (0..)
            .zip(evidence)
            .filter_map(move |(index, evidence)| Some((evidence, self.get(owner, index)?)))
    }

    /// The outcome for one piece of evidence.
    pub fn get(&self, owner: EvidenceOwner, index: u32) -> Option<&Checked> {
        self.outcomes.get(&(owner, index))
    }

    /// All outcomes with what they belong to.
    pub fn iter(&self) -> impl Iterator<Item = (EvidenceOwner, u32, &Checked)> {
        self.outcomes
            .iter()
            .map(|(&(owner, index), checked)| (owner, index, checked))
    }

    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }

    /// The outcomes in the order of [`Briefing::all_evidence`].
    pub fn in_order<'a>(
        &'a self,
        briefing: &'a Briefing,
    ) -> impl Iterator<Item = (&'a Evidence, &'a Checked)> {
        placed_evidence(briefing)
            .filter_map(|(place, evidence)| Some((evidence, self.outcomes.get(&place)?)))
    }

    /// All problems of the file, those of its checks among those of its reading, in the order of the file.
    pub fn all_problems(&self, file: &File) -> Vec<Problem> {
        let of_checks = self.problems.iter().chain(&self.findings);
        let mut all: Vec<Problem> = file.problems.iter().chain(of_checks).cloned().collect();
        all.sort_by_key(|problem| problem.span);
        all
    }

    // What the checks found, as problems.

    fn tell_findings(&mut self, briefing: &Briefing) {
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

/// All evidence with the place of its outcome, in the order of the briefing.
fn placed_evidence(briefing: &Briefing) -> impl Iterator<Item = ((EvidenceOwner, u32), &Evidence)> {
    let mut before = None;
    let mut index = 0;
    briefing.all_evidence().map(move |(owner, evidence)| {
        index = if before == Some(owner) { index + 1 } else { 0 };
        before = Some(owner);
        ((owner, index), evidence)
    })
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
