//! Where the reader stands in the document, and how a jump gets there.
//!
//! Heights above the reader change as they turn from guesses into measures. So the reader's place is a leaf and a
//! distance from its top, and the offset of the scroll area follows from it, never the other way round.

use super::heights::Heights;
use crate::ui::theme::motion;

/// How long a passage stays lit after a jump, the jump included.
const FLASH_S: f64 = 0.7;

/// A place in the document: so far below the top of a leaf.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Position {
    pub(super) leaf: usize,
    pub(super) below_px: f64,
}

/// A jump on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Motion {
    /// What is to be a third down the pane.
    goal: Position,
    /// How far off the goal the pane was when it set out.
    distance_px: f64,
    started_s: f64,
}

#[derive(Debug, Default)]
pub(super) struct Scroll {
    /// The top of the pane.
    pub(super) place: Position,
    /// The scroll area must be told the offset, because it is not what the area believes.
    forced: bool,
    motion: Option<Motion>,
    lit_since_s: Option<f64>,
}

impl Scroll {
    pub(super) fn at(place: Position) -> Self {
        Self {
            place,
            forced: true,
            ..Self::default()
        }
    }

    /// Sets out for a place. Without motion it is there at once.
    pub(super) fn jump(
        &mut self,
        goal: Position,
        heights: &mut Heights,
        pane_px: f64,
        now_s: f64,
        animated: bool,
    ) {
        let target_px = offset_for(goal, heights, pane_px);
        let from_px = heights.top_px(self.place.leaf) + self.place.below_px;
        // Farther than a screen there is nothing to recognize on the way; the last screen shows the direction.
        let distance_px = (from_px - target_px).clamp(-pane_px, pane_px);
        self.lit_since_s = Some(now_s);
        self.motion = Some(Motion {
            goal,
            distance_px: if animated { distance_px } else { 0.0 },
            started_s: if animated {
                now_s
            } else {
                now_s - motion::LEAP_S
            },
        });
    }

    /// The offset that the scroll area must take in this frame; `None` leaves it to the area.
    pub(super) fn offset_px(
        &mut self,
        heights: &mut Heights,
        pane_px: f64,
        now_s: f64,
    ) -> Option<f64> {
        if let Some(jump) = self.motion {
            let left = 1.0 - motion::eased((now_s - jump.started_s) / motion::LEAP_S);
            let target_px = offset_for(jump.goal, heights, pane_px);
            return Some((target_px + jump.distance_px * left).max(0.0));
        }
        std::mem::take(&mut self.forced)
            .then(|| (heights.top_px(self.place.leaf) + self.place.below_px).max(0.0))
    }

    /// The leaf that must not move on the screen while others are measured.
    pub(super) fn anchor(&self) -> usize {
        self.motion.map_or(self.place.leaf, |jump| jump.goal.leaf)
    }

    /// The frame is done: the top of the pane is `top_px` from the top of the document. `moved` says that this is
    /// not what the scroll area believes.
    pub(super) fn settle(&mut self, heights: &mut Heights, top_px: f64, moved: bool, now_s: f64) {
        let leaf = heights.leaf_at(top_px);
        self.place = Position {
            leaf,
            below_px: top_px - heights.top_px(leaf),
        };
        self.forced |= moved;
        // The goal was measured in the frame before, so one frame at the goal is enough.
        if self
            .motion
            .is_some_and(|jump| now_s - jump.started_s >= motion::LEAP_S)
            && !moved
        {
            self.motion = None;
            self.forced = true;
        }
    }

    /// The reader has moved the pane by wheel, bar or key: that ends a jump, and counts for the next frame.
    pub(super) fn moved_by_hand(&mut self, by_px: f64) {
        if self.motion.take().is_some() {
            self.forced = true;
        }
        if self.forced {
            self.place.below_px += by_px;
        }
    }

    /// Moves the pane at the next frame.
    pub(super) fn scroll_by(&mut self, by_px: f64) {
        self.motion = None;
        self.forced = true;
        self.place.below_px += by_px;
    }

    pub(super) fn is_moving(&self) -> bool {
        self.motion.is_some()
    }

    /// How strongly the passage of the last jump is lit, from 1 to 0; `None` when it is no more.
    pub(super) fn light(&mut self, now_s: f64) -> Option<f32> {
        let age = (now_s - self.lit_since_s?) / FLASH_S;
        if age >= 1.0 {
            self.lit_since_s = None;
            return None;
        }
        // Whole at first, then fading; `age` is between 0 and 1.
        Some((2.0 * (1.0 - age)).min(1.0) as f32)
    }
}

fn offset_for(goal: Position, heights: &mut Heights, pane_px: f64) -> f64 {
    let goal_px = heights.top_px(goal.leaf) + goal.below_px - pane_px / 3.0;
    goal_px.clamp(0.0, (heights.total_px() - pane_px).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_ends_with_its_goal_a_third_down_and_within_200_ms() {
        let mut heights = Heights::estimated(vec![100.0; 100]);
        let mut scroll = Scroll::default();
        let goal = Position {
            leaf: 50,
            below_px: 20.0,
        };
        scroll.jump(goal, &mut heights, 300.0, 10.0, true);
        let first = scroll.offset_px(&mut heights, 300.0, 10.0);
        assert_eq!(first, Some(5020.0 - 100.0 - 300.0), "at most a screen away");
        let last = scroll.offset_px(&mut heights, 300.0, 10.2);
        assert_eq!(last, Some(4920.0));
        scroll.settle(&mut heights, 4920.0, false, 10.2);
        assert!(!scroll.is_moving());
        assert_eq!(
            scroll.place,
            Position {
                leaf: 49,
                below_px: 20.0
            }
        );
    }

    #[test]
    fn a_jump_keeps_its_goal_when_heights_above_it_change() {
        let mut heights = Heights::estimated(vec![100.0; 100]);
        let mut scroll = Scroll::default();
        let goal = Position {
            leaf: 50,
            below_px: 0.0,
        };
        scroll.jump(goal, &mut heights, 300.0, 0.0, false);
        assert_eq!(scroll.offset_px(&mut heights, 300.0, 0.0), Some(4900.0));
        heights.measure(48, 180.0);
        assert_eq!(scroll.offset_px(&mut heights, 300.0, 0.0), Some(4980.0));
    }

    #[test]
    fn a_passage_is_lit_for_less_than_a_second() {
        let mut heights = Heights::estimated(vec![100.0; 3]);
        let mut scroll = Scroll::default();
        assert_eq!(scroll.light(0.0), None);
        scroll.jump(Position::default(), &mut heights, 300.0, 1.0, true);
        assert_eq!(scroll.light(1.0), Some(1.0));
        assert!(scroll.light(1.6).is_some_and(|light| light < 0.5));
        assert_eq!(scroll.light(2.0), None);
    }
}
