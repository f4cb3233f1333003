//! What holds for every date that can be written.

use crate::date::{
    CivilDate, Date, DateErrorKind, Instant, Precision, Resolved, Zone, civil_from_days,
    days_from_civil, duration_words,
};
use proptest::prelude::*;

fn year() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..10_000).prop_map(|year| format!("{year:04}")),
        1 => (1..10_000).prop_map(|year| format!("-{year:04}")),
    ]
}

fn qualifier() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just(""), 1 => Just("~"), 1 => Just("?"), 1 => Just("%")]
}

fn day() -> impl Strategy<Value = String> {
    (year(), 1..13, 1..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn clock() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..24, 0..60).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
        (0..24, 0..60, 0..60)
            .prop_map(|(hour, minute, second)| format!("{hour:02}:{minute:02}:{second:02}")),
        (0..24, 0..60, 0..60, 0..1000).prop_map(|(hour, minute, second, ms)| format!(
            "{hour:02}:{minute:02}:{second:02}.{ms:03}"
        )),
    ]
}

fn designator() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("Z".to_owned()),
        Just("[Asia/Tokyo]".to_owned()),
        Just("-04:00[Etc/GMT+4]".to_owned()),
        (0..14, 0..60).prop_map(|(hours, minutes)| format!("+{hours:02}:{minutes:02}")),
        (0..12).prop_map(|hours| format!("-{hours:02}")),
    ]
}

/// One date that exists, with qualifiers. Boxed, since strategies of strategies outgrow the stack of a test.
fn point() -> BoxedStrategy<String> {
    let bare = prop_oneof![
        2 => year(),
        2 => (year(), 1..13).prop_map(|(year, month)| format!("{year}-{month:02}")),
        3 => day(),
        3 => (day(), clock(), designator())
            .prop_map(|(day, clock, designator)| format!("{day}T{clock}{designator}")),
        1 => (day(), clock()).prop_map(|(day, clock)| format!("{day} {clock}")),
        1 => (year(), 21..25).prop_map(|(year, season)| format!("{year}-{season}")),
        1 => (10_000_i64..292_000_000).prop_map(|year| format!("Y{year}")),
        1 => (10_000_i64..292_000_000).prop_map(|year| format!("Y-{year}")),
        1 => pattern(),
    ];
    (bare, qualifier())
        .prop_map(|(bare, qualifier)| format!("{bare}{qualifier}"))
        .boxed()
}

