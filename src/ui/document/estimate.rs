//! Guesses at heights, for leaves that have not been laid out yet.

use super::leaf::{Leaf, LeafKind, Style, Table};
use crate::model::{Cell, RunRole};
use crate::ui::theme::page;

/// A guess at how high a leaf will be in a column of this width, before it is laid out.
pub(super) fn height_px(leaf: &Leaf, tables: &[Table], column_px: f32, scale: f32) -> f32 {
    let width_px = (column_px - scale * leaf.indent_px).max(page::MIN_COLUMN_PX);
    let text_px = |style: Style, chars: usize, breaks: usize| {
        let size_px = style.size_px(scale);
        let per_line = (width_px / (size_px * page::AVERAGE_LETTER_EM)).max(1.0);
        // A document is at most 64 MB, so the count is exact enough in `f32`.
        let lines = (chars as f32 / per_line).ceil().max(1.0) + breaks as f32;
        lines * style.line_px(scale)
    };
    scale * leaf.gap_px
        + match &leaf.kind {
            LeafKind::Prose(Style::Code, runs) => {
                let lines: usize = runs.iter().map(|run| run.text.lines().count()).sum();
                lines as f32 * Style::Code.line_px(scale) + 2.0 * page::CODE_PADDING_PX
            }
            LeafKind::Prose(style, runs) => {
                let chars = runs.iter().map(|run| run.text.len()).sum();
                let breaks = runs
                    .iter()
                    .filter(|run| matches!(run.role, RunRole::Break))
                    .count();
                text_px(*style, chars, breaks)
            }
            LeafKind::Badge(_) => page::BADGE_PX,
            LeafKind::Row(table, row) => {
                let cells = tables.get(*table).map(|table| table.row(*row));
                let longest = cells
                    .unwrap_or_default()
                    .iter()
                    .map(|cell| cell.runs.iter().map(|run| run.text.len()).sum::<usize>())
                    .max()
                    .unwrap_or_default();
                let columns = cells.map_or(1, <[Cell]>::len).max(1);
                text_px(Style::TableCell, longest * columns, 0) + 2.0 * page::CELL_PADDING_Y_PX
            }
            LeafKind::TableEnd(_) => page::TABLE_END_PX,
            LeafKind::Picture { .. } => page::PICTURE_PX,
            LeafKind::Rule => page::RULE_PX,
        }
}
