//! The front-matter half of a briefing: metadata, sources and events.

mod split;

use super::Context;
use crate::model::Briefing;
use crate::problem::{Code, Problem};
use crate::span::Span;
use std::sync::Arc;

/// Passages that events name under `in`: the event's index, the value as written, and where it stands.
pub type PendingPassages = Vec<(u32, String, Span)>;

/// Reads the front matter into a briefing whose body is still to be read.
pub fn read(
    text: Arc<str>,
    _context: &Context,
    problems: &mut Vec<Problem>,
) -> (Briefing, PendingPassages) {
    let split = split::split(&text, problems);
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        problems.push(Problem::new(
            Code::FileEmpty,
            split.body,
            "expected a briefing, found an empty file",
            "write a title and a first sentence, or remove the file",
        ));
    }
    let briefing = Briefing {
        text,
        body: split.body,
        title: String::new(),
        subtitle: None,
        summary: None,
        date: None,
        as_of: None,
        authors: Vec::new(),
        organization: None,
        lang: None,
        timezone: None,
        marking: None,
        status: None,
        tags: Vec::new(),
        events: Vec::new(),
        sources: Vec::new(),
        statements: Vec::new(),
        comparisons: Vec::new(),
        headings: Vec::new(),
        links: Vec::new(),
        unsourced: Vec::new(),
        exempt: Vec::new(),
    };
    (briefing, Vec::new())
}
