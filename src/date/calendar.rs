//! The proleptic Gregorian calendar, for every day an `i64` of milliseconds can reach and beyond.
//!
//! Years are astronomical, as ISO 8601 has them: year 0 is 1 BC and year −43 is 44 BC. The
//! conversions follow Howard Hinnant's *chrono-compatible low-level date algorithms*: a year that
//! begins in March makes the leap day the last one, and 400 years are always 146,097 days.

#![expect(
    clippy::indexing_slicing,
    reason = "a remainder of seven, in a table of seven"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "a year is split into eras of 400 before anything is multiplied, products of eras are made in 128 bits, and the rest lies within one era"
)]

pub const MS_PER_SECOND: i64 = 1_000;
pub const MS_PER_MINUTE: i64 = 60 * MS_PER_SECOND;
pub const MS_PER_HOUR: i64 = 60 * MS_PER_MINUTE;
pub const MS_PER_DAY: i64 = 24 * MS_PER_HOUR;

/// Days in 400 years, after which the calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;
/// Day of the era of 1970-01-01, counted from 2000-03-01 less one era.
const EPOCH_DAY_OF_ERA: i64 = 135_080;
/// Era of 1970-01-01.
const EPOCH_ERA: i64 = 4;

/// A day by its name.
///
/// The fields are plain: `month` is 1 to 12 and `day` 1 to [`days_in_month`]. [`CivilDate::new`]
/// checks that; the conversions below do not, and give some day near by for a name that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    /// Astronomical: 0 is 1 BC.
    pub year: i64,
    pub month: u8,
    pub day: u8,
}

/// A moment by its name on some clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilTime {
    pub date: CivilDate,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub millisecond: u16,
}

/// A day of the week, Monday first as in ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// 0 for Monday to 6 for Sunday.
    pub fn days_since_monday(self) -> i64 {
        self as i64
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }
}

impl CivilDate {
    /// The day of that name, or `None` when there is no such day.
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Its midnight.
    pub fn at_midnight(self) -> CivilTime {
        CivilTime {
            date: self,
            hour: 0,
            minute: 0,
            second: 0,
            millisecond: 0,
        }
    }
}

impl CivilTime {
    /// Milliseconds since 1970-01-01T00:00 on the same clock; `None` beyond what `i64` holds.
    pub fn to_ms(self) -> Option<i64> {
        let time_ms = i64::from(self.hour) * MS_PER_HOUR
            + i64::from(self.minute) * MS_PER_MINUTE
            + i64::from(self.second) * MS_PER_SECOND
            + i64::from(self.millisecond);
        let days = days_from_civil(self.date);
        match days.checked_mul(MS_PER_DAY) {
            Some(midnight_ms) => midnight_ms.checked_add(time_ms),
            // The first day that `i64` reaches is cut: its midnight is out of reach, its evening is not.
            None => (days.checked_add(1)?)
                .checked_mul(MS_PER_DAY)?
                .checked_add(time_ms - MS_PER_DAY),
        }
    }

    /// The name of a moment, `ms` milliseconds after 1970-01-01T00:00 on the same clock.
    pub fn from_ms(ms: i64) -> Self {
        let time_ms = ms.rem_euclid(MS_PER_DAY);
        Self {
            date: civil_from_days(ms.div_euclid(MS_PER_DAY)),
            hour: (time_ms / MS_PER_HOUR) as u8,
            minute: (time_ms / MS_PER_MINUTE % 60) as u8,
            second: (time_ms / MS_PER_SECOND % 60) as u8,
            millisecond: (time_ms % MS_PER_SECOND) as u16,
        }
    }
}

/// Whether the year has a 29 February.
pub fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// 28 to 31; 0 for a month that is none.
pub fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Days since 1970-01-01. Saturates for years that `i64` cannot count in days (beyond ± 10¹⁶).
///
/// ```
/// use sourceline::date::{CivilDate, days_from_civil};
///
/// let ides = CivilDate { year: -43, month: 3, day: 15 };
/// assert_eq!(days_from_civil(ides), -735_160);
/// ```
pub fn days_from_civil(date: CivilDate) -> i64 {
    let CivilDate { year, month, day } = date;
    // January and February belong to the year that began in March before.
    let year = year.saturating_sub(i64::from(month <= 2));
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let eras = era - EPOCH_ERA;
    let rest = day_of_era - EPOCH_DAY_OF_ERA;
    if let Some(days) = eras
        .checked_mul(DAYS_PER_ERA)
        .and_then(|days| days.checked_add(rest))
    {
        return days;
    }
    let days = i128::from(eras) * i128::from(DAYS_PER_ERA) + i128::from(rest);
    days.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

/// The name of a day, counted from 1970-01-01. Holds for every `i64`.
///
/// ```
/// use sourceline::date::{CivilDate, civil_from_days};
///
/// assert_eq!(civil_from_days(20_165), CivilDate { year: 2025, month: 3, day: 18 });
/// ```
pub fn civil_from_days(days: i64) -> CivilDate {
    let mut era = days.div_euclid(DAYS_PER_ERA) + EPOCH_ERA;
    let mut day_of_era = days.rem_euclid(DAYS_PER_ERA) + EPOCH_DAY_OF_ERA;
    if day_of_era >= DAYS_PER_ERA {
        era += 1;
        day_of_era -= DAYS_PER_ERA;
    }
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    } as u8;
    CivilDate {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day,
    }
}

