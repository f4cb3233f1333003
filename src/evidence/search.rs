//! Finds words in a text with errors.
//!
//! Myers' bit-vector algorithm (G. Myers, "A fast bit-vector algorithm for approximate string matching
//! based on dynamic programming", JACM 46, 1999) in blocks of 64 rows with Ukkonen's cut-off, over code points
//! of any script. Long patterns are first searched for by pieces.

#![expect(
    clippy::indexing_slicing,
    reason = "columns, rows and lanes are laid out here to the length of the pattern, and counted by it; a quotation is bounded before it comes here"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "blocks, rows and scores of a bounded pattern, and places within one text"
)]

#[cfg(test)]
mod tests;

use super::boundary::is_whole;
use std::ops::Range;

/// Code points below this are looked up in a table: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic.
const TABLE_LEN: usize = 0x700;

/// Words made ready to be searched for.
pub struct Pattern {
    /// Length in code points; at least 1.
    len: usize,
    blocks: usize,
    /// From code point to class; class 0 is "not in the pattern".
    table: Box<[u16; TABLE_LEN]>,
    /// The classes of code points beyond the table, ascending.
    beyond: Vec<(char, u16)>,
    /// Per class, per block: the rows that hold it.
    rows: Vec<u64>,
    /// The same words in pieces of at most 64, all about as long; see [`Pattern::windows`].
    pieces: Vec<Piece>,
    /// Per group of [`LANES`] pieces, per class: the rows that hold it.
    piece_rows: Vec<[u64; LANES]>,
    /// How many classes there are, with class 0.
    classes: usize,
}

/// So many pieces are searched for side by side.
const LANES: usize = 4;

/// A part of a long pattern that is searched for by itself.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it begins in the pattern, in code points.
    start: usize,
    len: usize,
}

/// One column of the matrix, 64 rows of it: where the value goes up and where down from row to row.
#[derive(Clone, Copy)]
struct Block {
    up: u64,
    down: u64,
    /// The value in the last row of the block.
    score: usize,
}

impl Block {
    /// Takes the column one code point on. `carry` is what came in from above: −1, 0 or 1; so is what it returns.
    #[inline(always)]
    fn advance(&mut self, equal: u64, carry: i32, last_row: u64) -> i32 {
        let vertical = equal | self.down;
        let equal = equal | u64::from(carry < 0);
        let horizontal = (((equal & self.up).wrapping_add(self.up)) ^ self.up) | equal;
        let up = self.down | !(horizontal | self.up);
        let down = self.up & horizontal;
        let out = i32::from(up & last_row != 0) - i32::from(down & last_row != 0);
        let up = (up << 1) | u64::from(carry > 0);
        let down = (down << 1) | u64::from(carry < 0);
        self.up = down | !(vertical | up);
        self.down = up & vertical;
        self.score = self.score.wrapping_add_signed(out as isize);
        out
    }
}

/// A place where a passage that resembles the pattern ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The byte after it.
    pub at: usize,
    /// How many code points must be changed, left out or put in.
    pub errors: usize,
}

/// What an approximate search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The best end in each neighborhood within the accepted errors, in the order of the text.
    pub accepted: Vec<End>,
    /// The first best end of all, within the errors that are looked at.
    pub best: Option<End>,
}

/// An approximate search under way.
struct Search<'a> {
    pattern: &'a Pattern,
    /// What is still of interest.
    bound: usize,
    accepted: usize,
    ends: Ends,
    near: Option<Neighborhood>,
    steps: usize,
}

/// Ends close to each other, of which one stands for all. Places are in code points since the last window began.
struct Neighborhood {
    /// Where its first end is.
    first: usize,
    /// Where its best end is, and that end.
    at: usize,
    best: End,
}

