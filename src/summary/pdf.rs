//! Pages by typst: in memory, from fixed templates, with the data as a file of their small world.

use super::choice::Standard;
use super::content::Summary;
use super::typst_source::{self, DATA_FILE, Sheet};
use image::ImageEncoder as _;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_kit::fonts::{FontPath, FontStore};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The fonts that pages are set with: those that come with the program first, then what the shell hands in.
pub struct Fonts {
    store: FontStore,
}

macro_rules! font {
    ($path:literal) => {
        include_bytes!(concat!("../../assets/fonts/", $path)).as_slice()
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

    /// The characters of a summary that no font has.
    pub fn missing(&self, summary: &Summary) -> BTreeSet<char> {
        let book = self.store.book();
        let data = typst_source::data(summary);
        let wanted: BTreeSet<char> = data.chars().filter(|c| is_drawn(*c)).collect();
        let faces: Vec<&FontInfo> = (0..).map_while(|at| book.info(at)).collect();
        wanted
            .into_iter()
            .filter(|&c| !faces.iter().any(|face| face.coverage.contains(c as u32)))
            .collect()
    }
}

/// Whether a character needs a glyph of its own.
fn is_drawn(c: char) -> bool {
    !(c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'))
}

/// Typeset pages.
pub struct Pages {
    document: PagedDocument,
    missing: BTreeSet<char>,
}

/// A page as a picture: opaque red, green, blue, alpha.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePicture {
    pub width_px: usize,
    pub height_px: usize,
    pub rgba: Vec<u8>,
}

impl PagePicture {
    /// # Errors
    ///
    /// A sentence, when it has no pixels.
    pub fn to_png(&self) -> Result<Vec<u8>, String> {
        let mut png = Vec::new();
        let side = |px: usize| u32::try_from(px).unwrap_or(u32::MAX);
        let (width, height) = (side(self.width_px), side(self.height_px));
        let encoder = image::codecs::png::PngEncoder::new(&mut png);
        encoder
            .write_image(&self.rgba, width, height, image::ExtendedColorType::Rgba8)
            .map_err(|error| format!("the picture could not be written: {error}"))?;
        Ok(png)
    }
}

/// A picture has at most this many pixels a side.
const MAX_SIDE_PX: f32 = 16_000.0;

impl Pages {
    /// Sets the pages.
    ///
    /// # Errors
    ///
    /// A sentence; it would be a bug of the templates.
    pub fn typeset(summary: &Summary, sheet: Sheet, fonts: &Fonts) -> Result<Self, String> {
        let world = SummaryWorld::new(summary, sheet, fonts)?;
        let compiled = typst::compile::<PagedDocument>(&world);
        for warning in &compiled.warnings {
            tracing::debug!("{}", warning.message);
        }
        let document = compiled.output.map_err(|errors| told(&errors))?;
        Ok(Self {
            document,
            missing: fonts.missing(summary),
        })
    }

    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// Width and height of a page in points.
    pub fn size_pt(&self, page: usize) -> Option<(f32, f32)> {
        let size = self.document.pages().get(page)?.frame.size();
        Some((size.x.to_pt() as f32, size.y.to_pt() as f32))
    }

    /// A page as a picture, or smaller where it would be too large for one.
    pub fn picture(&self, page: usize, pixels_per_pt: f32) -> Option<PagePicture> {
        let (width_pt, height_pt) = self.size_pt(page)?;
        let largest = MAX_SIDE_PX / width_pt.max(height_pt).max(1.0);
        let page = self.document.pages().get(page)?;
        let options = typst_render::RenderOptions {
            pixel_per_pt: f64::from(pixels_per_pt.min(largest)).into(),
            ..typst_render::RenderOptions::default()
        };
        let pixels = typst_render::render(page, &options);
        Some(PagePicture {
            width_px: pixels.width() as usize,
            height_px: pixels.height() as usize,
            // Pages are opaque, so that premultiplied and plain are the same.
            rgba: pixels.take(),
        })
    }

    /// The PDF.
    ///
    /// # Errors
    ///
    /// A sentence, when the standard refuses the document; it names the characters that no font has.
    pub fn pdf(&self, standard: Standard) -> Result<Vec<u8>, String> {
        if standard != Standard::Plain && !self.missing.is_empty() {
            return Err(missing_told(standard, &self.missing));
        }
        let wanted: &[PdfStandard] = match standard {
            Standard::Ua1 => &[PdfStandard::Ua_1],
            Standard::A2a => &[PdfStandard::A_2a, PdfStandard::Ua_1],
            Standard::A3a => &[PdfStandard::A_3a, PdfStandard::Ua_1],
            Standard::Plain => &[],
        };
        let options = PdfOptions {
            standards: PdfStandards::new(wanted).map_err(|error| error.message().to_string())?,
            creator: Smart::Custom(Some(
                concat!("Sourceline ", env!("CARGO_PKG_VERSION")).to_owned(),
            )),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| {
            format!(
                "{} refuses this document: {}; `--standard plain` makes no such promise",
                standard.label(),
                told(&errors)
            )
        })
    }
}

fn missing_told(standard: Standard, missing: &BTreeSet<char>) -> String {
    const SHOWN: usize = 12;
    let mut text = format!(
        "{} allows no character that no font has, and these have none here: ",
        standard.label()
    );
    for (at, c) in missing.iter().take(SHOWN).enumerate() {
        let separator = if at == 0 { "" } else { ", " };
        write!(text, "{separator}{c} (U+{:04X})", *c as u32).unwrap_or_default();
    }
    if missing.len() > SHOWN {
        write!(text, " and {} more", missing.len() - SHOWN).unwrap_or_default();
    }
    text.push_str("; install a font for them, or export with `--standard plain`");
    text
}

fn told(errors: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    messages.join("; ")
}

/// What typst can see: one source, one file of data, and fonts. Nothing else, whatever a source would ask for.
struct SummaryWorld<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: Source,
    data_id: FileId,
    data: Bytes,
}

