//! What goes to the terminal. Nothing from a file gets there raw: control characters and
//! bidirectional overrides could make the terminal show something else than what is there.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Whether a character could act on a terminal: a control character, a mark of direction, a separator of lines.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// The text with everything made visible that could act on a terminal. Line breaks become spaces.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if acts(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// The same JSON, in which characters that could act on a terminal are written by their numbers.
pub(super) fn plain_json(json: String) -> String {
    // Whatever else a writer of JSON puts between the strings, it is a line break.
    let stands_in_string = |c: char| acts(c) && c != '\n';
    if !json.contains(stands_in_string) {
        return json;
    }
    let mut written = String::with_capacity(json.len());
    for c in json.chars() {
        if stands_in_string(c) {
            // All of them have four digits.
            written.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            written.push(c);
        }
    }
    written
}

/// Prints what is wrong with the arguments, or the help that they ask for. A stranger's file may be among them, where a
/// shell has put names in the place of a pattern.
pub(super) fn answer_arguments(error: &clap::Error) -> ExitCode {
    let is_harmless = std::env::args_os().all(|word| !word.to_string_lossy().contains(acts));
    let told = if is_harmless {
        error.print()
    } else {
        let text = error.render().to_string();
        io::stderr().write_all(&harmless(&text))
    };
    // Where nothing can be written, the exit code still tells.
    if let Err(error) = told {
        tracing::debug!("{error}");
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// The path as the user would type it: below the current folder without that folder.
pub(super) fn shown_path(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let below = here
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(PathBuf::from));
    below.as_deref().unwrap_or(path).display().to_string()
}

/// Writes to standard output. A reader that has gone away is the end of the work, not an error.
///
/// # Errors
///
/// A sentence, when the text could not be written.
pub(super) fn print(text: &str) -> Result<(), String> {
    let mut out = anstream::stdout().lock();
    told(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// As [`print()`], for what is not text or must not be changed: a terminal's colors are none of its business. Only where
/// it goes to a terminal is text made harmless, since it holds what the files hold.
///
/// # Errors
///
/// A sentence, when the bytes could not be written.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), String> {
    let shown = match std::str::from_utf8(bytes) {
        Ok(text) if io::stdout().is_terminal() => harmless(text),
        _ => Cow::Borrowed(bytes),
    };
    let mut out = io::stdout().lock();
    told(out.write_all(&shown).and_then(|()| out.flush()))
}

/// Text as a terminal may get it: without what could act on it, but for what ends lines and columns.
fn harmless(text: &str) -> Cow<'_, [u8]> {
    let acts = |c: char| acts(c) && !matches!(c, '\n' | '\t' | '\r');
    if !text.contains(acts) {
        return Cow::Borrowed(text.as_bytes());
    }
    let shown: String = text
        .chars()
        .map(|c| if acts(c) { '\u{fffd}' } else { c })
        .collect();
    Cow::Owned(shown.into_bytes())
}

fn told(written: io::Result<()>) -> Result<(), String> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output could not be written: {error}"))
        }
        _ => Ok(()),
    }
}

/// Says on standard error why the program ends.
pub(super) fn complain(message: &str) {
    let message = plain(message);
    // When standard error is gone too, the exit code still tells.
    if writeln!(anstream::stderr(), "sourceline: {message}").is_err() {
        tracing::error!(message);
    }
}

/// Shows what the program logs; how much is set by the variable `SOURCELINE_LOG`, warnings by default.
pub(super) fn start_log() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_env_var("SOURCELINE_LOG")
        .with_default_directive(tracing::level_filters::LevelFilter::ERROR.into())
        .from_env_lossy();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    if let Err(error) = log.try_init() {
        complain(&format!("the log could not be started: {error}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_gets_through() {
        let hostile = "a\u{1b}[31mred\u{7}\u{202e}b\nc\td";
        assert_eq!(plain(hostile), "a\u{fffd}[31mred\u{fffd}\u{fffd}b c d");
        assert_eq!(plain("Київ – “quoted”"), "Київ – “quoted”");
        assert_eq!(
            harmless("a\u{1b}[2J\u{9b}b\u{202e}\n\tc").as_ref(),
            "a\u{fffd}[2J\u{fffd}b\u{fffd}\n\tc".as_bytes()
        );
    }

    #[test]
    fn json_says_the_same_without_what_acts_on_a_terminal() {
        let hostile = [
            "a\u{9b}2J\u{7f}",
            "\u{202e}\u{2028}\u{61c}",
            "\u{1b}[31m",
            "Київ",
        ];
        let json = serde_json::to_string_pretty(&hostile).expect("JSON");
        let plain = plain_json(json.clone());
        assert_ne!(plain, json);
        assert!(!plain.contains(|c| acts(c) && c != '\n'), "{plain}");
        let read: Vec<String> = serde_json::from_str(&plain).expect("JSON");
        assert_eq!(read, hostile);
    }
}
