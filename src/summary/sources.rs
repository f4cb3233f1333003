//! The list of sources of a summary: each once, numbered in the order of the citation style.

#![expect(clippy::indexing_slicing, reason = "files are numbered by the inputs")]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "a place in a list that has just grown"
)]

use super::citation::{Cited, Citer, short_name};
use super::content::{SourceEntry, SourceRef};
use super::input::Input;
use super::prose::is_outward;
use crate::date::Date;
use crate::model::{Evidence, Source};
use crate::text::Text;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How many digits of a hash are printed: enough to tell copies apart, few enough to compare by eye.
const HASH_DIGITS: usize = 12;

pub(super) struct Sources {
    /// In the order of the list.
    pub entries: Vec<SourceEntry>,
    /// By number less one.
    cited: Vec<Cited>,
    /// From file and index to number.
    numbers: HashMap<(usize, u32), u32>,
}

impl Sources {
    /// Gathers what the chosen events and the kept statements rest on; without a restriction, all that is defined.
    pub fn collect(
        inputs: &[Input<'_>],
        order: &[(usize, u32)],
        kept: &[Vec<u32>],
        citer: &Citer,
    ) -> Self {
        let mut unique: Vec<(usize, u32)> = Vec::new();
        let mut by_identity: HashMap<String, usize> = HashMap::new();
        let mut slots: HashMap<(usize, u32), usize> = HashMap::new();
        for (file, at) in used(inputs, order, kept) {
            let Some(source) = inputs[file].briefing.sources.get(at as usize) else {
                continue;
            };
            let slot = *by_identity.entry(identity(source)).or_insert_with(|| {
                unique.push((file, at));
                unique.len() - 1
            });
            // Of several definitions, the one with a copy says most.
            let has_copy = |(file, at): (usize, u32)| inputs[file].copies.contains_key(&at);
            if has_copy((file, at))
                && let Some(kept) = unique.get_mut(slot)
                && !has_copy(*kept)
            {
                *kept = (file, at);
            }
            slots.insert((file, at), slot);
        }
        let found: Vec<&Source> = unique
            .iter()
            .filter_map(|&(file, at)| inputs[file].briefing.sources.get(at as usize))
            .map(Arc::as_ref)
            .collect();
        let list = citer.cite(&found);
        let mut numbers_of_slots = vec![0; found.len()];
        let mut entries = Vec::with_capacity(found.len());
        let mut cited = Vec::with_capacity(found.len());
        for (number, &slot) in (1..).zip(&list.order) {
            let (Some(source), Some(citation), Some(&(file, at))) =
                (found.get(slot), list.cited.get(slot), unique.get(slot))
            else {
                continue;
            };
            if let Some(of_slot) = numbers_of_slots.get_mut(slot) {
                *of_slot = number;
            }
            entries.push(entry(number, source, citation, &inputs[file], at));
            cited.push(citation.clone());
        }
        let numbers = slots
            .into_iter()
            .filter_map(|(place, slot)| Some((place, *numbers_of_slots.get(slot)?)))
            .collect();
        Self {
            entries,
            cited,
            numbers,
        }
    }

    /// The number of a file's source.
    pub fn number(&self, file: usize, source: Option<u32>) -> Option<u32> {
        self.numbers.get(&(file, source?)).copied()
    }

    pub fn entry(&self, number: u32) -> Option<&SourceEntry> {
        self.entries.get((number as usize).checked_sub(1)?)
    }

    pub fn cited(&self, number: u32) -> Option<&Cited> {
        self.cited.get((number as usize).checked_sub(1)?)
    }

    /// The sources of some evidence, each once.
    pub fn refs(&self, file: usize, evidence: &[Evidence]) -> Vec<SourceRef> {
        let mut refs: Vec<SourceRef> = Vec::new();
        for number in evidence
            .iter()
            .filter_map(|it| self.number(file, it.source))
        {
            if refs.iter().all(|known| known.number != number) {
                let name = self.entry(number).map(|entry| entry.name.clone());
                refs.push(SourceRef {
                    number,
                    name: name.unwrap_or_default(),
                });
            }
        }
        refs
    }
}

/// The sources that are named, in the order of the summary, then (without a restriction) the others.
fn used(inputs: &[Input<'_>], order: &[(usize, u32)], kept: &[Vec<u32>]) -> Vec<(usize, u32)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |file: usize, source: Option<u32>| {
        if let Some(source) = source
            && seen.insert((file, source))
        {
            found.push((file, source));
        }
    };
    for &(file, at) in order {
        let event = inputs[file].briefing.events.get(at as usize);
        for evidence in event.iter().flat_map(|event| &event.evidence) {
            add(file, evidence.source);
        }
    }
    for (file, (input, kept)) in inputs.iter().zip(kept).enumerate() {
        let briefing = input.briefing;
        let is_whole =
            kept.len() == briefing.statements.len() && input.events.len() == briefing.events.len();
        for &at in kept {
            let statement = briefing.statements.get(at as usize);
            for evidence in statement.iter().flat_map(|it| &it.evidence) {
                add(file, evidence.source);
            }
        }
        if is_whole {
            for column in briefing.comparisons.iter().flat_map(|it| &it.columns) {
                add(file, column.source);
            }
            for at in 0..u32::try_from(briefing.sources.len()).unwrap_or(u32::MAX) {
                add(file, Some(at));
            }
        }
    }
    found
}

/// What is the same for two definitions of one source: the address, else all that names it.
fn identity(source: &Source) -> String {
    if let Some(url) = source.url.as_deref().or(source.details.via.as_deref()) {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        return format!("{}/{}", host.to_lowercase(), path.trim_end_matches('/'));
    }
    let date = source
        .date
        .as_deref()
        .map(Date::written)
        .unwrap_or_default();
    [
        source.key.as_str(),
        source.label(),
        source.publisher.as_deref().unwrap_or_default(),
        date,
    ]
    .join("\u{1f}")
}

/// An address that leads out, as text.
fn outward(address: &Option<Text>) -> Option<String> {
    let address = address.as_ref().filter(|url| is_outward(url));
    address.map(Text::to_string)
}

fn entry(number: u32, source: &Source, cited: &Cited, input: &Input<'_>, at: u32) -> SourceEntry {
    let copy = input.copies.get(&at);
    SourceEntry {
        number,
        key: source.key.to_string(),
        name: short_name(source).to_owned(),
        citation: cited.entry.clone(),
        url: outward(&source.url),
        via: outward(&source.details.via),
        archived: outward(&source.details.archived),
        remarks: remarks(source),
        copy_date: copy_date(source, input),
        copy_hash: copy.map(|copy| copy.sha256().chars().take(HASH_DIGITS).collect()),
        has_copy: copy.is_some(),
    }
}

/// When the copy was made: as the author says, else as the lock does.
fn copy_date(source: &Source, input: &Input<'_>) -> Option<String> {
    let copy = source.copy.as_ref()?;
    if let Some(date) = &copy.date {
        return Some(date.in_words());
    }
    let lock = input.lock?;
    let locked = lock.sources.iter().find(|it| it.key == source.key)?;
    let read = locked.read.as_deref()?;
    let day = read.split('T').next().unwrap_or(read);
    Some(Date::parse(day, None).map_or_else(|_| read.to_owned(), |date| date.in_words()))
}

fn remarks(source: &Source) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(kind) = source.kind {
        remarks.push(kind.as_str().to_owned());
    }
    if let Some(reliability) = source.reliability {
        remarks.push(format!("reliability {reliability}"));
    }
    match source.details.party.as_deref() {
        Some("") => remarks.push("has an interest in the matter".to_owned()),
        Some(words) => remarks.push(words.to_owned()),
        None => {}
    }
    if !source.details.based_on.is_empty() {
        remarks.push(format!("repeats {}", source.details.based_on.join(", ")));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_one_source_and_what_has_none_goes_by_its_names() {
        let at = |url: &str| {
            identity(&Source {
                url: Some(url.into()),
                ..Source::default()
            })
        };
        assert_eq!(at("https://www.Example.org/a/"), at("http://example.org/a"));
        assert_ne!(at("https://example.org/a"), at("https://example.org/A"));
        let named = |key: &str| {
            identity(&Source {
                key: key.into(),
                ..Source::default()
            })
        };
        assert_ne!(named("a"), named("b"));
    }
}
