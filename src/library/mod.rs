//! Many briefings as one library: which files there are, and what leads from one to another.
//!
//! [`Library`] itself is plain data; `load` reads the disk, `copies` reads local copies of sources and
//! keeps every path inside the library. Nothing here knows the window.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of what is held in memory; what is taken away was added before"
)]

pub mod belonging;
pub mod checks;
pub mod copies;
pub mod filter;
mod links;
pub mod load;
pub mod locks;
pub mod names;
pub mod paths;
pub mod pictures;
pub mod search;
pub mod sources;
pub mod views;
pub mod watch;

pub use checks::FileChecks;
pub use links::Destination;
pub use load::{LoadEvent, Loaded, load};
pub use pictures::Picture;
pub use sources::{SourcesByIdentity, source_identity};

use crate::model::{Briefing, Event, FileId, Heading, Item, Source, Statement};
use crate::problem::{Problem, Severity};
use crate::span::Place;
use filter::{Snapshot, SnapshotFile};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// One file of a library.
#[derive(Clone, Debug)]
pub struct File {
    pub id: FileId,
    pub path: PathBuf,
    /// The folder that its copies, pictures and bibliographies must lie in.
    pub root: Arc<Path>,
    /// Its path inside `root`, with `/` between folders.
    pub name: String,
    pub briefing: Arc<Briefing>,
    /// In the order of the file.
    pub problems: Arc<[Problem]>,
    /// Where each of them stands; found once, when the file is read.
    pub places: Arc<[Place]>,
}

impl File {
    /// Its problems with their places.
    pub fn placed_problems(&self) -> impl Iterator<Item = (Place, &Problem)> {
        self.places.iter().copied().zip(self.problems.iter())
    }

    /// How many problems weigh at least `severity`.
    pub fn problem_count(&self, severity: Severity) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.severity >= severity)
            .count()
    }
}

/// Tells paths apart, also from one start to the next.
fn path_hash(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}

/// All files that are open together.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// By [`FileId`]; `None` where a file has gone. Slots are never reused, so ids stay valid.
    slots: Vec<Option<File>>,
    by_path: HashMap<PathBuf, FileId>,
    /// Ids in the order of names.
    order: Vec<FileId>,
    totals: Totals,
    revision: u64,
    /// Made when first asked for, and forgotten when files change.
    sources: OnceLock<SourcesByIdentity>,
}

