//! The same events as a table: for screen readers, and for people who prefer lists.

use super::super::theme::{palette, space};
use super::{send, titles};
use crate::date::{Instant, Zone};
use crate::library::Library;
use crate::model::{FileId, Item};
use crate::state::{Action, State, TimelineAction, TimelineData};
use egui::{Align, Rect, RichText, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder};
use std::ops::Range;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SortBy {
    #[default]
    Date,
    Title,
    Lane,
    Status,
}

impl SortBy {
    const ALL: [Self; 4] = [Self::Date, Self::Title, Self::Lane, Self::Status];

    fn name(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Title => "Event",
            Self::Lane => "Lane",
            Self::Status => "Status",
        }
    }
}

/// The rows, kept until they change.
#[derive(Default)]
pub(super) struct ListView {
    sort_by: SortBy,
    is_backward: bool,
    key: Option<Key>,
    rows: Vec<Row>,
    /// The selection that was scrolled to last.
    scrolled_to: Option<Item>,
}

#[derive(Clone, PartialEq)]
struct Key {
    index: u64,
    tree: u64,
    range: Option<Range<Instant>>,
    sort_by: SortBy,
    is_backward: bool,
}

#[derive(Clone, Copy)]
struct Row {
    file: FileId,
    event: u32,
    /// `None` for events without a date.
    start_ms: Option<i64>,
    /// The leaf lane; `None` for events without a date.
    lane: Option<u32>,
}

pub(super) fn show(
    ui: &mut Ui,
    area: Rect,
    state: &State,
    zone: &Zone,
    view: &mut ListView,
    actions: &mut Vec<Action>,
) {
    update(state, view);
    let mut table_ui = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(area.shrink2(egui::vec2(space::MEDIUM_PX, 0.0)))
            .layout(egui::Layout::top_down(Align::Min)),
    );
    let ui = &mut table_ui;
    let selected = state.selection;
    let at = view
        .rows
        .iter()
        .position(|row| selected == Some(Item::Event(row.file, row.event)));
    let mut table = TableBuilder::new(ui)
        .striped(true)
        .sense(Sense::click())
        .cell_layout(egui::Layout::left_to_right(Align::Center))
        .column(
            Column::initial(230.0)
                .at_least(80.0)
                .resizable(true)
                .clip(true),
        )
        .column(Column::remainder().at_least(120.0).clip(true))
        .column(
            Column::initial(150.0)
                .at_least(60.0)
                .resizable(true)
                .clip(true),
        )
        .column(Column::initial(90.0).at_least(50.0).clip(true))
        .column(Column::initial(64.0).at_least(40.0));
    if let Some(at) = at.filter(|_| view.scrolled_to != selected) {
        table = table.scroll_to_row(at, None);
        view.scrolled_to = selected;
    }
    let ListView {
        sort_by,
        is_backward,
        rows,
        ..
    } = view;
    table
        .header(space::ROW_PX, |mut header| {
            for column in SortBy::ALL {
                header.col(|ui| heading(ui, column, sort_by, is_backward));
            }
            header.col(|ui| {
                ui.label(RichText::new("Sources").small().strong());
            });
        })
        .body(|body| {
            body.rows(space::ROW_PX, rows.len(), |mut line| {
                if let Some(row) = rows.get(line.index()) {
                    show_row(&mut line, state, zone, row, actions);
                }
            });
        });
}

fn heading(ui: &mut Ui, column: SortBy, sort_by: &mut SortBy, is_backward: &mut bool) {
    let is_sorted = *sort_by == column;
    let text = RichText::new(column.name()).small().strong();
    let response = ui.add(egui::Button::selectable(is_sorted, text));
    if response.clicked() {
        *is_backward = is_sorted && !*is_backward;
        *sort_by = column;
        ui.request_repaint();
    }
    if is_sorted {
        let at = Rect::from_center_size(
            response.rect.right_center() + egui::vec2(8.0, 0.0),
            egui::vec2(10.0, 10.0),
        );
        let triangle = super::icons::triangle(at, !*is_backward, palette(ui).text_weak);
        ui.painter().add(triangle);
    }
    response.on_hover_text("Sort by this; again: the other way round");
}

