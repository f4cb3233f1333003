//! The card that opens over a mark: what the statement rests on, without leaving the line.

use super::draw::Pane;
use super::places::Target;
use crate::model::{Document, Evidence, Statement};
use crate::parse;
use crate::text::Text;
use crate::ui::theme::{Face, page, size, space};
use egui::{Id, Rect, RichText, Tooltip, Ui};

/// How much of it the card shows; the evidence pane has the rest.
const MAX_EVIDENCE: usize = 4;

pub(super) fn show(
    ui: &Ui,
    pane: &Pane<'_>,
    document: Option<&Document>,
    target: &Target,
    at: Rect,
) {
    let id = Id::unique("mark card");
    let card = || {
        Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, at)
            .width(page::CARD_PX)
            .accessible_name("Evidence")
    };
    match target {
        Target::Mark(statement) => {
            if let Some(statement) = pane.briefing.statements.get(*statement as usize) {
                card().show(|ui| statement_card(ui, pane, statement));
            }
        }
        Target::Note(number) => {
            let note = document.and_then(|document| {
                let mut notes = document.footnotes.iter();
                notes.find(|note| note.number == *number)
            });
            if let Some(note) = note {
                card().show(|ui| {
                    ui.set_max_width(page::CARD_PX);
                    let words = pane.briefing.words(note.span);
                    let words = words.split_once("]:").map_or(words, |(_, note)| note);
                    ui.label(serif(&parse::readable(words), false));
                });
            }
        }
        Target::Link(crate::model::LinkTarget::Address(address)) => {
            card().show(|ui| ui.label(caption(pane, address)));
        }
        _ => {}
    }
}

fn statement_card(ui: &mut Ui, pane: &Pane<'_>, statement: &Statement) {
    ui.set_max_width(page::CARD_PX);
    ui.spacing_mut().item_spacing.y = space::SMALL_PX;
    if let Some(grade) = &statement.footnote.grade {
        let mut words = vec![sentence_case(grade.kind.as_str())];
        words.extend(grade.likelihood.as_ref().map(Text::to_string));
        words.extend(
            grade
                .confidence
                .as_ref()
                .map(|level| format!("{level} confidence")),
        );
        ui.label(caption(pane, &words.join(", ")));
    }
    if let Some(note) = &statement.footnote.note {
        ui.label(serif(&parse::readable(note), false));
    }
    for evidence in statement.evidence.iter().take(MAX_EVIDENCE) {
        ui.add_space(space::SMALL_PX);
        evidence_lines(ui, pane, evidence);
    }
    match statement.evidence.len().checked_sub(MAX_EVIDENCE) {
        None | Some(0) => {}
        Some(more) => {
            ui.label(caption(pane, &format!("and {more} more")));
        }
    }
}

fn evidence_lines(ui: &mut Ui, pane: &Pane<'_>, evidence: &Evidence) {
    let source = evidence
        .source
        .and_then(|at| pane.briefing.sources.get(at as usize));
    let name = source.map_or(evidence.key.as_str(), |source| source.label());
    ui.label(
        RichText::new(name)
            .font(Face::SansMedium.at(size::UI_PX))
            .color(pane.colors.text),
    );
    let mut details = vec![evidence.relation.as_str().to_owned()];
    details.extend(evidence.locator.as_ref().map(Text::to_string));
    details.extend(evidence.details.by.as_ref().map(|by| format!("by {by}")));
    details.extend(source.and_then(|source| source.publisher.as_ref().map(Text::to_string)));
    details.extend(source.and_then(|source| Some(source.date.as_ref()?.in_words())));
    details.extend(evidence.details.grade.as_ref().map(Text::to_string));
    if source.is_none() {
        details.push("not defined".to_owned());
    }
    ui.label(caption(pane, &crate::ui::dotted(&details)));
    if let Some(quote) = &evidence.quote {
        ui.label(serif(&format!("\u{201c}{}\u{201d}", quote.text), true));
        if let Some(translation) = &quote.details.translation {
            ui.label(serif(&format!("\u{201c}{translation}\u{201d}"), false));
        }
    }
    if !evidence.details.silent_on.is_empty() {
        let words = evidence.details.silent_on.join(", ");
        ui.label(caption(pane, &format!("no word of {words}")));
    }
}

pub(super) fn sentence_case(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn serif(text: &str, italic: bool) -> RichText {
    RichText::new(text).font(Face::serif(false, italic).at(page::SMALL_PX))
}

fn caption(pane: &Pane<'_>, text: &str) -> RichText {
    RichText::new(text)
        .font(Face::Sans.at(size::CAPTION_PX))
        .color(pane.colors.text_weak)
}
