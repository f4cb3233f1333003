//! The evidence pane: what the selection rests on.

use crate::state::{Action, State};
use egui::Ui;

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct EvidenceView {}

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    _view: &mut EvidenceView,
    _actions: &mut Vec<Action>,
) {
    for item in state.selected.iter() {
        if let Some(label) = state.library.label(item) {
            ui.label(label);
        }
    }
}
