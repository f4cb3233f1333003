//! Looks at what is on the disk now, of what was touched.

use super::{Change, Since, Target};
use crate::library::load::{self, Loaded};
use crate::library::views;
use crate::problem::Code;
use std::collections::{BTreeSet, HashSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A file that has gone may come back within this time: some editors delete before they write.
pub const GRACE: Duration = Duration::from_millis(400);

/// The clock of a drive in the network may be behind ours by this much.
const CLOCKS_APART: Duration = Duration::from_secs(5);

/// From so many files on, the folder is walked once, instead of the way to each of them.
const MANY_FILES: usize = 32;

/// The paths that were opened.
pub struct Targets(pub Vec<Target>);

/// A file to read, and the folder its library begins at.
type FileOfRoot = (PathBuf, Arc<Path>);

impl Target {
    fn covers(&self, path: &Path) -> bool {
        path.starts_with(&self.folder) && !is_hidden(&self.folder, path)
    }

    /// Whether a briefing at this path belongs to the library.
    fn wants(&self, path: &Path) -> bool {
        match &self.only {
            Some(only) => path == only,
            None => self.covers(path),
        }
    }

    /// All files that are of interest here, whatever they are.
    fn files(&self) -> Box<dyn Iterator<Item = PathBuf> + '_> {
        match &self.only {
            Some(only) => Box::new(std::iter::once(only.clone())),
            None => Box::new(load::files_below(&self.folder, false)),
        }
    }
}

/// Whether a part of the path below the folder begins with a dot.
fn is_hidden(folder: &Path, path: &Path) -> bool {
    path.strip_prefix(folder).is_ok_and(|below| {
        below
            .components()
            .any(|part| part.as_os_str().as_encoded_bytes().first() == Some(&b'.'))
    })
}

/// Whether a file says which files a library passes over.
pub fn says_what_is_ignored(path: &Path) -> bool {
    let name = path.file_name();
    name.is_some_and(|name| name == ".gitignore" || name == ".ignore")
}

/// When a file, or its place on the disk, was changed last.
fn changed_at(metadata: &Metadata) -> Option<SystemTime> {
    let modified = metadata.modified().ok();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // A file that was moved here keeps the time at which it was written.
        let moved = u64::try_from(metadata.ctime()).ok()?;
        let moved = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(moved));
        modified.max(moved)
    }
    #[cfg(not(unix))]
    modified
}

impl Targets {
    pub fn in_folder(&self, folder: &Path) -> Vec<Target> {
        let targets = self.0.iter().filter(|target| *target.folder == *folder);
        targets.cloned().collect()
    }

    /// What came, changed or went while the library was being read, when nobody watched yet.
    pub fn changed_since(&self, since: &Since) -> BTreeSet<PathBuf> {
        let known: HashSet<&Path> = since.known.iter().map(PathBuf::as_path).collect();
        let began = since.began.checked_sub(CLOCKS_APART).unwrap_or(since.began);
        let is_recent = |path: &Path| {
            let metadata = path.metadata();
            metadata.is_ok_and(|metadata| changed_at(&metadata).is_none_or(|at| at >= began))
        };
        let mut met = HashSet::new();
        let mut touched = BTreeSet::new();
        for path in self.0.iter().flat_map(Target::files) {
            let is_known = known.contains(path.as_path());
            let is_briefing = load::is_briefing(&path);
            let counts = is_briefing || is_known || load::may_hold_sources(&path);
            if counts && (is_briefing && !is_known || is_recent(&path)) {
                touched.insert(path.clone());
            }
            if is_known {
                met.insert(path);
            }
        }
        let gone = since.known.iter().filter(|path| !met.contains(*path));
        touched.extend(gone.cloned());
        touched
    }

    /// Looks at what is there now and reports it; gives back what could not be read, to be tried again. What may come back or be let
    /// go of in a moment is looked at again after `wait`.
    pub fn settle(
        &self,
        touched: BTreeSet<PathBuf>,
        wait: &impl Fn(),
        report: &impl Fn(Change),
    ) -> BTreeSet<PathBuf> {
        let (mut wanted, mut missing) = (Vec::new(), Vec::new());
        let (mut gone, mut other) = (Vec::new(), Vec::new());
        for path in touched {
            if let Some(target) = self.0.iter().find(|target| is_views_of(target, &path)) {
                report(Change::Views(target.folder.to_path_buf()));
                continue;
            }
            let Some(target) = self.0.iter().find(|target| target.covers(&path)) else {
                continue;
            };
            if load::is_briefing(&path) {
                match target.wants(&path) {
                    true if path.is_file() => wanted.push((path, Arc::clone(&target.folder))),
                    true => missing.push((path, Arc::clone(&target.folder))),
                    false => other.push(path),
                }
            } else if path.is_dir() && !path.is_symlink() {
                // A new folder may have come with files inside; only the walk knows which of them count.
                if target.only.is_none() {
                    let below = load::files_below(&path, false);
                    for path in below.filter(|path| path.is_file()) {
                        if load::is_briefing(&path) {
                            wanted.push((path, Arc::clone(&target.folder)));
                        } else {
                            other.push(path);
                        }
                    }
                }
            } else {
                if !path.exists() {
                    // Of a folder that was moved away the system tells nothing but its own name. Most of these are what an editor
                    // wrote beside the file; nobody waits for them to come back.
                    gone.push(path.clone());
                }
                other.push(path);
            }
        }
        let mut read = read(&mut wanted);
        // Who writes a file may delete it first, or have it for itself: for a moment.
        if !missing.is_empty() || read.iter().any(is_unread) {
            wait();
            let unread = read.extract_if(.., |loaded| is_unread(loaded));
            let mut again: Vec<FileOfRoot> = unread.map(file_of).collect();
            for (path, root) in missing {
                if path.is_file() {
                    again.push((path, root));
                } else {
                    gone.push(path);
                }
            }
            read.extend(self::read(&mut again));
        }
        let unread = read.iter().filter(|loaded| is_unread(loaded));
        let unread = unread.map(|loaded| loaded.path.clone()).collect();
        if !read.is_empty() || !gone.is_empty() {
            report(Change::Files {
                written: read,
                gone,
            });
        }
        if !other.is_empty() {
            report(Change::Other(other));
        }
        unread
    }
}

fn is_views_of(target: &Target, path: &Path) -> bool {
    target.only.is_none() && path == views::path_in(&target.folder)
}

fn file_of(loaded: Loaded) -> FileOfRoot {
    (loaded.path, loaded.root)
}

/// Whether the system would not give out what stands in a file.
fn is_unread(loaded: &Loaded) -> bool {
    loaded
        .problems
        .iter()
        .any(|problem| problem.code == Code::FileUnreadable)
}

/// Reads those of these files that their libraries list.
fn read(files: &mut Vec<FileOfRoot>) -> Vec<Loaded> {
    files.sort();
    files.dedup();
    if files.len() < MANY_FILES {
        files.retain(|(path, root)| load::is_listed(root, path));
    } else {
        let roots: BTreeSet<Arc<Path>> = files.iter().map(|(_, root)| Arc::clone(root)).collect();
        let listed: HashSet<PathBuf> = roots
            .iter()
            .flat_map(|root| load::briefings_below(root))
            .collect();
        files.retain(|(path, root)| listed.contains(path) && load::is_inside(root, path));
    }
    load::reload_all(files)
}
