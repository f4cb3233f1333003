//! What was known on a day, and what had overtaken what by then.

use crate::date::{Date, Instant};
use crate::model::{Briefing, Event, Status};
use std::collections::{BTreeMap, HashMap};

/// When an event became known: as the author says; else when its first source appeared; else when it happened.
fn known_at(briefing: &Briefing, event: &Event) -> Option<Instant> {
    let said = event.details.as_of.as_ref().and_then(Date::earliest);
    let published = || {
        let sources = event.evidence.iter();
        sources
            .filter_map(|evidence| briefing.sources.get(evidence.source? as usize))
            .filter_map(|source| source.date.as_ref()?.earliest())
            .min()
    };
    let happened = || match event.status {
        Status::Occurred => event.date.as_ref().and_then(Date::earliest),
        _ => briefing.as_of.as_ref().and_then(Date::earliest),
    };
    said.or_else(published).or_else(happened)
}

pub(in crate::state) fn is_known(
    briefing: &Briefing,
    event: &Event,
    as_of: Option<Instant>,
) -> bool {
    let Some(as_of) = as_of else { return true };
    known_at(briefing, event).is_none_or(|known| known < as_of)
}

/// Which event of a file was overtaken by which, as far as that was known.
pub(super) fn overtakers(
    briefing: &Briefing,
    as_of: Option<Instant>,
) -> BTreeMap<u32, Option<u32>> {
    let mut found = BTreeMap::new();
    let overtaken = |event: &&Event| event.details.superseded_by.is_some();
    if !briefing.events.iter().any(|event| overtaken(&event)) {
        return found;
    }
    let by_id: HashMap<&str, u32> = briefing
        .events
        .iter()
        .zip(0..)
        .map(|(event, at)| (event.id.as_str(), at))
        .collect();
    for (event, at) in briefing.events.iter().zip(0..) {
        let Some(id) = &event.details.superseded_by else {
            continue;
        };
        let by = by_id.get(id.as_str()).copied();
        let was_known = by
            .and_then(|by| briefing.events.get(by as usize))
            .is_none_or(|by| is_known(briefing, by, as_of));
        if was_known {
            found.insert(at, by);
        }
    }
    found
}

/// The same as pairs of entries: of an event in several lanes, each with the first of what overtook it.
pub(super) fn pairs(
    overtaken_by: &BTreeMap<u32, Option<u32>>,
    first_entries: &[u32],
) -> Vec<(u32, u32)> {
    let entries = |event: u32| {
        let at = event as usize;
        let first = first_entries.get(at).copied().unwrap_or_default();
        first..first_entries.get(at + 1).copied().unwrap_or(first)
    };
    let mut pairs = Vec::new();
    for (&event, by) in overtaken_by {
        if let Some(by) = by.and_then(|by| entries(by).next()) {
            pairs.extend(entries(event).map(|entry| (entry, by)));
        }
    }
    pairs
}
