//! Exports as a reader gets them: each form read back, text that stays text, and what happens when things go wrong.

mod support;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use support::{
    HOSTILE, export, exported, exported_text, folder, hostile_briefing, program, project,
};

const ALL_FORMS: [&str; 9] = [
    "pdf", "html", "md", "csv", "json", "ics", "svg", "png", "typ",
];

/// A briefing of so many events, one a day.
fn briefing_of(events: usize) -> String {
    let mut text = String::from("---\ntitle: Many\nas-of: 2025-01-01\nevents:\n");
    for at in 0..events {
        let date = sourceline::date::civil_from_days(at as i64);
        text.push_str(&format!(
            "  - {{id: e{at}, date: {:04}-{:02}-{:02}, title: Event {at}}}\n",
            date.year, date.month, date.day
        ));
    }
    text + "---\n\nText.\n"
}

#[test]
fn the_shipped_library_goes_into_every_form_and_template_and_the_same_bytes_come_out() {
    for form in ALL_FORMS {
        for template in ["brief", "full"] {
            let arguments = ["briefings", "--to", form, "--template", template, "-o", "-"];
            let first = exported(&project(), &arguments);
            assert!(first.len() > 500, "{form}");
            assert_eq!(first, exported(&project(), &arguments), "{form} {template}");
        }
    }
}

#[test]
fn the_date_of_the_document_is_the_briefings_or_that_of_source_date_epoch() {
    let pdf = |epoch: Option<&str>| {
        let mut command = program(&project());
        command.args([
            "export",
            "briefings/trump-putin-call.md",
            "--to",
            "pdf",
            "-o",
            "-",
        ]);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        let output = command.output().expect("the program starts");
        (output.status.success(), output.stdout)
    };
    let has = |pdf: &[u8], words: &str| pdf.windows(words.len()).any(|it| it == words.as_bytes());
    let (ok, own) = pdf(None);
    assert!(ok && has(&own, "2025-03-25T"), "as-of of the briefing");
    let (ok, other) = pdf(Some("0"));
    assert!(ok && has(&other, "1970-01-01T"), "SOURCE_DATE_EPOCH");
    assert!(!pdf(Some("tomorrow")).0);
}

#[test]
fn the_form_follows_the_ending_and_two_dates_make_a_range() {
    let library = folder(&[("a.md", &briefing_of(40))]);
    let here = library.path();
    assert!(!export(here, &["a.md", "-o", "x.docx"]).status.success());
    assert!(!export(here, &["a.md", "--to", "soon"]).status.success());
    assert!(
        !export(here, &["a.md", "--to", "csv", "--to", "md"])
            .status
            .success()
    );
    exported(here, &["a.md", "-o", "x.CSV"]);
    assert!(here.join("x.CSV").is_file());
    // `--to` with a date is the end of the range, as the form may be there too.
    for until in ["--to", "--until"] {
        let arguments = [
            "a.md",
            "--to",
            "csv",
            "--from",
            "1970-01-05",
            until,
            "1970-01-07",
        ];
        assert_eq!(rows(&exported_text(here, &arguments)).len(), 3);
    }
}

#[test]
fn lanes_tags_and_actors_choose_events_and_the_summary_says_so() {
    let arguments = |more: &[&'static str]| {
        let mut arguments = vec!["briefings/trump-putin-call.md", "--to", "csv"];
        arguments.extend(more);
        rows(&exported_text(&project(), &arguments)).len()
    };
    assert_eq!(arguments(&[]), 10);
    assert_eq!(arguments(&["--lane", "Diplomacy"]), 4);
    assert_eq!(arguments(&["--lane", "Diplomacy/Washington–Kyiv"]), 1);
    assert_eq!(arguments(&["--tag", "call"]), 1);
    assert_eq!(arguments(&["--actor", "Vladimir Putin"]), 2);
    assert_eq!(
        arguments(&["--lane", "Prisoners", "--lane", "Ceasefire"]),
        2
    );
    let told = exported_text(
        &project(),
        &[
            "briefings/trump-putin-call.md",
            "--to",
            "md",
            "--lane",
            "Diplomacy",
        ],
    );
    assert!(told.contains("4 of 10 events: lane Diplomacy"), "{told}");
}

