//! Reading single values: text, lists, dates, and what to say when a value is of another kind.

#![expect(
    clippy::string_slice,
    reason = "cut at a boundary of characters that was looked for"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "a value's words begin where it stands in the file"
)]

use crate::date::{Date, DateError, Zone};
use crate::parse::bounds::{
    EvidenceLeft, MAX_LIST_ENTRIES, MAX_PROBLEMS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS,
    MAX_VALUE_CHARS, cut, cut_text,
};
use crate::parse::date_code::date_code;
use crate::parse::yaml::{Entry, Kind, Node, quoted};
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;
use std::cmp::Ordering;

/// Reads values of one file and collects what is wrong with them.
pub struct Values<'f, 'p> {
    /// The whole file, of which every span is a range.
    pub file: &'f Text,
    /// For times written without an offset.
    pub zone: Option<Zone>,
    /// How much evidence may still be read.
    pub left: &'p EvidenceLeft,
    /// How many unknown keys may still be held against the known ones.
    pub guesses_left: u32,
    pub problems: &'p mut Vec<Problem>,
}

impl Values<'_, '_> {
    pub fn problem(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        match self.problems.len().cmp(&MAX_PROBLEMS) {
            Ordering::Less => self.problems.push(Problem::new(code, span, message, hint)),
            Ordering::Equal => {
                let mut last = Problem::new(code, span, message, hint);
                last.message.push_str("; further problems are not listed");
                self.problems.push(last);
            }
            Ordering::Greater => {}
        }
    }

    /// Whether no further problem will be listed, so that none needs to be put into words.
    pub fn is_full(&self) -> bool {
        self.problems.len() > MAX_PROBLEMS
    }

    /// Tells that a value is of the wrong kind.
    pub fn wrong_kind(&mut self, node: &Node, expected: &str, hint: &str) {
        self.problem(
            Code::ValueType,
            first_line(self.file, node.span),
            format!("expected {expected}, found {}", node.description()),
            hint,
        );
    }

    /// A title: a long one is cut.
    pub fn title(&mut self, entry: Option<&Entry>) -> Option<Text> {
        let written = self.text_within(entry, MAX_SUMMARY_CHARS)?;
        let length = written.len();
        let title = cut_text(written, MAX_TITLE_CHARS);
        if let Some(entry) = entry
            && title.len() != length
        {
            self.problem(
                Code::ValueTooLong,
                first_line(self.file, entry.value.span),
                format!(
                    "expected at most {MAX_TITLE_CHARS} characters as `{}`, found more",
                    entry.key
                ),
                "write the rest as `summary`; the title is cut",
            );
        }
        Some(title)
    }

    /// A summary, which may be long.
    pub fn summary(&mut self, entry: Option<&Entry>) -> Option<Text> {
        self.text_within(entry, MAX_SUMMARY_CHARS)
    }

    /// A text. A list of one is that one; empty text and null are `None`.
    pub fn text(&mut self, entry: Option<&Entry>) -> Option<Text> {
        self.text_within(entry, MAX_VALUE_CHARS)
    }

    fn text_within(&mut self, entry: Option<&Entry>, most: usize) -> Option<Text> {
        let entry = entry?;
        let node = match &entry.value.kind {
            Kind::Sequence(items) if items.len() <= 1 => items.first()?,
            _ => &entry.value,
        };
        let text = self.any_text_of(node, &entry.key)?;
        self.within(text, most, node, &entry.key)
    }

    /// A text that is too long is told and left out.
    fn within(&mut self, text: Text, most: usize, node: &Node, key: &str) -> Option<Text> {
        // So few bytes cannot hold too many characters.
        if text.len() <= most || text.chars().nth(most).is_none() {
            return Some(text);
        }
        self.problem(
            Code::ValueTooLong,
            first_line(self.file, node.span),
            format!(
                "expected at most {most} characters as `{}`, found more",
                cut(key.to_owned(), 60)
            ),
            "shorten the value; it is left out as it is",
        );
        None
    }

    /// A text of one value; of a mapping with a `value` or a `name`, as Hayagriva writes them, that.
    pub fn text_of(&mut self, node: &Node, key: &str) -> Option<Text> {
        let text = self.any_text_of(node, key)?;
        self.within(text, MAX_VALUE_CHARS, node, key)
    }

    fn any_text_of(&mut self, node: &Node, key: &str) -> Option<Text> {
        match &node.kind {
            Kind::Scalar { .. } => present(node.as_text()?, self.file),
            Kind::Mapping(entries) => {
                let inner = entries
                    .iter()
                    .find(|entry| matches!(entry.key.as_ref(), "value" | "name"));
                match inner.map(|entry| &entry.value) {
                    Some(
                        value @ Node {
                            kind: Kind::Scalar { .. },
                            ..
                        },
                    ) => present(value.as_text()?, self.file),
                    _ => {
                        self.wrong_kind(
                            node,
                            &format!("a text as `{key}`"),
                            "write one text; put it in quotation marks if it holds `: `",
                        );
                        None
                    }
                }
            }
            Kind::Sequence(_) => {
                self.wrong_kind(node, &format!("a text as `{key}`"), "write one text instead of a list; put it in quotation marks if it begins with a bracket");
                None
            }
        }
    }

