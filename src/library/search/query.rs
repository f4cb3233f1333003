//! The language of the search field.
//!
//! ```text
//! query  = *( [ "-" ] term )                 all terms must hold; "-" turns one round
//! term   = [ field ":" ] ( phrase | word )
//! phrase = '"' … '"'                         these words, one after another
//! word   = … [ "*" ]                         with "*": words that begin so
//! field  = "who" | "lane" | "tag" | "source" | "status" | "in"
//!        | "standing" | "before" | "after" | "during"
//! ```
//!
//! The last word of a query that is still being typed is a beginning, too. A word before a colon that is no field is a word
//! like any other, so that `10:30` and addresses can be sought. Case and accents never matter.

#![expect(
    clippy::string_slice,
    reason = "cut behind characters that were just found at the place"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within the words of a search, which start with a field or a mark"
)]

use super::words::{folded_words, line_of};
use crate::date::{Date, Instant, Zone};
use crate::evidence::Standing;
use crate::library::filter::extent;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

/// A query, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these must hold.
    pub terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// It must *not* hold.
    pub negated: bool,
    pub condition: Condition,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Words anywhere: title, prose, quote, source, actor.
    Anywhere(Pattern),
    /// Words in one field.
    Field(WordField, Pattern),
    /// Words in a briefing's title or file name.
    In(Pattern),
    /// One of these standings.
    Standing(BTreeSet<Standing>),
    /// It began before this moment.
    Before(Instant),
    /// It was going on, or began, at or after this moment.
    After(Instant),
    /// It took place, wholly or in part, in this time.
    During(Range<Instant>),
}

/// Fields whose words are in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordField {
    Who,
    Lane,
    Tag,
    Source,
    Status,
}

/// Words to be found one after another; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Folded as [`folded_words`] does.
    pub words: Vec<String>,
    /// The last word is only a beginning.
    pub is_prefix: bool,
    /// Written in quotation marks: the words as they are, not other forms of them.
    pub is_exact: bool,
}

impl Pattern {
    /// What a line of words has in it where the pattern stands there: see [`line_of`].
    pub fn in_line(&self) -> String {
        let mut wanted = line_of(&self.words);
        if self.is_prefix {
            wanted.pop();
        }
        wanted
    }
}

/// What is wrong with a query: what was expected and found, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryFault {
    pub message: String,
    pub hint: String,
}

impl fmt::Display for QueryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.hint)
    }
}

impl std::error::Error for QueryFault {}

const FIELDS: [&str; 10] = [
    "who", "lane", "tag", "source", "status", "in", "standing", "before", "after", "during",
];

impl Query {
    /// Reads a whole query. Days without a zone are those of `zone`.
    ///
    /// # Errors
    ///
    /// When a field has a value that it cannot have.
    pub fn parse(text: &str, zone: &Zone) -> Result<Self, QueryFault> {
        Self::read(text, zone, false)
    }

    /// Reads a query that is still being typed: its last word may be only the beginning of one.
    ///
    /// # Errors
    ///
    /// As [`Query::parse`].
    pub fn while_typing(text: &str, zone: &Zone) -> Result<Self, QueryFault> {
        Self::read(text, zone, true)
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn read(text: &str, zone: &Zone, typing: bool) -> Result<Self, QueryFault> {
        let mut query = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let written = Written::next(&mut rest);
            // A space, or a closing quotation mark, ends the last word.
            let is_open = typing
                && rest.is_empty()
                && written.is_open_ended
                && !text.ends_with(char::is_whitespace);
            let condition = condition(&written, is_open, zone)?;
            query.terms.extend(condition.map(|condition| Term {
                negated: written.negated,
                condition,
            }));
            rest = rest.trim_start();
        }
        Ok(query)
    }

    /// Whether the answer depends on how well statements are borne out.
    pub fn asks_for_standing(&self) -> bool {
        let mut conditions = self.terms.iter().map(|term| &term.condition);
        conditions.any(|condition| matches!(condition, Condition::Standing(_)))
    }

    /// Every pattern whose words a reader should see marked.
    pub fn marked_patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.terms
            .iter()
            .filter(|term| !term.negated)
            .filter_map(|term| match &term.condition {
                Condition::Anywhere(pattern) | Condition::Field(_, pattern) => Some(pattern),
                _ => None,
            })
    }
}

