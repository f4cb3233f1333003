//! Where the body speaks of an event: its own section, the places under `in`, and the links to it.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "phrases that were found are not empty, and every byte of the folded text has its origin"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within a paragraph, and comparisons that are bounded"
)]

use super::links::Anchors;
use crate::model::{Event, Heading, Statement};
use crate::parse::Suggestions;
use crate::parse::bounds::{MAX_PASSAGES, MAX_PASSAGES_OF_EVENT};
use crate::parse::evidence_line::{Quotes, shortened};
use crate::parse::prose::Prose;
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;
use std::collections::{HashMap, HashSet};

/// How many places of the body are compared with phrases at most; a file that needs more is hostile.
const MAX_COMPARISONS: usize = 20_000_000;

/// Longer words under `in` are no phrase that anybody quotes.
const MAX_PHRASE_BYTES: usize = 4096;

/// What an event names under `in`.
#[derive(Debug)]
enum Place {
    Heading(String),
    Statement(String),
    Phrase(String),
}

/// The `in` values of a file's events, to be looked for in its body.
#[derive(Debug)]
pub struct Pending {
    places: Vec<(u32, Place, Span)>,
}

impl Pending {
    pub fn new(values: Vec<(u32, Text, Span)>) -> Self {
        let places = values.into_iter().map(|(event, written, span)| {
            let words = written.trim();
            let place = if let Some(anchor) = words.strip_prefix('#') {
                Place::Heading(anchor.to_owned())
            } else if let Some(label) = words
                .strip_prefix("[^")
                .and_then(|label| label.strip_suffix(']'))
            {
                Place::Statement(label.to_owned())
            } else {
                Place::Phrase(Folded::new(unquoted(words)).text)
            };
            (event, place, span)
        });
        Self {
            places: places.collect(),
        }
    }

    /// Whether the words of the body are needed to find them all.
    pub fn has_phrases(&self) -> bool {
        self.places
            .iter()
            .any(|(_, place, _)| matches!(place, Place::Phrase(_)))
    }

    /// Finds the passages of events, the section that an event owns before the places it names. `words` are the
    /// body's blocks, when there are phrases to look for.
    #[expect(clippy::too_many_arguments, reason = "all that the places may name")]
    pub fn resolve(
        self,
        anchors: &Anchors,
        events: &[Event],
        headings: &[Heading],
        statements: &[Statement],
        words: &[Prose],
        suggestions: &Suggestions,
        problems: &mut Vec<Problem>,
    ) -> Vec<(u32, Span)> {
        let section = |heading: u32| headings.get(heading as usize).map(|found| found.section);
        let mut passages: Vec<(u32, Span)> = Vec::new();
        for (event, at) in events.iter().zip(0..) {
            let own = anchors.heading_by_id(&event.id).and_then(section);
            passages.extend(own.map(|section| (at, section)));
        }
        if self.places.is_empty() {
            return passages;
        }
        let labels = labels(statements);
        let mut known_labels: Vec<&str> = labels.keys().copied().collect();
        known_labels.sort_unstable();
        let phrases = self.places.iter().filter_map(|(_, place, _)| match place {
            Place::Phrase(phrase) => Some(phrase.as_str()),
            _ => None,
        });
        let found = find_phrases(phrases, words);
        for (event, place, span) in &self.places {
            if passages.len() > MAX_PASSAGES {
                break;
            }
            let span = *span;
            match place {
                Place::Heading(anchor) => match anchors.heading(anchor).and_then(section) {
                    Some(section) => passages.push((*event, section)),
                    None => {
                        let ids = headings.iter().map(|heading| heading.id.as_str());
                        let near = suggestions.nearest(anchor, ids);
                        problems.push(unknown(
                            span,
                            format!(
                                "expected the id of a heading, found `#{}`",
                                shortened(anchor)
                            ),
                            near.map(|near| format!("did you mean `#{near}`?")),
                            "give a heading this id, as in `## The call {#call}`",
                        ));
                    }
                },
                Place::Statement(label) => match labels.get(label.as_str()) {
                    Some(all) => {
                        let all = all.iter().take(MAX_PASSAGES_OF_EVENT);
                        let spans = all.filter_map(|&at| statements.get(at));
                        passages.extend(spans.map(|statement| (*event, statement.span)));
                    }
                    None => {
                        let known = known_labels.iter().copied();
                        let near = suggestions.nearest(label, known);
                        problems.push(unknown(
                            span,
                            format!(
                                "expected the label of a footnote with evidence, found `[^{}]`",
                                shortened(label)
                            ),
                            near.map(|near| format!("did you mean `[^{near}]`?")),
                            "mark a sentence of the body with this footnote, and give the footnote evidence",
                        ));
                    }
                },
                Place::Phrase(phrase) => match found.get(phrase.as_str()) {
                    Some(&passage) => passages.push((*event, passage)),
                    None => problems.push(unknown(
                        span,
                        format!("expected words of the body, found `{}`", shortened(phrase)),
                        None,
                        "quote words that stand in one paragraph of the body as a reader sees them",
                    )),
                },
            }
        }
        passages
    }
}

