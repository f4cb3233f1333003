//! Footnotes whose lines are evidence, and the grade on their first line.

#![expect(
    clippy::string_slice,
    reason = "ranges were found in the same text; lengths are those of ASCII words that it begins with"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and counts of what stands in it"
)]

use super::citations;
use crate::model::Source;
use crate::model::{Evidence, Few, Grade, GradeKind, Statement};
use crate::parse::bounds::EvidenceLeft;
use crate::parse::evidence_line::{Scope, Words, line, line_bracket, trimmed};
use crate::parse::prose::{InlineKind, Prose, in_one_line};
use crate::parse::{SourceIndex, Suggestions};
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A footnote as it stands in the file.
#[derive(Debug)]
pub struct Definition<'a> {
    pub label: Text,
    pub span: Span,
    pub blocks: Vec<Prose<'a>>,
}

/// A footnote, read.
#[derive(Debug, Default)]
pub struct Note {
    pub evidence: Few<Evidence>,
    pub grade: Option<Grade>,
    /// What the author adds in words. Markdown.
    pub text: Option<Text>,
    /// "common knowledge": the statement needs no source.
    pub exempts: Option<String>,
    /// Whether it leads anywhere: then its sentence is not without a source.
    pub has_link: bool,
    /// How many marks refer to it.
    pub uses: u32,
}

impl Note {
    /// Whether the footnote makes a statement; an ordinary one does not.
    pub fn is_evidence(&self) -> bool {
        !self.evidence.is_empty() || self.grade.is_some()
    }

    /// Gives a statement what the footnote holds; the last statement that refers to it gets the thing itself.
    pub fn give(&mut self, statement: &mut Statement, left: &EvidenceLeft) {
        const TEXT_LIKE_EVIDENCE_BYTES: usize = 256;
        if statement.footnote.grade.is_none() {
            statement.footnote.grade.clone_from(&self.grade);
        }
        self.uses = self.uses.saturating_sub(1);
        let is_last = self.uses == 0;
        let text_bytes = self.text.as_deref().map_or(0, str::len);
        let cost = self.evidence.len() + text_bytes / TEXT_LIKE_EVIDENCE_BYTES;
        if !is_last && !left.take(cost, statement.span) {
            return;
        }
        let (text, evidence) = if is_last {
            (self.text.take(), std::mem::take(&mut self.evidence))
        } else {
            (self.text.clone(), self.evidence.clone())
        };
        if statement.footnote.note.is_none() {
            statement.footnote.note = text;
        }
        if statement.evidence.is_empty() {
            statement.evidence = evidence;
        } else {
            statement.evidence.extend(evidence);
        }
    }
}

/// Reads a footnote's lines.
fn read(
    blocks: Vec<Prose>,
    file: &Text,
    sources: &[Arc<Source>],
    index: &SourceIndex,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Note {
    let mut note = Note::default();
    for (at, mut words) in blocks.into_iter().enumerate() {
        let mut lines = Vec::new();
        for range in split_lines(&words, file) {
            if scope.left.is_spent() {
                return note;
            }
            let words = Words::in_prose(&words, file, range.clone());
            let evidence = line(&words, scope, problems);
            if !evidence.is_empty() {
                lines.push(range);
                scope.left.take(1, words.span(0..0));
                if note.evidence.is_empty() {
                    note.evidence = evidence;
                } else {
                    note.evidence.extend(evidence);
                }
            }
        }
        let is_all = matches!(lines.as_slice(), [line] if words.text.trim().len() == line.len());
        if is_all {
            continue;
        }
        words.cut(&lines);
        if words.text.trim().is_empty() {
            continue;
        }
        if at == 0 {
            read_first(&words, file, &mut note);
        }
        for citation in citations::find(&words, file, scope, problems) {
            note.evidence.extend(citation.evidence);
        }
        for inline in &words.inlines {
            if let InlineKind::Link { address, .. } = &inline.kind {
                note.has_link = true;
                let cited = |found: &Evidence, given: &Evidence| found.source == given.source;
                if let Some(found) = index.link_evidence(address, inline.span, sources)
                    && !note.evidence.iter().any(|given| cited(&found, given))
                {
                    note.evidence.push(found);
                }
            }
        }
    }
    note
}

/// Reads every footnote; `blocks` are the words of each. Of two with one label, the first is meant.
pub fn read_all<'d>(
    definitions: &'d [Definition],
    blocks: Vec<Vec<Prose>>,
    file: &Text,
    sources: &[Arc<Source>],
    index: &SourceIndex,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> HashMap<&'d str, Note> {
    let mut notes = HashMap::with_capacity(definitions.len());
    for (definition, blocks) in definitions.iter().zip(blocks) {
        let note = read(blocks, file, sources, index, scope, problems);
        notes.entry(definition.label.as_str()).or_insert(note);
    }
    notes
}

