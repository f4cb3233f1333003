//! Finds sources by key and by address, in constant time.

#![expect(
    clippy::string_slice,
    reason = "four ASCII letters were just found; the host ends within the rest"
)]

use super::names::Names;
use crate::model::{Evidence, Source};
use crate::span::Span;
use crate::text::Text;
use std::borrow::Cow;
use std::sync::Arc;

/// Where each source of a list stands.
#[derive(Clone, Debug, Default)]
pub struct SourceIndex {
    by_key: Names<Text, u32>,
    by_address: Names<Text, u32>,
}

impl SourceIndex {
    pub fn new(sources: &[Arc<Source>]) -> Self {
        let mut index = Self::default();
        for (source, at) in sources.iter().zip(0..) {
            index.add(source, at);
        }
        index
    }

    /// Notes where `source` stands. Of two with one key or address, the first is found.
    pub fn add(&mut self, source: &Source, at: u32) {
        self.by_key.insert(source.key.clone(), at);
        for key in &source.details.other_keys {
            self.by_key.insert(key.clone(), at);
        }
        // An original address outranks the same address consulted in place of another.
        if let Some(url) = &source.url {
            self.add_address(url, at);
        }
        if let Some(via) = &source.details.via {
            self.add_address(via, at);
        }
    }

    /// A further key for the source at `at`. Returns whether the key was free.
    pub fn add_key(&mut self, key: &Text, at: u32) -> bool {
        self.by_key.insert(key.clone(), at)
    }

    fn add_address(&mut self, address: &Text, at: u32) {
        let page = address.part_or(same_address(address));
        if !page.is_empty() {
            self.by_address.insert(page, at);
        }
    }

    /// The source with this key.
    pub fn by_key(&self, key: &str) -> Option<u32> {
        self.by_key.get(key).copied()
    }

    /// The source with this address as its `url` or its `via`.
    pub fn by_address(&self, address: &str) -> Option<u32> {
        self.by_address.get(&same_address(address)).copied()
    }

    /// The evidence that a link gives, when its address is a source's; `sources` is the list of this index.
    pub fn link_evidence(
        &self,
        address: &str,
        span: Span,
        sources: &[Arc<Source>],
    ) -> Option<Evidence> {
        let at = self.by_address(address)?;
        let key = sources.get(at as usize)?.key.clone();
        Some(Evidence::of_source(key, Some(at), span))
    }

    /// Every key, in no particular order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.names()
    }
}

/// The part of an address that tells two pages apart: without scheme, `www.`, final `/` and fragment, and with
/// the host in lower case. A fragment that routes (`#/page`, `#!page`) stays.
pub fn same_address(address: &str) -> Cow<'_, str> {
    let address = address.trim();
    let rest = address
        .split_once("://")
        .map_or(address, |(_scheme, rest)| rest);
    let rest = match rest.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("www.") => &rest[4..],
        _ => rest,
    };
    let rest = match rest.split_once('#') {
        Some((page, fragment)) if !fragment.starts_with(['/', '!']) => page,
        _ => rest,
    };
    let rest = rest.trim_end_matches('/');
    let host_end = rest.find('/').unwrap_or(rest.len());
    if rest[..host_end]
        .bytes()
        .any(|byte| byte.is_ascii_uppercase())
    {
        let mut lowered = rest.to_owned();
        if let Some(host) = lowered.get_mut(..host_end) {
            host.make_ascii_lowercase();
        }
        Cow::Owned(lowered)
    } else {
        Cow::Borrowed(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_the_same() {
        for (a, b, same) in [
            ("https://example.org/a", "http://www.example.org/a/", true),
            ("https://Example.org/a", "https://example.org/a#part", true),
            ("https://example.org/A", "https://example.org/a", false),
            (
                "https://example.org/?p=1",
                "https://example.org/?p=2",
                false,
            ),
            ("https://example.org/#/a", "https://example.org/#/b", false),
        ] {
            assert_eq!(same_address(a) == same_address(b), same, "{a} {b}");
        }
    }

    #[test]
    fn the_first_of_two_is_found() {
        let source = |key: &str, url: &str| Source {
            key: key.into(),
            url: Some(url.into()),
            details: crate::model::SourceDetails {
                other_keys: vec![format!("{key}-again").into()],
                ..Default::default()
            }
            .into(),
            ..Source::default()
        };
        let index = SourceIndex::new(&[
            source("a", "https://example.org/1").into(),
            source("b", "https://example.org/1").into(),
        ]);
        assert_eq!(index.by_address("example.org/1/"), Some(0));
        assert_eq!(index.by_key("b-again"), Some(1));
        assert_eq!(index.by_key("c"), None);
    }
}
