//! The whole span in one line: how dense it is where, and which strip shows what.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of marks in columns, of which there is one at least"
)]

use super::Mark;
use super::cut::Cut;
use super::drawing::{Drawing, Ink, Shape, TextStyle, rounded};
use super::widths::{Face, text_width};
use crate::timeline::{Axis, Gaps, View, ruler};

const DENSITY_HEIGHT: f32 = 22.0;
const HEIGHT: f32 = 48.0;
const COLUMN: f32 = 3.0;
const SIZE: f32 = 6.6;

pub fn draw(dated: &[&Mark], cuts: &[Cut<'_>], width: f32) -> Drawing {
    let mut drawing = Drawing {
        width,
        height: HEIGHT,
        ..Drawing::default()
    };
    let (Some(first), Some(last)) = (cuts.first(), cuts.last()) else {
        return drawing;
    };
    let gaps = Gaps::default();
    let range = first.range_ms.start
        ..last
            .range_ms
            .end
            .max(first.range_ms.start.saturating_add(1));
    let axis = Axis::new(View::new(range, f64::from(width)), &gaps);
    let x = |ms: i64| (axis.x_from_ms(ms) as f32).clamp(0.0, width);
    // Every other strip is shaded; its number stands in the middle.
    let mut end = f32::NEG_INFINITY;
    for (number, cut) in (1..).zip(cuts) {
        let (from, to) = (x(cut.range_ms.start), x(cut.range_ms.end));
        if number % 2 == 1 {
            drawing.shapes.push(Shape::Box {
                x: rounded(from),
                y: 8.0,
                w: rounded((to - from).max(0.6)),
                h: DENSITY_HEIGHT,
                radius: 0.0,
                fill: Some(Ink::Grid),
                stroke: None,
                dashed: false,
                fade: None,
            });
        }
        let label = number.to_string();
        let label_width = text_width(&label, SIZE, Face::Semibold);
        let at = (f32::midpoint(from, to) - label_width / 2.0).clamp(0.0, width - label_width);
        if at >= end + 2.0 {
            let style = TextStyle {
                size: SIZE,
                bold: true,
                ink: Ink::Quiet,
            };
            drawing.text((at, 5.5), label_width, label, style);
            end = at + label_width;
        }
    }
    draw_density(&mut drawing, dated, &x);
    let base = 8.0 + DENSITY_HEIGHT;
    drawing.line((0.0, base), (width, base), Ink::Quiet, 0.5);
    let mut measure = |text: &str| text_width(text, SIZE, Face::Regular);
    let ruler = ruler(&axis, &super::ruler_zone(), false, &mut measure);
    let mut end = f32::NEG_INFINITY;
    for tick in ruler.ticks {
        let Some(label) = tick.label.filter(|label| label.alpha >= 0.5) else {
            continue;
        };
        let label_width = text_width(&label.text, SIZE, Face::Regular);
        let at = tick.x - label_width / 2.0;
        if at < 0.0 || at + label_width > width || at < end + 5.0 {
            continue;
        }
        drawing.line((tick.x, base), (tick.x, base + 3.0), Ink::Quiet, 0.4);
        let style = TextStyle {
            size: SIZE,
            bold: false,
            ink: Ink::Quiet,
        };
        drawing.text((at, base + 11.0), label_width, label.text, style);
        end = at + label_width;
    }
    drawing
}

fn draw_density(drawing: &mut Drawing, dated: &[&Mark], x: &dyn Fn(i64) -> f32) {
    let columns = ((drawing.width / COLUMN).ceil() as usize).max(1);
    let mut counts = vec![0_usize; columns];
    for ms in dated.iter().filter_map(|mark| mark.anchor_ms()) {
        let column = (x(ms) / COLUMN) as usize;
        if let Some(count) = counts.get_mut(column.min(columns - 1)) {
            *count += 1;
        }
    }
    let highest = counts.iter().copied().max().unwrap_or(1).max(1);
    for (at, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        // By the square root, so that one event beside a hundred still shows.
        let height = (count as f32 / highest as f32).sqrt() * (DENSITY_HEIGHT - 2.0);
        drawing.shapes.push(Shape::Box {
            x: rounded(at as f32 * COLUMN),
            y: rounded(8.0 + DENSITY_HEIGHT - height),
            w: COLUMN - 0.6,
            h: rounded(height),
            radius: 0.0,
            fill: Some(Ink::Mark),
            stroke: None,
            dashed: false,
            fade: None,
        });
    }
}
