//! Time zones: UTC, fixed offsets, and the named ones of the IANA database that the program carries.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "offsets are below a day; half a year from the last known change fits"
)]

use super::calendar::{CivilTime, MS_PER_SECOND};
use super::{DateError, DateErrorKind, Instant};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// The rules by which a place names its moments. Cheap to clone.
///
/// The database knows the years −9999 to 9999. Before them the first offset it has holds (local
/// mean time, as a rule), after them the standard offset, so that far years stay drawable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(Rules);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rules {
    Fixed { offset_seconds: i32 },
    Named(TimeZone),
}

/// A moment and the offset from UTC under which it was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub instant: Instant,
    /// East of Greenwich is positive.
    pub offset_seconds: i32,
}

/// What a local time means in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// One moment, as nearly always.
    Unique(Candidate),
    /// None: the clocks were put forward over it. Read with the offset `before` the change, and with that `after` it.
    Gap { before: Candidate, after: Candidate },
    /// Two: the clocks were put back to it.
    Fold { first: Candidate, second: Candidate },
}

impl Resolved {
    /// One moment in every case, for rulers and other things that must be drawn: the first of two, and in
    /// a gap the moment as many minutes after the change as the clock would have shown (as `Temporal` does).
    pub fn instant(self) -> Instant {
        match self {
            Self::Unique(candidate) => candidate.instant,
            Self::Gap { before, .. } => before.instant,
            Self::Fold { first, .. } => first.instant,
        }
    }
}

impl Zone {
    pub fn utc() -> Self {
        Self::fixed(0)
    }

    /// So many seconds east of Greenwich, always.
    pub fn fixed(offset_seconds: i32) -> Self {
        Self(Rules::Fixed { offset_seconds })
    }

    /// The zone of this computer; UTC where it has none set.
    pub fn local() -> Self {
        TimeZone::try_system().map_or_else(|_| Self::utc(), |rules| Self(Rules::Named(rules)))
    }

    /// A zone by its IANA name; `UTC` and `Z` too. Upper and lower case are one.
    ///
    /// ```
    /// use sourceline::date::{DateErrorKind, Zone};
    ///
    /// assert_eq!(Zone::named("america/new_york").unwrap().name(), "America/New_York");
    /// assert_eq!(Zone::named("EST5").unwrap_err().kind, DateErrorKind::Zone);
    /// ```
    pub fn named(name: &str) -> Result<Self, DateError> {
        if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("z") {
            return Ok(Self::utc());
        }
        match TimeZone::get(name) {
            Ok(rules) => Ok(Self(Rules::Named(rules))),
            Err(_) => Err(DateError::new(
                DateErrorKind::Zone,
                0..name.len(),
                format!("expected the IANA name of a time zone, found `{name}`"),
                "write a name such as `America/New_York` or `Europe/Kyiv`, or an offset such as `-04:00`",
            )),
        }
    }

    /// How far the clocks are ahead of UTC at a moment, in seconds.
    pub fn offset_at(&self, instant: Instant) -> i32 {
        match &self.0 {
            Rules::Fixed { offset_seconds } => *offset_seconds,
            Rules::Named(rules) => match Timestamp::from_millisecond(instant.0) {
                Ok(timestamp) => rules.to_offset(timestamp).seconds(),
                Err(_) => far_offset_seconds(rules, instant.0 < 0),
            },
        }
    }

    /// What the clocks show at a moment. At the very ends of time, where the offset leads out of `i64`, it is cut.
    pub fn civil(&self, instant: Instant) -> CivilTime {
        let offset_ms = i64::from(self.offset_at(instant)) * MS_PER_SECOND;
        CivilTime::from_ms(instant.0.saturating_add(offset_ms))
    }

    /// The moment at which the clocks show a time. A time out of the reach of `i64` is cut to its ends.
    pub fn instant(&self, civil: CivilTime) -> Resolved {
        let local_ms = civil.to_ms().unwrap_or(if civil.date.year < 0 {
            i64::MIN
        } else {
            i64::MAX
        });
        let candidate = |offset_seconds: i32| Candidate {
            instant: Instant(local_ms.saturating_sub(i64::from(offset_seconds) * MS_PER_SECOND)),
            offset_seconds,
        };
        let rules = match &self.0 {
            Rules::Fixed { offset_seconds } => return Resolved::Unique(candidate(*offset_seconds)),
            Rules::Named(rules) => rules,
        };
        let Some(datetime) = datetime_from_civil(civil) else {
            return Resolved::Unique(candidate(far_offset_seconds(rules, civil.date.year < 0)));
        };
        match rules.to_ambiguous_timestamp(datetime).offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                Resolved::Unique(candidate(offset.seconds()))
            }
            AmbiguousOffset::Gap { before, after } => Resolved::Gap {
                before: candidate(before.seconds()),
                after: candidate(after.seconds()),
            },
            AmbiguousOffset::Fold { before, after } => Resolved::Fold {
                first: candidate(before.seconds()),
                second: candidate(after.seconds()),
            },
        }
    }

    /// Its IANA name, `UTC`, an offset such as `UTC−4`, or `local time` for a computer that does not say where it is.
    pub fn name(&self) -> String {
        match &self.0 {
            Rules::Fixed { offset_seconds } => offset_words(*offset_seconds),
            Rules::Named(rules) => rules.iana_name().unwrap_or("local time").to_owned(),
        }
    }

    /// The offset at a moment for people: `UTC`, `UTC−4`, `UTC+5:30`.
    pub fn abbreviation_at(&self, instant: Instant) -> String {
        offset_words(self.offset_at(instant))
    }
}