impl Search<'_> {
    /// Reads one stretch of `text`.
    fn read(&mut self, text: &str, window: Range<usize>) {
        let pattern = self.pattern;
        // A neighborhood does not reach from one window into the next.
        self.ends
            .accepted
            .extend(self.near.take().map(|near| near.best));
        let mut column = pattern.first_column();
        let last_block = pattern.blocks - 1;
        // Rows beyond the band hold more than `bound`.
        let mut band = (self.bound / 64).min(last_block);
        let words = text.get(window.clone()).unwrap_or_default();
        for (index, (byte, c)) in words.char_indices().enumerate() {
            let rows = pattern.rows_of(c);
            let mut carry = 0;
            for ((block, &equal), at) in column.iter_mut().zip(rows).zip(0..=band) {
                carry = block.advance(equal, carry, pattern.last_row(at));
            }
            self.steps += band + 1;
            let above = column[band].score.saturating_add_signed(-(carry as isize));
            if band < last_block && above <= self.bound && (rows[band + 1] & 1 != 0 || carry < 0) {
                band += 1;
                column[band] = Block {
                    up: u64::MAX,
                    down: 0,
                    score: above + pattern.height(band),
                };
                column[band].advance(rows[band], carry, pattern.last_row(band));
            } else {
                while band > 0 && column[band].score >= self.bound + pattern.height(band) {
                    band -= 1;
                }
            }
            if band == last_block && column[band].score <= self.bound {
                let end = End {
                    at: window.start + byte + c.len_utf8(),
                    errors: column[band].score,
                };
                self.found(index, end);
            }
            if self.steps > MAX_STEPS || self.ends.accepted.len() >= MAX_ENDS {
                break;
            }
        }
    }

    fn found(&mut self, index: usize, end: End) {
        if self.ends.best.is_none_or(|best| end.errors < best.errors) {
            self.ends.best = Some(end);
            self.bound = end.errors.saturating_sub(1).max(self.accepted);
        }
        if end.errors > self.accepted {
            return;
        }
        // Every end that is passed over has one as good within half the pattern: no passage beside it is lost.
        let reach = self.pattern.len / 2;
        match &mut self.near {
            Some(near) if index - near.at <= reach && end.errors >= near.best.errors => {}
            Some(near) if index - near.first <= reach => {
                (near.at, near.best) = (index, end);
            }
            near => {
                let before = near.replace(Neighborhood {
                    first: index,
                    at: index,
                    best: end,
                });
                self.ends.accepted.extend(before.map(|near| near.best));
            }
        }
    }
}

fn char_floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How much an approximate search may do: columns times blocks. Some tenths of a second.
const MAX_STEPS: usize = 1 << 28;

/// At most this many ends are kept.
const MAX_ENDS: usize = 4096;

impl Pattern {
    /// `None` for an empty pattern.
    pub fn new(words: impl IntoIterator<Item = char>) -> Option<Self> {
        let words: Vec<char> = words.into_iter().collect();
        if words.is_empty() {
            return None;
        }
        let blocks = words.len().div_ceil(64);
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        // More than 65,535 different characters do not fit; those beyond match nothing.
        distinct.truncate(usize::from(u16::MAX));
        let mut table = Box::new([0; TABLE_LEN]);
        let mut beyond = Vec::new();
        for (&c, class) in distinct.iter().zip(1..) {
            match table.get_mut(c as usize) {
                Some(slot) => *slot = class,
                None => beyond.push((c, class)),
            }
        }
        let pieces: Vec<Piece> = (0..blocks)
            .map(|piece| {
                let start = words.len() * piece / blocks;
                let len = words.len() * (piece + 1) / blocks - start;
                Piece { start, len }
            })
            .collect();
        let mut pattern = Self {
            len: words.len(),
            blocks,
            table,
            beyond,
            rows: vec![0; (distinct.len() + 1) * blocks],
            piece_rows: vec![[0; LANES]; (distinct.len() + 1) * blocks.div_ceil(LANES)],
            classes: distinct.len() + 1,
            pieces,
        };
        for (row, &c) in words.iter().enumerate() {
            let class = pattern.class(c);
            if class > 0 {
                pattern.rows[class * blocks + row / 64] |= 1 << (row % 64);
            }
        }
        for (at, piece) in pattern.pieces.clone().into_iter().enumerate() {
            for (row, &c) in words.iter().skip(piece.start).take(piece.len).enumerate() {
                let class = pattern.class(c);
                if class > 0 {
                    let group = at / LANES * pattern.classes;
                    pattern.piece_rows[group + class][at % LANES] |= 1 << row;
                }
            }
        }
        Some(pattern)
    }

