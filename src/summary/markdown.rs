//! The summary as Markdown, for editors, wikis and mail. What a briefing says never becomes markup of its own.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the length of a text, and some room"
)]

use super::choice::Template;
use super::content::{ComparisonTable, EvidenceLine, StatementRow, Summary};
use super::prose::{Paragraph, Words};
use std::fmt::Write as _;

/// The whole summary.
pub fn text(summary: &Summary, template: Template) -> String {
    let mut out = Markdown::default();
    out.head(summary);
    for part in &summary.parts {
        if part.summary.is_empty() {
            continue;
        }
        if summary.parts.len() > 1 {
            out.block(&format!("### {}", escaped(&part.title)));
        }
        out.paragraphs(&part.summary);
    }
    if template == Template::Full {
        out.key_statements(summary);
    }
    out.block("## Chronology");
    out.0
        .push_str(&chronology_table(summary, template == Template::Full));
    out.0.push('\n');
    if template == Template::Full {
        out.comparisons(summary);
        out.statements(summary);
        out.notes(summary);
        out.sources(summary);
        out.unchecked(summary);
    }
    let mut text = out.0.trim_end().to_owned();
    text.push('\n');
    text
}

/// The chronology alone, with its title and marking: what goes to the clipboard.
pub fn chronology(summary: &Summary) -> String {
    let mut out = format!("**{}**", escaped(&summary.title));
    if let Some(marking) = &summary.marking {
        write!(out, " · {}", escaped(marking)).unwrap_or_default();
    }
    out.push_str("\n\n");
    out.push_str(&chronology_table(summary, false));
    out
}

fn chronology_table(summary: &Summary, numbered_sources: bool) -> String {
    let mut out = String::from("| No. | When | What | Who | Sources |\n|---:|---|---|---|---|\n");
    for event in &summary.events {
        let mut what = format!("**{}**", cell(&event.title));
        if !event.status.is_empty() {
            write!(what, " (*{}*)", cell(&event.status)).unwrap_or_default();
        }
        if let (Some(note), true) = (event.note, numbered_sources) {
            write!(what, " [note {note}](#note-{note})").unwrap_or_default();
        }
        if let Some(later) = &event.superseded_by {
            write!(what, "<br>superseded by: {}", cell(later)).unwrap_or_default();
        }
        if !event.summary.is_empty() {
            write!(what, "<br>{}", styled(&event.summary, true)).unwrap_or_default();
        }
        if let Some(place) = &event.place {
            write!(what, "<br>{}", cell(place)).unwrap_or_default();
        }
        let sources: Vec<String> = event
            .sources
            .iter()
            .map(|source| {
                if numbered_sources {
                    format!(
                        "{} [{}](#source-{})",
                        cell(&source.name),
                        source.number,
                        source.number
                    )
                } else {
                    cell(&source.name)
                }
            })
            .collect();
        let date = if event.date.is_empty() {
            "undated"
        } else {
            &event.date
        };
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            event.number,
            cell(date),
            what,
            cell(&event.actors.join("; ")),
            sources.join("; ")
        )
        .unwrap_or_default();
    }
    out
}

#[derive(Default)]
struct Markdown(String);

impl Markdown {
    fn block(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push_str("\n\n");
    }

    fn head(&mut self, summary: &Summary) {
        self.block(&format!("# {}", escaped(&summary.title)));
        if let Some(subtitle) = &summary.subtitle {
            self.block(&format!("*{}*", escaped(subtitle)));
        }
        let facts = [
            summary
                .marking
                .clone()
                .map(|marking| format!("**{}**", escaped(&marking))),
            summary.organization.as_deref().map(escaped),
            Some(escaped(&summary.authors.join(", "))),
            summary
                .as_of
                .as_deref()
                .map(|date| format!("as of {}", escaped(date))),
            Some(escaped(&summary.extent)),
            summary.selection.as_deref().map(escaped),
        ];
        let facts: Vec<String> = facts
            .into_iter()
            .flatten()
            .filter(|it| !it.is_empty())
            .collect();
        self.block(&facts.join(" · "));
    }

    fn paragraphs(&mut self, paragraphs: &[Paragraph]) {
        for paragraph in paragraphs {
            let mark = if paragraph.item { "- " } else { "" };
            self.block(&format!("{mark}{}", styled(&paragraph.words, false)));
        }
    }

