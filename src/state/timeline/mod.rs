//! What the timeline shows: its events, the view, the range, the lanes.

#![expect(clippy::arithmetic_side_effects, reason = "numbers that count changes")]

mod build;
mod lanes;
mod listing;
mod rows;
mod showing;
#[cfg(test)]
mod tests;
mod views;
mod walking;

pub(super) use build::is_known;
pub use build::{Grouping, TimelineBuild, TimelineData};
pub use listing::{ListBuild, ListColumn, ListOrder, ListRow, Listing};
pub use rows::RowsBuild;
pub use views::Target;

pub use lanes::ClosedGroups;

use self::lanes::LaneChoices;
use self::views::History;
use super::Effect;
use super::settings::ZoneChoice;
use crate::command::Command;
use crate::date::{Instant, Zone};
use crate::library::Library;
use crate::library::filter::Marks;
use crate::model::Item;
use crate::timeline::{DueRows, Hits, Lane, LaneRows, LaneTree, MergedLanes, PlacedRows, View};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Up to so many events are indexed at once, in a few milliseconds; more, on a thread of their own.
const MAX_INLINE_EVENTS: usize = 5_000;

/// One change of the timeline.
#[derive(Debug)]
pub enum TimelineAction {
    /// A command that concerns the timeline alone.
    Run(Command),
    /// Brings these events into view when none of them is.
    Reveal(Vec<Item>),
    /// Centers these events; when they are centered already, fits them.
    CenterThenFit(Vec<Item>),
    /// Shows these events from edge to edge; without any, all there are.
    Fit(Vec<Item>),
    /// Shows the time between two moments.
    ShowSpan(Instant, Instant),
    /// The view that a hand has led to: one of many small steps.
    SetView(View),
    /// The view that a hand wants to see, at one leap.
    LeapTo(View),
    /// The lanes' area has another width, in pixels.
    Resize(f64),
    SelectRange(Option<Range<Instant>>),
    SetGrouping(Grouping),
    /// Closes or opens a group of lanes.
    SetCollapsed(u32, bool),
    SetHidden(u32, bool),
    ShowAllLanes,
    /// Moves a lane before a sibling, or to the end of its group.
    MoveLane(u32, Option<u32>),
    CollapseGaps(bool),
    /// Shows only what was known before this moment.
    SetAsOf(Option<Instant>),
    /// Leaves all other events out; `None`: none.
    ShowOnly(Option<Arc<Marks>>),
    /// Marks the events that a search has found, in lanes and minimap; none: nothing is marked. Other kinds of items are passed over.
    ShowHits(Marks),
    /// Events as a list instead of marks.
    ShowList(bool),
    SortList(ListOrder),
    /// The list with this number is made.
    Listed(u64, Arc<Listing>),
    ShowLegend(bool),
    /// The index of the build with this number is done.
    Indexed(u64, Arc<TimelineData>),
    /// What a closed group of lanes of the index with this id shows: its node, the lanes within, and these as one.
    Merged(u64, u32, Vec<u32>, Arc<Lane>),
    /// What large closed groups show of the index with this id, ahead of that index.
    MergedAhead(u64, MergedLanes),
    /// The window has more marks to place than a frame has time for.
    PlaceRows(Arc<DueRows>),
    /// The marks that were asked for under this number stand in their rows.
    Placed(u64, Arc<PlacedRows>),
    /// How many rows the lanes want at a width.
    Sized(Arc<LaneRows>),
}

/// What a reader has chosen of a library's timeline, and finds again at the next start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    pub grouping: Grouping,
    pub list: bool,
    pub list_order: ListOrder,
    pub collapse_gaps: bool,
}

