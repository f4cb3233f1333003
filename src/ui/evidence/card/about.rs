//! What a card says of a source, and of who said what to whom.

use super::super::{caption, kind};
use crate::model::{Evidence, Source};
use crate::text::Text;
use crate::ui::document::broken;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Face, palette, size, space};
use egui::{RichText, Role, Sense, Ui, WidgetInfo, vec2};

/// Side of a source's icon.
const ICON_PX: f32 = theme::evidence::ABOUT_ICON_PX;

/// What kind of thing the source is, and what it is called.
pub(super) fn title(ui: &mut Ui, evidence: &Evidence, source: Option<&Source>) {
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
            let title = RichText::new(title).font(Face::SansSemibold.at(size::UI_PX));
            broken::label(ui, title, |label| label);
        });
    });
}

/// Who speaks in a source: its publisher, else its authors; nobody where the source is called by that name already.
pub(crate) fn source_who(source: &Source) -> Option<String> {
    source
        .publisher
        .as_ref()
        .map(Text::to_string)
        .or_else(|| (!source.authors.is_empty()).then(|| source.authors.join(", ")))
        .filter(|who| who != source.label())
}

/// Publisher, date, kind and reliability in one line.
pub(in crate::ui::evidence) fn source_caption(source: &Source) -> String {
    let parts = [
        source_who(source),
        source.date.as_ref().map(|date| date.in_words()),
        source
            .details
            .genre
            .as_ref()
            .or((!source.entry_type.is_empty()).then_some(&source.entry_type))
            .map(Text::to_string),
        source.kind.map(|kind| kind.as_str().to_owned()),
        source
            .reliability
            .map(|grade| format!("reliability {grade}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    crate::ui::dotted(&parts)
}

/// The caption of a source; its letter of reliability is told in words on hover.
pub(in crate::ui::evidence) fn source_line(ui: &mut Ui, source: &Source) {
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
pub(in crate::ui::evidence) fn source_notes(source: &Source) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(interest) = &source.details.party {
        notes.push(if interest.is_empty() {
            "Has an interest in the matter".to_owned()
        } else {
            format!("Has an interest in the matter: {interest}")
        });
    }
    if !source.details.based_on.is_empty() {
        notes.push(format!(
            "Only repeats {}",
            source.details.based_on.join(", ")
        ));
    }
    if let Some(via) = source
        .details
        .via
        .as_deref()
        .filter(|_| source.url.is_none())
    {
        notes.push(format!("Consulted at {}", host(via)));
    }
    notes
}

/// The host of an address; the whole when it has none.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Who said it to whom, when and where in the source, and how the author grades it.
pub(super) fn said_line(ui: &mut Ui, evidence: &Evidence) {
    let when_and_where = [
        evidence
            .details
            .on
            .as_ref()
            .map(|on| format!("on {}", on.in_words())),
        evidence
            .details
            .as_of
            .as_ref()
            .map(|on| format!("as of {}", on.in_words())),
        evidence.locator.as_ref().map(Text::to_string),
    ];
    let when_and_where: Vec<String> = when_and_where.into_iter().flatten().collect();
    let (by, to) = (
        evidence.details.by.as_deref(),
        evidence.details.to.as_deref(),
    );
    if by.or(to).is_none() && when_and_where.is_empty() && evidence.details.grade.is_none() {
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
            caption(ui, crate::ui::dotted(&when_and_where));
        }
        if let Some(grade) = &evidence.details.grade {
            let graded = caption(ui, format!("graded {grade}"));
            if let Some(words) = kind::grade_words(grade) {
                graded.on_hover_text(words);
            }
        }
    });
}
