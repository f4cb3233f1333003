//! Cuts text into words: runs of letters and digits, in lower case, without accents on Latin letters.
//!
//! Chinese and Japanese write no spaces, so each of their signs is a word, and words of several signs are phrases.

#![expect(
    clippy::string_slice,
    reason = "the place moves by whole characters of the same text and ends at its end"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, moved by characters that stand there"
)]

use std::ops::Range;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Longer words are cut; nobody types them, and data in text would fill the index.
const MAX_WORD_BYTES: usize = 60;

/// The words of a text, one after another.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Writes the next word into `word` and returns where it stands.
    pub fn next_into(&mut self, word: &mut String) -> Option<Range<usize>> {
        word.clear();
        let bytes = self.text.as_bytes();
        // Most text is ASCII, and most of that needs no look at characters.
        while let Some(byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                break;
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            let c = self.text[self.at..].chars().next()?;
            if c.is_alphanumeric() {
                break;
            }
            self.at += c.len_utf8();
        }
        let start = self.at;
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                word.push(byte.to_ascii_lowercase() as char);
                self.at += 1;
                continue;
            }
            let Some(c) = self.text[self.at..].chars().next() else {
                break;
            };
            if stands_alone(c) {
                if self.at == start {
                    self.at += c.len_utf8();
                    word.push(c);
                }
                break;
            }
            let in_word = c.is_alphanumeric() || self.at > start && is_combining_mark(c);
            if !in_word {
                break;
            }
            self.at += c.len_utf8();
            fold_into(c, word);
        }
        if word.len() > MAX_WORD_BYTES {
            let mut end = MAX_WORD_BYTES;
            while !word.is_char_boundary(end) {
                end -= 1;
            }
            word.truncate(end);
        }
        (start < self.at).then_some(start..self.at)
    }
}

/// The words of a text, as a list.
pub fn folded_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut cutter = Words::new(text);
    let mut word = String::new();
    while cutter.next_into(&mut word).is_some() {
        words.push(word.clone());
    }
    words
}

/// Folded words in one piece of memory: a space before each word and one after the last, so that words that stand one after
/// another there stand so in the line.
pub fn line_of(words: &[String]) -> String {
    let mut line = " ".to_owned();
    for word in words {
        line.push_str(word);
        line.push(' ');
    }
    line
}

/// Whether a character is a word by itself.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Lower case; of a Latin letter, only the letter. A mark on a Latin letter that stands as a character of its own is left out.
fn fold_into(c: char, word: &mut String) {
    if is_combining_mark(c) {
        if !word.ends_with(|last: char| last.is_ascii_alphabetic()) {
            word.push(c);
        }
        return;
    }
    let mut letters = [None; 4];
    let mut count = 0;
    decompose_canonical(c, |part| {
        if let Some(slot) = letters.get_mut(count) {
            *slot = Some(part);
        }
        count += 1;
    });
    let base = letters[0].unwrap_or(c);
    let kept = if base.is_ascii_alphabetic() { base } else { c };
    word.extend(kept.to_lowercase());
}

/// The same cutting for the index.
#[derive(Clone, Default)]
pub struct WordTokenizer {
    token: Token,
}

pub struct WordStream<'a> {
    words: Words<'a>,
    token: &'a mut Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream {
            words: Words::new(text),
            token: &mut self.token,
        }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(range) = self.words.next_into(&mut self.token.text) else {
            return false;
        };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = range.start;
        self.token.offset_to = range.end;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_folded() {
        for (text, words) in [
            ("The CALL, at 10:00", vec!["the", "call", "at", "10", "00"]),
            (
                "Zelenskýy’s naïve café",
                vec!["zelenskyy", "s", "naive", "cafe"],
            ),
            ("cafe\u{301} e\u{301}", vec!["cafe", "e"]),
            ("Київ, Москва й ЙОД", vec!["київ", "москва", "й", "йод"]),
            ("和平协议2025年", vec!["和", "平", "协", "议", "2025", "年"]),
            ("한국어 문장", vec!["한국어", "문장"]),
            ("اتفاق", vec!["اتفاق"]),
            ("--- …", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(folded_words(text), words, "{text}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let words = folded_words(&"é".repeat(500));
        assert_eq!(words, ["e".repeat(MAX_WORD_BYTES)]);
        assert_eq!(folded_words(&"я".repeat(500))[0].chars().count(), 30);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn ranges_are_in_order_and_of_the_text(text in "\\PC{0,60}") {
            let mut words = Words::new(&text);
            let (mut word, mut last) = (String::new(), 0);
            while let Some(range) = words.next_into(&mut word) {
                prop_assert!(range.start >= last && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                prop_assert!(!word.is_empty());
                last = range.end;
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = folded_words(&text);
            prop_assert_eq!(folded_words(&once.join(" ")), once);
        }
    }
}
