//! What a declaration says about whether words are seen.
//!
//! An `opacity` of nothing hides; but where the same block moves or fades the element, it is the first picture of
//! a motion that a script starts as the page is read, and the reader sees the words.

use cssparser::{
    AtRuleParser, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, Token, parse_important,
};

/// The properties that can take an element, or its words, out of sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Property {
    Display,
    ContentVisibility,
    Opacity,
    ClipPath,
    /// These two hide only what is positioned.
    Clip,
    Left,
    Right,
    Top,
    Position,
    /// The rest are inherited, and what is inside can be seen again.
    Visibility,
    FontSize,
    TextIndent,
}

impl Property {
    pub(super) const COUNT: usize = 12;
    pub(super) const INHERITED: [Self; 3] = [Self::Visibility, Self::FontSize, Self::TextIndent];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Of `position`: takes the element out of the flow.
    Hides,
    Shows,
    /// As the element around it.
    Inherits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    pub property: Property,
    pub value: Value,
    pub important: bool,
}

/// What a block says, or an attribute `style`.
pub(super) fn parse_inline(style: &str) -> Vec<Declaration> {
    let mut input = Parser::new(style);
    let mut block = Block::default();
    // Whatever is no declaration is passed over, as browsers do.
    for _ in RuleBodyParser::new(&mut input, &mut block) {}
    block.finish()
}

/// Collects the declarations of one block.
#[derive(Default)]
pub(super) struct Block {
    declarations: Vec<Declaration>,
    moves: bool,
}

impl Block {
    pub(super) fn read(&mut self, name: &str, input: &mut Parser<'_>) {
        let name = name.to_ascii_lowercase();
        let bare = name.strip_prefix("-webkit-").unwrap_or(&name);
        if ["transition", "animation", "transform", "will-change"]
            .iter()
            .any(|motion| bare.starts_with(motion))
        {
            self.moves = true;
        }
        let read = read_value(bare, input);
        // The value may end before its declaration does.
        while input.next().is_ok() {}
        if let Some(declaration) = read {
            // Of two that weigh the same, the later one wins.
            (self.declarations).retain(|other| {
                other.property != declaration.property || other.important != declaration.important
            });
            self.declarations.push(declaration);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Declaration> {
        if self.moves {
            self.declarations
                .retain(|declaration| declaration.property != Property::Opacity);
        }
        self.declarations
    }
}

impl<'i> DeclarationParser<'i> for Block {
    type Declaration = ();
    type Error = ();

    fn parse_value(
        &mut self,
        name: cssparser::CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<(), ParseError<()>> {
        self.read(&name, input);
        Ok(())
    }
}

impl AtRuleParser<'_> for Block {
    type Prelude = ();
    type AtRule = ();
    type Error = ();
}

impl QualifiedRuleParser<'_> for Block {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();
}

impl RuleBodyItemParser<'_, (), ()> for Block {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

/// What a property's value, part by part, does to the words.
type Reader = fn(&[Part]) -> Option<Value>;

/// `None` for what a browser drops, and for a value that only a script or a variable could tell.
fn read_value(property: &str, input: &mut Parser<'_>) -> Option<Declaration> {
    let (property, read): (_, Reader) = match property {
        "display" => (Property::Display, |parts| keyword(parts, &["none"])),
        "visibility" => (Property::Visibility, |parts| {
            keyword(parts, &["hidden", "collapse"])
        }),
        "content-visibility" => (Property::ContentVisibility, |parts| {
            keyword(parts, &["hidden"])
        }),
        "opacity" => (Property::Opacity, |parts| {
            Some(hides_if(number(parts.first()?)? <= 0.0))
        }),
        "position" => (Property::Position, |parts| {
            keyword(parts, &["absolute", "fixed", "relative", "sticky"])
        }),
        "left" => (Property::Left, off_screen),
        "right" => (Property::Right, off_screen),
        "top" => (Property::Top, off_screen),
        "text-indent" => (Property::TextIndent, off_screen),
        "clip" => (Property::Clip, |parts| {
            Some(hides_if(
                matches!(parts, [Part::Function(name, inside)] if name == "rect" && is_empty_rect(inside)),
            ))
        }),
        "clip-path" => (Property::ClipPath, |parts| {
            Some(hides_if(
                matches!(parts, [Part::Function(name, inside)] if name == "inset" && is_empty_inset(inside)),
            ))
        }),
        "font-size" => (Property::FontSize, |parts| {
            Some(hides_if(number(parts.first()?) == Some(0.0)))
        }),
        "font" => (Property::FontSize, |parts| {
            let size = parts.iter().find_map(|part| match part {
                // A number alone is a weight, but a zero.
                Part::Number(value) if *value == 0.0 => Some(0.0),
                Part::Length(value) => Some(*value),
                _ => None,
            });
            Some(hides_if(size == Some(0.0)))
        }),
        _ => return None,
    };
    let (parts, important) = parts(input)?;
    let value = match parts.as_slice() {
        [] => return None,
        [Part::Word(word)]
            if matches!(
                word.as_str(),
                "inherit" | "unset" | "revert" | "revert-layer"
            ) =>
        {
            Value::Inherits
        }
        parts => read(parts)?,
    };
    Some(Declaration {
        property,
        value,
        important,
    })
}

/// One piece of a value.
#[derive(Debug, PartialEq)]
enum Part {
    Word(String),
    Number(f32),
    /// In pixels, as far as that can be said.
    Length(f32),
    /// Of the whole, 1 for all of it.
    Percentage(f32),
    Function(String, Vec<Part>),
    Other,
}

const MAX_PARTS: usize = 32;

/// The pieces of a value, and whether it is important. `None` when a variable or a sum decides.
fn parts(input: &mut Parser<'_>) -> Option<(Vec<Part>, bool)> {
    let mut parts = Vec::new();
    loop {
        if input.try_parse(parse_important).is_ok() {
            return Some((parts, true));
        }
        let Ok(token) = input.next() else {
            return Some((parts, false));
        };
        if parts.len() == MAX_PARTS {
            return None;
        }
        let part = match token {
            Token::Ident(word) => {
                let word = word.to_ascii_lowercase();
                // Browsers drop what only another one knows.
                if word.starts_with("-ms-") || word.starts_with("-moz-") {
                    return None;
                }
                Part::Word(word)
            }
            Token::Number { value, .. } => Part::Number(*value),
            Token::Dimension { value, unit, .. } => {
                Part::Length(super::media::pixels(*value, unit).unwrap_or(*value))
            }
            Token::Percentage { unit_value, .. } => Part::Percentage(*unit_value),
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                if !matches!(name.as_str(), "rect" | "inset") {
                    return None;
                }
                let inside = input
                    .parse_nested_block(|input| {
                        Ok::<_, ParseError<()>>(self::parts(input).map(|(parts, _)| parts))
                    })
                    .ok()??;
                Part::Function(name, inside)
            }
            _ => Part::Other,
        };
        parts.push(part);
    }
}

