//! Which events an export is about: the same that the screen shows.

/// Chosen events, and the words that tell how they were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What narrowed it, one restriction each: "from 18 March 2025", "lane Diplomacy". Empty when nothing did.
    pub restrictions: Vec<String>,
}

impl Selection {
    /// Everything.
    pub fn all() -> Self {
        Self::default()
    }

    pub fn is_all(&self) -> bool {
        self.restrictions.is_empty()
    }

    /// "12 of 412 events: from 18 March 2025; lane Diplomacy".
    pub(super) fn words(&self, chosen: usize, all: usize) -> Option<String> {
        if self.is_all() {
            return None;
        }
        let noun = if all == 1 { "event" } else { "events" };
        Some(format!(
            "{chosen} of {all} {noun}: {}",
            self.restrictions.join("; ")
        ))
    }
}
