//! Notices what changes on disk, and reads it anew.
//!
//! Editors save in many ways: in place, beside and renamed, deleted and written again. So changes are
//! gathered until the disk is quiet for a moment, and then only what is there counts, not what the
//! system said had happened.

mod poll;

use super::load::{self, Loaded};
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use poll::{Polling, poll};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The disk must be quiet for this long before changes are read, while a file is being written.
const QUIET: Duration = Duration::from_millis(120);
/// The same when each file that was touched is known to be whole: it was closed, or took its place by a rename.
const QUIET_WHEN_WHOLE: Duration = Duration::from_millis(15);
/// Changes that never stop are read this often all the same.
const AT_LEAST_EVERY: Duration = Duration::from_secs(1);
/// A file that has gone may come back within this time: some editors delete before they write.
const GRACE: Duration = Duration::from_millis(400);
/// Nothing waits to be read; a change wakes the thread.
const FOR_LONG: Duration = Duration::from_secs(24 * 60 * 60);
/// How often the disk is looked at where the system does not tell of changes.
const POLL_EVERY: Duration = Duration::from_secs(2);

/// What has changed in a library.
#[derive(Debug)]
pub enum Change {
    /// Briefings that are new or were written.
    Written(Vec<Loaded>),
    /// Briefings that are no longer there.
    Gone(Vec<PathBuf>),
    /// Other files (copies, pictures, bibliographies, locks) that were written or have gone.
    Other(Vec<PathBuf>),
    /// The system tells of no changes here; the disk is looked at now and then instead. A sentence.
    Polling(String),
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
    End,
}

/// Whether the system says that the file of an event is whole now. Where it says nothing of the kind, nothing is.
fn is_whole(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(
                RenameMode::To | RenameMode::Both | RenameMode::From
            ))
            | EventKind::Remove(_)
    )
}

/// Watches files and folders; `report` is called from a thread of its own.
///
/// # Errors
///
/// When not even a thread can be started.
pub fn watch(
    paths: &[PathBuf],
    report: impl Fn(Change) + Send + 'static,
) -> std::io::Result<Watch> {
    watch_by(paths, start_system_watcher, report)
}

/// Starts a watcher of one folder that hands events to the sender.
type Start = fn(&Target, Sender<Message>) -> notify::Result<Box<dyn Watcher>>;

/// Watches by way of `system`, and polls where that fails.
fn watch_by(
    paths: &[PathBuf],
    system: Start,
    report: impl Fn(Change) + Send + 'static,
) -> std::io::Result<Watch> {
    let (sender, receiver) = channel();
    let targets: Vec<Target> = paths.iter().filter_map(|path| Target::of(path)).collect();
    let for_system = sender.clone();
    thread::Builder::new()
        .name("watching the library".to_owned())
        .spawn(move || run(&targets, &receiver, &for_system, system, &report))?;
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

    fn recursion(&self) -> RecursiveMode {
        if self.only.is_some() {
            RecursiveMode::NonRecursive
        } else {
            RecursiveMode::Recursive
        }
    }

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
}

/// Whether a part of the path below the folder begins with a dot.
fn is_hidden(folder: &Path, path: &Path) -> bool {
    path.strip_prefix(folder).is_ok_and(|below| {
        below
            .components()
            .any(|part| part.as_os_str().as_encoded_bytes().first() == Some(&b'.'))
    })
}

fn run(
    targets: &[Target],
    receiver: &Receiver<Message>,
    sender: &Sender<Message>,
    system: Start,
    report: &impl Fn(Change),
) {
    let watchers = start_watchers(targets, sender, system, report);
    let mut touched = BTreeSet::new();
    // Those of them that may still be written to.
    let mut unfinished = BTreeSet::new();
    let mut first: Option<Instant> = None;
    loop {
        let wait = match first {
            None => FOR_LONG,
            Some(_) if unfinished.is_empty() => QUIET_WHEN_WHOLE,
            Some(_) => QUIET,
        };
        let quiet = match receiver.recv_timeout(wait) {
            Ok(Message::Touched(paths, are_whole)) => {
                for path in &paths {
                    if are_whole {
                        unfinished.remove(path);
                    } else {
                        unfinished.insert(path.clone());
                    }
                }
                touched.extend(paths);
                first.get_or_insert_with(Instant::now);
                false
            }
            Err(RecvTimeoutError::Timeout) => true,
            Ok(Message::End) | Err(RecvTimeoutError::Disconnected) => break,
        };
        let overdue = first.is_some_and(|first| first.elapsed() >= AT_LEAST_EVERY);
        if first.is_some() && (quiet || overdue) {
            first = None;
            unfinished.clear();
            settle(targets, std::mem::take(&mut touched), report);
        }
    }
    drop(watchers);
}

