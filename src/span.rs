//! Where something stands in a file: byte ranges, and the lines and columns people read.
//!
//! Byte ranges of the *file* (not of its front matter or body) go through every phase. They are what
//! makes each link between panes exact.

#![expect(
    clippy::indexing_slicing,
    reason = "the list of line starts begins with the first line and is never empty"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "offsets go back from where they are above 0, and lines and columns are counted in a text that is there"
)]

use std::fmt;
use std::ops::Range;

/// A half-open range of bytes in one file.
///
/// Files are at most [`crate::parse::MAX_FILE_BYTES`] long, so 32 bits hold every offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`; offsets beyond 4 GiB are held at the last one that fits.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The empty range at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same range as indices, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` in this range; empty when the range is not of this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies in this range.
    pub fn contains(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    /// Whether `other` lies wholly in this range.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A line and a column as people count them: from 1, columns in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Finds lines and columns in one text. Built once a text, asked often.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// The offset at which each line begins; the first is 0.
    starts: Vec<u32>,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(
            text.bytes()
                .enumerate()
                .filter(|&(_, byte)| byte == b'\n')
                .map(|(at, _)| Span::at(at + 1).start),
        );
        Self { starts }
    }

    /// The offset at which a line begins, counted from 1; that of the last line for any beyond it.
    pub fn line_start(&self, line: usize) -> usize {
        let last = self.starts.len() - 1;
        self.starts[line.saturating_sub(1).min(last)] as usize
    }

    /// The place of a byte offset in the text this index was built from.
    /// An offset beyond the end, or inside a character, is taken back to the nearest one before it.
    /// A byte order mark at the start of the text is not a column.
    pub fn place(&self, text: &str, offset: usize) -> Place {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self
            .starts
            .partition_point(|&start| start as usize <= offset)
            .max(1);
        let start = self.starts.get(line - 1).map_or(0, |&start| start as usize);
        let before = text.get(start..offset).unwrap_or_default();
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        Place {
            line: Span::at(line).start,
            column: Span::at(before.chars().count() + 1).start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "één\nдва три\n";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.place(text, text.find(needle).expect("in the text"));
        assert_eq!(at("n"), Place { line: 1, column: 3 });
        assert_eq!(at("три"), Place { line: 2, column: 5 });
        assert_eq!(index.place(text, 999), Place { line: 3, column: 1 });
        assert_eq!(index.place("", 0), Place { line: 1, column: 1 });
    }

    #[test]
    fn an_offset_inside_a_character_is_taken_back() {
        let text = "aé";
        assert_eq!(
            LineIndex::new(text).place(text, 2),
            Place { line: 1, column: 2 }
        );
    }

    #[test]
    fn a_byte_order_mark_is_not_a_column() {
        let text = "\u{feff}ab";
        assert_eq!(
            LineIndex::new(text).place(text, 4),
            Place { line: 1, column: 2 }
        );
    }
}
