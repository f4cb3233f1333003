//! Where in the text of a hit the words stand, for a list and for a jump.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are ends of words that were found in the same text; words are known not to be none"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text; a title is taken off only where marks stand behind it, and words only where so many were matched"
)]

use super::engine::Hit;
use super::fields;
use super::query::{Pattern, Query};
use super::schema::{Stems, language_of};
use super::units::UnitKind;
use super::words::Words;
use crate::model::Briefing;
use crate::parse::{Seen, readable, seen};
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
    let written = |matcher: &mut Matcher| match matcher.first(raw) {
        Some(first) => {
            let start = hit.span.start as usize;
            Span::new(start + first.start, start + first.end)
        }
        None => Span::at(start_of_words(raw) + hit.span.start as usize),
    };
    if hit.kind == UnitKind::Passage {
        let shown = as_read(&seen(briefing, hit.span), &mut matcher);
        let marks = matcher.all(&shown.text);
        if marks.is_empty()
            && let Some(passage) = as_written(hit, "", raw, &mut matcher)
        {
            return passage;
        }
        let first = marks.first().and_then(|mark| shown.place_of(mark.clone()));
        let place = first.unwrap_or_else(|| written(&mut matcher));
        let (text, marks) = excerpt(&shown.text, &marks);
        return Passage { text, marks, place };
    }
    let (title, whole) = titled(briefing, hit).unwrap_or_default();
    let marks = matcher.all(&whole);
    if marks.is_empty() {
        let fields = fields::matching(briefing, hit, &mut matcher);
        if !fields.is_empty() {
            let whole = format!("{title} — {fields}");
            let (text, marks) = titled_excerpt(title, &whole, &matcher.all(&whole));
            let place = written(&mut matcher);
            return Passage { text, marks, place };
        }
    }
    let has_own_words = matches!(hit.kind, UnitKind::Event | UnitKind::Source);
    if marks.is_empty()
        && has_own_words
        && let Some(passage) = as_written(hit, title, raw, &mut matcher)
    {
        return passage;
    }
    let (text, marks) = titled_excerpt(title, &whole, &marks);
    let place = written(&mut matcher);
    Passage { text, marks, place }
}

/// A unit as it stands in the file, when the words are in what a reader does not see as such: an address, the label of a note,
/// an actor. `None` when they are not there, either.
fn as_written(hit: &Hit, title: &str, raw: &str, matcher: &mut Matcher) -> Option<Passage> {
    let first = matcher.first(raw)?;
    let start = hit.span.start as usize;
    let place = Span::new(start + first.start, start + first.end);
    let whole = match title {
        "" => raw.to_owned(),
        // Only the line with the words: what stands above is the title mostly.
        title => {
            let line = raw.get(..first.start).and_then(|before| before.rfind('\n'));
            let line = line.and_then(|at| raw.get(at..)).unwrap_or(raw);
            format!("{title} — {}", line.trim_start())
        }
    };
    let (text, marks) = titled_excerpt(title, &whole, &matcher.all(&whole));
    Some(Passage { text, marks, place })
}

/// Without the citations in which nothing was found: a reader sees no more than a small letter of them.
fn as_read(seen: &Seen, matcher: &mut Matcher) -> Seen {
    if seen.asides.is_empty() {
        return seen.clone();
    }
    let marks = matcher.all(&seen.text);
    let has_match = |aside: &Range<usize>| {
        marks
            .iter()
            .any(|mark| mark.start < aside.end && aside.start < mark.end)
    };
    seen.without(|aside| !has_match(aside))
}

/// The title of a unit that has one, and all words of it behind the title.
fn titled<'a>(briefing: &'a Briefing, hit: &Hit) -> Option<(&'a str, String)> {
    let at = hit.at as usize;
    let behind = |title: &str, words: Option<&str>| match words {
        Some(words) => format!("{title} — {}", readable(words)),
        None => title.to_owned(),
    };
    Some(match hit.kind {
        UnitKind::Passage => return None,
        UnitKind::Briefing => {
            let title = &briefing.title;
            (title, behind(title, briefing.summary.as_deref()))
        }
        UnitKind::Event => {
            let event = briefing.events.get(at)?;
            let mut words = behind(&event.title, event.summary.as_deref());
            for quote in event.evidence.iter().filter_map(|e| e.quote.as_ref()) {
                words += &format!(" “{}”", quote.text);
            }
            (&event.title, words)
        }
        UnitKind::Source => {
            let source = briefing.sources.get(at)?;
            let title = source.label();
            (title, behind(title, source.publisher.as_deref()))
        }
    })
}

