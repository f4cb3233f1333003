//! Presenting: one event a step in large type, with its passage, its picture and its sources, above the timeline.

use super::document::{ExcerptView, Figure, broken, scale_for};
use super::icons::{self, Icon};
use super::theme::{self, Face, page, size, space};
use super::{Views, as_heading, dotted, evidence, menu, tell, timeline};
use crate::command::Command;
use crate::evidence::Level;
use crate::model::{Event, EvidenceOwner, FileId, Item};
use crate::number::grouped;
use crate::parse;
use crate::state::{Action, EvidenceRef, Presentation, State, statements_of_event};
use crate::text::Text;
use egui::accesskit::Live;
use egui::{
    Align, CentralPanel, Frame, Key, Label, Layout, Modifiers, Panel, Rect, RichText, Role,
    ScrollArea, Ui, UiBuilder, WidgetInfo, vec2,
};

/// Down to here stand the buttons, from the upper edge.
const BAR_BOTTOM_PX: f32 = space::LARGE_PX + space::ICON_BUTTON_PX;

/// What presenting keeps between frames.
#[derive(Default)]
pub(crate) struct PresentationView {
    passage: ExcerptView,
    figure: Figure,
    /// The step of the frame before, and when it came.
    step: Option<(Item, f64)>,
}

pub(super) fn show(ui: &mut Ui, state: &State, views: &mut Views, actions: &mut Vec<Action>) {
    let Some(presentation) = &state.presentation else {
        return;
    };
    if state.sheet.is_none() {
        take_keys(ui, actions);
    }
    let colors = theme::palette(ui);
    let window = ui.available_size();
    let timeline_px = (window.y * page::PRESENTED_TIMELINE_SHARE).min(page::PRESENTED_TIMELINE_PX);
    Panel::bottom("presented timeline")
        .exact_size(timeline_px)
        .frame(Frame::NONE.fill(colors.panel))
        .show(ui, |ui| {
            timeline::show(ui, state, &mut views.timeline, actions);
        });
    CentralPanel::default()
        .frame(Frame::NONE.fill(colors.page))
        .show(ui, |ui| {
            let whole = ui.max_rect();
            let view = &mut views.presentation;
            if let Some(item) = presentation.event() {
                step(ui, state, item, view, actions);
            }
            bar(ui, whole, presentation, actions);
        });
}

/// Space and the page keys walk too, as they do wherever slides are shown.
fn take_keys(ui: &Ui, actions: &mut Vec<Action>) {
    for (modifiers, key, command) in [
        (Modifiers::SHIFT, Key::Space, Command::PreviousEvent),
        (Modifiers::NONE, Key::Space, Command::NextEvent),
        (Modifiers::NONE, Key::PageDown, Command::NextEvent),
        (Modifiers::NONE, Key::PageUp, Command::PreviousEvent),
        (Modifiers::NONE, Key::ArrowDown, Command::NextEvent),
        (Modifiers::NONE, Key::ArrowUp, Command::PreviousEvent),
    ] {
        if ui.input_mut(|input| input.consume_key(modifiers, key)) {
            actions.push(Action::Run(command));
        }
    }
}

/// How far the talk is, and the buttons that lead on and out.
fn bar(ui: &mut Ui, whole: Rect, presentation: &Presentation, actions: &mut Vec<Action>) {
    let colors = theme::palette(ui);
    let (at, count) = presentation.progress();
    // As a line along the upper edge: seen without being read. Counts are exact in `f32` far beyond any talk.
    let done = whole.width() * at as f32 / count.max(1) as f32;
    let line = Rect::from_min_size(whole.min, vec2(done, space::FOCUS_RING_PX));
    ui.painter().rect_filled(line, 0.0, colors.accent);

    let row = whole
        .shrink(space::LARGE_PX)
        .with_max_y(whole.top() + BAR_BOTTOM_PX);
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(row).layout(layout));
    for (icon, command, name) in [
        (Icon::Close, Command::Present, "End the presentation"),
        (Icon::Arrow, Command::NextEvent, "Next event"),
        (Icon::ArrowLeft, Command::PreviousEvent, "Previous event"),
    ] {
        let ends = at == 1 && command == Command::PreviousEvent
            || at == count && command == Command::NextEvent;
        row.add_enabled_ui(!ends, |ui| {
            let tooltip = menu::with_keys(ui, name, command);
            if icons::button(ui, icon, name, &tooltip, false).clicked() {
                actions.push(Action::Run(command));
            }
        });
    }
    let words = format!("{} of {}", grouped(at as u64), grouped(count as u64));
    let text = RichText::new(&words).color(colors.text_weak);
    let label = row.add(Label::new(text).selectable(false));
    tell(&row, &label, Live::Polite);
}

