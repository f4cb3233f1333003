//! Whole frames: as pictures made of text, by their properties, and on hostile data.

use super::hit::{Hit, hit};
use super::*;
use crate::date::{Date, Instant, Zone};
use egui::emath::pos2;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::time::{Duration, Instant as Clock};

const WIDTH_PX: f64 = 800.0;

/// Pixels a character of a picture.
const CHAR_PX: f32 = 8.0;

struct Stage {
    index: Index,
    tree: LaneTree,
    titles: Vec<String>,
    gaps: Gaps,
    metrics: Metrics,
    view: View,
    height_px: f32,
    scroll_px: f32,
    supersessions: Vec<(u32, u32)>,
}

impl Stage {
    fn new(entries: &[Entry], lanes: &[&str]) -> Self {
        let index = Index::build(entries, lanes.len());
        let span = index.span().unwrap_or(Instant(0)..Instant(0));
        Self {
            titles: (0..entries.len())
                .map(|item| format!("event {item}"))
                .collect(),
            tree: LaneTree::new(lanes),
            gaps: Gaps::NONE,
            metrics: Metrics::default(),
            view: View::fit(span.start.0..span.end.0, WIDTH_PX, 40.0),
            height_px: 400.0,
            scroll_px: 0.0,
            supersessions: Vec::new(),
            index,
        }
    }

    fn frame(&self, layout: &mut Layout) -> Frame {
        let scene = Scene {
            index: &self.index,
            tree: &self.tree,
            axis: Axis::new(self.view, &self.gaps),
            height_px: self.height_px,
            scroll_px: self.scroll_px,
            metrics: &self.metrics,
            supersessions: &self.supersessions,
        };
        let width = |item: u32| {
            let title = self.titles.get(item as usize).map_or("", String::as_str);
            CHAR_PX * title.chars().count() as f32
        };
        layout.frame(&scene, &mut { width })
    }

    fn fresh(&self) -> Frame {
        self.frame(&mut Layout::new())
    }

    /// The frame as text: a line for each lane's name and each row.
    fn drawn(&self, frame: &Frame) -> String {
        let mut text = String::new();
        for (lane, number) in frame.lanes.iter().zip(0_u32..) {
            let name = self
                .tree
                .node(lane.node)
                .map_or("", |node| node.name.as_str());
            let indent = "  ".repeat(usize::from(lane.depth));
            let counts = lane.counts;
            let kind = match lane.kind {
                LaneKind::Lane => "",
                LaneKind::Heading => " (open)",
                LaneKind::Collapsed => " (closed)",
            };
            write!(text, "{indent}{name}{kind}").unwrap();
            if counts.hidden > 0 {
                write!(text, " +{}", counts.hidden).unwrap();
            }
            text.push('\n');
            let mut rows = vec![
                vec![' '; (WIDTH_PX / f64::from(CHAR_PX)) as usize];
                usize::from(lane.row_count)
            ];
            let mut put = |row: u16, x: f32, width: f32, what: &str| {
                let room = (width / CHAR_PX).round() as usize;
                for (at, char) in (0..room).zip(what.chars()) {
                    let column = (x / CHAR_PX).round() + at as f32;
                    if let Some(cell) = rows
                        .get_mut(usize::from(row))
                        .and_then(|row| row.get_mut(column as usize))
                        .filter(|_| column >= 0.0)
                    {
                        *cell = char;
                    }
                }
            };
            let range = lane.density.start as usize..lane.density.end as usize;
            for column in &frame.density[range] {
                let level = (column.level * 9.0).round() as u32;
                let digit = char::from_digit(level, 10).unwrap_or('?').to_string();
                let columns = (column.x.span() / CHAR_PX).ceil() as usize;
                put(
                    lane.row_count - 1,
                    column.x.min,
                    f32::INFINITY,
                    &digit.repeat(columns),
                );
            }
            for mark in frame.marks.iter().filter(|mark| mark.lane == number) {
                let rect = mark.rect;
                match mark.shape.body {
                    Body::Point => put(mark.row, rect.center().x - 4.0, CHAR_PX, "*"),
                    _ => {
                        let fill = match mark.shape.body {
                            Body::Unit => "-",
                            Body::OneOf => "?",
                            _ => "=",
                        };
                        let length = (rect.width() / CHAR_PX).round().max(1.0) as usize;
                        put(mark.row, rect.min.x, f32::INFINITY, &fill.repeat(length));
                        for (edge, x) in [
                            (mark.shape.left, rect.min.x),
                            (mark.shape.right, rect.max.x - CHAR_PX),
                        ] {
                            let sign = match edge {
                                Edge::Sharp => "|",
                                Edge::Soft => "~",
                                Edge::Open => ".",
                                Edge::Unknown => ":",
                                Edge::Beyond => ">",
                            };
                            put(mark.row, x, CHAR_PX, sign);
                        }
                    }
                }
                if let Some(label) = mark.label {
                    put(
                        mark.row,
                        label.x,
                        label.width_px,
                        &self.titles[mark.item as usize],
                    );
                }
            }
            for cluster in frame
                .clusters
                .iter()
                .filter(|cluster| cluster.lane == number)
            {
                put(
                    cluster.row,
                    cluster.rect.min.x,
                    f32::INFINITY,
                    &format!("({})", cluster.count),
                );
                if let Some(label) = cluster.label {
                    put(
                        cluster.row,
                        label.x,
                        label.width_px,
                        &self.titles[cluster.top_item as usize],
                    );
                }
            }
            for row in rows {
                let row: String = row.into_iter().collect();
                writeln!(text, "{indent}  {}", row.trim_end()).unwrap();
            }
        }
        let counts = frame.counts;
        writeln!(
            text,
            "in view {} of {}: {} placed, {} in clusters, {} in density, {} hidden; {} undated\n",
            counts.in_view,
            counts.dated,
            counts.placed,
            counts.clustered,
            counts.in_density,
            counts.hidden,
            counts.undated
        )
        .unwrap();
        text
    }
}

