//! Links: where they lead, and the addresses that stand in running text without any marks.

#![expect(
    clippy::string_slice,
    reason = "places are ASCII letters that were found in the same text, or moves by whole characters from there"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, which is bounded, and lengths of its parts"
)]

use crate::model::{Heading, LinkTarget};
use crate::parse::evidence_line::shortened;
use crate::parse::names::Names;
use crate::parse::prose::{Inline, InlineKind, Prose};
use crate::parse::{nearest, slug};
use crate::problem::{Code, Problem};
use crate::span::Span;
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

/// A link whose target is still to be found.
#[derive(Debug)]
pub struct RawLink {
    pub span: Span,
    pub address: Box<str>,
    pub wiki: bool,
    /// The sentence it stands in, unless that is part of a footnote.
    pub sentence: Option<Span>,
}

/// What `#anchor` may name in one file.
pub struct Anchors<'a> {
    /// The events' ids and the headings in their order, to guess among.
    event_ids: Vec<&'a str>,
    all_headings: &'a [Heading],
    events: Names<&'a str, u32>,
    by_id: Names<&'a str, u32>,
    /// By the words they show: a heading with an id of its own can still be reached by them. Made when first asked for.
    by_words: OnceCell<Names<String, u32>>,
}

impl<'a> Anchors<'a> {
    pub fn new(events: impl Iterator<Item = &'a str>, headings: &'a [Heading]) -> Self {
        let mut by_id = Names::default();
        for (heading, at) in headings.iter().zip(0..) {
            by_id.insert(heading.id.as_str(), at);
        }
        let event_ids: Vec<&str> = events.collect();
        let mut events = Names::default();
        for (&id, at) in event_ids.iter().zip(0..) {
            events.insert(id, at);
        }
        Self {
            event_ids,
            all_headings: headings,
            events,
            by_id,
            by_words: OnceCell::new(),
        }
    }

    pub fn event(&self, anchor: &str) -> Option<u32> {
        self.events.get(anchor).copied()
    }

    pub fn heading(&self, anchor: &str) -> Option<u32> {
        self.heading_by_id(anchor)
            .or_else(|| self.heading_by_id(&slug(anchor)))
    }

    /// The heading with exactly this id or slug.
    pub fn heading_by_id(&self, id: &str) -> Option<u32> {
        let by_words = || {
            let by_words = self.by_words.get_or_init(|| {
                let mut names = Names::default();
                for (heading, at) in self.all_headings.iter().zip(0..) {
                    names.insert(slug(&heading.text), at);
                }
                names
            });
            by_words.get(id)
        };
        self.by_id.get(id).or_else(by_words).copied()
    }

    /// The name most like an unknown one.
    pub fn nearest(&self, anchor: &str) -> Option<String> {
        const HEADINGS_COMPARED: usize = 2_000;
        let headings = self.all_headings.get(..HEADINGS_COMPARED);
        let headings = headings.unwrap_or(self.all_headings);
        let slugs: Vec<String> = headings.iter().map(|heading| slug(&heading.text)).collect();
        let ids = headings.iter().map(|heading| heading.id.as_str());
        let names = ids
            .chain(slugs.iter().map(String::as_str))
            .chain(self.event_ids.iter().copied());
        nearest(anchor, names).map(str::to_owned)
    }
}

/// Where an address leads.
pub fn target(written: Box<str>, wiki: bool, anchors: &Anchors) -> LinkTarget {
    let address = written.trim();
    if let Some(anchor) = address.strip_prefix('#') {
        let anchor = decoded(anchor);
        return match (anchors.event(&anchor), anchors.heading(&anchor)) {
            (Some(event), _) => LinkTarget::Event(event),
            (None, Some(heading)) => LinkTarget::Heading(heading),
            (None, None) => LinkTarget::Unknown(anchor.into_owned()),
        };
    }
    if wiki {
        let (name, anchor) = split_anchor(address);
        return LinkTarget::Note { name, anchor };
    }
    if address.is_empty() {
        return LinkTarget::Unknown(String::new());
    }
    if has_scheme(address) || address.starts_with("//") {
        let is_all = address.len() == written.len();
        return LinkTarget::Address(if is_all {
            written.into_string()
        } else {
            address.to_owned()
        });
    }
    let (path, anchor) = split_anchor(address);
    LinkTarget::File { path, anchor }
}

fn split_anchor(address: &str) -> (String, Option<String>) {
    match address.split_once('#') {
        Some((path, anchor)) => (
            decoded(path).into_owned(),
            Some(decoded(anchor).into_owned()),
        ),
        None => (decoded(address).into_owned(), None),
    }
}

/// Whether an address begins with a scheme. One letter is a drive, not a scheme.
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// Percent-encoded bytes decoded, where they make UTF-8.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = text
            .get(at + 1..at + 3)
            .filter(|_| byte == b'%')
            .filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A link that leads nowhere in this file.
