//! The steps of the ruler, and where each falls on the calendar.
//!
//! Units under a day follow the clocks of the zone, also on days when they change; days and above follow
//! its calendar. There is no year 0: years before AD 1 are counted as historians do, so a step of ten
//! years gives 20 BC, 10 BC, AD 1, AD 10.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "years of the calendar are far from the ends of 64 bits, months and days begin with 1, and clocks are some hours apart"
)]

use crate::date::{
    CivilDate, Instant, Zone, civil_from_days, days_from_civil, days_in_month, weekday_from_days,
};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A step of the ruler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Milliseconds on the clock: whole divisions of a day, up to 12 hours.
    Clock(i64),
    /// Days of the month, counted from its first.
    Days(u8),
    /// Mondays.
    Weeks,
    /// Months of the year, counted from January.
    Months(u8),
    /// Years, counted from AD 1 in both directions.
    Years(i64),
    /// Centuries as historians count them: the 20th began in 1901.
    Centuries,
    /// Millennia in the same way.
    Millennia,
}

/// From the finest to the coarsest.
pub(super) const STEPS: &[Step] = &[
    Step::Clock(1),
    Step::Clock(5),
    Step::Clock(10),
    Step::Clock(50),
    Step::Clock(100),
    Step::Clock(500),
    Step::Clock(SECOND_MS),
    Step::Clock(5 * SECOND_MS),
    Step::Clock(15 * SECOND_MS),
    Step::Clock(30 * SECOND_MS),
    Step::Clock(MINUTE_MS),
    Step::Clock(5 * MINUTE_MS),
    Step::Clock(15 * MINUTE_MS),
    Step::Clock(30 * MINUTE_MS),
    Step::Clock(HOUR_MS),
    Step::Clock(3 * HOUR_MS),
    Step::Clock(6 * HOUR_MS),
    Step::Clock(12 * HOUR_MS),
    Step::Days(1),
    Step::Days(2),
    Step::Days(5),
    Step::Weeks,
    Step::Days(10),
    Step::Months(1),
    Step::Months(3),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(25),
    Step::Years(50),
    Step::Years(100),
    Step::Years(250),
    Step::Years(500),
    Step::Years(1_000),
    Step::Years(2_500),
    Step::Years(5_000),
    Step::Years(10_000),
    Step::Years(25_000),
    Step::Years(50_000),
    Step::Years(100_000),
    Step::Years(250_000),
    Step::Years(500_000),
    Step::Years(1_000_000),
    Step::Years(2_500_000),
    Step::Years(5_000_000),
    Step::Years(10_000_000),
    Step::Years(25_000_000),
    Step::Years(50_000_000),
    Step::Years(100_000_000),
];

impl Step {
    /// Its usual length.
    pub fn nominal_ms(self) -> f64 {
        const YEAR_DAYS: f64 = 365.2425;
        match self {
            Self::Clock(ms) => ms as f64,
            Self::Days(days) => f64::from(days) * DAY_MS as f64,
            Self::Weeks => 7.0 * DAY_MS as f64,
            Self::Months(months) => f64::from(months) * YEAR_DAYS / 12.0 * DAY_MS as f64,
            Self::Years(years) => years as f64 * YEAR_DAYS * DAY_MS as f64,
            Self::Centuries => 100.0 * YEAR_DAYS * DAY_MS as f64,
            Self::Millennia => 1_000.0 * YEAR_DAYS * DAY_MS as f64,
        }
    }

    /// Whether weeks take the place of this step, or it takes theirs.
    pub(super) fn is_offered(self, weeks: bool) -> bool {
        match self {
            Self::Weeks => weeks,
            Self::Days(days) => !weeks || days < 5,
            _ => true,
        }
    }

    /// Whether a tick of some finer step is one of this step too.
    pub(super) fn is_at(self, instant: Instant, zone: &Zone) -> bool {
        self.at_or_after(instant, zone) == Some(instant)
    }

