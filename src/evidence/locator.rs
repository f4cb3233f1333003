//! Where an author's locator points in a copy: "para. 2", "p. 3", "lines 12-14", "art. 5", "00:12:30".
//!
//! A locator only decides between places where the words stand anyway, so it is read generously: where it can be counted
//! in more ways than one (does the headline count as a paragraph?), all of them are given. A locator that is not
//! understood, or points at nothing, gives none.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and times of two digits a part"
)]

use super::copy::CopyText;
use std::ops::Range;

/// More places than this are no answer.
const MAX_PASSAGES: usize = 64;

/// The widest range of numbers that is followed: "paras. 2-9".
const MAX_NUMBERS: usize = 50;

/// What a locator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Paragraph,
    Line,
    Page,
    /// A numbered part under a line that begins with its number.
    Part,
}

/// Words for what is counted, in lower case, without a full stop.
const UNITS: &[(Unit, &[&str])] = &[
    (
        Unit::Paragraph,
        &[
            "para",
            "paras",
            "par",
            "paragraph",
            "paragraphs",
            "¶",
            "¶¶",
            "abs",
            "absatz",
            "absätze",
            "al",
            "alinéa",
            "alinéas",
            "paragraphe",
            "абз",
            "абзац",
            "абзацы",
            "абзаци",
        ],
    ),
    (
        Unit::Line,
        &[
            "line",
            "lines",
            "l",
            "ll",
            "zeile",
            "zeilen",
            "ligne",
            "lignes",
            "строка",
            "строки",
            "рядок",
            "рядки",
        ],
    ),
    (
        Unit::Page,
        &[
            "p",
            "pp",
            "page",
            "pages",
            "seite",
            "seiten",
            "s",
            "стр",
            "с",
            "страница",
            "сторінка",
        ],
    ),
    (
        Unit::Part,
        &[
            "rule",
            "rules",
            "note",
            "no",
            "nr",
            "№",
            "section",
            "sections",
            "sec",
            "secs",
            "§",
            "§§",
            "article",
            "articles",
            "art",
            "arts",
            "chapter",
            "ch",
            "chap",
            "item",
            "point",
            "clause",
            "kapitel",
            "artikel",
            "ziffer",
            "статья",
            "ст",
            "стаття",
            "пункт",
            "п",
            "глава",
            "розділ",
            "раздел",
        ],
    ),
];

/// The bytes of [`CopyText::text`] that `locator` points at, ascending; empty when it says nothing of this copy.
pub(super) fn passages(copy: &CopyText, locator: &str) -> Vec<Range<usize>> {
    let text = copy.text();
    let mut found = Vec::new();
    for part in locator.split([',', ';']) {
        let part = part.trim().to_lowercase();
        if let Some(seconds) = seconds_of(&part) {
            found.extend(around_time(text, seconds));
        } else if let Some((unit, first, last)) = numbered(&part) {
            let wanted = first..=last.min(first.saturating_add(MAX_NUMBERS));
            match unit {
                Unit::Paragraph => {
                    let blocks = blocks(text);
                    let prose: Vec<_> = blocks
                        .iter()
                        .filter(|block| is_prose(text.get((*block).clone()).unwrap_or_default()))
                        .cloned()
                        .collect();
                    for counted in [blocks, prose] {
                        found.extend(
                            wanted
                                .clone()
                                .filter_map(|at| counted.get(at.checked_sub(1)?).cloned()),
                        );
                    }
                }
                Unit::Line => {
                    let lines = lines(text);
                    let lines = wanted.filter_map(|at| lines.get(at.checked_sub(1)?).cloned());
                    found.extend(lines);
                }
                // Text made from a paged document has a form feed between pages; without one there are no pages to count.
                Unit::Page if text.contains('\u{c}') => {
                    let pages = cut(text, |text, from| {
                        text.get(from..)?.find('\u{c}').map(|at| (from + at, 1))
                    });
                    found.extend(wanted.filter_map(|at| pages.get(at.checked_sub(1)?).cloned()));
                }
                Unit::Page => {}
                Unit::Part => found.extend(parts(copy, &wanted)),
            }
        }
    }
    found.retain(|passage| !passage.is_empty());
    found.sort_by_key(|passage| (passage.start, passage.end));
    found.dedup();
    if found.len() > MAX_PASSAGES {
        found.clear();
    }
    found
}

