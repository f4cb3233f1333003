//! What stands in the cells of a comparison.

use super::super::accounts::{Account, Piece, Point, Reading};
use super::super::{caption, level_mark, passage};
use crate::evidence::Checked;
use crate::model::{FileId, Item};
use crate::state::{Action, EvidenceRef, State};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Face, palette, size, space};
use egui::{CursorIcon, Label, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

pub(super) fn header_words(ui: &mut Ui, words: &str) {
    let colors = palette(ui);
    ui.label(
        RichText::new(words)
            .font(Face::SansSemibold.at(size::CAPTION_PX))
            .color(colors.text_weak),
    );
}

/// Words that can be clicked, with a ring when they have the focus.
fn clickable(ui: &mut Ui, text: RichText, role: Role, name: &str) -> Response {
    let response = ui
        .add(
            Label::new(text)
                .wrap()
                .sense(Sense::click())
                .selectable(false),
        )
        .on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    if response.has_focus() {
        let stroke = Stroke::new(theme::space::LINE_BOLD_PX, palette(ui).accent);
        let around = response.rect.expand(theme::space::LINE_BOLD_PX);
        ui.painter()
            .rect_stroke(around, space::RADIUS_PX, stroke, egui::StrokeKind::Outside);
    }
    response
}

pub(super) fn source_header(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    account: &Account,
    actions: &mut Vec<Action>,
) {
    let colors = palette(ui);
    let title = RichText::new(&account.title).font(Face::SansSemibold.at(size::UI_PX));
    let Some(at) = account.source else {
        ui.label(title);
        ui.label(RichText::new("No source is defined under this key").color(colors.bad));
        return;
    };
    let item = Item::Source(file, at);
    let response = clickable(ui, title.color(colors.accent), Role::Link, &account.title);
    if response.clicked() {
        actions.push(Action::Select(item));
    }
    if response.hovered() {
        actions.push(Action::Hover(Some(item)));
    }
    let Some(source) = state.library.source(file, at) else {
        return;
    };
    if source.label() != account.title {
        response.on_hover_text(source.label());
    }
    if let Some(date) = &source.date {
        caption(ui, date.in_words());
    }
    match source.details.party.as_deref() {
        Some("") => {
            caption(ui, "Has an interest in the matter");
        }
        Some(interest) => {
            caption(ui, interest).on_hover_text("The interest that this source has in the matter");
        }
        None => {}
    }
}

pub(super) fn point(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    row: &Point,
    actions: &mut Vec<Action>,
) {
    let lit = row.item.is_some_and(|item| state.hovered.contains(item));
    let mut text = RichText::new(&row.words).font(Face::SansMedium.at(size::UI_PX));
    if lit {
        text = text.underline();
    }
    let response = clickable(ui, text, Role::Link, &row.words)
        .on_hover_text("Show this point in the document");
    if response.hovered()
        && let Some(item) = row.item
    {
        actions.push(Action::Hover(Some(item)));
    }
    if response.clicked() {
        actions.push(match row.item {
            Some(item) => Action::Select(item),
            None => Action::ShowPlace(file, row.span),
        });
    }
}

pub(super) fn cell(
    ui: &mut Ui,
    state: &State,
    file: FileId,
    account: Option<&Account>,
    pieces: &[Piece],
    actions: &mut Vec<Action>,
) {
    let colors = palette(ui);
    ui.spacing_mut().item_spacing = vec2(space::SMALL_PX + 2.0, space::SMALL_PX);
    for piece in pieces {
        match piece {
            Piece::Words(words) => {
                ui.add(Label::new(words).wrap());
            }
            Piece::Quote {
                at,
                words,
                translation,
            } => {
                let text =
                    RichText::new(format!("“{words}”")).font(Face::Serif.at(size::UI_TITLE_PX));
                checked_words(ui, state, *at, text, &format!("“{words}”"), actions);
                if let Some(translation) = translation {
                    let text = RichText::new(format!("“{translation}”"))
                        .font(Face::SerifItalic.at(size::UI_PX));
                    ui.add(Label::new(text.color(colors.text_weak)).wrap());
                }
            }
            Piece::Silence { at, words } => {
                let text = RichText::new(format!("None of: {words}"));
                checked_words(ui, state, *at, text, &format!("None of: {words}"), actions);
            }
            Piece::Paraphrase { at } => {
                let text = RichText::new("Named, not quoted").color(colors.text_weak);
                checked_words(ui, state, *at, text, "Named, not quoted", actions);
            }
        }
    }
    let hovered = account
        .and_then(|account| account.source)
        .filter(|_| ui.rect_contains_pointer(ui.min_rect()));
    if let Some(at) = hovered {
        actions.push(Action::Hover(Some(Item::Source(file, at))));
    }
}

/// Words with the mark of their check; a click opens the copy there.
fn checked_words(
    ui: &mut Ui,
    state: &State,
    at: EvidenceRef,
    text: RichText,
    words: &str,
    actions: &mut Vec<Action>,
) {
    let checked = state.checked(at);
    let verdict = checked.map_or("being checked", |checked| checked.verdict.label());
    ui.horizontal_top(|ui| {
        if let Some(checked) = checked {
            level_mark(ui, checked.level()).on_hover_text(checked.verdict.label());
        }
        ui.vertical(|ui| {
            let response = clickable(ui, text, Role::Button, &format!("{words}, {verdict}"));
            if response.clicked() {
                actions.push(Action::OpenEvidence(at));
            }
            if let Some(checked) = checked {
                response.on_hover_ui(|ui| in_copy(ui, state, at, checked));
                // What stands there as written needs no further words.
                if checked.level() != crate::evidence::Level::Good {
                    caption(ui, verdict);
                }
            }
        });
    });
}

/// What the verdict means, and the passage in its sentence.
fn in_copy(ui: &mut Ui, state: &State, at: EvidenceRef, checked: &Checked) {
    ui.label(RichText::new(checked.verdict.label()).font(Face::SansSemibold.at(size::UI_PX)));
    caption(ui, checked.verdict.meaning());
    let passage = state
        .evidence(at)
        .and_then(|evidence| state.copy_text(at.file, evidence.source?))
        .and_then(|copy| passage::in_sentence(copy, checked));
    if let Some(passage) = passage {
        ui.label(passage::job(&passage, palette(ui)));
    }
}

pub(super) fn reading_cell(ui: &mut Ui, reading: &Reading) {
    let colors = palette(ui);
    ui.horizontal_top(|ui| {
        if let Some(level) = reading.level {
            level_mark(ui, level);
        }
        ui.vertical(|ui| {
            let words = ui.add(Label::new(&reading.words).wrap());
            if let Some(explanation) = &reading.explanation {
                words.on_hover_text(explanation);
            }
        });
    });
    if let Some(reason) = &reading.dispute {
        let why = format!("The check disputes this reading: it found that {reason}");
        ui.horizontal_top(|ui| {
            let (rect, flag) =
                ui.allocate_exact_size(theme::evidence::MARK_SIDES_PX, Sense::hover());
            icons::paint(ui.painter(), rect, Icon::Flag, colors.warn);
            flag.on_hover_text(&why);
            ui.vertical(|ui| {
                let text = RichText::new("Disputed by the check")
                    .font(Face::SansMedium.at(size::CAPTION_PX))
                    .color(colors.warn);
                let label = ui.add(Label::new(text).wrap()).on_hover_text(&why);
                label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &why));
            });
        });
    }
}

/// A cell as a screen reader says it.
pub(super) fn cell_words(state: &State, pieces: &[Piece]) -> String {
    let verdict = |at: &EvidenceRef| {
        state
            .checked(*at)
            .map_or("being checked", |checked| checked.verdict.label())
    };
    let words: Vec<String> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Quote { at, words, .. } => format!("“{words}”, {}", verdict(at)),
            Piece::Silence { at, words } => format!("none of {words}, {}", verdict(at)),
            Piece::Paraphrase { .. } => "named, not quoted".to_owned(),
        })
        .collect();
    words.join("; ")
}
