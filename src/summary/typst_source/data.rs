//! The summary as the JSON that the templates read.

use super::breaks::Breaks;
use crate::summary::Summary;
use serde::Serialize as _;
use serde_json::ser::{CharEscape, Formatter, Serializer};
use std::io::{self, Write};

/// The summary as JSON, in which no control character is left, since no font has a glyph for one, and in which long words
/// may break; and whether there are such.
pub(super) fn data(summary: &Summary) -> (String, bool) {
    let mut printable = Printable {
        breaks: Breaks::new(&summary.lang),
        words: String::new(),
        place: Place::Words,
    };
    let mut json = Vec::new();
    let written = summary.serialize(&mut Serializer::with_formatter(&mut json, &mut printable));
    // Maps with text keys and finite numbers, into memory: there is nothing in it that JSON cannot say.
    debug_assert!(written.is_ok(), "{written:?}");
    let json = String::from_utf8(json).unwrap_or_default();
    (json, printable.breaks.found_long)
}

/// Keys of what is followed and not read.
const ADDRESSES: [&str; 4] = ["u", "url", "via", "archived"];

/// Writes JSON that can be set as it stands.
struct Printable {
    breaks: Breaks,
    /// Room for the words of one text.
    words: String,
    place: Place,
}

/// What the next text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Key,
    Address,
    Words,
}

impl Formatter for &mut Printable {
    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.place = Place::Key;
        if first { Ok(()) } else { to.write_all(b",") }
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if self.place == Place::Key {
            self.place = if ADDRESSES.contains(&fragment) {
                Place::Address
            } else {
                Place::Words
            };
            return to.write_all(fragment.as_bytes());
        }
        let Printable {
            breaks,
            words,
            place,
        } = &mut **self;
        words.clear();
        let mut rest = fragment;
        while let Some(c) = rest.chars().next() {
            let is_word = c.is_alphabetic();
            let end = rest.find(|c: char| c.is_alphabetic() != is_word);
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            if is_word && *place == Place::Words {
                breaks.push(words, piece);
            } else {
                words.extend(piece.chars().map(printable));
            }
            rest = after;
        }
        to.write_all(words.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        let words = match escape {
            CharEscape::Quote => "\\\"",
            CharEscape::ReverseSolidus => "\\\\",
            CharEscape::Solidus => "/",
            CharEscape::Backspace
            | CharEscape::FormFeed
            | CharEscape::LineFeed
            | CharEscape::CarriageReturn
            | CharEscape::Tab => " ",
            CharEscape::AsciiControl(_) => "\u{fffd}",
        };
        to.write_all(words.as_bytes())
    }
}

/// The character, or a sign that there was one that no font has.
fn printable(c: char) -> char {
    match c {
        '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_has_no_control_characters_and_is_the_same_json_otherwise() {
        let summary = Summary {
            title: "a\u{1}b\n\"c\" \\ \u{85}".to_owned(),
            ..Summary::default()
        };
        let read: serde_json::Value = serde_json::from_str(&data(&summary).0).expect("JSON");
        assert_eq!(read["title"], "a\u{fffd}b \"c\" \\ \u{fffd}");
    }

    #[test]
    fn long_words_may_break_but_addresses_stay() {
        let address = "https://example.org/donaudampfschifffahrtsgesellschaft".to_owned();
        let mut summary = Summary {
            title: "Найнеправдоподібніші".to_owned(),
            lang: "de".to_owned(),
            ..Summary::default()
        };
        summary.sources.push(crate::summary::content::SourceEntry {
            url: Some(address.clone()),
            ..Default::default()
        });
        let read: serde_json::Value = serde_json::from_str(&data(&summary).0).expect("JSON");
        assert_eq!(read["sources"][0]["url"], address);
        let title = read["title"].as_str().expect("a title");
        assert!(title.contains('\u{ad}'));
        assert_eq!(title.replace('\u{ad}', ""), summary.title);
    }
}