/// "paras. 2-3" is paragraphs 2 to 3; a bare number is a page, as in citations.
fn numbered(part: &str) -> Option<(Unit, usize, usize)> {
    let digits = part.find(|c: char| c.is_ascii_digit())?;
    let (label, numbers) = part.split_at(digits);
    let label = label.trim().trim_end_matches('.').trim();
    let unit = if label.is_empty() {
        Unit::Page
    } else {
        UNITS
            .iter()
            .find(|(_, words)| words.contains(&label))
            .map(|(unit, _)| *unit)?
    };
    let len = numbers
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(numbers.len());
    let (first, rest) = numbers.split_at(len);
    let first: usize = first.parse().ok()?;
    let last = rest
        .trim_start()
        .strip_prefix(['-', '–', '—'])
        .and_then(|rest| rest.trim().parse().ok())
        .unwrap_or(first);
    (last >= first).then_some((unit, first, last))
}

/// Stretches between separators; `next` finds the first separator at or after a byte, and its length.
fn cut(text: &str, next: impl Fn(&str, usize) -> Option<(usize, usize)>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, len)) = next(text, from) {
        found.push(from..at);
        from = at + len.max(1);
    }
    found.push(from.min(text.len())..text.len());
    found
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.trim_end_matches(['\n', '\r']).len();
            start += line.len();
            range
        })
        .collect()
}

/// Paragraphs: lines between empty lines; where no line is empty, each line.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let is_empty =
        |line: &Range<usize>| text.get(line.clone()).is_none_or(|it| it.trim().is_empty());
    let inner_gap = lines
        .iter()
        .skip_while(|line| is_empty(line))
        .skip_while(|line| !is_empty(line))
        .any(|line| !is_empty(line));
    if !inner_gap {
        return lines.into_iter().filter(|line| !is_empty(line)).collect();
    }
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        if is_empty(&line) {
            goes_on = false;
        } else if let Some(last) = blocks.last_mut().filter(|_| goes_on) {
            last.end = line.end;
        } else {
            blocks.push(line);
            goes_on = true;
        }
    }
    blocks
}

/// Whether a block reads as a paragraph, not as a headline or a date line.
fn is_prose(block: &str) -> bool {
    let end = block.trim_end_matches(|c: char| super::normalize::is_quote_mark(c) || c == ')');
    end.ends_with(['.', '!', '?', '…', ':', ';', '。']) || block.chars().count() > 120
}

/// The numbered parts: from a line that begins with one of the numbers, or such an item of a list, to the next one with any
/// number.
fn parts(copy: &CopyText, wanted: &std::ops::RangeInclusive<usize>) -> Vec<Range<usize>> {
    let text = copy.text();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for line in lines(text) {
        let words = text.get(line.clone()).unwrap_or_default();
        if let Some(number) = leading_number(words) {
            found.push((number, line.start));
        }
    }
    let items = copy.numbered_items().iter();
    found.extend(items.filter_map(|item| Some((usize::try_from(item.number).ok()?, item.at))));
    found.sort_by_key(|&(_, start)| start);
    let ends = found.iter().skip(1).map(|&(_, start)| start);
    found
        .iter()
        .zip(ends.chain([text.len()]))
        .filter(|((number, _), _)| wanted.contains(number))
        .map(|(&(_, start), end)| start..end)
        .collect()
}

/// The number of a part's first line: "5.", "5)", "§ 5", "Article 5", "Art. 5".
fn leading_number(line: &str) -> Option<usize> {
    let line = line.trim_start().trim_start_matches('#').trim_start();
    let digits = line.find(|c: char| c.is_ascii_digit())?;
    let (label, rest) = line.split_at(digits);
    let label = label.trim().trim_end_matches('.').to_lowercase();
    let len = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at(len);
    let is_part = if label.is_empty() {
        after.starts_with(['.', ')'])
            && !after
                .get(1..)
                .is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
    } else {
        UNITS
            .iter()
            .any(|(unit, words)| *unit == Unit::Part && words.contains(&label.as_str()))
    };
    is_part.then(|| number.parse().ok()).flatten()
}

