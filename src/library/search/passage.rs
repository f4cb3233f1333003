//! Where in the text of a hit the words stand, for a list and for a jump.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are ends of words that were found in the same text; words are known not to be none"
)]

use super::engine::Hit;
use super::query::{Pattern, Query};
use super::schema::{Stems, language_of};
use super::units::UnitKind;
use super::words::Words;
use crate::model::Briefing;
use crate::parse::readable;
use crate::span::Span;
use std::collections::HashMap;
use std::ops::Range;

/// A hit as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Some words around the first match; an ellipsis stands where more was left out.
    pub text: String,
    /// The matches in `text`.
    pub marks: Vec<Range<usize>>,
    /// The first match in the file; where the words do not stand there as such, the beginning of the unit.
    pub place: Span,
}

/// How much stands before and after the first match.
const BEFORE_BYTES: usize = 32;
const AFTER_BYTES: usize = 160;

/// The words of a hit around its first match. `briefing` is the file as it is now: when it has changed since the search, the
/// passage may be another or empty, but never outside of the text.
pub fn passage(briefing: &Briefing, hit: &Hit, query: &Query) -> Passage {
    let mut matcher = Matcher::new(query, briefing.lang.as_deref());
    let raw = hit.span.of(&briefing.text);
    let place = match matcher.first(raw) {
        Some(first) => {
            let start = hit.span.start as usize;
            Span::new(start + first.start, start + first.end)
        }
        None => Span::at(start_of_words(raw) + hit.span.start as usize),
    };
    let joined = |parts: [Option<&str>; 2]| {
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.join(" — ")
    };
    let whole = match hit.kind {
        UnitKind::Passage => readable(raw),
        UnitKind::Briefing => joined([Some(&briefing.title), briefing.summary.as_deref()]),
        UnitKind::Event => {
            let event = briefing.events.get(hit.at as usize);
            event.map_or_else(String::new, |event| {
                let quotes = event
                    .evidence
                    .iter()
                    .filter_map(|evidence| evidence.quote.as_ref());
                let mut words = joined([Some(&event.title), event.summary.as_deref()]);
                for quote in quotes {
                    words += &format!(" “{}”", quote.text);
                }
                words
            })
        }
        UnitKind::Source => {
            let source = briefing.sources.get(hit.at as usize);
            source.map_or_else(String::new, |source| {
                joined([Some(source.label()), source.publisher.as_deref()])
            })
        }
    };
    let title = match hit.kind {
        UnitKind::Passage => "",
        UnitKind::Briefing => &briefing.title,
        UnitKind::Event => briefing
            .events
            .get(hit.at as usize)
            .map_or("", |event| &event.title),
        UnitKind::Source => briefing
            .sources
            .get(hit.at as usize)
            .map_or("", |source| source.label()),
    };
    let (text, marks) = titled_excerpt(title, &whole, &matcher.all(&whole));
    Passage { text, marks, place }
}

/// An excerpt, behind the title that `text` begins with when the matches stand further on.
fn titled_excerpt(title: &str, text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let is_beyond = marks
        .first()
        .is_some_and(|mark| mark.start > title.len() + BEFORE_BYTES);
    let rest = text.get(title.len()..);
    let (true, false, Some(rest)) = (is_beyond, title.is_empty(), rest) else {
        return excerpt(text, marks);
    };
    let shifted: Vec<Range<usize>> = marks
        .iter()
        .map(|mark| mark.start - title.len()..mark.end - title.len())
        .collect();
    let (words, marks) = excerpt(rest, &shifted);
    let shown = format!("{title} {words}");
    let shift = title.len() + 1;
    let marks = marks
        .into_iter()
        .map(|mark| mark.start + shift..mark.end + shift);
    (shown, marks.collect())
}

/// The offset of the first letter or digit.
fn start_of_words(text: &str) -> usize {
    text.find(char::is_alphanumeric).unwrap_or(0)
}

/// Some words around the first match, in one line.
fn excerpt(text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let first = marks.first().map_or(0, |mark| mark.start);
    let mut start = first.saturating_sub(BEFORE_BYTES);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    if start > 0 {
        start += text[start..first].find(' ').map_or(0, |at| at + 1);
    }
    let mut end = text.len().min(first + AFTER_BYTES);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if end < text.len() {
        end = text[..end]
            .rfind(' ')
            .filter(|&at| at > first)
            .unwrap_or(end);
    }
    let mut shown = String::new();
    if start > 0 {
        shown.push('…');
    }
    let shift = shown.len();
    shown.extend(
        text[start..end]
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c }),
    );
    // White space may be longer than a space; then the marks would slip.
    let kept_length = shown.len() - shift == end - start;
    if end < text.len() {
        shown.push('…');
    }
    let marks = marks
        .iter()
        .filter(|mark| kept_length && mark.start >= start && mark.end <= end)
        .map(|mark| mark.start - start + shift..mark.end - start + shift);
    let marks = marks.collect();
    (shown, marks)
}

