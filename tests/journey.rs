//! The main journey in the whole window, by role and label: event, passage, statement, source, and back. Without a graphics card.

mod window;

use egui::accesskit::Toggled;
use egui::{Key, Modifiers, Role, Theme, ViewportId, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::time::Duration;
use window::Program;

const EVENT: &str = "Trump and Putin speak by telephone";
/// Its mark says when it was, first.
const EVENT_MARK: &str = ": Trump and Putin speak by telephone";
const STATEMENT: &str = "Statement: Afterwards Trump called it";
const QUOTE: &str = "very good and productive";

/// The window on the shipped briefing about the call.
fn open() -> Harness<'static, Program> {
    window::open(vec2(1_600.0, 900.0), Theme::Light)
}

/// The title or the words of what is selected.
fn selected(window: &Harness<'_, Program>) -> Option<String> {
    let state = window.state().app().state();
    state.library.label(state.selection?)
}

/// Whether the event's mark is shown as selected.
fn is_marked(window: &Harness<'_, Program>) -> bool {
    let mark = window.get_by_label_contains(EVENT_MARK);
    mark.accesskit_node().toggled() == Some(Toggled::True)
}

/// Where the words of the statement stand, when they are in the document pane.
fn statement_rect(window: &Harness<'_, Program>) -> Option<egui::Rect> {
    let statement = window.query_by_label_contains(STATEMENT)?;
    Some(statement.rect())
}

#[test]
fn event_passage_statement_source_and_back_with_the_mouse() {
    let mut window = open();
    assert!(
        statement_rect(&window).is_none(),
        "the passage is out of sight at first"
    );

    // The event: its passage scrolls in, its sources open.
    window.get_by_label_contains(EVENT_MARK).click();
    window.run();
    assert_eq!(selected(&window).as_deref(), Some(EVENT));
    assert!(is_marked(&window));
    window.get_by_label("Sources of the event");
    let passage = statement_rect(&window).expect("the passage is in view");
    assert!(passage.top() > 0.0 && passage.bottom() < 900.0);

    // The statement: its evidence stands beside it, checked.
    window.get_by_label_contains(STATEMENT).click();
    window.run();
    assert!(selected(&window).is_some_and(|words| words.contains(QUOTE)));
    window.get_by_label_contains(&format!("“{QUOTE}”, Verbatim"));
    assert_eq!(
        statement_rect(&window),
        Some(passage),
        "the text stays where it is read"
    );

    // The source: its copy opens at the quote.
    window.get_by_label("Open copy").click();
    window.run();
    let copy = window
        .state()
        .app()
        .state()
        .open_copy
        .expect("the copy is open");
    assert!(copy.evidence.is_some(), "at the quote");
    assert!(window.query_all_by_label_contains("Local copy").count() > 0);

    // Back: the copy closes by itself, the event is selected again.
    window.get_by_role_and_label(Role::Button, "Back").click();
    window.run();
    assert_eq!(selected(&window).as_deref(), Some(EVENT));
    assert!(is_marked(&window));
    assert!(window.state().app().state().open_copy.is_none());
    window
        .get_by_role_and_label(Role::Button, "Forward")
        .click();
    window.run();
    assert!(selected(&window).is_some_and(|words| words.contains(QUOTE)));
}

#[test]
fn event_passage_statement_source_and_back_with_keys_alone() {
    let mut window = open();
    let mut press = |modifiers: Modifiers, key: Key| {
        window.key_press_modifiers(modifiers, key);
        window.run();
        selected(&window).unwrap_or_default()
    };
    // Along in time, to the call.
    let mut title = press(Modifiers::NONE, Key::Home);
    for _ in 0..12 {
        if title == EVENT {
            break;
        }
        title = press(Modifiers::NONE, Key::ArrowRight);
    }
    assert_eq!(title, EVENT);
    // Through the statements of its passage.
    let mut words = press(Modifiers::NONE, Key::J);
    for _ in 0..12 {
        if words.contains(QUOTE) {
            break;
        }
        words = press(Modifiers::NONE, Key::J);
    }
    assert!(words.contains(QUOTE), "{words}");
    press(Modifiers::NONE, Key::Enter);
    let copy = window
        .state()
        .app()
        .state()
        .open_copy
        .expect("the copy is open");
    assert!(copy.evidence.is_some(), "at the quote");
    // Out of the copy, and back through the statements to the event.
    let mut press = |modifiers: Modifiers, key: Key| {
        window.key_press_modifiers(modifiers, key);
        window.run();
        selected(&window).unwrap_or_default()
    };
    press(Modifiers::NONE, Key::Escape);
    let back = (0..12).map(|_| press(Modifiers::ALT, Key::ArrowLeft));
    assert!(back.into_iter().any(|title| title == EVENT));
}

#[test]
fn an_idle_window_asks_for_no_frame() {
    let mut window = open();
    let delay = |window: &Harness<'_, Program>| {
        window.output().viewport_output[&ViewportId::ROOT].repaint_delay
    };
    window.run_steps(30);
    assert_eq!(delay(&window), Duration::MAX);
    window.get_by_label_contains(EVENT_MARK).click();
    window.run();
    window.remove_cursor();
    window.run_steps(30);
    assert_eq!(
        delay(&window),
        Duration::MAX,
        "{:?}",
        window.ctx.repaint_causes()
    );
}
