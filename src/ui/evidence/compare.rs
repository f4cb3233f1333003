//! Accounts side by side, in the place of the document: points down, sources across.
//!
//! The header and the first column stay in sight while the rest scrolls. Only rows in view are laid out;
//! the heights of the others are estimates until they are seen.

mod cells;

use super::accounts::{Accounts, Point, title_of};
use super::caption;
use crate::command::Command;
use crate::library::FileChecks;
use crate::model::{Briefing, FileId};
use crate::state::{Action, Comparing, State};
use crate::ui::menu::tooltip;
use crate::ui::theme::{self, Face, palette, size, space};
use cells::{cell, cell_words, header_words, point, reading_cell, source_header};
use egui::{
    Align, Button, Frame, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, Shape, Stroke,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// What the view remembers between frames.
#[derive(Default)]
pub(crate) struct CompareView {
    shown: Option<Shown>,
    width_px: f32,
    header_px: f32,
    /// Heights of the rows at `width_px`; those not seen yet are estimates.
    heights_px: Vec<f32>,
}

/// What is laid out, and what it was made from.
struct Shown {
    comparing: Comparing,
    briefing: Arc<Briefing>,
    checks: Option<Arc<FileChecks>>,
    accounts: Accounts,
}

impl Shown {
    fn is_current(&self, state: &State, comparing: Comparing) -> bool {
        let file = comparing.file();
        let same_checks = match (&self.checks, state.checks(file)) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        let briefing = state.library.briefing(file);
        self.comparing == comparing
            && same_checks
            && briefing.is_some_and(|now| Arc::ptr_eq(now, &self.briefing))
    }

    fn new(state: &State, comparing: Comparing) -> Option<Self> {
        Some(Self {
            comparing,
            briefing: Arc::clone(state.library.briefing(comparing.file())?),
            checks: state.checks(comparing.file()).cloned(),
            accounts: Accounts::of(state, comparing)?,
        })
    }
}

/// Height that a row is taken to have until it is seen.
const ROW_ESTIMATE_PX: f32 = theme::evidence::COMPARE_ROW_ESTIMATE_PX;
const CELL_PADDING_PX: f32 = theme::evidence::COMPARE_CELL_PADDING_PX;
/// No source's column is narrower; the view scrolls sideways instead.
const MIN_COLUMN_PX: f32 = theme::evidence::COMPARE_MIN_COLUMN_PX;
const POINTS_PX: std::ops::RangeInclusive<f32> = 110.0..=230.0;
const READING_PX: std::ops::RangeInclusive<f32> = 110.0..=190.0;

/// Where the columns stand, from the left edge of the table.
struct Columns {
    points_px: f32,
    source_px: f32,
    reading_px: f32,
    sources: usize,
}

impl Columns {
    fn new(accounts: &Accounts, room_px: f32) -> Self {
        let share = |part: f32, range: std::ops::RangeInclusive<f32>| {
            (room_px * part).clamp(*range.start(), *range.end())
        };
        let points_px = share(0.2, POINTS_PX);
        let reading_px = accounts
            .reading_label
            .map_or(0.0, |_| share(0.16, READING_PX));
        let sources = accounts.columns.len();
        let rest_px = room_px - points_px - reading_px;
        Self {
            points_px,
            source_px: (rest_px / sources.max(1) as f32)
                .clamp(MIN_COLUMN_PX, theme::evidence::COMPARE_MAX_COLUMN_PX),
            reading_px,
            sources,
        }
    }

    fn source_left_px(&self, column: usize) -> f32 {
        self.points_px + column as f32 * self.source_px
    }

    fn width_px(&self) -> f32 {
        self.source_left_px(self.sources) + self.reading_px
    }
}

pub(crate) fn show(
    ui: &mut Ui,
    state: &State,
    comparing: Comparing,
    view: &mut CompareView,
    actions: &mut Vec<Action>,
) {
    let current = view
        .shown
        .as_ref()
        .is_some_and(|shown| shown.is_current(state, comparing));
    if !current {
        let before = view.shown.take().map(|shown| shown.comparing);
        view.shown = Shown::new(state, comparing);
        if before != Some(comparing) {
            view.heights_px.clear();
        }
    }
    Frame::NONE
        .inner_margin(theme::margin(space::LARGE_PX))
        .show(ui, |ui| match &view.shown {
            Some(shown) => {
                bar(ui, state, shown, actions);
                ui.add_space(space::MEDIUM_PX);
                let mut layout = std::mem::take(&mut view.heights_px);
                table(
                    ui,
                    state,
                    shown,
                    &mut layout,
                    &mut view.width_px,
                    &mut view.header_px,
                    actions,
                );
                view.heights_px = layout;
            }
            None => {
                caption(ui, "What was compared here is no longer in the file");
                if ui.button("Close comparison").clicked() {
                    actions.push(Action::CloseComparison);
                }
            }
        });
}

/// What is compared, what else could be, and the way back.
fn bar(ui: &mut Ui, state: &State, shown: &Shown, actions: &mut Vec<Action>) {
    let title = RichText::new(&shown.accounts.title).font(Face::SansSemibold.at(size::UI_TITLE_PX));
    // In a narrow pane the title has a line of its own.
    let is_narrow = ui.available_width() < theme::evidence::COMPARE_NARROW_PX;
    if is_narrow {
        ui.add(Label::new(title.clone()).truncate());
    }
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui
                .button("Close comparison")
                .on_hover_text(tooltip(ui, Command::Compare));
            if close.clicked() {
                actions.push(Action::CloseComparison);
            }
            let choices = state.comparisons();
            if choices.len() > 1 {
                ui.menu_button("Other comparisons", |ui| {
                    ScrollArea::vertical()
                        .max_height(theme::evidence::COMPARE_MAX_HEIGHT_PX)
                        .show(ui, |ui| {
                            for choice in choices {
                                let Some(title) = title_of(state, choice) else {
                                    continue;
                                };
                                let is_shown = choice == shown.comparing;
                                if ui.add(Button::new(title).selected(is_shown)).clicked() {
                                    actions.push(Action::Compare(choice));
                                    ui.close();
                                }
                            }
                        });
                });
            }
            if !is_narrow {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(title).truncate());
                });
            }
        });
    });
}

