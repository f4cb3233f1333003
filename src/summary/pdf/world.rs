//! What typst can see, and how it is stopped.

use super::fonts::Fonts;
use crate::summary::IsCancelled;
use crate::summary::typst_source::{DATA_FILE, Manuscript};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use typst::diag::{FileError, FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;

/// One source, one file of data, and fonts. Nothing else, whatever a source would ask for.
pub(super) struct SummaryWorld<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    pub main: Source,
    pub data_id: FileId,
    data: Bytes,
    is_cancelled: IsCancelled<'a>,
}

/// Thrown through typst, which knows no way to stop.
struct Cancelled;

impl<'a> SummaryWorld<'a> {
    pub fn new(
        manuscript: Manuscript,
        fonts: &'a Fonts,
        is_cancelled: IsCancelled<'a>,
    ) -> Result<Self, String> {
        let id = |name: &str| {
            let path = VirtualPath::new(name).map_err(|error| error.to_string())?;
            Ok::<_, String>(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        Ok(Self {
            library: LazyHash::new(Library::default()),
            fonts,
            main: Source::new(id("main.typ")?, manuscript.main),
            data_id: id(DATA_FILE)?,
            data: Bytes::from_string(manuscript.data),
            is_cancelled,
        })
    }

    /// Sets the pages; `None` when they were cancelled.
    pub fn compile(&self) -> Option<Warned<typst::diag::SourceResult<PagedDocument>>> {
        match catch_unwind(AssertUnwindSafe(|| typst::compile::<PagedDocument>(self))) {
            Ok(compiled) => Some(compiled),
            Err(payload) if payload.is::<Cancelled>() => None,
            Err(payload) => resume_unwind(payload),
        }
    }
}

impl World for SummaryWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    /// Every line of text asks for its font, so this is where a setting that nobody wants any more ends within a moment.
    fn font(&self, index: usize) -> Option<Font> {
        if (self.is_cancelled)() {
            resume_unwind(Box::new(Cancelled));
        }
        self.fonts.store.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
