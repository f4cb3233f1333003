//! What styles hide, as a table of pages; and pages that ask for too much.

use super::TooInvolved;
use crate::evidence::html::readable;

fn text_of(html: &str) -> Result<String, TooInvolved> {
    readable(html, 0..html.len()).map(|page| page.text)
}

/// Each sheet is applied to `body`, in which everything that should not be read says "no".
#[track_caller]
fn check(body: &str, sheets: &[&str]) {
    let expected = text_of(&body.replace("no", "")).expect("within bounds");
    for sheet in sheets {
        for page in [
            format!("<style>{sheet}</style>{body}"),
            // A rule may hide what stands before it.
            format!("{body}<style>{sheet}</style>"),
        ] {
            assert_eq!(text_of(&page).as_ref(), Ok(&expected), "{page}");
        }
    }
}

#[test]
fn a_rule_hides_what_it_selects() {
    check(
        "<p>yes</p><p class='a off b' id=x lang=en-GB data-x='one two'>no</p>",
        &[
            ".off{display:none}",
            ".off{DISPLAY : None}",
            "P.off{display:none !important}",
            "#x{visibility:hidden}",
            "p#x.a.b{visibility:collapse}",
            "[data-x]{content-visibility:hidden}",
            "[data-x='one two']{display:none}",
            "[data-x~=two]{display:none}",
            "[data-x^=one]{display:none}",
            "[data-x$='two']{display:none}",
            "[data-x*='e t' i]{display:none}",
            "[data-x='ONE TWO' i]{display:none}",
            "[lang|=en]{display:none}",
            "p + p{display:none}",
            "p ~ .off{display:none}",
            "body > .off{display:none}",
            "html body .off{display:none}",
            "p:not(:first-child){display:none}",
            "p:nth-child(2n){display:none}",
            "p:nth-of-type(2){display:none}",
            ":is(.off, .other){display:none}",
            ":where(.off){display:none}",
            "h1, .off, h2{display:none}",
            "h1::before, .off{display:none}",
            ".off:not(:hover){display:none}",
            ".off{opacity:0}",
            ".off{position:absolute;left:-9999px}",
            ".off{position:absolute!important;clip:rect(1px, 1px, 1px, 1px)}",
            ".off{clip-path:inset(50%)}",
            ".off{font-size:0}",
            ".off{font:0/0 a}",
            ".off{text-indent:-9999px}",
            "@media screen{.off{display:none}}",
            "@media (min-width:600px){@supports (display:grid){.off{display:none}}}",
            "@layer base{.off{display:none}}",
            "body{& .off{display:none}}",
            "body{.off{display:none}}",
            ".off{&#x{display:none}}",
            "p{color:red;&:hover{color:blue}&.off{display:none}}",
            ".off{@media screen{display:none}}",
            ".\\6f ff{display:none}",
            "/* } */ .off{display:none",
            "p{;;color:red;&&&} .off{display:none}",
            "@import url(x.css); @charset 'x'; .off{display:none}",
            "<!-- .off{display:none} -->",
        ],
    );
}

#[test]
fn other_rules_hide_nothing() {
    check(
        "<p class=on>yes <a href=x>link</a></p><p class=on>more</p>",
        &[
            ".off{display:none}",
            "p > .on{display:none}",
            ".on .on{display:none}",
            ".on:hover{display:none}",
            ".on::before{display:none}",
            "a:visited{display:none}",
            "p:empty{display:none}",
            "p:nth-child(3){display:none}",
            "p:nth-child(n+3){display:none}",
            "@media print{.on{display:none}}",
            "@media (max-width:600px){.on{display:none}}",
            "@media (prefers-color-scheme:dark){.on{display:none}}",
            "@supports not (display:grid){.on{display:none}}",
            "@keyframes k{from{visibility:hidden}}",
            "@font-face{display:none}",
            "@page{.on{display:none}}",
            // A rule with anything a browser does not know is dropped as a whole.
            ".on, :unknown{display:none}",
            "} .on{display:none}",
            ".on{display:}",
            ".on{display:var(--x)}",
            ".on{display:none;display:block}",
            ".on{display:none}.on{display:block}",
            "p.on{display:block}.on{display:none}",
            ".on{display:block!important}p.on{display:none}",
            "@layer a{p.on{display:none}}p{display:block}",
            "@layer a{p{display:block!important}}p.on{display:none!important}",
            ".on{left:-9999px}",
            ".on{clip:rect(0,0,0,0)}",
            ".on{position:absolute;clip:rect(0,9px,9px,0)}",
            ".on{opacity:0;transition:opacity 1s}",
            ".on{opacity:.5}",
            ".on{font:400 16px serif}",
            // Pages hide all of themselves only until their script has run.
            "body{display:none}",
            "html{visibility:hidden}",
            "no{display:none",
        ],
    );
}

#[test]
fn what_is_inside_follows_the_rules_of_inheritance() {
    check(
        "<div class=off>no<p class=on>yes</p>no</div>",
        &[
            ".off{visibility:hidden}.on{visibility:visible}",
            ".off{font-size:0}.on{font-size:1em}",
        ],
    );
    check(
        "<div class=off>no<p class=on>no</p></div>yes",
        &[
            ".off{display:none}.on{display:block!important}",
            ".off{opacity:0}.on{opacity:1}",
            ".off{visibility:hidden}.on{visibility:inherit}",
        ],
    );
}

