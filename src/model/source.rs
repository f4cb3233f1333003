//! Sources: what a statement can rest on.

use super::{Blank, Rare};
use crate::date::Date;
use crate::span::Span;
use crate::text::Text;
use std::sync::Arc;

/// Something a statement can rest on.
///
/// The fields are Hayagriva's; those without a field of their own here are kept in [`SourceDetails::more`].
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub key: Text,
    /// Hayagriva's entry type, as written: `Post`, `Article`, `Web`. Empty when none was given.
    pub entry_type: Text,
    pub title: Option<Text>,
    pub authors: Vec<Text>,
    pub date: Option<Box<Date>>,
    pub publisher: Option<Text>,
    pub url: Option<Text>,
    pub copy: Option<Box<CopyRef>>,
    pub kind: Option<SourceKind>,
    /// `A` to `F` (NATO Admiralty): of the *source*.
    pub reliability: Option<char>,
    pub origin: SourceOrigin,
    /// Where it is defined in the briefing; empty for a bibliography's.
    pub span: Span,
    /// What few sources have.
    pub details: Rare<SourceDetails>,
}

/// What few sources have: kept apart, so that a library of many stays small.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceDetails {
    /// Keys of further definitions that have the same address and so are this source.
    pub other_keys: Vec<Text>,
    pub genre: Option<Text>,
    /// The address really consulted, where it is not the original.
    pub via: Option<Text>,
    pub archived: Option<Text>,
    pub language: Option<Text>,
    /// The source has an interest in the matter; the words are empty when the author gave none.
    pub party: Option<Text>,
    /// Keys of the sources that this one only repeats.
    pub based_on: Vec<Text>,
    /// Fields of Hayagriva's that have no place of their own, in the order of the file.
    pub more: Vec<(String, FieldValue)>,
}

impl Blank for SourceDetails {
    fn blank() -> &'static Self {
        static BLANK: SourceDetails = SourceDetails {
            other_keys: Vec::new(),
            genre: None,
            via: None,
            archived: None,
            language: None,
            party: None,
            based_on: Vec::new(),
            more: Vec::new(),
        };
        &BLANK
    }
}

impl Source {
    /// What to call it: its title, else who published it, else its address, else its key.
    pub fn label(&self) -> &str {
        [&self.title, &self.publisher, &self.url]
            .into_iter()
            .find_map(|field| field.as_deref().filter(|text| !text.trim().is_empty()))
            .unwrap_or(&self.key)
    }

    /// What a sentence calls it: who published it, else who wrote it, else its label.
    pub fn name(&self) -> &str {
        let author = self.authors.first().map(Text::as_str);
        self.publisher
            .as_deref()
            .or(author)
            .unwrap_or_else(|| self.label())
    }

    /// Where a reader who wants the original is led: the address, else the one consulted, else the archived one.
    pub fn address(&self) -> Option<&str> {
        [&self.url, &self.details.via, &self.details.archived]
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
    pub file: Text,
    pub url: Option<Text>,
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
