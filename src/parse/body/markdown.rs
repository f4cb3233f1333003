//! Markdown events with their place in the file.

use crate::problem::{Code, Problem};
use crate::span::Span;
use pulldown_cmark::{Event, OffsetIter, Options, Parser};

/// How deep blocks and inline marks may nest. What lies deeper is read as if it stood at this depth.
pub const MAX_DEPTH: usize = 64;

/// GitHub-flavored Markdown with heading ids and wiki links (FORMAT section 1).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// The events of one body. Starts and ends that nest too deep are left out, with one problem for the first.
pub struct Markdown<'a, 'p> {
    events: OffsetIter<'a>,
    base: usize,
    depth: usize,
    problems: &'p mut Vec<Problem>,
    told: bool,
}

impl<'a, 'p> Markdown<'a, 'p> {
    /// Reads the part `body` of `text`.
    pub fn new(text: &'a str, body: Span, problems: &'p mut Vec<Problem>) -> Self {
        Self {
            events: Parser::new_ext(body.of(text), options()).into_offset_iter(),
            base: body.start as usize,
            depth: 0,
            problems,
            told: false,
        }
    }
}

impl<'a> Iterator for Markdown<'a, '_> {
    type Item = (Event<'a>, Span);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (event, range) = self.events.next()?;
            let span = Span::new(self.base + range.start, self.base + range.end);
            match event {
                Event::Start(_) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        if !std::mem::replace(&mut self.told, true) {
                            self.problems.push(Problem::new(
                                Code::MarkdownTooDeep,
                                span,
                                format!("expected at most {MAX_DEPTH} levels of nesting, found more"),
                                "unfold the innermost quotes or lists; what lies deeper is shown as plain text",
                            ));
                        }
                        continue;
                    }
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth >= MAX_DEPTH {
                        continue;
                    }
                }
                _ => {}
            }
            return Some((event, span));
        }
    }
}
