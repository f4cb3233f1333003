//! The real program in a real window, driven through eframe's inspection port.
//!
//! Needs a display (under Xvfb, `xvfb-run cargo test --features inspection`).

use egui::accesskit::TreeUpdate;
use egui::{Event, Key, Modifiers};
use egui_inspection::protocol::{Request, Response, read_handshake, read_message, write_message};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// No step may take longer, also on a slow machine without a graphics card.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program, ended when the test ends.
pub struct Program {
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
    /// Starts the program on a library, with a home of its own.
    pub fn start(library: &Path, home: &Path) -> Self {
        Self::start_by(
            Command::new(env!("CARGO_BIN_EXE_sourceline")),
            library,
            home,
        )
    }

    /// As [`Program::start`], by a command that runs the program with the arguments that follow.
    pub fn start_by(mut command: Command, library: &Path, home: &Path) -> Self {
        let port = {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener.local_addr().expect("an address").port()
        };
        let address = format!("127.0.0.1:{port}");
        let child = command
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

    pub fn ask(&mut self, request: Request) -> Response {
        write_message(&mut self.stream, &request).expect("the request is sent");
        match read_message::<_, Response>(&mut self.stream).expect("an answer") {
            Response::Error { message } => panic!("the program refused: {message}"),
            response => response,
        }
    }

    pub fn tree(&mut self) -> TreeUpdate {
        match self.ask(Request::GetTree) {
            Response::Tree {
                accesskit: Some(update),
                ..
            } => update,
            other => panic!("no tree, but {other:?}"),
        }
    }

    /// All that a screen reader could read aloud.
    pub fn words(&mut self) -> String {
        let tree = self.tree();
        let words = tree.nodes.iter().flat_map(|(_, node)| {
            [node.label(), node.value(), node.description()].map(|text| text.map(str::to_owned))
        });
        words.flatten().collect::<Vec<_>>().join("\n")
    }

    /// Waits until some words can be read in the window.
    pub fn expect(&mut self, words: &str) {
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

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
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

    /// Types into what has the focus.
    pub fn type_text(&mut self, text: &str) {
        let events = vec![Event::Text(text.to_owned())];
        self.ask(Request::ApplyEvents { events });
        self.ask(Request::Settle { max_steps: 120 });
    }

    /// Closes the window by its key, and waits until the program has ended.
    pub fn quit(&mut self) -> ExitStatus {
        let events = vec![Event::Key {
            key: Key::Q,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: COMMAND,
        }];
        write_message(&mut self.stream, &Request::ApplyEvents { events })
            .expect("the request is sent");
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "the program did not end");
            sleep(Duration::from_millis(100));
        }
    }
}

pub const COMMAND: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};
