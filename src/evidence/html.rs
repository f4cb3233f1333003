//! HTML as its reader sees it: no scripts, no styles, nothing hidden; character references decoded.
//!
//! A page with stylesheets is read twice: first its elements and styles, because a rule may hide what stands
//! before it, then its words.
//!
//! The tokenizer is html5ever's. Its tree builder is not used: a reader's text needs no tree, a tree
//! knows no byte offsets, and a page nested 100,000 deep would cost time in the square of its depth.
//! What the tree builder does beside nesting (implied end tags, misplaced ones) is done here as far as
//! it decides what is hidden. Rules: HTML Living Standard, section 13.2.6.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of open elements: each that is closed was opened and counted in the same way"
)]

mod attributes;
mod elements;
mod style;
mod survey;
#[cfg(test)]
mod tests;
mod tree;

use super::writer::{Break, Readable, Writer, is_collapsible};
use attributes::AttributesLeft;
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
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
pub(super) use style::TooInvolved;
use style::{Inherited, Look};
use survey::Survey;
use tree::ElementId;

/// The words of the HTML in `range` of `source`, with their places in `source`.
pub(super) fn readable(source: &str, range: Range<usize>) -> Result<Readable, TooInvolved> {
    let mut writer = Writer::default();
    append(source, range, &mut writer)?;
    Ok(writer.finish())
}

/// Adds the words of the HTML in `range` of `source` to a page.
pub(super) fn append(
    source: &str,
    range: Range<usize>,
    writer: &mut Writer,
) -> Result<(), TooInvolved> {
    let html = source.get(range.clone()).unwrap_or_default();
    let looks = if survey::has_styles(html) {
        let Task::Survey(survey) = read(source, range.clone(), Task::Survey(Survey::new()))? else {
            return Ok(());
        };
        Some(survey.finish()?)
    } else {
        None
    };
    let task = Task::Write {
        writer: std::mem::take(writer),
        looks: looks.map(Vec::into_iter),
    };
    if let Task::Write { writer: filled, .. } = read(source, range, task)? {
        *writer = filled;
    }
    Ok(())
}

/// How much of a page the tokenizer is given at once. Between two portions is looked at what the next would cost.
const PORTION_BYTES: usize = 16 * 1024;

/// Reads the HTML in `range` of `source` for one purpose. Fails where a tag has more attributes than can be read in time.
fn read(source: &str, range: Range<usize>, task: Task) -> Result<Task, TooInvolved> {
    let html = source.get(range.clone()).unwrap_or_default();
    let whole = StrTendril::from_slice(html);
    let queue = BufferQueue::default();
    let page = Page {
        source,
        given: Cell::new(range.start),
        queue: &queue,
        state: RefCell::new(State {
            task,
            stack: Vec::new(),
            open: HashMap::new(),
            gone: 0,
            preformatted: 0,
            foreign: 0,
            lists: Vec::new(),
            attributes: AttributesLeft::for_length(html.len()),
            read_to: range.start,
        }),
    };
    let tokenizer = Tokenizer::new(page, TokenizerOpts::default());
    let mut at = 0;
    while at < html.len() {
        let end = html.ceil_char_boundary((at + PORTION_BYTES).min(html.len()));
        // Both are boundaries of characters, and no page has more bytes than fit.
        let (Ok(start), Ok(length)) = (u32::try_from(at), u32::try_from(end - at)) else {
            break;
        };
        queue.push_back(whole.subtendril(start, length));
        tokenizer.sink.given.set(range.start + end);
        // The tokenizer pauses at the end of each script and goes on when it is fed again.
        while let TokenizerResult::Script(()) | TokenizerResult::EncodingIndicator(_) =
            tokenizer.feed(&queue)
        {}
        at = end;
        let mut state = tokenizer.sink.state.borrow_mut();
        let place = state.read_to;
        if range.start + at > place + PORTION_BYTES {
            let pending = source.get(place..range.end).unwrap_or_default();
            state.attributes.look_ahead(pending, place);
        }
        if state.attributes.are_spent() {
            return Err(TooInvolved);
        }
    }
    tokenizer.end();
    Ok(tokenizer.sink.state.into_inner().task)
}

struct Page<'a> {
    source: &'a str,
    /// Up to where in `source` the tokenizer has been given the page.
    given: Cell<usize>,
    /// The input; what is left in it says how far the tokenizer has read.
    queue: &'a BufferQueue,
    state: RefCell<State>,
}

/// What a page is read for.
enum Task {
    /// Its elements and styles.
    Survey(Survey),
    /// Its words. Of a page that was surveyed, how each element that is opened looks.
    Write {
        writer: Writer,
        looks: Option<std::vec::IntoIter<Look>>,
    },
}

