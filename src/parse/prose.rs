//! The words of one block as a reader sees them, with a map back to the file.

#![expect(
    clippy::indexing_slicing,
    reason = "segments and ranges are numbered by searches in their own sorted lists"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "a part lies in the prose that it was taken from, and ranges are cut to it"
)]

use crate::model::RunStyle;
use crate::span::Span;
use crate::text::Text;
use pulldown_cmark::CowStr;
use std::borrow::Cow;
use std::ops::Range;

/// One paragraph, heading or table cell: readable text (no Markdown, entities and escapes resolved), and where
/// each part of it stands in the file.
#[derive(Debug, Default)]
pub struct Prose<'a> {
    pub text: String,
    /// In the order of the text; each reaches to the next.
    pub segments: Vec<Segment>,
    /// In the order in which they begin.
    pub inlines: Vec<Inline<'a>>,
    /// The block in the file.
    pub span: Span,
    /// For the first block of a task list's item: whether it is done.
    pub done: Option<bool>,
    /// Room that [`Self::cut`] uses again.
    spare: (String, Vec<Segment>),
}

/// A part of the text that stands in the file in one piece.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// Where it begins in the text.
    pub at: usize,
    /// The same words in the file. Of another length than in the text where an entity or a line break stands:
    /// then the whole part has this one place.
    pub file: Span,
    pub style: RunStyle,
}

/// Something in the text that is more than words.
#[derive(Clone, Debug)]
pub struct Inline<'a> {
    /// The words it covers in the text; empty for what has none.
    pub text: Range<usize>,
    pub span: Span,
    pub kind: InlineKind<'a>,
}

#[derive(Clone, Debug)]
pub enum InlineKind<'a> {
    Link {
        address: CowStr<'a>,
        wiki: bool,
    },
    /// A reference to a footnote that is defined.
    Footnote(CowStr<'a>),
    /// Words that mean nothing but themselves.
    Code,
    Image {
        path: CowStr<'a>,
    },
    /// `<!-- … -->`, with its marks.
    Comment(CowStr<'a>),
    /// A line break that the author asked for.
    Break,
}

impl Inline<'_> {
    /// Whether it is a link with words.
    fn is_link(self: &&Self) -> bool {
        matches!(self.kind, InlineKind::Link { .. }) && !self.text.is_empty()
    }
}

