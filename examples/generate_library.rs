//! Writes a large library to try things on: `cargo run --release --example generate_library -- FOLDER [EVENTS]`.

#[path = "../benches/support/random.rs"]
mod random;
#[path = "../benches/support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map(PathBuf::from);
    let count = match arguments.next() {
        Some(count) => count.to_str().and_then(|count| count.parse().ok()),
        None => Some(100_000),
    };
    let Some((folder, count)) = folder.zip(count) else {
        eprintln!("expected a folder and, if you like, a number of events");
        return ExitCode::from(2);
    };
    let written = std::fs::create_dir_all(&folder).and_then(|()| {
        support::library(count).try_for_each(|(name, text)| std::fs::write(folder.join(name), text))
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(2)
        }
    }
}
