//! The timeline's part of the state: actions in, what is drawn out.

use super::{Grouping, TimelineAction, views};
use crate::command::Command;
use crate::library::filter::Marks;
use crate::model::Item;
use crate::state::tests::{event, open};
use crate::state::{Action, Effect, State};
use crate::timeline::{Axis, Index, LaneRows, Layout, Metrics, Scene, View};
use std::fmt::Write as _;
use std::sync::Arc;

const TALKS: &str = r#"---
title: The talks
events:
  - id: call
    date: 2025-03-18T10:00-04:00
    title: The call
    lane: Diplomacy/Calls
    actors: [Trump, Putin]
    tags: [call]
    sources: [wh]
  - id: exchange
    date: 2025-03-19
    title: The exchange
    lane: War
    actors: [Putin]
    importance: 9
  - id: promised
    date: 2025-03-23
    title: Talks that were promised
    lane: Diplomacy/Calls
    status: announced
    as-of: 2025-03-18
    superseded_by: held
  - id: held
    date: 2025-03-24
    title: Talks that were held
    lane: Diplomacy/Meetings
    tags: [talks]
  - id: someday
    title: Without a date
sources:
  wh:
    title: Readout
    date: 2025-03-18
  report:
    title: A report
---
## The exchange {#exchange}

On the next day prisoners were exchanged [@report].
"#;

fn apply(state: &mut State, action: TimelineAction) -> Vec<Effect> {
    state.apply(Action::Timeline(action))
}

/// The paths of the lanes that are shown, from top to bottom.
fn lanes(state: &State) -> Vec<String> {
    let tree = &state.timeline.tree;
    let lanes = tree.shown_lanes();
    let nodes = lanes.iter().filter_map(|&lane| tree.node_of_lane(lane));
    nodes.map(|node| tree.path(node)).collect()
}

#[test]
fn lanes_stand_for_what_the_reader_chooses() {
    let mut state = open(&[("talks.md", TALKS)]);
    let shown = |state: &mut State, grouping| {
        apply(state, TimelineAction::SetGrouping(grouping));
        let events = state.timeline.data.index.len();
        (lanes(state), events)
    };
    let by_lane = ["Diplomacy/Calls", "Diplomacy/Meetings", "War", "The talks"];
    let (found, events) = shown(&mut state, Grouping::Lane);
    assert_eq!(
        (found.as_slice(), events),
        (by_lane.map(String::from).as_slice(), 4)
    );
    // An event of two actors stands in two lanes; the lane with the most comes first.
    let (found, events) = shown(&mut state, Grouping::Actor);
    assert_eq!(found, ["No actor", "Putin", "Trump"]);
    assert_eq!(events, 5);
    let (found, _) = shown(&mut state, Grouping::Tag);
    assert_eq!(found, ["No tag", "call", "talks"]);
    let (found, _) = shown(&mut state, Grouping::Briefing);
    assert_eq!(found, ["The talks"]);
    // The exchange rests on the report by a statement of its passage.
    let (found, _) = shown(&mut state, Grouping::Source);
    assert_eq!(found, ["No source", "A report", "Readout"]);
}

#[test]
fn what_was_found_stays_marked_when_the_lanes_change() {
    let mut state = open(&[("talks.md", TALKS)]);
    let (call, someday) = (event(&state, "call"), event(&state, "someday"));
    let place = |item: Item| match item {
        Item::Event(file, at) => (file, at),
        other => panic!("expected an event, found {other:?}"),
    };
    let found = Marks::of(&[place(call), place(someday)]);
    apply(&mut state, TimelineAction::ShowHits(found));
    let first = state.timeline.hits_revision;
    assert_eq!(state.timeline.hits.len(), 1, "only what is drawn is marked");
    let entry = state.timeline.data.drawn_entry(call).expect("drawn");
    assert!(state.timeline.hits.contains(entry));
    // Trump's and Putin's.
    apply(&mut state, TimelineAction::SetGrouping(Grouping::Actor));
    assert_eq!(state.timeline.hits.len(), 2);
    assert!(state.timeline.hits_revision > first);
    apply(&mut state, TimelineAction::ShowHits(Marks::default()));
    assert!(state.timeline.hits.is_empty());
}