/// One event. A new step fades in, so that the eye notices it and is not startled.
fn step(
    ui: &mut Ui,
    state: &State,
    item: Item,
    view: &mut PresentationView,
    actions: &mut Vec<Action>,
) {
    let Item::Event(file, at) = item else { return };
    let Some(event) = state.library.event(file, at) else {
        return;
    };
    let now_s = ui.input(|input| input.time);
    let since_s = match view.step {
        Some((shown, since_s)) if shown == item => since_s,
        _ => {
            view.step = Some((item, now_s));
            now_s
        }
    };
    if theme::may_move(ui) {
        let share = (now_s - since_s) / f64::from(theme::motion::SHORT_S);
        if share < 1.0 {
            ui.request_repaint();
            // Between 0 and 1, so nothing is lost.
            ui.set_opacity(theme::motion::eased(share) as f32);
        }
    }
    let whole = ui.max_rect();
    // Who has the text larger wants it larger here, too, as far as a title has room.
    let scale = scale_for(whole.width()) * state.settings.reading.scale().clamp(1.0, 1.5);
    let line_px = scale * size::BODY_PX * page::AVERAGE_LETTER_EM * page::PRESENTED_CHARS;
    let width_px = line_px.min(whole.width() - 2.0 * space::HUGE_PX * scale);
    let left_px = (whole.center().x - width_px / 2.0).round();
    let column = Rect::from_min_max(
        egui::pos2(left_px, whole.top()),
        egui::pos2(left_px + width_px, whole.bottom()),
    );
    // Where the buttons stand above the text, it moves below them.
    let below_bar = whole.right() - column.right() < page::PRESENTED_BAR_PX;
    let (area, above_px) = if below_bar {
        let top_px = whole.top() + BAR_BOTTOM_PX;
        (whole.with_min_y(top_px), space::SMALL_PX)
    } else {
        (whole, space::HUGE_PX * scale)
    };
    let mut area = ui.new_child(UiBuilder::new().max_rect(area));
    // As wide as the window, so that its bar stands at the edge and not beside the words.
    ScrollArea::vertical()
        .id_salt(("presented", item))
        .auto_shrink([false, false])
        .show(&mut area, |ui| {
            let column = Rect::from_x_y_ranges(column.x_range(), ui.max_rect().y_range());
            ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
                ui.set_width(width_px);
                ui.add_space(above_px);
                heading(ui, event, scale);
                body(ui, state, (file, at), event, view, scale, actions);
                sources(ui, state, (file, at), event, scale, actions);
                ui.add_space(space::HUGE_PX * scale);
            });
            super::reach::follow_focus(ui);
        });
}

fn heading(ui: &mut Ui, event: &Event, scale: f32) {
    let colors = theme::palette(ui);
    let date = event.date.as_ref().map(|date| date.in_words());
    let text = RichText::new(date.unwrap_or_default())
        .font(Face::SansMedium.at(size::UI_TITLE_PX * scale))
        .color(colors.accent);
    ui.add(Label::new(text));
    let title = RichText::new(&event.title)
        .font(Face::SerifBold.at(page::TITLE_PX * scale))
        .line_height(Some(
            (page::TITLE_PX * scale * page::HEADING_LINE_HEIGHT).round(),
        ));
    // What is told of a title stands in its heading; nobody selects letters of it here.
    let (at, galley, title) = Label::new(title).wrap().selectable(false).layout_in_ui(ui);
    broken::paint(ui.painter(), at, &galley, colors.text_weak);
    ui.painter().galley(at, galley, colors.text);
    title.widget_info(|| WidgetInfo::labeled(Role::Label, true, &event.title));
    as_heading(ui, &title, &event.title);
    tell(ui, &title, Live::Polite);
    let details = event.actors.iter().chain(&event.details.place);
    let mut details: Vec<String> = details.map(Text::to_string).collect();
    if !matches!(event.status, crate::model::Status::Occurred) {
        details.insert(0, event.status.as_str().to_owned());
    }
    if !details.is_empty() {
        let text = RichText::new(dotted(&details))
            .font(Face::Sans.at(size::UI_PX * scale))
            .color(colors.text_weak);
        ui.add(Label::new(text).wrap());
    }
    ui.add_space(space::LARGE_PX * scale);
}

