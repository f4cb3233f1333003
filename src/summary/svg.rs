//! The figure as SVG: alone, and inside a web page.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the length of a text, and some room"
)]

use super::content::Summary;
use super::figure::{Drawing, Fade, Figure, Ink, Shape};
use std::fmt::Write as _;

/// Light, as on paper. The web page and the templates have the same colors.
fn color(ink: Ink) -> &'static str {
    match ink {
        Ink::Text => "#1a1d21",
        Ink::Quiet => "#59626c",
        Ink::Line => "#c8ced5",
        Ink::Grid => "#edf0f3",
        Ink::Mark => "#1d4f7c",
        Ink::MarkSoft => "#d3e2ef",
        Ink::Warn => "#9a4312",
        Ink::WarnSoft => "#f6e2d6",
        Ink::Paper => "#ffffff",
    }
}

const FONT: &str = "'IBM Plex Sans','Helvetica Neue',Arial,sans-serif";

/// Text as XML shows it. Characters that XML does not allow are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            // Nothing in a document may turn its neighbors around.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c => out.push(c),
        }
    }
    out
}

/// The figure alone, with its title, as a file of its own.
pub fn figure(summary: &Summary) -> String {
    const MARGIN: f32 = 20.0;
    let figure = &summary.figure;
    let mut body = String::new();
    let mut y = 14.0;
    let head = |body: &mut String, text: &str, y: f32, size: f32, bold: bool, ink: Ink| {
        let weight = if bold { " font-weight=\"600\"" } else { "" };
        writeln!(
            body,
            "<text x=\"0\" y=\"{y}\" font-size=\"{size}\"{weight} fill=\"{}\">{}</text>",
            color(ink),
            escaped(text)
        )
        .unwrap_or_default();
    };
    head(&mut body, &summary.title, y, 14.0, true, Ink::Text);
    y += 14.0;
    let facts = [
        &summary.marking,
        &Some(summary.extent.clone()),
        &summary.selection,
    ];
    let facts: Vec<&str> = facts
        .iter()
        .filter_map(|it| it.as_deref())
        .filter(|it| !it.is_empty())
        .collect();
    head(&mut body, &facts.join(" · "), y, 8.0, false, Ink::Quiet);
    y += 18.0;
    if let Some(overview) = &figure.overview {
        place(&mut body, overview, y, "o");
        y += overview.height + 12.0;
    }
    for (at, strip) in figure.strips.iter().enumerate() {
        if figure.strips.len() > 1 {
            y += 8.0;
            let words = format!("{} · {}", strip.title, strip.numbers);
            head(&mut body, &words, y, 8.4, true, Ink::Text);
            y += 8.0;
        }
        place(&mut body, &strip.drawing, y, &format!("s{at}"));
        y += strip.drawing.height + 14.0;
    }
    if let Some(legend) = &figure.legend {
        place(&mut body, legend, y, "l");
        y += legend.height;
    }
    if figure.strips.is_empty() {
        head(&mut body, &figure.alt, y, 8.6, false, Ink::Quiet);
        y += 10.0;
    }
    let (width, height) = (figure.width + 2.0 * MARGIN, y + 2.0 * MARGIN);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" viewBox=\"-{MARGIN} -{MARGIN} {width} {height}\" role=\"img\" font-family=\"{FONT}\" lang=\"{}\">\n<title>{}</title>\n<desc>{}</desc>\n<rect x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{body}</svg>\n",
        escaped(&summary.lang),
        escaped(&summary.title),
        escaped(&figure.alt),
    )
}

/// One drawing for a web page. `name` keeps the names inside it apart from those of others.
pub fn inline(drawing: &Drawing, name: &str) -> String {
    let mut body = String::new();
    shapes(&mut body, drawing, name);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\" font-family=\"{FONT}\">\n{body}</svg>\n",
        drawing.width, drawing.height
    )
}

