//! How a statement shows what it rests on: the line under its words and the mark beside it.

use crate::evidence::Standing;
use crate::model::FileId;
use crate::state::State;
use crate::ui::theme::{Palette, page};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// What a statement looks like, and the words for those who do not see it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StatementLook {
    pub(super) line: Line,
    pub(super) line_color: Color32,
    pub(super) shape: MarkShape,
    pub(super) mark_color: Color32,
    /// What it rests on, to be read out: `Corroborated, 2 sources`.
    pub(super) words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Solid,
    Dotted,
    Dashed,
}

/// Never color alone: each standing has a shape of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkShape {
    Dot,
    RingWithDot,
    Ring,
    Triangle,
    Square,
}

/// The look of one statement; `None` when there is no such statement.
///
/// The standing decides: what is borne out stays quiet, what is doubtful or fails takes a color and a broken or
/// strong line. Until the checks are done, every statement has the quietest look.
pub(super) fn statement_look(
    state: &State,
    file: FileId,
    index: u32,
    colors: &Palette,
) -> Option<StatementLook> {
    let statement = state.library.statement(file, index)?;
    let standing = state
        .assessment(file, index)
        .map(|assessment| assessment.standing);
    let quiet = colors.outline.gamma_multiply(page::UNDERLINE_STRENGTH);
    let (line, line_color, shape, mark_color) = match standing {
        Some(Standing::Corroborated) => (Line::Solid, quiet, MarkShape::Dot, colors.good),
        Some(Standing::SingleSource) => (Line::Solid, quiet, MarkShape::RingWithDot, colors.note),
        Some(Standing::Unquoted | Standing::Exempt) | None => {
            (Line::Dotted, quiet, MarkShape::Ring, colors.outline)
        }
        Some(Standing::Unsourced) => (Line::Dashed, colors.warn, MarkShape::Ring, colors.warn),
        Some(Standing::Disputed) => (Line::Dashed, colors.warn, MarkShape::Triangle, colors.warn),
        Some(Standing::Altered) => (Line::Solid, colors.bad, MarkShape::Square, colors.bad),
    };
    let count = match statement.evidence.len() {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        count => format!("{count} sources"),
    };
    let words = standing.map_or(count.clone(), |standing| {
        format!("{}, {count}", standing.label())
    });
    Some(StatementLook {
        line,
        line_color,
        shape,
        mark_color,
        words,
    })
}

/// Draws the mark around its middle.
pub(super) fn paint_mark(painter: &Painter, center: Pos2, shape: MarkShape, color: Color32) {
    let radius = page::MARK_PX;
    let ring = || {
        let stroke = Stroke::new(page::MARK_STROKE_PX, color);
        painter.circle_stroke(center, radius - page::MARK_STROKE_PX / 2.0, stroke);
    };
    match shape {
        MarkShape::Dot => {
            painter.circle_filled(center, radius, color);
        }
        MarkShape::RingWithDot => {
            ring();
            painter.circle_filled(center, radius * 0.4, color);
        }
        MarkShape::Ring => ring(),
        MarkShape::Triangle => {
            let corners = [(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)]
                .map(|(x, y)| center + vec2(x, y) * radius)
                .to_vec();
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        }
        MarkShape::Square => {
            let rect = Rect::from_center_size(center, vec2(radius, radius) * 2.0);
            painter.rect_filled(rect, 0.0, color);
        }
    }
}

/// Draws the line under one row of a statement or a link.
pub(super) fn paint_line(
    painter: &Painter,
    row: Rect,
    baseline_px: f32,
    line: Line,
    color: Color32,
) {
    let y = baseline_px + page::UNDERLINE_GAP_PX;
    let stroke = Stroke::new(page::UNDERLINE_PX, color);
    let ends = [pos2(row.left(), y), pos2(row.right(), y)];
    match line {
        Line::Solid => {
            painter.hline(row.x_range(), y, stroke);
        }
        Line::Dotted => {
            let radius = page::UNDERLINE_PX * 0.6;
            painter.extend(Shape::dotted_line(&ends, color, page::DOT_GAP_PX, radius));
        }
        Line::Dashed => {
            let (dash, gap) = (page::DASH_PX, page::DOT_GAP_PX);
            painter.extend(Shape::dashed_line(&ends, stroke, dash, gap));
        }
    }
}
