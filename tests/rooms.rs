//! Holds the table of rooms against the code: which module may use which, which crates it may use, and which of
//! them may touch the disk, threads and clocks. ARCHITECTURE.md explains the table.

mod scan {
    //! Finds the names that a source file uses. Works on words, not on a syntax tree: a path such as `crate::x` or
    //! `std::fs` is found wherever it stands outside comments, strings and tests.

    use std::collections::BTreeSet;

    /// The first names after `root::`, also in `use root::{a, b::c}`.
    pub fn names_after(code: &str, root: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut rest = code;
        let start = format!("{root}::");
        while let Some(at) = rest.find(&start) {
            let is_whole_word = !rest[..at].ends_with(|c: char| is_word(c) || c == ':');
            rest = &rest[at + start.len()..];
            if !is_whole_word {
                continue;
            }
            match rest.strip_prefix('{') {
                Some(list) => found.extend(top_names(list)),
                None => found.extend(first_word(rest)),
            }
        }
        found
    }

    /// The first names of the entries of a `{…}` list whose opening brace is already read.
    fn top_names(list: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let (mut depth, mut entry_start) = (0, 0);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    found.extend(first_word(list[entry_start..at].trim()));
                    entry_start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn first_word(text: &str) -> Option<String> {
        let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
        (end > 0).then(|| text[..end].to_owned())
    }

    fn is_word(c: char) -> bool {
        c.is_alphanumeric() || c == '_'
    }

    /// The program without its comments, its strings and its `#[cfg(test)]` modules, each of which may use anything.
    pub fn program_only(source: &str) -> String {
        let mut code = String::new();
        let mut skipping_until: Option<String> = None;
        let mut lines = source.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(end) = &skipping_until {
                if line == end {
                    skipping_until = None;
                }
                continue;
            }
            if line.trim() == "#[cfg(test)]" {
                let indent = &line[..line.len() - line.trim_start().len()];
                if lines.next().is_some_and(|item| item.ends_with('{')) {
                    skipping_until = Some(format!("{indent}}}"));
                }
                continue;
            }
            code.push_str(&without_comment_and_strings(line));
            code.push('\n');
        }
        code
    }

    fn without_comment_and_strings(line: &str) -> String {
        let mut code = String::new();
        let mut in_string = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_string => {
                    chars.next();
                }
                // The character '"' opens no string.
                '\'' if !in_string && chars.peek() == Some(&'"') => {
                    chars.next();
                }
                '"' => in_string = !in_string,
                '/' if !in_string && chars.peek() == Some(&'/') => break,
                c if !in_string => code.push(c),
                _ => {}
            }
        }
        code
    }
}

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One row of the table.
struct Room {
    name: &'static str,
    /// The rooms it may use, besides itself.
    rooms: &'static [&'static str],
    /// The crates it may use, besides those in `FOR_EVERYONE`.
    crates: &'static [&'static str],
    reach: Reach,
}

/// What of the world outside the program a room may touch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Values in, values out: no disk, no threads, no clock, no environment.
    Pure,
    /// Threads, but not the disk.
    Threads,
    /// All of it.
    World,
}

/// Crates that only work on values, or tell what happens.
const FOR_EVERYONE: &[&str] = &[
    "memchr",
    "serde",
    "serde_json",
    "thiserror",
    "tracing",
    "unicode_normalization",
    "unicode_segmentation",
];

/// The shell, from the inside out: each may use all rooms and the shells before it, and only those behind it and
/// `main` may use it.
const SHELL: &[&str] = &["export", "app", "cli"];

