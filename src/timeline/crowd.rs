//! Which events of a lane are drawn on their own, which as a cluster, and which as a density strip.
//!
//! Decided at a quantized zoom for a window somewhat larger than what is seen, on a grid that is fixed in
//! time: panning never changes the decision for what stays in view. The work follows the pixels of the
//! window: a few look-ups a grid cell, and each event only where there are few.

#![expect(
    clippy::indexing_slicing,
    reason = "windows of two have two; cells are counted by their own list"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "moments of 64 bits in 128, and places and counts within one lane"
)]

use super::gaps::Gaps;
use super::index::{Lane, Stored};
use super::scale::difference;
use crate::date::Form;
use std::ops::Range;

/// Neighbors nearer than this are one cluster.
const CLUSTER_GAP_PX: f64 = 4.0;

/// A cluster that would be wider than this is a density strip: clusters there would touch.
const CLUSTER_MAX_PX: f64 = 48.0;

/// Width of a grid cell: about a mark and its halo.
const CELL_PX: f64 = 16.0;

/// A single date narrower than this is drawn as a point.
const POINT_PX: f64 = 10.0;

/// A bar narrower than this is as narrow as a point, when it comes to clusters.
const BAR_PX: f64 = 4.0;

/// A stretch of a lane at a zoom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'a> {
    pub lane: &'a Lane,
    pub gaps: &'a Gaps,
    pub ms_per_px: f64,
    /// In shown time, aligned by [`aligned_window`].
    pub start_ms: i64,
    pub end_ms: i64,
}

/// What becomes of the events of a stretch.
#[derive(Clone, Debug, Default)]
pub(super) struct Crowd {
    /// Drawn on their own, by start.
    pub singles: Vec<Single>,
    pub clusters: Vec<Group>,
    pub strips: Vec<Group>,
    /// About how many events overlap a column, at most; where there are strips only.
    pub peak: u32,
    /// Positions that groups with [`Members::Listed`] refer to.
    listed: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Single {
    pub event: Stored,
    /// Too narrow to be drawn as wide as it is.
    pub is_narrow: bool,
}

/// Events that are drawn as one.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub first_ms: i64,
    pub last_ms: i64,
    pub count: u32,
    /// Position of the most important.
    pub top: usize,
    members: Members,
}

#[derive(Clone, Debug)]
enum Members {
    /// All events at these positions.
    All(Range<usize>),
    /// A part of [`Crowd::listed`].
    Listed(Range<usize>),
}

impl Crowd {
    /// How many events of a group start at these positions of the lane.
    pub(super) fn count_at(&self, group: &Group, positions: &Range<usize>) -> u32 {
        let count = match &group.members {
            Members::All(all) => {
                let from = all.start.max(positions.start);
                all.end.min(positions.end).saturating_sub(from)
            }
            Members::Listed(listed) => {
                let listed = self.listed.get(listed.clone()).unwrap_or_default();
                let before = |end: usize| listed.partition_point(|&at| (at as usize) < end);
                before(positions.end).saturating_sub(before(positions.start))
            }
        };
        count as u32
    }

    /// The positions of a group's events, in order.
    pub(super) fn positions<'a>(&'a self, group: &Group) -> Box<dyn Iterator<Item = usize> + 'a> {
        match &group.members {
            Members::All(all) => Box::new(all.clone()),
            Members::Listed(listed) => {
                let listed = self.listed.get(listed.clone()).unwrap_or_default();
                Box::new(listed.iter().map(|&at| at as usize))
            }
        }
    }
}

/// The grid-aligned window around what is seen (shown time), with half of it again on either side, so that a pan does not soon leave it.
pub(super) fn aligned_window(seen: &Range<i64>, ms_per_px: f64) -> Range<i64> {
    let cell = i128::from(cell_ms(ms_per_px));
    let (start, end) = (i128::from(seen.start), i128::from(seen.end));
    let margin = (end - start) / 2 + cell;
    let down = (start - margin).div_euclid(cell) * cell;
    let up = ((end + margin).div_euclid(cell) + 1) * cell;
    let clamp = |ms: i128| ms.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
    clamp(down)..clamp(up)
}

fn cell_ms(ms_per_px: f64) -> i64 {
    // `as` saturates; the coarsest zoom is far below.
    ((CELL_PX * ms_per_px).round() as i64).max(1)
}

