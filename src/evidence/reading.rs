//! Whether a comparison's cells bear out the author's reading of them.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "twice the errors of a bounded quotation"
)]

use super::difference::Difference;
use super::guard::Guards;
use super::normalize::{Case, LineHyphen, normalize};
use super::verdict::{Checked, Level, Verdict};
use crate::model::{ComparisonCell, Evidence};

/// What an author may read in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    Same,
    Differs,
    OneSided,
    Contradicts,
}

impl Reading {
    /// The reading that the words begin with; what follows is the author's comment. `None` for other words.
    pub fn from_words(words: &str) -> Option<Self> {
        let words = words.trim().to_lowercase();
        [
            ("same", Self::Same),
            ("differs", Self::Differs),
            ("differ", Self::Differs),
            ("one-sided", Self::OneSided),
            ("one sided", Self::OneSided),
            ("contradicts", Self::Contradicts),
            ("contradict", Self::Contradicts),
        ]
        .into_iter()
        .find(|(name, _)| {
            words
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .map(|(_, reading)| reading)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::OneSided => "one-sided",
            Self::Contradicts => "contradicts",
        }
    }
}

/// What one cell comes to.
enum Side<'a> {
    /// It quotes words, and they stand there.
    Speaks(&'a Evidence),
    Silent,
    /// Only a paraphrase, or nothing that could be checked.
    Unchecked,
}

/// Why the check does not agree with a reading; `None` when it does, or cannot tell.
///
/// `cells` are a row's, each with the outcomes of its evidence, in their order. The reason is the end of a sentence that
/// begins with "found that".
pub fn dispute(reading: Reading, cells: &[(&ComparisonCell, &[&Checked])]) -> Option<String> {
    let failed = cells
        .iter()
        .find_map(|(_, checks)| checks.iter().find(|checked| checked.level() == Level::Bad));
    if let Some(failed) = failed {
        return Some(match (&failed.verdict, &failed.found_words) {
            (Verdict::SilenceBroken, Some(word)) => {
                format!("a source that is said to be silent has “{word}”")
            }
            _ => "a quotation does not stand in its source".to_owned(),
        });
    }
    let sides: Vec<Side<'_>> = cells
        .iter()
        .map(|(cell, checks)| side(cell, checks))
        .collect();
    let silent = sides.iter().filter(|it| matches!(it, Side::Silent)).count();
    let speaking: Vec<&Evidence> = sides
        .iter()
        .filter_map(|side| match side {
            Side::Speaks(evidence) => Some(*evidence),
            _ => None,
        })
        .collect();
    let all_speak = speaking.len() == sides.len() && sides.len() > 1;
    match reading {
        Reading::OneSided if all_speak => Some("every source speaks to the point".to_owned()),
        Reading::OneSided if silent == sides.len() && silent > 0 => Some("no source speaks to it".to_owned()),
        Reading::OneSided => None,
        _ if silent > 0 && !speaking.is_empty() => Some("one source is silent on it".to_owned()),
        _ if silent == sides.len() && silent > 0 && reading != Reading::Same => {
            Some("no source speaks to it".to_owned())
        }
        Reading::Same => speaking.windows(2).find_map(differing),
        Reading::Differs | Reading::Contradicts if all_speak => speaking
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if words(one, other).is_some_and(|(one, other)| is_same(one, other))))
            .then(|| "the quoted words are the same".to_owned()),
        Reading::Differs | Reading::Contradicts => None,
    }
}

fn side<'a>(cell: &'a ComparisonCell, checks: &[&Checked]) -> Side<'a> {
    let quoted = cell
        .evidence
        .iter()
        .zip(checks)
        .find(|(evidence, checked)| {
            evidence.quote.is_some()
                && (checked.verdict.is_found() || checked.verdict == Verdict::Near)
        });
    if let Some((evidence, _)) = quoted {
        return Side::Speaks(evidence);
    }
    if checks
        .iter()
        .any(|checked| checked.verdict == Verdict::SilenceHolds)
    {
        Side::Silent
    } else {
        Side::Unchecked
    }
}

/// Words of two quotations that are in one language: the originals, or else their translations.
fn words<'a>(one: &'a Evidence, other: &'a Evidence) -> Option<(&'a str, &'a str)> {
    let (one, other) = (one.quote.as_ref()?, other.quote.as_ref()?);
    match (&one.details.translation, &other.details.translation) {
        (Some(one), Some(other)) => Some((one, other)),
        (Some(one), None) => Some((one, &other.text)),
        (None, Some(other)) => Some((&one.text, other)),
        (None, None) if one.details.lang == other.details.lang => Some((&one.text, &other.text)),
        (None, None) => None,
    }
}

