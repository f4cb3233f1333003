//! The ruler: two rows, by the calendar of a zone, with as many labels as there is room for.
//!
//! Below stand the ticks of one step with their labels, and finer ticks without; above, the larger unit
//! (the day over hours, the year over months). The first label above is pinned to the left edge, so that one always
//! knows where one is. Ticks and labels fade in and out with the space they have; nothing pops.

use super::scale::Axis;
use super::steps::{STEPS, Step};
use crate::date::{
    CivilTime, Instant, Zone, days_from_civil, month_name, weekday_from_days, year_words,
};

/// Ticks nearer than this are not drawn.
const MIN_TICK_PX: f64 = 5.0;

/// Ticks are at full strength from here on.
const FULL_TICK_PX: f64 = 16.0;

/// Free space about a label.
const LABEL_PADDING_PX: f64 = 16.0;

/// Free space between a line and its label above.
const MAJOR_PADDING_PX: f64 = 6.0;

/// No ruler has more ticks, whatever the window.
const MAX_TICKS: usize = 4_000;

/// Both rows, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ruler {
    /// The row above, from left to right.
    pub majors: Vec<Major>,
    /// The row below, from left to right.
    pub ticks: Vec<Tick>,
}

/// A label of the row above.
#[derive(Clone, Debug, PartialEq)]
pub struct Major {
    /// Where its unit begins; `None` when that is left of the window.
    pub x: Option<f32>,
    /// Left edge of its label; the first is held at the left edge of the window until the next pushes it out.
    pub label_x: f32,
    /// Empty when there is no room for any.
    pub label: String,
}

/// A tick of the row below.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub x: f32,
    pub instant: Instant,
    /// 0 to 1.
    pub alpha: f32,
    pub label: Option<TickLabel>,
}

/// Centered on its tick.
#[derive(Clone, Debug, PartialEq)]
pub struct TickLabel {
    pub text: String,
    /// 0 to 1.
    pub alpha: f32,
}

/// Makes the ruler. `weeks` puts Mondays in the place of every fifth or tenth day. `text_width` measures a label in pixels.
pub fn ruler(
    axis: &Axis<'_>,
    zone: &Zone,
    weeks: bool,
    text_width: &mut dyn FnMut(&str) -> f32,
) -> Ruler {
    let ms_per_px = axis.view.ms_per_px();
    let steps: Vec<Step> = STEPS
        .iter()
        .copied()
        .filter(|step| step.is_offered(weeks))
        .collect();
    let space_px = |step: Step| step.nominal_ms() / ms_per_px;
    let mut share = |step: Step| {
        let widest = samples(step, axis, zone)
            .iter()
            .map(|text| f64::from(text_width(text)))
            .fold(0.0, f64::max);
        space_px(step) / (widest + LABEL_PADDING_PX)
    };
    // The finest step whose labels fit; at the very end, the coarsest there is.
    let mut labeled = steps.len().saturating_sub(1);
    let mut finer_share = 0.0;
    let mut labeled_share = 1.0;
    for (at, &step) in steps.iter().enumerate() {
        // Without measuring: no label is narrower.
        if space_px(step) < LABEL_PADDING_PX {
            continue;
        }
        let share = share(step);
        if share >= 1.0 {
            (labeled, labeled_share) = (at, share);
            break;
        }
        finer_share = share;
    }
    let mut ruler = Ruler::default();
    let Some(&step) = steps.get(labeled) else {
        return ruler;
    };
    let coarser = steps.get(labeled + 1).copied();
    let finer = labeled
        .checked_sub(1)
        .and_then(|finer| steps.get(finer))
        .copied();
    let is_wide = {
        let form = LabelForm::Long;
        let widest = samples_of(step, form, axis, zone)
            .iter()
            .map(|text| f64::from(text_width(text)))
            .fold(0.0, f64::max);
        space_px(step) >= widest + LABEL_PADDING_PX
    };
    let form = if is_wide {
        LabelForm::Long
    } else {
        LabelForm::Short
    };
    let fade_in = ((labeled_share - 1.0) / 0.25).clamp(0.0, 1.0) as f32;
    let fade_out = ((1.0 - finer_share) / 0.2).clamp(0.0, 1.0) as f32;
    let strength = |step: Step| {
        ((space_px(step) - MIN_TICK_PX) / (FULL_TICK_PX - MIN_TICK_PX)).clamp(0.0, 1.0) as f32
    };

    let label = |instant: Instant| {
        let is_in = |other: Option<Step>| other.is_none_or(|other| other.is_at(instant, zone));
        let coming = if is_in(coarser) { 1.0 } else { fade_in };
        let going = if is_in(finer) { 1.0 } else { fade_out };
        let alpha = coming * going;
        (alpha > 0.0).then(|| TickLabel {
            text: tick_label(step, form, instant, zone),
            alpha,
        })
    };

    // The steps without labels: from the finest that has room up to the first at full strength.
    let unlabeled: Vec<Step> = steps[..=labeled]
        .iter()
        .copied()
        .filter(|&step| step.is_nested() && space_px(step) >= MIN_TICK_PX)
        .collect();
    let full = unlabeled
        .iter()
        .position(|&step| space_px(step) >= FULL_TICK_PX)
        .unwrap_or(unlabeled.len());
    if let Some(&finest) = unlabeled.first() {
        for (instant, x) in along(finest, axis, zone) {
            let is_part = |step: &&Step| step.is_at(instant, zone);
            let coarsest = unlabeled.iter().take(full + 1).rev().find(is_part);
            let label = Some(instant)
                .filter(|&instant| step.is_at(instant, zone))
                .and_then(label);
            let alpha = strength(*coarsest.unwrap_or(&finest));
            ruler.ticks.push(Tick {
                x: x as f32,
                instant,
                alpha: label.as_ref().map_or(alpha, |label| alpha.max(label.alpha)),
                label,
            });
        }
    }
    // Ticks with labels that are none of these, as every fifth day over months.
    let known = ruler.ticks.len();
    for (instant, x) in along(step, axis, zone) {
        let is_known = ruler.ticks[..known]
            .binary_search_by_key(&instant, |tick| tick.instant)
            .is_ok();
        if let Some(label) = Some(instant).filter(|_| !is_known).and_then(label) {
            ruler.ticks.push(Tick {
                x: x as f32,
                instant,
                alpha: label.alpha,
                label: Some(label),
            });
        }
    }
    ruler.ticks.sort_by_key(|tick| tick.instant);
    ruler.majors = majors(step, axis, zone, text_width);
    ruler
}

