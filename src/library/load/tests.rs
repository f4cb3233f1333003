use super::read::Opened;
use super::*;
use crate::problem::Code;
use std::fs::{self, File};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Loads a folder and returns what came, by name, and what could not be read.
fn loaded(folder: &Path) -> (Vec<Loaded>, Vec<Trouble>) {
    let gathered = Mutex::new((Vec::new(), Vec::new()));
    load(&[folder.to_owned()], &AtomicBool::new(false), &|event| {
        let mut gathered = gathered.lock().expect("no test panics while it holds this");
        match event {
            LoadEvent::Ready(files) => gathered.0.extend(files),
            LoadEvent::Trouble(trouble) => gathered.1.push(trouble),
            LoadEvent::Found(_) => {}
        }
    });
    let (mut files, troubles) = gathered.into_inner().expect("all threads have ended");
    files.sort_by(|a, b| a.name.cmp(&b.name));
    (files, troubles)
}

#[test]
fn hidden_and_ignored_files_are_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("a.md", "# A"),
        ("b.MARKDOWN", "# B"),
        ("c.txt", "no briefing"),
        (".hidden.md", "# H"),
        ("drafts.md", "# D"),
        (".gitignore", "drafts.md"),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let (files, troubles) = loaded(folder.path());
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.md", "b.MARKDOWN"]);
    assert!(troubles.is_empty(), "{troubles:?}");
}

#[test]
fn sources_of_the_folder_serve_all_its_briefings() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("sources.yml"),
        "wh:\n  type: Post\n  title: Readout\n",
    )
    .expect("a file");
    fs::create_dir(folder.path().join("2025")).expect("a folder");
    fs::write(
        folder.path().join("2025/a.md"),
        "Both sides said so [@wh].\n",
    )
    .expect("a file");
    let (files, troubles) = loaded(folder.path());
    assert!(troubles.is_empty(), "{troubles:?}");
    let [file] = files.as_slice() else {
        panic!("one file")
    };
    assert_eq!(file.problems.len(), 0, "{:?}", file.problems);
    assert_eq!(file.briefing.sources[0].title.as_deref(), Some("Readout"));
}

#[test]
fn a_broken_file_and_a_broken_bibliography_leave_the_others_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("sources.yml"), "wh: [").expect("a file");
    fs::write(folder.path().join("good.md"), "# Good").expect("a file");
    fs::write(folder.path().join("latin.md"), b"caf\xe9").expect("a file");
    let (files, troubles) = loaded(folder.path());
    assert_eq!(files.len(), 2);
    assert_eq!(files[0].problems.len(), 0);
    assert_eq!(files[1].problems[0].code, Code::FileNotUtf8);
    assert_eq!(troubles.len(), 1, "{troubles:?}");
}

