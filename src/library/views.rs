//! Saved views of a library, by name, in a plain file that may be shared and edited: `.sourceline/views.toml`.
//!
//! ```toml
//! [[view]]
//! name = "Ceasefire talks"
//! search = "ceasefire -draft"
//! lanes = ["Diplomacy"]
//! standings = ["disputed"]
//! from = "2025-03"
//! to = "2025-04"
//! ```
//!
//! When a view is saved, whatever it does not change stays as it is written: other views, their order, comments, keys that
//! this version does not know. A file that cannot be read is told and never overwritten.

use super::filter::{Criteria, Field};
use crate::date::{CivilTime, Date, Instant, Precision, Zone};
use crate::disk;
use std::fs;
use std::io::{self, Read as _};
use std::iter;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, RawString, Table, TableLike, Value};

/// The longest file of views that is read, in bytes: thousands of views. A library may come from a stranger.
const MAX_VIEWS_BYTES: u64 = 1024 * 1024;

/// What a view shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub name: String,
    /// As typed into the search field; only what it finds is shown.
    pub search: String,
    pub criteria: Criteria,
    /// What the lanes stand for, by its stable word; empty: as it is.
    pub group: String,
}

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

/// Why views cannot be read or saved; a sentence.
#[derive(Debug, thiserror::Error)]
pub enum ViewsFault {
    #[error("{path} cannot be read as views, so nothing is saved there: {why}")]
    Damaged { path: String, why: String },
    #[error("{path} cannot be {done}: {error}")]
    Io {
        path: String,
        done: &'static str,
        error: io::Error,
    },
}

/// Where the views of the library in this folder are kept.
pub fn path_in(root: &Path) -> PathBuf {
    root.join(".sourceline").join("views.toml")
}

