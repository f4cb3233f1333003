//! The search field in the bar, and the list of what was found.

#![expect(clippy::indexing_slicing, reason = "rows have one more edge than rows")]

use super::icons::{self, Icon};
use super::tell;
use super::theme::{self, Face, palette, pane, size, space};
use crate::command::Command;
use crate::library::search::{Hit, Passage, UnitKind, passage};
use crate::model::{FileId, Item};
use crate::number::{grouped, plural};
use crate::state::{Action, SearchAction, SearchScope, State};
use egui::accesskit::Live;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Galley, Id, Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What the views of the search remember between frames.
#[derive(Default)]
pub(crate) struct SearchView {
    /// Whether the field had the focus in the frame before.
    pub(crate) has_focus: bool,
    /// The request for the focus that was answered last.
    focused: u64,
    /// The answer whose passages are kept, and of which state of the files.
    of: Option<(usize, u64)>,
    passages: HashMap<usize, Passage>,
    /// The hit that was scrolled to last.
    scrolled_to: Option<usize>,
}

/// Stands where words are left out.
const LEFT_OUT: &str = "…";

/// What the field says while it is empty.
const HINT: &str = "Find in all briefings";
const HINT_DOCUMENT: &str = "Find in this briefing";

/// How queries are written, for whoever hovers over the field.
const HELP: &str = "Words, \"a phrase\", -without, begin*\n\
    who:  lane:  tag:  source:  status:  in:  standing:\n\
    before:2025-03  after:2025  during:2025-03-18";

/// The field. It takes the room that it is given, up to its usual width.
pub(super) fn field(
    ui: &mut Ui,
    state: &State,
    view: &mut SearchView,
    room_px: f32,
    actions: &mut Vec<Action>,
) {
    let id = Id::unique("search field");
    let mut text = state.search.text.clone();
    // Escape takes the focus away before anybody sees it; so what counts is the frame before.
    let has_focus = std::mem::take(&mut view.has_focus);
    // Taken before the field sees them.
    let (next, previous, leave) = if has_focus {
        ui.input_mut(|input| {
            let previous = input.consume_key(Modifiers::SHIFT, Key::Enter);
            let next = input.consume_key(Modifiers::NONE, Key::Enter)
                || input.consume_key(Modifiers::NONE, Key::ArrowDown);
            let leave = input.consume_key(Modifiers::NONE, Key::Escape);
            (
                next,
                previous || input.consume_key(Modifiers::NONE, Key::ArrowUp),
                leave,
            )
        })
    } else {
        (false, false, false)
    };
    let hint = match state.search.scope {
        SearchScope::Library => HINT,
        SearchScope::Document => HINT_DOCUMENT,
    };
    let width_px = pane::SEARCH_PX.min(room_px);
    let colors = palette(ui);
    let response = ui
        .add(
            TextEdit::singleline(&mut text)
                .id(id)
                .desired_width(width_px)
                .prefix(icons::atom(Icon::Search))
                .align(egui::Align2::LEFT_CENTER)
                .hint_text(hint),
        )
        .on_hover_text(HELP);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find"));
    // The bar takes all edges away from what stands in it.
    let edge = if response.has_focus() {
        colors.accent
    } else {
        colors.outline
    };
    let edge = egui::Stroke::new(space::HAIRLINE_PX, edge);
    let radius_px = f32::from(space::RADIUS_PX);
    ui.painter()
        .rect_stroke(response.rect, radius_px, edge, egui::StrokeKind::Inside);
    if let Some(fault) = &state.search.fault {
        let line = egui::Stroke::new(space::FOCUS_RING_PX, colors.warn);
        ui.painter()
            .hline(response.rect.x_range(), response.rect.bottom(), line);
        response.clone().on_hover_text(fault.to_string());
    }
    let focused_before = view.focused;
    if state.search.focus != view.focused {
        view.focused = state.search.focus;
        response.request_focus();
        select_all(ui, id, &text);
    }
    view.has_focus = response.has_focus() || state.search.focus != focused_before;
    if text != state.search.text {
        actions.push(Action::Search(SearchAction::Type(text)));
    }
    if next || previous {
        actions.push(Action::Search(SearchAction::Walk(next)));
    }
    if leave {
        if state.search.is_on() {
            actions.push(Action::Search(SearchAction::Clear));
        } else {
            ui.memory_mut(|memory| memory.surrender_focus(id));
        }
    }
}