fn dated(date: &str, lane: u32, weight: u16) -> Entry {
    let date = Date::parse(date, Some(&Zone::utc())).unwrap();
    Entry {
        start_ms: date.earliest().map(|instant| instant.0),
        end_ms: date.latest().map(|instant| instant.0),
        lane,
        weight,
        look: Look::from_date(&date, StatusLook::Occurred),
    }
}

fn moment(start_ms: i64, lane: u32) -> Entry {
    bar(start_ms, start_ms + 1, lane)
}

fn bar(start_ms: i64, end_ms: i64, lane: u32) -> Entry {
    let form = if end_ms == start_ms + 1 {
        crate::date::Form::Single
    } else {
        crate::date::Form::Range
    };
    Entry {
        start_ms: Some(start_ms),
        end_ms: Some(end_ms),
        lane,
        weight: 1,
        look: Look {
            form,
            ..Look::default()
        },
    }
}

/// The shipped matter in small: years beside minutes.
fn chronicle() -> Stage {
    let events = [
        ("2014-09-05", "Minsk Protocol", 0, 1),
        ("2015-02-12", "Minsk II package", 0, 1),
        ("2022-02-24/..", "Full-scale invasion of Ukraine", 1, 9),
        ("2022-03-29", "Talks in Istanbul", 0, 1),
        ("2022-07-22/2023-07-17", "Black Sea Grain Initiative", 1, 2),
        ("2025-02-12", "First announced call of the year", 2, 1),
        ("2025-02-18", "Delegations meet in Riyadh", 2, 1),
        ("2025-03-11", "Jeddah: ready to accept a ceasefire", 2, 3),
        (
            "2025-03-18T10:00-04:00",
            "Trump and Putin speak by telephone",
            2,
            8,
        ),
        ("2025-03-19", "Prisoner exchange", 1, 2),
        ("2025-03-23/2025-03-25", "Technical talks in Riyadh", 2, 2),
    ];
    let entries: Vec<Entry> = events
        .iter()
        .map(|&(date, _, lane, weight)| dated(date, lane, weight))
        .collect();
    let mut stage = Stage::new(
        &entries,
        &[
            "Diplomacy/Minsk and Istanbul",
            "War",
            "Diplomacy/Washington and Moscow",
        ],
    );
    stage.titles = events.iter().map(|event| event.1.to_owned()).collect();
    stage
}

fn range(from: &str, to: &str) -> View {
    let start = |text: &str| dated(text, 0, 0).start_ms.unwrap();
    View::fit(start(from)..start(to), WIDTH_PX, 0.0)
}

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

