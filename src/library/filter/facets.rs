//! How many events there are of each lane, actor, tag, source, standing and briefing.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "an array with a place for each field; paths are cut at separators that were found in them"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of events and statements that are held in memory"
)]

use super::{Field, SnapshotFile, lane_of};
use crate::evidence::Standing;
use crate::library::sources::source_identity;
use crate::model::Event;
use crate::text::Text;
use std::collections::HashMap;

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What [`super::Criteria`] ask for: a lane's path, a name, an identity, a stable word, a file's name.
    pub value: String,
    /// What to call it.
    pub label: String,
    /// How many events have it, under all that is asked of the other fields.
    pub count: usize,
}

/// The values of all fields, those with the most events first; lanes in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    fields: [Vec<Facet>; 6],
}

impl Facets {
    pub fn of(&self, field: Field) -> &[Facet] {
        &self.fields[field as usize]
    }
}

/// Counts while files are looked at. Keys borrow from the files as far as they can.
#[derive(Default)]
pub(super) struct Counting<'a> {
    lanes: HashMap<String, usize>,
    actors: HashMap<&'a str, usize>,
    tags: HashMap<&'a str, usize>,
    sources: HashMap<String, (&'a str, usize)>,
    standings: HashMap<Standing, usize>,
    briefings: HashMap<&'a str, (&'a str, usize)>,
}

impl<'a> Counting<'a> {
    /// Counts an event in the fields that do not hide it: all when it is shown; the one that it fails, when only that hides it.
    /// Values that none is left of are listed with 0, so that they can be seen to be there.
    pub(super) fn event(
        &mut self,
        file: &'a SnapshotFile,
        event: &'a Event,
        standings: &[Standing],
        failed: &[Field],
    ) {
        let briefing = &*file.briefing;
        let one = |field: Field| usize::from(failed.iter().all(|&other| other == field));

        let lane = lane_of(briefing, event);
        let mut ends = lane
            .match_indices('/')
            .map(|(at, _)| at)
            .collect::<Vec<_>>();
        ends.push(lane.len());
        for end in ends {
            let path = &lane[..end];
            match self.lanes.get_mut(path) {
                Some(count) => *count += one(Field::Lane),
                None => {
                    self.lanes.insert(path.to_owned(), one(Field::Lane));
                }
            }
        }
        for actor in distinct(event.actors.iter().map(Text::as_str)) {
            *self.actors.entry(actor).or_default() += one(Field::Actor);
        }
        let tags = event.details.tags.iter().chain(&briefing.tags);
        for tag in distinct(tags.map(Text::as_str)) {
            *self.tags.entry(tag).or_default() += one(Field::Tag);
        }
        let mut sources: Vec<u32> = event
            .evidence
            .iter()
            .filter_map(|evidence| evidence.source)
            .collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            if let Some(source) = briefing.sources.get(source as usize) {
                let identity = source_identity(&file.name, source);
                self.sources
                    .entry(identity)
                    .or_insert((source.label(), 0))
                    .1 += one(Field::Source);
            }
        }
        for &standing in standings {
            *self.standings.entry(standing).or_default() += one(Field::Standing);
        }
        self.briefings
            .entry(&file.name)
            .or_insert((&briefing.title, 0))
            .1 += one(Field::Briefing);
    }

    #[expect(
        clippy::iter_over_hash_type,
        reason = "sums do not depend on the order of what is added"
    )]
    pub(super) fn add(&mut self, other: Self) {
        fn plain<K: std::hash::Hash + Eq>(into: &mut HashMap<K, usize>, from: HashMap<K, usize>) {
            for (key, count) in from {
                *into.entry(key).or_default() += count;
            }
        }
        fn labelled<'a, K: std::hash::Hash + Eq>(
            into: &mut HashMap<K, (&'a str, usize)>,
            from: HashMap<K, (&'a str, usize)>,
        ) {
            for (key, (label, count)) in from {
                into.entry(key).or_insert((label, 0)).1 += count;
            }
        }
        plain(&mut self.lanes, other.lanes);
        plain(&mut self.actors, other.actors);
        plain(&mut self.tags, other.tags);
        plain(&mut self.standings, other.standings);
        labelled(&mut self.sources, other.sources);
        labelled(&mut self.briefings, other.briefings);
    }

    pub(super) fn finish(self) -> Facets {
        let plain = |value: &str, count| Facet {
            value: value.to_owned(),
            label: value.to_owned(),
            count,
        };
        let labelled = |value: &str, label: &str, count| Facet {
            value: value.to_owned(),
            label: label.to_owned(),
            count,
        };
        let mut facets = Facets::default();
        let mut put = |field: Field, mut values: Vec<Facet>| {
            if field == Field::Lane {
                values.sort_by(|a, b| a.value.cmp(&b.value));
            } else {
                values.sort_by(|a, b| {
                    let order = b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label));
                    order.then_with(|| a.value.cmp(&b.value))
                });
            }
            facets.fields[field as usize] = values;
        };
        let Self {
            lanes,
            actors,
            tags,
            sources,
            standings,
            briefings,
        } = self;
        put(
            Field::Lane,
            lanes.iter().map(|(lane, &n)| plain(lane, n)).collect(),
        );
        put(
            Field::Actor,
            actors.iter().map(|(actor, &n)| plain(actor, n)).collect(),
        );
        put(
            Field::Tag,
            tags.iter().map(|(tag, &n)| plain(tag, n)).collect(),
        );
        put(
            Field::Source,
            sources
                .iter()
                .map(|(identity, &(label, n))| labelled(identity, label, n))
                .collect(),
        );
        put(
            Field::Standing,
            standings
                .iter()
                .map(|(standing, &n)| labelled(standing.as_str(), standing.label(), n))
                .collect(),
        );
        put(
            Field::Briefing,
            briefings
                .iter()
                .map(|(name, &(title, n))| labelled(name, title, n))
                .collect(),
        );
        facets
    }
}

/// The words, each once, empty ones left out.
fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for word in words {
        if !word.trim().is_empty() && !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen
}
