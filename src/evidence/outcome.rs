//! The verdict on one piece of evidence, with or without a copy and a lock.

use super::check::check;
use super::copy::CopyText;
use super::locator;
use super::silence::check_silence;
use super::verdict::{Checked, Context, Level, Verdict};
use crate::model::{Evidence, Relation, Source};
use crate::text::Text;
use sha2::{Digest as _, Sha256};

/// What is asked of a copy: do these words stand in it, or is it silent on them?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question<'a> {
    Quote {
        words: &'a str,
        /// BCP 47; chooses the guard words.
        lang: Option<&'a str>,
        /// Where the author says that they stand.
        locator: Option<&'a str>,
    },
    Silence(&'a [Text]),
}

/// Stands for a question, the copy it is put to, and the hint: the same digest, the same outcome.
pub type QuestionDigest = [u8; 32];

impl<'a> Question<'a> {
    /// What there is to ask for a piece of evidence; `None` for a paraphrase.
    pub fn of(evidence: &'a Evidence, source: Option<&'a Source>) -> Option<Self> {
        if evidence.relation == Relation::Silent || !evidence.details.silent_on.is_empty() {
            return (!evidence.details.silent_on.is_empty())
                .then_some(Self::Silence(&evidence.details.silent_on));
        }
        let quote = evidence.quote.as_ref()?;
        let lang = quote
            .details
            .lang
            .as_deref()
            .or_else(|| source.and_then(|source| source.details.language.as_deref()));
        (!quote.text.trim().is_empty()).then_some(Self::Quote {
            words: &quote.text,
            lang,
            locator: evidence.locator.as_deref(),
        })
    }

    /// Looks it up. `hint` is what a lock knows of the place.
    pub fn ask(&self, copy: &CopyText, hint: &Context) -> Checked {
        match *self {
            Self::Quote {
                words,
                lang,
                locator,
            } => {
                let located = locator.map(|locator| locator::passages(copy, locator));
                match located.filter(|passages| !passages.is_empty()) {
                    Some(passages) => {
                        let hint = Context {
                            passages,
                            ..hint.clone()
                        };
                        check(words, lang, copy, &hint)
                    }
                    None => check(words, lang, copy, hint),
                }
            }
            Self::Silence(words) => check_silence(words, copy),
        }
    }

    /// The digest under which the outcome can be kept.
    pub fn digest(&self, copy: &CopyText, hint: &Context) -> QuestionDigest {
        let mut hasher = Sha256::new();
        // Each part with its length before it, so that no two questions run into the same bytes.
        let mut part = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(copy.sha256().as_bytes());
        part(&[copy.kind() as u8]);
        match *self {
            Self::Quote {
                words,
                lang,
                locator,
            } => {
                part(b"quote");
                part(words.as_bytes());
                for optional in [lang, locator] {
                    part(&[u8::from(optional.is_some())]);
                    part(optional.unwrap_or_default().as_bytes());
                }
            }
            Self::Silence(words) => {
                part(b"silence");
                for word in words {
                    part(word.as_bytes());
                }
            }
        }
        part(hint.prefix.as_bytes());
        part(hint.suffix.as_bytes());
        part(&hint.position.map_or(u64::MAX, |at| at as u64).to_le_bytes());
        for passage in &hint.passages {
            part(&(passage.start as u64).to_le_bytes());
            part(&(passage.end as u64).to_le_bytes());
        }
        hasher.finalize().into()
    }
}

/// Checks a piece of evidence.
///
/// `copy` is `None` when the source has none or it could not be read; `locked_sha256` is the hash that the lock file
/// has for the copy, `hint` what it has for the place of the quote. A changed copy is checked all the same: the verdict is
/// `copy-changed` unless a worse one stands.
pub fn check_evidence(
    evidence: &Evidence,
    source: Option<&Source>,
    copy: Option<&CopyText>,
    locked_sha256: Option<&str>,
    hint: &Context,
) -> Checked {
    let ask = |question: &Question<'_>, copy: &CopyText| question.ask(copy, hint);
    check_evidence_with(evidence, source, copy, locked_sha256, ask)
}

/// As [`check_evidence`]; `ask` answers the question, for example from what was found before.
pub fn check_evidence_with(
    evidence: &Evidence,
    source: Option<&Source>,
    copy: Option<&CopyText>,
    locked_sha256: Option<&str>,
    ask: impl FnOnce(&Question<'_>, &CopyText) -> Checked,
) -> Checked {
    let Some(question) = Question::of(evidence, source) else {
        return Checked::bare(Verdict::Paraphrase);
    };
    let Some(copy) = copy else {
        return Checked::bare(Verdict::NoCopy);
    };
    let mut checked = ask(&question, copy);
    checked.copy_changed =
        locked_sha256.is_some_and(|locked| !locked.trim().eq_ignore_ascii_case(copy.sha256()));
    if checked.copy_changed && checked.level() < Level::Warn {
        checked.verdict = Verdict::CopyChanged;
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_part_of_a_question_counts_in_its_digest() {
        let quote = |words, lang, locator| Question::Quote {
            words,
            lang,
            locator,
        };
        let (copy, other) = (CopyText::from_text("one two"), CopyText::from_text("one"));
        let page = CopyText::new(b"one two", "a.html").expect("a page");
        let none = Context::default();
        let at = |position| Context {
            position,
            ..Context::default()
        };
        let before = Context {
            prefix: "one".to_owned(),
            ..Context::default()
        };
        let words = |words: &[&str]| words.iter().map(|&it| it.into()).collect::<Vec<Text>>();
        let (apart, together) = (words(&["a", "b"]), words(&["ab"]));
        let digests = [
            quote("one", None, None).digest(&copy, &none),
            quote("one", None, None).digest(&other, &none),
            quote("one", None, None).digest(&page, &none),
            quote("one", Some("en"), None).digest(&copy, &none),
            quote("one", None, Some("en")).digest(&copy, &none),
            quote("one", Some(""), None).digest(&copy, &none),
            quote("two", None, None).digest(&copy, &none),
            quote("one", None, None).digest(&copy, &at(Some(0))),
            quote("one", None, None).digest(&copy, &before),
            Question::Silence(&apart).digest(&copy, &none),
            Question::Silence(&together).digest(&copy, &none),
        ];
        let different: HashSet<_> = digests.iter().collect();
        assert_eq!(different.len(), digests.len());
        assert_eq!(digests[0], quote("one", None, None).digest(&copy, &none));
    }
}
