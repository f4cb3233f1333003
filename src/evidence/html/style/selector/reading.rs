//! From the text of a rule to its selectors.

#![expect(clippy::arithmetic_side_effects, reason = "numbers of ten bits")]

use super::{AttributeTest, Combinator, Compound, Selector, Simple};
use cssparser::{BasicParseErrorKind, CowRcStr, ParseError, Parser, Token, parse_nth};
use std::rc::Rc;

/// How many compounds one selector may join.
const MAX_COMPOUNDS: usize = 64;
/// How many selectors one list may hold.
const MAX_LIST: usize = 4096;

type Error = ParseError<()>;

fn unexpected<T>() -> Result<T, Error> {
    Err(ParseError::from_basic_kind(
        BasicParseErrorKind::UnexpectedToken,
    ))
}

/// A list of selectors with commas. Inside another rule, `parents` are the selectors of that one.
pub(in crate::evidence::html::style) fn parse_list(
    input: &mut Parser<'_>,
    parents: Option<&Rc<[Selector]>>,
) -> Result<Vec<Selector>, Error> {
    let list = input.parse_comma_separated(|input| parse(input, parents, parents.is_some()))?;
    if list.len() > MAX_LIST {
        return unexpected();
    }
    Ok(list)
}

fn parse(
    input: &mut Parser<'_>,
    parents: Option<&Rc<[Selector]>>,
    is_relative: bool,
) -> Result<Selector, Error> {
    // From left to right, each with the combinator before it.
    let mut compounds: Vec<(Option<Combinator>, Compound)> = Vec::new();
    let mut names_parent = false;
    input.skip_whitespace();
    let mut combinator = if is_relative {
        input.try_parse(explicit_combinator).ok()
    } else {
        None
    };
    let starts_with_combinator = combinator.is_some();
    loop {
        input.skip_whitespace();
        let mut compound = Compound::new();
        while let Some(simple) = simple(input, parents, compound.is_empty(), &mut names_parent)? {
            compound.extend(simple);
            if compound.len() > MAX_COMPOUNDS {
                return unexpected();
            }
        }
        if compound.is_empty() || compounds.len() == MAX_COMPOUNDS {
            return unexpected();
        }
        compounds.push((combinator, compound));
        match next_combinator(input)? {
            Some(next) => combinator = Some(next),
            None => break,
        }
    }
    if let Some(parents) = parents
        && is_relative
        && (starts_with_combinator || !names_parent)
    {
        if let Some((first, _)) = compounds.first_mut() {
            first.get_or_insert(Combinator::Descendant);
        }
        compounds.insert(0, (None, vec![Simple::Any(Rc::clone(parents))]));
    }
    let specificity = (compounds.iter())
        .flat_map(|(_, compound)| compound)
        .fold(0, |sum, simple| add(sum, specificity_of(simple)));
    let combinators = compounds.iter().map(|(combinator, _)| *combinator);
    let combinators: Vec<_> = combinators.rev().collect();
    let compounds = (compounds.into_iter().rev().map(|(_, compound)| compound))
        .zip(combinators)
        .collect();
    Ok(Selector {
        compounds,
        specificity,
    })
}

fn explicit_combinator(input: &mut Parser<'_>) -> Result<Combinator, Error> {
    match input.next()? {
        Token::Delim('>') => Ok(Combinator::Child),
        Token::Delim('+') => Ok(Combinator::NextSibling),
        Token::Delim('~') => Ok(Combinator::LaterSibling),
        _ => unexpected(),
    }
}

/// What joins to the next compound; `None` at the end.
fn next_combinator(input: &mut Parser<'_>) -> Result<Option<Combinator>, Error> {
    if input.is_exhausted() {
        return Ok(None);
    }
    if let Ok(combinator) = input.try_parse(explicit_combinator) {
        return Ok(Some(combinator));
    }
    let before = input.state();
    match input.next_including_whitespace()? {
        Token::WhiteSpace(_) => Ok(Some(Combinator::Descendant)),
        _ => {
            input.reset(&before);
            unexpected()
        }
    }
}

