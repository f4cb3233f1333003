//! Why a statement stands as it does, in plain words.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "broken silences are counted among what failed"
)]

use super::standing::{Assessment, Standing};

/// "Two independent sources; one has an interest in the matter".
pub(super) fn explain(it: &Assessment, broken_silences: usize, called_disputed: bool) -> String {
    if it.standing == Standing::Unsourced {
        return "No source is named".to_owned();
    }
    let mut parts = Vec::new();
    parts.push(match (it.sources, it.independent) {
        (0, _) => "No source bears it out".to_owned(),
        (1, _) => "One source".to_owned(),
        (all, one) if all == one => format!("{} independent sources", capitalized(all)),
        (all, 1) => format!("{} sources, but they repeat one another", capitalized(all)),
        (all, some) => format!(
            "{} sources, {} of them independent",
            capitalized(all),
            word(some)
        ),
    });
    if it.primary > 0 {
        parts.push(share_of(
            it.primary,
            it.sources,
            "is primary",
            "are primary",
        ));
    }
    if it.interested > 0 {
        parts.push(share_of(
            it.interested,
            it.sources,
            "has an interest in the matter",
            "have an interest in the matter",
        ));
    }
    match &it.contradicted_by[..] {
        [] if called_disputed => parts.push("the author calls it disputed".to_owned()),
        [] => {}
        [one] => parts.push(format!("{one} contradicts it")),
        all => parts.push(format!("{} sources contradict it", word(all.len()))),
    }
    match &it.differing[..] {
        [] => {}
        [one] => parts.push(format!("{one} tells it differently")),
        all => parts.push(format!("{} sources tell it differently", word(all.len()))),
    }
    let quotations = it.failed - broken_silences;
    if quotations > 0 {
        parts.push(count_of(
            quotations,
            "quotation does not stand in its source",
            "quotations do not stand in their sources",
        ));
    }
    if broken_silences > 0 {
        parts.push(count_of(
            broken_silences,
            "source is not silent on it",
            "sources are not silent on it",
        ));
    }
    if it.doubtful > 0 {
        parts.push(count_of(
            it.doubtful,
            "quotation deserves a look",
            "quotations deserve a look",
        ));
    }
    if !it.quoted {
        parts.push("no words are quoted".to_owned());
    } else if it.unchecked > 0 {
        parts.push(count_of(
            it.unchecked,
            "quotation could not be checked: no copy",
            "quotations could not be checked: no copy",
        ));
    }
    parts.join("; ")
}

/// "one is primary", "both are primary", "all three are primary", "it is primary".
fn share_of(some: usize, all: usize, singular: &str, plural: &str) -> String {
    match (some, all) {
        (_, 0 | 1) => format!("it {singular}"),
        (2, 2) => format!("both {plural}"),
        (some, all) if some >= all => format!("all {} {plural}", word(all)),
        (1, _) => format!("one {singular}"),
        _ => format!("{} {plural}", word(some)),
    }
}

fn count_of(count: usize, singular: &str, plural: &str) -> String {
    format!(
        "{} {}",
        word(count),
        if count == 1 { singular } else { plural }
    )
}

/// Numbers up to nine are written as words.
fn word(count: usize) -> String {
    const WORDS: [&str; 10] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

fn capitalized(count: usize) -> String {
    let word = word(count);
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => word,
    }
}
