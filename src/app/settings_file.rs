//! Settings, in a file of their own that is replaced as a whole: a program that is killed while it saves them leaves the
//! old ones or the new ones. The toolkit keeps only where the window was.

use crate::disk::write_whole;
use crate::state::{Action, Settings};
use crate::tasks::Tasks;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Settings are a few kilobytes; what is longer is none.
const MAX_SETTINGS_BYTES: u64 = 1024 * 1024;

/// The settings in a file; `None` when there are none that can be read.
pub fn read(path: &Path) -> Option<Settings> {
    let mut text = String::new();
    let file = File::open(path).ok()?;
    if let Err(error) = file.take(MAX_SETTINGS_BYTES).read_to_string(&mut text) {
        tracing::warn!("{} could not be read: {error}", path.display());
        return None;
    }
    serde_json::from_str(&text)
        .inspect_err(|error| tracing::warn!("{} holds no settings: {error}", path.display()))
        .ok()
}

/// Puts settings in the place of those before.
///
/// # Errors
///
/// A sentence, when they cannot be written.
pub fn write(path: &Path, settings: &Settings) -> Result<(), String> {
    write_whole(path, text_of(settings)?.as_bytes())
}

fn text_of(settings: &Settings) -> Result<String, String> {
    serde_json::to_string_pretty(settings)
        .map_err(|error| format!("the settings cannot be put into words: {error}"))
}

/// Where settings are kept, and what is known to be there.
#[derive(Default)]
pub(super) struct SettingsFile {
    /// `None` keeps nothing: in tests, and where the system has no place for it.
    path: Option<PathBuf>,
    last_text: String,
    /// How often settings were handed over, and the newest of them that was written.
    number: u64,
    written: Arc<Mutex<u64>>,
}

impl SettingsFile {
    pub(super) fn in_folder(folder: Option<PathBuf>) -> Self {
        Self {
            path: folder.map(|folder| folder.join("settings.json")),
            ..Self::default()
        }
    }

    pub(super) fn read(&self) -> Option<Settings> {
        self.path.as_deref().and_then(read)
    }

    /// Writes settings where they differ from those before: beside the window, since a disk may be slow, but at once
    /// when the program is about to end.
    pub(super) fn keep(&mut self, settings: &Settings, is_last: bool, tasks: &Tasks<Action>) {
        let Some(path) = self.path.clone() else {
            return;
        };
        let text = match text_of(settings) {
            Ok(text) if text != self.last_text => text,
            Ok(_) => return,
            Err(message) => {
                tracing::warn!("{message}");
                return;
            }
        };
        self.last_text.clone_from(&text);
        self.number = self.number.saturating_add(1);
        let (number, written) = (self.number, Arc::clone(&self.written));
        let write = move || {
            let mut newest = written.lock().unwrap_or_else(PoisonError::into_inner);
            // One that had to wait may have been overtaken.
            if *newest > number {
                return;
            }
            match write_whole(&path, text.as_bytes()) {
                Ok(()) => *newest = number,
                Err(message) => tracing::warn!("{message}"),
            }
        };
        if is_last {
            write();
        } else {
            tasks.start("saving settings", move |_| write());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Session;

    fn settings(name: &str) -> Settings {
        Settings {
            session: Session {
                file: Some(name.to_owned()),
                ..Session::default()
            },
            ..Settings::default()
        }
    }

    #[test]
    fn settings_come_back_as_they_were_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let tasks = Tasks::new(egui::Context::default(), true, Action::Notice);
        let mut file = SettingsFile::in_folder(Some(folder.path().to_owned()));
        assert_eq!(file.read().map(|read| read.session), None);
        for (name, is_last) in [("a.md", false), ("b.md", false), ("c.md", true)] {
            file.keep(&settings(name), is_last, &tasks);
            let read = file.read().expect("settings");
            assert_eq!(read.session.file.as_deref(), Some(name));
        }
    }

    #[test]
    fn what_holds_no_settings_is_passed_over_and_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.json");
        for text in ["", "{", "\u{0}", "[1]", "{\"theme\": 7}"] {
            std::fs::write(&path, text).expect("a file");
            assert!(read(&path).is_none(), "{text:?}");
        }
        std::fs::write(&path, b"\xff\xfe").expect("a file");
        assert!(read(&path).is_none());
        write(&path, &settings("a.md")).expect("written");
        assert!(read(&path).is_some());
    }
}
