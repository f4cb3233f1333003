//! Dates in English words, never more precise than they were written.

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
        ..=0 => format!("{} BC", grouped(1 + year.unsigned_abs())),
        1..=999 => format!("AD {year}"),
        _ => grouped(year.unsigned_abs()),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut words = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

pub(super) fn month_words(year: i64, month: u8) -> String {
    format!("{} {}", month_name(month), year_words(year))
}