fn show_row(
    line: &mut egui_extras::TableRow<'_, '_>,
    state: &State,
    zone: &Zone,
    row: &Row,
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
        ui.add(egui::Label::new(text).selectable(false).truncate());
    };
    let sources = titles::source_count(&state.library, row.file, row.event);
    line.col(|ui| label(ui, &date));
    line.col(|ui| label(ui, title));
    line.col(|ui| label(ui, lane_name(&state.timeline.data, row.lane)));
    line.col(|ui| label(ui, event.status.as_str()));
    line.col(|ui| label(ui, &sources.to_string()));
    let response = line.response();
    response.widget_info(|| {
        let sources = super::super::status::plural(sources, "source");
        let name = format!("{date}: {title}, {sources}");
        WidgetInfo::selected(Role::Row, true, is_selected, name)
    });
    if response.double_clicked() {
        send(actions, TimelineAction::Fit(vec![item]));
    }
    if response.clicked() {
        actions.push(Action::Select(item));
    }
    if response.hovered() {
        actions.push(Action::Hover(Some(item)));
    }
}

fn lane_name(data: &TimelineData, lane: Option<u32>) -> &str {
    let node = lane.and_then(|lane| data.lane_node(lane));
    node.and_then(|node| data.tree.node(node))
        .map_or("", |node| node.name.as_str())
}

/// Gathers and sorts the rows, when anything changed that they depend on.
fn update(state: &State, view: &mut ListView) {
    let timeline = &state.timeline;
    let key = Key {
        index: timeline.data.index.id(),
        tree: timeline.tree.revision(),
        range: timeline.range.clone(),
        sort_by: view.sort_by,
        is_backward: view.is_backward,
    };
    if view.key.as_ref() == Some(&key) {
        return;
    }
    view.key = Some(key);
    let data = &timeline.data;
    let range = timeline.range.as_ref();
    let lanes = timeline.tree.shown_lanes();
    let index = &data.index;
    view.rows.clear();
    for &number in &lanes {
        let Some(lane) = index.lane(number) else {
            continue;
        };
        for event in (0..lane.len()).filter_map(|at| lane.get(at)) {
            let is_in = range
                .is_none_or(|range| event.start_ms < range.end.0 && event.end_ms > range.start.0);
            if let Some((file, at)) = data.event_of(event.item).filter(|_| is_in) {
                view.rows.push(Row {
                    file,
                    event: at,
                    start_ms: Some(event.start_ms),
                    lane: Some(number),
                });
            }
        }
    }
    // In the order of time; of one moment, in that of the lanes.
    view.rows.sort_by_key(|row| row.start_ms);
    if range.is_none() {
        view.rows.extend(undated(&state.library));
    }
    let mut ranks = vec![usize::MAX; index.lanes().len()];
    for (&lane, rank) in lanes.iter().zip(0..) {
        if let Some(known) = ranks.get_mut(lane as usize) {
            *known = rank;
        }
    }
    let lane_rank = |lane: Option<u32>| lane.and_then(|lane| ranks.get(lane as usize).copied());
    let library = &state.library;
    let event = |row: &Row| library.event(row.file, row.event);
    match view.sort_by {
        SortBy::Date => {}
        SortBy::Title => view
            .rows
            .sort_by_cached_key(|row| event(row).map(|event| event.title.to_lowercase())),
        SortBy::Lane => view
            .rows
            .sort_by_key(|row| lane_rank(row.lane).unwrap_or(usize::MAX)),
        SortBy::Status => view
            .rows
            .sort_by_cached_key(|row| event(row).map(|event| event.status.as_str().to_owned())),
    }
    if view.is_backward {
        view.rows.reverse();
    }
}

fn undated(library: &Library) -> impl Iterator<Item = Row> + '_ {
    library.files().flat_map(|file| {
        let events = file.briefing.events.iter().zip(0_u32..);
        events
            .filter(|(event, _)| event.date.is_none())
            .map(|(_, at)| Row {
                file: file.id,
                event: at,
                start_ms: None,
                lane: None,
            })
    })
}
