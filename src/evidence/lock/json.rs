//! A lock as JSON-LD, an annotation page of the W3C Web Annotation Data Model, and back.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places within one file, which is bounded"
)]

use super::{Lock, LockedQuote, LockedSource, Selector};
use crate::evidence::copy::sha256_hex;
use crate::evidence::fragment::percent_encoded_path;
use crate::evidence::verdict::Verdict;
use crate::problem::{Code, Problem};
use crate::span::Span;
use serde_json::{Map, Value, json};

/// The context of the Web Annotation Data Model.
const ANNOTATION_CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

impl Lock {
    /// The lock as JSON-LD; the same lock is always the same text, so that a change shows as a diff.
    pub fn to_json(&self) -> String {
        let sources: Vec<Value> = self.sources.iter().map(source_to_json).collect();
        let index = self.index();
        let items: Vec<Value> = (self.quotes.iter())
            .map(|quote| quote_to_json(quote, index.source(&quote.key)))
            .collect();
        let page = json!({
            "@context": [
                ANNOTATION_CONTEXT,
                {
                    "sl": "urn:sourceline:",
                    "sources": { "@id": "sl:sources", "@container": "@list" },
                    "key": "sl:key",
                    "address": "sl:address",
                    "read": "sl:read",
                    "copy": "sl:copy",
                    "sha256": "sl:sha256",
                    "verdict": "sl:verdict"
                }
            ],
            "id": format!("urn:sourceline:lock:{}", self.fingerprint()),
            "type": "AnnotationPage",
            "sources": sources,
            "items": items,
        });
        // A value made of strings and numbers can always be written.
        let mut text = serde_json::to_string_pretty(&page).unwrap_or_default();
        text.push('\n');
        text
    }

    fn fingerprint(&self) -> String {
        let keys: Vec<&str> = (self.sources.iter())
            .flat_map(|source| {
                [
                    source.key.as_str(),
                    source.sha256.as_deref().unwrap_or_default(),
                ]
            })
            .collect();
        short_hash(&keys)
    }

    /// Reads a lock file.
    ///
    /// # Errors
    ///
    /// A [`Code::LockSyntax`] problem at the place where the text stops being a lock file.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let page: Value = serde_json::from_str(text).map_err(|error| {
            let at = byte_at(text, error.line(), error.column());
            let message = if error.is_eof() {
                "expected a whole lock file, found that it breaks off".to_owned()
            } else {
                format!("expected a lock file in JSON, found {error}")
            };
            lock_problem(Span::at(at), message)
        })?;
        let is_page = page.get("type").and_then(Value::as_str) == Some("AnnotationPage");
        let (Some(sources), Some(items), true) = (
            page.get("sources").and_then(Value::as_array),
            page.get("items").and_then(Value::as_array),
            is_page,
        ) else {
            return Err(lock_problem(
                Span::new(0, text.len()),
                "expected an annotation page with `sources` and `items`, found other JSON"
                    .to_owned(),
            ));
        };
        let sources = sources
            .iter()
            .map(|source| source_from_json(source, text))
            .collect::<Result<_, _>>()?;
        let quotes = items
            .iter()
            .map(|item| quote_from_json(item, text))
            .collect::<Result<_, _>>()?;
        Ok(Self { sources, quotes })
    }
}

/// An IRI for the source: its address, else its copy, else its key.
fn target_address(key: &str, source: Option<&LockedSource>) -> String {
    let address = source.and_then(|source| source.address.clone());
    let copy = || Some(percent_encoded_path(source?.copy.as_deref()?));
    address
        .or_else(copy)
        .unwrap_or_else(|| format!("urn:sourceline:source:{}", percent_encoded_path(key)))
}

/// The first 16 digits of a SHA-256 over some words.
fn short_hash(words: &[&str]) -> String {
    let mut hash = sha256_hex(words.join("\u{1f}").as_bytes());
    hash.truncate(16);
    hash
}

fn source_to_json(source: &LockedSource) -> Value {
    let mut fields = Map::new();
    fields.insert("key".into(), source.key.clone().into());
    for (name, value) in [
        ("address", &source.address),
        ("read", &source.read),
        ("copy", &source.copy),
        ("sha256", &source.sha256),
    ] {
        if let Some(value) = value {
            fields.insert(name.into(), value.clone().into());
        }
    }
    Value::Object(fields)
}

