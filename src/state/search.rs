//! What is sought, what was found, and where the reader stands in it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places in a list of hits that is not empty, and a number that counts"
)]

use super::{Effect, LibraryTab, SidePane, State, TimelineAction};
use crate::date::Zone;
use crate::library::search::{Found, Hit, Query, QueryFault, Report, Request, passage};
use crate::model::{FileId, Item};
use crate::span::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// Where is looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchScope {
    #[default]
    Library,
    /// The open document alone.
    Document,
}

/// One change of the search.
#[derive(Debug)]
pub enum SearchAction {
    /// The field asks for the focus, and the results for their place.
    Open,
    /// The text is as typed so far.
    Type(String),
    SetScope(SearchScope),
    /// Shows only what was found, or marks it among the rest.
    Narrow(bool),
    /// To the next hit, or the one before.
    Walk(bool),
    /// To the hit at this place of the list.
    GoTo(usize),
    /// Forgets what was sought.
    Clear,
    /// From the shell.
    Told(Report),
}

/// The search's part of the state.
#[derive(Debug, Default)]
pub struct SearchState {
    /// As it stands in the field.
    pub text: String,
    pub scope: SearchScope,
    /// Only what was found is shown.
    pub narrows: bool,
    /// What was found last; also while the next answer is awaited, so that nothing flickers.
    pub found: Option<Arc<Found>>,
    /// What is wrong with the query.
    pub fault: Option<QueryFault>,
    /// The hit that was gone to last.
    pub at: Option<usize>,
    /// Where the words of that hit stand.
    pub(super) place: Option<(FileId, Span)>,
    /// How many files have been taken into the index, of how many; `None` when it is in step.
    pub progress: Option<(usize, usize)>,
    /// Grows each time that the field is to have the focus.
    pub focus: u64,
    /// The question that is awaited.
    asked: Option<u64>,
}

impl SearchState {
    /// Whether anything is sought.
    pub fn is_on(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// Whether an answer is awaited.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// Where in this file the words stand of the hit that was gone to last.
    pub fn place_in(&self, file: FileId) -> Option<Span> {
        let (of, place) = self.place?;
        (of == file).then_some(place)
    }

    pub fn hits(&self) -> &[Hit] {
        self.found.as_ref().map_or(&[], |found| &found.hits)
    }
}

impl State {
    pub(super) fn apply_search(&mut self, action: SearchAction, effects: &mut Vec<Effect>) {
        match action {
            SearchAction::Open => {
                self.search.focus += 1;
                self.show_side_pane(SidePane::Library, true);
                if self.search.is_on() {
                    self.library_tab = LibraryTab::Hits;
                }
            }
            SearchAction::Type(text) => {
                if self.search.text != text {
                    self.search.text = text;
                    self.library_tab = match (self.search.is_on(), self.library_tab) {
                        (true, _) => LibraryTab::Hits,
                        (false, LibraryTab::Hits) => LibraryTab::Files,
                        (false, tab) => tab,
                    };
                    self.ask(effects);
                }
            }
            SearchAction::SetScope(scope) => {
                if self.search.scope != scope {
                    self.search.scope = scope;
                    self.ask(effects);
                }
            }
            SearchAction::Narrow(narrows) => {
                self.search.narrows = narrows;
                self.choose(effects);
            }
            SearchAction::Walk(forward) => self.walk_hits(forward, effects),
            SearchAction::GoTo(at) => self.go_to_hit(at, effects),
            SearchAction::Clear => {
                self.search.text.clear();
                self.search.narrows = false;
                if self.library_tab == LibraryTab::Hits {
                    self.library_tab = LibraryTab::Files;
                }
                self.ask(effects);
            }
            SearchAction::Told(report) => self.take_report(report, effects),
        }
    }

