//! The shell of the window: hands input to the views, actions to the state, and carries out effects.

use crate::date::Instant;
use crate::library::checks::{OutcomeCache, check_in_background};
use crate::library::watch::{Watch, watch};
use crate::library::{self, FileChecks, LoadEvent, copies::Copies, load, pictures, views};
use crate::model::FileId;
use crate::parse;
use crate::state::{
    Action, Effect, FilterAction, Motion, Settings, StartView, State, Theme, TimelineAction,
    ViewAction,
};
use crate::tasks::Tasks;
use crate::ui::{self, Views};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

mod dialogs;
mod export;
pub mod faults;
mod guard;
mod new_briefing;
mod searching;
mod shipped;
mod system_look;
mod written_path;

pub(crate) use searching::cache_folder;

/// The program in its window.
pub struct App {
    state: State,
    views: Views,
    tasks: Tasks<Action>,
    /// Set to end the running load.
    cancel_load: Arc<AtomicBool>,
    /// Set to end the checks of the library that run in the background.
    cancel_checks: Arc<AtomicBool>,
    /// What the checks have found so far, by copy and quotation.
    outcomes: Arc<OutcomeCache>,
    exports: export::Exports,
    /// Ends when it is replaced.
    watch: Option<Watch>,
    searching: searching::Searching,
    /// It stands in the settings that the program runs.
    marked: bool,
    /// The window was asked to close.
    closing: bool,
    started: std::time::Instant,
    guard: guard::Guard,
    /// Lets that many frames fail, to see what the window does then.
    #[cfg(test)]
    failing_frames: u32,
}

/// What the command line asked for.
#[derive(Debug, Default)]
pub struct Start {
    pub paths: Vec<PathBuf>,
    pub view: StartView,
}

impl App {
    /// The program in a window of eframe.
    pub fn new(creation: &eframe::CreationContext<'_>, start: Start) -> Self {
        let settings: Settings = creation
            .storage
            .and_then(|storage| eframe::get_value(storage, eframe::APP_KEY))
            .unwrap_or_default();
        let app = Self::with_settings(&creation.egui_ctx, settings, start, false);
        system_look::follow(&app.tasks);
        app
    }

    /// The program for tests: all work is done at once, in the thread of the window.
    pub fn for_tests(context: &egui::Context, start: Start) -> Self {
        Self::with_settings(context, Settings::default(), start, true)
    }

    fn with_settings(
        context: &egui::Context,
        settings: Settings,
        start: Start,
        inline: bool,
    ) -> Self {
        ui::theme::install(context);
        let mut app = Self {
            state: State::new(settings),
            views: Views::default(),
            tasks: Tasks::new(context.clone(), inline, Action::Notice),
            cancel_load: Arc::new(AtomicBool::new(false)),
            cancel_checks: Arc::new(AtomicBool::new(false)),
            outcomes: Arc::default(),
            exports: export::Exports::default(),
            watch: None,
            searching: searching::Searching::default(),
            marked: false,
            closing: false,
            started: std::time::Instant::now(),
            guard: guard::Guard::default(),
            #[cfg(test)]
            failing_frames: 0,
        };
        app.state.start = start.view;
        app.set_theme(context, app.state.settings.theme);
        app.set_look(context);
        if start.paths.is_empty() {
            app.open_again(context);
        } else {
            app.apply(context, Action::OpenPaths(start.paths));
        }
        app
    }

