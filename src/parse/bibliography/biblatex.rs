//! BibLaTeX and BibTeX.
//!
//! The crate reads the syntax and LaTeX's commands. What it would do by following references (abbreviations
//! made of abbreviations, `crossref`, `xdata`) is kept from it: in a hostile file they lead in circles. Dates
//! are read by our own reader, for which BibLaTeX's are EDTF.

#![expect(
    clippy::string_slice,
    reason = "ranges come from the reader of this very text, cut at ASCII signs"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one file, which is bounded, and braces that stand in it"
)]

use super::super::bounds;
use super::super::front::bounded;
use super::super::front::values::Values;
use super::super::yaml::quoted;
use crate::model::{FieldValue, Source, SourceDetails, SourceOrigin};
use crate::problem::Code;
use crate::span::Span;
use crate::text::Text;
use biblatex::{
    ChunksExt, Entry, Field, Pair, ParseError, RawBibliography, RawChunk, RawEntry, Spanned,
};
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

/// The deepest nesting of braces in a field: LaTeX's commands are read recursively.
const MAX_BRACES: usize = 32;

/// How much abbreviations may add to one file, in bytes. A long one that is named often would fill the memory.
const MAX_WRITTEN_OUT_BYTES: usize = 8 * 1024 * 1024;

/// How much the pieces of values may cost in one file: in each value they are moved together, in the square of their number.
const MAX_STEPS: usize = 50_000_000;

/// Values of fewer pieces cost nothing worth counting.
const FEW_PIECES: usize = 100;

/// What stands for what, and how much of it may still be written out.
struct Abbreviations<'a, 's> {
    meanings: HashMap<&'a str, &'a Field<'s>>,
    left_bytes: Cell<usize>,
    /// How much the pieces of values may still cost.
    left_steps: Cell<usize>,
    /// Where that ended.
    ended: Cell<Option<Span>>,
}

impl<'s> Abbreviations<'_, 's> {
    /// Counts what a value costs to read; whether there is so much left.
    fn takes(&self, value: &[Spanned<RawChunk>]) -> bool {
        let pieces: usize = (value.iter())
            .map(|chunk| match chunk.v {
                RawChunk::Normal(text) | RawChunk::Abbreviation(text) => {
                    1 + text.bytes().filter(|byte| *byte == b'{').count()
                }
            })
            .sum();
        if pieces < FEW_PIECES {
            return true;
        }
        let left = self
            .left_steps
            .get()
            .checked_sub(pieces.saturating_mul(pieces));
        self.left_steps.set(left.unwrap_or(0));
        left.is_some()
    }

    /// What a name stands for, unless too much has been written out.
    fn meaning(&self, name: &str, place: Span) -> Option<&Field<'s>> {
        let meaning = self.meanings.get(name)?;
        let bytes: usize = (meaning.iter())
            .map(|chunk| match chunk.v {
                RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.len(),
            })
            .sum();
        match self.left_bytes.get().checked_sub(bytes) {
            Some(left) => {
                self.left_bytes.set(left);
                Some(meaning)
            }
            None => {
                self.ended.set(self.ended.get().or(Some(place)));
                None
            }
        }
    }
}

/// Reads every entry that can be read.
pub fn sources(origin: &SourceOrigin, values: &mut Values) -> Vec<Source> {
    let (file, cut) = bounds::readable_bibliography(values.file);
    values.problems.extend(cut);
    let mut pieces = Vec::new();
    match RawBibliography::parse(file) {
        Ok(raw) => pieces.push((0, raw)),
        // One fault would lose the whole file: read it entry by entry instead.
        Err(_) => {
            for (start, piece) in entries_by_line(file) {
                match RawBibliography::parse(piece) {
                    Ok(raw) => pieces.push((start, raw)),
                    Err(error) => tell(&error, start, start + piece.len(), values),
                }
            }
        }
    }
    let mut meanings = HashMap::new();
    for (_, raw) in &pieces {
        for pair in &raw.abbreviations {
            meanings.entry(pair.key.v).or_insert(&pair.value.v);
        }
    }
    let abbreviations = Abbreviations {
        meanings,
        left_bytes: Cell::new(MAX_WRITTEN_OUT_BYTES),
        left_steps: Cell::new(MAX_STEPS),
        ended: Cell::new(None),
    };
    let span_of =
        |start: usize, span: &Range<usize>| Span::new(start + span.start, start + span.end);
    let entries: Vec<(usize, &Spanned<RawEntry>)> = pieces
        .iter()
        .flat_map(|(start, raw)| raw.entries.iter().map(|entry| (*start, entry)))
        .collect();
    let sources = bounded(
        &entries,
        |(start, entry)| span_of(*start, &entry.span),
        values,
    )
    .iter()
    .filter_map(|(start, entry)| {
        let span = span_of(*start, &entry.span);
        source(&entry.v, span, *start, &abbreviations, origin, values)
    })
    .collect();
    if let Some(place) = abbreviations.ended.get() {
        values.problem(
            Code::BibliographySyntax,
            super::first_line(file, place),
            format!(
                "expected abbreviations that add at most {} MB when they are written out, found more",
                MAX_WRITTEN_OUT_BYTES / (1024 * 1024)
            ),
            "shorten the abbreviations, or split the bibliography; from here on their names stand as they are",
        );
    }
    sources
}

