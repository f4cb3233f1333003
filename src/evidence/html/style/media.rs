//! Media queries, answered for one reader: at a desk, with a mouse, before a window of 1280 × 800 pixels.

use cssparser::{ParseError, Parser, Token};

const WIDTH_PX: f32 = 1280.0;
const HEIGHT_PX: f32 = 800.0;
const EM_PX: f32 = 16.0;

/// A length in pixels; `None` for a unit that depends on what is not known here.
pub(super) fn pixels(value: f32, unit: &str) -> Option<f32> {
    let px = match unit.to_ascii_lowercase().as_str() {
        "px" => 1.0,
        "em" | "rem" => EM_PX,
        "ex" | "ch" => EM_PX / 2.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        "vw" => WIDTH_PX / 100.0,
        "vh" => HEIGHT_PX / 100.0,
        _ => return None,
    };
    Some(value * px)
}

/// Whether a list of media queries holds for the reader. One that cannot be read does not hold.
pub(in crate::evidence::html) fn holds(list: &str) -> bool {
    read_list(&mut Parser::new(list))
}

/// The same, of the rest of `input`.
pub(super) fn read_list(input: &mut Parser<'_>) -> bool {
    if input.is_exhausted() {
        return true;
    }
    input
        .parse_comma_separated_ignoring_errors(|input| {
            let holds = query(input);
            if holds.is_none() {
                while input.next().is_ok() {}
            }
            Ok::<_, ParseError<()>>(holds == Some(true))
        })
        .contains(&true)
}

/// `None`: not known, and `not` of that is not known either.
type Answer = Option<bool>;

fn query(input: &mut Parser<'_>) -> Answer {
    let first = input.try_parse(|input| input.expect_ident_cloned());
    let Ok(first) = first else {
        return condition(input);
    };
    let negated = first.eq_ignore_ascii_case("not");
    let medium = if negated || first.eq_ignore_ascii_case("only") {
        match input.try_parse(|input| input.expect_ident_cloned()) {
            Ok(medium) => medium,
            // `not (feature)`.
            Err(_) if negated => return condition(input).map(|holds| !holds),
            Err(_) => return None,
        }
    } else {
        first
    };
    let mut holds =
        Some(medium.eq_ignore_ascii_case("screen") || medium.eq_ignore_ascii_case("all"));
    if input
        .try_parse(|input| input.expect_ident_matching("and"))
        .is_ok()
    {
        let further = condition(input);
        holds = and(holds, further);
    }
    if !input.is_exhausted() {
        return None;
    }
    holds.map(|holds| holds != negated)
}

/// `(a) and (b)`, `(a) or (b)`, `not (a)`.
fn condition(input: &mut Parser<'_>) -> Answer {
    if input
        .try_parse(|input| input.expect_ident_matching("not"))
        .is_ok()
    {
        return in_parentheses(input).map(|holds| !holds);
    }
    let mut answer = in_parentheses(input);
    loop {
        let Ok(word) = input.try_parse(|input| input.expect_ident_cloned()) else {
            return answer;
        };
        let next = in_parentheses(input);
        answer = if word.eq_ignore_ascii_case("and") {
            and(answer, next)
        } else if word.eq_ignore_ascii_case("or") {
            or(answer, next)
        } else {
            return None;
        };
    }
}

