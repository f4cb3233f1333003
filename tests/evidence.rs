//! What must hold for any quotation and any copy.

use proptest::prelude::*;
use sourceline::evidence::{
    Case, Context, CopyError, CopyText, Level, LineHyphen, Lock, MAX_COPY_SIGNS,
    MAX_COPY_TEXT_BYTES, Verdict, check, check_evidence, check_silence, evidence_line, normalize,
    sentence_around, text_fragment,
};
use sourceline::model::Relation;
use sourceline::parse;

/// Words of several scripts, with what typography may do to them.
fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,9}",
        "[A-Z][a-z]{2,7}",
        "[а-яіїє]{1,9}",
        "[א-ת]{2,6}",
        "[0-9]{1,4}",
        Just("não".to_owned()),
        Just("cafe\u{301}".to_owned()),
        Just("didn't".to_owned()),
        Just("thirty-day".to_owned()),
    ];
    prop::collection::vec(word, count).prop_map(|words| words.join(" "))
}

/// Letters, marks and signs that mean something to some step of a check.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,80}",
        "[ab .…\\[\\]\"“”'\\-\n\u{ad}\u{200b}\u{301}0-9.,–]{0,120}",
        words(0..12),
    ]
}

fn level_of(words: &str, case: Case) -> String {
    let text = normalize(words, case, LineHyphen::Joined).text;
    text.trim().to_owned()
}

/// As a printer might set the same words: other spaces, soft hyphens, curly apostrophes.
fn reset(words: &str) -> String {
    words
        .replace('\'', "’")
        .replace(' ', " \n ")
        .replace("ab", "a\u{ad}b")
        .replace("é", "e\u{301}")
}

proptest! {
    #[test]
    fn no_quotation_and_no_copy_panics(quote in anything(), copy in anything(), lang in prop::option::of("[a-z]{2}")) {
        let text = CopyText::from_text(&copy);
        let checked = check(&quote, lang.as_deref(), &text, &Context::default());
        if let Some(range) = checked.passage() {
            prop_assert!(copy.get(range.clone()).is_some(), "{range:?} is a range of words");
            let around = sentence_around(&text, &range);
            prop_assert!(around.start <= range.start && range.end <= around.end);
            prop_assert!(copy.get(around).is_some());
            text_fragment(&text, range);
        }
        prop_assert_eq!(checked.verdict.is_found() || matches!(checked.verdict, Verdict::Near | Verdict::Altered), checked.found.is_some());
        for range in checked.parts.iter().chain(&checked.occurrences) {
            prop_assert!(copy.get(range.clone()).is_some());
        }
        // What is called the same is the same.
        if let (Some(found), true) = (&checked.found_words, checked.parts.len() == 1 && checked.level() == Level::Good) {
            prop_assert_eq!(level_of(found, Case::Folded).replace('-', ""), level_of(&bare(&quote), Case::Folded).replace('-', ""));
        }
        check_silence(&[quote], &text);
    }

    #[test]
    fn words_that_stand_there_are_found(quote in words(2..9), before in words(0..9), after in words(0..9)) {
        let copy = CopyText::from_text(&format!("{before} | {quote} | {after}"));
        let checked = check(&quote, None, &copy, &Context::default());
        prop_assert!(matches!(checked.verdict, Verdict::Verbatim | Verdict::Ambiguous), "{:?}", checked);
        prop_assert_eq!(checked.found_words, Some(quote));
    }

    #[test]
    fn printing_makes_no_difference(quote in words(2..9), before in words(0..9)) {
        let copy = CopyText::from_text(&format!("{before} | {} |", reset(&quote)));
        let checked = check(&quote, None, &copy, &Context::default());
        prop_assert!(matches!(checked.verdict, Verdict::Verbatim | Verdict::Typography | Verdict::Ambiguous), "{:?}", checked);
        let found = checked.found_words.unwrap_or_default();
        prop_assert_eq!(level_of(&found, Case::Kept), level_of(&quote, Case::Kept));
        let capitals = check(&quote.to_lowercase(), None, &copy, &Context::default());
        prop_assert!(capitals.level() <= Level::Note, "{:?}", capitals);
    }

    #[test]
    fn another_number_is_never_accepted(quote in words(4..9), number in 1_u32..999, other in 1_u32..999) {
        prop_assume!(number != other && !quote.contains(&number.to_string()));
        let copy = CopyText::from_text(&format!("It said {quote} {other} of them."));
        let checked = check(&format!("{quote} {number} of them"), None, &copy, &Context::default());
        prop_assert_eq!(checked.level(), Level::Bad, "{:?}", checked);
    }

    #[test]
    fn a_page_of_any_bytes_keeps_its_places(
        page in prop_oneof!["\\PC{0,200}", "(<[a-z/]{1,6}( hidden)?>|&[a-z#0-9]{1,6};?|[ \n\r]|[a-zа-я]{1,5}|[*_`>\\[\\]|#\\-]){0,60}"],
        file in prop::sample::select(vec!["a.html", "a.md", "a.txt"]),
    ) {
        let copy = CopyText::new(page.as_bytes(), file).expect("UTF-8 without zero bytes");
        let mut last = 0;
        for (at, c) in copy.text().char_indices() {
            let place = copy.file_range(at..at + c.len_utf8());
            prop_assert!(place.start >= last && place.end <= page.len(), "{c:?} at {place:?}");
            prop_assert!(page.get(place.clone()).is_some());
            last = place.start;
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for file in ["a.html", "a.md", "a.txt", "a"] {
            if let Err(error) = CopyText::new(&bytes, file) {
                prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty());
            }
        }
        prop_assert!(Lock::parse(&String::from_utf8_lossy(&bytes)).is_err());
    }
}