fn hides_if(hides: bool) -> Value {
    if hides { Value::Hides } else { Value::Shows }
}

fn keyword(parts: &[Part], hiding: &[&str]) -> Option<Value> {
    match parts.first()? {
        Part::Word(word) => Some(hides_if(hiding.contains(&word.as_str()))),
        _ => None,
    }
}

fn number(part: &Part) -> Option<f32> {
    match part {
        Part::Number(value) | Part::Length(value) | Part::Percentage(value) => Some(*value),
        Part::Word(_) | Part::Function(..) | Part::Other => None,
    }
}

/// Beyond any window: what people write who want words for screen readers only, or a picture in their place.
fn off_screen(parts: &[Part]) -> Option<Value> {
    let far = match parts.first()? {
        Part::Length(pixels) => *pixels <= -900.0,
        Part::Percentage(share) => *share <= -9.0,
        _ => false,
    };
    Some(hides_if(far))
}

/// `rect(0, 0, 0, 0)` or `rect(1px 1px 1px 1px)`: top, right, bottom, left.
fn is_empty_rect(inside: &[Part]) -> bool {
    let edges: Vec<f32> = inside.iter().filter_map(number).collect();
    matches!(edges.as_slice(), [top, right, bottom, left] if bottom <= top || right <= left)
}

/// `inset(50%)` and more.
fn is_empty_inset(inside: &[Part]) -> bool {
    let share = |part: &Part| matches!(part, Part::Percentage(share) if *share >= 0.5);
    match inside {
        [all] => share(all),
        [vertical, horizontal] => share(vertical) || share(horizontal),
        [top, horizontal, bottom] => share(horizontal) || (share(top) && share(bottom)),
        [top, right, bottom, left, ..] => {
            (share(top) && share(bottom)) || (share(left) && share(right))
        }
        [] => false,
    }
}