/// The ticks of a step in the window, and a little beyond for labels that reach in. Collapsed stretches are leapt over.
fn along(step: Step, axis: &Axis<'_>, zone: &Zone) -> Vec<(Instant, f64)> {
    const REACH_PX: f64 = 100.0;
    let width_px = axis.view.width_px();
    let mut ticks = Vec::new();
    let mut next = axis.instant_from_x(-REACH_PX);
    for _ in 0..MAX_TICKS {
        let Some(tick) = step.at_or_after(next, zone) else {
            break;
        };
        let x = axis.x_from_instant(tick);
        if x > width_px + REACH_PX {
            break;
        }
        let Some(after) = tick.0.checked_add(1) else {
            break;
        };
        next = match axis.gaps.around(tick.0) {
            Some(gap) => Instant(gap.real_end_ms),
            None => {
                ticks.push((tick, x));
                Instant(after)
            }
        };
    }
    ticks
}

/// The unit above a step.
fn above(step: Step) -> Option<Step> {
    match step {
        Step::Clock(ms) if ms < 1_000 => Some(Step::Clock(60_000)),
        Step::Clock(_) => Some(Step::Days(1)),
        Step::Days(_) | Step::Weeks => Some(Step::Months(1)),
        Step::Months(_) => Some(Step::Years(1)),
        Step::Years(..100) => Some(Step::Centuries),
        Step::Years(..1_000) => Some(Step::Millennia),
        Step::Years(_) | Step::Centuries | Step::Millennia => None,
    }
}

