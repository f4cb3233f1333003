//! The state by itself: actions in, state and effects out.

use super::*;
use crate::command::Command;
use crate::library::watch::Change;
use crate::library::{LoadEvent, Loaded};
use crate::parse;

const TALKS: &str = r#"---
title: The talks
events:
  - id: call
    date: 2025-03-18T10:00Z
    title: The call
    sources: [wh]
  - id: exchange
    date: 2025-03-19
    title: The exchange
sources:
  wh:
    title: Readout
    url: https://example.org/readout
  paper:
    title: A paper without address
---
## The call {#call}

Both sides agreed to go on talking about it [@wh, "go on talking"].

## The exchange {#exchange}

On the next day prisoners were exchanged [@paper].
"#;

const OTHER: &str = r#"---
title: Another
sources:
  same:
    title: The readout again
    url: https://example.org/readout
---
The same text is used here as well [@same].
"#;

pub(crate) fn loaded(name: &str, text: &str) -> Loaded {
    let context = parse::Context {
        file_name: name,
        bibliography: &|_| Err(parse::BibliographyFault::Missing),
        shared: None,
    };
    let (briefing, problems) = parse::briefing(text.into(), &context);
    Loaded {
        path: PathBuf::from("/library").join(name),
        root: std::path::Path::new("/library").into(),
        name: name.to_owned(),
        briefing: Arc::new(briefing),
        places: problems
            .iter()
            .map(|_| crate::span::Place { line: 1, column: 1 })
            .collect(),
        problems: problems.into(),
    }
}

/// The disk has these files now, and those no longer.
pub(crate) fn changed(written: &[(&str, &str)], gone: &[&str]) -> Action {
    let written = written.iter().map(|(name, text)| loaded(name, text));
    let gone = gone.iter().map(|name| PathBuf::from("/library").join(name));
    Action::Changed(Change::Files {
        written: written.collect(),
        gone: gone.collect(),
    })
}

/// A state with these files open.
pub(crate) fn open(files: &[(&str, &str)]) -> State {
    let mut state = State::default();
    let effects = state.apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
    let number = effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Load(number, _) => Some(*number),
            _ => None,
        })
        .expect("a load was asked for");
    let files = files
        .iter()
        .map(|(name, text)| loaded(name, text))
        .collect();
    state.apply(Action::Load(number, LoadEvent::Ready(files)));
    state.apply(Action::LoadEnded(number));
    state
}

pub(crate) fn event(state: &State, id: &str) -> Item {
    let find = |file: &crate::library::File| {
        let at = file.briefing.event_by_id(id)?;
        Some(Item::Event(file.id, at))
    };
    state
        .library
        .files()
        .find_map(find)
        .expect("the event is there")
}

#[test]
fn selecting_an_event_shows_its_passage_and_lights_up_what_belongs_to_it() {
    let mut state = open(&[("talks.md", TALKS)]);
    let call = event(&state, "call");
    state.apply(Action::Select(call));
    let file = call.file();
    assert_eq!(state.selection, Some(call));
    let jump = state.jump.expect("a jump");
    assert!(
        state
            .library
            .briefing(file)
            .expect("open")
            .words(jump.span)
            .contains("The call")
    );
    assert!(state.selected.contains(Item::Statement(file, 0)));
    assert!(!state.selected.contains(Item::Statement(file, 1)));
    assert!(state.selected.contains(Item::Source(file, 0)));
}

#[test]
fn a_source_lights_up_what_rests_on_it_in_every_file() {
    let mut state = open(&[("other.md", OTHER), ("talks.md", TALKS)]);
    let call = event(&state, "call");
    state.apply(Action::Select(Item::Source(call.file(), 0)));
    assert!(state.selected.contains(call));
    let other = state
        .library
        .files()
        .find(|file| file.name == "other.md")
        .expect("there")
        .id;
    assert!(state.selected.contains(Item::Statement(other, 0)));
}

