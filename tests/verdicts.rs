//! The table of verdicts, held against hand-made pairs of quotation and copy: (quote, copy, verdict).

use sourceline::evidence::{Context, CopyText, Question, Verdict, check};

/// Checks each quote of `rows` against its copy, a file of this name in this language.
fn hold(file_name: &str, lang: &str, rows: &[(&str, &str, &str)]) {
    for (quote, copy, expected) in rows {
        let copy = CopyText::new(copy.as_bytes(), file_name).expect("a readable copy");
        let lang = Some(lang).filter(|lang| !lang.is_empty());
        let checked = check(quote, lang, &copy, &Context::default());
        assert_eq!(
            checked.verdict.as_str(),
            *expected,
            "{quote:?} in {:?}: {checked:#?}",
            copy.text()
        );
        assert_eq!(checked.found.is_some(), checked.start.is_some());
        if let (Some(range), Some(start), Some(end)) = (&checked.found, checked.start, checked.end)
        {
            let words: String = copy.text().chars().skip(start).take(end - start).collect();
            assert_eq!(copy.words(range), words, "code points and bytes agree");
            assert_eq!(checked.found_words.as_deref(), Some(words.as_str()));
        }
        let inexact = matches!(checked.verdict, Verdict::Near | Verdict::Altered);
        assert!(
            !inexact || !checked.diff.is_empty(),
            "{quote:?} shows no difference"
        );
        let altered = checked.verdict == Verdict::Altered;
        assert_eq!(
            altered,
            !checked.touched.is_empty(),
            "{quote:?} names the words"
        );
    }
}

#[test]
#[rustfmt::skip] // A row a line.
fn words_as_written() {
    hold(
        "copy.txt",
        "en",
        &[
            ("an energy and infrastructure ceasefire", "They agreed to an energy and infrastructure ceasefire today.", "verbatim"),
            ("They agreed", "They agreed to it.", "verbatim"),
            ("to it.", "They agreed to it.", "verbatim"),
            ("They agreed to it.", "They agreed to it.", "verbatim"),
            ("22", "There were 22 of them.", "verbatim"),
            ("30-day", "An interim 30-day ceasefire.", "verbatim"),
            ("Trump", "It was Trump’s idea.", "verbatim"),
            ("We didn't talk about aid", "\"We didn't talk about aid\", he said.", "verbatim"),
            ("movement to peace", "(movement to peace)", "verbatim"),
            ("  huge upside  ", "It has huge upside.", "verbatim"),
            ("wait… what", "He said: wait… what is that?", "verbatim"),
            ("said [the] words", "He said [the] words.", "verbatim"),
            ("10 m²", "It measures 10 m² or so.", "verbatim"),
            ("Cafe\u{301}", "Cafe\u{301} society", "verbatim"),
        ],
    );
    for (lang, quote, copy) in [
        ("ru", "объектам энергетической инфраструктуры", "удары по объектам энергетической инфраструктуры на 30 дней"),
        ("uk", "припинення вогню", "Повне припинення вогню."),
        ("he", "הפסקת אש", "הם הסכימו על הפסקת אש מלאה."),
        ("ar", "وقف إطلاق النار", "اتفقوا على وقف إطلاق النار."),
        ("zh", "停火协议", "双方达成停火协议。"),
        ("ja", "停戦に合意", "両国は停戦に合意した。"),
        ("de", "Waffenruhe", "Eine Waffenruhe."),
    ] {
        hold("copy.txt", lang, &[(quote, copy, "verbatim")]);
    }
}

