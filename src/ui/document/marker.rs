//! What hangs in the margin of entries: bullets, numbers, boxes, and the numbers and letters that lead back.

use super::draw::{self, GoTo, Pane};
use super::leaf::{Marker, Style};
use super::places::Target;
use crate::model::Item;
use crate::state::Action;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Face, page, size, space};
use egui::{Align2, CursorIcon, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// Draws a marker beside the first line of its entry.
pub(super) fn paint(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    marker: &Marker,
    line: Rect,
    style: Style,
    id: Id,
) {
    let colors = pane.colors;
    let right = pos2(line.left() - page::MARKER_GAP_PX, line.center().y);
    let painter = ui.painter();
    match marker {
        Marker::Bullet(depth) => {
            let center = pos2(right.x - page::BULLET_PX, right.y);
            if depth % 2 == 0 {
                painter.circle_filled(center, page::BULLET_PX, colors.text_weak);
            } else {
                let stroke = Stroke::new(space::HAIRLINE_PX, colors.text_weak);
                painter.circle_stroke(center, page::BULLET_PX, stroke);
            }
        }
        Marker::Number(number) => {
            let font = Face::Serif.at(style.size_px(pane.scale));
            painter.text(right, Align2::RIGHT_CENTER, number, font, colors.text_weak);
        }
        Marker::Task(done) => {
            let center = pos2(right.x - page::CHECKBOX_PX / 2.0, right.y);
            let rect = Rect::from_center_size(center, vec2(page::CHECKBOX_PX, page::CHECKBOX_PX));
            let icon = if *done { Icon::BoxChecked } else { Icon::Box };
            let color = if *done { colors.accent } else { colors.outline };
            icons::paint(painter, rect, icon, color);
            let id = id.with("task");
            let enabled = ui.is_enabled();
            let name = if *done { "Done" } else { "Not done" };
            ui.interact(rect, id, Sense::hover())
                .widget_info(|| WidgetInfo::selected(Role::Image, enabled, *done, name));
        }
        Marker::Note(number) => {
            let font = Face::SansMedium.at(size::CAPTION_PX);
            let text = number.to_string();
            let drawn = painter.text(right, Align2::RIGHT_CENTER, text, font, colors.accent);
            let rect = drawn.expand(space::SMALL_PX);
            let response = ui.interact(rect, id.with("back"), Sense::click());
            let enabled = ui.is_enabled();
            response.widget_info(|| {
                let name = format!("Note {number}: back to the text");
                WidgetInfo::labeled(Role::Link, enabled, name)
            });
            if response.has_focus() {
                theme::focus_ring(ui.painter(), drawn);
            }
            if response.clicked() {
                pane.go_to = Some(GoTo::Reference(*number));
            }
            response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_text("Back to the text");
        }
        Marker::Source(letters, source) => {
            let item = Item::Source(pane.file, *source);
            if let Some(ground) = draw::ground_of(pane, item) {
                let rect = line.with_min_x(right.x - space::HUGE_PX / 2.0);
                painter.rect_filled(rect, space::RADIUS_PX, ground);
            }
            let font = Face::SansMedium.at(size::CAPTION_PX);
            let drawn = painter.text(right, Align2::RIGHT_CENTER, letters, font, colors.accent);
            let response = ui.interact(
                drawn.expand(space::SMALL_PX),
                id.with("source"),
                Sense::click(),
            );
            let enabled = ui.is_enabled();
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Button, enabled, format!("Source {letters}"))
            });
            if response.has_focus() {
                theme::focus_ring(ui.painter(), drawn);
            }
            if response.hovered() {
                pane.actions.push(Action::Hover(Some(item)));
                pane.pointed = Some((Target::Source(*source), drawn));
            }
            if response.clicked() {
                pane.actions.push(Action::SelectHere(item));
            }
        }
    }
}
