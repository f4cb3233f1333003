//! The type faces, and which file each comes from.

use egui::{FontData, FontDefinitions, FontFamily, FontId};
use std::sync::Arc;

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
                include_bytes!(concat!("../../../assets/fonts/", $path))
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

/// All faces, ready to be installed.
pub(super) fn fonts() -> FontDefinitions {
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
