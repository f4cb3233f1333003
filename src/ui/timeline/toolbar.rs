//! The line below the lanes: what is in view at the left, small tools at the right.

use super::super::icons::{self, Icon};
use super::super::menu;
use super::super::theme::{self, palette, space};
use super::canvas::Status;
use crate::number::{grouped, plural};

use super::send;
use crate::command::Command;
use crate::date::{
    Instant, Precision, Zone, civil_from_days, days_from_civil, duration_words, format_instant,
};
use crate::evidence::Standing;
use crate::state::{Action, State, TimelineAction, Wheel, ZoneChoice};
use egui::{
    Align, Button, Layout, Popup, PopupCloseBehavior, Rect, RichText, Role, Slider, Ui, WidgetInfo,
};

pub(super) const HEIGHT_PX: f32 = theme::timeline::TOOLBAR_HEIGHT_PX;

pub(super) fn show(
    ui: &mut Ui,
    area: Rect,
    state: &State,
    zone: &Zone,
    status: Option<&Status>,
    actions: &mut Vec<Action>,
) {
    let colors = palette(ui);
    let hairline = egui::Stroke::new(space::HAIRLINE_PX, colors.rule);
    ui.painter().rect_filled(area, 0.0, colors.panel);
    ui.painter()
        .hline(area.x_range(), area.top() + 0.5, hairline);
    let inner = area.shrink2(egui::vec2(space::MEDIUM_PX, 1.0));
    let mut row = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
    );
    theme::quiet(&mut row);
    row.spacing_mut().item_spacing.x = space::TIGHT_PX;
    tools(&mut row, state, zone, actions);
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let words = match status {
            Some(status) => words(state, zone, status),
            None => listed_words(state),
        };
        let text = RichText::new(words).small().color(colors.text_weak);
        ui.add(egui::Label::new(text).selectable(false).truncate());
    });
}

/// To three digits: what is seen is measured in pixels.
fn rounded_ms(ms: u64) -> u64 {
    const YEAR_MS: u64 = 31_556_952_000;
    // Of ages the years are rounded, which are what is told of them.
    let unit_ms = if ms < 1_000 * YEAR_MS { 1 } else { YEAR_MS };
    let units = (ms / unit_ms).max(1);
    let step = 10_u64.saturating_pow(units.ilog10().saturating_sub(2));
    ms.saturating_add(step * unit_ms / 2) / (step * unit_ms) * (step * unit_ms)
}

/// `In view 31 of 412 · 3 hidden · 2 months · UTC−4`.
fn words(state: &State, zone: &Zone, status: &Status) -> String {
    let timeline = &state.timeline;
    let counts = status.counts;
    let mut parts = vec![format!(
        "In view {} of {}",
        grouped(counts.in_view as u64),
        grouped(counts.dated as u64)
    )];
    match counts.hidden - status.out_of_sight.min(counts.hidden) {
        0 => {}
        hidden => parts.push(format!("{} hidden", grouped(hidden as u64))),
    }
    if status.out_of_sight > 0 {
        parts.push(format!(
            "{} in lanes out of sight",
            grouped(status.out_of_sight as u64)
        ));
    }
    match timeline.hidden_lanes() {
        0 => {}
        count => parts.push(format!("{} hidden", plural(count, "lane"))),
    }
    if timeline.data.undated > 0 {
        parts.push(format!("{} undated", grouped(timeline.data.undated.into())));
    }
    if let Some(as_of) = timeline.as_of {
        let day = day_words(last_day(as_of, zone), zone);
        parts.push(format!(
            "as of {day}, {} not known yet",
            grouped(timeline.data.unknown_yet.into())
        ));
    }
    parts.extend(in_range(state));
    parts.push(duration_words(rounded_ms(status.span_ms)));
    parts.push(zone.name());
    if timeline.is_indexing() {
        parts.push("sorting events in…".to_owned());
    }
    parts.join(" · ")
}

/// How much lies in the selected range: `2 events, 3 statements (1 single source, 2 disputed) in the range of 2 days`.
fn in_range(state: &State) -> Option<String> {
    let range = state.timeline.range.as_ref()?;
    let length = duration_words(range.end.0.abs_diff(range.start.0));
    let mut inside = plural(state.events_in_range(), "event");
    if let Some(within) = state.within_range() {
        inside += &format!(", {}", plural(within.statements, "statement"));
        let standings = Standing::ALL.into_iter().filter_map(|standing| {
            let count = within.standings.of(standing);
            let label = standing.label().to_lowercase();
            (count > 0).then(|| format!("{} {label}", grouped(count as u64)))
        });
        let standings: Vec<String> = standings.collect();
        if !standings.is_empty() {
            inside += &format!(" ({})", standings.join(", "));
        }
    }
    Some(format!("{inside} in the range of {length}"))
}

