//! The index and its answers on a thread of their own, so that neither holds up the window.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "files are counted up, and were shown when they were fewer"
)]

use super::engine::{Engine, Found, Request};
use super::index;
use crate::library::filter::Snapshot;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};
use std::time::SystemTime;

/// After so many files, questions are looked for.
const FILES_BETWEEN_LOOKS: usize = 200;
/// After so many files, what was taken in so far can be found.
const FILES_BETWEEN_SHOWS: usize = 4_000;

/// What the search reports.
#[derive(Debug)]
pub enum Report {
    /// So many files of so many have been taken in; both the same when all can be found.
    Indexing(usize, usize),
    /// The answer to the question with this number, or why there is none.
    Found(u64, Result<Found, String>),
    /// Something to say in one line.
    Notice(String),
}

/// A running search. It ends when this is dropped.
#[derive(Debug)]
pub struct Service {
    sender: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

enum Message {
    Sync(Snapshot),
    Find(u64, Box<Request>),
    End,
}

impl Drop for Service {
    fn drop(&mut self) {
        if self.sender.send(Message::End).is_err() {
            tracing::debug!("the search had ended already");
        }
    }
}

impl Service {
    /// Starts with the index in the user's `cache` of a library that was opened by these paths. `report` is called from a thread of its own.
    ///
    /// `before` is the search that this one takes the place of. It may still be at work on the same index (a reader can
    /// go to another library and back quickly): the new one waits for its end, or it would take it for another window.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub fn start(
        cache: Option<PathBuf>,
        opened: Vec<PathBuf>,
        before: Option<Self>,
        report: impl Fn(Report) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let before = before.and_then(Self::end);
        let thread = thread::Builder::new()
            .name("searching".to_owned())
            .spawn(move || {
                if before.is_some_and(|before| before.join().is_err()) {
                    tracing::warn!("the search before this one ended by a fault");
                }
                // Where the paths lead is asked here, where a drive that does not answer holds up nobody else.
                let folder = cache.map(|cache| index::folder_in(&cache, &opened));
                let worker = Worker {
                    receiver,
                    report: Box::new(report),
                    folder,
                    opened,
                    ended: false,
                };
                worker.run();
            })?;
        let thread = Some(thread);
        Ok(Self { sender, thread })
    }

    /// Tells it to end; its thread gives the index back when it is done.
    fn end(mut self) -> Option<JoinHandle<()>> {
        self.thread.take()
    }

    /// Brings the index in step with the library as it is now.
    pub fn sync(&self, snapshot: Snapshot) {
        self.send(Message::Sync(snapshot));
    }

    /// Asks; the answer carries the number. A question that is overtaken by another before its turn is passed over.
    pub fn find(&self, number: u64, request: Request) {
        self.send(Message::Find(number, Box::new(request)));
    }

    fn send(&self, message: Message) {
        if self.sender.send(message).is_err() {
            tracing::warn!("the search has ended");
        }
    }
}

struct Worker {
    receiver: Receiver<Message>,
    report: Box<dyn Fn(Report)>,
    folder: Option<PathBuf>,
    opened: Vec<PathBuf>,
    ended: bool,
}

/// What has come in and is still to be done. Of each kind only the last counts.
#[derive(Default)]
struct Waiting {
    snapshot: Option<Snapshot>,
    question: Option<(u64, Box<Request>)>,
}

impl Worker {
    fn run(mut self) {
        let Some(mut engine) = self.open() else {
            return;
        };
        let mut waiting = Waiting::default();
        // What the index is to be in step with.
        let mut current = Snapshot::default();
        while !self.ended {
            if waiting.snapshot.is_none() && waiting.question.is_none() {
                match self.receiver.recv() {
                    Ok(message) => self.put(message, &mut waiting),
                    Err(_) => return,
                }
            }
            self.drain(&mut waiting);
            if let Some((number, request)) = waiting.question.take() {
                self.answer(&mut engine, &current, number, &request);
            }
            if let Some(snapshot) = waiting.snapshot.take() {
                current = snapshot;
                self.sync(&mut engine, &current, &mut waiting);
            }
        }
    }

    fn say(&self, report: Report) {
        (self.report)(report);
    }

    fn put(&mut self, message: Message, waiting: &mut Waiting) {
        match message {
            Message::Sync(snapshot) => waiting.snapshot = Some(snapshot),
            Message::Find(number, request) => waiting.question = Some((number, request)),
            Message::End => self.ended = true,
        }
    }

