//! Wheel, drags and clicks over lanes, ruler and minimap.

use super::*;
use crate::state::Wheel;

const MARCH_18: &str = "2025-03-18T10:00-04:00";

/// Zooming keeps the time under the pointer where it is.
fn assert_zoomed_about(window: &mut Window, x: f32, zoom: impl FnOnce(&mut Window)) {
    let (before, under) = (view(window), ms_at(window, x));
    zoom(window);
    let after = view(window);
    assert!(after.span_ms() < 0.9 * before.span_ms(), "{after:?}");
    assert_near(after.x_from_ms(under), f64::from(x - GUTTER_PX), 0.5);
}

#[test]
fn ctrl_and_wheel_zoom_at_the_pointer_wherever_it_is() {
    for y in [MINIMAP_Y, RULER_Y, LANES_Y + 10.0, BOTTOM_Y - 6.0] {
        let mut window = window(TALKS);
        // Over the minimap the time there is meant; it is fitted as the window is at first.
        let x = if y == MINIMAP_Y { 576.0 } else { 620.0 };
        if y == MINIMAP_Y {
            let before = view(&window);
            wheel(
                &mut window,
                pos2(x, y),
                vec2(0.0, 120.0),
                Modifiers::COMMAND,
            );
            assert!(view(&window).span_ms() < 0.9 * before.span_ms());
            continue;
        }
        assert_zoomed_about(&mut window, x, |window| {
            wheel(window, pos2(x, y), vec2(0.0, 120.0), Modifiers::COMMAND);
        });
    }
}

#[test]
fn a_pinch_zooms_at_the_fingers() {
    let mut window = window(TALKS);
    assert_zoomed_about(&mut window, 700.0, |window| {
        window.hover_at(pos2(700.0, LANES_Y + 10.0));
        window.event(Event::Zoom(1.5));
        window.run();
    });
}

#[test]
fn shift_and_wheel_pan_and_so_do_two_fingers_sideways() {
    for (delta, modifiers) in [
        (vec2(0.0, 80.0), Modifiers::SHIFT),
        (vec2(80.0, 0.0), Modifiers::NONE),
        // A hand never moves quite level.
        (vec2(80.0, 30.0), Modifiers::NONE),
    ] {
        let mut window = window(TALKS);
        let before = view(&window);
        let under = ms_at(&window, 500.0);
        wheel(&mut window, pos2(500.0, LANES_Y + 10.0), delta, modifiers);
        assert_eq!(view(&window).span_ms(), before.span_ms(), "{delta:?}");
        assert_near(f64::from(x_of(&window, under)), 580.0, 0.5);
    }
}

/// Twenty lanes: more than there is room for.
fn many_lanes() -> String {
    let mut text = "---\ntitle: Many\nevents:\n".to_owned();
    for lane in 0..20 {
        text.push_str(&format!(
            "  - {{date: 2025-03-{:02}, title: E{lane}, lane: Lane {lane}}}\n",
            lane + 1
        ));
    }
    text + "---\n"
}

#[test]
fn the_plain_wheel_does_what_the_reader_has_chosen() {
    let few = TALKS.to_owned();
    let over_lanes = pos2(500.0, LANES_Y + 10.0);
    let over_ruler = pos2(500.0, RULER_Y);
    for (text, choice, at, zooms) in [
        (&few, Wheel::Auto, over_lanes, true),
        (&many_lanes(), Wheel::Auto, over_lanes, false),
        (&many_lanes(), Wheel::Auto, over_ruler, true),
        (&many_lanes(), Wheel::Zoom, over_lanes, true),
        (&few, Wheel::Scroll, over_lanes, false),
        (&few, Wheel::Scroll, over_ruler, true),
    ] {
        let mut window = window(text);
        window.state_mut().apply(Action::SetWheel(choice));
        let before = view(&window);
        wheel(&mut window, at, vec2(0.0, 100.0), Modifiers::NONE);
        let has_zoomed = view(&window).span_ms() < before.span_ms();
        assert_eq!(has_zoomed, zooms, "{choice:?} at {at:?}");
    }
    let mut window = window(&many_lanes());
    assert!(window.query_by_label_contains("Lane Lane 19").is_none());
    wheel(
        &mut window,
        over_lanes,
        vec2(0.0, -2_000.0),
        Modifiers::NONE,
    );
    assert!(window.query_by_label_contains("Lane Lane 19").is_some());
}

