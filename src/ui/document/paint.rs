//! Lays out and draws one leaf.

use super::draw::{self, GoTo, Owner, Pane, Place};
use super::leaf::{Leaf, LeafKind, Leaves, Marker, Style};
use super::look;
use super::places::Target;
use super::prose::{Prose, Rows, Setting};
use super::table::{self, Widths};
use crate::model::{ColumnAlignment, Item, Run};
use crate::span::Span;
use crate::state::Action;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Face, Palette, page, size, space};
use egui::{
    Align2, Color32, CursorIcon, Galley, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// What drawing keeps from frame to frame: text made of runs for the leaves in view, and the tables' columns.
#[derive(Default)]
pub(super) struct Cache {
    /// By leaf and cell.
    prose: HashMap<(usize, usize), Rc<Prose>>,
    widths: HashMap<usize, Widths>,
    /// How far a wide table has been moved.
    moved_px: HashMap<usize, f32>,
    theme: Option<Palette>,
}

/// A leaf that is ready to be drawn.
pub(super) struct Laid {
    pub(super) height_px: f32,
    gap_px: f32,
    /// One for a text, one a cell for a row of a table.
    texts: Vec<(Rc<Prose>, Arc<Galley>)>,
    /// Where the text begins below the gap.
    inset_px: f32,
}

impl Laid {
    /// Where a stretch of the file begins, from the top of the leaf.
    pub(super) fn top_of(&self, span: Span) -> f32 {
        let Some((prose, galley)) = self.texts.first() else {
            return self.gap_px;
        };
        let rows = Rows::new(galley);
        let first = prose.chars_of(span).first().cloned();
        let row = first.and_then(|chars| {
            let all = 0..usize::MAX;
            rows.boxes(chars, &all).first().map(|(rect, _)| rect.top())
        });
        self.gap_px + self.inset_px + row.unwrap_or_default()
    }
}

impl Cache {
    pub(super) fn is_empty(&self) -> bool {
        self.prose.is_empty()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.prose.len()
    }

    pub(super) fn set_theme(&mut self, colors: &Palette) {
        if self.theme.as_ref() != Some(colors) {
            self.theme = Some(*colors);
            self.prose.clear();
        }
    }

    pub(super) fn forget_widths(&mut self) {
        self.widths.clear();
    }

    /// Forgets the text of all other leaves.
    pub(super) fn keep_only(&mut self, leaves: impl Iterator<Item = usize>) {
        let keep: HashSet<usize> = leaves.collect();
        self.prose.retain(|(leaf, _), _| keep.contains(leaf));
    }

    fn prose(
        &mut self,
        key: (usize, usize),
        runs: &[Run],
        style: Style,
        setting: Setting<'_>,
    ) -> Rc<Prose> {
        let entry = self.prose.entry(key);
        Rc::clone(entry.or_insert_with(|| Rc::new(Prose::new(runs, style, setting))))
    }

    fn widths(&mut self, ui: &Ui, leaves: &Leaves, at: usize, column_px: f32) -> &Widths {
        let room_px = (ui.clip_rect().width() - 2.0 * page::MARGIN_PX).max(column_px);
        let widths = self.widths.entry(at).or_default();
        if widths.room_px != room_px
            && let Some(found) = leaves.tables.get(at)
        {
            *widths = table::measure(ui, found, column_px, room_px);
        }
        widths
    }

    /// Lays out one leaf for a column of this width.
    pub(super) fn lay_out(
        &mut self,
        ui: &Ui,
        leaves: &Leaves,
        at: usize,
        column_px: f32,
        setting: Setting<'_>,
    ) -> Laid {
        let nothing = Laid {
            height_px: 0.0,
            gap_px: 0.0,
            texts: Vec::new(),
            inset_px: 0.0,
        };
        let Some(leaf) = leaves.leaves.get(at) else {
            return nothing;
        };
        let gap_px = leaf.gap_px;
        let width_px = (column_px - leaf.indent_px).max(page::MIN_COLUMN_PX);
        let own_px = |height_px: f32| Laid {
            height_px: gap_px + height_px,
            gap_px,
            texts: Vec::new(),
            inset_px: 0.0,
        };
        match &leaf.kind {
            LeafKind::Prose(style, runs) => {
                let prose = self.prose((at, 0), runs, *style, setting);
                let padding_px = if *style == Style::Code {
                    page::CODE_PADDING_PX
                } else {
                    0.0
                };
                let galley = galley(ui, &prose, width_px - 2.0 * padding_px);
                let (first, last) = neighbors(leaves, at);
                let above_px = if first { padding_px } else { 0.0 };
                let below_px = if last { padding_px } else { 0.0 };
                let text_px = galley.size().y.max(style.line_px());
                Laid {
                    height_px: gap_px + above_px + text_px + below_px,
                    gap_px,
                    texts: vec![(prose, galley)],
                    inset_px: above_px,
                }
            }
            LeafKind::Row(table, row) => {
                let widths = self
                    .widths(ui, leaves, *table, column_px)
                    .columns_px
                    .clone();
                let cells = leaves.tables.get(*table).map(|table| table.row(*row));
                let style = if row.is_none() {
                    Style::TableHead
                } else {
                    Style::TableCell
                };
                let texts: Vec<_> = cells
                    .unwrap_or_default()
                    .iter()
                    .zip(&widths)
                    .enumerate()
                    .map(|(cell, (found, width_px))| {
                        let prose = self.prose((at, cell), &found.runs, style, setting);
                        let galley = galley(ui, &prose, width_px - 2.0 * page::CELL_PADDING_X_PX);
                        (prose, galley)
                    })
                    .collect();
                let text_px = texts
                    .iter()
                    .map(|(_, galley)| galley.size().y)
                    .fold(style.line_px(), f32::max);
                Laid {
                    height_px: gap_px + text_px + 2.0 * page::CELL_PADDING_Y_PX,
                    gap_px,
                    texts,
                    inset_px: page::CELL_PADDING_Y_PX,
                }
            }
            LeafKind::Badge(_) => own_px(page::BADGE_PX),
            LeafKind::TableEnd(_) => own_px(page::TABLE_END_PX),
            LeafKind::Rule => own_px(page::RULE_PX),
            LeafKind::Picture { .. } => own_px(page::PICTURE_PX),
        }
    }
}

/// Whether a leaf is the first and the last of its listing (a listing is cut into several leaves).
fn neighbors(leaves: &Leaves, at: usize) -> (bool, bool) {
    let same_listing = |other: Option<&Leaf>| {
        other
            .zip(leaves.leaves.get(at))
            .is_some_and(|(other, leaf)| {
                matches!(other.kind, LeafKind::Prose(Style::Code, _)) && other.span == leaf.span
            })
    };
    let before = at.checked_sub(1).and_then(|at| leaves.leaves.get(at));
    (
        !same_listing(before),
        !same_listing(leaves.leaves.get(at + 1)),
    )
}

fn galley(ui: &Ui, prose: &Prose, width_px: f32) -> Arc<Galley> {
    let mut job = prose.job.clone();
    job.wrap.max_width = width_px.max(1.0);
    ui.painter().layout_job(job)
}

/// Draws a leaf whose gap begins at `y_px` on the screen.
pub(super) fn leaf(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    leaves: &Leaves,
    at: usize,
    laid: &Laid,
    y_px: f32,
    cache: &mut Cache,
) {
    let Some(leaf) = leaves.leaves.get(at) else {
        return;
    };
    let rect = Rect::from_min_max(
        pos2(pane.column.min + leaf.indent_px, y_px + laid.gap_px),
        pos2(pane.column.max, y_px + laid.height_px),
    );
    let before = at.checked_sub(1).and_then(|at| leaves.leaves.get(at));
    quote_bars(ui, pane, leaf, before, y_px, rect);
    passage_bar(ui, pane, leaf, before, y_px, rect);
    let id = ui.scope_id().with(("leaf", pane.file.0, at));
    match &leaf.kind {
        LeafKind::Prose(style, _) => prose(ui, pane, leaves, at, laid, *style, rect, id),
        LeafKind::Row(table, row) => {
            let table_rect = table_rect(pane, cache, *table, rect);
            table_row(
                ui,
                pane,
                leaves,
                (*table, *row),
                laid,
                table_rect,
                cache,
                id,
            );
        }
        LeafKind::TableEnd(table) => {
            let table_rect = table_rect(pane, cache, *table, rect);
            table_end(ui, pane, *table, table_rect, cache, id);
        }
        LeafKind::Badge(marking) => badge(ui, pane.colors, marking, rect, id),
        LeafKind::Picture { description, .. } => {
            picture_frame(ui, pane.colors, description, rect, id);
        }
        LeafKind::Rule => {
            let stroke = Stroke::new(space::HAIRLINE_PX, pane.colors.rule);
            ui.painter().hline(rect.x_range(), rect.center().y, stroke);
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one leaf's drawing needs all of its layout; a struct for one call would only hide it"
)]
fn prose(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    leaves: &Leaves,
    at: usize,
    laid: &Laid,
    style: Style,
    rect: Rect,
    id: Id,
) {
    let (Some(leaf), Some((prose, galley))) = (leaves.leaves.get(at), laid.texts.first()) else {
        return;
    };
    let mut pos = pos2(rect.left(), rect.top() + laid.inset_px);
    match style {
        Style::Code => {
            ui.painter()
                .rect_filled(rect, space::HAIRLINE_PX, pane.colors.lane);
            pos.x += page::CODE_PADDING_PX;
        }
        Style::Alert(alert) => {
            let icon = Rect::from_min_size(rect.min, vec2(style.line_px(), style.line_px()))
                .shrink(space::HAIRLINE_PX * 2.0);
            let color = draw::alert_color(alert, pane.colors);
            icons::paint(ui.painter(), icon, Icon::of_alert(alert), color);
            pos.x += style.line_px() + space::SMALL_PX;
        }
        _ => {}
    }
    if let Some(marker) = &leaf.marker {
        let line = Rect::from_min_size(pos, vec2(rect.width(), style.line_px()));
        paint_marker(ui, pane, marker, line, style, id);
    }
    if prose.pieces.is_empty() {
        return;
    }
    let (role, owner) = match style {
        Style::Heading(level, _) => (Role::Heading, Owner::Heading(level, leaf.span.start)),
        Style::Title => (Role::Heading, Owner::None),
        Style::Label => (Role::Heading, Owner::None),
        Style::Code => (Role::Code, Owner::None),
        Style::Small => match (&leaf.marker, leaf.footnote) {
            (Some(Marker::Source(_, source)), _) => (Role::ListItem, Owner::Source(*source)),
            (_, Some(_)) => (
                Role::Paragraph,
                Owner::Note(note_statement(pane, leaves, leaf)),
            ),
            _ => (Role::Paragraph, Owner::None),
        },
        _ if leaf.marker.is_some() => (Role::ListItem, Owner::None),
        _ => (Role::Paragraph, Owner::None),
    };
    let place = Place {
        id,
        pos,
        rect: Rect::from_min_size(pos, vec2(rect.right() - pos.x, galley.size().y)),
        role,
        owner,
        has_margin: leaf.footnote.is_none(),
    };
    draw::text(ui, pane, &place, prose, Arc::clone(galley));
}

/// The statement whose evidence a footnote is.
fn note_statement(pane: &Pane<'_>, leaves: &Leaves, leaf: &Leaf) -> Option<u32> {
    let label = leaves.footnote_labels.get(leaf.footnote?)?;
    pane.places.statement_of_footnote(label)
}

fn quote_bars(ui: &Ui, pane: &Pane<'_>, leaf: &Leaf, before: Option<&Leaf>, y_px: f32, rect: Rect) {
    for bar in &leaf.bars {
        let goes_on =
            before.is_some_and(|before| before.bars.iter().any(|other| other.quote == bar.quote));
        let top_px = if goes_on { y_px } else { rect.top() };
        let color = bar.alert.map_or(pane.colors.rule, |alert| {
            draw::alert_color(alert, pane.colors)
        });
        let left_px = pane.column.min + bar.x_px;
        let bar = Rect::from_min_max(
            pos2(left_px, top_px),
            pos2(left_px + page::QUOTE_BAR_PX, rect.bottom()),
        );
        ui.painter().rect_filled(bar, 0.0, color);
    }
}

/// A passage that is a whole section is marked at its side; a ground under all of it would tire the eye.
fn passage_bar(
    ui: &Ui,
    pane: &Pane<'_>,
    leaf: &Leaf,
    before: Option<&Leaf>,
    y_px: f32,
    rect: Rect,
) {
    if leaf.span.is_empty() {
        return;
    }
    for &(span, _) in pane.passages {
        if !span.covers(leaf.span) {
            continue;
        }
        let goes_on =
            before.is_some_and(|before| !before.span.is_empty() && span.covers(before.span));
        let top_px = if goes_on { y_px } else { rect.top() };
        let left_px = pane.column.min - page::PASSAGE_BAR_OFFSET_PX;
        let bar = Rect::from_min_max(
            pos2(left_px, top_px),
            pos2(left_px + page::PASSAGE_BAR_PX, rect.bottom()),
        );
        ui.painter().rect_filled(bar, 0.0, pane.colors.accent);
    }
}

fn paint_marker(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    marker: &Marker,
    line: Rect,
    style: Style,
    id: Id,
) {
    let colors = pane.colors;
    let right = pos2(line.left() - page::MARKER_GAP_PX, line.center().y);
    let painter = ui.painter();
    match marker {
        Marker::Bullet(depth) => {
            let center = pos2(right.x - page::BULLET_PX, right.y);
            if depth % 2 == 0 {
                painter.circle_filled(center, page::BULLET_PX, colors.text_weak);
            } else {
                let stroke = Stroke::new(space::HAIRLINE_PX, colors.text_weak);
                painter.circle_stroke(center, page::BULLET_PX, stroke);
            }
        }
        Marker::Number(number) => {
            let font = Face::Serif.at(style.size_px());
            painter.text(right, Align2::RIGHT_CENTER, number, font, colors.text_weak);
        }
        Marker::Task(done) => {
            let center = pos2(right.x - page::CHECKBOX_PX / 2.0, right.y);
            let rect = Rect::from_center_size(center, vec2(page::CHECKBOX_PX, page::CHECKBOX_PX));
            let icon = if *done { Icon::BoxChecked } else { Icon::Box };
            let color = if *done { colors.accent } else { colors.outline };
            icons::paint(painter, rect, icon, color);
            let id = id.with("task");
            let enabled = ui.is_enabled();
            let name = if *done { "Done" } else { "Not done" };
            ui.interact(rect, id, Sense::hover())
                .widget_info(|| WidgetInfo::selected(Role::Image, enabled, *done, name));
        }
        Marker::Note(number) => {
            let font = Face::SansMedium.at(size::CAPTION_PX);
            let text = number.to_string();
            let drawn = painter.text(right, Align2::RIGHT_CENTER, text, font, colors.accent);
            let rect = drawn.expand(space::SMALL_PX);
            let response = ui.interact(rect, id.with("back"), Sense::click());
            let enabled = ui.is_enabled();
            response.widget_info(|| {
                let name = format!("Note {number}: back to the text");
                WidgetInfo::labeled(Role::Link, enabled, name)
            });
            if response.has_focus() {
                look::paint_focus(ui.painter(), drawn, colors);
            }
            if response.clicked() {
                pane.go_to = Some(GoTo::Reference(*number));
            }
            response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_text("Back to the text");
        }
        Marker::Source(letters, source) => {
            let item = Item::Source(pane.file, *source);
            if let Some(ground) = draw::ground_of(pane, item) {
                let rect = line.with_min_x(right.x - space::HUGE_PX / 2.0);
                painter.rect_filled(rect, space::RADIUS_PX, ground);
            }
            let font = Face::SansMedium.at(size::CAPTION_PX);
            let drawn = painter.text(right, Align2::RIGHT_CENTER, letters, font, colors.accent);
            let response = ui.interact(
                drawn.expand(space::SMALL_PX),
                id.with("source"),
                Sense::click(),
            );
            let enabled = ui.is_enabled();
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Button, enabled, format!("Source {letters}"))
            });
            if response.has_focus() {
                look::paint_focus(ui.painter(), drawn, colors);
            }
            if response.hovered() {
                pane.actions.push(Action::Hover(Some(item)));
                pane.pointed = Some((Target::Source(*source), drawn));
            }
            if response.clicked() {
                pane.actions.push(Action::SelectHere(item));
            }
        }
    }
}

