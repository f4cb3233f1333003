//! What the mouse can do by dragging and by its right button, the keyboard can do as well; and what the window says in
//! answer goes by itself.

mod screen;

use egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use screen::{SHIPPED, Window, apply, name, state, window};
use sourceline::command::Command;
use sourceline::state::{Action, TimelineAction};

const LAPTOP: Vec2 = vec2(1280.0, 800.0);
const LARGE: Vec2 = vec2(2560.0, 1440.0);

/// The place of the first node of this name.
fn place(window: &Window, label: &str) -> egui::Rect {
    let mut nodes = window.query_all_by_label(label);
    nodes.next().unwrap_or_else(|| panic!("no {label}")).rect()
}

fn focus(window: &mut Window, label: &str) {
    let node = window.query_all_by_label(label).next();
    node.unwrap_or_else(|| panic!("no {label}")).focus();
    window.run_ok();
}

#[test]
fn arrows_move_the_edge_that_has_the_focus_and_nothing_else() {
    let mut window = window(SHIPPED, LAPTOP, Theme::Light);
    for (edge, larger, smaller) in [
        ("Width of the library pane", Key::ArrowRight, Key::ArrowLeft),
        (
            "Width of the evidence pane",
            Key::ArrowLeft,
            Key::ArrowRight,
        ),
        ("Height of the timeline pane", Key::ArrowUp, Key::ArrowDown),
    ] {
        let middle = |window: &Window| place(window, edge).center();
        let before = middle(&window);
        focus(&mut window, edge);
        window.key_press(larger);
        window.run_ok();
        let towards = match larger {
            Key::ArrowRight => egui::Vec2::X,
            Key::ArrowLeft => -egui::Vec2::X,
            _ => -egui::Vec2::Y,
        };
        let moved = (middle(&window) - before).dot(towards);
        assert!(moved > 4.0, "{edge} moved by {moved}");
        window.key_press(smaller);
        window.run_ok();
        let back = (middle(&window) - before).length();
        assert!(back < 1.0, "{edge} is {back} from where it was");
    }
    assert_eq!(state(&window).selection, None, "no arrow went elsewhere");
}

#[test]
fn the_edge_of_the_timeline_can_be_dragged_where_words_run_under_it() {
    const EDGE: &str = "Height of the timeline pane";
    let mut window = window(SHIPPED, LAPTOP, Theme::Light);
    for scrolled_by in [0.0, -9.0, -9.0, -9.0, -9.0] {
        let edge = place(&window, EDGE).center();
        window.hover_at(edge - vec2(0.0, 200.0));
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, scrolled_by),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        window.run_ok();
        // Left of the middle, where lines begin.
        let from = egui::pos2(0.4 * LAPTOP.x, edge.y - 2.0);
        window.drag_at(from);
        window.run_ok();
        window.hover_at(from - vec2(0.0, 30.0));
        window.run_ok();
        window.drop_at(from - vec2(0.0, 30.0));
        window.run_ok();
        let moved = edge.y - place(&window, EDGE).center().y;
        assert!((25.0..35.0).contains(&moved), "{moved} after {scrolled_by}");
    }
}

#[test]
fn the_menu_of_a_lane_opens_by_key_and_moves_the_lane() {
    let mut window = window(SHIPPED, LARGE, Theme::Light);
    let lane = |window: &Window, lane: &str| {
        let label = format!("Lane {lane}");
        let mut nodes = window.query_all_by_label_contains(&label);
        let node = nodes.next().unwrap_or_else(|| panic!("no lane {lane}"));
        (node.rect().top(), name(node))
    };
    let (method, label) = lane(&window, "Method");
    let (diplomacy, _) = lane(&window, "Diplomacy");
    assert!(method < diplomacy);
    focus(&mut window, &label);
    window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.run_ok();
    window.get_by_label("Move down");
    // The focus is in the menu, and Escape leads out of it and back to the lane.
    window.key_press(Key::Escape);
    window.run_ok();
    assert!(window.query_by_label("Move down").is_none());
    assert!(window.get_by_label(&label).accesskit_node().is_focused());
    window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.run_ok();
    // "Hide", then "Move up", which is of no use for the first lane, then "Move down".
    for _ in 0..2 {
        window.key_press(Key::ArrowDown);
        window.run_ok();
    }
    assert!(
        window
            .get_by_label("Move down")
            .accesskit_node()
            .is_focused()
    );
    window.key_press(Key::Enter);
    window.run_ok();
    assert!(lane(&window, "Method").0 > lane(&window, "Diplomacy").0);
    assert_eq!(state(&window).selection, None);
}

#[test]
fn a_range_is_set_by_keys_from_one_event_to_another() {
    let mut window = window(SHIPPED, LAPTOP, Theme::Light);
    let press = |window: &mut Window, key| {
        window.key_press(key);
        window.run_ok();
    };
    press(&mut window, Key::Home);
    press(&mut window, Key::OpenBracket);
    let first = state(&window).timeline.range.clone().expect("a range");
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::CloseBracket);
    let both = state(&window).timeline.range.clone().expect("a range");
    assert_eq!(both.start, first.start);
    assert!(both.end > first.end);
    // What would turn the range round begins it anew with the event.
    press(&mut window, Key::End);
    press(&mut window, Key::OpenBracket);
    let last = state(&window).timeline.range.clone().expect("a range");
    assert!(last.start > both.end);
    press(&mut window, Key::Escape);
    assert_eq!(state(&window).timeline.range, None);
}

