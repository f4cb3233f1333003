//! The document pane: the body of the open briefing as good typography.
//!
//! The document is cut into leaves once ([`leaf`]). A frame lays out only the leaves in view ([`paint`]); the
//! heights of the others are guesses until then ([`heights`]), and [`scroll`] keeps the text still while guesses
//! turn into measures. [`prose`] leads from a letter on the screen back to a byte of the file, [`places`] from
//! there to what stands at it, and [`draw`] answers hands.

pub(super) mod broken;
mod card;
mod draw;
mod empty;
mod estimate;
mod excerpt;
mod found;
pub(in crate::ui) mod heights;
mod leaf;
mod look;
mod margin;
mod marker;
mod paint;
mod picture;
mod places;
mod prose;
mod scroll;
mod table;
#[cfg(test)]
mod tests;

use super::theme::{self, Palette, page, size, space};
use crate::model::{Briefing, Document, FileId, Item};
use crate::span::Span;
use crate::state::{Action, Jump, Reading, State};
use draw::{GoTo, Pane, Passage};
use egui::{Key, Modifiers, Rangef, ScrollArea, Ui, vec2};
use heights::Heights;
use leaf::Leaves;
use margin::Columns;
use places::Places;
use prose::Setting;
use scroll::{Position, Scroll};
use std::collections::HashMap;
use std::sync::Arc;

pub(super) use excerpt::{ExcerptView, scale_for};
pub(super) use picture::Figure;

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct DocumentView {
    open: Option<Open>,
    /// Where the reader stood in other files.
    left: HashMap<FileId, Position>,
    /// The last jump that was answered.
    answered: u64,
}

impl DocumentView {
    /// Takes the keys that move a table whose bar has the focus.
    pub(super) fn take_keys(&mut self, ui: &Ui) {
        if let Some(open) = &mut self.open {
            open.cache.bar_keys.take(ui);
        }
    }
}

/// The document on screen.
struct Open {
    file: FileId,
    briefing: Arc<Briefing>,
    document: Option<Arc<Document>>,
    places: Places,
    leaves: Leaves,
    heights: Heights,
    /// The width that `heights` are for.
    column_px: f32,
    scale: f32,
    /// The height of the pane.
    pane_px: f32,
    scroll: Scroll,
    /// The passage that lights up after a jump.
    lit: Option<Span>,
    cache: paint::Cache,
}

/// How often a frame may find that what it measured brings other leaves into view.
const MAX_ROUNDS: usize = 4;

pub(super) fn show(ui: &mut Ui, state: &State, view: &mut DocumentView, actions: &mut Vec<Action>) {
    let open = state.document.as_ref();
    let Some((open, briefing)) = open.and_then(|open| {
        let briefing = state.library.briefing(open.file)?;
        Some((open, briefing))
    }) else {
        view.open = None;
        empty::show(ui, state, actions);
        return;
    };
    view.take_in(open.file, briefing, open.document.as_ref());
    let Some(shown) = &mut view.open else { return };

    let room_px = ui.available_width();
    let reading = state.settings.reading;
    let scale = reading.scale();
    let column_px = column_width_px(room_px, reading);
    shown.pane_px = ui.available_height();
    let colors = theme::palette(ui);
    shown.cache.set_look(colors, scale);
    shown.cache.set_found(state, briefing.lang.as_deref());
    shown.set_width(column_px, scale);
    // Words that are marked for copying must stand out from a statement that is selected.
    ui.visuals_mut().selection.bg_fill = colors.accent.gamma_multiply(page::TEXT_SELECTION);

    let newest = state.jump.filter(|jump| {
        jump.serial > view.answered && jump.file == shown.file && shown.document.is_some()
    });
    if let Some(jump) = newest {
        view.answered = jump.serial;
        let restores = is_beginning(&jump, briefing) && view.left.contains_key(&shown.file);
        let came_from_elsewhere = shown.is_new();
        if !(restores && came_from_elsewhere) {
            shown.jump(ui, state, jump.span, !came_from_elsewhere);
        }
    }
    shown.scroll_by_key(ui, state);
    let go_to = shown.show(ui, state, colors, room_px, actions);
    let goal = go_to.and_then(|go_to| match go_to {
        GoTo::Note(number) => shown.note_span(number),
        GoTo::Reference(number) => shown.reference_span(number),
    });
    if let Some(span) = goal {
        shown.jump(ui, state, span, true);
        ui.request_repaint();
    }
    view.left.insert(shown.file, shown.scroll.place);
}

