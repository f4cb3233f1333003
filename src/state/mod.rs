//! The one state of the window, and the one function that changes it.
//!
//! [`State::apply`] takes an [`Action`] and returns [`Effect`]s for the shell. Nothing here draws, reads
//! the disk, or waits.

#![expect(clippy::arithmetic_side_effects, reason = "a number that counts jumps")]

mod action;
mod changes;
mod checks;
mod commands;
mod compare;
mod concerns;
mod context;
mod copies;
mod counting;
mod export;
mod files;
mod filter;
mod history;
mod palette;
mod panes;
mod presentation;
mod related;
mod search;
mod settings;
#[cfg(test)]
pub(crate) mod tests;
mod timeline;
mod views;

pub use action::{Action, Effect, EvidenceRef, Reread, Sheet};
pub use checks::CheckSums;
pub use compare::Comparing;
pub use concerns::{Concerns, StandingPlace};
pub use context::AROUND_DAYS;
pub use copies::{CopyMark, CopyUse};
pub use counting::RangeQuestion;
pub use export::{Estimate, Export, ExportAction, ExportRequest, PagesInfo, Preview, Writing};
pub use filter::{Choice, FilterAction, FilterState};
pub use history::{History, Stop};
pub use palette::{PaletteAction, PaletteState};
pub use panes::{Room, SidePane};
pub use presentation::Presentation;
pub use related::{Related, events_at, same_source, statements_of_event};
pub use search::{SearchAction, SearchScope, SearchState};
pub use settings::{
    Motion, Panes, Reading, Session, Settings, SystemLook, Theme, Wheel, ZoneChoice,
};
pub use timeline::{
    Arrangement, ClosedGroups, Grouping, ListBuild, ListColumn, ListOrder, ListRow, Listing,
    RowsBuild, TimelineAction, TimelineBuild, TimelineData, TimelineState,
};
pub use views::{SavedViews, ViewAction};

use crate::date::Instant;
use crate::evidence::Standing;
use crate::library::filter::Marks;
use crate::library::{Destination, Library, Picture, load::Trouble};
use crate::model::{Briefing, Document, Evidence, EvidenceOwner, FileId, Item, LinkTarget};
use crate::span::Span;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// All that the window shows follows from this.
#[derive(Debug, Default)]
pub struct State {
    pub library: Library,
    /// Paths that were opened, to reload them.
    pub opened: Vec<PathBuf>,
    /// What is open is the library that comes with the program.
    pub is_shipped: bool,
    pub loading: Option<Loading>,
    /// Reading was cancelled before all files were in.
    pub is_partial: bool,
    /// What could not be read at all.
    pub troubles: Vec<Trouble>,
    pub document: Option<OpenDocument>,
    pub selection: Option<Item>,
    /// All that belongs to the selection.
    pub selected: Related,
    /// What the pointer was over in the frame before.
    pub hover: Option<Item>,
    pub hovered: Related,
    /// The passage that the document pane should bring into view.
    pub jump: Option<Jump>,
    pub history: History,
    pub timeline: TimelineState,
    pub search: SearchState,
    pub filter: FilterState,
    pub views: SavedViews,
    /// What the pane at the left shows.
    pub library_tab: LibraryTab,
    /// The event that was selected before the one that is now.
    event_before: Option<Item>,
    /// The events that the timeline was told to show alone.
    shown_on_timeline: Option<Marks>,
    /// What the checks have found.
    checks: checks::LibraryChecks,
    range_count: counting::RangeCount,
    /// Pictures by file and path as written, as far as the document has shown them.
    pictures: HashMap<(FileId, String), PictureState>,
    /// The copy that is open in the evidence pane.
    pub open_copy: Option<OpenCopy>,
    /// How often the keyboard was asked to go into the words of the open copy.
    pub caret_serial: u64,
    /// The comparison that stands in the place of the document.
    pub comparing: Option<Comparing>,
    /// The sentence without a source at which the walk stands; it is no item, so nothing is selected then.
    pub unsourced: Option<(FileId, Span)>,
    /// Of the statements only those of this standing are listed and walked through.
    pub standing_filter: Option<Standing>,
    /// A walk that waits for checks.
    walk: Option<concerns::Walk>,
    /// One event after the other, in large type.
    pub presentation: Option<Presentation>,
    /// How many panes the window has room for.
    pub room: Room,
    /// The pane at the side that was asked for last: when there is room for one only, it is that one.
    front_pane: Option<SidePane>,
    /// What time it was when the shell told last; it does so while something shows it.
    pub now: Option<Instant>,
    pub sheet: Option<Sheet>,
    /// What the palette has found.
    pub palette: PaletteState,
    /// What the export sheet has been set to.
    pub export: Export,
    pub notices: Vec<Notice>,
    pub settings: Settings,
    pub system: SystemLook,
    /// What to show once the first load is done (from the command line).
    pub start: StartView,
    load_number: u64,
    serial: u64,
}

