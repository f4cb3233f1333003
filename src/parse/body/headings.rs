//! Headings: their ids, and how far their sections reach.

#![expect(
    clippy::indexing_slicing,
    reason = "headings are counted by their own list, and the open ones are numbers from it"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of headings of one name"
)]

use crate::model::Heading;
use crate::parse::names::Names;
use crate::parse::slug;
use crate::text::Text;

/// The id of a heading, unique among those given: GitHub's slug, then with `-1`, `-2` behind it.
pub fn heading_id(text: &str, given: Option<Text>, taken: &mut Names<Text, u32>) -> Text {
    let wanted = match given {
        Some(id) if !id.is_empty() => id,
        _ => slug(text).into(),
    };
    let mut id = wanted.clone();
    loop {
        if taken.insert(id.clone(), 0) {
            return id;
        }
        let mut count = 0;
        if let Some(repeat) = taken.get_mut(&wanted) {
            *repeat += 1;
            count = *repeat;
        }
        id = format!("{wanted}-{count}").into();
    }
}

/// A section reaches to the next heading of its level or above.
pub fn close_sections(headings: &mut [Heading], end: u32) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..headings.len() {
        let (level, start) = (headings[at].level, headings[at].span.start);
        while let Some(&last) = open.last()
            && headings[last].level >= level
        {
            headings[last].section.end = start;
            open.pop();
        }
        open.push(at);
    }
    for at in open {
        headings[at].section.end = end;
    }
}
