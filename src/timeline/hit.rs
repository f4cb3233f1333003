//! What lies under the pointer.

#![expect(
    clippy::indexing_slicing,
    reason = "positions come from a search in the same list"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "columns of the screen, and a limit that is not reached yet"
)]

use super::frame::{DensityColumn, Frame, LaneFrame, PlacedMark};
use super::index::{Index, Lane};
use crate::date::Instant;
use egui::emath::{Pos2, Rangef, Rect, vec2};

/// What lies under a position; places in the lists of the [`Frame`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    Mark(u32),
    Cluster(u32),
    Density(u32),
    /// The empty part of a lane.
    Lane(u32),
    Nothing,
}

/// What lies under a position, or no more than `slop_px` beside it. A title belongs to its mark. Marks come before clusters, and the nearest first.
pub fn hit(frame: &Frame, at: Pos2, slop_px: f32) -> Hit {
    let below = frame.lanes.partition_point(|lane| lane.y.max <= at.y);
    let Some((lane, number)) = frame
        .lanes
        .get(below)
        .filter(|lane| lane.y.contains(at.y))
        .zip(u32::try_from(below).ok())
    else {
        return Hit::Nothing;
    };
    let part = |range: &std::ops::Range<u32>| range.start as usize..range.end as usize;
    let slop = vec2(slop_px, slop_px);
    let nearest = |rects: &mut dyn Iterator<Item = (u32, Rect)>| {
        rects
            .filter(|(_, rect)| rect.expand2(slop).contains(at))
            .map(|(index, rect)| (rect.distance_sq_to_pos(at), index))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, index)| index)
    };
    let marks = frame.marks.get(part(&lane.marks)).unwrap_or_default();
    let mut marks = (lane.marks.start..).zip(marks.iter().map(whole));
    if let Some(mark) = nearest(&mut marks) {
        return Hit::Mark(mark);
    }
    let clusters = frame.clusters.get(part(&lane.clusters)).unwrap_or_default();
    let mut clusters = (lane.clusters.start..).zip(clusters.iter().map(|cluster| {
        let label = cluster.label.map(|label| (label.x, label.width_px));
        with_label(cluster.rect, label)
    }));
    if let Some(cluster) = nearest(&mut clusters) {
        return Hit::Cluster(cluster);
    }
    let is_in_strip = lane.strip.is_some_and(|strip| strip.contains(at.y));
    let columns = frame.density.get(part(&lane.density)).unwrap_or_default();
    let column = columns.partition_point(|column| column.x.max <= at.x);
    match columns.get(column) {
        Some(found) if is_in_strip && found.x.contains(at.x) && is_touched(lane, found, at.y) => {
            Hit::Density(lane.density.start + column as u32)
        }
        _ => Hit::Lane(number),
    }
}

/// Within a strip all of its height counts; beyond it there is empty ground above what still goes on.
fn is_touched(lane: &LaneFrame, column: &DensityColumn, y: f32) -> bool {
    let is_over = |strip: Rangef| y >= strip.max - strip.span() * column.level;
    !column.is_beyond || lane.strip.is_some_and(is_over)
}

/// The marks that touch a rectangle: for selecting by a drag.
pub fn marks_in(frame: &Frame, area: Rect) -> impl Iterator<Item = u32> {
    let in_area = move |(_, mark): &(u32, &PlacedMark)| mark.rect.intersects(area);
    (0..).zip(&frame.marks).filter(in_area).map(|(at, _)| at)
}

/// The lane of a frame at a height.
pub fn lane_at(frame: &Frame, y: f32) -> Option<&LaneFrame> {
    let below = frame.lanes.partition_point(|lane| lane.y.max <= y);
    frame.lanes.get(below).filter(|lane| lane.y.contains(y))
}

fn whole(mark: &PlacedMark) -> Rect {
    with_label(mark.rect, mark.label.map(|label| (label.x, label.width_px)))
}

fn with_label(mut rect: Rect, label: Option<(f32, f32)>) -> Rect {
    if let Some((x, width_px)) = label {
        rect.max.x = rect.max.x.max(x + width_px);
    }
    rect
}

impl Lane {
    /// The position of the event whose start is nearest to a moment.
    pub fn nearest(&self, at: Instant) -> Option<usize> {
        let next = self.started_before(at.0);
        let distance = |&position: &usize| self.starts()[position].abs_diff(at.0);
        next.checked_sub(1)
            .into_iter()
            .chain(Some(next).filter(|&next| next < self.len()))
            .min_by_key(distance)
    }
}

impl Index {
    /// Up to `limit` items of some lanes that overlap a stretch of time, by start in each lane: what happened within ± 3 days.
    pub fn items_in(
        &self,
        lanes: &[u32],
        range: std::ops::Range<Instant>,
        limit: usize,
    ) -> Vec<u32> {
        let mut items = Vec::new();
        for lane in lanes.iter().filter_map(|&lane| self.lane(lane)) {
            let wanted = limit - items.len();
            if wanted == 0 {
                break;
            }
            let (earlier, _) = lane.going_on_at(range.start.0, wanted);
            let inside = lane.started_before(range.start.0)..lane.started_before(range.end.0);
            let positions = earlier.into_iter().chain(inside).take(wanted);
            items.extend(positions.filter_map(|at| lane.items().get(at).copied()));
        }
        items
    }
}
