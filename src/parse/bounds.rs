//! How much is read of one file.
//!
//! Briefings come from strangers. What people write is far below every bound here; a file that was made to fill the
//! memory or to keep the program busy meets one of them, is told so at the place where reading ended, and still opens
//! with all that stands before it. With these bounds a file takes time and memory in proportion to its length, and
//! never more than a fixed amount.

#![expect(
    clippy::string_slice,
    reason = "the place is one that `char_indices` gave for this text"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of the bytes of a text, divided by constants or added up to its length"
)]

use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;
use std::cell::Cell;

/// The longest front matter that is read, in bytes.
pub const MAX_FRONT_BYTES: usize = 16 * 1024 * 1024;

/// The most punctuation in one line of front matter. Its grammar looks ahead to the end of a line, and takes memory for every
/// bracket and comma in it.
pub const MAX_FRONT_LINE_SIGNS: usize = 100_000;

/// The longest body that is read, in bytes: about three million words.
pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// The most signs of a body: punctuation and line breaks, of which every block, link, mark, cell and quotation needs
/// at least one. Bounds the time and the memory that Markdown takes.
pub const MAX_BODY_SIGNS: usize = 750_000;

/// The most signs of front matter, of which every key and every value needs at least one: some 37,000 events as
/// people write them.
pub const MAX_FRONT_SIGNS: usize = 1_500_000;

/// So many signs of front matter take as long as one of the body. A file with much of both is read no longer than one with
/// much of either: what the front matter takes is taken from what is read of the body, which keeps a third at least.
const FRONT_SIGNS_TO_ONE: usize = 3;

/// The most events that are read from one file.
pub const MAX_EVENTS: usize = 100_000;

/// The most sources of one file.
pub const MAX_SOURCES: usize = 50_000;

/// The most pieces of evidence of one file, in its front matter, its marks and its comparisons. A footnote that is
/// referred to many times counts each time.
pub const MAX_EVIDENCE: usize = 200_000;

/// The longest key of a source, in bytes.
pub const MAX_KEY_BYTES: usize = 200;

/// The longest title of a briefing, an event, a source or a heading, in characters; a longer one is cut.
pub const MAX_TITLE_CHARS: usize = 500;

/// The longest value that is no summary, in characters.
pub const MAX_VALUE_CHARS: usize = 2_000;

/// The longest summary, in characters.
pub const MAX_SUMMARY_CHARS: usize = 50_000;

/// The longest quotation and the longest words of a statement, in characters.
pub const MAX_QUOTE_CHARS: usize = 20_000;

/// The most entries of one list: actors, tags, authors, bases, silences.
pub const MAX_LIST_ENTRIES: usize = 1_000;

/// How deep lanes may nest.
pub const MAX_LANE_LEVELS: usize = 16;

/// The most passages of one event, and of all events of a file.
pub const MAX_PASSAGES_OF_EVENT: usize = 200;
pub const MAX_PASSAGES: usize = 200_000;

/// How many unknown keys of YAML are held against the known ones.
pub const MAX_KEYS_GUESSED: u32 = 1_000;

/// The most problems that are told of one file: nobody reads more, and a hostile file may hold millions.
pub const MAX_PROBLEMS: usize = 5_000;

/// How much evidence may still be read from a file.
#[derive(Debug)]
pub struct EvidenceLeft {
    limit: usize,
    left: Cell<usize>,
    ended: Cell<Option<Span>>,
}

impl Default for EvidenceLeft {
    fn default() -> Self {
        Self::within(MAX_EVIDENCE)
    }
}

impl EvidenceLeft {
    /// For a file of this length: a short one cannot fill the memory by a footnote that it refers to again and again.
    pub fn for_length(bytes: usize) -> Self {
        const LEAST: usize = 100;
        const SHORTEST_BYTES: usize = 4;
        Self::within((LEAST + bytes / SHORTEST_BYTES).min(MAX_EVIDENCE))
    }

