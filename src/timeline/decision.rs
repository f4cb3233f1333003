//! What is decided about one lane, and its painting as plain values.
//!
//! Deciding looks at the events of a window and is done when the zoom steps or the window is left; painting turns
//! times into positions, and is done every frame.

#![expect(
    clippy::indexing_slicing,
    reason = "what is placed is counted by the same list, and its widths have one length with it"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of events, which are bounded by memory far below 32 bits"
)]

use super::crowd::{Crowd, Single, Stretch, aligned_window};
use super::frame::{Cluster, Counts, DensityColumn, Frame, Label, LaneFrame, PlacedMark};
use super::gaps::Gaps;
use super::index::Lane;
use super::lanes::Metrics;
use super::layout::Scene;
use super::look::{Body, Edge, Look};
use super::rows::{Before, LabelRules, Wish, fit};
use super::scale::{Axis, paintable_px, quantized_ms_per_px};
use egui::emath::{Rangef, Rect, pos2};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Length of the fading or arrow-shaped part on the side of a mark whose [`Edge`] is [`Edge::Unknown`] or [`Edge::Beyond`].
pub const TAIL_PX: f32 = 18.0;

/// A bar is at least this wide.
pub const MIN_BAR_PX: f32 = 4.0;

/// A title held at the left edge is dropped when less than this is left of it.
const MIN_STICKY_PX: f64 = 24.0;

/// Free space about points and clusters.
const HALO_PX: f64 = 2.0;

/// Levels of a density strip. Neighboring columns of one level become one.
const DENSITY_LEVELS: f32 = 48.0;

/// What was decided for one lane.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    key: DecisionKey,
    /// In shown time.
    window: Range<i64>,
    pub(super) crowd: Crowd,
    /// By row, then by start.
    marks: Vec<Decided<Single>>,
    /// An index into the crowd's clusters each.
    clusters: Vec<Decided<usize>>,
}

