//! The events of the timeline as rows of a list, in an order of the reader's choice.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a number that counts listings, and a count of statements"
)]

use super::TimelineState;
use super::build::{TimelineData, stated_sources};
use crate::date::Instant;
use crate::library::Library;
use crate::model::{Briefing, Event, FileId};
use crate::state::Effect;
use crate::timeline::LaneTree;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Up to so much work is done at once, in a few milliseconds; more, on a thread of its own.
const MAX_INLINE_WORK: usize = 100_000;

/// A column that the list can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListColumn {
    #[default]
    Date,
    Title,
    Lane,
    Status,
    Sources,
}

impl ListColumn {
    pub const ALL: [Self; 5] = [
        Self::Date,
        Self::Title,
        Self::Lane,
        Self::Status,
        Self::Sources,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Title => "Event",
            Self::Lane => "Lane",
            Self::Status => "Status",
            Self::Sources => "Sources",
        }
    }
}

/// By which column, and whether from its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListOrder {
    pub by: ListColumn,
    pub backward: bool,
}

/// An event in the list. One that stands in several lanes has a row for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListRow {
    pub file: FileId,
    pub event: u32,
    /// `None` for events without a date.
    pub start_ms: Option<i64>,
    /// The leaf lane; `None` for events without a date.
    pub lane: Option<u32>,
    /// How many sources it rests on: its own, and those of the statements in its passages.
    pub sources: u32,
}

/// The rows, and what they were made for.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    pub rows: Vec<ListRow>,
    key: Option<ListKey>,
}

impl Listing {
    /// The row of an event. Looks at all rows: to be asked when the selection changes, not in every frame.
    pub fn position(&self, file: FileId, event: u32) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| (row.file, row.event) == (file, event))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct ListKey {
    index: u64,
    tree: u64,
    range: Option<Range<Instant>>,
    order: ListOrder,
}

/// All that is needed to make the list, owned, so that it can be done on another thread.
#[derive(Clone, Debug)]
pub struct ListBuild {
    key: ListKey,
    data: Arc<TimelineData>,
    tree: LaneTree,
    files: Vec<(FileId, Arc<Briefing>)>,
}

impl ListBuild {
    /// Gathers and sorts the rows. A million events take about a second.
    pub fn run(self) -> Listing {
        let index = &self.data.index;
        let range = self.key.range.as_ref();
        let lanes = self.tree.shown_lanes();
        let stated: HashMap<FileId, Vec<u32>> = self
            .files
            .iter()
            .map(|(file, briefing)| (*file, source_counts(briefing)))
            .collect();
        let sources_of = |file: FileId, event: u32| {
            let counts = stated.get(&file);
            counts.and_then(|counts| counts.get(event as usize).copied())
        };
        let mut rows = Vec::new();
        for &number in &lanes {
            let Some(lane) = index.lane(number) else {
                continue;
            };
            for event in (0..lane.len()).filter_map(|at| lane.get(at)) {
                let is_in = range.is_none_or(|range| {
                    event.start_ms < range.end.0 && event.end_ms > range.start.0
                });
                if let Some((file, at)) = self.data.event_of(event.item).filter(|_| is_in) {
                    rows.push(ListRow {
                        file,
                        event: at,
                        start_ms: Some(event.start_ms),
                        lane: Some(number),
                        sources: sources_of(file, at).unwrap_or(0),
                    });
                }
            }
        }
        // In the order of time; of one moment, in that of the lanes.
        rows.sort_by_key(|row| row.start_ms);
        if range.is_none() {
            for (file, briefing) in &self.files {
                let events = briefing.events.iter().zip(0_u32..);
                let undated = events.filter(|(event, _)| event.date.is_none());
                rows.extend(undated.map(|(_, at)| ListRow {
                    file: *file,
                    event: at,
                    start_ms: None,
                    lane: None,
                    sources: sources_of(*file, at).unwrap_or(0),
                }));
            }
        }
        self.sort(&mut rows, &lanes);
        if self.key.order.backward {
            rows.reverse();
        }
        Listing {
            rows,
            key: Some(self.key),
        }
    }

    /// Sorts by the chosen column; of equals, by time.
    fn sort(&self, rows: &mut [ListRow], lanes: &[u32]) {
        let briefings: HashMap<FileId, &Briefing> = self
            .files
            .iter()
            .map(|(file, briefing)| (*file, &**briefing))
            .collect();
        let event = |row: &ListRow| -> Option<&Event> {
            briefings.get(&row.file)?.events.get(row.event as usize)
        };
        let ranks: HashMap<u32, usize> = lanes.iter().copied().zip(0..).collect();
        let rank = |row: &ListRow| {
            let rank = row.lane.and_then(|lane| ranks.get(&lane).copied());
            rank.unwrap_or(usize::MAX)
        };
        match self.key.order.by {
            ListColumn::Date => {}
            ListColumn::Title => {
                rows.sort_by_cached_key(|row| event(row).map(|event| event.title.to_lowercase()));
            }
            ListColumn::Lane => rows.sort_by_key(rank),
            ListColumn::Status => rows.sort_by(|a, b| {
                let status = |row| event(row).map(|event| event.status.as_str());
                status(a).cmp(&status(b))
            }),
            ListColumn::Sources => rows.sort_by_key(|row| row.sources),
        }
    }
}

/// How many sources each event of a briefing rests on.
fn source_counts(briefing: &Briefing) -> Vec<u32> {
    let stated = stated_sources(briefing);
    let count = |(event, mut stated): (&Event, Vec<u32>)| {
        let own = event.evidence.iter();
        stated.extend(own.filter_map(|evidence| evidence.source));
        stated.sort_unstable();
        stated.dedup();
        stated.len() as u32
    };
    briefing.events.iter().zip(stated).map(count).collect()
}

impl TimelineState {
    /// What [`Effect::ListTimeline`] is to run.
    pub fn list_build(&self, library: &Library) -> ListBuild {
        ListBuild {
            key: self.list_key(),
            data: Arc::clone(&self.data),
            tree: self.tree.clone(),
            files: library
                .files()
                .map(|file| (file.id, Arc::clone(&file.briefing)))
                .collect(),
        }
    }

    /// Whether the list is being made anew; what is shown until then is the one before.
    pub fn is_listing(&self) -> bool {
        self.listing_serial.is_some()
    }

    fn list_key(&self) -> ListKey {
        ListKey {
            index: self.data.index.id(),
            tree: self.tree.revision(),
            range: self.range.clone(),
            order: self.list_order,
        }
    }

    /// Makes the list anew when it is shown and anything changed that it depends on.
    pub(super) fn update_listing(&mut self, library: &Library, effects: &mut Vec<Effect>) {
        if !self.list || self.is_listing() || self.listing.key == Some(self.list_key()) {
            return;
        }
        let work = library.files().map(|file| {
            let (events, statements) = (file.briefing.events.len(), file.briefing.statements.len());
            events.saturating_mul(statements / 8 + 1)
        });
        if work.sum::<usize>() <= MAX_INLINE_WORK {
            self.listing = Arc::new(self.list_build(library).run());
        } else {
            self.serial += 1;
            self.listing_serial = Some(self.serial);
            effects.push(Effect::ListTimeline(self.serial));
        }
    }

    pub(super) fn take_listing(
        &mut self,
        number: u64,
        listing: Arc<Listing>,
        library: &Library,
        effects: &mut Vec<Effect>,
    ) {
        if self.listing_serial == Some(number) {
            self.listing_serial = None;
            self.listing = listing;
            // Something may have changed meanwhile.
            self.update_listing(library, effects);
        }
    }
}