#[test]
fn a_large_group_is_merged_beside_the_window() {
    let mut text = "---\ntitle: Many\nevents:\n".to_owned();
    for at in 0..6_000 {
        let (year, side) = (1000 + at % 1000, if at % 2 == 0 { "A" } else { "B" });
        writeln!(
            text,
            "  - {{date: {year}, title: E{at}, lane: Group/{side}}}"
        )
        .expect("a string");
    }
    text.push_str("---\n");
    let mut state = open(&[("many.md", &text)]);
    let data = state.timeline.build(&state.library).run();
    let number = state.timeline.building.expect("too many to sort at once");
    assert!(state.timeline.is_indexing());
    apply(&mut state, TimelineAction::Indexed(number, Arc::new(data)));
    assert!(!state.timeline.is_indexing());

    let effects = apply(&mut state, TimelineAction::SetCollapsed(0, true));
    let Some(Effect::MergeLanes(node, within)) = effects.first().cloned() else {
        panic!("a merge was expected, found {effects:?}");
    };
    assert!(state.timeline.is_indexing() && state.timeline.merged.is_empty());
    let index = state.timeline.data.index.id();
    let merged = Arc::new(state.timeline.data.index.merged(&within));
    let answer = |index, lanes| TimelineAction::Merged(index, node, lanes, Arc::clone(&merged));
    // Answers to other questions are passed over.
    apply(&mut state, answer(index + 1, within.clone()));
    apply(&mut state, answer(index, vec![0]));
    assert!(state.timeline.merged.is_empty());
    apply(&mut state, answer(index, within));
    assert_eq!(state.timeline.merged.len(), 1);
    assert!(!state.timeline.is_indexing());
    // Other events: what the group shows of them comes with them.
    let effects = apply(&mut state, TimelineAction::CollapseGaps(true));
    assert!(
        matches!(effects[..], [Effect::IndexTimeline(_)]),
        "{effects:?}"
    );
    let number = state.timeline.building.expect("too many to sort at once");
    let data = Arc::new(state.timeline.build(&state.library).run());
    let ahead = state.timeline.closed_groups().merge(&data);
    apply(
        &mut state,
        TimelineAction::MergedAhead(data.index.id(), ahead),
    );
    let effects = apply(&mut state, TimelineAction::Indexed(number, data));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::MergeLanes(..)))
    );
    let (_, lane) = state.timeline.merged.get(&node).expect("at once");
    assert_eq!(lane.len(), 6_000);
    // A lane less within: another group.
    let effects = apply(&mut state, TimelineAction::SetHidden(1, true));
    assert!(effects.is_empty(), "3,000 are merged at once: {effects:?}");
    apply(&mut state, TimelineAction::SetCollapsed(0, false));
    assert!(state.timeline.merged.is_empty());
}

/// A briefing with an event in each of many lanes, or many in one; sorted in.
fn many(lanes: usize, events: usize) -> State {
    let mut text = "---\ntitle: Many\nevents:\n".to_owned();
    for at in 0..events {
        let (year, month, lane) = (1000 + at / 12, 1 + at % 12, at % lanes);
        writeln!(
            text,
            "  - {{date: {year}-{month:02}-01, title: E{at}, lane: L{lane}}}"
        )
        .expect("a string");
    }
    text.push_str("---\n");
    let mut state = open(&[("many.md", &text)]);
    if let Some(number) = state.timeline.building {
        let data = Arc::new(state.timeline.build(&state.library).run());
        apply(&mut state, TimelineAction::Indexed(number, data));
    }
    state
}

