//! The comparison that is shown in place of the document.

use super::{Effect, State};
use crate::model::{FileId, Item};

/// What is laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparing {
    /// A comparison that the author wrote, by its place in the file.
    Table(FileId, u32),
    /// All that is stated on one event, by source.
    Event(FileId, u32),
}

impl Comparing {
    pub fn file(self) -> FileId {
        match self {
            Self::Table(file, _) | Self::Event(file, _) => file,
        }
    }
}

impl State {
    /// Whether this can be laid out: the table or the event is there.
    pub fn can_compare(&self, comparing: Comparing) -> bool {
        match comparing {
            Comparing::Table(file, at) => self
                .library
                .briefing(file)
                .is_some_and(|briefing| briefing.comparisons.get(at as usize).is_some()),
            Comparing::Event(file, at) => self.library.event(file, at).is_some(),
        }
    }

    /// What can be compared now: the selected event, then the tables of the open briefing.
    pub fn comparisons(&self) -> Vec<Comparing> {
        let event = match self.selection {
            Some(Item::Event(file, at)) => Some(Comparing::Event(file, at)),
            _ => None,
        };
        // The event that is being compared stays a choice while its sources are looked at.
        let shown = self
            .comparing
            .filter(|comparing| matches!(comparing, Comparing::Event(..)));
        let tables = self
            .document
            .as_ref()
            .and_then(|open| Some((open.file, self.library.briefing(open.file)?)))
            .map(|(file, briefing)| {
                let tables = (0..).zip(&briefing.comparisons);
                tables.map(move |(at, _)| Comparing::Table(file, at))
            });
        let events = event.or(shown);
        events
            .into_iter()
            .chain(tables.into_iter().flatten())
            .collect()
    }

    /// Opens the comparison that fits the selection, or closes the open one.
    pub(super) fn toggle_comparison(&mut self, effects: &mut Vec<Effect>) {
        if self.comparing.take().is_some() {
            return;
        }
        match self.comparisons().first() {
            Some(&first) => self.show_comparison(first, effects),
            None => {
                self.answer("Select an event, or open a briefing with a table that cites sources");
            }
        }
    }

    pub(super) fn show_comparison(&mut self, comparing: Comparing, effects: &mut Vec<Effect>) {
        if !self.can_compare(comparing) {
            return;
        }
        let file = comparing.file();
        if self.document.as_ref().is_none_or(|open| open.file != file) {
            self.visit(file, None, effects);
        }
        self.ask_checks(file, effects);
        self.comparing = Some(comparing);
    }
}
