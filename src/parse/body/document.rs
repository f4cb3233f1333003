//! The blocks and runs of a body, for the file that is open.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of headings, and places within one text"
)]

use super::citations;
use super::links::{Anchors, target};
use super::pieces::{Container, Leaf, Piece, Pieces};
use crate::model::{
    Alert, Block, BlockKind, Briefing, Cell, ColumnAlignment, Document, Footnote, ListItem, Run,
    RunRole, RunStyle,
};
use crate::parse::SourceIndex;
use crate::parse::bounds::EvidenceLeft;
use crate::parse::evidence_line::Scope;
use crate::parse::prose::{InlineKind, Prose};
use crate::span::Span;
use crate::text::Text;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

/// The body's blocks as a reader sees them. Expects a briefing that [`super::read`] has filled.
pub fn document(briefing: &Briefing) -> Document {
    let index = SourceIndex::new(&briefing.sources);
    let left = EvidenceLeft::default();
    let events = briefing.events.iter().map(|event| event.id.as_str());
    let mut builder = Builder {
        file: &briefing.text,
        scope: Scope {
            file: &briefing.text,
            resolve: &|key| index.by_key(key),
            suggest: &|_| None,
            zone: None,
            left: &left,
        },
        anchors: Anchors::new(events, &briefing.headings),
        comparisons: briefing
            .comparisons
            .iter()
            .zip(0..)
            .map(|(comparison, at)| (comparison.span.start, at))
            .collect(),
        headings: 0,
        numbers: HashMap::new(),
        defined: HashSet::new(),
        stack: vec![Frame::new(Kind::Root, briefing.body)],
        footnotes: Vec::new(),
    };
    for piece in Pieces::new(&briefing.text, briefing.body) {
        builder.piece(piece);
    }
    while builder.stack.len() > 1 {
        builder.close();
    }
    let Builder {
        stack,
        mut footnotes,
        mut numbers,
        ..
    } = builder;
    for footnote in &mut footnotes {
        let next = number(numbers.len());
        footnote.number = *numbers.entry(footnote.label.clone()).or_insert(next);
    }
    footnotes.sort_by_key(|footnote| footnote.number);
    let blocks = stack.into_iter().next().map(|root| root.blocks);
    Document {
        blocks: blocks.unwrap_or_default(),
        footnotes,
    }
}

/// The number behind `count` others.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1)
}

/// A block that is still open.
struct Frame {
    kind: Kind,
    span: Span,
    blocks: Vec<Block>,
    items: Vec<ListItem>,
    done: Option<bool>,
    cells: Vec<Cell>,
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

enum Kind {
    Root,
    List(Option<u64>),
    Item,
    Quote(Option<Alert>),
    Footnote(String),
    Table(Vec<ColumnAlignment>),
    Head,
    Row,
}

impl Frame {
    fn new(kind: Kind, span: Span) -> Self {
        Self {
            kind,
            span,
            blocks: Vec::new(),
            items: Vec::new(),
            done: None,
            cells: Vec::new(),
            header: Vec::new(),
            rows: Vec::new(),
        }
    }
}

struct Builder<'a> {
    file: &'a Text,
    scope: Scope<'a>,
    anchors: Anchors<'a>,
    /// By where their tables begin.
    comparisons: HashMap<u32, u32>,
    headings: u32,
    /// The number of each footnote's label.
    numbers: HashMap<String, u32>,
    /// The labels of the footnotes read so far.
    defined: HashSet<String>,
    stack: Vec<Frame>,
    footnotes: Vec<Footnote>,
}

