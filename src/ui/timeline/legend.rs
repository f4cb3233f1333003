//! What the marks mean.

use super::super::as_heading;
use super::super::icons::{self, Icon};
use super::super::theme::{self, Face, palette, size, space};
use super::ink::Ink;
use super::{marks, send};
use crate::state::{Action, State, TimelineAction};
use crate::timeline::{Body, Edge, MarkShape, StatusLook};
use egui::{Align, Frame, Layout, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

const SAMPLE_PX: egui::Vec2 = theme::timeline::LEGEND_SAMPLE_PX;
const MARK_PX: f32 = theme::timeline::LEGEND_MARK_PX;

fn shape(body: Body, left: Edge, right: Edge) -> MarkShape {
    MarkShape {
        body,
        left,
        right,
        uncertain: false,
        status: StatusLook::Occurred,
        superseded: false,
    }
}

/// Each kind of date with what it means.
fn dates() -> [(&'static str, MarkShape); 10] {
    use Body::{OneOf, Point, Range, Unit};
    use Edge::{Beyond, Open, Sharp, Soft, Unknown};
    [
        ("At this moment", shape(Point, Sharp, Sharp)),
        ("About then", shape(Point, Soft, Soft)),
        (
            "The date is in doubt",
            MarkShape {
                uncertain: true,
                ..shape(Point, Sharp, Sharp)
            },
        ),
        (
            "Some time in this day, month or year",
            shape(Unit, Sharp, Sharp),
        ),
        ("All this time", shape(Range, Sharp, Sharp)),
        ("From about then to about then", shape(Range, Soft, Soft)),
        ("Goes on without end", shape(Range, Sharp, Open)),
        ("The end is not known", shape(Range, Sharp, Unknown)),
        (
            "Then or later; then or earlier points left",
            shape(Point, Sharp, Beyond),
        ),
        ("At one moment between", shape(OneOf, Sharp, Sharp)),
    ]
}

/// Each status with its name.
const STATUSES: [(&str, StatusLook); 7] = [
    ("Occurred", StatusLook::Occurred),
    ("Announced", StatusLook::Announced),
    ("Planned", StatusLook::Planned),
    ("Claimed", StatusLook::Claimed),
    ("Disputed", StatusLook::Disputed),
    ("Cancelled", StatusLook::Cancelled),
    ("Another status", StatusLook::Other),
];

pub(super) fn show(ui: &Ui, area: Rect, state: &State, actions: &mut Vec<Action>) {
    // Who presents has the whole screen for the event.
    if !state.timeline.legend || state.presentation.is_some() {
        return;
    }
    let mut open = true;
    let window = ui.ctx().content_rect();
    egui::Window::new("Legend")
        .id(ui.scope_id().with("legend"))
        // Its head is that of a sheet.
        .title_bar(false)
        .frame(Frame::popup(ui.style()).inner_margin(theme::margin(space::XLARGE_PX)))
        .resizable(false)
        .default_height(window.height())
        .constrain_to(window.shrink(space::MEDIUM_PX))
        .default_pos(area.left_top() + theme::timeline::LEGEND_PLACE_PX)
        .show(ui.ctx(), |ui| {
            head(ui, &mut open);
            // A low window scrolls it.
            let most_px = window.height() - theme::timeline::LEGEND_AROUND_PX;
            let most_px = most_px.min(theme::timeline::LEGEND_PX);
            let list = egui::ScrollArea::vertical()
                .max_height(most_px)
                .min_scrolled_height(most_px);
            list.show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        heading(ui, "When");
                        for (words, shape) in dates() {
                            row(ui, words, &[shape]);
                        }
                    });
                    ui.add_space(space::LARGE_PX);
                    ui.vertical(|ui| {
                        heading(ui, "How far it has become fact");
                        for (words, status) in STATUSES {
                            let of = |body| MarkShape {
                                status,
                                ..shape(body, Edge::Sharp, Edge::Sharp)
                            };
                            row(ui, words, &[of(Body::Point), of(Body::Range)]);
                        }
                        ui.add_space(space::SMALL_PX);
                        ui.label("A number stands for so many events; click it for a list");
                        ui.label("Of columns, the strong part begins then; the pale part goes on");
                        ui.label("A thread leads to what overtook an event");
                    });
                });
            });
        });
    if !open {
        send(actions, TimelineAction::ShowLegend(false));
    }
}

/// The title, and the button that closes it.
fn head(ui: &mut Ui, open: &mut bool) {
    ui.horizontal(|ui| {
        let title = RichText::new("Legend").font(Face::SansSemibold.at(size::SHEET_TITLE_PX));
        let title = ui.add(egui::Label::new(title).selectable(false));
        as_heading(ui, &title, "Legend");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icons::button(ui, Icon::Close, "Close legend", "Close", false).clicked() {
                *open = false;
            }
        });
    });
    ui.add_space(space::MEDIUM_PX);
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(
        RichText::new(text)
            .font(Face::SansSemibold.at(size::CAPTION_PX))
            .color(palette(ui).text_weak),
    );
}

fn row(ui: &mut Ui, words: &str, shapes: &[MarkShape]) {
    let colors = palette(ui);
    ui.horizontal(|ui| {
        let (rect, response) = ui.allocate_exact_size(SAMPLE_PX, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
        let tone = marks::Tone {
            mark: colors.mark,
            ground: colors.card,
        };
        let mut ink = Ink::default();
        let painter = ui.painter_at(rect);
        let mut left = rect.left() + space::SMALL_PX;
        for &shape in shapes {
            let tail = |edge: Edge| match edge {
                Edge::Beyond | Edge::Unknown => crate::timeline::TAIL_PX,
                _ => 0.0,
            };
            let width_px = match shape.body {
                Body::Point => MARK_PX + tail(shape.left) + tail(shape.right),
                _ if shapes.len() > 1 => 36.0,
                _ => 60.0,
            };
            let at = egui::pos2(left, rect.center().y - 0.5 * MARK_PX);
            let mark = Rect::from_min_size(at, vec2(width_px, MARK_PX));
            marks::draw(&painter, &mut ink, mark, rect, shape, tone, None);
            left += width_px + space::MEDIUM_PX;
        }
        ink.paint(&painter);
        ui.label(words);
    });
}
