//! The words of a copy, laid out as far as they are in view; and what the pointer does with them.

use super::copy_text::{GAP_PX, Marked, char_in, job, word_at};
use super::copy_view::CopyView;
use crate::evidence::CopyText;
use crate::state::CopyMark;
use crate::ui::theme::{palette, space};
use egui::text::CCursor;
use egui::{Align, Key, Pos2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use std::ops::Range;
use std::sync::Arc;

/// What the reader has asked for with the pointer.
pub(super) enum Picked {
    Nothing,
    /// A click on quoted words.
    Mark(CopyMark),
    CopyWords,
    CopyEvidenceLine,
}

/// The paragraphs in view, with their marks and the selection.
pub(super) fn show(ui: &mut Ui, view: &mut CopyView, copy: &CopyText, marks: &[Marked]) -> Picked {
    let colors = palette(ui);
    let width_px = (ui.available_width() - space::LARGE_PX).max(80.0);
    view.resize(width_px);
    ScrollArea::vertical()
        .id_salt("copy")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            let total_px = view.heights.total_px() as f32;
            ui.set_height(total_px);
            let origin = ui.min_rect().min + vec2(space::MEDIUM_PX, 0.0);
            let selected = view.selected();
            let lay_out = |ui: &Ui, range: &Range<usize>| {
                let text = copy.text();
                let job = job(text, range, marks, selected.clone(), colors, width_px);
                ui.painter().layout_job(job)
            };
            if let Some(byte) = view.scroll_to.take() {
                let at = view.paragraph_at(byte);
                if let Some(range) = view.paragraphs.get(at) {
                    let galley = lay_out(ui, range);
                    let cursor = CCursor::new(char_in(copy.text(), range, byte));
                    view.heights.measure(at, galley.size().y + GAP_PX);
                    let position = origin + vec2(0.0, view.heights.top_px(at) as f32);
                    let there = galley.pos_from_cursor(cursor).translate(position.to_vec2());
                    ui.scroll_to_rect(there, Some(Align::Center));
                }
            }
            // The work of a frame follows what is in view, however long the copy is.
            let first = view.heights.leaf_at(f64::from(viewport.top()));
            let mut y = view.heights.top_px(first) as f32;
            let mut galleys = Vec::new();
            for (at, range) in view.paragraphs.iter().enumerate().skip(first) {
                if y > viewport.bottom() {
                    break;
                }
                let galley = lay_out(ui, range);
                let height_px = galley.size().y + GAP_PX;
                view.heights.measure(at, height_px);
                galleys.push((origin + vec2(0.0, y), galley, range.clone()));
                y += height_px;
            }
            let area = Rect::from_min_size(origin, vec2(width_px, total_px));
            let response = ui.interact(
                area.intersect(ui.clip_rect()),
                ui.scope_id().with("words"),
                Sense::click_and_drag(),
            );
            let words = galleys
                .iter()
                .map(|(_, galley, _)| galley.text())
                .collect::<Vec<_>>()
                .join("\n");
            response.widget_info(|| WidgetInfo::labeled(Role::Document, true, &words));
            let clicked = select_words(ui, view, copy, &galleys, &response);
            for (position, galley, _) in galleys {
                ui.painter().galley(position, galley, colors.text);
            }
            let mut picked = Picked::Nothing;
            // Of marks that lie over each other the shortest is meant.
            let under = |byte: usize| {
                let marks = marks.iter().map(|marked| &marked.mark);
                let here = marks.filter(|mark| mark.range.contains(&byte));
                here.min_by_key(|mark| mark.range.len())
            };
            if let Some(mark) = clicked.and_then(under) {
                picked = Picked::Mark(mark.clone());
            }
            let has_words = view.selected().is_some();
            response.context_menu(|ui| {
                for (name, choice) in [
                    ("Copy words", Picked::CopyWords),
                    ("Copy as evidence line", Picked::CopyEvidenceLine),
                ] {
                    let button = ui
                        .add_enabled(has_words, egui::Button::new(name))
                        .on_disabled_hover_text("Select words of the copy first");
                    if button.clicked() {
                        picked = choice;
                        ui.close();
                    }
                }
            });
            picked
        })
        .inner
}

type Placed = (Pos2, Arc<egui::Galley>, Range<usize>);

/// A drag selects words, a double click one word, a click nothing: then it is the byte that was clicked.
fn select_words(
    ui: &Ui,
    view: &mut CopyView,
    copy: &CopyText,
    galleys: &[Placed],
    response: &egui::Response,
) -> Option<usize> {
    let byte_at = |pointer: Pos2| -> Option<usize> {
        let (position, galley, range) = galleys
            .iter()
            .find(|(position, galley, _)| pointer.y < position.y + galley.size().y + GAP_PX)
            .or(galleys.last())?;
        let cursor = galley.cursor_from_pos(pointer - *position);
        let words = copy.text().get(range.clone())?;
        let offset = words
            .char_indices()
            .nth(cursor.index.0)
            .map_or(words.len(), |(at, _)| at);
        Some(range.start + offset)
    };
    if response.hovered() && ui.input(|input| input.key_pressed(Key::Escape)) {
        view.selection = None;
    }
    let pointer = response.interact_pointer_pos()?;
    if response.double_clicked() {
        view.selection = byte_at(pointer).and_then(|byte| word_at(copy.text(), byte));
    } else if response.clicked() {
        view.selection = None;
        return byte_at(pointer);
    } else if response.drag_started() {
        let start = ui
            .input(|input| input.pointer.press_origin())
            .unwrap_or(pointer);
        view.selection = byte_at(start).map(|byte| (byte, byte));
    } else if response.dragged()
        && let (Some((from, _)), Some(to)) = (view.selection, byte_at(pointer))
    {
        view.selection = Some((from, to));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::copy_text::paragraphs;
    use super::*;
    use egui_kittest::Harness;

    #[test]
    fn a_copy_of_a_million_lines_is_laid_out_only_where_it_is_in_view() {
        let text = "A line.\n".repeat(1_000_000);
        let middle = text.len() / 2;
        let copy = CopyText::from_text(&text);
        let mut view = CopyView::default();
        view.paragraphs = paragraphs(&text);
        view.scroll_to = Some(middle);
        let mut harness = Harness::builder()
            .with_size(vec2(400.0, 600.0))
            .with_max_steps(20)
            .build_ui_state(
                |ui, (has_fonts, view): &mut (bool, CopyView)| {
                    if !std::mem::replace(has_fonts, true) {
                        // Fonts are there from the next frame on.
                        crate::ui::theme::install(ui.ctx());
                        ui.request_repaint();
                        return;
                    }
                    show(ui, view, &copy, &[]);
                },
                (false, view),
            );
        harness.run();
        let (_, view) = harness.state();
        // What fits on this screen at the top and at the passage, with room for the steps of the way there.
        let measured = view.heights.measured_count();
        assert!((20..400).contains(&measured), "{measured} of a million");
        assert!(view.heights.is_measured(view.paragraph_at(middle)));
    }
}
