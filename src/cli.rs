//! The command line: arguments in, exit code out.

use crate::app::{App, Start};
use crate::state::StartView;
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Opens Markdown briefings, lays their events out on a zoomable timeline, and takes every statement to
/// the exact words of its source.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Files and folders to open; without any, the shipped library.
    paths: Vec<PathBuf>,
    /// The id of the event to show first.
    #[arg(long, value_name = "ID")]
    event: Option<String>,
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let start = Start {
        paths: arguments.paths,
        view: StartView {
            event: arguments.event,
            range: None,
        },
    };
    open_window(start)
}

fn open_window(start: Start) -> ExitCode {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("sourceline")
        .with_title("Sourceline")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([640.0, 400.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> =
        Box::new(|creation| Ok(Box::new(App::new(creation, start))));
    match eframe::run_native("sourceline", options, create) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sourceline: no window could be opened: {error}");
            ExitCode::from(2)
        }
    }
}