/// The figure's drawings in their order, each as an SVG element.
pub fn inline_all(figure: &Figure) -> Vec<(Option<(&str, &str)>, String)> {
    let mut all = Vec::new();
    if let Some(overview) = &figure.overview {
        all.push((None, inline(overview, "o")));
    }
    for (at, strip) in figure.strips.iter().enumerate() {
        let head =
            (figure.strips.len() > 1).then_some((strip.title.as_str(), strip.numbers.as_str()));
        all.push((head, inline(&strip.drawing, &format!("s{at}"))));
    }
    if let Some(legend) = &figure.legend {
        all.push((None, inline(legend, "l")));
    }
    all
}

fn place(body: &mut String, drawing: &Drawing, y: f32, name: &str) {
    writeln!(body, "<g transform=\"translate(0 {y})\">").unwrap_or_default();
    shapes(body, drawing, name);
    body.push_str("</g>\n");
}

fn shapes(out: &mut String, drawing: &Drawing, name: &str) {
    let paint = |ink: Option<Ink>| ink.map_or("none", color);
    for (at, shape) in drawing.shapes.iter().enumerate() {
        let written = match shape {
            Shape::Line {
                x1,
                y1,
                x2,
                y2,
                ink,
                width,
                dashed,
            } => {
                let dash = if *dashed {
                    " stroke-dasharray=\"1.6 1.3\""
                } else {
                    ""
                };
                writeln!(
                    out,
                    "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{}\" stroke-width=\"{width}\"{dash}/>",
                    color(*ink)
                )
            }
            Shape::Box {
                x,
                y,
                w,
                h,
                radius,
                fill,
                stroke,
                dashed,
                fade,
            } => {
                let fill = match fade {
                    None => paint(*fill).to_owned(),
                    Some(fade) => {
                        gradient(out, &format!("{name}-{at}"), *fade, paint(*fill));
                        format!("url(#{name}-{at})")
                    }
                };
                let dash = if *dashed {
                    " stroke-dasharray=\"1.6 1.3\""
                } else {
                    ""
                };
                let stroke = match stroke {
                    Some(ink) => format!(" stroke=\"{}\" stroke-width=\"0.6\"{dash}", color(*ink)),
                    None => String::new(),
                };
                writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{radius}\" fill=\"{fill}\"{stroke}/>"
                )
            }
            Shape::Circle {
                x,
                y,
                r,
                fill,
                stroke,
            } => writeln!(
                out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
                paint(*fill),
                paint(*stroke)
            ),
            Shape::Polygon {
                points,
                fill,
                stroke,
            } => {
                let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
                writeln!(
                    out,
                    "<polygon points=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
                    points.join(" "),
                    paint(*fill),
                    paint(*stroke)
                )
            }
            Shape::Text {
                x,
                y,
                w,
                text,
                size,
                bold,
                ink,
            } => {
                let weight = if *bold { " font-weight=\"600\"" } else { "" };
                // Whatever face a reader has, words take the room that was kept for them.
                writeln!(
                    out,
                    "<text x=\"{x}\" y=\"{y}\" textLength=\"{w}\" lengthAdjust=\"spacingAndGlyphs\" font-size=\"{size}\"{weight} fill=\"{}\">{}</text>",
                    color(*ink),
                    escaped(text)
                )
            }
        };
        written.unwrap_or_default();
    }
}

fn gradient(out: &mut String, id: &str, fade: Fade, fill: &str) {
    let stops: &[(u8, bool)] = match fade {
        Fade::Left => &[(0, false), (50, true), (100, true)],
        Fade::Right => &[(0, true), (50, true), (100, false)],
        Fade::Both => &[(0, false), (33, true), (67, true), (100, false)],
    };
    write!(out, "<linearGradient id=\"{id}\">").unwrap_or_default();
    for (offset, is_full) in stops {
        let color = if *is_full { fill } else { "#ffffff" };
        write!(out, "<stop offset=\"{offset}%\" stop-color=\"{color}\"/>").unwrap_or_default();
    }
    out.push_str("</linearGradient>\n");
}
