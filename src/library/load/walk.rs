//! Which files a library has.

use super::ignored::Ignored;
use super::read::Task;
use super::shared::{Bibliographies, FOLDER_SOURCES};
use super::{LoadEvent, Trouble};
use crate::problem::{Code, Problem};
use crate::span::Span;
use ignore::{DirEntry, WalkBuilder};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{self, AtomicBool};
use std::sync::{Arc, Mutex, PoisonError};

/// Whether a file's name says that it is a briefing.
pub fn is_briefing(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
    })
}

/// Whether a file may hold sources that briefings use; locks and other files of such an ending are among them.
pub fn may_hold_sources(path: &Path) -> bool {
    let endings = ["yml", "yaml", "bib", "json"];
    let is_one_of_these = |ending: &OsStr| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    };
    path.extension().is_some_and(is_one_of_these)
}

/// Whether a file lies below `root` also where links lead.
pub fn is_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|real| real.starts_with(root))
}

/// Whether a library at `root` lists this file: not hidden, not ignored, not leading out.
pub fn is_listed(root: &Path, path: &Path) -> bool {
    let depth = path
        .strip_prefix(root)
        .map_or(0, |below| below.components().count());
    let wanted = path.to_owned();
    // Only the folders on the way are looked into.
    let (mut walker, _) = walker_where(root, move |entry| wanted.starts_with(entry.path()));
    walker.max_depth(Some(depth));
    is_inside(root, path) && walker.build().flatten().any(|entry| entry.path() == path)
}

/// The briefings below a folder of a library.
pub fn briefings_below(folder: &Path) -> Vec<PathBuf> {
    let (walker, _) = walker(folder);
    walker
        .build()
        .flatten()
        .map(DirEntry::into_path)
        .filter(|path| is_briefing(path) && path.is_file())
        .collect()
}

/// All files below a folder that a library would look at, briefings or not; with `is_flat` only those in it.
pub fn files_below(folder: &Path, is_flat: bool) -> impl Iterator<Item = PathBuf> {
    let (mut walker, _) = walker(folder);
    walker.max_depth(is_flat.then_some(1));
    walker.build().flatten().map(DirEntry::into_path)
}

/// How a library's folder is walked, and what its lists of ignored files say on the way. `.gitignore` counts also where there
/// is no repository: a copied folder keeps its meaning.
fn walker(root: &Path) -> (WalkBuilder, Arc<Mutex<Ignored>>) {
    walker_where(root, |_| true)
}

/// The same, only of entries that are wanted.
fn walker_where(
    root: &Path,
    is_wanted: impl Fn(&DirEntry) -> bool + Send + Sync + 'static,
) -> (WalkBuilder, Arc<Mutex<Ignored>>) {
    let ignored = Arc::new(Mutex::new(Ignored::default()));
    let asked = Arc::clone(&ignored);
    let mut walker = WalkBuilder::new(root);
    // The lists of the user's own settings are read by the walker, those of strangers within bounds.
    walker
        .require_git(false)
        .parents(false)
        .ignore(false)
        .git_ignore(false)
        .git_exclude(false)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
            is_wanted(entry) && !asked.passes_over(entry.path(), is_folder)
        });
    (walker, ignored)
}

/// The order in which a library lists what lies in one folder: that of names, a folder's with its `/` behind it.
fn in_order_of_list(a: &Path, b: &Path) -> Ordering {
    // They lie in one folder, so whole paths differ in the names alone.
    let (a_bytes, b_bytes) = (
        a.as_os_str().as_encoded_bytes(),
        b.as_os_str().as_encoded_bytes(),
    );
    let both = a_bytes.len().min(b_bytes.len());
    let (a_start, a_rest) = a_bytes.split_at(both);
    let (b_start, b_rest) = b_bytes.split_at(both);
    a_start.cmp(b_start).then_with(|| {
        // What is no briefing is a folder, or does not matter.
        let slash = |path: &Path| (!is_briefing(path)).then_some(b'/');
        let a_rest = a_rest.iter().copied().chain(slash(a));
        a_rest.cmp(b_rest.iter().copied().chain(slash(b)))
    })
}

