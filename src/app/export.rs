//! Exports from the window: pages are set, drawn and written beside it.

use super::App;
use super::dialogs::none_came;
use crate::disk::write_whole;
use crate::export::{self, Prepared};
use crate::library::File;
use crate::state::{Action, ExportAction, ExportRequest, Sheet};
use crate::summary::{CANCELLED, Form, IsCancelled, Summary};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// What the shell keeps between the steps of an export.
#[derive(Default)]
pub(super) struct Exports {
    /// The number of the newest request for pages: older ones give up between their steps.
    newest: Arc<AtomicU64>,
    /// One request is set at a time; its pages stay until the next.
    pages: Arc<Mutex<Option<(u64, Pages)>>>,
    /// Whether the sheet was shown when last looked at.
    is_shown: bool,
    /// Set to keep the running export from being written.
    cancel: Arc<AtomicBool>,
    /// Text on the clipboard is served by whoever has put it there, for as long as it lives.
    clipboard: Option<arboard::Clipboard>,
}

#[cfg(feature = "pdf")]
type Pages = Arc<crate::summary::pdf::Pages>;
#[cfg(not(feature = "pdf"))]
type Pages = ();

impl App {
    /// What the request is about, as a value that can go to a thread.
    fn gathered(&self, request: ExportRequest) -> Gathered {
        let files: Vec<File> = self.state.library.files().cloned().collect();
        let known = files
            .iter()
            .filter_map(|file| Some((file.id, Arc::clone(self.state.checks(file.id)?))))
            .collect();
        Gathered {
            files,
            known,
            request,
        }
    }

    pub(super) fn preview_export(&mut self, serial: u64, request: ExportRequest) {
        let exports = &self.exports;
        exports.newest.store(serial, Ordering::Relaxed);
        let (newest, pages) = (Arc::clone(&exports.newest), Arc::clone(&exports.pages));
        let gathered = self.gathered(request);
        self.tasks.start("setting pages", move |answer| {
            // A setting that is under way ends as soon as another one is asked for.
            let is_stale = || newest.load(Ordering::Relaxed) != serial;
            let mut kept = pages.lock().unwrap_or_else(PoisonError::into_inner);
            if is_stale() {
                return;
            }
            let outcome = gathered.summary().and_then(|summary| {
                if is_stale() {
                    return Err(CANCELLED.to_owned());
                }
                set_pages(&summary, &gathered.request, &is_stale)
            });
            export::forget();
            let outcome = outcome.map(|(info, pages)| {
                *kept = Some((serial, pages));
                info
            });
            answer.send(ExportAction::Previewed(serial, outcome).into());
        });
    }

    #[cfg(feature = "pdf")]
    pub(super) fn draw_page(&mut self, context: &egui::Context, serial: u64, page: usize) {
        /// Sharp enough to read on the sheet, small enough to come at once.
        const PIXELS_PER_PT: f32 = 1.5;
        let pages = Arc::clone(&self.exports.pages);
        let pixels_per_pt = PIXELS_PER_PT * context.pixels_per_point().clamp(1.0, 2.0);
        self.tasks.start("drawing a page", move |answer| {
            let pages = pages.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let Some((_, pages)) = pages.filter(|(of, _)| *of == serial) else {
                return;
            };
            if let Some(picture) = pages.picture(page, pixels_per_pt) {
                let picture = crate::library::Picture {
                    width_px: picture.width_px,
                    height_px: picture.height_px,
                    rgba: picture.rgba,
                };
                let ready = ExportAction::PageReady(serial, page, Arc::new(picture));
                answer.send(ready.into());
            }
        });
    }

    /// Without typst there are no pages, so none is asked for.
    #[cfg(not(feature = "pdf"))]
    pub(super) fn draw_page(&mut self, _: &egui::Context, _: u64, _: usize) {}

    pub(super) fn pick_export(&mut self, context: &egui::Context, form: Form, name: String) {
        // Nobody is there to answer a dialog.
        if self.tasks.is_inline() {
            self.apply(context, ExportAction::NoDialog.into());
            return;
        }
        let folder = self.folder_of_library();
        self.tasks.start("a file dialog", move |answer| {
            let asked = Instant::now();
            let mut dialog = rfd::FileDialog::new()
                .set_title("Export")
                .set_file_name(name)
                .add_filter(form.label(), &[form.ending()]);
            if let Some(folder) = folder {
                dialog = dialog.set_directory(folder);
            }
            match dialog.save_file() {
                Some(path) => answer.send(ExportAction::SaveTo(with_ending(path, form)).into()),
                None if none_came(asked) => answer.send(ExportAction::NoDialog.into()),
                None => {}
            }
        });
    }

    pub(super) fn write_export(&mut self, serial: u64, path: PathBuf, request: ExportRequest) {
        let cancel = Arc::new(AtomicBool::new(false));
        self.exports.cancel = Arc::clone(&cancel);
        let gathered = self.gathered(request);
        let path = super::written_path::from_text(&path.to_string_lossy());
        self.tasks.start("writing an export", move |answer| {
            let is_cancelled = || cancel.load(Ordering::Relaxed);
            let outcome = gathered.bytes(&is_cancelled).and_then(|bytes| {
                // From here on the file is replaced as a whole, or not at all.
                if is_cancelled() {
                    return Err(CANCELLED.to_owned());
                }
                write_whole(&path, &bytes).map(|()| path)
            });
            export::forget();
            answer.send(ExportAction::Written(serial, outcome).into());
        });
    }

