//! Reads a library from the disk: walks the folders, parses in parallel, and hands over what is ready
//! while the rest still loads.

use super::paths::{PathFault, resolve_inside};
use crate::model::Briefing;
use crate::parse::{self, Bibliography, BibliographyFault, Context};
use crate::problem::{Code, Problem};
use crate::span::{LineIndex, Place, Span};
use crate::text::Text;
use ignore::WalkBuilder;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// A file as it came from the disk, not yet given a slot.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub path: PathBuf,
    pub root: PathBuf,
    /// Relative to `root`, with `/`.
    pub name: String,
    pub briefing: Arc<Briefing>,
    pub problems: Arc<[Problem]>,
    /// Where each problem stands.
    pub places: Arc<[Place]>,
}

/// What a load reports while it runs.
#[derive(Debug)]
pub enum LoadEvent {
    /// How many files there are to read.
    Found(usize),
    /// Some files are ready.
    Ready(Vec<Loaded>),
    /// A path that was asked for, or a folder on the way, could not be read.
    Trouble(Trouble),
}

/// A path that could not be read at all.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub path: PathBuf,
    pub problem: Problem,
}

/// One file to read, and the folder its library begins at.
struct Task {
    path: PathBuf,
    root: Arc<Path>,
}

/// So many files are read by one thread before it takes others.
const CHUNK_FILES: usize = 16;

/// The first files are reported after this time, and then less and less often: each report has the window sort all events
/// in anew.
const FIRST_REPORT_AFTER: Duration = Duration::from_millis(10);
const REPORT_AT_LEAST_EVERY: Duration = Duration::from_millis(320);

/// Reads all briefings at `paths`, which may be files and folders, while the folders are still being walked. Returns when all is
/// read, or soon after `cancel` is set; `report` may be called from several threads.
pub fn load(paths: &[PathBuf], cancel: &AtomicBool, report: &(dyn Fn(LoadEvent) + Sync)) {
    let outbox = Outbox::new(report);
    let shared = Bibliographies::default();
    rayon::in_place_scope(|scope| {
        let mut found = 0;
        let mut chunk = Vec::new();
        let (outbox, shared) = (&outbox, &shared);
        let read = |tasks: Vec<Task>| {
            scope.spawn(move |_| {
                for task in tasks {
                    if !cancel.load(Ordering::Relaxed) {
                        outbox.put(read_task(&task, shared));
                    }
                }
            });
        };
        find(paths, cancel, report, shared, &mut |task| {
            found += 1;
            chunk.push(task);
            if chunk.len() == CHUNK_FILES {
                read(std::mem::take(&mut chunk));
            }
        });
        read(chunk);
        report(LoadEvent::Found(found));
    });
    outbox.empty();
}

/// Gathers what is ready, so that few reports carry many files.
struct Outbox<'a> {
    report: &'a (dyn Fn(LoadEvent) + Sync),
    waiting: Mutex<Waiting>,
}

struct Waiting {
    files: Vec<Loaded>,
    since: Instant,
    pause: Duration,
}

impl<'a> Outbox<'a> {
    fn new(report: &'a (dyn Fn(LoadEvent) + Sync)) -> Self {
        Self {
            report,
            waiting: Mutex::new(Waiting {
                files: Vec::new(),
                since: Instant::now(),
                pause: FIRST_REPORT_AFTER,
            }),
        }
    }

    fn put(&self, file: Loaded) {
        let ready = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.files.push(file);
            if waiting.since.elapsed() < waiting.pause {
                return;
            }
            waiting.since = Instant::now();
            waiting.pause = (waiting.pause * 2).min(REPORT_AT_LEAST_EVERY);
            std::mem::take(&mut waiting.files)
        };
        (self.report)(LoadEvent::Ready(ready));
    }

    fn empty(self) {
        let waiting = self.waiting.into_inner();
        let files = waiting.unwrap_or_else(PoisonError::into_inner).files;
        if !files.is_empty() {
            (self.report)(LoadEvent::Ready(files));
        }
    }
}

/// Reads one file anew, as [`load`] would.
pub fn reload(path: &Path, root: &Path) -> Loaded {
    let task = Task {
        path: path.to_owned(),
        root: root.into(),
    };
    let shared = Bibliographies::default();
    shared.read_for_all(root, &|_| {});
    read_task(&task, &shared)
}

