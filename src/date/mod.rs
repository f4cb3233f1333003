//! Dates as historians and analysts write them: EDTF (ISO 8601-2), own calendar, zones, display.
//!
//! A [`Date`] keeps the words it was written with, the span those words name
//! ([`Date::earliest`] inclusive, [`Date::latest`] exclusive) and what they say about themselves
//! (precision, approximate, uncertain, open). Nothing here knows files, YAML or the window.
//!
//! # What is read
//!
//! Levels 0 and 1 of EDTF whole, and of level 2 sets of one and unspecified digits anywhere:
//!
//! ```text
//! date      = point | range | set
//! range     = end "/" ( end | clock )        at least one end is a point
//! end       = point | ".." (open) | "" (unknown)
//! set       = "[" [ ".." ] member *( "," member ) [ ".." ] "]"
//! member    = point [ ".." point ]
//! point     = ( year [ "-" month [ "-" day [ ( "T" | " " ) clock ] ] ] | far ) [ "?" | "~" | "%" ]
//! year      = [ "-" ] 4( digit | "X" )       astronomical: 0000 is 1 BC
//! far       = "Y" [ "-" ] 5*digit
//! month     = 01 to 12, or a season: 21 spring, 22 summer, 23 autumn, 24 winter; "X" for a digit
//! day       = 01 to 31; "X" for a digit
//! clock     = hour [ ":" minute [ ":" second [ "." 1*digit ] ] ] [ offset ] [ "[" zone "]" ]
//! offset    = "Z" | ( "+" | "-" ) hour [ [ ":" ] minute ]
//! ```
//!
//! | written | in words | bounds in UTC | form, precision |
//! |---|---|---|---|
//! | `2025-03` | March 2025 | 2025-03-01 to 2025-04-01 | single, month |
//! | `2025-03-18T10:00-04:00` | 18 March 2025, 10:00 (UTC−4) | 14:00 to 14:01 | single, minute |
//! | `2025-03-18 10:00` | 18 March 2025, 10:00 (local time) | 10:00 to 10:01 | single, minute, local |
//! | `2025-03-23/2025-03-25` | 23–25 March 2025 | 2025-03-23 to 2025-03-26 | range, day |
//! | `2025-03-18T10:00Z/12:00` | 18 March 2025, 10:00–12:00 (UTC) | 10:00 to 12:01 | range, minute |
//! | `2025-03-18/..` | since 18 March 2025 | 2025-03-18 to none | open end, day |
//! | `2025-03-18/` | 18 March 2025, end unknown | 2025-03-18 to none | unknown end, day |
//! | `2025-03%` | about March 2025, uncertain | those of the month | single, month |
//! | `202X` | 2020s | 2020-01-01 to 2030-01-01 | single, decade |
//! | `2025-XX-18` | 18th of some month, 2025 | 2025-01-18 to 2025-12-19 | single, year |
//! | `2025-24` | winter 2025–26 | 2025-12-01 to 2026-03-01 | single, season |
//! | `[2025-03-18..2025-03-20]` | one of 18–20 March 2025 | 2025-03-18 to 2025-03-21 | one of, day |
//! | `[..2025]` | 2025 or before | none to 2026-01-01 | before, year |
//! | `-0043-03-15` | 15 March 44 BC | -000043-03-15 to -000043-03-16 | single, day |
//! | `Y-170000002` | 170,000,003 BC | that year | single, year |
//!
//! ```
//! use sourceline::date::{Date, Form, Precision};
//!
//! let talks = Date::parse("2025-03-23/2025-03-25", None)?;
//! assert_eq!(talks.in_words(), "23–25 March 2025");
//! assert_eq!((talks.form(), talks.precision()), (Form::Range, Precision::Day));
//! assert_eq!(talks.latest().map(|end| end.to_iso_utc()).as_deref(), Some("2025-03-26T00:00:00Z"));
//!
//! let error = Date::parse("18.03.2025", None).unwrap_err();
//! assert_eq!(error.message, "expected year, month and day in this order, found `18.03.2025`");
//! assert_eq!(error.hint, "write `2025-03-18`");
//! # Ok::<(), sourceline::date::DateError>(())
//! ```
//!
//! # What was decided where standards leave a choice
//!
//! - A **whole day** has no zone: its bounds are those of UTC. Beside a time of day in one range, it is a day on
//!   the same clock.
//! - In a **range**, an end without offset and zone has those of the start; a start has those of an end that is
//!   only a time.
//! - An **offset and a zone** together must agree ([`DateErrorKind::Zone`]); the offset then decides between the two
//!   readings of a time that came twice. `Z` beside a zone names the moment.
//! - A **fraction** of a second is read to the millisecond and is a millisecond long; finer digits are passed over.
//! - **`24:00`** is the first minute of the next day, and is shown as written.
//! - A **leap second**, `23:59:60` in UTC, is read as the second before it, so that it stays on its day.
//! - **Precision** is the finest unit that has no unspecified digit, nor any before it: the year for `2025-XX-18`.
//! - **Approximate and uncertain** are flags and leave the bounds alone.
//!
//! Not read: exponents and significant digits of years, seasons above 24, `{…}`, and a mark of doubt on a part of a
//! date. Those, and other customs (`18 March 2025`, `2025-W12`), are an error that says what to write.

