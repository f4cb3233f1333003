//! What no program that reads Markdown with front matter can go below: reading all files, the events of a Markdown parser
//! and those of a YAML parser, on as many threads.

use pulldown_cmark::{Options, Parser};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use saphyr_parser::Parser as YamlParser;
use std::path::{Path, PathBuf};

/// Returns how many events the parsers gave, so that nothing is optimized away.
pub fn read_all(folder: &Path) -> usize {
    let paths: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .build()
        .flatten()
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    paths.par_iter().map(|path| events_of(path)).sum()
}

fn events_of(path: &Path) -> usize {
    let text = std::fs::read_to_string(path).expect("a file of this library");
    let front_end = text[4..].find("\n---\n").map_or(4, |at| at + 4);
    let (front, body) = text.split_at(front_end);
    let yaml = YamlParser::new_from_str(&front[4..])
        .take_while(Result::is_ok)
        .count();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    let markdown = Parser::new_ext(&body[5..], options)
        .into_offset_iter()
        .fold(0, |count, event| {
            std::hint::black_box(event);
            count + 1
        });
    yaml + markdown
}
