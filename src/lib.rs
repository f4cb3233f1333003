//! Sourceline opens Markdown briefings, lays their events out on a zoomable timeline, and takes every
//! statement to the exact words of its source. ARCHITECTURE.md says which module may use which.

pub mod app;
pub mod cli;
pub mod command;
pub mod date;
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
pub mod ui;