/// The passage that speaks of the event, else its summary; then its picture.
fn body(
    ui: &mut Ui,
    state: &State,
    (file, _): (FileId, u32),
    event: &Event,
    view: &mut PresentationView,
    scale: f32,
    actions: &mut Vec<Action>,
) {
    if let Some(summary) = &event.summary {
        let text = RichText::new(parse::readable(summary))
            .font(Face::SerifItalic.at(page::SUMMARY_PX * scale))
            .line_height(Some((page::SUMMARY_PX * scale * size::LINE_HEIGHT).round()));
        ui.add(Label::new(text).wrap());
        ui.add_space(space::LARGE_PX * scale);
    }
    if let Some(path) = &event.details.image {
        let height_px = ui.ctx().content_rect().height() * page::PRESENTED_FIGURE_SHARE;
        let description = event.title.as_str();
        view.figure
            .show(ui, state, (file, path), description, height_px, actions);
        ui.add_space(space::LARGE_PX * scale);
    }
    if let Some(&passage) = event.passages.first() {
        view.passage
            .show(ui, state, (file, passage), scale, actions);
        ui.add_space(space::LARGE_PX * scale);
    }
}

/// What the event and its passage rest on: each source once, with the verdict on its words.
fn sources(
    ui: &mut Ui,
    state: &State,
    (file, at): (FileId, u32),
    event: &Event,
    scale: f32,
    actions: &mut Vec<Action>,
) {
    let Some(briefing) = state.library.briefing(file) else {
        return;
    };
    let own = (0..).zip(&event.evidence);
    let mut found: Vec<(EvidenceRef, u32)> = own
        .filter_map(|(index, evidence)| {
            let owner = EvidenceOwner::Event(at);
            Some((EvidenceRef { file, owner, index }, evidence.source?))
        })
        .collect();
    for statement in statements_of_event(briefing, at) {
        let Some(of) = briefing.statements.get(statement as usize) else {
            continue;
        };
        found.extend((0..).zip(&of.evidence).filter_map(|(index, evidence)| {
            let owner = EvidenceOwner::Statement(statement);
            Some((EvidenceRef { file, owner, index }, evidence.source?))
        }));
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|(_, source)| seen.insert(*source));
    if found.is_empty() {
        return;
    }
    let colors = theme::palette(ui);
    let title = if found.len() == 1 {
        "Source"
    } else {
        "Sources"
    };
    let text = RichText::new(title)
        .font(Face::SansSemibold.at(size::UI_PX * scale))
        .color(colors.text_weak);
    ui.label(text);
    for (evidence, source) in found {
        let Some(source) = briefing.sources.get(source as usize) else {
            continue;
        };
        // Under the name, not under the mark, goes on what has no room beside it.
        ui.horizontal_top(|ui| {
            let level = state
                .checked(evidence)
                .map_or(Level::Grey, |checked| checked.level());
            let font = Face::Sans.at(size::UI_PX * scale);
            let line_px = ui.fonts_mut(|fonts| fonts.row_height(&font));
            let of_mark = vec2(0.0, line_px);
            ui.allocate_ui_with_layout(of_mark, Layout::left_to_right(Align::Center), |ui| {
                evidence::level_mark(ui, level);
            });
            ui.vertical(|ui| {
                ui.horizontal_wrapped(|ui| {
                    let name = RichText::new(source.label()).font(font.clone());
                    let mut details: Vec<String> =
                        evidence::source_who(source).into_iter().collect();
                    let date = source.date.as_ref().map(|date| date.in_words());
                    // A date is not torn apart.
                    details.extend(date.map(|date| date.replace(' ', "\u{a0}")));
                    let open = ui
                        .add(egui::Link::new(name))
                        .on_hover_text(menu::tooltip(ui, Command::OpenSource));
                    if open.clicked() {
                        actions.push(Action::Run(Command::Present));
                        actions.push(Action::OpenEvidence(evidence));
                    }
                    let details = RichText::new(dotted(&details))
                        .font(font)
                        .color(colors.text_weak);
                    ui.label(details);
                })
            });
        });
    }
}