/// A jump to the beginning of a file means the file, not a place in it.
fn is_beginning(jump: &Jump, briefing: &Briefing) -> bool {
    jump.span.is_empty() && jump.span.start == briefing.body.start
}

/// Running text is as wide as it reads well, and no wider than there is room.
fn column_width_px(room_px: f32, reading: Reading) -> f32 {
    let letter_px = reading.scale() * size::BODY_PX * page::AVERAGE_LETTER_EM;
    (letter_px * f32::from(reading.measure_chars))
        .min(room_px - 2.0 * margin_px(room_px))
        .max(page::MIN_COLUMN_PX)
        .round()
}

/// Room for marks beside the column; a narrow pane has less of it.
fn margin_px(room_px: f32) -> f32 {
    if room_px < page::NARROW_PX {
        page::NARROW_MARGIN_PX
    } else {
        page::MARGIN_PX
    }
}

impl DocumentView {
    /// Takes in the document of this frame, if it is another one than before.
    fn take_in(
        &mut self,
        file: FileId,
        briefing: &Arc<Briefing>,
        document: Option<&Arc<Document>>,
    ) {
        let before = self.open.take();
        // A file that was read anew keeps its old words on screen until its new ones are laid out: words and
        // layout must fit each other.
        let is_same = |open: &Open| match (&open.document, document) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (None, None) => Arc::ptr_eq(&open.briefing, briefing),
            _ => false,
        };
        match before {
            Some(open) if open.file == file && is_same(&open) => self.open = Some(open),
            before => {
                let place = match &before {
                    Some(open) if open.file == file && open.document.is_some() => open.scroll.place,
                    _ => self.left.get(&file).copied().unwrap_or_default(),
                };
                self.open = Some(Open::new(file, briefing, document, place));
            }
        }
    }
}

impl Open {
    fn new(
        file: FileId,
        briefing: &Arc<Briefing>,
        document: Option<&Arc<Document>>,
        place: Position,
    ) -> Self {
        let places = Places::new(briefing);
        let leaves = Leaves::new(briefing, document.map(Arc::as_ref), &places);
        Self {
            file,
            briefing: Arc::clone(briefing),
            document: document.cloned(),
            places,
            leaves,
            heights: Heights::default(),
            column_px: 0.0,
            scale: 1.0,
            pane_px: 0.0,
            scroll: Scroll::at(place),
            lit: None,
            cache: paint::Cache::default(),
        }
    }

    /// Whether nothing of it has been on screen yet.
    fn is_new(&self) -> bool {
        self.cache.is_empty()
    }

    fn set_width(&mut self, column_px: f32, scale: f32) {
        let is_same = self.column_px == column_px && self.scale == scale;
        if is_same && self.heights.len() == self.leaves.leaves.len() {
            return;
        }
        self.column_px = column_px;
        self.scale = scale;
        let Leaves { leaves, tables, .. } = &self.leaves;
        self.heights = Heights::estimated(
            leaves
                .iter()
                .map(|leaf| estimate::height_px(leaf, tables, column_px, scale))
                .collect(),
        );
        self.cache.forget_widths();
        let place = self.scroll.place;
        self.scroll = Scroll::at(place);
    }

