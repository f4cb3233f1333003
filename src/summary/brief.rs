//! What the short form shows: two pages, whatever there is.
//!
//! Here everything is bounded that grows with the library, and events are put in the order of their weight; how many of
//! them the second page holds, the template measures.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "constants divided, and room that is held against each length before it is taken"
)]

use super::content::{Abstract, Brief, Summary};
use super::figure::{self, Figure, Mark};
use super::prose::{Paragraph, Words, first_words, plain_paragraphs};
use std::cmp::Reverse;

/// How many events the figure may show: the most that leave it readable on the first page.
const MARKS: [usize; 6] = [24, 20, 16, 14, 11, 8];

/// Up to so many events stand on one strip.
const MOST_ON_ONE_STRIP: usize = 14;

/// A first page without head and margins, in points: the lower one of both papers.
const PAGE_PT: f32 = 660.0;

/// As far as this the figure may be made smaller.
const LEAST_SCALE: f32 = 0.75;

/// More rows than any second page holds.
const MAX_ROWS: usize = 60;

const MAX_TITLE_CHARS: usize = 160;
const MAX_LINE_CHARS: usize = 220;
const MAX_AUTHORS: usize = 6;

/// All abstracts together; each of several gets an equal share.
const MAX_ABSTRACT_CHARS: usize = 1_000;

/// More abstracts would be a line each.
const MAX_ABSTRACTS: usize = 5;

impl Brief {
    /// Chooses from a summary that is whole otherwise. `marks` are its events, in the same order.
    pub(super) fn of(summary: &Summary, marks: &[Mark], width_pt: f32) -> Self {
        let mut ranked: Vec<usize> = (0..summary.events.len()).collect();
        ranked.sort_by_key(|&at| {
            let weight = marks.get(at).map(|mark| mark.weight);
            let sources = summary.events.get(at).map(|event| event.sources.len());
            (Reverse(weight), Reverse(sources), at)
        });
        ranked.truncate(MAX_ROWS);
        let (parts, is_cut) = abstracts(summary);
        let title = first_words(&summary.title, MAX_TITLE_CHARS);
        let room_pt = PAGE_PT - front_pt(&title, &parts);
        let (figure, drawn) = figure_within(marks, &ranked, width_pt, room_pt);
        Self {
            title,
            subtitle: line(summary.subtitle.as_deref()),
            authors: summary.authors.iter().take(MAX_AUTHORS).cloned().collect(),
            selection: line(summary.selection.as_deref()),
            parts,
            is_cut,
            ranked,
            figure,
            drawn,
        }
    }
}

/// About how much of the first page stands above the figure; what is missed, the template makes up for.
fn front_pt(title: &str, parts: &[Abstract]) -> f32 {
    let lines = |chars: usize, a_line: usize, line_pt: f32| chars.div_ceil(a_line) as f32 * line_pt;
    let abstracts: f32 = parts
        .iter()
        .map(|part| {
            let chars = plain_paragraphs(&part.paragraphs).chars().count();
            lines(chars, 85, 18.0) + if parts.len() > 1 { 30.0 } else { 10.0 }
        })
        .sum();
    150.0 + lines(title.chars().count(), 36, 34.0) + abstracts
}

/// The weightiest events, as many as the room lets one read.
fn figure_within(marks: &[Mark], ranked: &[usize], width_pt: f32, room_pt: f32) -> (Figure, usize) {
    let mut built = (Figure::default(), 0);
    for count in MARKS {
        let mut drawn: Vec<usize> = ranked.iter().copied().take(count).collect();
        drawn.sort_unstable();
        let drawn: Vec<Mark> = drawn
            .iter()
            .filter_map(|&at| marks.get(at).cloned())
            .collect();
        // Two strips show more of many events, which as a rule crowd at one end.
        let per_strip = if drawn.len() > MOST_ON_ONE_STRIP {
            drawn.len().div_ceil(2)
        } else {
            drawn.len()
        };
        built = (
            figure::build_in_strips(&drawn, width_pt, per_strip),
            drawn.len(),
        );
        if built.0.height() * LEAST_SCALE <= room_pt {
            break;
        }
    }
    built
}

fn abstracts(summary: &Summary) -> (Vec<Abstract>, bool) {
    let told: Vec<_> = summary
        .parts
        .iter()
        .filter(|part| !part.summary.is_empty())
        .collect();
    let shown = told.len().min(MAX_ABSTRACTS);
    let room = MAX_ABSTRACT_CHARS / shown.max(1);
    let mut is_cut = shown < told.len();
    let mut parts = Vec::with_capacity(shown);
    for part in told.into_iter().take(shown) {
        let (paragraphs, is_whole) = beginning(&part.summary, room);
        is_cut |= !is_whole;
        parts.push(Abstract {
            title: first_words(&part.title, MAX_LINE_CHARS / 2),
            paragraphs,
        });
    }
    (parts, is_cut)
}

/// The first paragraphs, as far as there is room; and whether these are all.
fn beginning(paragraphs: &[Paragraph], mut room_chars: usize) -> (Vec<Paragraph>, bool) {
    let mut begun = Vec::new();
    for paragraph in paragraphs {
        let mut words = Vec::new();
        for piece in &paragraph.words {
            let length = piece.text.chars().count();
            if length > room_chars {
                words.push(Words {
                    text: first_words(&piece.text, room_chars),
                    ..piece.clone()
                });
                begun.push(Paragraph {
                    words,
                    ..paragraph.clone()
                });
                return (begun, false);
            }
            room_chars -= length;
            words.push(piece.clone());
        }
        begun.push(Paragraph {
            words,
            ..paragraph.clone()
        });
    }
    (begun, true)
}

fn line(text: Option<&str>) -> Option<String> {
    text.map(|text| first_words(text, MAX_LINE_CHARS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abstract_says_whether_it_goes_on() {
        let paragraph = |text: &str| Paragraph {
            item: false,
            words: vec![Words::plain(text)],
        };
        let all = [paragraph("One sentence."), paragraph("Another one.")];
        let (begun, is_whole) = beginning(&all, 100);
        assert_eq!((begun.as_slice(), is_whole), (all.as_slice(), true));
        let (begun, is_whole) = beginning(&all, 20);
        assert_eq!(begun[1].words[0].text, "Another…");
        assert!(!is_whole);
    }
}
