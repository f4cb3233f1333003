//! Sourceline opens Markdown briefings, lays their events out on a zoomable timeline, and takes every
//! statement to the exact words of its source. ARCHITECTURE.md says which module may use which.

// Briefings come from strangers, so whatever could panic has its reason beside it: in the narrowest module where one
// reason holds. So has arithmetic in every room that input reaches: what a reason cannot be given for is checked or held at
// the ends, so that builds with and without checks of overflow do the same. The fuzz targets run with them.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
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
pub mod evidence;
pub mod export;
pub mod library;
pub mod model;
pub mod number;
pub mod parse;
pub mod problem;
pub mod span;
pub mod state;
pub mod summary;
pub mod tasks;
pub mod text;
pub mod timeline;
#[cfg_attr(
    not(test),
    expect(
        clippy::arithmetic_side_effects,
        reason = "views add and take away what is floating, and places in what they show; the lint asks of every sum of two vectors"
    )
)]
pub mod ui;