/// A phrase without the quotation marks around the whole of it.
fn unquoted(words: &str) -> &str {
    let is_mark = |c| Quotes::is_mark(c) || c == '\'';
    words
        .strip_prefix(is_mark)
        .and_then(|rest| rest.strip_suffix(is_mark))
        .unwrap_or(words)
}

/// Adds a passage to those of an event.
pub fn add(event: &mut Event, passage: Span) {
    if event.passages.len() < MAX_PASSAGES_OF_EVENT && !event.passages.contains(&passage) {
        event.passages.push(passage);
    }
}

/// The statements of each footnote label. A second one has a number behind its id.
fn labels(statements: &[Statement]) -> HashMap<&str, Vec<usize>> {
    let mut labels: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, statement) in statements.iter().enumerate() {
        let label = statement.footnote.label.as_deref().unwrap_or(&statement.id);
        labels.entry(label).or_default().push(at);
    }
    labels
}

fn unknown(span: Span, message: String, near: Option<String>, hint: &str) -> Problem {
    Problem::new(
        Code::PassageUnknown,
        span,
        message,
        near.unwrap_or_else(|| hint.to_owned()),
    )
}

/// Text with white space in single spaces and one kind of quotation mark and dash, and where each byte came from.
struct Folded {
    text: String,
    origin: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            origin: Vec::with_capacity(text.len()),
        };
        for (at, c) in text.char_indices() {
            let c = match c {
                c if c.is_whitespace() => {
                    if folded.text.is_empty() || folded.text.ends_with(' ') {
                        continue;
                    }
                    ' '
                }
                '“' | '”' | '„' | '«' | '»' | '‟' => '"',
                '‘' | '’' | '‚' => '\'',
                '\u{2010}'..='\u{2015}' => '-',
                '\u{ad}' | '\u{200b}' => continue,
                c => c,
            };
            folded.text.push(c);
            folded.origin.resize(folded.text.len(), at);
        }
        let trimmed = folded.text.trim_end().len();
        folded.text.truncate(trimmed);
        folded.origin.truncate(trimmed);
        folded
    }
}

/// The first place of each phrase. Looks only where a word begins as some phrase does.
fn find_phrases<'p>(
    phrases: impl Iterator<Item = &'p str>,
    words: &[Prose],
) -> HashMap<&'p str, Span> {
    let mut wanted: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for phrase in phrases.filter(|phrase| !phrase.is_empty() && phrase.len() <= MAX_PHRASE_BYTES) {
        if seen.insert(phrase) {
            wanted.entry(opening(phrase)).or_default().push(phrase);
        }
    }
    let mut found = HashMap::new();
    let mut comparisons = 0;
    for prose in words {
        if wanted.is_empty() {
            break;
        }
        let folded = Folded::new(&prose.text);
        let mut starts_word = true;
        for (at, c) in folded.text.char_indices() {
            let in_word = c.is_alphanumeric();
            let begins = starts_word || !in_word;
            starts_word = !in_word;
            if !begins {
                continue;
            }
            let rest = &folded.text[at..];
            let Some(candidates) = wanted.get_mut(opening(rest)) else {
                continue;
            };
            comparisons += candidates.len();
            if comparisons > MAX_COMPARISONS {
                return found;
            }
            candidates.retain(|phrase| {
                let is_here = rest.starts_with(phrase);
                if is_here {
                    let last = folded.origin[at + phrase.len() - 1];
                    let length = prose.text[last..].chars().next().map_or(1, char::len_utf8);
                    found.insert(*phrase, prose.span_of(folded.origin[at]..last + length));
                }
                !is_here
            });
            if candidates.is_empty() {
                wanted.remove(opening(rest));
            }
        }
    }
    found
}

/// The first word of a text, by which phrases are looked up; a mark in front of it is a word of its own.
fn opening(text: &str) -> &str {
    let end = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}
