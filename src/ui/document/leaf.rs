//! The document as a flat list of leaves: the pieces that are laid out, measured and drawn one by one.
//!
//! Blocks nest, and one block may be a whole book (a list of ten thousand entries, a table as long). Leaves do
//! not nest and are short, so that a frame costs what it shows. Runs are cloned out of the document once, when
//! it is opened; that is a copy of the text and nothing against laying it out.

use super::places::Places;
use crate::model::{
    Alert, Block, BlockKind, Briefing, Cell, ColumnAlignment, Document, ListItem, Run, RunRole,
};
use crate::parse;
use crate::span::Span;
use crate::text::Text;
use crate::ui::theme::page;

/// What is laid out as one piece.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) kind: LeafKind,
    /// Its place in the file; empty for what the body does not hold.
    pub(super) span: Span,
    /// From the left edge of the column.
    pub(super) indent_px: f32,
    /// Empty space above.
    pub(super) gap_px: f32,
    /// The quotes it stands in, outermost first.
    pub(super) bars: Vec<Bar>,
    pub(super) marker: Option<Marker>,
    /// The footnote it belongs to: its index.
    pub(super) footnote: Option<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum LeafKind {
    Prose(Style, Vec<Run>),
    /// The handling marking.
    Badge(String),
    /// A row of a table; `None` is its header.
    Row(usize, Option<usize>),
    /// The lower edge of a table, with the bar that moves a wide one.
    TableEnd(usize),
    Picture {
        path: String,
        description: String,
    },
    Rule,
}

/// How a leaf of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Subtitle,
    /// Who and when.
    Byline,
    Summary,
    /// Its level from 1 to 6, and its index in [`Briefing::headings`].
    Heading(u8, u32),
    Body,
    /// Footnotes and sources.
    Small,
    /// Below a picture.
    Caption,
    Code,
    /// The name of a section that Sourceline adds.
    Label,
    Alert(Alert),
    TableHead,
    TableCell,
}

/// The bar at the left of a quote or an alert.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) x_px: f32,
    pub(super) alert: Option<Alert>,
    /// Tells two quotes that follow each other apart.
    pub(super) quote: usize,
}

/// What hangs in the margin of the first leaf of an entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Marker {
    /// With the depth of its list, from 0.
    Bullet(usize),
    Number(String),
    Task(bool),
    /// The number of a footnote; it leads back to where the text refers to it.
    Note(u32),
    /// The letters of a source, and its index.
    Source(String, u32),
}

/// A table, with what its rows share.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) alignments: Vec<ColumnAlignment>,
    pub(super) header: Vec<Cell>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn columns(&self) -> usize {
        self.rows
            .iter()
            .map(Vec::len)
            .chain([self.header.len()])
            .max()
            .unwrap_or_default()
            .min(page::MAX_COLUMNS)
    }

    pub(super) fn row(&self, row: Option<usize>) -> &[Cell] {
        match row {
            None => &self.header,
            Some(row) => self.rows.get(row).map(Vec::as_slice).unwrap_or_default(),
        }
    }
}

/// All leaves of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaves {
    pub(super) leaves: Vec<Leaf>,
    pub(super) tables: Vec<Table>,
    pub(super) footnote_labels: Vec<String>,
    /// Where the body begins, after the title block.
    pub(super) body: usize,
}

/// Plain words that do not stand in the body.
fn words(text: &str) -> Vec<Run> {
    vec![Run {
        text: text.to_owned(),
        span: Span::default(),
        style: Default::default(),
        role: RunRole::Text,
    }]
}

impl Leaves {
    pub(super) fn new(briefing: &Briefing, document: Option<&Document>, places: &Places) -> Self {
        let mut building = Building::default();
        building.title_block(briefing);
        building.done.body = building.done.leaves.len();
        if let Some(document) = document {
            let mut blocks = document.blocks.as_slice();
            // The title stands above already.
            if let Some((first, rest)) = blocks.split_first()
                && let BlockKind::Heading { level: 1, runs, .. } = &first.kind
                && same_words(runs, &briefing.title)
            {
                blocks = rest;
            }
            building.blocks(blocks, page::PARAGRAPH_GAP_PX);
            building.footnotes(document);
            building.sources(briefing, places);
            building.push(
                LeafKind::Prose(Style::Small, Vec::new()),
                Span::default(),
                page::END_PX,
            );
        }
        building.done
    }

