#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::evidence::CopyText;

// A local copy of a web page, and of a Markdown file: its words stand where they are said to stand.
fuzz_target!(|bytes: &[u8]| {
    for name in ["a.html", "a.md", "a.txt"] {
        let Ok(copy) = CopyText::new(bytes, name) else {
            continue;
        };
        let text = copy.text();
        let half = text.floor_char_boundary(text.len() / 2);
        for range in [0..text.len(), 0..half, half..text.len()] {
            let in_file = copy.file_range(range);
            assert!(
                in_file.start <= in_file.end && in_file.end <= bytes.len(),
                "{in_file:?}"
            );
        }
    }
});