const ROOMS: &[Room] = &[
    Room {
        name: "span",
        rooms: &[],
        crates: &[],
        reach: Reach::Pure,
    },
    Room {
        name: "number",
        rooms: &[],
        crates: &[],
        reach: Reach::Pure,
    },
    Room {
        name: "text",
        rooms: &[],
        crates: &[],
        reach: Reach::Pure,
    },
    Room {
        name: "problem",
        rooms: &["span"],
        crates: &[],
        reach: Reach::Pure,
    },
    Room {
        name: "date",
        rooms: &["number"],
        crates: &["jiff"],
        reach: Reach::Pure,
    },
    Room {
        name: "model",
        rooms: &["date", "span", "text"],
        crates: &["smallvec"],
        reach: Reach::Pure,
    },
    Room {
        name: "parse",
        rooms: &["date", "model", "problem", "span", "text"],
        crates: &[
            "biblatex",
            "hayagriva",
            "pulldown_cmark",
            "saphyr_parser",
            "smallvec",
        ],
        reach: Reach::Pure,
    },
    Room {
        name: "evidence",
        rooms: &["date", "model", "number", "problem", "span", "text"],
        crates: &[
            "cssparser",
            "html5ever",
            "pulldown_cmark",
            "sha2",
            "similar",
        ],
        reach: Reach::Pure,
    },
    Room {
        name: "timeline",
        rooms: &["date", "model"],
        // Of egui only `emath`, as `GEOMETRY_ONLY` holds.
        crates: &["egui", "emath", "rayon"],
        reach: Reach::Pure,
    },
    Room {
        name: "disk",
        rooms: &[],
        crates: &["directories", "tempfile"],
        reach: Reach::World,
    },
    Room {
        name: "library",
        // `evidence` for copies and their checks, which need the disk that `evidence` must not know.
        rooms: &[
            "date", "disk", "evidence", "model", "parse", "number", "problem", "span", "text",
        ],
        crates: &[
            "ignore",
            "image",
            "notify",
            "nucleo_matcher",
            "rayon",
            "rustix",
            "tantivy",
            "toml_edit",
        ],
        reach: Reach::World,
    },
    Room {
        name: "summary",
        rooms: &[
            "date", "evidence", "model", "parse", "number", "problem", "span", "text", "timeline",
        ],
        crates: &[
            "ciborium",
            "csv",
            "hayagriva",
            "hypher",
            "icalendar",
            "image",
            "pulldown_cmark",
            "typst",
            "typst_kit",
            "typst_layout",
            "typst_pdf",
            "typst_render",
        ],
        reach: Reach::Pure,
    },
    Room {
        name: "command",
        rooms: &["model"],
        crates: &["egui"],
        reach: Reach::Pure,
    },
    Room {
        name: "state",
        rooms: &[
            "command", "date", "evidence", "library", "model", "number", "problem", "span",
            "summary", "text", "timeline",
        ],
        // Of egui only `emath`, as `GEOMETRY_ONLY` holds.
        crates: &["egui", "emath", "rayon"],
        reach: Reach::Pure,
    },
    Room {
        name: "ui",
        rooms: &[
            "command", "date", "evidence", "library", "model", "parse", "number", "problem",
            "span", "state", "summary", "text", "timeline",
        ],
        crates: &[
            "egui",
            "egui_extras",
            "emath",
            "epaint",
            "kurbo",
            "nucleo_matcher",
        ],
        reach: Reach::Pure,
    },
    Room {
        name: "tasks",
        rooms: &[],
        crates: &["egui"],
        reach: Reach::Threads,
    },
];

/// Rooms that know geometry, but no window.
const GEOMETRY_ONLY: &[&str] = &["timeline", "state"];

/// What breaks the table today and must go: room, and the name it may still use. Nothing may be added here.
const DEBT: &[(&str, &str)] = &[];

/// Parts of the standard library that reach outside.
const OUTSIDE: &[&str] = &["env", "fs", "net", "process", "thread", "time"];

/// Methods that ask the disk.
const DISK_METHODS: &[&str] = &[
    ".exists()",
    ".try_exists()",
    ".is_dir()",
    ".is_file()",
    ".canonicalize()",
    ".metadata()",
    ".read_dir()",
];

/// What in `source`, a file of the room, the table forbids.
fn forbidden(room: &Room, source: &str, crates: &[String]) -> BTreeSet<String> {
    let code = scan::program_only(source);
    let mut found = BTreeSet::new();
    for name in scan::names_after(&code, "crate") {
        // `crate::Name` with a capital would be an item of the root, of which there are none.
        if name != room.name && !room.rooms.contains(&name.as_str()) {
            found.insert(format!("crate::{name}"));
        }
    }
    for name in crates {
        let is_used = !scan::names_after(&code, name).is_empty();
        let allowed = room.crates.contains(&name.as_str()) || FOR_EVERYONE.contains(&name.as_str());
        if is_used && !allowed {
            found.insert(format!("{name}::"));
        }
    }
    if GEOMETRY_ONLY.contains(&room.name) {
        let of_egui = scan::names_after(&code, "egui");
        found.extend(
            of_egui
                .into_iter()
                .filter(|name| name != "emath")
                .map(|name| format!("egui::{name}")),
        );
    }
    if room.reach != Reach::World {
        let outside = scan::names_after(&code, "std");
        for name in OUTSIDE.iter().filter(|name| outside.contains(**name)) {
            if !(room.reach == Reach::Threads && *name == "thread") {
                found.insert(format!("std::{name}"));
            }
        }
        let asked = DISK_METHODS.iter().filter(|method| code.contains(**method));
        found.extend(asked.map(|method| (*method).to_owned()));
    }
    found.retain(|name| !DEBT.contains(&(room.name, name.as_str())));
    found
}