/// Counts how often each footnote is referred to, by the labels of all marks; tells of those that are missing, and of those with evidence that
/// nothing refers to.
pub fn tell<'l>(
    definitions: &[Definition],
    notes: &mut HashMap<&str, Note>,
    labels: impl Iterator<Item = &'l str>,
    undefined: Vec<(String, Span)>,
    suggestions: &Suggestions,
    problems: &mut Vec<Problem>,
) {
    for label in labels {
        if let Some(note) = notes.get_mut(label) {
            note.uses += 1;
        }
    }
    for definition in definitions {
        let label = definition.label.as_str();
        let is_unused = |note: &Note| note.is_evidence() && note.uses == 0;
        if notes.get(label).is_some_and(is_unused) {
            let length = label.len() + "[^]:".len();
            let start = definition.span.start as usize;
            problems.push(Problem::new(
                Code::FootnoteUnused,
                Span::new(start, (start + length).min(definition.span.end as usize)),
                format!("expected a sentence marked `[^{label}]`, found none"),
                format!("write `[^{label}]` behind the sentence that this evidence is for"),
            ));
        }
    }
    for (label, span) in undefined {
        let labels = definitions
            .iter()
            .map(|definition| definition.label.as_str());
        let hint = match suggestions.nearest(&label, labels) {
            Some(near) => format!("did you mean `[^{near}]`?"),
            None => format!("add a line `[^{label}]: …`"),
        };
        problems.push(Problem::new(
            Code::FootnoteUndefined,
            span,
            format!("expected the label of a footnote, found `[^{label}]`"),
            hint,
        ));
    }
}

/// The lines of a block, cut where one begins as evidence does; other line breaks are those of a long line.
fn split_lines(block: &Prose, file: &Text) -> Vec<Range<usize>> {
    let text = block.text.as_str();
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, segment) in block.segments.iter().enumerate() {
        let length = block.segment_end(index) - segment.at;
        for (offset, _) in segment.file.of(file).match_indices('\n') {
            let at = if length == segment.file.len() {
                segment.at + offset
            } else {
                segment.at
            };
            if at > start && begins_evidence(block, file, at) {
                lines.push(trimmed(text, start..at));
                start = at;
            }
        }
    }
    lines.push(trimmed(text, start..text.len()));
    lines
}

/// Whether the words from `at` on begin as an evidence line does. Looks at the beginning only.
fn begins_evidence(block: &Prose, file: &Text, at: usize) -> bool {
    const MOST: usize = 300;
    let mut end = block.text.len().min(at + MOST);
    while !block.text.is_char_boundary(end) {
        end -= 1;
    }
    line_bracket(&Words::in_prose(block, file, at..end)).is_some()
}

/// The first line: a grade, and the author's note.
fn read_first(words: &Prose, file: &Text, note: &mut Note) {
    let text = words.text.as_str();
    let all = trimmed(text, 0..text.len());
    if starts_with_words(&text[all.clone()], "common knowledge") {
        note.exempts = Some(text[all].trim_end_matches('.').to_owned());
        return;
    }
    let mut rest = all.start;
    if let Some((grade, length)) = read_grade(&text[all.clone()]) {
        note.grade = Some(grade);
        rest += length;
    }
    let rest = trimmed(text, rest..all.end);
    if !rest.is_empty() {
        let markdown = words.span_of(rest).of(file);
        note.text = Some(file.part_or(in_one_line(markdown)));
    }
}

