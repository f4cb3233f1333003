//! How long a check takes: one quote against 100 kB, and a library of 10,000 quotes against 500 copies on two cores.
//!
//! `cargo bench --bench evidence` also writes `target/figures/evidence.json`.

#[path = "support/figures.rs"]
mod figures;

use criterion::Criterion;
use serde_json::json;
use sourceline::evidence::{Context, CopyText, Verdict, check};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A small generator, so that every run measures the same words.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

const WORDS: &str = "the of and to in a that it was for on are with as they be at one have this from or had by not but \
    what all were we when your can said there use an each which she do how their if will up other about out many then \
    them these so some her would make like him into time has look two more write go see number no way could people \
    leaders agreed ceasefire energy infrastructure negotiations maritime region cooperation prisoners exchange wounded \
    territory president statement immediately technical implementation movement peace permanent partial conditions";

/// Prose of `bytes` bytes: words of uneven frequency in sentences of uneven length.
fn prose(random: &mut Random, bytes: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut text = String::with_capacity(bytes + 20);
    let mut left = 0;
    while text.len() < bytes {
        let word = words[random.below(words.len()).min(random.below(words.len()))];
        if left == 0 {
            left = 6 + random.below(20);
            text.push_str(if text.is_empty() { "" } else { ". " });
            text.push_str(&word[..1].to_uppercase());
            text.push_str(&word[1..]);
        } else {
            text.push(' ');
            text.push_str(word);
        }
        left -= 1;
    }
    text
}

/// A quote of about `len` characters from the text, at word bounds.
fn quote_from(random: &mut Random, text: &str, len: usize) -> String {
    let start = random.below(text.len() - len - 40);
    let start = start + text[start..].find(' ').unwrap_or_default() + 1;
    let end = start + len;
    let end = end + text[end..].find(' ').unwrap_or_default();
    text[start..end].to_owned()
}

/// The same quote with three letters changed.
fn nearly(quote: &str) -> String {
    let letters = quote.char_indices().map(|(at, c)| {
        let change = at % 67 == 33 && c.is_ascii_lowercase();
        if change { 'x' } else { c }
    });
    letters.collect()
}

fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..15).map(|_| run()).collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let mut random = Random(0x5eed_2025_0318);
    let text = prose(&mut random, 100_000);
    let copy = CopyText::from_text(&text);
    let hint = Context::default();
    let exact = quote_from(&mut random, &text, 200);
    let near = nearly(&exact);
    let other = prose(&mut Random(77), 5000);
    let absent = quote_from(&mut Random(3), &other, 200);
    let verdict = |quote: &str| check(quote, Some("en"), &copy, &hint).verdict;
    assert_eq!(verdict(&exact), Verdict::Verbatim);
    assert!(matches!(verdict(&near), Verdict::Near | Verdict::Altered));
    assert_eq!(verdict(&absent), Verdict::NotFound);

    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let mut figures = serde_json::Map::new();
    for (name, quote) in [
        ("exact_100kb", &exact),
        ("near_100kb", &near),
        ("absent_100kb", &absent),
    ] {
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| black_box(check(black_box(quote), Some("en"), &copy, &hint)));
        });
        // With a copy read anew each time: its text is evened out at the first quote that asks for it.
        let time = median(|| {
            let fresh = CopyText::from_text(&text);
            let start = Instant::now();
            black_box(check(quote, Some("en"), &fresh, &hint));
            start.elapsed()
        });
        figures.insert(format!("{name}_ms"), json!(time.as_secs_f64() * 1000.0));
    }

    // A library: most quotes stand in their copies, some in other typography, some nearly, some not at all.
    let library: Vec<(CopyText, Vec<String>)> = (0..500)
        .map(|at| {
            let mut random = Random(0x1000 + at);
            let text = prose(&mut random, 20_000);
            let quotes = (0..20).map(|nth| {
                let len = 40 + random.below(160);
                let quote = quote_from(&mut random, &text, len);
                match nth {
                    0..14 => quote,
                    14..16 => quote.replace(' ', "\u{a0}"),
                    16..18 => nearly(&quote),
                    _ => quote_from(&mut random, &other, len),
                }
            });
            let quotes = quotes.collect();
            (CopyText::from_text(&text), quotes)
        })
        .collect();
    let start = Instant::now();
    let (left, right) = library.split_at(library.len() / 2);
    let checked: usize = std::thread::scope(|scope| {
        let halves = [left, right].map(|half| {
            scope.spawn(|| {
                let checks = half.iter().flat_map(|(copy, quotes)| {
                    quotes
                        .iter()
                        .map(|quote| check(quote, Some("en"), copy, &hint))
                });
                checks
                    .filter(|checked| checked.verdict != Verdict::NoCopy)
                    .count()
            })
        });
        halves
            .map(|half| half.join().expect("a check does not panic"))
            .iter()
            .sum()
    });
    assert_eq!(checked, 10_000);
    let seconds = start.elapsed().as_secs_f64();
    println!("library of 10,000 quotes against 500 copies: {seconds:.3} s");
    figures.insert("library_10k_quotes_s".to_owned(), json!(seconds));
    criterion.final_summary();

    figures::write("evidence", &figures);
}