    fn drain(&mut self, waiting: &mut Waiting) {
        loop {
            match self.receiver.try_recv() {
                Ok(message) => self.put(message, waiting),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    self.ended = true;
                    return;
                }
            }
        }
    }

    fn open(&self) -> Option<Engine> {
        let opened = match &self.folder {
            Some(folder) => guarded(|| Engine::open(folder, &self.opened)),
            None => guarded(|| Ok((Engine::in_memory()?, None))),
        };
        match opened.or_else(|_| guarded(|| Ok((Engine::in_memory()?, None)))) {
            Ok((engine, told)) => {
                if let Some(told) = told {
                    self.say(Report::Notice(told));
                }
                if let Some(all) = self.folder.as_deref().and_then(Path::parent) {
                    index::drop_unused(all, SystemTime::now());
                }
                Some(engine)
            }
            Err(why) => {
                self.say(Report::Notice(format!("Nothing can be searched: {why}")));
                None
            }
        }
    }

    fn answer(&self, engine: &mut Engine, current: &Snapshot, number: u64, request: &Request) {
        let mut found = guarded(|| engine.view().find(request));
        if let Err(why) = &found {
            // The files of the index were changed under us.
            tracing::warn!("the search index is left: {why}");
            self.start_again_in_memory(engine, current);
            found = guarded(|| engine.view().find(request));
        }
        self.say(Report::Found(number, found));
    }

    /// Brings the index in step; questions are answered in between, from what can be found so far.
    fn sync(&mut self, engine: &mut Engine, current: &Snapshot, waiting: &mut Waiting) {
        let mut plan = engine.plan(current);
        let total = plan.progress().1;
        let mut shown = 0;
        loop {
            let more = match guarded(|| engine.take_in(&mut plan, FILES_BETWEEN_LOOKS)) {
                Ok(more) => more,
                Err(why) => return self.leave_disk(engine, current, &why),
            };
            if !more {
                break;
            }
            let done = plan.progress().0;
            self.say(Report::Indexing(done, total));
            self.drain(waiting);
            if self.ended {
                return;
            }
            if waiting.snapshot.is_some() {
                // What was taken in is in the index already; the next plan takes it into account.
                break;
            }
            let is_first_show = shown == 0 && done >= FILES_BETWEEN_SHOWS / 4;
            if is_first_show || done - shown >= FILES_BETWEEN_SHOWS {
                shown = done;
                if let Err(why) = guarded(|| engine.show_so_far(current)) {
                    return self.leave_disk(engine, current, &why);
                }
            }
            if let Some((number, request)) = waiting.question.take() {
                self.answer(engine, current, number, &request);
            }
        }
        if let Err(why) = guarded(|| engine.finish(plan, current)) {
            return self.leave_disk(engine, current, &why);
        }
        if waiting.snapshot.is_none() {
            self.say(Report::Indexing(total, total));
        }
    }

    /// The disk is full, or was taken away: all over again in memory.
    fn leave_disk(&self, engine: &mut Engine, current: &Snapshot, why: &str) {
        if engine.is_kept() {
            self.say(Report::Notice(format!(
                "The search index cannot be written, and is made anew at each start: {why}"
            )));
            if let Err(why) = engine.forsake_disk() {
                tracing::warn!("no index in memory: {why}");
            }
            if let Some(folder) = &self.folder {
                index::give_back(folder);
            }
            self.start_again_in_memory(engine, current);
        } else {
            self.say(Report::Notice(format!(
                "The search index cannot be made: {why}"
            )));
        }
        self.say(Report::Indexing(current.files.len(), current.files.len()));
    }

    fn start_again_in_memory(&self, engine: &mut Engine, current: &Snapshot) {
        let again = guarded(|| {
            engine.forsake_disk()?;
            engine.sync(current)
        });
        if let Err(why) = again {
            self.say(Report::Notice(format!(
                "The search index cannot be made: {why}"
            )));
        }
    }
}

/// Runs work on the index; a panic on files that are not as they were written is an error like any other.
fn guarded<T>(work: impl FnOnce() -> tantivy::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("its files are not as they were written".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_is_gone_back_to_waits_for_its_own_index() {
        let cache = tempfile::tempdir().expect("a folder");
        let cache = || Some(cache.path().to_owned());
        let opened = |name: &str| vec![PathBuf::from(name)];
        // The first is held up while it has the index of `a`.
        let (at_work, is_at_work) = channel();
        let (let_go, is_let_go) = channel::<()>();
        let first = Service::start(cache(), opened("a"), None, move |_| {
            at_work.send(()).expect("the test waits");
            is_let_go.recv().expect("the test lets it go");
        });
        let first = first.expect("a thread");
        first.sync(Snapshot::default());
        is_at_work.recv().expect("a report");

        let second = Service::start(cache(), opened("b"), Some(first), |_| {});
        let second = second.expect("a thread");
        let (told, reports) = channel();
        let third = Service::start(cache(), opened("a"), Some(second), move |report| {
            told.send(report).expect("the test listens");
        });
        let third = third.expect("a thread");
        third.sync(Snapshot::default());
        let_go.send(()).expect("the first waits");
        let report = reports.recv().expect("a report");
        assert!(matches!(report, Report::Indexing(0, 0)), "{report:?}");
    }
}
