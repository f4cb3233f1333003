//! The document a reader sees.

use super::read_body;
use crate::model::{Block, BlockKind, Document, RunRole};
use crate::parse::body::document;

/// A document as indented lines: one a block, runs with their role.
fn outline(document: &Document) -> String {
    fn runs(runs: &[crate::model::Run]) -> String {
        let shown = runs.iter().map(|run| {
            let mut marks = String::new();
            for (is, mark) in [
                (run.style.bold, "b"),
                (run.style.italic, "i"),
                (run.style.struck, "s"),
                (run.style.code, "c"),
            ] {
                if is {
                    marks.push_str(mark);
                }
            }
            let role = match &run.role {
                RunRole::Text => String::new(),
                RunRole::Break => "break".to_owned(),
                RunRole::Link(target) => format!("{target:?}"),
                RunRole::Citation => "cite".to_owned(),
                RunRole::FootnoteReference { number } => format!("note {number}"),
                RunRole::Image { path } => format!("image {path}"),
            };
            match (marks.as_str(), role.as_str()) {
                ("", "") => run.text.clone(),
                _ => format!("<{marks} {role}|{}>", run.text),
            }
        });
        shown.collect()
    }
    fn blocks(all: &[Block], depth: usize, out: &mut String) {
        for block in all {
            out.push_str(&"  ".repeat(depth));
            match &block.kind {
                BlockKind::Heading {
                    level,
                    index,
                    runs: r,
                } => {
                    out.push_str(&format!("h{level} #{index} {}\n", runs(r)));
                }
                BlockKind::Paragraph(r) => out.push_str(&format!("p {}\n", runs(r))),
                BlockKind::Code { language, text } => {
                    out.push_str(&format!("code {language} {text:?}\n"))
                }
                BlockKind::List { start, items } => {
                    out.push_str(&format!("list {start:?}\n"));
                    for item in items {
                        out.push_str(&format!("{}- {:?}\n", "  ".repeat(depth + 1), item.done));
                        blocks(&item.blocks, depth + 2, out);
                    }
                }
                BlockKind::Quote { alert, blocks: b } => {
                    out.push_str(&format!("quote {alert:?}\n"));
                    blocks(b, depth + 1, out);
                }
                BlockKind::Table {
                    header,
                    rows,
                    comparison,
                    alignments,
                } => {
                    out.push_str(&format!("table {comparison:?} {alignments:?}\n"));
                    for row in std::iter::once(header).chain(rows) {
                        let cells: Vec<_> = row.iter().map(|cell| runs(&cell.runs)).collect();
                        out.push_str(&format!(
                            "{}| {}\n",
                            "  ".repeat(depth + 1),
                            cells.join(" | ")
                        ));
                    }
                }
                BlockKind::Html(html) => out.push_str(&format!("html {html:?}\n")),
                BlockKind::Rule => out.push_str("rule\n"),
            }
        }
    }
    let mut out = String::new();
    blocks(&document.blocks, 0, &mut out);
    for footnote in &document.footnotes {
        out.push_str(&format!("[{}] {}\n", footnote.number, footnote.label));
        blocks(&footnote.blocks, 1, &mut out);
    }
    out
}

#[test]
fn a_document_is_blocks_and_runs() {
    let (briefing, _) = read_body(
        "# A *b*\n\nOne **two [x](#call)** ~~y~~ `z`\\\nnext [@wh, \"q\"] &amp; ![alt *t*](p.png)[^b] @wh.[^a] <!-- c -->\n\n\
         > [!TIP]\n> Note\n\n3. [x] done\n4. a\n   - b\n\n```rust ignore\nfn\n```\n\n<div>\n\n<!-- gone -->\n\n---\n\n\
         | a [@wh] | b [@kremlin] |\n|:-:|---|\n| 1 | 2 |\n\n[^a]: First.\n[^b]: Second.\n[^c]: Never.\n",
    );
    let document = document(&briefing);
    assert_eq!(
        outline(&document),
        "h1 #0 A <i |b>\n\
         p One <b |two ><b Event(0)|x> <s |y> <c |z>< break|>next < cite|[@wh, \"q\"]> & < image p.png|alt t>< note 1|b> < cite|@wh>.< note 2|a> \n\
         quote Some(Tip)\n  p Note\n\
         list Some(3)\n  - Some(true)\n    p done\n  - None\n    p a\n    list None\n      - None\n        p b\n\
         code rust \"fn\\n\"\n\
         html \"<div>\\n\"\n\
         rule\n\
         table Some(0) [Center, None]\n  | a < cite|[@wh]> | b < cite|[@kremlin]>\n  | 1 | 2\n\
         [1] b\n  p Second.\n[2] a\n  p First.\n[3] c\n  p Never.\n"
    );
}

#[test]
fn deep_nesting_is_told_and_read_as_text() {
    let body = format!("{} deep words", ">".repeat(10_000));
    let (briefing, problems) = read_body(&body);
    assert_eq!(
        problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
        ["markdown-too-deep"]
    );
    let text = format!("{:?}", document(&briefing));
    assert!(text.contains("deep words"));
}
