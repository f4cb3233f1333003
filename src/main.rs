//! The program: reads the arguments and ends with an exit code.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    sourceline::cli::run()
}
