//! From a query to what it finds.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of units that were found in the index"
)]

use super::{Found, Hit, Request, View};
use crate::date::Instant;
use crate::evidence::Standing;
use crate::library::filter::{Marks, extent};
use crate::library::search::query::{Condition, Pattern, Query as Asked, WordField};
use crate::library::search::schema::Stems;
use crate::library::search::table::{IndexedFile, Row, Table};
use crate::model::FileId;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::ops::{Bound, Range};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EnableScoring, InvertedIndexRangeQuery, Occur,
    PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

/// A word in a title weighs so much more.
const TITLE_BOOST: f32 = 2.5;

/// The most words that the beginning at the end of a phrase may stand for.
const PHRASE_ENDINGS: u32 = 500;

impl View {
    /// Answers a question. An empty query finds nothing.
    ///
    /// # Errors
    ///
    /// When the index is not as it was written.
    pub fn find(&self, request: &Request) -> tantivy::Result<Found> {
        let mut found = Found {
            query: request.query.clone(),
            events: Marks::none(&self.events),
            statements: Marks::none(&self.statements),
            ..Found::default()
        };
        if request.query.is_empty() {
            return Ok(found);
        }
        let query = self.words_of(&request.query);
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let conditions = Conditions::of(self, request);
        let segments = self.searcher.segment_readers();
        let parts: Vec<Part> = segments
            .par_iter()
            .zip(self.tables.par_iter())
            .map(|(segment, table)| {
                let mut part = Part::new(self, request.limit);
                weight.for_each(segment, &mut |doc, score| {
                    part.take(self, segment, table, &conditions, doc, score);
                })?;
                Ok(part)
            })
            .collect::<tantivy::Result<_>>()?;
        let mut files = vec![false; self.files.len()];
        let mut best: Vec<Ranked> = Vec::new();
        for part in parts {
            found.total += part.total;
            found.events.add(&part.events);
            found.statements.add(&part.statements);
            for (all, seen) in files.iter_mut().zip(part.files) {
                *all |= seen;
            }
            best.extend(part.best);
        }
        found.briefings = files.into_iter().filter(|&seen| seen).count();
        best.sort_unstable();
        best.truncate(request.limit);
        found.hits = self.grouped(best);
        Ok(found)
    }

