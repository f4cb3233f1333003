//! Notes beside the text that they belong to, when the pane has room for them: the eye need not leave the line.
//!
//! A note stands at the height of its mark, or below the note before it. One that would run into a table that reaches
//! into the margin is left out; its mark still opens a card.

use super::card;
use super::draw::{self, GoTo, Pane};
use super::heights::Heights;
use super::leaf::{LeafKind, Leaves};
use super::paint::{Cache, Laid};
use super::prose::{PieceRole, Setting};
use super::table;
use crate::model::{Document, Evidence, Footnote, Item, Source, Statement};
use crate::parse;
use crate::state::Action;
use crate::ui::theme::{Face, page, size, space};
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, CursorIcon, FontId, Galley, Rangef, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// How much of a statement's evidence a note shows; the card and the evidence pane have the rest.
const MAX_EVIDENCE: usize = 2;

/// How the pane is divided: the column of text, and beside it the notes if they have room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Columns {
    /// From the left edge of the pane.
    pub(super) text_px: f32,
    pub(super) notes: Option<Rangef>,
}

impl Columns {
    /// Text stands in the middle; with notes, both together do.
    pub(super) fn new(room_px: f32, column_px: f32, margin_px: f32, has_notes: bool) -> Self {
        let spare_px = room_px - column_px - 2.0 * margin_px - page::NOTE_GUTTER_PX;
        if !has_notes || spare_px < page::NOTE_LEAST_PX {
            return Self {
                text_px: ((room_px - column_px) / 2.0).max(0.0).round(),
                notes: None,
            };
        }
        let note_px = spare_px.min(page::NOTE_MOST_PX);
        let both_px = column_px + page::NOTE_GUTTER_PX + note_px;
        let text_px = ((room_px - both_px) / 2.0).max(margin_px).round();
        let left_px = text_px + column_px + page::NOTE_GUTTER_PX;
        Self {
            text_px,
            notes: Some(Rangef::new(left_px, left_px + note_px)),
        }
    }
}

/// A note and where it is to stand.
struct Placed {
    number: u32,
    statement: Option<u32>,
    galley: Arc<Galley>,
    top_px: f32,
}

/// What a frame shows of the document: the leaves in view, and where the top of the pane stands.
pub(super) struct View<'a> {
    pub(super) laid: &'a [(usize, Laid)],
    /// The top of the pane, from the top of the document.
    pub(super) top_px: f64,
    /// The same on the screen.
    pub(super) screen_px: f32,
    pub(super) column_px: f32,
}

/// The leaves above the pane whose notes may reach into it.
pub(super) fn leaves_above(heights: &mut Heights, view: &View<'_>) -> std::ops::Range<usize> {
    let first = view.laid.first().map_or(0, |(at, _)| *at);
    heights.leaf_at((view.top_px - f64::from(page::NOTES_ABOVE_PX)).max(0.0))..first
}

/// Draws the notes of what is in view, between `column.min` and `column.max` on the screen.
#[expect(
    clippy::too_many_arguments,
    reason = "notes need the layout of the whole pane; a struct for one call would only hide it"
)]
pub(super) fn show(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    document: &Document,
    leaves: &Leaves,
    heights: &mut Heights,
    cache: &mut Cache,
    setting: Setting<'_>,
    view: &View<'_>,
    column: Rangef,
) {
    let above: Vec<(usize, Laid)> = leaves_above(heights, view)
        .map(|at| (at, cache.lay_out(ui, leaves, at, view.column_px, setting)))
        .collect();
    let mut placed: Vec<Placed> = Vec::new();
    let mut taken: Vec<Rangef> = Vec::new();
    let mut free_px = f32::NEG_INFINITY;
    for (at, laid) in above.iter().chain(view.laid) {
        // Heights of one document differ by less than `f32` can tell within a screen.
        let leaf_px = view.screen_px + (heights.top_px(*at) - view.top_px) as f32;
        let Some(leaf) = leaves.leaves.get(*at) else {
            continue;
        };
        if let LeafKind::Row(found, _) = leaf.kind {
            let row = Rect::from_min_max(
                pos2(pane.column.min, leaf_px),
                pos2(pane.column.max, leaf_px + laid.height_px),
            );
            if table::place(pane, cache, found, row).right() > column.min - space::MEDIUM_PX {
                taken.push(row.y_range());
            }
        }
        if leaf.footnote.is_some() {
            continue;
        }
        let pieces = laid.texts.iter().flat_map(|(prose, _)| &prose.pieces);
        for piece in pieces {
            let PieceRole::Note(number) = piece.role else {
                continue;
            };
            let is_there = placed.iter().any(|note| note.number == number);
            let note = document.footnotes.iter().find(|note| note.number == number);
            let Some(note) = note.filter(|_| !is_there) else {
                continue;
            };
            let statement = pane.places.statement_of_mark(piece.span);
            let galley = lay_out(ui, pane, note, statement, column.span());
            let top_px = (leaf_px + laid.top_of(piece.span)).max(free_px);
            free_px = top_px + galley.size().y + page::NOTE_GAP_PX;
            placed.push(Placed {
                number,
                statement,
                galley,
                top_px,
            });
        }
    }
    let clip = ui.clip_rect();
    for note in placed {
        let size = vec2(column.span(), note.galley.size().y);
        let rect = Rect::from_min_size(pos2(column.min, note.top_px.round()), size);
        let is_free = !taken.iter().any(|taken| taken.intersects(rect.y_range()));
        if is_free && clip.intersects(rect) {
            draw_note(ui, pane, note, rect);
        }
    }
}

