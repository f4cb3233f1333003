//! Rows that are computed beside the window: those of marks when the zoom steps, and how many each of thousands of lanes wants.

use super::{MAX_INLINE_EVENTS, TimelineData, TimelineState};
use crate::state::Effect;
use crate::timeline::{DueRows, LaneRows, PlacedRows};
use std::sync::Arc;

/// All that is needed to place marks, owned, so that it can be done on another thread.
#[derive(Clone, Debug)]
pub struct RowsBuild {
    due: Arc<DueRows>,
    data: Arc<TimelineData>,
}

impl RowsBuild {
    /// Places the marks. `title_px` measures a title as it is drawn.
    pub fn run(&self, title_px: &mut dyn FnMut(&str) -> f32) -> PlacedRows {
        self.due.place(&self.data.index, &mut |entry| {
            title_px(self.data.title_of(entry).unwrap_or_default())
        })
    }
}

impl TimelineState {
    /// Whether these marks are being placed.
    pub fn is_placing(&self, due: &DueRows) -> bool {
        let placing = self.placing.as_ref();
        placing.is_some_and(|(_, placing)| placing.is_same(due))
    }

    /// Asks for what the window has no time for. The latest question counts: answers to earlier ones are passed over.
    pub(super) fn place_rows(&mut self, due: Arc<DueRows>, effects: &mut Vec<Effect>) {
        if self.is_placing(&due) || !due.is_of(&self.data.index) {
            return;
        }
        self.serial += 1;
        self.placing = Some((self.serial, due));
        effects.push(Effect::PlaceRows(self.serial));
    }

    /// What [`Effect::PlaceRows`] is to run; `None` when nobody waits for it any more.
    pub fn rows_build(&self, number: u64) -> Option<RowsBuild> {
        let (_, due) = self.placing.as_ref().filter(|(of, _)| *of == number)?;
        Some(RowsBuild {
            due: Arc::clone(due),
            data: Arc::clone(&self.data),
        })
    }

    pub(super) fn take_placed(&mut self, number: u64, placed: Arc<PlacedRows>) {
        if self.placing.take_if(|(of, _)| *of == number).is_some() {
            self.placed = Some(placed);
        }
    }

    /// Other events: what was placed was of the ones before, and their rows came with them.
    pub(super) fn new_rows(&mut self, effects: &mut Vec<Effect>) {
        self.placed = None;
        self.placing = None;
        self.is_sizing = false;
        self.rows = Arc::clone(&self.data.rows);
        self.size_lanes(effects);
    }

    /// Finds how many rows the lanes want at the width of the window: at once, or beside it when there are many events to look at.
    pub(super) fn size_lanes(&mut self, effects: &mut Vec<Effect>) {
        let index = &self.data.index;
        if self.is_sizing || (self.rows.is_of(index) && self.rows.width_px() == self.width_px) {
            return;
        }
        if LaneRows::work(index) <= MAX_INLINE_EVENTS {
            self.rows = Arc::new(LaneRows::of(index, self.width_px));
        } else {
            self.is_sizing = true;
            effects.push(Effect::SizeLanes(self.width_px));
        }
    }

    /// While a window is drawn larger, the answer may be of a width that it no longer has: it is nearer than what was there.
    pub(super) fn take_rows(&mut self, rows: Arc<LaneRows>, effects: &mut Vec<Effect>) {
        if rows.is_of(&self.data.index) {
            self.is_sizing = false;
            self.rows = rows;
            self.size_lanes(effects);
        }
    }
}
