//! What a briefing *is*, once read: events, statements, evidence, sources, comparisons.
//!
//! Plain values with public fields. **Any [`Briefing`] that exists can be drawn and exported**: what
//! could not be read is left out of it and stands in the problems instead. This room knows neither
//! files nor the window nor how any of it is written.

mod document;

pub use document::{
    Alert, Block, BlockKind, Cell, ColumnAlignment, Document, Footnote, Item as ListItem,
    LinkTarget, Run, RunRole, RunStyle,
};

use crate::date::Date;
use crate::span::Span;
use std::sync::Arc;

/// One file, read.
#[derive(Clone, Debug)]
pub struct Briefing {
    /// The file's whole text. Every [`Span`] below is a range of it.
    pub text: Arc<str>,
    /// Where the body begins, after the front matter.
    pub body: Span,
    pub title: String,
    pub subtitle: Option<String>,
    /// What the reader sees first. Markdown.
    pub summary: Option<String>,
    /// The day the briefing speaks of.
    pub date: Option<Date>,
    /// What the author knew, and when.
    pub as_of: Option<Date>,
    pub authors: Vec<String>,
    pub organization: Option<String>,
    /// BCP 47.
    pub lang: Option<String>,
    /// IANA name, for times written without an offset.
    pub timezone: Option<String>,
    /// Handling marking, for example `TLP:GREEN`.
    pub marking: Option<String>,
    pub status: Option<String>,
    pub tags: Vec<String>,
    /// In the order of the file.
    pub events: Vec<Event>,
    pub sources: Vec<Source>,
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

/// Something that happened, was announced, or is claimed.
#[derive(Clone, Debug)]
pub struct Event {
    /// Unique in the file.
    pub id: String,
    /// `None` when no date was given or none could be read: listed, but not drawn.
    pub date: Option<Date>,
    pub title: String,
    /// Markdown.
    pub summary: Option<String>,
    /// A path; `/` nests. `None`: the briefing's own lane.
    pub lane: Option<String>,
    pub actors: Vec<String>,
    pub place: Option<String>,
    pub tags: Vec<String>,
    pub kind: Option<String>,
    pub url: Option<String>,
    pub image: Option<String>,
    pub status: Status,
    /// When this was believed.
    pub as_of: Option<Date>,
    /// The id of the event that overtook this one, as written.
    pub superseded_by: Option<String>,
    /// 1 to 10.
    pub importance: Option<u8>,
    /// The sources the event itself names.
    pub evidence: Vec<Evidence>,
    /// Where the body speaks of it: its own section first, then `in`, then links to it, in body order.
    /// Empty when the body does not.
    pub passages: Vec<Span>,
    /// Where it is defined.
    pub span: Span,
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
    Other(String),
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
            _ => Self::Other(word.trim().to_owned()),
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

/// The text that an evidence mark vouches for.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The footnote's label; else `s1`, `s2`, … in body order, made unique.
    pub id: String,
    /// The label of its footnote, as written; `id` may have a number behind it.
    pub label: Option<String>,
    /// The stated words as a reader sees them: without marks and Markdown.
    pub text: String,
    /// The stated words, without the mark.
    pub span: Span,
    /// The mark: the link, the citation or the footnote reference.
    pub mark: Span,
    pub mark_kind: MarkKind,
    pub grade: Option<Grade>,
    /// The author's note beside the evidence (the first line of the footnote, without the grade). Markdown.
    pub note: Option<String>,
    pub evidence: Vec<Evidence>,
}

/// The three marks, each a step up (FORMAT section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    Link,
    Citation,
    Footnote,
}

/// What the author says a statement is, on the first line of its footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    pub kind: GradeKind,
    /// Words of likelihood, as written: `likely`, `almost certainly`.
    pub likelihood: Option<String>,
    /// `low`, `moderate`, `high`, as written.
    pub confidence: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GradeKind {
    Fact,
    Report,
    Judgement,
    Assumption,
    Disputed,
}

impl GradeKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Report => "report",
            Self::Judgement => "judgement",
            Self::Assumption => "assumption",
            Self::Disputed => "disputed",
        }
    }
}

/// One source's bearing on one statement, event or table cell.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The key as written (without `@`).
    pub key: String,
    /// Index into [`Briefing::sources`]; `None` when nobody defined the key.
    pub source: Option<u32>,
    pub relation: Relation,
    /// `para. 2`, `p. 14`, as written.
    pub locator: Option<String>,
    pub quote: Option<Quote>,
    /// For [`Relation::Silent`]: words said not to occur; a final `*` marks a stem.
    pub silent_on: Vec<String>,
    /// Who said it, and to whom.
    pub by: Option<String>,
    pub to: Option<String>,
    pub on: Option<Date>,
    pub as_of: Option<Date>,
    /// NATO Admiralty, for example `B2`: of this *information*.
    pub grade: Option<String>,
    pub span: Span,
}

