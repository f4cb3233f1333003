//! Which row each mark stands on, and how much of its title fits.
//!
//! First fit on bar ∪ title ∪ halo. Marks that were shown before come first and keep their row, then the
//! most important; a title never takes so much that a later mark finds no row, and what is left free in
//! the end goes to titles. Half-open bars that touch share a row.

#![expect(
    clippy::indexing_slicing,
    reason = "wishes, places and rows are numbered by their own lists, which grow together"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places in the lists of wishes and rows"
)]

use std::cmp::Reverse;

/// Two edges nearer than this are the same edge.
const TOUCH_PX: f64 = 1.0e-3;

/// How many later marks are looked at to see how much room a title may claim.
const LOOK_AHEAD: usize = 64;

/// A mark that wants a place. Pixels from the start of the window that is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    /// The mark with its halo.
    pub left_px: f64,
    pub right_px: f64,
    /// Where its title would begin: beside the mark, or inside a bar.
    pub label_left_px: f64,
    /// A title that begins here or before must end here: a density strip follows. Infinite without one.
    pub label_stop_px: f64,
    /// Placed before all that are less; of equals, the earlier.
    pub rank: u32,
    /// The place it had.
    pub before: Option<Before>,
}

/// The place a mark had in the layout before this one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    pub row: u16,
    pub label_px: f64,
    /// It was at this very zoom: it must not move now.
    pub is_fixed: bool,
}

/// A place found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub row: u16,
    /// Room for the title; 0 when it is not shown.
    pub label_px: f64,
}

/// Room that titles want.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelRules {
    /// Free space after a title.
    pub gap_px: f64,
    pub min_px: f64,
    pub max_px: f64,
}

/// A taken part of a row.
#[derive(Clone, Copy)]
struct Taken {
    left_px: f64,
    /// End of the mark alone.
    right_px: f64,
    /// End of mark and title, with the space after it.
    claim_px: f64,
    wish: usize,
}

/// Finds a place for each wish; `None` where no row is left.
///
/// `wishes` are by rising `left_px`. `measure` gives the full width of a wish's title, and is asked only where a title may be shown.
/// The work is bounded by the number of wishes times rows, whatever they are.
pub(super) fn fit(
    wishes: &[Wish],
    row_count: u16,
    rules: LabelRules,
    measure: &mut dyn FnMut(usize) -> f64,
) -> Vec<Option<Place>> {
    let mut fitting = Fitting {
        wishes,
        rules,
        rows: vec![Vec::new(); usize::from(row_count)],
        places: vec![None; wishes.len()],
        wanted: vec![None; wishes.len()],
    };
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|&at| (Reverse((wishes[at].before.is_some(), wishes[at].rank)), at));
    for at in order {
        fitting.place(at, measure);
    }
    fitting.give_what_is_left(measure);
    fitting.places
}

struct Fitting<'a> {
    wishes: &'a [Wish],
    rules: LabelRules,
    rows: Vec<Vec<Taken>>,
    places: Vec<Option<Place>>,
    /// Measured widths of titles.
    wanted: Vec<Option<f64>>,
}

