//! The painting of what was decided: times become positions, as plain values.

#![expect(
    clippy::indexing_slicing,
    reason = "density is counted from where this lane's begins in the frame's own list"
)]

use super::{Decided, Decision, Extent, MIN_BAR_PX, extent, pill};
use crate::timeline::crowd::Single;
use crate::timeline::frame::{Cluster, Counts, DensityColumn, Frame, Label, LaneFrame, PlacedMark};
use crate::timeline::index::Lane;
use crate::timeline::layout::Scene;
use crate::timeline::look::Body;
use crate::timeline::scale::{Axis, paintable_px};
use egui::emath::{Rangef, Rect, pos2};
use std::ops::Range;

/// A title that an edge of the window shortens is dropped when less than this is left of it.
const MIN_STICKY_PX: f64 = 24.0;

/// So many gaps are left free between a title and the right edge of the window: it stands clear of the scroll bar, too.
const EDGE_GAPS: f64 = 2.0;

/// Levels of a density strip. Neighboring columns of one level become one.
const DENSITY_LEVELS: f32 = 48.0;

pub(in crate::timeline) fn real_ms(axis: &Axis<'_>) -> Range<i64> {
    let seen = axis.visible();
    seen.start.0..seen.end.0
}

pub(in crate::timeline) fn rest(counts: &Counts) -> u32 {
    let shown = counts.placed + counts.clustered + counts.in_density;
    counts.in_view.saturating_sub(shown)
}

pub(in crate::timeline) fn end_of<T>(list: &[T]) -> u32 {
    list.len() as u32
}

/// How much of a title is shown that begins at `left_px` and has so much room on its row: what the right edge of the window would cut
/// ends in an ellipsis instead.
fn shown_px(scene: &Scene<'_>, left_px: f64, room_px: f64, full_px: f64) -> Option<f64> {
    let granted_px = room_px.min(full_px);
    let margin_px = EDGE_GAPS * f64::from(scene.metrics.label_gap_px);
    let seen_px = scene.axis.view.width_px() - margin_px - left_px;
    let shown_px = granted_px.min(seen_px);
    let is_shown = shown_px > 0.0 && shown_px >= MIN_STICKY_PX.min(granted_px);
    is_shown.then_some(shown_px)
}

impl Decision {
    /// Turns times into positions, and counts.
    pub(in crate::timeline) fn paint(
        &self,
        scene: &Scene<'_>,
        lane: &Lane,
        lane_frame: &mut LaneFrame,
        frame: &mut Frame,
    ) {
        let seen = real_ms(&scene.axis);
        let started = lane.started_before(seen.start)..lane.started_before(seen.end);
        let number = end_of(&frame.lanes);
        let counts = &mut lane_frame.counts;
        counts.dated = lane.len() as u32;
        counts.in_view = lane.count_in(seen.clone()) as u32;

        for mark in &self.marks {
            let event = mark.what.event;
            if event.start_ms < seen.end && event.end_ms > seen.start {
                counts.placed += 1;
            }
            frame
                .marks
                .extend(self.mark(scene, lane_frame.y.min, number, mark));
        }
        for cluster in &self.clusters {
            let Some(group) = self.crowd.clusters.get(cluster.what) else {
                continue;
            };
            counts.clustered += self.crowd.count_at(group, &started);
            let (x_first, x_last) = (
                scene.axis.x_from_ms(group.first_ms),
                scene.axis.x_from_ms(group.last_ms),
            );
            let extent = pill(x_first, x_last, scene.metrics);
            let label_end_px = extent.label_left_px + cluster.label_px;
            let right_px = extent.right_px.max(label_end_px);
            if right_px < 0.0 || extent.left_px > scene.axis.view.width_px() {
                continue;
            }
            let shown_px = shown_px(
                scene,
                extent.label_left_px,
                cluster.label_px,
                cluster.full_px,
            );
            let label = shown_px.map(|shown_px| Label {
                x: paintable_px(extent.label_left_px, scene.axis.view.width_px()),
                width_px: shown_px as f32,
                elided: shown_px < cluster.full_px,
                sticky: false,
            });
            frame.clusters.push(Cluster {
                count: group.count,
                top_item: lane.items().get(group.top).copied().unwrap_or(0),
                first_ms: group.first_ms,
                last_ms: group.last_ms,
                lane: number,
                row: cluster.row,
                rect: self.rect(scene, lane_frame.y.min, cluster.row, &extent),
                label,
                group: cluster.what as u32,
            });
        }
        for strip in &self.crowd.strips {
            counts.in_density += self.crowd.count_at(strip, &started);
        }
        // What began in a dense stretch left of the window goes on in its columns.
        let strips = self.crowd.strips.first();
        if strips.is_some_and(|strip| strip.first_ms < seen.start) {
            let going_on = started.start.saturating_sub(lane.ended_by(seen.start)) as u32;
            let carried = going_on.saturating_sub(self.drawn_in(seen.start..seen.start));
            counts.in_density += carried.min(rest(counts));
        }
        counts.hidden = rest(counts);
        self.paint_density(scene, lane, lane_frame, frame);
    }

