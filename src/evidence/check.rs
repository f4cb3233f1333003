//! Looks a quotation up in a copy.

#![expect(
    clippy::indexing_slicing,
    reason = "places are counted by ranges of the list they are looked up in"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "weights and shares are small whole numbers, divided by lengths that are not 0: a pattern has a character"
)]

use super::MAX_OCCURRENCES;
use super::boundary::widen;
use super::copy::CopyText;
use super::difference::Difference;
use super::elision;
use super::exact::occurrences;
use super::guard::Guards;
use super::normalize::{Case, LineHyphen, normalize};
use super::quotation;
use super::search::{End, Pattern, start_of};
use super::verdict::{Checked, Closest, Context, DiffKind, GuardKind, Touched, Verdict};
use std::cmp::Reverse;
use std::ops::Range;

/// Quotes shorter than this many code points are never matched inexactly.
const MIN_INEXACT_CHARS: usize = 12;

/// Quotes of fewer words than this are never matched inexactly.
const MIN_INEXACT_WORDS: usize = 3;

/// Passages with more errors than this share of the quote, in percent, are not even offered.
const MAX_OFFERED_PERCENT: usize = 45;

/// So many of the best passages, weighed with their context, are looked at word by word.
const MAX_COMPARED: usize = 12;

/// At most this many passages that resemble a quote are weighed; a copy that has more repeats itself.
const MAX_RESEMBLING: usize = 1000;

/// How many code points of context are compared.
const CONTEXT_CHARS: usize = 32;

/// Checks a quotation against a copy: the table of FORMAT section 7.
///
/// `quote` is what stands between the quotation marks, with its elisions and insertions. `lang` (BCP 47) chooses the guard
/// words; without it, those of the quote's script apply. `hint` decides between several places.
pub fn check(quote: &str, lang: Option<&str>, copy: &CopyText, hint: &Context) -> Checked {
    let quote = quote.trim();
    if !quote.chars().any(char::is_alphanumeric) {
        return Checked::bare(Verdict::Paraphrase);
    }
    if let Some(exact) = exact(quote, copy) {
        return exact_outcome(exact, copy, hint);
    }
    let parts = quotation::parts(quote);
    match &parts[..] {
        [] => Checked::bare(Verdict::Paraphrase),
        [whole] => {
            if whole.words != quote
                && let Some(exact) = exact(&whole.words, copy)
            {
                return exact_outcome(exact, copy, hint);
            }
            inexact_outcome(&whole.words, lang, copy, hint)
        }
        _ => elision::check(&parts, lang, copy, hint),
    }
}

/// Where words stand exactly, and at what level of exactness.
pub(super) struct Exact {
    pub verdict: Verdict,
    /// Bytes of the copy's text, ascending, at least one.
    pub places: Vec<Range<usize>>,
}

/// The first level of exactness at which `words` stand in the copy.
pub(super) fn exact(words: &str, copy: &CopyText) -> Option<Exact> {
    let found = |verdict, places: Vec<Range<usize>>| {
        (!places.is_empty()).then_some(Exact { verdict, places })
    };
    found(
        Verdict::Verbatim,
        occurrences(copy.text(), words, MAX_OCCURRENCES),
    )
    .or_else(|| {
        found(
            Verdict::Typography,
            normalized_places(words, copy, Case::Kept, MAX_OCCURRENCES),
        )
    })
    .or_else(|| {
        found(
            Verdict::Case,
            normalized_places(words, copy, Case::Folded, MAX_OCCURRENCES),
        )
    })
}

/// Where `words` stand once typography, and perhaps case, is evened out, under either reading of hyphens at line ends.
pub(super) fn normalized_places(
    words: &str,
    copy: &CopyText,
    case: Case,
    limit: usize,
) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for line_hyphen in [LineHyphen::Joined, LineHyphen::Kept] {
        let needle = normalize(words, case, line_hyphen);
        let joined = copy.normalized(case, LineHyphen::Joined);
        if line_hyphen == LineHyphen::Kept && !(joined.has_line_hyphen || needle.has_line_hyphen) {
            break;
        }
        let hay = copy.normalized(case, line_hyphen);
        let needle = needle.text.trim();
        places.extend(
            occurrences(&hay.text, needle, limit)
                .into_iter()
                .map(|range| hay.map.origin(range)),
        );
    }
    places.sort_unstable_by_key(|range| (range.start, range.end));
    places.dedup();
    places.truncate(limit);
    places
}

