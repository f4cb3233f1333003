//! Reading single values: text, lists, dates, and what to say when a value is of another kind.

use crate::date::{Date, DateError, Zone};
use crate::parse::date_code::date_code;
use crate::parse::yaml::{Entry, Kind, Node, quoted};
use crate::problem::{Code, Problem};
use crate::span::Span;
use std::cmp::Ordering;

/// The most problems that are told of one file: nobody reads more, and a hostile file may hold millions.
pub const MAX_PROBLEMS: usize = 5_000;

/// Reads values of one file and collects what is wrong with them.
pub struct Values<'f, 'p> {
    /// The whole file, of which every span is a range.
    pub file: &'f str,
    /// For times written without an offset.
    pub zone: Option<Zone>,
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

    /// Tells that a value is of the wrong kind.
    pub fn wrong_kind(&mut self, node: &Node, expected: &str, hint: &str) {
        self.problem(
            Code::ValueType,
            first_line(self.file, node.span),
            format!("expected {expected}, found {}", node.description()),
            hint,
        );
    }

    /// A text. A list of one is that one; empty text and null are `None`.
    pub fn text(&mut self, entry: Option<&Entry>) -> Option<String> {
        let entry = entry?;
        match &entry.value.kind {
            Kind::Sequence(items) if items.len() <= 1 => self.text_of(items.first()?, &entry.key),
            _ => self.text_of(&entry.value, &entry.key),
        }
    }

    /// A text of one value; of a mapping with a `value` or a `name`, as Hayagriva writes them, that.
    pub fn text_of(&mut self, node: &Node, key: &str) -> Option<String> {
        match &node.kind {
            Kind::Scalar { .. } => present(node.as_text()?),
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
                    ) => present(value.as_text()?),
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
    pub fn joined(&mut self, entry: Option<&Entry>, separator: &str) -> Option<String> {
        let entry = entry?;
        match &entry.value.kind {
            Kind::Sequence(_) => present(&self.list(Some(entry), Split::Never).join(separator)),
            _ => self.text_of(&entry.value, &entry.key),
        }
    }

    /// A list of texts; a single text is split as `split` says.
    pub fn list(&mut self, entry: Option<&Entry>, split: Split) -> Vec<String> {
        let Some(entry) = entry else {
            return Vec::new();
        };
        match &entry.value.kind {
            Kind::Sequence(items) => items
                .iter()
                .filter_map(|item| self.text_of(item, &entry.key))
                .collect(),
            Kind::Scalar { .. } => {
                let text = entry.value.as_text().unwrap_or_default();
                text.split(|c| split.at(c)).filter_map(present).collect()
            }
            Kind::Mapping(_) => self.text_of(&entry.value, &entry.key).into_iter().collect(),
        }
    }

    /// A date; what cannot be read is told and `None`.
    pub fn date(&mut self, entry: Option<&Entry>) -> Option<Date> {
        let (text, span) = self.date_words(entry?)?;
        self.date_of(&text, span)
    }

    /// The words of a date and where they stand. YAML takes `[2025-03-18..2025-03-20]` for a list; as a date
    /// it is what was written.
    pub fn date_words(&mut self, entry: &Entry) -> Option<(String, Span)> {
        let node = &entry.value;
        match &node.kind {
            Kind::Scalar { .. } => {
                present(node.as_text()?).map(|text| (text, node.words_span(self.file)))
            }
            Kind::Sequence(items)
                if node.span.of(self.file).starts_with('[')
                    && items.iter().all(|item| item.as_text().is_some()) =>
            {
                Some((node.span.of(self.file).to_owned(), node.span))
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
fn present(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The part of a span on its first line: problems point at a line, not at half a file.
pub fn first_line(file: &str, span: Span) -> Span {
    let words = span.of(file);
    let end = words.find(['\n', '\r']).unwrap_or(words.len());
    Span::new(span.start as usize, span.start as usize + end)
}