/// What the pane at the left shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LibraryTab {
    /// Briefings and outline.
    #[default]
    Files,
    Filters,
    /// What the search has found.
    Hits,
}

/// How far a load has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    pub number: u64,
    pub found: Option<usize>,
    pub read: usize,
}

/// The file in the document pane. `document` is `None` until it has been laid out.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    pub file: FileId,
    pub document: Option<Arc<Document>>,
}

/// A request to bring a passage into view; each has a number of its own, so that a view can tell a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    pub serial: u64,
    pub file: FileId,
    pub span: Span,
}

/// How far the reading of a picture has come.
#[derive(Clone, Debug)]
pub enum PictureState {
    Reading,
    Ready(Arc<Picture>),
    /// Why there is none.
    Missing(String),
}

/// A copy being read in the evidence pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenCopy {
    pub file: FileId,
    pub source: u32,
    /// The evidence whose quote is to be shown; `None` shows the beginning.
    pub evidence: Option<EvidenceRef>,
    /// The bytes of the copy to show, where that is not the first place of the evidence.
    pub passage: Option<Span>,
    /// A new number for each request, so that the view scrolls again.
    pub serial: u64,
}

/// One line at the edge of the window, until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub serial: u64,
    pub text: String,
    /// It answers something the reader did, and is out of date once the reader does something else.
    pub passes: bool,
}

/// The briefing of the shipped library that a newcomer sees first.
const SHIPPED_FIRST: &str = "trump-putin-call.md";

/// How many notices are kept.
const MAX_NOTICES: usize = 4;

/// What to do where the desktop opens no dialog for files.
const NO_DIALOG: &str = "No file dialog could be opened; type or paste a path instead";

/// What the command line asked to see first.
#[derive(Clone, Debug, Default)]
pub struct StartView {
    /// The name of the file to show, inside the library; without it, the first.
    pub file: Option<String>,
    /// The id of an event.
    pub event: Option<String>,
    /// The first and the last moment to show.
    pub range: Option<(crate::date::Instant, crate::date::Instant)>,
    /// The name of a saved view.
    pub view: Option<String>,
}

impl State {
    pub fn new(settings: Settings) -> Self {
        let mut state = Self {
            settings,
            ..Self::default()
        };
        let zone = state.settings.zone;
        state
            .timeline
            .set_zone(zone, &state.library, &mut Vec::new());
        state
    }

