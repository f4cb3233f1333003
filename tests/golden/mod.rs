//! A briefing as text that people can read and compare.

use sourceline::date::Date;
use sourceline::model::{Briefing, Evidence, FieldValue, Source, SourceOrigin};
use sourceline::parse::{self, Bibliography, BibliographyFault, Context};
use sourceline::problem::Problem;
use sourceline::span::{LineIndex, Span};
use sourceline::text::Text;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Reads a briefing as the library would; bibliographies come from `tests/data/`.
pub fn read(name: &str, text: Text) -> (Briefing, Vec<Problem>) {
    let bibliography = |path: &str| -> Result<Arc<Bibliography>, BibliographyFault> {
        if path.contains("..") {
            return Err(BibliographyFault::Outside);
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data")
            .join(path);
        // Mutated paths may be anything; only plain names are looked up.
        if !path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
        {
            return Err(BibliographyFault::Missing);
        }
        let text = fs::read_to_string(file).map_err(|_| BibliographyFault::Missing)?;
        let (bibliography, _) = parse::bibliography(path, &text.into());
        Ok(Arc::new(bibliography))
    };
    let context = Context {
        file_name: name,
        bibliography: &bibliography,
        shared: None,
    };
    parse::briefing(text, &context)
}

/// The model and the problems of a file, as text.
pub fn dump(name: &str, bytes: Vec<u8>) -> (String, String) {
    match parse::decode(bytes) {
        Err(problem) => (String::new(), problems("", &[problem])),
        Ok(text) => {
            let (briefing, found) = read(name, text.clone());
            (model(&briefing), problems(&text, &found))
        }
    }
}

fn problems(text: &str, problems: &[Problem]) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for problem in problems {
        let place = lines.place(text, problem.span.start as usize);
        line(
            &mut out,
            0,
            format_args!(
                "{place} {}[{}] {}",
                problem.severity, problem.code, problem.message
            ),
        );
        line(
            &mut out,
            1,
            format_args!("at {}", words(problem.span.of(text))),
        );
        line(&mut out, 1, format_args!("hint: {}", problem.hint));
    }
    out
}

/// Every span of a briefing that is a range of its text, with what it is.
pub fn spans(briefing: &Briefing) -> Vec<(&'static str, Span)> {
    let mut spans = vec![("body", briefing.body)];
    for event in &briefing.events {
        spans.push(("event", event.span));
        spans.extend(event.passages.iter().map(|&span| ("passage", span)));
    }
    for (_, evidence) in briefing.all_evidence() {
        spans.push(("evidence", evidence.span));
        spans.extend(evidence.quote.iter().map(|quote| ("quote", quote.span)));
    }
    spans.extend(
        briefing
            .sources
            .iter()
            .map(|source| ("source", source.span)),
    );
    for statement in &briefing.statements {
        spans.extend([("statement", statement.span), ("mark", statement.mark)]);
    }
    for comparison in &briefing.comparisons {
        spans.push(("comparison", comparison.span));
        spans.extend(
            comparison
                .columns
                .iter()
                .map(|column| ("column", column.span)),
        );
        for row in &comparison.rows {
            spans.push(("row", row.span));
            spans.extend(row.cells.iter().map(|cell| ("cell", cell.span)));
        }
    }
    for heading in &briefing.headings {
        spans.extend([("heading", heading.span), ("section", heading.section)]);
    }
    spans.extend(briefing.links.iter().map(|link| ("link", link.span)));
    spans.extend(briefing.unsourced.iter().map(|&span| ("unsourced", span)));
    spans.extend(
        briefing
            .exempt
            .iter()
            .map(|exemption| ("exempt", exemption.span)),
    );
    spans
}

