//! A library of made-up briefings, the same in every run and on every machine.
//!
//! Each briefing has about 1,200 words and 8 kB, ten thousand of them 80 MB: five events, three sources of its own (some of them with an address that other
//! briefings use too), two from the folder's `sources.yml`, sections, statements by citation, link and footnote, lists and tables.

use crate::random::Random;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

impl Random {
    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const COMMON: &str = "the of and to in a that it was for on are with as they be at one have this from or had by not but \
    what all were we when there an which she do how their if will up other about out many then them these so some her would make \
    like him into time has look two more go see no way could people its who after before over under between against during";

const STEMS: &str = "negotiat operat govern declar inform accept report confirm express develop represent consider restor impos discuss \
    conduct transport transmit secur settl observ monitor assembl deploy withdraw support attack defend adopt reject protest \
    recogn connect collect construct distribut import export present prepar produc protect publish record reform relat releas \
    remain remov repeat request resist respond return review supply suspend sustain target threaten trad train transfer travel \
    treat visit warn weaken welcom witness demand depart direct divid elect employ enforc engag establish evaluat exchang exclud \
    exercis exhaust expand explain exploit explor extend finish follow forc form found gather grant guard handl harbor harvest help \
    honor implement improv inspect install instruct intend interrupt introduc invest invit join land last launch lead leav limit list";

const ENDINGS: &[&str] = &[
    "e", "es", "ed", "ing", "ion", "er", "ers", "ment", "al", "ive",
];

const NOUNS: &str = "ceasefire envoy delegation minister president parliament border treaty river harbour convoy embargo sanctions \
    pipeline grid reactor hospital bridge railway airport battalion brigade front village province capital embassy consulate summit \
    readout communique statement interview newspaper agency broadcast satellite image drone missile artillery prisoner exchange \
    refugee corridor aid grain port ship tanker insurance currency bank budget tax court judge verdict appeal warrant inquiry";

const SYLLABLES: &[&str] = &[
    "ka", "lo", "vi", "dra", "mi", "sen", "tor", "bel", "gra", "no", "fe", "ri", "zha", "ku", "pe",
    "lan", "mor", "ti", "os", "un",
];

const LANES: &[&str] = &[
    "Diplomacy/Washington–Moscow",
    "Diplomacy/Riyadh",
    "Diplomacy/Brussels",
    "Front/East",
    "Front/South",
    "Energy/Grid",
    "Energy/Gas",
    "Statements/Kyiv",
    "Statements/Moscow",
    "Courts",
    "Economy/Trade",
    "Economy/Finance",
];

const STATUSES: &[&str] = &["announced", "planned", "claimed", "disputed", "cancelled"];

/// The words that text is drawn from, the frequent ones first.
pub struct Words {
    common: Vec<&'static str>,
    content: Vec<String>,
    names: Vec<String>,
}

impl Words {
    pub fn new() -> Self {
        let mut random = Random(7);
        let mut content: Vec<String> = NOUNS.split_whitespace().map(str::to_owned).collect();
        for stem in STEMS.split_whitespace() {
            content.extend(ENDINGS.iter().map(|ending| format!("{stem}{ending}")));
        }
        // Rare words: places, names of firms, terms of art.
        for _ in 0..6_000 {
            let syllables = 2 + random.below(3);
            content.push((0..syllables).map(|_| random.pick(SYLLABLES)).collect());
        }
        let mut name = || {
            let syllables = 2 + random.below(2);
            let word: String = (0..syllables).map(|_| random.pick(SYLLABLES)).collect();
            word[..1].to_uppercase() + &word[1..]
        };
        let names = (0..400).map(|_| format!("{} {}", name(), name())).collect();
        Self {
            common: COMMON.split_whitespace().collect(),
            content,
            names,
        }
    }

    fn word<'a>(&'a self, random: &mut Random) -> &'a str {
        if random.below(100) < 66 {
            return self.common[random.below(self.common.len())];
        }
        // Most words are rare, and most text is of few words.
        let share = random.below(1_000_000) as f64 / 1e6;
        let at = share.powi(4) * self.content.len() as f64;
        &self.content[(at as usize).min(self.content.len() - 1)]
    }

    fn name<'a>(&'a self, random: &mut Random) -> &'a str {
        &self.names[random.below(self.names.len())]
    }

    /// Some words, without an end.
    fn words(&self, random: &mut Random, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.word(random)).collect();
        words.join(" ")
    }

    /// Some words, the first with a capital.
    fn title(&self, random: &mut Random, count: usize) -> String {
        let words = self.words(random, count);
        words[..1].to_uppercase() + &words[1..]
    }
}

/// Writes a library into an empty folder and returns how many bytes its briefings have.
pub fn write_library(folder: &Path, count: usize) -> io::Result<u64> {
    let words = Words::new();
    let mut bytes = 0;
    for number in 0..count {
        let path = folder.join(file_name(number));
        if number % 500 == 0 {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
        }
        let text = briefing(&words, number);
        bytes += text.len() as u64;
        fs::write(path, text)?;
    }
    let mut random = Random(11);
    let mut sources = String::new();
    for key in 0..40 {
        let title = words.title(&mut random, 5);
        let publisher = words.name(&mut random);
        sources += &format!(
            "shared-{key}:\n  type: Article\n  title: {title}\n  publisher: {publisher}\n  url: https://shared.example.org/{key}\n"
        );
    }
    fs::write(folder.join("sources.yml"), sources)?;
    Ok(bytes)
}

/// The name of a briefing inside the library.
pub fn file_name(number: usize) -> String {
    format!("{:02}/briefing-{number:05}.md", number / 500)
}

