//! Draws one text of the document and answers the hands that touch it.

use super::found;
use super::look::{self, StatementLook, statement_look};
use super::places::{Places, Target};
use super::prose::{PieceRole, Prose, Rows};
use crate::command::Command;
use crate::model::{Alert, Briefing, FileId, Item};
use crate::span::Span;
use crate::state::{Action, State};
use crate::ui::theme::{self, Palette, page, space};
use egui::text_selection::LabelSelectionState;
use egui::{
    Color32, CursorIcon, Galley, Id, Key, Pos2, Rangef, Rect, Role, Sense, Stroke, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use std::ops::Range;
use std::sync::Arc;

/// What all leaves of a frame share.
pub(super) struct Pane<'a> {
    pub(super) state: &'a State,
    pub(super) file: FileId,
    pub(super) briefing: &'a Briefing,
    pub(super) places: &'a Places,
    pub(super) colors: &'a Palette,
    /// How much larger than usual the text is set.
    pub(super) scale: f32,
    /// The left and the right edge of running text.
    pub(super) column: Rangef,
    /// What a wide table may take.
    pub(super) room: Rangef,
    /// Whether all that belongs to the selection stands out, not just what is selected.
    pub(super) shows_related: bool,
    /// Passages of the events that are selected or pointed at.
    pub(super) passages: &'a [Passage],
    /// A passage that was jumped to, and how strongly it still lights up (0 to 1).
    pub(super) flash: Option<(Span, f32)>,
    pub(super) actions: &'a mut Vec<Action>,
    /// What the pointer is over, and where its mark is.
    pub(super) pointed: Option<(Target, Rect)>,
    /// A place of this document to go to.
    pub(super) go_to: Option<GoTo>,
}

/// A passage of an event that is to stand out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    pub(super) span: Span,
    /// Behind its words, when it is less than a whole leaf.
    pub(super) ground: Color32,
    /// Beside it, when it is more.
    pub(super) bar: Color32,
}

/// A jump inside the document that no other pane needs to know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GoTo {
    /// The footnote with this number.
    Note(u32),
    /// The first reference to the footnote with this number.
    Reference(u32),
}

/// Where a text stands, and what it is.
pub(super) struct Place {
    pub(super) id: Id,
    pub(super) pos: Pos2,
    /// All that answers to the pointer; at least the text.
    pub(super) rect: Rect,
    pub(super) role: Role,
    pub(super) owner: Owner,
    /// Whether statements get their marks in the margin.
    pub(super) has_margin: bool,
}

/// What a text belongs to as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    None,
    /// A heading: its level, and its first byte.
    Heading(u8, u32),
    /// A footnote: the statement it is the evidence of.
    Note(Option<u32>),
    /// An entry of the list of sources.
    Source(u32),
}

pub(super) fn alert_color(alert: Alert, colors: &Palette) -> Color32 {
    match alert {
        Alert::Note => colors.note,
        Alert::Tip => colors.good,
        Alert::Important => colors.accent,
        Alert::Warning => colors.warn,
        Alert::Caution => colors.bad,
    }
}