/// The timeline's part of the state.
#[derive(Debug)]
pub struct TimelineState {
    pub data: Arc<TimelineData>,
    /// The lanes as the user has arranged them.
    pub tree: LaneTree,
    /// What closed groups show, as far as it has been made.
    pub merged: MergedLanes,
    /// What closed groups show of the index with this id, which is about to come.
    ahead: Option<(u64, MergedLanes)>,
    /// Closed groups that are being merged, with the lanes within.
    merging: BTreeMap<u32, Vec<u32>>,
    /// How many rows each lane wants; of another width, while that is found out.
    pub rows: Arc<LaneRows>,
    /// It is being found out for the width of the window.
    is_sizing: bool,
    /// The marks that were placed beside the window last.
    pub placed: Option<Arc<PlacedRows>>,
    /// What is being placed, and the number of the answer.
    placing: Option<(u64, Arc<DueRows>)>,
    /// The events that filter and search let through.
    only: Option<Arc<Marks>>,
    pub range: Option<Range<Instant>>,
    pub grouping: Grouping,
    pub collapse_gaps: bool,
    pub as_of: Option<Instant>,
    /// What a search has found, as entries of `data`.
    pub hits: Hits,
    /// Grows with each change of `hits`.
    pub hits_revision: u64,
    /// The same as items, which outlive `data`.
    found: Marks,
    zone_choice: ZoneChoice,
    pub list: bool,
    pub list_order: ListOrder,
    /// The events as rows; of what was there before, while it is made anew.
    pub listing: Arc<Listing>,
    /// The list that is being made.
    listing_serial: Option<u64>,
    pub legend: bool,
    /// Grows when the view leaps, so that the window can move there softly.
    pub leap: u64,
    /// The entry that was revealed last, with a number that grows each time: its lane is to be scrolled in.
    pub revealed: Option<(u64, u32)>,
    history: History,
    choices: LaneChoices,
    width_px: f64,
    /// The build that is under way.
    building: Option<u64>,
    /// Something changed while a build was under way.
    stale: bool,
    /// The revision of the library that was sorted in last, and how many events it had.
    sorted_in: (u64, usize),
    serial: u64,
}

impl Default for TimelineState {
    fn default() -> Self {
        /// Until the window says how wide it is.
        const ASSUMED_WIDTH_PX: f64 = 1_000.0;
        Self {
            data: Arc::default(),
            tree: LaneTree::default(),
            merged: MergedLanes::new(),
            ahead: None,
            merging: BTreeMap::new(),
            rows: Arc::default(),
            is_sizing: false,
            placed: None,
            placing: None,
            only: None,
            range: None,
            grouping: Grouping::default(),
            collapse_gaps: false,
            as_of: None,
            hits: Hits::default(),
            hits_revision: 0,
            found: Marks::default(),
            zone_choice: ZoneChoice::AsWritten,
            list: false,
            list_order: ListOrder::default(),
            listing: Arc::default(),
            listing_serial: None,
            legend: false,
            leap: 0,
            revealed: None,
            history: History::default(),
            choices: LaneChoices::default(),
            width_px: ASSUMED_WIDTH_PX,
            building: None,
            stale: false,
            sorted_in: (0, 0),
            serial: 0,
        }
    }
}

impl TimelineState {
    // What is shown.

    /// The view in a window so many pixels wide. It is fitted to the data until the user moves it.
    pub fn view(&self, width_px: f64) -> View {
        self.history.target().view(&self.data, width_px)
    }

    /// Whether another view is remembered behind this one.
    pub fn can_go_back(&self) -> bool {
        self.history.can_go_back()
    }

    /// The zone of the ruler.
    pub fn zone(&self) -> Zone {
        self.data.zone.clone()
    }

    /// Shows times of day in another zone: whole days begin with the days of its ruler.
    pub(super) fn set_zone(
        &mut self,
        choice: ZoneChoice,
        library: &Library,
        effects: &mut Vec<Effect>,
    ) {
        if self.zone_choice != choice {
            self.zone_choice = choice;
            self.library_changed(library, effects);
        }
    }

    /// Whether events are being sorted in.
    pub fn is_indexing(&self) -> bool {
        self.building.is_some() || !self.merging.is_empty()
    }

    /// How many lanes and groups the user has hidden.
    pub fn hidden_lanes(&self) -> usize {
        let nodes = self.tree.nodes().iter();
        nodes.filter(|node| node.hidden).count()
    }

    // Changes.

