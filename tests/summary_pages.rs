//! Pages as other programs read them: poppler takes the words and the structure back out, qpdf looks for damage.
//!
//! Stands behind the feature `snapshots`, because it needs `pdftotext`, `pdfinfo` and `qpdf`.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{HOSTILE, export, exported, exported_text, folder, hostile_briefing, project};
use unicode_normalization::UnicodeNormalization as _;

/// Runs a program that must be there, and gives back what it prints.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{program} must be installed: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {told}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A PDF in a folder of its own.
struct Pdf {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Pdf {
    fn of(here: &Path, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.pdf");
        let target = path.to_string_lossy().into_owned();
        let mut all = arguments.to_vec();
        all.extend(["-o", target.as_str()]);
        exported(here, &all);
        Self {
            _folder: folder,
            path,
        }
    }

    fn path(&self) -> &str {
        self.path.to_str().expect("a plain path")
    }

    /// All words, in the order in which they were set, without white space.
    fn words(&self) -> String {
        squeezed(&run("pdftotext", &["-raw", self.path(), "-"]))
    }

    fn pages(&self) -> usize {
        let info = run("pdfinfo", &[self.path()]);
        let line = info.lines().find_map(|line| line.strip_prefix("Pages:"));
        line.and_then(|count| count.trim().parse().ok())
            .expect("a number of pages")
    }

    fn page(&self, number: usize) -> String {
        let number = number.to_string();
        run(
            "pdftotext",
            &["-f", &number, "-l", &number, self.path(), "-"],
        )
    }
}

/// Without white space and hyphens at the ends of lines; letters alike.
fn squeezed(text: &str) -> String {
    text.replace("-\n", "")
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{ad}'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn model() -> serde_json::Value {
    let json = exported_text(&project(), &["briefings", "--to", "json"]);
    serde_json::from_str(&json).expect("JSON")
}

fn texts<'a>(model: &'a serde_json::Value, list: &'a str, key: &'a str) -> Vec<&'a str> {
    let briefings = model["briefings"].as_array().expect("briefings");
    let entries = briefings
        .iter()
        .flat_map(move |briefing| briefing[list].as_array().expect("a list"));
    entries
        .filter_map(move |entry| entry[key].as_str())
        .collect()
}

#[test]
fn the_full_pages_hold_every_event_statement_and_source() {
    let pdf = Pdf::of(&project(), &["briefings"]);
    let words = pdf.words();
    let model = model();
    for title in texts(&model, "events", "title") {
        assert!(words.contains(&squeezed(title)), "event: {title}");
    }
    for text in texts(&model, "statements", "text") {
        // A bare citation is named by its source on paper.
        if !text.contains('@') {
            assert!(words.contains(&squeezed(text)), "statement: {text}");
        }
    }
    for title in texts(&model, "sources", "title") {
        // Styles set quotation marks of their own inside titles.
        let plain = squeezed(title).replace(['\'', '’', '"', '“', '”', '‘'], "");
        let words = words.replace(['\'', '’', '"', '“', '”', '‘'], "");
        assert!(words.contains(&plain), "source: {title}");
    }
    for verdict in [
        "Altered",
        "Not found",
        "Silence broken",
        "Verbatim",
        "Nearly the same",
    ] {
        assert!(words.contains(&squeezed(verdict)), "{verdict}");
    }
}

/// So many events, one a day, of which every seventh weighs more, in lanes of their own.
fn chronicle(events: usize, abstract_words: usize) -> String {
    let mut text = format!(
        "---\ntitle: {}\nsummary: {}\nevents:\n",
        "A long title ".repeat(40),
        "One more word of it. ".repeat(abstract_words)
    );
    for at in 0..events {
        let importance = if at % 7 == 0 { 9 } else { 3 };
        let (year, day) = (2000 + at / 336, at % 336);
        let (month, day) = (1 + day / 28, 1 + day % 28);
        text.push_str(&format!(
            "  - {{date: {year}-{month:02}-{day:02}, title: Event number {at}, lane: Lane {}, importance: {importance}}}\n",
            at % 30
        ));
    }
    text + "---\n"
}

