use super::*;
use std::fmt::Write as _;

/// The tree on one line, and the problems.
fn show(yaml: &str) -> (String, Vec<Problem>) {
    fn write_node(file: &str, node: &Node, out: &mut String) {
        match &node.kind {
            Kind::Scalar { .. } if node.is_null() => out.push_str("null"),
            Kind::Scalar { text, .. } => write!(out, "{text:?}").expect("to a string"),
            Kind::Sequence(items) => {
                out.push('[');
                for item in items {
                    write_node(file, item, out);
                    out.push(' ');
                }
                out.push(']');
            }
            Kind::Mapping(entries) => {
                out.push('{');
                for entry in entries {
                    assert_eq!(entry.key_span.of(file).trim_matches(['"', '\'']), entry.key);
                    write!(out, "{}: ", entry.key).expect("to a string");
                    write_node(file, &entry.value, out);
                    out.push(' ');
                }
                out.push('}');
            }
        }
    }
    let file = format!("---\n{yaml}");
    let mut problems = Vec::new();
    let root = read(&file, Span::new(4, file.len()), &mut problems);
    let mut tree = String::new();
    if let Some(root) = &root {
        write_node(&file, root, &mut tree);
    }
    for problem in &problems {
        assert!(file.get(problem.span.range()).is_some(), "{problem:?}");
        assert!(!problem.hint.is_empty());
    }
    (tree, problems)
}

fn check(yaml: &str, tree: &str, codes: &[Code]) {
    let (found, problems) = show(yaml);
    assert_eq!(found, tree, "{yaml}\n{problems:#?}");
    let found: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(found, codes, "{yaml}\n{problems:#?}");
}

