//! Clusters: neighbors too near to be told apart. A click lists them, a double click fits them.

use super::super::theme::{self, palette, space};
use super::super::{as_list, place_in_list};
use super::canvas::Canvas;
use super::ink::Ink;
use super::{TimelineView, focus_ring, marks, send, titles};
use crate::date::Instant;
use crate::number::plural;
use crate::state::{Action, TimelineAction};
use crate::timeline::{Cluster, Frame};
use egui::{
    Popup, PopupCloseBehavior, Rect, Role, ScrollArea, Sense, SetOpenCommand, Shape, Ui,
    WidgetInfo, vec2,
};

/// What a cluster is known by from frame to frame.
pub(super) type Key = (u32, i64, i64);

/// Free space at both sides of a cluster that is zoomed to.
const FIT_MARGIN_PX: f64 = theme::timeline::CLUSTERS_FIT_MARGIN_PX;

/// How many events the list of a cluster shows.
const MAX_LISTED: usize = 200;

pub(super) fn paint(ui: &Ui, ink: &mut Ink, canvas: &Canvas<'_>, frame: &Frame) {
    let (colors, painter) = (canvas.colors, ui.painter());
    for cluster in &frame.clusters {
        let rect = cluster.rect.translate(canvas.offset());
        let color = if is_selected(canvas, cluster) {
            colors.accent
        } else {
            colors.mark
        };
        let radius = (0.5 * rect.height()) as u8;
        if hits_in(canvas, frame, cluster) > 0 {
            marks::found(ink, rect.expand(theme::timeline::CLUSTERS_FOUND_PX), canvas);
        }
        ink.shapes.push(Shape::rect_filled(rect, radius, color));
        let seen = rect.intersect(canvas.plot);
        if seen.width() > space::LARGE_PX {
            let count = short_count(cluster.count);
            marks::centered(painter, ink, seen.center(), &count, colors.page);
        }
        if let Some(label) = cluster.label {
            let color = colors.text_weak;
            marks::title(
                painter,
                ink,
                canvas,
                cluster.top_item,
                rect,
                label,
                color,
                false,
            );
        }
    }
}

/// How many of its events a search has found.
fn hits_in(canvas: &Canvas<'_>, frame: &Frame, cluster: &Cluster) -> usize {
    let hits = &canvas.state.timeline.hits;
    if hits.is_empty() {
        return 0;
    }
    let lane = frame.lanes.get(cluster.lane as usize);
    let lanes = lane.map(|lane| canvas.lanes_of(lane)).unwrap_or_default();
    let range = cluster.first_ms..cluster.last_ms.saturating_add(1);
    hits.count_in(&lanes, range).min(cluster.count as usize)
}

/// Whether the selected event may be part of it.
fn is_selected(canvas: &Canvas<'_>, cluster: &Cluster) -> bool {
    let index = &canvas.data.index;
    let lane_of = |entry| index.locate(entry).map(|(lane, _)| lane);
    canvas.state.selection.is_some_and(|item| {
        canvas.data.entries_of(item).any(|entry| {
            let inside = index.get(entry).is_some_and(|event| {
                (cluster.first_ms..=cluster.last_ms).contains(&event.start_ms)
            });
            inside && lane_of(entry) == lane_of(cluster.top_item)
        })
    })
}

/// `7`, `412`, `1.2k`, `35k`, `2m`.
fn short_count(count: u32) -> String {
    match count {
        ..1_000 => count.to_string(),
        1_000..10_000 => format!("{:.1}k", f64::from(count) / 1_000.0),
        10_000..1_000_000 => format!("{}k", count / 1_000),
        _ => format!("{}m", count / 1_000_000),
    }
}

