//! Every color, size, font and time of the window. Nothing else in `ui/` names one; `tests/look.rs` holds that.

mod faces;
mod measures;
mod palette;

pub use faces::Face;
pub use measures::{evidence, export, motion, page, pane, size, space, timeline};
pub use palette::{ALL as PALETTES, DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Palette};

use egui::{
    Color32, Context, CornerRadius, Margin, Painter, Rect, Shadow, Stroke, StrokeKind, Style,
};
use egui::{TextStyle, Theme, Ui, Visuals, vec2};

/// A picture in its own colors.
pub const UNTINTED: Color32 = Color32::WHITE;

/// What a reader asks of the whole window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub high_contrast: bool,
    /// Whether things may move; without it every change is there at once.
    pub motion: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            high_contrast: false,
            motion: true,
        }
    }
}

/// The colors in use.
///
/// The style is what is asked, so that egui's own widgets and ours can never differ: each set of colors has a page
/// of its own.
pub fn palette(context: &Context) -> &'static Palette {
    let visuals = &context.global_style().visuals;
    PALETTES
        .iter()
        .find(|(_, _, colors)| colors.page == visuals.extreme_bg_color)
        .map_or(&LIGHT, |(_, _, colors)| *colors)
}

/// Whether things may move.
pub fn may_move(context: &Context) -> bool {
    context.global_style().animation_time > 0.0
}

/// Marks what has the keyboard's focus, around `rect`.
pub fn focus_ring(painter: &Painter, rect: Rect) {
    let stroke = Stroke::new(space::FOCUS_RING_PX, palette(painter.ctx()).accent);
    let radius = f32::from(space::RADIUS_PX);
    painter.rect_stroke(rect.expand(1.0), radius, stroke, StrokeKind::Outside);
}

/// Buttons of bars: without ground and edge until the pointer or the focus is on them.
pub fn quiet(ui: &mut Ui) {
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
    widgets.inactive.bg_stroke = Stroke::NONE;
    widgets.hovered.bg_stroke = Stroke::NONE;
    widgets.open.bg_stroke = Stroke::NONE;
}

/// A box to tick. It has no words of its own that would show where it is, so its edge must be seen.
pub fn checkbox<'a>(
    ui: &mut Ui,
    on: &'a mut bool,
    words: impl egui::IntoAtoms<'a>,
) -> egui::Response {
    with_edge(ui, |ui| ui.add(egui::Checkbox::new(on, words)))
}

/// One of several that exclude each other; its edge must be seen, too.
pub fn radio<'a>(ui: &mut Ui, on: bool, words: impl egui::IntoAtoms<'a>) -> egui::Response {
    with_edge(ui, |ui| ui.add(egui::RadioButton::new(on, words)))
}

/// A field for a line of text. Empty, it is nothing but its edge.
pub fn field(ui: &mut Ui, field: egui::TextEdit<'_>) -> egui::Response {
    with_edge(ui, |ui| ui.add(field))
}

/// Not in a scope of its own: in a row that wraps, a scope would be one piece.
fn with_edge<T>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> T) -> T {
    let colors = palette(ui);
    let before = ui.visuals().widgets.inactive;
    let inactive = &mut ui.visuals_mut().widgets.inactive;
    inactive.bg_fill = colors.page;
    inactive.bg_stroke = Stroke::new(space::HAIRLINE_PX, colors.outline);
    let added = add(ui);
    ui.visuals_mut().widgets.inactive = before;
    added
}

/// The one button that most people will press. While it cannot be pressed it looks like any other: dimmed words on a
/// dimmed ground of their own color could not be read.
pub fn main_button(ui: &mut Ui, is_enabled: bool, text: impl Into<String>) -> egui::Response {
    let text = egui::RichText::new(text);
    let button = if is_enabled {
        let colors = palette(ui);
        egui::Button::new(text.color(colors.on_accent)).fill(colors.accent)
    } else {
        egui::Button::new(text)
    };
    ui.add_enabled(is_enabled, button)
}

fn visuals(theme: Theme, colors: &Palette) -> Visuals {
    let mut visuals = theme.default_visuals();
    visuals.panel_fill = colors.panel;
    visuals.window_fill = colors.card;
    visuals.extreme_bg_color = colors.page;
    visuals.text_edit_bg_color = Some(colors.page);
    visuals.faint_bg_color = colors.lane;
    visuals.code_bg_color = colors.lane;
    visuals.hyperlink_color = colors.accent;
    visuals.warn_fg_color = colors.warn;
    visuals.error_fg_color = colors.bad;
    visuals.weak_text_color = Some(colors.text_weak);
    visuals.selection.bg_fill = colors.selected;
    visuals.selection.stroke = Stroke::new(space::HAIRLINE_PX, colors.accent);
    visuals.window_stroke = Stroke::new(space::HAIRLINE_PX, colors.rule);
    visuals.window_corner_radius = CornerRadius::same(space::RADIUS_LARGE_PX);
    visuals.menu_corner_radius = CornerRadius::same(space::RADIUS_LARGE_PX);
    visuals.window_shadow = shadow(theme, 32);
    visuals.popup_shadow = shadow(theme, 12);
    visuals.slider_trailing_fill = true;
    let widgets = &mut visuals.widgets;
    for (widget, ground, edge) in [
        (&mut widgets.noninteractive, colors.panel, colors.rule),
        (&mut widgets.inactive, colors.card, colors.rule),
        (&mut widgets.hovered, colors.hovered, colors.outline),
        (&mut widgets.active, colors.selected, colors.accent),
        (&mut widgets.open, colors.hovered, colors.outline),
    ] {
        widget.bg_fill = ground;
        widget.weak_bg_fill = ground;
        widget.fg_stroke = Stroke::new(space::HAIRLINE_PX, colors.text);
        widget.bg_stroke = Stroke::new(space::HAIRLINE_PX, edge);
        widget.corner_radius = CornerRadius::same(space::RADIUS_PX);
        widget.expansion = 0.0;
    }
    // What has the focus is drawn as active: the ring must be seen on every ground.
    widgets.active.bg_stroke.width = space::FOCUS_RING_PX;
    // Rails of sliders, boxes and grips must be seen where buttons may be quiet.
    widgets.inactive.bg_fill = colors.rule;
    visuals
}

