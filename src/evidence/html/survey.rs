//! The first reading of a page with styles: which elements it has, and what its style elements say.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "places and counts within one page, which is bounded"
)]

use super::style::{self, Look, MAX_ELEMENTS, MAX_STYLE_BYTES, TooInvolved};
use super::tree::{ElementId, Tree};
use html5ever::tokenizer::Tag;

/// Whether a page has style elements; without any, a first reading is not needed.
pub(super) fn has_styles(html: &str) -> bool {
    const NAME: &[u8] = b"style";
    let bytes = html.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        (bytes.get(at + 1..at + 1 + NAME.len())).is_some_and(|name| name.eq_ignore_ascii_case(NAME))
    })
}

/// What was found so far.
pub(super) struct Survey {
    tree: Tree,
    /// The elements in the order in which they were opened.
    opened: Vec<ElementId>,
    sheets: Vec<String>,
    style_bytes: usize,
    /// The style element that is open, if what it says holds for the reader.
    open_sheet: Option<ElementId>,
    /// How many templates are open; what is in them is not on the page, and its styles do not hold.
    templates: u32,
    is_too_involved: bool,
}

impl Survey {
    pub(super) fn new() -> Self {
        Self {
            tree: Tree::new(),
            opened: Vec::new(),
            sheets: Vec::new(),
            style_bytes: 0,
            open_sheet: None,
            templates: 0,
            is_too_involved: false,
        }
    }

    fn add(&mut self, tag: &Tag, parent: Option<ElementId>) -> ElementId {
        if self.tree.len() < MAX_ELEMENTS {
            return self.tree.add(&tag.name, &tag.attrs, parent);
        }
        self.is_too_involved = true;
        Tree::BODY
    }

    /// An element without content.
    pub(super) fn leaf(&mut self, tag: &Tag, parent: Option<ElementId>) {
        self.add(tag, parent);
    }

    pub(super) fn open(&mut self, tag: &Tag, parent: Option<ElementId>) -> ElementId {
        let element = self.add(tag, parent);
        if !self.is_too_involved {
            self.opened.push(element);
        }
        match &*tag.name {
            "template" => self.templates += 1,
            "style" if self.templates == 0 && !self.is_too_involved => {
                let style = self.tree.element(element);
                let is_css = (style.attribute("type"))
                    .is_none_or(|kind| kind.is_empty() || kind.eq_ignore_ascii_case("text/css"));
                if is_css && style::media_holds(style.attribute("media").unwrap_or_default()) {
                    self.open_sheet = Some(element);
                    self.sheets.push(String::new());
                }
            }
            _ => {}
        }
        element
    }

    pub(super) fn close(&mut self, name: &str) {
        match name {
            "template" => self.templates = self.templates.saturating_sub(1),
            "style" => self.open_sheet = None,
            _ => {}
        }
    }

    /// Words right in an element.
    pub(super) fn words(&mut self, element: Option<ElementId>, words: &str) {
        if self.open_sheet.is_some() && self.open_sheet == element {
            self.style_bytes += words.len();
            if self.style_bytes > MAX_STYLE_BYTES {
                self.is_too_involved = true;
            } else if let Some(sheet) = self.sheets.last_mut() {
                sheet.push_str(words);
            }
        }
        if element.is_some() || !words.trim().is_empty() {
            self.tree.note_text(element);
        }
    }

    /// How each element looks, in the order in which they were opened.
    pub(super) fn finish(self) -> Result<Vec<Look>, TooInvolved> {
        if self.is_too_involved {
            return Err(TooInvolved);
        }
        let looks = style::looks(&self.tree, &self.sheets)?;
        Ok((self.opened.iter())
            .map(|&element| looks.get(Tree::index(element)).copied().unwrap_or_default())
            .collect())
    }
}
