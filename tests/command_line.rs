//! The program as scripts and terminals meet it: the real binary, its output and its exit codes.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Runs the program in `folder`, without a display.
fn sourceline(folder: &Path, arguments: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_sourceline"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env_remove("SOURCELINE_LOG")
        .output()
        .expect("the program starts");
    Ended::from(output)
}

struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| {
            panic!("{error}\n{}\n{}", self.out, self.err);
        })
    }
}

/// A library in a temporary folder.
struct Fixture(tempfile::TempDir);

impl Fixture {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(path, content).expect("a file");
        }
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        sourceline(self.0.path(), arguments)
    }
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

const GOOD: &str = "---
title: A call
as-of: 2025-03-25
events:
  - id: call
    date: 2025-03-18T10:00-04:00
    title: They speak
    lane: Talks
    actors: [A, B]
    tags: [call]
    sources: [wh]
sources:
  wh:
    title: Readout
    publisher: The White House
    date: 2025-03-18
    url: https://example.org/readout
    copy: wh.txt
    kind: primary
    reliability: B
---

A halt was announced.[^halt]

[^halt]: Report.
    - says [@wh, para. 2]: \"a halt\" (by: the spokesman; B2)
";

/// One event with a date that does not exist.
const BAD_DATE: &str =
    "---\ntitle: T\nevents:\n  - date: 2025-02-30\n    title: Never\n---\n\nText.\n";
/// A near miss of a key, which is a warning.
const WARNS: &str = "---\ntitel: T\n---\n\nText.\n";

#[test]
fn check_ends_with_0_without_errors_1_with_them_and_2_when_it_could_not_run() {
    let fixture = Fixture::new(&[
        ("good.md", GOOD.as_bytes()),
        ("wh.txt", b"There was a halt."),
        ("warns.md", WARNS.as_bytes()),
        ("bad.md", BAD_DATE.as_bytes()),
    ]);
    for (arguments, code) in [
        (&["check", "good.md"][..], 0),
        (&["check", "good.md", "--strict"], 0),
        (&["check", "warns.md"], 0),
        (&["check", "warns.md", "--strict"], 1),
        (&["check", "bad.md"], 1),
        (&["check", "."], 1),
        (&["check", "good.md", "nothing.md"], 1),
        (&["check", "nothing.md"], 2),
        (&["check"], 2),
        (&["check", "good.md", "--format", "xml"], 2),
    ] {
        let ended = fixture.run(arguments);
        assert_eq!(
            ended.code, code,
            "{arguments:?}\n{}{}",
            ended.out, ended.err
        );
    }
}

#[test]
fn check_prints_the_place_the_words_and_the_way_out() {
    let fixture = Fixture::new(&[("bad.md", BAD_DATE.as_bytes())]);
    let ended = fixture.run(&["check", "bad.md"]);
    for part in [
        "error[date-impossible]",
        "bad.md:4:11",
        "date: 2025-02-30",
        "help:",
        "1 error",
    ] {
        assert!(ended.out.contains(part), "no {part:?} in\n{}", ended.out);
    }
    assert!(
        !ended.out.contains('\u{1b}'),
        "no colors where there is no terminal"
    );
}

#[test]
fn check_prints_json_for_programs() {
    let fixture = Fixture::new(&[("bad.md", BAD_DATE.as_bytes())]);
    let report = fixture.run(&["check", "bad.md", "--format", "json"]).json();
    let problem = &report["problems"][0];
    assert_eq!(problem["path"], "bad.md");
    assert_eq!(problem["code"], "date-impossible");
    assert_eq!(problem["severity"], "error");
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&4.into(), &11.into())
    );
    for key in ["message", "hint"] {
        assert!(
            problem[key].as_str().is_some_and(|text| !text.is_empty()),
            "{key}"
        );
    }
    assert_eq!(report["totals"]["errors"], 1);
}

#[test]
fn the_shipped_library_checks_without_a_warning() {
    let ended = sourceline(&project(), &["check", "briefings", "--strict"]);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("0 errors, 0 warnings"), "{}", ended.out);
}

