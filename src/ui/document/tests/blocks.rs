//! What each kind of block looks like to those who look for it by role and label.

use super::*;

#[test]
fn a_citation_is_a_letter_in_the_text_a_name_in_a_sentence_and_in_full_in_a_note() {
    let mut briefing =
        briefing("It ends [@wh, note 2]. @wh adds it.\n\n[^n]: says [@wh, note 9]: more.");
    let source = crate::model::Source {
        key: "wh".into(),
        publisher: Some("White House".into()),
        ..Default::default()
    };
    briefing.sources.push(source.into());
    let mut cited = statement(&briefing, "It ends", "[@wh, note 2]", MarkKind::Citation);
    cited.evidence.push(Evidence {
        key: "wh".into(),
        source: Some(0),
        relation: Default::default(),
        locator: None,
        quote: None,
        details: Default::default(),
        span: Span::default(),
    });
    briefing.statements.push(cited);
    let document = Document {
        blocks: vec![paragraph(vec![
            plain(&briefing, "It ends "),
            run(&briefing, "[@wh, note 2]", RunRole::Citation),
            plain(&briefing, ". "),
            run(&briefing, "@wh adds", RunRole::Citation),
            plain(&briefing, " it."),
        ])],
        footnotes: vec![Footnote {
            label: "n".to_owned(),
            number: 1,
            blocks: vec![paragraph(vec![
                plain(&briefing, "says "),
                run(&briefing, "[@wh, note 9]", RunRole::Citation),
                plain(&briefing, ": more."),
            ])],
            span: span(&briefing, "[^n]"),
        }],
    };
    let mut harness = harness(state_of(briefing, document));
    for words in [
        "It endsa. White House it.",
        "says White House, note 9: more.",
    ] {
        assert!(harness.query_by_label(words).is_some(), "{words}");
    }
    // The list of sources says what the letter means, and selects.
    harness
        .get_by_role_and_label(Role::Button, "Source a")
        .click();
    harness.run();
    assert_eq!(selected(&harness), [Item::Source(FILE, 0)]);
}

#[test]
fn the_marks_of_a_word_stay_on_its_line() {
    let mut briefing = briefing("It ends [@wh; @kr].");
    for key in ["wh", "kr"] {
        let source = crate::model::Source {
            key: key.into(),
            ..Default::default()
        };
        briefing.sources.push(source.into());
    }
    let document = Document {
        blocks: vec![paragraph(vec![
            plain(&briefing, "It ends "),
            run(&briefing, "[@wh; @kr]", RunRole::Citation),
            plain(&briefing, "."),
        ])],
        footnotes: Vec::new(),
    };
    let harness = harness(state_of(briefing, document));
    // With a space at which no line breaks. (Sources that no statement rests on have no letter; their keys stand for them.)
    harness.get_by_label("It endswh\u{a0}kr.");
}

#[test]
fn where_a_comment_stood_one_space_is_left() {
    let briefing = briefing("It is so. <!-- no source: common --> It stays so.");
    let document = Document {
        blocks: vec![paragraph(vec![
            plain(&briefing, "It is so. "),
            plain(&briefing, " It stays so."),
        ])],
        footnotes: Vec::new(),
    };
    let harness = harness(state_of(briefing, document));
    harness.get_by_label("It is so. It stays so.");
}

fn cell(briefing: &Briefing, words: &str) -> Cell {
    Cell {
        runs: vec![plain(briefing, words)],
        span: span(briefing, words),
    }
}

