//! Native dialogs, each on a thread of its own, and the system's file manager.

use crate::state::{Action, Sheet};
use crate::tasks::Tasks;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What the user is asked to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    File,
    Folder,
}

/// No person cancels a dialog faster than this: an answer of nothing within it means that no dialog came.
const FASTEST_CANCEL: Duration = Duration::from_millis(200);

/// Asks for a file or a folder; the answer opens it.
pub(super) fn pick(tasks: &Tasks<Action>, wanted: Wanted) {
    tasks.start("a file dialog", move |answer| {
        let asked = Instant::now();
        let dialog = rfd::FileDialog::new();
        let picked = match wanted {
            Wanted::File => dialog
                .set_title("Open a briefing")
                .add_filter("Markdown", &["md", "markdown"])
                .pick_file(),
            Wanted::Folder => dialog.set_title("Open a folder of briefings").pick_folder(),
        };
        match picked {
            Some(path) => answer.send(Action::OpenPaths(vec![path])),
            None if none_came(asked) => {
                answer.send(Action::DialogUnavailable(Sheet::OpenPath));
            }
            None => {}
        }
    });
}

/// Whether a dialog that gave nothing back was never there.
pub(super) fn none_came(asked: Instant) -> bool {
    asked.elapsed() < FASTEST_CANCEL
}

/// Hands a file to the program that the system opens such files with.
///
/// # Errors
///
/// The system has no such program, or it could not be started.
pub(super) fn open_in_editor(path: &Path) -> std::io::Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        // As text: the default for Markdown is often a viewer.
        command.arg("-t");
        command
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    run_quietly(command.arg(path))
}

/// Shows a file in the system's file manager, selected where that is possible.
pub(super) fn reveal(tasks: &Tasks<Action>, path: PathBuf) {
    tasks.start("showing a file", move |answer| {
        if let Err(error) = reveal_now(&path) {
            answer.send(Action::Notice(format!(
                "The file manager could not be opened ({error}): {}",
                path.display()
            )));
        }
    });
}

fn reveal_now(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut command = if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        command.arg("-R").arg(path);
        command
    } else if cfg!(windows) {
        let mut select = std::ffi::OsString::from("/select,");
        select.push(path);
        let mut command = Command::new("explorer");
        command.arg(select);
        command
    } else {
        let mut command = Command::new("xdg-open");
        command.arg(folder);
        command
    };
    run_quietly(&mut command)
}

fn run_quietly(command: &mut Command) -> std::io::Result<()> {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    // Explorer ends with 1 also when all went well.
    if status.success() || cfg!(windows) {
        Ok(())
    } else {
        Err(std::io::Error::other(format!("it ended with {status}")))
    }
}