    fn key_statements(&mut self, summary: &Summary) {
        if summary
            .parts
            .iter()
            .all(|part| part.key_statements.is_empty())
        {
            return;
        }
        self.block("## Key statements");
        for statement in summary.parts.iter().flat_map(|part| &part.key_statements) {
            self.statement(statement, true);
        }
        self.0.push('\n');
    }

    fn statement(&mut self, statement: &StatementRow, explained: bool) {
        let mut line = format!(
            "- {} [note {}](#note-{}). *{}*",
            escaped(&statement.text),
            statement.note,
            statement.note,
            statement.standing_label
        );
        if explained && !statement.explanation.is_empty() {
            write!(line, " ({})", escaped(&statement.explanation)).unwrap_or_default();
        } else if let Some(grade) = &statement.grade {
            write!(line, " ({})", escaped(grade)).unwrap_or_default();
        }
        self.0.push_str(&line);
        self.0.push('\n');
    }

    fn comparisons(&mut self, summary: &Summary) {
        if summary.parts.iter().all(|part| part.comparisons.is_empty()) {
            return;
        }
        self.block("## Accounts side by side");
        for part in &summary.parts {
            for table in &part.comparisons {
                let section = table.section.as_deref().unwrap_or(&part.title);
                self.block(&format!("### {}", escaped(section)));
                self.comparison(table);
            }
        }
    }

    fn comparison(&mut self, table: &ComparisonTable) {
        let mut heads = vec![cell(&table.points_label)];
        heads.extend(table.columns.iter().map(|column| match column.source {
            Some(number) => format!("{} [{number}](#source-{number})", cell(&column.title)),
            None => cell(&column.title),
        }));
        if table.has_reading {
            heads.push("Reading".to_owned());
        }
        writeln!(self.0, "| {} |", heads.join(" | ")).unwrap_or_default();
        writeln!(self.0, "|{}", "---|".repeat(heads.len())).unwrap_or_default();
        for row in &table.rows {
            let mut cells = vec![format!("**{}**", cell(&row.point))];
            cells.extend(row.cells.iter().map(|it| match it.verdict.as_str() {
                "" => cell(&it.text),
                _ => format!("{} (*{}*)", cell(&it.text), it.verdict_label),
            }));
            if table.has_reading {
                let mut reading = cell(row.reading.as_deref().unwrap_or_default());
                if let Some(dispute) = &row.dispute {
                    write!(reading, " ({})", cell(dispute)).unwrap_or_default();
                }
                cells.push(reading);
            }
            writeln!(self.0, "| {} |", cells.join(" | ")).unwrap_or_default();
        }
        self.0.push('\n');
    }

    fn statements(&mut self, summary: &Summary) {
        if summary.parts.iter().all(|part| part.statements.is_empty()) {
            return;
        }
        self.block("## Statements");
        for part in summary
            .parts
            .iter()
            .filter(|part| !part.statements.is_empty())
        {
            if summary.parts.len() > 1 {
                self.block(&format!("### {}", escaped(&part.title)));
            }
            if !part.coverage.is_empty() {
                self.block(&escaped(&part.coverage));
            }
            for statement in &part.statements {
                self.statement(statement, false);
            }
            self.0.push('\n');
        }
    }

    fn notes(&mut self, summary: &Summary) {
        if summary.notes.is_empty() {
            return;
        }
        self.block("## Notes");
        for note in &summary.notes {
            let event = note
                .event
                .map(|event| format!("Event {event}: "))
                .unwrap_or_default();
            let mut lines = format!(
                "<a id=\"note-{0}\"></a>{0}\\. {1}*{2}*",
                note.number,
                event,
                escaped(&note.about)
            );
            if !note.remark.is_empty() {
                write!(lines, " {}", styled(&note.remark, false)).unwrap_or_default();
            }
            lines.push_str("\n\n");
            for evidence in &note.evidence {
                writeln!(lines, "   - {}", evidence_line(evidence)).unwrap_or_default();
            }
            self.block(&lines);
        }
    }

