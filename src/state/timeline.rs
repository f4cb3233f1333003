//! What the timeline shows: the order of events, the view, the range.

use crate::command::Command;
use crate::date::Instant;
use crate::library::Library;
use crate::model::Item;

/// One change of the timeline.
#[derive(Debug)]
pub enum TimelineAction {
    /// A command that concerns the timeline alone.
    Run(Command),
    /// Brings these events into view when none of them is.
    Reveal(Vec<Item>),
    /// Centers these events; when they are centered already, fits them.
    CenterThenFit(Vec<Item>),
    /// Shows the time between two moments.
    ShowSpan(Instant, Instant),
}

/// The timeline's part of the state.
#[derive(Debug, Default)]
pub struct TimelineState {
    /// Dated events in the order of time.
    order: Vec<(Option<Instant>, Item)>,
}

impl TimelineState {
    pub(super) fn library_changed(&mut self, library: &Library) {
        self.order = library
            .files()
            .flat_map(|file| {
                (0..).zip(&file.briefing.events).filter_map(|(at, event)| {
                    let date = event.date.as_ref()?;
                    Some((date.earliest(), Item::Event(file.id, at)))
                })
            })
            .collect();
        self.order.sort();
    }

    pub(super) fn apply(&mut self, action: TimelineAction, _library: &Library) {
        tracing::debug!(?action, "timeline");
    }

    /// The event that a walking command leads to.
    pub(super) fn walk(&self, command: Command, from: Option<Item>) -> Option<Item> {
        let at = from.and_then(|from| self.order.iter().position(|(_, item)| *item == from));
        let last = self.order.len().checked_sub(1)?;
        let next = match (command, at) {
            (Command::FirstEvent, _) | (Command::NextEvent, None) => 0,
            (Command::LastEvent, _) | (Command::PreviousEvent, None) => last,
            (Command::NextEvent, Some(at)) => (at + 1).min(last),
            (Command::PreviousEvent, Some(at)) => at.saturating_sub(1),
            _ => return None,
        };
        self.order.get(next).map(|(_, item)| *item)
    }

    /// Clears the range; false when there was none.
    pub(super) fn clear_range(&mut self) -> bool {
        false
    }
}
