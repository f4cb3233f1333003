//! What is quoted of a copy, by every briefing of the library, and the way from one quote to the next.

use super::{Effect, EvidenceRef, OpenCopy, State, same_source};
use crate::evidence::{Checked, CopyKind, CopyText, sentences};
use crate::model::FileId;
use crate::span::Span;
use std::ops::Range;
use std::sync::Arc;

/// A stretch of a copy that a briefing rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyMark {
    /// Bytes of the copy's text.
    pub range: Range<usize>,
    pub evidence: EvidenceRef,
}

/// How much of a copy is quoted, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyUse {
    pub quotes: usize,
    pub quoted_chars: usize,
    pub all_chars: usize,
    /// Sentences that nobody quotes from, those that follow each other as one; bytes of the copy's text, ascending.
    pub unused: Vec<Range<usize>>,
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
    /// The text of a source's copy; `None` until the file has been checked for reading, and without a copy.
    pub fn copy_text(&self, file: FileId, source: u32) -> Option<&Arc<CopyText>> {
        self.checks(file)?.copies.get(&source)
    }

    /// The same source in all files that have the same copy of it, this one first.
    fn same_copies(&self, file: FileId, source: u32) -> Vec<(FileId, u32)> {
        let hash = |(file, source): (FileId, u32)| self.checks(file)?.copy_hashes.get(&source);
        let Some(wanted) = hash((file, source)) else {
            return Vec::new();
        };
        let mut same = same_source(&self.library, file, source);
        same.retain(|&place| hash(place) == Some(wanted));
        same
    }

    /// The marks in the copy of a source, by all briefings of the library that have been checked, in the order of the copy.
    pub fn copy_marks(&self, file: FileId, source: u32) -> Vec<CopyMark> {
        let mut marks = Vec::new();
        for (file, source) in self.same_copies(file, source) {
            let Some(checks) = self.checks(file) else {
                continue;
            };
            for (owner, index, checked) in checks.iter() {
                let evidence = EvidenceRef { file, owner, index };
                let of_it = self
                    .evidence(evidence)
                    .is_some_and(|found| found.source == Some(source));
                if of_it {
                    let places = places(checked).into_iter();
                    marks.extend(places.map(|range| CopyMark { range, evidence }));
                }
            }
        }
        // Where several briefings quote the same words, the one that is being read comes first.
        marks.sort_by_key(|mark: &CopyMark| {
            let elsewhere = mark.evidence.file != file;
            (mark.range.start, mark.range.end, elsewhere, mark.evidence)
        });
        marks
    }

    /// How much of a source's copy the library quotes; `None` until this file is checked, and without a copy.
    pub fn copy_use(&self, file: FileId, source: u32) -> Option<CopyUse> {
        let copy = self.copy_text(file, source)?;
        // Only what stands there is a use of it: not the closest passage to words that do not, nor a broken silence.
        let quotes: Vec<CopyMark> = self
            .copy_marks(file, source)
            .into_iter()
            .filter(|mark| {
                let is_quote = self
                    .evidence(mark.evidence)
                    .is_some_and(|evidence| evidence.quote.is_some());
                let stands = self
                    .checked(mark.evidence)
                    .is_some_and(|checked| checked.found.is_some());
                is_quote && stands
            })
            .collect();
        let mut who: Vec<EvidenceRef> = quotes.iter().map(|mark| mark.evidence).collect();
        who.sort_unstable();
        who.dedup();
        // Quotes overlap; every character counts once.
        let mut used: Vec<Range<usize>> = Vec::new();
        for mark in &quotes {
            match used.last_mut() {
                Some(last) if mark.range.start <= last.end => {
                    last.end = last.end.max(mark.range.end);
                }
                _ => used.push(mark.range.clone()),
            }
        }
        Some(CopyUse {
            quotes: who.len(),
            quoted_chars: used
                .iter()
                .map(|range| copy.words(range).chars().count())
                .sum(),
            all_chars: copy.len_code_points(),
            unused: unused(copy, &used),
        })
    }

    /// Shows a passage of a copy that need not be quoted anywhere.
    pub(super) fn show_passage(
        &mut self,
        file: FileId,
        source: u32,
        range: &Range<usize>,
        effects: &mut Vec<Effect>,
    ) {
        self.show_copy(file, source, None, effects);
        if let Some(open) = &mut self.open_copy {
            open.passage = Some(Span::new(range.start, range.end));
        }
    }

    /// Shows one place of a copy that evidence rests on. A copy that is open stays open, whichever briefing quotes it.
    pub(super) fn show_mark(
        &mut self,
        evidence: EvidenceRef,
        range: &Range<usize>,
        effects: &mut Vec<Effect>,
    ) {
        let source = self.evidence(evidence).and_then(|it| it.source);
        let open = self.open_copy.filter(|open| {
            let same = self.same_copies(open.file, open.source);
            source.is_some_and(|source| same.contains(&(evidence.file, source)))
        });
        match open {
            Some(open) => {
                let serial = self.next_serial();
                self.open_copy = Some(OpenCopy {
                    evidence: Some(evidence),
                    serial,
                    ..open
                });
            }
            None => self.open_evidence(evidence, effects),
        }
        if let Some(open) = &mut self.open_copy {
            open.passage = Some(Span::new(range.start, range.end));
        }
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
            Some(mark) => self.show_mark(mark.evidence, &mark.range, effects),
            None => self.answer("Nothing is quoted from this copy"),
        }
    }
}

