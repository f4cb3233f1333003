//! Links inside the document.
//!
//! The templates write their targets as names ("note 5"). Were they labels, typst would set every line with a link
//! anew once it knows where the label is; so the names are put right when the pages are done.

use super::super::prose::is_outward;
use typst::foundations::Label;
use typst::introspection::{Introspector, Location};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document as _};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The document with links that lead to where their names say. One that leads nowhere is left out.
pub(super) fn resolved(document: PagedDocument) -> PagedDocument {
    let introspector = document.introspector().clone();
    if !document.pages().iter().any(|page| has_names(&page.frame)) {
        return document;
    }
    let mut pages: typst::ecow::EcoVec<_> = document.pages().iter().cloned().collect();
    let info = document.info().clone();
    drop(document);
    let find = |name: &str| {
        let label = Label::new(PicoStr::intern(&name.replace(' ', "-")))?;
        introspector.query_label(label).ok()?.location()
    };
    for page in pages.make_mut() {
        resolve(&mut page.frame, &find);
    }
    PagedDocument::new(pages, info)
}

/// The name that a link has in the place of an address.
fn name(destination: &Destination) -> Option<&str> {
    match destination {
        Destination::Url(url) if !is_outward(url) => Some(url),
        _ => None,
    }
}

fn has_names(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_names(&group.frame),
        FrameItem::Link(destination, _) => name(destination).is_some(),
        _ => false,
    })
}

/// Frames are shared with what typst remembers: only those with such links in them are touched, and so copied.
fn resolve(frame: &mut Frame, find: &dyn Fn(&str) -> Option<Location>) {
    if !has_names(frame) {
        return;
    }
    frame.retain(|item| match item {
        FrameItem::Group(group) => {
            resolve(&mut group.frame, find);
            true
        }
        FrameItem::Link(destination, _) => match name(destination).map(find) {
            Some(Some(location)) => {
                *destination = Destination::Location(location);
                true
            }
            Some(None) => false,
            None => true,
        },
        _ => true,
    });
}