fn majors(
    step: Step,
    axis: &Axis<'_>,
    zone: &Zone,
    text_width: &mut dyn FnMut(&str) -> f32,
) -> Vec<Major> {
    let Some(unit) = above(step) else {
        return Vec::new();
    };
    let width_px = axis.view.width_px();
    let left = axis.instant_from_x(0.0);
    let mut starts: Vec<(Instant, f64)> = along(unit, axis, zone)
        .into_iter()
        .filter(|&(_, x)| x > 0.0 && x <= width_px)
        .collect();
    // What the left edge lies in.
    let first = unit.at_or_before(left, zone).unwrap_or(left);
    starts.insert(0, (first, f64::NEG_INFINITY));
    let ends: Vec<f64> = starts
        .iter()
        .skip(1)
        .map(|&(_, x)| x)
        .chain([width_px])
        .collect();
    let is_last = |end: f64| end >= width_px;
    let label_x = |x: f64| x.max(0.0) + MAJOR_PADDING_PX;
    // The last may run out of the window.
    let room = |x: f64, end: f64| match is_last(end) {
        true => f64::INFINITY,
        false => end - label_x(x) - MAJOR_PADDING_PX,
    };
    let labels: Vec<Vec<String>> = starts
        .iter()
        .map(|&(start, _)| major_labels(unit, start, zone))
        .collect();
    let mut first_fit = |at: usize, x: f64, end: f64| {
        let forms = labels.get(at)?.iter();
        let mut fits = forms.map(|text| f64::from(text_width(text)) <= room(x, end));
        fits.position(|fits| fits)
    };
    // All whole units in one form; the pinned one by itself, since its room shrinks while panning.
    let shared = (1..starts.len())
        .map(|at| first_fit(at, starts[at].1, ends[at]).unwrap_or(usize::MAX))
        .max();
    let pinned_form = first_fit(
        0,
        f64::NEG_INFINITY,
        ends.first().copied().unwrap_or(width_px),
    );
    let mut majors = Vec::with_capacity(starts.len());
    for (at, (&(_, x), &end)) in starts.iter().zip(&ends).enumerate() {
        let forms = &labels[at];
        let (label, label_x) = match (at, forms.last()) {
            (0, Some(shortest)) => {
                let form = pinned_form.map(|form| form.max(shared.unwrap_or(form)));
                match form.and_then(|form| forms.get(form)) {
                    Some(label) => (label.clone(), label_x(x)),
                    // The next unit pushes the pinned label out of the window.
                    None => {
                        let width = f64::from(text_width(shortest));
                        let pushed = end - MAJOR_PADDING_PX - width;
                        (shortest.clone(), pushed.min(label_x(x)))
                    }
                }
            }
            _ => {
                let form = shared.and_then(|form| forms.get(form));
                (form.cloned().unwrap_or_default(), label_x(x))
            }
        };
        majors.push(Major {
            x: (at > 0).then_some(x as f32),
            label_x: label_x as f32,
            label,
        });
    }
    majors
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LabelForm {
    Short,
    Long,
}

/// Labels as wide as any of a step in the window.
fn samples(step: Step, axis: &Axis<'_>, zone: &Zone) -> Vec<String> {
    samples_of(step, LabelForm::Short, axis, zone)
}

fn samples_of(step: Step, form: LabelForm, axis: &Axis<'_>, zone: &Zone) -> Vec<String> {
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
fn tick_label(step: Step, form: LabelForm, instant: Instant, zone: &Zone) -> String {
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
fn major_labels(unit: Step, start: Instant, zone: &Zone) -> Vec<String> {
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
    use crate::date::Date;
    use crate::timeline::{Gaps, View};
    use std::fmt::Write as _;

    /// A character is 7 pixels wide.
    fn width(text: &str) -> f32 {
        7.0 * text.chars().count() as f32
    }

    fn view(from: &str, to: &str, zone: &Zone) -> View {
        let date = |text: &str| Date::parse(text, Some(zone)).unwrap();
        let (from, to) = (date(from).earliest().unwrap(), date(to).earliest().unwrap());
        View::new(from.0..to.0, 800.0)
    }

    /// Both rows as text, at 8 pixels a character; `'` and `|` are ticks.
    fn drawn(ruler: &Ruler) -> String {
        let mut rows = [[' '; 110]; 3];
        let mut put = |row: usize, x: f32, text: &str| {
            for (at, char) in (0..).zip(text.chars()) {
                let column = (x / 8.0).round() + at as f32;
                if (0.0..110.0).contains(&column) {
                    rows[row][column as usize] = char;
                }
            }
        };
        for major in &ruler.majors {
            put(0, major.label_x, &major.label);
            if let Some(x) = major.x {
                put(0, x, "|");
            }
        }
        for tick in &ruler.ticks {
            put(1, tick.x, if tick.label.is_some() { "|" } else { "'" });
            if let Some(label) = &tick.label {
                let left = tick.x - 4.0 * label.text.chars().count() as f32;
                put(2, left, &label.text);
            }
        }
        let lines = rows.iter().map(|row| row.iter().collect::<String>());
        lines
            .map(|line| line.trim_end().to_owned() + "\n")
            .collect()
    }

    #[test]
    fn from_all_of_time_to_a_second() {
        let zone = Zone::named("America/New_York").unwrap();
        let cases = [
            ("Y-170000002", "Y150000000"),
            ("Y-11000", "2000"),
            ("-0120", "0120"),
            ("1890", "2030"),
            ("2014", "2026"),
            ("2024-11", "2025-06"),
            ("2025-02-25", "2025-04-10"),
            ("2025-03-16", "2025-03-21"),
            ("2025-03-08T12:00", "2025-03-09T12:00"),
            ("2025-03-18T09:58", "2025-03-18T10:06"),
            ("2025-03-18T09:59:50", "2025-03-18T10:00:20"),
            ("2025-03-18T10:00:00.000", "2025-03-18T10:00:01.000"),
        ];
        let mut text = String::new();
        for (from, to) in cases {
            let gaps = Gaps::NONE;
            let axis = Axis::new(view(from, to, &zone), &gaps);
            let ruler = ruler(&axis, &zone, false, &mut width);
            writeln!(text, "{from} to {to}\n{}", drawn(&ruler)).unwrap();
        }
        insta::assert_snapshot!(text);
    }

    #[test]
    fn weeks_on_request() {
        let zone = Zone::utc();
        let gaps = Gaps::NONE;
        let axis = Axis::new(view("2025-01-20", "2025-06-10", &zone), &gaps);
        let labels = |weeks| -> Vec<String> {
            let ruler = ruler(&axis, &zone, weeks, &mut width);
            ruler
                .ticks
                .into_iter()
                .filter(|tick| (0.0..800.0).contains(&tick.x))
                .filter_map(|tick| tick.label.map(|label| label.text))
                .take(4)
                .collect()
        };
        assert_eq!(labels(true), ["20", "27", "3", "10"]);
        assert_eq!(labels(false), ["21", "1", "11", "21"]);
    }

    #[test]
    fn labels_never_overlap_and_ticks_are_few_at_any_zoom() {
        let zone = Zone::named("Europe/Kyiv").unwrap();
        let gaps = Gaps::NONE;
        let mut view = View::new(i64::MIN..i64::MAX, 1_600.0);
        for _ in 0..330 {
            let ruler = ruler(&Axis::new(view, &gaps), &zone, false, &mut width);
            assert!(ruler.ticks.len() < 500, "{}", ruler.ticks.len());
            assert!(ruler.ticks.is_sorted_by(|a, b| a.x <= b.x));
            let mut end = f32::NEG_INFINITY;
            for tick in &ruler.ticks {
                assert!((0.0..=1.0).contains(&tick.alpha));
                if let Some(label) = &tick.label {
                    let half = 0.5 * width(&label.text);
                    assert!(tick.x - half > end, "{} at {view:?}", label.text);
                    end = tick.x + half;
                }
            }
            let mut end = f32::NEG_INFINITY;
            for major in ruler.majors.iter().filter(|major| !major.label.is_empty()) {
                assert!(major.label_x > end, "{} at {view:?}", major.label);
                end = major.label_x + width(&major.label);
            }
            view = view.zoom_at(900.0, 1.15);
        }
        assert!(view.span_ms() < 1_100.0);
    }

    #[test]
    fn a_step_of_the_ruler_fades_in() {
        let zone = Zone::utc();
        let gaps = Gaps::NONE;
        let mut view = view("2014", "2026", &zone);
        let mut before: Option<Ruler> = None;
        for _ in 0..900 {
            let now = ruler(&Axis::new(view, &gaps), &zone, false, &mut width);
            // What is new, or gone, was all but invisible: no tick pops.
            if let Some(before) = &before {
                let inside = |tick: &&Tick| (150.0..650.0).contains(&tick.x);
                let strong = |tick: &&Tick| tick.alpha > 0.1;
                for (one, other) in [(before, &now), (&now, before)] {
                    for tick in one.ticks.iter().filter(inside).filter(strong) {
                        let known = other
                            .ticks
                            .iter()
                            .any(|known| known.instant == tick.instant);
                        assert!(known, "{tick:?}");
                    }
                }
            }
            before = Some(now);
            view = view.zoom_at(400.0, 1.02);
        }
    }

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