/// Under what floats: soft, straight below, so that it reads as height and not as an outline.
fn shadow(theme: Theme, blur: u8) -> Shadow {
    let strength = match theme {
        Theme::Light => 40,
        Theme::Dark => 120,
    };
    Shadow {
        offset: [0, i8::try_from(blur / 4).unwrap_or_default()],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(strength),
    }
}

/// Sets fonts, colors and sizes; once, at the start.
pub fn install(context: &Context) {
    context.set_fonts(faces::fonts());
    context.options_mut(|options| options.input_options.max_click_dist = space::CLICK_PX);
    context.all_styles_mut(set_sizes);
    set_look(context, Look::default());
}

/// Sets contrast and motion.
pub fn set_look(context: &Context, look: Look) {
    for theme in [Theme::Light, Theme::Dark] {
        let wanted = (theme == Theme::Dark, look.high_contrast);
        let colors = PALETTES
            .iter()
            .find(|(dark, high, _)| (*dark, *high) == wanted);
        if let Some((_, _, colors)) = colors {
            context.set_visuals_of(theme, visuals(theme, colors));
        }
    }
    let seconds = if look.motion { motion::SHORT_S } else { 0.0 };
    context.all_styles_mut(|style| {
        style.animation_time = seconds;
        style.scroll_animation = if look.motion {
            egui::style::ScrollAnimation::duration(seconds)
        } else {
            egui::style::ScrollAnimation::none()
        };
    });
}

fn set_sizes(style: &mut Style) {
    style.text_styles = [
        (TextStyle::Small, Face::Sans.at(size::CAPTION_PX)),
        (TextStyle::Body, Face::Sans.at(size::UI_PX)),
        (TextStyle::Button, Face::Sans.at(size::UI_PX)),
        (TextStyle::Heading, Face::SansSemibold.at(size::UI_TITLE_PX)),
        (TextStyle::Monospace, Face::Mono.at(size::CODE_PX)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::MEDIUM_PX, space::SMALL_PX);
    spacing.button_padding = vec2(space::MEDIUM_PX, space::SMALL_PX);
    spacing.interact_size.y = space::ROW_PX;
    // Words at an edge need more room than the entries of menus, which have their own; this serves both.
    spacing.menu_margin = Margin {
        left: margin(space::MEDIUM_PX).left,
        right: margin(space::MEDIUM_PX).right,
        ..margin(space::SMALL_PX + space::TIGHT_PX)
    };
    spacing.window_margin = margin(space::XLARGE_PX);
    spacing.scroll = egui::style::ScrollStyle::floating();
    // A reader who moves on does not want to be told; one who rests does.
    style.interaction.tooltip_delay = 0.4;
}

/// The same distance on each side.
pub fn margin(px: f32) -> Margin {
    Margin::same(px.round() as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colors_in_use_are_those_of_theme_and_contrast() {
        let context = Context::default();
        install(&context);
        for (dark, high, colors) in PALETTES {
            let look = Look {
                high_contrast: high,
                ..Look::default()
            };
            set_look(&context, look);
            context.set_theme(if dark { Theme::Dark } else { Theme::Light });
            // The theme is settled at the start of a frame.
            let mut output = context.run_ui(egui::RawInput::default(), |_| {});
            output.textures_delta.clear();
            assert_eq!(palette(&context), colors, "dark {dark}, contrast {high}");
        }
    }

    #[test]
    fn without_motion_nothing_takes_time() {
        let context = Context::default();
        install(&context);
        assert!(may_move(&context));
        set_look(
            &context,
            Look {
                motion: false,
                ..Look::default()
            },
        );
        assert!(!may_move(&context));
    }

    #[test]
    fn motion_ends_where_it_leads_within_its_time() {
        assert_eq!(motion::eased(0.0), 0.0);
        assert_eq!(motion::eased(1.0), 1.0);
        assert_eq!(motion::eased(7.0), 1.0);
        assert!(motion::eased(0.5) > 0.5, "fast at first");
        let longest = [f64::from(motion::SHORT_S), motion::LEAP_S];
        assert!(longest.iter().all(|&seconds| seconds <= motion::MAX_S));
    }
}
