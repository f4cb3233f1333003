//! Selectors: read with cssparser, matched against the elements of a page.
//!
//! What only a hand or a moment decides (`:hover`, `:target`) and what is no element (`::before`) matches nothing.
//! Not read, so that the rule is dropped as browsers drop one they do not know: namespaces, `:has()`, `:lang()`,
//! `:dir()` and what selects inside a shadow tree.

mod matching;
mod reading;

pub(super) use matching::Steps;
pub(super) use reading::parse_list;

use std::rc::Rc;

#[derive(Clone, Debug)]
pub(super) struct Selector {
    /// From right to left: the element itself first, each with what joins it to the one before.
    compounds: Vec<(Compound, Option<Combinator>)>,
    /// Ids, classes and names, ten bits each.
    pub specificity: u32,
}

type Compound = Vec<Simple>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Combinator {
    Descendant,
    Child,
    NextSibling,
    LaterSibling,
}

#[derive(Clone, Debug)]
enum Simple {
    Name(Box<str>),
    Id(Box<str>),
    Class(Box<str>),
    Attribute {
        name: Box<str>,
        test: AttributeTest,
        value: Box<str>,
        any_case: bool,
    },
    Nth {
        step: i32,
        offset: i32,
        from_end: bool,
        of_type: bool,
    },
    Any(Rc<[Selector]>),
    Not(Rc<[Selector]>),
    Root,
    Empty,
    Link,
    Checked,
    Disabled,
    Enabled,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AttributeTest {
    Exists,
    Equals,
    Word,
    Dash,
    Prefix,
    Suffix,
    Contains,
}

/// What an element must have for a selector to be worth a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Id(&'a str),
    Class(&'a str),
    Name(&'a str),
    Any,
}

impl Selector {
    pub(super) fn key(&self) -> Key<'_> {
        let Some((compound, _)) = self.compounds.first() else {
            return Key::Any;
        };
        let mut key = Key::Any;
        for simple in compound {
            match simple {
                Simple::Id(id) => return Key::Id(id),
                Simple::Class(class) => key = Key::Class(class),
                Simple::Name(name) if key == Key::Any => key = Key::Name(name),
                _ => {}
            }
        }
        key
    }
}