/// The shells around the one at `at` that its file uses.
fn outer_shells(at: usize, source: &str) -> Vec<&'static str> {
    let used = scan::names_after(&scan::program_only(source), "crate");
    let outer = SHELL.iter().skip(at + 1);
    outer
        .copied()
        .filter(|shell| used.contains(*shell))
        .collect()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of all dependencies, as code spells them.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(project().join("Cargo.toml")).expect("Cargo.toml");
    let mut section = "";
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section == "[dependencies]"
            && let Some((name, _)) = line.split_once('=')
        {
            names.push(name.trim().replace('-', "_"));
        }
    }
    // Parts of egui that can be named without being listed, and those that other rooms must not grow into.
    names.extend(["emath", "epaint", "winit", "typst", "tantivy"].map(str::to_owned));
    names.sort();
    names.dedup();
    names
}

/// Every file under `src/`, with the room it belongs to. Files that hold only tests are passed over.
fn files_of_rooms() -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![project().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            let is_tests = path.file_stem().is_some_and(|stem| stem == "tests");
            if path.is_dir() && !is_tests {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !is_tests {
                let below = path
                    .strip_prefix(project().join("src"))
                    .expect("below src")
                    .to_owned();
                let first = below.components().next().expect("a name");
                let room = Path::new(first.as_os_str()).file_stem().expect("a name");
                found.insert(path, room.to_string_lossy().into_owned());
            }
        }
    }
    found
}

#[test]
fn every_room_keeps_to_the_table() {
    let crates = dependencies();
    let mut broken = Vec::new();
    for (path, name) in files_of_rooms() {
        if ["lib", "main"].contains(&name.as_str()) {
            continue;
        }
        if let Some(at) = SHELL.iter().position(|shell| *shell == name) {
            let source = fs::read_to_string(&path).expect("a source file");
            for outer in outer_shells(at, &source) {
                broken.push(format!(
                    "{}: `{name}` must not use `crate::{outer}`",
                    path.display()
                ));
            }
            continue;
        }
        let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
            broken.push(format!(
                "{}: the room `{name}` is not in the table",
                path.display()
            ));
            continue;
        };
        let source = fs::read_to_string(&path).expect("a source file");
        for use_ in forbidden(room, &source, &crates) {
            broken.push(format!(
                "{}: `{name}` must not use `{use_}`",
                path.display()
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_table_names_only_rooms_that_exist_and_has_no_circle() {
    let existing: BTreeSet<String> = files_of_rooms().into_values().collect();
    // Each room may use only rooms above it in the table, so none can come back to itself.
    let mut above: Vec<&str> = Vec::new();
    for room in ROOMS {
        assert!(
            existing.contains(room.name),
            "there is no room `{}`",
            room.name
        );
        for used in room.rooms {
            assert!(
                above.contains(used),
                "`{}` uses `{used}`, which is not above it",
                room.name
            );
        }
        above.push(room.name);
    }
}

#[test]
fn the_check_finds_a_shell_that_uses_one_around_it() {
    let source = "use crate::{app, cli::run, disk};";
    assert_eq!(outer_shells(0, source), ["app", "cli"]);
    assert_eq!(outer_shells(1, source), ["cli"]);
    assert_eq!(outer_shells(2, source), <[&str; 0]>::default());
}

#[test]
fn the_check_finds_what_is_forbidden() {
    let crates = dependencies();
    let room = |name: &str| ROOMS.iter().find(|room| room.name == name).expect("a room");
    let cases: &[(&str, &str, &[&str])] = &[
        ("date", "use crate::model::Event;", &["crate::model"]),
        (
            "date",
            "use crate::{\n    date::Date,\n    ui::{a, b},\n};",
            &["crate::ui"],
        ),
        ("parse", "fn f() { std::fs::read(\"a\"); }", &["std::fs"]),
        ("parse", "use std::{fmt, fs::File};", &["std::fs"]),
        ("parse", "fn f(at: &egui::Ui) {}", &["egui::"]),
        ("evidence", "let there = path.exists();", &[".exists()"]),
        ("timeline", "use egui::emath::Rect;", &[]),
        ("timeline", "use egui::{Ui, emath::Rect};", &["egui::Ui"]),
        (
            "state",
            "let now = std::time::Instant::now();",
            &["std::time"],
        ),
        ("ui", "rfd::FileDialog::new();", &["rfd::"]),
        (
            "ui",
            "let thread = std::thread::spawn(f);",
            &["std::thread"],
        ),
        ("tasks", "use std::thread;", &[]),
        ("tasks", "use std::fs;", &["std::fs"]),
        ("date", "// use crate::model::Event;", &[]),
        ("date", "let text = \"crate::model\";", &[]),
        (
            "date",
            "let quote = '\"'; crate::ui::show();",
            &["crate::ui"],
        ),
        (
            "date",
            "let a = 1;\n#[cfg(test)]\nmod tests {\n    use crate::ui;\n}\nuse crate::state;",
            &["crate::state"],
        ),
        ("model", "use other_crate::ui;", &[]),
    ];
    for (name, source, expected) in cases {
        let found = forbidden(room(name), source, &crates);
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(&found, expected, "{name}: {source}");
    }
}
