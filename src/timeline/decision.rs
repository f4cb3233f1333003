//! What is decided about one lane: who stands on its own and where, who is part of a cluster.
//!
//! Deciding looks at the events of a window and is done when the zoom steps or the window is left; its painting
//! (`paint.rs`) is done every frame.

#![expect(
    clippy::indexing_slicing,
    reason = "what is placed is counted by the same list, and its widths have one length with it"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of events, which are bounded by memory far below 32 bits"
)]

mod paint;

pub(super) use paint::{end_of, real_ms, rest};

use super::crowd::{Crowd, Single, Stretch, aligned_window};
use super::gaps::Gaps;
use super::index::Lane;
use super::lanes::Metrics;
use super::look::{Body, Edge, Look};
use super::rows::{Before, LabelRules, Wish, fit};
use super::scale::quantized_ms_per_px;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Length of the fading or arrow-shaped part on the side of a mark whose [`Edge`] is [`Edge::Unknown`] or [`Edge::Beyond`].
pub const TAIL_PX: f32 = 18.0;

/// A bar is at least this wide.
pub const MIN_BAR_PX: f32 = 4.0;

/// Free space about points and clusters.
const HALO_PX: f64 = 2.0;

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
    /// When the marks begin and end, each sorted; where there are strips only.
    drawn: (Vec<i64>, Vec<i64>),
}

/// How soon a lane's marks are to be placed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Urgency {
    /// Not at all.
    Settled,
    /// What it has does for some more frames; the greater, the sooner.
    CanWait(u32),
    /// What it has does not show what is seen.
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
    /// It begins inside the mark, not beside it. Settled with the rows, so that it does not leap between them.
    is_inside: bool,
}

/// The mark's own extent about its time: left and right edge, and where its title begins.
struct Extent {
    left_px: f64,
    right_px: f64,
    label_left_px: f64,
}

/// Whether a title stands inside its mark: a bar too short for it has it beside, as a point has, so that no letters stand half on the
/// bar and half off it. `title_px` is its full width, and is asked only where that decides.
fn holds_title(
    x0: f64,
    x1: f64,
    look: Look,
    is_narrow: bool,
    metrics: &Metrics,
    title_px: impl FnOnce() -> f64,
) -> bool {
    let room_px = x1 - x0 - 2.0 * f64::from(metrics.label_gap_px);
    look.shape(is_narrow).body != Body::Point
        && room_px >= f64::from(metrics.min_label_px)
        && (room_px >= f64::from(metrics.max_label_px) || title_px() <= room_px)
}

/// `x0` and `x1` are where the event starts and ends.
fn extent(
    x0: f64,
    x1: f64,
    look: Look,
    is_narrow: bool,
    is_inside: bool,
    metrics: &Metrics,
) -> Extent {
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
            label_left_px: if is_inside { x0 } else { right_px } + gap_px,
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
        // Nothing lies beyond the ends of time.
        let is_left =
            self.window.start > i64::MIN && seen.start.saturating_sub(self.window.start) < near;
        let is_right =
            self.window.end < i64::MAX && self.window.end.saturating_sub(seen.end) < near;
        u32::from(is_left || is_right)
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
            Single {
                single: Single,
                is_inside: bool,
                title_px: f64,
            },
            Cluster(usize),
        }
        let mut wishes: Vec<(Wish, What)> = Vec::new();
        for single in std::mem::take(&mut crowd.singles) {
            let event = single.event;
            let (x0, x1) = (stretch.px(event.start_ms), stretch.px(event.end_ms));
            let (look, is_narrow) = (event.look, single.is_narrow);
            let mut title_px = 0.0;
            let is_inside = holds_title(x0, x1, look, is_narrow, metrics, || {
                title_px = f64::from(label_width(event.item));
                title_px
            });
            let extent = extent(x0, x1, look, is_narrow, is_inside, metrics);
            let place = marks_before.get(&event.item).copied();
            let rank = u32::from(event.weight);
            // Bars that touch share a row; points keep a distance.
            let is_point = look.shape(is_narrow).body == Body::Point;
            let halo_px = if is_point { HALO_PX } else { 0.0 };
            wishes.push((
                wish(extent, halo_px, rank, place),
                What::Single {
                    single,
                    is_inside,
                    title_px,
                },
            ));
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
                What::Single { single, .. } => single.event.item,
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
                What::Single {
                    single: what,
                    is_inside,
                    title_px,
                } => marks.push(Decided {
                    what,
                    row,
                    label_px,
                    full_px: title_px.max(full_px),
                    is_inside,
                }),
                What::Cluster(what) => clusters.push(Decided {
                    what,
                    row,
                    label_px,
                    full_px,
                    is_inside: false,
                }),
            }
        }
        marks.sort_by_key(|mark| (mark.row, mark.what.event.start_ms));
        let mut drawn = (Vec::new(), Vec::new());
        if !crowd.strips.is_empty() {
            let events = marks.iter().map(|mark| mark.what.event);
            drawn = events.map(|event| (event.start_ms, event.end_ms)).unzip();
            drawn.0.sort_unstable();
            drawn.1.sort_unstable();
        }
        Self {
            key,
            window,
            crowd,
            marks,
            clusters,
            drawn,
        }
    }
}