fn exact_outcome(exact: Exact, copy: &CopyText, hint: &Context) -> Checked {
    let (at, decided) = choose(&exact.places, copy, hint);
    let verdict = if decided {
        exact.verdict
    } else {
        Verdict::Ambiguous
    };
    let mut checked = Checked::bare(verdict);
    if let Some(range) = exact.places.get(at) {
        place(&mut checked, copy, range.clone());
        checked.parts = vec![range.clone()];
    }
    checked.occurrences = exact.places;
    checked
}

/// Notes where the words stand.
pub(super) fn place(checked: &mut Checked, copy: &CopyText, range: Range<usize>) {
    checked.found_words = Some(copy.words(&range).to_owned());
    checked.start = Some(copy.code_point(range.start));
    checked.end = Some(copy.code_point(range.end));
    checked.found = Some(range);
}

/// The place that fits the context best, and whether anything decides for it.
///
/// The author's locator decides first: what stands elsewhere is not what was meant. What it leaves open, and a locator
/// that none of the places fits, is left to the context.
pub(super) fn choose(places: &[Range<usize>], copy: &CopyText, hint: &Context) -> (usize, bool) {
    if places.len() < 2 {
        return (0, true);
    }
    let located: Vec<usize> = (0..places.len())
        .filter(|&at| is_located(&places[at], hint))
        .collect();
    if let [only] = located[..] {
        return (only, true);
    }
    let open: Vec<usize> = if located.is_empty() {
        (0..places.len()).collect()
    } else {
        located
    };
    let around = Around::new(copy, hint);
    let scores: Vec<u64> = open.iter().map(|&at| around.score(&places[at])).collect();
    let best = (0..scores.len()).max_by_key(|&at| (scores[at], Reverse(at)));
    let best = best.unwrap_or_default();
    let decided = scores
        .iter()
        .enumerate()
        .all(|(at, &score)| at == best || score < scores[best]);
    (open[best], decided)
}

/// Whether a place begins where the author's locator points.
fn is_located(place: &Range<usize>, hint: &Context) -> bool {
    hint.passages
        .iter()
        .any(|passage| passage.contains(&place.start))
}

/// What is known of the place of a quote, made ready for comparing.
struct Around<'a> {
    copy: &'a CopyText,
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    position: Option<usize>,
}

/// Weights of context, as Hypothesis has them: quote 50, prefix 20, suffix 20, position 2. A locator weighs as much as a prefix.
/// They are scaled so that every step of a comparison is a whole number.
const QUOTE_WEIGHT: u64 = 50;
const CONTEXT_WEIGHT: u64 = 20;
const POSITION_WEIGHT: u64 = 2;
const SCALE: u64 = 100_000;

impl<'a> Around<'a> {
    fn new(copy: &'a CopyText, hint: &Context) -> Self {
        let fold = |words: &str| normalize(words, Case::Folded, LineHyphen::Joined).text;
        let prefix: Vec<char> = fold(&hint.prefix).trim().chars().collect();
        let first = prefix.len().saturating_sub(CONTEXT_CHARS);
        let suffix = fold(&hint.suffix);
        Self {
            copy,
            prefix: Pattern::new(prefix.into_iter().skip(first)),
            suffix: Pattern::new(suffix.trim().chars().take(CONTEXT_CHARS)),
            position: hint.position,
        }
    }

