//! Other notations of dates: never read, but recognized, so that an error can say what to write.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers have at most twelve digits, and places lie in the text"
)]

use super::calendar::{CivilDate, civil_from_days, days_from_civil, weekday_from_days};
use super::words::month_name;
use super::{Date, DateError, DateErrorKind, Form, Precision};
use std::ops::Range;

/// Longer texts are prose.
const LONGEST_BYTES: usize = 64;

/// What could have been meant, in our notation.
enum Meant {
    Date(String),
    /// The order of day and month is open, or was until the numbers decided it.
    DayAndMonth(String),
    /// A year with the day before the month, which no one's custom is.
    MonthBeforeDay(String),
    /// Two readings, each with what it means.
    Either([(String, String); 2]),
}

/// An error that says what to write, where the text or the part of it that is wrong is a date in another notation.
#[cold]
pub(super) fn advise(text: &str, error: DateError) -> DateError {
    let may_be_foreign = matches!(
        error.kind,
        DateErrorKind::Syntax | DateErrorKind::Impossible
    );
    if !may_be_foreign || text.len() > LONGEST_BYTES {
        return error;
    }
    for part in [Some(0..text.len()), part_around(text, error.at.start)]
        .into_iter()
        .flatten()
    {
        let written = text.get(part.clone()).unwrap_or_default();
        let advice = whole(written).and_then(|meant| advice(written, &part, meant));
        if let Some(advice) = advice {
            return advice;
        }
    }
    error
}

/// The side of a range or the member of a set that holds a position, when it is not the whole text.
fn part_around(text: &str, position: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let separates = |at: usize| {
        matches!(bytes.get(at), Some(b'/' | b',' | b'[' | b']'))
            || bytes.get(at) == Some(&b'.')
                && (bytes.get(at + 1) == Some(&b'.') || at > 0 && bytes.get(at - 1) == Some(&b'.'))
    };
    let start = (0..position.min(bytes.len()))
        .rev()
        .find(|&at| separates(at))
        .map_or(0, |at| at + 1);
    let end = (start..bytes.len())
        .find(|&at| separates(at))
        .unwrap_or(bytes.len());
    (start < end && end - start < text.len()).then_some(start..end)
}

fn advice(written: &str, at: &Range<usize>, meant: Meant) -> Option<DateError> {
    let (kind, expected, hint) = match meant {
        Meant::Date(text) | Meant::DayAndMonth(text) | Meant::MonthBeforeDay(text)
            if text == written || is_in_another_notation(&text) =>
        {
            return None;
        }
        Meant::Either(readings) if readings.iter().any(|(text, _)| impossible(text).is_some()) => {
            return None;
        }
        Meant::Date(text) | Meant::DayAndMonth(text) | Meant::MonthBeforeDay(text)
            if impossible(&text).is_some() =>
        {
            let error = impossible(&text)?;
            (error.kind, "a day that exists", error.hint)
        }
        Meant::Date(text) => (
            DateErrorKind::Syntax,
            "a date such as `2025-03-18`",
            format!("write `{text}`"),
        ),
        Meant::DayAndMonth(text) => (
            DateErrorKind::Ambiguous,
            "year, month and day in this order",
            format!("write `{text}`"),
        ),
        Meant::MonthBeforeDay(text) => (
            DateErrorKind::Impossible,
            "a month from 01 to 12 after the year",
            format!("write `{text}` with the month before the day"),
        ),
        Meant::Either([(first, first_means), (second, second_means)]) => (
            DateErrorKind::Ambiguous,
            "year, month and day in this order",
            format!("write `{first}` for {first_means}, or `{second}` for {second_means}"),
        ),
    };
    Some(DateError::new(
        kind,
        at.clone(),
        format!("expected {expected}, found `{}`", written.escape_debug()),
        hint,
    ))
}

fn is_in_another_notation(text: &str) -> bool {
    matches!(Date::parse_exactly(text, None), Err(error) if error.kind == DateErrorKind::Syntax)
}

fn impossible(text: &str) -> Option<DateError> {
    Date::parse_exactly(text, None).err()
}

fn whole(text: &str) -> Option<Meant> {
    short_range(text)
        .or_else(|| numbers(text))
        .or_else(|| qualified(text))
        .or_else(|| clock(text))
        .or_else(|| placeholder(text))
        .or_else(|| words(text))
}

