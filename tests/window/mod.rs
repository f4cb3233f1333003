//! The whole program in a window without a screen.

use egui::{Theme, Vec2};
use egui_kittest::Harness;
use sourceline::app::{App, Start};
use std::path::Path;

/// The program; it comes to be in the first frame, since it belongs to its window.
#[derive(Default)]
pub struct Program(Option<App>);

impl Program {
    pub fn app(&self) -> &App {
        self.0.as_ref().expect("the first frame has been")
    }
}

/// The window on the shipped briefing about the call, at rest.
pub fn open(size: Vec2, theme: Theme) -> Harness<'static, Program> {
    let mut window = Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_max_steps(60)
        // What our fonts lack the system supplies, but not to a test.
        .allow_missing_glyphs()
        .build_ui_state(
            move |ui, program: &mut Program| match &mut program.0 {
                Some(app) => {
                    app.take_answers(ui.ctx());
                    // From edge to edge, as in a window.
                    let whole = ui.content_rect();
                    let mut window = ui.new_child(egui::UiBuilder::new().max_rect(whole));
                    window.set_clip_rect(whole);
                    app.show(&mut window);
                }
                None => {
                    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings");
                    let start = Start {
                        paths: vec![shipped.join("trump-putin-call.md")],
                        ..Start::default()
                    };
                    program.0 = Some(App::for_tests(ui.ctx(), start));
                    // The program follows the system, which a test has none of.
                    ui.ctx().set_theme(theme);
                    // Fonts are there from the next frame on.
                    ui.request_repaint();
                }
            },
            Program::default(),
        );
    window.run();
    window
}
