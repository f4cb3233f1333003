//! What was there fades away over what comes: the marks of other events, and the window when the reader asks for other colors.
//! So nothing pops while a library is read, searched or filtered. (Colors that the desktop changes by itself come at once:
//! the window of the frame before is not kept for that.)

use super::theme::{self, Palette, motion};
use crate::command::Command;
use crate::state::Action;
use egui::epaint::ClippedShape;
use egui::text::LayoutJob;
use egui::{Id, LayerId, Order, Painter, Rect, Shape, Ui};

/// What fades away, and since when.
struct Leaving {
    shapes: Vec<ClippedShape>,
    since_s: f64,
}

impl Leaving {
    fn new(ui: &Ui, shapes: Vec<ClippedShape>) -> Self {
        let since_s = ui.input(|input| input.time);
        Self { shapes, since_s }
    }

    /// Paints what is still to be seen; whether there is anything.
    fn paint(&self, ui: &Ui, mut painter: Painter) -> bool {
        let age_s = ui.input(|input| input.time) - self.since_s;
        let share = age_s / f64::from(motion::SHORT_S);
        if share >= 1.0 {
            return false;
        }
        painter.set_opacity(1.0 - motion::eased(share) as f32);
        for ClippedShape {
            clip_rect, shape, ..
        } in &self.shapes
        {
            painter.set_clip_rect(*clip_rect);
            painter.add(with_letters_of_now(ui, shape));
        }
        ui.request_repaint();
        true
    }
}

/// The shape with its text laid out anew. The pictures of letters are made anew when light and dark change, and when they
/// have become too many; the places that an older layout knows hold other letters then.
fn with_letters_of_now(ui: &Ui, shape: &Shape) -> Shape {
    match shape {
        Shape::Text(text) => {
            let mut text = text.clone();
            let job = LayoutJob::clone(&text.galley.job);
            text.galley = ui.painter().layout_job(job);
            Shape::Text(text)
        }
        Shape::Vec(shapes) => {
            let shapes = shapes.iter().map(|shape| with_letters_of_now(ui, shape));
            Shape::Vec(shapes.collect())
        }
        other => other.clone(),
    }
}

/// A part of the window whose content is replaced as a whole.
#[derive(Default)]
pub(super) struct Fade {
    /// What it showed in the last frame.
    drawn: Vec<ClippedShape>,
    /// Of what it was drawn, and where.
    of: Option<(u64, Rect)>,
    /// In which frame.
    frame: u64,
    leaving: Option<Leaving>,
}

/// A place among what is painted.
#[derive(Clone, Copy)]
pub(super) struct Place(usize);

impl Fade {
    /// From here on what is painted belongs to the part, until [`Fade::end`].
    pub(super) fn begin(ui: &Ui) -> Place {
        Place(ui.painter().add(Shape::Noop).0)
    }

    /// Keeps what was painted since `begin`, and paints what fades away over it. `content` names what was drawn, `area`
    /// is where.
    pub(super) fn end(&mut self, ui: &Ui, begin: Place, content: u64, area: Rect) {
        let frame = ui.ctx().cumulative_frame_nr();
        let before = std::mem::replace(&mut self.frame, frame);
        // In between it was not shown at all: what it showed then has gone already.
        if frame > before.saturating_add(1) {
            *self = Self {
                frame,
                ..Self::default()
            };
        }
        match self.of.replace((content, area)) {
            // In a pane of another size all stands elsewhere; that is no change to be softened.
            Some((_, before)) if before != area => self.leaving = None,
            Some((before, _)) if before != content && theme::may_move(ui) => {
                self.leaving = Some(Leaving::new(ui, std::mem::take(&mut self.drawn)));
            }
            _ => {}
        }
        self.drawn.clear();
        ui.graphics(|layers| {
            if let Some(list) = layers.get(ui.layer_id()) {
                let painted = list.all_entries().skip(begin.0 + 1);
                self.drawn.extend(painted.cloned());
            }
        });
        if let Some(leaving) = &self.leaving
            && !leaving.paint(ui, ui.painter().clone())
        {
            self.leaving = None;
        }
    }
}

