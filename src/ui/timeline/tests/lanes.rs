//! Names of lanes at the left: closing, hiding, moving, grouping.

use super::*;
use egui::Role;

/// The names at the left, from top to bottom.
fn names(window: &Window) -> Vec<String> {
    let mut found: Vec<(f32, String)> = window
        .query_all_by_role(Role::Button)
        .filter_map(|node| {
            let label = egui_kittest::kittest::NodeT::accesskit_node(&node).label()?;
            let name = label.strip_prefix("Lane ")?;
            Some((node.rect().top(), name.to_owned()))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn a_click_closes_a_group_and_shows_its_lanes_as_one() {
    let mut window = window(TALKS);
    let open = [
        "Diplomacy, open",
        "Calls, 1 event",
        "Meetings, 1 event",
        "War, 1 event",
        "Trade, 1 event",
    ];
    assert_eq!(names(&window), open);
    window.get_by_label("Lane Diplomacy, open").click();
    window.run();
    assert_eq!(
        names(&window),
        [
            "Diplomacy, closed, 2 events",
            "War, 1 event",
            "Trade, 1 event"
        ]
    );
    assert!(
        window.query_by_label_contains("The call").is_some(),
        "it is drawn in the group"
    );
    window
        .get_by_label("Lane Diplomacy, closed, 2 events")
        .click();
    window.run();
    assert_eq!(names(&window), open);
}

#[test]
fn a_lane_is_hidden_by_its_menu_and_shown_again_by_the_options() {
    let mut window = window(TALKS);
    window.get_by_label("Lane War, 1 event").click_secondary();
    window.run();
    window.get_by_label("Hide").click();
    window.run();
    assert!(!names(&window).iter().any(|name| name.starts_with("War")));
    assert!(window.query_by_label_contains("The exchange").is_none());
    assert!(
        window.query_by_label_contains("1 lane hidden").is_some(),
        "it is said"
    );
    window.get_by_label("Timeline options").click();
    window.run();
    window.get_by_label("Show 1 hidden lane again").click();
    window.run();
    assert!(window.query_by_label_contains("The exchange").is_some());
}

#[test]
fn a_lane_is_moved_by_its_name() {
    let mut window = window(TALKS);
    let from = window.get_by_label("Lane Trade, 1 event").rect().center();
    let to = window
        .get_by_label("Lane Diplomacy, open")
        .rect()
        .center_top()
        + vec2(0.0, 2.0);
    drag(&mut window, from, to);
    assert_eq!(names(&window)[0], "Trade, 1 event");
    // Within its group alone, and by the menu as well.
    let from = window
        .get_by_label("Lane Meetings, 1 event")
        .rect()
        .center();
    drag(&mut window, from, pos2(from.x, LANES_Y + 2.0));
    let moved = [
        "Trade, 1 event",
        "Diplomacy, open",
        "Meetings, 1 event",
        "Calls, 1 event",
        "War, 1 event",
    ];
    assert_eq!(names(&window), moved);
    window.get_by_label("Lane Trade, 1 event").click_secondary();
    window.run();
    window.get_by_label("Move down").click();
    window.run();
    assert_eq!(names(&window)[0], "Diplomacy, open");
    // A reload keeps what the reader has arranged.
    apply(&mut window, TimelineAction::CollapseGaps(true));
    assert_eq!(names(&window)[1], "Meetings, 1 event");
}

#[test]
fn lanes_can_stand_for_actors() {
    let mut window = window(TALKS);
    window.get_by_label("Group lanes by").click();
    window.run();
    window.get_by_label("Actor").click();
    window.run();
    assert_eq!(
        names(&window),
        ["No actor, 3 events", "Putin, 1 event", "Trump, 1 event"]
    );
    let calls = window.query_all_by_label_contains("The call").count();
    assert_eq!(calls, 2, "once a lane");
}
