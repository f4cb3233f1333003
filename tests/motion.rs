//! What moves, moves softly and not for long; and what was pressed stays where it is.

#[expect(dead_code, reason = "other tests use the rest")]
mod screen;

use egui::{Key, Modifiers, Role, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use screen::{Window, apply};
use sourceline::app::Start;
use sourceline::state::{Action, Motion};

const FRAMES_A_SECOND: f32 = 60.0;
/// 200 ms, the longest that anything may move.
const MOST_FRAMES: usize = 12;

/// The window with motion, whose clock goes on by a sixtieth of a second a frame.
fn window() -> Window {
    let builder = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_theme(Theme::Dark)
        .with_step_dt(1.0 / FRAMES_A_SECOND)
        .with_max_steps(200);
    let mut window = screen::open(builder, Start::default());
    window.run_ok();
    apply(&mut window, Action::SetMotion(Motion::On));
    window.run_steps(30);
    window
}

/// Where something stands in each frame after a key.
fn path(window: &mut Window, key: Key, place: impl Fn(&Window) -> Option<f32>) -> Vec<f32> {
    window.key_press(key);
    let mut path = Vec::new();
    for _ in 0..2 * MOST_FRAMES {
        window.step();
        path.extend(place(window));
    }
    path
}

/// Where the first thing begins whose name contains this.
fn top_of(window: &Window, name: &str) -> Option<f32> {
    let mut found = window.query_all_by_label_contains(name);
    found.next().map(|node| node.rect().top())
}

/// Each step goes the same way, there are several of them, and the way ends in time.
fn assert_soft(path: &[f32]) {
    let (first, last) = (path.first().copied(), path.last().copied());
    assert_ne!(first, last, "it moved: {path:?}");
    let steps: Vec<f32> = path.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(
        steps.iter().filter(|&&step| step != 0.0).count() > 3,
        "{path:?}"
    );
    let (down, up) = (
        steps.iter().any(|&step| step > 0.0),
        steps.iter().any(|&step| step < 0.0),
    );
    assert!(!(down && up), "to and fro: {path:?}");
    let late = steps.iter().skip(MOST_FRAMES);
    assert!(late.copied().all(|step| step == 0.0), "too long: {path:?}");
}

#[test]
fn the_first_event_that_is_chosen_is_scrolled_to_softly() {
    let mut window = window();
    let path = path(&mut window, Key::ArrowRight, |window| {
        top_of(window, "Statement: Trump had said")
    });
    assert_soft(&path);
}

#[test]
fn lanes_move_softly_to_the_event_that_is_chosen() {
    let mut window = window();
    window.key_press(Key::Home);
    window.run_steps(60);
    let path = path(&mut window, Key::End, |window| {
        top_of(window, "Lane Diplomacy, open")
    });
    assert_soft(&path);
}

#[test]
fn a_filter_that_is_ticked_stays_below_the_pointer() {
    let mut window = window();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.run_steps(30);
    let filter = |window: &Window| {
        let boxes = window.query_all_by_role_and_label(Role::CheckBox, "Chronology");
        boxes.map(|node| node.rect()).next()
    };
    let before = filter(&window).expect("a lane can be asked for");
    window.drag_at(before.center());
    window.step();
    window.drop_at(before.center());
    window.run_steps(30);
    let asked = window.query_by_label("Show everything");
    assert!(asked.is_some(), "it is asked for");
    assert_eq!(filter(&window), Some(before));
}
