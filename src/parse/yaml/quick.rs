//! A quick reader for the YAML that nearly all front matter is made of.
//!
//! It knows plain keys, values on one line, lists in brackets on one line, and nesting by indentation. At the
//! first thing it does not know it gives up, and the full reader reads the whole: it gives the very same tree
//! or none. Tests hold the two against each other.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places are ASCII signs that were found in the same line, and plain words are not empty"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one line, shifts that are parts of it, and levels that are bounded"
)]

use super::{Entry, Kind, MAX_DEPTH, MAX_NODES, Node};
use crate::span::Span;
use std::borrow::Cow;

/// The tree of the YAML at `range` of `file`, if it is simple.
pub(super) fn read(file: &str, range: Span) -> Option<Node<'_>> {
    if !is_ordinary(range.of(file).as_bytes()) {
        return None;
    }
    let mut reader = Reader {
        file,
        end: range.end as usize,
        line: Line::default(),
        nodes_left: MAX_NODES,
    };
    reader.go_to(range.start as usize)?;
    if reader.line.is_end() || reader.line.indent != 0 {
        return None;
    }
    let root = reader.block(0, 0)?;
    // What is left is less indented than the first line, which is for the full reader to tell.
    reader.line.is_end().then_some(root)
}

/// Whether there are no control characters, no byte order marks and nothing that is not a character.
fn is_ordinary(bytes: &[u8]) -> bool {
    // Plain ASCII in blocks, which is nearly all there is, is looked at without a branch a byte.
    let plain = |byte: &u8| (b' '..0x7f).contains(byte) | (*byte == b'\n');
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<32>()
        && block.iter().fold(true, |all, byte| all & plain(byte))
    {
        rest = after;
    }
    let bytes = rest;
    bytes.iter().enumerate().all(|(at, &byte)| match byte {
        b'\n' => true,
        0..b' ' | 0x7f => false,
        // U+0080 to U+009F.
        0xc2 => bytes.get(at + 1).is_some_and(|&second| second >= 0xa0),
        // U+FEFF, U+FFFE, U+FFFF.
        0xef => !matches!(
            bytes.get(at + 1..at + 3),
            Some([0xbb, 0xbf] | [0xbf, 0xbe | 0xbf])
        ),
        _ => true,
    })
}

/// The line that is read next, empty ones passed over.
#[derive(Clone, Copy, Default)]
struct Line {
    /// Where its words begin; the end of the text when there are none left.
    start: usize,
    /// Where its words end, spaces cut.
    end: usize,
    /// In spaces, and for the words after a `-` in columns.
    indent: usize,
    /// Where the line below begins.
    next: usize,
}

impl Line {
    fn is_end(self) -> bool {
        self.start == self.end
    }
}

struct Reader<'a> {
    file: &'a str,
    end: usize,
    line: Line,
    nodes_left: usize,
}

impl<'a> Reader<'a> {
    /// Makes the first line with words from `at` on the current one.
    fn go_to(&mut self, mut at: usize) -> Option<()> {
        let bytes = self.file.as_bytes();
        while at < self.end && bytes[at] == b'\n' {
            at += 1;
        }
        let rest = self.file.get(at..self.end)?;
        let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let words = rest[..len].trim_end_matches(' ');
        let indent = words.len() - words.trim_start_matches(' ').len();
        // A line of nothing but spaces, a comment, the marks between documents.
        if (words.is_empty() && !rest.is_empty())
            || words[indent..].starts_with('#')
            || (indent == 0 && (words.starts_with("---") || words.starts_with("...")))
        {
            return None;
        }
        self.line = Line {
            start: at + indent,
            end: at + words.len(),
            indent,
            next: (at + len + 1).min(self.end),
        };
        Some(())
    }

    fn advance(&mut self) -> Option<()> {
        self.go_to(self.line.next)
    }