/// The pieces that begin with an `@` at the start of a line.
fn entries_by_line(file: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut starts: Vec<usize> = file.match_indices("\n@").map(|(at, _)| at + 1).collect();
    if file.trim_start_matches('\u{feff}').starts_with('@') {
        starts.insert(0, 0);
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([file.len()]).collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|(start, end)| (start, &file[start..end]))
}

fn source(
    raw: &RawEntry,
    span: Span,
    piece_start: usize,
    abbreviations: &Abbreviations,
    origin: &SourceOrigin,
    values: &mut Values,
) -> Option<Source> {
    const FOLLOWED: [&str; 4] = ["crossref", "xdata", "xref", "ids"];
    let fields = raw
        .fields
        .iter()
        .filter(|pair| {
            !FOLLOWED
                .iter()
                .any(|name| pair.key.v.eq_ignore_ascii_case(name))
        })
        .map(|pair| Pair::new(pair.key.clone(), literal(&pair.value, span, abbreviations)))
        .collect::<Vec<_>>();
    if fields
        .iter()
        .any(|pair| pair.value.v.iter().any(is_too_deep))
    {
        values.problem(
            Code::BibliographySyntax,
            super::first_line(values.file, span),
            format!("expected at most {MAX_BRACES} braces one in another, found more"),
            "remove the superfluous braces",
        );
        return None;
    }
    if !fields.iter().all(|pair| abbreviations.takes(&pair.value.v)) {
        values.problem(
            Code::BibliographySyntax,
            super::first_line(values.file, span),
            "expected values of a few pieces, found more braces or parts than can be read in time",
            "shorten the value that is made of thousands of them",
        );
        return None;
    }
    let alone = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::new(
            RawEntry {
                key: raw.key.clone(),
                kind: raw.kind.clone(),
                fields,
            },
            0..0,
        )],
        abbreviations: Vec::new(),
    };
    let entry = match biblatex::Bibliography::from_raw(alone) {
        Ok(read) => read.into_iter().next()?,
        Err(error) => {
            tell(&error, piece_start, span.end as usize, values);
            return None;
        }
    };
    Some(source_of(&entry, raw.kind.v, span, origin, values))
}

