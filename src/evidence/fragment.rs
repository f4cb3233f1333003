//! Addresses that lead a browser to a passage: `#:~:text=` fragments.
//!
//! The syntax is the WICG's URL Fragment Text Directives: `text=[prefix-,]start[,end][,-suffix]`, each term
//! percent-encoded, matched at word bounds without regard to case, and never across a block unless as a
//! range from `start` to `end`.

#![expect(clippy::arithmetic_side_effects, reason = "places within one text")]

use super::copy::CopyText;
use super::exact::occurrences;
use super::normalize::{Case, LineHyphen, is_zero_width, normalize};
use std::fmt::Write as _;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Passages longer than this are named by their first and last words.
const MAX_EXACT_CHARS: usize = 300;

/// How many words name each end of a long passage, at first; more are taken until they are unique.
const RANGE_WORDS: usize = 4;

/// The most words that a term of a fragment holds.
const MAX_WORDS: usize = 16;

/// The directive that leads to a passage of the copy: `:~:text=…`; `None` when there are no words to lead to.
pub fn text_fragment(copy: &CopyText, range: Range<usize>) -> Option<String> {
    let words = copy.words(&range);
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let before = copy.words(&(0..range.start));
    let after = copy.words(&(range.end..copy.text().len()));
    let is_long =
        words.chars().count() > MAX_EXACT_CHARS || words.contains("\n\n") || words.contains('\t');
    let mut directive = String::from(":~:text=");
    let (start, end) = if is_long {
        let (start, end) = ends_of(copy, words);
        (start, Some(end))
    } else {
        (evened(words), None)
    };
    let (prefix, suffix) = surroundings(copy, &start, before, after, end.is_some());
    if let Some(prefix) = prefix {
        push_encoded(&mut directive, &prefix);
        directive.push_str("-,");
    }
    push_encoded(&mut directive, &start);
    if let Some(end) = end {
        directive.push(',');
        push_encoded(&mut directive, &end);
    }
    if let Some(suffix) = suffix {
        directive.push_str(",-");
        push_encoded(&mut directive, &suffix);
    }
    Some(directive)
}

/// The address with the directive; a fragment that it has already stays before it.
pub fn address_at(address: &str, directive: &str) -> String {
    let address = address
        .split_once(":~:")
        .map_or(address, |(before, _)| before);
    if address.contains('#') {
        format!("{address}{directive}")
    } else {
        format!("{address}#{directive}")
    }
}