/// One date with unspecified digits.
fn pattern() -> impl Strategy<Value = String> {
    (day(), 1_u32..256).prop_map(|(mut day, unspecified)| {
        let digits: Vec<_> = day
            .char_indices()
            .filter(|(_, letter)| letter.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        for (index, at) in digits.into_iter().enumerate() {
            if unspecified & (1 << index) != 0 {
                day.replace_range(at..=at, "X");
            }
        }
        day
    })
}

fn date() -> BoxedStrategy<String> {
    let end = || prop_oneof![6 => point(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    let member = || {
        prop_oneof![
            2 => point(),
            1 => (point(), point()).prop_map(|(first, last)| format!("{first}..{last}")),
        ]
    };
    prop_oneof![
        4 => point(),
        3 => (end(), end()).prop_map(|(start, end)| format!("{start}/{end}")),
        1 => (day(), clock(), designator(), clock())
            .prop_map(|(day, start, zone, end)| format!("{day}T{start}{zone}/{end}")),
        2 => proptest::collection::vec(member(), 1..4)
            .prop_map(|members| format!("[{}]", members.join(","))),
        1 => point().prop_map(|point| format!("[..{point}]")),
        1 => point().prop_map(|point| format!("[{point}..]")),
    ]
    .boxed()
}

/// Whether the bounds of one date hold those of another.
fn holds(outer: &Date, inner: &Date) -> bool {
    outer.earliest() <= inner.earliest() && inner.latest() <= outer.latest()
}

/// Reads ISO 8601 in UTC back, year first.
fn instant_from_iso_utc(iso: &str) -> Option<Instant> {
    let (date, time) = iso.strip_suffix('Z')?.split_once('T')?;
    let mut fields = date.rsplitn(3, '-');
    let day = fields.next()?.parse().ok()?;
    let month = fields.next()?.parse().ok()?;
    let year = fields.next()?.parse().ok()?;
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut seconds = 0;
    for field in clock.split(':') {
        seconds = seconds * 60 + field.parse::<i64>().ok()?;
    }
    let days = days_from_civil(CivilDate { year, month, day });
    let ms = i128::from(days) * 86_400_000
        + i128::from(seconds) * 1000
        + fraction.parse::<i128>().ok()?;
    i64::try_from(ms).ok().map(Instant)
}

proptest! {
    #[test]
    fn what_was_written_is_kept(text in date()) {
        match Date::parse(&text, None) {
            Ok(date) => {
                prop_assert_eq!(date.to_string(), text.as_str());
                prop_assert_eq!(Date::parse(&date.to_string(), None), Ok(date.clone()));
                prop_assert!(!date.in_words().is_empty());
                if let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) {
                    prop_assert!(earliest < latest, "{}", text);
                }
            }
            Err(error) => {
                // The parts exist; only together they may not.
                let expected = match error.kind {
                    DateErrorKind::Reversed => true,
                    DateErrorKind::Impossible => text.contains('X'),
                    DateErrorKind::Syntax => ["/", "../", "/..", "../.."].contains(&text.as_str()),
                    _ => false,
                };
                prop_assert!(expected, "{}: {:?}", text, error);
                prop_assert!(!error.hint.is_empty());
            }
        }
    }

    #[test]
    fn bounds_hold_every_reading(text in pattern(), filler in any::<u64>()) {
        let mut filler = filler;
        let reading: String = text
            .chars()
            .map(|letter| {
                if letter != 'X' {
                    return letter;
                }
                let digit = char::from(b'0' + (filler % 10) as u8);
                filler /= 10;
                digit
            })
            .collect();
        for length in [4, 7, 10].map(|length| length + usize::from(text.starts_with('-'))) {
            // `X3` is a month; that 23 is a season does not make it one.
            let inner = Date::parse(&reading[..length], None);
            if let Ok(inner) = inner
                && inner.precision() != Precision::Season
            {
                let outer = Date::parse(&text[..length], None).unwrap();
                prop_assert!(holds(&outer, &inner), "{} in {}", reading, text);
            }
        }
    }

    #[test]
    fn a_range_holds_its_ends(start in point(), end in point()) {
        // Days beside times are days on the same clock, so only ends without times are compared.
        if start.contains(':') || end.contains(':') {
            return Ok(());
        }
        let range = Date::parse(&format!("{start}/{end}"), None);
        let ends = (Date::parse(&start, None), Date::parse(&end, None));
        if let (Ok(range), (Ok(start), Ok(end))) = (range, ends) {
            prop_assert_eq!(range.earliest(), start.earliest());
            prop_assert_eq!(range.latest(), end.latest());
            prop_assert_eq!(range.precision(), start.precision().min(end.precision()));
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in r"[-0-9XTYZ:/.,\[\]~?% +−a-zé]{0,24}", other in any::<String>()) {
        let zone = Zone::named("America/New_York").unwrap();
        for text in [&text, &other] {
            for result in [
                Date::parse(text, None),
                Date::parse(text, Some(&zone)),
                Date::between(text, "2025", None),
                Date::between("2025-03-18T10:00", text, None),
            ] {
                match result {
                    Ok(date) => prop_assert!(!date.in_words_at(&zone).is_empty()),
                    Err(error) => prop_assert!(!error.message.is_empty() && !error.hint.is_empty()),
                }
            }
            if let Err(error) = Date::parse(text, None) {
                prop_assert!(text.get(error.at.clone()).is_some(), "{:?} of {:?}", error.at, text);
            }
        }
    }

    #[test]
    fn what_a_hint_says_can_be_read(text in r"[0-9]{1,4}[-./][0-9]{1,4}([-./][0-9]{1,4})?") {
        if let Err(error) = Date::parse(&text, None) {
            for written in error.hint.split('`').skip(1).step_by(2) {
                prop_assert!(Date::parse(written, None).is_ok(), "{}: {}", text, error.hint);
            }
        }
    }

    #[test]
    fn the_order_is_one(texts in proptest::collection::vec(date(), 3)) {
        let dates: Vec<_> = texts.iter().filter_map(|text| Date::parse(text, None).ok()).collect();
        for a in &dates {
            prop_assert_eq!(a.compare(a), std::cmp::Ordering::Equal);
            for b in &dates {
                prop_assert_eq!(a.compare(b), b.compare(a).reverse());
                for c in &dates {
                    if a.compare(b).is_le() && b.compare(c).is_le() {
                        prop_assert!(a.compare(c).is_le());
                    }
                }
            }
        }
    }

    #[test]
    fn iso_goes_both_ways(ms in any::<i64>(), near in -100_000_000_000_000_i64..300_000_000_000_000) {
        for instant in [Instant(ms), Instant(near)] {
            prop_assert_eq!(instant_from_iso_utc(&instant.to_iso_utc()), Some(instant));
        }
    }

    #[test]
    fn clocks_and_moments_go_both_ways(ms in any::<i64>(), near in -5_000_000_000_000_i64..9_000_000_000_000) {
        for zone in ["America/New_York", "Europe/Kyiv", "Australia/Lord_Howe", "Asia/Kathmandu"] {
            let zone = Zone::named(zone).unwrap();
            for instant in [Instant(near), Instant(ms / 2)] {
                let found = match zone.instant(zone.civil(instant)) {
                    Resolved::Unique(candidate) => vec![candidate.instant],
                    Resolved::Fold { first, second } => vec![first.instant, second.instant],
                    Resolved::Gap { before, after } => panic!("{before:?} {after:?}"),
                };
                prop_assert!(found.contains(&instant));
            }
            // At the very ends the clock is cut, but nothing fails.
            zone.instant(zone.civil(Instant(ms)));
        }
    }

    #[test]
    fn lengths_of_days_have_words(days in 2_i64..60) {
        prop_assert_eq!(duration_words(days * 86_400_000).contains("day"), days >= 2);
        prop_assert_eq!(days_from_civil(civil_from_days(days)), days);
    }
}