#[test]
fn dragging_moves_time_with_the_hand() {
    for (by, from) in [
        (PointerButton::Primary, empty_place(400.0)),
        (PointerButton::Middle, empty_place(400.0)),
        (PointerButton::Middle, pos2(400.0, RULER_Y)),
    ] {
        let mut window = window(TALKS);
        let (before, under) = (view(&window), ms_at(&window, 400.0));
        drag_with(
            &mut window,
            by,
            from,
            from + vec2(150.0, 0.0),
            Modifiers::NONE,
        );
        assert_eq!(view(&window).span_ms(), before.span_ms());
        assert_near(f64::from(x_of(&window, under)), 550.0, 0.5);
    }
}

#[test]
fn shift_and_drag_zoom_to_the_rectangle() {
    let mut window = window(TALKS);
    let (left, right) = (ms_at(&window, 300.0), ms_at(&window, 500.0));
    drag_with(
        &mut window,
        PointerButton::Primary,
        pos2(300.0, BOTTOM_Y - 40.0),
        pos2(500.0, BOTTOM_Y - 10.0),
        Modifiers::SHIFT,
    );
    let seen = view(&window).visible_ms();
    let ms_per_px = view(&window).ms_per_px();
    assert_near(seen.start as f64, left as f64, ms_per_px);
    assert_near(seen.end as f64, right as f64, ms_per_px);
    // And back.
    window.key_press(egui::Key::X);
    window.run();
    assert_near(f64::from(x_of(&window, left)), 300.0, 0.5);
}

#[test]
fn a_drag_on_the_ruler_selects_a_range_that_snaps_to_events() {
    let mut window = window(TALKS);
    let (start, end) = (instant("2025-03-23"), instant("2025-03-26"));
    let (left, right) = (x_of(&window, start.0), x_of(&window, end.0));
    // Both ends a little beside the edges of the talks.
    let (from, to) = (pos2(left - 7.0, RULER_Y), pos2(right + 7.0, RULER_Y));
    drag(&mut window, from, to);
    let range = |window: &Window| window.state().state.timeline.range.clone();
    assert_eq!(range(&window), Some(start..end));

    // An edge can be taken hold of; with Alt it goes where it is led.
    let free = pos2(right + 60.0, RULER_Y);
    let alt = Modifiers::ALT;
    drag_with(
        &mut window,
        PointerButton::Primary,
        pos2(right, RULER_Y),
        free,
        alt,
    );
    let led = range(&window).expect("still a range");
    assert_eq!(led.start, start);
    assert_near(f64::from(x_of(&window, led.end.0)), f64::from(free.x), 1.0);

    // Z shows just that; Esc clears it.
    window.key_press(egui::Key::Z);
    window.run();
    let seen = view(&window).visible_ms();
    assert!(seen.start <= start.0 && seen.end >= led.end.0);
    assert!(view(&window).span_ms() < 1.2 * (led.end.0 - start.0) as f64);
    window.key_press(egui::Key::Escape);
    window.run();
    assert_eq!(range(&window), None);
}

#[test]
fn a_click_on_the_ruler_clears_the_range() {
    let mut window = window(TALKS);
    let range = instant("2025-03-20")..instant("2025-03-21");
    apply(&mut window, TimelineAction::SelectRange(Some(range)));
    click_at(&mut window, pos2(900.0, RULER_Y));
    assert_eq!(window.state().state.timeline.range, None);
}