fn table(
    ui: &mut Ui,
    state: &State,
    shown: &Shown,
    heights_px: &mut Vec<f32>,
    width_px: &mut f32,
    header_px: &mut f32,
    actions: &mut Vec<Action>,
) {
    let accounts = &shown.accounts;
    if accounts.rows.is_empty() {
        caption(ui, "No source speaks to this event yet");
        return;
    }
    let room_px = ui.available_width() - space::LARGE_PX;
    let columns = Columns::new(accounts, room_px);
    if *width_px != room_px || heights_px.len() != accounts.rows.len() {
        *width_px = room_px;
        heights_px.clear();
        heights_px.resize(accounts.rows.len(), ROW_ESTIMATE_PX);
    }
    let header_before_px = *header_px;
    let file = shown.comparing.file();
    let scrolled = ScrollArea::both()
        .id_salt(("comparison", shown.comparing.file(), &accounts.title))
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            let total_px = header_before_px + heights_px.iter().sum::<f32>();
            ui.set_width(columns.width_px());
            ui.set_height(total_px);
            let origin = ui.min_rect().min;
            let mut painter = Drawing {
                ui,
                state,
                file,
                columns: &columns,
                actions,
                sticky_left_px: origin.x + viewport.left().max(0.0),
                left_px: origin.x,
            };
            let mut y = header_before_px;
            let mut changed = false;
            for (at, (row, height_px)) in accounts.rows.iter().zip(heights_px).enumerate() {
                if y + *height_px >= viewport.top() && y <= viewport.bottom() {
                    let exact_px = painter.row(at, row, accounts, origin.y + y);
                    changed |= (exact_px - *height_px).abs() > 0.5;
                    *height_px = exact_px;
                }
                y += *height_px;
            }
            let exact_px = painter.header(accounts, origin.y + viewport.top().max(0.0));
            changed |= (exact_px - *header_px).abs() > 0.5;
            *header_px = exact_px;
            changed
        });
    if scrolled.inner {
        ui.request_repaint();
    }
}

/// What drawing one frame of the table needs.
struct Drawing<'a, 'b> {
    ui: &'a mut Ui,
    state: &'a State,
    file: FileId,
    columns: &'a Columns,
    actions: &'b mut Vec<Action>,
    /// The left edge of the first column, which stays in sight.
    sticky_left_px: f32,
    /// The left edge of the table.
    left_px: f32,
}