/// Selects what stands in a field, so that typing replaces it.
pub(super) fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let range = egui::text::CCursorRange::two(
        egui::text::CCursor::new(0),
        egui::text::CCursor::new(text.chars().count()),
    );
    edit.cursor.set_char_range(Some(range));
    edit.store(ui.ctx(), id);
}

/// The list of what was found.
pub(super) fn hits(ui: &mut Ui, state: &State, view: &mut SearchView, actions: &mut Vec<Action>) {
    let is_low = ui.available_height() < pane::HITS_LOW_PX;
    if !is_low {
        head(ui, state, actions);
    }
    let Some(found) = &state.search.found else {
        if is_low {
            head(ui, state, actions);
        }
        return;
    };
    let key = (
        std::sync::Arc::as_ptr(found) as usize,
        state.library.revision(),
    );
    if view.of != Some(key) {
        view.of = Some(key);
        view.passages.clear();
    }
    let rows = rows(state.search.hits());
    let heights = rows.iter().map(|row| match row {
        Row::File(_) => space::ROW_PX,
        Row::Hit(_) => pane::HIT_PX,
    });
    let mut tops = Vec::with_capacity(rows.len() + 1);
    let mut bottom_px = 0.0;
    for height_px in heights {
        tops.push(bottom_px);
        bottom_px += height_px;
    }
    tops.push(bottom_px);
    let scroll_to = state.search.at.filter(|&at| view.scrolled_to != Some(at));
    ScrollArea::vertical()
        .id_salt("hits")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, visible| {
            // In a low pane all of it moves, so that more than one hit can be seen.
            let above_px = if is_low {
                let top_px = ui.cursor().top();
                head(ui, state, actions);
                ui.cursor().top() - top_px
            } else {
                0.0
            };
            let visible = visible.translate(vec2(0.0, -above_px));
            super::as_list(ui, Role::List, "Hits", state.search.hits().len());
            let area = ui.max_rect().translate(vec2(0.0, above_px));
            ui.set_height(above_px + bottom_px);
            for (at, row) in rows.iter().enumerate() {
                let rect = Rect::from_min_max(
                    pos2(area.left(), area.top() + tops[at]),
                    pos2(area.right(), area.top() + tops[at + 1]),
                );
                if let (Row::Hit(hit), Some(wanted)) = (row, scroll_to)
                    && *hit == wanted
                {
                    ui.scroll_to_rect(rect, None);
                    view.scrolled_to = Some(wanted);
                }
                if tops[at + 1] < visible.top() || tops[at] > visible.bottom() {
                    continue;
                }
                match row {
                    Row::File(file) => file_row(ui, rect, state, *file, actions),
                    Row::Hit(hit) => hit_row(ui, rect, state, view, *hit, actions),
                }
            }
            super::reach::follow_focus(ui);
        });
}

