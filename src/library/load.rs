//! Reads a library from the disk: walks the folders, parses in parallel, and hands over what is ready
//! while the rest still loads.
//!
//! The threads are the load's own: whoever sorts the first events in shares no queue with ten thousand files.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "files are counted as they are found"
)]

mod ignored;
mod outbox;
mod read;
mod shared;
#[cfg(test)]
mod tests;
mod walk;

pub use read::is_folder_file;
pub(super) use read::read_bounded;
pub use shared::FOLDER_SOURCES;
pub(super) use walk::{briefings_below, files_below, is_inside, is_listed};
pub use walk::{is_briefing, may_hold_sources};

use crate::model::Briefing;
use crate::problem::Problem;
use crate::span::Place;
use outbox::Outbox;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use read::{LibraryLeft, MAX_LIBRARY_BYTES, Reading, Task, open_file, read_task, read_task_within};
use shared::Bibliographies;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A file as it came from the disk, not yet given a slot.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub path: PathBuf,
    pub root: Arc<Path>,
    /// Relative to `root`, with `/`.
    pub name: String,
    pub briefing: Arc<Briefing>,
    pub problems: Arc<[Problem]>,
    /// Where each problem stands.
    pub places: Arc<[Place]>,
}

/// What a load reports while it runs.
#[derive(Debug)]
pub enum LoadEvent {
    /// How many files there are to read.
    Found(usize),
    /// Some files are ready.
    Ready(Vec<Loaded>),
    /// A path that was asked for, or a folder on the way, could not be read.
    Trouble(Trouble),
}

/// A path that could not be read at all.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub path: PathBuf,
    pub problem: Problem,
}

/// So many files are read by one thread before it takes others.
const CHUNK_FILES: usize = 16;

/// The first ones are fewer, so that all threads have something to do at once.
const FIRST_CHUNK_FILES: usize = 2;

/// Reads all briefings at `paths`, which may be files and folders, while the folders are still being walked. Returns when all is
/// read, or soon after `cancel` is set; `report` may be called from several threads.
pub fn load(paths: &[PathBuf], cancel: &AtomicBool, report: &(dyn Fn(LoadEvent) + Sync)) {
    let reading = Reading {
        left: LibraryLeft::within(MAX_LIBRARY_BYTES),
        cancel,
        open: &open_file,
    };
    load_by(&reading, paths, report);
}

fn load_by(reading: &Reading<'_>, paths: &[PathBuf], report: &(dyn Fn(LoadEvent) + Sync)) {
    let outbox = Outbox::new(report);
    let shared = Bibliographies::default();
    let (sender, receiver) = channel();
    let receiver = Mutex::new(receiver);
    let read_all = || {
        while let Some(chunk) = next_chunk(&receiver) {
            for task in chunk {
                if let Some(loaded) = read_task_within(&task, &shared, reading) {
                    outbox.put(loaded);
                }
            }
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        for _ in 0..threads {
            let thread = thread::Builder::new().name("reading the library".to_owned());
            if let Err(error) = thread.spawn_scoped(scope, read_all) {
                tracing::warn!("no thread to read with: {error}");
            }
        }
        let mut found = 0;
        let mut chunk = Vec::new();
        let send = |chunk: Vec<Task>| {
            // The receiver lives as long as this call.
            if sender.send(chunk).is_err() {
                tracing::debug!("nobody reads any more");
            }
        };
        walk::find(paths, reading.cancel, report, &shared, &mut |task| {
            found += 1;
            if found == 1 {
                // The first of the list is what the window opens with: it is there before any other.
                if let Some(loaded) = read_task_within(&task, &shared, reading) {
                    outbox.put(loaded);
                }
                return;
            }
            chunk.push(task);
            let size = if found < CHUNK_FILES {
                FIRST_CHUNK_FILES
            } else {
                CHUNK_FILES
            };
            if chunk.len() >= size {
                send(std::mem::take(&mut chunk));
            }
        });
        send(chunk);
        drop(sender);
        report(LoadEvent::Found(found));
        // Whoever has walked helps to read, and reads alone where no thread could be had.
        read_all();
    });
    outbox.empty();
}

/// What is to be read next; `None` when there is no more.
fn next_chunk(receiver: &Mutex<Receiver<Vec<Task>>>) -> Option<Vec<Task>> {
    let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
    receiver.recv().ok()
}

/// Reads one file anew, as [`load`] would.
pub fn reload(path: &Path, root: &Path) -> Loaded {
    let task = Task {
        path: path.to_owned(),
        root: root.into(),
    };
    let shared = Bibliographies::default();
    shared.read_for_all(root, &|_| {});
    read_task(&task, &shared)
}

/// Reads many files anew, by path and root.
pub fn reload_all(files: &[(PathBuf, Arc<Path>)]) -> Vec<Loaded> {
    // What is wrong with a folder's bibliography was told when the library was loaded.
    let shared = Bibliographies::default();
    for (_, root) in files {
        shared.read_for_all(root, &|_| {});
    }
    let read = |(path, root): &(PathBuf, Arc<Path>)| {
        let task = Task {
            path: path.clone(),
            root: Arc::clone(root),
        };
        read_task(&task, &shared)
    };
    // One file is read at once, whatever other threads are busy with.
    match files {
        [only] => vec![read(only)],
        _ => files.par_iter().map(read).collect(),
    }
}
