//! Cuts the whole span into strips: about as many events on each, and the cuts where nothing happens.

#![expect(
    clippy::indexing_slicing,
    reason = "runs of marks are counted by their own list and hold at least one"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places in the list of marks, of which there are two where it is cut"
)]

use super::Mark;
use crate::date::MS_PER_DAY;
use std::ops::Range;

/// One strip that is to be.
#[derive(Clone, Debug)]
pub struct Cut<'a> {
    pub range_ms: Range<i64>,
    /// Events that begin in it.
    pub marks: Vec<&'a Mark>,
    /// Events that began before it and go on into it; the weightiest few.
    pub continued: Vec<&'a Mark>,
}

/// As many events as one can read on a strip with their titles.
pub const PER_STRIP: usize = 26;

/// No figure has more strips: about four pages. What is denser shows numbers, then counts.
const MAX_STRIPS: usize = 12;

/// At most this many events go on into a strip; more would hide its own.
const MAX_CONTINUED: usize = 5;

/// Free space at both ends of a strip, as a share of its span.
const MARGIN: f64 = 0.02;

pub fn cut<'a>(dated: &[&'a Mark], per_strip: usize) -> Vec<Cut<'a>> {
    let mut marks: Vec<(i64, &Mark)> = dated
        .iter()
        .filter_map(|&mark| Some((mark.anchor_ms()?, mark)))
        .collect();
    marks.sort_by_key(|(anchor_ms, mark)| (*anchor_ms, mark.number));
    let strips = marks.len().div_ceil(per_strip.max(1)).clamp(1, MAX_STRIPS);
    let mut begin = 0;
    let mut cuts: Vec<Cut<'a>> = Vec::with_capacity(strips);
    for at in 1..=strips {
        let end = if at == strips {
            marks.len()
        } else {
            widest_gap(&marks, at * marks.len() / strips, marks.len() / strips / 3)
        };
        if end > begin {
            let own: Vec<&Mark> = marks[begin..end].iter().map(|(_, mark)| *mark).collect();
            let next_ms = marks.get(end).map(|(anchor_ms, _)| *anchor_ms);
            let first_ms = marks[begin].0;
            let last_ms = marks[end - 1].0;
            cuts.push(Cut {
                range_ms: range(first_ms, last_ms, next_ms, &own),
                marks: own,
                continued: Vec::new(),
            });
            begin = end;
        }
    }
    continue_into_later(&mut cuts);
    cuts
}

/// The place near `target` where two neighbors are farthest apart.
fn widest_gap(marks: &[(i64, &Mark)], target: usize, reach: usize) -> usize {
    let from = target.saturating_sub(reach).max(1);
    let to = (target + reach).min(marks.len() - 1);
    (from..=to)
        .max_by_key(|&at| {
            let gap = marks[at].0.saturating_sub(marks[at - 1].0);
            // Of equal gaps, the one nearest to the middle.
            (gap, std::cmp::Reverse(at.abs_diff(target)))
        })
        .unwrap_or(target)
}

fn range(first_ms: i64, last_ms: i64, next_ms: Option<i64>, own: &[&Mark]) -> Range<i64> {
    let latest_end = own
        .iter()
        .filter_map(|mark| mark.end_ms)
        .max()
        .unwrap_or(last_ms);
    // Up to where the next strip begins; the last one shows how long its events go on, within reason.
    let span_ms = last_ms.saturating_sub(first_ms);
    let limit_ms = match next_ms {
        Some(next_ms) => next_ms,
        None if span_ms > 0 => last_ms.saturating_add(span_ms),
        None => i64::MAX,
    };
    let end_ms = latest_end.clamp(last_ms, limit_ms.max(last_ms));
    let span_ms = end_ms.saturating_sub(first_ms);
    if span_ms == 0 {
        return first_ms.saturating_sub(MS_PER_DAY / 2)..end_ms.saturating_add(MS_PER_DAY / 2);
    }
    let margin_ms = ((span_ms as f64 * MARGIN) as i64).max(1);
    first_ms.saturating_sub(margin_ms)..end_ms.saturating_add(margin_ms)
}

fn continue_into_later(cuts: &mut [Cut<'_>]) {
    for at in 1..cuts.len() {
        let (before, rest) = cuts.split_at_mut(at);
        let Some(cut) = rest.first_mut() else { break };
        let begin_ms = cut.range_ms.start;
        let goes_on = |mark: &&Mark| match mark.end_ms {
            Some(end_ms) => mark.start_ms.is_some() && end_ms > begin_ms,
            None => mark.look.form == crate::date::Form::OpenEnd,
        };
        let mut going: Vec<&Mark> = before
            .iter()
            .flat_map(|cut| cut.marks.iter().copied())
            .filter(goes_on)
            .collect();
        going.sort_by_key(|mark| (std::cmp::Reverse(mark.weight), mark.number));
        going.truncate(MAX_CONTINUED);
        going.sort_by_key(|mark| mark.number);
        cut.continued = going;
    }
}
