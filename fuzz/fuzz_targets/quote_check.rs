#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::evidence::{Context, CopyText, check, check_silence};

// A quotation against a copy, the first line against the rest; what is found stands there.
fuzz_target!(|text: &str| {
    let (quote, copy) = text.split_once('\n').unwrap_or((text, text));
    let copy = CopyText::from_text(copy);
    for lang in [None, Some("ru")] {
        let checked = check(quote, lang, &copy, &Context::default());
        for range in checked.found.iter().chain(&checked.parts) {
            assert!(copy.text().get(range.clone()).is_some(), "{checked:?}");
        }
    }
    let words: Vec<String> = quote.split(',').map(str::to_owned).collect();
    let _checked = check_silence(&words, &copy);
});
