//! How files come into the state, change, and go.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of files and problems, and a number that counts loads"
)]

use super::{Effect, Loading, Reread, Session, Settings, State, TimelineAction};
use crate::library::{LoadEvent, Loaded, load};
use crate::model::{Briefing, FileId, Item};
use crate::number::{grouped, plural};
use crate::problem::Severity;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

impl State {
    pub(super) fn open_paths(&mut self, paths: Vec<PathBuf>, effects: &mut Vec<Effect>) {
        if paths.is_empty() {
            return;
        }
        self.keep_arrangement();
        self.close();
        if let Some(path) = paths.first() {
            self.settings.recall_panes(path);
            if let Some(arrangement) = self.settings.timeline_of(path) {
                self.timeline.arrange(arrangement);
            }
        }
        self.opened.clone_from(&paths);
        self.load_number += 1;
        self.loading = Some(Loading {
            number: self.load_number,
            ..Loading::default()
        });
        self.sheet = None;
        effects.push(Effect::CancelLoad);
        effects.push(Effect::Load(self.load_number, paths));
    }

    /// Remembers which panes this library has open, and how its timeline is arranged.
    fn keep_arrangement(&mut self) {
        if let Some(path) = self.opened.first() {
            self.settings.keep_panes(path);
            let arrangement = self.timeline.arrangement();
            self.settings.keep_timeline(path, arrangement);
        }
    }

    /// The settings as the next start is to find them, with what is open now.
    pub fn settings_to_keep(&self) -> Settings {
        let mut settings = self.settings.clone();
        if let Some(path) = self.opened.first() {
            settings.keep_panes(path);
            settings.keep_timeline(path, self.timeline.arrangement());
        }
        let open = self.document.as_ref().map(|open| open.file);
        let file = open.and_then(|file| self.library.file(file));
        let event = match self.selection {
            Some(Item::Event(file, at)) => self.library.event(file, at),
            _ => None,
        };
        settings.session = Session {
            // Where the shipped library lies may be another place after an update.
            paths: if self.is_shipped {
                Vec::new()
            } else {
                self.opened.clone()
            },
            file: file.map(|file| file.name.clone()),
            event: event.map(|event| event.id.to_string()),
            unfinished: settings.session.unfinished,
        };
        settings
    }

    /// Forgets all files; settings stay.
    pub(super) fn close(&mut self) {
        let settings = std::mem::take(&mut self.settings);
        let start = std::mem::take(&mut self.start);
        *self = Self {
            settings,
            start,
            timeline: self.timeline.emptied(),
            checks: self.checks.emptied(),
            room: self.room,
            system: self.system,
            load_number: self.load_number,
            serial: self.serial,
            ..Self::default()
        };
    }

    pub(super) fn take_load_event(
        &mut self,
        number: u64,
        event: LoadEvent,
        effects: &mut Vec<Effect>,
    ) {
        // A load that was cancelled or replaced may still report for a moment.
        let Some(loading) = self.loading.as_mut().filter(|load| load.number == number) else {
            return;
        };
        match event {
            LoadEvent::Found(found) => loading.found = Some(found),
            LoadEvent::Ready(files) => {
                loading.read += files.len();
                self.take_files(files, effects);
            }
            LoadEvent::Trouble(trouble) => self.troubles.push(trouble),
        }
    }

    pub(super) fn end_load(&mut self, number: u64, effects: &mut Vec<Effect>) {
        if self.loading.is_none_or(|load| load.number != number) {
            return;
        }
        self.settle_load(effects);
    }

    /// Stops reading. What has been read so far is the library.
    pub(super) fn cancel_load(&mut self, effects: &mut Vec<Effect>) {
        let Some(loading) = self.loading else { return };
        effects.push(Effect::CancelLoad);
        self.is_partial = true;
        self.settle_load(effects);
        let read = match loading.found {
            Some(found) => format!(
                "{} of {}",
                grouped(loading.read as u64),
                plural(found, "briefing")
            ),
            None => plural(loading.read, "briefing"),
        };
        self.notice(format!(
            "{read} read before it was cancelled; Reload reads all"
        ));
    }

    fn settle_load(&mut self, effects: &mut Vec<Effect>) {
        self.loading = None;
        self.timeline.library_is_whole(&self.library, effects);
        self.show_first(effects);
        effects.push(Effect::Watch(self.opened.clone()));
        self.ask_library_checks(effects);
        self.library_settled(effects);
        if !self.troubles.is_empty() {
            self.settings.panes.problems = true;
        }
        let start = std::mem::take(&mut self.start);
        // The shipped library spans years, and the call that a newcomer reads of, days.
        if let Some(shown) = self.document.as_ref().filter(|_| self.is_shipped) {
            let events = self.events_of(shown.file);
            self.apply_timeline(TimelineAction::Fit(events.clone()), effects);
            // Their lanes too, which may be far below the first.
            self.apply_timeline(TimelineAction::Reveal(events), effects);
        }
        self.ask_views(start.view, effects);
        if let Some(id) = start.event {
            let found = self
                .library
                .files()
                .find_map(|file| Some(Item::Event(file.id, file.briefing.event_by_id(&id)?)));
            match found {
                Some(item) => self.select(item, true, effects),
                None => self.notice(format!("No event has the id {id}")),
            }
        }
        if let Some((from, to)) = start.range {
            let view = TimelineAction::ShowSpan(from, to);
            self.apply_timeline(view, effects);
        }
    }

