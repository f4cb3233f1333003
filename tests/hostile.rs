//! Files that were made to do harm: each is read within its bounds, told where reading ended, and can be shown.

#[expect(dead_code, reason = "the benchmark uses the rest")]
#[path = "hostile/cases.rs"]
mod cases;

use cases::cases;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use sourceline::model::Briefing;
use sourceline::parse::bounds::{
    MAX_BODY_BYTES, MAX_BODY_SIGNS, MAX_EVIDENCE, MAX_FRONT_LINE_SIGNS, MAX_KEY_BYTES,
    MAX_LANE_LEVELS, MAX_LIST_ENTRIES, MAX_PASSAGES, MAX_PASSAGES_OF_EVENT, MAX_QUOTE_CHARS,
    MAX_SOURCES, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS, MAX_VALUE_CHARS,
};
use sourceline::parse::{self, BibliographyFault, Context};
use sourceline::problem::{Code, Problem};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// As many problems of one file as are listed, and those that say where reading ended.
const MOST_PROBLEMS: usize = 5_001 + 5;

fn read(text: &str) -> (Briefing, Vec<Problem>) {
    let context = Context {
        file_name: "a.md",
        bibliography: &|_| Err(BibliographyFault::Missing),
        shared: None,
    };
    parse::briefing(text.into(), &context)
}

fn codes(problems: &[Problem]) -> Vec<Code> {
    problems.iter().map(|problem| problem.code).collect()
}

/// What a reader of the model relies on, whatever the file was.
fn check(name: &str, text: &str) {
    let (briefing, problems) = read(text);
    assert!(
        problems.len() <= MOST_PROBLEMS,
        "{name}: {} problems",
        problems.len()
    );
    for problem in &problems {
        assert!(
            text.get(problem.span.range()).is_some(),
            "{name}: {problem:?}"
        );
        assert!(
            problem.message.len() < 2_000 && problem.hint.len() < 2_000,
            "{name}: {problem:?}"
        );
    }
    let evidence = briefing.all_evidence().count();
    assert!(
        evidence <= 2 * MAX_EVIDENCE,
        "{name}: {evidence} pieces of evidence"
    );
    let passages: usize = briefing
        .events
        .iter()
        .map(|event| event.passages.len())
        .sum();
    assert!(
        passages <= MAX_PASSAGES + MAX_PASSAGES_OF_EVENT,
        "{name}: {passages} passages"
    );
    assert!(briefing.sources.len() <= MAX_SOURCES, "{name}");
    for event in &briefing.events {
        assert!(event.title.chars().count() <= MAX_TITLE_CHARS, "{name}");
        assert!(event.passages.len() <= MAX_PASSAGES_OF_EVENT, "{name}");
    }
    for statement in &briefing.statements {
        assert!(statement.text.chars().count() <= MAX_QUOTE_CHARS, "{name}");
    }
    let document = parse::document(&briefing);
    for block in &document.blocks {
        assert!(
            text.get(block.span.range()).is_some(),
            "{name}: {:?}",
            block.span
        );
    }
}

/// No construct, repeated, takes more than its length asks for: quadratic work would take minutes here.
#[test]
fn every_hostile_text_is_read_and_laid_out() {
    const BYTES: usize = 40_000;
    const MOST: Duration = Duration::from_secs(30);
    let all = cases();
    assert!(all.len() > 150, "the table is there");
    all.into_par_iter().for_each(|case| {
        let started = Instant::now();
        check(case.name, &case.text(BYTES));
        assert!(
            started.elapsed() < MOST,
            "{} took {:?}",
            case.name,
            started.elapsed()
        );
    });
}

