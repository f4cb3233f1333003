//! `sourceline search` as scripts meet it: the real binary, its output and its exit codes.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

const TALKS: &str = "---
title: The talks
events:
  - date: 2025-03-18
    title: The presidents speak
    actors: [Ann]
sources:
  wh: {title: Readout, copy: wh.txt}
---
## The call

Both sides agreed to go on talking [@wh, \"go on talking\"].

Zelenskýy was told \u{1b}[31m later.
";

struct Library {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Library {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("talks.md"), TALKS).expect("a file");
        fs::write(folder.path().join("wh.txt"), "They will go on talking.").expect("a file");
        fs::create_dir(folder.path().join("old")).expect("a folder");
        fs::write(
            folder.path().join("old/other.md"),
            "# Other\n\nThey talked before.\n",
        )
        .expect("a file");
        let cache = tempfile::tempdir().expect("a folder");
        Self { folder, cache }
    }

    /// Exit code, standard output and standard error.
    fn search(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_sourceline"))
            .arg("search")
            .args(arguments)
            .current_dir(self.folder.path())
            .env("HOME", self.cache.path())
            .env("XDG_CACHE_HOME", self.cache.path())
            .env("LOCALAPPDATA", self.cache.path())
            .env_remove("SOURCELINE_LOG")
            .output()
            .expect("the program starts");
        (
            output.status.code().expect("it ended by itself"),
            String::from_utf8(output.stdout).expect("UTF-8"),
            String::from_utf8(output.stderr).expect("UTF-8"),
        )
    }
}

#[test]
fn hits_are_printed_with_their_places() {
    let library = Library::new();
    let (code, out, err) = library.search(&[".", "zelenskyy"]);
    assert_eq!((code, err.as_str()), (0, ""));
    // What could act on a terminal is made visible.
    assert_eq!(
        out,
        "talks.md:14:1: …sides agreed to go on talking. Zelenskýy was told \u{fffd}[31m later.\n"
    );
    let (code, out, _) = library.search(&[".", "who:ann"]);
    assert_eq!(code, 0);
    assert_eq!(out, "talks.md:6:14: The presidents speak — Actors: Ann\n");
    let (code, out, _) = library.search(&["old", ".", "talk"]);
    assert_eq!(code, 0);
    let files: Vec<&str> = out
        .lines()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert!(
        files.contains(&"old/other.md") && files.contains(&"talks.md"),
        "{out}"
    );
    assert_eq!(
        library.search(&[".", "zzz"]),
        (1, String::new(), String::new())
    );
}

#[test]
fn the_json_names_place_kind_and_matches() {
    let library = Library::new();
    let (code, out, _) = library.search(&[".", "talking", "--format", "json", "--limit", "1"]);
    assert_eq!(code, 0);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["query"], "talking");
    assert_eq!(answer["hits"].as_array().map(Vec::len), Some(1));
    assert!(answer["total"].as_u64() >= Some(2), "{answer}");
    let hit = &answer["hits"][0];
    for key in [
        "path", "line", "column", "kind", "briefing", "text", "matches",
    ] {
        assert!(!hit[key].is_null(), "{key} in {hit}");
    }
    let text: Vec<char> = hit["text"].as_str().expect("text").chars().collect();
    let bounds = |at: usize| hit["matches"][0][at].as_u64().expect("a number") as usize;
    let word: String = text[bounds(0)..bounds(1)].iter().collect();
    assert!(word.starts_with("talk"), "{word}");
}

#[test]
fn standings_are_those_of_the_checks() {
    let library = Library::new();
    let (code, out, _) = library.search(&[".", "standing:single-source talking"]);
    assert_eq!(code, 0, "{out}");
    fs::write(library.folder.path().join("wh.txt"), "Something else.").expect("a file");
    let (code, _, _) = library.search(&[".", "standing:single-source talking"]);
    assert_eq!(code, 1);
    let (code, _, _) = library.search(&[".", "standing:altered talking"]);
    assert_eq!(code, 0);
}

#[test]
fn what_cannot_be_read_is_told() {
    let library = Library::new();
    let (code, out, err) = library.search(&[".", "before:18.03.2025"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("write `2025-03-18`"), "{err}");
    let (code, _, err) = library.search(&["nowhere", "x"]);
    assert_eq!(code, 2);
    assert!(err.contains("nowhere"), "{err}");
    let (code, _, err) = library.search(&[".", "  "]);
    assert_eq!(code, 2);
    assert!(err.contains("empty query"), "{err}");
    assert_eq!(library.search(&["."]).0, 2);
}

#[test]
fn a_query_may_begin_with_what_is_not_wanted() {
    let library = Library::new();
    let (_, all, _) = library.search(&[".", "after:1000"]);
    for (query, count) in [("-talks", 1), ("-status:claimed", 1), ("-hidden", 1)] {
        let (code, out, err) = library.search(&[".", query, "--limit", "1"]);
        assert_eq!(
            (code, out.lines().count()),
            (0, count),
            "{query}: {err} {all}"
        );
    }
}

#[test]
fn the_index_is_kept_in_the_cache_and_follows_the_files() {
    let library = Library::new();
    let indexes = || {
        let folder = library.cache.path().join("sourceline/search");
        let found = fs::read_dir(folder).map(|entries| entries.count());
        found.unwrap_or(0)
    };
    assert_eq!(library.search(&[".", "talked"]).0, 0);
    if cfg!(target_os = "linux") {
        assert_eq!(indexes(), 1);
    }
    fs::write(
        library.folder.path().join("old/other.md"),
        "# Other\n\nNothing.\n",
    )
    .expect("a file");
    let (_, out, _) = library.search(&[".", "\"talked\""]);
    assert_eq!(out, "");
    fs::remove_file(library.folder.path().join("talks.md")).expect("removed");
    assert_eq!(library.search(&[".", "presidents"]).0, 1);
    assert_eq!(library.search(&[".", "nothing"]).0, 0);
}

#[test]
fn a_cache_that_cannot_be_written_is_told_in_one_line() {
    let library = Library::new();
    let in_the_way = library.cache.path().join("sourceline");
    fs::write(&in_the_way, "no folder").expect("a file");
    if cfg!(target_os = "linux") {
        let (code, out, err) = library.search(&[".", "who:ann"]);
        assert_eq!(code, 0);
        assert!(Path::new(&in_the_way).is_file() && !out.is_empty());
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(err.contains("The search index cannot be kept"), "{err}");
    }
}