    fn within(limit: usize) -> Self {
        Self {
            limit,
            left: Cell::new(limit),
            ended: Cell::new(None),
        }
    }

    /// Takes `count` pieces for what stands at `place`. Returns whether there were so many left.
    pub fn take(&self, count: usize, place: Span) -> bool {
        let after = self.left.get().checked_sub(count);
        self.left.set(after.unwrap_or(0));
        if after.is_none() && self.ended.get().is_none() {
            self.ended.set(Some(place));
        }
        after.is_some()
    }

    /// Whether there is none left.
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// What there was too much of, and where.
    pub fn problem(&self) -> Option<Problem> {
        let place = self.ended.get()?;
        Some(Problem::new(
            Code::TooMuchEvidence,
            Span::at(place.start as usize),
            format!(
                "expected at most {} pieces of evidence in a file of this length, found more",
                self.limit
            ),
            "split the file; what stands before this place was read",
        ))
    }
}

/// The part of the front matter that is read: all of it, unless it is too long or too dense.
pub fn readable_front(text: &str, yaml: Span) -> (Span, Option<Problem>) {
    let length = length_within(yaml.of(text), MAX_FRONT_BYTES, MAX_FRONT_SIGNS);
    let within = yaml.of(text).get(..length).unwrap_or_default();
    if let Some(dense) = dense_line(within) {
        let start = yaml.start as usize;
        let before = Span::new(start, start + dense);
        let problem = too_much_front(
            before.end,
            format!(
                "expected at most {MAX_FRONT_LINE_SIGNS} signs in one line of front matter, found more"
            ),
            "write one entry a line; what stands before this line was read",
        );
        return (before, Some(problem));
    }
    if length == yaml.len() {
        return (yaml, None);
    }
    let read = end_of_line_before(text, yaml, length);
    let problem = too_much_front(
        read.end,
        format!(
            "expected at most {} MB of front matter with {MAX_FRONT_SIGNS} signs in it, found more",
            MAX_FRONT_BYTES / (1024 * 1024)
        ),
        "split the file; what stands before this place was read",
    );
    (read, Some(problem))
}

fn too_much_front(end: u32, message: String, hint: &str) -> Problem {
    Problem::new(Code::YamlTooLarge, Span::at(end as usize), message, hint)
}

/// The part of a body that is read: all of it, unless it is too long or too dense for what stands in front of it.
pub fn readable_body(text: &str, front: Option<Span>, body: Span) -> (Span, Option<Problem>) {
    let front = front.map_or("", |front| front.of(text));
    // So short a file cannot hold too many signs.
    if body.len() + front.len() / FRONT_SIGNS_TO_ONE <= MAX_BODY_SIGNS {
        return (body, None);
    }
    let most = MAX_BODY_SIGNS.saturating_sub(signs(front.as_bytes()) / FRONT_SIGNS_TO_ONE);
    let length = length_within(body.of(text), MAX_BODY_BYTES, most);
    if length == body.len() {
        return (body, None);
    }
    let read = end_of_line_before(text, body, length);
    let problem = Problem::new(
        Code::BodyTooLarge,
        Span::at(read.end as usize),
        format!(
            "expected at most {} MB of text with {most} signs in it, found more",
            MAX_BODY_BYTES / (1024 * 1024)
        ),
        "split the file; what stands before this place was read",
    );
    (read, Some(problem))
}

/// The part of a bibliography that is read, up to the end of a line where one is near.
pub fn readable_bibliography(text: &str) -> (&str, Option<Problem>) {
    let length = length_within(text, text.len(), MAX_FRONT_SIGNS);
    if length == text.len() {
        return (text, None);
    }
    let read = end_of_line_before(text, Span::new(0, text.len()), length);
    let problem = Problem::new(
        Code::FileTooLarge,
        Span::at(read.end as usize),
        format!("expected a bibliography with at most {MAX_FRONT_SIGNS} signs in it, found more"),
        "split the bibliography; what stands before this place was read",
    );
    (read.of(text), Some(problem))
}

