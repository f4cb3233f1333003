//! Differences between two printings of the same words that are no differences in the words.
//!
//! FORMAT section 7, `typography`: NFC; runs of white space; soft hyphens and zero-width characters; kinds of
//! quotes, dashes and ellipses; a hyphen at a line's end. Never NFKC, because ² is not 2. The second
//! level, `case`, folds simple case on top.

#![expect(
    clippy::indexing_slicing,
    reason = "tables of 256 are looked up by bytes, and the text by places below its length"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use super::offsets::OffsetMap;
use std::ops::Range;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Whether letters keep their case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Kept,
    Folded,
}

/// What becomes of a hyphen at a line's end. It may divide a word ("infra-⏎structure") or be part of it
/// ("thirty-⏎day"), and nothing in the text says which; so both readings are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineHyphen {
    /// The word goes on: the hyphen and the line break are dropped.
    Joined,
    /// The hyphen belongs to the word: only the line break is dropped.
    Kept,
}

/// A text with its typography evened out, and the way back.
#[derive(Clone, Debug, Default)]
pub struct Normalized {
    pub text: String,
    /// From [`Normalized::text`] to the bytes of the text it was made of.
    pub map: OffsetMap,
    /// Whether a hyphen stood at a line's end, so that the two kinds of [`LineHyphen`] differ.
    pub has_line_hyphen: bool,
}

/// Evens out the typography of `text`.
pub fn normalize(text: &str, case: Case, line_hyphen: LineHyphen) -> Normalized {
    let mut builder = Builder {
        source: text,
        out: Normalized {
            text: String::with_capacity(text.len()),
            ..Normalized::default()
        },
        case,
        line_hyphen,
    };
    let mut at = 0;
    while at < text.len() {
        at = builder.step(at);
    }
    builder.out
}

/// Simple case folding: one code point in, one out (Unicode's CaseFolding.txt, statuses C and S).
pub fn fold(c: char) -> char {
    match c {
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        'ſ' => 's',
        'ς' => 'σ',
        'µ' => 'μ',
        'ϐ' => 'β',
        'ϑ' => 'θ',
        'ϕ' => 'φ',
        'ϖ' => 'π',
        'ϰ' => 'κ',
        'ϱ' => 'ρ',
        'ϵ' => 'ε',
        'ẛ' => 'ṡ',
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(single), None) => single,
                // `İ` becomes two code points; simple folding leaves it.
                _ => c,
            }
        }
    }
}

/// Characters that take no room: soft hyphen, zero-width spaces and joiners, marks of direction.
pub fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// Every kind of quotation mark and apostrophe, single and double. Primes are units of measure and stay.
pub fn is_quote_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '«'
            | '»'
            | 'ʼ'
            | 'ʻ'
            | '‘'..='‟'
            | '‹'
            | '›'
            | '〝'..='〟'
            | '「'..='』'
            | '＂'
            | '＇'
    )
}

/// Every kind of hyphen, dash and minus.
pub fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '‐'..='―' | '−' | '⸺' | '⸻' | '﹘' | '﹣' | '－' | '־'
    )
}

struct Builder<'a> {
    source: &'a str,
    out: Normalized,
    case: Case,
    line_hyphen: LineHyphen,
}

/// Whether a byte is ASCII that stands for itself: everything but white space, quotes and hyphens.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x21;
    while byte <= 0x7e {
        plain[byte] = !matches!(byte as u8, b'"' | b'\'' | b'`' | b'-');
        byte += 1;
    }
    plain
};

fn is_plain(byte: u8) -> bool {
    PLAIN[usize::from(byte)]
}

