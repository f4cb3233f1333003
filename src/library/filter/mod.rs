//! Which events and statements are shown: what is asked for and what is known go in, one value comes out.
//!
//! The timeline, the lists, the window's export and the command line all read the same [`Selected`]. Nothing here
//! touches the disk or keeps anything.
//!
//! Within one field (two lanes, two tags) one match is enough; between fields all must match. A statement is shown when it
//! has what is asked of statements (briefing, source, standing, search), and one of its events what is asked of events alone
//! (lane, actor, tag, time).

mod facets;
mod marks;
mod select;
mod within;

pub use facets::{Facet, Facets};
pub use marks::{Marks, Numbering};
pub use select::{Known, Selected, select};
pub use within::{Counted, Within, within};

use crate::date::{CivilTime, Date, Form, Instant, Zone};
use crate::evidence::Standing;
use crate::library::sources::source_identity;
use crate::model::{Briefing, Event, FileId, Source};
use crate::parse::same_address;
use crate::text::Text;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// What must be true of an event for it to be shown. Empty fields ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    /// Paths; a group stands for all lanes in it.
    pub lanes: BTreeSet<String>,
    pub actors: BTreeSet<String>,
    /// Of the event or of its briefing.
    pub tags: BTreeSet<String>,
    /// Identities (see [`source_identity`]), addresses, or keys as briefings write them.
    pub sources: BTreeSet<String>,
    pub standings: BTreeSet<Standing>,
    /// Names of files inside the library.
    pub briefings: BTreeSet<String>,
    /// Only what happened, wholly or in part, in this time.
    pub range: Option<Range<Instant>>,
}

/// The fields that a filter can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Lane,
    Actor,
    Tag,
    Source,
    Standing,
    Briefing,
}

impl Field {
    pub const ALL: [Self; 6] = [
        Self::Lane,
        Self::Actor,
        Self::Tag,
        Self::Source,
        Self::Standing,
        Self::Briefing,
    ];

    /// What to call it in the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lane => "Lane",
            Self::Actor => "Actor",
            Self::Tag => "Tag",
            Self::Source => "Source",
            Self::Standing => "Standing",
            Self::Briefing => "Briefing",
        }
    }

    /// Its key in a file of views.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lane => "lanes",
            Self::Actor => "actors",
            Self::Tag => "tags",
            Self::Source => "sources",
            Self::Standing => "standings",
            Self::Briefing => "briefings",
        }
    }
}

impl Criteria {
    /// Whether nothing is asked for, so that everything is shown.
    pub fn is_empty(&self) -> bool {
        self.range.is_none() && self.count() == 0
    }

    /// How many values are asked for, in all fields but the time.
    pub fn count(&self) -> usize {
        Field::ALL
            .into_iter()
            .map(|field| self.values(field).len())
            .sum()
    }

    /// The values of a field, as words.
    pub fn values(&self, field: Field) -> Vec<&str> {
        let set = match field {
            Field::Lane => &self.lanes,
            Field::Actor => &self.actors,
            Field::Tag => &self.tags,
            Field::Source => &self.sources,
            Field::Briefing => &self.briefings,
            Field::Standing => {
                return self.standings.iter().map(|found| found.as_str()).collect();
            }
        };
        set.iter().map(String::as_str).collect()
    }

    /// Asks for a value, or no longer. A word that is no standing changes nothing.
    pub fn set(&mut self, field: Field, value: &str, wanted: bool) {
        let set = match field {
            Field::Lane => &mut self.lanes,
            Field::Actor => &mut self.actors,
            Field::Tag => &mut self.tags,
            Field::Source => &mut self.sources,
            Field::Briefing => &mut self.briefings,
            Field::Standing => {
                if let Some(standing) = standing_from_word(value) {
                    if wanted {
                        self.standings.insert(standing);
                    } else {
                        self.standings.remove(&standing);
                    }
                }
                return;
            }
        };
        if wanted {
            set.insert(value.to_owned());
        } else {
            set.remove(value);
        }
    }

    /// Asks for nothing of this field.
    pub fn clear(&mut self, field: Field) {
        match field {
            Field::Lane => self.lanes.clear(),
            Field::Actor => self.actors.clear(),
            Field::Tag => self.tags.clear(),
            Field::Source => self.sources.clear(),
            Field::Briefing => self.briefings.clear(),
            Field::Standing => self.standings.clear(),
        }
    }
}

/// The standing with this stable name; case does not matter.
pub fn standing_from_word(word: &str) -> Option<Standing> {
    Standing::ALL
        .into_iter()
        .find(|standing| standing.as_str().eq_ignore_ascii_case(word.trim()))
}

/// The files of a library as they are now, owned, so that work on another thread can read them.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// In the order of names.
    pub files: Vec<SnapshotFile>,
}