    /// Sets out for a passage. The leaf that shows it is laid out first, so that the goal is exact.
    fn jump(&mut self, ui: &Ui, state: &State, span: Span, animated: bool) {
        let pane_px = f64::from(self.pane_px);
        let now_s = ui.input(|input| input.time);
        let Some(leaf) = self.leaves.at_byte(span.start) else {
            return;
        };
        let setting = Setting {
            state,
            file: self.file,
            briefing: &self.briefing,
            places: &self.places,
            colors: theme::palette(ui),
            scale: self.scale,
        };
        let laid = self
            .cache
            .lay_out(ui, &self.leaves, leaf, self.column_px, setting);
        let below_px = laid.top_of(span);
        self.heights.measure(leaf, laid.height_px);
        // The first passage of the body brings the title into view with it, where the pane is high enough for both.
        let passage_px = self.heights.top_px(leaf) + f64::from(below_px);
        let fits_below_title =
            passage_px + page::PASSAGE_SEEN_PX * f64::from(self.scale) <= pane_px;
        let goal = if leaf <= self.leaves.body && fits_below_title {
            Position::default()
        } else {
            Position {
                leaf,
                below_px: f64::from(below_px),
            }
        };
        let animated = animated && ui.style().animation_time > 0.0;
        self.scroll
            .jump(goal, &mut self.heights, pane_px, now_s, animated);
        let leaf_span = self.leaves.leaves.get(leaf).map_or(span, |leaf| leaf.span);
        // A whole section would be a wall of color; its first piece says where it begins.
        let lit = if span.covers(leaf_span) || span.is_empty() {
            leaf_span
        } else {
            span
        };
        self.lit = Some(lit);
    }

    /// The page keys belong to the document unless text is being typed; the space bar, which presses what has
    /// the focus, only while nothing has.
    fn scroll_by_key(&mut self, ui: &Ui, state: &State) {
        if state.sheet.is_some() || ui.text_edit_focused() {
            return;
        }
        let step_px = f64::from(self.pane_px - space::HUGE_PX * 2.0);
        let focused = ui.memory(|memory| memory.focused().is_some());
        for (modifiers, key, by_px) in [
            (Modifiers::NONE, Key::PageDown, step_px),
            (Modifiers::NONE, Key::PageUp, -step_px),
            (Modifiers::SHIFT, Key::Space, -step_px),
            (Modifiers::NONE, Key::Space, step_px),
        ] {
            let is_free = key != Key::Space || !focused;
            if is_free && ui.input_mut(|input| input.consume_key(modifiers, key)) {
                self.scroll.scroll_by(by_px);
            }
        }
    }

    fn note_span(&self, number: u32) -> Option<Span> {
        let document = self.document.as_ref()?;
        let mut notes = document.footnotes.iter();
        notes
            .find(|note| note.number == number)
            .map(|note| note.span)
    }

    fn reference_span(&self, number: u32) -> Option<Span> {
        use crate::model::RunRole;
        let refers = |run: &crate::model::Run| matches!(run.role, RunRole::FootnoteReference { number: of } if of == number);
        let in_runs =
            |runs: &[crate::model::Run]| runs.iter().find(|run| refers(run)).map(|run| run.span);
        self.leaves.leaves.iter().find_map(|leaf| match &leaf.kind {
            leaf::LeafKind::Prose(_, runs) => in_runs(runs),
            leaf::LeafKind::Row(table, row) => {
                let cells = self.leaves.tables.get(*table)?.row(*row);
                cells.iter().find_map(|cell| in_runs(&cell.runs))
            }
            _ => None,
        })
    }

