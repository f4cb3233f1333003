//! Where words begin and end, for deciding whether found characters are whole words.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, moved by characters that stand there"
)]

use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Whether `range` of `text` cuts no word or number in two at either end.
///
/// "he agreed" does not stand in "the agreed plan", nor "30" in "1,030" or "30.5", nor "5 degrees" in "−5 degrees".
/// Scripts that are written without spaces have no such ends.
pub fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(found), Some(after)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return false;
    };
    let (Some(first), Some(last)) = (found.chars().next(), found.chars().next_back()) else {
        return false;
    };
    let mut back = before.chars().rev();
    if let Some(left) = back.next() {
        let further = back.next();
        if joins(left, first) || is_combining_mark(first) {
            return false;
        }
        if first.is_numeric() {
            if is_separator(left) && further.is_some_and(char::is_numeric) {
                return false;
            }
            if matches!(left, '-' | '−') && further.is_none_or(char::is_whitespace) {
                return false;
            }
        }
    }
    let mut forth = after.chars();
    if let Some(right) = forth.next() {
        if joins(last, right) || is_combining_mark(right) {
            return false;
        }
        if last.is_numeric() && is_separator(right) && forth.next().is_some_and(char::is_numeric) {
            return false;
        }
    }
    true
}

/// Widens `range` of `text` so that it cuts no word or number; white space at its ends is left out.
pub fn widen(text: &str, range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = trim(text, range);
    while let (Some(before), Some(found)) = (text.get(..start), text.get(start..)) {
        let mut back = before.chars().rev();
        let (Some(left), Some(first)) = (back.next(), found.chars().next()) else {
            break;
        };
        let further = back.next();
        let inside = joins(left, first)
            || is_combining_mark(first)
            || first.is_numeric()
                && (is_separator(left) && further.is_some_and(char::is_numeric)
                    || matches!(left, '-' | '−') && further.is_none_or(char::is_whitespace))
            || is_separator(first)
                && left.is_numeric()
                && found.chars().nth(1).is_some_and(char::is_numeric);
        if !inside {
            break;
        }
        start -= left.len_utf8();
    }
    while let (Some(found), Some(after)) = (text.get(..end), text.get(end..)) {
        let mut forth = after.chars();
        let (Some(last), Some(right)) = (found.chars().next_back(), forth.next()) else {
            break;
        };
        let inside = joins(last, right)
            || is_combining_mark(right)
            || last.is_numeric()
                && is_separator(right)
                && forth.next().is_some_and(char::is_numeric)
            || is_separator(last)
                && right.is_numeric()
                && found.chars().rev().nth(1).is_some_and(char::is_numeric);
        if !inside {
            break;
        }
        end += right.len_utf8();
    }
    start..end
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let found = text.get(range.clone()).unwrap_or_default();
    let start = range.start + found.len() - found.trim_start().len();
    let end = start + found.trim().len();
    start..end
}

/// Whether two neighboring characters belong to one word.
fn joins(left: char, right: char) -> bool {
    left.is_alphanumeric() && right.is_alphanumeric() && !(is_unspaced(left) || is_unspaced(right))
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '·' | '٫' | '٬')
}

/// Letters of scripts that put no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'      // Thai, Lao
            | '\u{1000}'..='\u{109f}' // Myanmar
            | '\u{1780}'..='\u{17ff}' // Khmer
            | '\u{3040}'..='\u{30ff}' // Hiragana, Katakana
            | '\u{3400}'..='\u{9fff}' // Han
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_not_cut() {
        for (text, words, whole) in [
            ("the agreed plan", "he agreed", false),
            ("he agreed.", "he agreed", true),
            ("1,030 men", "30 men", false),
            ("a 30-day pause", "30", true),
            ("30.5 percent", "30", false),
            ("on 30, and 31", "30", true),
            ("in −5 degrees", "5 degrees", false),
            ("pages 4-5 only", "5 only", true),
            ("10 m² of it", "10 m", false),
            ("cafe\u{301} noir", "cafe", false),
            ("Trump's words", "Trump", true),
            ("停火协议已经达成", "协议", true),
        ] {
            let at = text.find(words).expect("stands there");
            assert_eq!(
                is_whole(text, &(at..at + words.len())),
                whole,
                "{words:?} in {text:?}"
            );
        }
    }

    #[test]
    fn a_range_is_widened_to_whole_words() {
        let widened = |text: &str, words: &str| {
            let at = text.find(words).expect("stands there");
            let range = widen(text, at..at + words.len());
            assert!(is_whole(text, &range), "{text:?}");
            text[range].to_owned()
        };
        assert_eq!(widened("the agreed plan", "he agree"), "the agreed");
        assert_eq!(widened("some 1,030 men", "30 men"), "1,030 men");
        assert_eq!(widened("rose 30.57 percent", "rose 30"), "rose 30.57");
        assert_eq!(widened("one two three", " two "), "two");
    }
}
