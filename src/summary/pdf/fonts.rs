//! The fonts of pages.

use std::collections::BTreeSet;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::{FontPath, FontStore};

/// The fonts that pages are set with: those that come with the program first, then what the shell hands in.
pub struct Fonts {
    pub(super) store: FontStore,
}

macro_rules! font {
    ($path:literal) => {
        include_bytes!(concat!("../../../assets/fonts/", $path)).as_slice()
    };
}

const BUNDLED: [&[u8]; 8] = [
    font!("source-serif-4/SourceSerif4-Regular.ttf"),
    font!("source-serif-4/SourceSerif4-It.ttf"),
    font!("source-serif-4/SourceSerif4-Bold.ttf"),
    font!("source-serif-4/SourceSerif4-BoldIt.ttf"),
    font!("ibm-plex-sans/IBMPlexSans-Regular.ttf"),
    font!("ibm-plex-sans/IBMPlexSans-Italic.ttf"),
    font!("ibm-plex-sans/IBMPlexSans-Medium.ttf"),
    font!("ibm-plex-sans/IBMPlexSans-SemiBold.ttf"),
];

impl Fonts {
    /// The fonts that come with the program.
    pub fn bundled() -> Self {
        let mut store = FontStore::new();
        for data in BUNDLED {
            store.extend(Font::iter(Bytes::new(data)).map(|font| {
                let info = font.info().clone();
                (font, info)
            }));
        }
        store.extend(typst_kit::fonts::embedded());
        Self { store }
    }

    /// Those, and the fonts of the system, which the shell has found.
    pub fn with_system(found: impl IntoIterator<Item = (FontPath, FontInfo)>) -> Self {
        let mut fonts = Self::bundled();
        fonts.store.extend(found);
        fonts
    }

    /// The characters that no font has.
    pub fn missing(&self, characters: &BTreeSet<char>) -> BTreeSet<char> {
        let book = self.store.book();
        let faces: Vec<&FontInfo> = (0..).map_while(|at| book.info(at)).collect();
        let has = |c: char| faces.iter().any(|face| face.coverage.contains(c as u32));
        let drawn = characters.iter().filter(|c| is_drawn(**c));
        drawn.copied().filter(|c| !has(*c)).collect()
    }
}

/// Whether a character needs a glyph of its own.
fn is_drawn(c: char) -> bool {
    !(c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::figure::widths::{Face, text_width};
    use typst::layout::Abs;
    use typst::text::{FontVariant, FontVariations};

    /// The width of a line in a face, without kerning: in units of its size.
    fn set_width(font: &Font, text: &str) -> Option<f32> {
        let instance = font.clone().instantiate(
            FontVariant::default(),
            Abs::pt(10.0),
            &FontVariations::default(),
        );
        let face = instance.ttf();
        let advance = |c| Some(f32::from(face.glyph_hor_advance(face.glyph_index(c)?)?));
        let sum: Option<f32> = text.chars().map(advance).sum();
        Some(sum? / f32::from(face.units_per_em()))
    }

    #[test]
    fn the_figure_keeps_room_enough_for_every_letter() {
        let faces = [(Face::Regular, 4), (Face::Semibold, 7)].map(|(face, at)| {
            let font = Font::new(Bytes::new(BUNDLED[at]), 0).expect("a bundled font");
            (face, font)
        });
        let mut narrow = Vec::new();
        for (face, font) in &faces {
            for c in (' '..='~')
                .chain('\u{a0}'..='\u{52f}')
                .chain('\u{1e00}'..='\u{206f}')
            {
                let text = c.to_string();
                let Some(set) = set_width(font, &text) else {
                    continue;
                };
                let kept = text_width(&text, 1.0, *face);
                // White space and joiners of the general punctuation are never drawn.
                if kept + 0.0006 < set && is_drawn(c) {
                    narrow.push(format!("{c} U+{:04X}: {kept} < {set}", c as u32));
                }
            }
        }
        assert!(narrow.is_empty(), "{narrow:#?}");
    }
}
