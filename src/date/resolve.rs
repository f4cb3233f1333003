//! Structure to spans: which moments a written date names.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "offsets are below a day, and days are those of years that were read"
)]

use super::calendar::{
    CivilTime, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, civil_from_days,
    days_from_civil,
};
use super::remedy::{contradicting_offset, iso_day, no_such_day, out_of_range, skipped, twice};
use super::syntax::{End, Member, Point, Set, Syntax, Time};
use super::{DateError, DateErrorKind, Form, Instant, Precision, Qualifier, Resolved, Zone};
use std::ops::Range;

/// What a whole date comes to.
#[derive(Debug)]
pub(super) struct Meaning {
    pub earliest: Option<Instant>,
    pub latest: Option<Instant>,
    pub form: Form,
    pub precision: Precision,
    pub start_qualifier: Qualifier,
    pub end_qualifier: Qualifier,
    /// Of the first time of day that is written.
    pub offset_seconds: Option<i32>,
    /// A time of day to which neither offset nor zone applies.
    pub local: bool,
    /// A time of day took its offset from the zone that was given.
    pub zone_used: bool,
}

/// What one point comes to: `earliest` inclusive and `latest` exclusive, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct PointSpan {
    pub earliest_ms: i64,
    pub latest_ms: i64,
    pub precision: Precision,
    pub clock: Clock,
}

/// By which clock a point was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// It has no time of day.
    None,
    /// Nothing says which; read as UTC.
    Local,
    /// An offset or a zone is written beside it.
    Written { offset_seconds: i32 },
    /// The zone that was given from outside.
    Given { offset_seconds: i32 },
}

impl Clock {
    pub(super) fn offset_seconds(self) -> Option<i32> {
        match self {
            Self::None | Self::Local => None,
            Self::Written { offset_seconds } | Self::Given { offset_seconds } => {
                Some(offset_seconds)
            }
        }
    }
}

/// Gives every part of a text its span.
pub(super) fn resolve(
    text: &str,
    syntax: &Syntax,
    zone: Option<&Zone>,
) -> Result<Meaning, DateError> {
    match syntax {
        Syntax::Single(point) => {
            let span = point_span(text, point, zone)?;
            Ok(meaning(
                Form::Single,
                (Some(span), point.qualifier),
                (Some(span), point.qualifier),
            ))
        }
        Syntax::Range(start, end) => {
            let (start_span, end_span) = range_spans(text, start, end, zone)?;
            let form = match (start, end) {
                (End::Open, _) => Form::OpenStart,
                (End::Unknown, _) => Form::UnknownStart,
                (_, End::Open) => Form::OpenEnd,
                (_, End::Unknown) => Form::UnknownEnd,
                (End::Point(_), End::Point(_)) => Form::Range,
            };
            Ok(meaning(
                form,
                (start_span, start.qualifier()),
                (end_span, end.qualifier()),
            ))
        }
        Syntax::Set(set) => resolve_set(text, set, zone),
    }
}

impl End {
    fn qualifier(&self) -> Qualifier {
        match self {
            Self::Point(point) => point.qualifier,
            Self::Open | Self::Unknown => Qualifier::default(),
        }
    }
}

type QualifiedSpan = (Option<PointSpan>, Qualifier);

fn meaning(form: Form, start: QualifiedSpan, end: QualifiedSpan) -> Meaning {
    let spans = || [start.0, end.0].into_iter().flatten();
    Meaning {
        earliest: start.0.map(|span| Instant(span.earliest_ms)),
        latest: end.0.map(|span| Instant(span.latest_ms)),
        form,
        precision: spans()
            .map(|span| span.precision)
            .min()
            .unwrap_or(Precision::Millennium),
        start_qualifier: start.1,
        end_qualifier: end.1,
        offset_seconds: spans().find_map(|span| span.clock.offset_seconds()),
        local: spans().any(|span| span.clock == Clock::Local),
        zone_used: spans().any(|span| matches!(span.clock, Clock::Given { .. })),
    }
}

