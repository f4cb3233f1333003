//! From the files of the library to what the timeline draws: lanes, entries, index.

#![expect(
    clippy::indexing_slicing,
    reason = "lanes are counted by their own lists, which are as long as each other"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts and places of events that are held in memory"
)]

use crate::date::{CivilTime, Date, Instant, Zone};
use crate::library::filter::Marks;
use crate::model::{Briefing, Event, FileId, Item, Status};
use crate::state::{ZoneChoice, events_at};
use crate::text::Text;
use crate::timeline::{Entry, Gaps, Index, LaneTree};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// What a lane of the timeline stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// The lanes that the briefings give.
    #[default]
    Lane,
    Actor,
    Tag,
    Briefing,
    Source,
}

impl Grouping {
    pub const ALL: [Self; 5] = [
        Self::Lane,
        Self::Actor,
        Self::Tag,
        Self::Briefing,
        Self::Source,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Lane => "Lane",
            Self::Actor => "Actor",
            Self::Tag => "Tag",
            Self::Briefing => "Briefing",
            Self::Source => "Source",
        }
    }

    /// Its stable word, as saved views have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lane => "lane",
            Self::Actor => "actor",
            Self::Tag => "tag",
            Self::Briefing => "briefing",
            Self::Source => "source",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grouping| grouping.key() == key)
    }

    /// The lane of events that have none of it.
    fn without(self) -> &'static str {
        match self {
            Self::Lane | Self::Briefing => "No lane",
            Self::Actor => "No actor",
            Self::Tag => "No tag",
            Self::Source => "No source",
        }
    }
}

/// All that is needed to index the events, owned, so that it can be done on another thread.
#[derive(Clone, Debug)]
pub struct TimelineBuild {
    /// In the order of the library.
    pub files: Vec<(FileId, Arc<Briefing>)>,
    pub grouping: Grouping,
    /// Shows only what was known before this moment.
    pub as_of: Option<Instant>,
    /// Leaves all other events out.
    pub only: Option<Arc<Marks>>,
    /// Whether empty stretches are to be collapsed.
    pub collapse_gaps: bool,
    /// In which zone times of day are shown.
    pub zone: ZoneChoice,
}

/// The events as the timeline draws them. An event that belongs to several lanes has an *entry* in each;
/// the index calls an entry *item*.
#[derive(Clone, Debug)]
pub struct TimelineData {
    pub index: Index,
    /// All lanes open, in their first order.
    pub tree: LaneTree,
    /// Which entry was overtaken by which, sorted.
    pub supersessions: Vec<(u32, u32)>,
    pub gaps: Gaps,
    /// How many events have no date.
    pub undated: u32,
    /// How many events filter and search leave out.
    pub filtered_out: u32,
    /// How many events were not known yet at the chosen day.
    pub unknown_yet: u32,
    /// The zone of the ruler. Whole days are placed on its days.
    pub zone: Zone,
    /// The node of each leaf lane.
    lane_nodes: Vec<u32>,
    /// The event behind each entry.
    events: Vec<(FileId, u32)>,
    /// The entries of each file, by id. Within a file they are in the order of its events.
    blocks: Vec<(FileId, Range<u32>)>,
}

impl Default for TimelineData {
    fn default() -> Self {
        Self {
            index: Index::empty(),
            tree: LaneTree::default(),
            supersessions: Vec::new(),
            gaps: Gaps::NONE,
            undated: 0,
            filtered_out: 0,
            unknown_yet: 0,
            zone: Zone::utc(),
            lane_nodes: Vec::new(),
            events: Vec::new(),
            blocks: Vec::new(),
        }
    }
}

impl TimelineData {
    /// The event behind an entry.
    pub fn event_of(&self, entry: u32) -> Option<(FileId, u32)> {
        self.events.get(entry as usize).copied()
    }

    /// The same as an item that can be selected.
    pub fn item_of(&self, entry: u32) -> Option<Item> {
        let (file, at) = self.event_of(entry)?;
        Some(Item::Event(file, at))
    }

