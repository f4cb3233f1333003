//! The seam at which panics end: a frame that fails is drawn anew, and a state that may be half changed is replaced.
//!
//! Views only read, so that after a panic in one of them everything but their own memory is whole. A panic while an
//! action is carried out may leave the state between two others: then the program starts over with the same files.

use super::{App, faults};
use crate::disk::write_whole;
use crate::state::{Action, Effect, State};
use crate::ui::Views;
use crate::ui::failure::{self, Choice, FailureView};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A frame that fails so often in a row will not succeed.
const FRAMES_TRIED: u32 = 3;

/// What the window knows of faults.
#[derive(Default)]
pub(super) struct Guard {
    /// How many faults the user has been told of.
    told: usize,
    frames_failed: u32,
    view: Option<FailureView>,
}

impl App {
    /// Runs what changes the state. When it panics, starts over.
    pub(super) fn guarded(&mut self, context: &egui::Context, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.start_over(context);
        }
    }

    /// Draws one frame, and says when something has gone wrong since the last.
    pub(super) fn show_guarded(&mut self, ui: &mut egui::Ui) {
        let context = ui.ctx().clone();
        let is_stuck = self.guard.frames_failed >= FRAMES_TRIED;
        if !is_stuck {
            let shown = catch_unwind(AssertUnwindSafe(|| self.show(ui)));
            if shown.is_ok() {
                self.guard.frames_failed = 0;
            } else {
                self.guard.frames_failed = self.guard.frames_failed.saturating_add(1);
                self.views = Views::default();
                context.request_repaint();
            }
        }
        let faults = faults::count();
        if faults > self.guard.told {
            self.guard.told = faults;
            self.guard.view.get_or_insert_default().is_saved = None;
        }
        let Some(view) = &mut self.guard.view else {
            return;
        };
        match failure::show(&context, view, is_stuck) {
            None => {}
            Some(Choice::GoOn) => self.guard.view = None,
            Some(Choice::StartOver) => self.start_over(&context),
            Some(Choice::Quit) => context.send_viewport_cmd(egui::ViewportCommand::Close),
            Some(Choice::Copy) => context.copy_text(faults::report()),
            Some(Choice::Save(path)) => {
                let path = super::written_path::from_text(&path);
                view.is_saved = Some(write_whole(&path, faults::report().as_bytes()));
            }
        }
    }

    /// Leaves the state as it may be, and opens the same files in a new one; when that fails too, the shipped ones.
    fn start_over(&mut self, context: &egui::Context) {
        let paths = self.state.opened.clone();
        self.state = State::new(self.state.settings.clone());
        self.views = Views::default();
        self.guard.frames_failed = 0;
        self.guard.view = None;
        let open = catch_unwind(AssertUnwindSafe(|| {
            if paths.is_empty() {
                self.carry_out(context, Effect::OpenShipped);
            } else {
                self.apply(context, Action::OpenPaths(paths));
            }
        }));
        if open.is_err() {
            self.state = State::new(self.state.settings.clone());
        }
        context.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Start;
    use egui::accesskit::Role;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;
    use std::path::PathBuf;

    /// The program; it comes to be in the first frame, since it belongs to its window.
    type Program = Option<App>;

    fn window() -> Harness<'static, Program> {
        faults::install();
        let mut window = Harness::builder()
            .with_size([1200.0, 800.0])
            .allow_missing_glyphs()
            .build_ui_state(
                |ui, program: &mut Program| {
                    let Some(app) = program else {
                        let folder =
                            PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/briefings"));
                        let start = Start {
                            paths: vec![folder],
                            ..Start::default()
                        };
                        let mut app = App::for_tests(ui.ctx(), start);
                        app.guard.told = faults::count();
                        *program = Some(app);
                        ui.request_repaint();
                        return;
                    };
                    let context = ui.ctx().clone();
                    app.guarded(&context, |app| app.take_answers(&context));
                    app.show_guarded(ui);
                },
                None,
            );
        window.run_steps(4);
        window
    }

    fn app<'w>(window: &'w mut Harness<'static, Program>) -> &'w mut App {
        window
            .state_mut()
            .as_mut()
            .expect("the first frame has been")
    }

    #[test]
    fn a_frame_that_fails_once_is_told_and_the_window_goes_on() {
        let mut window = window();
        let files = app(&mut window).state.library.len();
        app(&mut window).failing_frames = 1;
        window.run_steps(1);
        app(&mut window).failing_frames = 0;
        window.run_steps(3);
        window.get_by_label("Something went wrong inside Sourceline");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.txt");
        let field = window.get_by_role_and_label(Role::TextInput, "Save the report as");
        field.focus();
        window.run_steps(2);
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        let field = window.get_by_role_and_label(Role::TextInput, "Save the report as");
        field.type_text(&path.display().to_string());
        window.run_steps(2);
        window.get_by_label("Save report").click();
        window.run_steps(3);
        window.get_by_label("The report is saved");
        let report = std::fs::read_to_string(&path).expect("a report");
        assert!(report.contains("src/app.rs:"), "{report}");
        assert!(
            !report.contains("Putin"),
            "nothing of the briefings is in it"
        );
        window.get_by_label("Go on").click();
        window.run_steps(3);
        assert!(
            window
                .query_by_label("Something went wrong inside Sourceline")
                .is_none()
        );
        assert_eq!(app(&mut window).state.library.len(), files);
    }

    #[test]
    fn a_view_that_always_fails_leaves_a_way_out() {
        let mut window = window();
        window.run_steps(3);
        app(&mut window).failing_frames = 1;
        window.run_steps(5);
        window.get_by_label("This view cannot be drawn. Your files are as they were.");
        app(&mut window).failing_frames = 0;
        window.get_by_label("Start over").click();
        window.run_steps(5);
        assert!(window.query_by_label("Start over").is_none());
        assert!(
            app(&mut window).state.library.len() > 1,
            "the same files are open"
        );
    }

    #[test]
    fn work_that_fails_while_it_changes_the_state_starts_over_with_the_same_files() {
        let mut window = window();
        window.run_steps(3);
        let context = window.ctx.clone();
        let files = app(&mut window).state.library.len();
        app(&mut window).guarded(&context, |app| {
            app.state.library = crate::library::Library::default();
            panic!("as planned");
        });
        window.run_steps(5);
        assert_eq!(app(&mut window).state.library.len(), files);
        window.get_by_label("Something went wrong inside Sourceline");
    }

    #[test]
    fn a_task_that_fails_is_told_in_the_window() {
        let mut window = window();
        window.run_steps(3);
        app(&mut window)
            .tasks
            .start("counting", |_| panic!("as planned"));
        window.run_steps(3);
        window.get_by_label("Something went wrong inside Sourceline");
    }
}
