//! The passage of one event by itself, as large as wanted: what is presented.

use super::draw::Pane;
use super::leaf::{Leaf, LeafKind, Leaves, Style};
use super::paint::{self, Cache};
use super::places::Places;
use super::prose::Setting;
use super::{card, places};
use crate::model::{Block, BlockKind, Briefing, Document, FileId, Run, RunRole};
use crate::span::Span;
use crate::state::{Action, State};
use crate::ui::theme::{self, page};
use egui::{Rangef, Ui, vec2};
use std::sync::Arc;

/// What drawing an excerpt keeps between frames.
#[derive(Default)]
pub(crate) struct ExcerptView {
    open: Option<Open>,
}

struct Open {
    file: FileId,
    passage: Span,
    briefing: Arc<Briefing>,
    document: Arc<Document>,
    places: Places,
    leaves: Leaves,
    cache: Cache,
}

impl ExcerptView {
    /// Draws a passage over the whole width of `ui`; nothing while the document is not laid out yet.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        state: &State,
        (file, passage): (FileId, Span),
        scale: f32,
        actions: &mut Vec<Action>,
    ) {
        let document = state.document.as_ref().filter(|open| open.file == file);
        let Some(document) = document.and_then(|open| open.document.as_ref()) else {
            return;
        };
        let Some(briefing) = state.library.briefing(file) else {
            return;
        };
        let is_same = |open: &Open| {
            open.file == file
                && open.passage == passage
                && Arc::ptr_eq(&open.document, document)
                && Arc::ptr_eq(&open.briefing, briefing)
        };
        if !self.open.as_ref().is_some_and(is_same) {
            let blocks = blocks_within(&document.blocks, passage);
            self.open = Some(Open {
                file,
                passage,
                briefing: Arc::clone(briefing),
                document: Arc::clone(document),
                places: places::Places::new(briefing),
                leaves: Leaves::of_blocks(&blocks),
                cache: Cache::default(),
            });
        }
        if let Some(open) = &mut self.open {
            open.show(ui, state, scale, actions);
        }
    }
}

impl Open {
    fn show(&mut self, ui: &mut Ui, state: &State, scale: f32, actions: &mut Vec<Action>) {
        let colors = theme::palette(ui);
        let Self {
            file,
            briefing,
            document,
            places,
            leaves,
            cache,
            ..
        } = self;
        cache.set_look(colors, scale);
        cache.set_found(state, briefing.lang.as_deref());
        let setting = Setting {
            state,
            file: *file,
            briefing,
            places,
            colors,
            scale,
        };
        let width_px = ui.available_width();
        let origin = ui.available_rect_before_wrap().min;
        let column = Rangef::new(origin.x, origin.x + width_px);
        let mut pane = Pane {
            state,
            file: *file,
            briefing,
            places,
            colors,
            scale,
            column,
            room: column,
            // All of it belongs to the event that is presented.
            shows_related: false,
            passages: &[],
            flash: None,
            actions,
            pointed: None,
            go_to: None,
        };
        let mut y_px = origin.y;
        for at in 0..leaves.leaves.len() {
            let laid = cache.lay_out(ui, leaves, at, width_px, setting);
            paint::leaf(ui, &mut pane, leaves, at, &laid, y_px, cache);
            y_px += laid.height_px;
        }
        if let Some((target, rect)) = &pane.pointed {
            card::show(ui, &pane, Some(document), target, *rect);
        }
        ui.allocate_space(vec2(width_px, y_px - origin.y));
    }
}

impl Leaves {
    /// Blocks alone: no title, no notes, no sources.
    fn of_blocks(blocks: &[Block]) -> Self {
        let mut leaves = Self::plain(blocks);
        // What stands first needs no room above.
        if let Some(first) = leaves.leaves.first_mut() {
            first.gap_px = 0.0;
        }
        let is_empty = |leaf: &Leaf| matches!(&leaf.kind, LeafKind::Prose(Style::Body, runs) if runs.is_empty());
        leaves.leaves.retain(|leaf| !is_empty(leaf));
        leaves
    }
}

