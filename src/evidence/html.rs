//! HTML as its reader sees it: no scripts, no styles, nothing hidden; character references decoded.
//!
//! The tokenizer is html5ever's. Its tree builder is not used: a reader's text needs no tree, a tree
//! knows no byte offsets, and a page nested 100,000 deep would cost time in the square of its depth.
//! What the tree builder does beside nesting (implied end tags, misplaced ones) is done here as far as
//! it decides what is hidden. Rules: HTML Living Standard, section 13.2.6.

mod elements;

use super::writer::{Readable, Writer, is_collapsible};
use elements::{
    break_of, closes_paragraph, is_foreign, is_metadata, is_preformatted, is_scope, is_special,
    is_void,
};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::{LocalName, TokenizerResult};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// The words of the HTML in `range` of `source`, with their places in `source`.
pub(super) fn readable(source: &str, range: Range<usize>) -> Readable {
    let mut writer = Writer::default();
    append(source, range, &mut writer);
    writer.finish()
}

/// Adds the words of the HTML in `range` of `source` to a page.
pub(super) fn append(source: &str, range: Range<usize>, writer: &mut Writer) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(
        source.get(range.clone()).unwrap_or_default(),
    ));
    let page = Page {
        source,
        end: range.end,
        queue: &queue,
        state: RefCell::new(State {
            writer: std::mem::take(writer),
            stack: Vec::new(),
            open: HashMap::new(),
            hidden: 0,
            preformatted: 0,
            foreign: 0,
            lists: Vec::new(),
            read_to: range.start,
        }),
    };
    let tokenizer = Tokenizer::new(page, TokenizerOpts::default());
    // The tokenizer pauses at the end of each script and goes on when it is fed again.
    while let TokenizerResult::Script(()) | TokenizerResult::EncodingIndicator(_) =
        tokenizer.feed(&queue)
    {}
    tokenizer.end();
    *writer = tokenizer.sink.state.into_inner().writer;
}

struct Page<'a> {
    source: &'a str,
    /// Where the HTML ends in `source`.
    end: usize,
    /// The input; what is left in it says how far the tokenizer has read.
    queue: &'a BufferQueue,
    state: RefCell<State>,
}

struct State {
    writer: Writer,
    stack: Vec<Open>,
    /// How many elements of each name are open.
    open: HashMap<LocalName, u32>,
    /// How many open elements are hidden, preformatted, `svg` or `math`.
    hidden: u32,
    preformatted: u32,
    foreign: u32,
    /// The open lists, with the number of the next item of those that have numbers.
    lists: Vec<Option<u64>>,
    /// Where in the source the token before ended.
    read_to: usize,
}

struct Open {
    name: LocalName,
    hidden: bool,
}

/// How far up the stack a misplaced tag is sought; browsers nest no deeper.
const MAX_CLIMB: usize = 512;

impl TokenSink for Page<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        let read_to = self.end.saturating_sub(self.unread());
        let mut state = self.state.borrow_mut();
        let from = state.read_to..read_to.max(state.read_to);
        let result = match token {
            Token::CharacterTokens(words) => {
                state.words(self.source, &words, from);
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => state.start_tag(&tag),
            Token::TagToken(tag) => {
                state.end_tag(&tag.name);
                TokenSinkResult::Continue
            }
            // Reported before the token that has the error.
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken => TokenSinkResult::Continue,
        };
        state.read_to = read_to;
        result
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.state.borrow().foreign > 0
    }
}

impl Page<'_> {
    /// How many bytes the tokenizer has not read yet.
    fn unread(&self) -> usize {
        let mut buffers = Vec::new();
        while let Some(buffer) = self.queue.pop_front() {
            buffers.push(buffer);
        }
        let unread = buffers.iter().map(|buffer| buffer.len()).sum();
        for buffer in buffers {
            self.queue.push_back(buffer);
        }
        unread
    }
}

impl State {
    fn words(&mut self, source: &str, words: &str, from: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        // Text that was not decoded stands right before the place to which the tokenizer has read.
        let literal = from.end.saturating_sub(words.len());
        let stands_there = source.get(literal..from.end) == Some(words);
        match (stands_there, self.preformatted > 0) {
            (true, true) => self.writer.literal(words, literal),
            (true, false) => self.writer.collapsed(words, literal),
            (false, false) if words.chars().all(is_collapsible) => self.writer.space(from),
            (false, _) => self.writer.replaced(words, from),
        }
    }