    /// Some blocks, and nothing that Sourceline adds.
    pub(super) fn plain(blocks: &[Block]) -> Self {
        let mut building = Building::default();
        building.blocks(blocks, page::PARAGRAPH_GAP_PX);
        building.done
    }

    /// The leaf that shows a byte of the file; the nearest one before it when none does.
    pub(super) fn at_byte(&self, byte: u32) -> Option<usize> {
        let here = |leaf: &Leaf| leaf.span.start <= byte && byte < leaf.span.end;
        self.leaves.iter().position(here).or_else(|| {
            self.leaves
                .iter()
                .enumerate()
                .filter(|(_, leaf)| !leaf.span.is_empty() && leaf.span.start <= byte)
                .max_by_key(|(_, leaf)| leaf.span.start)
                .map(|(at, _)| at)
        })
    }
}

fn same_words(runs: &[Run], title: &str) -> bool {
    let shown: String = runs.iter().map(|run| run.text.as_str()).collect();
    shown.split_whitespace().eq(title.split_whitespace())
}

/// Where the walk through the blocks stands.
#[derive(Default)]
struct Building {
    done: Leaves,
    indent_px: f32,
    bars: Vec<Bar>,
    /// For the next leaf.
    marker: Option<Marker>,
    list_depth: usize,
    quotes: usize,
    footnote: Option<usize>,
    /// Running text is set small: in the notes.
    small: bool,
}

impl Building {
    fn push(&mut self, kind: LeafKind, span: Span, gap_px: f32) {
        self.done.leaves.push(Leaf {
            kind,
            span,
            indent_px: self.indent_px,
            gap_px,
            bars: self.bars.clone(),
            marker: self.marker.take(),
            footnote: self.footnote,
        });
    }

    fn title_block(&mut self, briefing: &Briefing) {
        let nowhere = Span::default();
        let mut gap_px = page::TOP_PX;
        let mut add = |building: &mut Self, kind: LeafKind, next_gap_px: f32| {
            building.push(kind, nowhere, std::mem::replace(&mut gap_px, next_gap_px));
        };
        if let Some(marking) = &briefing.marking {
            add(
                self,
                LeafKind::Badge(marking.to_string()),
                page::TITLE_GAP_PX,
            );
        }
        add(
            self,
            LeafKind::Prose(Style::Title, words(&briefing.title)),
            page::TITLE_GAP_PX,
        );
        if let Some(subtitle) = &briefing.subtitle {
            let kind = LeafKind::Prose(Style::Subtitle, words(subtitle));
            add(self, kind, page::TITLE_GAP_PX);
        }
        let byline = byline(briefing);
        if !byline.is_empty() {
            add(
                self,
                LeafKind::Prose(Style::Byline, words(&byline)),
                page::PARAGRAPH_GAP_PX,
            );
        }
        if let Some(summary) = &briefing.summary {
            let summary = parse::readable(summary);
            add(self, LeafKind::Prose(Style::Summary, words(&summary)), 0.0);
        }
        self.push(LeafKind::Rule, nowhere, page::RULE_GAP_PX);
    }

    fn blocks(&mut self, blocks: &[Block], gap_px: f32) {
        let mut after_heading = true;
        for (at, block) in blocks.iter().enumerate() {
            let first_here = at == 0 && self.marker.is_some();
            let gap_px = match &block.kind {
                _ if first_here => 0.0,
                BlockKind::Heading { level, .. } if !after_heading => page::heading_gap_px(*level),
                BlockKind::Paragraph(_) | BlockKind::List { .. } if after_heading && at > 0 => {
                    page::AFTER_HEADING_PX
                }
                _ => gap_px,
            };
            after_heading = matches!(block.kind, BlockKind::Heading { .. });
            self.block(block, gap_px);
        }
    }