    /// A text; a list becomes one text with `separator` between.
    pub fn joined(&mut self, entry: Option<&Entry>, separator: &str) -> Option<Text> {
        let entry = entry?;
        match &entry.value.kind {
            Kind::Sequence(_) => {
                let list: Vec<Text> = self.list(Some(entry), Split::Never);
                present(&list.join(separator), self.file)
            }
            _ => self.text_of(&entry.value, &entry.key),
        }
    }

    /// A list of texts; a single text is split as `split` says.
    pub fn list<L: Default + FromIterator<Text>>(
        &mut self,
        entry: Option<&Entry>,
        split: Split,
    ) -> L {
        let Some(entry) = entry else {
            return L::default();
        };
        match &entry.value.kind {
            Kind::Sequence(items) => {
                if items.len() > MAX_LIST_ENTRIES {
                    self.long_list(entry);
                }
                items
                    .iter()
                    .take(MAX_LIST_ENTRIES)
                    .filter_map(|item| self.text_of(item, &entry.key))
                    .collect()
            }
            Kind::Scalar { .. } => {
                let text = entry.value.as_text().unwrap_or_default();
                let mut parts = text
                    .split(|c| split.at(c))
                    .filter_map(|part| present(part, self.file));
                let list = parts
                    .by_ref()
                    .take(MAX_LIST_ENTRIES)
                    .map(|part| cut_text(part, MAX_VALUE_CHARS))
                    .collect();
                if parts.next().is_some() {
                    self.long_list(entry);
                }
                list
            }
            Kind::Mapping(_) => self.text_of(&entry.value, &entry.key).into_iter().collect(),
        }
    }

    fn long_list(&mut self, entry: &Entry) {
        self.problem(
            Code::ValueTooLong,
            first_line(self.file, entry.value.span),
            format!(
                "expected at most {MAX_LIST_ENTRIES} entries as `{}`, found more",
                cut(entry.key.clone().into_owned(), 60)
            ),
            "shorten the list; the first entries are used",
        );
    }

    /// A date; what cannot be read is told and `None`.
    pub fn date(&mut self, entry: Option<&Entry>) -> Option<Date> {
        let (text, span) = self.date_words(entry?)?;
        self.date_of(&text, span)
    }

    /// The words of a date and where they stand. YAML takes `[2025-03-18..2025-03-20]` for a list; as a date
    /// it is what was written.
    pub fn date_words(&mut self, entry: &Entry) -> Option<(Text, Span)> {
        let node = &entry.value;
        match &node.kind {
            Kind::Scalar { .. } => {
                present(node.as_text()?, self.file).map(|text| (text, node.words_span(self.file)))
            }
            Kind::Sequence(items)
                if node.span.of(self.file).starts_with('[')
                    && items.iter().all(|item| item.as_text().is_some()) =>
            {
                Some((self.file.part(node.span.of(self.file)), node.span))
            }
            _ => {
                self.wrong_kind(
                    node,
                    &format!("a date as `{}`", entry.key),
                    "write a date such as 2025-03-18, or a range such as 2025-03-23/2025-03-25",
                );
                None
            }
        }
    }

    pub fn date_of(&mut self, text: &str, span: Span) -> Option<Date> {
        match Date::parse(text, self.zone.as_ref()) {
            Ok(date) => Some(date),
            Err(error) => {
                self.date_problem(error, span);
                None
            }
        }
    }

    /// Tells what is wrong with the date or the zone that stands at `span`.
    pub fn date_problem(&mut self, error: DateError, span: Span) {
        self.problem(date_code(error.kind), span, error.message, error.hint);
    }

    /// One of a few words, in any case.
    pub fn word<T: Copy>(&mut self, entry: Option<&Entry>, known: &[(&str, T)]) -> Option<T> {
        let entry = entry?;
        let text = self.text(Some(entry))?;
        let found = known
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(&text));
        if found.is_none() {
            let words: Vec<_> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
            let words = words.join(", ");
            self.problem(
                Code::ValueUnknown,
                entry.value.span,
                format!(
                    "expected one of {words} as `{}`, found {}",
                    entry.key,
                    quoted(&text)
                ),
                "write one of these words, or leave the key out",
            );
        }
        found.map(|&(_, value)| value)
    }
}

/// At what a single text is split into a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Split {
    Never,
    /// Names of people hold commas (`Last, First`).
    Semicolons,
    Commas,
}

impl Split {
    fn at(self, c: char) -> bool {
        match self {
            Self::Never => false,
            Self::Semicolons => c == ';',
            Self::Commas => c == ',' || c == ';',
        }
    }
}

/// The trimmed text, if anything is left of it.
fn present(text: &str, file: &Text) -> Option<Text> {
    let text = text.trim();
    (!text.is_empty()).then(|| file.part(text))
}

/// The part of a span on its first line: problems point at a line, not at half a file.
pub fn first_line(file: &str, span: Span) -> Span {
    const LONGEST_BYTES: usize = 1000;
    let words = span.of(file);
    let words = &words[..words.floor_char_boundary(LONGEST_BYTES)];
    let end = words.find(['\n', '\r']).unwrap_or(words.len());
    Span::new(span.start as usize, span.start as usize + end)
}
