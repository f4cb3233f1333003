#![no_main]

use libfuzzer_sys::fuzz_target;
use sourceline_fuzz::date::{Date, Zone};

// A date: what is read has its bounds in order and reads the same again; what is not read says what to write.
fuzz_target!(|text: &str| {
    let zone = Zone::named("Europe/Kyiv").ok();
    for zone in [None, zone.as_ref()] {
        match Date::parse(text, zone) {
            Ok(date) => {
                if let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) {
                    assert!(earliest < latest, "{date:?}");
                }
                assert!(!date.in_words().is_empty());
                assert_eq!(Date::parse(date.written(), zone).as_ref(), Ok(&date));
            }
            Err(error) => {
                assert!(text.get(error.at.clone()).is_some(), "{error:?}");
                assert!(!error.message.is_empty() && !error.hint.is_empty());
            }
        }
    }
    let (start, end) = text.split_once('\n').unwrap_or((text, ""));
    let _read = Date::between(start, end, zone.as_ref());
});