/// The whole window, whose colors change.
#[derive(Default)]
pub(crate) struct WindowFade {
    /// The window as it was when other colors were asked for, and its colors.
    before: Option<(&'static Palette, Leaving)>,
    leaving: Option<Leaving>,
}

impl WindowFade {
    /// To be called when all of a frame is painted.
    pub(super) fn end(&mut self, ui: &Ui, actions: &[Action]) {
        let colors = theme::palette(ui);
        if let Some((of, mut before)) = self.before.take() {
            let now_s = ui.input(|input| input.time);
            if of != colors {
                before.since_s = now_s;
                self.leaving = Some(before);
            } else if now_s - before.since_s < motion::MAX_S {
                // Colors that are asked for come with the next frame, or the one after.
                self.before = Some((of, before));
            }
        }
        if theme::may_move(ui) && actions.iter().any(changes_colors) {
            self.before = Some((colors, Leaving::new(ui, painted(ui))));
        }
        let top = LayerId::new(Order::TOP, Id::unique("window fade"));
        if let Some(leaving) = &self.leaving
            && !leaving.paint(ui, ui.layer_painter(top))
        {
            self.leaving = None;
        }
    }
}

fn changes_colors(action: &Action) -> bool {
    matches!(
        action,
        Action::SetTheme(_)
            | Action::SetHighContrast(_)
            | Action::Run(
                Command::ThemeSystem
                    | Command::ThemeLight
                    | Command::ThemeDark
                    | Command::HighContrast
            )
    )
}

/// All that is painted in this frame, the lowest first.
fn painted(ui: &Ui) -> Vec<ClippedShape> {
    let mut order = vec![LayerId::background()];
    let areas: Vec<LayerId> = ui.memory(|memory| memory.layer_ids().collect());
    order.extend(
        areas
            .into_iter()
            .filter(|&layer| layer != LayerId::background()),
    );
    order.sort_by_key(|layer| layer.order);
    ui.graphics(|layers| {
        let lists = order.iter().filter_map(|&layer| layers.get(layer));
        lists.flat_map(|list| list.all_entries().cloned()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Look;
    use egui::{Color32, Context, RawInput, pos2};

    /// How strongly the square of the first index is painted over the second, which comes after `hidden` frames without either.
    fn strengths(motion: bool, hidden: i32) -> (Vec<u8>, bool) {
        let context = Context::default();
        theme::install(&context);
        theme::set_look(
            &context,
            Look {
                motion,
                ..Look::default()
            },
        );
        let square = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 20.0));
        let (first, second) = (Color32::RED, Color32::BLUE);
        let mut fade = Fade::default();
        let mut found = Vec::new();
        let mut is_awake = true;
        for frame in 0..30 {
            let input = RawInput {
                time: Some(f64::from(frame) / 60.0),
                ..RawInput::default()
            };
            let (index, color) = if frame < 3 { (1, first) } else { (2, second) };
            let is_hidden = (3..3 + hidden).contains(&frame);
            let mut output = context.run_ui(input, |ui| {
                if is_hidden {
                    return;
                }
                let begin = Fade::begin(ui);
                ui.painter().rect_filled(square, 0.0, color);
                fade.end(ui, begin, index, square);
            });
            output.textures_delta.clear();
            let strength = output
                .shapes
                .iter()
                .find_map(|clipped| match &clipped.shape {
                    Shape::Rect(rect) if rect.fill.r() > 0 => Some(rect.fill.a()),
                    _ => None,
                });
            if frame >= 3 {
                found.push(strength.unwrap_or_default());
            }
            let viewport = output.viewport_output.values().next();
            is_awake = viewport.is_some_and(|viewport| viewport.repaint_delay.is_zero());
        }
        (found, is_awake)
    }

    #[test]
    fn what_leaves_fades_within_its_time_and_then_the_window_rests() {
        let (strengths, is_awake) = strengths(true, 0);
        assert_eq!(strengths.first(), Some(&255), "nothing is gone at once");
        assert!(strengths.is_sorted_by(|a, b| a >= b), "{strengths:?}");
        let steps = strengths.iter().filter(|&&a| a > 0 && a < 255).count();
        assert!(steps > 3, "{strengths:?}");
        assert!(strengths.iter().skip(9).all(|&a| a == 0), "{strengths:?}");
        assert!(!is_awake);
    }

    #[test]
    fn without_motion_it_is_gone_at_once() {
        let (strengths, _) = strengths(false, 0);
        assert!(strengths.iter().all(|&a| a == 0), "{strengths:?}");
    }

    #[test]
    fn what_was_hidden_in_between_does_not_come_back_to_fade() {
        let (strengths, _) = strengths(true, 2);
        assert!(strengths.iter().all(|&a| a == 0), "{strengths:?}");
    }

    #[test]
    fn the_window_goes_softly_from_dark_to_light() {
        let context = Context::default();
        theme::install(&context);
        context.set_theme(egui::Theme::Dark);
        let dark = theme::DARK.page;
        let mut fade = WindowFade::default();
        let mut strengths = Vec::new();
        let mut fresh: Option<std::sync::Arc<egui::Galley>> = None;
        let mut faded_words = 0;
        for frame in 0..30 {
            let input = RawInput {
                time: Some(f64::from(frame) / 60.0),
                ..RawInput::default()
            };
            let actions = match frame {
                2 => vec![Action::SetTheme(crate::state::Theme::Light)],
                _ => Vec::new(),
            };
            let mut output = context.run_ui(input, |ui| {
                let colors = theme::palette(ui);
                ui.painter().rect_filled(ui.max_rect(), 0.0, colors.page);
                // Of other words each time, so that letters stand elsewhere in their picture when it is made anew.
                let words = |words: &str| {
                    let font = theme::Face::Serif.at(theme::size::BODY_PX);
                    LayoutJob::simple(words.to_owned(), font, colors.text, f32::INFINITY)
                };
                if frame > 0 {
                    let now = if frame > 2 { "zyx wvu" } else { "abc def" };
                    let galley = ui.painter().layout_job(words(now));
                    ui.painter().galley(pos2(5.0, 5.0), galley, colors.text);
                }
                fade.end(ui, &actions);
                fresh = (frame > 0).then(|| ui.painter().layout_job(words("abc def")));
            });
            output.textures_delta.clear();
            if frame == 2 {
                context.set_theme(egui::Theme::Light);
            }
            for clipped in &output.shapes {
                if let (Shape::Text(text), Some(fresh)) = (&clipped.shape, &fresh)
                    && text.galley.job.text == fresh.job.text
                {
                    let places = |galley: &egui::Galley| -> Vec<_> {
                        let glyphs = galley.rows.iter().flat_map(|row| &row.glyphs);
                        glyphs.map(|glyph| glyph.uv_rect).collect()
                    };
                    assert_eq!(places(&text.galley), places(fresh), "letters of now");
                    faded_words += usize::from(frame > 2);
                }
            }
            if frame > 2 {
                let of_dark = output
                    .shapes
                    .iter()
                    .find_map(|clipped| match &clipped.shape {
                        // Of the color itself, with or without strength: lighter than nothing, darker than the light page.
                        Shape::Rect(rect) if rect.fill != theme::LIGHT.page => Some(rect.fill),
                        _ => None,
                    });
                strengths.push(of_dark.map_or(0, |fill| fill.a()));
                assert!(of_dark.is_none_or(|fill| fill.r() <= dark.r()));
            }
        }
        assert_eq!(strengths.first(), Some(&255), "{strengths:?}");
        assert!(strengths.is_sorted_by(|a, b| a >= b), "{strengths:?}");
        assert!(strengths.iter().filter(|&&a| a > 0).count() > 3);
        assert!(strengths.iter().skip(9).all(|&a| a == 0), "{strengths:?}");
        assert!(faded_words > 3, "the words fade, too");
    }
}
