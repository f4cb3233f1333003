//! Quotations with something left out or put in: their parts must stand in order, and close together.

#![expect(
    clippy::indexing_slicing,
    reason = "parts are counted by the list of candidates, which is never empty for a part that is looked at"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "lengths and errors of the parts of a bounded quotation, and places within one text in rising order"
)]

use super::check::{
    Resembling, choose, compare, exact, grade, inexact, normalized_places, offer, place, touched,
};
use super::copy::CopyText;
use super::guard::Guards;
use super::normalize::Case;
use super::quotation::{Gap, Part};
use super::sentence;
use super::verdict::{Checked, Closest, Context, DiffKind, DiffPiece, Verdict};
use std::ops::Range;

/// The most code points an elision may leave out.
const MAX_ELIDED_CHARS: usize = 600;

/// The most code points that the author's words may stand in for.
const MAX_REPLACED_CHARS: usize = 40;

/// Quotations of more parts than this are not looked for.
const MAX_PARTS: usize = 64;

/// So many places of one part are tried.
const MAX_PLACES: usize = 5000;

/// So many places of the next part are tried after each place of one.
const MAX_NEXT: usize = 16;

/// A place where a part may stand.
struct Candidate {
    range: Range<usize>,
    resembling: Option<Resembling>,
}

impl Candidate {
    fn errors(&self) -> usize {
        self.resembling.as_ref().map_or(0, |it| it.errors)
    }
}

/// What a chain of places costs; less is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    errors: usize,
    /// How many gaps contain a sentence end.
    across: usize,
    /// How many code points are left out.
    left_out: usize,
}

/// The best way on from a place of one part to the last part.
#[derive(Clone, Copy)]
struct Way {
    cost: Cost,
    next: usize,
}

/// Checks a quotation of two or more parts.
pub(super) fn check(
    parts: &[Part],
    lang: Option<&str>,
    copy: &CopyText,
    hint: &Context,
) -> Checked {
    let mut len = 0;
    let mut candidates = Vec::with_capacity(parts.len());
    for part in parts.iter().take(MAX_PARTS) {
        let (part_len, places) = places(part, copy);
        len += part_len;
        candidates.push(places);
    }
    let found = if parts.len() > MAX_PARTS {
        Vec::new()
    } else {
        chains(parts, &candidates, copy)
    };
    let Some(best) = found.iter().map(|chain| chain.cost).min() else {
        return not_found(parts, &candidates, copy);
    };
    let hinted = *hint != Context::default();
    let pool: Vec<&Chain> = found
        .iter()
        .filter(|chain| {
            let close = Cost {
                left_out: if hinted {
                    best.left_out
                } else {
                    chain.cost.left_out
                },
                ..chain.cost
            };
            close == best
        })
        .collect();
    let ranges: Vec<Range<usize>> = pool.iter().map(|chain| chain.range(&candidates)).collect();
    let (at, decided) = choose(&ranges, copy, hint);
    let Some(chain) = pool.get(at) else {
        return not_found(parts, &candidates, copy);
    };
    let chosen: Vec<&Candidate> = chain.candidates(&candidates);
    let cost = chain.cost;

    let mut checked = Checked::bare(Verdict::NotFound);
    if cost.errors == 0 {
        let plain = parts.iter().all(|part| part.gap != Some(Gap::Elision)) && cost.left_out == 0;
        checked.verdict = if !decided {
            Verdict::Ambiguous
        } else if cost.across > 0 {
            Verdict::ElidedAcross
        } else if plain {
            parts
                .iter()
                .zip(&chosen)
                .map(|(part, candidate)| exactness(&part.words, copy.words(&candidate.range)))
                .max()
                .unwrap_or(Verdict::Elided)
        } else {
            Verdict::Elided
        };
    } else {
        let all: String = parts.iter().map(|part| part.words.as_str()).collect();
        let guards = Guards::for_words(lang, &all);
        for (part, candidate) in parts.iter().zip(&chosen) {
            if part.gap.is_some() {
                checked.diff.push(DiffPiece {
                    kind: DiffKind::Same,
                    text: " … ".to_owned(),
                });
            }
            match &candidate.resembling {
                Some(resembling) => {
                    let difference = compare(&part.words, resembling, copy);
                    checked
                        .touched
                        .extend(touched(&difference, guards.as_ref(), copy));
                    checked.diff.extend(difference.pieces());
                }
                None => checked.diff.push(DiffPiece {
                    kind: DiffKind::Same,
                    text: copy.words(&candidate.range).to_owned(),
                }),
            }
        }
        let Some(verdict) = grade(cost.errors, len, !checked.touched.is_empty()) else {
            return not_found(parts, &candidates, copy);
        };
        checked.verdict = verdict;
        checked.differing = super::check::share(cost.errors, len);
        checked.possibly_altered = verdict == Verdict::Near && guards.is_none();
    }
    checked.parts = chosen.iter().map(|it| it.range.clone()).collect();
    if let Some(range) = ranges.get(at) {
        place(&mut checked, copy, range.clone());
    }
    checked.occurrences = ranges;
    checked
        .occurrences
        .sort_unstable_by_key(|range| range.start);
    checked
}

/// How exactly words stand that are the same but for typography and case.
fn exactness(words: &str, found: &str) -> Verdict {
    let passage = CopyText::from_text(found);
    exact(words, &passage).map_or(Verdict::Case, |exact| exact.verdict)
}