#[test]
fn marks_are_placed_beside_the_window_and_only_the_last_answer_counts() {
    let mut state = many(6, 4_800);
    let mut layout = Layout::new();
    let ask = |state: &State, layout: &mut Layout, zoom: f64| {
        let timeline = &state.timeline;
        let view = View::new(-22_000_000_000_000..-19_000_000_000_000, 1_000.0);
        let scene = Scene {
            index: &timeline.data.index,
            tree: &timeline.tree,
            axis: Axis::new(view.zoom_at(500.0, zoom), &timeline.data.gaps),
            height_px: 900.0,
            scroll_px: 0.0,
            metrics: &Metrics::default(),
            supersessions: &[],
            merged: &timeline.merged,
            rows: &timeline.rows,
            placed: timeline.placed.as_ref(),
        };
        layout.frame(&scene, &mut |_| 60.0).due
    };
    assert!(ask(&state, &mut layout, 1.0).is_none());
    let first = ask(&state, &mut layout, 1.42).expect("more than a frame has time for");
    let effects = apply(&mut state, TimelineAction::PlaceRows(Arc::clone(&first)));
    let [Effect::PlaceRows(number)] = effects[..] else {
        panic!("{effects:?}");
    };
    assert!(state.timeline.is_placing(&first));
    // The next frame asks for the same.
    let again = ask(&state, &mut layout, 1.42).expect("still");
    assert_eq!(apply(&mut state, TimelineAction::PlaceRows(again)), []);
    let run = |state: &State, number: u64| {
        let build = state.timeline.rows_build(number);
        let mut asked = Vec::new();
        let placed = build.map(|build| {
            build.run(&mut |title| {
                asked.push(title.to_owned());
                60.0
            })
        });
        (placed.map(Arc::new), asked)
    };
    let (answer, asked) = run(&state, number);
    let answer = answer.expect("it is waited for");
    assert!(
        asked.iter().all(|title| title.starts_with('E')),
        "titles are measured"
    );
    assert!(asked.len() > 20, "{}", asked.len());

    // A later question: the answer to the first is passed over.
    let second = ask(&state, &mut layout, 0.7).expect("another zoom");
    let effects = apply(&mut state, TimelineAction::PlaceRows(second));
    let [Effect::PlaceRows(later)] = effects[..] else {
        panic!("{effects:?}");
    };
    apply(
        &mut state,
        TimelineAction::Placed(number, Arc::clone(&answer)),
    );
    assert!(state.timeline.placed.is_none());
    assert!(run(&state, number).0.is_none(), "nobody waits for it");
    let (second, _) = run(&state, later);
    apply(
        &mut state,
        TimelineAction::Placed(later, second.expect("waited for")),
    );
    assert!(state.timeline.placed.is_some());
    assert!(ask(&state, &mut layout, 0.7).is_none(), "it is taken up");

    // Other events: what was placed or asked for is of the past.
    let third = ask(&state, &mut layout, 1.0).expect("another zoom");
    let effects = apply(&mut state, TimelineAction::PlaceRows(Arc::clone(&third)));
    let [Effect::PlaceRows(number)] = effects[..] else {
        panic!("{effects:?}");
    };
    apply(&mut state, TimelineAction::SetGrouping(Grouping::Briefing));
    apply(&mut state, TimelineAction::Placed(number, answer));
    assert!(state.timeline.placed.is_none());
    assert_eq!(apply(&mut state, TimelineAction::PlaceRows(third)), []);
}

#[test]
fn thousands_of_lanes_are_sized_beside_the_window() {
    let mut state = many(2_000, 6_000);
    let width_px = state.timeline.width_px;
    assert_eq!(
        state.timeline.rows.width_px(),
        width_px,
        "they come with the index"
    );
    let effects = apply(&mut state, TimelineAction::Resize(700.0));
    assert_eq!(effects, [Effect::SizeLanes(700.0)]);
    assert_eq!(
        state.timeline.rows.width_px(),
        width_px,
        "the last ones stay until then"
    );
    // While one answer is awaited, no other work is begun.
    assert_eq!(apply(&mut state, TimelineAction::Resize(800.0)), []);
    let index = &state.timeline.data.index;
    let stale = Arc::new(LaneRows::of(&Index::empty(), 800.0));
    let (first, second) = (LaneRows::of(index, 700.0), LaneRows::of(index, 800.0));
    assert_eq!(apply(&mut state, TimelineAction::Sized(stale)), []);
    let effects = apply(&mut state, TimelineAction::Sized(Arc::new(first)));
    assert_eq!(effects, [Effect::SizeLanes(800.0)]);
    assert_eq!(state.timeline.rows.width_px(), 700.0);
    assert_eq!(
        apply(&mut state, TimelineAction::Sized(Arc::new(second))),
        []
    );
    assert_eq!(state.timeline.rows.width_px(), 800.0);

    let mut few = many(3, 60);
    assert_eq!(apply(&mut few, TimelineAction::Resize(700.0)), []);
    assert_eq!(
        few.timeline.rows.width_px(),
        700.0,
        "little work is done at once"
    );
}

