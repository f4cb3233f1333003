//! What holds of every frame: counts add up, and nothing overlaps.

use super::*;
use proptest::prelude::*;

/// What must hold of any frame.
fn check(stage: &Stage, frame: &Frame) -> Result<(), TestCaseError> {
    let axis = Axis::new(stage.view, &stage.gaps);
    let seen = axis.visible();
    let counts = frame.counts;
    prop_assert_eq!(
        counts.in_view,
        counts.placed + counts.clustered + counts.in_density + counts.hidden
    );
    let shown = stage.tree.shown_lanes();
    let in_view = |lane: &&u32| {
        let lane = stage.index.lane(**lane).unwrap();
        (0..lane.len())
            .filter_map(|at| lane.get(at))
            .filter(|event| event.start_ms < seen.end.0 && event.end_ms > seen.start.0)
            .count()
    };
    let expected: usize = shown.iter().map(|lane| in_view(&lane)).sum();
    prop_assert_eq!(counts.in_view as usize, expected);
    let mut items: Vec<u32> = frame.marks.iter().map(|mark| mark.item).collect();
    items.sort_unstable();
    items.dedup();
    prop_assert_eq!(items.len(), frame.marks.len(), "an event drawn twice");

    // A title stands inside its bar or beside it, never half on it, and ends before the window does.
    for mark in &frame.marks {
        let Some(label) = mark.label else { continue };
        let end_px = label.x + label.width_px;
        let stands_inside = label.x >= mark.rect.left() && end_px <= mark.rect.right() + 0.1;
        let stands_beside = label.x >= mark.rect.right();
        prop_assert!(stands_inside || stands_beside, "{:?}", mark);
        prop_assert!(end_px <= WIDTH_PX as f32 + 0.1, "{:?}", mark);
    }

    for (lane, number) in frame.lanes.iter().zip(0_u32..) {
        let lane_counts = lane.counts;
        prop_assert_eq!(
            lane_counts.in_view,
            lane_counts.placed
                + lane_counts.clustered
                + lane_counts.in_density
                + lane_counts.hidden
        );
        for row in 0..lane.row_count {
            // Left and right of marks and titles on this row.
            let marks = frame
                .marks
                .iter()
                .filter(|mark| mark.lane == number && mark.row == row);
            let clusters = frame
                .clusters
                .iter()
                .filter(|cluster| cluster.lane == number && cluster.row == row);
            let mut taken: Vec<(f32, f32)> = marks
                .map(|mark| (mark.rect, mark.label))
                .chain(clusters.map(|cluster| (cluster.rect, cluster.label)))
                .map(|(rect, label)| {
                    (
                        rect.min.x,
                        label.map_or(rect.max.x, |label| rect.max.x.max(label.x + label.width_px)),
                    )
                })
                .collect();
            taken.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in taken.windows(2) {
                // Held to a little outside the window, far ends may meet.
                let is_inside = pair[1].0 > -100.0 && pair[0].1 < WIDTH_PX as f32 + 100.0;
                prop_assert!(!is_inside || pair[0].1 <= pair[1].0 + 0.1, "{:?}", pair);
            }
        }
        let density = &frame.density[lane.density.start as usize..lane.density.end as usize];
        prop_assert!(density.len() <= WIDTH_PX as usize + 2);
        prop_assert!(
            density
                .windows(2)
                .all(|pair| pair[0].x.max <= pair[1].x.min)
        );
        prop_assert!(
            density
                .iter()
                .all(|column| column.level > 0.0 && column.level <= 1.0)
        );
    }
    Ok(())
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let forms = prop_oneof![
        Just(crate::date::Form::Single),
        Just(crate::date::Form::Range),
        Just(crate::date::Form::OpenEnd),
        Just(crate::date::Form::OpenStart),
        Just(crate::date::Form::UnknownEnd),
        Just(crate::date::Form::Before),
    ];
    let bound = || prop::option::weighted(0.9, 0_i64..100_000);
    let entry = (
        bound(),
        prop_oneof![Just(1), 1_i64..50_000],
        0_u32..3,
        0_u16..4,
        forms,
    )
        .prop_map(|(start_ms, length, lane, weight, form)| Entry {
            start_ms,
            end_ms: start_ms.map_or(Some(length), |start| {
                (length % 7 > 0).then_some(start + length)
            }),
            lane,
            weight,
            look: Look {
                form,
                ..Look::default()
            },
        });
    prop_oneof![
        prop::collection::vec(entry.clone(), 0..60),
        prop::collection::vec(entry, 400..2_500)
    ]
}

/// The frame once all lanes have caught up with the zoom.
fn settled(stage: &mut Stage, layout: &mut Layout) -> Frame {
    for _ in 0..20 {
        let frame = stage.frame(layout);
        if frame.due.is_none() {
            return frame;
        }
        stage.placed = stage.place(&frame);
    }
    panic!("the lanes never catch up");
}

fn check_settled(stage: &mut Stage, layout: &mut Layout) -> Result<(), TestCaseError> {
    let frame = settled(stage, layout);
    check(stage, &frame)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn frames_hold_what_they_promise(
        entries in entries(),
        steps in prop::collection::vec((-700.0..700.0_f64, 0.0..800.0_f64, 0.4..2.5_f64), 1..8),
        height_px in 60.0..500.0_f32,
        with_gaps in any::<bool>(),
    ) {
        let mut stage = Stage::new(&entries, &["A/B", "A", "C"]);
        stage.height_px = height_px;
        if with_gaps {
            stage.gaps = Gaps::collapse([20_000..50_000, 60_000..61_000], 500);
        }
        let mut layout = Layout::new();
        check_settled(&mut stage, &mut layout)?;
        for (pan, x, zoom) in steps {
            stage.view = stage.view.pan(pan);
            check_settled(&mut stage, &mut layout)?;
            stage.view = stage.view.zoom_at(x, zoom).keep_near(0..100_000);
            check_settled(&mut stage, &mut layout)?;
        }
        stage.tree.set_collapsed(0, true);
        check_settled(&mut stage, &mut layout)?;
    }
}
