//! What golden files cannot show well: shared sources, zones, limits. The rest stands in `tests/data/`.

use super::*;
use crate::parse::{Bibliography, briefing};

fn read(text: &str, shared: Option<&Bibliography>) -> (Briefing, Vec<Problem>) {
    let bibliography = |_: &str| Err(BibliographyFault::Unreadable("it is locked".to_owned()));
    let context = Context {
        file_name: "2025-03-18 note.md",
        bibliography: &bibliography,
        shared,
    };
    briefing(text.into(), &context)
}

fn codes(problems: &[Problem]) -> Vec<Code> {
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn a_bare_file_is_called_by_its_name() {
    let (briefing, problems) = read("Some words.\n", None);
    assert_eq!(briefing.title, "2025-03-18 note");
    assert_eq!(briefing.body, Span::new(0, 12));
    assert_eq!(problems, []);
}

#[test]
fn expected_verdicts_are_read_where_they_stand() {
    for written in [
        "[near, Not_Found]",
        "near, not found",
        "\n  - near\n  - not-found",
    ] {
        let text = format!("---\ntitle: A\nexpect: {written}\n---\n");
        let (briefing, problems) = read(&text, None);
        let names: Vec<_> = briefing
            .expected_verdicts
            .iter()
            .map(|expected| expected.name.as_str())
            .collect();
        assert_eq!(names, ["near", "not-found"], "{written}");
        let first = briefing.words(briefing.expected_verdicts[0].span);
        assert!(first.starts_with("near"), "{first}");
        assert_eq!(problems, []);
    }
}

#[test]
fn of_shared_sources_only_the_used_are_brought_in() {
    let source = |key: &str, based_on: &[&str]| Source {
        key: key.into(),
        title: Some(key.to_uppercase().into()),
        url: Some(format!("https://example.org/{key}").into()),
        details: crate::model::SourceDetails {
            based_on: based_on.iter().map(|&key| key.into()).collect(),
            ..Default::default()
        }
        .into(),
        origin: SourceOrigin::Shared("sources.yml".into()),
        ..Source::default()
    };
    let shared = Bibliography::new(vec![
        source("a", &["b"]),
        source("b", &["a"]),
        source("c", &[]),
        source("d", &[]),
    ]);
    let text = "---\nevents:\n  - {date: 2025, title: One, sources: [a]}\n---\nSee [it](https://example.org/d).\n";
    let (briefing, problems) = read(text, Some(&shared));
    let keys: Vec<_> = briefing
        .sources
        .iter()
        .map(|source| source.key.as_str())
        .collect();
    assert_eq!(keys, ["a", "d", "b"]);
    assert_eq!(briefing.events[0].evidence[0].source, Some(0));
    assert!(briefing.sources.iter().all(|source| source.span.is_empty()));
    assert_eq!(problems, []);
}

#[test]
fn a_bibliography_that_cannot_be_read_says_why() {
    let (_, problems) = read("---\nbibliography: refs.bib\n---\n", None);
    assert_eq!(codes(&problems), [Code::BibliographySyntax]);
    assert!(
        problems[0].message.ends_with("it is locked"),
        "{}",
        problems[0].message
    );
}

#[test]
fn times_without_an_offset_are_those_of_the_zone() {
    let event = |zone: &str| {
        let text = format!(
            "---\ntimezone: {zone}\nevents:\n  - date: 2025-03-18T10:00\n    title: Call\n---\n"
        );
        let (mut briefing, _) = read(&text, None);
        briefing.events.remove(0).date.expect("a date")
    };
    let washington = event("America/New_York");
    let kyiv = event("Europe/Kyiv");
    assert!(!washington.local() && !kyiv.local());
    let hours = (washington.earliest().expect("a start").0 - kyiv.earliest().expect("a start").0)
        / 3_600_000;
    assert_eq!(hours, 6);
    assert!(event("Mars/Olympus").local());
}

#[test]
fn events_and_problems_beyond_the_limit_are_told_once() {
    let text = format!(
        "---\nevents:\n{}---\n",
        "- date: 2025\n  title: x\n".repeat(crate::parse::bounds::MAX_EVENTS + 2)
    );
    let (briefing, problems) = read(&text, None);
    assert_eq!(briefing.events.len(), crate::parse::bounds::MAX_EVENTS);
    assert_eq!(codes(&problems), [Code::TooManyEvents]);
    assert_eq!(briefing.events[1].id, "x-2");

    let text = format!(
        "---\nevents:\n{}---\n",
        "- title: x\n".repeat(crate::parse::bounds::MAX_PROBLEMS + 9)
    );
    let (_, problems) = read(&text, None);
    assert_eq!(problems.len(), crate::parse::bounds::MAX_PROBLEMS + 1);
    assert!(
        problems[crate::parse::bounds::MAX_PROBLEMS]
            .message
            .ends_with("not listed")
    );
}

#[test]
fn ids_written_by_the_author_stand_before_those_made_of_titles() {
    let text = "---\nevents:\n  - {date: 2025, title: Call}\n  - {date: 2025, title: Call}\n  - {date: 2025, id: call, title: Other}\n---\n";
    let (briefing, problems) = read(text, None);
    let ids: Vec<_> = briefing
        .events
        .iter()
        .map(|event| event.id.as_str())
        .collect();
    assert_eq!(ids, ["call-2", "call-3", "call"]);
    assert_eq!(problems, []);
}

#[test]
fn a_dated_file_is_an_event_with_the_whole_body_as_its_passage() {
    let (briefing, problems) = read("---\ndate: 2025-03-18\n---\nWords.\n", None);
    assert_eq!(problems, []);
    let event = &briefing.events[0];
    assert_eq!(
        (event.title.as_str(), event.id.as_str()),
        ("2025-03-18 note", "2025-03-18-note")
    );
    assert_eq!(event.passages.as_slice(), [briefing.body]);
    // A list of events says that the date is the briefing's.
    let (briefing, _) = read("---\ndate: 2025-03-18\nevents: []\n---\nWords.\n", None);
    assert_eq!(briefing.events.len(), 0);
    assert!(briefing.date.is_some());
}