mod calendar;
mod duration;
mod error;
mod foreign;
mod pattern;
mod remedy;
mod resolve;
mod syntax;
mod words;
mod zone;

#[cfg(test)]
mod tests;

pub use calendar::{
    CivilDate, CivilTime, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, Weekday,
    civil_from_days, days_from_civil, days_in_month, is_leap_year, iso_week_from_days,
    weekday_from_days,
};
pub use duration::duration_words;
pub use error::{DateError, DateErrorKind};
pub use words::{format_instant, month_name, year_words};
pub use zone::{Candidate, Resolved, Zone};

use std::cmp::Ordering;
use std::fmt;

/// A moment on the time line: milliseconds since 1970-01-01T00:00Z on the proleptic Gregorian
/// calendar, without leap seconds. `i64` reaches ± 292 million years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// ISO 8601 in UTC: `2025-03-18T14:00:00Z`.
    ///
    /// Years outside 0000 to 9999 have a sign and at least six digits, as ECMAScript and ISO 8601's expanded
    /// form have it; milliseconds stand only where they are not zero.
    ///
    /// ```
    /// use sourceline::date::Instant;
    ///
    /// assert_eq!(Instant(0).to_iso_utc(), "1970-01-01T00:00:00Z");
    /// assert_eq!(Instant(-63_517_824_000_000).to_iso_utc(), "-000043-03-15T00:00:00Z");
    /// ```
    pub fn to_iso_utc(self) -> String {
        let CivilTime {
            date: CivilDate { year, month, day },
            hour,
            minute,
            second,
            millisecond,
        } = CivilTime::from_ms(self.0);
        let year = if (0..=9999).contains(&year) {
            format!("{year:04}")
        } else {
            format!("{year:+07}")
        };
        let fraction = match millisecond {
            0 => String::new(),
            _ => format!(".{millisecond:03}"),
        };
        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
    }
}

/// The smallest unit a date names in full. Coarser units are less than finer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Millennium,
    Century,
    Decade,
    Year,
    Season,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

impl Precision {
    /// The word the JSON contract has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Millennium => "millennium",
            Self::Century => "century",
            Self::Decade => "decade",
            Self::Year => "year",
            Self::Season => "season",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::Millisecond => "millisecond",
        }
    }
}

/// What kind of statement about time a date makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// One span of its precision: a year, a day, a minute.
    Single,
    /// From one to another, both known.
    Range,
    /// `START/..`: goes on without end.
    OpenEnd,
    /// `../END`: without beginning.
    OpenStart,
    /// `START/`: the end is unknown.
    UnknownEnd,
    /// `/END`: the start is unknown.
    UnknownStart,
    /// `[A,B]` or `[A..B]`: one of these.
    OneOf,
    /// `[..B]`: B or before.
    Before,
    /// `[A..]`: A or after.
    After,
}

/// What a date says about its own certainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifier {
    /// `~` or `%`.
    pub approximate: bool,
    /// `?` or `%`.
    pub uncertain: bool,
}

impl Qualifier {
    fn or(self, other: Self) -> Self {
        Self {
            approximate: self.approximate || other.approximate,
            uncertain: self.uncertain || other.uncertain,
        }
    }
}

/// A date as an author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    written: Box<str>,
    earliest: Option<Instant>,
    latest: Option<Instant>,
    form: Form,
    precision: Precision,
    start_qualifier: Qualifier,
    end_qualifier: Qualifier,
    local: bool,
    offset_seconds: Option<i32>,
    /// The zone from outside, where a time of day took its offset from it.
    zone: Option<Zone>,
}

