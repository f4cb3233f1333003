//! The pane as a reader and a screen reader meet it: by role and label, without a GPU.

use super::{DocumentView, show};
use crate::command::Command;
use crate::library::Loaded;
use crate::model::{
    Alert, Block, BlockKind, Briefing, Cell, ColumnAlignment, Document, Event, Evidence, FileId,
    Footnote, Heading, Item, LinkTarget, ListItem, MarkKind, Run, RunRole, Statement,
};
use crate::parse;
use crate::span::Span;
use crate::state::{Action, Jump, OpenDocument, Settings, State};
use egui::{Key, Role, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::path::PathBuf;
use std::sync::Arc;

struct Fixture {
    state: State,
    view: DocumentView,
    actions: Vec<Action>,
    has_fonts: bool,
}

const FILE: FileId = FileId(0);

/// The front matter of all texts here, so that spans are not those of the body alone.
const FRONT: &str = "---\ntitle: A title\nsubtitle: Under it\nmarking: TLP:CLEAR\n---\n\n";

/// A briefing without statements, to be filled by hand.
fn briefing(body: &str) -> Briefing {
    let context = parse::Context {
        file_name: "a.md",
        bibliography: &|_| Err(parse::BibliographyFault::Missing),
        shared: None,
    };
    let text = format!("{FRONT}{body}").into();
    let (mut briefing, _) = parse::briefing(text, &context);
    briefing.statements.clear();
    briefing.headings.clear();
    briefing.events.clear();
    briefing.links.clear();
    briefing
}

/// Where `needle` stands in the text.
fn span(briefing: &Briefing, needle: &str) -> Span {
    let start = briefing
        .text
        .find(needle)
        .expect("the words are in the text");
    Span::new(start, start + needle.len())
}

fn run(briefing: &Briefing, needle: &str, role: RunRole) -> Run {
    Run {
        text: needle.to_owned(),
        span: span(briefing, needle),
        style: Default::default(),
        role,
    }
}

fn plain(briefing: &Briefing, needle: &str) -> Run {
    run(briefing, needle, RunRole::Text)
}

fn paragraph(runs: Vec<Run>) -> Block {
    let span = runs.iter().map(|run| run.span).reduce(Span::union);
    Block {
        span: span.unwrap_or_default(),
        kind: BlockKind::Paragraph(runs),
    }
}

/// Paragraphs separated by empty lines, one run each.
fn paragraphs(briefing: &Briefing) -> Document {
    let mut start = FRONT.len();
    let mut blocks = Vec::new();
    for part in briefing.text[FRONT.len()..].split("\n\n") {
        let span = Span::new(start, start + part.len());
        blocks.push(paragraph(vec![Run {
            text: part.to_owned(),
            span,
            style: Default::default(),
            role: RunRole::Text,
        }]));
        start += part.len() + 2;
    }
    Document {
        blocks,
        footnotes: Vec::new(),
    }
}

fn statement(briefing: &Briefing, words: &str, mark: &str, mark_kind: MarkKind) -> Statement {
    Statement {
        id: format!("s{}", briefing.statements.len() + 1).into(),
        text: words.into(),
        footnote: Default::default(),
        span: span(briefing, words),
        mark: span(briefing, mark),
        mark_kind,
        evidence: Vec::<Evidence>::new(),
    }
}

fn event(id: &str, passages: Vec<Span>) -> Event {
    Event {
        id: id.into(),
        date: None,
        title: id.into(),
        summary: None,
        lane: None,
        actors: Vec::new(),
        details: Default::default(),
        status: Default::default(),
        importance: None,
        evidence: Vec::new(),
        passages,
        span: Span::default(),
    }
}

fn loaded(name: &str, briefing: Briefing) -> Loaded {
    Loaded {
        path: PathBuf::from(name),
        root: PathBuf::new(),
        name: name.to_owned(),
        briefing: Arc::new(briefing),
        problems: Arc::from([]),
        places: Arc::from([]),
    }
}

fn state_of(briefing: Briefing, document: Document) -> State {
    let mut state = State::new(Settings::default());
    state.library.add([loaded("a.md", briefing)]);
    state.document = Some(OpenDocument {
        file: FILE,
        document: Some(Arc::new(document)),
    });
    state
}

fn harness(state: State) -> Harness<'static, Fixture> {
    let fixture = Fixture {
        state,
        view: DocumentView::default(),
        actions: Vec::new(),
        has_fonts: false,
    };
    let mut harness = Harness::builder()
        .with_size(Vec2::new(900.0, 600.0))
        // Our fonts have no Arabic; the system supplies it, but not to a test.
        .allow_missing_glyphs()
        .build_ui_state(
            |ui, fixture: &mut Fixture| {
                if !std::mem::replace(&mut fixture.has_fonts, true) {
                    // Fonts are there from the next frame on.
                    crate::ui::theme::install(ui.ctx());
                    ui.request_repaint();
                    return;
                }
                let Fixture {
                    state,
                    view,
                    actions,
                    ..
                } = fixture;
                show(ui, state, view, actions);
            },
            fixture,
        );
    harness.run();
    harness
}

