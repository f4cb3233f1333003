//! Dates in English words, never more precise than they were written.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "years of an instant are within 292 million, and those of a date were held to that when it was read"
)]

mod name;

use self::name::{ClockName, Name, range_words, untimed_name};
use super::calendar::{CivilDate, CivilTime};
use super::resolve::{self, Clock, PointSpan};
use super::syntax::{self, End, Member, Point, Set, Syntax, Time};
use super::zone::offset_words;
use super::{Date, DateError, Instant, Precision, Zone};
use crate::number::grouped;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month from 1 to 12.
pub fn month_name(month: u8) -> &'static str {
    usize::from(month)
        .checked_sub(1)
        .and_then(|index| MONTHS.get(index))
        .unwrap_or(&"unknown month")
}

/// A year for people: `2025`, `AD 800`, `44 BC`, `170,000,003 BC`.
///
/// Astronomical year 0 is 1 BC. Years before 1000 say their era, since a bare `44` could be anything;
/// years of five digits and more are grouped.
pub fn year_words(year: i64) -> String {
    match year {
        ..=0 => format!("{} BC", grouped_year(1 + year.unsigned_abs())),
        1..=999 => format!("AD {year}"),
        _ => grouped_year(year.unsigned_abs()),
    }
}

/// A year's number: grouped from five digits on, as dates are written.
fn grouped_year(number: u64) -> String {
    match number {
        ..=9999 => number.to_string(),
        _ => grouped(number),
    }
}

pub(super) fn month_words(year: i64, month: u8) -> String {
    format!("{} {}", month_name(month), year_words(year))
}

/// `2014–2025`, `50–41 BC`, `AD 800–1200`, `44 BC – AD 14`.
fn year_range_words(first: i64, last: i64) -> String {
    match (first, last) {
        _ if first == last => year_words(first),
        (1.., 1..) => format!(
            "{}–{}",
            year_words(first),
            grouped_year(last.unsigned_abs())
        ),
        (..=0, ..=0) => format!(
            "{}–{}",
            grouped_year(1 + first.unsigned_abs()),
            year_words(last)
        ),
        _ => format!("{} – {}", year_words(first), year_words(last)),
    }
}

impl Date {
    /// The date for people, as precise as it was written and no more.
    ///
    /// Times stand as they were written, with the offset that holds; [`Date::in_words_at`] shows them on
    /// another clock. The table in the [module's documentation](super) has examples.
    ///
    /// ```
    /// use sourceline::date::Date;
    ///
    /// let call = Date::parse("2025-03-18T10:00[America/New_York]", None)?;
    /// assert_eq!(call.in_words(), "18 March 2025, 10:00 (UTC−4)");
    /// # Ok::<(), sourceline::date::DateError>(())
    /// ```
    pub fn in_words(&self) -> String {
        self.words(None)
    }

    /// The date for people, with its times of day on the clocks of a zone.
    ///
    /// Days, months and years stay as they were written, and so do local times, of which no one knows
    /// where they fall on another clock.
    ///
    /// ```
    /// use sourceline::date::{Date, Zone};
    ///
    /// let call = Date::parse("2025-03-18T10:00-04:00", None)?;
    /// assert_eq!(call.in_words_at(&Zone::named("Europe/Kyiv")?), "18 March 2025, 16:00 (UTC+2)");
    /// # Ok::<(), sourceline::date::DateError>(())
    /// ```
    pub fn in_words_at(&self, zone: &Zone) -> String {
        self.words(Some(zone))
    }

    fn words(&self, shown_in: Option<&Zone>) -> String {
        let writer = Writer {
            text: &self.written,
            given: self.zone.as_ref(),
            shown_in,
        };
        // A date exists only when its text could be read; should that ever change, its own words are no lie.
        syntax::parse(&self.written)
            .and_then(|syntax| writer.date(&syntax))
            .unwrap_or_else(|_| self.written.to_string())
    }
}

