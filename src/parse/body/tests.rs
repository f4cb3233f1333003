//! What a body means, seen from outside: text in, model out.

mod document;
mod properties;

use super::read;
use crate::model::SourceDetails;
use crate::model::{Briefing, Event, LinkTarget, MarkKind, Relation, Source, Status};
use crate::parse::SourceIndex;
use crate::parse::bounds::EvidenceLeft;
use crate::problem::Problem;
use crate::span::Span;
use crate::text::Text;

/// A briefing with the sources `wh` and `kremlin`, the event `call`, and this body.
fn briefing(body: &str) -> Briefing {
    let source = |key: &str, url: &str, via: Option<&str>| Source {
        key: key.into(),
        url: Some(url.into()),
        details: SourceDetails {
            via: via.map(Text::from),
            ..SourceDetails::default()
        }
        .into(),
        ..Source::default()
    };
    let event = |id: &str| Event {
        id: id.into(),
        date: None,
        title: id.into(),
        summary: None,
        lane: None,
        actors: Default::default(),
        details: Default::default(),
        status: Status::Occurred,
        importance: None,
        evidence: Default::default(),
        passages: Default::default(),
        span: Span::default(),
    };
    // A line of front matter, so that offsets of the body are not those of the file.
    let text: Text = format!("---é---\n{body}").into();
    let body = Span::new("---é---\n".len(), text.len());
    Briefing {
        events: vec![event("call"), event("swap")],
        sources: vec![
            source("wh", "https://example.org/wh", None).into(),
            source(
                "kremlin",
                "https://example.org/k",
                Some("https://via.example/k"),
            )
            .into(),
        ],
        ..Briefing::unread(text, body)
    }
}

fn read_with(body: &str, places: &[(u32, &str)]) -> (Briefing, Vec<Problem>) {
    let mut briefing = briefing(body);
    let mut problems = Vec::new();
    let places = places
        .iter()
        .map(|&(event, place)| (event, place.into(), Span::at(0)))
        .collect();
    let index = SourceIndex::new(&briefing.sources);
    read(
        &mut briefing,
        &index,
        places,
        &EvidenceLeft::default(),
        &mut problems,
    );
    (briefing, problems)
}

fn read_body(body: &str) -> (Briefing, Vec<Problem>) {
    read_with(body, &[])
}

/// Every statement as `id kind "text": relation key locator "quote"; …`.
fn statements(body: &str) -> Vec<String> {
    let (briefing, _) = read_body(body);
    briefing
        .statements
        .iter()
        .map(|statement| {
            let kind = match statement.mark_kind {
                MarkKind::Link => "link",
                MarkKind::Citation => "citation",
                MarkKind::Footnote => "footnote",
            };
            let evidence: Vec<String> = statement
                .evidence
                .iter()
                .map(|evidence| {
                    let mut words = format!("{} {}", evidence.relation.as_str(), evidence.key);
                    if let Some(locator) = &evidence.locator {
                        words.push_str(&format!(" <{locator}>"));
                    }
                    if let Some(quote) = &evidence.quote {
                        words.push_str(&format!(" \"{}\"", quote.text));
                        let found = briefing.words(quote.span);
                        if !found.contains(['\n', '*', '\\', '&']) {
                            assert_eq!(found, quote.text);
                        }
                        if let Some(translation) = &quote.details.translation {
                            words.push_str(&format!(" = \"{translation}\""));
                        }
                    }
                    if !evidence.details.silent_on.is_empty() {
                        words.push_str(&format!(" {:?}", evidence.details.silent_on));
                    }
                    words
                })
                .collect();
            format!(
                "{} {kind} {}: {}",
                statement.id,
                statement.text,
                evidence.join("; ")
            )
        })
        .collect()
}

#[track_caller]
fn states(body: &str, expected: &[&str]) {
    assert_eq!(statements(body), expected, "{body}");
}

#[track_caller]
fn codes(body: &str, expected: &[&str]) {
    let (_, problems) = read_body(body);
    let found: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(found, expected, "{body}\n{problems:#?}");
    for problem in problems {
        assert!(!problem.hint.is_empty());
    }
}

#[test]
fn a_link_to_a_source_is_evidence() {
    states(
        "It began. The [readout](https://example.org/wh/#top) says little. It ended.",
        &["s1 link The readout says little.: supports wh"],
    );
    states(
        "See <https://via.example/k> or http://www.example.org/wh.",
        &[
            "s1 link See https://via.example/k or: supports kremlin",
            "s2 link http://www.example.org/wh.: supports wh",
        ],
    );
    states(
        "The [one](https://example.org/wh) says A, but the [other](https://example.org/k) says B.",
        &[
            "s1 link The one says A, but the: supports wh",
            "s2 link other says B.: supports kremlin",
        ],
    );
    states("The [other](https://elsewhere.example/) says so.", &[]);
}