/// The words of a quotation in one part: without the author's elisions and insertions, which then stand at its ends with nothing
/// but punctuation about them. Letters in brackets belong to the word that they touch.
fn bare(quote: &str) -> String {
    let (mut pieces, mut piece, mut rest) = (Vec::new(), String::new(), quote);
    while let Some(c) = rest.chars().next() {
        let (inside, len) = match (elision_len(rest), bracketed(rest)) {
            (Some(len), _) => (None, len),
            (None, Some((inside, len))) => {
                let around = [piece.chars().next_back(), rest[len..].chars().next()];
                let touches = around.into_iter().flatten().any(char::is_alphanumeric);
                let is_elision = elision_len(inside.trim()) == Some(inside.trim().len());
                ((touches && !is_elision).then_some(inside), len)
            }
            (None, None) => (rest.get(..c.len_utf8()), c.len_utf8()),
        };
        match inside {
            Some(words) => piece.push_str(words),
            None => pieces.push(std::mem::take(&mut piece)),
        }
        rest = &rest[len..];
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.contains(char::is_alphanumeric));
    pieces.concat()
}

/// How long the elision is that a text begins with: `…`, or three full stops and more, with a space between them or none.
fn elision_len(text: &str) -> Option<usize> {
    if text.starts_with('…') {
        return Some('…'.len_utf8());
    }
    let (mut dots, mut len, mut rest) = (0, 0, text);
    while let Some(behind) = rest.strip_prefix('.') {
        dots += 1;
        len = text.len() - behind.len();
        rest = behind.strip_prefix([' ', '\u{a0}']).unwrap_or(behind);
    }
    (dots >= 3).then_some(len)
}

/// What stands in the brackets that a text begins with, and how long it is with them.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(['[', ']', '(', ')'])?;
    let is_closed = inside[end..].starts_with(']');
    is_closed.then(|| (&inside[..end], end + 2))
}

