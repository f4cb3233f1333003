//! What stands at a byte of the file: statements, marks, passages of events.

use crate::model::{Briefing, LinkTarget};
use crate::span::Span;
use crate::text::Text;
use std::collections::HashMap;

/// Ranges that may overlap, asked for those that touch another range.
#[derive(Debug, Default)]
struct Spans {
    /// By start.
    sorted: Vec<(Span, u32)>,
    /// The furthest end of all ranges up to this one, so that a search can skip what ends too early.
    furthest: Vec<u32>,
}

impl Spans {
    fn new(spans: impl Iterator<Item = (Span, u32)>) -> Self {
        let mut sorted: Vec<_> = spans.filter(|(span, _)| !span.is_empty()).collect();
        sorted.sort_unstable();
        let mut end = 0;
        let furthest = sorted
            .iter()
            .map(|(span, _)| {
                end = end.max(span.end);
                end
            })
            .collect();
        Self { sorted, furthest }
    }

    fn overlapping(&self, span: Span) -> impl Iterator<Item = (Span, u32)> + '_ {
        let first = self.furthest.partition_point(|&end| end <= span.start);
        self.sorted
            .iter()
            .skip(first)
            .take_while(move |(found, _)| found.start < span.end)
            .filter(move |(found, _)| found.end > span.start)
            .copied()
    }

    /// The shortest range that holds the byte.
    fn innermost(&self, byte: u32) -> Option<u32> {
        let here = Span {
            start: byte,
            end: byte.saturating_add(1),
        };
        self.overlapping(here)
            .min_by_key(|(span, _)| span.len())
            .map(|(_, index)| index)
    }
}

/// The places of one briefing, made once when it is opened.
#[derive(Debug, Default)]
pub(super) struct Places {
    statements: Spans,
    marks: Spans,
    passages: Spans,
    /// Headings that own an event, by the heading's first byte.
    owned: HashMap<u32, u32>,
    /// Statements by the label of their footnote.
    by_label: HashMap<Text, u32>,
    /// Sources by key, further keys included.
    sources: HashMap<Text, u32>,
    /// Sources in the order in which the text first rests on them.
    cited: Vec<u32>,
    /// The place of a source in `cited`.
    order: HashMap<u32, u32>,
}

impl Places {
    pub(super) fn new(briefing: &Briefing) -> Self {
        let statements = || (0..).zip(&briefing.statements);
        let mut sources = HashMap::new();
        for (at, source) in (0..).zip(&briefing.sources) {
            for key in std::iter::once(&source.key).chain(&source.details.other_keys) {
                sources.entry(key.clone()).or_insert(at);
            }
        }
        let mut cited = Vec::new();
        let mut order = HashMap::new();
        let of_statements = briefing
            .statements
            .iter()
            .flat_map(|statement| &statement.evidence)
            .filter_map(|evidence| evidence.source);
        let of_columns = briefing
            .comparisons
            .iter()
            .flat_map(|table| &table.columns)
            .filter_map(|column| column.source);
        for source in of_statements.chain(of_columns) {
            order.entry(source).or_insert_with(|| {
                cited.push(source);
                Span::at(cited.len() - 1).start
            });
        }
        Self {
            statements: Spans::new(statements().map(|(at, found)| (found.span, at))),
            marks: Spans::new(statements().map(|(at, found)| (found.mark, at))),
            passages: Spans::new(
                (0..).zip(&briefing.events).flat_map(|(at, event)| {
                    event.passages.iter().map(move |&passage| (passage, at))
                }),
            ),
            owned: owned_headings(briefing),
            by_label: statements()
                .filter_map(|(at, found)| Some((found.footnote.label.clone()?, at)))
                .collect(),
            sources,
            cited,
            order,
        }
    }

    pub(super) fn statements_in(&self, span: Span) -> impl Iterator<Item = (Span, u32)> + '_ {
        self.statements.overlapping(span)
    }

    /// The innermost statement that holds a byte.
    pub(super) fn statement_at(&self, byte: u32) -> Option<u32> {
        self.statements.innermost(byte)
    }

    /// The statement whose mark this is.
    pub(super) fn statement_of_mark(&self, mark: Span) -> Option<u32> {
        self.marks.overlapping(mark).next().map(|(_, at)| at)
    }

    /// The event with the narrowest passage that holds a byte.
    pub(super) fn event_at(&self, byte: u32) -> Option<u32> {
        self.passages.innermost(byte)
    }

    /// The event that owns the heading which begins at this byte.
    pub(super) fn event_of_heading(&self, start: u32) -> Option<u32> {
        self.owned.get(&start).copied()
    }

    /// The statement whose mark is the footnote with this label.
    pub(super) fn statement_of_footnote(&self, label: &str) -> Option<u32> {
        self.by_label.get(label).copied()
    }

    pub(super) fn source_of_key(&self, key: &str) -> Option<u32> {
        self.sources.get(key).copied()
    }

    /// The sources that the text rests on, in the order of their letters.
    pub(super) fn cited(&self) -> &[u32] {
        &self.cited
    }

    /// The letters by which the text calls a source: `a` to `z`, then `aa`.
    pub(super) fn letters_of(&self, source: u32) -> Option<String> {
        self.order.get(&source).map(|&at| letters(at))
    }
}

