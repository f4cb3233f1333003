//! Checks all evidence of a file against the copies of its sources.

use super::{File, copies};
use crate::evidence::{
    Assessment, Checked, Context, CopyText, Coverage, Origins, Standing, assess, check_evidence,
};
use crate::model::{Evidence, EvidenceOwner};
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the checks of one file have found.
#[derive(Clone, Debug, Default)]
pub struct FileChecks {
    /// By owner and place among its evidence.
    checked: BTreeMap<(EvidenceOwner, u32), Checked>,
    /// One a statement, in the briefing's order.
    pub statements: Vec<Assessment>,
    pub coverage: Coverage,
    /// The copies, by source; those that could not be read are told in `problems`.
    pub copies: BTreeMap<u32, Arc<CopyText>>,
    pub problems: Vec<Problem>,
}

impl FileChecks {
    /// Reads the copies that the file's sources name, and checks every piece of evidence. Touches the disk and may take long.
    pub fn of(file: &File) -> Self {
        let briefing = &file.briefing;
        let mut found = Self::default();
        for (at, source) in (0..).zip(&briefing.sources) {
            match copies::read(file, source) {
                Ok(Some(copy)) => {
                    found.copies.insert(at, Arc::new(copy));
                }
                Ok(None) => {}
                Err(problem) => found.problems.push(problem),
            }
        }
        let mut owner_before = None;
        let mut index = 0;
        for (owner, evidence) in briefing.all_evidence() {
            index = if owner_before == Some(owner) {
                index + 1
            } else {
                0
            };
            owner_before = Some(owner);
            let source = evidence
                .source
                .and_then(|at| briefing.sources.get(at as usize));
            let copy = evidence.source.and_then(|at| found.copies.get(&at));
            let outcome = check_evidence(
                evidence,
                source,
                copy.map(Arc::as_ref),
                None,
                &Context::default(),
            );
            found.checked.insert((owner, index), outcome);
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
        self.checked.get(&(owner, index))
    }

    /// All outcomes with what they belong to.
    pub fn iter(&self) -> impl Iterator<Item = (EvidenceOwner, u32, &Checked)> {
        self.checked
            .iter()
            .map(|(&(owner, index), checked)| (owner, index, checked))
    }
}
