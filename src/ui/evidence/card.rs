//! One card a piece of evidence: what the source is, what it says, and whether the words stand there.

mod about;
mod quote;

pub(crate) use about::source_who;
pub(super) use about::{source_caption, source_line, source_notes};

use super::mark::{level_color, paint_level};
use super::{caption, pages};
use crate::evidence::Checked;
use crate::model::{Evidence, EvidenceOwner, FileId, Item, Relation, Source};
use crate::state::{Action, EvidenceRef, State};
use crate::ui::theme::{self, Face, Palette, palette, size, space};
use egui::{Button, Frame, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo};

/// At most this many cards are shown; every frame lays them out.
const MAX_CARDS: usize = 60;

/// All cards of one owner.
pub(super) fn cards(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    owner: EvidenceOwner,
    actions: &mut Vec<Action>,
) {
    let count = state
        .library
        .briefing(file)
        .and_then(|briefing| crate::state::evidence_of(briefing, owner))
        .map_or(0, <[Evidence]>::len);
    for (index, _) in (0..).zip(0..count.min(MAX_CARDS)) {
        card(ui, state, EvidenceRef { file, owner, index }, actions);
    }
    pages::further(ui, count, MAX_CARDS);
}

/// One card. A click on it opens the copy at the quote.
pub(super) fn card(ui: &mut Ui, state: &State, at: EvidenceRef, actions: &mut Vec<Action>) {
    let Some(evidence) = state.evidence(at) else {
        return;
    };
    let source_at = evidence.source;
    let source = source_at.and_then(|index| state.library.source(at.file, index));
    let item = source_at.map(|index| Item::Source(at.file, index));
    let checked = state.checked(at);
    let colors = palette(ui);
    ui.add_space(space::SMALL_PX);
    let id = ui.scope_id().with(("card", at));
    let card = ui.scope_builder(UiBuilder::new().scope_id(id).sense(Sense::click()), |ui| {
        let response = ui.response();
        let outline = if response.has_focus() {
            Stroke::new(theme::space::LINE_BOLD_PX, colors.accent)
        } else if response.hovered() || item.is_some_and(|item| state.hovered.contains(item)) {
            Stroke::new(theme::space::HAIRLINE_PX, colors.outline)
        } else {
            Stroke::new(theme::space::HAIRLINE_PX, colors.rule)
        };
        Frame::NONE
            .fill(colors.card)
            .stroke(outline)
            .corner_radius(space::RADIUS_PX)
            .inner_margin(theme::margin(space::WIDE_PX))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                contents(ui, state, at, evidence, source, checked, actions);
            });
    });
    let response = card.response;
    let label = accessible_label(evidence, source, checked);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.clicked() {
        actions.push(Action::OpenEvidence(at));
    }
    if response.hovered()
        && let Some(item) = item
    {
        actions.push(Action::Hover(Some(item)));
    }
}

fn accessible_label(
    evidence: &Evidence,
    source: Option<&Source>,
    checked: Option<&Checked>,
) -> String {
    let source = source.map_or(evidence.key.as_str(), Source::label);
    let verdict = checked.map_or("being checked", |checked| checked.verdict.label());
    let quote = evidence
        .quote
        .as_ref()
        .map(|quote| format!(", “{}”", quote.text));
    format!(
        "{} {source}{}, {verdict}",
        relation_words(evidence.relation),
        quote.unwrap_or_default()
    )
}

/// How a source bears on the statement, in a reader's words.
pub(super) fn relation_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Supports => "Supported by",
        Relation::Says => "Said in",
        Relation::Confirms => "Confirmed by",
        Relation::Differs => "Told differently by",
        Relation::Contradicts => "Contradicted by",
        Relation::Mentions => "See also",
        Relation::Silent => "Not mentioned in",
        Relation::Updates => "Brought up to date by",
        Relation::Because => "Because of",
        Relation::Assumes => "Assuming",
    }
}

