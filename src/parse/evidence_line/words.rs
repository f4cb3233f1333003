//! Words to be read, and where they stand in the file.

#![expect(
    clippy::string_slice,
    reason = "ranges are those of what was read from the same text"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within a text, and ranges within its part"
)]

use crate::parse::prose::Prose;
use crate::span::Span;
use crate::text::Text;
use std::ops::Range;

/// A part of a text that knows its place in the file.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub text: &'a str,
    file: &'a Text,
    place: Place<'a>,
}

#[derive(Clone, Copy)]
enum Place<'a> {
    /// A value of its own. Exact where value and span are of one length.
    Value { whole: Span, at: Option<usize> },
    /// A part of a block's words, from this offset on.
    Prose { prose: &'a Prose<'a>, at: usize },
}

impl<'a> Words<'a> {
    /// The whole of a value that stands at `span`.
    pub fn in_file(text: &'a str, span: Span, file: &'a Text) -> Self {
        let place = Place::Value {
            whole: span,
            at: (text.len() == span.len()).then_some(span.start as usize),
        };
        Self { text, file, place }
    }

    /// A part of a block's words.
    pub fn in_prose(prose: &'a Prose<'a>, file: &'a Text, range: Range<usize>) -> Self {
        Self {
            text: prose.text.get(range.clone()).unwrap_or_default(),
            file,
            place: Place::Prose {
                prose,
                at: range.start,
            },
        }
    }

    /// A part of these words.
    pub fn part(&self, range: Range<usize>) -> Self {
        let place = match self.place {
            Place::Value { whole, at } => Place::Value {
                whole,
                at: at.map(|at| at + range.start),
            },
            Place::Prose { prose, at } => Place::Prose {
                prose,
                at: at + range.start,
            },
        };
        Self {
            text: self.text.get(range).unwrap_or_default(),
            file: self.file,
            place,
        }
    }

    /// Where a part of these words stands in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.place {
            Place::Value { whole, at: None } => whole,
            Place::Value { at: Some(at), .. } => Span::new(at + range.start, at + range.end),
            Place::Prose { prose, at } => prose.span_of(at + range.start..at + range.end),
        }
    }

    /// A part of these words to be kept: shared with the file where they stand there as they read.
    pub fn held(&self, range: Range<usize>) -> Text {
        match self.place {
            Place::Value { .. } => self.file.part(&self.text[range]),
            Place::Prose { prose, at } => prose.held(at + range.start..at + range.end, self.file),
        }
    }

    /// The offset behind the character at `at`.
    pub fn after(&self, at: usize) -> usize {
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        at + next.map_or(1, char::len_utf8)
    }

    /// Whether the character at `at` stood behind a backslash, and so is no mark of any kind.
    pub fn is_escaped(&self, at: usize) -> bool {
        match self.place {
            Place::Value { .. } => false,
            Place::Prose { prose, at: start } => prose.is_escaped(start + at, self.file),
        }
    }
}