    /// Whether each tick of the next coarser such step is one of this too. Unlabeled ticks are of such steps alone: they stay where they are when finer ones come.
    pub(super) fn is_nested(self) -> bool {
        match self {
            Self::Clock(_) | Self::Months(_) | Self::Days(1) => true,
            Self::Days(_) | Self::Weeks | Self::Centuries | Self::Millennia => false,
            Self::Years(years) => {
                let mut leading = years;
                while leading % 10 == 0 && leading > 0 {
                    leading /= 10;
                }
                matches!(leading, 1 | 5)
            }
        }
    }

    /// The first tick at or after a moment; `None` beyond the end of time.
    pub(super) fn at_or_after(self, instant: Instant, zone: &Zone) -> Option<Instant> {
        if let Self::Clock(step) = self {
            return on_clock(step, instant, zone);
        }
        let civil = zone.civil(instant);
        let mut date = self.date_at_or_after(civil.date);
        // Twice at most: the first may be the midnight that has just passed.
        for _ in 0..3 {
            let midnight = date.at_midnight();
            let found = zone.instant(midnight).instant();
            // Cut at the ends of time: not a tick.
            midnight.to_ms()?;
            if found >= instant {
                return Some(found);
            }
            date = self.date_at_or_after(civil_from_days(days_from_civil(date) + 1));
        }
        None
    }

    /// The last tick at or before a moment; `None` before the beginning of time. For days and above.
    pub(super) fn at_or_before(self, instant: Instant, zone: &Zone) -> Option<Instant> {
        if let Self::Clock(step) = self {
            let offset_ms = i64::from(zone.offset_at(instant)) * SECOND_MS;
            let local_ms = instant.0.checked_add(offset_ms)?;
            let before = Instant(instant.0.checked_sub(local_ms.rem_euclid(step))?);
            return Some(before);
        }
        let mut date = zone.civil(instant).date;
        for _ in 0..2 {
            date = self.date_at_or_before(date);
            date.at_midnight().to_ms()?;
            let found = zone.instant(date.at_midnight()).instant();
            if found <= instant {
                return Some(found);
            }
            date = civil_from_days(days_from_civil(date) - 1);
        }
        None
    }

    fn date_at_or_after(self, date: CivilDate) -> CivilDate {
        let CivilDate { year, month, day } = date;
        let first = |year, month| CivilDate {
            year,
            month,
            day: 1,
        };
        let (next_year, next_month) = match month {
            12 => (year + 1, 1),
            _ => (year, month + 1),
        };
        match self {
            Self::Clock(_) => date,
            Self::Days(step) => {
                let length = days_in_month(year, month);
                let day = (day - 1).div_ceil(step) * step + 1;
                if has_room(day, step, length) {
                    CivilDate { year, month, day }
                } else {
                    first(next_year, next_month)
                }
            }
            Self::Weeks => {
                let days = days_from_civil(date);
                let since = weekday_from_days(days).days_since_monday();
                civil_from_days(days + (7 - since) % 7)
            }
            Self::Months(step) => {
                let (year, month) = match day {
                    1 => (year, month),
                    _ => (next_year, next_month),
                };
                match (month - 1).div_ceil(step) * step + 1 {
                    month @ 1..=12 => first(year, month),
                    _ => first(year + 1, 1),
                }
            }
            Self::Years(_) | Self::Centuries | Self::Millennia => {
                let year = if (month, day) == (1, 1) {
                    year
                } else {
                    year + 1
                };
                first(self.year_at_or_after(year), 1)
            }
        }
    }

    fn date_at_or_before(self, date: CivilDate) -> CivilDate {
        let CivilDate { year, month, day } = date;
        let first = |year, month| CivilDate {
            year,
            month,
            day: 1,
        };
        match self {
            Self::Clock(_) => date,
            Self::Days(step) => {
                let at = (day - 1) / step * step + 1;
                let at = if has_room(at, step, days_in_month(year, month)) {
                    at
                } else {
                    at.saturating_sub(step).max(1)
                };
                CivilDate {
                    year,
                    month,
                    day: at,
                }
            }
            Self::Weeks => {
                let days = days_from_civil(date);
                civil_from_days(days - weekday_from_days(days).days_since_monday())
            }
            Self::Months(step) => first(year, (month - 1) / step * step + 1),
            Self::Years(_) | Self::Centuries | Self::Millennia => {
                first(self.year_at_or_before(year), 1)
            }
        }
    }

