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

mod blocks;
mod hands;
mod scrolling;

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
        evidence: Default::default(),
    }
}

fn event(id: &str, passages: Vec<Span>) -> Event {
    Event {
        id: id.into(),
        date: None,
        title: id.into(),
        summary: None,
        lane: None,
        actors: Default::default(),
        details: Default::default(),
        status: Default::default(),
        importance: None,
        evidence: Default::default(),
        passages: passages.into(),
        span: Span::default(),
    }
}

fn loaded(name: &str, briefing: Briefing) -> Loaded {
    Loaded {
        path: PathBuf::from(name),
        root: std::path::Path::new("").into(),
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
