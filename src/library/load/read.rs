//! One file: from the disk to a briefing.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the size of what is held in memory"
)]

use super::Loaded;
use super::shared::{Bibliographies, FOLDER_SOURCES};
use super::walk::unreadable;
use crate::model::{Briefing, Event, Evidence, Link, Source, Statement};
use crate::parse::{self, Context};
use crate::problem::{Code, Problem};
use crate::span::{LineIndex, Span};
use crate::text::Text;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// One file to read, and the folder its library begins at.
pub struct Task {
    pub path: PathBuf,
    pub root: Arc<Path>,
}

/// Whether this is the file of sources that serves its whole library; it may list events as well.
pub fn is_folder_file(path: &Path, root: &Path) -> bool {
    path.parent() == Some(root) && path.file_name() == Some(FOLDER_SOURCES.as_ref())
}

/// The most that one library holds in memory, in bytes of texts and of what was made of them. Every file has its own
/// bounds; this is for thousands of files that each go up to theirs.
pub const MAX_LIBRARY_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// How much of a library may still be read.
pub struct LibraryLeft(AtomicU64);

impl LibraryLeft {
    pub fn within(bytes: u64) -> Self {
        Self(AtomicU64::new(bytes))
    }

    pub fn take(&self, bytes: u64) {
        let less = |left: u64| Some(left.saturating_sub(bytes));
        // The closure always gives a number.
        let _before = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }

    pub fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

/// About what a briefing takes in memory.
fn weight(briefing: &Briefing) -> u64 {
    let items = briefing.all_evidence().count() * size_of::<Evidence>()
        + briefing.statements.len() * size_of::<Statement>()
        + briefing.events.len() * size_of::<Event>()
        + briefing.sources.len() * size_of::<Source>()
        + briefing.links.len() * size_of::<Link>();
    (briefing.text.len() + items) as u64
}

/// How one load reads: how much, for as long as somebody waits for it, and from what.
pub struct Reading<'a> {
    pub left: LibraryLeft,
    pub cancel: &'a AtomicBool,
    pub open: &'a (dyn Fn(&Path) -> io::Result<Opened> + Sync),
}

impl Reading<'_> {
    pub fn is_wanted(&self) -> bool {
        !self.cancel.load(Ordering::Relaxed)
    }

    fn text(&self, path: &Path) -> Result<Text, Problem> {
        let is_wanted = || self.is_wanted();
        decoded(path, read_while(path, MOST_BYTES, self.open, &is_wanted))
    }
}

/// A regular file, open, and how long it was then.
pub struct Opened {
    pub contents: Box<dyn io::Read>,
    pub len_bytes: u64,
}

/// Opens a regular file of the disk. A pipe or a device is refused: it might never end. What is asked is the open file, not its
/// path, so that nothing can be put in its place between question and use.
pub fn open_file(path: &Path) -> io::Result<Opened> {
    let mut options = File::options();
    options.read(true);
    // Without this, opening a pipe waits for somebody to write to it. To a regular file it means nothing.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    Ok(Opened {
        contents: Box::new(file),
        len_bytes: metadata.len(),
    })
}

/// Reads one file of a library; when that has become too large, only its name. `None` when nobody waits for it any more.
pub fn read_task_within(
    task: &Task,
    shared: &Bibliographies,
    reading: &Reading<'_>,
) -> Option<Loaded> {
    if !reading.is_wanted() {
        return None;
    }
    if reading.left.is_spent() {
        let problem = Problem::new(
            Code::LibraryTooLarge,
            Span::default(),
            format!(
                "expected a library of at most {} MB in memory, found more, so this file was not read",
                MAX_LIBRARY_BYTES / (1024 * 1024)
            ),
            "open the file by itself, or a folder with fewer files",
        );
        return Some(read_as(task, shared, Err(problem)));
    }
    let text = reading.text(&task.path);
    // What was given up half way is no fault of the file.
    if text.is_err() && !reading.is_wanted() {
        return None;
    }
    let loaded = read_as(task, shared, text);
    reading.left.take(weight(&loaded.briefing));
    Some(loaded)
}

/// Reads one file.
pub fn read_task(task: &Task, shared: &Bibliographies) -> Loaded {
    read_as(task, shared, read_text(&task.path))
}

fn read_as(task: &Task, shared: &Bibliographies, text: Result<Text, Problem>) -> Loaded {
    let name = task
        .path
        .strip_prefix(&task.root)
        .unwrap_or(&task.path)
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/");
    let folder = task.path.parent().unwrap_or(&task.root);
    let (text, unread) = match text {
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
    let (briefing, mut problems) = if is_folder_file(&task.path, &task.root) {
        parse::folder_events(text, &context)
    } else {
        parse::briefing(text, &context)
    };
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
        root: Arc::clone(&task.root),
        name,
        briefing: Arc::new(briefing),
        problems: problems.into(),
        places: places.into(),
    }
}

/// One byte more than a file may have, so that a longer one is known.
const MOST_BYTES: usize = parse::MAX_FILE_BYTES + 1;

/// Reads a whole text file, within the size limit also when it grows meanwhile.
pub fn read_text(path: &Path) -> Result<Text, Problem> {
    decoded(path, read_bounded(path, MOST_BYTES))
}

fn decoded(path: &Path, bytes: io::Result<Vec<u8>>) -> Result<Text, Problem> {
    parse::decode(bytes.map_err(|error| unreadable(path, &error.to_string()).problem)?)
}

/// At most `limit` bytes of a regular file. A pipe or a device is refused: it might never end.
pub fn read_bounded(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    read_while(path, limit, &open_file, &|| true)
}

/// The same, from what `open` gives and for as long as it is wanted: a slow disk answers by and by, and nobody need wait for the
/// rest of a long file.
fn read_while(
    path: &Path,
    limit: usize,
    open: &dyn Fn(&Path) -> io::Result<Opened>,
    is_wanted: &dyn Fn() -> bool,
) -> io::Result<Vec<u8>> {
    /// So much is read before it is asked again whether it is wanted; most files have less.
    const STEP_BYTES: usize = 64 * 1024;
    let Opened {
        mut contents,
        len_bytes,
    } = open(path)?;
    let expected = usize::try_from(len_bytes).unwrap_or(limit);
    // Room for one byte more, so that the end is met without asking for more room.
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(expected.min(limit).saturating_add(1))?;
    while is_wanted() {
        let step = limit.saturating_sub(bytes.len()).min(STEP_BYTES);
        let mut part = contents
            .by_ref()
            .take(u64::try_from(step).unwrap_or(u64::MAX));
        if part.read_to_end(&mut bytes)? < step || bytes.len() >= limit {
            return Ok(bytes);
        }
    }
    Err(io::Error::other("nobody waits for it any more"))
}