    fn year_at_or_after(self, year: i64) -> i64 {
        match self {
            Self::Centuries => (year - 1).div_euclid(100) * 100 + 1 + century_carry(year, 100),
            Self::Millennia => {
                (year - 1).div_euclid(1_000) * 1_000 + 1 + century_carry(year, 1_000)
            }
            Self::Years(step) if year <= 1 => {
                // `years_bc` is 1 for 1 BC, 0 for AD 1.
                let years_bc = 1 - year;
                1 - years_bc / step * step
            }
            Self::Years(step) => (year + step - 1).div_euclid(step) * step,
            _ => year,
        }
    }

    fn year_at_or_before(self, year: i64) -> i64 {
        match self {
            Self::Centuries => (year - 1).div_euclid(100) * 100 + 1,
            Self::Millennia => (year - 1).div_euclid(1_000) * 1_000 + 1,
            Self::Years(step) if year < 1 => {
                let years_bc = 1 - year;
                1 - (years_bc + step - 1) / step * step
            }
            Self::Years(step) => (year / step * step).max(1),
            _ => year,
        }
    }
}

/// A tick too near to the next month's first would run into it: three quarters of a step must be left.
fn has_room(day: u8, step: u8, days_in_month: u8) -> bool {
    let left = u16::from((days_in_month + 1).saturating_sub(day));
    4 * left >= 3 * u16::from(step)
}

/// What to add to the start of a year's century to get the first that starts at or after the year.
fn century_carry(year: i64, length: i64) -> i64 {
    if (year - 1).rem_euclid(length) == 0 {
        0
    } else {
        length
    }
}

