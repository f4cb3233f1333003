//! Every color, size and font of the window. Nothing else in `ui/` names one.

use egui::{
    Color32, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Theme, Visuals,
};
use std::sync::Arc;

/// The colors of one theme, by what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Ground of the document and of copies: what is read.
    pub page: Color32,
    /// Ground of lists, bars and the timeline.
    pub panel: Color32,
    /// Ground of things that lie on a panel: cards, fields.
    pub card: Color32,
    /// Ground of every second lane.
    pub lane: Color32,
    pub text: Color32,
    /// Captions and everything that steps back; still readable.
    pub text_weak: Color32,
    /// Hairlines between panes and in tables.
    pub rule: Color32,
    /// Outlines of fields and cards; at least 3 : 1 against the ground.
    pub outline: Color32,
    /// The one accent: links, focus, the selected mark.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Ground of what is selected.
    pub selected: Color32,
    /// Ground of what belongs to the selection.
    pub related: Color32,
    /// Ground of what the pointer is over.
    pub hovered: Color32,
    /// What a search has found; strong enough to be seen as a thin line.
    pub found: Color32,
    /// Marks and bars of events.
    pub mark: Color32,
    /// Marks of events that have not (or not surely) come to pass.
    pub mark_weak: Color32,
    pub good: Color32,
    pub note: Color32,
    pub warn: Color32,
    pub bad: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// Paper by day.
pub const LIGHT: Palette = Palette {
    page: rgb(0xfd_fc_fa),
    panel: rgb(0xf4_f2_ee),
    card: rgb(0xfd_fc_fa),
    lane: rgb(0xee_eb_e6),
    text: rgb(0x22_21_1f),
    text_weak: rgb(0x65_61_5a),
    rule: rgb(0xdf_db_d4),
    outline: rgb(0x87_82_79),
    accent: rgb(0x1d_5c_a6),
    on_accent: rgb(0xff_ff_ff),
    selected: rgb(0xd3_e3_f5),
    related: rgb(0xe9_f0_f8),
    hovered: rgb(0xe8_e5_df),
    found: rgb(0xb2_6a_00),
    mark: rgb(0x3d_5a_80),
    mark_weak: rgb(0x7c_86_94),
    good: rgb(0x19_6c_43),
    note: rgb(0x4a_5f_86),
    warn: rgb(0x8a_59_00),
    bad: rgb(0xb0_2a_1e),
};

/// Slate by night.
pub const DARK: Palette = Palette {
    page: rgb(0x1c_1d_20),
    panel: rgb(0x24_25_29),
    card: rgb(0x2b_2d_31),
    lane: rgb(0x2a_2b_30),
    text: rgb(0xe6_e3_dd),
    text_weak: rgb(0xae_aa_a2),
    rule: rgb(0x3a_3c_41),
    outline: rgb(0x7d_80_88),
    accent: rgb(0x86_b7_f2),
    on_accent: rgb(0x12_18_21),
    selected: rgb(0x24_3b_58),
    related: rgb(0x29_35_45),
    hovered: rgb(0x33_35_3a),
    found: rgb(0xf2_b4_4b),
    mark: rgb(0x8f_b0_d9),
    mark_weak: rgb(0x86_8d_99),
    good: rgb(0x6f_c8_97),
    note: rgb(0x9d_b3_dc),
    warn: rgb(0xe3_b2_5c),
    bad: rgb(0xf0_8a_7d),
};

