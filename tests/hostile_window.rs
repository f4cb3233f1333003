//! A library of files that were made to do harm, open in the window: whoever walks through it, by thousands of inputs that mean
//! nothing, meets no panic, and the window shows every file to the end.
//!
//! `SOURCELINE_ACTIONS=5000 cargo test --test hostile_window` walks that long; without the variable, less.

#[expect(dead_code, reason = "other tests use the rest")]
#[path = "hostile/cases.rs"]
mod cases;
#[expect(dead_code, reason = "other tests use the rest")]
mod screen;

use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use screen::{Window, open};
use sourceline::app::{App, Start};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Chance that is the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

/// Dates at both ends of time and right beside each other, in every form.
const DATES: [&str; 22] = [
    "Y-292277022",
    "Y292277026",
    "Y-292277022/Y292277026",
    "Y-999999999999999",
    "Y99999999999999999999",
    "Y-290000000/..",
    "../Y290000000",
    "Y290000000/",
    "/Y-290000000",
    "[Y-290000000..Y290000000]",
    "[..-9999]",
    "0000",
    "-0001-12-31/0001-01-01",
    "2025-03-18T10:00:00.000000000Z/10:00:00.001",
    "2025-03-18T24:00Z",
    "2025-02-29",
    "1582-10-10",
    "2016-12-31T23:59:60Z",
    "2025-XX-31",
    "XXXX",
    "2025-03-30T02:30[Europe/Berlin]",
    "2025-10-26T02:30[Europe/Berlin]/2025-10-26T02:30[Pacific/Kiritimati]",
];

/// Words that turn, join, hide or break off.
const WORDS: [&str; 9] = [
    "\u{202e}gnp.exe",
    "\u{2066}a\u{2069}\u{202c}\u{202c}",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦👩🏿\u{200d}🚀",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{feff}\u{200b}\u{ad}\u{34f}",
    "ﷺﷺﷺﷺﷺﷺﷺﷺ",
    "\u{1b}[31mred\u{1b}[0m\u{7}\u{8}",
    "\u{1f1e6}\u{1f1e7}\u{1f1e8}\u{e0067}\u{e007f}",
    "=cmd|'/c calc'!A1",
];

/// As YAML writes characters by number.
fn escaped(words: &str) -> String {
    words
        .chars()
        .map(|c| format!("\\U{:08x}", u32::from(c)))
        .collect()
}

fn ends_of_time() -> String {
    let mut text = "---\ntitle: \u{202e}Ends of time\nevents:\n".to_owned();
    for (at, date) in DATES.iter().enumerate() {
        let words = WORDS[at % WORDS.len()];
        let lane = ["a", "a/b", "", "\u{202e}c"][at % 4];
        writeln!(
            text,
            "  - {{id: e{at}, date: '{date}', title: \"E {}\", lane: \"{lane}\", superseded-by: e{}}}",
            escaped(words),
            (at + 7) % DATES.len()
        )
        .expect("to a string");
        writeln!(
            text,
            "  - {{date: '{date}', title: 'E {at}', actors: ['{at}']}}"
        )
        .expect("to a string");
    }
    text.push_str("---\n\n");
    for words in WORDS {
        writeln!(text, "# {words}\n\n| {words} | {words} |\n|-|-|\n| {words} | [{words}](javascript:{words}) |\n\n{words} [@{words}, \"{words}\"]. ![{words}](../{words})\n")
            .expect("to a string");
    }
    text
}

/// The file of all dates, and so many of the hostile texts beside it.
fn library(texts: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("ends.md"), ends_of_time()).expect("a file");
    for (at, case) in cases::cases().iter().enumerate().take(texts) {
        let path = folder.path().join(format!("case-{at}.md"));
        fs::write(path, case.text(2_000)).expect("a file");
    }
    folder
}

fn window(library: &Path) -> Window {
    let builder = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .allow_missing_glyphs();
    let start = Start {
        paths: vec![library.to_owned()],
        ..Start::default()
    };
    let mut window = open(builder, start);
    window.run_steps(5);
    window
}

