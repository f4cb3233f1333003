//! Data for the benchmarks, the same in every run: a library of N events over twelve years, 70 % moments, 30 % ranges of 1 to 400
//! days, twelve lanes, titles of five to nine words. Also what the benchmarks print.

use crate::random::Random;
use std::fmt::Write as _;

/// Events in a briefing.
pub const EVENTS_A_FILE: usize = 1_000;

const LANES: [&str; 12] = [
    "Diplomacy",
    "Ceasefire",
    "Energy",
    "Black Sea",
    "Prisoners",
    "Sanctions",
    "Front",
    "Air",
    "Congress",
    "Europe",
    "Media",
    "Economy",
];

const WORDS: [&str; 32] = [
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
    "parliament",
    "votes",
    "sanctions",
    "against",
    "pipeline",
    "near",
    "harbor",
    "inspection",
];

const MINUTES_A_DAY: usize = 24 * 60;

/// The briefings of a library of `count` events: name and text of each.
pub fn library(count: usize) -> impl Iterator<Item = (String, String)> {
    let files = count.div_ceil(EVENTS_A_FILE);
    (0..files).map(move |file| {
        let events = (count - file * EVENTS_A_FILE).min(EVENTS_A_FILE);
        (format!("briefing-{file:04}.md"), briefing(file, events))
    })
}

/// One briefing. The body speaks of its first events, and rests what it says on its sources.
fn briefing(file: usize, events: usize) -> String {
    const WITH_PASSAGE: usize = 12;
    let mut random = Random(2025 + file as u64 * 7_919);
    let mut text = format!("---\ntitle: Briefing {file}\nas-of: 2026-01-01\nevents:\n");
    let mut passages = String::new();
    for at in 0..events {
        let title = words(&mut random);
        let lane = LANES[random.below(LANES.len())];
        write!(
            text,
            "  - id: e{at}\n    date: {}\n    title: {title}\n    lane: {lane}\n",
            date(&mut random)
        )
        .expect("a string");
        if random.below(6) == 0 {
            writeln!(text, "    importance: {}", 1 + random.below(9)).expect("a string");
        }
        if at < WITH_PASSAGE {
            let source = if at % 3 == 0 { "wire" } else { "readout" };
            write!(
                passages,
                "\n## {title} {{#e{at}}}\n\nOn that day {}, as was told later [@{source}].\n",
                words(&mut random)
            )
            .expect("a string");
        }
    }
    text.push_str("sources:\n  wire: {title: Reports by wire, kind: secondary}\n  readout: {title: Readout of the call, kind: primary}\n---\n");
    text + &passages
}

/// Five to nine words, the first with a capital.
fn words(random: &mut Random) -> String {
    let count = 5 + random.below(5);
    let words: Vec<&str> = (0..count)
        .map(|_| WORDS[random.below(WORDS.len())])
        .collect();
    let title = words.join(" ");
    let (first, rest) = title.split_at(1);
    first.to_uppercase() + rest
}

/// A minute, or a range of days, between 2014 and 2026.
fn date(random: &mut Random) -> String {
    let minute = random.below(12 * 365 * MINUTES_A_DAY);
    let day = minute / MINUTES_A_DAY;
    if random.below(10) < 3 {
        let end = day + 1 + random.below(400);
        return format!("{}/{}", civil(day), civil(end));
    }
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    format!("{}T{hour:02}:{minute:02}Z", civil(day))
}

/// A day since the first of 2014, as `2014-03-18`.
fn civil(day: usize) -> String {
    const FIRST_DAY: i64 = 16_071;
    let date = sourceline::date::civil_from_days(FIRST_DAY + day as i64);
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
