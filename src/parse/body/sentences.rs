//! Where sentences end: UAX 29, and the abbreviations it does not know.
//!
//! UAX 29 breaks "U.S. National Security Adviser" and "Mr. Putin" in two. A short list for the language of
//! the file joins them again; where a word may end a sentence as well ("in the U.S. The talks …"), the
//! word that follows decides.
//!
//! Text in common Latin and Cyrillic letters takes a fast path that looks only at full stops, exclamation and
//! question marks; all other text is left to `unicode-segmentation`. A test holds the two equal.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are ASCII signs or ends of whole characters of the same text"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use super::abbreviations::Rules;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// The sentences of a text, each with the white space behind it; together they are the whole text. They take the place
/// of what `sentences` held. `lang` is a BCP 47 tag.
pub fn split_sentences(text: &str, lang: Option<&str>, sentences: &mut Vec<Range<usize>>) {
    let rules = Rules::of(lang);
    sentences.clear();
    let mut start = 0;
    let mut take = |end: usize| {
        let joined = end < text.len() && rules.joins(&text[start..end], &text[end..]);
        if !joined {
            sentences.push(start..end);
            start = end;
        }
    };
    if is_plain_text(text) {
        plain_ends(text, take);
    } else {
        for (start, sentence) in text.split_sentence_bound_indices() {
            take(start + sentence.len());
        }
    }
}

/// Whether the fast path knows every character.
fn is_plain_text(text: &str) -> bool {
    if text.is_ascii() {
        return memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none();
    }
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte >= 0x80 || byte == b'\n' || byte == b'\r')
    {
        let mut from = rest[at..].chars();
        if !from.next().is_some_and(is_plain) {
            return false;
        }
        rest = from.as_str();
    }
    true
}

/// Whether the fast path knows the character.
fn is_plain(c: char) -> bool {
    match c {
        '\n' | '\r' => false,
        c if c.is_ascii() => true,
        '\u{a0}'
        | '«'
        | '»'
        | '°'
        | '§'
        | '©'
        | '·'
        | '€'
        | '№'
        | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201e}'
        | '…' => true,
        'À'..='ſ' | 'Ѐ'..='џ' | 'Ґ' | 'ґ' => true,
        _ => false,
    }
}

/// The property Sentence_Break, as far as the fast path needs it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Numeric,
    /// A full stop, which may also end an abbreviation.
    Stop,
    /// A mark that always ends a sentence.
    End,
    Close,
    Space,
    Continue,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' => Class::Lower,
        'A'..='Z' => Class::Upper,
        '0'..='9' => Class::Numeric,
        '.' => Class::Stop,
        '!' | '?' => Class::End,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' => Class::Close,
        '\u{2018}'..='\u{201e}' => Class::Close,
        ' ' | '\t' | '\u{b}' | '\u{c}' | '\u{a0}' => Class::Space,
        ',' | '-' | ':' | ';' | '–' | '—' => Class::Continue,
        c if c.is_lowercase() => Class::Lower,
        c if c.is_uppercase() => Class::Upper,
        _ => Class::Other,
    }
}

/// Rules SB6 to SB11 of UAX 29, asked only where a mark stands that may end a sentence. Gives the end of each
/// sentence; the last is the end of the text.
fn plain_ends(text: &str, mut give: impl FnMut(usize)) {
    let mut from = 0;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &text.as_bytes()[from..]) {
        let mark = from + found;
        let is_stop = text.as_bytes()[mark] == b'.';
        let after = mark + 1;
        let close = skip(text, after, Class::Close);
        let end = skip(text, close, Class::Space);
        from = after;
        let next = text[end..].chars().next().map(class);
        let joined = match next {
            None => true,
            Some(Class::Continue | Class::Stop | Class::End) => true,
            Some(next) if is_stop => {
                let adjoining = end == after;
                let follows_letter = || {
                    text[..mark]
                        .chars()
                        .next_back()
                        .map(class)
                        .is_some_and(|before| matches!(before, Class::Upper | Class::Lower))
                };
                (adjoining && next == Class::Numeric)
                    || (adjoining && next == Class::Upper && follows_letter())
                    || text[end..].chars().map(class).find(|class| {
                        matches!(
                            class,
                            Class::Upper | Class::Lower | Class::Stop | Class::End
                        )
                    }) == Some(Class::Lower)
            }
            Some(_) => false,
        };
        if !joined {
            give(end);
        }
    }
    if !text.is_empty() {
        give(text.len());
    }
}

fn skip(text: &str, from: usize, wanted: Class) -> usize {
    let rest = &text[from..];
    rest.find(|c| class(c) != wanted)
        .map_or(text.len(), |length| from + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentences(text: &str, lang: Option<&str>) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        split_sentences(text, lang, &mut sentences);
        sentences
    }

    fn ends(text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        plain_ends(text, |end| ends.push(end));
        ends
    }

    fn split<'a>(text: &'a str, lang: &str) -> Vec<&'a str> {
        sentences(text, Some(lang))
            .into_iter()
            .map(|range| text[range].trim())
            .collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for (lang, text, expected) in [
            (
                "en",
                "He met U.S. National Security Adviser Waltz. Then he left.",
                2,
            ),
            ("en", "It happened in the U.S. The talks went on.", 2),
            ("en", "Mr. Putin spoke to Dr. J. R. Smith. It was late.", 2),
            ("en", "See e.g. Washington, i.e. Moscow, vs. Kyiv.", 1),
            ("en", "It began at 10 a.m. Washington time.", 1),
            ("en", "It began at 10 a.m. The call was long.", 2),
            ("en", "Art. 5 says so. He said no. Nobody asked.", 3),
            ("en", "It rose by 3.5 per cent. Prices fell.", 2),
            ("en", "\"It is over.\" He left. \"Is it?\" she asked.", 3),
            ("en", "First, second… and third.", 1),
            (
                "de",
                "Am 18. März sprachen sie z. B. mit Dr. Meier. Es war spät.",
                2,
            ),
            ("fr", "M. Poutine a parlé. Il est parti.", 2),
            ("ru", "В. В. Путин говорил. Он уехал.", 2),
            ("ru", "Это было в 2014 г. Россия ответила.", 2),
            ("ru", "Он живёт в г. Москва, т. е. далеко.", 1),
            ("zh", "他说了。然后走了。", 2),
        ] {
            assert_eq!(split(text, lang).len(), expected, "{:?}", split(text, lang));
        }
    }

    proptest! {
        #[test]
        fn the_fast_path_is_uax_29(text in "[a-cA-C1-2.!?\"'()«»“” ,;:\u{2013}…éÉяЯ\u{a0}/-]{0,40}") {
            prop_assert!(text.chars().all(is_plain));
            let reference: Vec<usize> = text
                .split_sentence_bound_indices()
                .map(|(start, sentence)| start + sentence.len())
                .collect();
            prop_assert_eq!(ends(&text), reference);
        }

        #[test]
        fn classes_are_those_of_uax_29(c in any::<char>().prop_filter("plain", |c| is_plain(*c))) {
            for text in [format!("a.{c}A b"), format!("a. {c} a"), format!("A{c} B"), format!("{c}.A"), format!("a!{c}a")] {
                let reference: Vec<usize> = text
                    .split_sentence_bound_indices()
                    .map(|(start, sentence)| start + sentence.len())
                    .collect();
                prop_assert_eq!(ends(&text), reference, "{:?}", text);
            }
        }

        #[test]
        fn sentences_are_the_whole_text(text in any::<String>()) {
            let mut end = 0;
            for sentence in sentences(&text, Some("en")) {
                prop_assert_eq!(sentence.start, end);
                end = sentence.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