fn quote_to_json(quote: &LockedQuote, source: Option<&LockedSource>) -> Value {
    let mut target = Map::new();
    target.insert("type".into(), "SpecificResource".into());
    target.insert("source".into(), target_address(&quote.key, source).into());
    if let Some(selector) = &quote.selector {
        target.insert(
            "selector".into(),
            json!([
                {
                    "type": "TextQuoteSelector",
                    "exact": selector.exact,
                    "prefix": selector.prefix,
                    "suffix": selector.suffix,
                },
                {
                    "type": "TextPositionSelector",
                    "start": selector.start,
                    "end": selector.end,
                }
            ]),
        );
    }
    json!({
        "id": format!("urn:sourceline:quote:{}", short_hash(&[&quote.key, &quote.quote])),
        "type": "Annotation",
        "motivation": "assessing",
        "key": quote.key,
        "verdict": quote.verdict.as_str(),
        "body": { "type": "TextualBody", "format": "text/plain", "value": quote.quote },
        "target": target,
    })
}

fn source_from_json(source: &Value, text: &str) -> Result<LockedSource, Problem> {
    let field = |name: &str| source.get(name).and_then(Value::as_str).map(str::to_owned);
    let sha256 = field("sha256");
    if let Some(hash) = &sha256
        && (hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return Err(lock_problem(
            place_of(text, hash),
            format!("expected a SHA-256 of 64 hexadecimal digits, found `{hash}`"),
        ));
    }
    Ok(LockedSource {
        key: field("key").ok_or_else(|| missing(text, "key", "source"))?,
        address: field("address"),
        read: field("read"),
        copy: field("copy"),
        sha256,
    })
}

fn quote_from_json(item: &Value, text: &str) -> Result<LockedQuote, Problem> {
    let string =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let key = string(item, "key").ok_or_else(|| missing(text, "key", "annotation"))?;
    let quote = item
        .get("body")
        .and_then(|body| string(body, "value"))
        .ok_or_else(|| missing(text, "body.value", "annotation"))?;
    let name = string(item, "verdict").ok_or_else(|| missing(text, "verdict", "annotation"))?;
    let verdict = Verdict::from_name(&name).ok_or_else(|| {
        lock_problem(
            place_of(text, &name),
            format!("expected a verdict such as `verbatim`, found `{name}`"),
        )
    })?;
    let selectors = item
        .pointer("/target/selector")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let of_type = |kind: &str| {
        selectors
            .iter()
            .find(|selector| selector.get("type").and_then(Value::as_str) == Some(kind))
    };
    let number = |value: &Value, name: &str| {
        let number = value.get(name).and_then(Value::as_u64)?;
        usize::try_from(number).ok()
    };
    let selector = match (
        of_type("TextQuoteSelector"),
        of_type("TextPositionSelector"),
    ) {
        (None, None) => None,
        (words, position) => {
            let selector = words.zip(position).and_then(|(words, position)| {
                Some(Selector {
                    exact: string(words, "exact")?,
                    prefix: string(words, "prefix").unwrap_or_default(),
                    suffix: string(words, "suffix").unwrap_or_default(),
                    start: number(position, "start")?,
                    end: number(position, "end")?,
                })
            });
            Some(selector.ok_or_else(|| missing(text, "exact, start or end", "selector"))?)
        }
    };
    Ok(LockedQuote {
        key,
        quote,
        verdict,
        selector,
    })
}

fn missing(text: &str, field: &str, owner: &str) -> Problem {
    let article = if owner.starts_with('a') { "an" } else { "a" };
    lock_problem(
        Span::new(0, text.len()),
        format!("expected `{field}` in every {owner}, found {article} {owner} without it"),
    )
}

fn lock_problem(span: Span, message: String) -> Problem {
    Problem::new(
        Code::LockSyntax,
        span,
        message,
        "run `sourceline lock` to write it anew; nothing in it is typed by hand",
    )
}

/// Where words first stand in the file.
fn place_of(text: &str, words: &str) -> Span {
    text.find(words).map_or(Span::new(0, text.len()), |at| {
        Span::new(at, at + words.len())
    })
}

/// The byte at a line and a column (in bytes) as serde_json counts them, from 1.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (start + column.saturating_sub(1)).min(text.len())
}