/// A number in digits. One of more digits than any year has is none, so that what is reckoned with it cannot overflow.
fn number(text: &str) -> Option<i64> {
    const MOST_DIGITS: usize = 12;
    let digits =
        (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

fn day_text(year: i64, month: i64, day: i64) -> String {
    format!("{}-{month:02}-{day:02}", year_text(year))
}

fn year_text(year: i64) -> String {
    match year {
        ..=-10_000 | 10_000.. => format!("Y{year}"),
        ..=-1 => format!("-{:04}", year.unsigned_abs()),
        _ => format!("{year:04}"),
    }
}

/// `2025-03-23/25`, `2025-03/05`: ends that leave out what they share with the start.
fn short_range(text: &str) -> Option<Meant> {
    let (start, end) = text.split_once('/')?;
    if !matches!(end.len(), 2 | 5) || !start.is_ascii() || number(end.get(..2)?).is_none() {
        return None;
    }
    let shared = start.get(..start.len().checked_sub(end.len())?)?;
    let full = format!("{start}/{shared}{end}");
    let date = Date::parse_exactly(&full, None).ok()?;
    if date.form() != Form::Range {
        return None;
    }
    match (date.precision(), number(end)) {
        // `2004/05` may be a month too.
        (Precision::Year, Some(month @ 1..=12)) => Some(Meant::Either([
            (full, "two years".to_owned()),
            (format!("{start}-{month:02}"), "a month".to_owned()),
        ])),
        _ => Some(Meant::Date(full)),
    }
}

/// `18.03.2025`, `03/18/2025`, `2025/3/18`, `2025-3`, `20250318`, `2025-W12-2`, `2025-077`, `-43`.
fn numbers(text: &str) -> Option<Meant> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => (-1, text.get(1..)?),
        b'+' => (1, text.get(1..)?),
        _ => (1, text),
    };
    if let Some(value) = number(unsigned) {
        return match (unsigned.len(), value) {
            (8, _) if sign == 1 => {
                let date = day_text(value / 10_000, value / 100 % 100, value % 100);
                Date::parse_exactly(&date, None).ok()?;
                Some(Meant::Date(date))
            }
            _ => Some(Meant::Date(year_text(sign * value))),
        };
    }
    if let Some((year, week)) = unsigned
        .split_once("-W")
        .or_else(|| unsigned.split_once('W'))
    {
        return week_date(sign * number(year)?, week);
    }
    let separator = unsigned
        .bytes()
        .find(|byte| matches!(byte, b'.' | b'/' | b'-'))?;
    let mut fields = unsigned.split(char::from(separator)).map(str::trim);
    let (first, second) = (fields.next()?, fields.next()?);
    let (a, b) = (number(first)?, number(second)?);
    let Some(third) = fields.next() else {
        return match (first.len(), second.len()) {
            (4, 3) if (1..=366).contains(&b) => {
                let days = days_from_civil(CivilDate {
                    year: sign * a,
                    month: 1,
                    day: 1,
                });
                Some(Meant::Date(day_number_text(days + b - 1)))
            }
            (4, 1 | 2) if (1..=12).contains(&b) => {
                Some(Meant::Date(format!("{}-{b:02}", year_text(sign * a))))
            }
            (1 | 2, 4) if (1..=12).contains(&a) => {
                Some(Meant::Date(format!("{}-{a:02}", year_text(sign * b))))
            }
            _ => None,
        };
    };
    let c = number(third)?;
    if fields.next().is_some() {
        return None;
    }
    match (first.len(), second.len(), third.len()) {
        (4, 1 | 2, 1 | 2) if b > 12 && c <= 12 => {
            Some(Meant::MonthBeforeDay(day_text(sign * a, c, b)))
        }
        (4, 1 | 2, 1 | 2) => Some(Meant::Date(day_text(sign * a, b, c))),
        (1 | 2, 1 | 2, 4) => Some(day_and_month(a, b, c)),
        _ => None,
    }
}

/// `03/18/2025` is decided by its numbers, `03/04/2025` is not.
fn day_and_month(a: i64, b: i64, year: i64) -> Meant {
    let name = |month: i64, day: i64| format!("{day} {}", month_name(month as u8));
    match (a, b) {
        _ if a == b || a > 12 => Meant::DayAndMonth(day_text(year, b, a)),
        (_, 13..) => Meant::DayAndMonth(day_text(year, a, b)),
        _ => Meant::Either([
            (day_text(year, b, a), name(b, a)),
            (day_text(year, a, b), name(a, b)),
        ]),
    }
}

