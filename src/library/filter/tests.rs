//! Filters on a small library whose every event can be counted by hand.

use super::*;
use crate::parse;

const TALKS: &str = r#"---
title: The talks
tags: [war]
events:
  - id: call
    date: 2025-03-18T10:00Z
    title: The call
    lane: Diplomacy/Washington
    actors: [Ann, Bob]
    sources: [wh]
  - id: exchange
    date: 2025-03-19
    title: The exchange
    lane: Diplomacy
    actors: [Bob]
    tags: [prisoners]
  - id: later
    date: 2025-04-01/..
    title: Later
sources:
  wh:
    title: Readout
    url: https://example.org/readout
  paper:
    title: A paper
---
## The call {#call}

Both sides agreed to go on talking about it [@wh, "go on talking"].

## The exchange {#exchange}

On the next day prisoners were exchanged [@paper].
"#;

const OTHER: &str = r#"---
title: Another/thing
events:
  - id: fall
    date: -0043-03-15
    title: The fall
    actors: [ann]
    sources: ["https://www.example.org/readout/"]
---
A sentence without any mark that stands alone here.
"#;

fn snapshot() -> Snapshot {
    let file = |id: u32, name: &str, text: &str| {
        let context = parse::Context {
            file_name: name,
            bibliography: &|_| Err(parse::BibliographyFault::Missing),
            shared: None,
        };
        let (briefing, _) = parse::briefing(text.into(), &context);
        SnapshotFile {
            id: FileId(id),
            name: name.into(),
            path_hash: u64::from(id),
            briefing: Arc::new(briefing),
        }
    };
    Snapshot {
        files: vec![file(0, "talks.md", TALKS), file(1, "other.md", OTHER)],
    }
}

fn standing(file: FileId, at: u32) -> Option<Standing> {
    match (file.0, at) {
        (0, 0) => Some(Standing::SingleSource),
        (0, 1) => Some(Standing::Unquoted),
        _ => None,
    }
}

/// The ids of the events and of the statements that are shown, and the selection itself.
fn shown(criteria: &Criteria) -> (Vec<String>, Vec<String>, Selected) {
    let snapshot = snapshot();
    let known = Known {
        zone: &Zone::utc(),
        standing: &standing,
        hits: None,
    };
    let selected = select(&snapshot, criteria, &known);
    let file = |id: FileId| {
        let mut files = snapshot.files.iter();
        files.find(|file| file.id == id).expect("a file of these")
    };
    let events = selected
        .events
        .iter()
        .map(|(id, at)| file(id).briefing.events[at as usize].id.to_string());
    let statements = selected
        .statements
        .iter()
        .map(|(id, at)| file(id).briefing.statements[at as usize].id.to_string());
    let (events, statements) = (events.collect(), statements.collect());
    (events, statements, selected)
}

