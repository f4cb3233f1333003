//! What each unit of an index is, kept in memory so that no hit has to be looked up on the disk.

#![expect(
    clippy::indexing_slicing,
    reason = "the start is the length of the same list a moment ago"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the number of one segment's documents, and places in the list of its parts"
)]

use super::schema::Fields;
use super::units::UnitKind;
use crate::evidence::Standing;
use crate::library::belonging::Belonging;
use crate::library::filter::Marks;
use crate::model::{Briefing, FileId};
use crate::span::Span;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use tantivy::{DocId, SegmentReader};

/// A file as the search knows it.
#[derive(Clone, Debug)]
pub struct IndexedFile {
    pub id: FileId,
    pub briefing: Arc<Briefing>,
    /// The words of its title and of its name, as [`super::words::line_of`] writes them.
    pub named: Arc<str>,
}

/// A unit of the index.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its file's place among the indexed files; [`NO_FILE`] when the unit is out of date.
    pub file: u32,
    pub kind: UnitKind,
    pub at: u32,
    pub span: Span,
}

pub const NO_FILE: u32 = u32::MAX;

/// The units of one segment of the index, by document.
#[derive(Debug, Default)]
pub struct Table {
    /// What is needed of every unit that was found, close together: a frequent word is in most of them.
    briefs: Vec<Brief>,
    /// What else a row has.
    places: Vec<(u32, Span)>,
    /// The events that each unit speaks of, and the statements in it: for each document, where its part of `runs` begins,
    /// and where the statements begin in it; one more closes the last.
    parts: Vec<(u32, u32)>,
    runs: Vec<Run>,
}

/// The file of a unit and its kind, and what is marked when it was found.
#[derive(Clone, Copy, Debug)]
struct Brief {
    file: u32,
    kind: UnitKind,
    event: u16,
    statement: u16,
    /// How many from there on; [`MANY`] when it has to be looked up.
    events: u8,
    statements: u8,
}

const MANY: u8 = u8::MAX;

impl Brief {
    fn new(row: &Row, events: &[Run], statements: &[Run]) -> Self {
        // A briefing's title or a source stands for no event.
        let (events, statements) = match row.kind {
            UnitKind::Event => (events, [].as_slice()),
            UnitKind::Passage => (events, statements),
            UnitKind::Briefing | UnitKind::Source => ([].as_slice(), [].as_slice()),
        };
        let short = |runs: &[Run]| match runs {
            [] => (0, 0),
            [run] => match (u16::try_from(run.first), u8::try_from(run.count)) {
                (Ok(first), Ok(count)) => (first, count),
                _ => (0, MANY),
            },
            _ => (0, MANY),
        };
        let ((event, events), (statement, statements)) = (short(events), short(statements));
        Self {
            file: row.file,
            kind: row.kind,
            event,
            statement,
            events,
            statements,
        }
    }
}

/// Some of a file's events or statements, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub first: u32,
    pub count: u32,
}

impl Run {
    pub fn iter(self) -> impl Iterator<Item = u32> {
        self.first..self.first + self.count
    }
}