struct State {
    task: Task,
    stack: Vec<Open>,
    /// How many elements of each name are open.
    open: HashMap<LocalName, u32>,
    /// How many open elements are out of sight with all inside, preformatted, `svg` or `math`.
    gone: u32,
    preformatted: u32,
    foreign: u32,
    /// The open lists, with the number of the next item of those that have numbers.
    lists: Vec<Option<u64>>,
    attributes: AttributesLeft,
    /// Where in the source the token before ended.
    read_to: usize,
}

struct Open {
    name: LocalName,
    is_gone: bool,
    /// What hides the words right in it, but not all of what is inside.
    inherited: Inherited,
    /// Its place in the survey.
    element: Option<ElementId>,
}

/// How far up the stack a misplaced tag is sought; browsers nest no deeper.
const MAX_CLIMB: usize = 512;

impl TokenSink for Page<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        let read_to = self.given.get().saturating_sub(self.unread());
        let mut state = self.state.borrow_mut();
        let from = state.read_to..read_to.max(state.read_to);
        let result = match token {
            Token::CharacterTokens(words) => {
                state.words(self.source, &words, from);
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) => {
                state.attributes.take(tag.attrs.len());
                if tag.kind == TagKind::StartTag {
                    state.start_tag(&tag)
                } else {
                    state.end_tag(&tag.name);
                    TokenSinkResult::Continue
                }
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
    /// How many bytes the tokenizer has been given and has not read yet.
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
        let is_preformatted = self.preformatted > 0;
        if let Task::Survey(survey) = &mut self.task {
            survey.words(self.stack.last().and_then(|open| open.element), words);
        }
        let Some(writer) = self.page() else {
            return;
        };
        // Text that was not decoded stands right before the place to which the tokenizer has read.
        let literal = from.end.saturating_sub(words.len());
        let stands_there = source.get(literal..from.end) == Some(words);
        match (stands_there, is_preformatted) {
            (true, true) => writer.literal(words, literal),
            (true, false) => writer.collapsed(words, literal),
            (false, false) if words.chars().all(is_collapsible) => writer.space(from),
            (false, _) => writer.replaced(words, from),
        }
    }

    /// Where words are written, if those that come next are seen.
    fn page(&mut self) -> Option<&mut Writer> {
        let is_seen =
            self.gone == 0 && !self.stack.last().is_some_and(|open| open.inherited.hides());
        match &mut self.task {
            Task::Write { writer, .. } if is_seen => Some(writer),
            Task::Write { .. } | Task::Survey(_) => None,
        }
    }

    fn break_with(&mut self, strength: Option<Break>) {
        if let Some(strength) = strength
            && let Some(writer) = self.page()
        {
            writer.break_with(strength);
        }
    }

    fn start_tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        self.close_implied(name);
        self.break_with(break_of(name));
        if name == "li" {
            self.count_item(tag);
        }
        let closes_itself =
            tag.self_closing && (self.foreign > 0 || matches!(name, "svg" | "math"));
        if is_void(name) || closes_itself {
            if let Task::Survey(survey) = &mut self.task {
                let parent = self.stack.last().and_then(|open| open.element);
                survey.leaf(tag, parent);
            }
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
        self.break_with(break_of(name));
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
        self.break_with(break_of(name));
    }

    fn count_item(&mut self, tag: &Tag) {
        if self.page().is_none() {
            return;
        }
        if let Some(Some(next)) = self.lists.last_mut() {
            let number = number_of(tag, "value").unwrap_or(*next);
            *next = number.saturating_add(1);
            if let Some(writer) = self.page() {
                writer.item(number);
            }
        }
    }

    fn push(&mut self, tag: &Tag) {
        match &*tag.name {
            "ol" => self.lists.push(Some(number_of(tag, "start").unwrap_or(1))),
            "ul" | "menu" => self.lists.push(None),
            _ => {}
        }
        let outer = self.stack.last();
        let mut element = None;
        let look = match &mut self.task {
            Task::Survey(survey) => {
                element = Some(survey.open(tag, outer.and_then(|open| open.element)));
                Look::default()
            }
            Task::Write { looks, .. } => (looks.as_mut().and_then(Iterator::next))
                .unwrap_or_else(|| style::own_look(&tag.name, &tag.attrs)),
        };
        let inherited = (outer.map(|open| open.inherited).unwrap_or_default()).inside(look);
        self.gone += u32::from(look.is_gone);
        self.preformatted += u32::from(is_preformatted(&tag.name));
        self.foreign += u32::from(is_foreign(&tag.name));
        *self.open.entry(tag.name.clone()).or_default() += 1;
        self.stack.push(Open {
            name: tag.name.clone(),
            is_gone: look.is_gone,
            inherited,
            element,
        });
    }

    fn pop(&mut self) {
        let Some(Open { name, is_gone, .. }) = self.stack.pop() else {
            return;
        };
        if matches!(&*name, "ol" | "ul" | "menu") {
            self.lists.pop();
        }
        if let Task::Survey(survey) = &mut self.task {
            survey.close(&name);
        }
        self.gone -= u32::from(is_gone);
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
