//! What is remembered between two starts. Comfort only, never anything the user made.

use super::concerns::Concerns;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How many recently opened libraries are remembered.
const MAX_RECENT: usize = 12;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// Files and folders, the latest first.
    pub recent: Vec<PathBuf>,
    pub panes: Panes,
    pub wheel: Wheel,
    pub zone: ZoneChoice,
    /// What the walk through concerns stops at.
    pub concerns: Concerns,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            recent: Vec::new(),
            panes: Panes::default(),
            wheel: Wheel::Auto,
            zone: ZoneChoice::AsWritten,
            concerns: Concerns::default(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// What the plain wheel does over the lanes (DESIGN section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wheel {
    /// Scrolls lanes that overflow, else zooms.
    Auto,
    Zoom,
    Scroll,
}

/// In which zone times of day are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ZoneChoice {
    AsWritten,
    Local,
    Utc,
}

/// Which panes are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panes {
    pub library: bool,
    pub evidence: bool,
    pub timeline: bool,
    pub problems: bool,
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            library: true,
            evidence: true,
            timeline: true,
            problems: false,
        }
    }
}

impl Settings {
    /// Puts a path at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MAX_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_path_comes_first_and_stands_once() {
        let mut settings = Settings::default();
        for path in ["/a", "/b", "/a"] {
            settings.remember(Path::new(path));
        }
        assert_eq!(settings.recent, [Path::new("/a"), Path::new("/b")]);
        for n in 0..30 {
            settings.remember(Path::new(&format!("/{n}")));
        }
        assert_eq!(settings.recent.len(), MAX_RECENT);
    }
}
