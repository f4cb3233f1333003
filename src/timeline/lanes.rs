//! The lanes: nested by `/`, closed and opened, hidden, moved; and how tall each is.

#![expect(
    clippy::indexing_slicing,
    reason = "nodes are numbered by the tree that they were put into"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "levels and counts of lanes, and a number that counts changes"
)]

use super::frame::LaneKind;
use super::index::Index;
use super::lane_rows::{LaneRows, rows_wanted};
use std::collections::HashMap;

/// Deeper parts of a path stay together as one name, so that a path of ten thousand slashes costs nothing.
const MAX_DEPTH: usize = 8;

/// The lanes as a tree. The caller gives leaf lanes by their paths, in the order in which they are to stand;
/// what a lane is (a lane of the briefing, an actor, a tag, a source) is the caller's choice.
#[derive(Clone, Debug, Default)]
pub struct LaneTree {
    nodes: Vec<Node>,
    roots: Vec<u32>,
    /// Grows with each change, for caches.
    revision: u64,
}

/// A lane, a group of lanes, or both at once (`A` beside `A/B`).
#[derive(Clone, Debug)]
pub struct Node {
    /// Last part of the path.
    pub name: String,
    pub parent: Option<u32>,
    pub children: Vec<u32>,
    /// The caller's leaf lane, when it has events of its own.
    pub lane: Option<u32>,
    /// 0 for the outermost.
    pub depth: u16,
    /// Shows the events of all lanes within as one.
    pub collapsed: bool,
    /// Not shown at all, nor anything within.
    pub hidden: bool,
    /// How many rows it is given; `None`: as many as it wants, within what there is room for.
    pub row_limit: Option<u16>,
}

/// A line of the timeline from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    pub node: u32,
    /// The leaf lane whose events it shows; `None` for headings and closed groups.
    pub lane: Option<u32>,
    pub kind: LaneKind,
    pub depth: u16,
    pub row_count: u16,
    /// From the top of all lanes.
    pub top_px: f64,
    pub height_px: f64,
}

/// Sizes in pixels (points), and limits of what a lane may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Height of a row of marks, with the space below it.
    pub row_px: f32,
    /// Height of a mark within its row.
    pub mark_px: f32,
    /// Height of the heading of an open group.
    pub heading_px: f32,
    /// Free space above and below the rows of a lane, together.
    pub lane_padding_px: f32,
    /// Space between a mark's edge and its title, and after a title.
    pub label_gap_px: f32,
    /// Room for the number of events before the title of a cluster.
    pub count_px: f32,
    /// A title with less room than this is not shown.
    pub min_label_px: f32,
    /// A title never claims more than this.
    pub max_label_px: f32,
    /// Width of a column of a density strip; at least 1.
    pub column_px: f32,
    /// Rows a lane has at least, when it wants as many.
    pub min_rows: u16,
    pub max_rows: u16,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            row_px: 22.0,
            mark_px: 12.0,
            heading_px: 22.0,
            lane_padding_px: 8.0,
            label_gap_px: 5.0,
            count_px: 30.0,
            min_label_px: 56.0,
            max_label_px: 340.0,
            column_px: 2.0,
            min_rows: 2,
            max_rows: 12,
        }
    }
}

impl LaneTree {
    /// The tree over these paths; the lane at index `i` is the leaf lane `i` of the [`Index`].
    ///
    /// Empty parts of a path are passed over; two equal paths are two lanes of one name.
    pub fn new<P: AsRef<str>>(paths: impl IntoIterator<Item = P>) -> Self {
        let mut tree = Self::default();
        let mut known: HashMap<(Option<u32>, String), u32> = HashMap::new();
        for (path, lane) in paths.into_iter().zip(0_u32..) {
            let parts = parts(path.as_ref());
            let mut parent = None;
            for (part, depth) in parts.iter().zip(1_usize..) {
                let key = (parent, part.clone());
                let is_last = depth == parts.len();
                let node = match known.get(&key) {
                    Some(&node) if !is_last || tree.nodes[node as usize].lane.is_none() => node,
                    _ => {
                        let node = tree.push(part.clone(), parent);
                        known.insert(key, node);
                        node
                    }
                };
                if is_last {
                    tree.nodes[node as usize].lane = Some(lane);
                }
                parent = Some(node);
            }
        }
        tree
    }

