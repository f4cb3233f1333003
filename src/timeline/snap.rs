//! Snapping to the edges of events.

use super::index::{Index, Lane};
use super::scale::Axis;
use crate::date::Instant;

/// How near an edge must be.
pub const SNAP_PX: f64 = 12.0;

/// The nearest start or end of an event within `reach_px` of a position, if there is one; of two equally near, the earlier.
///
/// Two searches a lane, however many events it holds.
pub fn snap(
    index: &Index,
    lanes: &[u32],
    axis: &Axis<'_>,
    x: f64,
    reach_px: f64,
) -> Option<Instant> {
    let at = axis.instant_from_x(x).0;
    let near = |times: &[i64]| {
        let next = times.partition_point(|&ms| ms < at);
        let around = next.checked_sub(1).into_iter().chain([next]);
        around
            .filter_map(|near| times.get(near).copied())
            .filter(|&ms| ms != i64::MIN && ms != i64::MAX)
            .collect::<Vec<i64>>()
    };
    let edges = |lane: &Lane| [near(lane.starts()), near(lane.sorted_ends())].concat();
    lanes
        .iter()
        .filter_map(|&lane| index.lane(lane))
        .flat_map(edges)
        .map(|ms| ((axis.x_from_ms(ms) - x).abs(), ms))
        .filter(|&(distance_px, _)| distance_px <= reach_px)
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, ms)| Instant(ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Entry, Gaps, Look, View};

    #[test]
    fn snaps_to_starts_and_ends_within_reach() {
        let entry = |start: i64, end: i64, lane: u32| Entry {
            start_ms: Some(start),
            end_ms: Some(end),
            lane,
            weight: 0,
            look: Look::default(),
        };
        let entries = [entry(10_000, 50_000, 0), entry(52_000, 90_000, 1)];
        let index = Index::build(&entries, 2);
        let gaps = Gaps::NONE;
        // 100 ms a pixel.
        let axis = Axis::new(View::new(0..100_000, 1_000.0), &gaps);
        let cases = [
            (105.0, &[0, 1][..], Some(10_000)),
            (95.0, &[0, 1], Some(10_000)),
            (113.0, &[0, 1], None),
            (509.0, &[0, 1], Some(50_000)),
            (511.0, &[0, 1], Some(52_000)),
            (509.0, &[1], Some(52_000)),
            (505.0, &[], None),
        ];
        for (x, lanes, expected) in cases {
            let found = snap(&index, lanes, &axis, x, SNAP_PX);
            assert_eq!(found, expected.map(Instant), "{x} {lanes:?}");
        }
    }
}
