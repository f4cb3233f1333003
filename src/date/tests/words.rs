//! How dates read.

use super::*;

#[test]
fn dates_read_well() {
    for (text, words) in [
        ("2025", "2025"),
        ("2025-03", "March 2025"),
        ("2025-03-18", "18 March 2025"),
        ("2025-03-18T10:00-04:00", "18 March 2025, 10:00 (UTC−4)"),
        (
            "2025-03-18T10:00[America/New_York]",
            "18 March 2025, 10:00 (UTC−4)",
        ),
        ("2025-03-18 10:00", "18 March 2025, 10:00 (local time)"),
        (
            "2025-03-18T10:00:30.250Z",
            "18 March 2025, 10:00:30.250 (UTC)",
        ),
        ("2025-03-18T10:00+05:30", "18 March 2025, 10:00 (UTC+5:30)"),
        ("2025-03-18T10Z", "18 March 2025, 10 h (UTC)"),
        ("2025-03-18T24:00Z", "18 March 2025, 24:00 (UTC)"),
        ("2016-12-31T23:59:60Z", "31 December 2016, 23:59:60 (UTC)"),
        ("2025-03-23/2025-03-25", "23–25 March 2025"),
        ("2025-03-28/2025-04-02", "28 March – 2 April 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025"),
        ("2025-03/2025-05", "March–May 2025"),
        ("2024-12/2025-01", "December 2024 – January 2025"),
        ("2014/2025", "2014–2025"),
        ("2025-03/2026", "March 2025 – 2026"),
        ("2025-03-18/2025-03-18", "18 March 2025"),
        (
            "2025-03-18T10:00/12:00",
            "18 March 2025, 10:00–12:00 (local time)",
        ),
        (
            "2025-03-18T10:00-04:00/12:00",
            "18 March 2025, 10:00–12:00 (UTC−4)",
        ),
        (
            "2025-03-18T22:00Z/2025-03-19T02:00",
            "18 March 2025, 22:00 – 19 March 2025, 02:00 (UTC)",
        ),
        (
            "2025-03-18T22:00Z/2025-03-19T02:00+01:00",
            "18 March 2025, 22:00 (UTC) – 19 March 2025, 02:00 (UTC+1)",
        ),
        (
            "2025-03-18/2025-03-19T12:00Z",
            "18 March 2025 – 19 March 2025, 12:00 (UTC)",
        ),
        ("2025-03-18/..", "since 18 March 2025"),
        ("2025-03~/..", "since about March 2025"),
        ("../2025", "until 2025"),
        ("2025-03-18/", "18 March 2025, end unknown"),
        ("/2025", "until 2025, start unknown"),
        ("2025-03~", "about March 2025"),
        ("2025?", "2025, uncertain"),
        ("2025-03%", "about March 2025, uncertain"),
        ("2014~/2025", "about 2014 – 2025"),
        ("2014~/2025~", "about 2014–2025"),
        ("2014?/2025~", "2014 (uncertain) – about 2025"),
        ("202X", "2020s"),
        ("202X~", "about the 2020s"),
        ("202X/..", "since the 2020s"),
        ("20XX", "some year 2000–2099"),
        ("XXXX", "unknown year"),
        ("-004X", "some year 50–41 BC"),
        ("000X", "some year 1 BC – AD 9"),
        ("2025-XX", "2025, month unknown"),
        ("2025-XX-XX", "2025, day unknown"),
        ("2025-03-XX", "March 2025, day unknown"),
        ("2025-03-1X", "some day 10–19 March 2025"),
        ("2025-1X", "some month October–December 2025"),
        ("2025-XX-18", "18th of some month, 2025"),
        ("XXXX-12-25", "25 December, unknown year"),
        ("202X-03", "March, 2020s"),
        ("202X-21", "spring, 2020s"),
        ("2025-21", "spring 2025"),
        ("2025-24", "winter 2025–26"),
        ("1999-24", "winter 1999–2000"),
        ("-0043-24", "winter 44–43 BC"),
        ("2024-24/2025-23", "winter 2024–25 – autumn 2025"),
        ("[2025-03-18..2025-03-20]", "one of 18–20 March 2025"),
        ("[2025-03-18,2025-03-20]", "18 or 20 March 2025"),
        (
            "[2025-03-18,2025-04-20,2025-04-22]",
            "18 March, 20 April or 22 April 2025",
        ),
        ("[2025,2027]", "2025 or 2027"),
        ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672"),
        (
            "[2025-03-18T10:00Z,2025-03-20]",
            "18 March 2025, 10:00 (UTC); or 20 March 2025",
        ),
        ("[-0043,-0042]", "44 BC or 43 BC"),
        ("[2025-03-18]", "18 March 2025"),
        ("[..2025-03-20]", "20 March 2025 or before"),
        ("[2025-03-18..]", "18 March 2025 or after"),
        (
            "[1760-01,1760-12..]",
            "January 1760, December 1760 or after",
        ),
        ("-0043-03-15", "15 March 44 BC"),
        ("-0043", "44 BC"),
        ("0000", "1 BC"),
        ("0800-12-25", "25 December AD 800"),
        ("-0049/-0043", "50–44 BC"),
        ("-0043/0014", "44 BC – AD 14"),
        ("Y-170000002", "170,000,003 BC"),
        ("Y12025", "12,025"),
    ] {
        assert_eq!(parse(text).in_words(), words, "{text}");
    }
}

