//! Marks the words that a search has found in the document that is read.

use super::draw::{Canvas, Pane, Place};
use super::prose::Prose;
use crate::library::search::{Found, Matcher};
use crate::state::State;
use crate::ui::theme::{page, space};
use egui::accesskit::Role;
use egui::{Stroke, Ui};
use std::ops::Range;
use std::sync::Arc;

/// Finds the words of the search in the texts of one document.
#[derive(Default)]
pub(super) struct Finder {
    /// What `matcher` was made for.
    found: Option<Arc<Found>>,
    lang: Option<String>,
    matcher: Option<Matcher>,
}

impl Finder {
    /// Takes the search of this frame; true when other words than before are to be marked.
    pub(super) fn take_in(&mut self, state: &State, lang: Option<&str>) -> bool {
        let found = state.search.found.as_ref().filter(|_| state.search.is_on());
        let is_same = match (&self.found, found) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if is_same && self.lang.as_deref() == lang {
            return false;
        }
        self.found = found.cloned();
        self.lang = lang.map(str::to_owned);
        self.matcher = found.map(|found| Matcher::in_prose(&found.query, lang));
        true
    }

    /// The letters of a text that were found.
    pub(super) fn mark(&mut self, prose: &Prose) -> Vec<Range<usize>> {
        let Some(matcher) = &mut self.matcher else {
            return Vec::new();
        };
        let words = prose.words_alone();
        let mut chars = words.char_indices().map(|(at, _)| at).enumerate();
        let mut char_at = |byte: usize| {
            let found = chars.find(|&(_, at)| at >= byte);
            found.map_or_else(|| words.chars().count(), |(char, _)| char)
        };
        let mut found = Vec::new();
        for range in matcher.all(&words) {
            let start = char_at(range.start);
            // The letter at which a match ends may be the one at which the next begins: it is counted, not taken.
            let length = words.get(range).unwrap_or_default().chars().count();
            found.push(start..start + length);
        }
        found
    }
}

/// Draws the marks of one text: a ground and a line, both stronger for the hit that was gone to.
pub(super) fn show(ui: &Ui, pane: &Pane<'_>, place: &Place, canvas: &Canvas<'_>) {
    let prose = canvas.prose;
    if prose.found.is_empty() {
        return;
    }
    let here = pane.state.search.place_in(pane.file);
    let here: Vec<Range<usize>> = here.map_or_else(Vec::new, |span| prose.chars_of(span));
    let first = prose
        .found
        .partition_point(|chars| chars.end <= canvas.visible.start);
    for (at, chars) in prose.found.iter().enumerate().skip(first) {
        if chars.start >= canvas.visible.end {
            break;
        }
        let is_here = here
            .iter()
            .any(|here| here.start < chars.end && chars.start < here.end);
        let (strength, line_px) = if is_here {
            (page::FOUND_HERE_STRENGTH, space::FOCUS_RING_PX)
        } else {
            (page::FOUND_STRENGTH, space::HAIRLINE_PX)
        };
        let color = pane.colors.found;
        let boxes = canvas.boxes_of(chars.clone());
        for (rect, _) in &boxes {
            ui.painter().rect_filled(
                *rect,
                space::HAIRLINE_PX * 2.0,
                color.gamma_multiply(strength),
            );
            let y_px = rect.bottom() - line_px / 2.0;
            ui.painter()
                .hline(rect.x_range(), y_px, Stroke::new(line_px, color));
        }
        let Some((rect, _)) = boxes.first() else {
            continue;
        };
        let words: String = prose
            .job
            .text
            .chars()
            .skip(chars.start)
            .take(chars.len())
            .collect();
        ui.accesskit_node_builder(place.id.with(("found", at)), |node| {
            node.set_role(Role::Mark);
            node.set_label(words);
            node.set_bounds(egui::accesskit::Rect {
                x0: rect.left().into(),
                y0: rect.top().into(),
                x1: rect.right().into(),
                y1: rect.bottom().into(),
            });
            node.set_description(if is_here {
                "Found, and gone to"
            } else {
                "Found"
            });
        });
    }
}
