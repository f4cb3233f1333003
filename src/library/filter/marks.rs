//! Sets of events or statements of a whole library, a bit each.

#![expect(
    clippy::indexing_slicing,
    reason = "the list was made as long as the greatest number of a file asks for"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "marks are numbered in 32 bits, and a file that would go beyond is cut"
)]

use crate::model::FileId;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Numbers the events (or statements) of all files through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// By file: the number of its first, and how many it has.
    files: Vec<(u32, u32)>,
    total: u32,
}

impl Numbering {
    /// From how many each file has.
    pub fn new(counts: impl IntoIterator<Item = (FileId, usize)>) -> Self {
        let mut numbering = Self::default();
        for (file, count) in counts {
            let at = file.0 as usize;
            if at >= numbering.files.len() {
                numbering.files.resize(at + 1, (0, 0));
            }
            let count = u32::try_from(count).unwrap_or(u32::MAX - numbering.total);
            numbering.files[at] = (numbering.total, count);
            numbering.total += count;
        }
        numbering
    }

    fn number(&self, file: FileId, at: u32) -> Option<u32> {
        let numbers = self.numbers_of(file);
        (at < numbers.end - numbers.start).then(|| numbers.start + at)
    }

    /// The numbers of a file; none when it is not numbered.
    pub fn numbers_of(&self, file: FileId) -> Range<u32> {
        let numbers = self.files.get(file.0 as usize);
        numbers.map_or(0..0, |&(first, count)| first..first + count)
    }

    /// How many there are in all files.
    pub fn total(&self) -> usize {
        self.total as usize
    }
}

/// Some of the events (or statements) of a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    numbering: Arc<Numbering>,
    words: Vec<u64>,
}

impl Marks {
    /// None of them yet.
    pub fn none(numbering: &Arc<Numbering>) -> Self {
        Self {
            numbering: Arc::clone(numbering),
            words: vec![0; numbering.total().div_ceil(64)],
        }
    }

    /// Those of a list, by a numbering of their own.
    pub fn of(list: &[(FileId, u32)]) -> Self {
        let mut counts: BTreeMap<FileId, usize> = BTreeMap::new();
        for &(file, at) in list {
            let count = counts.entry(file).or_default();
            *count = (*count).max(at as usize + 1);
        }
        let mut marks = Self::none(&Arc::new(Numbering::new(counts)));
        for &(file, at) in list {
            marks.insert(file, at);
        }
        marks
    }

    /// Adds one; one that is not numbered is passed over.
    #[inline]
    pub fn insert(&mut self, file: FileId, at: u32) {
        if let Some(number) = self.numbering.number(file, at)
            && let Some(word) = self.words.get_mut(number as usize / 64)
        {
            *word |= 1 << (number % 64);
        }
    }

    /// Adds some of a file, one after another, by its numbers; what is not numbered is passed over.
    #[inline]
    pub fn insert_run(&mut self, numbers: &Range<u32>, first: u32, count: u32) {
        let start = numbers.start.saturating_add(first).min(numbers.end);
        let end = start.saturating_add(count).min(numbers.end);
        for (at, mask) in masks(start..end) {
            if let Some(word) = self.words.get_mut(at) {
                *word |= mask;
            }
        }
    }

    #[inline]
    pub fn contains(&self, file: FileId, at: u32) -> bool {
        self.numbering.number(file, at).is_some_and(|number| {
            let word = self.words.get(number as usize / 64);
            word.is_some_and(|word| word >> (number % 64) & 1 == 1)
        })
    }

    /// The same of a file, by its numbers.
    #[inline]
    pub fn contains_number(&self, numbers: &Range<u32>, at: u32) -> bool {
        let number = numbers.start.saturating_add(at);
        let word = self.words.get(number as usize / 64);
        number < numbers.end && word.is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Adds all that another set of the same numbering holds.
    pub fn add(&mut self, other: &Self) {
        debug_assert_eq!(self.numbering.total(), other.numbering.total());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    pub fn len(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// How many there could be.
    pub fn total(&self) -> usize {
        self.numbering.total()
    }

    pub fn numbering(&self) -> &Arc<Numbering> {
        &self.numbering
    }

    /// All of them, by file and place. The work follows the number of files and of marks.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, u32)> + '_ {
        let files = self.numbering.files.iter().zip(0..);
        files.flat_map(move |(&(first, count), file)| {
            let words = masks(first..first + count).map(move |(at, mask)| {
                let word = self.words.get(at).copied().unwrap_or(0);
                (at, word & mask)
            });
            let numbers =
                words.flat_map(|(at, word)| ones(word).map(move |bit| at as u32 * 64 + bit));
            numbers.map(move |number| (FileId(file), number - first))
        })
    }
}

/// The words that a range of bits touches, each with the bits of the range in it.
#[inline]
fn masks(bits: Range<u32>) -> impl Iterator<Item = (usize, u64)> {
    let words = if bits.is_empty() {
        0..0
    } else {
        bits.start / 64..(bits.end - 1) / 64 + 1
    };
    words.map(move |at| {
        let start = bits.start.saturating_sub(at * 64);
        let end = (bits.end - at * 64).min(64);
        (at as usize, u64::MAX << start & u64::MAX >> (64 - end))
    })
}

/// The places of the ones in a word.
fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros());
        word &= word.wrapping_sub(1);
        bit
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_run_marks_what_its_parts_mark(
            counts in prop::collection::vec(0_usize..150, 1..6),
            file in 0_u32..6,
            first in 0_u32..160,
            count in 0_u32..160,
        ) {
            // The last file stands first, as in a list that is sorted otherwise.
            let mut numbered: Vec<_> = (0..).map(FileId).zip(counts.iter().copied()).collect();
            numbered.reverse();
            let numbering = Arc::new(Numbering::new(numbered));
            let (mut at_once, mut one_by_one) = (Marks::none(&numbering), Marks::none(&numbering));
            let numbers = numbering.numbers_of(FileId(file));
            at_once.insert_run(&numbers, first, count);
            for at in first..first + count {
                one_by_one.insert(FileId(file), at);
            }
            prop_assert_eq!(&at_once, &one_by_one);
            let all = (0..).map(FileId).zip(&counts).flat_map(|(file, &count)| {
                (0..count as u32).map(move |at| (file, at))
            });
            let marked: Vec<_> = all.filter(|&(file, at)| at_once.contains(file, at)).collect();
            prop_assert_eq!(at_once.iter().collect::<Vec<_>>(), marked);
        }
    }

    #[test]
    fn marks_are_told_apart_by_file() {
        let counts = [(FileId(2), 70), (FileId(0), 3)];
        let numbering = Arc::new(Numbering::new(counts));
        let mut marks = Marks::none(&numbering);
        assert!(marks.is_empty());
        for (file, at) in [(0, 2), (2, 69), (2, 70), (1, 0), (9, 0), (0, 3)] {
            marks.insert(FileId(file), at);
        }
        let found: Vec<_> = marks.iter().collect();
        assert_eq!(found, [(FileId(0), 2), (FileId(2), 69)]);
        assert!(marks.contains(FileId(2), 69) && !marks.contains(FileId(2), 68));
        assert_eq!((marks.len(), marks.total()), (2, 73));
    }
}
