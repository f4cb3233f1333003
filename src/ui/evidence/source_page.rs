//! A source's page: what it is, and all that rests on it, in every file of the library.

use super::pages::{beside_mark, item_row, link, statement_row};
use super::{caption, card, group_title, kind, level_mark};
use crate::command::Command;
use crate::model::{Briefing, EvidenceOwner, FileId, Item, Source};
use crate::number::grouped;
use crate::state::{Action, Comparing, CopyUse, EvidenceRef, State};
use crate::ui::document::broken;
use crate::ui::icons;
use crate::ui::menu::tooltip;
use crate::ui::theme::{Face, palette, size, space};
use crate::ui::{as_list, place_in_list};
use egui::{Button, CursorIcon, Label, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2};

/// At most this many statements, events and cells are listed: more would be no list to read.
const MAX_ROWS: usize = 400;

/// At most this many passages that nobody quotes are listed at first.
const MAX_UNUSED: usize = 5;

/// So much of a passage is shown.
const MAX_UNUSED_CHARS: usize = 150;

/// How much of a copy is quoted; counted once for a state of the checks.
#[derive(Default)]
pub(super) struct Quoted {
    /// For which source, and at which revision of the checks.
    counted_for: Option<(FileId, u32, u64)>,
    found: Option<CopyUse>,
    /// Whether all passages that nobody quotes are listed.
    lists_all: bool,
}

impl Quoted {
    fn count(&mut self, state: &State, file: FileId, source: u32) {
        let wanted = Some((file, source, state.checks_revision()));
        if self.counted_for != wanted {
            let same = |(of, at, _): (FileId, u32, u64)| (of, at) == (file, source);
            self.lists_all &= self.counted_for.is_some_and(same);
            self.found = state.copy_use(file, source);
            self.counted_for = wanted;
        }
    }
}

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    (file, at): (FileId, u32),
    source: &Source,
    quoted: &mut Quoted,
    actions: &mut Vec<Action>,
) {
    group_title(ui, "Source");
    title(ui, source);
    card::source_line(ui, source);
    for note in card::source_notes(source) {
        caption(ui, note);
    }
    quoted.count(state, file, at);
    if let Some(found) = &quoted.found {
        caption(ui, use_words(found));
    }
    buttons(ui, (file, at), source, actions);
    let mut rows = 0;
    // What belongs to the selection has been found already; the page is that of the selected source.
    for item in state.selected.iter() {
        let Item::Source(file, source) = item else {
            continue;
        };
        let Some(briefing) = state.library.briefing(file) else {
            continue;
        };
        let resting = owners(briefing, source);
        if resting.is_empty() {
            continue;
        }
        group_title(ui, &briefing.title);
        ui.scope(|ui| {
            as_list(
                ui,
                egui::accesskit::Role::List,
                &briefing.title,
                resting.len(),
            );
            for (place, (owner, index)) in resting.into_iter().enumerate() {
                rows += 1;
                if rows > MAX_ROWS {
                    continue;
                }
                let row = match owner {
                    EvidenceOwner::Event(at) => {
                        let item = Item::Event(file, at);
                        let label = state.library.label(item).unwrap_or_default();
                        Some(item_row(ui, state, item, &label, actions))
                    }
                    EvidenceOwner::Statement(at) => statement_row(ui, state, file, at, actions),
                    EvidenceOwner::Cell { .. } => {
                        cell_row(ui, state, EvidenceRef { file, owner, index }, actions)
                    }
                };
                if let Some(row) = row {
                    place_in_list(ui, &row, place);
                }
            }
        });
    }
    if rows == 0 {
        caption(ui, "Nothing in this library rests on it");
    } else if rows > MAX_ROWS {
        caption(ui, format!("And {} more", rows - MAX_ROWS));
    }
    not_quoted(ui, state, (file, at), quoted, actions);
}

/// What of the copy nobody has used: it may change the picture.
fn not_quoted(
    ui: &mut Ui,
    state: &State,
    (file, at): (FileId, u32),
    quoted: &mut Quoted,
    actions: &mut Vec<Action>,
) {
    let (Some(found), Some(copy)) = (&quoted.found, state.copy_text(file, at)) else {
        return;
    };
    if found.quotes == 0 || found.unused.is_empty() {
        return;
    }
    group_title(ui, "Not quoted anywhere");
    let shown = if quoted.lists_all {
        MAX_ROWS
    } else {
        MAX_UNUSED
    };
    for range in found.unused.iter().take(shown) {
        let words = first_words(copy.words(range));
        let text = RichText::new(&words).font(Face::Serif.at(size::UI_PX));
        let response = ui
            .add(Label::new(text).sense(Sense::click()).selectable(false))
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text("Show this passage in the copy");
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
        if response.clicked() {
            actions.push(Action::ShowPassage(file, at, range.clone()));
        }
        ui.add_space(space::SMALL_PX);
    }
    let more = found.unused.len().saturating_sub(shown);
    if more > 0 && !quoted.lists_all {
        if ui.button(format!("Show {more} more")).clicked() {
            quoted.lists_all = true;
        }
    } else if more > 0 {
        caption(ui, format!("And {more} more"));
    }
}

