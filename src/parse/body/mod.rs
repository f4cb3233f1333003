//! The Markdown half of a briefing: statements and their evidence, comparisons, headings, links, passages.
//!
//! [`read`] runs for every file of a library and keeps only what other panes ask for; [`document()`] builds
//! the blocks a reader sees, for the one file that is open. Both walk the same pieces, so that
//! their spans agree.
//!
//! What counts as *unsourced*: a sentence of 50 characters or more in a paragraph, a list item or an alert, with no
//! mark, no link and no citation. Headings, tables, code, footnotes and plain block quotes (somebody else's words) are
//! left in peace. A comment `<!-- no source: why -->` behind a sentence exempts it; on a line of its own it
//! exempts the paragraph right above it, or else the next one.

mod abbreviations;
mod citations;
mod comparisons;
mod document;
mod footnotes;
mod headings;
mod links;
mod markdown;
mod passages;
mod pieces;
mod readable;
mod reader;
mod seen;
mod sentences;
mod statements;
#[cfg(test)]
mod tests;

pub use document::document;
pub use readable::readable;
pub use seen::{Seen, seen};

use crate::date::Zone;
use crate::model::{Briefing, Exemption, Link, LinkTarget};
use crate::parse::bounds::EvidenceLeft;
use crate::parse::evidence_line::Scope;
use crate::parse::{SourceIndex, Suggestions};
use crate::problem::Problem;
use crate::span::Span;
use crate::text::Text;
use links::Anchors;
use pieces::Pieces;
use reader::Reader;
use statements::Outcome;

/// Reads the body of a briefing whose front matter, events and sources are already in it.
///
/// `index` is that of the sources. Fills in headings, statements, comparisons, links, the unsourced and the exempt, the events' passages, and
/// the title from the first heading where there is none. `pending_passages` are the `in` values of
/// events: the event's index, the value as written, and where it stands.
pub fn read(
    briefing: &mut Briefing,
    index: &SourceIndex,
    pending_passages: Vec<(u32, Text, Span)>,
    left: &EvidenceLeft,
    problems: &mut Vec<Problem>,
) {
    let file = briefing.text.clone();
    let sources = std::mem::take(&mut briefing.sources);
    // An unknown zone has been told where it was read.
    let zone = briefing
        .timezone
        .as_deref()
        .and_then(|name| Zone::named(name).ok());
    let suggestions = Suggestions::default();
    let scope = Scope {
        file: &file,
        resolve: &|key| index.by_key(key),
        suggest: &|key| {
            let keys = sources.iter().map(|source| source.key.as_str());
            suggestions.nearest(key, keys).map(str::to_owned)
        },
        zone: zone.as_ref(),
        left,
    };
    let pending = passages::Pending::new(pending_passages);
    let mut reader = Reader::new(
        &file,
        briefing.lang.as_deref(),
        &sources,
        index,
        scope,
        problems,
    );
    reader.keeps_words = pending.has_phrases();
    let mut pieces = Pieces::new(&file, briefing.body);
    while let Some(piece) = pieces.next() {
        if let Some(read) = reader.piece(piece) {
            pieces.recycle(read);
        }
    }
    reader.problems.extend(pieces.problem());
    let Reader {
        outcome,
        comparisons,
        mut headings,
        links,
        mut definitions,
        undefined,
        words,
        problems,
        ..
    } = reader;

    headings::close_sections(&mut headings, briefing.body.end);
    if briefing.title.is_empty()
        && let Some(first) = headings.iter().find(|heading| heading.level == 1)
    {
        briefing.title.clone_from(&first.text);
    }
    let blocks: Vec<_> = definitions
        .iter_mut()
        .map(|definition| std::mem::take(&mut definition.blocks))
        .collect();
    let mut notes = footnotes::read_all(
        &definitions,
        blocks,
        &file,
        &sources,
        index,
        &scope,
        problems,
    );
    let marks = outcome.found.iter().flat_map(|found| found.marks());
    footnotes::tell(
        &definitions,
        &mut notes,
        marks.filter_map(|mark| mark.label.as_deref()),
        undefined,
        &suggestions,
        problems,
    );
    let Outcome {
        found,
        unsourced,
        exempt,
        ..
    } = outcome;
    briefing.unsourced = unsourced
        .into_iter()
        .filter(|(_, labels)| {
            !labels.iter().any(|label| {
                notes.get(label.as_str()).is_some_and(|note| {
                    note.is_evidence() || note.exempts.is_some() || note.has_link
                })
            })
        })
        .map(|(span, _)| span)
        .collect();
    briefing.exempt = exempt
        .into_iter()
        .map(|(span, reason)| Exemption { span, reason })
        .collect();
    briefing.statements = statements::make(found, notes, left, &mut briefing.exempt);

    let anchors = Anchors::new(
        briefing.events.iter().map(|event| event.id.as_str()),
        &headings,
    );
    let mut sentences = Vec::new();
    briefing.links = links
        .into_iter()
        .map(|link| {
            let target = links::target(link.address, link.wiki, &anchors);
            match (&target, link.sentence) {
                (LinkTarget::Unknown(anchor), _) => {
                    let near = suggestions.spend(|| anchors.nearest(anchor));
                    problems.push(links::unknown_link(anchor, link.span, near));
                }
                (&LinkTarget::Event(event), Some(sentence)) => sentences.push((event, sentence)),
                _ => {}
            }
            Link {
                span: link.span,
                target,
            }
        })
        .collect();
    let places = pending.resolve(
        &anchors,
        &briefing.events,
        &headings,
        &briefing.statements,
        &words,
        &suggestions,
        problems,
    );
    drop(anchors);
    for (event, passage) in places.into_iter().chain(sentences) {
        if let Some(event) = briefing.events.get_mut(event as usize) {
            passages::add(event, passage);
        }
    }
    briefing.headings = headings;
    briefing.comparisons = comparisons;
    drop(words);
    briefing.sources = sources;
}
