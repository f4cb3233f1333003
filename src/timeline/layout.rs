//! What a frame shows: lanes, marks with titles, clusters, density.
//!
//! What is decided (who stands where, who is part of a cluster) is decided at a zoom rounded to steps of √2,
//! for a window twice as wide as what is seen, and kept: a frame then only turns times into positions.
//! Panning and small zooms so move nothing against its neighbors.

use super::crowd::{Crowd, Single, Stretch, aligned_window};
use super::frame::{
    Cluster, Counts, DensityColumn, Frame, Label, LaneFrame, LaneKind, PlacedMark, Supersession,
};
use super::gaps::Gaps;
use super::index::{Index, Lane};
use super::lanes::{LaneTree, Metrics, Slot};
use super::look::{Edge, Look};
use super::rows::{LabelRules, Wish, fit};
use super::scale::{Axis, paintable_px, quantized_ms_per_px};
use egui::emath::{Rangef, Rect, pos2};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Length of the fading or arrow-shaped part on the side of a mark whose [`Edge`] is [`Edge::Unknown`] or [`Edge::Beyond`].
pub const TAIL_PX: f32 = 18.0;

/// A bar is at least this wide.
pub const MIN_BAR_PX: f32 = 4.0;

/// How many events of all lanes in view may be drawn on their own, seen or just outside the window.
const MARK_BUDGET: usize = 3_000;

/// A title held at the left edge is dropped when less than this is left of it.
const MIN_STICKY_PX: f64 = 24.0;

/// Free space about points and clusters.
const HALO_PX: f64 = 2.0;

/// Levels of a density strip. Neighboring columns of one level become one.
const DENSITY_LEVELS: f32 = 48.0;

/// Where lanes are kept that are not in view: a bound on memory, not on lanes.
const MAX_KEPT_LANES: usize = 256;

/// All a frame depends on.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub index: &'a Index,
    pub tree: &'a LaneTree,
    pub axis: Axis<'a>,
    /// Height of the lanes' area.
    pub height_px: f32,
    /// How far the lanes are scrolled down.
    pub scroll_px: f32,
    pub metrics: &'a Metrics,
    /// Which item was overtaken by which, sorted.
    pub supersessions: &'a [(u32, u32)],
}

/// Lays out frames, and remembers what was decided so that the next frame decides the same.
///
/// The first frame of a new `Layout` depends on nothing but its scene; later ones also on what was shown before, so that marks keep their rows.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    slots: Vec<Slot>,
    slots_key: Option<SlotsKey>,
    /// Leaf lanes that are not hidden.
    shown_lanes: Vec<u32>,
    /// By node.
    decisions: HashMap<u32, Decision>,
    /// What closed groups show, by node, with the lanes it was made from.
    merged: HashMap<u32, (Vec<u32>, Arc<Lane>)>,
}

#[derive(Clone, Debug, PartialEq)]
struct SlotsKey {
    index: u64,
    tree: u64,
    width_px: f64,
    height_px: f32,
    metrics: Metrics,
}

/// What was decided for one lane.
#[derive(Clone, Debug)]
struct Decision {
    key: DecisionKey,
    /// In shown time.
    window: Range<i64>,
    crowd: Crowd,
    /// By row, then by start.
    marks: Vec<Decided<Single>>,
    /// An index into the crowd's clusters each.
    clusters: Vec<Decided<usize>>,
}

#[derive(Clone, Debug, PartialEq)]
struct DecisionKey {
    index: u64,
    zoom: i32,
    row_count: u16,
    gaps: Gaps,
    metrics: Metrics,
    /// More lanes in view leave less for each.
    budget: usize,
}

#[derive(Clone, Copy, Debug)]
struct Decided<T> {
    what: T,
    row: u16,
    /// Room for the title; 0 when it is not shown.
    label_px: f64,
    /// Its full width, where it was measured.
    full_px: f64,
}

impl Layout {
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all widths and rows; needed when the widths of titles change, as with another font.
    pub fn clear(&mut self) {
        self.decisions.clear();
    }

    /// Hands in what a closed group shows, made by [`Index::merged`] on another thread from [`LaneTree::lanes_within`].
    ///
    /// Without it the next frame makes it itself, which a million events would make late by some frames.
    pub fn put_merged(&mut self, node: u32, lanes: Vec<u32>, merged: Lane) {
        self.merged.insert(node, (lanes, Arc::new(merged)));
    }

