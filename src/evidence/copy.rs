//! A local copy of a source, as its reader sees it.

#![expect(
    clippy::indexing_slicing,
    reason = "the number is made of three switches, and the list has a place for each of their settings"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "lengths of one text, and numbers below four"
)]

use super::normalize::{Case, LineHyphen, Normalized, normalize};
use super::offsets::{CodePoints, OffsetMap};
use super::writer::{NumberedItem, Readable};
use super::{html, markdown};
use sha2::{Digest as _, Sha256};
use std::ops::Range;
use std::sync::OnceLock;

/// The largest copy that is read: a page that holds its pictures.
pub const MAX_COPY_BYTES: usize = 64 * 1024 * 1024;

/// The most text of a copy: some three thousand pages of a book, far more than anybody quotes from.
pub const MAX_COPY_TEXT_BYTES: usize = 16 * 1024 * 1024;

/// The most signs of a copy's markup: the tags, references and lines of a page, the punctuation and lines of Markdown.
pub const MAX_COPY_SIGNS: usize = 1_500_000;

impl From<html::TooInvolved> for CopyError {
    fn from(_: html::TooInvolved) -> Self {
        Self::TooInvolved
    }
}

/// How a copy is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyKind {
    Text,
    Markdown,
    Html,
}

impl CopyKind {
    /// By the file's ending; text that begins like HTML is HTML under any unknown ending.
    pub fn of(file_name: &str, text: &str) -> Self {
        let ending = file_name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase())
            .unwrap_or_default();
        match ending.as_str() {
            "html" | "htm" | "xhtml" | "mhtml" => Self::Html,
            "md" | "markdown" | "mdown" | "mkd" => Self::Markdown,
            "txt" | "text" => Self::Text,
            _ => {
                let start = text.trim_start().get(..15).unwrap_or_default();
                let start = start.to_ascii_lowercase();
                if start.starts_with("<!doctype html") || start.starts_with("<html") {
                    Self::Html
                } else {
                    Self::Text
                }
            }
        }
    }
}

/// Why a copy could not be read. Message and hint are ready for a [`crate::problem::Problem`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    #[error("expected a copy of at most {} MB, found {} MB", MAX_COPY_BYTES >> 20, bytes >> 20)]
    TooLarge { bytes: usize },
    #[error("expected a copy of at most {} MB of text, found {} MB", MAX_COPY_TEXT_BYTES >> 20, bytes.div_ceil(1 << 20))]
    TooMuchText { bytes: usize },
    #[error("expected a copy with at most {MAX_COPY_SIGNS} signs of markup, found more")]
    TooDense,
    #[error("expected text, found binary data (a zero byte at byte {at})")]
    Binary { at: usize },
    #[error("expected UTF-8 text, found byte 0x{byte:02x} at byte {at}")]
    NotUtf8 { at: usize, byte: u8 },
    #[error(
        "expected a page whose stylesheets tell within bounds what is hidden, found one that asks for more"
    )]
    TooInvolved,
}

impl CopyError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::TooMuchText { .. } | Self::TooDense => {
                "keep only the part of the source that is quoted"
            }
            Self::Binary { .. } => {
                "save the page or document as plain text, Markdown or HTML, and name that file under `copy`"
            }
            Self::NotUtf8 { .. } => "save the copy anew with the encoding UTF-8",
            Self::TooInvolved => {
                "save the page as plain text, or as HTML without its styles, and name that file under `copy`"
            }
        }
    }
}

/// How many signs of a copy begin something that must be read.
fn signs(kind: CopyKind, copy: &[u8]) -> usize {
    let is_sign: fn(&&u8) -> bool = match kind {
        CopyKind::Text => return 0,
        CopyKind::Markdown => |byte| byte.is_ascii_punctuation() || matches!(byte, b'\n' | b'\r'),
        CopyKind::Html => |byte| matches!(byte, b'<' | b'&' | b'\n' | b'\r'),
    };
    copy.iter().filter(is_sign).count()
}

/// The words of a copy, and the way back to the file.
#[derive(Debug)]
pub struct CopyText {
    kind: CopyKind,
    text: String,
    map: OffsetMap,
    items: Vec<NumberedItem>,
    points: CodePoints,
    sha256: String,
    /// Made when a quote first asks for them: most quotes stand in the text as written.
    normalized: [OnceLock<Normalized>; 4],
}