fn source_of(
    entry: &Entry,
    kind: &str,
    span: Span,
    origin: &SourceOrigin,
    values: &mut Values,
) -> Source {
    let text = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| entry.get(name))
            .map(|chunks| chunks.format_verbatim().trim().to_owned())
            .find(|text| !text.is_empty())
    };
    let date = text(&["date"]).or_else(|| {
        let mut words = text(&["year"])?;
        if let Some(month) = text(&["month"]).as_deref().and_then(month) {
            words.push_str(&format!("-{month:02}"));
            if let Some(day) = text(&["day"]).and_then(|day| day.parse::<u8>().ok()) {
                words.push_str(&format!("-{day:02}"));
            }
        }
        Some(words)
    });
    const PUBLISHERS: [&str; 7] = [
        "journaltitle",
        "journal",
        "booktitle",
        "publisher",
        "organization",
        "institution",
        "school",
    ];
    const READ: [&str; 11] = [
        "title",
        "author",
        "date",
        "year",
        "month",
        "day",
        "url",
        "langid",
        "language",
        "file",
        "entrysubtype",
    ];
    let mut source = Source {
        key: entry.key.as_str().into(),
        entry_type: hayagriva_type(kind).into(),
        title: text(&["title"]).map(Text::from),
        authors: entry
            .author()
            .unwrap_or_default()
            .iter()
            .map(|author| person(author).into())
            .collect(),
        date: date
            .and_then(|words| values.date_of(&words, super::first_line(values.file, span)))
            .map(Box::new),
        publisher: text(&PUBLISHERS).map(Text::from),
        url: text(&["url"])
            .or_else(|| text(&["doi"]).map(|doi| format!("https://doi.org/{doi}")))
            .map(Text::from),
        origin: origin.clone(),
        span,
        details: SourceDetails {
            genre: text(&["entrysubtype"]).map(Text::from),
            language: text(&["langid", "language"]).map(Text::from),
            ..SourceDetails::default()
        }
        .into(),
        ..Source::default()
    };
    for (name, chunks) in &entry.fields {
        let text = chunks.format_verbatim();
        if !READ.contains(&name.as_str()) && source.publisher.as_deref() != Some(text.trim()) {
            source
                .details
                .more
                .push((name.clone(), FieldValue::Text(text)));
        }
    }
    source
}

fn person(person: &biblatex::Person) -> String {
    let family = match person.prefix.as_str() {
        "" => person.name.clone(),
        prefix => format!("{prefix} {}", person.name),
    };
    [family.as_str(), &person.suffix, &person.given_name]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The value with abbreviations written out, one step far. BibTeX's months are known; others unknown are left as they read.
fn literal<'s>(
    value: &Spanned<Field<'s>>,
    entry: Span,
    abbreviations: &Abbreviations<'_, 's>,
) -> Spanned<Field<'s>> {
    let mut chunks = Vec::with_capacity(value.v.len());
    for chunk in &value.v {
        match chunk.v {
            RawChunk::Normal(_) => chunks.push(chunk.clone()),
            RawChunk::Abbreviation(name) => match abbreviations.meaning(name, entry) {
                Some(meant) => chunks.extend(meant.iter().map(|chunk| match chunk.v {
                    RawChunk::Normal(_) => chunk.clone(),
                    RawChunk::Abbreviation(name) => {
                        Spanned::new(RawChunk::Normal(name), chunk.span.clone())
                    }
                })),
                None => chunks.push(Spanned::new(RawChunk::Normal(name), chunk.span.clone())),
            },
        }
    }
    Spanned::new(chunks, value.span.clone())
}

fn is_too_deep(chunk: &Spanned<RawChunk>) -> bool {
    let (RawChunk::Normal(text) | RawChunk::Abbreviation(text)) = chunk.v;
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_BRACES
    })
}

fn month(words: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    if let Ok(number) = words.parse::<u8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let start = words.get(..3)?.to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find(|(_, name)| *name == start)
        .map(|(number, _)| number)
}

/// Hayagriva's name for the commonest of BibLaTeX's types; others stay as they are.
fn hayagriva_type(kind: &str) -> String {
    match kind.to_ascii_lowercase().as_str() {
        "article" => "Article",
        "book" | "mvbook" | "collection" => "Book",
        "inbook" | "incollection" => "Chapter",
        "inproceedings" | "conference" => "Article",
        "online" | "electronic" | "www" => "Web",
        "report" | "techreport" => "Report",
        "thesis" | "phdthesis" | "mastersthesis" => "Thesis",
        "misc" | "unpublished" => "Misc",
        "video" => "Video",
        "audio" => "Audio",
        "legislation" => "Legislation",
        "legal" | "jurisdiction" => "Case",
        "patent" => "Patent",
        _ => return kind.to_owned(),
    }
    .to_owned()
}

fn tell(error: &ParseError, base: usize, end: usize, values: &mut Values) {
    let at = (base + error.span.start).min(end);
    let found = values.file.get(at..end).unwrap_or_default();
    let message = format!(
        "expected an entry `@type{{key, field = {{value}}}}`, found {}: {}",
        quoted(found),
        error.kind
    );
    let span = super::first_line(values.file, Span::new(at, end));
    values.problem(
        Code::BibliographySyntax,
        span,
        message,
        "mend this entry; the others were read",
    );
}