#[test]
fn copies_that_cannot_be_read_say_why_and_what_to_do() {
    for (bytes, expected) in [
        (&b"text \0 more"[..], CopyError::Binary { at: 5 }),
        (&b"na\xefve"[..], CopyError::NotUtf8 { at: 2, byte: 0xef }),
        (
            &vec![b' '; 64 * 1024 * 1024 + 1][..],
            CopyError::TooLarge {
                bytes: 64 * 1024 * 1024 + 1,
            },
        ),
    ] {
        let error = CopyText::new(bytes, "copy.txt").expect_err("unreadable");
        assert_eq!(error, expected);
        assert!(!error.hint().is_empty());
    }
    let long = "a word ".repeat(MAX_COPY_TEXT_BYTES / 7 + 1);
    let bytes = long.len();
    for file in ["a.txt", "a.md", "a.html"] {
        let error = CopyText::new(long.as_bytes(), file).expect_err("nobody quotes from it");
        assert!(matches!(error, CopyError::TooMuchText { bytes: found } if found <= bytes));
    }
    let dense = "<".repeat(MAX_COPY_SIGNS + 1);
    for file in ["a.md", "a.html"] {
        let error = CopyText::new(dense.as_bytes(), file).expect_err("nobody writes so");
        assert_eq!(error, CopyError::TooDense);
    }
    let picture = "A/+=".repeat(5_000_000);
    let page = format!("<p>The words.<img src=\"data:image/png;base64,{picture}\">");
    let copy = CopyText::new(page.as_bytes(), "a.html").expect("a page with its picture");
    assert_eq!(copy.text(), "The words.");
    assert_eq!(
        CopyError::NotUtf8 { at: 2, byte: 0xef }.to_string(),
        "expected UTF-8 text, found byte 0xef at byte 2"
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    for file in ["a.txt", "a.md", "a.html"] {
        let copy = CopyText::new("\u{feff}words here".as_bytes(), file).expect("readable");
        assert_eq!(
            (copy.text(), copy.file_range(0..5)),
            ("words here", 3..8),
            "{file}"
        );
    }
}

#[test]
fn hostile_copies_take_little_time() {
    let quote = "the leaders agreed to a pause";
    for copy in [
        "a ".repeat(200_000),
        "-\n".repeat(200_000),
        "\u{301}".repeat(100_000),
        "the leaders agreed to ".repeat(20_000),
        " \u{200b}".repeat(100_000),
    ] {
        let text = CopyText::from_text(&copy);
        let checked = check(quote, Some("en"), &text, &Context::default());
        assert_ne!(checked.verdict, Verdict::Verbatim);
        let elided = "a … ".repeat(60);
        check(&elided, None, &text, &Context::default());
    }
}

#[test]
fn a_line_of_selected_words_parses_back_and_is_found() {
    let file = parse::Context {
        file_name: "briefing.md",
        bibliography: &|_| Err(parse::BibliographyFault::Missing),
        shared: None,
    };
    for words in [
        "an energy and infrastructure ceasefire",
        "a “huge” \"upside\" «for» all",
        "two\nlines of a\n  thirty-\nday pause",
        "a price of 5 % (or $6) — with *stars* and _lines_ here",
        "see [1] and <b>this</b> & that &amp; `code` too",
        "a ~~struck~~ word, a back\\slash, a | pipe and # hash",
        "mail a@example.org; or https://example.org/a_b_c (by: nobody)",
        "so = \"this\" (lang: ru; B2) and [@key]: \"x\"",
        "1. a list? no - it is not",
        "об’єктам “енергетики” й «мереж»",
        "הפסקת אש מלאה",
    ] {
        let line = evidence_line(words, Relation::Says, "wh", Some("en"));
        let text = format!(
            "---\nsources:\n  wh: {{title: A readout}}\n---\nIt was agreed.[^a]\n\n[^a]: Fact.\n    - {line}\n"
        );
        let (briefing, problems) = parse::briefing(text.as_str().into(), &file);
        let told: Vec<_> = problems.iter().map(|problem| &problem.message).collect();
        assert!(told.is_empty(), "{text}\n{told:?}");
        let evidence = &briefing.statements[0].evidence;
        assert_eq!(evidence.len(), 1, "{text}");
        let quote = evidence[0].quote.as_ref().expect("a quote");
        assert_eq!(quote.details.lang.as_deref(), Some("en"), "{text}");
        let copy = CopyText::from_text(&format!("Before. {words} After."));
        let checked = check_evidence(&evidence[0], None, Some(&copy), None, &Context::default());
        assert_eq!(checked.level(), Level::Good, "{line}\n{}", quote.text);
    }
}
