use super::*;
use crate::parse::bounds::MAX_SOURCES;

fn read(path: &str, text: &str) -> (Vec<String>, Vec<(Code, String)>) {
    let (bibliography, problems) = bibliography(path, &text.into());
    let shown = bibliography
        .sources
        .iter()
        .map(|source| {
            format!(
                "{} {} | {} | {} | {} | {} | {}",
                source.key,
                source.entry_type,
                source.title.as_deref().unwrap_or("-"),
                source.authors.join("; "),
                source.date.as_ref().map_or("-", |date| date.written()),
                source.publisher.as_deref().unwrap_or("-"),
                source.url.as_deref().unwrap_or("-"),
            )
        })
        .collect();
    let problems = problems
        .iter()
        .map(|problem| {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
            assert!(!problem.hint.is_empty());
            (problem.code, problem.span.of(text).to_owned())
        })
        .collect();
    (shown, problems)
}

#[test]
fn hayagriva() {
    let text = "\u{feff}harry:\n  type: Article\n  title: {value: Harry, short: H}\n  author: [\"Rowling, J. K.\", {name: Beethoven, prefix: van, given-name: Ludwig}]\n  date: 2025-03\n  parent:\n    type: Newspaper\n    title: The Daily\n  url: {value: \"https://example.org/h\", date: 2025-04-01}\nshort: https://example.org/s\nbad: [1]\n";
    let (sources, problems) = read("a/refs.yml", text);
    assert_eq!(
        sources,
        [
            "harry Article | Harry | Rowling, J. K.; van Beethoven, Ludwig | 2025-03 | The Daily | https://example.org/h",
            "short  | - |  | - | - | https://example.org/s",
        ]
    );
    assert_eq!(problems, [(Code::ValueType, "[1]".to_owned())]);
}

#[test]
fn sources_may_stand_under_their_name_as_in_front_matter() {
    for text in [
        "sources:\n  wh: {title: Readout}\n  kr: {title: Summary}\nevents:\n  - {date: 2025, title: A}\n",
        "sources:\n  - {key: wh, title: Readout}\n  - {key: kr, title: Summary}\n",
    ] {
        let (sources, problems) = read("sources.yml", text);
        assert_eq!(
            sources,
            [
                "wh  | Readout |  | - | - | -",
                "kr  | Summary |  | - | - | -"
            ]
        );
        assert_eq!(problems, []);
    }
    // One that cannot be read is told, and the short ones are sources too.
    let (sources, problems) = read(
        "sources.yml",
        "sources: {wh: {title: Readout}, kr: https://example.org/k, bad: [1]}\n",
    );
    assert_eq!(sources.len(), 2, "{sources:?}");
    assert_eq!(problems, [(Code::ValueType, "[1]".to_owned())]);
    // A source of that name, alone or beside others.
    let (sources, _) = read("sources.yml", "sources: {title: On sources}\n");
    assert_eq!(sources, ["sources  | On sources |  | - | - | -"]);
    let (sources, _) = read(
        "sources.yml",
        "sources: {a: {title: A}}\nwh: {title: Readout}\n",
    );
    assert_eq!(sources.len(), 2);
}

#[test]
fn what_could_not_be_read_is_told_to_those_who_use_the_rest() {
    let faults = |text: &str| bibliography("refs.yml", &text.into()).0.faults;
    assert_eq!(faults("wh: {title: Readout}\n"), None);
    let one = faults("wh: {title: Readout}\nbad: [1]\n").expect("a fault");
    assert!(one.starts_with("a fault at 2:6: expected "), "{one}");
    let two = faults("bad: [1]\nwh: {title: Readout}\nworse: [2]\n").expect("faults");
    assert!(two.starts_with("2 faults, the first at 1:6: "), "{two}");
}

#[test]
fn biblatex() {
    let text = "@string{acm = {ACM Press}}\n@article{knuth,\n  author = {Knuth, Donald E. and van Beethoven, Ludwig},\n  title = {The {\\TeX}book: caf\\'e},\n  year = 1984, month = mar,\n  journal = acm,\n  url = {https://example.org/k}\n}\n@misc{broken, title = {no end\n@online{last, title = \"Last\", date = {2025-03-18/2025-03-20}, doi = {10.1/x}}\n";
    let (sources, problems) = read("refs.bib", text);
    assert_eq!(sources.len(), 2, "{sources:?}");
    assert!(
        sources[0].starts_with("knuth Article | The "),
        "{sources:?}"
    );
    assert!(sources[0].ends_with("café | Knuth, Donald E.; van Beethoven, Ludwig | 1984-03 | ACM Press | https://example.org/k"), "{sources:?}");
    assert_eq!(
        sources[1],
        "last Web | Last |  | 2025-03-18/2025-03-20 | - | https://doi.org/10.1/x"
    );
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].0, Code::BibliographySyntax);
}

