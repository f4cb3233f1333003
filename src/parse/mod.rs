//! Text in, `(Briefing, Vec<Problem>)` out. Never fails, never panics, never touches the disk.

/// The largest file that is read.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

pub mod body;
pub mod evidence_line;
