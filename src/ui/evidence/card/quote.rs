//! The quotation on a card: in its sentence, with its difference, and with its translation.

use super::super::mark::level_color;
use super::super::pages::sentence_case;
use super::super::{caption, passage};
use crate::evidence::{Checked, Verdict};
use crate::model::Quote;
use crate::state::{EvidenceRef, State};
use crate::text::Text;
use crate::ui::theme::{self, Face, palette, size, space};
use egui::{Frame, Margin, RichText, Stroke, Ui};

/// The bar at the left of a quotation, in the color of its verdict.
const BAR_PX: f32 = theme::evidence::QUOTE_BAR_PX;
const INDENT: Margin = Margin {
    left: 12,
    right: 0,
    top: 0,
    bottom: 0,
};

/// The quote in its sentence where the copy has it or comes close; else as the author wrote it.
pub(super) fn quote_block(
    ui: &mut Ui,
    state: &State,
    at: EvidenceRef,
    quote: &Quote,
    checked: Option<&Checked>,
) {
    barred(ui, checked, |ui| {
        let colors = palette(ui);
        let written = RichText::new(format!("“{}”", quote.text));
        let written = written.font(Face::Serif.at(size::UI_TITLE_PX));
        match passage_of(state, at, checked) {
            None => {
                ui.label(written);
            }
            Some(passage) => {
                if passage::needs_quotation(checked) {
                    ui.label(written);
                    caption(ui, heading(checked));
                }
                ui.label(passage::job(&passage, colors));
            }
        }
        if let Some(translation) = &quote.details.translation {
            let by = quote
                .details
                .translator
                .as_ref()
                .map_or_else(String::new, |by| format!(" (translation: {by})"));
            ui.label(
                RichText::new(format!("“{translation}”{by}"))
                    .font(Face::SerifItalic.at(size::UI_TITLE_PX))
                    .color(colors.text_weak),
            );
        }
        if let Some(checked) = checked {
            meaning_of_difference(ui, checked);
        }
    });
}

/// The words that are said not to occur; and where one does.
pub(super) fn silence_block(
    ui: &mut Ui,
    state: &State,
    at: EvidenceRef,
    words: &[Text],
    checked: Option<&Checked>,
) {
    barred(ui, checked, |ui| {
        ui.label(format!("None of these words: {}", words.join(", ")));
        if let Some(passage) = passage_of(state, at, checked) {
            let places = checked.map_or(0, |checked| checked.occurrences.len());
            caption(
                ui,
                match places {
                    0 | 1 => "But in the copy".to_owned(),
                    _ => format!("But in the copy, the first of {places} places"),
                },
            );
            ui.label(passage::job(&passage, palette(ui)));
        }
    });
}

fn passage_of(
    state: &State,
    at: EvidenceRef,
    checked: Option<&Checked>,
) -> Option<Vec<(passage::Look, String)>> {
    let source = state.evidence(at)?.source?;
    passage::in_sentence(state.copy_text(at.file, source)?, checked?)
}

/// Contents beside a bar in the color of the verdict.
fn barred(ui: &mut Ui, checked: Option<&Checked>, contents: impl FnOnce(&mut Ui)) {
    let colors = palette(ui);
    ui.add_space(space::SMALL_PX);
    let left = ui.cursor().min;
    let inner = Frame::NONE.inner_margin(INDENT).show(ui, contents);
    let bottom = inner.response.rect.bottom();
    let color = checked.map_or(colors.rule, |checked| level_color(colors, checked.level()));
    ui.painter().vline(
        left.x + BAR_PX / 2.0,
        left.y..=bottom,
        Stroke::new(BAR_PX, color),
    );
}

/// What the passage below the quotation is.
fn heading(checked: Option<&Checked>) -> &'static str {
    match checked.map(|checked| checked.verdict) {
        Some(Verdict::NotFound) => "The closest passage, which is not accepted",
        _ => "In the copy",
    }
}

/// Why the difference matters.
fn meaning_of_difference(ui: &mut Ui, checked: &Checked) {
    if checked.diff.is_empty() {
        return;
    }
    if !checked.touched.is_empty() {
        caption(
            ui,
            sentence_case(&crate::evidence::told(&checked.touched).replace('`', "")),
        );
    } else if checked.possibly_altered {
        caption(
            ui,
            "There are no guard words for this language, so it may be altered",
        );
    }
    if checked.verdict != Verdict::NotFound {
        caption(
            ui,
            "Underlined: in the copy. Struck: only in the quotation.",
        );
    }
}
