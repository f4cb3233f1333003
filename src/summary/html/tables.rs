//! The tables of the page: the chronology, and accounts side by side.

use super::Html;
use super::words::{note_mark, source_mark, standing, styled};
use crate::summary::content::{ComparisonTable, Summary};
use crate::summary::svg::escaped;

impl Html {
    pub(super) fn chronology_table(&mut self, summary: &Summary, is_full: bool) {
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

    pub(super) fn chronology(&mut self, summary: &Summary, is_full: bool) {
        if summary.events.is_empty() {
            return;
        }
        self.raw("<h2 id=\"chronology\">Chronology</h2>\n<div class=\"scroll\">\n");
        self.chronology_table(summary, is_full);
        self.raw("</div>\n");
    }

    pub(super) fn comparisons(&mut self, summary: &Summary) {
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
}
