#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::evidence::Lock;

// A lock file: what is read is written so that it reads the same.
fuzz_target!(|text: &str| {
    if let Ok(lock) = Lock::parse(text) {
        let written = lock.to_json();
        assert_eq!(
            Lock::parse(&written).as_ref().ok(),
            Some(&lock),
            "{written}"
        );
    }
});