#[test]
fn a_talk_shows_each_event_between_those_before_and_after_it() {
    let mut state = open(&[("talks.md", TALKS)]);
    state.apply(Action::Run(Command::Present));
    for _ in 0..4 {
        let talk = state.presentation.as_ref().expect("a talk");
        let (at, _) = talk.progress();
        let names = ["call", "exchange", "promised", "held"];
        let around = &names[at.saturating_sub(2)..(at + 1).min(names.len())];
        let seen = views::seen(
            &state.timeline.data,
            state.timeline.view(state.timeline.width_px),
        );
        for name in around {
            let item = event(&state, name);
            let span = state.timeline.span_of(&[item]).expect("it is dated");
            assert!(
                span.start > seen.start && span.start < seen.end,
                "{name} is out of sight at step {at}"
            );
        }
        state.apply(Action::Run(Command::NextEvent));
    }
    // However many steps there were, one step leads back.
    state.apply(Action::Run(Command::Present));
    state.apply(Action::Run(Command::ZoomBack));
    assert!(!state.timeline.can_go_back());
}

#[test]
fn a_walk_begins_with_what_is_in_sight() {
    let mut state = open(&[("talks.md", TALKS)]);
    let (promised, held) = (event(&state, "promised"), event(&state, "held"));
    apply(&mut state, TimelineAction::Fit(vec![promised, held]));
    let selected_by = |state: &mut State, command| {
        state.apply(Action::Run(Command::ClearSelection));
        state.apply(Action::Run(command));
        state.selection
    };
    assert_eq!(selected_by(&mut state, Command::NextEvent), Some(promised));
    assert_eq!(selected_by(&mut state, Command::PreviousEvent), Some(held));
    assert_eq!(selected_by(&mut state, Command::LaneDown), Some(promised));
    let call = event(&state, "call");
    assert_eq!(selected_by(&mut state, Command::FirstEvent), Some(call));
}

#[test]
fn each_library_has_a_timeline_arranged_as_it_was() {
    use crate::state::{Arrangement, ListColumn, ListOrder};
    use std::path::PathBuf;
    let mut state = open(&[("talks.md", TALKS)]);
    apply(&mut state, TimelineAction::SetGrouping(Grouping::Actor));
    apply(&mut state, TimelineAction::ShowList(true));
    let by_sources = ListOrder {
        by: ListColumn::Sources,
        backward: true,
    };
    apply(&mut state, TimelineAction::SortList(by_sources));
    let kept = state.timeline.arrangement();
    // At the next start, from what was written down.
    let written = serde_json::to_string(&state.settings_to_keep()).expect("settings are plain");
    let settings = serde_json::from_str(&written).expect("what was written");
    let mut next = State {
        settings,
        ..State::default()
    };
    assert_eq!(next.timeline.arrangement(), Arrangement::default());
    next.apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
    assert_eq!(next.timeline.arrangement(), kept);

    // Another library changes nothing of it.
    state.apply(Action::OpenPaths(vec![PathBuf::from("/other")]));
    apply(&mut state, TimelineAction::SetGrouping(Grouping::Tag));
    state.apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
    assert_eq!(state.timeline.arrangement(), kept);
    state.apply(Action::OpenPaths(vec![PathBuf::from("/other")]));
    assert_eq!(state.timeline.arrangement().grouping, Grouping::Tag);
}