fn selected(harness: &Harness<'_, Fixture>) -> Vec<Item> {
    let actions = harness.state().actions.iter();
    actions
        .filter_map(|action| match action {
            Action::SelectHere(item) => Some(*item),
            _ => None,
        })
        .collect()
}

/// One statement between other words, marked by a citation.
fn with_statement() -> (Briefing, Document) {
    let mut briefing = briefing("Before it. The leaders agreed [@wh]. And after.");
    briefing.statements.push(statement(
        &briefing,
        "The leaders agreed",
        "[@wh]",
        MarkKind::Citation,
    ));
    let document = Document {
        blocks: vec![paragraph(vec![
            plain(&briefing, "Before it. The leaders agreed "),
            run(&briefing, "[@wh]", RunRole::Citation),
            plain(&briefing, ". And after."),
        ])],
        footnotes: Vec::new(),
    };
    (briefing, document)
}

#[test]
fn a_click_on_a_statement_selects_it_and_a_click_beside_it_does_not() {
    let (briefing, document) = with_statement();
    let mut harness = harness(state_of(briefing, document));
    let name = "Statement: The leaders agreed (no source)";
    let rect = harness.get_by_label(name).rect();
    harness.get_by_label(name).click();
    harness.run();
    assert_eq!(selected(&harness), [Item::Statement(FILE, 0)]);
    harness.state_mut().actions.clear();
    // Words before the statement belong to nothing.
    harness.drag_at(egui::pos2(rect.left() - 20.0, rect.center().y));
    harness.drop_at(egui::pos2(rect.left() - 20.0, rect.center().y));
    harness.run();
    assert_eq!(selected(&harness), []);
}

#[test]
fn dragging_over_a_statement_selects_text_and_not_the_statement() {
    let (briefing, document) = with_statement();
    let mut harness = harness(state_of(briefing, document));
    let rect = harness
        .get_by_label("Statement: The leaders agreed (no source)")
        .rect();
    harness.drag_at(rect.left_center() + Vec2::new(2.0, 0.0));
    harness.run_steps(1);
    harness.hover_at(rect.right_center() - Vec2::new(2.0, 0.0));
    harness.run_steps(1);
    harness.drop_at(rect.right_center() - Vec2::new(2.0, 0.0));
    harness.run_steps(2);
    assert_eq!(selected(&harness), []);
    harness.event(egui::Event::Copy);
    harness.step();
    let copied =
        harness
            .output()
            .platform_output
            .commands
            .iter()
            .find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
    assert!(
        copied
            .as_deref()
            .is_some_and(|text| text.contains("leaders")),
        "{copied:?}"
    );
}

#[test]
fn the_keyboard_selects_a_statement_and_goes_on_to_its_source() {
    let (briefing, document) = with_statement();
    let mut harness = harness(state_of(briefing, document));
    let name = "Statement: The leaders agreed (no source)";
    harness.get_by_label(name).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(selected(&harness), [Item::Statement(FILE, 0)]);
    harness.state_mut().state.selection = Some(Item::Statement(FILE, 0));
    harness.key_press(Key::Enter);
    harness.run();
    let actions = &harness.state().actions;
    assert!(
        actions
            .iter()
            .any(|action| matches!(action, Action::Run(Command::OpenSource))),
        "{actions:?}"
    );
}

#[test]
fn pointing_at_a_mark_hovers_its_statement_and_opens_the_card() {
    let (mut briefing, document) = with_statement();
    briefing.statements[0].footnote.note = Some("What the author adds".into());
    let mut harness = harness(state_of(briefing, document));
    let rect = harness
        .get_by_label("Statement: The leaders agreed (no source)")
        .rect();
    // The mark follows the statement at once.
    harness.hover_at(rect.right_center() + Vec2::new(4.0, -4.0));
    harness.run_steps(3);
    let hovers = |action: &Action| matches!(action, Action::Hover(Some(Item::Statement(FILE, 0))));
    assert!(harness.state().actions.iter().any(hovers));
    assert!(harness.query_by_label("What the author adds").is_some());
}

