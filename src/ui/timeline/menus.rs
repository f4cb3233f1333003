//! Menus under the right button.

use super::super::menu;
use super::canvas::Canvas;
use super::{send, titles};
use crate::command::Command;
use crate::date::Zone;
use crate::model::Item;
use crate::state::{Action, State, TimelineAction};
use egui::{Button, Response, Ui};

/// The menu of an event, on its mark and in the list.
pub(super) fn event(
    response: &Response,
    state: &State,
    zone: &Zone,
    item: Item,
    actions: &mut Vec<Action>,
) {
    menu::context(response, |ui| {
        let on_event = |ui: &mut Ui, command: Command, actions: &mut Vec<Action>| {
            if ui.button(command.name()).clicked() {
                actions.push(Action::Select(item));
                actions.push(Action::Run(command));
            }
        };
        if ui.button(Command::LookAround.name()).clicked() {
            actions.push(Action::LookAround(item));
        }
        if ui.button("Zoom to this event").clicked() {
            send(actions, TimelineAction::Fit(vec![item]));
        }
        ui.separator();
        on_event(ui, Command::OpenSource, actions);
        on_event(ui, Command::CopyCitation, actions);
        if ui.button("Copy date and title").clicked()
            && let Item::Event(file, at) = item
            && let Some(event) = state.library.event(file, at)
        {
            let date = titles::date_words(event, state.settings.zone, zone);
            actions.push(Action::CopyText(format!("{date}: {}", event.title)));
        }
        on_event(ui, Command::RevealFile, actions);
    });
}

/// The menu beside all marks.
pub(super) fn ground(response: &Response, canvas: &Canvas<'_>, actions: &mut Vec<Action>) {
    let timeline = &canvas.state.timeline;
    menu::context(response, |ui| {
        let mut run = |ui: &mut Ui, command: Command, enabled: bool| {
            let button = Button::new(command.name());
            if ui.add_enabled(enabled, button).clicked() {
                actions.push(Action::Run(command));
            }
        };
        run(ui, Command::FitAll, true);
        run(ui, Command::FitSelection, canvas.state.selection.is_some());
        run(ui, Command::ZoomToRange, timeline.range.is_some());
        run(ui, Command::ZoomBack, timeline.can_go_back());
        ui.separator();
        let clear = Button::new("Clear the range");
        if ui.add_enabled(timeline.range.is_some(), clear).clicked() {
            send(actions, TimelineAction::SelectRange(None));
        }
        let name = match timeline.collapse_gaps {
            true => "Show gaps in full",
            false => "Collapse long gaps",
        };
        if ui.button(name).clicked() {
            let collapse = !timeline.collapse_gaps;
            send(actions, TimelineAction::CollapseGaps(collapse));
        }
    });
}

/// The menu of a lane.
pub(super) fn lane(response: &Response, canvas: &Canvas<'_>, node: u32, actions: &mut Vec<Action>) {
    let tree = &canvas.state.timeline.tree;
    let Some(found) = tree.node(node) else { return };
    menu::context(response, |ui| {
        if !found.children.is_empty() {
            let name = if found.collapsed { "Open" } else { "Close" };
            if ui.button(name).clicked() {
                send(
                    actions,
                    TimelineAction::SetCollapsed(node, !found.collapsed),
                );
            }
        }
        if ui.button("Hide").clicked() {
            send(actions, TimelineAction::SetHidden(node, true));
        }
        let siblings = tree.children(found.parent);
        let at = siblings.iter().position(|&other| other == node);
        let before = at.and_then(|at| siblings.get(at.checked_sub(1)?).copied());
        if ui
            .add_enabled(before.is_some(), Button::new("Move up"))
            .clicked()
        {
            send(actions, TimelineAction::MoveLane(node, before));
        }
        let after = at.is_some_and(|at| at + 1 < siblings.len());
        if ui.add_enabled(after, Button::new("Move down")).clicked() {
            let next = at.and_then(|at| siblings.get(at + 2).copied());
            send(actions, TimelineAction::MoveLane(node, next));
        }
        ui.separator();
        let any_hidden = canvas.state.timeline.hidden_lanes() > 0;
        if ui
            .add_enabled(any_hidden, Button::new("Show all lanes"))
            .clicked()
        {
            send(actions, TimelineAction::ShowAllLanes);
        }
    });
}
