//! What each event becomes on the timeline: the one walk over all files, by several threads where there are many.

use super::known::{is_known, overtakers, pairs};
use super::zones::{Zones, tally_offset, tally_zones};
use super::{Block, Grouping, TimelineBuild, TimelineData};
use crate::date::Date;
use crate::model::{Briefing, Event, FileId};
use crate::state::events_at;
use crate::text::Text;
use crate::timeline::Entry;
use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// So many files are gone through by one thread. Fewer of them wait for no other thread.
const CHUNK_FILES: usize = 1_024;

/// What a walk over files has found.
#[derive(Default)]
pub(super) struct Gathered {
    pub entries: Vec<Entry>,
    pub lanes: Lanes,
    /// Entries whose days begin where the ruler's do; the ruler's zone is known in the end.
    pub floating: Vec<usize>,
    pub zones: Zones,
    /// Events, blocks, pairs and counts; lanes and index come later.
    pub data: TimelineData,
}

impl Gathered {
    /// Adds what was found in the files behind.
    fn append(&mut self, other: Self) {
        let base = self.entries.len();
        let base_entry = base as u32;
        let numbers = self.lanes.append(other.lanes);
        let renumbered = |entry: Entry| Entry {
            lane: numbers
                .get(entry.lane as usize)
                .copied()
                .unwrap_or_default(),
            ..entry
        };
        self.entries
            .extend(other.entries.into_iter().map(renumbered));
        self.floating
            .extend(other.floating.into_iter().map(|at| base + at));
        for (key, (count, zone)) in other.zones {
            self.zones.entry(key).or_insert((0, zone)).0 += count;
        }
        let data = other.data;
        self.data.events.extend(data.events);
        let moved = |(entry, by): (u32, u32)| (base_entry + entry, base_entry + by);
        self.data
            .supersessions
            .extend(data.supersessions.into_iter().map(moved));
        self.data
            .blocks
            .extend(data.blocks.into_iter().map(|block| Block {
                entries: base_entry + block.entries.start..base_entry + block.entries.end,
                ..block
            }));
        self.data.undated += data.undated;
        self.data.filtered_out += data.filtered_out;
        self.data.unknown_yet += data.unknown_yet;
    }
}

/// The lanes found so far, by path.
#[derive(Default)]
pub(super) struct Lanes {
    paths: Vec<String>,
    sizes: Vec<u32>,
    by_path: HashMap<String, u32>,
}

impl Lanes {
    /// The number of a lane that has so many entries more.
    fn number(&mut self, path: &str, more: u32) -> u32 {
        let number = match self.by_path.get(path) {
            Some(&number) => number,
            None => {
                let number = self.paths.len() as u32;
                self.paths.push(path.to_owned());
                self.sizes.push(0);
                self.by_path.insert(path.to_owned(), number);
                number
            }
        };
        if let Some(size) = self.sizes.get_mut(number as usize) {
            *size += more;
        }
        number
    }

    /// Adds other lanes; returns their numbers among these.
    fn append(&mut self, other: Self) -> Vec<u32> {
        let others = other.paths.iter().zip(other.sizes);
        others.map(|(path, size)| self.number(path, size)).collect()
    }

    /// The paths by number.
    pub fn into_paths(self) -> Vec<String> {
        self.paths
    }

    /// The same with new numbers: the lanes with the most entries first; of equals, by name.
    pub fn into_paths_by_size(self, entries: &mut [Entry]) -> Vec<String> {
        let mut order: Vec<usize> = (0..self.paths.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(self.sizes[at]), &self.paths[at]));
        let mut number = vec![0_u32; order.len()];
        for (&old, new) in order.iter().zip(0..) {
            number[old] = new;
        }
        for entry in entries {
            if let Some(&lane) = number.get(entry.lane as usize) {
                entry.lane = lane;
            }
        }
        order.iter().map(|&at| self.paths[at].clone()).collect()
    }
}

