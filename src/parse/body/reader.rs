//! One walk through a body: what each block holds, before footnotes and links are resolved.

#![expect(
    clippy::string_slice,
    reason = "cut behind ASCII signs that were just found at the place"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use super::citations;
use super::comparisons::{self, Table};
use super::footnotes::Definition;
use super::headings::heading_id;
use super::links::RawLink;
use super::pieces::{Container, End, Leaf, Piece};
use super::statements::{self, Mark, Outcome, What};
use crate::model::{Comparison, Few, Heading, Source};
use crate::parse::SourceIndex;
use crate::parse::bounds::{MAX_TITLE_CHARS, cut_text};
use crate::parse::evidence_line::Scope;
use crate::parse::names::Names;
use crate::parse::prose::{InlineKind, Prose, Shift, in_one_line};
use crate::problem::Problem;
use crate::span::Span;
use crate::text::Text;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Walks the pieces of one body once.
pub struct Reader<'a, 's> {
    file: &'a Text,
    lang: Option<&'s str>,
    sources: &'s [Arc<Source>],
    index: &'s SourceIndex,
    scope: Scope<'s>,
    /// Whether an event names a passage by its words.
    pub keeps_words: bool,
    pub words: Vec<Prose<'a>>,
    pub outcome: Outcome,
    pub comparisons: Vec<Comparison>,
    pub headings: Vec<Heading>,
    heading_ids: Names<Text, u32>,
    pub links: Vec<RawLink>,
    pub definitions: Vec<Definition<'a>>,
    /// Labels that nothing defines.
    pub undefined: Vec<(String, Span)>,
    footnote: Option<Definition<'a>>,
    table: Option<Table<'a>>,
    /// The block quotes that are open: whether each is the author's own words (an alert).
    quotes: Vec<bool>,
    /// From a comment on a line of its own, for the paragraph below it.
    exempts_next: Option<String>,
    /// The paragraph just read, and how many unsourced sentences there were before it.
    last_paragraph: Option<(Span, usize)>,
    /// Room for what is cut out of a block.
    cuts: Vec<Range<usize>>,
    pub problems: &'s mut Vec<Problem>,
}

impl<'a, 's> Reader<'a, 's> {
    pub fn new(
        file: &'a Text,
        lang: Option<&'s str>,
        sources: &'s [Arc<Source>],
        index: &'s SourceIndex,
        scope: Scope<'s>,
        problems: &'s mut Vec<Problem>,
    ) -> Self {
        Self {
            file,
            lang,
            sources,
            index,
            scope,
            keeps_words: false,
            words: Vec::new(),
            outcome: Outcome::for_length(file.len()),
            comparisons: Vec::new(),
            headings: Vec::new(),
            heading_ids: Names::default(),
            links: Vec::new(),
            definitions: Vec::new(),
            undefined: Vec::new(),
            footnote: None,
            table: None,
            quotes: Vec::new(),
            exempts_next: None,
            last_paragraph: None,
            cuts: Vec::new(),
            problems,
        }
    }

