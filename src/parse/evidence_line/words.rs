//! Words to be read, and where they stand in the file.

use crate::parse::body::Prose;
use crate::span::Span;
use std::ops::Range;

/// A part of a text that knows its place in the file.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub text: &'a str,
    place: Place<'a>,
}

#[derive(Clone, Copy)]
enum Place<'a> {
    /// A value of its own. Exact where value and span are of one length.
    Value { whole: Span, at: Option<usize> },
    /// A part of a block's words, from this offset on.
    Prose {
        prose: &'a Prose<'a>,
        file: &'a str,
        at: usize,
    },
}

impl<'a> Words<'a> {
    /// The whole of a value that stands at `span`.
    pub fn in_file(text: &'a str, span: Span) -> Self {
        let place = Place::Value {
            whole: span,
            at: (text.len() == span.len()).then_some(span.start as usize),
        };
        Self { text, place }
    }

    /// A part of a block's words.
    pub fn in_prose(prose: &'a Prose<'a>, file: &'a str, range: Range<usize>) -> Self {
        Self {
            text: prose.text.get(range.clone()).unwrap_or_default(),
            place: Place::Prose {
                prose,
                file,
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
            Place::Prose { prose, file, at } => Place::Prose {
                prose,
                file,
                at: at + range.start,
            },
        };
        Self {
            text: self.text.get(range).unwrap_or_default(),
            place,
        }
    }

    /// Where a part of these words stands in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.place {
            Place::Value { whole, at: None } => whole,
            Place::Value { at: Some(at), .. } => Span::new(at + range.start, at + range.end),
            Place::Prose { prose, at, .. } => prose.span_of(at + range.start..at + range.end),
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
            Place::Prose {
                prose,
                file,
                at: start,
            } => prose.is_escaped(start + at, file),
        }
    }
}