/// Reads many files anew, by path and root.
pub fn reload_all(files: &[(PathBuf, PathBuf)]) -> Vec<Loaded> {
    // What is wrong with a folder's bibliography was told when the library was loaded.
    let shared = Bibliographies::default();
    for (_, root) in files {
        shared.read_for_all(root, &|_| {});
    }
    files
        .par_iter()
        .map(|(path, root)| {
            let task = Task {
                path: path.clone(),
                root: root.as_path().into(),
            };
            read_task(&task, &shared)
        })
        .collect()
}

/// Whether a file's name says that it is a briefing.
pub fn is_briefing(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
    })
}

/// Whether a library at `root` lists this file: not hidden, not ignored, not leading out.
pub(super) fn is_listed(root: &Path, path: &Path) -> bool {
    let depth = path
        .strip_prefix(root)
        .map_or(0, |below| below.components().count());
    let inside = path.canonicalize().is_ok_and(|real| real.starts_with(root));
    let wanted = path.to_owned();
    // Only the folders on the way are looked into.
    let mut walker = walker(root);
    walker
        .max_depth(Some(depth))
        .filter_entry(move |entry| wanted.starts_with(entry.path()));
    inside && walker.build().flatten().any(|entry| entry.path() == path)
}

/// The briefings below a folder of a library.
pub(super) fn briefings_below(folder: &Path) -> Vec<PathBuf> {
    walker(folder)
        .build()
        .flatten()
        .map(ignore::DirEntry::into_path)
        .filter(|path| is_briefing(path) && path.is_file())
        .collect()
}

/// How a library's folder is walked. `.gitignore` counts also where there is no repository: a copied
/// folder keeps its meaning.
fn walker(root: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(root);
    walker.require_git(false);
    walker
}

/// Finds the files to read at these paths, each once, and reads what serves all files of a folder before the first of them.
fn find(
    paths: &[PathBuf],
    cancel: &AtomicBool,
    report: &(dyn Fn(LoadEvent) + Sync),
    shared: &Bibliographies,
    found: &mut dyn FnMut(Task),
) {
    // Only what is opened by several paths can be met twice.
    let mut seen = HashSet::new();
    let mut found = |task: Task| {
        if paths.len() == 1 || seen.insert(task.path.clone()) {
            found(task);
        }
    };
    for path in paths {
        let absolute = match path.canonicalize() {
            Ok(absolute) => absolute,
            Err(error) => {
                report(LoadEvent::Trouble(unreadable(path, &error.to_string())));
                continue;
            }
        };
        if absolute.is_dir() {
            shared.read_for_all(&absolute, report);
            walk(&absolute, cancel, report, &mut found);
        } else {
            let root = absolute.parent().unwrap_or(Path::new("/"));
            shared.read_for_all(root, report);
            found(Task {
                root: root.into(),
                path: absolute,
            });
        }
    }
}

