//! Guard words: the words on which the meaning turns, language by language.
//!
//! One letter between "22" and "23", or three between "agreed" and "not agreed", change what was said, and no count of
//! letters can see it. A difference that touches one of these words makes a quotation `altered`.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "lengths of two words and what they share, and counts of their letters"
)]

use super::verdict::GuardKind;

/// The guard words of one or more languages.
#[derive(Clone, Debug)]
pub struct Guards {
    lists: Vec<&'static Language>,
}

#[derive(Debug)]
struct Language {
    /// BCP 47, the primary subtag.
    code: &'static str,
    script: Script,
    /// Case-folded words, separated by white space; a final `*` marks a stem.
    words: &'static [(GuardKind, &'static str)],
    /// Beginnings that turn a word into its opposite.
    negating_prefixes: &'static [&'static str],
    /// Every noun has a capital, so that one is no sign of a name.
    nouns_have_capitals: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Other,
}

use GuardKind::{Date, Modal, Negation, Number, Scope};

const LANGUAGES: &[Language] = &[
    Language {
        code: "en",
        script: Script::Latin,
        words: &[
            (
                Negation,
                "not no never none nobody nothing nowhere neither nor cannot without hardly scarcely barely unable lack lacks lacked lacking fail fails failed refuse refuses refused refusing deny denies denied reject rejects rejected against",
            ),
            (
                Number,
                "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred* thousand* million* billion* trillion* dozen* first second third fourth fifth sixth seventh eighth ninth tenth half halves quarter quarters once twice double triple single percent per",
            ),
            (
                Date,
                "monday* tuesday* wednesday* thursday* friday* saturday* sunday* january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday tomorrow tonight day days week weeks month months year years hour hours minute minutes morning evening noon midnight weekend century decade bc ad bce ce before after until since",
            ),
            (
                Modal,
                "may must will shall should can could might would ought ",
            ),
            (
                Scope,
                "and or all any only some full partial fully partially both either each every everyone everything most mostly few fewer many more less least several entire entirely whole wholly except unless if always sometimes often immediate immediately permanent temporary unconditional conditional",
            ),
        ],
        negating_prefixes: &[
            "un", "in", "im", "il", "ir", "non", "non-", "dis", "mis", "anti", "anti-",
        ],
        nouns_have_capitals: false,
    },
    Language {
        code: "de",
        script: Script::Latin,
        words: &[
            (
                Negation,
                "nicht kein keine keinen keinem keiner keines nie niemals niemand* nichts nirgends weder noch ohne kaum lehnt lehnte lehnten ablehnt* abgelehnt verweiger* gegen",
            ),
            (
                Number,
                "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert* tausend* million* milliard* dutzend* erste* zweite* dritte* vierte* fünfte* halb halbe* hälfte viertel einmal zweimal dreimal doppelt* prozent",
            ),
            (
                Date,
                "montag* dienstag* mittwoch* donnerstag* freitag* samstag* sonnabend* sonntag* januar jänner februar märz april mai juni juli august september oktober november dezember heute gestern morgen tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minute minuten bis seit",
            ),
            (
                Modal,
                "darf dürfen durfte* dürfte* muss müssen musste* müsste* wird werden wurde* würde* soll sollen sollte* kann können konnte* könnte* mag mögen mochte* möchte* will wollen wollte*",
            ),
            (
                Scope,
                "und oder alle allen aller alles jede* irgend* nur einige* manche* voll volle vollen voller vollständig* teilweise teil* ganz ganze* beide* mehr weniger meist* viele* wenige* außer wenn falls immer sofort* dauerhaft* vorläufig* bedingungslos*",
            ),
        ],
        negating_prefixes: &["un", "nicht", "nicht-", "miss"],
        nouns_have_capitals: true,
    },
    Language {
        code: "fr",
        script: Script::Latin,
        words: &[
            (
                Negation,
                "ne n pas non jamais aucun aucune personne rien nul nulle ni sans guère refus* rejet* contre",
            ),
            (
                Number,
                "zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante septante octante huitante nonante cent cents mille million* milliard* douzaine* premier* première* deuxième* second seconde troisième* quatrième* demi demie moitié quart tiers double triple pour-cent pourcent",
            ),
            (
                Date,
                "lundi* mardi* mercredi* jeudi* vendredi* samedi* dimanche* janvier février mars avril mai juin juillet août septembre octobre novembre décembre aujourd'hui hier demain jour jours semaine semaines mois an ans année années heure heures minute minutes avant après depuis jusqu*",
            ),
            (
                Modal,
                "peut peuvent pouvait pouvaient pourra pourront pourrait pourraient doit doivent devait devaient devra devront devrait devraient faut fallait faudra faudrait sera seront serait seraient aura auront aurait auraient veut veulent",
            ),
            (
                Scope,
                "et ou tout toute tous toutes chaque quelque quelques seul seule seuls seules seulement uniquement plein* pleine* complet* complète* partiel* plus moins plusieurs entier* entière* sauf si toujours immédiat* permanent* provisoire* inconditionnel*",
            ),
        ],
        negating_prefixes: &["in", "im", "il", "ir", "non", "non-", "dé", "dés", "mé"],
        nouns_have_capitals: false,
    },
    Language {
        code: "uk",
        script: Script::Cyrillic,
        words: &[
            (
                Negation,
                "не ні ані немає нема нікол* ніхто нікого нікому ніким ніщо нічого нічому ніде жоден жодн* без проти відмов* відхил* заперечи* навряд",
            ),
            (
                Number,
                "нуль один одна одне одного одному одним одну два дві двох двом двома три трьох трьом трьома чотири чотирьох чотирьом п'ять п'яти п'ятьох шість шести шістьох сім семи сімох вісім восьми вісьмох дев'ять дев'яти десять десяти одинадцят* дванадцят* тринадцят* чотирнадцят* п'ятнадцят* шістнадцят* сімнадцят* вісімнадцят* дев'ятнадцят* двадцят* тридцят* сорок сорока п'ятдесят* шістдесят* сімдесят* вісімдесят* дев'яност* сто ста двісті двохсот триста трьохсот чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот тисяч* мільйон* мільярд* перш* друг* трет* четверт* п'ят* половин* чверт* двічі тричі відсот*",
            ),
            (
                Date,
                "понеділ* вівтор* середа середи середу четвер* п'ятниц* субот* неділ* січен* січн* лютий лютого березен* березн* квітен* квітн* травен* травн* червен* червн* липен* липн* серпен* серпн* вересен* вересн* жовтен* жовтн* листопад* груден* грудн* сьогодні вчора завтра день дні дня днів днем дням тижд* тижн* місяц* рік рок* годин* хвилин* до після",
            ),
            (
                Modal,
                "може можуть могли могла міг повинен повинн* мусить мусять муситиме має мають мав мала мали буде будуть слід необхідно потрібно б би",
            ),
            (
                Scope,
                "і й та або чи всі всіх всім всіма весь вся все всього всю усі усіх усім усе усього будь-як* лише тільки деяк* кільк* повн* частков* обидв* кожн* більш* менш* крім якщо завжди негайн* тимчасов* постійн* безумовн*",
            ),
        ],
        negating_prefixes: &["не", "без", "анти"],
        nouns_have_capitals: false,
    },
    Language {
        code: "ru",
        script: Script::Cyrillic,
        words: &[
            (
                Negation,
                "не ни нет никогда никто никого никому никем ничто ничего ничему нигде никак* без против отказ* отверг* отклон* отрица* вряд едва нельзя",
            ),
            (
                Number,
                "ноль нуль один одна одно одного одному одним одну два две двух двум двумя три трех трёх трем трём тремя четыре четырех четырёх четырем пять пяти пятью шесть шести семь семи восемь восьми девять девяти десять десяти одиннадцат* двенадцат* тринадцат* четырнадцат* пятнадцат* шестнадцат* семнадцат* восемнадцат* девятнадцат* двадцат* тридцат* сорок сорока пятьдесят пятидесят* шестьдесят шестидесят* семьдесят семидесят* восемьдесят восьмидесят* девяност* сто ста двести двухсот триста трехсот трёхсот четыреста пятьсот пятисот шестьсот семьсот восемьсот девятьсот тысяч* миллион* миллиард* перв* втор* трет* четверт* пят* половин* полтора полутора дважды трижды процент*",
            ),
            (
                Date,
                "понедельник* вторник* среда среды среду четверг* пятниц* суббот* воскресень* январ* феврал* март* апрел* май мая мае июн* июл* август* сентябр* октябр* ноябр* декабр* сегодня вчера завтра день дня дней дни днем днём дням недел* месяц* год года году годом годы лет час часа часов минут* до после",
            ),
            (
                Modal,
                "может могут мог могла могли должен должна должно должны обязан* будет будут следует необходимо нужно надо бы",
            ),
            (
                Scope,
                "и или либо все всех всем всеми весь вся всё всего всю любой люб* лишь только некотор* нескольк* полн* частичн* оба обе обоих кажд* больш* меньш* кроме если всегда немедленн* временн* постоянн* безусловн*",
            ),
        ],
        negating_prefixes: &["не", "без", "бес", "анти"],
        nouns_have_capitals: false,
    },
];

