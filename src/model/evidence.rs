//! Evidence: one source's bearing on one statement, event or table cell.

use super::{Blank, Rare};
use crate::date::Date;
use crate::span::Span;
use crate::text::Text;

/// One source's bearing on one statement, event or table cell.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The key as written (without `@`).
    pub key: Text,
    /// Index into [`Briefing::sources`](super::Briefing::sources); `None` when nobody defined the key.
    pub source: Option<u32>,
    pub relation: Relation,
    /// `para. 2`, `p. 14`, as written.
    pub locator: Option<Text>,
    pub quote: Option<Quote>,
    pub span: Span,
    /// What few pieces of evidence have.
    pub details: Rare<EvidenceDetails>,
}

/// What few pieces of evidence have: kept apart, so that a library of many stays small.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvidenceDetails {
    /// For [`Relation::Silent`]: words said not to occur; a final `*` marks a stem.
    pub silent_on: Vec<Text>,
    /// Who said it, and to whom.
    pub by: Option<Text>,
    pub to: Option<Text>,
    pub on: Option<Date>,
    pub as_of: Option<Date>,
    /// NATO Admiralty, for example `B2`: of this *information*.
    pub grade: Option<Text>,
}

impl Blank for EvidenceDetails {
    fn blank() -> &'static Self {
        static BLANK: EvidenceDetails = EvidenceDetails {
            silent_on: Vec::new(),
            by: None,
            to: None,
            on: None,
            as_of: None,
            grade: None,
        };
        &BLANK
    }
}

impl Evidence {
    /// Evidence of which no more is known than its source.
    pub fn of_source(key: Text, source: Option<u32>, span: Span) -> Self {
        Self {
            key,
            source,
            relation: Relation::default(),
            locator: None,
            quote: None,
            span,
            details: Rare::default(),
        }
    }
}

/// Words said to stand in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// As written between the marks; elisions and `[insertions]` still in it. This is what is checked.
    pub text: Text,
    /// The words inside the marks, in the file.
    pub span: Span,
    /// What few quotes have.
    pub details: Rare<QuoteDetails>,
}

/// What few quotes have: a translation, and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteDetails {
    pub translation: Option<Text>,
    /// Language of the original, BCP 47.
    pub lang: Option<Text>,
    /// Who translated, as written (`ours`).
    pub translator: Option<Text>,
}

impl Blank for QuoteDetails {
    fn blank() -> &'static Self {
        static BLANK: QuoteDetails = QuoteDetails {
            translation: None,
            lang: None,
            translator: None,
        };
        &BLANK
    }
}

/// How a source bears on a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    #[default]
    Supports,
    Says,
    Confirms,
    Differs,
    Contradicts,
    Mentions,
    Silent,
    Updates,
    Because,
    Assumes,
}

impl Relation {
    pub const ALL: [Self; 10] = [
        Self::Supports,
        Self::Says,
        Self::Confirms,
        Self::Differs,
        Self::Contradicts,
        Self::Mentions,
        Self::Silent,
        Self::Updates,
        Self::Because,
        Self::Assumes,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Says => "says",
            Self::Confirms => "confirms",
            Self::Differs => "differs",
            Self::Contradicts => "contradicts",
            Self::Mentions => "mentions",
            Self::Silent => "silent",
            Self::Updates => "updates",
            Self::Because => "because",
            Self::Assumes => "assumes",
        }
    }
}

/// Where a piece of evidence hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceOwner {
    Event(u32),
    Statement(u32),
    Cell {
        comparison: u32,
        row: u32,
        column: u32,
    },
}
