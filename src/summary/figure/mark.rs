//! The looks of marks: what kind of date, and what became of the event. Never color alone.

use super::drawing::{Drawing, Fade, Ink, Shape, TextStyle, rounded};
use super::widths::{Face, text_width};
use super::{Mark, lane};
use crate::date::Form;
use crate::timeline::{Body, Edge, MarkShape, StatusLook};

/// Half the height of a point.
pub const POINT_RADIUS: f32 = 2.3;

/// Height of a bar.
pub const BAR_HEIGHT: f32 = 9.0;

/// A bar narrower than this is a point.
pub const MIN_BAR: f32 = 5.0;

/// How far a bar with an unknown end goes on.
pub const TAIL: f32 = 26.0;

fn inks(status: StatusLook) -> (Ink, Ink) {
    match status {
        StatusLook::Disputed => (Ink::Warn, Ink::WarnSoft),
        _ => (Ink::Mark, Ink::MarkSoft),
    }
}

/// Draws a point about `x`.
pub fn point(drawing: &mut Drawing, x: f32, y: f32, shape: MarkShape) {
    let (ink, _) = inks(shape.status);
    let r = POINT_RADIUS;
    let diamond = |r: f32| [(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
    let square = |r: f32| {
        [
            (x - r, y - r),
            (x + r, y - r),
            (x + r, y + r),
            (x - r, y + r),
        ]
    };
    match shape.status {
        StatusLook::Occurred if shape.superseded => {
            drawing.circle((x, y), r, Some(Ink::MarkSoft), Some(ink))
        }
        StatusLook::Occurred => drawing.circle((x, y), r, Some(ink), None),
        StatusLook::Announced => drawing.circle((x, y), r, Some(Ink::Paper), Some(ink)),
        StatusLook::Planned => drawing.polygon(&square(r * 0.9), Some(Ink::Paper), Some(ink)),
        StatusLook::Claimed => drawing.polygon(&diamond(r * 1.2), Some(Ink::Paper), Some(ink)),
        StatusLook::Disputed => drawing.polygon(&diamond(r * 1.2), Some(ink), None),
        StatusLook::Cancelled => {
            drawing.line((x - r, y - r), (x + r, y + r), ink, 1.0);
            drawing.line((x - r, y + r), (x + r, y - r), ink, 1.0);
        }
        StatusLook::Other => drawing.polygon(&square(r * 0.9), Some(ink), None),
    }
    let arrow = |drawing: &mut Drawing, way: f32| {
        let (tip, root) = (x + way * (r + 4.0), x + way * (r + 0.8));
        drawing.polygon(
            &[(tip, y), (root, y - 1.8), (root, y + 1.8)],
            Some(ink),
            None,
        );
    };
    if shape.left == Edge::Beyond {
        arrow(drawing, -1.0);
    }
    if shape.right == Edge::Beyond {
        arrow(drawing, 1.0);
    }
}

/// Draws a bar from `x0` to `x1`, its middle at `y`.
pub fn bar(
    drawing: &mut Drawing,
    x0: f32,
    x1: f32,
    y: f32,
    shape: MarkShape,
    goes_on: (bool, bool),
) {
    let (ink, soft) = inks(shape.status);
    let is_left_soft = shape.left != Edge::Sharp || goes_on.0;
    let is_right_soft = shape.right != Edge::Sharp || goes_on.1;
    let fade = match (is_left_soft, is_right_soft) {
        (true, true) => Some(Fade::Both),
        (true, false) => Some(Fade::Left),
        (false, true) => Some(Fade::Right),
        (false, false) => None,
    };
    let (fill, stroke, dashed) = match (shape.body, shape.status) {
        (Body::OneOf, _) => (None, Some(ink), true),
        (_, StatusLook::Planned) => (None, Some(ink), true),
        (_, StatusLook::Announced | StatusLook::Cancelled) => (None, Some(ink), false),
        (Body::Unit, _) => (Some(soft), None, false),
        (_, StatusLook::Claimed | StatusLook::Disputed) => (Some(soft), Some(ink), true),
        _ => (Some(soft), Some(ink), false),
    };
    // A fading end has no outline: it would be an end.
    let stroke = if fade.is_some() && fill.is_some() {
        None
    } else {
        stroke
    };
    drawing.shapes.push(Shape::Box {
        x: rounded(x0),
        y: rounded(y - BAR_HEIGHT / 2.0),
        w: rounded(x1 - x0),
        h: BAR_HEIGHT,
        radius: if fade.is_some() { 0.0 } else { 1.6 },
        fill,
        stroke,
        dashed,
        fade: fade.filter(|_| fill.is_some()),
    });
    // The known ends of a fading bar are told by a line.
    let edge = |drawing: &mut Drawing, x: f32| {
        drawing.line(
            (x, y - BAR_HEIGHT / 2.0),
            (x, y + BAR_HEIGHT / 2.0),
            ink,
            1.0,
        );
    };
    if fade.is_some() && !is_left_soft {
        edge(drawing, x0 + 0.5);
    }
    if fade.is_some() && !is_right_soft {
        edge(drawing, x1 - 0.5);
    }
    if shape.status == StatusLook::Cancelled {
        drawing.line((x0, y), (x1, y), ink, 0.8);
    }
}

/// One line of samples for the looks that occur and that one would not guess.
pub fn legend(dated: &[&Mark], width: f32) -> Option<Drawing> {
    let has = |wanted: &dyn Fn(&Mark) -> bool| dated.iter().any(|mark| wanted(mark));
    let status = |status: StatusLook| move |mark: &Mark| mark.look.status == status;
    let form = |form: Form| move |mark: &Mark| mark.look.form == form;
    let plain = MarkShape {
        body: Body::Point,
        left: Edge::Sharp,
        right: Edge::Sharp,
        uncertain: false,
        status: StatusLook::Occurred,
        superseded: false,
    };
    let of = |status: StatusLook| MarkShape { status, ..plain };
    let range = |left: Edge, right: Edge| MarkShape {
        body: Body::Range,
        left,
        right,
        ..plain
    };
    let mut samples: Vec<(MarkShape, &str)> = Vec::new();
    for (look, words) in [
        (StatusLook::Announced, "announced"),
        (StatusLook::Planned, "planned"),
        (StatusLook::Claimed, "claimed"),
        (StatusLook::Disputed, "disputed"),
        (StatusLook::Cancelled, "cancelled"),
        (StatusLook::Other, "other status"),
    ] {
        if has(&status(look)) {
            samples.push((of(look), words));
        }
    }
    if has(&|mark| mark.look.superseded) {
        samples.push((
            MarkShape {
                superseded: true,
                ..plain
            },
            "superseded",
        ));
    }
    if has(&|mark| mark.look.approximate) {
        samples.push((range(Edge::Soft, Edge::Soft), "approximate"));
    }
    if has(&form(Form::OpenEnd)) || has(&form(Form::OpenStart)) {
        samples.push((range(Edge::Sharp, Edge::Open), "goes on"));
    }
    if has(&form(Form::UnknownEnd)) || has(&form(Form::UnknownStart)) {
        samples.push((range(Edge::Sharp, Edge::Unknown), "end unknown"));
    }
    if has(&form(Form::OneOf)) {
        let shape = MarkShape {
            body: Body::OneOf,
            ..plain
        };
        samples.push((shape, "at one time within"));
    }
    if has(&form(Form::Before)) {
        samples.push((
            MarkShape {
                left: Edge::Beyond,
                ..plain
            },
            "then or before",
        ));
    }
    if has(&form(Form::After)) {
        samples.push((
            MarkShape {
                right: Edge::Beyond,
                ..plain
            },
            "then or after",
        ));
    }
    if samples.is_empty() && !has(&|mark| mark.look.uncertain) {
        return None;
    }
    let style = TextStyle {
        size: lane::LABEL_SIZE,
        bold: false,
        ink: Ink::Quiet,
    };
    let mut drawing = Drawing {
        width,
        ..Drawing::default()
    };
    let row_height = 12.0;
    let (mut x, mut y) = (3.0, 7.0);
    let mut place = |drawing: &mut Drawing, shape: Option<MarkShape>, words: &str| {
        let sample = match shape {
            None => 0.0,
            Some(shape) if shape.body == Body::Point => 14.0,
            Some(_) => 30.0,
        };
        let words_width = text_width(words, style.size, Face::Regular);
        if x + sample + words_width > width && x > 3.0 {
            x = 3.0;
            y += row_height;
        }
        match shape {
            None => {}
            Some(shape) if shape.body == Body::Point => point(drawing, x + 4.0, y, shape),
            Some(shape) => bar(drawing, x, x + sample - 5.0, y, shape, (false, false)),
        }
        drawing.text((x + sample, y + 2.5), words_width, words, style);
        x += sample + words_width + 14.0;
    };
    for (shape, words) in samples {
        place(&mut drawing, Some(shape), words);
    }
    if has(&|mark| mark.look.uncertain) {
        place(&mut drawing, None, "?  uncertain");
    }
    drawing.height = y + 6.0;
    Some(drawing)
}
