//! What is told of what is no date.

use super::*;

#[test]
fn wrong_dates_say_what_to_write() {
    use DateErrorKind as Kind;
    let kyiv = Zone::named("Europe/Kyiv").unwrap();
    for (text, kind, at, hint) in [
        ("", Kind::Syntax, 0..0, "`2025-03-18`"),
        ("tomorrow", Kind::Syntax, 0..1, "`2025-03-18`"),
        ("2025-13-01", Kind::Impossible, 0..10, "`2025-01-13`"),
        (
            "2025-02-30",
            Kind::Impossible,
            0..10,
            "February 2025 has 28 days",
        ),
        (
            "  2025-02-30",
            Kind::Impossible,
            2..12,
            "February 2025 has 28 days",
        ),
        (
            "2025-02-32",
            Kind::Impossible,
            8..10,
            "a day that its month has",
        ),
        (
            "2025-03-18T25:00",
            Kind::Impossible,
            11..13,
            "hours from 00 to 23",
        ),
        ("2025-03-18T24:01", Kind::Impossible, 11..16, "the next day"),
        (
            "2025-03-18T10:00:60Z",
            Kind::Impossible,
            11..20,
            "23:59:60 UTC",
        ),
        (
            "2025-03-18T10:00+19:00",
            Kind::Impossible,
            16..22,
            "`+05:30`",
        ),
        (
            "2025-03-18/2025-03-17",
            Kind::Reversed,
            11..21,
            "`2025-03-17/2025-03-18`",
        ),
        (
            "2025-03-18T22:00/02:00",
            Kind::Reversed,
            17..22,
            "`2025-03-18T22:00/2025-03-19T02:00`",
        ),
        (
            "[2025-03-18..2025-03-17]",
            Kind::Reversed,
            13..23,
            "`2025-03-17..2025-03-18`",
        ),
        (
            "2025-03-30T03:30",
            Kind::TimeGap,
            0..16,
            "`2025-03-30T04:30+03:00` if the clocks had been put forward, or `2025-03-30T02:30+02:00` if not",
        ),
        (
            "2025-10-26T03:30",
            Kind::TimeTwice,
            0..16,
            "`2025-10-26T03:30+03:00` for the first, or `2025-10-26T03:30+02:00` for the second",
        ),
        (
            "2025-03-09T02:30[America/New_York]",
            Kind::TimeGap,
            0..34,
            "`2025-03-09T03:30-04:00`",
        ),
        (
            "2025-11-02T01:30[America/New_York]",
            Kind::TimeTwice,
            0..34,
            "`2025-11-02T01:30-05:00` for the second",
        ),
        (
            "2025-03-18T10:00[Mars/Olympus]",
            Kind::Zone,
            17..29,
            "`Europe/Kyiv`",
        ),
        (
            "2025-03-18T10:00-05:00[America/New_York]",
            Kind::Zone,
            11..40,
            "`10:00-04:00`",
        ),
        (
            "2025-03-18T10:00[America/New_York",
            Kind::Syntax,
            33..33,
            "`2025-03-18T10:00[America/New_York]`",
        ),
        ("Y292300000", Kind::Range, 0..10, "`Y292278993`"),
        ("Y99999999999999999999", Kind::Range, 0..21, "`Y292278993`"),
        ("Y2025", Kind::Syntax, 0..5, "without `Y`"),
        ("Y-17E7", Kind::Syntax, 4..5, "all digits"),
        ("2025-XX-18T10:00", Kind::Syntax, 10..11, "the day in full"),
        ("2025-03T10:00", Kind::Syntax, 7..8, "the day in full"),
        ("../..", Kind::Syntax, 0..5, "`../2025-03-18`"),
        ("..", Kind::Syntax, 2..2, "`../2025-03-18`"),
        ("/", Kind::Syntax, 0..1, "`../2025-03-18`"),
        (
            "[..2025,2026..]",
            Kind::Syntax,
            0..15,
            "`[2025-03-18..2025-03-20]`",
        ),
        ("[]", Kind::Syntax, 1..2, "`2025-03-18`"),
        ("{2025,2026}", Kind::Syntax, 0..1, "one event for each"),
        ("2025-33", Kind::Syntax, 5..7, "`2025-01/2025-03`"),
        ("-0000", Kind::Syntax, 0..5, "`0000`"),
        (
            "2025-02-3X",
            Kind::Impossible,
            0..10,
            "February 2025 has 28 days",
        ),
        (
            "2025-03-18/12:00",
            Kind::Syntax,
            11..16,
            "`2025-03-18T10:00/12:00`",
        ),
    ] {
        let error = Date::parse(text, Some(&kyiv)).unwrap_err();
        assert_eq!(
            (error.kind, error.at.clone()),
            (kind, at),
            "{text}: {error:?}"
        );
        assert!(error.hint.contains(hint), "{text}: {}", error.hint);
    }
}

#[test]
fn long_texts_are_quoted_in_part() {
    let zone = format!("2025-03-18T10:00[{}]", "é".repeat(100_000));
    let error = Date::parse(&zone, None).unwrap_err();
    assert_eq!(error.kind, DateErrorKind::Zone);
    assert!(error.message.len() < 400 && error.message.ends_with('…'));

    let years = vec!["2025"; 100_000].join(",");
    let set = parse(&format!("[{years}]"));
    assert_eq!(bounds(&set), "2025-01-01 2026-01-01");
    assert!(set.in_words().ends_with("2025 or 2025"));
}

#[test]
fn numbers_beyond_every_year_are_refused_like_other_words() {
    for year in ["26666666666666262", "999999999999", "9223372036854775807"] {
        for rest in ["W2", "-W12-2", "-077", "-3", "/3/18", "0318", "W2.6626-~"] {
            for sign in ["", "-", "+", "c. "] {
                let text = format!("{sign}{year}{rest}");
                let error = Date::parse(&text, None).expect_err(&text);
                assert!(!error.hint.is_empty(), "{text}");
            }
        }
    }
}