    /// The entries of an event; empty for what is no event.
    pub fn entries_of(&self, item: Item) -> Range<u32> {
        let Item::Event(file, at) = item else {
            return 0..0;
        };
        let block = self.blocks.binary_search_by_key(&file, |(file, _)| *file);
        let Some((_, block)) = block.ok().and_then(|found| self.blocks.get(found)) else {
            return 0..0;
        };
        let events = self.events.get(block.start as usize..block.end as usize);
        let events = events.unwrap_or_default();
        let first = events.partition_point(|&(_, other)| other < at) as u32;
        let end = events.partition_point(|&(_, other)| other <= at) as u32;
        block.start + first..block.start + end
    }

    /// Memory on the heap.
    pub fn heap_bytes(&self) -> usize {
        fn of<T>(list: &Vec<T>) -> usize {
            list.capacity() * size_of::<T>()
        }
        let lists =
            of(&self.supersessions) + of(&self.lane_nodes) + of(&self.events) + of(&self.blocks);
        self.index.heap_bytes() + lists
    }

    /// The node of a leaf lane in [`Self::tree`].
    pub fn lane_node(&self, lane: u32) -> Option<u32> {
        self.lane_nodes.get(lane as usize).copied()
    }

    /// The first entry of an event that is drawn.
    pub fn drawn_entry(&self, item: Item) -> Option<u32> {
        self.entries_of(item)
            .find(|&entry| self.index.locate(entry).is_some())
    }
}

/// The lanes found so far, by path.
#[derive(Default)]
struct Lanes {
    paths: Vec<String>,
    sizes: Vec<u32>,
    by_path: HashMap<String, u32>,
}

impl Lanes {
    fn number(&mut self, path: &str) -> u32 {
        let number = match self.by_path.get(path) {
            Some(&number) => number,
            None => {
                let number = self.paths.len() as u32;
                self.paths.push(path.to_owned());
                self.sizes.push(0);
                self.by_path.insert(path.to_owned(), number);
                number
            }
        };
        if let Some(size) = self.sizes.get_mut(number as usize) {
            *size += 1;
        }
        number
    }
}