    fn start_tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        self.close_implied(name);
        if let Some(strength) = break_of(name)
            && self.hidden == 0
        {
            self.writer.break_with(strength);
        }
        if name == "li" && self.hidden == 0 {
            self.count_item(tag);
        }
        let closes_itself =
            tag.self_closing && (self.foreign > 0 || matches!(name, "svg" | "math"));
        if is_void(name) || closes_itself {
            return TokenSinkResult::Continue;
        }
        let in_html = self.foreign == 0;
        self.push(tag);
        match name {
            _ if !in_html => TokenSinkResult::Continue,
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn end_tag(&mut self, name: &LocalName) {
        if let Some(strength) = break_of(name)
            && self.hidden == 0
        {
            self.writer.break_with(strength);
        }
        if self.open.get(name).copied().unwrap_or_default() == 0 {
            return;
        }
        let ends_scope: fn(&str) -> bool = match &**name {
            "table" | "template" | "body" | "html" | "head" => |_| false,
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => {
                |other| matches!(other, "table" | "template")
            }
            special if is_special(special) => is_scope,
            _ => is_special,
        };
        self.close_to(|open| open == &**name, ends_scope);
        if self.hidden == 0
            && let Some(strength) = break_of(name)
        {
            self.writer.break_with(strength);
        }
    }

    fn count_item(&mut self, tag: &Tag) {
        if let Some(Some(next)) = self.lists.last_mut() {
            let number = number_of(tag, "value").unwrap_or(*next);
            *next = number.saturating_add(1);
            self.writer.item(number);
        }
    }

    fn push(&mut self, tag: &Tag) {
        match &*tag.name {
            "ol" => self.lists.push(Some(number_of(tag, "start").unwrap_or(1))),
            "ul" | "menu" => self.lists.push(None),
            _ => {}
        }
        let hidden = is_hidden(tag) && !(self.foreign > 0 && &*tag.name == "a");
        self.hidden += u32::from(hidden);
        self.preformatted += u32::from(is_preformatted(&tag.name));
        self.foreign += u32::from(is_foreign(&tag.name));
        *self.open.entry(tag.name.clone()).or_default() += 1;
        self.stack.push(Open {
            name: tag.name.clone(),
            hidden,
        });
    }

    fn pop(&mut self) {
        let Some(Open { name, hidden }) = self.stack.pop() else {
            return;
        };
        if matches!(&*name, "ol" | "ul" | "menu") {
            self.lists.pop();
        }
        self.hidden -= u32::from(hidden);
        self.preformatted -= u32::from(is_preformatted(&name));
        self.foreign -= u32::from(is_foreign(&name));
        if let Some(count) = self.open.get_mut(&name) {
            *count -= 1;
        }
    }

    /// Closes the nearest element that `is_it`, with all inside it, unless one that `ends_scope` is met first.
    fn close_to(&mut self, is_it: impl Fn(&str) -> bool, ends_scope: impl Fn(&str) -> bool) {
        let found = (self.stack.iter().rev().take(MAX_CLIMB).enumerate())
            .find(|(_, open)| is_it(&open.name) || ends_scope(&open.name))
            .filter(|(_, open)| is_it(&open.name));
        if let Some((above, _)) = found {
            for _ in 0..=above {
                self.pop();
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        (self.open.get(&LocalName::from(name))).is_some_and(|&count| count > 0)
    }

    /// Closes what a start tag closes without an end tag.
    fn close_implied(&mut self, name: &str) {
        if self.foreign > 0 {
            return;
        }
        if self.is_open("head") && !is_metadata(name) {
            self.close_to(|open| open == "head", |_| false);
        }
        if closes_paragraph(name) && self.is_open("p") {
            self.close_to(
                |open| open == "p",
                |open| is_scope(open) || open == "button",
            );
        }
        let ends_item = |open: &str| is_special(open) && !matches!(open, "address" | "div" | "p");
        match name {
            "li" => self.close_to(|open| open == "li", ends_item),
            "dt" | "dd" => self.close_to(|open| matches!(open, "dt" | "dd"), ends_item),
            "td" | "th" => self.close_to(
                |open| matches!(open, "td" | "th" | "caption"),
                |open| matches!(open, "tr" | "table" | "template"),
            ),
            "tr" => self.close_to(
                |open| matches!(open, "tr" | "caption"),
                |open| matches!(open, "table" | "template"),
            ),
            "tbody" | "thead" | "tfoot" => self.close_to(
                |open| matches!(open, "tbody" | "thead" | "tfoot" | "caption"),
                |open| matches!(open, "table" | "template"),
            ),
            "option" | "optgroup" => self.close_to(|open| open == "option", is_special),
            "button" => self.close_to(|open| open == "button", is_scope),
            _ => {}
        }
    }
}

/// A whole number that an attribute gives.
fn number_of(tag: &Tag, name: &str) -> Option<u64> {
    let found = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)?;
    found.value.trim().parse().ok()
}

fn is_hidden(tag: &Tag) -> bool {
    let name = &*tag.name;
    if matches!(
        name,
        "script"
            | "style"
            | "template"
            | "head"
            | "title"
            | "noscript"
            | "iframe"
            | "object"
            | "audio"
            | "video"
            | "canvas"
            | "datalist"
            | "rp"
            | "noembed"
            | "noframes"
            | "desc"
            | "metadata"
            | "annotation"
            | "annotation-xml"
    ) {
        return true;
    }
    let mut opened = false;
    for attribute in &tag.attrs {
        let value = attribute.value.trim();
        let hides = match &*attribute.name.local {
            "hidden" => !value.eq_ignore_ascii_case("until-found"),
            "aria-hidden" => value.eq_ignore_ascii_case("true"),
            "style" => style_hides(value),
            "open" => {
                opened = true;
                false
            }
            _ => false,
        };
        if hides {
            return true;
        }
    }
    name == "dialog" && !opened
}

/// Whether an inline style takes the element out of sight. Of two declarations the last one holds.
fn style_hides(style: &str) -> bool {
    let (mut display, mut visibility) = (false, false);
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.trim().to_ascii_lowercase();
        let value = value.split([' ', '!']).next().unwrap_or_default();
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => display = value == "none",
            "visibility" => visibility = matches!(value, "hidden" | "collapse"),
            _ => {}
        }
    }
    display || visibility
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(html: &str) -> String {
        readable(html, 0..html.len()).text
    }

