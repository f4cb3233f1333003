//! Whether a selector matches an element, in a bounded number of steps.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places among the elements of one page, which are bounded, and numbers of 32 bits in 64"
)]

use super::{AttributeTest, Combinator, Selector, Simple};
use crate::evidence::html::tree::{Element, ElementId, Tree};
use std::cell::Cell;

/// How far a search for a match got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Yes,
    No,
    /// All ancestors were tried: nor will there be a match from any element further up.
    NotAbove,
}

/// Counts the steps of matching, so that no page can ask for more than a bounded number.
pub(in crate::evidence::html::style) struct Steps(Cell<u64>);

impl Steps {
    pub(in crate::evidence::html::style) fn new(most: u64) -> Self {
        Self(Cell::new(most))
    }

    pub(in crate::evidence::html::style) fn are_used_up(&self) -> bool {
        self.0.get() == 0
    }

    /// Whether as many more may be made.
    fn take(&self, count: u32) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(u64::from(count)));
        left > 0
    }
}

impl Selector {
    pub(in crate::evidence::html::style) fn matches(
        &self,
        tree: &Tree,
        id: ElementId,
        steps: &Steps,
    ) -> bool {
        self.compounds.is_empty() || self.search(tree, 0, id, steps) == Found::Yes
    }

    fn search(&self, tree: &Tree, at: usize, id: ElementId, steps: &Steps) -> Found {
        let Some((compound, combinator)) = self.compounds.get(at) else {
            return Found::Yes;
        };
        let element = tree.element(id);
        if !steps.take(element.cost) {
            return Found::NotAbove;
        }
        if !(compound.iter()).all(|simple| simple.matches(tree, id, element, steps)) {
            return Found::No;
        }
        let mut next = match combinator {
            None => return Found::Yes,
            Some(Combinator::Descendant | Combinator::Child) => element.parent,
            Some(Combinator::NextSibling | Combinator::LaterSibling) => element.previous,
        };
        while let Some(other) = next {
            match (self.search(tree, at + 1, other, steps), combinator) {
                (Found::Yes, _) => return Found::Yes,
                (Found::NotAbove, _) => return Found::NotAbove,
                (Found::No, Some(Combinator::Descendant)) => next = tree.element(other).parent,
                (Found::No, Some(Combinator::LaterSibling)) => next = tree.element(other).previous,
                (Found::No, _) => return Found::No,
            }
        }
        match combinator {
            Some(Combinator::Descendant) => Found::NotAbove,
            _ => Found::No,
        }
    }
}

impl Simple {
    fn matches(&self, tree: &Tree, id: ElementId, element: &Element, steps: &Steps) -> bool {
        match self {
            Self::Name(name) => *element.name == **name,
            Self::Id(id) => element.attribute("id") == Some(id),
            Self::Class(class) => element.classes().any(|other| other == &**class),
            Self::Attribute {
                name,
                test,
                value,
                any_case,
            } => (element.attribute(name)).is_some_and(|found| test.holds(found, value, *any_case)),
            Self::Nth {
                step,
                offset,
                from_end,
                of_type,
            } => {
                element.parent.is_some()
                    && is_nth(
                        place_of(tree, element, *from_end, *of_type, steps),
                        *step,
                        *offset,
                    )
            }
            Self::Any(list) => list.iter().any(|one| one.matches(tree, id, steps)),
            Self::Not(list) => !list.iter().any(|one| one.matches(tree, id, steps)),
            Self::Root => element.parent.is_none(),
            Self::Empty => element.children == 0 && !element.has_text,
            Self::Link => {
                matches!(&*element.name, "a" | "area") && element.attribute("href").is_some()
            }
            Self::Checked => {
                element.attribute("checked").is_some() || element.attribute("selected").is_some()
            }
            Self::Disabled => is_field(element) && element.attribute("disabled").is_some(),
            Self::Enabled => is_field(element) && element.attribute("disabled").is_none(),
            Self::Never => false,
        }
    }
}

fn is_field(element: &Element) -> bool {
    matches!(
        &*element.name,
        "button" | "input" | "select" | "textarea" | "optgroup" | "option" | "fieldset"
    )
}

/// The place of an element among its siblings, or among those with its name, counted from 1.
fn place_of(tree: &Tree, element: &Element, from_end: bool, of_type: bool, steps: &Steps) -> i64 {
    if !of_type {
        let all = (element.parent).map_or(1, |parent| tree.element(parent).children);
        let place = if from_end {
            all + 1 - element.position
        } else {
            element.position
        };
        return i64::from(place);
    }
    let neighbor = |element: &Element| {
        if from_end {
            element.next
        } else {
            element.previous
        }
    };
    let mut place = 1;
    let mut next = neighbor(element);
    while let Some(id) = next
        && steps.take(1)
    {
        let other = tree.element(id);
        place += i64::from(other.name == element.name);
        next = neighbor(other);
    }
    place
}

/// Whether `place` is `step` × n + `offset` for some n from 0.
fn is_nth(place: i64, step: i32, offset: i32) -> bool {
    let beyond = place - i64::from(offset);
    match i64::from(step) {
        0 => beyond == 0,
        step => beyond % step == 0 && beyond / step >= 0,
    }
}

impl AttributeTest {
    fn holds(self, found: &str, value: &str, any_case: bool) -> bool {
        if any_case {
            let (found, value) = (found.to_ascii_lowercase(), value.to_ascii_lowercase());
            return self.holds(&found, &value, false);
        }
        match self {
            Self::Exists => true,
            Self::Equals => found == value,
            Self::Word => {
                !value.is_empty() && found.split_ascii_whitespace().any(|word| word == value)
            }
            Self::Dash => (found.strip_prefix(value))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            Self::Prefix => !value.is_empty() && found.starts_with(value),
            Self::Suffix => !value.is_empty() && found.ends_with(value),
            Self::Contains => !value.is_empty() && found.contains(value),
        }
    }
}