/// The colors in use.
pub fn palette(ui: &egui::Context) -> &'static Palette {
    match ui.theme() {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

/// Lengths, in points.
pub mod space {
    /// The grid: every distance is a multiple of this.
    pub const UNIT_PX: f32 = 4.0;
    pub const SMALL_PX: f32 = 4.0;
    pub const MEDIUM_PX: f32 = 8.0;
    pub const LARGE_PX: f32 = 16.0;
    pub const HUGE_PX: f32 = 32.0;
    pub const HAIRLINE_PX: f32 = 1.0;
    pub const CLICK_PX: f32 = 5.0;
    pub const RADIUS_PX: u8 = 4;
    /// Height of one line of a list.
    pub const ROW_PX: f32 = 24.0;
}

/// Measures of the document pane, in points unless they say otherwise.
pub mod page {
    /// Free ground at each side of the column: room for the marks.
    pub const MARGIN_PX: f32 = 44.0;
    /// The column gets no narrower than this; a narrower pane cuts it off.
    pub const MIN_COLUMN_PX: f32 = 120.0;
    pub const TOP_PX: f32 = 40.0;
    /// Free ground below the last line, so that it can be read in the middle of the pane.
    pub const END_PX: f32 = 160.0;

    pub const TITLE_PX: f32 = 34.0;
    pub const SUBTITLE_PX: f32 = 20.0;
    pub const SUMMARY_PX: f32 = 18.0;
    /// Footnotes, sources and tables.
    pub const SMALL_PX: f32 = 15.0;
    /// Letters and numbers of marks, as a multiple of the text they stand in.
    pub const SUPERIOR_EM: f32 = 0.68;
    /// How much of a line's height a superior mark is set in, from the top.
    pub const SUPERIOR_LINE: f32 = 0.66;
    /// Code within running text, as a multiple of that text.
    pub const CODE_EM: f32 = 0.84;
    /// Distance of lines of titles and headings, as a multiple of the letters' size.
    pub const HEADING_LINE_HEIGHT: f32 = 1.25;
    /// Distance of lines of notes and tables.
    pub const SMALL_LINE_HEIGHT: f32 = 1.45;
    /// The mean width of a letter, to guess at heights, as a multiple of the letters' size.
    pub const AVERAGE_LETTER_EM: f32 = 0.46;

    pub const TITLE_GAP_PX: f32 = 12.0;
    pub const PARAGRAPH_GAP_PX: f32 = 14.0;
    pub const AFTER_HEADING_PX: f32 = 8.0;
    pub const ITEM_GAP_PX: f32 = 6.0;
    pub const NOTE_GAP_PX: f32 = 12.0;
    pub const QUOTE_GAP_PX: f32 = 8.0;
    pub const SECTION_GAP_PX: f32 = 48.0;
    pub const RULE_GAP_PX: f32 = 24.0;
    pub const RULE_PX: f32 = 10.0;
    pub const LIST_INDENT_PX: f32 = 28.0;
    pub const NOTE_INDENT_PX: f32 = 32.0;
    pub const QUOTE_INDENT_PX: f32 = 20.0;
    /// Between a marker and the text of its entry.
    pub const MARKER_GAP_PX: f32 = 10.0;
    pub const BULLET_PX: f32 = 2.25;
    pub const CHECKBOX_PX: f32 = 14.0;
    pub const QUOTE_BAR_PX: f32 = 3.0;
    pub const BADGE_PX: f32 = 22.0;

    pub const CODE_PADDING_PX: f32 = 12.0;
    /// Lines of code that are laid out as one piece.
    pub const CODE_LINES: usize = 40;

    pub const CELL_PADDING_X_PX: f32 = 12.0;
    pub const CELL_PADDING_Y_PX: f32 = 8.0;
    /// A column of a table is wrapped beyond this width.
    pub const CELL_MAX_PX: f32 = 340.0;
    pub const TABLE_END_PX: f32 = 12.0;
    pub const SCROLL_BAR_PX: f32 = 4.0;
    /// Columns of a table beyond this many are not shown.
    pub const MAX_COLUMNS: usize = 64;

    /// What a picture is guessed to take, and the frame of one that is not there.
    pub const PICTURE_PX: f32 = 200.0;
    pub const MISSING_PICTURE_PX: f32 = 96.0;
    pub const CAPTION_GAP_PX: f32 = 6.0;
    pub const PICTURE_MAX_PX: f32 = 520.0;

    /// Between a statement's words and the line under them.
    pub const UNDERLINE_GAP_PX: f32 = 3.5;
    pub const UNDERLINE_PX: f32 = 1.0;
    /// The line under a statement that is borne out is this strong.
    pub const UNDERLINE_STRENGTH: f32 = 0.6;
    /// A table that must wrap may be this much wider than running text.
    pub const TABLE_STRETCH: f32 = 1.3;
    pub const DOT_GAP_PX: f32 = 3.0;
    pub const DASH_PX: f32 = 5.0;
    /// From the column to the middle of the first mark in the margin.
    pub const MARK_OFFSET_PX: f32 = 18.0;
    pub const MARK_PX: f32 = 3.75;
    pub const MARK_STROKE_PX: f32 = 1.25;
    pub const MARK_STEP_PX: f32 = 11.0;
    /// Marks beside one line; further ones are left to the text.
    pub const MARKS_A_LINE: usize = 3;
    /// A mark in the text can be hit this far beside it.
    pub const HIT_SLOP_PX: f32 = 4.0;
    /// The bar beside a passage of the selected event.
    pub const PASSAGE_BAR_PX: f32 = 2.0;
    pub const PASSAGE_BAR_OFFSET_PX: f32 = 8.0;
    /// How strongly a passage that was jumped to lights up at first.
    pub const FLASH_STRENGTH: f32 = 0.28;
    /// How strong the ground of words that are marked for copying is.
    pub const TEXT_SELECTION: f32 = 0.4;
    pub const CARD_PX: f32 = 340.0;
    pub const EMPTY_PX: f32 = 380.0;

    /// Free ground above a heading.
    pub const fn heading_gap_px(level: u8) -> f32 {
        match level {
            0 | 1 => 44.0,
            2 => 38.0,
            3 => 30.0,
            _ => 24.0,
        }
    }
}

/// Sizes of letters, in points.
pub mod size {
    pub const CAPTION_PX: f32 = 12.0;
    pub const UI_PX: f32 = 13.5;
    pub const UI_TITLE_PX: f32 = 16.0;
    pub const BODY_PX: f32 = 17.0;
    pub const CODE_PX: f32 = 14.0;
    /// Headings of the document, level 1 to 6.
    pub const HEADINGS_PX: [f32; 6] = [28.0, 22.0, 18.5, 17.0, 17.0, 17.0];
    /// Distance of lines of running text, as a multiple of the letters' size.
    pub const LINE_HEIGHT: f32 = 1.5;
    /// Running text is at most this wide, as a multiple of its size: 60 to 75 characters.
    pub const MEASURE_EM: f32 = 33.0;
}

/// The faces, by what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Sans,
    SansMedium,
    SansSemibold,
    SansItalic,
    Serif,
    SerifBold,
    SerifItalic,
    SerifBoldItalic,
    Mono,
}