impl TimelineBuild {
    /// Goes through all files. What is found does not depend on how many threads there are.
    pub(super) fn gather_all(&self) -> Gathered {
        if self.files.len() <= CHUNK_FILES {
            return self.gather(&self.files);
        }
        let chunks = self.files.par_chunks(CHUNK_FILES);
        let parts: Vec<Gathered> = chunks.map(|files| self.gather(files)).collect();
        let count = |count: fn(&Gathered) -> usize| parts.iter().map(count).sum();
        let mut all = Gathered::default();
        all.entries.reserve_exact(count(|part| part.entries.len()));
        let events = &mut all.data.events;
        events.reserve_exact(count(|part| part.data.events.len()));
        for part in parts {
            all.append(part);
        }
        all
    }

    /// Goes through some files.
    // One look at each event does for all: of a million, each look would cost a tenth of a second.
    fn gather(&self, files: &[(FileId, Arc<Briefing>)]) -> Gathered {
        let mut found = Gathered::default();
        let Gathered {
            entries,
            lanes,
            floating,
            zones,
            data,
        } = &mut found;
        let count = files.iter().map(|(_, briefing)| briefing.events.len());
        let count = count.sum();
        entries.reserve_exact(count);
        data.events.reserve_exact(count);
        for (file, briefing) in files {
            let mut offsets = BTreeMap::new();
            let first = data.events.len() as u32;
            let overtaken_by = overtakers(briefing, self.as_of);
            let stated = match self.grouping {
                Grouping::Source => stated_sources(briefing),
                _ => Vec::new(),
            };
            let title = as_one_part(&briefing.title);
            let mut first_entries = Vec::with_capacity(briefing.events.len() + 1);
            for (event, at) in briefing.events.iter().zip(0_u32..) {
                first_entries.push(data.events.len() as u32);
                tally_offset(&mut offsets, event);
                if self.is_filtered_out(*file, at) {
                    data.filtered_out += 1;
                    continue;
                }
                if !is_known(briefing, event, self.as_of) {
                    data.unknown_yet += 1;
                    continue;
                }
                if event.date.is_none() {
                    data.undated += 1;
                }
                let mut entry = Entry::from_event(event, 0);
                let names_no_zone = |date: &Date| date.offset_seconds().is_none();
                let floats = event.date.as_ref().is_some_and(names_no_zone);
                entry.look.superseded = overtaken_by.contains_key(&at);
                let mut add = |path: &str| {
                    let lane = lanes.number(path, 1);
                    if floats {
                        floating.push(entries.len());
                    }
                    entries.push(Entry { lane, ..entry });
                    data.events.push((*file, at));
                };
                match self.grouping {
                    // As a rule, and then without a copy: there may be a million.
                    Grouping::Lane => add(event.lane.as_deref().unwrap_or(&title)),
                    Grouping::Briefing => add(&title),
                    Grouping::Actor | Grouping::Tag | Grouping::Source => {
                        for path in self.paths(briefing, at, event, &stated) {
                            add(&path);
                        }
                    }
                }
            }
            first_entries.push(data.events.len() as u32);
            tally_zones(zones, offsets, briefing);
            data.supersessions
                .extend(pairs(&overtaken_by, &first_entries));
            data.blocks.push(Block {
                file: *file,
                briefing: Arc::clone(briefing),
                entries: first..data.events.len() as u32,
            });
        }
        found
    }

    fn is_filtered_out(&self, file: FileId, event: u32) -> bool {
        let only = self.only.as_ref();
        only.is_some_and(|only| !only.contains(file, event))
    }

