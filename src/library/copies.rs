//! Local copies of sources, read from inside the library.

use super::File;
use super::load::read_bounded;
use super::paths::resolve_inside;
use crate::evidence::CopyText;
use crate::model::Source;
use crate::parse::MAX_FILE_BYTES;
use crate::problem::{Code, Problem};

/// Reads the local copy of a source as its reader would see it.
///
/// # Errors
///
/// A problem at the source's definition when there is no such file, it leads out of the library, or it
/// is not text. A source without a copy is not an error: `Ok(None)`.
pub fn read(file: &File, source: &Source) -> Result<Option<CopyText>, Problem> {
    let Some(copy) = &source.copy else {
        return Ok(None);
    };
    let folder = file.path.parent().unwrap_or(&file.root);
    let path = resolve_inside(&file.root, folder, &copy.file).map_err(|fault| {
        Problem::new(fault.code(), source.span, fault.to_string(), fault.hint())
    })?;
    let bytes = read_bounded(&path, MAX_FILE_BYTES + 1).map_err(|error| {
        Problem::new(
            Code::CopyMissing,
            source.span,
            format!("expected a readable copy at `{}`, but {error}", copy.file),
            "check that the file is there and that you may read it",
        )
    })?;
    CopyText::new(&bytes, &copy.file)
        .map(Some)
        .map_err(|error| {
            Problem::new(
                Code::CopyUnreadable,
                source.span,
                error.to_string(),
                error.hint(),
            )
        })
}
