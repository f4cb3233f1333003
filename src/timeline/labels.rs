//! The words of the ruler.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "years of the calendar, which are far from the ends of 64 bits"
)]

use super::scale::Axis;
use super::steps::Step;
use crate::date::{
    CivilTime, Instant, Zone, days_from_civil, month_name, weekday_from_days, year_words,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelForm {
    Short,
    Long,
}

/// Labels as wide as any of a step in the window.
pub(super) fn samples(step: Step, form: LabelForm, axis: &Axis<'_>, zone: &Zone) -> Vec<String> {
    match step {
        Step::Clock(1_000..) => vec![tick_label(step, form, Instant(0), &Zone::utc())],
        Step::Clock(_) => vec!["00.000".to_owned()],
        Step::Days(_) | Step::Weeks if form == LabelForm::Long => vec!["Wed 28".to_owned()],
        Step::Days(_) | Step::Weeks => vec!["28".to_owned()],
        Step::Months(_) if form == LabelForm::Long => vec!["September".to_owned()],
        Step::Months(_) => vec!["May".to_owned(), "Nov".to_owned()],
        Step::Years(_) | Step::Centuries | Step::Millennia => {
            let ends = [0.0, axis.view.width_px()].map(|x| axis.instant_from_x(x));
            ends.iter()
                .filter_map(|&end| step.at_or_before(end, zone))
                .map(|tick| tick_label(step, form, tick, zone))
                .collect()
        }
    }
}

/// Below a tick.
pub(super) fn tick_label(step: Step, form: LabelForm, instant: Instant, zone: &Zone) -> String {
    let CivilTime {
        date,
        hour,
        minute,
        second,
        millisecond,
    } = zone.civil(instant);
    match step {
        Step::Clock(..1_000) => format!("{second:02}.{millisecond:03}"),
        Step::Clock(..60_000) => format!("{hour:02}:{minute:02}:{second:02}"),
        Step::Clock(_) => format!("{hour:02}:{minute:02}"),
        Step::Days(_) | Step::Weeks if form == LabelForm::Long => {
            let weekday = weekday_from_days(days_from_civil(date)).name();
            format!("{} {}", short(weekday), date.day)
        }
        Step::Days(_) | Step::Weeks => date.day.to_string(),
        Step::Months(_) if form == LabelForm::Long => month_name(date.month).to_owned(),
        Step::Months(_) => short(month_name(date.month)).to_owned(),
        Step::Years(_) | Step::Centuries | Step::Millennia => year_label(date.year),
    }
}

/// Above, from the fullest form to the shortest.
pub(super) fn major_labels(unit: Step, start: Instant, zone: &Zone) -> Vec<String> {
    let civil = zone.civil(start);
    let date = civil.date;
    let (day, month, year) = (date.day, month_name(date.month), year_label(date.year));
    let weekday = weekday_from_days(days_from_civil(date)).name();
    match unit {
        Step::Clock(_) => {
            let time = format!("{:02}:{:02}", civil.hour, civil.minute);
            vec![
                format!("{weekday} {day} {month} {year}, {time}"),
                format!("{day} {month} {year}, {time}"),
                format!("{day} {}, {time}", short(month)),
                time,
            ]
        }
        Step::Days(_) | Step::Weeks => vec![
            format!("{weekday} {day} {month} {year}"),
            format!("{day} {month} {year}"),
            format!("{day} {} {year}", short(month)),
            format!("{day} {}", short(month)),
        ],
        Step::Months(_) => vec![
            format!("{month} {year}"),
            format!("{} {year}", short(month)),
            short(month).to_owned(),
        ],
        Step::Years(_) => vec![year],
        Step::Centuries => era(date.year, 100, "century"),
        Step::Millennia => era(date.year, 1_000, "millennium"),
    }
}

/// `20th century`, `1st millennium BC`.
fn era(year: i64, length: i64, name: &str) -> Vec<String> {
    let (number, suffix) = if year >= 1 {
        ((year - 1) / length + 1, "")
    } else {
        (-year / length + 1, " BC")
    };
    let ending = match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    vec![
        format!("{number}{ending} {name}{suffix}"),
        format!(
            "{number}{ending} {}.{suffix}",
            name.get(..1).unwrap_or(name)
        ),
    ]
}

/// A year for a tick: `2025`, `44 BC`, `10,000 BC`, `170 million BC`.
fn year_label(year: i64) -> String {
    const MILLION: u64 = 1_000_000;
    let counted = if year >= 1 {
        year.unsigned_abs()
    } else {
        year.unsigned_abs() + 1
    };
    if counted < MILLION || !counted.is_multiple_of(MILLION / 10) {
        return year_words(year);
    }
    let tenths = counted / (MILLION / 10) % 10;
    let millions = match tenths {
        0 => format!("{} million", counted / MILLION),
        _ => format!("{}.{tenths} million", counted / MILLION),
    };
    if year >= 1 {
        format!("AD {millions}")
    } else {
        format!("{millions} BC")
    }
}

/// The first three letters; names of months and weekdays are ASCII.
fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_eras() {
        let cases = [
            (-43, "44 BC"),
            (0, "1 BC"),
            (1, "AD 1"),
            (2025, "2025"),
            (-9_999, "10,000 BC"),
            (-169_999_999, "170 million BC"),
            (-2_499_999, "2.5 million BC"),
            (5_000_000, "AD 5 million"),
        ];
        for (year, expected) in cases {
            assert_eq!(year_label(year), expected);
        }
        let century = |year| era(year, 100, "century")[0].clone();
        assert_eq!(century(2001), "21st century");
        assert_eq!(century(1901), "20th century");
        assert_eq!(century(1001), "11th century");
        assert_eq!(century(-99), "1st century BC");
        assert_eq!(century(-1199), "12th century BC");
        assert_eq!(era(-1_999, 1_000, "millennium")[0], "2nd millennium BC");
    }
}
