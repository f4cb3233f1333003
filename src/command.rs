//! Everything a user can tell the program to do: one enum, from which menu, keys, palette and manual come.

use egui::{Key, KeyboardShortcut, Modifiers};

/// A thing the user can do from anywhere, without saying to what.
///
/// In the order of the palette. Commands act on the selection and the view; what needs a target of its
/// own (clicking *this* event) is a [`crate::state::Action`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    NewBriefing,
    OpenFile,
    OpenFolder,
    OpenPath,
    PastePath,
    OpenShipped,
    Export,
    Reload,
    CloseLibrary,
    Quit,

    Back,
    Forward,
    NextEvent,
    PreviousEvent,
    LaneUp,
    LaneDown,
    FirstEvent,
    LastEvent,
    NextInLane,
    PreviousInLane,
    NextStatement,
    PreviousStatement,
    NextConcern,
    PreviousConcern,
    OpenSource,
    NextMark,
    PreviousMark,
    SelectInCopy,
    Compare,
    ClearSelection,

    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    FitSelection,
    FitAll,
    ZoomToRange,
    ZoomBack,
    RangeFrom,
    RangeTo,

    CopyCitation,
    CopyChronology,
    CopyWords,
    RevealFile,

    ToggleLibrary,
    ToggleEvidence,
    ToggleTimeline,
    ToggleProblems,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    HighContrast,
    LessMotion,
    TextLarger,
    TextSmaller,
    TextUsual,
    Present,
    Settings,

    Find,
    FindInDocument,
    NextHit,
    PreviousHit,
    OnlyHits,
    Filters,
    ShowEverything,
    SaveView,
    CopyViewCommand,
    LookAround,

    Palette,
    Keys,
    About,
}

/// Where a command stands in the menu and in the list of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    File,
    Go,
    Timeline,
    Edit,
    View,
    Help,
}