    /// Which load the files are of; another library has another number.
    pub fn load_number(&self) -> u64 {
        self.load_number
    }

    /// Takes in all of the library as it is on the disk now; selection and place stay.
    pub(super) fn take_reread(&mut self, number: u64, reread: Reread, effects: &mut Vec<Effect>) {
        if number != self.load_number || self.loading.is_some() {
            return;
        }
        self.is_partial = false;
        self.troubles = reread.troubles;
        self.take_new_and_gone(reread.files, &reread.gone, effects);
        self.ask_views(None, effects);
    }

    /// The events of one file.
    fn events_of(&self, file: FileId) -> Vec<Item> {
        let events = self.library.briefing(file).map(|found| found.events.len());
        (0..)
            .take(events.unwrap_or_default())
            .map(|at| Item::Event(file, at))
            .collect()
    }

    /// Adds new files, and replaces those that were read anew; selection and place stay.
    pub(super) fn take_files(&mut self, mut files: Vec<Loaded>, effects: &mut Vec<Effect>) {
        // The sources of a folder are a file of the library as long as they list events.
        let without = files.extract_if(.., |file| {
            load::is_folder_file(&file.path, &file.root) && file.briefing.events.is_empty()
        });
        let without: Vec<PathBuf> = without.map(|file| file.path).collect();
        let without: Vec<FileId> = without
            .iter()
            .filter_map(|path| Some(self.library.file_at(path)?.id))
            .collect();
        if !without.is_empty() {
            self.take_out(&without, "lists no events any more", effects);
        }
        let before: HashMap<PathBuf, Arc<Briefing>> = files
            .iter()
            .filter_map(|loaded| {
                let file = self.library.file_at(&loaded.path)?;
                Some((loaded.path.clone(), Arc::clone(&file.briefing)))
            })
            .collect();
        let ids = self.library.add(files);
        let mut shown_again = None;
        for &id in &ids {
            let old = self
                .library
                .file(id)
                .and_then(|file| before.get(&file.path));
            let Some(old) = old else { continue };
            self.checks.forget(id);
            self.pictures.retain(|(file, _), _| *file != id);
            self.open_copy = self.open_copy.filter(|open| open.file != id);
            self.unsourced = self.unsourced.filter(|(of, _)| *of != id);
            self.event_before = self.event_before.filter(|item| item.file() != id);
            if let Some(open) = self.document.as_mut().filter(|open| open.file == id) {
                // The old layout stays on screen until the new one is there.
                effects.push(Effect::LayOut(open.file));
                shown_again = Some(open.file);
            }
            if let Some(item) = self.selection.filter(|item| item.file() == id) {
                let again = self.library.find_again(item, old);
                self.set_selection(again, effects);
            }
        }
        if let Some(file) = shown_again {
            self.ask_checks(file, effects);
        }
        self.files_changed(effects);
        // While a library is being read, its checks would only be in the way.
        if self.loading.is_none() {
            self.ask_library_checks(effects);
            self.library_settled(effects);
        }
    }

    /// All files are in: they can be searched and filtered.
    pub(super) fn library_settled(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::IndexLibrary);
        self.choose(effects);
    }

    /// What follows when files have come, changed or gone.
    pub(super) fn files_changed(&mut self, effects: &mut Vec<Effect>) {
        let library = &self.library;
        self.history.retain(|stop| {
            let alive = |item| library.label(item).is_some();
            library.file(stop.file).is_some() && stop.selection.is_none_or(alive)
        });
        if self.loading.is_some() {
            self.timeline.library_grew(&self.library, effects);
        } else {
            self.timeline.library_changed(&self.library, effects);
        }
        self.presentation_changed(effects);
        self.show_first(effects);
    }

    /// Shows the file that was asked for, else the first, where none is shown yet.
    ///
    /// Files come in the order in which they were read: while some are still to come, one asked for by name is waited for.
    fn show_first(&mut self, effects: &mut Vec<Effect>) {
        if self.document.is_some() {
            return;
        }
        let wanted = self.start.file.as_deref();
        let named = self
            .library
            .files()
            .find(|file| Some(file.name.as_str()) == wanted);
        let may_come = wanted.is_some() && self.loading.is_some();
        let first = named.or_else(|| self.library.files().next().filter(|_| !may_come));
        if let Some(first) = first.map(|file| file.id) {
            self.visit(first, None, effects);
        }
    }

    /// How many errors there are, and how many warnings, in files, in what they quote, and outside of them.
    pub fn errors_and_warnings(&self) -> (usize, usize) {
        let totals = self.library.totals();
        let checked = self.check_sums();
        let outside = |severity| {
            let troubles = self.troubles.iter();
            troubles
                .filter(|trouble| trouble.problem.severity == severity)
                .count()
        };
        (
            totals.errors + checked.errors + outside(Severity::Error),
            totals.warnings + checked.warnings + outside(Severity::Warning),
        )
    }

    /// How much is worth knowing and no fault.
    pub fn notes(&self) -> usize {
        let troubles = self.troubles.iter();
        let outside = troubles.filter(|trouble| trouble.problem.severity == Severity::Note);
        self.library.totals().notes + self.check_sums().notes + outside.count()
    }
}