    fn rect(&self, scene: &Scene<'_>, lane_top_px: f32, row: u16, extent: &Extent) -> Rect {
        let metrics = scene.metrics;
        let width_px = scene.axis.view.width_px();
        let row_top = lane_top_px + 0.5 * metrics.lane_padding_px + f32::from(row) * metrics.row_px;
        let top = row_top + 0.5 * (metrics.row_px - metrics.mark_px);
        Rect::from_min_max(
            pos2(paintable_px(extent.left_px, width_px), top),
            pos2(
                paintable_px(extent.right_px, width_px),
                top + metrics.mark_px,
            ),
        )
    }

    /// The mark in this frame; `None` when neither it nor its title is in view.
    fn mark(
        &self,
        scene: &Scene<'_>,
        lane_top_px: f32,
        lane: u32,
        mark: &Decided<Single>,
    ) -> Option<PlacedMark> {
        let Single { event, is_narrow } = mark.what;
        let width_px = scene.axis.view.width_px();
        let gap_px = f64::from(scene.metrics.label_gap_px);
        let x0 = scene.axis.x_from_ms(event.start_ms);
        let x1 = scene.axis.x_from_ms(event.end_ms);
        let shape = event.look.shape(is_narrow);
        let extent = extent(x0, x1, event.look, is_narrow, mark.is_inside, scene.metrics);
        if extent.left_px > width_px {
            return None;
        }
        let mut label = None;
        let mut end_px = extent.right_px;
        // Where more of a title is seen within its bar than beside it, at the edge of the window or before a neighbor, it stands there.
        let seen_to_px = width_px - EDGE_GAPS * gap_px;
        let beside_px = (seen_to_px - extent.label_left_px).min(mark.label_px);
        let within_px = x1.min(seen_to_px) - x0.max(0.0) - 2.0 * gap_px;
        let is_inside = mark.is_inside
            || (shape.body != Body::Point
                && beside_px < mark.full_px
                && within_px > beside_px
                && within_px >= f64::from(scene.metrics.min_label_px));
        if mark.label_px > 0.0 || (is_inside && mark.full_px > 0.0) {
            let first_px = if is_inside {
                x0 + gap_px
            } else {
                extent.label_left_px
            };
            let sticky = is_inside && first_px < gap_px;
            let left_px = if sticky { gap_px } else { first_px };
            // Inside the bar all room is the title's, also what the zoom has added since the rows were set; and no more.
            let room_px = match is_inside {
                true => x1 - gap_px - left_px,
                false => mark.label_px,
            };
            let is_room = !is_inside || room_px >= MIN_STICKY_PX.min(mark.full_px);
            let shown_px = shown_px(scene, left_px, room_px, mark.full_px).filter(|_| is_room);
            if let Some(shown_px) = shown_px.filter(|shown_px| left_px + shown_px > 0.0) {
                end_px = end_px.max(left_px + shown_px);
                label = Some(Label {
                    x: paintable_px(left_px, width_px),
                    width_px: shown_px as f32,
                    elided: shown_px < mark.full_px,
                    sticky,
                });
            }
        }
        (end_px >= 0.0).then(|| PlacedMark {
            item: event.item,
            lane,
            row: mark.row,
            rect: self.rect(scene, lane_top_px, mark.row, &extent),
            shape,
            label,
        })
    }

