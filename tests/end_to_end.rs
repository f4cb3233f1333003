//! The real program in a real window, driven as a person would with the keyboard alone.
//!
//! Needs a display (under Xvfb, `xvfb-run cargo test --features inspection --test end_to_end`).

use egui::accesskit::TreeUpdate;
use egui::{Event, Key, Modifiers};
use egui_inspection::protocol::{Request, Response, read_handshake, read_message, write_message};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// No step may take longer, also on a slow machine without a graphics card.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program, ended when the test ends.
struct Program {
    child: Child,
    stream: TcpStream,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already, as it should.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Program {
    fn start(library: &Path, home: &Path) -> Self {
        let port = {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener.local_addr().expect("an address").port()
        };
        let address = format!("127.0.0.1:{port}");
        let child = Command::new(env!("CARGO_BIN_EXE_sourceline"))
            .arg(library)
            .env("EGUI_INSPECTION", &address)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_RUNTIME_DIR", home)
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .spawn()
            .expect("the program starts");
        let begun = Instant::now();
        let mut stream = loop {
            match TcpStream::connect(&address) {
                Ok(stream) => break stream,
                Err(error) if begun.elapsed() > PATIENCE => {
                    panic!("no answer at {address}: {error}")
                }
                Err(_) => sleep(Duration::from_millis(100)),
            }
        };
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a time limit");
        read_handshake(&mut stream).expect("a handshake");
        Self { child, stream }
    }

    fn ask(&mut self, request: Request) -> Response {
        write_message(&mut self.stream, &request).expect("the request is sent");
        match read_message::<_, Response>(&mut self.stream).expect("an answer") {
            Response::Error { message } => panic!("the program refused: {message}"),
            response => response,
        }
    }

    fn tree(&mut self) -> TreeUpdate {
        match self.ask(Request::GetTree) {
            Response::Tree {
                accesskit: Some(update),
                ..
            } => update,
            other => panic!("no tree, but {other:?}"),
        }
    }

    /// All that a screen reader could read aloud.
    fn words(&mut self) -> String {
        let tree = self.tree();
        let words = tree.nodes.iter().flat_map(|(_, node)| {
            [node.label(), node.value(), node.description()].map(|text| text.map(str::to_owned))
        });
        words.flatten().collect::<Vec<_>>().join("\n")
    }

    /// Waits until some words can be read in the window.
    fn expect(&mut self, words: &str) {
        let begun = Instant::now();
        loop {
            let seen = self.words();
            if seen.contains(words) {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "`{words}` never came; there was\n{seen}"
            );
            sleep(Duration::from_millis(100));
        }
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        for pressed in [true, false] {
            let held = if pressed { modifiers } else { Modifiers::NONE };
            let events = vec![
                Event::ModifiersChanged(held),
                Event::Key {
                    key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers,
                },
            ];
            self.ask(Request::ApplyEvents { events });
        }
        self.ask(Request::Settle { max_steps: 120 });
    }
}

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

const COMMAND: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

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
    let events = vec![Event::Key {
        key: Key::Q,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: COMMAND,
    }];
    write_message(&mut program.stream, &Request::ApplyEvents { events })
        .expect("the request is sent");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = program.child.try_wait().expect("a status") {
            break status;
        }
        assert!(begun.elapsed() < PATIENCE, "the program did not end");
        sleep(Duration::from_millis(100));
    };
    assert!(status.success(), "{status}");
}