    /// Length in code points.
    pub fn len_chars(&self) -> usize {
        self.len
    }

    #[inline]
    fn class(&self, c: char) -> usize {
        match self.table.get(c as usize) {
            Some(&class) => usize::from(class),
            None => self
                .beyond
                .binary_search_by_key(&c, |&(known, _)| known)
                .map_or(0, |at| usize::from(self.beyond[at].1)),
        }
    }

    /// The rows that `c` equals, one word a block.
    #[inline]
    fn rows_of(&self, c: char) -> &[u64] {
        let start = self.class(c) * self.blocks;
        &self.rows[start..start + self.blocks]
    }

    /// The last row of a block, as a bit: the pattern may end before the last block does.
    fn last_row(&self, block: usize) -> u64 {
        if block + 1 == self.blocks {
            1 << ((self.len - 1) % 64)
        } else {
            1 << 63
        }
    }

    /// How many rows a block has.
    fn height(&self, block: usize) -> usize {
        (self.len - block * 64).min(64)
    }

    fn first_column(&self) -> Vec<Block> {
        (1..=self.blocks)
            .map(|block| Block {
                up: u64::MAX,
                down: 0,
                score: (block * 64).min(self.len),
            })
            .collect()
    }

    /// Where passages of `text` end that have at most `accepted` errors; and, with at most `offered`, the best.
    pub fn ends_in(&self, text: &str, accepted: usize, offered: usize) -> Ends {
        let bound = accepted.max(offered).min(self.len);
        let mut search = Search {
            pattern: self,
            bound,
            accepted: accepted.min(self.len),
            ends: Ends::default(),
            near: None,
            steps: 0,
        };
        if self.blocks == 1 {
            search.read(text, 0..text.len());
        } else {
            for window in self.windows(text, bound, &mut search.steps) {
                search.read(text, window);
            }
        }
        search
            .ends
            .accepted
            .extend(search.near.map(|near| near.best));
        search.ends
    }

    /// The stretches of `text` in which all passages with at most `bound` errors lie, ascending and apart.
    ///
    /// When a pattern is cut in pieces, at least one of them has no more than its share of the errors. Pieces
    /// of at most 64 rows are searched for side by side, which costs much less than blocks that wait for
    /// each other's carry; only where one is found is the whole pattern looked for.
    fn windows(&self, text: &str, bound: usize, steps: &mut usize) -> Vec<Range<usize>> {
        let mut all: Vec<Range<usize>> = Vec::new();
        for (group, pieces) in self.pieces.chunks(LANES).enumerate() {
            *steps += text.len() * LANES;
            if *steps > MAX_STEPS {
                break;
            }
            let rows = self
                .piece_rows
                .get(group * self.classes..)
                .unwrap_or_default();
            self.windows_of(pieces, rows, text, bound, &mut all);
        }
        all.sort_unstable_by_key(|window| window.start);
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(all.len());
        for window in all {
            let window = char_floor(text, window.start)..char_floor(text, window.end);
            match apart.last_mut() {
                Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
                _ => apart.push(window),
            }
        }
        apart
    }

