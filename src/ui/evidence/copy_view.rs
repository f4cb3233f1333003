//! A copy of a source, opened at a quote: all quotes of this source are marked, the present one strongest.
//!
//! Only the paragraphs in view are laid out; the heights of the others are estimates until they are seen.

use super::copy_body::{self, Picked};
use super::copy_caret::{self, Caret, Wish};
use super::copy_map::{self, Tick};
use super::copy_text::{GAP_PX, LINE_PX, Marked, paragraphs};
use super::pages::item_row;
use super::passage;
use super::{caption, level_mark};
use crate::command::Command;
use crate::evidence::{Checked, CopyText, Level, Verdict};
use crate::model::{EvidenceOwner, FileId, Item};
use crate::state::{Action, CopyMark, EvidenceRef, OpenCopy, State};
use crate::ui::document::heights::Heights;
use crate::ui::menu::tooltip;
use crate::ui::theme::{Face, palette, pane, size, space};
use egui::{Id, Label, RichText, Ui, UiBuilder};
use std::ops::Range;
use std::sync::Arc;

/// What the view remembers between frames.
#[derive(Default)]
pub(crate) struct CopyView {
    /// The request that is being shown.
    serial: Option<u64>,
    /// The copy that `paragraphs` and the rest are of.
    copy: Option<Arc<CopyText>>,
    /// Byte ranges of the copy's paragraphs.
    pub(super) paragraphs: Vec<Range<usize>>,
    /// Heights of the paragraphs at `width_px`; those not seen yet are estimates.
    pub(super) heights: Heights,
    width_px: f32,
    /// The passage still to be scrolled to.
    pub(super) scroll_to: Option<usize>,
    /// The words the reader has selected, from where that began to the caret; the same place twice where none are.
    pub(super) selection: Option<(usize, usize)>,
    /// Whether the caret stands at the end of its row, and not where the next one begins.
    pub(super) at_row_end: bool,
    /// How far from the left the caret wants to be in whatever row it comes to.
    pub(super) goal_x_px: Option<f32>,
    /// The caret was moved, and is to be scrolled to.
    pub(super) bring_caret: bool,
    /// What has the focus while the keys are those of the words.
    pub(super) words: Option<Id>,
    /// What the keys of this frame ask for.
    pub(super) wishes: Vec<Wish>,
    /// The last request to take the keyboard into the words.
    caret_serial: u64,
    /// The marks in the copy, and what they were made for: file, source, revision of the checks.
    marks: Vec<CopyMark>,
    marked_for: Option<(FileId, u32, u64)>,
}

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    open: OpenCopy,
    view: &mut CopyView,
    actions: &mut Vec<Action>,
) {
    let checks = state.checks(open.file);
    let copy = checks.and_then(|checks| checks.copies.get(&open.source));
    let present = open.evidence.and_then(|evidence| state.checked(evidence));
    let wanted = Some((open.file, open.source, state.checks_revision()));
    if view.marked_for != wanted {
        view.marked_for = wanted;
        view.marks = state.copy_marks(open.file, open.source);
    }
    let marks: Vec<Marked> = view
        .marks
        .iter()
        .map(|mark| Marked {
            present: open.evidence == Some(mark.evidence)
                && open
                    .passage
                    .is_none_or(|passage| passage.range() == mark.range),
            level: state
                .checked(mark.evidence)
                .map_or(Level::Grey, Checked::level),
            mark: mark.clone(),
        })
        .collect();
    header(ui, state, open, present, copy, view, actions);
    let Some(copy) = copy else {
        missing(ui, state, open);
        return;
    };
    if !marks.is_empty() {
        steps(ui, &marks, actions);
    }
    if view
        .copy
        .as_ref()
        .is_none_or(|before| !Arc::ptr_eq(before, copy))
    {
        *view = CopyView {
            copy: Some(Arc::clone(copy)),
            paragraphs: paragraphs(copy.text()),
            marks: std::mem::take(&mut view.marks),
            marked_for: view.marked_for,
            words: view.words,
            caret_serial: view.caret_serial,
            ..CopyView::default()
        };
    }
    if view.serial != Some(open.serial) {
        view.serial = Some(open.serial);
        // A passage that nobody quotes is selected, ready to be copied.
        let passage = open.passage.filter(|_| open.evidence.is_none());
        view.selection = passage.map(|it| (it.start as usize, it.end as usize));
        let first = marks.iter().find(|mark| mark.present);
        view.scroll_to = open
            .passage
            .map(|passage| passage.range().start)
            .or_else(|| first.map(|mark| mark.mark.range.start))
            .or_else(|| Some(present?.passage()?.start));
    }
    ui.separator();
    let whole = ui.available_rect_before_wrap();
    let (words, map) = whole.split_left_right_at_x(whole.right() - copy_map::WIDTH_PX);
    let source = state.library.source(open.file, open.source);
    let name = source.map_or_else(String::new, |source| format!("Copy of {}", source.label()));
    let takes_focus = view.caret_serial != state.caret_serial;
    view.caret_serial = state.caret_serial;
    let picked = ui.scope_builder(UiBuilder::new().max_rect(words), |ui| {
        copy_body::show(ui, view, copy, &marks, &name, takes_focus)
    });
    match picked.inner {
        Picked::Nothing => {}
        Picked::Mark(mark) => actions.push(Action::ShowMark(mark.evidence, mark.range)),
        Picked::CopyWords => {
            if let Some(range) = view.selected() {
                actions.push(Action::CopyText(copy.words(&range).to_owned()));
            }
        }
        Picked::CopyEvidenceLine => copy_evidence_line(state, open, copy, view, actions),
    }
    if let Some(mark) = copy_map::show(ui, map, &ticks(view, &marks)) {
        actions.push(Action::ShowMark(mark.evidence, mark.range.clone()));
    }
    if ui.input(|input| {
        input
            .events
            .iter()
            .any(|event| matches!(event, egui::Event::Copy))
    }) && let Some(range) = view.selected()
        && !ui.text_edit_focused()
    {
        actions.push(Action::CopyText(copy.words(&range).to_owned()));
    }
}

