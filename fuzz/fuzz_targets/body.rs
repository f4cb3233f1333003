#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::{check, parse};

// Any body beside two sources and an event; also as the reader sees it.
fuzz_target!(|body: &str| {
    let front = "---\ntitle: T\nsources:\n  wh: {title: R, url: 'https://example.org/wh'}\n  kr: {title: S}\nevents:\n  - {id: call, date: 2025, title: Call, in: 'a phrase'}\n---\n";
    let text = format!("{front}{body}");
    let briefing = check(&text);
    for block in parse::document(&briefing).blocks {
        assert!(text.get(block.span.range()).is_some());
    }
});
