//! A small YAML reader: a tree in which every value knows its place in the file.
//!
//! The grammar is `saphyr-parser`'s. What is added here is what a stranger's file asks for: bounds on depth
//! and number of values, no anchors and no aliases (and so no bombs), duplicate keys told, and recovery: where
//! the text as a whole is not YAML, it is read entry by entry, so that one bad entry does not lose the others.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the length of one text, and faults that are told up to a bound"
)]

mod fault;
mod load;
mod quick;
mod recover;

use crate::problem::{Code, Problem};
use crate::span::Span;
use fault::Fault;
use std::borrow::Cow;
use std::collections::HashSet;

/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 16;

/// The most values that are read from one file: well above what [`super::bounds::MAX_EVENTS`]
/// events need.
pub const MAX_NODES: usize = 2_000_000;

/// The most faults of syntax that are told of one file.
const MAX_FAULTS: usize = 100;

/// The most faults that are worked around, entry by entry; a file with more was made to have them.
const MAX_FAULTS_MENDED: usize = 10_000;

/// A value and its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    pub span: Span,
    pub kind: Kind<'a>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    Scalar {
        text: Cow<'a, str>,
        /// Written without quotation marks, so that `null` is nothing and `true` is true.
        plain: bool,
    },
    Sequence(Vec<Node<'a>>),
    Mapping(Vec<Entry<'a>>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    pub key: Cow<'a, str>,
    pub key_span: Span,
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The text of a scalar; `None` for anything else, and for null.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// Whether the author wrote nothing, `~` or `null`.
    pub fn is_null(&self) -> bool {
        match &self.kind {
            Kind::Scalar { text, plain: true } => {
                matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }

    pub fn as_mapping(&self) -> Option<&[Entry<'a>]> {
        match &self.kind {
            Kind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// What it is, for messages: `a list`, `a mapping`, `nothing`, or the words themselves.
    pub fn description(&self) -> String {
        match &self.kind {
            Kind::Sequence(_) => "a list".to_owned(),
            Kind::Mapping(_) => "a mapping".to_owned(),
            Kind::Scalar { .. } if self.is_null() => "nothing".to_owned(),
            Kind::Scalar { text, .. } => quoted(text),
        }
    }

    /// Where a scalar's words stand, without quotation marks, when they stand there exactly as they read;
    /// else where the whole value stands.
    pub fn words_span(&self, file: &str) -> Span {
        if let Kind::Scalar { text, .. } = &self.kind {
            for margin in [0, 1] {
                let (start, end) = (
                    self.span.start + margin,
                    self.span.end.saturating_sub(margin),
                );
                let inner = Span {
                    start,
                    end: end.max(start),
                };
                if inner.of(file) == text.as_ref() {
                    return inner;
                }
            }
        }
        self.span
    }
}

/// Words for a message: in back quotes, on one line, cut where they are long.
pub fn quoted(words: &str) -> String {
    const LONGEST: usize = 60;
    let line = words.trim().lines().next().unwrap_or_default();
    let mut shown: String = line.chars().take(LONGEST).collect();
    if shown.len() < words.trim().len() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Reads the YAML that stands at `range` of `file`. `None` when it holds nothing at all.
pub fn read<'a>(file: &'a str, range: Span, problems: &mut Vec<Problem>) -> Option<Node<'a>> {
    let mut reader = Reader {
        file,
        nodes_left: MAX_NODES,
        faults_told: 0,
        has_given_up: false,
        problems,
    };
    let mut root = quick::read(file, range).or_else(|| reader.read_in_full(range));
    if let Some(root) = &mut root {
        reader.drop_repeated_keys(root);
    }
    root
}

struct Reader<'a, 'p> {
    file: &'a str,
    nodes_left: usize,
    faults_told: usize,
    has_given_up: bool,
    problems: &'p mut Vec<Problem>,
}

impl<'a> Reader<'a, '_> {
    /// Reads with the whole grammar, and entry by entry where that fails.
    fn read_in_full(&mut self, range: Span) -> Option<Node<'a>> {
        let loaded = self.load(range, 0);
        match loaded.fault {
            None => loaded.root,
            // What came before the limit is kept.
            Some(fault) if fault.code == Code::YamlTooLarge => {
                self.tell(fault);
                loaded.root
            }
            Some(fault) => {
                self.nodes_left = MAX_NODES;
                let told = self.faults_told;
                let root = self.recover(range, 0);
                if self.faults_told == told {
                    self.tell(fault);
                }
                root
            }
        }
    }

    /// Whether so much is wrong that the rest is not looked at, entry by entry; told where that begins.
    fn gives_up(&mut self, at: usize) -> bool {
        if self.faults_told < MAX_FAULTS_MENDED {
            return false;
        }
        if !self.has_given_up {
            self.has_given_up = true;
            self.problems.push(
                Fault::new(
                    Code::YamlTooLarge,
                    format!("expected at most {MAX_FAULTS_MENDED} faults, found more"),
                    "mend those above first; what stands before this place was read",
                    Span::at(at),
                )
                .into_problem(),
            );
        }
        true
    }

    /// Tells of a fault, unless there have been too many.
    fn tell(&mut self, fault: Fault) {
        self.faults_told += 1;
        if self.faults_told < MAX_FAULTS {
            self.problems.push(fault.into_problem());
        } else if self.faults_told == MAX_FAULTS {
            let mut problem = fault.into_problem();
            problem.message.push_str("; further faults are not listed");
            self.problems.push(problem);
        }
    }

    /// Tells of keys that stand twice in one mapping, and keeps the first of each.
    fn drop_repeated_keys(&mut self, root: &mut Node) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            match &mut node.kind {
                Kind::Scalar { .. } => {}
                Kind::Sequence(items) => open.extend(items),
                Kind::Mapping(entries) => {
                    if has_repeated_key(entries) {
                        let mut seen: HashSet<Cow<str>> = HashSet::new();
                        entries.retain(|entry| {
                            let first = seen.insert(entry.key.clone());
                            if !first {
                                self.tell(Fault::new(
                                    Code::YamlDuplicateKey,
                                    format!(
                                        "expected each key once, found {} again",
                                        quoted(&entry.key)
                                    ),
                                    "remove one of the two; the first is used",
                                    entry.key_span,
                                ));
                            }
                            first
                        });
                    }
                    open.extend(entries.iter_mut().map(|entry| &mut entry.value));
                }
            }
        }
    }
}

/// Whether any key stands twice. Few keys are compared one with another, which needs no memory; many are hashed.
#[expect(clippy::indexing_slicing, reason = "counted by the entries themselves")]
fn has_repeated_key(entries: &[Entry]) -> bool {
    if entries.len() <= 24 {
        entries
            .iter()
            .enumerate()
            .any(|(at, entry)| entries[..at].iter().any(|before| before.key == entry.key))
    } else {
        let mut seen = HashSet::with_capacity(entries.len());
        !entries.iter().all(|entry| seen.insert(&entry.key))
    }
}

#[cfg(test)]
mod tests;
