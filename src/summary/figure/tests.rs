//! Labels never overlap, whatever the events.

use super::*;
use crate::date::{Form, Precision};
use crate::timeline::StatusLook;

const DAY_MS: i64 = 86_400_000;

/// A sequence that looks random and is always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % sides
    }
}

fn marks(count: u32, lanes: u64, seed: u64) -> Vec<Mark> {
    let mut dice = Dice(seed);
    let titles = [
        "Talks",
        "Trump and Putin speak by telephone, and each side publishes an account of its own",
        "Обмен пленными: 175 на 175",
        "停火協議的談判在吉達舉行",
        "وقف إطلاق النار",
        "WWWWWWWWWWWWWWWWWWWWWWWW",
        "",
    ];
    let forms = [
        Form::Single,
        Form::Single,
        Form::Range,
        Form::OpenEnd,
        Form::OpenStart,
        Form::UnknownEnd,
        Form::OneOf,
        Form::Before,
        Form::After,
    ];
    let mut starts: Vec<i64> = (0..count)
        .map(|_| 19_000 * DAY_MS + dice.roll(3_000) as i64 * DAY_MS)
        .collect();
    starts.sort_unstable();
    (1..)
        .zip(starts)
        .map(|(number, start_ms)| {
            let form = forms[dice.roll(forms.len() as u64) as usize];
            let length_ms = match form {
                Form::Range | Form::OneOf => (1 + dice.roll(400) as i64) * DAY_MS,
                _ => DAY_MS,
            };
            let has_start = !matches!(form, Form::OpenStart | Form::Before);
            let has_end = !matches!(form, Form::OpenEnd | Form::UnknownEnd | Form::After);
            Mark {
                number,
                title: titles[dice.roll(titles.len() as u64) as usize].to_owned(),
                start_ms: has_start.then_some(start_ms),
                end_ms: has_end.then_some(start_ms + length_ms),
                lane: format!("Lane {}/Part {}", dice.roll(lanes), dice.roll(3)),
                look: Look {
                    form,
                    precision: Precision::Day,
                    approximate: dice.roll(4) == 0,
                    uncertain: dice.roll(5) == 0,
                    status: StatusLook::Occurred,
                    superseded: false,
                },
                weight: dice.roll(3000) as u16,
            }
        })
        .collect()
}

/// All words of a drawing lie inside it and apart from each other.
fn assert_apart(drawing: &Drawing, what: &str) {
    let boxes: Vec<_> = drawing.text_boxes().collect();
    for (text, [left, top, right, bottom]) in &boxes {
        assert!(
            *left >= -0.01 && *right <= drawing.width + 0.01,
            "{what}: `{text}` from {left} to {right} leaves the width {}",
            drawing.width
        );
        assert!(
            *top >= -0.01 && *bottom <= drawing.height + 0.01,
            "{what}: `{text}` leaves the height"
        );
    }
    for (at, (a, x)) in boxes.iter().enumerate() {
        for (b, y) in &boxes[at + 1..] {
            let is_apart =
                x[2] <= y[0] + 0.01 || y[2] <= x[0] + 0.01 || x[3] <= y[1] || y[3] <= x[1];
            assert!(is_apart, "{what}: `{a}` {x:?} overlaps `{b}` {y:?}");
        }
    }
}

#[test]
fn labels_never_overlap() {
    for (count, lanes) in [
        (1, 1),
        (2, 1),
        (10, 3),
        (10, 1),
        (200, 4),
        (200, 40),
        (5_000, 6),
        (5_000, 100),
    ] {
        for seed in 0..4 {
            for width in [471.28, 488.0] {
                let marks = marks(count, lanes, seed);
                let figure = build(&marks, width);
                let what = format!("{count} events, {lanes} lanes, seed {seed}");
                for strip in &figure.strips {
                    assert_apart(&strip.drawing, &what);
                    assert!(
                        strip.drawing.height < 640.0,
                        "{what}: a strip fits on a page"
                    );
                }
                for drawing in figure.overview.iter().chain(&figure.legend) {
                    assert_apart(drawing, &what);
                }
            }
        }
    }
}

#[test]
fn every_event_is_on_a_strip_by_its_number() {
    for count in [1, 10, 120] {
        let figure = build(&marks(count, 3, 7), 471.0);
        let mut numbers: Vec<u32> = Vec::new();
        for strip in &figure.strips {
            for (text, _) in strip.drawing.text_boxes() {
                let text = text.trim_end_matches('?');
                numbers.extend(text.parse::<u32>());
            }
        }
        for number in 1..=count {
            assert!(numbers.contains(&number), "{number} of {count}");
        }
    }
}

#[test]
fn far_and_odd_dates_make_a_figure() {
    let mut one = marks(1, 1, 1);
    one[0].look.form = Form::Single;
    for (start_ms, end_ms) in [
        (Some(i64::MIN), Some(i64::MIN + 1)),
        (Some(i64::MAX - 1), Some(i64::MAX)),
        (Some(i64::MIN), Some(i64::MAX)),
        (None, None),
        (Some(0), Some(0)),
    ] {
        one[0].start_ms = start_ms;
        one[0].end_ms = end_ms;
        let figure = build(&one, 471.0);
        assert_eq!(figure.strips.is_empty(), start_ms.is_none());
        for strip in &figure.strips {
            assert_apart(&strip.drawing, "far");
        }
    }
    assert!(build(&[], 471.0).strips.is_empty());
}