#[test]
fn back_and_forward_return_to_where_the_reader_was() {
    let mut state = open(&[("talks.md", TALKS)]);
    let (call, exchange) = (event(&state, "call"), event(&state, "exchange"));
    state.apply(Action::Select(call));
    state.apply(Action::Select(exchange));
    state.apply(Action::Run(Command::Back));
    assert_eq!(state.selection, Some(call));
    state.apply(Action::Run(Command::Forward));
    assert_eq!(state.selection, Some(exchange));
    state.apply(Action::Run(Command::Forward));
    assert_eq!(state.selection, Some(exchange));
}

#[test]
fn escape_clears_one_thing_at_a_time() {
    let mut state = open(&[("talks.md", TALKS)]);
    let call = event(&state, "call");
    state.apply(Action::Select(call));
    state.apply(Action::Run(Command::Keys));
    state.apply(Action::Run(Command::ClearSelection));
    assert_eq!(state.sheet, None);
    assert_eq!(state.selection, Some(call));
    state.apply(Action::Run(Command::ClearSelection));
    assert_eq!(state.selection, None);
}

#[test]
fn a_file_that_is_written_keeps_the_selection_though_its_events_have_moved() {
    let mut state = open(&[("talks.md", TALKS)]);
    let exchange = event(&state, "exchange");
    state.apply(Action::Select(exchange));
    let before = "  - id: first\n    date: 2025-03-01\n    title: First\n  - id: call";
    let text = TALKS.replace("  - id: call", before);
    let effects = state.apply(changed(&[("talks.md", &text)], &[]));
    let moved = event(&state, "exchange");
    assert_ne!(moved, exchange);
    assert_eq!(state.selection, Some(moved));
    assert!(effects.contains(&Effect::LayOut(moved.file())));
    assert!(effects.contains(&Effect::Check(moved.file())));
}

#[test]
fn a_file_that_has_gone_takes_only_itself_along() {
    let mut state = open(&[("other.md", OTHER), ("talks.md", TALKS)]);
    state.apply(Action::Select(event(&state, "call")));
    state.apply(changed(&[], &["talks.md"]));
    assert_eq!(state.selection, None);
    let shown = state
        .document
        .as_ref()
        .expect("the other file is shown")
        .file;
    assert_eq!(state.library.file(shown).expect("there").name, "other.md");
    state.apply(Action::Run(Command::Back));
    assert_eq!(state.document.as_ref().map(|open| open.file), Some(shown));
}

#[test]
fn answers_that_come_late_are_passed_over() {
    let mut state = open(&[("talks.md", TALKS)]);
    let file = event(&state, "call").file();
    let old = Arc::clone(state.library.briefing(file).expect("open"));
    state.apply(changed(&[("talks.md", OTHER)], &[]));
    state.apply(Action::Checked(file, Arc::clone(&old), Arc::default()));
    assert!(state.checks(file).is_none());
    state.apply(Action::DocumentReady(file, old, Arc::default()));
    assert!(
        state
            .document
            .as_ref()
            .is_some_and(|open| open.document.is_none())
    );
}

#[test]
fn reports_of_a_load_that_was_replaced_are_passed_over() {
    let mut state = State::default();
    state.apply(Action::OpenPaths(vec![PathBuf::from("/one")]));
    let first = state.loading.expect("loading").number;
    state.apply(Action::OpenPaths(vec![PathBuf::from("/two")]));
    state.apply(Action::Load(
        first,
        LoadEvent::Ready(vec![loaded("talks.md", TALKS)]),
    ));
    assert!(state.library.is_empty());
    state.apply(Action::LoadEnded(first));
    assert!(state.loading.is_some());
}

#[test]
fn an_address_is_asked_for_before_it_is_opened() {
    let mut state = open(&[("talks.md", TALKS)]);
    let file = event(&state, "call").file();
    let address = "https://example.org/readout".to_owned();
    let target = LinkTarget::Address(address.clone());
    let effects = state.apply(Action::FollowLink(file, target));
    assert_eq!(effects, []);
    assert_eq!(state.sheet, Some(Sheet::Address(address.clone())));
    let effects = state.apply(Action::OpenAddress(address.clone()));
    assert_eq!(effects, [Effect::OpenAddress(address)]);
}

