//! The real window without a screen: its views and its state, run and tessellated.

use crate::measure::ms_since;
use crate::timed;
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use rayon::prelude::*;
use sourceline::library::{FileChecks, LoadEvent, Loaded};
use sourceline::parse;
use sourceline::span::Place;
use sourceline::state::{Action, Effect, State, TimelineAction, TimelineBuild};
use sourceline::timeline::{LaneRows, View};
use sourceline::ui::{self, Views};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

const SIZE: egui::Vec2 = vec2(1_600.0, 900.0);

/// So many frames until panes have found their sizes and the first letters are drawn.
const WARM_UP_FRAMES: usize = 30;

/// Rows that are placed beside the window come so many frames late.
const FRAMES_LATE: usize = 2;

/// What a frame cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub ms: f64,
    pub vertices: usize,
    /// Rows were being computed beside it.
    pub is_awaiting_rows: bool,
}

/// A window, its state, and the shell's part in it: effects are carried out at once.
pub struct Window {
    context: egui::Context,
    state: State,
    views: Views,
    /// Effects that a frame asked for; carried out between frames, as threads would.
    pending: Vec<Effect>,
    /// Answers that have not come yet: after how many frames they will.
    late: VecDeque<(usize, Action)>,
    /// How long each placing of marks took beside the window.
    pub placing_ms: Vec<f64>,
    /// Of the timeline.
    width_px: f64,
    seconds: f64,
}

impl Window {
    pub fn new() -> Self {
        let context = egui::Context::default();
        ui::theme::install(&context);
        let mut window = Self {
            context,
            state: State::default(),
            views: Views::default(),
            pending: Vec::new(),
            late: VecDeque::new(),
            placing_ms: Vec::new(),
            width_px: 1_000.0,
            seconds: 0.0,
        };
        // Fonts are read and panes find their sizes before anything is measured.
        for _ in 0..WARM_UP_FRAMES {
            window.frame(Vec::new());
        }
        window
    }

    /// Opens a library: texts are parsed, files added, the first one laid out.
    pub fn load(&mut self, texts: impl Iterator<Item = (String, String)>) {
        let texts: Vec<(String, String)> = texts.collect();
        let files: Vec<Loaded> = texts.into_par_iter().map(loaded).collect();
        let effects = self
            .state
            .apply(Action::OpenPaths(vec![PathBuf::from("/library")]));
        let number = effects.iter().find_map(|effect| match effect {
            Effect::Load(number, _) => Some(*number),
            _ => None,
        });
        let number = number.expect("opening a folder asks for a load");
        for action in [
            Action::Load(number, LoadEvent::Ready(files)),
            Action::LoadEnded(number),
        ] {
            let effects = self.state.apply(action);
            self.pending.extend(effects);
        }
        // Of a large library the window shows the first briefing before its events are sorted in.
        let is_index = |effect: &Effect| matches!(effect, Effect::IndexTimeline(_));
        let later: Vec<Effect> = self
            .pending
            .extract_if(.., |effect| is_index(effect))
            .collect();
        for _ in 0..WARM_UP_FRAMES {
            self.frame(Vec::new());
        }
        self.pending.extend(later);
        self.carry_out();
    }

    /// What builds all that the timeline needs.
    pub fn build(&self) -> TimelineBuild {
        self.state.timeline.build(&self.state.library)
    }

    /// Memory of what the timeline keeps beside the events' text.
    pub fn timeline_bytes(&self) -> usize {
        self.state.timeline.data.heap_bytes()
    }

    /// Sorts the events in once more; the next frame is the first to show the new index.
    pub fn sort_in_anew(&mut self) {
        let unchanged = self.state.timeline.collapse_gaps;
        self.apply(Action::Timeline(TimelineAction::CollapseGaps(unchanged)));
        self.carry_out();
    }

    /// The view of all events.
    pub fn whole(&mut self) -> View {
        self.apply(Action::Timeline(TimelineAction::Fit(Vec::new())));
        self.state.timeline.view(self.width_px)
    }

    pub fn show(&mut self, view: View) {
        self.apply(Action::Timeline(TimelineAction::SetView(view)));
    }