#[test]
fn an_answer_goes_when_the_reader_goes_on_and_a_failure_stays() {
    let mut window = window(SHIPPED, LAPTOP, Theme::Light);
    apply(&mut window, Action::Notice("The disk is full".to_owned()));
    apply(&mut window, Action::Run(Command::CopyCitation));
    window.get_by_label_contains("Select a source or a statement first");
    apply(&mut window, Action::Run(Command::NextEvent));
    assert!(
        window
            .query_by_label_contains("Select a source or a statement first")
            .is_none()
    );
    window.get_by_label_contains("The disk is full");
}

#[test]
fn the_legend_leaves_the_screen_to_a_presentation_and_escape_closes_it() {
    let mut window = window(SHIPPED, LAPTOP, Theme::Light);
    let legend = TimelineAction::ShowLegend(true);
    apply(&mut window, Action::Timeline(legend));
    window.get_by_label("How far it has become fact");
    apply(&mut window, Action::Run(Command::Present));
    assert!(
        window
            .query_by_label("How far it has become fact")
            .is_none()
    );
    apply(&mut window, Action::Run(Command::Present));
    window.get_by_label("How far it has become fact");
    window.key_press(Key::Escape);
    window.run_ok();
    assert!(
        window
            .query_by_label("How far it has become fact")
            .is_none()
    );
}

#[test]
fn arrows_move_a_wide_table_whose_bar_has_the_focus() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let table =
        format!("# Wide\n\n| {long} | {long} | Last |\n| - | - | - |\n| one | two | three |\n");
    std::fs::write(folder.path().join("wide.md"), table).expect("written");
    let mut window = window(Some(folder.path().to_owned()), LAPTOP, Theme::Dark);
    let last = |window: &Window| {
        let cells = window.query_all_by_label("Last");
        cells.map(|node| node.rect().left()).next()
    };
    assert_eq!(last(&window), None, "it is cut");
    focus(&mut window, "Move the table sideways");
    for _ in 0..40 {
        window.key_press(Key::ArrowRight);
        window.run_ok();
    }
    assert!(last(&window).is_some(), "it is in sight");
    for _ in 0..40 {
        window.key_press(Key::ArrowLeft);
        window.run_ok();
    }
    assert_eq!(last(&window), None, "it is cut again");
    assert_eq!(state(&window).selection, None, "no arrow went elsewhere");
}

/// What has the focus, and where it stands.
fn focused(window: &Window) -> Option<(String, egui::Rect)> {
    let mut nodes = window.root().children_recursive();
    let node = nodes.find(|node| node.accesskit_node().is_focused())?;
    Some((name(node), node.rect()))
}

#[test]
fn a_sheet_has_the_focus_from_the_first_and_an_address_is_not_opened_by_one_more_enter() {
    let mut window = window(SHIPPED, LAPTOP, Theme::Dark);
    for (action, expected) in [
        (Action::Run(Command::Keys), "Close"),
        (Action::Run(Command::Settings), "Close"),
        (
            Action::AskAddress("https://example.org/".to_owned()),
            "Cancel",
        ),
    ] {
        apply(&mut window, action);
        let found = focused(&window).map(|(name, _)| name);
        assert_eq!(found.as_deref(), Some(expected));
        window.key_press(Key::Enter);
        window.run_ok();
        assert_eq!(state(&window).sheet, None, "{expected} closes");
    }
}

#[test]
fn keys_scroll_the_list_of_keys() {
    let mut window = window(SHIPPED, vec2(640.0, 400.0), Theme::Dark);
    apply(&mut window, Action::Run(Command::Keys));
    let last = |window: &Window| {
        let found = window.query_all_by_label("Scale the whole window");
        found.map(|node| node.rect().bottom()).next_back()
    };
    let before = place(&window, "File").top();
    window.key_press(Key::PageDown);
    window.run_ok();
    let after = window.query_all_by_label("File").next();
    assert!(after.is_none_or(|node| node.rect().top() < before - 100.0));
    window.key_press(Key::End);
    window.run_ok();
    assert!(
        last(&window).is_some_and(|bottom| bottom < 400.0),
        "{:?}",
        last(&window)
    );
}

#[test]
fn what_has_the_focus_is_in_sight() {
    let size = vec2(640.0, 400.0);
    let mut window = window(SHIPPED, size, Theme::Dark);
    for command in [Command::Settings, Command::Export] {
        apply(&mut window, Action::Run(command));
        let mut names = std::collections::BTreeSet::new();
        for _ in 0..40 {
            window.key_press(Key::Tab);
            window.run_ok();
            let Some((name, rect)) = focused(&window) else {
                continue;
            };
            let middle = rect.center();
            let is_in = egui::Rect::from_min_size(egui::Pos2::ZERO, size).contains(middle);
            assert!(is_in, "{command:?}: {name} at {rect:?}");
            names.insert(name);
        }
        assert!(names.len() > 8, "{names:?}");
        window.key_press(Key::Escape);
        window.run_ok();
    }
    // The filters are longer than their pane.
    apply(&mut window, Action::Run(Command::Filters));
    focus(&mut window, "Copy command line");
    for _ in 0..12 {
        window.key_press(Key::Tab);
        window.run_ok();
        let (name, rect) = focused(&window).expect("a filter");
        let edge = place(&window, "Height of the timeline pane");
        assert!(rect.bottom() <= edge.bottom(), "{name} at {rect:?}");
    }
}
