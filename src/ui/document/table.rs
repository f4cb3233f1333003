//! Tables: how wide each column is, and how a table wider than the pane is moved.

use super::leaf::{Style, Table};
use crate::model::Run;
use crate::ui::theme::{Face, page};
use egui::Ui;
use egui::epaint::text::FontsView;

/// The widths of one table's columns, padding included.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Widths {
    pub(super) columns_px: Vec<f32>,
    /// The room it was made for.
    pub(super) room_px: f32,
}

impl Widths {
    pub(super) fn total_px(&self) -> f32 {
        self.columns_px.iter().sum()
    }
}

/// How many rows are measured; a longer table is judged by its beginning.
const MEASURED_ROWS: usize = 300;

/// Measures a table: `column_px` is the column of running text, `room_px` what the pane has at most.
pub(super) fn measure(ui: &Ui, table: &Table, column_px: f32, room_px: f32) -> Widths {
    let mut wanted = vec![Wanted::default(); table.columns()];
    ui.fonts_mut(|fonts| {
        let head = std::iter::once((Style::TableHead, table.header.as_slice()));
        let body = table.rows.iter().take(MEASURED_ROWS);
        for (style, cells) in head.chain(body.map(|row| (Style::TableCell, row.as_slice()))) {
            for (cell, wanted) in cells.iter().zip(&mut wanted) {
                wanted.include(measure_cell(fonts, &cell.runs, style));
            }
        }
    });
    Widths {
        columns_px: share(&wanted, column_px, room_px),
        room_px,
    }
}

/// What one column would like.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Wanted {
    /// Its longest word: it gets no narrower.
    word_px: f32,
    /// Its longest cell on one line.
    line_px: f32,
}

impl Wanted {
    fn include(&mut self, other: Self) {
        self.word_px = self.word_px.max(other.word_px);
        self.line_px = self.line_px.max(other.line_px);
    }
}

/// The width of a cell by the widths of its letters: no layout is needed to share out columns.
fn measure_cell(fonts: &mut FontsView<'_>, runs: &[Run], style: Style) -> Wanted {
    let mut wanted = Wanted::default();
    let mut word_px = 0.0;
    for run in runs {
        let face = match style {
            Style::TableHead => Face::SansSemibold,
            _ => Face::serif(run.style.bold, run.style.italic),
        };
        let font = face.at(style.size_px());
        // A citation is shown as a small mark.
        let text = match run.role {
            crate::model::RunRole::Citation => "ab",
            _ => &run.text,
        };
        for letter in text.chars() {
            let letter_px = fonts.glyph_width(&font, letter);
            wanted.line_px += letter_px;
            if letter.is_whitespace() {
                word_px = 0.0;
            } else {
                word_px += letter_px;
                wanted.word_px = wanted.word_px.max(word_px);
            }
        }
    }
    wanted
}

/// Shares out the width. A table that fits on its lines takes what it needs, and the whole column when that is
/// nearly so; a larger one wraps, first within the column, then in the room of the pane; one whose words alone
/// are wider keeps its words whole and is moved sideways.
fn share(wanted: &[Wanted], column_px: f32, room_px: f32) -> Vec<f32> {
    let padding_px = 2.0 * page::CELL_PADDING_X_PX;
    // A word may be an address without a break; then it is broken.
    let word = |column: &Wanted| column.word_px.min(page::CELL_MAX_PX) + padding_px;
    let line = |column: &Wanted| column.line_px.min(page::CELL_MAX_PX * 2.0) + padding_px + 1.0;
    let lines_px: f32 = wanted.iter().map(line).sum();
    let words_px: f32 = wanted.iter().map(word).sum();
    if lines_px <= column_px {
        let nearly = lines_px > column_px * 0.6;
        let stretch = if nearly {
            column_px / lines_px.max(1.0)
        } else {
            1.0
        };
        return wanted.iter().map(|column| line(column) * stretch).collect();
    }
    let target_px = if words_px <= column_px && lines_px < column_px * 4.0 {
        column_px
    } else {
        room_px
    };
    let spare_px = target_px.min(lines_px) - words_px;
    if spare_px <= 0.0 {
        return wanted.iter().map(word).collect();
    }
    let slack_px = (lines_px - words_px).max(1.0);
    wanted
        .iter()
        .map(|column| word(column) + spare_px * (line(column) - word(column)) / slack_px)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(word_px: f32, line_px: f32) -> Wanted {
        Wanted { word_px, line_px }
    }

    #[test]
    fn a_small_table_takes_what_it_needs() {
        let widths = share(&[wanted(20.0, 40.0), wanted(30.0, 60.0)], 560.0, 800.0);
        assert!(widths.iter().sum::<f32>() < 200.0, "{widths:?}");
    }

    #[test]
    fn a_larger_table_fills_the_column_and_keeps_words_whole() {
        let columns = [wanted(50.0, 300.0), wanted(80.0, 900.0), wanted(40.0, 40.0)];
        let widths = share(&columns, 560.0, 800.0);
        assert!(
            (widths.iter().sum::<f32>() - 560.0).abs() < 1.0,
            "{widths:?}"
        );
        for (width, column) in widths.iter().zip(&columns) {
            assert!(*width >= column.word_px, "{widths:?}");
        }
    }

    #[test]
    fn many_columns_take_the_room_and_then_overflow() {
        let columns = vec![wanted(60.0, 200.0); 8];
        let widths = share(&columns, 560.0, 800.0);
        assert!(
            (widths.iter().sum::<f32>() - 800.0).abs() < 1.0,
            "{widths:?}"
        );
        let columns = vec![wanted(200.0, 400.0); 8];
        let widths = share(&columns, 560.0, 800.0);
        assert!(widths.iter().sum::<f32>() > 800.0, "{widths:?}");
    }
}
