//! How long hostile files take, and how much memory: every text of `tests/hostile/cases.tsv`, in a process of its own.
//!
//! `cargo bench --bench hostile` prints the slowest; `cargo bench --bench hostile -- BYTES` takes another length than one
//! million. Times are of reading and of laying out, memory is the highest of the process above what it began with.

#[path = "../tests/hostile/cases.rs"]
mod cases;
#[expect(dead_code, reason = "other benchmarks use the rest")]
#[path = "support/measure.rs"]
mod measure;

use sourceline::parse::{self, BibliographyFault, Context};
use std::process::Command;
use std::time::Instant;

const BYTES: usize = 1_000_000;
/// As many lines are printed.
const SHOWN: usize = 15;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    match arguments.as_slice() {
        [bytes, name] => measure_one(bytes.parse().expect("a number of bytes"), name),
        [bytes] => all(bytes.parse().expect("a number of bytes")),
        _ => all(BYTES),
    }
}

/// Measures each case in a process of its own, and prints the slowest.
fn all(bytes: usize) {
    let program = std::env::current_exe().expect("this program");
    let mut lines: Vec<(f64, String)> = cases::cases()
        .iter()
        .map(|case| {
            let output = Command::new(&program)
                .args([&bytes.to_string(), case.name])
                .output()
                .expect("this program starts again");
            let line = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success(),
                "{} ended with {}",
                case.name,
                output.status
            );
            let seconds = line
                .split_whitespace()
                .next()
                .and_then(|number| number.parse().ok());
            (seconds.expect("a number of seconds"), line)
        })
        .collect();
    lines.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!(
        "{} texts of {bytes} bytes on {}",
        lines.len(),
        measure::machine()
    );
    println!("seconds  MB  text");
    for (_, line) in lines.iter().take(SHOWN) {
        print!("{line}");
    }
}

fn measure_one(bytes: usize, name: &str) {
    let all = cases::cases();
    let case = all
        .iter()
        .find(|case| case.name == name)
        .expect("a case of this name");
    let text = case.text(bytes);
    let before = measure::peak_memory_mb().unwrap_or(0.0);
    let context = Context {
        file_name: "a.md",
        bibliography: &|_| Err(BibliographyFault::Missing),
        shared: None,
    };
    let started = Instant::now();
    let (briefing, _) = parse::briefing(text.into(), &context);
    let document = parse::document(&briefing);
    let seconds = started.elapsed().as_secs_f64();
    std::hint::black_box(&document);
    println!(
        "{seconds:.3}  {:.0}  {name}",
        measure::peak_memory_mb().unwrap_or(0.0) - before
    );
}
