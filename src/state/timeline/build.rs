//! From the files of the library to what the timeline draws: lanes, entries, index.

#![expect(
    clippy::indexing_slicing,
    reason = "lanes are counted by their own lists, which are as long as each other"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts and places of events that are held in memory"
)]

mod gather;
mod known;
mod zones;

pub(super) use self::gather::stated_sources;
pub(in crate::state) use self::known::is_known;

use self::gather::Gathered;
use self::zones::{Zones, place_in_zone};
use crate::date::{Instant, Zone};
use crate::library::filter::Marks;
use crate::model::{Briefing, FileId, Item};
use crate::state::ZoneChoice;
use crate::timeline::{Gaps, Index, LaneRows, LaneTree};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// What a lane of the timeline stands for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
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
    /// How wide the window is; its lanes are sized for it.
    pub width_px: f64,
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
    /// How many rows each lane wants, at the width that it was built for.
    pub rows: Arc<LaneRows>,
    /// The node of each leaf lane.
    lane_nodes: Vec<u32>,
    /// The event behind each entry.
    events: Vec<(FileId, u32)>,
    /// By file.
    blocks: Vec<Block>,
}

/// The entries of one file.
#[derive(Clone, Debug)]
struct Block {
    file: FileId,
    /// What the file said when its events were sorted in.
    briefing: Arc<Briefing>,
    /// In the order of its events.
    entries: Range<u32>,
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
            rows: Arc::default(),
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

    /// The title of the event behind an entry.
    pub fn title_of(&self, entry: u32) -> Option<&str> {
        let (file, at) = self.event_of(entry)?;
        let event = self.block(file)?.briefing.events.get(at as usize)?;
        Some(&event.title)
    }

    fn block(&self, file: FileId) -> Option<&Block> {
        let found = self.blocks.binary_search_by_key(&file, |block| block.file);
        self.blocks.get(found.ok()?)
    }

    /// The entries of an event; empty for what is no event.
    pub fn entries_of(&self, item: Item) -> Range<u32> {
        let Item::Event(file, at) = item else {
            return 0..0;
        };
        let Some(Block { entries: block, .. }) = self.block(file) else {
            return 0..0;
        };
        let events = self.events.get(block.start as usize..block.end as usize);
        let events = events.unwrap_or_default();
        let first = events.partition_point(|&(_, other)| other < at) as u32;
        let end = events.partition_point(|&(_, other)| other <= at) as u32;
        block.start + first..block.start + end
    }

    /// The entries of all events of a set, and whether there are so many that all entries were gone through.
    pub fn entries_of_marks(&self, marks: &Marks) -> (Vec<u32>, bool) {
        /// Where more than one in so many events is marked, going through all is less work than looking each up.
        const WALKED_SHARE: usize = 16;
        if marks.len() <= self.events.len() / WALKED_SHARE {
            let items = marks.iter().map(|(file, at)| Item::Event(file, at));
            return (
                items.flat_map(|item| self.entries_of(item)).collect(),
                false,
            );
        }
        let mut entries = Vec::with_capacity(self.events.len());
        for Block {
            file,
            entries: block,
            ..
        } in &self.blocks
        {
            let numbers = marks.numbering().numbers_of(*file);
            let events = self.events.get(block.start as usize..block.end as usize);
            for (&(_, at), entry) in events.unwrap_or_default().iter().zip(block.clone()) {
                if marks.contains_number(&numbers, at) {
                    entries.push(entry);
                }
            }
        }
        (entries, true)
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

impl TimelineBuild {
    /// Sorts everything in. A million events take some tenths of a second.
    pub fn run(self) -> TimelineData {
        let Gathered {
            mut entries,
            lanes,
            floating,
            zones,
            mut data,
        } = self.gather_all();
        data.zone = self.zone(zones);
        for at in floating {
            if let Some(entry) = entries.get_mut(at) {
                place_in_zone(entry, &data.zone);
            }
        }
        data.blocks.sort_unstable_by_key(|block| block.file);
        data.supersessions.sort_unstable();
        let paths = match self.grouping {
            Grouping::Lane | Grouping::Briefing => lanes.into_paths(),
            Grouping::Actor | Grouping::Tag | Grouping::Source => {
                lanes.into_paths_by_size(&mut entries)
            }
        };
        data.tree = LaneTree::new(&paths);
        data.lane_nodes = vec![0; paths.len()];
        for (node, number) in data.tree.nodes().iter().zip(0..) {
            let lane = node
                .lane
                .and_then(|lane| data.lane_nodes.get_mut(lane as usize));
            if let Some(lane) = lane {
                *lane = number;
            }
        }
        data.index = Index::build(&entries, paths.len());
        data.rows = Arc::new(LaneRows::of(&data.index, self.width_px));
        if self.collapse_gaps {
            data.gaps = gaps(&data.index);
        }
        data
    }

    /// The zone of the ruler; as written, it is the one in which most times of day are.
    fn zone(&self, zones: Zones) -> Zone {
        match self.zone {
            ZoneChoice::Local => Zone::local(),
            ZoneChoice::Utc => Zone::utc(),
            ZoneChoice::AsWritten => {
                let most = zones.into_values().max_by_key(|(count, _)| *count);
                most.map_or_else(Zone::utc, |(_, zone)| zone)
            }
        }
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