/// The same for what lies beside briefings.
#[test]
fn every_hostile_bibliography_copy_and_lock_is_read_or_refused() {
    const BYTES: usize = 40_000;
    const MOST: Duration = Duration::from_secs(30);
    let all = cases::beside();
    assert!(all.len() > 80, "the table is there");
    all.into_par_iter().for_each(|case| {
        let started = Instant::now();
        cases::read_beside(case.file, &case.text(BYTES));
        assert!(
            started.elapsed() < MOST,
            "{} took {:?}",
            case.name,
            started.elapsed()
        );
    });
}

#[test]
fn evidence_ends_at_its_bound_and_says_so() {
    let most = MAX_EVIDENCE;
    let front = "---\ntitle: T\nsources:\n  wh: {title: R}\n---\n\n";
    // In one paragraph, and by one footnote that is copied again and again.
    let cited = format!("{front}{}", "a [@wh] ".repeat(most + 2));
    let lines = "    - [@wh]: \"a\"\n".repeat(1_000);
    let copied = format!(
        "{front}{}\n\n[^a]: Report.\n{lines}",
        "w[^a]. ".repeat(1_000)
    );
    for (text, most) in [(cited, most), (copied, 10_000)] {
        let (briefing, problems) = read(&text);
        let found = briefing.all_evidence().count();
        assert!(found <= most + 1_000 && found > most / 2, "{found}");
        assert!(
            codes(&problems).contains(&Code::TooMuchEvidence),
            "{problems:?}"
        );
    }
}

#[test]
fn a_hundred_thousand_of_anything_honest_is_read_whole() {
    let many = 100_000;
    let front = "---\ntitle: T\nsources:\n  wh: {title: R}\n---\n\n";
    let (briefing, problems) = read(&format!("{front}{}", "a [@wh] ".repeat(many)));
    assert_eq!((briefing.statements.len(), problems.len()), (many, 0));
    let notes: String = (0..many / 2)
        .map(|at| format!("A[^{at}]\n\n[^{at}]: b\n\n"))
        .collect();
    let (_, problems) = read(&notes);
    assert_eq!(codes(&problems), []);
    let events = "- {date: 2025, title: A}\n".repeat(many);
    let (briefing, problems) = read(&format!("---\nevents:\n{events}---\n\nText.\n"));
    assert_eq!((briefing.events.len(), problems.len()), (many, 0));
}

#[test]
fn a_body_that_is_too_long_or_too_dense_is_read_up_to_its_bound() {
    for text in [
        "[".repeat(MAX_BODY_SIGNS + 9),
        "a".repeat(MAX_BODY_BYTES + 9),
    ] {
        let (briefing, problems) = read(&text);
        assert_eq!(codes(&problems), [Code::BodyTooLarge]);
        assert!(briefing.body.len() <= MAX_BODY_BYTES);
        assert!(!briefing.body.is_empty());
    }
}

#[test]
fn sources_end_at_their_bound() {
    let sources: String = (0..MAX_SOURCES + 2)
        .map(|at| format!("  s{at}: a\n"))
        .collect();
    let (briefing, problems) = read(&format!("---\nsources:\n{sources}---\n\nText.\n"));
    assert_eq!(briefing.sources.len(), MAX_SOURCES);
    assert!(codes(&problems).contains(&Code::TooManySources));
}