    fn block(&mut self, block: &Block, gap_px: f32) {
        let body = if self.small {
            Style::Small
        } else {
            Style::Body
        };
        match &block.kind {
            BlockKind::Heading { level, index, runs } => {
                let style = Style::Heading((*level).clamp(1, 6), *index);
                self.push(LeafKind::Prose(style, runs.clone()), block.span, gap_px);
            }
            BlockKind::Paragraph(runs) => self.paragraph(runs, body, block.span, gap_px),
            BlockKind::Code { text, .. } => self.code(text, block.span, gap_px),
            BlockKind::Html(text) => self.code(text, block.span, gap_px),
            BlockKind::List { start, items } => self.list(*start, items, gap_px),
            BlockKind::Quote { alert, blocks } => self.quote(*alert, blocks, block.span, gap_px),
            BlockKind::Table {
                alignments,
                header,
                rows,
                ..
            } => {
                let table = self.done.tables.len();
                self.done.tables.push(Table {
                    alignments: alignments.clone(),
                    header: header.clone(),
                    rows: rows.clone(),
                });
                let span_of = |cells: &[Cell]| {
                    cells
                        .iter()
                        .map(|cell| cell.span)
                        .reduce(Span::union)
                        .unwrap_or_default()
                };
                self.push(LeafKind::Row(table, None), span_of(header), gap_px);
                for (at, row) in rows.iter().enumerate() {
                    self.push(LeafKind::Row(table, Some(at)), span_of(row), 0.0);
                }
                self.push(LeafKind::TableEnd(table), Span::default(), 0.0);
            }
            BlockKind::Rule => self.push(LeafKind::Rule, block.span, page::RULE_GAP_PX),
        }
    }

    /// A paragraph that is nothing but pictures becomes pictures; elsewhere they stand as their description.
    fn paragraph(&mut self, runs: &[Run], style: Style, span: Span, gap_px: f32) {
        let is_picture = |run: &Run| matches!(run.role, RunRole::Image { .. });
        let is_space = |run: &Run| matches!(run.role, RunRole::Break) || run.text.trim().is_empty();
        if !runs.iter().any(is_picture) || !runs.iter().all(|run| is_picture(run) || is_space(run))
        {
            self.push(LeafKind::Prose(style, runs.to_vec()), span, gap_px);
            return;
        }
        let mut gap_px = gap_px;
        for run in runs {
            if let RunRole::Image { path } = &run.role {
                let kind = LeafKind::Picture {
                    path: path.clone(),
                    description: run.text.clone(),
                };
                self.push(kind, run.span, gap_px);
                gap_px = page::PARAGRAPH_GAP_PX;
            }
        }
    }

