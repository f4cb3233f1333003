//! Where sentences end: UAX 29, and the abbreviations it does not know.
//!
//! UAX 29 breaks "U.S. National Security Adviser" and "Mr. Putin" in two. A short list for the language of
//! the file joins them again; where a word may end a sentence as well ("in the U.S. The talks …"), the
//! word that follows decides.
//!
//! Text in common Latin and Cyrillic letters takes a fast path that looks only at full stops, exclamation and
//! question marks; all other text is left to `unicode-segmentation`. A test holds the two equal.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// The sentences of a text, each with the white space behind it; together they are the whole text.
/// `lang` is a BCP 47 tag.
pub fn sentences(text: &str, lang: Option<&str>) -> Vec<Range<usize>> {
    let rules = Rules::of(lang);
    let mut sentences = Vec::new();
    let mut start = 0;
    for end in ends(text) {
        if end < text.len() && rules.joins(&text[start..end], &text[end..]) {
            continue;
        }
        sentences.push(start..end);
        start = end;
    }
    if start < text.len() {
        sentences.push(start..text.len());
    }
    sentences
}

/// The ends of sentences as UAX 29 has them; the last is the end of the text.
fn ends(text: &str) -> Vec<usize> {
    if is_plain_text(text) {
        plain_ends(text)
    } else {
        text.split_sentence_bound_indices()
            .map(|(start, sentence)| start + sentence.len())
            .collect()
    }
}

/// Whether the fast path knows every character.
fn is_plain_text(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte >= 0x80 || byte == b'\n' || byte == b'\r')
    {
        let mut from = rest[at..].chars();
        if !from.next().is_some_and(is_plain) {
            return false;
        }
        rest = from.as_str();
    }
    true
}

/// Whether the fast path knows the character.
fn is_plain(c: char) -> bool {
    match c {
        '\n' | '\r' => false,
        c if c.is_ascii() => true,
        '\u{a0}'
        | '«'
        | '»'
        | '°'
        | '§'
        | '©'
        | '·'
        | '€'
        | '№'
        | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201e}'
        | '…' => true,
        'À'..='ſ' | 'Ѐ'..='џ' | 'Ґ' | 'ґ' => true,
        _ => false,
    }
}

/// The property Sentence_Break, as far as the fast path needs it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Numeric,
    /// A full stop, which may also end an abbreviation.
    Stop,
    /// A mark that always ends a sentence.
    End,
    Close,
    Space,
    Continue,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' => Class::Lower,
        'A'..='Z' => Class::Upper,
        '0'..='9' => Class::Numeric,
        '.' => Class::Stop,
        '!' | '?' => Class::End,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' => Class::Close,
        '\u{2018}'..='\u{201e}' => Class::Close,
        ' ' | '\t' | '\u{b}' | '\u{c}' | '\u{a0}' => Class::Space,
        ',' | '-' | ':' | ';' | '–' | '—' => Class::Continue,
        c if c.is_lowercase() => Class::Lower,
        c if c.is_uppercase() => Class::Upper,
        _ => Class::Other,
    }
}

/// Rules SB6 to SB11 of UAX 29, asked only where a mark stands that may end a sentence.
fn plain_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    while let Some(found) = text.as_bytes()[from..]
        .iter()
        .position(|byte| matches!(byte, b'.' | b'!' | b'?'))
    {
        let mark = from + found;
        let is_stop = text.as_bytes()[mark] == b'.';
        let after = mark + 1;
        let close = skip(text, after, Class::Close);
        let end = skip(text, close, Class::Space);
        from = after;
        let next = text[end..].chars().next().map(class);
        let joined = match next {
            None => true,
            Some(Class::Continue | Class::Stop | Class::End) => true,
            Some(next) if is_stop => {
                let adjoining = end == after;
                let follows_letter = || {
                    text[..mark]
                        .chars()
                        .next_back()
                        .map(class)
                        .is_some_and(|before| matches!(before, Class::Upper | Class::Lower))
                };
                (adjoining && next == Class::Numeric)
                    || (adjoining && next == Class::Upper && follows_letter())
                    || text[end..].chars().map(class).find(|class| {
                        matches!(
                            class,
                            Class::Upper | Class::Lower | Class::Stop | Class::End
                        )
                    }) == Some(Class::Lower)
            }
            Some(_) => false,
        };
        if !joined {
            ends.push(end);
        }
    }
    if !text.is_empty() {
        ends.push(text.len());
    }
    ends
}

