//! The timeline with keys alone.

use super::*;
use crate::state::Sheet;
use egui::{Key, Role};

fn press(window: &mut Window, key: Key, modifiers: Modifiers) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

#[test]
fn arrows_walk_through_time_and_lanes() {
    let mut window = window(TALKS);
    let mut after = |key: Key| {
        press(&mut window, key, Modifiers::NONE);
        selected_title(&window).expect("something is selected")
    };
    assert_eq!(after(Key::ArrowRight), "The call");
    assert_eq!(after(Key::ArrowRight), "The exchange");
    assert_eq!(after(Key::ArrowRight), "Talks in Riyadh");
    assert_eq!(after(Key::ArrowLeft), "The exchange");
    assert_eq!(after(Key::End), "Ships leave Odesa");
    assert_eq!(after(Key::Home), "The call");
    assert_eq!(after(Key::ArrowDown), "Talks in Riyadh");
    assert_eq!(after(Key::ArrowUp), "The call");
    assert_eq!(after(Key::Period), "The call", "it is alone in its lane");
}

#[test]
fn keys_zoom_pan_fit_and_go_back() {
    let mut window = window(TALKS);
    let whole = view(&window);
    press(&mut window, Key::Plus, Modifiers::NONE);
    assert_near(view(&window).span_ms(), 0.5 * whole.span_ms(), 1.0);
    press(&mut window, Key::Minus, Modifiers::NONE);
    assert_near(view(&window).span_ms(), whole.span_ms(), 1.0);
    let middle = ms_at(&window, GUTTER_PX + 0.5 * PLOT_PX as f32);
    press(&mut window, Key::ArrowRight, Modifiers::SHIFT);
    let moved_px = 0.5 * PLOT_PX - view(&window).x_from_ms(middle);
    assert_near(moved_px, 0.2 * PLOT_PX, 1.0);
    press(&mut window, Key::Num0, Modifiers::NONE);
    assert_eq!(view(&window), whole);

    // F centers, then fits.
    press(&mut window, Key::End, Modifiers::NONE);
    press(&mut window, Key::F, Modifiers::NONE);
    let at = view(&window).x_from_ms(instant("2025-04-10T12:00Z").0);
    assert_near(at, 0.5 * PLOT_PX, 1.0);
    assert_near(view(&window).span_ms(), whole.span_ms(), 1.0);
    press(&mut window, Key::F, Modifiers::NONE);
    assert!(view(&window).span_ms() < 0.1 * whole.span_ms());
    press(&mut window, Key::X, Modifiers::NONE);
    assert_near(view(&window).span_ms(), whole.span_ms(), 1.0);
}

#[test]
fn a_mark_is_reached_by_tab_and_the_focus_walks_with_the_selection() {
    let mut window = window(TALKS);
    window.get_by_label_contains("The call").focus();
    window.run();
    press(&mut window, Key::Enter, Modifiers::NONE);
    assert_eq!(selected_title(&window).as_deref(), Some("The call"));
    press(&mut window, Key::ArrowRight, Modifiers::NONE);
    let exchange =
        window.get_by_role_and_label(Role::Button, "19 March 2025: The exchange, no sources");
    assert!(exchange.is_focused());
    // Enter on what is selected opens what it rests on.
    press(&mut window, Key::ArrowLeft, Modifiers::NONE);
    press(&mut window, Key::Enter, Modifiers::NONE);
    let address = "https://example.org/readout".to_owned();
    assert_eq!(window.state().state.sheet, Some(Sheet::Address(address)));
}
