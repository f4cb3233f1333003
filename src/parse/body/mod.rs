//! The Markdown half of a briefing: statements and their evidence, comparisons, headings, links, passages.
//!
//! [`read`] runs for every file of a library and keeps only what other panes ask for; [`document`] builds
//! the blocks a reader sees, for the one file that is open. Both walk the same pieces, so that
//! their spans agree.
//!
//! What counts as *unsourced*: a sentence of 50 characters or more in a paragraph, a list item or an alert, with no
//! mark, no link and no citation. Headings, tables, code, footnotes and plain block quotes (somebody else's words) are
//! left in peace. A comment `<!-- no source: why -->` behind a sentence exempts it; on a line of its own it
//! exempts the paragraph right above it, or else the next one.

mod citations;
mod comparisons;
mod document;
mod footnotes;
mod links;
mod markdown;
mod passages;
mod pieces;
mod prose;
mod readable;
mod sentences;
mod statements;
#[cfg(test)]
mod tests;

pub use document::document;
pub(in crate::parse) use prose::Prose;
pub use readable::readable;

use crate::date::Zone;
use crate::model::{
    Briefing, Evidence, Exemption, Heading, Link, LinkTarget, MarkKind, Relation, Source, Statement,
};
use crate::parse::evidence_line::Scope;
use crate::parse::front::values::MAX_PROBLEMS;
use crate::parse::{SourceIndex, nearest};
use crate::problem::{Code, Problem};
use crate::span::Span;
use footnotes::{Definition, Note};
use links::{Anchors, RawLink};
use pieces::{Container, End, Leaf, Piece, Pieces};
use prose::InlineKind;
use statements::{Found, Mark, Outcome, What};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// How many unknown names of one file get a "did you mean": each costs a walk through all known ones.
const MAX_SUGGESTIONS: u32 = 100;

/// Reads the body of a briefing whose front matter, events and sources are already in it.
///
/// Fills in headings, statements, comparisons, links, the unsourced and the exempt, the events' passages, and
/// the title from the first heading where there is none. `pending_passages` are the `in` values of
/// events: the event's index, the value as written, and where it stands.
pub fn read(
    briefing: &mut Briefing,
    pending_passages: Vec<(u32, String, Span)>,
    problems: &mut Vec<Problem>,
) {
    let file = briefing.text.clone();
    let sources = std::mem::take(&mut briefing.sources);
    let index = SourceIndex::new(&sources);
    // An unknown zone has been told where it was read.
    let zone = briefing
        .timezone
        .as_deref()
        .and_then(|name| Zone::named(name).ok());
    let suggestions = Cell::new(MAX_SUGGESTIONS);
    let scope = Scope {
        resolve: &|key| index.by_key(key),
        suggest: &|key| {
            suggestions.set(suggestions.get().checked_sub(1)?);
            nearest(key, sources.iter().map(|source| source.key.as_str())).map(str::to_owned)
        },
        zone: zone.as_ref(),
    };
    let pending = passages::Pending::new(pending_passages);
    let mut reader = Reader {
        file: &file,
        lang: briefing.lang.as_deref(),
        sources: &sources,
        index: &index,
        scope,
        keeps_words: pending.has_phrases(),
        words: Vec::new(),
        outcome: Outcome::default(),
        comparisons: Vec::new(),
        headings: Vec::new(),
        heading_ids: HashMap::new(),
        links: Vec::new(),
        definitions: Vec::new(),
        undefined: Vec::new(),
        footnote: None,
        table: None,
        quotes: Vec::new(),
        exempts_next: None,
        last_paragraph: None,
        problems,
    };
    let mut pieces = Pieces::new(&file, briefing.body);
    for piece in pieces.by_ref() {
        reader.piece(piece);
    }
    reader.problems.extend(pieces.problem());
    let Reader {
        outcome,
        comparisons,
        mut headings,
        links,
        definitions,
        undefined,
        words,
        problems,
        ..
    } = reader;

    close_sections(&mut headings, briefing.body.end);
    if briefing.title.is_empty()
        && let Some(first) = headings.iter().find(|heading| heading.level == 1)
    {
        briefing.title.clone_from(&first.text);
    }
    let notes = read_notes(&definitions, &file, &sources, &index, &scope, problems);
    tell_footnotes(
        &definitions,
        &notes,
        &outcome,
        undefined,
        &suggestions,
        problems,
    );
    let Outcome {
        found,
        unsourced,
        exempt,
    } = outcome;
    briefing.unsourced = unsourced
        .into_iter()
        .filter(|(_, labels)| {
            !labels.iter().any(|label| {
                notes.get(label.as_str()).is_some_and(|note| {
                    note.is_evidence() || note.exempts.is_some() || note.has_link
                })
            })
        })
        .map(|(span, _)| span)
        .collect();
    briefing.exempt = exempt
        .into_iter()
        .map(|(span, reason)| Exemption { span, reason })
        .collect();
    briefing.statements = make_statements(found, &notes, &mut briefing.exempt);

    let anchors = Anchors::new(
        briefing.events.iter().map(|event| event.id.as_str()),
        &headings,
    );
    let targets: Vec<LinkTarget> = links
        .iter()
        .map(|link| links::target(&link.address, link.wiki, &anchors))
        .collect();
    for (link, target) in links.iter().zip(&targets) {
        if let LinkTarget::Unknown(anchor) = target {
            let near = suggestions
                .get()
                .checked_sub(1)
                .inspect(|&left| suggestions.set(left))
                .and_then(|_| anchors.nearest(anchor));
            problems.push(links::unknown_link(anchor, link.span, near));
        }
    }
    drop(anchors);
    pending.resolve(
        &mut briefing.events,
        &headings,
        &briefing.statements,
        &words,
        problems,
    );
    passages::add_links(&mut briefing.events, &links, &targets);
    briefing.links = links
        .into_iter()
        .zip(targets)
        .map(|(link, target)| Link {
            span: link.span,
            target,
        })
        .collect();
    bound(problems);
    briefing.headings = headings;
    briefing.comparisons = comparisons;
    drop(words);
    briefing.sources = sources;
}

