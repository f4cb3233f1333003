//! `sourceline export`: briefings in another form.

use super::output::{complain, plain, print_bytes, shown_path};
use super::read_library;
use crate::date::Date;
use crate::disk::write_whole;
use crate::export::filter::Filter;
use crate::export::{self, Prepared};
use crate::library::File;
use crate::number::grouped;
use crate::summary::{
    Form, Options, Paper, Selection, Standard, Template, citation, page_estimate,
};
use clap::Args;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to export.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The form: pdf, html, md, csv, json, ics, svg, png or typ. Given a date, the end of the range, as --until
    #[arg(long, value_name = "FORM")]
    to: Vec<String>,
    /// Where to write; without it, or with `-`, to standard output. Without --to, its ending names the form
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How much it says: brief (abstract, figure, chronology) or full
    #[arg(long, value_name = "TEMPLATE", default_value = "full", value_parser = template)]
    template: Template,
    /// What a PDF promises: ua-1, a-2a, a-3a or plain
    #[arg(long, value_name = "STANDARD", default_value = "ua-1", value_parser = standard)]
    standard: Standard,
    /// a4 or us-letter
    #[arg(long, value_name = "PAPER", default_value = "a4", value_parser = paper)]
    paper: Paper,
    /// The citation style, as chicago-notes, apa, ieee, mla; `list` prints all
    #[arg(long, value_name = "STYLE", default_value = citation::DEFAULT_STYLE)]
    style: String,
    /// A title in the place of the briefing's own
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Only events that end after the beginning of this date
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only events that begin before the end of this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only events in this lane, or in a lane below it; may be given more than once
    #[arg(long, value_name = "LANE")]
    lane: Vec<String>,
    /// Only events with this tag; may be given more than once
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only events with this actor; may be given more than once
    #[arg(long, value_name = "ACTOR")]
    actor: Vec<String>,
    /// Only events that a search finds, as typed into the search field
    #[arg(long, value_name = "QUERY")]
    search: Option<String>,
    /// Only events of a saved view, by its name; the other restrictions narrow it further
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
}

fn template(name: &str) -> Result<Template, String> {
    Template::from_name(name).ok_or_else(|| one_of(Template::ALL.map(Template::name)))
}

fn standard(name: &str) -> Result<Standard, String> {
    Standard::from_name(name).ok_or_else(|| one_of(Standard::ALL.map(Standard::name)))
}

fn paper(name: &str) -> Result<Paper, String> {
    Paper::from_name(name).ok_or_else(|| one_of(Paper::ALL.map(Paper::name)))
}

fn one_of<const N: usize>(names: [&str; N]) -> String {
    format!("expected one of {}", names.join(", "))
}

/// From here on, what comes is announced before it starts.
const MANY_EVENTS: usize = 2_000;

