//! CSL-JSON, as Zotero and Pandoc write it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one file, and back from where they are above 0"
)]

use super::super::bounds;
use super::super::front::bounded;
use super::super::front::values::Values;
use super::super::yaml::quoted;
use crate::model::{FieldValue, Source, SourceDetails, SourceOrigin};
use crate::problem::Code;
use crate::span::{LineIndex, Span};
use crate::text::Text;
use serde_json::{Map, Value};

/// The most signs of a file; its punctuation is many times that of other formats. A part of JSON cannot be read.
const MAX_SIGNS: usize = 4 * bounds::MAX_FRONT_SIGNS;

/// Reads an array of items, or an object with the array under `items`.
pub fn sources(origin: &SourceOrigin, values: &mut Values) -> Vec<Source> {
    let text = values.file.trim_start_matches('\u{feff}');
    if bounds::signs(text.as_bytes()) > MAX_SIGNS {
        values.problem(
            Code::FileTooLarge,
            Span::default(),
            format!("expected a bibliography with at most {MAX_SIGNS} signs in it, found more"),
            "split the bibliography",
        );
        return Vec::new();
    }
    // The reader itself stops at a depth of 128.
    let root: Value = match serde_json::from_str(text) {
        Ok(root) => root,
        Err(error) => {
            let at = offset(values.file, error.line(), error.column());
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or_default();
            values.problem(
                Code::BibliographySyntax,
                Span::at(at),
                format!("expected JSON, found a fault: {said}"),
                "mend the JSON, or export the bibliography anew as CSL-JSON",
            );
            return Vec::new();
        }
    };
    let items = match &root {
        Value::Array(items) => Some(items),
        Value::Object(fields) => fields.get("items").and_then(Value::as_array),
        _ => None,
    };
    let Some(items) = items else {
        values.problem(
            Code::BibliographySyntax,
            Span::default(),
            "expected a list of items, found none",
            "export the bibliography as CSL-JSON: `[{\"id\": …, \"title\": …}, …]`",
        );
        return Vec::new();
    };
    let items = bounded(items, |_| Span::default(), values);
    let mut sources = Vec::with_capacity(items.len());
    for item in items {
        match item
            .as_object()
            .and_then(|item| source(item, origin, values))
        {
            Some(source) => sources.push(source),
            None => values.problem(
                Code::BibliographySyntax,
                Span::default(),
                format!(
                    "expected an item with an `id`, found {}",
                    quoted(&item.to_string())
                ),
                "give the item an `id`, by which a briefing can cite it",
            ),
        }
    }
    sources
}

fn source(item: &Map<String, Value>, origin: &SourceOrigin, values: &mut Values) -> Option<Source> {
    let text = |name: &str| item.get(name).and_then(text_of);
    let held = |name: &str| text(name).map(Text::from);
    let key = text("id")?;
    let date = item.get("issued").and_then(date_words);
    let mut source = Source {
        entry_type: held("type").unwrap_or_default(),
        title: held("title"),
        authors: item
            .get("author")
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |names| {
                names.iter().filter_map(name).map(Text::from).collect()
            }),
        date: date
            .and_then(|words| values.date_of(&words, Span::default()))
            .map(Box::new),
        publisher: held("container-title").or_else(|| held("publisher")),
        url: held("URL"),
        origin: origin.clone(),
        key: key.into(),
        details: SourceDetails {
            genre: held("genre"),
            language: held("language"),
            ..SourceDetails::default()
        }
        .into(),
        ..Source::default()
    };
    const READ: [&str; 9] = [
        "id",
        "type",
        "genre",
        "title",
        "author",
        "issued",
        "container-title",
        "URL",
        "language",
    ];
    for (name, value) in item {
        if !READ.contains(&name.as_str())
            && let Some(value) = field_value(value)
        {
            source.details.more.push((name.clone(), value));
        }
    }
    Some(source)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn name(value: &Value) -> Option<String> {
    let part = |name: &str| value.get(name).and_then(text_of);
    part("literal").or_else(|| {
        let family = [part("non-dropping-particle"), part("family")];
        let family = family.into_iter().flatten().collect::<Vec<_>>().join(" ");
        match part("given") {
            Some(given) if !family.is_empty() => Some(format!("{family}, {given}")),
            Some(given) => Some(given),
            None => Some(family).filter(|family| !family.is_empty()),
        }
    })
}

/// `{"date-parts": [[2025, 3, 18], [2025, 3, 20]]}` becomes `2025-03-18/2025-03-20`; `raw` and `literal` stay.
fn date_words(value: &Value) -> Option<String> {
    if let Some(words) = ["raw", "literal"]
        .iter()
        .find_map(|name| text_of(value.get(name)?))
    {
        return Some(words);
    }
    let ends = value.get("date-parts")?.as_array()?;
    let mut words = Vec::new();
    for parts in ends {
        let numbers: Vec<i64> = parts
            .as_array()?
            .iter()
            .map_while(|part| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok()))
            .collect();
        let (year, rest) = numbers.split_first()?;
        let sign = if *year < 0 { "-" } else { "" };
        let mut day = format!("{sign}{:04}", year.unsigned_abs());
        for part in rest {
            day.push_str(&format!("-{part:02}"));
        }
        words.push(day);
    }
    Some(words.join("/")).filter(|words| !words.is_empty())
}

/// A field that is kept as it stands.
fn field_value(value: &Value) -> Option<FieldValue> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(FieldValue::Text(yes.to_string())),
        Value::Number(_) | Value::String(_) => text_of(value).map(FieldValue::Text),
        Value::Array(items) => Some(FieldValue::List(
            items.iter().filter_map(field_value).collect(),
        )),
        Value::Object(fields) => Some(FieldValue::Mapping(
            fields
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), field_value(value)?)))
                .collect(),
        )),
    }
}

/// The byte at a line and column, as `serde_json` counts them: lines from 1, columns in bytes from 1.
fn offset(file: &str, line: usize, column: usize) -> usize {
    let start = LineIndex::new(file).line_start(line);
    let mut at = (start + column.saturating_sub(1)).min(file.len());
    while !file.is_char_boundary(at) {
        at -= 1;
    }
    at
}
