//! Saved views of a library, by name, in a plain file that may be shared and edited: `.sourceline/views.toml`.
//!
//! ```toml
//! [[view]]
//! name = "Ceasefire talks"
//! search = "ceasefire -draft"
//! lanes = ["Diplomacy"]
//! standings = ["disputed"]
//! from = "2025-03"
//! to = "2025-04"
//! ```
//!
//! When a view is saved, whatever it does not change stays as it is written: other views, their order, comments, keys that
//! this version does not know. A file that cannot be read is told and never overwritten.

mod text;

pub use text::{Removed, from_text, text_with, text_without};

use super::filter::Criteria;
use crate::disk;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use text::text_with_again;

/// The longest file of views that is read, in bytes: thousands of views. A library may come from a stranger.
const MAX_VIEWS_BYTES: u64 = 1024 * 1024;

/// What a view shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub name: String,
    /// As typed into the search field; only what it finds is shown.
    pub search: String,
    pub criteria: Criteria,
    /// What the lanes stand for, by its stable word; empty: as it is.
    pub group: String,
}

/// Why views cannot be read or saved; a sentence.
#[derive(Debug, thiserror::Error)]
pub enum ViewsFault {
    #[error("{path} cannot be read as views, so nothing is saved there: {why}")]
    Damaged { path: String, why: String },
    #[error("{path} cannot be {done}: {error}")]
    Io {
        path: String,
        done: &'static str,
        error: io::Error,
    },
}

/// Where the views of the library in this folder are kept.
pub fn path_in(root: &Path) -> PathBuf {
    root.join(".sourceline").join("views.toml")
}

/// All views of a library; none when the file is not there.
///
/// # Errors
///
/// When the file is there and cannot be read.
pub fn read(root: &Path) -> Result<Vec<View>, ViewsFault> {
    let path = path_in(root);
    stays_inside(root, &path)?;
    from_text(&read_text(&path)?).map_err(|why| damaged(&path, why))
}

/// Saves a view, in the place of one of the same name, and returns all there are then. The file is replaced as a whole.
///
/// # Errors
///
/// When the file is there and cannot be read, or cannot be written.
pub fn save(root: &Path, view: &View) -> Result<Vec<View>, ViewsFault> {
    change(root, |text| text_with(text, view))
}

/// Takes a view out, and returns those that are left and what was taken.
///
/// # Errors
///
/// As [`save`].
pub fn delete(root: &Path, name: &str) -> Result<(Vec<View>, Option<Removed>), ViewsFault> {
    let mut taken = None;
    let left = change(root, |text| {
        let (text, removed) = text_without(text, name)?;
        taken = removed;
        Ok(text)
    })?;
    Ok((left, taken))
}

/// Puts back what was taken out, as it was written, at the end; where its name has been given to another since, that one stays.
///
/// # Errors
///
/// As [`save`].
pub fn put_back(root: &Path, removed: &Removed) -> Result<Vec<View>, ViewsFault> {
    change(root, |text| text_with_again(text, removed))
}

fn change(
    root: &Path,
    work: impl FnOnce(&str) -> Result<String, String>,
) -> Result<Vec<View>, ViewsFault> {
    let path = path_in(root);
    stays_inside(root, &path)?;
    // Until this one is done, another window waits: what it saves would else be lost, or this.
    let _turn = wait_for_turn(&path);
    let text = work(&read_text(&path)?).map_err(|why| damaged(&path, why))?;
    let views = from_text(&text).map_err(|why| damaged(&path, why))?;
    if text.len() as u64 > MAX_VIEWS_BYTES {
        return Err(damaged(&path, too_long()));
    }
    let written = fs::create_dir_all(path.parent().unwrap_or(root))
        .and_then(|()| disk::replace(&path, text.as_bytes()));
    written.map_err(|error| ViewsFault::Io {
        path: path.display().to_string(),
        done: "written",
        error,
    })?;
    Ok(views)
}

/// A stranger's library may hold links in the place of the folder or of the file: what leads out of it is neither read nor
/// written.
fn stays_inside(root: &Path, path: &Path) -> Result<(), ViewsFault> {
    let Ok(root) = root.canonicalize() else {
        return Ok(());
    };
    let below = path.ancestors().take(2);
    for there in below.filter_map(|part| part.canonicalize().ok()) {
        if !there.starts_with(&root) {
            let why = "it is a link that leads out of the library; remove it first";
            return Err(damaged(path, why.to_owned()));
        }
    }
    Ok(())
}

/// Holds the folder that the views lie in, until dropped. Where a folder cannot be held (not on Unix, some network
/// drives), saving goes on without: the file is whole all the same.
fn wait_for_turn(path: &Path) -> Option<fs::File> {
    let folder = path.parent()?;
    fs::create_dir_all(folder).ok()?;
    let folder = fs::File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

fn read_text(path: &Path) -> Result<String, ViewsFault> {
    let failed = |error| ViewsFault::Io {
        path: path.display().to_string(),
        done: "read",
        error,
    };
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => {}
        // A pipe might never end.
        Ok(_) => return Err(damaged(path, "it is not a regular file".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(failed(error)),
    }
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // One more than may be, to see whether there is more.
    let mut start = file.take(MAX_VIEWS_BYTES + 1);
    start.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_VIEWS_BYTES {
        return Err(damaged(path, too_long()));
    }
    String::from_utf8(bytes).map_err(|_| damaged(path, "it is not UTF-8".to_owned()))
}

fn too_long() -> String {
    format!("expected at most {MAX_VIEWS_BYTES} bytes, found more")
}

fn damaged(path: &Path, why: String) -> ViewsFault {
    ViewsFault::Damaged {
        path: path.display().to_string(),
        why,
    }
}

#[cfg(test)]
mod tests;