    fn score(&self, range: &Range<usize>) -> u64 {
        let text = self.copy.text();
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        let prefix = likeness(self.prefix.as_ref(), || {
            // Twice the characters, because some of them may be white space that is evened out.
            let start = before.char_indices().rev().nth(CONTEXT_CHARS * 2);
            let near = before.get(start.map_or(0, |(at, _)| at)..);
            let near = normalize(near.unwrap_or_default(), Case::Folded, LineHyphen::Joined).text;
            let near: Vec<char> = near.trim().chars().collect();
            let len = self.prefix.as_ref().map_or(0, Pattern::len_chars);
            near[near.len().saturating_sub(len)..].iter().collect()
        });
        let suffix = likeness(self.suffix.as_ref(), || {
            let end = after.char_indices().nth(CONTEXT_CHARS * 2);
            let near = after.get(..end.map_or(after.len(), |(at, _)| at));
            let near = normalize(near.unwrap_or_default(), Case::Folded, LineHyphen::Joined).text;
            let len = self.suffix.as_ref().map_or(0, Pattern::len_chars);
            near.trim().chars().take(len).collect()
        });
        let position = self.position.map_or(0, |expected| {
            let len = self.copy.len_code_points().max(1) as u64;
            let off = self.copy.code_point(range.start).abs_diff(expected) as u64;
            SCALE - SCALE * off.min(len) / len
        });
        CONTEXT_WEIGHT * (prefix + suffix) + POSITION_WEIGHT * position
    }
}

/// How like the pattern some words are: 0 to [`SCALE`].
fn likeness(pattern: Option<&Pattern>, words: impl FnOnce() -> String) -> u64 {
    pattern.map_or(0, |pattern| {
        let len = pattern.len_chars() as u64;
        let errors = pattern.distance(&words()) as u64;
        SCALE - SCALE * errors.min(len) / len
    })
}

/// A passage that resembles a quote.
#[derive(Clone, Debug)]
pub(super) struct Resembling {
    /// Bytes of the copy's text.
    pub range: Range<usize>,
    /// The same in the folded text.
    made: Range<usize>,
    line_hyphen: LineHyphen,
    pub errors: usize,
}

/// What an inexact search came back with.
#[derive(Debug, Default)]
pub(super) struct Inexact {
    /// Length of the quote, in code points of its folded form.
    pub len: usize,
    /// Passages within 25 %, best first.
    pub within: Vec<Resembling>,
    /// The best passage of all.
    pub closest: Option<Resembling>,
}

/// Passages that resemble `words`. Short quotes have none within bounds, but still a closest one.
pub(super) fn inexact(words: &str, copy: &CopyText) -> Inexact {
    let folded = normalize(words, Case::Folded, LineHyphen::Joined);
    let needle = folded.text.trim();
    let (Some(pattern), Some(reversed)) = (
        Pattern::new(needle.chars()),
        Pattern::new(needle.chars().rev()),
    ) else {
        return Inexact::default();
    };
    let len = pattern.len_chars();
    let long_enough =
        len >= MIN_INEXACT_CHARS && needle.split_whitespace().count() >= MIN_INEXACT_WORDS;
    let accepted = if long_enough { len / 4 } else { 0 };
    let mut outcome = Inexact {
        len,
        ..Inexact::default()
    };
    for line_hyphen in [LineHyphen::Joined, LineHyphen::Kept] {
        let hay = copy.normalized(Case::Folded, line_hyphen);
        if line_hyphen == LineHyphen::Kept && !hay.has_line_hyphen {
            break;
        }
        let ends = pattern.ends_in(&hay.text, accepted, len * MAX_OFFERED_PERCENT / 100);
        let resembling = |end: End| {
            let start = start_of(&reversed, &hay.text, end);
            let made = widen(&hay.text, start..end.at);
            Resembling {
                errors: pattern.distance(hay.text.get(made.clone()).unwrap_or_default()),
                range: hay.map.origin(made.clone()),
                made,
                line_hyphen,
            }
        };
        let best = ends.accepted;
        if long_enough {
            outcome.within.extend(
                fewest_errors(best)
                    .into_iter()
                    .map(resembling)
                    .filter(|found| found.errors * 4 <= len),
            );
        }
        if let Some(found) = ends.best.map(resembling).filter(|it| !it.range.is_empty())
            && outcome
                .closest
                .as_ref()
                .is_none_or(|closest| found.errors < closest.errors)
        {
            outcome.closest = Some(found);
        }
    }
    outcome.within.sort_by_key(|found| found.errors);
    outcome.within.dedup_by(|a, b| a.range == b.range);
    outcome
}

/// The ends with the fewest errors, as many as are weighed, those with equally many in the order of the text.
fn fewest_errors(mut ends: Vec<End>) -> Vec<End> {
    ends.sort_by_key(|end| end.errors);
    ends.truncate(MAX_RESEMBLING);
    ends
}