/// Punctuation and line ends.
pub fn signs(bytes: &[u8]) -> usize {
    let is_sign =
        |byte: &&u8| byte.is_ascii_punctuation() || matches!(**byte, b'\n' | b'\r' | 0xc2 | 0xe2);
    bytes.iter().filter(is_sign).count()
}

/// How much of a text holds at most so many bytes and signs; a little less where there are more.
fn length_within(text: &str, most_bytes: usize, most_signs: usize) -> usize {
    const BLOCK_BYTES: usize = 4096;
    let bytes = text.as_bytes();
    if bytes.len() <= most_signs.min(most_bytes) {
        return bytes.len();
    }
    let mut found = 0;
    let mut length = 0;
    for block in bytes.chunks(BLOCK_BYTES) {
        found += signs(block);
        if found > most_signs || length + block.len() > most_bytes {
            break;
        }
        length += block.len();
    }
    text.floor_char_boundary(length)
}

/// Where the first line begins that holds too many signs.
fn dense_line(front: &str) -> Option<usize> {
    if front.len() <= MAX_FRONT_LINE_SIGNS {
        return None;
    }
    let mut at = 0;
    for line in front.split_inclusive('\n') {
        if line.len() > MAX_FRONT_LINE_SIGNS {
            let signs = line.bytes().filter(u8::is_ascii_punctuation).count();
            if signs > MAX_FRONT_LINE_SIGNS {
                return Some(at);
            }
        }
        at += line.len();
    }
    None
}

/// The first `length` bytes of a span, back to the end of a line where one is near.
fn end_of_line_before(text: &str, span: Span, length: usize) -> Span {
    const NEAR_BYTES: usize = 64 * 1024;
    let start = span.start as usize;
    let end = text.floor_char_boundary(start + length);
    let from = text.floor_char_boundary(end.saturating_sub(NEAR_BYTES).max(start));
    let line_end = text.get(from..end).and_then(|near| near.rfind('\n'));
    Span::new(start, line_end.map_or(end, |at| from + at + 1).max(start))
}

/// Whether so many problems are listed that a further one need not be put into words.
pub fn is_full(problems: &[Problem]) -> bool {
    problems.len() > MAX_PROBLEMS + 1
}

/// A text of at most `most` characters, the last of them an ellipsis where it was cut.
pub fn cut(mut text: String, most: usize) -> String {
    // So few bytes cannot hold too many characters.
    if text.len() > most
        && let Some((at, _)) = text.char_indices().nth(most)
    {
        let last = text[..at]
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        text.truncate(last);
        text.push('…');
    }
    text
}

