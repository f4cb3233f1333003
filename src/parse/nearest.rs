//! "Did you mean …?": the known name most like one that is not known.

#![expect(
    clippy::indexing_slicing,
    reason = "the rows of the distance are as long as the words"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "distances of two words, which are at most as long as both"
)]

use std::cell::Cell;

/// Names longer than this are not compared: they are no typing errors, and comparing them costs.
const MAX_CHARS: usize = 48;

/// How many candidates are compared: a hostile file may define a hundred thousand.
const MAX_CANDIDATES: usize = 5_000;

/// The candidate that the fewest slips of the hand (a letter left out, added, changed, or two swapped) turn
/// into `word`: at most one in four characters, and two at least for words of four. Case does not count.
/// Only the first few thousand candidates are looked at.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    if word.len() < 2 || word.len() > MAX_CHARS {
        return None;
    }
    let most = (word.len() / 4).max(if word.len() < 4 { 1 } else { 2 });
    let mut other = Vec::new();
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter_map(|candidate| {
            if candidate.len() > MAX_CHARS * 4 {
                return None;
            }
            other.clear();
            other.extend(candidate.chars().flat_map(char::to_lowercase));
            let slips = slips(&word, &other, most)?;
            Some((slips, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// The distance of Damerau and Levenshtein (optimal string alignment), when it is at most `most`.
fn slips(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most || b.len() > MAX_CHARS {
        return None;
    }
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                let swapped: &Vec<usize> = &before_last;
                cost = cost.min(swapped[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|&cost| cost > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&cost| cost <= most)
}

/// How many unknown names of one file get a "did you mean": each costs a walk through all known ones.
const MAX_SUGGESTIONS: u32 = 100;

/// How many names of one file may still be guessed at.
#[derive(Debug)]
pub struct Suggestions(Cell<u32>);

impl Default for Suggestions {
    fn default() -> Self {
        Self(Cell::new(MAX_SUGGESTIONS))
    }
}

impl Suggestions {
    /// As [`nearest()`], and `None` once the file has had its share.
    pub fn nearest<'c>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.spend(|| nearest(word, candidates))
    }

    /// As [`Self::nearest`], for a walk of another kind; it is not begun once the file has had its share.
    pub fn spend<T>(&self, guess: impl FnOnce() -> Option<T>) -> Option<T> {
        let left = self.0.get().checked_sub(1)?;
        self.0.set(left);
        guess()
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_SUGGESTIONS, Suggestions, nearest};

    #[test]
    fn a_file_is_given_only_so_many_suggestions() {
        let suggestions = Suggestions::default();
        for _ in 0..MAX_SUGGESTIONS {
            assert_eq!(suggestions.nearest("kremiln", ["kremlin"]), Some("kremlin"));
        }
        assert_eq!(suggestions.nearest("kremiln", ["kremlin"]), None);
    }

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["kremlin", "wh", "moscow-times"];
        for (word, expected) in [
            ("kremiln", Some("kremlin")),
            ("Kremlin", Some("kremlin")),
            ("hw", Some("wh")),
            ("moscow-time", Some("moscow-times")),
            ("white-house", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
