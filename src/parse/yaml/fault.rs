//! What the YAML parser's complaints mean for the person who wrote the file.

#![expect(
    clippy::string_slice,
    reason = "places are line ends that were found in the same file"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use super::quoted;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// Why a piece of YAML could not be read.
#[derive(Debug)]
pub(super) struct Fault {
    pub code: Code,
    message: String,
    hint: &'static str,
    span: Span,
}

const QUOTE_IT: &str = "put the whole value in quotation marks";

impl Fault {
    pub fn new(code: Code, message: impl Into<String>, hint: &'static str, span: Span) -> Self {
        Self {
            code,
            message: message.into(),
            hint,
            span,
        }
    }

    pub fn too_deep(span: Span) -> Self {
        Self::new(
            Code::YamlTooDeep,
            format!("expected at most {} levels, found more", super::MAX_DEPTH),
            "write the value flatter; if the brackets are text, put it in quotation marks",
            span,
        )
    }

    pub fn too_large(span: Span) -> Self {
        Self::new(
            Code::YamlTooLarge,
            format!("expected at most {} values, found more", super::MAX_NODES),
            "split the file; what stands before this place was read",
            span,
        )
    }

    /// For `&name`, `*name` and `<<`, which stands at `span`.
    pub fn anchor(file: &str, span: Span) -> Self {
        let sign = span.of(file);
        let what = match sign.as_bytes().first() {
            Some(b'*') => "the alias",
            Some(b'<') => "the merge key",
            _ => "the anchor",
        };
        Self::new(
            Code::YamlAnchor,
            format!("expected a value, found {what} {}", quoted(sign)),
            "write the value out; if the sign is text, put the value in quotation marks",
            span,
        )
    }

    pub fn key_not_text(span: Span) -> Self {
        Self::new(
            Code::YamlSyntax,
            "expected a word as the key, found a list or a mapping",
            "write `key: value`; put text that begins with a bracket in quotation marks",
            span,
        )
    }

    /// From what the parser says, and where in `file` it says so; `end` is where the piece that was read ends.
    pub fn of_parser(said: &str, file: &str, at: usize, end: usize) -> Self {
        let at = at.min(end);
        let line_start = file[..at].rfind('\n').map_or(0, |found| found + 1);
        let line_end = file[at..end]
            .find(['\n', '\r'])
            .map_or(end, |found| at + found);
        let rest = Span::new(at, at + file[at..line_end].trim_end().len());
        let found = || {
            if rest.is_empty() {
                "the end of the line".to_owned()
            } else {
                quoted(rest.of(file))
            }
        };

        // The parser complains where the value began; the tab may stand on a later line of it.
        let reach = if said.contains("tab") { end } else { line_end };
        if let Some(tab) = indenting_tab(file, line_start, reach) {
            return Self::new(
                Code::YamlTab,
                "expected spaces as indentation, found a tab",
                "replace the tab by spaces",
                Span::new(tab, tab + 1),
            );
        }
        let (message, hint) = if said.contains("anchor") {
            return Self::anchor(file, super::load::sign_at(file, at));
        } else if said.contains("recursion limit") {
            return Self::too_deep(rest);
        } else if said.contains("quoted scalar, found unexpected") {
            (
                "expected a closing quotation mark, found none".to_owned(),
                "close the quotation mark; inside single ones write '' for an apostrophe",
            )
        } else if said.contains("escape") || said.contains("hexadecimal") {
            (
                format!("expected an escape such as \\n or \\\", found {}", found()),
                "write \\\\ for a backslash, or use single quotation marks",
            )
        } else if said.contains("trailing content") {
            (
                format!(
                    "expected nothing after the closing quotation mark, found {}",
                    found()
                ),
                QUOTE_IT,
            )
        } else if said.contains("mapping values are not allowed")
            || said.contains("illegal placement of ':'")
        {
            (
                "expected one value, found a further `:` followed by a space".to_owned(),
                "put the whole value in quotation marks; if this is a key, begin it in the column of the keys above",
            )
        } else if said.contains("unexpected character") {
            (
                format!("expected a value, found {}", found()),
                "put a value that begins with this sign in quotation marks",
            )
        } else if said.contains("flow") || said.contains("bracket") {
            (
                format!("expected `,` or a closing bracket, found {}", found()),
                "close the bracket; if it is text, put the value in quotation marks",
            )
        } else if said.contains("'-'") || said.contains("block sequence entries") {
            (
                format!(
                    "expected an entry `- …` in the same column as the first, found {}",
                    found()
                ),
                "begin every entry of the list with `- ` in one column",
            )
        } else if said.contains("key")
            || said.contains("indentation")
            || said.contains("plain scalar")
        {
            (
                format!("expected `key: value`, found {}", found()),
                "write a colon and a space after the key, and begin all keys of one mapping in one column",
            )
        } else if said.contains("comment intercepting") {
            (
                "expected the end of the value, found more text after a comment".to_owned(),
                QUOTE_IT,
            )
        } else if said.contains("block scalar") {
            (
                format!("expected indented text, found {}", found()),
                "indent every line of the text by the same number of spaces",
            )
        } else {
            (
                format!("expected YAML, found {} ({said})", found()),
                QUOTE_IT,
            )
        };
        Self::new(Code::YamlSyntax, message, hint, rest)
    }

    pub fn into_problem(self) -> Problem {
        Problem::new(self.code, self.span, self.message, self.hint)
    }
}

/// The first tab that indents a line between two offsets, the first of which begins a line.
fn indenting_tab(file: &str, start: usize, end: usize) -> Option<usize> {
    let mut at = start;
    for line in file[start..end].split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..blank].find('\t') {
            return Some(at + tab);
        }
        at += line.len();
    }
    None
}
