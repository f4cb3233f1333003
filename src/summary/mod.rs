//! What an export says, and how it says it.
//!
//! [`Summary::new`] makes one value from briefings, the checks of their evidence and a [`Selection`]: title,
//! abstract, key statements, figure, chronology, comparisons, notes, sources, and what could not be
//! checked. Every form of output is a function of that value and decides nothing but looks, so that all of
//! them say the same. Nothing here touches the disk or the window; fonts are handed in.
//!
//! The same input gives the same bytes: no clock is asked, and whatever has no order of its own is sorted.

pub mod brief;
pub mod build;
pub mod choice;
pub mod citation;
pub mod content;
pub mod csv;
pub mod figure;
pub mod html;
pub mod ics;
mod input;
pub mod json;
pub mod markdown;
mod notes;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod prose;
pub mod selection;
mod sources;
pub mod svg;
pub mod typst_source;
mod unchecked;

pub use choice::{Form, Options, Paper, Standard, Template, page_estimate};
pub use content::Summary;
pub use input::Input;
pub use selection::Selection;

/// Whether nobody wants the result any more. Asked many times a second, from several threads.
pub type IsCancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// What is said of an export that nobody wants any more.
pub const CANCELLED: &str = "cancelled";
