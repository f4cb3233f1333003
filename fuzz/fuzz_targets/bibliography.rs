#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::parse::bibliography;

// A bibliography in each of its formats.
fuzz_target!(|text: &str| {
    for path in ["a.yml", "a.bib", "a.json"] {
        let (bibliography, problems) = bibliography(path, &text.into());
        for problem in problems {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
        }
        for source in &bibliography.sources {
            assert!(text.get(source.span.range()).is_some(), "{source:?}");
            assert!(bibliography.by_key(&source.key).is_some());
        }
    }
});