    /// The lanes that an event belongs to where it may be several; at least one.
    ///
    /// `stated` has the sources of the statements in each event's passages.
    fn paths(
        &self,
        briefing: &Briefing,
        at: u32,
        event: &Event,
        stated: &[Vec<u32>],
    ) -> Vec<String> {
        let mut paths: Vec<String> = match self.grouping {
            Grouping::Lane | Grouping::Briefing => Vec::new(),
            Grouping::Actor => event.actors.iter().map(|name| as_one_part(name)).collect(),
            Grouping::Tag => event.details.tags.iter().map(Text::to_string).collect(),
            Grouping::Source => {
                let own = event.evidence.iter();
                let stated = stated.get(at as usize).into_iter().flatten();
                own.filter_map(|evidence| evidence.source)
                    .chain(stated.copied())
                    .filter_map(|source| briefing.sources.get(source as usize))
                    .map(|source| as_one_part(source.label()))
                    .collect()
            }
        };
        if paths.is_empty() {
            paths.push(self.grouping.without().to_owned());
        }
        // The same name twice would draw the event twice in one lane.
        let mut seen = Vec::new();
        paths.retain(|path| {
            let is_new = !seen.contains(path);
            if is_new {
                seen.push(path.clone());
            }
            is_new
        });
        paths
    }
}

/// The sources of the statements that stand in the passages of each event.
pub(in crate::state::timeline) fn stated_sources(briefing: &Briefing) -> Vec<Vec<u32>> {
    let mut sources = vec![Vec::new(); briefing.events.len()];
    for statement in &briefing.statements {
        for event in events_at(briefing, statement.span) {
            if let Some(sources) = sources.get_mut(event as usize) {
                let evidence = statement.evidence.iter();
                sources.extend(evidence.filter_map(|evidence| evidence.source));
            }
        }
    }
    sources
}

/// A name that is not to be split where it has a slash.
fn as_one_part(name: &str) -> String {
    name.replace('/', "\u{2044}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::ZoneChoice;
    use crate::state::tests::loaded;

    /// A briefing with what chunks could lose: lanes of its own and shared ones, an event that another overtook, one without
    /// a date, times of day in zones.
    fn briefing(number: usize) -> Arc<Briefing> {
        let text = format!(
            "---\ntitle: B{number}\ntimezone: Europe/Kyiv\nevents:\n\
             - {{id: a, date: 2025-03-18T10:00, title: A, lane: Shared, superseded-by: b}}\n\
             - {{id: b, date: 2025-03-19, title: B, actors: [X{}, Y]}}\n\
             - {{id: c, title: C, lane: L{}}}\n---\n",
            number % 7,
            number % 13,
        );
        loaded("b.md", &text).briefing
    }

    fn described(found: &Gathered) -> String {
        let Gathered {
            entries,
            lanes,
            floating,
            zones,
            data,
        } = found;
        let blocks = data.blocks.iter().map(|block| (block.file, &block.entries));
        let blocks: Vec<_> = blocks.collect();
        let zones: Vec<_> = zones.iter().map(|(key, (count, _))| (key, count)).collect();
        format!(
            "{entries:?} {:?} {:?} {floating:?} {zones:?} {:?} {:?} {blocks:?} {} {} {}",
            lanes.paths,
            lanes.sizes,
            data.events,
            data.supersessions,
            data.undated,
            data.filtered_out,
            data.unknown_yet,
        )
    }

    #[test]
    fn many_threads_find_what_one_finds() {
        let few: Vec<_> = (0..91).map(briefing).collect();
        let files = (0..2 * CHUNK_FILES + 100).map(|at| {
            let id = FileId(u32::try_from(at).expect("few files"));
            (id, Arc::clone(&few[at % few.len()]))
        });
        let mut build = TimelineBuild {
            files: files.collect(),
            grouping: Grouping::Lane,
            as_of: None,
            only: None,
            collapse_gaps: false,
            zone: ZoneChoice::AsWritten,
            width_px: 800.0,
        };
        for grouping in Grouping::ALL {
            build.grouping = grouping;
            let whole = build.gather(&build.files);
            assert!(!whole.data.supersessions.is_empty() && whole.data.undated > 0);
            assert_eq!(described(&build.gather_all()), described(&whole));
        }
    }
}