impl Group {
    pub const ALL: [Self; 6] = [
        Self::File,
        Self::Edit,
        Self::Go,
        Self::Timeline,
        Self::View,
        Self::Help,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Go => "Go",
            Self::Timeline => "Timeline",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

const NONE: Modifiers = Modifiers::NONE;
const COMMAND: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Command {
    /// Every command, in the order of the palette.
    pub const ALL: [Self; 71] = [
        Self::NewBriefing,
        Self::OpenFile,
        Self::OpenFolder,
        Self::OpenPath,
        Self::PastePath,
        Self::OpenShipped,
        Self::Export,
        Self::Reload,
        Self::CloseLibrary,
        Self::Quit,
        Self::Back,
        Self::Forward,
        Self::NextEvent,
        Self::PreviousEvent,
        Self::LaneUp,
        Self::LaneDown,
        Self::FirstEvent,
        Self::LastEvent,
        Self::NextInLane,
        Self::PreviousInLane,
        Self::NextStatement,
        Self::PreviousStatement,
        Self::NextConcern,
        Self::PreviousConcern,
        Self::OpenSource,
        Self::NextMark,
        Self::PreviousMark,
        Self::SelectInCopy,
        Self::Compare,
        Self::ClearSelection,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::PanLeft,
        Self::PanRight,
        Self::FitSelection,
        Self::FitAll,
        Self::ZoomToRange,
        Self::ZoomBack,
        Self::RangeFrom,
        Self::RangeTo,
        Self::CopyCitation,
        Self::CopyChronology,
        Self::CopyWords,
        Self::RevealFile,
        Self::ToggleLibrary,
        Self::ToggleEvidence,
        Self::ToggleTimeline,
        Self::ToggleProblems,
        Self::ThemeSystem,
        Self::ThemeLight,
        Self::ThemeDark,
        Self::HighContrast,
        Self::LessMotion,
        Self::TextLarger,
        Self::TextSmaller,
        Self::TextUsual,
        Self::Present,
        Self::Settings,
        Self::Find,
        Self::FindInDocument,
        Self::NextHit,
        Self::PreviousHit,
        Self::OnlyHits,
        Self::Filters,
        Self::ShowEverything,
        Self::SaveView,
        Self::CopyViewCommand,
        Self::LookAround,
        Self::Palette,
        Self::Keys,
        Self::About,
    ];

    /// Its name in menu and palette, and what it does in one sentence.
    pub fn name_and_tooltip(self) -> (&'static str, &'static str) {
        match self {
            Self::NewBriefing => (
                "New briefing…",
                "Write a commented briefing to begin with, and open it in your editor",
            ),
            Self::OpenFile => ("Open file…", "Open one briefing"),
            Self::OpenFolder => ("Open folder…", "Open a folder of briefings as a library"),
            Self::OpenPath => ("Open path…", "Type or paste the path of a file or a folder"),
            Self::PastePath => ("Open pasted path", "Open the path that is on the clipboard"),
            Self::OpenShipped => (
                "Open the shipped library",
                "Open the briefings that come with Sourceline",
            ),
            Self::Export => (
                "Export…",
                "Write what is open as PDF, web page, table, calendar or picture",
            ),
            Self::Reload => ("Reload", "Read all files again; view and selection stay"),
            Self::CloseLibrary => ("Close library", "Close all files"),
            Self::Quit => ("Quit", "Close the window"),
            Self::Back => ("Back", "Go back to where you were reading"),
            Self::Forward => ("Forward", "Go forward again"),
            Self::NextEvent => ("Next event", "Select the next event in time"),
            Self::PreviousEvent => ("Previous event", "Select the event before in time"),
            Self::LaneUp => ("Lane above", "Select the nearest event in the lane above"),
            Self::LaneDown => ("Lane below", "Select the nearest event in the lane below"),
            Self::FirstEvent => ("First event", "Select the earliest event"),
            Self::LastEvent => ("Last event", "Select the latest event"),
            Self::NextInLane => ("Next in lane", "Select the next event of the same lane"),
            Self::PreviousInLane => (
                "Previous in lane",
                "Select the event before in the same lane",
            ),
            Self::NextStatement => (
                "Next statement",
                "Select the next statement of the document",
            ),
            Self::PreviousStatement => ("Previous statement", "Select the statement before"),
            Self::NextConcern => (
                "Next concern",
                "Go to the next statement that is unsourced, disputed, altered or rests on a single source",
            ),
            Self::PreviousConcern => (
                "Previous concern",
                "Go to the statement before that deserves a second look",
            ),
            Self::OpenSource => (
                "Open source",
                "Open the copy of the selected evidence at its quote",
            ),
            Self::NextMark => ("Next mark", "Go to the next quote in the open copy"),
            Self::PreviousMark => ("Previous mark", "Go to the quote before in the open copy"),
            Self::SelectInCopy => (
                "Select words of the copy",
                "Go into the open copy: arrows move the caret, with Shift they select, Ctrl+C copies",
            ),
            Self::Compare => (
                "Compare accounts",
                "Lay the accounts of the table or of the selected event side by side",
            ),
            Self::ClearSelection => (
                "Clear",
                "Close what is open, then clear the range, then the selection",
            ),
            Self::ZoomIn => ("Zoom in", "Show less time"),
            Self::ZoomOut => ("Zoom out", "Show more time"),
            Self::PanLeft => ("Pan to earlier", "Move the view a fifth to earlier times"),
            Self::PanRight => ("Pan to later", "Move the view a fifth to later times"),
            Self::FitSelection => (
                "Center, then fit selection",
                "Center the selected event; again: fit it",
            ),
            Self::FitAll => ("Fit all", "Show the whole span"),
            Self::ZoomToRange => ("Zoom to range", "Show just the selected range of time"),
            Self::ZoomBack => ("View before", "Go back to the view before the last jump"),
            Self::RangeFrom => (
                "Begin range with event",
                "Let the selected range of time begin with the selected event",
            ),
            Self::RangeTo => (
                "End range with event",
                "Let the selected range of time end with the selected event",
            ),
            Self::CopyCitation => (
                "Copy citation",
                "Copy the selected source as a Markdown citation",
            ),
            Self::CopyChronology => (
                "Copy chronology",
                "Copy the table of events, for Markdown and for word processors alike",
            ),
            Self::CopyWords => (
                "Copy words",
                "Copy the words of the selected statement or event",
            ),
            Self::RevealFile => (
                "Show in folder",
                "Show the briefing's file in the file manager",
            ),
            Self::ToggleLibrary => ("Library pane", "Show or hide library, outline and filters"),
            Self::ToggleEvidence => ("Evidence pane", "Show or hide the evidence"),
            Self::ToggleTimeline => ("Timeline pane", "Show or hide the timeline"),
            Self::ToggleProblems => (
                "Problems",
                "List what is wrong with the files, and how to mend it",
            ),
            Self::ThemeSystem => (
                "Theme of the system",
                "Follow the system's light or dark theme",
            ),
            Self::ThemeLight => ("Light theme", "Dark letters on a light ground"),
            Self::ThemeDark => ("Dark theme", "Light letters on a dark ground"),
            Self::HighContrast => (
                "High contrast",
                "Black on white or white on black, with every edge drawn",
            ),
            Self::LessMotion => ("Less motion", "Show every change at once"),
            Self::TextLarger => ("Larger text", "Set the text that is read larger"),
            Self::TextSmaller => ("Smaller text", "Set the text that is read smaller"),
            Self::TextUsual => ("Usual text", "Set the text that is read as it was at first"),
            Self::Present => (
                "Present",
                "Show one event after the other in large type, over the whole screen",
            ),
            Self::Settings => ("Settings…", "Theme, text, motion, wheel and zone"),
            Self::Find => ("Find…", "Find words in all briefings"),
            Self::FindInDocument => (
                "Find in this briefing…",
                "Find words in the briefing that is open",
            ),
            Self::NextHit => ("Next hit", "Go to the next place that was found"),
            Self::PreviousHit => ("Previous hit", "Go to the place found before"),
            Self::OnlyHits => (
                "Only what was found",
                "Show only what the search has found, or everything with hits marked",
            ),
            Self::Filters => (
                "Filters",
                "Choose what is shown by lane, actor, tag, source, standing or briefing",
            ),
            Self::ShowEverything => ("Show everything", "Take all filters away"),
            Self::SaveView => (
                "Save view…",
                "Keep filters, search and range under a name, in the library",
            ),
            Self::CopyViewCommand => (
                "Copy command line for this view",
                "Copy the command that opens this library as it is shown now",
            ),
            Self::LookAround => (
                "What happened within 3 days",
                "Select the time around the event and show what else happened",
            ),
            Self::Palette => (
                "Go to anything…",
                "Find any command, briefing, event, source or person by name",
            ),
            Self::Keys => ("All keys", "List every key"),
            Self::About => ("About Sourceline", "Version and licenses"),
        }
    }

    pub fn name(self) -> &'static str {
        self.name_and_tooltip().0
    }

    pub fn tooltip(self) -> &'static str {
        self.name_and_tooltip().1
    }

