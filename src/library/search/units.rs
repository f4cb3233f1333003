//! Cuts a briefing into the units that a search can find: the briefing as such, its events, its sources, and the passages of
//! its body.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded"
)]

use crate::model::{Briefing, Event, Evidence};
use crate::span::Span;
use crate::text::Text;
use std::borrow::Cow;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    Briefing,
    Event,
    Passage,
    Source,
}

impl UnitKind {
    pub const ALL: [Self; 4] = [Self::Briefing, Self::Event, Self::Passage, Self::Source];

    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// The stable name, as in the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Briefing => "briefing",
            Self::Event => "event",
            Self::Passage => "passage",
            Self::Source => "source",
        }
    }
}

/// One thing that can be found.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    pub kind: UnitKind,
    /// Its place among the events or sources; of a passage, among the passages.
    pub at: u32,
    /// Where it stands in the file.
    pub span: Span,
    /// Words that weigh more.
    pub title: &'a str,
    pub text: Vec<Cow<'a, str>>,
    pub who: Vec<&'a str>,
    pub lane: Option<&'a str>,
    pub tags: Vec<&'a str>,
    pub sources: Vec<&'a str>,
    pub status: Option<&'a str>,
}

/// A passage grows to this length before the next begins, and a longer paragraph is not cut.
const PASSAGE_BYTES: usize = 400;

impl<'a> Unit<'a> {
    fn new(kind: UnitKind, at: u32, span: Span) -> Self {
        Self {
            kind,
            at,
            span,
            title: "",
            text: Vec::new(),
            who: Vec::new(),
            lane: None,
            tags: Vec::new(),
            sources: Vec::new(),
            status: None,
        }
    }

    fn add_evidence(&mut self, briefing: &'a Briefing, evidence: &'a Evidence) {
        self.who.extend(evidence.details.by.as_deref());
        self.who.extend(evidence.details.to.as_deref());
        self.sources.push(&evidence.key);
        let source = evidence
            .source
            .and_then(|at| briefing.sources.get(at as usize));
        if let Some(source) = source {
            self.sources.push(source.label());
            self.sources.extend(source.publisher.as_deref());
            self.sources.extend(source.authors.iter().map(Text::as_str));
        }
    }
}

/// The units of a briefing, in the order of kinds.
pub fn units(briefing: &Briefing) -> Vec<Unit<'_>> {
    let mut units = vec![whole(briefing)];
    for (event, at) in briefing.events.iter().zip(0..) {
        units.push(of_event(briefing, event, at));
    }
    let mut named: Vec<Option<Span>> = vec![None; briefing.sources.len()];
    for (_, evidence) in briefing.all_evidence() {
        let named = evidence.source.and_then(|at| named.get_mut(at as usize));
        if let Some(named) = named {
            named.get_or_insert(evidence.span);
        }
    }
    for ((source, at), named) in briefing.sources.iter().zip(0..).zip(named) {
        // A bibliography's source is found where the briefing names it.
        let span = if source.span.is_empty() {
            named.unwrap_or_default()
        } else {
            source.span
        };
        let mut unit = Unit::new(UnitKind::Source, at, span);
        unit.title = source.label();
        unit.text.push(Cow::Borrowed(&source.key));
        let words = [
            &source.publisher,
            &source.details.genre,
            &source.url,
            &source.title,
        ];
        unit.text.extend(
            words
                .into_iter()
                .flatten()
                .map(|words| Cow::Borrowed(words.as_str())),
        );
        unit.who.extend(source.authors.iter().map(Text::as_str));
        unit.text.extend(
            source
                .authors
                .iter()
                .map(|name| Cow::Borrowed(name.as_str())),
        );
        unit.sources.extend([source.key.as_str(), source.label()]);
        unit.sources.extend(source.publisher.as_deref());
        units.push(unit);
    }
    add_passages(briefing, &mut units);
    units
}

fn whole(briefing: &Briefing) -> Unit<'_> {
    let mut unit = Unit::new(
        UnitKind::Briefing,
        0,
        Span::new(0, briefing.body.start as usize),
    );
    unit.title = &briefing.title;
    let words = [
        &briefing.subtitle,
        &briefing.summary,
        &briefing.organization,
    ];
    unit.text.extend(
        words
            .into_iter()
            .flatten()
            .map(|words| Cow::Borrowed(words.as_str())),
    );
    unit.text.extend(
        briefing
            .authors
            .iter()
            .map(|name| Cow::Borrowed(name.as_str())),
    );
    unit.who = briefing.authors.iter().map(Text::as_str).collect();
    unit.tags = briefing.tags.iter().map(Text::as_str).collect();
    unit.status = briefing.status.as_deref();
    unit
}

