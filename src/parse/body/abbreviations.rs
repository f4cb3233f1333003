//! Words that end in a full stop inside a sentence, by language.

use std::collections::HashMap;
use std::sync::LazyLock;

/// With a bracket or two before it.
const MAX_ABBREVIATION_BYTES: usize = 20;

/// What a language abbreviates.
struct Lists {
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

static ENGLISH: Lists = Lists {
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

static GERMAN: Lists = Lists {
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

static FRENCH: Lists = Lists {
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

static SPANISH: Lists = Lists {
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

static RUSSIAN: Lists = Lists {
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

/// What may follow the full stop of an abbreviation.
#[derive(Clone, Copy)]
enum Kind {
    Name,
    Number,
    /// A word that goes on, or a sentence that begins.
    Either,
}

/// The lists of one language, ready to be asked at the end of every sentence.
pub struct Rules {
    kinds: HashMap<&'static str, Kind>,
    /// The longest of them.
    longest_bytes: usize,
    lists: &'static Lists,
}

impl Rules {
    /// The rules of a language, a BCP 47 tag; those of English for a language without any here.
    pub fn of(lang: Option<&str>) -> &'static Self {
        static RULES: LazyLock<[Rules; 5]> =
            LazyLock::new(|| [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &RUSSIAN].map(Rules::new));
        let [english, german, french, spanish, russian] = &*RULES;
        let language = lang.and_then(|lang| lang.split(['-', '_']).next());
        match language.unwrap_or_default() {
            "de" | "DE" => german,
            "fr" => french,
            "es" => spanish,
            "ru" | "uk" | "be" => russian,
            _ => english,
        }
    }

    fn new(lists: &'static Lists) -> Self {
        let mut kinds = HashMap::new();
        // Of a word in two lists, the first counts.
        for (words, kind) in [
            (lists.before_name, Kind::Name),
            (lists.before_number, Kind::Number),
            (lists.either, Kind::Either),
        ] {
            for word in words {
                kinds.entry(*word).or_insert(kind);
            }
        }
        let longest_bytes = kinds.keys().map(|word| word.len()).max();
        Self {
            kinds,
            longest_bytes: longest_bytes.unwrap_or_default(),
            lists,
        }
    }

    /// Whether a boundary of UAX 29 between `before` and `after` lies inside a sentence.
    pub fn joins(&self, before: &str, after: &str) -> bool {
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
        // Nearly every last word of a sentence is too long for an abbreviation, and begins none of initials.
        if token.len() > self.longest_bytes && !token.starts_with(char::is_uppercase) {
            return false;
        }
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
            self.lists.starters.contains(&next) && !is_initial()
        };
        match self.kinds.get(token) {
            Some(Kind::Name) => return true,
            Some(Kind::Number) => return next().starts_with(|c: char| c.is_ascii_digit()),
            Some(Kind::Either) => {
                // "в 2014 г. Россия …": behind a number the word more often ends its sentence.
                let counts = tokens
                    .next()
                    .is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()));
                let is_noon = token.ends_with(".m");
                return (!counts || is_noon) && !starts();
            }
            None => {}
        }
        if self.lists.ordinals
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
