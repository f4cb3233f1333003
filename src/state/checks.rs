//! What the checks have found: for the file that is read at once, for all others in the background.
//!
//! A file that is shown or selected is checked before everything else, and the text of its copies is kept. All other files
//! of the library are checked when nothing else is to do, and only their verdicts are kept: enough for standings, filters
//! and sums over the whole library.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of what is held in memory, where what is taken away was added before, and numbers that count changes"
)]

use super::{Effect, State, is_current};
use crate::evidence::{Assessment, Checked, Coverage, Standing};
use crate::library::FileChecks;
use crate::model::{Briefing, FileId};
use crate::problem::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// So many files keep the text of their copies; those that were read before only keep their verdicts.
const MAX_WITH_COPIES: usize = 16;

/// The checks of all files, as far as they have come, with their sums.
#[derive(Debug, Default)]
pub(super) struct LibraryChecks {
    files: BTreeMap<FileId, FileState>,
    sums: CheckSums,
    revision: u64,
    /// The files that were read last and keep the text of their copies, the latest at the end.
    with_copies: Vec<FileId>,
    /// Goes up when something on disk has changed: what was asked for before may tell of what is no longer there.
    round: u64,
}

/// How far the checks of one file have come.
#[derive(Debug, Default)]
struct FileState {
    /// What was found last; also while it is being checked again, so that nothing flickers.
    found: Option<Arc<FileChecks>>,
    /// Asked for, before all others, and not yet answered.
    asked: bool,
    /// Answers to earlier askings are passed over.
    round: u64,
}

impl FileState {
    /// Whether `found` is of the disk as it is now.
    fn is_fresh(&self) -> bool {
        self.found
            .as_ref()
            .is_some_and(|found| found.round >= self.round)
    }
}

/// Sums over all files that have been checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckSums {
    pub files: usize,
    pub coverage: Coverage,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl CheckSums {
    fn of(checks: &FileChecks) -> Self {
        Self {
            files: 1,
            coverage: checks.coverage,
            errors: checks.count(Severity::Error),
            warnings: checks.count(Severity::Warning),
            notes: checks.count(Severity::Note),
        }
    }

    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.coverage += other.coverage;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
    }

    fn take_away(&mut self, other: Self) {
        self.files -= other.files;
        self.coverage -= other.coverage;
        self.errors -= other.errors;
        self.warnings -= other.warnings;
        self.notes -= other.notes;
    }
}

impl LibraryChecks {
    /// For another library: no file is checked, and what was derived from the checks or asked for before no longer counts.
    pub(super) fn emptied(&self) -> Self {
        Self {
            revision: self.revision + 1,
            round: self.round + 1,
            ..Self::default()
        }
    }

    fn set(&mut self, file: FileId, checks: Arc<FileChecks>) {
        self.sums.add(CheckSums::of(&checks));
        let state = self.files.entry(file).or_default();
        state.asked &= checks.round < state.round;
        if let Some(before) = state.found.replace(checks) {
            self.sums.take_away(CheckSums::of(&before));
        }
        self.revision += 1;
    }

    /// Notes that a file is being read; one that was read long ago gives its copies up.
    fn keep_copies(&mut self, file: FileId) {
        self.with_copies.retain(|other| *other != file);
        self.with_copies.push(file);
        if self.with_copies.len() > MAX_WITH_COPIES {
            let oldest = self.with_copies.remove(0);
            let found = self.files.get_mut(&oldest).and_then(|it| it.found.as_mut());
            if let Some(found) = found {
                *found = Arc::new(FileChecks::clone(found).without_copies());
            }
        }
    }

    /// Forgets what was found in a file that is read anew or has gone.
    pub(super) fn forget(&mut self, file: FileId) {
        if let Some(FileState {
            found: Some(found), ..
        }) = self.files.remove(&file)
        {
            self.sums.take_away(CheckSums::of(&found));
        }
        self.revision += 1;
    }
}

impl State {
    /// What the checks of a file have found; `None` until they are done. The text of the copies is there for files that are
    /// or were read, not for all.
    pub fn checks(&self, file: FileId) -> Option<&Arc<FileChecks>> {
        self.checks.files.get(&file)?.found.as_ref()
    }

