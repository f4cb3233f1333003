//! Presenting: one event after the other, in the order of time.
//!
//! The steps are the events that the timeline shows, of the selected range when there is one. The event of the
//! present step is also the selection, so that every pane is where the talk ended; the timeline moves along and shows it
//! between the steps before and after it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a place in the list of steps, which is never empty"
)]

use super::{Effect, State, TimelineState};
use crate::command::Command;
use crate::model::Item;
use std::collections::HashSet;

/// A talk that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    /// Events, each once, from the first to the last. Never empty.
    steps: Vec<Item>,
    at: usize,
}

impl Presentation {
    /// From the event of the selection, else from the first one.
    fn new(steps: Vec<Item>, from: Option<Item>) -> Option<Self> {
        if steps.is_empty() {
            return None;
        }
        let at = from.and_then(|from| steps.iter().position(|&step| step == from));
        Some(Self {
            steps,
            at: at.unwrap_or_default(),
        })
    }

    /// The event of the present step.
    pub fn event(&self) -> Option<Item> {
        self.steps.get(self.at).copied()
    }

    /// The events right before and after the present one.
    fn neighbours(&self) -> &[Item] {
        const EACH_SIDE: usize = 2;
        let from = self.at.saturating_sub(EACH_SIDE);
        let to = (self.at + EACH_SIDE + 1).min(self.steps.len());
        self.steps.get(from..to).unwrap_or_default()
    }

    /// The present step, from 1, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.at + 1, self.steps.len())
    }

    /// Goes to the step that a walking command leads to; false when it stands there already.
    fn step(&mut self, command: Command) -> bool {
        let last = self.steps.len() - 1;
        let to = match command {
            Command::NextEvent => (self.at + 1).min(last),
            Command::PreviousEvent => self.at.saturating_sub(1),
            Command::FirstEvent => 0,
            Command::LastEvent => last,
            _ => self.at,
        };
        std::mem::replace(&mut self.at, to) != to
    }
}

impl State {
    /// Begins to present, or ends it.
    pub(super) fn toggle_presentation(&mut self, effects: &mut Vec<Effect>) {
        if self.presentation.is_some() {
            self.end_presentation(effects);
            return;
        }
        let steps = events_in_order(&self.timeline);
        // Without a selection, the talk is about the briefing that is being read.
        let open = self.document.as_ref().map(|open| open.file);
        let of_open = |step: &&Item| matches!(step, Item::Event(file, _) if Some(*file) == open);
        let first = steps.iter().find(of_open).copied();
        match Presentation::new(steps, self.event_in_focus().or(first)) {
            Some(presentation) => {
                self.presentation = Some(presentation);
                self.sheet = None;
                effects.push(Effect::FullScreen(true));
                self.show_step(effects);
            }
            None => self.answer("There is no dated event to present"),
        }
    }

    pub(super) fn end_presentation(&mut self, effects: &mut Vec<Effect>) {
        if self.presentation.take().is_some() {
            effects.push(Effect::FullScreen(false));
        }
    }

    /// Walks to another step; false when nothing is being presented.
    pub(super) fn step_presentation(
        &mut self,
        command: Command,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Some(presentation) = &mut self.presentation else {
            return false;
        };
        if presentation.step(command) {
            self.show_step(effects);
        }
        true
    }

    /// Files have changed: steps that are gone are left out, and the present one stays if it can.
    pub(super) fn presentation_changed(&mut self, effects: &mut Vec<Effect>) {
        let Some(before) = self.presentation.take() else {
            return;
        };
        let steps = events_in_order(&self.timeline);
        self.presentation = Presentation::new(steps, before.event());
        if self.presentation.is_some() {
            self.show_step(effects);
        } else {
            effects.push(Effect::FullScreen(false));
        }
    }

    fn show_step(&mut self, effects: &mut Vec<Effect>) {
        let Some(talk) = &self.presentation else {
            return;
        };
        let neighbours = talk.neighbours().to_vec();
        if let Some(event) = talk.event() {
            self.select(event, true, effects);
            self.timeline.show_among(event, &neighbours);
        }
    }
}

/// The dated events of the lanes that are shown, within the selected range, each once.
fn events_in_order(timeline: &TimelineState) -> Vec<Item> {
    let index = &timeline.data.index;
    let lanes = timeline.tree.shown_lanes();
    let mut found: Vec<(i64, usize, Item)> = Vec::new();
    for (rank, lane) in lanes.iter().enumerate() {
        let Some(lane) = index.lane(*lane) else {
            continue;
        };
        for stored in (0..lane.len()).filter_map(|at| lane.get(at)) {
            let inside = timeline
                .range
                .as_ref()
                .is_none_or(|range| stored.start_ms < range.end.0 && stored.end_ms > range.start.0);
            if let Some(item) = timeline.data.item_of(stored.item).filter(|_| inside) {
                found.push((stored.start_ms, rank, item));
            }
        }
    }
    // Stable, so that events of one moment stay in the order of their lane.
    found.sort_by_key(|&(start_ms, rank, _)| (start_ms, rank));
    let mut seen = HashSet::new();
    found.retain(|&(_, _, item)| seen.insert(item));
    found.into_iter().map(|(_, _, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileId;

    fn talk(count: u32, from: Option<u32>) -> Option<Presentation> {
        let event = |at| Item::Event(FileId(0), at);
        Presentation::new((0..count).map(event).collect(), from.map(event))
    }

    #[test]
    fn a_talk_begins_at_the_selected_event_and_stays_within_its_ends() {
        let mut talk = talk(3, Some(1)).expect("three steps");
        assert_eq!(talk.progress(), (2, 3));
        assert!(talk.step(Command::NextEvent));
        assert!(
            !talk.step(Command::NextEvent),
            "there is nothing behind the last"
        );
        assert!(talk.step(Command::FirstEvent));
        assert!(!talk.step(Command::PreviousEvent));
        assert!(talk.step(Command::LastEvent));
        assert_eq!(talk.progress(), (3, 3));
        assert_eq!(talk.event(), Some(Item::Event(FileId(0), 2)));
    }

    #[test]
    fn without_events_there_is_nothing_to_present() {
        assert_eq!(talk(0, None), None);
        assert_eq!(talk(2, Some(9)).map(|talk| talk.progress()), Some((1, 2)));
    }
}
