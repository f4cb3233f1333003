//! The grammar: one pass over bytes without look-back; nothing is allocated but the members of a set.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the position moves within the text, and digits are read two at a time"
)]

use super::{Digits, End, Member, Month, Point, Set, Syntax, Time, Year};
use crate::date::{DateError, DateErrorKind, Qualifier};
const HINT_DATE: &str = "write a year, a month or a day as `2025`, `2025-03` or `2025-03-18`, with a time as `2025-03-18T10:00`";
const HINT_TIME: &str = "write the time as `10:00` or `10:00:30`, hours from 00 to 23";
const HINT_SET: &str = "write `[2025-03-18..2025-03-20]` or `[2025-03-18,2025-03-20]`";

/// Reads a whole text.
pub(in crate::date) fn parse(text: &str) -> Result<Syntax, DateError> {
    let mut cursor = Cursor { text, position: 0 };
    if text.is_empty() {
        return Err(cursor.expected("a date", HINT_DATE));
    }
    let syntax = match cursor.peek() {
        Some(b'[') => Syntax::Set(cursor.set()?),
        Some(b'{') => {
            return Err(cursor.expected(
                "a date",
                "write one event for each of several dates, or `[…]` for one of them",
            ));
        }
        _ => cursor.single_or_range()?,
    };
    if cursor.position < text.len() {
        return Err(cursor.expected("the end of the date", HINT_DATE));
    }
    Ok(syntax)
}