fn model(briefing: &Briefing) -> String {
    let mut out = String::new();
    let text = |out: &mut String, name: &str, value: &Option<Text>| {
        if let Some(value) = value {
            line(out, 0, format_args!("{name}: {}", words(value)));
        }
    };
    line(
        &mut out,
        0,
        format_args!("title: {}", words(&briefing.title)),
    );
    text(&mut out, "subtitle", &briefing.subtitle);
    text(&mut out, "summary", &briefing.summary);
    if let Some(date) = &briefing.date {
        line(&mut out, 0, format_args!("date: {}", self::date(date)));
    }
    if let Some(date) = &briefing.as_of {
        line(&mut out, 0, format_args!("as of: {}", self::date(date)));
    }
    list(&mut out, 0, "authors", &briefing.authors);
    text(&mut out, "organization", &briefing.organization);
    text(&mut out, "lang", &briefing.lang);
    text(&mut out, "timezone", &briefing.timezone);
    text(&mut out, "marking", &briefing.marking);
    text(&mut out, "status", &briefing.status);
    list(&mut out, 0, "tags", &briefing.tags);
    line(
        &mut out,
        0,
        format_args!("body: {}", words(briefing.words(briefing.body))),
    );
    for event in &briefing.events {
        let date = event
            .date
            .as_ref()
            .map_or_else(|| "no date".to_owned(), self::date);
        line(&mut out, 0, format_args!("event {}: {date}", event.id));
        line(&mut out, 1, format_args!("title: {}", words(&event.title)));
        for (name, value) in [
            ("summary", &event.summary),
            ("lane", &event.lane),
            ("place", &event.details.place),
            ("kind", &event.details.kind),
            ("url", &event.details.url),
            ("image", &event.details.image),
            ("superseded by", &event.details.superseded_by),
        ] {
            if let Some(value) = value {
                line(&mut out, 1, format_args!("{name}: {}", words(value)));
            }
        }
        list(&mut out, 1, "actors", &event.actors);
        list(&mut out, 1, "tags", &event.details.tags);
        if event.status.as_str() != "occurred" {
            line(
                &mut out,
                1,
                format_args!("status: {}", event.status.as_str()),
            );
        }
        if let Some(date) = &event.details.as_of {
            line(&mut out, 1, format_args!("as of: {}", self::date(date)));
        }
        if let Some(importance) = event.importance {
            line(&mut out, 1, format_args!("importance: {importance}"));
        }
        for found in &event.evidence {
            evidence(&mut out, 1, briefing, found);
        }
        for &passage in &event.passages {
            line(
                &mut out,
                1,
                format_args!("passage: {}", words(briefing.words(passage))),
            );
        }
        line(
            &mut out,
            1,
            format_args!("defined: {}", words(briefing.words(event.span))),
        );
    }
    for source in &briefing.sources {
        self::source(&mut out, briefing, source);
    }
    for heading in &briefing.headings {
        line(
            &mut out,
            0,
            format_args!(
                "heading {} {}: {} | section: {}",
                heading.level,
                heading.id,
                words(&heading.text),
                words(briefing.words(heading.section))
            ),
        );
    }
    for statement in &briefing.statements {
        line(
            &mut out,
            0,
            format_args!(
                "statement {} ({:?} {}): {}",
                statement.id,
                statement.mark_kind,
                words(briefing.words(statement.mark)),
                words(briefing.words(statement.span))
            ),
        );
        if let Some(grade) = &statement.footnote.grade {
            line(
                &mut out,
                1,
                format_args!(
                    "grade: {} likelihood {:?} confidence {:?}",
                    grade.kind.as_str(),
                    grade.likelihood,
                    grade.confidence
                ),
            );
        }
        if let Some(note) = &statement.footnote.note {
            line(&mut out, 1, format_args!("note: {}", words(note)));
        }
        for found in &statement.evidence {
            evidence(&mut out, 1, briefing, found);
        }
    }
    for comparison in &briefing.comparisons {
        line(
            &mut out,
            0,
            format_args!(
                "comparison of {} (reading: {})",
                words(&comparison.points_label),
                comparison.has_reading
            ),
        );
        for column in &comparison.columns {
            line(
                &mut out,
                1,
                format_args!(
                    "column {}: {} source {:?}",
                    column.key,
                    words(&column.title),
                    column.source
                ),
            );
        }
        for row in &comparison.rows {
            line(
                &mut out,
                1,
                format_args!("row {}: reading {:?}", words(&row.point), row.reading),
            );
            for cell in &row.cells {
                line(&mut out, 2, format_args!("cell: {}", words(&cell.text)));
                for found in &cell.evidence {
                    evidence(&mut out, 3, briefing, found);
                }
            }
        }
    }
    for link in &briefing.links {
        line(
            &mut out,
            0,
            format_args!(
                "link {}: {:?}",
                words(briefing.words(link.span)),
                link.target
            ),
        );
    }
    for &span in &briefing.unsourced {
        line(
            &mut out,
            0,
            format_args!("unsourced: {}", words(briefing.words(span))),
        );
    }
    for exemption in &briefing.exempt {
        line(
            &mut out,
            0,
            format_args!(
                "exempt ({}): {}",
                exemption.reason,
                words(briefing.words(exemption.span))
            ),
        );
    }
    out
}