#[test]
fn citations_are_read_as_pandoc_reads_them() {
    states(
        "It was a first step [@wh, para. 2, \"energy and infrastructure ceasefire\"]. More.",
        &[
            "s1 citation It was a first step: supports wh <para. 2> \"energy and infrastructure ceasefire\"",
        ],
    );
    states(
        "A step [@wh; contradicts @kremlin, \"на 30 дней\" = \"for 30 days\"].",
        &["s1 citation A step: supports wh; contradicts kremlin \"на 30 дней\" = \"for 30 days\""],
    );
    states(
        "A [see @wh, p. 3; p. 5], then B [@disputes:kremlin] and C [-@wh p. 2].",
        &[
            "s1 citation A: mentions wh <p. 3; p. 5>",
            "s2 citation then B: contradicts kremlin",
            "s3 citation and C: supports wh <p. 2>",
        ],
    );
    states(
        "@wh says so. As @kremlin [p. 3] has it, no. Ask bob@wh.org or `@wh` or \\@wh or \\[@wh\\].",
        &[
            "s1 citation @wh says so.: supports wh",
            "s2 citation As @kremlin [p. 3] has it, no.: supports kremlin <p. 3>",
            "s3 citation Ask bob@wh.org or @wh or @wh or [@wh].: supports wh",
        ],
    );
    states(
        "One [@wh]. Two [@wh][].\n\n[@wh]: https://example.org/wh",
        &[
            "s1 citation One: supports wh",
            "s2 citation Two: supports wh",
        ],
    );
}

#[test]
fn a_quotation_may_stand_in_any_marks() {
    for quote in [
        "“a; b ]c”",
        "«a; b ]c»",
        "„a; b ]c“",
        "\"a; b ]c\"",
        "»a; b ]c«",
    ] {
        states(
            &format!("So it is [@wh, p. 1, {quote}; @kremlin]."),
            &["s1 citation So it is: supports wh <p. 1> \"a; b ]c\"; supports kremlin"],
        );
    }
    states(
        "> So [@wh, \"one\n> *two* &amp; \\\"three\\\"\"].",
        &["s1 citation So: supports wh \"one two & \"three\"\""],
    );
}

#[test]
fn a_mark_behind_the_full_stop_belongs_to_the_sentence_before() {
    states(
        "It hit targets. It stopped. [@wh] Then it rained.[^a][^b] He said no.\n\n[^a]: says [@wh]\n[^b]: [@kremlin]",
        &[
            "s1 citation It stopped.: supports wh",
            "a footnote Then it rained.: says wh; supports kremlin",
        ],
    );
    states("[@wh] It began.", &["s1 citation It began.: supports wh"]);
}

#[test]
fn footnotes_with_evidence_make_statements_and_others_do_not() {
    let body = "A first step was agreed: a pause.[^scope] An aside.[^note] Again.[^scope]\n\n\
        [^scope]: Judgement; likely. Confidence: moderate. Both parties, in *different* words.\n    \
        - says [@wh, para. 2]: \"an energy ceasefire\" (by: Leavitt; to: the press; on: 2025-03-18; B2)\n    \
        - [@kremlin]: \"one\"\n    \
        - differs [@kremlin]: \"на 30 дней\" = \"for 30 days\" (lang: ru; tr: ours)\n    \
        - silent [@wh]: prisoner, exchange, mobili*\n\n\
        [^note]: See the annex.\n";
    let evidence = "says wh <para. 2> \"an energy ceasefire\"; supports kremlin \"one\"; \
        differs kremlin \"на 30 дней\" = \"for 30 days\"; silent wh [\"prisoner\", \"exchange\", \"mobili*\"]";
    states(
        body,
        &[
            &format!("scope footnote A first step was agreed: a pause.: {evidence}"),
            &format!("scope-2 footnote Again.: {evidence}"),
        ],
    );
    codes(body, &[]);
    let (briefing, _) = read_body(body);
    let statement = &briefing.statements[0];
    let grade = statement.footnote.grade.as_ref().unwrap();
    assert_eq!(grade.likelihood.as_deref(), Some("likely"));
    assert_eq!(grade.confidence.as_deref(), Some("moderate"));
    assert_eq!(
        statement.footnote.note.as_deref(),
        Some("Both parties, in *different* words.")
    );
    assert_eq!(statement.evidence[0].details.by.as_deref(), Some("Leavitt"));
    let on = statement.evidence[0].details.on.as_ref().unwrap();
    assert_eq!(on.written(), "2025-03-18");
    assert_eq!(statement.evidence[0].details.grade.as_deref(), Some("B2"));
    let quote = statement.evidence[2].quote.as_ref().unwrap();
    assert_eq!(quote.details.lang.as_deref(), Some("ru"));
    assert_eq!(quote.details.translator.as_deref(), Some("ours"));
    assert_eq!(briefing.words(statement.mark), "[^scope]");
}

