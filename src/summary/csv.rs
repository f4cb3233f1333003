//! The chronology as a table: one event a row, for spreadsheets.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets show as text.

use super::content::{EventRow, Summary};
use super::prose::plain_text;
use crate::text::is_unseen;

const HEAD: [&str; 18] = [
    "number",
    "id",
    "briefing",
    "date",
    "date_in_words",
    "earliest_utc",
    "latest_utc",
    "title",
    "summary",
    "lane",
    "actors",
    "place",
    "tags",
    "status",
    "superseded_by",
    "sources",
    "url",
    "marking",
];

/// RFC 4180, in UTF-8. The bound `latest` is exclusive; lists are joined by `; `.
pub fn table(summary: &Summary) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let rows = summary.events.iter().map(|event| row(event, summary));
    let head = HEAD.map(str::to_owned).to_vec();
    for row in std::iter::once(head).chain(rows) {
        // Rows are of one length and go to memory: there is nothing that could fail.
        if let Err(error) = writer.write_record(&row) {
            tracing::error!("{error}");
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn row(event: &EventRow, summary: &Summary) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let sources: Vec<&str> = event.sources.iter().map(|it| it.name.as_str()).collect();
    let cells = vec![
        event.number.to_string(),
        event.id.clone(),
        event.briefing.clone(),
        text(&event.written),
        event.date.clone(),
        text(&event.earliest),
        text(&event.latest),
        event.title.clone(),
        plain_text(&event.summary),
        text(&event.lane),
        event.actors.join("; "),
        text(&event.place),
        event.tags.join("; "),
        if event.status.is_empty() {
            "occurred".to_owned()
        } else {
            event.status.clone()
        },
        text(&event.superseded_by),
        sources.join("; "),
        text(&event.url),
        text(&summary.marking),
    ];
    cells.into_iter().map(defused).collect()
}

/// Takes the power of formulas from a cell: at its start, and wherever a spreadsheet may see the start of one. Where lists are
/// separated by semicolons, as in much of Europe, it takes those in a cell for borders of cells, and then line ends in it
/// for those of rows.
fn defused(cell: String) -> String {
    let clean: String = cell
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    // Years before the common era begin with a minus, and are no formulas.
    let is_date = clean.strip_prefix(['-', '+']).is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | 'T' | 'Z' | '.'))
    });
    if is_date || !clean.split([';', '\n']).any(acts) {
        return clean;
    }
    let mut safe = String::with_capacity(clean.len());
    for part in clean.split_inclusive([';', '\n']) {
        if acts(part) {
            // A whole cell shows its apostrophe before everything, as people expect it.
            let words = if safe.is_empty() {
                part
            } else {
                part.trim_start()
            };
            let space = part.strip_suffix(words).unwrap_or_default();
            safe.extend([space, "'", words]);
        } else {
            safe.push_str(part);
        }
    }
    safe
}

/// Whether words begin like a formula, behind what spreadsheets pass over or what cannot be seen.
fn acts(words: &str) -> bool {
    let passed_over = |c: char| c == '"' || is_unseen(c);
    words.trim_start_matches(passed_over).starts_with([
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_lose_their_power_and_dates_stay() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            (" =1", "' =1"),
            ("\r\n=1", "\n'=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\"=1", "'\"=1"),
            // Borders of cells, where semicolons are.
            ("a; =cmd|' /C calc'!A0;b", "a; '=cmd|' /C calc'!A0;b"),
            ("a\n@SUM(A1)", "a\n'@SUM(A1)"),
            ("=1;=2", "'=1;'=2"),
            ("a; b-c", "a; b-c"),
            ("-0043-03-15", "-0043-03-15"),
            ("-000043-03-15T00:00:00Z", "-000043-03-15T00:00:00Z"),
            ("plain, \"quoted\"", "plain, \"quoted\""),
        ] {
            assert_eq!(defused(cell.to_owned()), safe);
        }
    }
}
