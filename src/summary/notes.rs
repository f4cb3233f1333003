//! Endnotes: what each statement and each event rests on, and what the check of it said.

#![expect(clippy::indexing_slicing, reason = "files are numbered by the inputs")]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the number of notes, of which each is held in memory"
)]

use super::content::{EvidenceLine, Note};
use super::input::{Input, with_names};
use super::prose::{self, first_words, one_line};
use super::sources::Sources;
use crate::date::Date;
use crate::evidence::{Checked, Verdict};
use crate::model::{Evidence, EvidenceOwner, Relation};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// How many letters of what a note belongs to stand at its head.
const ABOUT_CHARS: usize = 90;

pub(super) struct Notes<'a> {
    inputs: &'a [Input<'a>],
    sources: &'a Sources,
    pub done: Vec<Note>,
    /// From what it belongs to, to its number.
    pub numbers: BTreeMap<(usize, EvidenceOwner), u32>,
    /// Sources that a note has named in full.
    named: BTreeSet<u32>,
}

impl<'a> Notes<'a> {
    pub fn new(inputs: &'a [Input<'a>], sources: &'a Sources) -> Self {
        Self {
            inputs,
            sources,
            done: Vec::new(),
            numbers: BTreeMap::new(),
            named: BTreeSet::new(),
        }
    }

    /// How many briefings there are; never none.
    pub fn briefings(&self) -> usize {
        self.inputs.len().max(1)
    }

    /// Makes the note of an event whose evidence says more than which sources there are.
    pub fn of_event(&mut self, file: usize, at: u32, number: u32) -> Option<u32> {
        let event = self.inputs[file].briefing.events.get(at as usize)?;
        if !event.evidence.iter().any(says_more) {
            return None;
        }
        let evidence = &event.evidence;
        let owner = EvidenceOwner::Event(at);
        Some(self.add(file, owner, evidence, &event.title, None, Some(number)))
    }

    /// Makes the note of a statement.
    pub fn of_statement(&mut self, file: usize, at: u32) -> u32 {
        let Some(statement) = self.inputs[file].briefing.statements.get(at as usize) else {
            return 0;
        };
        let owner = EvidenceOwner::Statement(at);
        let (text, remark) = (&statement.text, statement.footnote.note.as_deref());
        self.add(file, owner, &statement.evidence, text, remark, None)
    }

    fn add(
        &mut self,
        file: usize,
        owner: EvidenceOwner,
        evidence: &[Evidence],
        about: &str,
        remark: Option<&str>,
        event: Option<u32>,
    ) -> u32 {
        let number = u32::try_from(self.done.len() + 1).unwrap_or(u32::MAX);
        let lines = (0..)
            .zip(evidence)
            .map(|(index, evidence)| {
                let checked = self.inputs[file].outcomes.get(&(owner, index));
                self.line(file, evidence, checked)
            })
            .collect();
        self.done.push(Note {
            number,
            event,
            about: head(&with_names(about, self.inputs[file].briefing)),
            remark: remark.map(prose::one_paragraph).unwrap_or_default(),
            evidence: lines,
        });
        self.numbers.insert((file, owner), number);
        number
    }

    fn line(
        &mut self,
        file: usize,
        evidence: &Evidence,
        checked: Option<&Checked>,
    ) -> EvidenceLine {
        let source = self.sources.number(file, evidence.source);
        let is_first = source.is_none_or(|number| self.named.insert(number));
        let citation = source
            .and_then(|number| self.sources.cited(number))
            .map(|cited| {
                if is_first {
                    &cited.first
                } else {
                    &cited.further
                }
            })
            .cloned()
            .unwrap_or_else(|| {
                vec![prose::Words::plain(format!(
                    "@{} (not defined)",
                    evidence.key
                ))]
            });
        let entry = source.and_then(|number| self.sources.entry(number));
        let quote = evidence.quote.as_ref();
        let verdict = checked.map_or(Verdict::Paraphrase, |checked| checked.verdict);
        EvidenceLine {
            relation: evidence.relation.as_str().to_owned(),
            relation_words: relation_words(evidence.relation).to_owned(),
            source,
            citation: without_end(citation),
            locator: evidence.locator.as_ref().map(Text::to_string),
            quote: quote.map(|quote| quote.text.to_string()),
            quote_lang: quote.and_then(|quote| quote.details.lang.as_ref().map(Text::to_string)),
            translation: quote
                .and_then(|quote| quote.details.translation.as_ref().map(Text::to_string)),
            translator: quote
                .and_then(|quote| quote.details.translator.as_ref().map(Text::to_string)),
            silent_on: evidence
                .details
                .silent_on
                .iter()
                .map(Text::to_string)
                .collect(),
            said: said(evidence),
            grade: evidence.details.grade.as_ref().map(Text::to_string),
            verdict: verdict.as_str().to_owned(),
            verdict_label: verdict.label().to_owned(),
            level: verdict.level().as_str().to_owned(),
            copy_says: checked.and_then(copy_says),
            copy_date: entry.and_then(|entry| entry.copy_date.clone()),
            copy_hash: entry.and_then(|entry| entry.copy_hash.clone()),
        }
    }
}

