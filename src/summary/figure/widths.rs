//! How wide words are, without a font at hand: never narrower than they will be set, so that labels never meet.
//!
//! The figure is laid out before anything is typeset, and the same layout serves pages, browsers and pictures. For
//! ASCII the numbers are those of IBM Plex Sans; for other scripts they are upper bounds of common faces. A test holds
//! them against the fonts.

#![expect(clippy::arithmetic_side_effects, reason = "places within one text")]

/// Thousandths of the size for U+0020 to U+007E, in the regular face.
const REGULAR: [u16; 95] = [
    236, 284, 419, 713, 598, 927, 694, 242, 335, 335, 450, 600, 272, 399, 272, 383, 600, 600, 600,
    600, 600, 600, 600, 600, 600, 600, 292, 292, 600, 600, 600, 477, 891, 641, 653, 621, 671, 583,
    559, 695, 707, 400, 510, 634, 501, 812, 707, 708, 606, 708, 640, 581, 572, 678, 609, 891, 613,
    593, 580, 317, 383, 317, 600, 565, 600, 534, 580, 503, 580, 549, 324, 528, 568, 250, 250, 527,
    272, 873, 568, 560, 580, 580, 367, 487, 351, 568, 492, 768, 507, 499, 464, 343, 314, 343, 600,
];

/// The same in the semibold face.
const SEMIBOLD: [u16; 95] = [
    236, 309, 471, 656, 600, 960, 713, 260, 337, 337, 556, 600, 299, 402, 299, 437, 600, 600, 600,
    600, 600, 600, 600, 600, 600, 600, 319, 319, 600, 600, 600, 493, 899, 672, 663, 642, 689, 600,
    577, 712, 719, 423, 545, 678, 521, 817, 719, 712, 641, 712, 664, 611, 580, 689, 638, 949, 655,
    632, 599, 329, 437, 329, 600, 559, 600, 559, 600, 513, 600, 558, 350, 545, 588, 275, 275, 562,
    294, 888, 588, 563, 600, 600, 393, 499, 374, 588, 524, 819, 544, 524, 502, 363, 376, 363, 600,
];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    #[default]
    Regular,
    Semibold,
}

/// The width of a line of text, in the unit of `size`.
pub fn text_width(text: &str, size: f32, face: Face) -> f32 {
    let thousandths: u64 = text.chars().map(|c| u64::from(char_width(c, face))).sum();
    thousandths as f32 / 1000.0 * size
}

fn char_width(c: char, face: Face) -> u16 {
    let table = match face {
        Face::Regular => &REGULAR,
        Face::Semibold => &SEMIBOLD,
    };
    let ascii = (c as usize).checked_sub(0x20).and_then(|at| table.get(at));
    if let Some(&width) = ascii {
        return width;
    }
    match c {
        // Marks that stand over others, and characters of no width.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => 0,
        '‘' | '’' | '‚' | '·' => 350,
        '“' | '”' | '„' | '–' | '«' | '»' => 620,
        '…' | '—' => 880,
        'à'..='å' | 'è'..='ï' | 'ñ'..='ö' | 'ù'..='ÿ' => 640,
        '\u{a0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => 1000,
        'ж' | 'ш' | 'щ' | 'ю' | 'ф' | 'м' | 'ы' | 'Ж' | 'Ш' | 'Щ' | 'Ю' | 'Ф' | 'М' | 'Ы' | 'Ъ'
        | 'Д' => 1070,
        'а'..='я' | 'ё' | 'є' | 'і' | 'ї' | 'ґ' => 700,
        'А'..='Я' => 800,
        '\u{400}'..='\u{52f}' => 1070,
        'α'..='ω' => 800,
        '\u{370}'..='\u{3ff}' => 900,
        // Hebrew, Arabic and other scripts of a similar color.
        '\u{590}'..='\u{5ff}' => 780,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => 1000,
        '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => 1000,
        // Full width: kana, Hangul, ideographs, forms for them.
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' => 1000,
        '\u{1f000}'..='\u{1faff}' => 1400,
        '‰' => 1360,
        _ => 1200,
    }
}

/// The longest beginning that fits, with an ellipsis when something is left out. Empty when nothing fits.
pub fn fitted(text: &str, size: f32, face: Face, max_width: f32) -> String {
    if text_width(text, size, face) <= max_width {
        return text.to_owned();
    }
    let room = max_width - text_width("…", size, face);
    let mut width = 0.0;
    let mut end = 0;
    for (at, cluster) in unicode_segmentation::UnicodeSegmentation::grapheme_indices(text, true) {
        width += text_width(cluster, size, face);
        if width > room {
            break;
        }
        end = at + cluster.len();
    }
    let kept = text
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches([' ', ',', ';', ':', '–', '(']);
    if kept.chars().count() < 3 {
        return String::new();
    }
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_fits_and_says_so() {
        let text = "Trump and Putin speak by telephone";
        for max in [20.0_f32, 45.0, 80.0, 400.0] {
            let cut = fitted(text, 7.0, Face::Regular, max);
            assert!(text_width(&cut, 7.0, Face::Regular) <= max, "{cut}");
            assert!(cut == text || cut.is_empty() || cut.ends_with('…'), "{cut}");
        }
        assert_eq!(fitted(text, 7.0, Face::Regular, 400.0), text);
        assert_eq!(fitted(text, 7.0, Face::Regular, 3.0), "");
    }
}
