//! What the names of elements say: which have no end tag, hide their words, break lines, end each other.

use crate::evidence::writer::Break;

pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

pub(super) fn is_metadata(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "html"
            | "base"
            | "basefont"
            | "bgsound"
            | "link"
            | "meta"
            | "title"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "noframes"
    )
}

pub(super) fn is_preformatted(name: &str) -> bool {
    matches!(name, "pre" | "textarea" | "xmp" | "listing" | "plaintext")
}

pub(super) fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

/// Elements that bound the reach of an end tag ("has an element in scope").
pub(super) fn is_scope(name: &str) -> bool {
    matches!(
        name,
        "applet" | "caption" | "html" | "table" | "td" | "th" | "marquee" | "object" | "template"
    )
}

/// What must stand between the words before and after this tag.
pub(super) fn break_of(name: &str) -> Option<Break> {
    Some(match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "blockquote"
        | "pre" | "listing" | "xmp" | "table" | "section" | "article" | "header" | "footer"
        | "main" | "aside" | "nav" | "figure" | "hr" | "form" | "fieldset" | "address"
        | "search" => Break::Paragraph,
        "div" | "li" | "dt" | "dd" | "tr" | "caption" | "option" | "optgroup" | "summary"
        | "details" | "figcaption" | "legend" | "center" | "body" | "br" | "dialog" | "thead"
        | "tbody" | "tfoot" | "dir" | "menu" | "hgroup" | "textarea" | "select" => Break::Line,
        "td" | "th" => Break::Cell,
        _ => return None,
    })
}

pub(super) fn closes_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dd"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    )
}

/// The standard's "special" elements: an inline end tag does not reach beyond them.
pub(super) fn is_special(name: &str) -> bool {
    closes_paragraph(name)
        || is_scope(name)
        || is_void(name)
        || matches!(
            name,
            "body"
                | "button"
                | "colgroup"
                | "head"
                | "iframe"
                | "noembed"
                | "noframes"
                | "noscript"
                | "script"
                | "select"
                | "style"
                | "tbody"
                | "textarea"
                | "tfoot"
                | "thead"
                | "title"
                | "tr"
        )
}

/// Elements whose content no page shows as text, whatever its styles say.
pub(super) fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "head"
            | "title"
            | "noscript"
            | "iframe"
            | "object"
            | "audio"
            | "video"
            | "canvas"
            | "datalist"
            | "rp"
            | "noembed"
            | "noframes"
            | "desc"
            | "metadata"
            | "annotation"
            | "annotation-xml"
    )
}
