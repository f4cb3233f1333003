//! Events, and how far each has become fact.

use super::{Blank, Evidence, Few, Rare};
use crate::date::Date;
use crate::span::Span;
use crate::text::Text;

/// Something that happened, was announced, or is claimed.
#[derive(Clone, Debug)]
pub struct Event {
    /// Unique in the file.
    pub id: Text,
    /// `None` when no date was given or none could be read: listed, but not drawn.
    pub date: Option<Date>,
    pub title: Text,
    /// Markdown.
    pub summary: Option<Text>,
    /// A path; `/` nests. `None`: the briefing's own lane.
    pub lane: Option<Text>,
    pub actors: Few<Text>,
    pub status: Status,
    /// 1 to 10.
    pub importance: Option<u8>,
    /// The sources the event itself names.
    pub evidence: Few<Evidence>,
    /// Where the body speaks of it: its own section first, then `in`, then links to it, in body order.
    /// Empty when the body does not.
    pub passages: Few<Span, 2>,
    /// Where it is defined.
    pub span: Span,
    /// What few events have.
    pub details: Rare<EventDetails>,
}

/// What few events have: kept apart, so that a library of many stays small.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventDetails {
    pub place: Option<Text>,
    pub tags: Vec<Text>,
    pub kind: Option<Text>,
    pub url: Option<Text>,
    pub image: Option<Text>,
    /// When this was believed.
    pub as_of: Option<Date>,
    /// The id of the event that overtook this one, as written.
    pub superseded_by: Option<Text>,
}

impl Blank for EventDetails {
    fn blank() -> &'static Self {
        static BLANK: EventDetails = EventDetails {
            place: None,
            tags: Vec::new(),
            kind: None,
            url: None,
            image: None,
            as_of: None,
            superseded_by: None,
        };
        &BLANK
    }
}

/// How far an event has become fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    #[default]
    Occurred,
    Announced,
    Planned,
    Claimed,
    Disputed,
    Cancelled,
    /// The author's own word, kept.
    Other(Text),
}

impl Status {
    pub fn from_word(word: &str) -> Self {
        match word.trim().to_lowercase().as_str() {
            "" | "occurred" => Self::Occurred,
            "announced" => Self::Announced,
            "planned" => Self::Planned,
            "claimed" => Self::Claimed,
            "disputed" => Self::Disputed,
            "cancelled" | "canceled" => Self::Cancelled,
            _ => Self::Other(word.trim().into()),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Occurred => "occurred",
            Self::Announced => "announced",
            Self::Planned => "planned",
            Self::Claimed => "claimed",
            Self::Disputed => "disputed",
            Self::Cancelled => "cancelled",
            Self::Other(word) => word,
        }
    }
}
