//! The lock file: what was found where, and in which copy, when the author last looked.
//!
//! It is an annotation page of the W3C Web Annotation Data Model in JSON-LD. Each quotation is an
//! annotation whose target is the source, with a `TextQuoteSelector` and a `TextPositionSelector` (code
//! points). The hashes of the copies stand beside them, under terms that the page's own context defines.

#![expect(clippy::arithmetic_side_effects, reason = "places within one text")]

mod json;
#[cfg(test)]
mod tests;

use super::copy::CopyText;
use super::verdict::{Checked, Context, Verdict};
use crate::model::{Briefing, Evidence};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// How many code points of context stand beside a quotation.
const CONTEXT_CHARS: usize = 32;

/// What a lock file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// In the order of the briefing.
    pub sources: Vec<LockedSource>,
    pub quotes: Vec<LockedQuote>,
}

/// A source as it was when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockedSource {
    pub key: String,
    pub address: Option<String>,
    /// When it was read, as an ISO 8601 date or time.
    pub read: Option<String>,
    /// The copy, relative to the briefing.
    pub copy: Option<String>,
    /// The SHA-256 of the copy's bytes; `None` when there was no copy.
    pub sha256: Option<String>,
}

/// A quotation, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedQuote {
    pub key: String,
    /// As the author wrote it; the listed words of a silence.
    pub quote: String,
    pub verdict: Verdict,
    /// Where it stood; `None` when it was not found, or in more places than one: a place that nobody chose would
    /// decide between them at the next check.
    pub selector: Option<Selector>,
}

/// A passage by its words and by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// The words that stand there.
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
    /// Code points of the copy's text.
    pub start: usize,
    pub end: usize,
}

impl Selector {
    /// Describes what a check found.
    pub fn of(checked: &Checked, copy: &CopyText) -> Option<Self> {
        let range = checked.found.clone()?;
        let (start, end) = (checked.start?, checked.end?);
        let before = copy.byte(start.saturating_sub(CONTEXT_CHARS))..range.start;
        let after = range.end..copy.byte(end + CONTEXT_CHARS);
        Some(Self {
            exact: copy.words(&range).to_owned(),
            prefix: copy.words(&before).to_owned(),
            suffix: copy.words(&after).to_owned(),
            start,
            end,
        })
    }

    /// The same as a hint for the next check.
    pub fn context(&self) -> Context {
        Context {
            prefix: self.prefix.clone(),
            suffix: self.suffix.clone(),
            position: Some(self.start),
            passages: Vec::new(),
        }
    }
}

impl Lock {
    /// Locks a briefing. `copies` are those of its sources, in their order; `checked` are the outcomes of
    /// [`Briefing::all_evidence`], in its order. A copy without a date of its own keeps the one that `before` has for the
    /// same bytes; one that is new or has changed was read at `now`.
    pub fn build(
        briefing: &Briefing,
        copies: &[Option<&CopyText>],
        checked: &[&Checked],
        before: &Self,
        now: &str,
    ) -> Self {
        let before = before.index();
        let copy_of = |at: usize| copies.get(at).copied().flatten();
        let sources = briefing
            .sources
            .iter()
            .enumerate()
            .map(|(at, source)| {
                let copy = copy_of(at);
                let file = source.copy.as_ref();
                let dated = file.and_then(|file| file.date.as_ref());
                let address = file.and_then(|file| file.url.as_deref());
                let read = copy.map(|copy| {
                    let locked = before.source(&source.key).filter(|locked| {
                        let sha256 = locked.sha256.as_deref().unwrap_or_default();
                        sha256.eq_ignore_ascii_case(copy.sha256())
                    });
                    let kept = locked.and_then(|locked| locked.read.as_deref());
                    dated.map_or(kept.unwrap_or(now), |date| date.written())
                });
                LockedSource {
                    key: source.key.to_string(),
                    address: address.or(source.address()).map(str::to_owned),
                    read: read.map(str::to_owned),
                    copy: file.map(|file| file.file.to_string()),
                    sha256: copy.map(|copy| copy.sha256().to_owned()),
                }
            })
            .collect();
        let mut quotes: Vec<LockedQuote> = Vec::new();
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        for ((_, evidence), checked) in briefing.all_evidence().zip(checked) {
            let Some(quote) = locked_words(evidence) else {
                continue;
            };
            let copy = evidence.source.and_then(|at| copy_of(at as usize));
            let selector = copy
                .filter(|_| checked.verdict != Verdict::Ambiguous)
                .and_then(|copy| Selector::of(checked, copy));
            // The same words of one source, quoted twice, stand in the lock once. Where a locator puts them in two places,
            // the lock has neither: it would decide for the one that was quoted without a locator.
            let at = seen.entry((evidence.key.to_string(), quote.to_string()));
            match at {
                Entry::Occupied(at) => {
                    if let Some(before) = quotes.get_mut(*at.get())
                        && before.selector != selector
                    {
                        before.selector = None;
                    }
                }
                Entry::Vacant(at) => {
                    at.insert(quotes.len());
                    quotes.push(LockedQuote {
                        key: evidence.key.to_string(),
                        quote,
                        verdict: checked.verdict,
                        selector,
                    });
                }
            }
        }
        Self { sources, quotes }
    }

    /// The same, made ready for many questions.
    pub fn index(&self) -> LockIndex<'_> {
        // Of two entries with one key the first counts, as in a search from the top.
        let sources = self.sources.iter().rev();
        let quotes = self.quotes.iter().rev();
        LockIndex {
            sources: sources
                .map(|source| (source.key.as_str(), source))
                .collect(),
            places: quotes
                .filter_map(|locked| {
                    let selector = locked.selector.as_ref()?;
                    Some(((locked.key.as_str(), locked.quote.as_str()), selector))
                })
                .collect(),
        }
    }
}

/// A lock whose entries are found at once, however many there are.
#[derive(Clone, Debug, Default)]
pub struct LockIndex<'a> {
    sources: HashMap<&'a str, &'a LockedSource>,
    /// By source key and quoted words.
    places: HashMap<(&'a str, &'a str), &'a Selector>,
}

impl<'a> LockIndex<'a> {
    /// The locked source with this key.
    pub fn source(&self, key: &str) -> Option<&'a LockedSource> {
        self.sources.get(key).copied()
    }

    /// The locked hash of a source's copy.
    pub fn sha256_of(&self, key: &str) -> Option<&'a str> {
        self.source(key)?.sha256.as_deref()
    }

    /// What the lock knows of a quotation's place; empty when it does not know it.
    pub fn context_of(&self, evidence: &Evidence) -> Context {
        locked_words(evidence)
            .and_then(|words| {
                let at = (evidence.key.as_str(), words.as_str());
                self.places.get(&at).map(|selector| selector.context())
            })
            .unwrap_or_default()
    }
}

/// The words under which a piece of evidence stands in the lock; `None` for a paraphrase.
fn locked_words(evidence: &Evidence) -> Option<String> {
    match &evidence.quote {
        Some(quote) => Some(quote.text.to_string()),
        None if evidence.details.silent_on.is_empty() => None,
        None => Some(evidence.details.silent_on.join(", ")),
    }
}