impl Guards {
    /// The guard words for words in `lang` (BCP 47). Without a language, or when the words are in another script
    /// than it has, every list of their script applies. `None` when there is no list.
    pub fn for_words(lang: Option<&str>, words: &str) -> Option<Self> {
        let script = script_of(words);
        let code = lang.map(|lang| {
            let primary = lang.split(['-', '_']).next().unwrap_or_default();
            primary.trim().to_ascii_lowercase()
        });
        let code = code.as_deref().map(|code| match code {
            "english" | "eng" => "en",
            "german" | "deutsch" | "deu" | "ger" => "de",
            "french" | "français" | "fra" | "fre" => "fr",
            "ukrainian" | "українська" | "ukr" => "uk",
            "russian" | "русский" | "rus" => "ru",
            other => other,
        });
        let named = LANGUAGES
            .iter()
            .find(|language| Some(language.code) == code);
        let lists: Vec<_> = match (named, code) {
            (Some(language), _) if script.is_none_or(|script| script == language.script) => {
                vec![language]
            }
            // A language without a list, written in its own script: another's list would only guess.
            (None, Some(code)) if !code.is_empty() && !contradicts(code, script) => Vec::new(),
            _ => LANGUAGES
                .iter()
                .filter(|language| script.is_none_or(|script| script == language.script))
                .collect(),
        };
        (!lists.is_empty()).then_some(Self { lists })
    }