    fn words(&self) -> &'a str {
        self.file
            .get(self.line.start..self.line.end)
            .unwrap_or_default()
    }

    /// The block whose entries begin in the column of the current line.
    fn block(&mut self, indent: usize, depth: usize) -> Option<Node<'a>> {
        if depth + 2 > MAX_DEPTH {
            return None;
        }
        if self.words().starts_with("- ") {
            self.sequence(indent, depth)
        } else {
            self.mapping(indent, depth)
        }
    }

    fn sequence(&mut self, indent: usize, depth: usize) -> Option<Node<'a>> {
        let mut items: Vec<Node> = Vec::new();
        while !self.line.is_end() && self.line.indent == indent {
            let words = self.words();
            let Some(inner) = words.strip_prefix("- ") else {
                break;
            };
            let shift = words.len() - inner.trim_start_matches(' ').len();
            self.line.start += shift;
            self.line.indent += shift;
            let item = if key_len(self.words()).is_some() {
                let indent = self.line.indent;
                self.mapping(indent, depth + 1)?
            } else {
                self.value_on_line(self.line.start, indent)?
            };
            items.push(item);
        }
        let (first, last) = (items.first()?, items.last()?);
        let span = first.span.union(last.span);
        self.node(span, Kind::Sequence(items))
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Option<Node<'a>> {
        const USUAL_KEYS: usize = 8;
        let mut entries: Vec<Entry> = Vec::with_capacity(USUAL_KEYS);
        while !self.line.is_end() && self.line.indent == indent {
            let words = self.words();
            if words.starts_with("- ") {
                break;
            }
            let len = key_len(words)?;
            let start = self.line.start;
            let key_span = Span::new(start, start + len);
            let rest = words[len + 1..].trim_start_matches(' ');
            let value = if rest.is_empty() {
                self.advance()?;
                let is_list = self.words().starts_with("- ");
                let nested = self.line.indent > indent || (self.line.indent == indent && is_list);
                if nested && !self.line.is_end() {
                    self.block(self.line.indent, depth + 1)?
                } else {
                    let kind = Kind::Scalar {
                        text: Cow::Borrowed(""),
                        plain: true,
                    };
                    self.node(Span::at(start + len), kind)?
                }
            } else {
                self.value_on_line(self.line.end - rest.len(), indent)?
            };
            entries.push(Entry {
                key: Cow::Borrowed(&words[..len]),
                key_span,
                value,
            });
        }
        // A deeper line after a complete entry is for the full reader to judge.
        if self.line.indent > indent && !self.line.is_end() {
            return None;
        }
        let (first, last) = (entries.first()?, entries.last()?);
        let span = first.key_span.union(last.value.span);
        self.node(span, Kind::Mapping(entries))
    }

    /// The value that begins at `start` and ends with its line; nothing below may belong to it.
    fn value_on_line(&mut self, start: usize, indent: usize) -> Option<Node<'a>> {
        let words = self.file.get(start..self.line.end)?;
        let node = match words.as_bytes().first()? {
            b'[' => self.list_in_brackets(start, words)?,
            b'"' | b'\'' => {
                let (text, len) = quotation(words)?;
                if len != words.len() {
                    return None;
                }
                self.scalar(start, len, text, false)?
            }
            _ => {
                if !is_plain(words) {
                    return None;
                }
                self.scalar(start, words.len(), words, true)?
            }
        };
        self.advance()?;
        if self.line.indent > indent && !self.line.is_end() {
            return None;
        }
        Some(node)
    }

    fn list_in_brackets(&mut self, start: usize, words: &'a str) -> Option<Node<'a>> {
        let mut items = Vec::new();
        let mut at = 1;
        loop {
            let rest = words.get(at..)?;
            at += rest.len() - rest.trim_start_matches(' ').len();
            let rest = words.get(at..)?;
            if rest.starts_with(']') && items.is_empty() {
                break;
            }
            let item = if rest.starts_with(['"', '\'']) {
                let (text, len) = quotation(rest)?;
                at += len;
                self.scalar(start + at - len, len, text, false)?
            } else {
                let text =
                    rest[..memchr::memchr2(b',', b']', rest.as_bytes())?].trim_end_matches(' ');
                if !is_plain_in_brackets(text) {
                    return None;
                }
                at += text.len();
                self.scalar(start + at - text.len(), text.len(), text, true)?
            };
            items.push(item);
            let rest = words.get(at..)?;
            at += rest.len() - rest.trim_start_matches(' ').len();
            match words.as_bytes().get(at)? {
                b',' => at += 1,
                b']' => break,
                _ => return None,
            }
        }
        if at + 1 != words.len() {
            return None;
        }
        self.node(Span::new(start, start + words.len()), Kind::Sequence(items))
    }

    fn scalar(&mut self, start: usize, len: usize, text: &'a str, plain: bool) -> Option<Node<'a>> {
        let text = Cow::Borrowed(text);
        self.node(Span::new(start, start + len), Kind::Scalar { text, plain })
    }

    fn node(&mut self, span: Span, kind: Kind<'a>) -> Option<Node<'a>> {
        self.nodes_left = self.nodes_left.checked_sub(1)?;
        Some(Node { span, kind })
    }
}

/// The length of the key that these words begin with: a plain word, a colon, and a space or the end.
fn key_len(words: &str) -> Option<usize> {
    let len = words
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')))?;
    let bytes = words.as_bytes();
    let begins_well = bytes[0].is_ascii_alphanumeric();
    let is_key = bytes[len] == b':' && matches!(bytes.get(len + 1), None | Some(b' '));
    (begins_well && is_key && len < 100).then_some(len)
}

/// The text between quotation marks and its length with them, if nothing in it is escaped.
fn quotation(words: &str) -> Option<(&str, usize)> {
    let quote = words.chars().next()?;
    let text = &words[1..];
    let text = &text[..text.find(quote)?];
    let rest = &words[text.len() + 2..];
    let simple = !rest.starts_with(quote) && (quote == '\'' || !text.contains('\\'));
    simple.then_some((text, text.len() + 2))
}

/// Whether a value without quotation marks is no more than it seems.
fn is_plain(words: &str) -> bool {
    let bytes = words.as_bytes();
    let is_at = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    begins_plain(words)
        && !words.ends_with(':')
        && !memchr::memchr_iter(b':', bytes).any(|at| is_at(at + 1, b' '))
        && !memchr::memchr_iter(b'#', bytes).any(|at| at > 0 && is_at(at - 1, b' '))
}

fn is_plain_in_brackets(words: &str) -> bool {
    let bytes = words.as_bytes();
    begins_plain(words)
        && !bytes.iter().any(|byte| {
            matches!(
                byte,
                b'[' | b']'
                    | b'{'
                    | b'}'
                    | b'"'
                    | b'\''
                    | b'#'
                    | b'&'
                    | b'*'
                    | b'!'
                    | b'|'
                    | b'>'
                    | b'%'
                    | b'@'
                    | b'`'
                    | b'?'
            )
        })
        && memchr::memchr_iter(b':', bytes).all(|at| {
            bytes
                .get(at + 1)
                .is_some_and(|&next| next == b'/' || next.is_ascii_alphanumeric())
        })
}

/// Letters, digits and a few signs begin a plain value; so does a `-` that a digit follows.
fn begins_plain(words: &str) -> bool {
    match words.as_bytes() {
        [b'-', second, ..] => second.is_ascii_digit(),
        [first, ..] => {
            first.is_ascii_alphanumeric()
                || matches!(first, b'(' | b'.' | b'/' | b'~' | b'$' | b'+')
                || *first >= 0x80
        }
        [] => false,
    }
}
