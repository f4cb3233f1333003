//! The checks of quotations through the real program: `lock`, `check` in all its formats, and `export`.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const COPY: &str = "The readout.\n\nThey freed 22 wounded men in all. Both agreed on a pause.\n";

/// A library of one briefing with one source.
fn library(copy_path: &str, body: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library");
    fs::create_dir_all(library.join("sources")).expect("folders");
    fs::write(library.join("sources/a.txt"), COPY).expect("written");
    let text = format!(
        "---\ntitle: The call\nsources:\n  a:\n    title: A readout\n    url: https://example.org/a\n    copy: {copy_path}\n---\n\n{body}\n"
    );
    fs::write(library.join("call.md"), text).expect("written");
    folder
}

fn sourceline(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sourceline"))
        .current_dir(folder)
        .args(arguments)
        .env("SOURCE_DATE_EPOCH", "1742256000")
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = sourceline(folder, arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// Code and severity of every problem.
fn problems(folder: &Path) -> Vec<(String, String)> {
    let report = json(folder, &["check", "library", "--format", "json"]);
    let word = |problem: &Value, key: &str| problem[key].as_str().expect("words").to_owned();
    report["problems"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|problem| {
            assert_ne!(word(problem, "hint"), "", "a remedy: {problem}");
            (word(problem, "code"), word(problem, "severity"))
        })
        .collect()
}

/// The first piece of evidence of the first statement.
fn evidence(folder: &Path) -> Value {
    let model = json(folder, &["export", "library", "--to", "json"]);
    model["briefings"][0]["statements"][0]["evidence"][0].clone()
}

fn one(code: &str, severity: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), severity.to_owned())]
}

const GOOD: &str = "Men were freed [@a, \"freed 22 wounded men\"].";
const BAD: &str = "Men were freed [@a, \"freed 23 wounded men in all\"].";

#[test]
fn a_copy_that_changes_after_the_lock_is_told_until_it_is_locked_again() {
    let folder = library("sources/a.txt", GOOD);
    let folder = folder.path();
    assert_eq!(problems(folder), []);
    let locked = sourceline(folder, &["lock", "library"]);
    assert_eq!(locked.status.code(), Some(0), "{locked:?}");
    assert!(
        stdout(&locked).contains("written: 1 quoted, 1 copied"),
        "{locked:?}"
    );
    assert_eq!(problems(folder), []);

    let copy = folder.join("library/sources/a.txt");
    fs::write(&copy, format!("{COPY}And more.\n")).expect("written");
    assert_eq!(problems(folder), one("copy-changed", "warning"));
    assert_eq!(evidence(folder)["verdict"], "copy-changed");
    let strict = sourceline(folder, &["check", "library", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));

    assert_eq!(
        sourceline(folder, &["lock", "library"]).status.code(),
        Some(0)
    );
    assert_eq!(problems(folder), []);
}

