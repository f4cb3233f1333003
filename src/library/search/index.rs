//! The index on the disk: opened, made anew when it is damaged, and left alone when it is somebody else's.
//!
//! One folder in the user's cache holds the index of one library. tantivy's lock lets one program write; another one that opens
//! the same library keeps an index of its own in memory. Whatever goes wrong here, the search works: without the disk it is made
//! anew at each start, and a sentence says so.

use super::schema::{Fields, INDEX_VERSION, register_tokenizers};
use serde::{Deserialize, Serialize};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use tantivy::Directory;
use tantivy::directory::{INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError};

/// Beside the index: of which version it is, and of which library.
const LABEL: &str = "sourceline.json";

/// What may be held in memory by each thread that writes before it goes to disk.
const BYTES_PER_THREAD: usize = 32 << 20;
const MAX_THREADS: usize = 4;

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
            Ok(open) => return Ok((open, false)),
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
