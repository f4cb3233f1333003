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
        let &(first, count) = self.files.get(file.0 as usize)?;
        (at < count).then(|| first + at)
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

    /// Adds one; one that is not numbered is passed over.
    #[inline]
    pub fn insert(&mut self, file: FileId, at: u32) {
        if let Some(number) = self.numbering.number(file, at)
            && let Some(word) = self.words.get_mut(number as usize / 64)
        {
            *word |= 1 << (number % 64);
        }
    }

    #[inline]
    pub fn contains(&self, file: FileId, at: u32) -> bool {
        self.numbering.number(file, at).is_some_and(|number| {
            let word = self.words.get(number as usize / 64);
            word.is_some_and(|word| word >> (number % 64) & 1 == 1)
        })
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

    /// All of them, by file and place, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, u32)> + '_ {
        let files = self.numbering.files.iter().zip(0..);
        files.flat_map(move |(&(_, count), file)| {
            let file = FileId(file);
            (0..count)
                .filter(move |&at| self.contains(file, at))
                .map(move |at| (file, at))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