    /// What kind of guard word this is, if it is one. `key` is the case-folded, normalized word.
    pub fn kind_of(&self, key: &str) -> Option<GuardKind> {
        if key.chars().any(char::is_numeric) {
            return Some(Number);
        }
        if key.ends_with("n't") {
            return Some(Negation);
        }
        let bare = key.strip_suffix("'s").unwrap_or(key);
        // "n'est", "twenty-two": the parts count too.
        let parts = bare.split(['\'', '-']).filter(|part| *part != bare);
        std::iter::once(bare)
            .chain(parts)
            .find_map(|word| self.listed(word))
    }

    fn listed(&self, word: &str) -> Option<GuardKind> {
        let words = self.lists.iter().flat_map(|language| language.words);
        let mut entries = words
            .flat_map(|&(kind, listed)| listed.split_whitespace().map(move |entry| (kind, entry)));
        entries
            .find(|(_, entry)| match entry.strip_suffix('*') {
                Some(stem) => word.starts_with(stem),
                None => word == *entry,
            })
            .map(|(kind, _)| kind)
    }

    /// Whether one word is the other's opposite by a prefix: "possible" and "impossible".
    pub fn are_opposites(&self, one: &str, other: &str) -> bool {
        let (short, long) = if one.len() < other.len() {
            (one, other)
        } else {
            (other, one)
        };
        short.chars().count() >= 3
            && long.strip_suffix(short).is_some_and(|prefix| {
                let mut prefixes = self.lists.iter().flat_map(|list| list.negating_prefixes);
                prefixes.any(|negating| *negating == prefix)
            })
    }

    /// Whether a word with a capital that does not begin a sentence is a name. In a language whose nouns all have
    /// capitals it is one unless the other side has the same word with another ending.
    pub fn is_name(&self, word: &str, others: &[&str]) -> bool {
        if !word.chars().next().is_some_and(char::is_uppercase)
            || matches!(word, "I" | "I'm" | "I'll" | "I'd" | "I've")
        {
            return false;
        }
        let nouns_have_capitals = self.lists.len() == 1
            && self
                .lists
                .iter()
                .all(|language| language.nouns_have_capitals);
        !(nouns_have_capitals && others.iter().any(|other| share_stem(word, other)))
    }
}

/// Whether two words differ only in their last two letters, after four or more that are the same.
fn share_stem(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    same >= 4 && one.len().max(other.len()) - same <= 2
}

/// The script most letters are of; `None` when there are no letters.
fn script_of(words: &str) -> Option<Script> {
    let (mut latin, mut cyrillic, mut other) = (0_usize, 0_usize, 0_usize);
    for c in words.chars().filter(|c| c.is_alphabetic()) {
        match c {
            'A'..='Z' | 'a'..='z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            _ => other += 1,
        }
    }
    let most = latin.max(cyrillic).max(other);
    match most {
        0 => None,
        _ if most == latin => Some(Script::Latin),
        _ if most == cyrillic => Some(Script::Cyrillic),
        _ => Some(Script::Other),
    }
}

