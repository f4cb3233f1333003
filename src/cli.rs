//! The command line: arguments in, exit code out.

mod check;
mod export;
mod lock;
mod open;
mod output;
mod search;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;

use crate::library::copies::Copies;
use crate::library::{File, FileChecks, Library, LoadEvent, load, load::Trouble};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

/// Opens Markdown briefings, lays their events out on a zoomable timeline, and takes every statement to
/// the exact words of its source.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    args_conflicts_with_subcommands = true,
    after_help = "A file or folder whose name is also a command is opened as ./NAME."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    open: open::Arguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what is wrong with briefings, and how to mend it
    ///
    /// Exit code: 0 no errors, 1 errors (with --strict also warnings), 2 it could not run.
    Check(check::Arguments),
    /// Keep what quotations say and where they stand, so that a changed copy shows
    ///
    /// Writes NAME.lock.json beside each briefing that quotes sources of which there are copies. The day on which a new
    /// copy was read is today's, or that of the variable SOURCE_DATE_EPOCH. Exit code: 0 all is locked, 1 some briefing
    /// could not be locked, 2 it could not run.
    Lock(lock::Arguments),
    /// Find words in briefings
    ///
    /// Words, "a phrase", -without, begin*, and who: lane: tag: source: status: in: standing: before: after: during:. The
    /// index is kept in the user's cache folder. Exit code: 0 found, 1 nothing found, 2 it could not run.
    Search(search::Arguments),
    /// Write briefings in another form
    Export(Box<export::Arguments>),
}

/// It could not run at all.
const COULD_NOT_RUN: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    crate::app::faults::install();
    let arguments = match Arguments::try_parse_from(search::with_options_first(
        std::env::args_os().collect(),
    )) {
        Ok(arguments) => arguments,
        Err(error) => return output::answer_arguments(&error),
    };
    output::start_log();
    let ended = match arguments.command {
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Lock(arguments)) => lock::run(&arguments),
        Some(Command::Search(arguments)) => search::run(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        None => open::run(arguments.open),
    };
    match ended {
        Ok(code) => code,
        Err(message) => {
            output::complain(&message);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// Reads all files at `paths`. What could not be read stands beside them.
///
/// # Errors
///
/// A sentence, when nothing at all could be read.
fn read_library(paths: &[PathBuf]) -> Result<(Library, Vec<Trouble>), String> {
    let gathered = Mutex::new((Vec::new(), Vec::new()));
    load(paths, &AtomicBool::new(false), &|event| {
        let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            LoadEvent::Found(_) => {}
            LoadEvent::Ready(files) => gathered.0.extend(files),
            LoadEvent::Trouble(trouble) => gathered.1.push(trouble),
        }
    });
    let (files, troubles) = gathered
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if files.is_empty()
        && let [trouble, ..] = troubles.as_slice()
    {
        let path = output::plain(&trouble.path.display().to_string());
        return Err(format!("{}: {path}", trouble.problem.message));
    }
    let mut library = Library::default();
    library.add(files);
    Ok((library, troubles))
}

/// Checks the evidence of all files, in the order of their names; a copy that several name is read once.
fn run_checks(library: &Library) -> Vec<(&File, FileChecks)> {
    let copies = Copies::default();
    let files: Vec<&File> = library.files().collect();
    files
        .into_par_iter()
        .map(|file| (file, FileChecks::sharing(file, &copies)))
        .collect()
}
