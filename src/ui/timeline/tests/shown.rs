//! What stands there: names, counts, zones, the day of the reader, rest.

use super::*;
use crate::model::Item;
use crate::state::ZoneChoice;
use egui::{Role, ViewportId};

fn repaint_delay(window: &Window) -> Duration {
    window.output().viewport_output[&ViewportId::ROOT].repaint_delay
}

#[test]
fn every_mark_is_a_named_node() {
    let mut window = window(TALKS);
    for name in [
        "18 March 2025, 10:00 (UTC−4): The call, 1 source",
        "19 March 2025: The exchange, no sources",
        "23–25 March 2025: Talks in Riyadh, no sources",
        "10 April 2025, 12:00 (UTC): Ships leave Odesa, no sources",
    ] {
        window.get_by_role_and_label(Role::Button, name);
    }
    window.get_by_label_contains("In view 4 of 4");
    // What is selected says so.
    let name = "19 March 2025: The exchange, no sources";
    window.get_by_label(name).click_accesskit();
    window.run();
    let node = window.get_by_label(name);
    let node = egui_kittest::kittest::NodeT::accesskit_node(&node);
    assert_eq!(node.toggled(), Some(egui::accesskit::Toggled::True));
}

#[test]
fn an_idle_pane_asks_for_no_frame() {
    let mut window = window(TALKS);
    window.run();
    assert_eq!(repaint_delay(&window), Duration::MAX);
    // Also with the pointer on a mark, once its card stands.
    let at = window.get_by_label_contains("The call").rect().center();
    window.hover_at(at);
    window.run_steps(90);
    assert_eq!(repaint_delay(&window), Duration::MAX);
}

#[test]
fn the_present_moment_is_a_line_that_moves_without_haste() {
    let mut window = window(TALKS);
    window.state_mut().apply(Action::SetNowLine(true));
    let now = instant("2025-03-20T08:00Z");
    window.state_mut().apply(Action::Clock(now));
    window.run();
    let delay = repaint_delay(&window);
    assert!(
        delay >= Duration::from_secs(1) && delay <= Duration::from_secs(60),
        "{delay:?}"
    );
    window.state_mut().apply(Action::SetNowLine(false));
    window.run_steps(3);
    window.run();
    assert_eq!(repaint_delay(&window), Duration::MAX);
}

#[test]
fn another_zone_marks_another_day() {
    let text = TALKS.replace("T10:00-04:00", "T22:00-04:00");
    let mut window = window(&text);
    window.get_by_label("18 March 2025, 22:00 (UTC−4): The call, 1 source");
    window.state_mut().apply(Action::SetZone(ZoneChoice::Utc));
    window.run();
    window.get_by_label("19 March 2025, 02:00 (UTC), a day later than written: The call, 1 source");
}

#[test]
fn the_card_beside_the_pointer_says_what_an_event_rests_on() {
    let mut window = window(TALKS);
    let at = window.get_by_label_contains("The call").rect().center();
    window.hover_at(at);
    window.run_steps(60);
    for words in [
        "18 March 2025, 10:00 (UTC−4)",
        "Trump, Putin",
        "1 source: Readout",
    ] {
        assert!(window.query_by_label(words).is_some(), "{words}");
    }
    let hover = window.state().state.hover;
    assert!(matches!(hover, Some(Item::Event(..))), "all panes light up");
}

#[test]
fn as_of_a_day_only_what_was_known_is_shown() {
    let text = TALKS.replace(
        "wh: {title: Readout,",
        "wh: {title: Readout, date: 2025-03-18,",
    );
    let mut window = window(&text);
    window.get_by_label("As of…").click();
    window.run();
    window.get_by_label("Only what was known on a day").click();
    window.run();
    // The menu stays open for its slider, and all tell the same day: the last, with all that was known on it.
    window.get_by_role_and_label(Role::Slider, "Day");
    window.get_by_label("10 April 2025");
    window.get_by_label("As of 10 April 2025");
    window.get_by_label_contains("as of 10 April 2025, 0 not known yet");
    apply(
        &mut window,
        TimelineAction::SetAsOf(Some(instant("2025-03-20"))),
    );
    assert!(window.query_by_label_contains("The exchange").is_some());
    assert!(
        window
            .query_by_label_contains("Ships leave Odesa")
            .is_none()
    );
    assert!(window.query_by_label_contains("not known yet").is_some());
}

#[test]
fn long_gaps_can_be_collapsed() {
    let text = TALKS.replace("2025-04-10T12:00Z", "2045-04-10T12:00Z");
    let mut window = window(&text);
    let apart = |window: &Window| {
        let x = |label: &str| window.get_by_label_contains(label).rect().left();
        x("Talks in Riyadh") - x("The call")
    };
    assert!(
        apart(&window) < 16.0,
        "twenty years press March into one place"
    );
    window.get_by_label("Collapse gaps").click();
    window.run();
    assert!(apart(&window) > 40.0, "{}", apart(&window));
    let at = |label: &str| window.get_by_label_contains(label).rect().left();
    assert!(at("Ships leave Odesa") > at("Talks in Riyadh"));
}

#[test]
fn the_legend_names_every_look() {
    let mut window = window(TALKS);
    window.get_by_label("Legend").click();
    window.run();
    for words in [
        "When",
        "At this moment",
        "The end is not known",
        "Announced",
        "Disputed",
        "Cancelled",
    ] {
        assert!(window.query_all_by_label(words).count() > 0, "{words}");
    }
}

#[test]
fn many_marks_are_placed_beside_the_window_when_the_zoom_steps() {
    let lines = (0..1_800).map(|at| {
        let (year, month, lane) = (2_000 + at / 72, 1 + at / 6 % 12, at % 6);
        format!("  - {{date: {year}-{month:02}-01, title: E{at}, lane: L{lane}}}\n")
    });
    let text = format!(
        "---\ntitle: Many\nevents:\n{}---\n",
        lines.collect::<String>()
    );
    let mut window = window(&text);
    assert!(window.state().state.timeline.placed.is_none());
    let over_lanes = pos2(600.0, LANES_Y + 20.0);
    for _ in 0..6 {
        wheel(&mut window, over_lanes, vec2(0.0, 60.0), Modifiers::COMMAND);
    }
    // The window rests, so the answer is drawn.
    assert!(window.state().state.timeline.placed.is_some());
}
