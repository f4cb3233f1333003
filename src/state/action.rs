//! What can change the state, and what the state asks of the shell in return.

use super::LibraryTab;
use super::compare::Comparing;
use super::concerns::Concerns;
use super::export::{ExportAction, ExportRequest};
use super::filter::FilterAction;
use super::palette::PaletteAction;
use super::panes::Room;
use super::search::SearchAction;
use super::settings::{Motion, Panes, Reading, SystemLook, Theme, Wheel, ZoneChoice};
use super::timeline::TimelineAction;
use super::views::ViewAction;
use crate::command::Command;
use crate::date::Instant;
use crate::evidence::Standing;
use crate::library::filter::Within;
use crate::library::load::Trouble;
use crate::library::views::{Removed, View};
use crate::library::watch::Change;
use crate::library::{FileChecks, LoadEvent, Loaded, Picture};
use crate::model::{Briefing, Document, EvidenceOwner, FileId, Item, LinkTarget};
use crate::span::Span;
use crate::summary::Form;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One change. Views and the shell send these; [`super::State::apply`] is the only place that carries them out.
#[derive(Debug)]
pub enum Action {
    /// From menu, key or palette.
    Run(Command),

    // From views.
    /// Selects an item and shows it in every pane.
    Select(Item),
    /// Selects without a jump of the document: the reader clicked in the document itself.
    SelectHere(Item),
    /// What the pointer is over in this frame; seen by all panes in the next.
    Hover(Option<Item>),
    /// Shows a place of a file (from the problems panel or a search hit).
    ShowPlace(FileId, Span),
    FollowLink(FileId, LinkTarget),
    /// Opens the copy of the source that this evidence names, at its quote.
    OpenEvidence(EvidenceRef),
    /// Opens the copy of a source, at its beginning.
    OpenCopy(FileId, u32),
    /// Opens the copy that this evidence names at one of the places where its words stand, in bytes of the copy.
    ShowMark(EvidenceRef, Range<usize>),
    /// Opens the copy of a source at a passage, in bytes of the copy, which nobody need quote.
    ShowPassage(FileId, u32, Range<usize>),
    CloseCopy,
    /// Lays accounts side by side in the place of the document.
    Compare(Comparing),
    CloseComparison,
    /// Shows a sentence that names no source, and why that is worth a look.
    ShowUnsourced(FileId, Span),
    /// Lists and walks through only the statements of this standing.
    FilterStanding(Option<Standing>),
    SetConcerns(Concerns),
    /// Asks before opening an address in the browser.
    AskAddress(String),
    /// The user has seen the address and wants it opened.
    OpenAddress(String),
    CopyText(String),
    /// Opens a path that the user has written, if something is there.
    OpenWritten(String),
    OpenSheet(Sheet),
    CloseSheet,
    DismissNotice(u64),
    /// The document shows a picture, by its path as written, that has not been read yet.
    NeedPicture(FileId, String),
    /// An edge was dragged: these panes are on screen now.
    SetPanes(Panes),
    /// The window has room for so many panes.
    SetRoom(Room),
    SetReading(Reading),
    SetHighContrast(bool),
    SetMotion(Motion),
    /// Writes a commented briefing to begin with, at a path that the user has written or chosen.
    WriteNewBriefing(PathBuf),
    SetTheme(Theme),
    SetWheel(Wheel),
    SetZone(ZoneChoice),
    /// Shows or hides the line at the present moment.
    SetNowLine(bool),
    SetWeeks(bool),
    Timeline(TimelineAction),
    Export(ExportAction),
    /// Shows a file that was just written in the file manager.
    RevealPath(PathBuf),
    Search(SearchAction),
    Palette(PaletteAction),
    Filter(FilterAction),
    View(ViewAction),
    ShowTab(LibraryTab),
    /// Shows what happened within some days of an event.
    LookAround(Item),

    // From the shell.
    /// What the system asks of the looks of programs, now and whenever it changes.
    SystemLook(SystemLook),
    /// What time it is; told while something shows it.
    Clock(Instant),
    /// Opens these instead of what is open.
    OpenPaths(Vec<PathBuf>),
    /// Opens the library that comes with the program, at its first briefing.
    OpenShipped(PathBuf),
    CancelLoad,
    /// A report of the running load with this number.
    Load(u64, LoadEvent),
    LoadEnded(u64),
    Reloaded(Vec<Loaded>),
    /// The whole library as the disk has it now, of the load with this number.
    Reread(u64, Reread),
    /// Nothing is where the library of the load with this number was at the last start.
    NothingThere(u64),
    /// Something changed on disk.
    Changed(Change),
    /// The body of a file, and the briefing it was made from: an answer that comes late is passed over.
    DocumentReady(FileId, Arc<Briefing>, Arc<Document>),
    /// What the checks of a file have found, and the briefing they were made on.
    Checked(FileId, Arc<Briefing>, Arc<FileChecks>),
    /// The same for several files, from the background.
    LibraryChecked(Vec<(FileId, Arc<Briefing>, Arc<FileChecks>)>),
    /// What lies in the range, of the count with this number.
    RangeCounted(u64, Within),
    /// A picture, or why there is none.
    PictureReady(FileId, String, Result<Arc<Picture>, String>),
    /// A file dialog could not be opened at all: offer this sheet, which has a field for the path.
    DialogUnavailable(Sheet),
    /// Says something in one line, until it is dismissed.
    Notice(String),
    /// Answers what the reader has just done, until the reader does something else.
    Answer(String),
}