#[test]
fn export_writes_the_documented_model() {
    let fixture = Fixture::new(&[
        ("good.md", GOOD.as_bytes()),
        ("wh.txt", b"There was a halt."),
    ]);
    let ended = fixture.run(&["export", "good.md", "--to", "json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let model = ended.json();
    let briefing = &model["briefings"][0];
    let event = &briefing["events"][0];
    let source = &briefing["sources"][0];
    let statement = &briefing["statements"][0];
    let evidence = &statement["evidence"][0];
    for (value, keys) in [
        (&model, "briefings totals"),
        (
            briefing,
            "path title as_of events sources statements problems",
        ),
        (
            event,
            "id title date earliest latest precision approximate uncertain lane actors tags status sources line",
        ),
        (source, "key title publisher date url copy kind reliability"),
        (statement, "id text line evidence"),
        (evidence, "source relation locator quote by grade"),
    ] {
        for key in keys.split(' ') {
            assert!(value.get(key).is_some(), "no key {key} in {value}");
        }
    }
    assert_eq!(event["date"], "2025-03-18T10:00-04:00");
    assert_eq!(event["earliest"], "2025-03-18T14:00:00Z");
    assert_eq!(
        event["latest"], "2025-03-18T14:01:00Z",
        "latest is exclusive"
    );
    assert_eq!(event["sources"], serde_json::json!(["wh"]));
    assert_eq!(event["line"], 5);
    assert_eq!(statement["id"], "halt");
    assert_eq!(statement["text"], "A halt was announced.");
    assert_eq!(evidence["relation"], "says");
    assert_eq!(evidence["quote"], "a halt");
    assert_eq!(evidence["locator"], "para. 2");
    assert_eq!(evidence["grade"], "B2");
    assert_eq!(briefing["problems"], serde_json::json!([]));
    assert_eq!(model["totals"]["events"], 1);
}

#[test]
fn far_years_are_exported_expanded_and_open_ends_as_null() {
    let text = "---\ntitle: T\nevents:\n  - {date: Y-170000002, title: Far}\n  - {date: 2025/.., title: Open}\n---\n\nText.\n";
    let fixture = Fixture::new(&[("a.md", text.as_bytes())]);
    let model = fixture.run(&["export", "a.md", "--to", "json"]).json();
    let events = &model["briefings"][0]["events"];
    assert_eq!(events[0]["earliest"], "-170000002-01-01T00:00:00Z");
    assert_eq!(events[1]["earliest"], "2025-01-01T00:00:00Z");
    assert_eq!(events[1]["latest"], Value::Null);
}

#[test]
fn export_replaces_a_file_as_a_whole_or_leaves_it() {
    let fixture = Fixture::new(&[
        ("in/good.md", GOOD.as_bytes()),
        ("in/wh.txt", b"There was a halt."),
        ("out/model.json", b"old"),
    ]);
    let ended = fixture.run(&["export", "nothing", "-o", "out/model.json"]);
    assert_eq!(ended.code, 2);
    let target = fixture.0.path().join("out/model.json");
    assert_eq!(fs::read_to_string(&target).expect("the old file"), "old");

    let ended = fixture.run(&["export", "in", "-o", "out/model.json"]);
    assert_eq!((ended.code, ended.out.as_str()), (0, ""), "{}", ended.err);
    let written = fs::read_to_string(&target).expect("the new file");
    let model: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(model["totals"]["briefings"], 1);
    let beside = fs::read_dir(target.parent().expect("a folder")).expect("a folder");
    assert_eq!(beside.count(), 1, "nothing is left beside the file");
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn without_a_display_it_says_so_in_one_sentence() {
    let fixture = Fixture::new(&[("good.md", GOOD.as_bytes())]);
    let ended = fixture.run(&["good.md"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("no display"), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
}

/// One kind of bad input: the file, the codes it must be told by, and the line of the first.
struct Bad {
    name: &'static str,
    content: Vec<u8>,
    code: &'static str,
    line: u64,
}

fn bad_files() -> Vec<Bad> {
    let bad = |name, content: &str, code, line| Bad {
        name,
        content: content.as_bytes().to_vec(),
        code,
        line,
    };
    let mut files = vec![
        bad("empty.md", "", "file-empty", 1),
        bad(
            "unclosed.md",
            "---\ntitle: T\n\nText.\n",
            "front-matter-unclosed",
            1,
        ),
        bad(
            "list.md",
            "---\n- a\n- b\n---\n\nText.\n",
            "front-matter-not-mapping",
            2,
        ),
        bad(
            "tab.md",
            "---\ntitle: T\nevents:\n\t- date: 2025\n---\n\nText.\n",
            "yaml-tab",
            4,
        ),
        bad(
            "twice.md",
            "---\ntitle: T\ntitle: U\n---\n\nText.\n",
            "yaml-duplicate-key",
            3,
        ),
        bad(
            "anchor.md",
            "---\ntitle: &a T\nsubtitle: *a\n---\n\nText.\n",
            "yaml-anchor",
            2,
        ),
        bad(
            "unknown-key.md",
            "---\ntitle: T\nsources:\n  wh: {title: R}\n---\n\nIt was said [@wh; @nobody].\n",
            "source-unknown",
            7,
        ),
        bad(
            "open-citation.md",
            "---\ntitle: T\nsources:\n  wh: {title: R}\n---\n\nIt was said [@wh, para. 2\n\nAnd on.\n",
            "citation-unclosed",
            7,
        ),
        bad(
            "one-id.md",
            "---\ntitle: T\nevents:\n  - {id: a, date: 2025, title: A}\n  - {id: a, date: 2026, title: B}\n---\n\nText.\n",
            "event-duplicate-id",
            5,
        ),
        bad("no-such-day.md", BAD_DATE, "date-impossible", 4),
    ];
    files.push(Bad {
        name: "not-utf8.md",
        content: b"---\ntitle: T\n---\n\nCaf\xe9.\n".to_vec(),
        code: "file-not-utf8",
        line: 1,
    });
    let deep = format!("---\ntitle: T\nx: {}\n---\n\nText.\n", "[".repeat(10_000));
    files.push(Bad {
        name: "deep.md",
        content: deep.into_bytes(),
        code: "yaml-too-deep",
        line: 3,
    });
    files
}

/// Every kind of bad input in one library: each is told with place and remedy, and the good file opens.
#[test]
fn bad_input_is_told_with_place_and_remedy_and_the_rest_opens() {
    let bad = bad_files();
    let mut files: Vec<(&str, &[u8])> =
        bad.iter().map(|bad| (bad.name, &bad.content[..])).collect();
    files.push(("good.md", GOOD.as_bytes()));
    files.push(("wh.txt", b"There was a halt."));
    let fixture = Fixture::new(&files);
    let large = fs::File::create(fixture.0.path().join("large.md")).expect("a file");
    large.set_len(65 * 1024 * 1024).expect("65 MB");

    let started = Instant::now();
    let ended = fixture.run(&["check", ".", "missing.md", "--format", "json"]);
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(ended.code, 1, "{}", ended.err);
    let report = ended.json();
    let problems = report["problems"].as_array().expect("a list");
    let of_file = |name: &str| -> Vec<&Value> {
        problems
            .iter()
            .filter(|problem| {
                problem["path"]
                    .as_str()
                    .is_some_and(|path| path.ends_with(name))
            })
            .collect()
    };
    for bad in &bad {
        let told = of_file(bad.name);
        let found = told.iter().find(|problem| problem["code"] == bad.code);
        let Some(found) = found else {
            panic!("{}: expected {}, found {told:#?}", bad.name, bad.code);
        };
        if bad.code != "file-not-utf8" {
            assert_eq!(found["line"], bad.line, "{found:#}");
        }
    }
    assert_eq!(of_file("large.md")[0]["code"], "file-too-large");
    assert_eq!(of_file("missing.md")[0]["code"], "file-unreadable");
    assert!(of_file("good.md").is_empty(), "{:#?}", of_file("good.md"));
    for problem in problems {
        for key in ["message", "hint"] {
            assert!(
                problem[key].as_str().is_some_and(|text| !text.is_empty()),
                "{problem}"
            );
        }
    }

    let model = fixture.run(&["export", ".", "--to", "json"]).json();
    let briefings = model["briefings"].as_array().expect("a list");
    assert_eq!(
        briefings.len(),
        bad.len() + 2,
        "every file opens, as far as it can be read"
    );
    let event = |file: &str, title: &str| {
        let briefing = briefings
            .iter()
            .find(|briefing| briefing["path"] == file)
            .expect("the file");
        let events = briefing["events"].as_array().expect("a list");
        events.iter().any(|event| event["title"] == title)
    };
    assert!(event("good.md", "They speak"));
    assert!(
        event("one-id.md", "A") && event("one-id.md", "B"),
        "both events are kept"
    );
    assert!(
        event("no-such-day.md", "Never"),
        "an event without a place in time is kept"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_told_and_the_rest_opens() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = Fixture::new(&[
        ("good.md", GOOD.as_bytes()),
        ("wh.txt", b"There was a halt."),
        ("closed/a.md", b"# A\n"),
    ]);
    let closed = fixture.0.path().join("closed");
    let set =
        |mode| fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).expect("rights");
    set(0o000);
    let arguments = ["check", ".", "--format", "json"];
    let ended = if fs::read_dir(&closed).is_ok() {
        // Root reads everything; the program runs as nobody then, from a place that nobody can reach.
        use std::os::unix::process::CommandExt as _;
        const NOBODY: u32 = 65_534;
        let root = fixture.0.path();
        fs::set_permissions(root, fs::Permissions::from_mode(0o755)).expect("rights");
        let place = tempfile::tempdir().expect("a folder");
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).expect("rights");
        let binary = place.path().join("sourceline");
        fs::copy(env!("CARGO_BIN_EXE_sourceline"), &binary).expect("a copy of the program");
        let output = Command::new(&binary)
            .args(arguments)
            .current_dir(root)
            .env("HOME", place.path())
            .uid(NOBODY)
            .gid(NOBODY)
            .output()
            .expect("the program starts as nobody");
        Ended::from(output)
    } else {
        fixture.run(&arguments)
    };
    set(0o755);
    let report = ended.json();
    assert_eq!(
        report["problems"][0]["code"], "file-unreadable",
        "{report:#}"
    );
    assert!(
        report["problems"][0]["path"]
            .as_str()
            .is_some_and(|path| path.ends_with("closed"))
    );
    assert_eq!(report["totals"]["briefings"], 1);
    assert_eq!(ended.code, 1);
}

/// A folder of dated notes as people keep them without Sourceline: each note is an event with its sources.
#[test]
fn dated_notes_of_another_kind_are_events_with_their_sources() {
    let first = "---
date: 2024-11-05
title: The vote
actors: [Voters, Parties]
tags: [election]
importance: 8
sources:
  - title: Results
    url: https://example.org/results
    outlet: The Gazette
    date: 2024-11-06
  - title: Turnout
    url: https://example.org/turnout
    outlet: The Herald
    date: 2024-11-07
---

The polls closed at eight.
";
    let second = "---
date: '2025-01-20'
title: The oath
actors:
  - The president
tags: oath, office
importance: 9
sources: [{title: Live, url: 'https://example.org/live', outlet: The Wire, date: 2025-01-20}]
---

The oath was taken.
";
    let fixture = Fixture::new(&[
        ("notes/2024/vote.md", first.as_bytes()),
        ("notes/2025/oath.md", second.as_bytes()),
    ]);
    let checked = fixture.run(&["check", "notes", "--strict"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let model = fixture.run(&["export", "notes", "--to", "json"]).json();
    let briefings = model["briefings"].as_array().expect("a list");
    let expected = [
        ("The vote", "2024-11-05", 8, 2, "The Gazette"),
        ("The oath", "2025-01-20", 9, 1, "The Wire"),
    ];
    assert_eq!(briefings.len(), expected.len());
    for (briefing, (title, date, importance, sources, outlet)) in briefings.iter().zip(expected) {
        let events = briefing["events"].as_array().expect("a list");
        assert_eq!(events.len(), 1, "{title}");
        assert_eq!(events[0]["title"], title);
        assert_eq!(events[0]["date"], date);
        assert_eq!(events[0]["importance"], importance);
        assert_eq!(
            events[0]["sources"].as_array().map(Vec::len),
            Some(sources),
            "{title}"
        );
        assert!(
            events[0]["actors"]
                .as_array()
                .is_some_and(|actors| !actors.is_empty())
        );
        assert_eq!(briefing["sources"][0]["publisher"], outlet);
    }
}

/// What a hostile library could make a terminal do: a title that clears the screen, a name that sets its own, text that
/// runs backwards. None of it gets there, by any command that people read.
#[cfg(unix)]
#[test]
fn nothing_that_acts_on_a_terminal_comes_out_raw() {
    let text = "---\ntitle: \"\\e]0;owned\\a\\e[2J\"\nevents:\n  - {date: \"2025-02-30\\e[31m\", title: \"\\u202Ebackwards \\x9b31m\"}\nsources:\n  \"wh\\e[5m\": {title: \"\\e[8mhidden\"}\n---\n\nHe said so [@nobody\u{1b}[7m, \"a\u{9b}b\"]. A `\u{1b}[2J` call.\n";
    let name = "\u{1b}]0;a\u{7}\u{202e}.md";
    let fixture = Fixture::new(&[(name, text.as_bytes()), ("good.md", GOOD.as_bytes())]);
    let acts = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for arguments in [
        &["check", "."][..],
        &["check", name],
        &["check", ".", "--format", "github"],
        &["check", ".", "--format", "json"],
        &["check", ".", "--format", "sarif"],
        &["check", "\u{1b}[2Jnothing.md"],
        &["lock", "."],
        &["search", ".", "call"],
        &["export", ".", "--to", "json"],
        &["export", ".", "--to", "md"],
        &["export", ".", "--to", "csv"],
        &["export", ".", "--to", "html"],
        &["export", "\u{1b}[2Jnothing", "--to", "json"],
        &["\u{1b}[2Jnothing.md"],
    ] {
        let ended = fixture.run(arguments);
        // What is for programs holds what the files hold; only a terminal gets it without control characters.
        let is_data =
            arguments.contains(&"--to") || matches!(arguments.last(), Some(&("json" | "sarif")));
        for (out, which) in [(&ended.out, "output"), (&ended.err, "errors")] {
            if is_data && which == "output" {
                continue;
            }
            let found = out.char_indices().find(|&(_, c)| acts(c));
            let around = found.map(|(at, _)| {
                let from = out.floor_char_boundary(at.saturating_sub(40));
                &out[from..out.ceil_char_boundary(at + 40).min(out.len())]
            });
            assert_eq!(around, None, "{arguments:?}: raw in its {which}");
        }
    }
}