impl Builder<'_> {
    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Open(container, span) => {
                let kind = match container {
                    Container::List(start) => Kind::List(start),
                    Container::Item => Kind::Item,
                    Container::Quote(alert) => Kind::Quote(alert),
                    Container::Footnote(label) => Kind::Footnote(label.into_string()),
                    Container::Table(alignments) => Kind::Table(alignments),
                    Container::Head => Kind::Head,
                    Container::Row => Kind::Row,
                };
                self.stack.push(Frame::new(kind, span));
            }
            Piece::Close(_) => self.close(),
            Piece::Leaf(leaf, prose) => self.leaf(leaf, &prose),
            Piece::Code {
                language,
                text,
                span,
            } => self.block(BlockKind::Code { language, text }, span),
            Piece::Html(html, span) => self.block(BlockKind::Html(html), span),
            Piece::Comment(..) => {}
            Piece::Rule(span) => self.block(BlockKind::Rule, span),
        }
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        if let Some(frame) = self.stack.last_mut() {
            frame.blocks.push(Block { span, kind });
        }
    }

    fn leaf(&mut self, leaf: Leaf, prose: &Prose) {
        let runs = self.runs(prose);
        match leaf {
            Leaf::Paragraph => {
                if let Some(frame) = self.stack.last_mut() {
                    frame.done = frame.done.or(prose.done);
                }
                if !runs.is_empty() {
                    self.block(BlockKind::Paragraph(runs), prose.span);
                }
            }
            Leaf::Heading { level, .. } => {
                let index = self.headings;
                // Headings inside footnotes are not in the outline.
                let in_footnote = self
                    .stack
                    .iter()
                    .any(|frame| matches!(frame.kind, Kind::Footnote(_)));
                if in_footnote {
                    self.block(BlockKind::Paragraph(runs), prose.span);
                    return;
                }
                self.headings += 1;
                self.block(BlockKind::Heading { level, index, runs }, prose.span);
            }
            Leaf::Cell => {
                if let Some(frame) = self.stack.last_mut() {
                    frame.cells.push(Cell {
                        runs,
                        span: prose.span,
                    });
                }
            }
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let Frame {
            kind,
            span,
            blocks,
            items,
            done,
            cells,
            header,
            rows,
        } = frame;
        let Some(parent) = self.stack.last_mut() else {
            return;
        };
        let kind = match kind {
            Kind::Root => return,
            Kind::Item => {
                parent.items.push(ListItem { done, blocks, span });
                return;
            }
            Kind::Head => {
                parent.header = cells;
                return;
            }
            Kind::Row => {
                parent.rows.push(cells);
                return;
            }
            Kind::Footnote(label) => {
                // Of two with one label the first is meant.
                if self.defined.insert(label.clone()) {
                    self.footnotes.push(Footnote {
                        label,
                        number: 0,
                        blocks,
                        span,
                    });
                }
                return;
            }
            Kind::List(start) => BlockKind::List { start, items },
            Kind::Quote(alert) => BlockKind::Quote { alert, blocks },
            Kind::Table(alignments) => BlockKind::Table {
                alignments,
                header,
                rows,
                comparison: self.comparisons.get(&span.start).copied(),
            },
        };
        parent.blocks.push(Block { span, kind });
    }

    /// The runs of a block: its words cut wherever their style or their role changes.
    fn runs(&mut self, prose: &Prose) -> Vec<Run> {
        let mut roles = Roles::new(self, prose);
        let mut runs = Vec::new();
        // Words of an image or a line break that stand in its own run.
        let mut shown_until = 0;
        for (index, segment) in prose.segments.iter().enumerate() {
            let end = prose.segment_end(index);
            let mut at = segment.at;
            while at < end {
                while let Some((place, run)) = roles.next_standing_at(at) {
                    shown_until = shown_until.max(place.end);
                    runs.push(run);
                }
                let (role, until) = roles.at(at);
                let to = end.min(until).max(at + 1);
                let from = at.max(shown_until);
                if from < to {
                    let text = prose.text.get(from..to).unwrap_or_default();
                    let is_break = matches!(runs.last(), Some(Run { role: RunRole::Break, span, .. }) if *span == segment.file);
                    if !text.is_empty() && !is_break {
                        runs.push(Run {
                            text: text.to_owned(),
                            span: prose.span_of(from..to),
                            style: segment.style,
                            role,
                        });
                    }
                }
                at = to;
            }
        }
        while let Some((_, run)) = roles.next_standing_at(prose.text.len()) {
            runs.push(run);
        }
        runs
    }
}

/// What the words of one block are besides words.
struct Roles {
    /// Links and citations in the order in which they begin.
    ranges: VecDeque<(Range<usize>, RunRole)>,
    /// Those that have begun, the innermost last.
    open: Vec<(Range<usize>, RunRole)>,
    /// What is a run of its own: footnotes, images, line breaks.
    standing: VecDeque<(Range<usize>, Run)>,
}

impl Roles {
    fn new(builder: &mut Builder, prose: &Prose) -> Self {
        let mut ranges = Vec::new();
        let mut standing = VecDeque::new();
        for inline in &prose.inlines {
            let mut stand = |text: String, role: RunRole| {
                let run = Run {
                    text,
                    span: inline.span,
                    style: RunStyle::default(),
                    role,
                };
                standing.push_back((inline.text.clone(), run));
            };
            match &inline.kind {
                InlineKind::Link { address, wiki } => {
                    let role =
                        RunRole::Link(target(address.as_ref().into(), *wiki, &builder.anchors));
                    ranges.push((inline.text.clone(), role));
                }
                InlineKind::Footnote(label) => {
                    let next = number(builder.numbers.len());
                    let number = match builder.numbers.get(label.as_ref()) {
                        Some(&number) => number,
                        None => *builder.numbers.entry(label.to_string()).or_insert(next),
                    };
                    stand(label.to_string(), RunRole::FootnoteReference { number });
                }
                InlineKind::Image { path } => {
                    let alt = prose.text.get(inline.text.clone()).unwrap_or_default();
                    let path = path.to_string();
                    stand(alt.to_owned(), RunRole::Image { path });
                }
                InlineKind::Break => stand(String::new(), RunRole::Break),
                InlineKind::Code | InlineKind::Comment(_) => {}
            }
        }
        if prose.text.contains('@') {
            // Read for the load already; what is wrong with them has been told.
            let mut told = Vec::new();
            let found = citations::find(prose, builder.file, &builder.scope, &mut told);
            ranges.extend(
                found
                    .into_iter()
                    .map(|citation| (citation.text, RunRole::Citation)),
            );
        }
        ranges.sort_by_key(|(range, _)| range.start);
        Self {
            ranges: ranges.into(),
            open: Vec::new(),
            standing,
        }
    }

    /// The next run of its own that stands at `at` or before.
    fn next_standing_at(&mut self, at: usize) -> Option<(Range<usize>, Run)> {
        if self.standing.front()?.0.start <= at {
            self.standing.pop_front()
        } else {
            None
        }
    }

    /// The role of the words at `at`, and where it may change.
    fn at(&mut self, at: usize) -> (RunRole, usize) {
        while let Some(begun) = self.ranges.front().filter(|(range, _)| range.start <= at) {
            self.open.push(begun.clone());
            self.ranges.pop_front();
        }
        while self.open.last().is_some_and(|(range, _)| range.end <= at) {
            self.open.pop();
        }
        let next = self.ranges.front().map(|(range, _)| range.start);
        let standing = self.standing.front().map(|(range, _)| range.start);
        let (role, end) = match self.open.last() {
            Some((range, role)) => (role.clone(), range.end),
            None => (RunRole::Text, usize::MAX),
        };
        let until = [next, standing]
            .into_iter()
            .flatten()
            .filter(|&start| start > at)
            .fold(end, usize::min);
        (role, until)
    }
}
