//! What each target asks of its input. Whatever its bytes are, none of these may panic.

use crate::date::{Date, Zone};
use crate::evidence::{
    Checked, Context, CopyText, Lock, Origins, Outcomes, Verdict, assess, check as check_quote,
    check_silence,
};
use crate::library::views;
use crate::parse::bounds::EvidenceLeft;
use crate::parse::evidence_line;
use crate::span::Span;
use crate::summary::{Input, Options, Selection, Summary, Template, csv, html, ics, markdown, svg};
use crate::timeline::{Entry, Index};
use crate::{check, parse};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A target: its name, as in `fuzz/fuzz_targets` and `fuzz/corpus`, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const ALL: [Target; 10] = [
    ("front_matter", front_matter),
    ("body", body),
    ("evidence_line", evidence_line),
    ("date", date),
    ("html_copy", html_copy),
    ("quote_check", quote_check),
    ("bibliography", bibliography),
    ("lock_file", lock_file),
    ("views_file", views_file),
    ("whole", whole),
];

/// Any text between the marks of front matter.
pub fn front_matter(bytes: &[u8]) {
    if let Ok(yaml) = str::from_utf8(bytes) {
        check(&format!("---\n{yaml}\n---\n\nWords [@a].\n"));
    }
}

/// Any body beside two sources and an event; also as the reader sees it.
pub fn body(bytes: &[u8]) {
    let Ok(body) = str::from_utf8(bytes) else {
        return;
    };
    let front = "---\ntitle: T\nsources:\n  wh: {title: R, url: 'https://example.org/wh'}\n  kr: {title: S}\nevents:\n  - {id: call, date: 2025, title: Call, in: 'a phrase'}\n---\n";
    let text = format!("{front}{body}");
    let briefing = check(&text);
    for block in parse::document(&briefing).blocks {
        assert!(text.get(block.span.range()).is_some());
    }
}

/// One evidence line, as it stands under an event's `sources`.
pub fn evidence_line(bytes: &[u8]) {
    let Ok(line) = str::from_utf8(bytes) else {
        return;
    };
    let left = EvidenceLeft::default();
    let file = line.into();
    let scope = evidence_line::Scope {
        file: &file,
        resolve: &|key| (key == "wh").then_some(0),
        suggest: &|_| Some("wh".to_owned()),
        zone: None,
        left: &left,
    };
    let whole = Span::new(0, line.len());
    let mut problems = Vec::new();
    let evidence = evidence_line::parse(line, whole, &scope, &mut problems);
    assert!(line.get(evidence.span.range()).is_some());
    for problem in problems {
        assert!(line.get(problem.span.range()).is_some(), "{problem:?}");
    }
}

/// A date: what is read has its bounds in order and reads the same again; what is not read says what to write.
pub fn date(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let zone = Zone::named("Europe/Kyiv").ok();
    for zone in [None, zone.as_ref()] {
        match Date::parse(text, zone) {
            Ok(date) => {
                if let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) {
                    assert!(earliest < latest, "{date:?}");
                }
                assert!(!date.in_words().is_empty());
                assert_eq!(Date::parse(date.written(), zone).as_ref(), Ok(&date));
            }
            Err(error) => {
                assert!(text.get(error.at.clone()).is_some(), "{error:?}");
                assert!(!error.message.is_empty() && !error.hint.is_empty());
            }
        }
    }
    let (start, end) = text.split_once('\n').unwrap_or((text, ""));
    let _read = Date::between(start, end, zone.as_ref());
}

/// A local copy of a web page, of a Markdown file and of plain text: its words stand where they are said to stand.
pub fn html_copy(bytes: &[u8]) {
    for name in ["a.html", "a.md", "a.txt"] {
        let Ok(copy) = CopyText::new(bytes, name) else {
            continue;
        };
        let text = copy.text();
        let half = text.floor_char_boundary(text.len() / 2);
        for range in [0..text.len(), 0..half, half..text.len()] {
            let in_file = copy.file_range(range);
            assert!(
                in_file.start <= in_file.end && in_file.end <= bytes.len(),
                "{in_file:?}"
            );
        }
    }
}

