//! Citations as Pandoc has them: `[@key, locator, "quote"; contradicts @other]`, and a bare `@key` in running text.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are ASCII signs that were found in the same text, or ends of keys between them"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use crate::model::{Evidence, Few};
use crate::parse::bounds::MAX_KEY_BYTES;
use crate::parse::evidence_line::{
    Quotes, Scope, Words, item, key_range, shortened, split_items, trimmed,
};
use crate::parse::prose::{InlineKind, Prose};
use crate::problem::{Code, Problem, Severity};
use crate::text::Text;
use smallvec::smallvec;
use std::ops::Range;

/// How many bytes may stand between a citation's bracket and its first key: room for a relation of a few words.
const MAX_PREFIX_BYTES: usize = 60;

/// How often the end of a bare key that is not known is cut off and the rest looked up.
const ENDS_TRIED: usize = 8;

/// One citation in a block's words.
#[derive(Debug)]
pub struct Citation {
    /// With its brackets, in the text of the block.
    pub text: Range<usize>,
    /// A bare key stands inside its sentence, as a word of it; a bracketed citation does not.
    pub bare: bool,
    pub evidence: Few<Evidence>,
}

/// Where a citation begins.
#[derive(Clone, Copy)]
struct Start {
    /// The bracket; for a bare key the `@` itself.
    at: usize,
    key: usize,
    bare: bool,
    /// A name in the words of a link is rarely a mistyped key.
    in_link: bool,
}

/// The citations of a block, in order and apart from each other.
pub fn find(
    prose: &Prose,
    file: &Text,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Few<Citation> {
    let starts = starts(prose, file);
    let mut citations: Few<Citation> = Few::with_capacity(starts.len());
    for (index, start) in starts.iter().enumerate() {
        if citations
            .last()
            .is_some_and(|last| start.at < last.text.end)
        {
            continue;
        }
        if !scope.left.take(1, prose.span_of(start.at..start.at)) {
            break;
        }
        let found = if start.bare {
            bare(prose, file, *start, scope, problems)
        } else {
            // A citation never reaches into the next one: this also bounds the search for its end.
            let next = starts[index + 1..].iter().find(|next| !next.bare);
            let limit = next.map_or(prose.text.len(), |next| next.at);
            Some(bracketed(prose, file, *start, limit, scope, problems))
        };
        citations.extend(found);
    }
    citations
}

/// Every place where a citation may begin: an `@` that is neither part of an address nor of code.
fn starts(prose: &Prose, file: &Text) -> Few<Start, 4> {
    let text = prose.text.as_str();
    let mut inlines = prose.inlines.iter().peekable();
    let (mut code_end, mut link_end) = (0, 0);
    let mut starts: Few<Start, 4> = Few::new();
    for key in memchr::memchr_iter(b'@', text.as_bytes()) {
        while let Some(inline) = inlines.next_if(|inline| inline.text.start <= key) {
            match inline.kind {
                InlineKind::Code => code_end = inline.text.end,
                InlineKind::Link { .. } => link_end = inline.text.end,
                _ => {}
            }
        }
        if key < code_end {
            continue;
        }
        let in_link = key < link_end;
        let names_key = !key_range(text, key + 1).is_empty();
        let before = text[..key].chars().next_back();
        let inside_word =
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '/' | '+'));
        if !names_key || inside_word || prose.is_escaped(key, file) {
            continue;
        }
        match bracket_before(prose, file, key) {
            Some(at) => {
                if starts.last().is_none_or(|last| last.bare || last.at != at) {
                    starts.push(Start {
                        at,
                        key,
                        bare: false,
                        in_link,
                    });
                }
            }
            None => starts.push(Start {
                at: key,
                key,
                bare: true,
                in_link,
            }),
        }
    }
    starts
}

