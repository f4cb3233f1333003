//! How parts of the calendar are called, alone and as the ends of a range.

#![expect(clippy::arithmetic_side_effects, reason = "four digits")]

use super::{
    day_words, decade_words, month_name, month_words, ordinal, season_name, season_words,
    year_range_words, year_words,
};
use crate::date::Qualifier;
use crate::date::calendar::CivilDate;
use crate::date::syntax::{Month, Point, Year};
/// How a point is called.
pub(super) enum Name {
    /// A part of the calendar, which can share words with another: `23–25 March 2025`.
    Calendar {
        year: i64,
        month: Option<u8>,
        day: Option<u8>,
        clock: Option<ClockName>,
    },
    /// Anything else, with the article it has after another word: `about the 2020s`.
    Other {
        words: String,
        article: &'static str,
    },
}

/// A time of day.
#[derive(PartialEq, Eq)]
pub(super) struct ClockName {
    pub time: String,
    pub zone: String,
}

impl Name {
    fn year(year: i64) -> Self {
        Self::Calendar {
            year,
            month: None,
            day: None,
            clock: None,
        }
    }

    fn day(CivilDate { year, month, day }: CivilDate) -> Self {
        Self::Calendar {
            year,
            month: Some(month),
            day: Some(day),
            clock: None,
        }
    }

    fn other(words: String) -> Self {
        Self::Other { words, article: "" }
    }

    fn words(&self) -> String {
        match self {
            Self::Calendar {
                year,
                month,
                day,
                clock,
            } => {
                let date = match (month, day) {
                    (Some(month), Some(day)) => day_words(*year, *month, *day),
                    (Some(month), None) => month_words(*year, *month),
                    _ => year_words(*year),
                };
                match clock {
                    Some(ClockName { time, zone }) => format!("{date}, {time} ({zone})"),
                    None => date,
                }
            }
            Self::Other { words, .. } => words.clone(),
        }
    }

    fn words_after(&self, word: &str) -> String {
        match self {
            Self::Other { words, article } if !article.is_empty() => {
                format!("{word} {article} {words}")
            }
            _ => format!("{word} {}", self.words()),
        }
    }

    pub(super) fn qualified(
        &self,
        Qualifier {
            approximate,
            uncertain,
        }: Qualifier,
    ) -> String {
        let words = if approximate {
            self.words_after("about")
        } else {
            self.words()
        };
        if uncertain {
            format!("{words}, uncertain")
        } else {
            words
        }
    }

    /// After a word such as "since".
    pub(super) fn qualified_after(&self, word: &str, qualifier: Qualifier) -> String {
        if qualifier == Qualifier::default() {
            self.words_after(word)
        } else {
            format!("{word} {}", self.qualified(qualifier))
        }
    }

    /// The words for all from here to `last`, as short as they can be without doubt.
    fn range_words(&self, last: &Self) -> String {
        let apart = || format!("{} – {}", self.words(), last.words());
        let (
            Self::Calendar {
                year,
                month,
                day,
                clock,
            },
            Self::Calendar {
                year: last_year,
                month: last_month,
                day: last_day,
                clock: last_clock,
            },
        ) = (self, last)
        else {
            return apart();
        };
        match (clock, last_clock) {
            (None, None) => {}
            (Some(from), Some(to)) if from.zone == to.zone => {
                let day = Self::Calendar {
                    year: *year,
                    month: *month,
                    day: *day,
                    clock: None,
                };
                let last_day = Self::Calendar {
                    year: *last_year,
                    month: *last_month,
                    day: *last_day,
                    clock: None,
                };
                let (day, last_day) = (day.words(), last_day.words());
                let (zone, from, to) = (&from.zone, &from.time, &to.time);
                return if day != last_day {
                    format!("{day}, {from} – {last_day}, {to} ({zone})")
                } else if from == to {
                    format!("{day}, {from} ({zone})")
                } else {
                    format!("{day}, {from}–{to} ({zone})")
                };
            }
            _ => return apart(),
        }
        match (month, last_month, day, last_day) {
            (None, None, ..) => year_range_words(*year, *last_year),
            (Some(month), Some(last_month), None, None) if year == last_year => {
                if month == last_month {
                    return month_words(*year, *month);
                }
                format!("{}–{}", month_name(*month), month_words(*year, *last_month))
            }
            (Some(month), Some(last_month), Some(day), Some(last_day)) if year == last_year => {
                let last_words = day_words(*year, *last_month, *last_day);
                match (month == last_month, day == last_day) {
                    (true, true) => last_words,
                    (true, false) => format!("{day}–{last_words}"),
                    _ => format!("{day} {} – {last_words}", month_name(*month)),
                }
            }
            _ => apart(),
        }
    }
}

