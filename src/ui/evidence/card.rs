//! One card a piece of evidence: what the source is, what it says, and whether the words stand there.

use super::mark::{level_color, paint_level};
use super::{caption, kind, pages};
use crate::evidence::{Checked, DiffKind, DiffPiece, Verdict};
use crate::model::{Evidence, EvidenceOwner, FileId, Item, Quote, Relation, Source};
use crate::state::{Action, EvidenceRef, State};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Face, Palette, palette, size, space};
use egui::text::{LayoutJob, TextFormat};
use egui::{Button, Frame, Margin, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

/// Side of a source's icon.
const ICON_PX: f32 = 16.0;

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
    for (index, _) in (0..).zip(0..count) {
        card(ui, state, EvidenceRef { file, owner, index }, actions);
    }
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
            Stroke::new(2.0, colors.accent)
        } else if response.hovered() || item.is_some_and(|item| state.hovered.contains(item)) {
            Stroke::new(1.0, colors.outline)
        } else {
            Stroke::new(1.0, colors.rule)
        };
        Frame::NONE
            .fill(colors.card)
            .stroke(outline)
            .corner_radius(space::RADIUS_PX)
            .inner_margin(Margin::same(10))
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
    title(ui, evidence, source);
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
    said_line(ui, evidence);
    if let Some(quote) = &evidence.quote {
        quote_block(ui, state, at, quote, checked, colors);
    }
    if !evidence.silent_on.is_empty() {
        ui.add_space(space::SMALL_PX);
        ui.label(format!(
            "None of these words: {}",
            evidence.silent_on.join(", ")
        ));
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
    let (rect, response) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
    paint_level(ui.painter(), rect, level, colors);
    response.on_hover_text(checked.verdict.meaning());
}

/// What kind of thing the source is, and what it is called.
fn title(ui: &mut Ui, evidence: &Evidence, source: Option<&Source>) {
    let title = source.map_or_else(
        || format!("@{}", evidence.key),
        |source| source.label().to_owned(),
    );
    ui.horizontal_top(|ui| {
        if let Some(source) = source {
            let (icon, words) = kind::icon_of(source);
            let (rect, response) =
                ui.allocate_exact_size(vec2(ICON_PX, ICON_PX + 2.0), Sense::hover());
            icons::paint(ui.painter(), rect, icon, palette(ui).text_weak);
            response.on_hover_text(words);
        }
        ui.vertical(|ui| {
            ui.label(RichText::new(title).font(Face::SansSemibold.at(size::UI_PX)));
        });
    });
}