    /// Code is cut into leaves of so many lines, so that a long listing costs no more than what is seen of it.
    fn code(&mut self, text: &str, span: Span, gap_px: f32) {
        let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
        for (at, lines) in lines.chunks(page::CODE_LINES).enumerate() {
            let run = Run {
                text: lines.join("\n"),
                span,
                style: Default::default(),
                role: RunRole::Text,
            };
            let gap_px = if at == 0 { gap_px } else { 0.0 };
            self.push(LeafKind::Prose(Style::Code, vec![run]), span, gap_px);
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[ListItem], gap_px: f32) {
        let outer_px = self.indent_px;
        // A list at the very head of an entry gives the entry's own marker a line of its own.
        if self.marker.is_some() {
            self.push(
                LeafKind::Prose(Style::Body, Vec::new()),
                Span::default(),
                gap_px,
            );
        }
        self.indent_px += page::LIST_INDENT_PX;
        let loose = items
            .iter()
            .any(|item| item.blocks.len() > 1 && !has_list_last(item));
        for (at, item) in items.iter().enumerate() {
            let number = || {
                let number = start?.saturating_add(u64::try_from(at).ok()?);
                Some(Marker::Number(format!("{number}.")))
            };
            self.marker = Some(match item.done {
                Some(done) => Marker::Task(done),
                None => number().unwrap_or(Marker::Bullet(self.list_depth)),
            });
            self.list_depth += 1;
            let before = self.done.leaves.len();
            if item.blocks.is_empty() {
                self.push(LeafKind::Prose(Style::Body, Vec::new()), item.span, 0.0);
            }
            self.blocks(&item.blocks, page::ITEM_GAP_PX);
            self.list_depth -= 1;
            self.marker = None;
            if let Some(leaf) = self.done.leaves.get_mut(before) {
                leaf.gap_px = match (at, loose) {
                    (0, _) => gap_px,
                    (_, true) => page::PARAGRAPH_GAP_PX,
                    (_, false) => page::ITEM_GAP_PX,
                };
            }
        }
        self.indent_px = outer_px;
    }

    fn quote(&mut self, alert: Option<Alert>, blocks: &[Block], span: Span, gap_px: f32) {
        let outer_px = self.indent_px;
        // The bar hangs below the entry's marker, which must not be pulled in with the quote.
        if self.marker.is_some() {
            self.push(
                LeafKind::Prose(Style::Body, Vec::new()),
                Span::default(),
                gap_px,
            );
        }
        self.bars.push(Bar {
            x_px: outer_px,
            alert,
            quote: self.quotes,
        });
        self.quotes += 1;
        self.indent_px += page::QUOTE_INDENT_PX;
        let before = self.done.leaves.len();
        if let Some(alert) = alert {
            let kind = LeafKind::Prose(Style::Alert(alert), words(alert_word(alert)));
            self.push(kind, Span::at(span.start as usize), gap_px);
        }
        self.blocks(blocks, page::QUOTE_GAP_PX);
        if let Some(leaf) = self.done.leaves.get_mut(before) {
            leaf.gap_px = gap_px;
        }
        self.bars.pop();
        self.indent_px = outer_px;
    }

    fn footnotes(&mut self, document: &Document) {
        if document.footnotes.is_empty() {
            return;
        }
        self.push(
            LeafKind::Prose(Style::Label, words("Notes")),
            Span::default(),
            page::SECTION_GAP_PX,
        );
        let labels = document.footnotes.iter().map(|note| note.label.clone());
        self.done.footnote_labels = labels.collect();
        self.small = true;
        self.indent_px = page::NOTE_INDENT_PX;
        for (at, note) in document.footnotes.iter().enumerate() {
            self.footnote = Some(at);
            self.marker = Some(Marker::Note(note.number));
            let before = self.done.leaves.len();
            if note.blocks.is_empty() {
                self.push(LeafKind::Prose(Style::Small, Vec::new()), note.span, 0.0);
            }
            self.blocks(&note.blocks, page::ITEM_GAP_PX);
            self.marker = None;
            if let Some(leaf) = self.done.leaves.get_mut(before) {
                leaf.gap_px = page::NOTE_GAP_PX;
            }
        }
        self.footnote = None;
        self.indent_px = 0.0;
        self.small = false;
    }

    /// The sources that the text rests on, with the letters that stand for them in it.
    fn sources(&mut self, briefing: &Briefing, places: &Places) {
        if places.cited().is_empty() {
            return;
        }
        self.push(
            LeafKind::Prose(Style::Label, words("Sources")),
            Span::default(),
            page::SECTION_GAP_PX,
        );
        self.indent_px = page::NOTE_INDENT_PX;
        for &at in places.cited() {
            let Some(source) = briefing.sources.get(at as usize) else {
                continue;
            };
            let letters = places.letters_of(at).unwrap_or_default();
            self.marker = Some(Marker::Source(letters, at));
            let mut text = source.label().to_owned();
            let who = source.publisher.iter().chain(&source.authors);
            let when = source.date.as_ref().map(|date| date.in_words());
            for detail in who
                .map(Text::to_string)
                .chain(when)
                .filter(|detail| *detail != source.label())
            {
                text.push_str(", ");
                text.push_str(&detail);
            }
            let kind = LeafKind::Prose(Style::Small, words(&text));
            self.push(kind, Span::default(), page::ITEM_GAP_PX);
        }
        self.indent_px = 0.0;
    }
}

fn has_list_last(item: &ListItem) -> bool {
    item.blocks.len() == 2
        && item
            .blocks
            .last()
            .is_some_and(|block| matches!(block.kind, BlockKind::List { .. }))
}

pub(super) fn alert_word(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "Note",
        Alert::Tip => "Tip",
        Alert::Important => "Important",
        Alert::Warning => "Warning",
        Alert::Caution => "Caution",
    }
}

/// Who wrote it, and how late its knowledge is.
fn byline(briefing: &Briefing) -> String {
    let who = briefing.authors.iter().chain(&briefing.organization);
    let mut parts: Vec<String> = who.map(Text::to_string).collect();
    if let Some(date) = briefing.as_of.as_ref() {
        parts.push(format!("As of {}", date.in_words()));
    } else if let Some(date) = &briefing.date {
        parts.push(date.in_words());
    }
    if let Some(status) = &briefing.status {
        parts.push(status.to_string());
    }
    // No line begins with a dot.
    parts.join("\u{a0}\u{a0}·  ")
}