/// A moment for people, down to a unit, on the clocks of a zone.
///
/// ```
/// use sourceline::date::{Instant, Precision, Zone, format_instant};
///
/// let call = Instant(1_742_306_400_000);
/// let zone = Zone::named("America/New_York")?;
/// assert_eq!(format_instant(call, Precision::Minute, &zone), "18 March 2025, 10:00 (UTC−4)");
/// assert_eq!(format_instant(call, Precision::Month, &zone), "March 2025");
/// # Ok::<(), sourceline::date::DateError>(())
/// ```
pub fn format_instant(instant: Instant, precision: Precision, zone: &Zone) -> String {
    let civil = zone.civil(instant);
    let CivilDate { year, month, day } = civil.date;
    let years = |count: i64| {
        let first = year.div_euclid(count) * count;
        year_range_words(first, first + count - 1)
    };
    match precision {
        Precision::Millennium => years(1000),
        Precision::Century => years(100),
        Precision::Decade => decade_words(year.div_euclid(10) * 10).unwrap_or_else(|| years(10)),
        Precision::Year => year_words(year),
        Precision::Season => match month {
            12 => season_words(24, year),
            1 | 2 => season_words(24, year - 1),
            _ => season_words(20 + month / 3, year),
        },
        Precision::Month => month_words(year, month),
        Precision::Day => day_words(year, month, day),
        _ => {
            let clock = clock_words(civil, precision);
            let offset = zone.abbreviation_at(instant);
            format!("{}, {clock} ({offset})", day_words(year, month, day))
        }
    }
}

fn day_words(year: i64, month: u8, day: u8) -> String {
    format!("{day} {}", month_words(year, month))
}

fn clock_words(civil: CivilTime, precision: Precision) -> String {
    let CivilTime {
        date: _,
        hour,
        minute,
        second,
        millisecond,
    } = civil;
    match precision {
        Precision::Second => format!("{hour:02}:{minute:02}:{second:02}"),
        Precision::Millisecond => format!("{hour:02}:{minute:02}:{second:02}.{millisecond:03}"),
        Precision::Hour => format!("{hour:02} h"),
        _ => format!("{hour:02}:{minute:02}"),
    }
}

/// `2020s`; `None` for decades that have no such name.
fn decade_words(first_year: i64) -> Option<String> {
    (1000..10_000)
        .contains(&first_year)
        .then(|| format!("{first_year}s"))
}

/// `spring 2025`, `winter 2025–26`.
fn season_words(season: u8, year: i64) -> String {
    let name = season_name(season);
    if season != 24 {
        return format!("{name} {}", year_words(year));
    }
    let next = year + 1;
    if (1000..9999).contains(&year) && next % 100 != 0 {
        format!("{name} {year}–{:02}", next % 100)
    } else {
        format!("{name} {}", year_range_words(year, next))
    }
}

fn season_name(season: u8) -> &'static str {
    match season {
        21 => "spring",
        22 => "summer",
        23 => "autumn",
        _ => "winter",
    }
}

/// `1st`, `2nd`, `11th`.
fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// What is needed to name the points of one date.
struct Writer<'a> {
    text: &'a str,
    /// The zone from outside, for times without one.
    given: Option<&'a Zone>,
    /// The zone whose clocks are to be shown, if not those of the text.
    shown_in: Option<&'a Zone>,
}

