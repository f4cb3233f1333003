#![no_main]

use libfuzzer_sys::fuzz_target;

// Any text between the marks of front matter.
fuzz_target!(|yaml: &str| {
    sourceline_fuzz::check(&format!("---\n{yaml}\n---\n\nWords [@a].\n"));
});
