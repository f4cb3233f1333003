//! The edges between panes: their names, and the arrows that move the one that has the focus.

use super::keys;
use super::theme::{self, space};
use egui::accesskit::{self, ActionRequest};
use egui::{AsIdSalt, Event, EventFilter, Id, IdSalt, Key, Ui};

/// Which way an edge has to go for its pane to become larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grows {
    Left,
    Right,
    Up,
}

impl Grows {
    /// The keys that make the pane larger and smaller.
    fn keys(self) -> (Key, Key) {
        match self {
            Self::Left => (Key::ArrowLeft, Key::ArrowRight),
            Self::Right => (Key::ArrowRight, Key::ArrowLeft),
            Self::Up => (Key::ArrowUp, Key::ArrowDown),
        }
    }
}

/// The edge that had the focus in the frame before.
#[derive(Default)]
pub(crate) struct EdgesView {
    focused: Option<(Id, Grows)>,
}

/// Turns the arrows, while an edge has the focus, into what a screen reader asks of a splitter: egui moves it.
pub(super) fn take_keys(ui: &Ui, view: &mut EdgesView) {
    let Some((edge, grows)) = view.focused.take() else {
        return;
    };
    if !ui.memory(|memory| memory.has_focus(edge)) {
        return;
    }
    let (larger, smaller) = grows.keys();
    let mut requests = Vec::new();
    keys::take(ui, |key, modifiers| {
        let is_arrow = [
            Key::ArrowLeft,
            Key::ArrowRight,
            Key::ArrowUp,
            Key::ArrowDown,
        ]
        .contains(&key);
        if !is_arrow || modifiers.any() {
            return false;
        }
        if key == larger {
            requests.push(accesskit::Action::Increment);
        } else if key == smaller {
            requests.push(accesskit::Action::Decrement);
        }
        // The other two arrows do nothing here, rather than something elsewhere.
        true
    });
    ui.input_mut(|input| {
        let requests = requests.into_iter().map(|action| {
            Event::AccessKitActionRequest(ActionRequest {
                action,
                target_tree: accesskit::TreeId::ROOT,
                target_node: edge.accesskit_id(),
                data: None,
            })
        });
        input.events.extend(requests);
    });
}

/// Names the edge by which a pane is made wider or higher, since egui calls each of them "Resize panel", and shows when
/// it has the focus.
pub(super) fn show(ui: &Ui, view: &mut EdgesView, pane: impl AsIdSalt, name: &str, grows: Grows) {
    // As egui derives it for a panel and its edge.
    let edge = ui.scope_id().with_salt(IdSalt::new(pane)).with("__resize");
    // Only where egui has drawn an edge: a node of its own would be one more thing without a place.
    let Some(response) = ui.ctx().read_response(edge) else {
        return;
    };
    ui.accesskit_node_builder(edge, |node| node.set_label(name));
    if !response.has_focus() {
        return;
    }
    view.focused = Some((edge, grows));
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(edge, filter));
    // In front of both panes, which are filled later.
    let layer = egui::LayerId::new(egui::Order::Foreground, edge);
    let painter = ui.ctx().layer_painter(layer);
    theme::focus_ring(&painter, response.rect.shrink(space::HAIRLINE_PX));
}
