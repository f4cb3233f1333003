//! What is kept from one run to the next: what was open, and whether the last run ended as it should.

use super::App;
use crate::state::{Action, Effect};
use std::time::Duration;

/// How often comfort is saved: what is lost when the power goes.
pub(super) const SAVE_EVERY: Duration = Duration::from_secs(10);

/// After so long, what is open has shown that it does not end the program.
const SETTLED_AFTER: Duration = Duration::from_secs(30);

impl App {
    /// What was open when the program ended; at the first start, the shipped library.
    pub(super) fn open_again(&mut self, context: &egui::Context) {
        let session = self.state.settings.session.clone();
        let is_safe = session.is_safe_to_open();
        if is_safe {
            let view = &mut self.state.start;
            view.file = view.file.take().or(session.file);
            view.event = view.event.take().or(session.event);
            if !session.paths.is_empty() {
                // Whether they are still there is found out beside the window: a drive that does not answer must not hold up
                // the first frame.
                self.opens_again = true;
                self.apply(context, Action::OpenPaths(session.paths));
                return;
            }
        }
        // What was said before a library was opened would be gone with the one before.
        self.carry_out(context, Effect::OpenShipped);
        if let Some(path) = session.paths.first().filter(|_| !is_safe) {
            let text = format!(
                "Sourceline ended unexpectedly with {} open; it is under File, Open recent",
                path.display()
            );
            self.apply(context, Action::Notice(text));
        }
    }

    /// Notes in the settings that the program runs, before anything can end it; and that it ends, when it is
    /// about to. A start that finds the note knows that the last run did not end as it should.
    pub(super) fn mark_as_running(&mut self, context: &egui::Context) {
        // One frame then, so that the note is taken out also of a window that nobody touches.
        let left = SETTLED_AFTER
            .saturating_add(SAVE_EVERY)
            .saturating_sub(self.started.elapsed());
        if !left.is_zero() {
            context.request_repaint_after(left);
        }
        if !std::mem::replace(&mut self.marked, true) {
            let session = &mut self.state.settings.session;
            session.unfinished = session.unfinished.saturating_add(1);
            self.settings_file
                .keep(&self.state.settings, false, &self.tasks);
        }
    }

    /// Keeps settings and session for the next start.
    pub(super) fn save_session(&mut self) {
        let mut settings = self.state.settings_to_keep();
        // A system that shuts down may end the program without a word: only an early end is a bad sign.
        if self.closing || self.started.elapsed() >= SETTLED_AFTER {
            settings.session.unfinished = 0;
        }
        self.settings_file
            .keep(&settings, self.closing, &self.tasks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Start;
    use crate::state::{Session, Settings};

    fn start(session: Session) -> App {
        let settings = Settings {
            session,
            ..Settings::default()
        };
        App::with_settings(&egui::Context::default(), settings, Start::default(), true)
    }

    /// A library with two briefings, of which the second has an event.
    fn library() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("a briefing");
        };
        write("a.md", "# First\n");
        write(
            "b.md",
            "---\nevents:\n  - {id: e, date: 2025-03-18, title: It}\n---\n",
        );
        folder
    }

    fn session(folder: &tempfile::TempDir, unfinished: u8) -> Session {
        Session {
            paths: vec![folder.path().to_owned()],
            file: Some("b.md".to_owned()),
            event: Some("e".to_owned()),
            unfinished,
        }
    }

    #[test]
    fn what_was_open_is_open_again_also_after_one_crash() {
        let folder = library();
        for unfinished in [0, 1] {
            let mut app = start(session(&folder, unfinished));
            app.take_answers(&egui::Context::default());
            let state = app.state();
            assert_eq!(state.opened, [folder.path()]);
            let shown = state.document.as_ref().expect("a document").file;
            assert_eq!(
                state.library.file(shown).map(|file| file.name.as_str()),
                Some("b.md")
            );
            assert!(state.selection.is_some(), "the event is selected again");
            let kept = state.settings_to_keep().session;
            assert_eq!(
                kept,
                session(&folder, unfinished),
                "and would be kept again"
            );
        }
    }

    #[test]
    fn a_library_that_ended_the_program_twice_is_named_and_not_opened() {
        let folder = library();
        let mut app = start(session(&folder, 2));
        app.take_answers(&egui::Context::default());
        let state = app.state();
        assert!(state.is_shipped);
        let name = folder.path().display().to_string();
        assert!(
            state
                .notices
                .iter()
                .any(|notice| notice.text.contains(&name))
        );
    }

    #[test]
    fn a_library_that_is_gone_makes_room_for_the_shipped_one() {
        let folder = library();
        let session = session(&folder, 0);
        drop(folder);
        let mut app = start(session);
        app.take_answers(&egui::Context::default());
        assert!(app.state().is_shipped);
        assert!(app.state().notices.is_empty());
    }
}
