//! Scale, ticks, rows, clusters, density: the timeline as pure values.
//!
//! Time comes in as whole milliseconds, positions go out in pixels, and nothing here knows a window or
//! a font: label widths come in as functions. The way of a frame:
//!
//! 1. [`Entry`] values (one an event) become an [`Index`] once, and again only when the events or the filter change.
//! 2. A [`View`] says which stretch of time is seen; [`Axis`] joins it to the [`Gaps`] that are collapsed.
//! 3. [`ruler`] gives the ticks, and [`Layout::frame`] a [`Frame`]: marks, clusters and density of what
//!    is in view. Its work follows the pixels, never the number of events; what of it is long is left as [`DueRows`] for another thread.
//! 4. Walking, snapping, hit testing and the minimap ask the same index.

mod crowd;
mod decision;
mod due;
pub mod frame;
pub mod gaps;
pub mod hit;
mod hits;
pub mod index;
mod item_set;
mod labels;
mod lane_rows;
pub mod lanes;
pub mod layout;
pub mod look;
pub mod minimap;
mod pyramid;
mod ranks;
mod rows;
pub mod scale;
pub mod snap;
pub mod steps;
pub mod ticks;
pub mod walk;

pub use decision::{MIN_BAR_PX, TAIL_PX};
pub use due::{DueRows, PlacedRows};
pub use frame::{
    Cluster, Counts, DensityColumn, Frame, Label, LaneFrame, LaneKind, PlacedMark, Supersession,
};
pub use gaps::Gaps;
pub use hits::Hits;
pub use index::{Index, Lane};
pub use item_set::ItemSet;
pub use lane_rows::LaneRows;
pub use lanes::{LaneTree, Metrics};
pub use layout::{Layout, MergedLanes, Scene};
pub use look::{Body, Edge, Entry, Look, MarkShape, StatusLook};
pub use scale::{Axis, View};
pub use ticks::{Ruler, ruler};

#[cfg(test)]
mod tests;