/// Both ends, each with what it says about itself; once where they say the same.
pub(super) fn range_words(
    first: &Name,
    qualifier: Qualifier,
    last: &Name,
    last_qualifier: Qualifier,
) -> String {
    if qualifier != last_qualifier {
        let part = |name: &Name,
                    Qualifier {
                        approximate,
                        uncertain,
                    }| {
            let words = name.qualified(Qualifier {
                approximate,
                uncertain: false,
            });
            if uncertain {
                format!("{words} (uncertain)")
            } else {
                words
            }
        };
        return format!(
            "{} – {}",
            part(first, qualifier),
            part(last, last_qualifier)
        );
    }
    let article = match first {
        Name::Other { article, .. } => article,
        Name::Calendar { .. } => "",
    };
    Name::Other {
        words: first.range_words(last),
        article,
    }
    .qualified(qualifier)
}

/// The name of a point without a time of day.
pub(super) fn untimed_name(point: &Point) -> Name {
    let year = year_name(point.year);
    let known_year = point.year.value();
    let of_year = |words: String| {
        Name::other(match known_year {
            Some(_) => format!("{words} {}", year.words()),
            None => format!("{words}, {}", year.words()),
        })
    };
    let month = match point.month {
        Month::None => return year,
        Month::Season(season) => {
            return match known_year {
                Some(year) => Name::other(season_words(season, year)),
                None => of_year(season_name(season).to_owned()),
            };
        }
        Month::Number(month) => month,
    };
    let day_value = point.day.and_then(|day| day.value());
    let day_open = point.day.is_some_and(|day| day.all_unspecified());
    match (month.value(), day_value) {
        (Some(month), Some(day)) => match known_year {
            Some(year) => Name::day(CivilDate {
                year,
                month: month as u8,
                day: day as u8,
            }),
            None => of_year(format!("{day} {}", month_name(month as u8))),
        },
        (Some(month), None) if point.day.is_none() || day_open => {
            let name = match known_year {
                Some(year) => Name::Calendar {
                    year,
                    month: Some(month as u8),
                    day: None,
                    clock: None,
                },
                None => of_year(month_name(month as u8).to_owned()),
            };
            if day_open {
                Name::other(format!("{}, day unknown", name.words()))
            } else {
                name
            }
        }
        (None, Some(day)) if month.all_unspecified() => Name::Other {
            words: format!("{} of some month, {}", ordinal(day), year.words()),
            article: "the",
        },
        (None, None) if month.all_unspecified() && point.day.is_none() => {
            Name::other(format!("{}, month unknown", year.words()))
        }
        (None, None) if month.all_unspecified() && day_open => {
            Name::other(format!("{}, day unknown", year.words()))
        }
        _ => some_within(point),
    }
}

/// `some day 10–19 March 2025`: the last resort, exact all the same.
fn some_within(point: &Point) -> Name {
    let Some((first, last)) = point.days() else {
        return Name::other("unknown day".to_owned());
    };
    let (unit, first, last) = if point.day.is_some() {
        ("day", Name::day(first), Name::day(last))
    } else {
        let month = |date: CivilDate| Name::Calendar {
            year: date.year,
            month: Some(date.month),
            day: None,
            clock: None,
        };
        ("month", month(first), month(last))
    };
    Name::other(format!("some {unit} {}", first.range_words(&last)))
}

fn year_name(year: Year) -> Name {
    let digits = match year {
        Year::Far(year) => return Name::year(year),
        Year::Written { negative, digits } => match digits.value() {
            Some(value) => return Name::year(if negative { -value } else { value }),
            None if negative => None,
            None => Some(digits),
        },
    };
    let (first, last) = year.first_and_last();
    match digits {
        Some(digits) if digits.all_unspecified() => Name::Other {
            words: "unknown year".to_owned(),
            article: "an",
        },
        Some(digits) if digits.known_prefix() == 3 => match decade_words(first) {
            Some(words) => Name::Other {
                words,
                article: "the",
            },
            None => Name::other(format!("some year {}", year_range_words(first, last))),
        },
        _ => Name::other(format!("some year {}", year_range_words(first, last))),
    }
}