/// Draws laid-out text with its grounds, lines and marks.
pub(super) fn text(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    place: &Place,
    prose: &Prose,
    galley: Arc<Galley>,
) {
    let offset = place.pos.to_vec2();
    let rows = Rows::new(&galley);
    let clip = ui.clip_rect();
    let visible = rows.chars_between(clip.top() - place.pos.y, clip.bottom() - place.pos.y);
    let shown = prose.span_of(visible.clone());
    let statements: Vec<(Span, u32)> = if prose.pieces.is_empty() || shown.is_empty() {
        Vec::new()
    } else {
        pane.places.statements_in(shown).collect()
    };
    let canvas = Canvas {
        rows: &rows,
        prose,
        visible: &visible,
        offset,
    };

    // The nearer to the selection, the later: the passage of the selected event shows whole, although the statement in
    // it only belongs to that event.
    let related = pane.colors.related;
    let grounds: Vec<(Span, Color32)> = (statements.iter())
        .filter_map(|&(span, at)| {
            let ground = ground_of(pane, Item::Statement(pane.file, at))?;
            Some((span, ground))
        })
        .collect();
    let all_related = grounds.iter().filter(|(_, ground)| *ground == related);
    for span in joined(prose, all_related.map(|(span, _)| *span)) {
        canvas.ground(ui, span, related);
    }
    for &Passage { span, ground, .. } in pane.passages {
        if span.overlaps(shown) && !span.covers(prose.span_of(0..usize::MAX)) {
            canvas.ground(ui, span, ground);
        }
    }
    for &(span, ground) in grounds.iter().filter(|(_, ground)| *ground != related) {
        canvas.ground(ui, span, ground);
    }
    if let Some((span, strength)) = pane.flash
        && span.overlaps(shown)
    {
        let color = pane
            .colors
            .accent
            .gamma_multiply(strength * page::FLASH_STRENGTH);
        canvas.ground(ui, span, color);
    }
    found::show(ui, pane, place, &canvas);

    // The edge of the pane below can be taken hold of where words run under it.
    let held = ui.clip_rect().bottom() - 2.0 * ui.style().interaction.resize_grab_radius_side;
    let mut response = ui.interact(
        place.rect.with_max_y(place.rect.bottom().min(held)),
        place.id,
        Sense::click_and_drag() - Sense::FOCUSABLE,
    );
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(place.role, enabled, prose.job.text.as_str()));
    if let Owner::Heading(level, _) = place.owner {
        ui.accesskit_node_builder(response.id, |node| node.set_level(usize::from(level)));
    }
    LabelSelectionState::label_text_selection(
        ui,
        &response,
        place.pos,
        Arc::clone(&galley),
        pane.colors.text,
        Stroke::NONE,
    );
    super::broken::paint(ui.painter(), place.pos, &galley, pane.colors.text_weak);

    let begins_here = |span: Span| {
        prose
            .pieces
            .first()
            .zip(prose.pieces.last())
            .is_some_and(|(first, last)| {
                first.span.start <= span.start && span.start < last.span.end
            })
    };
    let mut margin = Margin::default();
    for &(span, at) in &statements {
        let Some(look) = statement_look(pane.state, pane.file, at, pane.colors) else {
            continue;
        };
        let boxes = canvas.boxes(span);
        for &(row, baseline_px) in &boxes {
            look::paint_line(ui.painter(), row, baseline_px, look.line, look.line_color);
        }
        if let Some(&(row, _)) = boxes.first().filter(|_| begins_here(span)) {
            if place.has_margin {
                margin.mark(ui, pane, place, at, &look, row);
            }
            statement_node(ui, pane, place, at, &look, row);
        }
    }
    links(ui, pane, place, &canvas);

    // What is under the pointer.
    let Some(pointer) = response
        .hover_pos()
        .or_else(|| response.interact_pointer_pos())
    else {
        return;
    };
    let target = canvas.target(pane, place, &statements, pointer);
    if response.contains_pointer()
        && let Some((target, rect)) = &target
    {
        if let Some(item) = item_of(pane, target) {
            pane.actions.push(Action::Hover(Some(item)));
        }
        if !matches!(target, Target::Event(_) | Target::Statement(_)) {
            response = response.on_hover_cursor(CursorIcon::PointingHand);
        }
        pane.pointed = Some((target.clone(), *rect));
    }
    // The second click of a double click selects a word; the first has been answered already.
    let once = response.clicked() && !response.double_clicked() && !response.triple_clicked();
    if once && let Some((target, _)) = target {
        answer(pane, target);
    }
    crate::ui::menu::context(&response, |ui| menu(ui, pane, &statements, prose));
}

/// Text with its place on the screen.
pub(super) struct Canvas<'a> {
    rows: &'a Rows<'a>,
    pub(super) prose: &'a Prose,
    /// The letters on screen.
    pub(super) visible: &'a Range<usize>,
    offset: Vec2,
}