/// An offset for people, with a true minus: `UTC−4`, `UTC+5:30`, `UTC`.
pub(super) fn offset_words(offset_seconds: i32) -> String {
    let mut words = String::from("UTC");
    if offset_seconds == 0 {
        return words;
    }
    words.push(if offset_seconds < 0 { '−' } else { '+' });
    let seconds = offset_seconds.unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    words.push_str(&hours.to_string());
    if minutes != 0 || seconds != 0 {
        words.push_str(&format!(":{minutes:02}"));
    }
    if seconds != 0 {
        words.push_str(&format!(":{seconds:02}"));
    }
    words
}

/// An offset as one writes it in a date: `-04:00`, `+05:30`, `Z`.
pub(super) fn offset_iso(offset_seconds: i32) -> String {
    if offset_seconds == 0 {
        return "Z".to_owned();
    }
    let sign = if offset_seconds < 0 { '-' } else { '+' };
    let seconds = offset_seconds.unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{seconds:02}")
    }
}

fn datetime_from_civil(civil: CivilTime) -> Option<DateTime> {
    DateTime::new(
        i16::try_from(civil.date.year).ok()?,
        i8::try_from(civil.date.month).ok()?,
        i8::try_from(civil.date.day).ok()?,
        i8::try_from(civil.hour).ok()?,
        i8::try_from(civil.minute).ok()?,
        i8::try_from(civil.second).ok()?,
        i32::from(civil.millisecond) * 1_000_000,
    )
    .ok()
}

/// The offset beyond the years of the database.
fn far_offset_seconds(rules: &TimeZone, past: bool) -> i32 {
    if past {
        return rules.to_offset(Timestamp::MIN).seconds();
    }
    // New Year is in summer time south of the equator, so half a year before it is asked as well.
    let half_year_s = 182 * 86_400;
    let last = Timestamp::MAX;
    let before = Timestamp::from_second(last.as_second() - half_year_s).unwrap_or(last);
    let winter = [last, before]
        .into_iter()
        .find(|moment| !rules.to_offset_info(*moment).dst().is_dst());
    rules.to_offset(winter.unwrap_or(last)).seconds()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{CivilDate, Date};

    /// What the clocks make of a time: the moments in UTC, after one word for how many there are.
    fn resolved(zone: &str, civil: &str) -> String {
        let local = Date::parse(civil, None).unwrap().earliest().unwrap();
        let iso = |candidate: Candidate| {
            let iso = candidate.instant.to_iso_utc();
            iso[11..16].to_owned()
        };
        match Zone::named(zone)
            .unwrap()
            .instant(CivilTime::from_ms(local.0))
        {
            Resolved::Unique(candidate) => format!("one {}", iso(candidate)),
            Resolved::Gap { before, after } => format!("none {} {}", iso(before), iso(after)),
            Resolved::Fold { first, second } => format!("two {} {}", iso(first), iso(second)),
        }
    }

    #[test]
    fn clocks_are_put_forward_and_back() {
        for (zone, civil, expected) in [
            ("America/New_York", "2025-03-09T01:59", "one 06:59"),
            ("America/New_York", "2025-03-09T02:00", "none 07:00 06:00"),
            ("America/New_York", "2025-03-09T02:59", "none 07:59 06:59"),
            ("America/New_York", "2025-03-09T03:00", "one 07:00"),
            ("America/New_York", "2025-11-02T00:59", "one 04:59"),
            ("America/New_York", "2025-11-02T01:00", "two 05:00 06:00"),
            ("America/New_York", "2025-11-02T02:00", "one 07:00"),
            ("Europe/Kyiv", "2025-03-30T03:30", "none 01:30 00:30"),
            ("Europe/Kyiv", "2025-10-26T03:30", "two 00:30 01:30"),
            ("Europe/London", "2025-03-30T01:30", "none 01:30 00:30"),
            ("Europe/London", "2025-10-26T01:30", "two 00:30 01:30"),
            // Half an hour, at Lord Howe Island.
            (
                "Australia/Lord_Howe",
                "2025-10-05T02:15",
                "none 15:45 15:15",
            ),
            // Samoa had no 30 December 2011.
            ("Pacific/Apia", "2011-12-30T12:00", "none 22:00 22:00"),
            ("UTC", "2025-03-30T01:30", "one 01:30"),
        ] {
            assert_eq!(resolved(zone, civil), expected, "{zone} {civil}");
        }
    }

    #[test]
    fn offsets_read_well() {
        let moment = Instant(1_742_306_400_000);
        for (zone, words) in [
            (Zone::utc(), "UTC"),
            (Zone::named("America/New_York").unwrap(), "UTC−4"),
            (Zone::named("Asia/Kathmandu").unwrap(), "UTC+5:45"),
            (Zone::fixed(-17_762), "UTC−4:56:02"),
        ] {
            assert_eq!(zone.abbreviation_at(moment), words);
        }
        assert_eq!(Zone::fixed(-4 * 3600).name(), "UTC−4");
        assert_eq!(Zone::named("utc").unwrap().name(), "UTC");
        assert!(!Zone::local().name().is_empty());
    }

    #[test]
    fn far_years_have_the_standard_offset() {
        for (zone, offset_seconds) in [
            ("America/New_York", -5 * 3600),
            ("Australia/Sydney", 10 * 3600),
        ] {
            let zone = Zone::named(zone).unwrap();
            assert_eq!(zone.offset_at(Instant(i64::MAX)), offset_seconds);
            let civil = CivilDate {
                year: 170_000_000,
                month: 7,
                day: 1,
            }
            .at_midnight();
            let Resolved::Unique(candidate) = zone.instant(civil) else {
                panic!("{civil:?}");
            };
            assert_eq!(candidate.offset_seconds, offset_seconds);
            assert_eq!(zone.civil(candidate.instant), civil);
        }
    }
}
