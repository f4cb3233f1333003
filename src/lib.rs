//! Sourceline opens Markdown briefings, lays their events out on a zoomable timeline, and takes every
//! statement to the exact words of its source. ARCHITECTURE.md says which module may use which.

// Briefings come from strangers, so whatever could panic has its reason beside it: in the narrowest module where one
// reason holds. So has arithmetic in every room that input reaches: what a reason cannot be given for is checked or held at
// the ends, so that builds with and without checks of overflow do the same. The fuzz targets run with them.
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
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
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
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod state;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod summary;
pub mod tasks;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod text;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod timeline;
pub mod ui;
