//! Hands over what has been read, soon at first and then in ever larger lots.

#![expect(clippy::arithmetic_side_effects, reason = "lots grow up to a bound")]

use super::{LoadEvent, Loaded};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The first lot has so many files: enough for something to see.
const FIRST_LOT_FILES: usize = 8;

/// Each lot has so many times the files of the one before, since each has the window look through all it has.
const GROWTH: usize = 4;

/// No lot has more, so that taking it in never holds up the window.
const LARGEST_LOT_FILES: usize = 2_000;

/// On a slow disk a smaller lot is handed over after this time.
const AT_LEAST_EVERY: Duration = Duration::from_millis(320);

/// Gathers what is ready, so that few reports carry many files.
pub struct Outbox<'a> {
    report: &'a (dyn Fn(LoadEvent) + Sync),
    waiting: Mutex<Waiting>,
}

struct Waiting {
    files: Vec<Loaded>,
    lot_files: usize,
    since: Instant,
}

impl<'a> Outbox<'a> {
    pub fn new(report: &'a (dyn Fn(LoadEvent) + Sync)) -> Self {
        Self {
            report,
            waiting: Mutex::new(Waiting {
                files: Vec::new(),
                lot_files: FIRST_LOT_FILES,
                since: Instant::now(),
            }),
        }
    }

    pub fn put(&self, file: Loaded) {
        let ready = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.files.push(file);
            if waiting.files.len() < waiting.lot_files && waiting.since.elapsed() < AT_LEAST_EVERY {
                return;
            }
            waiting.since = Instant::now();
            waiting.lot_files = (waiting.lot_files * GROWTH).min(LARGEST_LOT_FILES);
            std::mem::take(&mut waiting.files)
        };
        (self.report)(LoadEvent::Ready(ready));
    }

    /// Hands over the rest.
    pub fn empty(self) {
        let waiting = self.waiting.into_inner();
        let files = waiting.unwrap_or_else(PoisonError::into_inner).files;
        if !files.is_empty() {
            (self.report)(LoadEvent::Ready(files));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load;
    use std::cell::RefCell;
    use std::path::Path;

    #[test]
    fn the_first_files_come_at_once_and_then_ever_more() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.md"), "# A").expect("a file");
        let file = load::reload(&folder.path().join("a.md"), Path::new(folder.path()));
        let lots = Mutex::new(RefCell::new(Vec::new()));
        let report = |event: LoadEvent| {
            if let LoadEvent::Ready(files) = event {
                let lots = lots.lock().expect("no test panics while it holds this");
                lots.borrow_mut().push(files.len());
            }
        };
        let outbox = Outbox::new(&report);
        for _ in 0..10_000 {
            outbox.put(file.clone());
        }
        outbox.empty();
        let lots = lots.into_inner().expect("all is put").into_inner();
        assert_eq!(lots.iter().sum::<usize>(), 10_000);
        assert!(lots[0] <= FIRST_LOT_FILES, "{lots:?}");
        // A busy machine may be slow enough for some lots to be smaller, but none is larger.
        assert!(lots.iter().all(|&lot| lot <= LARGEST_LOT_FILES), "{lots:?}");
    }
}