/// The way from mark to mark, and how far the reader has come.
fn steps(ui: &mut Ui, marks: &[Marked], actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        for command in [Command::PreviousMark, Command::NextMark] {
            let button = ui
                .add(egui::Button::new(command.name()).small())
                .on_hover_text(tooltip(ui, command));
            if button.clicked() {
                actions.push(Action::Run(command));
            }
        }
        // Places that are quoted twice are one stop.
        let mut stops: Vec<(&Range<usize>, bool)> = Vec::new();
        for Marked { mark, present, .. } in marks {
            match stops.last_mut() {
                Some((range, is_present)) if *range == &mark.range => *is_present |= present,
                _ => stops.push((&mark.range, *present)),
            }
        }
        let present = stops.iter().position(|&(_, present)| present);
        caption(
            ui,
            match present {
                Some(at) => format!("Mark {} of {}", at + 1, stops.len()),
                None if stops.len() == 1 => "1 mark".to_owned(),
                None => format!("{} marks", stops.len()),
            },
        );
    });
}

/// The marks with their places in the height of the copy.
fn ticks<'a>(view: &mut CopyView, marks: &'a [Marked]) -> Vec<Tick<'a>> {
    let total_px = view.heights.total_px().max(1.0);
    marks
        .iter()
        .map(|marked| {
            let byte = marked.mark.range.start;
            let at = view.paragraph_at(byte);
            let top_px = view.heights.top_px(at);
            let height_px = view.heights.top_px(at + 1) - top_px;
            let inside = view.paragraphs.get(at).map_or(0.0, |paragraph| {
                let bytes = byte.saturating_sub(paragraph.start);
                bytes as f64 / paragraph.len().max(1) as f64
            });
            Tick {
                mark: &marked.mark,
                level: marked.level,
                present: marked.present,
                share: ((top_px + inside * height_px) / total_px).clamp(0.0, 1.0) as f32,
            }
        })
        .collect()
}

fn header(
    ui: &mut Ui,
    state: &State,
    open: OpenCopy,
    present: Option<&Checked>,
    copy: Option<&Arc<CopyText>>,
    view: &CopyView,
    actions: &mut Vec<Action>,
) {
    let colors = palette(ui);
    let is_low = ui.available_height() < pane::LOW_COPY_PX;
    let Some(source) = state.library.source(open.file, open.source) else {
        return;
    };
    ui.add_space(space::SMALL_PX);
    ui.horizontal_wrapped(|ui| {
        let back = ui
            .button("Close copy")
            .on_hover_text(tooltip(ui, Command::ClearSelection));
        if back.clicked() {
            actions.push(Action::CloseCopy);
        }
        let selected = view.selected().zip(copy);
        let line = ui
            .add_enabled(
                selected.is_some(),
                egui::Button::new("Copy as evidence line"),
            )
            .on_hover_text(
                "Select words of the copy; they are copied as a line for the briefing's footnote",
            )
            .on_disabled_hover_text("Select words of the copy first");
        if line.clicked()
            && let Some((_, copy)) = selected
        {
            copy_evidence_line(state, open, copy, view, actions);
        }
    });
    let title = RichText::new(source.label()).font(Face::SansSemibold.at(size::UI_TITLE_PX));
    let title = if is_low {
        ui.add(Label::new(title).truncate())
    } else {
        ui.label(title)
    };
    let made = source.copy.as_ref().and_then(|copy| copy.date.as_ref());
    let made = made.map_or_else(String::new, |date| format!(" of {}", date.in_words()));
    let file = source
        .copy
        .as_ref()
        .map(|copy| copy.file.as_str())
        .unwrap_or_default();
    let local = format!("Local copy{made}, {file}");
    // In a low pane the words of the copy need the room; what stands there otherwise is told on hover.
    if is_low {
        title.on_hover_text(local);
    } else {
        caption(ui, local);
    }
    if let Some(evidence) = open.evidence {
        quoted_by(ui, state, open, evidence, actions);
    }
    if let Some(checked) = present {
        ui.horizontal_wrapped(|ui| {
            level_mark(ui, checked.level());
            let verdict = ui.label(
                RichText::new(checked.verdict.label()).font(Face::SansSemibold.at(size::UI_PX)),
            );
            if is_low {
                verdict.on_hover_text(checked.verdict.meaning());
            } else {
                caption(ui, checked.verdict.meaning());
            }
        });
        if !checked.diff.is_empty()
            && let Some(passage) = copy.and_then(|copy| passage::in_sentence(copy, checked))
        {
            ui.add(Label::new(passage::job(&passage, colors)));
        }
        let listed = open.evidence.and_then(|evidence| state.evidence(evidence));
        if let Some(evidence) = listed.filter(|evidence| !evidence.details.silent_on.is_empty()) {
            let words = evidence.details.silent_on.join(", ");
            caption(
                ui,
                if checked.verdict == Verdict::SilenceBroken {
                    format!("Said to be silent on {words}; the words that stand there are marked")
                } else {
                    format!("None of these words stands here: {words}")
                },
            );
        }
    }
}

