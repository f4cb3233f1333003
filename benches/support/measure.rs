//! How figures are taken and told.

use std::time::Instant;

/// The middle, two percentiles and the greatest of some times.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    pub median: f64,
    pub p95: f64,
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
            p95: at(0.95),
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

/// What the figures were measured on.
pub fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|info| {
            let line = info.lines().find(|line| line.starts_with("model name"))?;
            line.split(':').nth(1).map(|name| name.trim().to_owned())
        });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cpu = cpu.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!("{cpu}, {cores} threads, {}", std::env::consts::OS)
}