#[test]
fn plain_trees() {
    check("", "", &[]);
    check("# nothing\n", "", &[]);
    check(
        "a: 1\nb: [x, 'y z', {k: v}]\n",
        r#"{a: "1" b: ["x" "y z" {k: "v" } ] }"#,
        &[],
    );
    check(
        "a:\nb: ~\nc: \"null\"\n",
        r#"{a: null b: null c: "null" }"#,
        &[],
    );
    check(
        "a: |\n  one\n  two\nb: >-\n  x\n  y\n",
        "{a: \"one\\ntwo\\n\" b: \"x y\" }",
        &[],
    );
    check("- a\n- b: c\n  d: e\n", r#"["a" {b: "c" d: "e" } ]"#, &[]);
    check("a: один\nб: два\n", r#"{a: "один" б: "два" }"#, &[]);
    check("a: 1\r\nb:\r\n  - x\r\n", r#"{a: "1" b: ["x" ] }"#, &[]);
}

#[test]
fn every_value_knows_its_place() {
    let file = "---\ntitel: Größe\nlist: [ä, 'ö' , \"ü\"] # note\nmap:\n  k: \"a \\\" b\"   # \"no\"\n  l: |\n    text\n    more\n\nend: ''\n";
    let mut problems = Vec::new();
    let root = read(file, Span::new(4, file.len()), &mut problems).expect("a mapping");
    let mut found = Vec::new();
    let mut open = vec![&root];
    while let Some(node) = open.pop() {
        found.push(node.span.of(file));
        match &node.kind {
            Kind::Scalar { .. } => {}
            Kind::Sequence(items) => open.extend(items.iter().rev()),
            Kind::Mapping(entries) => open.extend(entries.iter().rev().map(|entry| &entry.value)),
        }
    }
    assert_eq!(found[1], "Größe");
    assert_eq!(found[2], "[ä, 'ö' , \"ü\"]");
    assert_eq!(found[3..6], ["ä", "'ö'", "\"ü\""]);
    assert_eq!(
        found[6],
        "k: \"a \\\" b\"   # \"no\"\n  l: |\n    text\n    more"
    );
    assert_eq!(found[7], "\"a \\\" b\"");
    assert_eq!(found[8].trim(), "text\n    more");
    assert_eq!(found[9], "''");
    assert_eq!(found[0], file[4..].trim_end());
}

#[test]
fn one_bad_entry_does_not_lose_the_others() {
    // A colon in a title.
    check(
        "title: One: two\ndate: 2025\n",
        r#"{title: "One: two" date: "2025" }"#,
        &[Code::YamlSyntax],
    );
    check(
        "events:\n  - id: a\n    title: One: two\n    date: 2025\n  - id: b\n    date: 2026\n",
        r#"{events: [{id: "a" title: "One: two" date: "2025" } {id: "b" date: "2026" } ] }"#,
        &[Code::YamlSyntax],
    );
    // A tab.
    check(
        "events:\n  - id: a\n\tdate: 2025\n  - id: b\nlang: en\n",
        r#"{events: [{id: "a" date: "2025" } {id: "b" } ] lang: "en" }"#,
        &[Code::YamlTab],
    );
    // A quotation mark that is never closed.
    check(
        "events:\n- title: \"One\n  date: 2025\n- title: Two's\nlang: en\n",
        r#"{events: [{title: "One" date: "2025" } {title: "Two's" } ] lang: "en" }"#,
        &[Code::YamlSyntax],
    );
    // Wrong indentation.
    check(
        "events:\n  - id: a\n    date: 2025\n   title: Bad\n  - id: b\n",
        r#"{events: [{id: "a" date: "2025" title: "Bad" } {id: "b" } ] }"#,
        &[Code::YamlSyntax],
    );
    // Signs that cannot begin a value.
    check(
        "sources: [@wh]\ntitle: *Bold* words\ntags:\n  - @kremlin\n  - b\n",
        r#"{sources: ["@wh" ] title: "*Bold* words" tags: ["@kremlin" "b" ] }"#,
        &[Code::YamlSyntax, Code::YamlAnchor, Code::YamlSyntax],
    );
    // A bracket that is never closed.
    check(
        "tags: [a, b\ntitle: T\n",
        r#"{title: "T" }"#,
        &[Code::YamlSyntax],
    );
    // A line without a colon.
    check(
        "a: 1\nwords\nb: 2\n",
        r#"{a: "1" b: "2" }"#,
        &[Code::YamlSyntax],
    );
    // Words after a quotation.
    check(
        "title: \"Yes\" he said\nlang: en\n",
        r#"{title: "Yes\" he said" lang: "en" }"#,
        &[Code::YamlSyntax],
    );
}

#[test]
fn problems_stand_where_the_fault_is() {
    for (yaml, place) in [
        ("a: 1\nevents:\n  - title: x\n\tdate: y\n", "\t"),
        ("a: b: c\n", ": c"),
        ("a: [b, c\n", ""),
        ("a: @x\n", "@x"),
        ("a: &x 1\n", "&x"),
        ("a: 1\nb: 2\na: 3\n", "a"),
        ("a: \"one\nb: 2\n", "\"one"),
    ] {
        let (_, problems) = show(yaml);
        let file = format!("---\n{yaml}");
        assert_eq!(problems.len(), 1, "{yaml} {problems:#?}");
        assert_eq!(problems[0].span.of(&file), place, "{yaml} {problems:#?}");
    }
}

#[test]
fn anchors_aliases_and_merge_keys_are_refused_and_the_rest_is_read() {
    check(
        "a: &x 1\nb: 2\n",
        r#"{a: "1" b: "2" }"#,
        &[Code::YamlAnchor],
    );
    check(
        "a: &x [1]\nb: *x\nc: {<<: *x}\n",
        r#"{a: ["1" ] b: null c: {} }"#,
        &[Code::YamlAnchor; 4],
    );
}

#[test]
fn repeated_keys_are_told_and_the_first_is_kept() {
    check(
        "a: 1\nb: 2\na: 3\n",
        r#"{a: "1" b: "2" }"#,
        &[Code::YamlDuplicateKey],
    );
    let many: String = (0..200).map(|n| format!("k{}: {n}\n", n % 199)).collect();
    let (_, problems) = show(&many);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, Code::YamlDuplicateKey);
}

#[test]
fn deep_nesting_ends_at_once_and_loses_only_itself() {
    for bad in [
        "[".repeat(10_000),
        "{a: ".repeat(10_000),
        "- ".repeat(10_000),
        "? ".repeat(10_000),
    ] {
        let (tree, problems) = show(&format!("title: T\nx: {bad}\nlang: en\n"));
        assert!(
            tree.contains("title: \"T\"") && tree.contains("lang: \"en\""),
            "{tree}"
        );
        assert!(!problems.is_empty());
        let (_, problems) = show(&bad);
        assert!(!problems.is_empty());
    }
    let deep = format!("x: {}{}\ny: 1\n", "[".repeat(40), "]".repeat(40));
    let (_, problems) = show(&deep);
    assert_eq!(problems[0].code, Code::YamlTooDeep);
}

#[test]
fn a_list_as_a_key_and_a_zero_character_are_told() {
    check("[a, b]: 1\nc: 2\n", r#"{c: "2" }"#, &[Code::YamlSyntax]);
    check(
        "a: x\0y\nc: 2\n",
        "{a: \"x\\0y\" c: \"2\" }",
        &[Code::YamlSyntax],
    );
}

#[test]
fn a_flood_of_faults_is_told_in_part() {
    for yaml in [
        "- a: b: c\n".repeat(5_000),
        "a: 1\n".repeat(5_000),
        "- &a x\n".repeat(5_000),
    ] {
        let (_, problems) = show(&yaml);
        assert_eq!(problems.len(), MAX_FAULTS);
        assert!(problems[MAX_FAULTS - 1].message.ends_with("not listed"));
    }
}

/// What the full reader makes of a text, if there is nothing to tell.
fn in_full(file: &str) -> Option<Node<'_>> {
    let mut problems = Vec::new();
    let mut reader = Reader {
        file,
        nodes_left: MAX_NODES,
        faults_told: 0,
        has_given_up: false,
        problems: &mut problems,
    };
    let root = reader.read_in_full(Span::new(0, file.len()));
    root.filter(|_| problems.is_empty())
}

/// The quick reader gives what the full reader gives, or gives up.
fn check_quick(yaml: &str) -> bool {
    let quick = quick::read(yaml, Span::new(0, yaml.len()));
    if let Some(quick) = &quick {
        assert_eq!(Some(quick), in_full(yaml).as_ref(), "{yaml:?}");
    }
    quick.is_some()
}

#[test]
fn the_quick_reader_reads_what_is_usual() {
    for (yaml, is_read) in [
        (
            "title: The call\ndate: 2025-03-18T10:00-04:00\nempty:\nlast: x",
            true,
        ),
        (
            "events:\n  - id: a\n    title: \"One: two\"\n    sources: [wh, 'on k', \"x, y\"]\n\n  - id: b\n    tags: []\n",
            true,
        ),
        ("events:\n- id: a\n  in:\n  - x\n  - y\nlang: en\n", true),
        (
            "sources:\n  wh:\n    url: https://example.org/?a=b#c\n    list: [https://example.org/a, b]\n",
            true,
        ),
        ("- a\n- -1\n-  b: c\n   d: e\n", true),
        ("größe: 1\n", false),
        ("a: Größe — und «so» и так ﬁ\n", true),
        ("a: \u{85}b\n", false),
        ("a: \u{feff}b\n", false),
        ("a: b\n  c\n", false),
        ("a: b # c\n", false),
        ("a: |\n  b\n", false),
        ("a: b: c\n", false),
        ("a: {b: c}\n", false),
        ("a: 'it''s'\n", false),
        ("a:\n    b: c\n  d: e\n", false),
        ("  a: b\n", false),
        ("", false),
    ] {
        assert_eq!(check_quick(yaml), is_read, "{yaml:?}");
    }
}

mod quick_properties {
    use super::check_quick;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// Lines of pieces that matter to YAML.
        #[test]
        fn the_quick_reader_never_differs(lines in prop::collection::vec(
            (0_usize..5, prop::collection::vec(prop::sample::select(vec![
                "- ", "a: ", "b:", "key: ", "c", "x y", "[", "]", ", ", "[a, b]", "[]", "\"q\"", "'s'", "\"", "'", "#", " #", ":", "-", "1", "~", "null", "é", "|", ">", "{", "}", "&a", "*a", "!", "?", "? ", "https://e.org/a", "---", "...", "%", "@", " ", "\\", "2025-03-18", "..", "–", "\t", "\r", "«", "\u{85}", "\u{a0}", "\u{2028}", "\u{feff}", "\u{ffff}", "＃",
            ]), 0..5)), 0..6)) {
            let text: String = lines
                .iter()
                .map(|(indent, words)| format!("{}{}\n", " ".repeat(*indent), words.concat()))
                .collect();
            check_quick(&text);
            check_quick(text.trim_end());
        }

        /// Texts that are mostly well formed, so that the quick reader gets far.
        #[test]
        fn the_quick_reader_never_differs_on_near_front_matter(lines in prop::collection::vec(prop::sample::select(vec![
            "title: One", "date: 2025", "tags: [a, b c, \"d\"]", "list:", "  - a", "  - id: x", "    title: y", "    in:", "    - z", "    more:", "      - w", "", "- q", "- id: p", "  title: r", "map:", "  k: v", "  l:", "    m: n", "x: ", "y: 'z'", "z: [a", "  text", "#c", "w: a:b", "v: -1", "u: [a:b, -2]", "t: .", "s: ]", "r: [a, ]", "q: [,]", "p: a ", "o: \"a\" b", " n: 1", "empty: []",
        ]), 0..10)) {
            check_quick(&lines.join("\n"));
        }
    }
}
