//! Checked silences: words that are said not to occur in a source.

#![expect(clippy::arithmetic_side_effects, reason = "places within one text")]

use super::MAX_OCCURRENCES;
use super::boundary::is_whole;
use super::check::place;
use super::copy::CopyText;
use super::normalize::{Case, LineHyphen, normalize};
use super::verdict::{Checked, Verdict};
use memchr::memmem;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Checks that none of `words` occurs in the copy: whole words, case folded; a final `*` marks a stem.
pub fn check_silence<S: AsRef<str>>(words: &[S], copy: &CopyText) -> Checked {
    let mut nothing_to_check = true;
    let mut places: Vec<Range<usize>> = Vec::new();
    for line_hyphen in [LineHyphen::Joined, LineHyphen::Kept] {
        let hay = copy.normalized(Case::Folded, line_hyphen);
        if line_hyphen == LineHyphen::Kept && !hay.has_line_hyphen {
            break;
        }
        for word in words {
            let needle = normalize(word.as_ref(), Case::Folded, line_hyphen).text;
            let needle = needle.trim();
            let stem = needle.strip_suffix('*');
            let needle = stem.unwrap_or(needle).trim_end();
            if !needle.chars().any(char::is_alphanumeric) {
                continue;
            }
            nothing_to_check = false;
            let finder = memmem::Finder::new(needle);
            let hits = finder
                .find_iter(hay.text.as_bytes())
                .map(|start| start..start + needle.len())
                .map(|range| {
                    if stem.is_some() {
                        to_word_end(&hay.text, range)
                    } else {
                        range
                    }
                })
                .filter(|range| is_whole(&hay.text, range));
            places.extend(
                hits.take(MAX_OCCURRENCES)
                    .map(|range| hay.map.origin(range)),
            );
        }
    }
    if nothing_to_check {
        return Checked::bare(Verdict::Paraphrase);
    }
    places.sort_unstable_by_key(|range| (range.start, range.end));
    places.dedup();
    places.truncate(MAX_OCCURRENCES);
    let Some(first) = places.first() else {
        return Checked::bare(Verdict::SilenceHolds);
    };
    let mut checked = Checked::bare(Verdict::SilenceBroken);
    place(&mut checked, copy, first.clone());
    checked.parts = vec![first.clone()];
    checked.occurrences = places;
    checked
}

fn to_word_end(text: &str, range: Range<usize>) -> Range<usize> {
    let rest = text.get(range.end..).unwrap_or_default();
    let ending = rest
        .find(|c: char| !(c.is_alphanumeric() || is_combining_mark(c)))
        .unwrap_or(rest.len());
    range.start..range.end + ending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silences_are_of_whole_words_and_stems() {
        let copy = CopyText::from_text(
            "The pri\u{ad}soners’ EXCHANGE: 1,030 men, a 30-day pause, demobilised; infra-\nstructure. Про обмін.",
        );
        for (words, broken) in [
            (&["prisoner"][..], None),
            (&["prisoner*"], Some("pri\u{ad}soners")),
            (&["exchange"], Some("EXCHANGE")),
            (&["change"], None),
            (&["mobili*"], None),
            (&["175", "30"], Some("30")),
            (&["infrastructure"], Some("infra-\nstructure")),
            (&["обміну", "ОБМІН"], Some("обмін")),
            (&["a 30-day"], Some("a 30-day")),
        ] {
            let checked = check_silence(words, &copy);
            let expected = if broken.is_some() {
                Verdict::SilenceBroken
            } else {
                Verdict::SilenceHolds
            };
            assert_eq!(checked.verdict, expected, "{words:?}");
            assert_eq!(checked.found_words.as_deref(), broken, "{words:?}");
        }
        assert_eq!(
            check_silence(&["*", ""], &copy).verdict,
            Verdict::Paraphrase
        );
    }
}