/// The first moment at or after another when the clocks show a multiple of `step`.
fn on_clock(step: i64, instant: Instant, zone: &Zone) -> Option<Instant> {
    let offset_ms = |ms: i64| i64::from(zone.offset_at(Instant(ms))) * SECOND_MS;
    let next = |ms: i64, offset_ms: i64| -> Option<i64> {
        let local_ms = ms.checked_add(offset_ms)?;
        let past = local_ms.rem_euclid(step);
        let wait = if past == 0 { 0 } else { step - past };
        ms.checked_add(wait)
    };
    let before_ms = offset_ms(instant.0);
    let found = next(instant.0, before_ms)?;
    if offset_ms(found) == before_ms {
        return Some(Instant(found));
    }
    // The clocks change in between: look for when, then go on by the clocks as they are after it.
    let (mut same, mut changed) = (instant.0, found);
    while changed - same > 1 {
        let middle = same + (changed - same) / 2;
        if offset_ms(middle) == before_ms {
            same = middle;
        } else {
            changed = middle;
        }
    }
    next(changed, offset_ms(changed)).map(Instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(step: Step, from: &str, zone: &Zone, count: usize) -> Vec<String> {
        let date = crate::date::Date::parse(from, Some(zone)).unwrap();
        let mut next = date.earliest();
        let mut found = Vec::new();
        while let Some(tick) = next.filter(|_| found.len() < count)
            && let Some(tick) = step.at_or_after(tick, zone)
        {
            let civil = zone.civil(tick);
            let CivilDate { year, month, day } = civil.date;
            found.push(match step {
                Step::Clock(_) => format!("{day} {:02}:{:02}", civil.hour, civil.minute),
                Step::Days(_) | Step::Weeks => format!("{month}-{day}"),
                _ => format!("{year}-{month}"),
            });
            next = Some(Instant(tick.0 + 1));
        }
        found
    }

    #[test]
    fn ticks_follow_calendar_and_clocks() {
        let utc = Zone::utc();
        let new_york = Zone::named("America/New_York").unwrap();
        let lord_howe = Zone::named("Australia/Lord_Howe").unwrap();
        let hour = Step::Clock(HOUR_MS);
        let cases: Vec<(&str, Step, &str, &Zone, &[&str])> = vec![
            (
                "clocks put forward",
                hour,
                "2025-03-09T00:30",
                &new_york,
                &["9 01:00", "9 03:00", "9 04:00"],
            ),
            (
                "clocks put back: twice one",
                hour,
                "2025-11-02T00:30",
                &new_york,
                &["2 01:00", "2 01:00", "2 02:00"],
            ),
            (
                "every six hours across a change",
                Step::Clock(6 * HOUR_MS),
                "2025-03-08T20:00",
                &new_york,
                &["9 00:00", "9 06:00", "9 12:00"],
            ),
            (
                "half an hour forward",
                hour,
                "2025-10-05T01:10",
                &lord_howe,
                &["5 03:00", "5 04:00"],
            ),
            (
                "days",
                Step::Days(1),
                "2025-03-08T20:00",
                &new_york,
                &["3-9", "3-10"],
            ),
            (
                "every other day, from the first",
                Step::Days(2),
                "2025-01-27",
                &utc,
                &["1-27", "1-29", "2-1", "2-3"],
            ),
            (
                "five days in February",
                Step::Days(5),
                "2025-02-20",
                &utc,
                &["2-21", "3-1", "3-6"],
            ),
            (
                "Mondays",
                Step::Weeks,
                "2025-03-18",
                &utc,
                &["3-24", "3-31", "4-7"],
            ),
            (
                "quarters",
                Step::Months(3),
                "2025-02-10",
                &utc,
                &["2025-4", "2025-7", "2025-10", "2026-1"],
            ),
            (
                "years without a year 0",
                Step::Years(1),
                "-0001-03",
                &utc,
                &["0-1", "1-1", "2-1"],
            ),
            (
                "decades BC",
                Step::Years(10),
                "-0024",
                &utc,
                &["-19-1", "-9-1", "1-1", "10-1", "20-1"],
            ),
            (
                "centuries",
                Step::Centuries,
                "1850",
                &utc,
                &["1901-1", "2001-1"],
            ),
            (
                "centuries BC",
                Step::Centuries,
                "-0150",
                &utc,
                &["-99-1", "1-1", "101-1"],
            ),
            (
                "quarters of a millennium",
                Step::Years(250),
                "-5000",
                &utc,
                &["-4999-1", "-4749-1"],
            ),
        ];
        for (what, step, from, zone, expected) in cases {
            assert_eq!(ticks(step, from, zone, expected.len()), expected, "{what}");
        }
    }

    #[test]
    fn the_tick_before_is_the_last_that_is_not_after() {
        let zone = Zone::named("Europe/Kyiv").unwrap();
        for &step in STEPS.iter().chain(&[Step::Centuries, Step::Millennia]) {
            for at in -60_i64..60 {
                let instant = Instant(at * 123_456_789_012_345 % 9_000_000_000_000_000);
                let before = step.at_or_before(instant, &zone).unwrap();
                assert!(before <= instant);
                assert!(step.is_at(before, &zone), "{step:?} {before:?}");
                let next = step.at_or_after(Instant(before.0 + 1), &zone).unwrap();
                assert!(
                    next > instant || step.is_at(instant, &zone),
                    "{step:?} {instant:?}"
                );
            }
        }
    }

    #[test]
    fn the_ends_of_time_have_no_ticks_beyond() {
        for &step in STEPS {
            for instant in [Instant(i64::MIN), Instant(i64::MAX)] {
                let zone = Zone::utc();
                let after = step.at_or_after(instant, &zone);
                assert!(after.is_none_or(|after| after >= instant));
                let before = step.at_or_before(instant, &zone);
                assert!(before.is_none_or(|before| before <= instant));
            }
        }
    }
}
