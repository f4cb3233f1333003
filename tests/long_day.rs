//! A long day: a reader opens, zooms, searches, edits files, exports, changes between libraries and walks through them
//! by thousands of inputs to the window, and it takes no more of the machine in the evening than in the morning.
//!
//! `SOURCELINE_ACTIONS=20000 cargo test --release --test long_day -- --nocapture` is eight hours of one action every second
//! and a half, and prints what was measured; without the variable it is a short morning. (Builds without optimization keep
//! notes of their own on every part of the window, which grow with the day.)
#![cfg(target_os = "linux")]

#[expect(dead_code, reason = "other tests use the rest")]
mod screen;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, TestRenderer};
use screen::{Window, open};
use sourceline::app::Start;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Chance that is the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// What the process holds of the machine.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// What the program has asked for and uses.
    memory_kb: u64,
    /// Pages of the program's own file, which the system takes back when it likes. They grow as more of the program is
    /// used for the first time, and are told beside the rest.
    #[expect(dead_code, reason = "printed with the others")]
    mapped_kb: u64,
    threads: u64,
    handles: usize,
}

impl Held {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").expect("the status of this process");
        let number = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
                .expect("a number")
        };
        Self {
            memory_kb: number("RssAnon:"),
            mapped_kb: number("RssFile:"),
            threads: number("Threads:"),
            handles: fs::read_dir("/proc/self/fd").expect("the handles").count(),
        }
    }
}

const SIZE: Vec2 = vec2(1280.0, 800.0);

/// Lets every picture of letters go. The harness would keep them all until the first time that it paints, which it never
/// does here.
struct NoPictures;

impl TestRenderer for NoPictures {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        delta.clear();
    }

    #[cfg(feature = "snapshots")]
    fn render(
        &mut self,
        _: &egui::Context,
        _: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        Err("nothing is painted on a long day".to_owned())
    }
}

fn window(library: &Path) -> Window {
    let builder = Harness::builder()
        .with_size(SIZE)
        .renderer(NoPictures)
        .allow_missing_glyphs();
    let start = Start {
        paths: vec![library.to_owned()],
        ..Start::default()
    };
    let mut window = open(builder, start);
    window.run_steps(5);
    window
}

/// A copy of the shipped library, to be edited.
fn library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings");
    for (from, to) in [
        (shipped.clone(), folder.path().to_owned()),
        (shipped.join("sources"), folder.path().join("sources")),
    ] {
        fs::create_dir_all(&to).expect("a folder");
        for entry in fs::read_dir(from).expect("the shipped library").flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
            }
        }
    }
    folder
}

/// Where the day is spent: two libraries, and a folder that exports go to.
struct Desk {
    libraries: [tempfile::TempDir; 2],
    exports: tempfile::TempDir,
}

/// What is done less often than once in a while: all of it has been done once after a tenth of a long day.
fn act_rarely(window: &mut Window, turn: u64, desk: &Desk) {
    let escape = |window: &mut Window| {
        for _ in 0..2 {
            window.key_press(Key::Escape);
            window.step();
        }
    };
    escape(window);
    match turn % 6 {
        0 => {
            window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
            window.run_steps(3);
            if window.query_by_label("Path").is_none() {
                window.get_by_label("Save…").click();
                window.run_steps(2);
            }
            let field = window.get_by_role_and_label(Role::TextInput, "Path");
            field.focus();
            window.step();
            window.key_press_modifiers(Modifiers::COMMAND, Key::A);
            let path = desk.exports.path().join(format!("{}.out", turn % 18));
            window.event(Event::Text(path.display().to_string()));
            window.run_steps(2);
            window.get_by_label("Save…").click();
            window.run_steps(3);
            assert!(path.is_file(), "{} was written", path.display());
            assert!(window.query_by_label_contains("Written: ").is_some());
        }
        1 => {
            let library = &desk.libraries[(turn / 6 % 2) as usize];
            window.key_press_modifiers(Modifiers::COMMAND, Key::L);
            window.run_steps(2);
            window.key_press_modifiers(Modifiers::COMMAND, Key::A);
            window.step();
            window.event(Event::Text(library.path().display().to_string()));
            window.run_steps(2);
            window.key_press(Key::Enter);
            window.run_steps(3);
            let opened = window
                .state()
                .as_ref()
                .map(|app| app.state().opened.clone());
            assert_eq!(opened, Some(vec![library.path().to_owned()]));
        }
        2 => {
            for _ in 0..turn % 5 {
                window.key_press_modifiers(Modifiers::ALT, Key::Plus);
                window.step();
            }
            window.key_press_modifiers(Modifiers::ALT, Key::Num0);
        }
        3 => {
            window.key_press(Key::F11);
            for _ in 0..4 {
                window.key_press(Key::ArrowRight);
                window.step();
            }
        }
        4 => {
            window.key_press_modifiers(Modifiers::COMMAND, Key::K);
            window.run_steps(2);
            window.event(Event::Text("ceasefire".to_owned()));
            window.run_steps(2);
        }
        _ => {
            window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
            window.run_steps(2);
        }
    }
    window.step();
    escape(window);
}

/// Lets the window come to rest: it asks for no further frame.
fn rest(window: &mut Window) {
    const MOST_FRAMES: usize = 400;
    for _ in 0..2 {
        window.key_press(Key::Escape);
        window.step();
    }
    window.event(Event::PointerGone);
    for _ in 0..MOST_FRAMES {
        window.step();
        if !window.ctx.has_requested_repaint() {
            return;
        }
    }
    panic!("the window never rests: {:?}", window.ctx.repaint_causes());
}