/// The day of the week of a day counted from 1970-01-01, a Thursday.
pub fn weekday_from_days(days: i64) -> Weekday {
    Weekday::ALL[((days.rem_euclid(7) + 3) % 7) as usize]
}

/// The year and number (1 to 53) of the ISO 8601 week of a day counted from 1970-01-01.
///
/// A week belongs to the year that has its Thursday, so that 2024-12-30 is in week 1 of 2025.
pub fn iso_week_from_days(days: i64) -> (i64, u8) {
    let to_thursday = 3 - weekday_from_days(days).days_since_monday();
    let thursday = days.saturating_add(to_thursday);
    let year = civil_from_days(thursday).year;
    let new_year = days_from_civil(CivilDate {
        year,
        month: 1,
        day: 1,
    });
    (year, (thursday.saturating_sub(new_year) / 7 + 1) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_known_numbers() {
        for (year, month, day, days) in [
            (1970, 1, 1, 0),
            (1969, 12, 31, -1),
            (2000, 2, 29, 11_016),
            (2025, 3, 18, 20_165),
            (1, 1, 1, -719_162),
            (0, 3, 1, -719_468),
            (0, 2, 29, -719_469),
            (-43, 3, 15, -735_160),
        ] {
            let date = CivilDate { year, month, day };
            assert_eq!(days_from_civil(date), days, "{date:?}");
            assert_eq!(civil_from_days(days), date, "{days}");
        }
    }

    #[test]
    fn the_ends_of_what_i64_holds_come_back() {
        for days in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
            assert_eq!(days_from_civil(civil_from_days(days)), days);
        }
        for ms in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
            assert_eq!(CivilTime::from_ms(ms).to_ms(), Some(ms));
        }
        for year in [i64::MIN, i64::MAX] {
            let date = CivilDate {
                year,
                month: 1,
                day: 1,
            };
            assert_eq!(
                days_from_civil(date),
                if year < 0 { i64::MIN } else { i64::MAX }
            );
            assert_eq!(date.at_midnight().to_ms(), None);
        }
    }

    #[test]
    fn weeks_belong_to_the_year_of_their_thursday() {
        for (year, month, day, weekday, week) in [
            (2025, 3, 18, Weekday::Tuesday, (2025, 12)),
            (2024, 12, 30, Weekday::Monday, (2025, 1)),
            (2021, 1, 3, Weekday::Sunday, (2020, 53)),
            (1970, 1, 1, Weekday::Thursday, (1970, 1)),
            (2000, 1, 1, Weekday::Saturday, (1999, 52)),
        ] {
            let days = days_from_civil(CivilDate { year, month, day });
            assert_eq!(weekday_from_days(days), weekday, "{year}-{month}-{day}");
            assert_eq!(iso_week_from_days(days), week, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn only_days_that_exist_can_be_made() {
        assert!(CivilDate::new(2024, 2, 29).is_some());
        assert!(CivilDate::new(1900, 2, 29).is_none());
        assert!(CivilDate::new(2025, 0, 1).is_none());
        assert!(CivilDate::new(2025, 13, 1).is_none());
        assert!(CivilDate::new(2025, 4, 31).is_none());
        assert!(CivilDate::new(2025, 4, 0).is_none());
    }

    proptest! {
        /// ± 100 million years.
        #[test]
        fn day_numbers_and_names_go_both_ways(days in -36_524_250_000_i64..36_524_250_000) {
            let date = civil_from_days(days);
            prop_assert_eq!(days_from_civil(date), days);
            prop_assert_eq!(CivilDate::new(date.year, date.month, date.day), Some(date));
            let next = civil_from_days(days + 1);
            prop_assert!(date < next);
            prop_assert_eq!(next.day == 1, date.day == days_in_month(date.year, date.month));
        }

        #[test]
        fn every_moment_has_a_name(ms in any::<i64>()) {
            prop_assert_eq!(CivilTime::from_ms(ms).to_ms(), Some(ms));
        }

        #[test]
        fn any_fields_are_taken(year in any::<i64>(), month in any::<u8>(), day in any::<u8>(), days in any::<i64>()) {
            let date = CivilDate { year, month, day };
            let ms = date.at_midnight().to_ms();
            prop_assert!(ms.is_none() || days_from_civil(date).abs() <= 106_751_991_200);
            let (_, week) = iso_week_from_days(days);
            prop_assert!((1..=53).contains(&week));
        }
    }
}
