//! Lengths of time in words.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "lengths of time are halved, divided by constants, or multiplied in 128 bits"
)]

use super::calendar::{MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND};
use crate::number::grouped;

/// Months in 400 Gregorian years, and the days they have: a month is 30.436875 days on average.
const MONTHS_PER_ERA: i128 = 4_800;
const MS_PER_ERA: i128 = 146_097 * MS_PER_DAY as i128;

/// A length for people, as a status line wants it: `90 minutes`, `3 days 4 hours`, `2 months`, `14 years`.
///
/// The largest unit of which there are at least two is used, with the next smaller one while there are less
/// than ten; what is finer is rounded away. Months and years are average ones, since a length has no calendar.
///
/// ```
/// use sourceline::date::{MS_PER_DAY, MS_PER_HOUR, duration_words};
///
/// assert_eq!(duration_words(MS_PER_HOUR * 3 / 2), "90 minutes");
/// assert_eq!(duration_words(3 * MS_PER_DAY + 4 * MS_PER_HOUR), "3 days 4 hours");
/// assert_eq!(duration_words(61 * MS_PER_DAY), "2 months");
/// ```
///
/// Two moments may be farther apart than 64 signed bits can say; [`i64::abs_diff`] can.
pub fn duration_words(ms: impl Into<i128>) -> String {
    let ms = ms.into();
    let sign = if ms < 0 { "−" } else { "" };
    // All of time, from end to end.
    let ms = u64::try_from(ms.unsigned_abs()).unwrap_or(u64::MAX);
    let unsigned = |unit_ms: i64| unit_ms.unsigned_abs();
    let words = if ms < 2 * unsigned(MS_PER_SECOND) {
        match ms {
            0 => "0 seconds".to_owned(),
            1_000 => "1 second".to_owned(),
            _ => count(ms, "millisecond"),
        }
    } else if ms < 2 * unsigned(MS_PER_MINUTE) {
        count(rounded(ms, unsigned(MS_PER_SECOND)), "second")
    } else if ms < 2 * unsigned(MS_PER_HOUR) {
        let seconds = rounded(ms, unsigned(MS_PER_SECOND));
        two_units(seconds, 60, "minute", "second")
    } else if ms < 2 * unsigned(MS_PER_DAY) {
        let minutes = rounded(ms, unsigned(MS_PER_MINUTE));
        two_units(minutes, 60, "hour", "minute")
    } else {
        let months = (i128::from(ms) * MONTHS_PER_ERA + MS_PER_ERA / 2) / MS_PER_ERA;
        // Two months of July and August have 62 days, two of January and February 59.
        if ms < 60 * unsigned(MS_PER_DAY) {
            let hours = rounded(ms, unsigned(MS_PER_HOUR));
            two_units(hours, 24, "day", "hour")
        } else if months < 24 {
            count(months as u64, "month")
        } else {
            two_units(months as u64, 12, "year", "month")
        }
    };
    format!("{sign}{words}")
}

fn rounded(ms: u64, unit_ms: u64) -> u64 {
    (ms + unit_ms / 2) / unit_ms
}

/// `3 days 4 hours` from hours; from ten days on, days alone.
fn two_units(small: u64, per_large: u64, large_name: &str, small_name: &str) -> String {
    let (large, rest) = (small / per_large, small % per_large);
    if large >= 10 {
        count(rounded(small, per_large), large_name)
    } else if rest == 0 {
        count(large, large_name)
    } else {
        format!("{} {}", count(large, large_name), count(rest, small_name))
    }
}

fn count(number: u64, unit: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {unit}{plural}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_read_well() {
        for (ms, words) in [
            (0, "0 seconds"),
            (1, "1 millisecond"),
            (250, "250 milliseconds"),
            (1_000, "1 second"),
            (1_500, "1,500 milliseconds"),
            (30_000, "30 seconds"),
            (90_000, "90 seconds"),
            (150_000, "2 minutes 30 seconds"),
            (90 * MS_PER_MINUTE, "90 minutes"),
            (2 * MS_PER_HOUR, "2 hours"),
            (2 * MS_PER_HOUR + 5 * MS_PER_MINUTE, "2 hours 5 minutes"),
            (24 * MS_PER_HOUR, "24 hours"),
            (47 * MS_PER_HOUR + 59 * MS_PER_MINUTE, "48 hours"),
            (3 * MS_PER_DAY + 4 * MS_PER_HOUR, "3 days 4 hours"),
            (4 * MS_PER_DAY - 1, "4 days"),
            (-14 * MS_PER_DAY, "−14 days"),
            (59 * MS_PER_DAY, "59 days"),
            (61 * MS_PER_DAY, "2 months"),
            (365 * MS_PER_DAY, "12 months"),
            (730 * MS_PER_DAY, "2 years"),
            (1_200 * MS_PER_DAY, "3 years 3 months"),
            (4_018 * MS_PER_DAY, "11 years"),
            (i64::MAX, "292,277,025 years"),
            (i64::MIN, "−292,277,025 years"),
        ] {
            assert_eq!(duration_words(ms), words, "{ms}");
        }
        let all_of_time = i64::MIN.abs_diff(i64::MAX);
        assert_eq!(duration_words(all_of_time), "584,554,049 years");
    }

    proptest! {
        #[test]
        fn every_length_has_words(ms in any::<i64>()) {
            prop_assert!(duration_words(ms).contains(' '));
        }
    }
}
