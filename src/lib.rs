//! Sourceline opens Markdown briefings, lays their events out on a zoomable timeline, and takes every
//! statement to the exact words of its source. ARCHITECTURE.md says which module may use which.

// Briefings come from strangers, so whatever could panic has its reason beside it: in the narrowest module where one
// reason holds. Sums outside of `date` add lengths and places of texts that are bounded (`parse::bounds`), far below what
// their types hold; the fuzz targets run with checks of overflow all the same.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
    )
)]

pub mod app;
pub mod cli;
pub mod command;
pub mod date;
pub mod disk;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod evidence;
pub mod export;
pub mod library;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod model;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod number;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod parse;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod problem;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod span;
pub mod state;
pub mod summary;
pub mod tasks;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod text;
pub mod timeline;
pub mod ui;
