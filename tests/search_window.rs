//! Search, filters and saved views as a reader meets them: by role, label and key, in the whole window.

#[expect(dead_code, reason = "other tests use the rest")]
mod screen;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use screen::{Window, apply, open, state};
use sourceline::app::Start;
use sourceline::date::Instant;
use sourceline::library::filter::Field;
use sourceline::model::Item;
use sourceline::state::{Action, LibraryTab, Motion, StartView, TimelineAction};
use std::fs;
use std::path::Path;

const TALKS: &str = "---
title: The talks
events:
  - id: call
    date: 2025-03-18T10:00Z
    title: The presidents speak
    lane: Diplomacy
    actors: [Ann]
  - id: exchange
    date: 2025-03-19
    title: Prisoners come home
    lane: War
    actors: [Bob]
  - id: later
    date: 2025-05-01
    title: A later meeting
    lane: Diplomacy
---
## The call {#call}

Both sides agreed to go on negotiating about the prisoners.

## The exchange {#exchange}

They came home by bus.
";

const OTHER: &str = "# Another briefing\n\nPrisoners are mentioned here, too, but only once.\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("talks.md"), TALKS).expect("a file");
    fs::write(folder.path().join("other.md"), OTHER).expect("a file");
    folder
}

fn window(path: &Path, view: Option<&str>) -> Window {
    let builder = Harness::builder()
        .with_size(Vec2::new(1400.0, 900.0))
        .with_max_steps(60);
    let start = Start {
        paths: vec![path.to_owned()],
        view: StartView {
            view: view.map(str::to_owned),
            ..StartView::default()
        },
    };
    let mut window = open(builder, start);
    apply(&mut window, Action::SetMotion(Motion::Off));
    window
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_ok();
}

fn type_text(window: &mut Window, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_ok();
}

fn selected_title(window: &Window) -> Option<String> {
    let state = state(window);
    state.library.label(state.selection?)
}

/// The words marked as found in the open document, with what is said of them.
fn marked(window: &Window) -> Vec<(String, String)> {
    window
        .get_all_by_role(Role::Mark)
        .map(|node| {
            let node = node.accesskit_node();
            (
                node.label().unwrap_or_default(),
                node.description().unwrap_or_default(),
            )
        })
        .collect()
}

#[test]
fn found_words_are_marked_in_the_open_briefing_until_the_search_ends() {
    let folder = folder();
    let mut window = window(&folder.path().join("other.md"), None);
    assert!(window.query_by_role(Role::Mark).is_none());
    key(&mut window, Modifiers::COMMAND, Key::F);
    type_text(&mut window, "prisoner");
    let found = |note: &str| vec![("Prisoners".to_owned(), note.to_owned())];
    assert_eq!(marked(&window), found("Found"));
    // The one that was gone to is told from the others.
    key(&mut window, Modifiers::NONE, Key::F3);
    assert_eq!(marked(&window), found("Found, and gone to"));
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_role(Role::Mark).is_none());
}

#[test]
fn a_range_on_the_ruler_says_how_many_events_it_holds() {
    let folder = folder();
    let sourced = "---\nevents: [{id: vote, date: 2025-03-19, title: The vote, actors: [Ann, Bob]}]\n\
        sources: {s: {title: Minutes}}\n---\n## The vote {#vote}\n\nThey voted [@s]. By hand [@s].\n";
    fs::write(folder.path().join("vote.md"), sourced).expect("a file");
    let mut window = window(folder.path(), None);
    assert!(window.query_by_label_contains("range of").is_none());
    // From 18 to 20 March 2025, in UTC.
    let range = Instant(1_742_256_000_000)..Instant(1_742_428_800_000);
    apply(
        &mut window,
        Action::Timeline(TimelineAction::SelectRange(Some(range))),
    );
    window.get_by_label_contains("range of 2 days · 3 events · 2 statements");
    window.get_by_label_contains("3 events, 2 statements (2 unquoted) in the range of 2 days");
    // What is hidden is not counted, and an event in two lanes counts once.
    let by_actor = TimelineAction::SetGrouping(sourceline::state::Grouping::Actor);
    apply(&mut window, Action::Timeline(by_actor));
    window.get_by_label_contains("3 events, 2 statements");
    let set = sourceline::state::FilterAction::Set(Field::Actor, "Bob".to_owned(), true);
    apply(&mut window, Action::Filter(set));
    window.get_by_label_contains("2 events, 2 statements (2 unquoted) in the range of 2 days");
    apply(
        &mut window,
        Action::Timeline(TimelineAction::ShowList(true)),
    );
    window.get_by_label_contains("2 events, 2 statements (2 unquoted) in the range of 2 days");
}