    pub fn group(self) -> Group {
        match self {
            Self::NewBriefing
            | Self::OpenFile
            | Self::OpenFolder
            | Self::OpenPath
            | Self::PastePath
            | Self::OpenShipped
            | Self::Export
            | Self::Reload
            | Self::CloseLibrary
            | Self::Quit => Group::File,
            Self::Back
            | Self::Forward
            | Self::NextEvent
            | Self::PreviousEvent
            | Self::LaneUp
            | Self::LaneDown
            | Self::FirstEvent
            | Self::LastEvent
            | Self::NextInLane
            | Self::PreviousInLane
            | Self::NextStatement
            | Self::PreviousStatement
            | Self::NextConcern
            | Self::PreviousConcern
            | Self::OpenSource
            | Self::NextMark
            | Self::PreviousMark
            | Self::SelectInCopy
            | Self::Compare
            | Self::ClearSelection
            | Self::Find
            | Self::FindInDocument
            | Self::NextHit
            | Self::PreviousHit
            | Self::Palette => Group::Go,
            Self::ZoomIn
            | Self::ZoomOut
            | Self::PanLeft
            | Self::PanRight
            | Self::FitSelection
            | Self::FitAll
            | Self::ZoomToRange
            | Self::RangeFrom
            | Self::RangeTo
            | Self::LookAround
            | Self::ZoomBack => Group::Timeline,
            Self::CopyViewCommand
            | Self::CopyCitation
            | Self::CopyChronology
            | Self::CopyWords
            | Self::RevealFile => Group::Edit,
            Self::ToggleLibrary
            | Self::ToggleEvidence
            | Self::ToggleTimeline
            | Self::ToggleProblems
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::HighContrast
            | Self::LessMotion
            | Self::TextLarger
            | Self::TextSmaller
            | Self::TextUsual
            | Self::Present
            | Self::OnlyHits
            | Self::Filters
            | Self::ShowEverything
            | Self::SaveView
            | Self::Settings => Group::View,
            Self::Keys | Self::About => Group::Help,
        }
    }