fn walk(
    root: &Path,
    cancel: &AtomicBool,
    report: &(dyn Fn(LoadEvent) + Sync),
    found: &mut dyn FnMut(Task),
) {
    let root: Arc<Path> = root.into();
    for entry in walker(&root).build() {
        if cancel.load(Ordering::Relaxed) {
            return;
        }
        match entry {
            Ok(entry) => {
                if !is_briefing(entry.path()) {
                    continue;
                }
                let is_link = entry.path_is_symlink();
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file())
                    || is_link && entry.path().is_file();
                if !is_file {
                    continue;
                }
                // A link to a briefing elsewhere would let a library show what lies outside it. What is no link lies
                // where it was found, since links to folders are not followed.
                let real = is_link.then(|| entry.path().canonicalize());
                let inside = real.is_none_or(|real| real.is_ok_and(|real| real.starts_with(&root)));
                if inside {
                    found(Task {
                        path: entry.into_path(),
                        root: Arc::clone(&root),
                    });
                } else {
                    report(LoadEvent::Trouble(Trouble {
                        path: entry.path().to_owned(),
                        problem: Problem::new(
                            Code::FileOutside,
                            Span::default(),
                            "expected a file inside the library, but found a link that leads out of it",
                            "copy the file into the library's folder, or open its own folder",
                        ),
                    }));
                }
            }
            Err(error) => {
                let path = error_path(&error).unwrap_or(&root).to_owned();
                report(LoadEvent::Trouble(unreadable(&path, &error.to_string())));
            }
        }
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

fn unreadable(path: &Path, error: &str) -> Trouble {
    Trouble {
        path: path.to_owned(),
        problem: Problem::new(
            Code::FileUnreadable,
            Span::default(),
            format!("expected a readable file or folder, but {error}"),
            "check that it exists and that you may read it",
        ),
    }
}

fn read_task(task: &Task, shared: &Bibliographies) -> Loaded {
    let name = task
        .path
        .strip_prefix(&task.root)
        .unwrap_or(&task.path)
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/");
    let folder = task.path.parent().unwrap_or(&task.root);
    let (text, unread) = match read_text(&task.path) {
        Ok(text) => (text, None),
        Err(problem) => (Text::default(), Some(problem)),
    };
    let file_name = task
        .path
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    let for_all = shared.for_all(&task.root);
    let context = Context {
        file_name: &file_name,
        bibliography: &|written| shared.get(&task.root, folder, written),
        shared: for_all.as_deref(),
    };
    let (briefing, mut problems) = parse::briefing(text, &context);
    if let Some(problem) = unread {
        // That an unread file also looks empty would only distract.
        problems = vec![problem];
    }
    problems.sort_by_key(|problem| problem.span);
    let places = if problems.is_empty() {
        Vec::new()
    } else {
        let lines = LineIndex::new(&briefing.text);
        let place = |problem: &Problem| lines.place(&briefing.text, problem.span.start as usize);
        problems.iter().map(place).collect()
    };
    Loaded {
        path: task.path.clone(),
        root: task.root.to_path_buf(),
        name,
        briefing: Arc::new(briefing),
        problems: problems.into(),
        places: places.into(),
    }
}

/// Reads a whole text file, within the size limit also when it grows meanwhile.
fn read_text(path: &Path) -> Result<Text, Problem> {
    let bytes = read_bounded(path, parse::MAX_FILE_BYTES + 1)
        .map_err(|error| unreadable(path, &error.to_string()).problem)?;
    parse::decode(bytes)
}

/// At most `limit` bytes of a regular file. A pipe or a device is refused: it might never end.
pub(super) fn read_bounded(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    let expected = usize::try_from(metadata.len()).unwrap_or(limit);
    bytes.try_reserve(expected.min(limit))?;
    File::open(path)?
        .take(u64::try_from(limit).unwrap_or(u64::MAX))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

type ReadBibliography = Result<Arc<Bibliography>, BibliographyFault>;

/// Bibliographies of a load, each read once however many briefings name it.
#[derive(Default)]
struct Bibliographies {
    read: Mutex<HashMap<PathBuf, ReadBibliography>>,
    /// By root: the sources that all its briefings may use.
    for_all: RwLock<HashMap<PathBuf, Option<Arc<Bibliography>>>>,
}

/// Sources that every briefing of a folder may use, without naming the file.
pub(super) const FOLDER_SOURCES: &str = "sources.yml";

impl Bibliographies {
    /// Reads the sources that all files below a root may use, once.
    fn read_for_all(&self, root: &Path, report: &(dyn Fn(LoadEvent) + Sync)) {
        let known = self.for_all.read().unwrap_or_else(PoisonError::into_inner);
        if known.contains_key(root) {
            return;
        }
        drop(known);
        let found = match self.get(root, root, FOLDER_SOURCES) {
            Ok(found) => Some(found),
            Err(BibliographyFault::Missing) => None,
            Err(fault) => {
                report(LoadEvent::Trouble(Trouble {
                    path: root.join(FOLDER_SOURCES),
                    problem: Problem::new(
                        Code::BibliographySyntax,
                        Span::default(),
                        format!("expected sources for all briefings of this folder, but {fault}"),
                        "mend the file, or give it another name if it is not meant for all",
                    ),
                }));
                None
            }
        };
        let mut known = self.for_all.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(root.to_owned(), found);
    }

    /// The sources that all files below a root may use.
    fn for_all(&self, root: &Path) -> Option<Arc<Bibliography>> {
        let known = self.for_all.read().unwrap_or_else(PoisonError::into_inner);
        known.get(root).cloned().flatten()
    }

    fn get(&self, root: &Path, folder: &Path, written: &str) -> ReadBibliography {
        let path = resolve_inside(root, folder, written).map_err(|fault| match fault {
            PathFault::Outside(_) => BibliographyFault::Outside,
            PathFault::Unreadable { error, .. } if error.kind() == io::ErrorKind::NotFound => {
                BibliographyFault::Missing
            }
            PathFault::Unreadable { error, .. } => BibliographyFault::Unreadable(error.to_string()),
        })?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(path)
            .or_insert_with_key(|path| {
                let unreadable = |problem: Problem| BibliographyFault::Unreadable(problem.message);
                let text = read_text(path).map_err(unreadable)?;
                let (bibliography, problems) = parse::bibliography(written, &text);
                match problems.into_iter().next() {
                    Some(problem) if bibliography.sources.is_empty() => Err(unreadable(problem)),
                    _ => Ok(Arc::new(bibliography)),
                }
            })
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

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
}
