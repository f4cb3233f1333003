//! The index on the disk: opened, made anew when it is damaged, and left alone when it is somebody else's.
//!
//! One folder in the user's cache holds the index of one library. tantivy's lock lets one program write; another one that opens
//! the same library keeps an index of its own in memory. Whatever goes wrong here, the search works: without the disk it is made
//! anew at each start, and a sentence says so.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a few threads, and a constant for each"
)]

use super::schema::{Fields, INDEX_VERSION, register_tokenizers};
use serde::{Deserialize, Serialize};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tantivy::Directory;
use tantivy::directory::{INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError};

/// Beside the index: of which version it is, and of which library.
const LABEL: &str = "sourceline.json";

/// What may be held in memory by each thread that writes before it goes to disk.
const BYTES_PER_THREAD: usize = 32 << 20;
const MAX_THREADS: usize = 4;

/// An index that was not opened for so long is dropped: it can be made anew.
const KEPT_UNUSED: Duration = Duration::from_secs(90 * 24 * 60 * 60);

#[derive(Debug, Serialize, Deserialize)]
struct Label {
    version: u32,
    library: Vec<String>,
}

/// An index that is ready to be written and read.
pub struct OpenIndex {
    pub index: Index,
    pub writer: IndexWriter,
    /// Whether it stays when the program ends.
    pub is_kept: bool,
}

/// Where in the user's cache folder the index of a library is kept: one folder for each set of paths that were opened together.
pub fn folder_in(cache: &Path, opened: &[PathBuf]) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    for path in whole_paths(opened) {
        path.hash(&mut hasher);
    }
    cache
        .join("search")
        .join(format!("{:016x}", hasher.finish()))
}

fn whole_paths(opened: &[PathBuf]) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = opened
        .iter()
        .map(|path| path.canonicalize().unwrap_or_else(|_| path.clone()))
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Opens the index in a folder, or makes it; where that cannot be, one in memory, and why in a sentence.
///
/// # Errors
///
/// When not even memory will do.
pub fn open(
    fields: &Fields,
    folder: &Path,
    opened: &[PathBuf],
) -> tantivy::Result<(OpenIndex, Option<String>)> {
    match open_kept(fields, folder, opened) {
        Ok((open, was_damaged)) => {
            let told =
                was_damaged.then(|| "The search index was damaged and is made anew".to_owned());
            Ok((open, told))
        }
        Err(why) => Ok((in_memory(fields)?, Some(why.to_string()))),
    }
}

/// Notes on the label that the index is in use.
fn note_use(folder: &Path) {
    let label = fs::File::options().append(true).open(folder.join(LABEL));
    if let Err(error) = label.and_then(|label| label.set_modified(SystemTime::now())) {
        tracing::warn!("the use of a search index is not noted: {error}");
    }
}

/// Drops the indexes in a folder of [`folder_in`] that no window has opened for long. One that a window has open stays, however
/// long that window runs. The lock's file stays, too: who waits for it would else hold another lock than who comes later.
pub fn drop_unused(search: &Path, now: SystemTime) {
    let entries = match fs::read_dir(search) {
        Ok(entries) => entries,
        Err(error) => return tracing::warn!("old search indexes are left: {error}"),
    };
    for folder in entries.flatten().map(|entry| entry.path()) {
        let name = folder.file_name().and_then(|name| name.to_str());
        let is_named_so = name.is_some_and(|name| {
            name.len() == 16 && name.chars().all(|letter| letter.is_ascii_hexdigit())
        });
        // What has no label is no index of ours, or has been dropped.
        let used = fs::metadata(folder.join(LABEL)).and_then(|label| label.modified());
        let is_old = used.is_ok_and(|used| {
            now.duration_since(used)
                .is_ok_and(|unused| unused > KEPT_UNUSED)
        });
        if is_named_so
            && is_old
            && let Err(why) = make_room(&folder)
        {
            tracing::info!("an old search index is left: {why}");
        }
    }
}

/// Gives the disk back what was written of an index that found no room on it.
pub fn give_back(folder: &Path) {
    if let Err(why) = make_room(folder) {
        tracing::info!("a search index that was begun is left: {why}");
    }
}

/// An index that goes with the program.
///
/// # Errors
///
/// When no thread can be started.
pub fn in_memory(fields: &Fields) -> tantivy::Result<OpenIndex> {
    ready(Index::create_in_ram(fields.schema.clone()), false)
}

/// Why an index is not kept.
#[derive(Debug, thiserror::Error)]
enum NotKept {
    #[error(
        "Another window keeps the search index of this library; this one searches by an index of its own, in memory"
    )]
    Busy,
    #[error(
        "The search index of this library is of a newer version; this window searches by an index of its own, in memory"
    )]
    Newer,
    #[error("The search index cannot be kept, and is made anew at each start: {0}")]
    Io(#[from] io::Error),
    #[error("The search index cannot be kept, and is made anew at each start: {0}")]
    Index(TantivyError),
}

impl From<TantivyError> for NotKept {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(..) => Self::Busy,
            error => Self::Index(error),
        }
    }
}

