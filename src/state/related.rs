//! What belongs together: selecting one thing lights up all that it rests on and that rests on it.

use crate::library::Library;
use crate::model::{Briefing, EvidenceOwner, FileId, Item};
use crate::span::Span;
use std::collections::BTreeSet;

/// The items that belong to one item, itself included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    items: BTreeSet<Item>,
}

impl Related {
    pub fn contains(&self, item: Item) -> bool {
        self.items.contains(&item)
    }

    pub fn iter(&self) -> impl Iterator<Item = Item> + '_ {
        self.items.iter().copied()
    }

    /// All that belongs to `item`.
    ///
    /// An event: the statements of its passages, and the sources of both. A statement: the events whose
    /// passage it stands in (the narrowest), and its sources. A source: every event and statement that
    /// rests on it, in all files. A heading: the events that own it.
    pub fn of(library: &Library, item: Item) -> Self {
        let mut items = BTreeSet::from([item]);
        let file = item.file();
        let Some(briefing) = library.briefing(file) else {
            return Self { items };
        };
        match item {
            Item::Event(_, at) => {
                items.extend(sources_of(briefing, file, EvidenceOwner::Event(at)));
                for statement in statements_of_event(briefing, at) {
                    items.insert(Item::Statement(file, statement));
                    let owner = EvidenceOwner::Statement(statement);
                    items.extend(sources_of(briefing, file, owner));
                }
            }
            Item::Statement(_, at) => {
                items.extend(sources_of(briefing, file, EvidenceOwner::Statement(at)));
                if let Some(statement) = briefing.statements.get(at as usize) {
                    items.extend(
                        events_at(briefing, statement.span)
                            .into_iter()
                            .map(|event| Item::Event(file, event)),
                    );
                }
            }
            Item::Source(_, at) => {
                for (file, source) in same_source(library, file, at) {
                    items.insert(Item::Source(file, source));
                    let Some(briefing) = library.briefing(file) else {
                        continue;
                    };
                    for (owner, evidence) in briefing.all_evidence() {
                        if evidence.source == Some(source) {
                            items.extend(match owner {
                                EvidenceOwner::Event(at) => Some(Item::Event(file, at)),
                                EvidenceOwner::Statement(at) => Some(Item::Statement(file, at)),
                                EvidenceOwner::Cell { .. } => None,
                            });
                        }
                    }
                }
            }
            Item::Heading(_, at) => {
                if let Some(heading) = briefing.headings.get(at as usize) {
                    let owns = |passages: &[Span]| {
                        passages
                            .iter()
                            .any(|span| span.start == heading.section.start)
                    };
                    items.extend(
                        (0..)
                            .zip(&briefing.events)
                            .filter(|(_, event)| owns(&event.passages))
                            .map(|(at, _)| Item::Event(file, at)),
                    );
                }
            }
            Item::File(_) => {}
        }
        Self { items }
    }
}

/// The sources that the evidence of one owner names.
fn sources_of(
    briefing: &Briefing,
    file: FileId,
    owner: EvidenceOwner,
) -> impl Iterator<Item = Item> {
    let evidence = match owner {
        EvidenceOwner::Event(at) => briefing
            .events
            .get(at as usize)
            .map(|event| &event.evidence),
        EvidenceOwner::Statement(at) => briefing
            .statements
            .get(at as usize)
            .map(|statement| &statement.evidence),
        EvidenceOwner::Cell {
            comparison,
            row,
            column,
        } => briefing
            .comparisons
            .get(comparison as usize)
            .and_then(|table| table.rows.get(row as usize))
            .and_then(|row| row.cells.get(column as usize))
            .map(|cell| &cell.evidence),
    };
    evidence
        .into_iter()
        .flatten()
        .filter_map(|evidence| evidence.source)
        .map(move |source| Item::Source(file, source))
}

/// The statements in the passages of an event. A statement that stands in the narrower passage of
/// another event belongs to that one.
pub fn statements_of_event(briefing: &Briefing, event: u32) -> Vec<u32> {
    let Some(found) = briefing.events.get(event as usize) else {
        return Vec::new();
    };
    (0..)
        .zip(&briefing.statements)
        .filter(|(_, statement)| {
            let inside = |span: &Span| span.covers(statement.span) || statement.span.covers(*span);
            found.passages.iter().any(inside)
                && events_at(briefing, statement.span).contains(&event)
        })
        .map(|(at, _)| at)
        .collect()
}

/// The events that the passage at `span` speaks of: those with the narrowest passage around it, and those
/// with a passage inside it.
pub fn events_at(briefing: &Briefing, span: Span) -> Vec<u32> {
    let passages = || {
        (0..)
            .zip(&briefing.events)
            .flat_map(|(at, event)| event.passages.iter().map(move |&passage| (at, passage)))
    };
    let narrowest = passages()
        .filter(|(_, passage)| passage.covers(span))
        .map(|(_, passage)| passage.len())
        .min();
    let mut events: Vec<u32> = passages()
        .filter(|(_, passage)| {
            span.covers(*passage) || passage.covers(span) && Some(passage.len()) == narrowest
        })
        .map(|(at, _)| at)
        .collect();
    events.sort_unstable();
    events.dedup();
    events
}

/// The same source in all files: itself, and those with the same address.
pub fn same_source(library: &Library, file: FileId, at: u32) -> Vec<(FileId, u32)> {
    let mut same = vec![(file, at)];
    let Some(address) = library.source(file, at).and_then(|source| source.address()) else {
        return same;
    };
    for other in library.files() {
        for (index, source) in (0..).zip(&other.briefing.sources) {
            if source.address() == Some(address) && (other.id, index) != (file, at) {
                same.push((other.id, index));
            }
        }
    }
    same
}