impl Face {
    const ALL: [Self; 9] = [
        Self::Sans,
        Self::SansMedium,
        Self::SansSemibold,
        Self::SansItalic,
        Self::Serif,
        Self::SerifBold,
        Self::SerifItalic,
        Self::SerifBoldItalic,
        Self::Mono,
    ];

    /// The serif face with this weight and slant.
    pub fn serif(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Self::Serif,
            (true, false) => Self::SerifBold,
            (false, true) => Self::SerifItalic,
            (true, true) => Self::SerifBoldItalic,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sans => "sans",
            Self::SansMedium => "sans-medium",
            Self::SansSemibold => "sans-semibold",
            Self::SansItalic => "sans-italic",
            Self::Serif => "serif",
            Self::SerifBold => "serif-bold",
            Self::SerifItalic => "serif-italic",
            Self::SerifBoldItalic => "serif-bold-italic",
            Self::Mono => "mono",
        }
    }

    fn data(self) -> &'static [u8] {
        macro_rules! font {
            ($path:literal) => {
                include_bytes!(concat!("../../assets/fonts/", $path))
            };
        }
        match self {
            Self::Sans => font!("ibm-plex-sans/IBMPlexSans-Regular.ttf"),
            Self::SansMedium => font!("ibm-plex-sans/IBMPlexSans-Medium.ttf"),
            Self::SansSemibold => font!("ibm-plex-sans/IBMPlexSans-SemiBold.ttf"),
            Self::SansItalic => font!("ibm-plex-sans/IBMPlexSans-Italic.ttf"),
            Self::Serif => font!("source-serif-4/SourceSerif4-Regular.ttf"),
            Self::SerifBold => font!("source-serif-4/SourceSerif4-Bold.ttf"),
            Self::SerifItalic => font!("source-serif-4/SourceSerif4-It.ttf"),
            Self::SerifBoldItalic => font!("source-serif-4/SourceSerif4-BoldIt.ttf"),
            Self::Mono => font!("jetbrains-mono/JetBrainsMono-Regular.ttf"),
        }
    }

    /// The family to name in a [`FontId`].
    pub fn family(self) -> FontFamily {
        match self {
            Self::Sans => FontFamily::Proportional,
            Self::Mono => FontFamily::Monospace,
            face => FontFamily::Name(face.name().into()),
        }
    }

    /// This face at a size in points.
    pub fn at(self, size_px: f32) -> FontId {
        FontId::new(size_px, self.family())
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    for face in Face::ALL {
        let data = Arc::new(FontData::from_static(face.data()));
        fonts.font_data.insert(face.name().to_owned(), data);
        let mut family = vec![face.name().to_owned()];
        // What one face lacks, another of ours may have, then egui's own, then the system's.
        if face != Face::Sans {
            family.push(Face::Sans.name().to_owned());
        }
        family.extend(fallback.iter().cloned());
        fonts.families.insert(face.family(), family);
    }
    fonts
}