/// The sentences of a copy that none of the `used` ranges touches; those that follow each other in a paragraph as one.
fn unused(copy: &CopyText, used: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut used = used.iter().peekable();
    // Whether the sentence before is unused as well.
    let mut goes_on = false;
    for sentence in sentences(copy) {
        while used.next_if(|range| range.end <= sentence.start).is_some() {}
        if used.peek().is_some_and(|range| range.start < sentence.end) {
            goes_on = false;
            continue;
        }
        match found.last_mut() {
            Some(last) if goes_on && !is_paragraph_end(copy, &(last.end..sentence.start)) => {
                last.end = sentence.end;
            }
            _ => found.push(sentence),
        }
        goes_on = true;
    }
    found
}

/// In plain text a line may be broken anywhere, and an empty line ends a paragraph; elsewhere each line is a block.
fn is_paragraph_end(copy: &CopyText, gap: &Range<usize>) -> bool {
    let breaks = copy.words(gap).matches('\n').count();
    breaks > usize::from(copy.kind() == CopyKind::Text)
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;
    use crate::command::Command;
    use crate::library::FileChecks;

    #[test]
    fn what_nobody_quotes_is_told_by_sentences() {
        let text =
            "A headline\n\nThey met. They spoke at length, and left. It rained.\nThen they wrote.";
        let copy = CopyText::from_text(text);
        let at = |words: &str| {
            let start = text.find(words).expect("it is there");
            start..start + words.len()
        };
        let left = |used: &[Range<usize>]| -> Vec<&str> {
            let found = unused(&copy, used).into_iter();
            found.map(|range| &text[range]).collect()
        };
        assert_eq!(
            left(&[at("at length")]),
            ["A headline", "They met.", "It rained.\nThen they wrote."]
        );
        assert_eq!(
            left(&[at("A headline"), at("Then they")]),
            ["They met. They spoke at length, and left. It rained."]
        );
        let whole = 0..text.len();
        assert!(left(std::slice::from_ref(&whole)).is_empty());
    }

    #[test]
    fn marks_and_use_of_a_copy_are_those_of_the_whole_library() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        std::fs::write(
            root.join("s.txt"),
            "They met. They spoke. They wrote. They left.",
        )
        .expect("written");
        let files = [("a.md", "They met"), ("b.md", "They wrote")].map(|(name, quote)| {
            let text = format!(
                "---\nsources: {{s: {{title: S, url: 'https://example.org/s', copy: s.txt}}}}\n---\nSo it was [@s, \"{quote}\"].\n"
            );
            std::fs::write(root.join(name), text).expect("written");
            crate::library::load::reload(&root.join(name), root)
        });
        let mut state = State::default();
        state.apply(Action::Reloaded(files.into()));
        let ids: Vec<FileId> = state.library.files().map(|file| file.id).collect();
        let (a, b) = (ids[0], ids[1]);
        let of = |state: &State, id| {
            let file = state.library.file(id).expect("there");
            (Arc::clone(&file.briefing), FileChecks::of(file))
        };
        let (briefing, checks) = of(&state, a);
        state.apply(Action::Checked(a, briefing, Arc::new(checks)));
        assert_eq!(state.copy_marks(a, 0).len(), 1);
        let (briefing, checks) = of(&state, b);
        let from_background = Arc::new(checks.without_copies());
        state.apply(Action::LibraryChecked(vec![(b, briefing, from_background)]));
        let marks = state.copy_marks(a, 0);
        let files: Vec<FileId> = marks.iter().map(|mark| mark.evidence.file).collect();
        assert_eq!(files, [a, b]);
        let found = state.copy_use(a, 0).expect("it is checked");
        assert_eq!(
            (found.quotes, found.quoted_chars, found.all_chars),
            (2, 18, 44)
        );
        let copy = state.copy_text(a, 0).expect("it was read");
        let unused: Vec<&str> = found.unused.iter().map(|it| copy.words(it)).collect();
        assert_eq!(unused, ["They spoke.", "They left."]);

        // The open copy stays open while one steps to the mark of another briefing.
        state.apply(Action::OpenCopy(a, 0));
        state.apply(Action::Run(Command::NextMark));
        state.apply(Action::Run(Command::NextMark));
        let open = state.open_copy.expect("it is open");
        assert_eq!(open.file, a);
        assert_eq!(open.evidence.map(|evidence| evidence.file), Some(b));
        assert_eq!(open.passage, Some(Span::new(22, 32)));
        state.apply(Action::ShowPassage(a, 0, 10..21));
        let open = state.open_copy.expect("it is open");
        assert_eq!(
            (open.evidence, open.passage),
            (None, Some(Span::new(10, 21)))
        );
    }
}
