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