/// ISO 8601's weeks: `12` and `12-2` of a year.
fn week_date(year: i64, week: &str) -> Option<Meant> {
    let (week, weekday) = match week.split_once('-') {
        Some((week, weekday)) => (number(week)?, Some(number(weekday)?)),
        None => (number(week)?, None),
    };
    if !(1..=53).contains(&week) || !(1..=7).contains(&weekday.unwrap_or(1)) {
        return None;
    }
    // 4 January is always in week 1.
    let fourth = days_from_civil(CivilDate {
        year,
        month: 1,
        day: 4,
    });
    let monday = fourth - weekday_from_days(fourth).days_since_monday() + (week - 1) * 7;
    Some(Meant::Date(match weekday {
        Some(weekday) => day_number_text(monday + weekday - 1),
        None => format!(
            "{}/{}",
            day_number_text(monday),
            day_number_text(monday + 6)
        ),
    }))
}

fn day_number_text(days: i64) -> String {
    let CivilDate { year, month, day } = civil_from_days(days);
    day_text(year, i64::from(month), i64::from(day))
}

/// `~2025`, `c. 2025`, `2025?~`, `2025-03~-18`: a mark in another place than the end.
fn qualified(text: &str) -> Option<Meant> {
    let lower = text.to_ascii_lowercase();
    let circa = ["circa ", "about ", "ca. ", "ca ", "c. ", "c.", "c "]
        .iter()
        .find(|circa| lower.starts_with(**circa))
        .map_or(0, |circa| circa.len());
    let marks = |byte: u8| matches!(byte, b'~' | b'?' | b'%');
    let rest = text.get(circa..)?;
    if circa == 0 && !rest.bytes().any(marks) {
        return None;
    }
    let has = |marks: &[char]| rest.contains(marks);
    let mark = match (circa > 0 || has(&['~', '%']), has(&['?', '%'])) {
        (true, true) => '%',
        (true, false) => '~',
        _ => '?',
    };
    let bare = rest.replace(['~', '?', '%'], "");
    let bare = match Date::parse_exactly(&bare, None) {
        Ok(_) => bare,
        Err(_) => match whole(&bare)? {
            Meant::Date(text) => text,
            _ => return None,
        },
    };
    Some(Meant::Date(format!("{bare}{mark}")))
}

/// `2025-03-18T1000`, `2025-03-18 9:30`.
fn clock(text: &str) -> Option<Meant> {
    let (date, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    let (hours, rest) = time.split_at_checked(digits)?;
    let time = match digits {
        1 if rest.starts_with(':') => format!("0{hours}{rest}"),
        4 => format!("{}:{}{rest}", hours.get(..2)?, hours.get(2..)?),
        6 => format!(
            "{}:{}:{}{rest}",
            hours.get(..2)?,
            hours.get(2..4)?,
            hours.get(4..)?
        ),
        _ => return None,
    };
    Some(Meant::Date(format!("{date}T{time}")))
}

/// `202x`, the `202u` of EDTF's drafts, `202*`, `2020s`.
fn placeholder(text: &str) -> Option<Meant> {
    if let Some(decade) = text
        .strip_suffix("0s")
        .or_else(|| text.strip_suffix("0's"))
        .filter(|decade| decade.len() == 3 && number(decade).is_some())
    {
        return Some(Meant::Date(format!("{decade}X")));
    }
    let is_pattern = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'X' | b'x' | b'u' | b'*'));
    let replaced = text.replace(['x', 'u', '*'], "X");
    (is_pattern && replaced != text).then_some(Meant::Date(replaced))
}

