//! Keeps an index in step with a library, and answers queries.

#![expect(
    clippy::indexing_slicing,
    reason = "what is changed is counted by its own length, and slots are given out by the list of files"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "what is done is a part of the plan"
)]

use super::index::{self, OpenIndex};
use super::query::Query;
use super::schema::{Fields, language_of};
use super::table::{IndexedFile, Table, readings};
use super::units::{UnitKind, units};
use super::words::{folded_words, line_of};
use crate::date::Zone;
use crate::evidence::Standing;
use crate::library::filter::{Marks, Numbering, Snapshot, SnapshotFile};
use crate::model::{FileId, Item, SourceOrigin};
use crate::span::Span;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tantivy::index::SegmentId;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

mod answer;
mod clauses;

/// How well a statement is borne out; `None` while that has not been checked.
pub type StandingOf = Arc<dyn Fn(FileId, u32) -> Option<Standing> + Send + Sync>;

/// A question to the index.
#[derive(Clone)]
pub struct Request {
    pub query: Query,
    /// Where days begin that name no zone.
    pub zone: Zone,
    pub standing: StandingOf,
    /// Look only in this file.
    pub only: Option<FileId>,
    /// List at most so many hits; all are counted and marked.
    pub limit: usize,
}

impl Request {
    pub fn new(query: Query, zone: Zone) -> Self {
        /// More than anybody reads.
        const LISTED: usize = 300;
        Self {
            query,
            zone,
            standing: Arc::new(|_, _| None),
            only: None,
            limit: LISTED,
        }
    }
}

/// What a search has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub query: Query,
    /// By briefing, the one with the best hit first; within a briefing from top to bottom.
    pub hits: Vec<Hit>,
    /// How many units were found, listed or not.
    pub total: usize,
    /// In how many briefings.
    pub briefings: usize,
    /// All events and statements that were found.
    pub events: Marks,
    pub statements: Marks,
}

/// One unit that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub file: FileId,
    pub kind: UnitKind,
    /// Its place among its kind.
    pub at: u32,
    /// Where it stands in the file.
    pub span: Span,
    pub score: f32,
}

impl Hit {
    /// What can be selected; `None` for a passage.
    pub fn item(&self) -> Option<Item> {
        Some(match self.kind {
            UnitKind::Briefing => Item::File(self.file),
            UnitKind::Event => Item::Event(self.file, self.at),
            UnitKind::Source => Item::Source(self.file, self.at),
            UnitKind::Passage => return None,
        })
    }
}

/// The index of a library, and what is needed to keep it in step.
pub struct Engine {
    fields: Fields,
    open: OpenIndex,
    reader: IndexReader,
    /// The place of each file in `files`, by the hash of its path. Places are never given to another file.
    slots: HashMap<u64, u32>,
    files: Vec<Option<IndexedFile>>,
    /// Which reading of each file the index holds.
    readings: HashMap<u64, u64>,
    tables: HashMap<SegmentId, Arc<Table>>,
    view: Arc<View>,
}

/// The index as it is after a change; can be asked from several threads.
pub struct View {
    fields: Fields,
    searcher: Searcher,
    tables: Vec<Arc<Table>>,
    files: Arc<[Option<IndexedFile>]>,
    languages: BTreeSet<usize>,
    events: Arc<Numbering>,
    statements: Arc<Numbering>,
    /// When everything takes place, in the zone that was asked in last.
    extents: Mutex<Option<(Zone, Arc<Extents>)>>,
}

/// By file: from when to when each of its events takes place, and behind them the briefing's own day.
type Extents = Vec<Vec<Option<(i64, i64)>>>;

/// What is to be done until the index is in step with a library.
#[derive(Default)]
pub struct Plan {
    gone: Vec<u64>,
    changed: Vec<(u64, u64, SnapshotFile)>,
    done: usize,
}

impl Plan {
    /// How many files have been taken in, and how many there are to take in.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.changed.len())
    }

    fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.changed.is_empty()
    }
}

impl Engine {
    /// With the index in a folder, or one in memory and why in a sentence.
    ///
    /// # Errors
    ///
    /// When not even memory will do.
    pub fn open(folder: &Path, opened: &[PathBuf]) -> tantivy::Result<(Self, Option<String>)> {
        let fields = Fields::new();
        let (open, told) = index::open(&fields, folder, opened)?;
        Ok((Self::with(fields, open)?, told))
    }

