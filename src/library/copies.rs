//! Local copies of sources, read from inside the library.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the bytes of copies that are held in memory"
)]

use super::File;
use super::load::read_bounded;
use super::paths::{resolve_inside, written_inside};
use crate::evidence::{CopyError, CopyText, MAX_COPY_BYTES, problem_of_copy};
use crate::model::Source;
use crate::problem::{Code, Problem};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Copies of more text than this together are not held on to for those who may ask for them later.
const MAX_HELD_BYTES: usize = 32 * 1024 * 1024;

/// Copies that were read, each once, however many sources and briefings name it; as long as there is room for them.
#[derive(Debug, Default)]
pub struct Copies {
    read: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// By resolved path and by the ending that says how the text is written.
    slots: HashMap<(PathBuf, String), Slot>,
    /// How much text they hold.
    bytes: usize,
}

/// Filled by whoever asks first; others wait for this copy alone.
type Slot = Arc<OnceLock<Result<Arc<CopyText>, Unread>>>;

/// Why a copy inside the library could not be read.
#[derive(Clone, Debug)]
enum Unread {
    Disk(String),
    Text(CopyError),
}

impl Copies {
    /// Reads the local copy of a source as its reader would see it.
    ///
    /// # Errors
    ///
    /// A problem at the source's definition when there is no such file, it leads out of the library, it is too
    /// large, or it is not text. A source without a copy is not an error: `Ok(None)`.
    pub fn read(&self, file: &File, source: &Source) -> Result<Option<Arc<CopyText>>, Problem> {
        let Some(copy) = &source.copy else {
            return Ok(None);
        };
        let folder = file.path.parent().unwrap_or(&file.root);
        let path = resolve_inside(&file.root, folder, &copy.file).map_err(|fault| {
            Problem::new(fault.code(), source.span, fault.to_string(), fault.hint())
        })?;
        let ending = Path::new(copy.file.as_str())
            .extension()
            .unwrap_or_default();
        let key = (path, ending.to_string_lossy().to_ascii_lowercase());
        let slot = {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            if read.bytes > MAX_HELD_BYTES {
                // Whoever uses one keeps it; who asks again reads it again.
                *read = Held::default();
            }
            Arc::clone(read.slots.entry(key.clone()).or_default())
        };
        let found = slot.get_or_init(|| {
            let found = read_copy(&key.0, &copy.file).map(Arc::new);
            let bytes = found.as_ref().map_or(0, |copy| copy.text().len());
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.bytes += bytes;
            found
        });
        match found {
            Ok(copy) => Ok(Some(Arc::clone(copy))),
            Err(Unread::Text(error)) => Err(problem_of_copy(source, error)),
            Err(Unread::Disk(error)) => Err(Problem::new(
                Code::CopyMissing,
                source.span,
                format!("expected a readable copy at `{}`, but {error}", copy.file),
                "name a text, Markdown or HTML file that is there and that you may read",
            )),
        }
    }
}

/// The paths on which the reading of a source's copy depends: the one that the briefing names and, through links, the
/// one that it leads to. Nothing need be there yet. Empty without a copy, and for a path that leads out of the library.
pub fn paths_of(file: &File, source: &Source) -> Vec<PathBuf> {
    let Some(copy) = &source.copy else {
        return Vec::new();
    };
    let folder = file.path.parent().unwrap_or(&file.root);
    let named = written_inside(&file.root, folder, &copy.file);
    let found = resolve_inside(&file.root, folder, &copy.file).ok();
    named.into_iter().chain(found).collect()
}

fn read_copy(path: &Path, name: &str) -> Result<CopyText, Unread> {
    let disk = |error: std::io::Error| Unread::Disk(error.to_string());
    // What is too large anyway is not read at all; a file that grows meanwhile is read up to the limit.
    let len = path.metadata().map_err(disk)?.len();
    let bytes = usize::try_from(len).unwrap_or(usize::MAX);
    if bytes > MAX_COPY_BYTES && path.is_file() {
        return Err(Unread::Text(CopyError::TooLarge { bytes }));
    }
    let bytes = read_bounded(path, MAX_COPY_BYTES + 1).map_err(disk)?;
    CopyText::new(&bytes, name).map_err(Unread::Text)
}
