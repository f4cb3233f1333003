//! One strip: a ruler, and lanes below it with as much said as its height allows.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a place in a list that has just grown"
)]

use super::cut::Cut;
use super::drawing::{Drawing, Ink, Shape, TextStyle, rounded};
use super::lane::{self, Detail, Item, Plan};
use super::widths::{Face, fitted, text_width};
use super::{Mark, Strip};
use crate::date::{Instant, MS_PER_DAY, Precision, format_instant};
use crate::timeline::{Axis, Gaps, View, ruler};
use std::collections::BTreeMap;

/// A strip is no higher than this as long as less detail helps: of few strips each may fill most of a page, of many two
/// stand on one.
fn max_height(strips: usize) -> f32 {
    match strips {
        0..=2 => 520.0,
        3..=4 => 400.0,
        _ => 290.0,
    }
}

/// More lanes than these are joined into the lanes above them, and then into one.
const MAX_LANES: usize = 16;

const RULER_HEIGHT: f32 = 25.0;
const RULER_SIZE: f32 = 6.8;
const LANE_HEAD_HEIGHT: f32 = 11.0;
const LANE_HEAD_SIZE: f32 = 6.6;
const LANE_GAP: f32 = 4.0;

const DETAILS: [Detail; 5] = [
    Detail::Titles(230.0),
    Detail::Titles(150.0),
    Detail::Titles(95.0),
    Detail::Numbers,
    Detail::Clusters,
];