impl<'a> SummaryWorld<'a> {
    fn new(summary: &Summary, sheet: Sheet, fonts: &'a Fonts) -> Result<Self, String> {
        let id = |name: &str| {
            let path = VirtualPath::new(name).map_err(|error| error.to_string())?;
            Ok::<_, String>(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        Ok(Self {
            library: LazyHash::new(Library::default()),
            fonts,
            main: Source::new(id("main.typ")?, typst_source::main_source(sheet)),
            data_id: id(DATA_FILE)?,
            data: Bytes::from_string(typst_source::data(summary)),
        })
    }
}

impl World for SummaryWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Gives back what typst remembers of earlier pages.
pub fn forget() {
    typst::comemo::evict(0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::figure::widths::{Face, text_width};
    use typst::layout::Abs;
    use typst::model::Document as _;
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

    #[test]
    fn the_source_that_is_handed_out_compiles_by_itself() {
        let summary = Summary {
            title: "\"#panic(1)\" \\ $x$".to_owned(),
            lang: "en".to_owned(),
            paper: "us-letter".to_owned(),
            ..Summary::default()
        };
        let fonts = Fonts::bundled();
        for template in crate::summary::Template::ALL {
            let sheet = Sheet::Pages(template);
            let mut world = SummaryWorld::new(&summary, sheet, &fonts).expect("a world");
            let source = typst_source::self_contained(&summary, template);
            world.main = Source::new(world.main.id(), source);
            // Whoever compiles it has no file of data beside it.
            world.data_id = world.main.id();
            let compiled = typst::compile::<PagedDocument>(&world);
            let document = compiled
                .output
                .map_err(|errors| told(&errors))
                .expect("pages");
            assert_eq!(document.pages().len(), 1);
            assert_eq!(
                document.info().title.as_deref(),
                Some(summary.title.as_str())
            );
        }
    }

    #[test]
    fn a_standard_names_the_characters_that_no_font_has() {
        let summary = Summary {
            title: "A \u{13000} sign".to_owned(),
            lang: "en".to_owned(),
            paper: "a4".to_owned(),
            ..Summary::default()
        };
        let fonts = Fonts::bundled();
        let sheet = Sheet::Pages(crate::summary::Template::Full);
        let pages = Pages::typeset(&summary, sheet, &fonts).expect("pages");
        for standard in [Standard::Ua1, Standard::A2a, Standard::A3a] {
            let Err(error) = pages.pdf(standard) else {
                panic!("it is refused");
            };
            assert!(
                error.contains("(U+13000)") && error.contains("`--standard plain`"),
                "{error}"
            );
        }
        assert!(pages.pdf(Standard::Plain).is_ok());
    }
}
