//! From a query to what it finds.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of units that were found in the index"
)]

use super::clauses::PHRASE_TRIALS;
use super::{Extents, Found, Hit, Request, View};
use crate::date::{Instant, Zone};
use crate::evidence::Standing;
use crate::library::filter::{Marks, Numbering, extent};
use crate::library::search::query::Condition;
use crate::library::search::table::{IndexedFile, NO_FILE, Row, Table};
use crate::model::FileId;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::ops::Range;
use std::sync::{Arc, PoisonError};
use tantivy::DocId;
use tantivy::query::{EnableScoring, Query as _};

impl View {
    /// Answers a question. An empty query finds nothing.
    ///
    /// # Errors
    ///
    /// When the index is not as it was written.
    pub fn find(&self, request: &Request) -> tantivy::Result<Found> {
        let asked = self.without_vague_endings(&request.query, PHRASE_TRIALS)?;
        let mut found = Found {
            query: asked.clone(),
            events: Marks::none(&self.events),
            statements: Marks::none(&self.statements),
            ..Found::default()
        };
        if asked.is_empty() {
            return Ok(found);
        }
        let query = self.words_of(&asked)?;
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let conditions = Conditions::of(self, request);
        let segments = self.searcher.segment_readers();
        let parts: Vec<Part<'_>> = segments
            .par_iter()
            .zip(self.tables.par_iter())
            .map(|(segment, table)| {
                let mut part = Part::new(self, request.limit);
                let alive = segment.alive_bitset();
                weight.for_each(segment, &mut |doc, score| {
                    if alive.is_none_or(|alive| alive.is_alive(doc)) {
                        part.take(table, &conditions, doc, score);
                    }
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

    /// When everything takes place, with days as in this zone. Remembered for the letters that are typed next.
    fn extents_in(&self, zone: &Zone) -> Arc<Extents> {
        let mut known = self.extents.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((of, extents)) if of == zone => Arc::clone(extents),
            _ => {
                let files = self.files.par_iter();
                let extents = files.map(|file| extents_of(file.as_ref(), zone)).collect();
                let extents = Arc::new(extents);
                *known = Some((zone.clone(), Arc::clone(&extents)));
                extents
            }
        }
    }
}

/// What one segment of the index has given.
struct Part<'a> {
    view: &'a View,
    limit: usize,
    total: usize,
    files: Vec<bool>,
    events: Marks,
    statements: Marks,
    /// The best so far, the worst of them on top.
    best: BinaryHeap<Ranked>,
    /// The file of the unit before: units of one file mostly stand together.
    current: Current<'a>,
}

/// What is needed of a file to take its units in.
struct Current<'a> {
    slot: u32,
    file: Option<&'a IndexedFile>,
    events: Range<u32>,
    statements: Range<u32>,
}

impl<'a> Part<'a> {
    fn new(view: &'a View, limit: usize) -> Self {
        Self {
            view,
            limit,
            total: 0,
            files: vec![false; view.files.len()],
            events: Marks::none(&view.events),
            statements: Marks::none(&view.statements),
            best: BinaryHeap::new(),
            current: Current {
                slot: NO_FILE,
                file: None,
                events: 0..0,
                statements: 0..0,
            },
        }
    }

    fn go_to_file(&mut self, slot: u32) {
        let file = self.view.files.get(slot as usize);
        let file = file.and_then(Option::as_ref);
        let numbers =
            |numbering: &Numbering| file.map_or(0..0, |file| numbering.numbers_of(file.id));
        self.current = Current {
            slot,
            file,
            events: numbers(&self.view.events),
            statements: numbers(&self.view.statements),
        };
    }

    fn take(&mut self, table: &Table, conditions: &Conditions<'_>, doc: DocId, score: f32) {
        let Some(slot) = table.file(doc) else { return };
        if slot != self.current.slot {
            self.go_to_file(slot);
        }
        let Some(file) = self.current.file else {
            return;
        };
        if !conditions.hold(table, doc, slot, file) {
            return;
        }
        self.total += 1;
        if let Some(seen) = self.files.get_mut(slot as usize) {
            *seen = true;
        }
        table.mark(
            doc,
            (&mut self.events, &self.current.events),
            (&mut self.statements, &self.current.statements),
        );
        let may_be_best = self.best.len() < self.limit
            || self.best.peek().is_some_and(|worst| {
                // Most are worse, and that is told by the score, or by the file.
                score > worst.score || score == worst.score && slot <= worst.row.file
            });
        if may_be_best && let Some(row) = table.row(doc) {
            self.rank(Ranked { score, row });
        }
    }

    /// Keeps a unit when it is one of the best.
    fn rank(&mut self, found: Ranked) {
        if self.best.len() < self.limit {
            self.best.push(found);
        } else if let Some(mut worst) = self.best.peek_mut()
            && found < *worst
        {
            *worst = found;
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
    /// From when to when each event takes place, by file; only when a date is asked for.
    extents: Arc<Extents>,
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
                        let wanted = pattern.in_line();
                        let is_named = |file: &Option<IndexedFile>| {
                            file.as_ref()
                                .is_some_and(|file| file.named.contains(&wanted))
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
            view.extents_in(&request.zone)
        } else {
            Arc::default()
        };
        Self {
            request,
            only: request.only,
            all,
            extents,
        }
    }

    fn hold(&self, table: &Table, doc: DocId, slot: u32, file: &IndexedFile) -> bool {
        if self.only.is_some_and(|only| only != file.id) {
            return false;
        }
        self.all.iter().all(|(negated, asking)| {
            let holds = match asking {
                Asking::In(files) => files.get(slot as usize).copied().unwrap_or(false),
                Asking::Standing(wanted) => {
                    let is_wanted = |standing: Standing| wanted.contains(&standing);
                    table.has_standing(doc, file.id, &is_wanted, &*self.request.standing)
                }
                Asking::Before(at) => self.any_time(table, doc, slot, |start, _| start < at.0),
                Asking::After(at) => self.any_time(table, doc, slot, |_, end| end > at.0),
                Asking::During(range) => self.any_time(table, doc, slot, |start, end| {
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
        slot: u32,
        fits: impl Fn(i64, i64) -> bool,
    ) -> bool {
        let Some(extents) = self.extents.get(slot as usize) else {
            return false;
        };
        let time = |event: u32| extents.get(event as usize).copied().flatten();
        let mut events = table.events(doc).iter().flat_map(|run| run.iter());
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
fn extents_of(file: Option<&IndexedFile>, zone: &Zone) -> Vec<Option<(i64, i64)>> {
    let Some(file) = file else {
        return Vec::new();
    };
    let events = file.briefing.events.iter().map(|event| event.date.as_ref());
    events
        .chain([file.briefing.date.as_ref()])
        .map(|date| extent(date?, zone))
        .collect()
}