fn listed_words(state: &State) -> String {
    let data = &state.timeline.data;
    let count = data.index.len() + data.undated as usize;
    let mut text = plural(count, "event");
    if data.undated > 0 {
        text.push_str(&format!(" · {} undated", grouped(data.undated.into())));
    }
    if let Some(inside) = in_range(state) {
        text.push_str(&format!(" · {inside}"));
    }
    text
}

/// From right to left.
fn tools(ui: &mut Ui, state: &State, zone: &Zone, actions: &mut Vec<Action>) {
    let timeline = &state.timeline;
    options(ui, state, actions);
    if icons::button(
        ui,
        Icon::List,
        "List view",
        "Show the same events as a list",
        timeline.list,
    )
    .clicked()
    {
        send(actions, TimelineAction::ShowList(!timeline.list));
    }
    if icons::button(
        ui,
        Icon::Legend,
        "Legend",
        "What the marks mean",
        timeline.legend,
    )
    .clicked()
    {
        send(actions, TimelineAction::ShowLegend(!timeline.legend));
    }
    if icons::button(
        ui,
        Icon::Gaps,
        "Collapse gaps",
        "Collapse long stretches without events",
        timeline.collapse_gaps,
    )
    .clicked()
    {
        let collapse = !timeline.collapse_gaps;
        send(actions, TimelineAction::CollapseGaps(collapse));
    }
    as_of(ui, state, zone, actions);
    zones(ui, state, actions);
    ui.add_space(space::MEDIUM_PX);
    for (icon, command) in [
        (Icon::Plus, Command::ZoomIn),
        (Icon::Minus, Command::ZoomOut),
        (Icon::FitAll, Command::FitAll),
        (Icon::ArrowLeft, Command::ZoomBack),
    ] {
        let can = command != Command::ZoomBack || timeline.can_go_back();
        ui.add_enabled_ui(can, |ui| {
            let tooltip = menu::tooltip(ui, command);
            if icons::button(ui, icon, command.name(), &tooltip, false).clicked() {
                actions.push(Action::Run(command));
            }
        });
    }
}

fn zones(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    const CHOICES: [(ZoneChoice, &str, &str); 3] = [
        (
            ZoneChoice::AsWritten,
            "As written",
            "Times as the briefing has them",
        ),
        (ZoneChoice::Local, "Local", "Times of this computer's zone"),
        (ZoneChoice::Utc, "UTC", "Times of UTC"),
    ];
    let now = state.settings.zone;
    let name = CHOICES.iter().find(|(choice, ..)| *choice == now);
    let name = name.map_or("Zone", |(_, name, _)| name);
    let text = RichText::new(name).small();
    let menu = ui.menu_button(text, |ui| {
        for (choice, name, tooltip) in CHOICES {
            let response = ui.selectable_label(choice == now, name);
            if response.on_hover_text(tooltip).clicked() {
                actions.push(Action::SetZone(choice));
                ui.close();
            }
        }
    });
    menu.response.on_hover_text("In which zone times are shown");
}

