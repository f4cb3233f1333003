//! `sourceline lock`: keeps what quotations say and where they stand.

use super::output::{complain, plain, print, shown_path};
use super::read_library;
use crate::disk::write_whole;
use crate::evidence::{Lock, Verdict};
use crate::library::copies::Copies;
use crate::library::{File, FileChecks, locks};
use crate::model::Briefing;
use clap::Args;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders whose briefings to lock.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// What became of one briefing.
enum Outcome {
    /// It quotes nothing, or there is no copy to look at.
    NothingToLock,
    Locked {
        path: PathBuf,
        quotes: usize,
        copies: usize,
        /// Quotations whose words were not found as they are quoted.
        failing: usize,
        /// The file had these bytes already.
        unchanged: bool,
    },
    /// Sentences that say why not.
    Failed(Vec<String>),
}

/// # Errors
///
/// A sentence, when nothing could be read.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let epoch = std::env::var_os("SOURCE_DATE_EPOCH");
    let today = date_of_epoch(epoch.as_deref())?;
    let (library, troubles) = read_library(&arguments.paths)?;
    let mut failed = !troubles.is_empty();
    for trouble in &troubles {
        let path = shown_path(&trouble.path);
        complain(&plain(&format!("{path}: {}", trouble.problem.message)));
    }
    let copies = Copies::default();
    let files: Vec<&File> = library.files().collect();
    let outcomes: Vec<Outcome> = files
        .par_iter()
        .map(|file| lock(file, &copies, &today))
        .collect();
    let mut report = String::new();
    for (file, outcome) in files.iter().zip(outcomes) {
        match outcome {
            Outcome::NothingToLock => {}
            Outcome::Locked {
                path,
                quotes,
                copies,
                failing,
                unchanged,
            } => {
                let done = if unchanged { "unchanged" } else { "written" };
                let failing = match failing {
                    0 => String::new(),
                    count => format!(", {count} not as quoted: see `sourceline check`"),
                };
                report.push_str(&format!(
                    "{} {done}: {quotes} quoted, {copies} copied{failing}\n",
                    plain(&shown_path(&path)),
                ));
            }
            Outcome::Failed(reasons) => {
                failed = true;
                for reason in reasons {
                    let path = shown_path(&file.path);
                    complain(&plain(&format!("{path} was not locked: {reason}")));
                }
            }
        }
    }
    if report.is_empty() && !failed {
        report.push_str("Nothing to lock: no briefing quotes a source of which there is a copy\n");
    }
    print(&report)?;
    Ok(ExitCode::from(u8::from(failed)))
}

fn lock(file: &File, copies: &Copies, today: &str) -> Outcome {
    let briefing = &file.briefing;
    let quoted = briefing
        .all_evidence()
        .any(|(_, evidence)| evidence.quote.is_some() || !evidence.details.silent_on.is_empty());
    let copied = briefing.sources.iter().any(|source| source.copy.is_some());
    if !quoted || !copied {
        return Outcome::NothingToLock;
    }
    // A lock that cannot be read is written anew: that is its remedy.
    let before = locks::read(file).ok().flatten().unwrap_or_default();
    // Where quotations stood still decides between places; that a copy has changed is what is now accepted.
    let places = Lock {
        sources: Vec::new(),
        quotes: before.quotes.clone(),
    };
    let checks = FileChecks::with_lock(file, copies, &places);
    if !checks.problems.is_empty() {
        let told = checks.problems.iter();
        let reasons = told.map(|problem| format!("{}; {}", problem.message, problem.hint));
        return Outcome::Failed(reasons.collect());
    }
    let lock = built(briefing, &checks, &before, today);
    let path = locks::path(file);
    let text = lock.to_json();
    let unchanged = match path.symlink_metadata() {
        Ok(there) if !there.is_file() => {
            return Outcome::Failed(vec![format!(
                "expected a file at {}, found something else; remove it first",
                shown_path(&path)
            )]);
        }
        Ok(_) => std::fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes()),
        Err(_) => false,
    };
    if !unchanged && let Err(reason) = write_whole(&path, text.as_bytes()) {
        return Outcome::Failed(vec![reason]);
    }
    let failing = |verdict| {
        matches!(
            verdict,
            Verdict::Altered | Verdict::NotFound | Verdict::SilenceBroken
        )
    };
    Outcome::Locked {
        path,
        quotes: lock.quotes.len(),
        copies: checks.copies.len(),
        failing: (lock.quotes.iter())
            .filter(|quote| failing(quote.verdict))
            .count(),
        unchanged,
    }
}

fn built(briefing: &Briefing, checks: &FileChecks, before: &Lock, today: &str) -> Lock {
    let copies: Vec<_> = (0..)
        .zip(&briefing.sources)
        .map(|(at, _)| checks.copies.get(&at).map(AsRef::as_ref))
        .collect();
    let outcomes: Vec<_> = checks
        .in_order(briefing)
        .map(|(_, checked)| checked)
        .collect();
    Lock::build(briefing, &copies, &outcomes, before, today)
}

/// Today in UTC; or the day of a number of seconds since 1970, by which builds are made reproducible
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn date_of_epoch(epoch: Option<&OsStr>) -> Result<String, String> {
    let now = match epoch {
        None => jiff::Timestamp::now(),
        Some(epoch) => epoch
            .to_str()
            .and_then(|epoch| epoch.trim().parse().ok())
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .ok_or_else(|| {
                format!(
                    "expected seconds since 1970 in SOURCE_DATE_EPOCH, found {}",
                    plain(&Path::new(epoch).display().to_string())
                )
            })?,
    };
    Ok(jiff::tz::TimeZone::UTC.to_datetime(now).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_the_variable() {
        let day = |epoch: &str| date_of_epoch(Some(OsStr::new(epoch)));
        assert_eq!(day("1742256000").as_deref(), Ok("2025-03-18"));
        assert_eq!(day("0").as_deref(), Ok("1970-01-01"));
        for wrong in ["", "soon", "99999999999999999999", "-1e9"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        assert_eq!(date_of_epoch(None).map(|day| day.len()), Ok(10));
    }
}
