//! The code of the problem that a wrong date is.

use crate::date::DateErrorKind;
use crate::problem::Code;

/// The code for a kind of wrong date. The room of dates does not know how problems are told.
pub fn date_code(kind: DateErrorKind) -> Code {
    match kind {
        DateErrorKind::Syntax => Code::DateSyntax,
        DateErrorKind::Ambiguous => Code::DateAmbiguous,
        DateErrorKind::Impossible => Code::DateImpossible,
        DateErrorKind::Reversed => Code::DateReversed,
        DateErrorKind::TimeGap => Code::DateTimeGap,
        DateErrorKind::TimeTwice => Code::DateTimeTwice,
        DateErrorKind::Zone => Code::DateZone,
        DateErrorKind::Range => Code::DateRange,
    }
}