    /// Lays out one frame. `label_width` gives the full width of an item's title in pixels; it is asked only for titles that may be
    /// shown, up to some hundred a frame when the zoom changes, so it should answer in well under a microsecond (sum of advances, or a cache).
    pub fn frame(&mut self, scene: &Scene<'_>, label_width: &mut dyn FnMut(u32) -> f32) -> Frame {
        self.update_slots(scene);
        let mut frame = Frame::default();
        let bottom = self.slots.last();
        frame.content_height_px = bottom.map_or(0.0, |slot| (slot.top_px + slot.height_px) as f32);
        let seen = self.seen_slots(scene);
        let lane_count = self.slots[seen.clone()]
            .iter()
            .filter(|slot| slot.kind != LaneKind::Heading)
            .count();
        let budget = (MARK_BUDGET / lane_count.max(1)).max(32);
        for at in seen.clone() {
            let slot = self.slots[at];
            self.lane(scene, &slot, budget, label_width, &mut frame);
        }
        self.count(scene, &mut frame);
        link(scene.supersessions, &mut frame);
        if self.decisions.len() > MAX_KEPT_LANES {
            let slots = &self.slots[seen];
            self.decisions
                .retain(|node, _| slots.iter().any(|slot| slot.node == *node));
        }
        frame
    }

    /// The lines of the last frame, in view or not.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Where to scroll so that a node is wholly in view, as near to `scroll_px` as can be; of the last frame's lines.
    pub fn scroll_to(&self, node: u32, scroll_px: f32, height_px: f32) -> Option<f32> {
        let slot = self.slots.iter().find(|slot| slot.node == node)?;
        let last = slot.top_px as f32;
        let first = (slot.top_px + slot.height_px) as f32 - height_px;
        Some(scroll_px.max(first.min(last)).min(last))
    }

    /// Up to `limit` items that a cluster stands for, by start. The cluster must be of the last frame.
    pub fn cluster_items(
        &self,
        index: &Index,
        frame: &Frame,
        cluster: usize,
        limit: usize,
    ) -> Vec<u32> {
        let found = frame.clusters.get(cluster).and_then(|cluster| {
            let node = frame.lanes.get(cluster.lane as usize)?.node;
            let decision = self.decisions.get(&node)?;
            let group = decision.crowd.clusters.get(cluster.group as usize)?;
            Some((decision, group, node))
        });
        let Some((decision, group, node)) = found else {
            return Vec::new();
        };
        let positions = decision.crowd.positions(group);
        match self.lane_of(node, index) {
            Some(lane) => positions
                .filter_map(|at| lane.items().get(at).copied())
                .take(limit)
                .collect(),
            None => Vec::new(),
        }
    }

    /// The cluster of the last frame that an item is part of.
    pub fn cluster_of(&self, index: &Index, frame: &Frame, item: u32) -> Option<usize> {
        let event = index.get(item)?;
        frame.clusters.iter().position(|cluster| {
            (cluster.first_ms..=cluster.last_ms).contains(&event.start_ms)
                && frame
                    .lanes
                    .get(cluster.lane as usize)
                    .and_then(|lane| {
                        let decision = self.decisions.get(&lane.node)?;
                        let group = decision.crowd.clusters.get(cluster.group as usize)?;
                        let lane = self.lane_of(lane.node, index)?;
                        // Only events of this very start can be the item.
                        let from = lane.started_before(event.start_ms);
                        let to = lane.started_before(event.start_ms.saturating_add(1));
                        let at = (from..to).find(|&at| lane.items().get(at) == Some(&item))?;
                        Some(decision.crowd.count_at(group, &(at..at + 1)) > 0)
                    })
                    .unwrap_or(false)
        })
    }

    fn lane_of<'a>(&'a self, node: u32, index: &'a Index) -> Option<&'a Lane> {
        let slot = self.slots.iter().find(|slot| slot.node == node)?;
        match slot.kind {
            LaneKind::Heading => None,
            LaneKind::Collapsed => self.merged.get(&node).map(|(_, lane)| &**lane),
            LaneKind::Lane => index.lane(slot.lane?),
        }
    }