/// The first words of a passage on one line.
fn first_words(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(MAX_UNUSED_CHARS) {
        Some((end, _)) => {
            let cut = line.get(..end).unwrap_or_default();
            let at = cut.rfind(' ').unwrap_or(cut.len());
            format!("{} …", cut.get(..at).unwrap_or_default())
        }
        None => line,
    }
}

/// The icon and the title of a source.
fn title(ui: &mut Ui, source: &Source) {
    ui.horizontal_top(|ui| {
        let (icon, words) = kind::icon_of(source);
        let side_px = size::UI_TITLE_PX;
        let (rect, response) =
            ui.allocate_exact_size(vec2(side_px, side_px + space::SMALL_PX), Sense::hover());
        icons::paint(
            ui.painter(),
            rect.shrink2(vec2(0.0, space::TIGHT_PX)),
            icon,
            palette(ui).text_weak,
        );
        response.on_hover_text(words);
        ui.vertical(|ui| {
            let title =
                RichText::new(source.label()).font(Face::SansSemibold.at(size::UI_TITLE_PX));
            broken::label(ui, title, |label| label);
        });
    });
}

fn buttons(ui: &mut Ui, (file, at): (FileId, u32), source: &Source, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        let copy = ui
            .add_enabled(source.copy.is_some(), Button::new("Open copy"))
            .on_hover_text(tooltip(ui, Command::OpenSource))
            .on_disabled_hover_text("This source has no local copy");
        if copy.clicked() {
            actions.push(Action::OpenCopy(file, at));
        }
        if let Some(address) = source.address()
            && ui.button("Open address…").on_hover_text(address).clicked()
        {
            actions.push(Action::AskAddress(address.to_owned()));
        }
        let citation = ui
            .button("Copy citation")
            .on_hover_text(tooltip(ui, Command::CopyCitation));
        if citation.clicked() {
            actions.push(Action::Run(Command::CopyCitation));
        }
    });
}

/// "4 quotes use 312 of 2,410 characters (13 %)".
fn use_words(found: &CopyUse) -> String {
    let &CopyUse {
        quotes,
        quoted_chars,
        all_chars,
        ..
    } = found;
    // Rounded to the nearest.
    let percent = match (quoted_chars * 200 + all_chars).checked_div(all_chars * 2) {
        Some(0) if quoted_chars > 0 => "less than 1 %".to_owned(),
        percent => format!("{} %", percent.unwrap_or(0)),
    };
    match quotes {
        0 => format!(
            "No quote uses its copy of {} characters",
            grouped(all_chars as u64)
        ),
        1 => format!(
            "1 quote uses {} of {} characters ({percent})",
            grouped(quoted_chars as u64),
            grouped(all_chars as u64)
        ),
        _ => format!(
            "{quotes} quotes use {} of {} characters ({percent})",
            grouped(quoted_chars as u64),
            grouped(all_chars as u64)
        ),
    }
}

/// What rests on a source, each owner once, with the place of its first evidence of this source.
fn owners(briefing: &Briefing, source: u32) -> Vec<(EvidenceOwner, u32)> {
    let mut found: Vec<(EvidenceOwner, u32)> = Vec::new();
    let mut before = None;
    let mut index = 0;
    // All evidence of one owner comes together.
    for (owner, evidence) in briefing.all_evidence() {
        index = if before == Some(owner) { index + 1 } else { 0 };
        before = Some(owner);
        let is_new = found.last().is_none_or(|&(last, _)| last != owner);
        if evidence.source == Some(source) && is_new {
            found.push((owner, index));
        }
    }
    found
}

/// A cell of a comparison as one clickable line: its point and its words.
fn cell_row(
    ui: &mut Ui,
    state: &State,
    at: EvidenceRef,
    actions: &mut Vec<Action>,
) -> Option<Response> {
    let EvidenceOwner::Cell {
        comparison,
        row,
        column,
    } = at.owner
    else {
        return None;
    };
    let cell = state.library.briefing(at.file).and_then(|briefing| {
        let row = briefing
            .comparisons
            .get(comparison as usize)?
            .rows
            .get(row as usize)?;
        Some((&row.point, &row.cells.get(column as usize)?.text))
    });
    let (point, words) = cell?;
    let label = format!("{point}: {words}");
    let mark = |ui: &mut Ui| {
        if let Some(checked) = state.checked(at) {
            level_mark(ui, checked.level()).on_hover_text(checked.verdict.label());
        }
    };
    let response = beside_mark(ui, mark, |ui| link(ui, &label, false))
        .on_hover_text("Open the comparison that this cell belongs to");
    if response.clicked() {
        actions.push(Action::Compare(Comparing::Table(at.file, comparison)));
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_use_of_a_copy_is_told_in_words() {
        for (quotes, quoted_chars, all_chars, words) in [
            (4, 312, 2410, "4 quotes use 312 of 2,410 characters (13 %)"),
            (
                1,
                3,
                1_234_567,
                "1 quote uses 3 of 1,234,567 characters (less than 1 %)",
            ),
            (0, 0, 900, "No quote uses its copy of 900 characters"),
            (0, 0, 0, "No quote uses its copy of 0 characters"),
        ] {
            let found = CopyUse {
                quotes,
                quoted_chars,
                all_chars,
                unused: Vec::new(),
            };
            assert_eq!(use_words(&found), words);
        }
    }
}
