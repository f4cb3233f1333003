//! One web page that needs nothing else: no script, no picture from elsewhere, nothing that loads by itself.

mod evidence;
mod tables;
mod words;

use super::choice::Template;
use super::content::{Part, Summary};
use super::prose::Paragraph;
use super::svg::{self, escaped};
use std::fmt::Write as _;
use words::styled;

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
}