/// # Errors
///
/// A sentence, when nothing could be read or nothing can be written.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if arguments.style == "list" {
        let lines: Vec<String> = citation::style_names()
            .into_iter()
            .map(|(name, title)| format!("{name:32} {title}\n"))
            .collect();
        print_bytes(lines.concat().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let target = arguments
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    let (form, filter) = form_and_filter(arguments, target)?;
    if target.is_none() && form.needs_typesetting() && std::io::stdout().is_terminal() {
        return Err(format!(
            "{} is not for a terminal; name a file with -o, or send it on with -o -",
            form.label()
        ));
    }
    // A style that is unknown, or a target without a folder, is told before the work and not after it.
    citation::Citer::new(&arguments.style, None)?;
    let (library, troubles) = read_library(&arguments.paths)?;
    for trouble in &troubles {
        let path = shown_path(&trouble.path);
        complain(&format!("{}: {}", trouble.problem.message, plain(&path)));
    }
    let files: Vec<File> = library.files().cloned().collect();
    let progress = Progress::start("checking evidence");
    let mut prepared = export::prepare(files, &BTreeMap::new(), &export::all_events);
    let bytes = filter
        .choose(&library, &mut prepared)
        .and_then(|selection| bytes(arguments, form, &selection, &prepared, &progress));
    progress.end();
    let bytes = bytes?;
    match target {
        Some(target) => write_whole(target, &bytes)?,
        None => print_bytes(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn bytes(
    arguments: &Arguments,
    form: Form,
    selection: &Selection,
    prepared: &[Prepared],
    progress: &Progress,
) -> Result<Vec<u8>, String> {
    let shown = |file: &File| shown_path(&file.path);
    if form == Form::Json {
        return Ok(export::whole_model(prepared, &shown).into_bytes());
    }
    let events: usize = prepared.iter().map(|it| it.events.len()).sum();
    if form == Form::Pdf && events >= MANY_EVENTS {
        complain(&format!(
            "{} events will be about {} pages and may take minutes; Ctrl+C ends it, and nothing is written before the end",
            grouped(events as u64),
            grouped(page_estimate(events) as u64)
        ));
    }
    let options = Options {
        template: arguments.template,
        paper: arguments.paper,
        standard: arguments.standard,
        style: arguments.style.clone(),
        title: arguments.title.clone(),
        date_s: source_date_epoch()?,
    };
    progress.say("putting it together");
    let summary = export::summarize(prepared, selection, &options, &shown)?;
    progress.say("setting pages");
    // Whoever cancels this ends the program.
    export::bytes_of(&summary, form, &options, &|| false)
}

/// The form, and which events; `--to` may name either a form or the end of the range.
fn form_and_filter(arguments: &Arguments, target: Option<&Path>) -> Result<(Form, Filter), String> {
    let mut form = None;
    let mut until = arguments.until.clone();
    for value in &arguments.to {
        if let Some(named) = Form::from_ending(value) {
            if form.replace(named).is_some() {
                return Err("expected one form, found two after --to".to_owned());
            }
        } else if Date::parse(value, None).is_ok() {
            until = Some(value.clone());
        } else {
            return Err(format!(
                "expected a form ({}) or a date after --to, found `{}`",
                Form::ALL.map(Form::ending).join(", "),
                plain(value)
            ));
        }
    }
    let by_ending = || {
        let ending = target?.extension()?.to_str()?;
        Form::from_ending(ending)
    };
    let form = form.or_else(by_ending).ok_or_else(|| {
        format!(
            "expected --to with a form, or a FILE whose ending names one (.{})",
            Form::ALL.map(Form::ending).join(", .")
        )
    })?;
    let date = |name: &str, text: Option<&str>| {
        text.map(|text| {
            Date::parse(text, None)
                .map_err(|error| format!("--{name}: {}; {}", error.message, error.hint))
        })
        .transpose()
    };
    let filter = Filter {
        from: date("from", arguments.from.as_deref())?,
        until: date("until", until.as_deref())?,
        lanes: arguments.lane.clone(),
        tags: arguments.tag.clone(),
        actors: arguments.actor.clone(),
        search: arguments.search.clone(),
        view: arguments.view.clone(),
    };
    Ok((form, filter))
}

/// The date that reproducible builds ask for.
fn source_date_epoch() -> Result<Option<i64>, String> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Err(_) => Ok(None),
        Ok(text) => text.trim().parse().map(Some).map_err(|_| {
            format!(
                "expected seconds since 1970 in SOURCE_DATE_EPOCH, found `{}`",
                plain(&text)
            )
        }),
    }
}

/// What is being done, on a terminal and only there.
struct Progress(Option<indicatif::ProgressBar>);

impl Progress {
    fn start(message: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = indicatif::ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(120));
        bar.set_message(message);
        Self(Some(bar))
    }

    fn say(&self, message: &'static str) {
        if let Some(bar) = &self.0 {
            bar.set_message(message);
        }
    }

    fn end(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