/// A quotation against a copy, the first line against the rest; what is found stands there.
pub fn quote_check(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let (quote, copy) = text.split_once('\n').unwrap_or((text, text));
    let copy = CopyText::from_text(copy);
    for lang in [None, Some("ru")] {
        let checked = check_quote(quote, lang, &copy, &Context::default());
        for range in checked.found.iter().chain(&checked.parts) {
            assert!(copy.text().get(range.clone()).is_some(), "{checked:?}");
        }
    }
    let words: Vec<String> = quote.split(',').map(str::to_owned).collect();
    let _checked = check_silence(&words, &copy);
}

/// A bibliography in each of its formats.
pub fn bibliography(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    for path in ["a.yml", "a.bib", "a.json"] {
        let (bibliography, problems) = parse::bibliography(path, &text.into());
        for problem in problems {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
        }
        for source in &bibliography.sources {
            assert!(text.get(source.span.range()).is_some(), "{source:?}");
            assert!(bibliography.by_key(&source.key).is_some());
        }
    }
}

/// A lock file: what is read is written so that it reads the same.
pub fn lock_file(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    if let Ok(lock) = Lock::parse(text) {
        let written = lock.to_json();
        assert_eq!(
            Lock::parse(&written).as_ref().ok(),
            Some(&lock),
            "{written}"
        );
    }
}

/// The saved views of a library: what is read and saved again reads the same, and one that is taken out is gone.
pub fn views_file(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(views) = views::from_text(text) else {
        assert!(views::text_with(text, &views::View::default()).is_err());
        return;
    };
    let Some(first) = views.first() else {
        return;
    };
    let saved = views::text_with(text, first).expect("it could be read");
    assert_eq!(views::from_text(&saved).as_ref(), Ok(&views), "{saved}");
    // What has not changed is left as it is written; in another file all of it is written anew.
    let anew = views::text_with("", first).expect("there is nothing else");
    let read = views::from_text(&anew).expect("a file that was written can be read");
    assert_eq!(read, std::slice::from_ref(first), "{anew}");
    let (rest, _) = views::text_without(text, &first.name).expect("it could be read");
    let rest = views::from_text(&rest).expect("a file that was written can be read");
    assert!(rest.iter().all(|view| view.name != first.name), "{rest:?}");
}

/// Any bytes, all the way: text, model, layout, timeline, and every form of the summary that needs no typesetting.
pub fn whole(bytes: &[u8]) {
    let Ok(text) = parse::decode(bytes.to_vec()) else {
        return;
    };
    let briefing = check(&text);
    let _document = parse::document(&briefing);
    let entries: Vec<Entry> = briefing
        .events
        .iter()
        .map(|event| Entry::from_event(event, 0))
        .collect();
    let index = Index::build(&entries, 1);
    assert_eq!(index.len() + index.undated() as usize, entries.len());
    let outcomes: Outcomes = std::iter::empty().collect();
    let copies: BTreeMap<u32, Arc<CopyText>> = BTreeMap::new();
    let unchecked = Checked::bare(Verdict::NoCopy);
    let origins = Origins::new(&briefing.sources);
    let assessments: Vec<_> = briefing
        .statements
        .iter()
        .map(|statement| {
            let evidence = statement.evidence.iter().map(|found| (found, &unchecked));
            let grade = statement.footnote.grade.as_ref();
            Arc::new(assess(evidence, grade, &origins))
        })
        .collect();
    let input = Input {
        path: "a.md".to_owned(),
        briefing: &briefing,
        events: (0..briefing.events.len() as u32).collect(),
        outcomes: &outcomes,
        assessments: &assessments,
        copies: &copies,
        obstacles: &[],
        disputes: &BTreeMap::new(),
        lock: None,
    };
    let summary = Summary::new(&[input], &Selection::all(), &Options::default());
    if let Ok(summary) = summary {
        let page = html::page(&summary, Template::default());
        assert!(!page.contains("<script"), "nothing in it is active");
        let _forms = (
            markdown::text(&summary, Template::default()),
            csv::table(&summary),
            ics::calendar(&summary),
            svg::figure(&summary),
        );
    }
}
