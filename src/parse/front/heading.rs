//! The first heading of a body, as far as a title needs it before the Markdown is read.

#![expect(
    clippy::string_slice,
    reason = "cut at an ASCII brace that was found in the same text"
)]

/// The words of the first level-1 heading, without emphasis and without `{#id}`.
pub fn first(body: &str) -> Option<String> {
    let mut fence: Option<&str> = None;
    let mut before = "";
    for line in body.lines() {
        let words = line.trim();
        if let Some(mark) = fence {
            if words.starts_with(mark) {
                fence = None;
            }
            continue;
        }
        let opening = ["```", "~~~"]
            .into_iter()
            .find(|mark| words.starts_with(mark));
        if opening.is_some() {
            fence = opening;
        } else if let Some(heading) = line.trim_start().strip_prefix("# ") {
            return Some(plain(heading));
        } else if words.len() > 2 && words.bytes().all(|byte| byte == b'=') && !before.is_empty() {
            return Some(plain(before));
        }
        before = words;
    }
    None
}

fn plain(heading: &str) -> String {
    let heading = match heading.rfind("{#") {
        Some(at) if heading.trim_end().ends_with('}') => &heading[..at],
        _ => heading,
    };
    heading
        .trim()
        .trim_end_matches('#')
        .trim()
        .replace(['*', '`'], "")
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn headings() {
        for (body, heading) in [
            ("# One *two* {#id}\n", Some("One two")),
            ("Text\n\n## Two\n# One #\n", Some("One")),
            ("```\n# no\n```\nOne\n===\n", Some("One")),
            ("```\n# no\n", None),
            ("#no\n", None),
        ] {
            assert_eq!(first(body).as_deref(), heading, "{body}");
        }
    }
}