/// The next simple selectors of a compound; `None` where the compound ends.
fn simple(
    input: &mut Parser<'_>,
    parents: Option<&Rc<[Selector]>>,
    is_first: bool,
    names_parent: &mut bool,
) -> Result<Option<Vec<Simple>>, Error> {
    let before = input.state();
    let Ok(token) = input.next_including_whitespace() else {
        return Ok(None);
    };
    let simple = match token.clone() {
        Token::Ident(name) if is_first => Simple::Name(name.to_ascii_lowercase().into()),
        Token::Delim('*') if is_first => return Ok(Some(vec![Simple::Any(every_element())])),
        Token::Delim('&') => {
            *names_parent = true;
            // Outside any rule it stands for the root.
            parents.map_or(Simple::Root, |parents| Simple::Any(Rc::clone(parents)))
        }
        Token::Delim('.') => match input.next_including_whitespace()? {
            Token::Ident(class) => Simple::Class((**class).into()),
            _ => return unexpected(),
        },
        Token::IDHash(id) => Simple::Id((*id).into()),
        Token::SquareBracketBlock => input.parse_nested_block(attribute)?,
        Token::Colon => pseudo(input, parents)?,
        _ => {
            input.reset(&before);
            return Ok(None);
        }
    };
    Ok(Some(vec![simple]))
}

/// `*`: the empty compound would do, but it is also what a missing one looks like.
fn every_element() -> Rc<[Selector]> {
    Rc::from([Selector {
        compounds: Vec::new(),
        specificity: 0,
    }])
}

fn attribute(input: &mut Parser<'_>) -> Result<Simple, Error> {
    let name = input.expect_ident_cloned()?.to_ascii_lowercase().into();
    let test = match input.next() {
        Err(_) => {
            return Ok(Simple::Attribute {
                name,
                test: AttributeTest::Exists,
                value: "".into(),
                any_case: false,
            });
        }
        Ok(Token::Delim('=')) => AttributeTest::Equals,
        Ok(Token::IncludeMatch) => AttributeTest::Word,
        Ok(Token::DashMatch) => AttributeTest::Dash,
        Ok(Token::PrefixMatch) => AttributeTest::Prefix,
        Ok(Token::SuffixMatch) => AttributeTest::Suffix,
        Ok(Token::SubstringMatch) => AttributeTest::Contains,
        Ok(_) => return unexpected(),
    };
    let value = (**input.expect_ident_or_string()?).into();
    let any_case = match input.try_parse(|input| input.expect_ident_cloned()) {
        Ok(flag) if flag.eq_ignore_ascii_case("i") => true,
        Ok(flag) if flag.eq_ignore_ascii_case("s") => false,
        Ok(_) => return unexpected(),
        // In HTML the kind of a field is told in any case.
        Err(_) => &*name == "type",
    };
    Ok(Simple::Attribute {
        name,
        test,
        value,
        any_case,
    })
}

fn pseudo(input: &mut Parser<'_>, parents: Option<&Rc<[Selector]>>) -> Result<Simple, Error> {
    match input.next_including_whitespace()?.clone() {
        // A pseudo-element is part of an element's looks, not an element.
        Token::Colon => match input.next_including_whitespace()?.clone() {
            Token::Ident(_) => Ok(Simple::Never),
            Token::Function(_) => {
                input.parse_nested_block(|input| {
                    while input.next().is_ok() {}
                    Ok::<_, Error>(())
                })?;
                Ok(Simple::Never)
            }
            _ => unexpected(),
        },
        Token::Ident(name) => pseudo_class(&name),
        Token::Function(name) => {
            input.parse_nested_block(|input| pseudo_function(&name, input, parents))
        }
        _ => unexpected(),
    }
}

fn nth(step: i32, offset: i32, from_end: bool, of_type: bool) -> Simple {
    Simple::Nth {
        step,
        offset,
        from_end,
        of_type,
    }
}