fn and(a: Answer, b: Answer) -> Answer {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(a: Answer, b: Answer) -> Answer {
    and(a.map(|a| !a), b.map(|b| !b)).map(|neither| !neither)
}

fn in_parentheses(input: &mut Parser<'_>) -> Answer {
    input
        .try_parse(|input| input.expect_parenthesis_block())
        .ok()?;
    input
        .parse_nested_block(|input| {
            let start = input.state();
            let answer = match input.next() {
                Ok(Token::ParenthesisBlock) => {
                    input.reset(&start);
                    condition(input)
                }
                Ok(Token::Ident(word)) if word.eq_ignore_ascii_case("not") => {
                    input.reset(&start);
                    condition(input)
                }
                _ => {
                    input.reset(&start);
                    feature(input)
                }
            };
            while input.next().is_ok() {}
            Ok::<_, ParseError<()>>(answer)
        })
        .ok()
        .flatten()
}

/// One side of a comparison.
enum Side {
    Word(String),
    Number(f32),
    Comparison(std::cmp::Ordering, bool),
    Colon,
}

fn feature(input: &mut Parser<'_>) -> Answer {
    let mut sides = Vec::new();
    while let Ok(token) = input.next() {
        if sides.len() > 8 {
            return None;
        }
        let side = match token {
            Token::Ident(word) => Side::Word(word.to_ascii_lowercase()),
            Token::Number { value, .. } => Side::Number(*value),
            Token::Dimension { value, unit, .. } => Side::Number(pixels(*value, unit)?),
            Token::Colon => Side::Colon,
            Token::Delim('<') => Side::Comparison(std::cmp::Ordering::Less, false),
            Token::Delim('>') => Side::Comparison(std::cmp::Ordering::Greater, false),
            Token::Delim('=') => match sides.pop() {
                Some(Side::Comparison(ordering, _)) => Side::Comparison(ordering, true),
                Some(side) => {
                    sides.push(side);
                    Side::Comparison(std::cmp::Ordering::Equal, true)
                }
                None => return None,
            },
            _ => return None,
        };
        sides.push(side);
    }
    let compare = |left: f32, ordering: &std::cmp::Ordering, equal: bool, right: f32| {
        let found = left.total_cmp(&right);
        found == *ordering || (equal && found.is_eq())
    };
    match sides.as_slice() {
        [Side::Word(name)] => on_its_own(name),
        [Side::Word(name), Side::Colon, Side::Number(value)] => {
            if let Some(name) = name.strip_prefix("min-") {
                Some(size(name)? >= *value)
            } else if let Some(name) = name.strip_prefix("max-") {
                Some(size(name)? <= *value)
            } else if matches!(name.as_str(), "grid" | "color-index" | "monochrome") {
                Some(*value == 0.0)
            } else {
                Some(size(name)? == *value)
            }
        }
        [Side::Word(name), Side::Colon, Side::Word(value)] => keyword(name, value),
        [
            Side::Word(name),
            Side::Comparison(ordering, equal),
            Side::Number(value),
        ] => Some(compare(size(name)?, ordering, *equal, *value)),
        [
            Side::Number(value),
            Side::Comparison(ordering, equal),
            Side::Word(name),
        ] => Some(compare(*value, ordering, *equal, size(name)?)),
        [
            Side::Number(low),
            Side::Comparison(first, first_equal),
            Side::Word(name),
            Side::Comparison(second, second_equal),
            Side::Number(high),
        ] => {
            let size = size(name)?;
            Some(
                compare(*low, first, *first_equal, size)
                    && compare(size, second, *second_equal, *high),
            )
        }
        _ => None,
    }
}

fn size(name: &str) -> Option<f32> {
    match name {
        "width" | "device-width" => Some(WIDTH_PX),
        "height" | "device-height" => Some(HEIGHT_PX),
        _ => None,
    }
}

/// A feature without a value: whether it is other than none.
fn on_its_own(name: &str) -> Answer {
    match name {
        "width"
        | "height"
        | "device-width"
        | "device-height"
        | "color"
        | "hover"
        | "any-hover"
        | "pointer"
        | "any-pointer"
        | "update"
        | "resolution"
        | "scripting"
        | "prefers-color-scheme" => Some(true),
        "monochrome"
        | "color-index"
        | "grid"
        | "prefers-reduced-motion"
        | "prefers-contrast"
        | "prefers-reduced-data"
        | "prefers-reduced-transparency"
        | "forced-colors"
        | "inverted-colors" => Some(false),
        _ => None,
    }
}

fn keyword(name: &str, value: &str) -> Answer {
    let mine = match name {
        "orientation" => "landscape",
        "hover" | "any-hover" => "hover",
        "pointer" | "any-pointer" => "fine",
        "prefers-color-scheme" => "light",
        "prefers-reduced-motion"
        | "prefers-contrast"
        | "prefers-reduced-data"
        | "prefers-reduced-transparency" => "no-preference",
        "forced-colors" | "inverted-colors" => "none",
        "scripting" => "enabled",
        "update" => "fast",
        "display-mode" => "browser",
        _ => return None,
    };
    Some(mine == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_answered_for_a_reader_at_a_desk() {
        for (list, expected) in [
            ("", true),
            ("all", true),
            ("screen", true),
            ("ONLY Screen", true),
            ("print", false),
            ("not print", true),
            ("not all", false),
            ("print, screen", true),
            ("speech", false),
            ("(min-width: 600px)", true),
            ("(max-width: 600px)", false),
            ("screen and (max-width: 40em)", false),
            (
                "screen and (min-width: 40em) and (orientation: landscape)",
                true,
            ),
            ("(width >= 600px)", true),
            ("(width < 600px)", false),
            ("(400px <= width <= 700px)", false),
            ("(400px < width < 2000px)", true),
            ("(min-width: 3000px) or (hover)", true),
            ("not (hover)", false),
            ("not ((hover) and (width > 3000px))", true),
            ("(prefers-color-scheme: dark)", false),
            ("(prefers-reduced-motion: reduce)", false),
            // What is not known holds neither way.
            ("(min-foo: 3px)", false),
            ("not (min-foo: 3px)", false),
            ("screen and", false),
            ("((((", false),
            ("(), screen", true),
        ] {
            assert_eq!(holds(list), expected, "{list}");
        }
    }

    #[test]
    fn deep_nesting_ends() {
        assert!(!holds(&"(not ".repeat(100_000)));
        assert!(!holds(&"(".repeat(100_000)));
    }
}