    /// What was open when the program ended; at the first start, the shipped library.
    fn open_again(&mut self, context: &egui::Context) {
        let session = self.state.settings.session.clone();
        let is_there = session.paths.iter().all(|path| path.exists());
        let is_safe = session.is_safe_to_open();
        if is_safe && is_there {
            let view = &mut self.state.start;
            view.file = view.file.take().or(session.file);
            view.event = view.event.take().or(session.event);
            if !session.paths.is_empty() {
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

    pub fn state(&self) -> &State {
        &self.state
    }

    /// Changes the state and does what follows from it.
    pub fn apply(&mut self, context: &egui::Context, action: Action) {
        for effect in self.state.apply(action) {
            self.carry_out(context, effect);
        }
    }

    /// Takes in what tasks have found. Runs also while the window is hidden.
    pub fn take_answers(&mut self, context: &egui::Context) {
        while let Some(action) = self.tasks.next() {
            self.apply(context, action);
        }
    }

    /// Draws one frame.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        self.tell_time(ui.ctx());
        let mut actions = Vec::new();
        ui::show(ui, &self.state, &mut self.views, &mut actions);
        #[cfg(test)]
        {
            assert_eq!(self.failing_frames, 0, "as planned");
        }
        let context = ui.ctx().clone();
        for action in actions {
            self.apply(&context, action);
        }
    }

    /// Keeps the state's clock going while something shows it; otherwise the window rests.
    fn tell_time(&mut self, context: &egui::Context) {
        if !self.state.settings.now_line {
            return;
        }
        let since_1970 = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let ms = i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX);
        self.apply(context, Action::Clock(Instant(ms)));
    }

    fn carry_out(&mut self, context: &egui::Context, effect: Effect) {
        match effect {
            Effect::PickFile => dialogs::pick(&self.tasks, dialogs::Wanted::File),
            Effect::OpenWritten(text) => {
                let nothing = || format!("Nothing is at {}", text.trim());
                self.open_written(context, &text, nothing);
            }
            Effect::PickFolder => dialogs::pick(&self.tasks, dialogs::Wanted::Folder),
            Effect::RequestPaste => {
                context.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            }
            Effect::OpenShipped => match shipped::folder() {
                Some(folder) => self.apply(context, Action::OpenShipped(folder)),
                None => self.apply(
                    context,
                    Action::Notice(
                        "The shipped library is not installed; open a folder of your own"
                            .to_owned(),
                    ),
                ),
            },
            Effect::Load(number, paths) => self.start_load(number, paths),
            Effect::CancelLoad => self.cancel_load.store(true, Ordering::Relaxed),
            Effect::Watch(paths) => self.start_watch(context, &paths),
            Effect::Reload(files) => self.tasks.start("reading files again", move |answer| {
                answer.send(Action::Reloaded(load::reload_all(&files)));
            }),
            Effect::LayOut(file) => {
                if let Some(briefing) = self.state.library.briefing(file).cloned() {
                    self.tasks.start("laying out a briefing", move |answer| {
                        let document = Arc::new(parse::document(&briefing));
                        answer.send(Action::DocumentReady(file, briefing, document));
                    });
                }
            }
            Effect::Check(id) => {
                if let Some(file) = self.state.library.file(id).cloned() {
                    let outcomes = Arc::clone(&self.outcomes);
                    let round = self.state.checks_round();
                    self.tasks.start("checking quotations", move |answer| {
                        let mut checks =
                            FileChecks::remembering(&file, &Copies::default(), &outcomes);
                        checks.round = round;
                        answer.send(Action::Checked(id, file.briefing, Arc::new(checks)));
                    });
                }
            }
            Effect::CheckLibrary(files) => self.start_checks(&files),
            Effect::IndexTimeline(number) => {
                let build = self.state.timeline.build(&self.state.library);
                self.tasks.start("sorting events in", move |answer| {
                    let indexed = TimelineAction::Indexed(number, Arc::new(build.run()));
                    answer.send(Action::Timeline(indexed));
                });
            }
            Effect::ListTimeline(number) => {
                let build = self.state.timeline.list_build(&self.state.library);
                self.tasks.start("listing events", move |answer| {
                    let listed = TimelineAction::Listed(number, Arc::new(build.run()));
                    answer.send(Action::Timeline(listed));
                });
            }
            Effect::MergeLanes(node, lanes) => {
                let data = Arc::clone(&self.state.timeline.data);
                self.tasks.start("merging lanes", move |answer| {
                    let merged = Arc::new(data.index.merged(&lanes));
                    let index = data.index.id();
                    let merged = TimelineAction::Merged(index, node, lanes, merged);
                    answer.send(Action::Timeline(merged));
                });
            }
            Effect::ReadViews(root) => self.tasks.start("reading views", move |answer| {
                answer.send(views_read(views::read(&root)));
            }),
            Effect::SaveView(root, view) => self.tasks.start("saving a view", move |answer| {
                let saved = views::save(&root, &view);
                if saved.is_ok() {
                    answer.send(Action::Notice(format!("Saved as {}", view.name)));
                }
                answer.send(views_read(saved));
            }),
            Effect::DeleteView(root, name) => self.tasks.start("deleting a view", move |answer| {
                answer.send(views_read(views::delete(&root, &name)));
            }),
            Effect::IndexLibrary => self.searching.sync(&self.state, &self.tasks),
            Effect::Search(number) => self.searching.find(number, &self.state, &self.tasks),
            Effect::Choose(number) => {
                let choice = self.state.choice();
                self.tasks.start("making out what is shown", move |answer| {
                    let chosen = FilterAction::Chosen(number, Arc::new(choice.run()));
                    answer.send(Action::Filter(chosen));
                });
            }
            Effect::ReadPicture(id, path) => {
                if let Some(file) = self.state.library.file(id).cloned() {
                    self.tasks.start("reading a picture", move |answer| {
                        let picture = pictures::read(&file, &path).map(Arc::new);
                        answer.send(Action::PictureReady(id, path, picture));
                    });
                }
            }
            Effect::CopyText(text) => context.copy_text(text),
            Effect::OpenAddress(address) => {
                if ui::link::may_be_opened(&address) {
                    context.open_url(egui::OpenUrl::new_tab(address));
                } else {
                    self.apply(
                        context,
                        Action::Notice(
                            "Only http, https and mailto addresses are opened".to_owned(),
                        ),
                    );
                }
            }
            Effect::RevealFile(path) => dialogs::reveal(&self.tasks, path),
            Effect::SetTheme(theme) => self.set_theme(context, theme),
            Effect::SetLook => self.set_look(context),
            Effect::FullScreen(full) => {
                context.send_viewport_cmd(egui::ViewportCommand::Fullscreen(full));
            }
            Effect::PickNewBriefing => new_briefing::ask(&self.tasks, self.folder_of_library()),
            Effect::WriteNewBriefing(path) => {
                let path = written_path::from_text(&path.to_string_lossy());
                let folder = self.folder_of_library();
                let inside = folder.is_some_and(|folder| path.starts_with(folder));
                new_briefing::write(&self.tasks, path, inside);
            }
            Effect::PreviewExport(serial, request) => self.preview_export(serial, *request),
            Effect::DrawPage(serial, page) => self.draw_page(context, serial, page),
            Effect::PickExport(form, name) => self.pick_export(form, name),
            Effect::WriteExport(serial, path, request) => {
                self.write_export(serial, path, *request);
            }
            Effect::CancelExport => self.cancel_export(),
            Effect::CopyChronology(request) => self.copy_chronology(*request),
            Effect::CopyRichText(html, text) => self.copy_rich_text(context, &html, text),
            Effect::Quit => context.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Checks files beside everything else, in place of what was still being checked so.
    fn start_checks(&mut self, files: &[FileId]) {
        self.cancel_checks.store(true, Ordering::Relaxed);
        let cancel = Arc::new(AtomicBool::new(false));
        self.cancel_checks = Arc::clone(&cancel);
        let outcomes = Arc::clone(&self.outcomes);
        let round = self.state.checks_round();
        let files: Vec<_> = files
            .iter()
            .filter_map(|&id| self.state.library.file(id).cloned())
            .collect();
        self.tasks.start("checking the library", move |answer| {
            check_in_background(&files, &outcomes, &cancel, &|ready| {
                let answers = ready.into_iter().map(|(file, mut checks)| {
                    checks.round = round;
                    (file.id, file.briefing, Arc::new(checks))
                });
                answer.send(Action::LibraryChecked(answers.collect()));
            });
        });
    }

    fn start_load(&mut self, number: u64, paths: Vec<PathBuf>) {
        self.cancel_checks.store(true, Ordering::Relaxed);
        let cancel = Arc::new(AtomicBool::new(false));
        self.cancel_load = Arc::clone(&cancel);
        self.tasks.start("loading a library", move |answer| {
            let report = |event: LoadEvent| answer.send(Action::Load(number, event));
            library::load(&paths, &cancel, &report);
            answer.send(Action::LoadEnded(number));
        });
    }

    fn start_watch(&mut self, context: &egui::Context, paths: &[PathBuf]) {
        self.watch = None;
        // Tests read again when they want to; they must not wait for the disk.
        if paths.is_empty() || self.tasks.is_inline() {
            return;
        }
        let answer = self.tasks.answer();
        match watch(paths, move |change| answer.send(Action::Changed(change))) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => {
                let text = format!(
                    "Changes show only after a reload: no thread could be started ({error})"
                );
                self.apply(context, Action::Notice(text));
            }
        }
    }

    /// The folder that is open, where one is.
    fn folder_of_library(&self) -> Option<PathBuf> {
        let mut opened = self.state.opened.iter();
        opened.find(|path| path.is_dir()).cloned()
    }

    /// Sets contrast and motion, as the user or the system wants them.
    fn set_look(&self, context: &egui::Context) {
        let State {
            settings, system, ..
        } = &self.state;
        // Where the toolkit does not know the theme of the system, this one is taken.
        if let Some(dark) = system.dark {
            context.options_mut(|options| {
                options.fallback_theme = if dark {
                    egui::Theme::Dark
                } else {
                    egui::Theme::Light
                };
            });
        }
        let look = ui::theme::Look {
            high_contrast: settings.high_contrast || system.high_contrast,
            motion: match settings.motion {
                Motion::System => !system.less_motion,
                Motion::On => true,
                Motion::Off => false,
            },
        };
        ui::theme::set_look(context, look);
        context.request_repaint();
    }

    fn set_theme(&self, context: &egui::Context, theme: Theme) {
        context.set_theme(match theme {
            Theme::System => egui::ThemePreference::System,
            Theme::Light => egui::ThemePreference::Light,
            Theme::Dark => egui::ThemePreference::Dark,
        });
    }

    /// Opens a path that the user has written; where nothing is, says `nothing`.
    fn open_written(
        &mut self,
        context: &egui::Context,
        text: &str,
        nothing: impl FnOnce() -> String,
    ) {
        let path = written_path::from_text(text);
        let action = if path.exists() {
            Action::OpenPaths(vec![path])
        } else {
            Action::Notice(nothing())
        };
        self.apply(context, action);
    }

    /// Files and folders dropped on the window, and a path that was pasted while nothing is being typed.
    fn take_dropped_and_pasted(&mut self, context: &egui::Context) {
        let typing = context.text_edit_focused();
        let (dropped, pasted) = context.input(|input| {
            let dropped: Vec<PathBuf> = input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_owned())
                .filter(|path| !path.as_os_str().is_empty())
                .collect();
            let pasted = input.events.iter().find_map(|event| match event {
                egui::Event::Paste(text) if !typing => Some(text.trim().to_owned()),
                _ => None,
            });
            (dropped, pasted)
        });
        if !dropped.is_empty() {
            self.apply(context, Action::OpenPaths(dropped));
        } else if let Some(text) = pasted {
            let nothing = "The clipboard holds no path of a file or a folder";
            self.open_written(context, &text, || nothing.to_owned());
        }
    }
}

/// How often comfort is saved: what is lost when the power goes.
const SAVE_EVERY: std::time::Duration = std::time::Duration::from_secs(10);

fn views_read(read: Result<Vec<views::View>, views::ViewsFault>) -> Action {
    Action::View(ViewAction::Read(read.map_err(|fault| fault.to_string())))
}

/// After so long, what is open has shown that it does not end the program.
const SETTLED_AFTER: std::time::Duration = std::time::Duration::from_secs(30);

impl eframe::App for App {
    fn logic(&mut self, context: &egui::Context, frame: &mut eframe::Frame) {
        self.mark_as_running(context, frame);
        self.closing |= context.input(|input| input.viewport().close_requested());
        self.guarded(context, |app| {
            app.take_answers(context);
            app.take_dropped_and_pasted(context);
        });
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show_guarded(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        let mut settings = self.state.settings_to_keep();
        // A system that shuts down may end the program without a word: only an early end is a bad sign.
        if self.closing || self.started.elapsed() >= SETTLED_AFTER {
            settings.session.unfinished = 0;
        }
        eframe::set_value(storage, eframe::APP_KEY, &settings);
    }

    fn auto_save_interval(&self) -> std::time::Duration {
        SAVE_EVERY
    }
}

impl App {
    /// Notes in the settings that the program runs, before anything can end it; and that it ends, when it is
    /// about to. A start that finds the note knows that the last run did not end as it should.
    fn mark_as_running(&mut self, context: &egui::Context, frame: &mut eframe::Frame) {
        // One frame then, so that the note is taken out also of a window that nobody touches.
        let left = (SETTLED_AFTER + SAVE_EVERY).saturating_sub(self.started.elapsed());
        if !left.is_zero() {
            context.request_repaint_after(left);
        }
        if !std::mem::replace(&mut self.marked, true) {
            let session = &mut self.state.settings.session;
            session.unfinished = session.unfinished.saturating_add(1);
            if let Some(storage) = frame.storage_mut() {
                eframe::set_value(storage, eframe::APP_KEY, &self.state.settings);
                storage.flush();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Session;

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
