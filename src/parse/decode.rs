//! From bytes to text: the size limit and the encoding.

#![expect(
    clippy::indexing_slicing,
    reason = "UTF-8 was valid up to this place of the same bytes"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded"
)]

use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::text::Text;

/// The largest file that is read: 64 MiB. Offsets in a file fit 32 bits because of it.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The text of a file, or the problem that keeps it from being read.
///
/// A byte order mark stays in the text, so that offsets are those of the file; whoever reads on passes over it.
///
/// # Errors
/// When the file is larger than [`MAX_FILE_BYTES`] or not UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<Text, Problem> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Problem::new(
            Code::FileTooLarge,
            Span::default(),
            format!(
                "expected at most {} MB, found {} MB",
                MAX_FILE_BYTES / (1024 * 1024),
                bytes.len().div_ceil(1024 * 1024)
            ),
            "split the file, or move what is not a briefing out of the library",
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = 1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
            let found = bytes.get(at).copied().unwrap_or_default();
            let hint = match bytes {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                    "the file looks like UTF-16: save it as UTF-8"
                }
                _ => {
                    "save the file as UTF-8; older editors call this the encoding or the character set"
                }
            };
            Err(Problem::new(
                Code::FileNotUtf8,
                Span::default(),
                format!(
                    "expected UTF-8 text, found the byte 0x{found:02X} at offset {at} (line {line})"
                ),
                hint,
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_name_the_byte() {
        let problem = decode(b"one\ntwo \xe9t\xe9".to_vec()).expect_err("Latin-1");
        assert_eq!(problem.code, Code::FileNotUtf8);
        assert_eq!(
            problem.message,
            "expected UTF-8 text, found the byte 0xE9 at offset 8 (line 2)"
        );
        let problem = decode(b"\xff\xfea\0".to_vec()).expect_err("UTF-16");
        assert!(problem.hint.contains("UTF-16"), "{}", problem.hint);
    }

    #[test]
    fn a_byte_order_mark_keeps_offsets_those_of_the_file() {
        let text = decode("\u{feff}a".into()).expect("UTF-8");
        assert_eq!(text.find('a'), Some(3));
    }

    #[test]
    fn large_files_are_refused() {
        assert!(decode(vec![b' '; MAX_FILE_BYTES]).is_ok());
        let problem = decode(vec![b' '; MAX_FILE_BYTES + 1]).expect_err("too large");
        assert_eq!(problem.code, Code::FileTooLarge);
        assert_eq!(problem.message, "expected at most 64 MB, found 65 MB");
    }
}
