//! The colors, by what they mean, in four sets: light and dark, each also with high contrast.
//!
//! What is good, noted, doubtful and bad differs in lightness and along the axis from blue to yellow, so that the
//! colors stay apart for eyes that do not tell red from green. No color stands alone: each meaning has a shape too.

use egui::Color32;

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
    /// Lines of time over the lanes: they only lead the eye, and stay behind titles also in high contrast.
    pub grid: Color32,
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
    /// Borne out; all is well.
    pub good: Color32,
    /// Worth knowing.
    pub note: Color32,
    /// Doubtful, disputed, missing.
    pub warn: Color32,
    /// Wrong, altered, failed.
    pub bad: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// Paper by day.
pub const LIGHT: Palette = Palette {
    page: rgb(0xfd_fc_fa),
    panel: rgb(0xf5_f3_ef),
    card: rgb(0xff_fe_fc),
    lane: rgb(0xef_ec_e6),
    text: rgb(0x22_21_1f),
    text_weak: rgb(0x62_5e_57),
    rule: rgb(0xdf_db_d3),
    grid: rgb(0xdf_db_d3),
    outline: rgb(0x85_7f_75),
    accent: rgb(0x1a_5a_a8),
    on_accent: rgb(0xff_ff_ff),
    selected: rgb(0xd5_e4_f6),
    related: rgb(0xea_f1_f9),
    hovered: rgb(0xeb_e8_e2),
    found: rgb(0xb2_6a_00),
    mark: rgb(0x3d_5a_80),
    mark_weak: rgb(0x76_80_90),
    good: rgb(0x0a_6f_63),
    note: rgb(0x36_45_9c),
    warn: rgb(0x7f_52_00),
    bad: rgb(0x8c_0f_1c),
};

/// Slate by night.
pub const DARK: Palette = Palette {
    page: rgb(0x1b_1c_1f),
    panel: rgb(0x22_23_27),
    card: rgb(0x29_2b_2f),
    lane: rgb(0x28_2a_2e),
    text: rgb(0xe6_e3_dd),
    text_weak: rgb(0xb0_ac_a4),
    rule: rgb(0x3a_3c_42),
    grid: rgb(0x3a_3c_42),
    outline: rgb(0x7f_82_8a),
    accent: rgb(0x8a_ba_f4),
    on_accent: rgb(0x10_16_20),
    selected: rgb(0x26_3d_5b),
    related: rgb(0x28_34_42),
    hovered: rgb(0x34_36_3b),
    found: rgb(0xf2_b4_4b),
    mark: rgb(0x8f_b0_d9),
    mark_weak: rgb(0x86_8d_99),
    good: rgb(0x6f_dc_c0),
    note: rgb(0x9d_b0_e6),
    warn: rgb(0xf0_c8_60),
    bad: rgb(0xfa_8c_81),
};

/// Black on white, every edge drawn.
pub const LIGHT_CONTRAST: Palette = Palette {
    page: rgb(0xff_ff_ff),
    panel: rgb(0xf7_f7_f7),
    card: rgb(0xff_ff_fe),
    lane: rgb(0xef_ef_ef),
    text: rgb(0x00_00_00),
    text_weak: rgb(0x33_33_33),
    rule: rgb(0x76_76_76),
    grid: rgb(0xc8_c8_c8),
    outline: rgb(0x4a_4a_4a),
    accent: rgb(0x00_3d_8f),
    on_accent: rgb(0xff_ff_ff),
    selected: rgb(0xbc_d9_ff),
    related: rgb(0xdf_ec_ff),
    hovered: rgb(0xe2_e2_e2),
    found: rgb(0x7a_45_00),
    mark: rgb(0x1b_35_58),
    mark_weak: rgb(0x4c_55_63),
    good: rgb(0x00_55_45),
    note: rgb(0x25_30_8a),
    warn: rgb(0x5e_40_00),
    bad: rgb(0x60_00_10),
};