impl Builder<'_> {
    /// Takes in what stands at `at`, and returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mut end = at;
        while end < bytes.len() {
            let plain = is_plain(bytes[end])
                // A single space between words, by far the most common white space.
                || bytes[end] == b' ' && bytes.get(end + 1).copied().is_some_and(is_plain) && (end > at || !self.ends_with_space());
            if !plain {
                break;
            }
            end += 1;
        }
        if end > at && bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
            // A combining mark may follow, and then belongs to the last of these characters.
            end -= 1;
        }
        if end > at {
            self.push_plain(at..end);
            return end;
        }
        let Some(c) = self.source.get(at..).and_then(|rest| rest.chars().next()) else {
            return self.source.len();
        };
        let after = at + c.len_utf8();
        if c.is_whitespace() {
            return self.white_space(at);
        }
        if c == '\u{ad}' || is_dash(c) {
            return self.hyphen(at, c);
        }
        if is_zero_width(c) {
            return after;
        }
        if is_quote_mark(c) {
            self.push("'", at..after);
            return after;
        }
        match c {
            '…' => self.push("...", at..after),
            '‥' => self.push("..", at..after),
            _ => return self.letter(at, c),
        }
        after
    }

    fn ends_with_space(&self) -> bool {
        self.out.text.ends_with(' ')
    }

    fn push(&mut self, made: &str, from: Range<usize>) {
        let at = self.out.text.len();
        self.out.map.push_replaced(at, made.len(), from);
        self.out.text.push_str(made);
    }

    fn push_plain(&mut self, range: Range<usize>) {
        let at = self.out.text.len();
        self.out.map.push_copied(at, range.start, range.len());
        let words = self.source.get(range).unwrap_or_default();
        self.out.text.push_str(words);
        if self.case == Case::Folded
            && let Some(added) = self.out.text.get_mut(at..)
        {
            added.make_ascii_lowercase();
        }
    }

    /// A run of white space, and the zero-width characters inside it, is one space.
    fn white_space(&mut self, at: usize) -> usize {
        let mut end = at;
        for (offset, c) in self
            .source
            .get(at..)
            .unwrap_or_default()
            .char_indices()
            .take_while(|&(_, c)| c.is_whitespace() || is_zero_width(c))
        {
            if c.is_whitespace() {
                end = at + offset + c.len_utf8();
            }
        }
        if !self.ends_with_space() {
            self.push(" ", at..end);
        }
        end
    }

    fn hyphen(&mut self, at: usize, c: char) -> usize {
        let mut after = at + c.len_utf8();
        let divides = matches!(c, '-' | '‐' | '\u{ad}')
            && (self.out.text.chars().next_back()).is_some_and(char::is_alphabetic);
        if divides && let Some(next_line) = self.word_on_next_line(after) {
            if c != '\u{ad}' {
                self.out.has_line_hyphen = true;
                if self.line_hyphen == LineHyphen::Kept {
                    self.push("-", at..after);
                }
            }
            return next_line;
        }
        if c == '\u{ad}' {
            return after;
        }
        if c == '-' {
            // Two or three hyphens are how a typewriter writes a dash.
            while self.source.as_bytes().get(after) == Some(&b'-') {
                after += 1;
            }
        }
        self.push("-", at..after);
        after
    }

    /// Where the word goes on, if only a line break and indentation stand between.
    fn word_on_next_line(&self, at: usize) -> Option<usize> {
        let rest = self.source.get(at..)?;
        let line = rest.trim_start_matches([' ', '\t']);
        let next = line
            .strip_prefix("\r\n")
            .or_else(|| line.strip_prefix(['\n', '\r', '\u{2028}']))?
            .trim_start_matches([' ', '\t']);
        (next.chars().next())
            .is_some_and(char::is_alphabetic)
            .then(|| at + rest.len() - next.len())
    }

    /// A character with the marks that combine with it, composed.
    fn letter(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        let rest = self.source.get(after..).unwrap_or_default();
        let marks = rest
            .find(|mark| !combines_backward(mark))
            .unwrap_or(rest.len());
        let end = after + marks;
        if marks == 0 && is_composed(c) {
            let made = match self.case {
                Case::Folded => fold(c),
                Case::Kept => c,
            };
            let start = self.out.text.len();
            if made.len_utf8() == end - at {
                self.out.map.push_copied(start, at, end - at);
            } else {
                self.out.map.push_replaced(start, made.len_utf8(), at..end);
            }
            self.out.text.push(made);
            return end;
        }
        let start = self.out.text.len();
        let cluster = self.source.get(at..end).unwrap_or_default();
        for composed in cluster.nfc().filter(|&c| !is_zero_width(c)) {
            self.out.text.push(match self.case {
                Case::Folded => fold(composed),
                Case::Kept => composed,
            });
        }
        let made_len = self.out.text.len() - start;
        self.out.map.push_replaced(start, made_len, at..end);
        end
    }
}