#[test]
fn what_a_bibliography_has_wrong_is_told_and_the_rest_of_it_is_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("refs.yml", "wh: {title: Readout}\nbad: [1]\n");
    write("sources.yml", "worse: [2]\nkr: {title: Summary}\n");
    write(
        "a.md",
        "---\nbibliography: refs.yml\n---\nIt was said [@wh; @kr].\n",
    );
    let (files, troubles) = loaded(folder.path());
    let [file] = files.as_slice() else {
        panic!("{files:?}")
    };
    assert_eq!(file.briefing.sources.len(), 2);
    let [problem] = &file.problems[..] else {
        panic!("{:?}", file.problems)
    };
    assert_eq!(problem.code, Code::BibliographyFaults);
    assert_eq!(file.briefing.words(problem.span), "refs.yml");
    assert!(problem.message.contains("at 2:6: "), "{problem:?}");
    let [trouble] = troubles.as_slice() else {
        panic!("{troubles:?}")
    };
    assert_eq!(trouble.problem.code, Code::BibliographyFaults);
    assert!(trouble.problem.message.contains("at 1:8: "), "{trouble:?}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_or_round_in_circles_are_told_or_passed_over() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), "# Secret").expect("a file");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "# A").expect("a file");
    let link = |to: &Path, name: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link");
    };
    link(&outside.path().join("secret.md"), "out.md");
    link(folder.path(), "round");
    let (files, troubles) = loaded(folder.path());
    assert_eq!(files.len(), 1);
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    assert_eq!(troubles[0].problem.code, Code::FileOutside);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "# A").expect("a file");
    for (to, name) in [("gone.md", "lost.md"), ("round.md", "round.md")] {
        std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link");
    }
    let (files, troubles) = loaded(folder.path());
    assert_eq!(files.len(), 1);
    let mut told: Vec<_> = troubles
        .iter()
        .map(|trouble| (trouble.path.file_name(), trouble.problem.code))
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            (Some("lost.md".as_ref()), Code::FileUnreadable),
            (Some("round.md".as_ref()), Code::FileUnreadable),
        ]
    );
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_shown_as_far_as_they_can_be() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    for name in [&b"caf\xe9.md"[..], b"caf\xe8.md"] {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        if fs::write(path, "# Caf\u{e9}\n\nWords.\n").is_err() {
            // Some file systems take no such names; then none can be met there.
            return;
        }
    }
    let (files, troubles) = loaded(folder.path());
    assert!(troubles.is_empty(), "{troubles:?}");
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["caf\u{fffd}.md", "caf\u{fffd}.md"]);
    assert_ne!(files[0].path, files[1].path);
    let mut library = crate::library::Library::default();
    library.add(files);
    assert_eq!(library.len(), 2);
}

#[test]
fn ten_briefings_among_very_many_files_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..3_000 {
        let ending = if number % 300 == 0 { "md" } else { "log" };
        let name = format!("{number}.{ending}");
        fs::write(folder.path().join(name), "# A\n").expect("a file");
    }
    let (files, troubles) = loaded(folder.path());
    assert_eq!((files.len(), troubles.len()), (10, 0));
}

#[test]
fn a_file_that_grows_while_it_is_read_is_read_to_some_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md");
    fs::write(&path, "# Title\n\n").expect("a file");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = File::options().append(true).open(&path).expect("the file");
            while !done.load(Ordering::Relaxed) {
                io::Write::write_all(&mut file, b"More words.\n").expect("written");
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        for _ in 0..5 {
            let (files, troubles) = loaded(folder.path());
            assert!(troubles.is_empty(), "{troubles:?}");
            assert_eq!(files[0].briefing.title, "Title");
            assert_eq!(files[0].problems.len(), 0);
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_file_that_is_opened_twice_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md");
    fs::write(&path, "# A").expect("a file");
    let read = Mutex::new(0);
    let paths = [folder.path().to_owned(), path];
    load(&paths, &AtomicBool::new(false), &|event| {
        if let LoadEvent::Ready(files) = event {
            *read.lock().expect("no test panics while it holds this") += files.len();
        }
    });
    assert_eq!(read.into_inner().expect("all threads have ended"), 1);
}

#[test]
fn a_load_that_is_cancelled_ends_without_files() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "# A").expect("a file");
    let read = Mutex::new(0);
    load(
        &[folder.path().to_owned()],
        &AtomicBool::new(true),
        &|event| {
            if let LoadEvent::Ready(files) = event {
                *read.lock().expect("no test panics while it holds this") += files.len();
            }
        },
    );
    assert_eq!(read.into_inner().expect("all threads have ended"), 0);
}

#[test]
fn the_first_of_the_list_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [
        "b.md", "a/z.md", "a/b/c.md", "a.md", "a-b/x.md", "z.md", "a b.md",
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, "# Words").expect("a file");
    }
    let found = Mutex::new(Vec::new());
    walk::find(
        &[folder.path().to_owned()],
        &AtomicBool::new(false),
        &|_| {},
        &Bibliographies::default(),
        &mut |task| {
            let name = task.path.strip_prefix(&task.root).expect("inside");
            let mut found = found.lock().expect("no test panics while it holds this");
            found.push(name.to_string_lossy().into_owned());
        },
    );
    let found = found.into_inner().expect("all is found");
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(found, sorted);
    let first = Mutex::new(None);
    load(
        &[folder.path().to_owned()],
        &AtomicBool::new(false),
        &|event| {
            if let LoadEvent::Ready(files) = event {
                let mut first = first.lock().expect("no test panics while it holds this");
                first.get_or_insert_with(|| files[0].name.clone());
            }
        },
    );
    let first = first.into_inner().expect("all is read");
    assert_eq!(first.as_deref(), Some(sorted[0].as_str()));
}

