//! The main screens as pictures, in both themes, drawn by Mesa's software renderer:
//! `cargo test --features snapshots --test pictures`.
//!
//! Few, small and strict; what words can test is tested by words. A change that was meant is accepted by
//! `UPDATE_SNAPSHOTS=1 cargo test --features snapshots --test pictures`, and looked at before it is committed.

mod window;

use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};
use window::Program;

type Window = Harness<'static, Program>;

const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

/// One screen in both themes.
fn screen(name: &str, prepare: impl Fn(&mut Window)) {
    let mut results = SnapshotResults::new();
    for (theme, suffix) in THEMES {
        let mut window = window::open(vec2(1_040.0, 680.0), theme);
        prepare(&mut window);
        // No pointer, no tooltip, no focus that only this machine's time decides.
        window.remove_cursor();
        window.run_steps(30);
        results.add(window.try_snapshot(format!("{name}-{suffix}")));
    }
}

#[test]
fn reading_with_an_event_selected() {
    screen("reading", |window| {
        window
            .get_by_label_contains(": Trump and Putin speak by telephone")
            .click();
        window.run();
    });
}

#[test]
fn a_copy_open_at_its_quote() {
    screen("copy", |window| {
        for key in [Key::Home, Key::ArrowRight, Key::J, Key::J, Key::Enter] {
            window.key_press_modifiers(Modifiers::NONE, key);
            window.run();
        }
        let state = window.state().app().state();
        assert!(state.open_copy.is_some(), "the copy is open");
    });
}

#[test]
fn an_event_being_presented() {
    screen("presentation", |window| {
        for key in [Key::F11, Key::End] {
            window.key_press_modifiers(Modifiers::NONE, key);
            window.run();
        }
        let state = window.state().app().state();
        assert!(state.presentation.is_some(), "a talk is under way");
    });
}