fn skip(text: &str, from: usize, wanted: Class) -> usize {
    let rest = &text[from..];
    rest.find(|c| class(c) != wanted)
        .map_or(text.len(), |length| from + length)
}

/// With a bracket or two before it.
const MAX_ABBREVIATION_BYTES: usize = 20;

/// What a language abbreviates.
struct Rules {
    /// Before a name: never ends a sentence.
    before_name: &'static [&'static str],
    /// Before a number: ends a sentence unless a digit follows.
    before_number: &'static [&'static str],
    /// May end a sentence: does so when one of `starters` follows.
    either: &'static [&'static str],
    /// Words that begin sentences far more often than they go on in a name.
    starters: &'static [&'static str],
    /// Whether `18.` is the eighteenth.
    ordinals: bool,
}

const ENGLISH: Rules = Rules {
    before_name: &[
        "Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Cmdr", "Adm",
        "Sgt", "Sen", "Rep", "Gov", "Pres", "Amb", "Hon", "Rev", "Fr", "St", "Ste", "Mt", "Ft",
        "vs", "cf", "viz", "e.g", "i.e", "eg", "ie", "approx", "ca", "Messrs", "Supt", "Insp",
    ],
    before_number: &[
        "No", "Nos", "no", "nos", "Art", "art", "Fig", "fig", "p", "pp", "para", "paras", "ch",
        "Ch", "sec", "Sec", "vol", "Vol", "c", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug",
        "Sep", "Sept", "Oct", "Nov", "Dec",
    ],
    either: &[
        "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "etc", "al", "Dept", "est", "Ave", "Blvd", "Bros",
        "a.m", "p.m",
    ],
    starters: &[
        "The",
        "A",
        "An",
        "This",
        "That",
        "These",
        "Those",
        "It",
        "Its",
        "He",
        "She",
        "They",
        "We",
        "You",
        "I",
        "His",
        "Her",
        "Their",
        "Our",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "To",
        "With",
        "But",
        "And",
        "Or",
        "So",
        "If",
        "When",
        "While",
        "After",
        "Before",
        "As",
        "Both",
        "Each",
        "There",
        "Then",
        "However",
        "Meanwhile",
        "Not",
        "No",
        "What",
        "Who",
        "Why",
        "How",
        "Several",
        "Some",
        "All",
        "Most",
        "Many",
        "According",
    ],
    ordinals: false,
};

const GERMAN: Rules = Rules {
    before_name: &[
        "Hr", "Fr", "Dr", "Prof", "Gen", "Obst", "Abs", "Art", "Nr", "St", "z.B", "z", "d.h", "d",
        "u.a", "u", "o.ä", "bzw", "vgl", "ca", "ggf", "sog", "evtl", "inkl", "S", "Bd", "Hrsg",
        "i.d.R", "v.a", "Jan", "Feb", "Aug", "Sept", "Okt", "Nov", "Dez",
    ],
    before_number: &[],
    either: &["usw", "etc", "Chr", "Jh", "Mio", "Mrd", "Co"],
    starters: &[
        "Der", "Die", "Das", "Ein", "Eine", "Er", "Sie", "Es", "Wir", "Ich", "In", "Im", "Am",
        "An", "Auf", "Bei", "Mit", "Nach", "Und", "Aber", "Doch", "Dies", "Diese", "Dieser",
        "Wenn", "Als", "Auch", "Beide", "Nicht",
    ],
    ordinals: true,
};