    /// The outcome of the check of one piece of evidence.
    pub fn checked(&self, evidence: super::EvidenceRef) -> Option<&Checked> {
        self.checks(evidence.file)?
            .get(evidence.owner, evidence.index)
    }

    /// How well a statement is borne out.
    pub fn assessment(&self, file: FileId, statement: u32) -> Option<&Assessment> {
        let statements = &self.checks(file)?.statements;
        statements.get(statement as usize).map(Arc::as_ref)
    }

    /// How well the evidence that an event itself names bears it out.
    pub fn event_standing(&self, file: FileId, event: u32) -> Option<Standing> {
        self.checks(file)?.events.get(event as usize).copied()
    }

    /// Sums over all files that have been checked so far; `files` of them against [`crate::library::Library::len`] says how far
    /// the checks have come.
    pub fn check_sums(&self) -> CheckSums {
        self.checks.sums
    }

    /// Changes whenever the checks of a file come in or are forgotten: what is derived from them can be kept until then.
    pub fn checks_revision(&self) -> u64 {
        self.checks.revision
    }

    /// The number under which checks that are asked for now are to answer, in [`FileChecks::round`].
    pub fn checks_round(&self) -> u64 {
        self.checks.round
    }

    /// Has a file checked before all others, once, with the text of its copies.
    pub(super) fn ask_checks(&mut self, file: FileId, effects: &mut Vec<Effect>) {
        let round = self.checks.round;
        self.checks.keep_copies(file);
        let state = self.checks.files.entry(file).or_default();
        let has_copies = state
            .found
            .as_ref()
            .is_some_and(|found| !found.copies_left_out);
        if !(state.asked || state.is_fresh() && has_copies) {
            state.asked = true;
            state.round = state.round.max(round);
            effects.push(Effect::Check(file));
        }
    }

    /// Has all files checked that are not yet, beside everything else.
    pub(super) fn ask_library_checks(&mut self, effects: &mut Vec<Effect>) {
        let files = self.library.files().map(|file| file.id);
        let open = files.filter(|id| {
            let state = self.checks.files.get(id);
            state.is_none_or(|state| !state.asked && !state.is_fresh())
        });
        let open: Vec<FileId> = open.collect();
        if !open.is_empty() {
            effects.push(Effect::CheckLibrary(open));
        }
    }

    /// Takes in what was found in a file, unless the file or the disk has changed since it was asked for.
    pub(super) fn take_checks(
        &mut self,
        file: FileId,
        briefing: &Arc<Briefing>,
        checks: Arc<FileChecks>,
        effects: &mut Vec<Effect>,
    ) {
        if !is_current(&self.library, file, briefing) {
            return;
        }
        if let Some(state) = self.checks.files.get(&file) {
            let before = state.found.as_ref();
            let is_late = checks.round < before.map_or(state.round, |it| it.round.max(state.round));
            // An answer from the background must not take the copies away from whoever reads them.
            let keeps_copies = before.is_some_and(|before| !before.copies_left_out);
            let is_less =
                checks.copies_left_out && (state.asked || state.is_fresh() && keeps_copies);
            if is_late || is_less {
                return;
            }
        }
        self.checks.set(file, checks);
        self.walk_after_checks(file, effects);
    }