    fn push(&mut self, name: String, parent: Option<u32>) -> u32 {
        let node = self.nodes.len() as u32;
        let above = parent.and_then(|parent| self.nodes.get_mut(parent as usize));
        let depth = match above {
            Some(above) => {
                above.children.push(node);
                above.depth + 1
            }
            None => {
                self.roots.push(node);
                0
            }
        };
        self.nodes.push(Node {
            name,
            parent,
            children: Vec::new(),
            lane: None,
            depth,
            collapsed: false,
            hidden: false,
            row_limit: None,
        });
        node
    }

    pub fn node(&self, node: u32) -> Option<&Node> {
        self.nodes.get(node as usize)
    }

    /// All nodes, shown or not; a node's number is its place.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// What stands directly within a group, in order; with `None`, the outermost lanes and groups.
    pub fn children(&self, parent: Option<u32>) -> &[u32] {
        match parent {
            Some(parent) => self.node(parent).map_or(&[], |node| &node.children),
            None => &self.roots,
        }
    }

    /// Grows with each change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The whole path of a node, parts joined by `/`: what remembered settings are kept under.
    pub fn path(&self, node: u32) -> String {
        let mut names = Vec::new();
        let mut next = self.node(node);
        while let Some(node) = next {
            names.push(node.name.as_str());
            next = node.parent.and_then(|parent| self.node(parent));
        }
        names.reverse();
        names.join("/")
    }

    /// The node of a leaf lane.
    pub fn node_of_lane(&self, lane: u32) -> Option<u32> {
        let found = self.nodes.iter().position(|node| node.lane == Some(lane));
        found.map(|node| node as u32)
    }

    /// Opens or closes a group. A lane without lanes below it cannot be closed.
    pub fn set_collapsed(&mut self, node: u32, collapsed: bool) {
        self.change(node, |node| {
            node.collapsed = collapsed && !node.children.is_empty();
        });
    }

    pub fn set_hidden(&mut self, node: u32, hidden: bool) {
        self.change(node, |node| node.hidden = hidden);
    }

    /// Gives a lane so many rows; `None`: as many as it wants, within what there is room for.
    pub fn set_row_limit(&mut self, node: u32, rows: Option<u16>) {
        self.change(node, |node| node.row_limit = rows);
    }

    fn change(&mut self, node: u32, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.get_mut(node as usize) {
            change(node);
            self.revision += 1;
        }
    }

    /// Moves a lane or group, with all within it, before a sibling, or to the end of its group.
    /// Returns whether it moved: a lane stays in its group.
    pub fn move_before(&mut self, node: u32, sibling: Option<u32>) -> bool {
        let parent_of = |node: u32| self.node(node).map(|node| node.parent);
        let Some(parent) = parent_of(node) else {
            return false;
        };
        if sibling.is_some_and(|sibling| sibling == node || parent_of(sibling) != Some(parent)) {
            return false;
        }
        let siblings = match parent.and_then(|parent| self.nodes.get_mut(parent as usize)) {
            Some(parent) => &mut parent.children,
            None => &mut self.roots,
        };
        siblings.retain(|&other| other != node);
        let at = siblings
            .iter()
            .position(|&other| Some(other) == sibling)
            .unwrap_or(siblings.len());
        siblings.insert(at, node);
        self.revision += 1;
        true
    }

    /// The leaf lanes at and below a node that are not hidden.
    pub fn lanes_within(&self, node: u32) -> Vec<u32> {
        let mut lanes = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop().and_then(|node| self.node(node)) {
            if !node.hidden {
                lanes.extend(node.lane);
                open.extend(node.children.iter().rev());
            }
        }
        lanes
    }

    /// All leaf lanes that are shown, also those within closed groups, from top to bottom.
    pub fn shown_lanes(&self) -> Vec<u32> {
        let lanes = self.roots.iter().map(|&root| self.lanes_within(root));
        lanes.flatten().collect()
    }