fn resolve_set(text: &str, set: &Set, zone: Option<&Zone>) -> Result<Meaning, DateError> {
    let mut whole: Option<Meaning> = None;
    for Member { first, last } in &set.members {
        let first_span = point_span(text, first, zone)?;
        let (last_span, last_qualifier) = match last {
            Some(last) => {
                let last_span = point_span(text, last, zone)?;
                check_order(text, (first, first_span), (last, last_span), "..")?;
                (last_span, last.qualifier)
            }
            None => (first_span, first.qualifier),
        };
        let member = meaning(
            Form::OneOf,
            (Some(first_span), first.qualifier),
            (Some(last_span), last_qualifier),
        );
        whole = Some(match whole {
            None => member,
            Some(so_far) => Meaning {
                earliest: so_far.earliest.min(member.earliest),
                latest: so_far.latest.max(member.latest),
                form: Form::OneOf,
                precision: so_far.precision.min(member.precision),
                start_qualifier: so_far.start_qualifier.or(member.start_qualifier),
                end_qualifier: so_far.end_qualifier.or(member.end_qualifier),
                offset_seconds: so_far.offset_seconds.or(member.offset_seconds),
                local: so_far.local || member.local,
                zone_used: so_far.zone_used || member.zone_used,
            },
        });
    }
    let Some(mut whole) = whole else {
        return Err(DateError::new(
            DateErrorKind::Syntax,
            0..text.len(),
            "expected at least one date, found none",
            "write `[2025-03-18,2025-03-20]`",
        ));
    };
    if set.before {
        whole.form = Form::Before;
        whole.earliest = None;
    }
    if set.after {
        whole.form = Form::After;
        whole.latest = None;
    }
    Ok(whole)
}

/// The span of a date that stands alone, or in a set.
pub(super) fn point_span(
    text: &str,
    point: &Point,
    zone: Option<&Zone>,
) -> Result<PointSpan, DateError> {
    match &point.time {
        Some(time) => timed_span(text, point, time, Designator::of(time), zone),
        None => untimed_span(text, point),
    }
}

/// The spans of both ends of a range, where they are points.
///
/// An end without offset and zone has those of the start (ISO 8601-1, 5.5.2); a start has those of an
/// end that is only a time. A whole day beside a time of day is a day on the same clock.
pub(super) fn range_spans(
    text: &str,
    start: &End,
    end: &End,
    zone: Option<&Zone>,
) -> Result<(Option<PointSpan>, Option<PointSpan>), DateError> {
    let (start, end) = match (start, end) {
        (End::Point(start), End::Point(end)) => (start, end),
        (End::Point(start), _) => return Ok((Some(point_span(text, start, zone)?), None)),
        (_, End::Point(end)) => return Ok((None, Some(point_span(text, end, zone)?))),
        _ => return Ok((None, None)),
    };
    let mut start_designator = start.time.as_ref().map(Designator::of).unwrap_or_default();
    let mut end_designator = end.time.as_ref().map(Designator::of).unwrap_or_default();
    if end_designator.is_empty() {
        end_designator = start_designator.clone();
    } else if start_designator.is_empty()
        && end
            .time
            .as_ref()
            .is_some_and(|time| time.at.start == end.at.start)
    {
        start_designator = end_designator.clone();
    }
    let span = |point: &Point, designator| match &point.time {
        Some(time) => timed_span(text, point, time, designator, zone),
        None => untimed_span(text, point),
    };
    let mut start_span = span(start, start_designator)?;
    let mut end_span = span(end, end_designator)?;
    let on_the_clock_of = |mut day: PointSpan, other: PointSpan| {
        if day.clock == Clock::None {
            let offset_ms = i64::from(other.clock.offset_seconds().unwrap_or(0)) * MS_PER_SECOND;
            day.earliest_ms = day.earliest_ms.saturating_sub(offset_ms);
            day.latest_ms = day.latest_ms.saturating_sub(offset_ms);
        }
        day
    };
    (start_span, end_span) = (
        on_the_clock_of(start_span, end_span),
        on_the_clock_of(end_span, start_span),
    );
    check_order(text, (start, start_span), (end, end_span), "/")?;
    Ok((Some(start_span), Some(end_span)))
}

fn check_order(
    text: &str,
    (start, start_span): (&Point, PointSpan),
    (end, end_span): (&Point, PointSpan),
    separator: &str,
) -> Result<(), DateError> {
    if end_span.latest_ms > start_span.earliest_ms {
        return Ok(());
    }
    let start_text = text.get(start.at.clone()).unwrap_or_default();
    let end_text = text.get(end.at.clone()).unwrap_or_default();
    let only_a_time = end
        .time
        .as_ref()
        .is_some_and(|time| time.at.start == end.at.start);
    let hint = match start.day_number() {
        Some(day) if only_a_time => format!(
            "write the day of the end too, as in `{start_text}/{}T{end_text}`",
            iso_day(day + 1)
        ),
        _ => format!("write `{end_text}{separator}{start_text}` if they were swapped"),
    };
    Err(DateError::new(
        DateErrorKind::Reversed,
        end.at.clone(),
        format!("expected an end at or after `{start_text}`, found `{end_text}`"),
        hint,
    ))
}

