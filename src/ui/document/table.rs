//! Tables: how wide each column is, and how a table wider than the pane is moved.

use super::draw::{self, Owner, Pane, Place};
use super::leaf::{Leaves, Style, Table};
use super::paint::{Cache, Laid};
use crate::model::{ColumnAlignment, Run};
use crate::ui::keys;
use crate::ui::theme::{self, Face, page, space};
use egui::epaint::text::FontsView;
use egui::{
    Color32, Direction, EventFilter, Id, Key, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};
use std::sync::Arc;

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
pub(super) fn measure(ui: &Ui, table: &Table, column_px: f32, room_px: f32, scale: f32) -> Widths {
    let mut wanted = vec![Wanted::default(); table.columns()];
    ui.fonts_mut(|fonts| {
        let head = std::iter::once((Style::TableHead, table.header.as_slice()));
        let body = table.rows.iter().take(MEASURED_ROWS);
        for (style, cells) in head.chain(body.map(|row| (Style::TableCell, row.as_slice()))) {
            for (cell, wanted) in cells.iter().zip(&mut wanted) {
                wanted.include(measure_cell(fonts, &cell.runs, style, scale));
            }
        }
    });
    Widths {
        columns_px: share(
            &wanted,
            column_px + 2.0 * page::CELL_PADDING_X_PX,
            room_px + 2.0 * page::CELL_PADDING_X_PX,
        ),
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
fn measure_cell(fonts: &mut FontsView<'_>, runs: &[Run], style: Style, scale: f32) -> Wanted {
    let mut wanted = Wanted::default();
    let mut word_px = 0.0;
    for run in runs {
        let face = match style {
            Style::TableHead => Face::SansSemibold,
            _ => Face::serif(run.style.bold, run.style.italic),
        };
        let font = face.at(style.size_px(scale));
        // A citation is shown as a small mark.
        let text = match run.role {
            crate::model::RunRole::Citation => "ab",
            _ => &run.text,
        };
        for letter in text.chars() {
            let letter_px = fonts.glyph_width(&font, letter);
            wanted.line_px += letter_px;
            // With the space behind it: one that found no room would begin the next line.
            word_px += letter_px;
            wanted.word_px = wanted.word_px.max(word_px);
            if letter.is_whitespace() {
                word_px = 0.0;
            }
        }
    }
    wanted
}

/// Shares out the width. A table that fits on its lines takes what it needs, and the whole column when that is
/// nearly so; a larger one wraps, within the column or a little more, then in the room of the pane; one whose words
/// alone are wider keeps its words whole and is moved sideways.
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
    let wide_px = (column_px * page::TABLE_STRETCH).min(room_px);
    let target_px = if words_px > wide_px {
        room_px
    } else if lines_px > wide_px {
        wide_px
    } else {
        column_px
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

/// Where a table stands: at the column's left edge if it can.
pub(super) fn place(pane: &Pane<'_>, cache: &Cache, table: usize, rect: Rect) -> Rect {
    let total_px = cache.widths.get(&table).map_or(0.0, Widths::total_px);
    // Words, not empty edges, stand on the lines of the column.
    let inner_px = total_px - 2.0 * page::CELL_PADDING_X_PX;
    // A wide one reaches out to the right, and only then to the left; not to the left where it must be moved all the same.
    let (left_px, shown_px) = if inner_px > pane.room.span() {
        (rect.left(), pane.room.max - rect.left())
    } else {
        let left_px = rect.left().min(pane.room.max - inner_px);
        (left_px.max(pane.room.min), inner_px)
    };
    Rect::from_min_size(
        pos2(left_px.round(), rect.top()),
        vec2(shown_px, rect.height()),
    )
}

/// Draws one row; `None` is the header.
#[expect(
    clippy::too_many_arguments,
    reason = "one row's drawing needs all of its layout; a struct for one call would only hide it"
)]
pub(super) fn row(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    leaves: &Leaves,
    (at, row): (usize, Option<usize>),
    laid: &Laid,
    rect: Rect,
    cache: &mut Cache,
    id: Id,
) {
    let (Some(table), Some(widths)) = (leaves.tables.get(at), cache.widths.get(&at)) else {
        return;
    };
    let inner_px = widths.total_px() - 2.0 * page::CELL_PADDING_X_PX;
    let overflow_px = (inner_px - rect.width()).max(0.0);
    let moved = cache.moved_px.entry(at).or_default();
    if overflow_px > 0.0 && ui.rect_contains_pointer(rect) {
        let by_px = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.x));
        *moved -= by_px;
    }
    *moved = moved.clamp(0.0, overflow_px);
    let mut left_px = rect.left() - page::CELL_PADDING_X_PX - *moved;
    let clip = ui.clip_rect().intersect(rect.expand2(vec2(1.0, 0.0)));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    inner.set_clip_rect(clip);
    for (cell, ((prose, galley), width_px)) in laid.texts.iter().zip(&widths.columns_px).enumerate()
    {
        let room_px = width_px - 2.0 * page::CELL_PADDING_X_PX;
        let spare_px = (room_px - galley.size().x).max(0.0);
        let indent_px = match table.alignments.get(cell) {
            Some(ColumnAlignment::Right) => spare_px,
            Some(ColumnAlignment::Center) => spare_px / 2.0,
            _ => 0.0,
        };
        let cell_rect =
            Rect::from_min_size(pos2(left_px, rect.top()), vec2(*width_px, rect.height()));
        let pos = pos2(
            (left_px + page::CELL_PADDING_X_PX + indent_px).round(),
            rect.top() + page::CELL_PADDING_Y_PX,
        );
        let place = Place {
            id: id.with(cell),
            pos,
            rect: cell_rect.intersect(clip),
            role: if row.is_none() {
                Role::ColumnHeader
            } else {
                Role::Cell
            },
            owner: Owner::None,
            has_margin: false,
        };
        if place.rect.is_positive() {
            draw::text(&mut inner, pane, &place, prose, Arc::clone(galley));
        }
        left_px += width_px;
    }
    let more_px = (*cache.moved_px.entry(at).or_default(), overflow_px);
    fade(ui, rect, more_px, pane.colors.page);
    let color = if row.is_none() {
        pane.colors.outline
    } else {
        pane.colors.rule
    };
    let stroke = Stroke::new(space::HAIRLINE_PX, color);
    ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
}

