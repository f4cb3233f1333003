//! Writes the words of a page as a reader sees them: blocks on lines of their own, white space collapsed.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use super::offsets::OffsetMap;
use std::ops::Range;

/// What is due before the next word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    #[default]
    None,
    Space,
    /// Between two cells of a row.
    Cell,
    Line,
    Paragraph,
}

/// Collects text with its places in the file.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    map: OffsetMap,
    due: Break,
    /// The white space in the file that the due space stands for.
    space: Range<usize>,
    items: Vec<NumberedItem>,
}

/// An item of a numbered list. Its number stands on the page, but not in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberedItem {
    pub number: u64,
    /// The byte of the text at which it begins, or the break before it.
    pub at: usize,
}

/// A page as its reader sees it.
#[derive(Debug, Default)]
pub(super) struct Readable {
    pub text: String,
    pub map: OffsetMap,
    pub items: Vec<NumberedItem>,
}

impl Writer {
    pub(super) fn finish(self) -> Readable {
        Readable {
            text: self.text,
            map: self.map,
            items: self.items,
        }
    }

    /// Notes that an item of a numbered list begins.
    pub(super) fn item(&mut self, number: u64) {
        let at = self.text.len();
        self.items.push(NumberedItem { number, at });
    }

    /// Asks for a break before the next word. The strongest one asked for is made, once.
    pub(super) fn break_with(&mut self, strength: Break) {
        self.due = self.due.max(strength);
    }

    /// Asks for a space that stands for a range of the file.
    pub(super) fn space(&mut self, from: Range<usize>) {
        if self.due < Break::Space {
            self.due = Break::Space;
            self.space = from;
        }
    }

    fn make_due_break(&mut self) {
        let due = std::mem::take(&mut self.due);
        if self.text.is_empty() {
            return;
        }
        let ends_with_line = self.text.ends_with('\n');
        match due {
            Break::None => {}
            Break::Space if !self.text.ends_with(char::is_whitespace) => {
                self.map
                    .push_replaced(self.text.len(), 1, self.space.clone());
                self.text.push(' ');
            }
            Break::Cell if !self.text.ends_with(char::is_whitespace) => self.text.push('\t'),
            Break::Space | Break::Cell => {}
            Break::Line if !ends_with_line => self.text.push('\n'),
            Break::Line => {}
            Break::Paragraph if ends_with_line => {
                if !self.text.ends_with("\n\n") {
                    self.text.push('\n');
                }
            }
            Break::Paragraph => self.text.push_str("\n\n"),
        }
    }

    /// Words that stand literally at `from` of the file; runs of white space become one space.
    pub(super) fn collapsed(&mut self, words: &str, from: usize) {
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let blank = rest.len() - rest.trim_start_matches(is_collapsible).len();
            if blank > 0 {
                self.space(from + at..from + at + blank);
                at += blank;
                continue;
            }
            let len = rest.find(is_collapsible).unwrap_or(rest.len());
            self.make_due_break();
            self.map.push_copied(self.text.len(), from + at, len);
            self.text.push_str(rest.get(..len).unwrap_or_default());
            at += len;
        }
    }

    /// Words that stand literally at `from` of the file; white space is kept.
    pub(super) fn literal(&mut self, words: &str, from: usize) {
        if words.is_empty() {
            return;
        }
        self.make_due_break();
        self.map.push_copied(self.text.len(), from, words.len());
        self.text.push_str(words);
    }

    /// Words that a range of the file stands for as a whole, such as a character reference.
    pub(super) fn replaced(&mut self, words: &str, from: Range<usize>) {
        if words.is_empty() {
            return;
        }
        self.make_due_break();
        self.map.push_replaced(self.text.len(), words.len(), from);
        self.text.push_str(words);
    }
}

/// The white space that HTML collapses; a no-break space is not.
pub(super) fn is_collapsible(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