#[test]
fn lines_of_evidence_need_no_bullets() {
    states(
        "It is so.[^a]\n\n[^a]: Report.\n    says [@wh]: \"one\n    two\"\n    contradicts [@kremlin]\n",
        &["a footnote It is so.: says wh \"one two\"; contradicts kremlin"],
    );
    states(
        "It is so.[^a] And so.[^b]\n\n[^a]: [@wh]: \"one\"\n\n[^b]: As the readout has it [@wh, p. 2].\n",
        &[
            "a footnote It is so.: supports wh \"one\"",
            "b footnote And so.: supports wh <p. 2>",
        ],
    );
}

#[test]
fn long_sentences_without_a_mark_are_unsourced() {
    let long = "This sentence goes on for quite a while and names nobody at all.";
    for (body, expected) in [
        (long.to_owned(), 1),
        (format!("- {long}\n- [x] {long}\n"), 2),
        (format!("> {long}\n"), 0),
        (format!("> [!NOTE]\n> {long}\n"), 1),
        (format!("# {long}\n"), 0),
        (format!("{long} [@wh]"), 0),
        (format!("{long} {long} [@wh]"), 1),
        (format!("{} [a](b.md).", long.trim_end_matches('.')), 0),
        (format!("{long}[^a]\n\n[^a]: An aside.\n"), 1),
        (format!("{long}[^a]\n\n[^a]: <https://x.example>\n"), 0),
        (format!("{long}[^ck]\n\n[^ck]: common knowledge\n"), 0),
        (format!("{long} <!-- no source: seen by all --> {long}"), 1),
        (format!("{long}\n<!-- no source -->\n"), 0),
        (
            format!("<!-- no source: why -->\n\n{long} {long}\n\n{long}"),
            1,
        ),
        (format!("| a |\n|---|\n| {long} |\n"), 0),
        (format!("`{long}`\n\n    {long}\n"), 1),
        ("Short.".to_owned(), 0),
    ] {
        let (briefing, _) = read_body(&body);
        assert_eq!(briefing.unsourced.len(), expected, "{body}");
        for span in &briefing.unsourced {
            assert!(long.starts_with(briefing.words(*span)), "{body}");
        }
    }
    let (briefing, _) = read_body(&format!(
        "{long} <!-- no source: seen by all -->\n\n{long}[^ck]\n\n[^ck]: common knowledge"
    ));
    let reasons: Vec<_> = briefing
        .exempt
        .iter()
        .map(|e| (e.reason.as_str(), briefing.words(e.span)))
        .collect();
    assert_eq!(reasons, [("seen by all", long), ("common knowledge", long)]);
}

#[test]
fn a_table_whose_headers_cite_sources_is_a_comparison() {
    let body = "| Point | White House [@wh] | Kremlin [@kremlin] | Reading |\n|---|---|---|---|\n\
        | Scope | \"energy **and** infrastructure\" | \"на 30 дней\" = \"for 30 days\" (lang: ru) | differs |\n\
        | Aid \\| arms | not mentioned: aid, mobili* | a condition | one-sided |\n\
        | Next | – | see [@wh, p. 2] | |\n";
    let (briefing, problems) = read_body(body);
    assert_eq!(problems, []);
    assert!(briefing.statements.is_empty());
    let comparison = &briefing.comparisons[0];
    assert_eq!(comparison.points_label, "Point");
    assert!(comparison.has_reading);
    let titles: Vec<_> = comparison
        .columns
        .iter()
        .map(|c| (c.title.as_str(), c.source))
        .collect();
    assert_eq!(titles, [("White House", Some(0)), ("Kremlin", Some(1))]);
    let [scope, aid, next] = &comparison.rows[..] else {
        panic!("{comparison:#?}")
    };
    let quote = scope.cells[0].evidence[0].quote.as_ref().unwrap();
    assert_eq!(quote.text, "energy and infrastructure");
    let quote = scope.cells[1].evidence[0].quote.as_ref().unwrap();
    assert_eq!(quote.details.translation.as_deref(), Some("for 30 days"));
    assert_eq!(briefing.words(quote.span), "на 30 дней");
    assert_eq!(scope.reading.as_deref(), Some("differs"));
    assert_eq!(aid.point, "Aid | arms");
    assert_eq!(aid.cells[0].evidence[0].relation, Relation::Silent);
    assert_eq!(
        aid.cells[0].evidence[0].details.silent_on,
        ["aid", "mobili*"]
    );
    assert!(aid.cells[1].evidence[0].quote.is_none());
    assert!(next.cells[0].evidence.is_empty());
    assert_eq!(next.cells[1].evidence.last().unwrap().key, "wh");
    assert_eq!(next.reading, None);
}