#[test]
fn what_is_typed_is_found_and_walked_through() {
    let folder = folder();
    let mut window = window(folder.path(), None);
    key(&mut window, Modifiers::COMMAND, Key::F);
    type_text(&mut window, "prison");
    assert_eq!(state(&window).search.hits().len(), 3);
    assert_eq!(state(&window).library_tab, LibraryTab::Hits);
    window.get_by_label("3 hits in 2 briefings");
    // An event is told from others by its date, too.
    window.get_by_role_and_label(Role::ListItem, "19 March 2025, Prisoners come home");
    // Marked on the timeline: the event itself, and the one whose passage speaks of them.
    assert_eq!(state(&window).timeline.hits.len(), 2);
    // F3 walks while the field has the focus.
    key(&mut window, Modifiers::NONE, Key::F3);
    assert_eq!(state(&window).search.at, Some(0));
    let first = state(&window).search.hits()[0];
    assert_eq!(
        selected_title(&window).as_deref(),
        Some("Prisoners come home")
    );
    key(&mut window, Modifiers::NONE, Key::F3);
    assert_eq!(state(&window).search.at, Some(1));
    key(&mut window, Modifiers::SHIFT, Key::F3);
    assert_eq!(state(&window).search.at, Some(0));
    key(&mut window, Modifiers::SHIFT, Key::F3);
    assert_eq!(state(&window).search.at, Some(2));
    assert_ne!(state(&window).search.hits()[2].file, first.file);
    // Escape leaves nothing marked.
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!state(&window).search.is_on());
    assert_eq!(state(&window).timeline.hits.len(), 0);
    assert_eq!(state(&window).library_tab, LibraryTab::Files);
}

#[test]
fn a_slash_finds_and_a_hit_that_is_clicked_is_shown() {
    let folder = folder();
    let mut window = window(folder.path(), None);
    key(&mut window, Modifiers::NONE, Key::Slash);
    type_text(&mut window, "bus");
    window.get_by_label_contains("by bus").click();
    window.run_ok();
    let state = state(&window);
    let open = state.document.as_ref().expect("a document").file;
    assert_eq!(state.library.file(open).expect("open").name, "talks.md");
    let jump = state.jump.expect("a jump to the words");
    assert_eq!(
        jump.span
            .of(&state.library.briefing(open).expect("open").text),
        "bus"
    );
}

#[test]
fn the_search_can_be_held_to_the_open_briefing_and_a_fault_is_told() {
    let folder = folder();
    let mut window = window(folder.path(), None);
    key(
        &mut window,
        Modifiers::COMMAND.plus(Modifiers::SHIFT),
        Key::F,
    );
    type_text(&mut window, "prisoners");
    let open = state(&window).document.as_ref().expect("a document").file;
    assert!(
        state(&window)
            .search
            .hits()
            .iter()
            .all(|hit| hit.file == open)
    );
    assert_eq!(state(&window).search.hits().len(), 1);
    type_text(&mut window, " before:soon");
    let fault = state(&window).search.fault.as_ref().expect("a fault");
    assert!(fault.message.starts_with("after `before:`"), "{fault}");
    // What was found before is still there.
    assert_eq!(state(&window).search.hits().len(), 1);
}

#[test]
fn filters_hide_say_so_and_combine_with_the_search() {
    let folder = folder();
    let mut window = window(folder.path(), None);
    window.get_by_label("Filters").click();
    window.run_ok();
    window.get_by_label("All 3 events are shown");
    let lane = window.get_all_by_role(egui::accesskit::Role::CheckBox);
    let labels: Vec<String> = lane
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert!(labels.contains(&"Diplomacy".to_owned()), "{labels:?}");
    window
        .get_by_role_and_label(egui::accesskit::Role::CheckBox, "Diplomacy")
        .click();
    window.run_ok();
    assert_eq!(state(&window).timeline.data.index.len(), 2);
    window.get_by_label("2 of 3 events shown");
    window.get_by_label_contains("1 event hidden");
    // Only what is found, too.
    key(&mut window, Modifiers::COMMAND, Key::F);
    type_text(&mut window, "presidents ");
    window.get_by_label("Show only these").click();
    window.run_ok();
    assert_eq!(state(&window).timeline.data.index.len(), 1);
    apply(
        &mut window,
        Action::Run(sourceline::command::Command::ShowEverything),
    );
    assert_eq!(state(&window).timeline.data.index.len(), 3);
    assert!(!state(&window).is_narrowed());
}

/// Asks for what Bob did, and saves that under a name.
fn save_view_of_bob(window: &mut Window, name: &str) {
    let set = sourceline::state::FilterAction::Set(Field::Actor, "Bob".to_owned(), true);
    apply(window, Action::Filter(set));
    key(window, Modifiers::COMMAND, Key::S);
    type_text(window, name);
    key(window, Modifiers::NONE, Key::Enter);
}

