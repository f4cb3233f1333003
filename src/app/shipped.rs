//! Where the briefings that come with the program lie.

use std::path::{Path, PathBuf};

/// The folder of the shipped library: beside the program, in the system's share folder, or in the
/// source tree that the program was built from.
pub(super) fn folder() -> Option<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let installed = beside.into_iter().flat_map(|folder| {
        [
            folder.join("briefings"),
            folder.join("../share/sourceline/briefings"),
            folder.join("../Resources/briefings"),
        ]
    });
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings");
    installed.chain([built_from]).find(|folder| folder.is_dir())
}
