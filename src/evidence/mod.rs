//! Quote and copy in, verdict out.
//!
//! A [`CopyText`] holds the words of a source's local copy as a reader sees them. [`check()`] looks a quote
//! up in it and answers with a [`Checked`]: one of the verdicts of FORMAT section 7, the place, and the difference
//! word by word. Pure: nothing here touches the disk or the window.

mod boundary;
mod check;
mod cite;
mod copy;
mod coverage;
mod difference;
mod elision;
mod exact;
mod explanation;
mod fragment;
mod guard;
mod html;
mod locator;
mod lock;
mod markdown;
mod normalize;
mod offsets;
mod origins;
mod outcome;
mod outcomes;
mod problems;
mod quotation;
mod reading;
mod search;
mod sentence;
mod silence;
mod standing;
mod verdict;
mod writer;

pub use check::check;
pub use cite::{evidence_line, markdown_citation, one_line};
pub use copy::{
    CopyError, CopyKind, CopyText, MAX_COPY_BYTES, MAX_COPY_SIGNS, MAX_COPY_TEXT_BYTES, sha256_hex,
};
pub use coverage::Coverage;
pub use fragment::{address_at, text_fragment};
pub use guard::Guards;
pub use lock::{Lock, LockIndex, LockedQuote, LockedSource, Selector};
pub use normalize::{Case, LineHyphen, Normalized, fold, normalize};
pub use offsets::{CodePoints, OffsetMap};
pub use origins::Origins;
pub use outcome::{Question, QuestionDigest, check_evidence, check_evidence_with};
pub use outcomes::{OutcomePlace, Outcomes};
pub use problems::{problem_of, problem_of_copy, problem_of_reading, told};
pub use reading::{Reading, dispute};
pub use search::{End, Ends, Pattern, distance};
pub use sentence::{sentence_around, sentences};
pub use silence::check_silence;
pub use standing::{Assessment, Standing, assess};
pub use verdict::{
    Checked, Closest, Context, DiffKind, DiffPiece, GuardKind, Level, Touched, Verdict,
};

/// At most this many places of one quote are listed.
pub const MAX_OCCURRENCES: usize = 1000;
