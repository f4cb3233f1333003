//! Sources in files of their own: Hayagriva's YAML, BibLaTeX, CSL-JSON.
//!
//! Each format is brought to [`Source`]s; an entry that cannot be read is told and the others stay.

mod biblatex;
mod csl;

use super::Bibliography;
use super::bounds::{self, EvidenceLeft, MAX_KEYS_GUESSED};
use super::front::values::{Values, first_line};
use super::front::{bounded, define_under_key, is_events, keys, sources};
use super::yaml::{self, Kind, Node};
use crate::model::{Source, SourceOrigin};
use crate::problem::{Code, Problem, Severity};
use crate::span::{LineIndex, Span};
use crate::text::Text;
use std::collections::HashSet;
use std::sync::Arc;

/// The largest bibliography that is read, in bytes: some fifty thousand entries.
pub const MAX_BIBLIOGRAPHY_BYTES: usize = 32 * 1024 * 1024;

/// Reads a bibliography; `path` tells by its extension which format it is in, and becomes the origin of its sources.
/// The problems are about the bibliography's own file.
pub fn bibliography(path: &str, text: &Text) -> (Bibliography, Vec<Problem>) {
    let mut problems = Vec::new();
    let left = EvidenceLeft::default();
    if text.len() > MAX_BIBLIOGRAPHY_BYTES {
        problems.push(Problem::new(
            Code::FileTooLarge,
            Span::default(),
            format!(
                "expected a bibliography of at most {} MB, found {} MB",
                MAX_BIBLIOGRAPHY_BYTES / (1024 * 1024),
                text.len().div_ceil(1024 * 1024)
            ),
            "split the bibliography",
        ));
        return (Bibliography::default(), problems);
    }
    let origin = SourceOrigin::Shared(Arc::from(path));
    let mut values = Values {
        file: text,
        zone: None,
        left: &left,
        guesses_left: MAX_KEYS_GUESSED,
        problems: &mut problems,
    };
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let mut has_events = false;
    let read = match extension.to_ascii_lowercase().as_str() {
        "yml" | "yaml" => hayagriva(&origin, &mut has_events, &mut values),
        "bib" => biblatex::sources(&origin, &mut values),
        "json" => csl::sources(&origin, &mut values),
        _ => {
            values.problem(
                Code::BibliographySyntax,
                Span::default(),
                format!("expected a bibliography that ends in .yml, .yaml, .bib or .json, found `{path}`"),
                "save it as Hayagriva YAML, BibLaTeX or CSL-JSON, with that ending",
            );
            Vec::new()
        }
    };
    let mut keys = HashSet::new();
    let mut sources = Vec::with_capacity(read.len());
    for source in read {
        if keys.insert(source.key.clone()) {
            sources.push(source);
        } else {
            values.problem(
                Code::SourceDuplicateKey,
                first_line(text, source.span),
                format!("expected a key of its own, found `{}` again", source.key),
                "give one of the two another key; the first is used",
            );
        }
    }
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    let mut bibliography = Bibliography::new(sources);
    bibliography.has_events = has_events;
    bibliography.faults = faults(text, &problems);
    (bibliography, problems)
}

/// "2 faults, the first at 12:3: expected …"; notes are none.
fn faults(text: &Text, problems: &[Problem]) -> Option<Box<str>> {
    let faults = || problems.iter().filter(|it| it.severity != Severity::Note);
    let first = faults().next()?;
    let place = LineIndex::new(text).place(text, first.span.start as usize);
    let told = match faults().count() {
        1 => format!("a fault at {place}: {}", first.message),
        count => format!("{count} faults, the first at {place}: {}", first.message),
    };
    Some(told.into())
}

/// A mapping from keys to sources, or a list of sources with keys: the same reader as for front matter.
fn hayagriva(origin: &SourceOrigin, has_events: &mut bool, values: &mut Values) -> Vec<Source> {
    let start = if values.file.starts_with('\u{feff}') {
        3
    } else {
        0
    };
    let whole = Span::new(start, values.file.len());
    let (range, cut) = bounds::readable_front(values.file, whole);
    values.problems.extend(cut);
    let Some(root) = yaml::read(values.file, range, values.problems) else {
        return Vec::new();
    };
    *has_events = root
        .as_mapping()
        .is_some_and(|entries| entries.iter().any(is_events));
    let root = under_sources(&root).unwrap_or(&root);
    match &root.kind {
        Kind::Mapping(entries) => bounded(entries, |entry| entry.key_span, values)
            .iter()
            .filter(|entry| !is_events(entry))
            .filter_map(|entry| define_under_key(entry, origin.clone(), values))
            .map(|(source, _)| source)
            .collect(),
        Kind::Sequence(items) => bounded(items, |item| item.span, values)
            .iter()
            .filter_map(|item| {
                let source = item
                    .as_mapping()
                    .map(|fields| sources::source(None, fields, item.span, origin.clone(), values))
                    .filter(|source| !source.key.is_empty());
                if source.is_none() {
                    values.wrong_kind(
                        item,
                        "a source with a `key`",
                        "write `- key: wh` and, below the `k`, its fields",
                    );
                }
                source
            })
            .collect(),
        Kind::Scalar { .. } => {
            values.wrong_kind(root, "sources by their keys", "write `key:` on a line of its own, and `title:`, `url:` and so on indented below it");
            Vec::new()
        }
    }
}

/// What stands under `sources`, as it does in front matter, where nothing but events stands beside it; unless it has the
/// fields of a source with that very key.
fn under_sources<'r, 'a>(root: &'r Node<'a>) -> Option<&'r Node<'a>> {
    let mut others = root.as_mapping()?.iter().filter(|entry| !is_events(entry));
    let (Some(only), None) = (others.next(), others.next()) else {
        return None;
    };
    let holds_sources = match &only.value.kind {
        Kind::Sequence(_) => true,
        Kind::Mapping(entries) => !entries.iter().any(|it| keys::SOURCE.has(&it.key)),
        Kind::Scalar { .. } => false,
    };
    (only.key == "sources" && holds_sources).then_some(&only.value)
}

#[cfg(test)]
mod tests;