#[test]
fn a_lock_is_a_web_annotation_page_and_the_same_every_time() {
    let folder = library("sources/a.txt", GOOD);
    let folder = folder.path();
    let path = folder.join("library/call.lock.json");
    sourceline(folder, &["lock", "library/call.md"]);
    let first = fs::read_to_string(&path).expect("a lock");
    let page: Value = serde_json::from_str(&first).expect("JSON");
    assert_eq!(page["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(page["type"], "AnnotationPage");
    let source = &page["sources"][0];
    assert_eq!(source["address"], "https://example.org/a");
    assert_eq!(source["read"], "2025-03-18");
    assert_eq!(source["sha256"].as_str().map(str::len), Some(64));
    let item = &page["items"][0];
    assert_eq!(item["verdict"], "verbatim");
    assert_eq!(item["target"]["source"], "https://example.org/a");
    let [words, place] = item["target"]["selector"]
        .as_array()
        .expect("selectors")
        .as_slice()
    else {
        panic!("two selectors: {item}");
    };
    assert_eq!(words["type"], "TextQuoteSelector");
    assert_eq!(words["exact"], "freed 22 wounded men");
    assert_eq!(words["suffix"], " in all. Both agreed on a pause.");
    assert_eq!(place["type"], "TextPositionSelector");
    assert_eq!(
        (place["start"].as_u64(), place["end"].as_u64()),
        (Some(19), Some(39))
    );

    // On another day, too: the copy is the one that was read before.
    let again = Command::new(env!("CARGO_BIN_EXE_sourceline"))
        .current_dir(folder)
        .args(["lock", "library"])
        .env("SOURCE_DATE_EPOCH", "0")
        .output()
        .expect("the program runs");
    assert!(stdout(&again).contains("unchanged"), "{again:?}");
    fs::remove_file(&path).expect("removed");
    sourceline(folder, &["lock", "library"]);
    assert_eq!(fs::read_to_string(&path).expect("a lock"), first);
    let left = fs::read_dir(folder.join("library")).expect("a folder");
    assert_eq!(left.count(), 3, "nothing but briefing, lock and sources");
}

#[test]
fn a_lock_cut_in_half_is_a_problem_and_is_written_anew() {
    let folder = library("sources/a.txt", GOOD);
    let folder = folder.path();
    sourceline(folder, &["lock", "library"]);
    let path = folder.join("library/call.lock.json");
    let whole = fs::read(&path).expect("a lock");
    fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    assert_eq!(problems(folder), one("lock-syntax", "warning"));
    let model = json(folder, &["export", "library", "--to", "json"]);
    assert_eq!(model["briefings"][0]["lock"], "unreadable");
    assert_eq!(evidence(folder)["verdict"], "verbatim");
    assert_eq!(
        sourceline(folder, &["lock", "library"]).status.code(),
        Some(0)
    );
    assert_eq!(fs::read(&path).expect("a lock"), whole);
    assert_eq!(problems(folder), []);
}

#[test]
fn words_that_stand_twice_stay_ambiguous_when_they_are_locked() {
    let folder = library("sources/a.txt", "Both did [@a, \"They freed\"].");
    let folder = folder.path();
    let copy = format!("{COPY}They freed more.\n");
    fs::write(folder.join("library/sources/a.txt"), copy).expect("written");
    assert_eq!(problems(folder), one("quote-ambiguous", "note"));
    sourceline(folder, &["lock", "library"]);
    assert_eq!(problems(folder), one("quote-ambiguous", "note"));
}

#[test]
fn a_place_that_a_locator_chose_does_not_decide_for_others_once_it_is_locked() {
    let body = "One [@a, line 5, \"They freed\"]. Both [@a, \"They freed\"].";
    let folder = library("sources/a.txt", body);
    let folder = folder.path();
    let copy = format!("{COPY}\nThey freed more.\n");
    fs::write(folder.join("library/sources/a.txt"), copy).expect("written");
    assert_eq!(problems(folder), one("quote-ambiguous", "note"));
    sourceline(folder, &["lock", "library"]);
    assert_eq!(problems(folder), one("quote-ambiguous", "note"));
}

#[test]
fn nothing_outside_the_library_is_read() {
    for outside in [
        "../../etc/passwd",
        "/etc/passwd",
        "../secret.txt",
        "sources/link.txt",
    ] {
        let folder = library(outside, "It says so [@a, \"the secret words\"].");
        let folder = folder.path();
        fs::write(folder.join("secret.txt"), "These are the secret words.").expect("written");
        #[cfg(unix)]
        std::os::unix::fs::symlink(
            folder.join("secret.txt"),
            folder.join("library/sources/link.txt"),
        )
        .expect("a link");
        if cfg!(not(unix)) && outside.ends_with("link.txt") {
            continue;
        }
        assert_eq!(problems(folder), one("file-outside", "error"), "{outside}");
        assert_eq!(evidence(folder)["verdict"], "no-copy", "{outside}");
        let locked = sourceline(folder, &["lock", "library"]);
        assert_eq!(locked.status.code(), Some(1), "{locked:?}");
        assert!(!folder.join("library/call.lock.json").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_lock_that_leads_out_of_the_library_is_not_read() {
    let folder = library("sources/a.txt", GOOD);
    let folder = folder.path();
    fs::write(folder.join("outside.json"), "{}").expect("written");
    let link = folder.join("library/call.lock.json");
    std::os::unix::fs::symlink(folder.join("outside.json"), &link).expect("a link");
    assert_eq!(problems(folder), one("file-outside", "error"));
    let locked = sourceline(folder, &["lock", "library"]);
    assert_eq!(locked.status.code(), Some(1), "{locked:?}");
    assert_eq!(
        fs::read_to_string(folder.join("outside.json")).expect("there"),
        "{}"
    );
}

#[test]
fn copies_that_cannot_be_read_are_problems_and_their_verdicts_grey() {
    let folder = library("sources/b.txt", GOOD);
    let folder = folder.path();
    let copy = folder.join("library/sources/b.txt");
    assert_eq!(problems(folder), one("copy-missing", "warning"));
    fs::create_dir(&copy).expect("a folder");
    assert_eq!(problems(folder), one("copy-missing", "warning"));
    fs::remove_dir(&copy).expect("removed");
    fs::write(&copy, b"PK\x03\x04\0\0binary").expect("written");
    assert_eq!(problems(folder), one("copy-unreadable", "warning"));
    let large = fs::File::create(&copy).expect("a file");
    large.set_len(100 * 1024 * 1024).expect("a sparse file");
    assert_eq!(problems(folder), one("file-too-large", "warning"));
    let human = sourceline(folder, &["check", "library"]);
    assert!(stdout(&human).contains("found 100 MB"), "{human:?}");
    let evidence = evidence(folder);
    assert_eq!(evidence["verdict"], "no-copy");
    assert!(evidence["found"].is_null() && evidence["start"].is_null());
}

#[test]
fn a_page_nested_100_000_deep_is_read_like_any_other() {
    let folder = library("sources/deep.html", GOOD);
    let folder = folder.path();
    let page = format!(
        "{}They freed 22 wounded men in all.{}",
        "<div><b>".repeat(50_000),
        "</b></div>".repeat(50_000)
    );
    fs::write(folder.join("library/sources/deep.html"), page).expect("written");
    assert_eq!(problems(folder), []);
    assert_eq!(evidence(folder)["verdict"], "verbatim");
    assert_eq!(evidence(folder)["start"], 5);
}

#[test]
fn a_locator_decides_between_two_places() {
    let body = "Both did [@a, para. 3, \"They freed\"].";
    let folder = library("sources/a.txt", body);
    let folder = folder.path();
    let copy = format!("{COPY}\nThey freed more.\n");
    fs::write(folder.join("library/sources/a.txt"), copy).expect("written");
    assert_eq!(problems(folder), []);
    assert_eq!(evidence(folder)["verdict"], "verbatim");
    assert_eq!(evidence(folder)["start"], 73);
}

#[test]
fn every_verdict_is_listed_with_its_place_on_request() {
    let body =
        "Men were freed [@a, \"freed 22 wounded men\"; silent @a: truce]. So it is told [@a].";
    let folder = library("sources/a.txt", body);
    let folder = folder.path();
    let human = sourceline(folder, &["check", "library", "--verdicts"]);
    let lines: Vec<&str> = stdout(&human).lines().collect();
    assert_eq!(
        lines,
        [
            "library/call.md:10:22: verbatim @a “freed 22 wounded men”",
            "library/call.md:10:45: silence-holds @a “truce”",
            "library/call.md:10:79: paraphrase @a",
            "",
            "1 briefing checked: 0 errors, 0 warnings, 0 notes",
            "2 of 2 statements sourced, 1 unquoted",
        ]
    );
    let report = json(folder, &["check", "library", "--format", "json"]);
    let first = &report["verdicts"][0];
    assert_eq!(first["verdict"], "verbatim");
    assert_eq!(
        (first["line"].as_u64(), first["column"].as_u64()),
        (Some(10), Some(22))
    );
    assert_eq!(first["found"], "freed 22 wounded men");
    assert_eq!(report["verdicts"][2]["words"], Value::Null);
    assert_eq!(report["coverage"]["sourced"], 2);
    assert_eq!(report["coverage"]["standings"]["single-source"], 1);
}

#[test]
fn verdicts_stand_in_the_json_with_the_words_that_were_found() {
    let folder = library("sources/a.txt", BAD);
    let folder = folder.path();
    let model = json(folder, &["export", "library", "--to", "json"]);
    let statement = &model["briefings"][0]["statements"][0];
    assert_eq!(statement["standing"], "altered");
    let evidence = &statement["evidence"][0];
    assert_eq!(evidence["verdict"], "altered");
    assert_eq!(evidence["found"], "freed 22 wounded men in all");
    assert_eq!(
        (evidence["start"].as_u64(), evidence["end"].as_u64()),
        (Some(19), Some(46))
    );
    assert_eq!(
        model["briefings"][0]["problems"][0]["code"],
        "quote-altered"
    );
    assert_eq!(model["totals"]["errors"], 1);
}

#[test]
fn sarif_and_workflow_commands_say_what_the_others_say() {
    let folder = library("sources/a.txt", BAD);
    let folder = folder.path();
    let checked = sourceline(folder, &["check", "library"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(
        stdout(&checked).contains("error[quote-altered]"),
        "{checked:?}"
    );

    let log = json(folder, &["check", "library", "--format", "sarif"]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "quote-altered");
    assert_eq!(result["level"], "error");
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "quote-altered");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "library/call.md");
    let region = &place["region"];
    let at = |key: &str| region[key].as_u64();
    assert_eq!((at("startLine"), at("startColumn")), (Some(10), Some(22)));
    assert_eq!((at("endLine"), at("endColumn")), (Some(10), Some(49)));

    let commands = sourceline(folder, &["check", "library", "--format", "github"]);
    assert_eq!(commands.status.code(), Some(1));
    let first = stdout(&commands).lines().next().expect("a line");
    assert!(
        first.starts_with("::error file=library/call.md,line=10,endLine=10,col=22,endColumn=49,title=quote-altered::expected"),
        "{first}"
    );
}

#[test]
fn the_shipped_briefings_are_clean_and_the_tour_shows_every_verdict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let checked = sourceline(folder, &["check", "briefings", "--strict"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    let model = json(
        folder,
        &["export", "briefings/how-it-checks.md", "--to", "json"],
    );
    let given: Vec<&str> = model["briefings"][0]["statements"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|statement| statement["evidence"].as_array().expect("a list"))
        .filter_map(|evidence| evidence["verdict"].as_str())
        .collect();
    for verdict in sourceline::evidence::Verdict::ALL {
        assert!(given.contains(&verdict.as_str()), "{verdict} is not shown");
    }
}
