//! From the parser's events to a tree.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, levels that are bounded, and nodes that are counted down to 0"
)]

use super::fault::Fault;
use super::{Entry, Kind, MAX_DEPTH, Node, Reader};
use crate::problem::Code;
use crate::span::Span;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use std::borrow::Cow;

/// What was read, and what ended it early.
pub(super) struct Loaded<'a> {
    /// With a fault: what was complete before it.
    pub root: Option<Node<'a>>,
    pub fault: Option<Fault>,
}

/// A list or mapping that is still open.
struct Open<'a> {
    start: usize,
    kind: OpenKind<'a>,
}

enum OpenKind<'a> {
    Sequence(Vec<Node<'a>>),
    Mapping {
        entries: Vec<Entry<'a>>,
        key: Option<Key<'a>>,
    },
}

enum Key<'a> {
    Text(Cow<'a, str>, Span),
    /// A list or mapping as a key: told already; its value goes.
    Unusable,
}

impl<'a> Reader<'a, '_> {
    /// Reads one piece of YAML that stands `depth` levels deep.
    pub(super) fn load(&mut self, range: Span, depth: usize) -> Loaded<'a> {
        let file = self.file;
        let yaml = range.of(file);
        let base = range.start as usize;
        // The parser takes a zero character for the end and would drop the rest in silence.
        if let Some(at) = yaml.find('\0') {
            let fault = Fault::new(
                Code::YamlSyntax,
                "expected text, found a zero character",
                "remove the character; it may not stand in YAML",
                Span::new(base + at, base + at + 1),
            );
            return Loaded {
                root: None,
                fault: Some(fault),
            };
        }
        let offsets = Offsets::new(yaml, base);
        let mut parser = Parser::new_from_str(yaml);
        let mut open: Vec<Open> = Vec::new();
        let mut root = None;
        let fault = loop {
            let (event, place) = match parser.next_event() {
                None => break None,
                Some(Ok(event)) => event,
                Some(Err(error)) => {
                    let at = offsets.of(error.marker());
                    break Some(Fault::of_parser(error.info(), file, at, range.end as usize));
                }
            };
            let start = offsets.of(&place.start);
            if let Event::Alias(anchor)
            | Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _) = event
                && anchor != 0
            {
                self.tell(Fault::anchor(file, sign_at(file, start)));
            }
            let finished = match event {
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::Nothing => {
                    continue;
                }
                Event::StreamEnd => break None,
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    if depth + open.len() >= MAX_DEPTH {
                        break Some(Fault::too_deep(words_at(file, start)));
                    }
                    let kind = if matches!(event, Event::SequenceStart(..)) {
                        OpenKind::Sequence(Vec::new())
                    } else {
                        OpenKind::Mapping {
                            entries: Vec::new(),
                            key: None,
                        }
                    };
                    open.push(Open { start, kind });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(closed) = open.pop() else { continue };
                    // Only brackets have an end of their own; a block ends with the last value in it.
                    let bracket = matches!(file.as_bytes().get(start), Some(b']' | b'}'))
                        && matches!(file.as_bytes().get(closed.start), Some(b'[' | b'{'));
                    closed.finish(bracket.then_some(start + 1))
                }
                Event::Alias(_) => Node {
                    span: sign_at(file, start),
                    kind: Kind::Scalar {
                        text: Cow::Borrowed(""),
                        plain: true,
                    },
                },
                Event::Scalar(text, style, ..) => {
                    let end = offsets.of(&place.end).max(start);
                    Node {
                        span: Span::new(start, scalar_end(file, start, end, style)),
                        kind: Kind::Scalar {
                            text,
                            plain: style == ScalarStyle::Plain,
                        },
                    }
                }
            };
            if self.nodes_left == 0 {
                break Some(Fault::too_large(finished.span));
            }
            self.nodes_left -= 1;
            self.place(finished, &mut open, &mut root);
        };
        if fault.is_some() {
            while let Some(unfinished) = open.pop() {
                let finished = unfinished.finish(None);
                self.place(finished, &mut open, &mut root);
            }
        }
        Loaded { root, fault }
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node<'a>, open: &mut [Open<'a>], root: &mut Option<Node<'a>>) {
        match open.last_mut() {
            None => {
                root.get_or_insert(node);
            }
            Some(Open {
                kind: OpenKind::Sequence(items),
                ..
            }) => items.push(node),
            Some(Open {
                kind: OpenKind::Mapping { entries, key },
                ..
            }) => match (key.take(), node) {
                (
                    None,
                    Node {
                        span,
                        kind: Kind::Scalar { text, .. },
                    },
                ) => *key = Some(Key::Text(text, span)),
                (None, node) => {
                    self.tell(Fault::key_not_text(node.span));
                    *key = Some(Key::Unusable);
                }
                (Some(Key::Unusable), _) => {}
                (Some(Key::Text(text, key_span)), mut value) => {
                    // Where nothing is written, the parser's place is that of whatever comes next.
                    if value.span.is_empty() {
                        value.span = Span::at(key_span.end as usize);
                    }
                    if text == "<<" {
                        self.tell(Fault::anchor(self.file, key_span));
                    } else {
                        entries.push(Entry {
                            key: text,
                            key_span,
                            value,
                        });
                    }
                }
            },
        }
    }
}

