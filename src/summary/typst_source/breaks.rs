//! Where very long words may break, so that none leaves its column.
//!
//! Columns of a chronology are narrow, and German compounds are not. Typst hyphenates by the rules of the document's language
//! when it is told to, which takes time; so whether there are long words is found here. Words that those rules do not
//! divide get soft hyphens, which stay in what is copied from the pages, so that no other words get them.

use hypher::Lang;

/// Words up to this length fit into every column.
const LONGEST_WHOLE_CHARS: usize = 16;

/// Where no rule of the language divides a word, a break may come after so many letters.
const LONGEST_PART_CHARS: usize = 12;

const SOFT_HYPHEN: char = '\u{ad}';

/// The rules of a language, for words in its script.
pub(super) struct Breaks {
    latin: Option<Lang>,
    cyrillic: Option<Lang>,
    /// By whose rules typst divides words.
    of_document: Option<Lang>,
    /// Whether there was a long word.
    pub found_long: bool,
}

impl Breaks {
    /// `lang` is a language tag such as `de` or `uk-UA`.
    pub fn new(lang: &str) -> Self {
        let base = lang.split(['-', '_']).next().unwrap_or_default();
        let known = match base.as_bytes() {
            &[a, b] => Lang::from_iso([a.to_ascii_lowercase(), b.to_ascii_lowercase()]),
            _ => None,
        };
        let is_cyrillic = matches!(base, "uk" | "ru" | "be" | "bg" | "sr" | "mk" | "mn");
        Self {
            latin: known.filter(|_| !is_cyrillic).or(Some(Lang::English)),
            cyrillic: known.filter(|_| is_cyrillic).or(Some(Lang::Ukrainian)),
            of_document: known,
            found_long: false,
        }
    }

    /// Appends a word, with soft hyphens when it is long and typst has no rule for it.
    pub fn push(&mut self, text: &mut String, word: &str) {
        if word.len() <= LONGEST_WHOLE_CHARS || word.chars().count() <= LONGEST_WHOLE_CHARS {
            text.push_str(word);
            return;
        }
        let lang = match word.chars().map(script).reduce(Script::and) {
            Some(Script::Latin) => self.latin,
            Some(Script::Cyrillic) => self.cyrillic,
            Some(Script::Hyphenated) => None,
            // Others break between any two letters, or never by a hyphen.
            Some(Script::Other) | None => {
                text.push_str(word);
                return;
            }
        };
        self.found_long = true;
        if lang.is_some() && lang == self.of_document {
            let mut syllables = lang
                .into_iter()
                .flat_map(|lang| hypher::hyphenate(word, lang));
            if syllables.all(|syllable| syllable.chars().count() <= LONGEST_PART_CHARS) {
                text.push_str(word);
                return;
            }
        }
        let mut is_first = true;
        let mut part = |part: &str| {
            if !std::mem::take(&mut is_first) {
                text.push(SOFT_HYPHEN);
            }
            text.push_str(part);
        };
        match lang {
            Some(lang) => {
                hypher::hyphenate(word, lang).for_each(|syllable| split(syllable, &mut part))
            }
            None => split(word, &mut part),
        }
    }
}

/// Hands on a piece in parts that are not too long.
fn split(piece: &str, part: &mut impl FnMut(&str)) {
    let mut rest = piece;
    while let Some((end, _)) = rest.char_indices().nth(LONGEST_PART_CHARS) {
        let (head, tail) = rest.split_at(end);
        part(head);
        rest = tail;
    }
    part(rest);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    /// Greek, Armenian, or a mixture of those that know hyphens.
    Hyphenated,
    Other,
}

impl Script {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Other, _) | (_, Self::Other) => Self::Other,
            (one, two) if one == two => one,
            _ => Self::Hyphenated,
        }
    }
}

fn script(c: char) -> Script {
    match c {
        ..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{370}'..='\u{3ff}' | '\u{530}'..='\u{58f}' => Script::Hyphenated,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(lang: &str, word: &str) -> String {
        let mut text = String::new();
        Breaks::new(lang).push(&mut text, word);
        text.replace(SOFT_HYPHEN, "-")
    }

    #[test]
    fn long_words_may_break_where_their_language_divides_them() {
        let mut text = String::new();
        let mut breaks = Breaks::new("de-AT");
        breaks.push(&mut text, "Verhandlungsdelegation");
        assert_eq!(text, "Verhandlungsdelegation", "typst knows where");
        assert!(breaks.found_long);
        // Of a language that is not the document's.
        assert!(broken("tlh", "internationalization").contains('-'));
        let ukrainian = broken("de", "Найнеправдоподібніші");
        assert!(ukrainian.matches('-').count() > 3, "{ukrainian}");
        assert_eq!(broken("de", "Verhandlung"), "Verhandlung", "it fits");
    }

    #[test]
    fn what_no_rule_divides_breaks_all_the_same() {
        let long = "x".repeat(10_000);
        let text = broken("en", &long);
        assert!(text.split('-').all(|part| part.len() <= LONGEST_PART_CHARS));
        assert_eq!(text.replace('-', ""), long);
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        for word in ["汉".repeat(40), "ا".repeat(40), "a汉".repeat(20)] {
            assert_eq!(broken("en", &word), word);
        }
    }
}