    /// The node that shows the events of a leaf lane: its own, or the closed group around it; `None` when it is hidden.
    pub fn shown_node(&self, lane: u32) -> Option<u32> {
        let mut at = self.node_of_lane(lane)?;
        let mut shown = at;
        loop {
            let node = self.node(at)?;
            if node.hidden {
                return None;
            }
            if node.collapsed {
                shown = at;
            }
            match node.parent {
                Some(parent) => at = parent,
                None => return Some(shown),
            }
        }
    }

    /// The lines from top to bottom, each with its place and size.
    ///
    /// Sizes follow from the data and the window alone, never from what is in view: nothing moves up or down while panning or zooming.
    /// A lane is as tall as its events want; where all together want too much, the tallest give up rows first,
    /// down to [`Metrics::min_rows`], and then the lanes scroll.
    pub fn slots(
        &self,
        index: &Index,
        metrics: &Metrics,
        rows: &LaneRows,
        height_px: f64,
    ) -> Vec<Slot> {
        let mut slots: Vec<Slot> = Vec::new();
        let mut wanted: Vec<u16> = Vec::new();
        let mut open: Vec<u32> = self.roots.iter().rev().copied().collect();
        while let Some(at) = open.pop() {
            let Some(node) = self.node(at).filter(|node| !node.hidden) else {
                continue;
            };
            let kind = if node.collapsed {
                LaneKind::Collapsed
            } else if node.lane.is_some() {
                LaneKind::Lane
            } else {
                LaneKind::Heading
            };
            let rows_given = match kind {
                LaneKind::Heading => 0,
                LaneKind::Lane => node.lane.map_or(1, |lane| rows.wanted(lane)),
                LaneKind::Collapsed => rows_wanted(index, &self.lanes_within(at), rows.width_px()),
            };
            let rows_given = rows_given.min(metrics.max_rows.max(1));
            wanted.push(match (kind, node.row_limit) {
                (LaneKind::Lane | LaneKind::Collapsed, Some(limit)) => limit.max(1),
                _ => rows_given,
            });
            slots.push(Slot {
                node: at,
                lane: node.lane.filter(|_| kind == LaneKind::Lane),
                kind,
                depth: node.depth,
                row_count: 0,
                top_px: 0.0,
                height_px: 0.0,
            });
            if !node.collapsed {
                open.extend(node.children.iter().rev());
            }
        }
        let is_given = |slot: &Slot| {
            self.node(slot.node)
                .is_some_and(|node| node.row_limit.is_some())
        };
        let (row_px, padding_px) = (
            f64::from(metrics.row_px),
            f64::from(metrics.lane_padding_px),
        );
        let size = |slot: &Slot, wanted: u16, cap: u16| match slot.kind {
            LaneKind::Heading => (0, f64::from(metrics.heading_px)),
            LaneKind::Lane | LaneKind::Collapsed => {
                let rows = if is_given(slot) {
                    wanted
                } else {
                    wanted.min(cap)
                };
                (rows, f64::from(rows) * row_px + padding_px)
            }
        };
        let height_at = |cap: u16| -> f64 {
            slots
                .iter()
                .zip(&wanted)
                .map(|(slot, &wanted)| size(slot, wanted, cap).1)
                .sum()
        };
        let least = metrics.min_rows.max(1);
        let cap = (least..=metrics.max_rows.max(least))
            .rev()
            .find(|&cap| cap == least || height_at(cap) <= height_px)
            .unwrap_or(least);
        let sizes: Vec<(u16, f64)> = slots
            .iter()
            .zip(&wanted)
            .map(|(slot, &wanted)| size(slot, wanted, cap))
            .collect();
        let mut top_px = 0.0;
        for (slot, (row_count, height_px)) in slots.iter_mut().zip(sizes) {
            (slot.row_count, slot.height_px, slot.top_px) = (row_count, height_px, top_px);
            top_px += height_px;
        }
        slots
    }
}

/// The parts of a path, at most [`MAX_DEPTH`].
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let trimmed = path.split('/').map(str::trim);
    for part in trimmed.filter(|part| !part.is_empty()) {
        let is_full = parts.len() == MAX_DEPTH;
        match parts.last_mut() {
            Some(last) if is_full => {
                last.push('/');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    if parts.is_empty() {
        parts.push(String::new());
    }
    parts
}