fn is_same(one: &str, other: &str) -> bool {
    let fold = |words| normalize(words, Case::Folded, LineHyphen::Joined).text;
    fold(one).trim() == fold(other).trim()
}

/// Quotations that are alike but for a word that carries the meaning are not the same. Wholly
/// different words may still mean the same; that is the author's to judge.
fn differing(pair: &[&Evidence]) -> Option<String> {
    let [one, other] = pair else {
        return None;
    };
    let (one, other) = words(one, other)?;
    if is_same(one, other) {
        return None;
    }
    let normal = normalize(other, Case::Folded, LineHyphen::Joined);
    let len = normal.text.chars().count().max(1);
    let folded = normalize(one, Case::Folded, LineHyphen::Joined).text;
    let errors = super::search::distance(folded.trim(), normal.text.trim());
    if errors * 2 > len {
        return None;
    }
    let guards = Guards::for_words(None, one)?;
    let whole = 0..normal.text.len();
    let difference = Difference::new(one, other, &normal, whole);
    let touched = difference.touched(&guards, other);
    let first = touched.first()?;
    Some(format!(
        "the quoted words differ in {}, `{}`",
        first.kind.with_article(),
        first.word
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Quote, QuoteDetails, Relation};
    use crate::span::Span;

    fn cell(quote: &str, translation: Option<&str>) -> ComparisonCell {
        ComparisonCell {
            text: quote.into(),
            evidence: [Evidence {
                key: "k".into(),
                source: Some(0),
                relation: Relation::Says,
                locator: None,
                quote: (!quote.is_empty()).then(|| Quote {
                    text: quote.into(),
                    span: Span::default(),
                    details: QuoteDetails {
                        translation: translation.map(Into::into),
                        ..QuoteDetails::default()
                    }
                    .into(),
                }),
                details: Default::default(),
                span: Span::default(),
            }]
            .into(),
            span: Span::default(),
        }
    }

    #[test]
    fn readings_are_held_against_the_cells() {
        use Reading::{Contradicts, Differs, OneSided, Same};
        use Verdict::{NoCopy, NotFound, Paraphrase, SilenceBroken, SilenceHolds, Verbatim};
        let silent = ("", None, SilenceHolds);
        let and = ("an energy and infrastructure ceasefire", None, Verbatim);
        let without = ("an energy infrastructure ceasefire", None, Verbatim);
        let russian = (
            "перемирие",
            Some("an energy infrastructure ceasefire"),
            Verbatim,
        );
        let other = ("quite another thing altogether", None, Verbatim);
        for (reading, one, two, disputed) in [
            (Same, and, and, None),
            (Same, and, without, Some("a word of scope, `and`")),
            (Same, and, russian, Some("a word of scope, `and`")),
            (Same, and, other, None),
            (Same, and, silent, Some("one source is silent")),
            (Same, silent, silent, None),
            (Differs, and, without, None),
            (Differs, and, and, Some("are the same")),
            (Contradicts, and, silent, Some("one source is silent")),
            (Contradicts, and, other, None),
            (OneSided, and, silent, None),
            (OneSided, and, other, Some("every source speaks")),
            (OneSided, silent, silent, Some("no source speaks")),
            (Same, and, ("x", None, NotFound), Some("does not stand")),
            (
                OneSided,
                and,
                ("", None, SilenceBroken),
                Some("does not stand"),
            ),
            (Same, and, ("", None, Paraphrase), None),
            (Differs, and, ("x", None, NoCopy), None),
        ] {
            let (left, right) = (cell(one.0, one.1), cell(two.0, two.1));
            let (first, second) = (Checked::bare(one.2), Checked::bare(two.2));
            let cells = [(&left, &[&first][..]), (&right, &[&second][..])];
            let found = dispute(reading, &cells);
            match disputed {
                None => assert_eq!(found, None, "{reading:?} {one:?} {two:?}"),
                Some(reason) => assert!(
                    found.as_ref().is_some_and(|found| found.contains(reason)),
                    "{reading:?} {one:?} {two:?}: {found:?}"
                ),
            }
        }
    }

    #[test]
    fn a_reading_may_have_a_comment() {
        assert_eq!(
            Reading::from_words("Differs: scope"),
            Some(Reading::Differs)
        );
        assert_eq!(
            Reading::from_words("one-sided (Kremlin)"),
            Some(Reading::OneSided)
        );
        assert_eq!(Reading::from_words("sameness"), None);
        assert_eq!(Reading::from_words("see above"), None);
    }
}
