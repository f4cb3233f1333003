//! In which zone most times of day are written, and where days without a zone begin.

use crate::date::{CivilTime, Instant, Zone};
use crate::model::{Briefing, Event};
use crate::timeline::Entry;
use std::collections::BTreeMap;

/// A date that names no zone means the days and hours of whoever reads it: 23 March begins where the ruler's
/// 23 March does, in whichever zone the ruler is.
pub(super) fn place_in_zone(entry: &mut Entry, zone: &Zone) {
    let placed = |ms: i64| zone.instant(CivilTime::from_ms(ms)).instant().0;
    entry.start_ms = entry.start_ms.map(placed);
    entry.end_ms = entry.end_ms.map(placed);
}

/// How many times of day of a briefing have each offset, and when one of them was.
pub(super) type Offsets = BTreeMap<i32, (u32, Option<Instant>)>;

pub(super) fn tally_offset(offsets: &mut Offsets, event: &Event) {
    let date = event.date.as_ref();
    if let Some((date, offset_seconds)) = date.and_then(|date| Some((date, date.offset_seconds()?)))
    {
        let (count, at) = offsets.entry(offset_seconds).or_default();
        *count += 1;
        *at = at.or_else(|| date.earliest());
    }
}

/// How many times of day are written in each zone, by its name and offset.
pub(super) type Zones = BTreeMap<String, (u32, Zone)>;

/// Adds up in which zones times of day are written.
pub(super) fn tally_zones(zones: &mut Zones, offsets: Offsets, briefing: &Briefing) {
    for (offset_seconds, (count, at)) in offsets {
        // A named zone says more than the offset it has on a day.
        let named = || {
            let zone = Zone::named(briefing.timezone.as_deref()?).ok()?;
            (zone.offset_at(at?) == offset_seconds).then_some(zone)
        };
        let key = match &briefing.timezone {
            Some(name) => format!("{name} {offset_seconds}"),
            None => offset_seconds.to_string(),
        };
        zones
            .entry(key)
            .or_insert_with(|| (0, named().unwrap_or_else(|| Zone::fixed(offset_seconds))))
            .0 += count;
    }
}
