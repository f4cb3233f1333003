//! Lays out and draws one leaf.

use super::draw::{self, Owner, Pane, Passage, Place};
use super::found::Finder;
use super::leaf::{Leaf, LeafKind, Leaves, Marker, Style};
use super::prose::{Prose, Rows, Setting};
use super::table::{self, Widths};
use super::{marker, picture};
use crate::library::Picture;
use crate::model::{Run, RunRole, RunStyle};
use crate::span::Span;
use crate::state::{PictureState, State};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Face, Palette, page, size, space};
use egui::{
    Galley, Id, Rect, Role, Sense, Stroke, StrokeKind, TextureHandle, Ui, WidgetInfo, pos2, vec2,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// What drawing keeps from frame to frame: text made of runs for the leaves in view, and the tables' columns.
#[derive(Default)]
pub(super) struct Cache {
    /// By leaf and cell.
    prose: BTreeMap<(usize, usize), Rc<Prose>>,
    pub(super) widths: HashMap<usize, Widths>,
    /// How far a wide table has been moved.
    pub(super) moved_px: HashMap<usize, f32>,
    pub(super) bar_keys: table::BarKeys,
    /// By the path as written, with the picture that each was made from.
    pub(super) textures: HashMap<String, (Arc<Picture>, TextureHandle)>,
    /// The colors and the scale that `prose` is made with.
    made_for: Option<(Palette, f32)>,
    finder: Finder,
}

/// A leaf that is ready to be drawn.
pub(super) struct Laid {
    pub(super) height_px: f32,
    gap_px: f32,
    /// One for a text, one a cell for a row of a table.
    pub(super) texts: Vec<(Rc<Prose>, Arc<Galley>)>,
    /// Where the text begins below the gap.
    pub(super) inset_px: f32,
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

    pub(super) fn set_look(&mut self, colors: &Palette, scale: f32) {
        if self.made_for != Some((*colors, scale)) {
            self.made_for = Some((*colors, scale));
            self.prose.clear();
            self.widths.clear();
        }
    }

    /// Marks what the search has found, when that is other than before.
    pub(super) fn set_found(&mut self, state: &State, lang: Option<&str>) {
        if self.finder.take_in(state, lang) {
            for prose in self.prose.values_mut() {
                let found = self.finder.mark(prose);
                Rc::make_mut(prose).found = found;
            }
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
        let finder = &mut self.finder;
        let entry = self.prose.entry(key);
        Rc::clone(entry.or_insert_with(|| {
            let mut prose = Prose::new(runs, style, setting);
            prose.found = finder.mark(&prose);
            Rc::new(prose)
        }))
    }

    /// The picture with this path, once it has been read.
    fn texture(&mut self, ui: &Ui, path: &str, setting: Setting<'_>) -> Option<&TextureHandle> {
        let Some(PictureState::Ready(picture)) = setting.state.picture(setting.file, path) else {
            return None;
        };
        let is_current = |(made_from, _): &(Arc<Picture>, _)| Arc::ptr_eq(made_from, picture);
        if !self.textures.get(path).is_some_and(is_current) {
            let texture = picture::load(ui, path, picture);
            let entry = (Arc::clone(picture), texture);
            self.textures.insert(path.to_owned(), entry);
        }
        self.textures.get(path).map(|(_, texture)| texture)
    }

    fn widths(
        &mut self,
        ui: &Ui,
        leaves: &Leaves,
        at: usize,
        column_px: f32,
        scale: f32,
    ) -> &Widths {
        let room_px = (ui.clip_rect().width() - 2.0 * page::MARGIN_PX).max(column_px);
        let widths = self.widths.entry(at).or_default();
        if widths.room_px != room_px
            && let Some(found) = leaves.tables.get(at)
        {
            *widths = table::measure(ui, found, column_px, room_px, scale);
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
        let scale = setting.scale;
        let gap_px = (scale * leaf.gap_px).round();
        let width_px = (column_px - scale * leaf.indent_px).max(page::MIN_COLUMN_PX);
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
                let galley = if matches!(style, Style::Body | Style::Summary | Style::Small) {
                    hung(galley)
                } else {
                    galley
                };
                let (first, last) = neighbors(leaves, at);
                let above_px = if first { padding_px } else { 0.0 };
                let below_px = if last { padding_px } else { 0.0 };
                let text_px = galley.size().y.max(style.line_px(scale));
                Laid {
                    height_px: gap_px + above_px + text_px + below_px,
                    gap_px,
                    texts: vec![(prose, galley)],
                    inset_px: above_px,
                }
            }
            LeafKind::Row(table, row) => {
                let widths = self
                    .widths(ui, leaves, *table, column_px, scale)
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
                    .fold(style.line_px(scale), f32::max);
                Laid {
                    height_px: gap_px + text_px + 2.0 * page::CELL_PADDING_Y_PX,
                    gap_px,
                    texts,
                    inset_px: page::CELL_PADDING_Y_PX,
                }
            }
            LeafKind::Badge(marking) => {
                own_px(badge_height_px(&badge_words(ui, marking, column_px)))
            }
            LeafKind::TableEnd(_) => own_px(page::TABLE_END_PX),
            LeafKind::Rule => own_px(page::RULE_PX),
            LeafKind::Picture { path, description } => {
                let size = self
                    .texture(ui, path, setting)
                    .map_or(vec2(width_px, page::MISSING_PICTURE_PX), |texture| {
                        picture::fit(texture.size_vec2(), width_px)
                    });
                let caption = vec![Run {
                    text: description.clone(),
                    span: leaf.span,
                    style: RunStyle {
                        italic: true,
                        ..Default::default()
                    },
                    role: RunRole::Text,
                }];
                let prose = self.prose((at, 0), &caption, Style::Caption, setting);
                let galley = galley(ui, &prose, width_px);
                let caption_px = if description.is_empty() {
                    0.0
                } else {
                    page::CAPTION_GAP_PX + galley.size().y
                };
                Laid {
                    height_px: gap_px + size.y + caption_px,
                    gap_px,
                    texts: vec![(prose, galley)],
                    inset_px: size.y + page::CAPTION_GAP_PX,
                }
            }
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

/// Moves quotation marks at the head of a line out into the margin, so that the letters stand in one line.
fn hung(mut galley: Arc<Galley>) -> Arc<Galley> {
    let out_px = |row: &egui::epaint::text::PlacedRow| {
        let first = row.glyphs.first()?;
        let is_mark = matches!(
            first.chr,
            '"' | '\u{201c}' | '\u{201e}' | '\u{2018}' | '\u{ab}'
        );
        is_mark.then_some((first.advance_width * page::HANGING_SHARE).round())
    };
    if galley.rows.iter().all(|row| out_px(row).is_none()) {
        return galley;
    }
    let moved = Arc::make_mut(&mut galley);
    let mut most_px = 0.0_f32;
    for row in &mut moved.rows {
        if let Some(px) = out_px(row) {
            row.pos.x -= px;
            most_px = most_px.max(px);
        }
    }
    moved.rect.min.x -= most_px;
    moved.mesh_bounds.min.x -= most_px;
    galley
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
        pos2(
            pane.column.min + pane.scale * leaf.indent_px,
            y_px + laid.gap_px,
        ),
        pos2(pane.column.max, y_px + laid.height_px),
    );
    let before = at.checked_sub(1).and_then(|at| leaves.leaves.get(at));
    quote_bars(ui, pane, leaf, before, y_px, rect);
    passage_bar(ui, pane, leaf, before, y_px, rect);
    let id = ui.scope_id().with(("leaf", pane.file.0, at));
    match &leaf.kind {
        LeafKind::Prose(style, _) => prose(ui, pane, leaves, at, laid, *style, rect, id),
        LeafKind::Row(table, row) => {
            let table_rect = table::place(pane, cache, *table, rect);
            table::row(
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
            let table_rect = table::place(pane, cache, *table, rect);
            table::end(ui, pane, *table, table_rect, cache, id);
        }
        LeafKind::Badge(marking) => badge(ui, pane.colors, marking, rect, id),
        LeafKind::Picture { path, description } => {
            picture::show(ui, pane, cache, (path, description), laid, rect, id);
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
    let scale = pane.scale;
    match style {
        Style::Code => {
            ui.painter()
                .rect_filled(rect, space::HAIRLINE_PX, pane.colors.lane);
            pos.x += page::CODE_PADDING_PX;
        }
        Style::Alert(alert) => {
            let icon =
                Rect::from_min_size(rect.min, vec2(style.line_px(scale), style.line_px(scale)))
                    .shrink(space::HAIRLINE_PX * 2.0);
            let color = draw::alert_color(alert, pane.colors);
            icons::paint(ui.painter(), icon, Icon::of_alert(alert), color);
            pos.x += style.line_px(scale) + space::SMALL_PX;
        }
        _ => {}
    }
    if let Some(marker) = &leaf.marker {
        let line = Rect::from_min_size(pos, vec2(rect.width(), style.line_px(scale)));
        marker::paint(ui, pane, marker, line, style, id);
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
        let left_px = pane.column.min + pane.scale * bar.x_px;
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
    for &Passage { span, bar, .. } in pane.passages {
        if !span.covers(leaf.span) {
            continue;
        }
        let goes_on =
            before.is_some_and(|before| !before.span.is_empty() && span.covers(before.span));
        let top_px = if goes_on { y_px } else { rect.top() };
        let left_px = pane.column.min - page::PASSAGE_BAR_OFFSET_PX;
        let rect = Rect::from_min_max(
            pos2(left_px, top_px),
            pos2(left_px + page::PASSAGE_BAR_PX, rect.bottom()),
        );
        ui.painter().rect_filled(rect, 0.0, bar);
    }
}

/// The words of a handling marking, on as many lines as they need: none of them may be out of sight.
fn badge_words(ui: &Ui, marking: &str, column_px: f32) -> Arc<Galley> {
    let font = Face::SansSemibold.at(size::CAPTION_PX);
    let color = crate::ui::theme::palette(ui).text_weak;
    let room_px = column_px - 2.0 * space::MEDIUM_PX;
    ui.painter()
        .layout(marking.to_owned(), font, color, room_px)
}

fn badge_height_px(words: &Galley) -> f32 {
    page::BADGE_PX.max(words.size().y + 2.0 * space::SMALL_PX)
}

fn badge(ui: &Ui, colors: &Palette, marking: &str, rect: Rect, id: Id) {
    let galley = badge_words(ui, marking, rect.width());
    let padding = vec2(space::MEDIUM_PX, 0.0);
    let outline = Rect::from_min_size(
        rect.min,
        vec2(galley.size().x + 2.0 * padding.x, badge_height_px(&galley)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::{self, LIGHT};

    #[test]
    fn quotation_marks_at_the_head_of_a_line_hang_in_the_margin() {
        let context = egui::Context::default();
        theme::install(&context);
        for _ in 0..2 {
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                let font = Face::Serif.at(size::BODY_PX);
                let text = "\u{201c}Quoted\u{201d}\nplain".to_owned();
                let has_faces = ui.fonts_mut(|fonts| fonts.families().contains(&font.family));
                if !has_faces {
                    return;
                }
                let plain = ui.painter().layout_no_wrap(text, font, LIGHT.text);
                let galley = hung(Arc::clone(&plain));
                let [first, second] = galley.rows.as_slice() else {
                    panic!("two lines");
                };
                assert!(first.pos.x < 0.0 && second.pos.x == 0.0);
                assert!(galley.mesh_bounds.min.x < plain.mesh_bounds.min.x + 0.5);
                assert_eq!(galley.size().y, plain.size().y);
            });
            output.textures_delta.clear();
        }
    }
}
