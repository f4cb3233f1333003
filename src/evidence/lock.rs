//! The lock file: what was found where, and in which copy, when the author last looked.
//!
//! It is an annotation page of the W3C Web Annotation Data Model in JSON-LD. Each quotation is an
//! annotation whose target is the source, with a `TextQuoteSelector` and a `TextPositionSelector` (code
//! points). The hashes of the copies stand beside them, under terms that the page's own context defines.

use super::copy::{CopyText, sha256_hex};
use super::verdict::{Checked, Context, Verdict};
use crate::model::{Briefing, Evidence};
use crate::problem::{Code, Problem};
use crate::span::Span;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

/// How many code points of context stand beside a quotation.
const CONTEXT_CHARS: usize = 32;

/// The context of the Web Annotation Data Model.
const ANNOTATION_CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

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
                    key: source.key.clone(),
                    address: address.or(source.address()).map(str::to_owned),
                    read: read.map(str::to_owned),
                    copy: file.map(|file| file.file.clone()),
                    sha256: copy.map(|copy| copy.sha256().to_owned()),
                }
            })
            .collect();
        let mut seen = BTreeSet::new();
        let quotes = briefing
            .all_evidence()
            .zip(checked)
            .filter_map(|((_, evidence), checked)| {
                let quote = locked_words(evidence)?;
                // The same words of one source, quoted twice, stand in the lock once.
                if !seen.insert((evidence.key.clone(), quote.clone())) {
                    return None;
                }
                let copy = evidence.source.and_then(|at| copy_of(at as usize));
                Some(LockedQuote {
                    key: evidence.key.clone(),
                    quote,
                    verdict: checked.verdict,
                    selector: copy
                        .filter(|_| checked.verdict != Verdict::Ambiguous)
                        .and_then(|copy| Selector::of(checked, copy)),
                })
            })
            .collect();
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

    /// The lock as JSON-LD; the same lock is always the same text, so that a change shows as a diff.
    pub fn to_json(&self) -> String {
        let sources: Vec<Value> = self.sources.iter().map(source_to_json).collect();
        let index = self.index();
        let items: Vec<Value> = (self.quotes.iter())
            .map(|quote| quote_to_json(quote, index.source(&quote.key)))
            .collect();
        let page = json!({
            "@context": [
                ANNOTATION_CONTEXT,
                {
                    "sl": "urn:sourceline:",
                    "sources": { "@id": "sl:sources", "@container": "@list" },
                    "key": "sl:key",
                    "address": "sl:address",
                    "read": "sl:read",
                    "copy": "sl:copy",
                    "sha256": "sl:sha256",
                    "verdict": "sl:verdict"
                }
            ],
            "id": format!("urn:sourceline:lock:{}", self.fingerprint()),
            "type": "AnnotationPage",
            "sources": sources,
            "items": items,
        });
        // A value made of strings and numbers can always be written.
        let mut text = serde_json::to_string_pretty(&page).unwrap_or_default();
        text.push('\n');
        text
    }

    fn fingerprint(&self) -> String {
        let keys: Vec<&str> = (self.sources.iter())
            .flat_map(|source| {
                [
                    source.key.as_str(),
                    source.sha256.as_deref().unwrap_or_default(),
                ]
            })
            .collect();
        short_hash(&keys)
    }

    /// Reads a lock file.
    ///
    /// # Errors
    ///
    /// A [`Code::LockSyntax`] problem at the place where the text stops being a lock file.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let page: Value = serde_json::from_str(text).map_err(|error| {
            let at = byte_at(text, error.line(), error.column());
            let message = if error.is_eof() {
                "expected a whole lock file, found that it breaks off".to_owned()
            } else {
                format!("expected a lock file in JSON, found {error}")
            };
            lock_problem(Span::at(at), message)
        })?;
        let is_page = page.get("type").and_then(Value::as_str) == Some("AnnotationPage");
        let (Some(sources), Some(items), true) = (
            page.get("sources").and_then(Value::as_array),
            page.get("items").and_then(Value::as_array),
            is_page,
        ) else {
            return Err(lock_problem(
                Span::new(0, text.len()),
                "expected an annotation page with `sources` and `items`, found other JSON"
                    .to_owned(),
            ));
        };
        let sources = sources
            .iter()
            .map(|source| source_from_json(source, text))
            .collect::<Result<_, _>>()?;
        let quotes = items
            .iter()
            .map(|item| quote_from_json(item, text))
            .collect::<Result<_, _>>()?;
        Ok(Self { sources, quotes })
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
        Some(quote) => Some(quote.text.clone()),
        None if evidence.silent_on.is_empty() => None,
        None => Some(evidence.silent_on.join(", ")),
    }
}

