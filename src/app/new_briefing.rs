//! A new briefing: where it is to be, what stands in it at first, and the editor that opens it.

use super::dialogs;
use crate::state::{Action, Sheet};
use crate::tasks::Tasks;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What every new briefing begins with: each part once, with a comment that says what it is for.
const TEMPLATE: &str = include_str!("../../assets/new-briefing.md");

const NAME: &str = "briefing.md";

/// Asks where to write a new briefing; `folder` is where the open library lies.
pub(super) fn ask(tasks: &Tasks<Action>, folder: Option<PathBuf>) {
    tasks.start("a file dialog", move |answer| {
        let asked = Instant::now();
        let mut dialog = rfd::FileDialog::new()
            .set_title("New briefing")
            .set_file_name(NAME)
            .add_filter("Markdown", &["md", "markdown"]);
        if let Some(folder) = &folder {
            dialog = dialog.set_directory(folder);
        }
        match dialog.save_file() {
            Some(path) => answer.send(Action::WriteNewBriefing(path)),
            None if dialogs::none_came(asked) => {
                answer.send(Action::DialogUnavailable(Sheet::NewBriefing));
            }
            None => {}
        }
    });
}

/// Writes the template and hands it to the system's editor.
pub(super) fn write(tasks: &Tasks<Action>, path: PathBuf, is_in_open_library: bool) {
    tasks.start("writing a new briefing", move |answer| {
        let path = with_ending(path);
        if let Err(error) = write_new(&path) {
            answer.send(Action::Notice(format!(
                "The briefing could not be written ({error}): {}",
                path.display()
            )));
            return;
        }
        // An open library sees the new file by itself.
        if !is_in_open_library {
            answer.send(Action::OpenPaths(vec![path.clone()]));
        }
        if let Err(error) = dialogs::open_in_editor(&path) {
            answer.send(Action::Notice(format!(
                "No editor could be opened ({error}); the briefing is at {}",
                path.display()
            )));
        }
    });
}

/// A briefing is a Markdown file, whatever the dialog let pass.
fn with_ending(path: PathBuf) -> PathBuf {
    let is_markdown = path
        .extension()
        .is_some_and(|ending| ending == "md" || ending == "markdown");
    if is_markdown {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".md");
    PathBuf::from(name)
}

/// Writes a file that must not be there yet: nobody's words are replaced by a template.
fn write_new(path: &Path) -> std::io::Result<()> {
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(TEMPLATE.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_briefing_without_a_problem() {
        let context = crate::parse::Context {
            file_name: NAME,
            bibliography: &|_| Err(crate::parse::BibliographyFault::Missing),
            shared: None,
        };
        let (briefing, problems) = crate::parse::briefing(TEMPLATE.into(), &context);
        let problems: Vec<_> = problems.iter().map(|problem| &problem.message).collect();
        assert!(problems.is_empty(), "{problems:?}");
        assert!(briefing.events.len() >= 2 && !briefing.sources.is_empty());
        let statements = &briefing.statements;
        assert!(statements.iter().any(|found| !found.evidence.is_empty()));
    }

    #[test]
    fn a_new_briefing_never_replaces_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        write_new(&path).expect("written");
        assert!(write_new(&path).is_err(), "it is there already");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), TEMPLATE);
    }

    #[test]
    fn a_name_without_an_ending_gets_one() {
        for (given, expected) in [("a", "a.md"), ("a.md", "a.md"), ("a.b", "a.b.md")] {
            assert_eq!(with_ending(given.into()), PathBuf::from(expected));
        }
    }
}