/// The selected words as a line for the footnote of a briefing.
fn copy_evidence_line(
    state: &State,
    open: OpenCopy,
    copy: &CopyText,
    view: &CopyView,
    actions: &mut Vec<Action>,
) {
    let source = state.library.source(open.file, open.source);
    if let (Some(range), Some(source)) = (view.selected(), source) {
        actions.push(Action::CopyText(crate::evidence::evidence_line(
            copy.words(&range),
            crate::model::Relation::Says,
            &source.key,
            source.details.language.as_deref(),
        )));
        actions.push(Action::Answer("Evidence line copied".to_owned()));
    }
}

/// Who quotes the words that are shown, where that is not what is selected: another mark of the copy was gone to.
fn quoted_by(
    ui: &mut Ui,
    state: &State,
    open: OpenCopy,
    evidence: EvidenceRef,
    actions: &mut Vec<Action>,
) {
    let item = match evidence.owner {
        EvidenceOwner::Event(at) => Item::Event(evidence.file, at),
        EvidenceOwner::Statement(at) => Item::Statement(evidence.file, at),
        EvidenceOwner::Cell { .. } => return,
    };
    if state.selection == Some(item) {
        return;
    }
    let Some(label) = state.library.label(item) else {
        return;
    };
    let elsewhere = (evidence.file != open.file)
        .then(|| state.library.label(Item::File(evidence.file)))
        .flatten();
    caption(
        ui,
        elsewhere.map_or_else(
            || "Quoted by".to_owned(),
            |title| format!("Quoted in {title} by"),
        ),
    );
    item_row(ui, state, item, &label, actions);
}

/// There is nothing to show: why, and what to do.
fn missing(ui: &mut Ui, state: &State, open: OpenCopy) {
    let Some(checks) = state.checks(open.file) else {
        caption(ui, "The copy is being read");
        return;
    };
    let source = state.library.source(open.file, open.source);
    let problem = checks
        .problems
        .iter()
        .find(|problem| source.is_some_and(|source| source.span == problem.span));
    match problem {
        Some(problem) => {
            ui.label(RichText::new(&problem.message).color(palette(ui).warn));
            caption(ui, &problem.hint)
        }
        None => caption(ui, "This source has no local copy"),
    };
}

impl CopyView {
    /// Takes the keys of the words while they have the focus.
    pub(super) fn take_keys(&mut self, ui: &Ui) {
        let has_focus = |id| ui.memory(|memory| memory.has_focus(id));
        if self.words.is_some_and(has_focus) {
            self.wishes = copy_caret::take(ui, self.selected().is_some());
        }
    }

    pub(super) fn caret(&self) -> Caret {
        Caret {
            byte: self.selection.unwrap_or_default().1,
            at_row_end: self.at_row_end,
        }
    }

    pub(super) fn width_px(&self) -> f32 {
        self.width_px
    }

    /// The last paragraph that begins at a byte or before it.
    pub(super) fn paragraph_at(&self, byte: usize) -> usize {
        self.paragraphs
            .partition_point(|range| range.start <= byte)
            .saturating_sub(1)
    }

    /// The selected bytes, in order; nothing when no word is selected.
    pub(super) fn selected(&self) -> Option<Range<usize>> {
        let (from, to) = self.selection?;
        (from != to).then(|| from.min(to)..from.max(to))
    }

    /// Heights for a width; seen ones are forgotten when it changes.
    pub(super) fn resize(&mut self, width_px: f32) {
        if self.width_px == width_px && self.heights.len() == self.paragraphs.len() {
            return;
        }
        self.width_px = width_px;
        let letters_per_line = (width_px / (size::UI_TITLE_PX * 0.48)).max(1.0);
        let heights_px = self.paragraphs.iter().map(|range| {
            (range.len() as f32 / letters_per_line).ceil().max(1.0) * LINE_PX + GAP_PX
        });
        self.heights = Heights::estimated(heights_px.collect());
    }
}
