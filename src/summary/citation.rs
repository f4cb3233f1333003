//! Sources in a citation style: CSL by hayagriva, from the styles that it carries.

#![expect(
    clippy::indexing_slicing,
    reason = "the rows of the distance are as long as the words, and one longer than none"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places in lists, lengths of words, and months and days, which begin with 1"
)]

mod locales;

use self::locales::Locales;
use super::prose::{Words, is_outward};
use crate::date::{CivilTime, Precision};
use crate::model::{FieldValue, Source};
use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{FontStyle, FontWeight, IndependentStyle, Style, StyleClass};
use hayagriva::types::{Date, EntryType, FormatString, Person, Publisher};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, Entry,
    Library,
};
use serde_json::Value;

/// Chicago, notes and bibliography: what policy papers and histories use.
pub const DEFAULT_STYLE: &str = "chicago-notes";

/// More sources than these are not told apart from each other by the style's rules, which compare all with all.
const MAX_TOLD_APART: usize = 400;

/// All styles: the name to ask for, and what it is called.
pub fn style_names() -> Vec<(&'static str, &'static str)> {
    let mut names: Vec<_> = ArchivedStyle::all()
        .iter()
        .filter_map(|style| Some((shortest(style.names())?, style.display_name())))
        .collect();
    names.sort_unstable_by_key(|(_, title)| *title);
    names.dedup();
    names
}

fn shortest(names: &'static [&'static str]) -> Option<&'static str> {
    names.iter().copied().min_by_key(|name| name.len())
}

/// A style and what it needs, ready to cite.
pub struct Citer {
    style: IndependentStyle,
    /// What it is called.
    pub title: &'static str,
    locales: Locales,
}

/// One source, cited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cited {
    /// In the list of sources.
    pub entry: Vec<Words>,
    /// The first time, and further times, in a note.
    pub first: Vec<Words>,
    pub further: Vec<Words>,
}

/// All sources, cited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bibliography {
    /// Indexes into the sources given, in the order of the list.
    pub order: Vec<usize>,
    /// One a source given.
    pub cited: Vec<Cited>,
}

impl Citer {
    /// # Errors
    ///
    /// A sentence with the styles that come near, when there is none of this name.
    pub fn new(style: &str, lang: Option<&str>) -> Result<Self, String> {
        let wanted = style.trim().to_lowercase();
        let known = ArchivedStyle::by_name(&wanted).or_else(|| match wanted.as_str() {
            "chicago" | "chicago-notes" => ArchivedStyle::by_name("chicago-notes"),
            _ => None,
        });
        let Some(known) = known else {
            return Err(unknown_style(&wanted));
        };
        let Style::Independent(style) = known.get() else {
            return Err(format!(
                "the style `{wanted}` needs another one that is not here"
            ));
        };
        Ok(Self {
            style,
            title: known.display_name(),
            locales: Locales::of(lang)?,
        })
    }

    /// Cites the sources. `number` is given by styles that number their list; others get the place in it.
    pub fn cite(&self, sources: &[&Source]) -> Bibliography {
        let entries: Vec<Entry> = sources
            .iter()
            .enumerate()
            .map(|(at, source)| entry(&at.to_string(), source))
            .collect();
        let mut cited = vec![Cited::default(); sources.len()];
        let mut order = Vec::with_capacity(sources.len());
        for first in (0..entries.len()).step_by(MAX_TOLD_APART) {
            let chunk = &entries[first..entries.len().min(first + MAX_TOLD_APART)];
            order.extend(self.cite_chunk(chunk, first, &mut cited));
        }
        if entries.len() > MAX_TOLD_APART && !self.is_numeric() {
            order.sort_by_cached_key(|&at| {
                cited.get(at).map_or_else(String::new, |cited| {
                    super::prose::plain_text(&cited.entry).to_lowercase()
                })
            });
        }
        Bibliography { order, cited }
    }