const FRENCH: Rules = Rules {
    before_name: &[
        "M", "MM", "Mme", "Mmes", "Mlle", "Dr", "Pr", "Gal", "Me", "St", "Ste", "p.ex", "cf",
        "env", "art", "n", "p", "pp", "vol", "av", "apr", "c.-à-d",
    ],
    before_number: &[],
    either: &["etc", "Cie", "J.-C"],
    starters: &[
        "Le", "La", "Les", "L", "Un", "Une", "Il", "Elle", "Ils", "Elles", "Nous", "Vous", "Ce",
        "Cette", "Ces", "En", "Dans", "À", "Au", "Mais", "Et", "Pour", "Selon",
    ],
    ordinals: false,
};

const SPANISH: Rules = Rules {
    before_name: &[
        "Sr", "Sra", "Srta", "Dr", "Dra", "Prof", "Gral", "Lic", "Ud", "Uds", "p.ej", "aprox",
        "art", "núm", "pág", "págs", "vol", "EE", "c",
    ],
    before_number: &[],
    either: &["etc", "UU", "S.A"],
    starters: &[
        "El", "La", "Los", "Las", "Un", "Una", "Él", "Ella", "Ellos", "En", "De", "Con", "Por",
        "Para", "Pero", "Y", "Este", "Esta", "No", "Según",
    ],
    ordinals: false,
};

const RUSSIAN: Rules = Rules {
    before_name: &[
        "г-н", "г-жа", "им", "ул", "пр", "т.е", "т.к", "т.н", "т", "напр", "ср", "см", "акад",
        "проф", "ген", "полк", "руб", "тыс", "млн", "млрд", "стр", "рис", "ст", "п", "обл", "р",
        "м", "пл", "д", "гр", "св",
    ],
    before_number: &[],
    either: &["г", "гг", "в", "вв", "др", "пр", "н.э"],
    starters: &[
        "В",
        "На",
        "По",
        "Он",
        "Она",
        "Они",
        "Это",
        "Этот",
        "Но",
        "И",
        "А",
        "Как",
        "При",
        "После",
        "Для",
        "С",
        "К",
        "Не",
        "Мы",
        "Я",
        "Об",
        "О",
        "У",
        "Из",
        "За",
        "Так",
        "У",
        "Він",
        "Вона",
        "Вони",
        "Це",
        "Але",
        "Та",
        "Після",
        "Як",
        "Ми",
        "За",
    ],
    ordinals: false,
};

impl Rules {
    fn of(lang: Option<&str>) -> &'static Self {
        let language = lang.and_then(|lang| lang.split(['-', '_']).next());
        match language.unwrap_or_default() {
            "de" | "DE" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "ru" | "uk" | "be" => &RUSSIAN,
            _ => &ENGLISH,
        }
    }

    /// Whether a boundary of UAX 29 between `before` and `after` lies inside a sentence.
    fn joins(&self, before: &str, after: &str) -> bool {
        // "Is it?" she asked: UAX 29 ends a sentence here.
        if after.starts_with(char::is_lowercase) {
            return true;
        }
        let Some(words) = before.trim_end().strip_suffix('.') else {
            return false;
        };
        let mut tokens = words.rsplit(char::is_whitespace);
        let token = tokens.next().unwrap_or_default();
        // No abbreviation is longer; this spares most sentences the lists.
        if token.len() > MAX_ABBREVIATION_BYTES {
            return false;
        }
        let token = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let next = || {
            after
                .split(|c: char| !c.is_alphanumeric())
                .find(|word| !word.is_empty())
                .unwrap_or_default()
        };
        let starts = || {
            let next = next();
            // "В. В. Путин": an initial, not the word "in".
            let is_initial = || {
                next.chars().count() == 1
                    && after
                        .split_once(next)
                        .is_some_and(|(_, rest)| rest.starts_with('.'))
            };
            self.starters.contains(&next) && !is_initial()
        };
        if self.before_name.contains(&token) {
            return true;
        }
        if self.before_number.contains(&token) {
            return next().starts_with(|c: char| c.is_ascii_digit());
        }
        if self.either.contains(&token) {
            // "в 2014 г. Россия …": behind a number the word more often ends its sentence.
            let counts = tokens
                .next()
                .is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()));
            let is_noon = token.ends_with(".m");
            return (!counts || is_noon) && !starts();
        }
        if self.ordinals
            && (1..=2).contains(&token.len())
            && token.bytes().all(|byte| byte.is_ascii_digit())
        {
            return !starts();
        }
        is_initials(token) && !starts()
    }
}