    /// Asks for what the field says.
    pub(super) fn ask(&mut self, effects: &mut Vec<Effect>) {
        self.search.at = None;
        self.search.place = None;
        match self.query() {
            Ok(query) => {
                self.search.fault = None;
                if query.is_empty() {
                    self.search.asked = None;
                    self.show_found(None, effects);
                } else {
                    let number = self.next_serial();
                    self.search.asked = Some(number);
                    effects.push(Effect::Search(number));
                }
            }
            // What was found before stays until the query can be read again.
            Err(fault) => self.search.fault = Some(fault),
        }
    }

    /// Asks again when something is sought and the files have changed.
    pub(super) fn ask_again(&mut self, effects: &mut Vec<Effect>) {
        if self.search.is_on() {
            let (at, place) = (self.search.at, self.search.place);
            self.ask(effects);
            (self.search.at, self.search.place) = (at, place);
        }
    }

    fn query(&self) -> Result<Query, QueryFault> {
        Query::while_typing(&self.search.text, &self.timeline.zone())
    }

    /// The question that [`Effect::Search`] asks; `None` when it can no longer be read.
    pub fn search_request(&self) -> Option<Request> {
        let query = self.query().ok()?;
        let mut request = Request::new(query, self.timeline.zone());
        if self.search.scope == SearchScope::Document {
            request.only = self.document.as_ref().map(|open| open.file);
        }
        if request.query.asks_for_standing() {
            let standings: HashMap<_, _> = self.standings().collect();
            request.standing =
                Arc::new(move |file, at| standings.get(&file)?.get(at as usize).copied());
        }
        Some(request)
    }

    fn take_report(&mut self, report: Report, effects: &mut Vec<Effect>) {
        match report {
            Report::Indexing(done, total) => {
                self.search.progress = (done < total).then_some((done, total));
                if done == total {
                    // What was asked before all files were in may have other answers now.
                    self.ask_again(effects);
                }
            }
            Report::Found(number, found) => {
                if self.search.asked != Some(number) {
                    return;
                }
                self.search.asked = None;
                match found {
                    Ok(found) => self.show_found(Some(Arc::new(found)), effects),
                    Err(why) => self.notice(format!("The search has failed: {why}")),
                }
            }
            Report::Notice(text) => self.notice(text),
        }
    }

    /// Lists what was found, and marks it on the timeline.
    fn show_found(&mut self, found: Option<Arc<Found>>, effects: &mut Vec<Effect>) {
        let events = found
            .as_ref()
            .map(|found| found.events.clone())
            .unwrap_or_default();
        let had_any = self.search.found.is_some();
        self.search.found = found;
        if had_any || !events.is_empty() {
            self.apply_timeline(TimelineAction::ShowHits(events), effects);
        }
        if self.search.narrows {
            self.choose(effects);
        }
    }

    fn walk_hits(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        let count = self.search.hits().len();
        if count == 0 {
            if self.search.is_on() && !self.search.is_waiting() {
                self.answer("Nothing was found");
            } else {
                self.apply_search(SearchAction::Open, effects);
            }
            return;
        }
        let next = match (self.search.at, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        self.go_to_hit(next, effects);
    }

    /// Shows a hit: selects what can be selected, and brings the words into view.
    fn go_to_hit(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let Some(&hit) = self.search.hits().get(at) else {
            return;
        };
        let Some(briefing) = self.library.briefing(hit.file).cloned() else {
            return;
        };
        let query = self.search.found.as_ref().map(|found| found.query.clone());
        let place = passage(&briefing, &hit, &query.unwrap_or_default()).place;
        self.search.at = Some(at);
        self.search.place = Some((hit.file, place));
        if let Some(item) = hit.item() {
            self.select(item, true, effects);
        } else {
            self.visit(hit.file, None, effects);
            self.jump_to(hit.file, place);
            let events = crate::library::belonging::events_at(&briefing, place);
            let events = events.into_iter().map(|event| Item::Event(hit.file, event));
            self.apply_timeline(TimelineAction::Reveal(events.collect()), effects);
        }
    }

    /// The zone in which days are asked for.
    pub(super) fn asking_zone(&self) -> Zone {
        self.timeline.zone()
    }
}