impl Drawing<'_, '_> {
    /// Lays out one cell, and returns how high it is with its padding.
    fn cell(
        &mut self,
        id: (&'static str, usize, usize),
        left_px: f32,
        top_px: f32,
        width_px: f32,
        node: (Role, &str),
        contents: impl FnOnce(&mut Ui, &State, &mut Vec<Action>),
    ) -> f32 {
        let inner = Rect::from_min_size(
            pos2(left_px + CELL_PADDING_PX, top_px + CELL_PADDING_PX),
            vec2((width_px - 2.0 * CELL_PADDING_PX).max(40.0), 4000.0),
        );
        let builder = UiBuilder::new()
            .scope_id(self.ui.scope_id().with(id))
            .max_rect(inner)
            .layout(Layout::top_down(Align::Min));
        let mut child = self.ui.new_child(builder);
        contents(&mut child, self.state, self.actions);
        let height_px = child.min_rect().height();
        let (role, words) = node;
        let response = self.ui.interact(
            child.min_rect(),
            self.ui.scope_id().with((id, "node")),
            Sense::hover(),
        );
        response.widget_info(|| WidgetInfo::labeled(role, true, words));
        height_px + 2.0 * CELL_PADDING_PX
    }

    fn row(&mut self, at: usize, row: &Point, accounts: &Accounts, top_px: f32) -> f32 {
        let colors = palette(self.ui);
        let ground = self.ui.painter().add(Shape::Noop);
        let mut height_px: f32 = 0.0;
        for (column, pieces) in row.cells.iter().enumerate() {
            let left_px = self.left_px + self.columns.source_left_px(column);
            let words = cell_words(self.state, pieces);
            let file = self.file;
            let account = accounts.columns.get(column);
            let cell_px = self.cell(
                ("cell", at, column),
                left_px,
                top_px,
                self.columns.source_px,
                (Role::Cell, &words),
                |ui, state, actions| cell(ui, state, file, account, pieces, actions),
            );
            height_px = height_px.max(cell_px);
        }
        if let Some(reading) = &row.reading {
            let left_px = self.left_px + self.columns.source_left_px(self.columns.sources);
            let words = match &reading.dispute {
                Some(reason) => format!("{}, disputed: {reason}", reading.words),
                None => reading.words.clone(),
            };
            let cell_px = self.cell(
                ("reading", at, 0),
                left_px,
                top_px,
                self.columns.reading_px,
                (Role::Cell, &words),
                |ui, _, _| reading_cell(ui, reading),
            );
            height_px = height_px.max(cell_px);
        }
        // The point lies over what has been scrolled beneath it, so it is drawn last; its height counts all the same.
        let sticky_px = self.sticky_left_px;
        let width_px = self.columns.points_px;
        let cover = self.ui.painter().add(Shape::Noop);
        let file = self.file;
        let point_px = self.cell(
            ("point", at, 0),
            sticky_px,
            top_px,
            width_px,
            (Role::RowHeader, &row.words),
            |ui, state, actions| point(ui, state, file, row, actions),
        );
        height_px = height_px.max(point_px);
        let across = Rect::from_min_size(
            pos2(self.left_px, top_px),
            vec2(self.columns.width_px(), height_px),
        );
        let fill = if at % 2 == 1 {
            colors.panel
        } else {
            colors.page
        };
        let painter = self.ui.painter();
        painter.set(ground, Shape::rect_filled(across, 0.0, fill));
        let under_point = Rect::from_min_size(pos2(sticky_px, top_px), vec2(width_px, height_px));
        painter.set(cover, Shape::rect_filled(under_point, 0.0, fill));
        self.lines(across);
        height_px
    }

    /// Hairlines: below a row, and right of the points while they lie over other columns.
    fn lines(&self, row: Rect) {
        let colors = palette(self.ui);
        let stroke = Stroke::new(space::HAIRLINE_PX, colors.rule);
        let painter = self.ui.painter();
        painter.hline(row.x_range(), row.bottom(), stroke);
        let right_px = self.sticky_left_px + self.columns.points_px;
        painter.vline(right_px, row.y_range(), stroke);
    }

    fn header(&mut self, accounts: &Accounts, top_px: f32) -> f32 {
        let colors = palette(self.ui);
        let ground = self.ui.painter().add(Shape::Noop);
        let file = self.file;
        let mut height_px: f32 = 0.0;
        for (column, account) in accounts.columns.iter().enumerate() {
            let left_px = self.left_px + self.columns.source_left_px(column);
            let cell_px = self.cell(
                ("source", 0, column),
                left_px,
                top_px,
                self.columns.source_px,
                (Role::ColumnHeader, &account.title),
                |ui, state, actions| source_header(ui, state, file, account, actions),
            );
            height_px = height_px.max(cell_px);
        }
        if let Some(label) = accounts.reading_label {
            let left_px = self.left_px + self.columns.source_left_px(self.columns.sources);
            let cell_px = self.cell(
                ("reading label", 0, 0),
                left_px,
                top_px,
                self.columns.reading_px,
                (Role::ColumnHeader, label),
                |ui, _, _| header_words(ui, label),
            );
            height_px = height_px.max(cell_px);
        }
        let cover = self.ui.painter().add(Shape::Noop);
        let (sticky_px, width_px) = (self.sticky_left_px, self.columns.points_px);
        let label_px = self.cell(
            ("points label", 0, 0),
            sticky_px,
            top_px,
            width_px,
            (Role::ColumnHeader, &accounts.points_label),
            |ui, _, _| header_words(ui, &accounts.points_label),
        );
        height_px = height_px.max(label_px);
        let across = Rect::from_min_size(
            pos2(self.left_px, top_px),
            vec2(self.columns.width_px(), height_px),
        );
        let under_label = Rect::from_min_size(pos2(sticky_px, top_px), vec2(width_px, height_px));
        let painter = self.ui.painter();
        painter.set(ground, Shape::rect_filled(across, 0.0, colors.lane));
        painter.set(cover, Shape::rect_filled(under_label, 0.0, colors.lane));
        self.lines(across);
        let stroke = Stroke::new(space::HAIRLINE_PX, colors.outline);
        let painter = self.ui.painter();
        painter.hline(across.x_range(), across.bottom(), stroke);
        height_px
    }
}
