//! How well a statement is borne out, and why, in plain words.
//!
//! Sources count only as far as they are independent: two that share one address are one, and one
//! that only repeats another (`based-on`) adds nothing to it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of the evidence of one statement, which is bounded"
)]

use super::explanation::explain;
use super::origins::Origins;
use super::verdict::{Checked, Level, Verdict};
use crate::model::{Evidence, Grade, GradeKind, Relation, Source, SourceKind};
use std::collections::BTreeSet;
use std::fmt;

/// How well a statement is borne out. In ascending order of what should worry the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The author says that it needs no source.
    Exempt,
    /// Two or more independent sources bear it out, and what is quoted stands there.
    Corroborated,
    /// One independent source bears it out.
    SingleSource,
    /// Sources are named, but no words of theirs are quoted.
    Unquoted,
    /// No source is named.
    Unsourced,
    /// A source contradicts it, or the author calls it disputed.
    Disputed,
    /// A quotation does not stand in its source as it is quoted.
    Altered,
}

impl Standing {
    pub const ALL: [Self; 7] = [
        Self::Exempt,
        Self::Corroborated,
        Self::SingleSource,
        Self::Unquoted,
        Self::Unsourced,
        Self::Disputed,
        Self::Altered,
    ];

    /// The stable name, as in the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Corroborated => "corroborated",
            Self::SingleSource => "single-source",
            Self::Unquoted => "unquoted",
            Self::Unsourced => "unsourced",
            Self::Disputed => "disputed",
            Self::Altered => "altered",
        }
    }

    /// A short name for the window, in sentence case.
    pub fn label(self) -> &'static str {
        match self {
            Self::Exempt => "Needs no source",
            Self::Corroborated => "Corroborated",
            Self::SingleSource => "Single source",
            Self::Unquoted => "Unquoted",
            Self::Unsourced => "Unsourced",
            Self::Disputed => "Disputed",
            Self::Altered => "Altered",
        }
    }

    /// For choosing a color beside the shape.
    pub fn level(self) -> Level {
        match self {
            Self::Exempt | Self::Unquoted => Level::Grey,
            Self::Corroborated => Level::Good,
            Self::SingleSource => Level::Note,
            Self::Unsourced | Self::Disputed => Level::Warn,
            Self::Altered => Level::Bad,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A standing, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Assessment {
    pub standing: Standing,
    /// How many different sources bear the statement out.
    pub sources: usize,
    /// How many of them are independent of each other.
    pub independent: usize,
    /// How many of them are primary.
    pub primary: usize,
    /// How many of them have an interest in the matter.
    pub interested: usize,
    /// What to call the sources that contradict it, and those that tell it differently.
    pub contradicted_by: Vec<String>,
    pub differing: Vec<String>,
    /// Quotations and silences that fail.
    pub failed: usize,
    /// Verdicts that ask for a look: nearly the same words, an elision across sentences, a changed copy.
    pub doubtful: usize,
    /// Quotations whose source has no copy.
    pub unchecked: usize,
    /// Whether any words are quoted.
    pub quoted: bool,
    /// All of this in plain words, without a full stop: "Two independent sources; one has an interest in the matter".
    pub explanation: String,
}

/// Assesses a statement, event or cell.
///
/// `evidence` comes with the outcome of each check; `origins` are those of the briefing's sources.
pub fn assess<'a>(
    evidence: impl IntoIterator<Item = (&'a Evidence, &'a Checked)>,
    grade: Option<&Grade>,
    origins: &Origins<'_>,
) -> Assessment {
    let sources = origins.sources;
    let mut named = false;
    let mut supporting = BTreeSet::new();
    let mut contradicting = BTreeSet::new();
    let mut differing = BTreeSet::new();
    let (mut failed, mut doubtful, mut unchecked, mut quoted) = (0, 0, 0, false);
    let mut broken_silences = 0;
    for (evidence, checked) in evidence {
        named = true;
        let is_silence = matches!(
            checked.verdict,
            Verdict::SilenceHolds | Verdict::SilenceBroken
        );
        quoted |= evidence.quote.is_some() || is_silence;
        let fails = checked.level() == Level::Bad;
        failed += usize::from(fails);
        broken_silences += usize::from(checked.verdict == Verdict::SilenceBroken);
        doubtful += usize::from(checked.level() == Level::Warn);
        unchecked += usize::from(checked.verdict == Verdict::NoCopy);
        let Some(source) = evidence.source.map(|at| at as usize) else {
            continue;
        };
        match evidence.relation {
            Relation::Contradicts => {
                contradicting.insert(source);
            }
            Relation::Differs => {
                differing.insert(source);
            }
            Relation::Supports
            | Relation::Says
            | Relation::Confirms
            | Relation::Updates
            | Relation::Because => {
                if !fails {
                    supporting.insert(source);
                }
            }
            Relation::Mentions | Relation::Silent | Relation::Assumes => {}
        }
    }
    let called_disputed = grade.is_some_and(|grade| grade.kind == GradeKind::Disputed);
    let independent = origins.independent(&supporting);
    let standing = if !named {
        Standing::Unsourced
    } else if failed > 0 {
        Standing::Altered
    } else if called_disputed || !contradicting.is_empty() {
        Standing::Disputed
    } else if !quoted {
        Standing::Unquoted
    } else if independent >= 2 {
        Standing::Corroborated
    } else {
        Standing::SingleSource
    };
    let of = |wanted: fn(&Source) -> bool| {
        let matching = supporting.iter().filter_map(|&at| sources.get(at));
        matching.filter(|source| wanted(source)).count()
    };
    let labels = |set: &BTreeSet<usize>| {
        let found = set.iter().filter_map(|&at| sources.get(at));
        found.map(|source| source.label().to_owned()).collect()
    };
    let mut assessment = Assessment {
        standing,
        sources: origins.distinct(&supporting),
        independent,
        primary: of(|source| source.kind == Some(SourceKind::Primary)),
        interested: of(|source| source.details.party.is_some()),
        contradicted_by: labels(&contradicting),
        differing: labels(&differing),
        failed,
        doubtful,
        unchecked,
        quoted,
        explanation: String::new(),
    };
    assessment.explanation = explain(&assessment, broken_silences, called_disputed);
    assessment
}

impl Assessment {
    /// A statement that needs no source, and why.
    pub fn exempt(reason: &str) -> Self {
        let reason = reason.trim();
        let mut explanation = "The author says that it needs no source".to_owned();
        if !reason.is_empty() {
            explanation.push_str(": ");
            explanation.push_str(reason);
        }
        Self {
            standing: Standing::Exempt,
            explanation,
            ..assess([], None, &Origins::new(&[]))
        }
    }

    /// A statement for which no source is named.
    pub fn unsourced() -> Self {
        assess([], None, &Origins::new(&[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Quote, SourceDetails};
    use crate::span::Span;
    use crate::text::Text;
    use std::sync::Arc;

    fn source(key: &str, url: &str, based_on: &[&str], party: bool) -> Source {
        Source {
            key: key.into(),
            title: Some(key.to_uppercase().into()),
            url: Some(url).filter(|url| !url.is_empty()).map(Text::from),
            details: SourceDetails {
                based_on: based_on.iter().map(|&key| key.into()).collect(),
                party: party.then(Text::default),
                ..SourceDetails::default()
            }
            .into(),
            ..Source::default()
        }
    }

    fn evidence(source: u32, relation: Relation, quoted: bool) -> Evidence {
        Evidence {
            key: Text::default(),
            source: Some(source),
            relation,
            locator: None,
            quote: quoted.then(|| Quote {
                text: "words".into(),
                span: Span::default(),
                details: Default::default(),
            }),
            details: Default::default(),
            span: Span::default(),
        }
    }

    #[test]
    fn standings_follow_from_evidence_and_verdicts() {
        use Relation::{Contradicts, Differs, Mentions, Says};
        use Standing::{Altered, Corroborated, Disputed, SingleSource, Unquoted, Unsourced};
        let sources = [
            source("a", "https://example.org/a", &[], true),
            source("b", "https://example.net/b", &[], false),
            source("c", "http://www.example.org/a/", &[], false),
            source("d", "", &["b"], false),
            source("e", "", &["d"], false),
            source("f", "", &["g"], false),
            source("g", "", &["f"], false),
            source("h", "", &["a", "b"], false),
            source("i", "", &["nobody"], false),
        ]
        .map(Arc::new);
        let verbatim = Verdict::Verbatim;
        for (given, standing, independent, explanation) in [
            (vec![], Unsourced, 0, "No source is named"),
            (
                vec![(0, Says, verbatim)],
                SingleSource,
                1,
                "One source; it has an interest in the matter",
            ),
            (
                vec![(0, Says, verbatim), (1, Says, verbatim)],
                Corroborated,
                2,
                "Two independent sources; one has an interest in the matter",
            ),
            (
                vec![(1, Says, verbatim), (1, Says, verbatim)],
                SingleSource,
                1,
                "One source",
            ),
            (
                vec![(0, Says, verbatim), (2, Says, verbatim)],
                SingleSource,
                1,
                "One source; it has an interest in the matter",
            ),
            (
                vec![(1, Says, verbatim), (4, Says, verbatim)],
                SingleSource,
                1,
                "Two sources, but they repeat one another",
            ),
            (
                vec![(3, Says, verbatim), (4, Says, verbatim)],
                SingleSource,
                1,
                "Two sources, but they repeat one another",
            ),
            (
                vec![(5, Says, verbatim), (6, Says, verbatim)],
                SingleSource,
                1,
                "Two sources, but they repeat one another",
            ),
            (vec![(7, Says, verbatim)], SingleSource, 1, "One source"),
            (
                vec![(7, Says, verbatim), (1, Says, verbatim)],
                Corroborated,
                2,
                "Two independent sources",
            ),
            (
                vec![(1, Says, verbatim), (8, Says, verbatim)],
                Corroborated,
                2,
                "Two independent sources",
            ),
            (
                vec![(1, Says, Verdict::Paraphrase)],
                Unquoted,
                1,
                "One source; no words are quoted",
            ),
            (
                vec![(1, Mentions, Verdict::Paraphrase)],
                Unquoted,
                0,
                "No source bears it out; no words are quoted",
            ),
            (
                vec![(1, Says, Verdict::NoCopy)],
                SingleSource,
                1,
                "One source; one quotation could not be checked: no copy",
            ),
            (
                vec![(1, Says, verbatim), (0, Contradicts, verbatim)],
                Disputed,
                1,
                "One source; A contradicts it",
            ),
            (
                vec![(1, Says, verbatim), (0, Differs, verbatim)],
                SingleSource,
                1,
                "One source; A tells it differently",
            ),
            (
                vec![(1, Says, Verdict::Altered)],
                Altered,
                0,
                "No source bears it out; one quotation does not stand in its source",
            ),
            (
                vec![(1, Says, verbatim), (0, Says, Verdict::NotFound)],
                Altered,
                1,
                "One source; one quotation does not stand in its source",
            ),
            (
                vec![(1, Says, Verdict::Near)],
                SingleSource,
                1,
                "One source; one quotation deserves a look",
            ),
        ] {
            let given: Vec<(Evidence, Checked)> = given
                .into_iter()
                .map(|(at, relation, verdict)| {
                    let quoted = verdict != Verdict::Paraphrase;
                    (evidence(at, relation, quoted), Checked::bare(verdict))
                })
                .collect();
            let pairs = given.iter().map(|(evidence, checked)| (evidence, checked));
            let found = assess(pairs, None, &Origins::new(&sources));
            assert_eq!(found.explanation, explanation);
            assert_eq!(
                (found.standing, found.independent),
                (standing, independent),
                "{explanation}"
            );
        }
    }

    #[test]
    fn what_needs_no_source_says_why() {
        assert_eq!(
            Assessment::exempt("common knowledge").explanation,
            "The author says that it needs no source: common knowledge"
        );
    }
}
