//! Notices what changes on disk, and reads it anew.
//!
//! Editors save in many ways: in place, beside and renamed, deleted and written again. So changes are
//! gathered until the disk is quiet for a moment, and then only what is there counts, not what the
//! system said had happened.

mod poll;
mod settle;
mod system;
#[cfg(test)]
mod tests;

use super::load::Loaded;
use notify::Watcher;
use poll::{Polling, poll};
use settle::Targets;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// The disk must be quiet for this long before changes are read, while a file is being written.
const QUIET: Duration = Duration::from_millis(120);
/// The same when each file that was touched is known to be whole: it was closed, or took its place by a rename.
const QUIET_WHEN_WHOLE: Duration = Duration::from_millis(15);
/// Changes that never stop are read this often all the same.
const AT_LEAST_EVERY: Duration = Duration::from_secs(1);
/// Nothing waits to be read; a change wakes the thread.
const FOR_LONG: Duration = Duration::from_secs(24 * 60 * 60);
/// How often the disk is looked at where the system does not tell of changes, and for what could not be read.
const POLL_EVERY: Duration = Duration::from_secs(2);

/// What has changed in a library.
#[derive(Debug)]
pub enum Change {
    /// Briefings as the disk has them at one moment. What has gone may be whole folders. What was moved is among both.
    Files {
        /// New, or written.
        written: Vec<Loaded>,
        gone: Vec<PathBuf>,
    },
    /// Other files (copies, pictures, bibliographies, locks) that were written or have gone.
    Other(Vec<PathBuf>),
    /// The saved views of the library in this folder.
    Views(PathBuf),
    /// There were more changes than the system could tell of: the library must be walked again.
    Missed,
    /// The system tells of no changes here; the disk is looked at now and then instead. A sentence.
    Polling(String),
    /// A library's folder is not there any more, with all that is in it: a drive was taken off. A sentence.
    Away(String),
}

/// What a library was when it had been read, for what changed between reading and watching.
#[derive(Clone, Debug)]
pub struct Since {
    /// Before the first file was read.
    pub began: SystemTime,
    /// The files it has.
    pub known: Vec<PathBuf>,
}

/// A running watch. It ends when this is dropped.
#[derive(Debug)]
pub struct Watch {
    sender: Sender<Message>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.sender.send(Message::End).is_err() {
            tracing::debug!("the watch had ended already");
        }
    }
}

#[derive(Debug)]
enum Message {
    /// These files have changed; whether they are known to be whole.
    Touched(Vec<PathBuf>, bool),
    /// The system has lost count of what changed.
    Missed,
    /// The watched folder itself was moved or deleted; perhaps another one took its place.
    Replaced(Arc<Path>),
    /// The system can watch no more of this folder, and why.
    Failed(Arc<Path>, String),
    End,
}

/// Watches files and folders; `report` is called from a thread of its own. What has changed since the library was read is told
/// first.
///
/// # Errors
///
/// When not even a thread can be started.
pub fn watch(
    paths: Vec<PathBuf>,
    since: Option<Since>,
    report: impl Fn(Change) + Send + 'static,
) -> std::io::Result<Watch> {
    watch_by(paths, since, system::start, report)
}

/// Starts a watcher of one folder that hands events to the sender.
type Start = fn(&Target, Sender<Message>) -> notify::Result<Box<dyn Watcher>>;

/// Watches by way of `system`, and polls where that fails.
fn watch_by(
    paths: Vec<PathBuf>,
    since: Option<Since>,
    system: Start,
    report: impl Fn(Change) + Send + 'static,
) -> std::io::Result<Watch> {
    let (sender, receiver) = channel();
    let for_system = sender.clone();
    thread::Builder::new()
        .name("watching the library".to_owned())
        .spawn(move || {
            // A path on a drive that does not answer holds up this thread alone.
            let targets = paths.iter().filter_map(|path| Target::of(path)).collect();
            let mut watching = Watching {
                targets: Targets(targets),
                running: Vec::new(),
                away: BTreeSet::new(),
                owes_walk: false,
                sender: for_system,
                system,
                report,
            };
            watching.start();
            watching.run(&receiver, since);
        })?;
    Ok(Watch { sender })
}

/// One path that was opened.
#[derive(Clone, Debug)]
struct Target {
    /// The folder to watch.
    folder: Arc<Path>,
    /// The one file that counts, when a file was opened.
    only: Option<PathBuf>,
}

impl Target {
    fn of(path: &Path) -> Option<Self> {
        let path = path.canonicalize().ok()?;
        if path.is_dir() {
            return Some(Self {
                folder: path.into(),
                only: None,
            });
        }
        let folder = path.parent()?.into();
        Some(Self {
            folder,
            only: Some(path),
        })
    }
}

/// What watches a folder, as long as it is kept.
#[expect(dead_code, reason = "kept for its end")]
enum Running {
    System(Box<dyn Watcher>),
    Polling(Polling),
}

/// The thread that watches.
struct Watching<R> {
    targets: Targets,
    /// By the folder of the target.
    running: Vec<(Arc<Path>, Running)>,
    /// Folders that are not there any more, and may come back.
    away: BTreeSet<Arc<Path>>,
    /// What was missed has still to be looked for.
    owes_walk: bool,
    sender: Sender<Message>,
    system: Start,
    report: R,
}

