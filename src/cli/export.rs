//! `sourceline export`: briefings in another form.

use super::output::{print, shown_path};
use super::write::write_whole;
use super::{read_library, run_checks};
use crate::summary;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to export.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The form.
    #[arg(long, value_enum, value_name = "FORM")]
    to: Option<Form>,
    /// Where to write; without it, or with `-`, to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The whole model, with every problem.
    Json,
}

impl Form {
    /// The form that a file's ending asks for.
    fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::from_str(ending, true).ok()
    }
}

/// # Errors
///
/// A sentence, when nothing could be read or nothing can be written.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let target = arguments
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    let form = arguments
        .to
        .or_else(|| target.and_then(Form::of_file))
        .ok_or_else(|| {
            "expected --to with a form, or a FILE whose ending names one (.json)".to_owned()
        })?;
    let (library, troubles) = read_library(&arguments.paths)?;
    for trouble in &troubles {
        super::output::complain(&format!(
            "{}: {}",
            trouble.problem.message,
            shown_path(&trouble.path)
        ));
    }
    let text = match form {
        Form::Json => {
            let checked = run_checks(&library);
            let problems: Vec<_> = checked
                .iter()
                .map(|(file, checks)| checks.all_problems(file))
                .collect();
            let files: Vec<_> = checked
                .iter()
                .zip(&problems)
                .map(|((file, checks), problems)| summary::json::File {
                    path: shown_path(&file.path),
                    briefing: &file.briefing,
                    problems,
                    outcomes: checks.outcomes(),
                    assessments: &checks.statements,
                    lock: checks.lock.as_str(),
                })
                .collect();
            summary::json::model(&files)
        }
    };
    match target {
        Some(target) => write_whole(target, text.as_bytes())?,
        None => print(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_follows_the_ending() {
        assert_eq!(Form::of_file(Path::new("a.JSON")), Some(Form::Json));
        assert_eq!(Form::of_file(Path::new("a.xyz")), None);
    }
}
