//! The body as a flat stream of pieces: blocks that open and close, and the words of each leaf.
//!
//! Both readers of a body walk this stream, so that spans, marks and citations are the same in each.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and marks that are open in it"
)]

use super::links::autolink;
use super::markdown::Markdown;
use crate::model::{Alert, ColumnAlignment, RunStyle};
use crate::parse::prose::{Inline, InlineKind, Prose};
use crate::problem::Problem;
use crate::span::Span;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd,
};

/// One piece of a body, in the order of the file.
#[derive(Debug)]
pub enum Piece<'a> {
    Open(Container<'a>, Span),
    Close(End),
    Leaf(Leaf<'a>, Prose<'a>),
    Code {
        language: String,
        text: String,
        span: Span,
    },
    /// Raw HTML that is no comment.
    Html(String, Span),
    /// A comment that is a block of its own.
    Comment(String, Span),
    Rule(Span),
}

/// A block that holds blocks.
#[derive(Debug)]
pub enum Container<'a> {
    List(Option<u64>),
    Item,
    Quote(Option<Alert>),
    Footnote(CowStr<'a>),
    Table(Vec<ColumnAlignment>),
    Head,
    Row,
}

/// What closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    List,
    Item,
    Quote,
    Footnote,
    Table,
    Head,
    Row,
}

/// What a leaf's words are.
#[derive(Debug)]
pub enum Leaf<'a> {
    Paragraph,
    Heading { level: u8, id: Option<CowStr<'a>> },
    Cell,
}

/// The pieces of one body.
pub struct Pieces<'a> {
    text: &'a str,
    events: Markdown<'a>,
    /// The leaf that is being filled.
    leaf: Option<(Leaf<'a>, Prose<'a>)>,
    /// Whether a tight list item made the leaf; then the next block ends it.
    implied: bool,
    held: Option<(Event<'a>, Span)>,
    style: StyleDepth,
    /// Links and images that are open: what they are and where their words begin.
    open: Vec<Option<Inline<'a>>>,
    done: Option<bool>,
    raw: Option<(RawKind, String, Span)>,
    /// How many footnote definitions are open, and where the words of the innermost block may begin.
    in_footnote: bool,
    gap: Option<usize>,
    /// Words that have been read, whose room is used again.
    spare: Option<Prose<'a>>,
}

#[derive(Debug)]
enum RawKind {
    Code(String),
    Html,
}

#[derive(Default)]
struct StyleDepth {
    bold: u32,
    italic: u32,
    struck: u32,
}

impl<'a> Pieces<'a> {
    pub fn new(text: &'a str, body: Span) -> Self {
        Self {
            text,
            events: Markdown::new(text, body),
            leaf: None,
            implied: false,
            held: None,
            style: StyleDepth::default(),
            open: Vec::new(),
            done: None,
            raw: None,
            in_footnote: false,
            gap: None,
            spare: None,
        }
    }

    /// Takes words back that nobody needs any longer: most blocks then need no room of their own.
    pub fn recycle(&mut self, mut prose: Prose<'a>) {
        prose.clear();
        self.spare = Some(prose);
    }

    /// What went wrong while reading so far.
    pub fn problem(&self) -> Option<Problem> {
        self.events.problem()
    }

    fn style(&self) -> RunStyle {
        RunStyle {
            bold: self.style.bold > 0,
            italic: self.style.italic > 0,
            struck: self.style.struck > 0,
            code: false,
        }
    }

