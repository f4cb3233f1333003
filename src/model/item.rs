//! What can be selected: one enum that links all panes.

/// A file's slot in the library. Never given to another file while the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One thing that can be selected or hovered. This one enum links all panes.
///
/// The second field is an index into the file's list of its kind. When a file is read anew,
/// the library maps items by id, so that a selection survives an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    Event(FileId, u32),
    Statement(FileId, u32),
    Source(FileId, u32),
    Heading(FileId, u32),
    File(FileId),
}

impl Item {
    /// The file it belongs to.
    pub fn file(self) -> FileId {
        match self {
            Self::Event(file, _)
            | Self::Statement(file, _)
            | Self::Source(file, _)
            | Self::Heading(file, _)
            | Self::File(file) => file,
        }
    }
}
