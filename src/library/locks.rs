//! Lock files, read from beside their briefings.

use super::File;
use super::load::read_bounded;
use crate::evidence::Lock;
use crate::problem::{Code, Problem};
use crate::span::{LineIndex, Span};
use std::io;
use std::path::{Path, PathBuf};

/// The largest lock file that is read; one of ten thousand quotations has about 10 MB.
pub const MAX_LOCK_BYTES: usize = 16 * 1024 * 1024;

/// What became of a briefing's lock file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LockState {
    /// There is none: nothing was locked.
    #[default]
    Absent,
    Read,
    /// There is one, but it could not be read: whether a copy has changed cannot be known.
    Unreadable,
}

impl LockState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Read => "read",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Whether a file is a lock, which the program itself writes.
pub fn is_lock(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.to_lowercase().ends_with(".lock.json"))
}

/// Where the lock file of a briefing lies: `NAME.lock.json` beside `NAME.md`.
pub fn path(file: &File) -> PathBuf {
    file.path.with_extension("lock.json")
}

/// Reads the lock file of a briefing, if it has one.
///
/// # Errors
///
/// A problem at the start of the briefing when the lock file leads out of the library, is too large, or is not a lock
/// file. Its message names the place in the lock file.
pub fn read(file: &File) -> Result<Option<Lock>, Problem> {
    let path = path(file);
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let unreadable = |error: &dyn std::fmt::Display| {
        Problem::new(
            Code::LockSyntax,
            Span::default(),
            format!("expected a readable lock file at `{name}`, but {error}"),
            "remove what is there, then run `sourceline lock` to write it anew",
        )
    };
    // A link that leads nowhere is there, and is told.
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
        Ok(_) => {}
    }
    let found = path.canonicalize().map_err(|error| unreadable(&error))?;
    let root = file
        .root
        .canonicalize()
        .map_err(|error| unreadable(&error))?;
    if !found.starts_with(root) {
        return Err(Problem::new(
            Code::FileOutside,
            Span::default(),
            format!(
                "expected the lock file `{name}` inside the library, but found a link that leads out of it"
            ),
            "remove the link, then run `sourceline lock` to write the file anew",
        ));
    }
    let bytes = read_bounded(&found, MAX_LOCK_BYTES + 1).map_err(|error| unreadable(&error))?;
    if bytes.len() > MAX_LOCK_BYTES {
        let limit = MAX_LOCK_BYTES >> 20;
        return Err(unreadable(&format!("it is larger than {limit} MB")));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| unreadable(&format!("it is not UTF-8 at byte {}", error.valid_up_to())))?;
    Lock::parse(text).map(Some).map_err(|problem| {
        let place = LineIndex::new(text).place(text, problem.span.start as usize);
        Problem {
            message: format!("lock file {name}:{place}: {}", problem.message),
            span: Span::default(),
            ..problem
        }
    })
}
