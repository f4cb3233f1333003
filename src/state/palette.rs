//! What the palette finds in the library. Commands are few, and the view finds them by itself; a large library has a hundred
//! thousand names, which are gone through beside the window.

use super::{Action, Effect, Sheet, State};
use crate::library::names::{Names, Scored};
use std::sync::Arc;

/// One change of the palette.
#[derive(Debug)]
pub enum PaletteAction {
    /// The text is as typed so far.
    Type(String),
    /// From the shell: what the question with this number has found.
    Found(u64, Vec<Scored>),
}

/// The palette's part of the state.
#[derive(Debug, Default)]
pub struct PaletteState {
    /// What was typed last.
    pub query: String,
    /// The best hits, the best first; those of the query before while an answer is awaited, so that nothing flickers.
    pub hits: Vec<Scored>,
    asked: Option<u64>,
    /// Of which state of the library the names are.
    names: Option<(u64, Arc<Names>)>,
}

impl PaletteState {
    /// Whether an answer is awaited.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// What [`Effect::FindNames`] looks through.
    pub fn names(&self) -> Option<Arc<Names>> {
        self.names.as_ref().map(|(_, names)| Arc::clone(names))
    }
}

impl State {
    pub(super) fn apply_palette(&mut self, action: PaletteAction, effects: &mut Vec<Effect>) {
        match action {
            PaletteAction::Type(query) => {
                self.palette.asked = None;
                if query.trim().is_empty() {
                    self.palette.hits.clear();
                } else {
                    let number = self.next_serial();
                    self.names().want(number);
                    self.palette.asked = Some(number);
                    effects.push(Effect::FindNames(number, query.clone()));
                }
                self.palette.query = query;
            }
            PaletteAction::Found(number, hits) => {
                if self.palette.asked == Some(number) {
                    self.palette.asked = None;
                    self.palette.hits = hits;
                }
            }
        }
    }

    /// The names of the library as it is now.
    fn names(&mut self) -> &Names {
        let revision = self.library.revision();
        if self.palette.names.as_ref().map(|(of, _)| *of) != Some(revision) {
            self.palette.names = None;
        }
        let library = &self.library;
        let make = || (revision, Arc::new(Names::of(library.snapshot())));
        &self.palette.names.get_or_insert_with(make).1
    }

    /// A closed palette holds on to nothing.
    pub(super) fn forget_closed_palette(&mut self) {
        if self.sheet != Some(Sheet::Palette) && self.palette.names.is_some() {
            self.palette = PaletteState::default();
        }
    }
}

impl From<PaletteAction> for Action {
    fn from(action: PaletteAction) -> Self {
        Self::Palette(action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::names::{MAX_HITS, Target};
    use crate::state::tests::open;

    const ONE: &str = "---\ntitle: The talks in Riyadh\nevents:\n  - {date: 2025, title: The telephone call, actors: [Ann Smith]}\n\
        sources:\n  wh: {title: The readout, url: 'https://example.org/readout'}\n---\n## The meaning\n\nText [@wh].\n";
    const TWO: &str = "---\ntitle: The second\nevents:\n  - {date: 2026, title: A telegram, actors: [Ann Smith]}\n\
        sources:\n  same: {title: The readout, url: 'https://example.org/readout'}\n---\nText [@same].\n";

    /// Types, and returns the question that is asked.
    fn ask(state: &mut State, query: &str) -> Option<(u64, String)> {
        let effects = state.apply(PaletteAction::Type(query.to_owned()).into());
        effects.into_iter().find_map(|effect| match effect {
            Effect::FindNames(number, query) => Some((number, query)),
            _ => None,
        })
    }

    fn answer(state: &State, number: u64, query: &str) -> Option<Vec<Scored>> {
        state.palette.names().expect("names").find(number, query)
    }

    fn found(state: &mut State, query: &str) -> Vec<String> {
        let (number, query) = ask(state, query).expect("a question");
        let hits = answer(state, number, &query).expect("wanted");
        state.apply(PaletteAction::Found(number, hits).into());
        let label = |(_, target): &Scored| match target {
            Target::Item(item) => state.library.label(*item).expect("it is there"),
            Target::Person(name) => format!("{name} (person)"),
        };
        state.palette.hits.iter().map(label).collect()
    }

    #[test]
    fn everything_is_found_by_name_and_what_is_shared_once() {
        let mut state = open(&[("one.md", ONE), ("two.md", TWO)]);
        state.sheet = Some(Sheet::Palette);
        assert_eq!(found(&mut state, "riyadh"), ["The talks in Riyadh"]);
        assert_eq!(
            found(&mut state, "telep"),
            ["The telephone call"],
            "an event"
        );
        assert_eq!(found(&mut state, "readout"), ["The readout"]);
        assert_eq!(found(&mut state, "smith"), ["Ann Smith (person)"]);
        assert_eq!(found(&mut state, "meaning"), ["The meaning"]);
        // Letters in their order, with others between them.
        let mut both = found(&mut state, "tle");
        both.sort();
        assert_eq!(both, ["A telegram", "The telephone call"]);
        assert_eq!(found(&mut state, "zzzz"), Vec::<String>::new());
    }

    #[test]
    fn an_answer_that_comes_late_is_passed_over() {
        let mut state = open(&[("one.md", ONE)]);
        state.sheet = Some(Sheet::Palette);
        let (first, query) = ask(&mut state, "tele").expect("a question");
        let late = answer(&state, first, &query).expect("wanted");
        let (second, query) = ask(&mut state, "smith").expect("a question");
        assert_eq!(answer(&state, first, "tele"), None, "nobody waits for it");
        state.apply(PaletteAction::Found(first, late).into());
        assert!(state.palette.is_waiting() && state.palette.hits.is_empty());
        let hits = answer(&state, second, &query).expect("wanted");
        state.apply(PaletteAction::Found(second, hits).into());
        assert!(!state.palette.is_waiting());
        assert_eq!(state.palette.hits.len(), 1);
        // Without words nothing is asked, and a closed palette forgets.
        assert_eq!(ask(&mut state, " "), None);
        assert!(state.palette.hits.is_empty());
        state.apply(Action::CloseSheet);
        assert!(state.palette.names().is_none() && state.palette.query.is_empty());
    }

    #[test]
    fn only_the_best_are_listed_out_of_many_chunks() {
        let mut text = "---\ntitle: Many\nevents:\n".to_owned();
        for at in 0..5_000 {
            text += &format!("  - {{date: 2025, title: Meeting {at}}}\n");
        }
        let mut state = open(&[("many.md", &format!("{text}---\n"))]);
        state.sheet = Some(Sheet::Palette);
        let hits = found(&mut state, "meeting");
        assert_eq!(hits.len(), MAX_HITS);
        assert_eq!(hits[0], "Meeting 0");
        assert_eq!(found(&mut state, "meeting 4987"), ["Meeting 4987"]);
    }
}
