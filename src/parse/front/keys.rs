//! The keys an author may write, all their spellings, and what a misspelt one probably meant.

#![expect(
    clippy::indexing_slicing,
    reason = "an array with a place for each key; the rows of the distance are as long as the words"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "distances of two words, which are at most as long as both"
)]

use super::values::Values;
use crate::parse::yaml::{Entry, quoted};
use crate::problem::Code;
use std::borrow::Cow;
use std::ops::Index;

/// Declares [`Key`] and counts its members.
macro_rules! keys {
    ($($name:ident),+ $(,)?) => {
        /// What a key means, however it is spelt.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Key { $($name),+ }

        const COUNT: usize = [$(Key::$name),+].len();
    };
}

keys!(
    Actors,
    Archived,
    AsOf,
    Authors,
    BasedOn,
    Bibliography,
    Copy,
    Date,
    End,
    EntryType,
    Events,
    Expect,
    Genre,
    Id,
    Image,
    Importance,
    In,
    Kind,
    Lane,
    Lang,
    Marking,
    Organization,
    Party,
    Place,
    Publisher,
    Reliability,
    Sources,
    Start,
    Status,
    Subtitle,
    Summary,
    SupersededBy,
    Tags,
    Timezone,
    Title,
    Url,
    Via,
);

/// The keys of one kind of mapping.
pub struct KeyTable {
    /// What the mapping is, for messages.
    pub what: &'static str,
    /// Every spelling, in lower case and with hyphens; the main one of each key first.
    pub spellings: &'static [(&'static str, Key)],
    /// Known words that mean nothing here, and so are neither read nor taken for a misspelling.
    pub others: &'static [&'static str],
}

pub const BRIEFING: KeyTable = KeyTable {
    what: "a briefing",
    spellings: &[
        ("title", Key::Title),
        ("subtitle", Key::Subtitle),
        ("summary", Key::Summary),
        ("description", Key::Summary),
        ("abstract", Key::Summary),
        ("date", Key::Date),
        ("as-of", Key::AsOf),
        ("updated", Key::AsOf),
        ("lastmod", Key::AsOf),
        ("author", Key::Authors),
        ("authors", Key::Authors),
        ("organization", Key::Organization),
        ("organisation", Key::Organization),
        ("lang", Key::Lang),
        ("language", Key::Lang),
        ("timezone", Key::Timezone),
        ("marking", Key::Marking),
        ("status", Key::Status),
        ("tags", Key::Tags),
        ("categories", Key::Tags),
        ("events", Key::Events),
        ("sources", Key::Sources),
        ("bibliography", Key::Bibliography),
        ("expect", Key::Expect),
        // Of a file that is itself one event.
        ("start", Key::Start),
        ("end", Key::End),
        ("actors", Key::Actors),
        ("people", Key::Actors),
        ("who", Key::Actors),
        ("place", Key::Place),
        ("location", Key::Place),
        ("lane", Key::Lane),
        ("track", Key::Lane),
        ("group", Key::Lane),
        ("importance", Key::Importance),
        ("kind", Key::Kind),
        ("url", Key::Url),
        ("image", Key::Image),
    ],
    others: &[
        "aliases",
        "category",
        "created",
        "data",
        "layout",
        "line",
        "link",
        "modified",
        "name",
        "note",
        "notes",
        "permalink",
        "rate",
        "series",
        "slug",
        "state",
        "toc",
        "type",
        "version",
        "weight",
    ],
};

pub const EVENT: KeyTable = KeyTable {
    what: "an event",
    spellings: &[
        ("date", Key::Date),
        ("title", Key::Title),
        ("id", Key::Id),
        ("actors", Key::Actors),
        ("sources", Key::Sources),
        ("lane", Key::Lane),
        ("track", Key::Lane),
        ("group", Key::Lane),
        ("start", Key::Start),
        ("end", Key::End),
        ("summary", Key::Summary),
        ("description", Key::Summary),
        ("people", Key::Actors),
        ("who", Key::Actors),
        ("place", Key::Place),
        ("location", Key::Place),
        ("tags", Key::Tags),
        ("kind", Key::Kind),
        ("url", Key::Url),
        ("image", Key::Image),
        ("status", Key::Status),
        ("as-of", Key::AsOf),
        ("superseded-by", Key::SupersededBy),
        ("importance", Key::Importance),
        ("in", Key::In),
    ],
    others: &[
        "data", "line", "link", "name", "note", "notes", "rate", "state", "time", "type",
    ],
};

pub const SOURCE: KeyTable = KeyTable {
    what: "a source",
    spellings: &[
        ("title", Key::Title),
        ("url", Key::Url),
        ("publisher", Key::Publisher),
        ("outlet", Key::Publisher),
        ("date", Key::Date),
        ("type", Key::EntryType),
        ("genre", Key::Genre),
        ("author", Key::Authors),
        ("authors", Key::Authors),
        ("via", Key::Via),
        ("archived", Key::Archived),
        ("language", Key::Lang),
        ("lang", Key::Lang),
        ("copy", Key::Copy),
        ("snapshot", Key::Copy),
        ("kind", Key::Kind),
        ("reliability", Key::Reliability),
        ("party", Key::Party),
        ("based-on", Key::BasedOn),
        ("key", Key::Id),
        ("id", Key::Id),
    ],
    // Hayagriva's other fields; they are kept as they stand.
    others: &[
        "abstract",
        "affiliated",
        "annote",
        "archive",
        "archive-location",
        "arxiv",
        "call-number",
        "chapter",
        "doi",
        "edition",
        "editor",
        "isbn",
        "issn",
        "issue",
        "location",
        "note",
        "organization",
        "page-range",
        "page-total",
        "parent",
        "pmcid",
        "pmid",
        "runtime",
        "serial-number",
        "time-range",
        "volume",
        "volume-total",
        "copies",
        "name",
        "page",
        "pages",
        "data",
        "rate",
    ],
};