/// An IRI for the source: its address, else its copy, else its key.
fn target_address(key: &str, source: Option<&LockedSource>) -> String {
    let address = source.and_then(|source| source.address.clone());
    let copy = || {
        Some(super::fragment::percent_encoded_path(
            source?.copy.as_deref()?,
        ))
    };
    address.or_else(copy).unwrap_or_else(|| {
        format!(
            "urn:sourceline:source:{}",
            super::fragment::percent_encoded_path(key)
        )
    })
}

/// The first 16 digits of a SHA-256 over some words.
fn short_hash(words: &[&str]) -> String {
    let mut hash = sha256_hex(words.join("\u{1f}").as_bytes());
    hash.truncate(16);
    hash
}

fn source_to_json(source: &LockedSource) -> Value {
    let mut fields = Map::new();
    fields.insert("key".into(), source.key.clone().into());
    for (name, value) in [
        ("address", &source.address),
        ("read", &source.read),
        ("copy", &source.copy),
        ("sha256", &source.sha256),
    ] {
        if let Some(value) = value {
            fields.insert(name.into(), value.clone().into());
        }
    }
    Value::Object(fields)
}

fn quote_to_json(quote: &LockedQuote, source: Option<&LockedSource>) -> Value {
    let mut target = Map::new();
    target.insert("type".into(), "SpecificResource".into());
    target.insert("source".into(), target_address(&quote.key, source).into());
    if let Some(selector) = &quote.selector {
        target.insert(
            "selector".into(),
            json!([
                {
                    "type": "TextQuoteSelector",
                    "exact": selector.exact,
                    "prefix": selector.prefix,
                    "suffix": selector.suffix,
                },
                {
                    "type": "TextPositionSelector",
                    "start": selector.start,
                    "end": selector.end,
                }
            ]),
        );
    }
    json!({
        "id": format!("urn:sourceline:quote:{}", short_hash(&[&quote.key, &quote.quote])),
        "type": "Annotation",
        "motivation": "assessing",
        "key": quote.key,
        "verdict": quote.verdict.as_str(),
        "body": { "type": "TextualBody", "format": "text/plain", "value": quote.quote },
        "target": target,
    })
}

fn source_from_json(source: &Value, text: &str) -> Result<LockedSource, Problem> {
    let field = |name: &str| source.get(name).and_then(Value::as_str).map(str::to_owned);
    let sha256 = field("sha256");
    if let Some(hash) = &sha256
        && (hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return Err(lock_problem(
            place_of(text, hash),
            format!("expected a SHA-256 of 64 hexadecimal digits, found `{hash}`"),
        ));
    }
    Ok(LockedSource {
        key: field("key").ok_or_else(|| missing(text, "key", "source"))?,
        address: field("address"),
        read: field("read"),
        copy: field("copy"),
        sha256,
    })
}