#[test]
fn a_click_selects_also_when_the_hand_shakes() {
    let mut window = window(TALKS);
    let at = window
        .get_by_label_contains("The call")
        .rect()
        .left_center()
        + vec2(6.0, 0.0);
    let before = view(&window);
    drag(&mut window, at, at + vec2(3.0, 2.0));
    assert_eq!(selected_title(&window).as_deref(), Some("The call"));
    assert_eq!(view(&window), before, "three pixels are no drag");
}

#[test]
fn a_double_click_fits_the_event_and_beside_it_the_selection_or_all() {
    let mut window = window(TALKS);
    let whole = view(&window);
    let at = window
        .get_by_label_contains("Talks in Riyadh")
        .rect()
        .center();
    double_click_at(&mut window, at);
    let fitted = view(&window).visible_ms();
    let (start, end) = (instant("2025-03-23").0, instant("2025-03-26").0);
    assert!(fitted.start < start && fitted.end > end);
    assert!(view(&window).span_ms() < 1.3 * (end - start) as f64);

    // Beside it: all, unless something is selected.
    apply(
        &mut window,
        TimelineAction::ShowSpan(instant("2025-04-01"), instant("2025-04-02")),
    );
    double_click_at(&mut window, empty_place(500.0));
    let again = view(&window).visible_ms();
    assert_eq!(
        again, fitted,
        "the talks are selected since they were clicked"
    );
    window.key_press(egui::Key::Escape);
    window.run();
    double_click_at(&mut window, empty_place(500.0));
    assert_eq!(view(&window), whole);
}

#[test]
fn the_minimap_leads_anywhere() {
    let mut window = window(TALKS);
    let day = 86_400_000;
    let start = instant("2025-03-18");
    apply(
        &mut window,
        TimelineAction::ShowSpan(start, Instant(start.0 + 4 * day)),
    );
    let before = view(&window);
    // A click beside the box brings that time to the middle.
    click_at(&mut window, pos2(940.0, MINIMAP_Y));
    let seen = view(&window).visible_ms();
    assert!(seen.start > instant("2025-04-05").0, "{seen:?}");
    assert_near(view(&window).span_ms(), before.span_ms(), 1.0);
    // The box can be dragged…
    let (from, to) = (pos2(940.0, MINIMAP_Y), pos2(500.0, MINIMAP_Y));
    drag(&mut window, from, to);
    let dragged = view(&window).visible_ms();
    assert!(dragged.start < seen.start - 5 * day, "{dragged:?}");
    assert_near(view(&window).span_ms(), before.span_ms(), 1.0);
    // …and by a handle it grows.
    let whole_ms = 24.0 * day as f64;
    let half_box_px = 0.5 * (before.span_ms() / whole_ms * PLOT_PX) as f32;
    let edge = pos2(500.0 + half_box_px, MINIMAP_Y);
    drag(&mut window, edge, edge + vec2(200.0, 0.0));
    let grown = view(&window).visible_ms();
    assert_near(grown.start as f64, dragged.start as f64, 60_000.0);
    assert!(grown.end > dragged.end + 3 * day, "{grown:?}");
}

#[test]
fn the_right_button_leads_to_what_happened_then() {
    let mut window = window(TALKS);
    window.get_by_label_contains("The call").click_secondary();
    window.run();
    window.get_by_label("What happened within 3 days").click();
    window.run();
    let range = window
        .state()
        .state
        .timeline
        .range
        .clone()
        .expect("a range");
    let call = instant(MARCH_18).0;
    assert_near(range.start.0 as f64, (call - 3 * 86_400_000) as f64, 1.0);
    assert!(range.contains(&instant("2025-03-19")));

    // Beside all marks there is a menu, too.
    button(
        &window,
        empty_place(600.0),
        PointerButton::Secondary,
        true,
        Modifiers::NONE,
    );
    button(
        &window,
        empty_place(600.0),
        PointerButton::Secondary,
        false,
        Modifiers::NONE,
    );
    window.run();
    window.get_by_label("Clear the range").click();
    window.run();
    assert_eq!(window.state().state.timeline.range, None);
}
