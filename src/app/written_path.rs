//! Paths as users write and paste them.

#![expect(clippy::arithmetic_side_effects, reason = "places within one text")]

use std::path::PathBuf;

/// A path as it comes from a clipboard or a text field: quotes, `file://` and `~/` are understood.
pub(super) fn from_text(text: &str) -> PathBuf {
    let text = text.trim();
    let text = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| {
            text.strip_prefix('\'')
                .and_then(|rest| rest.strip_suffix('\''))
        })
        .unwrap_or(text);
    if let Some(address) = text.strip_prefix("file://") {
        return PathBuf::from(percent_decoded(address));
    }
    if let Some(below_home) = text.strip_prefix("~/")
        && let Some(directories) = directories::UserDirs::new()
    {
        return directories.home_dir().join(below_home);
    }
    PathBuf::from(text)
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) => {
                decoded.push(code);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_in_many_clothes() {
        for (text, path) in [
            (" /a/b ", "/a/b"),
            ("\"/a b\"", "/a b"),
            ("file:///a%20b/%C3%A9", "/a b/é"),
            ("100%", "100%"),
        ] {
            assert_eq!(from_text(text), PathBuf::from(path), "{text}");
        }
    }
}