/// Finds the words of a query in text.
pub struct Matcher<'a> {
    patterns: Vec<&'a Pattern>,
    /// The common form of each pattern of one word, where other forms of it count.
    stems: Vec<Option<String>>,
    language: Option<Stems>,
    /// Common forms of words seen before.
    known: HashMap<String, String>,
}

impl<'a> Matcher<'a> {
    pub fn new(query: &'a Query, lang: Option<&str>) -> Self {
        let mut language = language_of(lang).map(Stems::new);
        let patterns: Vec<&Pattern> = query.marked_patterns().collect();
        let stems = patterns.iter().map(|pattern| {
            let [word] = pattern.words.as_slice() else {
                return None;
            };
            let has_forms = !pattern.is_prefix && !pattern.is_exact;
            language
                .as_mut()
                .filter(|_| has_forms)
                .map(|stems| stems.stem(word))
        });
        Self {
            stems: stems.collect(),
            patterns,
            language,
            known: HashMap::new(),
        }
    }

    /// All matches in a text, from left to right; they do not overlap.
    pub fn all(&mut self, text: &str) -> Vec<Range<usize>> {
        self.find(text, usize::MAX)
    }

    fn first(&mut self, text: &str) -> Option<Range<usize>> {
        self.find(text, 1).into_iter().next()
    }

    fn find(&mut self, text: &str, at_most: usize) -> Vec<Range<usize>> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let longest = self
            .patterns
            .iter()
            .map(|pattern| pattern.words.len())
            .max()
            .unwrap_or(1);
        let mut words: Vec<(String, Range<usize>)> = Vec::new();
        let mut cutter = Words::new(text);
        let mut word = String::new();
        let mut found: Vec<Range<usize>> = Vec::new();
        while found.len() < at_most
            && let Some(range) = cutter.next_into(&mut word)
        {
            if words.len() == longest {
                words.remove(0);
            }
            words.push((word.clone(), range));
            let matched = (0..self.patterns.len())
                .filter_map(|at| self.ends_here(at, &words))
                .max();
            let Some(count) = matched else { continue };
            let start = words[words.len() - count].1.start;
            let end = words[words.len() - 1].1.end;
            match found.last_mut() {
                Some(last) if last.end > start => last.end = end,
                _ => found.push(start..end),
            }
        }
        found
    }

    /// How many words the pattern takes when it ends with the last of these.
    fn ends_here(&mut self, pattern: usize, words: &[(String, Range<usize>)]) -> Option<usize> {
        let wanted = self.patterns[pattern];
        let count = wanted.words.len();
        let window = words.get(words.len().checked_sub(count)?..)?;
        let ((last, _), firsts) = window.split_last()?;
        let (wanted_last, wanted_firsts) = wanted.words.split_last()?;
        let firsts_fit = firsts
            .iter()
            .zip(wanted_firsts)
            .all(|((word, _), wanted)| word == wanted);
        let last_fits = last == wanted_last
            || wanted.is_prefix && last.starts_with(wanted_last.as_str())
            || self.is_form_of(pattern, last);
        (firsts_fit && last_fits).then_some(count)
    }

    fn is_form_of(&mut self, pattern: usize, word: &str) -> bool {
        let (Some(Some(stem)), Some(language)) = (self.stems.get(pattern), &mut self.language)
        else {
            return false;
        };
        if let Some(known) = self.known.get(word) {
            return known == stem;
        }
        let form = language.stem(word);
        let is_form = form == *stem;
        self.known.insert(word.to_owned(), form);
        is_form
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Zone;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let query = Query::parse(query, &Zone::utc()).expect("a query");
        let mut matcher = Matcher::new(&query, Some("en"));
        let marks = matcher.all(text);
        marks
            .into_iter()
            .map(|mark| text[mark].to_owned())
            .collect()
    }

    #[test]
    fn matches_are_marked_as_they_were_found() {
        let text = "They agreed on talks; talking went on. The White House, and the White Horse.";
        assert_eq!(marked("talk", text), ["talks", "talking"]);
        assert_eq!(marked("\"talks\"", text), ["talks"]);
        assert_eq!(marked("agr*", text), ["agreed"]);
        assert_eq!(marked("\"white house\" -horse", text), ["White House"]);
        assert_eq!(marked("who:they standing:disputed", text), ["They"]);
        assert!(marked("zzz", text).is_empty());
    }

    #[test]
    fn an_excerpt_is_cut_at_words_and_keeps_its_marks() {
        let text = format!("{} needle {}", "straw ".repeat(40), "hay ".repeat(80));
        let query = Query::parse("needle", &Zone::utc()).expect("a query");
        let marks = Matcher::new(&query, None).all(&text);
        let (shown, marks) = excerpt(&text, &marks);
        assert!(
            shown.starts_with("…straw") && shown.ends_with("hay…"),
            "{shown}"
        );
        assert_eq!(&shown[marks[0].clone()], "needle");
        assert!(shown.len() < 250);
        assert_eq!(excerpt("", &[]), (String::new(), Vec::new()));
    }
}