fn act(window: &mut Window, random: &mut Random, library: &Path) {
    const KEYS: [Key; 22] = [
        Key::Home,
        Key::End,
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::Plus,
        Key::Minus,
        Key::Num0,
        Key::F,
        Key::Z,
        Key::X,
        Key::J,
        Key::K,
        Key::Enter,
        Key::Escape,
        Key::Comma,
        Key::Period,
        Key::F3,
        Key::PageDown,
        Key::PageUp,
        Key::F5,
    ];
    let place = pos2(random.below(1280) as f32, random.below(800) as f32);
    match random.below(12) {
        0..=5 => {
            let key = KEYS[random.below(KEYS.len() as u64) as usize];
            window.key_press(key);
        }
        6 => {
            window.event(Event::PointerMoved(place));
            window.event(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, random.below(200) as f32 - 100.0),
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers: if random.below(2) == 0 {
                    Modifiers::COMMAND
                } else {
                    Modifiers::NONE
                },
            });
        }
        7 => {
            window.hover_at(place);
        }
        8 => {
            window.drag_at(place);
            window.step();
            window.drop_at(place + vec2(30.0, 5.0));
        }
        9 => {
            window.key_press_modifiers(Modifiers::COMMAND, Key::F);
            window.step();
            let words = ["ceasefire", "who:Putin", "\"energy\"", "-draft call"];
            window.event(Event::Text(words[random.below(4) as usize].to_owned()));
            window.step();
            window.key_press(Key::Escape);
            window.step();
            window.key_press(Key::Escape);
        }
        10 => {
            // An author saves a briefing.
            let path = library.join("riyadh-talks.md");
            let text = fs::read_to_string(&path).expect("a briefing");
            let changed = match text.strip_suffix("\nOne more line.\n") {
                Some(before) => before.to_owned(),
                None => format!("{text}\nOne more line.\n"),
            };
            fs::write(&path, changed).expect("saved");
            window.key_press(Key::F5);
        }
        _ => {
            window.key_press_modifiers(
                Modifiers::ALT,
                if random.below(2) == 0 {
                    Key::ArrowLeft
                } else {
                    Key::ArrowRight
                },
            );
        }
    }
    window.step();
}

/// A day of so many actions or more is held to its memory.
const LONG_ACTIONS: u64 = 5_000;

/// What keeps the allocator of the C library from keeping memory that the program has given back: else it raises these
/// bounds by itself with the largest piece that it has seen, and what it keeps (twice of what is in use) goes up and down
/// by a tenth by chance.
const GIVES_BACK: [(&str, &str); 3] = [
    ("MALLOC_ARENA_MAX", "1"),
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
    ("MALLOC_TRIM_THRESHOLD_", "131072"),
];

/// The same test in a process whose allocator gives back what is free; it reads its bounds when a process starts.
fn run_giving_back() {
    let test = std::env::current_exe().expect("the test's own program");
    let status = Command::new(test)
        .args(std::env::args_os().skip(1))
        .envs(GIVES_BACK)
        .status();
    assert!(status.expect("a process").success(), "the day ended badly");
}

/// The middle one of some figures, and the greatest.
fn middle_and_most(figures: &[u64]) -> (u64, u64) {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    let most = sorted.last().copied().unwrap_or_default();
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    (middle, most)
}

#[test]
fn a_long_day_ends_with_no_more_than_it_began() {
    let actions: u64 = std::env::var("SOURCELINE_ACTIONS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(300);
    let [(first_bound, _), ..] = GIVES_BACK;
    if actions >= LONG_ACTIONS && std::env::var_os(first_bound).is_none() {
        return run_giving_back();
    }
    /// Every so many actions, one of the rarer kind.
    const RARELY: u64 = 30;
    let desk = Desk {
        libraries: [library(), library()],
        exports: tempfile::tempdir().expect("a folder"),
    };
    let mut window = window(desk.libraries[0].path());
    let mut random = Random(2025);
    let mut morning = Held::now();
    let mut by_tenth = [const { Vec::<u64>::new() }; 10];
    for done in 0..actions {
        if done % RARELY == RARELY - 1 {
            act_rarely(&mut window, done / RARELY, &desk);
        } else {
            act(&mut window, &mut random, desk.libraries[0].path());
        }
        // Ten times each tenth of the day; the middle one of a tenth is held against the middle one of another.
        if (done + 1) % (actions / 100) == 0 {
            rest(&mut window);
            let held = Held::now();
            let tenth = (done * 10 / actions) as usize;
            by_tenth[tenth].push(held.memory_kb);
            if tenth == 0 {
                morning = held;
            }
            if (done + 1) % (actions / 10) == 0 {
                let (middle, most) = middle_and_most(&by_tenth[tenth]);
                println!(
                    "after {} actions, mostly {middle} kB, at most {most}: {held:?}",
                    done + 1
                );
            }
        }
    }
    let evening = Held::now();
    println!("{actions} actions: {morning:?} after the first tenth, {evening:?} at the end");
    assert_eq!(
        window.state().as_ref().map(|app| app.state().library.len()),
        Some(4),
        "the library is open"
    );
    assert!(
        evening.handles <= morning.handles + 2,
        "{morning:?} {evening:?}"
    );
    assert!(
        evening.threads <= morning.threads + 1,
        "{morning:?} {evening:?}"
    );
    // Five in a hundred on a long day; a short one still fills its caches, and most of its first tenth comes before any
    // export.
    let (first_kb, first_most_kb) = middle_and_most(&by_tenth[0]);
    let (last_kb, _) = middle_and_most(&by_tenth[9]);
    let allowed_kb = if actions >= LONG_ACTIONS {
        first_kb + first_kb / 20
    } else {
        first_most_kb + 64 * 1024
    };
    assert!(last_kb <= allowed_kb, "{by_tenth:?}");
}
