//! Finds words in a text exactly.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and patience that is counted down to 0"
)]

use super::boundary::is_whole;
use memchr::memmem;
use std::ops::Range;

/// The places where `needle` stands in `text` as whole words, ascending, at most `limit`.
pub fn occurrences(text: &str, needle: &str, limit: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Some(first) = needle.chars().next() else {
        return found;
    };
    let finder = memmem::Finder::new(needle);
    let mut at = 0;
    // A hit that cuts a word may overlap one that does not, so the search goes on one character
    // after it; but not forever, or a text of one repeated letter would take time in its square.
    let mut patience = 10_000;
    while found.len() < limit
        && let Some(hit) = text.as_bytes().get(at..).and_then(|rest| finder.find(rest))
    {
        let range = at + hit..at + hit + needle.len();
        if is_whole(text, &range) {
            at = range.end;
            found.push(range);
        } else if patience > 0 {
            patience -= 1;
            at = range.start + first.len_utf8();
        } else {
            at = range.end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_found() {
        assert_eq!(occurrences("the he he's them", "he", 9), [4..6, 7..9]);
        assert_eq!(occurrences("ba a a c a a", "a a", 9), [3..6, 9..12]);
        assert!(occurrences("a a a", "", 9).is_empty());
        assert_eq!(occurrences("a a a", "a", 2), [0..1, 2..3]);
    }

    #[test]
    fn a_text_of_one_letter_is_searched_in_little_time() {
        let text = "a".repeat(1_000_000);
        assert!(occurrences(&text, &"a".repeat(1000), 9).is_empty());
    }
}