    pub(super) fn apply(
        &mut self,
        action: TimelineAction,
        library: &Library,
        effects: &mut Vec<Effect>,
    ) {
        match action {
            TimelineAction::Run(command) => self.run(command),
            TimelineAction::Reveal(items) => self.reveal(&items),
            TimelineAction::CenterThenFit(items) => self.center_then_fit(&items),
            TimelineAction::Fit(items) => match self.span_of(&items) {
                Some(span) => self.leap_to(Target::Span(span)),
                None => self.leap_to(Target::All),
            },
            TimelineAction::ShowSpan(from, to) => {
                self.leap_to(Target::Span(from.min(to)..to.max(from)));
            }
            TimelineAction::SetView(view) => {
                self.history
                    .step_to(Target::At(views::near_data(&self.data, view)));
            }
            TimelineAction::LeapTo(view) => {
                self.leap_to(Target::At(views::near_data(&self.data, view)));
            }
            TimelineAction::Resize(width_px) => {
                self.width_px = width_px;
                self.size_lanes(effects);
            }
            TimelineAction::SelectRange(range) => {
                self.range = range.filter(|range| range.start < range.end);
            }
            TimelineAction::SetGrouping(grouping) => {
                self.grouping = grouping;
                self.library_changed(library, effects);
            }
            TimelineAction::SetCollapsed(node, collapsed) => {
                self.choices
                    .set_closed(self.grouping, self.tree.path(node), collapsed);
                self.tree.set_collapsed(node, collapsed);
                self.merge_closed(effects);
            }
            TimelineAction::SetHidden(node, hidden) => {
                self.choices
                    .set_hidden(self.grouping, self.tree.path(node), hidden);
                self.tree.set_hidden(node, hidden);
                self.merge_closed(effects);
            }
            TimelineAction::ShowAllLanes => {
                self.choices.show_all(self.grouping);
                for node in 0..self.tree.nodes().len() as u32 {
                    if self.tree.node(node).is_some_and(|node| node.hidden) {
                        self.tree.set_hidden(node, false);
                    }
                }
                self.merge_closed(effects);
            }
            TimelineAction::MoveLane(node, before) => {
                if self.tree.move_before(node, before) {
                    self.choices.keep_order(self.grouping, &self.tree, node);
                }
            }
            TimelineAction::CollapseGaps(collapse) => {
                self.collapse_gaps = collapse;
                self.library_changed(library, effects);
            }
            TimelineAction::SetAsOf(as_of) => {
                self.as_of = as_of;
                self.library_changed(library, effects);
            }
            TimelineAction::ShowOnly(only) => {
                self.only = only;
                self.library_changed(library, effects);
            }
            TimelineAction::ShowHits(found) => {
                self.found = found;
                self.find_hits();
            }
            TimelineAction::ShowList(list) => self.list = list,
            TimelineAction::SortList(order) => self.list_order = order,
            TimelineAction::Listed(number, listing) => {
                self.take_listing(number, listing, library, effects);
            }
            TimelineAction::ShowLegend(legend) => self.legend = legend,
            TimelineAction::Indexed(number, data) => {
                if self.building == Some(number) {
                    self.building = None;
                    self.install(data, effects);
                    if std::mem::take(&mut self.stale) {
                        self.library_changed(library, effects);
                    }
                }
            }
            TimelineAction::Merged(index, node, lanes, merged) => {
                let is_wanted = self.merging.get(&node) == Some(&lanes);
                if is_wanted && index == self.data.index.id() {
                    self.merging.remove(&node);
                    self.merged.insert(node, (lanes, merged));
                }
            }
            TimelineAction::MergedAhead(index, merged) => self.ahead = Some((index, merged)),
            TimelineAction::PlaceRows(due) => self.place_rows(due, effects),
            TimelineAction::Placed(number, placed) => self.take_placed(number, placed),
            TimelineAction::Sized(rows) => self.take_rows(rows, effects),
        }
        self.update_listing(library, effects);
    }

    /// Sorts the events in anew; the view stays.
    pub(super) fn library_changed(&mut self, library: &Library, effects: &mut Vec<Effect>) {
        if self.building.is_some() {
            self.stale = true;
            return;
        }
        self.sorted_in = (library.revision(), library.totals().events);
        if library.totals().events <= MAX_INLINE_EVENTS {
            let data = self.build(library).run();
            self.install(Arc::new(data), effects);
            self.update_listing(library, effects);
        } else {
            self.serial += 1;
            self.building = Some(self.serial);
            effects.push(Effect::IndexTimeline(self.serial));
        }
    }

    /// The same while a library is being read: only now and then, so that the last time takes most of the work.
    pub(super) fn library_grew(&mut self, library: &Library, effects: &mut Vec<Effect>) {
        const GROWTH: usize = 8;
        let (_, sorted_in) = self.sorted_in;
        if library.totals().events >= sorted_in.saturating_mul(GROWTH).max(1) {
            self.library_changed(library, effects);
        }
    }

