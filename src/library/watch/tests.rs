//! Real folders, real watchers.

use super::*;
use std::fs;
use std::sync::mpsc;

/// Reports of a watch on a new folder, which is kept as long as the reports are read.
fn watched() -> (tempfile::TempDir, Watch, mpsc::Receiver<Change>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "# First").expect("a file");
    let (sender, receiver) = mpsc::channel();
    let sent = move |change| {
        // The test may have ended.
        if sender.send(change).is_err() {
            tracing::debug!("nobody listens");
        }
    };
    let watch = watch(vec![folder.path().to_owned()], None, sent).expect("a watch");
    // The system's watcher starts in the thread.
    thread::sleep(Duration::from_millis(300));
    (folder, watch, receiver)
}

fn next(receiver: &mpsc::Receiver<Change>) -> Change {
    receiver
        .recv_timeout(Duration::from_secs(20))
        .expect("a report")
}

/// What was written and what has gone, of a report about briefings.
fn files(change: Change) -> (Vec<Loaded>, Vec<PathBuf>) {
    match change {
        Change::Files { written, gone } => (written, gone),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_written_beside_and_renamed_is_read_anew() {
    let (folder, _watch, reports) = watched();
    fs::write(folder.path().join(".a.md.tmp"), "# Second").expect("a file");
    fs::rename(folder.path().join(".a.md.tmp"), folder.path().join("a.md")).expect("renamed");
    let (files, _) = files(next(&reports));
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].briefing.title, "Second");
    assert_eq!(files[0].name, "a.md");
}

#[test]
fn a_file_that_is_deleted_is_told_and_a_copy_is_not_a_briefing() {
    let (folder, _watch, reports) = watched();
    fs::remove_file(folder.path().join("a.md")).expect("removed");
    let (written, gone) = files(next(&reports));
    assert_eq!((written.len(), gone.len()), (0, 1));
    fs::write(folder.path().join("copy.txt"), "words").expect("a file");
    let change = next(&reports);
    assert!(
        matches!(&change, Change::Other(paths) if paths.len() == 1),
        "{change:?}"
    );
}

#[test]
fn a_folder_that_appears_brings_its_briefings() {
    let (folder, _watch, reports) = watched();
    let staged = tempfile::tempdir_in(folder.path().parent().expect("a parent")).expect("a folder");
    fs::write(staged.path().join("b.md"), "# New").expect("a file");
    fs::rename(staged.path(), folder.path().join("2025")).expect("moved");
    let (files, _) = files(next(&reports));
    assert_eq!(files[0].name, "2025/b.md");
}

#[test]
fn where_the_system_cannot_watch_the_disk_is_looked_at_now_and_then_and_that_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "# First").expect("a file");
    let (sender, receiver) = mpsc::channel();
    let refuse: Start = |_, _| Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch));
    let paths = vec![folder.path().to_owned()];
    let _watch = watch_by(paths, None, refuse, move |change| {
        // The test may have ended.
        if sender.send(change).is_err() {
            tracing::debug!("nobody listens");
        }
    })
    .expect("a watch");
    let told = next(&receiver);
    let Change::Polling(sentence) = told else {
        panic!("{told:?}");
    };
    assert!(
        sentence.starts_with("Changes show after a moment only"),
        "{sentence}"
    );
    fs::write(folder.path().join(".a.md.tmp"), "# Second, and longer").expect("a file");
    fs::rename(folder.path().join(".a.md.tmp"), folder.path().join("a.md")).expect("renamed");
    let (files, _) = files(next(&receiver));
    assert_eq!(files[0].briefing.title, "Second, and longer");
}

#[test]
fn a_folder_that_is_moved_out_or_gets_another_name_is_told_with_what_is_in_it() {
    let (folder, _watch, reports) = watched();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("2025")).expect("a folder");
    fs::write(path("2025/b.md"), "# New").expect("a file");
    files(next(&reports));
    fs::rename(path("2025"), path("2026")).expect("renamed");
    let (written, gone) = files(next(&reports));
    assert_eq!(written[0].name, "2026/b.md");
    let real = folder.path().canonicalize().expect("it is there");
    assert_eq!(gone, [real.join("2025")]);
}