fn owned_headings(briefing: &Briefing) -> HashMap<u32, u32> {
    let by_section: HashMap<Span, u32> = briefing
        .headings
        .iter()
        .map(|heading| (heading.section, heading.span.start))
        .collect();
    (0..)
        .zip(&briefing.events)
        .flat_map(|(at, event)| event.passages.iter().map(move |passage| (passage, at)))
        .filter_map(|(passage, at)| Some((*by_section.get(passage)?, at)))
        .collect()
}

/// Counts as spreadsheets name columns, in small letters, from 0.
fn letters(mut at: u32) -> String {
    let mut reversed = Vec::new();
    loop {
        let letter = u8::try_from(at % 26).unwrap_or_default();
        reversed.push(char::from(b'a' + letter));
        match (at / 26).checked_sub(1) {
            Some(rest) => at = rest,
            None => break,
        }
    }
    reversed.into_iter().rev().collect()
}

/// The keys that a citation names, in its order and each once. Words in quotation marks are passed over.
pub(super) fn keys_of_citation(words: &str) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    let mut quoted = false;
    let mut before = ' ';
    for (at, found) in words.char_indices() {
        match found {
            '"' => quoted = !quoted,
            '\u{201c}' | '\u{ab}' => quoted = true,
            '\u{201d}' | '\u{bb}' => quoted = false,
            '@' if !quoted && !before.is_alphanumeric() => {
                let rest = words.get(at + 1..).unwrap_or_default();
                let end = rest
                    .find(|c: char| !(c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c)))
                    .unwrap_or(rest.len());
                let key = rest.get(..end).unwrap_or_default();
                let key =
                    key.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_' || c == '/'));
                // CiTO's `@disputes:key` is looked up whole first, and by its last part by the caller.
                if !key.is_empty() && !keys.contains(&key) {
                    keys.push(key);
                }
            }
            _ => {}
        }
        before = found;
    }
    keys
}

/// What a place of the text means to a hand that points at it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    Statement(u32),
    /// A citation or footnote mark; the card of its statement opens at it.
    Mark(u32),
    /// A footnote that is not evidence, by its number.
    Note(u32),
    Link(LinkTarget),
    Event(u32),
    Source(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_touch_are_found_even_under_a_long_one() {
        let spans = [(0, 100), (5, 10), (20, 30), (40, 50)];
        let spans = Spans::new((0..).zip(spans).map(|(at, (a, b))| (Span::new(a, b), at)));
        let found = |a, b| -> Vec<u32> {
            spans
                .overlapping(Span::new(a, b))
                .map(|(_, at)| at)
                .collect()
        };
        assert_eq!(found(25, 26), [0, 2]);
        assert_eq!(found(10, 20), [0]);
        assert_eq!(found(100, 200), [] as [u32; 0]);
        assert_eq!(spans.innermost(45), Some(3));
        assert_eq!(spans.innermost(60), Some(0));
    }

    #[test]
    fn letters_go_on_after_z() {
        for (at, expected) in [
            (0, "a"),
            (25, "z"),
            (26, "aa"),
            (27, "ab"),
            (701, "zz"),
            (702, "aaa"),
        ] {
            assert_eq!(letters(at), expected);
        }
    }

    #[test]
    fn keys_are_read_outside_quotation_marks_only() {
        for (words, expected) in [
            ("[@wh]", vec!["wh"]),
            (
                "[@wh, note 2; differs @kremlin, note 2]",
                vec!["wh", "kremlin"],
            ),
            ("[@a, \"write to b@c.de or @d\"; @a]", vec!["a"]),
            ("@up-end", vec!["up-end"]),
            ("@wh.", vec!["wh"]),
            ("[no key]", vec![]),
            ("@", vec![]),
        ] {
            assert_eq!(keys_of_citation(words), expected, "{words}");
        }
    }
}
