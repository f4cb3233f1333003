//! Statements: the text that an evidence mark vouches for.

use super::{Blank, Evidence, Few, Rare};
use crate::span::Span;
use crate::text::Text;

/// The text that an evidence mark vouches for.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The footnote's label; else `s1`, `s2`, … in body order, made unique.
    pub id: Text,
    /// The stated words as a reader sees them: without marks and Markdown.
    pub text: Text,
    /// The stated words, without the mark.
    pub span: Span,
    /// The mark: the link, the citation or the footnote reference.
    pub mark: Span,
    pub mark_kind: MarkKind,
    pub evidence: Few<Evidence>,
    /// What its footnote says beside the evidence.
    pub footnote: Rare<FootnoteWords>,
}

/// What a footnote says of its statement beside the evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FootnoteWords {
    /// The label, as written; the statement's `id` may have a number behind it.
    pub label: Option<Text>,
    pub grade: Option<Grade>,
    /// The author's note (the first line, without the grade). Markdown.
    pub note: Option<Text>,
}

impl Blank for FootnoteWords {
    fn blank() -> &'static Self {
        static BLANK: FootnoteWords = FootnoteWords {
            label: None,
            grade: None,
            note: None,
        };
        &BLANK
    }
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
    pub likelihood: Option<Text>,
    /// `low`, `moderate`, `high`, as written.
    pub confidence: Option<Text>,
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