fn evidence(out: &mut String, depth: usize, briefing: &Briefing, evidence: &Evidence) {
    let source = match evidence.source {
        None => "nobody".to_owned(),
        Some(at) => format!("{at} {}", briefing.sources[at as usize].key),
    };
    line(
        out,
        depth,
        format_args!(
            "{} @{} -> {source}",
            evidence.relation.as_str(),
            evidence.key
        ),
    );
    if let Some(quote) = &evidence.quote {
        line(
            out,
            depth + 1,
            format_args!("quote: {}", words(&quote.text)),
        );
        line(
            out,
            depth + 1,
            format_args!("at: {}", words(briefing.words(quote.span))),
        );
        for (name, value) in [
            ("translation", &quote.details.translation),
            ("lang", &quote.details.lang),
            ("translator", &quote.details.translator),
        ] {
            if let Some(value) = value {
                line(out, depth + 1, format_args!("{name}: {}", words(value)));
            }
        }
    }
    list(out, depth + 1, "silent on", &evidence.details.silent_on);
    for (name, value) in [
        ("locator", &evidence.locator),
        ("by", &evidence.details.by),
        ("to", &evidence.details.to),
        ("grade", &evidence.details.grade),
    ] {
        if let Some(value) = value {
            line(out, depth + 1, format_args!("{name}: {}", words(value)));
        }
    }
    for (name, value) in [
        ("on", &evidence.details.on),
        ("as of", &evidence.details.as_of),
    ] {
        if let Some(value) = value {
            line(out, depth + 1, format_args!("{name}: {}", date(value)));
        }
    }
}

fn source(out: &mut String, briefing: &Briefing, source: &Source) {
    line(
        out,
        0,
        format_args!("source {}: {}", source.key, source.entry_type),
    );
    list(out, 1, "also", &source.details.other_keys);
    for (name, value) in [
        ("title", &source.title),
        ("genre", &source.details.genre),
        ("publisher", &source.publisher),
        ("url", &source.url),
        ("via", &source.details.via),
        ("archived", &source.details.archived),
        ("language", &source.details.language),
        ("party", &source.details.party),
    ] {
        if let Some(value) = value {
            line(out, 1, format_args!("{name}: {}", words(value)));
        }
    }
    list(out, 1, "authors", &source.authors);
    list(out, 1, "based on", &source.details.based_on);
    if let Some(value) = &source.date {
        line(out, 1, format_args!("date: {}", date(value)));
    }
    if let Some(copy) = &source.copy {
        let made = copy.date.as_ref().map(date);
        line(
            out,
            1,
            format_args!("copy: {} url {:?} date {made:?}", copy.file, copy.url),
        );
    }
    if let Some(kind) = source.kind {
        line(out, 1, format_args!("kind: {}", kind.as_str()));
    }
    if let Some(letter) = source.reliability {
        line(out, 1, format_args!("reliability: {letter}"));
    }
    for (name, value) in &source.details.more {
        line(out, 1, format_args!("{name}: {}", field(value)));
    }
    if let SourceOrigin::Shared(path) = &source.origin {
        line(out, 1, format_args!("from: {path}"));
    } else {
        line(
            out,
            1,
            format_args!(
                "defined: {:?} {}",
                source.origin,
                words(briefing.words(source.span))
            ),
        );
    }
}

fn field(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => words(text),
        FieldValue::List(items) => {
            let items: Vec<_> = items.iter().map(field).collect();
            format!("[{}]", items.join(", "))
        }
        FieldValue::Mapping(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(name, value)| format!("{name}: {}", field(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn date(date: &Date) -> String {
    date.written().to_owned()
}

fn list(out: &mut String, depth: usize, name: &str, values: &[Text]) {
    if !values.is_empty() {
        let values: Vec<_> = values.iter().map(|value| words(value)).collect();
        line(out, depth, format_args!("{name}: {}", values.join(" | ")));
    }
}

/// Words on one line; long ones by their beginning and end.
fn words(text: &str) -> String {
    const LONGEST: usize = 120;
    let shown = text
        .escape_debug()
        .to_string()
        .replace("\\\"", "\"")
        .replace("\\'", "'");
    let characters: Vec<char> = shown.chars().collect();
    if characters.len() <= LONGEST {
        return shown;
    }
    let start: String = characters[..LONGEST / 2].iter().collect();
    let end: String = characters[characters.len() - LONGEST / 2..]
        .iter()
        .collect();
    format!("{start} ⋯ {end}")
}

fn line(out: &mut String, depth: usize, words: std::fmt::Arguments) {
    writeln!(out, "{:1$}{words}", "", depth * 2).expect("to a string");
}