fn quote_from_json(item: &Value, text: &str) -> Result<LockedQuote, Problem> {
    let string =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let key = string(item, "key").ok_or_else(|| missing(text, "key", "annotation"))?;
    let quote = item
        .get("body")
        .and_then(|body| string(body, "value"))
        .ok_or_else(|| missing(text, "body.value", "annotation"))?;
    let name = string(item, "verdict").ok_or_else(|| missing(text, "verdict", "annotation"))?;
    let verdict = Verdict::from_name(&name).ok_or_else(|| {
        lock_problem(
            place_of(text, &name),
            format!("expected a verdict such as `verbatim`, found `{name}`"),
        )
    })?;
    let selectors = item
        .pointer("/target/selector")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let of_type = |kind: &str| {
        selectors
            .iter()
            .find(|selector| selector.get("type").and_then(Value::as_str) == Some(kind))
    };
    let number = |value: &Value, name: &str| {
        let number = value.get(name).and_then(Value::as_u64)?;
        usize::try_from(number).ok()
    };
    let selector = match (
        of_type("TextQuoteSelector"),
        of_type("TextPositionSelector"),
    ) {
        (None, None) => None,
        (words, position) => {
            let selector = words.zip(position).and_then(|(words, position)| {
                Some(Selector {
                    exact: string(words, "exact")?,
                    prefix: string(words, "prefix").unwrap_or_default(),
                    suffix: string(words, "suffix").unwrap_or_default(),
                    start: number(position, "start")?,
                    end: number(position, "end")?,
                })
            });
            Some(selector.ok_or_else(|| missing(text, "exact, start or end", "selector"))?)
        }
    };
    Ok(LockedQuote {
        key,
        quote,
        verdict,
        selector,
    })
}

fn missing(text: &str, field: &str, owner: &str) -> Problem {
    let article = if owner.starts_with('a') { "an" } else { "a" };
    lock_problem(
        Span::new(0, text.len()),
        format!("expected `{field}` in every {owner}, found {article} {owner} without it"),
    )
}

fn lock_problem(span: Span, message: String) -> Problem {
    Problem::new(
        Code::LockSyntax,
        span,
        message,
        "run `sourceline lock` to write it anew; nothing in it is typed by hand",
    )
}

/// Where words first stand in the file.
fn place_of(text: &str, words: &str) -> Span {
    text.find(words).map_or(Span::new(0, text.len()), |at| {
        Span::new(at, at + words.len())
    })
}

