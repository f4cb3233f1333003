//! Words that are held without a copy: most of what a briefing says stands in its file as it reads, so a part of the
//! file's one text is enough.
//!
//! A [`Text`] takes sixteen bytes and, as a rule, nothing on the heap. That is what lets a library of ten thousand
//! briefings be held in memory whole, and read without an allocation a word.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "parts are checked to lie in their text when they are made"
)]

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::Arc;

/// Characters without a look of their own: controls, marks of direction, zero widths, spaces.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Words that cannot be changed: a part of a text that others hold, too, or a text of their own.
///
/// It reads as a `str` in every way. A part keeps the whole alive.
#[derive(Clone)]
pub struct Text {
    /// Thin, so that a part takes no more than a borrowed `str`; `None` where there are no words, which are so many
    /// that threads would get into each other's way if they shared one.
    whole: Option<Arc<Box<str>>>,
    start: u32,
    /// One more than its length in bytes: a text that may be missing takes no more room than one that may not.
    len_and_one: NonZeroU32,
}

impl Text {
    fn whole(words: Box<str>) -> Self {
        if words.is_empty() {
            return Self::default();
        }
        Self {
            len_and_one: len_and_one(&words),
            whole: Some(Arc::new(words)),
            start: 0,
        }
    }

    /// Words as they stand in this text: a part of it where `words` was borrowed from it, else a copy.
    #[inline]
    pub fn part(&self, words: &str) -> Self {
        let Some(shared) = &self.whole else {
            return Self::from(words);
        };
        let whole: &str = shared;
        let offset = (words.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
        let is_inside = offset <= whole.len() && words.len() <= whole.len() - offset;
        match (is_inside && !words.is_empty(), u32::try_from(offset)) {
            (true, Ok(start)) => Self {
                whole: Some(Arc::clone(shared)),
                start,
                len_and_one: len_and_one(words),
            },
            _ => Self::from(words),
        }
    }

    /// Like [`Self::part`] for words that may have been changed on the way.
    pub fn part_or(&self, words: Cow<'_, str>) -> Self {
        match words {
            Cow::Borrowed(words) => self.part(words),
            Cow::Owned(words) => Self::from(words),
        }
    }

    #[inline]
    pub fn as_str(&self) -> &str {
        let Some(whole) = &self.whole else {
            return "";
        };
        let start = self.start as usize;
        let len = self.len_and_one.get() as usize - 1;
        // The range is that of a `str` inside the whole: it never begins or ends within a character.
        whole.get(start..start + len).unwrap_or_default()
    }

    /// Whether two are parts of one text in memory.
    #[cfg(test)]
    pub fn shares_with(&self, other: &Self) -> bool {
        match (&self.whole, &other.whole) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self {
            whole: None,
            start: 0,
            len_and_one: NonZeroU32::MIN,
        }
    }
}

/// A text of 4 GiB would be cut; files are at most 64 MiB.
fn len_and_one(words: &str) -> NonZeroU32 {
    let len = u32::try_from(words.len()).unwrap_or(u32::MAX);
    NonZeroU32::MIN.saturating_add(len)
}

impl Deref for Text {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    #[inline]
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    #[inline]
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // As `Borrow` asks for.
        self.as_str().hash(state);
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::whole(words.into())
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::whole(words.into())
    }
}

impl From<&String> for Text {
    fn from(words: &String) -> Self {
        Self::from(words.as_str())
    }
}

impl From<Arc<str>> for Text {
    fn from(words: Arc<str>) -> Self {
        Self::from(&*words)
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(words: Cow<'_, str>) -> Self {
        Self::whole(words.into())
    }
}

impl From<Text> for String {
    fn from(words: Text) -> Self {
        words.as_str().to_owned()
    }
}

impl From<&Text> for String {
    fn from(words: &Text) -> Self {
        words.as_str().to_owned()
    }
}

impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn words_of_a_text_are_a_part_of_it_and_others_a_copy() {
        let whole = Text::from("One and two, три.");
        let three = whole.part(&whole[13..19]);
        assert_eq!(three, "три");
        assert!(three.shares_with(&whole));
        let same = whole.part(&three[..4]);
        assert_eq!(same, "тр");
        assert!(same.shares_with(&whole));
        let other = whole.part("два");
        assert_eq!(other, "два");
        assert!(!other.shares_with(&whole));
    }

    #[test]
    fn it_takes_sixteen_bytes_also_where_it_may_be_missing() {
        assert_eq!(size_of::<Text>(), 16);
        assert_eq!(size_of::<Option<Text>>(), 16);
    }

    #[test]
    fn nothing_is_nothing_wherever_it_stands() {
        let whole = Text::from("words");
        assert_eq!(whole.part(""), "");
        assert_eq!(whole.part(&whole[5..]), Text::default());
        assert_eq!(Text::from(String::new()), "");
    }

    proptest! {
        #[test]
        fn a_part_reads_as_the_words_it_was_made_of(words in ".{0,40}", from in 0_usize..60, to in 0_usize..60) {
            let whole = Text::from(words);
            let from = whole.floor_char_boundary(from.min(whole.len()));
            let to = whole.floor_char_boundary(to.clamp(from, whole.len().max(from)).min(whole.len()));
            let words = &whole[from..to];
            let part = whole.part(words);
            prop_assert_eq!(part.as_str(), words);
            prop_assert!(HashSet::from([part]).contains(words));
        }
    }
}
