//! The same events as a table: for screen readers, and for people who prefer lists.

use super::super::as_list;
use super::super::theme::{palette, space, timeline as measures};
use super::{menus, send, titles};
use crate::date::Zone;
use crate::model::Item;
use crate::number::plural;
use crate::state::{
    Action, ListColumn, ListOrder, ListRow, Listing, State, TimelineAction, TimelineData,
};
use egui::{Align, Rect, RichText, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder};
use std::sync::Arc;

/// What the list remembers between frames.
#[derive(Default)]
pub(super) struct ListView {
    /// The selection that was scrolled to last, and in which list.
    scrolled_to: Option<(Item, std::sync::Weak<Listing>)>,
}

pub(super) fn show(
    ui: &mut Ui,
    area: Rect,
    state: &State,
    zone: &Zone,
    view: &mut ListView,
    actions: &mut Vec<Action>,
) {
    let mut table_ui = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(area.shrink2(egui::vec2(space::MEDIUM_PX, 0.0)))
            .layout(egui::Layout::top_down(Align::Min)),
    );
    let ui = &mut table_ui;
    let count = state.timeline.listing.rows.len();
    as_list(ui, egui::accesskit::Role::Grid, "Events", count);
    let rows = &state.timeline.listing.rows;
    // Looked for once a selection: the list may be long.
    let listing = &state.timeline.listing;
    let is_done = view.scrolled_to.as_ref().is_some_and(|(item, of)| {
        state.selection == Some(*item) && of.as_ptr() == Arc::as_ptr(listing)
    });
    let mut at = None;
    if let Some(item) = state.selection.filter(|_| !is_done) {
        view.scrolled_to = Some((item, Arc::downgrade(listing)));
        at = match item {
            Item::Event(file, event) => listing.position(file, event),
            _ => None,
        };
    }
    // What is narrow has its own widths: those that a hand has set in a wide window would leave no room for the event.
    let is_narrow = area.width() < measures::LIST_NARROW_PX;
    let column = |width_px: measures::ColumnWidth| {
        let first_px = match is_narrow {
            true => width_px.narrow,
            false => width_px.first,
        };
        Column::initial(first_px)
            .at_least(width_px.at_least)
            .clip(true)
    };
    let mut table = TableBuilder::new(ui)
        .id_salt(("events", is_narrow))
        .striped(true)
        .sense(Sense::click())
        .cell_layout(egui::Layout::left_to_right(Align::Center))
        .column(column(measures::LIST_DATE_PX).resizable(true))
        .column(
            Column::remainder()
                .at_least(measures::LIST_TITLE_AT_LEAST_PX)
                .clip(true),
        )
        .column(column(measures::LIST_LANE_PX).resizable(true))
        .column(column(measures::LIST_STATUS_PX))
        .column(column(measures::LIST_SOURCES_PX));
    if let Some(at) = at {
        table = table.scroll_to_row(at, None);
    }
    table
        .header(space::ROW_PX, |mut header| {
            for column in ListColumn::ALL {
                header.col(|ui| heading(ui, column, state.timeline.list_order, actions));
            }
        })
        .body(|body| {
            body.rows(space::ROW_PX, rows.len(), |mut line| {
                if let Some(row) = rows.get(line.index()) {
                    show_row(&mut line, state, zone, row, actions);
                }
            });
        });
}

fn heading(ui: &mut Ui, column: ListColumn, order: ListOrder, actions: &mut Vec<Action>) {
    let is_sorted = order.by == column;
    let text = RichText::new(column.name()).small().strong();
    let response = ui.add(egui::Button::selectable(is_sorted, text));
    if response.clicked() {
        let order = ListOrder {
            by: column,
            backward: is_sorted && !order.backward,
        };
        send(actions, TimelineAction::SortList(order));
    }
    response.widget_info(|| {
        let name = match (is_sorted, order.backward) {
            (false, _) => format!("Sort by {}", column.name().to_lowercase()),
            (true, false) => format!("{}, sorted", column.name()),
            (true, true) => format!("{}, sorted backward", column.name()),
        };
        WidgetInfo::selected(Role::ColumnHeader, true, is_sorted, name)
    });
    if is_sorted {
        let at = Rect::from_center_size(
            response.rect.right_center() + egui::vec2(space::MEDIUM_PX, 0.0),
            measures::TRIANGLE_PX,
        );
        let triangle = super::icons::triangle(at, !order.backward, palette(ui).text_weak);
        ui.painter().add(triangle);
    }
    response.on_hover_text("Sort by this; again: the other way round");
}

fn show_row(
    line: &mut egui_extras::TableRow<'_, '_>,
    state: &State,
    zone: &Zone,
    row: &ListRow,
    actions: &mut Vec<Action>,
) {
    let Some(event) = state.library.event(row.file, row.event) else {
        return;
    };
    let item = Item::Event(row.file, row.event);
    let is_selected = state.selection == Some(item);
    line.set_selected(is_selected);
    line.set_hovered(state.hovered.contains(item));
    let date = titles::date_words(event, state.settings.zone, zone);
    let title = titles::head(&event.title, 200);
    let label = |ui: &mut Ui, text: &str| {
        // Below the words of the heading, not below the edge of its button.
        ui.add_space(ui.spacing().button_padding.x);
        ui.add(egui::Label::new(text).selectable(false).truncate());
    };
    let sources = row.sources as usize;
    line.col(|ui| label(ui, &date));
    line.col(|ui| label(ui, title));
    line.col(|ui| label(ui, lane_name(&state.timeline.data, row.lane)));
    line.col(|ui| label(ui, event.status.as_str()));
    line.col(|ui| label(ui, &sources.to_string()));
    let at = line.index();
    let response = line.response();
    response.widget_info(|| {
        let sources = plural(sources, "source");
        let name = format!("{date}: {title}, {sources}");
        WidgetInfo::selected(Role::Row, true, is_selected, name)
    });
    let place = |node: &mut egui::accesskit::Node| node.set_position_in_set(at);
    response.ctx.accesskit_node_builder(response.id, place);
    if response.double_clicked() {
        send(actions, TimelineAction::Fit(vec![item]));
    }
    if response.clicked() {
        actions.push(Action::Select(item));
    }
    if response.hovered() {
        actions.push(Action::Hover(Some(item)));
    }
    menus::event(&response, state, zone, item, actions);
}

fn lane_name(data: &TimelineData, lane: Option<u32>) -> &str {
    let node = lane.and_then(|lane| data.lane_node(lane));
    node.and_then(|node| data.tree.node(node))
        .map_or("", |node| node.name.as_str())
}