    fn is_numeric(&self) -> bool {
        self.style
            .bibliography
            .as_ref()
            .is_none_or(|list| list.sort.is_none())
    }

    fn cite_chunk(&self, entries: &[Entry], offset: usize, cited: &mut [Cited]) -> Vec<usize> {
        let Locales { code, known } = &self.locales;
        let mut driver = BibliographyDriver::new().with_citation_number_offset(offset);
        // Each source twice, so that the style's form for a source named before comes out too.
        let is_note = self.style.settings.class == StyleClass::Note;
        for turn in 0..2 {
            for (at, entry) in entries.iter().enumerate() {
                let number = is_note.then_some(turn * entries.len() + at + 1);
                driver.citation(CitationRequest::new(
                    vec![CitationItem::with_entry(entry)],
                    &self.style,
                    Some(code.clone()),
                    known,
                    number,
                ));
            }
        }
        let rendered = driver.finish(BibliographyRequest::new(
            &self.style,
            Some(code.clone()),
            known,
        ));
        for (at, citation) in rendered.citations.iter().enumerate() {
            let words = words_of(&citation.citation.0);
            let Some(of) = cited.get_mut(offset + at % entries.len()) else {
                continue;
            };
            if at < entries.len() {
                of.first = words;
            } else if entries.len() > 1 {
                of.further = words;
            } else {
                // Right after itself a style may say only "Ibid."
                of.further = of.first.clone();
            }
        }
        let mut order = Vec::with_capacity(entries.len());
        for item in rendered
            .bibliography
            .into_iter()
            .flat_map(|list| list.items)
        {
            let Ok(at) = item.key.parse::<usize>() else {
                continue;
            };
            if let Some(cited) = cited.get_mut(at) {
                cited.entry = words_of(&item.content.0);
                order.push(at);
            }
        }
        // A style without a list has only notes.
        for (at, cited) in cited
            .iter_mut()
            .enumerate()
            .skip(offset)
            .take(entries.len())
        {
            if cited.entry.is_empty() {
                cited.entry.clone_from(&cited.first);
            }
            if !order.contains(&at) {
                order.push(at);
            }
        }
        order
    }
}

fn unknown_style(wanted: &str) -> String {
    let mut near: Vec<(usize, &str)> = style_names()
        .into_iter()
        .map(|(name, _)| (distance(wanted, name), name))
        .collect();
    near.sort_unstable();
    let near: Vec<_> = near
        .iter()
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    format!(
        "expected the name of a citation style, found `{}`; near it are {}",
        wanted.escape_debug(),
        near.join(", ")
    )
}

