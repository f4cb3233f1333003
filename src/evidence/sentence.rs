//! Where sentences end in a copy.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use super::copy::{CopyKind, CopyText};
use super::normalize::is_quote_mark;
use std::ops::Range;

/// Words before a full stop that ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "gen", "col", "lt", "sgt", "capt", "gov",
    "sen", "rep", "hon", "rev", "vs", "etc", "eg", "ie", "cf", "vol", "pp", "ca", "approx", "inc",
    "ltd", "co", "u.s", "u.k", "u.n", "e.u", "a.m", "p.m", "e.g", "i.e", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "z.b", "bzw", "ca", "nr", "dr",
    "usw", "d.h", "m", "mme", "mlle", "г", "гг", "т.е", "т.д", "т.п", "им", "ул", "стр", "рис",
    "тыс", "млн", "млрд", "руб", "с.г", "ст", "див", "ін", "р", "рр", "тис", "грн", "н.е",
];

/// How far the ends of a sentence are sought, in bytes.
const MAX_REACH_BYTES: usize = 2000;

/// Whether a sentence ends inside `gap`: at its mark, or where the paragraph ends.
pub(super) fn ends_in(copy: &CopyText, gap: &Range<usize>) -> bool {
    let words = copy.words(gap);
    words.char_indices().any(|(at, c)| {
        let at = gap.start + at;
        ends_sentence(copy, at, c)
    })
}

/// Whether the character `c` at byte `at` ends a sentence: Unicode's rules SB6 to SB11 in short, with abbreviations and
/// initials, and with lines that were only broken for width.
fn ends_sentence(copy: &CopyText, at: usize, c: char) -> bool {
    let text = copy.text();
    let after = text.get(at + c.len_utf8()..).unwrap_or_default();
    match c {
        // A page's lines are blocks; in plain text a line break may be anywhere, and an empty line ends a paragraph.
        '\n' if copy.kind() != CopyKind::Text => true,
        '\n' => {
            let line = after.trim_start_matches([' ', '\t', '\r']);
            line.starts_with('\n')
        }
        '。' | '！' | '？' | '।' | '\u{2029}' => true,
        '.' | '!' | '?' | '…' | '؟' | '۔' => {
            let closed = after.trim_start_matches(|c: char| {
                is_quote_mark(c) || matches!(c, ')' | ']' | '.' | '!' | '?' | '…')
            });
            let next = closed.trim_start();
            if next.len() == closed.len() && !next.is_empty() {
                return false;
            }
            let next = next
                .chars()
                .find(|&c| !is_quote_mark(c) && !matches!(c, '(' | '[' | '—' | '–' | '-'));
            let goes_on = next.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ':'));
            !(goes_on || c == '.' && is_abbreviation(text.get(..at).unwrap_or_default()))
        }
        _ => false,
    }
}

/// Whether the words before a full stop end with an abbreviation or an initial.
fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '.'))
        .next()
        .unwrap_or_default();
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase)
        && letters.as_str().is_empty()
        && word != "I";
    // A reach of a few letters: a longer word is no abbreviation.
    initial || word.len() <= 12 && ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// The sentences of a copy, in order, without the white space between them. Headlines and other lines of a page that end with
