//! What a briefing *is*, once read: events, statements, evidence, sources, comparisons.
//!
//! Plain values with public fields. **Any [`Briefing`] that exists can be drawn and exported**: what
//! could not be read is left out of it and stands in the problems instead. This room knows neither
//! files nor the window nor how any of it is written.

mod comparison;
mod document;
mod event;
mod evidence;
mod item;
mod rare;
mod source;
mod statement;

pub use comparison::{Comparison, ComparisonCell, ComparisonColumn, ComparisonRow};
pub use document::{
    Alert, Block, BlockKind, Cell, ColumnAlignment, Document, Footnote, Item as ListItem,
    LinkTarget, Run, RunRole, RunStyle,
};

pub use event::{Event, EventDetails, Status};
pub use evidence::{Evidence, EvidenceDetails, EvidenceOwner, Quote, QuoteDetails, Relation};
pub use item::{FileId, Item};
pub use rare::{Blank, Rare};
pub use source::{CopyRef, FieldValue, Source, SourceDetails, SourceKind, SourceOrigin};
pub use statement::{FootnoteWords, Grade, GradeKind, MarkKind, Statement};

use crate::date::Date;
use crate::span::Span;
use crate::text::Text;
use smallvec::SmallVec;
use std::sync::Arc;

/// A list that as a rule has one entry, or two small ones: those lie in it, without memory of their own. A library of ten thousand
/// briefings has hundreds of thousands of such lists.
pub type Few<T, const INLINE: usize = 1> = SmallVec<[T; INLINE]>;

/// One file, read.
#[derive(Clone, Debug)]
pub struct Briefing {
    /// The file's whole text. Every [`Span`] below is a range of it.
    pub text: Text,
    /// Where the body begins, after the front matter.
    pub body: Span,
    pub title: Text,
    pub subtitle: Option<Text>,
    /// What the reader sees first. Markdown.
    pub summary: Option<Text>,
    /// The day the briefing speaks of.
    pub date: Option<Date>,
    /// What the author knew, and when.
    pub as_of: Option<Date>,
    pub authors: Vec<Text>,
    pub organization: Option<Text>,
    /// BCP 47.
    pub lang: Option<Text>,
    /// IANA name, for times written without an offset.
    pub timezone: Option<Text>,
    /// Handling marking, for example `TLP:GREEN`.
    pub marking: Option<Text>,
    pub status: Option<Text>,
    pub tags: Vec<Text>,
    /// In the order of the file.
    pub events: Vec<Event>,
    /// Those of a bibliography are shared with it.
    pub sources: Vec<Arc<Source>>,
    pub statements: Vec<Statement>,
    pub comparisons: Vec<Comparison>,
    pub headings: Vec<Heading>,
    /// Links in the body, resolved within this file where they can be.
    pub links: Vec<Link>,
    /// Sentences of 50 characters or more that have no mark, no link and no citation.
    pub unsourced: Vec<Span>,
    /// Sentences for which the author says that no source is needed.
    pub exempt: Vec<Exemption>,
    /// Verdicts that quotations of this file earn on purpose, as named under `expect`.
    pub expected_verdicts: Vec<ExpectedVerdict>,
}

#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// `{#id}`, else a slug of the text; unique in the file.
    pub id: Text,
    pub text: Text,
    /// The heading itself.
    pub span: Span,
    /// The heading and all below it, up to the next of its level or above.
    pub section: Span,
}

#[derive(Clone, Debug)]
pub struct Link {
    pub span: Span,
    pub target: LinkTarget,
}

/// "This needs no source", and why.
#[derive(Clone, Debug)]
pub struct Exemption {
    pub span: Span,
    pub reason: String,
}

/// A verdict that the author expects a check of this file to give: it teaches by mistakes, or tests the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedVerdict {
    /// As written; whether there is such a verdict is for the check to say.
    pub name: String,
    /// Where it is named.
    pub span: Span,
}

impl Briefing {
    /// A briefing of which no more is known than its text, and where its body is.
    pub fn unread(text: Text, body: Span) -> Self {
        Self {
            text,
            body,
            title: Text::default(),
            subtitle: None,
            summary: None,
            date: None,
            as_of: None,
            authors: Vec::new(),
            organization: None,
            lang: None,
            timezone: None,
            marking: None,
            status: None,
            tags: Vec::new(),
            events: Vec::new(),
            sources: Vec::new(),
            statements: Vec::new(),
            comparisons: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            unsourced: Vec::new(),
            exempt: Vec::new(),
            expected_verdicts: Vec::new(),
        }
    }

    /// The words of a span of this file.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// All evidence of the file with what it hangs on: events, statements, table cells, in that order.
    pub fn all_evidence(&self) -> impl Iterator<Item = (EvidenceOwner, &Evidence)> {
        let events = self.events.iter().zip(0..).flat_map(|(event, at)| {
            let owner = EvidenceOwner::Event(at);
            event.evidence.iter().map(move |found| (owner, found))
        });
        let statements = self.statements.iter().zip(0..).flat_map(|(statement, at)| {
            let owner = EvidenceOwner::Statement(at);
            statement.evidence.iter().map(move |found| (owner, found))
        });
        let cells = self
            .comparisons
            .iter()
            .zip(0..)
            .flat_map(|(table, comparison)| {
                table.rows.iter().zip(0..).flat_map(move |(cells, row)| {
                    cells.cells.iter().zip(0..).flat_map(move |(cell, column)| {
                        let owner = EvidenceOwner::Cell {
                            comparison,
                            row,
                            column,
                        };
                        cell.evidence.iter().map(move |found| (owner, found))
                    })
                })
            });
        events.chain(statements).chain(cells)
    }

    /// The index of the event with this id.
    pub fn event_by_id(&self, id: &str) -> Option<u32> {
        (0..)
            .zip(&self.events)
            .find(|(_, event)| event.id == id)
            .map(|(at, _)| at)
    }

    /// The index of the source with this key.
    pub fn source_by_key(&self, key: &str) -> Option<u32> {
        (0..)
            .zip(&self.sources)
            .find(|(_, source)| {
                source.key == key || source.details.other_keys.iter().any(|other| other == key)
            })
            .map(|(at, _)| at)
    }
}
