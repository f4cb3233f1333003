//! From criteria to the events and statements that are shown.

#![expect(
    clippy::indexing_slicing,
    reason = "lists were made with a place for each event of the file, and are counted by its events"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "what is chosen is a part of all"
)]

use super::facets::{Counting, Facets};
use super::{Criteria, Field, Marks, Numbering, Prepared, Snapshot, SnapshotFile, is_in_range};
use crate::date::Zone;
use crate::evidence::Standing;
use crate::library::belonging::Belonging;
use crate::model::{Evidence, FileId};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::sync::Arc;

/// What a selection goes by, besides the files themselves.
pub struct Known<'a> {
    /// Where days begin that name no zone.
    pub zone: &'a Zone,
    /// How well a statement is borne out; `None` while that has not been checked.
    pub standing: &'a (dyn Fn(FileId, u32) -> Option<Standing> + Sync),
    /// The events and the statements that a search has found; `None`: nothing is sought.
    pub hits: Option<(&'a Marks, &'a Marks)>,
}

/// What is shown of a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selected {
    pub events: Marks,
    pub statements: Marks,
    /// How many events there are of each value, under all that is asked of the *other* fields.
    pub facets: Facets,
}

impl Selected {
    /// How many events are hidden.
    pub fn hidden_events(&self) -> usize {
        self.events.total() - self.events.len()
    }

    pub fn hidden_statements(&self) -> usize {
        self.statements.total() - self.statements.len()
    }
}

/// Chooses the events and statements that are shown.
pub fn select(snapshot: &Snapshot, criteria: &Criteria, known: &Known<'_>) -> Selected {
    let prepared = Prepared::new(criteria);
    let count = |count: fn(&SnapshotFile) -> usize| {
        let files = snapshot.files.iter();
        Arc::new(Numbering::new(
            files.map(move |file| (file.id, count(file))),
        ))
    };
    let mut selected = Selected {
        events: Marks::none(&count(|file| file.briefing.events.len())),
        statements: Marks::none(&count(|file| file.briefing.statements.len())),
        facets: Facets::default(),
    };
    /// So many files are looked at by one thread before it takes the next.
    const CHUNK_FILES: usize = 256;
    let chunks: Vec<&[SnapshotFile]> = snapshot.files.chunks(CHUNK_FILES).collect();
    let parts: Vec<_> = chunks
        .par_iter()
        .map(|files| {
            let mut counting = Counting::default();
            let files: Vec<_> = files
                .iter()
                .map(|file| (file.id, of_file(file, &prepared, known, &mut counting)))
                .collect();
            (files, counting)
        })
        .collect();
    let mut counting = Counting::default();
    for (files, part) in parts {
        counting.add(part);
        for (file, (events, statements)) in files {
            for at in events {
                selected.events.insert(file, at);
            }
            for at in statements {
                selected.statements.insert(file, at);
            }
        }
    }
    selected.facets = counting.finish();
    selected
}

/// The events and the statements of one file that are shown.
fn of_file<'a>(
    file: &'a SnapshotFile,
    prepared: &Prepared<'_>,
    known: &Known<'_>,
    counting: &mut Counting<'a>,
) -> (Vec<u32>, Vec<u32>) {
    let briefing = &*file.briefing;
    let criteria = prepared.criteria;
    let wanted_sources = prepared.sources(&file.name, briefing);
    let rests_on = |evidence: &[Evidence]| {
        wanted_sources.as_ref().is_none_or(|wanted| {
            let mut sources = evidence.iter().filter_map(|evidence| evidence.source);
            sources.any(|at| wanted.get(at as usize).copied().unwrap_or(false))
        })
    };
    let has_standing = |statement: u32| {
        criteria.standings.is_empty()
            || (known.standing)(file.id, statement)
                .is_some_and(|standing| criteria.standings.contains(&standing))
    };
    let belonging = Belonging::new(briefing);
    let statements = briefing.statements.iter();
    let owners: Vec<Vec<u32>> = statements
        .map(|statement| belonging.events_at(statement.span))
        .collect();
    let of_briefing = prepared.briefing(&file.name);

    // What each event has through its statements.
    let count = briefing.events.len();
    let mut source_by_statement = vec![false; count];
    let mut standing_by_statement = vec![criteria.standings.is_empty(); count];
    let mut standings_of_event: Vec<Vec<Standing>> = vec![Vec::new(); count];
    for ((statement, at), owners) in briefing.statements.iter().zip(0..).zip(&owners) {
        let rests = wanted_sources.is_some() && rests_on(&statement.evidence);
        let stands = has_standing(at);
        let standing = (known.standing)(file.id, at);
        for &event in owners {
            let event = event as usize;
            source_by_statement[event] |= rests;
            standing_by_statement[event] |= stands;
            if let Some(standing) = standing
                && !standings_of_event[event].contains(&standing)
            {
                standings_of_event[event].push(standing);
            }
        }
    }

    let mut events = Vec::new();
    // Of each event, whether it has what only events can have.
    let mut own = Vec::with_capacity(count);
    for (event, at) in briefing.events.iter().zip(0_u32..) {
        let index = at as usize;
        let in_range = criteria
            .range
            .as_ref()
            .is_none_or(|range| is_in_range(event, range, known.zone));
        let found = known
            .hits
            .is_none_or(|(events, _)| events.contains(file.id, at));
        let fails = [
            (Field::Lane, !prepared.lane(briefing, event)),
            (Field::Actor, !prepared.actor(event)),
            (Field::Tag, !prepared.tag(briefing, event)),
            (
                Field::Source,
                !(rests_on(&event.evidence) || source_by_statement[index]),
            ),
            (Field::Standing, !standing_by_statement[index]),
            (Field::Briefing, !of_briefing),
        ];
        let failed: Vec<Field> = fails
            .into_iter()
            .filter_map(|(field, fails)| fails.then_some(field))
            .collect();
        own.push(in_range && !failed.iter().any(|field| is_of_events_alone(*field)));
        if in_range && found {
            if failed.is_empty() {
                events.push(at);
            }
            counting.event(file, event, &standings_of_event[index], &failed);
        }
    }

    let asks_of_events = criteria.range.is_some()
        || [&criteria.lanes, &criteria.actors, &criteria.tags]
            .into_iter()
            .any(|set| !set.is_empty());
    let statements = briefing.statements.iter().zip(0_u32..).zip(&owners);
    let statements = statements.filter(|((statement, at), owners)| {
        let found = known
            .hits
            .is_none_or(|(_, statements)| statements.contains(file.id, *at));
        let by_event = !asks_of_events
            || owners
                .iter()
                .any(|&event| own.get(event as usize).copied().unwrap_or(false));
        of_briefing && found && rests_on(&statement.evidence) && has_standing(*at) && by_event
    });
    let statements = statements.map(|((_, at), _)| at).collect();
    (events, statements)
}

fn is_of_events_alone(field: Field) -> bool {
    matches!(field, Field::Lane | Field::Actor | Field::Tag)
}
