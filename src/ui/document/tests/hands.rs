//! Clicks, drags and keys in the document pane.

use super::*;

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
