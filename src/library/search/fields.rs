//! What a unit is known by beside its title and its words, as a reader would say it: an actor, a lane, a source.

use super::engine::Hit;
use super::passage::Matcher;
use super::units::UnitKind;
use crate::model::{Briefing, Event, Evidence, Source};
use crate::text::Text;

/// The fields of a unit that hold what is sought, each with its name: `Actors: Ann, Bob · Lane: Diplomacy`. Empty when none does.
pub fn matching(briefing: &Briefing, hit: &Hit, matcher: &mut Matcher) -> String {
    let mut found: Vec<String> = Vec::new();
    for (name, words) in fields(briefing, hit, matcher) {
        if words.iter().any(|words| matcher.finds(words)) {
            found.push(format!("{name}: {}", words.join(", ")));
        }
    }
    found.join(" · ")
}

type Field<'a> = (&'static str, Vec<&'a str>);

fn fields<'a>(briefing: &'a Briefing, hit: &Hit, matcher: &mut Matcher) -> Vec<Field<'a>> {
    let at = hit.at as usize;
    let fields = match hit.kind {
        UnitKind::Passage => None,
        UnitKind::Briefing => Some(of_briefing(briefing)),
        UnitKind::Event => {
            let event = briefing.events.get(at);
            event.map(|event| of_event(briefing, event, matcher))
        }
        UnitKind::Source => briefing.sources.get(at).map(|source| of_source(source)),
    };
    fields.unwrap_or_default()
}

fn of_briefing(briefing: &Briefing) -> Vec<Field<'_>> {
    vec![
        ("Subtitle", one(briefing.subtitle.as_ref())),
        ("Authors", many(&briefing.authors)),
        ("Organization", one(briefing.organization.as_ref())),
        ("Tags", many(&briefing.tags)),
        ("Status", one(briefing.status.as_ref())),
    ]
}

fn of_event<'a>(briefing: &'a Briefing, event: &'a Event, matcher: &mut Matcher) -> Vec<Field<'a>> {
    let details = &event.details;
    let tags = details.tags.iter().chain(&briefing.tags);
    let lane = event.lane.as_ref().unwrap_or(&briefing.title);
    let mut fields = vec![
        ("Actors", many(&event.actors)),
        ("Place", one(details.place.as_ref())),
        ("Kind", one(details.kind.as_ref())),
        ("Lane", vec![lane.as_str()]),
        ("Tags", tags.map(Text::as_str).collect()),
        ("Status", vec![event.status.as_str()]),
    ];
    let mut sources = Vec::new();
    for evidence in &event.evidence {
        sources.extend(of_evidence(briefing, evidence, matcher));
        fields.push(("Said by", one(evidence.details.by.as_ref())));
        fields.push(("Said to", one(evidence.details.to.as_ref())));
        let quote = evidence.quote.as_ref();
        let translation = quote.and_then(|quote| quote.details.translation.as_ref());
        fields.push(("Translation", one(translation)));
    }
    sources.dedup();
    fields.push(("Sources", sources));
    fields
}

/// What a piece of evidence rests on, when it is what is sought; by its title, and by what else it was found for.
fn of_evidence<'a>(
    briefing: &'a Briefing,
    evidence: &'a Evidence,
    matcher: &mut Matcher,
) -> Vec<&'a str> {
    let index = evidence.source.map(|at| at as usize);
    let source = index.and_then(|at| briefing.sources.get(at));
    let label = source.map(|source| source.label());
    let others = source.into_iter().flat_map(|source| {
        let authors = source.authors.iter().map(Text::as_str);
        source.publisher.as_deref().into_iter().chain(authors)
    });
    let names = label.into_iter().chain(others).chain([&*evidence.key]);
    let found = names.into_iter().find(|name| matcher.finds(name));
    match (label, found) {
        (_, None) => Vec::new(),
        (Some(label), Some(found)) if label != found => vec![label, found],
        (_, Some(found)) => vec![found],
    }
}

fn of_source(source: &Source) -> Vec<Field<'_>> {
    vec![
        ("Authors", many(&source.authors)),
        ("Publisher", one(source.publisher.as_ref())),
        ("Genre", one(source.details.genre.as_ref())),
        ("Address", one(source.url.as_ref())),
        ("Key", vec![source.key.as_str()]),
    ]
}

fn one(words: Option<&Text>) -> Vec<&str> {
    words.into_iter().map(Text::as_str).collect()
}

fn many(words: &[Text]) -> Vec<&str> {
    words.iter().map(Text::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::super::passage::passage;
    use super::super::query::Query;
    use super::*;
    use crate::date::Zone;
    use crate::model::FileId;
    use crate::parse;
    use crate::span::Span;

    const BRIEFING: &str = "---\ntitle: The talks\nauthor: Eva Klein\ntags: [war]\nevents:\n  - date: 2025\n    title: The call\n    \
        lane: Diplomacy/Phone\n    actors: [Ann Smith, Bob]\n    status: claimed\n    sources: ['says @wh, \"thirty days\" (by: Carl)']\n\
        sources:\n  wh:\n    title: Readout\n    publisher: The House\n    author: Dora\n---\nWords.\n";

    /// What is shown of the hit for a query, with the matches in brackets, and what stands at its place in the file.
    fn shown(kind: UnitKind, query: &str) -> (String, String) {
        let context = parse::Context {
            file_name: "a.md",
            bibliography: &|_| Err(parse::BibliographyFault::Missing),
            shared: None,
        };
        let (briefing, _) = parse::briefing(BRIEFING.into(), &context);
        let span = match kind {
            UnitKind::Event => briefing.events[0].span,
            UnitKind::Source => briefing.sources[0].span,
            _ => Span::new(0, briefing.body.start as usize),
        };
        let hit = Hit {
            file: FileId(0),
            kind,
            at: 0,
            score: 1.0,
            span,
        };
        let query = Query::parse(query, &Zone::utc()).expect("a query");
        let passage = passage(&briefing, &hit, &query);
        let mut text = passage.text.clone();
        for mark in passage.marks.iter().rev() {
            text.insert(mark.end, ']');
            text.insert(mark.start, '[');
        }
        (text, passage.place.of(&briefing.text).to_owned())
    }

    #[test]
    fn what_was_found_by_a_field_is_shown_in_words_and_not_as_it_is_written() {
        let cases = [
            ("who:ann", "The call — Actors: [Ann] Smith, Bob", "Ann"),
            ("lane:phone", "The call — Lane: Diplomacy/[Phone]", "Phone"),
            ("status:claimed", "The call — Status: [claimed]", "claimed"),
            ("who:carl", "The call — Said by: [Carl]", "Carl"),
            ("source:dora", "The call — Sources: Readout, [Dora]", ""),
            ("tag:war", "The call — Tags: [war]", ""),
            (
                "who:bob lane:diplomacy",
                "The call — Actors: Ann Smith, [Bob] · Lane: [Diplomacy]/Phone",
                "Diplomacy",
            ),
        ];
        for (query, expected, place) in cases {
            let (text, at) = shown(UnitKind::Event, query);
            assert_eq!((text.as_str(), at.as_str()), (expected, place), "{query}");
        }
        let (text, _) = shown(UnitKind::Briefing, "who:klein");
        assert_eq!(text, "The talks — Authors: Eva [Klein]");
        let (text, _) = shown(UnitKind::Source, "who:dora");
        assert_eq!(text, "Readout — Authors: [Dora]");
    }
}
