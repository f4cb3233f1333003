//! The timeline from a thousand to a million events: `cargo bench --bench timeline`.
//!
//! Measures what the timeline computes for a frame (layout, ruler, minimap's box) over a tour of 200 frames: from the whole span
//! down to a day, along it, and back. Also the building of the index, its size, and a filter.

#![expect(
    clippy::print_stdout,
    reason = "printing the figures is what a benchmark is for"
)]

mod support;

use sourceline::date::Zone;
use sourceline::timeline::{
    Axis, Gaps, Index, ItemSet, LaneTree, Layout, MergedLanes, Metrics, Scene, View, minimap, ruler,
};
use std::time::Instant;

const WIDTH_PX: f64 = 1_600.0;
const HEIGHT_PX: f32 = 700.0;

fn main() {
    println!("machine: {}", support::machine());
    println!(
        "{:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>8} {:>7} {:>7} {:>7}",
        "events",
        "build ms",
        "B/event",
        "filter ms",
        "median ms",
        "p99 ms",
        "max ms",
        "map ms",
        "marks",
        "columns",
        "labels"
    );
    for count in [1_000, 10_000, 100_000, 1_000_000] {
        measure(count);
    }
}

fn measure(count: usize) {
    let (entries, titles) = support::events(count);
    let widths: Vec<f32> = titles
        .iter()
        .map(|title| 6.5 * title.len() as f32)
        .collect();
    let clock = Instant::now();
    let index = Index::build(&entries, support::LANES as usize);
    let build_ms = ms(clock);
    let bytes = index.heap_bytes() as f64 / count as f64;

    let even: ItemSet = (0..count as u32).step_by(2).collect();
    let clock = Instant::now();
    let filtered = index.filtered(&even);
    let filter_ms = ms(clock);
    assert_eq!(filtered.len(), count / 2);

    let names: Vec<String> = (0..support::LANES)
        .map(|lane| format!("Lane {lane}"))
        .collect();
    let tree = LaneTree::new(&names);
    let metrics = Metrics::default();
    let gaps = Gaps::NONE;
    let zone = Zone::utc();
    let Some(span) = index.span() else {
        return;
    };
    let whole = View::fit(span.start.0..span.end.0, WIDTH_PX, 16.0);
    let lanes = tree.shown_lanes();
    let clock = Instant::now();
    let columns = minimap::density(&index, &lanes, &Axis::new(whole, &gaps), 1.0);
    let map_ms = ms(clock);
    assert_eq!(columns.len(), WIDTH_PX as usize);

    let mut layout = Layout::new();
    let mut times = Vec::new();
    let (mut most_marks, mut most_columns, mut most_labels) = (0, 0, 0);
    for view in tour(whole) {
        let axis = Axis::new(view, &gaps);
        let scene = Scene {
            index: &index,
            tree: &tree,
            axis,
            height_px: HEIGHT_PX,
            scroll_px: 0.0,
            metrics: &metrics,
            supersessions: &[],
            merged: &MergedLanes::new(),
        };
        let clock = Instant::now();
        let frame = layout.frame(&scene, &mut |item| widths[item as usize]);
        let ruler = ruler(&axis, &zone, false, &mut |text| 6.5 * text.len() as f32);
        times.push(ms(clock));
        assert!(!ruler.ticks.is_empty());
        most_marks = most_marks.max(frame.marks.len());
        most_columns = most_columns.max(frame.density.len());
        most_labels = most_labels.max(
            frame
                .marks
                .iter()
                .filter(|mark| mark.label.is_some())
                .count(),
        );
    }
    let (median, p99, max) = support::percentiles(times);
    println!(
        "{count:>9} {build_ms:>9.1} {bytes:>9.1} {filter_ms:>9.1} {median:>9.3} {p99:>9.3} {max:>9.3} {map_ms:>8.2} {most_marks:>7} {most_columns:>7} {most_labels:>7}"
    );
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

fn ms(clock: Instant) -> f64 {
    clock.elapsed().as_secs_f64() * 1_000.0
}
