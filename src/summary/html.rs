//! One web page that needs nothing else: no script, no picture from elsewhere, nothing that loads by itself.

use super::choice::Template;
use super::content::{ComparisonTable, EvidenceLine, Finding, Note, Part, StatementRow, Summary};
use super::prose::{Paragraph, Words, is_outward};
use super::svg::{self, escaped};
use std::fmt::Write as _;

const STYLE: &str = include_str!("../../assets/templates/page.css");

/// Nothing may be loaded, run or sent; only the style above holds.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole page.
pub fn page(summary: &Summary, template: Template) -> String {
    let mut out = Html(String::with_capacity(64 * 1024));
    let is_full = template == Template::Full;
    out.raw("<!DOCTYPE html>\n");
    out.put(format_args!(
        "<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        escaped(&summary.lang)
    ));
    out.put(format_args!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"
    ));
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.put(format_args!(
        "<meta name=\"generator\" content=\"Sourceline {}\">\n",
        env!("CARGO_PKG_VERSION")
    ));
    out.put(format_args!(
        "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escaped(&summary.title)
    ));
    out.head(summary, is_full);
    out.raw("<main>\n");
    out.abstracts(summary);
    if is_full {
        out.contents(summary);
        out.key_statements(summary);
    }
    out.figure(summary);
    out.chronology(summary, is_full);
    if is_full {
        out.comparisons(summary);
        out.statements(summary);
        out.notes(summary);
        out.sources(summary);
        out.unchecked(summary);
    }
    out.raw("</main>\n");
    let marking = summary.marking.as_deref().unwrap_or_default();
    let as_of = summary
        .as_of
        .as_ref()
        .map(|date| format!("As of {date}"))
        .unwrap_or_default();
    out.put(format_args!(
        "<footer><span>{}</span><strong>{}</strong></footer>\n</body>\n</html>\n",
        escaped(&as_of),
        escaped(marking)
    ));
    out.0
}

/// The chronology alone, for the clipboard: tables are what other programs take over.
pub fn chronology(summary: &Summary) -> String {
    let mut out = Html(String::new());
    let marking = summary
        .marking
        .as_ref()
        .map(|it| format!(" · {it}"))
        .unwrap_or_default();
    out.put(format_args!(
        "<p><strong>{}</strong>{}</p>\n",
        escaped(&summary.title),
        escaped(&marking)
    ));
    out.chronology_table(summary, false);
    out.0
}

struct Html(String);

impl Html {
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    fn put(&mut self, html: std::fmt::Arguments<'_>) {
        self.0.write_fmt(html).unwrap_or_default();
    }

    fn head(&mut self, summary: &Summary, is_full: bool) {
        let kicker = if is_full { "Briefing summary" } else { "Brief" };
        let kicker = summary.organization.as_deref().unwrap_or(kicker);
        let marking = summary.marking.as_deref().unwrap_or_default();
        self.put(format_args!(
            "<header>\n<div class=\"band\"><span>{}</span><span>{}</span></div>\n<h1>{}</h1>\n",
            escaped(kicker),
            escaped(marking),
            escaped(&summary.title)
        ));
        if let Some(subtitle) = &summary.subtitle {
            self.put(format_args!(
                "<p class=\"subtitle\">{}</p>\n",
                escaped(subtitle)
            ));
        }
        let mut facts = Vec::new();
        if !summary.authors.is_empty() {
            facts.push(summary.authors.join(", "));
        }
        match (&summary.as_of, &summary.date_words) {
            (Some(as_of), _) => facts.push(format!("as of {as_of}")),
            (None, Some(date)) => facts.push(date.clone()),
            (None, None) => {}
        }
        facts.extend(summary.status.clone());
        facts.push(summary.extent.clone());
        self.put(format_args!(
            "<p class=\"facts\">{}</p>\n",
            escaped(&facts.join(" · "))
        ));
        if let Some(selection) = &summary.selection {
            self.put(format_args!(
                "<p class=\"facts chosen\">{}</p>\n",
                escaped(selection)
            ));
        }
        self.raw("</header>\n");
    }

    fn abstracts(&mut self, summary: &Summary) {
        let parts: Vec<&Part> = summary
            .parts
            .iter()
            .filter(|it| !it.summary.is_empty())
            .collect();
        if parts.is_empty() {
            return;
        }
        self.raw("<section class=\"abstract\">\n");
        for part in parts {
            if summary.parts.len() > 1 {
                self.put(format_args!("<h3>{}</h3>\n", escaped(&part.title)));
            }
            self.paragraphs(&part.summary);
        }
        self.raw("</section>\n");
    }

