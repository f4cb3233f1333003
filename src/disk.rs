//! How the program writes to the disk, and where the system gives it room of its own.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Replaces a file as a whole: whatever happens on the way, the old file or the new one is there.
///
/// # Errors
///
/// A sentence that names the file.
pub fn write_whole(target: &Path, bytes: &[u8]) -> Result<(), String> {
    replace(target, bytes)
        .map_err(|error| format!("{} could not be written: {error}", target.display()))
}

/// As [`write_whole`], for those who name the file themselves.
///
/// # Errors
///
/// What the system says.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    // A device or a pipe cannot be replaced, only written to.
    if target.exists() && !target.is_file() {
        return std::fs::write(target, bytes);
    }
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".sourceline-")
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A temporary file is the owner's alone; what is written has the rights of the file it replaces, or the usual ones.
        let mode = target
            .metadata()
            .map_or(0o644, |old| old.permissions().mode());
        let rights = std::fs::Permissions::from_mode(mode);
        file.as_file().set_permissions(rights)?;
    }
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// Where the system keeps what can be made anew; `None` where it has no such place.
pub fn cache_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "sourceline")?;
    Some(folders.cache_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("a.json");
        for content in ["old", "new"] {
            write_whole(&target, content.as_bytes()).expect("written");
            assert_eq!(std::fs::read_to_string(&target).expect("read"), content);
        }
        assert_eq!(folder.path().read_dir().expect("a folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_what_is_written_and_a_file_keeps_its_rights() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("a.json");
        let rights = |target: &Path| target.metadata().expect("there").permissions().mode() & 0o777;
        write_whole(&target, b"old").expect("written");
        assert_eq!(rights(&target), 0o644);
        std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o664)).expect("set");
        write_whole(&target, b"new").expect("written");
        assert_eq!(rights(&target), 0o664);
    }

    #[test]
    fn a_target_in_no_folder_is_an_error_that_names_it() {
        let error =
            write_whole(Path::new("/nowhere/at/all.json"), b"x").expect_err("no such folder");
        assert!(error.contains("/nowhere/at/all.json"), "{error}");
    }
}