    fn prose(&mut self, span: Span) -> &mut Prose<'a> {
        let (implied, spare) = (&mut self.implied, &mut self.spare);
        let (_, prose) = self.leaf.get_or_insert_with(|| {
            *implied = true;
            let mut prose = spare.take().unwrap_or_default();
            prose.span = span;
            (Leaf::Paragraph, prose)
        });
        if *implied {
            prose.span = prose.span.union(span);
        }
        prose
    }

    fn begin(&mut self, leaf: Leaf<'a>, span: Span) {
        let mut prose = self.spare.take().unwrap_or_default();
        prose.span = span;
        self.leaf = Some((leaf, prose));
        self.implied = false;
    }

    fn finish(&mut self) -> Option<Piece<'a>> {
        self.implied = false;
        self.style = StyleDepth::default();
        self.open.clear();
        let (leaf, mut prose) = self.leaf.take()?;
        autolink(&mut prose);
        prose.done = self.done.take();
        Some(Piece::Leaf(leaf, prose))
    }

    fn inline(&mut self, kind: InlineKind<'a>, span: Span) {
        let prose = self.prose(span);
        let at = prose.text.len();
        prose.inlines.push(Inline {
            text: at..at,
            span,
            kind,
        });
    }

    /// Words that Markdown took for a link definition although they are evidence: `[@key]: "quote"` at the
    /// start of a footnote or of an item in one. `until` is where the next thing begins.
    fn words_in_gap(&mut self, until: usize) -> Option<Piece<'a>> {
        let start = self.gap.take()?;
        let raw = self.text.get(start..until)?;
        if !raw.contains('@') {
            return None;
        }
        let unmarked = raw.trim_start();
        let unmarked = match unmarked.strip_prefix("[^") {
            Some(rest) => rest.split_once("]:")?.1,
            None => unmarked
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start_matches(['-', '*', '+', '.', ')']),
        };
        let words = unmarked.trim();
        let (inside, after) = words.strip_prefix('[')?.split_once("]:")?;
        let is_evidence = inside.contains('@') && !after.trim_start().starts_with("http");
        if !is_evidence {
            return None;
        }
        let from = start + (raw.len() - unmarked.trim_start().len());
        let mut prose = Prose::default();
        prose.span = Span::new(from, from + words.len());
        let mut at = from;
        for line in words.split_inclusive('\n') {
            let trimmed = line.trim_start();
            let begin = at + (line.len() - trimmed.len());
            let shown = trimmed.trim_end();
            prose.push(
                shown,
                Span::new(begin, begin + shown.len()),
                RunStyle::default(),
            );
            at += line.len();
            if shown.len() < trimmed.len() {
                let rest = Span::new(begin + shown.len(), at);
                prose.push(" ", rest, RunStyle::default());
            }
        }
        Some(Piece::Leaf(Leaf::Paragraph, prose))
    }

    /// Takes one event in; gives what is ready then.
    fn take(&mut self, event: Event<'a>, span: Span) -> Option<Piece<'a>> {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(end) => self.end(end, span),
            Event::Text(words) => {
                if let Some((_, raw, _)) = &mut self.raw {
                    raw.push_str(&words);
                } else {
                    let style = self.style();
                    self.prose(span).push(&words, span, style);
                }
                None
            }
            Event::Code(words) => {
                let style = RunStyle {
                    code: true,
                    ..self.style()
                };
                let file = code_words(self.text, &words, span);
                let prose = self.prose(span);
                let from = prose.text.len();
                prose.push(&words, file, style);
                prose.inlines.push(Inline {
                    text: from..prose.text.len(),
                    span,
                    kind: InlineKind::Code,
                });
                None
            }
            Event::SoftBreak => {
                let style = self.style();
                self.prose(span).push(" ", span, style);
                None
            }
            Event::HardBreak => {
                self.inline(InlineKind::Break, span);
                let style = self.style();
                self.prose(span).push(" ", span, style);
                None
            }
            Event::FootnoteReference(label) => {
                self.inline(InlineKind::Footnote(label), span);
                None
            }
            Event::InlineHtml(html) => {
                if html.starts_with("<!--") {
                    self.inline(InlineKind::Comment(html), span);
                } else if html.starts_with("<br") {
                    self.inline(InlineKind::Break, span);
                    let style = self.style();
                    self.prose(span).push(" ", span, style);
                }
                None
            }
            Event::Html(html) => {
                match &mut self.raw {
                    Some((_, raw, _)) => raw.push_str(&html),
                    None => return Some(html_piece(html.into_string(), span)),
                }
                None
            }
            Event::TaskListMarker(done) => {
                self.done = Some(done);
                None
            }
            Event::Rule => Some(Piece::Rule(span)),
            // Not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) => None,
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) -> Option<Piece<'a>> {
        let container = match tag {
            Tag::Paragraph => {
                self.begin(Leaf::Paragraph, span);
                return None;
            }
            Tag::Heading { level, id, .. } => {
                let leaf = Leaf::Heading {
                    level: level as u8,
                    id,
                };
                self.begin(leaf, span);
                return None;
            }
            Tag::TableCell => {
                self.begin(Leaf::Cell, span);
                return None;
            }
            Tag::Emphasis => {
                self.style.italic += 1;
                return None;
            }
            Tag::Strong => {
                self.style.bold += 1;
                return None;
            }
            Tag::Strikethrough => {
                self.style.struck += 1;
                return None;
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.open_link(link_type, dest_url, span);
                return None;
            }
            Tag::Image { dest_url, .. } => {
                let kind = InlineKind::Image { path: dest_url };
                self.open_inline(kind, span);
                return None;
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Indented => String::new(),
                    CodeBlockKind::Fenced(info) => {
                        let first = info.split([' ', ',', '\t']).next();
                        first.unwrap_or_default().to_owned()
                    }
                };
                self.raw = Some((RawKind::Code(language), String::new(), span));
                return None;
            }
            Tag::HtmlBlock => {
                self.raw = Some((RawKind::Html, String::new(), span));
                return None;
            }
            Tag::List(first) => Container::List(first),
            Tag::Item => Container::Item,
            Tag::BlockQuote(kind) => Container::Quote(kind.map(alert)),
            Tag::FootnoteDefinition(label) => {
                self.in_footnote = true;
                Container::Footnote(label)
            }
            Tag::Table(alignments) => {
                Container::Table(alignments.into_iter().map(alignment).collect())
            }
            Tag::TableHead => Container::Head,
            Tag::TableRow => Container::Row,
            // Not switched on.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => return None,
        };
        if self.in_footnote && matches!(container, Container::Item | Container::Footnote(_)) {
            self.gap = Some(span.start as usize);
        }
        Some(Piece::Open(container, span))
    }

    fn end(&mut self, end: TagEnd, _span: Span) -> Option<Piece<'a>> {
        let closed = match end {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => return self.finish(),
            TagEnd::Emphasis => {
                self.style.italic = self.style.italic.saturating_sub(1);
                return None;
            }
            TagEnd::Strong => {
                self.style.bold = self.style.bold.saturating_sub(1);
                return None;
            }
            TagEnd::Strikethrough => {
                self.style.struck = self.style.struck.saturating_sub(1);
                return None;
            }
            TagEnd::Link | TagEnd::Image => {
                self.close_inline();
                return None;
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                let (kind, text, span) = self.raw.take()?;
                return Some(match kind {
                    RawKind::Code(language) => Piece::Code {
                        language,
                        text,
                        span,
                    },
                    RawKind::Html => html_piece(text, span),
                });
            }
            TagEnd::List(_) => End::List,
            TagEnd::Item => End::Item,
            TagEnd::BlockQuote(_) => End::Quote,
            TagEnd::FootnoteDefinition => {
                self.in_footnote = false;
                End::Footnote
            }
            TagEnd::Table => End::Table,
            TagEnd::TableHead => End::Head,
            TagEnd::TableRow => End::Row,
            TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => return None,
        };
        Some(Piece::Close(closed))
    }

    /// `[@key]` is a citation even where `[@key]: https://…` makes it a link: its brackets stay words.
    fn open_link(&mut self, link_type: LinkType, address: CowStr<'a>, span: Span) {
        let raw = span.of(self.text);
        let short = matches!(link_type, LinkType::Shortcut | LinkType::Collapsed);
        if short && raw.contains('@') {
            let style = self.style();
            let bracket = Span::new(span.start as usize, span.start as usize + 1);
            self.prose(span).push("[", bracket, style);
            self.open.push(None);
            return;
        }
        let address = match link_type {
            LinkType::Email => CowStr::from(format!("mailto:{address}")),
            _ => address,
        };
        let kind = InlineKind::Link {
            address,
            wiki: matches!(link_type, LinkType::WikiLink { .. }),
        };
        self.open_inline(kind, span);
    }

    fn open_inline(&mut self, kind: InlineKind<'a>, span: Span) {
        let at = self.prose(span).text.len();
        self.open.push(Some(Inline {
            text: at..at,
            span,
            kind,
        }));
    }

    fn close_inline(&mut self) {
        match self.open.pop() {
            Some(Some(mut inline)) => {
                let prose = self.prose(inline.span);
                inline.text.end = prose.text.len();
                // Kept in the order in which they begin: an inner one was closed first.
                let place = prose
                    .inlines
                    .iter()
                    .rposition(|other| other.span.start < inline.span.start)
                    .map_or(0, |last| last + 1);
                prose.inlines.insert(place, inline);
            }
            Some(None) => {
                let style = self.style();
                if let Some((_, prose)) = &mut self.leaf {
                    let end = prose.segments.last().map_or(0, |last| last.file.end);
                    let bracket = Span::new(end as usize, end as usize + 1);
                    prose.push("]", bracket, style);
                }
            }
            None => {}
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let Some((event, span)) = self.held.take().or_else(|| self.events.next()) else {
                return self.finish();
            };
            if self.gap.is_some() {
                let until = match event {
                    Event::End(_) => span.end,
                    _ => span.start,
                };
                if let Some(piece) = self.words_in_gap(until as usize) {
                    self.held = Some((event, span));
                    return Some(piece);
                }
            }
            if self.implied && is_block(&event) {
                self.held = Some((event, span));
                if let Some(piece) = self.finish() {
                    return Some(piece);
                }
                continue;
            }
            if let Some(piece) = self.take(event, span) {
                return Some(piece);
            }
        }
    }
}

