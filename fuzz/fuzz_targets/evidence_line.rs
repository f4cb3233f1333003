#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::parse::bounds::EvidenceLeft;
use sourceline_fuzz::parse::evidence_line::{Scope, parse};
use sourceline_fuzz::span::Span;

// One evidence line, as it stands under an event's `sources`.
fuzz_target!(|line: &str| {
    let left = EvidenceLeft::default();
    let file = line.into();
    let scope = Scope {
        file: &file,
        resolve: &|key| (key == "wh").then_some(0),
        suggest: &|_| Some("wh".to_owned()),
        zone: None,
        left: &left,
    };
    let whole = Span::new(0, line.len());
    let mut problems = Vec::new();
    let evidence = parse(line, whole, &scope, &mut problems);
    assert!(line.get(evidence.span.range()).is_some());
    for problem in problems {
        assert!(line.get(problem.span.range()).is_some(), "{problem:?}");
    }
});
