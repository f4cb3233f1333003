//! Reading what is not YAML as a whole: entry by entry, by indentation alone.
//!
//! A list is split at its `- ` lines and a mapping at its keys; each piece that can be read is kept, and each
//! that cannot is split again. What is left in the end is single values. Their words are kept as text where
//! that is what their author surely meant (a title with a colon in it), and dropped where it is not.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are line ends and ASCII signs that were found in the same file"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and levels that are bounded"
)]

use super::fault::Fault;
use super::{Entry, Kind, MAX_DEPTH, Node, Reader};
use crate::span::Span;
use std::borrow::Cow;

/// One entry of a block, by its lines.
struct Piece {
    range: Span,
    /// Where its own words begin: at the `-`, or at the key.
    start: usize,
}

impl<'a> Reader<'a, '_> {
    /// Reads the block that stands at `range`, `depth` levels deep.
    pub(super) fn recover(&mut self, range: Span, depth: usize) -> Option<Node<'a>> {
        let file = self.file;
        let first = first_content(file, range)?;
        let column = column_of(file, first);
        let in_list = is_list_entry(file, first, range);
        let pieces = split(file, range, first, column, in_list);
        let start = first;
        let mut end = first;
        let mut items = Vec::new();
        let mut entries = Vec::new();
        for piece in pieces {
            if self.gives_up(piece.start) {
                break;
            }
            let loaded = self.load(piece.range, depth);
            match (loaded.fault, loaded.root.map(|root| root.kind)) {
                (None, Some(Kind::Sequence(read))) if in_list => items.extend(read),
                (None, Some(Kind::Mapping(read))) if !in_list => entries.extend(read),
                (None, None) => {}
                (fault, _) => {
                    let fault = fault.unwrap_or_else(|| {
                        Fault::of_parser(
                            "did not find expected key",
                            file,
                            piece.start,
                            piece.range.end as usize,
                        )
                    });
                    if in_list {
                        items.extend(self.recover_item(&piece, depth, fault));
                    } else {
                        entries.extend(self.recover_entry(&piece, depth, fault));
                    }
                }
            }
            let words = piece.range.of(file).trim_end().len();
            end = end.max(piece.range.start as usize + words);
        }
        let kind = if in_list {
            Kind::Sequence(items)
        } else if entries.is_empty() {
            return None;
        } else {
            Kind::Mapping(entries)
        };
        Some(Node {
            span: Span::new(start, end),
            kind,
        })
    }

    /// Reads `- …` when it cannot be read as it stands.
    fn recover_item(&mut self, piece: &Piece, depth: usize, fault: Fault) -> Option<Node<'a>> {
        let inner = Span::new(piece.start + 1, piece.range.end as usize);
        self.recover_inner(inner, depth, fault)
    }

    /// Reads `key: …` when it cannot be read as it stands.
    fn recover_entry(&mut self, piece: &Piece, depth: usize, fault: Fault) -> Option<Entry<'a>> {
        let line = words_of_line(self.file, piece.start, piece.range.end as usize);
        let Some(colon) = key_end(line) else {
            self.tell(fault);
            return None;
        };
        let key = line.get(..colon)?.trim_end();
        let key_span = Span::new(piece.start, piece.start + key.len());
        let inner = Span::new(piece.start + colon + 1, piece.range.end as usize);
        let value = self.recover_inner(inner, depth, fault)?;
        Some(Entry {
            key: Cow::Borrowed(key.trim_matches(['"', '\''])),
            key_span,
            value,
        })
    }

    /// Reads what stands after a `-` or a `key:`: a block of its own, or a single value.
    fn recover_inner(&mut self, inner: Span, depth: usize, fault: Fault) -> Option<Node<'a>> {
        let first = first_content(self.file, inner)?;
        let same_line = !self.file.get(inner.start as usize..first)?.contains('\n');
        let line = words_of_line(self.file, first, inner.end as usize);
        let is_block = is_list_entry(self.file, first, inner)
            || (key_end(line).is_some() && !line.starts_with(['"', '\'', '[', '{', '|', '>']));
        // After `key: ` on the same line stands a value, whatever it looks like; after `- ` may stand a key.
        let after_dash = inner.start > 0 && self.file.as_bytes()[inner.start as usize - 1] == b'-';
        if is_block && (!same_line || after_dash) && depth < MAX_DEPTH {
            let told = self.faults_told;
            let node = self.recover(Span::new(first, inner.end as usize), depth + 1);
            if self.faults_told == told {
                self.tell(fault);
            }
            return node;
        }
        self.tell(fault);
        let words = Span::new(first, inner.end as usize)
            .of(self.file)
            .trim_end();
        Some(Node {
            span: Span::new(first, first + words.len()),
            kind: as_meant(words, first)?,
        })
    }
}