impl Writer<'_> {
    fn date(&self, syntax: &Syntax) -> Result<String, DateError> {
        match syntax {
            Syntax::Single(point) => Ok(self.point(point)?.qualified(point.qualifier)),
            Syntax::Range(start, end) => self.range(start, end),
            Syntax::Set(set) => self.set(set),
        }
    }

    fn range(&self, start: &End, end: &End) -> Result<String, DateError> {
        let (start_span, end_span) = resolve::range_spans(self.text, start, end, self.given)?;
        let name = |end: &End, span: Option<PointSpan>| match (end, span) {
            (End::Point(point), Some(span)) => Some((self.name(point, span), point.qualifier)),
            _ => None,
        };
        Ok(match (name(start, start_span), name(end, end_span)) {
            (Some((first, qualifier)), Some((last, last_qualifier))) => {
                range_words(&first, qualifier, &last, last_qualifier)
            }
            (Some((first, qualifier)), None) if matches!(end, End::Open) => {
                first.qualified_after("since", qualifier)
            }
            (Some((first, qualifier)), None) => {
                format!("{}, end unknown", first.qualified(qualifier))
            }
            (None, Some((last, qualifier))) => {
                let words = last.qualified_after("until", qualifier);
                if matches!(start, End::Open) {
                    words
                } else {
                    format!("{words}, start unknown")
                }
            }
            (None, None) => self.text.to_owned(),
        })
    }

    fn set(&self, set: &Set) -> Result<String, DateError> {
        let mut names = Vec::with_capacity(set.members.len());
        for Member { first, last } in &set.members {
            let first_name = self.point(first)?;
            names.push(match last {
                None => first_name.qualified(first.qualifier),
                Some(last) => range_words(
                    &first_name,
                    first.qualifier,
                    &self.point(last)?,
                    last.qualifier,
                ),
            });
        }
        if set.before
            && let Some(first) = names.first_mut()
        {
            first.push_str(" or before");
        }
        if set.after
            && let Some(last) = names.last_mut()
        {
            last.push_str(" or after");
        }
        let has_commas = names.iter().any(|name| name.contains(','));
        let comma = if has_commas { "; " } else { ", " };
        if set.before || set.after {
            return Ok(names.join(comma));
        }
        if let [name] = names.as_slice() {
            return Ok(match set.members.as_slice() {
                [Member { last: Some(_), .. }] => format!("one of {name}"),
                _ => name.clone(),
            });
        }
        if !has_commas {
            share_last_words(&mut names);
        }
        let or = if has_commas { "; or " } else { " or " };
        Ok(match names.split_last() {
            Some((last, others)) => format!("{}{or}{last}", others.join(comma)),
            None => String::new(),
        })
    }

    /// The name of a date that stands alone, or in a set.
    fn point(&self, point: &Point) -> Result<Name, DateError> {
        let span = resolve::point_span(self.text, point, self.given)?;
        Ok(self.name(point, span))
    }

    fn name(&self, point: &Point, span: PointSpan) -> Name {
        match &point.time {
            Some(time) => self.time_name(point, time, span),
            None => untimed_name(point),
        }
    }

    fn time_name(&self, point: &Point, time: &Time, span: PointSpan) -> Name {
        let Some((date, _)) = point.days() else {
            return untimed_name(point);
        };
        let as_written = CivilTime {
            date,
            hour: time.hour,
            minute: time.minute.unwrap_or(0),
            second: time.second.unwrap_or(0),
            millisecond: time.millisecond.unwrap_or(0),
        };
        let instant = Instant(span.earliest_ms);
        let (civil, zone) = match (span.clock, self.shown_in) {
            (Clock::None | Clock::Local, _) => (as_written, "local time".to_owned()),
            (Clock::Written { .. } | Clock::Given { .. }, Some(zone)) => {
                (zone.civil(instant), zone.abbreviation_at(instant))
            }
            (Clock::Written { offset_seconds } | Clock::Given { offset_seconds }, None) => {
                (as_written, offset_words(offset_seconds))
            }
        };
        let CivilDate { year, month, day } = civil.date;
        Name::Calendar {
            year,
            month: Some(month),
            day: Some(day),
            clock: Some(ClockName {
                time: clock_words(civil, span.precision),
                zone,
            }),
        }
    }
}

/// Makes `18 March 2025`, `20 March 2025` to `18`, `20 March 2025`: words that all names end with stand once.
fn share_last_words(names: &mut [String]) {
    let Some((last, others)) = names.split_last_mut() else {
        return;
    };
    let mut shared = 0;
    for (at, _) in last.rmatch_indices(' ') {
        let ending = last.get(at..).unwrap_or_default();
        if !others.iter().all(|name| name.ends_with(ending)) {
            break;
        }
        shared = ending.len();
    }
    // "44 BC or 43 BC" and "AD 44" lose nothing worth the doubt.
    if last.ends_with(" BC") && last.len() - shared <= 3 {
        return;
    }
    for name in others {
        name.truncate(name.len() - shared);
    }
}