    fn paragraphs(&mut self, paragraphs: &[Paragraph]) {
        let mut in_list = false;
        for paragraph in paragraphs {
            if paragraph.item != in_list {
                self.raw(if in_list { "</ul>\n" } else { "<ul>\n" });
                in_list = paragraph.item;
            }
            let tag = if paragraph.item { "li" } else { "p" };
            self.put(format_args!(
                "<{tag}>{}</{tag}>\n",
                styled(&paragraph.words)
            ));
        }
        if in_list {
            self.raw("</ul>\n");
        }
    }

    fn contents(&mut self, summary: &Summary) {
        let some = |has: &dyn Fn(&Part) -> bool| summary.parts.iter().any(has);
        let sections = [
            (
                "key-statements",
                "Key statements",
                some(&|it| !it.key_statements.is_empty()),
            ),
            ("timeline", "Timeline", true),
            ("chronology", "Chronology", !summary.events.is_empty()),
            (
                "comparisons",
                "Accounts side by side",
                some(&|it| !it.comparisons.is_empty()),
            ),
            (
                "statements",
                "Statements",
                some(&|it| !it.statements.is_empty()),
            ),
            ("notes", "Notes", !summary.notes.is_empty()),
            ("sources", "Sources", !summary.sources.is_empty()),
            (
                "unchecked",
                "What was not borne out, or could not be checked",
                !summary.unchecked.is_empty,
            ),
        ];
        self.raw("<nav aria-label=\"Contents\"><h2>Contents</h2>\n<ul>\n");
        for (id, title, _) in sections.iter().filter(|(_, _, is_there)| *is_there) {
            self.put(format_args!("<li><a href=\"#{id}\">{title}</a></li>\n"));
        }
        self.raw("</ul></nav>\n");
    }

    fn key_statements(&mut self, summary: &Summary) {
        if summary
            .parts
            .iter()
            .all(|part| part.key_statements.is_empty())
        {
            return;
        }
        self.raw("<h2 id=\"key-statements\">Key statements</h2>\n");
        for part in summary
            .parts
            .iter()
            .filter(|part| !part.key_statements.is_empty())
        {
            if summary.parts.len() > 1 {
                self.put(format_args!("<h3>{}</h3>\n", escaped(&part.title)));
            }
            for statement in &part.key_statements {
                self.statement(statement, Some(&statement.explanation));
            }
        }
    }

    fn statement(&mut self, statement: &StatementRow, more: Option<&String>) {
        let more = more
            .filter(|more| !more.is_empty())
            .map(|more| format!(" · {}", escaped(more)));
        self.put(format_args!(
            "<div class=\"statement\"><p>{}{}</p>{}</div>\n",
            escaped(&statement.text),
            note_mark(statement.note),
            standing(
                &statement.level,
                &statement.standing_label,
                &more.unwrap_or_default()
            )
        ));
    }

    fn figure(&mut self, summary: &Summary) {
        self.raw("<h2 id=\"timeline\">Timeline</h2>\n");
        let figure = &summary.figure;
        if figure.strips.is_empty() {
            self.put(format_args!(
                "<p class=\"small\">{}</p>\n",
                escaped(&figure.alt)
            ));
            return;
        }
        self.put(format_args!(
            "<figure role=\"img\" aria-label=\"{}\">\n",
            escaped(&figure.alt)
        ));
        for (head, drawing) in svg::inline_all(figure) {
            if let Some((title, numbers)) = head {
                self.put(format_args!(
                    "<div class=\"strip\">{}<span>{}</span></div>\n",
                    escaped(title),
                    escaped(numbers)
                ));
            }
            self.raw(&drawing);
        }
        self.raw("</figure>\n");
    }

    fn chronology(&mut self, summary: &Summary, is_full: bool) {
        if summary.events.is_empty() {
            return;
        }
        self.raw("<h2 id=\"chronology\">Chronology</h2>\n<div class=\"scroll\">\n");
        self.chronology_table(summary, is_full);
        self.raw("</div>\n");
    }