/// Lets a row fade at the side where it goes on, as lists do where they are cut.
fn fade(ui: &Ui, rect: Rect, (moved_px, overflow_px): (f32, f32), ground: Color32) {
    let side = |part: Rect, inward: Direction| {
        let shape = Shape::gradient_rect(part, inward, [ground, ground.gamma_multiply(0.0)]);
        ui.painter().add(shape);
    };
    if moved_px > 0.5 {
        let part = rect.with_max_x(rect.left() + page::TABLE_FADE_PX);
        side(part, Direction::LeftToRight);
    }
    if overflow_px - moved_px > 0.5 {
        let part = rect.with_min_x(rect.right() - page::TABLE_FADE_PX);
        side(part, Direction::RightToLeft);
    }
}

/// Draws the lower edge. A wide table has a bar at its lower edge.
pub(super) fn end(ui: &Ui, pane: &Pane<'_>, at: usize, rect: Rect, cache: &mut Cache, id: Id) {
    let total_px = cache.widths.get(&at).map_or(0.0, Widths::total_px);
    let total_px = total_px - 2.0 * page::CELL_PADDING_X_PX;
    let overflow_px = total_px - rect.width();
    if overflow_px <= 0.5 {
        return;
    }
    let Cache {
        moved_px, bar_keys, ..
    } = cache;
    let moved = moved_px.entry(at).or_default();
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), page::SCROLL_BAR_PX));
    let share = rect.width() / total_px;
    let response = ui.interact(rect, id, Sense::drag());
    let mut by_px = response.drag_delta().x / share;
    if response.has_focus() {
        by_px += bar_keys.answer(id);
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    *moved = (*moved + by_px).clamp(0.0, overflow_px);
    let handle = Rect::from_min_size(
        pos2(track.left() + *moved * share, track.top()),
        vec2(track.width() * share, track.height()),
    );
    let color: Color32 = if response.has_focus() {
        pane.colors.accent
    } else if response.hovered() || response.dragged() {
        pane.colors.outline
    } else {
        pane.colors.rule
    };
    let painter = ui.painter();
    painter.rect_filled(handle, page::SCROLL_BAR_PX / 2.0, color);
    if response.has_focus() {
        theme::focus_ring(painter, rect);
        if !ui.clip_rect().contains_rect(rect) {
            response.scroll_to_me(None);
        }
    }
    let enabled = ui.is_enabled();
    response
        .widget_info(|| WidgetInfo::labeled(Role::ScrollBar, enabled, "Move the table sideways"));
}

/// The keys that move a table sideways, while its bar has the focus.
#[derive(Default)]
pub(super) struct BarKeys {
    /// The bar that had the focus in the frame before.
    focused: Option<Id>,
    by_px: f32,
}

impl BarKeys {
    /// Takes the arrows out of the input before they become commands.
    pub(super) fn take(&mut self, ui: &Ui) {
        self.by_px = 0.0;
        let Some(bar) = self.focused.take() else {
            return;
        };
        if !ui.memory(|memory| memory.has_focus(bar)) {
            return;
        }
        keys::take(ui, |key, modifiers| {
            let by_px = match key {
                Key::ArrowRight => page::TABLE_STEP_PX,
                Key::ArrowLeft => -page::TABLE_STEP_PX,
                _ => return false,
            };
            if modifiers.any() {
                return false;
            }
            self.by_px += by_px;
            true
        });
    }

    /// By how much the keys move the table whose bar has the focus now.
    fn answer(&mut self, bar: Id) -> f32 {
        self.focused = Some(bar);
        std::mem::take(&mut self.by_px)
    }
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
    fn a_larger_table_fills_a_little_more_than_the_column_and_keeps_words_whole() {
        let columns = [wanted(50.0, 300.0), wanted(80.0, 900.0), wanted(40.0, 40.0)];
        let widths = share(&columns, 560.0, 800.0);
        let total: f32 = widths.iter().sum();
        let wide = 560.0 * page::TABLE_STRETCH + 1.0;
        assert!((560.0..=wide).contains(&total), "{widths:?}");
        for (width, column) in widths.iter().zip(&columns) {
            assert!(*width >= column.word_px, "{widths:?}");
        }
    }

    #[test]
    fn many_columns_take_the_room_and_then_overflow() {
        let columns = vec![wanted(72.0, 200.0); 8];
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
