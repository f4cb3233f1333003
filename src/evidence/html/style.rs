//! What takes words out of sight: the element's kind, the attribute `hidden`, its style, and the style elements of
//! the same file. Nothing is fetched, so a stylesheet in another file says nothing here.
//!
//! - Rules hold as for a reader at a desk (see `media`); those for print do not.
//! - `html` and `body` cannot be hidden: pages do that only until their script has run.
//! - What the reader can open by a click on a heading (`details`) or find by searching (`hidden=until-found`) is
//!   offered, and counts as seen. What only a script would bring forth does not.
//! - `aria-hidden` is for screen readers; eyes see those words.

#![expect(
    clippy::indexing_slicing,
    reason = "an array of `Property::COUNT` is indexed by properties"
)]

mod declaration;
mod media;
mod selector;
mod sheet;
#[cfg(test)]
mod tests;

use super::elements::is_never_shown;
use super::tree::Tree;
use declaration::{Declaration, Property, Value};
use html5ever::Attribute;
use selector::Steps;
use sheet::Rules;

pub(super) use media::holds as media_holds;

/// How an element stands to what is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Neither it nor anything inside is seen.
    pub is_gone: bool,
    /// Of the inherited properties, by bit: those it sets, and those of them that hide.
    set: u8,
    hides: u8,
}

/// By bit, which inherited properties hide the words right here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Inherited(u8);

impl Inherited {
    pub(super) fn hides(self) -> bool {
        self.0 != 0
    }

    /// The same inside an element.
    pub(super) fn inside(self, look: Look) -> Self {
        Self(self.0 & !look.set | look.hides)
    }
}

/// How an element looks by itself, without stylesheets.
pub(super) fn own_look(name: &str, attributes: &[Attribute]) -> Look {
    look(name, attributes, Cascade::default())
}

/// How a page asks for more than is done for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct TooInvolved;

/// How many bytes of stylesheets are read.
pub(super) const MAX_STYLE_BYTES: usize = 8 << 20;
/// How many elements a page with stylesheets may have.
pub(super) const MAX_ELEMENTS: usize = 1_000_000;
/// How many comparisons of an element with a part of a selector are made for one page: a tenth of a second's worth.
const MAX_STEPS: u64 = 10_000_000;

/// How each element of a page looks, by its place in the tree.
pub(super) fn looks(tree: &Tree, sheets: &[String]) -> Result<Vec<Look>, TooInvolved> {
    let mut rules = Rules::default();
    for sheet in sheets {
        if !rules.add(sheet) {
            return Err(TooInvolved);
        }
    }
    rules.index();
    let steps = Steps::new(MAX_STEPS);
    let mut looks = Vec::with_capacity(tree.len());
    for id in tree.ids() {
        let element = tree.element(id);
        let mut cascade = Cascade::default();
        for (at, rule) in rules.candidates(element) {
            if rule.selector.matches(tree, id, &steps) {
                let order = (u64::from(rule.selector.specificity) << 24) | u64::from(at);
                for declaration in &*rule.declarations {
                    cascade.offer_from_sheet(declaration, rule.is_layered, order);
                }
            }
            if steps.are_used_up() {
                return Err(TooInvolved);
            }
        }
        looks.push(look(&element.name, &element.attributes, cascade));
    }
    Ok(looks)
}

fn look(name: &str, attributes: &[Attribute], mut cascade: Cascade) -> Look {
    if matches!(name, "html" | "body") {
        return Look::default();
    }
    if is_never_shown(name) {
        return Look {
            is_gone: true,
            ..Look::default()
        };
    }
    let mut is_open = false;
    for attribute in attributes {
        match &*attribute.name.local {
            "hidden" if !attribute.value.trim().eq_ignore_ascii_case("until-found") => {
                cascade.offer_by_default(Property::Display, Value::Hides);
            }
            "style" => {
                for declaration in declaration::parse_inline(&attribute.value) {
                    cascade.offer_inline(&declaration);
                }
            }
            "open" => is_open = true,
            _ => {}
        }
    }
    if name == "dialog" && !is_open {
        cascade.offer_by_default(Property::Display, Value::Hides);
    }
    cascade.look()
}

/// For each property, the declaration that wins so far.
#[derive(Default)]
struct Cascade([Option<(u64, Value)>; Property::COUNT]);

const IMPORTANT: u64 = 1 << 63;
const INLINE: u64 = 1 << 62;
const OUTSIDE_LAYERS: u64 = 1 << 61;
const FROM_SHEET: u64 = 1 << 60;

impl Cascade {
    /// Of two that weigh the same, the later one wins.
    fn offer(&mut self, property: Property, value: Value, weight: u64) {
        let winner = &mut self.0[property as usize];
        if winner.is_none_or(|(other, _)| weight >= other) {
            *winner = Some((weight, value));
        }
    }

    fn offer_by_default(&mut self, property: Property, value: Value) {
        self.offer(property, value, 0);
    }

    fn offer_from_sheet(&mut self, declaration: &Declaration, is_layered: bool, order: u64) {
        // Importance turns the order of layers around.
        let is_strong = is_layered == declaration.important;
        let weight = FROM_SHEET
            | order
            | if is_strong { OUTSIDE_LAYERS } else { 0 }
            | if declaration.important { IMPORTANT } else { 0 };
        self.offer(declaration.property, declaration.value, weight);
    }

    fn offer_inline(&mut self, declaration: &Declaration) {
        let weight = INLINE | if declaration.important { IMPORTANT } else { 0 };
        self.offer(declaration.property, declaration.value, weight);
    }

    fn hides(&self, property: Property) -> bool {
        matches!(self.0[property as usize], Some((_, Value::Hides)))
    }

    fn look(&self) -> Look {
        let out_of_flow = [
            Property::Clip,
            Property::Left,
            Property::Right,
            Property::Top,
        ];
        let is_gone = [
            Property::Display,
            Property::ContentVisibility,
            Property::Opacity,
            Property::ClipPath,
        ]
        .into_iter()
        .any(|property| self.hides(property))
            || (self.hides(Property::Position)
                && out_of_flow.into_iter().any(|property| self.hides(property)));
        let (mut set, mut hides) = (0, 0);
        for (bit, property) in Property::INHERITED.into_iter().enumerate() {
            match self.0[property as usize] {
                Some((_, Value::Hides)) => {
                    set |= 1 << bit;
                    hides |= 1 << bit;
                }
                Some((_, Value::Shows)) => set |= 1 << bit,
                Some((_, Value::Inherits)) | None => {}
            }
        }
        Look {
            is_gone,
            set,
            hides,
        }
    }
}
