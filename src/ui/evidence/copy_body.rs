//! The words of a copy, laid out as far as they are in view; and what the pointer does with them.

use super::copy_text::{GAP_PX, LINE_PX, Marked, char_in, job, word_at};
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
            let total_px: f32 = view.heights_px.iter().sum();
            ui.set_height(total_px);
            let origin = ui.min_rect().min + vec2(space::MEDIUM_PX, 0.0);
            let mut galleys = Vec::new();
            let mut y = 0.0;
            let target = view.scroll_to.take();
            for at in 0..view.paragraphs.len() {
                let Some(range) = view.paragraphs.get(at).cloned() else {
                    break;
                };
                let height_px = view.heights_px.get(at).copied().unwrap_or(LINE_PX);
                let visible = y + height_px >= viewport.top() && y <= viewport.bottom();
                let wanted =
                    target.is_some_and(|byte| range.contains(&byte) || range.start == byte);
                if visible || wanted {
                    let job = job(
                        copy.text(),
                        &range,
                        marks,
                        view.selected(),
                        colors,
                        width_px,
                    );
                    let galley = ui.painter().layout_job(job);
                    let exact_px = galley.size().y + GAP_PX;
                    if let Some(height_px) = view.heights_px.get_mut(at) {
                        *height_px = exact_px;
                    }
                    let position = origin + vec2(0.0, y);
                    if wanted {
                        let byte = target.unwrap_or(range.start);
                        let cursor = char_in(copy.text(), &range, byte);
                        let there = galley
                            .pos_from_cursor(CCursor::new(cursor))
                            .translate(position.to_vec2());
                        ui.scroll_to_rect(there, Some(Align::Center));
                    }
                    if visible {
                        galleys.push((position, galley, range));
                    }
                    y += exact_px;
                } else {
                    y += height_px;
                }
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
