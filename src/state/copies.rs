//! What is quoted of a copy, and the way from one quote to the next.

use super::{Effect, EvidenceRef, State};
use crate::evidence::Checked;
use crate::model::FileId;
use std::ops::Range;

/// A stretch of a copy that a briefing rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyMark {
    /// Bytes of the copy's text.
    pub range: Range<usize>,
    pub evidence: EvidenceRef,
}

/// How much of a copy is quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CopyUse {
    pub quotes: usize,
    pub quoted_chars: usize,
    pub all_chars: usize,
}

/// Where the words of a check stand: each part of an elided quote, each place of a broken silence.
fn places(checked: &Checked) -> Vec<Range<usize>> {
    if !checked.parts.is_empty() {
        checked.parts.clone()
    } else if !checked.occurrences.is_empty() {
        checked.occurrences.clone()
    } else {
        checked.passage().into_iter().collect()
    }
}

impl State {
    /// The marks in the copy of a source, as this file quotes it, in the order of the copy.
    pub fn copy_marks(&self, file: FileId, source: u32) -> Vec<CopyMark> {
        let Some(checks) = self.checks(file) else {
            return Vec::new();
        };
        let mut marks: Vec<CopyMark> = checks
            .iter()
            .map(|(owner, index, checked)| (EvidenceRef { file, owner, index }, checked))
            .filter(|&(evidence, _)| {
                let found = self.evidence(evidence);
                found.is_some_and(|evidence| evidence.source == Some(source))
            })
            .flat_map(|(evidence, checked)| {
                let places = places(checked).into_iter();
                places.map(move |range| CopyMark { range, evidence })
            })
            .collect();
        marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        marks
    }

    /// How much of a source's copy this file quotes; `None` until it is checked, and without a copy.
    pub fn copy_use(&self, file: FileId, source: u32) -> Option<CopyUse> {
        let checks = self.checks(file)?;
        let copy = checks.copies.get(&source)?;
        let mut found = CopyUse {
            all_chars: copy.text().chars().count(),
            ..CopyUse::default()
        };
        for (owner, index, checked) in checks.iter() {
            let evidence = self.evidence(EvidenceRef { file, owner, index });
            let here = evidence.is_some_and(|evidence| {
                evidence.source == Some(source) && evidence.quote.is_some()
            });
            found.quotes += usize::from(here && checked.found.is_some());
        }
        // Quotes overlap; every character counts once.
        let mut end = 0;
        for mark in self.copy_marks(file, source) {
            let stands = self
                .checked(mark.evidence)
                .is_some_and(|checked| checked.found.is_some());
            let range = mark.range.start.max(end)..mark.range.end;
            if stands && range.start < range.end {
                found.quoted_chars += copy.words(&range).chars().count();
                end = range.end;
            }
        }
        Some(found)
    }

    /// Goes to the next (or the previous) mark of the open copy, around its ends.
    pub(super) fn step_mark(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        let Some(open) = self.open_copy else {
            return;
        };
        let mut marks = self.copy_marks(open.file, open.source);
        // Places that are quoted twice are one stop.
        marks.dedup_by(|one, other| one.range == other.range);
        let now = open.passage.map(|passage| passage.range()).or_else(|| {
            let checked = self.checked(open.evidence?)?;
            places(checked).into_iter().next()
        });
        let key = |range: &Range<usize>| (range.start, range.end);
        let next = match (&now, forward) {
            (None, true) => marks.first(),
            (None, false) => marks.last(),
            (Some(now), true) => marks
                .iter()
                .find(|mark| key(&mark.range) > key(now))
                .or(marks.first()),
            (Some(now), false) => marks
                .iter()
                .rfind(|mark| key(&mark.range) < key(now))
                .or(marks.last()),
        };
        match next.cloned() {
            Some(mark) => self.show_mark(mark.evidence, mark.range, effects),
            None => self.notice("Nothing is quoted from this copy"),
        }
    }
}
