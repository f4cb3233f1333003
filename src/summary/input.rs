//! What goes into a summary.

use super::citation;
use crate::evidence::{Assessment, CopyText, Lock, Outcomes};
use crate::model::Briefing;
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One briefing with what is known of its evidence, and its chosen events.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// As the reader of the export should see it.
    pub path: String,
    pub briefing: &'a Briefing,
    /// Indexes of the chosen events.
    pub events: Vec<u32>,
    /// The outcomes of the checks, by what the evidence hangs on and its place there.
    pub outcomes: &'a Outcomes,
    /// One a statement, in the briefing's order.
    pub assessments: &'a [Arc<Assessment>],
    /// The copies that could be read, by source.
    pub copies: &'a BTreeMap<u32, Arc<CopyText>>,
    /// What kept the checks from being made.
    pub obstacles: &'a [Problem],
    /// Why the check does not agree with the author's reading, by comparison and row.
    pub disputes: &'a BTreeMap<(u32, u32), String>,
    /// What its lock says, where there is one.
    pub lock: Option<&'a Lock>,
}

/// A bare citation reads as a key; on paper its source has a name.
pub(super) fn with_names(text: &str, briefing: &Briefing) -> String {
    let is_of_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        named.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        let end = after.find(|c| !is_of_key(c)).unwrap_or(after.len());
        let key = after
            .get(..end)
            .unwrap_or_default()
            .trim_end_matches(['.', ':']);
        let in_word = before
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        let source = briefing
            .source_by_key(key)
            .and_then(|at| briefing.sources.get(at as usize))
            .filter(|_| !in_word);
        match source {
            Some(source) => {
                named.push_str(citation::short_name(source));
                rest = after.get(key.len()..).unwrap_or_default();
            }
            None => {
                named.push('@');
                rest = after;
            }
        }
    }
    named.push_str(rest);
    named
}
