//! The caret in the words of a copy: which keys are its own, and where each of them leads.

use super::copy_text::{GAP_PX, byte_in, cursor_in};
use super::copy_view::CopyView;
use crate::ui::keys;
use egui::os::OperatingSystem;
use egui::text::CCursor;
use egui::{EventFilter, Galley, Id, Key, Modifiers, Ui, vec2};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation as _;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Back,
    On,
}

/// How far a key takes the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// What a reader takes for one letter, with its accents.
    Letter,
    Word,
    Row,
    /// To the first or the last place of the row.
    RowEdge,
    Paragraph,
    Page,
    /// To the first or the last place of the copy.
    Copy,
}

/// What a key asks of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Move {
        step: Step,
        way: Way,
        /// Whether the words on the way are selected.
        extend: bool,
    },
    SelectAll,
    /// Selects nothing; the caret stays.
    LetGo,
    /// What a click on the words does: the quote at the caret becomes the present one.
    Follow,
}

/// Where the caret is. Where a row is wrapped, the end of one row and the beginning of the next are the same byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Caret {
    pub byte: usize,
    pub at_row_end: bool,
}

/// Takes the keys of the words out of the input, so that none of them is a command as well.
pub(super) fn take(ui: &Ui, has_words: bool) -> Vec<Wish> {
    let is_mac = ui.ctx().os() == OperatingSystem::Mac;
    let mut wishes = Vec::new();
    keys::take(ui, |key, modifiers| {
        let wish = wish(key, modifiers, is_mac);
        let wish = wish.filter(|wish| has_words || *wish != Wish::LetGo);
        wishes.extend(wish);
        wish.is_some()
    });
    wishes
}

/// As text fields of the system have it.
fn wish(key: Key, modifiers: Modifiers, is_mac: bool) -> Option<Wish> {
    use Step::{Copy, Letter, Page, Paragraph, Row, RowEdge, Word};
    use Way::{Back, On};
    let command = modifiers.command;
    let by_word = if is_mac { modifiers.alt } else { command };
    if modifiers.alt && !is_mac {
        return None;
    }
    let (step, way) = match key {
        Key::ArrowLeft | Key::ArrowRight => {
            let way = if key == Key::ArrowLeft { Back } else { On };
            match (by_word, command) {
                (true, _) => (Word, way),
                (false, true) => (RowEdge, way),
                (false, false) => (Letter, way),
            }
        }
        Key::ArrowUp | Key::ArrowDown => {
            let way = if key == Key::ArrowUp { Back } else { On };
            match (by_word, command) {
                (true, _) => (Paragraph, way),
                (false, true) => (Copy, way),
                (false, false) => (Row, way),
            }
        }
        Key::Home => (if command { Copy } else { RowEdge }, Back),
        Key::End => (if command { Copy } else { RowEdge }, On),
        Key::PageUp => (Page, Back),
        Key::PageDown => (Page, On),
        Key::A if command && !modifiers.shift => return Some(Wish::SelectAll),
        Key::Escape if modifiers.is_none() => return Some(Wish::LetGo),
        Key::Enter if modifiers.is_none() => return Some(Wish::Follow),
        _ => return None,
    };
    Some(Wish::Move {
        step,
        way,
        extend: modifiers.shift,
    })
}

/// Keeps the keys of the words from moving the focus.
pub(super) fn hold_focus(ui: &Ui, words: Id, has_words: bool) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: has_words,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(words, filter));
}

/// The words as they are laid out.
pub(super) struct Pages<'a> {
    pub text: &'a str,
    /// How much of them is seen at once.
    pub page_px: f32,
    pub lay_out: &'a dyn Fn(&Range<usize>) -> Arc<Galley>,
}

/// Does what a key asks, but for following a quote, which is not about the caret.
pub(super) fn obey(view: &mut CopyView, pages: &Pages<'_>, wish: Wish) {
    let (anchor, _) = view.selection.unwrap_or_default();
    match wish {
        Wish::Move { step, way, extend } => {
            let selected = view.selected().filter(|_| !extend);
            let caret = match (step, selected) {
                // A letter on leads out of what was selected, not beyond it.
                (Step::Letter, Some(range)) => Caret {
                    byte: if way == Way::Back {
                        range.start
                    } else {
                        range.end
                    },
                    at_row_end: false,
                },
                _ => pages.moved(view, step, way),
            };
            view.selection = Some((if extend { anchor } else { caret.byte }, caret.byte));
            view.at_row_end = caret.at_row_end;
            view.bring_caret = true;
        }
        Wish::SelectAll => {
            view.selection = Some((0, pages.text.len()));
            view.at_row_end = false;
        }
        Wish::LetGo => {
            let caret = view.caret().byte;
            view.selection = Some((caret, caret));
        }
        Wish::Follow => {}
    }
}

