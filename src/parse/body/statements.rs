//! From the marks in a block's words to statements: which words each mark vouches for.
//!
//! - A bracketed citation, a footnote's reference and a comment stand *behind* their words: the statement reaches from
//!   the start of the sentence, or from the mark before, to the mark. With no words between, the mark joins
//!   the words before it: so `… targets.[^a]` and `… [@a] [@b]` belong together.
//! - A link and a bare `@key` stand *inside* their words: the statement is their sentence, up to the mark before
//!   and the mark after. Of two in one stretch of words, the second begins a statement of its own.
//!
//! So statements never overlap.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "sentences and marks are numbered by their own lists; ranges of prose were made from the same prose"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and counts of its statements"
)]

use super::footnotes::Note;
use super::sentences::split_sentences;
use crate::model::{Evidence, Exemption, Few, MarkKind, Rare, Statement};
use crate::parse::bounds::{EvidenceLeft, MAX_QUOTE_CHARS, cut_text};
use crate::parse::names::Names;
use crate::parse::prose::{InlineKind, Prose, in_one_line};
use crate::span::Span;
use crate::text::Text;
use smallvec::smallvec;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

/// A shorter sentence needs no source.
const MIN_UNSOURCED_CHARS: usize = 50;

/// One mark in a block's words.
#[derive(Debug)]
pub struct Mark<'a> {
    /// In the text; empty for a mark that stands behind its words.
    pub at: Range<usize>,
    pub span: Span,
    pub what: What<'a>,
}

#[derive(Debug)]
pub enum What<'a> {
    Link(Box<Evidence>),
    Citation {
        bare: bool,
        evidence: Few<Evidence>,
    },
    Footnote(&'a str),
    /// A link to something that is no source of this file: the reader can follow it all the same.
    OtherLink,
    /// "This needs no source", and why.
    Exempt(String),
}

impl What<'_> {
    fn stands_inside(&self) -> bool {
        matches!(
            self,
            Self::Link(_) | Self::OtherLink | Self::Citation { bare: true, .. }
        )
    }

    fn is_evidence(&self) -> bool {
        matches!(
            self,
            Self::Link(_) | Self::Citation { .. } | Self::Footnote(_)
        )
    }
}

/// Words with at least one mark that may be evidence.
#[derive(Debug)]
pub struct Found {
    pub text: Text,
    pub span: Span,
    /// Nearly all have one.
    pub first: FoundMark,
    pub more: Vec<FoundMark>,
}

impl Found {
    pub fn marks(&self) -> impl Iterator<Item = &FoundMark> {
        std::iter::once(&self.first).chain(&self.more)
    }
}

#[derive(Debug)]
pub struct FoundMark {
    pub span: Span,
    pub kind: MarkKind,
    pub evidence: Few<Evidence>,
    /// The footnote's label, whose evidence is read later.
    pub label: Option<Text>,
}

/// What a block's words say of their sources.
#[derive(Debug, Default)]
pub struct Outcome {
    pub found: Vec<Found>,
    /// Sentences without evidence, with the labels of their footnotes: those may still give some.
    pub unsourced: Vec<(Span, Vec<Text>)>,
    pub exempt: Vec<(Span, String)>,
    room: Room,
}

impl Outcome {
    /// Nothing yet, with room for the statements of most texts of this length.
    pub fn for_length(len_bytes: usize) -> Self {
        /// A text with more grows its list.
        const MOST: usize = 128;
        const BYTES_PER_STATEMENT: usize = 256;
        Self {
            found: Vec::with_capacity((len_bytes / BYTES_PER_STATEMENT).min(MOST)),
            ..Self::default()
        }
    }
}

/// Room that is used again for every block.
#[derive(Debug, Default)]
struct Room {
    sentences: Vec<Range<usize>>,
    sourced: Vec<bool>,
    parts: Vec<Part>,
    /// Marks that still wait for words behind them.
    waiting: Vec<usize>,
}

/// A stretch of words and the marks that belong to it.
#[derive(Debug)]
struct Part {
    words: Range<usize>,
    sentence: usize,
    first_mark: Option<usize>,
    more_marks: Vec<usize>,
}

impl Part {
    fn new(words: Range<usize>, sentence: usize) -> Self {
        Self {
            words,
            sentence,
            first_mark: None,
            more_marks: Vec::new(),
        }
    }

    fn add(&mut self, mark: usize) {
        match self.first_mark {
            None => self.first_mark = Some(mark),
            Some(_) => self.more_marks.push(mark),
        }
    }
}

