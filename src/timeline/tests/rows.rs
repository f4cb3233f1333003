//! Which rows a frame computes, which it leaves to another thread, and how much it ever computes.

use super::*;
use std::collections::HashMap;

/// Six lanes with a moment every five pixels: as much as may be drawn on its own.
fn busy() -> Stage {
    let entries: Vec<Entry> = (0..12_000)
        .map(|at| moment(i64::from(at / 6) * 5_000, at % 6))
        .collect();
    let mut stage = Stage::new(&entries, &["A", "B", "C", "D", "E", "F"]);
    stage.height_px = 900.0;
    stage.view = View::new(4_000_000..4_800_000, WIDTH_PX);
    stage
}

fn rows(frame: &Frame) -> HashMap<u32, u16> {
    let marks = frame.marks.iter();
    marks.map(|mark| (mark.item, mark.row)).collect()
}

#[test]
fn little_work_is_done_at_once() {
    let mut stage = busy();
    stage.view = stage.view.zoom_at(400.0, 10.0);
    let mut layout = Layout::new();
    stage.frame(&mut layout);
    assert_eq!(
        stage.frame(&mut layout).placed_anew,
        0,
        "nothing has changed"
    );
    stage.view = stage.view.zoom_at(400.0, 1.45);
    let frame = stage.frame(&mut layout);
    assert!(frame.due.is_none());
    assert!(
        (1..500).contains(&frame.placed_anew),
        "{}",
        frame.placed_anew
    );
}

#[test]
fn long_work_is_left_to_another_thread_and_taken_up_when_it_is_done() {
    let mut stage = busy();
    let mut layout = Layout::new();
    let before = stage.frame(&mut layout);
    assert!(before.due.is_none(), "a first frame is complete");
    stage.view = stage.view.zoom_at(400.0, 1.45);
    // However long it takes, the marks stand in the rows that they had.
    for _ in 0..3 {
        let waiting = stage.frame(&mut layout);
        assert!(waiting.due.is_some());
        assert_eq!(waiting.placed_anew, 0);
        let (was, is) = (rows(&before), rows(&waiting));
        assert!(is.len() > 300, "the window is full: {}", is.len());
        assert!(
            is.iter()
                .all(|(item, row)| was.get(item).is_none_or(|was| was == row))
        );
    }
    let waiting = stage.frame(&mut layout);
    stage.placed = stage.place(&waiting);
    let settled = stage.frame(&mut layout);
    assert!(settled.due.is_none());
    assert_eq!(settled.placed_anew, 0, "the work was not done twice");
    // Nothing jumps: what was in sight keeps its row.
    let (was, is) = (rows(&waiting), rows(&settled));
    let moved = is
        .iter()
        .filter(|(item, row)| was.get(item).is_some_and(|was| was != *row));
    assert_eq!(moved.count(), 0);
    // Then it rests, at the ends of time too.
    assert!(stage.frame(&mut layout).due.is_none());
    stage.view = View::new(i64::MIN..i64::MAX, WIDTH_PX);
    stage.frame(&mut layout);
    let rest = stage.frame(&mut layout);
    assert!(rest.due.is_none() && rest.placed_anew == 0);
}