    /// Draws what is in view.
    fn show(
        &mut self,
        ui: &mut Ui,
        state: &State,
        colors: &Palette,
        room_px: f32,
        actions: &mut Vec<Action>,
    ) -> Option<GoTo> {
        let Self {
            file,
            briefing,
            document,
            places,
            leaves,
            heights,
            column_px,
            scale,
            pane_px,
            scroll,
            lit,
            cache,
        } = self;
        let pane_px = f64::from(*pane_px);
        let now_s = ui.input(|input| input.time);
        let setting = Setting {
            state,
            file: *file,
            briefing,
            places,
            colors,
            scale: *scale,
        };
        let passages = passages_of(state, briefing, *file, colors);
        let light = scroll.light(now_s);
        if light.is_some() || scroll.is_moving() {
            ui.request_repaint();
        }
        let has_notes = document
            .as_ref()
            .is_some_and(|document| !document.footnotes.is_empty());
        let columns = Columns::new(room_px, *column_px, margin_px(room_px), has_notes);
        let pane_left_px = ui.max_rect().left();
        let left_px = pane_left_px + columns.text_px;
        let mut pane = Pane {
            state,
            file: *file,
            briefing,
            places,
            colors,
            scale: *scale,
            column: Rangef::new(left_px, left_px + *column_px),
            room: Rangef::new(
                ui.max_rect().left() + margin_px(room_px),
                ui.max_rect().left() + room_px - margin_px(room_px),
            ),
            shows_related: true,
            passages: &passages,
            flash: lit.zip(light),
            actions,
            pointed: None,
            go_to: None,
        };

        let mut area = ScrollArea::vertical()
            .id_salt("document")
            .auto_shrink([false; 2]);
        if let Some(offset_px) = scroll.offset_px(heights, pane_px, now_s) {
            // Points in `f32` are exact enough for one screen of a document of 64 MB.
            area = area.vertical_scroll_offset(offset_px as f32);
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            let offset_px = f64::from(viewport.min.y);
            let mut top_px = offset_px;
            let anchor = scroll.anchor();
            let mut laid = Vec::new();
            for _ in 0..MAX_ROUNDS {
                let anchor_px = heights.top_px(anchor);
                laid.clear();
                let mut at = heights.leaf_at(top_px);
                let mut y_px = heights.top_px(at);
                while at < leaves.leaves.len() && y_px < top_px + pane_px {
                    let one = cache.lay_out(ui, leaves, at, *column_px, setting);
                    heights.measure(at, one.height_px);
                    y_px += f64::from(one.height_px);
                    laid.push((at, one));
                    at += 1;
                }
                let shift_px = heights.top_px(anchor) - anchor_px;
                top_px = (top_px + shift_px).max(0.0);
                if shift_px == 0.0 {
                    break;
                }
            }
            // The screen's top, in the coordinates of this `Ui`.
            let screen_px = ui.max_rect().top() + viewport.min.y;
            for (at, one) in &laid {
                let y_px = screen_px + (heights.top_px(*at) - top_px) as f32;
                paint::leaf(ui, &mut pane, leaves, *at, one, y_px, cache);
            }
            let shown = margin::View {
                laid: &laid,
                top_px,
                screen_px,
                column_px: *column_px,
            };
            let mut above = 0..0;
            if let Some((document, notes)) = document.as_deref().zip(columns.notes) {
                let column = Rangef::new(pane_left_px + notes.min, pane_left_px + notes.max);
                above = margin::leaves_above(heights, &shown);
                margin::show(
                    ui, &mut pane, document, leaves, heights, cache, setting, &shown, column,
                );
            }
            cache.keep_only(laid.iter().map(|(at, _)| *at).chain(above));
            ui.allocate_space(vec2(room_px, heights.total_px() as f32));
            let moved = (top_px - offset_px).abs() > f64::from(f32::EPSILON);
            scroll.settle(heights, top_px, moved, now_s);
            offset_px
        });
        let by_hand_px = f64::from(output.state.clamped_offset().y) - output.inner;
        if by_hand_px.abs() > 0.25 {
            scroll.moved_by_hand(by_hand_px);
        }
        if let Some((target, rect)) = &pane.pointed {
            card::show(ui, &pane, document.as_deref(), target, *rect);
        }
        pane.go_to
    }
}

/// The passages of the events that are selected or pointed at, with their grounds.
fn passages_of(state: &State, briefing: &Briefing, file: FileId, colors: &Palette) -> Vec<Passage> {
    let mut found = Vec::new();
    // Only what was itself chosen: everything that belongs to it would color whole pages.
    for (item, ground, bar) in [
        (state.hover, colors.hovered, colors.rule),
        (state.selection, colors.selected, colors.accent),
    ] {
        let Some(Item::Event(of, at)) = item else {
            continue;
        };
        if let Some(event) = briefing.events.get(at as usize).filter(|_| of == file) {
            let passages = event.passages.iter();
            found.extend(passages.map(|&span| Passage { span, ground, bar }));
        }
    }
    found
}