/// What someone meant who wrote these words, which stand at `start`; `None` when that cannot be known.
fn as_meant(words: &str, start: usize) -> Option<Kind<'_>> {
    if let Some(inner) = words
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        && !inner.contains(['[', ']', '{', '}', '"', '\'', '\n', '#'])
    {
        // A list of words one of which begins with a sign of YAML's: `[@key]`.
        let mut at = start + 1;
        let mut items = Vec::new();
        for item in inner.split(',') {
            let text = item.trim();
            if !text.is_empty() {
                let start = at + (item.len() - item.trim_start().len());
                items.push(Node {
                    span: Span::new(start, start + text.len()),
                    kind: plain(Cow::Borrowed(text)),
                });
            }
            at += item.len() + 1;
        }
        return Some(Kind::Sequence(items));
    }
    text_as_meant(words).map(plain)
}

fn plain(text: Cow<'_, str>) -> Kind<'_> {
    Kind::Scalar { text, plain: true }
}

/// The text that someone meant who wrote these words; `None` when they were not meant as text.
fn text_as_meant(words: &str) -> Option<Cow<'_, str>> {
    if words.starts_with(['[', '{']) && !words.contains([']', '}']) {
        return None;
    }
    if words.starts_with(['|', '>', '&']) || words.starts_with("*") && !words[1..].contains('*') {
        return None;
    }
    let words = words.trim_start_matches(['"', '\'']);
    if !words.contains('\n') {
        let words = words.split_once(" #").map_or(words, |(words, _)| words);
        return Some(Cow::Borrowed(words.trim_end()));
    }
    let mut text = String::with_capacity(words.len());
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
    Some(Cow::Owned(text))
}

/// Splits a block at the lines that begin an entry: in its column, and with a `-` if it is a list. Everything
/// between belongs to the entry before; but a wrongly indented `key: …` after an entry that has its value on
/// its own line can only be the next entry.
fn split(file: &str, range: Span, first: usize, column: usize, in_list: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = first;
    while at < range.end as usize {
        let end = line_end(file, at).min(range.end as usize);
        // The first line may begin in the middle: after the `-` of the list around it.
        let (start, its_column) = if at == first {
            (first, column)
        } else {
            let line = &file[at..end];
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            (at + blank, blank)
        };
        let words = file[start..end].trim_end();
        let in_column = its_column == column
            && !words.is_empty()
            && !words.starts_with('#')
            && !file[at..start].contains('\t')
            && is_list_entry(file, start, range) == in_list;
        let begins = in_column
            || !in_list
                && key_end(words).is_some()
                && pieces
                    .last()
                    .is_some_and(|piece| has_own_value(file, piece));
        match pieces.last_mut() {
            Some(piece) if !begins => piece.range.end = Span::at(end).start,
            _ => pieces.push(Piece {
                // A list keeps its indentation, against which its entries' further lines are measured.
                range: Span::new(
                    if in_list {
                        line_start(file, start)
                    } else {
                        start
                    },
                    end,
                ),
                start,
            }),
        }
        at = end;
    }
    pieces
}

/// Whether an entry of a mapping is complete on its one line, so that no line below can belong to its value.
fn has_own_value(file: &str, piece: &Piece) -> bool {
    let words = words_of_line(file, piece.start, piece.range.end as usize);
    let value = key_end(words).map_or("", |colon| words[colon + 1..].trim());
    match value.chars().next() {
        None | Some('#' | '|' | '>' | '[' | '{' | '&' | '!') => false,
        Some(quote @ ('"' | '\'')) => value.len() > 1 && value.ends_with(quote),
        Some(_) => piece.range.of(file).trim_end().len() == words.len(),
    }
}

/// Where the first line with words in it begins to have them, comments passed over.
fn first_content(file: &str, range: Span) -> Option<usize> {
    let mut at = range.start as usize;
    while at < range.end as usize {
        let end = line_end(file, at).min(range.end as usize);
        let line = file.get(at..end)?;
        let words = line.trim_start();
        if !words.is_empty() && !words.starts_with('#') {
            return Some(at + line.len() - words.len());
        }
        at = end;
    }
    None
}

fn is_list_entry(file: &str, at: usize, range: Span) -> bool {
    let words = file.get(at..range.end as usize).unwrap_or_default();
    let mut bytes = words.bytes();
    bytes.next() == Some(b'-') && matches!(bytes.next(), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

/// Where the key ends that this line begins with: at a colon that a space or the end of the line follows.
fn key_end(line: &str) -> Option<usize> {
    line.match_indices(':')
        .map(|(at, _)| at)
        .find(|&at| at > 0 && matches!(line.as_bytes().get(at + 1), None | Some(b' ' | b'\t')))
        .filter(|&at| !line[..at].contains([',', '[', '{', '#']))
}

/// The line's words from `at` on, without its end.
fn words_of_line(file: &str, at: usize, limit: usize) -> &str {
    file.get(at..line_end(file, at).min(limit))
        .unwrap_or_default()
        .trim_end()
}

fn line_start(file: &str, at: usize) -> usize {
    file[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// Where the next line begins.
fn line_end(file: &str, at: usize) -> usize {
    file[at..]
        .find('\n')
        .map_or(file.len(), |found| at + found + 1)
}

/// In characters, as indentation is measured; the part of the line before is white space and dashes.
fn column_of(file: &str, at: usize) -> usize {
    file[line_start(file, at)..at].chars().count()
}