/// What waits until the disk is quiet.
#[derive(Default)]
struct Gathered {
    touched: BTreeSet<PathBuf>,
    /// Those of them that may still be written to.
    unfinished: BTreeSet<PathBuf>,
    missed: bool,
    first: Option<Instant>,
}

impl<R: Fn(Change)> Watching<R> {
    fn run(&mut self, receiver: &Receiver<Message>, since: Option<Since>) {
        let mut gathered = Gathered::default();
        if let Some(since) = since {
            gathered.touched = self.targets.changed_since(&since);
            gathered.first = (!gathered.touched.is_empty()).then(Instant::now);
        }
        // Files that could not be read: whoever holds them lets go of them without a word.
        let mut unread = BTreeSet::new();
        loop {
            let wait = match gathered.first {
                None if unread.is_empty() && self.away.is_empty() => FOR_LONG,
                None => POLL_EVERY,
                Some(_) if gathered.unfinished.is_empty() => QUIET_WHEN_WHOLE,
                Some(_) => QUIET,
            };
            let quiet = match receiver.recv_timeout(wait) {
                Ok(Message::End) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(message) => {
                    self.take(message, &mut gathered);
                    false
                }
                Err(RecvTimeoutError::Timeout) => true,
            };
            let Some(first) = gathered.first else {
                if quiet {
                    self.look_for_those_away();
                    unread = self.settle(std::mem::take(&mut unread));
                }
                continue;
            };
            if quiet || first.elapsed() >= AT_LEAST_EVERY {
                let Gathered {
                    mut touched,
                    missed,
                    ..
                } = std::mem::take(&mut gathered);
                self.note_those_away();
                self.owes_walk |= missed;
                // A walk over what is not there would find that all files have gone.
                if self.away.is_empty() && std::mem::take(&mut self.owes_walk) {
                    (self.report)(Change::Missed);
                }
                touched.append(&mut unread);
                unread = self.settle(touched);
            }
        }
    }

    /// Looks at what is there now and reports it; gives back what could not be read.
    fn settle(&self, mut touched: BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        touched.retain(|path| !self.away.iter().any(|folder| path.starts_with(folder)));
        if touched.is_empty() {
            return touched;
        }
        let wait = || thread::sleep(settle::GRACE);
        self.targets.settle(touched, &wait, &self.report)
    }

    fn take(&mut self, message: Message, gathered: &mut Gathered) {
        match message {
            Message::Touched(paths, are_whole) => {
                for path in &paths {
                    if are_whole {
                        gathered.unfinished.remove(path);
                    } else {
                        gathered.unfinished.insert(path.clone());
                    }
                    // Other files belong to the library now, or no longer.
                    gathered.missed |= settle::says_what_is_ignored(path);
                }
                gathered.touched.extend(paths);
            }
            Message::Missed => gathered.missed = true,
            Message::Replaced(folder) => {
                self.running.retain(|(of, _)| *of != folder);
                for target in self.targets.in_folder(&folder) {
                    self.start_one(&target);
                }
                gathered.missed = true;
            }
            Message::Failed(folder, why) => {
                self.running.retain(|(of, _)| *of != folder);
                for target in self.targets.in_folder(&folder) {
                    self.start_polling(&target, &why);
                }
                gathered.missed = true;
            }
            Message::End => {}
        }
        gathered.first.get_or_insert_with(Instant::now);
    }

    fn start(&mut self) {
        for target in self.targets.0.clone() {
            self.start_one(&target);
        }
    }

    fn start_one(&mut self, target: &Target) {
        match (self.system)(target, self.sender.clone()) {
            Ok(watcher) => {
                let running = Running::System(watcher);
                self.running.push((Arc::clone(&target.folder), running));
            }
            Err(error) if target.folder.is_dir() => {
                self.start_polling(target, &system::reason(&error));
            }
            // Its end is told, and then it is looked for.
            Err(_) => {}
        }
    }

    fn start_polling(&mut self, target: &Target, why: &str) {
        let sender = self.sender.clone();
        let touched = move |paths| {
            // Whether they are whole nobody knows.
            if sender.send(Message::Touched(paths, false)).is_err() {
                tracing::debug!("a change came after the watch had ended");
            }
        };
        let told = match poll(&target.folder, target.only.is_some(), POLL_EVERY, touched) {
            Ok(polling) => {
                let running = Running::Polling(polling);
                self.running.push((Arc::clone(&target.folder), running));
                format!(
                    "Changes show after a moment only: the system cannot watch this folder ({why})"
                )
            }
            Err(error) => {
                format!("Changes show only after a reload: this folder cannot be watched ({error})")
            }
        };
        (self.report)(Change::Polling(told));
    }

    /// Tells of folders that were there and are not.
    fn note_those_away(&mut self) {
        for target in &self.targets.0 {
            if !target.folder.is_dir() && self.away.insert(Arc::clone(&target.folder)) {
                (self.report)(Change::Away(format!(
                    "{} is not there any more; what was read of it stays in view until it comes back",
                    target.folder.display()
                )));
            }
        }
    }

    /// Takes up again what has come back.
    fn look_for_those_away(&mut self) {
        let back: Vec<Arc<Path>> = self.away.extract_if(.., |folder| folder.is_dir()).collect();
        for folder in back {
            if let Err(error) = self.sender.send(Message::Replaced(folder)) {
                tracing::debug!("a folder came back after the watch had ended: {error}");
            }
        }
    }
}
