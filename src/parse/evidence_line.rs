//! One line of evidence: `[relation] [@key, locator]: "quote" (by: X; to: Y; on: DATE; as of: DATE; lang: ru; tr: Z; B2)`.
//!
//! Only the key is required. The same grammar, without the brackets, is an item of a citation and a source of an
//! event: `contradicts @kremlin, para. 3, "на 30 дней" = "for 30 days" (lang: ru)`.
//!
//! - The **relation** is a word or two before the key, or stands in it as CiTO has it: `@disputes:kremlin`.
//! - The **locator** is what follows the key, up to the quote.
//! - A **quote** stands in straight or curly quotation marks, « », » « or „ “; `=` and a second one give its translation.
//! - **Parentheses** hold what is known of the words: `by`, `to`, `on`, `as of`, `lang`, `tr`, and a grade
//!   such as `B2`. Parentheses that hold something else are words.
//! - After **`silent`** stand the words that do not occur: `silent [@wh]: prisoner, exchange, mobili*`.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are ASCII signs that were found in the same line, or ends of whole characters of it"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

mod options;
mod quote;
mod relation;
mod words;

pub(in crate::parse) use quote::Quotes;
pub(in crate::parse) use relation::{relation, relation_or_cito};
pub(in crate::parse) use words::Words;

use crate::date::Zone;
use crate::model::{Evidence, Few, Quote, Rare, Relation};
use crate::parse::bounds::{
    EvidenceLeft, MAX_KEY_BYTES, MAX_LIST_ENTRIES, MAX_QUOTE_CHARS, cut_text, is_full,
};
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;
use options::read_options;
use smallvec::smallvec;
use std::iter;
use std::ops::Range;
use std::vec;

/// What a line of evidence is read against.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The whole file that the line stands in.
    pub file: &'a Text,
    /// Finds the source of a key.
    pub resolve: &'a dyn Fn(&str) -> Option<u32>,
    /// The known key most like one that is not.
    pub suggest: &'a dyn Fn(&str) -> Option<String>,
    /// For times written without an offset.
    pub zone: Option<&'a Zone>,
    /// How much evidence may still be read.
    pub left: &'a EvidenceLeft,
}

/// Reads one evidence line; without brackets (`contradicts @kremlin, "…"`, or a bare key) as well as with.
///
/// `span` is where `text` stands in the file; where the two differ in length (a YAML escape), places inside
/// the line are the whole line. What could not be read is left out and told in `problems`; a key that nobody
/// defined is a problem too.
pub fn parse(text: &str, span: Span, scope: &Scope, problems: &mut Vec<Problem>) -> Evidence {
    let words = Words::in_file(text, span, scope.file);
    let mut found = line(&words, scope, problems);
    if found.is_empty() {
        found = smallvec![item(&words, scope, problems)];
    }
    found.swap_remove(0)
}