pub fn lay_out(cut: &Cut<'_>, width: f32, strips: usize) -> Strip {
    let gaps = Gaps::default();
    let view = View::new(cut.range_ms.clone(), f64::from(width));
    let axis = Axis::new(view, &gaps);
    let x = |ms: i64| axis.x_from_ms(ms).clamp(-1e6, 1e6) as f32;
    let lanes = lanes(cut);
    let mut planned: Vec<(&str, Plan<'_>)> = Vec::new();
    for detail in DETAILS {
        planned = lanes
            .iter()
            .map(|(name, marks)| {
                let items: Vec<Item<'_>> = marks
                    .iter()
                    .map(|mark| Item::place(mark, width, &x))
                    .collect();
                (name.as_str(), lane::plan(&items, detail, width))
            })
            .collect();
        // Rather a higher strip than one without all numbers.
        let room = if detail == Detail::Numbers { 1.6 } else { 1.0 };
        if height(&planned) <= (max_height(strips) * room).min(600.0) {
            break;
        }
    }
    let mut drawing = Drawing {
        width,
        height: height(&planned),
        ..Drawing::default()
    };
    draw_ruler(&mut drawing, &axis);
    let mut top = RULER_HEIGHT;
    for (name, plan) in &planned {
        drawing.line((0.0, top), (width, top), Ink::Line, 0.4);
        let words = lane_words(name);
        let words = fitted(&words, LANE_HEAD_SIZE, Face::Semibold, width);
        let words_width = text_width(&words, LANE_HEAD_SIZE, Face::Semibold);
        let style = TextStyle {
            size: LANE_HEAD_SIZE,
            bold: true,
            ink: Ink::Quiet,
        };
        cover(
            &mut drawing,
            0.0,
            top + 1.0,
            words_width + 4.0,
            LANE_HEAD_HEIGHT - 1.5,
        );
        drawing.text((0.0, top + 8.0), words_width, words, style);
        lane::draw(&mut drawing, plan, top + LANE_HEAD_HEIGHT);
        top += LANE_HEAD_HEIGHT + plan.height() + LANE_GAP;
    }
    Strip {
        title: span_words(first_ms(cut), last_ms(cut)),
        numbers: numbers(cut),
        drawing,
    }
}

/// Hides the grid behind words.
fn cover(drawing: &mut Drawing, x: f32, y: f32, w: f32, h: f32) {
    drawing.shapes.push(Shape::Box {
        x: rounded(x),
        y: rounded(y),
        w: rounded(w),
        h: rounded(h),
        radius: 0.0,
        fill: Some(Ink::Paper),
        stroke: None,
        dashed: false,
        fade: None,
    });
}

fn height(planned: &[(&str, Plan<'_>)]) -> f32 {
    let lanes = planned
        .iter()
        .map(|(_, plan)| LANE_HEAD_HEIGHT + plan.height() + LANE_GAP);
    RULER_HEIGHT + lanes.sum::<f32>()
}

/// The marks by lane, lanes in the order in which they first appear; too many are joined.
fn lanes<'a>(cut: &Cut<'a>) -> Vec<(String, Vec<&'a Mark>)> {
    let marks: Vec<&Mark> = cut.continued.iter().chain(&cut.marks).copied().collect();
    let whole = grouped(&marks, |mark| mark.lane.clone());
    if whole.len() <= MAX_LANES {
        return whole;
    }
    let upper = |mark: &Mark| {
        mark.lane
            .split('/')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let joined = grouped(&marks, upper);
    if joined.len() <= MAX_LANES {
        return joined;
    }
    let mut sizes: Vec<(usize, usize)> = joined
        .iter()
        .enumerate()
        .map(|(at, (_, marks))| (marks.len(), at))
        .collect();
    sizes.sort_by_key(|&(size, at)| (std::cmp::Reverse(size), at));
    let kept: Vec<usize> = sizes
        .iter()
        .take(MAX_LANES - 1)
        .map(|&(_, at)| at)
        .collect();
    let mut lanes = Vec::new();
    let mut others = Vec::new();
    for (at, lane) in joined.into_iter().enumerate() {
        if kept.contains(&at) {
            lanes.push(lane);
        } else {
            others.extend(lane.1);
        }
    }
    lanes.push(("Other lanes".to_owned(), others));
    lanes
}

fn grouped<'a>(marks: &[&'a Mark], name: impl Fn(&Mark) -> String) -> Vec<(String, Vec<&'a Mark>)> {
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    let mut lanes: Vec<(String, Vec<&'a Mark>)> = Vec::new();
    for &mark in marks {
        let name = name(mark);
        let at = *order.entry(name.clone()).or_insert_with(|| {
            lanes.push((name, Vec::new()));
            lanes.len() - 1
        });
        if let Some((_, marks)) = lanes.get_mut(at) {
            marks.push(mark);
        }
    }
    // Lanes of one parent stand together, and the parents in the order in which they first appear.
    let parents: Vec<String> = lanes
        .iter()
        .map(|(name, _)| parent(name).to_owned())
        .collect();
    let first_of = |name: &str| parents.iter().position(|it| it == parent(name));
    lanes.sort_by_key(|(name, _)| first_of(name));
    lanes
}

fn parent(lane: &str) -> &str {
    lane.split('/').next().unwrap_or(lane)
}

/// "Diplomacy · Washington–Moscow".
fn lane_words(lane: &str) -> String {
    let parts: Vec<&str> = lane
        .split('/')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    parts.join(" · ")
}

fn draw_ruler(drawing: &mut Drawing, axis: &Axis<'_>) {
    let width = drawing.width;
    let mut measure = |text: &str| text_width(text, RULER_SIZE, Face::Regular);
    let ruler = ruler(axis, &super::ruler_zone(), false, &mut measure);
    let quiet = TextStyle {
        size: RULER_SIZE,
        bold: false,
        ink: Ink::Quiet,
    };
    let strong = TextStyle {
        bold: true,
        ink: Ink::Text,
        ..quiet
    };
    let mut end = f32::NEG_INFINITY;
    for major in &ruler.majors {
        let label_width = text_width(&major.label, RULER_SIZE, Face::Semibold);
        let x = major.label_x.max(0.0);
        let is_clear = x >= end + 6.0 && x + label_width <= width && major.alpha >= 0.5;
        if !is_clear || major.label.is_empty() {
            continue;
        }
        drawing.text((x, 7.0), label_width, major.label.as_str(), strong);
        end = x + label_width;
    }
    let mut end = f32::NEG_INFINITY;
    for tick in &ruler.ticks {
        if !(0.0..=width).contains(&tick.x) || tick.alpha < 0.4 {
            continue;
        }
        let label = tick.label.as_ref().filter(|label| label.alpha >= 0.5);
        let length = if label.is_some() { 4.0 } else { 2.2 };
        drawing.line(
            (tick.x, RULER_HEIGHT - 2.0),
            (tick.x, RULER_HEIGHT - 2.0 - length),
            Ink::Quiet,
            0.4,
        );
        let Some(label) = label else { continue };
        drawing.line(
            (tick.x, RULER_HEIGHT),
            (tick.x, drawing.height),
            Ink::Grid,
            0.35,
        );
        let label_width = text_width(&label.text, RULER_SIZE, Face::Regular);
        let x = tick.x - label_width / 2.0;
        if x < 0.0 || x < end + 5.0 || x + label_width > width {
            continue;
        }
        drawing.text((x, 16.5), label_width, label.text.as_str(), quiet);
        end = x + label_width;
    }
    drawing.line(
        (0.0, RULER_HEIGHT - 2.0),
        (width, RULER_HEIGHT - 2.0),
        Ink::Quiet,
        0.5,
    );
}

fn numbers(cut: &Cut<'_>) -> String {
    let numbers = || cut.marks.iter().map(|mark| mark.number);
    match (numbers().min(), numbers().max()) {
        (Some(first), Some(last)) if first == last => format!("Event {first}"),
        (Some(first), Some(last)) => format!("Events {first}–{last}"),
        _ => String::new(),
    }
}

fn first_ms(cut: &Cut<'_>) -> i64 {
    let anchors = cut.marks.iter().filter_map(|mark| mark.anchor_ms());
    anchors.min().unwrap_or(cut.range_ms.start)
}

fn last_ms(cut: &Cut<'_>) -> i64 {
    let anchors = cut.marks.iter().filter_map(|mark| mark.anchor_ms());
    anchors.max().unwrap_or(cut.range_ms.end)
}

/// "17 March 2025 to 25 March 2025", in units that fit the span.
pub fn span_words(first_ms: i64, last_ms: i64) -> String {
    let days = last_ms.saturating_sub(first_ms) / MS_PER_DAY;
    let precision = match days {
        0 => Precision::Minute,
        1..=900 => Precision::Day,
        901..=7300 => Precision::Month,
        _ => Precision::Year,
    };
    let zone = super::ruler_zone();
    let words = |ms: i64| format_instant(Instant(ms), precision, &zone);
    let (first, last) = (words(first_ms), words(last_ms));
    if days == 0 {
        return format_instant(Instant(first_ms), Precision::Day, &zone);
    }
    if first == last {
        return first;
    }
    // "17–25 March 2025" when only the day differs.
    match (first.split_once(' '), last.split_once(' ')) {
        (Some((from, month)), Some((to, same))) if month == same && precision == Precision::Day => {
            format!("{from}–{to} {month}")
        }
        _ => format!("{first} to {last}"),
    }
}
