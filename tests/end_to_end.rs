//! The real program in a real window, driven as a person would with the keyboard alone.
//!
//! Needs a display (under Xvfb, `xvfb-run cargo test --features inspection --test end_to_end`).

mod driven;

use driven::{COMMAND, Program};
use egui::{Key, Modifiers};
use egui_inspection::protocol::{Request, Response};
use std::fs;
use std::process::Command;

const BRIEFING: &str = r#"---
title: The harbor talks
events:
  - id: meeting
    date: 2025-03-18T10:00Z
    title: The delegations meet
    sources: [minutes]
  - id: paper
    date: 2025-03-20
    title: A paper is signed
sources:
  minutes:
    title: Minutes of the meeting
    author: The secretary
    date: 2025-03-18
    copy: minutes.txt
---
## The delegations meet {#meeting}

Both sides agreed to open the harbor again [@minutes, "open the harbor again at once"].

## A paper is signed {#paper}

Two days later they signed it.
"#;

#[test]
fn event_passage_statement_source_and_back_with_keys_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library");
    let home = folder.path().join("home");
    fs::create_dir_all(&library).expect("a folder");
    fs::create_dir_all(&home).expect("a folder");
    fs::write(library.join("a-harbor.md"), BRIEFING).expect("a file");
    fs::write(
        library.join("minutes.txt"),
        "The delegations agreed to open the harbor again at once.\n",
    )
    .expect("a file");
    fs::write(
        library.join("b-broken.md"),
        "---\ndate: 2025-02-30\ntitle: Broken\n---\n",
    )
    .expect("a file");

    let mut program = Program::start(&library, &home);
    program.expect("The harbor talks");
    program.expect("Broken");

    // The last event in time, then the one before it.
    program.press(Modifiers::NONE, Key::End);
    program.expect("A paper is signed");
    program.press(Modifiers::NONE, Key::ArrowLeft);
    program.expect("Sources of the event");
    program.expect("Minutes of the meeting");

    // The statement of its passage, and the source it rests on, at the quote.
    program.press(Modifiers::NONE, Key::J);
    program.expect("Verbatim");
    program.press(Modifiers::NONE, Key::Enter);
    program.expect("Local copy, minutes.txt");
    program.expect("The delegations agreed to open the harbor again at once.");

    // Back to the event.
    program.press(Modifiers::NONE, Key::Escape);
    program.press(Modifiers::ALT, Key::ArrowLeft);
    program.expect("Sources of the event");

    // What is wrong with the other file is told, with the way out.
    program.press(COMMAND | Modifiers::SHIFT, Key::M);
    program.expect("2025-02-30");
    program.expect("February 2025 has 28 days");

    match program.ask(Request::GetScreenshot {
        pixels_per_point: None,
    }) {
        Response::Screenshot(picture) => {
            assert!(
                picture.bytes.starts_with(b"\x89PNG"),
                "a picture of the window"
            );
            // One flat color would pack into next to nothing.
            assert!(
                picture.bytes.len() > 10_000,
                "{} bytes",
                picture.bytes.len()
            );
        }
        other => panic!("no picture, but {other:?}"),
    }

    // A file that changes on disk shows by itself.
    let text = BRIEFING.replace("The harbor talks", "The harbor talks, continued");
    fs::write(library.join(".a-harbor.md.new"), text).expect("a file");
    fs::rename(
        library.join(".a-harbor.md.new"),
        library.join("a-harbor.md"),
    )
    .expect("renamed");
    program.expect("The harbor talks, continued");

    // The window closes, and the program ends well.
    let status = program.quit();
    assert!(status.success(), "{status}");
}