impl Table {
    /// Reads the units of a segment. `slots` gives the place of a file by the hash of its path.
    ///
    /// # Errors
    ///
    /// When the index is not as it was written.
    pub fn read(
        segment: &SegmentReader,
        slots: &HashMap<u64, u32>,
        files: &[Option<IndexedFile>],
    ) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let file = columns.u64("file")?.first_or_default_col(0);
        let what = columns.u64("what")?.first_or_default_col(0);
        let span = columns.u64("span")?.first_or_default_col(0);
        let mut table = Self::default();
        table.briefs.reserve_exact(segment.max_doc() as usize);
        table.places.reserve_exact(segment.max_doc() as usize);
        table.parts.reserve_exact(segment.max_doc() as usize + 1);
        let mut found = Vec::new();
        // Units of one file mostly stand together.
        let mut last: Option<(u64, u32, Option<Links<'_>>)> = None;
        for doc in 0..segment.max_doc() {
            let hash = file.get_val(doc);
            if last.as_ref().is_none_or(|(before, ..)| *before != hash) {
                let slot = slots.get(&hash).copied().unwrap_or(NO_FILE);
                let file = files.get(slot as usize).and_then(Option::as_ref);
                last = Some((hash, slot, file.map(|file| Links::new(&file.briefing))));
            }
            let (what, span) = (what.get_val(doc), span.get_val(doc));
            let kind = UnitKind::from_number(what & 0xff);
            let row = match (&last, kind) {
                (Some((_, slot, Some(_))), Some(kind)) if !segment.is_deleted(doc) => Row {
                    file: *slot,
                    kind,
                    at: (what >> 8) as u32,
                    span: Span {
                        start: (span >> 32) as u32,
                        end: span as u32,
                    },
                },
                _ => Row {
                    file: NO_FILE,
                    kind: UnitKind::Briefing,
                    at: 0,
                    span: Span::default(),
                },
            };
            let start = table.runs.len() as u32;
            let mut statements = start;
            if let Some((_, _, Some(links))) = &mut last
                && row.file != NO_FILE
            {
                links.add_events(&row, &mut found);
                add_runs(&mut found, &mut table.runs);
                statements = table.runs.len() as u32;
                links.add_statements(&row, &mut found);
                add_runs(&mut found, &mut table.runs);
            }
            let (events, of_statements) =
                table.runs[start as usize..].split_at((statements - start) as usize);
            table.briefs.push(Brief::new(&row, events, of_statements));
            table.places.push((row.at, row.span));
            table.parts.push((start, statements));
        }
        let end = table.runs.len() as u32;
        table.parts.push((end, end));
        // It is kept as long as the segment.
        table.runs.shrink_to_fit();
        Ok(table)
    }

    /// The place of a unit's file; `None` when the unit is out of date.
    #[inline]
    pub fn file(&self, doc: DocId) -> Option<u32> {
        let brief = self.briefs.get(doc as usize)?;
        (brief.file != NO_FILE).then_some(brief.file)
    }

    /// Marks what a unit that was found stands for, by the numbers of its file.
    #[inline]
    pub fn mark(
        &self,
        doc: DocId,
        (events, of_file): (&mut Marks, &Range<u32>),
        (statements, statements_of_file): (&mut Marks, &Range<u32>),
    ) {
        let Some(brief) = self.briefs.get(doc as usize) else {
            return;
        };
        match brief.events {
            MANY => {
                for run in self.events(doc) {
                    events.insert_run(of_file, run.first, run.count);
                }
            }
            count => events.insert_run(of_file, brief.event.into(), count.into()),
        }
        match brief.statements {
            MANY => {
                for run in self.statements(doc) {
                    statements.insert_run(statements_of_file, run.first, run.count);
                }
            }
            count => {
                statements.insert_run(statements_of_file, brief.statement.into(), count.into());
            }
        }
    }

    #[inline]
    pub fn row(&self, doc: DocId) -> Option<Row> {
        let file = self.file(doc)?;
        let kind = self.briefs.get(doc as usize)?.kind;
        let &(at, span) = self.places.get(doc as usize)?;
        Some(Row {
            file,
            kind,
            at,
            span,
        })
    }

