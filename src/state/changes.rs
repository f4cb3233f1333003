//! What becomes of the library when the disk changes under it.

use super::{Effect, State};
use crate::library::watch::Change;
use crate::library::{File, Loaded, load, locks};
use crate::model::FileId;
use crate::number::plural;
use crate::problem::Code;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl State {
    pub(super) fn take_change(&mut self, change: Change, effects: &mut Vec<Effect>) {
        match change {
            Change::Files { mut written, gone } => {
                written.retain_mut(|loaded| self.is_news(loaded));
                self.take_new_and_gone(written, &gone, effects);
            }
            Change::Other(paths) => {
                // A copy may have changed: what was checked against it must be checked again.
                let may_be_one =
                    |path: &PathBuf| load::may_hold_sources(path) && !locks::is_lock(path);
                let bibliographies = paths.iter().any(may_be_one);
                let listing = self.new_folder_files(&paths);
                self.recheck(&paths.into_iter().collect(), effects);
                self.pictures.clear();
                if bibliographies {
                    // Any briefing may use what stands there, and a folder's sources may list events.
                    let mut files = self.all_files();
                    files.extend(listing);
                    effects.push(Effect::Reload(files));
                }
            }
            Change::Views(root) => {
                if self.views_root().is_some_and(|shown| shown == root) {
                    effects.push(Effect::ReadViews(root));
                }
            }
            Change::Missed => effects.push(Effect::Reread),
            Change::Polling(text) | Change::Away(text) => self.notice(text),
        }
    }

    /// Takes in what the disk has now in the place of what it had. What was moved is the same file under another name, so that a
    /// reader stays where he was.
    pub(super) fn take_new_and_gone(
        &mut self,
        written: Vec<Loaded>,
        gone: &[PathBuf],
        effects: &mut Vec<Effect>,
    ) {
        let mut gone = self.files_below(gone);
        self.follow_moves(&written, &mut gone);
        if !written.is_empty() {
            self.take_files(written, effects);
        }
        if !gone.is_empty() {
            self.take_out(&gone, "is no longer there", effects);
        }
    }

    /// Whether a file that was read again is other than it was. Of one that cannot be read for the moment, what it said stays, with
    /// a word about it.
    fn is_news(&self, loaded: &mut Loaded) -> bool {
        let Some(file) = self.library.file_at(&loaded.path) else {
            return true;
        };
        let is_unread = |code| code == Code::FileUnreadable;
        if loaded
            .problems
            .iter()
            .any(|problem| is_unread(problem.code))
            && !file.briefing.text.is_empty()
        {
            if file.problems.iter().any(|problem| is_unread(problem.code)) {
                return false;
            }
            let problems = loaded.problems.iter().chain(&*file.problems);
            let places = loaded.places.iter().chain(&*file.places);
            let (problems, places) = (problems.cloned().collect(), places.copied().collect());
            loaded.problems = problems;
            loaded.places = places;
            loaded.briefing = Arc::clone(&file.briefing);
            return true;
        }
        loaded.briefing.text != file.briefing.text || loaded.problems != file.problems
    }

    /// The files at these paths, which may be folders.
    fn files_below(&self, paths: &[PathBuf]) -> Vec<FileId> {
        let mut below: Vec<FileId> = paths
            .iter()
            .filter_map(|path| Some(self.library.file_at(path)?.id))
            .collect();
        let folders: Vec<&PathBuf> = paths
            .iter()
            .filter(|path| !load::is_briefing(path))
            .collect();
        if !folders.is_empty() {
            let is_below = |file: &&File| folders.iter().any(|path| file.path.starts_with(path));
            let files = self.library.files().filter(is_below);
            below.extend(files.map(|file| file.id));
            below.sort_unstable();
            below.dedup();
        }
        below
    }

    /// Gives files that have gone from one place and are in another their new names, and takes them from the list of those gone.
    fn follow_moves(&mut self, written: &[Loaded], gone: &mut Vec<FileId>) {
        if gone.is_empty() {
            return;
        }
        let mut new: HashMap<&str, Vec<&Loaded>> = HashMap::new();
        for loaded in written {
            let text = loaded.briefing.text.as_str();
            if !text.is_empty() && self.library.file_at(&loaded.path).is_none() {
                new.entry(text).or_default().push(loaded);
            }
        }
        gone.retain(|&id| {
            let moved = self.library.file(id).and_then(|file| {
                let places = new.get_mut(file.briefing.text.as_str())?;
                // Of several that say the same, the one of the same name.
                let name = file.path.file_name();
                let same = places.iter().position(|new| new.path.file_name() == name);
                (!places.is_empty()).then(|| places.swap_remove(same.unwrap_or(0)))
            });
            if let Some(moved) = moved {
                self.library.rename(id, moved);
            }
            moved.is_none()
        });
    }

    /// Sources of whole folders that are not among the files yet, but may list events now; by path and root.
    fn new_folder_files(&self, paths: &[PathBuf]) -> Vec<(PathBuf, Arc<Path>)> {
        let is_new = |path: &&PathBuf| self.library.file_at(path).is_none();
        // Briefings that were opened by themselves have no library around them.
        if self.opened.iter().all(|opened| load::is_briefing(opened)) {
            return Vec::new();
        }
        let root_of = |path: &PathBuf| {
            let mut files = self.library.files();
            files.find(|file| load::is_folder_file(path, &file.root))
        };
        let new = paths.iter().filter(is_new);
        new.filter_map(|path| Some((path.clone(), Arc::clone(&root_of(path)?.root))))
            .collect()
    }

    /// All files, by path and root.
    pub fn all_files(&self) -> Vec<(PathBuf, Arc<Path>)> {
        let files = self.library.files();
        files
            .map(|file| (file.path.clone(), Arc::clone(&file.root)))
            .collect()
    }

    /// Takes out files that have gone, and says what became of them. When the open one is among them, the next one is shown.
    pub(super) fn take_out(&mut self, files: &[FileId], what: &str, effects: &mut Vec<Effect>) {
        match files {
            [only] => {
                let name = self.library.file(*only).map(|file| file.name.clone());
                self.notice(format!("{} {what}", name.unwrap_or_default()));
            }
            many => self.notice(format!(
                "{} are no longer there",
                plural(many.len(), "briefing")
            )),
        }
        self.library.remove_all(files);
        for &file in files {
            self.checks.forget(file);
            self.open_copy = self.open_copy.filter(|open| open.file != file);
            self.comparing = self.comparing.filter(|open| open.file() != file);
            self.unsourced = self.unsourced.filter(|(of, _)| *of != file);
            self.event_before = self.event_before.filter(|item| item.file() != file);
            if self.selection.is_some_and(|item| item.file() == file) {
                self.set_selection(None, effects);
            }
            if self.document.as_ref().is_some_and(|open| open.file == file) {
                self.document = None;
            }
        }
        self.files_changed(effects);
        if self.loading.is_none() {
            self.library_settled(effects);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Item;
    use crate::problem::Problem;
    use crate::span::Span;
    use crate::state::tests::{changed, loaded, open};
    use crate::state::{Action, Reread};

    const CALL: &str =
        "---\nevents: [{id: call, date: 2025-03-18, title: The call}]\n---\nThey spoke.\n";
    const VOTE: &str =
        "---\nevents: [{id: vote, date: 2025-03-19, title: The vote}]\n---\nThey voted.\n";

    fn names(state: &State) -> Vec<&str> {
        state
            .library
            .files()
            .map(|file| file.name.as_str())
            .collect()
    }

    /// A library with the second file open and its event selected.
    fn at_the_call() -> (State, Item) {
        let mut state = open(&[("2014/vote.md", VOTE), ("2015/call.md", CALL)]);
        let file = state.library.file_at(Path::new("/library/2015/call.md"));
        let call = Item::Event(file.expect("loaded").id, 0);
        state.apply(Action::Select(call));
        (state, call)
    }

    #[test]
    fn a_folder_that_was_moved_away_takes_its_briefings_along() {
        let (mut state, _) = at_the_call();
        state.apply(changed(&[], &["2015"]));
        assert_eq!(names(&state), ["2014/vote.md"]);
        assert_eq!(state.selection, None);
        assert_eq!(state.library.totals().events, 1);
    }

    #[test]
    fn a_file_or_folder_with_another_name_is_the_same_to_a_reader() {
        let (mut state, call) = at_the_call();
        for (new, old) in [
            ("2015/a-call.md", "2015/call.md"),
            ("2016/a-call.md", "2015"),
        ] {
            state.apply(changed(&[(new, CALL)], &[old]));
            assert_eq!(names(&state), ["2014/vote.md", new]);
            assert_eq!(state.selection, Some(call));
            let open = state.document.as_ref().map(|open| open.file);
            assert_eq!(open, Some(call.file()));
            assert!(state.notices.is_empty(), "{:?}", state.notices);
        }
        // One that says something else is another one.
        state.apply(changed(
            &[("2017.md", "They spoke at length.\n")],
            &["2016"],
        ));
        assert_eq!(names(&state), ["2014/vote.md", "2017.md"]);
        assert_eq!(state.selection, None);
    }

    #[test]
    fn many_files_that_have_gone_are_told_in_one_line() {
        let (mut state, _) = at_the_call();
        state.apply(changed(&[], &["2014/vote.md", "2015/call.md"]));
        let told: Vec<&str> = state.notices.iter().map(|notice| &*notice.text).collect();
        assert_eq!(told, ["2 briefings are no longer there"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_for_a_moment_stays_in_view() {
        let (mut state, call) = at_the_call();
        let mut unread = loaded("2015/call.md", "");
        let problem = Problem::new(Code::FileUnreadable, Span::default(), "denied", "wait");
        unread.problems = [problem].into();
        unread.places = [crate::span::Place { line: 1, column: 1 }].into();
        let files = |file: &Loaded| {
            Action::Changed(Change::Files {
                written: vec![file.clone()],
                gone: Vec::new(),
            })
        };
        state.apply(files(&unread));
        assert_eq!(state.selection, Some(call));
        assert_eq!(state.library.totals().events, 2);
        assert_eq!(state.errors_and_warnings().0, 1, "and that is told");
        assert_eq!(state.apply(files(&unread)), [], "once");
        state.apply(changed(&[("2015/call.md", CALL)], &[]));
        assert_eq!(state.errors_and_warnings().0, 0);
        assert_eq!(state.selection, Some(call));
    }

    #[test]
    fn a_file_that_was_touched_and_says_the_same_changes_nothing() {
        let (mut state, _) = at_the_call();
        let revision = state.library.revision();
        let effects = state.apply(changed(&[("2015/call.md", CALL)], &[]));
        assert_eq!((effects, state.library.revision()), (Vec::new(), revision));
    }

    #[test]
    fn a_library_that_is_walked_again_keeps_the_place_and_tells_what_it_finds() {
        let (mut state, call) = at_the_call();
        assert_eq!(
            state.apply(Action::Changed(Change::Missed)),
            [Effect::Reread]
        );
        let number = state.load_number();
        let reread = || Reread {
            files: vec![loaded("2015/call.md", CALL), loaded("new.md", "# New\n")],
            gone: vec![PathBuf::from("/library/2014/vote.md")],
            troubles: Vec::new(),
        };
        let late = number.wrapping_sub(1);
        state.apply(Action::Reread(late, reread()));
        assert_eq!(state.library.len(), 2, "an answer about another library");
        state.apply(Action::Reread(number, reread()));
        assert_eq!(names(&state), ["2015/call.md", "new.md"]);
        assert_eq!(state.selection, Some(call));
    }

    #[test]
    fn a_load_that_is_cancelled_shows_all_that_was_read_and_watches_it() {
        let mut state = State::default();
        state.apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
        let number = state.load_number();
        let report = |state: &mut State, event| state.apply(Action::Load(number, event));
        for (name, text) in [("call.md", CALL), ("vote.md", VOTE)] {
            report(
                &mut state,
                crate::library::LoadEvent::Ready(vec![loaded(name, text)]),
            );
        }
        report(&mut state, crate::library::LoadEvent::Found(10_000));
        let effects = state.apply(Action::CancelLoad);
        let opened = vec![PathBuf::from("/library")];
        for wanted in [
            Effect::CancelLoad,
            Effect::Watch(opened),
            Effect::IndexLibrary,
        ] {
            assert!(effects.contains(&wanted), "{wanted:?}: {effects:?}");
        }
        assert_eq!(state.timeline.data.index.len(), 2);
        let told = state.notices.last().map(|notice| notice.text.as_str());
        assert_eq!(
            told,
            Some("2 of 10,000 briefings read before it was cancelled; Reload reads all")
        );
    }
}