    /// All of a library has been read: sorts in what is not yet.
    pub(super) fn library_is_whole(&mut self, library: &Library, effects: &mut Vec<Effect>) {
        let (revision, _) = self.sorted_in;
        if revision != library.revision() {
            self.library_changed(library, effects);
        }
    }

    /// Without events. Numbers go on, so that the answer to an old build is not taken for a new one's.
    pub(super) fn emptied(&self) -> Self {
        Self {
            grouping: self.grouping,
            zone_choice: self.zone_choice,
            list: self.list,
            list_order: self.list_order,
            legend: self.legend,
            leap: self.leap + 1,
            width_px: self.width_px,
            serial: self.serial,
            hits_revision: self.hits_revision + 1,
            ..Self::default()
        }
    }

    /// What is remembered of it for its library.
    pub fn arrangement(&self) -> Arrangement {
        Arrangement {
            grouping: self.grouping,
            list: self.list,
            list_order: self.list_order,
            collapse_gaps: self.collapse_gaps,
        }
    }

    /// Takes up what was remembered, before any events are there.
    pub(super) fn arrange(&mut self, arrangement: Arrangement) {
        let Arrangement {
            grouping,
            list,
            list_order,
            collapse_gaps,
        } = arrangement;
        self.grouping = grouping;
        self.list = list;
        self.list_order = list_order;
        self.collapse_gaps = collapse_gaps;
    }

    /// What [`Effect::IndexTimeline`] is to run.
    pub fn build(&self, library: &Library) -> TimelineBuild {
        TimelineBuild {
            files: library
                .files()
                .map(|file| (file.id, Arc::clone(&file.briefing)))
                .collect(),
            grouping: self.grouping,
            as_of: self.as_of,
            only: self.only.clone(),
            collapse_gaps: self.collapse_gaps,
            zone: self.zone_choice,
            width_px: self.width_px,
        }
    }

    fn install(&mut self, data: Arc<TimelineData>, effects: &mut Vec<Effect>) {
        // A view is in shown time: when other stretches are collapsed, it shows the same real time.
        if data.gaps != self.data.gaps
            && let Target::At(view) = self.history.target()
        {
            let seen = views::seen(&self.data, *view);
            self.history.replace(Target::Span(seen));
        }
        self.tree = data.tree.clone();
        self.choices.apply(self.grouping, &mut self.tree);
        self.data = data;
        self.revealed = None;
        self.find_hits();
        let ahead = self.ahead.take();
        let ahead = ahead.filter(|(of, _)| *of == self.data.index.id());
        self.merged = ahead.map(|(_, merged)| merged).unwrap_or_default();
        self.merging.clear();
        self.merge_closed(effects);
        self.new_rows(effects);
    }

    /// The groups that are closed, for whoever makes the next index.
    pub fn closed_groups(&self) -> ClosedGroups {
        ClosedGroups {
            grouping: self.grouping,
            choices: self.choices.clone(),
        }
    }

    /// Asks for what closed groups show; small ones the window merges by itself.
    fn merge_closed(&mut self, effects: &mut Vec<Effect>) {
        let nodes = self.tree.nodes().iter().zip(0_u32..);
        let closed: Vec<u32> = nodes
            .filter(|(node, _)| node.collapsed)
            .map(|(_, number)| number)
            .collect();
        self.merged.retain(|node, _| closed.contains(node));
        self.merging.retain(|node, _| closed.contains(node));
        for node in closed {
            let lanes = self.tree.lanes_within(node);
            let index = &self.data.index;
            let len = |&lane: &u32| index.lane(lane).map_or(0, Lane::len);
            let is_known = self.merged.get(&node).is_some_and(|(of, _)| *of == lanes)
                || self.merging.get(&node) == Some(&lanes);
            if !is_known && lanes.iter().map(len).sum::<usize>() > MAX_INLINE_EVENTS {
                self.merging.insert(node, lanes.clone());
                effects.push(Effect::MergeLanes(node, lanes));
            }
        }
    }

    /// The entries of what was found; an event in several lanes is marked in each.
    fn find_hits(&mut self) {
        let data = &self.data;
        let (entries, most) = data.entries_of_marks(&self.found);
        self.hits = if most {
            Hits::of_many(&data.index, &entries.into_iter().collect())
        } else {
            Hits::new(&data.index, entries)
        };
        self.hits_revision += 1;
    }
}