/// The entries of a mapping by what they mean.
pub struct Fields<'n, 'a> {
    slots: [Option<&'n Entry<'a>>; COUNT],
}

impl<'n, 'a> Index<Key> for Fields<'n, 'a> {
    type Output = Option<&'n Entry<'a>>;

    fn index(&self, key: Key) -> &Self::Output {
        &self.slots[key as usize]
    }
}

impl<'n, 'a> Fields<'n, 'a> {
    /// Sorts the entries of a mapping. Those that mean nothing here go to `rest`; one that looks like a
    /// misspelling, and a second spelling of one key, are told.
    pub fn of(
        entries: &'n [Entry<'a>],
        table: &KeyTable,
        values: &mut Values,
        mut rest: impl FnMut(&'n Entry<'a>),
    ) -> Self {
        let mut slots: [Option<&'n Entry<'a>>; COUNT] = [None; COUNT];
        for entry in entries {
            let spelling = hyphenated(&entry.key);
            let Some(key) = table.key(&spelling) else {
                let guess = values.guesses_left > 0;
                values.guesses_left = values.guesses_left.saturating_sub(1);
                if let Some(meant) = guess.then(|| table.near_miss(&spelling)).flatten() {
                    values.problem(
                        Code::KeyNearMiss,
                        entry.key_span,
                        format!(
                            "expected a key of {}, found {}",
                            table.what,
                            quoted(&entry.key)
                        ),
                        format!("write `{meant}` if that is meant"),
                    );
                }
                rest(entry);
                continue;
            };
            match &mut slots[key as usize] {
                Some(first) if !first.value.is_null() => {
                    if !entry.value.is_null() {
                        values.problem(
                            Code::KeyTwice,
                            entry.key_span,
                            format!(
                                "expected one of `{}` and `{}`, found both",
                                first.key, entry.key
                            ),
                            format!("remove one of the two; `{}` is used", first.key),
                        );
                    }
                }
                slot => *slot = Some(entry),
            }
        }
        Self { slots }
    }
}

impl KeyTable {
    /// Whether a key as it is written is one of them.
    pub fn has(&self, written: &str) -> bool {
        self.key(&written.trim().to_lowercase()).is_some()
    }

    fn key(&self, spelling: &str) -> Option<Key> {
        self.spellings
            .iter()
            .find(|(known, _)| *known == spelling)
            .map(|&(_, key)| key)
    }

    /// The known spelling that this unknown one is a slip of: one letter changed, added, left out, or two
    /// swapped; two such slips in a long word. Words of three letters are too near to everything.
    fn near_miss(&self, spelling: &str) -> Option<&'static str> {
        if self.others.contains(&spelling) || spelling.len() > 32 {
            return None;
        }
        self.spellings
            .iter()
            .filter(|(known, _)| known.len() > 3)
            .map(|&(known, _)| (distance(spelling, known), known))
            .filter(|&(slips, known)| slips <= if known.len() < 8 { 1 } else { 2 })
            .min_by_key(|&(slips, _)| slips)
            .map(|(_, known)| known)
    }
}

/// `as_of`, `As-Of` and `as-of` are one key.
fn hyphenated(key: &str) -> Cow<'_, str> {
    let key = key.trim();
    if key
        .bytes()
        .any(|byte| byte == b'_' || byte.is_ascii_uppercase())
    {
        Cow::Owned(key.replace('_', "-").to_ascii_lowercase())
    } else {
        Cow::Borrowed(key)
    }
}

/// How many slips lead from one word to the other: letters changed, added or left out, and neighbors swapped
/// (the restricted Damerau–Levenshtein distance). Words should be short: it takes the product of their lengths.
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &to) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(from != to))
                .min(above[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == to && b[j - 1] == from {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, slips) in [
            ("titel", "title", 1),
            ("event", "events", 1),
            ("", "abc", 3),
            ("dte", "date", 1),
            ("same", "same", 0),
            ("über", "uber", 1),
        ] {
            assert_eq!(distance(a, b), slips, "{a} {b}");
        }
    }

    #[test]
    fn misspellings_are_told_from_other_words() {
        for (spelling, meant) in [
            ("titel", Some("title")),
            ("event", Some("events")),
            ("source", Some("sources")),
            ("bibliograpy", Some("bibliography")),
            ("asof", Some("as-of")),
            ("cssclass", None),
            ("draft", None),
            ("weight", None),
            ("why", None),
        ] {
            assert_eq!(BRIEFING.near_miss(spelling), meant, "{spelling}");
        }
    }

    #[test]
    fn no_spelling_stands_twice_or_is_unreachable() {
        for table in [&BRIEFING, &EVENT, &SOURCE] {
            for (at, (spelling, _)) in table.spellings.iter().enumerate() {
                assert!(
                    table.spellings[..at]
                        .iter()
                        .all(|(other, _)| other != spelling),
                    "{spelling}"
                );
                assert_eq!(hyphenated(spelling), *spelling);
                assert!(!table.others.contains(spelling), "{spelling}");
            }
        }
    }
}