    /// With an index that goes with the program.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub fn in_memory() -> tantivy::Result<Self> {
        let fields = Fields::new();
        let open = index::in_memory(&fields)?;
        Self::with(fields, open)
    }

    fn with(fields: Fields, open: OpenIndex) -> tantivy::Result<Self> {
        let reader = open
            .index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let mut held = HashMap::new();
        for segment in searcher.segment_readers() {
            held.extend(readings(&fields, segment)?);
        }
        let view = View {
            fields: fields.clone(),
            searcher,
            tables: Vec::new(),
            files: Arc::new([]),
            languages: BTreeSet::new(),
            events: Arc::default(),
            statements: Arc::default(),
            extents: Mutex::default(),
        };
        Ok(Self {
            fields,
            open,
            reader,
            slots: HashMap::new(),
            files: Vec::new(),
            readings: held,
            tables: HashMap::new(),
            view: Arc::new(view),
        })
    }

    /// Whether the index stays when the program ends.
    pub fn is_kept(&self) -> bool {
        self.open.is_kept
    }

    /// What can be asked now.
    pub fn view(&self) -> &Arc<View> {
        &self.view
    }

    /// Brings the index in step with a library, all at once.
    ///
    /// # Errors
    ///
    /// When the index cannot be written; [`Engine::forsake_disk`] then goes on in memory.
    pub fn sync(&mut self, snapshot: &Snapshot) -> tantivy::Result<()> {
        let mut plan = self.plan(snapshot);
        while self.take_in(&mut plan, usize::MAX)? {}
        self.finish(plan, snapshot)
    }

    /// Finds out which files the index does not hold as they are, and which it holds in vain.
    pub fn plan(&self, snapshot: &Snapshot) -> Plan {
        let mut there = HashSet::with_capacity(snapshot.files.len());
        let mut plan = Plan::default();
        for file in &snapshot.files {
            let hash = file.path_hash;
            there.insert(hash);
            let reading = reading_of(file);
            if self.readings.get(&hash) != Some(&reading) {
                plan.changed.push((hash, reading, file.clone()));
            }
        }
        plan.gone = self
            .readings
            .keys()
            .copied()
            .filter(|hash| !there.contains(hash))
            .collect();
        plan.gone.sort_unstable();
        plan
    }

    /// Takes in at most so many files of a plan; true while there are more.
    ///
    /// # Errors
    ///
    /// When the index cannot be written.
    pub fn take_in(&mut self, plan: &mut Plan, at_most: usize) -> tantivy::Result<bool> {
        for hash in plan.gone.drain(..) {
            self.open.writer.delete_term(self.fields.file_term(hash));
            self.readings.remove(&hash);
        }
        let rest = plan.changed.len() - plan.done;
        for (hash, reading, file) in &plan.changed[plan.done..plan.done + rest.min(at_most)] {
            if self.readings.insert(*hash, *reading).is_some() {
                self.open.writer.delete_term(self.fields.file_term(*hash));
            }
            let language = language_of(file.briefing.lang.as_deref());
            for unit in units(&file.briefing) {
                let document = self.fields.document(&unit, *hash, *reading, language);
                self.open.writer.add_document(document)?;
            }
            plan.done += 1;
        }
        Ok(plan.done < plan.changed.len())
    }

    /// Makes what was taken in so far findable.
    ///
    /// # Errors
    ///
    /// When the index cannot be written or read.
    pub fn finish(&mut self, plan: Plan, snapshot: &Snapshot) -> tantivy::Result<()> {
        self.show(!plan.is_empty(), snapshot)
    }

    /// The same in the midst of a plan.
    ///
    /// # Errors
    ///
    /// When the index cannot be written or read.
    pub fn show_so_far(&mut self, snapshot: &Snapshot) -> tantivy::Result<()> {
        self.show(true, snapshot)
    }

    fn show(&mut self, has_changes: bool, snapshot: &Snapshot) -> tantivy::Result<()> {
        if has_changes {
            self.open.writer.commit()?;
            self.reader.reload()?;
        }
        let mut alive = HashSet::with_capacity(snapshot.files.len());
        for file in &snapshot.files {
            let hash = file.path_hash;
            let next = self.files.len() as u32;
            let slot = *self.slots.entry(hash).or_insert(next);
            if slot == next {
                self.files.push(None);
            }
            alive.insert(slot);
            let entry = &mut self.files[slot as usize];
            let is_same = entry.as_ref().is_some_and(|known| {
                known.id == file.id && Arc::ptr_eq(&known.briefing, &file.briefing)
            });
            if !is_same {
                let named = folded_words(&format!("{} {}", file.briefing.title, file.name));
                *entry = Some(IndexedFile {
                    id: file.id,
                    briefing: Arc::clone(&file.briefing),
                    named: line_of(&named).into(),
                });
            }
        }
        for (file, slot) in self.files.iter_mut().zip(0..) {
            if !alive.contains(&slot) {
                *file = None;
            }
        }
        let searcher = self.reader.searcher();
        let mut tables = HashMap::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let table = match self.tables.get(&id) {
                Some(table) => Arc::clone(table),
                None => Arc::new(Table::read(segment, &self.slots, &self.files)?),
            };
            tables.insert(id, table);
        }
        self.tables = tables;
        let count = |count: fn(&SnapshotFile) -> usize| {
            let files = snapshot.files.iter();
            Arc::new(Numbering::new(files.map(|file| (file.id, count(file)))))
        };
        let in_order = searcher.segment_readers().iter();
        self.view = Arc::new(View {
            fields: self.fields.clone(),
            tables: in_order
                .filter_map(|segment| self.tables.get(&segment.segment_id()).cloned())
                .collect(),
            searcher,
            files: self.files.clone().into(),
            languages: snapshot
                .files
                .iter()
                .filter_map(|file| language_of(file.briefing.lang.as_deref()))
                .collect(),
            events: count(|file| file.briefing.events.len()),
            statements: count(|file| file.briefing.statements.len()),
            extents: Mutex::default(),
        });
        Ok(())
    }

    /// Goes on with an empty index in memory: the disk is full, or has been taken away.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub fn forsake_disk(&mut self) -> tantivy::Result<()> {
        *self = Self::in_memory()?;
        Ok(())
    }
}

/// Changes with all that the index takes from a file: its text, and the sources that it has from elsewhere.
fn reading_of(file: &SnapshotFile) -> u64 {
    let mut hasher = DefaultHasher::new();
    file.briefing.text.hash(&mut hasher);
    for source in &file.briefing.sources {
        if matches!(source.origin, SourceOrigin::Shared(_)) {
            source.key.hash(&mut hasher);
            source.label().hash(&mut hasher);
            source.publisher.hash(&mut hasher);
            source.authors.hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests;
