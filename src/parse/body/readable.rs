//! A stretch of Markdown as the words a reader sees.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of pictures that are open in one text"
)]

use super::markdown::Markdown;
use crate::span::Span;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The words of a stretch of Markdown: no emphasis signs, no addresses, no comments, runs of white space as one space.
pub fn readable(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut images = 0_usize;
    for (event, _) in Markdown::new(markdown, Span::new(0, markdown.len())) {
        match event {
            Event::Text(words) | Event::Code(words) if images == 0 => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn only_what_a_reader_sees_is_left() {
        for (markdown, words) in [
            ("a **bold** _word_", "a bold word"),
            ("the [readout](https://a.b)\nsays", "the readout says"),
            ("a &amp; `b` <!-- no -->c", "a & b c"),
            ("- one\n- two", "one two"),
            ("![map](m.png) here", "here"),
            ("", ""),
        ] {
            assert_eq!(readable(markdown), words, "{markdown}");
        }
    }
}
