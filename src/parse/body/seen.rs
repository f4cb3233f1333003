//! A stretch of a body as a reader sees it, in one line, with the way back to the file.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a part lies in the text that it was taken from, and ranges were cut to the part"
)]

use super::citations::{self, Citation};
use super::pieces::{Leaf, Piece, Pieces};
use crate::model::{Briefing, Source};
use crate::parse::SourceIndex;
use crate::parse::bounds::EvidenceLeft;
use crate::parse::evidence_line::Scope;
use crate::parse::prose::Prose;
use crate::span::Span;
use crate::text::Text;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// What stands between a heading and what follows it, and between the cells of a table.
const AFTER_HEADING: &str = " — ";
const AFTER_CELL: &str = " · ";

/// Words without their Markdown, and where each of them stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub text: String,
    /// In the order of the text.
    parts: Vec<Part>,
    /// The bracketed citations in `text`. A reader sees only a mark of them, or their words where they are asked for.
    pub asides: Vec<Range<usize>>,
}

/// A part of the text that stands in the file in one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    at: usize,
    length: usize,
    file: Span,
}

/// What a reader sees of a part of the body: no marks of Markdown, no references to footnotes, sources by their names.
pub fn seen(briefing: &Briefing, span: Span) -> Seen {
    let raw = span.of(&briefing.text);
    // References are told from words in brackets by their definitions, and those may stand elsewhere in the body.
    let definitions = definitions(raw);
    let shift = definitions.len();
    let text = Text::from(definitions + raw);
    let index = SourceIndex::new(&briefing.sources);
    let left = EvidenceLeft::default();
    let scope = Scope {
        file: &text,
        resolve: &|key| index.by_key(key),
        suggest: &|_| None,
        zone: None,
        left: &left,
    };
    let mut builder = Builder {
        seen: Seen::default(),
        sources: &briefing.sources,
        shift,
        base: span.start as usize,
        separator: "",
    };
    for piece in Pieces::new(&text, Span::new(0, text.len())) {
        match piece {
            Piece::Leaf(leaf, prose) if prose.span.end as usize > shift => {
                // What is wrong with a citation has been told where the file was read.
                let citations = citations::find(&prose, &text, &scope, &mut Vec::new());
                builder.block(&prose, &citations);
                builder.separator = match leaf {
                    Leaf::Heading { .. } => AFTER_HEADING,
                    Leaf::Cell => AFTER_CELL,
                    Leaf::Paragraph => " ",
                };
            }
            Piece::Code { text, span, .. } if span.end as usize > shift => {
                builder.words(text.trim_end(), span);
                builder.separator = " ";
            }
            _ => {}
        }
    }
    builder.seen
}

/// Definitions for all footnotes that a text may refer to and does not define.
fn definitions(raw: &str) -> String {
    let mut labels = BTreeSet::new();
    let mut defined = BTreeSet::new();
    for (label, rest) in raw
        .split("[^")
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
    {
        if rest.starts_with(':') {
            defined.insert(label);
        } else if !label.is_empty() && !label.contains(char::is_whitespace) {
            labels.insert(label);
        }
    }
    let missing = labels.difference(&defined);
    missing.map(|label| format!("[^{label}]: .\n\n")).collect()
}

struct Builder<'a> {
    seen: Seen,
    sources: &'a [Arc<Source>],
    /// How much stands before the body's own words in the text that is read.
    shift: usize,
    /// Where those words begin in the file.
    base: usize,
    /// What is to stand before the next block.
    separator: &'static str,
}

impl Builder<'_> {
    fn in_file(&self, span: Span) -> Span {
        let place = |at: u32| self.base + (at as usize).saturating_sub(self.shift);
        Span::new(place(span.start), place(span.end))
    }

    fn begin_block(&mut self) {
        if !self.seen.text.is_empty() {
            self.seen.text.push_str(self.separator);
        }
    }

    /// Words with one place for all of them, unless they stand there just so.
    fn words(&mut self, words: &str, span: Span) {
        if words.trim().is_empty() {
            return;
        }
        self.begin_block();
        self.push(words, span);
    }

    fn push(&mut self, words: &str, span: Span) {
        self.seen.parts.push(Part {
            at: self.seen.text.len(),
            length: words.len(),
            file: self.in_file(span),
        });
        self.seen.text.push_str(words);
    }

    fn block(&mut self, prose: &Prose, citations: &[Citation]) {
        if prose.text.trim().is_empty() {
            return;
        }
        self.begin_block();
        let mut at = 0;
        for citation in citations {
            self.own_words(prose, at..citation.text.start);
            let start = self.seen.text.len();
            let words = prose.text.get(citation.text.clone()).unwrap_or_default();
            let words = self.citation(words, citation);
            self.push(&words, prose.span_of(citation.text.clone()));
            if !citation.bare {
                self.seen.asides.push(start..self.seen.text.len());
            }
            at = citation.text.end;
        }
        self.own_words(prose, at..prose.text.len());
    }

    /// Words that stand in the file, segment by segment.
    fn own_words(&mut self, prose: &Prose, range: Range<usize>) {
        for (index, segment) in prose.segments.iter().enumerate() {
            let start = segment.at.max(range.start);
            let end = prose.segment_end(index).min(range.end);
            if start < end
                && let Some(words) = prose.text.get(start..end)
            {
                self.push(words, prose.span_of(start..end));
            }
        }
    }

    /// A citation with the names of its sources.
    fn citation(&self, words: &str, citation: &Citation) -> String {
        let mut text = String::new();
        let mut rest = words;
        for evidence in &citation.evidence {
            let source = evidence.source.and_then(|at| self.sources.get(at as usize));
            // The keys come in the order of the words.
            if let Some(source) = source
                && let Some((before, after)) = rest.split_once(&format!("@{}", evidence.key))
            {
                text.push_str(before);
                text.push_str(source.name());
                rest = after;
            }
        }
        text + rest
    }
}

