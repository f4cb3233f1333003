//! Where sources come from in the end, and how many of them are independent of each other.
//!
//! Two sources with one address are one. A source that only repeats others (`based-on`) has no more to say than they
//! have; so the number of independent sources is the most that can each be given an origin of its own.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of sources, which are bounded"
)]

use crate::model::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where the sources of a briefing come from in the end. Made once a briefing.
#[derive(Clone, Debug)]
pub struct Origins<'a> {
    pub(super) sources: &'a [Arc<Source>],
    /// Per source: the sources it repeats in the end, or itself; each by the first source of its address.
    roots: Vec<BTreeSet<usize>>,
    /// Per source: the first source with its address.
    same: Vec<usize>,
}

impl<'a> Origins<'a> {
    pub fn new(sources: &'a [Arc<Source>]) -> Self {
        let mut by_address = BTreeMap::new();
        let mut by_key = BTreeMap::new();
        let mut same = Vec::with_capacity(sources.len());
        for (at, source) in sources.iter().enumerate() {
            by_key.entry(source.key.as_str()).or_insert(at);
            let first = match source.url.as_deref().map(address_key) {
                Some(address) if !address.is_empty() => *by_address.entry(address).or_insert(at),
                _ => at,
            };
            same.push(first);
        }
        // What is repeated by one of two sources with one address is repeated by that one source.
        let mut repeats: Vec<Vec<usize>> = vec![Vec::new(); sources.len()];
        // A key that nobody defined is an origin of its own; its number is beyond the sources.
        let mut unknown = BTreeMap::new();
        for (source, &first) in sources.iter().zip(&same) {
            for key in &source.details.based_on {
                let key = key.trim_start_matches('@');
                let next_unknown = sources.len() + unknown.len();
                let at = match by_key.get(key) {
                    Some(&at) => same.get(at).copied().unwrap_or(at),
                    None => *unknown.entry(key).or_insert(next_unknown),
                };
                if at != first
                    && let Some(list) = repeats.get_mut(first)
                {
                    list.push(at);
                }
            }
        }
        let roots = same
            .iter()
            .map(|&first| {
                let mut seen = BTreeSet::from([first]);
                let mut open = vec![first];
                let mut found = BTreeSet::new();
                while let Some(at) = open.pop() {
                    match repeats.get(at).map(Vec::as_slice) {
                        None | Some([]) => {
                            found.insert(at);
                        }
                        Some(further) => {
                            open.extend(further.iter().filter(|&&next| seen.insert(next)));
                        }
                    }
                }
                // Sources that only repeat each other have no origin but themselves: the smallest stands for the ring.
                if found.is_empty() {
                    found.extend(seen.first());
                }
                found
            })
            .collect();
        Self {
            sources,
            roots,
            same,
        }
    }

    /// How many different sources these are.
    pub(super) fn distinct(&self, sources: &BTreeSet<usize>) -> usize {
        let first: BTreeSet<_> = sources.iter().filter_map(|&at| self.same.get(at)).collect();
        first.len()
    }

    /// How many of these can each be given an origin of its own: a largest matching (Kuhn's algorithm).
    pub(super) fn independent(&self, sources: &BTreeSet<usize>) -> usize {
        let distinct: BTreeSet<usize> = sources
            .iter()
            .filter_map(|&at| self.same.get(at).copied())
            .collect();
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        distinct
            .into_iter()
            .filter(|&source| self.assign(source, &mut taken, &mut BTreeSet::new()))
            .count()
    }

    fn assign(
        &self,
        source: usize,
        taken: &mut BTreeMap<usize, usize>,
        tried: &mut BTreeSet<usize>,
    ) -> bool {
        let Some(roots) = self.roots.get(source) else {
            return false;
        };
        for &root in roots {
            if !tried.insert(root) {
                continue;
            }
            let free = match taken.get(&root).copied() {
                None => true,
                Some(holder) => self.assign(holder, taken, tried),
            };
            if free {
                taken.insert(root, source);
                return true;
            }
        }
        false
    }
}

/// What two spellings of one address have in common.
fn address_key(address: &str) -> String {
    let address = address.trim();
    let address = address.split('#').next().unwrap_or_default();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.trim_end_matches('/');
    match rest.split_once('/') {
        Some((host, path)) => format!("{}/{path}", host.to_ascii_lowercase()),
        None => rest.to_ascii_lowercase(),
    }
}