    fn chronology_table(&mut self, summary: &Summary, is_full: bool) {
        self.raw("<table>\n<thead><tr><th scope=\"col\">No.</th><th scope=\"col\">When</th><th scope=\"col\">What</th><th scope=\"col\">Who</th><th scope=\"col\">Sources</th></tr></thead>\n<tbody>\n");
        for event in &summary.events {
            let date = if event.date.is_empty() {
                "undated"
            } else {
                &event.date
            };
            self.put(format_args!(
                "<tr><td class=\"number\">{}</td><td class=\"when\">{}</td><td class=\"what\"><strong>{}</strong>",
                event.number,
                escaped(date),
                escaped(&event.title)
            ));
            if let (Some(note), true) = (event.note, is_full) {
                self.raw(&note_mark(note));
            }
            if !event.status.is_empty() {
                let class = if event.status == "disputed" {
                    "status disputed"
                } else {
                    "status"
                };
                self.put(format_args!(
                    " <span class=\"{class}\">{}</span>",
                    escaped(&event.status)
                ));
            }
            if let Some(later) = &event.superseded_by {
                self.put(format_args!(
                    "<p class=\"small\">superseded by: {}</p>",
                    escaped(later)
                ));
            }
            if !event.summary.is_empty() {
                self.put(format_args!("<p>{}</p>", styled(&event.summary)));
            }
            if let Some(place) = &event.place {
                self.put(format_args!("<p class=\"small\">{}</p>", escaped(place)));
            }
            let sources: Vec<String> = event
                .sources
                .iter()
                .map(|source| {
                    if is_full {
                        format!("{} {}", escaped(&source.name), source_mark(source.number))
                    } else {
                        escaped(&source.name)
                    }
                })
                .collect();
            self.put(format_args!(
                "</td><td class=\"who\">{}</td><td class=\"from\">{}</td></tr>\n",
                escaped(&event.actors.join("; ")),
                sources.join("; ")
            ));
        }
        self.raw("</tbody>\n</table>\n");
    }

    fn comparisons(&mut self, summary: &Summary) {
        if summary.parts.iter().all(|part| part.comparisons.is_empty()) {
            return;
        }
        self.raw("<h2 id=\"comparisons\">Accounts side by side</h2>\n");
        for part in &summary.parts {
            for table in &part.comparisons {
                let title = table.section.as_deref().unwrap_or(&part.title);
                self.put(format_args!("<h3>{}</h3>\n", escaped(title)));
                self.comparison(table);
            }
        }
    }

    fn comparison(&mut self, table: &ComparisonTable) {
        self.put(format_args!(
            "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">{}</th>",
            escaped(&table.points_label)
        ));
        for column in &table.columns {
            let number = column
                .source
                .map(|it| format!(" {}", source_mark(it)))
                .unwrap_or_default();
            self.put(format_args!(
                "<th scope=\"col\">{}{number}</th>",
                escaped(&column.title)
            ));
        }
        if table.has_reading {
            self.raw("<th scope=\"col\">Reading</th>");
        }
        self.raw("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.put(format_args!(
                "<tr><th scope=\"row\">{}</th>",
                escaped(&row.point)
            ));
            for cell in &row.cells {
                self.put(format_args!("<td>{}", escaped(&cell.text)));
                if !cell.verdict.is_empty() {
                    self.raw(&standing(&cell.level, &cell.verdict_label, ""));
                }
                self.raw("</td>");
            }
            if table.has_reading {
                let reading = escaped(row.reading.as_deref().unwrap_or_default());
                let dispute = row.dispute.as_deref().map(escaped);
                let dispute = dispute.map(|it| format!("<p class=\"small chosen\">{it}</p>"));
                self.put(format_args!(
                    "<td><em>{reading}</em>{}</td>",
                    dispute.unwrap_or_default()
                ));
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table></div>\n");
    }

    fn statements(&mut self, summary: &Summary) {
        if summary.parts.iter().all(|part| part.statements.is_empty()) {
            return;
        }
        self.raw("<h2 id=\"statements\">Statements</h2>\n");
        for part in summary
            .parts
            .iter()
            .filter(|part| !part.statements.is_empty())
        {
            if summary.parts.len() > 1 {
                self.put(format_args!("<h3>{}</h3>\n", escaped(&part.title)));
            }
            if !part.coverage.is_empty() {
                self.put(format_args!(
                    "<p class=\"small\">{}</p>\n",
                    escaped(&part.coverage)
                ));
            }
            let mut section = None;
            for statement in &part.statements {
                if statement.section != section {
                    section.clone_from(&statement.section);
                    if let Some(section) = &section {
                        self.put(format_args!("<h4>{}</h4>\n", escaped(section)));
                    }
                }
                self.statement(statement, statement.grade.as_ref());
            }
        }
    }

    fn notes(&mut self, summary: &Summary) {
        if summary.notes.is_empty() {
            return;
        }
        self.raw("<h2 id=\"notes\">Notes</h2>\n<ol class=\"notes\">\n");
        for note in &summary.notes {
            self.note(note);
        }
        self.raw("</ol>\n");
    }

    fn note(&mut self, note: &Note) {
        let event = note
            .event
            .map(|event| format!("Event {event}: "))
            .unwrap_or_default();
        self.put(format_args!(
            "<li id=\"note-{}\"><span class=\"small\">{event}{}</span>",
            note.number,
            escaped(&note.about)
        ));
        if !note.remark.is_empty() {
            self.put(format_args!(" <em>{}</em>", styled(&note.remark)));
        }
        self.raw("<ul>\n");
        for line in &note.evidence {
            self.evidence(line);
        }
        self.raw("</ul></li>\n");
    }