#[test]
fn an_answer_that_comes_too_late_is_passed_over() {
    let mut stage = busy();
    let mut layout = Layout::new();
    let first = stage.frame(&mut layout);
    let whole = stage.view;
    stage.view = whole.zoom_at(400.0, 1.45);
    let asked = stage.frame(&mut layout);
    let late = stage.place(&asked);
    assert!(late.is_some());

    // Back where it was: what stands there is better.
    stage.view = whole;
    stage.placed.clone_from(&late);
    let back = stage.frame(&mut layout);
    assert_eq!(rows(&back), rows(&first));
    assert!(back.due.is_none());

    // Somewhere else: the frame does by itself what cannot wait.
    let mut elsewhere = layout.clone();
    stage.placed = None;
    stage.view = whole.zoom_at(400.0, 1.45).pan(6_000.0);
    let without = stage.frame(&mut elsewhere);
    assert!(without.placed_anew > 0 && without.due.is_none());
    stage.placed.clone_from(&late);
    assert_eq!(rows(&stage.frame(&mut elsewhere)), rows(&without));

    // Letters of another width: it is asked for anew.
    stage.placed = None;
    let mut other_font = layout.clone();
    stage.view = whole.zoom_at(400.0, 1.45);
    let asked = stage.frame(&mut other_font);
    let answer = stage.place(&asked);
    other_font.clear();
    stage.placed = answer;
    assert!(stage.frame(&mut other_font).placed_anew > 0);

    // Other events.
    stage.placed = None;
    let answer = stage.frame(&mut layout);
    let answer = stage.place(&answer);
    let entries: Vec<Entry> = (0..600).map(|at| moment(at * 20_000, 0)).collect();
    stage.index = Index::build(&entries, 6);
    stage.placed = answer;
    let frame = stage.frame(&mut layout);
    assert!(
        frame
            .marks
            .iter()
            .all(|mark| (mark.item as usize) < entries.len())
    );
}

#[test]
fn no_frame_places_more_than_a_window_holds() {
    /// Marks of all lanes in a window twice as wide as what is seen, bars that reach into it, clusters between them.
    const MOST_PLACED: usize = 5_000;
    let mut most = (0, 0);
    for (lanes, step_ms) in [(1, 700), (12, 700), (40, 90), (5_000, 11)] {
        let entries: Vec<Entry> = (0..150_000_u32)
            .map(|at| {
                let start = i64::from(at) * step_ms;
                match at % 3 {
                    0 => bar(start, start + i64::from(at % 977) * 40_000, at % lanes),
                    _ => moment(start, at % lanes),
                }
            })
            .collect();
        let names: Vec<String> = (0..lanes).map(|lane| format!("Lane {lane}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut stage = Stage::new(&entries, &names);
        stage.height_px = 1_200.0;
        let mut layout = Layout::new();
        let whole = stage.view;
        // In steps, so that rows are left to another thread that never answers; and by leaps, which cannot wait.
        let factors = (0..30)
            .map(|step| 1.3_f64.powi(step))
            .chain([1.0, 60.0, 7.0, 3_000.0, 400.0]);
        for factor in factors {
            for pan_px in [0.0, 300.0, 9_000.0] {
                stage.view = whole.zoom_at(400.0, factor).pan(pan_px);
                let mut measured = 0;
                let scene = stage.scene();
                let frame = layout.frame(&scene, &mut |_| {
                    measured += 1;
                    90.0
                });
                assert!(
                    frame.placed_anew < MOST_PLACED,
                    "{lanes} lanes: {}",
                    frame.placed_anew
                );
                assert!(measured < MOST_PLACED, "{lanes} lanes: {measured} titles");
                most = (most.0.max(frame.placed_anew), most.1.max(measured));
            }
        }
    }
    assert!(most.0 > 500, "the bound was tried: {most:?}");
}

#[test]
fn lanes_want_as_many_rows_beside_the_window_as_in_it() {
    let mut stage = chronicle();
    let within = stage.fresh();
    stage.rows = LaneRows::of(&stage.index, WIDTH_PX);
    let beside = stage.fresh();
    let heights = |frame: &Frame| -> Vec<_> { frame.lanes.iter().map(|lane| lane.y).collect() };
    assert_eq!(heights(&within), heights(&beside));
    // Of another width they stay as they are until the answer comes.
    let mut layout = Layout::new();
    stage.frame(&mut layout);
    stage.view = stage.view.with_width(300.0);
    assert_eq!(heights(&stage.frame(&mut layout)), heights(&beside));
    stage.rows = LaneRows::of(&stage.index, 300.0);
    assert_ne!(heights(&stage.frame(&mut layout)), heights(&beside));
}