/// The `[` that a key at `key` belongs to, with at most a few words between.
fn bracket_before(prose: &Prose, file: &Text, key: usize) -> Option<usize> {
    let text = prose.text.as_str();
    let mut from = key.saturating_sub(MAX_PREFIX_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = &text[from..key];
    let at = from
        + window
            .rfind(['[', ']'])
            .filter(|&at| window.as_bytes()[at] == b'[')?;
    let prefix = text[at + 1..key].trim_end_matches('-');
    let is_prefix = prefix
        .chars()
        .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-'));
    // `[@a; see @b]`: the second key is part of the first one's citation, and is passed over with it.
    (is_prefix && !prose.is_escaped(at, file)).then_some(at)
}

fn bracketed(
    prose: &Prose,
    file: &Text,
    start: Start,
    limit: usize,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Citation {
    let text = &prose.text[..limit];
    let inside_start = start.at + 1;
    let (inside, end) = match closing_bracket(prose, file, text, start.key) {
        Some(end) => (inside_start..end, end + 1),
        None => {
            let key = key_range(text, start.key + 1);
            problems.push(Problem::new(
                Code::CitationUnclosed,
                prose.span_of(start.at..key.end),
                format!(
                    "expected `]` at the end of the citation, found none after `{}`",
                    shortened(&text[start.at..key.end])
                ),
                "close the citation with `]`",
            ));
            (inside_start..key.end, key.end)
        }
    };
    let words = Words::in_prose(prose, file, inside);
    let ranges = split_items(&words);
    // Most citations name one source, and a piece of evidence is large: no room is made for others.
    let mut evidence = Few::with_capacity(ranges.len());
    for range in ranges {
        if trimmed(words.text, range.clone()).is_empty() {
            continue;
        }
        // The first one is the citation's own.
        if evidence.is_empty() || scope.left.take(1, words.span(range.clone())) {
            evidence.push(item(&words.part(range), scope, problems));
        }
    }
    Citation {
        text: start.at..end,
        bare: false,
        evidence,
    }
}

/// The `]` that ends a citation: the first outside a quotation. When a quotation is never closed, the first of all.
fn closing_bracket(prose: &Prose, file: &Text, text: &str, from: usize) -> Option<usize> {
    let words = Words::in_prose(prose, file, 0..text.len());
    let mut quotes = Quotes::default();
    let mut at = from;
    while let Some(next) = Quotes::next_or(text, at, b"][") {
        match text.as_bytes()[next] {
            _ if prose.is_escaped(next, file) => {
                at = words.after(next);
            }
            b']' => return Some(next),
            b'[' => break,
            _ => at = quotes.end(&words, next),
        }
    }
    let end = text[from..].find([']', '['])? + from;
    (text.as_bytes()[end] == b']').then_some(end)
}

/// A bare key is a citation when it is known; else it is most likely somebody's name on a social network.
fn bare(
    prose: &Prose,
    file: &Text,
    start: Start,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Option<Citation> {
    let text = prose.text.as_str();
    let mut key = key_range(text, start.key + 1);
    if key.len() > MAX_KEY_BYTES {
        return None;
    }
    // "@wh's readout" and "@wh: …" end the key early, whatever Pandoc lets a key hold.
    for _ in 0..ENDS_TRIED {
        if (scope.resolve)(&text[key.clone()]).is_some() {
            break;
        }
        let inner = &text[key.clone()];
        match inner.rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '-') {
            Some(at) if at > 0 => key.end = key.start + at,
            _ => break,
        }
    }
    if (scope.resolve)(&text[key.clone()]).is_none() {
        if start.in_link {
            return None;
        }
        let written = key_range(text, start.key + 1);
        let name = &text[written.clone()];
        let near = (scope.suggest)(name);
        let (severity, hint) = match near {
            Some(near) => (Severity::Warning, format!("did you mean `@{near}`?")),
            None => (
                Severity::Note,
                format!(
                    "define `{name}` under `sources`, or write `\\@{name}` where it is no source"
                ),
            ),
        };
        problems.push(Problem {
            severity,
            ..Problem::new(
                Code::SourceUnknown,
                prose.span_of(start.at..written.end),
                format!("expected the key of a source, found `{}`", shortened(name)),
                hint,
            )
        });
        return None;
    }
    let mut end = key.end;
    if text[..key.start].ends_with('{') && text[end..].starts_with('}') {
        end += 1;
    }
    let words = Words::in_prose(prose, file, start.at..end);
    let mut evidence = item(&words, scope, problems);
    // Pandoc's `@key [p. 3]`.
    if let Some(rest) = text[end..].strip_prefix(" [")
        && let Some(length) = rest.find([']', '[', '@', '^'])
        && rest.as_bytes()[length] == b']'
        && !rest[..length].trim().is_empty()
    {
        let tail = Words::in_prose(prose, file, start.at..end + 2 + length);
        let words = Words::in_prose(prose, file, end + 2..end + 2 + length);
        evidence.locator = Some(words.held(trimmed(words.text, 0..length)));
        evidence.span = tail.span(0..tail.text.len());
    }
    Some(Citation {
        text: start.at..end,
        bare: true,
        evidence: smallvec![evidence],
    })
}