/// What is where a library was opened, read again.
#[derive(Debug, Default)]
pub struct Reread {
    pub files: Vec<Loaded>,
    pub gone: Vec<PathBuf>,
    pub troubles: Vec<Trouble>,
}

/// A piece of evidence: the file, what it hangs on, and its place among that owner's evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceRef {
    pub file: FileId,
    pub owner: EvidenceOwner,
    pub index: u32,
}

/// A sheet over the window; at most one is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    Palette,
    Keys,
    /// Asks for the name of a view to save.
    SaveView,
    About,
    Settings,
    Export,
    OpenPath,
    /// Where a new briefing is to be written, for want of a dialog.
    NewBriefing,
    /// Where a link leads, before it is opened.
    Address(String),
}

/// What the shell must do. The state itself touches neither disk, clock, threads nor window.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    PickFile,
    PickFolder,
    /// Opens the path that these words name, or says that nothing is there.
    OpenWritten(String),
    /// Asks the window for the clipboard; the text comes back as [`Action::OpenPaths`].
    RequestPaste,
    OpenShipped,
    /// Loads these; the reports carry the number.
    Load(u64, Vec<PathBuf>),
    CancelLoad,
    /// Watches these for changes, instead of what was watched before; none: nothing. What has changed since they were read is told.
    Watch(Vec<PathBuf>),
    /// Walks what is open again, and reads all of it.
    Reread,
    /// Reads these files again: path and root.
    Reload(Vec<(PathBuf, Arc<Path>)>),
    LayOut(FileId),
    /// Checks the file's evidence against the copies of its sources.
    Check(FileId),
    /// Checks these files beside everything else, instead of those that still were to be checked so.
    CheckLibrary(Vec<FileId>),
    /// Sorts the events of the library in for the timeline; the answer carries the number.
    IndexTimeline(u64),
    /// Makes the list of the timeline's events; the answer carries the number.
    ListTimeline(u64),
    /// Makes one lane of several for a closed group of the timeline: the group's node and the lanes within.
    MergeLanes(u32, Vec<u32>),
    /// Places marks of the timeline in their rows; the answer carries the number.
    PlaceRows(u64),
    /// Finds how many rows the lanes of the timeline want in a window so many pixels wide.
    SizeLanes(f64),
    /// Reads the saved views of the library in this folder.
    ReadViews(PathBuf),
    SaveView(PathBuf, Box<View>),
    DeleteView(PathBuf, String),
    /// Puts back what was taken out of the file.
    RestoreView(PathBuf, Box<Removed>),
    /// Brings the index of the search in step with the library.
    IndexLibrary,
    /// Asks the index what [`super::State::search_request`] says; the answer carries the number.
    Search(u64),
    /// Looks for these words among the names of [`super::PaletteState::names`]; the answer carries the number.
    FindNames(u64, String),
    /// Makes out what is shown, as [`super::State::choice`] says; the answer carries the number.
    Choose(u64),
    /// Counts what lies in the range, as [`super::State::range_question`] says; the answer carries the number.
    CountRange(u64),
    /// Reads a picture of a file, by its path as written.
    ReadPicture(FileId, String),
    CopyText(String),
    OpenAddress(String),
    RevealFile(PathBuf),
    SetTheme(Theme),
    /// Contrast or motion have changed.
    SetLook,
    FullScreen(bool),
    /// Asks where a new briefing is to be written.
    PickNewBriefing,
    WriteNewBriefing(PathBuf),
    /// Sets the pages of an export; the answer carries the number.
    PreviewExport(u64, Box<ExportRequest>),
    /// Draws a page of the request with this number.
    DrawPage(u64, usize),
    /// Asks where a file of this form, and with this name, is to be written.
    PickExport(Form, String),
    WriteExport(u64, PathBuf, Box<ExportRequest>),
    /// The export that is being made is not to be written.
    CancelExport,
    /// Makes the chronology as rich text and as Markdown.
    CopyChronology(Box<ExportRequest>),
    /// Puts HTML on the clipboard, and the same as plain text for those who take no HTML.
    CopyRichText(String, String),
    Quit,
}
