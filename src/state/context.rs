//! What happened around something: within a few days of it, between two events, in a stretch of time.

use super::{Effect, State, TimelineAction};
use crate::date::{Instant, MS_PER_DAY, duration_words};
use crate::library::filter::extent;
use crate::model::Item;
use std::cmp::Ordering;

/// How far "around an event" reaches.
pub const AROUND_DAYS: i64 = 3;

impl State {
    /// From when to when an event takes place, as far as both are known.
    fn extent_of(&self, item: Item) -> Option<(i64, i64)> {
        let Item::Event(file, at) = item else {
            return None;
        };
        let date = self.library.event(file, at)?.date.as_ref()?;
        let (start, end) = extent(date, &self.asking_zone())?;
        Some(match (start, end) {
            (i64::MIN, end) => (end.saturating_sub(1), end),
            (start, i64::MAX) => (start, start.saturating_add(1)),
            both => both,
        })
    }

    /// Selects the stretch of time around an event and shows it: what happened within some days of it.
    pub(super) fn look_around(&mut self, item: Option<Item>, effects: &mut Vec<Effect>) {
        let around = item.and_then(|item| self.extent_of(item));
        let Some((start, end)) = around else {
            self.answer("Select an event with a date first");
            return;
        };
        let reach = AROUND_DAYS * MS_PER_DAY;
        let range = Instant(start.saturating_sub(reach))..Instant(end.saturating_add(reach));
        self.apply_timeline(TimelineAction::SelectRange(Some(range.clone())), effects);
        self.apply_timeline(TimelineAction::ShowSpan(range.start, range.end), effects);
        self.tell_count_of(range);
    }

    /// Lets the selected range begin, or end, with the selected event. The other edge stays where it can; a range that
    /// would be turned round becomes the time of the event.
    pub(super) fn set_range_edge(&mut self, begins: bool, effects: &mut Vec<Effect>) {
        let Some((start, end)) = self.selection.and_then(|item| self.extent_of(item)) else {
            self.answer("Select an event with a date first");
            return;
        };
        let before = self.timeline.range.clone();
        let kept = before.filter(|range| match begins {
            true => range.end.0 > start,
            false => range.start.0 < end,
        });
        let range = match (kept, begins) {
            (Some(range), true) => Instant(start)..range.end,
            (Some(range), false) => range.start..Instant(end),
            (None, _) => Instant(start)..Instant(end),
        };
        self.apply_timeline(TimelineAction::SelectRange(Some(range)), effects);
    }

    /// How long it was from the event selected before to the one selected now, in words; `None` without two dated events.
    pub fn time_between(&self) -> Option<String> {
        let now = self.selection?;
        let before = self.event_before?;
        if now == before {
            return None;
        }
        let (a, b) = (self.extent_of(before)?, self.extent_of(now)?);
        let title = self.library.label(before)?;
        Some(match b.0.cmp(&a.0) {
            Ordering::Equal => format!("At the same time as {title}"),
            Ordering::Greater => format!("{} after {title}", duration_words(b.0.abs_diff(a.0))),
            Ordering::Less => format!("{} before {title}", duration_words(a.0.abs_diff(b.0))),
        })
    }
}