fn words(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn each_field_lets_through_what_has_one_of_its_values() {
    type Case<'a> = (&'a str, Criteria, &'a [&'a str], &'a [&'a str]);
    let base = Criteria::default;
    let instant = |text: &str| {
        let date = Date::parse(text, None).expect("a date");
        date.earliest().expect("a bounded date")
    };
    let cases: [Case<'_>; 14] = [
        (
            "nothing",
            base(),
            &["call", "exchange", "later", "fall"],
            &["s1", "s2"],
        ),
        (
            "a group of lanes",
            Criteria {
                lanes: words(&["diplomacy"]),
                ..base()
            },
            &["call", "exchange"],
            &["s1", "s2"],
        ),
        (
            "a lane in a group",
            Criteria {
                lanes: words(&["Diplomacy/Washington"]),
                ..base()
            },
            &["call"],
            &["s1"],
        ),
        (
            "no lane by part of its name",
            Criteria {
                lanes: words(&["Diplo"]),
                ..base()
            },
            &[],
            &[],
        ),
        (
            "the lane of a briefing",
            Criteria {
                lanes: words(&["Another\u{2044}thing"]),
                ..base()
            },
            &["fall"],
            &[],
        ),
        (
            "an actor, in any case",
            Criteria {
                actors: words(&["Ann"]),
                ..base()
            },
            &["call", "fall"],
            &["s1"],
        ),
        (
            "one of two tags, also of the briefing",
            Criteria {
                tags: words(&["war"]),
                ..base()
            },
            &["call", "exchange", "later"],
            &["s1", "s2"],
        ),
        (
            "a source by address, across files",
            Criteria {
                sources: words(&["http://example.org/readout"]),
                ..base()
            },
            &["call", "fall"],
            &["s1"],
        ),
        (
            "a source by key, through a statement",
            Criteria {
                sources: words(&["paper"]),
                ..base()
            },
            &["exchange"],
            &["s2"],
        ),
        (
            "a standing",
            Criteria {
                standings: [Standing::Unquoted].into(),
                ..base()
            },
            &["exchange"],
            &["s2"],
        ),
        (
            "a briefing",
            Criteria {
                briefings: words(&["other.md"]),
                ..base()
            },
            &["fall"],
            &[],
        ),
        (
            "a day, half-open",
            Criteria {
                range: Some(instant("2025-03-19")..instant("2025-03-20")),
                ..base()
            },
            &["exchange"],
            &["s2"],
        ),
        (
            "what goes on without end",
            Criteria {
                range: Some(instant("2030")..instant("2031")),
                ..base()
            },
            &["later"],
            &[],
        ),
        (
            "two fields together",
            Criteria {
                actors: words(&["Bob"]),
                tags: words(&["prisoners"]),
                ..base()
            },
            &["exchange"],
            &["s2"],
        ),
    ];
    for (name, criteria, events, statements) in cases {
        let found = shown(&criteria);
        assert_eq!(found.0, events, "events: {name}");
        assert_eq!(found.1, statements, "statements: {name}");
    }
}

#[test]
fn counts_are_of_what_the_other_fields_let_through() {
    let count = |selected: &Selected, field: Field, value: &str| {
        let mut facets = selected.facets.of(field).iter();
        facets
            .find(|facet| facet.value == value)
            .map(|facet| facet.count)
    };
    let (_, _, all) = shown(&Criteria::default());
    assert_eq!(all.hidden_events(), 0);
    assert_eq!(count(&all, Field::Lane, "Diplomacy"), Some(2));
    assert_eq!(count(&all, Field::Lane, "Diplomacy/Washington"), Some(1));
    assert_eq!(count(&all, Field::Actor, "Bob"), Some(2));
    assert_eq!(count(&all, Field::Source, "example.org/readout"), Some(2));
    assert_eq!(count(&all, Field::Standing, "unquoted"), Some(1));
    assert_eq!(count(&all, Field::Briefing, "other.md"), Some(1));

    let (_, _, some) = shown(&Criteria {
        actors: words(&["Ann"]),
        ..Criteria::default()
    });
    assert_eq!(some.hidden_events(), 2);
    assert_eq!(some.hidden_statements(), 1);
    // Other actors could be added, so their counts stay; lanes are of what Ann took part in.
    assert_eq!(count(&some, Field::Actor, "Bob"), Some(2));
    assert_eq!(count(&some, Field::Lane, "Diplomacy"), Some(1));
    assert_eq!(count(&some, Field::Tag, "prisoners"), Some(0));
}

#[test]
fn a_search_narrows_events_and_statements() {
    let snapshot = snapshot();
    let (_, _, all) = shown(&Criteria::default());
    let mut events = Marks::none(all.events.numbering());
    events.insert(FileId(0), 1);
    let statements = Marks::none(all.statements.numbering());
    let known = Known {
        zone: &Zone::utc(),
        standing: &standing,
        hits: Some((&events, &statements)),
    };
    let selected = select(&snapshot, &Criteria::default(), &known);
    assert_eq!(selected.events, events);
    assert_eq!(selected.statements.len(), 0);
    assert_eq!(selected.facets.of(Field::Actor).len(), 1);
}

#[test]
fn criteria_are_set_cleared_and_counted_by_field() {
    let mut criteria = Criteria::default();
    for field in Field::ALL {
        criteria.set(field, "disputed", true);
    }
    assert_eq!(criteria.count(), 6);
    criteria.set(Field::Standing, "no such standing", true);
    assert_eq!(criteria.values(Field::Standing), ["disputed"]);
    criteria.set(Field::Lane, "disputed", false);
    criteria.clear(Field::Standing);
    assert_eq!(criteria.count(), 4);
    assert!(!criteria.is_empty());
}