    /// The events that a unit is, or speaks of.
    #[inline]
    pub fn events(&self, doc: DocId) -> &[Run] {
        let at = doc as usize;
        let Some(&(start, end)) = self.parts.get(at) else {
            return &[];
        };
        self.runs
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The statements in a unit, or in the passages of an event.
    #[inline]
    pub fn statements(&self, doc: DocId) -> &[Run] {
        let at = doc as usize;
        let (Some(&(_, start)), Some(&(end, _))) = (self.parts.get(at), self.parts.get(at + 1))
        else {
            return &[];
        };
        self.runs
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// Whether a statement of the unit stands so.
    pub fn has_standing(
        &self,
        doc: DocId,
        file: FileId,
        wanted: &dyn Fn(Standing) -> bool,
        standing: &dyn Fn(FileId, u32) -> Option<Standing>,
    ) -> bool {
        let mut statements = self.statements(doc).iter().flat_map(|run| run.iter());
        statements.any(|statement| standing(file, statement).is_some_and(wanted))
    }
}

/// Writes numbers as runs, and leaves none behind.
fn add_runs(numbers: &mut Vec<u32>, runs: &mut Vec<Run>) {
    numbers.sort_unstable();
    numbers.dedup();
    let start = runs.len();
    for number in numbers.drain(..) {
        match runs[start..].last_mut() {
            Some(run) if run.first + run.count == number => run.count += 1,
            _ => runs.push(Run {
                first: number,
                count: 1,
            }),
        }
    }
}

/// Finds what units of one file speak of.
struct Links<'a> {
    briefing: &'a Briefing,
    belonging: Belonging,
    /// The events that each statement belongs to; made when first asked for.
    of_statements: Option<Vec<Vec<u32>>>,
}

impl<'a> Links<'a> {
    fn new(briefing: &'a Briefing) -> Self {
        Self {
            briefing,
            belonging: Belonging::new(briefing),
            of_statements: None,
        }
    }

    fn add_events(&self, row: &Row, links: &mut Vec<u32>) {
        match row.kind {
            UnitKind::Event => links.push(row.at),
            UnitKind::Passage => self
                .belonging
                .each_event_at(row.span, |event| links.push(event)),
            UnitKind::Briefing | UnitKind::Source => {}
        }
    }

    fn add_statements(&mut self, row: &Row, links: &mut Vec<u32>) {
        match row.kind {
            UnitKind::Passage => {
                let statements = &self.briefing.statements;
                // Statements are in the order of the body and do not overlap by much.
                let first =
                    statements.partition_point(|statement| statement.span.end <= row.span.start);
                let inside = statements[first..]
                    .iter()
                    .zip(first as u32..)
                    .take_while(|(statement, _)| statement.span.start < row.span.end);
                links.extend(inside.map(|(_, at)| at));
            }
            UnitKind::Event => {
                let owners = self.of_statements.get_or_insert_with(|| {
                    let statements = self.briefing.statements.iter();
                    statements
                        .map(|statement| self.belonging.events_at(statement.span))
                        .collect()
                });
                let owned = owners
                    .iter()
                    .zip(0..)
                    .filter(|(owners, _)| owners.contains(&row.at));
                links.extend(owned.map(|(_, at)| at));
            }
            UnitKind::Briefing | UnitKind::Source => {}
        }
    }
}

/// Which reading of each file an index holds, by the hash of its path.
///
/// # Errors
///
/// When the index is not as it was written.
pub fn readings(fields: &Fields, segment: &SegmentReader) -> tantivy::Result<Vec<(u64, u64)>> {
    let name = |field| fields.schema.get_field_name(field);
    let columns = segment.fast_fields();
    let file = columns.u64(name(fields.file))?.first_or_default_col(0);
    let what = columns.u64(name(fields.what))?.first_or_default_col(0);
    let reading = columns.u64(name(fields.reading))?.first_or_default_col(0);
    let whole = UnitKind::Briefing as u64;
    Ok(segment
        .doc_ids_alive()
        .filter(|&doc| what.get_val(doc) == whole)
        .map(|doc| (file.get_val(doc), reading.get_val(doc)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_runs() {
        let run = |first, count| Run { first, count };
        let mut runs = vec![run(0, 4)];
        let mut numbers = vec![9, 4, 6, 5, 5];
        add_runs(&mut numbers, &mut runs);
        assert!(numbers.is_empty());
        // What is there already belongs to another unit.
        assert_eq!(runs, [run(0, 4), run(4, 3), run(9, 1)]);
        assert!(runs[1].iter().eq([4, 5, 6]));
    }
}
