//! What is wrong with a date, and what to write instead.

use std::fmt;
use std::ops::Range;

/// The kinds of wrong dates; each is a diagnostic of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateErrorKind {
    /// The text is not a date, or is one in a notation that Sourceline does not read.
    Syntax,
    /// The order of day and month cannot be known: `03/04/2025`.
    Ambiguous,
    /// There is no such day or time: `2025-02-30`.
    Impossible,
    /// The end is before the start.
    Reversed,
    /// The local time was skipped when the clocks were put forward.
    TimeGap,
    /// The local time came twice when the clocks were put back.
    TimeTwice,
    /// The time zone is not known, or contradicts the offset beside it.
    Zone,
    /// Further away than ± 292 million years.
    Range,
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    pub kind: DateErrorKind,
    /// What was expected and what was found: lower case, no full stop.
    pub message: String,
    /// What to write; never empty.
    pub hint: String,
    /// Bytes of the text that was given.
    pub at: Range<usize>,
}

impl DateError {
    /// Texts of strangers may be long; what is quoted of them is cut.
    #[cold]
    pub(super) fn new(
        kind: DateErrorKind,
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            message: shortened(message.into()),
            hint: shortened(hint.into()),
            at,
        }
    }
}

/// No sentence of ours is longer than this.
const LONGEST_BYTES: usize = 320;

fn shortened(mut words: String) -> String {
    if words.len() > LONGEST_BYTES {
        words.truncate(words.floor_char_boundary(LONGEST_BYTES));
        words.push('…');
    }
    words
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DateError {}