    fn evidence(&mut self, line: &EvidenceLine) {
        self.raw("<li>");
        if !line.relation_words.is_empty() {
            self.put(format_args!(
                "<span class=\"standing\"><b>{}</b></span> ",
                line.relation_words
            ));
        }
        self.raw(&styled(&line.citation));
        if let Some(number) = line.source {
            self.put(format_args!(" {}", source_mark(number)));
        }
        self.put(format_args!("{}. ", escaped(&line.said_in_words())));
        if let Some(words) = &line.copy_says {
            self.put(format_args!("The copy has “{}”. ", escaped(words)));
        }
        let facts: String = line
            .facts()
            .iter()
            .map(|fact| format!(" · {}", escaped(fact)))
            .collect();
        self.raw(&standing(&line.level, &line.verdict_label, &facts));
        self.raw("</li>\n");
    }

    fn sources(&mut self, summary: &Summary) {
        if summary.sources.is_empty() {
            return;
        }
        self.put(format_args!(
            "<h2 id=\"sources\">Sources</h2>\n<p class=\"small\">Style: {}</p>\n<ol class=\"notes\">\n",
            escaped(&summary.style)
        ));
        for source in &summary.sources {
            let mut facts = source.remarks.clone();
            facts.push(match (&source.copy_date, &source.copy_hash) {
                (Some(date), Some(hash)) => format!("copy of {date}, sha256 {hash}"),
                (None, Some(hash)) => format!("copy, sha256 {hash}"),
                _ => "no copy".to_owned(),
            });
            self.put(format_args!(
                "<li id=\"source-{}\">{}<br><span class=\"small\">{}",
                source.number,
                styled(&source.citation),
                escaped(&facts.join(" · "))
            ));
            let via = source
                .via
                .as_ref()
                .filter(|via| Some(*via) != source.url.as_ref());
            for (words, address) in [
                ("consulted at", via),
                ("archived at", source.archived.as_ref()),
            ] {
                if let Some(address) = address {
                    self.put(format_args!(
                        " · {words} {}",
                        link(address, &escaped(address))
                    ));
                }
            }
            self.raw("</span></li>\n");
        }
        self.raw("</ol>\n");
    }

    fn unchecked(&mut self, summary: &Summary) {
        let unchecked = &summary.unchecked;
        if unchecked.is_empty {
            return;
        }
        self.raw(
            "<h2 id=\"unchecked\">What was not borne out, or could not be checked</h2>\n<ul>\n",
        );
        for found in unchecked.failed.iter().chain(&unchecked.doubtful) {
            self.finding(found);
        }
        for line in unchecked.in_words() {
            self.put(format_args!("<li>{}</li>\n", escaped(&line)));
        }
        self.raw("</ul>\n");
    }

    fn finding(&mut self, found: &Finding) {
        self.put(format_args!(
            "<li>{} “{}”",
            standing(&found.level, &found.verdict_label, ""),
            escaped(&found.quote)
        ));
        if let Some(source) = found.source {
            self.put(format_args!(" {}", source_mark(source)));
        }
        if let Some(note) = found.note {
            self.put(format_args!(", <a href=\"#note-{note}\">note {note}</a>"));
        }
        if let Some(words) = &found.copy_says {
            self.put(format_args!(
                "<br><span class=\"small\">The copy has “{}”</span>",
                escaped(words)
            ));
        }
        self.raw("</li>\n");
    }
}

fn note_mark(number: u32) -> String {
    format!("<sup><a href=\"#note-{number}\" aria-label=\"Note {number}\">{number}</a></sup>")
}

fn source_mark(number: u32) -> String {
    format!("<a href=\"#source-{number}\">[{number}]</a>")
}

/// The verdict in words, with a sign whose shape says as much as its color. `more` is HTML.
fn standing(level: &str, label: &str, more: &str) -> String {
    format!(
        "<div class=\"standing {}\"><span class=\"seal\"></span><b>{}</b>{more}</div>",
        escaped(level),
        escaped(label)
    )
}

fn styled(words: &[Words]) -> String {
    let mut out = String::new();
    for words in words {
        let mut text = escaped(&words.text);
        for (is_on, tag) in [
            (words.code, "code"),
            (words.bold, "strong"),
            (words.italic, "em"),
        ] {
            if is_on {
                text = format!("<{tag}>{text}</{tag}>");
            }
        }
        match &words.url {
            Some(url) => out.push_str(&link(url, &text)),
            None => out.push_str(&text),
        }
    }
    out
}

/// A link that is followed only when it is clicked, and that tells no one where from.
fn link(address: &str, html: &str) -> String {
    if is_outward(address) {
        format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\">{html}</a>",
            escaped(address)
        )
    } else {
        html.to_owned()
    }
}