#[test]
#[rustfmt::skip] // A row a line.
fn typography_of_several_languages() {
    for (lang, quote, copy) in [
        ("en", "the \"huge upside\" of it", "the “huge upside” of it"),
        ("en", "he didn't say so", "he didn’t say so"),
        ("en", "'fine' words", "‘fine’ words"),
        ("en", "the \"huge\" upside", "the 'huge' upside"),
        ("en", "Trump-Putin call", "Trump–Putin call"),
        ("en", "peace - at last", "peace — at last"),
        ("en", "peace -- at last", "peace — at last"),
        ("en", "wait... what is it", "wait… what is it"),
        ("en", "two words", "two\nwords"),
        ("en", "two words", "two \t\r\n  words"),
        ("en", "18 March", "18\u{a0}March"),
        ("en", "10 000 men", "10\u{202f}000 men"),
        ("en", "an infrastructure pause", "an infra-\nstructure pause"),
        ("en", "a thirty-day pause", "a thirty-\nday pause"),
        ("en", "an infrastructure pause", "an infra-\r\n    structure pause"),
        ("en", "ceasefire now", "cease\u{ad}fire now"),
        ("en", "cease\u{ad}fire now", "ceasefire now"),
        ("en", "zero width", "zero\u{200b} wid\u{200d}th"),
        ("en", "minus −5 degrees", "minus -5 degrees"),
        ("en", "café", "cafe\u{301}"),
        ("en", "Zoë and Åsa", "Zoe\u{308} and A\u{30a}sa"),
        ("de", "die „Waffenruhe“ gilt", "die »Waffenruhe« gilt"),
        ("de", "\"ganz\" und gar", "‚ganz‘ und gar"),
        ("fr", "« la trêve »", "«\u{202f}la trêve\u{202f}»"),
        ("fr", "l'accord de paix", "l’accord de paix"),
        ("uk", "об'єкти енергетики", "обʼєкти енергетики"),
        ("uk", "об’єкти “енергетики”", "об'єкти «енергетики»"),
        ("ru", "Москва - Киев", "Москва — Киев"),
        ("ru", "энергетической инфраструктуры", "энерге-\nтической инфраструктуры"),
        ("ru", "й и ё", "и\u{306} и е\u{308}"),
        ("he", "הפסקת אש", "הפסקת\u{200f} אש"),
        ("ar", "\u{202b}وقف إطلاق\u{202c}", "وقف إطلاق"),
        ("vi", "Việt Nam", "Vie\u{323}\u{302}t Nam"),
        ("ko", "한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
    ] {
        hold("copy.txt", lang, &[(quote, copy, "typography")]);
    }
}

#[test]
#[rustfmt::skip] // A row a line.
fn case_and_nothing_more() {
    for (lang, quote, copy) in [
        ("en", "The leaders agreed", "Then the leaders agreed."),
        ("en", "the leaders agreed", "THE LEADERS AGREED"),
        ("en", "[T]he leaders agreed", "And the leaders agreed."),
        ("en", "the \"Leaders\" agreed", "The “leaders” agreed"),
        ("ru", "Объектам энергетики", "по объектам энергетики"),
        ("uk", "ЇЖАК", "їжак"),
        ("el", "ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("de", "straẞe", "Straße"),
    ] {
        hold("copy.txt", lang, &[(quote, copy, "case")]);
    }
    // Simple folding: ß is not ss. And never NFKC: ² is not 2, ﬁ is not fi.
    hold(
        "copy.txt",
        "en",
        &[
            ("STRASSE", "straße", "not-found"),
            ("10 m2", "It measures 10 m² or so.", "not-found"),
            ("CO2", "CO₂ falls", "not-found"),
            ("find", "ﬁnd", "not-found"),
            ("it measures about 10 m2 on each side", "it measures about 10 m² on each side", "altered"),
        ],
    );
}

const READOUT: &str = "The leaders agreed that the movement to peace will begin with an energy and \
    infrastructure ceasefire, as well as technical negotiations on implementation of a maritime ceasefire in the \
    Black Sea. These negotiations will begin immediately in the Middle East. The leaders spoke broadly about the \
    Middle East as a region of potential cooperation.";

#[test]
#[rustfmt::skip] // A row a line.
fn elisions_and_insertions() {
    hold(
        "copy.txt",
        "en",
        &[
            ("the movement to peace … an energy and infrastructure ceasefire", READOUT, "elided"),
            ("the movement to peace ... technical negotiations", READOUT, "elided"),
            ("the movement to peace […] technical negotiations", READOUT, "elided"),
            ("the movement to peace [...] technical negotiations", READOUT, "elided"),
            ("The leaders . . . energy … maritime ceasefire", READOUT, "elided"),
            ("THE LEADERS … maritime ceasefire", READOUT, "elided"),
            ("the movement to peace … will begin immediately", READOUT, "elided-across"),
            ("an energy and infrastructure ceasefire … in the Middle East", READOUT, "elided-across"),
            ("technical negotiations … a region of potential cooperation", READOUT, "elided-across"),
            ("will begin immediately … the movement to peace", READOUT, "not-found"),
            ("the movement to peace … a full ceasefire", READOUT, "not-found"),
            ("…movement to peace will begin…", READOUT, "verbatim"),
            ("[…] the movement to peace", READOUT, "verbatim"),
            ("[sic] the movement to peace", READOUT, "verbatim"),
            ("the movement [sic] to peace", READOUT, "verbatim"),
            ("[T]he leaders [of both countries] agreed", "Then The leaders agreed to it.", "verbatim"),
            ("The leaders [Trump and Putin] agreed", READOUT, "verbatim"),
            ("that the movement [he meant the talks] will begin", READOUT, "elided"),
            ("peace [will start] with an energy", READOUT, "elided"),
            ("They met. … They agreed", "They met. They talked. They agreed at last.", "elided-across"),
            ("They met … they agreed", "They met\n\nand they agreed", "elided-across"),
            ("They met … they agreed", "They met\nand they agreed", "elided"),
            ("met Mr. Smith … of the U.S. Army", "They met Mr. Smith and Gen. Doe of the U.S. Army.", "elided"),
            ("met him … of the Army", "They met him at 10.30 with J. Doe of the Army.", "elided"),
        ],
    );
    let far = format!("The beginning{} and the end.", " of it".repeat(101));
    hold(
        "copy.txt",
        "en",
        &[("The beginning … and the end", &far, "not-found")],
    );
    let close = format!("The beginning{} and the end.", " of it".repeat(99));
    hold(
        "copy.txt",
        "en",
        &[("The beginning … and the end", &close, "elided")],
    );
    hold(
        "copy.txt",
        "ru",
        &[
            ("удары … на 30 дней", "удары по объектам энергетической инфраструктуры на 30 дней", "elided"),
            ("удары … на 30 дней", "удары по объектам. Пауза введена на 30 дней", "elided-across"),
        ],
    );
    hold(
        "copy.txt",
        "en",
        &[
            ("the movement to peace will begins … technical negotiations", READOUT, "near"),
            ("an energy infrastructure ceasefire … technical negotiations on implementation", READOUT, "altered"),
        ],
    );
}

#[test]
#[rustfmt::skip] // A row a line.
fn small_differences_in_words_that_do_not_matter() {
    for (lang, quote, copy) in [
        ("en", "the leaders spoke broadly about the region", "the leaders spoke broadly about this region"),
        ("en", "these negotiations will begin immediately", "these negotiation will begin immediately"),
        ("en", "the leaders spoke, broadly, about it", "the leaders spoke broadly about it"),
        ("en", "a region of potential co-operation", "a region of potential cooperation"),
        ("en", "he agreed plan of action was read aloud", "the agreed plan of action was read aloud"),
        ("en", "the organisation of the talks went well", "the organization of the talks went well"),
        ("de", "die Gespräche beginnen im mittleren Osten", "die Gespräche begannen im mittleren Osten"),
        ("fr", "les entretiens techniques commencent ici", "les entretiens technique commencent ici"),
        ("uk", "удари по об'єктах енергетичної системи", "удари по об'єкту енергетичної системи"),
        ("ru", "удары по объектам энергетики страны", "удары по объекту энергетики страны"),
    ] {
        hold("copy.txt", lang, &[(quote, copy, "near")]);
    }
}

#[test]
#[rustfmt::skip] // A row a line.
fn small_differences_in_words_that_matter() {
    for (lang, quote, copy) in [
        ("en", "and 23 seriously wounded soldiers", "and 22 seriously wounded soldiers"),
        ("en", "some 30 men were exchanged", "some 1,030 men were exchanged"),
        ("en", "it fell by 5 percent in a year", "it fell by 5.5 percent in a year"),
        ("en", "prices rose 5 in the last month", "prices rose 5% in the last month"),
        ("en", "the talks of 18 March were long", "the talks of 19 March were long"),
        ("en", "the two leaders agreed to a full ceasefire", "the two leaders did not agree to a full ceasefire"),
        ("en", "the leaders did not agree to anything", "the leaders did agree to anything"),
        ("en", "it is possible to end the war by force", "it is impossible to end the war by force"),
        ("en", "the talks can begin at any moment now", "the talks can't begin at any moment now"),
        ("en", "the talks will begin on Sunday in Jeddah", "the talks will begin on Monday in Jeddah"),
        ("en", "an energy infrastructure ceasefire was agreed", "an energy and infrastructure ceasefire was agreed"),
        ("en", "all prisoners of the war will be freed", "some prisoners of the war will be freed"),
        ("en", "they agreed to a full ceasefire at sea", "they agreed to a partial ceasefire at sea"),
        ("en", "strikes on energy or infrastructure", "strikes on energy and infrastructure"),
        ("en", "the sides may begin talks at once", "the sides must begin talks at once"),
        ("en", "the talks between Trump and Putin began", "the talks between Vance and Putin began"),
        ("en", "only the energy grid was to be spared", "the energy grid was to be spared"),
        ("en", "a drop to -5 degrees was then foreseen", "a drop to 5 degrees was then foreseen"),
        ("de", "die Gespräche beginnen am Sonntag in Riad", "die Gespräche beginnen am Montag in Riad"),
        ("de", "es gibt eine Einigung über die Waffenruhe", "es gibt keine Einigung über die Waffenruhe"),
        ("fr", "les attaques doivent cesser partout ici", "les attaques peuvent cesser partout ici"),
        ("fr", "il a accepté la trêve proposée hier", "il n'a pas accepté la trêve proposée hier"),
        ("uk", "сторони домовилися про повне припинення вогню", "сторони не домовилися про повне припинення вогню"),
        ("uk", "зустріч відбудеться у неділю в Джидді", "зустріч відбудеться у суботу в Джидді"),
        ("ru", "обмен 175 на 175 пленных в среду", "обмен 174 на 175 пленных в среду"),
        ("ru", "стороны должны прекратить удары", "стороны могут прекратить удары"),
        ("ru", "паузу на двадцать дней по энергетике", "паузу на тридцать дней по энергетике"),
        // A number is one in any language.
        ("ja", "捕虜 175 人 が 交換 された と 発表", "捕虜 174 人 が 交換 された と 発表"),
    ] {
        hold("copy.txt", lang, &[(quote, copy, "altered")]);
    }
}

#[test]
#[rustfmt::skip] // A row a line.
fn words_that_do_not_stand_there() {
    hold(
        "copy.txt",
        "en",
        &[
            ("a thirty-day ceasefire on all fronts", READOUT, "not-found"),
            // Short quotes are never matched inexactly.
            ("22 wounded", "There were 23 wounded.", "not-found"),
            ("energy infrastructure", "energy and infrastructure", "not-found"),
            ("the leader agreed", "the leaders agree to it", "not-found"),
            ("leaders agreeed", "the leaders agreed", "not-found"),
            ("a b c d e", "a b c d f", "not-found"),
            // Words are not parts of words.
            ("he agreed", "the agreed plan", "not-found"),
            ("30", "some 1,030 men, 30.5 percent, in 1930", "not-found"),
            ("art of war", "part of war", "not-found"),
            ("5 degrees", "at −5 degrees", "not-found"),
            // Beyond 10 % without a guard word, and beyond 25 % with one.
            ("the leaders spoke widely about it", "the leaders spoke briefly about it", "not-found"),
            ("both sides agreed", "both sides did not agree", "not-found"),
            ("no such words stand anywhere here", "", "not-found"),
            ("words", "sword", "not-found"),
        ],
    );
    hold(
        "copy.txt",
        "ru",
        &[("прекращение огня на всех фронтах", READOUT, "not-found")],
    );
}

#[test]
#[rustfmt::skip] // A row a line.
fn more_than_one_place() {
    hold(
        "copy.txt",
        "en",
        &[
            ("ceasefire", "A ceasefire is a ceasefire.", "ambiguous"),
            ("Middle East", READOUT, "ambiguous"),
            ("a “ceasefire” now", "a 'ceasefire' now, a \"ceasefire\" now", "ambiguous"),
            // One of the two is as written; the other is not.
            ("a Ceasefire", "a ceasefire, a Ceasefire", "verbatim"),
            ("they met … they left", "they met and they left, they met and they left", "ambiguous"),
        ],
    );
    let copy = CopyText::from_text("First: the same words here. Second: the same words there.");
    let at = |hint: Context| {
        let checked = check("the same words", Some("en"), &copy, &hint);
        (checked.verdict, checked.start)
    };
    for (hint, start) in [
        (
            Context {
                prefix: "Second: ".into(),
                ..Context::default()
            },
            36,
        ),
        (
            Context {
                suffix: " here. Second".into(),
                ..Context::default()
            },
            7,
        ),
        (
            Context {
                position: Some(40),
                ..Context::default()
            },
            36,
        ),
    ] {
        assert_eq!(at(hint), (Verdict::Verbatim, Some(start)));
    }
    assert_eq!(at(Context::default()).0, Verdict::Ambiguous);
}

#[test]
fn of_many_passages_that_are_alike_the_context_decides() {
    // Sixty passages are equally near; the one that was locked is none of the first.
    let copy: String = (0..60)
        .map(|at| format!("Meeting {at}: the delegations spoke broadly about this region. "))
        .collect();
    let copy = CopyText::from_text(&copy);
    let hint = Context {
        prefix: "Meeting 57: ".into(),
        ..Context::default()
    };
    let checked = check(
        "the delegations spoke broadly about the region",
        Some("en"),
        &copy,
        &hint,
    );
    assert_eq!(checked.verdict, Verdict::Near);
    let start = checked.found.expect("a place").start;
    assert!(copy.text()[..start].ends_with("Meeting 57: "));
}

#[test]
fn a_locator_decides_between_places() {
    let text = "The readout\n\nThe leaders agreed to speak again.\n\nOn the next day the leaders agreed to meet.\n\n\
        In the end the leaders agreed to differ.";
    let copy = CopyText::from_text(text);
    let at = |locator: Option<&str>, quote: &str, hint: &Context| {
        let question = Question::Quote {
            words: quote,
            lang: Some("en"),
            locator,
        };
        let checked = question.ask(&copy, hint);
        (checked.verdict.as_str(), checked.start)
    };
    let none = Context::default();
    let quote = "the leaders agreed";
    assert_eq!(at(None, quote, &none).0, "ambiguous");
    assert_eq!(at(Some("chapter 9"), quote, &none).0, "ambiguous");
    assert_eq!(at(Some("line 5"), quote, &none), ("verbatim", Some(65)));
    // With the headline counted it is the last paragraph, without it there is none.
    assert_eq!(at(Some("para. 4"), quote, &none), ("verbatim", Some(105)));
    // The second paragraph with the headline is the first without it: both readings are open, and nothing decides.
    assert_eq!(at(Some("para. 3"), quote, &none).0, "ambiguous");
    // What the author says now comes before what was locked once.
    let locked = Context {
        prefix: "In the end ".into(),
        ..Context::default()
    };
    assert_eq!(at(None, quote, &locked), ("verbatim", Some(105)));
    assert_eq!(at(Some("line 5"), quote, &locked), ("verbatim", Some(65)));
    // Words that stand once stand there, whatever the locator says.
    assert_eq!(
        at(Some("line 1"), "to differ", &none),
        ("verbatim", Some(124))
    );
    assert_eq!(
        at(Some("line 7"), "the leaders … to", &none),
        ("elided", Some(105))
    );
}

#[test]
#[rustfmt::skip] // A row a line.
fn nothing_to_check() {
    hold(
        "copy.txt",
        "en",
        &[
            ("", "words", "paraphrase"),
            ("…", "words", "paraphrase"),
            ("[…] [the author]", "words", "paraphrase"),
            (" — ", "words", "paraphrase"),
        ],
    );
}

#[test]
#[rustfmt::skip] // A row a line.
fn html_and_markdown_as_their_readers_see_them() {
    hold(
        "copy.html",
        "en",
        &[
            ("an energy and infrastructure ceasefire", "<p>an <b>energy</b> and\n <a href='x'>infrastructure</a> ceasefire</p>", "verbatim"),
            ("Zoë & Åsa", "<p>Zo&euml; &amp; &#197;sa</p>", "verbatim"),
            ("18 March", "18&nbsp;March", "typography"),
            ("ceasefire now", "cease&shy;fire now", "typography"),
            ("“huge upside”", "&ldquo;huge upside&rdquo;", "verbatim"),
            ("hidden words here", "<p hidden>hidden words here</p><p>seen</p>", "not-found"),
            ("script words here", "<script>'script words here'</script>", "not-found"),
            ("one word", "<p>one</p><p>word</p>", "typography"),
            ("one … word", "<p>one</p><p>word</p>", "elided-across"),
            ("a & b", "a &amp;amp; b", "not-found"),
        ],
    );
    hold(
        "copy.md",
        "en",
        &[
            ("an energy and infrastructure ceasefire", "an *energy* and\n[infrastructure](https://example.org) **ceasefire**", "verbatim"),
            ("quoted words", "> quoted\n> words", "verbatim"),
            ("a title", "---\ntitle: a title\n---\nbody", "not-found"),
            ("5 * 3", "5 \\* 3", "verbatim"),
        ],
    );
}

#[test]
#[rustfmt::skip] // A row a line.
fn what_cannot_be_known_is_said() {
    let copy = CopyText::from_text("双方 达成 协议 停火 的 协议 已经 公布 了 全文 在此 处");
    let quote = "双方 达成 协议 停火 的 协议 已经 公布 了 全文 在 处";
    let checked = check(quote, Some("zh"), &copy, &Context::default());
    assert_eq!(checked.verdict, Verdict::Near);
    assert!(checked.possibly_altered);
    let copy = CopyText::from_text("the leaders spoke broadly about this region");
    let quote = "the leaders spoke broadly about the region";
    let known = check(quote, Some("en"), &copy, &Context::default());
    assert!(!known.possibly_altered);
}

#[test]
#[rustfmt::skip] // A row a line.
fn a_missing_quote_is_offered_its_closest_passage() {
    let copy = CopyText::from_text(READOUT);
    let quote = "the movement towards a lasting peace shall start with an energy truce";
    let checked = check(quote, Some("en"), &copy, &Context::default());
    assert_eq!(
        (checked.verdict, checked.found.is_none()),
        (Verdict::NotFound, true)
    );
    let closest = checked.closest.expect("a closest passage");
    assert!(
        closest
            .words
            .starts_with("the movement to peace will begin with an energy")
    );
    let short = check(
        "energy infrastructure",
        Some("en"),
        &copy,
        &Context::default(),
    );
    let closest = short.closest.expect("a closest passage");
    assert!(
        closest.words.contains("infrastructure"),
        "{}",
        closest.words
    );
}