/// A term as it was written.
struct Written<'a> {
    negated: bool,
    field: Option<&'static str>,
    value: &'a str,
    is_quoted: bool,
    /// Nothing says that it is complete.
    is_open_ended: bool,
}

impl<'a> Written<'a> {
    /// Takes the next term off the front of a text that does not begin with white space.
    fn next(rest: &mut &'a str) -> Self {
        let mut text = *rest;
        let negated =
            text.len() > 1 && text.starts_with('-') && !text[1..].starts_with(char::is_whitespace);
        if negated {
            text = &text[1..];
        }
        let field = FIELDS.into_iter().find(|field| {
            let start = text.get(..field.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(field))
                && text[field.len()..].starts_with(':')
        });
        if let Some(field) = field {
            text = &text[field.len() + 1..];
        }
        let quotes = [('"', '"'), ('“', '”'), ('«', '»')];
        let quote = quotes.into_iter().find(|(open, _)| text.starts_with(*open));
        let (value, after, is_quoted, is_open_ended) = match quote {
            Some((open, close)) => {
                let inner = &text[open.len_utf8()..];
                match inner.find(close) {
                    Some(end) => (&inner[..end], &inner[end + close.len_utf8()..], true, false),
                    None => (inner, "", true, true),
                }
            }
            None => {
                let end = text.find(char::is_whitespace).unwrap_or(text.len());
                (&text[..end], &text[end..], false, true)
            }
        };
        *rest = after;
        Self {
            negated,
            field,
            value,
            is_quoted,
            is_open_ended,
        }
    }
}

/// What a term asks for; `None` when it asks for nothing (yet).
fn condition(
    written: &Written<'_>,
    is_open: bool,
    zone: &Zone,
) -> Result<Option<Condition>, QueryFault> {
    let value = written.value.trim();
    let pattern = || pattern(value, written.is_quoted, is_open);
    let word_field = |field: WordField| pattern().map(|pattern| Condition::Field(field, pattern));
    Ok(match written.field {
        None => pattern().map(Condition::Anywhere),
        Some("who") => word_field(WordField::Who),
        Some("lane") => word_field(WordField::Lane),
        Some("tag") => word_field(WordField::Tag),
        Some("source") => word_field(WordField::Source),
        Some("status") => word_field(WordField::Status),
        Some("in") => pattern().map(Condition::In),
        Some("standing") => standing(value, is_open)?.map(Condition::Standing),
        Some(field) => span_of(field, value, zone)?.map(|(start, end)| match field {
            "before" => Condition::Before(Instant(start)),
            "after" => Condition::After(Instant(end)),
            _ => Condition::During(Instant(start)..Instant(end)),
        }),
    })
}

fn pattern(value: &str, is_quoted: bool, is_open: bool) -> Option<Pattern> {
    let starred = !is_quoted && value.ends_with('*');
    let words = folded_words(value);
    (!words.is_empty()).then_some(Pattern {
        words,
        is_prefix: starred || is_open,
        is_exact: is_quoted,
    })
}

fn standing(value: &str, is_open: bool) -> Result<Option<BTreeSet<Standing>>, QueryFault> {
    if value.is_empty() {
        return Ok(None);
    }
    let value = value.to_lowercase();
    let fits = |standing: &Standing| {
        let name = standing.as_str();
        name == value || is_open && name.starts_with(&value)
    };
    let found: BTreeSet<Standing> = Standing::ALL.into_iter().filter(fits).collect();
    if found.is_empty() {
        let all: Vec<&str> = Standing::ALL.into_iter().map(Standing::as_str).collect();
        return Err(QueryFault {
            message: format!("expected a standing after `standing:`, found `{value}`"),
            hint: format!("write one of {}", all.join(", ")),
        });
    }
    Ok(Some(found))
}

/// The time that a date names, in `zone`.
fn span_of(field: &str, value: &str, zone: &Zone) -> Result<Option<(i64, i64)>, QueryFault> {
    if value.is_empty() {
        return Ok(None);
    }
    let date = Date::parse(value, Some(zone)).map_err(|error| QueryFault {
        message: format!("after `{field}:`, {}", error.message),
        hint: error.hint,
    })?;
    let span = extent(&date, zone).ok_or_else(|| QueryFault {
        message: format!(
            "expected a date with a beginning or an end after `{field}:`, found `{value}`"
        ),
        hint: "write a day, month or year, for example `2025-03`".to_owned(),
    })?;
    Ok(Some(span))
}

#[cfg(test)]
mod tests;