#[test]
fn events_of_the_folder_are_a_file_of_the_library_and_rest_on_its_sources() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = "wh:\n  type: Post\n  title: Readout\nevents:\n  - {date: 2025-03-18, title: The call, sources: [wh, \"@wh, \\\"go on\\\"\"]}\n  - {date: 2025-03-19, title: Nobody says so, sources: [unknown]}\n";
    fs::write(folder.path().join("sources.yml"), sources).expect("a file");
    fs::write(folder.path().join("a.md"), "It was said [@wh].\n").expect("a file");
    let (files, troubles) = loaded(folder.path());
    assert!(troubles.is_empty(), "{troubles:?}");
    let [briefing, listed] = files.as_slice() else {
        panic!("{files:?}")
    };
    assert_eq!(briefing.problems.len(), 0, "{:?}", briefing.problems);
    assert_eq!(
        (listed.name.as_str(), listed.briefing.title.as_str()),
        ("sources.yml", "sources.yml")
    );
    let [call, other] = listed.briefing.events.as_slice() else {
        panic!("{:?}", listed.briefing.events)
    };
    assert_eq!(
        (call.id.as_str(), call.title.as_str()),
        ("the-call", "The call")
    );
    assert_eq!(
        listed.briefing.words(call.span),
        "{date: 2025-03-18, title: The call, sources: [wh, \"@wh, \\\"go on\\\"\"]}"
    );
    assert_eq!(call.evidence.len(), 2);
    let source = &listed.briefing.sources[call.evidence[0].source.expect("known") as usize];
    // The very same source that the briefings have.
    assert!(Arc::ptr_eq(source, &briefing.briefing.sources[0]));
    assert_eq!(other.evidence[0].source, None);
    let codes: Vec<Code> = listed.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::SourceUnknown]);
    assert_eq!(listed.places[0].line, 6);

    // One briefing that is opened by itself has its sources, but not the events of others.
    let read = Mutex::new(Vec::new());
    load(
        &[folder.path().join("a.md")],
        &AtomicBool::new(false),
        &|event| {
            if let LoadEvent::Ready(files) = event {
                read.lock()
                    .expect("no test panics while it holds this")
                    .extend(files);
            }
        },
    );
    let read = read.into_inner().expect("all is read");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].briefing.sources.len(), 1);
}

#[test]
fn bibliographies_that_would_fill_the_memory_are_read_up_to_their_bound_and_the_rest_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.yml", "b.yml"] {
        fs::write(folder.path().join(name), "wh: {title: Readout}\n").expect("a file");
    }
    let root = fs::canonicalize(folder.path()).expect("the folder");
    let bibliographies = Bibliographies::within(10);
    let first = bibliographies.get(&root, &root, "a.yml");
    assert_eq!(first.expect("it is read").sources.len(), 1);
    let second = bibliographies.get(&root, &root, "b.yml");
    let fault = second.expect_err("there is no room for it").to_string();
    assert!(fault.contains("take more than 512 MB"), "{fault}");
    assert!(
        bibliographies.get(&root, &root, "a.yml").is_ok(),
        "it is held"
    );
}