/// A spread like that of the benchmarks: some instants, some ranges of up to 400 days, over twelve years.
fn generated(count: u32, lanes: u32) -> Stage {
    let day = 86_400_000_i64;
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let entries: Vec<Entry> = (0..count)
        .map(|_| {
            let start = random(12 * 365 * 24 * 60) as i64 * 60_000;
            let end = match random(10) {
                ..3 => start + (1 + random(400)) as i64 * day,
                _ => start + 60_000,
            };
            let mut entry = bar(start, end, random(u64::from(lanes)) as u32);
            if end == start + 60_000 {
                entry.look.form = crate::date::Form::Single;
            }
            Entry {
                weight: random(6) as u16,
                ..entry
            }
        })
        .collect();
    let names: Vec<String> = (0..lanes).map(|lane| format!("Lane {lane}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut stage = Stage::new(&entries, &names);
    stage.titles = (0..count)
        .map(|item| "word ".repeat(5 + item as usize % 5))
        .collect();
    stage
}

/// What must hold of any frame.
fn check(stage: &Stage, frame: &Frame) -> Result<(), TestCaseError> {
    let axis = Axis::new(stage.view, &stage.gaps);
    let seen = axis.visible();
    let counts = frame.counts;
    prop_assert_eq!(
        counts.in_view,
        counts.placed + counts.clustered + counts.in_density + counts.hidden
    );
    let shown = stage.tree.shown_lanes();
    let in_view = |lane: &&u32| {
        let lane = stage.index.lane(**lane).unwrap();
        (0..lane.len())
            .filter_map(|at| lane.get(at))
            .filter(|event| event.start_ms < seen.end.0 && event.end_ms > seen.start.0)
            .count()
    };
    let expected: usize = shown.iter().map(|lane| in_view(&lane)).sum();
    prop_assert_eq!(counts.in_view as usize, expected);
    let mut items: Vec<u32> = frame.marks.iter().map(|mark| mark.item).collect();
    items.sort_unstable();
    items.dedup();
    prop_assert_eq!(items.len(), frame.marks.len(), "an event drawn twice");

    for (lane, number) in frame.lanes.iter().zip(0_u32..) {
        let lane_counts = lane.counts;
        prop_assert_eq!(
            lane_counts.in_view,
            lane_counts.placed
                + lane_counts.clustered
                + lane_counts.in_density
                + lane_counts.hidden
        );
        for row in 0..lane.row_count {
            // Left and right of marks and titles on this row.
            let marks = frame
                .marks
                .iter()
                .filter(|mark| mark.lane == number && mark.row == row);
            let clusters = frame
                .clusters
                .iter()
                .filter(|cluster| cluster.lane == number && cluster.row == row);
            let mut taken: Vec<(f32, f32)> = marks
                .map(|mark| (mark.rect, mark.label))
                .chain(clusters.map(|cluster| (cluster.rect, cluster.label)))
                .map(|(rect, label)| {
                    (
                        rect.min.x,
                        label.map_or(rect.max.x, |label| rect.max.x.max(label.x + label.width_px)),
                    )
                })
                .collect();
            taken.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in taken.windows(2) {
                // Held to a little outside the window, far ends may meet.
                let is_inside = pair[1].0 > -100.0 && pair[0].1 < WIDTH_PX as f32 + 100.0;
                prop_assert!(!is_inside || pair[0].1 <= pair[1].0 + 0.1, "{:?}", pair);
            }
        }
        let density = &frame.density[lane.density.start as usize..lane.density.end as usize];
        prop_assert!(density.len() <= WIDTH_PX as usize + 2);
        prop_assert!(
            density
                .windows(2)
                .all(|pair| pair[0].x.max <= pair[1].x.min)
        );
        prop_assert!(
            density
                .iter()
                .all(|column| column.level > 0.0 && column.level <= 1.0)
        );
    }
    Ok(())
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let forms = prop_oneof![
        Just(crate::date::Form::Single),
        Just(crate::date::Form::Range),
        Just(crate::date::Form::OpenEnd),
        Just(crate::date::Form::OpenStart),
        Just(crate::date::Form::UnknownEnd),
        Just(crate::date::Form::Before),
    ];
    let bound = || prop::option::weighted(0.9, 0_i64..100_000);
    let entry = (
        bound(),
        prop_oneof![Just(1), 1_i64..50_000],
        0_u32..3,
        0_u16..4,
        forms,
    )
        .prop_map(|(start_ms, length, lane, weight, form)| Entry {
            start_ms,
            end_ms: start_ms.map_or(Some(length), |start| {
                (length % 7 > 0).then_some(start + length)
            }),
            lane,
            weight,
            look: Look {
                form,
                ..Look::default()
            },
        });
    prop_oneof![
        prop::collection::vec(entry.clone(), 0..60),
        prop::collection::vec(entry, 400..2_500)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn frames_hold_what_they_promise(
        entries in entries(),
        steps in prop::collection::vec((-700.0..700.0_f64, 0.0..800.0_f64, 0.4..2.5_f64), 1..8),
        height_px in 60.0..500.0_f32,
        with_gaps in any::<bool>(),
    ) {
        let mut stage = Stage::new(&entries, &["A/B", "A", "C"]);
        stage.height_px = height_px;
        if with_gaps {
            stage.gaps = Gaps::collapse([20_000..50_000, 60_000..61_000], 500);
        }
        let mut layout = Layout::new();
        check(&stage, &stage.frame(&mut layout))?;
        for (pan, x, zoom) in steps {
            stage.view = stage.view.pan(pan);
            check(&stage, &stage.frame(&mut layout))?;
            stage.view = stage.view.zoom_at(x, zoom).keep_near(0..100_000);
            check(&stage, &stage.frame(&mut layout))?;
        }
        stage.tree.set_collapsed(0, true);
        check(&stage, &stage.frame(&mut layout))?;
    }
}

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
fn a_hundred_thousand_events_at_one_instant() {
    let entries = vec![moment(5_000, 0); 100_000];
    let mut stage = Stage::new(&entries, &["Lane"]);
    let frame = stage.fresh();
    let counts: Vec<u32> = frame.clusters.iter().map(|cluster| cluster.count).collect();
    assert_eq!(counts, [100_000]);
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
        let scene = Scene {
            index: &stage.index,
            tree: &stage.tree,
            axis: Axis::new(stage.view, &stage.gaps),
            height_px: stage.height_px,
            scroll_px: 0.0,
            metrics: &stage.metrics,
            supersessions: &[],
        };
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
