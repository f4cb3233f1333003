//! How many attributes the tags of a page have. The tokenizer holds each against all before it in its tag, so that a tag of
//! a million would take days; people write a dozen.

#![expect(
    clippy::indexing_slicing,
    reason = "places up to the length of the same bytes"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of attributes, each of which has a byte of one page"
)]

/// How many comparisons of two attributes one page may take: far below a second.
const MAX_COMPARISONS: usize = 100_000_000;

/// How many a short one may take, and one more for so many bytes: a Markdown file may hold thousands of pieces of HTML.
const LEAST_COMPARISONS: usize = 10_000;
const COMPARISONS_A_BYTE: usize = 20;

/// Tags with fewer attributes cost nothing worth counting.
const FEW: usize = 64;

/// How much the attributes of a page may still cost.
pub(super) struct AttributesLeft {
    comparisons: usize,
    /// Where the tag begins that was last looked at ahead.
    looked_at: Option<usize>,
}

impl AttributesLeft {
    /// For a page of this length.
    pub(super) fn for_length(bytes: usize) -> Self {
        let by_length = LEAST_COMPARISONS + bytes.saturating_mul(COMPARISONS_A_BYTE);
        Self {
            comparisons: by_length.min(MAX_COMPARISONS),
            looked_at: None,
        }
    }

    /// Counts what a tag of so many attributes has cost.
    pub(super) fn take(&mut self, attributes: usize) {
        if attributes > FEW {
            self.comparisons = self.comparisons.saturating_sub(cost_of(attributes));
        }
    }

    /// Whether no more may be read.
    pub(super) fn are_spent(&self) -> bool {
        self.comparisons == 0
    }

    /// Spends all where a tag that the tokenizer has not read to its end, and which begins at `place`, would cost more than
    /// is left.
    pub(super) fn look_ahead(&mut self, pending: &str, place: usize) {
        if self.looked_at == Some(place) {
            return;
        }
        self.looked_at = Some(place);
        let attributes = attributes_of(pending.as_bytes());
        if cost_of(attributes) > self.comparisons {
            self.comparisons = 0;
        }
    }
}

/// How many comparisons so many attributes of one tag take.
fn cost_of(attributes: usize) -> usize {
    attributes.saturating_mul(attributes) / 2
}

/// How many attributes the tag has that stands at the start; none where no tag does. HTML Living Standard, 13.2.5.32 to 39.
fn attributes_of(html: &[u8]) -> usize {
    let is_tag = |name: &u8| name.is_ascii_alphabetic() || *name == b'/';
    if html.first() != Some(&b'<') || !html.get(1).is_some_and(is_tag) {
        return 0;
    }
    let is_space = |byte: u8| byte.is_ascii_whitespace();
    let skip = |from: usize, ends: &dyn Fn(u8) -> bool| {
        let rest = html.get(from..).unwrap_or_default();
        let found = rest.iter().position(|&byte| ends(byte));
        found.map_or(html.len(), |found| from + found)
    };
    let mut count = 0;
    let mut at = skip(2, &|byte| is_space(byte) || matches!(byte, b'/' | b'>'));
    loop {
        at = skip(at, &|byte| !is_space(byte) && byte != b'/');
        if at >= html.len() || html[at] == b'>' {
            return count;
        }
        count += 1;
        // A name may begin with an equals sign.
        at = skip(at + 1, &|byte| {
            is_space(byte) || matches!(byte, b'/' | b'>' | b'=')
        });
        let behind = skip(at, &|byte| !is_space(byte));
        if html.get(behind) != Some(&b'=') {
            continue;
        }
        let value = skip(behind + 1, &|byte| !is_space(byte));
        at = match html.get(value) {
            Some(&quote @ (b'"' | b'\'')) => skip(value + 1, &|byte| byte == quote) + 1,
            _ => skip(value, &|byte| is_space(byte) || byte == b'>'),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::attributes_of;

    #[test]
    fn attributes_are_counted_as_a_browser_reads_them() {
        for (html, expected) in [
            ("<a>", 0),
            ("<a b>c d e", 1),
            ("<a b=c d='e f' g=\">\" h>i j", 4),
            ("<a b = 'c'd/e / f=g/h>", 4),
            ("</a b c>", 2),
            ("<a =b ==c>", 1),
            ("<a =b =c d>", 2),
            ("<a b='c d e", 1),
            ("<!-- a b c", 0),
            ("a b c", 0),
            ("<", 0),
        ] {
            assert_eq!(attributes_of(html.as_bytes()), expected, "{html}");
        }
    }
}
