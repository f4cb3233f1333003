//! What is remembered between two starts. Comfort only, never anything the user made.

use super::concerns::Concerns;
use super::timeline::Arrangement;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How many recently opened libraries are remembered.
const MAX_RECENT: usize = 12;

/// Of how many libraries the panes and the timeline are remembered.
const MAX_LIBRARIES: usize = 60;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// Files and folders, the latest first.
    pub recent: Vec<PathBuf>,
    pub panes: Panes,
    pub wheel: Wheel,
    pub zone: ZoneChoice,
    /// A line on the timeline at the present moment.
    pub now_line: bool,
    /// Weeks on the ruler, between days and months.
    pub weeks: bool,
    /// What the walk through concerns stops at.
    pub concerns: Concerns,
    pub reading: Reading,
    /// Black on white or white on black, and every edge drawn.
    pub high_contrast: bool,
    pub motion: Motion,
    /// The panes of libraries that were open before, the latest first.
    pub panes_of: Vec<(PathBuf, Panes)>,
    /// How the timelines of these libraries are arranged, the latest first.
    pub timelines_of: Vec<(PathBuf, Arrangement)>,
    /// What was open when the program ended.
    pub session: Session,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            recent: Vec::new(),
            panes: Panes::default(),
            wheel: Wheel::Auto,
            zone: ZoneChoice::AsWritten,
            now_line: false,
            weeks: false,
            concerns: Concerns::default(),
            reading: Reading::default(),
            high_contrast: false,
            motion: Motion::System,
            panes_of: Vec::new(),
            timelines_of: Vec::new(),
            session: Session::default(),
        }
    }
}

/// How running text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The size of the letters, in percent of the usual.
    pub size_percent: u16,
    /// How many characters a line holds, about.
    pub measure_chars: u16,
}

impl Reading {
    /// What the size may be.
    pub const SIZES_PERCENT: std::ops::RangeInclusive<u16> = 70..=200;
    /// What the measure may be. What reads best lies between 60 and 75.
    pub const MEASURES_CHARS: std::ops::RangeInclusive<u16> = 45..=100;
    /// One step of the size.
    const STEP_PERCENT: u16 = 10;

    pub fn larger(self) -> Self {
        self.sized(self.size_percent.saturating_add(Self::STEP_PERCENT))
    }

    pub fn smaller(self) -> Self {
        self.sized(self.size_percent.saturating_sub(Self::STEP_PERCENT))
    }

    pub fn sized(self, size_percent: u16) -> Self {
        Self {
            size_percent,
            ..self
        }
        .within_bounds()
    }

    /// As it may be, whatever a file of settings says.
    #[must_use]
    pub fn within_bounds(self) -> Self {
        let clamp = |value: u16, bounds: std::ops::RangeInclusive<u16>| {
            value.clamp(*bounds.start(), *bounds.end())
        };
        Self {
            size_percent: clamp(self.size_percent, Self::SIZES_PERCENT),
            measure_chars: clamp(self.measure_chars, Self::MEASURES_CHARS),
        }
    }

    /// The size as a factor.
    pub fn scale(self) -> f32 {
        f32::from(self.size_percent) / 100.0
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            size_percent: 100,
            measure_chars: 68,
        }
    }
}

/// Whether things may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Motion {
    /// Unless the system asks for less.
    System,
    On,
    Off,
}

/// What the system asks of the looks of programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SystemLook {
    /// `None` when it does not say.
    pub dark: Option<bool>,
    pub high_contrast: bool,
    pub less_motion: bool,
}

/// What was open, to open it again at the next start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    pub paths: Vec<PathBuf>,
    /// The name of the file that was read, inside its library.
    pub file: Option<String>,
    /// The id of the event that was selected.
    pub event: Option<String>,
    /// How many starts in a row did not end as they should.
    pub unfinished: u8,
}

impl Session {
    /// A library that has ended the program twice is not opened a third time by itself.
    const MAX_UNFINISHED: u8 = 2;

    /// Whether it may be opened again without being asked for.
    pub fn is_safe_to_open(&self) -> bool {
        self.unfinished < Self::MAX_UNFINISHED
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

    /// Keeps the panes as they are for a library.
    pub fn keep_panes(&mut self, library: &Path) {
        keep(&mut self.panes_of, library, self.panes);
    }

    /// Keeps how a library's timeline is arranged.
    pub fn keep_timeline(&mut self, library: &Path, arrangement: Arrangement) {
        keep(&mut self.timelines_of, library, arrangement);
    }

    /// How a library's timeline was arranged when it was open last.
    pub fn timeline_of(&self, library: &Path) -> Option<Arrangement> {
        kept(&self.timelines_of, library)
    }

    /// Takes up the panes that a library had when it was open last; one that was never open has those of now.
    pub fn recall_panes(&mut self, library: &Path) {
        if let Some(panes) = kept(&self.panes_of, library) {
            self.panes = panes;
        }
    }
}

/// Puts what belongs to a library at the head of what is remembered.
fn keep<T>(list: &mut Vec<(PathBuf, T)>, library: &Path, what: T) {
    list.retain(|(path, _)| path != library);
    list.insert(0, (library.to_owned(), what));
    list.truncate(MAX_LIBRARIES);
}

/// What is remembered of a library.
fn kept<T: Copy>(list: &[(PathBuf, T)], library: &Path) -> Option<T> {
    let (_, what) = list.iter().find(|(path, _)| path == library)?;
    Some(*what)
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

    #[test]
    fn each_library_has_panes_of_its_own() {
        let mut settings = Settings::default();
        settings.panes.timeline = false;
        settings.keep_panes(Path::new("/a"));
        settings.panes.timeline = true;
        settings.recall_panes(Path::new("/new"));
        assert!(settings.panes.timeline, "a new library changes nothing");
        settings.keep_panes(Path::new("/b"));
        settings.recall_panes(Path::new("/a"));
        assert!(!settings.panes.timeline);
        settings.recall_panes(Path::new("/b"));
        assert!(settings.panes.timeline);
    }

    #[test]
    fn the_size_of_letters_stays_within_bounds() {
        let mut reading = Reading::default();
        for _ in 0..50 {
            reading = reading.larger();
        }
        assert_eq!(reading.size_percent, *Reading::SIZES_PERCENT.end());
        for _ in 0..50 {
            reading = reading.smaller();
        }
        assert_eq!(reading.size_percent, *Reading::SIZES_PERCENT.start());
        let wild = Reading {
            size_percent: 0,
            measure_chars: u16::MAX,
        };
        assert_eq!(wild.within_bounds().measure_chars, 100);
    }

    #[test]
    fn a_library_that_ends_the_program_twice_is_not_opened_by_itself() {
        let after = |unfinished| Session {
            unfinished,
            ..Session::default()
        };
        assert!(after(1).is_safe_to_open(), "once may be chance");
        assert!(!after(2).is_safe_to_open());
    }
}
