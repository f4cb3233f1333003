//! Walking from event to event.

use super::{TimelineState, views};
use crate::command::Command;
use crate::model::Item;
use crate::timeline::walk;

impl TimelineState {
    /// The event that a walking command leads to.
    pub(in crate::state) fn walk(&self, command: Command, from: Option<Item>) -> Option<Item> {
        let index = &self.data.index;
        let lanes = self.tree.shown_lanes();
        let from = from.and_then(|item| self.data.drawn_entry(item));
        let mut next = self.step(command, &lanes, from)?;
        // An event in several lanes is one stop.
        if matches!(command, Command::NextEvent | Command::PreviousEvent) {
            let same = |entry| self.data.event_of(entry);
            while from.is_some_and(|from| from != next && same(from) == same(next)) {
                let further = self.step(command, &lanes, Some(next))?;
                if further == next {
                    break;
                }
                next = further;
            }
        }
        debug_assert!(index.get(next).is_some());
        self.data.item_of(next)
    }

    fn step(&self, command: Command, lanes: &[u32], from: Option<u32>) -> Option<u32> {
        let index = &self.data.index;
        match (command, from) {
            (Command::FirstEvent, _) => walk::first(index, lanes),
            (Command::LastEvent, _) => walk::last(index, lanes),
            (Command::NextEvent, Some(_)) => walk::next(index, lanes, from),
            (Command::PreviousEvent, Some(_)) => walk::previous(index, lanes, from),
            // A walk begins with what is in sight.
            (Command::PreviousEvent, None) => {
                let seen = views::seen(&self.data, self.view(self.width_px));
                walk::last_within(index, lanes, &seen).or_else(|| walk::last(index, lanes))
            }
            (Command::NextInLane, Some(from)) => walk::within_lane(index, from, true),
            (Command::PreviousInLane, Some(from)) => walk::within_lane(index, from, false),
            (Command::LaneDown, Some(from)) => walk::across_lanes(index, lanes, from, true),
            (Command::LaneUp, Some(from)) => walk::across_lanes(index, lanes, from, false),
            (
                Command::NextEvent
                | Command::NextInLane
                | Command::PreviousInLane
                | Command::LaneDown
                | Command::LaneUp,
                None,
            ) => {
                let seen = views::seen(&self.data, self.view(self.width_px));
                walk::first_within(index, lanes, &seen).or_else(|| walk::first(index, lanes))
            }
            _ => None,
        }
    }
}
