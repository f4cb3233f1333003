//! How figures are taken and told.

#[path = "machine.rs"]
mod machine;

pub use machine::machine;

use std::time::Instant;

/// The middle, the 99th percentile and the greatest of some times.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    pub median: f64,
    pub p99: f64,
    pub max: f64,
}

impl Spread {
    pub fn of(mut times_ms: Vec<f64>) -> Self {
        times_ms.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let last = times_ms.len().saturating_sub(1);
            let place = (share * last as f64).round() as usize;
            times_ms.get(place).copied().unwrap_or(f64::NAN)
        };
        Self {
            median: at(0.5),
            p99: at(0.99),
            max: at(1.0),
        }
    }
}

pub fn ms_since(clock: Instant) -> f64 {
    clock.elapsed().as_secs_f64() * 1_000.0
}

/// The most memory this process has had so far, in MB; `None` where the system does not tell.
pub fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