/// Reads `[relation] [@key, locator; …]: tail` with every key in the brackets; empty when that is not its form.
pub(in crate::parse) fn line(
    words: &Words,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Few<Evidence> {
    let Some(bracket) = line_bracket(words) else {
        return Few::new();
    };
    let before = words.text[..bracket.start].trim();
    let outer = read_relation(before, words, 0..bracket.start, problems);
    let inside = words.part(bracket.start + 1..bracket.end - 1);
    let mut tail = bracket.end..words.text.len();
    if words.text[tail.clone()].trim_start().starts_with(':') {
        tail.start += words.text[tail.clone()].find(':').unwrap_or_default() + 1;
    }
    let tail = words.part(tail);
    let ranges = split_items(&inside);
    let mut all = Few::with_capacity(ranges.len());
    let several = ranges.len() > 1;
    // The tail belongs to every key, and is read for each.
    let cost = 1 + tail.text.len() / 200;
    for range in ranges {
        if !all.is_empty() && !scope.left.take(cost, words.span(range.clone())) {
            break;
        }
        let part = inside.part(range);
        let mut evidence = item(&part, scope, problems);
        if let Some(outer) = outer {
            evidence.relation = outer;
        }
        read_tail(&tail, &mut evidence, scope, false, problems);
        if !several {
            evidence.span = words.span(trimmed(words.text, 0..words.text.len()));
        }
        all.push(evidence);
    }
    all
}

/// The brackets of an evidence line, when the text is one: at its start, or after a relation.
pub(in crate::parse) fn line_bracket(words: &Words) -> Option<Range<usize>> {
    let text = words.text;
    let start = text.find('[')?;
    let before = text[..start].trim();
    let few_words = before.split_whitespace().count() <= 2
        && before
            .chars()
            .all(|c| c.is_alphabetic() || " .-".contains(c));
    let at = start + 1 + text[start + 1..].find('@')?;
    let inside = text[start + 1..at].trim();
    let known_inside = inside.is_empty() || inside == "-" || relation(inside).is_some();
    if !few_words || !known_inside {
        return None;
    }
    let mut quotes = Quotes::default();
    let mut from = at;
    loop {
        let next = Quotes::next_or(text, from, b"]")?;
        if text.as_bytes()[next] == b']' {
            let after = text[next + 1..].trim_start();
            let known = before.is_empty() || relation(before).is_some();
            return (known || after.starts_with(':')).then_some(start..next + 1);
        }
        from = quotes.end(words, next);
    }
}

/// Where the items of a citation stand: between `;`, outside quotes and parentheses.
pub(in crate::parse) fn split_items(words: &Words) -> Items {
    let text = words.text;
    if memchr::memchr(b';', text.as_bytes()).is_none() {
        return Items {
            first: 0..text.len(),
            more: Vec::new(),
        };
    }
    let mut quotes = Quotes::default();
    let mut items = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some(at) = Quotes::next_or(text, from, b";(") {
        from = match text.as_bytes()[at] {
            b';' => {
                items.push(start..at);
                start = at + 1;
                at + 1
            }
            b'(' => text[at..].find(')').map_or(text.len(), |end| at + end),
            _ if words.is_escaped(at) => words.after(at),
            _ => quotes.end(words, at),
        };
    }
    items.push(start..text.len());
    // `[@wh, p. 3; p. 5]`: an item without a key goes on with the one before.
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(items.len());
    for item in items {
        match merged.last_mut() {
            Some(last) if !text[item.clone()].contains('@') => last.end = item.end,
            _ => merged.push(item),
        }
    }
    let first = merged.remove(0);
    Items {
        first,
        more: merged,
    }
}

/// Where the items of a citation stand. Nearly all have one.
pub(in crate::parse) struct Items {
    first: Range<usize>,
    more: Vec<Range<usize>>,
}

impl Items {
    pub fn len(&self) -> usize {
        1 + self.more.len()
    }
}

impl IntoIterator for Items {
    type Item = Range<usize>;
    type IntoIter = iter::Chain<iter::Once<Range<usize>>, vec::IntoIter<Range<usize>>>;

    fn into_iter(self) -> Self::IntoIter {
        iter::once(self.first).chain(self.more)
    }
}

/// Reads `[relation] @key[, locator][, "quote"]`. Without `@` the text up to a comma, colon or quote is the key.
pub(in crate::parse) fn item(
    words: &Words,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Evidence {
    let text = words.text;
    let (before, key) = match text.find('@') {
        Some(at) => (0..at, key_range(text, at + 1)),
        None => {
            let whole = trimmed(text, 0..text.len());
            let stop = |c: char| matches!(c, ',' | ':' | '(') || Quotes::opens(c);
            let end = text[whole.clone()]
                .find(stop)
                .map_or(whole.end, |end| whole.start + end);
            let start = whole.start;
            (start..start, trimmed(text, start..end.max(start)))
        }
    };
    let prefix = text[before.clone()].trim_end_matches('-');
    let outer = read_relation(prefix.trim(), words, before, problems);
    let braced = text[..key.start].ends_with('{');
    let after = key.end + usize::from(braced && text[key.end..].starts_with('}'));
    let key = key.start..text.floor_char_boundary(key.end.min(key.start + MAX_KEY_BYTES));
    let (cito, key_text) = relation_or_cito(&text[key.clone()], scope.resolve);
    let source = (scope.resolve)(key_text);
    // CiTO's relation stands before the key.
    let key_range = key.end - key_text.len()..key.end;
    if source.is_none() && !is_full(problems) {
        problems.push(unknown_source(key_text, words.span(key), scope));
    }
    let whole = words.span(trimmed(text, 0..text.len()));
    let mut evidence = Evidence {
        relation: outer.or(cito).unwrap_or_default(),
        ..Evidence::of_source(words.held(key_range), source, whole)
    };
    read_tail(
        &words.part(after..text.len()),
        &mut evidence,
        scope,
        true,
        problems,
    );
    evidence
}

/// The key that begins at `start`, as Pandoc has it: letters, digits, `_`, and punctuation between them; or anything in braces.
pub(in crate::parse) fn key_range(text: &str, start: usize) -> Range<usize> {
    if let Some(rest) = text[start..].strip_prefix('{') {
        let inside = rest
            .bytes()
            .take(MAX_KEY_BYTES)
            .position(|byte| byte == b'}');
        return start + 1..start + 1 + inside.unwrap_or_default();
    }
    // Nearly all keys are of these.
    let rest = &text.as_bytes()[start..];
    let plain = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        .count();
    let is_whole = |byte: &u8| matches!(byte, b',' | b']' | b' ' | b';' | b')');
    if plain > 0
        && rest[plain - 1] != b'-'
        && rest[0] != b'-'
        && rest.get(plain).is_none_or(is_whole)
    {
        return start..start + plain;
    }
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        if c.is_alphanumeric() || c == '_' {
            end = start + at + c.len_utf8();
        } else if at == 0 || !":.#$%&-+?<>~/".contains(c) {
            break;
        }
    }
    start..end
}

/// Reads what follows a key: the locator (where there may be one), quotes, translation, parentheses, silences.
fn read_tail(
    tail: &Words,
    evidence: &mut Evidence,
    scope: &Scope,
    has_locator: bool,
    problems: &mut Vec<Problem>,
) {
    let text = tail.text;
    let mut quotes = Quotes::default();
    let mut locator_end = None;
    let mut expects_translation = false;
    let mut from = 0;
    while let Some(at) = Quotes::next_or(text, from, b"(=") {
        if tail.is_escaped(at) {
            from = tail.after(at);
            continue;
        }
        match text.as_bytes()[at] {
            b'=' => {
                expects_translation = evidence.quote.is_some();
                from = at + 1;
            }
            b'(' => {
                let end = text[at..].find(')').map_or(text.len(), |end| at + end);
                let inside = at + 1..end;
                from = (end + 1).min(text.len());
                if read_options(&tail.part(inside), evidence, scope, problems) {
                    locator_end.get_or_insert(at);
                }
            }
            _ if evidence.relation == Relation::Silent => {
                from = quotes.end(tail, at);
            }
            _ => match quotes.read(tail, at) {
                Some((inside, end)) => {
                    locator_end.get_or_insert(at);
                    let inside = trimmed(text, inside);
                    let written = cut_text(tail.held(inside.clone()), MAX_QUOTE_CHARS);
                    if expects_translation {
                        if let Some(quote) = &mut evidence.quote {
                            quote.details.translation = Some(written);
                        }
                    } else if evidence.quote.is_none() && !written.is_empty() {
                        evidence.quote = Some(Quote {
                            text: written,
                            span: tail.span(inside),
                            details: Rare::default(),
                        });
                    }
                    expects_translation = false;
                    from = end;
                }
                None => {
                    let mark = text[at..].chars().next().unwrap_or('"');
                    if quotes.is_first_unclosed(mark) {
                        locator_end.get_or_insert(at);
                        problems.push(unclosed_quote(tail.span(at..text.len()), mark));
                    }
                    from = at + mark.len_utf8();
                }
            },
        }
    }
    let is_margin = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';');
    let words = text[..locator_end.unwrap_or(text.len())].trim_end_matches(is_margin);
    let start = words.len() - words.trim_start_matches(is_margin).len();
    let words = &words[start..];
    if evidence.relation == Relation::Silent && (!has_locator || text.trim_start().starts_with(':'))
    {
        let all = silences(words).take(MAX_LIST_ENTRIES);
        evidence.details.silent_on.extend(all);
    } else if has_locator && !words.is_empty() {
        evidence.locator = Some(tail.held(start..start + words.len()));
    }
}

