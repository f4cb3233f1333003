//! The timeline as a figure for paper: cut into strips that pages can hold, numbered like the chronology.
//!
//! A strip shows as many events as can be read on it, so that busy stretches get more room and empty ones none; each
//! has a ruler of its own and says which time and which numbers it has. Layout is pure and in points;
//! [`Drawing`] is what typst, SVG and the browser draw alike. Labels never overlap: where there is no room for
//! titles, numbers stay; where there is none for numbers, neighbors share one label.

mod cut;
mod drawing;
mod lane;
mod mark;
mod overview;
mod strip;
pub mod widths;

pub use drawing::{Drawing, Fade, Ink, Shape, TextStyle};

use crate::date::Zone;
use crate::timeline::Look;
use serde::Serialize;

/// One event, as the figure takes it in.
#[derive(Clone, Debug)]
pub struct Mark {
    /// As in the chronology.
    pub number: u32,
    pub title: String,
    /// First moment of the date; `None` when it is open or unknown on that side.
    pub start_ms: Option<i64>,
    /// First moment after it.
    pub end_ms: Option<i64>,
    pub lane: String,
    pub look: Look,
    pub weight: u16,
}

impl Mark {
    /// The moment by which it is put in order; `None` when it has no date.
    fn anchor_ms(&self) -> Option<i64> {
        self.start_ms.or(self.end_ms)
    }
}

/// The whole figure.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    pub width: f32,
    /// The whole span with the strips marked on it; only when there is more than one.
    pub overview: Option<Drawing>,
    pub strips: Vec<Strip>,
    /// What the shapes mean, as far as they occur.
    pub legend: Option<Drawing>,
    /// For those who cannot see it.
    pub alt: String,
}

/// One stretch of time.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Strip {
    /// "17–25 March 2025".
    pub title: String,
    /// "Events 1–12".
    pub numbers: String,
    #[serde(flatten)]
    pub drawing: Drawing,
}

impl Figure {
    /// How high it is when all of it stands on one page, with its heads and the space between.
    pub fn height(&self) -> f32 {
        const HEAD_AND_SPACE: f32 = 36.0;
        let drawings = self.overview.iter().chain(&self.legend);
        let strips = self.strips.iter();
        drawings.map(|drawing| drawing.height + 10.0).sum::<f32>()
            + strips
                .map(|strip| strip.drawing.height + HEAD_AND_SPACE)
                .sum::<f32>()
    }
}

/// Lays out the figure of these events, which are in the order of their numbers.
pub fn build(marks: &[Mark], width: f32) -> Figure {
    let mut figure = build_in_strips(marks, width, cut::PER_STRIP);
    // Many lanes make high strips: fewer of them then, and denser.
    while figure.height() > MAX_HEIGHT && figure.strips.len() > MIN_STRIPS {
        let fewer = figure.strips.len() / 2;
        figure = build_in_strips(marks, width, marks.len().div_ceil(fewer));
    }
    figure
}

/// About five pages, in points: more of a figure nobody leafs through.
const MAX_HEIGHT: f32 = 3_500.0;

/// Fewer strips show a long time too coarsely.
const MIN_STRIPS: usize = 4;

/// The same with at most so many events on a strip, unless there would be too many strips.
pub fn build_in_strips(marks: &[Mark], width: f32, per_strip: usize) -> Figure {
    let dated: Vec<&Mark> = marks
        .iter()
        .filter(|mark| mark.anchor_ms().is_some())
        .collect();
    if dated.is_empty() {
        return Figure {
            width,
            alt: "There is no dated event to draw".to_owned(),
            ..Figure::default()
        };
    }
    let cuts = cut::cut(&dated, per_strip);
    let strips: Vec<Strip> = cuts
        .iter()
        .map(|cut| strip::lay_out(cut, width, cuts.len()))
        .collect();
    let overview = (cuts.len() > 1).then(|| overview::draw(&dated, &cuts, width));
    let mut lanes: Vec<&str> = dated.iter().map(|mark| mark.lane.as_str()).collect();
    lanes.sort_unstable();
    lanes.dedup();
    Figure {
        width,
        overview,
        legend: mark::legend(&dated, width),
        alt: alt(&dated, &cuts, lanes.len()),
        strips,
    }
}

fn alt(dated: &[&Mark], cuts: &[cut::Cut<'_>], lanes: usize) -> String {
    let count = match dated.len() {
        1 => "one event".to_owned(),
        count => format!("{count} events"),
    };
    let span = match (cuts.first(), cuts.last()) {
        (Some(first), Some(last)) => strip::span_words(first.range_ms.start, last.range_ms.end),
        _ => String::new(),
    };
    let lanes = match lanes {
        1 => "one lane".to_owned(),
        lanes => format!("{lanes} lanes"),
    };
    let strips = match cuts.len() {
        1 => String::new(),
        strips => format!(", cut into {strips} strips"),
    };
    format!(
        "Timeline of {count} in {lanes}, {span}{strips}. Its numbers are those of the chronology."
    )
}

/// The zone of the ruler: that of the dates which say none.
fn ruler_zone() -> Zone {
    Zone::utc()
}

#[cfg(test)]
mod tests;