fn untimed_span(text: &str, point: &Point) -> Result<PointSpan, DateError> {
    let (first, last) = point.days().ok_or_else(|| no_such_day(text, point))?;
    let ms = |days: i64| {
        days.checked_mul(MS_PER_DAY)
            .ok_or_else(|| out_of_range(text, &point.at))
    };
    Ok(PointSpan {
        earliest_ms: ms(days_from_civil(first))?,
        latest_ms: ms(days_from_civil(last).saturating_add(1))?,
        precision: point.precision(),
        clock: Clock::None,
    })
}

/// What stands behind a time: the offset, the zone.
#[derive(Clone, Debug, Default)]
struct Designator {
    offset_seconds: Option<i32>,
    zone: Option<Range<usize>>,
}

impl Designator {
    fn of(time: &Time) -> Self {
        Self {
            offset_seconds: time.offset_seconds,
            zone: time.zone.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        self.offset_seconds.is_none() && self.zone.is_none()
    }
}

fn timed_span(
    text: &str,
    point: &Point,
    time: &Time,
    designator: Designator,
    zone: Option<&Zone>,
) -> Result<PointSpan, DateError> {
    let (date, _) = point.days().ok_or_else(|| no_such_day(text, point))?;
    let leap_second = time.second == Some(60);
    let mut civil = CivilTime {
        date,
        hour: time.hour,
        minute: time.minute.unwrap_or(0),
        second: time.second.unwrap_or(0).min(59),
        millisecond: time.millisecond.unwrap_or(0),
    };
    if time.hour == 24 {
        let next_day = days_from_civil(date).saturating_add(1);
        civil = civil_from_days(next_day).at_midnight();
    }
    let written_zone = match &designator.zone {
        Some(at) => Some(
            Zone::named(text.get(at.clone()).unwrap_or_default()).map_err(|error| DateError {
                at: at.clone(),
                ..error
            })?,
        ),
        None => None,
    };
    let (earliest_ms, clock) = if let Some(offset_seconds) = designator.offset_seconds {
        let instant = Zone::fixed(offset_seconds).instant(civil).instant();
        // `Z` beside a zone names the moment and leaves the clock to the zone (RFC 9557, 2.2).
        if let Some(written_zone) = &written_zone
            && offset_seconds != 0
            && written_zone.offset_at(instant) != offset_seconds
        {
            return Err(contradicting_offset(
                text,
                time,
                civil,
                offset_seconds,
                written_zone,
            ));
        }
        (instant.0, Clock::Written { offset_seconds })
    } else if let Some(rules) = written_zone.as_ref().or(zone) {
        let candidate = match rules.instant(civil) {
            Resolved::Unique(candidate) => candidate,
            Resolved::Gap { before, after } => {
                return Err(skipped(text, point, rules, before.instant, after.instant));
            }
            Resolved::Fold { first, second } => {
                let offsets = [first.offset_seconds, second.offset_seconds];
                return Err(twice(text, point, time, rules, offsets));
            }
        };
        let offset_seconds = candidate.offset_seconds;
        let clock = if written_zone.is_some() {
            Clock::Written { offset_seconds }
        } else {
            Clock::Given { offset_seconds }
        };
        (candidate.instant.0, clock)
    } else {
        let local_ms = civil.to_ms().ok_or_else(|| out_of_range(text, &point.at))?;
        (local_ms, Clock::Local)
    };
    let precision = point.precision();
    if leap_second {
        check_leap_second(text, time, earliest_ms, clock)?;
    }
    let length_ms = match precision {
        Precision::Hour => MS_PER_HOUR,
        Precision::Minute => MS_PER_MINUTE,
        Precision::Second => MS_PER_SECOND,
        _ => 1,
    };
    Ok(PointSpan {
        earliest_ms,
        latest_ms: earliest_ms.saturating_add(length_ms),
        precision,
        clock,
    })
}

/// A leap second stands at 23:59:60 UTC. Sourceline's time line has none, so it is read as the second
/// before it, which keeps it on its day.
fn check_leap_second(
    text: &str,
    time: &Time,
    earliest_ms: i64,
    clock: Clock,
) -> Result<(), DateError> {
    let second_of_day = earliest_ms.div_euclid(MS_PER_SECOND).rem_euclid(86_400);
    let possible = match clock {
        Clock::Local => second_of_day % 900 == 899,
        _ => second_of_day == 86_399,
    };
    if possible {
        return Ok(());
    }
    let found = text.get(time.at.clone()).unwrap_or_default();
    Err(DateError::new(
        DateErrorKind::Impossible,
        time.at.clone(),
        format!("expected seconds from 00 to 59, found `{found}`"),
        "write a second that exists; a leap second comes only at 23:59:60 UTC",
    ))
}
