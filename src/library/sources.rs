//! When two definitions are one source: by address, or by key in one bibliography.

use super::Library;
use super::links::normalized;
use crate::model::{FileId, Source, SourceOrigin};
use crate::parse::same_address;
use std::collections::HashMap;
use std::path::Path;

/// A name for a source that is the same in all files that use it, and stays from one start to the next.
///
/// With an address, that (without scheme and other variety); else the key behind the file that defines it: the
/// bibliography, or the briefing itself.
pub fn source_identity(file_name: &str, source: &Source) -> String {
    if let Some(address) = source.address() {
        return same_address(address).into_owned();
    }
    match &source.origin {
        SourceOrigin::Shared(path) => {
            let folder = Path::new(file_name).parent().unwrap_or(Path::new(""));
            let path = match path.as_ref() {
                // Read once for the folder, wherever in it the briefing lies.
                super::load::FOLDER_SOURCES => Path::new(super::load::FOLDER_SOURCES).to_owned(),
                path => normalized(&folder.join(path)),
            };
            let parts: Vec<_> = path
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            format!("{}#{}", parts.join("/"), source.key)
        }
        SourceOrigin::Briefing | SourceOrigin::Inline => format!("{file_name}#{}", source.key),
    }
}

/// Where each source of a library is defined, by identity.
#[derive(Clone, Debug, Default)]
pub struct SourcesByIdentity {
    places: HashMap<String, Vec<(FileId, u32)>>,
}

impl SourcesByIdentity {
    pub(super) fn of(library: &Library) -> Self {
        let mut places: HashMap<String, Vec<(FileId, u32)>> = HashMap::new();
        for file in library.files() {
            for (source, at) in file.briefing.sources.iter().zip(0..) {
                places
                    .entry(source_identity(&file.name, source))
                    .or_default()
                    .push((file.id, at));
            }
        }
        Self { places }
    }

    /// All definitions of one source.
    pub fn places(&self, identity: &str) -> &[(FileId, u32)] {
        self.places.get(identity).map_or(&[], Vec::as_slice)
    }

    /// How many different sources there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_or_one_bibliography_makes_one_source() {
        let source = |key: &str, url: Option<&str>, origin: SourceOrigin| Source {
            key: key.into(),
            url: url.map(Into::into),
            origin,
            ..Source::default()
        };
        let shared = |path: &str| SourceOrigin::Shared(path.into());
        let cases = [
            (
                (
                    "a.md",
                    source(
                        "wh",
                        Some("https://www.Example.org/r/"),
                        SourceOrigin::Briefing,
                    ),
                ),
                (
                    "b.md",
                    source("x", Some("http://example.org/r#part"), SourceOrigin::Inline),
                ),
                true,
            ),
            (
                ("2024/a.md", source("wh", None, shared("../refs.yml"))),
                ("b.md", source("wh", None, shared("refs.yml"))),
                true,
            ),
            (
                ("2024/a.md", source("wh", None, shared("sources.yml"))),
                ("b.md", source("wh", None, shared("sources.yml"))),
                true,
            ),
            (
                ("a.md", source("wh", None, shared("refs.yml"))),
                ("a.md", source("wh", None, shared("other.yml"))),
                false,
            ),
            (
                ("a.md", source("wh", None, SourceOrigin::Briefing)),
                ("b.md", source("wh", None, SourceOrigin::Briefing)),
                false,
            ),
        ];
        for ((file_a, a), (file_b, b), same) in cases {
            let (a, b) = (source_identity(file_a, &a), source_identity(file_b, &b));
            assert_eq!(a == b, same, "{a} {b}");
        }
    }
}
