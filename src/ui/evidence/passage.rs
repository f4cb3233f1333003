//! Quoted words in the sentence where they stand in the copy, with the difference marked word by word.

use crate::evidence::{Checked, CopyText, DiffKind, Verdict, sentence_around};
use crate::ui::theme::{self, Face, Palette, size};
use egui::Stroke;
use egui::text::{LayoutJob, TextFormat};
use std::ops::Range;

/// More of a sentence than this before or after the quoted words is cut off; the copy itself shows all.
const MAX_AROUND_CHARS: usize = 260;

/// How a stretch of words is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Of the sentence, but not quoted.
    Around,
    /// Quoted, and as it stands in the copy.
    Quoted,
    /// In the copy, but left out of the quotation.
    Missing,
    /// In the quotation, but not in the copy.
    Added,
}

/// The passage that a check found, or that comes closest, in its sentence; `None` when there is none.
pub(super) fn in_sentence(copy: &CopyText, checked: &Checked) -> Option<Vec<(Look, String)>> {
    let found = checked.passage()?;
    let around = sentence_around(copy, &found);
    let mut pieces = vec![(
        Look::Around,
        cut_start(&evened(copy.words(&(around.start..found.start)))),
    )];
    if !checked.diff.is_empty() {
        for piece in &checked.diff {
            let look = match piece.kind {
                DiffKind::Same => Look::Quoted,
                DiffKind::Missing => Look::Missing,
                DiffKind::Added => Look::Added,
            };
            // Words that stand in each other's place must not run into one another.
            let abuts = look == Look::Added && !piece.text.starts_with(char::is_whitespace);
            if abuts
                && pieces
                    .last()
                    .is_some_and(|(before, _)| *before == Look::Missing)
            {
                pieces.push((Look::Around, " ".to_owned()));
            }
            pieces.push((look, evened(&piece.text)));
        }
    } else {
        // Of a broken silence the first place is shown.
        let parts: &[Range<usize>] = if checked.parts.is_empty() {
            std::slice::from_ref(&found)
        } else {
            &checked.parts
        };
        let mut end = found.start;
        for part in parts {
            pieces.push((Look::Around, evened(copy.words(&(end..part.start)))));
            pieces.push((Look::Quoted, evened(copy.words(part))));
            end = part.end;
        }
    }
    pieces.push((
        Look::Around,
        cut_end(&evened(copy.words(&(found.end..around.end)))),
    ));
    pieces.retain(|(_, words)| !words.is_empty());
    if let Some((_, first)) = pieces.first_mut() {
        first.drain(..first.len() - first.trim_start().len());
    }
    if let Some((_, last)) = pieces.last_mut() {
        last.truncate(last.trim_end().len());
    }
    Some(pieces)
}

/// Words on one line: each run of white space is one space, also at the ends.
fn evened(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            // Signs that are not seen.
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
    }
    line
}

/// The end of long words, from a word on.
fn cut_start(words: &str) -> String {
    let too_many = words.chars().count().saturating_sub(MAX_AROUND_CHARS);
    match words.char_indices().nth(too_many) {
        Some((from, _)) if too_many > 0 => {
            let rest = words.get(from..).unwrap_or_default();
            let word = rest.find(' ').map_or(0, |at| at + 1);
            format!("… {}", rest.get(word..).unwrap_or_default())
        }
        _ => words.to_owned(),
    }
}

/// The start of long words, up to a word.
fn cut_end(words: &str) -> String {
    match words.char_indices().nth(MAX_AROUND_CHARS) {
        Some((to, _)) => {
            let rest = words.get(..to).unwrap_or_default();
            let word = rest.rfind(' ').unwrap_or(rest.len());
            format!("{} …", rest.get(..word).unwrap_or_default())
        }
        None => words.to_owned(),
    }
}

/// The words as they are drawn: what the quotation lacks is underlined, what the copy lacks is struck.
pub(super) fn job(pieces: &[(Look, String)], colors: &Palette) -> LayoutJob {
    let serif = Face::Serif.at(size::UI_TITLE_PX);
    let mut job = LayoutJob::default();
    for (look, words) in pieces {
        let mut format = TextFormat::simple(serif.clone(), colors.text);
        match look {
            Look::Around => format.color = colors.text_weak,
            Look::Quoted => format.background = colors.related,
            Look::Missing => {
                format.color = colors.good;
                format.background = colors.related;
                format.underline = Stroke::new(theme::space::LINE_MEDIUM_PX, colors.good);
            }
            Look::Added => {
                format.color = colors.bad;
                format.strikethrough = Stroke::new(theme::space::LINE_MEDIUM_PX, colors.bad);
            }
        }
        job.append(words, 0.0, format);
    }
    job
}

/// Whether the quotation as the author wrote it must stand beside the passage: the passage alone does not show it.
pub(super) fn needs_quotation(checked: Option<&Checked>) -> bool {
    checked.is_none_or(|checked| {
        checked.found.is_none()
            || matches!(
                checked.verdict,
                Verdict::Elided | Verdict::ElidedAcross | Verdict::NotFound
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Context, check};

    #[track_caller]
    fn shows(copy: &str, quote: &str, expected: &[(Look, &str)]) {
        let copy = CopyText::from_text(copy);
        let checked = check(quote, Some("en"), &copy, &Context::default());
        let found = in_sentence(&copy, &checked).expect("a passage");
        let found: Vec<_> = found
            .iter()
            .map(|(look, it)| (*look, it.as_str()))
            .collect();
        assert_eq!(found, expected, "{checked:?}");
    }

    #[test]
    fn no_space_is_lost_and_none_comes_in() {
        use Look::{Added, Around, Missing, Quoted};
        shows(
            "First. He said: “we\n will   go on”, and left. Then.",
            "we will go on",
            &[
                (Around, "He said: “"),
                (Quoted, "we will go on"),
                (Around, "”, and left."),
            ],
        );
        shows(
            "In all 22 people were freed on that day.",
            "23 people were freed on that day",
            &[
                (Around, "In all "),
                (Missing, "22"),
                (Around, " "),
                (Added, "23"),
                (Quoted, " people were freed on that day"),
                (Around, "."),
            ],
        );
        shows(
            "They agreed, after long talks, to meet.",
            "They agreed … to meet",
            &[
                (Quoted, "They agreed"),
                (Around, ", after long talks, "),
                (Quoted, "to meet"),
                (Around, "."),
            ],
        );
    }

    #[test]
    fn a_very_long_sentence_is_cut_at_words() {
        let copy = format!("{}the words{}.", "before ".repeat(90), " after".repeat(90));
        let copy = CopyText::from_text(&copy);
        let checked = check("the words", None, &copy, &Context::default());
        let found = in_sentence(&copy, &checked).expect("a passage");
        let text: String = found.iter().map(|(_, words)| words.as_str()).collect();
        assert!(
            text.starts_with("… before ") && text.ends_with(" after …"),
            "{text}"
        );
        assert!(text.contains("before the words after"));
        assert!(text.chars().count() < 2 * MAX_AROUND_CHARS + 40);
    }
}