impl Canvas<'_> {
    /// The rows on screen that show a stretch of the file, with their baselines.
    fn boxes(&self, span: Span) -> Vec<(Rect, f32)> {
        let ranges = self.prose.chars_of(span).into_iter();
        ranges.flat_map(|chars| self.boxes_of(chars)).collect()
    }

    /// The rows on screen that show some letters, with their baselines.
    pub(super) fn boxes_of(&self, chars: Range<usize>) -> Vec<(Rect, f32)> {
        let boxes = self.rows.boxes(chars, self.visible).into_iter();
        boxes
            .map(|(rect, baseline)| (rect.translate(self.offset), baseline + self.offset.y))
            .collect()
    }

    fn ground(&self, ui: &Ui, span: Span, color: Color32) {
        for (rect, _) in self.boxes(span) {
            let rect = rect.expand2(vec2(page::UNDERLINE_PX * 2.0, 0.0));
            ui.painter()
                .rect_filled(rect, space::HAIRLINE_PX * 2.0, color);
        }
    }

    /// What a place on the screen means, and the box of it.
    fn target(
        &self,
        pane: &Pane<'_>,
        place: &Place,
        statements: &[(Span, u32)],
        pointer: Pos2,
    ) -> Option<(Target, Rect)> {
        if let Owner::Heading(_, start) = place.owner {
            let event = pane.places.event_of_heading(start)?;
            return Some((Target::Event(event), place.rect));
        }
        if let Owner::Source(source) = place.owner {
            return Some((Target::Source(source), place.rect));
        }
        if self.prose.right_to_left {
            return whole_text(pane, statements).map(|target| (target, place.rect));
        }
        let char = self.rows.char_at(pointer - self.offset, page::HIT_SLOP_PX);
        let piece = char.and_then(|char| self.prose.piece_at(char));
        if let Some(piece) = piece {
            let rect = self
                .rows
                .boxes(piece.chars.clone(), self.visible)
                .first()
                .map_or(place.rect, |(rect, _)| rect.translate(self.offset));
            match &piece.role {
                PieceRole::Link(target) => return Some((Target::Link(target.clone()), rect)),
                PieceRole::Citation => {
                    let mark = pane.places.statement_of_mark(piece.span);
                    if let Some(statement) = mark {
                        return Some((Target::Mark(statement), rect));
                    }
                }
                PieceRole::Note(number) => {
                    let target = match pane.places.statement_of_mark(piece.span) {
                        Some(statement) => Target::Mark(statement),
                        None => Target::Note(*number),
                    };
                    return Some((target, rect));
                }
                PieceRole::Text => {}
            }
        }
        let byte = char.and_then(|char| self.prose.byte_at(char));
        let target = byte
            .and_then(|byte| pane.places.statement_at(byte))
            .map(Target::Statement)
            .or(match place.owner {
                Owner::Note(statement) => statement.map(Target::Statement),
                _ => None,
            })
            .or_else(|| pane.places.event_at(byte?).map(Target::Event))?;
        Some((target, place.rect))
    }
}

/// What a text means whose letters cannot be told apart: its first statement; once that is selected, the next.
fn whole_text(pane: &Pane<'_>, statements: &[(Span, u32)]) -> Option<Target> {
    let selected = statements
        .iter()
        .position(|&(_, at)| pane.state.selection == Some(Item::Statement(pane.file, at)));
    let next = selected.map_or(0, |at| at + 1);
    let (_, at) = statements.get(next).or(statements.first())?;
    Some(Target::Statement(*at))
}

fn item_of(pane: &Pane<'_>, target: &Target) -> Option<Item> {
    match target {
        Target::Statement(at) | Target::Mark(at) => Some(Item::Statement(pane.file, *at)),
        Target::Event(at) => Some(Item::Event(pane.file, *at)),
        Target::Source(at) => Some(Item::Source(pane.file, *at)),
        Target::Link(crate::model::LinkTarget::Event(at)) => Some(Item::Event(pane.file, *at)),
        Target::Link(_) | Target::Note(_) => None,
    }
}