    /// Its keys, the one to show first.
    ///
    /// A zoom of the whole window stays with egui (Ctrl and `+`, `-`, `0`), so the timeline takes these
    /// keys without Ctrl.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(modifiers, key)
        }
        match self {
            Self::NewBriefing => const { &[key(COMMAND, Key::N)] },
            Self::OpenFile => const { &[key(COMMAND, Key::O)] },
            Self::OpenFolder => const { &[key(COMMAND_SHIFT, Key::O)] },
            Self::OpenPath => const { &[key(COMMAND, Key::L)] },
            Self::PastePath | Self::OpenShipped | Self::CloseLibrary => &[],
            Self::Export => const { &[key(COMMAND_SHIFT, Key::E)] },
            Self::Reload => const { &[key(NONE, Key::F5), key(COMMAND, Key::R)] },
            Self::Quit => const { &[key(COMMAND, Key::Q)] },
            Self::Back => const { &[key(ALT, Key::ArrowLeft), key(NONE, Key::BrowserBack)] },
            Self::Forward => const { &[key(ALT, Key::ArrowRight)] },
            Self::NextEvent => const { &[key(NONE, Key::ArrowRight)] },
            Self::PreviousEvent => const { &[key(NONE, Key::ArrowLeft)] },
            Self::LaneUp => const { &[key(NONE, Key::ArrowUp)] },
            Self::LaneDown => const { &[key(NONE, Key::ArrowDown)] },
            Self::FirstEvent => const { &[key(NONE, Key::Home)] },
            Self::LastEvent => const { &[key(NONE, Key::End)] },
            Self::NextInLane => const { &[key(NONE, Key::Period)] },
            Self::PreviousInLane => const { &[key(NONE, Key::Comma)] },
            Self::NextStatement => const { &[key(NONE, Key::J)] },
            Self::PreviousStatement => const { &[key(NONE, Key::K)] },
            Self::NextConcern => const { &[key(NONE, Key::N)] },
            Self::PreviousConcern => const { &[key(SHIFT, Key::N)] },
            Self::OpenSource => const { &[key(NONE, Key::Enter)] },
            Self::NextMark => const { &[key(NONE, Key::F7)] },
            Self::PreviousMark => const { &[key(SHIFT, Key::F7)] },
            Self::SelectInCopy => const { &[key(NONE, Key::S)] },
            Self::Compare => const { &[key(NONE, Key::C)] },
            Self::ClearSelection => const { &[key(NONE, Key::Escape)] },
            Self::ZoomIn => const { &[key(NONE, Key::Plus), key(NONE, Key::Equals)] },
            Self::ZoomOut => const { &[key(NONE, Key::Minus)] },
            Self::PanLeft => const { &[key(SHIFT, Key::ArrowLeft)] },
            Self::PanRight => const { &[key(SHIFT, Key::ArrowRight)] },
            Self::FitSelection => const { &[key(NONE, Key::F)] },
            Self::FitAll => const { &[key(NONE, Key::Num0)] },
            Self::ZoomToRange => const { &[key(NONE, Key::Z)] },
            Self::ZoomBack => const { &[key(NONE, Key::X)] },
            Self::RangeFrom => const { &[key(NONE, Key::OpenBracket)] },
            Self::RangeTo => const { &[key(NONE, Key::CloseBracket)] },
            Self::CopyCitation => const { &[key(COMMAND_SHIFT, Key::C)] },
            Self::CopyChronology | Self::CopyWords | Self::RevealFile => &[],
            Self::ToggleLibrary => const { &[key(COMMAND, Key::B)] },
            Self::ToggleEvidence => const { &[key(COMMAND, Key::E)] },
            Self::ToggleTimeline => const { &[key(COMMAND, Key::T)] },
            Self::ToggleProblems => const { &[key(COMMAND_SHIFT, Key::M)] },
            Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::HighContrast
            | Self::LessMotion => &[],
            // Ctrl with these keys scales the whole window.
            Self::TextLarger => const { &[key(ALT, Key::Plus), key(ALT, Key::Equals)] },
            Self::TextSmaller => const { &[key(ALT, Key::Minus)] },
            Self::TextUsual => const { &[key(ALT, Key::Num0)] },
            Self::Present => const { &[key(NONE, Key::F11)] },
            Self::Settings => const { &[key(COMMAND, Key::Comma)] },
            Self::Find => const { &[key(COMMAND, Key::F), key(NONE, Key::Slash)] },
            Self::FindInDocument => const { &[key(COMMAND_SHIFT, Key::F)] },
            Self::NextHit => const { &[key(NONE, Key::F3)] },
            Self::PreviousHit => const { &[key(SHIFT, Key::F3)] },
            Self::Filters => const { &[key(COMMAND_SHIFT, Key::L)] },
            Self::SaveView => const { &[key(COMMAND, Key::S)] },
            Self::LookAround => const { &[key(NONE, Key::W)] },
            Self::OnlyHits | Self::ShowEverything | Self::CopyViewCommand => &[],
            Self::Palette => const { &[key(COMMAND, Key::K)] },
            Self::Keys => const { &[key(NONE, Key::Questionmark), key(NONE, Key::F1)] },
            Self::About => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn every_command_stands_in_the_list_once() {
        let unique: BTreeSet<_> = Command::ALL.into_iter().collect();
        assert_eq!(unique.len(), Command::ALL.len());
        // `About` is declared last, so its number tells how many there are.
        assert_eq!(Command::About as usize + 1, Command::ALL.len());
    }

    #[test]
    fn no_two_commands_share_a_key_or_a_name() {
        let mut keys = BTreeMap::new();
        let mut names = BTreeMap::new();
        for command in Command::ALL {
            assert_eq!(names.insert(command.name(), command), None, "{command:?}");
            for shortcut in command.shortcuts() {
                let spelled = format!("{:?}+{:?}", shortcut.modifiers, shortcut.logical_key);
                let other = keys.insert(spelled.clone(), command);
                assert_eq!(other, None, "{spelled} is taken twice");
            }
        }
    }

    /// On a Mac, Command is its own key; elsewhere Command and Ctrl are one. Neither may make two shortcuts equal.
    #[test]
    fn no_two_keys_clash_on_any_system() {
        for command_is_control in [true, false] {
            let mut seen = BTreeMap::new();
            for command in Command::ALL {
                for shortcut in command.shortcuts() {
                    let m = shortcut.modifiers;
                    let control = m.ctrl || (command_is_control && m.command);
                    let mac = !command_is_control && (m.mac_cmd || m.command);
                    let key = (control, mac, m.shift, m.alt, shortcut.logical_key.name());
                    let other = seen.insert(key, command);
                    assert_eq!(other, None, "{key:?} means {command:?} too");
                }
            }
        }
    }

    #[test]
    fn egui_keeps_its_own_keys() {
        use egui::gui_zoom::kb_shortcuts::{ZOOM_IN, ZOOM_OUT, ZOOM_RESET};
        for command in Command::ALL {
            for shortcut in command.shortcuts() {
                assert!(
                    ![ZOOM_IN, ZOOM_OUT, ZOOM_RESET].contains(shortcut),
                    "{command:?}"
                );
            }
        }
    }
}