fn draw_note(ui: &mut Ui, pane: &mut Pane<'_>, note: Placed, rect: Rect) {
    let item = note.statement.map(|at| Item::Statement(pane.file, at));
    let id = ui.scope_id().with(("margin note", note.number));
    let response = ui.interact(rect, id, Sense::click() - Sense::FOCUSABLE);
    let enabled = ui.is_enabled();
    let label = format!("Note beside the text, {}", note.galley.text());
    response.widget_info(|| WidgetInfo::labeled(Role::Note, enabled, &label));
    if let Some(ground) = item.and_then(|item| draw::ground_of(pane, item)) {
        let grown = rect.expand2(vec2(space::MEDIUM_PX, space::SMALL_PX));
        ui.painter().rect_filled(grown, space::RADIUS_PX, ground);
    }
    ui.painter()
        .galley(rect.min, note.galley, pane.colors.text_weak);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.hovered()
        && let Some(item) = item
    {
        pane.actions.push(Action::Hover(Some(item)));
    }
    if response.clicked() {
        match item {
            Some(item) => pane.actions.push(Action::SelectHere(item)),
            None => pane.go_to = Some(GoTo::Note(note.number)),
        }
    }
}

/// A note as few lines of small type; what does not fit is cut with an ellipsis.
fn lay_out(
    ui: &Ui,
    pane: &Pane<'_>,
    note: &Footnote,
    statement: Option<u32>,
    width_px: f32,
) -> Arc<Galley> {
    let scale = pane.scale;
    let colors = pane.colors;
    let line_px = (page::MARGIN_NOTE_PX * scale * page::SMALL_LINE_HEIGHT).round();
    let format = |font_id: FontId, color| TextFormat {
        font_id,
        color,
        line_height: Some(line_px),
        valign: Align::Center,
        ..TextFormat::default()
    };
    let serif = |italic| Face::serif(false, italic).at(page::MARGIN_NOTE_PX * scale);
    let small = size::CAPTION_PX * scale;
    let mut job = LayoutJob::default();
    job.wrap.max_width = width_px;
    job.wrap.max_rows = page::MARGIN_NOTE_ROWS;
    let number = note.number.to_string();
    job.append(
        &number,
        0.0,
        format(Face::SansMedium.at(small), colors.accent),
    );
    let found = statement.and_then(|at| pane.briefing.statements.get(at as usize));
    let words = match found {
        Some(statement) => statement.footnote.note.as_deref().map(parse::readable),
        None => Some(plain_words(pane, note)),
    };
    if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
        let words = card::sentence_case(&words);
        job.append(&words, space::SMALL_PX, format(serif(false), colors.text));
    }
    for evidence in evidence_of(found) {
        let (source, quote) = evidence_words(pane, evidence);
        let is_first = job.text.len() == number.len();
        let (before, space_px) = if is_first {
            ("", space::SMALL_PX)
        } else {
            ("\n", 0.0)
        };
        let name = format!("{before}{source}");
        job.append(
            &name,
            space_px,
            format(Face::Sans.at(small), colors.text_weak),
        );
        if let Some(quote) = quote {
            let quote = format!(" \u{201c}{quote}\u{201d}");
            job.append(&quote, 0.0, format(serif(true), colors.text));
        }
    }
    ui.painter().layout_job(job)
}

fn evidence_of(statement: Option<&Statement>) -> impl Iterator<Item = &Evidence> {
    let evidence = statement.map(|statement| statement.evidence.as_slice());
    evidence.unwrap_or_default().iter().take(MAX_EVIDENCE)
}

/// The source and the place in it, and the words that stand there.
fn evidence_words<'a>(pane: &'a Pane<'_>, evidence: &'a Evidence) -> (String, Option<&'a str>) {
    let source = evidence
        .source
        .and_then(|at| pane.briefing.sources.get(at as usize));
    let name = |source: &Arc<Source>| {
        let who = source.publisher.as_deref();
        who.unwrap_or_else(|| source.label()).to_owned()
    };
    let mut words = source.map_or_else(|| evidence.key.to_string(), name);
    if let Some(locator) = &evidence.locator {
        words.push_str(", ");
        words.push_str(locator);
    }
    let quote = evidence.quote.as_ref().map(|quote| quote.text.as_str());
    (words, quote)
}

/// The words of a footnote that is no evidence.
fn plain_words(pane: &Pane<'_>, note: &Footnote) -> String {
    let words = pane.briefing.words(note.span);
    let words = words.split_once("]:").map_or(words, |(_, note)| note);
    parse::readable(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_stand_beside_the_text_when_there_is_room() {
        let wide = Columns::new(1_000.0, 540.0, 44.0, true);
        let notes = wide.notes.expect("room for notes");
        assert!(notes.min >= wide.text_px + 540.0 + page::NOTE_GUTTER_PX - 0.5);
        assert!(notes.max <= 1_000.0 - 44.0 + 0.5);
        assert!(notes.span() >= page::NOTE_LEAST_PX);
    }

    #[test]
    fn without_room_or_notes_the_text_stands_in_the_middle() {
        for (room_px, has_notes) in [(700.0, true), (1_000.0, false)] {
            let columns = Columns::new(room_px, 540.0, 44.0, has_notes);
            assert_eq!(columns.notes, None);
            assert_eq!(columns.text_px, ((room_px - 540.0) / 2.0).round());
        }
        let tiny = Columns::new(100.0, 120.0, 28.0, true);
        assert_eq!(tiny.text_px, 0.0);
    }
}
