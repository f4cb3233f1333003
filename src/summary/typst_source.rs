//! The pages as Typst source: fixed templates, and the summary as JSON beside or inside them.
//!
//! User text never becomes markup: it stands in the data alone, and the templates show strings as text.

#![expect(
    clippy::indexing_slicing,
    reason = "a table of 128 is looked up by ASCII characters"
)]

mod breaks;
mod data;

use self::data::data;
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