/// Sums over all files, kept up to date so that no frame has to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub events: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Totals {
    fn of(file: &File) -> Self {
        let count = |severity| {
            let problems = file.problems.iter();
            problems
                .filter(|problem| problem.severity == severity)
                .count()
        };
        Self {
            events: file.briefing.events.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    fn add(&mut self, other: Self) {
        self.events += other.events;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
    }

    fn take_away(&mut self, other: Self) {
        self.events -= other.events;
        self.errors -= other.errors;
        self.warnings -= other.warnings;
        self.notes -= other.notes;
    }
}

impl Library {
    /// Adds files, or replaces those that are there already. Returns their ids in the order given.
    pub fn add(&mut self, loaded: impl IntoIterator<Item = Loaded>) -> Vec<FileId> {
        let (mut ids, mut new) = (Vec::new(), Vec::new());
        for Loaded {
            path,
            root,
            name,
            briefing,
            problems,
            places,
        } in loaded
        {
            let id = *self.by_path.entry(path.clone()).or_insert_with(|| {
                let id = FileId(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
                self.slots.push(None);
                new.push(id);
                id
            });
            let file = File {
                id,
                path,
                root,
                name,
                briefing,
                problems,
                places,
            };
            self.totals.add(Totals::of(&file));
            if let Some(slot) = self.slots.get_mut(id.0 as usize)
                && let Some(before) = slot.replace(file)
            {
                self.totals.take_away(Totals::of(&before));
            }
            ids.push(id);
        }
        self.changed();
        if !new.is_empty() {
            self.put_in_order(&new);
        }
        ids
    }

    /// Takes files out.
    pub fn remove_all(&mut self, ids: &[FileId]) {
        for id in ids {
            let slot = self.slots.get_mut(id.0 as usize);
            if let Some(file) = slot.and_then(Option::take) {
                self.by_path.remove(&file.path);
                self.totals.take_away(Totals::of(&file));
            }
        }
        let slots = &self.slots;
        self.order
            .retain(|id| slots.get(id.0 as usize).is_some_and(Option::is_some));
        self.changed();
    }

    /// The same file stands in another place now.
    pub fn rename(&mut self, id: FileId, to: &Loaded) {
        let Some(file) = self.slots.get_mut(id.0 as usize).and_then(Option::as_mut) else {
            return;
        };
        self.by_path.remove(&file.path);
        self.by_path.insert(to.path.clone(), id);
        file.path.clone_from(&to.path);
        file.root = Arc::clone(&to.root);
        file.name.clone_from(&to.name);
        self.changed();
        self.put_in_order(&[]);
    }

    fn changed(&mut self) {
        self.revision += 1;
        self.sources.take();
    }

    /// Takes new files into the order. They come nearly in order themselves, and then little has to be compared.
    fn put_in_order(&mut self, new: &[FileId]) {
        let ids = self.order.iter().chain(new);
        let mut named: Vec<(&str, FileId)> = ids
            .filter_map(|&id| Some((self.file(id)?.name.as_str(), id)))
            .collect();
        named.sort();
        self.order = named.into_iter().map(|(_, id)| id).collect();
    }

    pub fn file(&self, id: FileId) -> Option<&File> {
        self.slots.get(id.0 as usize)?.as_ref()
    }

    pub fn file_at(&self, path: &Path) -> Option<&File> {
        self.file(*self.by_path.get(path)?)
    }

    /// All files in the order of their names.
    #[expect(
        clippy::unreachable,
        reason = "only this type gives out ids, each with its slot"
    )]
    pub fn files(&self) -> impl ExactSizeIterator<Item = &File> + Clone {
        // Every id in `order` has a file; a dangling one would be a bug of this type alone.
        self.order.iter().map(|&id| {
            self.slots
                .get(id.0 as usize)
                .and_then(Option::as_ref)
                .unwrap_or_else(|| unreachable!("an ordered file has its slot"))
        })
    }

    /// Of those that are there, the file that came first: one of the first path that was opened.
    pub fn first_read(&self) -> Option<&File> {
        self.slots.iter().flatten().next()
    }

    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Changes whenever a file is added, replaced or taken out: what is derived from the files can be kept until then.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The files as they are now, for work on another thread.
    pub fn snapshot(&self) -> Snapshot {
        let files = self.files().map(|file| SnapshotFile {
            id: file.id,
            name: file.name.as_str().into(),
            path_hash: path_hash(&file.path),
            briefing: Arc::clone(&file.briefing),
        });
        Snapshot {
            files: files.collect(),
        }
    }

    /// Where each source is defined, the same source in several files as one.
    pub fn sources(&self) -> &SourcesByIdentity {
        self.sources.get_or_init(|| SourcesByIdentity::of(self))
    }

    pub fn briefing(&self, id: FileId) -> Option<&Arc<Briefing>> {
        self.file(id).map(|file| &file.briefing)
    }

    pub fn event(&self, file: FileId, index: u32) -> Option<&Event> {
        self.briefing(file)?.events.get(index as usize)
    }

    pub fn statement(&self, file: FileId, index: u32) -> Option<&Statement> {
        self.briefing(file)?.statements.get(index as usize)
    }

    pub fn source(&self, file: FileId, index: u32) -> Option<&Source> {
        let source = self.briefing(file)?.sources.get(index as usize);
        source.map(Arc::as_ref)
    }

    pub fn heading(&self, file: FileId, index: u32) -> Option<&Heading> {
        self.briefing(file)?.headings.get(index as usize)
    }

    /// What to call an item in a list or a notice.
    pub fn label(&self, item: Item) -> Option<String> {
        Some(match item {
            Item::Event(file, at) => self.event(file, at)?.title.to_string(),
            Item::Statement(file, at) => self.statement(file, at)?.text.to_string(),
            Item::Source(file, at) => self.source(file, at)?.label().to_owned(),
            Item::Heading(file, at) => self.heading(file, at)?.text.to_string(),
            Item::File(file) => self.briefing(file)?.title.to_string(),
        })
    }

    /// The same item after its file was read anew: found by id, since indices may have moved.
    pub fn find_again(&self, item: Item, before: &Briefing) -> Option<Item> {
        let after = self.briefing(item.file())?;
        let index = |found: Option<usize>| found.and_then(|at| u32::try_from(at).ok());
        match item {
            Item::File(_) => Some(item),
            Item::Event(file, at) => {
                let id = &before.events.get(at as usize)?.id;
                index(after.events.iter().position(|event| &event.id == id))
                    .map(|at| Item::Event(file, at))
            }
            Item::Statement(file, at) => {
                let old = before.statements.get(at as usize)?;
                let same_words = |other: &Statement| other.id == old.id && other.text == old.text;
                index(
                    after
                        .statements
                        .iter()
                        .position(same_words)
                        .or_else(|| after.statements.iter().position(|s| s.id == old.id)),
                )
                .map(|at| Item::Statement(file, at))
            }
            Item::Source(file, at) => {
                let key = &before.sources.get(at as usize)?.key;
                index(after.sources.iter().position(|source| &source.key == key))
                    .map(|at| Item::Source(file, at))
            }
            Item::Heading(file, at) => {
                let id = &before.headings.get(at as usize)?.id;
                index(after.headings.iter().position(|heading| &heading.id == id))
                    .map(|at| Item::Heading(file, at))
            }
        }
    }
}