fn badge(ui: &Ui, colors: &Palette, marking: &str, rect: Rect, id: Id) {
    let font = Face::SansSemibold.at(size::CAPTION_PX);
    let galley = ui
        .painter()
        .layout_no_wrap(marking.to_owned(), font, colors.text_weak);
    let padding = vec2(space::MEDIUM_PX, 0.0);
    let outline = Rect::from_min_size(
        rect.min,
        vec2(galley.size().x + 2.0 * padding.x, page::BADGE_PX),
    );
    let text = pos2(
        outline.left() + padding.x,
        outline.center().y - galley.size().y / 2.0,
    );
    let stroke = Stroke::new(space::HAIRLINE_PX, colors.outline);
    ui.painter()
        .rect_stroke(outline, space::RADIUS_PX, stroke, StrokeKind::Inside);
    ui.painter().galley(text, galley, colors.text_weak);
    let enabled = ui.is_enabled();
    ui.interact(outline, id, Sense::hover())
        .on_hover_text("Handling marking")
        .widget_info(|| {
            WidgetInfo::labeled(Role::Label, enabled, format!("Handling marking {marking}"))
        });
}

fn picture_frame(ui: &Ui, colors: &Palette, description: &str, rect: Rect, id: Id) {
    ui.painter()
        .rect_filled(rect, space::RADIUS_PX, colors.lane);
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        description,
        Face::SerifItalic.at(page::SMALL_PX),
        colors.text_weak,
    );
    let enabled = ui.is_enabled();
    ui.interact(rect, id, Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Image, enabled, description));
}