impl Pages<'_> {
    /// Where a step from the caret leads.
    fn moved(&self, view: &mut CopyView, step: Step, way: Way) -> Caret {
        let caret = view.caret();
        let is_vertical = matches!(step, Step::Row | Step::Page);
        if !is_vertical {
            view.goal_x_px = None;
        }
        let byte = match step {
            Step::Letter => letter(self.text, caret.byte, way),
            Step::Word => word(self.text, caret.byte, way),
            Step::Copy if way == Way::Back => 0,
            Step::Copy => self.text.len(),
            Step::Paragraph => {
                let at = view.paragraph_at(caret.byte);
                let start = view.paragraphs.get(at).map_or(0, |range| range.start);
                match way {
                    Way::On => match view.paragraphs.get(at + 1) {
                        Some(next) => next.start,
                        None => self.text.len(),
                    },
                    Way::Back if caret.byte > start => start,
                    Way::Back => view
                        .paragraphs
                        .get(at.saturating_sub(1))
                        .map_or(0, |range| range.start),
                }
            }
            Step::RowEdge => {
                let at = view.paragraph_at(caret.byte);
                let Some(range) = view.paragraphs.get(at) else {
                    return caret;
                };
                let galley = (self.lay_out)(range);
                let cursor = cursor_in(self.text, range, caret);
                let edge = match way {
                    Way::Back => galley.cursor_begin_of_row(&cursor),
                    Way::On => galley.cursor_end_of_row(&cursor),
                };
                return Caret {
                    byte: byte_in(self.text, range, edge),
                    at_row_end: way == Way::On,
                };
            }
            Step::Row | Step::Page => return self.moved_down(view, step, way),
        };
        Caret {
            byte: self.in_a_paragraph(view, byte, way),
            at_row_end: false,
        }
    }

    /// To another row, below or above the same place of this one.
    fn moved_down(&self, view: &mut CopyView, step: Step, way: Way) -> Caret {
        let caret = view.caret();
        let at = view.paragraph_at(caret.byte);
        let Some(range) = view.paragraphs.get(at).cloned() else {
            return caret;
        };
        let galley = self.laid_out(view, at, &range);
        let cursor = cursor_in(self.text, &range, caret);
        let place = galley.pos_from_cursor(cursor);
        let x_px = *view.goal_x_px.get_or_insert(place.center().x);
        if step == Step::Row {
            let row = galley.layout_from_cursor(cursor).row;
            let next = match way {
                Way::Back => row.checked_sub(1),
                Way::On => Some(row + 1).filter(|&next| next < galley.rows.len()),
            };
            if next.is_some() {
                let (found, _) = match way {
                    Way::Back => galley.cursor_up_one_row(&cursor, Some(x_px)),
                    Way::On => galley.cursor_down_one_row(&cursor, Some(x_px)),
                };
                return found_in(self.text, &range, found);
            }
        }
        // In another paragraph: half a row into it, or as far as a page reaches.
        let half_px = 0.5 * place.height();
        let by_px = if step == Step::Page {
            f64::from((self.page_px - 2.0 * half_px).max(place.height()))
        } else {
            f64::from(half_px + GAP_PX + half_px)
        };
        let from_px = view.heights.top_px(at) + f64::from(place.center().y);
        let goal_px = match way {
            Way::Back => from_px - by_px,
            Way::On => from_px + by_px,
        };
        let total_px = view.heights.total_px();
        if goal_px < 0.0 || goal_px >= total_px {
            return Caret {
                byte: if way == Way::Back { 0 } else { self.text.len() },
                at_row_end: false,
            };
        }
        let to = match (step, way) {
            // By one row only into the very next paragraph, however low it is.
            (Step::Row, Way::Back) => at.saturating_sub(1),
            (Step::Row, Way::On) => (at + 1).min(view.paragraphs.len().saturating_sub(1)),
            _ => view.heights.leaf_at(goal_px),
        };
        let Some(range) = view.paragraphs.get(to).cloned() else {
            return caret;
        };
        let galley = self.laid_out(view, to, &range);
        let y_px = match (step, way) {
            (Step::Row, Way::Back) => galley.size().y - half_px,
            (Step::Row, Way::On) => half_px,
            // Less than the height of one paragraph, so nothing is lost.
            _ => (goal_px - view.heights.top_px(to)) as f32,
        };
        let found = galley.cursor_from_pos(vec2(x_px, y_px.min(galley.size().y - 1.0)));
        found_in(self.text, &range, found)
    }

    fn laid_out(&self, view: &mut CopyView, at: usize, range: &Range<usize>) -> Arc<Galley> {
        let galley = (self.lay_out)(range);
        view.heights.measure(at, galley.size().y + GAP_PX);
        galley
    }

    /// Between the signs that end a line there is no place for a caret.
    fn in_a_paragraph(&self, view: &CopyView, byte: usize, way: Way) -> usize {
        let at = view.paragraph_at(byte);
        let Some(range) = view.paragraphs.get(at) else {
            return byte;
        };
        match (way, view.paragraphs.get(at + 1)) {
            _ if byte <= range.end => byte,
            (Way::On, Some(next)) => next.start,
            _ => range.end,
        }
    }
}

