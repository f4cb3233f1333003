//! `sourceline [PATH…]`: opens the window.

use crate::app::{App, Start};
use crate::date::{Date, Instant, Zone};
use crate::state::StartView;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Files and folders to open; without any, the shipped library
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The id of the event to show first
    #[arg(long, value_name = "ID")]
    event: Option<String>,
    /// The first day or moment to show, for example 2025-03 or 2025-03-18T10:00Z
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// The last day or moment to show
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<Date>,
    /// The saved view to show, by its name
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text, Some(&Zone::local()))
        .map_err(|error| format!("{}; {}", error.message, error.hint))
}

/// # Errors
///
/// A sentence, when there is no display or no window can be opened.
pub(super) fn run(arguments: Arguments) -> Result<ExitCode, String> {
    if !has_display() {
        return Err(
            "there is no display to open a window on; `sourceline check` and `sourceline export` work without one"
                .to_owned(),
        );
    }
    let paths = arguments.paths.iter().map(|path| whole(path)).collect();
    let start = Start {
        view: StartView {
            file: None,
            event: arguments.event,
            view: arguments.view,
            range: range(arguments.from.as_ref(), arguments.to.as_ref()),
        },
        paths,
    };
    open_window(start)
}

/// From the root of the disk on: what is open is remembered, and copied as a command line, for other folders to start from.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The time between two dates; a missing one is a year away from the other.
fn range(from: Option<&Date>, to: Option<&Date>) -> Option<(Instant, Instant)> {
    const YEAR_MS: i64 = 366 * 24 * 60 * 60 * 1000;
    let from = from.and_then(|date| date.earliest().or(date.latest()));
    let to = to.and_then(|date| date.latest().or(date.earliest()));
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some((from, Instant(from.0.saturating_add(YEAR_MS)))),
        (None, Some(to)) => Some((Instant(to.0.saturating_sub(YEAR_MS)), to)),
        (Some(from), Some(to)) => Some((from.min(to), from.max(to))),
    }
}

/// Whether a window can be opened at all. Elsewhere than on X11 and Wayland there always is a display.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || set("DISPLAY")
        || set("WAYLAND_DISPLAY")
        || set("WAYLAND_SOCKET")
}

fn open_window(start: Start) -> Result<ExitCode, String> {
    let mut viewport = egui::ViewportBuilder::default()
        .with_app_id("sourceline")
        .with_title("Sourceline")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([640.0, 400.0])
        .with_drag_and_drop(true);
    match eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")) {
        Ok(icon) => viewport = viewport.with_icon(icon),
        Err(error) => tracing::warn!("the icon could not be read: {error}"),
    }
    let options = eframe::NativeOptions {
        viewport,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> =
        Box::new(|creation| Ok(Box::new(App::new(creation, start))));
    eframe::run_native("sourceline", options, create)
        .map(|()| ExitCode::SUCCESS)
        .map_err(|error| format!("no window could be opened: {error}"))
}