#[test]
fn a_search_and_a_saved_view_choose_events_as_in_the_window() {
    let briefing =
        fs::read_to_string(project().join("briefings/trump-putin-call.md")).expect("a file");
    let library = folder(&[("call.md", &briefing)]);
    let here = library.path();
    let count = |arguments: &[&str]| {
        let mut all = vec![".", "--to", "csv"];
        all.extend(arguments);
        rows(&exported_text(here, &all)).len()
    };
    let found = count(&["--search", "telephone"]);
    assert!((1..10).contains(&found), "{found}");
    assert_eq!(count(&["--search", "telephone lane:Kyiv"]), 1);
    fs::create_dir(here.join(".sourceline")).expect("a folder");
    let views = "[[view]]\nname = \"Talks\"\nlanes = [\"Diplomacy\"]\n";
    fs::write(here.join(".sourceline/views.toml"), views).expect("views");
    assert_eq!(count(&["--view", "Talks"]), 4);
    assert_eq!(count(&["--view", "Talks", "--from", "2025-03-19"]), 1);
    let told = exported_text(here, &[".", "--to", "md", "--view", "Talks"]);
    assert!(
        told.contains("4 of 10 events: view Talks; lane Diplomacy"),
        "{told}"
    );
    let wrong = export(here, &[".", "--to", "csv", "--view", "Walks"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("`Talks`"));
    let wrong = export(here, &[".", "--to", "csv", "--search", "before:soon"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_citation_style_is_chosen_by_name() {
    let library = "briefings/trump-putin-call.md";
    let chicago = exported_text(&project(), &[library, "--to", "md"]);
    let apa = exported_text(&project(), &[library, "--to", "md", "--style", "apa"]);
    assert!(
        chicago.contains("March 18, 2025"),
        "Chicago notes by default"
    );
    assert!(apa.contains("(2025, March 18)"));
    let wrong = export(&project(), &[library, "--to", "md", "--style", "ap"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("`apa`"));
    let list = exported_text(&project(), &[library, "--style", "list"]);
    assert!(list.contains("chicago-notes") && list.contains("ieee"));
}

// Read back.

fn rows(csv: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().collect::<Result<_, _>>().expect("CSV")
}

fn model() -> serde_json::Value {
    let json = exported_text(&project(), &["briefings", "--to", "json"]);
    serde_json::from_str(&json).expect("JSON")
}

/// The titles of all events, as the model has them.
fn titles() -> Vec<String> {
    let model = model();
    let briefings = model["briefings"].as_array().expect("briefings");
    let events = briefings
        .iter()
        .flat_map(|briefing| briefing["events"].as_array().expect("events"));
    events
        .map(|event| event["title"].as_str().expect("a title").to_owned())
        .collect()
}

#[test]
fn csv_reads_back_one_row_an_event_in_the_order_of_time() {
    let csv = exported_text(&project(), &["briefings", "--to", "csv"]);
    let rows = rows(&csv);
    let mut found: Vec<&str> = rows.iter().map(|row| &row[7]).collect();
    let mut expected = titles();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let earliest: Vec<&str> = rows
        .iter()
        .map(|row| &row[5])
        .filter(|it| !it.is_empty())
        .collect();
    assert!(earliest.is_sorted(), "{earliest:?}");
}

/// The words of each cell of each table of a Markdown text.
fn table_cells(markdown: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                if let (Some(row), Some(cell)) = (rows.last_mut(), cell.take()) {
                    Vec::push(row, cell);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            _ => {}
        }
    }
    rows
}

#[test]
fn markdown_reads_back_as_a_table_with_every_event() {
    let markdown = exported_text(
        &project(),
        &["briefings", "--to", "md", "--template", "brief"],
    );
    let rows = table_cells(&markdown);
    let titles = titles();
    assert_eq!(rows.len(), titles.len());
    for title in &titles {
        assert!(
            rows.iter().any(|row| row[2].starts_with(title.as_str())),
            "{title}"
        );
    }
}

#[test]
fn a_calendar_reads_back_with_every_event_that_has_a_day() {
    let ics = exported_text(&project(), &["briefings", "--to", "ics"]);
    let calendar: icalendar::Calendar = ics.parse().expect("a calendar");
    let summaries: Vec<&str> = calendar
        .components
        .iter()
        .filter_map(|component| icalendar::Component::get_summary(component.as_event()?))
        .collect();
    for title in titles() {
        assert!(
            summaries.contains(&title.as_str()),
            "{title} in {summaries:?}"
        );
    }
    for line in ics.split("\r\n") {
        assert!(line.len() <= 75, "folded as the format asks: {line}");
    }
}

#[test]
fn the_typst_source_is_one_file_that_holds_its_data() {
    let source = exported_text(&project(), &["briefings", "--to", "typ"]);
    assert!(source.contains("#let data = json(bytes("));
    assert!(source.contains("Trump and Putin speak by telephone"));
    assert!(!source.contains("data.json"));
}

// Text stays text.

#[test]
fn a_web_page_loads_and_runs_nothing() {
    let hostile = folder(&[("a.md", &hostile_briefing())]);
    for (here, path) in [
        (project(), "briefings"),
        (hostile.path().to_owned(), "a.md"),
    ] {
        let html = exported_text(&here, &[path, "--to", "html"]);
        assert!(
            html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        );
        let lower = html.to_lowercase();
        for tag in [
            "<script",
            "<img",
            "<link",
            "<iframe",
            "<object",
            "<embed",
            "<video",
            "<audio",
            "<image",
            "<use",
            "<foreignobject",
            "<form",
            "<base",
        ] {
            assert!(!lower.contains(tag), "{tag}");
        }
        // Inside of tags only: what a briefing says about attributes is text.
        for tag in tags(&html) {
            for attribute in [
                " src=",
                " srcset=",
                " poster=",
                " background=",
                " data=",
                " action=",
                " xlink:href=",
                " ping=",
                " on",
            ] {
                assert!(
                    !tag.to_lowercase().contains(attribute),
                    "{attribute} in {tag}"
                );
            }
            if let Some((_, rest)) = tag.split_once("href=\"") {
                let address = rest.split('"').next().unwrap_or_default();
                let is_plain = address.starts_with('#')
                    || address.starts_with("https://")
                    || address.starts_with("http://");
                assert!(is_plain && tag.starts_with("<a "), "{tag}");
            }
        }
        let style =
            &html[html.find("<style>").expect("a style")..html.find("</style>").expect("its end")];
        assert!(
            !style.contains("url(") && !style.contains("@import") && !style.contains("@font-face")
        );
    }
}

/// Everything between `<` and `>`.
fn tags(html: &str) -> Vec<&str> {
    html.match_indices('<')
        .filter_map(|(at, _)| html[at..].find('>').map(|end| &html[at..=at + end]))
        .collect()
}

/// The words that a browser would show: tags away, entities read.
fn shown(html: &str) -> String {
    let body = &html[html.find("<body>").unwrap_or(0)..];
    let mut text = String::new();
    let mut in_tag = false;
    for c in body.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[test]
fn what_looks_like_markup_comes_out_as_text_in_every_form() {
    let library = folder(&[("a.md", &hostile_briefing())]);
    let here = library.path();
    let html = shown(&exported_text(here, &["a.md", "--to", "html"]));
    let markdown = exported_text(here, &["a.md", "--to", "md"]);
    let csv = exported_text(here, &["a.md", "--to", "csv"]);
    let ics = exported_text(here, &["a.md", "--to", "ics"]);
    let svg = exported_text(here, &["a.md", "--to", "svg"]);
    let cells = table_cells(&markdown);
    let rows = rows(&csv);
    let calendar: icalendar::Calendar = ics.parse().expect("a calendar");
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter_map(|it| it.as_event())
        .collect();
    assert_eq!(events.len(), HOSTILE.len());
    for text in HOSTILE {
        assert!(html.contains(text), "HTML: {text}");
        assert!(
            cells.iter().any(|row| row[2].starts_with(text)),
            "Markdown: {text}\n{cells:?}"
        );
        let row = rows
            .iter()
            .find(|row| row[7].trim_start_matches('\'') == text);
        let row = row.unwrap_or_else(|| panic!("CSV: {text}"));
        assert!(
            !row[7].starts_with(['=', '+', '-', '@']),
            "a formula: {}",
            &row[7]
        );
        let summary =
            |event: &&&icalendar::Event| icalendar::Component::get_summary(**event) == Some(text);
        assert!(
            events.iter().find(summary).is_some(),
            "calendar: {text}\n{ics}"
        );
    }
    // Of Markdown's own HTML only our anchors and line breaks are left.
    for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
        match event {
            Event::InlineHtml(html) | Event::Html(html) => {
                let known = ["<br>", "</a>"].contains(&&*html) || html.starts_with("<a id=\"");
                assert!(known, "{html}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with('#'), "{dest_url}")
            }
            Event::Start(Tag::Image { .. }) => panic!("a picture"),
            _ => {}
        }
    }
    for tag in tags(&svg) {
        assert!(
            !tag.starts_with("<script") && !tag.contains("href"),
            "{tag}"
        );
    }
    // Set and drawn without a word from typst: had any of it been read as markup, it would have failed.
    for form in ["pdf", "png"] {
        exported(here, &["a.md", "--to", form, "-o", "-"]);
    }
    exported(
        here,
        &["a.md", "--to", "pdf", "--template", "brief", "-o", "-"],
    );
}

// Bad input.

#[test]
fn no_event_in_the_range_is_told_and_nothing_is_written() {
    let library = folder(&[("a.md", &briefing_of(3)), ("out.pdf", "old")]);
    let here = library.path();
    for form in ["pdf", "html", "csv"] {
        let ended = export(
            here,
            &["a.md", "--to", form, "--from", "2031", "-o", "out.pdf"],
        );
        assert_eq!(ended.status.code(), Some(2), "{form}");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(told.contains("no event is chosen by from 2031"), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    assert_eq!(
        fs::read_to_string(here.join("out.pdf")).expect("a file"),
        "old"
    );
}

#[test]
fn nothing_one_event_and_a_very_long_title_go_into_every_form() {
    let long = "A title that does not end ".repeat(400);
    let unbroken = "x".repeat(10_000);
    let one = |title: &str| {
        format!("---\ntitle: {title}\nevents:\n  - {{date: 2025, title: {title}}}\n---\n\nText.\n")
    };
    let library = folder(&[
        ("empty.md", ""),
        (
            "undated.md",
            "---\ntitle: U\nevents:\n  - title: Some day\n---\n",
        ),
        ("one.md", &one("One")),
        ("long.md", &one(&long)),
        ("unbroken.md", &one(&unbroken)),
        (
            "far.md",
            "---\ntitle: F\nevents:\n  - {date: Y-170000002, title: Far}\n  - {date: 2025-01-01, title: Near}\n---\n",
        ),
    ]);
    for name in [
        "empty.md",
        "undated.md",
        "one.md",
        "long.md",
        "unbroken.md",
        "far.md",
    ] {
        for form in ALL_FORMS {
            let ended = export(library.path(), &[name, "--to", form, "-o", "-"]);
            let told = String::from_utf8_lossy(&ended.stderr);
            // A calendar without a day is none, and that is told.
            if form == "ics" && matches!(name, "empty.md" | "undated.md") {
                assert!(
                    told.contains("no event has a date that a calendar can show"),
                    "{told}"
                );
            } else {
                assert!(ended.status.success(), "{name} as {form}: {told}");
            }
        }
    }
}

#[test]
fn a_target_that_cannot_be_written_is_told_in_one_line() {
    let library = folder(&[("a.md", &briefing_of(3)), ("file", "x")]);
    for target in ["/nowhere/at/all.pdf", "file/out.pdf"] {
        let ended = export(library.path(), &["a.md", "--to", "pdf", "-o", target]);
        assert_eq!(ended.status.code(), Some(2), "{target}");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(told.contains(target) && told.lines().count() == 1, "{told}");
    }
}

/// The rights of a folder do not hold for the superuser, as whom containers run; a full disk is full for everybody.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_one_line() {
    let library = folder(&[("a.md", &briefing_of(3))]);
    for form in ["pdf", "html", "csv"] {
        let ended = export(library.path(), &["a.md", "--to", form, "-o", "/dev/full"]);
        assert_eq!(ended.status.code(), Some(2), "{form}");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(told.contains("/dev/full could not be written"), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_leaves_the_old_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let library = folder(&[("a.md", &briefing_of(3))]);
    let locked = library.path().join("locked");
    fs::create_dir(&locked).expect("a folder");
    fs::write(locked.join("out.csv"), "old").expect("a file");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("rights");
    let ended = export(library.path(), &["a.md", "-o", "locked/out.csv"]);
    let content = fs::read_to_string(locked.join("out.csv")).expect("a file");
    let left = fs::read_dir(&locked).expect("a folder").count();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("rights");
    // The superuser may write all the same; then the new file is whole.
    if ended.status.success() {
        assert_eq!(rows(&content).len(), 3);
    } else {
        assert_eq!(ended.status.code(), Some(2));
        assert_eq!(content, "old");
    }
    assert_eq!(left, 1);
}

#[test]
fn many_events_are_announced_and_an_end_in_the_middle_leaves_the_old_file() {
    use std::io::{BufRead as _, BufReader};
    let library = folder(&[("a.md", &briefing_of(100_000)), ("out.pdf", "old")]);
    let mut running = program(library.path())
        .args(["export", "a.md", "-o", "out.pdf"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stderr = running.stderr.take().expect("a pipe");
    let mut told = String::new();
    BufReader::new(stderr).read_line(&mut told).expect("a line");
    assert!(
        told.contains("100,000 events will be about 5,000 pages"),
        "{told}"
    );
    std::thread::sleep(Duration::from_millis(50));
    running.kill().expect("it still runs");
    running.wait().expect("it ends");
    assert_eq!(
        fs::read_to_string(library.path().join("out.pdf")).expect("a file"),
        "old"
    );
    assert_eq!(names(library.path()), ["a.md", "out.pdf"]);
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