#[test]
fn what_changed_between_reading_and_watching_is_told_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("it is there");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    for name in ["same.md", "written.md", "new.md"] {
        fs::write(root.join(name), "# One").expect("a file");
    }
    let began = SystemTime::now() + Duration::from_secs(60);
    let known = ["same.md", "written.md", "gone.md"];
    let since = |began| Since {
        began,
        known: known.map(|name| root.join(name)).into(),
    };
    let targets = Targets(vec![Target::of(folder.path()).expect("it is there")]);
    // Of a library that was written long before it was read, only what came and went.
    assert_eq!(
        Vec::from_iter(targets.changed_since(&since(began))),
        [root.join("gone.md"), root.join("new.md")]
    );
    let all = targets.changed_since(&since(old));
    assert!(all.contains(&root.join("written.md")), "{all:?}");
    // And the watch itself begins with it.
    let (sender, receiver) = mpsc::channel();
    let _watch = watch(vec![root.clone()], Some(since(began)), move |change| {
        if sender.send(change).is_err() {
            tracing::debug!("nobody listens");
        }
    });
    let (written, gone) = files(next(&receiver));
    assert_eq!(written[0].name, "new.md");
    assert_eq!(gone, [root.join("gone.md")]);
}

#[test]
fn views_that_another_window_saves_are_told() {
    let (folder, _watch, reports) = watched();
    fs::create_dir(folder.path().join(".sourceline")).expect("a folder");
    // The system's watcher takes the new folder in.
    thread::sleep(Duration::from_millis(300));
    fs::write(folder.path().join(".sourceline/views.toml"), "").expect("a file");
    let change = next(&reports);
    assert!(matches!(change, Change::Views(_)), "{change:?}");
}

#[test]
fn a_library_that_goes_away_and_comes_back_is_walked_again() {
    let (folder, _watch, reports) = watched();
    let aside = folder.path().with_extension("aside");
    fs::rename(folder.path(), &aside).expect("moved");
    let change = next(&reports);
    let Change::Away(told) = change else {
        panic!("its files have not gone: {change:?}");
    };
    assert!(told.contains("is not there any more"), "{told}");
    fs::rename(&aside, folder.path()).expect("moved back");
    let change = next(&reports);
    assert!(matches!(change, Change::Missed), "{change:?}");
    // And it is watched as before.
    thread::sleep(Duration::from_millis(300));
    fs::write(folder.path().join("a.md"), "# Second").expect("a file");
    let (written, _) = files(next(&reports));
    assert_eq!(written[0].briefing.title, "Second");
}

#[test]
fn what_the_system_could_not_tell_is_looked_for_and_links_are_not_followed() {
    let folder: Arc<Path> = Path::new("/library").into();
    let lost = notify::Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan);
    let message = system::message(&folder, Ok(lost));
    assert!(matches!(message, Some(Message::Missed)), "{message:?}");
    let limit = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    let message = system::message(&folder, Err(limit));
    assert!(matches!(message, Some(Message::Failed(..))), "{message:?}");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_not_walked_by_the_watch() {
    let (folder, _watch, reports) = watched();
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("b.md"), "# Outside").expect("a file");
    for (to, name) in [(folder.path(), "round"), (outside.path(), "out")] {
        std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link");
    }
    thread::sleep(Duration::from_millis(300));
    fs::write(outside.path().join("b.md"), "# Changed").expect("a file");
    fs::write(folder.path().join("a.md"), "# Second").expect("a file");
    let written = loop {
        if let Change::Files { written, .. } = next(&reports) {
            break written;
        }
    };
    let names: Vec<&str> = written.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.md"]);
}

#[test]
fn what_an_editor_writes_beside_a_file_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("it is there");
    fs::write(root.join("a.md"), "# Second").expect("a file");
    let targets = Targets(vec![Target::of(&root).expect("it is there")]);
    let touched = ["a.md", ".a.md.swp", "a.md~", "a.tmp"].map(|name| root.join(name));
    let (sender, receiver) = mpsc::channel();
    let report = |change| sender.send(change).expect("the test listens");
    let wait = || panic!("nothing here comes back");
    targets.settle(touched.into(), &wait, &report);
    let (written, _) = files(next(&receiver));
    assert_eq!(written[0].briefing.title, "Second");
}