pub fn unknown_link(anchor: &str, span: Span, near: Option<String>) -> Problem {
    let message = if anchor.is_empty() {
        "expected an address, found an empty link".to_owned()
    } else {
        format!(
            "expected the id of an event or a heading, found `#{}`",
            shortened(anchor)
        )
    };
    let hint = match near {
        Some(near) => format!("did you mean `#{near}`?"),
        None => "give an event or a heading this id, or mend the link".to_owned(),
    };
    Problem::new(Code::LinkUnknown, span, message, hint)
}

/// Makes links of the addresses in running text, as GitHub does: `https://…`, `http://…`, `www.…`.
pub fn autolink(prose: &mut Prose) {
    static SCHEME: LazyLock<Finder> = LazyLock::new(|| Finder::new("://"));
    static HOST: LazyLock<Finder> = LazyLock::new(|| Finder::new("www."));
    let text = prose.text.as_str();
    let bytes = text.as_bytes();
    if SCHEME.find(bytes).is_none() && HOST.find(bytes).is_none() {
        return;
    }
    let mut taken = prose
        .inlines
        .iter()
        .filter(|inline| {
            matches!(
                inline.kind,
                InlineKind::Link { .. } | InlineKind::Code | InlineKind::Image { .. }
            )
        })
        .map(|inline| inline.text.clone())
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(found) = address_after(text, from) {
        from = found.end;
        while taken.next_if(|range| range.end <= found.start).is_some() {}
        if taken.peek().is_some_and(|range| range.start < found.end) {
            continue;
        }
        let words = &text[found.clone()];
        let address = if words.starts_with("www.") {
            format!("http://{words}")
        } else {
            words.to_owned()
        };
        links.push(Inline {
            span: prose.span_of(found.clone()),
            text: found,
            kind: InlineKind::Link {
                address: address.into(),
                wiki: false,
            },
        });
    }
    if !links.is_empty() {
        prose.inlines.extend(links);
        prose.inlines.sort_by_key(|inline| inline.text.start);
    }
}

/// The next address at or after `from`.
fn address_after(text: &str, mut from: usize) -> Option<Range<usize>> {
    loop {
        let start = from + text[from..].find(['h', 'w'])?;
        from = start + 1;
        let rest = &text[start..];
        let scheme = ["http://", "https://", "www."]
            .into_iter()
            .find(|scheme| rest.starts_with(scheme));
        let before = text[..start].chars().next_back();
        let apart = before.is_none_or(|c| c.is_whitespace() || "*_~([\"“«„".contains(c));
        let Some(scheme) = scheme.filter(|_| apart) else {
            continue;
        };
        let length = rest
            .find(|c: char| c.is_whitespace() || "<>\"“”«»".contains(c))
            .unwrap_or(rest.len());
        let length = without_punctuation(&rest[..length]);
        let host = rest[..length].get(scheme.len()..).unwrap_or_default();
        if host.starts_with(char::is_alphanumeric) && host.contains('.') {
            return Some(start..start + length);
        }
    }
}

/// The length of an address without the punctuation of the sentence it stands in.
fn without_punctuation(address: &str) -> usize {
    let mut end = address.len();
    let mut open = address.matches('(').count();
    let mut close = address.matches(')').count();
    while let Some(last) = address[..end].chars().next_back() {
        match last {
            ')' | ']' if last == ']' || close > open => close = close.saturating_sub(1),
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '…' => {}
            '(' => open = open.saturating_sub(1),
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_running_text_end_before_punctuation() {
        for (text, expected) in [
            ("see https://example.org/a.", Some("https://example.org/a")),
            ("(www.example.org/a_(b))", Some("www.example.org/a_(b)")),
            ("“https://example.org/x”", Some("https://example.org/x")),
            ("xhttps://example.org", None),
            ("https:// nothing", None),
        ] {
            let found = address_after(text, 0).map(|range| &text[range]);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn addresses_lead_where_they_say() {
        let headings = [Heading {
            level: 1,
            id: "call".into(),
            text: "The call".into(),
            span: Span::default(),
            section: Span::default(),
        }];
        let anchors = Anchors::new(["start"].into_iter(), &headings);
        let file = |path: &str, anchor: Option<&str>| LinkTarget::File {
            path: path.to_owned(),
            anchor: anchor.map(str::to_owned),
        };
        for (address, expected) in [
            ("#start", LinkTarget::Event(0)),
            ("#call", LinkTarget::Heading(0)),
            ("#the-call", LinkTarget::Heading(0)),
            ("#none", LinkTarget::Unknown("none".to_owned())),
            ("other.md#x", file("other.md", Some("x"))),
            ("a%20b.md", file("a b.md", None)),
            (
                "mailto:a@b.org",
                LinkTarget::Address("mailto:a@b.org".to_owned()),
            ),
        ] {
            assert_eq!(
                target(address.into(), false, &anchors),
                expected,
                "{address}"
            );
        }
        let note = LinkTarget::Note {
            name: "note".to_owned(),
            anchor: Some("x".to_owned()),
        };
        assert_eq!(target("note#x".into(), true, &anchors), note);
    }
}