/// The index in the folder, and whether it had to be made anew because it was damaged.
fn open_kept(
    fields: &Fields,
    folder: &Path,
    opened: &[PathBuf],
) -> Result<(OpenIndex, bool), NotKept> {
    fs::create_dir_all(folder)?;
    let label = fs::read(folder.join(LABEL));
    let label: Option<Label> = label
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok());
    if label
        .as_ref()
        .is_some_and(|label| label.version > INDEX_VERSION)
    {
        return Err(NotKept::Newer);
    }
    let is_ours = label.is_some_and(|label| label.version == INDEX_VERSION);
    if is_ours {
        match open_there(fields, folder) {
            Ok(open) => {
                note_use(folder);
                return Ok((open, false));
            }
            Err(NotKept::Busy) => return Err(NotKept::Busy),
            Err(why) => tracing::info!("the search index is made anew: {why}"),
        }
    }
    let had_files = folder.join("meta.json").exists();
    make_room(folder)?;
    let label = Label {
        version: INDEX_VERSION,
        library: whole_paths(opened)
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
    };
    fs::write(
        folder.join(LABEL),
        serde_json::to_vec(&label).map_err(io::Error::other)?,
    )?;
    let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    Ok((in_directory(fields, directory)?, had_files && is_ours))
}

/// A new index in an empty directory.
///
/// # Errors
///
/// When it cannot be written.
pub fn in_directory(
    fields: &Fields,
    directory: impl Into<Box<dyn Directory>>,
) -> tantivy::Result<OpenIndex> {
    let index = Index::create(directory, fields.schema.clone(), IndexSettings::default())?;
    ready(index, true)
}

/// An index that is there already and whole.
fn open_there(fields: &Fields, folder: &Path) -> Result<OpenIndex, NotKept> {
    let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    let index = Index::open(directory)?;
    if index.schema() != fields.schema {
        return Err(NotKept::Index(TantivyError::SchemaError(
            "its fields are others".to_owned(),
        )));
    }
    // The lock is taken first: nobody else changes files while they are looked at.
    let open = ready(index, true)?;
    let damaged = open.index.validate_checksum()?;
    if damaged.is_empty() {
        Ok(open)
    } else {
        Err(NotKept::Index(TantivyError::InternalError(format!(
            "{} of its files are not as they were written",
            damaged.len()
        ))))
    }
}

/// Takes away what is left of an index that cannot be used, unless another program uses it.
fn make_room(folder: &Path) -> Result<(), NotKept> {
    let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    let lock = directory
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(TantivyError::from)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && path.file_name() != INDEX_WRITER_LOCK.filepath.file_name() {
            fs::remove_file(path)?;
        }
    }
    drop(lock);
    Ok(())
}

fn ready(index: Index, is_kept: bool) -> tantivy::Result<OpenIndex> {
    register_tokenizers(&index);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(MAX_THREADS);
    let writer = index.writer_with_num_threads(threads, threads * BYTES_PER_THREAD)?;
    Ok(OpenIndex {
        index,
        writer,
        is_kept,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_found_no_room_is_given_back_unless_another_window_uses_it() {
        let cache = tempfile::tempdir().expect("a folder");
        let fields = Fields::new();
        let library = [PathBuf::from("a library")];
        let folder = folder_in(cache.path(), &library);
        let (open, _) = open_kept(&fields, &folder, &library).expect("an index");
        give_back(&folder);
        assert!(folder.join("meta.json").exists(), "it is in use");
        drop(open);
        give_back(&folder);
        let left = fs::read_dir(&folder).expect("a folder").flatten();
        let names: Vec<PathBuf> = left.map(|entry| entry.file_name().into()).collect();
        assert!(matches!(&names[..], [lock] if *lock == INDEX_WRITER_LOCK.filepath));
    }

    #[test]
    fn only_indexes_that_nobody_uses_are_dropped() {
        let cache = tempfile::tempdir().expect("a folder");
        let fields = Fields::new();
        let folder_of = |library: &str| folder_in(cache.path(), &[PathBuf::from(library)]);
        let opened = |library: &str| {
            let open = open_kept(&fields, &folder_of(library), &[PathBuf::from(library)]);
            open.expect("an index").0
        };
        let is_there = |library: &str| folder_of(library).join("meta.json").exists();
        let days_ago = |library: &str, days: u64| {
            let label = fs::File::options()
                .append(true)
                .open(folder_of(library).join(LABEL));
            let then = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
            label
                .and_then(|label| label.set_modified(then))
                .expect("a label");
        };
        let in_use = opened("in use");
        for library in ["old", "young", "opened again"] {
            drop(opened(library));
            days_ago(library, 91);
        }
        days_ago("in use", 91);
        days_ago("young", 89);
        drop(opened("opened again"));
        let strange = cache.path().join("search").join("not an index");
        fs::create_dir_all(&strange).expect("a folder");
        fs::copy(folder_of("old").join(LABEL), strange.join(LABEL)).expect("a file");

        let search = cache.path().join("search");
        let later = SystemTime::now();
        drop_unused(&search, later);
        let left = ["in use", "old", "young", "opened again"].map(is_there);
        assert_eq!(left, [true, false, true, true]);
        assert!(strange.join(LABEL).exists());
        drop(in_use);
        drop_unused(&search, later);
        assert!(!is_there("in use"));
        // What was dropped is made anew.
        drop(opened("old"));
        assert!(is_there("old"));
    }
}