/// Where a table stands: at the column's left edge, or in the middle of the pane when it is wider.
fn table_rect(pane: &Pane<'_>, cache: &Cache, table: usize, rect: Rect) -> Rect {
    let total_px = cache.widths.get(&table).map_or(0.0, Widths::total_px);
    let shown_px = total_px.min(pane.room.span());
    let left_px = if rect.left() + shown_px <= pane.column.max + 1.0 {
        rect.left()
    } else {
        let middle = pane.column.center() - shown_px / 2.0;
        middle.clamp(pane.room.min, (pane.room.max - shown_px).max(pane.room.min))
    };
    Rect::from_min_size(
        pos2(left_px.round(), rect.top()),
        vec2(shown_px, rect.height()),
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "one row's drawing needs all of its layout; a struct for one call would only hide it"
)]
fn table_row(
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
    let overflow_px = (widths.total_px() - rect.width()).max(0.0);
    let moved = cache.moved_px.entry(at).or_default();
    if overflow_px > 0.0 && ui.rect_contains_pointer(rect) {
        let by_px = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.x));
        *moved -= by_px;
    }
    *moved = moved.clamp(0.0, overflow_px);
    let mut left_px = rect.left() - *moved;
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
    let color = if row.is_none() {
        pane.colors.outline
    } else {
        pane.colors.rule
    };
    let stroke = Stroke::new(space::HAIRLINE_PX, color);
    ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
}

/// A wide table has a bar at its lower edge.
fn table_end(ui: &Ui, pane: &Pane<'_>, at: usize, rect: Rect, cache: &mut Cache, id: Id) {
    let total_px = cache.widths.get(&at).map_or(0.0, Widths::total_px);
    let overflow_px = total_px - rect.width();
    if overflow_px <= 0.5 {
        return;
    }
    let moved = cache.moved_px.entry(at).or_default();
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), page::SCROLL_BAR_PX));
    let share = rect.width() / total_px;
    let response = ui.interact(rect, id, Sense::drag());
    *moved = (*moved + response.drag_delta().x / share).clamp(0.0, overflow_px);
    let handle = Rect::from_min_size(
        pos2(track.left() + *moved * share, track.top()),
        vec2(track.width() * share, track.height()),
    );
    let color: Color32 = if response.hovered() || response.dragged() {
        pane.colors.outline
    } else {
        pane.colors.rule
    };
    let painter = ui.painter();
    painter.rect_filled(handle, page::SCROLL_BAR_PX / 2.0, color);
    let enabled = ui.is_enabled();
    response
        .widget_info(|| WidgetInfo::labeled(Role::ScrollBar, enabled, "Move the table sideways"));
}
