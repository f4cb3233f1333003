//! A quotation taken apart: the words that must stand in the copy, and what the author left out or put in.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

/// What stands between two parts of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Gap {
    /// `[words]`: the author's, in place of a few words or of none.
    Insertion,
    /// `…`, `...`, `[…]`: something was left out.
    Elision,
}

/// The parts of a quotation, in order, each with the gap before it (`None` for the first).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub gap: Option<Gap>,
    pub words: String,
}

/// Takes a quotation apart. Elisions and insertions at its ends leave nothing behind.
pub(super) fn parts(quote: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut words = String::new();
    let mut gap = None;
    let mut rest = quote;
    while let Some(c) = rest.chars().next() {
        let (found, len) = match c {
            '…' => (Some(Gap::Elision), c.len_utf8()),
            '.' => match dots(rest) {
                0 => (None, 1),
                len => (Some(Gap::Elision), len),
            },
            '[' | '(' => match bracketed(rest) {
                Some((inside, len)) if is_ellipsis(inside) => (Some(Gap::Elision), len),
                Some((inside, len)) if c == '[' => {
                    let before = words.chars().next_back();
                    let after = rest.get(len..).unwrap_or_default().chars().next();
                    if [before, after]
                        .into_iter()
                        .flatten()
                        .any(char::is_alphanumeric)
                    {
                        // `[T]he`, `agree[d]`: the letters belong to the word.
                        words.push_str(inside);
                        rest = rest.get(len..).unwrap_or_default();
                        continue;
                    }
                    (Some(Gap::Insertion), len)
                }
                _ => (None, 1),
            },
            _ => (None, c.len_utf8()),
        };
        match found {
            Some(kind) => {
                close(&mut parts, &mut words, &mut gap);
                gap = gap.max(Some(kind));
            }
            None => words.push(c),
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    close(&mut parts, &mut words, &mut gap);
    parts
}

/// Ends a part. One without a letter or digit is only punctuation beside the gap, and joins it.
fn close(parts: &mut Vec<Part>, words: &mut String, gap: &mut Option<Gap>) {
    let part = std::mem::take(words);
    if part.chars().any(char::is_alphanumeric) {
        parts.push(Part {
            gap: gap.take().filter(|_| !parts.is_empty()),
            words: part.trim().to_owned(),
        });
    }
}

/// The length of three or more full stops at the start of `rest`, spaced or not; else 0.
fn dots(rest: &str) -> usize {
    let (mut count, mut len) = (0, 0);
    for (at, c) in rest.char_indices() {
        match c {
            '.' => {
                count += 1;
                len = at + 1;
            }
            ' ' | '\u{a0}'
                if count > 0 && rest.get(..at).is_some_and(|read| read.ends_with('.')) => {}
            _ => break,
        }
    }
    if count >= 3 { len } else { 0 }
}

/// What stands in brackets at the start of `rest`, and the length with the brackets. Not across another bracket.
fn bracketed(rest: &str) -> Option<(&str, usize)> {
    let close = if rest.starts_with('[') { ']' } else { ')' };
    let inside = rest.get(1..)?;
    let end = inside.find(['[', ']', '(', ')'])?;
    inside.get(end..)?.starts_with(close).then_some(())?;
    Some((inside.get(..end)?, end + 2))
}

fn is_ellipsis(inside: &str) -> bool {
    let inside = inside.trim();
    inside == "…" || dots(inside) == inside.len() && !inside.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_come_apart_at_elisions_and_insertions() {
        let e = "…";
        let i = "[]";
        for (quote, expected) in [
            ("plain words", vec!["plain words"]),
            ("one … two", vec!["one", e, "two"]),
            ("one... two", vec!["one", e, "two"]),
            ("one. . . two", vec!["one", e, "two"]),
            (
                "one […] two [...] three (…) four",
                vec!["one", e, "two", e, "three", e, "four"],
            ),
            ("… one …", vec!["one"]),
            ("he [Trump] said", vec!["he", i, "said"]),
            ("[T]he leader[s] said", vec!["The leaders said"]),
            ("said [the] […] end", vec!["said", e, "end"]),
            ("a (b) [c", vec!["a (b) [c"]),
            ("end. Next.. and", vec!["end. Next.. and"]),
            ("…", vec![]),
            ("one …, … two", vec!["one", e, "two"]),
        ] {
            let mut found = Vec::new();
            for part in parts(quote) {
                found.extend(part.gap.map(|gap| match gap {
                    Gap::Elision => e.to_owned(),
                    Gap::Insertion => i.to_owned(),
                }));
                found.push(part.words);
            }
            assert_eq!(found, expected, "{quote:?}");
        }
    }
}
