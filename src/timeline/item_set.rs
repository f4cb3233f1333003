//! Sets of events: what a filter lets through.

#![expect(
    clippy::indexing_slicing,
    reason = "the set has a word for every item that the index counts"
)]
#![expect(clippy::arithmetic_side_effects, reason = "a place in a set of bits")]

/// A set of items, a bit each: what a filter lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemSet {
    /// The last is never 0.
    words: Vec<u64>,
}

impl ItemSet {
    /// All items below `count`.
    pub fn all(count: usize) -> Self {
        (0..u32::try_from(count).unwrap_or(u32::MAX)).collect()
    }

    pub fn insert(&mut self, item: u32) {
        let word = item as usize / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (item % 64);
    }

    pub fn remove(&mut self, item: u32) {
        if let Some(word) = self.words.get_mut(item as usize / 64) {
            *word &= !(1 << (item % 64));
        }
        self.trim();
    }

    #[inline]
    pub fn contains(&self, item: u32) -> bool {
        let word = self.words.get(item as usize / 64);
        word.is_some_and(|word| word >> (item % 64) & 1 == 1)
    }

    pub fn len(&self) -> usize {
        let ones = |word: &u64| word.count_ones() as usize;
        self.words.iter().map(ones).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Keeps what both sets hold.
    pub fn intersect(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }
}

impl FromIterator<u32> for ItemSet {
    fn from_iter<I: IntoIterator<Item = u32>>(items: I) -> Self {
        let mut set = Self::default();
        for item in items {
            set.insert(item);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_items() {
        let mut set = ItemSet::all(130);
        assert_eq!(set.len(), 130);
        set.remove(129);
        set.remove(5_000);
        assert!(set.contains(128) && !set.contains(129) && !set.contains(5_000));
        set.intersect(&[3, 70, 200].into_iter().collect());
        assert_eq!(set, [3, 70].into_iter().collect());
        assert!(ItemSet::default().is_empty());
    }
}
