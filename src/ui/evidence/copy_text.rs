//! The text of a copy as paragraphs with their marks, and the words in it.

use super::copy_caret::Caret;
use crate::evidence::Level;
use crate::state::CopyMark;
use crate::ui::theme::{self, Face, Palette, size, space};
use egui::Stroke;
use egui::text::{CCursor, LayoutJob, TextFormat};
use std::ops::Range;

pub(super) const LINE_PX: f32 = size::UI_TITLE_PX * size::LINE_HEIGHT;
/// Distance between paragraphs.
pub(super) const GAP_PX: f32 = space::SMALL_PX;

/// A stretch of the copy that is quoted.
pub(super) struct Marked {
    pub mark: CopyMark,
    pub level: Level,
    /// Whether it is the quote that was asked for.
    pub present: bool,
}

/// The lines of the text; a very long line is cut, so that laying out one is always quick.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    const MAX_PARAGRAPH_BYTES: usize = 8 * 1024;
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let mut from = start;
        while end - from > MAX_PARAGRAPH_BYTES {
            let mut cut = from + MAX_PARAGRAPH_BYTES;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            found.push(from..cut);
            from = cut;
        }
        found.push(from..end);
        start += line.len();
    }
    found
}

/// The word around a byte.
pub(super) fn word_at(text: &str, byte: usize) -> Option<(usize, usize)> {
    use unicode_segmentation::UnicodeSegmentation as _;
    // One line is enough: no word goes on in the next.
    let start = text.get(..byte)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text
        .get(byte..)?
        .find('\n')
        .map_or(text.len(), |at| byte + at);
    let line = text.get(start..end)?;
    line.unicode_word_indices()
        .map(|(at, word)| (start + at, start + at + word.len()))
        .find(|&(from, to)| (from..=to).contains(&byte))
}

/// The number of characters between the start of a paragraph and a byte.
pub(super) fn char_in(text: &str, paragraph: &Range<usize>, byte: usize) -> usize {
    text.get(paragraph.start..byte.clamp(paragraph.start, paragraph.end))
        .map_or(0, |before| before.chars().count())
}

/// The place of the caret in the layout of its paragraph.
pub(super) fn cursor_in(text: &str, paragraph: &Range<usize>, caret: Caret) -> CCursor {
    CCursor {
        prefer_next_row: !caret.at_row_end,
        ..CCursor::new(char_in(text, paragraph, caret.byte))
    }
}

/// The byte of the text at a place of the layout of a paragraph.
pub(super) fn byte_in(text: &str, paragraph: &Range<usize>, cursor: CCursor) -> usize {
    let words = text.get(paragraph.clone()).unwrap_or_default();
    let mut chars = words.char_indices();
    let offset = chars.nth(cursor.index.0).map_or(words.len(), |(at, _)| at);
    paragraph.start + offset
}

/// One paragraph with its marks.
pub(super) fn job(
    text: &str,
    paragraph: &Range<usize>,
    marks: &[Marked],
    selection: Option<Range<usize>>,
    colors: &Palette,
    width_px: f32,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width_px;
    let plain = TextFormat {
        line_height: Some(LINE_PX),
        ..TextFormat::simple(Face::Serif.at(size::UI_TITLE_PX), colors.text)
    };
    // The text is cut wherever a mark or the selection begins or ends.
    let mut cuts = vec![paragraph.start, paragraph.end];
    let ranges = marks
        .iter()
        .map(|marked| &marked.mark.range)
        .chain(selection.as_ref());
    for range in ranges {
        cuts.extend(
            [range.start, range.end]
                .into_iter()
                .filter(|cut| paragraph.contains(cut)),
        );
    }
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let [from, to] = *pair else { continue };
        let Some(words) = text.get(from..to) else {
            continue;
        };
        let mut format = plain.clone();
        let covers = |range: &Range<usize>| range.start <= from && to <= range.end;
        let quoted = marks.iter().filter(|marked| covers(&marked.mark.range));
        match quoted.map(|mark| mark.present).max() {
            Some(true) => {
                format.background = colors.selected;
                format.underline = Stroke::new(theme::space::LINE_BOLD_PX, colors.accent);
            }
            Some(false) => format.background = colors.related,
            None => {}
        }
        if selection.as_ref().is_some_and(covers) {
            format.background = colors.accent;
            format.color = colors.on_accent;
        }
        job.append(words, 0.0, format);
    }
    if job.text.is_empty() {
        job.append(" ", 0.0, plain);
    }
    job
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EvidenceOwner, FileId};
    use crate::state::EvidenceRef;

    #[test]
    fn paragraphs_are_lines_and_a_very_long_one_is_cut_between_characters() {
        assert_eq!(paragraphs("ab\r\n\ncd"), [0..2, 4..4, 5..7]);
        let long = "é".repeat(10_000);
        let cut = paragraphs(&long);
        assert!(cut.len() > 1);
        assert!(cut.iter().all(|range| long.get(range.clone()).is_some()));
        assert_eq!(cut.iter().map(Range::len).sum::<usize>(), long.len());
    }

    #[test]
    fn a_double_click_finds_the_word_and_stays_on_its_line() {
        let text = "one two\nдва три";
        let at = text.find("три").expect("it is there");
        let word = word_at(text, at + 2).expect("a word");
        assert_eq!(&text[word.0..word.1], "три");
        assert_eq!(word_at("", 0), None);
    }

    #[test]
    fn marks_and_selection_cut_a_paragraph_without_losing_words() {
        let text = "one two three";
        let marked = |range: Range<usize>, present| Marked {
            mark: CopyMark {
                range,
                evidence: EvidenceRef {
                    file: FileId(0),
                    owner: EvidenceOwner::Event(0),
                    index: 0,
                },
            },
            level: Level::Good,
            present,
        };
        let marks = [marked(4..7, true), marked(0..20, false)];
        let job = job(
            text,
            &(0..13),
            &marks,
            Some(5..9),
            &crate::ui::theme::LIGHT,
            100.0,
        );
        assert_eq!(job.text, text);
        assert_eq!(job.sections.len(), 5);
    }
}