#[derive(Clone, Debug)]
pub struct SnapshotFile {
    pub id: FileId,
    /// Its path inside the library.
    pub name: Arc<str>,
    /// A number that follows from its whole path and stays from one start to the next.
    pub path_hash: u64,
    pub briefing: Arc<Briefing>,
}

/// The lane of an event: its own, else its briefing's, whose slashes do not nest.
pub fn lane_of(briefing: &Briefing, event: &Event) -> String {
    match &event.lane {
        Some(lane) => lane.to_string(),
        None => as_one_part(&briefing.title),
    }
}

/// A name that is not to be split where it has a slash.
pub fn as_one_part(name: &str) -> String {
    name.replace('/', "\u{2044}")
}

/// From when to when an event takes place, half-open, for comparison with a stretch of time in `zone`; `None` without a date.
///
/// A date that names no zone means the days of whoever reads it.
pub fn extent(date: &Date, zone: &Zone) -> Option<(i64, i64)> {
    let placed = |at: Instant| match date.offset_seconds() {
        Some(_) => at.0,
        None => zone.instant(CivilTime::from_ms(at.0)).instant().0,
    };
    let earliest = date.earliest().map(placed);
    let latest = date.latest().map(placed);
    match (earliest, latest) {
        (Some(earliest), Some(latest)) => Some((earliest, latest.max(earliest.saturating_add(1)))),
        (Some(earliest), None) => {
            let open = date.form() == Form::OpenEnd;
            let end = if open {
                i64::MAX
            } else {
                earliest.saturating_add(1)
            };
            Some((earliest, end))
        }
        (None, Some(latest)) => {
            let open = date.form() == Form::OpenStart;
            let start = if open {
                i64::MIN
            } else {
                latest.saturating_sub(1)
            };
            Some((start, latest))
        }
        (None, None) => None,
    }
}

/// Whether an event takes place, wholly or in part, in a stretch of time.
pub fn is_in_range(event: &Event, range: &Range<Instant>, zone: &Zone) -> bool {
    event
        .date
        .as_ref()
        .and_then(|date| extent(date, zone))
        .is_some_and(|(start, end)| start < range.end.0 && end > range.start.0)
}

/// Criteria made ready for many events: words in lower case, addresses evened out.
struct Prepared<'a> {
    criteria: &'a Criteria,
    lanes: Vec<String>,
    actors: BTreeSet<String>,
    tags: BTreeSet<String>,
    /// Identities and addresses.
    addresses: BTreeSet<String>,
}

impl<'a> Prepared<'a> {
    fn new(criteria: &'a Criteria) -> Self {
        let lower = |set: &BTreeSet<String>| set.iter().map(|word| folded(word)).collect();
        Self {
            criteria,
            lanes: criteria.lanes.iter().map(|lane| folded(lane)).collect(),
            actors: lower(&criteria.actors),
            tags: lower(&criteria.tags),
            addresses: criteria
                .sources
                .iter()
                .map(|source| same_address(source).into_owned())
                .collect(),
        }
    }

    fn lane(&self, briefing: &Briefing, event: &Event) -> bool {
        if self.lanes.is_empty() {
            return true;
        }
        let lane = folded(&lane_of(briefing, event));
        self.lanes.iter().any(|wanted| {
            let below = lane.strip_prefix(wanted.as_str());
            below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        })
    }

    fn actor(&self, event: &Event) -> bool {
        self.actors.is_empty() || has_any(&self.actors, &event.actors)
    }

    fn tag(&self, briefing: &Briefing, event: &Event) -> bool {
        self.tags.is_empty()
            || has_any(&self.tags, &event.details.tags)
            || has_any(&self.tags, &briefing.tags)
    }

    fn briefing(&self, name: &str) -> bool {
        let wanted = &self.criteria.briefings;
        wanted.is_empty() || wanted.contains(name)
    }

    /// Which sources of a file are asked for; `None` when any will do.
    fn sources(&self, name: &str, briefing: &Briefing) -> Option<Vec<bool>> {
        let wanted = &self.criteria.sources;
        if wanted.is_empty() {
            return None;
        }
        let is_wanted = |source: &Arc<Source>| {
            wanted.contains(source.key.as_str())
                || source
                    .details
                    .other_keys
                    .iter()
                    .any(|key| wanted.contains(key.as_str()))
                || wanted.contains(&source_identity(name, source))
                || source
                    .address()
                    .is_some_and(|address| self.addresses.contains(same_address(address).as_ref()))
        };
        Some(briefing.sources.iter().map(is_wanted).collect())
    }
}

fn folded(word: &str) -> String {
    word.trim().to_lowercase()
}

fn has_any(wanted: &BTreeSet<String>, words: &[Text]) -> bool {
    words.iter().any(|word| wanted.contains(&folded(word)))
}

#[cfg(test)]
mod tests;