impl TimelineBuild {
    /// Sorts everything in. A million events take some tenths of a second.
    pub fn run(self) -> TimelineData {
        let mut data = TimelineData::default();
        let mut lanes = Lanes::default();
        let count = self.files.iter().map(|(_, briefing)| briefing.events.len());
        let count = count.sum();
        let mut entries = Vec::with_capacity(count);
        data.events.reserve_exact(count);
        // One look at each event does for all: of a million, each look would cost a tenth of a second.
        let mut zones = BTreeMap::new();
        // Entries whose days begin where the ruler's do; the ruler's zone is known in the end.
        let mut floating: Vec<usize> = Vec::new();
        for (file, briefing) in &self.files {
            let mut offsets = BTreeMap::new();
            let first = data.events.len() as u32;
            let overtaken_by = overtakers(briefing, self.as_of);
            let stated = match self.grouping {
                Grouping::Source => stated_sources(briefing),
                _ => Vec::new(),
            };
            let title = as_one_part(&briefing.title);
            let mut first_entries = Vec::with_capacity(briefing.events.len() + 1);
            for (event, at) in briefing.events.iter().zip(0_u32..) {
                first_entries.push(data.events.len() as u32);
                tally_offset(&mut offsets, event);
                if self.is_filtered_out(*file, at) {
                    data.filtered_out += 1;
                    continue;
                }
                if !is_known(briefing, event, self.as_of) {
                    data.unknown_yet += 1;
                    continue;
                }
                if event.date.is_none() {
                    data.undated += 1;
                }
                let mut entry = Entry::from_event(event, 0);
                let names_no_zone = |date: &Date| date.offset_seconds().is_none();
                let floats = event.date.as_ref().is_some_and(names_no_zone);
                entry.look.superseded = overtaken_by.contains_key(&at);
                let mut add = |path: &str| {
                    let lane = lanes.number(path);
                    if floats {
                        floating.push(entries.len());
                    }
                    entries.push(Entry { lane, ..entry });
                    data.events.push((*file, at));
                };
                match self.grouping {
                    // As a rule, and then without a copy: there may be a million.
                    Grouping::Lane => add(event.lane.as_deref().unwrap_or(&title)),
                    Grouping::Briefing => add(&title),
                    Grouping::Actor | Grouping::Tag | Grouping::Source => {
                        for path in self.paths(briefing, at, event, &stated) {
                            add(&path);
                        }
                    }
                }
            }
            first_entries.push(data.events.len() as u32);
            tally_zones(&mut zones, offsets, briefing);
            data.supersessions
                .extend(pairs(&overtaken_by, &first_entries));
            data.blocks.push((*file, first..data.events.len() as u32));
        }
        data.zone = self.zone(zones);
        for at in floating {
            if let Some(entry) = entries.get_mut(at) {
                place_in_zone(entry, &data.zone);
            }
        }
        data.blocks.sort_unstable_by_key(|(file, _)| *file);
        data.supersessions.sort_unstable();
        if matches!(
            self.grouping,
            Grouping::Actor | Grouping::Tag | Grouping::Source
        ) {
            lanes = by_size(lanes, &mut entries);
        }
        data.tree = LaneTree::new(&lanes.paths);
        data.lane_nodes = vec![0; lanes.paths.len()];
        for (node, number) in data.tree.nodes().iter().zip(0..) {
            let lane = node
                .lane
                .and_then(|lane| data.lane_nodes.get_mut(lane as usize));
            if let Some(lane) = lane {
                *lane = number;
            }
        }
        data.index = Index::build(&entries, lanes.paths.len());
        if self.collapse_gaps {
            data.gaps = gaps(&data.index);
        }
        data
    }

    fn is_filtered_out(&self, file: FileId, event: u32) -> bool {
        let only = self.only.as_ref();
        only.is_some_and(|only| !only.contains(file, event))
    }

    /// The zone of the ruler; as written, it is the one in which most times of day are.
    fn zone(&self, zones: BTreeMap<String, (u32, Zone)>) -> Zone {
        match self.zone {
            ZoneChoice::Local => Zone::local(),
            ZoneChoice::Utc => Zone::utc(),
            ZoneChoice::AsWritten => {
                let most = zones.into_values().max_by_key(|(count, _)| *count);
                most.map_or_else(Zone::utc, |(_, zone)| zone)
            }
        }
    }

    /// The lanes that an event belongs to where it may be several; at least one.
    ///
    /// `stated` has the sources of the statements in each event's passages.
    fn paths(
        &self,
        briefing: &Briefing,
        at: u32,
        event: &Event,
        stated: &[Vec<u32>],
    ) -> Vec<String> {
        let mut paths: Vec<String> = match self.grouping {
            Grouping::Lane | Grouping::Briefing => Vec::new(),
            Grouping::Actor => event.actors.iter().map(|name| as_one_part(name)).collect(),
            Grouping::Tag => event.details.tags.iter().map(Text::to_string).collect(),
            Grouping::Source => {
                let own = event.evidence.iter();
                let stated = stated.get(at as usize).into_iter().flatten();
                own.filter_map(|evidence| evidence.source)
                    .chain(stated.copied())
                    .filter_map(|source| briefing.sources.get(source as usize))
                    .map(|source| as_one_part(source.label()))
                    .collect()
            }
        };
        if paths.is_empty() {
            paths.push(self.grouping.without().to_owned());
        }
        // The same name twice would draw the event twice in one lane.
        let mut seen = Vec::new();
        paths.retain(|path| {
            let is_new = !seen.contains(path);
            if is_new {
                seen.push(path.clone());
            }
            is_new
        });
        paths
    }
}