/// One briefing.
pub fn briefing(words: &Words, number: usize) -> String {
    let mut random = Random(0x5eed_0000 + number as u64);
    let random = &mut random;
    let mut text = String::with_capacity(9_000);
    let (year, month) = (2014 + random.below(12), 1 + random.below(12));
    let title = words.title(random, 6);
    let summary = words.title(random, 18);
    let author = words.name(random);
    write_or_die(
        &mut text,
        format_args!(
            "---\ntitle: {title}\nsummary: {summary}.\ndate: {year}-{month:02}\nas-of: {year}-{month:02}-28\nauthor: {author}\nlang: en\n\
        timezone: Europe/Kyiv\ntags: [{}, {}]\nevents:\n",
            words.word(random),
            words.word(random)
        ),
    );
    let mut keys: Vec<String> = (0..3).map(|at| format!("src-{number}-{at}")).collect();
    keys.push(format!("shared-{}", random.below(40)));
    keys.push(format!("shared-{}", random.below(40)));
    for event in 0..5 {
        let day = 1 + random.below(28);
        let title_words = 5 + random.below(5);
        let title = words.title(random, title_words);
        let date = match random.below(10) {
            0..3 => format!("{year}-{month:02}-{day:02}/P{}D", 1 + random.below(400)),
            3..7 => format!("{year}-{month:02}-{day:02}"),
            _ => format!(
                "{year}-{month:02}-{day:02}T{:02}:{:02}",
                4 + random.below(20),
                random.below(60)
            ),
        };
        // A range by its end, since EDTF has no durations.
        let date = match date.split_once("/P") {
            Some((start, days)) => {
                let days: usize = days.trim_end_matches('D').parse().unwrap_or(1);
                let months = month - 1 + days / 28 + 1;
                format!(
                    "{start}/{}-{:02}-{day:02}",
                    year + months / 12,
                    1 + months % 12
                )
            }
            None => date,
        };
        let lane = random.pick(LANES);
        let (one, two) = (words.name(random), words.name(random));
        let source = &keys[random.below(keys.len())];
        write_or_die(
            &mut text,
            format_args!(
                "  - id: event-{event}\n    date: {date}\n    title: {title}\n    lane: {lane}\n    actors: [{one}, {two}]\n    sources: [{source}]\n"
            ),
        );
        if random.below(5) == 0 {
            let status = random.pick(STATUSES);
            write_or_die(&mut text, format_args!("    status: {status}\n"));
        }
    }
    text.push_str("sources:\n");
    for (at, key) in keys.iter().take(3).enumerate() {
        let title = words.title(random, 6);
        let publisher = words.name(random);
        // The third is often the same page as in other briefings.
        let page = if at == 2 {
            random.below(3_000)
        } else {
            number * 3 + at
        };
        write_or_die(
            &mut text,
            format_args!(
                "  {key}:\n    type: Article\n    title: {title}\n    publisher: {publisher}\n    date: {year}-{month:02}-{:02}\n    url: https://news.example.org/{page}\n",
                1 + random.below(28)
            ),
        );
    }
    text.push_str("---\n\n");
    body(words, random, &keys, &mut text);
    text
}

fn body(words: &Words, random: &mut Random, keys: &[String], text: &mut String) {
    let mut notes = Vec::new();
    let mut cited = 0;
    for event in 0..5 {
        let heading = words.title(random, 4);
        write_or_die(text, format_args!("## {heading} {{#event-{event}}}\n\n"));
        let paragraphs = 2 + usize::from(event % 2 == 0);
        for paragraph in 0..paragraphs {
            for sentence in 0..5 - paragraph % 2 {
                if sentence > 0 {
                    text.push(' ');
                }
                let length = 8 + random.below(10);
                text.push_str(&words.title(random, length));
                // Each source is named at least once, so that none is told to be unused.
                let key = &keys[cited % keys.len()];
                match random.below(12) {
                    0..2 => {
                        let quote_words = 4 + random.below(6);
                        let quote = words.words(random, quote_words);
                        let page = 1 + random.below(40);
                        write_or_die(text, format_args!(" [@{key}, p. {page}, \"{quote}\"]"));
                        cited += 1;
                    }
                    2 => {
                        write_or_die(text, format_args!(" [@{key}]"));
                        cited += 1;
                    }
                    3 if notes.len() < 3 => {
                        let quote = words.words(random, 6);
                        let note = notes.len() + 1;
                        notes.push(format!(
                            "[^n{note}]: says @{key}, para. {note}, \"{quote}\""
                        ));
                        write_or_die(text, format_args!("[^n{note}]"));
                        cited += 1;
                    }
                    _ => {}
                }
                text.push('.');
            }
            text.push_str("\n\n");
        }
        if event == 1 {
            for _ in 0..3 {
                write_or_die(text, format_args!("- {}\n", words.title(random, 9)));
            }
            text.push('\n');
        }
        if event == 3 {
            text.push_str("| Point | Before | After |\n|---|---|---|\n");
            for _ in 0..3 {
                let (point, before, after) = (
                    words.title(random, 2),
                    words.words(random, 4),
                    words.words(random, 4),
                );
                write_or_die(text, format_args!("| {point} | {before} | {after} |\n"));
            }
            text.push('\n');
        }
    }
    while cited < keys.len() {
        write_or_die(
            text,
            format_args!("{} [@{}].\n\n", words.title(random, 9), keys[cited]),
        );
        cited += 1;
    }
    for note in notes {
        text.push_str(&note);
        text.push_str("\n\n");
    }
}

fn write_or_die(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).expect("a string takes everything");
}