    /// By briefing, the one with the best hit first; within a briefing from top to bottom.
    fn grouped(&self, best: Vec<Ranked>) -> Vec<Hit> {
        let mut rank_of_file = HashMap::new();
        for ranked in &best {
            let next = rank_of_file.len();
            rank_of_file.entry(ranked.row.file).or_insert(next);
        }
        let mut hits: Vec<(usize, Hit)> = best
            .iter()
            .filter_map(|ranked| {
                let file = self.files.get(ranked.row.file as usize)?.as_ref()?;
                let hit = Hit {
                    file: file.id,
                    kind: ranked.row.kind,
                    at: ranked.row.at,
                    span: ranked.row.span,
                    score: ranked.score,
                };
                Some((*rank_of_file.get(&ranked.row.file)?, hit))
            })
            .collect();
        hits.sort_by_key(|(rank, hit)| (*rank, hit.span, hit.kind, hit.at));
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    /// The part of a query that the index answers.
    fn words_of(&self, asked: &Asked) -> BooleanQuery {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for term in &asked.terms {
            let occur = if term.negated {
                Occur::MustNot
            } else {
                Occur::Must
            };
            match &term.condition {
                Condition::Anywhere(pattern) => clauses.push((occur, self.anywhere(pattern))),
                Condition::Field(field, pattern) => {
                    clauses.push((occur, words_in(self.field(*field), pattern)));
                }
                _ => {}
            }
        }
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        BooleanQuery::new(clauses)
    }

    fn field(&self, field: WordField) -> Field {
        match field {
            WordField::Who => self.fields.who,
            WordField::Lane => self.fields.lane,
            WordField::Tag => self.fields.tag,
            WordField::Source => self.fields.source,
            WordField::Status => self.fields.status,
        }
    }

    fn anywhere(&self, pattern: &Pattern) -> Box<dyn Query> {
        let [word] = pattern.words.as_slice() else {
            return words_in(self.fields.words, pattern);
        };
        let term = |field: Field| -> Box<dyn Query> {
            let term = Term::from_field_text(field, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let mut ways = vec![(Occur::Should, term(self.fields.words))];
        if pattern.is_prefix {
            // A single letter says nothing in prose, but begins names and titles.
            let is_letter = word.chars().count() == 1 && word.is_ascii();
            if is_letter {
                ways.push((Occur::Should, prefix(self.fields.who, word)));
            } else {
                ways.push((Occur::Should, prefix(self.fields.words, word)));
            }
            let in_title = BoostQuery::new(prefix(self.fields.title, word), TITLE_BOOST);
            ways.push((Occur::Should, Box::new(in_title)));
        } else {
            if !pattern.is_exact {
                for &language in &self.languages {
                    let stem = Stems::new(language).stem(word);
                    let term = Term::from_field_text(self.fields.stems(language), &stem);
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    ways.push((Occur::Should, Box::new(query)));
                }
            }
            let in_title = BoostQuery::new(term(self.fields.title), TITLE_BOOST);
            ways.push((Occur::Should, Box::new(in_title)));
        }
        Box::new(BooleanQuery::new(ways))
    }
}

/// Words one after another in one field, as they are written.
fn words_in(field: Field, pattern: &Pattern) -> Box<dyn Query> {
    let mut terms: Vec<Term> = pattern
        .words
        .iter()
        .map(|word| Term::from_field_text(field, word))
        .collect();
    match (pattern.words.as_slice(), pattern.is_prefix) {
        ([word], true) => prefix(field, word),
        ([_], false) => match terms.pop() {
            Some(term) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
            None => Box::new(AllQuery),
        },
        (_, true) => {
            let mut query = PhrasePrefixQuery::new(terms);
            query.set_max_expansions(PHRASE_ENDINGS);
            Box::new(query)
        }
        (_, false) => Box::new(PhraseQuery::new(terms)),
    }
}

/// Words that begin so.
fn prefix(field: Field, word: &str) -> Box<dyn Query> {
    let start = Term::from_field_text(field, word);
    // UTF-8 has no byte 0xff, but terms of a text field must be text; the highest character does as well.
    let end = Term::from_field_text(field, &format!("{word}{}", char::MAX));
    Box::new(InvertedIndexRangeQuery::new(
        Bound::Included(start),
        Bound::Included(end),
    ))
}

/// What one segment of the index has given.
struct Part {
    limit: usize,
    total: usize,
    files: Vec<bool>,
    events: Marks,
    statements: Marks,
    /// The best so far, the worst of them on top.
    best: BinaryHeap<Ranked>,
}

impl Part {
    fn new(view: &View, limit: usize) -> Self {
        Self {
            limit,
            total: 0,
            files: vec![false; view.files.len()],
            events: Marks::none(&view.events),
            statements: Marks::none(&view.statements),
            best: BinaryHeap::new(),
        }
    }

    fn take(
        &mut self,
        view: &View,
        segment: &SegmentReader,
        table: &Table,
        conditions: &Conditions<'_>,
        doc: DocId,
        score: f32,
    ) {
        if segment.is_deleted(doc) {
            return;
        }
        let Some(row) = table.row(doc) else { return };
        let Some(Some(file)) = view.files.get(row.file as usize) else {
            return;
        };
        if !conditions.hold(table, doc, row, file) {
            return;
        }
        self.total += 1;
        if let Some(seen) = self.files.get_mut(row.file as usize) {
            *seen = true;
        }
        table.mark(doc, file.id, row, &mut self.events, &mut self.statements);
        let is_better = |worst: &Ranked| Ranked { score, row: *row } < *worst;
        if self.best.len() < self.limit {
            self.best.push(Ranked { score, row: *row });
        } else if self.best.peek().is_some_and(is_better) {
            self.best.pop();
            self.best.push(Ranked { score, row: *row });
        }
    }
}

/// A unit with its score. The better one is less; of equals, the one that stands first.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    score: f32,
    row: Row,
}

impl Ranked {
    fn place(&self) -> (u32, crate::span::Span, u32) {
        (self.row.file, self.row.span, self.row.at)
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_score = other.score.total_cmp(&self.score);
        by_score.then_with(|| self.place().cmp(&other.place()))
    }
}

/// What the index does not answer, because it depends on more than a file's text.
struct Conditions<'a> {
    request: &'a Request,
    only: Option<FileId>,
    all: Vec<(bool, Asking<'a>)>,
    /// From when to when each event takes place, by file; made when a date is asked for.
    extents: Vec<Vec<Option<(i64, i64)>>>,
}

enum Asking<'a> {
    /// Whether each file is named so.
    In(Vec<bool>),
    Standing(&'a BTreeSet<Standing>),
    Before(Instant),
    After(Instant),
    During(&'a Range<Instant>),
}

impl<'a> Conditions<'a> {
    fn of(view: &View, request: &'a Request) -> Self {
        let all: Vec<(bool, Asking<'a>)> = request
            .query
            .terms
            .iter()
            .filter_map(|term| {
                let asking = match &term.condition {
                    Condition::Anywhere(_) | Condition::Field(..) => return None,
                    Condition::In(pattern) => {
                        let is_named = |file: &Option<IndexedFile>| {
                            file.as_ref().is_some_and(|file| pattern.is_in(&file.named))
                        };
                        Asking::In(view.files.iter().map(is_named).collect())
                    }
                    Condition::Standing(wanted) => Asking::Standing(wanted),
                    Condition::Before(at) => Asking::Before(*at),
                    Condition::After(at) => Asking::After(*at),
                    Condition::During(range) => Asking::During(range),
                };
                Some((term.negated, asking))
            })
            .collect();
        let asks_for_time = all.iter().any(|(_, asking)| {
            matches!(
                asking,
                Asking::Before(_) | Asking::After(_) | Asking::During(_)
            )
        });
        let extents = if asks_for_time {
            let files = view.files.par_iter();
            files
                .map(|file| extents_of(file.as_ref(), request))
                .collect()
        } else {
            Vec::new()
        };
        Self {
            request,
            only: request.only,
            all,
            extents,
        }
    }

    fn hold(&self, table: &Table, doc: DocId, row: &Row, file: &IndexedFile) -> bool {
        if self.only.is_some_and(|only| only != file.id) {
            return false;
        }
        self.all.iter().all(|(negated, asking)| {
            let holds = match asking {
                Asking::In(files) => files.get(row.file as usize).copied().unwrap_or(false),
                Asking::Standing(wanted) => {
                    let is_wanted = |standing: Standing| wanted.contains(&standing);
                    table.has_standing(doc, file.id, &is_wanted, &*self.request.standing)
                }
                Asking::Before(at) => self.any_time(table, doc, row, |start, _| start < at.0),
                Asking::After(at) => self.any_time(table, doc, row, |_, end| end > at.0),
                Asking::During(range) => self.any_time(table, doc, row, |start, end| {
                    start < range.end.0 && end > range.start.0
                }),
            };
            holds != *negated
        })
    }

    /// Whether the time of one of a unit's events fits; of a unit without events, the day of its briefing.
    fn any_time(
        &self,
        table: &Table,
        doc: DocId,
        row: &Row,
        fits: impl Fn(i64, i64) -> bool,
    ) -> bool {
        let Some(extents) = self.extents.get(row.file as usize) else {
            return false;
        };
        let time = |event: usize| extents.get(event).copied().flatten();
        let mut events = table.events(doc).iter().map(|&event| event as usize);
        let fits = |(start, end): (i64, i64)| fits(start, end);
        if table.events(doc).is_empty() {
            // The briefing's own day stands last.
            extents.last().copied().flatten().is_some_and(fits)
        } else {
            events.any(|event| time(event).is_some_and(fits))
        }
    }
}

/// The times of a file's events, and behind them that of the briefing.
fn extents_of(file: Option<&IndexedFile>, request: &Request) -> Vec<Option<(i64, i64)>> {
    let Some(file) = file else {
        return Vec::new();
    };
    let events = file.briefing.events.iter().map(|event| event.date.as_ref());
    events
        .chain([file.briefing.date.as_ref()])
        .map(|date| extent(date?, &request.zone))
        .collect()
}