fn pseudo_class(name: &CowRcStr<'_>) -> Result<Simple, Error> {
    Ok(match name.to_ascii_lowercase().as_str() {
        "root" | "scope" => Simple::Root,
        "empty" => Simple::Empty,
        "link" | "any-link" => Simple::Link,
        "checked" => Simple::Checked,
        "disabled" => Simple::Disabled,
        "enabled" => Simple::Enabled,
        "first-child" => nth(0, 1, false, false),
        "last-child" => nth(0, 1, true, false),
        "first-of-type" => nth(0, 1, false, true),
        "last-of-type" => nth(0, 1, true, true),
        "only-child" => both(nth(0, 1, false, false), nth(0, 1, true, false)),
        "only-of-type" => both(nth(0, 1, false, true), nth(0, 1, true, true)),
        "defined" => Simple::Any(every_element()),
        "hover" | "focus" | "focus-within" | "focus-visible" | "active" | "visited" | "target"
        | "target-within" | "before" | "after" | "first-line" | "first-letter" | "fullscreen"
        | "modal" | "popover-open" | "invalid" | "user-invalid" | "placeholder-shown"
        | "autofill" | "-webkit-autofill" | "playing" | "current" | "past" | "future" => {
            Simple::Never
        }
        _ => return unexpected(),
    })
}

fn both(first: Simple, second: Simple) -> Simple {
    let compounds = vec![(vec![first, second], None)];
    Simple::Any(Rc::from([Selector {
        compounds,
        specificity: CLASS,
    }]))
}

fn pseudo_function(
    name: &CowRcStr<'_>,
    input: &mut Parser<'_>,
    parents: Option<&Rc<[Selector]>>,
) -> Result<Simple, Error> {
    let list = |input: &mut Parser<'_>| -> Result<Rc<[Selector]>, Error> {
        let list = input.parse_comma_separated(|input| parse(input, parents, false))?;
        Ok(list.into())
    };
    let forgiving = |input: &mut Parser<'_>| -> Rc<[Selector]> {
        input
            .parse_comma_separated_ignoring_errors(|input| {
                let selector = parse(input, parents, false);
                if selector.is_err() {
                    while input.next().is_ok() {}
                }
                selector
            })
            .into()
    };
    let place = |input: &mut Parser<'_>, from_end, of_type| -> Result<Simple, Error> {
        let (step, offset) = parse_nth(input)?;
        Ok(nth(step, offset, from_end, of_type))
    };
    match name.to_ascii_lowercase().as_str() {
        "not" => Ok(Simple::Not(list(input)?)),
        "is" | "matches" | "-webkit-any" | "-moz-any" => Ok(Simple::Any(forgiving(input))),
        "where" => {
            let mut list = forgiving(input).to_vec();
            for selector in &mut list {
                selector.specificity = 0;
            }
            Ok(Simple::Any(list.into()))
        }
        "nth-child" => place(input, false, false),
        "nth-last-child" => place(input, true, false),
        "nth-of-type" => place(input, false, true),
        "nth-last-of-type" => place(input, true, true),
        _ => unexpected(),
    }
}

const ID: u32 = 1 << 20;
const CLASS: u32 = 1 << 10;
const NAME: u32 = 1;

fn specificity_of(simple: &Simple) -> u32 {
    match simple {
        Simple::Id(_) => ID,
        Simple::Name(_) => NAME,
        Simple::Any(list) | Simple::Not(list) => list
            .iter()
            .map(|selector| selector.specificity)
            .max()
            .unwrap_or_default(),
        _ => CLASS,
    }
}

/// Adds ids to ids, classes to classes, names to names; none of them overflows into the next.
fn add(a: u32, b: u32) -> u32 {
    let part = |shift: u32| {
        let sum = ((a >> shift) & 0x3ff) + ((b >> shift) & 0x3ff);
        sum.min(0x3ff) << shift
    };
    part(20) | part(10) | part(0)
}
