//! Pictures of the document. The view never reads them itself: it asks, and shows what the state has.

use super::draw::{self as text, Owner, Pane, Place};
use super::paint::{Cache, Laid};
use crate::library::Picture;
use crate::model::FileId;
use crate::state::{Action, PictureState, State};
use crate::ui::theme::{self, Face, page, palette, size, space};
use egui::{
    ColorImage, Id, Pos2, Rect, RichText, Role, Sense, TextureHandle, TextureOptions, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
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
        draw(ui, texture, image);
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
        text::text(ui, pane, &place, prose, Arc::clone(galley));
    }
}

/// A picture by itself, as large as its room allows.
#[derive(Default)]
pub(crate) struct Figure {
    texture: Option<(Arc<Picture>, TextureHandle)>,
}

impl Figure {
    /// Draws the picture that a file names, once it has been read; else says why there is none.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        state: &State,
        (file, path): (FileId, &str),
        description: &str,
        height_px: f32,
        actions: &mut Vec<Action>,
    ) {
        let colors = palette(ui);
        match state.picture(file, path) {
            None => actions.push(Action::NeedPicture(file, path.to_owned())),
            Some(PictureState::Reading) => {}
            Some(PictureState::Missing(reason)) => {
                let text = RichText::new(reason.as_str()).small();
                ui.label(text.color(colors.text_weak));
            }
            Some(PictureState::Ready(picture)) => {
                let is_current =
                    |(made_from, _): &(Arc<Picture>, _)| Arc::ptr_eq(made_from, picture);
                if !self.texture.as_ref().is_some_and(is_current) {
                    let texture = load(ui, path, picture);
                    self.texture = Some((Arc::clone(picture), texture));
                }
                let Some((_, texture)) = &self.texture else {
                    return;
                };
                let size = texture.size_vec2();
                let scale =
                    (ui.available_width() / size.x.max(1.0)).min(height_px / size.y.max(1.0));
                let (rect, response) = ui.allocate_exact_size(size * scale, Sense::hover());
                draw(ui, texture, rect);
                let enabled = ui.is_enabled();
                response.widget_info(|| WidgetInfo::labeled(Role::Image, enabled, description));
            }
        }
    }
}

/// Hands a picture to the graphics card.
pub(super) fn load(ui: &Ui, name: &str, picture: &Picture) -> TextureHandle {
    let size = [picture.width_px, picture.height_px];
    let pixels = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
    ui.load_texture(name, pixels, TextureOptions::LINEAR)
}

fn draw(ui: &Ui, texture: &TextureHandle, rect: Rect) {
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    ui.painter()
        .image(texture.id(), rect, whole, theme::UNTINTED);
}
