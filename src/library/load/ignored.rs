//! Which files a library passes over because a list in it says so: `.ignore`, `.gitignore`, `.git/info/exclude`.
//!
//! These lists come with a stranger's archive, as briefings do. So they are read within bounds, from regular files only: a
//! pipe would hold the walk up forever, and each pattern takes some kilobytes once it is ready to be asked. A list
//! beyond a bound is told and not used, so that too much is shown rather than too little.

use super::Trouble;
use super::read::read_bounded;
use super::walk::unreadable;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::io;
use std::path::{Path, PathBuf};

/// The lists of one folder; what an earlier one says goes before what a later one says.
const NAMES: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];

/// The longest list.
const MAX_LIST_BYTES: usize = 64 * 1024;

/// The most patterns of one list, and of all lists that count in one folder: its own and those of the folders above it.
const MAX_PATTERNS: usize = 2_000;
const MAX_PATTERNS_IN_FORCE: usize = 10_000;

/// The longest pattern; a longer one is no path that anybody has written.
const MAX_PATTERN_BYTES: usize = 1_000;

/// The lists that count at the place where a walk is.
#[derive(Default)]
pub struct Ignored {
    /// From the root of the disk to the folder whose entries are asked about.
    folders: Vec<Folder>,
    patterns_in_force: usize,
    troubles: Vec<Trouble>,
}

struct Folder {
    path: PathBuf,
    /// In the order of [`NAMES`].
    lists: [Option<Gitignore>; NAMES.len()],
    patterns: usize,
}

impl Ignored {
    /// Whether an entry is passed over. Asked about all entries of a folder before those of the next, it reads each list once.
    pub fn passes_over(&mut self, path: &Path, is_folder: bool) -> bool {
        let Some(folder) = path.parent() else {
            return false;
        };
        self.go_to(folder);
        for at in 0..NAMES.len() {
            for folder in self.folders.iter().rev() {
                let Some(Some(list)) = folder.lists.get(at) else {
                    continue;
                };
                match list.matched(path, is_folder) {
                    Match::Ignore(_) => return true,
                    Match::Whitelist(_) => return false,
                    Match::None => {}
                }
            }
        }
        false
    }

    /// The lists that could not be used, each told once.
    pub fn take_troubles(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.troubles)
    }

    fn go_to(&mut self, folder: &Path) {
        while let Some(left) = self.folders.pop_if(|last| !folder.starts_with(&last.path)) {
            self.patterns_in_force = self.patterns_in_force.saturating_sub(left.patterns);
        }
        let last = self.folders.last().map(|last| last.path.as_path());
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|above| Some(*above) != last)
            .collect();
        for folder in missing.into_iter().rev() {
            self.enter(folder);
        }
    }

    fn enter(&mut self, path: &Path) {
        let mut folder = Folder {
            path: path.to_owned(),
            lists: [const { None }; NAMES.len()],
            patterns: 0,
        };
        for (place, name) in folder.lists.iter_mut().zip(NAMES) {
            let most =
                MAX_PATTERNS.min(MAX_PATTERNS_IN_FORCE.saturating_sub(self.patterns_in_force));
            match read(path, name, most) {
                Ok(Some((list, patterns))) => {
                    *place = Some(list);
                    folder.patterns = folder.patterns.saturating_add(patterns);
                    self.patterns_in_force = self.patterns_in_force.saturating_add(patterns);
                }
                Ok(None) => {}
                Err(error) => self.troubles.push(unreadable(&path.join(name), &error)),
            }
        }
        self.folders.push(folder);
    }
}