struct Cursor<'a> {
    text: &'a str,
    position: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.position + ahead).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }

    fn eat_dots(&mut self) -> bool {
        let found = self.peek() == Some(b'.') && self.peek_at(1) == Some(b'.');
        self.position += if found { 2 } else { 0 };
        found
    }

    #[cold]
    fn expected(&self, what: &str, hint: impl Into<String>) -> DateError {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let (found, length) = match rest.chars().next() {
            Some(found) => (format!("`{}`", found.escape_debug()), found.len_utf8()),
            None => ("the end of the text".to_owned(), 0),
        };
        DateError::new(
            DateErrorKind::Syntax,
            self.position..self.position + length,
            format!("expected {what}, found {found}"),
            hint,
        )
    }

    #[cold]
    fn wrong(
        &self,
        kind: DateErrorKind,
        from: usize,
        what: &str,
        hint: impl Into<String>,
    ) -> DateError {
        let found = self.text.get(from..self.position).unwrap_or_default();
        DateError::new(
            kind,
            from..self.position,
            format!("expected {what}, found `{found}`"),
            hint,
        )
    }

    fn single_or_range(&mut self) -> Result<Syntax, DateError> {
        let start = if self.peek() == Some(b'/') {
            End::Unknown
        } else if self.eat_dots() {
            End::Open
        } else {
            End::Point(self.point()?)
        };
        if !self.eat(b'/') {
            return match start {
                End::Point(point) => Ok(Syntax::Single(point)),
                End::Open | End::Unknown => {
                    Err(self.expected("`/` and an end", "write an open range as `../2025-03-18`"))
                }
            };
        }
        let end = if self.position == self.text.len() {
            End::Unknown
        } else if self.eat_dots() {
            End::Open
        } else if self.at_clock() {
            End::Point(self.time_on_the_day_of(&start)?)
        } else {
            End::Point(self.point()?)
        };
        if !matches!(start, End::Point(_)) && !matches!(end, End::Point(_)) {
            return Err(self.wrong(
                DateErrorKind::Syntax,
                0,
                "a range with at least one date",
                "write `2025-03-18/..` for what goes on, or `../2025-03-18` for what has no beginning",
            ));
        }
        Ok(Syntax::Range(start, end))
    }

    /// `12:`, which begins a time and no date.
    fn at_clock(&self) -> bool {
        let digit = |ahead| {
            self.peek_at(ahead)
                .is_some_and(|byte| byte.is_ascii_digit())
        };
        digit(0) && digit(1) && self.peek_at(2) == Some(b':')
    }

    /// The `12:00` of `2025-03-18T10:00/12:00`.
    fn time_on_the_day_of(&mut self, start: &End) -> Result<Point, DateError> {
        let from = self.position;
        let time = self.time()?;
        let qualifier = self.qualifier();
        match start {
            End::Point(point) if point.time.is_some() => Ok(Point {
                time: Some(time),
                qualifier,
                at: from..self.position,
                ..point.clone()
            }),
            _ => Err(self.wrong(
                DateErrorKind::Syntax,
                from,
                "a date, since the start of the range has no time",
                "write both times, as in `2025-03-18T10:00/12:00`",
            )),
        }
    }

    fn set(&mut self) -> Result<Set, DateError> {
        self.eat(b'[');
        let before = self.eat_dots();
        let mut set = Set {
            before,
            after: false,
            members: Vec::new(),
        };
        loop {
            while self.eat(b' ') {}
            let first = self.point()?;
            let mut last = None;
            if self.eat_dots() {
                if self.peek() == Some(b']') {
                    set.after = true;
                } else {
                    last = Some(self.point()?);
                }
            }
            set.members.push(Member { first, last });
            while self.eat(b' ') {}
            if self.eat(b']') {
                break;
            }
            if set.after || !self.eat(b',') {
                return Err(self.expected("`,` or `]`", HINT_SET));
            }
        }
        if set.before && set.after {
            return Err(self.wrong(
                DateErrorKind::Syntax,
                0,
                "`..` at one end at most",
                HINT_SET,
            ));
        }
        Ok(set)
    }

    fn point(&mut self) -> Result<Point, DateError> {
        let from = self.position;
        let year = if self.eat(b'Y') {
            self.far_year(from)?
        } else {
            self.year(from)?
        };
        let mut month = Month::None;
        let mut day = None;
        if !matches!(year, Year::Far(_)) && self.eat(b'-') {
            month = self.month()?;
            if matches!(month, Month::Number(_)) && self.eat(b'-') {
                day = Some(self.day()?);
            }
        }
        let mut point = Point {
            year,
            month,
            day,
            time: None,
            qualifier: Qualifier::default(),
            at: from..self.position,
        };
        let clock_follows = match self.peek() {
            Some(b'T' | b't') => true,
            Some(b' ') => self.peek_at(1).is_some_and(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if clock_follows {
            if !point.names_a_day() {
                return Err(self.expected(
                    "no time of day, since the date before it is not a whole day",
                    "write the day in full before a time, as in `2025-03-18T10:00`",
                ));
            }
            self.position += 1;
            point.time = Some(self.time()?);
        }
        point.qualifier = self.qualifier();
        point.at = from..self.position;
        Ok(point)
    }

    fn far_year(&mut self, from: usize) -> Result<Year, DateError> {
        self.eat(b'-');
        let digits_from = self.position;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
        }
        if matches!(self.peek(), Some(b'E' | b'S' | b'-')) {
            return Err(self.expected(
                "the end of the far year",
                "write all digits of a far year and nothing after them, as in `Y-170000002`",
            ));
        }
        match self.position - digits_from {
            0 => return Err(self.expected("the digits of a year after `Y`", "write `Y-170000002`")),
            1..=4 => {
                return Err(self.wrong(
                    DateErrorKind::Syntax,
                    from,
                    "more than four digits after `Y`",
                    "write a year of four digits without `Y`, as in `2025` or `-0043`",
                ));
            }
            _ => {}
        }
        let digits = self.text.get(from + 1..self.position).unwrap_or_default();
        digits.parse().map(Year::Far).map_err(|_| {
            self.wrong(
                DateErrorKind::Range,
                from,
                "a year within 292 million years of today",
                "write a year from `Y-292275055` to `Y292278993`",
            )
        })
    }

    fn year(&mut self, from: usize) -> Result<Year, DateError> {
        let negative = self.eat(b'-');
        let digits = self.digits("a year of four digits")?;
        if self
            .peek()
            .is_some_and(|byte| byte.is_ascii_digit() || byte == b'X')
        {
            return Err(self.expected("the end of a year of four digits", HINT_DATE));
        }
        let year = Year::Written { negative, digits };
        if negative && year.value() == Some(0) {
            return Err(self.wrong(
                DateErrorKind::Syntax,
                from,
                "a year",
                "write `0000` for the year 1 BC",
            ));
        }
        Ok(year)
    }

    fn digits<const N: usize>(&mut self, what: &str) -> Result<Digits<N>, DateError> {
        let mut digits = [b'X'; N];
        for digit in &mut digits {
            match self.peek() {
                Some(byte) if byte.is_ascii_digit() || byte == b'X' => *digit = byte,
                _ => return Err(self.expected(what, HINT_DATE)),
            }
            self.position += 1;
        }
        Ok(Digits(digits))
    }

    fn month(&mut self) -> Result<Month, DateError> {
        let from = self.position;
        let digits: Digits<2> = self.digits("a month of two digits")?;
        match digits.value() {
            Some(season @ 21..=24) => return Ok(Month::Season(season as u8)),
            Some(25..=41) => {
                return Err(self.wrong(
                    DateErrorKind::Syntax,
                    from,
                    "a month or a season from 21 to 24",
                    "write a quarter or a half of a year as a range of months, as in `2025-01/2025-03`",
                ));
            }
            _ => {}
        }
        if !(1..=12).any(|month| digits.matches(month)) {
            return Err(self.wrong(
                DateErrorKind::Impossible,
                from,
                "a month from 01 to 12, or a season from 21 to 24",
                "write the month before the day, as in `2025-03-18`",
            ));
        }
        Ok(Month::Number(digits))
    }

    fn day(&mut self) -> Result<Digits<2>, DateError> {
        let from = self.position;
        let digits: Digits<2> = self.digits("a day of two digits")?;
        if !(1..=31).any(|day| digits.matches(day)) {
            return Err(self.wrong(
                DateErrorKind::Impossible,
                from,
                "a day from 01 to 31",
                "write a day that its month has",
            ));
        }
        if self
            .peek()
            .is_some_and(|byte| byte.is_ascii_digit() || byte == b'X')
        {
            return Err(self.expected("the end of a day of two digits", HINT_DATE));
        }
        Ok(digits)
    }

    fn qualifier(&mut self) -> Qualifier {
        let (approximate, uncertain) = match self.peek() {
            Some(b'~') => (true, false),
            Some(b'?') => (false, true),
            Some(b'%') => (true, true),
            _ => return Qualifier::default(),
        };
        self.position += 1;
        Qualifier {
            approximate,
            uncertain,
        }
    }

    fn time(&mut self) -> Result<Time, DateError> {
        let from = self.position;
        let hour = self.two_digits("hours of two digits", 24)?;
        let mut time = Time {
            hour,
            minute: None,
            second: None,
            millisecond: None,
            offset_seconds: None,
            zone: None,
            at: from..self.position,
            clock_end: self.position,
        };
        if self.eat(b':') {
            time.minute = Some(self.two_digits("minutes of two digits", 59)?);
            if self.eat(b':') {
                time.second = Some(self.two_digits("seconds of two digits", 60)?);
                if self.peek() == Some(b'.') && self.peek_at(1) != Some(b'.') {
                    self.position += 1;
                    time.millisecond = Some(self.milliseconds()?);
                }
            }
        }
        let after_midnight = [time.minute, time.second]
            .iter()
            .any(|part| part.is_some_and(|part| part > 0))
            || time.millisecond.is_some_and(|ms| ms > 0);
        if hour == 24 && (after_midnight || time.minute.is_none()) {
            return Err(self.wrong(
                DateErrorKind::Impossible,
                from,
                "a time before or at 24:00",
                "write the next day with hours from 00",
            ));
        }
        time.clock_end = self.position;
        if self.peek() == Some(b' ') && matches!(self.peek_at(1), Some(b'Z' | b'z' | b'+' | b'-')) {
            self.position += 1;
        }
        time.offset_seconds = self.offset()?;
        if self.eat(b'[') {
            let name_from = self.position;
            let rest = self.text.get(name_from..).unwrap_or_default();
            let Some(length) = rest.bytes().position(|byte| byte == b']') else {
                self.position = self.text.len();
                return Err(self.expected(
                    "`]` after the name of the zone",
                    "write the zone as in `2025-03-18T10:00[America/New_York]`",
                ));
            };
            time.zone = Some(name_from..name_from + length);
            self.position = name_from + length + 1;
        }
        time.at = from..self.position;
        Ok(time)
    }

    fn two_digits(&mut self, what: &str, most: u8) -> Result<u8, DateError> {
        let from = self.position;
        let (Some(tens @ b'0'..=b'9'), Some(ones @ b'0'..=b'9')) = (self.peek(), self.peek_at(1))
        else {
            return Err(self.expected(what, HINT_TIME));
        };
        self.position += 2;
        let value = (tens - b'0') * 10 + (ones - b'0');
        if value > most {
            return Err(self.wrong(
                DateErrorKind::Impossible,
                from,
                &format!("a number from 00 to {most:02}"),
                HINT_TIME,
            ));
        }
        Ok(value)
    }

    /// The first three digits of a fraction; what is finer is passed over.
    fn milliseconds(&mut self) -> Result<u16, DateError> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.expected("digits after the decimal point", "write `10:00:30.250`"));
        }
        let mut milliseconds = 0;
        let mut weight = 100;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            milliseconds += u16::from(digit - b'0') * weight;
            weight /= 10;
            self.position += 1;
        }
        Ok(milliseconds)
    }

    /// `Z`, `-04`, `-04:00`, `-0400`, `-04:56:02`, or nothing.
    fn offset(&mut self) -> Result<Option<i32>, DateError> {
        let from = self.position;
        if self.eat(b'Z') || self.eat(b'z') {
            return Ok(Some(0));
        }
        let sign = if self.eat(b'+') {
            1
        } else if self.eat(b'-') {
            -1
        } else if self
            .text
            .get(self.position..)
            .is_some_and(|rest| rest.starts_with('−'))
        {
            self.position += '−'.len_utf8();
            -1
        } else {
            return Ok(None);
        };
        let hours = self.two_digits("the hours of an offset", 23)?;
        let mut minutes = 0;
        let mut seconds = 0;
        if self.eat(b':') {
            minutes = self.two_digits("the minutes of an offset", 59)?;
            if self.eat(b':') {
                seconds = self.two_digits("the seconds of an offset", 59)?;
            }
        } else if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            minutes = self.two_digits("the minutes of an offset", 59)?;
        }
        if hours > 18 {
            return Err(self.wrong(
                DateErrorKind::Impossible,
                from,
                "an offset of at most 18 hours",
                "write an offset such as `-04:00` or `+05:30`",
            ));
        }
        let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60 + i32::from(seconds);
        Ok(Some(sign * seconds))
    }
}