/// Whether words in `script` cannot be in the language `code`, as far as is known.
fn contradicts(code: &str, script: Option<Script>) -> bool {
    let written_in = match code {
        "es" | "it" | "pt" | "pl" | "nl" | "cs" | "sk" | "ro" | "hu" | "fi" | "sv" | "da"
        | "no" | "nb" | "tr" | "et" | "lv" | "lt" | "hr" | "sl" | "la" | "vi" | "id" => {
            Script::Latin
        }
        "be" | "bg" | "mk" | "kk" => Script::Cyrillic,
        "ar" | "he" | "fa" | "ur" | "zh" | "ja" | "ko" | "el" | "hi" | "th" | "ka" | "hy" => {
            Script::Other
        }
        _ => return false,
    };
    script.is_some_and(|script| script != written_in && script != Script::Other)
}

/// What a sign does to a number beside it.
pub fn is_number_sign(key: &str) -> bool {
    let mut signs = key.chars();
    matches!((signs.next(), signs.next()), (Some(sign), None) if "%‰$€£¥₴₽°-+±/′″<>≈~#№".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::super::normalize::{Case, LineHyphen, normalize};
    use super::*;

    fn key_of(word: &str) -> String {
        normalize(word, Case::Folded, LineHyphen::Joined).text
    }

    #[test]
    fn guard_words_are_known_in_each_language() {
        for (lang, word, kind) in [
            ("en", "not", Some(Negation)),
            ("en", "didn't", Some(Negation)),
            ("en", "22", Some(Number)),
            ("en", "22nd", Some(Number)),
            ("en", "twenty-two", Some(Number)),
            ("en-GB", "Sunday's", Some(Date)),
            ("en", "must", Some(Modal)),
            ("en", "and", Some(Scope)),
            ("en", "wounded", None),
            ("uk", "не", Some(Negation)),
            ("uk", "неділі", Some(Date)),
            ("uk", "п’ять", Some(Number)),
            ("uk", "лише", Some(Scope)),
            ("uk", "енергетичній", None),
            ("ru", "тридцати", Some(Number)),
            ("ru", "воскресенье", Some(Date)),
            ("ru", "должны", Some(Modal)),
            ("ru", "частичное", Some(Scope)),
            ("ru", "объектам", None),
            ("de", "keine", Some(Negation)),
            ("de", "Sonntag", Some(Date)),
            ("de", "vollständige", Some(Scope)),
            ("de", "Waffenruhe", None),
            ("fr", "jamais", Some(Negation)),
            ("fr", "n’est", Some(Negation)),
            ("fr", "dimanche", Some(Date)),
            ("fr", "partielle", Some(Scope)),
            ("fr", "trêve", None),
        ] {
            let guards = Guards::for_words(Some(lang), word).expect("a list");
            assert_eq!(guards.kind_of(&key_of(word)), kind, "{lang}: {word}");
        }
    }

    #[test]
    fn the_script_corrects_a_language_that_cannot_be() {
        let codes = |lang, words| {
            Guards::for_words(lang, words).map(|guards| {
                guards
                    .lists
                    .iter()
                    .map(|list| list.code)
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(codes(Some("en"), "words"), Some(vec!["en"]));
        assert_eq!(codes(Some("en"), "слова"), Some(vec!["uk", "ru"]));
        assert_eq!(codes(None, "words"), Some(vec!["en", "de", "fr"]));
        assert_eq!(codes(Some("ja"), "言葉"), None);
        assert_eq!(codes(None, "言葉"), None);
        assert_eq!(codes(Some("pl"), "słowa"), None);
        assert_eq!(codes(Some("he"), "מילים"), None);
    }

    #[test]
    fn opposites_and_names_are_seen() {
        let english = Guards::for_words(Some("en"), "x").expect("a list");
        assert!(english.are_opposites("impossible", "possible"));
        assert!(!english.are_opposites("infrastructure", "structure"));
        assert!(english.is_name("Putin", &[]) && !english.is_name("talks", &[]));
        let german = Guards::for_words(Some("de"), "x").expect("a list");
        assert!(!german.is_name("Waffenruhen", &["Waffenruhe"]));
        assert!(german.is_name("Putin", &["Trump"]));
    }
}
