//! What a check can say. The table of FORMAT section 7, as types.

use std::fmt;
use std::ops::Range;

/// How much a verdict should worry the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The words stand there.
    Good,
    /// Worth knowing.
    Note,
    /// Nothing could be checked.
    Grey,
    /// Look at it.
    Warn,
    /// The words do not stand there as they are quoted.
    Bad,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Note => "note",
            Self::Grey => "grey",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// Declares [`Verdict`] from one table, so that name, level and meaning cannot drift apart.
macro_rules! verdicts {
    ($($variant:ident $name:literal $level:ident $label:literal $meaning:literal;)+) => {
        /// What a check of a quote against its copy says. It says that words were *said*, never that they are *so*.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Verdict {
            $(#[doc = $meaning] $variant,)+
        }

        impl Verdict {
            /// Every verdict, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable name, as in the JSON and the lock file.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)+ }
            }

            /// A short name for the window, in sentence case.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }
        }
    };
}

verdicts! {
    Verbatim "verbatim" Good "Verbatim" "The words stand in the copy as written.";
    Typography "typography" Good "Verbatim but for typography" "The words stand in the copy; only quotes, dashes, spaces or hyphenation differ.";
    Case "case" Good "Verbatim but for capitals" "The words stand in the copy; only capital and small letters differ.";
    Elided "elided" Good "Elided" "The parts of the quotation stand in the copy in this order, within one sentence.";
    ElidedAcross "elided-across" Warn "Elided across sentences" "The parts stand in the copy in this order, but the elision leaves out a sentence end.";
    Near "near" Warn "Nearly the same" "The copy has almost these words, and no word that carries the meaning differs.";
    Altered "altered" Bad "Altered" "The copy has similar words, but a word that carries the meaning differs.";
    NotFound "not-found" Bad "Not found" "The words do not stand in the copy.";
    Ambiguous "ambiguous" Note "Found more than once" "The words stand in the copy more than once, and nothing decides between the places.";
    CopyChanged "copy-changed" Warn "Copy changed" "The copy is no longer the one that was locked.";
    NoCopy "no-copy" Grey "No copy" "There is no local copy to check against.";
    Paraphrase "paraphrase" Grey "Paraphrase" "No words are quoted, so there is nothing to check.";
    SilenceHolds "silence-holds" Good "Silence holds" "None of the listed words occurs in the copy.";
    SilenceBroken "silence-broken" Bad "Silence broken" "A word occurs in the copy that is said not to.";
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Verdict {
    /// The verdict with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == name)
    }

    /// Whether the quoted words themselves were found, in one place or more.
    pub fn is_found(self) -> bool {
        matches!(
            self,
            Self::Verbatim
                | Self::Typography
                | Self::Case
                | Self::Elided
                | Self::ElidedAcross
                | Self::Ambiguous
        )
    }
}

/// What is known of a quote's place beside its words: from a lock file, and from the author's locator. Everything may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The words right before it.
    pub prefix: String,
    /// The words right after it.
    pub suffix: String,
    /// The code point at which it began.
    pub position: Option<usize>,
    /// Where the author says that it stands, as bytes of the copy's text; more than one when a locator can be read in more ways.
    pub passages: Vec<Range<usize>>,
}

/// One run of words in a comparison of a quote with what the copy has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffPiece {
    pub kind: DiffKind,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DiffKind {
    /// In both.
    Same,
    /// In the copy, but missing from the quote.
    Missing,
    /// In the quote, but not in the copy.
    Added,
}

/// What kind of word it is that carries the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuardKind {
    Negation,
    Number,
    Date,
    Modal,
    Scope,
    Name,
}

impl GuardKind {
    /// The word for it in a sentence: "a negation".
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Negation => "a negation",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Modal => "a modal verb",
            Self::Scope => "a word of scope",
            Self::Name => "a name",
        }
    }
}

/// A word that carries the meaning, and on which quote and copy differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    pub kind: GuardKind,
    /// The word as it stands on its side.
    pub word: String,
    /// [`DiffKind::Missing`] or [`DiffKind::Added`].
    pub side: DiffKind,
}

/// The passage that comes closest to a quote that was not found. Offered, never accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Closest {
    /// Bytes of [`super::CopyText::text`].
    pub range: Range<usize>,
    /// The words that stand there.
    pub words: String,
    /// The share of characters that differ, 0 to 1.
    pub differing: f32,
}

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub verdict: Verdict,
    /// Bytes of [`super::CopyText::text`]: from the first word found to the last.
    pub found: Option<Range<usize>>,
    /// The words that stand there.
    pub found_words: Option<String>,
    /// The first code point of `found` in the copy's text.
    pub start: Option<usize>,
    /// The code point after `found`.
    pub end: Option<usize>,
    /// The parts between elisions, in order; just `found` when there are none.
    pub parts: Vec<Range<usize>>,
    /// Word by word, what the copy has and the quote has. Empty when the words are the same;
    /// for `not-found` it compares with [`Checked::closest`].
    pub diff: Vec<DiffPiece>,
    /// The share of characters that differ, 0 to 1.
    pub differing: f32,
    /// The words that made it `altered`.
    pub touched: Vec<Touched>,
    /// `near`, but there are no guard words for its language: it may be `altered`.
    pub possibly_altered: bool,
    /// For `not-found`: the passage that comes closest, if any comes close.
    pub closest: Option<Closest>,
    /// Every place where the words stand (for `silence-broken`, where a listed word does), ascending.
    /// At most [`super::MAX_OCCURRENCES`].
    pub occurrences: Vec<Range<usize>>,
    /// The copy is not the locked one. The verdict then is `copy-changed`, unless a worse one stands.
    pub copy_changed: bool,
}

impl Checked {
    /// A verdict with no place in a copy.
    pub fn bare(verdict: Verdict) -> Self {
        Self {
            verdict,
            found: None,
            found_words: None,
            start: None,
            end: None,
            parts: Vec::new(),
            diff: Vec::new(),
            differing: 0.0,
            touched: Vec::new(),
            possibly_altered: false,
            closest: None,
            occurrences: Vec::new(),
            copy_changed: false,
        }
    }

    pub fn level(&self) -> Level {
        self.verdict.level()
    }

    /// Where to lead a reader who wants to see the passage: what was found, else what comes closest.
    pub fn passage(&self) -> Option<Range<usize>> {
        self.found
            .clone()
            .or_else(|| self.closest.as_ref().map(|closest| closest.range.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_verdicts() {
        for &verdict in Verdict::ALL {
            assert_eq!(Verdict::from_name(verdict.as_str()), Some(verdict));
        }
        assert_eq!(Verdict::from_name("proven"), None);
        assert_eq!(Verdict::ALL.len(), 14);
    }
}