/// The length of a part, and where it may stand: exactly, or else nearly.
fn places(part: &Part, copy: &CopyText) -> (usize, Vec<Candidate>) {
    let exact = normalized_places(&part.words, copy, Case::Folded, MAX_PLACES);
    if !exact.is_empty() {
        let exact = exact.into_iter().map(|range| Candidate {
            range,
            resembling: None,
        });
        return (part.words.chars().count(), exact.collect());
    }
    let found = inexact(&part.words, copy);
    let mut resembling: Vec<_> = found
        .within
        .into_iter()
        .map(|it| Candidate {
            range: it.range.clone(),
            resembling: Some(it),
        })
        .collect();
    resembling.sort_by_key(|candidate| candidate.range.start);
    (found.len, resembling)
}

/// One way through a place of each part.
struct Chain {
    cost: Cost,
    /// Index into each part's candidates.
    places: Vec<usize>,
}

impl Chain {
    fn candidates<'a>(&self, all: &'a [Vec<Candidate>]) -> Vec<&'a Candidate> {
        let places = all.iter().zip(&self.places);
        places.filter_map(|(part, &at)| part.get(at)).collect()
    }

    fn range(&self, all: &[Vec<Candidate>]) -> Range<usize> {
        let chosen = self.candidates(all);
        match (chosen.first(), chosen.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..0,
        }
    }
}

/// The best chain from each place of the first part; of chains that overlap only the better one.
fn chains(parts: &[Part], candidates: &[Vec<Candidate>], copy: &CopyText) -> Vec<Chain> {
    // From the last part backward, the best way on from each place.
    let mut ways: Vec<Vec<Option<Way>>> = vec![Vec::new(); candidates.len()];
    for part in (0..candidates.len()).rev() {
        ways[part] = candidates[part]
            .iter()
            .map(|candidate| {
                let mut best = match candidates.get(part + 1) {
                    None => Some(Way {
                        cost: Cost::default(),
                        next: 0,
                    }),
                    Some(next) => {
                        let gap = parts.get(part + 1).and_then(|part| part.gap);
                        best_way_on(
                            candidate,
                            gap.unwrap_or(Gap::Elision),
                            next,
                            &ways[part + 1],
                            copy,
                        )
                    }
                };
                if let Some(way) = &mut best {
                    way.cost.errors += candidate.errors();
                }
                best
            })
            .collect();
    }
    let mut chains: Vec<Chain> = ways
        .first()
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(start, way)| {
            let cost = (*way)?.cost;
            let mut places = vec![start];
            let mut at = start;
            for part in ways.iter().take(ways.len() - 1) {
                at = part.get(at).copied().flatten()?.next;
                places.push(at);
            }
            Some(Chain { cost, places })
        })
        .collect();
    chains.sort_by_key(|chain| (chain.range(candidates).end, chain.cost));
    // Chains that end at the same place share their last part; the first of them costs least.
    chains.dedup_by_key(|chain| chain.range(candidates).end);
    chains
}

fn best_way_on(
    from: &Candidate,
    gap: Gap,
    next: &[Candidate],
    ways: &[Option<Way>],
    copy: &CopyText,
) -> Option<Way> {
    let limit = match gap {
        Gap::Elision => MAX_ELIDED_CHARS,
        Gap::Insertion => MAX_REPLACED_CHARS,
    };
    let first = next.partition_point(|candidate| candidate.range.start < from.range.end);
    let mut across = false;
    let mut read_to = from.range.end;
    let mut best: Option<Way> = None;
    let start = copy.code_point(from.range.end);
    for (at, candidate) in next.iter().enumerate().skip(first).take(MAX_NEXT) {
        let to = candidate.range.start;
        let gap_range = from.range.end..to;
        // Four bytes a code point at most: no need to count when it is far too long.
        if gap_range.len() > limit * 4 || copy.code_point(to) - start > limit {
            break;
        }
        across = across || sentence::ends_in(copy, &(read_to..to));
        read_to = to;
        if across && gap == Gap::Insertion {
            break;
        }
        let Some(way) = ways.get(at).copied().flatten() else {
            continue;
        };
        let cost = Cost {
            errors: way.cost.errors,
            across: way.cost.across + usize::from(across),
            left_out: way.cost.left_out + copy.words(&gap_range).trim().chars().count(),
        };
        if best.is_none_or(|best| cost < best.cost) {
            best = Some(Way { cost, next: at });
        }
    }
    best
}

/// The parts do not stand there together; the longest one says where to look.
fn not_found(parts: &[Part], candidates: &[Vec<Candidate>], copy: &CopyText) -> Checked {
    let mut checked = Checked::bare(Verdict::NotFound);
    let longest = parts
        .iter()
        .zip(candidates)
        .max_by_key(|(part, _)| part.words.len());
    let Some((part, places)) = longest else {
        return checked;
    };
    match places.first() {
        Some(Candidate {
            range,
            resembling: None,
        }) => {
            checked.closest = Some(Closest {
                range: range.clone(),
                words: copy.words(range).to_owned(),
                differing: 0.0,
            });
        }
        _ => {
            let found = inexact(&part.words, copy);
            if let Some(closest) = found.closest {
                checked.diff = compare(&part.words, &closest, copy).pieces();
                offer(&mut checked, &closest, found.len, copy);
            }
        }
    }
    checked
}
