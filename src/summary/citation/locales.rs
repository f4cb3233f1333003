//! The words of citations ("edited by", months) in the document's language.

use hayagriva::archive;
use hayagriva::citationberg::{Locale, LocaleCode};
use serde::Deserialize;

/// What a style asks for its words.
pub(super) struct Locales {
    /// The one whose words are wanted.
    pub code: LocaleCode,
    /// That one, and the English one, from which styles take what it lacks.
    pub known: Vec<Locale>,
}

/// The language of a locale, read without the rest of it: the words of all of them take longer to read than a short
/// summary takes to set.
#[derive(Deserialize)]
struct Named {
    #[serde(rename = "@xml:lang")]
    lang: Option<LocaleCode>,
}

impl Locales {
    /// The locale of this language, else of another country with it, else American English.
    ///
    /// # Errors
    ///
    /// A sentence, when the archive of locales cannot be read; it would be a bug.
    pub fn of(lang: Option<&str>) -> Result<Self, String> {
        let mut codes = Vec::with_capacity(archive::LOCALES.len());
        for bytes in archive::LOCALES {
            codes.extend(read::<Named>(bytes)?.lang.map(|code| (code, *bytes)));
        }
        let code = nearest(codes.iter().map(|(code, _)| code), lang);
        let english = LocaleCode::en_us();
        let known = codes
            .iter()
            .filter(|(of, _)| *of == code || *of == english)
            .map(|(_, bytes)| read(bytes))
            .collect::<Result<_, _>>()?;
        Ok(Self { code, known })
    }
}

fn read<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, String> {
    ciborium::from_reader(bytes).map_err(|error| format!("a locale cannot be read: {error}"))
}

fn nearest<'a>(
    codes: impl Iterator<Item = &'a LocaleCode> + Clone,
    lang: Option<&str>,
) -> LocaleCode {
    let lang = lang.unwrap_or("en-US");
    let base = lang.split(['-', '_']).next().unwrap_or("en");
    let same = |code: &&LocaleCode| code.0.eq_ignore_ascii_case(lang);
    let related = |code: &&LocaleCode| {
        let first = code.0.split('-').next().unwrap_or_default();
        // Of the English ones, the one that the styles were written in.
        first.eq_ignore_ascii_case(base) && (base != "en" || code.0 == "en-US")
    };
    let mut all = codes.clone();
    let found = all.find(same).or_else(|| codes.clone().find(related));
    found.cloned().unwrap_or_else(LocaleCode::en_us)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_read_beside_english_and_no_other() {
        for (lang, code, count) in [
            (None, "en-US", 1),
            (Some("en"), "en-US", 1),
            (Some("en-GB"), "en-GB", 2),
            (Some("uk"), "uk-UA", 2),
            (Some("de-CH"), "de-CH", 2),
            (Some("pt_BR"), "pt-BR", 2),
            (Some("tlh"), "en-US", 1),
        ] {
            let locales = Locales::of(lang).expect("the archive is sound");
            assert_eq!(locales.code.0, code, "{lang:?}");
            assert_eq!(locales.known.len(), count, "{lang:?}");
        }
    }

    #[test]
    fn what_is_read_is_what_the_archive_reads() {
        let all = archive::locales();
        let ours = Locales::of(Some("fr")).expect("the archive is sound");
        for locale in &ours.known {
            assert!(all.contains(locale), "{:?}", locale.lang);
        }
    }
}