    /// Columns of the density strips, on a grid that is fixed in time, so that they do not flicker while panning.
    ///
    /// What begins in a strip goes on beyond it: there the columns count what is drawn neither as a mark nor in a cluster.
    fn paint_density(
        &self,
        scene: &Scene<'_>,
        lane: &Lane,
        lane_frame: &mut LaneFrame,
        frame: &mut Frame,
    ) {
        // Where there are none, how many are hidden is said in words: a ground behind all marks would make them hard to read.
        if self.crowd.strips.is_empty() {
            return;
        }
        let view = scene.axis.view;
        let column_px = f64::from(scene.metrics.column_px.max(1.0));
        let column_ms = column_px * view.ms_per_px();
        let phase_px = -(view.visible_ms().start as f64).rem_euclid(column_ms) / view.ms_per_px();
        let real = |x: f64| scene.axis.instant_from_x(x).0;
        let scale = Heights::up_to(self.crowd.peak);
        let from = frame.density.len();
        let mut strips = self.crowd.strips.iter().peekable();
        let mut clusters = self.crowd.clusters.as_slice();
        let columns = (view.width_px() / column_px).ceil().max(0.0) as u32;
        let mut left_ms = real(phase_px);
        let mut over = lane.ended_by(left_ms);
        let mut started = lane.started_before(left_ms);
        for column in 0..=columns {
            let left_px = phase_px + f64::from(column) * column_px;
            let right_px = left_px + column_px;
            let right_ms = real(right_px);
            let begun_from = started;
            started = lane.started_before(right_ms);
            while strips.next_if(|strip| strip.last_ms < left_ms).is_some() {}
            let is_strip = strips.peek().is_some_and(|strip| strip.first_ms < right_ms);
            let mut count = started.saturating_sub(over) as u32;
            let mut begun = 0;
            if is_strip {
                begun = started.saturating_sub(begun_from) as u32;
            } else if count > 0 {
                let near_ms = real(left_px - f64::from(MIN_BAR_PX));
                while clusters
                    .first()
                    .is_some_and(|group| group.last_ms < near_ms)
                {
                    clusters = clusters.get(1..).unwrap_or_default();
                }
                let near = clusters
                    .iter()
                    .take_while(|group| group.first_ms < right_ms);
                let positions = lane.started_before(near_ms)..started;
                let clustered: u32 = near
                    .map(|group| self.crowd.count_at(group, &positions))
                    .sum();
                count = count.saturating_sub(self.drawn_in(left_ms..right_ms) + clustered);
            }
            over = lane.ended_by(right_ms);
            left_ms = right_ms;
            if count == 0 {
                continue;
            }
            let new = DensityColumn {
                x: Rangef::new(left_px as f32, right_px as f32),
                count,
                level: scale.of(count),
                begun_level: scale.of(begun),
                is_beyond: !is_strip,
            };
            match frame.density[from..].last_mut() {
                Some(last)
                    if (last.level, last.begun_level, last.is_beyond)
                        == (new.level, new.begun_level, new.is_beyond)
                        && last.x.max == new.x.min =>
                {
                    last.x.max = new.x.max;
                    last.count = last.count.max(count);
                }
                _ => frame.density.push(new),
            }
        }
        if frame.density.len() > from {
            let half = 0.5 * scene.metrics.lane_padding_px;
            lane_frame.strip = Some(Rangef::new(
                lane_frame.y.min + half,
                lane_frame.y.max - half,
            ));
        }
    }

    /// How many marks overlap a stretch of time.
    fn drawn_in(&self, range: Range<i64>) -> u32 {
        let (starts, ends) = &self.drawn;
        let begun = starts.partition_point(|&start| start < range.end);
        let over = ends.partition_point(|&end| end <= range.start);
        begun.saturating_sub(over) as u32
    }
}

/// Heights of density columns: a count's square root, in steps.
struct Heights {
    most: f64,
}

impl Heights {
    /// The greatest count is rounded up, so that strips do not grow and shrink with each of their parts.
    fn up_to(peak: u32) -> Self {
        let doublings = f64::from(peak.max(4)).log2();
        Self {
            most: (0.5 * (2.0 * doublings).ceil()).exp2(),
        }
    }

    /// Above 0 for any event at all.
    fn of(&self, count: u32) -> f32 {
        let level = (f64::from(count) / self.most).sqrt().min(1.0) as f32;
        (level * DENSITY_LEVELS).ceil() / DENSITY_LEVELS
    }
}
