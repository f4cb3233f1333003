//! Frames as pictures made of text, and what one sees when they follow each other.

use super::*;
use crate::timeline::hit::{Hit, hit};
use egui::emath::pos2;

#[test]
fn a_chronicle_at_three_zooms() {
    let mut stage = chronicle();
    let mut text = stage.drawn(&stage.fresh());
    for (from, to) in [("2025-01-15", "2025-04-10"), ("2025-03-17", "2025-03-21")] {
        stage.view = range(from, to);
        writeln!(text, "{from} to {to}").unwrap();
        text += &stage.drawn(&stage.fresh());
    }
    stage.tree.set_collapsed(0, true);
    writeln!(text, "closed").unwrap();
    text += &stage.drawn(&stage.fresh());
    insta::assert_snapshot!(text);
}

#[test]
fn every_kind_of_date_in_one_lane_each() {
    let dates = [
        "2025-03-18T10:00Z",
        "2025-03",
        "2025-03~",
        "2025-02/2025-04",
        "2025-03/..",
        "../2025-03",
        "2025-03/",
        "/2025-03",
        "[2025-02,2025-04]",
        "[..2025-03-01]",
        "[2025-03-01..]",
        "2025-21",
        "2025?",
    ];
    let entries: Vec<Entry> = (0..)
        .zip(dates)
        .map(|(lane, date)| dated(date, lane, 1))
        .collect();
    let mut stage = Stage::new(
        &entries,
        &dates
            .map(|date| date.split('/').collect::<Vec<_>>().join(".."))
            .each_ref()
            .map(String::as_str),
    );
    stage.titles = dates.map(str::to_owned).to_vec();
    stage.view = range("2025-01-01", "2025-06-30");
    stage.metrics.min_rows = 1;
    stage.height_px = 900.0;
    insta::assert_snapshot!(stage.drawn(&stage.fresh()));
}

#[test]
fn crowds_become_clusters_and_then_density() {
    let day = 86_400_000;
    // A burst, a loose hundred, a dense stretch.
    let mut entries: Vec<Entry> = (0..5)
        .map(|at| moment(50 * day + at * 3_600_000, 0))
        .collect();
    entries.extend((0..12).map(|at| moment((100 + at * 40) * day, 0)));
    entries.extend((0..4_000).map(|at| moment(700 * day + at * day / 20, 0)));
    entries[3].weight = 9;
    entries.push(bar(600 * day, 960 * day, 0));
    let mut stage = Stage::new(&entries, &["Lane"]);
    stage.titles[3] = "the important one".to_owned();
    let mut text = stage.drawn(&stage.fresh());
    stage.view = View::fit(40 * day..60 * day, WIDTH_PX, 0.0);
    text += &stage.drawn(&stage.fresh());
    insta::assert_snapshot!(text);
}

#[test]
fn overtaken_events_are_joined_to_what_overtook_them() {
    let mut stage = chronicle();
    let mut entries = vec![dated("2025-03-18", 0, 1), dated("2025-03-23", 0, 1)];
    entries[0].look.superseded = true;
    stage.index = Index::build(&entries, 1);
    stage.tree = LaneTree::new(["Lane"]);
    stage.view = range("2025-03-10", "2025-04-01");
    stage.supersessions = vec![(0, 1)];
    let frame = stage.fresh();
    let [link] = frame.links[..] else {
        panic!("{:?}", frame.links)
    };
    assert_eq!(frame.marks[link.overtaken as usize].item, 0);
    assert_eq!(frame.marks[link.by as usize].item, 1);
}

#[test]
fn a_long_bar_keeps_its_title_at_the_left_edge() {
    let mut stage = chronicle();
    stage.view = range("2024-01-01", "2025-06-01");
    let frame = stage.fresh();
    let war = frame.marks.iter().find(|mark| mark.item == 2).unwrap();
    let label = war.label.unwrap();
    assert!(label.sticky && !label.elided && label.x < 10.0 && label.x >= 0.0);
    assert!(war.rect.min.x < 0.0 && war.rect.max.x > WIDTH_PX as f32);
}

#[test]
fn panning_moves_no_mark_to_another_row() {
    let mut stage = generated(3_000, 4);
    for zoom in [1.0, 40.0, 400.0] {
        stage.view = Stage::new(&[moment(0, 0), moment(380_000_000_000, 0)], &["x"])
            .view
            .zoom_at(400.0, zoom);
        let mut layout = Layout::new();
        let mut before = stage.frame(&mut layout);
        let mut moved = 0;
        let mut seen = 0;
        for _ in 0..150 {
            stage.view = stage.view.pan(23.0);
            let frame = stage.frame(&mut layout);
            for mark in &frame.marks {
                if let Some(old) = before.marks.iter().find(|old| old.item == mark.item) {
                    seen += 1;
                    moved += i32::from((old.row, old.lane) != (mark.row, mark.lane));
                }
            }
            before = frame;
        }
        assert_eq!(moved, 0, "of {seen} at zoom {zoom}");
    }
}