    fn update_slots(&mut self, scene: &Scene<'_>) {
        let key = SlotsKey {
            index: scene.index.id(),
            tree: scene.tree.revision(),
            width_px: scene.axis.view.width_px(),
            height_px: scene.height_px,
            metrics: *scene.metrics,
        };
        if self.slots_key.as_ref() == Some(&key) {
            return;
        }
        if self
            .slots_key
            .as_ref()
            .is_none_or(|old| old.index != key.index)
        {
            self.merged.retain(|node, (lanes, merged)| {
                // Handed in for this index already: as many events as the lanes hold now.
                let lanes_now = scene.tree.lanes_within(*node);
                let len = |&lane: &u32| scene.index.lane(lane).map_or(0, Lane::len);
                *lanes == lanes_now && merged.len() == lanes.iter().map(len).sum::<usize>()
            });
        }
        let (width_px, height_px) = (key.width_px, f64::from(key.height_px));
        self.slots = scene
            .tree
            .slots(scene.index, scene.metrics, width_px, height_px);
        self.shown_lanes = scene.tree.shown_lanes();
        let slots = self.slots.iter();
        for slot in slots.filter(|slot| slot.kind == LaneKind::Collapsed) {
            let lanes = scene.tree.lanes_within(slot.node);
            let known = self.merged.get(&slot.node);
            if known.is_none_or(|(known, _)| *known != lanes) {
                let merged = Arc::new(scene.index.merged(&lanes));
                self.merged.insert(slot.node, (lanes, merged));
                self.decisions.remove(&slot.node);
            }
        }
        self.slots_key = Some(key);
    }

    fn seen_slots(&self, scene: &Scene<'_>) -> Range<usize> {
        let top = f64::from(scene.scroll_px);
        let bottom = top + f64::from(scene.height_px);
        let first = self
            .slots
            .partition_point(|slot| slot.top_px + slot.height_px <= top);
        let end = self.slots.partition_point(|slot| slot.top_px < bottom);
        first..end.max(first)
    }

    fn lane(
        &mut self,
        scene: &Scene<'_>,
        slot: &Slot,
        budget: usize,
        label_width: &mut dyn FnMut(u32) -> f32,
        frame: &mut Frame,
    ) {
        let top = (slot.top_px - f64::from(scene.scroll_px)) as f32;
        let mut lane_frame = LaneFrame {
            node: slot.node,
            kind: slot.kind,
            depth: slot.depth,
            y: Rangef::new(top, top + slot.height_px as f32),
            row_count: slot.row_count,
            strip: None,
            marks: end_of(&frame.marks)..end_of(&frame.marks),
            clusters: end_of(&frame.clusters)..end_of(&frame.clusters),
            density: end_of(&frame.density)..end_of(&frame.density),
            counts: Counts::default(),
        };
        let merged = self
            .merged
            .get(&slot.node)
            .map(|(_, lane)| Arc::clone(lane));
        let lane = match slot.kind {
            LaneKind::Heading => None,
            LaneKind::Collapsed => merged.as_deref(),
            LaneKind::Lane => slot.lane.and_then(|lane| scene.index.lane(lane)),
        };
        if let Some(lane) = lane {
            let key = DecisionKey {
                index: scene.index.id(),
                zoom: scene.axis.view.quantized_zoom(),
                row_count: slot.row_count,
                gaps: scene.axis.gaps.clone(),
                metrics: *scene.metrics,
                budget,
            };
            let seen = scene.axis.view.visible_ms();
            let known = self.decisions.remove(&slot.node);
            let decision = match known {
                Some(known)
                    if known.key == key
                        && known.window.start <= seen.start
                        && known.window.end >= seen.end =>
                {
                    known
                }
                known => Decision::new(lane, key, &seen, known.as_ref(), label_width),
            };
            decision.paint(scene, lane, &mut lane_frame, frame);
            self.decisions.insert(slot.node, decision);
        }
        lane_frame.marks.end = end_of(&frame.marks);
        lane_frame.clusters.end = end_of(&frame.clusters);
        lane_frame.density.end = end_of(&frame.density);
        frame.lanes.push(lane_frame);
    }

