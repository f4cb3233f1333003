//! From the start of the program to its first frame on the screen, beside a window of eframe with an empty panel.
//!
//! `cargo bench --bench start` needs a display; it also writes `target/figures/start.json`. Both programs are started
//! in turn, each in a home of its own, and are ended by their first frame.

#![expect(
    clippy::print_stdout,
    reason = "printing the figures is what a benchmark is for"
)]

#[path = "support/figures.rs"]
mod figures;
#[expect(dead_code, reason = "other benchmarks use the rest")]
#[path = "support/measure.rs"]
mod measure;

use measure::{Spread, machine, ms_since};
use serde_json::json;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// How often each program is started.
const STARTS: usize = 15;

/// What both programs write on standard error once their first frame is on the screen.
const FIRST_FRAME: &str = "the first frame is on the screen";

/// Makes this program the empty window.
const EMPTY_WINDOW: &str = "--empty-window";

fn main() {
    if std::env::args().any(|word| word == EMPTY_WINDOW) {
        return show_empty_window();
    }
    let this = std::env::current_exe().expect("this program");
    let sourceline = Path::new(env!("CARGO_BIN_EXE_sourceline"));
    // The first start of each reads its program from the disk.
    first_frame_ms(&this, &[EMPTY_WINDOW]);
    first_frame_ms(sourceline, &[]);
    let (mut empty, mut shipped) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        empty.push(first_frame_ms(&this, &[EMPTY_WINDOW]));
        shipped.push(first_frame_ms(sourceline, &[]));
    }
    let (empty, shipped) = (Spread::of(empty), Spread::of(shipped));
    let ratio = shipped.median / empty.median;
    println!("{}", machine());
    println!("to the first frame, {STARTS} starts     median       most");
    println!(
        "an empty window of eframe   {:>7.0} ms {:>7.0} ms",
        empty.median, empty.max
    );
    println!(
        "the shipped library         {:>7.0} ms {:>7.0} ms",
        shipped.median, shipped.max
    );
    println!("the one is {ratio:.2} times the other");
    let figures = json!({
        "first_frame_ms": shipped.median,
        "empty_window_ms": empty.median,
        "ratio": ratio,
    });
    figures::write("start", &figures);
}

/// Starts a program, waits for its first frame and ends it.
fn first_frame_ms(program: &Path, arguments: &[&str]) -> f64 {
    let home = tempfile::tempdir().expect("a home");
    let clock = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_DATA_HOME", home.path())
        .env("XDG_CACHE_HOME", home.path())
        .env("SOURCELINE_LOG", "sourceline=debug")
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let said = BufReader::new(child.stderr.take().expect("standard error"));
    let mut others = Vec::new();
    let mut time_ms = None;
    for line in said.lines().map_while(Result::ok) {
        if line.contains(FIRST_FRAME) {
            time_ms = Some(ms_since(clock));
            break;
        }
        others.push(line);
    }
    // One that has ended by itself cannot be killed, and says why below.
    child.kill().unwrap_or_default();
    child.wait().expect("the program ends");
    time_ms.unwrap_or_else(|| panic!("no frame came (is there a display?): {}", others.join("\n")))
}

/// The least that a window of this toolkit can be.
struct EmptyWindow {
    is_drawn: bool,
}

impl eframe::App for EmptyWindow {
    fn logic(&mut self, _context: &egui::Context, _frame: &mut eframe::Frame) {
        if self.is_drawn {
            eprintln!("{FIRST_FRAME}");
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |_| {});
        self.is_drawn = true;
        ui.ctx().request_repaint();
    }
}

fn show_empty_window() {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> =
        Box::new(|_creation| Ok(Box::new(EmptyWindow { is_drawn: false })));
    eframe::run_native("empty", options, create).expect("a window");
}
