//! What a terminal gets to see of hostile files, by the real program on a real terminal.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Colors red, sets the title of the terminal, rings, clears the screen (by one character), turns the words around.
const HOSTILE: &str = "\u{1b}[31mRED\u{1b}]0;pwn\u{7}\u{9b}2J\u{202e}gnp\u{2028}\u{61c}x";

/// The same as YAML and JSON write it.
fn escaped() -> String {
    HOSTILE
        .chars()
        .map(|c| match c {
            c if c.is_ascii_graphic() => c.to_string(),
            c => format!("\\u{:04x}", u32::from(c)),
        })
        .collect()
}

fn library(folder: &Path) {
    let words = escaped();
    let text = format!(
        "---\ntitle: \"T {words}\"\nsources:\n  wh: {{title: \"S {words}\", url: \"https://example.org/{words}\", copy: \"{words}.txt\"}}\nevents:\n  - {{id: e, date: 2025, title: \"Word {words}\", lane: \"{words}\", actors: [\"{words}\"], sources: [wh, \"no{words}\"]}}\n\"key{words}\": 1\n---\n\n# Word {HOSTILE}\n\nWord {HOSTILE} [@wh, \"{HOSTILE}\"]. B [@no{HOSTILE}] [^{HOSTILE}].\n\n[a](javascript:{HOSTILE}) ![x](../{HOSTILE})\n"
    );
    let inside = folder.join("in");
    fs::create_dir(&inside).expect("a folder");
    for name in [
        "a.md".to_owned(),
        format!("{HOSTILE}.md"),
        "b\n\u{1b}c.md".to_owned(),
    ] {
        fs::write(inside.join(name), &text).expect("a file");
    }
    let deep = inside.join(HOSTILE);
    fs::create_dir(&deep).expect("a folder");
    fs::write(deep.join("c.md"), &text).expect("a file");
    fs::write(inside.join("sources.yml"), "x: [\u{1b}[31m\u{9b}\n").expect("a file");
}

/// What the program writes when it runs on a terminal; `None` where there is no tool to make one.
fn on_terminal(folder: &Path, arguments: &[&str]) -> Option<String> {
    let quoted = |word: &&str| format!("'{word}'");
    let words: Vec<String> = [env!("CARGO_BIN_EXE_sourceline")]
        .iter()
        .chain(arguments)
        .map(quoted)
        .collect();
    let output = Command::new("script")
        .args(["-qec", &words.join(" "), "/dev/null"])
        .current_dir(folder)
        .env("TERM", "xterm-256color")
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What could act on the terminal, without the program's own colors and its line of progress.
fn acting(shown: &str) -> Vec<char> {
    let mut found = Vec::new();
    let mut rest = shown;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '\u{1b}'
            && let Some(code) = rest.strip_prefix('[')
            && let Some(end) = code.find(|c: char| !(c.is_ascii_digit() || c == ';' || c == '?'))
            && code[end..].starts_with(['m', 'K', 'A', 'h', 'l'])
        {
            rest = &code[end + 1..];
            continue;
        }
        let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if turns || c.is_control() && !matches!(c, '\n' | '\r' | '\t') {
            found.push(c);
        }
    }
    found
}

#[test]
fn nothing_of_a_hostile_file_acts_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    library(folder.path());
    let named = format!("--{HOSTILE}.md");
    let nowhere = format!("{HOSTILE}.md");
    let mut runs: Vec<Vec<&str>> = vec![
        vec!["check", "in"],
        vec!["check", "in", "--format", "json"],
        vec!["check", "in", "--format", "sarif"],
        vec!["check", "in", "--format", "github"],
        vec!["search", "in", "word"],
        vec!["search", "in", "word", "--format", "json"],
        vec!["lock", "in"],
        vec!["check", &named],
        vec!["check", &nowhere],
        vec![&named],
        vec!["export", "in", "--to", HOSTILE],
        vec!["export", "in", "--style", HOSTILE],
        vec!["export", "in", "--view", HOSTILE],
        vec!["export", "in", "--from", HOSTILE],
    ];
    for form in ["json", "md", "html", "csv", "ics"] {
        runs.push(vec!["export", "in", "--to", form]);
    }
    for arguments in runs {
        let Some(shown) = on_terminal(folder.path(), &arguments) else {
            eprintln!("SKIPPED: there is no `script` here to make a terminal with");
            return;
        };
        assert!(shown.len() > 20, "{arguments:?}: {shown}");
        assert!(
            acting(&shown).is_empty(),
            "{arguments:?}: {:?}",
            acting(&shown)
        );
        for own in ["\u{1b}[31mRED", "0;pwn\u{7}"] {
            assert!(!shown.contains(own), "{arguments:?}: {shown:?}");
        }
    }
}