#[test]
fn a_table_shows_its_cells_and_a_wide_one_stays_in_the_pane() {
    let head: Vec<String> = (0..12)
        .map(|at| format!("Wide-header-number-{at}-with-long-word"))
        .collect();
    let row: Vec<String> = (0..12).map(|at| format!("value-{at}-")).collect();
    let briefing = briefing(&format!(
        "| {} |\n|---|\n| {} |",
        head.join(" | "),
        row.join(" | ")
    ));
    let cells = |words: &[String]| words.iter().map(|word| cell(&briefing, word)).collect();
    let document = Document {
        blocks: vec![Block {
            span: Span::new(FRONT.len(), briefing.text.len()),
            kind: BlockKind::Table {
                alignments: vec![ColumnAlignment::Right; 12],
                header: cells(&head),
                rows: vec![cells(&row)],
                comparison: None,
            },
        }],
        footnotes: Vec::new(),
    };
    let harness = harness(state_of(briefing, document));
    let first = harness.get_by_role_and_label(Role::ColumnHeader, &head[0]);
    assert!(first.rect().left() >= 0.0);
    assert!(harness.query_by_label("Move the table sideways").is_some());
    let value = harness.get_by_role_and_label(Role::Cell, "value-0-").rect();
    assert!(value.width() > 0.0 && value.right() <= 900.0, "{value:?}");
}

#[test]
fn every_kind_of_block_is_drawn_and_named() {
    let briefing = briefing("one two three four five six seven eight nine ten");
    let block = |kind: BlockKind| Block {
        span: span(&briefing, "one"),
        kind,
    };
    let words = |needle: &str| paragraph(vec![plain(&briefing, needle)]);
    let item = |done: Option<bool>, blocks: Vec<Block>| ListItem {
        done,
        blocks,
        span: span(&briefing, "two"),
    };
    let nested = block(BlockKind::List {
        start: Some(7),
        items: vec![item(None, vec![words("four")])],
    });
    let document = Document {
        blocks: vec![
            block(BlockKind::List {
                start: None,
                items: vec![
                    item(Some(true), vec![words("three"), nested]),
                    item(Some(false), Vec::new()),
                    item(
                        None,
                        vec![block(BlockKind::Quote {
                            alert: None,
                            blocks: vec![words("five")],
                        })],
                    ),
                ],
            }),
            block(BlockKind::Quote {
                alert: Some(Alert::Warning),
                blocks: vec![words("six")],
            }),
            block(BlockKind::Code {
                language: "rust".to_owned(),
                text: "let seven = 7;\n".repeat(100),
            }),
            block(BlockKind::Html("<b>eight</b>".to_owned())),
            block(BlockKind::Rule),
            paragraph(vec![run(
                &briefing,
                "nine",
                RunRole::Image {
                    path: "nine.png".to_owned(),
                },
            )]),
        ],
        footnotes: Vec::new(),
    };
    let mut harness = harness(state_of(briefing, document));
    for name in [
        "A title",
        "Under it",
        "Handling marking TLP:CLEAR",
        "three",
        "four",
        "five",
        "Warning",
        "six",
    ] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    harness.set_size(Vec2::new(900.0, 4_000.0));
    harness.run();
    assert!(harness.query_by_label("<b>eight</b>").is_some());
    harness.get_by_role_and_label(Role::Image, "nine");
    let asks =
        |action: &Action| matches!(action, Action::NeedPicture(FILE, path) if path == "nine.png");
    assert!(harness.state().actions.iter().any(asks));
}

#[test]
fn without_a_library_the_pane_says_what_to_do() {
    let mut harness = harness(State::new(Settings::default()));
    harness.get_by_label_contains("Open folder").click();
    harness.run();
    let actions = &harness.state().actions;
    assert!(
        actions
            .iter()
            .any(|action| matches!(action, Action::Run(Command::OpenFolder))),
        "{actions:?}"
    );
}

#[test]
fn an_empty_briefing_and_one_not_yet_laid_out_show_their_title() {
    for document in [Some(Document::default()), None] {
        let briefing = briefing("");
        let mut state = state_of(briefing, Document::default());
        state.document = Some(OpenDocument {
            file: FILE,
            document: document.map(Arc::new),
        });
        let harness = harness(state);
        assert!(harness.query_by_label("A title").is_some());
    }
}
