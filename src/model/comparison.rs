//! Comparisons: tables that lay accounts side by side.

use super::{Evidence, Few};
use crate::span::Span;
use crate::text::Text;

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
    pub key: Text,
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
    pub evidence: Few<Evidence>,
    pub span: Span,
}
