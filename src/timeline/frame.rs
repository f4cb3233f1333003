//! What one frame shows: plain values, ready to be painted.
//!
//! Positions are pixels (points) from the top left corner of the lanes' area. Horizontal positions are
//! held to a little outside the window, so `f32` is exact enough everywhere.

use super::due::DueRows;
use super::look::MarkShape;
use egui::emath::{Rangef, Rect};
use std::ops::Range;
use std::sync::Arc;

/// One frame of the lanes. `marks`, `clusters` and `density` are grouped by lane; each [`LaneFrame`] holds its ranges.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The lanes in view, from top to bottom.
    pub lanes: Vec<LaneFrame>,
    /// By lane, then by row, then from left to right.
    pub marks: Vec<PlacedMark>,
    /// By lane, then from left to right.
    pub clusters: Vec<Cluster>,
    /// By lane, then from left to right. Neighbors of equal heights are one.
    pub density: Vec<DensityColumn>,
    /// From overtaken events to what overtook them, where both are drawn on their own.
    pub links: Vec<Supersession>,
    pub counts: Counts,
    /// Height of all lanes together; more than the window's means that they scroll.
    pub content_height_px: f32,
    /// How far they can be scrolled down: so far that the last is in view, and that what stands at the top is a whole lane.
    pub most_scroll_px: f32,
    /// How far they are scrolled down: as asked for, but never past the end.
    pub scroll_px: f32,
    /// Lanes that still stand as they were decided a step of the zoom ago: what is to be computed beside the window.
    pub due: Option<Arc<DueRows>>,
    /// How many marks and clusters were placed anew for this frame.
    pub placed_anew: usize,
}

/// A lane, or the heading of a group of lanes, in view.
#[derive(Clone, Debug)]
pub struct LaneFrame {
    /// Its node in the [`LaneTree`](super::lanes::LaneTree).
    pub node: u32,
    pub kind: LaneKind,
    /// Nesting: 0 for the outermost.
    pub depth: u16,
    /// From its top to its bottom; may reach out of the window.
    pub y: Rangef,
    /// How many rows of marks it has room for.
    pub row_count: u16,
    /// Where its density strip stands, if it has one in view.
    pub strip: Option<Rangef>,
    /// Its part of [`Frame::marks`].
    pub marks: Range<u32>,
    /// Its part of [`Frame::clusters`].
    pub clusters: Range<u32>,
    /// Its part of [`Frame::density`].
    pub density: Range<u32>,
    pub counts: Counts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LaneKind {
    /// A lane with events.
    Lane,
    /// The heading of a group that is open: it holds no events of its own.
    Heading,
    /// A group that is closed: it shows the events of all lanes in it.
    Collapsed,
}

/// Where the events in view went. `in_view = placed + clustered + in_density + hidden`, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Dated events, in view or not.
    pub dated: u32,
    /// Events without a date; only in the counts of the whole frame.
    pub undated: u32,
    /// Events that overlap the stretch of time in the window. In the counts of the whole frame: also those of lanes scrolled out of sight.
    pub in_view: u32,
    /// Drawn as a mark of their own.
    pub placed: u32,
    /// Part of a cluster.
    pub clustered: u32,
    /// Part of a density strip, or going on from one that began left of the window.
    pub in_density: u32,
    /// In view, but not shown: no row was left (`+12`), or its lane is scrolled out of sight.
    pub hidden: u32,
}

/// An event drawn on its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedMark {
    pub item: u32,
    /// Index into [`Frame::lanes`].
    pub lane: u32,
    pub row: u16,
    /// The mark. A point's is a square about its moment; a bar's reaches from its start to its end.
    /// On the side of an edge that is unknown or beyond, it holds a tail of [`TAIL_PX`](super::TAIL_PX) besides.
    pub rect: Rect,
    pub shape: MarkShape,
    /// Where its title goes: inside a bar that holds it, and else beside its mark. `None` when there is no room.
    pub label: Option<Label>,
}

/// Where a title goes, on the row of its mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// Left edge of the text.
    pub x: f32,
    /// The room it has. When `elided`, the title is to be cut to it.
    pub width_px: f32,
    pub elided: bool,
    /// Held at the left edge of the window because its bar begins left of it.
    pub sticky: bool,
}

/// Neighbors nearer than 4 pixels, drawn as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// How many events it stands for.
    pub count: u32,
    /// The most important of them: its title names the cluster.
    pub top_item: u32,
    /// From the first start to the last start of its events.
    pub first_ms: i64,
    pub last_ms: i64,
    /// Index into [`Frame::lanes`].
    pub lane: u32,
    pub row: u16,
    pub rect: Rect,
    /// Where the title of the most important goes. The number has its place inside `rect`.
    pub label: Option<Label>,
    /// Its place among the clusters of its lane's layout.
    pub(super) group: u32,
}

/// A column of a density strip, or of the events that still go on beyond it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DensityColumn {
    pub x: Rangef,
    /// How many events overlap it; of merged neighbors, the most. Beyond a strip, of those that are not drawn on their own.
    pub count: u32,
    /// Height within the strip, above 0 to 1: grows with the square root of the count.
    pub level: f32,
    /// The same for those events that begin in it; 0 beyond a strip.
    pub begun_level: f32,
    /// Beyond a strip: marks may stand before it.
    pub is_beyond: bool,
}

/// An event and the one that overtook it, as indices into [`Frame::marks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supersession {
    pub overtaken: u32,
    pub by: u32,
}