/// Finds the statements of one block. `marks` are in the order of the text, and the citations in brackets are cut out of it.
/// `own_words` says whether a long sentence needs a source.
/// Returns the sentences' places in the file, when there is a link.
pub fn find(
    prose: &Prose,
    marks: Vec<Mark>,
    file: &Text,
    lang: Option<&str>,
    own_words: bool,
    outcome: &mut Outcome,
) -> Vec<Span> {
    // Most blocks have no mark; then only a long sentence of the author's own matters.
    if marks.is_empty() && (!own_words || prose.text.len() < MIN_UNSOURCED_CHARS) {
        return Vec::new();
    }
    let mut room = std::mem::take(&mut outcome.room);
    let Room {
        sentences,
        sourced,
        parts,
        waiting,
    } = &mut room;
    split_sentences(&prose.text, lang, sentences);
    let sentences = &*sentences;
    parts.clear();
    if !marks.is_empty() {
        deal_out(&prose.text, sentences, &marks, waiting, parts);
    }
    sourced.clear();
    sourced.resize(sentences.len(), false);
    // In the order of the sentences.
    let mut labels: Vec<(usize, Text)> = Vec::new();
    let has_links = prose
        .inlines
        .iter()
        .any(|inline| matches!(inline.kind, InlineKind::Link { .. }));
    let spans = if !has_links {
        Vec::new()
    } else {
        let stated = |sentence: &Range<usize>| stated(&prose.text, sentence.clone(), true);
        sentences.iter().map(|s| prose.span_of(stated(s))).collect()
    };
    let mut marks: Vec<Option<Mark>> = marks.into_iter().map(Some).collect();
    let mut last_end = 0;
    for part in parts.drain(..).filter(|part| part.first_mark.is_some()) {
        let begins = sentences
            .get(part.sentence)
            .is_some_and(|sentence| sentence.start == part.words.start);
        let words = stated(&prose.text, part.words, begins);
        let mut span = prose.whole_span_of(words.clone(), file);
        // Of signs between two statements (`*a.***b.**`) the first has them.
        span.start = span.start.max(last_end).min(span.end);
        let mut first = None;
        let mut more = Vec::new();
        for index in part.first_mark.into_iter().chain(part.more_marks) {
            let Some(mark) = marks.get_mut(index).and_then(Option::take) else {
                continue;
            };
            let (kind, evidence, label) = match mark.what {
                What::OtherLink => {
                    sourced[part.sentence] = true;
                    continue;
                }
                What::Exempt(reason) => {
                    sourced[part.sentence] = true;
                    outcome.exempt.push((span, reason));
                    continue;
                }
                What::Link(evidence) => (MarkKind::Link, smallvec![*evidence], None),
                What::Citation { evidence, .. } => (MarkKind::Citation, evidence, None),
                What::Footnote(label) => {
                    let label = file.part(label);
                    labels.push((part.sentence, label.clone()));
                    (MarkKind::Footnote, Few::new(), Some(label))
                }
            };
            sourced[part.sentence] |= label.is_none();
            let found = FoundMark {
                span: mark.span,
                kind,
                evidence,
                label,
            };
            match first {
                None => first = Some(found),
                Some(_) => more.push(found),
            }
        }
        let Some(first) = first else { continue };
        match outcome.found.last_mut() {
            // Words that lie wholly among the signs of the statement before are part of it.
            Some(before) if span.is_empty() => {
                before.more.push(first);
                before.more.append(&mut more);
            }
            _ => {
                last_end = span.end;
                outcome.found.push(Found {
                    text: cut_text(stated_text(prose, words, file), MAX_QUOTE_CHARS),
                    span,
                    first,
                    more,
                });
            }
        }
    }
    if !own_words {
        outcome.room = room;
        return spans;
    }
    let mut labels = labels.into_iter().peekable();
    for (index, sentence) in sentences.iter().cloned().enumerate() {
        let mut own = Vec::new();
        while let Some((_, label)) = labels.next_if(|&(of, _)| of == index) {
            own.push(label);
        }
        if sourced[index] || sentence.len() < MIN_UNSOURCED_CHARS {
            continue;
        }
        let words = stated(&prose.text, sentence, true);
        let long = prose.text[words.clone()]
            .chars()
            .nth(MIN_UNSOURCED_CHARS - 1)
            .is_some();
        if long && has_words(&prose.text[words.clone()]) {
            outcome.unsourced.push((prose.span_of(words), own));
        }
    }
    outcome.room = room;
    spans
}

/// Deals the words out to the marks.
fn deal_out(
    text: &str,
    sentences: &[Range<usize>],
    marks: &[Mark],
    waiting: &mut Vec<usize>,
    parts: &mut Vec<Part>,
) {
    let mut next = 0;
    waiting.clear();
    for (index, sentence) in sentences.iter().enumerate() {
        let mut from = sentence.start;
        while let Some(mark) = marks.get(next) {
            let inside = mark.what.stands_inside();
            let beyond = if inside {
                mark.at.start >= sentence.end
            } else {
                mark.at.start > sentence.end
            };
            if beyond {
                break;
            }
            let at = mark.at.start.max(from);
            if inside {
                waiting.push(next);
            } else if has_words(&text[from..at]) {
                waiting.push(next);
                deal(from..at, index, waiting, marks, parts);
                from = at;
            } else if let Some(before) = parts.last_mut() {
                before.add(next);
                from = at;
            } else {
                waiting.push(next);
                from = at;
            }
            next += 1;
        }
        if has_words(&text[from..sentence.end]) {
            deal(from..sentence.end, index, waiting, marks, parts);
        }
    }
}