/// An excerpt, behind the title that `text` begins with when the matches stand further on.
fn titled_excerpt(title: &str, text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let is_beyond = marks.first().is_some_and(|mark| mark.start >= title.len());
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
    let mut start = text.floor_char_boundary(first.saturating_sub(BEFORE_BYTES));
    if start > 0 {
        start += text[start..first].find(' ').map_or(0, |at| at + 1);
        // A passage does not begin with what divides it from words that are left out.
        let divides = |c: char| c.is_whitespace() || c == '—' || c == '·';
        let kept = text[start..first].trim_start_matches(divides);
        start = first - kept.len();
    }
    let mut end = text.ceil_char_boundary(first + AFTER_BYTES);
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
    let mut shown_marks: Vec<Range<usize>> = Vec::new();
    let mut inside = marks
        .iter()
        .filter(|mark| mark.start >= start && mark.end <= end)
        .peekable();
    let mut open: Option<usize> = None;
    for (at, c) in text[start..end].char_indices() {
        let at = start + at;
        if let Some(mark) = inside.peek() {
            if at == mark.start {
                open = Some(shown.len());
            } else if at == mark.end {
                shown_marks.extend(open.take().map(|from| from..shown.len()));
                inside.next();
                if inside.peek().is_some_and(|next| next.start == at) {
                    open = Some(shown.len());
                }
            }
        }
        // White space of any length is one space.
        if !c.is_whitespace() {
            shown.push(c);
        } else if !shown.ends_with(' ') && !shown.is_empty() {
            shown.push(' ');
        }
    }
    shown_marks.extend(open.map(|from| from..shown.len()));
    if end < text.len() {
        shown.push('…');
    }
    (shown, shown_marks)
}

/// Finds the words of a query in text.
pub struct Matcher {
    patterns: Vec<Pattern>,
    /// The common form of each pattern of one word, where other forms of it count.
    stems: Vec<Option<String>>,
    language: Option<Stems>,
    /// Common forms of words seen before.
    known: HashMap<String, String>,
}

impl Matcher {
    pub fn new(query: &Query, lang: Option<&str>) -> Self {
        Self::of(query.marked_patterns().cloned().collect(), lang)
    }

    /// For running text, in which a single letter is not taken for the beginning of a word: the index does not, either.
    pub fn in_prose(query: &Query, lang: Option<&str>) -> Self {
        let patterns = query.marked_patterns();
        let says_something = |pattern: &&Pattern| {
            let is_letter = |word: &String| word.chars().count() == 1 && word.is_ascii();
            !(pattern.is_prefix && pattern.words.iter().all(is_letter))
        };
        Self::of(patterns.filter(says_something).cloned().collect(), lang)
    }

    fn of(patterns: Vec<Pattern>, lang: Option<&str>) -> Self {
        let mut language = language_of(lang).map(Stems::new);
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

    /// Whether any of what is sought stands in a text.
    pub fn finds(&mut self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// How many words the pattern takes when it ends with the last of these.
    fn ends_here(&mut self, pattern: usize, words: &[(String, Range<usize>)]) -> Option<usize> {
        let wanted = &self.patterns[pattern];
        let count = wanted.words.len();
        let window = words.get(words.len().checked_sub(count)?..)?;
        let ((last, _), firsts) = window.split_last()?;
        let (wanted_last, wanted_firsts) = wanted.words.split_last()?;
        let firsts_fit = firsts
            .iter()
            .zip(wanted_firsts)
            .all(|((word, _), wanted)| word == wanted);
        let fits =
            last == wanted_last || wanted.is_prefix && last.starts_with(wanted_last.as_str());
        (firsts_fit && (fits || self.is_form_of(pattern, last))).then_some(count)
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
