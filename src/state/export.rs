//! The export sheet: what is to be exported, how the pages look, and how far the writing has come.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the page that is shown, and the next"
)]

use super::{Action, Effect, NO_DIALOG, Sheet, State};
use crate::library::Picture;
use crate::library::filter::is_in_range;
use crate::model::FileId;
use crate::summary::{Form, Options, Paper, Selection, Standard, Template};
use crate::text::is_unseen;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// What the user has chosen, and what has come of it.
#[derive(Clone, Debug, Default)]
pub struct Export {
    pub form: Form,
    pub options: Options,
    /// All of the library, though a range is selected.
    pub whole: bool,
    pub preview: Preview,
    /// The page that is shown, from 0.
    pub page: usize,
    pub pictures: BTreeMap<usize, Arc<Picture>>,
    pub writing: Writing,
    /// There is no dialog for a path, so the sheet asks for it.
    pub asks_path: bool,
    /// Grows with every change, so that a late answer can be told.
    serial: u64,
}

/// The pages as they will be.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Preview {
    /// Nothing has been set yet.
    #[default]
    None,
    /// So many pages that they are set only when they are asked for.
    Large(Estimate),
    Setting,
    Ready(PagesInfo),
    Failed(String),
}

/// What an export will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub events: usize,
    pub pages: usize,
}

/// What is known of pages that are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PagesInfo {
    pub count: usize,
    pub width_pt: f32,
    pub height_pt: f32,
}

/// How far the writing of a file has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    #[default]
    Idle,
    Running(PathBuf),
    Done(PathBuf),
    Failed(String),
}

/// All that the shell must know to export.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRequest {
    pub form: Form,
    pub options: Options,
    pub selection: Selection,
    /// The chosen events by file; `None` chooses all.
    pub chosen: Option<BTreeMap<FileId, Vec<u32>>>,
}

/// What the sheet and the shell have to say about an export.
#[derive(Debug)]
pub enum ExportAction {
    SetForm(Form),
    SetTemplate(Template),
    SetPaper(Paper),
    SetStandard(Standard),
    SetStyle(String),
    SetWhole(bool),
    /// Sets the pages although there are many.
    Preview,
    ShowPage(usize),
    /// Asks where the file is to be written.
    Save,
    /// There is no dialog for it.
    NoDialog,
    SaveTo(PathBuf),
    Cancel,
    /// From the shell: the pages of the request with this number are set, or why not.
    Previewed(u64, Result<PagesInfo, String>),
    PageReady(u64, usize, Arc<Picture>),
    Written(u64, Result<PathBuf, String>),
    /// From the shell: the sheet is no longer shown, and its pages are given back.
    Closed,
    /// The chronology, as rich text and as Markdown.
    Chronology(Result<(String, String), String>),
}

/// From here on, pages are set only when they are asked for.
const LARGE_EVENTS: usize = 2_000;

impl State {
    pub(super) fn open_export(&mut self, effects: &mut Vec<Effect>) {
        self.sheet = Some(Sheet::Export);
        self.export.writing = Writing::Idle;
        self.export.page = 0;
        self.renew_preview(false, effects);
    }

    /// Whether something narrows what is on the screen, so that there is a choice.
    pub fn has_choice(&self) -> bool {
        self.timeline.range.is_some() || self.is_narrowed()
    }