    fn sources(&mut self, summary: &Summary) {
        if summary.sources.is_empty() {
            return;
        }
        self.block("## Sources");
        self.block(&format!("Style: {}", escaped(&summary.style)));
        for source in &summary.sources {
            let mut line = format!(
                "<a id=\"source-{0}\"></a>{0}\\. {1}",
                source.number,
                styled(&source.citation, false)
            );
            let mut facts = source.remarks.clone();
            facts.push(match (&source.copy_date, &source.copy_hash) {
                (Some(date), Some(hash)) => format!("copy of {date}, sha256 {hash}"),
                (None, Some(hash)) => format!("copy, sha256 {hash}"),
                _ => "no copy".to_owned(),
            });
            if let Some(via) = source
                .via
                .as_ref()
                .filter(|via| Some(*via) != source.url.as_ref())
            {
                facts.push(format!("consulted at {via}"));
            }
            write!(line, " ({})", escaped(&facts.join("; "))).unwrap_or_default();
            self.block(&line);
        }
    }

    fn unchecked(&mut self, summary: &Summary) {
        let unchecked = &summary.unchecked;
        if unchecked.is_empty {
            return;
        }
        self.block("## What was not borne out, or could not be checked");
        let findings = unchecked
            .failed
            .iter()
            .chain(&unchecked.doubtful)
            .map(|found| {
                let mut line = format!("*{}*: “{}”", found.verdict_label, escaped(&found.quote));
                if let Some(source) = found.source {
                    write!(line, " [{source}](#source-{source})").unwrap_or_default();
                }
                if let Some(note) = found.note {
                    write!(line, ", [note {note}](#note-{note})").unwrap_or_default();
                }
                if let Some(words) = &found.copy_says {
                    write!(line, "; the copy has “{}”", escaped(words)).unwrap_or_default();
                }
                line
            });
        let lines = findings.chain(unchecked.in_words().into_iter().map(|line| escaped(&line)));
        for line in lines {
            writeln!(self.0, "- {line}").unwrap_or_default();
        }
    }
}

fn evidence_line(line: &EvidenceLine) -> String {
    let mut out = String::new();
    if !line.relation_words.is_empty() {
        write!(out, "**{}** ", line.relation_words).unwrap_or_default();
    }
    out.push_str(&styled(&line.citation, false));
    if let Some(source) = line.source {
        write!(out, " [{source}](#source-{source})").unwrap_or_default();
    }
    out.push_str(&escaped(&line.said_in_words()));
    write!(out, ". *{}*", line.verdict_label).unwrap_or_default();
    let facts = line.facts();
    if !facts.is_empty() {
        write!(out, " ({})", escaped(&facts.join("; "))).unwrap_or_default();
    }
    if let Some(words) = &line.copy_says {
        write!(out, ". The copy has “{}”", escaped(words)).unwrap_or_default();
    }
    out
}

/// Words as Markdown that shows just them.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.chars().enumerate() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '!' | '&'
            | '{' | '}' | '^' | '@' => {
                out.push('\\');
                out.push(c);
            }
            // These begin a list or a rule at the start of a line only.
            '-' | '+' | '=' | ':' if at == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if text.chars().take(at).all(|c| c.is_ascii_digit()) && at > 0 => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    // A bare address would become a link.
    out.replace("http://", "http\\://")
        .replace("https://", "https\\://")
        .replace("www.", "www\\.")
}

/// Words in a cell of a table.
fn cell(text: &str) -> String {
    escaped(text)
}

fn styled(words: &[Words], in_cell: bool) -> String {
    let mut out = String::new();
    for words in words {
        let text = if in_cell {
            cell(&words.text)
        } else {
            escaped(&words.text)
        };
        let trimmed = text.trim();
        if trimmed.is_empty() {
            out.push_str(&text);
            continue;
        }
        // A mark must touch the words that it is about.
        let (lead, tail) = text.split_once(trimmed).unwrap_or_default();
        let marks = match (words.bold, words.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let inner = format!("{marks}{trimmed}{marks}");
        let inner = match &words.url {
            Some(url) => format!("[{inner}](<{}>)", url.replace(['<', '>', '\\'], "")),
            None => inner,
        };
        write!(out, "{lead}{inner}{tail}").unwrap_or_default();
    }
    out
}
