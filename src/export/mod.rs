//! From a library to the bytes of an export: what the command line and the window have in common.
//!
//! Part of the shell: it reads locks, copies and fonts, so that `summary` need not.

pub mod filter;
#[cfg(feature = "pdf")]
mod fonts;

use crate::evidence::Lock;
use crate::library::copies::Copies;
use crate::library::{File, FileChecks, locks};
use crate::model::FileId;
use crate::problem::Problem;
use crate::summary::{self, Form, Input, IsCancelled, Options, Selection, Summary, json};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::collections::BTreeMap;
use std::sync::Arc;

#[cfg(feature = "pdf")]
pub use fonts::fonts_for;

/// A file with all that is known of its evidence, and its chosen events.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub file: File,
    pub checks: Arc<FileChecks>,
    pub lock: Option<Lock>,
    /// Indexes of the chosen events.
    pub events: Vec<u32>,
}

/// Checks the evidence of all files, in the order given; what has been checked before is taken from `known`. A copy that
/// several name is read once. `choose` picks the events of a file.
pub fn prepare(
    files: Vec<File>,
    known: &BTreeMap<FileId, Arc<FileChecks>>,
    choose: &(dyn Fn(&File) -> Vec<u32> + Sync),
) -> Vec<Prepared> {
    let copies = Copies::default();
    files
        .into_par_iter()
        .map(|file| {
            let checks = known
                .get(&file.id)
                .map_or_else(|| Arc::new(FileChecks::sharing(&file, &copies)), Arc::clone);
            // A lock that cannot be read is told among the problems of the checks.
            let lock = locks::read(&file).ok().flatten();
            let events = choose(&file);
            Prepared {
                file,
                checks,
                lock,
                events,
            }
        })
        .collect()
}

/// All events of a file.
pub fn all_events(file: &File) -> Vec<u32> {
    (0..u32::try_from(file.briefing.events.len()).unwrap_or(u32::MAX)).collect()
}

/// What an export says.
///
/// # Errors
///
/// A sentence, when nothing is left to export or the citation style is unknown.
pub fn summarize(
    prepared: &[Prepared],
    selection: &Selection,
    options: &Options,
    shown_path: &dyn Fn(&File) -> String,
) -> Result<Summary, String> {
    let inputs: Vec<Input<'_>> = prepared
        .iter()
        // A briefing of which nothing was chosen is not in it.
        .filter(|it| selection.is_all() || !it.events.is_empty())
        .map(|it| Input {
            path: shown_path(&it.file),
            briefing: &it.file.briefing,
            events: it.events.clone(),
            outcomes: it.checks.outcomes(),
            assessments: &it.checks.statements,
            copies: &it.checks.copies,
            obstacles: &it.checks.problems,
            disputes: &it.checks.disputes,
            lock: it.lock.as_ref(),
        })
        .collect();
    if inputs.is_empty() {
        return Err(format!(
            "no event is chosen by {}; widen the range or take a filter away",
            selection.restrictions.join("; ")
        ));
    }
    Summary::new(&inputs, selection, options)
}

/// Writes a summary in a form. JSON says more than a summary does, and has [`whole_model`].
///
/// # Errors
///
/// A sentence, when the form refuses the summary or this build cannot make it.
pub fn bytes_of(
    summary: &Summary,
    form: Form,
    options: &Options,
    is_cancelled: IsCancelled<'_>,
) -> Result<Vec<u8>, String> {
    let text = match form {
        Form::Pdf | Form::Png => return typeset(summary, form, options, is_cancelled),
        Form::Html => summary::html::page(summary, options.template),
        Form::Markdown => summary::markdown::text(summary, options.template),
        Form::Csv => summary::csv::table(summary),
        Form::Ics => summary::ics::calendar(summary)?,
        Form::Svg => summary::svg::figure(summary),
        Form::Typst => summary::typst_source::self_contained(summary, options.template),
        Form::Json => return Err("JSON is made from the model, not from a summary".to_owned()),
    };
    Ok(text.into_bytes())
}

#[cfg(feature = "pdf")]
fn typeset(
    summary: &Summary,
    form: Form,
    options: &Options,
    is_cancelled: IsCancelled<'_>,
) -> Result<Vec<u8>, String> {
    use crate::summary::pdf::Pages;
    use crate::summary::typst_source::{Manuscript, Sheet};
    /// Sharp on paper and on dense screens.
    const PNG_PIXELS_PER_PT: f32 = 2.5;
    let sheet = match form {
        Form::Png => Sheet::Figure,
        _ => Sheet::Pages(options.template),
    };
    let manuscript = Manuscript::new(summary, sheet);
    let fonts = fonts_for(&manuscript);
    let pages = Pages::typeset(manuscript, &fonts, is_cancelled)?;
    if form == Form::Png {
        let picture = pages.picture(0, PNG_PIXELS_PER_PT);
        return picture
            .ok_or_else(|| "there is nothing to draw".to_owned())?
            .to_png();
    }
    pages.pdf(options.standard)
}

/// Gives back what typesetting remembers of earlier pages: for a program that goes on after an export.
pub fn forget() {
    #[cfg(feature = "pdf")]
    crate::summary::pdf::forget();
}

#[cfg(not(feature = "pdf"))]
fn typeset(_: &Summary, form: Form, _: &Options, _: IsCancelled<'_>) -> Result<Vec<u8>, String> {
    Err(format!(
        "this build cannot make {}: it was built without the feature `pdf`; html, md, svg and typ need none",
        form.label()
    ))
}

/// The whole model of the files as JSON, of which only the chosen events are listed.
pub fn whole_model(prepared: &[Prepared], shown_path: &dyn Fn(&File) -> String) -> String {
    let problems: Vec<Vec<Problem>> = prepared
        .iter()
        .map(|it| it.checks.all_problems(&it.file))
        .collect();
    let files: Vec<json::File<'_>> = prepared
        .iter()
        .zip(&problems)
        .map(|(it, problems)| json::File {
            path: shown_path(&it.file),
            briefing: &it.file.briefing,
            events: &it.events,
            problems,
            outcomes: it.checks.outcomes(),
            assessments: &it.checks.statements,
            lock: it.checks.lock.as_str(),
        })
        .collect();
    json::model(&files)
}
