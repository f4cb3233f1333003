//! Verdicts as problems: what was expected, what was found, and what to do about it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the words are longer than what is shown of them"
)]

use super::copy::CopyError;
use super::verdict::{Checked, DiffKind, Touched, Verdict};
use crate::model::{Evidence, Source};
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;

/// The longest stretch of words that a message shows, in code points.
const MAX_SHOWN_CHARS: usize = 120;

/// The problem that a check of `evidence` found, if it found one.
pub fn problem_of(evidence: &Evidence, checked: &Checked) -> Option<Problem> {
    let quote = evidence.quote.as_ref();
    let span = quote.map_or(evidence.span, |quote| quote.span);
    let key = &evidence.key;
    let quoted = shown(quote.map(|quote| quote.text.as_str()).unwrap_or_default());
    let found = shown(checked.found_words.as_deref().unwrap_or_default());
    let problem = match checked.verdict {
        Verdict::Verbatim
        | Verdict::Typography
        | Verdict::Case
        | Verdict::Elided
        | Verdict::NoCopy
        | Verdict::Paraphrase
        | Verdict::SilenceHolds => return None,
        Verdict::ElidedAcross => Problem::new(
            Code::QuoteElidedAcross,
            span,
            format!(
                "expected an elision within one sentence of `{key}`, found that “{quoted}” leaves out a sentence end"
            ),
            "quote the two sentences apart, so that they do not read as one",
        ),
        Verdict::Near => Problem::new(
            Code::QuoteNear,
            span,
            format!(
                "expected the words of `{key}`, “{found}”, found “{quoted}”{}",
                if checked.possibly_altered {
                    ", which may alter them"
                } else {
                    ""
                }
            ),
            if checked.possibly_altered {
                "compare the two: there is no list of words that carry the meaning for this language"
            } else {
                "quote the words as they stand in the copy"
            },
        ),
        Verdict::Altered => Problem::new(
            Code::QuoteAltered,
            span,
            format!(
                "expected the words of `{key}`, “{found}”, found “{quoted}”: {}",
                told(&checked.touched)
            ),
            "quote the words as they stand in the copy, or mark what was left out with `…` and what is yours with `[ ]`",
        ),
        Verdict::NotFound => match &checked.closest {
            Some(closest) => Problem::new(
                Code::QuoteNotFound,
                span,
                format!(
                    "expected words that stand in the copy of `{key}`, found “{quoted}”, which do not; closest is “{}”",
                    shown(&closest.words)
                ),
                "quote words that stand there, or take away the quotation marks and paraphrase",
            ),
            None => Problem::new(
                Code::QuoteNotFound,
                span,
                format!(
                    "expected words that stand in the copy of `{key}`, found “{quoted}”, which do not, nor anything like them"
                ),
                "check that this is the right source and that its copy is whole",
            ),
        },
        Verdict::Ambiguous => Problem::new(
            Code::QuoteAmbiguous,
            span,
            format!(
                "expected words that stand once in the copy of `{key}`, found “{quoted}” {} times",
                checked.occurrences.len()
            ),
            "quote a few words more, so that they stand there once",
        ),
        Verdict::CopyChanged => Problem::new(
            Code::CopyChanged,
            span,
            format!("expected the copy of `{key}` that was locked, found another"),
            "look at what changed, then run `sourceline lock`",
        ),
        Verdict::SilenceBroken => Problem::new(
            Code::SilenceBroken,
            evidence.span,
            format!(
                "expected `{key}` to be silent on {}, found “{found}” in its copy",
                list(&evidence.details.silent_on)
            ),
            "look at the passage; take the word from the list, or quote what the source says",
        ),
    };
    Some(problem)
}

/// The problem of a copy that could not be read, told at the definition of its source.
pub fn problem_of_copy(source: &Source, error: &CopyError) -> Problem {
    let file = source.copy.as_ref().map_or("", |copy| copy.file.as_str());
    let code = match error {
        CopyError::TooLarge { .. } | CopyError::TooMuchText { .. } | CopyError::TooDense => {
            Code::FileTooLarge
        }
        CopyError::Binary { .. } | CopyError::NotUtf8 { .. } | CopyError::TooInvolved => {
            Code::CopyUnreadable
        }
    };
    let mut problem = Problem::new(
        code,
        source.span,
        format!("copy `{file}` of `{}`: {error}", source.key),
        error.hint(),
    );
    // What rests on a copy is grey without it; the briefing itself was read.
    problem.severity = Code::CopyUnreadable.severity();
    problem
}

/// The problem of an author's reading that the check does not bear out.
pub fn problem_of_reading(span: Span, reading: &str, reason: &str) -> Problem {
    Problem::new(
        Code::ReadingDisputed,
        span,
        format!(
            "expected the reading “{}” to agree with the cells, found that {reason}",
            shown(reading)
        ),
        "look at the cells again, then mend the reading or the quotations",
    )
}

