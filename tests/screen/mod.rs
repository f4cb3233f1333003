//! The whole program in a window without a screen, at any size, on any library, with its actions sent by hand.

use egui::{Theme, Vec2};
use egui_kittest::kittest::NodeT as _;
use egui_kittest::{Harness, HarnessBuilder};
use sourceline::app::{App, Start};
use sourceline::state::{Action, Motion};
use std::path::PathBuf;

pub type Window = Harness<'static, Option<App>>;

/// The library that opens when none is named.
pub const SHIPPED: Option<PathBuf> = None;

/// The whole program in a window without a screen. Work beside the window is done at once.
pub fn window(path: Option<PathBuf>, size: Vec2, theme: Theme) -> Window {
    let builder = Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_max_steps(60);
    // Without a path, the shipped library opens.
    let start = Start {
        paths: path.into_iter().collect(),
        ..Start::default()
    };
    let mut window = open(builder, start);
    apply(
        &mut window,
        Action::SetTheme(match theme {
            Theme::Light => sourceline::state::Theme::Light,
            Theme::Dark => sourceline::state::Theme::Dark,
        }),
    );
    apply(&mut window, Action::SetMotion(Motion::Off));
    window
}

/// The same in a window of one's own; the program comes to be in the first frame, since it belongs to its window.
pub fn open(builder: HarnessBuilder<Option<App>>, start: Start) -> Window {
    let mut start = Some(start);
    let show = move |ui: &mut egui::Ui, app: &mut Option<App>| match app {
        Some(app) => {
            app.take_answers(ui.ctx());
            app.show(ui);
        }
        // Faces that are installed in a frame can be used from the next one on.
        None => {
            *app = Some(App::for_tests(ui.ctx(), start.take().unwrap_or_default()));
            ui.request_repaint();
        }
    };
    builder.build_ui_state(show, None)
}

pub fn apply(window: &mut Window, action: Action) {
    let context = window.ctx.clone();
    if let Some(app) = window.state_mut() {
        app.apply(&context, action);
    }
    window.run_ok();
}

pub fn state(window: &Window) -> &sourceline::state::State {
    window.state().as_ref().expect("the program runs").state()
}

/// What a node is called; a text is called by its words.
pub fn name(node: egui_kittest::Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().or(node.value()).unwrap_or_default()
}