/// Letters of the alphabets in common use that are composed and combine with nothing before them.
/// Only a short cut: the tables say the same.
fn is_common_letter(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{388}'..='\u{482}' | '\u{5d0}'..='\u{5ea}' | '\u{2010}'..='\u{2027}' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether `c` may change under composition with what stands before it.
fn combines_backward(c: char) -> bool {
    !is_common_letter(c)
        && (canonical_combining_class(c) != 0
            || is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe)
}

fn is_composed(c: char) -> bool {
    is_common_letter(c) || is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typography(text: &str) -> String {
        normalize(text, Case::Kept, LineHyphen::Joined).text
    }

    #[test]
    fn typography_is_evened_out_and_nothing_else() {
        for (text, expected) in [
            ("plain words, 22 of them.", "plain words, 22 of them."),
            ("a  b\t\n c\u{a0}d\u{202f}e", "a b c d e"),
            (
                "“a” „b“ «c» ‹d› ‘e’ ‚f‘ 'g' \"h\"",
                "'a' 'b' 'c' 'd' 'e' 'f' 'g' 'h'",
            ),
            ("обʼєкт об’єкт об'єкт", "об'єкт об'єкт об'єкт"),
            ("a – b — c − d ‑ e -- f --- g", "a - b - c - d - e - f - g"),
            ("wait… what", "wait... what"),
            (
                "cease\u{ad}fire zero\u{200b}width \u{feff}mark",
                "ceasefire zerowidth mark",
            ),
            ("a \u{200b} b", "a b"),
            ("cafe\u{301} naı\u{308}ve e\u{323}\u{302}", "café naı̈ve ệ"),
            ("\u{212b}", "Å"),
            ("10 m² ≠ 10 m2 ﬁ", "10 m² ≠ 10 m2 ﬁ"),
            ("5′ 6″", "5′ 6″"),
            ("infra-\nstructure", "infrastructure"),
            ("infra\u{ad}\r\n   structure", "infrastructure"),
            ("infra-\n\nstructure", "infra- structure"),
            ("word —\nword", "word - word"),
            ("1939-\n45", "1939- 45"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
        ] {
            assert_eq!(typography(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_hyphen_at_a_line_s_end_has_two_readings() {
        let kept = normalize("thirty-\nday", Case::Kept, LineHyphen::Kept);
        assert_eq!(
            (kept.text.as_str(), kept.has_line_hyphen),
            ("thirty-day", true)
        );
        let soft = normalize("thir\u{ad}\nty", Case::Kept, LineHyphen::Kept);
        assert_eq!(
            (soft.text.as_str(), soft.has_line_hyphen),
            ("thirty", false)
        );
    }

    #[test]
    fn folding_is_simple() {
        let fold = |text| normalize(text, Case::Folded, LineHyphen::Joined).text;
        assert_eq!(fold("ABC Ärger ΣΊΣΥΦΟΣ Ще"), "abc ärger σίσυφοσ ще");
        assert_eq!(fold("σίσυφος"), "σίσυφοσ");
        assert_eq!(fold("STRASSE"), "strasse");
        assert_eq!(fold("Straẞe ß"), "straße ß");
        assert_eq!(fold("İ"), "İ");
    }

    #[test]
    fn every_range_leads_back_to_its_words() {
        let text = "The  “ener\u{ad}gy” cafe\u{301} — infra-\nstructure… end";
        let normal = normalize(text, Case::Folded, LineHyphen::Joined);
        assert_eq!(normal.text, "the 'energy' café - infrastructure... end");
        for (made, words) in [
            ("the", "The"),
            ("energy", "ener\u{ad}gy"),
            ("café", "cafe\u{301}"),
            ("infrastructure", "infra-\nstructure"),
            ("...", "…"),
            ("end", "end"),
        ] {
            let at = normal.text.find(made).expect("made");
            let origin = normal.map.origin(at..at + made.len());
            assert_eq!(text.get(origin), Some(words));
        }
    }
}
