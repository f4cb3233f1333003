//! A library of ten thousand briefings: `cargo bench --bench library`.
//!
//! Measures loading (with and without the system's cache of files) against a floor of reading, Markdown and YAML in the same run,
//! the first events on the timeline, one changed file, the index of the search, a keystroke in the search field, and memory. Writes `target/figures/library.json`.
//! `SOURCELINE_BENCH_FILES` makes the library smaller, for a trial; `SOURCELINE_BENCH_SEARCH` measures the search alone and writes nothing.

#![expect(
    clippy::print_stdout,
    reason = "printing the figures is what a benchmark is for"
)]

#[path = "support/figures.rs"]
mod figures;
#[path = "library/floor.rs"]
mod floor;
mod generate;
#[expect(dead_code, reason = "other benchmarks use the rest")]
#[path = "support/measure.rs"]
mod measure;
#[path = "library/memory.rs"]
mod memory;
#[path = "support/random.rs"]
mod random;
#[path = "library/search.rs"]
mod search;
#[path = "library/window.rs"]
mod window;

use measure::{Spread, machine, ms_since};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::time::Instant;

const FILES: usize = 10_000;
const ROUNDS: usize = 7;

fn main() {
    if let Some(folder) = memory::asked_for() {
        memory::load_and_tell(&folder);
        return;
    }
    let count = std::env::var("SOURCELINE_BENCH_FILES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(FILES);
    let folder = tempfile::tempdir().expect("a folder for the library");
    let bytes = generate::write_library(folder.path(), count).expect("the disk takes the library");
    println!("machine: {}", machine());
    println!("{count} briefings, {:.1} MB", bytes as f64 / 1e6);

    let mut figures = Map::new();
    let mut put = |name: &str, value: Value| {
        println!("{name:>22} {value}");
        figures.insert(name.to_owned(), value);
    };

    put("files_bytes", json!(bytes));
    if std::env::var_os("SOURCELINE_BENCH_SEARCH").is_some() {
        put_search(&mut put, folder.path());
        return;
    }
    let how = window::forget_cached(folder.path());
    println!("  (cold: {how})");
    put(
        "load_cold_ms",
        rounded(window::load(folder.path(), count).whole_ms),
    );

    // Floor and load take turns, so that a busy moment of the machine strikes both.
    let (mut floors, mut loads, mut firsts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut floors_cpu, mut loads_cpu) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let before = cpu_ms();
        floors.push(timed(|| floor::read_all(folder.path())));
        let between = cpu_ms();
        let times = window::load(folder.path(), count);
        loads_cpu.push(cpu_ms() - between);
        floors_cpu.push(between - before);
        loads.push(times.whole_ms);
        firsts.push(times.first_events_ms);
    }
    let (floor, load) = (Spread::of(floors).median, Spread::of(loads).median);
    put("floor_ms", rounded(floor));
    put("load_warm_ms", rounded(load));
    println!("  (load / floor: {:.2})", load / floor);
    let (floor_cpu, load_cpu) = (Spread::of(floors_cpu).median, Spread::of(loads_cpu).median);
    println!(
        "  (processor time, all threads: {load_cpu} / {floor_cpu} ms = {:.2})",
        load_cpu / floor_cpu
    );
    put("first_events_ms", rounded(Spread::of(firsts).median));
    put(
        "reload_one_ms",
        rounded(Spread::of(window::reload(folder.path(), count)).median),
    );
    put_search(&mut put, folder.path());
    put("peak_bytes", json!(memory::peak_of_child(folder.path())));

    figures::write("library", &figures);
}

/// Figures with two decimals.
fn rounded(value: f64) -> Value {
    json!((value * 100.0).round() / 100.0)
}

fn put_search(put: &mut impl FnMut(&str, Value), folder: &Path) {
    let search = search::measure(folder);
    let keystrokes = Spread::of(search.keystrokes_ms);
    put("keystroke_p50_ms", rounded(keystrokes.median));
    put("keystroke_p95_ms", rounded(keystrokes.p95));
    for (text, took_ms) in &search.slowest {
        println!("  ({took_ms:.2} ms: {text})");
    }
    for (what, times) in [
        ("the window's thread", search.palette.window_ms),
        ("beside it", search.palette.beside_ms),
    ] {
        let Spread {
            median, p95, max, ..
        } = Spread::of(times);
        println!("  (palette, {what}: p50 {median:.2}, p95 {p95:.2}, most {max:.2} ms)");
    }
    put("index_cold_s", rounded(search.cold_s));
    put("index_warm_start_ms", rounded(search.warm_start_ms));
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let clock = Instant::now();
    std::hint::black_box(work());
    ms_since(clock)
}

/// The processor time that this process has had so far, in steps of ten milliseconds: steadier than the clock on a busy
/// machine. Not a number where the system does not tell it.
fn cpu_ms() -> f64 {
    const TICK_MS: f64 = 10.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The fields behind the name, which may hold spaces: the 12th and the 13th are time in the program and in the kernel.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let ticks = |at: usize| fields.split(' ').nth(at)?.parse::<f64>().ok();
    match (ticks(11), ticks(12)) {
        (Some(own), Some(kernel)) => (own + kernel) * TICK_MS,
        _ => f64::NAN,
    }
}