/// How much was found, and what to do with it.
fn head(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    ui.add_space(space::SMALL_PX);
    if let Some(fault) = &state.search.fault {
        ui.label(RichText::new(fault.to_string()).color(colors.warn));
    }
    if let Some((done, total)) = state.search.progress {
        let share = done as f32 / total.max(1) as f32;
        let text = format!(
            "{} of {} indexed",
            grouped(done as u64),
            grouped(total as u64)
        );
        ui.add(egui::ProgressBar::new(share).text(text));
    }
    let mut count_alone = None;
    let told = match &state.search.found {
        Some(found) if found.total == 0 => "Nothing found".to_owned(),
        Some(found) => {
            let listed = found.hits.len();
            let hits = if listed < found.total {
                format!("The best {listed} of {}", plural(found.total, "hit"))
            } else {
                plural(found.total, "hit")
            };
            let all = format!("{hits} in {}", plural(found.briefings, "briefing"));
            count_alone = Some(hits);
            all
        }
        None if state.search.is_waiting() => "Searching".to_owned(),
        None => HINT.to_owned(),
    };
    ui.horizontal(|ui| {
        // The buttons first, so that long words are cut and do not run below them.
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            for (icon, command) in [
                (Icon::ChevronDown, Command::NextHit),
                (Icon::ChevronUp, Command::PreviousHit),
            ] {
                let tooltip = super::menu::tooltip(ui, command);
                if icons::button(ui, icon, command.name(), &tooltip, false).clicked() {
                    actions.push(Action::Run(command));
                }
            }
            ui.with_layout(egui::Layout::left_to_right(Align::Center), |ui| {
                let font = egui::TextStyle::Small.resolve(ui.style());
                let painter = ui.painter();
                let whole = painter.layout_no_wrap(told.clone(), font, colors.text_weak);
                let is_cut = whole.size().x > ui.available_width();
                // Rather less than cut in the middle of a word.
                let less = count_alone.filter(|_| is_cut);
                let said = less.as_ref().unwrap_or(&told);
                let words = RichText::new(said).small().color(colors.text_weak);
                let mut response = ui.add(egui::Label::new(words).truncate());
                if less.is_some() {
                    response = response.on_hover_text(&told);
                }
                tell(ui, &response, Live::Polite);
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        let mut in_document = state.search.scope == SearchScope::Document;
        let only_here = theme::checkbox(ui, &mut in_document, "In this briefing only");
        if only_here.changed() {
            let scope = if in_document {
                SearchScope::Document
            } else {
                SearchScope::Library
            };
            actions.push(Action::Search(SearchAction::SetScope(scope)));
        }
        let mut narrows = state.search.narrows;
        let only = theme::checkbox(ui, &mut narrows, "Show only these");
        if only.on_hover_text(Command::OnlyHits.tooltip()).changed() {
            actions.push(Action::Search(SearchAction::Narrow(narrows)));
        }
    });
    ui.add_space(space::SMALL_PX);
}

/// One line of the list.
enum Row {
    File(FileId),
    /// The place of a hit.
    Hit(usize),
}

fn rows(hits: &[Hit]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut file = None;
    for (at, hit) in hits.iter().enumerate() {
        if file != Some(hit.file) {
            file = Some(hit.file);
            rows.push(Row::File(hit.file));
        }
        rows.push(Row::Hit(at));
    }
    rows
}

fn file_row(ui: &mut Ui, rect: Rect, state: &State, file: FileId, actions: &mut Vec<Action>) {
    let Some(found) = state.library.file(file) else {
        return;
    };
    let item = Item::File(file);
    let response = ui.interact(rect, ui.scope_id().with(("hits of", file)), Sense::click());
    let title = &found.briefing.title;
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, title));
    if response.has_focus() {
        theme::focus_ring(ui.painter(), rect.shrink(space::FOCUS_RING_PX));
    }
    let colors = palette(ui);
    let mut job = LayoutJob::single_section(
        title.to_string(),
        TextFormat::simple(Face::SansSemibold.at(size::UI_PX), colors.text),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - space::MEDIUM_PX);
    let galley = ui.painter().layout_job(job);
    let at = pos2(
        rect.left() + space::SMALL_PX,
        rect.center().y - galley.size().y / 2.0,
    );
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, space::RADIUS_PX, colors.hovered);
    }
    ui.painter().galley(at, galley, colors.text);
    if response.on_hover_text(&found.name).clicked() {
        actions.push(Action::Select(item));
    }
}