fn of_event<'a>(briefing: &'a Briefing, event: &'a Event, at: u32) -> Unit<'a> {
    let mut unit = Unit::new(UnitKind::Event, at, event.span);
    unit.title = &event.title;
    let words = [
        &event.summary,
        &event.details.place,
        &event.details.kind,
        &event.lane,
    ];
    unit.text.extend(
        words
            .into_iter()
            .flatten()
            .map(|words| Cow::Borrowed(words.as_str())),
    );
    unit.text.extend(
        event
            .actors
            .iter()
            .chain(&event.details.tags)
            .map(|words| Cow::Borrowed(words.as_str())),
    );
    unit.who = event.actors.iter().map(Text::as_str).collect();
    unit.lane = Some(event.lane.as_deref().unwrap_or(&briefing.title));
    unit.tags = event
        .details
        .tags
        .iter()
        .chain(&briefing.tags)
        .map(Text::as_str)
        .collect();
    unit.status = Some(event.status.as_str());
    for evidence in &event.evidence {
        unit.add_evidence(briefing, evidence);
        if let Some(quote) = &evidence.quote {
            unit.text.push(Cow::Borrowed(&quote.text));
            unit.text
                .extend(quote.details.translation.as_deref().map(Cow::Borrowed));
        }
    }
    unit
}

/// Cuts the body at blank lines and headings, and puts short blocks together.
fn add_passages<'a>(briefing: &'a Briefing, units: &mut Vec<Unit<'a>>) {
    let spans = passage_spans(briefing);
    let mut statements = briefing.statements.iter().peekable();
    for (span, at) in spans.into_iter().zip(0..) {
        let mut unit = Unit::new(UnitKind::Passage, at, span);
        unit.text.push(Cow::Borrowed(briefing.words(span)));
        while let Some(statement) = statements.next_if(|statement| statement.span.start < span.end)
        {
            for evidence in &statement.evidence {
                unit.add_evidence(briefing, evidence);
            }
        }
        unit.tags = briefing.tags.iter().map(Text::as_str).collect();
        units.push(unit);
    }
}

/// The passages of a body, in its order.
pub fn passage_spans(briefing: &Briefing) -> Vec<Span> {
    let text = briefing.words(briefing.body);
    let base = briefing.body.start as usize;
    let mut spans = Vec::new();
    let mut open: Option<std::ops::Range<usize>> = None;
    let mut at = 0;
    let mut after_blank = true;
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        let is_heading = line.starts_with('#');
        let ends = open.as_ref().is_some_and(|open| {
            // A heading belongs to what follows it.
            let long = open.len() >= PASSAGE_BYTES && after_blank && !is_blank;
            long || is_heading
        });
        if ends && let Some(done) = open.take() {
            spans.push(Span::new(base + done.start, base + done.end));
        }
        if !is_blank {
            let end = at + line.trim_end().len();
            open = Some(open.map_or(at, |open| open.start)..end);
        }
        after_blank = is_blank;
        at += line.len();
    }
    if let Some(done) = open {
        spans.push(Span::new(base + done.start, base + done.end));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn briefing(text: &str) -> Briefing {
        let context = parse::Context {
            file_name: "a.md",
            bibliography: &|_| Err(parse::BibliographyFault::Missing),
            shared: None,
        };
        parse::briefing(text.into(), &context).0
    }

    #[test]
    fn a_briefing_is_cut_into_what_can_be_found() {
        let briefing = briefing(
            "---\ntitle: The talks\ntags: [war]\nevents:\n  - date: 2025\n    title: The call\n    actors: [Ann]\n    status: claimed\n    \
             sources: ['says @wh, \"thirty days\"']\nsources:\n  wh:\n    title: Readout\n    publisher: The House\n---\n\
             ## First\n\nAnn said so at length [@wh, \"in a letter\"].\n\n## Second\n\nMore.\n",
        );
        let units = units(&briefing);
        let kinds: Vec<(UnitKind, u32)> = units.iter().map(|unit| (unit.kind, unit.at)).collect();
        assert_eq!(
            kinds,
            [
                (UnitKind::Briefing, 0),
                (UnitKind::Event, 0),
                (UnitKind::Source, 0),
                (UnitKind::Passage, 0),
                (UnitKind::Passage, 1),
            ]
        );
        let event = &units[1];
        assert_eq!((event.title, event.status), ("The call", Some("claimed")));
        assert_eq!(event.who, ["Ann"]);
        assert_eq!(event.tags, ["war"]);
        assert_eq!(event.sources, ["wh", "Readout", "The House"]);
        assert!(event.text.iter().any(|text| text == "thirty days"));
        assert!(briefing.words(event.span).contains("The call"));
        let passage = &units[3];
        assert!(
            passage.text[0].starts_with("## First\n\nAnn")
                && passage.text[0].ends_with("letter\"].")
        );
        assert_eq!(passage.sources, ["wh", "Readout", "The House"]);
        assert_eq!(units[4].text[0], "## Second\n\nMore.");
    }

    #[test]
    fn short_blocks_are_put_together_and_long_ones_stand_alone() {
        let long = "word ".repeat(120);
        let briefing = briefing(&format!("one\n\ntwo\n\n{long}\n\nthree\n\nfour\n"));
        let spans = passage_spans(&briefing);
        let words: Vec<&str> = spans.iter().map(|&span| briefing.words(span)).collect();
        assert_eq!(words.len(), 2, "{words:?}");
        assert!(words[0].starts_with("one") && words[0].ends_with("word"));
        assert_eq!(words[1], "three\n\nfour");
        assert!(passage_spans(&self::briefing("")).is_empty());
    }
}
