//! All sources of one briefing: defined, written inside events, and brought in from bibliographies.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "sources are numbered by the pool; texts are cut at boundaries of characters that were looked for"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one text, and the numbers of its entries"
)]

use super::keys::distance;
use super::values::Values;
use crate::model::{Source, SourceOrigin};
use crate::parse::yaml::quoted;
use crate::parse::{Bibliography, SourceIndex, same_address, slug};
use crate::problem::Code;
use crate::span::Span;
use memchr::memmem::Finder;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The sources of a briefing while it is read.
///
/// Of a bibliography, only what the briefing uses is brought in: a library of ten thousand briefings may share
/// one of ten thousand entries.
pub struct Pool<'c> {
    pub sources: Vec<Arc<Source>>,
    pub index: SourceIndex,
    bibliographies: Vec<(Arc<str>, Arc<Bibliography>)>,
    shared: Option<&'c Bibliography>,
    /// The next number to try for a key that is taken.
    suffixes: HashMap<String, u32>,
}

impl<'c> Pool<'c> {
    pub fn new(shared: Option<&'c Bibliography>) -> Self {
        Self {
            sources: Vec::new(),
            index: SourceIndex::default(),
            bibliographies: Vec::new(),
            shared,
            suffixes: HashMap::new(),
        }
    }

    /// Lets sources be brought in from a bibliography; of two that have a key, the one added first gives it.
    pub fn add_bibliography(&mut self, path: &str, bibliography: Arc<Bibliography>) {
        self.bibliographies.push((path.into(), bibliography));
    }

    /// Adds a source that stands under a key. One with the address of an earlier source is that source.
    pub fn define(&mut self, source: Source, key_span: Span, values: &mut Values) -> u32 {
        if let Some(at) = self.index.by_key(&source.key) {
            values.problem(
                Code::SourceDuplicateKey,
                key_span,
                format!(
                    "expected a key of its own, found {} again",
                    quoted(&source.key)
                ),
                "give one of the two another key; the first is used",
            );
            return at;
        }
        if let Some(at) = self.same_page(&source) {
            let first = Arc::make_mut(&mut self.sources[at as usize]);
            values.problem(
                Code::SourceDuplicateUrl,
                key_span,
                format!(
                    "expected an address of its own, found that of {}",
                    quoted(&first.key)
                ),
                format!(
                    "remove one of the two; evidence for both goes to `{}`",
                    first.key
                ),
            );
            self.index.add_key(&source.key, at);
            first.details.other_keys.push(source.key);
            return at;
        }
        self.push(Arc::new(source))
    }