/// `18 March 2025`, `March 18th, 2025`, `Mar 2025`, `spring 2025`, `44 BC`, `AD 800`.
fn words(text: &str) -> Option<Meant> {
    let mut month = None;
    let mut season = None;
    let mut era_sign = None;
    let mut numbers = Vec::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        let lower = word.to_lowercase();
        let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
        let (value, ending) = lower.split_at(digits);
        match (number(value), ending) {
            (Some(value), "" | "st" | "nd" | "rd" | "th") => numbers.push(value),
            (None, "bc" | "bce") => era_sign = Some(-1),
            (None, "ad" | "ce") => era_sign = Some(1),
            (None, "of" | "the") => {}
            (None, "spring") => season = Some(21),
            (None, "summer") => season = Some(22),
            (None, "autumn" | "fall") => season = Some(23),
            (None, "winter") => season = Some(24),
            (None, name) if name.len() >= 3 && month.is_none() => {
                month = (1..=12).find(|&month| {
                    let full = month_name(month).to_lowercase();
                    full.starts_with(name) || name == "sept" && month == 9
                });
                month?;
            }
            _ => return None,
        }
    }
    if month.is_none() && season.is_none() && era_sign.is_none() {
        return None;
    }
    let astronomical = |year: i64| match era_sign {
        Some(-1) => 1 - year,
        _ => year,
    };
    let meant = match (month, season, numbers.as_slice()) {
        (None, None, &[year]) => year_text(astronomical(year)),
        (None, Some(season), &[year]) => format!("{}-{season}", year_text(astronomical(year))),
        (Some(month), None, &[year]) => format!("{}-{month:02}", year_text(astronomical(year))),
        (Some(month), None, &[a, b]) => {
            let (day, year) = if a > 31 { (b, a) } else { (a, b) };
            day_text(astronomical(year), i64::from(month), day)
        }
        _ => return None,
    };
    Some(Meant::Date(meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_notations_are_told_what_to_write() {
        use DateErrorKind::{Ambiguous, Impossible, Syntax};
        for (text, kind, at, hint) in [
            ("18.03.2025", Ambiguous, 0..10, "write `2025-03-18`"),
            ("03/18/2025", Ambiguous, 0..10, "write `2025-03-18`"),
            ("18-3-2025", Ambiguous, 0..9, "write `2025-03-18`"),
            (
                "03/04/2025",
                Ambiguous,
                0..10,
                "write `2025-04-03` for 3 April, or `2025-03-04` for 4 March",
            ),
            ("05.05.2025", Ambiguous, 0..10, "write `2025-05-05`"),
            (
                "31.02.2025",
                Impossible,
                0..10,
                "February 2025 has 28 days: write one of them",
            ),
            (
                "2025-18-03",
                Impossible,
                0..10,
                "write `2025-03-18` with the month before the day",
            ),
            ("2025/03/18", Syntax, 0..10, "write `2025-03-18`"),
            ("2025-3-8", Syntax, 0..8, "write `2025-03-08`"),
            ("2025-3", Syntax, 0..6, "write `2025-03`"),
            ("03/2025", Syntax, 0..7, "write `2025-03`"),
            ("20250318", Syntax, 0..8, "write `2025-03-18`"),
            ("2025-077", Syntax, 0..8, "write `2025-03-18`"),
            ("2025-W12-2", Syntax, 0..10, "write `2025-03-18`"),
            ("2025-W12", Syntax, 0..8, "write `2025-03-17/2025-03-23`"),
            ("800", Syntax, 0..3, "write `0800`"),
            ("-43", Syntax, 0..3, "write `-0043`"),
            ("12025", Syntax, 0..5, "write `Y12025`"),
            ("+12025", Syntax, 0..6, "write `Y12025`"),
            ("+2025", Syntax, 0..5, "write `2025`"),
            (
                "2025-03-23/25",
                Syntax,
                0..13,
                "write `2025-03-23/2025-03-25`",
            ),
            ("2025-03/05", Syntax, 0..10, "write `2025-03/2025-05`"),
            (
                "2004/05",
                Ambiguous,
                0..7,
                "write `2004/2005` for two years, or `2004-05` for a month",
            ),
            (
                "2025-03-18/18.04.2025",
                Ambiguous,
                11..21,
                "write `2025-04-18`",
            ),
            (
                "[2025-3-18,2025-03-19]",
                Syntax,
                1..10,
                "write `2025-03-18`",
            ),
            (
                "[2025-03-18..2025-3-20]",
                Syntax,
                13..22,
                "write `2025-03-20`",
            ),
            ("~2025", Syntax, 0..5, "write `2025~`"),
            ("c. 2025", Syntax, 0..7, "write `2025~`"),
            ("circa March 2025", Syntax, 0..16, "write `2025-03~`"),
            ("2025?~", Syntax, 0..6, "write `2025%`"),
            ("2025-03~-18", Syntax, 0..11, "write `2025-03-18~`"),
            ("2025-03-18T1000", Syntax, 0..15, "write `2025-03-18T10:00`"),
            ("2025-03-18 9:30", Syntax, 0..15, "write `2025-03-18T09:30`"),
            ("202x", Syntax, 0..4, "write `202X`"),
            ("2020s", Syntax, 0..5, "write `202X`"),
            ("18 March 2025", Syntax, 0..13, "write `2025-03-18`"),
            ("March 18th, 2025", Syntax, 0..16, "write `2025-03-18`"),
            ("Mar 2025", Syntax, 0..8, "write `2025-03`"),
            (
                "30 February 2025",
                Impossible,
                0..16,
                "February 2025 has 28 days: write one of them",
            ),
            ("Spring 2025", Syntax, 0..11, "write `2025-21`"),
            ("44 BC", Syntax, 0..5, "write `-0043`"),
            ("15 March 44 BC", Syntax, 0..14, "write `-0043-03-15`"),
            ("AD 800", Syntax, 0..6, "write `0800`"),
        ] {
            let error = Date::parse(text, None).unwrap_err();
            assert_eq!(
                (error.kind, error.at.clone()),
                (kind, at),
                "{text}: {error:?}"
            );
            assert_eq!(error.hint, hint, "{text}");
        }
    }
}
