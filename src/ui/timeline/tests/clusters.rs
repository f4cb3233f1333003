//! Clusters: too near to be told apart.

use super::*;
use egui::Role;

/// Fifty events within a minute, and one years before.
fn crowd() -> String {
    let mut text =
        "---\ntitle: Crowd\nevents:\n  - {date: 2015-01-01, title: Long before, lane: A}\n"
            .to_owned();
    for second in 0..50 {
        let importance = if second == 7 { ", importance: 9" } else { "" };
        text.push_str(&format!(
            "  - {{date: \"2025-03-18T10:00:{second:02}Z\", title: Event {second}, lane: A{importance}}}\n"
        ));
    }
    text + "---\n"
}

#[test]
fn a_cluster_is_named_by_its_count_and_its_most_important_event() {
    let window = window(&crowd());
    let cluster = window.get_by_role_and_label(Role::Button, "50 events, among them: Event 7");
    assert!(cluster.rect().is_positive());
}

/// Where the number of a cluster stands.
fn count_of(window: &Window, name: &str) -> Pos2 {
    window.get_by_label_contains(name).rect().left_center() + vec2(8.0, 0.0)
}

#[test]
fn a_click_lists_a_cluster_and_a_line_of_the_list_selects() {
    let mut window = window(&crowd());
    let at = count_of(&window, "50 events");
    click_at(&mut window, at);
    // In the order of time.
    let lines: Vec<String> = window
        .get_all_by_label_contains("Event ")
        .filter_map(|node| egui_kittest::kittest::NodeT::accesskit_node(&node).label())
        .filter(|label| !label.contains("among them"))
        .collect();
    assert!(lines.len() >= 5, "{lines:?}");
    assert_eq!(lines[..2], ["Event 0", "Event 1"]);
    window.get_by_label("Event 3").click();
    window.run();
    assert_eq!(selected_title(&window).as_deref(), Some("Event 3"));
    assert!(
        window.query_by_label("Event 5").is_none(),
        "the list has closed"
    );
}

#[test]
fn a_double_click_takes_a_cluster_apart() {
    let mut window = window(&crowd());
    let at = count_of(&window, "50 events");
    double_click_at(&mut window, at);
    let seen = view(&window).visible_ms();
    let first = instant("2025-03-18T10:00:00Z").0;
    let last = instant("2025-03-18T10:00:49Z").0;
    assert!(seen.start <= first && seen.end >= last);
    assert!(window.query_by_label_contains("50 events, among").is_none());
    window.get_by_label_contains(": Event 7, no sources");
}

#[test]
fn what_no_zoom_takes_apart_stays_a_list() {
    let lines: String = (0..9)
        .map(|at| format!("  - {{date: \"2025-03-18T10:00Z\", title: Event {at}, lane: A}}\n"))
        .collect();
    let text = format!("---\ntitle: One moment\nevents:\n{lines}---\n");
    let mut window = window(&text);
    let before = view(&window);
    let at = count_of(&window, "9 events, among");
    double_click_at(&mut window, at);
    assert_eq!(view(&window), before);
    assert!(
        window.query_by_label("Event 8").is_some(),
        "the list is open"
    );
}

#[test]
fn what_was_found_is_named_in_marks_and_clusters() {
    let mut window = window(&crowd());
    let library = &window.state().state.library;
    let file = library.files().next().expect("one file").id;
    let found = crate::library::filter::Marks::of(&[0, 3, 4].map(|at| (file, at)));
    apply(&mut window, TimelineAction::ShowHits(found));
    window.get_by_label("50 events, among them: Event 7, 2 found");
    window.get_by_label("1 January 2015: Long before, no sources, found");
}

#[test]
fn a_screen_reader_hears_which_entry_of_how_many_it_is() {
    use egui_kittest::kittest::NodeT as _;
    let mut window = window(&crowd());
    let at = count_of(&window, "50 events");
    click_at(&mut window, at);
    let list = window.get_by_role_and_label(Role::List, "Events");
    assert_eq!(list.accesskit_node().data().size_of_set(), Some(50));
    let entry = window.get_by_label("Event 3");
    assert_eq!(entry.accesskit_node().data().position_in_set(), Some(3));
}
