//! The search against an oracle, and against itself.

use super::*;
use proptest::prelude::*;
use triple_accel::SearchType;
use triple_accel::levenshtein::{LEVENSHTEIN_COSTS, levenshtein_search_naive_with_opts};

#[test]
fn ends_and_starts_are_found_across_blocks() {
    let quote = "слово ".repeat(30);
    let quote = quote.trim();
    let text = format!("перед этим {} после", quote.replacen("слово", "слава", 2));
    let pattern = Pattern::new(quote.chars()).expect("not empty");
    let ends = pattern.ends_in(&text, 10, 40);
    let [end] = ends.accepted[..] else {
        panic!("{ends:?}")
    };
    assert_eq!(end.errors, 4);
    let reversed = Pattern::new(quote.chars().rev()).expect("not empty");
    let start = start_of(&reversed, &text, end);
    assert_eq!(&text[start..end.at], quote.replacen("слово", "слава", 2));
}

/// The end of every passage within `bound` errors, by the oracle; `triple_accel` works on bytes.
fn oracle_best(pattern: &str, text: &str) -> Option<usize> {
    triple_accel::levenshtein_search(pattern.as_bytes(), text.as_bytes())
        .map(|found| found.k as usize)
        .min()
}

proptest! {
    #[test]
    fn distances_agree_with_the_oracle(left in "[abc ]{1,150}", right in "[abcd ]{0,150}") {
        let expected = triple_accel::levenshtein(left.as_bytes(), right.as_bytes());
        prop_assert_eq!(distance(&left, &right), expected as usize);
    }

    #[test]
    fn the_best_passage_agrees_with_the_oracle(
        pattern in "[ab ]{2,140}",
        before in "[abc ]{0,80}",
        after in "[abc ]{0,80}",
        cut in 0_usize..140,
    ) {
        let cut = cut.min(pattern.len());
        let text = format!("{before}{}x{}{after}", &pattern[..cut], &pattern[cut..]);
        let searched = Pattern::new(pattern.chars()).expect("not empty");
        let found = searched.ends_in(&text, pattern.len() / 4, pattern.len());
        let best = found.best.map(|end| end.errors);
        prop_assert_eq!(best, oracle_best(&pattern, &text));
        prop_assert!(best.is_some_and(|errors| errors <= 1));
    }

    #[test]
    fn every_passage_that_the_oracle_finds_has_one_as_good_beside_it(
        pattern in "[ab ]{2,140}",
        text in prop_oneof!["[ab ]{0,300}", "(ab |ba |a|b){0,100}"],
    ) {
        let accepted = pattern.len() / 4;
        let searched = Pattern::new(pattern.chars()).expect("not empty");
        let found = searched.ends_in(&text, accepted, 0).accepted;
        let all = levenshtein_search_naive_with_opts(
            pattern.as_bytes(),
            text.as_bytes(),
            u32::try_from(accepted).expect("small"),
            SearchType::All,
            LEVENSHTEIN_COSTS,
            false,
        );
        for passage in all.filter(|passage| passage.end > 0) {
            let stands_for_it = |end: &End| {
                end.errors <= passage.k as usize
                    && end.at.abs_diff(passage.end) <= pattern.len() / 2
            };
            prop_assert!(found.iter().any(stands_for_it), "{passage:?} of {found:?}");
        }
    }

    #[test]
    fn any_script_is_searched(pattern in "\\PC{1,90}", text in "\\PC{0,200}") {
        let searched = Pattern::new(pattern.chars()).expect("not empty");
        let found = searched.ends_in(&text, searched.len_chars() / 4, searched.len_chars());
        for end in found.accepted {
            let reversed = Pattern::new(pattern.chars().rev()).expect("not empty");
            let start = start_of(&reversed, &text, end);
            prop_assert_eq!(distance(&pattern, &text[start..end.at]), end.errors);
        }
    }

    #[test]
    fn the_band_loses_nothing(pattern in "[ab]{1,200}", text in "[ab]{0,300}") {
        let searched = Pattern::new(pattern.chars()).expect("not empty");
        let accepted = pattern.len() / 4;
        let banded = searched.ends_in(&text, accepted, 0).accepted;
        let whole = searched.ends_in(&text, accepted, pattern.len()).accepted;
        prop_assert_eq!(banded, whole);
    }
}