/// Words as a page has them: white space evened out, nothing of no width.
fn evened(words: &str) -> String {
    let visible: String = words.chars().filter(|&c| !is_zero_width(c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How often a browser would find these words.
fn count(copy: &CopyText, words: &str) -> usize {
    let needle = normalize(words, Case::Folded, LineHyphen::Joined).text;
    let hay = copy.normalized(Case::Folded, LineHyphen::Joined);
    occurrences(&hay.text, needle.trim(), 2).len()
}

/// The first and the last words of a long passage; so many that the first are unique, if they can be.
fn ends_of(copy: &CopyText, words: &str) -> (String, String) {
    // A term may not cross a block, so that both stay within the first and the last line.
    let lines = || {
        let split = words.split(['\n', '\t']).map(str::trim);
        split.filter(|line| line.chars().any(char::is_alphanumeric))
    };
    let first = lines().next().unwrap_or(words);
    let last = lines().next_back().unwrap_or(words);
    let mut start = evened(first_words(first, MAX_WORDS));
    for len in RANGE_WORDS..MAX_WORDS {
        let words = evened(first_words(first, len));
        if count(copy, &words) < 2 {
            start = words;
            break;
        }
    }
    let mut end = evened(last_words(last, RANGE_WORDS));
    for len in RANGE_WORDS..MAX_WORDS {
        end = evened(last_words(last, len));
        // The browser takes the first place after the start; it must be this one.
        if evened(words).matches(end.as_str()).count() < 2 {
            break;
        }
    }
    (start, end)
}

/// What stands before and after, if the words alone are not unique; as few words as will do.
fn surroundings(
    copy: &CopyText,
    start: &str,
    before: &str,
    after: &str,
    is_range: bool,
) -> (Option<String>, Option<String>) {
    if count(copy, start) < 2 {
        return (None, None);
    }
    // A term may not cross a block either.
    let before = before.rsplit(['\n', '\t']).next().unwrap_or_default();
    let after = after.split(['\n', '\t']).next().unwrap_or_default();
    let has_words = |words: &str| words.chars().any(char::is_alphanumeric);
    let mut found = (None, None);
    for len in 1..=MAX_WORDS {
        let prefix = evened(last_words(before, len));
        let suffix = if is_range {
            String::new()
        } else {
            evened(first_words(after, len))
        };
        let whole = format!("{prefix} {start} {suffix}");
        let joined = join_as_found(copy, &prefix, start, &suffix).unwrap_or(whole);
        found = (
            Some(prefix).filter(|words| has_words(words)),
            Some(suffix).filter(|words| has_words(words)),
        );
        if count(copy, &joined) < 2 {
            break;
        }
    }
    found
}

/// The three with the space between them that the copy has: a suffix may begin with a comma.
fn join_as_found(copy: &CopyText, prefix: &str, start: &str, suffix: &str) -> Option<String> {
    [(" ", " "), ("", " "), (" ", ""), ("", "")]
        .into_iter()
        .map(|(left, right)| format!("{prefix}{left}{start}{right}{suffix}"))
        .find(|joined| count(copy, joined) > 0)
}

/// The first `len` words, with the signs between and right after them.
fn first_words(text: &str, len: usize) -> &str {
    let mut words = text.unicode_word_indices();
    let end = words
        .nth(len.saturating_sub(1))
        .map_or(text.len(), |(at, word)| at + word.len());
    text.get(..end).unwrap_or(text)
}

/// The last `len` words, with the signs between and right before them.
fn last_words(text: &str, len: usize) -> &str {
    let mut words = text.unicode_word_indices();
    let start = words
        .nth_back(len.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or(text)
}

/// Percent-encodes a term: all but letters, digits and `_ . ! ~ * ' ( )`; so `&`, `-` and `,`, which have a meaning, too.
fn push_encoded(out: &mut String, term: &str) {
    for byte in term.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(out, "%{byte:02X}").unwrap_or_default();
        }
    }
}

/// A relative path as part of an IRI.
pub(super) fn percent_encoded_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            _ if c.is_alphanumeric() || "_.~-/".contains(c) => out.push(c),
            '\\' => out.push('/'),
            _ => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string cannot fail.
                    write!(out, "%{byte:02X}").unwrap_or_default();
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(text: &str, words: &str, nth: usize) -> String {
        let copy = CopyText::from_text(text);
        let (at, _) = text.match_indices(words).nth(nth).expect("in the text");
        text_fragment(&copy, at..at + words.len()).expect("words")
    }

    #[test]
    fn terms_are_encoded_and_made_unique() {
        for (text, words, nth, expected) in [
            (
                "They agreed to it.",
                "agreed to it",
                0,
                ":~:text=agreed%20to%20it",
            ),
            (
                "a 30-day, full & fair pause",
                "30-day, full & fair",
                0,
                ":~:text=30%2Dday%2C%20full%20%26%20fair",
            ),
            (
                "пауза на 30 дней",
                "дней",
                0,
                ":~:text=%D0%B4%D0%BD%D0%B5%D0%B9",
            ),
            (
                "wrapped\nwords cease\u{ad}fire",
                "wrapped\nwords cease\u{ad}fire",
                0,
                ":~:text=wrapped%20words%20ceasefire",
            ),
            (
                "first pause now. second pause then.",
                "pause",
                1,
                ":~:text=second-,pause,-then",
            ),
            ("pause. The pause", "pause", 0, ":~:text=pause,-.%20The"),
        ] {
            assert_eq!(fragment(text, words, nth), expected);
        }
    }

    #[test]
    fn long_passages_are_named_by_their_ends() {
        let middle = "many more words ".repeat(30);
        let text =
            format!("Before it. One two three four five {middle} six seven eight nine. After it.");
        let long = &text[11..text.len() - 11];
        assert_eq!(
            fragment(&text, long, 0),
            ":~:text=One%20two%20three%20four,six%20seven%20eight%20nine"
        );
        let blocks = "One block of words\n\nand another block";
        assert_eq!(
            fragment(blocks, blocks, 0),
            ":~:text=One%20block%20of%20words,and%20another%20block"
        );
    }

    #[test]
    fn an_address_keeps_its_own_fragment() {
        let directive = ":~:text=x";
        for (address, expected) in [
            ("https://example.org/a", "https://example.org/a#:~:text=x"),
            (
                "https://example.org/a#part",
                "https://example.org/a#part:~:text=x",
            ),
            (
                "https://example.org/a#:~:text=old",
                "https://example.org/a#:~:text=x",
            ),
        ] {
            assert_eq!(address_at(address, directive), expected);
        }
    }
}