/// One input that a hand could make. Panics in the window and in its tasks are not caught here, or told by a notice.
fn act(window: &mut Window, random: &mut Random) {
    const KEYS: [Key; 30] = [
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
        Key::C,
        Key::J,
        Key::K,
        Key::N,
        Key::P,
        Key::T,
        Key::Enter,
        Key::Space,
        Key::Escape,
        Key::Tab,
        Key::Comma,
        Key::Period,
        Key::F3,
        Key::F4,
        Key::F6,
        Key::F11,
        Key::PageDown,
        Key::PageUp,
    ];
    // Below the menus, which lead to dialogs of the system.
    let place = pos2(random.below(1280) as f32, 120.0 + random.below(660) as f32);
    match random.below(10) {
        0..=4 => {
            let modifiers = [
                Modifiers::NONE,
                Modifiers::NONE,
                Modifiers::SHIFT,
                Modifiers::ALT,
            ];
            window.key_press_modifiers(modifiers[random.below(4)], KEYS[random.below(KEYS.len())]);
        }
        5 => {
            window.event(Event::PointerMoved(place));
            window.event(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, random.below(2_000) as f32 - 1_000.0),
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers: [Modifiers::COMMAND, Modifiers::NONE][random.below(2)],
            });
        }
        6 => {
            window.hover_at(place);
            window.step();
            window.drag_at(place);
            window.step();
            window.drop_at(place);
        }
        7 => {
            let modifiers =
                [Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND][random.below(3)];
            window.event_modifiers(Event::PointerMoved(place), modifiers);
            window.drag_at(place);
            window.step();
            window.hover_at(place + vec2(300.0 - random.below(600) as f32, 5.0));
            window.step();
            window.drop_at(place + vec2(300.0 - random.below(600) as f32, 5.0));
        }
        8 => {
            window.key_press_modifiers(Modifiers::COMMAND, Key::F);
            window.step();
            let words = WORDS[random.below(WORDS.len())];
            let text = format!(
                "{}{words}",
                ["", "who:", "\"", "-", "date:"][random.below(5)]
            );
            window.event(Event::Text(text));
            window.step();
            window.key_press(Key::Enter);
        }
        _ => window.hover_at(place),
    }
    window.step();
}

#[test]
fn hostile_files_in_the_window_meet_no_panic() {
    let actions = std::env::var("SOURCELINE_ACTIONS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(250);
    let seed = std::env::var("SOURCELINE_SEED")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(7);
    for texts in [0, cases::cases().len()] {
        let library = library(texts);
        let mut window = window(library.path());
        let totals = |app: &App| app.state().library.totals();
        let events = window.state().as_ref().map(|app| totals(app).events);
        assert!(
            events >= Some(DATES.len() * 2),
            "the ends of time are there: {events:?}"
        );
        let mut random = Random(seed);
        for done in 0..actions {
            act(&mut window, &mut random);
            let app = window.state().as_ref().expect("the first frame has been");
            let state = app.state();
            assert_eq!(state.library.len(), texts + 1, "after {done} actions");
            let failed = state
                .notices
                .iter()
                .find(|notice| notice.text.contains("went wrong"));
            assert!(failed.is_none(), "after {done} actions: {failed:?}");
        }
    }
}

#[test]
fn every_hostile_file_is_shown_to_its_end() {
    let library = library(usize::MAX);
    let mut window = window(library.path());
    let files: Vec<_> = window
        .state()
        .as_ref()
        .map(|app| app.state().library.files().map(|file| file.id).collect())
        .expect("the first frame has been");
    for file in files {
        let context = window.ctx.clone();
        let app = window
            .state_mut()
            .as_mut()
            .expect("the first frame has been");
        app.apply(
            &context,
            sourceline::state::Action::Select(sourceline::model::Item::File(file)),
        );
        window.run_steps(2);
        window.event(Event::PointerMoved(pos2(900.0, 600.0)));
        window.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -1e9),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        window.run_steps(2);
        let shown = window
            .state()
            .as_ref()
            .and_then(|app| Some(app.state().document.as_ref()?.file));
        assert_eq!(shown, Some(file));
    }
}
