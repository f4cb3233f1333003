//! SARIF 2.1.0 (OASIS), which code hosts and editors read from any analyzer.
//!
//! One run; every code is a rule, every problem a result. Columns are counted in code points, as
//! everywhere in Sourceline, and the run says so.

#![expect(
    clippy::indexing_slicing,
    reason = "a key of a JSON object that is made two lines above"
)]

use super::{Report, Told};
use crate::problem::{Code, Severity};
use serde_json::{Value, json};
use std::fmt::Write as _;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// # Errors
///
/// A sentence, when the report cannot be said in JSON.
pub(super) fn print(report: &Report) -> Result<String, String> {
    let rules: Vec<Value> = Code::ALL.iter().map(|&code| rule(code)).collect();
    let results: Vec<Value> = report.told.iter().map(result).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "Sourceline",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log)
        .map_err(|error| format!("the report could not be written as SARIF: {error}"))?;
    text.push('\n');
    Ok(text)
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.meaning() },
        "fullDescription": { "text": code.meaning() },
        "help": {
            "text": format!(
                "{} Each result says what was expected, what was found, and what to do about it.",
                code.meaning()
            )
        },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(told: &Told) -> Value {
    let problem = &told.problem;
    let mut place = json!({ "artifactLocation": { "uri": uri(&told.path) } });
    // Of a file that could not be read there are no lines.
    if !told.text.is_empty() {
        place["region"] = json!({
            "startLine": told.start.line,
            "startColumn": told.start.column,
            "endLine": told.end.line,
            "endColumn": told.end.column,
        });
    }
    json!({
        "ruleId": problem.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|&code| code == problem.code),
        "level": level(problem.severity),
        "message": { "text": format!("{}\nHelp: {}", problem.message, problem.hint) },
        "locations": [{ "physicalLocation": place }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The path as a URI reference (RFC 3986); an absolute one as a `file:` URI.
#[expect(clippy::unreachable, reason = "a string takes everything")]
fn uri(path: &str) -> String {
    let portable = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let mut uri = String::new();
    if portable.starts_with('/') {
        uri.push_str("file://");
    } else if cfg!(windows) && portable.get(1..3) == Some(":/") {
        uri.push_str("file:///");
    }
    for byte in portable.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else if write!(uri, "%{byte:02X}").is_err() {
            unreachable!("a string takes everything");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::told;
    use super::*;
    use crate::problem::Problem;

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("briefings/a b.md", "briefings/a%20b.md"),
            ("/ü#1.md", "file:///%C3%BC%231.md"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn a_result_names_its_rule_its_place_and_the_remedy() {
        let problem = Problem::new(Code::QuoteAltered, 0..1, "expected a, found b", "write a");
        let mut told = told("a.md", problem, (2, 3), (2, 9));
        let unread = result(&told);
        assert!(unread["locations"][0]["physicalLocation"]["region"].is_null());
        told.text = "a text".into();
        let result = result(&told);
        let index = result["ruleIndex"]
            .as_u64()
            .and_then(|at| usize::try_from(at).ok());
        assert_eq!(
            index.and_then(|at| Code::ALL.get(at)),
            Some(&Code::QuoteAltered)
        );
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startColumn"], 3);
        assert_eq!(region["endColumn"], 9);
        assert_eq!(result["level"], "error");
        assert_eq!(
            result["message"]["text"],
            "expected a, found b\nHelp: write a"
        );
    }
}
