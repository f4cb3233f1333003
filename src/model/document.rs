//! The body of a briefing as a reader sees it: blocks, and runs of text with their place in the file.
//!
//! Made when a file is opened, not when a library is loaded. Runs are flat (style and role per run, not a
//! tree), because that is what both a text layout and an exporter want.

use crate::span::Span;

/// A body, ready to be laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// Footnote definitions in the order of their first reference, those never referred to last.
    pub footnotes: Vec<Footnote>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    pub label: String,
    /// From 1, in the order of first reference.
    pub number: u32,
    pub blocks: Vec<Block>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The whole block in the file.
    pub span: Span,
    pub kind: BlockKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    Heading {
        /// 1 to 6.
        level: u8,
        /// Index into [`super::Briefing::headings`].
        index: u32,
        runs: Vec<Run>,
    },
    Paragraph(Vec<Run>),
    Code {
        /// The info string's first word; empty when there is none.
        language: String,
        text: String,
    },
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        items: Vec<Item>,
    },
    Quote {
        alert: Option<Alert>,
        blocks: Vec<Block>,
    },
    Table {
        alignments: Vec<ColumnAlignment>,
        header: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
        /// Index into [`super::Briefing::comparisons`] when the table is one.
        comparison: Option<u32>,
    },
    /// Raw HTML, shown as its source and never interpreted. Comments are left out.
    Html(String),
    Rule,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// For a task list: whether it is done.
    pub done: Option<bool>,
    pub blocks: Vec<Block>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub runs: Vec<Run>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnAlignment {
    #[default]
    None,
    Left,
    Center,
    Right,
}

/// GitHub's alerts (`> [!NOTE]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// Text of one style and one role.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// As a reader sees it. Differs from the file's words where an entity or an escape stood there.
    pub text: String,
    /// The words in the file that made it.
    pub span: Span,
    pub style: RunStyle,
    pub role: RunRole,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunStyle {
    pub bold: bool,
    pub italic: bool,
    pub struck: bool,
    pub code: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum RunRole {
    #[default]
    Text,
    /// A line break that the author asked for.
    Break,
    Link(LinkTarget),
    /// The bracketed citation `[@key, …]`, or a bare `@key`: shown as a mark.
    Citation,
    /// A footnote's reference; the text is the label.
    FootnoteReference {
        number: u32,
    },
    /// A picture; the text is its description.
    Image {
        path: String,
    },
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LinkTarget {
    /// An address with a scheme.
    Address(String),
    /// An event of this file, by index.
    Event(u32),
    /// A heading of this file, by index.
    Heading(u32),
    /// Another file, relative to this one, and a place in it. For the library to resolve.
    File {
        path: String,
        anchor: Option<String>,
    },
    /// A wiki link's name, and a place in it. For the library to resolve.
    Note {
        name: String,
        anchor: Option<String>,
    },
    /// `#anchor` that names nothing here.
    Unknown(String),
}
