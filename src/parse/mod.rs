//! Text in, `(Briefing, Vec<Problem>)` out. Never fails, never panics, never touches the disk.
//!
//! A briefing is read in two halves. The front matter gives metadata, sources and events (`front`);
//! the body gives statements, comparisons and links. Whatever one half cannot read becomes a
//! [`Problem`] at its place in the *file*, and the rest is read all the same.

mod bibliography;
pub mod body;
pub mod bounds;
mod date_code;
mod decode;
pub mod evidence_line;
mod front;
mod names;
mod nearest;
mod prose;
mod slug;
mod source_index;
mod yaml;

use nearest::{Suggestions, nearest};

pub use bibliography::{MAX_BIBLIOGRAPHY_BYTES, bibliography};
pub use body::{Seen, readable, seen};
pub use decode::{MAX_FILE_BYTES, decode};
pub use slug::slug;
pub use source_index::{SourceIndex, same_address};

use crate::model::{Briefing, Document, Source, SourceOrigin};
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;
use bounds::{EvidenceLeft, MAX_PROBLEMS};
use front::Front;

use smallvec::smallvec;
use std::fmt;
use std::sync::Arc;

/// What a file cannot know of itself.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The file's name without its folder. The title, when the file gives none, is this without its extension.
    pub file_name: &'a str,
    /// Gives the bibliography at a path as the briefing writes it. The library reads and caches it, so that
    /// this room never touches the disk.
    pub bibliography: &'a dyn Fn(&str) -> Result<Arc<Bibliography>, BibliographyFault>,
    /// Sources that every briefing of the folder may use, as if each named them under `bibliography`.
    pub shared: Option<&'a Bibliography>,
}

/// Sources that stand in a file of their own.
#[derive(Clone, Debug, Default)]
pub struct Bibliography {
    pub sources: Vec<Arc<Source>>,
    /// Whether it has a list of events, too, as the sources of a folder may; [`folder_events`] reads them.
    pub has_events: bool,
    /// What is wrong in it, in words for whoever uses it; all that could be read is here.
    pub faults: Option<Box<str>>,
    index: SourceIndex,
}

impl Bibliography {
    /// Of two sources with one key, the first is found.
    pub fn new(sources: Vec<Source>) -> Self {
        let sources: Vec<Arc<Source>> = sources
            .into_iter()
            .map(|source| {
                // A span is a place in a briefing.
                let span = Span::default();
                Arc::new(Source { span, ..source })
            })
            .collect();
        let index = SourceIndex::new(&sources);
        Self {
            sources,
            has_events: false,
            faults: None,
            index,
        }
    }

    /// The source with this key.
    pub fn by_key(&self, key: &str) -> Option<&Arc<Source>> {
        self.sources.get(self.index.by_key(key)? as usize)
    }

    /// The source with this address.
    pub fn by_address(&self, address: &str) -> Option<&Arc<Source>> {
        self.sources.get(self.index.by_address(address)? as usize)
    }
}

/// Why a bibliography cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BibliographyFault {
    /// No such file.
    Missing,
    /// The path leads out of the library.
    Outside,
    /// It is there, but cannot be read; the reason, lower case and without a full stop.
    Unreadable(String),
}

impl fmt::Display for BibliographyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no such file"),
            Self::Outside => f.write_str("the path leads out of the library"),
            Self::Unreadable(reason) => f.write_str(reason),
        }
    }
}

/// Reads a briefing. Any text gives one: what could not be read is left out of it and told in the problems,
/// which are in the order of the file.
pub fn briefing(text: Text, context: &Context) -> (Briefing, Vec<Problem>) {
    let mut problems = Vec::new();
    let left = EvidenceLeft::for_length(text.len());
    let Front {
        mut briefing,
        index,
        passages,
        is_event,
    } = front::read(text, context, &left, &mut problems);
    body::read(&mut briefing, &index, passages, &left, &mut problems);
    if briefing.title.is_empty() {
        briefing.title = title_of_file(context.file_name).into();
    }
    if is_event
        && let Some(event) = briefing.events.first_mut()
        && !briefing.body.of(&briefing.text).trim().is_empty()
    {
        event.passages = smallvec![briefing.body];
    }
    tell_unused_sources(&briefing, &index, &mut problems);
    finished(briefing, problems, &left)
}