    /// Carries out one action. The effects are to be carried out in their order.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = Vec::new();
        if matches!(
            action,
            Action::Run(_)
                | Action::Select(_)
                | Action::SelectHere(_)
                | Action::OpenWritten(_)
                | Action::CloseSheet
        ) {
            self.notices.retain(|notice| !notice.passes);
        }
        match action {
            Action::Run(command) => self.run(command, &mut effects),
            Action::Select(item) => self.select(item, true, &mut effects),
            Action::SelectHere(item) => self.select(item, false, &mut effects),
            Action::Hover(item) => self.set_hover(item, &mut effects),
            Action::ShowPlace(file, span) => {
                self.visit(file, None, &mut effects);
                self.jump_to(file, span);
            }
            Action::FollowLink(file, target) => self.follow(file, &target, &mut effects),
            Action::OpenEvidence(evidence) => self.open_evidence(evidence, &mut effects),
            Action::OpenCopy(file, source) => {
                self.show_copy(file, source, None, &mut effects);
            }
            Action::ShowMark(evidence, range) => self.show_mark(evidence, &range, &mut effects),
            Action::ShowPassage(file, source, range) => {
                self.show_passage(file, source, &range, &mut effects);
            }
            Action::Compare(comparing) => self.show_comparison(comparing, &mut effects),
            Action::CloseComparison => self.comparing = None,
            Action::ShowUnsourced(file, span) => self.show_unsourced(file, span, &mut effects),
            Action::FilterStanding(standing) => self.standing_filter = standing,
            Action::SetConcerns(concerns) => self.settings.concerns = concerns,
            Action::CloseCopy => self.open_copy = None,
            Action::AskAddress(address) => self.sheet = Some(Sheet::Address(address)),
            Action::OpenAddress(address) => {
                self.sheet = None;
                effects.push(Effect::OpenAddress(address));
            }
            Action::CopyText(text) => effects.push(Effect::CopyText(text)),
            Action::OpenWritten(text) => effects.push(Effect::OpenWritten(text)),
            Action::OpenSheet(sheet) => self.sheet = Some(sheet),
            Action::CloseSheet => self.sheet = None,
            Action::DismissNotice(serial) => {
                self.notices.retain(|notice| notice.serial != serial);
            }
            Action::SetPanes(panes) => self.set_shown_panes(panes),
            Action::SetRoom(room) => {
                self.room = room;
                self.front_pane = None;
            }
            Action::SetReading(reading) => self.settings.reading = reading.within_bounds(),
            Action::SetHighContrast(high_contrast) => {
                self.settings.high_contrast = high_contrast;
                effects.push(Effect::SetLook);
            }
            Action::SetMotion(motion) => {
                self.settings.motion = motion;
                effects.push(Effect::SetLook);
            }
            Action::SystemLook(look) => {
                self.system = look;
                effects.push(Effect::SetLook);
            }
            Action::WriteNewBriefing(path) => effects.push(Effect::WriteNewBriefing(path)),
            Action::SetTheme(theme) => {
                self.settings.theme = theme;
                effects.push(Effect::SetTheme(theme));
            }
            Action::SetWheel(wheel) => self.settings.wheel = wheel,
            Action::SetZone(zone) => {
                self.settings.zone = zone;
                self.timeline.set_zone(zone, &self.library, &mut effects);
            }
            Action::SetNowLine(shown) => self.settings.now_line = shown,
            Action::SetWeeks(shown) => self.settings.weeks = shown,
            Action::Clock(now) => self.now = Some(now),
            Action::Search(action) => self.apply_search(action, &mut effects),
            Action::Palette(action) => self.apply_palette(action, &mut effects),
            Action::RangeCounted(number, within) => self.take_range_count(number, within),
            Action::View(action) => self.apply_view(action, &mut effects),
            Action::ShowTab(tab) => self.library_tab = tab,
            Action::LookAround(item) => self.look_around(Some(item), &mut effects),
            Action::Filter(action) => self.apply_filter(action, &mut effects),
            Action::Timeline(action) => self.apply_timeline(action, &mut effects),
            Action::Export(action) => self.apply_export(action, &mut effects),
            Action::RevealPath(path) => effects.push(Effect::RevealFile(path)),
            Action::OpenPaths(paths) => {
                for path in &paths {
                    self.settings.remember(path);
                }
                self.open_paths(paths, &mut effects);
            }
            Action::OpenShipped(folder) => {
                let first = || SHIPPED_FIRST.to_owned();
                self.start.file.get_or_insert_with(first);
                self.open_paths(vec![folder], &mut effects);
                self.is_shipped = true;
            }
            Action::CancelLoad => self.cancel_load(&mut effects),
            Action::Load(number, event) => self.take_load_event(number, event, &mut effects),
            Action::NothingThere(number) => {
                if self.loading.is_some_and(|load| load.number == number) {
                    self.start = StartView::default();
                    effects.push(Effect::OpenShipped);
                }
            }
            Action::LoadEnded(number) => self.end_load(number, &mut effects),
            Action::Reloaded(files) => self.take_files(files, &mut effects),
            Action::Reread(number, reread) => self.take_reread(number, reread, &mut effects),
            Action::Changed(change) => self.take_change(change, &mut effects),
            Action::DocumentReady(file, briefing, document) => {
                let open = self.document.as_mut().filter(|open| open.file == file);
                if let Some(open) = open.filter(|_| is_current(&self.library, file, &briefing)) {
                    open.document = Some(document);
                }
            }
            Action::Checked(file, briefing, checks) => {
                self.take_checks(file, &briefing, checks, &mut effects);
                self.choose_after_checks(&mut effects);
            }
            Action::LibraryChecked(answers) => {
                for (file, briefing, checks) in answers {
                    self.take_checks(file, &briefing, checks, &mut effects);
                }
                self.choose_after_checks(&mut effects);
            }
            Action::NeedPicture(file, path) => {
                self.pictures
                    .entry((file, path))
                    .or_insert_with_key(|(file, path)| {
                        effects.push(Effect::ReadPicture(*file, path.clone()));
                        PictureState::Reading
                    });
            }
            Action::PictureReady(file, path, picture) => {
                let picture = picture.map_or_else(PictureState::Missing, PictureState::Ready);
                self.pictures.insert((file, path), picture);
            }
            Action::DialogUnavailable(sheet) => {
                self.answer(NO_DIALOG);
                self.sheet = Some(sheet);
            }
            Action::Notice(text) => self.notice(text),
            Action::Answer(text) => self.answer(text),
        }
        self.forget_closed_palette();
        self.count_range(&mut effects);
        effects
    }

    /// Says something in one line.
    pub fn notice(&mut self, text: impl Into<String>) {
        self.say(text.into(), false);
    }

    /// Answers what the reader has just done, until the reader does something else.
    pub(crate) fn answer(&mut self, text: impl Into<String>) {
        self.say(text.into(), true);
    }

    fn say(&mut self, text: String, passes: bool) {
        self.notices.retain(|notice| notice.text != text);
        let serial = self.next_serial();
        self.notices.push(Notice {
            serial,
            text,
            passes,
        });
        if self.notices.len() > MAX_NOTICES {
            self.notices.remove(0);
        }
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    // Selection.

    fn select(&mut self, item: Item, jump: bool, effects: &mut Vec<Effect>) {
        if self.library.label(item).is_none() {
            return;
        }
        // A source belongs to no one place of the text, so the text stays where it is.
        let shown_file = match (item, &self.document) {
            (Item::Source(..), Some(open)) => open.file,
            _ => item.file(),
        };
        self.visit(shown_file, Some(item), effects);
        self.bring_evidence_forward(item);
        if let Some(span) = self.passage_of(item).filter(|_| jump) {
            self.jump_to(item.file(), span);
        }
        let reveal = TimelineAction::Reveal(self.selected.iter().collect());
        self.apply_timeline(reveal, effects);
    }

    fn apply_timeline(&mut self, action: TimelineAction, effects: &mut Vec<Effect>) {
        self.timeline.apply(action, &self.library, effects);
    }

    /// Shows a file with this selection and remembers it as a stop.
    fn visit(&mut self, file: FileId, selection: Option<Item>, effects: &mut Vec<Effect>) {
        self.show_file(file, effects);
        self.set_selection(selection, effects);
        self.history.visit(Stop { file, selection });
    }

    fn set_selection(&mut self, selection: Option<Item>, effects: &mut Vec<Effect>) {
        if self.selection != selection {
            self.open_copy = None;
        }
        self.unsourced = None;
        self.walk = None;
        if self.selection != selection
            && let Some(event @ Item::Event(..)) = self.selection
        {
            self.event_before = Some(event);
        }
        self.selection = selection;
        self.selected =
            selection.map_or_else(Related::default, |item| Related::of(&self.library, item));
        if let Some(item) = selection {
            self.ask_checks(item.file(), effects);
        }
    }

    fn set_hover(&mut self, hover: Option<Item>, effects: &mut Vec<Effect>) {
        if self.hover != hover {
            self.hover = hover;
            self.hovered =
                hover.map_or_else(Related::default, |item| Related::of(&self.library, item));
            // The card beside the pointer says how it is borne out.
            if let Some(Item::Event(file, _)) = hover {
                self.ask_checks(file, effects);
            }
        }
    }

    fn show_file(&mut self, file: FileId, effects: &mut Vec<Effect>) {
        if self.document.as_ref().is_some_and(|open| open.file == file) {
            return;
        }
        self.comparing = None;
        self.document = Some(OpenDocument {
            file,
            document: None,
        });
        effects.push(Effect::LayOut(file));
        self.ask_checks(file, effects);
    }

    /// Brings a passage into view; a comparison makes room for it.
    fn jump_to(&mut self, file: FileId, span: Span) {
        self.comparing = None;
        let serial = self.next_serial();
        self.jump = Some(Jump { serial, file, span });
    }

    /// Where the body speaks of an item; `None` when it does not.
    fn passage_of(&self, item: Item) -> Option<Span> {
        match item {
            Item::Event(file, at) => self.library.event(file, at)?.passages.first().copied(),
            Item::Statement(file, at) => Some(self.library.statement(file, at)?.span),
            Item::Heading(file, at) => Some(self.library.heading(file, at)?.span),
            Item::File(file) => Some(Span::at(self.library.briefing(file)?.body.start as usize)),
            Item::Source(..) => None,
        }
    }

    fn follow(&mut self, file: FileId, target: &LinkTarget, effects: &mut Vec<Effect>) {
        match self.library.destination(file, target) {
            Destination::Item(item) => self.select(item, true, effects),
            Destination::Address(address) => self.sheet = Some(Sheet::Address(address)),
            Destination::Nowhere(sought) => {
                self.notice(format!("Nothing in this library is called {sought}"));
            }
        }
    }

    // Evidence.

    /// The evidence that a reference names.
    pub fn evidence(&self, found: EvidenceRef) -> Option<&Evidence> {
        let briefing = self.library.briefing(found.file)?;
        evidence_of(briefing, found.owner)?.get(found.index as usize)
    }

    fn open_evidence(&mut self, found: EvidenceRef, effects: &mut Vec<Effect>) {
        let source = self.evidence(found).and_then(|evidence| evidence.source);
        if let Some(source) = source {
            self.show_copy(found.file, source, Some(found), effects);
        }
    }

    fn show_copy(
        &mut self,
        file: FileId,
        source: u32,
        evidence: Option<EvidenceRef>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(found) = self.library.source(file, source) else {
            return;
        };
        if found.copy.is_none() {
            match found.address() {
                Some(address) => self.sheet = Some(Sheet::Address(address.to_owned())),
                None => {
                    let text = format!("{} has neither a local copy nor an address", found.label());
                    self.notice(text);
                }
            }
            return;
        }
        self.ask_checks(file, effects);
        self.show_side_pane(SidePane::Evidence, true);
        let serial = self.next_serial();
        self.open_copy = Some(OpenCopy {
            file,
            source,
            evidence,
            passage: None,
            serial,
        });
    }

    /// A picture that the document shows; `None` when nobody has asked for it.
    pub fn picture(&self, file: FileId, path: &str) -> Option<&PictureState> {
        self.pictures.get(&(file, path.to_owned()))
    }
}

/// Whether `briefing` is what the library has of this file now, not an earlier reading.
fn is_current(library: &Library, file: FileId, briefing: &Arc<Briefing>) -> bool {
    library
        .briefing(file)
        .is_some_and(|now| Arc::ptr_eq(now, briefing))
}

/// The evidence that hangs on one owner.
pub fn evidence_of(briefing: &Briefing, owner: EvidenceOwner) -> Option<&[Evidence]> {
    Some(match owner {
        EvidenceOwner::Event(at) => &briefing.events.get(at as usize)?.evidence,
        EvidenceOwner::Statement(at) => &briefing.statements.get(at as usize)?.evidence,
        EvidenceOwner::Cell {
            comparison,
            row,
            column,
        } => {
            let table = briefing.comparisons.get(comparison as usize)?;
            let row = table.rows.get(row as usize)?;
            &row.cells.get(column as usize)?.evidence
        }
    })
}
