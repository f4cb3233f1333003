//! `export --to json` against its documentation: the same keys in the same order, and everything that an author wrote.

use serde_json::{Value, json};
use std::fs;
use std::process::Command;

const BRIEFING: &str = r#"---
title: A halt
subtitle: What was agreed
summary: A **first** step.
date: 2025-03-20
as-of: 2025-04-01
authors: [One, Two]
organization: Desk
lang: en
timezone: Europe/Kyiv
marking: TLP:GREEN
status: draft
tags: [talks]
events:
  - id: call
    date: 2025-03
    title: The call
    place: Moscow
    kind: talk
    url: https://example.org/call
    image: call.png
    sources: ['says @wh: "a halt was agreed"']
sources:
  wh:
    type: Post
    genre: Readout
    title: Readout
    author: The White House
    date: 2025-03-18
    language: en
    url: https://example.org/wh
    archived: https://archive.example/wh
    party: takes part
    volume: 3
    copy: {file: wh.txt, url: https://example.org/wh.txt, date: 2025-03-19}
  kremlin:
    title: Press release
    based-on: [wh]
---

# The call {#call}

A halt was agreed.[^halt]

This is a sentence of more than fifty characters that has no mark whatever in it.

This is a sentence of more than fifty characters that says it needs no source.[^ck]

| point | [@wh] | [@kremlin] | reading |
|---|---|---|---|
| scope | "a halt was agreed" | no word | one-sided |

[^ck]: common knowledge

[^halt]: Judgement; likely. Confidence: moderate. Both say so.
    - says [@wh, para. 1]: "a halt was agreed" = "es wurde vereinbart" (by: X; to: Y; on: 2025-03-18; as of: 2025-03-19; lang: en; tr: ours; B2)
"#;

fn exported() -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), BRIEFING).expect("written");
    fs::write(folder.path().join("wh.txt"), "They say a halt was agreed.").expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_sourceline"))
        .current_dir(folder.path())
        .args(["export", "a.md", "--to", "json"])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The keys of a section's table: the words in back quotes of its first column, in order.
fn documented(section: &str) -> Vec<&'static str> {
    let page = include_str!("../docs/JSON.md");
    let (_, rest) = page
        .split_once(&format!("## {section}\n"))
        .unwrap_or_else(|| panic!("no section {section}"));
    let table = rest.split("\n## ").next().unwrap_or_default();
    let cells = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .filter(|cell| cell.starts_with('`'));
    cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_key_is_documented_and_every_documented_key_is_there() {
    let model = exported();
    let briefing = &model["briefings"][0];
    let statement = &briefing["statements"][0];
    for (section, value) in [
        ("The document", &model),
        ("A briefing", briefing),
        ("An event", &briefing["events"][0]),
        ("A source", &briefing["sources"][0]),
        ("A statement", statement),
        ("A comparison", &briefing["comparisons"][0]),
        ("A piece of evidence", &statement["evidence"][0]),
    ] {
        let object = value
            .as_object()
            .unwrap_or_else(|| panic!("{section}: {value}"));
        let keys: Vec<&str> = object.keys().map(String::as_str).collect();
        let mut documented = documented(section);
        // serde_json keeps its maps sorted.
        documented.sort_unstable();
        assert_eq!(keys, documented, "{section}");
    }
}

#[test]
fn what_an_author_wrote_is_all_there() {
    let model = exported();
    let briefing = &model["briefings"][0];
    for (pointer, expected) in [
        ("/summary", json!("A **first** step.")),
        ("/organization", json!("Desk")),
        ("/timezone", json!("Europe/Kyiv")),
        ("/status", json!("draft")),
        (
            "/headings/0",
            json!({"level": 1, "id": "call", "text": "The call", "line": 41}),
        ),
        ("/events/0/kind", json!("talk")),
        ("/events/0/url", json!("https://example.org/call")),
        ("/events/0/image", json!("call.png")),
        ("/events/0/evidence/0/verdict", json!("verbatim")),
        ("/events/0/passages/0", json!({"line": 41, "end_line": 56})),
        ("/sources/0/genre", json!("Readout")),
        ("/sources/0/language", json!("en")),
        ("/sources/0/archived", json!("https://archive.example/wh")),
        ("/sources/0/party", json!("takes part")),
        ("/sources/0/copy_date", json!("2025-03-19")),
        ("/sources/0/more", json!({"volume": "3"})),
        ("/sources/1/party", Value::Null),
        ("/sources/1/based_on", json!(["wh"])),
        ("/sources/1/origin", json!("briefing")),
        ("/statements/0/mark", json!("footnote")),
        ("/statements/0/grade", json!("judgement")),
        ("/statements/0/likelihood", json!("likely")),
        ("/statements/0/confidence", json!("moderate")),
        ("/statements/0/note", json!("Both say so.")),
        ("/statements/0/evidence/0/on", json!("2025-03-18")),
        ("/statements/0/evidence/0/as_of", json!("2025-03-19")),
        ("/statements/0/evidence/0/lang", json!("en")),
        ("/statements/0/evidence/0/translator", json!("ours")),
        ("/comparisons/0/columns/1/source", json!("kremlin")),
        (
            "/comparisons/0/rows/0/cells/0/evidence/0/verdict",
            json!("verbatim"),
        ),
        ("/comparisons/0/rows/0/reading", json!("one-sided")),
        ("/unsourced/0/line", json!(45)),
        ("/unsourced/0/reason", Value::Null),
        ("/exempt/0/reason", json!("common knowledge")),
    ] {
        assert_eq!(briefing.pointer(pointer), Some(&expected), "{pointer}");
    }
}
