//! What a frame shows: lanes, marks with titles, clusters, density.
//!
//! What is decided (who stands where, who is part of a cluster) is decided at a zoom rounded to steps of √2,
//! for a window twice as wide as what is seen, and kept: a frame then only turns times into positions.
//! Panning and small zooms so move nothing against its neighbors.

#![expect(
    clippy::indexing_slicing,
    reason = "what is seen is a range of the slots themselves"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of events, which are bounded by memory far below 32 bits"
)]

use super::crowd::aligned_window;
use super::decision::{Decision, DecisionKey, Urgency, end_of, real_ms, rest};
use super::due::{DueLane, DueRows, PlacedRows, Source};
use super::frame::{Counts, Frame, LaneFrame, LaneKind, PlacedMark, Supersession};
use super::index::{Index, Lane};
use super::lane_rows::LaneRows;
use super::lanes::{LaneTree, Metrics, Slot};
use super::scale::{Axis, quantized_ms_per_px};
use egui::emath::Rangef;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// How many events of all lanes in view may be drawn on their own, seen or just outside the window.
const MARK_BUDGET: usize = 3_000;

/// So many marks may be placed anew within a frame. More are placed beside the window, where the places they had will do until then.
const MARKS_PLACED_A_FRAME: usize = 500;

/// A closed group of at most so many events is merged within a frame; a larger one would make it late.
const MAX_MERGED_IN_FRAME: usize = 5_000;

/// What closed groups show, by node, with the lanes it was made from: see [`Index::merged`].
pub type MergedLanes = BTreeMap<u32, (Vec<u32>, Arc<Lane>)>;

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
    /// Closed groups that were merged on another thread. Of others only small ones are drawn.
    pub merged: &'a MergedLanes,
    /// What the lanes of this index want, if that is known; it is found within the frame otherwise.
    pub rows: &'a LaneRows,
    /// The answer to what an earlier frame left to be done.
    pub placed: Option<&'a Arc<PlacedRows>>,
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
    decisions: HashMap<u32, Arc<Decision>>,
    /// The answer that was taken up last.
    taken: Option<Arc<PlacedRows>>,
    /// Grows when what was decided is forgotten.
    round: u64,
    /// What closed groups show: handed in, or, of small ones, made here.
    merged: MergedLanes,
}

#[derive(Clone, Debug, PartialEq)]
struct SlotsKey {
    index: u64,
    tree: u64,
    /// What the rows of the lanes were made for.
    width_px: f64,
    height_px: f32,
    metrics: Metrics,
}

/// A lane that is seen, with all its rows depend on.
struct SeenLane {
    node: u32,
    events: Source,
    key: DecisionKey,
}

impl Layout {
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all widths and rows; needed when the widths of titles change, as with another font.
    pub fn clear(&mut self) {
        self.decisions.clear();
        self.round += 1;
    }

