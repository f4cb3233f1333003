//! The functional core of Sourceline, compiled for fuzzing: the rooms that take strangers' bytes, and no others. The
//! window, the disk and the typesetting are left out, so that a build takes a minute and a run meets nothing slow.

#![allow(
    dead_code,
    unused_imports,
    reason = "rooms are compiled here without those that use them"
)]

#[path = "../../src/date/mod.rs"]
pub mod date;
#[path = "../../src/disk.rs"]
pub mod disk;
#[path = "../../src/evidence/mod.rs"]
pub mod evidence;
/// The parts of the library that take text and give values.
#[path = "."]
pub mod library {
    #[path = "../../src/library/belonging.rs"]
    pub mod belonging;
    #[path = "../../src/library/filter/mod.rs"]
    pub mod filter;
    /// Stands in for the index of a whole library, which the file of views knows nothing of.
    pub mod sources {
        pub fn source_identity(file_name: &str, source: &crate::model::Source) -> String {
            format!("{file_name}#{}", source.key)
        }
    }
    #[path = "../../src/library/views/mod.rs"]
    pub mod views;
}
#[path = "../../src/model/mod.rs"]
pub mod model;
#[path = "../../src/number.rs"]
pub mod number;
#[path = "../../src/parse/mod.rs"]
pub mod parse;
#[path = "../../src/problem.rs"]
pub mod problem;
#[path = "../../src/span.rs"]
pub mod span;
#[path = "../../src/summary/mod.rs"]
pub mod summary;
pub mod targets;
#[path = "../../src/text.rs"]
pub mod text;
#[path = "../../src/timeline/mod.rs"]
pub mod timeline;

use model::Briefing;
use parse::{BibliographyFault, Context};
use problem::Problem;
use span::Span;

/// Reads a briefing as the library would, without bibliographies.
pub fn read(text: &str) -> (Briefing, Vec<Problem>) {
    let context = Context {
        file_name: "a.md",
        bibliography: &|_| Err(BibliographyFault::Missing),
        shared: None,
    };
    parse::briefing(text.into(), &context)
}

/// Reads a briefing and holds what every other room relies on: whatever has a place has it in the file, on the
/// boundaries of characters, and every problem says what was expected and what to do.
pub fn check(text: &str) -> Briefing {
    let (briefing, problems) = read(text);
    let inside = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?}");
    for problem in &problems {
        inside(problem.span);
        assert!(
            !problem.message.is_empty() && !problem.hint.is_empty(),
            "{problem:?}"
        );
    }
    for event in &briefing.events {
        inside(event.span);
        event.passages.iter().copied().for_each(inside);
        assert!(!event.id.is_empty() && !event.title.is_empty(), "{event:?}");
    }
    for statement in &briefing.statements {
        inside(statement.span);
        inside(statement.mark);
    }
    for heading in &briefing.headings {
        inside(heading.span);
        inside(heading.section);
    }
    for (_, evidence) in briefing.all_evidence() {
        inside(evidence.span);
        if let Some(source) = evidence.source {
            assert!((source as usize) < briefing.sources.len());
        }
        if let Some(quote) = &evidence.quote {
            inside(quote.span);
        }
    }
    briefing.links.iter().for_each(|link| inside(link.span));
    briefing.unsourced.iter().copied().for_each(inside);
    briefing
}
