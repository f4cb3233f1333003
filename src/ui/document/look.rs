//! How a statement shows what it rests on: the line under its words and the mark beside it.

use crate::model::{FileId, MarkKind};
use crate::state::State;
use crate::ui::theme::{Palette, page};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

/// What a statement looks like, and the words for those who do not see it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StatementLook {
    pub(super) line: Line,
    pub(super) shape: MarkShape,
    pub(super) color: Color32,
    /// What it rests on, to be read out: `2 sources`.
    pub(super) words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Solid,
    Dotted,
}

/// Never color alone: each look has a shape of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkShape {
    Ring,
    Dot,
    Square,
}

/// The look of one statement; `None` when there is no such statement.
///
/// A link only points somewhere (ring, dotted line), a citation names its source (dot), a footnote lays the
/// evidence out (square).
pub(super) fn statement_look(
    state: &State,
    file: FileId,
    index: u32,
    colors: &Palette,
) -> Option<StatementLook> {
    let statement = state.library.statement(file, index)?;
    let (line, shape) = match statement.mark_kind {
        MarkKind::Link => (Line::Dotted, MarkShape::Ring),
        MarkKind::Citation => (Line::Solid, MarkShape::Dot),
        MarkKind::Footnote => (Line::Solid, MarkShape::Square),
    };
    let mut words = match statement.evidence.len() {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        count => format!("{count} sources"),
    };
    if let Some(grade) = &statement.grade {
        words = format!("{}, {words}", grade.kind.as_str());
    }
    Some(StatementLook {
        line,
        shape,
        color: colors.mark,
        words,
    })
}

/// Draws the mark around its middle.
pub(super) fn paint_mark(painter: &Painter, center: Pos2, shape: MarkShape, color: Color32) {
    let radius = page::MARK_PX;
    match shape {
        MarkShape::Ring => {
            let inner = radius - page::UNDERLINE_PX / 2.0;
            painter.circle_stroke(center, inner, Stroke::new(page::UNDERLINE_PX, color));
        }
        MarkShape::Dot => {
            painter.circle_filled(center, radius, color);
        }
        MarkShape::Square => {
            let rect = Rect::from_center_size(center, vec2(radius * 2.0, radius * 2.0));
            painter.rect_filled(rect, page::UNDERLINE_PX, color);
        }
    }
}

/// Draws the line under one row of a statement.
pub(super) fn paint_line(
    painter: &Painter,
    row: Rect,
    baseline_px: f32,
    line: Line,
    color: Color32,
) {
    let y = baseline_px + page::UNDERLINE_GAP_PX;
    match line {
        Line::Solid => {
            let stroke = Stroke::new(page::UNDERLINE_PX, color);
            painter.hline(row.x_range(), y, stroke);
        }
        Line::Dotted => {
            let ends = [pos2(row.left(), y), pos2(row.right(), y)];
            let dots = Shape::dotted_line(&ends, color, page::DOT_GAP_PX, page::UNDERLINE_PX / 1.5);
            painter.extend(dots);
        }
    }
}

/// A ring around what has the keyboard's focus.
pub(super) fn paint_focus(painter: &Painter, rect: Rect, colors: &Palette) {
    let stroke = Stroke::new(page::PASSAGE_BAR_PX, colors.accent);
    painter.rect_stroke(
        rect.expand(page::PASSAGE_BAR_PX),
        crate::ui::theme::space::RADIUS_PX,
        stroke,
        StrokeKind::Outside,
    );
}
