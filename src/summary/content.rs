//! The one value that every form of output is made from. Plain data; the templates read it as JSON.

use super::figure::Figure;
use super::prose::{Paragraph, Words};
use serde::Serialize;

/// Everything an export says, in the order in which it says it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    pub title: String,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub organization: Option<String>,
    /// What was known, and when, in words.
    pub as_of: Option<String>,
    /// BCP 47.
    pub lang: String,
    pub marking: Option<String>,
    pub status: Option<String>,
    /// The document's own date: year, month, day. From the briefing, never from a clock.
    pub date: Option<[i32; 3]>,
    /// The document's date in words.
    pub date_words: Option<String>,
    /// What was chosen out of the whole, in words; `None` when nothing was left out.
    pub selection: Option<String>,
    pub paper: String,
    /// Whether there will be more pages than one leafs through: they are set denser, each part begins on a new one, and
    /// there is a list of contents.
    pub long: bool,
    /// What is in it, in words: "31 events · 24 sources · 58 statements".
    pub extent: String,
    pub parts: Vec<Part>,
    pub figure: Figure,
    pub events: Vec<EventRow>,
    pub notes: Vec<Note>,
    pub sources: Vec<SourceEntry>,
    /// Name of the citation style.
    pub style: String,
    pub unchecked: Unchecked,
    /// What the short form shows of all this.
    pub brief: Brief,
}

/// The short form's own words and choices; the rest it takes from the summary.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Brief {
    pub title: String,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub selection: Option<String>,
    pub parts: Vec<Abstract>,
    /// Whether abstracts go on in the full form.
    pub is_cut: bool,
    /// Places in the summary's events, the weightiest first.
    pub ranked: Vec<usize>,
    pub figure: Figure,
    /// How many events the figure shows.
    pub drawn: usize,
}

/// As much of a briefing's abstract as there is room for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Abstract {
    pub title: String,
    #[serde(rename = "abstract")]
    pub paragraphs: Vec<Paragraph>,
}

/// What one briefing adds besides its events.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Part {
    pub title: String,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub as_of: Option<String>,
    pub lang: Option<String>,
    #[serde(rename = "abstract")]
    pub summary: Vec<Paragraph>,
    pub key_statements: Vec<StatementRow>,
    pub statements: Vec<StatementRow>,
    pub comparisons: Vec<ComparisonTable>,
    /// "31 of 34 statements sourced, 2 unquoted"; empty when there is nothing to source.
    pub coverage: String,
}

/// A statement with the number of its note.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StatementRow {
    pub text: String,
    /// The heading that it stands under.
    pub section: Option<String>,
    pub grade: Option<String>,
    /// Stable name and words of how well it is borne out.
    pub standing: String,
    pub standing_label: String,
    pub level: String,
    pub explanation: String,
    pub note: u32,
}

/// One row of the chronology.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EventRow {
    /// From 1, in the order of time; the figure has the same numbers.
    pub number: u32,
    /// The id of the event, and the briefing it is from, for readers of the data.
    pub id: String,
    pub briefing: String,
    pub title: String,
    pub summary: Vec<Words>,
    /// In words; empty without a date.
    pub date: String,
    /// As the author wrote it.
    pub written: Option<String>,
    /// ISO 8601 in UTC; `None` when it is open, unknown or undated.
    pub earliest: Option<String>,
    /// As `earliest`, exclusive.
    pub latest: Option<String>,
    /// Whether the date names no time of day, so that calendars show it as whole days.
    pub whole_days: bool,
    pub lane: Option<String>,
    pub actors: Vec<String>,
    pub place: Option<String>,
    pub tags: Vec<String>,
    /// Empty when it simply happened.
    pub status: String,
    pub superseded_by: Option<String>,
    pub url: Option<String>,
    /// Numbers in the list of sources, each once.
    pub sources: Vec<SourceRef>,
    /// The number of its note, when its evidence says more than which sources there are.
    pub note: Option<u32>,
}

/// A source by its number in the list, and what to call it in a narrow column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceRef {
    pub number: u32,
    pub name: String,
}

/// An endnote: what a statement or an event rests on.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Note {
    pub number: u32,
    /// The event that it belongs to, by its number; else it belongs to a statement.
    pub event: Option<u32>,
    /// The first words of what it belongs to.
    pub about: String,
    /// The author's own words beside the evidence.
    pub remark: Vec<Words>,
    pub evidence: Vec<EvidenceLine>,
}

/// One source's bearing, with the outcome of its check.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceLine {
    /// `supports`, `says`, `differs`, …
    pub relation: String,
    /// The relation as a reader says it; empty for mere support.
    pub relation_words: String,
    /// Number in the list of sources; `None` when nobody defined the key.
    pub source: Option<u32>,
    /// The source as the citation style names it in a note.
    pub citation: Vec<Words>,
    pub locator: Option<String>,
    pub quote: Option<String>,
    pub quote_lang: Option<String>,
    pub translation: Option<String>,
    pub translator: Option<String>,
    /// Words that were looked for and must not occur.
    pub silent_on: Vec<String>,
    /// "Donald Trump to Fox News, 18 March 2025".
    pub said: Option<String>,
    /// NATO Admiralty, of the information.
    pub grade: Option<String>,
    pub verdict: String,
    pub verdict_label: String,
    pub level: String,
    /// What the copy has instead, where the words differ.
    pub copy_says: Option<String>,
    pub copy_date: Option<String>,
    /// The first digits of the copy's SHA-256.
    pub copy_hash: Option<String>,
}

