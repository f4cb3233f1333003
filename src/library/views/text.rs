//! Views as text: what stands in their file, and what of it changes when one is saved or taken out.

use super::View;
use crate::date::{CivilTime, Date, Instant, Precision, Zone};
use crate::library::filter::{Criteria, Field};
use std::iter;
use std::ops::Range;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, RawString, Table, TableLike, Value};

/// A view that was taken out of the file, as it was written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    name: String,
    /// The text of a file with it alone.
    written: String,
}

impl Removed {
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The views in the text of a file.
///
/// # Errors
///
/// A sentence that says why it holds no views.
pub fn from_text(text: &str) -> Result<Vec<View>, String> {
    views_of(&document(text)?)
}

/// The text of a file with a view in it, in the place of one of the same name.
///
/// # Errors
///
/// As [`from_text`].
pub fn text_with(text: &str, view: &View) -> Result<String, String> {
    change_text(text, |list| {
        let is_same = |table: &Table| name_of(table) == Some(&view.name);
        let at = list.iter().position(is_same);
        if let Some(there) = at.and_then(|at| list.get_mut(at)) {
            write_into(view, there);
        } else {
            let mut table = Table::new();
            write_into(view, &mut table);
            list.push(table);
        }
    })
}

/// The text of a file without the view of this name, and what was taken out.
///
/// # Errors
///
/// As [`from_text`].
pub fn text_without(text: &str, name: &str) -> Result<(String, Option<Removed>), String> {
    let mut removed = None;
    let text = change_text(text, |list| {
        let Some(at) = list.iter().position(|table| name_of(table) == Some(name)) else {
            return;
        };
        let mut table = list.get(at).cloned().unwrap_or_default();
        list.remove(at);
        list.retain(|table| name_of(table) != Some(name));
        // What stands at the head of the file, before the last empty line above its first view, is about the file.
        let above = table.decor().prefix().and_then(RawString::as_str);
        if at == 0
            && let Some((head, own)) = above.and_then(|above| above.rsplit_once("\n\n"))
            && let Some(next) = list.get_mut(0)
        {
            let of_next = next.decor().prefix().and_then(RawString::as_str);
            let of_next = of_next.unwrap_or_default().trim_start_matches('\n');
            let (head, own) = (format!("{head}\n\n{of_next}"), own.to_owned());
            next.decor_mut().set_prefix(head);
            table.decor_mut().set_prefix(own);
        }
        let mut alone = DocumentMut::new();
        alone.insert("view", Item::ArrayOfTables(iter::once(table).collect()));
        removed = Some(Removed {
            name: name.to_owned(),
            written: alone.to_string(),
        });
    })?;
    Ok((text, removed))
}

/// The text of a file with what was taken out, as it was written, at the end; where its name has been given to another since,
/// that one stays.
///
/// # Errors
///
/// As [`from_text`].
pub fn text_with_again(text: &str, removed: &Removed) -> Result<String, String> {
    let taken = list_of(&mut document(&removed.written)?);
    change_text(text, |list| {
        if list.iter().all(|it| name_of(it) != Some(&removed.name)) {
            for mut table in taken {
                // Not the place that it had.
                table.set_position(None);
                list.push(table);
            }
        }
    })
}

fn change_text(text: &str, work: impl FnOnce(&mut ArrayOfTables)) -> Result<String, String> {
    let mut document = document(text)?;
    views_of(&document)?;
    let mut list = list_of(&mut document);
    work(&mut list);
    if !list.is_empty() {
        document.insert("view", Item::ArrayOfTables(list));
    }
    Ok(document.to_string())
}

fn document(text: &str) -> Result<DocumentMut, String> {
    text.parse()
        .map_err(|error: toml_edit::TomlError| error.message().to_owned())
}

/// Takes the views out of a document. A list of tables in one line, which a person may have written, becomes one of tables
/// below each other.
fn list_of(document: &mut DocumentMut) -> ArrayOfTables {
    let list = document.remove("view").unwrap_or_default();
    list.into_array_of_tables().unwrap_or_default()
}

fn name_of(table: &Table) -> Option<&str> {
    table.get("name")?.as_str()
}

fn views_of(document: &DocumentMut) -> Result<Vec<View>, String> {
    let tables: Vec<Option<&dyn TableLike>> = match document.get("view") {
        None => Vec::new(),
        Some(Item::ArrayOfTables(list)) => list.iter().map(|it| Some(it as _)).collect(),
        Some(Item::Value(Value::Array(list))) => list
            .iter()
            .map(|it| Some(it.as_inline_table()? as _))
            .collect(),
        Some(_) => return Err("expected `[[view]]`, found another kind of value".to_owned()),
    };
    let views = tables.into_iter().zip(1..).map(|(table, number)| {
        let Some(table) = table else {
            return Err(format!("expected a table for view {number}"));
        };
        view_of(table).map_err(|why| format!("view {number}: {why}"))
    });
    views.collect()
}

fn view_of(table: &dyn TableLike) -> Result<View, String> {
    let text = |key: &str| match table.get(key) {
        None => Ok(String::new()),
        Some(item) => match item.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(format!("expected text for `{key}`")),
        },
    };
    let name = text("name")?;
    if name.trim().is_empty() {
        return Err("expected a `name`, found none".to_owned());
    }
    let mut view = View {
        name,
        search: text("search")?.trim().to_owned(),
        group: text("group")?,
        criteria: Criteria::default(),
    };
    for field in Field::ALL {
        for word in words(table, field.key())? {
            let before = view.criteria.values(field).len();
            view.criteria.set(field, word, true);
            if view.criteria.values(field).len() == before && field == Field::Standing {
                return Err(format!("expected a standing, found `{word}`"));
            }
        }
    }
    view.criteria.range = range(&text("from")?, &text("to")?)?;
    Ok(view)
}

