//! The search as the window uses it: a service on a thread of its own, its index in the user's cache folder.

use crate::disk::cache_folder;
use crate::library::search::{Engine, Report, Service};
use crate::state::{Action, SearchAction, State};
use crate::tasks::Tasks;
use std::path::PathBuf;

/// The search of the library that is open.
#[derive(Default)]
pub(super) struct Searching {
    /// For which paths it was started.
    opened: Vec<PathBuf>,
    service: Option<Service>,
    /// In tests, which must not wait for threads, in the place of the service.
    inline: Option<Engine>,
}

impl Searching {
    /// Brings the index in step with the library.
    pub(super) fn sync(&mut self, state: &State, tasks: &Tasks<Action>) {
        // Tests index only what they search.
        if tasks.is_inline() {
            return;
        }
        if self.service.is_none() || self.opened != state.opened {
            self.start(state, tasks);
        }
        if let Some(service) = &self.service {
            service.sync(state.library.snapshot());
        }
    }

    /// Asks what the state says; the answer comes as an action.
    pub(super) fn find(&mut self, number: u64, state: &State, tasks: &Tasks<Action>) {
        let Some(request) = state.search_request() else {
            return;
        };
        if !tasks.is_inline() {
            if let Some(service) = &self.service {
                service.find(number, request);
            }
            return;
        }
        let found = self.inline_engine().and_then(|engine| {
            engine.sync(&state.library.snapshot())?;
            engine.view().find(&request)
        });
        let report = Report::Found(number, found.map_err(|error| error.to_string()));
        tasks.answer().send(told(report));
    }

    fn inline_engine(&mut self) -> tantivy::Result<&mut Engine> {
        let engine = match self.inline.take() {
            Some(engine) => engine,
            None => Engine::in_memory()?,
        };
        Ok(self.inline.insert(engine))
    }

    fn start(&mut self, state: &State, tasks: &Tasks<Action>) {
        let before = self.service.take();
        self.opened.clone_from(&state.opened);
        let answer = tasks.answer();
        let report = move |report| answer.send(told(report));
        match Service::start(cache_folder(), state.opened.clone(), before, report) {
            Ok(service) => self.service = Some(service),
            Err(error) => tasks.answer().send(Action::Notice(format!(
                "Nothing can be searched: no thread could be started ({error})"
            ))),
        }
    }
}

fn told(report: Report) -> Action {
    Action::Search(SearchAction::Told(report))
}
