//! The window with a thousand to a million events: `cargo bench --bench timeline`.
//!
//! Measured is the real window without a screen: all panes, run and tessellated at 1600×900 with the timeline as tall as it goes,
//! over tours of 200 frames: from the whole span down to a day, along it, and back. Then along the zoom at which most is drawn, just
//! under the switch to dense drawing. A frame's time is all that happens between input and triangles, the state's changes included;
//! the frame in which the index arrives counts too, and so do frames while rows are computed beside the window: they come late on purpose.
//!
//! A tour is one measurement of criterion. Percentiles are of single frames: each counts with the middle of its times over all tours, so that
//! what other programs do at the moment does not; the longest of all stands in the table beside them.
//!
//! Prints a table with a line on the machine, and writes `target/figures/timeline.json`. `SOURCELINE_EVENTS=1000,20000` measures other
//! sizes (without the file). `cargo test --bench timeline` runs a small one and holds its counts, not its times.

#![expect(
    clippy::print_stdout,
    reason = "printing the figures is what a benchmark is for"
)]

#[path = "support/figures.rs"]
mod figures;
#[expect(dead_code, reason = "other benchmarks use the rest")]
#[path = "support/measure.rs"]
mod measure;
#[path = "support/random.rs"]
mod random;
#[path = "support/mod.rs"]
mod support;
#[path = "support/window.rs"]
mod window;

use criterion::{Criterion, SamplingMode};
use measure::{Spread, ms_since};
use sourceline::timeline::View;
use std::hint::black_box;
use std::time::{Duration, Instant};
use window::Window;

/// So often the index arrives.
const ARRIVALS: usize = 5;
const FRAMES_AT_THE_EDGE: usize = 100;

/// What was measured at one size.
struct Figures {
    events: usize,
    build_ms: f64,
    bytes_per_event: f64,
    arrival_ms: f64,
    tour: Spread,
    edge: Spread,
    /// Of all these frames, those in which rows were being computed beside the window.
    awaiting: Spread,
    /// How long that took, beside the window.
    placing: Spread,
    /// The longest of all frames, as the clock had it.
    worst_ms: f64,
    most_vertices: usize,
}

impl Figures {
    fn max_ms(&self) -> f64 {
        self.tour.max.max(self.edge.max).max(self.arrival_ms)
    }
}

fn main() {
    // `cargo bench` says so; `cargo test` does not.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let sizes: Vec<usize> = match std::env::var("SOURCELINE_EVENTS") {
        Ok(sizes) => {
            let read = |size: &str| {
                size.trim()
                    .parse()
                    .expect("SOURCELINE_EVENTS is a list of numbers")
            };
            sizes.split(',').map(read).collect()
        }
        Err(_) if is_bench => vec![1_000, 10_000, 100_000, 1_000_000],
        Err(_) => vec![1_000, 6_000],
    };
    let mut criterion = Criterion::default().configure_from_args();
    let all: Vec<Figures> = (sizes.iter())
        .filter_map(|&size| measure(&mut criterion, size))
        .collect();
    criterion.final_summary();
    print_table(&all);
    if let Some(peak) = measure::peak_memory_mb() {
        println!("peak memory of the whole process, texts and model included: {peak:.0} MB");
    }
    write_figures(&all);
}

/// `None` when what the command asks for leaves something out.
fn measure(criterion: &mut Criterion, events: usize) -> Option<Figures> {
    let mut window = Window::new();
    window.load(support::library(events));
    let bytes_per_event = window.timeline_bytes() as f64 / events as f64;
    let arrivals: Vec<f64> = (0..ARRIVALS)
        .map(|_| {
            window.sort_in_anew();
            window.frame(Vec::new()).ms
        })
        .collect();
    window.make_timeline_tall();
    window.placing_ms.clear();

    let mut group = criterion.benchmark_group(format!("{events} events"));
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    let mut builds_ms = Vec::new();
    group.bench_function("build", |bencher| {
        bencher.iter_custom(|times| {
            let builds = (0..times).map(|_| {
                let build = window.build();
                let (built, ms) = timed(|| black_box(build.run()));
                drop(built);
                builds_ms.push(ms);
                ms
            });
            duration(builds.sum())
        });
    });

    let whole = window.whole();
    let views = tour(whole);
    // What most was drawn in, and how many vertices that took.
    let mut most = (0, whole);
    let mut rounds: Vec<Vec<Frame>> = Vec::new();
    group.bench_function("tour of 200 frames", |bencher| {
        bencher.iter_custom(|times| {
            let tours = (0..times).map(|_| {
                let frames = views.iter().map(|&view| {
                    window.show(view);
                    let cost = window.frame(Vec::new());
                    if cost.vertices > most.0 {
                        most = (cost.vertices, view);
                    }
                    (cost.ms, cost.is_awaiting_rows)
                });
                rounds.push(frames.collect());
                sum_of_last(&rounds)
            });
            duration(tours.sum())
        });
    });
    let mut edge: Vec<Vec<Frame>> = Vec::new();
    group.bench_function("100 frames under dense drawing", |bencher| {
        bencher.iter_custom(|times| {
            let pans = (0..times).map(|_| {
                let frames = (0..FRAMES_AT_THE_EDGE).map(|step| {
                    window.show(most.1.pan(40.0 * step as f64));
                    let cost = window.frame(Vec::new());
                    (cost.ms, cost.is_awaiting_rows)
                });
                edge.push(frames.collect());
                sum_of_last(&edge)
            });
            duration(pans.sum())
        });
    });
    group.finish();
    if builds_ms.is_empty() || rounds.is_empty() || edge.is_empty() {
        return None;
    }
    let is_awaiting = |frames: &[Vec<Frame>]| -> Vec<f64> {
        let of_first = frames.first().into_iter().flatten();
        let awaiting: Vec<bool> = of_first.map(|frame| frame.1).collect();
        let times = middle(frames).into_iter().zip(awaiting);
        times.filter(|(_, is)| *is).map(|(ms, _)| ms).collect()
    };
    let all = rounds.iter().chain(&edge).flatten();
    let figures = Figures {
        events,
        // Other work only makes it longer.
        build_ms: builds_ms.into_iter().fold(f64::INFINITY, f64::min),
        bytes_per_event,
        arrival_ms: Spread::of(arrivals).median,
        worst_ms: all.map(|frame| frame.0).fold(0.0, f64::max),
        awaiting: Spread::of([is_awaiting(&rounds), is_awaiting(&edge)].concat()),
        tour: Spread::of(middle(&rounds)),
        edge: Spread::of(middle(&edge)),
        placing: Spread::of(std::mem::take(&mut window.placing_ms)),
        most_vertices: most.0,
    };
    // The work of a frame follows the pixels: this many vertices are a full window of marks, whatever is loaded.
    const MOST_VERTICES: usize = 150_000;
    assert!(
        figures.most_vertices < MOST_VERTICES,
        "{} vertices",
        figures.most_vertices
    );
    assert!(bytes_per_event < 100.0, "{bytes_per_event} bytes an event");
    assert!(
        events < 5_000 || !figures.awaiting.median.is_nan(),
        "the tour has frames in which rows are computed beside the window"
    );
    Some(figures)
}

