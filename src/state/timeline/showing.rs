//! Bringing something into view: by a command, or because it was chosen elsewhere.

use super::TimelineState;
use super::views::{self, Target};
use crate::command::Command;
use crate::date::{Instant, MS_PER_DAY};
use crate::model::Item;
use crate::timeline::View;
use std::ops::Range;

impl TimelineState {
    pub(super) fn run(&mut self, command: Command) {
        const ZOOM_STEP: f64 = 2.0;
        const PAN_SHARE: f64 = 0.2;
        let view = self.view(self.width_px);
        let middle_px = 0.5 * self.width_px;
        let stepped = match command {
            Command::ZoomIn => view.zoom_at(middle_px, ZOOM_STEP),
            Command::ZoomOut => view.zoom_at(middle_px, 1.0 / ZOOM_STEP),
            Command::PanLeft => view.pan(-PAN_SHARE * self.width_px),
            Command::PanRight => view.pan(PAN_SHARE * self.width_px),
            Command::FitAll => return self.leap_to(Target::All),
            Command::ZoomToRange => {
                if let Some(range) = self.range.clone() {
                    self.leap_to(Target::Span(range));
                }
                return;
            }
            Command::ZoomBack => {
                self.leap += u64::from(self.history.go_back());
                return;
            }
            _ => return,
        };
        self.leap += 1;
        self.history
            .step_to(Target::At(views::near_data(&self.data, stepped)));
    }

    pub(super) fn leap_to(&mut self, target: Target) {
        self.leap += 1;
        self.history.leap_to(target);
    }

    /// From the first to the last moment of some events, of those that are drawn.
    pub(super) fn span_of(&self, items: &[Item]) -> Option<Range<Instant>> {
        let bounds = items
            .iter()
            .filter_map(|&item| self.data.drawn_entry(item))
            .filter_map(|entry| self.data.index.get(entry))
            .map(|event| match (event.start_ms, event.end_ms) {
                // Of an event without end (or beginning), what is known of it.
                (start, i64::MAX) => (start, start.saturating_add(1)),
                (i64::MIN, end) => (end.saturating_sub(1), end),
                both => both,
            });
        let span = bounds.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        Some(Instant(span.0)..Instant(span.1))
    }

    pub(super) fn reveal(&mut self, items: &[Item]) {
        let events: Vec<Item> = items
            .iter()
            .copied()
            .filter(|&item| self.data.drawn_entry(item).is_some())
            .collect();
        let Some(first) = events.first().and_then(|&item| self.data.drawn_entry(item)) else {
            return;
        };
        self.serial += 1;
        self.revealed = Some((self.serial, first));
        let view = self.view(self.width_px);
        let seen = views::seen(&self.data, view);
        let is_seen = events
            .iter()
            .filter_map(|&item| self.span_of(&[item]))
            .any(|span| span.start < seen.end && span.end > seen.start);
        if is_seen {
            return;
        }
        if let Some(span) = events.first().and_then(|&item| self.span_of(&[item])) {
            self.leap += 1;
            let centered = views::centered(&self.data, view, &span);
            self.history.step_to(Target::At(centered));
        }
    }

    /// Shows an event in the middle, with others at both sides, so that its place among them can be seen. Later calls in
    /// a row are one stop on the way back.
    pub(in crate::state) fn show_among(&mut self, event: Item, neighbours: &[Item]) {
        // An event that is so much longer than the stretch around it is shown from its beginning only.
        const LONGEST_SHARE: i64 = 4;
        let Some(own) = self.span_of(&[event]) else {
            return;
        };
        let distances = neighbours.iter().filter_map(|&item| self.span_of(&[item]));
        let furthest_ms = distances
            .map(|span| span.start.0.saturating_sub(own.start.0).saturating_abs())
            .max()
            .unwrap_or(0)
            .max(MS_PER_DAY);
        let own_ms = own.end.0.saturating_sub(own.start.0);
        let after_ms = if own_ms <= furthest_ms.saturating_mul(LONGEST_SHARE) {
            furthest_ms.max(own_ms)
        } else {
            furthest_ms
        };
        let start = Instant(own.start.0.saturating_sub(furthest_ms));
        let end = Instant(own.start.0.saturating_add(after_ms));
        let target = Target::Span(start..end);
        if *self.history.target() != target {
            self.leap += 1;
            self.history.step_to(target);
        }
    }

    pub(super) fn center_then_fit(&mut self, items: &[Item]) {
        let Some(span) = self.span_of(items) else {
            return;
        };
        let view = self.view(self.width_px);
        let centered = views::centered(&self.data, view, &span);
        let left = |view: View| view.x_from_ms(centered.visible_ms().start);
        if left(view).abs() < 1.0 {
            self.leap_to(Target::Span(span));
        } else {
            self.leap_to(Target::At(centered));
        }
    }
}