/// Reads the events that stand under `events` in the sources of a folder: a briefing without a body, which rests on those
/// sources. A file without such a list gives one without events.
pub fn folder_events(text: Text, context: &Context) -> (Briefing, Vec<Problem>) {
    let mut problems = Vec::new();
    let left = EvidenceLeft::for_length(text.len());
    let Front {
        mut briefing,
        index,
        passages,
        ..
    } = front::read_folder(text, context, &left, &mut problems);
    body::read(&mut briefing, &index, passages, &left, &mut problems);
    // It is called by its name: it has no words of its own.
    briefing.title = context.file_name.into();
    finished(briefing, problems, &left)
}

/// What is given away: no larger than it must be, with bounded problems in the order of the file.
fn finished(
    mut briefing: Briefing,
    mut problems: Vec<Problem>,
    left: &EvidenceLeft,
) -> (Briefing, Vec<Problem>) {
    shrink(&mut briefing);
    problems.extend(left.problem());
    bound(&mut problems);
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    (briefing, problems)
}

/// Gives back the room that lists were given to grow: a briefing stays as long as its library is open.
fn shrink(briefing: &mut Briefing) {
    for event in &mut briefing.events {
        event.actors.shrink_to_fit();
        event.evidence.shrink_to_fit();
        event.passages.shrink_to_fit();
    }
    briefing.events.shrink_to_fit();
    briefing.sources.shrink_to_fit();
    briefing.statements.shrink_to_fit();
    briefing.headings.shrink_to_fit();
    briefing.links.shrink_to_fit();
    briefing.unsourced.shrink_to_fit();
    briefing.exempt.shrink_to_fit();
    briefing.authors.shrink_to_fit();
    briefing.tags.shrink_to_fit();
}

/// Nobody reads thousands of problems of one file. The first one too many says that there are more; what ended the
/// reading is always told.
fn bound(problems: &mut Vec<Problem>) {
    const MORE: &str = "; further problems are not listed";
    if problems.len() <= MAX_PROBLEMS + 1 {
        return;
    }
    let rest = problems.split_off(MAX_PROBLEMS + 1);
    if let Some(last) = problems.last_mut()
        && !last.message.ends_with(MORE)
    {
        last.message.push_str(MORE);
    }
    let ends = |problem: &Problem| {
        matches!(
            problem.code,
            Code::TooMuchEvidence
                | Code::TooManySources
                | Code::TooManyEvents
                | Code::BodyTooLarge
                | Code::YamlTooLarge
        )
    };
    problems.extend(rest.into_iter().filter(ends).take(4));
}

/// Notes the sources that the briefing defines and nothing in it rests on, not even by way of another source.
#[expect(
    clippy::indexing_slicing,
    reason = "what a source is based on is numbered by the list of sources"
)]
fn tell_unused_sources(briefing: &Briefing, index: &SourceIndex, problems: &mut Vec<Problem>) {
    let mut used = vec![false; briefing.sources.len()];
    let columns = briefing.comparisons.iter().flat_map(|table| &table.columns);
    let mut open: Vec<u32> = briefing
        .all_evidence()
        .filter_map(|(_, evidence)| evidence.source)
        .chain(columns.filter_map(|column| column.source))
        .collect();
    while let Some(at) = open.pop() {
        if let Some(used) = used.get_mut(at as usize)
            && !std::mem::replace(used, true)
        {
            let based_on = &briefing.sources[at as usize].details.based_on;
            open.extend(based_on.iter().filter_map(|key| index.by_key(key)));
        }
    }
    for (source, used) in briefing.sources.iter().zip(used) {
        if !used && source.origin == SourceOrigin::Briefing {
            problems.push(Problem::new(
                Code::SourceUnused,
                front::values::first_line(&briefing.text, source.span),
                format!(
                    "expected something that rests on the source `{}`, found nothing",
                    source.key
                ),
                format!(
                    "cite it as `[@{}]`, or name it in an event's `sources`",
                    source.key
                ),
            ));
        }
    }
}

/// The body of a briefing as a reader sees it; made when a file is opened, not when a library is loaded.
pub fn document(briefing: &Briefing) -> Document {
    body::document(briefing)
}

/// The file's name without its extension.
fn title_of_file(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name } else { stem }.to_owned()
}
