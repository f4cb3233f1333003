//! How much lies in the selected range: counted at once in a small library, beside the window in a large one.

use super::context::AROUND_DAYS;
use super::filter::MAX_INLINE_EVENTS;
use super::timeline::is_known;
use super::{Effect, State};
use crate::date::{Instant, Zone};
use crate::library::FileChecks;
use crate::library::filter::{Counted, Selected, Snapshot, Within, within};
use crate::model::FileId;
use crate::number::plural;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What was counted, and what is being counted.
#[derive(Debug, Default)]
pub(super) struct RangeCount {
    done: Option<(Key, Within)>,
    asked: Option<(u64, Key)>,
    /// A reader asked what happened around an event: the number of others in this range is to be told.
    told_for: Option<Range<Instant>>,
}

/// All that a count depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    range: Range<Instant>,
    library: u64,
    checks: u64,
    /// The choice of what is shown; each is another value.
    shown: Option<usize>,
    as_of: Option<Instant>,
    zone: String,
}

/// All that is needed to count, owned, so that it can be done on another thread.
pub struct RangeQuestion {
    snapshot: Snapshot,
    range: Range<Instant>,
    zone: Zone,
    shown: Option<Arc<Selected>>,
    as_of: Option<Instant>,
    checks: HashMap<FileId, Arc<FileChecks>>,
}

impl RangeQuestion {
    pub fn run(&self) -> Within {
        let shown = self.shown.as_deref();
        let counted = Counted {
            zone: &self.zone,
            event: &|file, at, event| {
                shown.is_none_or(|shown| shown.events.contains(file.id, at))
                    && is_known(&file.briefing, event, self.as_of)
            },
            statement: &|file, at| shown.is_none_or(|shown| shown.statements.contains(file, at)),
            standing: &|file, at| {
                let found = self.checks.get(&file)?.statements.get(at as usize)?;
                Some(found.standing)
            },
        };
        within(&self.snapshot, &self.range, &counted)
    }
}

impl State {
    /// How much lies in the selected range, of what is shown; `None` without one, and while that is being counted.
    pub fn within_range(&self) -> Option<&Within> {
        let range = self.timeline.range.as_ref()?;
        let (key, within) = self.range_count.done.as_ref()?;
        (key.range == *range).then_some(within)
    }

    /// How many events lie in the selected range. Until they have been counted, as the timeline has them: one that stands in several
    /// lanes is in each of them.
    pub fn events_in_range(&self) -> usize {
        let drawn = |range: &Range<Instant>| {
            let index = &self.timeline.data.index;
            index.count_in(range.start.0..range.end.0)
        };
        let counted = self.within_range().map(|within| within.events);
        counted
            .or_else(|| self.timeline.range.as_ref().map(drawn))
            .unwrap_or(0)
    }

    /// What [`Effect::CountRange`] is to run; `None` when no range is selected any more.
    pub fn range_question(&self) -> Option<RangeQuestion> {
        let files = self.library.files();
        let checks = files.filter_map(|file| Some((file.id, Arc::clone(self.checks(file.id)?))));
        Some(RangeQuestion {
            snapshot: self.library.snapshot(),
            range: self.timeline.range.clone()?,
            zone: self.asking_zone(),
            shown: self.shown().cloned(),
            as_of: self.timeline.as_of,
            checks: checks.collect(),
        })
    }

    /// Counts when a range is selected and anything has changed that the count depends on; one count at a time.
    pub(super) fn count_range(&mut self, effects: &mut Vec<Effect>) {
        let Some(range) = self.timeline.range.clone() else {
            self.range_count = RangeCount::default();
            return;
        };
        let key = Key {
            range,
            library: self.library.revision(),
            checks: self.checks_revision(),
            shown: self.shown().map(|shown| Arc::as_ptr(shown) as usize),
            as_of: self.timeline.as_of,
            zone: self.asking_zone().name(),
        };
        let is_done = matches!(&self.range_count.done, Some((of, _)) if *of == key);
        if is_done || self.range_count.asked.is_some() || self.loading.is_some() {
            return;
        }
        if self.library.totals().events <= MAX_INLINE_EVENTS {
            let within = self.range_question().map(|question| question.run());
            self.range_count.done = within.map(|within| (key, within));
            self.tell_count();
        } else {
            let number = self.next_serial();
            self.range_count.asked = Some((number, key));
            effects.push(Effect::CountRange(number));
        }
    }

    pub(super) fn take_range_count(&mut self, number: u64, within: Within) {
        let asked = self.range_count.asked.take_if(|(of, _)| *of == number);
        if let Some((_, key)) = asked {
            self.range_count.done = Some((key, within));
            self.tell_count();
        }
    }

    /// Has the number of events in a range told beside the one that it lies around, as soon as it is known.
    pub(super) fn tell_count_of(&mut self, range: Range<Instant>) {
        self.range_count.told_for = Some(range);
        self.tell_count();
    }

    fn tell_count(&mut self) {
        if self.range_count.told_for != self.timeline.range {
            self.range_count.told_for = None;
        }
        let Some(within) = self.within_range().copied() else {
            return;
        };
        if self.range_count.told_for.take().is_some() {
            let others = plural(within.events.saturating_sub(1), "other event");
            let statements = plural(within.statements, "statement");
            self.answer(format!(
                "{others} within {AROUND_DAYS} days, {statements} in all"
            ));
        }
    }
}