/// One entry of the list of sources.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceEntry {
    /// From 1, in the order of the list.
    pub number: u32,
    pub key: String,
    pub name: String,
    pub citation: Vec<Words>,
    pub url: Option<String>,
    /// The address really consulted, where it is not the original.
    pub via: Option<String>,
    pub archived: Option<String>,
    /// "primary", "reliability B", "an interested party", …
    pub remarks: Vec<String>,
    pub copy_date: Option<String>,
    pub copy_hash: Option<String>,
    pub has_copy: bool,
}

/// Accounts side by side.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparisonTable {
    pub section: Option<String>,
    pub points_label: String,
    pub columns: Vec<ComparisonHead>,
    pub has_reading: bool,
    pub rows: Vec<ComparisonRow>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparisonHead {
    pub title: String,
    pub source: Option<u32>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparisonRow {
    pub point: String,
    pub cells: Vec<ComparisonCell>,
    pub reading: Option<String>,
    /// Why the check does not agree with the reading.
    pub dispute: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparisonCell {
    pub text: String,
    /// The worst verdict in it; empty when nothing was checked.
    pub verdict: String,
    pub verdict_label: String,
    pub level: String,
}

/// What a reader must not take as checked.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Unchecked {
    /// Nothing of all this.
    pub is_empty: bool,
    /// Quotations that do not stand in their sources as they are quoted, by note.
    pub failed: Vec<Finding>,
    /// Those that deserve a look.
    pub doubtful: Vec<Finding>,
    /// Sources that are quoted, but have no copy to check against.
    pub without_copy: Vec<WithoutCopy>,
    /// Copies and locks that could not be read.
    pub unreadable: Vec<String>,
    /// Sentences for which no source is named.
    pub unsourced: Vec<String>,
    /// How many more there are of them.
    pub unsourced_more: usize,
    /// Events without a date: listed last, and not in the figure.
    pub undated: Vec<u32>,
    /// How many pieces of evidence quote no words.
    pub paraphrases: usize,
    /// How many briefings have no lock, so that a changed copy would not be noticed.
    pub unlocked: usize,
    /// Readings of comparisons that the check does not bear out.
    pub disputed_readings: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Finding {
    pub note: Option<u32>,
    pub source: Option<u32>,
    pub verdict: String,
    pub verdict_label: String,
    pub level: String,
    pub quote: String,
    pub copy_says: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct WithoutCopy {
    pub source: u32,
    pub name: String,
    pub quotations: usize,
}

impl EvidenceLine {
    /// Locator, quotation and who said it: what follows the source in a line of plain text.
    pub fn said_in_words(&self) -> String {
        let mut words = String::new();
        let mut push = |text: String| words.push_str(&text);
        if let Some(locator) = &self.locator {
            push(format!(", {locator}"));
        }
        if let Some(quote) = &self.quote {
            push(format!(": “{quote}”"));
        }
        if let Some(translation) = &self.translation {
            push(match &self.translator {
                Some(translator) => format!(" (“{translation}”, tr. {translator})"),
                None => format!(" (“{translation}”)"),
            });
        }
        if !self.silent_on.is_empty() {
            push(format!(": no word of {}", self.silent_on.join(", ")));
        }
        if let Some(said) = &self.said {
            push(format!(" ({said})"));
        }
        words
    }

    /// What is known of the information and of the copy.
    pub fn facts(&self) -> Vec<String> {
        let mut facts = Vec::new();
        if let Some(grade) = &self.grade {
            facts.push(format!("graded {grade}"));
        }
        if let Some(date) = &self.copy_date {
            facts.push(format!("copy of {date}"));
        }
        if let Some(hash) = self
            .copy_hash
            .as_ref()
            .filter(|_| self.verdict != "paraphrase")
        {
            facts.push(format!("sha256 {hash}"));
        }
        facts
    }
}

impl Unchecked {
    /// All but the findings, one line each.
    pub fn in_words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for reading in &self.disputed_readings {
            lines.push(format!("The check does not bear out a reading: {reading}"));
        }
        for source in &self.without_copy {
            let noun = if source.quotations == 1 {
                "quotation"
            } else {
                "quotations"
            };
            lines.push(format!(
                "No copy of {} (source {}): {} {noun} could not be checked",
                source.name, source.source, source.quotations
            ));
        }
        lines.extend(self.unreadable.iter().cloned());
        for sentence in &self.unsourced {
            lines.push(format!("No source is named for: {sentence}"));
        }
        if self.unsourced_more > 0 {
            lines.push(format!(
                "{} more sentences have no source",
                self.unsourced_more
            ));
        }
        if !self.undated.is_empty() {
            let numbers: Vec<String> = self.undated.iter().map(u32::to_string).collect();
            lines.push(format!(
                "Without a date, and so not in the figure: {}",
                numbers.join(", ")
            ));
        }
        if self.paraphrases > 0 {
            let noun = if self.paraphrases == 1 {
                "piece of evidence quotes"
            } else {
                "pieces of evidence quote"
            };
            lines.push(format!(
                "{} {noun} no words, so there was nothing to check",
                self.paraphrases
            ));
        }
        if self.unlocked > 0 {
            let noun = if self.unlocked == 1 {
                "briefing has"
            } else {
                "briefings have"
            };
            lines.push(format!(
                "{} {noun} no lock: a copy that changed since it was read would not be noticed",
                self.unlocked
            ));
        }
        lines
    }
}
