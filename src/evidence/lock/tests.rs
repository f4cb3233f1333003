//! Locks as they are written and read.

use super::*;
use crate::evidence::{check, check_evidence};
use crate::model::{Quote, Relation};
use crate::problem::Code;
use crate::span::Span;
use serde_json::Value;

fn lock() -> Lock {
    let copy =
        CopyText::from_text("Вони домовилися про «повне припинення вогню» у неділю, 23 березня.");
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
    assert_eq!(page["@context"][0], "http://www.w3.org/ns/anno.jsonld");
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
            details: Default::default(),
        }),
        details: Default::default(),
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
