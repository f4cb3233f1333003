//! What a point names, and which years and days it can mean where digits are unspecified.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "years that have a pattern have four digits, and seasons are 21 to 24"
)]

use super::Precision;
use super::calendar::{CivilDate, days_from_civil, days_in_month, is_leap_year};
use super::syntax::{Month, Point, Time, Year};

impl Point {
    /// The day, when it is a whole one.
    fn civil_date(&self) -> Option<CivilDate> {
        let Month::Number(month) = self.month else {
            return None;
        };
        Some(CivilDate {
            year: self.year.value()?,
            month: month.value()? as u8,
            day: self.day?.value()? as u8,
        })
    }

    pub(super) fn day_number(&self) -> Option<i64> {
        self.civil_date().map(days_from_civil)
    }

    /// The finest unit with no unspecified digit in it or before it.
    pub(super) fn precision(&self) -> Precision {
        if let Year::Written { digits, .. } = self.year {
            match digits.known_prefix() {
                4 => {}
                3 => return Precision::Decade,
                2 => return Precision::Century,
                _ => return Precision::Millennium,
            }
        }
        let month = match self.month {
            Month::None => return Precision::Year,
            Month::Season(_) => return Precision::Season,
            Month::Number(month) => month,
        };
        if month.value().is_none() {
            return Precision::Year;
        }
        if self.day.and_then(|day| day.value()).is_none() {
            return Precision::Month;
        }
        match &self.time {
            None => Precision::Day,
            Some(Time { minute: None, .. }) => Precision::Hour,
            Some(Time { second: None, .. }) => Precision::Minute,
            Some(Time {
                millisecond: None, ..
            }) => Precision::Second,
            Some(_) => Precision::Millisecond,
        }
    }

    /// The first and the last day it can mean, or `None` when there is no such day.
    pub(super) fn days(&self) -> Option<(CivilDate, CivilDate)> {
        if let Some(date) = self.civil_date() {
            let exists = CivilDate::new(date.year, date.month, date.day)?;
            return Some((exists, exists));
        }
        let years = YearChoices::new(self.year);
        let (first_year, last_year) = (years.nth(0), years.nth(years.count - 1));
        match (self.month, self.day) {
            (Month::None, _) => Some((
                CivilDate {
                    year: first_year,
                    month: 1,
                    day: 1,
                },
                CivilDate {
                    year: last_year,
                    month: 12,
                    day: 31,
                },
            )),
            (Month::Season(season), _) => {
                let first_month = (season - 20) * 3;
                let (end_year, last_month) = match first_month {
                    12 => (last_year + 1, 2),
                    _ => (last_year, first_month + 2),
                };
                Some((
                    CivilDate {
                        year: first_year,
                        month: first_month,
                        day: 1,
                    },
                    CivilDate {
                        year: end_year,
                        month: last_month,
                        day: days_in_month(end_year, last_month),
                    },
                ))
            }
            (Month::Number(month), day) => {
                let months = || (1..=12).filter(|&number| month.matches(i64::from(number)));
                let day_matches = |number: u8| day.is_none_or(|day| day.matches(i64::from(number)));
                let first_in = |year: i64| {
                    months().find_map(|month| {
                        (1..=days_in_month(year, month))
                            .find(|&day| day_matches(day))
                            .map(|day| CivilDate { year, month, day })
                    })
                };
                let last_in = |year: i64| {
                    months().rev().find_map(|month| {
                        (1..=days_in_month(year, month))
                            .rev()
                            .find(|&day| day_matches(day))
                            .map(|day| CivilDate { year, month, day })
                    })
                };
                // Years differ only in 29 February: what exists in 2001 exists in all, what exists in 2000 in leap years.
                let (first_year, last_year) = if first_in(2001).is_some() {
                    (first_year, last_year)
                } else if first_in(2000).is_some() {
                    let mut leap_years = (0..years.count)
                        .map(|index| years.nth(index))
                        .filter(|&year| is_leap_year(year));
                    let first_year = leap_years.next()?;
                    (first_year, leap_years.next_back().unwrap_or(first_year))
                } else {
                    return None;
                };
                let (first, last) = (first_in(first_year)?, last_in(last_year)?);
                Some((first, last))
            }
        }
    }
}

/// The years that a pattern such as `20XX` can mean, in order.
struct YearChoices {
    year: Year,
    count: i64,
}

impl YearChoices {
    fn new(year: Year) -> Self {
        let unspecified = match year {
            Year::Far(_) => 0,
            Year::Written { digits, .. } => digits.unspecified(),
        };
        Self {
            year,
            count: 10_i64.pow(unspecified),
        }
    }

    fn nth(&self, index: i64) -> i64 {
        match self.year {
            Year::Far(year) => year,
            Year::Written {
                negative: false,
                digits,
            } => digits.filled_with(index),
            Year::Written {
                negative: true,
                digits,
            } => -digits.filled_with(self.count - 1 - index),
        }
    }
}

impl Year {
    /// The first and the last year it can mean.
    pub(super) fn first_and_last(self) -> (i64, i64) {
        let years = YearChoices::new(self);
        (years.nth(0), years.nth(years.count - 1))
    }
}