impl Seen {
    /// Where words of the text stand in the file.
    pub fn place_of(&self, range: Range<usize>) -> Option<Span> {
        let first = self
            .parts
            .partition_point(|part| part.at + part.length <= range.start);
        self.parts
            .iter()
            .skip(first)
            .take_while(|part| part.at < range.end)
            .map(|part| {
                if part.length != part.file.len() {
                    return part.file;
                }
                let start = part.file.start as usize;
                let from = range.start.saturating_sub(part.at);
                let to = (range.end - part.at).min(part.length);
                Span::new(start + from, start + to)
            })
            .reduce(Span::union)
    }

    /// Without the citations that nobody asked for; a space before them goes, too.
    #[must_use]
    pub fn without(&self, is_left_out: impl Fn(&Range<usize>) -> bool) -> Self {
        let mut kept = Self::default();
        let mut at = 0;
        for aside in self.asides.iter().filter(|aside| is_left_out(aside)) {
            let words = self.text.get(at..aside.start).unwrap_or_default();
            let before = words.trim_end_matches(' ').len();
            self.copy_into(&mut kept, at..at + before);
            at = aside.end;
        }
        self.copy_into(&mut kept, at..self.text.len());
        kept
    }

    fn copy_into(&self, kept: &mut Self, range: Range<usize>) {
        let shift = |at: usize| at - range.start + kept.text.len();
        let inside = |from: usize, to: usize| from.max(range.start)..to.min(range.end);
        for part in &self.parts {
            let shared = inside(part.at, part.at + part.length);
            if shared.is_empty() {
                continue;
            }
            let file = if part.length == part.file.len() {
                let start = part.file.start as usize - part.at;
                Span::new(start + shared.start, start + shared.end)
            } else {
                part.file
            };
            kept.parts.push(Part {
                at: shift(shared.start),
                length: shared.len(),
                file,
            });
        }
        for aside in &self.asides {
            if range.start <= aside.start && aside.end <= range.end {
                kept.asides.push(shift(aside.start)..shift(aside.end));
            }
        }
        kept.text.push_str(self.text.get(range).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn briefing(body: &str) -> Briefing {
        let text = format!(
            "---\ntitle: T\nsources:\n  wh:\n    title: Readout\n    publisher: The White House\n  dw:\n    title: News\n---\n{body}"
        );
        let context = parse::Context {
            file_name: "a.md",
            bibliography: &|_| Err(parse::BibliographyFault::Missing),
            shared: None,
        };
        parse::briefing(Text::from(text), &context).0
    }

    fn plain(body: &str) -> String {
        let briefing = briefing(body);
        seen(&briefing, briefing.body).without(|_| true).text
    }

    #[test]
    fn only_what_a_reader_sees_is_left() {
        for (body, words) in [
            ("a **bold** _word_", "a bold word"),
            (
                "An offer[^offer] was made [@dw]. And more[^1].",
                "An offer was made. And more.",
            ),
            (
                "[^offer]: In the letter, @wh, p. 2",
                "In the letter, The White House, p. 2",
            ),
            (
                "## The call {#call}\n\nThey spoke.",
                "The call — They spoke.",
            ),
            ("| a | b |\n|---|---|\n| c | d |", "a · b · c · d"),
            ("the [readout](https://a.b)\nsays `x`", "the readout says x"),
            (
                "see [1] and [^ no] &amp; so on",
                "see [1] and [^ no] & so on",
            ),
            // A picture among words stands as its description.
            ("![a map](m.png) here <!-- not this -->", "a map here"),
            ("```\nlet a = [^b];\n```", "let a = [^b];"),
            ("- one\n- two", "one two"),
            (
                "@wh said so, mail@example.org not",
                "The White House said so, mail@example.org not",
            ),
            ("", ""),
        ] {
            assert_eq!(plain(body).trim(), words, "{body}");
        }
    }

    #[test]
    fn a_citation_can_be_kept_with_the_name_of_its_source() {
        let briefing = briefing("They agreed [@wh, \"a ceasefire\"] and left [@dw].\n");
        let seen = seen(&briefing, briefing.body);
        assert_eq!(
            seen.text,
            "They agreed [The White House, \"a ceasefire\"] and left [News]."
        );
        let at = seen.text.find("ceasefire").expect("there");
        let kept = seen.without(|aside| !aside.contains(&at));
        assert_eq!(
            kept.text,
            "They agreed [The White House, \"a ceasefire\"] and left."
        );
    }

    #[test]
    fn every_word_leads_back_to_the_file() {
        let briefing = briefing(
            "## A *first* thing\n\nBoth **sides** agreed[^n] [@dw] on\nterms, as [they](x) said.\n\nMore words.\n",
        );
        let seen = seen(&briefing, briefing.body).without(|_| true);
        for word in [
            "first", "thing", "sides", "agreed", "terms", "they", "said", "More",
        ] {
            let at = seen.text.find(word).expect(word);
            let place = seen.place_of(at..at + word.len()).expect(word);
            assert_eq!(place.of(&briefing.text), word);
        }
        assert_eq!(seen.place_of(9_999..10_000), None);
    }
}