/// What is seldom changed: the wheel, and what else the timeline shows.
fn options(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    const WHEELS: [(Wheel, &str, &str); 3] = [
        (
            Wheel::Auto,
            "Wheel scrolls lanes that overflow, else zooms",
            "Over the ruler it always zooms",
        ),
        (Wheel::Zoom, "Wheel zooms", "Zoom at the pointer"),
        (Wheel::Scroll, "Wheel scrolls", "Scroll the lanes"),
    ];
    let response = icons::button(
        ui,
        Icon::Settings,
        "Timeline options",
        "Wheel, weeks, the present moment, hidden lanes",
        false,
    );
    let settings = &state.settings;
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.accessible_name("Timeline options").show(|ui| {
        for (choice, name, tooltip) in WHEELS {
            let response = theme::radio(ui, settings.wheel == choice, name);
            if response.on_hover_text(tooltip).clicked() {
                actions.push(Action::SetWheel(choice));
            }
        }
        ui.label(RichText::new("With Ctrl it zooms always, with Shift it pans").small());
        ui.separator();
        let mut weeks = settings.weeks;
        if theme::checkbox(ui, &mut weeks, "Weeks on the ruler").changed() {
            actions.push(Action::SetWeeks(weeks));
        }
        let mut now = settings.now_line;
        if theme::checkbox(ui, &mut now, "Line at the present moment").changed() {
            actions.push(Action::SetNowLine(now));
        }
        let mut collapse = state.timeline.collapse_gaps;
        if theme::checkbox(ui, &mut collapse, "Collapse long gaps").changed() {
            send(actions, TimelineAction::CollapseGaps(collapse));
        }
        ui.separator();
        let hidden = state.timeline.hidden_lanes();
        let text = match hidden {
            0 => "No lane is hidden".to_owned(),
            hidden => format!("Show {} again", plural(hidden, "hidden lane")),
        };
        if ui.add_enabled(hidden > 0, Button::new(text)).clicked() {
            send(actions, TimelineAction::ShowAllLanes);
        }
    });
}

/// What was known on a day.
fn as_of(ui: &mut Ui, state: &State, zone: &Zone, actions: &mut Vec<Action>) {
    let timeline = &state.timeline;
    let text = match timeline.as_of {
        Some(as_of) => format!("As of {}", day_words(last_day(as_of, zone), zone)),
        None => "As of…".to_owned(),
    };
    let has_time = timeline.data.index.span().is_some() || timeline.as_of.is_some();
    let mut button = Button::new(RichText::new(text).small());
    if timeline.as_of.is_some() {
        // As wide for any day, so that what stands beside it keeps still while the day changes.
        button = button.min_size(egui::vec2(theme::timeline::TOOLBAR_AS_OF_PX, 0.0));
    }
    let response = ui.add_enabled(has_time, button);
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.accessible_name("As of a day").show(|ui| {
        ui.set_width(theme::timeline::TOOLBAR_MENU_WIDTH_PX);
        let Some(span) = timeline.data.index.span() else {
            if timeline.as_of.is_some() && ui.button("Show all").clicked() {
                send(actions, TimelineAction::SetAsOf(None));
            }
            return;
        };
        let mut is_on = timeline.as_of.is_some();
        if theme::checkbox(ui, &mut is_on, "Only what was known on a day").changed() {
            let to = is_on.then(|| end_of_day(last_day(span.end, zone), zone));
            send(actions, TimelineAction::SetAsOf(to));
        }
        let Some(as_of) = timeline.as_of else { return };
        // The span of what is known shrinks with the day, so the slider reaches beyond it.
        let day = |instant: Instant| days_from_civil(zone.civil(instant).date);
        let mut at = last_day(as_of, zone);
        let reach = (day(span.end) - day(span.start)).max(30);
        let (first, last) = (day(span.start), day(span.end).max(at) + reach / 2);
        ui.spacing_mut().slider_width = ui.available_width();
        ui.label(day_words(at, zone));
        let slider = Slider::new(&mut at, first..=last).show_value(false);
        let response = ui.add(slider);
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, "Day"));
        if response.changed() {
            let to = end_of_day(at, zone);
            send(actions, TimelineAction::SetAsOf(Some(to)));
        }
    });
    response
        .on_hover_text("Show only what was known on a day")
        .on_disabled_hover_text("No event here has a date");
}

/// What is shown was known before a moment: the day that ends then, on the clocks of the ruler.
fn last_day(before: Instant, zone: &Zone) -> i64 {
    let last = Instant(before.0.saturating_sub(1));
    days_from_civil(zone.civil(last).date)
}

fn end_of_day(day: i64, zone: &Zone) -> Instant {
    let next = civil_from_days(day.saturating_add(1));
    zone.instant(next.at_midnight()).instant()
}

fn day_words(day: i64, zone: &Zone) -> String {
    let start = zone.instant(civil_from_days(day).at_midnight()).instant();
    format_instant(start, Precision::Day, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_told_in_round_figures() {
        let words = |ms: u64| duration_words(rounded_ms(ms));
        assert_eq!(words(1_001), "1 second");
        assert_eq!(words(86_400_123), "24 hours");
        assert_eq!(words(0), "0 seconds");
        assert_eq!(words(200_123_456 * 31_556_952_000), "200,000,000 years");
        assert!(words(u64::MAX).ends_with("000,000 years"));
    }
}