/// Which words made the difference: "the number `22` became `23`".
pub fn told(touched: &[Touched]) -> String {
    let words = |side: DiffKind| -> Vec<&Touched> {
        touched
            .iter()
            .filter(|touched| touched.side == side)
            .collect()
    };
    let (missing, added) = (words(DiffKind::Missing), words(DiffKind::Added));
    match (&missing[..], &added[..]) {
        ([one], [other]) if one.kind == other.kind => {
            format!(
                "{} differs, `{}` became `{}`",
                one.kind.with_article(),
                one.word,
                other.word
            )
        }
        _ => {
            let mut parts = Vec::new();
            for (verb, side) in [("was left out", missing), ("was put in", added)] {
                for touched in side.into_iter().take(3) {
                    parts.push(format!(
                        "{}, `{}`, {verb}",
                        touched.kind.with_article(),
                        touched.word
                    ));
                }
            }
            parts.join("; ")
        }
    }
}

fn list(words: &[Text]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match &quoted[..] {
        [] => "it".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Words on one line, cut in the middle when they are long.
fn shown(words: &str) -> String {
    let line = super::cite::one_line(words);
    let len = line.chars().count();
    if len <= MAX_SHOWN_CHARS {
        return line;
    }
    let half = MAX_SHOWN_CHARS / 2;
    let start: String = line.chars().take(half).collect();
    let end: String = line.chars().skip(len - half).collect();
    format!("{} … {}", start.trim_end(), end.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Context, CopyText, check_evidence};
    use crate::model::{Quote, Relation};

    fn evidence(quote: &str, silent_on: &[&str]) -> Evidence {
        Evidence {
            key: "wh".into(),
            source: Some(0),
            relation: if silent_on.is_empty() {
                Relation::Says
            } else {
                Relation::Silent
            },
            locator: None,
            quote: (!quote.is_empty()).then(|| Quote {
                text: quote.into(),
                span: Span::new(7, 9),
                details: crate::model::QuoteDetails {
                    lang: Some("en".into()),
                    ..Default::default()
                }
                .into(),
            }),
            details: crate::model::EvidenceDetails {
                silent_on: silent_on.iter().map(|&word| word.into()).collect(),
                ..Default::default()
            }
            .into(),
            span: Span::new(5, 10),
        }
    }

    #[test]
    fn every_verdict_that_asks_for_a_look_is_a_problem() {
        let copy = CopyText::from_text(
            "They freed 22 wounded men in all. A pause on energy and infrastructure. A pause.",
        );
        for (quote, silent_on, code, message) in [
            ("22 wounded men", &[][..], None, ""),
            (
                "freed 23 wounded men in all",
                &[],
                Some(Code::QuoteAltered),
                "expected the words of `wh`, “freed 22 wounded men in all”, found “freed 23 wounded men in all”: a number differs, `22` became `23`",
            ),
            (
                "A pause on energy infrastructure",
                &[],
                Some(Code::QuoteAltered),
                "expected the words of `wh`, “A pause on energy and infrastructure”, found “A pause on energy infrastructure”: a word of scope, `and`, was left out",
            ),
            (
                "They freed 22 wounded man in all",
                &[],
                Some(Code::QuoteNear),
                "expected the words of `wh`, “They freed 22 wounded men in all”, found “They freed 22 wounded man in all”",
            ),
            (
                "A pause",
                &[],
                Some(Code::QuoteAmbiguous),
                "expected words that stand once in the copy of `wh`, found “A pause” 2 times",
            ),
            (
                "They freed … a pause",
                &[],
                Some(Code::QuoteElidedAcross),
                "expected an elision within one sentence of `wh`, found that “They freed … a pause” leaves out a sentence end",
            ),
            (
                "zzz",
                &[],
                Some(Code::QuoteNotFound),
                "expected words that stand in the copy of `wh`, found “zzz”, which do not, nor anything like them",
            ),
            (
                "",
                &["aid", "wound*"],
                Some(Code::SilenceBroken),
                "expected `wh` to be silent on `aid` and `wound*`, found “wounded” in its copy",
            ),
            ("", &["aid"], None, ""),
        ] {
            let evidence = evidence(quote, silent_on);
            let checked = check_evidence(&evidence, None, Some(&copy), None, &Context::default());
            let problem = problem_of(&evidence, &checked);
            assert_eq!(problem.as_ref().map(|it| it.code), code, "{quote}");
            if let Some(problem) = problem {
                assert_eq!(problem.message, message);
                assert!(!problem.hint.is_empty() && !problem.span.is_empty());
            }
        }
    }

    #[test]
    fn a_changed_copy_is_told_unless_worse_is() {
        let copy = CopyText::from_text("They freed 22 wounded men in all.");
        let hint = Context::default();
        for (quote, verdict) in [
            ("22 wounded men", Verdict::CopyChanged),
            ("freed 23 wounded men in all", Verdict::Altered),
        ] {
            let evidence = evidence(quote, &[]);
            let changed = check_evidence(&evidence, None, Some(&copy), Some("00"), &hint);
            assert_eq!((changed.verdict, changed.copy_changed), (verdict, true));
            let same = check_evidence(&evidence, None, Some(&copy), Some(copy.sha256()), &hint);
            assert!(!same.copy_changed);
            let none = check_evidence(&evidence, None, None, Some("00"), &hint);
            assert_eq!(none.verdict, Verdict::NoCopy);
        }
    }
}
