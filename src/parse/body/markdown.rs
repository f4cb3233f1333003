//! Markdown events with their place in the file, and a bound on how deep they nest.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and levels that are bounded"
)]

use crate::problem::{Code, Problem};
use crate::span::Span;
use pulldown_cmark::{Event, OffsetIter, Options, Parser, TagEnd};

/// How deep blocks and inline marks may nest. What lies deeper is read as plain text at this depth.
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

/// The events of one body.
pub struct Markdown<'a> {
    events: OffsetIter<'a>,
    base: usize,
    depth: usize,
    too_deep: Option<Span>,
}

impl<'a> Markdown<'a> {
    /// Reads the part `body` of `text`.
    pub fn new(text: &'a str, body: Span) -> Self {
        Self {
            events: Parser::new_ext(body.of(text), options()).into_offset_iter(),
            base: body.start as usize,
            depth: 0,
            too_deep: None,
        }
    }

    /// What went wrong so far: the first place that nests too deep.
    pub fn problem(&self) -> Option<Problem> {
        self.too_deep.map(|span| {
            Problem::new(
                Code::MarkdownTooDeep,
                span,
                format!("expected at most {MAX_DEPTH} levels of nesting, found more"),
                "unfold the innermost quotes or lists; what lies deeper is read as plain text",
            )
        })
    }
}

impl<'a> Iterator for Markdown<'a> {
    type Item = (Event<'a>, Span);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (event, range) = self.events.next()?;
            let span = Span::new(self.base + range.start, self.base + range.end);
            match event {
                Event::Start(_) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        self.too_deep.get_or_insert(span);
                        continue;
                    }
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth >= MAX_DEPTH {
                        // Words of blocks that are left out must not run together.
                        let end_of_words = matches!(
                            end,
                            TagEnd::Paragraph
                                | TagEnd::Heading(_)
                                | TagEnd::Item
                                | TagEnd::CodeBlock
                                | TagEnd::TableCell
                        );
                        if end_of_words {
                            return Some((Event::SoftBreak, Span::at(span.end as usize)));
                        }
                        continue;
                    }
                }
                _ => {}
            }
            return Some((event, span));
        }
    }
}
