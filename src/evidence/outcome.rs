//! The verdict on one piece of evidence, with or without a copy and a lock.

use super::check::check;
use super::copy::CopyText;
use super::silence::check_silence;
use super::verdict::{Checked, Context, Level, Verdict};
use crate::model::{Evidence, Relation, Source};

/// Checks a piece of evidence.
///
/// `copy` is `None` when the source has none or it could not be read; `locked_sha256` is the hash that the lock file
/// has for the copy, `hint` what it has for the place of the quote. A changed copy is checked all the same: the verdict is
/// `copy-changed` unless a worse one stands.
pub fn check_evidence(
    evidence: &Evidence,
    source: Option<&Source>,
    copy: Option<&CopyText>,
    locked_sha256: Option<&str>,
    hint: &Context,
) -> Checked {
    let silence = evidence.relation == Relation::Silent || !evidence.silent_on.is_empty();
    let words = evidence.quote.as_ref().map(|quote| quote.text.trim());
    if !silence && words.is_none_or(str::is_empty) || silence && evidence.silent_on.is_empty() {
        return Checked::bare(Verdict::Paraphrase);
    }
    let Some(copy) = copy else {
        return Checked::bare(Verdict::NoCopy);
    };
    let mut checked = match &evidence.quote {
        Some(quote) if !silence => {
            let lang = quote
                .lang
                .as_deref()
                .or_else(|| source.and_then(|source| source.language.as_deref()));
            check(&quote.text, lang, copy, hint)
        }
        _ => check_silence(&evidence.silent_on, copy),
    };
    checked.copy_changed =
        locked_sha256.is_some_and(|locked| !locked.trim().eq_ignore_ascii_case(copy.sha256()));
    if checked.copy_changed && checked.level() < Level::Warn {
        checked.verdict = Verdict::CopyChanged;
    }
    checked
}
