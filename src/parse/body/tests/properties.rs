//! What holds for any text.

use super::read_with;
use crate::model::{Block, BlockKind};
use crate::parse::body::document;
use crate::span::Span;
use proptest::prelude::*;

fn check_spans(body: &str) -> Result<(), TestCaseError> {
    let (briefing, problems) = read_with(body, &[(0, "a b"), (1, "[^a]")]);
    let inside = |span: Span| {
        prop_assert!(span.start <= span.end);
        prop_assert!(
            span.is_empty() && span.end as usize <= briefing.text.len()
                || briefing.text.get(span.range()).is_some(),
            "{span:?}"
        );
        Ok(())
    };
    for statement in &briefing.statements {
        inside(statement.span)?;
        inside(statement.mark)?;
        prop_assert!(!statement.span.is_empty());
    }
    for (_, evidence) in briefing.all_evidence() {
        inside(evidence.span)?;
        if let Some(quote) = &evidence.quote {
            inside(quote.span)?;
        }
    }
    for pair in briefing.statements.windows(2) {
        prop_assert!(!pair[0].span.overlaps(pair[1].span), "{pair:#?}");
        prop_assert!(pair[0].span.start <= pair[1].span.start, "{pair:#?}");
    }
    for problem in &problems {
        inside(problem.span)?;
    }
    for link in &briefing.links {
        inside(link.span)?;
    }
    for &span in briefing.events.iter().flat_map(|event| &event.passages) {
        inside(span)?;
    }
    for &span in &briefing.unsourced {
        inside(span)?;
    }
    fn blocks(
        all: &[Block],
        inside: &dyn Fn(Span) -> Result<(), TestCaseError>,
    ) -> Result<(), TestCaseError> {
        for block in all {
            inside(block.span)?;
            match &block.kind {
                BlockKind::Paragraph(runs) | BlockKind::Heading { runs, .. } => {
                    for run in runs {
                        inside(run.span)?;
                    }
                }
                BlockKind::List { items, .. } => {
                    for item in items {
                        blocks(&item.blocks, inside)?;
                    }
                }
                BlockKind::Quote { blocks: b, .. } => blocks(b, inside)?,
                _ => {}
            }
        }
        Ok(())
    }
    blocks(&document(&briefing).blocks, &inside)
}

proptest! {
    #[test]
    fn any_text_is_read(body in any::<String>()) {
        check_spans(&body)?;
    }

    #[test]
    fn any_markdown_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "[", "]", "(", ")", "@wh", "[@wh", "[@kremlin]", "; ", "\"", "“", "”", "«", "»", "[^a]", "\n[^a]: ", "\n\n", "\n", "    - says ",
        "- ", "> ", "| ", " |", "\n|---|---|\n", "*", "**", "`", "\\", "&amp;", "é", "слово ", "word ", ". ", "! ", "U.S. ", "<!--", "-->",
        "<!-- no source: x -->", "https://example.org/wh", "[x](#call)", "# ", "{#call}", "[[n|t]]", "\r\n", "\t", "not mentioned: ", "@{",
        "}", "[@wh]: \"one\"\n", "~~", "![", "](p.png)", "<br>", "=", "a b",
    ]), 0..40)) {
        check_spans(&words.concat())?;
    }
}

/// Signs around the words of two statements: each of these once made a statement without words.
#[test]
fn every_statement_has_words_of_its_own() {
    for body in [
        "[[n|t]]`! [@wh]: \"one\"\n`[@wh]: \"one\"\n",
        "@wh; `\r\n![@wh`[@wh",
    ] {
        let checked = check_spans(body);
        assert!(checked.is_ok(), "{body:?}: {checked:?}");
    }
}

/// Each of these once cost the square of its length. The test has no clock: a square would make it endless.
#[test]
fn hostile_text_is_read_all_the_same() {
    const MANY: usize = 5_000;
    let many = |words: &str| words.repeat(MANY);
    let notes: String = (0..MANY).map(|n| format!("[^{n}]: [@wh]\n")).collect();
    let marked: String = (0..MANY).map(|n| format!("x.[^{n}] ")).collect();
    for (body, statements) in [
        (many("["), 0),
        (many("**"), 0),
        (many("[@wh "), 0),
        (many("[see @wh “"), 0),
        (many("@{"), 0),
        (many("word [@wh, p. 2] "), MANY),
        (many("@wh "), MANY),
        (many("[a](https://example.org/wh) "), MANY),
        (many("x[^a] `c` "), 0),
        (many("A. "), 0),
        (
            many("The same sentence stands here again and again, many times. "),
            0,
        ),
        (format!("{marked}\n\n{notes}"), MANY),
        (format!("x [@wh, {}]", many("“")), 1),
        (
            format!("x.[^a]\n\n[^a]: {}", many("says [@wh]: \"\n    ")),
            1,
        ),
        (
            format!(
                "|{}\n|{}\n|{}\n",
                "a [@wh]|".repeat(2000),
                "-|".repeat(2000),
                "\"q\"|".repeat(2000)
            ),
            0,
        ),
    ] {
        let (briefing, problems) = read_with(&body, &[(0, "words that are not there")]);
        assert_eq!(briefing.statements.len(), statements, "{}", &body[..30]);
        assert!(problems.len() <= crate::parse::bounds::MAX_PROBLEMS + 1);
        assert!(!document(&briefing).blocks.is_empty());
    }
}
