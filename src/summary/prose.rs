//! Markdown of a few lines (a summary, a note) as paragraphs of styled words, for every form of output.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "marks that are open in one text"
)]

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Serialize;

/// Words of one style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Words {
    #[serde(rename = "t")]
    pub text: String,
    #[serde(rename = "b", skip_serializing_if = "is_off")]
    pub bold: bool,
    #[serde(rename = "i", skip_serializing_if = "is_off")]
    pub italic: bool,
    #[serde(rename = "c", skip_serializing_if = "is_off")]
    pub code: bool,
    /// An address with `http`, `https` or `mailto`; others lead nowhere from a document.
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

// Serde asks for a function of this form.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_off(flag: &bool) -> bool {
    !flag
}

impl Words {
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// One paragraph, or one entry of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// Stands behind a bullet.
    pub item: bool,
    pub words: Vec<Words>,
}

/// The text on one line, with single spaces between its words.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The text, cut behind a word and with an ellipsis when it is longer.
pub fn first_words(text: &str, most_chars: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most_chars) else {
        return text.to_owned();
    };
    let head = text.get(..end).unwrap_or_default();
    // A single word that is longer than all the room is cut where the room ends.
    let whole_words = head
        .rfind(char::is_whitespace)
        .and_then(|at| head.get(..at));
    let kept = whole_words.filter(|kept| !kept.trim().is_empty());
    format!("{}…", kept.unwrap_or(head).trim_end())
}

/// The words without their styles.
pub fn plain_text(words: &[Words]) -> String {
    words.iter().map(|words| words.text.as_str()).collect()
}

/// The paragraphs' words, a space between them.
pub fn plain_paragraphs(paragraphs: &[Paragraph]) -> String {
    let texts: Vec<String> = paragraphs
        .iter()
        .map(|paragraph| plain_text(&paragraph.words))
        .collect();
    texts.join(" ")
}

/// How deep Markdown may nest before its marks are passed over.
const MAX_DEPTH: usize = 16;

/// Reads Markdown. Headings, quotes and tables become paragraphs; pictures become their description.
pub fn paragraphs(markdown: &str) -> Vec<Paragraph> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        reader.take(event);
    }
    reader.end_paragraph();
    reader.done
}

/// As [`paragraphs`], run together into one.
pub fn one_paragraph(markdown: &str) -> Vec<Words> {
    let mut words: Vec<Words> = Vec::new();
    for paragraph in paragraphs(markdown) {
        if !words.is_empty() {
            push(&mut words, Words::plain(" "));
        }
        for part in paragraph.words {
            push(&mut words, part);
        }
    }
    words
}

#[derive(Default)]
struct Reader {
    done: Vec<Paragraph>,
    words: Vec<Words>,
    bold: usize,
    italic: usize,
    links: Vec<Option<String>>,
    in_item: bool,
    depth: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return;
                }
                match tag {
                    Tag::Strong => self.bold += 1,
                    Tag::Emphasis => self.italic += 1,
                    Tag::Link { dest_url, .. } => {
                        let address = Some(dest_url.into_string()).filter(|url| is_outward(url));
                        self.links.push(address);
                    }
                    Tag::Item => {
                        self.end_paragraph();
                        self.in_item = true;
                    }
                    Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) => {
                        self.end_paragraph();
                    }
                    _ => {}
                }
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth >= MAX_DEPTH {
                    return;
                }
                match tag {
                    TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
                    TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
                    TagEnd::Link => {
                        self.links.pop();
                    }
                    TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => {
                        self.end_paragraph();
                    }
                    TagEnd::Item => {
                        self.end_paragraph();
                        self.in_item = false;
                    }
                    _ => {}
                }
            }
            Event::Text(text) => self.push(&text, false),
            Event::Code(text) => self.push(&text, true),
            Event::Html(text) | Event::InlineHtml(text)
                if !text.trim_start().starts_with("<!--") =>
            {
                self.push(&text, true);
            }
            Event::SoftBreak | Event::HardBreak => self.push(" ", false),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, code: bool) {
        let words = Words {
            // A line break inside a paragraph would be one in every form of output.
            text: text.replace(['\n', '\r', '\t'], " "),
            bold: self.bold > 0,
            italic: self.italic > 0,
            code,
            url: self.links.last().cloned().flatten(),
        };
        push(&mut self.words, words);
    }

    fn end_paragraph(&mut self) {
        let mut words = std::mem::take(&mut self.words);
        if let Some(last) = words.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        if plain_text(&words).trim().is_empty() {
            return;
        }
        self.done.push(Paragraph {
            item: self.in_item,
            words,
        });
    }
}

pub(super) fn push(words: &mut Vec<Words>, next: Words) {
    if let Some(last) = words.last_mut()
        && (last.bold, last.italic, last.code) == (next.bold, next.italic, next.code)
        && last.url == next.url
    {
        last.text.push_str(&next.text);
    } else if !next.text.is_empty() {
        words.push(next);
    }
}

/// Whether an address may stand as a link in a document.
pub fn is_outward(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let allowed = ["http", "https", "mailto"];
    allowed
        .iter()
        .any(|allowed| scheme.eq_ignore_ascii_case(allowed))
        && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_behind_a_word() {
        assert_eq!(first_words("one two three", 9), "one two…");
        assert_eq!(first_words("one two", 7), "one two");
        assert_eq!(first_words("обстрілювали", 4), "обст…");
    }

    #[test]
    fn styles_and_addresses_are_kept_and_marks_are_gone() {
        let read =
            paragraphs("A **bold** _word_ and `code`,\n[there](https://a.b).\n\n- one\n- two");
        let texts: Vec<_> = read.iter().map(|it| plain_text(&it.words)).collect();
        assert_eq!(texts, ["A bold word and code, there.", "one", "two"]);
        assert_eq!(
            read.iter().map(|it| it.item).collect::<Vec<_>>(),
            [false, true, true]
        );
        let words = &read[0].words;
        assert!(words.iter().any(|it| it.bold && it.text == "bold"));
        assert!(words.iter().any(|it| it.italic && it.text == "word"));
        assert!(words.iter().any(|it| it.code && it.text == "code"));
        assert!(
            words
                .iter()
                .any(|it| it.url.as_deref() == Some("https://a.b"))
        );
    }

    #[test]
    fn addresses_that_act_are_no_links() {
        for address in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "other.md",
            "https://a b",
        ] {
            assert!(!is_outward(address), "{address}");
        }
        assert!(is_outward("HTTPS://example.org"));
        let read = one_paragraph("[x](javascript:alert%281%29)");
        assert!(read.iter().all(|words| words.url.is_none()));
    }
}