#[test]
fn the_brief_is_two_pages_at_most_and_says_what_it_leaves_out() {
    let many = folder(&[("a.md", &chronicle(1_000, 2_000))]);
    let few = folder(&[("a.md", &chronicle(3, 5))]);
    let project = project();
    let one = Path::new("briefings/trump-putin-call.md");
    for (here, path, events) in [
        (project.as_path(), Path::new("briefings"), 34),
        (project.as_path(), one, 10),
        (many.path(), Path::new("a.md"), 1_000),
        (few.path(), Path::new("a.md"), 3),
    ] {
        for paper in ["a4", "us-letter"] {
            let path = path.to_str().expect("a plain path");
            let arguments = [path, "--template", "brief", "--paper", paper];
            let pdf = Pdf::of(here, &arguments);
            assert!(pdf.pages() <= 2, "{path} {paper}: {}", pdf.pages());
            let json = exported_text(here, &[path, "--to", "json"]);
            let model: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            let titles = texts(&model, "events", "title");
            assert_eq!(titles.len(), events);
            let words = pdf.words();
            let left_out = words
                .split_once("thesearetheweightiest;")
                .and_then(|(_, after)| after.split("more").next()?.parse().ok())
                .unwrap_or(0);
            let rows = titles
                .iter()
                .filter(|title| words.contains(&squeezed(title)))
                .count();
            // Titles that begin alike are found in each other's, so there may be more, never fewer.
            assert!(
                rows + left_out >= events,
                "{path} {paper}: {rows} + {left_out}"
            );
            assert!(left_out < events, "something is shown");
        }
    }
}

#[test]
fn every_page_has_its_number_and_the_marking() {
    for template in ["full", "brief"] {
        let pdf = Pdf::of(&project(), &["briefings", "--template", template]);
        let count = pdf.pages();
        for number in 1..=count {
            let page = pdf.page(number);
            assert!(
                page.contains(&format!("Page {number} of {count}")),
                "{page}"
            );
            assert!(page.contains("TLP:CLEAR"), "{template}, page {number}");
        }
        let has_contents = (1..=count).any(|number| pdf.page(number).contains("Contents"));
        assert_eq!(has_contents, template == "full" && count > 5, "{template}");
    }
}

#[test]
fn pages_are_tagged_and_name_language_title_and_figure() {
    let pdf = Pdf::of(&project(), &["briefings/trump-putin-call.md"]);
    let info = run("pdfinfo", &[pdf.path()]);
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(
        info.contains("Title:           The Trump–Putin call"),
        "{info}"
    );
    let structure = run("pdfinfo", &["-struct", pdf.path()]);
    for tag in ["Document", "H1", "Table", "TH", "TD", "Figure", "Link", "P"] {
        assert!(
            structure
                .lines()
                .any(|line| line.trim_start().starts_with(tag)),
            "{tag}\n{structure}"
        );
    }
    let plain = run(
        "qpdf",
        &["--qdf", "--object-streams=disable", pdf.path(), "-"],
    );
    assert!(plain.contains("/Lang"), "a language");
    assert!(plain.contains("/Alt"), "words for the figure");
    assert!(plain.contains("/Outlines"), "an outline");
}

#[test]
fn every_standard_and_paper_gives_a_sound_file() {
    let library = "briefings/trump-putin-call.md";
    for standard in ["ua-1", "a-2a", "a-3a", "plain"] {
        for (paper, width) in [("a4", "595.276 x 841.89"), ("us-letter", "612 x 792")] {
            let pdf = Pdf::of(
                &project(),
                &[library, "--standard", standard, "--paper", paper],
            );
            run("qpdf", &["--check", pdf.path()]);
            let info = run("pdfinfo", &[pdf.path()]);
            assert!(info.contains(width), "{standard} on {paper}: {info}");
        }
    }
    let pdf = Pdf::of(&project(), &["briefings", "--standard", "a-2a"]);
    let metadata = run("pdfinfo", &["-meta", pdf.path()]);
    assert!(
        metadata.contains("pdfaid") && metadata.contains("pdfuaid"),
        "{metadata}"
    );
}

#[test]
fn what_looks_like_markup_is_printed_as_it_stands() {
    let library = folder(&[("a.md", &hostile_briefing())]);
    for template in ["full", "brief"] {
        let pdf = Pdf::of(library.path(), &["a.md", "--template", template]);
        let words = pdf.words();
        for text in HOSTILE {
            assert!(
                words.contains(&squeezed(text)),
                "{template}: {text}\n{words}"
            );
        }
        run("qpdf", &["--check", pdf.path()]);
    }
}

/// A briefing in a script, with an event and a statement in it.
fn briefing_in(lang: &str, words: &str) -> String {
    format!(
        "---\ntitle: {words}\nlang: {lang}\nsummary: {words}\nevents:\n  - {{date: 2025-03-18, title: {words}, actors: [{words}]}}\nsources: {{s: {{title: {words}}}}}\n---\n\n{words} [@s, \"{words}\"].\n"
    )
}

#[test]
fn cyrillic_and_greek_need_no_font_of_the_system() {
    for (lang, words) in [
        ("uk", "Обмін полоненими ґанок їжак"),
        ("ru", "Разговор по телефону"),
        ("el", "Συνομιλία για την ειρήνη"),
        ("vi", "Cuộc điện đàm về hòa bình"),
    ] {
        let library = folder(&[("a.md", &briefing_in(lang, words))]);
        let pdf = Pdf::of(library.path(), &["a.md"]);
        assert!(pdf.words().contains(&squeezed(words)), "{lang}");
    }
}

