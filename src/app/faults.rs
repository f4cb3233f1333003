//! What goes wrong inside the program: every panic, of any thread, is noted with its place and kept for a report.
//!
//! A panic is a bug. It is caught where the work begins (`tasks.rs`, `app/guard.rs`), so that the window lives on; here
//! stands what a report of it says. **A report holds nothing of any briefing**: not even the panic's own message, which
//! often quotes the text it stumbled over.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::panic::{PanicHookInfo, set_hook};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

/// The most faults that are kept; what goes wrong in every frame is told well enough by its first times.
const MAX_KEPT: usize = 10;

/// The most lines of a trace: the innermost calls.
const MAX_TRACE_LINES: usize = 60;

#[derive(Debug)]
struct Fault {
    thread: String,
    /// File, line and column of the program.
    place: String,
    trace: String,
}

static KEPT: Mutex<Vec<Fault>> = Mutex::new(Vec::new());
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// From now on notes every panic, and tells it on standard error in one line.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_hook(Box::new(note)));
}

/// How many panics there have been.
#[cfg(not(test))]
pub fn count() -> usize {
    COUNT.load(Ordering::Relaxed)
}

#[cfg(test)]
thread_local! {
    static HERE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many panics there have been in this thread: tests run side by side, and some of them panic as planned.
#[cfg(test)]
pub fn count() -> usize {
    HERE.get()
}

fn note(info: &PanicHookInfo<'_>) {
    COUNT.fetch_add(1, Ordering::Relaxed);
    #[cfg(test)]
    HERE.set(HERE.get() + 1);
    let place = info.location().map_or_else(
        || "an unknown place".to_owned(),
        |place| format!("{}:{}:{}", place.file(), place.line(), place.column()),
    );
    let thread = thread::current().name().unwrap_or("a worker").to_owned();
    // The message is for whoever sits at this terminal; nothing in it may act on the terminal.
    let message = info.payload_as_str().unwrap_or("no message");
    eprintln!(
        "sourceline: a fault in the thread {thread}, at {place}: {}",
        message.escape_debug()
    );
    let trace = Backtrace::force_capture().to_string();
    let trace: Vec<&str> = trace.lines().take(MAX_TRACE_LINES).collect();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < MAX_KEPT {
        kept.push(Fault {
            thread,
            place,
            trace: trace.join("\n"),
        });
    }
}

/// All faults as text, for whoever mends the program.
pub fn report() -> String {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let mut text = format!(
        "Sourceline {}, {} {}\n\nPlaces in the program where something went wrong. Nothing of any briefing is in this report.\n{} in all, the first {} below.\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        COUNT.load(Ordering::Relaxed),
        kept.len(),
    );
    for (fault, number) in kept.iter().zip(1..) {
        let written = writeln!(
            text,
            "\n{number}. {}\n   in the thread {}\n{}",
            fault.place, fault.thread, fault.trace
        );
        debug_assert!(written.is_ok(), "a string takes all");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    #[test]
    fn a_report_names_place_and_thread_and_nothing_of_the_text() {
        install();
        let before = count();
        let secret = "words of a briefing";
        let ended = thread::Builder::new()
            .name("reading files".to_owned())
            .spawn(move || {
                let text = format!("{secret} é");
                let inside = text.len() - 1;
                text[..inside].len()
            })
            .expect("a thread")
            .join();
        assert!(ended.is_err(), "a character was cut in two");
        assert!(catch_unwind(|| panic!("{}", "more words of a briefing")).is_err());
        assert_eq!(count(), before + 1, "of this thread");
        let report = report();
        for part in ["Sourceline ", "src/app/faults.rs:", "reading files"] {
            assert!(report.contains(part), "no {part} in\n{report}");
        }
        assert!(!report.contains("of a briefing"), "{report}");
    }
}