/// The quotations in free words, each as evidence like `blank`: what a table's cell claims of its column's source.
pub(in crate::parse) fn cell_quotes(
    words: &Words,
    blank: &Evidence,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> Few<Evidence> {
    let text = words.text;
    let mut quotes = Quotes::default();
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(at) = Quotes::next_or(text, from, b"") {
        let is_translation = text[..at].trim_end().ends_with('=') && !starts.is_empty();
        if words.is_escaped(at) {
            from = words.after(at);
            continue;
        }
        if !is_translation {
            starts.push(at);
        }
        from = quotes.end(words, at);
    }
    let mut found = Few::with_capacity(starts.len());
    let mut told = false;
    for (index, &start) in starts.iter().enumerate() {
        if !scope.left.take(1, words.span(start..start)) {
            break;
        }
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let part = words.part(start..end);
        let mut evidence = blank.clone();
        let mut unclosed = Vec::new();
        read_tail(&part, &mut evidence, scope, false, &mut unclosed);
        if evidence.quote.is_some() {
            evidence.span = words.span(trimmed(text, start..end));
            found.push(evidence);
        }
        if !told {
            told = !unclosed.is_empty();
            problems.append(&mut unclosed);
        }
    }
    found
}

/// The words of `prisoner, exchange, mobili*`.
pub(in crate::parse) fn silences(list: &str) -> impl Iterator<Item = Text> {
    list.split([',', ';'])
        .map(|word| {
            word.trim_matches(|c: char| c.is_whitespace() || c == '.' || Quotes::is_mark(c))
        })
        .filter(|word| !word.is_empty() && *word != "*")
        .map(Text::from)
}

/// The relation that words before a key give; an unknown one is told, and supports.
fn read_relation(
    before: &str,
    words: &Words,
    range: Range<usize>,
    problems: &mut Vec<Problem>,
) -> Option<Relation> {
    let before = before.trim_end_matches(['[', '-']).trim();
    if before.is_empty() {
        return None;
    }
    let found = relation(before);
    if found.is_none() && !is_full(problems) {
        problems.push(unknown_relation(
            before,
            words.span(trimmed(words.text, range)),
        ));
    }
    found
}

fn unknown_relation(word: &str, span: Span) -> Problem {
    let hint = match relation::nearest(word) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", relation::known()),
    };
    Problem::new(
        Code::EvidenceRelation,
        span,
        format!("expected a relation, found `{}`", shortened(word)),
        hint,
    )
}

/// A key that nobody defined.
pub(in crate::parse) fn unknown_source(key: &str, span: Span, scope: &Scope) -> Problem {
    let hint = match (scope.suggest)(key) {
        Some(near) => format!(
            "did you mean `{near}`? otherwise define `{}` under `sources`",
            shortened(key)
        ),
        None => format!("define `{}` under `sources`", shortened(key)),
    };
    Problem::new(
        Code::SourceUnknown,
        span,
        format!("expected the key of a source, found `{}`", shortened(key)),
        hint,
    )
}

/// A quotation that is never closed.
pub(in crate::parse) fn unclosed_quote(span: Span, mark: char) -> Problem {
    let closing = Quotes::closing(mark);
    Problem::new(
        Code::QuoteUnclosed,
        span,
        format!("expected `{closing}` at the end of the quotation, found none"),
        format!("close the quotation with `{closing}`"),
    )
}

/// The part of `range` without white space at its ends.
pub(in crate::parse) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// Words for a message: long ones are cut.
pub(in crate::parse) fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        words.to_owned()
    } else {
        words.chars().take(MOST).chain(['…']).collect()
    }
}
