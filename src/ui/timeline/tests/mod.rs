//! Window tests of the timeline, by role and label: what each hand does, and what stands there for those who cannot see it.

mod clusters;
mod hands;
mod hostile;
mod keys;
mod lanes;
mod list;
mod low;
mod shown;

use super::canvas::MINIMAP_PX;
use super::{TimelineView, ruler, show, toolbar};
use crate::date::Instant;
use crate::state::tests::open;
use crate::state::{Action, Effect, State, TimelineAction};
use crate::timeline::{LaneRows, View};
use crate::ui::theme::timeline::GUTTER_PX;
use egui::{
    Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2,
    pos2, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use std::time::Duration;

const WIDTH_PX: f32 = 1_000.0;
const HEIGHT_PX: f32 = 420.0;

/// Width of the time axis.
const PLOT_PX: f64 = (WIDTH_PX - GUTTER_PX) as f64;

/// Heights within the parts of the pane.
const MINIMAP_Y: f32 = 0.5 * MINIMAP_PX;
const RULER_Y: f32 = MINIMAP_PX + 0.5 * ruler::HEIGHT_PX;
const LANES_Y: f32 = MINIMAP_PX + ruler::HEIGHT_PX;
const BOTTOM_Y: f32 = HEIGHT_PX - toolbar::HEIGHT_PX;

/// A day in March, and what came before and after.
const TALKS: &str = r#"---
title: The talks
events:
  - id: call
    date: 2025-03-18T10:00-04:00
    title: The call
    lane: Diplomacy/Calls
    actors: [Trump, Putin]
    sources: [wh]
  - id: exchange
    date: 2025-03-19
    title: The exchange
    lane: War
  - id: talks
    date: 2025-03-23/2025-03-25
    title: Talks in Riyadh
    lane: Diplomacy/Meetings
  - id: grain
    date: 2025-04-10T12:00Z
    title: Ships leave Odesa
    lane: Trade
sources:
  wh: {title: Readout, url: "https://example.org/readout"}
---
"#;

/// The pane with its state, as the shell would run it.
struct Pane {
    state: State,
    view: TimelineView,
    /// Commands that the state alone does not carry out.
    effects: Vec<Effect>,
    /// Once its fonts are there.
    context: Option<egui::Context>,
}

impl Pane {
    fn apply(&mut self, action: Action) {
        let mut effects = self.state.apply(action);
        while let Some(effect) = effects.pop() {
            let timeline = &self.state.timeline;
            let answer = match &effect {
                Effect::IndexTimeline(number) => {
                    let data = timeline.build(&self.state.library).run();
                    TimelineAction::Indexed(*number, Arc::new(data))
                }
                Effect::ListTimeline(number) => {
                    let listing = timeline.list_build(&self.state.library).run();
                    TimelineAction::Listed(*number, Arc::new(listing))
                }
                Effect::MergeLanes(node, lanes) => {
                    let merged = Arc::new(timeline.data.index.merged(lanes));
                    let index = timeline.data.index.id();
                    TimelineAction::Merged(index, *node, lanes.clone(), merged)
                }
                Effect::PlaceRows(number) => {
                    let build = timeline.rows_build(*number);
                    let Some((build, context)) = build.zip(self.context.clone()) else {
                        continue;
                    };
                    let mut titles = super::TitleWidths::new(context);
                    let placed = build.run(&mut |title| titles.width_px(title));
                    TimelineAction::Placed(*number, Arc::new(placed))
                }
                Effect::SizeLanes(width_px) => {
                    let rows = LaneRows::of(&timeline.data.index, *width_px);
                    TimelineAction::Sized(Arc::new(rows))
                }
                _ => {
                    self.effects.push(effect);
                    continue;
                }
            };
            effects.extend(self.state.apply(Action::Timeline(answer)));
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        if self.context.replace(ui.ctx().clone()).is_none() {
            // Fonts are there from the next frame on.
            crate::ui::theme::install(ui.ctx());
            ui.request_repaint();
            return;
        }
        let mut actions = Vec::new();
        // From edge to edge, as in the window.
        let whole = ui.content_rect();
        let mut whole_ui = ui.new_child(egui::UiBuilder::new().max_rect(whole));
        whole_ui.set_clip_rect(whole);
        let ui = &mut whole_ui;
        crate::ui::keys::consume(ui, &self.state, false, &mut actions);
        show(ui, &self.state, &mut self.view, &mut actions);
        crate::ui::settle_hover(&self.state, &mut actions);
        for action in actions {
            self.apply(action);
        }
    }
}

type Window = Harness<'static, Pane>;

/// The pane on one briefing, at rest.
fn window(text: &str) -> Window {
    let mut state = open(&[("talks.md", text)]);
    // Large libraries are sorted in beside the window.
    if state.timeline.is_indexing() {
        let data = Arc::new(state.timeline.build(&state.library).run());
        for number in 0..10 {
            let data = Arc::clone(&data);
            state.apply(Action::Timeline(TimelineAction::Indexed(number, data)));
        }
    }
    let pane = Pane {
        state,
        view: TimelineView::default(),
        effects: Vec::new(),
        context: None,
    };
    let mut window = Harness::builder()
        .with_size(vec2(WIDTH_PX, HEIGHT_PX))
        .with_step_dt(1.0 / 60.0)
        .with_max_steps(120)
        // Titles may be in any script; the system supplies the letters, but not to a test.
        .allow_missing_glyphs()
        .build_ui_state(|ui, pane: &mut Pane| pane.ui(ui), pane);
    window.run();
    window
}

fn view(window: &Window) -> View {
    window.state().state.timeline.view(PLOT_PX)
}

/// Where the lanes' area begins, and how far right of it something stands.
fn x_of(window: &Window, ms: i64) -> f32 {
    GUTTER_PX + view(window).x_from_ms(ms) as f32
}

fn ms_at(window: &Window, x: f32) -> i64 {
    view(window).ms_from_x(f64::from(x - GUTTER_PX))
}

/// A point of the lanes where nothing stands: low down, below the last lane.
fn empty_place(x: f32) -> Pos2 {
    pos2(x, BOTTOM_Y - 6.0)
}

fn instant(text: &str) -> Instant {
    let date = crate::date::Date::parse(text, None).expect("a date");
    date.earliest().expect("it has a beginning")
}

fn apply(window: &mut Window, action: TimelineAction) {
    window.state_mut().apply(Action::Timeline(action));
    window.run();
}

fn button(window: &Window, at: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
    window.event(Event::PointerButton {
        pos: at,
        button,
        pressed,
        modifiers,
    });
}

fn click_at(window: &mut Window, at: Pos2) {
    window.hover_at(at);
    for pressed in [true, false] {
        button(window, at, PointerButton::Primary, pressed, Modifiers::NONE);
    }
    window.run();
}

fn double_click_at(window: &mut Window, at: Pos2) {
    window.hover_at(at);
    for pressed in [true, false, true, false] {
        button(window, at, PointerButton::Primary, pressed, Modifiers::NONE);
    }
    window.run();
}

/// Presses, moves in steps, and releases.
fn drag_with(window: &mut Window, by: PointerButton, from: Pos2, to: Pos2, modifiers: Modifiers) {
    const STEPS: u8 = 5;
    window.event(Event::ModifiersChanged(modifiers));
    window.hover_at(from);
    button(window, from, by, true, modifiers);
    for step in 1..=STEPS {
        window.hover_at(from.lerp(to, f32::from(step) / f32::from(STEPS)));
    }
    button(window, to, by, false, modifiers);
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    drag_with(window, PointerButton::Primary, from, to, Modifiers::NONE);
}

/// Turns the wheel, or moves two fingers, by so many points.
fn wheel(window: &mut Window, at: Pos2, delta: Vec2, modifiers: Modifiers) {
    window.hover_at(at);
    window.event(Event::ModifiersChanged(modifiers));
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers,
    });
    window.run();
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
}

fn selected_title(window: &Window) -> Option<String> {
    let state = &window.state().state;
    state.library.label(state.selection?)
}

fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "expected {expected} ± {tolerance}, found {found}"
    );
}