fn words<'a>(table: &'a dyn TableLike, key: &str) -> Result<Vec<&'a str>, String> {
    let wrong = || format!("expected a list of words for `{key}`");
    match table.get(key) {
        None => Ok(Vec::new()),
        Some(Item::Value(Value::String(word))) => Ok(vec![word.value()]),
        Some(Item::Value(Value::Array(list))) => {
            let words = list.iter().map(Value::as_str);
            words.collect::<Option<_>>().ok_or_else(wrong)
        }
        Some(_) => Err(wrong()),
    }
}

/// The time between two dates as written; either may be missing.
fn range(from: &str, to: &str) -> Result<Option<Range<Instant>>, String> {
    let date = |key: &str, text: &str| {
        if text.trim().is_empty() {
            return Ok(None);
        }
        Date::parse(text, Some(&Zone::utc()))
            .map(Some)
            .map_err(|error| format!("`{key}`: {}; {}", error.message, error.hint))
    };
    let start = date("from", from)?.and_then(|date| date.earliest());
    // A day or a month is meant to its end; a moment is where it ends.
    let end = date("to", to)?.and_then(|date| {
        if date.precision() >= Precision::Second {
            date.earliest()
        } else {
            date.latest()
        }
    });
    Ok(match (start, end) {
        (None, None) => None,
        (start, end) => {
            let range = start.unwrap_or(Instant(i64::MIN))..end.unwrap_or(Instant(i64::MAX));
            if range.start > range.end {
                return Err(format!(
                    "expected `from` before `to`, found {from} and {to}"
                ));
            }
            Some(range)
        }
    })
}

/// Writes what is not there as it is.
fn write_into(view: &View, table: &mut Table) {
    let before = view_of(table).unwrap_or_default();
    // What stands behind a value in its line, such as a comment, stays there.
    let mut put = |key: &str, value: Option<Value>| match (value, table.get_mut(key)) {
        (Some(mut value), Some(Item::Value(before))) => {
            *value.decor_mut() = before.decor().clone();
            *before = value;
        }
        (Some(value), _) => {
            table.insert(key, Item::Value(value));
        }
        (None, _) => {
            table.remove(key);
        }
    };
    for (key, before, now) in [
        ("name", before.name.as_str(), view.name.as_str()),
        ("search", &before.search, view.search.trim()),
        ("group", &before.group, &view.group),
    ] {
        if before != now {
            put(key, (!now.is_empty()).then(|| now.into()));
        }
    }
    for field in Field::ALL {
        let values = view.criteria.values(field);
        if before.criteria.values(field) != values {
            let list: Array = values.iter().copied().collect();
            put(field.key(), (!values.is_empty()).then(|| list.into()));
        }
    }
    if before.criteria.range != view.criteria.range {
        let range = view.criteria.range.as_ref();
        let bound = |at: Option<Instant>, is_end: bool| {
            at.filter(|at| at.0 != i64::MIN && at.0 != i64::MAX)
                .map(|at| Value::from(written(at, is_end)))
        };
        put("from", bound(range.map(|range| range.start), false));
        put("to", bound(range.map(|range| range.end), true));
    }
}

/// A moment as dates are written in briefings; beyond four digits of a year, the year alone: for an end, the last
/// that is in it, since a year is meant to its own end.
fn written(at: Instant, is_end: bool) -> String {
    let is_short = |year: i64| (-9999..=9999).contains(&year);
    let civil = CivilTime::from_ms(at.0);
    if !is_short(civil.date.year) {
        let within = CivilTime::from_ms(at.0.saturating_sub(i64::from(is_end)));
        let year = within.date.year;
        let sign = if year < 0 { "-" } else { "" };
        return match is_short(year) {
            true => format!("{sign}{:04}", year.abs()),
            false => format!("Y{year}"),
        };
    }
    let year = civil.date.year;
    let sign = if year < 0 { "-" } else { "" };
    let fraction = match civil.millisecond {
        0 => String::new(),
        ms => format!(".{ms:03}"),
    };
    format!(
        "{sign}{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}Z",
        year.abs(),
        civil.date.month,
        civil.date.day,
        civil.hour,
        civil.minute,
        civil.second
    )
}