#[test]
fn a_click_on_a_link_follows_it() {
    let briefing = briefing("See the readout of it.");
    let target = LinkTarget::Address("https://example.org/".to_owned());
    let document = Document {
        blocks: vec![paragraph(vec![
            plain(&briefing, "See the "),
            run(&briefing, "readout", RunRole::Link(target.clone())),
            plain(&briefing, " of it."),
        ])],
        footnotes: Vec::new(),
    };
    let mut harness = harness(state_of(briefing, document));
    harness.get_by_role_and_label(Role::Link, "readout").click();
    harness.run();
    let followed = harness
        .state()
        .actions
        .iter()
        .find_map(|action| match action {
            Action::FollowLink(file, target) => Some((*file, target.clone())),
            _ => None,
        });
    assert_eq!(followed, Some((FILE, target)));
}

#[test]
fn a_click_on_a_heading_selects_the_event_that_it_owns() {
    let mut briefing = briefing("## The call\n\nWords.");
    let heading = span(&briefing, "## The call");
    let section = Span::new(heading.start as usize, briefing.text.len());
    briefing.headings.push(Heading {
        level: 2,
        id: "call".into(),
        text: "The call".into(),
        span: heading,
        section,
    });
    briefing.events.push(event("call", vec![section]));
    let document = Document {
        blocks: vec![
            Block {
                span: heading,
                kind: BlockKind::Heading {
                    level: 2,
                    index: 0,
                    runs: vec![plain(&briefing, "The call")],
                },
            },
            paragraph(vec![plain(&briefing, "Words.")]),
        ],
        footnotes: Vec::new(),
    };
    let mut harness = harness(state_of(briefing, document));
    harness
        .get_by_role_and_label(Role::Heading, "The call")
        .click();
    harness.run();
    assert_eq!(selected(&harness), [Item::Event(FILE, 0)]);
}

/// As many paragraphs as a long book has.
fn long() -> (Briefing, Document) {
    let body: Vec<String> = (0..2_000)
        .map(|at| {
            format!(
                "Paragraph {at}: {}",
                "some words that fill a line or two, ".repeat(at % 12 + 1)
            )
        })
        .collect();
    let briefing = briefing(&body.join("\n\n"));
    let document = paragraphs(&briefing);
    (briefing, document)
}

#[test]
fn only_what_is_in_view_is_laid_out() {
    let (briefing, document) = long();
    let harness = harness(state_of(briefing, document));
    let open = harness.state().view.open.as_ref().expect("a document");
    assert!(open.leaves.leaves.len() > 2_000);
    assert!(open.cache.len() < 40, "{} leaves", open.cache.len());
    assert!(open.heights.measured_count() < 60);
}

#[test]
fn a_jump_brings_a_far_passage_to_a_third_of_the_height() {
    let (briefing, document) = long();
    let goal = span(&briefing, "Paragraph 1500: ");
    let mut harness = harness(state_of(briefing, document));
    harness.state_mut().state.jump = Some(Jump {
        serial: 1,
        file: FILE,
        span: goal,
    });
    harness.run_steps(6);
    let place = harness.get_by_label_contains("Paragraph 1500: ").rect();
    assert!((place.top() - 200.0).abs() < 8.0, "{place:?}");
    let open = harness.state().view.open.as_ref().expect("a document");
    assert!(open.heights.measured_count() < 150);
    assert!(harness.query_by_label_contains("Paragraph 3: ").is_none());
}

#[test]
fn correcting_guesses_does_not_move_what_is_read() {
    let (briefing, document) = long();
    let goal = span(&briefing, "Paragraph 1500: ");
    let mut harness = harness(state_of(briefing, document));
    harness.state_mut().state.jump = Some(Jump {
        serial: 1,
        file: FILE,
        span: goal,
    });
    harness.run_steps(6);
    // Scrolling up brings in paragraphs whose heights were guesses.
    for _ in 0..10 {
        let before = harness.get_by_label_contains("Paragraph 1500: ").rect();
        let open = harness.state_mut().view.open.as_mut().expect("a document");
        open.scroll.scroll_by(-30.0);
        harness.run_steps(2);
        let after = harness.get_by_label_contains("Paragraph 1500: ").rect();
        assert!(
            (after.top() - before.top() - 30.0).abs() < 1.5,
            "{before:?} {after:?}"
        );
        if after.top() > 540.0 {
            break;
        }
    }
}

#[test]
fn another_width_keeps_the_place() {
    let (briefing, document) = long();
    let goal = span(&briefing, "Paragraph 700: ");
    let mut harness = harness(state_of(briefing, document));
    harness.state_mut().state.jump = Some(Jump {
        serial: 1,
        file: FILE,
        span: goal,
    });
    harness.run_steps(6);
    let leaf = |harness: &Harness<'_, Fixture>| {
        let open = harness.state().view.open.as_ref().expect("a document");
        open.scroll.place.leaf
    };
    let before = leaf(&harness);
    harness.set_size(Vec2::new(420.0, 600.0));
    harness.run_steps(4);
    assert_eq!(leaf(&harness), before);
}

