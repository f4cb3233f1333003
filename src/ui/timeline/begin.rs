//! Where the lanes begin: at the first that has an event in view. And that they stay in view when the pane gets lower.

use super::TimelineView;
use super::canvas::Canvas;
use crate::timeline::lanes::Slot;
use crate::timeline::{Axis, LaneKind};

/// What the lanes were scrolled for.
#[derive(Default)]
pub(super) struct Begin {
    /// The events, the leap of the view and the height of the lanes that were answered last.
    answered: Option<(u64, u64, u32)>,
    scroll_px: f32,
    /// How high the lanes were in the last frame.
    height_px: f32,
}

/// The lane of what was revealed last was seen whole, and the pane, or the window, has got lower: it is kept in view. Whether the
/// lanes were scrolled.
pub(super) fn keep_revealed(canvas: &Canvas<'_>, view: &mut TimelineView) -> bool {
    let height_px = canvas.plot.height();
    let before_px = std::mem::replace(&mut view.begin.height_px, height_px);
    let Some((_, entry)) = canvas.state.timeline.revealed else {
        return false;
    };
    if height_px >= before_px {
        return false;
    }
    let lane = canvas.data.index.locate(entry).map(|(lane, _)| lane);
    let node = lane.and_then(|lane| canvas.state.timeline.tree.shown_node(lane));
    let slot = (view.layout.slots().iter()).find(|slot| Some(slot.node) == node);
    let Some(slot) = slot else { return false };
    let (top_px, end_px) = (slot.top_px as f32, (slot.top_px + slot.height_px) as f32);
    let was_seen = top_px >= view.scroll_px && end_px <= view.scroll_px + before_px;
    let to_px = view.layout.scroll_to(slot.node, view.scroll_px, height_px);
    match to_px.filter(|&to_px| was_seen && to_px != view.scroll_px) {
        Some(to_px) => {
            view.scroll_px = to_px.max(0.0);
            true
        }
        None => false,
    }
}

/// A library opens at the time of one briefing, whose lanes may stand below all others: scrolls to the first lane with an event there.
/// Never once a hand, or a reveal, has scrolled them. `most_px` is how far they can be. Whether they were scrolled.
pub(super) fn scroll(canvas: &Canvas<'_>, view: &mut TimelineView, most_px: f32) -> bool {
    let timeline = &canvas.state.timeline;
    let height_px = canvas.plot.height();
    let key = (canvas.data.index.id(), timeline.leap, height_px as u32);
    // Fewer lanes, or a higher window, hold them back from where they were scrolled to.
    let left_at_px = view.begin.scroll_px.min(most_px);
    let is_untouched = (view.scroll_px - left_at_px).abs() < 0.5 && timeline.revealed.is_none();
    if view.begin.answered == Some(key) || !is_untouched {
        return false;
    }
    view.begin.answered = Some(key);
    let wanted = timeline.view(canvas.axis.view.width_px());
    let seen = Axis::new(wanted, canvas.axis.gaps).visible();
    let has_events = |slot: &Slot| {
        let lanes = match slot.kind {
            LaneKind::Heading => Vec::new(),
            LaneKind::Lane => slot.lane.into_iter().collect(),
            LaneKind::Collapsed => timeline.tree.lanes_within(slot.node),
        };
        let mut lanes = lanes
            .into_iter()
            .filter_map(|lane| canvas.data.index.lane(lane));
        lanes.any(|lane| lane.count_in(seen.start.0..seen.end.0) > 0)
    };
    let slots = view.layout.slots();
    let Some(first) = slots.iter().position(has_events) else {
        return false;
    };
    let to_px = (begins_at(slots, first, height_px.into()) as f32).min(most_px);
    let is_news = view.scroll_px != to_px;
    view.scroll_px = to_px;
    view.begin.scroll_px = to_px;
    is_news
}

/// How far to scroll so that a line is seen whole: not at all where it is, and else to its own top, with the headings above it where
/// there is room for them.
fn begins_at(slots: &[Slot], first: usize, height_px: f64) -> f64 {
    let Some(slot) = slots.get(first) else {
        return 0.0;
    };
    let end_px = slot.top_px + slot.height_px;
    if end_px <= height_px {
        return 0.0;
    }
    let above = slots.get(..first).unwrap_or_default().iter().rev();
    let headings = above.take_while(|slot| slot.kind == LaneKind::Heading);
    let tops = headings.map(|heading| heading.top_px);
    tops.take_while(|top_px| end_px - top_px <= height_px)
        .last()
        .unwrap_or(slot.top_px)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lane_with_an_event_is_seen_whole() {
        let slot = |kind, top_px: f64, height_px: f64| Slot {
            node: 0,
            lane: None,
            kind,
            depth: 0,
            row_count: 2,
            top_px,
            height_px,
        };
        let slots = [
            slot(LaneKind::Lane, 0.0, 54.0),
            slot(LaneKind::Heading, 54.0, 22.0),
            slot(LaneKind::Lane, 76.0, 54.0),
            slot(LaneKind::Lane, 130.0, 54.0),
        ];
        assert_eq!(begins_at(&slots, 0, 30.0), 0.0);
        assert_eq!(begins_at(&slots, 2, 200.0), 0.0, "it is in view");
        assert_eq!(begins_at(&slots, 2, 100.0), 54.0, "with its heading");
        assert_eq!(begins_at(&slots, 2, 60.0), 76.0, "too low for the heading");
        assert_eq!(begins_at(&slots, 3, 60.0), 130.0);
    }
}
