//! The fonts of pages: those that come with the program, and those of the system for scripts that these lack.

use crate::summary::pdf::Fonts;
use crate::summary::typst_source::Manuscript;
use std::sync::{Arc, OnceLock};

static BUNDLED: OnceLock<Arc<Fonts>> = OnceLock::new();
static WITH_SYSTEM: OnceLock<Arc<Fonts>> = OnceLock::new();

/// Fonts that have the characters of a manuscript, as far as there are any. The system's are looked for only when they are
/// needed: that takes a while, and pages that do without them are the same on every machine.
pub fn fonts_for(manuscript: &Manuscript) -> Arc<Fonts> {
    let bundled = BUNDLED.get_or_init(|| Arc::new(Fonts::bundled()));
    if bundled.missing(&manuscript.characters).is_empty() {
        return Arc::clone(bundled);
    }
    let all = WITH_SYSTEM.get_or_init(|| Arc::new(Fonts::with_system(typst_kit::fonts::system())));
    Arc::clone(all)
}
