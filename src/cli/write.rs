//! Files are written whole or not at all.

use std::io::Write as _;
use std::path::Path;

/// Replaces a file as a whole: whatever happens on the way, the old file or the new one is there.
///
/// # Errors
///
/// A sentence that names the file.
pub(crate) fn write_whole(target: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed =
        |error: std::io::Error| format!("{} could not be written: {error}", target.display());
    // A device or a pipe cannot be replaced, only written to.
    if target.exists() && !target.is_file() {
        return std::fs::write(target, bytes).map_err(failed);
    }
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".sourceline-")
        .tempfile_in(folder)
        .map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A temporary file is the owner's alone; an export has the rights of the file it replaces, or the usual ones.
        let mode = target
            .metadata()
            .map_or(0o644, |old| old.permissions().mode());
        let rights = std::fs::Permissions::from_mode(mode);
        file.as_file().set_permissions(rights).map_err(failed)?;
    }
    file.persist(target).map_err(|error| failed(error.error))?;
    Ok(())
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

    #[test]
    fn a_target_in_no_folder_is_an_error_that_names_it() {
        let error =
            write_whole(Path::new("/nowhere/at/all.json"), b"x").expect_err("no such folder");
        assert!(error.contains("/nowhere/at/all.json"), "{error}");
    }
}
