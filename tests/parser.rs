//! Golden files of the parser: every `tests/data/NAME.md` beside what it reads as (`NAME.model.txt`) and what is
//! wrong with it (`NAME.problems.txt`). `UPDATE_GOLDEN=1 cargo test --test parser` writes them anew.
//!
//! A bibliography that a briefing names is read from `tests/data/` too.

mod golden;

use golden::{dump, read};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[test]
fn every_briefing_reads_as_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("tests/data")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    names.sort();
    assert!(names.len() > 10, "the golden files are there");
    let mut differing = String::new();
    for path in names {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        let bytes = fs::read(&path).expect("a golden file");
        let (model, problems) = dump(name, bytes);
        for (extension, found) in [("model.txt", model), ("problems.txt", problems)] {
            let path = path.with_extension(extension);
            if update {
                fs::write(&path, found).expect("to write a golden file");
                continue;
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if expected != found {
                let diff = similar::TextDiff::from_lines(&expected, &found);
                let diff = diff.unified_diff();
                writeln!(differing, "{}\n{diff}", path.display()).expect("to a string");
            }
        }
    }
    assert!(
        differing.is_empty(),
        "golden files differ; look at each, then UPDATE_GOLDEN=1 cargo test --test parser\n{differing}"
    );
}

mod properties {
    use super::read;
    use proptest::prelude::*;
    use std::path::Path;

    /// All golden files, to make others of.
    fn seeds() -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .expect("tests/data")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
            .collect();
        paths.sort();
        paths
            .into_iter()
            .filter_map(|path| String::from_utf8(std::fs::read(path).expect("a golden file")).ok())
            .collect()
    }

    /// A golden file with a few pieces cut out, put in or written twice.
    fn mutated() -> impl Strategy<Value = String> {
        let seeds = seeds();
        let edit = (
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            prop_oneof![
                Just(None),
                prop::sample::select(vec![
                    "\t",
                    "\n",
                    "---\n",
                    "- ",
                    ": ",
                    "\"",
                    "'",
                    "[",
                    "]",
                    "{",
                    "}",
                    "&a ",
                    "*a",
                    "#",
                    "|",
                    "é",
                    "\u{feff}",
                    "\r",
                    "\0",
                    "@",
                    "[^",
                    "[@",
                    "=",
                    ">",
                    "\u{2028}",
                    "://",
                    "!",
                    "%",
                    "^",
                    "`",
                    "|--|--|\n",
                ])
                .prop_map(Some),
            ],
        );
        (0..seeds.len(), prop::collection::vec(edit, 1..6)).prop_map(move |(seed, edits)| {
            let mut text = seeds[seed].clone();
            for (at, end, insert) in edits {
                let places: Vec<usize> = text
                    .char_indices()
                    .map(|(at, _)| at)
                    .chain([text.len()])
                    .collect();
                let at = *at.get(&places);
                match insert {
                    Some(words) => text.insert_str(at, words),
                    None => {
                        let end = *end.get(&places);
                        let (start, end) = (at.min(end), at.max(end));
                        let end = places
                            .iter()
                            .copied()
                            .filter(|&place| place <= end.min(start + 40))
                            .max();
                        text.replace_range(start..end.unwrap_or(start).max(start), "");
                    }
                }
            }
            text
        })
    }

    /// Every place must lie in the file, on boundaries of characters.
    fn check(text: &str) {
        let text = sourceline::text::Text::from(text);
        let (briefing, problems) = read("name.md", text.clone());
        for problem in &problems {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
            assert!(
                !problem.hint.is_empty() && !problem.message.is_empty(),
                "{problem:?}"
            );
        }
        for (what, span) in super::golden::spans(&briefing) {
            assert!(text.get(span.range()).is_some(), "{what} {span:?}");
        }
        let document = sourceline::parse::document(&briefing);
        for block in &document.blocks {
            assert!(text.get(block.span.range()).is_some(), "{block:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_mutated_briefing_never_panics(text in mutated()) {
            check(&text);
        }

        #[test]
        fn any_text_never_panics(text in "(---\n)?(?s:.{0,200})(\n---\n)?(?s:.{0,200})") {
            check(&text);
        }

        #[test]
        fn any_bytes_are_text_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(text) = sourceline::parse::decode(bytes) {
                check(&text);
            }
        }

        #[test]
        fn any_bibliography_never_panics(text in "[-a-z@{}\\[\\]\"',:=#\\\\\\n \u{e9}0-9]{0,200}", kind in prop::sample::select(vec!["a.yml", "a.bib", "a.json"])) {
            let (bibliography, problems) = sourceline::parse::bibliography(kind, &text.as_str().into());
            for problem in problems {
                assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
            }
            for source in bibliography.sources {
                assert!(text.get(source.span.range()).is_some(), "{source:?}");
            }
        }

        #[test]
        fn any_biblatex_entry_never_panics(fields in prop::collection::vec(("(title|author|date|year|month|ids|crossref|pages|url|langid)", "[a-zA-Z0-9{}\\\\$%~,/.?+\\-#\u{e9} ]{0,30}"), 0..6)) {
            let body: String = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
            let _read = sourceline::parse::bibliography("a.bib", &format!("@misc{{a,\n{body}}}\n@misc{{b, title = {{B}}}}\n").into());
        }
    }
}
