//! Pages by typst: in memory, from fixed templates, with the data as a file of their small world.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the list is longer than what is shown of it"
)]

mod fonts;
mod links;
mod world;

pub use fonts::Fonts;

use super::choice::Standard;
use super::typst_source::Manuscript;
use super::{CANCELLED, IsCancelled};
use image::ImageEncoder as _;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::SummaryWorld;

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
    /// [`CANCELLED`], else a sentence; it would be a bug of the templates.
    pub fn typeset(
        manuscript: Manuscript,
        fonts: &Fonts,
        is_cancelled: IsCancelled<'_>,
    ) -> Result<Self, String> {
        let missing = fonts.missing(&manuscript.characters);
        let world = SummaryWorld::new(manuscript, fonts, is_cancelled)?;
        let compiled = world.compile().ok_or(CANCELLED)?;
        for warning in &compiled.warnings {
            tracing::debug!("{}", warning.message);
        }
        let document = compiled.output.map_err(|errors| told(&errors))?;
        Ok(Self {
            document: links::resolved(document),
            missing,
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

/// Gives back what typst remembers of earlier pages.
pub fn forget() {
    typst::comemo::evict(0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::Summary;
    use crate::summary::typst_source::{self, Sheet};
    use typst::model::Document as _;
    use typst::syntax::Source;

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
            let manuscript = Manuscript::new(&summary, sheet);
            let mut world = SummaryWorld::new(manuscript, &fonts, &|| false).expect("a world");
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
        let manuscript = Manuscript::new(&summary, sheet);
        let pages = Pages::typeset(manuscript, &fonts, &|| false).expect("pages");
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
