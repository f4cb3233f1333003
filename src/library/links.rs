//! Where links between files lead.

use super::Library;
use crate::model::{FileId, Item, LinkTarget};
use std::path::{Component, Path, PathBuf};

/// What following a link does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Shows an item of the library.
    Item(Item),
    /// Asks before opening an address in the browser.
    Address(String),
    /// Nothing is there; the words say what was looked for.
    Nowhere(String),
}

impl Library {
    /// Where a link of the file `from` leads.
    pub fn destination(&self, from: FileId, target: &LinkTarget) -> Destination {
        match target {
            LinkTarget::Address(address) => Destination::Address(address.clone()),
            LinkTarget::Event(at) => Destination::Item(Item::Event(from, *at)),
            LinkTarget::Heading(at) => Destination::Item(Item::Heading(from, *at)),
            LinkTarget::Unknown(anchor) => Destination::Nowhere(format!("#{anchor}")),
            LinkTarget::File { path, anchor } => {
                let found = self.file(from).and_then(|file| {
                    let folder = file.path.parent()?;
                    let path = normalized(&folder.join(path));
                    self.file_at(&path)
                });
                self.anchored(found.map(|file| file.id), anchor.as_deref(), path)
            }
            LinkTarget::Note { name, anchor } => {
                self.anchored(self.note(name), anchor.as_deref(), name)
            }
        }
    }

    /// The file a wiki link names: by path, then by file name, then by title; case does not matter.
    fn note(&self, name: &str) -> Option<FileId> {
        let wanted = name.trim().trim_end_matches(".md").to_lowercase();
        let stem = |name: &str| {
            let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            name.to_lowercase()
        };
        let by_path = self.files().find(|file| stem(&file.name) == wanted);
        let by_name = || {
            self.files().find(|file| {
                let last = file.name.rsplit('/').next().unwrap_or(&file.name);
                stem(last) == wanted
            })
        };
        let by_title = || {
            self.files()
                .find(|file| file.briefing.title.to_lowercase() == wanted)
        };
        Some(by_path.or_else(by_name).or_else(by_title)?.id)
    }

    fn anchored(&self, file: Option<FileId>, anchor: Option<&str>, sought: &str) -> Destination {
        let Some(file) = file else {
            return Destination::Nowhere(sought.to_owned());
        };
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
            return Destination::Item(Item::File(file));
        };
        let found = self.briefing(file).and_then(|briefing| {
            let event = briefing.event_by_id(anchor).map(|at| Item::Event(file, at));
            event.or_else(|| {
                let (at, _) = (0..)
                    .zip(&briefing.headings)
                    .find(|(_, heading)| heading.id == anchor)?;
                Some(Item::Heading(file, at))
            })
        });
        found.map_or_else(
            || Destination::Nowhere(format!("{sought}#{anchor}")),
            Destination::Item,
        )
    }
}

/// The path without `.` and `..`, by words alone.
pub(super) fn normalized(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}
