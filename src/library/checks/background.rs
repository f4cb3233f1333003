//! The checks of a whole library, beside everything else.

use super::{FileChecks, OutcomeCache};
use crate::library::File;
use crate::library::copies::Copies;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Answers are gathered for so long, so that the window is woken seldom.
const GATHER: Duration = Duration::from_millis(100);

/// Checks files one by one and reports the outcomes, without their copies, in groups. One core is left to the window.
/// Ends early, without a last report, once `cancel` is set.
pub fn check_in_background(
    files: &[File],
    cache: &OutcomeCache,
    cancel: &AtomicBool,
    report: &(impl Fn(Vec<(File, FileChecks)>) + Sync),
) {
    let copies = Copies::default();
    let gathered = Mutex::new((Instant::now(), Vec::new()));
    let check = |file: &File| {
        if cancel.load(Ordering::Relaxed) {
            return;
        }
        let checks = FileChecks::remembering(file, &copies, cache).without_copies();
        let ready = {
            let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
            gathered.1.push((file.clone(), checks));
            if gathered.0.elapsed() < GATHER {
                return;
            }
            gathered.0 = Instant::now();
            std::mem::take(&mut gathered.1)
        };
        report(ready);
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(cores.saturating_sub(1).max(1))
        .thread_name(|_| "checking the library".to_owned())
        .build();
    match threads {
        Ok(threads) => threads.install(|| files.into_par_iter().for_each(check)),
        // Without threads of its own the work is done here, more slowly.
        Err(error) => {
            tracing::warn!("no threads for the checks of the library: {error}");
            files.iter().for_each(check);
        }
    }
    let (_, last) = gathered
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if !last.is_empty() && !cancel.load(Ordering::Relaxed) {
        report(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Library, load};
    use std::fs;

    /// Files that quote one copy, each with words of its own.
    fn files(count: usize) -> (Vec<File>, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::write(root.join("s.txt"), "They freed 22 wounded men in all.").expect("written");
        let mut library = Library::default();
        for at in 0..count {
            let path = root.join(format!("{at}.md"));
            let text = format!(
                "---\nsources: {{s: {{title: S, copy: s.txt}}}}\n---\nSo [@s, \"freed {at} wounded men in all\"] it was.\n"
            );
            fs::write(&path, text).expect("written");
            library.add([load::reload(&path, root)]);
        }
        let mut files: Vec<File> = library.files().cloned().collect();
        files.sort_by_key(|file| file.id);
        (files, folder)
    }

    fn run(files: &[File], cache: &OutcomeCache, cancel: &AtomicBool) -> Vec<(File, FileChecks)> {
        let answers = Mutex::new(Vec::new());
        check_in_background(files, cache, cancel, &|ready| {
            answers.lock().expect("no panic").extend(ready);
        });
        answers.into_inner().expect("no panic")
    }

    #[test]
    fn every_file_is_reported_once_as_if_it_had_been_checked_alone_without_its_copies() {
        let (files, _folder) = files(40);
        let cache = OutcomeCache::default();
        // The second time every outcome is remembered.
        for _ in 0..2 {
            let mut answers = run(&files, &cache, &AtomicBool::new(false));
            answers.sort_by_key(|(file, _)| file.id);
            assert_eq!(answers.len(), files.len());
            for ((file, checks), expected) in answers.iter().zip(&files) {
                assert_eq!(file.id, expected.id);
                let alone = FileChecks::of(expected);
                assert_eq!(checks.outcomes(), alone.outcomes());
                assert_eq!(checks.findings, alone.findings);
                assert!(checks.copies.is_empty() && checks.copies_left_out);
                assert_eq!(checks.copy_hashes, alone.copy_hashes);
            }
        }
    }

    #[test]
    fn what_is_cancelled_reports_nothing_more() {
        let (files, _folder) = files(3);
        let cancelled = AtomicBool::new(true);
        assert!(run(&files, &OutcomeCache::default(), &cancelled).is_empty());
    }
}