/// no mark count as sentences, too.
pub fn sentences(copy: &CopyText) -> Vec<Range<usize>> {
    let text = copy.text();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut close = |range: Range<usize>| {
        let words = text.get(range.clone()).unwrap_or_default();
        if words.contains(char::is_alphanumeric) {
            let start = range.start + words.len() - words.trim_start().len();
            found.push(start..start + words.trim().len());
        }
    };
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if !ends_sentence(copy, at, c) {
            // A run of marks is looked at once, however long it is.
            if is_end_mark(c) {
                while letters.next_if(|&(_, next)| next == c).is_some() {}
            }
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = letters.next_if(|&(_, next)| {
            is_end_mark(next) || is_quote_mark(next) || matches!(next, ')' | ']')
        }) {
            end = at + c.len_utf8();
        }
        close(start..end);
        start = end;
    }
    close(start..text.len());
    found
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// The sentence, or sentences, in which a passage stands: what a reader needs around it.
///
/// `range` and the answer are bytes of [`CopyText::text`]. A sentence longer than about 2,000 bytes is cut at a word.
pub fn sentence_around(copy: &CopyText, range: &Range<usize>) -> Range<usize> {
    let text = copy.text();
    let floor = ceil_boundary(text, range.start.saturating_sub(MAX_REACH_BYTES));
    let before = text.get(floor..range.start).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .find(|&(at, c)| ends_sentence(copy, floor + at, c))
        .map_or_else(
            || match (floor, before.find(char::is_whitespace)) {
                (1.., Some(space)) => floor + space,
                _ => floor,
            },
            |(at, c)| {
                let after = floor + at + c.len_utf8();
                let rest = text.get(after..range.start).unwrap_or_default();
                // Closing quotes and further marks belong to the sentence that ends.
                let closed = rest.trim_start_matches(|c: char| {
                    is_quote_mark(c) || matches!(c, ')' | ']' | '.' | '!' | '?' | '…')
                });
                if closed.starts_with(char::is_whitespace) || closed.is_empty() {
                    after + rest.len() - closed.len()
                } else {
                    after
                }
            },
        );
    let rest = text.get(start..range.start).unwrap_or_default();
    let start = start + rest.len() - rest.trim_start().len();

    let ceiling = ceil_boundary(text, range.end.saturating_add(MAX_REACH_BYTES));
    // The passage itself may end with the mark that ends its sentence.
    let found = copy.words(range);
    let ends_itself = found
        .char_indices()
        .next_back()
        .is_some_and(|(at, c)| ends_sentence(copy, range.start + at, c));
    if ends_itself {
        return start..range.end;
    }
    let after = text.get(range.end..ceiling).unwrap_or_default();
    let end = after
        .char_indices()
        .find(|&(at, c)| ends_sentence(copy, range.end + at, c))
        .map_or_else(
            || match after.rfind(char::is_whitespace) {
                Some(space) if ceiling < text.len() => range.end + space,
                _ => ceiling,
            },
            |(at, c)| {
                let end = range.end + at + if c == '\n' { 0 } else { c.len_utf8() };
                let rest = text.get(end..).unwrap_or_default();
                let closed = rest.trim_start_matches(|c: char| {
                    is_quote_mark(c) || matches!(c, ')' | ']' | '.' | '!' | '?')
                });
                end + rest.len() - closed.len()
            },
        );
    start..end.max(range.end)
}

fn ceil_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends_are_told_from_other_full_stops() {
        for (text, ends) in [
            ("They met. They talked.", true),
            (
                "They met, and talked at 10.30 with Mr. Smith and J. Doe of the U.S. Army",
                false,
            ),
            ("They met! \"Fine.\" He left", true),
            ("wait... what", false),
            ("wrapped\nat a width", false),
            ("one paragraph\n \nanother", true),
            ("версия 2.0 от 5 г. Москва", false),
            ("Встреча прошла. Затем", true),
            ("她说了。然后", true),
        ] {
            let copy = CopyText::from_text(text);
            let (last, _) = text.char_indices().next_back().expect("not empty");
            assert_eq!(ends_in(&copy, &(0..last)), ends, "{text:?}");
        }
    }

    #[test]
    fn a_copy_is_read_sentence_by_sentence() {
        let text = "A headline\n\nHe said: “Fine.” She left (at 10.30)! …\nAnd then? wait... what";
        let copy = CopyText::from_text(text);
        let found: Vec<&str> = sentences(&copy).into_iter().map(|it| &text[it]).collect();
        assert_eq!(
            found,
            [
                "A headline",
                "He said: “Fine.”",
                "She left (at 10.30)!",
                "And then? wait... what"
            ]
        );
        let hostile = ". ".repeat(50_000) + &"!".repeat(100_000);
        assert!(sentences(&CopyText::from_text(&hostile)).is_empty());
    }

    #[test]
    fn a_passage_is_shown_in_its_sentence() {
        for (text, words, sentence) in [
            ("One. Two words here. Three.", "words", "Two words here."),
            ("One.\n\nTwo words", "words", "Two words"),
            ("“Fine words.” He left.", "words", "“Fine words.”"),
            ("He said “no.” Two words here.", "words", "Two words here."),
            ("Two words. Three", "Two words.", "Two words."),
            ("only words", "words", "only words"),
        ] {
            let copy = CopyText::from_text(text);
            let at = text.find(words).expect("in the text");
            let range = sentence_around(&copy, &(at..at + words.len()));
            assert_eq!(copy.words(&range), sentence, "{text:?}");
        }
    }
}
