//! Words of a copy made ready to be pasted: as an evidence line, and as a Markdown citation.

use super::normalize::{is_quote_mark, is_zero_width};
use crate::model::{Relation, Source};

/// A line for an evidence footnote: `says [@key]: "…"`. `lang` is written when it is given, after the quote.
/// What Markdown would read as a mark is escaped, because the line stands in Markdown.
pub fn evidence_line(words: &str, relation: Relation, key: &str, lang: Option<&str>) -> String {
    let quote = quoted(&escaped(&one_line(words)));
    let lang = lang
        .map(|lang| format!(" (lang: {lang})"))
        .unwrap_or_default();
    format!("{} [@{key}]: {quote}{lang}", relation.as_str())
}

/// A citation for any Markdown text: the quoted words, then the source with its address.
pub fn markdown_citation(words: &str, source: &Source) -> String {
    let mut citation = String::new();
    let line = one_line(words);
    if !line.is_empty() {
        let marks = if line.contains(['“', '”']) {
            ('‘', '’')
        } else {
            ('“', '”')
        };
        citation.push(marks.0);
        citation.push_str(&escaped(&line));
        citation.push(marks.1);
        citation.push(' ');
    }
    citation.push('(');
    let label = escaped(&one_line(source.label()));
    match source.address().filter(|address| is_linkable(address)) {
        Some(address) => {
            let address = address.replace('(', "%28").replace(')', "%29");
            citation.push_str(&format!("[{label}]({address})"));
        }
        None => citation.push_str(&label),
    }
    let publisher = source.publisher.as_deref();
    let publisher = publisher.filter(|publisher| *publisher != source.label());
    let date = source.date.as_ref().map(|date| date.written());
    for detail in [publisher, date].into_iter().flatten() {
        citation.push_str(", ");
        citation.push_str(&escaped(detail));
    }
    citation.push(')');
    citation
}

/// Words without line breaks, hyphenation or characters of no width.
pub fn one_line(words: &str) -> String {
    let mut joined = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let after = rest.trim_start_matches([' ', '\t', '\r']);
        if c == '\u{ad}' && after.starts_with('\n') {
            rest = after.trim_start();
        } else if matches!(c, '-' | '‐')
            && joined.ends_with(char::is_alphabetic)
            && after.starts_with('\n')
        {
            // The hyphen may belong to the word; the check accepts both, and a reader sees which it is.
            joined.push(c);
            rest = after.trim_start();
        } else if !is_zero_width(c) {
            joined.push(c);
        }
    }
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words between quotation marks that do not occur in them. Kinds of quotation marks make no difference to
/// a check, so where all occur the inner ones become single.
fn quoted(words: &str) -> String {
    for (open, close, taken) in [
        ('"', '"', "\""),
        ('“', '”', "“”"),
        ('«', '»', "«»"),
        ('„', '“', "„“”‟"),
    ] {
        if !words.contains(|c| taken.contains(c)) {
            return format!("{open}{words}{close}");
        }
    }
    let inner: String = words
        .chars()
        .map(|c| if is_quote_mark(c) { '\'' } else { c })
        .collect();
    format!("\"{inner}\"")
}

/// Words with everything escaped that Markdown would read as a mark.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_linkable(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Context, CopyText, Level, check};

    #[test]
    fn selected_words_become_an_evidence_line() {
        for (words, expected) in [
            (
                "an energy\n ceasefire",
                "says [@wh]: \"an energy ceasefire\"",
            ),
            ("a \"huge\" upside", "says [@wh]: “a \"huge\" upside”"),
            ("a “huge” upside", "says [@wh]: \"a “huge” upside\""),
            ("a “huge” \"upside\"", "says [@wh]: «a “huge” \"upside\"»"),
            (
                "a “huge” \"upside\" «x»",
                "says [@wh]: \"a 'huge' 'upside' 'x'\"",
            ),
            (
                "cease\u{ad}fire thirty-\nday",
                "says [@wh]: \"ceasefire thirty-day\"",
            ),
        ] {
            assert_eq!(evidence_line(words, Relation::Says, "wh", None), expected);
            // What is pasted is found where it was selected.
            let copy = CopyText::from_text(words);
            let (_, quote) = expected.split_once(": ").expect("a quote");
            let mut quote = quote.chars();
            quote.next();
            quote.next_back();
            let checked = check(quote.as_str(), None, &copy, &Context::default());
            assert_eq!(checked.level(), Level::Good, "{expected}");
        }
        assert_eq!(
            evidence_line("слова", Relation::Differs, "k", Some("ru")),
            "differs [@k]: \"слова\" (lang: ru)"
        );
    }

    #[test]
    fn a_citation_is_plain_markdown() {
        let source = Source {
            key: "wh".into(),
            title: Some("Readout [of] a call".into()),
            publisher: Some("The White House".into()),
            url: Some("https://example.org/a_(b)".into()),
            ..Source::default()
        };
        assert_eq!(
            markdown_citation("*huge* upside", &source),
            "“\\*huge\\* upside” ([Readout \\[of\\] a call](https://example.org/a_%28b%29), The White House)"
        );
        let bare = Source {
            key: "wh".into(),
            url: Some("javascript:alert(1)".into()),
            ..Source::default()
        };
        assert!(!markdown_citation("x", &bare).contains("]("));
    }
}