impl CopyText {
    /// Reads the bytes of a copy. `file_name` only says, by its ending, how the text is written.
    ///
    /// # Errors
    ///
    /// When the bytes are too many, are not UTF-8 text, or are a page whose styles ask for too much.
    pub fn new(bytes: &[u8], file_name: &str) -> Result<Self, CopyError> {
        if bytes.len() > MAX_COPY_BYTES {
            return Err(CopyError::TooLarge { bytes: bytes.len() });
        }
        let zero = memchr::memchr(0, bytes);
        let source = match (std::str::from_utf8(bytes), zero) {
            (Ok(source), None) => source,
            // A zero byte says more about what the file is than the first byte that is not UTF-8.
            (_, Some(at)) => return Err(CopyError::Binary { at }),
            (Err(error), None) => {
                let at = error.valid_up_to();
                let byte = bytes.get(at).copied().unwrap_or_default();
                return Err(CopyError::NotUtf8 { at, byte });
            }
        };
        let kind = CopyKind::of(file_name, source);
        let mark = source.len() - source.trim_start_matches('\u{feff}').len();
        let body = source.get(mark..).unwrap_or_default();
        if kind != CopyKind::Html && body.len() > MAX_COPY_TEXT_BYTES {
            return Err(CopyError::TooMuchText { bytes: body.len() });
        }
        if signs(kind, body.as_bytes()) > MAX_COPY_SIGNS {
            return Err(CopyError::TooDense);
        }
        let Readable { text, map, items } = match kind {
            CopyKind::Text => Readable {
                text: body.to_owned(),
                map: OffsetMap::shifted(body.len(), mark),
                items: Vec::new(),
            },
            CopyKind::Markdown => markdown::readable(source, mark)?,
            CopyKind::Html => html::readable(source, mark..source.len())?,
        };
        if text.len() > MAX_COPY_TEXT_BYTES {
            return Err(CopyError::TooMuchText { bytes: text.len() });
        }
        Ok(Self {
            kind,
            points: CodePoints::new(&text),
            text,
            map,
            items,
            sha256: sha256_hex(bytes),
            normalized: Default::default(),
        })
    }

    /// A copy made of words at hand, for example of a passage pasted by the user.
    pub fn from_text(text: &str) -> Self {
        Self {
            kind: CopyKind::Text,
            text: text.to_owned(),
            map: OffsetMap::shifted(text.len(), 0),
            items: Vec::new(),
            points: CodePoints::new(text),
            sha256: sha256_hex(text.as_bytes()),
            normalized: Default::default(),
        }
    }

    pub fn kind(&self) -> CopyKind {
        self.kind
    }

    /// The words a reader sees. Ranges of a [`super::Checked`] are ranges of this.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of a range of [`CopyText::text`]; empty when it is not a range of it.
    pub fn words(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The SHA-256 of the file's bytes, in lower-case hexadecimal digits.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The bytes of the *file* that a range of [`CopyText::text`] was read from.
    pub fn file_range(&self, range: Range<usize>) -> Range<usize> {
        self.map.origin(range)
    }

    /// How many code points the text has.
    pub fn len_code_points(&self) -> usize {
        self.points.len()
    }

    /// The code point that begins at a byte of the text.
    pub fn code_point(&self, byte: usize) -> usize {
        self.points.at_byte(&self.text, byte)
    }

    /// The byte at which a code point of the text begins.
    pub fn byte(&self, code_point: usize) -> usize {
        self.points.byte_of(&self.text, code_point)
    }

    /// Where the items of its numbered lists begin, ascending.
    pub(super) fn numbered_items(&self) -> &[NumberedItem] {
        &self.items
    }

    /// The text with its typography evened out; made once, at the first call.
    pub(super) fn normalized(&self, case: Case, line_hyphen: LineHyphen) -> &Normalized {
        let at =
            usize::from(case == Case::Folded) * 2 + usize::from(line_hyphen == LineHyphen::Kept);
        self.normalized[at].get_or_init(|| normalize(&self.text, case, line_hyphen))
    }
}

/// The SHA-256 of `bytes` in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