/// Makes parts of one stretch of words: a second mark that stands inside them begins a part of its own.
fn deal(
    words: Range<usize>,
    sentence: usize,
    waiting: &mut Vec<usize>,
    marks: &[Mark],
    parts: &mut Vec<Part>,
) {
    let mut part = Part::new(words.clone(), sentence);
    let mut has_inner = false;
    for index in waiting.drain(..) {
        let mark = &marks[index];
        if mark.what.stands_inside() && mark.what.is_evidence() {
            let at = mark.at.start;
            if has_inner && part.words.start < at && at < words.end {
                part.words.end = at;
                let rest = Part::new(at..words.end, sentence);
                parts.push(std::mem::replace(&mut part, rest));
            }
            has_inner = true;
        }
        part.add(index);
    }
    parts.push(part);
}

/// The words of a statement, with single spaces between them.
fn stated_text(prose: &Prose, words: Range<usize>, file: &Text) -> Text {
    match in_one_line(&prose.text[words.clone()]) {
        Cow::Borrowed(_) => prose.held(words, file),
        Cow::Owned(line) => line.into(),
    }
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The words of a stretch without what is left over at its ends: white space, and behind a mark its punctuation.
fn stated(text: &str, words: Range<usize>, begins_sentence: bool) -> Range<usize> {
    let all = &text[words.clone()];
    let left_over = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '.' | '!' | '?' | ')' | ']' | '–' | '—' | '…' | '”' | '’' | '»'
            )
    };
    let trimmed = if begins_sentence {
        all.trim_start()
    } else {
        all.trim_start_matches(left_over)
    };
    let start = words.start + (all.len() - trimmed.len());
    start..start + trimmed.trim_end().len()
}

/// Makes statements of the words found with marks; marks that turn out to be ordinary footnotes make none.
pub fn make(
    found: Vec<Found>,
    mut notes: HashMap<&str, Note>,
    left: &EvidenceLeft,
    exempt: &mut Vec<Exemption>,
) -> Vec<Statement> {
    // Ids made of labels; those without a label are unlike all of them.
    let mut ids: Names<Text, ()> = Names::default();
    let mut repeats: Names<Text, u32> = Names::default();
    let mut unnamed = 0_u32;
    let mut numbered = String::new();
    let mut unlabeled: Vec<(usize, Range<usize>)> = Vec::new();
    let mut statements = Vec::with_capacity(found.len());
    for found in found {
        let mut statement = Statement {
            id: Text::default(),
            text: found.text,
            span: found.span,
            mark: Span::default(),
            mark_kind: MarkKind::Link,
            evidence: Few::new(),
            footnote: Rare::default(),
        };
        let mut is_marked = false;
        for mark in std::iter::once(found.first).chain(found.more) {
            let note = mark.label.as_deref().and_then(|label| notes.get_mut(label));
            if let Some(note) = note {
                if let Some(reason) = &note.exempts {
                    exempt.push(Exemption {
                        span: found.span,
                        reason: reason.clone(),
                    });
                }
                if !note.is_evidence() {
                    continue;
                }
                note.give(&mut statement, left);
                if statement.footnote.label.is_none() {
                    statement.footnote.label = mark.label;
                }
            } else if statement.evidence.is_empty() {
                statement.evidence = mark.evidence;
            } else {
                statement.evidence.extend(mark.evidence);
            }
            if !is_marked || mark.kind > statement.mark_kind {
                statement.mark = mark.span;
                statement.mark_kind = mark.kind;
            }
            is_marked = true;
        }
        if !is_marked {
            continue;
        }
        statement.id = match &statement.footnote.label {
            Some(label) => loop {
                repeats.insert(label.clone(), 0);
                let mut count = 0;
                if let Some(repeat) = repeats.get_mut(label) {
                    *repeat += 1;
                    count = *repeat;
                }
                let id = match count {
                    1 => label.clone(),
                    count => Text::from(format!("{label}-{count}")),
                };
                if ids.insert(id.clone(), ()) {
                    break id;
                }
            },
            None => loop {
                unnamed += 1;
                let start = numbered.len();
                write_number(&mut numbered, unnamed);
                // A footnote further down may be called like this one.
                if !notes.contains_key(&numbered[start..]) {
                    unlabeled.push((statements.len(), start..numbered.len()));
                    break Text::default();
                }
            },
        };
        // They stay as long as the file is open.
        statement.evidence.shrink_to_fit();
        statements.push(statement);
    }
    // The many numbers of one file stand in one text.
    let numbered = Text::from(numbered);
    for (at, number) in unlabeled {
        statements[at].id = numbered.part(&numbered[number]);
    }
    exempt.sort_by_key(|exemption| exemption.span);
    statements
}

/// Adds `s1`, `s2`, …
fn write_number(to: &mut String, number: u32) {
    // Writing to a `String` does not fail.
    let _written = write!(to, "s{number}");
}