/// The sources of the statements that stand in the passages of each event.
pub(super) fn stated_sources(briefing: &Briefing) -> Vec<Vec<u32>> {
    let mut sources = vec![Vec::new(); briefing.events.len()];
    for statement in &briefing.statements {
        for event in events_at(briefing, statement.span) {
            if let Some(sources) = sources.get_mut(event as usize) {
                let evidence = statement.evidence.iter();
                sources.extend(evidence.filter_map(|evidence| evidence.source));
            }
        }
    }
    sources
}

/// A name that is not to be split where it has a slash.
fn as_one_part(name: &str) -> String {
    name.replace('/', "\u{2044}")
}

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

fn is_known(briefing: &Briefing, event: &Event, as_of: Option<Instant>) -> bool {
    let Some(as_of) = as_of else { return true };
    known_at(briefing, event).is_none_or(|known| known < as_of)
}

/// Which event of a file was overtaken by which, as far as that was known.
fn overtakers(briefing: &Briefing, as_of: Option<Instant>) -> BTreeMap<u32, Option<u32>> {
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
fn pairs(overtaken_by: &BTreeMap<u32, Option<u32>>, first_entries: &[u32]) -> Vec<(u32, u32)> {
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

/// A date that names no zone means the days and hours of whoever reads it: 23 March begins where the ruler's
/// 23 March does, in whichever zone the ruler is.
fn place_in_zone(entry: &mut Entry, zone: &Zone) {
    let placed = |ms: i64| zone.instant(CivilTime::from_ms(ms)).instant().0;
    entry.start_ms = entry.start_ms.map(placed);
    entry.end_ms = entry.end_ms.map(placed);
}

/// How many times of day of a briefing have each offset, and when one of them was.
type Offsets = BTreeMap<i32, (u32, Option<Instant>)>;

fn tally_offset(offsets: &mut Offsets, event: &Event) {
    let date = event.date.as_ref();
    if let Some((date, offset_seconds)) = date.and_then(|date| Some((date, date.offset_seconds()?)))
    {
        let (count, at) = offsets.entry(offset_seconds).or_default();
        *count += 1;
        *at = at.or_else(|| date.earliest());
    }
}

/// Adds up in which zones times of day are written.
fn tally_zones(zones: &mut BTreeMap<String, (u32, Zone)>, offsets: Offsets, briefing: &Briefing) {
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

/// The lanes with the most events first; of equals, by name.
fn by_size(lanes: Lanes, entries: &mut [Entry]) -> Lanes {
    let mut order: Vec<usize> = (0..lanes.paths.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(lanes.sizes[at]), &lanes.paths[at]));
    let mut number = vec![0_u32; order.len()];
    for (&old, new) in order.iter().zip(0..) {
        number[old] = new;
    }
    for entry in entries {
        if let Some(&lane) = number.get(entry.lane as usize) {
            entry.lane = lane;
        }
    }
    Lanes {
        paths: order.iter().map(|&at| lanes.paths[at].clone()).collect(),
        sizes: order.iter().map(|&at| lanes.sizes[at]).collect(),
        by_path: HashMap::new(),
    }
}

/// The empty stretches worth collapsing.
fn gaps(index: &Index) -> Gaps {
    let Some(span) = index.span() else {
        return Gaps::NONE;
    };
    let mut events: Vec<(i64, i64)> = index
        .lanes()
        .iter()
        .flat_map(|lane| (0..lane.len()).filter_map(|at| lane.get(at)))
        .map(|event| (event.start_ms, event.end_ms))
        .collect();
    events.sort_unstable();
    let mut empty = Vec::new();
    let mut over_ms = span.start.0;
    for (start_ms, end_ms) in events {
        if start_ms > over_ms {
            empty.push(over_ms..start_ms);
        }
        over_ms = over_ms.max(end_ms);
    }
    Gaps::find(&empty, span.start.0..span.end.0)
}