#[test]
fn a_view_is_saved_shown_again_and_has_a_command_line() {
    let folder = folder();
    let mut first = window(folder.path(), None);
    save_view_of_bob(&mut first, "Bob’s view");
    let saved = fs::read_to_string(folder.path().join(".sourceline/views.toml")).expect("saved");
    assert!(
        saved.contains("Bob’s view") && saved.contains("actors = [\"Bob\"]"),
        "{saved}"
    );
    let line = state(&first).command_line().expect("a command line");
    assert!(
        line.starts_with("sourceline ") && line.ends_with("--view 'Bob’s view'"),
        "{line}"
    );

    // The field offers the name of the view that is shown, and what is typed takes its place.
    key(&mut first, Modifiers::COMMAND, Key::S);
    first.get_by_label("A view of this name is there and will be replaced");
    type_text(&mut first, "Another");
    key(&mut first, Modifiers::NONE, Key::Enter);
    let names: Vec<&str> = state(&first)
        .views
        .list
        .iter()
        .map(|view| &*view.name)
        .collect();
    assert_eq!(names, ["Bob’s view", "Another"]);

    let mut second = window(folder.path(), Some("Bob’s view"));
    assert_eq!(state(&second).timeline.data.index.len(), 1);
    second.get_by_label("1 of 3 events shown");
    apply(
        &mut second,
        Action::Run(sourceline::command::Command::ShowEverything),
    );
    assert_eq!(state(&second).timeline.data.index.len(), 3);

    let third = window(folder.path(), Some("Nobody’s view"));
    let told = &state(&third).notices.last().expect("a notice").text;
    assert_eq!(
        told,
        "This library has no view called Nobody’s view; it has Bob’s view, Another"
    );
}

#[test]
fn a_view_that_was_deleted_can_be_had_back() {
    let folder = folder();
    let mut window = window(folder.path(), None);
    save_view_of_bob(&mut window, "Of Bob");
    let saved = |window: &Window| state(window).views.list.first().cloned();
    let before = saved(&window).expect("a view");
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.run_ok();
    window.get_by_label("Delete the view Of Bob").click();
    window.run_ok();
    assert_eq!(saved(&window), None);
    window.get_by_label("Of Bob was deleted");
    window.get_by_label("Undo").click();
    window.run_ok();
    assert_eq!(saved(&window), Some(before));
    assert!(window.query_by_label("Undo").is_none());
}

/// The words that a shell makes of a line.
#[cfg(unix)]
fn words(line: &str) -> Vec<Vec<u8>> {
    let script = format!("for word in {line}; do printf '%s\\0' \"$word\"; done");
    let run = std::process::Command::new("bash")
        .args(["-c", &script])
        .output();
    let mut told = run.expect("a shell").stdout;
    assert_eq!(told.pop(), Some(0), "{line}");
    told.split(|&byte| byte == 0).map(<[u8]>::to_vec).collect()
}

#[cfg(unix)]
#[test]
fn a_shell_takes_a_copied_command_line_for_what_was_meant() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder();
    let odd = std::ffi::OsStr::from_bytes(b"it's \"mine\" $HOME\\n \xff\n*");
    let path = folder.path().join(odd);
    fs::create_dir(&path).expect("a folder");
    fs::write(
        path.join("a.md"),
        "---\nevents: [{date: 2025, title: It}]\n---\n",
    )
    .expect("a file");
    let name = "-K\u{fc}che & \"Rest\"; $(date) 's";
    let mut first = window(&path, None);
    key(&mut first, Modifiers::COMMAND, Key::S);
    type_text(&mut first, name);
    key(&mut first, Modifiers::NONE, Key::Enter);
    let line = state(&first).command_line().expect("a command line");
    let view = format!("--view={name}");
    let expected = [b"sourceline", path.as_os_str().as_bytes(), view.as_bytes()];
    assert_eq!(words(&line), expected, "{line}");
    let second = window(&path, Some(name));
    assert_eq!(
        state(&second).shown_view().map(|view| &*view.name),
        Some(name)
    );
}

#[test]
fn what_happened_around_an_event_and_between_two() {
    let folder = folder();
    let mut window = window(folder.path(), None);
    let talks = state(&window)
        .library
        .files()
        .find(|file| file.name == "talks.md");
    let talks = talks.expect("the file").id;
    apply(&mut window, Action::Select(Item::Event(talks, 0)));
    key(&mut window, Modifiers::NONE, Key::W);
    let range = state(&window).timeline.range.clone().expect("a range");
    assert_eq!(range.start.to_iso_utc(), "2025-03-15T10:00:00Z");
    assert_eq!(state(&window).events_in_range(), 2);
    let told = &state(&window).notices.last().expect("a notice").text;
    assert_eq!(told, "1 other event within 3 days, 0 statements in all");
    apply(&mut window, Action::Select(Item::Event(talks, 1)));
    let between = state(&window).time_between().expect("two events");
    assert_eq!(between, "14 hours after The presidents speak");
}
