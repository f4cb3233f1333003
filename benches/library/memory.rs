//! How much memory an open library takes, measured in a process of its own.

use super::window;
use std::path::{Path, PathBuf};
use std::process::Command;

const ASKED: &str = "SOURCELINE_BENCH_MEMORY_OF";

/// The library whose memory this process is to tell, when it was started for that.
pub fn asked_for() -> Option<PathBuf> {
    std::env::var_os(ASKED).map(PathBuf::from)
}

/// Opens the library and prints the most memory that took.
#[expect(
    clippy::print_stdout,
    reason = "the benchmark that started this process reads it"
)]
pub fn load_and_tell(folder: &Path) {
    let (_, state) = window::loaded(folder);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    println!("{}", field("VmHWM:").unwrap_or(0) * 1024);
    std::hint::black_box(state);
}

/// The peak of a process that opens the library; `None` where the system does not tell it.
pub fn peak_of_child(folder: &Path) -> Option<u64> {
    let this = std::env::current_exe().ok()?;
    let output = Command::new(this).env(ASKED, folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.trim().parse().ok().filter(|&bytes| bytes > 0)
}