    /// Takes the next piece in. Gives back words that are not needed any longer.
    pub fn piece(&mut self, piece: Piece<'a>) -> Option<Prose<'a>> {
        match piece {
            Piece::Open(container, span) => match container {
                Container::Footnote(label) => {
                    self.footnote = Some(Definition {
                        label: self.file.part(&label),
                        span,
                        blocks: Vec::new(),
                    });
                }
                Container::Quote(alert) => self.quotes.push(alert.is_some()),
                Container::Table(_) => {
                    self.table = Some(Table {
                        span,
                        ..Table::default()
                    });
                }
                Container::Row => {
                    if let Some(table) = &mut self.table {
                        table.rows.push((span, Vec::new()));
                    }
                }
                Container::Head | Container::List(_) | Container::Item => {}
            },
            Piece::Close(end) => match end {
                End::Footnote => self.definitions.extend(self.footnote.take()),
                End::Quote => {
                    self.quotes.pop();
                }
                End::Table => {
                    if let Some(table) = self.table.take() {
                        self.table(table);
                    }
                }
                End::List | End::Item | End::Head | End::Row => {}
            },
            Piece::Leaf(leaf, prose) => return self.leaf(leaf, prose),
            Piece::Comment(comment, span) => {
                if let Some(reason) = exemption(&comment) {
                    self.exempt_block(reason, span);
                }
            }
            Piece::Code { .. } | Piece::Html(..) | Piece::Rule(_) => self.last_paragraph = None,
        }
        None
    }

    fn leaf(&mut self, leaf: Leaf<'a>, prose: Prose<'a>) -> Option<Prose<'a>> {
        if let Some(footnote) = &mut self.footnote {
            self.links.extend(raw_links(&prose, None));
            footnote.blocks.push(prose);
            return None;
        }
        match leaf {
            Leaf::Paragraph => {
                let span = prose.span;
                let before = self.outcome.unsourced.len();
                let own_words = self.quotes.iter().all(|&alert| alert);
                let read = self.words_of(prose, own_words, true);
                self.last_paragraph = Some((span, before));
                if let Some(reason) = self.exempts_next.take() {
                    self.outcome.unsourced.truncate(before);
                    self.outcome.exempt.push((span, reason));
                }
                self.keep(read)
            }
            Leaf::Heading { level, id } => {
                self.last_paragraph = None;
                let span = prose.span;
                let read = self.words_of(prose, false, true);
                let text = match in_one_line(&read.text) {
                    Cow::Borrowed(words) => read.held(0..words.len(), self.file),
                    Cow::Owned(line) => line.into(),
                };
                let text = cut_text(text, MAX_TITLE_CHARS);
                let given = id.as_deref().map(|id| self.file.part(id));
                let id = heading_id(&text, given, &mut self.heading_ids);
                self.headings.push(Heading {
                    level,
                    id,
                    text,
                    span,
                    section: span,
                });
                self.keep(read)
            }
            Leaf::Cell => {
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some((_, cells)) => cells.push(prose),
                        None => table.header.push(prose),
                    }
                }
                None
            }
        }
    }

    /// Keeps words in which an event's passages are looked for; gives back others.
    fn keep(&mut self, mut read: Prose<'a>) -> Option<Prose<'a>> {
        if !self.keeps_words {
            return Some(read);
        }
        read.inlines.clear();
        self.words.push(read);
        None
    }

    /// Reads the marks in a block's words. Returns the words without citations.
    fn words_of(&mut self, mut prose: Prose<'a>, own_words: bool, cites: bool) -> Prose<'a> {
        self.tell_undefined(&prose);
        let found = if cites && memchr::memchr(b'@', prose.text.as_bytes()).is_some() {
            citations::find(&prose, self.file, &self.scope, self.problems)
        } else {
            Few::new()
        };
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.clear();
        let bracketed = found.iter().filter(|citation| !citation.bare);
        cuts.extend(bracketed.map(|citation| citation.text.clone()));
        let shift = Shift::new(&cuts);
        let mut marks: Vec<Mark> = found
            .into_iter()
            .map(|citation| Mark {
                at: shift.moved(citation.text.start)..shift.moved(citation.text.end),
                span: prose.span_of(citation.text),
                what: What::Citation {
                    bare: citation.bare,
                    evidence: citation.evidence,
                },
            })
            .collect();
        prose.cut(&cuts);
        self.cuts = cuts;
        for inline in &prose.inlines {
            let what = match &inline.kind {
                InlineKind::Link { address, .. } => {
                    match self.index.link_evidence(address, inline.span, self.sources) {
                        Some(evidence) => What::Link(Box::new(evidence)),
                        None => What::OtherLink,
                    }
                }
                InlineKind::Footnote(label) => What::Footnote(label),
                InlineKind::Comment(comment) => match exemption(comment) {
                    Some(reason) => What::Exempt(reason),
                    None => continue,
                },
                InlineKind::Code | InlineKind::Image { .. } | InlineKind::Break => continue,
            };
            marks.push(Mark {
                at: inline.text.clone(),
                span: inline.span,
                what,
            });
        }
        if marks.len() > 1 {
            marks.sort_by_key(|mark| (mark.at.start, mark.span.start));
        }
        let sentences = statements::find(
            &prose,
            marks,
            self.file,
            self.lang,
            own_words,
            &mut self.outcome,
        );
        self.links.extend(raw_links(&prose, Some(&sentences)));
        prose
    }

    fn table(&mut self, table: Table<'a>) {
        self.last_paragraph = None;
        let columns = comparisons::columns(
            &table,
            self.file,
            self.sources,
            self.index,
            &self.scope,
            self.problems,
        );
        let is_comparison = columns.is_some();
        if let Some(columns) = columns {
            let read = comparisons::read(&table, columns, self.file, &self.scope, self.problems);
            self.comparisons.push(read);
        }
        // Footnotes and links in a comparison's cells are marks all the same; its header's links name columns.
        if !is_comparison {
            for cell in table.header {
                let read = self.words_of(cell, false, true);
                self.keep(read);
            }
        }
        for cell in table.rows.into_iter().flat_map(|(_, cells)| cells) {
            let read = self.words_of(cell, false, !is_comparison);
            self.keep(read);
        }
    }

    fn exempt_block(&mut self, reason: String, comment: Span) {
        match self.last_paragraph.take() {
            Some((span, before)) if is_adjacent(self.file, span, comment) => {
                self.outcome.unsourced.truncate(before);
                self.outcome.exempt.push((span, reason));
            }
            _ => self.exempts_next = Some(reason),
        }
    }

    /// References to footnotes that nothing defines stand in the words as they are written.
    fn tell_undefined(&mut self, prose: &Prose) {
        const MAX_LABEL_BYTES: usize = 100;
        for at in memchr::memchr_iter(b'[', prose.text.as_bytes()) {
            if prose.text.as_bytes().get(at + 1) != Some(&b'^') {
                continue;
            }
            let label = &prose.text[at + 2..];
            let end = label.bytes().take(MAX_LABEL_BYTES).position(|b| b == b']');
            let Some(label) = end.and_then(|end| label.get(..end)) else {
                continue;
            };
            let is_label = !label.is_empty() && !label.contains(|c: char| c.is_whitespace());
            if is_label && !prose.is_code(at) && !prose.is_escaped(at, self.file) {
                let span = prose.span_of(at..at + label.len() + 3);
                self.undefined.push((label.to_owned(), span));
            }
        }
    }
}

/// The links of a block, each with its sentence.
fn raw_links<'p>(
    prose: &'p Prose,
    sentences: Option<&'p [Span]>,
) -> impl Iterator<Item = RawLink> + 'p {
    prose.inlines.iter().filter_map(move |inline| {
        let InlineKind::Link { address, wiki } = &inline.kind else {
            return None;
        };
        let sentence = sentences.map(|sentences| {
            let at = sentences.partition_point(|sentence| sentence.end <= inline.span.start);
            sentences.get(at).copied().unwrap_or(prose.span)
        });
        Some(RawLink {
            span: inline.span,
            address: address.as_ref().into(),
            wiki: *wiki,
            sentence,
        })
    })
}

/// Whether a comment stands right below a paragraph, with no empty line between.
fn is_adjacent(file: &str, paragraph: Span, comment: Span) -> bool {
    let between = file.get(paragraph.end as usize..comment.start as usize);
    between.is_some_and(|between| between.trim().is_empty() && !between.contains('\n'))
}

/// The words of a comment that says why no source is needed: `<!-- no source: reason -->`.
fn exemption(comment: &str) -> Option<String> {
    const WORDS: &str = "no source";
    let inside = comment
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim();
    let rest = inside
        .get(..WORDS.len())
        .filter(|start| start.eq_ignore_ascii_case(WORDS))
        .map(|_| inside[WORDS.len()..].trim_start())?;
    if rest.is_empty() {
        return Some(String::new());
    }
    rest.strip_prefix(':')
        .map(|reason| reason.trim().to_owned())
}