    /// The same for up to [`LANES`] of the pieces; `rows` are theirs, one entry a class.
    fn windows_of(
        &self,
        pieces: &[Piece],
        rows: &[[u64; LANES]],
        text: &str,
        bound: usize,
        all: &mut Vec<Range<usize>>,
    ) {
        let mut up = [u64::MAX; LANES];
        let mut down = [0_u64; LANES];
        // A lane without a piece never comes down to its share.
        let mut score = [i64::MAX / 2; LANES];
        let mut share = [0_i64; LANES];
        let mut last_row = [0_u32; LANES];
        for (lane, piece) in pieces.iter().enumerate() {
            score[lane] = piece.len as i64;
            share[lane] = (bound * piece.len / self.len) as i64;
            last_row[lane] = u32::try_from(piece.len - 1).unwrap_or(63);
        }
        let mut windows: [Vec<Range<usize>>; LANES] = Default::default();
        // Code points are counted in bytes; too wide a window costs time, but loses nothing.
        let widest = if text.is_ascii() { 1 } else { 4 };
        for (byte, c) in text.char_indices() {
            let equal = rows[self.class(c)];
            let mut found = false;
            for lane in 0..LANES {
                let vertical = equal[lane] | down[lane];
                let horizontal =
                    (((equal[lane] & up[lane]).wrapping_add(up[lane])) ^ up[lane]) | equal[lane];
                let rises = down[lane] | !(horizontal | up[lane]);
                let falls = up[lane] & horizontal;
                score[lane] += (rises >> last_row[lane] & 1) as i64;
                score[lane] -= (falls >> last_row[lane] & 1) as i64;
                up[lane] = (falls << 1) | !(vertical | (rises << 1));
                down[lane] = (rises << 1) & vertical;
                found |= score[lane] <= share[lane];
            }
            if !found {
                continue;
            }
            for (lane, piece) in pieces.iter().enumerate() {
                if score[lane] > share[lane] {
                    continue;
                }
                let before = (piece.start + piece.len + bound + 1) * widest;
                let after = (self.len - piece.start - piece.len + bound + 1) * widest;
                let window = byte.saturating_sub(before)..byte.saturating_add(after);
                match windows[lane].last_mut() {
                    Some(last) if window.start <= last.end => last.end = window.end,
                    _ => windows[lane].push(window),
                }
            }
        }
        all.extend(windows.into_iter().flatten());
    }

    /// The errors between the pattern and each beginning of `text`: `visit` is told the bytes read and the errors.
    fn prefixes(&self, text: impl Iterator<Item = char>, mut visit: impl FnMut(usize, usize)) {
        let mut column = self.first_column();
        let mut bytes = 0;
        visit(0, self.len);
        for c in text {
            // The row above the first grows with each column: the passage must begin where the text does.
            let mut carry = 1;
            for ((block, &equal), at) in column.iter_mut().zip(self.rows_of(c)).zip(0..) {
                carry = block.advance(equal, carry, self.last_row(at));
            }
            bytes += c.len_utf8();
            visit(bytes, column[self.blocks - 1].score);
        }
    }

    /// The errors between the pattern and the whole of `text`.
    pub fn distance(&self, text: &str) -> usize {
        let mut errors = self.len;
        self.prefixes(text.chars(), |_, now| errors = now);
        errors
    }
}

/// Where the passage that ends at `end` begins. `reversed` is the pattern backward.
pub fn start_of(reversed: &Pattern, text: &str, end: End) -> usize {
    let before = text.get(..end.at).unwrap_or_default();
    let reach = reversed.len + end.errors;
    let mut best = (usize::MAX, true, 0);
    reversed.prefixes(before.chars().rev().take(reach), |bytes, errors| {
        let start = end.at - bytes;
        // Of equally good beginnings, the longest that begins a word.
        let cuts = !is_whole(text, &(start..end.at)) && bytes > 0;
        if (errors, cuts) <= (best.0, best.1) {
            best = (errors, cuts, start);
        }
    });
    best.2
}

/// The errors between two texts: changed, missing and added code points.
pub fn distance(left: &str, right: &str) -> usize {
    match Pattern::new(left.chars()) {
        Some(pattern) => pattern.distance(right),
        None => right.chars().count(),
    }
}