#[test]
fn times_can_be_shown_on_other_clocks() {
    let kyiv = Zone::named("Europe/Kyiv").unwrap();
    for (text, words) in [
        ("2025-03-18T22:30-04:00", "19 March 2025, 04:30 (UTC+2)"),
        (
            "2025-03-18T10:00-04:00/12:00",
            "18 March 2025, 16:00–18:00 (UTC+2)",
        ),
        (
            "2025-03-29T23:00Z/2025-03-30T02:00",
            "30 March 2025, 01:00 (UTC+2) – 30 March 2025, 05:00 (UTC+3)",
        ),
        ("2025-03-18", "18 March 2025"),
        ("2025-03-18 10:00", "18 March 2025, 10:00 (local time)"),
    ] {
        assert_eq!(parse(text).in_words_at(&kyiv), words, "{text}");
    }
    let given = Date::parse("2025-07-01 10:00", Some(&kyiv)).unwrap();
    assert_eq!(given.in_words(), "1 July 2025, 10:00 (UTC+3)");
    assert_eq!(given.offset_seconds(), Some(3 * 3600));
}

#[test]
fn instants_read_well_at_every_precision() {
    use Precision::*;
    let call = parse("2025-03-18T14:00:30.250Z").earliest().unwrap();
    let zone = Zone::named("America/New_York").unwrap();
    for (precision, words) in [
        (Millennium, "2000–2999"),
        (Century, "2000–2099"),
        (Decade, "2020s"),
        (Year, "2025"),
        (Season, "spring 2025"),
        (Month, "March 2025"),
        (Day, "18 March 2025"),
        (Hour, "18 March 2025, 10 h (UTC−4)"),
        (Minute, "18 March 2025, 10:00 (UTC−4)"),
        (Second, "18 March 2025, 10:00:30 (UTC−4)"),
        (Millisecond, "18 March 2025, 10:00:30.250 (UTC−4)"),
    ] {
        assert_eq!(format_instant(call, precision, &zone), words);
        let (first, last) = (Instant(i64::MIN), Instant(i64::MAX));
        assert!(format_instant(first, precision, &zone).contains("BC"));
        assert!(format_instant(last, precision, &zone).contains("292,27"));
    }
    let january = parse("2025-01").earliest().unwrap();
    assert_eq!(
        format_instant(january, Season, &Zone::utc()),
        "winter 2024–25"
    );
}
