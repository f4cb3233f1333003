//! The whole span in one strip: how many events each column holds, and where the window is.

#![expect(
    clippy::indexing_slicing,
    reason = "windows of two have two; steps are counted by their own list"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts and columns; an event ends after it starts, so that its end has a moment before it"
)]

use super::index::Index;
use super::scale::Axis;
use crate::date::Instant;
use egui::emath::Rangef;
use std::ops::Range;

/// How many events of some lanes overlap each column of `column_px`, over the width of a view (as a rule one fitted to all events).
///
/// A lane costs the least of its events and the columns, so a thousand small lanes cost no more than one large one.
/// Worth keeping until index, lanes or width change.
pub fn density(index: &Index, lanes: &[u32], axis: &Axis<'_>, column_px: f64) -> Vec<u32> {
    let column_px = column_px.max(1.0);
    let count = (axis.view.width_px() / column_px).ceil().max(1.0) as usize;
    let edges: Vec<i64> = (0..=count)
        .map(|at| axis.instant_from_x(at as f64 * column_px).0)
        .collect();
    let mut columns = vec![0_u32; count];
    // For small lanes: what begins in a column, less what ended before it.
    let mut steps = vec![0_i64; count + 1];
    for lane in lanes.iter().filter_map(|&lane| index.lane(lane)) {
        if lane.len() > count {
            for (column, edge) in columns.iter_mut().zip(edges.windows(2)) {
                *column += lane.count_in(edge[0]..edge[1]) as u32;
            }
            continue;
        }
        let column_of = |ms: i64| edges.partition_point(|&edge| edge <= ms);
        for event in (0..lane.len()).filter_map(|at| lane.get(at)) {
            // Columns are numbered from 1 here; 0 is left of the strip.
            let first = column_of(event.start_ms);
            let last = column_of(event.end_ms - 1);
            if last >= 1 && first <= count {
                steps[first.max(1) - 1] += 1;
                if let Some(after) = steps.get_mut(last) {
                    *after -= 1;
                }
            }
        }
    }
    let mut running = 0;
    for (column, step) in columns.iter_mut().zip(steps) {
        running += step;
        *column += u32::try_from(running).unwrap_or(0);
    }
    columns
}

/// What lies within a range is not to fill the window when it is a moment: a moment is read by what is around it.
pub fn widened(range: Range<Instant>, least_ms: i64) -> Range<Instant> {
    let length_ms = range.end.0.saturating_sub(range.start.0);
    if length_ms >= least_ms {
        return range;
    }
    let spare_ms = least_ms.saturating_sub(length_ms) / 2;
    Instant(range.start.0.saturating_sub(spare_ms))..Instant(range.end.0.saturating_add(spare_ms))
}

/// Where the window stands on the minimap; at least `min_px` wide, so that it can be taken hold of.
pub fn window_box(minimap: &Axis<'_>, window: &Axis<'_>, min_px: f32) -> Rangef {
    let seen = window.visible();
    let width_px = minimap.view.width_px();
    let edge = |x: f64| x.clamp(0.0, width_px) as f32;
    let left = edge(minimap.x_from_instant(seen.start));
    let right = edge(minimap.x_from_instant(seen.end));
    let missing = (min_px - (right - left)).max(0.0);
    let left = (left - 0.5 * missing).clamp(0.0, (width_px as f32 - min_px).max(0.0));
    Rangef::new(left, right.max(left + min_px))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Entry, Gaps, Look, View};

    fn entry(start: i64, end: i64, lane: u32) -> Entry {
        Entry {
            start_ms: Some(start),
            end_ms: Some(end),
            lane,
            weight: 0,
            look: Look::default(),
        }
    }

    #[test]
    fn small_and_large_lanes_count_alike() {
        // One lane with few events, one with more than there are columns.
        let mut entries = vec![
            entry(0, 10_000, 0),
            entry(2_500, 2_600, 0),
            entry(-50, -10, 0),
        ];
        entries.extend((0..40).map(|at| entry(at * 250, at * 250 + 300, 1)));
        let index = Index::build(&entries, 2);
        let gaps = Gaps::NONE;
        let axis = Axis::new(View::new(0..10_000, 10.0), &gaps);
        for lanes in [&[0][..], &[1], &[0, 1]] {
            let edges: Vec<i64> = (0..=10)
                .map(|x| axis.instant_from_x(f64::from(x)).0)
                .collect();
            let expected: Vec<u32> = edges
                .windows(2)
                .map(|edge| {
                    let overlaps = |entry: &&Entry| {
                        lanes.contains(&entry.lane)
                            && entry.start_ms < Some(edge[1])
                            && entry.end_ms > Some(edge[0])
                    };
                    entries.iter().filter(overlaps).count() as u32
                })
                .collect();
            assert_eq!(density(&index, lanes, &axis, 1.0), expected, "{lanes:?}");
        }
    }

    #[test]
    fn the_box_can_always_be_taken_hold_of() {
        let gaps = Gaps::NONE;
        let whole = Axis::new(View::new(0..1_000_000_000, 100.0), &gaps);
        let seen = |range| Axis::new(View::new(range, 100.0), &gaps);
        let at = |range| window_box(&whole, &seen(range), 8.0);
        let middle = at(500_000_000..500_001_000);
        assert!((middle.center() - 50.0).abs() < 0.1 && (middle.span() - 8.0).abs() < 0.1);
        assert_eq!(at(999_999_000..1_000_000_000).max, 100.0);
        assert_eq!(at(0..1_000).min, 0.0);
        assert!(at(0..500_000_000).span() > 49.9);
    }
}
