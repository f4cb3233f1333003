//! Briefings that would bring a careless timeline down, in the real pane.

use super::*;
use egui::Key;

/// Walks about as a reader would: in, along, out, to every event by key, and as a list.
fn tour(text: &str) -> Window {
    let mut window = window(text);
    for (delta, modifiers) in [
        (vec2(0.0, 900.0), Modifiers::COMMAND),
        (vec2(300.0, 0.0), Modifiers::NONE),
        (vec2(0.0, 5_000.0), Modifiers::COMMAND),
        (vec2(0.0, -9_000.0), Modifiers::COMMAND),
    ] {
        wheel(&mut window, pos2(600.0, LANES_Y + 20.0), delta, modifiers);
    }
    for key in [
        Key::Home,
        Key::ArrowRight,
        Key::ArrowDown,
        Key::F,
        Key::F,
        Key::Num0,
    ] {
        window.key_press(key);
        window.run();
    }
    apply(&mut window, TimelineAction::CollapseGaps(true));
    apply(&mut window, TimelineAction::ShowList(true));
    apply(&mut window, TimelineAction::ShowList(false));
    apply(&mut window, TimelineAction::CollapseGaps(false));
    window
}

fn events(lines: impl IntoIterator<Item = String>) -> String {
    let lines: String = lines
        .into_iter()
        .map(|line| format!("  - {line}\n"))
        .collect();
    format!("---\ntitle: Hostile\nevents:\n{lines}---\n")
}

#[test]
fn thousands_of_events_at_one_instant() {
    let text =
        events((0..4_000).map(|at| format!("{{date: \"2025-03-18T10:00Z\", title: E{at}}}")));
    let window = tour(&text);
    window.get_by_label_contains("In view 4,000 of 4,000");
    window.get_by_label_contains("4,000 events, among them");
}

#[test]
fn ages_apart_and_a_second_beside_a_millennium() {
    let text = events([
        "{date: \"Y-200000000\", title: Long ago}".to_owned(),
        "{date: \"2025-03-18T10:00:01Z\", title: A second}".to_owned(),
        "{date: \"1025/2025\", title: A millennium}".to_owned(),
        "{date: \"-0044-03-15\", title: The Ides of March}".to_owned(),
    ]);
    let window = tour(&text);
    window.get_by_label_contains("In view 4 of 4");
}

#[test]
fn five_thousand_lanes() {
    let text = events((0..5_000).map(|at| {
        format!(
            "{{date: 2025-03-{:02}, title: E{at}, lane: G{}/L{at}}}",
            1 + at % 28,
            at % 9
        )
    }));
    let window = tour(&text);
    let names = window.query_all_by_label_contains("Lane L").count();
    assert!(
        (1..40).contains(&names),
        "only names in view are drawn: {names}"
    );
}

#[test]
fn titles_without_end_of_marks_and_from_right_to_left() {
    let long = "word ".repeat(2_000);
    let marks = format!("a{}", "\u{301}".repeat(3_000));
    let text = events([
        format!("{{date: 2025-03-18, title: \"{long}\"}}"),
        format!("{{date: 2025-03-19, title: \"{marks}\"}}"),
        "{date: 2025-03-20, title: \"محادثات في الرياض\"}".to_owned(),
        "{date: 2025-03-21, title: \"שיחות בריאד\"}".to_owned(),
        "{date: 2025-03-22, title: \" \"}".to_owned(),
    ]);
    let window = tour(&text);
    window.get_by_label_contains("محادثات في الرياض");
}

#[test]
fn an_empty_file_and_one_without_dates() {
    let window = tour("");
    window.get_by_label_contains("No events here");
    let text = events((0..3).map(|at| format!("{{title: Undated {at}}}")));
    let mut window = tour(&text);
    window.get_by_label_contains("3 events, but none has a date");
    apply(&mut window, TimelineAction::ShowList(true));
    assert!(window.query_all_by_label_contains("Undated 2").count() > 0);
}
