//! All names in a library that somebody may want to go to, and which of them fit what was typed.
//!
//! A large library has a hundred thousand names: they are gone through by all threads, and no further than somebody waits for
//! the answer.

use super::filter::Snapshot;
use super::source_identity;
use crate::model::{Briefing, Item};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// How many hits are listed.
pub const MAX_HITS: usize = 50;

/// So many names are gone through between two looks whether the answer is still wanted.
const NAMES_AT_ONCE: usize = 2_048;

/// Something in the library to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Item(Item),
    /// Somebody who acts in events or writes; leads to all that was said and done.
    Person(Arc<str>),
}

/// A target, and how well its name fits: the higher the better.
pub type Scored = (u32, Target);

/// All that a library has to go to. A source that several files use, and a person in many events, stand here once.
#[derive(Debug)]
pub struct Names {
    snapshot: Snapshot,
    /// By place in the snapshot; made when first asked for, which is beside the window.
    list: OnceLock<Vec<(u32, Target)>>,
    /// The number of the question whose answer is wanted.
    wanted: AtomicU64,
}

impl Names {
    pub fn of(snapshot: Snapshot) -> Self {
        Self {
            snapshot,
            list: OnceLock::new(),
            wanted: AtomicU64::new(0),
        }
    }

    /// Only the question with this number is to be answered from now on.
    pub fn want(&self, number: u64) {
        self.wanted.store(number, Ordering::Relaxed);
    }

    /// The best hits, the best first, and of equals what stands first; `None` when another question has taken the place of this
    /// one meanwhile.
    pub fn find(&self, number: u64, query: &str) -> Option<Vec<Scored>> {
        let list = self.list.get_or_init(|| self.all());
        let is_wanted = || self.wanted.load(Ordering::Relaxed) == number;
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let chunks = list.par_chunks(NAMES_AT_ONCE).zip(0_u32..self.chunks(list));
        let best = chunks.map_init(
            || (Matcher::new(Config::DEFAULT), Vec::new()),
            |(matcher, buffer), (names, chunk)| {
                if !is_wanted() {
                    return Vec::new();
                }
                let scored = names.iter().zip(0_u32..).filter_map(|(name, at)| {
                    let text = Utf32Str::new(self.text(name)?, buffer);
                    Some((Reverse(pattern.score(text, matcher)?), (chunk, at), name))
                });
                let mut scored: Vec<_> = scored.collect();
                scored.sort_unstable_by_key(|&(score, place, _)| (score, place));
                scored.truncate(MAX_HITS);
                scored
            },
        );
        let mut best: Vec<_> = best.flatten_iter().collect();
        best.sort_unstable_by_key(|&(score, place, _)| (score, place));
        best.truncate(MAX_HITS);
        let hits = best.into_iter();
        let hits = hits.map(|(Reverse(score), _, (_, target))| (score, target.clone()));
        is_wanted().then(|| hits.collect())
    }

    fn chunks(&self, list: &[(u32, Target)]) -> u32 {
        u32::try_from(list.len().div_ceil(NAMES_AT_ONCE)).unwrap_or(u32::MAX)
    }

    fn all(&self) -> Vec<(u32, Target)> {
        let mut names = Vec::new();
        let mut people = HashSet::new();
        let mut sources = HashSet::new();
        for (file, place) in self.snapshot.files.iter().zip(0_u32..) {
            let id = file.id;
            let briefing = &file.briefing;
            let mut add = |target| names.push((place, target));
            add(Target::Item(Item::File(id)));
            for (_, at) in briefing.events.iter().zip(0..) {
                add(Target::Item(Item::Event(id, at)));
            }
            for (source, at) in briefing.sources.iter().zip(0..) {
                if sources.insert(source_identity(&file.name, source)) {
                    add(Target::Item(Item::Source(id, at)));
                }
            }
            for (_, at) in briefing.headings.iter().zip(0..) {
                add(Target::Item(Item::Heading(id, at)));
            }
            let actors = briefing.events.iter().flat_map(|event| &event.actors);
            for name in actors.chain(&briefing.authors) {
                if people.insert(name.as_str()) {
                    add(Target::Person(name.as_str().into()));
                }
            }
        }
        names
    }

    fn text<'a>(&'a self, (place, target): &'a (u32, Target)) -> Option<&'a str> {
        let briefing: &Briefing = &self.snapshot.files.get(*place as usize)?.briefing;
        Some(match target {
            Target::Person(name) => name,
            Target::Item(Item::File(_)) => &briefing.title,
            Target::Item(Item::Event(_, at)) => &briefing.events.get(*at as usize)?.title,
            Target::Item(Item::Source(_, at)) => briefing.sources.get(*at as usize)?.label(),
            Target::Item(Item::Heading(_, at)) => &briefing.headings.get(*at as usize)?.text,
            Target::Item(Item::Statement(..)) => return None,
        })
    }
}