fn visuals(theme: Theme, colors: &Palette) -> Visuals {
    let mut visuals = theme.default_visuals();
    visuals.panel_fill = colors.panel;
    visuals.window_fill = colors.card;
    visuals.extreme_bg_color = colors.page;
    visuals.faint_bg_color = colors.lane;
    visuals.code_bg_color = colors.lane;
    visuals.hyperlink_color = colors.accent;
    visuals.warn_fg_color = colors.warn;
    visuals.error_fg_color = colors.bad;
    visuals.weak_text_color = Some(colors.text_weak);
    visuals.selection.bg_fill = colors.selected;
    visuals.selection.stroke = Stroke::new(1.0, colors.accent);
    visuals.window_stroke = Stroke::new(1.0, colors.rule);
    let radius = space::RADIUS_PX.into();
    let widgets = &mut visuals.widgets;
    for (widget, ground, text) in [
        (&mut widgets.noninteractive, colors.panel, colors.text),
        (&mut widgets.inactive, colors.panel, colors.text),
        (&mut widgets.hovered, colors.hovered, colors.text),
        (&mut widgets.active, colors.selected, colors.text),
        (&mut widgets.open, colors.hovered, colors.text),
    ] {
        widget.bg_fill = ground;
        widget.weak_bg_fill = ground;
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.bg_stroke = Stroke::NONE;
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, colors.rule);
    widgets.hovered.bg_stroke = Stroke::new(1.0, colors.rule);
    widgets.active.bg_stroke = Stroke::new(1.0, colors.outline);
    visuals
}

/// Sets fonts, colors and sizes; once, at the start.
pub fn install(context: &egui::Context) {
    context.set_fonts(fonts());
    context.set_visuals_of(Theme::Light, visuals(Theme::Light, &LIGHT));
    context.set_visuals_of(Theme::Dark, visuals(Theme::Dark, &DARK));
    // Up to this far, a press that moves is still a click (DESIGN section 2).
    context.options_mut(|options| options.input_options.max_click_dist = space::CLICK_PX);
    context.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, Face::Sans.at(size::CAPTION_PX)),
            (TextStyle::Body, Face::Sans.at(size::UI_PX)),
            (TextStyle::Button, Face::Sans.at(size::UI_PX)),
            (TextStyle::Heading, Face::SansSemibold.at(size::UI_TITLE_PX)),
            (TextStyle::Monospace, Face::Mono.at(size::CODE_PX)),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(space::MEDIUM_PX, space::SMALL_PX);
        style.spacing.button_padding = egui::vec2(space::MEDIUM_PX, space::SMALL_PX);
        style.animation_time = 0.12;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.2.
    fn luminance(color: Color32) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_from_every_ground_it_can_lie_on() {
        for (name, colors) in [("light", &LIGHT), ("dark", &DARK)] {
            let grounds = [
                colors.page,
                colors.panel,
                colors.card,
                colors.lane,
                colors.selected,
                colors.related,
                colors.hovered,
            ];
            let texts = [
                ("text", colors.text),
                ("weak text", colors.text_weak),
                ("accent", colors.accent),
                ("good", colors.good),
                ("note", colors.note),
                ("warn", colors.warn),
                ("bad", colors.bad),
            ];
            for (what, text) in texts {
                for ground in grounds {
                    let ratio = contrast(text, ground);
                    assert!(
                        ratio >= 4.5,
                        "{name}: {what} on {ground:?} is {ratio:.2} : 1"
                    );
                }
            }
            assert!(contrast(colors.on_accent, colors.accent) >= 4.5, "{name}");
        }
    }

    #[test]
    fn marks_stand_out_from_the_grounds_of_the_timeline() {
        for (name, colors) in [("light", &LIGHT), ("dark", &DARK)] {
            for ground in [colors.page, colors.panel, colors.lane, colors.card] {
                for mark in [colors.mark, colors.mark_weak, colors.outline] {
                    let ratio = contrast(mark, ground);
                    assert!(
                        ratio >= 3.0,
                        "{name}: {mark:?} on {ground:?} is {ratio:.2} : 1"
                    );
                }
            }
        }
    }
}
