//! What happens around the program: it is killed while it writes, the disk is full, files change under its hands. Every
//! file is old or new and whole afterwards, and the program starts again.
//!
//! `SOURCELINE_KILLS=500 cargo test --test faults` kills it that often; without the variable, less.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// A number that looks like chance and is the same in every run.
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

fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sourceline"));
    program
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .stdin(Stdio::null());
    program
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder)
        .args(arguments)
        .output()
        .expect("the program starts")
}

/// A library of `files` briefings that quote a copy.
fn library(files: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("in");
    fs::create_dir(&inside).expect("a folder");
    fs::write(
        inside.join("wh.txt"),
        "There was a halt. And more was said.\n",
    )
    .expect("a file");
    for at in 0..files {
        let words = "It went on like this for a while. ".repeat(200);
        let text = format!(
            "---\ntitle: Call {at}\nsources:\n  wh: {{title: R, copy: wh.txt}}\nevents:\n  - {{id: e, date: 2025-03-18, title: Call {at}, sources: [wh]}}\n---\n\nA halt was announced [@wh, \"There was a halt\"]. {words}\n"
        );
        fs::write(inside.join(format!("a{at}.md")), text).expect("a file");
    }
    folder
}

fn kills() -> u64 {
    std::env::var("SOURCELINE_KILLS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(40)
}

/// Starts the program again and again and kills it at a moment that differs; `check` looks at what it has left.
fn kill_while(
    folder: &Path,
    arguments: &[&str],
    whole_run: Duration,
    kills: u64,
    check: impl Fn(u64),
) {
    let mut random = Random(kills);
    let mut longest_us = u64::try_from(whole_run.as_micros())
        .expect("a short run")
        .max(1);
    let mut killed = 0;
    for turn in 0..kills {
        let mut child = program(folder)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let moment_us = random.below(longest_us);
        thread::sleep(Duration::from_micros(moment_us));
        child.kill().expect("it can be killed");
        if child.wait().expect("it ends").success() {
            // The run that was timed was a slow one: later moments come too late.
            longest_us = moment_us.max(1);
        } else {
            killed += 1;
        }
        check(turn);
    }
    assert!(
        killed * 4 > kills,
        "most runs were cut short: {killed} of {kills}"
    );
}

fn time_of(work: impl FnOnce()) -> Duration {
    let started = std::time::Instant::now();
    work();
    started.elapsed()
}

#[test]
fn an_export_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let library = library(20);
    let folder = library.path();
    let target = folder.join("out.json");
    let arguments = ["export", "in", "-o", "out.json"];
    let whole_run = time_of(|| assert!(run(folder, &arguments).status.success()));
    let new = fs::read(&target).expect("an export");
    for old in [None, Some(b"the old file".to_vec())] {
        kill_while(folder, &arguments, whole_run, kills() / 2, |turn| {
            let found = fs::read(&target).ok();
            let is_whole = found == old || found.as_ref() == Some(&new);
            assert!(is_whole, "turn {turn}: neither old nor new");
            match &old {
                Some(old) => fs::write(&target, old).expect("a file"),
                None => fs::remove_file(&target).unwrap_or_default(),
            }
        });
        fs::write(&target, b"the old file").expect("a file");
    }
    assert!(
        run(folder, &arguments).status.success(),
        "it works as before"
    );
    assert_eq!(fs::read(&target).expect("an export"), new);
}

#[test]
fn a_lock_that_is_killed_leaves_old_or_new_locks() {
    let library = library(12);
    let folder = library.path();
    let whole_run = time_of(|| assert!(run(folder, &["lock", "in"]).status.success()));
    let lock = folder.join("in/a0.lock.json");
    let new = fs::read(&lock).expect("a lock");
    kill_while(folder, &["lock", "in"], whole_run, kills(), |turn| {
        if let Ok(found) = fs::read(&lock) {
            assert_eq!(found, new, "turn {turn}: a lock that is not whole");
        }
        fs::remove_file(&lock).unwrap_or_default();
        let checked = run(folder, &["check", "in/a0.md", "--format", "json"]);
        assert!(
            checked.status.success(),
            "turn {turn}: {}",
            String::from_utf8_lossy(&checked.stdout)
        );
    });
    assert!(run(folder, &["lock", "in"]).status.success());
    assert_eq!(fs::read(&lock).expect("a lock"), new);
}