/// Two windows of one user on one library: both search, save views and see what an editor saves; neither takes anything from
/// the other. Without a window manager the second window covers the first, which then rests until the second is closed.
#[test]
fn two_windows_on_one_library_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library");
    let home = folder.path().join("home");
    fs::create_dir_all(&library).expect("a folder");
    fs::create_dir_all(&home).expect("a folder");
    let briefing = BRIEFING.replace("    copy: minutes.txt\n", "");
    fs::write(library.join("a-harbor.md"), &briefing).expect("a file");
    let save_view = |program: &mut Program, name: &str| {
        program.press(COMMAND, Key::S);
        program.expect("Save view");
        // The view that is shown as it was saved has its name in the field already.
        program.press(COMMAND, Key::A);
        program.type_text(name);
        program.press(Modifiers::NONE, Key::Enter);
        program.expect(&format!("Saved as {name}"));
    };
    let search = |program: &mut Program, words: &str, found: &str| {
        program.press(COMMAND, Key::F);
        program.type_text(words);
        program.expect(found);
        program.press(Modifiers::NONE, Key::Escape);
    };

    let mut first = Program::start(&library, &home);
    first.expect("The harbor talks");
    search(&mut first, "delegations", "2 hits in 1 briefing");
    save_view(&mut first, "Of the first");

    let mut second = Program::start(&library, &home);
    second.expect("The harbor talks");
    second.expect("Another window keeps the search index of this library");
    search(&mut second, "delegations", "2 hits in 1 briefing");
    save_view(&mut second, "Of the second");

    // As editors save: beside, and renamed.
    let changed = briefing.replace("A paper is signed", "A treaty is signed by the delegations");
    fs::write(library.join(".a-harbor.md.new"), changed).expect("a file");
    fs::rename(
        library.join(".a-harbor.md.new"),
        library.join("a-harbor.md"),
    )
    .expect("renamed");
    second.expect("A treaty is signed by the delegations");
    second.expect("4 hits in 1 briefing");
    assert!(second.quit().success());

    // The first has seen all that, its search too, and no view is lost.
    first.press(Modifiers::NONE, Key::F5);
    first.expect("A treaty is signed by the delegations");
    first.expect("4 hits in 1 briefing");
    let views = fs::read_to_string(library.join(".sourceline/views.toml")).expect("views");
    assert!(
        views.contains("Of the first") && views.contains("Of the second"),
        "{views}"
    );
    assert!(first.quit().success());
    // The index is whole: whoever comes next takes it, and says nothing of damage.
    let mut third = Program::start(&library, &home);
    third.expect("The harbor talks");
    search(&mut third, "treaty", "2 hits in 1 briefing");
    let words = third.words();
    assert!(!words.contains("search index"), "{words}");
    assert!(third.quit().success());
}

/// The program opens no connection by itself: all that it asks of the system is watched while a reader opens a briefing
/// full of addresses, walks through it and searches.
#[cfg(target_os = "linux")]
#[test]
fn nothing_leaves_the_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library");
    let home = folder.path().join("home");
    fs::create_dir_all(&library).expect("a folder");
    fs::create_dir_all(&home).expect("a folder");
    let addresses = "![map](https://example.org/map.png) <img src=\"https://example.org/a.png\"> [link](https://example.org/b) https://example.org/c\n";
    let text = BRIEFING.replace(
        "copy: minutes.txt",
        "url: https://example.org/minutes\n    archived: https://example.org/old",
    );
    fs::write(library.join("a-harbor.md"), format!("{text}\n{addresses}")).expect("a file");

    let log = folder.path().join("calls.txt");
    let mut watched = Command::new("strace");
    watched
        .args(["-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_sourceline"));
    let mut program = Program::start_by(watched, &library, &home);
    program.expect("The harbor talks");
    program.press(Modifiers::NONE, Key::End);
    program.expect("A paper is signed");
    program.press(Modifiers::NONE, Key::J);
    program.press(Modifiers::NONE, Key::Enter);
    program.press(Modifiers::NONE, Key::Escape);
    program.press(COMMAND, Key::F);
    program.press(Modifiers::NONE, Key::Escape);
    program.quit();

    let calls = fs::read_to_string(&log).expect("a log");
    let connects = calls.lines().filter(|line| line.contains("connect("));
    assert!(
        connects.clone().count() > 0,
        "the display is seen, so that others would be"
    );
    for line in calls.lines() {
        let is_far = line.contains("AF_INET")
            && !line.contains("inet_addr(\"127.")
            && !line.contains("\"::1\"");
        assert!(!is_far, "{line}");
    }
}