    /// Lays out one frame. `label_width` gives the full width of an item's title in pixels; it is asked only for titles that may be
    /// shown, up to some hundred a frame when the zoom changes, so it should answer in well under a microsecond (sum of advances, or a cache).
    pub fn frame(&mut self, scene: &Scene<'_>, label_width: &mut dyn FnMut(u32) -> f32) -> Frame {
        self.update_slots(scene);
        let mut frame = Frame::default();
        let bottom = self.slots.last();
        frame.content_height_px = bottom.map_or(0.0, |slot| (slot.top_px + slot.height_px) as f32);
        frame.most_scroll_px = self.most_scroll_px(scene.height_px);
        // Never past the end, also when lanes have just gone.
        frame.scroll_px = scene.scroll_px.clamp(0.0, frame.most_scroll_px);
        let seen = self.seen_slots(frame.scroll_px, scene.height_px);
        let lane_count = self.slots[seen.clone()]
            .iter()
            .filter(|slot| slot.kind != LaneKind::Heading)
            .count();
        // By powers of two, so that scrolling by one lane decides nothing anew.
        let budget = (MARK_BUDGET / lane_count.next_power_of_two()).max(32);
        let lanes = self.seen_lanes(scene, seen.clone(), budget);
        self.take_placed(scene, &lanes);
        frame.due = self.due(scene, lanes).map(Arc::new);
        let waiting: HashSet<u32> = (frame.due.iter())
            .flat_map(|due| due.lanes.iter().map(|lane| lane.node))
            .collect();
        for at in seen.clone() {
            let slot = self.slots[at];
            let may_wait = waiting.contains(&slot.node);
            self.lane(scene, &slot, budget, may_wait, label_width, &mut frame);
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

    /// The lanes in view that have events to show.
    fn seen_lanes(&self, scene: &Scene<'_>, seen: Range<usize>, budget: usize) -> Vec<SeenLane> {
        let slots = self.slots.get(seen).unwrap_or_default().iter();
        slots
            .filter_map(|slot| {
                let events = match slot.kind {
                    LaneKind::Heading => return None,
                    LaneKind::Lane => Source::Leaf(slot.lane?),
                    LaneKind::Collapsed => {
                        Source::Merged(Arc::clone(&self.merged.get(&slot.node)?.1))
                    }
                };
                Some(SeenLane {
                    node: slot.node,
                    events,
                    key: decision_key(scene, slot, budget),
                })
            })
            .collect()
    }

    /// Takes up what was placed beside the window, where it fits what is seen now better than what is there.
    fn take_placed(&mut self, scene: &Scene<'_>, seen: &[SeenLane]) {
        let is_news = |placed: &&Arc<PlacedRows>| {
            let taken = self.taken.as_ref();
            taken.is_none_or(|taken| !Arc::ptr_eq(taken, placed))
        };
        let Some(placed) = scene.placed.filter(is_news) else {
            return;
        };
        self.taken = Some(Arc::clone(placed));
        if placed.round != self.round {
            return;
        }
        let visible = scene.axis.view.visible_ms();
        for new in &placed.lanes {
            let Some(lane) = seen.iter().find(|lane| lane.node == new.node) else {
                continue;
            };
            let urgency = new.decision.urgency(&lane.key, &visible);
            let known = self.decisions.get(&lane.node);
            let is_better = known.is_none_or(|known| urgency < known.urgency(&lane.key, &visible));
            if urgency != Urgency::Now && is_better && new.events.is_same(&lane.events) {
                self.decisions.insert(lane.node, Arc::clone(&new.decision));
            }
        }
    }

    /// Lanes whose marks should be placed anew, but can wait, if all that is to be placed is too much for this frame.
    fn due(&self, scene: &Scene<'_>, lanes: Vec<SeenLane>) -> Option<DueRows> {
        let seen = scene.axis.view.visible_ms();
        let mut due = Vec::new();
        let mut marks = 0;
        for SeenLane { node, events, key } in lanes {
            let known = self.decisions.get(&node);
            let urgency = known.map_or(Urgency::Now, |known| known.urgency(&key, &seen));
            if urgency == Urgency::Settled {
                continue;
            }
            // About as many as there were, but no more than stand in the window.
            let lane = match &events {
                Source::Leaf(lane) => scene.index.lane(*lane),
                Source::Merged(lane) => Some(&**lane),
            };
            let in_window = lane.map_or(0, |lane| {
                let window = aligned_window(&seen, quantized_ms_per_px(key.zoom));
                let before = |ms| lane.started_before(key.gaps.real_from_shown(ms));
                before(window.end).saturating_sub(before(window.start))
            });
            marks += in_window
                .min(key.budget)
                .max(known.map_or(0, |known| known.size()));
            if let (Some(before), Urgency::CanWait(_)) = (known, urgency) {
                due.push(DueLane {
                    node,
                    events,
                    key,
                    before: Arc::clone(before),
                });
            }
        }
        let is_long = marks > MARKS_PLACED_A_FRAME && !due.is_empty();
        is_long.then_some(DueRows {
            round: self.round,
            seen,
            lanes: due,
        })
    }

    /// The lines of the last frame, in view or not.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Where to scroll so that a node is wholly in view, as near to `scroll_px` as can be; of the last frame's lines. What must be
    /// scrolled begins with a whole line.
    pub fn scroll_to(&self, node: u32, scroll_px: f32, height_px: f32) -> Option<f32> {
        let slot = self.slots.iter().find(|slot| slot.node == node)?;
        let last = slot.top_px as f32;
        let first = (slot.top_px + slot.height_px) as f32 - height_px;
        let nearest = scroll_px.max(first.min(last)).min(last);
        if nearest == scroll_px {
            return Some(scroll_px);
        }
        let tops = self.slots.iter().map(|slot| slot.top_px as f32);
        tops.filter(|top| (nearest..=last).contains(top))
            .min_by(f32::total_cmp)
    }

    /// How far the lanes can be scrolled in so much room: until the last is wholly in view, and on to the next whole one at the top, so
    /// that none is cut there at the end; unless that one is so far on that much of the room would be empty.
    fn most_scroll_px(&self, height_px: f32) -> f32 {
        let Some(last) = self.slots.last() else {
            return 0.0;
        };
        let least_px = last.top_px + last.height_px - f64::from(height_px);
        // Less than a pixel is no more than the rounding of sums.
        if least_px < 1.0 {
            return 0.0;
        }
        let at = self.slots.partition_point(|slot| slot.top_px < least_px);
        let next_px = self.slots.get(at).map(|slot| slot.top_px);
        let is_near = |px: &f64| px - least_px <= f64::from(height_px) / 2.0;
        next_px.filter(is_near).unwrap_or(least_px) as f32
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
        let has_rows = scene.rows.is_of(scene.index);
        let key = SlotsKey {
            index: scene.index.id(),
            tree: scene.tree.revision(),
            width_px: match has_rows {
                true => scene.rows.width_px(),
                false => scene.axis.view.width_px(),
            },
            height_px: scene.height_px,
            metrics: *scene.metrics,
        };
        if self.slots_key.as_ref() == Some(&key) {
            let is_news = |(node, (_, new)): (&u32, &(Vec<u32>, Arc<Lane>))| {
                let known = self.merged.get(node);
                known.is_none_or(|(_, known)| !Arc::ptr_eq(known, new))
            };
            if scene.merged.iter().any(is_news) {
                self.take_merged(scene);
            }
            return;
        }
        let index_before = self.slots_key.as_ref().map(|old| old.index);
        if index_before != Some(key.index) {
            self.merged.clear();
        }
        let height_px = f64::from(key.height_px);
        let found = (!has_rows).then(|| LaneRows::of(scene.index, key.width_px));
        let rows = found.as_ref().unwrap_or(scene.rows);
        self.slots = scene
            .tree
            .slots(scene.index, scene.metrics, rows, height_px);
        self.shown_lanes = scene.tree.shown_lanes();
        self.slots_key = Some(key);
        self.take_merged(scene);
    }

    /// Finds for each closed group what it shows.
    fn take_merged(&mut self, scene: &Scene<'_>) {
        let closed = self.slots.iter().map(|slot| (slot.kind, slot.node));
        for (_, node) in closed.filter(|(kind, _)| *kind == LaneKind::Collapsed) {
            let lanes = scene.tree.lanes_within(node);
            let known = self.merged.get(&node).filter(|(of, _)| *of == lanes);
            let handed_in = scene.merged.get(&node).filter(|(of, _)| *of == lanes);
            let merged = match (known, handed_in) {
                (Some((_, known)), Some((_, new))) if Arc::ptr_eq(known, new) => continue,
                (_, Some((_, new))) => Arc::clone(new),
                (Some(_), None) => continue,
                (None, None) => {
                    let len = |&lane: &u32| scene.index.lane(lane).map_or(0, Lane::len);
                    if lanes.iter().map(len).sum::<usize>() > MAX_MERGED_IN_FRAME {
                        // It is on its way; until then the group is empty, not out of date.
                        self.merged.remove(&node);
                        self.decisions.remove(&node);
                        continue;
                    }
                    Arc::new(scene.index.merged(&lanes))
                }
            };
            self.merged.insert(node, (lanes, merged));
            self.decisions.remove(&node);
        }
    }

    fn seen_slots(&self, scroll_px: f32, height_px: f32) -> Range<usize> {
        let top = f64::from(scroll_px);
        let bottom = top + f64::from(height_px);
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
        may_wait: bool,
        label_width: &mut dyn FnMut(u32) -> f32,
        frame: &mut Frame,
    ) {
        let top = (slot.top_px - f64::from(frame.scroll_px)) as f32;
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
            let key = decision_key(scene, slot, budget);
            let seen = scene.axis.view.visible_ms();
            let known = self.decisions.remove(&slot.node);
            let decision = match known {
                Some(known) if may_wait || known.urgency(&key, &seen) == Urgency::Settled => known,
                known => {
                    let new = Decision::new(lane, key, &seen, known.as_deref(), label_width);
                    frame.placed_anew += new.size();
                    Arc::new(new)
                }
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

fn decision_key(scene: &Scene<'_>, slot: &Slot, budget: usize) -> DecisionKey {
    DecisionKey {
        index: scene.index.id(),
        zoom: scene.axis.view.quantized_zoom(),
        row_count: slot.row_count,
        gaps: scene.axis.gaps.clone(),
        metrics: *scene.metrics,
        budget,
    }
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
