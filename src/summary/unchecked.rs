//! What a reader of a summary must not take as checked: told as plainly as what was.

#![expect(clippy::indexing_slicing, reason = "files are numbered by the inputs")]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of evidence that is held in memory"
)]

use super::content::{Finding, Unchecked, WithoutCopy};
use super::input::Input;
use super::notes::{Notes, copy_says};
use super::selection::Selection;
use super::sources::Sources;
use crate::evidence::{Level, Verdict};
use crate::model::{Evidence, EvidenceOwner};
use std::collections::{BTreeMap, BTreeSet};

/// At most this many sentences without a source are listed.
const MAX_UNSOURCED: usize = 40;

pub(super) fn unchecked(
    inputs: &[Input<'_>],
    kept: &[Vec<u32>],
    order: &[(usize, u32)],
    notes: &Notes<'_>,
    sources: &Sources,
    selection: &Selection,
) -> Unchecked {
    let mut found = Unchecked::default();
    let mut without_copy: BTreeMap<u32, usize> = BTreeMap::new();
    for (file, input) in inputs.iter().enumerate() {
        let events: BTreeSet<u32> = input.events.iter().copied().collect();
        let statements: BTreeSet<u32> = kept
            .get(file)
            .map(|kept| kept.iter().copied().collect())
            .unwrap_or_default();
        let is_in = |owner: EvidenceOwner| match owner {
            EvidenceOwner::Event(at) => events.contains(&at),
            EvidenceOwner::Statement(at) => statements.contains(&at),
            EvidenceOwner::Cell { .. } => selection.is_all(),
        };
        let mut before = None;
        let mut index = 0;
        for (owner, evidence) in input.briefing.all_evidence() {
            index = if before == Some(owner) { index + 1 } else { 0 };
            before = Some(owner);
            let Some(checked) = input.outcomes.get(&(owner, index)) else {
                continue;
            };
            if !is_in(owner) {
                continue;
            }
            match checked.verdict {
                Verdict::Paraphrase => found.paraphrases += 1,
                Verdict::NoCopy => {
                    if let Some(number) = sources.number(file, evidence.source) {
                        *without_copy.entry(number).or_insert(0) += 1;
                    }
                }
                _ => {}
            }
            let list = match checked.level() {
                Level::Bad => &mut found.failed,
                Level::Warn => &mut found.doubtful,
                Level::Good | Level::Note | Level::Grey => continue,
            };
            list.push(Finding {
                note: notes.numbers.get(&(file, owner)).copied(),
                source: sources.number(file, evidence.source),
                verdict: checked.verdict.as_str().to_owned(),
                verdict_label: checked.verdict.label().to_owned(),
                level: checked.level().as_str().to_owned(),
                quote: quoted(evidence),
                copy_says: copy_says(checked),
            });
        }
        found.unreadable.extend(
            input
                .obstacles
                .iter()
                .map(|problem| problem.message.clone()),
        );
        if input.lock.is_none() {
            found.unlocked += 1;
        }
        if selection.is_all() {
            let sentences = input.briefing.unsourced.iter();
            for sentence in sentences.map(|span| input.briefing.words(*span)) {
                if found.unsourced.len() < MAX_UNSOURCED {
                    let words: Vec<&str> = sentence.split_whitespace().collect();
                    found.unsourced.push(crate::summary::prose::plain_text(
                        &crate::summary::prose::one_paragraph(&words.join(" ")),
                    ));
                } else {
                    found.unsourced_more += 1;
                }
            }
            found
                .disputed_readings
                .extend(input.disputes.iter().map(|(&(table, row), reason)| {
                    let tables = &input.briefing.comparisons;
                    let row = tables
                        .get(table as usize)
                        .and_then(|it| it.rows.get(row as usize));
                    match row {
                        Some(row) => format!("{}: {reason}", row.point),
                        None => reason.clone(),
                    }
                }));
        }
    }
    found.without_copy = without_copy
        .into_iter()
        .map(|(source, quotations)| WithoutCopy {
            source,
            name: sources
                .entry(source)
                .map(|entry| entry.name.clone())
                .unwrap_or_default(),
            quotations,
        })
        .collect();
    found.undated = (1..)
        .zip(order)
        .filter(|&(_, &(file, at))| {
            let event = inputs[file].briefing.events.get(at as usize);
            event.is_some_and(|event| event.date.is_none())
        })
        .map(|(number, _)| number)
        .collect();
    found.is_empty = found.failed.is_empty()
        && found.doubtful.is_empty()
        && found.without_copy.is_empty()
        && found.unreadable.is_empty()
        && found.unsourced.is_empty()
        && found.undated.is_empty()
        && found.disputed_readings.is_empty()
        && found.paraphrases == 0
        && found.unlocked == 0;
    found
}

fn quoted(evidence: &Evidence) -> String {
    match &evidence.quote {
        Some(quote) => quote.text.to_string(),
        None => evidence.details.silent_on.join(", "),
    }
}