fn hit_row(
    ui: &mut Ui,
    rect: Rect,
    state: &State,
    view: &mut SearchView,
    at: usize,
    actions: &mut Vec<Action>,
) {
    let (Some(hit), Some(found)) = (state.search.hits().get(at), &state.search.found) else {
        return;
    };
    let Some(briefing) = state.library.briefing(hit.file) else {
        return;
    };
    let shown = view
        .passages
        .entry(at)
        .or_insert_with(|| passage(briefing, hit, &found.query));
    let colors = palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("hit", at)), Sense::click());
    let is_here = state.search.at == Some(at);
    let date = date_of(state, hit);
    response.widget_info(|| {
        let words = [date.as_deref(), Some(&*shown.text)];
        let name = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
        WidgetInfo::selected(Role::ListItem, true, is_here, name)
    });
    super::place_in_list(ui, &response, at);
    if response.has_focus() {
        theme::focus_ring(ui.painter(), rect.shrink(space::FOCUS_RING_PX));
    }
    let ground = if is_here {
        Some(colors.selected)
    } else if response.hovered() || response.has_focus() {
        Some(colors.hovered)
    } else {
        None
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, space::RADIUS_PX, ground);
    }
    let side = vec2(space::ICON_PX, space::ICON_PX);
    let icon = Rect::from_min_size(rect.min + vec2(space::SMALL_PX, space::SMALL_PX), side);
    icons::paint(ui.painter(), icon, icon_of(hit.kind), colors.text_weak);
    let left_px = icon.right() + space::SMALL_PX;
    let width_px = rect.right() - left_px - space::SMALL_PX;
    let galley = hit_lines(ui, date.as_deref(), shown, width_px);
    ui.painter().galley(
        pos2(left_px, rect.top() + space::SMALL_PX),
        galley,
        colors.text,
    );
    if let Some(item) = hit.item()
        && response.hovered()
    {
        actions.push(Action::Hover(Some(item)));
    }
    if response.clicked() {
        actions.push(Action::Search(SearchAction::GoTo(at)));
    }
}

/// A hit in two lines. What was found is seen in them: where date and the words before it fill them, those words are
/// left out.
fn hit_lines(ui: &Ui, date: Option<&str>, shown: &Passage, width_px: f32) -> Arc<Galley> {
    let lay_out = |text: &str, marks: &[Range<usize>]| {
        let mut job = LayoutJob::default();
        if let Some(date) = date {
            let weak = TextFormat::simple(Face::Sans.at(size::CAPTION_PX), palette(ui).text_weak);
            job.append(date, 0.0, weak);
        }
        let space_px = if date.is_some() { space::SMALL_PX } else { 0.0 };
        append_marked(ui, &mut job, text, marks, space_px);
        job.wrap.max_width = width_px;
        job.wrap.max_rows = 2;
        ui.painter().layout_job(job)
    };
    let galley = lay_out(&shown.text, &shown.marks);
    let Some(first) = shown.marks.first() else {
        return galley;
    };
    let is_seen = |galley: &Galley, to_its_end: &str| {
        let needed = date.map_or(0, |date| date.chars().count()) + to_its_end.chars().count();
        // The last of what is seen is the mark of what is not.
        let seen: usize = galley.rows.iter().map(|row| row.glyphs.len()).sum();
        !galley.elided || seen > needed
    };
    let lead = shown.text.get(..first.start).unwrap_or_default();
    if is_seen(&galley, shown.text.get(..first.end).unwrap_or_default()) {
        return galley;
    }
    // From a later word on: the first from which all can be seen. That is found by halves, since what is seen from one word
    // on is seen from the next one on, too.
    let later_words = lead.match_indices(' ').map(|(at, space)| at + space.len());
    let starts: Vec<usize> = later_words.chain([first.start]).collect();
    let from_there = |from: usize| {
        let kept = shown.text.get(from..).unwrap_or_default();
        let to_its_end = shown.text.get(from..first.end).unwrap_or_default();
        let moved = |mark: &Range<usize>| {
            let to_kept = |at: usize| (at + LEFT_OUT.len()).saturating_sub(from);
            to_kept(mark.start)..to_kept(mark.end)
        };
        let marks: Vec<Range<usize>> = shown.marks.iter().map(moved).collect();
        let galley = lay_out(&format!("{LEFT_OUT}{kept}"), &marks);
        let is_whole = is_seen(&galley, &format!("{LEFT_OUT}{to_its_end}"));
        (galley, is_whole)
    };
    let too_early = starts.partition_point(|&from| !from_there(from).1);
    let from = starts.get(too_early).copied().unwrap_or(first.start);
    from_there(from).0
}