/// Finds the files to read at these paths in the order of the list, each once, and reads what serves all files of a folder before the first of them.
pub fn find(
    paths: &[PathBuf],
    cancel: &AtomicBool,
    report: &(dyn Fn(LoadEvent) + Sync),
    shared: &Bibliographies,
    found: &mut dyn FnMut(Task),
) {
    // Only what is opened by several paths can be met twice.
    let mut seen = HashSet::new();
    let mut found = |task: Task| {
        if paths.len() == 1 || seen.insert(task.path.clone()) {
            found(task);
        }
    };
    for path in paths {
        let absolute = match path.canonicalize() {
            Ok(absolute) => absolute,
            Err(error) => {
                report(LoadEvent::Trouble(unreadable(path, &error.to_string())));
                continue;
            }
        };
        if absolute.is_dir() {
            shared.read_for_all(&absolute, report);
            walk(&absolute, cancel, report, &mut found);
            if shared.for_all(&absolute).is_some_and(|all| all.has_events) {
                found(Task {
                    path: absolute.join(FOLDER_SOURCES),
                    root: absolute.into(),
                });
            }
        } else {
            let root = absolute.parent().unwrap_or(Path::new("/"));
            shared.read_for_all(root, report);
            found(Task {
                root: root.into(),
                path: absolute,
            });
        }
    }
}

fn walk(
    root: &Path,
    cancel: &AtomicBool,
    report: &(dyn Fn(LoadEvent) + Sync),
    found: &mut dyn FnMut(Task),
) {
    let root: Arc<Path> = root.into();
    let (mut walker, ignored) = walker(&root);
    walker.sort_by_file_path(in_order_of_list);
    for entry in walker.build() {
        if cancel.load(atomic::Ordering::Relaxed) {
            return;
        }
        match entry {
            Ok(entry) => {
                if !is_briefing(entry.path()) {
                    continue;
                }
                let is_link = entry.path_is_symlink();
                let is_file = if is_link {
                    match entry.path().metadata() {
                        Ok(leads_to) => leads_to.is_file(),
                        Err(error) => {
                            let told = format!("it is a link, and {error}");
                            report(LoadEvent::Trouble(unreadable(entry.path(), &told)));
                            continue;
                        }
                    }
                } else {
                    entry.file_type().is_some_and(|kind| kind.is_file())
                };
                if !is_file {
                    continue;
                }
                // A link to a briefing elsewhere would let a library show what lies outside it. What is no link lies
                // where it was found, since links to folders are not followed.
                if !is_link || is_inside(&root, entry.path()) {
                    found(Task {
                        path: entry.into_path(),
                        root: Arc::clone(&root),
                    });
                } else {
                    report(LoadEvent::Trouble(Trouble {
                        path: entry.path().to_owned(),
                        problem: Problem::new(
                            Code::FileOutside,
                            Span::default(),
                            "expected a file inside the library, but found a link that leads out of it",
                            "copy the file into the library's folder, or open its own folder",
                        ),
                    }));
                }
            }
            Err(error) => {
                let path = error_path(&error).unwrap_or(&root).to_owned();
                report(LoadEvent::Trouble(unreadable(&path, &error.to_string())));
            }
        }
    }
    let mut ignored = ignored.lock().unwrap_or_else(PoisonError::into_inner);
    for trouble in ignored.take_troubles() {
        report(LoadEvent::Trouble(trouble));
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

pub fn unreadable(path: &Path, error: &str) -> Trouble {
    Trouble {
        path: path.to_owned(),
        problem: Problem::new(
            Code::FileUnreadable,
            Span::default(),
            format!("expected a readable file or folder, but {error}"),
            "check that it exists and that you may read it",
        ),
    }
}
