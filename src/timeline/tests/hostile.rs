//! Data that would bring a careless timeline down.

use super::*;
use std::time::{Duration, Instant as Clock};

/// Tours a stage, and holds each frame to a generous limit; debug builds are slow.
fn tour(stage: &mut Stage) {
    let mut layout = Layout::new();
    let whole = stage.view;
    for factor in [1.0, 2.0, 9.0, 1.0e3, 1.0e6, 1.0e12] {
        for x in [1.0, 400.0, 799.0] {
            stage.view = whole.zoom_at(x, factor).pan(5.0);
            let clock = Clock::now();
            let frame = stage.frame(&mut layout);
            assert!(clock.elapsed() < Duration::from_secs(2), "{factor} {x}");
            let counts = frame.counts;
            assert_eq!(
                counts.in_view,
                counts.placed + counts.clustered + counts.in_density + counts.hidden
            );
            assert!(frame.marks.len() <= 4_000 && frame.density.len() <= 20_000);
            assert!(frame.marks.iter().all(|mark| mark.rect.is_finite()));
        }
    }
    stage.view = whole;
}

#[test]
fn a_million_events_at_one_instant() {
    let entries = vec![moment(5_000, 0); 1_000_000];
    let mut stage = Stage::new(&entries, &["Lane"]);
    let frame = stage.fresh();
    let counts: Vec<u32> = frame.clusters.iter().map(|cluster| cluster.count).collect();
    assert_eq!(counts, [1_000_000]);
    assert_eq!(frame.clusters[0].top_item, 0);
    tour(&mut stage);
}

#[test]
fn as_many_endless_events_as_one_likes() {
    let entries: Vec<Entry> = (0..50_000)
        .map(|at| bar(at, 1_000_000_000 - at, 0))
        .collect();
    let mut stage = Stage::new(&entries, &["Lane"]);
    stage.view = View::new(400_000_000..500_000_000, WIDTH_PX);
    let frame = stage.fresh();
    assert_eq!(frame.counts.in_view, 50_000);
    assert_eq!(frame.counts.placed, u32::from(frame.lanes[0].row_count));
    tour(&mut stage);
}

#[test]
fn events_ages_apart_and_a_second_beside_a_millennium() {
    let year = 31_556_952_000_i64;
    let mut stage = Stage::new(
        &[
            moment(-200_000_000 * year, 0),
            moment(0, 0),
            bar(0, 1_000, 1),
            bar(-500 * year, 500 * year, 1),
        ],
        &["Ages", "Second"],
    );
    let frame = stage.fresh();
    assert_eq!(frame.counts.hidden, 0);
    tour(&mut stage);
    // Down to the second: it fills the window, and the millennium goes through behind it.
    stage.view = View::new(0..1_000, WIDTH_PX);
    let frame = stage.fresh();
    let second = frame.marks.iter().find(|mark| mark.item == 2).unwrap();
    assert!(
        (second.rect.width() - WIDTH_PX as f32).abs() < 2.0,
        "{:?}",
        second.rect
    );
    assert_eq!(frame.counts.placed, 3);
}

#[test]
fn five_thousand_lanes() {
    let entries: Vec<Entry> = (0..20_000)
        .map(|at| moment(i64::from(at) * 977_777 % 9_000_000_000, at % 5_000))
        .collect();
    let names: Vec<String> = (0..5_000)
        .map(|lane| format!("Group {}/Lane {lane}", lane % 7))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut stage = Stage::new(&entries, &names);
    let mut layout = Layout::new();
    let frame = stage.frame(&mut layout);
    assert!(
        frame.lanes.len() < 20,
        "only lanes in view are laid out: {}",
        frame.lanes.len()
    );
    assert!(frame.content_height_px > 100_000.0);
    stage.scroll_px = frame.content_height_px - stage.height_px;
    let end = stage.frame(&mut layout);
    let last = end.lanes.last().unwrap();
    assert_eq!(stage.tree.path(last.node), "Group 6/Lane 4997");
    assert!((last.y.max - stage.height_px).abs() < 1.0);
    assert_eq!(
        layout.scroll_to(0, stage.scroll_px, stage.height_px),
        Some(0.0)
    );
    tour(&mut stage);
    for group in 0..7 {
        let node = stage
            .tree
            .node_of_lane(group)
            .and_then(|node| stage.tree.node(node)?.parent)
            .unwrap();
        stage.tree.set_collapsed(node, true);
    }
    let closed = stage.fresh();
    assert_eq!((closed.lanes.len(), closed.scroll_px), (7, 0.0));
}

#[test]
fn titles_of_any_width() {
    let entries: Vec<Entry> = (0..40).map(|at| moment(at * 1_000, 0)).collect();
    for width in [0.0, 80_000.0, f32::INFINITY, f32::NAN, -5.0] {
        let stage = Stage::new(&entries, &["Lane"]);
        let scene = stage.scene();
        let frame = Layout::new().frame(&scene, &mut |_| width);
        assert_eq!(frame.counts.placed, 40, "{width}");
        let widths = frame.marks.iter().filter_map(|mark| mark.label);
        assert!(
            widths
                .into_iter()
                .all(|label| label.width_px <= stage.metrics.max_label_px)
        );
    }
}

#[test]
fn nothing_and_nothing_dated() {
    let undated = Entry {
        start_ms: None,
        end_ms: None,
        ..moment(0, 0)
    };
    for (entries, lanes) in [
        (vec![], vec![]),
        (vec![], vec!["Lane"]),
        (vec![undated; 3], vec!["Lane"]),
    ] {
        let mut stage = Stage::new(&entries, &lanes);
        let frame = stage.fresh();
        assert_eq!(frame.counts.undated as usize, entries.len());
        assert_eq!(
            (frame.counts.dated, frame.marks.len(), frame.lanes.len()),
            (0, 0, lanes.len())
        );
        tour(&mut stage);
    }
}