    #[test]
    fn a_page_reads_as_its_reader_sees_it() {
        for (html, expected) in [
            ("<p>One</p><p>two</p>", "One\n\ntwo"),
            ("<p>a <b>bold</b>, <i>old</i>\n  word", "a bold, old word"),
            (
                "a&nbsp;b &amp; c &#8212; d &eacute; &hellip;",
                "a\u{a0}b & c — d é …",
            ),
            ("x &lt b&copy", "x < b©"),
            ("<head><title>No</title><meta></head><body>yes", "yes"),
            ("<head><title>No</title><p>yes", "yes"),
            ("a<script>if (1 < 2) '</p>'</script>b", "ab"),
            ("a<style>p > q {}</style>b<!-- no -->c", "abc"),
            (
                "a<noscript>enable</noscript>b<template><p>x</template>c",
                "abc",
            ),
            ("<p hidden>no<p>yes", "yes"),
            ("<div aria-hidden=true>no<div>no</div>no</div>yes", "yes"),
            (
                "<ul><li style='DISPLAY : none !important'>no<li>yes</ul>",
                "yes",
            ),
            ("<span><div hidden>no</span>no</div>yes", "yes"),
            ("<p style='display:none;display:block'>yes", "yes"),
            (
                "<table><tr><td hidden>no<td>a<td>b<tr><td>c</table>d",
                "a\tb\nc\n\nd",
            ),
            ("one<br>two", "one\ntwo"),
            ("<pre>a  b\n c</pre>", "a  b\n c"),
            ("cease&shy;fire m<sup>2</sup> m²", "cease\u{ad}fire m2 m²"),
            ("<textarea>a <b> c</textarea>", "a <b> c"),
            ("5 < 6 & 7", "5 < 6 & 7"),
            ("<svg><title>no</title><text>yes</text></svg>", "yes"),
            ("<dialog>no</dialog><dialog open>yes</dialog>", "yes"),
            ("", ""),
        ] {
            assert_eq!(text_of(html), expected, "{html}");
        }
    }

    #[test]
    fn every_word_leads_back_to_its_bytes() {
        let html =
            "<p>Über <b>an&nbsp;energy</b> &amp;\r\n infra&shy;structure</p><script>x</script> end";
        let Readable { text, map, .. } = readable(html, 0..html.len());
        for (words, in_file) in [
            ("Über", "Über"),
            ("an\u{a0}energy", "an&nbsp;energy"),
            ("&", "&amp;"),
            ("infra\u{ad}structure", "infra&shy;structure"),
            ("end", "end"),
        ] {
            let at = text.find(words).expect("in the text");
            assert_eq!(html.get(map.origin(at..at + words.len())), Some(in_file));
        }
    }

    #[test]
    fn hostile_nesting_takes_no_stack_and_little_time() {
        for (deep, open, close) in [
            (100_000, "<div>", "</div>"),
            (10_000, "<b>", "</b>"),
            (10_000, "<p hidden><span>", ""),
            (10_000, "<table><tr><td>", ""),
            (10_000, "<ul><li>", "</section>"),
            (10_000, "<svg>", "</b>"),
            (10_000, "<section><b>", "</i>"),
        ] {
            let html = format!("<i>{}word{}", open.repeat(deep), close.repeat(deep));
            let hidden = open.contains("hidden");
            assert_eq!(text_of(&html), if hidden { "" } else { "word" }, "{open}");
        }
    }
}
