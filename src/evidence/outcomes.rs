//! The outcomes of a file's checks, held for a library of thousands of files.

use super::verdict::{Checked, Verdict};
use crate::model::EvidenceOwner;
use std::sync::{Arc, LazyLock};

/// The outcomes of a file's checks, by what the evidence hangs on and its place there.
///
/// Most say no more than a verdict (a paraphrase, a source without a copy); all of one verdict are one value in memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcomes {
    /// In order; apart from what was found there, since a pair of both would take a sixth more room.
    places: Box<[OutcomePlace]>,
    found: Box<[Arc<Checked>]>,
}

/// What a piece of evidence hangs on, and its place among what hangs there.
pub type OutcomePlace = (EvidenceOwner, u32);

/// Outcomes that say no more than their verdict.
static BARE: LazyLock<Vec<Arc<Checked>>> = LazyLock::new(|| {
    let verdicts = Verdict::ALL.iter().copied();
    verdicts.map(|it| Arc::new(Checked::bare(it))).collect()
});

impl FromIterator<(OutcomePlace, Checked)> for Outcomes {
    fn from_iter<I: IntoIterator<Item = (OutcomePlace, Checked)>>(outcomes: I) -> Self {
        let held = |checked: Checked| {
            let same = BARE.iter().find(|bare| ***bare == checked);
            same.map_or_else(|| Arc::new(checked), Arc::clone)
        };
        let mut by_place: Vec<(OutcomePlace, Arc<Checked>)> = outcomes
            .into_iter()
            .map(|(place, checked)| (place, held(checked)))
            .collect();
        by_place.sort_by_key(|(place, _)| *place);
        let (places, found): (Vec<_>, Vec<_>) = by_place.into_iter().unzip();
        Self {
            places: places.into(),
            found: found.into(),
        }
    }
}

impl Outcomes {
    /// The outcome for the evidence at a place.
    pub fn get(&self, place: &OutcomePlace) -> Option<&Checked> {
        let at = self.places.binary_search(place).ok()?;
        self.found.get(at).map(Arc::as_ref)
    }

    /// All of them, in the order of places.
    pub fn iter(&self) -> impl Iterator<Item = (OutcomePlace, &Checked)> {
        let found = self.found.iter().map(Arc::as_ref);
        self.places.iter().copied().zip(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_found_by_place_and_what_says_the_same_is_held_once() {
        let place = |statement: u32, index: u32| (EvidenceOwner::Statement(statement), index);
        let mut told = Checked::bare(Verdict::Verbatim);
        told.found_words = Some("thirty days".to_owned());
        let outcomes: Outcomes = [
            (place(2, 0), Checked::bare(Verdict::Paraphrase)),
            (place(1, 1), told.clone()),
            (place(1, 0), Checked::bare(Verdict::Paraphrase)),
        ]
        .into_iter()
        .collect();
        assert_eq!(outcomes.get(&place(1, 1)), Some(&told));
        assert_eq!(outcomes.get(&place(3, 0)), None);
        let places: Vec<OutcomePlace> = outcomes.iter().map(|(place, _)| place).collect();
        assert_eq!(places, [place(1, 0), place(1, 1), place(2, 0)]);
        let held = |at| outcomes.get(&at).expect("an outcome");
        assert!(std::ptr::eq(held(place(1, 0)), held(place(2, 0))));
    }
}
