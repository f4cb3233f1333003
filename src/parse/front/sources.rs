//! The definition of a source: under `sources`, inside an event, or in a bibliography.

use super::keys::{Fields, Key, SOURCE};
use super::values::{Split, Values};
use crate::model::{CopyRef, FieldValue, Source, SourceDetails, SourceKind, SourceOrigin};
use crate::parse::yaml::{Entry, Kind, Node, quoted};
use crate::problem::Code;
use crate::span::Span;
use crate::text::Text;

/// Reads the mapping that defines a source. `key` is the one it stands under, where it stands under one; else
/// it may name its own, and the source's key is empty if it does not.
pub fn source(
    key: Option<&str>,
    entries: &[Entry],
    span: Span,
    origin: SourceOrigin,
    values: &mut Values,
) -> Source {
    let mut rest = Vec::new();
    let fields = Fields::of(entries, &SOURCE, values, |entry| rest.push(entry));
    let own_key = values.text(fields[Key::Id]);
    let details = SourceDetails {
        other_keys: Vec::new(),
        genre: values.text(fields[Key::Genre]),
        via: values.text(fields[Key::Via]),
        archived: values.text(fields[Key::Archived]),
        language: values.text(fields[Key::Lang]),
        party: party(fields[Key::Party], values),
        based_on: values
            .list::<Vec<_>>(fields[Key::BasedOn], Split::Commas)
            .into_iter()
            .map(|key| key.part(key.trim_start_matches('@')))
            .collect(),
        more: Vec::new(),
    };
    let mut source = Source {
        key: key.map_or_else(
            || own_key.unwrap_or_default(),
            |key| values.file.part(key.trim()),
        ),
        entry_type: values.text(fields[Key::EntryType]).unwrap_or_default(),
        title: values.title(fields[Key::Title]),
        authors: authors(fields[Key::Authors], values),
        date: values.date(fields[Key::Date]).map(Box::new),
        publisher: values.text(fields[Key::Publisher]),
        url: values.text(fields[Key::Url]),
        copy: copy(fields[Key::Copy], values).map(Box::new),
        kind: values.word(
            fields[Key::Kind],
            &[
                ("primary", SourceKind::Primary),
                ("secondary", SourceKind::Secondary),
                ("tertiary", SourceKind::Tertiary),
            ],
        ),
        reliability: reliability(fields[Key::Reliability], values),
        origin,
        span,
        details: details.into(),
    };
    for entry in rest {
        if source.publisher.is_none() && entry.key == "parent" {
            source.publisher = title_of_parent(&entry.value).map(|title| values.file.part(title));
        }
        if let Some(value) = field_value(&entry.value) {
            let key = entry.key.clone().into_owned();
            source.details.more.push((key, value));
        }
    }
    source
}

/// `Last, First`; a list of such; or Hayagriva's mapping of a name's parts.
fn authors(entry: Option<&Entry>, values: &mut Values) -> Vec<Text> {
    let Some(entry) = entry else {
        return Vec::new();
    };
    let nodes = match &entry.value.kind {
        Kind::Sequence(items) => items.as_slice(),
        Kind::Mapping(_) => std::slice::from_ref(&entry.value),
        Kind::Scalar { .. } => return values.list(Some(entry), Split::Semicolons),
    };
    nodes
        .iter()
        .filter_map(|node| match node.as_mapping() {
            Some(parts) => {
                let part = |name: &str| {
                    parts
                        .iter()
                        .find(|part| part.key == name)
                        .and_then(|part| part.value.as_text())
                };
                let family = [part("prefix"), part("name")].into_iter().flatten();
                let family = family.collect::<Vec<_>>().join(" ");
                let name = [Some(family.as_str()), part("given-name"), part("suffix")];
                let name = name.into_iter().flatten().collect::<Vec<_>>().join(", ");
                (!family.is_empty()).then(|| name.into())
            }
            None => values.text_of(node, &entry.key),
        })
        .collect()
}

/// A path, or `{file, url, date}`.
fn copy(entry: Option<&Entry>, values: &mut Values) -> Option<CopyRef> {
    let entry = entry?;
    let Some(parts) = entry.value.as_mapping() else {
        return values.text(Some(entry)).map(|file| CopyRef {
            file,
            url: None,
            date: None,
        });
    };
    let part = |names: &[&str]| parts.iter().find(|part| names.contains(&part.key.as_ref()));
    let file = values.text(part(&["file", "path"]));
    let url = values.text(part(&["url"]));
    let date = values.date(part(&["date", "accessed"]));
    if file.is_none() {
        values.wrong_kind(
            &entry.value,
            &format!("a path as `file` in `{}`", entry.key),
            "write `copy: sources/name.txt`, or `copy: {file: sources/name.txt}`",
        );
    }
    file.map(|file| CopyRef { file, url, date })
}

fn reliability(entry: Option<&Entry>, values: &mut Values) -> Option<char> {
    let entry = entry?;
    let text = values.text(Some(entry))?;
    let mut letters = text.chars().map(|letter| letter.to_ascii_uppercase());
    match (letters.next(), letters.next()) {
        (Some(letter @ 'A'..='F'), None) => Some(letter),
        _ => {
            values.problem(
                Code::ValueUnknown,
                entry.value.span,
                format!("expected a letter from A to F as `{}`, found {}", entry.key, quoted(&text)),
                "write only the letter, from A (reliable) to F (cannot be judged); the digit grades a single piece of evidence",
            );
            None
        }
    }
}

/// `true`, or words that say which interest; plain `false` and `no` are none.
fn party(entry: Option<&Entry>, values: &mut Values) -> Option<Text> {
    let text = values.joined(entry, ", ")?;
    let plain = matches!(
        entry?.value.kind,
        Kind::Scalar { plain: true, .. } | Kind::Sequence(_)
    );
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" if plain => Some(Text::default()),
        "false" | "no" if plain => None,
        _ => Some(text),
    }
}

/// Hayagriva says who published an article by the work it stands in.
fn title_of_parent<'n>(parent: &'n Node) -> Option<&'n str> {
    let parent = match &parent.kind {
        Kind::Sequence(items) => items.first()?,
        _ => parent,
    };
    let title = parent
        .as_mapping()?
        .iter()
        .find(|entry| entry.key == "title")?;
    match &title.value.kind {
        Kind::Mapping(parts) => parts
            .iter()
            .find(|part| part.key == "value")?
            .value
            .as_text(),
        _ => title.value.as_text(),
    }
}

/// A field that is kept as it stands. Trees are at most [`crate::parse::yaml::MAX_DEPTH`] deep.
fn field_value(node: &Node) -> Option<FieldValue> {
    match &node.kind {
        Kind::Scalar { .. } => node.as_text().map(|text| FieldValue::Text(text.to_owned())),
        Kind::Sequence(items) => Some(FieldValue::List(
            items.iter().filter_map(field_value).collect(),
        )),
        Kind::Mapping(entries) => Some(FieldValue::Mapping(
            entries
                .iter()
                .filter_map(|entry| {
                    Some((entry.key.clone().into_owned(), field_value(&entry.value)?))
                })
                .collect(),
        )),
    }
}
