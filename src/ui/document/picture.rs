//! Pictures of the document. The view never reads them itself: it asks, and shows what the state has.

use super::draw::{self, Owner, Pane, Place};
use super::paint::{Cache, Laid};
use crate::state::{Action, PictureState};
use crate::ui::theme::{Face, page, size, space};
use egui::{Color32, Id, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// As large as the column and a screen allow, and never larger than it is.
pub(super) fn fit(size: Vec2, width_px: f32) -> Vec2 {
    let scale = (width_px / size.x.max(1.0))
        .min(page::PICTURE_MAX_PX / size.y.max(1.0))
        .min(1.0);
    size * scale
}

/// A picture, or a frame that says why there is none; below it what it shows.
pub(super) fn show(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    cache: &Cache,
    (path, description): (&str, &str),
    laid: &Laid,
    rect: Rect,
    id: Id,
) {
    let state = pane.state.picture(pane.file, path);
    let picture_px = laid.inset_px - page::CAPTION_GAP_PX;
    let frame = Rect::from_min_size(rect.min, vec2(rect.width(), picture_px));
    if let Some((_, texture)) = cache.textures.get(path) {
        let image = Rect::from_min_size(frame.min, fit(texture.size_vec2(), rect.width()));
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        ui.painter()
            .image(texture.id(), image, whole, Color32::WHITE);
    } else {
        ui.painter()
            .rect_filled(frame, space::RADIUS_PX, pane.colors.lane);
        let words = match state {
            Some(PictureState::Missing(reason)) => reason.as_str(),
            _ => path,
        };
        let font = Face::Sans.at(size::CAPTION_PX);
        let room_px = frame.width() - 2.0 * space::LARGE_PX;
        let galley = ui
            .painter()
            .layout(words.to_owned(), font, pane.colors.text_weak, room_px);
        let pos = frame.center() - galley.size() / 2.0;
        ui.painter().galley(pos, galley, pane.colors.text_weak);
    }
    if state.is_none() {
        let need = Action::NeedPicture(pane.file, path.to_owned());
        pane.actions.push(need);
    }
    let enabled = ui.is_enabled();
    ui.interact(frame, id.with("picture"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Image, enabled, description));
    if let Some((prose, galley)) = laid.texts.first()
        && !description.is_empty()
    {
        let pos = pos2(rect.left(), rect.top() + laid.inset_px);
        let place = Place {
            id,
            pos,
            rect: Rect::from_min_size(pos, galley.size()),
            role: Role::Caption,
            owner: Owner::None,
            has_margin: false,
        };
        draw::text(ui, pane, &place, prose, Arc::clone(galley));
    }
}