fn contents(
    ui: &mut Ui,
    state: &State,
    at: EvidenceRef,
    evidence: &Evidence,
    source: Option<&Source>,
    checked: Option<&Checked>,
    actions: &mut Vec<Action>,
) {
    let colors = palette(ui);
    ui.horizontal(|ui| {
        let relation = match evidence.relation {
            Relation::Contradicts => colors.bad,
            Relation::Differs => colors.warn,
            _ => colors.text_weak,
        };
        ui.label(
            RichText::new(relation_words(evidence.relation))
                .font(Face::SansMedium.at(size::CAPTION_PX))
                .color(relation),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            verdict_badge(ui, checked, colors);
        });
    });
    about::title(ui, evidence, source);
    match source {
        Some(source) => {
            source_line(ui, source);
            for note in source_notes(source) {
                caption(ui, note);
            }
        }
        None => {
            ui.label(RichText::new("No source is defined under this key").color(colors.bad));
        }
    }
    about::said_line(ui, evidence);
    if let Some(quote) = &evidence.quote {
        quote::quote_block(ui, state, at, quote, checked);
    }
    if !evidence.details.silent_on.is_empty() {
        quote::silence_block(ui, state, at, &evidence.details.silent_on, checked);
    }
    buttons(ui, state, at, evidence, source, checked, actions);
}

fn verdict_badge(ui: &mut Ui, checked: Option<&Checked>, colors: &Palette) {
    let Some(checked) = checked else {
        caption(ui, "Being checked");
        return;
    };
    let level = checked.level();
    let label = RichText::new(checked.verdict.label())
        .font(Face::SansMedium.at(size::CAPTION_PX))
        .color(level_color(colors, level));
    ui.label(label).on_hover_text(checked.verdict.meaning());
    let (rect, response) = ui.allocate_exact_size(theme::evidence::MARK_SIDES_PX, Sense::hover());
    paint_level(ui.painter(), rect, level, colors);
    response.on_hover_text(checked.verdict.meaning());
}

fn buttons(
    ui: &mut Ui,
    state: &State,
    at: EvidenceRef,
    evidence: &Evidence,
    source: Option<&Source>,
    checked: Option<&Checked>,
    actions: &mut Vec<Action>,
) {
    let Some(source) = source else { return };
    let item = evidence.source.map(|index| Item::Source(at.file, index));
    ui.add_space(space::SMALL_PX);
    ui.horizontal_wrapped(|ui| {
        if source.copy.is_some() && ui.add(Button::new("Open copy").small()).clicked() {
            actions.push(Action::OpenEvidence(at));
        }
        if let Some(address) = source.address() {
            let button = ui
                .add(Button::new("Open address…").small())
                .on_hover_text(about::host(address));
            if button.clicked() {
                let there = passage_address(state, at, evidence, checked, address);
                actions.push(Action::AskAddress(
                    there.unwrap_or_else(|| address.to_owned()),
                ));
            }
        }
        if let Some(item) = item
            && ui.add(Button::new("About this source").small()).clicked()
        {
            actions.push(Action::Select(item));
        }
        let citation = ui
            .add(Button::new("Copy citation").small())
            .on_hover_text("Copy the quote and its source as Markdown");
        if citation.clicked()
            && let Some(text) = state.citation_of(at)
        {
            actions.push(Action::CopyText(text));
            actions.push(Action::Answer("Citation copied".to_owned()));
        }
    });
}

/// The address at the quoted words, when they were found in the copy.
fn passage_address(
    state: &State,
    at: EvidenceRef,
    evidence: &Evidence,
    checked: Option<&Checked>,
    address: &str,
) -> Option<String> {
    let checked = checked.filter(|checked| checked.verdict.is_found())?;
    let found = checked.found.clone()?;
    let copy = state.copy_text(at.file, evidence.source?)?;
    let directive = crate::evidence::text_fragment(copy, found)?;
    Some(crate::evidence::address_at(address, &directive))
}
