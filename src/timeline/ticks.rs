//! The ruler: two rows, by the calendar of a zone, with as many labels as there is room for.
//!
//! Below stand the ticks of one step with their labels, and finer ticks without; above, the larger unit
//! (the day over hours, the year over months). The first label above is pinned to the left edge, so that one always
//! knows where one is. Ticks and labels fade in and out with the space they have; nothing pops.

#![expect(
    clippy::indexing_slicing,
    reason = "steps and ticks are counted by their own lists, which are as long as each other"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places in the short list of steps"
)]

use super::labels::{LabelForm, major_labels, samples, tick_label};
use super::scale::Axis;
use super::steps::{STEPS, Step};
use crate::date::{Instant, Zone};

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
    /// 0 to 1: a label fades before an edge of the window could cut it.
    pub alpha: f32,
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
    /// Labels of one group are equally strong at any zoom: they come and go together.
    pub group: u16,
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
        let widest = samples(step, LabelForm::Short, axis, zone)
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
        let widest = samples(step, form, axis, zone)
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
        let (stays_in_coarser, stays_in_finer) = (is_in(coarser), is_in(finer));
        let coming = if stays_in_coarser { 1.0 } else { fade_in };
        let going = if stays_in_finer { 1.0 } else { fade_out };
        let alpha = coming * going;
        (alpha > 0.0).then(|| TickLabel {
            text: tick_label(step, form, instant, zone),
            alpha,
            group: (labeled as u16) << 2
                | u16::from(stays_in_coarser) << 1
                | u16::from(stays_in_finer),
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
    // The last unit ends beyond the window.
    let last_end = starts
        .last()
        .and_then(|(start, _)| unit.at_or_after(Instant(start.0.checked_add(1)?), zone))
        .map_or(f64::INFINITY, |end| axis.x_from_instant(end));
    let ends: Vec<f64> = starts
        .iter()
        .skip(1)
        .map(|&(_, x)| x)
        .chain([last_end])
        .collect();
    let label_x = |x: f64| x.max(0.0) + MAJOR_PADDING_PX;
    let labels: Vec<Vec<String>> = starts
        .iter()
        .map(|&(start, _)| major_labels(unit, start, zone))
        .collect();
    // The fullest form that fits before an end.
    let mut first_fit = |at: usize, x: f64, end: f64| {
        let room = end - label_x(x) - MAJOR_PADDING_PX;
        let mut forms = labels.get(at)?.iter();
        forms.position(|text| f64::from(text_width(text)) <= room)
    };
    // All whole units in one form; those that the window cuts by themselves, since their room changes while panning.
    let shared = (1..starts.len())
        .map(|at| first_fit(at, starts[at].1, ends[at]).unwrap_or(usize::MAX))
        .max();
    let last = starts.len().saturating_sub(1);
    let mut in_window = |at: usize| {
        let form = first_fit(at, starts.get(at)?.1, ends.get(at)?.min(width_px));
        // No fuller than its neighbors.
        form.map(|form| form.max(shared.unwrap_or(form)))
    };
    let (pinned_form, last_form) = (in_window(0), in_window(last));
    let mut majors = Vec::with_capacity(starts.len());
    for (at, (&(_, x), &end)) in starts.iter().zip(&ends).enumerate() {
        let form = match at {
            0 => pinned_form,
            _ if at == last => last_form,
            _ => shared,
        };
        let forms = &labels[at];
        let full = form.and_then(|form| forms.get(form));
        let shortest_px = |text_width: &mut dyn FnMut(&str) -> f32| {
            forms.last().map_or(0.0, |text| f64::from(text_width(text)))
        };
        let shortest = || forms.last().cloned().unwrap_or_default();
        let (label, label_x, alpha) = match full {
            Some(label) => (label.clone(), label_x(x), 1.0),
            // The next unit pushes the pinned label out of the window; it has faded when it comes to the edge.
            None if at == 0 => {
                let pushed = end.min(width_px) - MAJOR_PADDING_PX - shortest_px(text_width);
                let pushed = pushed.min(label_x(x));
                (shortest(), pushed, pushed / MAJOR_PADDING_PX)
            }
            // The last has come in whole before it can be read.
            None if at == last && shared.is_some_and(|shared| shared < forms.len()) => {
                let spare = width_px - label_x(x) - shortest_px(text_width);
                (shortest(), label_x(x), spare / MAJOR_PADDING_PX)
            }
            None => (String::new(), label_x(x), 1.0),
        };
        majors.push(Major {
            x: (at > 0).then_some(x as f32),
            label_x: label_x as f32,
            label,
            alpha: alpha.clamp(0.0, 1.0) as f32,
        });
    }
    majors
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
            if major.alpha > 0.0 {
                put(0, major.label_x, &major.label);
            }
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
        for _ in 0..170 {
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
            view = view.zoom_at(900.0, 1.31);
        }
        assert!(view.span_ms() < 1_100.0);
    }

    #[test]
    fn no_edge_of_the_window_cuts_a_name_above() {
        let zone = Zone::utc();
        let gaps = Gaps::NONE;
        for (from, to) in [
            ("2025-03-16T20:00", "2025-03-20T02:00"),
            ("2025-01", "2025-05"),
        ] {
            let mut view = view(from, to, &zone);
            let mut before: Option<Ruler> = None;
            for _ in 0..800 {
                let now = ruler(&Axis::new(view, &gaps), &zone, false, &mut width);
                let shown = |ruler: &Ruler| -> Vec<Major> {
                    let majors = ruler.majors.iter();
                    let seen = majors.filter(|major| major.alpha > 0.0 && !major.label.is_empty());
                    seen.cloned().collect()
                };
                for major in shown(&now) {
                    let end = major.label_x + width(&major.label);
                    assert!(major.label_x >= 0.0 && end <= 800.0, "{major:?}");
                }
                // It fades there, and does not pop.
                if let Some(before) = &before {
                    let (before, now) = (shown(before), shown(&now));
                    for (one, other) in [(&before, &now), (&now, &before)] {
                        for major in one.iter().filter(|major| major.alpha > 0.4) {
                            let near = |at: &Major| (at.label_x - major.label_x).abs() < 4.0;
                            assert!(other.iter().any(near), "{major:?}");
                        }
                    }
                }
                before = Some(now);
                view = view.pan(1.0);
            }
        }
    }

    #[test]
    fn a_step_of_the_ruler_fades_in() {
        let zone = Zone::utc();
        let gaps = Gaps::NONE;
        let mut view = view("2014", "2026", &zone);
        let mut before: Option<Ruler> = None;
        for _ in 0..450 {
            let now = ruler(&Axis::new(view, &gaps), &zone, false, &mut width);
            // What is new, or gone, was all but invisible: no tick pops.
            if let Some(before) = &before {
                let inside = |tick: &&Tick| (150.0..650.0).contains(&tick.x);
                let strong = |tick: &&Tick| tick.alpha > 0.1;
                for (one, other) in [(before, &now), (&now, before)] {
                    for tick in one.ticks.iter().filter(inside).filter(strong) {
                        let known = (other.ticks)
                            .binary_search_by_key(&tick.instant, |known| known.instant)
                            .is_ok();
                        assert!(known, "{tick:?}");
                    }
                }
            }
            before = Some(now);
            view = view.zoom_at(400.0, 1.02);
        }
    }
}
