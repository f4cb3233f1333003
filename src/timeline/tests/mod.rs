//! Whole frames: as pictures made of text, by their properties, and on hostile data.

mod hostile;
mod pictures;
mod promises;
mod rows;

use super::*;
use crate::date::{Date, Instant, Zone};
use std::fmt::Write as _;
use std::sync::Arc;

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
    merged: MergedLanes,
    rows: LaneRows,
    placed: Option<Arc<PlacedRows>>,
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
            merged: MergedLanes::new(),
            rows: LaneRows::default(),
            placed: None,
            index,
        }
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            index: &self.index,
            tree: &self.tree,
            axis: Axis::new(self.view, &self.gaps),
            height_px: self.height_px,
            scroll_px: self.scroll_px,
            metrics: &self.metrics,
            supersessions: &self.supersessions,
            merged: &self.merged,
            rows: &self.rows,
            placed: self.placed.as_ref(),
        }
    }

    fn frame(&self, layout: &mut Layout) -> Frame {
        layout.frame(&self.scene(), &mut |item| self.title_px(item))
    }

    fn title_px(&self, item: u32) -> f32 {
        let title = self.titles.get(item as usize).map_or("", String::as_str);
        CHAR_PX * title.chars().count() as f32
    }

    /// What another thread would answer to a frame that leaves something to be done.
    fn place(&self, frame: &Frame) -> Option<Arc<PlacedRows>> {
        let due = frame.due.as_ref()?;
        let placed = due.place(&self.index, &mut |item| self.title_px(item));
        Some(Arc::new(placed))
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