/// "12:30", "00:12:30", with or without brackets.
fn seconds_of(part: &str) -> Option<u32> {
    let part = part.trim_matches(['[', ']', '(', ')']).trim();
    let numbers: Vec<&str> = part.split(':').collect();
    if !(2..=3).contains(&numbers.len()) {
        return None;
    }
    numbers.iter().try_fold(0_u32, |total, number| {
        let is_number =
            (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let value: u32 = is_number.then(|| number.parse().ok()).flatten()?;
        Some(total * 60 + value)
    })
}

/// In a transcript: from the last time mark that is not after `seconds` to the next one.
fn around_time(text: &str, seconds: u32) -> Option<Range<usize>> {
    let marks: Vec<(u32, usize)> = lines(text)
        .into_iter()
        .filter_map(|line| {
            let words = text.get(line.clone())?.trim_start();
            let first = words.split_whitespace().next()?;
            Some((seconds_of(first)?, line.start))
        })
        .collect();
    let at = marks.iter().rposition(|&(time, _)| time <= seconds)?;
    let end = marks.get(at + 1).map_or(text.len(), |&(_, start)| start);
    Some(marks.get(at)?.1..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn points_at(text: &str, locator: &str, expected: &[&str]) {
        let copy = CopyText::from_text(text);
        let found = passages(&copy, locator);
        let found: Vec<&str> = found.iter().map(|range| copy.words(range).trim()).collect();
        assert_eq!(found, expected, "{locator}");
    }

    #[test]
    fn paragraphs_are_counted_with_and_without_headlines() {
        let text = "The readout\n\nFirst they\nmet.\n\nThen they spoke.\n\nThen they left.";
        points_at(text, "para. 2", &["First they\nmet.", "Then they spoke."]);
        points_at(text, "¶ 3", &["Then they spoke.", "Then they left."]);
        points_at(text, "Abs. 4", &["Then they left."]);
        points_at(text, "paras 3–4", &["Then they spoke.", "Then they left."]);
        points_at(text, "para. 9", &[]);
        points_at("One.\nTwo.\nThree.", "абз. 2", &["Two."]);
    }

    #[test]
    fn lines_pages_and_parts_are_counted() {
        points_at("a\nb\nc\nd", "lines 2-3", &["b", "c"]);
        points_at("a\u{c}b\u{c}c", "p. 2", &["b"]);
        points_at("a\u{c}b\u{c}c", "3", &["c"]);
        points_at("a b c", "p. 2", &[]);
        let treaty = "Preamble\nArticle 1\nPeace.\nArticle 2\nTrade.\nArticle 12\nEnd.";
        points_at(treaty, "Art. 2", &["Article 2\nTrade."]);
        points_at(treaty, "art. 12", &["Article 12\nEnd."]);
        points_at(
            "1. One\n1.5 is no part\n2. Two",
            "sec. 1",
            &["1. One\n1.5 is no part"],
        );
    }

    #[test]
    fn items_of_numbered_lists_are_parts_though_their_numbers_are_not_in_the_text() {
        for (file, page) in [
            (
                "a.md",
                "# Rules\n\n1. One.\n2. Two,\n   in two lines.\n\nBetween.\n\n7. Seven.\n8. Eight.",
            ),
            (
                "a.html",
                "<h1>Rules</h1><ol><li>One.<li>Two, in two <ul><li>lines.</ul></ol><p>Between.<ol start=7><li>Seven.</li><li>Eight.</ol>",
            ),
        ] {
            let copy = CopyText::new(page.as_bytes(), file).expect("a page");
            let words = |locator: &str| -> Vec<String> {
                let found = passages(&copy, locator);
                let line = |range: &Range<usize>| {
                    let words: Vec<&str> = copy.words(range).split_whitespace().collect();
                    words.join(" ")
                };
                found.iter().map(line).collect()
            };
            assert_eq!(words("rule 2"), ["Two, in two lines. Between."], "{file}");
            assert_eq!(words("item 8"), ["Eight."], "{file}");
            assert_eq!(words("item 3"), Vec::<String>::new(), "{file}");
        }
    }

    #[test]
    fn a_time_is_looked_up_between_the_marks_of_a_transcript() {
        let text = "[00:00] Hello\nWelcome\n[01:10] On peace\n[1:02:00] Farewell";
        points_at(text, "00:01:30", &["[01:10] On peace"]);
        points_at(text, "0:30", &["[00:00] Hello\nWelcome"]);
        points_at(text, "1:59:59", &["[1:02:00] Farewell"]);
        points_at("no marks here", "1:00", &[]);
    }

    #[test]
    fn what_is_no_locator_points_at_nothing() {
        for locator in [
            "",
            "passim",
            "headline",
            "para.",
            "para. x",
            "para. 3-2",
            "para. 99999999999999999999",
            "fig. 2",
        ] {
            points_at("One.\n\nTwo.", locator, &[]);
        }
    }
}