/// Its time in milliseconds, and whether rows were being computed beside it.
type Frame = (f64, bool);

fn sum_of_last(rounds: &[Vec<Frame>]) -> f64 {
    let last = rounds.last().into_iter().flatten();
    last.map(|frame| frame.0).sum()
}

fn duration(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1_000.0)
}

fn print_table(all: &[Figures]) {
    println!("machine: {}", measure::machine());
    println!(
        "{:>9} {:>9} {:>8} {:>10} {:>10} {:>8} {:>8} {:>12} {:>15} {:>11} {:>9} {:>9}",
        "events",
        "build ms",
        "B/event",
        "arrival ms",
        "median ms",
        "p99 ms",
        "max ms",
        "edge p99 ms",
        "awaiting max ms",
        "placing ms",
        "worst ms",
        "vertices"
    );
    for figures in all {
        println!(
            "{:>9} {:>9.1} {:>8.1} {:>10.2} {:>10.2} {:>8.2} {:>8.2} {:>12.2} {:>15.2} {:>11.2} {:>9.1} {:>9}",
            figures.events,
            figures.build_ms,
            figures.bytes_per_event,
            figures.arrival_ms,
            figures.tour.median,
            figures.tour.p99,
            figures.max_ms(),
            figures.edge.p99,
            figures.awaiting.max,
            figures.placing.median,
            figures.worst_ms,
            figures.most_vertices,
        );
    }
}

/// The middle of the rounds, frame by frame.
fn middle(rounds: &[Vec<Frame>]) -> Vec<f64> {
    let frames = rounds.first().map_or(0, Vec::len);
    (0..frames)
        .map(|at| Spread::of(rounds.iter().map(|round| round[at].0).collect()).median)
        .collect()
}

/// Whole span, in to one day, along it, out again: 200 views.
fn tour(whole: View) -> Vec<View> {
    let day_ms = 86_400_000.0;
    let factor = (whole.span_ms() / day_ms).powf(1.0 / 70.0);
    let mut views = vec![whole];
    let mut view = whole;
    for step in 0..199 {
        view = match step {
            0..70 => view.zoom_at(900.0, factor),
            70..130 => view.pan(45.0),
            _ => view.zoom_at(700.0, 1.0 / factor),
        };
        views.push(view);
    }
    views
}

/// Writes the figures down, when all sizes of the aims were measured.
fn write_figures(all: &[Figures]) {
    let of = |events: usize| all.iter().find(|figures| figures.events == events);
    let (Some(ten), Some(hundred), Some(million)) = (of(10_000), of(100_000), of(1_000_000)) else {
        return;
    };
    let ratio = million.tour.median / hundred.tour.median;
    println!("a million events cost {ratio:.2} times as much as a hundred thousand");
    let figures = serde_json::json!({
        "frame_median_ms_10k": ten.tour.median,
        "frame_median_ms_100k": hundred.tour.median,
        "frame_median_ms_1m": million.tour.median,
        "frame_p99_ms_1m": million.tour.p99,
        "frame_max_ms_1m": million.max_ms(),
        "ratio_1m_100k": ratio,
        "build_ms_1m": million.build_ms,
        "bytes_per_event_1m": million.bytes_per_event,
    });
    figures::write("timeline", &figures);
}

/// Runs `work` and tells how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let clock = Instant::now();
    let done = work();
    (done, ms_since(clock))
}
