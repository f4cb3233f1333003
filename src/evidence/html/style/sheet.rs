//! The rules of a page's style elements that can take words out of sight, or bring them back.

use super::declaration::{Block, Declaration};
use super::media;
use super::selector::{self, Key, Selector};
use crate::evidence::html::tree::Element;
use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser,
};
use std::collections::HashMap;
use std::rc::Rc;

/// A selector with what it declares.
#[derive(Debug)]
pub(super) struct Rule {
    pub selector: Selector,
    pub declarations: Rc<[Declaration]>,
    /// Rules in a cascade layer give way to those outside.
    pub is_layered: bool,
}

/// The rules of all sheets, in their order, found by what their last element must have.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    by_id: HashMap<Box<str>, Vec<u32>>,
    by_class: HashMap<Box<str>, Vec<u32>>,
    by_name: HashMap<Box<str>, Vec<u32>>,
    of_any: Vec<u32>,
}

/// How many selectors that hide or show are kept.
pub(super) const MAX_RULES: usize = 50_000;

impl Rules {
    /// Adds the rules of one sheet; `false` when they are too many.
    pub(super) fn add(&mut self, css: &str) -> bool {
        let mut input = Parser::new(css);
        input.set_nested_block_limit(MAX_NESTING);
        let mut reader = Reader {
            rules: &mut self.rules,
            parents: None,
            block: None,
            is_layered: false,
        };
        // What is no rule is passed over, as browsers do.
        for _ in StyleSheetParser::new(&mut input, &mut reader) {}
        self.rules.len() <= MAX_RULES
    }

    /// Makes the rules ready to be asked for.
    pub(super) fn index(&mut self) {
        for (at, rule) in (0_u32..).zip(&self.rules) {
            match rule.selector.key() {
                Key::Id(id) => self.by_id.entry(id.into()).or_default().push(at),
                Key::Class(class) => self.by_class.entry(class.into()).or_default().push(at),
                Key::Name(name) => self.by_name.entry(name.into()).or_default().push(at),
                Key::Any => self.of_any.push(at),
            }
        }
    }

    /// The rules worth a try for an element, with their places in the order of the file.
    pub(super) fn candidates<'a>(
        &'a self,
        element: &'a Element,
    ) -> impl Iterator<Item = (u32, &'a Rule)> {
        let by_id = element.attribute("id").and_then(|id| self.by_id.get(id));
        let by_name = self.by_name.get(&*element.name);
        let by_class = (element.classes()).filter_map(|class| self.by_class.get(class));
        (by_id.into_iter().chain(by_name).chain(by_class).flatten())
            .chain(&self.of_any)
            .filter_map(|&at| Some((at, self.rules.get(at as usize)?)))
    }
}

/// How deep rules, groups of rules and functions may stand in one another.
const MAX_NESTING: u8 = 16;

struct Reader<'a> {
    rules: &'a mut Vec<Rule>,
    /// Inside a rule: its selectors.
    parents: Option<Rc<[Selector]>>,
    /// Inside a rule: its declarations so far.
    block: Option<Block>,
    is_layered: bool,
}

impl Reader<'_> {
    /// Reads the block of a rule, and the rules nested in it.
    fn style_block(&mut self, selectors: Rc<[Selector]>, input: &mut Parser<'_>) {
        let outer_block = self.block.replace(Block::default());
        let outer_parents = self.parents.replace(Rc::clone(&selectors));
        // Its own declarations come before the nested rules, whose places are taken first.
        let nested_from = self.rules.len();
        for _ in RuleBodyParser::new(input, self) {}
        self.parents = outer_parents;
        let block = std::mem::replace(&mut self.block, outer_block).unwrap_or_default();
        let declarations: Rc<[Declaration]> = block.finish().into();
        if declarations.is_empty() || self.rules.len() > MAX_RULES {
            return;
        }
        let own = selectors.iter().map(|selector| Rule {
            selector: selector.clone(),
            declarations: Rc::clone(&declarations),
            is_layered: self.is_layered,
        });
        let own: Vec<Rule> = own.collect();
        self.rules.splice(nested_from..nested_from, own);
    }
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = Rc<[Selector]>;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Rc<[Selector]>, ParseError<()>> {
        selector::parse_list(input, self.parents.as_ref()).map(Rc::from)
    }

    fn parse_block(
        &mut self,
        selectors: Rc<[Selector]>,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        self.style_block(selectors, input);
        Ok(())
    }
}

/// An at-rule whose rules hold for the reader.
enum Group {
    Plain,
    Layer,
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Group;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Group, ParseError<()>> {
        let group = match name.to_ascii_lowercase().as_str() {
            "media" if media::read_list(input) => Some(Group::Plain),
            // A browser of today can do what pages ask for, and `not` is for those that cannot.
            "supports" => {
                let is_negated =
                    (input.try_parse(|input| input.expect_ident_matching("not"))).is_ok();
                (!is_negated).then_some(Group::Plain)
            }
            "layer" => Some(Group::Layer),
            _ => None,
        };
        // The rest of the prelude is for others to read.
        while input.next().is_ok() {}
        group.ok_or_else(ParseError::unexpected_token)
    }

    fn rule_without_block(&mut self, _group: Group, _start: &ParserState) -> Result<(), ()> {
        Ok(())
    }

    fn parse_block(
        &mut self,
        group: Group,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let outside = self.is_layered;
        self.is_layered |= matches!(group, Group::Layer);
        match &self.parents {
            // Nested in a rule, it may hold declarations of that one.
            Some(parents) => self.style_block(Rc::clone(parents), input),
            None => for _ in StyleSheetParser::new(input, self) {},
        }
        self.is_layered = outside;
        Ok(())
    }
}

impl<'i> DeclarationParser<'i> for Reader<'_> {
    type Declaration = ();
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<(), ParseError<()>> {
        let block = self
            .block
            .as_mut()
            .ok_or_else(ParseError::unexpected_token)?;
        // `a:hover { … }` begins like a declaration; what has a block is none.
        let before = input.state();
        while let Ok(token) = input.next() {
            if matches!(token, cssparser::Token::CurlyBracketBlock) {
                return Err(ParseError::unexpected_token());
            }
        }
        input.reset(&before);
        block.read(&name, input);
        Ok(())
    }
}

impl RuleBodyItemParser<'_, (), ()> for Reader<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}
