//! What stands at the head of a summary: marking, date, what is in it.

use crate::date::{CivilTime, Date, Instant, month_name, year_words};
use crate::number::grouped;
use crate::summary::choice::Options;
use crate::summary::content::{EventRow, Summary};
use crate::summary::input::Input;
use crate::summary::sources::Sources;

/// The value that all have.
pub(super) fn common<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Option<&'a str> {
    let mut values = values;
    let first = values.next()??;
    values.all(|value| value == Some(first)).then_some(first)
}

/// The titles of a few briefings; of many, the first ones.
pub(super) fn joined_titles(inputs: &[Input<'_>]) -> Option<String> {
    const SHOWN: usize = 6;
    let titles: Vec<&str> = inputs
        .iter()
        .take(SHOWN)
        .map(|it| it.briefing.title.as_str())
        .collect();
    let more = inputs.len().saturating_sub(SHOWN);
    let joined = titles.join(" · ");
    match more {
        0 => Some(joined).filter(|joined| !joined.is_empty()),
        more => Some(format!("{joined} · and {more} more")),
    }
}

pub(super) fn newest<'a>(dates: impl Iterator<Item = &'a Date>) -> Option<&'a Date> {
    dates.max_by(|a, b| a.compare(b))
}

/// The strictest of the markings: of several files together, nothing may be handed on further than the strictest allows.
pub(super) fn marking(inputs: &[Input<'_>]) -> Option<String> {
    const TLP: [&str; 6] = [
        "TLP:RED",
        "TLP:AMBER+STRICT",
        "TLP:AMBER",
        "TLP:GREEN",
        "TLP:CLEAR",
        "TLP:WHITE",
    ];
    let mut found: Vec<&str> = Vec::new();
    for marking in inputs
        .iter()
        .filter_map(|it| it.briefing.marking.as_deref())
    {
        if !marking.trim().is_empty() && !found.contains(&marking) {
            found.push(marking);
        }
    }
    let rank = |marking: &str| {
        let plain: String = marking.to_uppercase().split_whitespace().collect();
        TLP.iter().position(|known| *known == plain)
    };
    let strictest = found.iter().filter_map(|it| rank(it)).min();
    let mut kept: Vec<&str> = found
        .iter()
        .copied()
        .filter(|it| rank(it).is_none_or(|rank| Some(rank) == strictest))
        .collect();
    kept.dedup_by(|a, b| rank(a).is_some() && rank(a) == rank(b));
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// The date of the document: from outside, else what the briefings speak of, else their newest event or source.
pub(super) fn document_date(
    inputs: &[Input<'_>],
    options: &Options,
) -> Option<([i32; 3], Instant)> {
    let outside = options.date_s.and_then(|date_s| date_s.checked_mul(1000));
    let of = |date: &Date| date.earliest();
    let briefings = || inputs.iter().map(|it| it.briefing);
    let instant = outside
        .map(Instant)
        .or_else(|| briefings().filter_map(|it| of(it.as_of.as_ref()?)).max())
        .or_else(|| briefings().filter_map(|it| of(it.date.as_ref()?)).max())
        .or_else(|| {
            let events = briefings()
                .flat_map(|it| it.events.iter().filter_map(|it| of(it.date.as_ref()?)));
            let sources = briefings()
                .flat_map(|it| it.sources.iter().filter_map(|it| of(it.date.as_ref()?)));
            events.chain(sources).max()
        })?;
    let civil = CivilTime::from_ms(instant.0).date;
    let year = i32::try_from(civil.year)
        .ok()
        .filter(|year| (1..=9999).contains(year))?;
    Some((
        [year, i32::from(civil.month), i32::from(civil.day)],
        instant,
    ))
}

pub(super) fn day_words(instant: Instant) -> String {
    let civil = CivilTime::from_ms(instant.0).date;
    format!(
        "{} {} {}",
        civil.day,
        month_name(civil.month),
        year_words(civil.year)
    )
}

/// "31 events · 24 sources · 58 statements, …".
pub(super) fn extent(events: &[EventRow], sources: &Sources, summary: &Summary) -> String {
    let statements = summary.parts.iter().map(|part| part.statements.len()).sum();
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{} {many}", grouped(count as u64))),
    };
    let parts = [
        counted(events.len(), "event", "events"),
        counted(statements, "statement", "statements"),
        counted(sources.entries.len(), "source", "sources"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}
