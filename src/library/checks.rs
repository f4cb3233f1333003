//! Checks all evidence of a file against the copies of its sources.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the numbers of the evidence of one item"
)]

mod background;
mod cache;
mod findings;

pub use background::check_in_background;
pub use cache::OutcomeCache;

use super::File;
use super::copies::{self, Copies};
use super::locks::{self, LockState};
use crate::evidence::{
    Assessment, Checked, CopyText, Coverage, Lock, Origins, OutcomePlace, Outcomes, Standing,
    assess, check_evidence_with,
};
use crate::model::{Briefing, Evidence, EvidenceOwner};
use crate::problem::{Problem, Severity};
use crate::span::{LineIndex, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the checks of one file have found. A plain value: it touches no disk and stays as it is.
#[derive(Clone, Debug, Default)]
pub struct FileChecks {
    outcomes: Outcomes,
    /// One a statement, in the briefing's order; equal ones are one value in memory.
    pub statements: Vec<Arc<Assessment>>,
    /// One an event, in the briefing's order: how well the evidence that the event itself names bears it out.
    pub events: Vec<Standing>,
    pub coverage: Coverage,
    /// The copies, by source; those that could not be read are told in `problems`.
    pub copies: BTreeMap<u32, Arc<CopyText>>,
    /// The SHA-256 of each copy that was read, by source; there also when `copies` is not.
    pub copy_hashes: BTreeMap<u32, String>,
    /// The copies were read, but are not kept in `copies`: see [`FileChecks::without_copies`].
    pub copies_left_out: bool,
    /// What kept the checks from being made: copies, and the lock, that could not be read.
    pub problems: Vec<Problem>,
    /// What the checks found, in the order of the file; what the briefing expects is a note.
    pub findings: Vec<Problem>,
    /// Where `problems` and then `findings` stand in the file.
    places: Vec<Place>,
    /// Why the check does not agree with the author's reading, by comparison and row.
    pub disputes: BTreeMap<(u32, u32), String>,
    pub lock: LockState,
    /// The files that all of this depends on, beside the briefing itself: when one of them changes, it must be checked again.
    depends_on: Box<[PathBuf]>,
    /// Which of the askings this answers; a later one has a higher number.
    pub round: u64,
}

impl FileChecks {
    /// Reads the copies that the file's sources name, and checks every piece of evidence. Touches the disk and may take long.
    pub fn of(file: &File) -> Self {
        Self::sharing(file, &Copies::default())
    }

    /// As [`FileChecks::of`], with copies that other files of the library read too.
    pub fn sharing(file: &File, copies: &Copies) -> Self {
        Self::remembering(file, copies, &OutcomeCache::default())
    }

    /// As [`FileChecks::sharing`]; what was asked of the same copy before is not looked up again.
    pub fn remembering(file: &File, copies: &Copies, cache: &OutcomeCache) -> Self {
        match locks::read(file) {
            Ok(None) => Self::made(file, copies, cache, &Lock::default()),
            Ok(Some(lock)) => {
                let mut found = Self::made(file, copies, cache, &lock);
                found.lock = LockState::Read;
                found
            }
            Err(problem) => {
                let mut found = Self::made(file, copies, cache, &Lock::default());
                found.lock = LockState::Unreadable;
                found.problems.insert(0, problem);
                found.find_places(&file.briefing);
                found
            }
        }
    }

    /// Checks against a lock at hand. A lock without sources only tells where quotations stood.
    pub fn with_lock(file: &File, copies: &Copies, lock: &Lock) -> Self {
        Self::made(file, copies, &OutcomeCache::default(), lock)
    }

    fn made(file: &File, copies: &Copies, cache: &OutcomeCache, lock: &Lock) -> Self {
        let briefing = &file.briefing;
        let lock = lock.index();
        let mut found = Self::default();
        let mut depends_on = BTreeSet::from([locks::path(file)]);
        for (at, source) in (0..).zip(&briefing.sources) {
            depends_on.extend(copies::paths_of(file, source));
            match copies.read(file, source) {
                Ok(Some(copy)) => {
                    found.copy_hashes.insert(at, copy.sha256().to_owned());
                    found.copies.insert(at, copy);
                }
                Ok(None) => {}
                Err(problem) => found.problems.push(problem),
            }
        }
        found.depends_on = depends_on.into_iter().collect();
        let check = |(place, evidence): (OutcomePlace, &Evidence)| {
            let source = evidence
                .source
                .and_then(|at| briefing.sources.get(at as usize));
            let copy = evidence.source.and_then(|at| found.copies.get(&at));
            let outcome = check_evidence_with(
                evidence,
                source.map(Arc::as_ref),
                copy.map(Arc::as_ref),
                source.and_then(|source| lock.sha256_of(&source.key)),
                |question, copy| {
                    let hint = lock.context_of(evidence);
                    cache.get_or_ask(question.digest(copy, &hint), || question.ask(copy, &hint))
                },
            );
            (place, outcome)
        };
        let outcomes = placed_evidence(briefing).map(check).collect();
        found.outcomes = outcomes;
        let origins = Origins::new(&briefing.sources);
        found.statements = (0..)
            .zip(&briefing.statements)
            .map(|(at, statement)| {
                let outcomes =
                    found.with_outcomes(EvidenceOwner::Statement(at), &statement.evidence);
                cache.share(assess(
                    outcomes,
                    statement.footnote.grade.as_ref(),
                    &origins,
                ))
            })
            .collect();
        found.events = (0..)
            .zip(&briefing.events)
            .map(|(at, event)| {
                let outcomes = found.with_outcomes(EvidenceOwner::Event(at), &event.evidence);
                assess(outcomes, None, &origins).standing
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
        found.find_places(briefing);
        found
    }

    /// The same without the text of the copies, for files that nobody is reading: verdicts are small, copies may be large.
    #[must_use]
    pub fn without_copies(mut self) -> Self {
        self.copies_left_out |= !std::mem::take(&mut self.copies).is_empty();
        self
    }

    /// Whether a file that was written or has gone could make these checks come out otherwise.
    pub fn depends_on_any(&self, changed: &BTreeSet<PathBuf>) -> bool {
        let touched = |path: &Path| changed.contains(path);
        self.depends_on
            .iter()
            .any(|path| path.ancestors().any(touched))
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
            .map(|((owner, index), checked)| (owner, index, checked))
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

    /// What the checks have to tell, with the places: first what kept them from being made, then what they found.
    pub fn placed_problems(&self) -> impl Iterator<Item = (Place, &Problem)> {
        let told = self.problems.iter().chain(&self.findings);
        self.places.iter().copied().zip(told)
    }

    /// How many of them weigh exactly `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        let told = self.problems.iter().chain(&self.findings);
        told.filter(|problem| problem.severity == severity).count()
    }

    fn find_places(&mut self, briefing: &Briefing) {
        let text = &briefing.text;
        let told = self.problems.iter().chain(&self.findings);
        let starts: Vec<usize> = told.map(|problem| problem.span.start as usize).collect();
        self.places = if starts.is_empty() {
            Vec::new()
        } else {
            let lines = LineIndex::new(text);
            let place = |start| lines.place(text, start);
            starts.into_iter().map(place).collect()
        };
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
