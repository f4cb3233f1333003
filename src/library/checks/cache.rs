//! Outcomes that were found before, kept by the copy's hash and all that was asked of it; and assessments that say the
//! same, held once.

use crate::evidence::{Assessment, Checked, QuestionDigest};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// When so many outcomes are young, the old ones are forgotten and the young become old: what is asked again and again stays.
const MAX_YOUNG: usize = 50_000;

/// When so many different assessments are shared, sharing begins anew: those that name sources may be as many as there
/// are statements, and would be held here after their files have gone.
const MAX_SHARED: usize = 10_000;

/// Outcomes by what they follow from. The same question to the same copy has the same answer, whichever file asks it.
#[derive(Debug, Default)]
pub struct OutcomeCache {
    kept: Mutex<Generations>,
    shared: Mutex<HashSet<Arc<Assessment>>>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<QuestionDigest, Checked>,
    old: HashMap<QuestionDigest, Checked>,
}

impl OutcomeCache {
    /// The outcome kept under `digest`; without one, what `ask` finds, which is kept from then on.
    pub fn get_or_ask(&self, digest: QuestionDigest, ask: impl FnOnce() -> Checked) -> Checked {
        if let Some(kept) = self.get(&digest) {
            return kept;
        }
        // Nobody waits while a question is being asked; two who ask the same at once both look it up.
        let found = ask();
        self.keep(digest, found.clone());
        found
    }

    /// The same assessment as a value that equal ones share. Most statements of a library stand in one of a few ways.
    pub fn share(&self, assessment: Assessment) -> Arc<Assessment> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = shared.get(&assessment) {
            return Arc::clone(same);
        }
        if shared.len() >= MAX_SHARED {
            shared.clear();
        }
        let new = Arc::new(assessment);
        shared.insert(Arc::clone(&new));
        new
    }

    fn get(&self, digest: &QuestionDigest) -> Option<Checked> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.young.get(digest) {
            return Some(found.clone());
        }
        let found = kept.old.remove(digest)?;
        kept.young.insert(*digest, found.clone());
        Some(found)
    }

    fn keep(&self, digest: QuestionDigest, found: Checked) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.young.len() >= MAX_YOUNG {
            kept.old = std::mem::take(&mut kept.young);
        }
        kept.young.insert(digest, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Verdict;

    fn digest(number: usize) -> QuestionDigest {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&(number as u64).to_le_bytes());
        digest
    }

    #[test]
    fn a_question_is_asked_once_and_old_answers_make_room() {
        let cache = OutcomeCache::default();
        let ask = |number| {
            let mut asked = false;
            let found = cache.get_or_ask(digest(number), || {
                asked = true;
                Checked::bare(Verdict::NotFound)
            });
            assert_eq!(found.verdict, Verdict::NotFound);
            asked
        };
        assert!(ask(0));
        assert!(!ask(0));
        for number in 1..=MAX_YOUNG {
            assert!(ask(number));
        }
        assert!(!ask(0), "an answer of the generation before is still there");
        for number in MAX_YOUNG + 1..=3 * MAX_YOUNG {
            assert!(ask(number));
        }
        assert!(ask(0), "what nobody asked for two generations is forgotten");
    }

    #[test]
    fn equal_assessments_are_held_once_and_their_number_is_bounded() {
        let cache = OutcomeCache::default();
        let exempt = |number: usize| Assessment::exempt(&number.to_string());
        let first = cache.share(exempt(0));
        assert_eq!(*first, exempt(0));
        assert!(Arc::ptr_eq(&first, &cache.share(exempt(0))));
        for number in 1..=MAX_SHARED {
            assert_eq!(*cache.share(exempt(number)), exempt(number));
        }
        assert!(cache.shared.lock().expect("no panic").len() <= MAX_SHARED);
        assert!(!Arc::ptr_eq(&first, &cache.share(exempt(0))));
    }
}