fn found_in(text: &str, range: &Range<usize>, cursor: CCursor) -> Caret {
    Caret {
        byte: byte_in(text, range, cursor),
        at_row_end: !cursor.prefer_next_row,
    }
}

/// The place one letter on.
fn letter(text: &str, byte: usize, way: Way) -> usize {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    match way {
        Way::Back => byte - before.graphemes(true).next_back().map_or(0, str::len),
        Way::On => byte + after.graphemes(true).next().map_or(0, str::len),
    }
}

/// The end of the next word, or the beginning of the one before.
fn word(text: &str, byte: usize, way: Way) -> usize {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    match way {
        Way::Back => before
            .unicode_word_indices()
            .next_back()
            .map_or(0, |(at, _)| at),
        Way::On => after
            .unicode_word_indices()
            .next()
            .map_or(text.len(), |(at, word)| byte + at + word.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_of_text_fields_of_the_system() {
        let moves = |key, modifiers, is_mac| match wish(key, modifiers, is_mac) {
            Some(Wish::Move { step, way, extend }) => Some((step, way, extend)),
            _ => None,
        };
        let (none, shift) = (Modifiers::NONE, Modifiers::SHIFT);
        let (ctrl, alt) = (Modifiers::COMMAND, Modifiers::ALT);
        let left = Key::ArrowLeft;
        assert_eq!(
            moves(left, none, false),
            Some((Step::Letter, Way::Back, false))
        );
        assert_eq!(
            moves(left, ctrl | shift, false),
            Some((Step::Word, Way::Back, true))
        );
        assert_eq!(moves(left, alt, true), Some((Step::Word, Way::Back, false)));
        assert_eq!(
            moves(left, ctrl, true),
            Some((Step::RowEdge, Way::Back, false))
        );
        assert_eq!(
            moves(Key::End, ctrl, false),
            Some((Step::Copy, Way::On, false))
        );
        // Alt with an arrow goes back to where the reader was, as everywhere.
        assert_eq!(wish(left, alt, false), None);
        // Letters stay commands: nothing is written here.
        assert_eq!(wish(Key::J, none, false), None);
        assert_eq!(wish(Key::A, ctrl, false), Some(Wish::SelectAll));
    }

    #[test]
    fn a_letter_is_what_a_reader_takes_for_one() {
        let text = "e\u{301}ü\r\n中";
        assert_eq!(letter(text, 0, Way::On), 3);
        assert_eq!(letter(text, 3, Way::Back), 0);
        assert_eq!(letter(text, 5, Way::On), 7);
        assert_eq!(letter(text, 7, Way::Back), 5);
        assert_eq!(letter(text, text.len(), Way::On), text.len());
        assert_eq!(letter(text, 0, Way::Back), 0);
    }

    #[test]
    fn words_are_passed_to_their_far_ends() {
        let text = "the leaders' first step, «Крок»";
        let step = text.find("step").expect("it is there");
        let krok = text.find("Крок").expect("it is there");
        assert_eq!(word(text, step, Way::On), step + "step".len());
        assert_eq!(
            word(text, step + "step".len(), Way::On),
            krok + "Крок".len()
        );
        assert_eq!(word(text, krok, Way::Back), step);
        assert_eq!(word(text, text.len() - 1, Way::On), text.len());
        assert_eq!(word(text, 0, Way::Back), 0);
    }
}
