//! What users may write, as tables; what must hold for all they could write is in `properties`.

mod faults;
mod properties;
mod words;

use super::*;

/// The date of a text without a zone from outside.
fn parse(text: &str) -> Date {
    Date::parse(text, None).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn bounds(date: &Date) -> String {
    let side = |bound: Option<Instant>| bound.map_or("none".to_owned(), short_iso);
    format!("{} {}", side(date.earliest()), side(date.latest()))
}

/// Without a time of day where that is midnight, so that the table stays readable.
fn short_iso(instant: Instant) -> String {
    let iso = instant.to_iso_utc();
    iso.strip_suffix("T00:00:00Z").unwrap_or(&iso).to_owned()
}

/// Every written form of the documentation: bounds in UTC, form and precision, flags.
#[test]
fn every_form_has_its_bounds() {
    use Form::*;
    use Precision::*;
    for (text, expected, form, precision, flags) in [
        ("2025", "2025-01-01 2026-01-01", Single, Year, ""),
        ("2025-03", "2025-03-01 2025-04-01", Single, Month, ""),
        ("2025-12", "2025-12-01 2026-01-01", Single, Month, ""),
        ("2025-03-18", "2025-03-18 2025-03-19", Single, Day, ""),
        ("2024-02-29", "2024-02-29 2024-03-01", Single, Day, ""),
        (
            "2025-03-18T10:00-04:00",
            "2025-03-18T14:00:00Z 2025-03-18T14:01:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-03-18T10:00−04:00",
            "2025-03-18T14:00:00Z 2025-03-18T14:01:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-03-18t10:00-04",
            "2025-03-18T14:00:00Z 2025-03-18T14:01:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-03-18T10:00-0430",
            "2025-03-18T14:30:00Z 2025-03-18T14:31:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-03-18 10:00",
            "2025-03-18T10:00:00Z 2025-03-18T10:01:00Z",
            Single,
            Minute,
            "local",
        ),
        (
            "2025-03-18 10:00:00 -04:00",
            "2025-03-18T14:00:00Z 2025-03-18T14:00:01Z",
            Single,
            Second,
            "",
        ),
        (
            "2025-03-18T10:00:30.250Z",
            "2025-03-18T10:00:30.250Z 2025-03-18T10:00:30.251Z",
            Single,
            Millisecond,
            "",
        ),
        (
            "2025-03-18T10:00:30.2Z",
            "2025-03-18T10:00:30.200Z 2025-03-18T10:00:30.201Z",
            Single,
            Millisecond,
            "",
        ),
        (
            "2025-03-18T10:00:30.2509999Z",
            "2025-03-18T10:00:30.250Z 2025-03-18T10:00:30.251Z",
            Single,
            Millisecond,
            "",
        ),
        (
            "2025-03-18T10Z",
            "2025-03-18T10:00:00Z 2025-03-18T11:00:00Z",
            Single,
            Hour,
            "",
        ),
        (
            "2025-03-18T10:00[America/New_York]",
            "2025-03-18T14:00:00Z 2025-03-18T14:01:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-03-18T10:00-04:00[America/New_York]",
            "2025-03-18T14:00:00Z 2025-03-18T14:01:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-03-18T14:00Z[America/New_York]",
            "2025-03-18T14:00:00Z 2025-03-18T14:01:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-11-02T01:30-05:00[America/New_York]",
            "2025-11-02T06:30:00Z 2025-11-02T06:31:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2025-03-18T24:00Z",
            "2025-03-19 2025-03-19T00:01:00Z",
            Single,
            Minute,
            "",
        ),
        (
            "2016-12-31T23:59:60Z",
            "2016-12-31T23:59:59Z 2017-01-01",
            Single,
            Second,
            "",
        ),
        (
            "2025-03-23/2025-03-25",
            "2025-03-23 2025-03-26",
            Range,
            Day,
            "",
        ),
        (
            "2025-03-18T10:00/12:00",
            "2025-03-18T10:00:00Z 2025-03-18T12:01:00Z",
            Range,
            Minute,
            "local",
        ),
        (
            "2025-03-18T10:00-04:00/12:00",
            "2025-03-18T14:00:00Z 2025-03-18T16:01:00Z",
            Range,
            Minute,
            "",
        ),
        (
            "2025-03-18T10:00/12:00-04:00",
            "2025-03-18T14:00:00Z 2025-03-18T16:01:00Z",
            Range,
            Minute,
            "",
        ),
        (
            "2025-03-08T10:00[America/New_York]/2025-03-09T10:00",
            "2025-03-08T15:00:00Z 2025-03-09T14:01:00Z",
            Range,
            Minute,
            "",
        ),
        (
            "2025-03-18T20:00-05:00/2025-03-18",
            "2025-03-19T01:00:00Z 2025-03-19T05:00:00Z",
            Range,
            Day,
            "",
        ),
        ("2025-03/2026", "2025-03-01 2027-01-01", Range, Year, ""),
        ("2025-03-18/..", "2025-03-18 none", OpenEnd, Day, ""),
        ("../2025", "none 2026-01-01", OpenStart, Year, ""),
        ("2025/", "2025-01-01 none", UnknownEnd, Year, ""),
        ("/2025", "none 2026-01-01", UnknownStart, Year, ""),
        (
            "2025-03~",
            "2025-03-01 2025-04-01",
            Single,
            Month,
            "approximate",
        ),
        ("2025?", "2025-01-01 2026-01-01", Single, Year, "uncertain"),
        (
            "2025-03%",
            "2025-03-01 2025-04-01",
            Single,
            Month,
            "approximate uncertain",
        ),
        (
            "2025-03-18T10:00Z~",
            "2025-03-18T10:00:00Z 2025-03-18T10:01:00Z",
            Single,
            Minute,
            "approximate",
        ),
        (
            "2014~/2025?",
            "2014-01-01 2026-01-01",
            Range,
            Year,
            "approximate uncertain",
        ),
        ("202X", "2020-01-01 2030-01-01", Single, Decade, ""),
        ("20XX", "2000-01-01 2100-01-01", Single, Century, ""),
        ("2XXX", "2000-01-01 3000-01-01", Single, Millennium, ""),
        ("-004X", "-000049-01-01 -000039-01-01", Single, Decade, ""),
        ("2025-XX", "2025-01-01 2026-01-01", Single, Year, ""),
        ("2025-XX-XX", "2025-01-01 2026-01-01", Single, Year, ""),
        ("2025-1X", "2025-10-01 2026-01-01", Single, Year, ""),
        ("2025-02-XX", "2025-02-01 2025-03-01", Single, Month, ""),
        ("2025-03-1X", "2025-03-10 2025-03-20", Single, Month, ""),
        ("2025-XX-18", "2025-01-18 2025-12-19", Single, Year, ""),
        ("2025-XX-31", "2025-01-31 2026-01-01", Single, Year, ""),
        ("202X-02-29", "2020-02-29 2028-03-01", Single, Decade, ""),
        (
            "XXXX-12-25",
            "0000-12-25 9999-12-26",
            Single,
            Millennium,
            "",
        ),
        ("2025-21", "2025-03-01 2025-06-01", Single, Season, ""),
        ("2025-22", "2025-06-01 2025-09-01", Single, Season, ""),
        ("2025-23", "2025-09-01 2025-12-01", Single, Season, ""),
        (
            "2023-24~",
            "2023-12-01 2024-03-01",
            Single,
            Season,
            "approximate",
        ),
        (
            "[2025-03-18..2025-03-20]",
            "2025-03-18 2025-03-21",
            OneOf,
            Day,
            "",
        ),
        (
            "[2025-03-18,2025-03-20]",
            "2025-03-18 2025-03-21",
            OneOf,
            Day,
            "",
        ),
        (
            "[1670..1672, 1667, 1668-12?]",
            "1667-01-01 1673-01-01",
            OneOf,
            Year,
            "uncertain",
        ),
        ("[..2025-03-20]", "none 2025-03-21", Before, Day, ""),
        ("[2025-03-18..]", "2025-03-18 none", After, Day, ""),
        (
            "[1760-01,1760-02,1760-12..]",
            "1760-01-01 none",
            After,
            Month,
            "",
        ),
        (
            "-0043-03-15",
            "-000043-03-15 -000043-03-16",
            Single,
            Day,
            "",
        ),
        ("0000", "0000-01-01 0001-01-01", Single, Year, ""),
        (
            "Y-170000002",
            "-170000002-01-01 -170000001-01-01",
            Single,
            Year,
            "",
        ),
        ("Y12025", "+012025-01-01 +012026-01-01", Single, Year, ""),
        (
            "Y-170000002/-0043",
            "-170000002-01-01 -000042-01-01",
            Range,
            Year,
            "",
        ),
    ] {
        let date = parse(text);
        assert_eq!(bounds(&date), expected, "{text}");
        assert_eq!((date.form(), date.precision()), (form, precision), "{text}");
        let found = [
            (date.approximate(), "approximate"),
            (date.uncertain(), "uncertain"),
            (date.local(), "local"),
        ];
        let found: Vec<_> = found
            .iter()
            .filter(|flag| flag.0)
            .map(|flag| flag.1)
            .collect();
        assert_eq!(found.join(" "), flags, "{text}");
        assert_eq!(date.to_string(), text);
    }
}

#[test]
fn a_zone_from_outside_is_for_times_without_one() {
    let zone = Zone::named("America/New_York").unwrap();
    for (text, expected, local) in [
        (
            "2025-03-18 10:00",
            "2025-03-18T14:00:00Z 2025-03-18T14:01:00Z",
            false,
        ),
        (
            "2025-03-18 10:00Z",
            "2025-03-18T10:00:00Z 2025-03-18T10:01:00Z",
            false,
        ),
        (
            "2025-03-18T10:00[Europe/Kyiv]",
            "2025-03-18T08:00:00Z 2025-03-18T08:01:00Z",
            false,
        ),
        ("2025-03-18", "2025-03-18 2025-03-19", false),
        (
            "2025-03-08T10:00/2025-03-09T10:00",
            "2025-03-08T15:00:00Z 2025-03-09T14:01:00Z",
            false,
        ),
    ] {
        let date = Date::parse(text, Some(&zone)).unwrap();
        assert_eq!(bounds(&date), expected, "{text}");
        assert_eq!(date.local(), local, "{text}");
    }
}

#[test]
fn start_and_end_make_a_range() {
    for (start, end, expected) in [
        ("2025-03-23", "2025-03-25", "2025-03-23 2025-03-26"),
        (
            " 2025-03-18T10:00Z ",
            "12:00",
            "2025-03-18T10:00:00Z 2025-03-18T12:01:00Z",
        ),
        ("2025", "..", "2025-01-01 none"),
        ("2025", "", "2025-01-01 none"),
        ("..", "2025", "none 2026-01-01"),
        (
            "2025-03-18T10:00[America/New_York]",
            "12:00",
            "2025-03-18T14:00:00Z 2025-03-18T16:01:00Z",
        ),
    ] {
        assert_eq!(bounds(&Date::between(start, end, None).unwrap()), expected);
    }
    for (start, end, kind, at) in [
        ("2025-03-25", "2025-03-23", DateErrorKind::Reversed, 11..21),
        (
            "2025-03-23/2025-03-25",
            "2025-04",
            DateErrorKind::Syntax,
            10..11,
        ),
        (
            "2025",
            "[2025-03-23,2025-03-25]",
            DateErrorKind::Syntax,
            5..6,
        ),
        ("2025", "2025-02-30", DateErrorKind::Impossible, 5..15),
        ("", "", DateErrorKind::Syntax, 0..1),
    ] {
        let error = Date::between(start, end, None).unwrap_err();
        assert_eq!((error.kind, error.at), (kind, at), "{start} {end}");
    }
}

#[test]
fn dates_have_one_order() {
    let sorted = [
        "../2025-01",
        "../2025",
        "Y-170000002",
        "-0043",
        "2024",
        "2025-03-18T00:00Z",
        "2025-03-18",
        "2025-03-18~",
        "2025-03-18/2025-03-19",
        "2025-03-18/..",
        "2025-03-19",
    ];
    let dates = sorted.map(parse);
    for (left, a) in dates.iter().enumerate() {
        for (right, b) in dates.iter().enumerate() {
            assert_eq!(a.compare(b), left.cmp(&right), "{a} {b}");
        }
    }
}

#[test]
fn leap_days_of_unspecified_years_are_found() {
    for (text, expected) in [
        ("XXXX-02-29", "0000-02-29 9996-03-01"),
        ("190X-02-29", "1904-02-29 1908-03-01"),
        ("-000X-02-29", "-000008-02-29 0000-03-01"),
        ("2025-XX-30", "2025-01-30 2025-12-31"),
        ("202X-02-2X", "2020-02-20 2029-03-01"),
    ] {
        assert_eq!(bounds(&parse(text)), expected, "{text}");
    }
    for text in [
        "XXX1-02-29",
        "XXXX-02-30",
        "2025-02-29",
        "19X1-02-29",
        "1900-02-29",
    ] {
        let error = Date::parse(text, None).unwrap_err();
        assert_eq!(error.kind, DateErrorKind::Impossible, "{text}");
    }
}