impl<'a> Open<'a> {
    /// The list or mapping as a value: up to the bracket that ends at `end`, or from the first to the last in it.
    fn finish(self, end: Option<usize>) -> Node<'a> {
        let (inner, kind) = match self.kind {
            OpenKind::Sequence(items) => {
                let ends = items.first().zip(items.last());
                let inner = ends.map(|(first, last)| first.span.union(last.span));
                (inner, Kind::Sequence(items))
            }
            OpenKind::Mapping { entries, .. } => {
                let ends = entries.first().zip(entries.last());
                let inner = ends.map(|(first, last)| first.key_span.union(last.value.span));
                (inner, Kind::Mapping(entries))
            }
        };
        let span = match end {
            Some(end) => Span::new(self.start, end),
            None => inner.unwrap_or(Span::at(self.start)),
        };
        Node { span, kind }
    }
}

/// The anchor or alias that stands at `at`.
pub(super) fn sign_at(file: &str, at: usize) -> Span {
    let rest = file.get(at..).unwrap_or_default();
    let len = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}'))
        .unwrap_or(rest.len());
    Span::new(at, at + len)
}

/// From `at` to the end of the line, without a comment.
fn words_at(file: &str, at: usize) -> Span {
    let rest = file.get(at..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let line = line.split_once(" #").map_or(line, |(words, _)| words);
    Span::new(at, at + line.trim_end().len())
}

/// What YAML calls white space; other blanks are text.
const BLANK: [char; 4] = [' ', '\t', '\n', '\r'];

/// Where a scalar's own characters end: the parser counts white space and comments after a quotation mark to it.
fn scalar_end(file: &str, start: usize, end: usize, style: ScalarStyle) -> usize {
    let words = file.get(start..end).unwrap_or_default();
    let quote = match style {
        ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => {
            return start + words.trim_end_matches(BLANK).len();
        }
        ScalarStyle::SingleQuoted => b'\'',
        ScalarStyle::DoubleQuoted => b'"',
    };
    let bytes = words.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' && quote == b'"' {
            at += 2;
        } else if byte != quote {
            at += 1;
        } else if quote == b'\'' && bytes.get(at + 1) == Some(&quote) {
            at += 2;
        } else {
            return start + at + 1;
        }
    }
    start + words.trim_end_matches(BLANK).len()
}

/// Turns the parser's places, which count characters, into byte offsets of the file.
struct Offsets<'a> {
    yaml: &'a str,
    /// Where the piece begins in the file.
    base: usize,
    /// The byte offset of every [`STRIDE`]th character; empty when every character is one byte.
    marks: Vec<u32>,
}

/// Characters from one mark to the next: few enough to count them for each place.
const STRIDE: usize = 32;

impl<'a> Offsets<'a> {
    fn new(yaml: &'a str, base: usize) -> Self {
        let marks = if yaml.is_ascii() {
            Vec::new()
        } else {
            yaml.char_indices()
                .step_by(STRIDE)
                .map(|(at, _)| Span::at(at).start)
                .collect()
        };
        Self { yaml, base, marks }
    }

    fn of(&self, place: &Marker) -> usize {
        let characters = place.index();
        let at = if self.marks.is_empty() {
            characters
        } else {
            let mark = self.marks.get(characters / STRIDE).copied();
            mark.map_or(self.yaml.len(), |mark| {
                let mark = mark as usize;
                let rest = self.yaml.get(mark..).unwrap_or_default();
                rest.char_indices()
                    .nth(characters % STRIDE)
                    .map_or(self.yaml.len(), |(at, _)| mark + at)
            })
        };
        self.base + at.min(self.yaml.len())
    }
}
