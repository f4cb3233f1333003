//! What is stated, what it rests on, and what could not be checked.

use super::Html;
use super::words::{link, note_mark, source_mark, standing, styled};
use crate::summary::content::{EvidenceLine, Finding, Note, StatementRow, Summary};
use crate::summary::svg::escaped;

impl Html {
    pub(super) fn key_statements(&mut self, summary: &Summary) {
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

    pub(super) fn statements(&mut self, summary: &Summary) {
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

    pub(super) fn notes(&mut self, summary: &Summary) {
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

    pub(super) fn sources(&mut self, summary: &Summary) {
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

    pub(super) fn unchecked(&mut self, summary: &Summary) {
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