    /// Adds a source without a key, which gets one from who published it and when. One with the address of an
    /// earlier source is that source.
    pub fn add_inline(&mut self, mut source: Source) -> u32 {
        if let Some(at) = self.same_page(&source) {
            return at;
        }
        if let Some(url) = &source.url
            && let Some(at) = self.bring_in(|bibliography| bibliography.by_address(url))
        {
            return at;
        }
        let who = [&source.publisher, &source.authors.first().cloned()]
            .into_iter()
            .find_map(|name| name.as_deref().map(slug))
            .filter(|name| !name.is_empty())
            .or_else(|| source.url.as_deref().map(host))
            .or_else(|| source.title.as_deref().map(slug))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "source".to_owned());
        let base = match source.date.as_ref().map(|date| slug(date.written())) {
            Some(date) if !date.is_empty() => format!("{who}-{date}"),
            _ => who,
        };
        source.key = self.free_key(base).into();
        self.push(Arc::new(source))
    }

    /// The source with this key, brought in from a bibliography if need be.
    pub fn by_key(&mut self, key: &str) -> Option<u32> {
        self.index
            .by_key(key)
            .or_else(|| self.bring_in(|bibliography| bibliography.by_key(key)))
    }

    /// The source with this key among those that are in already.
    pub fn known_key(&self, key: &str) -> Option<u32> {
        self.index.by_key(key)
    }

    /// The source with this address, brought in from a bibliography if need be.
    pub fn by_address(&mut self, address: &str) -> Option<u32> {
        self.index
            .by_address(address)
            .or_else(|| self.bring_in(|bibliography| bibliography.by_address(address)))
    }

    /// Brings in what a text cites (`@key`) or links to, as far as bibliographies have it.
    pub fn bring_in_mentioned(&mut self, text: &str) {
        if self.bibliographies.is_empty() && self.shared.is_none() {
            return;
        }
        for at in memchr::memchr_iter(b'@', text.as_bytes()) {
            let words = &text[at + 1..];
            let words = &words[..words.floor_char_boundary(KEY_BYTES)];
            let end = key_end(words);
            // What ends a sentence or a bracket ends a key; what stands inside one belongs to it.
            let mut key = words.get(..end).unwrap_or_default();
            for _ in 0..ENDS_TRIED {
                if key.is_empty() || self.by_key(key).is_some() {
                    break;
                }
                key = &key[..key.rfind(|c: char| !c.is_alphanumeric()).unwrap_or(0)];
            }
        }
        for at in ADDRESS.find_iter(text.as_bytes()) {
            let words = &text[at..];
            let words = &words[..words.floor_char_boundary(ADDRESS_BYTES)];
            let end = words
                .find(|c: char| c.is_whitespace() || "<>\"'`|\\^{}[]".contains(c))
                .unwrap_or(words.len());
            let mut address = words.get(..end).unwrap_or_default();
            for _ in 0..ENDS_TRIED {
                if address.is_empty() || self.by_address(address).is_some() {
                    break;
                }
                address = &address[..address.rfind([')', '.', ',', ';']).unwrap_or(0)];
            }
        }
    }

    /// Brings in the sources that those here only repeat, and tells of keys that nobody defined.
    pub fn bring_in_bases(&mut self, values: &mut Values) {
        let mut at = 0;
        while let Some(source) = self.sources.get(at) {
            let (span, origin_is_here) = (source.span, source.origin == SourceOrigin::Briefing);
            for key in source.details.based_on.clone() {
                if self.by_key(&key).is_none() && origin_is_here {
                    self.tell_unknown(&key, span, values);
                }
            }
            at += 1;
        }
    }

    /// Tells that nobody defined a key, with the known one that is nearest to it.
    pub fn tell_unknown(&self, key: &str, span: Span, values: &mut Values) {
        if values.is_full() {
            return;
        }
        let hint = match self.nearest_key(key, values.problems.len()) {
            Some(known) => format!(
                "write `{known}` if that is meant, or define {} under `sources`",
                quoted(key)
            ),
            None => format!(
                "define {} under `sources`, or write an address",
                quoted(key)
            ),
        };
        values.problem(
            Code::SourceUnknown,
            super::values::first_line(values.file, span),
            format!("expected the key of a source, found {}", quoted(key)),
            hint,
        );
    }

    /// The known key that an unknown one is a slip of; `told` is how many problems there are already.
    pub fn nearest_key(&self, key: &str, told: usize) -> Option<&str> {
        // Bounded, since a hostile file may name thousands of unknown keys beside thousands of known ones.
        const KEYS_COMPARED: usize = 200;
        const PROBLEMS_WITH_A_GUESS: usize = 200;
        if key.len() > KEY_BYTES || told > PROBLEMS_WITH_A_GUESS {
            return None;
        }
        self.sources
            .iter()
            .take(KEYS_COMPARED)
            .map(|source| source.key.as_str())
            .filter(|known| known.len().abs_diff(key.len()) <= 2 && known.len() <= KEY_BYTES)
            .map(|known| (distance(key, known), known))
            .filter(|&(slips, known)| slips <= if known.len() < 5 { 1 } else { 2 })
            .min()
            .map(|(_, known)| known)
    }

    fn push(&mut self, source: Arc<Source>) -> u32 {
        let at = Span::at(self.sources.len()).start;
        self.index.add(&source, at);
        self.sources.push(source);
        at
    }

    /// The source whose original address is that of `source`; one merely consulted there is another.
    fn same_page(&self, source: &Source) -> Option<u32> {
        let url = source.url.as_deref()?;
        let at = self.index.by_address(url)?;
        let other = self.sources.get(at as usize)?.url.as_deref()?;
        (same_address(other) == same_address(url)).then_some(at)
    }

    fn bring_in(&mut self, find: impl Fn(&Bibliography) -> Option<&Arc<Source>>) -> Option<u32> {
        let mut found = None;
        for (path, bibliography) in &self.bibliographies {
            if let Some(source) = find(bibliography) {
                let mut source = Arc::clone(source);
                // Another briefing may name the same file by another path.
                if !matches!(&source.origin, SourceOrigin::Shared(of) if of == path) {
                    Arc::make_mut(&mut source).origin = SourceOrigin::Shared(path.clone());
                }
                found = Some(source);
                break;
            }
        }
        let source = match found {
            Some(source) => source,
            None => Arc::clone(find(self.shared?)?),
        };
        // The briefing's own definition under the same key stands before the bibliography's.
        match self.index.by_key(&source.key) {
            Some(_) => None,
            None => Some(self.push(source)),
        }
    }

    fn free_key(&mut self, base: String) -> String {
        if self.is_free(&base) {
            return base;
        }
        let mut number = self.suffixes.get(&base).copied().unwrap_or(2);
        let key = loop {
            let key = format!("{base}-{number}");
            number += 1;
            if self.is_free(&key) {
                break key;
            }
        };
        self.suffixes.insert(base, number);
        key
    }

    fn is_free(&self, key: &str) -> bool {
        let taken = |bibliography: &Bibliography| bibliography.by_key(key).is_some();
        self.index.by_key(key).is_none()
            && !self
                .bibliographies
                .iter()
                .any(|(_, bibliography)| taken(bibliography))
            && !self.shared.is_some_and(taken)
    }
}

static ADDRESS: LazyLock<Finder> = LazyLock::new(|| Finder::new("://"));

/// Where the words end that may be a key.
fn key_end(words: &str) -> usize {
    let signs = |byte: u8| b"_-:.#$%&+?<>~/".contains(&byte);
    let plain = words
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || signs(byte)))
        .unwrap_or(words.len());
    let rest = &words[plain..];
    if rest.bytes().next().is_none_or(|byte| byte.is_ascii()) {
        return plain;
    }
    let is_part = |c: char| c.is_alphanumeric() || u8::try_from(c).is_ok_and(signs);
    let more = rest.find(|c: char| !is_part(c));
    plain + more.unwrap_or(rest.len())
}

/// Longer words are not looked up: no key and no address that people write is that long.
const KEY_BYTES: usize = 128;
const ADDRESS_BYTES: usize = 2048;

/// How often a word that is not found is cut before its last punctuation and looked up again.
const ENDS_TRIED: usize = 4;

/// An address's host as the start of a key: `www.example.org` becomes `example-org`.
fn host(address: &str) -> String {
    let page = same_address(address);
    let host = page.split(['/', '?', ':', '#']).next().unwrap_or_default();
    slug(&host.replace('.', "-"))
}