/// The words that the copy has where the quotation differs from it.
pub(super) fn copy_says(checked: &Checked) -> Option<String> {
    let is_different = matches!(
        checked.verdict,
        Verdict::Near | Verdict::Altered | Verdict::NotFound | Verdict::SilenceBroken
    );
    if !is_different {
        return None;
    }
    let found = checked.found_words.clone();
    let closest = || {
        checked
            .closest
            .as_ref()
            .map(|closest| closest.words.clone())
    };
    found.or_else(closest).map(|words| {
        let words: Vec<&str> = words.split_whitespace().collect();
        words.join(" ")
    })
}

/// A citation goes on in a note, so its own full stop goes; its address stands in the list of sources.
fn without_end(mut words: Vec<prose::Words>) -> Vec<prose::Words> {
    words.retain(|words| words.url.is_none());
    while let Some(last) = words.last_mut() {
        let kept = last.text.trim_end_matches(['.', ',', ';', ' ']).len();
        last.text.truncate(kept);
        if kept > 0 {
            break;
        }
        words.pop();
    }
    words
}

fn says_more(evidence: &Evidence) -> bool {
    evidence.quote.is_some()
        || !evidence.details.silent_on.is_empty()
        || evidence.locator.is_some()
        || evidence.details.by.is_some()
        || evidence.details.grade.is_some()
        || !matches!(evidence.relation, Relation::Supports)
}

fn relation_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Supports => "",
        Relation::Says => "Says",
        Relation::Confirms => "Confirms",
        Relation::Differs => "Differs",
        Relation::Contradicts => "Contradicts",
        Relation::Mentions => "Mentions",
        Relation::Silent => "Silent",
        Relation::Updates => "Updates",
        Relation::Because => "Because",
        Relation::Assumes => "Assumes",
    }
}

fn said(evidence: &Evidence) -> Option<String> {
    let mut words = String::new();
    if let Some(by) = &evidence.details.by {
        words.push_str(by);
    }
    if let Some(to) = &evidence.details.to {
        words.push_str(if words.is_empty() { "to " } else { " to " });
        words.push_str(to);
    }
    if let Some(on) = &evidence.details.on {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&on.in_words());
    }
    if let Some(as_of) = evidence.details.as_of.as_ref().map(Date::in_words) {
        words.push_str(if words.is_empty() {
            "as of "
        } else {
            ", as of "
        });
        words.push_str(&as_of);
    }
    Some(words).filter(|words| !words.is_empty())
}

/// The first words of a text, on one line.
fn head(text: &str) -> String {
    first_words(&one_line(text), ABOUT_CHARS)
}