/// Whatever fonts a machine has: either the words are there, or the refusal names the characters and the way out.
#[test]
fn other_scripts_are_set_with_the_fonts_of_the_system_or_their_characters_are_named() {
    for (lang, words) in [
        ("zh", "停火協議談判"),
        ("ja", "停戦についての会談"),
        ("ko", "휴전 회담"),
        ("ar", "وقف إطلاق النار"),
        ("he", "הפסקת אש"),
    ] {
        let library = folder(&[("a.md", &briefing_in(lang, words))]);
        let ended = export(library.path(), &["a.md", "--to", "pdf", "-o", "out.pdf"]);
        if ended.status.success() {
            let path = library.path().join("out.pdf");
            run("qpdf", &["--check", path.to_str().expect("a plain path")]);
            let text = run(
                "pdftotext",
                &["-raw", path.to_str().expect("a plain path"), "-"],
            );
            // Letters come back in their shapes, and those of a ligature the other way round.
            let text: String = squeezed(&text).nfkc().collect();
            let letters = |word: &str| {
                let mut letters: Vec<char> = word.chars().collect();
                letters.sort_unstable();
                letters
            };
            for word in words.split(' ') {
                let wanted = letters(word);
                let mut runs = text.split(|c: char| !c.is_alphabetic());
                let is_there = text.contains(word) || runs.any(|run| letters(run) == wanted);
                assert!(is_there, "{lang}: {word} in {text}");
            }
        } else {
            let told = String::from_utf8_lossy(&ended.stderr);
            assert!(
                told.contains("U+") && told.contains("--standard plain"),
                "{told}"
            );
            assert!(!library.path().join("out.pdf").exists());
        }
        Pdf::of(library.path(), &["a.md", "--standard", "plain"]);
    }
}

#[test]
fn five_thousand_events_make_pages_with_all_of_them() {
    let mut text = String::from("---\ntitle: Many\nevents:\n");
    for at in 0..5_000 {
        let date = sourceline::date::civil_from_days(at / 3);
        text.push_str(&format!(
            "  - {{id: e{at}, date: {:04}-{:02}-{:02}, title: Event {at} of them, lane: L{}}}\n",
            date.year,
            date.month,
            date.day,
            at % 7
        ));
    }
    let library = folder(&[("a.md", &(text + "---\n"))]);
    let pdf = Pdf::of(library.path(), &["a.md"]);
    let words = pdf.words();
    for at in 0..5_000 {
        assert!(words.contains(&format!("event{at}ofthem")), "{at}");
    }
    assert!(fs::metadata(&pdf.path).expect("a file").len() < 40_000_000);
}

/// The boxes of all words, as shares of their page's width: left and right edge.
fn spans(pdf: &Pdf) -> Vec<(f64, f64, String)> {
    let boxes = run("pdftotext", &["-bbox", pdf.path(), "-"]);
    let number = |line: &str, name: &str| -> f64 {
        let (_, after) = line.split_once(&format!("{name}=\"")).expect("a number");
        after
            .split('"')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("a number")
    };
    let mut width = 1.0;
    let mut found = Vec::new();
    for line in boxes.lines().map(str::trim) {
        if line.starts_with("<page ") {
            width = number(line, "width");
        } else if line.starts_with("<word ") {
            let (left, right) = (number(line, "xMin"), number(line, "xMax"));
            found.push((left / width, right / width, line.to_owned()));
        }
    }
    found
}

#[test]
fn the_longest_words_stay_within_the_margins() {
    let compound = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung";
    let endless = "x".repeat(10_000);
    for (lang, word) in [
        ("de", compound),
        ("uk", "Найнеправдоподібнішими-високопревелебнішими"),
        ("tlh", compound),
        ("en", endless.as_str()),
    ] {
        let text = format!(
            "---\ntitle: {word}\nlang: {lang}\nevents:\n  - {{date: 2025-03-18, title: {word}, actors: [{word}], lane: {word}, sources: [s]}}\nsources:\n  s: {{title: {word}, publisher: {word}}}\n---\n\n## {word}\n\nIt was {word} [@s].\n"
        );
        let library = folder(&[("a.md", &text)]);
        for template in ["brief", "full"] {
            let pdf = Pdf::of(library.path(), &["a.md", "--template", template]);
            for (left, right, line) in spans(&pdf) {
                // The margins are a tenth of the page and a little.
                assert!(left > 0.09 && right < 0.91, "{lang} {template}: {line}");
            }
        }
    }
}
