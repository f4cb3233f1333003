//! Maps between offsets of two texts, one made from the other, and between bytes and code points.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a copy is bounded, and no character is folded into more than eighteen, so that 32 bits hold what is made of it"
)]

use std::ops::Range;

/// Where each byte of a made text came from in the text it was made of.
///
/// A list of pieces in ascending order on both sides. A piece was copied byte by byte, or replaced as a
/// whole. What was left out belongs to no piece.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    made: u32,
    made_len: u32,
    from: u32,
    from_len: u32,
    is_copied: bool,
}

impl Piece {
    fn made_end(self) -> usize {
        self.made as usize + self.made_len as usize
    }

    fn source_end(self) -> usize {
        self.from as usize + self.from_len as usize
    }
}

/// Offsets are held in 32 bits: copies are at most [`super::MAX_COPY_BYTES`] long.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl OffsetMap {
    /// The map of a text that is its own origin, `shift` bytes further on.
    pub fn shifted(len: usize, shift: usize) -> Self {
        let mut map = Self::default();
        map.push_copied(0, shift, len);
        map
    }

    /// Notes that `len` bytes at `made` were copied from `from`.
    pub fn push_copied(&mut self, made: usize, from: usize, len: usize) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.is_copied
            && last.made_end() == made
            && last.source_end() == from
        {
            last.made_len += narrow(len);
            last.from_len += narrow(len);
            return;
        }
        self.push(made, len, from..from + len, true);
    }

    /// Notes that `made_len` bytes at `made` stand for the bytes `from`, as a whole.
    pub fn push_replaced(&mut self, made: usize, made_len: usize, from: Range<usize>) {
        if made_len == 1 && from.len() == 1 {
            // One byte for one byte, such as a space for a line break, joins its neighbors.
            self.push_copied(made, from.start, 1);
        } else if made_len > 0 {
            self.push(made, made_len, from, false);
        }
    }

    fn push(&mut self, made: usize, made_len: usize, from: Range<usize>, is_copied: bool) {
        self.pieces.push(Piece {
            made: narrow(made),
            made_len: narrow(made_len),
            from: narrow(from.start),
            from_len: narrow(from.len()),
            is_copied,
        });
    }

    /// The bytes of the origin that a range of the made text stands for.
    ///
    /// Ends inside a replaced piece are widened to the whole of it. An empty range maps to an empty one.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        if range.start >= range.end {
            let at = self.origin_start(range.start);
            return at..at;
        }
        let start = self.origin_start(range.start);
        start..self.origin_end(range.end).max(start)
    }

    /// Where in the origin the made text's `offset` begins.
    pub fn origin_start(&self, offset: usize) -> usize {
        let at = self
            .pieces
            .partition_point(|piece| piece.made_end() <= offset);
        match self.pieces.get(at) {
            Some(&piece) if piece.is_copied => {
                piece.from as usize + offset.saturating_sub(piece.made as usize)
            }
            Some(piece) => piece.from as usize,
            None => self.pieces.last().map_or(0, |piece| piece.source_end()),
        }
    }

    fn origin_end(&self, offset: usize) -> usize {
        let at = self
            .pieces
            .partition_point(|piece| piece.made_end() < offset);
        match self.pieces.get(at) {
            Some(&piece) if piece.is_copied => {
                piece.from as usize + offset.saturating_sub(piece.made as usize)
            }
            Some(piece) => piece.source_end(),
            None => self.pieces.last().map_or(0, |piece| piece.source_end()),
        }
    }

    /// The bytes of the made text that a range of the origin became; empty at the nearest place when it was left out.
    pub fn made(&self, range: Range<usize>) -> Range<usize> {
        let first = self
            .pieces
            .partition_point(|piece| piece.source_end() <= range.start);
        let start = match self.pieces.get(first) {
            Some(&piece) if piece.is_copied => {
                piece.made as usize + range.start.saturating_sub(piece.from as usize)
            }
            Some(piece) => piece.made as usize,
            None => self.pieces.last().map_or(0, |piece| piece.made_end()),
        };
        let last = self
            .pieces
            .partition_point(|piece| (piece.from as usize) < range.end);
        let end = match last.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some(&piece) if piece.is_copied => piece
                .made_end()
                .min(piece.made as usize + (range.end - piece.from as usize)),
            Some(piece) => piece.made_end(),
            None => 0,
        };
        start..end.max(start)
    }
}