/// White on black, every edge drawn.
pub const DARK_CONTRAST: Palette = Palette {
    page: rgb(0x00_00_00),
    panel: rgb(0x0b_0b_0d),
    card: rgb(0x14_14_17),
    lane: rgb(0x17_18_1a),
    text: rgb(0xff_ff_ff),
    text_weak: rgb(0xd8_d8_d8),
    rule: rgb(0x7d_7d_82),
    grid: rgb(0x46_46_4a),
    outline: rgb(0xb0_b3_ba),
    accent: rgb(0xa9_d0_ff),
    on_accent: rgb(0x00_00_00),
    selected: rgb(0x12_3a_6b),
    related: rgb(0x14_27_3d),
    hovered: rgb(0x2a_2b_2f),
    found: rgb(0xff_c2_55),
    mark: rgb(0xb7_d3_f5),
    mark_weak: rgb(0xb0_b6_c0),
    good: rgb(0x8f_f5_dc),
    note: rgb(0xb9_ce_ff),
    warn: rgb(0xff_df_80),
    bad: rgb(0xff_b0_a6),
};

/// All sets of colors: whether it is dark, whether it has high contrast.
pub const ALL: [(bool, bool, &Palette); 4] = [
    (false, false, &LIGHT),
    (true, false, &DARK),
    (false, true, &LIGHT_CONTRAST),
    (true, true, &DARK_CONTRAST),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(channel: u8) -> f64 {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    }

    fn linear_rgb(color: Color32) -> [f64; 3] {
        [color.r(), color.g(), color.b()].map(linear)
    }

    /// Relative luminance by WCAG 2.2.
    fn luminance(color: Color32) -> f64 {
        dot([0.2126, 0.7152, 0.0722], linear_rgb(color))
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    /// Every ground that text can lie on.
    fn grounds(colors: &Palette) -> [Color32; 7] {
        [
            colors.page,
            colors.panel,
            colors.card,
            colors.lane,
            colors.selected,
            colors.related,
            colors.hovered,
        ]
    }

    #[test]
    fn text_stands_out_from_every_ground_it_can_lie_on() {
        for (dark, high, colors) in ALL {
            let least = if high { 6.0 } else { 4.5 };
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
                for ground in grounds(colors) {
                    let ratio = contrast(text, ground);
                    assert!(
                        ratio >= least,
                        "dark {dark}, high contrast {high}: {what} on {ground:?} is {ratio:.2} : 1"
                    );
                }
            }
            assert!(contrast(colors.on_accent, colors.accent) >= least);
        }
    }

    #[test]
    fn marks_stand_out_from_the_grounds_of_the_timeline() {
        for (dark, high, colors) in ALL {
            let least = if high { 4.5 } else { 3.0 };
            let seen_on = |ground, marks: &[Color32]| {
                for &mark in marks {
                    let ratio = contrast(mark, ground);
                    assert!(
                        ratio >= least,
                        "dark {dark}, high contrast {high}: {mark:?} on {ground:?} is {ratio:.2} : 1"
                    );
                }
            };
            let marks = [colors.mark, colors.mark_weak, colors.found];
            // What is selected or under the pointer has a ground of its own.
            for ground in [colors.selected, colors.related, colors.hovered] {
                seen_on(ground, &marks);
            }
            for ground in [colors.page, colors.panel, colors.lane, colors.card] {
                seen_on(ground, &marks);
                seen_on(ground, &[colors.outline]);
                let edge = contrast(colors.rule, ground);
                assert!(
                    !high || edge >= 3.0,
                    "high contrast draws every edge: {edge:.2}"
                );
            }
        }
    }

    /// How eyes see linear light that lack one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
    const EYES: [(&str, [[f64; 3]; 3]); 4] = [
        (
            "all cones",
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        ),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];

    /// A place in the Oklab space, where equal distances look equally different.
    fn oklab(rgb: [f64; 3]) -> [f64; 3] {
        let cones = [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
        .map(|row| dot(row, rgb).max(0.0).cbrt());
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
        .map(|row| dot(row, cones))
    }

    #[test]
    fn good_noted_doubtful_and_bad_stay_apart_for_color_blind_eyes() {
        for (dark, high, colors) in ALL {
            for (eyes, matrix) in EYES {
                let seen = |color: Color32| {
                    let rgb = linear_rgb(color);
                    oklab(matrix.map(|row| dot(row, rgb).clamp(0.0, 1.0)))
                };
                let meanings = [colors.good, colors.note, colors.warn, colors.bad];
                for (at, &one) in meanings.iter().enumerate() {
                    for &other in meanings.iter().skip(at + 1) {
                        let (a, b) = (seen(one), seen(other));
                        let apart: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum();
                        assert!(
                            apart.sqrt() >= 0.05,
                            "dark {dark}, high contrast {high}, {eyes}: {one:?} and {other:?} are {:.3} apart",
                            apart.sqrt()
                        );
                    }
                }
            }
        }
    }
}
