//! The elements of a page as far as selectors ask for them: names, attributes, neighbors, in the order of the file.

#![expect(
    clippy::indexing_slicing,
    reason = "only `append` makes an `ElementId`, of an element that is never taken out"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts within one page, which is bounded"
)]

use super::elements::is_metadata;
use html5ever::{Attribute, LocalName};

/// An element by its place in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ElementId(u32);

#[derive(Debug)]
pub(super) struct Element {
    pub name: LocalName,
    pub attributes: Vec<Attribute>,
    pub parent: Option<ElementId>,
    pub previous: Option<ElementId>,
    pub next: Option<ElementId>,
    /// Its place among its siblings, counted from 1.
    pub position: u32,
    /// How many elements stand right in it.
    pub children: u32,
    last_child: Option<ElementId>,
    pub has_text: bool,
    /// How many steps one look at its attributes counts for.
    pub cost: u32,
}

/// How much of attributes is looked at in one step.
const BYTES_A_STEP: usize = 256;
const ATTRIBUTES_A_STEP: usize = 16;

fn cost_of(attributes: &[Attribute]) -> u32 {
    let bytes: usize = (attributes.iter())
        .map(|attribute| attribute.value.len())
        .sum();
    let cost = 1 + bytes / BYTES_A_STEP + attributes.len() / ATTRIBUTES_A_STEP;
    u32::try_from(cost).unwrap_or(u32::MAX)
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        (self.attributes.iter())
            .find(|attribute| &*attribute.name.local == name)
            .map(|attribute| &*attribute.value)
    }

    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        (self.attribute("class").unwrap_or_default()).split_ascii_whitespace()
    }
}

/// `html`, `head` and `body` are always there, whether the file writes their tags or not.
#[derive(Debug)]
pub(super) struct Tree(Vec<Element>);

impl Tree {
    const HTML: ElementId = ElementId(0);
    const HEAD: ElementId = ElementId(1);
    pub(super) const BODY: ElementId = ElementId(2);

    pub(super) fn new() -> Self {
        let mut tree = Self(Vec::new());
        tree.append("html".into(), Vec::new(), None);
        tree.append("head".into(), Vec::new(), Some(Self::HTML));
        tree.append("body".into(), Vec::new(), Some(Self::HTML));
        tree
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn element(&self, id: ElementId) -> &Element {
        &self.0[id.0 as usize]
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = ElementId> + use<> {
        (0..u32::try_from(self.0.len()).unwrap_or(u32::MAX)).map(ElementId)
    }

    pub(super) fn index(id: ElementId) -> usize {
        id.0 as usize
    }

    /// Adds an element as the last child of one that is open.
    pub(super) fn add(
        &mut self,
        name: &LocalName,
        attributes: &[Attribute],
        parent: Option<ElementId>,
    ) -> ElementId {
        let known = match &**name {
            "html" => Some(Self::HTML),
            "head" => Some(Self::HEAD),
            "body" => Some(Self::BODY),
            _ => None,
        };
        if let Some(known) = known {
            let element = &mut self.0[known.0 as usize];
            for attribute in attributes {
                if element.attribute(&attribute.name.local).is_none() {
                    element.attributes.push(attribute.clone());
                }
            }
            element.cost = cost_of(&element.attributes);
            return known;
        }
        let mut parent = parent
            .filter(|&parent| parent != Self::HTML)
            .unwrap_or_else(|| {
                let body = self.element(Self::BODY);
                if is_metadata(name) && body.children == 0 && !body.has_text {
                    Self::HEAD
                } else {
                    Self::BODY
                }
            });
        if &**name == "tr" && &*self.element(parent).name == "table" {
            parent = self.implied_table_body(parent);
        }
        self.append(name.clone(), attributes.to_vec(), Some(parent))
    }

    /// The `tbody` that a row right in a table stands in.
    fn implied_table_body(&mut self, table: ElementId) -> ElementId {
        (self.element(table).last_child)
            .filter(|&last| {
                let last = self.element(last);
                &*last.name == "tbody" && last.attributes.is_empty()
            })
            .unwrap_or_else(|| self.append("tbody".into(), Vec::new(), Some(table)))
    }

    fn append(
        &mut self,
        name: LocalName,
        attributes: Vec<Attribute>,
        parent: Option<ElementId>,
    ) -> ElementId {
        let id = ElementId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        let mut element = Element {
            cost: cost_of(&attributes),
            name,
            attributes,
            parent,
            previous: None,
            next: None,
            position: 1,
            children: 0,
            last_child: None,
            has_text: false,
        };
        if let Some(parent) = parent {
            let parent = &mut self.0[parent.0 as usize];
            parent.children += 1;
            element.position = parent.children;
            element.previous = parent.last_child.replace(id);
        }
        if let Some(previous) = element.previous {
            self.0[previous.0 as usize].next = Some(id);
        }
        self.0.push(element);
        id
    }

    /// Notes that words stand right in an element.
    pub(super) fn note_text(&mut self, element: Option<ElementId>) {
        self.0[element.unwrap_or(Self::BODY).0 as usize].has_text = true;
    }
}
