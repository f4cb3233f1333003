//! Which statements speak of which events of a briefing.

#![expect(
    clippy::indexing_slicing,
    reason = "passages and how far they reach have one order and one length"
)]

use crate::model::Briefing;
use crate::span::Span;

/// The statements in the passages of an event. A statement that stands in the narrower passage of
/// another event belongs to that one.
pub fn statements_of_event(briefing: &Briefing, event: u32) -> Vec<u32> {
    let Some(found) = briefing.events.get(event as usize) else {
        return Vec::new();
    };
    let belonging = Belonging::new(briefing);
    (0..)
        .zip(&briefing.statements)
        .filter(|(_, statement)| {
            let inside = |span: &Span| span.covers(statement.span) || statement.span.covers(*span);
            found.passages.iter().any(inside)
                && belonging.events_at(statement.span).contains(&event)
        })
        .map(|(at, _)| at)
        .collect()
}

/// The events that the passage at `span` speaks of: those with the narrowest passage around it, and those
/// with a passage inside it.
pub fn events_at(briefing: &Briefing, span: Span) -> Vec<u32> {
    Belonging::new(briefing).events_at(span)
}

/// The passages of a briefing's events, sorted once so that many places can be asked for.
#[derive(Clone, Debug)]
pub struct Belonging {
    /// By start.
    passages: Vec<(Span, u32)>,
    /// The furthest end of this passage and all before it.
    reach: Vec<u32>,
}

impl Belonging {
    pub fn new(briefing: &Briefing) -> Self {
        let mut passages: Vec<(Span, u32)> = (0..)
            .zip(&briefing.events)
            .flat_map(|(at, event)| event.passages.iter().map(move |&passage| (passage, at)))
            .collect();
        passages.sort_unstable();
        let mut furthest = 0;
        let reach = passages.iter().map(|(passage, _)| {
            furthest = furthest.max(passage.end);
            furthest
        });
        let reach = reach.collect();
        Self { passages, reach }
    }

    /// As [`events_at`].
    pub fn events_at(&self, span: Span) -> Vec<u32> {
        let mut events = Vec::new();
        self.each_event_at(span, |event| events.push(event));
        events.sort_unstable();
        events.dedup();
        events
    }

    /// The same, in no particular order, and an event with several passages perhaps more than once.
    pub fn each_event_at(&self, span: Span, mut found: impl FnMut(u32)) {
        let end = self
            .passages
            .partition_point(|(passage, _)| passage.start <= span.end);
        // Nothing before this one reaches as far as the span.
        let candidates = || {
            let reaching = (0..end)
                .rev()
                .take_while(|&at| self.reach[at] >= span.start);
            reaching.map(|at| self.passages[at])
        };
        let narrowest = candidates()
            .filter(|(passage, _)| passage.covers(span))
            .map(|(passage, _)| passage.len())
            .min();
        for (passage, event) in candidates() {
            let around = passage.covers(span) && Some(passage.len()) == narrowest;
            if around || span.covers(passage) {
                found(event);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn the_narrowest_passage_around_a_place_owns_it() {
        let context = parse::Context {
            file_name: "a.md",
            bibliography: &|_| Err(parse::BibliographyFault::Missing),
            shared: None,
        };
        let text = "---\nevents:\n  - id: outer\n    date: 2025\n    title: Outer\n  - id: inner\n    date: 2025\n    title: Inner\n  \
            - id: beside\n    date: 2025\n    title: Beside\n---\n## Outer {#outer}\n\nOne here.\n\n### Inner {#inner}\n\nTwo here.\n\n\
            ## Beside {#beside}\n\nThree here.\n";
        let (briefing, _) = parse::briefing(text.into(), &context);
        let at = |words: &str| {
            let start = text.find(words).expect("in the text");
            events_at(&briefing, Span::new(start, start + words.len()))
        };
        assert_eq!(at("One"), [0]);
        assert_eq!(at("Two"), [1]);
        assert_eq!(at("Three"), [2]);
        assert_eq!(at("title: Inner"), Vec::<u32>::new());
        // A stretch over two sections holds the one inside it, and lies in the one around it.
        assert_eq!(
            at("One here.\n\n### Inner {#inner}\n\nTwo here.\n\n"),
            [0, 1]
        );
    }
}
