//! How long hostile files take, and how much memory: every text of `tests/hostile/*.tsv`, in a process of its own.
//!
//! `cargo bench --bench hostile` prints the slowest; `cargo bench --bench hostile -- BYTES` takes another length than one
//! million, and `-- limit` the longest that is read of each kind. Times are those that one core works on reading and laying
//! out, where the system tells them; memory is the highest of the process above what it began with.

#[path = "../tests/hostile/cases.rs"]
mod cases;
#[expect(dead_code, reason = "other benchmarks use the rest")]
#[path = "support/measure.rs"]
mod measure;

use cases::Case;
use sourceline::parse::{self, BibliographyFault, Context};
use std::process::Command;
use std::time::Instant;

const BYTES: usize = 1_000_000;
/// As many lines are printed.
const SHOWN: usize = 30;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let bytes = |word: &str| match word {
        "limit" => None,
        number => Some(number.parse().expect("a number of bytes, or `limit`")),
    };
    match arguments.as_slice() {
        [word, name] => measure_one(bytes(word), name),
        [word] => all(bytes(word), word),
        _ => all(Some(BYTES), &BYTES.to_string()),
    }
}

fn every_case() -> Vec<Case> {
    let mut all = cases::cases();
    all.extend(cases::beside());
    all
}

/// What was measured of one text.
struct Taken {
    seconds: f64,
    memory_mb: f64,
    name: &'static str,
}

/// Measures each case in a process of its own, and prints the slowest.
fn all(bytes: Option<usize>, length: &str) {
    let program = std::env::current_exe().expect("this program");
    let mut all: Vec<Taken> = every_case()
        .iter()
        .map(|case| {
            let output = Command::new(&program)
                .args([length, case.name])
                .output()
                .expect("this program starts again");
            let line = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success(),
                "{} ended with {}",
                case.name,
                output.status
            );
            let mut numbers = line.split_whitespace().map(str::parse);
            let mut number = || numbers.next().expect("a number").expect("a number");
            Taken {
                seconds: number(),
                memory_mb: number(),
                name: case.name,
            }
        })
        .collect();
    all.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    let most_mb = all.iter().map(|taken| taken.memory_mb).fold(0.0, f64::max);
    let length = match bytes {
        Some(bytes) => format!("{bytes} bytes"),
        None => "the greatest length of their kind".to_owned(),
    };
    println!("{} texts of {length} on {}", all.len(), measure::machine());
    println!(
        "at most {:.2} s of one core, {most_mb:.0} MB",
        all[0].seconds
    );
    println!("seconds  MB  text");
    for taken in all.iter().take(SHOWN) {
        println!(
            "{:.3}  {:.0}  {}",
            taken.seconds, taken.memory_mb, taken.name
        );
    }
}

fn measure_one(bytes: Option<usize>, name: &str) {
    let all = every_case();
    let case = all
        .iter()
        .find(|case| case.name == name)
        .expect("a case of this name");
    let is_beside = cases::cases().iter().all(|case| case.name != name);
    let most = cases::most_bytes(case.file);
    let mut length = bytes.map_or(most, |bytes| bytes.min(most));
    let mut text = case.text(length);
    // What is refused costs nothing: the longest that is not.
    while is_beside && cases::is_refused(case.file, &text) {
        length -= length / 4;
        text = case.text(length);
    }
    text.truncate(text.floor_char_boundary(most));
    let before = measure::peak_memory_mb().unwrap_or(0.0);
    let started = Worked::now();
    if is_beside {
        cases::read_beside(case.file, &text);
    } else {
        let context = Context {
            file_name: case.file,
            bibliography: &|_| Err(BibliographyFault::Missing),
            shared: None,
        };
        let (briefing, _) = parse::briefing(text.into(), &context);
        let document = parse::document(&briefing);
        std::hint::black_box(&document);
    }
    let seconds = started.seconds();
    println!(
        "{seconds:.3}  {:.0}  {name}",
        measure::peak_memory_mb().unwrap_or(0.0) - before
    );
}

/// The work of this thread so far: what the system counts of it, so that other programs do not count; else what the
/// clock on the wall says.
struct Worked {
    counted_ns: Option<u64>,
    clock: Instant,
}

impl Worked {
    fn now() -> Self {
        Self {
            counted_ns: Self::counted_ns(),
            clock: Instant::now(),
        }
    }

    fn counted_ns() -> Option<u64> {
        let counts = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        counts.split_whitespace().next()?.parse().ok()
    }

    fn seconds(&self) -> f64 {
        match (self.counted_ns, Self::counted_ns()) {
            (Some(before), Some(now)) => (now - before) as f64 / 1e9,
            _ => self.clock.elapsed().as_secs_f64(),
        }
    }
}
