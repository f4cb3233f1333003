//! The timeline pane: minimap, ruler, lanes.

use crate::model::Item;
use crate::state::{Action, State};
use egui::{ScrollArea, Ui};

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct TimelineView {}

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    _view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for file in state.library.files() {
                for (at, event) in (0..).zip(&file.briefing.events) {
                    let item = Item::Event(file.id, at);
                    if ui
                        .selectable_label(state.selection == Some(item), &event.title)
                        .clicked()
                    {
                        actions.push(Action::Select(item));
                    }
                }
            }
        });
}
