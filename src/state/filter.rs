//! Which events and statements are shown: what the reader asks for, and what came of it.

use super::{Effect, State, TimelineAction};
use crate::date::Zone;
use crate::evidence::Standing;
use crate::library::filter::{Criteria, Field, Known, Marks, Selected, Snapshot, select};
use crate::model::FileId;
use std::collections::HashMap;
use std::sync::Arc;

/// Up to so many events are looked through at once, in a few milliseconds; more, on a thread of their own.
pub(super) const MAX_INLINE_EVENTS: usize = 5_000;

/// One change of the filter.
#[derive(Debug)]
pub enum FilterAction {
    /// Asks for a value, or no longer.
    Set(Field, String, bool),
    /// Asks for nothing of this field.
    Clear(Field),
    /// Shows everything: no filter, and a search only marks.
    ClearAll,
    /// What the choice with this number has come to.
    Chosen(u64, Arc<Selected>),
}

/// The filter's part of the state.
#[derive(Debug, Default)]
pub struct FilterState {
    /// Without a stretch of time: that is the timeline's range, which marks and does not hide there.
    pub criteria: Criteria,
    /// What is shown, and how many there are of each value; `None` until it was first made out. While everything is shown,
    /// only its counts matter.
    pub selected: Option<Arc<Selected>>,
    /// The choice that is awaited.
    choosing: Option<u64>,
    /// Something changed while a choice was under way.
    stale: bool,
}

/// All that is needed to choose, owned, so that it can be done on another thread.
pub struct Choice {
    snapshot: Snapshot,
    criteria: Criteria,
    zone: Zone,
    standings: HashMap<FileId, Vec<Standing>>,
    hits: Option<(Marks, Marks)>,
}

impl Choice {
    pub fn run(self) -> Selected {
        let standings = &self.standings;
        let known = Known {
            zone: &self.zone,
            standing: &|file, at| standings.get(&file)?.get(at as usize).copied(),
            hits: self
                .hits
                .as_ref()
                .map(|(events, statements)| (events, statements)),
        };
        select(&self.snapshot, &self.criteria, &known)
    }
}

impl State {
    /// Whether anything may be hidden by filter or search.
    pub fn is_narrowed(&self) -> bool {
        !self.filter.criteria.is_empty() || self.search.narrows && self.search.found.is_some()
    }

    /// What is shown; `None` when that is everything.
    pub fn shown(&self) -> Option<&Arc<Selected>> {
        self.filter.selected.as_ref().filter(|_| self.is_narrowed())
    }

    /// What hides events, in words: one part for each field, and the search.
    pub(super) fn restrictions(&self) -> Vec<String> {
        let criteria = &self.filter.criteria;
        let mut words: Vec<String> = Field::ALL
            .into_iter()
            .filter(|&field| !criteria.values(field).is_empty())
            .map(|field| {
                let values = criteria.values(field).join(" or ");
                format!("{} {values}", field.label().to_lowercase())
            })
            .collect();
        if self.search.narrows && self.search.found.is_some() {
            words.push(format!("found by {}", self.search.text.trim()));
        }
        words
    }

    /// What is shown, of what lies in the range of the timeline too: what lists and exports go by.
    pub fn shown_criteria(&self) -> Criteria {
        Criteria {
            range: self.timeline.range.clone(),
            ..self.filter.criteria.clone()
        }
    }

    /// The standings of statements, for each file that has been checked.
    pub(super) fn standings(&self) -> impl Iterator<Item = (FileId, Vec<Standing>)> + '_ {
        self.library.files().filter_map(|file| {
            let statements = self.checks(file.id)?.statements.iter();
            Some((file.id, statements.map(|found| found.standing).collect()))
        })
    }

    pub(super) fn apply_filter(&mut self, action: FilterAction, effects: &mut Vec<Effect>) {
        match action {
            FilterAction::Set(field, value, wanted) => {
                self.filter.criteria.set(field, &value, wanted);
                self.choose(effects);
            }
            FilterAction::Clear(field) => {
                self.filter.criteria.clear(field);
                self.choose(effects);
            }
            FilterAction::ClearAll => {
                self.filter.criteria = Criteria::default();
                self.search.narrows = false;
                self.choose(effects);
            }
            FilterAction::Chosen(number, selected) => {
                if self.filter.choosing == Some(number) {
                    self.filter.choosing = None;
                    self.install_choice(selected, effects);
                    if std::mem::take(&mut self.filter.stale) {
                        self.choose(effects);
                    }
                }
            }
        }
    }

    /// Makes out what is shown. While files come in, that waits until they are all there.
    pub(super) fn choose(&mut self, effects: &mut Vec<Effect>) {
        if self.loading.is_some() {
            return;
        }
        if self.filter.choosing.is_some() {
            self.filter.stale = true;
            return;
        }
        if self.library.totals().events <= MAX_INLINE_EVENTS {
            let selected = Arc::new(self.choice().run());
            self.install_choice(selected, effects);
        } else {
            let number = self.next_serial();
            self.filter.choosing = Some(number);
            effects.push(Effect::Choose(number));
        }
    }

    /// Counts anew when standings have come in that may change what is shown. In a large library that waits until all are there,
    /// unless the reader asks for standings just now.
    pub(super) fn choose_after_checks(&mut self, effects: &mut Vec<Effect>) {
        let is_small = self.library.totals().events <= MAX_INLINE_EVENTS;
        let is_asked_for = !self.filter.criteria.standings.is_empty();
        if is_small || is_asked_for || self.check_sums().files == self.library.len() {
            self.choose(effects);
        }
    }

    /// What [`Effect::Choose`] is to run.
    pub fn choice(&self) -> Choice {
        let found = self.search.found.as_ref().filter(|_| self.search.narrows);
        Choice {
            snapshot: self.library.snapshot(),
            criteria: self.filter.criteria.clone(),
            zone: self.asking_zone(),
            standings: self.standings().collect(),
            hits: found.map(|found| (found.events.clone(), found.statements.clone())),
        }
    }

    fn install_choice(&mut self, selected: Arc<Selected>, effects: &mut Vec<Effect>) {
        let before = self.shown_on_timeline.clone();
        self.filter.selected = Some(selected);
        let now = self.shown().map(|shown| shown.events.clone());
        if before != now {
            self.shown_on_timeline = now.clone();
            let only = now.map(Arc::new);
            self.apply_timeline(TimelineAction::ShowOnly(only), effects);
        }
    }
}
