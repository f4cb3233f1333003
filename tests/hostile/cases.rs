//! Texts that were made to keep a reader busy: one construct of Markdown, YAML or the briefing format over and over.
//!
//! `cases.tsv` has a line for each: its name, then by turns a part that stands once and a part that is repeated until the
//! text is as long as it should be. `{i}` counts; `{src}`, `{front}` and `{end}` are front matter. `beside.tsv` has the same for
//! files that lie beside briefings (bibliographies, copies, locks), with the name of such a file behind that of the
//! text. The test holds that all of them are read within their bounds; the benchmark `hostile` says how long each takes, and
//! how much memory.

use sourceline::evidence::{Context, CopyError, CopyText, Lock, check as check_quote};
use sourceline::library::locks::MAX_LOCK_BYTES;
use sourceline::parse::{
    self,
    bounds::{MAX_PROBLEMS, MAX_SOURCES},
};
use sourceline::problem::Code;
use sourceline::text::Text;
use std::fmt::Write as _;

const FRONT: &str = "---\ntitle: T\n";
const SOURCES: &str =
    "sources:\n  wh: {title: R, url: 'https://example.org/wh'}\n  kr: {title: S}\n---\n\n";
const END: &str = "---\n\nText.\n";

/// One line of the table.
pub struct Case {
    pub name: &'static str,
    /// The name of a file of this kind.
    pub file: &'static str,
    parts: Vec<&'static str>,
}

/// All briefings.
pub fn cases() -> Vec<Case> {
    include_str!("cases.tsv")
        .lines()
        .map(|line| {
            let mut parts = line.split('\t');
            Case {
                name: parts.next().unwrap_or_default(),
                file: "a.md",
                parts: parts.collect(),
            }
        })
        .chain(
            [
                "quotes, each line deeper",
                "lists, each line deeper",
                "backticks, ever more",
                "a table of 5,000 columns",
                "short rows of a table of 5,000 columns",
            ]
            .map(|name| Case {
                name,
                file: "a.md",
                parts: Vec::new(),
            }),
        )
        .collect()
}

/// All files that lie beside briefings.
pub fn beside() -> Vec<Case> {
    include_str!("beside.tsv")
        .lines()
        .map(|line| {
            let mut parts = line.split('\t');
            Case {
                name: parts.next().unwrap_or_default(),
                file: parts.next().unwrap_or_default(),
                parts: parts.collect(),
            }
        })
        .collect()
}

/// Whether a file that lies beside a briefing is refused as a whole, because it holds too much.
pub fn is_refused(file: &str, text: &str) -> bool {
    if [".bib", ".yml", ".json"]
        .iter()
        .any(|end| file.ends_with(end))
    {
        let (_, problems) = parse::bibliography(file, &text.into());
        return file.ends_with(".json")
            && problems
                .iter()
                .any(|problem| problem.code == Code::FileTooLarge);
    }
    matches!(
        CopyText::new(text.as_bytes(), file),
        Err(CopyError::TooMuchText { .. } | CopyError::TooDense | CopyError::TooInvolved)
    )
}

/// The longest file of this kind that is read.
pub fn most_bytes(file: &str) -> usize {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "md" | "txt" | "html" => parse::MAX_FILE_BYTES,
        _ if file.ends_with(".lock.json") => MAX_LOCK_BYTES,
        _ => parse::MAX_BIBLIOGRAPHY_BYTES,
    }
}

/// Reads a file that lies beside a briefing, and asks of a copy what a check asks: where a quotation stands.
pub fn read_beside(file: &str, text: &str) {
    if file.ends_with(".lock.json") {
        let _lock_or_problem = Lock::parse(text);
        return;
    }
    if ![".md", ".txt", ".html"]
        .iter()
        .any(|end| file.ends_with(end))
    {
        let text = Text::from(text);
        let (bibliography, problems) = parse::bibliography(file, &text);
        for problem in &problems {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
        }
        assert!(problems.len() <= MAX_PROBLEMS + 5, "{file}");
        assert!(bibliography.sources.len() <= MAX_SOURCES, "{file}");
        return;
    }
    // A page that asks for too much is refused, and says so.
    if let Ok(copy) = CopyText::new(text.as_bytes(), file) {
        let quote = "an energy or infrastructure ceasefire";
        let checked = check_quote(quote, None, &copy, &Context::default());
        if let Some(range) = &checked.found {
            assert!(copy.text().get(range.clone()).is_some(), "{file}");
        }
    }
}

impl Case {
    /// The text, `bytes` long or a little longer.
    pub fn text(&self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 1000);
        if self.parts.is_empty() {
            self.growing(bytes, &mut text);
            return text;
        }
        let repeated = self.parts.len() / 2;
        for (at, part) in self.parts.iter().enumerate() {
            let part = part
                .replace("{src}", &format!("{FRONT}{SOURCES}"))
                .replace("{front}", FRONT)
                .replace("{end}", END);
            let part = unescaped(&part);
            if at % 2 == 0 {
                text.push_str(&part);
                continue;
            }
            let end = text.len() + bytes / repeated;
            let counts = part.contains("{i}");
            let mut count = 0;
            while text.len() < end {
                if counts {
                    text.push_str(&part.replace("{i}", &count.to_string()));
                    count += 1;
                } else {
                    text.push_str(&part);
                }
            }
        }
        text
    }

    /// What no repetition makes.
    fn growing(&self, bytes: usize, text: &mut String) {
        const COLUMNS: usize = 5_000;
        let mut count = 0;
        if self.name.contains("table") {
            let (head, rule) = ("a|".repeat(COLUMNS), "-|".repeat(COLUMNS));
            text.push_str(&format!("|{head}\n|{rule}\n"));
        }
        while text.len() < bytes {
            let written = match self.name {
                "quotes, each line deeper" => writeln!(text, "{} a", ">".repeat(count)),
                "lists, each line deeper" => writeln!(text, "{}- a", " ".repeat(count * 2)),
                "backticks, ever more" => write!(text, "{} ", "`".repeat(count + 1)),
                "a table of 5,000 columns" => writeln!(text, "|{}", "b|".repeat(COLUMNS)),
                _ => writeln!(text, "|b"),
            };
            written.expect("to a string");
            count += 1;
        }
    }
}

/// `\n`, `\t`, `\r`, `\0`, `\\` and `\u{…}` as what they mean.
fn unescaped(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut signs = after.chars();
        match signs.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let (code, behind) = after[2..].split_once('}').expect("a closing brace");
                let code = u32::from_str_radix(code, 16).expect("a hexadecimal number");
                text.push(char::from_u32(code).expect("a character"));
                signs = behind.chars();
            }
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
        rest = signs.as_str();
    }
    text.push_str(rest);
    text
}
