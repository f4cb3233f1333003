//! What belongs together: selecting one thing lights up all that it rests on and that rests on it.

pub use crate::library::belonging::{events_at, statements_of_event};
use crate::library::{Library, source_identity};
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

/// The same source in all files: itself, and those that are one with it by address or bibliography.
pub fn same_source(library: &Library, file: FileId, at: u32) -> Vec<(FileId, u32)> {
    let mut same = vec![(file, at)];
    let Some(source) = library.source(file, at) else {
        return same;
    };
    let name = library.file(file).map_or("", |file| file.name.as_str());
    let places = library.sources().places(&source_identity(name, source));
    same.extend(places.iter().filter(|&&place| place != (file, at)));
    same
}