/// Whether an event ends the words of a tight list item.
fn is_block(event: &Event) -> bool {
    match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(end) => !matches!(
            end,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Rule | Event::Html(_) => true,
        _ => false,
    }
}

/// Where the words of a code span stand, between its backticks.
fn code_words(text: &str, words: &str, span: Span) -> Span {
    let raw = span.of(text);
    let ticks = raw.len() - raw.trim_start_matches('`').len();
    let inside = raw.get(ticks..raw.len().saturating_sub(ticks));
    match inside.and_then(|inside| inside.find(words)) {
        Some(at) if !words.is_empty() => {
            let start = span.start as usize + ticks + at;
            Span::new(start, start + words.len())
        }
        _ => span,
    }
}

fn html_piece<'a>(html: String, span: Span) -> Piece<'a> {
    let trimmed = html.trim();
    let is_comment = trimmed.starts_with("<!--")
        && (trimmed.find("-->").is_none_or(|at| at + 3 == trimmed.len()));
    if is_comment {
        Piece::Comment(html, span)
    } else {
        Piece::Html(html, span)
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn alignment(alignment: Alignment) -> ColumnAlignment {
    match alignment {
        Alignment::None => ColumnAlignment::None,
        Alignment::Left => ColumnAlignment::Left,
        Alignment::Center => ColumnAlignment::Center,
        Alignment::Right => ColumnAlignment::Right,
    }
}
