//! Text to structure: what was written, before any calendar or zone is asked.

mod parser;

pub(super) use parser::parse;

use super::Qualifier;
use std::ops::Range;

/// A whole date.
#[derive(Debug)]
pub(super) enum Syntax {
    Single(Point),
    /// `A/B`
    Range(End, End),
    /// `[…]`
    Set(Set),
}

/// One end of a range.
#[derive(Debug)]
pub(super) enum End {
    Point(Point),
    /// `..`
    Open,
    /// Nothing at all.
    Unknown,
}

/// One of several.
#[derive(Debug)]
pub(super) struct Set {
    /// `[..A`
    pub before: bool,
    /// `A..]`
    pub after: bool,
    /// Never empty.
    pub members: Vec<Member>,
}

/// `A` or `A..B`.
#[derive(Debug)]
pub(super) struct Member {
    pub first: Point,
    pub last: Option<Point>,
}

/// A year, a month, a day, a season or a time of day.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub year: Year,
    pub month: Month,
    pub day: Option<Digits<2>>,
    pub time: Option<Time>,
    pub qualifier: Qualifier,
    /// Its bytes in the text.
    pub at: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// `Y-170000002`
    Far(i64),
    /// `2025`, `-0043`, `202X`
    Written { negative: bool, digits: Digits<4> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Month {
    None,
    Number(Digits<2>),
    /// 21 spring, 22 summer, 23 autumn, 24 winter.
    Season(u8),
}

/// A time of day with what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Time {
    /// 0 to 24; 24 only as `24:00`.
    pub hour: u8,
    pub minute: Option<u8>,
    /// 0 to 60; 60 is a leap second.
    pub second: Option<u8>,
    pub millisecond: Option<u16>,
    pub offset_seconds: Option<i32>,
    /// The bytes of a zone's name, without its brackets.
    pub zone: Option<Range<usize>>,
    /// Its bytes in the text, with offset and zone.
    pub at: Range<usize>,
    /// Where hour, minute and second end.
    pub clock_end: usize,
}

/// Decimal digits, most significant first, of which some may be unspecified (`X`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits<const N: usize>([u8; N]);

impl<const N: usize> Digits<N> {
    /// The number, when no digit is unspecified.
    #[expect(clippy::arithmetic_side_effects, reason = "two or four digits")]
    pub(super) fn value(self) -> Option<i64> {
        self.0.iter().try_fold(0, |value, &digit| {
            digit
                .is_ascii_digit()
                .then(|| value * 10 + i64::from(digit - b'0'))
        })
    }

    /// How many digits are not known.
    pub(super) fn unspecified(self) -> u32 {
        self.0.iter().map(|&digit| u32::from(digit == b'X')).sum()
    }

    /// With the digits of a number in the unspecified places: `2X2X` and 57 give 2527.
    #[expect(clippy::arithmetic_side_effects, reason = "two or four digits")]
    pub(super) fn filled_with(self, mut number: i64) -> i64 {
        let mut value = 0;
        let mut weight = 1;
        for &digit in self.0.iter().rev() {
            if digit == b'X' {
                value += number % 10 * weight;
                number /= 10;
            } else {
                value += i64::from(digit - b'0') * weight;
            }
            weight *= 10;
        }
        value
    }

    /// Whether a number can be meant.
    #[expect(clippy::arithmetic_side_effects, reason = "two or four digits")]
    pub(super) fn matches(self, mut number: i64) -> bool {
        for &digit in self.0.iter().rev() {
            if digit != b'X' && i64::from(digit - b'0') != number % 10 {
                return false;
            }
            number /= 10;
        }
        number == 0
    }

    /// Whether no digit is known.
    pub(super) fn all_unspecified(self) -> bool {
        self.0.iter().all(|&digit| digit == b'X')
    }

    /// How many digits are known before the first unspecified one.
    pub(super) fn known_prefix(self) -> usize {
        self.0.iter().take_while(|&&digit| digit != b'X').count()
    }
}

impl Year {
    /// The year, when no digit is unspecified.
    #[expect(clippy::arithmetic_side_effects, reason = "two or four digits")]
    pub(super) fn value(self) -> Option<i64> {
        match self {
            Self::Far(year) => Some(year),
            Self::Written { negative, digits } => digits
                .value()
                .map(|year| if negative { -year } else { year }),
        }
    }
}

impl Point {
    /// Whether all of it is given: no digit unspecified, and a day.
    fn names_a_day(&self) -> bool {
        let Month::Number(month) = self.month else {
            return false;
        };
        self.year.value().is_some()
            && month.value().is_some()
            && self.day.is_some_and(|day| day.value().is_some())
    }
}