/// All views of a library; none when the file is not there.
///
/// # Errors
///
/// When the file is there and cannot be read.
pub fn read(root: &Path) -> Result<Vec<View>, ViewsFault> {
    let path = path_in(root);
    stays_inside(root, &path)?;
    from_text(&read_text(&path)?).map_err(|why| damaged(&path, why))
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

/// Saves a view, in the place of one of the same name, and returns all there are then. The file is replaced as a whole.
///
/// # Errors
///
/// When the file is there and cannot be read, or cannot be written.
pub fn save(root: &Path, view: &View) -> Result<Vec<View>, ViewsFault> {
    change(root, |text| text_with(text, view))
}

/// Takes a view out, and returns those that are left and what was taken.
///
/// # Errors
///
/// As [`save`].
pub fn delete(root: &Path, name: &str) -> Result<(Vec<View>, Option<Removed>), ViewsFault> {
    let mut taken = None;
    let left = change(root, |text| {
        let (text, removed) = text_without(text, name)?;
        taken = removed;
        Ok(text)
    })?;
    Ok((left, taken))
}

/// Puts back what was taken out, as it was written, at the end; where its name has been given to another since, that one stays.
///
/// # Errors
///
/// As [`save`].
pub fn put_back(root: &Path, removed: &Removed) -> Result<Vec<View>, ViewsFault> {
    change(root, |text| {
        let taken = document(&removed.written)?.remove("view");
        let tables = taken.unwrap_or_default().into_array_of_tables();
        let tables = tables.unwrap_or_default();
        change_text(text, |list| {
            if list.iter().all(|it| name_of(it) != Some(&removed.name)) {
                for mut table in tables {
                    // Not the place that it had.
                    table.set_position(None);
                    list.push(table);
                }
            }
        })
    })
}

fn change(
    root: &Path,
    work: impl FnOnce(&str) -> Result<String, String>,
) -> Result<Vec<View>, ViewsFault> {
    let path = path_in(root);
    stays_inside(root, &path)?;
    // Until this one is done, another window waits: what it saves would else be lost, or this.
    let _turn = wait_for_turn(&path);
    let text = work(&read_text(&path)?).map_err(|why| damaged(&path, why))?;
    let views = from_text(&text).map_err(|why| damaged(&path, why))?;
    if text.len() as u64 > MAX_VIEWS_BYTES {
        return Err(damaged(&path, too_long()));
    }
    let written = fs::create_dir_all(path.parent().unwrap_or(root))
        .and_then(|()| disk::replace(&path, text.as_bytes()));
    written.map_err(|error| ViewsFault::Io {
        path: path.display().to_string(),
        done: "written",
        error,
    })?;
    Ok(views)
}

fn change_text(text: &str, work: impl FnOnce(&mut ArrayOfTables)) -> Result<String, String> {
    let mut document = document(text)?;
    views_of(&document)?;
    // A list of tables in one line, which a person may have written, becomes one of tables below each other.
    let list = document.remove("view").unwrap_or_default();
    let mut list = list.into_array_of_tables().unwrap_or_default();
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

/// A stranger's library may hold links in the place of the folder or of the file: what leads out of it is neither read nor
/// written.
fn stays_inside(root: &Path, path: &Path) -> Result<(), ViewsFault> {
    let Ok(root) = root.canonicalize() else {
        return Ok(());
    };
    let below = path.ancestors().take(2);
    for there in below.filter_map(|part| part.canonicalize().ok()) {
        if !there.starts_with(&root) {
            let why = "it is a link that leads out of the library; remove it first";
            return Err(damaged(path, why.to_owned()));
        }
    }
    Ok(())
}

/// Holds the folder that the views lie in, until dropped. Where a folder cannot be held (not on Unix, some network
/// drives), saving goes on without: the file is whole all the same.
fn wait_for_turn(path: &Path) -> Option<fs::File> {
    let folder = path.parent()?;
    fs::create_dir_all(folder).ok()?;
    let folder = fs::File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

fn read_text(path: &Path) -> Result<String, ViewsFault> {
    let failed = |error| ViewsFault::Io {
        path: path.display().to_string(),
        done: "read",
        error,
    };
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => {}
        // A pipe might never end.
        Ok(_) => return Err(damaged(path, "it is not a regular file".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(failed(error)),
    }
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // One more than may be, to see whether there is more.
    let mut start = file.take(MAX_VIEWS_BYTES + 1);
    start.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_VIEWS_BYTES {
        return Err(damaged(path, too_long()));
    }
    String::from_utf8(bytes).map_err(|_| damaged(path, "it is not UTF-8".to_owned()))
}

fn too_long() -> String {
    format!("expected at most {MAX_VIEWS_BYTES} bytes, found more")
}

fn damaged(path: &Path, why: String) -> ViewsFault {
    ViewsFault::Damaged {
        path: path.display().to_string(),
        why,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn view(name: &str) -> View {
        let mut view = View {
            name: name.to_owned(),
            search: "ceasefire -draft".to_owned(),
            ..View::default()
        };
        view.criteria.set(Field::Lane, "Diplomacy/Riyadh", true);
        view.criteria.set(Field::Standing, "disputed", true);
        view.criteria.range = Some(Instant(1_742_256_000_000)..Instant(1_742_342_400_500));
        view
    }

    #[test]
    fn a_view_comes_back_as_it_was_saved() {
        let root = tempfile::tempdir().expect("a folder");
        assert_eq!(read(root.path()).expect("no views"), []);
        save(root.path(), &view("One")).expect("saved");
        let all = save(root.path(), &view("Two")).expect("saved");
        assert_eq!(all, [view("One"), view("Two")]);
        assert_eq!(read(root.path()).expect("views"), all);
        let changed = View {
            search: String::new(),
            ..view("One")
        };
        assert_eq!(
            save(root.path(), &changed).expect("saved"),
            [changed.clone(), view("Two")]
        );
        let (left, taken) = delete(root.path(), "Two").expect("saved");
        assert_eq!(left, [changed]);
        assert_eq!(taken.expect("a view").name(), "Two");
    }

    #[test]
    fn moments_of_any_year_are_written_so_that_they_can_be_read() {
        let root = tempfile::tempdir().expect("a folder");
        let old = View {
            criteria: Criteria {
                range: Some(Instant(-63_517_824_000_000)..Instant(i64::MAX)),
                ..Criteria::default()
            },
            ..view("Old")
        };
        assert_eq!(save(root.path(), &old).expect("saved"), [old]);
    }

    #[test]
    fn an_end_in_deep_time_stays_where_it_is() {
        for to in ["Y-170000000", "Y170000000", "9999", "Y-10000"] {
            let text = format!("[[view]]\nname = \"Old\"\nto = \"{to}\"\n");
            let views = from_text(&text).expect("views");
            let saved = text_with(&text, &views[0]).expect("saved");
            assert_eq!(from_text(&saved), Ok(views), "{saved}");
        }
    }

    #[test]
    fn what_people_write_is_read_and_unknown_keys_are_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let path = path_in(root.path());
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let text = "color = \"red\"\n\n[[view]]\nname = \"March\"\nactors = \"Ann\"\nfrom = \"2025-03\"\nto = \"2025-03\"\nnote = \"mine\"\n";
        fs::write(&path, text).expect("a file");
        let views = read(root.path()).expect("views");
        assert_eq!(views[0].criteria.values(Field::Actor), ["Ann"]);
        let range = views[0].criteria.range.clone().expect("a range");
        assert_eq!(range.start.to_iso_utc(), "2025-03-01T00:00:00Z");
        assert_eq!(range.end.to_iso_utc(), "2025-04-01T00:00:00Z");
        save(root.path(), &views[0]).expect("saved");
        save(root.path(), &view("Other")).expect("saved");
        let after = fs::read_to_string(&path).expect("a file");
        assert!(
            after.contains("color = \"red\"") && after.contains("note = \"mine\""),
            "{after}"
        );
    }

    #[test]
    fn comments_and_order_are_kept() {
        let text = "# Ours\ncolor = \"red\"\n\n# For the desk\n[[view]]\nname = \"March\" # of 2025\nactors = [\"Ann\"]\nfrom = \"2025-03\"\nnote = \"mine\" # not yours\n\n# The last\n[[view]]\nname = \"Rest\"\n";
        let views = from_text(text).expect("views");
        let found = View {
            search: "call".to_owned(),
            ..views[0].clone()
        };
        let after = text_with(text, &found).expect("saved");
        for kept in [
            "# Ours\ncolor = \"red\"",
            "# For the desk\n[[view]]\nname = \"March\" # of 2025\n",
            "note = \"mine\" # not yours",
            "# The last\n[[view]]\nname = \"Rest\"",
        ] {
            assert!(after.contains(kept), "{after}");
        }
        assert_eq!(from_text(&after), Ok(vec![found, views[1].clone()]));
        assert!(
            after.contains("actors = [\"Ann\"]\nfrom = \"2025-03\"\n"),
            "what has not changed stays as it is written: {after}"
        );
        let (after, _) = text_without(text, "March").expect("saved");
        assert!(after.starts_with("# Ours\ncolor = \"red\"\n"), "{after}");
        assert!(
            after.ends_with("# The last\n[[view]]\nname = \"Rest\"\n"),
            "{after}"
        );
        assert_eq!(from_text(&after), Ok(vec![views[1].clone()]));
    }

    #[test]
    fn what_was_taken_out_comes_back_as_it_was_written() {
        let root = tempfile::tempdir().expect("a folder");
        let path = path_in(root.path());
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let of_march = "# For March\n[[view]]\nname = \"March\"\nfrom = \"2025-03\" # all of it\nnote = \"mine\"\n";
        let text = format!("# Views of the desk\n\n{of_march}\n[[view]]\nname = \"Rest\"\n");
        fs::write(&path, &text).expect("a file");
        let before = read(root.path()).expect("views");
        let (left, taken) = delete(root.path(), "March").expect("saved");
        assert_eq!(left, before[1..]);
        let without = fs::read_to_string(&path).expect("a file");
        assert_eq!(
            without,
            "# Views of the desk\n\n[[view]]\nname = \"Rest\"\n"
        );
        let taken = taken.expect("a view");
        let mut back = put_back(root.path(), &taken).expect("saved");
        let after = fs::read_to_string(&path).expect("a file");
        assert!(after.ends_with(of_march), "{after}");
        back.reverse();
        assert_eq!(back, before);

        // The name has been given away since.
        delete(root.path(), "March").expect("saved");
        let other = View {
            search: "call".to_owned(),
            ..view("March")
        };
        save(root.path(), &other).expect("saved");
        let after = put_back(root.path(), &taken).expect("saved");
        assert_eq!(after.last(), Some(&other));
        assert_eq!(after.len(), 2);
    }

    #[test]
    fn a_list_in_one_line_is_read_and_can_be_added_to() {
        let text = "view = [{ name = \"March\", actors = [\"Ann\"] }, { name = \"Rest\" }]\n";
        let views = from_text(text).expect("views");
        assert_eq!(views.len(), 2);
        let after = text_with(text, &view("One")).expect("saved");
        let expected = vec![views[0].clone(), views[1].clone(), view("One")];
        assert_eq!(from_text(&after), Ok(expected), "{after}");
        let (none, taken) = text_without("view = []\n", "One").expect("saved");
        assert!(taken.is_none());
        assert_eq!(from_text(&none), Ok(Vec::new()));
    }

    #[test]
    fn spaces_around_a_search_are_not_part_of_it() {
        let text = "[[view]]\nname = \"a\"\nsearch = \" ceasefire -draft \"\n";
        let views = from_text(text).expect("views");
        assert_eq!(views[0].search, "ceasefire -draft");
        let saved = text_with(text, &views[0]).expect("saved");
        assert_eq!(from_text(&saved), Ok(views));
    }

    #[test]
    fn a_damaged_file_is_told_and_left_alone() {
        for text in [
            "[[view",
            "view = 3",
            "[[view]]\nsearch = \"x\"",
            "[[view]]\nname = \"a\"\nstandings = [\"good\"]",
            "[[view]]\nname = \"a\"\nfrom = \"18.03.2025\"",
            "[[view]]\nname = \"a\"\nlanes = [1]",
            "[[view]]\nname = \"a\"\nfrom = \"4050-03\"\nto = \"2025-04\"",
            &format!("[[view]]\nname = \"{}\"\n", "a".repeat(1024 * 1024)),
        ] {
            let root = tempfile::tempdir().expect("a folder");
            let path = path_in(root.path());
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, text).expect("a file");
            let told = read(root.path()).expect_err(text).to_string();
            assert!(
                told.contains("views.toml cannot be read as views"),
                "{told}"
            );
            save(root.path(), &view("One")).expect_err(text);
            assert_eq!(fs::read_to_string(&path).expect("a file"), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_of_the_library_is_neither_read_nor_written() {
        let view = View {
            name: "Calls".to_owned(),
            ..View::default()
        };
        let outside = tempfile::tempdir().expect("a folder");
        let root = tempfile::tempdir().expect("a folder");
        let inside = root.path().join(".sourceline");
        std::os::unix::fs::symlink(outside.path(), &inside).expect("a link");
        assert!(save(root.path(), &view).is_err());
        assert!(!outside.path().join("views.toml").exists());

        save(outside.path(), &view).expect("a library of its own");
        let other = path_in(outside.path());
        fs::remove_file(&inside).expect("the link");
        fs::create_dir(&inside).expect("a folder");
        std::os::unix::fs::symlink(&other, inside.join("views.toml")).expect("a link");
        assert!(read(root.path()).is_err());
        assert!(save(root.path(), &view).is_err());
        fs::remove_file(inside.join("views.toml")).expect("the link");
        assert_eq!(
            save(root.path(), &view).map(|views| views.len()).ok(),
            Some(1)
        );
    }
}