/// The list of this name in a folder, and how many patterns it has; `None` where there is none.
fn read(
    folder: &Path,
    name: &str,
    most_patterns: usize,
) -> Result<Option<(Gitignore, usize)>, String> {
    let path = folder.join(name);
    match path.symlink_metadata() {
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error.to_string()),
        // Git does not follow links here either: they could lead out of the library.
        Ok(entry) if entry.is_symlink() => return Err("it is a link".to_owned()),
        Ok(_) => {}
    }
    let is_own_folder = |above: &Path| above.symlink_metadata().is_ok_and(|entry| entry.is_dir());
    let mut between = path
        .ancestors()
        .skip(1)
        .take_while(|above| *above != folder);
    if !between.all(is_own_folder) {
        return Ok(None);
    }
    let bytes = match read_bounded(&path, MAX_LIST_BYTES.saturating_add(1)) {
        Ok(bytes) => bytes,
        // It has gone since it was seen.
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    if bytes.len() > MAX_LIST_BYTES {
        return Err(format!(
            "this list of ignored files has more than {} kB, so it was not used",
            MAX_LIST_BYTES / 1024
        ));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut builder = GitignoreBuilder::new(folder);
    let mut patterns: usize = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        // As Git does, a line that is no pattern is passed over.
        let Ok(line) = str::from_utf8(line) else {
            continue;
        };
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with('#') || line.len() > MAX_PATTERN_BYTES {
            continue;
        }
        patterns = patterns.saturating_add(1);
        if patterns > most_patterns {
            return Err(format!(
                "its folder comes to more than {most_patterns} patterns of ignored files, so this list was not used"
            ));
        }
        if let Err(error) = builder.add_line(None, line) {
            tracing::debug!("{}: {error}", path.display());
        }
    }
    match builder.build() {
        Ok(list) => Ok(Some((list, patterns))),
        Err(error) => Err(error.to_string()),
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    #[test]
    fn the_nearest_list_decides_and_may_take_back_what_one_above_it_says() {
        let library = folder(&[
            (
                ".gitignore",
                "\u{feff}*.tmp.md\r\n# a comment\n\n/drafts/\n\\#1.md\n",
            ),
            ("a/.gitignore", "!kept.tmp.md\n"),
            ("a/.ignore", "noted.md\n"),
            (".git/info/exclude", "mine.md\n"),
        ]);
        let at = |path: &str| library.path().join(path);
        let mut ignored = Ignored::default();
        let mut passes_over = |path: &str, is_folder| ignored.passes_over(&at(path), is_folder);
        assert!(passes_over("x.tmp.md", false));
        assert!(passes_over("#1.md", false));
        assert!(passes_over("mine.md", false));
        assert!(passes_over("drafts", true));
        assert!(!passes_over("a", true));
        assert!(!passes_over("a/kept.tmp.md", false));
        assert!(passes_over("a/noted.md", false));
        assert!(!passes_over("a/drafts", true));
        assert!(passes_over("a/b/x.tmp.md", false));
        // Back in the folder above, the lists of the one below count no longer.
        assert!(passes_over("kept.tmp.md", false));
        assert!(!passes_over("noted.md", false));
        assert!(ignored.take_troubles().is_empty());
    }

    #[test]
    fn a_list_beyond_a_bound_is_told_and_not_used() {
        let many: String = (0..=MAX_PATTERNS).map(|at| format!("{at}\n")).collect();
        let long = format!("{}\n", "*".repeat(MAX_PATTERN_BYTES + 1)).repeat(10);
        let large = "a\n".repeat(MAX_LIST_BYTES);
        for (list, told) in [(many, "2000 patterns"), (large, "64 kB"), (long, "")] {
            let library = folder(&[(".gitignore", &list)]);
            let mut ignored = Ignored::default();
            for name in ["a", "1", "b"] {
                assert!(!ignored.passes_over(&library.path().join(name), false));
            }
            let troubles = ignored.take_troubles();
            assert_eq!(troubles.len(), usize::from(!told.is_empty()));
            for trouble in troubles {
                assert!(trouble.problem.message.contains(told), "{trouble:?}");
                assert!(trouble.path.ends_with(".gitignore"));
            }
        }
    }

    #[test]
    fn lists_of_many_folders_in_one_another_stay_within_one_bound() {
        let list: String = (0..MAX_PATTERNS).map(|at| format!("f{at}\n")).collect();
        let library = tempfile::tempdir().expect("a folder");
        let mut deepest = library.path().to_owned();
        for _ in 0..8 {
            deepest.push("d");
            fs::create_dir(&deepest).expect("a folder");
            fs::write(deepest.join(".gitignore"), &list).expect("a file");
        }
        let mut ignored = Ignored::default();
        assert!(ignored.passes_over(&deepest.join("f1"), false));
        assert_eq!(ignored.patterns_in_force, MAX_PATTERNS_IN_FORCE);
        assert_eq!(ignored.take_troubles().len(), 3);
        assert!(!ignored.passes_over(&library.path().join("f1"), false));
        assert_eq!(ignored.patterns_in_force, 0);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_links_are_no_lists() {
        let library = folder(&[("list", "a.md\n")]);
        let root = library.path();
        let pipe = std::process::Command::new("mkfifo")
            .arg(root.join(".gitignore"))
            .status();
        assert!(pipe.expect("mkfifo").success());
        std::os::unix::fs::symlink("list", root.join(".ignore")).expect("a link");
        let mut ignored = Ignored::default();
        assert!(!ignored.passes_over(&root.join("a.md"), false));
        assert_eq!(ignored.take_troubles().len(), 2);
    }
}