    /// Sums up, and adds what stands in lanes out of sight.
    fn count(&self, scene: &Scene<'_>, frame: &mut Frame) {
        let mut counts = Counts {
            undated: scene.index.undated(),
            ..Counts::default()
        };
        for lane in &frame.lanes {
            counts.placed += lane.counts.placed;
            counts.clustered += lane.counts.clustered;
            counts.in_density += lane.counts.in_density;
        }
        let seen = real_ms(&scene.axis);
        for lane in self
            .shown_lanes
            .iter()
            .filter_map(|&lane| scene.index.lane(lane))
        {
            counts.dated += lane.len() as u32;
            counts.in_view += lane.count_in(seen.clone()) as u32;
        }
        counts.hidden = rest(&counts);
        frame.counts = counts;
    }
}

fn real_ms(axis: &Axis<'_>) -> Range<i64> {
    let seen = axis.visible();
    seen.start.0..seen.end.0
}

fn rest(counts: &Counts) -> u32 {
    let shown = counts.placed + counts.clustered + counts.in_density;
    counts.in_view.saturating_sub(shown)
}

fn end_of<T>(list: &[T]) -> u32 {
    list.len() as u32
}

/// Pairs up overtaken events with what overtook them.
fn link(supersessions: &[(u32, u32)], frame: &mut Frame) {
    let overtaken = |mark: &&PlacedMark| mark.shape.superseded;
    if supersessions.is_empty() || !frame.marks.iter().any(|mark| overtaken(&mark)) {
        return;
    }
    let by_item: HashMap<u32, u32> = (0..)
        .zip(&frame.marks)
        .map(|(at, mark)| (mark.item, at))
        .collect();
    let mut links = Vec::new();
    for (at, mark) in (0..).zip(&frame.marks) {
        if !mark.shape.superseded {
            continue;
        }
        let from = supersessions.partition_point(|pair| pair.0 < mark.item);
        let pairs = supersessions.get(from..).unwrap_or_default().iter();
        for (_, by) in pairs.take_while(|pair| pair.0 == mark.item) {
            links.extend(
                by_item
                    .get(by)
                    .map(|&by| Supersession { overtaken: at, by }),
            );
        }
    }
    frame.links = links;
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
    if shape.body == super::look::Body::Point {
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
    fn new(
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
        let rows_before: HashMap<u32, u16> = before
            .map(|before| {
                before
                    .marks
                    .iter()
                    .map(|mark| (mark.what.event.item, mark.row))
            })
            .into_iter()
            .flatten()
            .collect();
        let clusters_before: HashMap<(i64, u32), u16> = before
            .map(|before| {
                before.clusters.iter().filter_map(|cluster| {
                    let group = before.crowd.clusters.get(cluster.what)?;
                    Some(((group.first_ms, group.count), cluster.row))
                })
            })
            .into_iter()
            .flatten()
            .collect();

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
        let wish = |extent: Extent, halo_px: f64, rank: u32, row: Option<u16>| Wish {
            left_px: extent.left_px - halo_px,
            right_px: extent.right_px + halo_px,
            label_left_px: extent.label_left_px,
            label_stop_px: stop(extent.label_left_px),
            rank,
            previous_row: row,
            is_kept: is_same && row.is_some(),
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
            let row = rows_before.get(&event.item).copied();
            let rank = u32::from(event.weight);
            // Bars that touch share a row; points keep a distance.
            let is_point = extent.label_left_px > extent.right_px;
            let halo_px = if is_point { HALO_PX } else { 0.0 };
            wishes.push((wish(extent, halo_px, rank, row), What::Single(single)));
        }
        for (at, group) in crowd.clusters.iter().enumerate() {
            let extent = pill(
                stretch.px(group.first_ms),
                stretch.px(group.last_ms),
                metrics,
            );
            let row = clusters_before.get(&(group.first_ms, group.count)).copied();
            // A cluster without a row would hide many: it comes before all single events.
            let rank = u32::from(u16::MAX) + group.count;
            wishes.push((wish(extent, HALO_PX, rank, row), What::Cluster(at)));
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
    fn paint(&self, scene: &Scene<'_>, lane: &Lane, lane_frame: &mut LaneFrame, frame: &mut Frame) {
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