/// The same for words that are shared: nearly all fit, and then stay shared.
pub fn cut_text(text: Text, most: usize) -> Text {
    if text.len() <= most {
        text
    } else {
        cut(text.into(), most).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_characters() {
        assert_eq!(cut("abc".to_owned(), 3), "abc");
        assert_eq!(cut("abcd".to_owned(), 3), "ab…");
        assert_eq!(cut("ééé".to_owned(), 3), "ééé");
        assert_eq!(cut("éééé".to_owned(), 3), "éé…");
    }

    #[test]
    fn a_body_is_read_up_to_its_bound_and_whole_lines_only() {
        let whole = |text: &str| Span::new(0, text.len());
        let honest = "A line of words, twelve of them.\n".repeat(40_000);
        assert_eq!(
            readable_body(&honest, None, whole(&honest)),
            (whole(&honest), None)
        );

        let dense = "[[[[[[[[[\n".repeat(150_000);
        let (read, problem) = readable_body(&dense, None, whole(&dense));
        assert!(
            read.len() <= MAX_BODY_SIGNS && read.len() > MAX_BODY_SIGNS - 5_000,
            "{read:?}"
        );
        assert!(read.of(&dense).ends_with('\n'));
        assert_eq!(
            problem.map(|problem| (problem.code, problem.span.start)),
            Some((Code::BodyTooLarge, read.end))
        );

        let long = "é".repeat(MAX_BODY_BYTES);
        let (read, problem) = readable_body(&long, None, whole(&long));
        assert!(read.len() <= MAX_BODY_BYTES && !read.of(&long).is_empty());
        assert!(problem.is_some());
    }

    #[test]
    fn what_front_matter_takes_is_taken_from_the_body_which_keeps_a_third() {
        for (entries, expected) in [
            (0, MAX_BODY_SIGNS),
            (100_000, MAX_BODY_SIGNS - 100_000),
            (10_000_000, MAX_BODY_SIGNS / 3),
        ] {
            let front = "a: b,\n".repeat(entries.min(600_000));
            let text = format!("{front}{}", "[".repeat(MAX_BODY_SIGNS + 9));
            let yaml = Span::new(0, front.len());
            let (yaml, told) = readable_front(&text, yaml);
            assert_eq!(told.is_some(), entries > 500_000);
            let (read, problem) =
                readable_body(&text, Some(yaml), Span::new(front.len(), text.len()));
            assert!(
                read.len() <= expected + 5_000 && read.len() > expected - 5_000,
                "{read:?} for {expected}"
            );
            let problem = problem.expect("the rest is told");
            assert_eq!(problem.code, Code::BodyTooLarge);
        }
    }

    #[test]
    fn front_matter_is_read_up_to_its_bound_and_whole_lines_only() {
        let line = "- {date: 2025, title: A}\n";
        let front = line.repeat(400_000);
        let (read, problem) = readable_front(&front, Span::new(0, front.len()));
        let read = read.of(&front);
        assert!(read.ends_with('\n') && signs(read.as_bytes()) <= MAX_FRONT_SIGNS);
        assert!(signs(read.as_bytes()) > MAX_FRONT_SIGNS - 10_000);
        let problem = problem.expect("the rest is told");
        assert_eq!(problem.code, Code::YamlTooLarge);
        assert!(problem.message.contains("1500000 signs"), "{problem:?}");
        // Long front matter that is sparse is bounded by its bytes.
        let words = format!("{}\n", "word ".repeat(1_000)).repeat(4_000);
        let (read, problem) = readable_front(&words, Span::new(0, words.len()));
        assert!(read.len() <= MAX_FRONT_BYTES && read.len() > MAX_FRONT_BYTES - 100_000);
        assert!(problem.is_some());
    }

    #[test]
    fn front_matter_is_read_up_to_a_line_that_holds_too_many_signs() {
        let whole = |text: &str| Span::new(0, text.len());
        for (line, is_read) in [
            ("x,".repeat(MAX_FRONT_LINE_SIGNS), true),
            ("x,".repeat(MAX_FRONT_LINE_SIGNS + 1), false),
            ("word ".repeat(MAX_FRONT_LINE_SIGNS), true),
        ] {
            let front = format!("title: T\n{line}\ntags: a\n");
            let (read, problem) = readable_front(&front, whole(&front));
            let expected = if is_read { &front[..] } else { "title: T\n" };
            assert_eq!(read.of(&front), expected);
            assert_eq!(
                problem.map(|problem| problem.span.start),
                (!is_read).then_some(read.end)
            );
        }
    }

    #[test]
    fn evidence_is_counted_and_its_end_told_once() {
        let left = EvidenceLeft::default();
        assert!(left.take(MAX_EVIDENCE - 1, Span::at(1)));
        assert!(left.problem().is_none());
        assert!(!left.take(2, Span::at(2)));
        assert!(!left.take(1, Span::at(3)) && left.is_spent());
        assert_eq!(left.problem().map(|problem| problem.span.start), Some(2));
    }
}