/// `J`, `U.S`, `J.-C`, `Ph.D`: letters, each with its full stop.
fn is_initials(token: &str) -> bool {
    let mut parts = token.split(['.', '-']).filter(|part| !part.is_empty());
    let is_short = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(char::is_lowercase)
            && letters.next().is_none()
    };
    let Some(first) = parts.next().filter(|first| is_short(first)) else {
        return false;
    };
    let single = first.chars().count() == 1;
    (single || token.contains('.')) && parts.all(is_short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split<'a>(text: &'a str, lang: &str) -> Vec<&'a str> {
        sentences(text, Some(lang))
            .into_iter()
            .map(|range| text[range].trim())
            .collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for (lang, text, expected) in [
            (
                "en",
                "He met U.S. National Security Adviser Waltz. Then he left.",
                2,
            ),
            ("en", "It happened in the U.S. The talks went on.", 2),
            ("en", "Mr. Putin spoke to Dr. J. R. Smith. It was late.", 2),
            ("en", "See e.g. Washington, i.e. Moscow, vs. Kyiv.", 1),
            ("en", "It began at 10 a.m. Washington time.", 1),
            ("en", "It began at 10 a.m. The call was long.", 2),
            ("en", "Art. 5 says so. He said no. Nobody asked.", 3),
            ("en", "It rose by 3.5 per cent. Prices fell.", 2),
            ("en", "\"It is over.\" He left. \"Is it?\" she asked.", 3),
            ("en", "First, second… and third.", 1),
            (
                "de",
                "Am 18. März sprachen sie z. B. mit Dr. Meier. Es war spät.",
                2,
            ),
            ("fr", "M. Poutine a parlé. Il est parti.", 2),
            ("ru", "В. В. Путин говорил. Он уехал.", 2),
            ("ru", "Это было в 2014 г. Россия ответила.", 2),
            ("ru", "Он живёт в г. Москва, т. е. далеко.", 1),
            ("zh", "他说了。然后走了。", 2),
        ] {
            assert_eq!(split(text, lang).len(), expected, "{:?}", split(text, lang));
        }
    }

    proptest! {
        #[test]
        fn the_fast_path_is_uax_29(text in "[a-cA-C1-2.!?\"'()«»“” ,;:\u{2013}…éÉяЯ\u{a0}/-]{0,40}") {
            prop_assert!(text.chars().all(is_plain));
            let reference: Vec<usize> = text
                .split_sentence_bound_indices()
                .map(|(start, sentence)| start + sentence.len())
                .collect();
            prop_assert_eq!(plain_ends(&text), reference);
        }

        #[test]
        fn classes_are_those_of_uax_29(c in any::<char>().prop_filter("plain", |c| is_plain(*c))) {
            for text in [format!("a.{c}A b"), format!("a. {c} a"), format!("A{c} B"), format!("{c}.A"), format!("a!{c}a")] {
                let reference: Vec<usize> = text
                    .split_sentence_bound_indices()
                    .map(|(start, sentence)| start + sentence.len())
                    .collect();
                prop_assert_eq!(plain_ends(&text), reference, "{:?}", text);
            }
        }

        #[test]
        fn sentences_are_the_whole_text(text in any::<String>()) {
            let mut end = 0;
            for sentence in sentences(&text, Some("en")) {
                prop_assert_eq!(sentence.start, end);
                end = sentence.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