#[test]
fn a_source_without_copy_and_address_says_so() {
    let mut state = open(&[("talks.md", TALKS)]);
    let file = event(&state, "call").file();
    state.apply(Action::OpenCopy(file, 1));
    assert!(state.open_copy.is_none());
    assert!(
        state
            .notices
            .iter()
            .any(|notice| notice.text.contains("A paper without address"))
    );
}

#[test]
fn what_is_said_of_a_missing_dialog_goes_with_the_sheet_that_stands_in_for_it() {
    let mut state = open(&[("talks.md", TALKS)]);
    let said = |state: &State| {
        let told = |notice: &Notice| notice.text.contains("No file dialog");
        state.notices.iter().any(told)
    };
    state.apply(Action::DialogUnavailable(Sheet::NewBriefing));
    assert_eq!(state.sheet, Some(Sheet::NewBriefing));
    assert!(said(&state));
    state.apply(Action::CloseSheet);
    assert!(!said(&state));
}

#[test]
fn an_event_named_at_the_start_is_selected_once_all_is_loaded() {
    let mut state = State::default();
    state.start.event = Some("exchange".to_owned());
    state.apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
    let number = state.loading.expect("loading").number;
    state.apply(Action::Load(
        number,
        LoadEvent::Ready(vec![loaded("talks.md", TALKS)]),
    ));
    assert_eq!(state.selection, None);
    state.apply(Action::LoadEnded(number));
    assert_eq!(state.selection, Some(event(&state, "exchange")));
}

/// Files come in the order in which they were read, which is another one each time.
#[test]
fn a_file_asked_for_by_name_is_waited_for_and_else_the_first_is_shown() {
    let shown = |wanted: &str| {
        let mut state = State::default();
        state.start.file = Some(wanted.to_owned());
        state.apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
        let number = state.loading.expect("loading").number;
        for (name, text) in [("other.md", OTHER), ("talks.md", TALKS)] {
            let ready = LoadEvent::Ready(vec![loaded(name, text)]);
            state.apply(Action::Load(number, ready));
        }
        state.apply(Action::LoadEnded(number));
        let open = state.document.expect("a document is shown");
        state.library.file(open.file).map(|file| file.name.clone())
    };
    assert_eq!(shown("talks.md").as_deref(), Some("talks.md"));
    assert_eq!(shown("gone.md").as_deref(), Some("other.md"));
}

#[test]
fn a_whole_day_begins_with_the_day_of_the_ruler() {
    let text = r#"---
timezone: America/New_York
events:
  - {id: call, date: 2025-03-18T10:00, title: Call}
  - {id: talks, date: 2025-03-23, title: Talks}
---
"#;
    let mut state = open(&[("days.md", text)]);
    let start = |state: &State, id: &str| {
        let entry = state.timeline.data.entries_of(event(state, id)).start;
        let stored = state.timeline.data.index.get(entry).expect("it is dated");
        crate::date::Instant(stored.start_ms).to_iso_utc()
    };
    assert_eq!(start(&state, "call"), "2025-03-18T14:00:00Z");
    assert_eq!(start(&state, "talks"), "2025-03-23T04:00:00Z");
    state.apply(Action::SetZone(ZoneChoice::Utc));
    assert_eq!(start(&state, "call"), "2025-03-18T14:00:00Z");
    assert_eq!(start(&state, "talks"), "2025-03-23T00:00:00Z");
}

#[test]
fn events_that_are_farther_apart_than_milliseconds_of_64_bits_can_say_are_told_apart_exactly() {
    let text = "---\nevents:\n  - {id: old, date: Y-170000000, title: Sea}\n  - {id: new, date: Y170000000, title: Dust}\n---\n";
    let mut state = open(&[("time.md", text)]);
    let (old, new) = (event(&state, "old"), event(&state, "new"));
    state.apply(Action::Select(old));
    state.apply(Action::Select(new));
    let between = state.time_between().expect("two events");
    assert_eq!(between, "340,000,000 years after Sea");
    state.apply(Action::Select(old));
    let between = state.time_between().expect("two events");
    assert_eq!(between, "340,000,000 years before Dust");
    state.apply(Action::LookAround(new));
    assert!(state.timeline.range.is_some());
}

