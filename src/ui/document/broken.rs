//! Hyphens where a word is too long for its line.
//!
//! A line breaks at spaces; a word that is wider than the whole line breaks between any two letters, and nothing would say
//! that it goes on. The hyphen is painted beside the line and is no letter of the text: what is copied, found or read out
//! does not have it.

use crate::ui::theme::palette;
use egui::text::LayoutJob;
use egui::{
    Color32, Galley, Label, Painter, Pos2, Response, RichText, TextStyle, TextWrapMode, Ui,
};
use egui::{WidgetText, vec2};

/// A label on lines of its own, with hyphens where they break a word. `with` says what more the label is.
pub(in crate::ui) fn label(
    ui: &mut Ui,
    text: RichText,
    with: impl FnOnce(Label) -> Label,
) -> Response {
    let room_px = ui.available_width();
    let response = ui.add(with(Label::new(text.clone()).wrap()));
    // The same lines as the label's own, which are kept from frame to frame.
    let wrap = Some(TextWrapMode::Wrap);
    let galley = WidgetText::from(text).into_galley(ui, wrap, room_px, TextStyle::Body);
    let color = palette(ui).text_weak;
    paint(ui.painter(), response.rect.min, &galley, color);
    response
}

/// Paints a hyphen at the end of each line within which a word is broken, as far as the line is in view.
pub(in crate::ui) fn paint(painter: &Painter, at: Pos2, galley: &Galley, color: Color32) {
    let clip = painter.clip_rect();
    for (row, chars) in broken_rows(galley) {
        let Some(row) = galley.rows.get(row) else {
            continue;
        };
        let row_rect = row.rect().translate(at.to_vec2());
        let Some(last) = row.glyphs.last() else {
            continue;
        };
        if !clip.intersects(row_rect.expand2(vec2(row_rect.height(), 0.0))) {
            continue;
        }
        let text = &galley.job.text;
        let byte = text.char_indices().nth(chars).map_or(0, |(byte, _)| byte);
        let section = galley.job.sections.iter();
        let section = section
            .rev()
            .find(|section| section.byte_range.start.0 <= byte);
        let Some(section) = section else { continue };
        let mut format = section.format.clone();
        format.background = Color32::TRANSPARENT;
        format.underline = egui::Stroke::NONE;
        format.color = color;
        let mut hyphen = LayoutJob::default();
        hyphen.append("-", 0.0, format);
        let hyphen = painter.layout_job(hyphen);
        let x = at.x + row.pos.x + last.pos.x + last.advance_width;
        painter.galley(Pos2::new(x, row_rect.top()), hyphen, color);
    }
}

/// The rows within which a word is broken, each with the place of its last letter.
fn broken_rows(galley: &Galley) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut chars = 0;
    for (at, pair) in galley.rows.windows(2).enumerate() {
        let [row, next] = pair else { continue };
        chars += row.char_count_including_newline().0;
        let (last, first) = (row.glyphs.last(), next.glyphs.first());
        let Some((last, first)) = last.zip(first).filter(|_| !row.ends_with_newline) else {
            continue;
        };
        let goes_on = is_letter(last.chr) && is_letter(first.chr);
        if goes_on && is_within_word(&galley.job.text, chars) {
            found.push((at, chars.saturating_sub(1)));
        }
    }
    found
}

/// A letter of a script that knows hyphens, or an accent on it.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && u32::from(letter) < 0x0590
        || matches!(u32::from(letter), 0x0300..=0x036F)
}

/// Whether what stands around a place, from space to space, is a word. An address is none: a hyphen would change it.
fn is_within_word(text: &str, chars: usize) -> bool {
    let byte = text
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| at);
    let (before, after) = text.split_at(byte);
    let begin = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let end = after.split(char::is_whitespace).next().unwrap_or_default();
    // Brackets and stops around a word are no part of it.
    let begin = begin.trim_start_matches(|letter| !is_letter(letter));
    let end = end.trim_end_matches(|letter| !is_letter(letter));
    let mut letters = begin.chars().chain(end.chars());
    letters.all(|letter| is_letter(letter) || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{FontId, vec2};
    use egui_kittest::Harness;

    /// The lines of a text that end within a word.
    fn broken(text: &'static str) -> Vec<String> {
        let harness = Harness::builder()
            .with_size(vec2(300.0, 300.0))
            .allow_missing_glyphs()
            .build_ui_state(
                |ui, lines: &mut Vec<String>| {
                    let font = FontId::monospace(12.0);
                    let job = LayoutJob::simple(text.to_owned(), font, Color32::BLACK, 100.0);
                    let galley = ui.painter().layout_job(job);
                    *lines = broken_rows(&galley)
                        .into_iter()
                        .map(|(row, _)| galley.rows[row].text())
                        .collect();
                },
                Vec::new(),
            );
        harness.state().clone()
    }

    #[test]
    fn a_word_wider_than_its_line_gets_hyphens_and_nothing_else_does() {
        let lines = broken("Die Grundstücksverkehrsgenehmigung wird so.");
        assert!(!lines.is_empty());
        assert!(lines.iter().all(|line| !line.ends_with(' ')), "{lines:?}");
        assert!(!broken("Високопревелебнішими співробітництвами").is_empty());
        assert_eq!(broken("short words only, all of them on lines"), [""; 0]);
        assert_eq!(
            broken("https://example.org/aaaaaaaaaaaaaaaaaaaaaaa"),
            [""; 0]
        );
        assert_eq!(broken("二〇二五年三月十八日二〇二五年三月十八日"), [""; 0]);
        assert_eq!(
            broken("a-very-long-compound-with-hyphens-of-its-own"),
            [""; 0]
        );
    }
}
