//! Data for the benchmarks, the same in every run: N events over twelve years, 70 % instants, 30 % ranges of 1 to 400 days, twelve lanes,
//! titles of five to nine words.

use sourceline::date::Form;
use sourceline::timeline::{Entry, Look};

pub const LANES: u32 = 12;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// 2014-01-01.
const START_MS: i64 = 16_071 * DAY_MS;

const WORDS: [&str; 24] = [
    "ceasefire",
    "talks",
    "envoy",
    "meets",
    "delegation",
    "in",
    "Riyadh",
    "after",
    "the",
    "call",
    "statement",
    "denies",
    "report",
    "on",
    "energy",
    "targets",
    "minister",
    "agrees",
    "to",
    "further",
    "exchange",
    "of",
    "prisoners",
    "border",
];

/// SplitMix64: small, and the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Events and their titles.
pub fn events(count: usize) -> (Vec<Entry>, Vec<String>) {
    let mut random = Random(2025);
    let mut entries = Vec::with_capacity(count);
    let mut titles = Vec::with_capacity(count);
    for _ in 0..count {
        let start_ms = START_MS + random.below(12 * 365 * 24 * 60) as i64 * MINUTE_MS;
        let is_range = random.below(10) < 3;
        let (end_ms, form) = match is_range {
            true => (
                start_ms + (1 + random.below(400) as i64) * DAY_MS,
                Form::Range,
            ),
            false => (start_ms + MINUTE_MS, Form::Single),
        };
        entries.push(Entry {
            start_ms: Some(start_ms),
            end_ms: Some(end_ms),
            lane: random.below(u64::from(LANES)) as u32,
            weight: (1 + random.below(6)) as u16 * 256,
            look: Look {
                form,
                ..Look::default()
            },
        });
        let words = 5 + random.below(5);
        let title: Vec<&str> = (0..words)
            .map(|_| WORDS[random.below(WORDS.len() as u64) as usize])
            .collect();
        titles.push(title.join(" "));
    }
    (entries, titles)
}

/// The middle and the 99th percentile, and the greatest.
pub fn percentiles(mut times_ms: Vec<f64>) -> (f64, f64, f64) {
    times_ms.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = times_ms.len().saturating_sub(1);
        times_ms
            .get((share * last as f64).round() as usize)
            .copied()
            .unwrap_or(0.0)
    };
    (at(0.5), at(0.99), at(1.0))
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