/// What watches a folder, as long as it is kept.
#[expect(dead_code, reason = "kept for its end")]
enum Running {
    System(Box<dyn Watcher>),
    Polling(Polling),
}

/// What a watcher does with an event of the system.
fn handler(sender: Sender<Message>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    move |event| match event {
        Ok(event) if !matches!(event.kind, EventKind::Access(_)) || is_whole(&event.kind) => {
            let message = Message::Touched(event.paths, is_whole(&event.kind));
            // The library was closed meanwhile: nobody waits for it.
            if sender.send(message).is_err() {
                tracing::debug!("a change came after the watch had ended");
            }
        }
        Ok(_) => {}
        Err(error) => tracing::warn!("watching: {error}"),
    }
}

fn start_system_watcher(
    target: &Target,
    sender: Sender<Message>,
) -> notify::Result<Box<dyn Watcher>> {
    let mut watcher = RecommendedWatcher::new(handler(sender), notify::Config::default())?;
    watcher.watch(&target.folder, target.recursion())?;
    Ok(Box::new(watcher))
}

fn start_polling(target: &Target, sender: Sender<Message>) -> std::io::Result<Polling> {
    let touched = move |paths| {
        // Whether they are whole nobody knows.
        if sender.send(Message::Touched(paths, false)).is_err() {
            tracing::debug!("a change came after the watch had ended");
        }
    };
    poll(&target.folder, target.only.is_some(), POLL_EVERY, touched)
}

fn start_watchers(
    targets: &[Target],
    sender: &Sender<Message>,
    system: Start,
    report: &impl Fn(Change),
) -> Vec<Running> {
    let mut watchers = Vec::new();
    for target in targets {
        let why = match system(target, sender.clone()) {
            Ok(watcher) => {
                watchers.push(Running::System(watcher));
                continue;
            }
            Err(error) => error,
        };
        report(Change::Polling(
            match start_polling(target, sender.clone()) {
                Ok(watcher) => {
                    watchers.push(Running::Polling(watcher));
                    format!(
                        "Changes show after a moment only: the system cannot watch this folder ({why})"
                    )
                }
                Err(error) => {
                    format!(
                        "Changes show only after a reload: this folder cannot be watched ({error})"
                    )
                }
            },
        ));
    }
    watchers
}

/// Looks at what is there now and reports it.
fn settle(targets: &[Target], touched: BTreeSet<PathBuf>, report: &impl Fn(Change)) {
    let (mut written, mut missing, mut other) = (Vec::new(), Vec::new(), Vec::new());
    for path in touched {
        let Some(target) = targets.iter().find(|target| target.covers(&path)) else {
            continue;
        };
        if !load::is_briefing(&path) {
            // A new folder may have come with files inside; only the walk knows which of them count.
            if path.is_dir() && target.only.is_none() {
                written.extend(briefings_in(target, &path));
            } else {
                other.push(path);
            }
        } else if !target.wants(&path) {
            other.push(path);
        } else if path.is_file() {
            written.push((path, Arc::clone(&target.folder)));
        } else {
            missing.push((path, Arc::clone(&target.folder)));
        }
    }
    if !missing.is_empty() {
        thread::sleep(GRACE);
    }
    let (back, gone): (Vec<_>, Vec<_>) = missing.into_iter().partition(|(path, _)| path.is_file());
    written.extend(back);
    written.sort();
    written.dedup();
    written.retain(|(path, root)| load::is_listed(root, path));
    let loaded: Vec<Loaded> = load::reload_all(&written);
    if !loaded.is_empty() {
        report(Change::Written(loaded));
    }
    if !gone.is_empty() {
        report(Change::Gone(
            gone.into_iter().map(|(path, _)| path).collect(),
        ));
    }
    if !other.is_empty() {
        report(Change::Other(other));
    }
}

