//! What stands in parentheses: `(by: X; to: Y; on: DATE; as of: DATE; lang: ru; tr: Z; B2)`.

#![expect(
    clippy::string_slice,
    reason = "places are ASCII signs that were found in the same words"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use super::{Scope, Words, trimmed};
use crate::date::Date;
use crate::model::Evidence;
use crate::parse::date_code::date_code;
use crate::problem::{Code, Problem, Severity};

/// Reads the inside of parentheses. Returns whether they hold options; otherwise nothing has changed.
pub(super) fn read_options(
    inside: &Words,
    evidence: &mut Evidence,
    scope: &Scope,
    problems: &mut Vec<Problem>,
) -> bool {
    let text = inside.text;
    let mut parts = Vec::new();
    let mut start = 0;
    for part in text.split(';') {
        let range = trimmed(text, start..start + part.len());
        start += part.len() + 1;
        if range.is_empty() {
            continue;
        }
        let words = &text[range.clone()];
        if is_grade(words) {
            parts.push(("", range.clone(), range));
        } else if let Some((name, _)) = words.split_once(':')
            && name.len() <= 12
            && name
                .chars()
                .all(|c| c.is_ascii_alphabetic() || " -_".contains(c))
        {
            let value = range.start + name.len() + 1;
            parts.push((name, trimmed(text, value..range.end), range));
        } else {
            return false;
        }
    }
    let found = !parts.is_empty();
    for (name, range, whole) in parts {
        let value = inside.held(range.clone());
        let name = name.trim().to_ascii_lowercase().replace(['-', '_'], " ");
        match name.as_str() {
            "" | "grade" => evidence.details.grade = Some(value),
            "by" => evidence.details.by = Some(value),
            "to" => evidence.details.to = Some(value),
            "on" => evidence.details.on = read_date(&inside.part(range), scope, problems),
            "as of" => evidence.details.as_of = read_date(&inside.part(range), scope, problems),
            "lang" | "language" => {
                if let Some(quote) = &mut evidence.quote {
                    quote.details.lang = Some(value);
                }
            }
            "tr" | "translator" | "translation" => {
                if let Some(quote) = &mut evidence.quote {
                    quote.details.translator = Some(value);
                }
            }
            _ => problems.push(Problem {
                severity: Severity::Warning,
                ..Problem::new(
                    Code::EvidenceSyntax,
                    inside.span(whole),
                    format!("expected by, to, on, as of, lang, tr or a grade, found `{name}`"),
                    "use one of these names, or write the words outside the parentheses",
                )
            }),
        }
    }
    found
}

fn read_date(words: &Words, scope: &Scope, problems: &mut Vec<Problem>) -> Option<Date> {
    match Date::parse(words.text, scope.zone) {
        Ok(date) => Some(date),
        Err(error) => {
            let all = 0..words.text.len();
            let at = error.at.start.min(all.end)..error.at.end.min(all.end);
            let at = if at.is_empty() { all } else { at };
            problems.push(Problem::new(
                date_code(error.kind),
                words.span(at),
                error.message,
                error.hint,
            ));
            None
        }
    }
}

/// The NATO Admiralty code: `A` to `F` for the source, `1` to `6` for the information.
fn is_grade(words: &str) -> bool {
    matches!(words.as_bytes(), [b'A'..=b'F', b'1'..=b'6'])
}
