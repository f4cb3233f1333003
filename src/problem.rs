//! What is wrong with a file, and how to mend it.
//!
//! A [`Problem`] says what was expected **and** what was found, where, and what to do. This room does
//! not know where a problem is shown; the problems panel, `sourceline check` and the JSON all read the same value.

use crate::span::Span;
use std::fmt;

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing to mend.
    Note,
    /// The file was read, but probably not as its author meant.
    Warning,
    /// A part of the file could not be read.
    Error,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is wrong in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub severity: Severity,
    /// What was expected and what was found: lower case, no full stop.
    pub message: String,
    /// The way out; never empty.
    pub hint: String,
    /// Where in the file.
    pub span: Span,
}

impl Problem {
    /// A problem with the severity that its code has by default.
    pub fn new(
        code: Code,
        span: impl Into<Span>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            hint: hint.into(),
            span: span.into(),
        }
    }
}

/// Declares [`Code`] from one table, so that name, severity and meaning cannot drift apart.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $meaning:literal;)+) => {
        /// The kinds of problems. Their names are stable: scripts may filter by them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)+
        }

        impl Code {
            /// Every code, in the order of this table.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The weight a problem of this kind has unless its finder says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// What the code means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }
        }
    };
}

codes! {
    // Files.
    FileUnreadable "file-unreadable" Error "The file or folder could not be read.";
    LibraryTooLarge "library-too-large" Error "The library holds more than Sourceline keeps in memory; this file was not read.";
    FileTooLarge "file-too-large" Error "The file is larger than Sourceline reads.";
    FileNotUtf8 "file-not-utf8" Error "The file is not UTF-8 text.";
    FileEmpty "file-empty" Warning "The file holds nothing.";
    FileOutside "file-outside" Error "A path leads out of the library.";
    // Front matter.
    FrontMatterUnclosed "front-matter-unclosed" Error "The front matter has no closing line.";
    FrontMatterNotMapping "front-matter-not-mapping" Error "The front matter is not a mapping of keys to values.";
    YamlSyntax "yaml-syntax" Error "The front matter is not valid YAML.";
    YamlTab "yaml-tab" Error "YAML does not allow a tab in indentation.";
    YamlDuplicateKey "yaml-duplicate-key" Error "A key stands twice in one mapping.";
    YamlAnchor "yaml-anchor" Error "Anchors and aliases are not read.";
    YamlTooDeep "yaml-too-deep" Error "The YAML nests deeper than Sourceline reads.";
    YamlTooLarge "yaml-too-large" Error "The YAML holds more values than Sourceline reads.";
    KeyNearMiss "key-near-miss" Warning "An unknown key looks like a misspelt known one.";
    KeyTwice "key-twice" Warning "Two spellings of one key are both given.";
    ValueTooLong "value-too-long" Warning "A value is longer than Sourceline keeps.";
    ValueType "value-type" Error "A value is of the wrong kind.";
    ValueUnknown "value-unknown" Warning "A value is not among those that are known.";
    // Events.
    EventNoDate "event-no-date" Error "An event has no date.";
    EventNoTitle "event-no-title" Warning "An event has neither a title nor a summary.";
    EventDuplicateId "event-duplicate-id" Error "Two events have one id.";
    EventUnknown "event-unknown" Warning "An event is referred to that does not exist.";
    PassageUnknown "passage-unknown" Warning "A passage is referred to that does not exist.";
    TooManyEvents "too-many-events" Error "The file holds more events than Sourceline reads.";
    // Dates.
    DateSyntax "date-syntax" Error "The text is not a date.";
    DateAmbiguous "date-ambiguous" Error "The order of day and month cannot be known.";
    DateImpossible "date-impossible" Error "The day or the time does not exist.";
    DateReversed "date-reversed" Error "The end is before the start.";
    DateTimeGap "date-time-gap" Error "The local time was skipped when the clocks changed.";
    DateTimeTwice "date-time-twice" Error "The local time happened twice when the clocks changed.";
    DateZone "date-zone" Error "The time zone is not known.";
    DateRange "date-range" Error "The date is beyond what Sourceline can place.";
    // Sources and evidence.
    SourceUnknown "source-unknown" Error "A source key is used that nobody defined.";
    SourceDuplicateKey "source-duplicate-key" Error "Two sources have one key.";
    SourceDuplicateUrl "source-duplicate-url" Note "Two sources have one address and are one source.";
    TooManySources "too-many-sources" Error "The file holds more sources than Sourceline reads.";
    TooMuchEvidence "too-much-evidence" Error "The file holds more evidence than Sourceline reads.";
    SourceUnused "source-unused" Note "Nothing rests on this source.";
    BibliographySyntax "bibliography-syntax" Error "A bibliography could not be read.";
    BibliographyFaults "bibliography-faults" Warning "A bibliography has faults.";
    CitationUnclosed "citation-unclosed" Error "A citation has no closing bracket.";
    EvidenceSyntax "evidence-syntax" Error "An evidence line is not as it should be.";
    EvidenceRelation "evidence-relation" Warning "The relation is not among those that are known.";
    QuoteUnclosed "quote-unclosed" Error "A quotation has no closing mark.";
    FootnoteUndefined "footnote-undefined" Warning "A footnote is referred to that does not exist.";
    FootnoteUnused "footnote-unused" Warning "A footnote with evidence is referred to nowhere.";
    LinkUnknown "link-unknown" Warning "A link leads to something that does not exist.";
    BodyTooLarge "body-too-large" Error "The body is larger or denser than Sourceline reads.";
    MarkdownTooDeep "markdown-too-deep" Error "The Markdown nests deeper than Sourceline reads.";
    // Copies and checks.
    CopyMissing "copy-missing" Warning "The local copy of a source could not be read.";
    CopyUnreadable "copy-unreadable" Warning "The local copy of a source is not text.";
    CopyChanged "copy-changed" Warning "The local copy differs from the locked one.";
    QuoteAltered "quote-altered" Error "The quoted words differ from the source in a word that matters.";
    QuoteNotFound "quote-not-found" Error "The quoted words do not stand in the source.";
    QuoteNear "quote-near" Warning "The quoted words differ slightly from the source.";
    QuoteElidedAcross "quote-elided-across" Warning "The quotation joins words across a sentence end.";
    QuoteAmbiguous "quote-ambiguous" Note "The quoted words stand in the source more than once.";
    SilenceBroken "silence-broken" Error "A word stands in the source that is said not to.";
    ReadingDisputed "reading-disputed" Warning "The check does not agree with the author's reading.";
    VerdictMissing "verdict-missing" Warning "A verdict that the briefing expects is given nowhere in it.";
    LockSyntax "lock-syntax" Warning "The lock file could not be read.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_codes_are_unique_and_kebab_case() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(
                name.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{name}"
            );
        }
    }
}
