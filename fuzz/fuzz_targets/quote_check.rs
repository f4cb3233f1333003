#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sourceline_fuzz::targets::quote_check(bytes));
