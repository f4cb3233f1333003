//! The difference between a quotation and a passage, word by word, and whether it touches a guard word.

#![expect(clippy::arithmetic_side_effects, reason = "places within one text")]

use super::guard::{Guards, is_number_sign};
use super::normalize::{Case, LineHyphen, Normalized, normalize};
use super::verdict::{DiffKind, DiffPiece, GuardKind, Touched};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// A word or a sign, as it stands and as it is compared.
#[derive(Clone, Debug)]
struct Token {
    key: String,
    /// As it stands, white space evened out.
    shown: String,
    spaced: bool,
    /// Where it stands in its text.
    range: Range<usize>,
}

/// Texts of more words than this are not compared word by word, but as wholes.
const MAX_TOKENS: usize = 4000;

/// A comparison of a quotation with a passage of a copy.
#[derive(Clone, Debug)]
pub struct Difference {
    quote: Vec<Token>,
    passage: Vec<Token>,
    ops: Vec<DiffOp>,
}

/// Words and signs of `normal.text[range]`, which was made of `source`.
fn tokens(source: &str, normal: &Normalized, range: Range<usize>) -> Vec<Token> {
    let words = normal.text.get(range.clone()).unwrap_or_default();
    let mut spaced = false;
    let mut tokens = Vec::new();
    for (at, word) in words.split_word_bound_indices() {
        if word.chars().all(char::is_whitespace) {
            spaced = true;
            continue;
        }
        let made = range.start + at..range.start + at + word.len();
        let origin = normal.map.origin(made);
        let stands = source.get(origin.clone()).unwrap_or_default();
        tokens.push(Token {
            key: word.to_owned(),
            // A hyphen at a line's end is no part of the word.
            shown: if stands.contains(['\n', '\r']) {
                normalize(stands, Case::Kept, LineHyphen::Joined).text
            } else {
                stands.to_owned()
            },
            spaced,
            range: origin,
        });
        spaced = false;
    }
    tokens
}

impl Difference {
    /// Compares `quote` with the `passage` of `source`. `normal` is the folded form of `source`, and `passage` a range of it.
    pub fn new(quote: &str, source: &str, normal: &Normalized, passage: Range<usize>) -> Self {
        let folded = normalize(quote, Case::Folded, LineHyphen::Joined);
        let quote = tokens(quote, &folded, 0..folded.text.len());
        let passage = tokens(source, normal, passage);
        let ops = if quote.len().max(passage.len()) > MAX_TOKENS {
            vec![DiffOp::Replace {
                old_index: 0,
                old_len: passage.len(),
                new_index: 0,
                new_len: quote.len(),
            }]
        } else {
            let keys =
                |tokens: &[Token]| tokens.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
            capture_diff_slices(Algorithm::Myers, &keys(&passage), &keys(&quote))
        };
        Self {
            quote,
            passage,
            ops,
        }
    }

    /// The runs of words, in reading order; their texts together give the passage (without `Added`) or the quote (without `Missing`).
    pub fn pieces(&self) -> Vec<DiffPiece> {
        let mut pieces: Vec<DiffPiece> = Vec::new();
        let mut push = |kind: DiffKind, tokens: &[Token]| {
            for token in tokens {
                let merges = pieces.last().is_some_and(|last| last.kind == kind);
                if !merges {
                    pieces.push(DiffPiece {
                        kind,
                        text: String::new(),
                    });
                }
                let first = pieces.len() == 1;
                if let Some(last) = pieces.last_mut() {
                    if token.spaced && !(first && last.text.is_empty()) {
                        last.text.push(' ');
                    }
                    last.text.push_str(&token.shown);
                }
            }
        };
        for op in &self.ops {
            let (passage, quote) = self.sides(op);
            if matches!(op, DiffOp::Equal { .. }) {
                push(DiffKind::Same, passage);
            } else {
                push(DiffKind::Missing, passage);
                push(DiffKind::Added, quote);
            }
        }
        pieces
    }

    fn sides(&self, op: &DiffOp) -> (&[Token], &[Token]) {
        (
            self.passage.get(op.old_range()).unwrap_or_default(),
            self.quote.get(op.new_range()).unwrap_or_default(),
        )
    }

    /// The guard words on which the two differ.
    pub fn touched(&self, guards: &Guards, source: &str) -> Vec<Touched> {
        let mut touched = Vec::new();
        for op in &self.ops {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let (passage, quote) = self.sides(op);
            for (side, tokens, all, others) in [
                (DiffKind::Missing, passage, &self.passage, quote),
                (DiffKind::Added, quote, &self.quote, passage),
            ] {
                for token in tokens {
                    let kind = kind_of(token, all, others, guards).or_else(|| {
                        let starts = match side {
                            DiffKind::Missing => starts_sentence(source, token.range.start),
                            _ => {
                                token.range.start
                                    == self.quote.first().map_or(0, |it| it.range.start)
                            }
                        };
                        let known = || stands_capitalized(source, &token.shown);
                        let shown: Vec<_> = others.iter().map(|it| it.shown.as_str()).collect();
                        (guards.is_name(&token.shown, &shown)
                            && !is_possessive_of(&token.key, others)
                            && (!starts || known()))
                        .then_some(GuardKind::Name)
                    });
                    touched.extend(kind.map(|kind| Touched {
                        kind,
                        word: token.shown.clone(),
                        side,
                    }));
                }
            }
        }
        touched
    }
}

