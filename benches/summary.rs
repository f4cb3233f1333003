//! How long an export takes, and how much memory: from a folder of briefings to the bytes of a PDF.
//!
//! Each run is a process of its own that starts cold: it reads, checks, sums up, sets and writes. Time counts from its
//! start. `cargo bench --bench summary` also writes `target/figures/summary.json`.

#[path = "support/figures.rs"]
mod figures;
#[path = "support/random.rs"]
mod random;

use random::Random;
use serde_json::{Value, json};
use sourceline::export;
use sourceline::library::{File, Library, LoadEvent, load};
use sourceline::summary::pdf::Pages;
use sourceline::summary::typst_source::{Manuscript, Sheet};
use sourceline::summary::{Options, Selection, Template};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Names the folder that a process of this program is to export.
const FOLDER: &str = "SOURCELINE_BENCH_FOLDER";

/// A preview on a screen of usual density.
const PREVIEW_PIXELS_PER_PT: f32 = 1.5;

const WORDS: [&str; 28] = [
    "ceasefire",
    "talks",
    "envoy",
    "meets",
    "delegation",
    "in",
    "Riyadh",
    "after",
    "the",
    "call",
    "statement",
    "denies",
    "report",
    "on",
    "energy",
    "targets",
    "minister",
    "agrees",
    "to",
    "further",
    "exchange",
    "of",
    "prisoners",
    "border",
    "parliament",
    "votes",
    "sanctions",
    "near",
];

impl Random {
    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        let text = words.join(" ");
        let (first, rest) = text.split_at(1);
        first.to_uppercase() + rest
    }
}

/// A briefing of so many events, each with a line or two of summary, actors and two of sixty sources, and with a statement
/// and its evidence for every tenth of them.
fn briefing(events: usize) -> String {
    let sources = events.clamp(1, 60);
    let mut random = Random(2025);
    let mut text = String::from(
        "---\ntitle: A chronology of the talks\nsubtitle: What was said, by whom, and when\nsummary: A made-up chronology, to measure how long its pages take.\nas-of: 2026-01-01\nauthor: The Sourceline authors\nmarking: TLP:CLEAR\nevents:\n",
    );
    let mut body = String::new();
    for at in 0..events {
        let day = random.below(365 * 10);
        let (year, month, day) = (2015 + day / 365, 1 + day % 365 / 31, 1 + day % 28);
        let (title_words, summary_words) = (5 + random.below(5), 10 + random.below(14));
        let (title, summary) = (random.words(title_words), random.words(summary_words));
        let (lane, actor) = (random.below(9), random.below(40));
        let (one, two) = (random.below(sources), random.below(sources));
        writeln!(
            text,
            "  - id: e{at}\n    date: {year:04}-{month:02}-{day:02}\n    title: {title}\n    summary: {summary}.\n    lane: Track {lane}\n    actors: [Person {actor}, Ministry {lane}]\n    sources: [s{one}, s{two}]"
        )
        .expect("a string");
        if at % 10 == 0 {
            write!(
                body,
                "{} on that day.[^f{at}]\n\n[^f{at}]: Report.\n    - says [@s{one}, para. 2]: \"{}\"\n    - differs [@s{two}]\n\n",
                random.words(12),
                random.words(8)
            )
            .expect("a string");
        }
    }
    text.push_str("sources:\n");
    for at in 0..sources {
        writeln!(
            text,
            "  s{at}: {{type: Article, title: \"{}\", author: \"Writer {at}, Ann\", publisher: Paper {}, date: 2025-03-{:02}, url: \"https://example.org/{at}\"}}",
            random.words(7),
            at % 9,
            1 + at % 28
        )
        .expect("a string");
    }
    text + "---\n\n" + &body
}

/// What one process does and tells.
fn run_once(folder: &Path, started: Instant) -> Value {
    let loaded = Mutex::new(Vec::new());
    load(&[folder.to_owned()], &AtomicBool::new(false), &|event| {
        if let LoadEvent::Ready(files) = event {
            loaded.lock().expect("no panic").extend(files);
        }
    });
    let mut library = Library::default();
    library.add(loaded.into_inner().expect("no panic"));
    let files: Vec<File> = library.files().cloned().collect();
    let prepared = export::prepare(files, &BTreeMap::new(), &export::all_events);
    let options = Options::default();
    let shown = |file: &File| file.name.clone();
    let summary =
        export::summarize(&prepared, &Selection::all(), &options, &shown).expect("a summary");
    let summed_up = started.elapsed();
    let manuscript = Manuscript::new(&summary, Sheet::Pages(Template::Full));
    let fonts = export::fonts_for(&manuscript);
    let pages = Pages::typeset(manuscript, &fonts, &|| false).expect("pages");
    let typeset = started.elapsed();
    let pdf = pages.pdf(options.standard).expect("a PDF");
    let written = started.elapsed();
    let peak_bytes = peak_bytes();
    let mut previews: Vec<f64> = (0..pages.count().min(40))
        .map(|page| {
            let start = Instant::now();
            let picture = pages.picture(page, PREVIEW_PIXELS_PER_PT).expect("a page");
            assert!(picture.width_px > 800);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    previews.sort_by(f64::total_cmp);
    json!({
        "summed_up_ms": summed_up.as_secs_f64() * 1000.0,
        "typeset_ms": typeset.as_secs_f64() * 1000.0,
        "ms": written.as_secs_f64() * 1000.0,
        "pages": pages.count(),
        "pdf_bytes": pdf.len(),
        "peak_bytes": peak_bytes,
        "preview_ms": previews[previews.len() / 2],
        "slowest_preview_ms": previews.last(),
    })
}

/// The most memory that this process has had, where the system tells.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// Runs a process so many times and takes the one of median time.
fn measure(events: usize, runs: usize) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("briefing.md"), briefing(events)).expect("a briefing");
    let program = std::env::current_exe().expect("this program");
    let mut outcomes: Vec<Value> = (0..runs)
        .map(|_| {
            let output = Command::new(&program)
                .env(FOLDER, folder.path())
                .output()
                .expect("a process");
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{told}");
            serde_json::from_slice(&output.stdout).expect("figures")
        })
        .collect();
    outcomes.sort_by(|a, b| {
        let ms = |outcome: &Value| outcome["ms"].as_f64().unwrap_or(f64::INFINITY);
        ms(a).total_cmp(&ms(b))
    });
    let median = outcomes[outcomes.len() / 2].clone();
    println!("{events} events: {median}");
    median
}

fn main() {
    let started = Instant::now();
    if let Some(folder) = std::env::var_os(FOLDER) {
        println!("{}", run_once(&PathBuf::from(folder), started));
        return;
    }
    let small = measure(14, 7);
    let thousand = measure(1_000, 5);
    let many = measure(10_000, 3);
    let figures = json!({
        "pages3_ms": small["ms"],
        "events1000_ms": thousand["ms"],
        "events1000_pages": thousand["pages"],
        "events1000_peak_bytes": thousand["peak_bytes"],
        "events10000_ms": many["ms"],
        "preview_page_ms": thousand["preview_ms"],
    });
    figures::write("summary", &figures);
}
