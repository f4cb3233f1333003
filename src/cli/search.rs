//! `sourceline search`: finds words in briefings, as the window does.

use super::output::{complain, plain, plain_json, print, shown_path};
use super::{read_library, run_checks};
use crate::date::Zone;
use crate::disk::cache_folder;
use crate::evidence::Standing;
use crate::library::Library;
use crate::library::search::{Engine, Found, Hit, Query, Request, index, passage};
use crate::model::FileId;
use crate::span::LineIndex;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to search, and behind them what to find
    #[arg(value_names = ["PATH", "QUERY"], num_args = 2.., required = true)]
    paths_and_query: Vec<PathBuf>,
    /// List at most so many hits
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// How hits are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each hit: path, line, column, passage
    Human,
    /// One object, with the passage and its matches
    Json,
}

/// Nothing was found.
const NOTHING: u8 = 1;

/// The arguments of the process; with a query that begins with what is not wanted (`-draft talks`), all options before the paths,
/// so that none is looked for in it.
pub(super) fn with_options_first(arguments: Vec<OsString>) -> Vec<OsString> {
    // All options of `search` but the one for help have long names.
    let is_query = |argument: &OsString| {
        let bytes = argument.as_encoded_bytes();
        bytes.len() > 2 && bytes.starts_with(b"-") && !bytes.starts_with(b"--")
    };
    let is_search = arguments.get(1).is_some_and(|command| command == "search");
    if !is_search || !arguments.iter().any(is_query) || arguments.iter().any(|one| one == "--") {
        return arguments;
    }
    let (mut options, mut others) = (Vec::new(), vec![OsString::from("--")]);
    let mut rest = arguments.into_iter();
    options.extend(rest.by_ref().take(2));
    while let Some(argument) = rest.next() {
        if argument == "--limit" || argument == "--format" {
            options.push(argument);
            options.extend(rest.next());
        } else if argument.as_encoded_bytes().starts_with(b"--") || argument == "-h" {
            options.push(argument);
        } else {
            others.push(argument);
        }
    }
    options.append(&mut others);
    options
}

/// # Errors
///
/// A sentence, when nothing could be read or the query cannot be.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let Some((query, paths)) = arguments.paths_and_query.split_last() else {
        return Err("expected a path and a query".to_owned());
    };
    let query = query
        .to_str()
        .ok_or_else(|| "expected a query in UTF-8".to_owned())?;
    let zone = Zone::local();
    let read = Query::parse(query, &zone).map_err(|fault| fault.to_string())?;
    if read.is_empty() {
        return Err("expected something to find, found an empty query".to_owned());
    }
    let (library, troubles) = read_library(paths)?;
    for trouble in &troubles {
        let path = shown_path(&trouble.path);
        complain(&format!("{}: {path}", trouble.problem.message));
    }
    let found = find(&library, paths, read, zone, arguments.limit)
        .map_err(|error| format!("the search has failed: {error}"))?;
    let text = match arguments.format {
        Format::Human => human(&library, &found),
        Format::Json => json(&library, query, &found),
    };
    print(&text)?;
    let nothing = found.total == 0;
    Ok(if nothing {
        ExitCode::from(NOTHING)
    } else {
        ExitCode::SUCCESS
    })
}

fn find(
    library: &Library,
    paths: &[PathBuf],
    query: Query,
    zone: Zone,
    limit: usize,
) -> tantivy::Result<Found> {
    let mut engine = match cache_folder() {
        Some(cache) => {
            let (engine, told) = Engine::open(&index::folder_in(&cache, paths), paths)?;
            if let Some(told) = told {
                complain(&told);
            }
            engine
        }
        None => Engine::in_memory()?,
    };
    let snapshot = library.snapshot();
    if let Err(error) = engine.sync(&snapshot) {
        if !engine.is_kept() {
            return Err(error);
        }
        complain(&format!(
            "the search index cannot be written, so this search makes one in memory: {error}"
        ));
        engine.forsake_disk()?;
        if let Some(cache) = cache_folder() {
            index::give_back(&index::folder_in(&cache, paths));
        }
        engine.sync(&snapshot)?;
    }
    let asks_for_standing = query.asks_for_standing();
    let mut request = Request::new(query, zone);
    request.limit = limit;
    if asks_for_standing {
        let standings: HashMap<FileId, Vec<Standing>> = run_checks(library)
            .into_iter()
            .map(|(file, checks)| {
                let standings = checks.statements.iter().map(|found| found.standing);
                (file.id, standings.collect())
            })
            .collect();
        request.standing =
            Arc::new(move |file, at| standings.get(&file)?.get(at as usize).copied());
    }
    engine.view().find(&request)
}

/// A hit as it is printed.
#[derive(Debug, Serialize)]
struct Line {
    path: String,
    line: u32,
    column: u32,
    kind: &'static str,
    briefing: String,
    text: String,
    /// The matches in `text`, in code points.
    matches: Vec<[usize; 2]>,
}

fn lines(library: &Library, found: &Found) -> Vec<Line> {
    // Hits stand by file, so each file's lines are counted once.
    let mut places: Option<(FileId, LineIndex)> = None;
    let line = |hit: &Hit| {
        let file = library.file(hit.file)?;
        let briefing = &file.briefing;
        if places.as_ref().is_none_or(|(of, _)| *of != hit.file) {
            places = Some((hit.file, LineIndex::new(&briefing.text)));
        }
        let (_, index) = places.as_ref()?;
        let shown = passage(briefing, hit, &found.query);
        let place = index.place(&briefing.text, shown.place.start as usize);
        let chars = |at: usize| shown.text.get(..at).map_or(0, |text| text.chars().count());
        Some(Line {
            path: shown_path(&file.path),
            line: place.line,
            column: place.column,
            kind: hit.kind.as_str(),
            briefing: briefing.title.to_string(),
            matches: shown
                .marks
                .iter()
                .map(|mark| [chars(mark.start), chars(mark.end)])
                .collect(),
            text: shown.text,
        })
    };
    found.hits.iter().filter_map(line).collect()
}

fn human(library: &Library, found: &Found) -> String {
    let mut text = String::new();
    for line in lines(library, found) {
        // A string takes everything.
        let _infallible = writeln!(
            text,
            "{}:{}:{}: {}",
            plain(&line.path),
            line.line,
            line.column,
            plain(&line.text)
        );
    }
    let listed = found.hits.len();
    if listed < found.total {
        complain(&format!(
            "{listed} of {} hits are listed; --limit lists more",
            found.total
        ));
    }
    text
}

#[expect(
    clippy::unreachable,
    reason = "text and numbers can always be written as JSON"
)]
fn json(library: &Library, query: &str, found: &Found) -> String {
    #[derive(Serialize)]
    struct Answer<'a> {
        query: &'a str,
        total: usize,
        briefings: usize,
        hits: Vec<Line>,
    }
    let answer = Answer {
        query,
        total: found.total,
        briefings: found.briefings,
        hits: lines(library, found),
    };
    let text = serde_json::to_string_pretty(&answer);
    plain_json(text.unwrap_or_else(|_| unreachable!("text and numbers are JSON"))) + "\n"
}
