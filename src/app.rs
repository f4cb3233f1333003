//! The shell of the window: hands input to the views, actions to the state, and carries out effects.

use crate::date::Instant;
use crate::library::checks::OutcomeCache;
use crate::library::load::is_briefing;
use crate::library::watch::Watch;
use crate::state::{Action, Motion, Settings, StartView, State, Theme};
use crate::tasks::Tasks;
use crate::ui::{self, Views};
use settings_file::SettingsFile;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

mod dialogs;
mod effects;
mod export;
pub mod faults;
mod guard;
mod new_briefing;
mod searching;
mod session;
pub mod settings_file;
mod shipped;
mod system_look;
mod written_path;

/// The program in its window.
pub struct App {
    state: State,
    views: Views,
    tasks: Tasks<Action>,
    /// Set to end the running load.
    cancel_load: Arc<AtomicBool>,
    /// When it began.
    load_began: SystemTime,
    /// What is opened next was open at the last start, and may have gone since.
    opens_again: bool,
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
    first_frame: FirstFrame,
    started: std::time::Instant,
    guard: guard::Guard,
    settings_file: SettingsFile,
    /// Lets that many frames fail, to see what the window does then.
    #[cfg(test)]
    failing_frames: u32,
}

/// How far the first frame has come.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum FirstFrame {
    #[default]
    Due,
    Drawn,
    /// It is on the screen, and the log has it.
    Told,
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
        let file = SettingsFile::in_folder(eframe::storage_dir("sourceline"));
        let settings = file.read().unwrap_or_default();
        let mut app = Self::with_settings(&creation.egui_ctx, settings, start, false);
        app.settings_file = file;
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
            load_began: SystemTime::now(),
            opens_again: false,
            cancel_checks: Arc::new(AtomicBool::new(false)),
            outcomes: Arc::default(),
            exports: export::Exports::default(),
            watch: None,
            searching: searching::Searching::default(),
            marked: false,
            closing: false,
            first_frame: FirstFrame::default(),
            started: std::time::Instant::now(),
            guard: guard::Guard::default(),
            settings_file: SettingsFile::default(),
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
        self.rest_after_export(&context);
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

    /// The folder that is open, where one is.
    fn folder_of_library(&self) -> Option<PathBuf> {
        let mut opened = self.state.opened.iter();
        // By its name: the disk might not answer at once.
        opened.find(|path| !is_briefing(path)).cloned()
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
    fn open_written(&self, text: String, nothing: String) {
        self.tasks.start("looking for a path", move |answer| {
            let path = written_path::from_text(&text);
            let path = std::path::absolute(&path).unwrap_or(path);
            answer.send(if path.exists() {
                Action::OpenPaths(vec![path])
            } else {
                Action::Notice(nothing)
            });
        });
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
            self.open_written(text, nothing.to_owned());
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, context: &egui::Context, _frame: &mut eframe::Frame) {
        if self.first_frame == FirstFrame::Drawn {
            self.first_frame = FirstFrame::Told;
            tracing::debug!("the first frame is on the screen");
        }
        self.mark_as_running(context);
        self.closing |= context.input(|input| input.viewport().close_requested());
        self.guarded(context, |app| {
            app.take_answers(context);
            app.take_dropped_and_pasted(context);
        });
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show_guarded(ui);
        if self.first_frame == FirstFrame::Due {
            self.first_frame = FirstFrame::Drawn;
            ui.ctx().request_repaint();
        }
    }

    fn save(&mut self, _storage: &mut dyn eframe::Storage) {
        self.save_session();
    }

    fn auto_save_interval(&self) -> std::time::Duration {
        session::SAVE_EVERY
    }
}