    pub(super) fn apply_export(&mut self, action: ExportAction, effects: &mut Vec<Effect>) {
        match action {
            ExportAction::SetForm(form) => self.export.form = form,
            ExportAction::SetTemplate(template) => self.export.options.template = template,
            ExportAction::SetPaper(paper) => self.export.options.paper = paper,
            ExportAction::SetStandard(standard) => {
                // Pages look the same, so they need not be set again.
                self.export.options.standard = standard;
                return;
            }
            ExportAction::SetStyle(style) => self.export.options.style = style,
            ExportAction::SetWhole(whole) => self.export.whole = whole,
            ExportAction::Preview => {
                self.renew_preview(true, effects);
                return;
            }
            ExportAction::ShowPage(page) => {
                if let Preview::Ready(info) = self.export.preview {
                    self.export.page = page.min(info.count.saturating_sub(1));
                    self.ask_page(effects);
                }
                return;
            }
            ExportAction::Save => {
                effects.push(Effect::PickExport(self.export.form, self.export_name()));
                return;
            }
            ExportAction::NoDialog => {
                self.answer(NO_DIALOG);
                self.export.asks_path = true;
                return;
            }
            ExportAction::SaveTo(path) => {
                self.export.writing = Writing::Running(path.clone());
                let request = self.export_request();
                let serial = self.next_serial();
                self.export.serial = serial;
                effects.push(Effect::WriteExport(serial, path, Box::new(request)));
                return;
            }
            ExportAction::Cancel => {
                self.export.writing = Writing::Idle;
                effects.push(Effect::CancelExport);
                return;
            }
            ExportAction::Previewed(serial, outcome) => {
                self.take_preview(serial, outcome, effects);
                return;
            }
            ExportAction::PageReady(serial, page, picture) => {
                if serial == self.export.serial {
                    self.export.pictures.insert(page, picture);
                }
                return;
            }
            ExportAction::Closed => {
                // An export that is being written goes on; its answer is not told from late ones by this number.
                self.export.serial = self.next_serial();
                self.export.preview = Preview::None;
                self.export.pictures.clear();
                return;
            }
            ExportAction::Written(_, outcome) => {
                // A cancelled one has nothing to say any more.
                if let Writing::Running(_) = self.export.writing {
                    self.export.writing = match outcome {
                        Ok(path) => Writing::Done(path),
                        Err(message) => Writing::Failed(message),
                    };
                }
                return;
            }
            ExportAction::Chronology(Ok((html, markdown))) => {
                effects.push(Effect::CopyRichText(html, markdown));
                self.answer("Chronology copied");
                return;
            }
            ExportAction::Chronology(Err(message)) => {
                self.notice(message);
                return;
            }
        }
        self.export.writing = Writing::Idle;
        self.renew_preview(false, effects);
    }

    pub(super) fn copy_chronology(&mut self, effects: &mut Vec<Effect>) {
        if self.library.is_empty() {
            self.answer("Open a briefing first");
            return;
        }
        effects.push(Effect::CopyChronology(Box::new(self.export_request())));
    }

    /// What is chosen now.
    fn export_request(&self) -> ExportRequest {
        let (selection, chosen) = self.chosen_events();
        ExportRequest {
            form: self.export.form,
            options: self.export.options.clone(),
            selection,
            chosen,
        }
    }

    fn renew_preview(&mut self, even_large: bool, effects: &mut Vec<Effect>) {
        let serial = self.next_serial();
        self.export.serial = serial;
        self.export.pictures.clear();
        let request = self.export_request();
        let events = match &request.chosen {
            Some(chosen) => chosen.values().map(Vec::len).sum(),
            None => self.library.totals().events,
        };
        if events >= LARGE_EVENTS && !even_large {
            self.export.preview = Preview::Large(Estimate {
                events,
                pages: crate::summary::page_estimate(events),
            });
            return;
        }
        self.export.preview = Preview::Setting;
        effects.push(Effect::PreviewExport(serial, Box::new(request)));
    }

    fn take_preview(
        &mut self,
        serial: u64,
        outcome: Result<PagesInfo, String>,
        effects: &mut Vec<Effect>,
    ) {
        if serial != self.export.serial {
            return;
        }
        match outcome {
            Ok(info) => {
                self.export.page = self.export.page.min(info.count.saturating_sub(1));
                self.export.preview = Preview::Ready(info);
                self.ask_page(effects);
            }
            Err(message) => self.export.preview = Preview::Failed(message),
        }
    }

    /// Asks for the picture of the page that is shown, and of the next, which is likely to be wanted.
    fn ask_page(&self, effects: &mut Vec<Effect>) {
        let Preview::Ready(info) = self.export.preview else {
            return;
        };
        for page in [self.export.page, self.export.page + 1] {
            if page < info.count && !self.export.pictures.contains_key(&page) {
                effects.push(Effect::DrawPage(self.export.serial, page));
            }
        }
    }

    /// A name for the file, from the title of the briefing.
    fn export_name(&self) -> String {
        let title = match self.library.files().collect::<Vec<_>>().as_slice() {
            [only] => only.briefing.title.to_string(),
            _ => "Summary".to_owned(),
        };
        safe_file_name(&title, self.export.form.ending())
    }

