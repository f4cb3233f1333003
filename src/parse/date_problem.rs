//! A wrong date as a problem of a file.

use crate::date::{DateError, DateErrorKind};
use crate::problem::{Code, Problem};
use crate::span::Span;

/// The problem that a wrong date is. `span` is the place of the wrong part, which only the caller knows.
pub fn date_problem(error: DateError, span: Span) -> Problem {
    let code = match error.kind {
        DateErrorKind::Syntax => Code::DateSyntax,
        DateErrorKind::Ambiguous => Code::DateAmbiguous,
        DateErrorKind::Impossible => Code::DateImpossible,
        DateErrorKind::Reversed => Code::DateReversed,
        DateErrorKind::TimeGap => Code::DateTimeGap,
        DateErrorKind::TimeTwice => Code::DateTimeTwice,
        DateErrorKind::Zone => Code::DateZone,
        DateErrorKind::Range => Code::DateRange,
    };
    Problem::new(code, span, error.message, error.hint)
}