/// Bytes between two marks of [`CodePoints`].
const STRIDE_BYTES: usize = 256;

/// Finds code points by byte and bytes by code point. Built once a text, asked often.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// How many code points begin before byte 0, 256, 512, …; empty when the text is ASCII.
    marks: Vec<u32>,
    total: usize,
}

impl CodePoints {
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self {
                marks: Vec::new(),
                total: text.len(),
            };
        }
        let mut total = 0;
        let mut marks = Vec::with_capacity(text.len() / STRIDE_BYTES + 1);
        for stride in text.as_bytes().chunks(STRIDE_BYTES) {
            marks.push(narrow(total));
            total += stride.iter().filter(|&&byte| starts_char(byte)).count();
        }
        Self { marks, total }
    }

    /// How many code points the text has.
    pub fn len(&self) -> usize {
        self.total
    }

    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// How many code points begin before the byte `offset` of the text this was built from.
    pub fn at_byte(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let stride = offset / STRIDE_BYTES;
        match self
            .marks
            .get(stride.min(self.marks.len().saturating_sub(1)))
        {
            None => offset,
            Some(&before) => {
                let stride = stride.min(self.marks.len().saturating_sub(1));
                let rest = text.as_bytes().get(stride * STRIDE_BYTES..offset);
                before as usize + count(rest.unwrap_or_default())
            }
        }
    }

    /// The byte at which the code point with this index begins; the text's length beyond the last.
    pub fn byte_of(&self, text: &str, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(text.len());
        }
        if index >= self.total {
            return text.len();
        }
        let stride = self
            .marks
            .partition_point(|&before| before as usize <= index)
            .saturating_sub(1);
        let before = self.marks.get(stride).map_or(0, |&before| before as usize);
        let start = stride * STRIDE_BYTES;
        text.as_bytes()
            .iter()
            .enumerate()
            .skip(start)
            .filter(|&(_, &byte)| starts_char(byte))
            .nth(index - before)
            .map_or(text.len(), |(at, _)| at)
    }
}

fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| starts_char(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_pieces_map_byte_by_byte_and_replaced_ones_as_a_whole() {
        // "a&amp;b  c" became "a&b c".
        let mut map = OffsetMap::default();
        map.push_copied(0, 0, 1);
        map.push_replaced(1, 1, 1..6);
        map.push_copied(2, 6, 1);
        map.push_replaced(3, 1, 7..9);
        map.push_copied(4, 9, 1);
        assert_eq!(map.origin(0..5), 0..10);
        assert_eq!(map.origin(1..2), 1..6);
        assert_eq!(map.origin(2..3), 6..7);
        assert_eq!(map.origin(3..5), 7..10);
        assert_eq!(map.made(1..6), 1..2);
        assert_eq!(map.made(6..10), 2..5);
        assert_eq!(map.origin(9..12), 10..10);
    }

    #[test]
    fn what_was_left_out_is_not_part_of_what_stands_beside_it() {
        // "ab<i>cd" became "abcd".
        let mut map = OffsetMap::default();
        map.push_copied(0, 0, 2);
        map.push_copied(2, 5, 2);
        assert_eq!(map.origin(0..2), 0..2);
        assert_eq!(map.origin(2..4), 5..7);
        assert_eq!(map.origin(1..3), 1..6);
        assert_eq!(map.made(3..4), 2..2);
    }

    #[test]
    fn code_points_and_bytes_agree_everywhere() {
        let text = "aé€𝄞 слово ".repeat(60);
        let index = CodePoints::new(&text);
        assert_eq!(index.len(), text.chars().count());
        for (at, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at_byte(&text, byte), at);
            assert_eq!(index.byte_of(&text, at), byte);
        }
        assert_eq!(index.at_byte(&text, text.len()), index.len());
        assert_eq!(index.byte_of(&text, index.len() + 9), text.len());
        let ascii = CodePoints::new("plain");
        assert_eq!(
            (ascii.at_byte("plain", 3), ascii.byte_of("plain", 9)),
            (3, 5)
        );
    }
}
