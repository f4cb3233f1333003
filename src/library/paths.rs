//! Paths stay inside the library: what a briefing names is resolved, links and all, and then must
//! lie below the library's folder (DESIGN section 7).

use crate::problem::Code;
use std::io;
use std::path::{Path, PathBuf};

/// Why a path that a briefing names is not opened.
#[derive(Debug, thiserror::Error)]
pub enum PathFault {
    #[error("expected a path inside the library, but found `{0}`, which leads out of it")]
    Outside(String),
    #[error("expected a file at `{path}`, but {error}")]
    Unreadable { path: String, error: io::Error },
}

impl PathFault {
    pub fn code(&self) -> Code {
        match self {
            Self::Outside(_) => Code::FileOutside,
            Self::Unreadable { .. } => Code::CopyMissing,
        }
    }

    pub fn hint(&self) -> &'static str {
        match self {
            Self::Outside(_) => {
                "move the file into the library's folder and name it relative to the briefing"
            }
            Self::Unreadable { .. } => {
                "check the spelling; paths are relative to the briefing that names them"
            }
        }
    }
}

/// Resolves `written`, a path in a briefing that lies in `folder`, to a file below `root`.
///
/// Refused without touching the disk: empty and absolute paths, drive letters, UNC names, `scheme:`
/// addresses, NUL and other control characters. Links are followed before the last check.
///
/// # Errors
///
/// [`PathFault::Outside`] when it leads out, [`PathFault::Unreadable`] when nothing is there.
pub fn resolve_inside(root: &Path, folder: &Path, written: &str) -> Result<PathBuf, PathFault> {
    let outside = || PathFault::Outside(written.escape_debug().to_string());
    let unreadable = |error| PathFault::Unreadable {
        path: written.to_owned(),
        error,
    };
    // Decide by words first, so that the answer for `../../secret` does not tell whether it exists.
    written_inside(root, folder, written).ok_or_else(outside)?;
    let portable = written.replace('\\', "/");
    let root = root.canonicalize().map_err(unreadable)?;
    let found = folder.join(portable).canonicalize().map_err(unreadable)?;
    if found.starts_with(&root) {
        Ok(found)
    } else {
        Err(outside())
    }
}

/// Where `written` points by its words alone, with `.` and `..` worked out; `None` when it leads out of `root`. Nothing
/// need be there, and links are not followed: this is for knowing a path, not for opening it.
pub fn written_inside(root: &Path, folder: &Path, written: &str) -> Option<PathBuf> {
    let portable = written.replace('\\', "/");
    let has_scheme_or_drive = portable
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'));
    if written.trim().is_empty()
        || written.contains(char::is_control)
        || has_scheme_or_drive
        || portable.starts_with('/')
        || portable.starts_with('~')
    {
        return None;
    }
    let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
    let mut inside = below.to_owned();
    for part in portable.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if !inside.pop() {
                    return None;
                }
            }
            _ => inside.push(part),
        }
    }
    Some(root.join(inside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_path_inside_is_found_and_one_that_leads_out_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("library");
        let folder = root.join("2025");
        fs::create_dir_all(&folder).expect("folders");
        fs::create_dir_all(root.join("sources")).expect("folders");
        fs::write(root.join("sources/a.txt"), "a").expect("a file");
        fs::write(dir.path().join("secret.txt"), "s").expect("a file");
        assert!(resolve_inside(&root, &folder, "../sources/a.txt").is_ok());
        assert!(resolve_inside(&root, &folder, "..\\sources\\a.txt").is_ok());
        for outside in [
            "../../secret.txt",
            "../../nowhere.txt",
            "/etc/passwd",
            "C:/a",
            "\\\\host\\share\\a",
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "//host/share/a",
            "\\\\?\\C:\\a",
            "c:a",
            "sources/../../../secret.txt",
            "..\\..\\secret.txt",
            // Another spelling of the library's own folder is another folder, wherever the disk takes both for one.
            "../../LIBRARY/sources/a.txt",
            "~/a",
            "a\0b",
            "",
        ] {
            let fault = resolve_inside(&root, &folder, outside);
            assert!(
                matches!(fault, Err(PathFault::Outside(_))),
                "{outside:?}: {fault:?}"
            );
        }
        assert_eq!(
            written_inside(&root, &folder, "./x/../../sources/none.txt"),
            Some(root.join("sources/none.txt"))
        );
        let missing = resolve_inside(&root, &folder, "none.txt");
        assert!(matches!(missing, Err(PathFault::Unreadable { .. })));
    }

    /// Whatever parts a path is made of, and however they are joined: what is opened lies in the library.
    #[cfg(unix)]
    #[test]
    fn no_path_of_any_parts_is_opened_outside_of_the_library() {
        use proptest::prelude::*;
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("library");
        let folder = root.join("a/b");
        fs::create_dir_all(&folder).expect("folders");
        for inside in ["library/x", "library/a/x", "library/a/b/x", "x"] {
            fs::write(dir.path().join(inside), "words").expect("a file");
        }
        let links = [
            ("out", dir.path().to_owned()),
            ("up", PathBuf::from("..")),
            ("top", root.clone()),
            ("round", PathBuf::from("round")),
        ];
        for place in [&root, &root.join("a"), &folder] {
            for (name, to) in &links {
                std::os::unix::fs::symlink(to, place.join(name)).expect("a link");
            }
        }
        let real = root.canonicalize().expect("the library");
        let part = prop::sample::select(vec![
            "..",
            ".",
            "",
            "a",
            "b",
            "x",
            "out",
            "up",
            "top",
            "round",
            "library",
            "LIBRARY",
            "~",
            "C:",
            "file:",
            "%2e%2e",
            "..\u{0}",
            ".. ",
            "…",
            "\u{ff0e}\u{ff0e}",
            "\\\\?",
            "con",
        ]);
        let joint = prop::sample::select(vec!["/", "\\", "//", "/./"]);
        let path = prop::collection::vec((part, joint), 1..9);
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: 3_000,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let opened = std::cell::Cell::new(0);
        let result = runner.run(&path, |parts| {
            let mut written: String = parts
                .iter()
                .flat_map(|(part, joint)| [*part, *joint])
                .collect();
            written.truncate(written.trim_end_matches(['/', '\\', '.']).len());
            for folder in [&root, &folder] {
                if let Ok(found) = resolve_inside(&root, folder, &written) {
                    opened.set(opened.get() + 1);
                    prop_assert!(found.starts_with(&real), "{written:?}: {found:?}");
                    prop_assert_eq!(found.canonicalize().ok(), Some(found));
                }
            }
            Ok(())
        });
        assert!(result.is_ok(), "{result:?}");
        assert!(opened.get() > 50, "some lead inside: {}", opened.get());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("library");
        fs::create_dir_all(&root).expect("folders");
        fs::write(dir.path().join("secret.txt"), "s").expect("a file");
        std::os::unix::fs::symlink(dir.path().join("secret.txt"), root.join("l.txt"))
            .expect("a link");
        let fault = resolve_inside(&root, &root, "l.txt");
        assert!(matches!(fault, Err(PathFault::Outside(_))), "{fault:?}");
    }
}
