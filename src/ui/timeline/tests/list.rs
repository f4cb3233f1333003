//! The same events as a table.

use super::*;
use egui::Role;

/// The names of the rows, from top to bottom.
fn rows(window: &Window) -> Vec<String> {
    let mut found: Vec<(f32, String)> = window
        .query_all_by_role(Role::Row)
        .filter_map(|node| {
            let label = egui_kittest::kittest::NodeT::accesskit_node(&node).label()?;
            Some((node.rect().top(), label))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name).collect()
}

fn listed(text: &str) -> Window {
    let mut window = window(text);
    window.get_by_label("List view").click();
    window.run();
    window
}

#[test]
fn the_list_has_the_same_events_in_the_same_order() {
    let mut window = listed(TALKS);
    let by_time = [
        "18 March 2025, 10:00 (UTC−4): The call, 1 source",
        "19 March 2025: The exchange, 0 sources",
        "23–25 March 2025: Talks in Riyadh, 0 sources",
        "10 April 2025, 12:00 (UTC): Ships leave Odesa, 0 sources",
    ];
    assert_eq!(rows(&window), by_time);
    // A range and hidden lanes hold here, too.
    let range = instant("2025-03-19")..instant("2025-03-24");
    apply(&mut window, TimelineAction::SelectRange(Some(range)));
    assert_eq!(rows(&window), by_time[1..3]);
    window.key_press(egui::Key::Escape);
    window.run();
    assert_eq!(rows(&window), by_time);
}

#[test]
fn headings_sort_and_sort_backward() {
    let mut window = listed(TALKS);
    window.get_by_label("Sort by event").click();
    window.run();
    let first = |window: &Window| rows(window).into_iter().next().unwrap_or_default();
    assert!(first(&window).contains("Ships leave Odesa"));
    window.get_by_label("Event, sorted").click();
    window.run();
    assert!(first(&window).contains("The exchange"));
    window.get_by_label("Sort by sources").click();
    window.run();
    window.get_by_label("Sources, sorted").click();
    window.run();
    assert!(first(&window).contains("The call"));
}

#[test]
fn a_row_selects_and_events_without_a_date_are_here() {
    let text = TALKS.replace(
        "sources:\n  wh",
        "  - {id: someday, title: Some day}\nsources:\n  wh",
    );
    let mut window = listed(&text);
    let last = rows(&window).pop().expect("rows");
    assert_eq!(last, "no date: Some day, 0 sources");
    let exchange = "19 March 2025: The exchange, 0 sources";
    window.get_by_role_and_label(Role::Row, exchange).click();
    window.run();
    assert_eq!(selected_title(&window).as_deref(), Some("The exchange"));
    window.key_press(egui::Key::ArrowRight);
    window.run();
    assert_eq!(selected_title(&window).as_deref(), Some("Talks in Riyadh"));
}

#[test]
fn a_narrow_list_keeps_the_time_beside_its_date() {
    let mut window = listed(TALKS);
    let date = "18 March 2025, 10:00 (UTC−4)";
    let whole_px = window.get_by_label(date).rect().width();
    window.set_size(vec2(640.0, HEIGHT_PX));
    window.run();
    let narrow_px = window.get_by_label(date).rect().width();
    assert!((narrow_px - whole_px).abs() < 1.0, "{narrow_px}");
}

#[test]
fn a_row_has_the_menu_of_its_event() {
    let mut window = listed(TALKS);
    let row = "19 March 2025: The exchange, 0 sources";
    let at = window
        .get_by_role_and_label(Role::Row, row)
        .rect()
        .left_center()
        + vec2(40.0, 0.0);
    for pressed in [true, false] {
        button(
            &window,
            at,
            PointerButton::Secondary,
            pressed,
            Modifiers::NONE,
        );
    }
    window.run();
    window.get_by_label("Copy date and title").click();
    window.run();
    let copied = window.state().effects.iter().any(
        |effect| matches!(effect, Effect::CopyText(text) if text == "19 March 2025: The exchange"),
    );
    assert!(copied, "{:?}", window.state().effects);
}