/// The byte at a line and a column (in bytes) as serde_json counts them, from 1.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (start + column.saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{check, check_evidence};
    use crate::model::{Quote, Relation};

    fn lock() -> Lock {
        let copy = CopyText::from_text(
            "Вони домовилися про «повне припинення вогню» у неділю, 23 березня.",
        );
        let checked = check("повне припинення вогню", None, &copy, &Context::default());
        Lock {
            sources: vec![
                LockedSource {
                    key: "up".into(),
                    address: Some("https://example.org/a".into()),
                    read: Some("2025-03-18".into()),
                    copy: Some("sources/up.txt".into()),
                    sha256: Some(copy.sha256().to_owned()),
                },
                LockedSource {
                    key: "none".into(),
                    ..LockedSource::default()
                },
            ],
            quotes: vec![
                LockedQuote {
                    key: "up".into(),
                    quote: "повне припинення вогню".into(),
                    verdict: checked.verdict,
                    selector: Selector::of(&checked, &copy),
                },
                LockedQuote {
                    key: "none".into(),
                    quote: "words".into(),
                    verdict: Verdict::NoCopy,
                    selector: None,
                },
            ],
        }
    }

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let lock = lock();
        let text = lock.to_json();
        assert_eq!(Lock::parse(&text), Ok(lock.clone()));
        assert_eq!(text, lock.to_json());
        let selector = lock.quotes[0].selector.as_ref().expect("found");
        assert_eq!((selector.start, selector.end), (21, 43));
        assert_eq!(selector.prefix, "Вони домовилися про «");
        assert_eq!(selector.suffix, "» у неділю, 23 березня.");
    }

    #[test]
    fn annotations_are_as_the_data_model_wants_them() {
        let page: Value = serde_json::from_str(&lock().to_json()).expect("JSON");
        assert_eq!(page["@context"][0], ANNOTATION_CONTEXT);
        let item = &page["items"][0];
        assert_eq!(item["type"], "Annotation");
        assert!(item["id"].as_str().is_some_and(|id| id.starts_with("urn:")));
        assert_eq!(item["target"]["source"], "https://example.org/a");
        assert_eq!(item["target"]["selector"][0]["type"], "TextQuoteSelector");
        assert_eq!(item["target"]["selector"][1]["start"], 21);
    }

    #[test]
    fn a_lock_cut_anywhere_is_a_problem_with_a_remedy() {
        let text = lock().to_json();
        let cuts = text
            .char_indices()
            .map(|(at, _)| at)
            .filter(|&at| at < text.trim_end().len());
        for at in cuts {
            let problem = Lock::parse(&text[..at]).expect_err("cut");
            assert_eq!(problem.code, Code::LockSyntax);
            assert!(problem.span.end as usize <= at && !problem.hint.is_empty());
        }
        for text in [
            "[]",
            "{}",
            "null",
            "{\"type\":\"AnnotationPage\",\"sources\":[{}],\"items\":[]}",
        ] {
            assert!(Lock::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn entries_are_found_by_key_and_by_words() {
        let lock = lock();
        let index = lock.index();
        let sha256 = lock.sources[0].sha256.as_deref();
        assert_eq!(index.sha256_of("up"), sha256);
        assert_eq!(index.sha256_of("none"), None);
        assert_eq!(index.source("nobody"), None);
        let evidence = |key: &str, quote: &str| Evidence {
            key: key.into(),
            source: Some(0),
            relation: Relation::Says,
            locator: None,
            quote: Some(Quote {
                text: quote.into(),
                span: Span::default(),
                translation: None,
                lang: None,
                translator: None,
            }),
            silent_on: Vec::new(),
            by: None,
            to: None,
            on: None,
            as_of: None,
            grade: None,
            span: Span::default(),
        };
        let known = index.context_of(&evidence("up", "повне припинення вогню"));
        assert_eq!(known.position, Some(21));
        for unknown in [evidence("up", "інші слова"), evidence("none", "words")] {
            assert_eq!(index.context_of(&unknown), Context::default());
        }
    }

    #[test]
    fn a_copy_keeps_its_date_until_it_changes_and_no_place_is_chosen_among_several() {
        let mut briefing = crate::parse::briefing(
            "---\nsources: {a: {title: A, copy: a.txt}}\n---\nOne [@a, \"here and there\"] and two [@a, \"once only\"].\n".into(),
            &crate::parse::Context {
                file_name: "a.md",
                bibliography: &|_| Err(crate::parse::BibliographyFault::Missing),
                shared: None,
            },
        )
        .0;
        briefing.sources.truncate(1);
        let build = |words: &str, before: &Lock, now: &str| {
            let copy = CopyText::from_text(words);
            let outcomes: Vec<_> = briefing
                .all_evidence()
                .map(|(_, evidence)| {
                    check_evidence(
                        evidence,
                        None,
                        Some(&copy),
                        None,
                        &before.index().context_of(evidence),
                    )
                })
                .collect();
            let outcomes: Vec<_> = outcomes.iter().collect();
            Lock::build(&briefing, &[Some(&copy)], &outcomes, before, now)
        };
        let words = "It stands here and there, and here and there again; this once only.";
        let first = build(words, &Lock::default(), "2025-03-18");
        let verdicts: Vec<_> = first.quotes.iter().map(|quote| quote.verdict).collect();
        assert_eq!(verdicts, [Verdict::Ambiguous, Verdict::Verbatim]);
        assert_eq!(first.quotes[0].selector, None);
        assert!(first.quotes[1].selector.is_some());
        let same = build(words, &first, "2030-01-01");
        assert_eq!(same.to_json(), first.to_json());
        let changed = build(&words.replace("again", "once more"), &first, "2030-01-01");
        assert_eq!(changed.sources[0].read.as_deref(), Some("2030-01-01"));
    }
}
