//! The pages as Typst source: fixed templates, and the summary as JSON beside or inside them.
//!
//! User text never becomes markup: it stands in the data alone, and the templates show strings as text.

#![expect(
    clippy::indexing_slicing,
    reason = "a table of 128 is looked up by ASCII characters"
)]

mod breaks;

use self::breaks::Breaks;
use super::choice::Template;
use super::content::Summary;
use std::collections::BTreeSet;

const COMMON: &str = include_str!("../../assets/templates/common.typ");
const BRIEF: &str = include_str!("../../assets/templates/brief.typ");
const FULL: &str = include_str!("../../assets/templates/full.typ");
const FIGURE: &str = include_str!("../../assets/templates/figure.typ");

/// Name of the data in the templates' small world.
pub const DATA_FILE: &str = "data.json";

/// What is to be typeset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sheet {
    Pages(Template),
    /// The timeline alone.
    Figure,
}

/// What typst is given to set.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// The source that reads its data from [`DATA_FILE`].
    pub main: String,
    pub data: String,
    /// All that occur in the data.
    pub characters: BTreeSet<char>,
}

impl Manuscript {
    pub fn new(summary: &Summary, sheet: Sheet) -> Self {
        let (data, long_words) = data(summary);
        let head = format!(
            "#let data = json(\"{DATA_FILE}\")\n#let named-links = true\n#let long-words = {long_words}\n"
        );
        Self {
            main: assembled(&head, sheet),
            characters: characters(&data),
            data,
        }
    }
}

/// Few texts have many different characters outside of ASCII, and those come in runs.
fn characters(text: &str) -> BTreeSet<char> {
    let mut ascii = [false; 128];
    let mut found = BTreeSet::new();
    let mut last = '\0';
    for c in text.chars() {
        match ascii.get_mut(c as usize) {
            Some(seen) => *seen = true,
            None if c == last => {}
            None => {
                found.insert(c);
                last = c;
            }
        }
    }
    found.extend(('\0'..='\u{7f}').filter(|&c| ascii[c as usize]));
    found
}

/// One file that holds templates and data, for houses with a style of their own.
pub fn self_contained(summary: &Summary, template: Template) -> String {
    let (data, long_words) = data(summary);
    let head = format!(
        "// {}: the pages of a summary, with their data. Fonts: Source Serif 4, IBM Plex Sans.\n#let data = json(bytes(\"{}\"))\n#let named-links = false\n#let long-words = {long_words}\n",
        one_comment(&summary.title),
        string_literal(&data)
    );
    assembled(&head, Sheet::Pages(template))
}

fn assembled(head: &str, sheet: Sheet) -> String {
    let (body, numbered) = match sheet {
        Sheet::Pages(Template::Brief) => (BRIEF, false),
        Sheet::Pages(Template::Full) => (FULL, true),
        Sheet::Figure => (FIGURE, false),
    };
    // Only the full pages have a list of sources that numbers could lead to.
    format!("{head}#let numbered-sources = {numbered}\n{COMMON}\n{body}")
}

/// The summary as JSON, in which no control character is left, since no font has a glyph for one, and in which long words
/// may break; and whether there are such.
fn data(summary: &Summary) -> (String, bool) {
    // Maps with text keys and finite numbers: there is nothing in it that JSON cannot say.
    let json = serde_json::to_string(summary).unwrap_or_default();
    let mut breaks = Breaks::new(&summary.lang);
    let mut clean = String::with_capacity(json.len() + json.len() / 16);
    let mut rest = json.as_str();
    // The text that was read last: a key, once a colon follows.
    let (mut in_text, mut is_address) = (false, false);
    let mut text_start = 0;
    while let Some(c) = rest.chars().next() {
        if in_text && c.is_alphabetic() {
            let end = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if is_address {
                clean.push_str(word);
            } else {
                breaks.push(&mut clean, word);
            }
            rest = after;
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '"' => {
                in_text = !in_text;
                clean.push('"');
                if in_text {
                    text_start = clean.len();
                }
            }
            ':' if !in_text => {
                let key = clean.get(text_start..).unwrap_or_default();
                is_address = ADDRESSES.contains(&key.trim_end_matches('"'));
                clean.push(':');
            }
            '\\' => {
                let mut escaped = rest.chars();
                match escaped.next() {
                    // Only control characters are written this way.
                    Some('u') => {
                        clean.push('\u{fffd}');
                        for _ in 0..4 {
                            escaped.next();
                        }
                    }
                    Some('b' | 'f' | 'r' | 't' | 'n') => clean.push(' '),
                    Some(c) => {
                        clean.push('\\');
                        clean.push(c);
                    }
                    None => clean.push('\\'),
                }
                rest = escaped.as_str();
            }
            '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => clean.push('\u{fffd}'),
            c => clean.push(c),
        }
    }
    (clean, breaks.found_long)
}

/// Keys of what is followed and not read.
const ADDRESSES: [&str; 4] = ["u", "url", "via", "archived"];

fn string_literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn one_comment(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_has_no_control_characters_and_is_the_same_json_otherwise() {
        let summary = Summary {
            title: "a\u{1}b\n\"c\" \\ \u{85}".to_owned(),
            ..Summary::default()
        };
        let read: serde_json::Value = serde_json::from_str(&data(&summary).0).expect("JSON");
        assert_eq!(read["title"], "a\u{fffd}b \"c\" \\ \u{fffd}");
    }

    #[test]
    fn long_words_may_break_but_addresses_stay() {
        let address = "https://example.org/donaudampfschifffahrtsgesellschaft".to_owned();
        let mut summary = Summary {
            title: "Найнеправдоподібніші".to_owned(),
            lang: "de".to_owned(),
            ..Summary::default()
        };
        summary.sources.push(crate::summary::content::SourceEntry {
            url: Some(address.clone()),
            ..Default::default()
        });
        let read: serde_json::Value = serde_json::from_str(&data(&summary).0).expect("JSON");
        assert_eq!(read["sources"][0]["url"], address);
        let title = read["title"].as_str().expect("a title");
        assert!(title.contains('\u{ad}'));
        assert_eq!(title.replace('\u{ad}', ""), summary.title);
    }

    #[test]
    fn a_title_cannot_leave_its_comment_or_its_string() {
        let summary = Summary {
            title: "x\n#panic(\"out\")".to_owned(),
            ..Summary::default()
        };
        let source = self_contained(&summary, Template::Brief);
        assert!(!source.contains("\n#panic"), "{source}");
        assert!(source.contains("#panic(\\\\\\\"out\\\\\\\")"));
    }
}