#[test]
fn a_library_that_would_fill_the_memory_is_read_up_to_its_bound_and_no_file_is_lost() {
    const FILES: usize = 40;
    const LEFT_BYTES: u64 = 200_000;
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!(
        "---\nsources:\n  wh: A\n---\n\n{}",
        "So [@wh]. ".repeat(1_000)
    );
    for at in 0..FILES {
        fs::write(folder.path().join(format!("a{at}.md")), &text).expect("a file");
    }
    let gathered = Mutex::new(Vec::new());
    let reading = Reading {
        left: LibraryLeft::within(LEFT_BYTES),
        cancel: &AtomicBool::new(false),
        open: &open_file,
    };
    load_by(&reading, &[folder.path().to_owned()], &|event| {
        if let LoadEvent::Ready(files) = event {
            gathered
                .lock()
                .expect("no test panics while it holds this")
                .extend(files);
        }
    });
    let files = gathered.into_inner().expect("all threads have ended");
    assert_eq!(files.len(), FILES, "every file is listed");
    let (read, passed): (Vec<_>, Vec<_>) = files
        .iter()
        .partition(|file| !file.briefing.statements.is_empty());
    assert!(!read.is_empty() && read.len() < FILES / 2, "{}", read.len());
    for file in passed {
        let codes: Vec<Code> = file.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::LibraryTooLarge], "{}", file.name);
    }
}

/// A disk that gives a few bytes at a time, each after a while, and never comes to an end.
struct SlowDisk {
    answers: Arc<AtomicUsize>,
    cancel: Arc<AtomicBool>,
    cancel_after: usize,
}

impl io::Read for SlowDisk {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        std::thread::sleep(Duration::from_micros(200));
        if self.answers.fetch_add(1, Ordering::Relaxed) + 1 == self.cancel_after {
            self.cancel.store(true, Ordering::Relaxed);
        }
        let given = into.len().min(1_000);
        into[..given].fill(b' ');
        Ok(given)
    }
}

#[test]
fn what_a_slow_disk_has_given_is_shown_and_the_rest_is_let_go_of_when_nobody_waits() {
    const CANCEL_AFTER: usize = 500;
    // Steps of 64 kB, a thousand bytes an answer, and as many threads as a machine may have.
    const ANSWERS_TO_A_STEP: usize = 66;
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "# Quick").expect("a file");
    for at in 0..40 {
        let path = folder.path().join(format!("slow-{at:02}.md"));
        fs::write(path, "").expect("a file");
    }
    let cancel = Arc::new(AtomicBool::new(false));
    let answers = Arc::new(AtomicUsize::new(0));
    let open = |path: &Path| -> io::Result<Opened> {
        if path.ends_with("a.md") {
            return open_file(path);
        }
        Ok(Opened {
            contents: Box::new(SlowDisk {
                answers: Arc::clone(&answers),
                cancel: Arc::clone(&cancel),
                cancel_after: CANCEL_AFTER,
            }),
            len_bytes: 0,
        })
    };
    let reading = Reading {
        left: LibraryLeft::within(MAX_LIBRARY_BYTES),
        cancel: &cancel,
        open: &open,
    };
    let gathered = Mutex::new(Vec::new());
    load_by(&reading, &[folder.path().to_owned()], &|event| {
        if let LoadEvent::Ready(files) = event {
            let mut gathered = gathered.lock().expect("no test panics while it holds this");
            gathered.extend(files.into_iter().map(|file| file.name));
        }
    });
    let names = gathered.into_inner().expect("all threads have ended");
    assert_eq!(
        names,
        ["a.md"],
        "no half of a file is shown, and no fault told"
    );
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get) + 1;
    let answered = answers.load(Ordering::Relaxed);
    assert!(
        (CANCEL_AFTER..=CANCEL_AFTER + threads * ANSWERS_TO_A_STEP).contains(&answered),
        "{answered}"
    );
}

#[test]
fn a_file_longer_than_a_step_is_read_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    for length in [64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 300_000] {
        let path = folder.path().join("a.md");
        let text = "word ".repeat(length / 5 + 1)[..length].to_owned();
        fs::write(&path, &text).expect("a file");
        let read = read_bounded(&path, 1_000_000).expect("a file");
        assert!(read == text.as_bytes(), "{length}");
        assert_eq!(
            read_bounded(&path, 70_000).expect("a file").len(),
            length.min(70_000)
        );
    }
}
