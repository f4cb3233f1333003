//! The words of a copy, laid out as far as they are in view; and what pointer and keyboard do with them.

use super::copy_caret::{self, Pages, Wish};
use super::copy_text::{GAP_PX, Marked, byte_in, char_in, cursor_in, job, word_at};
use super::copy_view::CopyView;
use crate::evidence::CopyText;
use crate::state::CopyMark;
use crate::ui::menu;
use crate::ui::theme::{self, palette, space};
use egui::accesskit::{TextPosition, TextSelection};
use egui::emath::TSTransform;
use egui::text::CCursor;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{
    Align, Galley, Id, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};
use std::ops::Range;
use std::sync::Arc;

/// The most characters that egui puts into one piece of text for a screen reader.
const TEXT_RUN_CHARS: usize = 255;

/// What the reader has asked for with pointer or keyboard.
pub(super) enum Picked {
    Nothing,
    /// A click on quoted words.
    Mark(CopyMark),
    CopyWords,
    CopyEvidenceLine,
}

/// The paragraphs in view, with their marks, the selection and the caret.
pub(super) fn show(
    ui: &mut Ui,
    view: &mut CopyView,
    copy: &CopyText,
    marks: &[Marked],
    name: &str,
    takes_focus: bool,
) -> Picked {
    let width_px = (ui.available_width() - space::LARGE_PX).max(80.0);
    view.resize(width_px);
    let words = ui.scope_id().with("words");
    view.words = Some(words);
    ScrollArea::vertical()
        .id_salt("copy")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            let total_px = view.heights.total_px() as f32;
            ui.set_height(total_px);
            let origin = ui.min_rect().min + vec2(space::MEDIUM_PX, 0.0);
            let followed = take_wishes(ui, view, copy, marks, viewport.height());
            scroll(ui, view, copy, marks, origin);
            let galleys = in_view(ui, view, copy, marks, origin, viewport);

            let area = Rect::from_min_size(origin, vec2(width_px, total_px));
            let seen = area.intersect(ui.clip_rect());
            let response = ui.interact(seen, words, Sense::click_and_drag());
            response.widget_info(|| WidgetInfo::labeled(Role::Document, true, name));
            if takes_focus {
                response.request_focus();
            }
            if ui.memory(|memory| memory.has_focus(words)) {
                // Who comes by key begins at the quote.
                if view.selection.is_none() {
                    let byte = first_place(&galleys, marks, takes_focus);
                    view.selection = Some((byte, byte));
                }
                copy_caret::hold_focus(ui, words, view.selected().is_some());
            }
            let clicked = select_words(view, copy, &galleys, &response).or(followed);
            paint(ui, view, copy, &galleys, &response);
            tell(ui, view, copy, &galleys, words);

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
            menu::context(&response, |ui| {
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

/// A paragraph in view: where it stands, its layout, its bytes.
type Placed = (Pos2, Arc<Galley>, Range<usize>);

fn lay_out(
    ui: &Ui,
    view: &CopyView,
    copy: &CopyText,
    marks: &[Marked],
    range: &Range<usize>,
) -> Arc<Galley> {
    let (text, colors) = (copy.text(), palette(ui));
    let job = job(text, range, marks, view.selected(), colors, view.width_px());
    ui.painter().layout_job(job)
}

/// Does what the keys ask; the byte of the caret where its quote is asked for.
fn take_wishes(
    ui: &Ui,
    view: &mut CopyView,
    copy: &CopyText,
    marks: &[Marked],
    page_px: f32,
) -> Option<usize> {
    let mut followed = None;
    for wish in std::mem::take(&mut view.wishes) {
        let (text, colors, width_px) = (copy.text(), palette(ui), view.width_px());
        let plain = |range: &Range<usize>| {
            let job = job(text, range, marks, None, colors, width_px);
            ui.painter().layout_job(job)
        };
        let pages = Pages {
            text,
            page_px,
            lay_out: &plain,
        };
        copy_caret::obey(view, &pages, wish);
        if wish == Wish::Follow {
            followed = Some(view.caret().byte);
        }
    }
    followed
}

/// Brings the passage that was asked for into the middle, and the caret into view.
fn scroll(ui: &Ui, view: &mut CopyView, copy: &CopyText, marks: &[Marked], origin: Pos2) {
    let passage = view.scroll_to.take();
    let brings_caret = std::mem::take(&mut view.bring_caret);
    let (byte, align) = match passage {
        Some(byte) => (byte, Some(Align::Center)),
        None if brings_caret => (view.caret().byte, None),
        None => return,
    };
    let at = view.paragraph_at(byte);
    let Some(range) = view.paragraphs.get(at).cloned() else {
        return;
    };
    let galley = lay_out(ui, view, copy, marks, &range);
    let cursor = match passage {
        Some(byte) => CCursor::new(char_in(copy.text(), &range, byte)),
        None => cursor_in(copy.text(), &range, view.caret()),
    };
    view.heights.measure(at, galley.size().y + GAP_PX);
    let position = origin + vec2(0.0, view.heights.top_px(at) as f32);
    let there = galley.pos_from_cursor(cursor).translate(position.to_vec2());
    ui.scroll_to_rect(there, align);
}

/// Lays out what is in view. The work of a frame follows that, however long the copy is.
fn in_view(
    ui: &Ui,
    view: &mut CopyView,
    copy: &CopyText,
    marks: &[Marked],
    origin: Pos2,
    viewport: Rect,
) -> Vec<Placed> {
    let first = view.heights.leaf_at(f64::from(viewport.top()));
    let mut y = view.heights.top_px(first) as f32;
    let mut galleys = Vec::new();
    for at in first..view.paragraphs.len() {
        let Some(range) = view.paragraphs.get(at).cloned() else {
            break;
        };
        if y > viewport.bottom() {
            break;
        }
        let galley = lay_out(ui, view, copy, marks, &range);
        let height_px = galley.size().y + GAP_PX;
        view.heights.measure(at, height_px);
        galleys.push((origin + vec2(0.0, y), galley, range));
        y += height_px;
    }
    galleys
}

/// Where the caret begins: at the present quote; for those who have scrolled away from it, at the first words in view.
fn first_place(galleys: &[Placed], marks: &[Marked], asked_for: bool) -> usize {
    let seen = |byte: usize| {
        let mut ranges = galleys.iter().map(|(_, _, range)| range);
        ranges.any(|range| range.contains(&byte))
    };
    let present = marks.iter().find(|marked| marked.present);
    present
        .map(|marked| marked.mark.range.start)
        .filter(|&byte| asked_for || seen(byte))
        .or_else(|| galleys.first().map(|(_, _, range)| range.start))
        .unwrap_or_default()
}

fn paint(ui: &Ui, view: &CopyView, copy: &CopyText, galleys: &[Placed], response: &egui::Response) {
    let colors = palette(ui);
    for (position, galley, _) in galleys {
        let galley = Arc::clone(galley);
        ui.painter().galley(*position, galley, colors.text);
    }
    if !response.has_focus() {
        return;
    }
    // Beside the words, and within what is seen.
    let around = response.rect.expand2(vec2(space::MEDIUM_PX, 0.0));
    let ring = around
        .intersect(ui.clip_rect())
        .shrink(space::FOCUS_RING_PX + 1.0);
    theme::focus_ring(ui.painter(), ring);
    let caret = view.caret();
    let at = view.paragraph_at(caret.byte);
    let here = view.paragraphs.get(at).and_then(|range| {
        let mut galleys = galleys.iter();
        galleys.find(|(_, _, placed)| placed == range)
    });
    // It does not blink: a window in which nothing happens draws nothing.
    if let Some((position, galley, range)) = here {
        let cursor = cursor_in(copy.text(), range, caret);
        let place = galley.pos_from_cursor(cursor).translate(position.to_vec2());
        let line = Stroke::new(space::LINE_BOLD_PX, colors.accent);
        ui.painter().vline(place.center().x, place.y_range(), line);
    }
}

/// Gives the words, and what of them is selected, to a screen reader.
fn tell(ui: &mut Ui, view: &CopyView, copy: &CopyText, galleys: &[Placed], words: Id) {
    for (position, galley, range) in galleys {
        let id = words.with(range.start);
        let rect = Rect::from_min_size(*position, galley.size());
        let builder = UiBuilder::new()
            .scope_id(id)
            .max_rect(rect)
            .accessibility_parent(words)
            .accessibility_role(egui::accesskit::Role::Paragraph)
            .accessibility_label(galley.text());
        let mut paragraph = ui.new_child(builder);
        paragraph.expand_to_include_rect(rect);
        let there = TSTransform::from_translation(position.to_vec2());
        update_accesskit_for_text_widget(ui.ctx(), id, None, there, galley);
    }
    let Some((anchor, _)) = view.selection else {
        return;
    };
    let caret = view.caret();
    let position = |byte: usize, at_row_end: bool| -> Option<TextPosition> {
        // What was scrolled away is taken to be at the edge of what is seen.
        let placed = galleys
            .iter()
            .find(|(_, _, range)| byte <= range.end)
            .or(galleys.last())?;
        let (_, galley, range) = placed;
        let caret = copy_caret::Caret { byte, at_row_end };
        let place = galley.layout_from_cursor(cursor_in(copy.text(), range, caret));
        // As egui names the pieces of a row; a place between two pieces is the end of the first.
        let column = place.column.0;
        let piece = column.saturating_sub(1) / TEXT_RUN_CHARS;
        Some(TextPosition {
            node: words
                .with(range.start)
                .with(place.row)
                .with(piece)
                .accesskit_id(),
            character_index: column - piece * TEXT_RUN_CHARS,
        })
    };
    let ends = (
        position(anchor, false),
        position(caret.byte, caret.at_row_end),
    );
    ui.accesskit_node_builder(words, |node| {
        node.set_read_only();
        if let (Some(anchor), Some(focus)) = ends {
            node.set_text_selection(TextSelection { anchor, focus });
        }
    });
}

/// A drag selects words, a double click one word, a click with Shift up to there; a click alone places the caret:
/// then it is the byte that was clicked.
fn select_words(
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
        Some(byte_in(copy.text(), range, cursor))
    };
    let pointer = response.interact_pointer_pos()?;
    view.at_row_end = false;
    view.goal_x_px = None;
    let (press_origin, extend) = response
        .ctx
        .input(|input| (input.pointer.press_origin(), input.modifiers.shift));
    if response.double_clicked() {
        view.selection = byte_at(pointer).and_then(|byte| word_at(copy.text(), byte));
    } else if response.clicked() {
        response.request_focus();
        let byte = byte_at(pointer)?;
        let anchor = view.selection.filter(|_| extend);
        view.selection = Some((anchor.map_or(byte, |(from, _)| from), byte));
        return (!extend).then_some(byte);
    } else if response.drag_started() {
        response.request_focus();
        let start = press_origin.unwrap_or(pointer);
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
                    show(ui, view, &copy, &[], "Copy of a long report", false);
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