#[test]
fn long_values_are_cut_or_left_out_and_told() {
    let long = "a".repeat(MAX_SUMMARY_CHARS + 1);
    let list = "a,".repeat(MAX_LIST_ENTRIES + 1);
    let lane = "a/".repeat(MAX_LANE_LEVELS + 1);
    let (title, value) = (&long[..MAX_TITLE_CHARS + 1], &long[..MAX_VALUE_CHARS + 1]);
    for (front, told) in [
        (format!("title: {title}"), 1),
        (format!("subtitle: {value}"), 1),
        (format!("summary: {long}"), 1),
        (format!("summary: {value}"), 0),
        (format!("tags: [{list}]"), 1),
        (format!("tags: {list}"), 1),
        (
            format!("events:\n  - {{date: 2025, title: A, lane: {lane}}}"),
            1,
        ),
        (format!("events:\n  - {{date: 2025, title: {title}}}"), 1),
        (format!("sources:\n  {}: A", &long[..MAX_KEY_BYTES + 1]), 1),
    ] {
        let (briefing, problems) = read(&format!("---\n{front}\n---\n\nText.\n"));
        let too_long = problems
            .iter()
            .filter(|problem| problem.code == Code::ValueTooLong);
        assert_eq!(too_long.count(), told, "{:.40} {problems:?}", front);
        assert!(briefing.title.chars().count() <= MAX_TITLE_CHARS);
        assert!(briefing.tags.len() <= MAX_LIST_ENTRIES);
        for event in &briefing.events {
            let levels = event
                .lane
                .as_deref()
                .map_or(0, |lane| lane.split('/').count());
            assert!(levels <= MAX_LANE_LEVELS);
        }
    }
    let heading = format!("# {}\n", "a".repeat(MAX_TITLE_CHARS + 5));
    let (briefing, _) = read(&heading);
    assert!(briefing.headings[0].text.chars().count() <= MAX_TITLE_CHARS);
}

#[test]
fn front_matter_with_more_in_one_line_than_anybody_writes_is_read_up_to_that_line() {
    let line = "x, ".repeat(MAX_FRONT_LINE_SIGNS + 1);
    let (briefing, problems) = read(&format!("---\ntitle: T\ntags: [{line}]\n---\n\nText.\n"));
    assert_eq!(codes(&problems), [Code::YamlTooLarge]);
    assert_eq!(&*briefing.title, "T");
}

#[test]
fn front_matter_with_more_faults_than_anybody_makes_is_read_up_to_the_last_of_them() {
    let faults = "a: b: c\n".repeat(20_000);
    let (briefing, problems) = read(&format!("---\ntitle: T\n{faults}late: x\n---\n\nText.\n"));
    assert_eq!(&*briefing.title, "T");
    let too_large: Vec<_> = problems
        .iter()
        .filter(|problem| problem.code == Code::YamlTooLarge)
        .collect();
    assert_eq!(too_large.len(), 1);
    assert!(
        too_large[0].message.contains("10000 faults"),
        "{too_large:?}"
    );
    assert!(problems.len() < 200, "{}", problems.len());
}

#[test]
fn markdown_and_yaml_that_nest_too_deep_are_read_flat() {
    let (briefing, problems) = read(&format!("{} a\n", ">".repeat(1_000)));
    assert_eq!(codes(&problems), [Code::MarkdownTooDeep]);
    assert!(!parse::document(&briefing).blocks.is_empty());
    let (_, problems) = read(&format!("---\nx: {}\n---\n\nText.\n", "[".repeat(1_000)));
    assert_eq!(codes(&problems), [Code::YamlTooDeep]);
}

#[test]
fn sources_that_repeat_each_other_in_a_circle_are_followed_once() {
    let text = "---\nsources:\n  a: {title: A, based-on: b}\n  b: {title: B, based-on: a}\n---\n\nIt was so [@a].\n";
    let (briefing, problems) = read(text);
    assert_eq!((briefing.sources.len(), problems.len()), (2, 0));
}

/// A document of a thousand files like these stays far below what a machine has.
#[test]
fn what_a_file_takes_is_bounded_by_its_length() {
    for case in cases() {
        let text: Arc<str> = case.text(20_000).into();
        let (briefing, _) = read(&text);
        let evidence = briefing.all_evidence().count() * size_of::<sourceline::model::Evidence>();
        let rest = briefing.statements.len() * size_of::<sourceline::model::Statement>()
            + briefing.events.len() * size_of::<sourceline::model::Event>()
            + briefing.sources.len() * size_of::<sourceline::model::Source>()
            + briefing.links.len() * size_of::<sourceline::model::Link>();
        let times = (evidence + rest) / text.len().max(1);
        assert!(times < 250, "{}: {times} times its length", case.name);
    }
}
