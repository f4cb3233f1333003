//! Quotation marks and what they enclose.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are ASCII quotation marks that were found in the same text, or ends of characters"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and quotation marks that are open in it"
)]

use super::Words;
use std::ops::Range;

/// Reads quotations in one text. Remembers which marks are never closed, so that hostile text costs no more than
/// honest text.
#[derive(Default)]
pub struct Quotes {
    unclosed: Vec<char>,
    told: Vec<char>,
}

impl Quotes {
    /// Whether a character may open a quotation. The straight single one may not: it is an apostrophe.
    pub fn opens(c: char) -> bool {
        matches!(c, '"' | '“' | '„' | '«' | '»' | '”' | '‘' | '‚' | '‹')
    }

    /// Whether a character is a quotation mark at all.
    pub fn is_mark(c: char) -> bool {
        Self::opens(c) || matches!(c, '’' | '›' | '‟')
    }

    /// The next of `signs`, all of them ASCII, or of the marks that may open a quotation.
    pub fn next_or(text: &str, from: usize, signs: &[u8]) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut at = from;
        loop {
            let stops = |byte: &u8| {
                let mut stops = (*byte >= 0x80) | (*byte == b'"');
                for sign in signs {
                    stops |= byte == sign;
                }
                stops
            };
            at += bytes.get(at..)?.iter().position(stops)?;
            let c = text.get(at..)?.chars().next()?;
            if c.is_ascii() || Self::opens(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }

    /// The mark that closes what `open` opens, as most write it.
    pub fn closing(open: char) -> char {
        match open {
            '“' => '”',
            '„' => '“',
            '«' => '»',
            '»' => '«',
            '‘' => '’',
            '‚' => '‘',
            '‹' => '›',
            other => other,
        }
    }

    fn closes(open: char, c: char, next: Option<char>) -> bool {
        match open {
            '“' => c == '”',
            '„' => matches!(c, '“' | '”' | '‟'),
            '»' => matches!(c, '«' | '»'),
            // Not the apostrophe of "Trump’s".
            '‘' => c == '’' && !next.is_some_and(char::is_alphanumeric),
            '‚' => matches!(c, '‘' | '’'),
            open => c == Self::closing(open),
        }
    }

    /// The words between the mark at `at` and the one that closes it, and where the quotation ends.
    /// `None` when nothing closes it.
    pub fn read(&mut self, words: &Words, at: usize) -> Option<(Range<usize>, usize)> {
        let text = words.text;
        let open = text.get(at..)?.chars().next()?;
        if self.unclosed.contains(&open) {
            return None;
        }
        let start = at + open.len_utf8();
        if open == '"' {
            let mut from = start;
            while let Some(found) = memchr::memchr(b'"', &text.as_bytes()[from..]) {
                let end = from + found;
                if !words.is_escaped(end) {
                    return Some((start..end, end + 1));
                }
                from = end + 1;
            }
            self.unclosed.push(open);
            return None;
        }
        let nests = matches!(open, '“' | '«');
        let mut depth = 1_u32;
        let mut rest = text[start..].char_indices().peekable();
        while let Some((offset, c)) = rest.next() {
            let next = rest.peek().map(|&(_, next)| next);
            if Self::closes(open, c, next) && !words.is_escaped(start + offset) {
                depth -= 1;
                if depth == 0 {
                    let end = start + offset;
                    return Some((start..end, end + c.len_utf8()));
                }
            } else if nests && c == open {
                depth += 1;
            }
        }
        self.unclosed.push(open);
        None
    }

    /// Where the quotation that begins at `at` ends; just behind the mark when nothing closes it.
    pub fn end(&mut self, words: &Words, at: usize) -> usize {
        match self.read(words, at) {
            Some((_, end)) => end,
            None => words.after(at),
        }
    }

    /// Whether this is the first time that `mark` is found unclosed: to be told once.
    pub fn is_first_unclosed(&mut self, mark: char) -> bool {
        let first = !self.told.contains(&mark);
        if first {
            self.told.push(mark);
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn every_kind_of_quotation_is_read() {
        for (text, expected) in [
            ("\"a b\" c", Some("a b")),
            ("“a “b” c” d", Some("a “b” c")),
            ("„a b“ c", Some("a b")),
            ("„a b” c", Some("a b")),
            ("«a «b» c» d", Some("a «b» c")),
            ("»a b« c", Some("a b")),
            ("”a b” c", Some("a b")),
            ("‘Trump’s words’ c", Some("Trump’s words")),
            ("\"a b", None),
            ("“a b\"", None),
        ] {
            let file = text.into();
            let words = Words::in_file(text, Span::default(), &file);
            let inside = Quotes::default()
                .read(&words, 0)
                .map(|(inside, _)| &text[inside]);
            assert_eq!(inside, expected, "{text}");
        }
    }
}
