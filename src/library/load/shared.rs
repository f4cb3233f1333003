//! Bibliographies of a load, and the sources that serve a whole folder.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the size of what is held in memory"
)]

use super::read::{LibraryLeft, read_text};
use super::{LoadEvent, Trouble};
use crate::library::paths::{PathFault, resolve_inside};
use crate::model::Source;
use crate::parse::{self, Bibliography, BibliographyFault};
use crate::problem::{Code, Problem};
use crate::span::Span;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

type ReadBibliography = Result<Arc<Bibliography>, BibliographyFault>;

/// Bibliographies of a load, each read once however many briefings name it.
pub struct Bibliographies {
    /// How much of them may still be read. Each has its own bounds; this is for thousands that each go up to theirs.
    left: LibraryLeft,
    read: Mutex<HashMap<PathBuf, ReadBibliography>>,
    /// By root: the sources that all its briefings may use.
    for_all: RwLock<HashMap<PathBuf, Option<Arc<Bibliography>>>>,
}

/// Sources that every briefing of a folder may use, without naming the file.
pub const FOLDER_SOURCES: &str = "sources.yml";

/// The most that the bibliographies of one library hold in memory, in bytes of texts and of what was made of them.
pub const MAX_BIBLIOGRAPHIES_BYTES: u64 = 512 * 1024 * 1024;

impl Default for Bibliographies {
    fn default() -> Self {
        Self::within(MAX_BIBLIOGRAPHIES_BYTES)
    }
}

impl Bibliographies {
    pub fn within(bytes: u64) -> Self {
        Self {
            left: LibraryLeft::within(bytes),
            read: Mutex::default(),
            for_all: RwLock::default(),
        }
    }

    /// Reads the sources that all files below a root may use, once.
    pub fn read_for_all(&self, root: &Path, report: &(dyn Fn(LoadEvent) + Sync)) {
        let known = self.for_all.read().unwrap_or_else(PoisonError::into_inner);
        if known.contains_key(root) {
            return;
        }
        drop(known);
        let tell = |code, found: &dyn std::fmt::Display, hint: &str| {
            let message = format!("expected sources for all briefings of this folder, but {found}");
            report(LoadEvent::Trouble(Trouble {
                path: root.join(FOLDER_SOURCES),
                problem: Problem::new(code, Span::default(), message, hint),
            }));
        };
        let found = match self.get(root, root, FOLDER_SOURCES) {
            Ok(found) => {
                if let Some(faults) = &found.faults {
                    let hint = "mend the file; the rest of it is used";
                    tell(
                        Code::BibliographyFaults,
                        &format_args!("found {faults}"),
                        hint,
                    );
                }
                Some(found)
            }
            Err(BibliographyFault::Missing) => None,
            Err(fault) => {
                let hint = "mend the file, or give it another name if it is not meant for all";
                tell(Code::BibliographySyntax, &fault, hint);
                None
            }
        };
        let mut known = self.for_all.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(root.to_owned(), found);
    }

    /// The sources that all files below a root may use.
    pub fn for_all(&self, root: &Path) -> Option<Arc<Bibliography>> {
        let known = self.for_all.read().unwrap_or_else(PoisonError::into_inner);
        known.get(root).cloned().flatten()
    }

    pub fn get(&self, root: &Path, folder: &Path, written: &str) -> ReadBibliography {
        let path = resolve_inside(root, folder, written).map_err(|fault| match fault {
            PathFault::Outside(_) => BibliographyFault::Outside,
            PathFault::Unreadable { error, .. } if error.kind() == io::ErrorKind::NotFound => {
                BibliographyFault::Missing
            }
            PathFault::Unreadable { error, .. } => BibliographyFault::Unreadable(error.to_string()),
        })?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(path)
            .or_insert_with_key(|path| {
                let unreadable = |problem: Problem| BibliographyFault::Unreadable(problem.message);
                if self.left.is_spent() {
                    return Err(BibliographyFault::Unreadable(format!(
                        "the bibliographies of this library that were read before it take more than {} MB",
                        MAX_BIBLIOGRAPHIES_BYTES / (1024 * 1024)
                    )));
                }
                let text = read_text(path).map_err(unreadable)?;
                let (bibliography, problems) = parse::bibliography(written, &text);
                let sources = bibliography.sources.len() * size_of::<Source>();
                self.left.take((text.len() + sources) as u64);
                match problems.into_iter().next() {
                    Some(problem) if bibliography.sources.is_empty() => Err(unreadable(problem)),
                    _ => Ok(Arc::new(bibliography)),
                }
            })
            .clone()
    }
}