/// Does what a click on a target means.
fn answer(pane: &mut Pane<'_>, target: Target) {
    match target {
        Target::Link(link) => pane.actions.push(Action::FollowLink(pane.file, link)),
        Target::Note(number) => pane.go_to = Some(GoTo::Note(number)),
        Target::Statement(_) | Target::Mark(_) | Target::Event(_) | Target::Source(_) => {
            if let Some(item) = item_of(pane, &target) {
                pane.actions.push(Action::SelectHere(item));
            }
        }
    }
}

/// So many letters stand between two sentences at most, where nothing but a stop and marks of citations does.
const BETWEEN_SENTENCES: usize = 6;

/// Spans one after the other as one: a ground with a hole at each citation would be no ground.
fn joined(prose: &Prose, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        if let Some(last) = joined.last_mut()
            && last.end <= span.start
        {
            let gap = Span {
                start: last.end,
                end: span.start,
            };
            let letters: usize = prose.chars_of(gap).iter().map(Range::len).sum();
            if letters <= BETWEEN_SENTENCES {
                last.end = span.end;
                continue;
            }
        }
        joined.push(span);
    }
    joined
}

/// The ground of an item, by how near it is to the selection.
pub(super) fn ground_of(pane: &Pane<'_>, item: Item) -> Option<Color32> {
    let Pane { state, colors, .. } = pane;
    if state.selection == Some(item) {
        Some(colors.selected)
    } else if state.hovered.contains(item) {
        Some(colors.hovered)
    } else if pane.shows_related && state.selected.contains(item) {
        Some(colors.related)
    } else {
        None
    }
}

/// Marks beside the lines of one text.
#[derive(Default)]
struct Margin {
    /// The line of the last mark, and how many it has.
    line_top_px: Option<f32>,
    count: usize,
}

impl Margin {
    fn mark(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        place: &Place,
        at: u32,
        look: &StatementLook,
        row: Rect,
    ) {
        if self.line_top_px == Some(row.top()) {
            self.count += 1;
        } else {
            *self = Self {
                line_top_px: Some(row.top()),
                count: 0,
            };
        }
        if self.count >= page::MARKS_A_LINE {
            return;
        }
        // Counted in `usize` up to `MARKS_A_LINE`, so the cast is exact.
        let x = pane.column.min - page::MARK_OFFSET_PX - self.count as f32 * page::MARK_STEP_PX;
        let center = pos2(x, row.center().y);
        let rect = Rect::from_center_size(center, vec2(page::MARK_STEP_PX, row.height()));
        // None is shown by half; the words are underlined all the same.
        if rect.left() < ui.clip_rect().left() - space::SMALL_PX {
            return;
        }
        let id = place.id.with(("mark", at));
        let response = ui.interact(rect, id, Sense::click() - Sense::FOCUSABLE);
        let item = Item::Statement(pane.file, at);
        let color = if pane.state.selection == Some(item) {
            pane.colors.accent
        } else {
            look.mark_color
        };
        look::paint_mark(ui.painter(), center, look.shape, color);
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response.hovered() {
            pane.actions.push(Action::Hover(Some(item)));
            pane.pointed = Some((Target::Mark(at), rect));
        }
        if response.clicked() {
            pane.actions.push(Action::SelectHere(item));
        }
    }
}