#[test]
fn while_a_library_is_read_events_are_sorted_in_soon_and_all_of_them_in_the_end() {
    let mut state = State::default();
    let effects = state.apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
    let Some(Effect::Load(number, _)) = effects
        .iter()
        .find(|effect| matches!(effect, Effect::Load(..)))
    else {
        panic!("{effects:?}");
    };
    let number = *number;
    let file = |name: &str, events: usize| {
        let listed: String = (0..events)
            .map(|at| format!("  - {{id: e{at}, date: 2025, title: Event}}\n"))
            .collect();
        loaded(name, &format!("---\nevents:\n{listed}---\n"))
    };
    let builds = |effects: &[Effect]| {
        let numbers = effects.iter().filter_map(|effect| match effect {
            Effect::IndexTimeline(number) => Some(*number),
            _ => None,
        });
        numbers.collect::<Vec<_>>()
    };
    let mut ready = |name: &str, events: usize| {
        let lot = LoadEvent::Ready(vec![file(name, events)]);
        let effects = state.apply(Action::Load(number, lot));
        // Each build is answered at once.
        for build in builds(&effects) {
            let data = Arc::new(state.timeline.build(&state.library).run());
            state.apply(Action::Timeline(TimelineAction::Indexed(build, data)));
        }
        state.timeline.data.index.len()
    };
    assert_eq!(ready("a.md", 10), 10);
    assert_eq!(ready("b.md", 6_000), 6_010);
    assert_eq!(ready("c.md", 100), 6_010, "a few more can wait");
    let effects = state.apply(Action::LoadEnded(number));
    assert_eq!(builds(&effects).len(), 1, "{effects:?}");
    let build = builds(&effects)[0];
    let data = Arc::new(state.timeline.build(&state.library).run());
    state.apply(Action::Timeline(TimelineAction::Indexed(build, data)));
    assert_eq!(state.timeline.data.index.len(), 6_110);
}

#[test]
fn events_in_the_sources_of_a_folder_come_and_go_with_their_list() {
    let mut state = open(&[("talks.md", TALKS)]);
    let path = PathBuf::from("/library/sources.yml");
    let effects = state.apply(Action::Changed(Change::Other(vec![path.clone()])));
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Reload(files) => Some(files),
        _ => None,
    });
    let asked = asked.expect("all is read anew");
    assert!(asked.iter().any(|(file, _)| *file == path), "{asked:?}");
    let listed = |events: &str| {
        let mut file = loaded("sources.yml", TALKS);
        let context = parse::Context {
            file_name: "sources.yml",
            bibliography: &|_| Err(parse::BibliographyFault::Missing),
            shared: None,
        };
        let (briefing, _) = parse::folder_events(events.into(), &context);
        file.briefing = Arc::new(briefing);
        Action::Reloaded(vec![file])
    };
    state.apply(listed("wh: {title: Readout}\n"));
    assert_eq!(state.library.len(), 1);
    state.apply(listed("events: [{date: 2025-03-20, title: The vote}]\n"));
    assert_eq!(state.library.len(), 2);
    assert_eq!(state.timeline.data.index.len(), 3);
    state.apply(listed("wh: {title: Readout}\n"));
    assert_eq!(state.library.len(), 1);
    assert_eq!(state.timeline.data.index.len(), 2);
}

#[test]
fn what_answers_the_reader_goes_when_the_reader_goes_on() {
    let mut state = open(&[("talks.md", TALKS)]);
    state.apply(Action::Notice("The disk is full".to_owned()));
    state.apply(Action::Answer("Citation copied".to_owned()));
    state.apply(Action::DialogUnavailable(Sheet::OpenPath));
    let told = |state: &State| -> Vec<String> {
        (state.notices.iter())
            .map(|notice| notice.text.clone())
            .collect()
    };
    assert_eq!(told(&state).len(), 3);
    assert_eq!(state.sheet, Some(Sheet::OpenPath));
    state.apply(Action::CloseSheet);
    state.apply(Action::Run(Command::ZoomIn));
    assert_eq!(told(&state), ["The disk is full"]);
}
