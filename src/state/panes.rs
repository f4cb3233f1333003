//! Which panes are shown: what the user wants, as far as the window has room.

use super::State;
use super::settings::Panes;
use crate::model::Item;

/// How many panes the window has room for, side by side. The views know; they tell the state when it changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Room {
    /// The text alone, and over it one pane at a time when it is asked for.
    One,
    /// The text and one pane.
    Two,
    #[default]
    Three,
}

/// A pane at a side of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidePane {
    Library,
    Evidence,
}

impl State {
    /// The panes that are on screen.
    pub fn shown_panes(&self) -> Panes {
        let wanted = self.settings.panes;
        let only = |pane| match self.room {
            Room::Three => true,
            // What rests on sources comes before the list of files.
            Room::Two => {
                self.front_pane.unwrap_or(if wanted.evidence {
                    SidePane::Evidence
                } else {
                    SidePane::Library
                }) == pane
            }
            Room::One => self.front_pane == Some(pane),
        };
        Panes {
            library: wanted.library && only(SidePane::Library),
            evidence: wanted.evidence && only(SidePane::Evidence),
            ..wanted
        }
    }

    /// Shows a pane at the side, in the place of the other when there is room for one only; or hides it.
    pub(super) fn show_side_pane(&mut self, pane: SidePane, shown: bool) {
        let panes = &mut self.settings.panes;
        match pane {
            SidePane::Library => panes.library = shown,
            SidePane::Evidence => panes.evidence = shown,
        }
        if shown {
            self.front_pane = Some(pane);
        } else if self.front_pane == Some(pane) {
            self.front_pane = None;
        }
    }

    /// In a window with room for the text alone, what a statement or a source rests on comes over it.
    pub(super) fn bring_evidence_forward(&mut self, item: Item) {
        let rests = matches!(item, Item::Statement(..) | Item::Source(..));
        if rests && self.settings.panes.evidence && self.presentation.is_none() {
            self.front_pane = Some(SidePane::Evidence);
        }
    }

    pub(super) fn toggle_side_pane(&mut self, pane: SidePane) {
        let shown = self.shown_panes();
        let is_shown = match pane {
            SidePane::Library => shown.library,
            SidePane::Evidence => shown.evidence,
        };
        self.show_side_pane(pane, !is_shown);
    }

    /// The user has dragged an edge: what was shown and is not any more was hidden, and the other way round.
    pub(super) fn set_shown_panes(&mut self, panes: Panes) {
        let before = self.shown_panes();
        for (pane, was, is) in [
            (SidePane::Library, before.library, panes.library),
            (SidePane::Evidence, before.evidence, panes.evidence),
        ] {
            if was != is {
                self.show_side_pane(pane, is);
            }
        }
        self.settings.panes.timeline = panes.timeline;
        self.settings.panes.problems = panes.problems;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(room: Room) -> State {
        State {
            room,
            ..State::default()
        }
    }

    fn shown(state: &State) -> (bool, bool) {
        let panes = state.shown_panes();
        (panes.library, panes.evidence)
    }

    #[test]
    fn a_window_shows_as_many_panes_as_it_has_room_for() {
        assert_eq!(shown(&state(Room::Three)), (true, true));
        assert_eq!(shown(&state(Room::Two)), (false, true));
        assert_eq!(shown(&state(Room::One)), (false, false));
    }

    #[test]
    fn a_key_brings_a_pane_that_has_no_room_in_the_place_of_the_other_and_hides_it_again() {
        for room in [Room::One, Room::Two] {
            let mut state = state(room);
            state.toggle_side_pane(SidePane::Library);
            assert_eq!(shown(&state), (true, false), "{room:?}");
            state.toggle_side_pane(SidePane::Evidence);
            assert_eq!(shown(&state), (false, true), "{room:?}");
            state.toggle_side_pane(SidePane::Evidence);
            assert!(!shown(&state).1, "{room:?}");
        }
    }

    #[test]
    fn a_narrow_window_takes_nothing_from_a_wide_one() {
        let mut state = state(Room::Two);
        state.toggle_side_pane(SidePane::Library);
        state.room = Room::Three;
        assert_eq!(shown(&state), (true, true));
    }
}