/// The briefings below a folder that has just appeared.
fn briefings_in(target: &Target, folder: &Path) -> Vec<(PathBuf, Arc<Path>)> {
    load::briefings_below(folder)
        .into_iter()
        .map(|path| (path, Arc::clone(&target.folder)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::mpsc;

    /// Reports of a watch on a new folder, which is kept as long as the reports are read.
    fn watched() -> (tempfile::TempDir, Watch, mpsc::Receiver<Change>) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.md"), "# First").expect("a file");
        let (sender, receiver) = mpsc::channel();
        let sent = move |change| {
            // The test may have ended.
            if sender.send(change).is_err() {
                tracing::debug!("nobody listens");
            }
        };
        let watch = watch(&[folder.path().to_owned()], sent).expect("a watch");
        // The system's watcher starts in the thread.
        thread::sleep(Duration::from_millis(300));
        (folder, watch, receiver)
    }

    fn next(receiver: &mpsc::Receiver<Change>) -> Change {
        receiver
            .recv_timeout(Duration::from_secs(20))
            .expect("a report")
    }

    #[test]
    fn a_file_written_beside_and_renamed_is_read_anew() {
        let (folder, _watch, reports) = watched();
        fs::write(folder.path().join(".a.md.tmp"), "# Second").expect("a file");
        fs::rename(folder.path().join(".a.md.tmp"), folder.path().join("a.md")).expect("renamed");
        let change = next(&reports);
        let Change::Written(files) = change else {
            panic!("{change:?}");
        };
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].briefing.title, "Second");
        assert_eq!(files[0].name, "a.md");
    }

    #[test]
    fn a_file_that_is_deleted_is_told_and_a_copy_is_not_a_briefing() {
        let (folder, _watch, reports) = watched();
        fs::remove_file(folder.path().join("a.md")).expect("removed");
        let change = next(&reports);
        assert!(
            matches!(&change, Change::Gone(paths) if paths.len() == 1),
            "{change:?}"
        );
        fs::write(folder.path().join("copy.txt"), "words").expect("a file");
        let change = next(&reports);
        assert!(
            matches!(&change, Change::Other(paths) if paths.len() == 1),
            "{change:?}"
        );
    }

    #[test]
    fn a_folder_that_appears_brings_its_briefings() {
        let (folder, _watch, reports) = watched();
        let staged =
            tempfile::tempdir_in(folder.path().parent().expect("a parent")).expect("a folder");
        fs::write(staged.path().join("b.md"), "# New").expect("a file");
        fs::rename(staged.path(), folder.path().join("2025")).expect("moved");
        let change = next(&reports);
        assert!(
            matches!(&change, Change::Written(files) if files[0].name == "2025/b.md"),
            "{change:?}"
        );
    }

    #[test]
    fn where_the_system_cannot_watch_the_disk_is_looked_at_now_and_then_and_that_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.md"), "# First").expect("a file");
        let (sender, receiver) = mpsc::channel();
        let refuse: Start = |_, _| Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch));
        let _watch = watch_by(&[folder.path().to_owned()], refuse, move |change| {
            // The test may have ended.
            if sender.send(change).is_err() {
                tracing::debug!("nobody listens");
            }
        })
        .expect("a watch");
        let told = next(&receiver);
        let Change::Polling(sentence) = told else {
            panic!("{told:?}");
        };
        assert!(
            sentence.starts_with("Changes show after a moment only"),
            "{sentence}"
        );
        fs::write(folder.path().join(".a.md.tmp"), "# Second, and longer").expect("a file");
        fs::rename(folder.path().join(".a.md.tmp"), folder.path().join("a.md")).expect("renamed");
        let change = next(&receiver);
        let Change::Written(files) = change else {
            panic!("{change:?}");
        };
        assert_eq!(files[0].briefing.title, "Second, and longer");
    }
}