impl Fitting<'_> {
    fn place(&mut self, at: usize, measure: &mut dyn FnMut(usize) -> f64) {
        // What was shown keeps its row, with its title cut if need be: a jump would be worse.
        if let Some(before) = self.wishes[at].before
            && usize::from(before.row) < self.rows.len()
            && let Some((slot, room)) = self.room_on(before.row.into(), at)
        {
            let claim = match before.label_px > 0.0 {
                true => self.wanted_px(at, measure).min(before.label_px),
                false => 0.0,
            };
            if before.is_fixed || room >= claim.min(self.rules.min_px) {
                self.take(before.row.into(), slot, at, claim.min(room));
                return;
            }
        }
        let fair = self.fair_label_px(at);
        let claim = if fair >= self.rules.min_px {
            self.wanted_px(at, measure).min(fair)
        } else {
            0.0
        };
        let mut best: Option<(f64, usize, usize)> = None;
        for row in 0..self.rows.len() {
            if let Some((slot, room)) = self.room_on(row, at) {
                if room >= claim {
                    self.take(row, slot, at, claim);
                    return;
                }
                if best.is_none_or(|(most, ..)| room > most) {
                    best = Some((room, row, slot));
                }
            }
        }
        match best {
            Some((room, row, slot)) => self.take(row, slot, at, claim.min(room)),
            None => self.squeeze(at),
        }
    }

    /// How much a title may claim so that as many of the following marks as there are rows still find one:
    /// up to the mark that would need this row again. Less important marks do not count.
    fn fair_label_px(&self, at: usize) -> f64 {
        let wish = self.wishes[at];
        let most = self
            .rules
            .max_px
            .min(wish.label_stop_px - wish.label_left_px);
        let later = self.wishes[at + 1..].iter().take(LOOK_AHEAD);
        let within = later.take_while(|other| other.left_px < wish.label_left_px + most);
        let mut as_important = within.filter(|other| other.rank >= wish.rank);
        match as_important.nth(self.rows.len().saturating_sub(1)) {
            Some(other) => most.min(other.left_px - self.rules.gap_px - wish.label_left_px),
            None => most,
        }
        // Inside its own bar a title takes nothing from anyone.
        .max((wish.right_px - wish.label_left_px).min(self.rules.max_px))
    }

    fn wanted_px(&mut self, at: usize, measure: &mut dyn FnMut(usize) -> f64) -> f64 {
        let wanted = *self.wanted[at].get_or_insert_with(|| measure(at));
        if wanted.is_finite() {
            wanted.clamp(0.0, self.rules.max_px)
        } else {
            self.rules.max_px
        }
    }

    /// Where on a row the mark would stand, and the room for its title there; `None` when the mark itself does not fit.
    fn room_on(&self, row: usize, at: usize) -> Option<(usize, f64)> {
        let (row, wish) = (&self.rows[row], &self.wishes[at]);
        let slot = row.partition_point(|taken| taken.left_px <= wish.left_px);
        let before = slot.checked_sub(1).map(|before| row[before].claim_px);
        if before.is_some_and(|claim_px| claim_px > wish.left_px + TOUCH_PX) {
            return None;
        }
        Some((slot, self.room_before(row.get(slot), wish)?))
    }

    /// The room for a title up to the mark that follows on the row; `None` when that one is in the way of the mark.
    fn room_before(&self, next: Option<&Taken>, wish: &Wish) -> Option<f64> {
        let stop_px = wish.label_stop_px.max(wish.right_px);
        let end_px = match next {
            Some(next) if wish.right_px > next.left_px + TOUCH_PX => return None,
            Some(next) => stop_px.min((next.left_px - self.rules.gap_px).max(wish.right_px)),
            None => stop_px,
        };
        Some((end_px - wish.label_left_px).max(0.0))
    }

    fn take(&mut self, row: usize, slot: usize, at: usize, label_px: f64) {
        let wish = &self.wishes[at];
        let label_px = self.shown_px(at, label_px);
        let taken = Taken {
            left_px: wish.left_px,
            right_px: wish.right_px,
            claim_px: self.claim_px(wish, label_px),
            wish: at,
        };
        self.rows[row].insert(slot, taken);
        self.places[at] = Some(Place {
            row: row as u16,
            label_px,
        });
    }

    /// A title cut to less than the least is not shown; a short one that fits whole is.
    fn shown_px(&self, at: usize, label_px: f64) -> f64 {
        let least = self.wanted[at].map_or(self.rules.min_px, |px| px.min(self.rules.min_px));
        if label_px + TOUCH_PX >= least && label_px > 0.0 {
            label_px
        } else {
            0.0
        }
    }

    fn claim_px(&self, wish: &Wish, label_px: f64) -> f64 {
        let label_right_px = wish.label_left_px + label_px;
        if label_px > 0.0 && label_right_px > wish.right_px {
            label_right_px + self.rules.gap_px
        } else {
            wish.right_px
        }
    }

    /// No row is free: shortens the title that can best spare it. One that is more important keeps its least width.
    fn squeeze(&mut self, at: usize) {
        let wish = self.wishes[at];
        let mut best: Option<(f64, usize, usize)> = None;
        for (number, row) in self.rows.iter().enumerate() {
            let slot = row.partition_point(|taken| taken.left_px <= wish.left_px);
            let Some(before) = slot.checked_sub(1).map(|before| row[before]) else {
                continue;
            };
            let other = &self.wishes[before.wish];
            let spare_px = wish.left_px - self.rules.gap_px - other.label_left_px;
            let is_fixed = other.before.is_some_and(|before| before.is_fixed);
            let may_vanish = other.rank <= wish.rank && !is_fixed;
            if before.right_px <= wish.left_px + TOUCH_PX
                && before.left_px + TOUCH_PX < wish.left_px
                && (may_vanish || spare_px >= self.rules.min_px)
                && self.room_before(row.get(slot), &wish).is_some()
                && best.is_none_or(|(most, ..)| spare_px > most)
            {
                best = Some((spare_px, number, slot));
            }
        }
        let Some((spare_px, row, slot)) = best else {
            return;
        };
        let other = self.rows[row][slot - 1].wish;
        let label_px = self.shown_px(other, spare_px);
        if let Some(place) = &mut self.places[other] {
            place.label_px = label_px;
        }
        self.rows[row][slot - 1].claim_px = self.claim_px(&self.wishes[other], label_px);
        self.take(row, slot, at, 0.0);
    }

    /// Free space on the rows goes to titles that were cut or left out.
    fn give_what_is_left(&mut self, measure: &mut dyn FnMut(usize) -> f64) {
        for row in 0..self.rows.len() {
            for slot in 0..self.rows[row].len() {
                let at = self.rows[row][slot].wish;
                let wish = self.wishes[at];
                let next = self.rows[row].get(slot + 1);
                let Some(room) = self.room_before(next, &wish) else {
                    continue;
                };
                let has = self.places[at].map_or(0.0, |place| place.label_px);
                let is_whole = self.wanted[at].is_some_and(|wanted| has >= wanted);
                if is_whole || room <= has || (has == 0.0 && room < self.rules.min_px.min(20.0)) {
                    continue;
                }
                let wanted = self.wanted_px(at, measure);
                let label_px = self.shown_px(at, wanted.min(room));
                if let Some(place) = &mut self.places[at] {
                    place.label_px = label_px;
                }
                self.rows[row][slot].claim_px = self.claim_px(&wish, label_px);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULES: LabelRules = LabelRules {
        gap_px: 5.0,
        min_px: 50.0,
        max_px: 300.0,
    };

    fn point(x: f64) -> Wish {
        Wish {
            left_px: x - 6.0,
            right_px: x + 6.0,
            label_left_px: x + 11.0,
            label_stop_px: f64::INFINITY,
            rank: 1,
            before: None,
        }
    }

    fn bar(left_px: f64, right_px: f64) -> Wish {
        Wish {
            left_px,
            right_px,
            label_left_px: left_px + 5.0,
            ..point(0.0)
        }
    }

    fn rows(wishes: &[Wish], row_count: u16, label_px: f64) -> Vec<Option<(u16, f64)>> {
        let places = fit(wishes, row_count, RULES, &mut |_| label_px);
        places
            .into_iter()
            .map(|place| place.map(|place| (place.row, place.label_px)))
            .collect()
    }

    #[test]
    fn bars_that_touch_share_a_row_and_bars_that_overlap_do_not() {
        let touching = [bar(0.0, 100.0), bar(100.0, 200.0), bar(200.0, 300.0)];
        assert_eq!(rows(&touching, 3, 40.0), [Some((0, 40.0)); 3]);
        let overlapping = [bar(0.0, 101.0), bar(100.0, 200.0)];
        assert_eq!(
            rows(&overlapping, 3, 40.0),
            [Some((0, 40.0)), Some((1, 40.0))]
        );
    }

    #[test]
    fn titles_push_later_marks_to_other_rows_while_there_are_any() {
        let near = [point(0.0), point(20.0), point(40.0)];
        assert_eq!(
            rows(&near, 3, 100.0),
            [Some((0, 100.0)), Some((1, 100.0)), Some((2, 100.0))]
        );
    }

    #[test]
    fn titles_are_cut_before_a_mark_is_left_out() {
        let four = [point(0.0), point(80.0), point(160.0), point(240.0)];
        let found = rows(&four, 1, 100.0);
        // 80 px to the next, less half a mark on either side and a gap on either side.
        assert_eq!(
            found,
            [
                Some((0, 58.0)),
                Some((0, 58.0)),
                Some((0, 58.0)),
                Some((0, 100.0))
            ]
        );
        let nearer = [point(0.0), point(30.0), point(60.0)];
        assert_eq!(
            rows(&nearer, 1, 100.0),
            [Some((0, 0.0)), Some((0, 0.0)), Some((0, 100.0))]
        );
        assert_eq!(
            rows(&[point(0.0), point(3.0)], 1, 100.0),
            [Some((0, 100.0)), None]
        );
    }

    #[test]
    fn the_important_title_stays() {
        let mut wishes = [point(0.0), point(30.0), point(60.0)];
        wishes[0].rank = 9;
        assert_eq!(rows(&wishes, 1, 100.0)[0], Some((0, 100.0)));
        assert_eq!(rows(&wishes, 2, 100.0)[0], Some((0, 100.0)));
    }

    #[test]
    fn what_was_shown_at_this_zoom_stays_where_it_is() {
        let mut wishes = [point(0.0), point(20.0), point(40.0)];
        wishes[2].before = Some(Before {
            row: 0,
            label_px: 100.0,
            is_fixed: true,
        });
        let found = rows(&wishes, 3, 100.0);
        assert_eq!(found[2], Some((0, 100.0)));
        assert_eq!(found[0].map(|(row, _)| row), Some(1));
    }

    #[test]
    fn a_density_strip_stops_titles() {
        let mut wish = point(0.0);
        wish.label_stop_px = 80.0;
        assert_eq!(rows(&[wish], 1, 100.0), [Some((0, 69.0))]);
        wish.label_stop_px = 40.0;
        assert_eq!(rows(&[wish], 1, 100.0), [Some((0, 0.0))]);
    }

    proptest! {
        #[test]
        fn nothing_on_a_row_overlaps(
            marks in prop::collection::vec((0.0..2_000.0_f64, 0.0..300.0_f64, 0_u32..4, prop::option::of((0_u16..6, 0.0..300.0_f64, any::<bool>())), 1.0..400.0_f64), 0..150),
            row_count in 1_u16..8,
        ) {
            let mut marks = marks;
            marks.sort_by(|a, b| a.0.total_cmp(&b.0));
            let wishes: Vec<Wish> = marks
                .iter()
                .map(|&(left, width, rank, before, _)| Wish {
                    rank,
                    before: before.map(|(row, label_px, is_fixed)| Before { row, label_px, is_fixed }),
                    ..if width < 10.0 { point(left + 6.0) } else { bar(left, left + width) }
                })
                .collect();
            let places = fit(&wishes, row_count, RULES, &mut |at| marks[at].4);
            for row in 0..row_count {
                let mut end = f64::NEG_INFINITY;
                for (wish, place) in wishes.iter().zip(&places) {
                    let Some(place) = place.filter(|place| place.row == row) else { continue };
                    prop_assert!(wish.left_px >= end - 2.0 * TOUCH_PX, "{} < {}", wish.left_px, end);
                    prop_assert!(place.label_px <= RULES.max_px);
                    end = wish.right_px;
                    if place.label_px > 0.0 {
                        end = end.max(wish.label_left_px + place.label_px);
                    }
                }
            }
            prop_assert!(places.iter().flatten().all(|place| place.row < row_count));
        }
    }
}
