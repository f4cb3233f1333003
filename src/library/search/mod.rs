//! Finds words in a library while they are typed.
//!
//! [`query`] reads what was typed; [`words`] cuts text into words, the same for files and for queries; [`units`] cuts briefings
//! into what can be found: events, passages, sources, and briefings as such. [`index`] keeps them in the user's cache folder
//! (tantivy), [`engine`] answers queries, and [`service`] does both on a thread of its own. [`passage()`] shows where in the
//! text of a hit the words stand.

pub mod engine;
mod fields;
pub mod index;
pub mod passage;
pub mod query;
mod schema;
pub mod service;
mod table;
pub mod units;
pub mod words;

pub use engine::{Engine, Found, Hit, Request};
pub use passage::{Matcher, Passage, passage};
pub use query::{Query, QueryFault};
pub use service::{Report, Service};
pub use units::UnitKind;
