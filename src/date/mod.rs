//! Dates as historians and analysts write them: EDTF (ISO 8601-2), own calendar, zones, display.
//!
//! A [`Date`] keeps the words it was written with, the span those words name
//! ([`Date::earliest`] inclusive, [`Date::latest`] exclusive) and what they say about themselves
//! (precision, approximate, uncertain, open). Nothing here knows files, YAML or the window.

/// A moment on the time line: milliseconds since 1970-01-01T00:00Z on the proleptic Gregorian
/// calendar, without leap seconds. `i64` reaches ± 292 million years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// The smallest unit a date names.
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

/// What kind of statement about time a date makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A date as an author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Date {
    written: Box<str>,
    earliest: Option<Instant>,
    latest: Option<Instant>,
    form: Form,
    precision: Precision,
    approximate: bool,
    uncertain: bool,
    local: bool,
}

impl Date {
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

    /// `~` or `%`.
    pub fn approximate(&self) -> bool {
        self.approximate
    }

    /// `?` or `%`.
    pub fn uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether it names a time of day, but neither an offset nor a zone applies. Its bounds then are those of UTC.
    pub fn local(&self) -> bool {
        self.local
    }
}
