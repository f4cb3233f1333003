//! Where the reader has been, for back and forward.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a place in the list of stops, moved within it"
)]

use crate::model::{FileId, Item};

/// A place the reader stood at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub file: FileId,
    pub selection: Option<Item>,
}

/// How many stops are remembered.
const MAX_STOPS: usize = 500;

/// A line of stops with the reader somewhere on it.
#[derive(Clone, Debug, Default)]
pub struct History {
    stops: Vec<Stop>,
    /// How many of `stops` lie at or before the reader.
    at: usize,
}

impl History {
    /// The reader went to a new place: what lay ahead is forgotten.
    pub fn visit(&mut self, stop: Stop) {
        if self.current() == Some(stop) {
            return;
        }
        self.stops.truncate(self.at);
        self.stops.push(stop);
        if self.stops.len() > MAX_STOPS {
            self.stops.remove(0);
        }
        self.at = self.stops.len();
    }

    pub fn current(&self) -> Option<Stop> {
        self.stops.get(self.at.checked_sub(1)?).copied()
    }

    pub fn can_go_back(&self) -> bool {
        self.at > 1
    }

    pub fn can_go_forward(&self) -> bool {
        self.at < self.stops.len()
    }

    pub fn back(&mut self) -> Option<Stop> {
        if !self.can_go_back() {
            return None;
        }
        self.at -= 1;
        self.current()
    }

    pub fn forward(&mut self) -> Option<Stop> {
        if !self.can_go_forward() {
            return None;
        }
        self.at += 1;
        self.current()
    }

    /// Takes out the stops that `keep` refuses, after files have gone.
    pub fn retain(&mut self, keep: impl Fn(Stop) -> bool) {
        let ahead = self.stops.split_off(self.at);
        self.stops.retain(|&stop| keep(stop));
        self.at = self.stops.len();
        self.stops
            .extend(ahead.into_iter().filter(|&stop| keep(stop)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(file: u32) -> Stop {
        Stop {
            file: FileId(file),
            selection: None,
        }
    }

    #[test]
    fn back_and_forward_walk_the_line_and_a_new_visit_cuts_it() {
        let mut history = History::default();
        for file in [1, 2, 2, 3] {
            history.visit(stop(file));
        }
        assert_eq!(history.back(), Some(stop(2)));
        assert_eq!(history.back(), Some(stop(1)));
        assert_eq!(history.back(), None);
        assert_eq!(history.forward(), Some(stop(2)));
        history.visit(stop(4));
        assert!(!history.can_go_forward());
        assert_eq!(history.back(), Some(stop(2)));
    }

    #[test]
    fn stops_of_a_file_that_has_gone_are_taken_out() {
        let mut history = History::default();
        for file in [1, 2, 3] {
            history.visit(stop(file));
        }
        history.back();
        history.retain(|stop| stop.file != FileId(2));
        assert_eq!(history.current(), Some(stop(1)));
        assert_eq!(history.forward(), Some(stop(3)));
    }
}
