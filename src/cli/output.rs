//! What goes to the terminal. Nothing from a file gets there raw: control characters and
//! bidirectional overrides could make the terminal show something else than what is there.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// The text with everything made visible that could act on a terminal. Line breaks become spaces.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            c => c,
        })
        .collect()
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

/// Text as a terminal may get it: without control characters, but for those that end lines and columns.
fn harmless(text: &str) -> Cow<'_, [u8]> {
    let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
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
            harmless("a\u{1b}[2J\u{9b}b\n\tc").as_ref(),
            "a\u{fffd}[2J\u{fffd}b\n\tc".as_bytes()
        );
    }
}