    /// Drags the edge of the timeline as far up as it goes.
    pub fn make_timeline_tall(&mut self) {
        let edge = |window: &mut Self| {
            let mut top = None;
            window.run(Vec::new(), |ui| {
                // As a window is that is not low.
                let id = ui
                    .scope_id()
                    .with_salt(egui::IdSalt::new(("timeline", false)));
                top = egui::PanelState::load(ui, id).map(|panel| panel.outer_rect.top());
            });
            top.expect("the timeline is open")
        };
        let from = pos2(0.5 * SIZE.x, edge(self) + 2.0);
        let to = pos2(from.x, 100.0);
        let button = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(from)]);
        self.frame(vec![button(from, true)]);
        for _ in 0..3 {
            self.frame(vec![Event::PointerMoved(to)]);
        }
        self.frame(vec![button(to, false)]);
        self.frame(vec![Event::PointerGone]);
        let top = edge(self);
        assert!(
            top < from.y - 150.0,
            "the timeline has grown from {} to {top}",
            from.y
        );
    }

    fn apply(&mut self, action: Action) {
        let effects = self.state.apply(action);
        self.pending.extend(effects);
    }

    /// One frame: input, views, changes of the state, triangles.
    pub fn frame(&mut self, events: Vec<Event>) -> Cost {
        let clock = Instant::now();
        let vertices = self.run(events, |_| {});
        let ms = ms_since(clock);
        let is_awaiting_rows = !self.late.is_empty();
        self.carry_out();
        Cost {
            ms,
            vertices,
            is_awaiting_rows,
        }
    }

    fn run(&mut self, events: Vec<Event>, mut look: impl FnMut(&egui::Ui)) -> usize {
        self.seconds += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.seconds),
            events,
            ..RawInput::default()
        };
        let Self {
            context,
            state,
            views,
            ..
        } = self;
        let mut actions = Vec::new();
        let mut output = context.run_ui(input, |ui| {
            ui::show(ui, state, views, &mut actions);
            look(ui);
        });
        output.textures_delta.clear();
        for action in actions {
            if let Action::Timeline(TimelineAction::Resize(width_px)) = action {
                self.width_px = width_px;
            }
            self.apply(action);
        }
        let meshes = self
            .context
            .tessellate(output.shapes, output.pixels_per_point);
        let vertices = meshes.iter().map(|clipped| match &clipped.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
            egui::epaint::Primitive::Callback(_) => 0,
        });
        vertices.sum()
    }

    /// What the shell's threads would do.
    fn carry_out(&mut self) {
        for (frames, _) in &mut self.late {
            *frames = frames.saturating_sub(1);
        }
        while let Some((_, answer)) = self.late.pop_front_if(|(frames, _)| *frames == 0) {
            self.apply(answer);
        }
        while let Some(effect) = self.pending.pop() {
            let library = &self.state.library;
            let answer = match effect {
                Effect::LayOut(id) => {
                    let briefing = library.briefing(id).cloned().expect("an open file");
                    let document = Arc::new(parse::document(&briefing));
                    Action::DocumentReady(id, briefing, document)
                }
                Effect::Check(id) => {
                    let file = library.file(id).expect("an open file");
                    let checks = Arc::new(FileChecks::of(file));
                    Action::Checked(id, Arc::clone(&file.briefing), checks)
                }
                Effect::IndexTimeline(number) => {
                    let build: TimelineBuild = self.state.timeline.build(library);
                    Action::Timeline(TimelineAction::Indexed(number, Arc::new(build.run())))
                }
                Effect::PlaceRows(number) => {
                    let Some(build) = self.state.timeline.rows_build(number) else {
                        continue;
                    };
                    let mut titles = ui::TitleWidths::new(self.context.clone());
                    let (placed, ms) = timed(|| build.run(&mut |title| titles.width_px(title)));
                    self.placing_ms.push(ms);
                    let placed = TimelineAction::Placed(number, Arc::new(placed));
                    // As long as it takes at worst, so that frames without the answer are measured.
                    self.late.push_back((FRAMES_LATE, Action::Timeline(placed)));
                    continue;
                }
                Effect::SizeLanes(width_px) => {
                    let rows = LaneRows::of(&self.state.timeline.data.index, width_px);
                    Action::Timeline(TimelineAction::Sized(Arc::new(rows)))
                }
                _ => continue,
            };
            self.apply(answer);
        }
    }
}

fn loaded((name, text): (String, String)) -> Loaded {
    let context = parse::Context {
        file_name: &name,
        bibliography: &|_| Err(parse::BibliographyFault::Missing),
        shared: None,
    };
    let (briefing, problems) = parse::briefing(text.into(), &context);
    assert!(problems.is_empty(), "{name}: {:?}", problems.first());
    Loaded {
        path: PathBuf::from("/library").join(&name),
        root: std::path::Path::new("/library").into(),
        name,
        briefing: Arc::new(briefing),
        problems: problems.into(),
        places: Arc::from(Vec::<Place>::new()),
    }
}