#[test]
fn an_ordinary_table_has_ordinary_marks() {
    states(
        "| What | Number |\n|---|---|\n| Wounded | 22 [@wh] |\n",
        &["s1 citation 22: supports wh"],
    );
}

#[test]
fn links_lead_to_events_headings_files_and_notes() {
    let (briefing, problems) = read_body(
        "# The call {#call}\n\n## Other things\n\n## Other things\n\n[a](#call) [b](#other-things) [c](x.md#y) [[n|t]] [d](#other-things-1) [e](#swp)",
    );
    let targets: Vec<_> = briefing
        .links
        .iter()
        .map(|link| link.target.clone())
        .collect();
    assert_eq!(
        targets,
        [
            LinkTarget::Event(0),
            LinkTarget::Heading(1),
            LinkTarget::File {
                path: "x.md".to_owned(),
                anchor: Some("y".to_owned())
            },
            LinkTarget::Note {
                name: "n".to_owned(),
                anchor: None
            },
            LinkTarget::Heading(2),
            LinkTarget::Unknown("swp".to_owned()),
        ]
    );
    assert_eq!(problems[0].hint, "did you mean `#swap`?");
    assert_eq!(briefing.title, "The call");
}

#[test]
fn an_event_has_its_section_its_places_and_its_links() {
    let (briefing, problems) = read_with(
        "Before that, [they spoke](#call). Later on.\n\n## The call {#call}\n\nIt is “a  *first*\nstep” on the way.[^step]\n\n### Sub\n\nx\n\n## Next\n\nMore.\n\n[^step]: [@wh]\n",
        &[
            (1, "[^step]"),
            (1, "\"a first step\" on"),
            (1, "#sub"),
            (0, "#nxt"),
            (0, "not there"),
            (0, "[^stp]"),
        ],
    );
    let passages = |at: usize| -> Vec<&str> {
        let spans = &briefing.events[at].passages;
        spans.iter().map(|span| briefing.words(*span)).collect()
    };
    assert_eq!(
        passages(0),
        [
            "## The call {#call}\n\nIt is “a  *first*\nstep” on the way.[^step]\n\n### Sub\n\nx\n\n",
            "Before that, [they spoke](#call)."
        ]
    );
    assert_eq!(
        passages(1),
        [
            "It is “a  *first*\nstep” on the way.",
            "“a  *first*\nstep” on",
            "### Sub\n\nx\n\n"
        ]
    );
    let codes: Vec<_> = problems.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, ["passage-unknown"; 3]);
    assert_eq!(problems[0].hint, "did you mean `#next`?");
    assert_eq!(problems[2].hint, "did you mean `[^step]`?");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (body, code, place) in [
        ("A step [@wh, p. 2. More.", "citation-unclosed", "[@wh"),
        (
            "A step [@wh, \"energy]. More.",
            "quote-unclosed",
            "\"energy",
        ),
        ("A step [@kremln].", "source-unknown", "kremln"),
        ("A step [claims @wh].", "evidence-relation", "claims"),
        ("A step.[^none]", "footnote-undefined", "[^none]"),
        ("A step.\n\n[^u]: [@wh]", "footnote-unused", "[^u]:"),
        ("A [step](#nowhere).", "link-unknown", "[step](#nowhere)"),
        (
            "A.[^a]\n\n[^a]: claims [@wh]: \"x\"",
            "evidence-relation",
            "claims",
        ),
        (
            "A.[^a]\n\n[^a]: [@wh]: \"x\" (buy: Y)",
            "evidence-syntax",
            "buy: Y",
        ),
        (
            "A.[^a]\n\n[^a]: [@wh] (on: 2025-02-30)",
            "date-impossible",
            "2025-02-30",
        ),
        ("As @kremln says.", "source-unknown", "@kremln"),
    ] {
        let (briefing, problems) = read_body(body);
        let found: Vec<_> = problems
            .iter()
            .map(|p| (p.code.as_str(), briefing.words(p.span)))
            .collect();
        assert_eq!(found, [(code, place)], "{body}");
    }
    assert_eq!(
        read_body("[@kremln]").1[0].hint,
        "did you mean `kremlin`? otherwise define `kremln` under `sources`"
    );
}
