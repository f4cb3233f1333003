//! The window's state without its window: what a user waits for.

use super::{generate, ms_since};
use sourceline::library::watch::watch;
use sourceline::library::{self, LoadEvent};
use sourceline::state::{Action, Effect, State, TimelineAction};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// How long a load took.
pub struct Times {
    /// Until all files are in and their events on the timeline.
    pub whole_ms: f64,
    /// Until there were any events on the timeline.
    pub first_events_ms: f64,
}

/// Loads a library as the window does: reports come by a channel, and the thread of the state takes them in.
pub fn load(folder: &Path, count: usize) -> Times {
    let (times, state) = loaded(folder);
    assert_eq!(state.library.len(), count);
    assert_eq!(state.timeline.data.index.len(), count * 5);
    times
}

/// A state with the library open, and how long that took.
pub fn loaded(folder: &Path) -> (Times, State) {
    let clock = Instant::now();
    let (sender, receiver) = channel();
    let mut state = State::default();
    let effects = state.apply(Action::OpenPaths(vec![folder.to_owned()]));
    carry_out(&state, effects, &sender);
    let mut first_events_ms = None;
    loop {
        let action = receiver.recv().expect("the sender is kept here");
        let effects = state.apply(action);
        carry_out(&state, effects, &sender);
        if first_events_ms.is_none() && !state.timeline.data.index.is_empty() {
            first_events_ms = Some(ms_since(clock));
        }
        if state.loading.is_none() && !state.timeline.is_indexing() {
            break;
        }
    }
    let times = Times {
        whole_ms: ms_since(clock),
        first_events_ms: first_events_ms.unwrap_or(f64::NAN),
    };
    (times, state)
}

/// What of the effects the load needs; the rest is of panes that nobody looks at here.
fn carry_out(state: &State, effects: Vec<Effect>, sender: &Sender<Action>) {
    for effect in effects {
        let sender = sender.clone();
        match effect {
            Effect::Load(number, paths) => {
                std::thread::spawn(move || {
                    let send = |action| sender.send(action).expect("the state listens");
                    library::load(&paths, &AtomicBool::new(false), &|event: LoadEvent| {
                        send(Action::Load(number, event));
                    });
                    send(Action::LoadEnded(number));
                });
            }
            Effect::IndexTimeline(number) => {
                let build = state.timeline.build(&state.library);
                std::thread::spawn(move || {
                    let indexed = TimelineAction::Indexed(number, Arc::new(build.run()));
                    // The last answer may come when nobody waits any more.
                    drop(sender.send(Action::Timeline(indexed)));
                });
            }
            _ => {}
        }
    }
}

/// From the moment a file has been saved (written beside and renamed) until the state has it and its events are on the timeline.
pub fn reload(folder: &Path, count: usize) -> Vec<f64> {
    const CHANGES: usize = 9;
    let (_, mut state) = loaded(folder);
    let (sender, receiver) = channel();
    let changes = sender.clone();
    let _watch = watch(vec![folder.to_owned()], None, move |change| {
        drop(changes.send(Action::Changed(change)));
    })
    .expect("the folder can be watched");
    // The system's watch starts in a thread of its own.
    std::thread::sleep(Duration::from_millis(1_500));
    let words = generate::Words::new();
    let mut times = Vec::new();
    for change in 0..CHANGES {
        let number = change * 97 % count;
        let name = generate::file_name(number);
        let path = folder.canonicalize().expect("it is there").join(&name);
        let title = format!("Changed {change}");
        let text =
            generate::briefing(&words, number).replacen("title: ", &format!("title: {title} "), 1);
        let beside = path.with_extension("tmp");
        std::fs::write(&beside, text).expect("the disk takes it");
        let clock = Instant::now();
        std::fs::rename(&beside, &path).expect("it can be renamed");
        loop {
            let action = receiver
                .recv_timeout(Duration::from_secs(20))
                .expect("the change is told");
            let effects = state.apply(action);
            carry_out(&state, effects, &sender);
            let has_it = state
                .library
                .file_at(&path)
                .is_some_and(|file| file.briefing.title.starts_with(&title));
            if has_it && !state.timeline.is_indexing() {
                break;
            }
        }
        times.push(ms_since(clock));
        // The next change is one of its own.
        std::thread::sleep(Duration::from_millis(300));
        while let Ok(action) = receiver.try_recv() {
            let effects = state.apply(action);
            carry_out(&state, effects, &sender);
        }
    }
    times
}

/// Has the system forget what it keeps of the files, as far as it lets us, and says how.
pub fn forget_cached(folder: &Path) -> &'static str {
    let synced = Command::new("sync")
        .status()
        .is_ok_and(|status| status.success());
    if synced && std::fs::write("/proc/sys/vm/drop_caches", "3").is_ok() {
        return "all caches of the system dropped";
    }
    let paths: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .build()
        .flatten()
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.is_file())
        .collect();
    let forgotten = paths.iter().all(|path| {
        let mut name = std::ffi::OsString::from("if=");
        name.push(path);
        Command::new("dd")
            .arg(name)
            .args(["iflag=nocache", "count=0", "status=none"])
            .status()
            .is_ok_and(|status| status.success())
    });
    if forgotten {
        "the contents of each file dropped from the cache"
    } else {
        "the system keeps its cache; this is a first load, but a warm one"
    }
}
