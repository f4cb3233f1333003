//! Words, marks and links as HTML; all that comes from a briefing is escaped here.

use crate::summary::prose::{Words, is_outward};
use crate::summary::svg::escaped;

pub(super) fn note_mark(number: u32) -> String {
    format!("<sup><a href=\"#note-{number}\" aria-label=\"Note {number}\">{number}</a></sup>")
}

pub(super) fn source_mark(number: u32) -> String {
    format!("<a href=\"#source-{number}\">[{number}]</a>")
}

/// The verdict in words, with a sign whose shape says as much as its color. `more` is HTML.
pub(super) fn standing(level: &str, label: &str, more: &str) -> String {
    format!(
        "<div class=\"standing {}\"><span class=\"seal\"></span><b>{}</b>{more}</div>",
        escaped(level),
        escaped(label)
    )
}

pub(super) fn styled(words: &[Words]) -> String {
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
pub(super) fn link(address: &str, html: &str) -> String {
    if is_outward(address) {
        format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\">{html}</a>",
            escaped(address)
        )
    } else {
        html.to_owned()
    }
}
