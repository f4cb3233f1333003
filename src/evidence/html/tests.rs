//! Pages, and what their readers see.

use super::*;

fn text_of(html: &str) -> String {
    readable(html, 0..html.len()).expect("within bounds").text
}

#[test]
fn a_page_reads_as_its_reader_sees_it() {
    for (html, expected) in [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("<p>a <b>bold</b>, <i>old</i>\n  word", "a bold, old word"),
        (
            "a&nbsp;b &amp; c &#8212; d &eacute; &hellip;",
            "a\u{a0}b & c — d é …",
        ),
        ("x &lt b&copy", "x < b©"),
        ("<head><title>No</title><meta></head><body>yes", "yes"),
        ("<head><title>No</title><p>yes", "yes"),
        ("a<script>if (1 < 2) '</p>'</script>b", "ab"),
        ("a<style>p > q {}</style>b<!-- no -->c", "abc"),
        (
            "a<noscript>enable</noscript>b<template><p>x</template>c",
            "abc",
        ),
        ("<p hidden>no<p>yes", "yes"),
        // Meant for screen readers; eyes see it.
        ("<div aria-hidden=true>one</div>two", "one\ntwo"),
        (
            "<details><summary>head</summary>inside</details>",
            "head\ninside",
        ),
        ("<p hidden=until-found>yes", "yes"),
        (
            "<ul><li style='DISPLAY : none !important'>no<li>yes</ul>",
            "yes",
        ),
        ("<span><div hidden>no</span>no</div>yes", "yes"),
        ("<p style='display:none;display:block'>yes", "yes"),
        (
            "<table><tr><td hidden>no<td>a<td>b<tr><td>c</table>d",
            "a\tb\nc\n\nd",
        ),
        ("one<br>two", "one\ntwo"),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("cease&shy;fire m<sup>2</sup> m²", "cease\u{ad}fire m2 m²"),
        ("<textarea>a <b> c</textarea>", "a <b> c"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("<svg><title>no</title><text>yes</text></svg>", "yes"),
        ("<dialog>no</dialog><dialog open>yes</dialog>", "yes"),
        ("", ""),
    ] {
        assert_eq!(text_of(html), expected, "{html}");
    }
}

#[test]
fn every_word_leads_back_to_its_bytes() {
    let html =
        "<p>Über <b>an&nbsp;energy</b> &amp;\r\n infra&shy;structure</p><script>x</script> end";
    let Readable { text, map, .. } = readable(html, 0..html.len()).expect("within bounds");
    for (words, in_file) in [
        ("Über", "Über"),
        ("an\u{a0}energy", "an&nbsp;energy"),
        ("&", "&amp;"),
        ("infra\u{ad}structure", "infra&shy;structure"),
        ("end", "end"),
    ] {
        let at = text.find(words).expect("in the text");
        assert_eq!(html.get(map.origin(at..at + words.len())), Some(in_file));
    }
}

#[test]
fn hostile_nesting_takes_no_stack_and_little_time() {
    for (deep, open, close) in [
        (100_000, "<div>", "</div>"),
        (10_000, "<b>", "</b>"),
        (10_000, "<p hidden><span>", ""),
        (10_000, "<table><tr><td>", ""),
        (10_000, "<ul><li>", "</section>"),
        (10_000, "<svg>", "</b>"),
        (10_000, "<section><b>", "</i>"),
    ] {
        let html = format!("<i>{}word{}", open.repeat(deep), close.repeat(deep));
        let hidden = open.contains("hidden");
        assert_eq!(text_of(&html), if hidden { "" } else { "word" }, "{open}");
    }
}