impl Prose<'_> {
    /// Makes it empty, but keeps its room.
    pub fn clear(&mut self) {
        self.text.clear();
        self.segments.clear();
        self.inlines.clear();
        self.span = Span::default();
        self.done = None;
    }

    /// Adds words that stand at `file`.
    pub fn push(&mut self, words: &str, file: Span, style: RunStyle) {
        if words.is_empty() {
            return;
        }
        const USUAL_SEGMENTS: usize = 8;
        let at = self.text.len();
        if at == 0 {
            self.text.reserve(self.span.len().max(words.len()));
            self.segments.reserve(USUAL_SEGMENTS);
        }
        self.text.push_str(words);
        // Pulldown gives a bracket an event of its own; joining what belongs together keeps runs long.
        if let Some(last) = self.segments.last_mut()
            && last.style == style
            && last.file.end == file.start
            && last.file.len() == at - last.at
            && file.len() == words.len()
        {
            last.file.end = file.end;
            return;
        }
        self.segments.push(Segment { at, file, style });
    }

    /// The index of the segment that holds the byte at `at`, or of the last before it.
    fn segment_at(&self, at: usize) -> usize {
        self.segments
            .partition_point(|segment| segment.at <= at)
            .saturating_sub(1)
    }

    /// The end of a segment in the text.
    pub fn segment_end(&self, index: usize) -> usize {
        self.segments
            .get(index + 1)
            .map_or(self.text.len(), |next| next.at)
    }

    /// Where a range of the text stands in the file, from its first word to its last.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        if self.segments.is_empty() {
            return Span::at(self.span.start as usize);
        }
        if range.is_empty() {
            return Span::at(self.file_start(range.start));
        }
        Span::new(self.file_start(range.start), self.file_end(range.end))
    }

    /// A range of the text to be kept: shared with the file where the words stand there as they read.
    pub fn held(&self, range: Range<usize>, file: &Text) -> Text {
        let words = self.text.get(range.clone()).unwrap_or_default();
        let written = self.span_of(range).of(file);
        if written == words {
            file.part(written)
        } else {
            Text::from(words)
        }
    }

    /// Like [`Self::span_of`], with the Markdown that belongs to the words at the ends: the rest of a link, and
    /// the signs of emphasis and code.
    pub fn whole_span_of(&self, range: Range<usize>, file: &str) -> Span {
        let mut span = self.span_of(range.clone());
        let (first, last) = (
            self.segment_at(range.start),
            self.segment_at(range.end.saturating_sub(1)),
        );
        let (Some(begin), Some(end)) = (self.segments.get(first), self.segments.get(last)) else {
            return span;
        };
        for link in self.inlines_around(range.start).filter(Inline::is_link) {
            if link.text.start == range.start {
                span.start = span.start.min(link.span.start);
            }
        }
        for link in self.inlines_around(range.end).filter(Inline::is_link) {
            if link.text.end == range.end {
                span.end = span.end.max(link.span.end);
            }
        }
        let is_sign = |at: u32| {
            file.as_bytes()
                .get(at as usize)
                .is_some_and(|b| b"*_~`".contains(b))
        };
        if begin.at == range.start {
            let before = first.checked_sub(1).map(|at| self.segments[at]);
            let least = before.map_or(self.span.start, |before| before.file.end);
            if adds_style(begin.style, before.map(|before| before.style)) {
                while span.start > least && is_sign(span.start - 1) {
                    span.start -= 1;
                }
            }
        }
        if self.segment_end(last) == range.end {
            let after = self.segments.get(last + 1);
            let most = after.map_or(self.span.end, |after| after.file.start);
            if adds_style(end.style, after.map(|after| after.style)) {
                while span.end < most && is_sign(span.end) {
                    span.end += 1;
                }
            }
        }
        span
    }

    /// The few inlines that begin last before `at`, or there.
    fn inlines_around(&self, at: usize) -> impl Iterator<Item = &Inline<'_>> {
        const FEW: usize = 8;
        let end = self
            .inlines
            .partition_point(|inline| inline.text.start <= at);
        self.inlines[end.saturating_sub(FEW)..end].iter()
    }

    /// Whether the words at `at` are code.
    pub fn is_code(&self, at: usize) -> bool {
        self.inlines_around(at)
            .any(|inline| matches!(inline.kind, InlineKind::Code) && inline.text.contains(&at))
    }

    fn file_start(&self, at: usize) -> usize {
        let index = self.segment_at(at);
        let Some(segment) = self.segments.get(index) else {
            return self.span.start as usize;
        };
        let length = self.segment_end(index) - segment.at;
        let inside = at - segment.at.min(at);
        if inside >= length {
            segment.file.end as usize
        } else if length == segment.file.len() {
            segment.file.start as usize + inside
        } else {
            segment.file.start as usize
        }
    }

    fn file_end(&self, at: usize) -> usize {
        let index = self.segment_at(at.saturating_sub(1));
        let Some(segment) = self.segments.get(index) else {
            return self.span.start as usize;
        };
        let length = self.segment_end(index) - segment.at;
        let inside = at - segment.at.min(at);
        if length == segment.file.len() {
            segment.file.start as usize + inside.min(length)
        } else {
            segment.file.end as usize
        }
    }

    /// Whether the character at `at` stood behind a backslash, and so is no mark of any kind.
    pub fn is_escaped(&self, at: usize, file: &str) -> bool {
        let index = self.segment_at(at);
        let Some(segment) = self.segments.get(index).filter(|segment| segment.at == at) else {
            return false;
        };
        let start = segment.file.start as usize;
        let before = file.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\\');
        // A backslash that is itself a word (`\\`) ends the segment before.
        let is_word = index
            .checked_sub(1)
            .and_then(|previous| self.segments.get(previous))
            .is_some_and(|previous| previous.file.end as usize == start);
        before && !is_word
    }

    /// Takes ranges out of the text, in order and apart from each other. What was inside them goes, too.
    pub fn cut(&mut self, ranges: &[Range<usize>]) {
        if ranges.is_empty() {
            return;
        }
        let (mut text, mut segments) = std::mem::take(&mut self.spare);
        text.clear();
        text.reserve(self.text.len());
        segments.clear();
        segments.reserve(self.segments.len() + ranges.len());
        let mut next_range = 0;
        for index in 0..self.segments.len() {
            let Segment { at, file, style } = self.segments[index];
            let end = self.segment_end(index);
            let exact = end - at == file.len();
            let mut from = at;
            while from < end {
                while ranges
                    .get(next_range)
                    .is_some_and(|range| range.end <= from)
                {
                    next_range += 1;
                }
                let to = match ranges.get(next_range) {
                    Some(range) if range.start <= from => {
                        from = range.end.min(end);
                        continue;
                    }
                    Some(range) => range.start.min(end),
                    None => end,
                };
                let part = if exact {
                    let start = file.start as usize + (from - at);
                    Span::new(start, start + (to - from))
                } else {
                    file
                };
                segments.push(Segment {
                    at: text.len(),
                    file: part,
                    style,
                });
                text.push_str(self.text.get(from..to).unwrap_or_default());
                from = to;
            }
        }
        let shift = Shift::new(ranges);
        self.inlines.retain_mut(|inline| {
            let inside = ranges
                .get(ranges.partition_point(|range| range.end <= inline.text.start))
                .is_some_and(|range| {
                    range.start <= inline.text.start
                        && inline.text.end <= range.end
                        && range.start < inline.text.end.max(inline.text.start + 1)
                });
            inline.text = shift.moved(inline.text.start)..shift.moved(inline.text.end);
            !inside
        });
        self.spare = (
            std::mem::replace(&mut self.text, text),
            std::mem::replace(&mut self.segments, segments),
        );
    }

    /// The same words, to be changed.
    pub fn copy(&self) -> Self {
        Self {
            text: self.text.clone(),
            segments: self.segments.clone(),
            inlines: self.inlines.clone(),
            span: self.span,
            done: None,
            spare: Default::default(),
        }
    }
}