/// Words said to stand in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// As written between the marks; elisions and `[insertions]` still in it. This is what is checked.
    pub text: String,
    /// The words inside the marks, in the file.
    pub span: Span,
    pub translation: Option<String>,
    /// Language of the original, BCP 47.
    pub lang: Option<String>,
    /// Who translated, as written (`ours`).
    pub translator: Option<String>,
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

/// Something a statement can rest on.
///
/// The fields are Hayagriva's; those without a field of their own here are kept in `more`.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub key: String,
    /// Keys of further definitions that have the same address and so are this source.
    pub other_keys: Vec<String>,
    /// Hayagriva's entry type, as written: `Post`, `Article`, `Web`. Empty when none was given.
    pub entry_type: String,
    pub genre: Option<String>,
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub date: Option<Date>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    /// The address really consulted, where it is not the original.
    pub via: Option<String>,
    pub archived: Option<String>,
    pub language: Option<String>,
    pub copy: Option<CopyRef>,
    pub kind: Option<SourceKind>,
    /// `A` to `F` (NATO Admiralty): of the *source*.
    pub reliability: Option<char>,
    /// The source has an interest in the matter; the words are empty when the author gave none.
    pub party: Option<String>,
    /// Keys of the sources that this one only repeats.
    pub based_on: Vec<String>,
    /// Fields of Hayagriva's that have no place above, in the order of the file.
    pub more: Vec<(String, FieldValue)>,
    pub origin: SourceOrigin,
    /// Where it is defined in the briefing; empty for a bibliography's.
    pub span: Span,
}

impl Source {
    /// What to call it: its title, else who published it, else its address, else its key.
    pub fn label(&self) -> &str {
        [&self.title, &self.publisher, &self.url]
            .into_iter()
            .find_map(|field| field.as_deref().filter(|text| !text.trim().is_empty()))
            .unwrap_or(&self.key)
    }

    /// Where a reader who wants the original is led: the address, else the one consulted, else the archived one.
    pub fn address(&self) -> Option<&str> {
        [&self.url, &self.via, &self.archived]
            .into_iter()
            .find_map(|field| field.as_deref())
    }
}

/// Where a source's definition stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SourceOrigin {
    /// Under `sources` of the briefing.
    #[default]
    Briefing,
    /// Written inside an event or as a bare address.
    Inline,
    /// In a bibliography or a folder-wide file; the path as the briefing names it.
    Shared(Arc<str>),
}

/// A local copy of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyRef {
    /// Relative to the briefing, as written.
    pub file: String,
    pub url: Option<String>,
    /// When the copy was made.
    pub date: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    Primary,
    Secondary,
    Tertiary,
}

impl SourceKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
        }
    }
}

/// The value of a bibliographic field that is kept as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    Text(String),
    List(Vec<FieldValue>),
    Mapping(Vec<(String, FieldValue)>),
}

/// A table that lays accounts side by side.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub span: Span,
    /// The header of the first column (the points), as text.
    pub points_label: String,
    /// The columns whose header cites a source, left to right.
    pub columns: Vec<ComparisonColumn>,
    pub rows: Vec<ComparisonRow>,
    /// Whether a last column without a source holds the author's reading.
    pub has_reading: bool,
}

#[derive(Clone, Debug)]
pub struct ComparisonColumn {
    /// The header's words, without the citation.
    pub title: String,
    pub key: String,
    pub source: Option<u32>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ComparisonRow {
    pub point: String,
    /// One a column, in the columns' order.
    pub cells: Vec<ComparisonCell>,
    /// The author's reading; empty words are `None`.
    pub reading: Option<String>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ComparisonCell {
    /// The cell's words as a reader sees them.
    pub text: String,
    /// What it claims of its column's source: quotes, checked silences, paraphrases.
    pub evidence: Vec<Evidence>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// `{#id}`, else a slug of the text; unique in the file.
    pub id: String,
    pub text: String,
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

/// A file's slot in the library. Never given to another file while the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One thing that can be selected or hovered. This one enum links all panes.
///
/// The second field is an index into the file's list of its kind. When a file is read anew,
/// the library maps items by id, so that a selection survives an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    Event(FileId, u32),
    Statement(FileId, u32),
    Source(FileId, u32),
    Heading(FileId, u32),
    File(FileId),
}

impl Item {
    /// The file it belongs to.
    pub fn file(self) -> FileId {
        match self {
            Self::Event(file, _)
            | Self::Statement(file, _)
            | Self::Source(file, _)
            | Self::Heading(file, _)
            | Self::File(file) => file,
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

impl Briefing {
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
                source.key == key || source.other_keys.iter().any(|other| other == key)
            })
            .map(|(at, _)| at)
    }
}
