use super::*;
use proptest::prelude::*;

/// A query in one line, for comparison.
fn told(query: &Query) -> String {
    let words = |pattern: &Pattern| {
        let star = if pattern.is_prefix { "*" } else { "" };
        let words = pattern.words.join(" ") + star;
        if pattern.is_exact {
            format!("'{words}'")
        } else {
            words
        }
    };
    let day = |at: &Instant| at.to_iso_utc()[..10].to_owned();
    let terms = query.terms.iter().map(|term| {
        let sign = if term.negated { "-" } else { "+" };
        sign.to_owned()
            + &match &term.condition {
                Condition::Anywhere(pattern) => words(pattern),
                Condition::Field(field, pattern) => format!("{field:?}={}", words(pattern)),
                Condition::In(pattern) => format!("In={}", words(pattern)),
                Condition::Standing(standings) => {
                    let names: Vec<&str> = standings.iter().map(|found| found.as_str()).collect();
                    format!("Standing={}", names.join("|"))
                }
                Condition::Before(at) => format!("<{}", day(at)),
                Condition::After(at) => format!(">={}", day(at)),
                Condition::During(range) => format!("{}..{}", day(&range.start), day(&range.end)),
            }
    });
    terms.collect::<Vec<_>>().join(" ")
}

#[test]
fn queries_are_read() {
    for (text, whole, typing) in [
        ("", "", ""),
        ("   ", "", ""),
        ("Call", "+call", "+call*"),
        ("call ", "+call", "+call"),
        ("cease fire", "+cease +fire", "+cease +fire*"),
        ("neg* talks", "+neg* +talks", "+neg* +talks*"),
        ("\"thirty days\"", "+'thirty days'", "+'thirty days'"),
        ("\"thirty da", "+'thirty da'", "+'thirty da*'"),
        ("“thirty days” x", "+'thirty days' +x", "+'thirty days' +x*"),
        ("-draft", "-draft", "-draft*"),
        ("- draft", "+draft", "+draft*"),
        ("-", "", ""),
        (
            "Washington–Moscow",
            "+washington moscow",
            "+washington moscow*",
        ),
        ("who:Putin", "+Who=putin", "+Who=putin*"),
        (
            "WHO:\"Vladimir Putin\"",
            "+Who='vladimir putin'",
            "+Who='vladimir putin'",
        ),
        (
            "-tag:call lane:Diplomacy/Riyadh",
            "-Tag=call +Lane=diplomacy riyadh",
            "-Tag=call +Lane=diplomacy riyadh*",
        ),
        (
            "source:wh status:disputed in:talks ",
            "+Source=wh +Status=disputed +In=talks",
            "+Source=wh +Status=disputed +In=talks",
        ),
        ("10:30", "+10 30", "+10 30*"),
        ("https://a.org", "+https a org", "+https a org*"),
        ("who:", "", ""),
        ("before:2025-03", "+<2025-03-01", "+<2025-03-01"),
        ("after:2025-03", "+>=2025-04-01", "+>=2025-04-01"),
        (
            "-during:2025",
            "-2025-01-01..2026-01-01",
            "-2025-01-01..2026-01-01",
        ),
        ("before:", "", ""),
        (
            "standing:Disputed",
            "+Standing=disputed",
            "+Standing=disputed",
        ),
        ("café ÉTÉ", "+cafe +ete", "+cafe +ete*"),
        ("和平", "+和 平", "+和 平*"),
    ] {
        let zone = Zone::utc();
        let read = Query::parse(text, &zone).expect("a query");
        assert_eq!(told(&read), whole, "{text}");
        let read = Query::while_typing(text, &zone).expect("a query");
        assert_eq!(told(&read), typing, "{text}, being typed");
    }
}

#[test]
fn values_that_a_field_cannot_have_are_told() {
    let zone = Zone::utc();
    let fault = |text: &str| Query::parse(text, &zone).expect_err("a fault").to_string();
    assert_eq!(
        fault("standing:good"),
        "expected a standing after `standing:`, found `good`; write one of exempt, corroborated, single-source, unquoted, \
         unsourced, disputed, altered"
    );
    let told = fault("before:18.03.2025");
    assert!(
        told.starts_with("after `before:`, expected year, month and day"),
        "{told}"
    );
    assert!(told.ends_with("write `2025-03-18`"), "{told}");
    // While it is typed, the beginning of a standing is one already.
    let query = Query::while_typing("standing:dis", &zone).expect("a query");
    assert_eq!(super::tests::told(&query), "+Standing=disputed");
}

#[test]
fn days_are_those_of_the_zone() {
    let zone = Zone::fixed(-4 * 3600);
    let query = Query::parse("before:2025-03-18", &zone).expect("a query");
    let Condition::Before(at) = &query.terms[0].condition else {
        panic!("{query:?}");
    };
    assert_eq!(at.to_iso_utc(), "2025-03-18T04:00:00Z");
}

#[test]
fn a_pattern_stands_in_a_line_of_words() {
    let words: Vec<String> = ["the", "white", "house"].map(str::to_owned).into();
    let line = line_of(&words);
    let stands = |words: &[&str], is_prefix| {
        let pattern = Pattern {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            is_prefix,
            is_exact: false,
        };
        line.contains(&pattern.in_line())
    };
    assert!(stands(&["the"], false));
    assert!(stands(&["white", "house"], false));
    assert!(stands(&["white", "ho"], true));
    assert!(!stands(&["white", "ho"], false));
    assert!(!stands(&["ite", "house"], false));
    assert!(!stands(&["house", "white"], false));
    assert!(!stands(&["a", "b", "c", "d"], false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_or_told(text in "(who:|in:|before:|standing:|-|\"|“|»|\\*| |:|\\PC){0,24}") {
        let zone = Zone::utc();
        for read in [Query::parse(&text, &zone), Query::while_typing(&text, &zone)] {
            match read {
                Ok(query) => prop_assert!(query.marked_patterns().all(|pattern| !pattern.words.is_empty())),
                Err(fault) => prop_assert!(!fault.message.is_empty() && !fault.hint.is_empty()),
            }
        }
    }
}