/// What kind of guard word `token` is by its own letters, or by what stands beside or against it.
fn kind_of(token: &Token, all: &[Token], others: &[Token], guards: &Guards) -> Option<GuardKind> {
    if is_possessive_of(&token.key, others) {
        return None;
    }
    if let Some(kind) = guards.kind_of(&token.key) {
        return Some(kind);
    }
    if others
        .iter()
        .any(|other| guards.are_opposites(&token.key, &other.key))
    {
        return Some(GuardKind::Negation);
    }
    // A sign is part of the number it touches; a hyphen only of the one after it.
    let touches_number = is_number_sign(&token.key)
        && all
            .iter()
            .filter(|other| other.key.chars().any(char::is_numeric))
            .any(|number| {
                number.range.start == token.range.end
                    || number.range.end == token.range.start && token.key != "-"
            });
    touches_number.then_some(GuardKind::Number)
}

/// "Trump's" against "Trump".
fn is_possessive_of(key: &str, others: &[Token]) -> bool {
    others.iter().any(|other| {
        key.strip_suffix("'s") == Some(&other.key) || other.key.strip_suffix("'s") == Some(key)
    })
}

/// Whether a sentence of `text` begins at `at`.
fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| {
        c.is_whitespace() || super::normalize::is_quote_mark(c) || matches!(c, '(' | '[')
    });
    (before.chars().next_back())
        .is_none_or(|c| matches!(c, '.' | '!' | '?' | '…' | ':' | '。' | '•'))
}

/// Whether `word` stands in `text` with its capital where no sentence begins: then it is a name where one does, too.
fn stands_capitalized(text: &str, word: &str) -> bool {
    super::exact::occurrences(text, word, 50)
        .into_iter()
        .any(|range| !starts_sentence(text, range.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(quote: &str, passage: &str) -> (String, Vec<(GuardKind, String)>) {
        let normal = normalize(passage, Case::Folded, LineHyphen::Joined);
        let difference = Difference::new(quote, passage, &normal, 0..normal.text.len());
        let shown = difference
            .pieces()
            .iter()
            .map(|piece| match piece.kind {
                DiffKind::Same => piece.text.clone(),
                DiffKind::Missing => format!("-{{{}}}", piece.text),
                DiffKind::Added => format!("+{{{}}}", piece.text),
            })
            .collect();
        let guards = Guards::for_words(Some("en"), quote).expect("a list");
        let touched = difference.touched(&guards, passage);
        (
            shown,
            touched.into_iter().map(|it| (it.kind, it.word)).collect(),
        )
    }

    #[test]
    fn differences_are_told_word_by_word() {
        use GuardKind::{Name, Negation, Number, Scope};
        for (quote, passage, shown, touched) in [
            ("a b c", "A  b c", "A b c", vec![]),
            (
                "an energy infrastructure pause",
                "an energy and infrastructure pause",
                "an energy-{ and} infrastructure pause",
                vec![(Scope, "and")],
            ),
            (
                "23 men were wounded",
                "22 men were wounded",
                "-{22}+{23} men were wounded",
                vec![(Number, "22"), (Number, "23")],
            ),
            (
                "it is possible to",
                "it is impossible to",
                "it is-{ impossible}+{ possible} to",
                vec![(Negation, "impossible"), (Negation, "possible")],
            ),
            (
                "the leaders, agreed",
                "the leaders agreed",
                "the leaders+{,} agreed",
                vec![],
            ),
            (
                "it fell by 5 points",
                "it fell by 5% points",
                "it fell by 5-{%} points",
                vec![(Number, "%")],
            ),
            (
                "with Putin there",
                "with Trump there",
                "with-{ Trump}+{ Putin} there",
                vec![(Name, "Trump"), (Name, "Putin")],
            ),
            (
                "Trump words were",
                "Trump’s words were",
                "-{Trump’s}+{Trump} words were",
                vec![],
            ),
            (
                "the infrastructures are",
                "the infra-\nstructure are",
                "the-{ infrastructure}+{ infrastructures} are",
                vec![],
            ),
            (
                "Leader said it",
                "Leaders said it",
                "-{Leaders}+{Leader} said it",
                vec![],
            ),
            (
                "it rose to 22",
                "it rose to 22.",
                "it rose to 22-{.}",
                vec![],
            ),
        ] {
            let (found, guards) = compare(quote, passage);
            assert_eq!(found, shown);
            let expected: Vec<_> = touched
                .into_iter()
                .map(|(kind, word): (GuardKind, &str)| (kind, word.to_owned()))
                .collect();
            assert_eq!(guards, expected, "{quote:?} in {passage:?}");
        }
    }
}
