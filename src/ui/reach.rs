//! Lists that are longer than their pane, for the keyboard: what has the focus comes into view, and keys scroll what nothing
//! in it can be focused of.

use super::theme::space;
use egui::{Id, Key, Modifiers, Ui, vec2};

/// Brings what has got the focus into view. To be called at the end of what a scroll area holds; egui itself moves the focus
/// on without a look at whether it can be seen.
pub(super) fn follow_focus(ui: &Ui) {
    let key = ui.unique_id().with("follows focus");
    let focused = ui.memory(|memory| memory.focused());
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<Option<Id>>(key);
        data.insert_temp(key, focused);
        before
    });
    // Only once: a hand may scroll away from what has the focus.
    if before == Some(focused) {
        return;
    }
    let Some(response) = focused.and_then(|id| ui.ctx().read_response(id)) else {
        return;
    };
    let (rect, clip, held) = (response.rect, ui.clip_rect(), ui.min_rect());
    let is_elsewhere = response.layer_id != ui.layer_id()
        || !held.contains(rect.center())
        || !clip.x_range().contains(rect.center().x)
        // What can be seen outside of this area belongs to another one.
        || response.interact_rect.is_positive() && !clip.intersects(response.interact_rect);
    // With some of what comes next, so that the focus finds it there.
    let rect = rect.expand2(vec2(0.0, space::MEDIUM_PX));
    if is_elsewhere || clip.y_range().contains(rect.top()) && clip.y_range().contains(rect.bottom())
    {
        return;
    }
    ui.scroll_to_rect(rect, None);
}

/// Scrolls by the arrows and the page keys. To be called within what a scroll area holds.
pub(super) fn scroll_by_keys(ui: &Ui) {
    let page_px = ui.clip_rect().height() - space::HUGE_PX;
    let is_writing = ui.text_edit_focused();
    let down_px: f32 = ui.input_mut(|input| {
        [
            (Key::ArrowDown, 2.0 * space::ROW_PX),
            (Key::ArrowUp, -2.0 * space::ROW_PX),
            (Key::PageDown, page_px),
            (Key::PageUp, -page_px),
            (Key::End, f32::MAX),
            (Key::Home, f32::MIN),
        ]
        .into_iter()
        .filter(|(key, _)| !(is_writing && matches!(key, Key::Home | Key::End)))
        .filter(|&(key, _)| input.consume_key(Modifiers::NONE, key))
        .map(|(_, by_px)| by_px)
        .sum()
    });
    if down_px != 0.0 {
        ui.scroll_with_delta(vec2(0.0, -down_px));
    }
}
