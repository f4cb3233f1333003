//! For people: each problem with its place in the file, as compilers print them.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and back from where they are above 0"
)]

use super::{Report, Told, VerdictAt};
use crate::cli::output::plain;
use crate::evidence::one_line;
use crate::problem::{Problem, Severity};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

pub(super) fn print(report: &Report, with_verdicts: bool) -> String {
    let renderer = Renderer::styled();
    let mut printed = String::new();
    if with_verdicts {
        printed.extend(report.verdicts.iter().map(verdict_line));
        printed.push('\n');
    }
    for told in &report.told {
        printed.push_str(&with_snippet(&renderer, told));
        printed.push_str("\n\n");
    }
    printed.push_str(&totals_line(report));
    printed
}

/// "call.md:10:22: verbatim @wh “the leaders agreed”".
fn verdict_line(at: &VerdictAt) -> String {
    let words = match at.words.as_str() {
        "" => String::new(),
        words => format!(" “{}”", one_line(words)),
    };
    let line = format!(
        "{}:{}: {} @{}{words}",
        at.path, at.place, at.checked.verdict, at.key
    );
    plain(&line) + "\n"
}

pub(super) fn totals_line(report: &Report) -> String {
    let plural = |count: usize, noun: &str| {
        let ending = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{ending}")
    };
    format!(
        "{} checked: {}, {}, {}\n{}\n",
        plural(report.briefings, "briefing"),
        plural(report.count(Severity::Error), "error"),
        plural(report.count(Severity::Warning), "warning"),
        plural(report.count(Severity::Note), "note"),
        coverage_line(report),
    )
}

/// "31 of 34 statements sourced, 2 unquoted, 1 disputed, 1 altered", as a sentence begins.
fn coverage_line(report: &Report) -> String {
    let line = report.coverage.to_string();
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// A problem of a path that could not be read: there are no lines to show.
fn place_only(renderer: &Renderer, problem: &Problem, path: &str) -> String {
    let group = level(problem.severity)
        .primary_title(plain(&problem.message))
        .id(problem.code.as_str())
        .element(annotate_snippets::Origin::path(plain(path)))
        .element(Level::HELP.message(plain(&problem.hint)));
    renderer.render(&[group])
}

/// The longest stretch of one line that is shown; a file may be a single line of megabytes.
const MAX_SHOWN_BYTES: usize = 160;
/// How many lines of a long range are shown.
const MAX_SHOWN_LINES: usize = 3;

fn with_snippet(renderer: &Renderer, told: &Told) -> String {
    let (text, problem) = (&*told.text, &told.problem);
    if text.is_empty() {
        return place_only(renderer, problem, &told.path);
    }
    let place = told.start;
    let shown = Shown::cut(text, problem);
    let group = level(problem.severity)
        .primary_title(plain(&problem.message))
        .id(problem.code.as_str())
        .element(
            Snippet::source(shown.text)
                .path(plain(&told.path))
                .line_start(place.line as usize)
                .annotation(AnnotationKind::Primary.span(shown.marked)),
        )
        .element(Level::HELP.message(plain(&problem.hint)));
    let rendered = renderer.render(&[group]);
    // The snippet counts columns in what is shown of the line; the place in the file is what counts.
    if shown.cut_before {
        format!("{rendered}\n  at {}:{place}", plain(&told.path))
    } else {
        rendered
    }
}

/// The part of a file that is printed with a problem.
struct Shown {
    text: String,
    marked: std::ops::Range<usize>,
    cut_before: bool,
}

impl Shown {
    fn cut(text: &str, problem: &Problem) -> Self {
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(problem.span.start as usize);
        let end = floor(problem.span.end as usize).max(start);
        let line_start = text
            .get(..start)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |at| at + 1);
        let from = floor(line_start.max(start.saturating_sub(MAX_SHOWN_BYTES)));
        // A range over many lines is marked in its first ones.
        let mut until = start;
        for line in 1..=MAX_SHOWN_LINES {
            let rest = text.get(until..).unwrap_or_default();
            let line_end = rest.find('\n').map_or(text.len(), |at| until + at);
            let short = floor(line_end.min(until + MAX_SHOWN_BYTES));
            until = short;
            if short < line_end || short >= end || line == MAX_SHOWN_LINES {
                break;
            }
            until += 1;
        }
        let until = floor(until);
        let marked_end = end.min(until).max(start);
        // Same lengths in bytes are not needed: the marks are counted in the cleaned text.
        let before = clean(text.get(from..start).unwrap_or_default());
        let marked = clean(text.get(start..marked_end).unwrap_or_default());
        let after = clean(text.get(marked_end..until).unwrap_or_default());
        let range = before.len()..before.len() + marked.len();
        Self {
            text: before + &marked + &after,
            marked: range,
            cut_before: from > line_start,
        }
    }
}

/// As [`plain`], but line breaks stay.
fn clean(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| plain(line.trim_end_matches('\r')))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use crate::span::Span;

    fn shown(text: &str, span: std::ops::Range<usize>) -> (String, String) {
        let problem = Problem::new(Code::DateSyntax, Span::from(span), "m", "h");
        let shown = Shown::cut(text, &problem);
        let marked = shown.text[shown.marked.clone()].to_owned();
        (shown.text, marked)
    }

    #[test]
    fn the_line_of_a_problem_is_shown_and_its_words_are_marked() {
        let text = "one\ntwo три four\nfive";
        let at = text.find("три").expect("it is there");
        let (line, marked) = shown(text, at..at + "три".len());
        assert_eq!(line, "two три four");
        assert_eq!(marked, "три");
    }

    #[test]
    fn a_line_of_megabytes_is_cut_around_the_problem() {
        let text = format!("{}bad{}", "é".repeat(1_000_000), "x".repeat(1_000_000));
        let at = text.find("bad").expect("it is there");
        let (line, marked) = shown(&text, at..at + 3);
        assert!(line.len() <= 3 * MAX_SHOWN_BYTES, "{}", line.len());
        assert_eq!(marked, "bad");
    }

    #[test]
    fn a_range_of_many_lines_shows_the_first_ones() {
        let text = "a\nb\nc\nd\ne\nf";
        let (lines, marked) = shown(text, 2..text.len());
        assert_eq!(lines, "b\nc\nd");
        assert_eq!(marked, "b\nc\nd");
    }

    #[test]
    fn escapes_in_a_file_are_made_visible_and_marks_stay_in_place() {
        let text = "a\u{1b}[0mbad\r\nnext";
        let at = text.find("bad").expect("it is there");
        let (line, marked) = shown(text, at..at + 3);
        assert_eq!(line, "a\u{fffd}[0mbad");
        assert_eq!(marked, "bad");
    }
}
