//! Dates as historians and analysts write them: EDTF (ISO 8601-2), own calendar, zones, display.
//!
//! A [`Date`] keeps the words it was written with, the span those words name
//! ([`Date::earliest`] inclusive, [`Date::latest`] exclusive) and what they say about themselves
//! (precision, approximate, uncertain, open). Nothing here knows files, YAML or the window.

mod calendar;
mod duration;
mod error;
mod foreign;
mod pattern;
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