/// Publisher, date, kind and reliability in one line.
pub(super) fn source_caption(source: &Source) -> String {
    let who = source
        .publisher
        .clone()
        .or_else(|| (!source.authors.is_empty()).then(|| source.authors.join(", ")));
    let parts = [
        who.filter(|who| who != source.label()),
        source.date.as_ref().map(|date| date.in_words()),
        source
            .genre
            .clone()
            .or_else(|| (!source.entry_type.is_empty()).then(|| source.entry_type.clone())),
        source.kind.map(|kind| kind.as_str().to_owned()),
        source
            .reliability
            .map(|grade| format!("reliability {grade}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The caption of a source; its letter of reliability is told in words on hover.
pub(super) fn source_line(ui: &mut Ui, source: &Source) {
    let line = source_caption(source);
    if line.is_empty() {
        return;
    }
    let response = caption(ui, line);
    let words = source
        .reliability
        .and_then(|letter| Some((letter, kind::reliability_words(letter)?)));
    if let Some((letter, words)) = words {
        response.on_hover_text(format!(
            "Reliability {letter}: {words} (NATO Admiralty system)"
        ));
    }
}

/// What a reader must know before trusting it.
pub(super) fn source_notes(source: &Source) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(interest) = &source.party {
        notes.push(if interest.is_empty() {
            "Has an interest in the matter".to_owned()
        } else {
            format!("Has an interest in the matter: {interest}")
        });
    }
    if !source.based_on.is_empty() {
        notes.push(format!("Only repeats {}", source.based_on.join(", ")));
    }
    if let Some(via) = source.via.as_deref().filter(|_| source.url.is_none()) {
        notes.push(format!("Consulted at {}", host(via)));
    }
    notes
}

/// The host of an address; the whole when it has none.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Who said it to whom, when and where in the source, and how the author grades it.
fn said_line(ui: &mut Ui, evidence: &Evidence) {
    let when_and_where = [
        evidence
            .on
            .as_ref()
            .map(|on| format!("on {}", on.in_words())),
        evidence
            .as_of
            .as_ref()
            .map(|on| format!("as of {}", on.in_words())),
        evidence.locator.clone(),
    ];
    let when_and_where: Vec<String> = when_and_where.into_iter().flatten().collect();
    let (by, to) = (evidence.by.as_deref(), evidence.to.as_deref());
    if by.or(to).is_none() && when_and_where.is_empty() && evidence.grade.is_none() {
        return;
    }
    let colors = palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL_PX;
        if let Some(by) = by {
            ui.label(RichText::new(by).font(Face::SansMedium.at(size::CAPTION_PX)));
        }
        if let Some(to) = to {
            let (rect, arrow) =
                ui.allocate_exact_size(vec2(size::CAPTION_PX, size::CAPTION_PX), Sense::hover());
            icons::paint(ui.painter(), rect, Icon::Arrow, colors.text_weak);
            arrow.widget_info(|| WidgetInfo::labeled(Role::Label, true, "to"));
            ui.label(RichText::new(to).font(Face::SansMedium.at(size::CAPTION_PX)));
        }
        if !when_and_where.is_empty() {
            caption(ui, when_and_where.join(" · "));
        }
        if let Some(grade) = &evidence.grade {
            let graded = caption(ui, format!("graded {grade}"));
            if let Some(words) = kind::grade_words(grade) {
                graded.on_hover_text(words);
            }
        }
    });
}

/// The quote, in its sentence where the copy has it, with the difference word by word where it has not.
fn quote_block(
    ui: &mut Ui,
    state: &State,
    at: EvidenceRef,
    quote: &Quote,
    checked: Option<&Checked>,
    colors: &Palette,
) {
    ui.add_space(space::SMALL_PX);
    let width_px = ui.available_width() - space::LARGE_PX;
    let left = ui.cursor().min;
    let inner = ui.indent("quote", |ui| {
        ui.set_max_width(width_px);
        let serif = Face::Serif.at(size::UI_TITLE_PX);
        let copy = state
            .evidence(at)
            .and_then(|evidence| state.checks(at.file)?.copies.get(&evidence.source?));
        let found = checked
            .filter(|checked| checked.verdict.is_found())
            .and_then(|checked| checked.found.clone());
        match (copy, found) {
            (Some(copy), Some(found))
                if checked.is_some_and(|checked| checked.parts.len() <= 1) =>
            {
                let (before, words, after) = pages::in_sentence(copy, &found);
                let mut job = LayoutJob::default();
                let weak = TextFormat::simple(serif.clone(), colors.text_weak);
                let strong = TextFormat {
                    background: colors.related,
                    ..TextFormat::simple(serif, colors.text)
                };
                if !before.is_empty() {
                    job.append(&format!("{before} "), 0.0, weak.clone());
                }
                job.append(&words, 0.0, strong);
                if !after.is_empty() {
                    let gap = if after.starts_with(char::is_alphanumeric) {
                        " "
                    } else {
                        ""
                    };
                    job.append(&format!("{gap}{after}"), 0.0, weak);
                }
                ui.label(job);
            }
            _ => {
                ui.label(RichText::new(format!("“{}”", quote.text)).font(serif));
            }
        }
        if let Some(translation) = &quote.translation {
            let by = quote
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
            difference(ui, checked, colors);
        }
    });
    let bottom = inner.response.rect.bottom();
    let color = checked.map_or(colors.rule, |checked| level_color(colors, checked.level()));
    let x = left.x + space::SMALL_PX;
    ui.painter()
        .vline(x, left.y..=bottom, Stroke::new(2.0, color));
}

/// What differs between quote and copy, word by word, and why it matters.
fn difference(ui: &mut Ui, checked: &Checked, colors: &Palette) {
    if checked.diff.is_empty() {
        return;
    }
    caption(
        ui,
        match checked.verdict {
            Verdict::NotFound => "The closest passage, which is not accepted",
            _ => "What the copy has, beside what is quoted",
        },
    );
    ui.label(diff_job(&checked.diff, colors));
    if let Some(touched) = checked.touched.first() {
        caption(
            ui,
            format!(
                "The difference touches {}: {}",
                touched.kind.with_article(),
                touched.word
            ),
        );
    } else if checked.possibly_altered {
        caption(
            ui,
            "There are no guard words for this language, so it may be altered",
        );
    }
}

/// Words of the copy that the quote lacks are underlined, words that the copy lacks are struck.
pub(super) fn diff_job(diff: &[DiffPiece], colors: &Palette) -> LayoutJob {
    let serif = Face::Serif.at(size::UI_TITLE_PX);
    let mut job = LayoutJob::default();
    for piece in diff {
        let mut format = TextFormat::simple(serif.clone(), colors.text);
        match piece.kind {
            DiffKind::Same => {}
            DiffKind::Missing => {
                format.color = colors.good;
                format.underline = Stroke::new(1.5, colors.good);
            }
            DiffKind::Added => {
                format.color = colors.bad;
                format.strikethrough = Stroke::new(1.5, colors.bad);
            }
        }
        job.append(&piece.text, 0.0, format);
    }
    job
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
                .on_hover_text(host(address));
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
            actions.push(Action::Notice("Citation copied".to_owned()));
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
    let copy = state.checks(at.file)?.copies.get(&evidence.source?)?;
    let directive = crate::evidence::text_fragment(copy, found)?;
    Some(crate::evidence::address_at(address, &directive))
}