    /// Has those files checked again that depend on what has changed on disk; what was found stays until then.
    pub(super) fn recheck(&mut self, changed: &BTreeSet<PathBuf>, effects: &mut Vec<Effect>) {
        self.checks.round += 1;
        let round = self.checks.round;
        for state in self.checks.files.values_mut() {
            let depends = state
                .found
                .as_ref()
                .is_none_or(|found| found.depends_on_any(changed));
            if depends {
                state.round = round;
                state.asked = false;
            }
        }
        let open = self.document.as_ref().map(|open| open.file);
        let selected = self.selection.map(|item| item.file());
        for file in open.into_iter().chain(selected) {
            self.ask_checks(file, effects);
        }
        self.ask_library_checks(effects);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;
    use crate::library::watch::Change;
    use crate::library::{LoadEvent, load};
    use std::fs;
    use std::path::Path;

    const WORDS: &str = "They freed 22 wounded men in all.";

    fn briefing(quote: &str) -> String {
        format!(
            "---\nsources: {{s: {{title: S, copy: s.txt}}}}\nevents: [{{date: 2025, title: E, sources: ['@s, \"22 wounded\"']}}]\n---\nSo it was [@s, \"{quote}\"].\n"
        )
    }

    /// A library of three files, loaded; and what the end of the load asks for.
    fn opened() -> (State, Vec<Effect>, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        fs::write(root.join("s.txt"), WORDS).expect("written");
        let mut files = Vec::new();
        for (name, quote) in [
            ("a.md", "22 wounded men"),
            ("b.md", "freed 23 wounded men in all"),
            ("c.md", "22 wounded men"),
        ] {
            let path = root.join(name);
            fs::write(&path, briefing(quote)).expect("written");
            files.push(load::reload(&path, &root));
        }
        let mut state = State::default();
        state.apply(Action::OpenPaths(vec![root]));
        let number = state.loading.expect("it loads").number;
        let mut effects = state.apply(Action::Load(number, LoadEvent::Ready(files)));
        effects.extend(state.apply(Action::LoadEnded(number)));
        (state, effects, folder)
    }

    fn id(state: &State, name: &str) -> FileId {
        let mut files = state.library.files();
        files
            .find(|file| file.name == name)
            .expect("it is there")
            .id
    }

    /// What a check answers that is asked for now.
    fn answer(state: &State, file: FileId) -> (FileId, Arc<Briefing>, Arc<FileChecks>) {
        let file = state.library.file(file).expect("it is there");
        let mut checks = FileChecks::of(file);
        checks.round = state.checks_round();
        (file.id, Arc::clone(&file.briefing), Arc::new(checks))
    }

    fn from_background(state: &State, file: FileId) -> (FileId, Arc<Briefing>, Arc<FileChecks>) {
        let (id, briefing, checks) = answer(state, file);
        let checks = FileChecks::clone(&checks).without_copies();
        (id, briefing, Arc::new(checks))
    }

    fn changed(path: &Path) -> Action {
        Action::Changed(Change::Other(vec![path.to_owned()]))
    }

    #[test]
    fn the_open_file_is_checked_first_and_all_others_in_the_background() {
        let (mut state, effects, _folder) = opened();
        let (a, b, c) = (id(&state, "a.md"), id(&state, "b.md"), id(&state, "c.md"));
        assert!(effects.contains(&Effect::Check(a)));
        assert!(effects.contains(&Effect::CheckLibrary(vec![b, c])));
        let answers = vec![from_background(&state, b), from_background(&state, c)];
        state.apply(Action::LibraryChecked(answers));
        assert_eq!(state.check_sums().files, 2);
        assert_eq!(state.check_sums().coverage.altered, 1);
        assert_eq!(state.check_sums().errors, 1);
        assert_eq!(state.event_standing(b, 0), Some(Standing::SingleSource));
        let (a, briefing, checks) = answer(&state, a);
        state.apply(Action::Checked(a, briefing, checks));
        assert_eq!(state.check_sums().coverage.single_source, 2);
        assert_eq!(state.errors_and_warnings().0, 1);
    }

    #[test]
    fn a_file_that_comes_into_view_gets_its_copies_and_keeps_them() {
        let (mut state, _, _folder) = opened();
        let b = id(&state, "b.md");
        let late = from_background(&state, b);
        state.apply(Action::LibraryChecked(vec![from_background(&state, b)]));
        assert!(
            state
                .checks(b)
                .is_some_and(|checks| checks.copies.is_empty())
        );
        let effects = state.apply(Action::Select(crate::model::Item::Statement(b, 0)));
        assert!(effects.contains(&Effect::Check(b)));
        assert!(state.checks(b).is_some(), "the verdicts stay in sight");
        let (file, briefing, checks) = answer(&state, b);
        state.apply(Action::Checked(file, briefing, checks));
        state.apply(Action::LibraryChecked(vec![late]));
        assert!(
            state
                .checks(b)
                .is_some_and(|checks| !checks.copies.is_empty())
        );
        assert_eq!(state.check_sums().files, 1);
    }

    #[test]
    fn a_file_that_was_read_long_ago_gives_its_copies_up_and_keeps_its_verdicts() {
        let (mut state, _, _folder) = opened();
        let a = id(&state, "a.md");
        let (_, briefing, checks) = answer(&state, a);
        state.apply(Action::Checked(a, briefing, checks));
        let has_copies = |state: &State| {
            let checks = state.checks(a).expect("checked");
            !checks.copies.is_empty()
        };
        for other in 100..99 + u32::try_from(MAX_WITH_COPIES).expect("small") {
            state.checks.keep_copies(FileId(other));
        }
        assert!(has_copies(&state));
        state.checks.keep_copies(FileId(99));
        assert!(!has_copies(&state));
        assert_eq!(state.check_sums().coverage.single_source, 1);
    }

    #[test]
    fn a_copy_that_changes_has_its_files_checked_again_and_no_others() {
        let (mut state, _, folder) = opened();
        let root = folder.path().canonicalize().expect("it is there");
        let (a, b, c) = (id(&state, "a.md"), id(&state, "b.md"), id(&state, "c.md"));
        let (a, briefing, checks) = answer(&state, a);
        state.apply(Action::Checked(a, briefing, checks));
        let answers = vec![from_background(&state, b), from_background(&state, c)];
        let before = from_background(&state, b);
        state.apply(Action::LibraryChecked(answers));
        assert_eq!(state.apply(changed(&root.join("other.txt"))), []);
        fs::write(root.join("s.txt"), "They freed 23 wounded men in all.").expect("written");
        let effects = state.apply(changed(&root.join("s.txt")));
        assert_eq!(
            effects,
            [Effect::Check(a), Effect::CheckLibrary(vec![b, c])]
        );
        assert_eq!(state.check_sums().coverage.altered, 1, "nothing flickers");
        // An answer to an earlier asking tells of a copy that is no longer there.
        let now = from_background(&state, b);
        state.apply(Action::LibraryChecked(vec![now]));
        state.apply(Action::LibraryChecked(vec![before]));
        assert_eq!(state.check_sums().coverage.altered, 0);
        // So does a lock that comes, or a folder that goes.
        assert!(!state.apply(changed(&root.join("c.lock.json"))).is_empty());
        assert!(!state.apply(changed(&root)).is_empty());
    }

    #[test]
    fn another_library_begins_anew_with_numbers_that_go_on() {
        let (mut state, _, _folder) = opened();
        let a = id(&state, "a.md");
        let (_, briefing, checks) = answer(&state, a);
        state.apply(Action::Checked(a, briefing, checks));
        let (revision, round) = (state.checks_revision(), state.checks_round());
        state.apply(Action::OpenPaths(vec![PathBuf::from("/elsewhere")]));
        assert_eq!(state.check_sums(), CheckSums::default());
        assert!(state.checks_revision() > revision && state.checks_round() > round);
    }

    #[test]
    fn a_file_that_is_written_or_goes_takes_its_sums_along() {
        let (mut state, _, folder) = opened();
        let root = folder.path().canonicalize().expect("it is there");
        let b = id(&state, "b.md");
        state.apply(Action::LibraryChecked(vec![from_background(&state, b)]));
        fs::write(root.join("b.md"), briefing("22 wounded")).expect("written");
        let again = load::reload(&root.join("b.md"), &root);
        let effects = state.apply(Action::Changed(Change::Files {
            written: vec![again],
            gone: Vec::new(),
        }));
        assert!(state.checks(b).is_none());
        assert_eq!(state.check_sums(), CheckSums::default());
        let asked = effects
            .iter()
            .any(|effect| matches!(effect, Effect::CheckLibrary(files) if files.contains(&b)));
        assert!(asked, "{effects:?}");
        state.apply(Action::LibraryChecked(vec![from_background(&state, b)]));
        state.apply(Action::Changed(Change::Files {
            written: Vec::new(),
            gone: vec![root.join("b.md")],
        }));
        assert_eq!(state.check_sums(), CheckSums::default());
    }
}