pub(super) fn show(
    ui: &Ui,
    canvas: &Canvas<'_>,
    frame: &Frame,
    view: &mut TimelineView,
    actions: &mut Vec<Action>,
) {
    for (at, cluster) in frame.clusters.iter().enumerate() {
        let rect = area(canvas, cluster);
        if !rect.is_positive() {
            continue;
        }
        let node = frame.lanes.get(cluster.lane as usize).map(|lane| lane.node);
        let key: Key = (node.unwrap_or(u32::MAX), cluster.first_ms, cluster.last_ms);
        let response = ui.interact(rect, canvas.id.with(("cluster", key)), Sense::click());
        response.widget_info(|| {
            let title = titles::title(&canvas.state.library, canvas.data, cluster.top_item);
            let mut name = format!(
                "{}, among them: {title}",
                plural(cluster.count as usize, "event")
            );
            match hits_in(canvas, frame, cluster) {
                0 => {}
                found => name.push_str(&format!(", {found} found")),
            }
            WidgetInfo::labeled(Role::Button, true, name)
        });
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        // What begins at one moment no zoom takes apart: its list stays.
        let comes_apart = cluster.first_ms < cluster.last_ms;
        if response.double_clicked() && comes_apart {
            view.cluster = None;
            Popup::close_id(ui.ctx(), Popup::default_response_id(&response));
            let end_ms = cluster.last_ms.saturating_add(1);
            let range = Instant(cluster.first_ms)..Instant(end_ms);
            let fitted = canvas.axis.fit(range, FIT_MARGIN_PX);
            send(actions, TimelineAction::LeapTo(fitted));
            continue;
        }
        if response.clicked() {
            view.cluster = Some(key);
        }
        if view.cluster == Some(key) {
            let index = &canvas.data.index;
            let items = view.layout.cluster_items(index, frame, at, MAX_LISTED);
            let mut popup = Popup::menu(&response).accessible_name("Events of the cluster");
            if response.double_clicked() {
                // The second click would close what the first has opened.
                popup = popup
                    .open_memory(SetOpenCommand::Bool(true))
                    .close_behavior(PopupCloseBehavior::IgnoreClicks);
            }
            popup.show(|ui| list(ui, canvas, cluster.count, &items, actions));
        }
        if response.hovered() {
            response.on_hover_text(match comes_apart {
                true => "Click to list the events, double click to zoom to them",
                false => "Click to list the events",
            });
        }
    }
}

fn area(canvas: &Canvas<'_>, cluster: &Cluster) -> Rect {
    let mut rect = cluster.rect;
    if let Some(label) = cluster.label {
        rect.max.x = rect.max.x.max(label.x + label.width_px);
    }
    rect.translate(canvas.offset()).intersect(canvas.plot)
}

fn list(ui: &mut Ui, canvas: &Canvas<'_>, count: u32, items: &[u32], actions: &mut Vec<Action>) {
    const WIDTH_PX: f32 = theme::timeline::CLUSTERS_WIDTH_PX;
    let colors = palette(ui);
    ui.set_width(WIDTH_PX);
    ScrollArea::vertical()
        .max_height(theme::timeline::CLUSTERS_MAX_HEIGHT_PX)
        .show(ui, |ui| {
            as_list(ui, egui::accesskit::Role::List, "Events", count as usize);
            for (at, &entry) in items.iter().enumerate() {
                let state = canvas.state;
                let Some((event, item)) = titles::event(&state.library, canvas.data, entry)
                    .zip(canvas.data.item_of(entry))
                else {
                    continue;
                };
                let date = titles::date_words(event, state.settings.zone, canvas.zone);
                let is_selected = state.selection == Some(item);
                let title = titles::shortened(&event.title, 120);
                ui.spacing_mut().item_spacing = vec2(space::SMALL_PX, 0.0);
                let text = egui::RichText::new(date).small().color(colors.text_weak);
                ui.add(egui::Label::new(text).selectable(false).truncate());
                let response = ui.add(egui::Button::selectable(is_selected, title).truncate());
                place_in_list(ui, &response, at);
                if response.clicked() {
                    actions.push(Action::Select(item));
                    ui.close();
                }
                if response.hovered() {
                    actions.push(Action::Hover(Some(item)));
                }
                ui.add_space(space::SMALL_PX);
            }
            let rest = (count as usize).saturating_sub(items.len());
            if rest > 0 {
                ui.label(format!("and {rest} more"));
            }
        });
}