    /// Gives back what the sheet has set once it is closed: pages, and what typst remembers of them, take more memory
    /// than all the rest.
    pub(super) fn rest_after_export(&mut self, context: &egui::Context) {
        let is_shown = self.state.sheet == Some(Sheet::Export);
        let was_shown = std::mem::replace(&mut self.exports.is_shown, is_shown);
        if is_shown || !was_shown {
            return;
        }
        // No request has this number, so that one that still waits gives up.
        self.exports.newest.store(u64::MAX, Ordering::Relaxed);
        self.apply(context, ExportAction::Closed.into());
        let pages = Arc::clone(&self.exports.pages);
        self.tasks.start("giving pages back", move |_| {
            *pages.lock().unwrap_or_else(PoisonError::into_inner) = None;
            #[cfg(feature = "pdf")]
            crate::summary::pdf::forget();
        });
    }

    pub(super) fn cancel_export(&mut self) {
        self.exports.cancel.store(true, Ordering::Relaxed);
    }

    pub(super) fn copy_chronology(&mut self, request: ExportRequest) {
        let gathered = self.gathered(request);
        self.tasks.start("copying the chronology", move |answer| {
            let outcome = gathered.summary().map(|summary| {
                let html = crate::summary::html::chronology(&summary);
                (html, crate::summary::markdown::chronology(&summary))
            });
            answer.send(ExportAction::Chronology(outcome).into());
        });
    }

    /// Puts rich text on the clipboard, with plain text beside it; where that cannot be, plain text alone.
    pub(super) fn copy_rich_text(&mut self, context: &egui::Context, html: &str, text: String) {
        if self.tasks.is_inline() {
            context.copy_text(text);
            return;
        }
        if self.exports.clipboard.is_none() {
            self.exports.clipboard = arboard::Clipboard::new().ok();
        }
        let put = match &mut self.exports.clipboard {
            Some(clipboard) => clipboard.set().html(html, Some(text.as_str())),
            None => Err(arboard::Error::ClipboardNotSupported),
        };
        if let Err(error) = put {
            tracing::warn!("rich text could not be put on the clipboard: {error}");
            context.copy_text(text);
            let notice = "Copied as Markdown; this system's clipboard takes no rich text";
            self.apply(context, Action::Notice(notice.to_owned()));
        }
    }
}

/// Files, what is known of them, and what is asked.
struct Gathered {
    files: Vec<File>,
    known: BTreeMap<crate::model::FileId, Arc<crate::library::FileChecks>>,
    request: ExportRequest,
}

impl Gathered {
    fn prepared(&self) -> Vec<Prepared> {
        let chosen = &self.request.chosen;
        let choose = |file: &File| match chosen {
            None => export::all_events(file),
            Some(chosen) => chosen.get(&file.id).cloned().unwrap_or_default(),
        };
        export::prepare(self.files.clone(), &self.known, &choose)
    }

    fn summary(&self) -> Result<Summary, String> {
        if self.files.is_empty() {
            return Err("Open a briefing first".to_owned());
        }
        let prepared = self.prepared();
        let ExportRequest {
            selection, options, ..
        } = &self.request;
        export::summarize(&prepared, selection, options, &|file| file.name.clone())
    }

    fn bytes(&self, is_cancelled: IsCancelled<'_>) -> Result<Vec<u8>, String> {
        if self.request.form == Form::Json {
            let shown = |file: &File| file.name.clone();
            return Ok(export::whole_model(&self.prepared(), &shown).into_bytes());
        }
        let summary = self.summary()?;
        if is_cancelled() {
            return Err(CANCELLED.to_owned());
        }
        let ExportRequest { form, options, .. } = &self.request;
        export::bytes_of(&summary, *form, options, is_cancelled)
    }
}

/// A dialog need not have added the ending; one that the user wrote stays.
fn with_ending(path: PathBuf, form: Form) -> PathBuf {
    if path.extension().is_some() {
        return path;
    }
    Path::new(&path).with_extension(form.ending())
}

#[cfg(feature = "pdf")]
fn set_pages(
    summary: &Summary,
    request: &ExportRequest,
    is_cancelled: IsCancelled<'_>,
) -> Result<(crate::state::PagesInfo, Pages), String> {
    use crate::summary::typst_source::{Manuscript, Sheet};
    let sheet = match request.form {
        Form::Svg | Form::Png => Sheet::Figure,
        _ => Sheet::Pages(request.options.template),
    };
    let manuscript = Manuscript::new(summary, sheet);
    let fonts = export::fonts_for(&manuscript);
    let pages = crate::summary::pdf::Pages::typeset(manuscript, &fonts, is_cancelled)?;
    let (width_pt, height_pt) = pages.size_pt(0).unwrap_or((1.0, 1.0));
    let info = crate::state::PagesInfo {
        count: pages.count(),
        width_pt,
        height_pt,
    };
    Ok((info, Arc::new(pages)))
}

#[cfg(not(feature = "pdf"))]
fn set_pages(
    _: &Summary,
    _: &ExportRequest,
    _: IsCancelled<'_>,
) -> Result<(crate::state::PagesInfo, Pages), String> {
    Err("This build has no preview: it was built without the feature `pdf`".to_owned())
}