/// A limit on the size of files stands in for a full disk: the write fails half way.
#[test]
fn a_disk_that_is_full_keeps_the_old_file_and_is_named() {
    let library = library(20);
    let folder = library.path();
    fs::write(folder.join("out.json"), "old").expect("a file");
    let output = Command::new("sh")
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 4; exec \"$0\" export in -o out.json")
        .arg(env!("CARGO_BIN_EXE_sourceline"))
        .current_dir(folder)
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("out.json could not be written"), "{told}");
    assert_eq!(
        fs::read(folder.join("out.json")).expect("the old file"),
        b"old"
    );
    let left: Vec<_> = fs::read_dir(folder)
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().starts_with(".sourceline"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_and_a_folder_that_takes_no_files_are_errors_that_name_them() {
    let library = library(2);
    for target in ["/dev/full", "/proc/self/out.json", "nowhere/out.json"] {
        let output = run(
            library.path(),
            &["export", "in", "--to", "json", "-o", target],
        );
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{target}: {told}");
        assert!(told.contains(target), "{told}");
    }
    // Standard output, too.
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("the device");
    let output = program(library.path())
        .args(["export", "in", "--to", "json"])
        .stdout(full)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
}

/// Files are cut, removed and replaced while they are read, and a folder vanishes.
#[test]
fn a_library_that_changes_while_it_is_read_never_ends_the_program() {
    let library = library(30);
    let folder = library.path();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut random = Random(7);
            let inside = folder.join("in");
            let text = fs::read(inside.join("a0.md")).expect("a file");
            while !done.load(Ordering::Relaxed) {
                let name = inside.join(format!("a{}.md", random.below(30)));
                let side = inside.join("side");
                // What is not there cannot be changed; that is no fault of this test.
                match random.below(5) {
                    0 => fs::write(&name, &text[..text.len() / 2]).unwrap_or_default(),
                    1 => fs::remove_file(&name).unwrap_or_default(),
                    2 => fs::write(&name, &text).unwrap_or_default(),
                    3 => {
                        fs::create_dir_all(side.join("deep")).unwrap_or_default();
                        fs::write(side.join("deep/b.md"), &text).unwrap_or_default();
                    }
                    _ => fs::remove_dir_all(&side).unwrap_or_default(),
                }
            }
        });
        for turn in 0..25 {
            for arguments in [
                &["check", "in", "--format", "json"][..],
                &["export", "in", "--to", "json"],
            ] {
                let output = run(folder, arguments);
                let code = output.status.code();
                assert!(
                    matches!(code, Some(0..=2)),
                    "turn {turn}: {code:?}\n{}",
                    String::from_utf8_lossy(&output.stderr)
                );
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn two_exports_to_one_file_at_once_leave_one_of_them_whole() {
    let library = library(10);
    let folder = library.path();
    assert!(
        run(folder, &["export", "in", "-o", "whole.json"])
            .status
            .success()
    );
    let whole = fs::read(folder.join("whole.json")).expect("an export");
    for _ in 0..10 {
        let mut both = [0, 1].map(|_| {
            program(folder)
                .args(["export", "in", "-o", "out.json"])
                .spawn()
                .expect("the program starts")
        });
        for one in &mut both {
            assert!(one.wait().expect("it ends").success());
        }
        assert_eq!(fs::read(folder.join("out.json")).expect("an export"), whole);
    }
}

/// Two windows that save views of one library at the same time.
#[test]
fn views_saved_from_two_sides_at_once_stay_readable() {
    use sourceline::library::views::{self, View};
    let folder = tempfile::tempdir().expect("a folder");
    thread::scope(|scope| {
        for side in ["left", "right"] {
            let root = folder.path();
            scope.spawn(move || {
                for at in 0..20 {
                    let view = View {
                        name: format!("{side} {at}"),
                        ..View::default()
                    };
                    views::save(root, &view).expect("a view can be saved");
                    let read = views::read(root).expect("the views can be read");
                    assert!(!read.is_empty());
                }
            });
        }
    });
    let views = views::read(folder.path()).expect("the views can be read");
    assert_eq!(views.len(), 40, "none is lost");
}

/// Searches of the command line keep an index in the cache folder; whatever a killed one leaves there, the next finds all.
#[test]
fn an_index_that_is_killed_is_mended_by_the_next_search() {
    let library = library(12);
    let folder = library.path();
    let arguments = ["search", "in", "halt", "--format", "json"];
    let whole = run(folder, &arguments);
    assert!(
        whole.status.success(),
        "{}",
        String::from_utf8_lossy(&whole.stderr)
    );
    let cache = folder.join("cache");
    assert!(cache.is_dir(), "the index lies in the cache");
    fs::remove_dir_all(&cache).expect("it can be made anew");
    let whole_run = time_of(|| assert!(run(folder, &arguments).status.success()));
    // One file changes each time, so that each run has something to write.
    let changing = folder.join("in/a0.md");
    let text = fs::read_to_string(&changing).expect("a briefing");
    fs::remove_dir_all(&cache).expect("it can be made anew");
    kill_while(folder, &arguments, whole_run, kills(), |turn| {
        if turn % 4 == 3 {
            let found = run(folder, &arguments);
            assert!(
                found.status.success(),
                "turn {turn}: {}",
                String::from_utf8_lossy(&found.stderr)
            );
            assert_eq!(found.stdout, whole.stdout, "turn {turn}");
        }
        match turn % 8 {
            7 => fs::remove_dir_all(&cache).unwrap_or_default(),
            _ => fs::write(
                &changing,
                format!("{text}{}", "\n".repeat(turn as usize % 3)),
            )
            .expect("a file"),
        }
    });
    fs::write(&changing, &text).expect("a file");
    assert_eq!(run(folder, &arguments).stdout, whole.stdout);
}

/// Set for the process that [`settings_that_are_killed_are_old_or_new`] starts and kills.
const WRITER_OF_SETTINGS: &str = "SOURCELINE_TEST_WRITES_SETTINGS_TO";

#[test]
fn settings_that_are_killed_are_old_or_new() {
    use sourceline::app::settings_file::{read, write};
    use sourceline::state::Settings;
    let settings = |at: usize| Settings {
        recent: vec![format!("/library/{}", "a".repeat(at % 5_000)).into()],
        ..Settings::default()
    };
    // The process that is killed: this same test, which then does nothing but write.
    if let Some(path) = std::env::var_os(WRITER_OF_SETTINGS) {
        for at in 0.. {
            write(Path::new(&path), &settings(at)).expect("written");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("settings.json");
    write(&path, &settings(1)).expect("written");
    let mut random = Random(kills());
    let mut lengths = std::collections::BTreeSet::new();
    for turn in 0..kills() {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "settings_that_are_killed_are_old_or_new"])
            .env(WRITER_OF_SETTINGS, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the test starts");
        // However slow the machine is, some of the kills meet a process that writes.
        let before = fs::read(&path).ok();
        let waits = turn % 2 == 0;
        while waits && fs::read(&path).ok() == before {
            let ended = child.try_wait().expect("its state");
            assert!(ended.is_none(), "turn {turn}: it writes until it is killed");
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(random.below(30_000)));
        child.kill().expect("it can be killed");
        assert!(
            !child.wait().expect("it ends").success(),
            "it never ends by itself"
        );
        let found = read(&path).unwrap_or_else(|| panic!("turn {turn}: settings are lost"));
        let length = found.recent[0].as_os_str().len() - "/library/".len();
        assert_eq!(found.recent, settings(length).recent, "turn {turn}");
        lengths.insert(length);
    }
    assert!(lengths.len() > 1, "some were written: {lengths:?}");
}

/// Files from before 1970 and from a far future, as archives and wrong clocks make them; the clock jumps between runs.
#[test]
fn clocks_that_jump_change_nothing() {
    use std::time::SystemTime;
    let library = library(3);
    let folder = library.path();
    let far = Duration::from_secs(200 * 366 * 24 * 3600);
    let all = |folder: &Path| {
        [
            &["export", "in", "--to", "json"][..],
            &["search", "in", "halt", "--format", "json"],
            &["check", "in", "--format", "json"],
        ]
        .map(|arguments| {
            let output = run(folder, arguments);
            assert!(
                output.status.success(),
                "{arguments:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            output.stdout
        })
    };
    let before = all(folder);
    let now = SystemTime::now();
    for time in [now + far, SystemTime::UNIX_EPOCH - far, now - far, now] {
        for entry in fs::read_dir(folder.join("in"))
            .expect("the folder")
            .flatten()
        {
            let file = fs::File::options()
                .write(true)
                .open(entry.path())
                .expect("a file");
            file.set_modified(time).expect("a time of the file system");
        }
        assert_eq!(all(folder), before, "{time:?}");
    }
    // What changes while the clock stands still is seen all the same: its time is the same as before.
    let path = folder.join("in/a0.md");
    let text = fs::read_to_string(&path).expect("a briefing");
    fs::write(&path, text.replace("Call 0", "Talk 0")).expect("a file");
    let file = fs::File::options().write(true).open(&path).expect("a file");
    file.set_modified(now).expect("a time of the file system");
    assert_ne!(all(folder), before);
}

/// A disk that never answers: pipes that nobody writes to stand in the place of files.
#[test]
fn pipes_in_the_place_of_files_are_refused_and_hold_nothing_up() {
    let library = library(2);
    let folder = library.path();
    fs::remove_file(folder.join("in/wh.txt")).expect("a file");
    fs::create_dir(folder.join("in/.sourceline")).expect("a folder");
    fs::create_dir_all(folder.join("in/.git/info")).expect("a folder");
    let pipes = [
        "pipe.md",
        "wh.txt",
        "sources.yml",
        "a0.lock.json",
        ".sourceline/views.toml",
        ".gitignore",
        ".ignore",
        ".git/info/exclude",
    ];
    for pipe in pipes {
        let made = Command::new("mkfifo")
            .arg(folder.join("in").join(pipe))
            .status();
        assert!(made.expect("mkfifo").success());
    }
    for arguments in [
        &["check", "in", "--format", "json"][..],
        &["check", "in/pipe.md", "--format", "json"],
        &["export", "in", "--to", "json"],
        &["search", "in", "halt"],
        &["lock", "in"],
    ] {
        let mut child = program(folder)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // Far more than it needs; whoever waits for a pipe waits forever.
        let mut ended = None;
        for _ in 0..600 {
            ended = child.try_wait().expect("its state");
            if ended.is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        if ended.is_none() {
            child.kill().expect("it can be killed");
        }
        assert!(ended.is_some(), "{arguments:?} waits for a pipe");
    }
    let views = sourceline::library::views::read(&folder.join("in"));
    assert!(views.is_err(), "{views:?}");
}
