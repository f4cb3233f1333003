//! Scrolling: how much is laid out, and what stays where it is.

use super::*;

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

/// The long document, after a jump to its paragraph 1500.
fn far_down() -> Harness<'static, Fixture> {
    let (briefing, document) = long();
    let goal = span(&briefing, "Paragraph 1500: ");
    let mut harness = harness(state_of(briefing, document));
    harness.state_mut().state.jump = Some(Jump {
        serial: 1,
        file: FILE,
        span: goal,
    });
    harness.run_steps(6);
    harness
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
    let harness = far_down();
    let place = harness.get_by_label_contains("Paragraph 1500: ").rect();
    assert!((place.top() - 200.0).abs() < 8.0, "{place:?}");
    let open = harness.state().view.open.as_ref().expect("a document");
    assert!(open.heights.measured_count() < 150);
    assert!(harness.query_by_label_contains("Paragraph 3: ").is_none());
}

/// A jump to the first paragraph, in a pane of this height: where it stands, if it is drawn.
fn first_paragraph_top(height_px: f32) -> Option<f32> {
    let (briefing, document) = long();
    let goal = span(&briefing, "Paragraph 0: ");
    let mut harness = harness(state_of(briefing, document));
    harness.set_size(Vec2::new(420.0, height_px));
    harness.run_steps(4);
    harness.state_mut().state.jump = Some(Jump {
        serial: 1,
        file: FILE,
        span: goal,
    });
    harness.run_steps(6);
    let mut found = harness.query_all_by_label_contains("Paragraph 0: ");
    found.next().map(|node| node.rect().top())
}

#[test]
fn the_first_passage_is_seen_below_the_title_or_without_it() {
    let high = first_paragraph_top(600.0).expect("it is seen");
    assert!(high < 510.0, "{high}");
    for low_px in [150.0, 200.0, 250.0] {
        let low = first_paragraph_top(low_px).expect("it is seen");
        assert!(low < low_px * 0.5, "{low} in {low_px}");
    }
}

#[test]
fn correcting_guesses_does_not_move_what_is_read() {
    let mut harness = far_down();
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