/// When a found event took place, as it is written.
fn date_of(state: &State, hit: &Hit) -> Option<String> {
    match hit.item()? {
        Item::Event(file, at) => Some(state.library.event(file, at)?.date.as_ref()?.in_words()),
        _ => None,
    }
}

/// The words of a hit, those that were sought in bold and underlined, after some space.
fn append_marked(ui: &Ui, job: &mut LayoutJob, text: &str, marks: &[Range<usize>], space_px: f32) {
    let colors = palette(ui);
    let plain = TextFormat::simple(Face::Sans.at(size::CAPTION_PX), colors.text);
    let strong = TextFormat {
        font_id: Face::SansSemibold.at(size::CAPTION_PX),
        underline: egui::Stroke::new(theme::space::HAIRLINE_PX, colors.found),
        ..plain.clone()
    };
    let (mut at, mut space_px) = (0, space_px);
    for mark in marks {
        let (Some(before), Some(words)) = (text.get(at..mark.start), text.get(mark.clone())) else {
            continue;
        };
        for (words, format) in [(before, &plain), (words, &strong)] {
            if !words.is_empty() {
                job.append(words, std::mem::take(&mut space_px), format.clone());
            }
        }
        at = mark.end;
    }
    job.append(text.get(at..).unwrap_or_default(), space_px, plain);
}

fn icon_of(kind: UnitKind) -> Icon {
    match kind {
        UnitKind::Briefing => Icon::Document,
        UnitKind::Event => Icon::Flag,
        UnitKind::Passage => Icon::Article,
        UnitKind::Source => Icon::Book,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Context, RawInput};

    #[test]
    fn what_was_found_is_seen_in_the_two_lines_of_its_hit() {
        let context = Context::default();
        theme::install(&context);
        let date = "18 March 2025, 10:00 (UTC\u{2212}4)";
        let lead = "…and only after the delegations had met again the ";
        let text = format!("{lead}ceasefire held for some days, and then no more");
        let mark = lead.len()..lead.len() + "ceasefire".len();
        let marks = vec![mark];
        let place = 0..1;
        let shown = Passage {
            text,
            marks,
            place: place.into(),
        };
        // Faces that are installed in a frame can be used from the next one on.
        for _ in 0..2 {
            let mut output = context.run_ui(RawInput::default(), |ui| {
                for width_px in [150.0, 170.0, 200.0, 260.0, 400.0] {
                    let lines = hit_lines(ui, Some(date), &shown, width_px);
                    let seen: String = lines.rows.iter().map(|row| row.text()).collect();
                    assert!(seen.contains("ceasefire"), "{width_px}: {seen}");
                    assert!(lines.rows.len() <= 2);
                }
                let lines = hit_lines(ui, Some(date), &shown, 200.0);
                assert!(
                    lines.text().contains("again the ceasefire"),
                    "no word too few"
                );
                let wide = hit_lines(ui, None, &shown, 900.0);
                assert!(wide.text().contains(lead), "with room all is there");
            });
            output.textures_delta.clear();
        }
    }
}