#[test]
fn the_page_itself_has_a_say() {
    for (page, expected) in [
        (
            "<style>p{display:none}</style><p style='display:block'>yes",
            "yes",
        ),
        (
            "<style>p{display:none!important}</style><p style='display:block'>no",
            "",
        ),
        ("<style>p{display:flex}</style><p hidden>yes", "yes"),
        ("<style media=print>p{display:none}</style><p>yes", "yes"),
        (
            "<style media='screen, print'>p{display:none}</style><p>no",
            "",
        ),
        ("<style type=text/less>p{display:none}</style><p>yes", "yes"),
        (
            "<template><style>p{display:none}</style></template><p>yes",
            "yes",
        ),
        (
            "<noscript><style>p{display:none}</style></noscript><p>yes",
            "yes",
        ),
        ("<!-- <style>p{display:none}</style> --><p>yes", "yes"),
        (
            "<svg><style>.x{display:none}</style><text class=x>no</text></svg>yes",
            "yes",
        ),
        (
            "<style>#t:checked ~ div{display:none}</style><input id=t type=checkbox checked><div>no</div>",
            "",
        ),
        (
            "<style>table > tbody > tr.x{display:none}</style><table><tr class=x><td>no<tr><td>yes</table>",
            "yes",
        ),
        (
            "<STYLE>p:last-child{display:none}</STYLE><div><p>yes<p>no</div>",
            "yes",
        ),
        (
            "<style>.a{display:none}</style><html class=a><body class=a><p>yes",
            "yes",
        ),
        (
            "<style>dialog{display:block}</style><dialog>yes</dialog>",
            "yes",
        ),
        (
            "<style>head,title,script{display:block}</style><script>no</script>yes",
            "yes",
        ),
        (
            "<style>p{display:none}</style><p>no<style>p{display:block}</style>",
            "no",
        ),
    ] {
        assert_eq!(text_of(page).as_deref(), Ok(expected), "{page}");
    }
}

#[test]
fn a_page_that_asks_for_too_much_is_refused() {
    let deep = "<div>".repeat(100_000);
    for (name, page) in [
        (
            "a selector that is tried on all choices of siblings",
            format!(
                "<style>p ~ {}i{{display:none}}</style>{}<i>",
                "div ~ ".repeat(8),
                "<div></div>".repeat(1000)
            ),
        ),
        (
            "rules that all elements try",
            format!(
                "<style>{}</style>{deep}",
                ":not(p){display:none}".repeat(1000)
            ),
        ),
        (
            "one class named many times",
            format!(
                "<style>{}</style><p class='{}'>",
                ".a b .a{display:none}".repeat(10_000),
                "a ".repeat(100_000)
            ),
        ),
        (
            "more rules than are kept",
            format!("<style>{}</style>", "x{display:none}".repeat(60_000)),
        ),
        (
            "a longer sheet than is read",
            format!("<style>{}</style>", "/**/".repeat(3 << 20)),
        ),
        (
            "a tag of many attributes, which would take minutes",
            format!(
                "<a {}>yes</a>",
                (0..300_000)
                    .map(|at| format!("b{at}=c "))
                    .collect::<String>()
            ),
        ),
        (
            "many tags of many attributes",
            format!(
                "<a {}>",
                (0..2_000).map(|at| format!("b{at} ")).collect::<String>()
            )
            .repeat(100),
        ),
    ] {
        assert_eq!(text_of(&page), Err(TooInvolved), "{name}");
    }
}

#[test]
fn a_picture_in_an_attribute_and_a_page_in_one_comment_are_no_many_attributes() {
    let long = "a b='c\"> ".repeat(100_000);
    for page in [
        format!("<!-- {long} -->yes"),
        format!("<img src=\"data:{}\">yes", "a b c ".repeat(100_000)),
        format!("<script>if (a <b) {long}</script>yes"),
        format!("<title>{long}</title>yes"),
    ] {
        assert_eq!(text_of(&page).as_deref().map(str::trim), Ok("yes"));
    }
}

#[test]
fn hostile_styles_within_bounds_end() {
    for (css, expected) in [
        (
            format!(
                "{}p{}{{display:none}}",
                ":not(".repeat(100_000),
                ")".repeat(100_000)
            ),
            "word",
        ),
        ("@media screen{".repeat(100_000), "word"),
        ("a{".repeat(100_000), "word"),
        ("a:b{".repeat(50_000), "word"),
        ("((((".repeat(100_000), "word"),
        (format!("{}{{display:none}}", "p ".repeat(100_000)), "word"),
        (format!("{}{{display:none}}", "p,".repeat(100_000)), "word"),
        (format!("p{{{}}}", "display:none;".repeat(100_000)), ""),
        (
            format!("p{{{}display:block}}", "display:none;".repeat(100_000)),
            "word",
        ),
    ] {
        let page = format!("<style>{css}</style><p>word");
        let start = css.get(..12).unwrap_or_default();
        assert_eq!(text_of(&page).as_deref(), Ok(expected), "{start}");
    }
    let page = format!(
        "<style>b i{{display:none}}</style>{}<i>word",
        "<div>".repeat(100_000)
    );
    assert_eq!(text_of(&page).as_deref(), Ok("word"));
}