#[test]
fn page_keys_scroll_and_the_place_is_kept_per_file() {
    let (first, document) = long();
    let (second, other) = long();
    let mut state = state_of(first, document);
    let shown = state.document.clone();
    state.library.add([loaded("b.md", second)]);
    let mut harness = harness(state);
    for _ in 0..3 {
        harness.key_press(Key::PageDown);
        harness.run_steps(2);
    }
    let place = |harness: &Harness<'_, Fixture>| {
        let open = harness.state().view.open.as_ref().expect("a document");
        open.scroll.place
    };
    let before = place(&harness);
    assert!(before.leaf > 5, "{before:?}");
    harness.state_mut().state.document = Some(OpenDocument {
        file: FileId(1),
        document: Some(Arc::new(other)),
    });
    harness.run_steps(2);
    assert_eq!(place(&harness).leaf, 0);
    harness.state_mut().state.document = shown;
    harness.run_steps(2);
    assert_eq!(place(&harness).leaf, before.leaf);
}

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

/// What a frame costs must not follow from how long the document is.
#[test]
fn scrolling_a_long_document_lays_out_a_few_leaves_a_frame() {
    let (briefing, document) = long();
    let mut harness = harness(state_of(briefing, document));
    let mut before = 0;
    for _ in 0..20 {
        let open = harness.state_mut().view.open.as_mut().expect("a document");
        open.scroll.scroll_by(500.0);
        harness.run_steps(1);
        let open = harness.state().view.open.as_ref().expect("a document");
        let measured = open.heights.measured_count();
        assert!(measured - before < 60, "{before} {measured}");
        assert!(open.cache.len() < 60);
        before = measured;
    }
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
fn a_block_of_right_to_left_letters_is_one_target() {
    let mut briefing = briefing("\u{645}\u{631}\u{62d}\u{628}\u{627} [@wh].");
    briefing.statements.push(statement(
        &briefing,
        "\u{645}\u{631}\u{62d}\u{628}\u{627}",
        "[@wh]",
        MarkKind::Citation,
    ));
    let document = Document {
        blocks: vec![paragraph(vec![
            plain(&briefing, "\u{645}\u{631}\u{62d}\u{628}\u{627} "),
            run(&briefing, "[@wh]", RunRole::Citation),
            plain(&briefing, "."),
        ])],
        footnotes: Vec::new(),
    };
    let mut harness = harness(state_of(briefing, document));
    let block =
        harness.get_by_role_and_label(Role::Paragraph, "\u{645}\u{631}\u{62d}\u{628}\u{627}wh.");
    let rect = block.rect();
    // Far from any letter, but inside the block.
    harness.drag_at(rect.right_center() - Vec2::new(3.0, 0.0));
    harness.drop_at(rect.right_center() - Vec2::new(3.0, 0.0));
    harness.run();
    assert_eq!(selected(&harness), [Item::Statement(FILE, 0)]);
}

#[test]
fn a_footnote_leads_there_and_back() {
    let briefing = briefing("First words[^n].\n\n[^n]: The note itself.");
    let document = Document {
        blocks: vec![paragraph(vec![
            plain(&briefing, "First words"),
            run(&briefing, "[^n]", RunRole::FootnoteReference { number: 1 }),
            plain(&briefing, "."),
        ])],
        footnotes: vec![Footnote {
            label: "n".to_owned(),
            number: 1,
            blocks: vec![paragraph(vec![plain(&briefing, "The note itself.")])],
            span: span(&briefing, "[^n]: The note itself."),
        }],
    };
    let mut harness = harness(state_of(briefing, document));
    assert!(harness.query_by_label("The note itself.").is_some());
    harness.get_by_role_and_label(Role::Link, "Note 1").click();
    harness.run_steps(5);
    assert_eq!(
        selected(&harness),
        [],
        "an ordinary footnote is no statement"
    );
    let open = harness.state().view.open.as_ref().expect("a document");
    assert!(
        open.lit
            .is_some_and(|lit| lit.overlaps(span(&open.briefing, "The note itself.")))
    );
    harness
        .get_by_role_and_label(Role::Link, "Note 1: back to the text")
        .click();
    harness.run_steps(5);
    let open = harness.state().view.open.as_ref().expect("a document");
    assert_eq!(open.lit, Some(span(&open.briefing, "[^n]")));
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
