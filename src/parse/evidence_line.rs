//! One line of evidence: `[relation] [@key, locator]: "quote" (by: X; to: Y; on: DATE; lang: ru; tr: Z; B2)`.

use crate::model::{Evidence, Relation};
use crate::problem::Problem;
use crate::span::Span;

/// Reads one evidence line; without brackets (`contradicts @kremlin, "…"`, or a bare key) as well as with.
///
/// `span` is where `text` stands in the file; where the two differ in length (a YAML escape), places inside
/// the line are the whole line. `resolve` finds the source of a key. What could not be read is left out and
/// told in `problems`; a key that nobody defined is a problem too.
pub fn parse(
    text: &str,
    span: Span,
    resolve: &dyn Fn(&str) -> Option<u32>,
    problems: &mut Vec<Problem>,
) -> Evidence {
    let key = text.trim().trim_start_matches('@').to_owned();
    let source = resolve(&key);
    if source.is_none() {
        problems.push(unknown_source(&key, span));
    }
    Evidence {
        source,
        key,
        relation: Relation::default(),
        locator: None,
        quote: None,
        silent_on: Vec::new(),
        by: None,
        to: None,
        on: None,
        as_of: None,
        grade: None,
        span,
    }
}

fn unknown_source(key: &str, span: Span) -> Problem {
    Problem::new(
        crate::problem::Code::SourceUnknown,
        span,
        format!("expected the key of a source, found `{key}`"),
        format!("define `{key}` under `sources`"),
    )
}
