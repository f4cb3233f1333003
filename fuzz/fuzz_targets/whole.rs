#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::evidence::{Checked, CopyText, Origins, Verdict, assess};
use sourceline_fuzz::summary::{
    Input, Options, Selection, Summary, Template, csv, html, ics, markdown, svg,
};
use sourceline_fuzz::timeline::{Entry, Index};
use sourceline_fuzz::{check, parse};
use std::collections::BTreeMap;
use std::sync::Arc;

// Any bytes, all the way: text, model, layout, timeline, and every form of the summary that needs no typesetting.
fuzz_target!(|bytes: &[u8]| {
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
    let outcomes: BTreeMap<_, Checked> = BTreeMap::new();
    let copies: BTreeMap<u32, Arc<CopyText>> = BTreeMap::new();
    let unchecked = Checked::bare(Verdict::NoCopy);
    let origins = Origins::new(&briefing.sources);
    let assessments: Vec<_> = briefing
        .statements
        .iter()
        .map(|statement| {
            let evidence = statement.evidence.iter().map(|found| (found, &unchecked));
            assess(evidence, statement.footnote.grade.as_ref(), &origins)
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
});