/// Nobody reads thousands of problems of one file. The first one too many says that there are more.
fn bound(problems: &mut Vec<Problem>) {
    const MORE: &str = "; further problems are not listed";
    if problems.len() > MAX_PROBLEMS + 1 {
        problems.truncate(MAX_PROBLEMS + 1);
        if let Some(last) = problems.last_mut()
            && !last.message.ends_with(MORE)
        {
            last.message.push_str(MORE);
        }
    }
}

/// Evidence that a link gives: its address is a source's.
fn source_link(
    address: &str,
    span: Span,
    sources: &[Source],
    index: &SourceIndex,
) -> Option<Evidence> {
    let at = index.by_address(address)?;
    Some(Evidence {
        key: sources.get(at as usize)?.key.clone(),
        source: Some(at),
        relation: Relation::default(),
        locator: None,
        quote: None,
        silent_on: Vec::new(),
        by: None,
        to: None,
        on: None,
        as_of: None,
        grade: None,
        span,
    })
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

/// Walks the pieces of one body once.
struct Reader<'a, 's> {
    file: &'a str,
    lang: Option<&'s str>,
    sources: &'s [Source],
    index: &'s SourceIndex,
    scope: Scope<'s>,
    /// Whether an event names a passage by its words.
    keeps_words: bool,
    words: Vec<Prose<'a>>,
    outcome: Outcome,
    comparisons: Vec<crate::model::Comparison>,
    headings: Vec<Heading>,
    heading_ids: HashMap<String, u32>,
    links: Vec<RawLink>,
    definitions: Vec<Definition<'a>>,
    /// Labels that nothing defines.
    undefined: Vec<(String, Span)>,
    footnote: Option<Definition<'a>>,
    table: Option<comparisons::Table<'a>>,
    /// The block quotes that are open: whether each is the author's own words (an alert).
    quotes: Vec<bool>,
    /// From a comment on a line of its own, for the paragraph below it.
    exempts_next: Option<String>,
    /// The paragraph just read, and how many unsourced sentences there were before it.
    last_paragraph: Option<(Span, usize)>,
    problems: &'s mut Vec<Problem>,
}

impl<'a> Reader<'a, '_> {
    fn piece(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Open(container, span) => match container {
                Container::Footnote(label) => {
                    self.footnote = Some(Definition {
                        label: label.into_string(),
                        span,
                        blocks: Vec::new(),
                    });
                }
                Container::Quote(alert) => self.quotes.push(alert.is_some()),
                Container::Table(_) => {
                    self.table = Some(comparisons::Table {
                        span,
                        ..comparisons::Table::default()
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
            Piece::Leaf(leaf, prose) => self.leaf(leaf, prose),
            Piece::Comment(comment, span) => {
                if let Some(reason) = exemption(&comment) {
                    self.exempt_block(reason, span);
                }
            }
            Piece::Code { .. } | Piece::Html(..) | Piece::Rule(_) => self.last_paragraph = None,
        }
    }

    fn leaf(&mut self, leaf: Leaf<'a>, prose: Prose<'a>) {
        if let Some(footnote) = &mut self.footnote {
            self.links.extend(raw_links(&prose, None));
            footnote.blocks.push(prose);
            return;
        }
        match leaf {
            Leaf::Paragraph => {
                let span = prose.span;
                let before = self.outcome.unsourced.len();
                let own_words = self.quotes.iter().all(|&alert| alert);
                self.words_of(prose, own_words, true);
                self.last_paragraph = Some((span, before));
                if let Some(reason) = self.exempts_next.take() {
                    self.outcome.unsourced.truncate(before);
                    self.outcome.exempt.push((span, reason));
                }
            }
            Leaf::Heading { level, id } => {
                self.last_paragraph = None;
                let span = prose.span;
                let text = self.words_of(prose, false, true);
                let text = statements::in_one_line(&text);
                let id = passages::heading_id(&text, id.as_deref(), &mut self.heading_ids);
                self.headings.push(Heading {
                    level,
                    id,
                    text,
                    span,
                    section: span,
                });
            }
            Leaf::Cell => {
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some((_, cells)) => cells.push(prose),
                        None => table.header.push(prose),
                    }
                }
            }
        }
    }

    /// Reads the marks in a block's words. Returns the words without citations.
    fn words_of(&mut self, mut prose: Prose<'a>, own_words: bool, cites: bool) -> String {
        self.tell_undefined(&prose);
        let found = if cites && prose.text.contains('@') {
            citations::find(&prose, self.file, &self.scope, self.problems)
        } else {
            Vec::new()
        };
        let cuts: Vec<_> = found
            .iter()
            .filter(|citation| !citation.bare)
            .map(|citation| citation.text.clone())
            .collect();
        let spans: Vec<Span> = found
            .iter()
            .map(|citation| prose.span_of(citation.text.clone()))
            .collect();
        let shift = prose::Shift::new(&cuts);
        let mut marks: Vec<Mark> = found
            .into_iter()
            .zip(spans)
            .map(|(citation, span)| Mark {
                at: shift.moved(citation.text.start)..shift.moved(citation.text.end),
                span,
                what: What::Citation {
                    bare: citation.bare,
                    evidence: citation.evidence,
                },
            })
            .collect();
        prose.cut(&cuts);
        for inline in &prose.inlines {
            let what = match &inline.kind {
                InlineKind::Link { address, .. } => {
                    match source_link(address, inline.span, self.sources, self.index) {
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
        marks.sort_by_key(|mark| (mark.at.start, mark.span.start));
        let sentences = statements::find(
            &prose,
            marks,
            self.file,
            self.lang,
            own_words,
            &mut self.outcome,
        );
        self.links.extend(raw_links(&prose, Some(&sentences)));
        prose.inlines.clear();
        if self.keeps_words {
            let text = prose.text.clone();
            self.words.push(prose);
            text
        } else {
            prose.text
        }
    }

    fn table(&mut self, table: comparisons::Table<'a>) {
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
                self.words_of(cell, false, true);
            }
        }
        for cell in table.rows.into_iter().flat_map(|(_, cells)| cells) {
            self.words_of(cell, false, !is_comparison);
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
        for (at, _) in prose.text.match_indices("[^") {
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
            address: address.to_string(),
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

/// A section reaches to the next heading of its level or above.
fn close_sections(headings: &mut [Heading], end: u32) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..headings.len() {
        let (level, start) = (headings[at].level, headings[at].span.start);
        while let Some(&last) = open.last()
            && headings[last].level >= level
        {
            headings[last].section.end = start;
            open.pop();
        }
        open.push(at);
    }
    for at in open {
        headings[at].section.end = end;
    }
}

/// Reads every footnote. Of two with one label, the first is meant.
fn read_notes<'d>(
    definitions: &'d [Definition],
    file: &str,
    sources: &[Source],
    index: &SourceIndex,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> HashMap<&'d str, Note> {
    let mut notes = HashMap::with_capacity(definitions.len());
    for definition in definitions {
        let note = footnotes::read(definition, file, sources, index, scope, problems);
        notes.entry(definition.label.as_str()).or_insert(note);
    }
    notes
}

/// Tells of footnotes that are missing, and of those with evidence that nothing refers to.
fn tell_footnotes(
    definitions: &[Definition],
    notes: &HashMap<&str, Note>,
    outcome: &Outcome,
    undefined: Vec<(String, Span)>,
    suggestions: &Cell<u32>,
    problems: &mut Vec<Problem>,
) {
    let used: HashSet<&str> = outcome
        .found
        .iter()
        .flat_map(|found| &found.marks)
        .filter_map(|mark| mark.label.as_deref())
        .collect();
    for definition in definitions {
        let label = definition.label.as_str();
        let has_evidence = notes.get(label).is_some_and(Note::is_evidence);
        if has_evidence && !used.contains(label) {
            let length = label.len() + "[^]:".len();
            let start = definition.span.start as usize;
            problems.push(Problem::new(
                Code::FootnoteUnused,
                Span::new(start, (start + length).min(definition.span.end as usize)),
                format!("expected a sentence marked `[^{label}]`, found none"),
                format!("write `[^{label}]` behind the sentence that this evidence is for"),
            ));
        }
    }
    for (label, span) in undefined {
        let near = suggestions
            .get()
            .checked_sub(1)
            .inspect(|&left| suggestions.set(left))
            .and_then(|_| nearest(&label, definitions.iter().map(|d| d.label.as_str())));
        let hint = match near {
            Some(near) => format!("did you mean `[^{near}]`?"),
            None => format!("add a line `[^{label}]: …`"),
        };
        problems.push(Problem::new(
            Code::FootnoteUndefined,
            span,
            format!("expected the label of a footnote, found `[^{label}]`"),
            hint,
        ));
    }
}

/// Makes statements of the words found with marks; marks that turn out to be ordinary footnotes make none.
fn make_statements(
    found: Vec<Found>,
    notes: &HashMap<&str, Note>,
    exempt: &mut Vec<Exemption>,
) -> Vec<Statement> {
    let labels: HashSet<&str> = notes.keys().copied().collect();
    let mut ids: HashSet<String> = HashSet::new();
    let mut repeats: HashMap<String, u32> = HashMap::new();
    let mut unnamed = 0_u32;
    let mut statements = Vec::with_capacity(found.len());
    for found in found {
        let mut statement = Statement {
            id: String::new(),
            label: None,
            text: found.text,
            span: found.span,
            mark: Span::default(),
            mark_kind: MarkKind::Link,
            grade: None,
            note: None,
            evidence: Vec::new(),
        };
        let mut is_marked = false;
        for mark in found.marks {
            let note = mark.label.as_deref().and_then(|label| notes.get(label));
            if let Some(reason) = note.and_then(|note| note.exempts.as_ref()) {
                exempt.push(Exemption {
                    span: found.span,
                    reason: reason.clone(),
                });
            }
            if let Some(note) = note {
                if !note.is_evidence() {
                    continue;
                }
                statement.label = statement.label.or(mark.label);
                statement.grade = statement.grade.or_else(|| note.grade.clone());
                statement.note = statement.note.or_else(|| note.text.clone());
                statement.evidence.extend(note.evidence.iter().cloned());
            } else {
                statement.evidence.extend(mark.evidence);
            }
            if !is_marked || mark.kind > statement.mark_kind {
                statement.mark = mark.span;
                statement.mark_kind = mark.kind;
            }
            is_marked = true;
        }
        if !is_marked {
            continue;
        }
        statement.id = match &statement.label {
            Some(label) => loop {
                let count = repeats.entry(label.clone()).or_insert(0);
                *count += 1;
                let id = match *count {
                    1 => label.clone(),
                    count => format!("{label}-{count}"),
                };
                if ids.insert(id.clone()) {
                    break id;
                }
            },
            None => loop {
                unnamed += 1;
                let id = format!("s{unnamed}");
                // A footnote further down may be called like this one.
                if !labels.contains(id.as_str()) && ids.insert(id.clone()) {
                    break id;
                }
            },
        };
        statements.push(statement);
    }
    exempt.sort_by_key(|exemption| exemption.span);
    statements
}