impl Date {
    /// Reads a date; space around it is passed over.
    ///
    /// `zone` is for times of day that have neither an offset nor a zone. Without one they are
    /// [`Date::local`], and their bounds are those of UTC.
    ///
    /// # Errors
    ///
    /// A [`DateError`] that says what was expected and found, where in `text`, and what to write.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "places lie in the text, which is shorter than memory"
    )]
    pub fn parse(text: &str, zone: Option<&Zone>) -> Result<Self, DateError> {
        let trimmed = text.trim();
        Self::parse_trimmed(trimmed, zone).map_err(|mut error| {
            let indent = text.len() - text.trim_start().len();
            error.at = error.at.start + indent..error.at.end + indent;
            error
        })
    }

    fn parse_trimmed(text: &str, zone: Option<&Zone>) -> Result<Self, DateError> {
        Self::parse_exactly(text, zone).map_err(|error| foreign::advise(text, error))
    }

    /// Without advice for other notations.
    fn parse_exactly(text: &str, zone: Option<&Zone>) -> Result<Self, DateError> {
        let syntax = syntax::parse(text)?;
        let meaning = resolve::resolve(text, &syntax, zone)?;
        Ok(Self {
            written: text.into(),
            earliest: meaning.earliest,
            latest: meaning.latest,
            form: meaning.form,
            precision: meaning.precision,
            start_qualifier: meaning.start_qualifier,
            end_qualifier: meaning.end_qualifier,
            local: meaning.local,
            offset_seconds: meaning.offset_seconds,
            zone: zone.filter(|_| meaning.zone_used).cloned(),
        })
    }

    /// The range from one date to another, for events that give `start` and `end` apart.
    ///
    /// Either may be `..` (open) or empty (unknown), and `end` may be only a time. The date is written
    /// `start/end`.
    ///
    /// # Errors
    ///
    /// As [`Date::parse`]. [`DateError::at`] counts in `start/end`, both without space around them: what is
    /// at or after `start.trim().len() + 1` is in `end`.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "places lie in the text, which is shorter than memory"
    )]
    pub fn between(start: &str, end: &str, zone: Option<&Zone>) -> Result<Self, DateError> {
        let (start, end) = (start.trim(), end.trim());
        for (text, indent) in [(start, 0), (end, start.len() + 1)] {
            if let Some(at) = separator(text) {
                return Err(DateError::new(
                    DateErrorKind::Syntax,
                    indent + at..indent + at + 1,
                    format!("expected one date, found the range or set `{text}`"),
                    "write one date in `start` and one in `end`, or the range in `date`",
                ));
            }
        }
        Self::parse_trimmed(&format!("{start}/{end}"), zone)
    }

    /// The words it was written with.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The first moment it can mean; `None` when it is open or unknown on that side.
    pub fn earliest(&self) -> Option<Instant> {
        self.earliest
    }

    /// The first moment *after* all it can mean; `None` when it is open or unknown on that side.
    pub fn latest(&self) -> Option<Instant> {
        self.latest
    }

    pub fn form(&self) -> Form {
        self.form
    }

    /// The unit of its coarser end.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether either end has `~` or `%`.
    pub fn approximate(&self) -> bool {
        self.start_qualifier.approximate || self.end_qualifier.approximate
    }

    /// Whether either end has `?` or `%`.
    pub fn uncertain(&self) -> bool {
        self.start_qualifier.uncertain || self.end_qualifier.uncertain
    }

    /// What the start says about itself; of a single date, the same as the end.
    pub fn start_qualifier(&self) -> Qualifier {
        self.start_qualifier
    }

    /// What the end says about itself; of a single date, the same as the start.
    pub fn end_qualifier(&self) -> Qualifier {
        self.end_qualifier
    }

    /// Whether it names a time of day, but neither an offset nor a zone applies. Its bounds then are those of UTC.
    pub fn local(&self) -> bool {
        self.local
    }

    /// The offset from UTC, in seconds, of its first time of day; `None` without one, or when it is [local](Date::local).
    pub fn offset_seconds(&self) -> Option<i32> {
        self.offset_seconds
    }

    /// The order in which lists and the time line have dates; total.
    ///
    /// First come dates without an earliest moment. Then the earliest moment decides, then the latest (none is last),
    /// then the precision (coarse before fine), and at last the words as written.
    pub fn compare(&self, other: &Self) -> Ordering {
        self.sort_key()
            .cmp(&other.sort_key())
            .then_with(|| self.written.cmp(&other.written))
    }

    /// A small copy of what [`Date::compare`] goes by, but for the words; for sorting many.
    pub fn sort_key(&self) -> SortKey {
        SortKey {
            earliest: self.earliest,
            endless: self.latest.is_none(),
            latest: self.latest,
            precision: self.precision,
        }
    }
}

/// The first `/`, or the `[` of a set, in what should be one date. The `/` in the name of a zone is none.
fn separator(text: &str) -> Option<usize> {
    if text.starts_with('[') {
        return Some(0);
    }
    let mut in_zone = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => in_zone = true,
            b']' => in_zone = false,
            b'/' if !in_zone => return Some(at),
            _ => {}
        }
    }
    None
}

/// See [`Date::compare`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    // The order of the fields is the order of the comparison.
    earliest: Option<Instant>,
    endless: bool,
    latest: Option<Instant>,
    precision: Precision,
}

/// As it was written.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}