#[test]
fn biblatex_that_leads_in_circles_ends() {
    for text in [
        "@string{a = b}\n@string{b = a}\n@misc{x, title = a # b}\n",
        "@misc{a, crossref = {b}, title = {A}}\n@misc{b, crossref = {a}, title = {B}}\n",
        "@xdata{a, xdata = {a}, title = {A}}\n",
        "@misc{a, title = {A}, ids = {a, b}, year = {99999999999999999999}}\n",
    ] {
        let (sources, _) = read("refs.bib", text);
        assert!(!sources.is_empty(), "{text}");
    }
    let deep = format!(
        "@misc{{a, title = {{{}{}}}}}\n",
        "{\\a{".repeat(5_000),
        "}}".repeat(5_000)
    );
    let (sources, problems) = read("refs.bib", &deep);
    assert_eq!((sources.len(), problems.len()), (0, 1));
}

#[test]
fn csl() {
    let text = r#"[{"id": "a", "type": "article-newspaper", "title": "T", "author": [{"family": "Doe", "given": "Jane"}, {"literal": "The Office"}],
 "issued": {"date-parts": [[2025, 3, 18]]}, "container-title": "The Daily", "URL": "https://example.org/a", "volume": 3},
 {"title": "no id"}]"#;
    let (sources, problems) = read("refs.json", text);
    assert_eq!(
        sources,
        [
            "a article-newspaper | T | Doe, Jane; The Office | 2025-03-18 | The Daily | https://example.org/a"
        ]
    );
    assert_eq!(problems.len(), 1);
    let (_, problems) = read("refs.json", "[{\"id\": \"ä\",\n  oops}]");
    assert_eq!(problems.len(), 1);
    let (_, problems) = read("refs.json", &"[".repeat(10_000));
    assert_eq!(problems.len(), 1);
}

#[test]
fn what_is_no_bibliography() {
    for (path, text) in [
        ("refs.txt", "x"),
        ("refs.yml", "words"),
        ("refs.json", "{}"),
        ("refs.yml", "- title: T\n"),
    ] {
        let (sources, problems) = read(path, text);
        assert_eq!((sources.len(), problems.len()), (0, 1), "{path}");
    }
    let (sources, problems) = read("refs.yml", &"a".repeat(MAX_BIBLIOGRAPHY_BYTES + 1));
    assert_eq!((sources.len(), problems.len()), (0, 1));
    let (sources, problems) = read("refs.bib", "@misc{a, title={A}}\n@misc{a, title={B}}\n");
    assert_eq!(sources.len(), 1);
    assert_eq!(problems[0].0, Code::SourceDuplicateKey);
    assert_eq!(read("refs.yaml", ""), (Vec::new(), Vec::new()));
}

#[test]
fn bibliographies_are_read_up_to_their_bound() {
    let many = MAX_SOURCES + 2;
    let yaml: String = (0..many)
        .map(|at| format!("s{at}: {{title: A}}\n"))
        .collect();
    let bib: String = (0..many)
        .map(|at| format!("@book{{s{at}, title={{A}}}}\n"))
        .collect();
    let items: Vec<String> = (0..many)
        .map(|at| format!("{{\"id\": \"s{at}\"}}"))
        .collect();
    let json = format!("[{}]", items.join(","));
    for (path, text) in [("a.yml", yaml), ("a.bib", bib), ("a.json", json)] {
        let (bibliography, problems) = bibliography(path, &text.into());
        assert_eq!(bibliography.sources.len(), MAX_SOURCES, "{path}");
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::TooManySources], "{path}");
    }
}

/// These would take the square of their number: minutes.
#[test]
fn values_of_very_many_pieces_are_left_out_and_told_and_the_other_entries_are_read() {
    let parts = "\"a\" # ".repeat(100_000);
    let braces = "{a}".repeat(100_000);
    let honest = "{\\'e}".repeat(2_000);
    for (title, read) in [
        (format!("{parts}\"b\""), false),
        (format!("{{{braces}}}"), false),
        (format!("{{{honest}}}"), true),
    ] {
        let text = format!("@book{{k, title = {title}}}\n@book{{l, title = {{L}}}}\n");
        let (bibliography, problems) = bibliography("a.bib", &text.into());
        assert_eq!(bibliography.by_key("k").is_some(), read);
        assert!(bibliography.by_key("l").is_some());
        let codes: Vec<Code> = problems
            .iter()
            .map(|problem| problem.code)
            .filter(|code| *code != Code::ValueTooLong)
            .collect();
        let expected: &[Code] = if read {
            &[]
        } else {
            &[Code::BibliographySyntax]
        };
        assert_eq!(codes, expected, "{problems:?}");
    }
}

/// Half a megabyte that each of a hundred entries names four times would be two hundred.
#[test]
fn abbreviations_add_only_so_much_and_the_rest_is_told() {
    let long = "b".repeat(500_000);
    let entries: String = (0..100)
        .map(|at| format!("@book{{k{at}, title = a # a # a # a}}\n"))
        .collect();
    let text = format!("@string{{a = \"{long}\"}}\n{entries}");
    let (bibliography, problems) = bibliography("a.bib", &text.into());
    assert_eq!(bibliography.sources.len(), 100);
    let codes: Vec<Code> = problems
        .iter()
        .map(|problem| problem.code)
        .filter(|code| *code != Code::ValueTooLong)
        .collect();
    assert_eq!(codes, [Code::BibliographySyntax], "{problems:?}");
    let titles: usize = (bibliography.sources.iter())
        .filter_map(|source| source.title.as_ref())
        .map(|title| title.len())
        .sum();
    assert!(titles < 9_000_000, "{titles}");
}