/// How soon a lane's marks are to be placed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Not at all.
    Settled,
    /// In one of the next frames; the greater, the sooner.
    CanWait(u32),
    Now,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct DecisionKey {
    pub(super) index: u64,
    pub(super) zoom: i32,
    pub(super) row_count: u16,
    pub(super) gaps: Gaps,
    pub(super) metrics: Metrics,
    /// More lanes in view leave less for each.
    pub(super) budget: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Decided<T> {
    what: T,
    row: u16,
    /// Room for the title; 0 when it is not shown.
    label_px: f64,
    /// Its full width, where it was measured.
    full_px: f64,
}

pub(super) fn real_ms(axis: &Axis<'_>) -> Range<i64> {
    let seen = axis.visible();
    seen.start.0..seen.end.0
}

pub(super) fn rest(counts: &Counts) -> u32 {
    let shown = counts.placed + counts.clustered + counts.in_density;
    counts.in_view.saturating_sub(shown)
}

pub(super) fn end_of<T>(list: &[T]) -> u32 {
    list.len() as u32
}

/// The mark's own extent about its time: left and right edge, and where its title begins.
struct Extent {
    left_px: f64,
    right_px: f64,
    label_left_px: f64,
}

/// `x0` and `x1` are where the event starts and ends.
fn extent(x0: f64, x1: f64, look: Look, is_narrow: bool, metrics: &Metrics) -> Extent {
    let shape = look.shape(is_narrow);
    let tail = |edge: Edge| match edge {
        Edge::Unknown | Edge::Beyond => f64::from(TAIL_PX),
        Edge::Sharp | Edge::Soft | Edge::Open => 0.0,
    };
    let gap_px = f64::from(metrics.label_gap_px);
    if shape.body == Body::Point {
        let (middle, half) = (0.5 * (x0 + x1), 0.5 * f64::from(metrics.mark_px));
        let right_px = middle + half + tail(shape.right);
        Extent {
            left_px: middle - half - tail(shape.left),
            right_px,
            label_left_px: right_px + gap_px,
        }
    } else {
        let right_px = x1.max(x0 + f64::from(MIN_BAR_PX)) + tail(shape.right);
        Extent {
            left_px: x0 - tail(shape.left),
            right_px,
            label_left_px: x0 + gap_px,
        }
    }
}

/// The pill of a cluster: as wide as its events reach, and wide enough for their number.
fn pill(x_first: f64, x_last: f64, metrics: &Metrics) -> Extent {
    let middle = 0.5 * (x_first + x_last);
    let width_px = (x_last - x_first + f64::from(metrics.mark_px)).max(f64::from(metrics.count_px));
    let right_px = middle + 0.5 * width_px;
    Extent {
        left_px: middle - 0.5 * width_px,
        right_px,
        label_left_px: right_px + f64::from(metrics.label_gap_px),
    }
}

impl Decision {
    /// Whether it still serves a frame that sees this (shown) time.
    pub(super) fn urgency(&self, key: &DecisionKey, seen: &Range<i64>) -> Urgency {
        let covers = self.window.start <= seen.start && self.window.end >= seen.end;
        if !covers {
            return Urgency::Now;
        }
        let steps = self.key.zoom.abs_diff(key.zoom);
        let is_alike = *key
            == DecisionKey {
                zoom: key.zoom,
                budget: key.budget,
                ..self.key.clone()
            };
        match (is_alike, steps) {
            (false, _) | (_, 2..) => Urgency::Now,
            (true, 1) => Urgency::CanWait(1 + self.pressed(seen)),
            (true, _) if self.key.budget != key.budget => Urgency::CanWait(1),
            (true, _) => match self.pressed(seen) {
                0 => Urgency::Settled,
                pressed => Urgency::CanWait(pressed),
            },
        }
    }

    /// 1 when what is seen has come near the edge of the window that was decided for: the next one is made in good time.
    fn pressed(&self, seen: &Range<i64>) -> u32 {
        let near = (seen.end.saturating_sub(seen.start)) / 5;
        let left = seen.start.saturating_sub(self.window.start);
        let right = self.window.end.saturating_sub(seen.end);
        u32::from(left.min(right) < near)
    }

    /// How many marks and clusters it places.
    pub(super) fn size(&self) -> usize {
        self.marks.len() + self.clusters.len()
    }

    /// Decides. What was decided `before` for this lane keeps its rows where it can.
    pub(super) fn new(
        lane: &Lane,
        key: DecisionKey,
        seen: &Range<i64>,
        before: Option<&Self>,
        label_width: &mut dyn FnMut(u32) -> f32,
    ) -> Self {
        let ms_per_px = quantized_ms_per_px(key.zoom);
        let window = aligned_window(seen, ms_per_px);
        let stretch = Stretch {
            lane,
            gaps: &key.gaps,
            ms_per_px,
            start_ms: window.start,
            end_ms: window.end,
        };
        let mut crowd = stretch.crowd(key.row_count, key.budget);
        let metrics = &key.metrics;

        // What was there before. Rows are remembered across zooms, the exact place only at the same one.
        let is_same = before.is_some_and(|before| {
            before.key.zoom == key.zoom
                && before.key.index == key.index
                && before.key.gaps == key.gaps
        });
        let place = |row: u16, label_px: f64| Before {
            row,
            label_px,
            is_fixed: is_same,
        };
        let mut marks_before = HashMap::new();
        let mut clusters_before = HashMap::new();
        if let Some(before) = before {
            for mark in &before.marks {
                marks_before.insert(mark.what.event.item, place(mark.row, mark.label_px));
            }
            for cluster in &before.clusters {
                if let Some(group) = before.crowd.clusters.get(cluster.what) {
                    let key = (group.first_ms, group.count);
                    clusters_before.insert(key, place(cluster.row, cluster.label_px));
                }
            }
            // A bar that was shown stays, also when more important ones begin left of the window.
            let known: HashSet<u32> = (crowd.singles.iter())
                .map(|single| single.event.item)
                .collect();
            let start_ms = key.gaps.real_from_shown(window.start);
            let shown = before.marks.iter().map(|mark| mark.what.event);
            let stays = shown.filter(|event| {
                event.start_ms < start_ms && event.end_ms > start_ms && !known.contains(&event.item)
            });
            // After a filter or an edit it may be another event, or none: only what the lane still holds.
            let still_there: Vec<Single> = stays
                .filter(|_| before.key.index == key.index)
                .map(|event| Single {
                    event,
                    is_narrow: stretch.is_narrow(&event),
                })
                .collect();
            crowd.singles.extend(still_there);
        }

        let strips: Vec<(f64, f64)> = crowd
            .strips
            .iter()
            .map(|strip| (stretch.px(strip.first_ms), stretch.px(strip.last_ms)))
            .collect();
        let stop = |label_left_px: f64| {
            let next = strips.partition_point(|&(_, end)| end <= label_left_px);
            let gap_px = f64::from(metrics.label_gap_px);
            strips
                .get(next)
                .map_or(f64::INFINITY, |&(start, _)| start - gap_px)
        };
        let wish = |extent: Extent, halo_px: f64, rank: u32, before: Option<Before>| Wish {
            left_px: extent.left_px - halo_px,
            right_px: extent.right_px + halo_px,
            label_left_px: extent.label_left_px,
            label_stop_px: stop(extent.label_left_px),
            rank,
            before,
        };
        enum What {
            Single(Single),
            Cluster(usize),
        }
        let mut wishes: Vec<(Wish, What)> = Vec::new();
        for single in std::mem::take(&mut crowd.singles) {
            let event = single.event;
            let (x0, x1) = (stretch.px(event.start_ms), stretch.px(event.end_ms));
            let extent = extent(x0, x1, event.look, single.is_narrow, metrics);
            let place = marks_before.get(&event.item).copied();
            let rank = u32::from(event.weight);
            // Bars that touch share a row; points keep a distance.
            let is_point = extent.label_left_px > extent.right_px;
            let halo_px = if is_point { HALO_PX } else { 0.0 };
            wishes.push((wish(extent, halo_px, rank, place), What::Single(single)));
        }
        for (at, group) in crowd.clusters.iter().enumerate() {
            let extent = pill(
                stretch.px(group.first_ms),
                stretch.px(group.last_ms),
                metrics,
            );
            let place = clusters_before.get(&(group.first_ms, group.count)).copied();
            // A cluster without a row would hide many: it comes before all single events.
            let rank = u32::from(u16::MAX) + group.count;
            wishes.push((wish(extent, HALO_PX, rank, place), What::Cluster(at)));
        }
        wishes.sort_by(|(a, _), (b, _)| a.left_px.total_cmp(&b.left_px));
        let (wishes, whats): (Vec<Wish>, Vec<What>) = wishes.into_iter().unzip();

        let rules = LabelRules {
            gap_px: f64::from(metrics.label_gap_px),
            min_px: f64::from(metrics.min_label_px),
            max_px: f64::from(metrics.max_label_px),
        };
        let mut full_px = vec![0.0; wishes.len()];
        let places = fit(&wishes, key.row_count, rules, &mut |at| {
            let item = match &whats[at] {
                What::Single(single) => single.event.item,
                What::Cluster(cluster) => {
                    let top = crowd.clusters.get(*cluster).map_or(0, |group| group.top);
                    lane.items().get(top).copied().unwrap_or(0)
                }
            };
            full_px[at] = f64::from(label_width(item));
            full_px[at]
        });
        let (mut marks, mut clusters) = (Vec::new(), Vec::new());
        for ((what, place), full_px) in whats.into_iter().zip(places).zip(full_px) {
            let Some(place) = place else {
                continue;
            };
            let (row, label_px) = (place.row, place.label_px);
            match what {
                What::Single(what) => marks.push(Decided {
                    what,
                    row,
                    label_px,
                    full_px,
                }),
                What::Cluster(what) => clusters.push(Decided {
                    what,
                    row,
                    label_px,
                    full_px,
                }),
            }
        }
        marks.sort_by_key(|mark| (mark.row, mark.what.event.start_ms));
        Self {
            key,
            window,
            crowd,
            marks,
            clusters,
        }
    }

    /// Turns times into positions, and counts.
    pub(super) fn paint(
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
            let label = (cluster.label_px > 0.0).then_some(Label {
                x: paintable_px(extent.label_left_px, scene.axis.view.width_px()),
                width_px: cluster.label_px as f32,
                elided: cluster.label_px < cluster.full_px,
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
        let extent = extent(x0, x1, event.look, is_narrow, scene.metrics);
        if extent.left_px > width_px {
            return None;
        }
        let mut label = None;
        let mut end_px = extent.right_px;
        if mark.label_px > 0.0 {
            let is_bar = extent.label_left_px < extent.right_px;
            let sticky = is_bar && extent.label_left_px < gap_px;
            let left_px = if sticky { gap_px } else { extent.label_left_px };
            // Inside the bar all room is the title's, also what the zoom has added since the rows were set.
            let claimed_px = extent.label_left_px + mark.label_px;
            let room_px = claimed_px.max(if is_bar {
                extent.right_px - gap_px
            } else {
                claimed_px
            }) - left_px;
            let shown_px = room_px.min(mark.full_px);
            let is_shown =
                shown_px > 0.0 && (!sticky || shown_px >= MIN_STICKY_PX.min(mark.full_px));
            if is_shown && left_px < width_px && left_px + shown_px > 0.0 {
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
    fn paint_density(
        &self,
        scene: &Scene<'_>,
        lane: &Lane,
        lane_frame: &mut LaneFrame,
        frame: &mut Frame,
    ) {
        let view = scene.axis.view;
        let column_px = f64::from(scene.metrics.column_px.max(1.0));
        let column_ms = column_px * view.ms_per_px();
        let phase_px = -(view.visible_ms().start as f64).rem_euclid(column_ms) / view.ms_per_px();
        let peak = (f64::from(self.crowd.peak.max(1))).ln_1p();
        let real = |x: f64| scene.axis.instant_from_x(x).0;
        let from = frame.density.len();
        let mut done_px = f64::NEG_INFINITY;
        for strip in &self.crowd.strips {
            let first_px = scene
                .axis
                .x_from_ms(strip.first_ms)
                .max(-column_px)
                .max(done_px);
            let last_px = scene.axis.x_from_ms(strip.last_ms).min(view.width_px());
            if last_px < first_px {
                continue;
            }
            let mut column = ((first_px - phase_px) / column_px).floor();
            let mut left_px = phase_px + column * column_px;
            let mut over = lane.ended_by(real(left_px));
            while left_px <= last_px {
                column += 1.0;
                let right_px = phase_px + column * column_px;
                let right_ms = real(right_px);
                let count = lane.started_before(right_ms).saturating_sub(over) as u32;
                over = lane.ended_by(right_ms);
                if count > 0 {
                    let level = (f64::from(count).ln_1p() / peak).min(1.0) as f32;
                    let level = (level * DENSITY_LEVELS).ceil() / DENSITY_LEVELS;
                    let x = Rangef::new(left_px as f32, right_px as f32);
                    match frame.density[from..].last_mut() {
                        Some(last) if last.level == level && last.x.max == x.min => {
                            last.x.max = x.max;
                            last.count = last.count.max(count);
                        }
                        _ => frame.density.push(DensityColumn { x, count, level }),
                    }
                }
                left_px = right_px;
            }
            done_px = left_px;
        }
        if frame.density.len() > from {
            let half = 0.5 * scene.metrics.lane_padding_px;
            lane_frame.strip = Some(Rangef::new(
                lane_frame.y.min + half,
                lane_frame.y.max - half,
            ));
        }
    }
}