#[test]
fn zooming_seldom_moves_a_mark() {
    let mut stage = generated(400, 4);
    let mut layout = Layout::new();
    let mut before = stage.frame(&mut layout);
    let (mut moved, mut seen) = (0, 0);
    for _ in 0..120 {
        stage.view = stage.view.zoom_at(300.0, 1.05);
        let frame = stage.frame(&mut layout);
        for mark in &frame.marks {
            if let Some(old) = before.marks.iter().find(|old| old.item == mark.item) {
                seen += 1;
                moved += i32::from(old.row != mark.row);
            }
        }
        before = frame;
    }
    assert!(seen > 1_000 && moved * 100 < seen, "{moved} of {seen}");
}

#[test]
fn clusters_tell_their_items_and_the_pointer_finds_them() {
    let entries: Vec<Entry> = (0..3)
        .map(|at| moment(at * 1_000, 0))
        .chain([moment(90_000_000, 0)])
        .collect();
    let stage = Stage::new(&entries, &["Lane"]);
    let mut layout = Layout::new();
    let frame = stage.frame(&mut layout);
    let [cluster] = frame.clusters[..] else {
        panic!("{:?}", frame.clusters)
    };
    assert_eq!((cluster.count, cluster.top_item), (3, 0));
    assert_eq!(layout.cluster_items(&stage.index, &frame, 0, 10), [0, 1, 2]);
    assert_eq!(layout.cluster_items(&stage.index, &frame, 0, 2), [0, 1]);
    assert!(layout.cluster_items(&stage.index, &frame, 7, 2).is_empty());
    assert_eq!(layout.cluster_of(&stage.index, &frame, 1), Some(0));
    assert_eq!(layout.cluster_of(&stage.index, &frame, 3), None);

    assert_eq!(hit(&frame, cluster.rect.center(), 2.0), Hit::Cluster(0));
    assert_eq!(hit(&frame, frame.marks[0].rect.center(), 2.0), Hit::Mark(0));
    assert_eq!(
        hit(&frame, pos2(400.0, frame.lanes[0].y.max - 1.0), 2.0),
        Hit::Lane(0)
    );
    assert_eq!(hit(&frame, pos2(400.0, 390.0), 2.0), Hit::Nothing);
}

#[test]
fn lanes_nest_close_hide_and_move() {
    let mut stage = chronicle();
    let names = |stage: &Stage| -> Vec<(String, LaneKind)> {
        let frame = stage.fresh();
        frame
            .lanes
            .iter()
            .map(|lane| (stage.tree.path(lane.node), lane.kind))
            .collect()
    };
    let shown = |list: &[(&str, LaneKind)]| -> Vec<(String, LaneKind)> {
        list.iter()
            .map(|&(name, kind)| (name.to_owned(), kind))
            .collect()
    };
    let (minsk, war, washington) = (
        "Diplomacy/Minsk and Istanbul",
        "War",
        "Diplomacy/Washington and Moscow",
    );
    let group = 0;
    assert_eq!(
        names(&stage),
        shown(&[
            ("Diplomacy", LaneKind::Heading),
            (minsk, LaneKind::Lane),
            (washington, LaneKind::Lane),
            (war, LaneKind::Lane)
        ])
    );
    let war_node = stage.tree.node_of_lane(1).unwrap();
    assert!(stage.tree.move_before(war_node, Some(group)));
    assert!(
        !stage.tree.move_before(war_node, stage.tree.node_of_lane(0)),
        "a lane stays in its group"
    );
    stage.tree.set_collapsed(group, true);
    assert_eq!(
        names(&stage),
        shown(&[(war, LaneKind::Lane), ("Diplomacy", LaneKind::Collapsed)])
    );
    assert_eq!(stage.tree.shown_node(0), Some(group));
    assert_eq!(stage.fresh().counts.in_view, 11);
    stage.tree.set_hidden(war_node, true);
    assert_eq!(names(&stage), shown(&[("Diplomacy", LaneKind::Collapsed)]));
    assert_eq!(stage.fresh().counts.dated, 8);
    assert_eq!(stage.tree.shown_node(1), None);
    assert_eq!(stage.tree.shown_lanes(), [0, 2]);
}

