//! Sources: Hayagriva's fields, and what the format adds to them.

use super::written;
use crate::model::{FieldValue, Source, SourceOrigin};
use crate::text::Text;
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Serialize)]
pub(super) struct SourceJson<'a> {
    key: &'a str,
    /// Further keys that lead to it, because their definitions have its address.
    other_keys: &'a [Text],
    #[serde(rename = "type")]
    entry_type: &'a str,
    genre: Option<&'a str>,
    title: Option<&'a str>,
    authors: &'a [Text],
    publisher: Option<&'a str>,
    date: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    via: Option<&'a str>,
    archived: Option<&'a str>,
    copy: Option<&'a str>,
    /// Where the copy was taken from, and when.
    copy_url: Option<&'a str>,
    copy_date: Option<&'a str>,
    kind: Option<&'a str>,
    reliability: Option<char>,
    /// Its interest in the matter; empty when the author names none, `null` when it has none.
    party: Option<&'a str>,
    based_on: &'a [Text],
    /// `briefing`, `inline`, or the path of the bibliography.
    origin: &'a str,
    /// Fields of Hayagriva's that have no key of their own here.
    more: Map<String, Value>,
}

impl<'a> SourceJson<'a> {
    pub(super) fn of(source: &'a Source) -> Self {
        let details = &*source.details;
        let copy = source.copy.as_deref();
        Self {
            key: &source.key,
            other_keys: &details.other_keys,
            entry_type: &source.entry_type,
            genre: details.genre.as_deref(),
            title: source.title.as_deref(),
            authors: &source.authors,
            publisher: source.publisher.as_deref(),
            date: written(source.date.as_deref()),
            language: details.language.as_deref(),
            url: source.url.as_deref(),
            via: details.via.as_deref(),
            archived: details.archived.as_deref(),
            copy: copy.map(|copy| copy.file.as_str()),
            copy_url: copy.and_then(|copy| copy.url.as_deref()),
            copy_date: copy.and_then(|copy| written(copy.date.as_ref())),
            kind: source.kind.map(|kind| kind.as_str()),
            reliability: source.reliability,
            party: details.party.as_deref(),
            based_on: &details.based_on,
            origin: match &source.origin {
                SourceOrigin::Briefing => "briefing",
                SourceOrigin::Inline => "inline",
                SourceOrigin::Shared(path) => path,
            },
            more: fields(&details.more),
        }
    }
}

fn fields(of: &[(String, FieldValue)]) -> Map<String, Value> {
    of.iter()
        .map(|(name, value)| (name.clone(), field(value)))
        .collect()
}

fn field(of: &FieldValue) -> Value {
    match of {
        FieldValue::Text(words) => Value::from(words.as_str()),
        FieldValue::List(values) => values.iter().map(field).collect(),
        FieldValue::Mapping(of) => Value::Object(fields(of)),
    }
}