/// The least number of letters to change; names are short.
fn distance(a: &str, b: &str) -> usize {
    // What begins alike is near, however long it goes on.
    if b.starts_with(a) {
        return 0;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

/// What to call a source in a narrow column: who speaks, else where it stands.
pub fn short_name(source: &Source) -> &str {
    let first_author = source.authors.first().map(|author| family_name(author));
    first_author
        .filter(|name| !name.is_empty())
        .or(source
            .publisher
            .as_deref()
            .filter(|name| !name.trim().is_empty()))
        .unwrap_or_else(|| source.label())
}

fn family_name(author: &str) -> &str {
    author.split(',').next().unwrap_or(author).trim()
}

// From our model to hayagriva's.

fn entry(key: &str, source: &Source) -> Entry {
    let entry_type = match entry_type(&source.entry_type) {
        // Styles call an article that stands in nothing a preprint.
        EntryType::Article if source.publisher.is_none() && !has_parent(source) => EntryType::Web,
        given => given,
    };
    let mut entry = Entry::new(key, entry_type);
    let title = source.title.as_deref().unwrap_or_else(|| source.label());
    entry.set_title(FormatString::with_value(title));
    let authors: Vec<Person> = source.authors.iter().map(|author| person(author)).collect();
    if !authors.is_empty() {
        entry.set_authors(authors);
    }
    if let Some(date) = source.date.as_deref().and_then(date) {
        entry.set_date(date);
    }
    if let Some(genre) = &source.details.genre {
        entry.set_genre(FormatString::with_value(genre.as_str()));
    }
    if let Some(publisher) = source.publisher.as_deref() {
        // An article stands in what publishes it, and styles name that as the container.
        match container(entry_type, !source.authors.is_empty()) {
            Some(kind) if !has_parent(source) => {
                let mut parent = Entry::new(key, kind);
                parent.set_title(FormatString::with_value(publisher));
                entry.set_parents(vec![parent]);
            }
            _ => entry.set_publisher(Publisher::new(
                Some(FormatString::with_value(publisher)),
                None,
            )),
        }
    }
    let mut more: Vec<(&str, Value)> = Vec::new();
    if let Some(address) = source.address().filter(|address| is_outward(address)) {
        more.push(("url", Value::from(address)));
    }
    if let Some(language) = &source.details.language {
        more.push(("language", Value::from(language.as_str())));
    }
    more.extend(
        source
            .details
            .more
            .iter()
            .map(|(name, value)| (name.as_str(), json(value))),
    );
    with_fields(key, entry, &more)
}

fn has_parent(source: &Source) -> bool {
    source.details.more.iter().any(|(name, _)| name == "parent")
}

/// Adds those fields that hayagriva can read. The others are not lost: they never were part of a citation.
fn with_fields(key: &str, mut entry: Entry, fields: &[(&str, Value)]) -> Entry {
    let read = |base: &Entry, fields: &[(&str, Value)]| -> Option<Entry> {
        let mut object = serde_json::to_value(base).ok()?;
        let map = object.as_object_mut()?;
        for (name, value) in fields {
            map.entry(*name).or_insert_with(|| value.clone());
        }
        let library: Library = serde_json::from_value(serde_json::json!({ key: object })).ok()?;
        library.get(key).cloned()
    };
    if fields.is_empty() {
        return entry;
    }
    if let Some(whole) = read(&entry, fields) {
        return whole;
    }
    for field in fields {
        if let Some(more) = read(&entry, std::slice::from_ref(field)) {
            entry = more;
        }
    }
    entry
}

fn json(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) => Value::from(text.as_str()),
        FieldValue::List(list) => list.iter().map(json).collect(),
        FieldValue::Mapping(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), json(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

fn entry_type(written: &str) -> EntryType {
    let word = written.trim().to_lowercase();
    serde_json::from_value(Value::from(word)).unwrap_or(EntryType::Web)
}

fn container(of: EntryType, is_signed: bool) -> Option<EntryType> {
    match of {
        // Styles put the name of a newspaper in the place of an author who is not named, and then set the title as a book's.
        EntryType::Article if is_signed => Some(EntryType::Newspaper),
        EntryType::Article => Some(EntryType::Blog),
        EntryType::Post | EntryType::Web => Some(EntryType::Web),
        EntryType::Entry => Some(EntryType::Reference),
        EntryType::Chapter | EntryType::Anthos => Some(EntryType::Book),
        _ => None,
    }
}

fn person(written: &str) -> Person {
    let whole = || Person {
        name: written.trim().to_owned(),
        given_name: None,
        prefix: None,
        suffix: None,
        comma_suffix: false,
        alias: None,
    };
    if !written.contains(',') {
        return whole();
    }
    Person::from_strings(written.split(',').map(str::trim).collect()).unwrap_or_else(|_| whole())
}

fn date(date: &crate::date::Date) -> Option<Date> {
    let civil = CivilTime::from_ms(date.earliest()?.0).date;
    let precision = date.precision();
    Some(Date {
        year: i32::try_from(civil.year)
            .ok()
            .filter(|year| year.abs() < 10_000)?,
        month: (precision >= Precision::Month).then(|| civil.month - 1),
        day: (precision >= Precision::Day).then(|| civil.day - 1),
        approximate: date.approximate(),
        season: None,
    })
}

// From hayagriva's output to ours.

fn words_of(children: &[ElemChild]) -> Vec<Words> {
    let mut words = Vec::new();
    push_words(children, &mut words);
    if let Some(last) = words.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    words
}

fn push_words(children: &[ElemChild], words: &mut Vec<Words>) {
    for child in children {
        let next = match child {
            ElemChild::Text(text) => Words {
                text: text.text.clone(),
                bold: text.formatting.font_weight == FontWeight::Bold,
                italic: text.formatting.font_style == FontStyle::Italic,
                ..Words::default()
            },
            ElemChild::Link { text, url } => Words {
                text: text.text.clone(),
                url: Some(url.clone()).filter(|url| is_outward(url)),
                ..Words::default()
            },
            // Text that is meant as markup comes out as text.
            ElemChild::Markup(text) => Words::plain(text.as_str()),
            ElemChild::Elem(elem) => {
                push_words(&elem.children.0, words);
                continue;
            }
            ElemChild::Transparent { .. } => continue,
        };
        super::prose::push(words, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::prose::plain_text;

    fn source(title: &str, author: &str, url: &str) -> Source {
        Source {
            entry_type: "Article".into(),
            title: Some(title.into()),
            authors: vec![author.into()],
            publisher: Some("The Paper".into()),
            date: crate::date::Date::parse("2025-03-18", None)
                .ok()
                .map(Box::new),
            url: Some(url.into()),
            ..Source::default()
        }
    }

    #[test]
    fn the_style_decides_how_a_source_is_named() {
        let one = source(
            "Readout of the call",
            "The White House",
            "https://example.org/a",
        );
        let two = source("On the aid", "Roe, Jane", "https://example.org/b");
        for (style, words) in [
            ("chicago-notes", "Roe, Jane. “On the Aid.”"),
            ("apa", "Roe, J. (2025, March 18)."),
            ("ieee", "J. Roe,"),
        ] {
            let citer = Citer::new(style, Some("en")).expect("a style");
            let list = citer.cite(&[&one, &two]);
            assert_eq!(list.order.len(), 2, "{style}");
            let entry = plain_text(&list.cited[1].entry);
            assert!(entry.starts_with(words), "{style}: {entry}");
            assert!(entry.contains("example.org/b"), "{style}: {entry}");
            assert!(!list.cited[0].further.is_empty(), "{style}");
        }
    }

    #[test]
    fn an_unknown_style_is_told_with_those_near_it() {
        let error = Citer::new("chicago-nots", None)
            .err()
            .expect("none of this name");
        assert!(error.contains("`chicago-notes`"), "{error}");
    }

    #[test]
    fn text_that_looks_like_markup_stays_text() {
        let hostile = source(
            "#panic(\"x\") *b* $1$ {c} <b>",
            "#read(\"/etc\")",
            "javascript:alert(1)",
        );
        let citer = Citer::new(DEFAULT_STYLE, None).expect("a style");
        let list = citer.cite(&[&hostile]);
        let words = &list.cited[0].entry;
        assert!(words.iter().all(|it| it.url.is_none()), "{words:?}");
        let text = plain_text(words).to_lowercase();
        assert!(
            text.contains("#panic") && text.contains("$1$") && text.contains("<b>"),
            "{text}"
        );
    }

    #[test]
    fn more_fields_are_read_and_those_that_cannot_be_are_passed_over() {
        let mut report = source("A report", "Roe, Jane", "https://example.org/r");
        report.entry_type = "Report".into();
        report.details.more = vec![
            ("page-total".to_owned(), FieldValue::Text("none".to_owned())),
            ("location".to_owned(), FieldValue::Text("Geneva".to_owned())),
        ];
        let list = Citer::new(DEFAULT_STYLE, None)
            .expect("a style")
            .cite(&[&report]);
        assert!(
            plain_text(&list.cited[0].entry).contains("A Report"),
            "{:?}",
            list.cited
        );
    }
}