/// The blocks of a passage. A paragraph of which only some sentences belong to it is cut to them; the heading that
/// opens the passage is left out, because the event's title stands in its place.
fn blocks_within(blocks: &[Block], passage: Span) -> Vec<Block> {
    let mut found: Vec<Block> = blocks
        .iter()
        .filter_map(|block| within(block, passage))
        .collect();
    if matches!(
        found.first().map(|block| &block.kind),
        Some(BlockKind::Heading { .. })
    ) {
        found.remove(0);
    }
    found
}

fn within(block: &Block, passage: Span) -> Option<Block> {
    if !block.span.overlaps(passage) {
        return None;
    }
    if passage.covers(block.span) {
        return Some(block.clone());
    }
    let kind = match &block.kind {
        BlockKind::Paragraph(runs) => BlockKind::Paragraph(cut(runs, passage)?),
        BlockKind::Quote { alert, blocks } => BlockKind::Quote {
            alert: *alert,
            blocks: blocks
                .iter()
                .filter_map(|block| within(block, passage))
                .collect(),
        },
        BlockKind::List { start, items } => BlockKind::List {
            start: *start,
            items: items
                .iter()
                .filter(|item| item.span.overlaps(passage))
                .cloned()
                .collect(),
        },
        whole => whole.clone(),
    };
    Some(Block {
        span: block.span,
        kind,
    })
}

/// The runs of a passage; words of the file are cut where it begins and ends.
fn cut(runs: &[Run], passage: Span) -> Option<Vec<Run>> {
    let mut found: Vec<Run> = Vec::new();
    for run in runs.iter().filter(|run| run.span.overlaps(passage)) {
        let is_exact = run.text.len() == run.span.len();
        let is_words = matches!(run.role, RunRole::Text | RunRole::Link(_));
        let mut run = run.clone();
        if is_exact && is_words && !passage.covers(run.span) {
            let start = passage.start.max(run.span.start);
            let end = passage.end.min(run.span.end);
            let from = (start - run.span.start) as usize;
            let to = (end - run.span.start) as usize;
            if let Some(text) = run.text.get(from..to) {
                run.text = text.to_owned();
                run.span = Span { start, end };
            }
        }
        found.push(run);
    }
    if let Some(first) = found.first_mut() {
        let trimmed = first.text.trim_start();
        let cut_bytes = u32::try_from(first.text.len() - trimmed.len()).ok()?;
        if first.text.len() == first.span.len() {
            first.span.start += cut_bytes;
        }
        first.text = trimmed.to_owned();
    }
    (!found.is_empty()).then_some(found)
}

/// How much larger than usual text is set when it is presented in a window of this width.
pub(crate) fn scale_for(width_px: f32) -> f32 {
    (width_px / page::PRESENTED_AT_PX).clamp(page::PRESENTED_LEAST, page::PRESENTED_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, start: usize) -> Run {
        Run {
            text: text.to_owned(),
            span: Span::new(start, start + text.len()),
            style: Default::default(),
            role: RunRole::Text,
        }
    }

    fn paragraph(text: &str, start: usize) -> Block {
        Block {
            span: Span::new(start, start + text.len()),
            kind: BlockKind::Paragraph(vec![run(text, start)]),
        }
    }

    fn words(blocks: &[Block]) -> Vec<String> {
        let text = |block: &Block| match &block.kind {
            BlockKind::Paragraph(runs) => runs.iter().map(|run| run.text.as_str()).collect(),
            other => format!("{other:?}"),
        };
        blocks.iter().map(text).collect()
    }

    #[test]
    fn a_sentence_is_cut_out_of_its_paragraph_and_whole_paragraphs_stay_whole() {
        let blocks = [paragraph("One. Two. Three.", 10), paragraph("Four.", 40)];
        let sentence = blocks_within(&blocks, Span::new(14, 19));
        assert_eq!(words(&sentence), ["Two."]);
        let both = blocks_within(&blocks, Span::new(0, 100));
        assert_eq!(words(&both), ["One. Two. Three.", "Four."]);
        assert!(blocks_within(&blocks, Span::new(30, 35)).is_empty());
    }

    #[test]
    fn letters_of_several_bytes_are_not_cut_in_two() {
        let blocks = [paragraph("Київ і Львів", 0)];
        let cut = blocks_within(&blocks, Span::new(0, 9));
        assert_eq!(words(&cut), ["Київ "]);
        let odd = blocks_within(&blocks, Span::new(1, 9));
        assert_eq!(words(&odd), ["Київ і Львів"], "not a boundary: left whole");
    }
}
