//! The document pane: the body of the open briefing as good typography.

use crate::state::{Action, State};
use egui::{ScrollArea, Ui};

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct DocumentView {}

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    _view: &mut DocumentView,
    _actions: &mut Vec<Action>,
) {
    let Some(open) = &state.document else { return };
    let Some(briefing) = state.library.briefing(open.file) else {
        return;
    };
    ScrollArea::vertical().show(ui, |ui| ui.label(briefing.words(briefing.body)));
}