#[test]
fn a_large_closed_group_shows_what_it_is_handed_in() {
    let entries: Vec<Entry> = (0..6_000)
        .map(|at| moment(at * 1_000, (at % 2) as u32))
        .collect();
    let mut stage = Stage::new(&entries, &["Group/A", "Group/B"]);
    stage.tree.set_collapsed(0, true);
    let mut layout = Layout::new();
    let waiting = stage.frame(&mut layout);
    assert_eq!(waiting.lanes.len(), 1);
    assert_eq!(waiting.counts.hidden, 6_000, "nothing is made up meanwhile");
    let lanes = stage.tree.lanes_within(0);
    let merged = std::sync::Arc::new(stage.index.merged(&lanes));
    stage.merged.insert(0, (lanes, merged));
    let frame = stage.frame(&mut layout);
    assert_eq!(frame.counts.hidden, 0);
    assert_eq!(frame.counts.clustered + frame.counts.in_density, 6_000);
    // Another lane within makes another group.
    stage.tree.set_hidden(1, true);
    assert_eq!(stage.frame(&mut layout).counts.placed, 0);
}

#[test]
fn what_goes_on_beyond_a_dense_stretch_is_shown_there() {
    // Five thousand bars that begin within a million seconds and last half as long, then a few on their own.
    let mut entries: Vec<Entry> = (0..5_000)
        .map(|at| bar(at * 200_000, at * 200_000 + 500_000_000, 0))
        .collect();
    entries.extend((0..3).map(|at| {
        bar(
            1_200_000_000 + at * 50_000_000,
            1_240_000_000 + at * 50_000_000,
            0,
        )
    }));
    let mut stage = Stage::new(&entries, &["Lane"]);
    stage.view = View::new(-200_000_000..1_800_000_000, WIDTH_PX);
    let frame = stage.fresh();
    let axis = Axis::new(stage.view, &stage.gaps);
    let end_px = axis.x_from_ms(1_499_800_000) as f32;
    let last = frame.density.last().expect("it goes on");
    assert!((last.x.max - end_px).abs() < 4.0, "{last:?} {end_px}");
    // It agrees with the overview, column by column.
    let overview = minimap::density(&stage.index, &[0], &axis, 1.0);
    for (count, x) in overview.into_iter().zip(0_u16..) {
        let x = f32::from(x) + 0.5;
        let is_shown = frame.density.iter().any(|column| column.x.contains(x))
            || frame
                .marks
                .iter()
                .any(|mark| mark.rect.x_range().contains(x));
        let is_edge = (end_px - x).abs() < 3.0 || (axis.x_from_ms(0) as f32 - x).abs() < 3.0;
        assert!(is_edge || is_shown == (count > 0), "{count} at {x}");
    }
    // Beyond the stretch nothing begins, and less and less goes on.
    let beyond = axis.x_from_ms(1_000_000_000) as f32 + 2.0;
    let beyond: Vec<_> = (frame.density.iter())
        .filter(|column| column.x.min > beyond)
        .collect();
    assert!(beyond.len() > 20);
    assert!(
        beyond
            .iter()
            .all(|column| column.is_beyond && column.begun_level == 0.0)
    );
    assert!(beyond.is_sorted_by(|a, b| a.level >= b.level));
}

#[test]
fn a_burst_stands_out_where_every_column_is_full() {
    let mut entries: Vec<Entry> = (0..20_000)
        .map(|at| bar(at * 50_000, at * 50_000 + 200_000_000, 0))
        .collect();
    entries.extend((0..300).map(|at| moment(600_000_000 + at * 1_000, 0)));
    let mut stage = Stage::new(&entries, &["Lane"]);
    stage.view = View::new(300_000_000..900_000_000, WIDTH_PX);
    let frame = stage.fresh();
    assert_eq!(
        frame.counts.hidden, 0,
        "what began before the window stands in the columns"
    );
    let burst_px = Axis::new(stage.view, &stage.gaps).x_from_ms(600_100_000) as f32;
    let burst = frame
        .density
        .iter()
        .find(|column| column.x.contains(burst_px))
        .expect("a column");
    let others = frame
        .density
        .iter()
        .filter(|column| !column.x.contains(burst_px));
    let most = others.map(|column| column.begun_level).fold(0.0, f32::max);
    assert!(
        burst.begun_level > 1.5 * most,
        "{} beside {most}",
        burst.begun_level
    );
    assert!(frame.density.iter().all(|column| column.level > 0.5));
}
