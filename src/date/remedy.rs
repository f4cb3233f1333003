//! What to write instead of a date that the calendar or the clocks do not have.

use super::calendar::{CivilDate, CivilTime, civil_from_days, days_from_civil, days_in_month};
use super::syntax::{Month, Point, Time};
use super::words::month_words;
use super::zone::{Zone, offset_iso};
use super::{DateError, DateErrorKind, Instant};
use std::ops::Range;
/// A date further away than an `i64` of milliseconds.
#[cold]
pub(super) fn out_of_range(text: &str, at: &Range<usize>) -> DateError {
    let found = text.get(at.clone()).unwrap_or_default();
    DateError::new(
        DateErrorKind::Range,
        at.clone(),
        format!("expected a date within 292 million years of today, found `{found}`"),
        "write a year from `Y-292275054` to `Y292278993`",
    )
}

/// `2025-02-30`.
#[cold]
pub(super) fn no_such_day(text: &str, point: &Point) -> DateError {
    let found = text.get(point.at.clone()).unwrap_or_default();
    let month = match point.month {
        Month::Number(month) => month.value(),
        _ => None,
    };
    let hint = match (point.year.value(), month) {
        (Some(year), Some(month)) => {
            let month = month as u8;
            format!(
                "{} has {} days: write one of them",
                month_words(year, month),
                days_in_month(year, month)
            )
        }
        _ => "write a day that one of these months has".to_owned(),
    };
    DateError::new(
        DateErrorKind::Impossible,
        point.at.clone(),
        format!("expected a day that exists, found `{found}`"),
        hint,
    )
}

/// `10:00-05:00[America/New_York]` in summer.
#[cold]
pub(super) fn contradicting_offset(
    text: &str,
    time: &Time,
    civil: CivilTime,
    offset_seconds: i32,
    zone: &Zone,
) -> DateError {
    let clock = text.get(time.at.start..time.clock_end).unwrap_or_default();
    let right = offset_iso(zone.offset_at(zone.instant(civil).instant()));
    DateError::new(
        DateErrorKind::Zone,
        time.at.clone(),
        format!(
            "expected an offset that {} has at that time, found `{}`",
            zone.name(),
            offset_iso(offset_seconds)
        ),
        format!("write `{clock}{right}`, or leave out the offset or the zone"),
    )
}

/// A time that the clocks of a zone skipped: the moments that the offsets `before` and `after` the change give.
#[cold]
pub(super) fn skipped(
    text: &str,
    point: &Point,
    zone: &Zone,
    before: Instant,
    after: Instant,
) -> DateError {
    let found = text.get(point.at.clone()).unwrap_or_default();
    let as_shown = |moment: Instant| {
        let offset_seconds = zone.offset_at(moment);
        let civil = zone.civil(moment);
        let seconds = match civil.second {
            0 => String::new(),
            second => format!(":{second:02}"),
        };
        format!(
            "{}T{:02}:{:02}{seconds}{}",
            iso_day(days_from_civil(civil.date)),
            civil.hour,
            civil.minute,
            offset_iso(offset_seconds)
        )
    };
    DateError::new(
        DateErrorKind::TimeGap,
        point.at.clone(),
        format!(
            "expected a time that the clocks of {} showed, found `{found}`, which they skipped",
            zone.name()
        ),
        format!(
            "write `{}` if the clocks had been put forward, or `{}` if not",
            as_shown(before),
            as_shown(after)
        ),
    )
}

/// A time that the clocks of a zone showed twice, first with the first offset.
#[cold]
pub(super) fn twice(
    text: &str,
    point: &Point,
    time: &Time,
    zone: &Zone,
    offsets: [i32; 2],
) -> DateError {
    let found = text.get(point.at.clone()).unwrap_or_default();
    let date = point.day_number().map(iso_day).unwrap_or_default();
    let clock = text.get(time.at.start..time.clock_end).unwrap_or_default();
    let [first, second] = offsets.map(|offset| format!("{date}T{clock}{}", offset_iso(offset)));
    DateError::new(
        DateErrorKind::TimeTwice,
        point.at.clone(),
        format!(
            "expected a time that came once, found `{found}`, which the clocks of {} showed twice",
            zone.name()
        ),
        format!("write `{first}` for the first, or `{second}` for the second"),
    )
}
/// A day by its number, as one writes it.
pub(super) fn iso_day(days: i64) -> String {
    let CivilDate { year, month, day } = civil_from_days(days);
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
}