/// Whether `style` has something that its neighbor has not: then there are signs between the two.
fn adds_style(style: RunStyle, neighbor: Option<RunStyle>) -> bool {
    let neighbor = neighbor.unwrap_or_default();
    (style.bold && !neighbor.bold)
        || (style.italic && !neighbor.italic)
        || (style.struck && !neighbor.struck)
        || (style.code && !neighbor.code)
}

/// Where offsets move to when ranges are cut out of a text.
pub struct Shift<'r> {
    ranges: &'r [Range<usize>],
    /// How much has been cut before each range, where there are many.
    before: Vec<usize>,
}

/// So few ranges are added up each time.
const FEW_RANGES: usize = 8;

impl<'r> Shift<'r> {
    pub fn new(ranges: &'r [Range<usize>]) -> Self {
        let mut cut = 0;
        let many = if ranges.len() > FEW_RANGES {
            ranges
        } else {
            &[]
        };
        let before = many
            .iter()
            .map(|range| {
                let so_far = cut;
                cut += range.len();
                so_far
            })
            .collect();
        Self { ranges, before }
    }

    /// The new offset of `at`; the start of a cut for what lay inside it.
    pub fn moved(&self, at: usize) -> usize {
        let Some(last) = self
            .ranges
            .partition_point(|range| range.start <= at)
            .checked_sub(1)
        else {
            return at;
        };
        let range = &self.ranges[last];
        let before = match self.before.get(last) {
            Some(&before) => before,
            None => self.ranges[..last].iter().map(ExactSizeIterator::len).sum(),
        };
        at - before - (at.min(range.end) - range.start)
    }
}

/// Words with single spaces between them.
pub fn in_one_line(words: &str) -> Cow<'_, str> {
    if is_in_one_line(words) {
        return Cow::Borrowed(words);
    }
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Whether words already have single spaces between them, as nearly all have. Looks at bytes only, and so may
/// say no where the answer is yes.
fn is_in_one_line(words: &str) -> bool {
    let bytes = words.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    // White space beyond ASCII begins with one of these.
    let may_be_blank = |byte: u8| (byte < b' ') | (byte == 0xc2) | (0xe1..=0xe3).contains(&byte);
    let after = bytes.get(1..).unwrap_or_default();
    // Without a branch a byte, so that many are looked at in one step.
    let found = bytes.iter().zip(after).fold(false, |found, (&one, &next)| {
        found | may_be_blank(one) | ((one == b' ') & (next == b' '))
    });
    !found && *first != b' ' && *last != b' ' && !may_be_blank(*last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Prose<'static> {
        let mut prose = Prose::default();
        prose.push(text, Span::new(10, 10 + text.len()), RunStyle::default());
        prose
    }

    #[test]
    fn what_is_cut_leaves_the_places_of_the_rest() {
        let mut prose = plain("one [two] three");
        prose.cut(std::slice::from_ref(&(4..9)));
        assert_eq!(prose.text, "one  three");
        assert_eq!(prose.span_of(0..3), Span::new(10, 13));
        assert_eq!(prose.span_of(5..10), Span::new(20, 25));
        assert_eq!(prose.span_of(0..10), Span::new(10, 25));
    }

    #[test]
    fn an_entity_has_one_place() {
        let mut prose = plain("a");
        prose.push("&", Span::new(11, 16), RunStyle::default());
        prose.push("b", Span::new(16, 17), RunStyle::default());
        assert_eq!(prose.span_of(1..2), Span::new(11, 16));
        assert_eq!(prose.span_of(2..3), Span::new(16, 17));
    }
}
