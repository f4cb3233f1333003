//! Where the front matter ends and the body begins.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and the reader stands behind where its line begins"
)]

use crate::parse::bounds::MAX_FRONT_BYTES;
use crate::problem::{Code, Problem};
use crate::span::Span;
use memchr::memmem;

/// The two halves of a file.
pub struct Split {
    /// The YAML between the two marker lines; `None` when the file has no front matter.
    pub yaml: Option<Span>,
    pub body: Span,
}

/// Finds the front matter between a first line `---` and the next line `---` or `...`.
pub fn split(text: &str, problems: &mut Vec<Problem>) -> Split {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let whole = Split {
        yaml: None,
        body: Span::new(start, text.len()),
    };
    let mut lines = Lines { text, at: start };
    let Some((opening, first)) = lines.next() else {
        return whole;
    };
    if first != "---" {
        return whole;
    }
    let yaml_start = lines.at;
    if let Some((at, next)) = closing_line(text, yaml_start) {
        return Split {
            yaml: Some(Span::new(yaml_start, at)),
            body: Span::new(next, text.len()),
        };
    }
    // A first line `---` that no key follows is a rule of Markdown's, and the file has no front matter.
    let Some(end) = end_of_unclosed(text, yaml_start) else {
        return whole;
    };
    problems.push(Problem::new(
        Code::FrontMatterUnclosed,
        Span::new(opening, opening + 3),
        "expected a line `---` after the front matter, found none",
        "write `---` on a line of its own where the front matter ends",
    ));
    Split {
        yaml: Some(Span::new(yaml_start, end)),
        body: Span::new(end, text.len()),
    }
}

/// Where the first line `---` or `...` begins and ends, from an offset on at which a line begins.
fn closing_line(text: &str, start: usize) -> Option<(usize, usize)> {
    let before = start.checked_sub(1)?;
    let first = |mark: &str, end: usize| {
        let opening = ["\n", mark].concat();
        let lines = memmem::find_iter(text.get(before..end)?.as_bytes(), &opening);
        let mut places = lines.map(|found| {
            let at = before + found + 1;
            (at, next_line(text, at))
        });
        places.find(|&(at, next)| text.get(at..next).map(str::trim_end) == Some(mark))
    };
    let rule = first("---", text.len());
    // As a rule the body is not looked at.
    let dots = first("...", rule.map_or(text.len(), |(at, _)| at));
    dots.or(rule)
}

/// Where front matter without a closing line probably ends: at the first unindented line that can be neither
/// a key nor an entry of a list. `None` when it does not even begin with a key.
fn end_of_unclosed(text: &str, start: usize) -> Option<usize> {
    let mut begun = false;
    let mut after_blank = false;
    for (at, line) in (Lines { text, at: start }) {
        // Further on, nothing of it is read.
        if at > start + MAX_FRONT_BYTES {
            return begun.then_some(at);
        }
        let blank = line.is_empty();
        // A heading looks like a comment; after an empty line it is more likely a heading.
        let comment = line.starts_with('#') && !(begun && after_blank);
        let key = is_key_line(line);
        let goes_on = blank || comment || key || line.starts_with([' ', '\t']) || is_entry(line);
        if !goes_on {
            return begun.then_some(at);
        }
        begun |= key;
        after_blank = blank;
    }
    begun.then_some(text.len())
}

fn is_entry(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// Whether the line begins with `word:`.
fn is_key_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| {
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\''))
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

fn next_line(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| memchr::memchr(b'\n', rest.as_bytes()))
        .map_or(text.len(), |found| at + found + 1)
}

/// The lines of a text from an offset on: where each begins, and its words without white space at the end.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        self.at = next_line(self.text, start);
        let line = rest.get(..self.at - start)?;
        Some((start, line.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_halves() {
        for (text, yaml, body) in [
            ("---\na: 1\n---\nbody", Some("a: 1\n"), "body"),
            ("---\r\na: 1\r\n...\r\nbody", Some("a: 1\r\n"), "body"),
            ("\u{feff}---\na: 1\n--- \n", Some("a: 1\n"), ""),
            ("---\n---\nbody", Some(""), "body"),
            ("\u{feff}body", None, "body"),
            ("body\n---\na: 1\n---\n", None, "body\n---\na: 1\n---\n"),
            ("----\na: 1\n---\n", None, "----\na: 1\n---\n"),
            ("---\n\nA rule.\n", None, "---\n\nA rule.\n"),
            ("", None, ""),
        ] {
            let mut problems = Vec::new();
            let split = split(text, &mut problems);
            assert_eq!(split.yaml.map(|yaml| yaml.of(text)), yaml, "{text:?}");
            assert_eq!(split.body.of(text), body, "{text:?}");
            assert_eq!(problems, [], "{text:?}");
        }
    }

    #[test]
    fn front_matter_that_is_never_closed_ends_where_text_begins() {
        for (text, yaml, body) in [
            (
                "---\ntitle: A\n\n- b\n\n# Heading\n\nText.\n",
                "title: A\n\n- b\n\n",
                "# Heading\n\nText.\n",
            ),
            (
                "---\ntitle: A\n# note\nText.",
                "title: A\n# note\n",
                "Text.",
            ),
            ("---\ntitle: A", "title: A", ""),
        ] {
            let mut problems = Vec::new();
            let split = split(text, &mut problems);
            assert_eq!(split.yaml.map(|yaml| yaml.of(text)), Some(yaml), "{text:?}");
            assert_eq!(split.body.of(text), body, "{text:?}");
            assert_eq!(problems.len(), 1, "{text:?}");
            assert_eq!(problems[0].code, Code::FrontMatterUnclosed);
        }
    }
}