impl Stretch<'_> {
    /// The position of a real time, in pixels from the start of the stretch.
    pub(super) fn px(&self, real_ms: i64) -> f64 {
        difference(self.gaps.shown_from_real(real_ms), self.start_ms) / self.ms_per_px
    }

    /// Whether an event is too narrow at this zoom to be drawn as wide as it is.
    pub(super) fn is_narrow(&self, event: &Stored) -> bool {
        let limit_px = match event.look.form {
            Form::Single => POINT_PX,
            Form::Before | Form::After => return true,
            Form::OpenEnd | Form::OpenStart => return false,
            Form::Range | Form::UnknownEnd | Form::UnknownStart | Form::OneOf => BAR_PX,
        };
        self.px(event.end_ms) - self.px(event.start_ms) < limit_px
    }

    /// Positions of the events that start in each grid cell: one boundary more than there are cells.
    fn cells(&self) -> Vec<usize> {
        let cell = i128::from(cell_ms(self.ms_per_px));
        let (start, end) = (i128::from(self.start_ms), i128::from(self.end_ms));
        let count = ((end - start + cell - 1) / cell).max(0) as usize;
        (0..=count)
            .map(|at| {
                let edge = (start + at as i128 * cell).min(end) as i64;
                self.lane.started_before(self.gaps.real_from_shown(edge))
            })
            .collect()
    }

    /// Decides. `row_count` is how many marks can stand above one another, `budget` how many events may be drawn on their own.
    pub(super) fn crowd(&self, row_count: u16, budget: usize) -> Crowd {
        let mut crowd = Crowd::default();
        let cells = self.cells();
        let (Some(&first), Some(&last)) = (cells.first(), cells.last()) else {
            return crowd;
        };
        let most = usize::from(row_count.clamp(1, 64));
        let loose = if last - first <= budget {
            self.few(&cells, most, &mut crowd)
        } else {
            self.many(&cells, most, budget, &mut crowd)
        };
        self.chain(loose, &mut crowd);
        let wanted = 2 * usize::from(row_count) + 8;
        let (earlier, _) = self
            .lane
            .going_on_at(self.gaps.real_from_shown(self.start_ms), wanted);
        let earlier = earlier
            .into_iter()
            .filter_map(|at| self.lane.get(at))
            .map(|event| Single {
                event,
                is_narrow: self.is_narrow(&event),
            });
        crowd.singles.extend(earlier);
        crowd.singles.sort_by_key(|single| {
            (
                single.event.start_ms,
                single.event.end_ms,
                single.event.item,
            )
        });
        crowd.clusters.sort_by_key(|group| group.first_ms);
        crowd.strips.sort_by_key(|group| group.first_ms);
        if !crowd.strips.is_empty() {
            crowd.peak = self.peak(&cells);
        }
        crowd
    }

    /// Few events: looks at each. Wide bars always stand on their own; narrow ones where a cell holds more than there are rows form groups.
    /// Returns the narrow ones that are left.
    fn few(&self, cells: &[usize], most: usize, crowd: &mut Crowd) -> Vec<(usize, Stored)> {
        let mut narrow_by_cell: Vec<Vec<(usize, Stored)>> = Vec::with_capacity(cells.len());
        for cell in cells.windows(2) {
            let mut narrow = Vec::new();
            for at in cell[0]..cell[1] {
                let Some(event) = self.lane.get(at) else {
                    continue;
                };
                if self.is_narrow(&event) {
                    narrow.push((at, event));
                } else {
                    crowd.singles.push(Single {
                        event,
                        is_narrow: false,
                    });
                }
            }
            narrow_by_cell.push(narrow);
        }
        let sizes: Vec<usize> = narrow_by_cell.iter().map(Vec::len).collect();
        let mut loose = Vec::new();
        let mut next = 0;
        for run in overfull_runs(&sizes, most) {
            loose.extend(narrow_by_cell[next..run.start].iter().flatten().copied());
            next = run.end;
            let members: Vec<(usize, Stored)> =
                narrow_by_cell[run].iter().flatten().copied().collect();
            self.add_listed(&members, crowd);
        }
        loose.extend(narrow_by_cell[next..].iter().flatten().copied());
        loose
    }

    /// Too many events to look at each: full cells become groups with all that starts in them, until no more than the budget is left.
    fn many(
        &self,
        cells: &[usize],
        most: usize,
        budget: usize,
        crowd: &mut Crowd,
    ) -> Vec<(usize, Stored)> {
        let sizes: Vec<usize> = cells.windows(2).map(|cell| cell[1] - cell[0]).collect();
        let left = |most: usize| -> usize { sizes.iter().filter(|&&size| size <= most).sum() };
        let most = (0..=most)
            .rev()
            .find(|&most| left(most) <= budget)
            .unwrap_or(0);
        let mut loose = Vec::new();
        let mut next = cells.first().copied().unwrap_or(0);
        let end = cells.last().copied().unwrap_or(0);
        let runs = overfull_runs(&sizes, most).into_iter();
        let groups = runs.map(|run| cells[run.start]..cells[run.end]);
        // An empty group at the end, for what follows the last.
        for group in groups.chain(std::iter::once(end..end)) {
            for at in next..group.start {
                let Some(event) = self.lane.get(at) else {
                    continue;
                };
                if self.is_narrow(&event) {
                    loose.push((at, event));
                } else {
                    crowd.singles.push(Single {
                        event,
                        is_narrow: false,
                    });
                }
            }
            next = group.end;
            if let (Some(top), Some(first), Some(last)) = (
                self.lane.heaviest(group.clone()),
                self.lane.get(group.start),
                self.lane.get(group.end.wrapping_sub(1)),
            ) {
                let group = Group {
                    first_ms: first.start_ms,
                    last_ms: last.start_ms,
                    count: group.len() as u32,
                    top,
                    members: Members::All(group),
                };
                self.add(group, crowd);
            }
        }
        loose
    }

    /// Narrow neighbors nearer than [`CLUSTER_GAP_PX`] become one.
    fn chain(&self, loose: Vec<(usize, Stored)>, crowd: &mut Crowd) {
        let px = |event: &Stored| self.px(event.start_ms);
        let near = |a: &(usize, Stored), b: &(usize, Stored)| px(&b.1) - px(&a.1) < CLUSTER_GAP_PX;
        for chain in loose.chunk_by(near) {
            match chain {
                [(_, event)] => crowd.singles.push(Single {
                    event: *event,
                    is_narrow: true,
                }),
                _ => self.add_listed(chain, crowd),
            }
        }
    }

    fn add_listed(&self, members: &[(usize, Stored)], crowd: &mut Crowd) {
        let (Some((_, first)), Some((_, last))) = (members.first(), members.last()) else {
            return;
        };
        let heaviest = members.iter().rev().max_by_key(|(_, event)| event.weight);
        let from = crowd.listed.len();
        crowd
            .listed
            .extend(members.iter().map(|&(at, _)| at as u32));
        let group = Group {
            first_ms: first.start_ms,
            last_ms: last.start_ms,
            count: members.len() as u32,
            top: heaviest.map_or(0, |&(at, _)| at),
            members: Members::Listed(from..crowd.listed.len()),
        };
        self.add(group, crowd);
    }

    fn add(&self, group: Group, crowd: &mut Crowd) {
        if group.count == 1 {
            crowd
                .singles
                .extend(self.lane.get(group.top).map(|event| Single {
                    event,
                    is_narrow: self.is_narrow(&event),
                }));
        } else if self.px(group.last_ms) - self.px(group.first_ms) <= CLUSTER_MAX_PX {
            crowd.clusters.push(group);
        } else {
            crowd.strips.push(group);
        }
    }

    /// About how many events overlap the fullest column.
    fn peak(&self, cells: &[usize]) -> u32 {
        /// A cell is several columns wide.
        const COLUMNS_PER_CELL: usize = 8;
        let cell = i128::from(cell_ms(self.ms_per_px));
        let peaks = cells.windows(2).zip(0_i128..).map(|(bounds, at)| {
            let edge = i128::from(self.start_ms) + at * cell;
            let edge = edge.min(i128::from(self.end_ms)) as i64;
            let over = self.lane.ended_by(self.gaps.real_from_shown(edge));
            let going_on = bounds[0].saturating_sub(over);
            going_on + (bounds[1] - bounds[0]).div_ceil(COLUMNS_PER_CELL)
        });
        peaks.max().unwrap_or(0) as u32
    }
}

/// Runs of cells that hold more than `most`; a cell between two such belongs to them unless it is empty.
fn overfull_runs(sizes: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, &size) in sizes.iter().enumerate() {
        if size <= most {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at || (run.end + 1 == at && sizes[run.end] > 0) => {
                run.end = at + 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}
