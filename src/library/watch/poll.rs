//! Looks at a folder now and then, where the system does not tell of changes.
//!
//! Kept here because notify's own polling compares whole seconds, and so passes over a file that is saved twice within one, or
//! one that is put back as it was.

use crate::library::{load, views};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// It rests for so many times as long as it has looked: of a folder with a million files, too, it takes a small part of the time.
const REST_FACTOR: u32 = 10;

/// Looks as long as this lives.
pub struct Polling {
    /// The thread ends when this goes.
    _end: Sender<()>,
}

/// When a file was changed last, and how long it is.
type Seen = HashMap<PathBuf, (Option<SystemTime>, u64)>;

/// Tells of files below `folder` that have come, changed or gone; with `is_flat` only of those in it.
///
/// # Errors
///
/// When no thread can be started.
pub fn poll(
    folder: &Path,
    is_flat: bool,
    every: Duration,
    touched: impl Fn(Vec<PathBuf>) + Send + 'static,
) -> io::Result<Polling> {
    let (end, ended) = channel::<()>();
    let folder = folder.to_owned();
    // From here on nothing is missed.
    let mut before = look(&folder, is_flat);
    thread::Builder::new()
        .name("looking for changes".to_owned())
        .spawn(move || {
            let mut wait = every;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let began = Instant::now();
                let now = look(&folder, is_flat);
                wait = every.max(began.elapsed().saturating_mul(REST_FACTOR));
                let changed = differences(&before, &now);
                if !changed.is_empty() {
                    touched(changed);
                }
                before = now;
            }
        })?;
    Ok(Polling { _end: end })
}

fn look(folder: &Path, is_flat: bool) -> Seen {
    let files = load::files_below(folder, is_flat);
    // Hidden, and yet of interest.
    let views = std::iter::once(views::path_in(folder));
    files
        .chain(views)
        .filter_map(|path| {
            let metadata = path.metadata().ok()?;
            let seen = (metadata.modified().ok(), metadata.len());
            metadata.is_file().then_some((path, seen))
        })
        .collect()
}

fn differences(before: &Seen, now: &Seen) -> Vec<PathBuf> {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let changed = now
        .iter()
        .filter(|(path, seen)| before.get(*path) != Some(seen))
        .map(|(path, _)| path);
    let mut paths: Vec<PathBuf> = gone.chain(changed).cloned().collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    #[test]
    fn files_that_come_change_and_go_differ_also_within_one_second_and_into_the_past() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["stays.md", "goes.md", "changes.md", "back.md"] {
            fs::write(path(name), "# One").expect("a file");
        }
        fs::create_dir(path("below")).expect("a folder");
        fs::write(path("below/deep.md"), "# One").expect("a file");
        let whole_second = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let date = |name: &str, millis: u64| {
            let file = File::options().append(true).open(path(name));
            let at = whole_second + Duration::from_millis(millis);
            file.and_then(|file| file.set_modified(at)).expect("a date");
        };
        date("changes.md", 100);
        date("back.md", 100);
        let before = look(folder.path(), false);
        assert_eq!(look(folder.path(), true).len(), 4);
        assert_eq!(
            differences(&before, &look(folder.path(), false)),
            [] as [PathBuf; 0]
        );
        fs::remove_file(path("goes.md")).expect("removed");
        fs::write(path("comes.md"), "# One").expect("a file");
        fs::write(path("below/deep.md"), "# Another").expect("a file");
        date("changes.md", 900);
        date("back.md", 0);
        let now = look(folder.path(), false);
        assert_eq!(
            differences(&before, &now),
            [
                "back.md",
                "below/deep.md",
                "changes.md",
                "comes.md",
                "goes.md"
            ]
            .map(path)
        );
    }
}