    /// The events on the screen, and the words that tell how they were chosen: by range, filter and search.
    fn chosen_events(&self) -> (Selection, Option<BTreeMap<FileId, Vec<u32>>>) {
        if self.export.whole || !self.has_choice() {
            return (Selection::all(), None);
        }
        let zone = self.timeline.zone();
        let words =
            |instant| crate::date::format_instant(instant, crate::date::Precision::Minute, &zone);
        let mut restrictions = Vec::new();
        let range = self.timeline.range.as_ref();
        if let Some(range) = range {
            let (from, to) = (words(range.start), words(range.end));
            restrictions.push(format!("from {from} to {to}"));
        }
        restrictions.extend(self.restrictions());
        let shown = self.shown();
        let mut chosen = BTreeMap::new();
        for file in self.library.files() {
            let events = (0..).zip(&file.briefing.events).filter(|(at, event)| {
                shown.is_none_or(|shown| shown.events.contains(file.id, *at))
                    && range.is_none_or(|range| is_in_range(event, range, &zone))
            });
            chosen.insert(file.id, events.map(|(at, _)| at).collect());
        }
        (Selection { restrictions }, Some(chosen))
    }
}

/// A file name from words of a stranger: no separators, nothing that cannot be seen, no dots or spaces at its ends, no name that
/// Windows keeps for devices, and not longer than file systems take.
fn safe_file_name(title: &str, ending: &str) -> String {
    const MAX_CHARS: usize = 80;
    const MAX_BYTES: usize = 200;
    let clean: String = title
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if is_unseen(c) => ' ',
            c => c,
        })
        .take(MAX_CHARS)
        .collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    let mut name = words.join(" ");
    name.truncate(name.floor_char_boundary(MAX_BYTES));
    let name = name.trim_matches(['.', ' ', '-']);
    if name.is_empty() {
        format!("Summary.{ending}")
    } else if is_device(name) {
        format!("Summary {name}.{ending}")
    } else {
        format!("{name}.{ending}")
    }
}

/// Whether Windows takes a file of this name for a device, whatever its ending is.
fn is_device(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let is_port = || {
        let start = stem.get(..3).unwrap_or_default();
        let number = stem.get(3..).unwrap_or_default();
        ["COM", "LPT"]
            .iter()
            .any(|port| start.eq_ignore_ascii_case(port))
            && matches!(
                number,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
    };
    DEVICES
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
        || is_port()
}

impl From<ExportAction> for Action {
    fn from(action: ExportAction) -> Self {
        Self::Export(action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_no_system_minds() {
        for (title, name) in [
            ("The Trump–Putin call", "The Trump–Putin call.pdf"),
            ("../../etc/passwd", "etc-passwd.pdf"),
            ("a\u{0}b\u{202e}gpj", "a b gpj.pdf"),
            ("...", "Summary.pdf"),
            ("What? \"Now\"", "What- -Now.pdf"),
            ("CON", "Summary CON.pdf"),
            ("aux.tar .gz", "Summary aux.tar .gz.pdf"),
            ("Com1", "Summary Com1.pdf"),
            ("LPT²", "Summary LPT².pdf"),
            ("Comet", "Comet.pdf"),
            ("Contact", "Contact.pdf"),
            ("a\u{61c}b\u{feff}c\u{200b}", "a b c.pdf"),
        ] {
            assert_eq!(safe_file_name(title, "pdf"), name);
        }
        assert!(safe_file_name(&"x".repeat(10_000), "pdf").len() < 100);
        // File systems count bytes: at most 255.
        assert!(safe_file_name(&"😀".repeat(10_000), "pdf").len() < 210);
    }

    #[test]
    fn a_late_preview_is_passed_over() {
        let mut state = State::default();
        let effects = state.apply(Action::Run(crate::command::Command::Export));
        let [Effect::PreviewExport(first, _)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        let first = *first;
        let effects = state.apply(ExportAction::SetPaper(Paper::UsLetter).into());
        let [Effect::PreviewExport(second, request)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        assert_eq!(request.options.paper, Paper::UsLetter);
        let info = PagesInfo {
            count: 3,
            width_pt: 612.0,
            height_pt: 792.0,
        };
        assert!(
            state
                .apply(ExportAction::Previewed(first, Ok(info)).into())
                .is_empty()
        );
        assert_eq!(state.export.preview, Preview::Setting);
        let asked = state.apply(ExportAction::Previewed(*second, Ok(info)).into());
        assert_eq!(
            asked,
            [Effect::DrawPage(*second, 0), Effect::DrawPage(*second, 1)]
        );
        assert_eq!(state.export.preview, Preview::Ready(info));
    }

    #[test]
    fn what_was_cancelled_has_nothing_more_to_say() {
        let mut state = State::default();
        state.apply(ExportAction::SaveTo("a.pdf".into()).into());
        assert_eq!(
            state.apply(ExportAction::Cancel.into()),
            [Effect::CancelExport]
        );
        state.apply(ExportAction::Written(1, Err("late".to_owned())).into());
        assert_eq!(state.export.writing, Writing::Idle);
    }
}