fn starts_with_words(text: &str, words: &str) -> bool {
    text.get(..words.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(words))
        && !text[words.len()..].starts_with(char::is_alphanumeric)
}

/// Reads `Judgement; likely. Confidence: moderate.` at the start of a text. Returns the grade and where the
/// author's own words begin.
fn read_grade(text: &str) -> Option<(Grade, usize)> {
    const KINDS: [(&str, GradeKind); 6] = [
        ("fact", GradeKind::Fact),
        ("report", GradeKind::Report),
        ("judgement", GradeKind::Judgement),
        ("judgment", GradeKind::Judgement),
        ("assumption", GradeKind::Assumption),
        ("disputed", GradeKind::Disputed),
    ];
    let &(word, kind) = KINDS
        .iter()
        .find(|(word, _)| starts_with_words(text, word))?;
    let mut at = word.len();
    match text[at..].chars().next() {
        None => {}
        Some('.' | ';' | ',' | ':') => at += 1,
        // "Report on the matter": a word like any other.
        Some(_) => return None,
    }
    let mut grade = Grade {
        kind,
        likelihood: None,
        confidence: None,
    };
    // Clauses up to the first that is neither a likelihood nor a confidence.
    loop {
        let rest = text[at..].trim_start();
        let start = text.len() - rest.len();
        let length = rest.find(['.', ';', ',']).unwrap_or(rest.len());
        let clause = rest[..length].trim();
        if let Some(confidence) = confidence(clause) {
            grade.confidence = Some(confidence.into());
        } else if grade.likelihood.is_none() && is_likelihood(clause) {
            grade.likelihood = Some(clause.into());
        } else {
            return Some((grade, start));
        }
        at = (start + length + 1).min(text.len());
        if !text.is_char_boundary(at) {
            return Some((grade, start));
        }
    }
}

/// `Confidence: moderate` or `moderate confidence`.
fn confidence(clause: &str) -> Option<&str> {
    const WORD: &str = "confidence";
    if starts_with_words(clause, WORD) {
        let value = clause[WORD.len()..].trim_start_matches([':', ' ']);
        return (!value.is_empty()).then_some(value);
    }
    let before = clause.len().checked_sub(WORD.len())?;
    let value = clause
        .get(before..)
        .filter(|end| end.eq_ignore_ascii_case(WORD))
        .map(|_| clause[..before].trim())?;
    let is_degree = ["low", "moderate", "medium", "high", "very low", "very high"]
        .iter()
        .any(|degree| value.eq_ignore_ascii_case(degree));
    is_degree.then_some(value)
}

/// Words of likelihood as analysts use them (ICD 203, PHIA): a short clause with one of these stems.
fn is_likelihood(clause: &str) -> bool {
    const STEMS: [&str; 6] = [
        "likely",
        "certain",
        "probab",
        "possib",
        "chance",
        "likelihood",
    ];
    let few = clause.split_whitespace().count() <= 4;
    let clause = clause.to_lowercase();
    few && STEMS.iter().any(|stem| clause.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_may_grade() {
        for (text, expected) in [
            ("Fact.", Some((GradeKind::Fact, None, None, ""))),
            (
                "Report; both parties, in different words.",
                Some((
                    GradeKind::Report,
                    None,
                    None,
                    "both parties, in different words.",
                )),
            ),
            (
                "Judgement; likely. Confidence: moderate.",
                Some((GradeKind::Judgement, Some("likely"), Some("moderate"), "")),
            ),
            (
                "judgment; almost certainly, high confidence. Why: see below.",
                Some((
                    GradeKind::Judgement,
                    Some("almost certainly"),
                    Some("high"),
                    "Why: see below.",
                )),
            ),
            ("Report on the matter.", None),
            ("Factual.", None),
        ] {
            let found = read_grade(text);
            let found = found.as_ref().map(|(grade, at)| {
                (
                    grade.kind,
                    grade.likelihood.as_deref(),
                    grade.confidence.as_deref(),
                    &text[*at..],
                )
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