/// Compares a quote with a passage that resembles it.
pub(super) fn compare(words: &str, found: &Resembling, copy: &CopyText) -> Difference {
    let normal = copy.normalized(Case::Folded, found.line_hyphen);
    Difference::new(words, copy.text(), normal, found.made.clone())
}

/// The verdict over a difference of `errors` in `len` characters; `None` when it is too great.
pub(super) fn grade(errors: usize, len: usize, touches: bool) -> Option<Verdict> {
    if touches && errors * 4 <= len {
        Some(Verdict::Altered)
    } else if errors * 10 <= len {
        Some(Verdict::Near)
    } else {
        None
    }
}

/// The guard words touched; without lists for the language, only numbers and names can be seen.
pub(super) fn touched(
    difference: &Difference,
    guards: Option<&Guards>,
    copy: &CopyText,
) -> Vec<Touched> {
    match guards {
        Some(guards) => difference.touched(guards, copy.text()),
        None => {
            let pieces = difference.pieces();
            let changed = pieces.iter().filter(|piece| piece.kind != DiffKind::Same);
            let words = changed
                .flat_map(|piece| piece.text.split_whitespace().map(|word| (piece.kind, word)));
            words
                .filter(|(_, word)| word.chars().any(char::is_numeric))
                .map(|(side, word)| Touched {
                    kind: GuardKind::Number,
                    word: word.to_owned(),
                    side,
                })
                .collect()
        }
    }
}

fn inexact_outcome(words: &str, lang: Option<&str>, copy: &CopyText, hint: &Context) -> Checked {
    let Inexact {
        len,
        within,
        closest,
    } = inexact(words, copy);
    let guards = Guards::for_words(lang, words);
    let around = Around::new(copy, hint);
    // Every passage is weighed with its context before any is given up: the one that was meant need not be the closest.
    let mut scored: Vec<(u64, &Resembling)> = within
        .iter()
        .map(|found| {
            let quote = SCALE - SCALE * found.errors as u64 / len.max(1) as u64;
            let located = u64::from(is_located(&found.range, hint)) * CONTEXT_WEIGHT * SCALE;
            let score = QUOTE_WEIGHT * quote + around.score(&found.range) + located;
            (score, found)
        })
        .collect();
    scored.sort_by_key(|(score, found)| (Reverse(*score), found.range.start));
    let best = scored
        .into_iter()
        .take(MAX_COMPARED)
        .filter_map(|(score, found)| {
            let difference = compare(words, found, copy);
            let touched = touched(&difference, guards.as_ref(), copy);
            let verdict = grade(found.errors, len, !touched.is_empty())?;
            Some((score, verdict, found, difference, touched))
        })
        // Of passages that fit equally well, one that only nearly says the same comes before one that says another thing.
        .max_by_key(|(score, verdict, found, ..)| {
            (
                *score,
                *verdict == Verdict::Near,
                Reverse(found.range.start),
            )
        });
    if let Some((_, verdict, found, difference, touched)) = best {
        let mut checked = Checked::bare(verdict);
        place(&mut checked, copy, found.range.clone());
        checked.parts = vec![found.range.clone()];
        checked.occurrences = vec![found.range.clone()];
        checked.diff = difference.pieces();
        checked.differing = share(found.errors, len);
        checked.touched = touched;
        checked.possibly_altered = verdict == Verdict::Near && guards.is_none();
        return checked;
    }
    let mut checked = Checked::bare(Verdict::NotFound);
    if let Some(closest) = closest {
        checked.diff = compare(words, &closest, copy).pieces();
        offer(&mut checked, &closest, len, copy);
    }
    checked
}

/// Notes the passage that comes closest.
pub(super) fn offer(checked: &mut Checked, closest: &Resembling, len: usize, copy: &CopyText) {
    checked.differing = share(closest.errors, len);
    checked.closest = Some(Closest {
        range: closest.range.clone(),
        words: copy.words(&closest.range).to_owned(),
        differing: share(closest.errors, len),
    });
}

pub(super) fn share(errors: usize, len: usize) -> f32 {
    (errors as f32 / len.max(1) as f32).min(1.0)
}
