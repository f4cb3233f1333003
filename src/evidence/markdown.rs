//! Markdown as its reader sees it: without marks, addresses and front matter.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and counts of open marks"
)]

use super::html::{self, TooInvolved};
use super::writer::{Break, Readable, Writer};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The words of a Markdown file that begins at `start` (after a byte order mark), with their places in `source`.
pub(super) fn readable(source: &str, start: usize) -> Result<Readable, TooInvolved> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut page = Page {
        source,
        writer: Writer::default(),
        unseen: 0,
        preformatted: false,
        html: None,
        lists: Vec::new(),
    };
    let body = source.get(start..).unwrap_or_default();
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        page.event(event, range.start + start..range.end + start)?;
    }
    Ok(page.writer.finish())
}

struct Page<'a> {
    source: &'a str,
    writer: Writer,
    /// Depth inside images and metadata, whose text is not on the page.
    unseen: usize,
    preformatted: bool,
    /// The block of HTML being read.
    html: Option<Range<usize>>,
    /// The open lists, with the number of the next item of those that have numbers.
    lists: Vec<Option<u64>>,
}

impl Page<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), TooInvolved> {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag)?,
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.code(&words, range);
            }
            Event::Html(_) => {
                if let Some(html) = &mut self.html {
                    html.end = html.end.max(range.end);
                }
            }
            Event::InlineHtml(tag) => {
                let name = tag.trim_start_matches(['<', '/']).to_ascii_lowercase();
                if name
                    .strip_prefix("br")
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                {
                    self.writer.break_with(Break::Line);
                }
            }
            Event::SoftBreak => self.writer.space(range),
            Event::HardBreak => self.writer.break_with(Break::Line),
            Event::Rule => self.writer.break_with(Break::Paragraph),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::Table(_) => self.writer.break_with(Break::Paragraph),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.writer.break_with(Break::Paragraph);
                self.preformatted = true;
            }
            Tag::HtmlBlock => self.html = Some(range),
            Tag::List(number) => {
                self.writer.break_with(Break::Paragraph);
                self.lists.push(*number);
            }
            Tag::Item => {
                self.writer.break_with(Break::Line);
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.writer.item(*number);
                    *number = number.saturating_add(1);
                }
            }
            Tag::TableHead
            | Tag::TableRow
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => self.writer.break_with(Break::Line),
            Tag::TableCell => self.writer.break_with(Break::Cell),
            Tag::Image { .. } | Tag::MetadataBlock(_) => self.unseen += 1,
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), TooInvolved> {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Table => self.writer.break_with(Break::Paragraph),
            TagEnd::List(_) => {
                self.lists.pop();
                self.writer.break_with(Break::Paragraph);
            }
            TagEnd::CodeBlock => {
                self.preformatted = false;
                self.writer.break_with(Break::Paragraph);
            }
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html.take() {
                    self.writer.break_with(Break::Paragraph);
                    html::append(self.source, range, &mut self.writer)?;
                    self.writer.break_with(Break::Paragraph);
                }
            }
            TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => {
                self.writer.break_with(Break::Line);
            }
            TagEnd::Image | TagEnd::MetadataBlock(_) => {
                self.unseen = self.unseen.saturating_sub(1);
            }
            _ => {}
        }
        Ok(())
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if self.unseen > 0 {
            return;
        }
        let stands_there = self.source.get(range.clone()) == Some(words);
        match (stands_there, self.preformatted) {
            (true, true) => self.writer.literal(words, range.start),
            (true, false) => self.writer.collapsed(words, range.start),
            (false, _) => self.writer.replaced(words, range),
        }
    }

    fn code(&mut self, words: &str, range: Range<usize>) {
        if self.unseen > 0 {
            return;
        }
        let within = self.source.get(range.clone()).unwrap_or_default();
        match memchr::memmem::find(within.as_bytes(), words.as_bytes()) {
            Some(at) => self.writer.literal(words, range.start + at),
            None => self.writer.replaced(words, range),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(source: &str) -> Readable {
        readable(source, 0).expect("within bounds")
    }

    #[test]
    fn markdown_reads_as_its_reader_sees_it() {
        for (source, expected) in [
            ("# Head\n\nA *soft*\nbreak.", "Head\n\nA soft break."),
            ("---\ntitle: no\n---\nyes", "yes"),
            (
                "a [link](https://example.org) ![no](x.png) `code`",
                "a link code",
            ),
            ("AT&amp;T \\*star\\* &mdash;", "AT&T *star* —"),
            ("- one\n- two\n\n1. three", "one\ntwo\n\nthree"),
            ("| a | b |\n|---|---|\n| c | d |", "a\tb\nc\td"),
            ("> quoted\n> words", "quoted words"),
            ("<div hidden>no</div>\n\nyes", "yes"),
            ("text[^1]\n\n[^1]: note", "text\n\nnote"),
            ("one<br>two  \nthree", "one\ntwo\nthree"),
        ] {
            assert_eq!(page(source).text, expected, "{source:?}");
        }
    }

    #[test]
    fn every_word_leads_back_to_its_bytes() {
        let source = "---\nx: y\n---\nAn **energy &amp;\n infrastructure** `pause`";
        let Readable { text, map, .. } = page(source);
        for (words, in_file) in [
            ("energy", "energy"),
            ("&", "&amp;"),
            ("infrastructure", "infrastructure"),
            ("pause", "pause"),
        ] {
            let at = text.find(words).expect("in the text");
            assert_eq!(source.get(map.origin(at..at + words.len())), Some(in_file));
        }
    }

    #[test]
    fn hostile_nesting_takes_no_stack_and_little_time() {
        let deep = 20_000;
        for mark in ["> ", "- ", "[", "*a ", "`a ", "<div>\n"] {
            let source = format!("{}word", mark.repeat(deep));
            assert!(page(&source).text.ends_with("word"), "{mark}");
        }
    }
}
