//! Low and narrow panes: what is needed most has the room.

use super::*;
use crate::model::{FileId, Item};

const LOW_PX: f32 = 140.0;

fn event(window: &Window, id: &str) -> Item {
    let library = &window.state().state.library;
    let mut files = library.files();
    let found = files.find_map(|file| Some((file.id, file.briefing.event_by_id(id)?)));
    let (file, at): (FileId, u32) = found.expect("an event of the briefing");
    Item::Event(file, at)
}

#[test]
fn a_low_pane_leaves_the_overview_to_the_lanes() {
    let mut window = window(TALKS);
    window.get_by_label("Overview of all events");
    window.set_size(vec2(WIDTH_PX, LOW_PX));
    window.run();
    assert!(window.query_by_label("Overview of all events").is_none());
    window.get_by_label_contains("Ruler, ");
}

#[test]
fn lanes_begin_at_the_first_with_an_event_in_view() {
    let mut window = window(TALKS);
    window.set_size(vec2(WIDTH_PX, LOW_PX));
    let grain = event(&window, "grain");
    let fit = Action::Timeline(TimelineAction::Fit(vec![grain]));
    window.state_mut().apply(fit);
    window.run();
    window.get_by_label("10 April 2025, 12:00 (UTC): Ships leave Odesa, no sources");
    // What a hand has scrolled stays.
    window.state_mut().view.scroll_px = 0.0;
    window
        .state_mut()
        .apply(Action::Run(crate::command::Command::ZoomIn));
    window.run();
    assert_eq!(window.state().view.scroll_px, 0.0);
}

#[test]
fn what_was_revealed_stays_in_view_when_the_pane_gets_lower() {
    let mut window = window(TALKS);
    let grain = event(&window, "grain");
    let reveal = Action::Timeline(TimelineAction::Reveal(vec![grain]));
    window.state_mut().apply(reveal);
    window.run();
    let name = "10 April 2025, 12:00 (UTC): Ships leave Odesa, no sources";
    window.get_by_label(name);
    window.set_size(vec2(WIDTH_PX, LOW_PX));
    window.run();
    window.get_by_label(name);
}

#[test]
fn an_empty_list_says_so() {
    let mut window = window("---\ntitle: Nothing yet\n---\nNo event.\n");
    let list = Action::Timeline(TimelineAction::ShowList(true));
    window.state_mut().apply(list);
    window.run();
    window.get_by_label("No events here");
}

#[test]
fn a_long_name_of_a_lane_gets_more_room() {
    let gutter_px = |text: &str| {
        let window = window(text);
        window.get_by_label("Overview of all events").rect().left()
    };
    assert_eq!(gutter_px(TALKS), GUTTER_PX);
    let long = TALKS.replace("lane: War", "lane: Negotiations of the delegations");
    let room_px = gutter_px(&long);
    assert!(
        room_px > GUTTER_PX && room_px <= 0.2 * WIDTH_PX,
        "{room_px}"
    );
}

#[test]
fn at_their_end_the_lanes_begin_with_a_whole_one() {
    let mut window = window(TALKS);
    window.set_size(vec2(WIDTH_PX, LOW_PX));
    window.run();
    window.state_mut().view.scroll_px = 10_000.0;
    window.run();
    let view = &window.state().view;
    let slots = view.layout.slots();
    let is_whole = |slot: &crate::timeline::lanes::Slot| slot.top_px as f32 == view.scroll_px;
    assert!(slots.iter().any(is_whole), "{}", view.scroll_px);
    // And the last is in view, with its event.
    let last = slots.last().expect("lanes");
    assert!(last.top_px as f32 >= view.scroll_px);
    window.get_by_label_contains("Ships leave Odesa");
}