/// Makes a statement known to keyboards and screen readers. The pointer goes through to the text.
fn statement_node(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    place: &Place,
    at: u32,
    look: &StatementLook,
    row: Rect,
) {
    let item = Item::Statement(pane.file, at);
    let Some(statement) = pane.briefing.statements.get(at as usize) else {
        return;
    };
    let selected = pane.state.selection == Some(item);
    let label = format!("Statement: {} ({})", statement.text, look.words);
    let pressed = node(ui, place.id.with(("statement", at)), row, |enabled| {
        WidgetInfo::selected(Role::Button, enabled, selected, &label)
    });
    if pressed && selected {
        // A second time: on to the source, as Enter does elsewhere.
        pane.actions.push(Action::Run(Command::OpenSource));
    } else if pressed {
        pane.actions.push(Action::SelectHere(item));
    }
}

/// Lines under links, and their nodes.
fn links(ui: &mut Ui, pane: &mut Pane<'_>, place: &Place, canvas: &Canvas<'_>) {
    let prose = canvas.prose;
    let first = prose
        .pieces
        .partition_point(|piece| piece.chars.end <= canvas.visible.start);
    for piece in prose.pieces.iter().skip(first) {
        if piece.chars.start >= canvas.visible.end {
            break;
        }
        let (target, name) = match &piece.role {
            PieceRole::Link(target) => (
                Target::Link(target.clone()),
                prose.words_of(piece).to_owned(),
            ),
            PieceRole::Note(number) if pane.places.statement_of_mark(piece.span).is_none() => {
                (Target::Note(*number), format!("Note {number}"))
            }
            _ => continue,
        };
        let boxes = canvas.rows.boxes(piece.chars.clone(), canvas.visible);
        for (row, baseline_px) in &boxes {
            if matches!(target, Target::Link(_)) {
                let row = row.translate(canvas.offset);
                let baseline_px = baseline_px + canvas.offset.y;
                let color = pane.colors.accent;
                look::paint_line(ui.painter(), row, baseline_px, look::Line::Solid, color);
            }
        }
        let Some((row, _)) = boxes.first() else {
            continue;
        };
        let row = row.translate(canvas.offset);
        let id = place.id.with(("link", piece.chars.start));
        let pressed = node(ui, id, row, |enabled| {
            WidgetInfo::labeled(Role::Link, enabled, &name)
        });
        if pressed {
            answer(pane, target);
        }
    }
}

/// A thing the keyboard can reach. True when it was pressed by key or by a screen reader.
fn node(ui: &mut Ui, id: Id, rect: Rect, info: impl Fn(bool) -> WidgetInfo) -> bool {
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    let enabled = ui.is_enabled();
    response.widget_info(|| info(enabled));
    ui.accesskit_node_builder(id, |node| {
        node.add_action(egui::accesskit::Action::Click);
    });
    let by_reader =
        ui.input(|input| input.has_accesskit_action_request(id, egui::accesskit::Action::Click));
    if !response.has_focus() {
        return by_reader;
    }
    theme::focus_ring(ui.painter(), rect);
    if response.gained_focus() && !ui.clip_rect().contains_rect(rect) {
        ui.scroll_to_rect(rect.expand(space::HUGE_PX), None);
    }
    let by_key = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
    by_reader || by_key
}

/// What can be done with a text: copies, the marks as the author wrote them among them.
fn menu(ui: &mut Ui, pane: &mut Pane<'_>, statements: &[(Span, u32)], prose: &Prose) {
    let selected = statements
        .iter()
        .find(|&&(_, at)| pane.state.selection == Some(Item::Statement(pane.file, at)));
    if let Some(&(span, _)) = selected
        && ui.button("Copy statement").clicked()
    {
        let words = pane.briefing.words(span).to_owned();
        pane.actions.push(Action::CopyText(words));
    }
    if selected.is_some() && ui.button("Copy citation").clicked() {
        pane.actions.push(Action::Run(Command::CopyCitation));
    }
    if ui.button("Copy paragraph").clicked() {
        pane.actions.push(Action::CopyText(prose.job.text.clone()));
    }
    let span = prose.span_of(0..usize::MAX);
    if !span.is_empty() && ui.button("Copy paragraph as written").clicked() {
        let words = pane.briefing.words(span).to_owned();
        pane.actions.push(Action::CopyText(words));
    }
}
